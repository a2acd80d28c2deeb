"""Where the numbers in reader/clean/dump_title.py come from.

    python tests/benchmarks/fit_titles.py [--corpora DIR] [--unpack DIR]

Dumps are made of the pages of both extraction sets, with the page's own title above and without;
besides, of each page, its body alone, its body below its title, and the page with its title nowhere
but above. Every text that may be the title is a candidate; that there is none is one more. The
weights make the right candidate the likely one among those of its page (a conditional logit with a
ridge). Hosts are split in halves by
their hash: fitted on one, judged on the other; what is printed last is fitted on that one half.
"""

import argparse
import math
import random
import re
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from hashlib import sha1
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1] / "corpora"))

from bench_dumps import by_block, parsed
from extraction_sets import Page, load, squashed

from reader.clean import dump_title, lines
from reader.clean.prose_run import best_run
from reader.clean.sheet import read_sheet

RIDGE = 0.02
EPOCHS = 40
COUNTS = {"page": 1.0, "body": 0.15, "titled": 0.1, "headed": 0.08}
"""What each sort of example counts: whole pages most."""
STEP = 0.3

Example = tuple[list[dict[str, float]], list[bool]]
"""The signs of every candidate of a page, and which of them are right."""
Row = tuple[Example, str]
"""An example and its sort."""


def is_tuned_on(page: Page) -> bool:
    host = page.id if page.full_text is not None else urlsplit(page.url or "").netloc
    return bool(sha1(host.removeprefix("www.").encode()).digest()[1] & 1)


def dumps(page: Page) -> Iterator[tuple[str, bool]]:
    """The page without its tags; with its own title above, and without."""
    tree = parsed(page.body)
    shown = by_block(tree)
    title = tree.find(".//head/title")
    if title is not None and title.text:
        yield " ".join(title.text.split()) + "\n" + shown, True
    yield shown, False


def examples(page: Page) -> Iterator[tuple[Example, str]]:
    """Examples of a page, each with what it is: the page, only its body, title and body."""
    title = " ".join(page.fields["title"].split())
    wanted = squashed(title)
    for dump, is_titled in dumps(page):
        sheet = read_sheet(lines.parted(dump), {})
        run = best_run(sheet)
        if not run:
            continue
        begin = next((at for at in run if sheet.worth[at] > 0), 0)
        body = " ".join(sheet.texts[at] for at in run)
        yield example(sheet.texts, sheet.worth, begin, body, wanted), "page"
        bare = [sheet.texts[at] for at in run if at >= begin]
        worth = [sheet.worth[at] for at in run if at >= begin]
        # A body whose first line is a heading has a title, as far as anyone can tell.
        if bare and wanted not in squashed("\n".join(bare)) and worth[0] > 0:
            yield example(bare, worth, 0, body, wanted), "body"
            reads = prose_worth(title)
            yield example([title, *bare], [reads, *worth], int(reads <= 0), body, wanted), "titled"
        if not is_titled:
            kept = [at for at, text in enumerate(sheet.texts) if wanted not in squashed(text)]
            texts = [title, *(sheet.texts[n] for n in kept)]
            worth = [prose_worth(title), *(sheet.worth[n] for n in kept)]
            yield example(texts, worth, bisect_left(kept, begin) + 1, body, wanted), "headed"


def prose_worth(title: str) -> float:
    """What a title is worth as a line of a dump: a long one reads as prose does."""
    return read_sheet([title], {}).worth[0]


def example(
    texts: Sequence[str], worth: Sequence[float], begin: int, body: str, wanted: str
) -> Example:
    found = dump_title.candidates(texts, worth, begin, body, None)
    right = [squashed(candidate.title) == wanted for candidate in found]
    return [candidate.signs for candidate in found], right


def scores(weights: dict[str, float], signs: Sequence[dict[str, float]]) -> list[float]:
    return [sum(weights.get(s, 0.0) * v for s, v in one.items()) for one in signs]


def fit(rows: list[Row]) -> dict[str, float]:
    """Weights that make the right candidates likely, by AdaGrad."""
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    order = random.Random(0)
    for _ in range(EPOCHS):
        order.shuffle(rows)
        for (signs, right), kind in rows:
            each = scores(weights, signs)
            most = max([0.0, *each])
            odds = [math.exp(score - most) for score in each]
            total = sum(odds) + math.exp(-most)
            good = sum(odd for odd, ok in zip(odds, right, strict=True) if ok)
            share = COUNTS[kind]
            slope: dict[str, float] = {}
            for one, odd, ok in zip(signs, odds, right, strict=True):
                push = share * (odd / total - (odd / good if ok and good else 0.0))
                if abs(push) > 1e-6:
                    for sign, value in one.items():
                        if value:
                            slope[sign] = slope.get(sign, 0.0) + push * value
            for sign, value in slope.items():
                value += RIDGE * weights.get(sign, 0.0) / 10
                squares[sign] = squares.get(sign, 0.0) + value * value
                weights[sign] = weights.get(sign, 0.0) - STEP * value / math.sqrt(
                    squares[sign] + 1e-6
                )
    return weights


def judge(weights: dict[str, float], rows: list[Row]) -> str:
    told = []
    for kind in COUNTS:
        these = [(signs, right) for (signs, right), of_kind in rows if of_kind == kind]
        good = 0
        for signs, right in these:
            each = scores(weights, signs)
            best = max(range(len(each)), key=each.__getitem__, default=None)
            found = best is not None and each[best] > 0
            good += (
                (bool(best is not None and right[best]) and found) if kind != "body" else not found
            )
        reach = sum(any(right) for _, right in these) / (len(these) or 1)
        told.append(f"{kind} {good / (len(these) or 1):.3f} of {len(these)} (in reach {reach:.3f})")
    return "  ".join(told)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--corpora", type=Path, default=Path("../shared/corpora/extraction"))
    asked.add_argument("--unpack", type=Path, default=Path(tempfile.gettempdir()) / "extraction")
    told = asked.parse_args()
    halves: dict[bool, list[Row]] = {True: [], False: []}
    for pages in load(told.corpora, told.unpack).values():
        for page in pages:
            if "title" in page.fields and re.search(rb"\S", page.body):
                halves[is_tuned_on(page)] += examples(page)
    rows = [row for row in halves[True] if any(row[0][1]) or row[1] == "body"]
    weights = fit(rows)
    print("tuned on ", judge(weights, halves[True]))
    print("held out ", judge(weights, halves[False]))
    print("before   ", judge(dump_title.WEIGHTS, halves[False]))
    for sign, weight in sorted(weights.items()):
        print(f'    "{sign}": {weight:.2f},')


if __name__ == "__main__":
    main()
