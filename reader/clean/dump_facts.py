"""Names and days of a dump that stand in one line with other things, or below a standfirst.

`facts` reads the lines between title and prose. A standfirst reads as prose, so that by-line and
day may stand below its beginning; and a blog says who and when in one breath, glued or not:
`Posted in Maps by marc on August 3, 2019`, `10. Februar 20199. Februar 2019 von Heiko`.
"""

import re
from collections.abc import Iterator, Sequence

from reader.clean import facts, names, openers, prose
from reader.clean.facts import Facts
from reader.clean.sheet import Sheet
from reader.model import When
from reader.text import dateline, dates, dateword

INTO_PROSE = 8
"""Lines from the beginning of the prose on among which a by-line stands below a standfirst."""
PARAGRAPHS = 2
"""Lines of prose above such a by-line, at most."""
HEADER_LINES = 14
ABOVE_TITLE = 4
TAIL_LINES = 12
"""Lines below the text in which a blog says when it was posted."""
LINE_WORDS = 25
"""Words of the longest line that may say who and when."""
TAIL_WORDS = 60

_GLUED_YEAR = re.compile(r"(?<=[\s./-])((?:19|20)\d\d)(?=\d{1,2}\.?[\s./]|[^\W\d_])")
_GLUED_BY = re.compile(r"\b(von|by|par|por)(?=[A-ZÀ-Þ])")
_GLUED_DAY = re.compile(r"(?<=[a-zß-ÿ])(?=\d{1,2}\.\s?(?:[A-ZÀ-Þ]|\d))")
_BY = re.compile(
    r"(?:^|[\s(·|~,;/–—-])(?P<by>by|von|vom|durch|par|por|di|door|av|af|przez|author|autor(?:in)?)"
    r"(?:\s*:\s*|\s+)(?P<rest>\S.*)$",
    re.I,
)
_STOP = re.compile(
    r"\s+(?:on|am|um|at|le|el|il|op|den|in|im|unter|under|posted|published|filed|veröffentlicht|"
    r"gespeichert|geschrieben|publié|kommentare?|comments?|no|schreibe|hinterlasse|"
    r"leave|and is|und wurde)\b"
    r"|\s*[|·•,;(/\[]|\s[-–—~]\s|\s+\d",
    re.I,
)
_POSTED = re.compile(
    r"\b(?:posted|published|written|entry|eintrag|beitrag|artikel|article|story|veröffentlicht|"
    r"gepostet|eingestellt|erstellt|geschrieben|gespeichert|eingetragen|verfasst|publié|publicado|"
    r"pubblicato|geplaatst|opublikowan\w*|billet|entrada)\b",
    re.I,
)
_ENTRY = re.compile(
    r"(?:this|dieser|dieses|der|cet|cette|ce|esta|este|questo|dit) "
    r"(?:entry|post|article|story|beitrag|artikel|eintrag|billet|entrada|artículo|articolo|bericht)\b",
    re.I,
)
_DATELINE = re.compile(
    r"[^\W\d_][^\d.!?:,()–—]{1,40}(?:,\s*|\s*\((?:[^\W\d]+,\s*)?)(?P<day>[^()–—-]{6,30}?)"
    r"(?:\s*\([^()]{2,20}\)|\))?\s*[-–—]+\s"
)
_AGENCY = re.compile(r"\([^()]*\)")
_SEPARATED = re.compile(r"\s*[|·•~]\s*|\s+[-–—]\s+|\s*//\s*|,\s")
_ACCOUNT = re.compile(r"[^\W_][\w.-]{1,24}")


def unglued(line: str) -> str:
    """A line with spaces where a page set day, year and name without any."""
    if len(line) > 300:
        return line
    line = _GLUED_BY.sub(r"\1 ", line)
    line = _GLUED_DAY.sub(" ", line)
    return _GLUED_YEAR.sub(r"\1 ", line)


def read(found: Facts, sheet: Sheet, begin: int, end: int) -> None:
    """Reads names and days around the title, below a standfirst, and below the text."""
    zone = list(_zone(found, sheet, begin))
    texts = list(sheet.texts)
    for at in zone:
        texts[at] = unglued(texts[at])
    facts.read_header(found, texts, begin)
    for at in zone:
        if found.authors and found.published:
            break
        # A line of which `facts` read the day may name who wrote, too.
        if prose.word_count(texts[at]) <= LINE_WORDS:
            _read_line(found, texts, at, at >= begin)
    _read_tail(found, texts, end)
    if not found.published and begin < len(texts):
        found.published = _dateline(texts[begin])
    found.authors = list(dict.fromkeys(map(_bare, found.authors)))


