"""Markdown that a converter damaged, made whole: marks escaped for no reason, line ends lost, words
glued to links.

Only a text that shows such damage is touched (`is_damaged`); in sound Markdown `[link](url)s` and
`1\\. May` mean what they say.
"""

import re
from collections.abc import Sequence
from statistics import median

from reader.clean import prose

NEEDLESS = 3
"""Escapes of hyphens and full stops inside words and sentences that no author writes."""
LONG_LINE = 400
"""Letters of a line with a heading or a list inside that had line ends once."""
HEADING_WORDS = 14
LONGEST_HEADING = 200
"""Letters above which words behind `# ` are no heading, wherever it may have ended."""

_NEEDLESS = re.compile(r"(?<=\w)\\[-.!(),:;'\"](?=\s|\w|$|\\|\))")
_FREE = re.compile(r"\\([-.!()+=|:;,'\"/?%$^{}@])")
_LINK = re.compile(
    r"(!?)\[((?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)\]"
    r"\((<[^<>\n]*>|(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)"
)
_WINDOW_WORDS = (
    "opens? in (?:a )?new (?:window|tab)",
    "external link",
    "link opens in .{0,20}window",
    "öffnet (?:sich )?in (?:einem )?neue[mn]? (?:fenster|tab)",
    "neues fenster",
    "wird in neuem tab geöffnet",
    "s['’]ouvre dans (?:une nouvelle fenêtre|un nouvel onglet)",
    "nouvelle fenêtre",
    "(?:se )?abre en (?:una )?(?:nueva ventana|ventana nueva|nueva pestaña)",
    "abre (?:em|numa) (?:uma )?nova (?:janela|aba)",
    "si apre in (?:una )?(?:nuova finestra|nuova scheda)",
    "opent in (?:een )?nieuw (?:venster|tabblad)",
    "öppnas i (?:ett )?nytt fönster",
    "åbner i (?:et )?nyt vindue",
    "otwiera się w nowym oknie",
    "от?крывается в новом окне|откроется в новом окне",
    "yeni pencerede açılır",
    "新しい(?:ウィンドウ|タブ)で開く?",
    "在新窗口(?:中)?打开",
    "在新視窗開啟",
    "새 창에서 열림|새 창 열림",
)
_WINDOW = re.compile(rf"\s*\\?[(\[]\s*(?:{'|'.join(_WINDOW_WORDS)})\s*\\?[)\]]", re.I)
_SOURCE = re.compile(
    r"(?:^|(?<=\s))(?:Source|Original|Quelle|Fuente|Fonte|Bron|Źródło|Источник|Джерело|Kaynak|"
    r"来源|來源|原文|出典|출처|المصدر)\s?[:：]\s*"
    r"(?:\[(?:\\.|[^\]])*\]\(<?(https?://[^)\s>]+)>?\)|<(https?://[^>\s]+)>|(https?://\S+))"
)
_INNER_HEADING = re.compile(r"(?:^|(?<=\s))(#{1,6})\s+(?=\S)")
_SENTENCE_END = r"[.!?:;…。！？：]\\?[\"'”’»)\]]*"
_ITEM = re.compile(rf"(?:^|(?<={'[.!?:;…。！？：”’»)*]'}))\s+[-*+•]\s+(?=[\[\w\"'“„«‘(*`\\$€£])")
_FIRST_ITEM = re.compile(r"(?<=\w)\s+[-*+•]\s+(?=[\[\"'“„«‘(*A-ZÀ-ÞΑ-ΩА-ЯЁІЇЄ])")
"""Where a list begins right behind a heading."""
_NUMBERED_ITEM = re.compile(
    r"(?:^|(?<=[.!?:;…。！？：”’»)*]))\s+(\d{1,2})\\?[.)]\s+(?=[\[\w\"'“„«‘(*`])"
)
_SENTENCE = re.compile(
    rf"{_SENTENCE_END}\s+(?=[\[\"'“„«‘(*A-ZÀ-ÞΑ-ΩА-ЯЁІЇЄ\u2e80-\u9fff\uac00-\ud7a3])"
)
_NO_END = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Prof|Sen|Gov|Gen|No|vs|Nr|bzw|approx|ca|e\.g|i\.e))\\?\.$"
)


