"""Articles put together by average linkage: the two groups go together whose articles are, each
with each, most probably of one story, and so on while that is probable enough.

It depends on the likenesses alone, not on the order in which they are given.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

KNOWN_NEIGHBOURS = 40
"""An article knows no more neighbours than so many (`reader.stories.neighbours`), so of a large
group no more can be asked to be near it."""

NO_WEIGHT: Mapping[int, int] = MappingProxyType({})


def linked(
    units: Iterable[Sequence[int]],
    near: Mapping[tuple[int, int], float],
    apart: set[tuple[int, int]],
    enough: float,
    weight: Mapping[int, int] = NO_WEIGHT,
) -> list[list[int]]:
    """The groups, each in rising order. `units` are never torn; pairs `apart` never meet.

    `near` has the probability of a pair, the smaller number first. `weight` has for how many
    articles one stands, where that is more than itself; its probabilities are then sums.
    """
    groups = {min(unit): list(unit) for unit in units}
    home = {id: name for name, unit in groups.items() for id in unit}
    total: dict[int, dict[int, float]] = {name: {} for name in groups}
    for (a, b), probability in sorted(near.items()):
        one, other = home[a], home[b]
        if one != other:
            total[one][other] = total[other][one] = total[one].get(other, 0.0) + probability
    parted = {(home[a], home[b]) for a, b in apart if a in home and b in home}
    version = dict.fromkeys(groups, 0)
    size = {name: sum(weight.get(id, 1) for id in unit) for name, unit in groups.items()}

    def offers(a: int, others: Mapping[int, float]) -> Iterator[tuple[float, int, int, int, int]]:
        its_size = size[a]
        for b, probability in others.items():
            fewer, more = (its_size, size[b]) if its_size <= size[b] else (size[b], its_size)
            mean = probability / (fewer * min(more, KNOWN_NEIGHBOURS))
            if mean >= enough and (a, b) not in parted and (b, a) not in parted:
                one, other = (a, b) if a < b else (b, a)
                yield -mean, one, other, version[one], version[other]

    later = {a: {b: p for b, p in others.items() if a < b} for a, others in total.items()}
    waiting = [offer for a, others in later.items() for offer in offers(a, others)]
    heapq.heapify(waiting)
    while waiting:
        _, a, b, a_version, b_version = heapq.heappop(waiting)
        if version.get(a) != a_version or version.get(b) != b_version:
            continue
        groups[a] += groups.pop(b)
        size[a] += size.pop(b)
        version[a] += 1
        del version[b]
        parted |= {(a, y) for x, y in parted if x == b} | {(x, a) for x, y in parted if y == b}
        near_a = total[a]
        for other, probability in total.pop(b).items():
            near_other = total[other]
            del near_other[b]
            if other != a:
                near_a[other] = near_other[a] = near_a.get(other, 0.0) + probability
        for offer in offers(a, near_a):
            heapq.heappush(waiting, offer)
    return sorted(sorted(group) for group in groups.values())