def _dateline(line: str) -> When | None:
    """The day that a report gives behind its place: `MARSH, 12 May 2026 - The boat`, `OSTREY (3
    June)`."""
    head = _DATELINE.match(line)
    dated = dates.find(head["day"]) if head else None
    if head and dated and dated[1] == (0, len(head["day"])):
        return dated[0]
    # `BOISE, Idaho, Sept. 9, 2025 (Northline) —`: the day stands last.
    told = _AGENCY.sub("", dateline.dateline(line))
    dated = dates.find(told) if any(map(str.isdigit, told)) else None
    return dated[0] if dated and not told[dated[1][1] :].strip(" ,-–—/") else None


def _bare(name: str) -> str:
    """A name without what a page says before it: `Posted by`, a weekday."""
    if told := _BY.search(name):
        name = told["rest"]
    first, _, rest = name.partition(" ")
    is_day = re.fullmatch(dateword.weekday_names(), first, re.I)
    return rest if " " in rest and is_day else name


def _zone(found: Facts, sheet: Sheet, begin: int) -> Iterator[int]:
    """Numbers of the lines that may say who and when: below the title first, then above it."""
    title = found.title_at if found.title_at is not None else begin - 1
    passed = 0
    for at in range(title + 1, len(sheet.texts)):
        if at > max(title + HEADER_LINES, begin + INTO_PROSE) or passed > PARAGRAPHS:
            break
        if sheet.worth[at] > 0:
            passed += 1
        elif not sheet.kinds[at] & {"related", "comments", "footer"}:
            yield at
    yield from range(title - 1, max(-1, title - 1 - ABOVE_TITLE), -1)


def _read_line(found: Facts, texts: Sequence[str], at: int, inside: bool) -> None:
    """Reads who and when from one line; `inside` it stands below the beginning of the prose."""
    line = texts[at]
    dated = dates.find(line) if any(map(str.isdigit, line)) and len(line) < 200 else None
    if inside and prose.ends_sentence(line) and not dated:
        return
    rest = f"{line[: dated[1][0]]} | {line[dated[1][1] :]}" if dated else line
    posted = bool(_POSTED.search(line))
    told = dated is not None and (posted or dates.parse_line(line) is not None or _few(rest))
    who = _named(rest, bool(dated) or posted) if dated or posted or _BY.match(line) else []
    if not who and not dated:
        who = names.after_by(line)
    if not who and dated and told:
        who = _beside(rest)
    if not who and dated and told and not found.authors:
        who = _alone(texts, at)
    if dated and not found.published and (told or who):
        found.published = dated[0]
        found.spent.add(at)
    if who and not found.authors:
        found.authors += who
        found.spent.add(at)


def _few(rest: str) -> bool:
    return prose.word_count(rest) <= 8


def _named(line: str, certain: bool) -> list[str]:
    """The names behind `by`; an account's too, where the line says that something was posted."""
    for told in re.finditer(_BY, line):
        text = told["rest"]
        if stop := _STOP.search(text):
            text = text[: stop.start()]
        text = text.strip(" .:|-–—~")
        if found := [name for name in names.split_names(text) if not openers.kinds(name)]:
            return found
        if certain and _ACCOUNT.fullmatch(text):
            return [text]
    return []


def _beside(rest: str) -> list[str]:
    """The one person among the parts of a line that also tells the day."""
    parts = [re.sub(r"\s+(?:am|on|le|at|um)$", "", part).strip() for part in _SEPARATED.split(rest)]
    found = [part for part in parts if names.is_person(part)]
    return found if len(found) == 1 else []


def _alone(texts: Sequence[str], at: int) -> list[str]:
    """The person whose name stands alone beside the line of the day."""
    for near in (at - 1, at + 1):
        if 0 <= near < len(texts) and (found := names.people(texts[near])):
            return found
    return []


def _read_tail(found: Facts, texts: Sequence[str], end: int) -> None:
    """`This entry was posted on May 3, 2010 by kj and is filed under`, below the text."""
    for at in range(max(0, end - 2), min(len(texts), end + TAIL_LINES)):
        line = unglued(texts[at])
        if at < end and not _ENTRY.match(line):
            continue
        if prose.word_count(line) > TAIL_WORDS or not _POSTED.search(line):
            continue
        dated = dates.find(line)
        if dated and not found.published:
            found.published = dated[0]
        if dated and not found.authors:
            found.authors += _named(f"{line[: dated[1][0]]} | {line[dated[1][1] :]}", True)
        if dated:
            found.spent.add(at)
            return