def is_damaged(text: str) -> bool:
    """Whether a converter escaped what needs no escape, or lost the line ends."""
    if len(_NEEDLESS.findall(text)) >= NEEDLESS:
        return True
    return any(
        (len(line) > LONG_LINE and len(_INNER_HEADING.findall(line)) > 1)
        or (line.startswith("#") and bool(_SOURCE.search(line)))
        for line in text.split("\n")
    )


def source_of(text: str) -> str | None:
    """The address in `Source: [address](address)`."""
    found = _SOURCE.search(text)
    return next((url for url in found.groups() if url), None) if found else None


def without_source(text: str) -> str:
    """The text without a first block that only says where it is from."""
    first, _, rest = text.partition("\n\n")
    return text if _SOURCE.sub("", first).strip() else rest


def without_windows(text: str) -> str:
    """The text without `(opens in a new window)`, which is said to those who cannot see it."""
    return _WINDOW.sub("", text)


def repaired(text: str, title: str | None = None) -> str:
    """Damaged Markdown as blocks; `title`, where known, tells where the first heading ends."""
    text = _unglued(without_windows(_SOURCE.sub(" ", text)))
    blocks: list[str] = []
    for line in re.split(r"\n[ \t]*\n|\n(?=\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s)", text):
        line = " ".join(line.split("\n")).strip()
        if line:
            blocks += _split(line, title)
    return "\n\n".join(_tightened([_freed(block) for block in blocks]))


def _split(line: str, title: str | None) -> list[str]:
    """A line with lost ends as headings and what stands between them."""
    parts = _INNER_HEADING.split(line)
    blocks = _listed(parts[0], closes=len(parts) == 1)
    for number in range(1, len(parts), 2):
        heading, rest = _heading(parts[number + 1].strip(), title)
        if heading:
            blocks.append(f"{parts[number]} {heading}")
        blocks += _listed(rest, closes=number + 2 >= len(parts))
    return blocks


def _heading(text: str, title: str | None) -> tuple[str, str]:
    """Where a heading ends that lost its line end: behind the known title, else before the word
    that looks most like the start of a sentence."""
    plain = _FREE.sub(r"\1", text)
    if title and plain.casefold().startswith(title.casefold()):
        cut = _behind(text, len(title))
        return text[:cut].strip(), text[cut:].strip()
    if len(text) < 90 and not _SENTENCE.search(text):
        return text, ""
    opens = _FIRST_ITEM.search(text, 0, LONGEST_HEADING)
    if opens and _ITEM.search(text, opens.end()) and not _SENTENCE.search(text, 0, opens.start()):
        return text[: opens.start()].strip(), text[opens.start() :].strip()
    words = text[:300].split(" ")
    best, at = 0.0, 0
    sentence_case = sum(w[:1].isupper() for w in words[1:6]) <= 2
    for n in range(1, min(len(words) - 1, HEADING_WORDS)):
        word = words[n].lstrip("[\"'“„«‘(*_")
        if words[n - 1].endswith(("?", "!")) and n > 1:
            return " ".join(words[:n]), text[len(" ".join(words[:n])) :].strip()
        if not word[:1].isupper() or words[n - 1].lower() in prose.function_words():
            continue
        known = word.lower() in prose.function_words()
        score = 3.0 * known + (words[n + 1][:1].islower()) + sentence_case * 0.5 - 0.1 * n
        if score > best:
            best, at = score, n
    if not at:
        return (text, "") if len(text) <= LONGEST_HEADING else ("", text)
    heading = " ".join(words[:at])
    return heading, text[len(heading) :].strip()


