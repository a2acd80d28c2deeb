"""What every voice tends to forget or to take too much of, put right where the page itself tells.

All rules look at boxes and wording that many sites share, none at single sites. Figures beside them
are F1 on 990 pages with wanted and unwanted snippets, where trafilatura alone reaches .920.
"""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from reader.clean import openers, tables
from reader.clean.boxes import Box, Leaf, Page, tags, words_of
from reader.clean.furniture import is_moment
from reader.clean.voices import SENTENCE_END, in_clutter

LEAD_WORDS = 8
"""A standfirst is a sentence at least. 5, 8 and 12 do alike; bringing it back gives +.014."""
LEAD_LINKED = 0.3
TEASER_LINKED = 2 / 3
"""A paragraph with more of its text in links leads to another article (+.002)."""
TEASER_WORDS = 3
TAIL_SHARE = 0.25
"""How much of the text at most may follow on a heading like `Related articles`, to be cut with it
(+.002; .2 and .35 do alike)."""
AGREED_WORDS = 8
HEADINGS = tags("h1 h2 h3 h4 h5 h6")
STRUCTURE = tags("blockquote li pre h2 h3 h4 h5 h6")
BUTTONS = frozenset({"share", "newsletter", "advert", "comments"})
SET_APART = tags("figcaption pre blockquote td th caption dt dd li")
NOT_A_LEAD = tags("figcaption figure li td th nav aside footer h1 form")
CONTENT_SHARE = 0.3
"""If more of the text than this stands in boxes named for clutter, their names mean nothing."""


def mend(
    page: Page, kept: set[int], second: set[int], third: set[int], title: str | None
) -> set[int]:
    """The kept leaves, with what belongs to them, without what does not.

    `second` and `third` are what the two other voices kept.
    """
    if not kept:
        return kept
    clutter: dict[Box, bool] = {}

    def beside(leaf: Leaf) -> bool:
        return in_clutter(leaf.box, clutter)

    heading = words_of(title or "")
    agreed = {at for at in second & third if page.leaves[at].words != heading}
    kept = kept | _agreed_between(page, kept, agreed, beside)
    kept |= _more_of_the_same(page, kept, agreed, beside)
    kept |= _lead(page, min(kept), heading)
    kept = _without_teasers(page, kept)
    kept = _without_tail(page, kept)
    kept |= _times_of_posts(page, kept)
    kept |= _turns(page, kept, beside)
    return kept | _set_between(page, kept, beside)


def _agreed_between(
    page: Page, kept: set[int], agreed: set[int], beside: Callable[[Leaf], bool]
) -> set[int]:
    """Sentences, quotes, items and headings that both other voices have amid the kept text."""
    first, last = min(kept), max(kept)
    found = set()
    for at in agreed:
        leaf = page.leaves[at]
        if not first < at < last or at in kept or leaf.linked > LEAD_LINKED or beside(leaf):
            continue
        around = {box.tag for box in leaf.box.ancestors()}
        if "figcaption" in around:
            continue
        prose = len(leaf.words) >= AGREED_WORDS and SENTENCE_END.search(leaf.text)
        if prose or around & STRUCTURE:
            found.add(at)
    return found


def _more_of_the_same(
    page: Page, kept: set[int], agreed: set[int], beside: Callable[[Leaf], bool]
) -> set[int]:
    """What both other voices have behind the kept text in boxes like its own: a chosen run stops
    before the last entry of a live blog, or the first."""
    alike = {_likeness(page.leaves[at]) for at in kept if len(page.leaves[at].words) > AGREED_WORDS}
    found, rest = set(), []
    for at in range(max(kept) + 1, len(page.leaves)):
        leaf = page.leaves[at]
        if at in agreed and not beside(leaf) and leaf.linked <= LEAD_LINKED:
            rest.append(at)
            if len(leaf.words) >= AGREED_WORDS and SENTENCE_END.search(leaf.text):
                if _likeness(leaf) not in alike:
                    break
                found |= set(rest)
        elif len(leaf.words) >= AGREED_WORDS:
            break
    return found


def _likeness(leaf: Leaf) -> tuple[str, ...]:
    """Tags and classes of the boxes next around a leaf; those without a class tell little."""
    around = [box for _, box in zip(range(2), leaf.box.ancestors(), strict=False)]
    return tuple(f"{box.tag}.{box.element.get('class') or ''}" for box in around)


def _lead(page: Page, first: int, title: list[str]) -> set[int]:
    """The standfirst: sentences between the page's heading and the first kept block."""
    heading = next(
        (
            at
            for at in range(first, -1, -1)
            if page.leaves[at].box.tag == "h1" or (title and page.leaves[at].words == title)
        ),
        first,
    )
    found = set()
    for at in range(heading + 1, first):
        leaf = page.leaves[at]
        if len(leaf.words) < LEAD_WORDS or leaf.linked > LEAD_LINKED or leaf.words == title:
            continue
        if any(box.tag in NOT_A_LEAD for box in leaf.box.ancestors()):
            continue
        if SENTENCE_END.search(leaf.text) or leaf.box.tag in HEADINGS or _is_named_lead(leaf):
            found.add(at)
    return found


def _is_named_lead(leaf: Leaf) -> bool:
    name = (leaf.box.element.get("class") or "").lower()
    return any(word in name for word in LEAD_NAMES)


