"""Why two articles are alike, in words a person can check."""

from reader.stories.vectors import Vector

MOST = 5


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
        heaviest = sorted(weights, key=lambda h: (-weights[h], h))[: 3 * MOST]
        written = _without_parts([self._surface[h] for h in heaviest])[:MOST]
        return tuple(sorted(written, key=lambda word: word == word.lower()))


def _without_parts(words: list[str]) -> list[str]:
    """Each word once: not those that a longer name among them says already."""
    longer = [w.casefold().split() for w in words if " " in w]
    said = {part for name in longer for part in name}
    return [w for w in words if " " in w or w.casefold() not in said]
