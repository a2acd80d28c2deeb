"""Where the prose of a dump lies: the run of lines worth most, over lists, forms and boxes amid it,
up to where something else begins."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from reader.clean import facts, marginalia, names, openers, prose
from reader.clean.joins import LIST_MARK
from reader.clean.sheet import Sheet
from reader.text import dates

NEIGHBOURS = 0.6
"""How much the two lines on each side count towards a line's own score."""
TAIL_SHARE = 0.7
"""Share of a run's words after which a section opener ends it."""
GAP_WORTH = 6.0
GAP_LINES = 30
"""What short lines amid the prose cost together at most, and how many these may be."""
PARTING_WORTH = -3.0
"""What stands in the sequence for lines of the site, however many: a share bar of ten lines inside
an article parts it no more than one of two."""
JOINING_WORTH = 0.0
"""The same where one of them says that the article goes on below, or is a way elsewhere on one line
with a sentence below it."""
THREAD_LINES = 60
"""Lines below `Comments` in which a thread shows itself."""
THREAD_MARKS = 3
"""Dates and words of answering that make a thread."""
MINIMUM_WORDS = 40
"""Words of the shortest article that another follows."""
BOX_LINES = 1
"""Headlines in a box amid the text."""
BOX_ITEMS = 6
"""Headlines in one whose headlines are told."""
HEADLINE_WORDS = 4
LAST_LINES = 2
"""Short sentences behind the prose that are still of it."""
OFFER_WORDS = 30
"""Longest line between the name of a newsletter and its form."""


def best_run(sheet: Sheet) -> list[int]:
    """Numbers of the lines of the prose, without those that the site repeats."""
    begin, end = _bounds(sheet)
    run = list(range(begin, end))
    total = sum(prose.word_count(sheet.texts[at]) for at in run if not sheet.repeated[at])
    passed = 0
    count = Counter(sheet.texts)
    for n, at in enumerate(run):
        ends = sheet.kinds[at] & openers.ENDING and (
            _begins_another(sheet, at, passed)
            or (
                passed >= max(TAIL_SHARE * total, 60)
                and not _is_box(sheet, at, run[-1])
                and not _is_list_box(sheet, at, run[-1], count)
            )
        )
        if ends or ("comments" in sheet.kinds[at] and passed > 100 and _is_thread(sheet, at)):
            run = run[:n]
            break
        passed += 0 if sheet.repeated[at] else prose.word_count(sheet.texts[at])
    run = [at for at in run if not sheet.repeated[at]]
    while run and sheet.worth[run[-1]] < 0 and not LIST_MARK.match(sheet.texts[run[-1]]):
        run.pop()
    return run + _last_words(sheet, run[-1] + 1) if run else run


def _last_words(sheet: Sheet, begin: int) -> list[int]:
    """Short sentences behind the prose: `See you next Friday.`"""
    found: list[int] = []
    for at in range(begin, min(begin + LAST_LINES, len(sheet.texts))):
        text = sheet.texts[at]
        ends = text.endswith((".", "!", "。", "”", '"', "»", "।"))
        if not ends or prose.word_count(text) < 3 or _opens_or_sells(sheet, at):
            break
        if sheet.repeated[at] or marginalia.is_credit(text) or openers.labelled(text):
            break
        if facts.date_of(text) or names.after_by(text):
            break
        found.append(at)
    return found


def _begins_another(sheet: Sheet, opener: int, passed: int) -> bool:
    """Whether a second article follows: a headline, and below it a line that is a day."""
    below = sheet.texts[opener + 1 : opener + 6]
    days = [n for n, text in enumerate(below) if dates.parse_line(text) is not None]
    if "related" not in sheet.kinds[opener] or passed < MINIMUM_WORDS:
        return False
    if not days or not 0 < days[0] < 4:
        return False
    return all(sheet.worth[opener + 1 + n] <= 0 for n in range(days[0])) and any(
        value > 0 for value in sheet.worth[opener + 2 + days[0] : opener + 6 + days[0]]
    )


def boxed(sheet: Sheet) -> set[int]:
    """Lines of boxes amid the text: an opener and the headlines below it."""
    found: set[int] = set()
    reads = [at for at, value in enumerate(sheet.worth) if value > 0]
    if not reads:
        return found
    count = Counter(sheet.texts)
    for at in range(reads[0] + 1, reads[-1]):
        if not sheet.kinds[at] & {"related", "advert"}:
            continue
        is_single = "related" in sheet.kinds[at] and _is_box(sheet, at, reads[-1])
        if is_single or _is_list_box(sheet, at, reads[-1], count):
            end = next(n for n in range(at + 1, reads[-1] + 1) if sheet.worth[n] > 0)
            found |= set(range(at, end))
    return found


def _is_list_box(sheet: Sheet, opener: int, last: int, count: Mapping[str, int]) -> bool:
    """Whether an opener and several headlines stand amid the text: each is an item of a list, or
    stands again where the page lists other articles."""
    at = opener + 1
    while at <= last and sheet.worth[at] <= 0:
        text = sheet.texts[at]
        is_item = LIST_MARK.match(text) and "related" in sheet.kinds[opener]
        again = count[text] > 1 and prose.word_count(text) >= HEADLINE_WORDS
        if sheet.kinds[at] or not (is_item or again):
            return False
        at += 1
    return 1 < at - opener <= BOX_ITEMS + 1 and at <= last and prose.ends_sentence(sheet.texts[at])


