"""Which article a story is named after: that whose title says what the story is about by now.

Of the first reports it is the one most like the others. A later one takes the lead with a
development: its title still carries what the titles before it have in common, and says what none
of the articles before it had. Within a few hours another has to tell the same, for the words alone
of a second report are new too; then the title stays until there is news again. So it hangs on what
was told when, not on what came first, and a copy changes nothing.

A reaction, a column or a question carries too little of the common title or says nothing new.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reader.store import stories as kept
from reader.stories.titles import stands_aside, telling
from reader.stories.vectors import unpack

SAME_HOURS = 8
"""Reports of so many hours tell the same news in other words, unless two of them agree on more."""
CARRIED = 0.28
"""Share of what the titles before have in common that a title must carry to lead. Of invented
stories in four languages developments carry .45 and more, columns, questions and sidelights .20 and
less."""
FRESH = 0.22
"""Share of a title that none of the articles before may have told, for it to tell news."""
CONFIRMED = 0.5
"""Share of what is fresh in a title that a later article has to tell too."""
FULLER = 1.5
"""So many times as many words say more than the first of two equals; less would change a title that
is known for nothing."""
LOOKED_AT = 40
"""Articles of a great story that are looked at, the last to come."""

MEMBERS = """
    SELECT a.id, a.title, CASE WHEN f.day IS NULL THEN 0
        WHEN a.edits > 0 AND EXISTS
            (SELECT 1 FROM revision r WHERE r.article = a.id AND r.title <> a.title)
        THEN max(a.sorted_at, a.changed) ELSE a.sorted_at END, v.v
    FROM article a LEFT JOIN story_facts f ON f.article = a.id
    LEFT JOIN article_vec v ON v.id = a.id
    WHERE a.story = ?1 AND a.hidden = 0 ORDER BY a.id DESC LIMIT ?2"""
"""A title that was changed counts as of that time; what has no day tells no news."""
NEAR = """SELECT one, other, cosine, title, contained FROM likeness
    WHERE one IN (SELECT value FROM json_each(?1)) AND one < other
    AND +other IN (SELECT value FROM json_each(?1))"""

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Told:
    """An article of a story, as far as naming it needs it."""

    id: int
    title: str
    at: int
    words: frozenset[int]
    """Terms and numbers of the title. All count alike: how rare one is hangs on what came when."""
    body: tuple[int, ...]
    """Terms of the text."""

    @cached_property
    def terms(self) -> frozenset[int]:
        """What the article tells, with its title: of most never asked for."""
        return self.words.union(self.body)


def name(conn: sqlite3.Connection, stories: Iterable[int]) -> None:
    """Name stories that have changed, in the caller's transaction."""
    for story in stories:
        rows = conn.execute(MEMBERS, (story, LOOKED_AT + 1)).fetchall()
        if not rows:
            continue
        is_great = len(rows) > LOOKED_AT
        told = sorted((_told(*row) for row in rows[:LOOKED_AT]), key=_in_time)
        found = _lead(conn, told, is_great)
        if found is not None:
            kept.name(conn, story, found)
        elif not kept.is_named(conn, story):
            kept.name(conn, story, told[0].id)


def name_all(conn: sqlite3.Connection) -> None:
    """Name the stories that a person's acts have left without a name."""
    name(conn, kept.unnamed(conn))


def _lead(conn: sqlite3.Connection, told: Sequence[Told], is_great: bool) -> int | None:
    """The article that leads; None if of a great story only a part is known, and no news in it."""
    if len(told) == 1:
        return told[0].id
    near, copies = _nearness(conn, [each.id for each in told])
    place = {each.id: at for at, each in enumerate(told)}
    copied = {max(pair, key=place.__getitem__) for pair in copies}
    texts = [each for each in told if each.id not in copied]
    first = news = 0
    for at in range(1, len(texts)):
        one = texts[at]
        if one.at == texts[first].at or not _tells_news(one, texts[:at]):
            continue
        hours = (one.at - texts[first].at) / 3600
        if hours >= SAME_HOURS or _is_confirmed(one, texts[:at], texts[at + 1 :]):
            first = news = at
    leading: Sequence[Told]
    if news:
        leading = [
            one for one in texts[news:] if one is texts[news] or _tells_news(one, texts[:news])
        ]
    elif is_great:
        return None
    else:
        leading = _named_alike(told)
    return _most_like_the_others(leading, near, copies).id


