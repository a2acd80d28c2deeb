"""A text as runs of words between which nothing stands: no stop word, and no mark.

Little words inside a name are of its run. Of unspaced scripts each few letters that may be a word
are a run.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from reader.stories.rarity import usual_rarity
from reader.text.spelled import Spelled
from reader.text.terms import unspaced_in

LINKS = frozenset("of for de del della di da do dos du des van von bin ibn al".split())
"""Little words inside names, in any language but German, whose nouns are capital as names are."""
GERMAN_LINKS = frozenset("von van de zu".split())
OF = frozenset({"of", "for"})
"""What may also stand between two names: `Ted Cruz of Texas`."""
MOST_LINKS = 2
SECOND_LINKS = frozenset("the der den dem ter la las los".split())
"""Those that only follow another: `von der`, `of the`."""
PARTICLES = frozenset("le la les el los las de des du di da van von der den ten ter al".split())
"""Words that say nothing, but are of a name where they are capital inside a sentence and it goes
on: `Le Pen`, `La Rochelle`, `Van der Bellen`."""
SPOKEN = 5.5
"""How rare in print a word is that is capital because it begins a sentence, and not a name."""
UNSPACED_LETTERS = range(2, 9)
"""Letters of what may be a word of an unspaced script; the longest only tell what was cut."""
ALPHABETIC_LETTERS = 4
"""The fewest where letters are sounds, as in Thai."""
_PIECE = Spelled(
    r"\d{1,3}(?:[.,]\d{3})+(?!\w)|(?:[A-ZÀ-ÞА-Я]\.){1,2}(?=\s[A-ZÀ-ÞА-Я])|{L}+(?:['’.\-&]{L}+)*|[^\w\s]|\n"
)
_INITIAL = re.compile(r"(?:[^\W\d_]\.){1,2}")
_BEGINNING = frozenset('.!?:;\n"“”„«»…')
"""What a sentence may begin after."""
_FIRST_CHINESE = "\u2e80"
"""From here on stand Chinese signs and those of Japanese with them."""
_HIRAGANA = re.compile("[\u3040-\u309f]")
POSSESSIVE = re.compile(r"['’]s?\Z")
_APOSTROPHE = re.compile("['’]")


class Word(NamedTuple):
    """A word of a run, in small letters and as it is written."""

    word: str
    written: str
    is_capital: bool = False
    """As names are."""
    is_link: bool = False
    is_loose: bool = False
    """A link that may part two names: `Ted Cruz of Texas`."""
    is_title: bool = False
    """Of a person, before their name."""
    is_first: bool = False
    """A word that may be capital only because it begins a sentence; `is_capital` is then False."""


def runs(
    line: str, stop: frozenset[str], titles: frozenset[str], little: frozenset[str]
) -> Iterator[tuple[list[Word], int]]:
    """Runs of words with no stop word and no mark between, but those inside a name; and where each
    begins."""
    run: list[Word] = []
    links: list[Word] = []
    """Met after a name: they belong to it if more of it follows."""
    seen = 0
    begins = True
    pieces = _PIECE.findall(line)
    for piece, following in zip_longest(pieces, pieces[1:], fillvalue=""):
        is_word = piece[0].isalnum()
        seen += is_word
        first, begins = begins, piece in _BEGINNING
        if is_word and not piece.isascii() and unspaced_in(piece):
            yield from (([Word(part, part)], seen) for part in _parts(piece))
            is_word = False
        elif (
            is_word
            and run
            and (run[-1].is_capital or run[-1].is_first)
            and len(links) < MOST_LINKS
            and (link := _link(piece, run, SECOND_LINKS if links else little))
        ):
            links.append(link)
            continue
        elif (
            is_word
            and (word := _bare(piece))
            and (word not in stop or (not first and _is_particle(piece, following)))
            and len(word) > 1
        ):
            capital = piece[0].isupper()
            if links and capital:
                run += links
            elif links:
                yield run, seen - len(run) - len(links) - 1
                run = []
            links = []
            first = first and capital and usual_rarity(word) < SPOKEN
            title = capital and word in titles
            run.append(Word(word, piece, capital and not first, is_title=title, is_first=first))
            if not POSSESSIVE.search(piece):
                continue
            is_word = False
        elif piece == "." and run and run[-1].is_title and not links:
            begins = False
            continue
        if run:
            yield run, seen - len(run) - len(links) - is_word
        run, links = [], []
    if run:
        yield run, seen - len(run) - len(links)


def _is_particle(piece: str, following: str) -> bool:
    """Whether it is a little word at the beginning of a name, or in it."""
    return piece[0].isupper() and piece.lower() in PARTICLES and following[:1].isupper()


def _link(piece: str, run: Sequence[Word], little: frozenset[str]) -> Word | None:
    """A little word, or an initial, after what may be the beginning of a name."""
    if _INITIAL.fullmatch(piece):
        return Word(piece[:-1].lower(), piece, is_link=True)
    word = piece.lower()
    if word not in little:
        return None
    of_two = len(run) > 1 and run[-2].is_capital and not run[-1].is_title
    return Word(word, piece, is_link=True, is_loose=of_two and word in OF)


def _bare(piece: str) -> str:
    """A word in small letters; of `Ann's` and `l'homme` the longer part."""
    return max(_APOSTROPHE.split(piece.lower()), key=len)


def _parts(run: str) -> Iterator[str]:
    """Every few letters of a run without spaces that may be a word: none of grammar, and no number
    without what it counts, nor the other way round."""
    is_chinese = run[0] >= _FIRST_CHINESE
    for length in UNSPACED_LETTERS if is_chinese else UNSPACED_LETTERS[ALPHABETIC_LETTERS - 2 :]:
        for start in range(len(run) - length + 1):
            part = run[start : start + length]
            follows_digit = run[:start][-1:].isdigit()
            if not (follows_digit or part[-1].isdigit() or _HIRAGANA.search(part)):
                yield part
