"""Places of articles that the reader marked with a letter, as they are kept: JSON.

`{"": {CAPITAL: [article, block, offset, quote]}, ARTICLE: {letter: [block, offset, quote]}}`: a
capital is found from everywhere, any other letter in its own article. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_letters, digits
from typing import Any

from reader.model import Anchor, ArticleId

MARKS = "marks"
"""Under this state the marks are kept."""
LETTERS = frozenset(ascii_letters + digits)
"""What a place can be marked with."""
BEFORE = "'"
"""The mark that is set by going away: going there comes back."""
MOST_MARKED = 300
"""Articles whose marks are kept, those marked last."""

Marks = dict[str, dict[str, list[Any]]]


def understood(kept: object) -> Marks:
    """What was kept, or no marks if it makes no sense."""
    return kept if isinstance(kept, dict) else {}


def with_mark(marks: Marks, key: str, article: ArticleId, at: Anchor) -> Marks:
    """All marks and this one; those of the article stand last."""
    place = [at.block, at.offset, at.quote]
    own = marks.get(str(article), {})
    others = {name: dict(places) for name, places in marks.items() if name != str(article)}
    if key.isupper():
        others.setdefault("", {})[key] = [int(article), *place]
        after = others | ({str(article): own} if own else {})
    else:
        after = others | {str(article): own | {key: place}}
    while len(after) > MOST_MARKED:
        del after[next(name for name in after if name)]
    return after


def place_of(marks: Marks, key: str, article: ArticleId | None) -> tuple[ArticleId, Anchor] | None:
    """The article and the place in it that a letter means while `article` is open."""
    if key.isupper():
        found = marks.get("", {}).get(key)
        whose, place = (found[0], found[1:]) if found else (None, None)
    else:
        whose, place = article, of_article(marks, article).get(key)
    if whose is None or place is None:
        return None
    return ArticleId(int(whose)), Anchor(int(place[0]), int(place[1]), str(place[2]))


def of_article(marks: Marks, article: ArticleId | None) -> Mapping[str, list[Any]]:
    """The marks of one article alone."""
    return marks.get(str(article), {})


def letters_known(marks: Marks, article: ArticleId | None) -> list[str]:
    """The letters that mean a place while `article` is open, in order, `BEFORE` not among them."""
    return sorted({*of_article(marks, article), *marks.get("", {})} - {BEFORE})