def _is_box(sheet: Sheet, opener: int, last: int) -> bool:
    """Whether an opener and a headline only stand amid the text, which goes on below. Lists of
    headlines with their first sentences do not: they are headline, sentence, headline."""
    at = opener + 1
    while at <= last and at - opener <= BOX_LINES and sheet.worth[at] <= 0:
        at += 1
    if at > last or at == opener + 1 or sheet.worth[at] <= 0 or at - opener > BOX_LINES + 1:
        return False
    rest = sheet.worth[at + 1 : min(at + 3, last + 1)]
    return prose.ends_sentence(sheet.texts[at]) and not (
        len(rest) > 1 and rest[0] < 0 < rest[1]
    )  # fmt: skip


def _bounds(sheet: Sheet) -> tuple[int, int]:
    """Where the prose lies. Lines of the site and of forms are not in the sequence; where they
    stood it has a price, since they part the article from what follows it."""
    places: list[int | None] = []
    joints: set[int] = set()
    in_boxes = boxed(sheet)
    for at, known in enumerate(sheet.repeated):
        again = known or at in in_boxes
        if not (
            again
            or (is_button(sheet, at) and "share" not in sheet.kinds[at])
            or is_offer(sheet, at)
            or _is_joint(sheet, at)
        ):
            places.append(at)
        elif places and places[-1] is not None:
            places.append(None)
        if places and places[-1] is None and _is_joint(sheet, at):
            joints.add(len(places) - 1)
    worth = _with_gaps_bridged(sheet, places, joints)
    capped = [max(-4.0, min(12.0, value)) for value in worth]
    scores = [
        value + NEIGHBOURS * (sum(capped[max(0, at - 2) : at]) + sum(capped[at + 1 : at + 3])) / 4
        for at, value in enumerate(worth)
    ]
    begin, end = prose.best_run(scores)
    inside = [at for at in places[begin:end] if at is not None]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _with_gaps_bridged(
    sheet: Sheet, places: Sequence[int | None], joints: Collection[int]
) -> list[float]:
    """The worth of each place, where a list, a table or a verse amid the prose costs no more than
    `GAP_WORTH`: its short lines are of the text, unless a word among them opens something else."""
    parting = [JOINING_WORTH if n in joints else PARTING_WORTH for n in range(len(places))]
    worth = [parting[n] if at is None else sheet.worth[at] for n, at in enumerate(places)]
    begin = 0
    while begin < len(worth):
        end = begin
        while end < len(worth) and worth[end] < 0:
            end += 1
        inside = places[begin:end]
        plain = all(at is not None and not _opens_or_sells(sheet, at) for at in inside)
        cost = -sum(worth[begin:end])
        if begin and plain and 1 < len(inside) <= GAP_LINES and cost > GAP_WORTH:
            worth[begin:end] = [value * GAP_WORTH / cost for value in worth[begin:end]]
        begin = max(end, begin + 1)
    return worth


def _opens_or_sells(sheet: Sheet, at: int) -> bool:
    return bool(sheet.kinds[at]) or sheet.furniture[at]


def _is_thread(sheet: Sheet, begin: int) -> bool:
    """Whether people answer each other below: dates and `Reply` over and over. A thread may be
    longer than the article."""
    marks = 0
    for at in range(begin + 1, min(len(sheet.texts), begin + THREAD_LINES)):
        text = sheet.texts[at]
        short = len(text) < 60
        marks += "comments" in sheet.kinds[at] or (short and facts.date_of(text) is not None)
    return marks >= THREAD_MARKS


def is_button(sheet: Sheet, at: int) -> bool:
    """Whether a line is a part of a form or a bar of buttons, not a sentence."""
    text = sheet.texts[at]
    if prose.word_count(text) > OFFER_WORDS or prose.ends_sentence(text):
        return False
    return sheet.furniture[at] or bool(sheet.kinds[at] & {"advert", "share", "newsletter"})


def is_offer(sheet: Sheet, at: int) -> bool:
    """Whether a line says what a form inside the text would send: the form's name stands above,
    what to fill in or to press below."""
    if not 0 < at < len(sheet.texts) - 1 or prose.word_count(sheet.texts[at]) > OFFER_WORDS:
        return False
    return all(
        is_button(sheet, n) and not sheet.kinds[n] & {"advert", "share"} for n in (at - 1, at + 1)
    )


def goes_on(sheet: Sheet, at: int) -> bool:
    """Whether a line says that the article goes on below what stands between."""
    return sheet.worth[at] <= 0 and openers.goes_on(sheet.texts[at])


def _is_joint(sheet: Sheet, at: int) -> bool:
    """Whether a line stands between two parts of one article: it says so, or says `See also: …`
    with a paragraph right below."""
    if goes_on(sheet, at):
        return True
    told = openers.labelled(sheet.texts[at])
    if not told or "related" not in told.kinds or at + 1 >= len(sheet.texts):
        return False
    return sheet.worth[at] <= 0 < sheet.worth[at + 1] and prose.ends_sentence(sheet.texts[at + 1])
