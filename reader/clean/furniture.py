"""Lines around a text that are not of it: its own title again, by-lines, dates, share buttons."""

import re
from collections.abc import Iterable

from reader.clean import heading as lines_of
from reader.clean import moments, names, openers, prose, tables
from reader.clean.boxes import Box, Leaf, Page, tags, words_of

BODY_WORDS = 20
"""The first block of so many words is the text; what stands before it may be a masthead."""
KICKER_WORDS = 3
NO_KICKER = tags("h1 h2 h3 h4 h5 h6 figcaption figure li dt dd pre blockquote")
ARTICLE_WORDS = 50
"""With fewer words than this left, the other article may be the one."""
OFFER_WORDS = 40
"""Words of the longest line that asks its reader to subscribe."""
FORM = re.compile(
    r"newsletter|subscri|suscri|abonn|sign-?up|boletin|nieuwsbrief|paywall|mailing", re.IGNORECASE
)
LINE_WORDS = 14
"""No by-line is longer."""

BYLINE = re.compile(
    r"(?:(?:written|posted|published|updated|text|story|photos?|fotos?|words)\s*:?\s+)?"
    r"(?:by|von|par|por|di|door|av|af)\s+(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*[\s,]*(?:(?:and|und|et|y|&)\s+)?){1,8}"
    r"(?:[|,/–-].*)?"
)
SHARE = re.compile(
    r"(?:(?:share|tweet|pin|print|e-?mail|save|comments?|comment|like|follow|subscribe|"
    r"teilen|drucken|merken|kommentare?|facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|"
    r"telegram|flipboard|xing|instagram|copy link|link kopieren|advertisement|anzeige|werbung|"
    r"partager|imprimer|compartir|imprimir|condividi|stampa|listen|read more|weiterlesen)"
    r"(?:\s+(?:this|it|article|story|page|on|via|to|by|us|auf|per|artikel|post|the))*"
    r"[\s,:|•·/&+.!\d()-]*)+",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
CLOCK = re.compile(r"\b\d{1,2}(?:[:h]\d{2}\b|\.\d{2}\s*Uhr)")
DATE_WORDS = re.compile(
    r"\b(?:posted|published|updated|modified|last|first|on|at|um|am|uhr|veröffentlicht|aktualisiert|"
    r"stand|erstellt|geändert|zuletzt|publié|mis à jour|le|à|publicado|actualizado|pubblicato|"
    r"aggiornato|mon|tue|wed|thu|fri|sat|sun|[a-z]{3,9}day|[a-zä]{3,7}tag|mittwoch|jan(?:uary|uar)?|"
    r"feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|ma[yi]|june?|juni|july?|juli|aug(?:ust)?|"
    r"sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|am|pm|a\.m|p\.m|edt|est|pdt|pst|"
    r"bst|gmt|utc|cest|cet|min|minutes?|minuten?|read|lesezeit|ago|vor|hours?|stunden|days?|tagen)\b",
    re.IGNORECASE,
)


def without_furniture(
    page: Page, kept: set[int], title: str | None, authors: Iterable[str]
) -> set[int]:
    """The kept leaves without the lines that only belong to the page."""
    named = [words_of(author) for author in authors]
    heading = words_of(title or "")
    known: dict[Box, bool] = {}
    leaves = [page.leaves[at] for at in sorted(kept)]
    leaves = [leaf for leaf in leaves if not tables.in_values(leaf.box, known)]
    gone: set[int] = set()
    in_head = True
    for leaf in leaves:
        if in_head and heading and _is_head(leaf, heading):
            # What stands above it is the site's.
            gone |= {other.index for other in leaves if other.index <= leaf.index}
            continue
        if len(leaf.words) >= BODY_WORDS and leaf.box.tag not in ("h1", "h2", "h3"):
            in_head = False
        is_title = in_head and bool(heading) and _same(leaf.words, heading)
        is_line = 0 < len(leaf.words) <= LINE_WORDS
        of_the_head = in_head and (_is_credit(leaf, named) or _is_kicker(leaf))
        if is_title or (is_line and (_is_share_line(leaf) or of_the_head)):
            gone.add(leaf.index)
    for leaf in reversed(leaves):
        if len(leaf.words) >= BODY_WORDS:
            break
        if len(leaf.words) <= LINE_WORDS and (
            _is_credit(leaf, named) or openers.is_furniture(leaf.text)
        ):
            gone.add(leaf.index)
    return kept - gone if gone != kept else kept


def without_offers(page: Page, kept: set[int]) -> set[int]:
    """The kept leaves without lines that ask to subscribe, in boxes that are named for it."""
    offers = {at for at in kept if _is_offer(page.leaves[at])}
    return kept - offers if offers != kept else kept


def without_next_articles(page: Page, kept: set[int], title: str | None) -> set[int]:
    """The kept leaves without those of other articles that the page loads below the one it is of:
    `<article>` elements with a first heading of their own."""
    heading = words_of(title or "")
    boxes = {box for at in kept for box in page.leaves[at].box.ancestors() if box.tag == "article"}
    headed = {
        leaf.box: leaf.words == heading
        for leaf in page.leaves
        if leaf.box.tag == "h1" and leaf.words
    }
    under = {box: {own for h1, own in headed.items() if box in h1.ancestors()} for box in boxes}
    if not any(found == {True} for found in under.values()):
        return kept
    others = {box for box, found in under.items() if found == {False}}
    rest = {at for at in kept if others.isdisjoint(page.leaves[at].box.ancestors())}
    return rest if sum(len(page.leaves[at].words) for at in rest) >= ARTICLE_WORDS else kept


def _is_offer(leaf: Leaf) -> bool:
    if not 0 < len(leaf.words) <= OFFER_WORDS:
        return False
    near = [box.element for _, box in zip(range(3), leaf.box.ancestors(), strict=False)]
    named = " ".join(f"{one.get('class') or ''} {one.get('id') or ''}" for one in near)
    return bool(FORM.search(named)) and openers.is_furniture(leaf.text)


def _is_kicker(leaf: Leaf) -> bool:
    """A word or two above the text that name its section or kind: `Essay`."""
    if not 0 < len(leaf.words) <= KICKER_WORDS or leaf.text[-1] in ".!?:…。":
        return False
    return not any(box.tag in NO_KICKER for box in leaf.box.ancestors())


def _same(words: list[str], heading: list[str]) -> bool:
    if words == heading:
        return True
    # The page's own heading, of which the title may be a longer or shorter form.
    shorter, longer = sorted((words, heading), key=len)
    return (
        len(shorter) >= 4 and longer[: len(shorter)] == shorter and len(longer) <= 2 * len(shorter)
    )


def _is_head(leaf: Leaf, heading: list[str]) -> bool:
    """Whether a block holds the title and, each on a line of its own, who wrote it and when."""
    first, *rest = lines_of.broken(leaf) or [""]
    if words_of(first) != heading or not lines_of.tells_who_and_when(rest):
        return False
    return all(
        prose.word_count(line) <= LINE_WORDS and not prose.ends_sentence(line) for line in rest
    )


def _is_share_line(leaf: Leaf) -> bool:
    return bool(SHARE.fullmatch(leaf.text)) or "share" in openers.kinds(leaf.text)


def _is_credit(leaf: Leaf, named: list[list[str]]) -> bool:
    """A line that holds nothing but a by-line, names or a date."""
    if leaf.words in named or words_of(names.without_place(leaf.text)) in named:
        return True
    if BYLINE.fullmatch(leaf.text):
        return True
    if any(words_of(name) in named for name in names.after_by(leaf.text)):
        return True
    if (told := openers.labelled(leaf.text.strip("()（） "))) and "editors" in told.kinds:
        return True
    if not DIGIT.search(leaf.text):
        return False
    return _dates_only(leaf.text, 6) or _dates_only(_without_names(leaf.text, named), 6)


def _without_names(text: str, named: list[list[str]]) -> str:
    """A line without the names of the authors, as far as it holds them."""
    for name in named:
        text = re.sub(r"\W+".join(map(re.escape, name)), " ", text, flags=re.IGNORECASE)
    return text


def is_moment(leaf: Leaf) -> bool:
    """Whether the line holds nothing but a date or a time of day."""
    if not DIGIT.search(leaf.text):
        return False  # to read a date takes long
    told = bool(CLOCK.search(leaf.text)) or moments.iso(leaf.text) is not None
    return told and _dates_only(leaf.text, 4)


def _dates_only(text: str, most_words: int) -> bool:
    """Whether a line is made of numbers and words of dates, or is short and has a date in it."""
    if DIGIT.search(text) and not text.endswith((".", "!", "?")):
        rest = DATE_WORDS.sub(" ", text)
        rest = re.sub(r"[\d\W_]+", "", rest)
        short = len(words_of(text)) <= most_words
        return not rest or (short and moments.iso(text) is not None)
    return False
