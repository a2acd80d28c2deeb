"""Why two articles are alike, in words a person can check."""

from collections.abc import Mapping

from reader.stories.named import are_forms
from reader.stories.vectors import Vector
from reader.text.terms import has_hiragana, unspaced_in

MOST = 5
LONGEST_JOINED = 8
"""Letters."""
AS_OFTEN = 0.9
"""Of the heavier pair of letters the weight of another that may be of the same word."""


class Reasons:
    """The terms one article shares with others, in its own spelling."""

    def __init__(self, own: Vector) -> None:
        self._surface = own.surface()
        self._weight_of = own.body.weight_of()

    def shared_with(self, other: Vector) -> tuple[str, ...]:
        """Up to five, names first, then those that weigh most in both; no word twice."""
        weights = {
            h: self._weight_of[h] * w
            for h, w in zip(other.body.numbers, other.body.weights, strict=True)
            if h in self._surface
        }
        heaviest = sorted(weights, key=lambda h: (-weights[h], h))
        written = [self._surface[h] for h in heaviest[: 3 * MOST]]
        if any(map(_is_pair, written)):
            written = _joined({self._surface[h]: self._weight_of[h] for h in heaviest})
        written = _each_once(list(dict.fromkeys(written)))[:MOST]
        return tuple(sorted(written, key=lambda word: word == word.lower()))


def _each_once(written: list[str]) -> list[str]:
    """Each word once, the heaviest first: not what a longer name says already, or the same word
    with another ending."""
    words = {term: term.casefold().split() for term in written}
    said: list[str] = []
    for term in written:
        longer = [each for each in written if len(words[each]) > len(words[term])]
        if not any(_says(words[each], words[term]) for each in (*longer, *said)):
            said.append(term)
    return said


def _says(words: list[str], others: list[str]) -> bool:
    """Whether each of the others is among the words, in whatever form."""
    return all(any(w == other or are_forms(w, other) for w in words) for other in others)


def _is_pair(word: str) -> bool:
    """Whether it is two letters of a script without spaces, and so perhaps two halves of words."""
    return len(word) == 2 and unspaced_in(word)


def _joined(weight_of: Mapping[str, int]) -> list[str]:
    """The words, heaviest first, the pairs of letters that go on in one another, and in no other,
    as what they make together. Without single letters, and pairs that are of grammar in part.

    The pairs of one word are said as often, and so weigh the same.
    """
    words = [word for word in weight_of if len(word) > 1 or not unspaced_in(word)]
    whole = [word for word in words if not _is_pair(word)]
    pairs = [
        word
        for word in words
        if _is_pair(word) and not has_hiragana(word) and not any(word in each for each in whole)
    ]

    def follows(pair: str) -> str | None:
        """The only pair that goes on from one, if it goes on from no other."""
        after = [each for each in pairs if each[0] == pair[1]]
        if len(after) != 1 or sum(each[1] == after[0][0] for each in pairs) != 1:
            return None
        one, other = weight_of[pair], weight_of[after[0]]
        return after[0] if min(one, other) >= AS_OFTEN * max(one, other) else None

    next_of = {pair: further for pair in pairs if (further := follows(pair))}
    rank = {word: at for at, word in enumerate(words)}
    best = {word: rank[word] for word in whole}
    for pair in pairs:
        if pair in next_of.values():
            continue
        word, at, last = pair, rank[pair], pair
        while last in next_of and len(word) < LONGEST_JOINED:
            last = next_of[last]
            word, at = word + last[1], min(at, rank[last])
        best[word] = min(at, best.get(word, at))
    return sorted(best, key=lambda word: best[word])