def _behind(text: str, letters: int) -> int:
    """The place in escaped `text` behind that many letters of its plain form."""
    at = 0
    while letters and at < len(text):
        at += 2 if _FREE.match(text, at) else 1
        letters -= 1
    return at


def _listed(text: str, closes: bool) -> list[str]:
    """Text with ` - ` where lines began as paragraph, list, and what follows the list."""
    text = text.strip()
    if not text:
        return []
    numbered = list(_NUMBERED_ITEM.finditer(" " + text))
    if [int(m[1]) for m in numbered] == list(range(1, len(numbered) + 1)) and len(numbered) > 1:
        pieces = re.split(_NUMBERED_ITEM.pattern.replace(r"(\d{1,2})", r"\d{1,2}"), " " + text)
        marks = [f"{n + 1}." for n in range(len(numbered))]
    else:
        pieces = _ITEM.split(" " + text)
        marks = ["-"] * (len(pieces) - 1)
    if len(pieces) < 3:
        return [text]
    before, items = pieces[0].strip(), [piece.strip() for piece in pieces[1:]]
    last, after = _last_item(items, closes)
    items[-1] = last
    listed = "\n".join(f"{mark} {item}" for mark, item in zip(marks, items, strict=True))
    return [block for block in (before, listed, after) if block]


def _last_item(items: Sequence[str], closes: bool) -> tuple[str, str]:
    """The last item and the paragraph that lost its line end behind it.

    An item is about as many sentences long as its fellows. An article seldom ends inside a list,
    so that at its end the last sentence is the closing paragraph.
    """
    ends = _sentence_ends(items[-1])
    usual = int(median(len(_sentence_ends(item)) + 1 for item in items[:-1]))
    keep = min(usual, len(ends)) if closes else usual
    if not ends or keep > len(ends) or keep < 1:
        return items[-1], ""
    cut = ends[keep - 1]
    return items[-1][:cut].strip(), items[-1][cut:].strip()


def _sentence_ends(text: str) -> list[int]:
    """Where sentences end that others follow; a colon goes on, and so does `Dr.`."""
    ends = [m.end() for m in _SENTENCE.finditer(text) if m[0][0] not in ":;："]
    return [end for end in ends if not _NO_END.search(text[max(0, end - 20) : end].rstrip())]


def _unglued(text: str) -> str:
    """A space between a word and the link that a converter glued to it."""
    text = re.sub(r"(?<=[\w,;.!?:%”’])(?=\[[^\]\[]{1,400}\]\()", " ", text)
    parts, last = [], 0
    for link in _LINK.finditer(text):
        parts.append(text[last : link.end()])
        last = link.end()
        if last < len(text) and (text[last].isalnum() or text[last] in "“‘„«["):
            parts.append(" ")
    return "".join([*parts, text[last:]])


def _freed(block: str) -> str:
    """A block without its needless escapes; an address keeps none at all."""
    parts, last = [], 0
    for link in _LINK.finditer(block):
        parts.append(_free_words(block[last : link.start()], last == 0))
        url = link[3].replace("\\", "")
        parts.append(f"{link[1]}[{_free_words(link[2], False).strip()}]({url})")
        last = link.end()
    parts.append(_free_words(block[last:], last == 0))
    return "".join(parts)


def _free_words(text: str, starts: bool) -> str:
    head = ""
    if starts and (
        mark := re.match(r"(?:#{1,6} |[-*+] |\d{1,3}[.)] |> )?\\?(?:[-+=|:]|\d+\\[.)])?", text)
    ):
        head, text = text[: mark.end()], text[mark.end() :]
    return head + _FREE.sub(r"\1", text)


def _tightened(blocks: Sequence[str]) -> list[str]:
    """List items that were blocks of their own, as one list."""
    out: list[str] = []
    for block in blocks:
        if (
            out
            and re.match(r"(?:[-*+]|\d+[.)]) ", block)
            and re.match(r"(?:[-*+]|\d+[.)]) ", out[-1])
        ):
            out[-1] += "\n" + block
        else:
            out.append(block)
    return out