def _tells_news(one: Told, before: Sequence[Told]) -> bool:
    """Whether a title carries on the story with something that nothing before it told."""
    if stands_aside(one.title):
        return False
    fresh = _fresh(one, before)
    return len(fresh) >= FRESH * len(one.words) > 0 and _carried(one, before) >= CARRIED


def _fresh(one: Told, before: Sequence[Told]) -> list[int]:
    return [h for h in one.words if not any(h in each.terms for each in before)]


def _carried(one: Told, before: Sequence[Told]) -> float:
    """How much of what the titles before have in common is in this one, from 0 to 1."""
    times = Counter(h for each in before for h in each.words)
    common = {h: count**2 for h, count in times.items()}
    return sum(common.get(h, 0) for h in one.words) / (sum(common.values()) or 1)


def _is_confirmed(one: Told, before: Sequence[Told], after: Sequence[Told]) -> bool:
    """Whether an article that came later tells what is fresh in a title, too."""
    fresh = _fresh(one, before)
    wanted = CONFIRMED * len(fresh)
    return any(sum(h in each.terms for h in fresh) >= wanted for each in after)


def _named_alike(told: Sequence[Told]) -> Sequence[Told]:
    """Those whose title tells and has a word of another (`Update` has none); else the one that says
    most."""
    told = [one for one in told if not stands_aside(one.title)] or told
    sharing = [
        one
        for one in told
        if any(one is not each and not one.words.isdisjoint(each.words) for each in told)
    ]
    if sharing:
        return sharing
    says = telling({each.id: each.title for each in told})
    return [max(told, key=lambda each: says[each.id])]


def _most_like_the_others(
    told: Sequence[Told], near: Mapping[tuple[int, int], int], copies: Iterable[tuple[int, int]]
) -> Told:
    """Of these the one most like the others on average, of equals the first, or one that says much
    more; its own near copies say nothing for it."""
    like = dict.fromkeys((one.id for one in told), 0)
    others = dict.fromkeys(like, len(told) - 1)
    for (one, other), much in near.items():
        if one in like and other in like:
            like[one] += much
            like[other] += much
    for one, other in copies:
        if one in like and other in like:
            others[one] -= 1
            others[other] -= 1
    mean = {id: much / max(1, others[id]) for id, much in like.items()}
    most = max(mean.values())
    nearest = [one for one in told if mean[one.id] == most]
    fullest = max(nearest, key=lambda one: len(one.words))
    first = nearest[0]
    return fullest if len(fullest.words) >= FULLER * len(first.words) else first


def _nearness(
    conn: sqlite3.Connection, ids: Sequence[int]
) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    """How like each other articles are, text and title, in thousandths; and which are near copies,
    of which that is not said."""
    near: dict[tuple[int, int], int] = {}
    copies: set[tuple[int, int]] = set()
    for one, other, cosine, title, contained in conn.execute(NEAR, (json.dumps(ids),)):
        if contained:
            copies.add((one, other))
        else:
            near[one, other] = cosine + title
    return near, copies


def _told(id: int, title: str, at: int, blob: bytes | None) -> Told:
    words = frozenset(map(_number, _NUMBER.findall(title)))
    if blob is None:
        return Told(id, title, at, words, ())
    v = unpack(blob)
    return Told(id, title, at, words.union(v.title.numbers), v.body.numbers)


def _number(digits: str) -> int:
    """A term of a number: below 0, where no word is."""
    return -1 - int(digits[:9])


def _in_time(one: Told) -> tuple[int, int]:
    return one.at, one.id
