"""Where the numbers in reader/stories/sameness.py come from.

    python tests/benchmarks/fit_stories.py [--shared DIR] [--days 60]

All pairs of labelled AllSides articles that have anything in common are examples: of one event or
not. Two logistic rules are fitted to them by Newton's method, one for pairs whose days are known
and one for all pairs as if none were. AllSides has one article a day, a week of a real cache has
thousands: so the events are first spread over `--days` days anew, each keeping its own course.
Each rule is fitted on one half of the events, the threshold too, and judged on the other half; what
is shipped is fitted on all. Beside it stands the rule it has to beat: cosine x decay.

Last it counts how many pairs the names tell apart (reader/stories/named.py) that are of one event,
and how many that are not, of those that the rule would put together. Events told in the same words
are rare in AllSides, so this only says what asking for names costs.
"""

import argparse
import math
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from bench_similar import CHECKOUT, Filled, Row, corpus
from bench_stories import scores

from reader.store import Cache
from reader.stories import named
from reader.stories.linking import linked
from reader.stories.sameness import LEAST_CROWD, MOST_CROWD, MOST_DAYS, company
from reader.stories.vectors import Query, unpack

LEAST_COSINE = 0.06
LONGEST_COURSE = 20
RIDGE = 1e-3
NEXT_TO_NOTHING = 0.01
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
LOOKED_AT = 0.1
SHARES = (0.4, 0.5, 0.6, 0.7, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Pair:
    cosine: float
    title: float
    days: int | None
    crowd: float


Weights = list[float]
Key = tuple[str, str]
Rule = Callable[[Pair], float]


def by_days(pair: Pair) -> Sequence[float]:
    """What the rule for known days looks at."""
    days = math.log1p(pair.days or 0)
    return 1.0, math.sqrt(pair.cosine), math.sqrt(pair.title), days


def by_crowd(pair: Pair) -> Sequence[float]:
    """What the rule for unknown days looks at."""
    crowd = min(MOST_CROWD, max(LEAST_CROWD, pair.crowd))
    return 1.0, math.sqrt(pair.cosine), crowd


def fitted(rows: Sequence[Sequence[float]], truth: Sequence[bool]) -> Weights:
    """The weights of a logistic rule, by Newton's method."""
    size = len(rows[0])
    weights = [0.0] * size
    for _ in range(30):
        slope = [RIDGE * w for w in weights]
        curve = [[RIDGE * (i == j) for j in range(size)] for i in range(size)]
        for row, right in zip(rows, truth, strict=True):
            guess = logistic(weights, row)
            for i in range(size):
                slope[i] += (guess - right) * row[i]
                for j in range(size):
                    curve[i][j] += guess * (1 - guess) * row[i] * row[j]
        step = solved(curve, slope)
        weights = [w - s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return weights


def logistic(weights: Weights, row: Sequence[float]) -> float:
    odds = sum(w * x for w, x in zip(weights, row, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss and Jordan, with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda at: abs(rows[at][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for at in range(len(rows)):
            if at != i:
                factor = rows[at][i] / rows[i][i]
                rows[at] = [a - factor * b for a, b in zip(rows[at], rows[i], strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def likenesses(filled: Filled) -> dict[Key, tuple[float, float]]:
    """Cosine and title cosine of all pairs that are alike at all."""
    name_of = {id: name for name, id in filled.id_of.items()}
    vectors = {
        name_of[id]: unpack(blob)
        for id, blob in filled.cache.read("SELECT id, v FROM article_vec ORDER BY id")
    }
    holding: dict[int, list[tuple[str, float]]] = defaultdict(list)
    found = {}
    for name, v in vectors.items():
        near: dict[str, float] = defaultdict(float)
        for h, w in zip(v.body.numbers, v.body.weights, strict=True):
            weight = w / v.body.length
            for other, its in holding[h]:
                near[other] += weight * its
            holding[h].append((name, weight))
        query = Query(v)
        for other, rough in near.items():
            if rough > LEAST_COSINE:
                cosine, title = query.cosines(vectors[other])
                found[min(name, other), max(name, other)] = cosine, title
    return found


def told_apart(
    filled: Filled, cosines: Mapping[Key, float], event_of: Mapping[str, str | None]
) -> str:
    """How many of these pairs the names tell apart, by how much of their cosine is asked for."""
    name_of = {id: name for name, id in filled.id_of.items()}
    vectors = {
        name_of[id]: unpack(blob) for id, blob in filled.cache.read("SELECT id, v FROM article_vec")
    }
    said = []
    for named.LEAST_SHARE in SHARES:
        counts = {True: [0, 0], False: [0, 0]}
        for (a, b), cosine in cosines.items():
            count = counts[event_of[a] == event_of[b]]
            count[0] += named.Named(vectors[a]).is_foreign(vectors[b], cosine)
            count[1] += 1
        of_one, of_two = counts[True], counts[False]
        said.append(
            f"    {named.LEAST_SHARE}: {of_one[0]} of {of_one[1]} of one event,"
            f" {of_two[0]} of {of_two[1]} of two"
        )
    return "\n".join(said)


def spread(
    day_of: Mapping[str, int | None], event_of: Mapping[str, str | None], days: int
) -> dict[str, int | None]:
    """The days of the articles if all events had begun within so many days."""
    dice = random.Random(5)
    begun: dict[str, int] = {}
    for name, day in day_of.items():
        if day is not None and (event := event_of[name]):
            begun[event] = min(day, begun.get(event, day))
    moved = {event: dice.randrange(days) for event in sorted(begun)}
    new: dict[str, int | None] = {}
    for name in sorted(day_of):
        day, event = day_of[name], event_of[name]
        if day is None:
            new[name] = None
        elif event:
            new[name] = moved[event] + min(LONGEST_COURSE, day - begun[event])
        else:
            new[name] = dice.randrange(days)
    return new


def pairs_of(
    alike: Mapping[Key, tuple[float, float]], day_of: Mapping[str, int | None]
) -> dict[Key, Pair]:
    near: dict[str, list[tuple[float, int]]] = defaultdict(list)
    number = {name: at for at, name in enumerate(day_of)}
    for (a, b), (cosine, _) in alike.items():
        near[a].append((cosine, number[b]))
        near[b].append((cosine, number[a]))
    nearest = {name: sorted(others, reverse=True)[:3] for name, others in near.items()}
    pairs = {}
    for (a, b), (cosine, title) in alike.items():
        crowd = max(company(nearest[a], number[b]), company(nearest[b], number[a]))
        one, other = day_of[a], day_of[b]
        days = None if one is None or other is None else abs(one - other)
        if days is None or days <= MOST_DAYS:
            pairs[a, b] = Pair(cosine, title, days, crowd)
    return pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=CHECKOUT.parent / "shared")
    parser.add_argument("--days", type=int, default=60)
    asked = parser.parse_args()
    rows = corpus(asked.shared, "allsides_dev")
    with tempfile.TemporaryDirectory() as folder, Cache.open(Path(folder) / "fit.db") as cache:
        filled = Filled(cache)
        filled.add(rows)
        alike = likenesses(filled)
        days = dict(cache.read("SELECT id, day FROM article_vec"))
        report(asked.days, rows, filled, alike, days)


def report(
    over_days: int,
    rows: Sequence[Row],
    filled: Filled,
    alike: Mapping[Key, tuple[float, float]],
    days: Mapping[int, int | None],
) -> None:
    """Fit, judge and print."""
    day_of = {row.id: days[filled.id_of[row.id]] for row in rows}
    event_of = {row.id: row.event for row in rows}
    number = {row.id: at for at, row in enumerate(rows)}

    as_told = pairs_of(alike, day_of)
    crowded = pairs_of(alike, spread(day_of, event_of, over_days))
    undated = pairs_of(alike, dict.fromkeys(day_of))
    dated = {key: pair for key, pair in crowded.items() if pair.days is not None}
    likely = {key: pair for key, pair in undated.items() if pair.cosine >= 0.15}

    def half(name: str) -> int | None:
        return crc32((event_of[name] or "").encode()) % 2 if event_of[name] else None

    def fit(
        pairs: Mapping[Key, Pair], look: Callable[[Pair], Sequence[float]], on: int | None
    ) -> Weights:
        kept = [
            (look(pair), event_of[a] == event_of[b])
            for (a, b), pair in pairs.items()
            if event_of[a] and event_of[b] and (on is None or half(a) == half(b) == on)
        ]
        return fitted([row for row, _ in kept], [right for _, right in kept])

    def judged(
        pairs: Mapping[Key, Pair], rule: Rule, enough: float, on: int | None
    ) -> tuple[float, ...]:
        near = {}
        for (a, b), pair in pairs.items():
            if (probable := rule(pair)) > NEXT_TO_NOTHING:
                one, other = number[a], number[b]
                near[min(one, other), max(one, other)] = probable
        groups = linked([[at] for at in number.values()], near, set(), enough)
        group_of = {rows[at].id: n for n, group in enumerate(groups) for at in group}
        wanted = {id: e for id, e in event_of.items() if e and (on is None or half(id) == on)}
        return scores(group_of, wanted)

    def best(pairs: Mapping[Key, Pair], rule: Rule, on: int) -> float:
        """The threshold that is best for one half."""
        tried = {t: judged(pairs, rule, t, on) for t in THRESHOLDS}
        return max(THRESHOLDS, key=lambda t: tried[t][2] + tried[t][5])

    def decay(pair: Pair) -> float:
        if pair.days is None:
            return 0.5 * pair.cosine
        return pair.cosine * (0.3 + 0.7 * math.exp(-pair.days / 3))

    def rule_of(dated_weights: Weights, undated_weights: Weights) -> Rule:
        def rule(pair: Pair) -> float:
            if pair.days is None:
                return logistic(undated_weights, by_crowd(pair))
            return logistic(dated_weights, by_days(pair))

        return rule

    for on in (0, 1, None):
        weights = fit(dated, by_days, on), fit(likely, by_crowd, on)
        print(f"fitted on {'all' if on is None else f'half {on + 1}'}:", *map(rounded, weights))
        rule = rule_of(*weights)
        for name, pairs in (("days as told", as_told), ("crowded", crowded), ("no days", likely)):
            if on is None:
                print(f"    {name}, .3: {said(judged(pairs, rule, 0.3, None))}")
                continue
            enough = best(pairs, rule, on)
            print(
                f"    {name}, {enough}: the other half {said(judged(pairs, rule, enough, 1 - on))}"
            )
            at = max((0.1, 0.13, 0.16, 0.2), key=lambda t: judged(pairs, decay, t, on)[2])
            print(f"        cosine x decay, {at}: {said(judged(pairs, decay, at, 1 - on))}")

    likely_told = {
        key: pair.cosine
        for key, pair in as_told.items()
        if event_of[key[0]] and event_of[key[1]] and pair.days is not None
        if rule(pair) >= LOOKED_AT
    }
    print("told apart by names:")
    print(told_apart(filled, likely_told, event_of))


def rounded(weights: Weights) -> list[float]:
    return [round(weight, 2) for weight in weights]


def said(result: Sequence[float]) -> str:
    return "B3 {:.3f} {:.3f} {:.3f}  pairs {:.3f} {:.3f} {:.3f}".format(*result)


if __name__ == "__main__":
    main()