LEAD_NAMES = (
    "lead", "intro", "teaser", "dek", "deck", "standfirst", "subtitle", "subhead", "sub-head",
    "summary", "excerpt", "preface", "abstract", "entradilla", "chapo", "perex", "description",
)  # fmt: skip


def _without_teasers(page: Page, kept: set[int]) -> set[int]:
    """Without paragraphs that are links to other articles; lists of links may be the article."""
    known: dict[Box, bool] = {}

    def is_teaser(leaf: Leaf) -> bool:
        if leaf.linked <= TEASER_LINKED or len(leaf.words) < TEASER_WORDS:
            return False
        near = [box.tag for _, box in zip(range(3), leaf.box.ancestors(), strict=False)]
        return "li" not in near and not tables.in_values(leaf.box, known)

    return {at for at in kept if not is_teaser(page.leaves[at])} or kept


def _without_tail(page: Page, kept: set[int]) -> set[int]:
    """Without what opens like the end of a page: related articles, comments, tags, sharing."""
    order = sorted(kept)
    left = sum(len(page.leaves[at].words) for at in order)
    total = left or 1
    out: list[int] = []
    for place, at in enumerate(order):
        leaf = page.leaves[at]
        opened = openers.kinds(leaf.text) | openers.spelled(leaf.text)
        if opened & openers.ENDING:
            if left <= TAIL_SHARE * total and place:
                break
        else:
            out.append(at)
        left -= len(leaf.words)
    while out and page.leaves[out[-1]].box.tag in HEADINGS:
        out.pop()
    return set(out) or kept


def _times_of_posts(page: Page, kept: set[int]) -> set[int]:
    """The times above the posts of a live blog or a thread, which every voice takes for a by-line:
    lines of one likeness that hold but a date or a time, each with kept text right below it."""
    posts: dict[tuple[str, ...], set[int]] = {}
    for at in range(max(0, min(kept) - POST_LINES), max(kept)):
        leaf = page.leaves[at]
        has_text = not kept.isdisjoint(range(at + 1, at + 1 + POST_LINES))
        if has_text and 0 < len(leaf.words) <= MOMENT_WORDS and is_moment(leaf):
            posts.setdefault(_likeness(leaf), set()).add(at)
    alike = (times for times in posts.values() if len(times) >= POSTS)
    return set().union(*alike)


POST_LINES = 2
"""How far below its time a post begins: a headline may stand between."""
MOMENT_WORDS = 8
POSTS = 3
"""So many times are of posts; one or two are of the article and its last change."""


def _turns(page: Page, kept: set[int], beside: Callable[[Leaf], bool]) -> set[int]:
    """The names of the two who speak by turns in an interview, `Q` and `A`, on lines of their own,
    and what each says, be it a word: every voice takes so short a line for furniture."""
    lines: dict[str, list[int]] = {}
    for at in range(max(0, min(kept) - 1), max(kept)):
        leaf = page.leaves[at]
        if _may_be_speaker(leaf) and not beside(leaf):
            lines.setdefault(leaf.box.tag, []).append(at)
    found: set[int] = set()
    for places in lines.values():
        times = Counter(page.leaves[at].text for at in places)
        turns = [at for at in places if times[page.leaves[at].text] >= TURNS]
        if _are_by_turns([page.leaves[at].text for at in turns]):
            said = {at + 1 for at in turns if page.leaves[at + 1].text}
            if len(said & kept) * 2 > len(turns) and said.isdisjoint(turns):
                found |= {*turns, *(at for at in said if not page.leaves[at].linked)}
    return found


def _may_be_speaker(leaf: Leaf) -> bool:
    is_short = 0 < len(leaf.words) <= SPEAKER_WORDS and any(map(str.isalpha, leaf.text))
    is_of_page = openers.kinds(leaf.text) or openers.of_a_post(leaf.text)
    return is_short and leaf.linked == 0 and not is_of_page


def _are_by_turns(speakers: list[str]) -> bool:
    """Whether two speak, and never one of them twice in a row."""
    return len(set(speakers)) == 2 and all(one != next for one, next in pairwise(speakers))


SPEAKER_WORDS = 3
TURNS = 2
"""So often at least each of them speaks."""


def _set_between(page: Page, kept: set[int], beside: Callable[[Leaf], bool]) -> set[int]:
    """Pictures with captions, tables, code, quotes and items that stand between kept blocks.

    Only where a box close around them holds several kept blocks, and none is named for clutter.
    """
    if not kept:
        return set()
    first, last = min(kept), max(kept)
    holding: dict[Box, int] = {}
    for at in kept:
        for box in page.leaves[at].box.ancestors():
            holding[box] = holding.get(box, 0) + 1
    found = set()
    for at in range(first, last):
        leaf = page.leaves[at]
        if at in kept or (leaf.text and not _is_set_apart(leaf)) or leaf.linked > LEAD_LINKED:
            continue
        if beside(leaf) or not _is_held(leaf, holding) or openers.kinds(leaf.text) & BUTTONS:
            continue
        found.add(at)
    return found


def _is_set_apart(leaf: Leaf) -> bool:
    near = zip(range(3), leaf.box.ancestors(), strict=False)
    return any(box.tag in SET_APART for _, box in near)


def _is_held(leaf: Leaf, holding: dict[Box, int]) -> bool:
    """Whether one of the next boxes around the leaf holds two kept blocks or more."""
    near = zip(range(5), leaf.box.ancestors(), strict=False)
    return any(holding.get(box, 0) >= 2 for _, box in near)
