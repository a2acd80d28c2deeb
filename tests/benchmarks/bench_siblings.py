"""What one other page of its site is worth to a plain-text dump: ours beside a plain recipe.

    python tests/benchmarks/bench_siblings.py READABILITY_DIR [--form FORM]

READABILITY_DIR holds `<page>/source.html` and `expected.html`. No set at hand has two pages of one
site, so neighbours are made, in two ways:

- `real furniture`: the page's own lines around another page's body, one in eight left out.
- `made site`: the bodies of two pages in one invented site, with menus, teasers of both sorts
  (the same on all pages, and the page's own), notices that read as prose, a box amid the body.

The rival is the recipe of the first study: lines of the other page removed, then the run of lines
with the greatest sum of scores. CPU of ours is given a page.
"""

import argparse
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from bench_dumps import FORMS, averages, compare, full_gold, shingles

from reader.clean import clean, line_prints, prose
from reader.clean.lines import parted
from reader.model import Document

KEPT = 0.87
"""Share of the furniture that a neighbour has too: 75 % of all lines of pages of news repeat."""
NOTICES = [
    "We and our partners store information on your device, such as cookies, to measure our pages.",
    "This paper is paid for by its readers, and has been since the day it was founded in 1903.",
    "Sign up for the morning letter and we will send you the best of our work before breakfast.",
    "The editors welcome corrections, which are printed where the mistake was, and never later.",
    "Our reporters do not accept gifts, and they tell their readers who paid for every journey.",
]
SHARING = ["Share", "Facebook", "Twitter", "WhatsApp", "Email", "Print", "Copy link"]
WORDS = "Town Bridge River Council School Harbour Winter Market Ferry Court Budget Mayor".split()
Pair = tuple[str, str, str]
"""A dump, its neighbour, and the article in the first."""


def score(line: str) -> float:
    words = prose.word_count(line)
    ended = 1.0 if line[-1] in ".!?\"'”’»。！？" else 0.4
    return min(words, 60) * ended * (0.3 + min(0.5, prose.function_share(line))) - 6


def rival(dump: str, neighbour: str = "") -> str:
    known = set(parted(neighbour)) | {""}
    lines = [line for line in parted(dump) if line not in known]
    begin, end = prose.best_run([score(line) for line in lines])
    return "\n".join(lines[begin:end])


def ours(dump: str, neighbour: str = "") -> str:
    others = line_prints(Document(neighbour.encode(), name="b.txt")) if neighbour else ()
    return clean(Document(dump.encode(), name="a.txt"), Counter(others)).text


def of_article(dump: str, gold: str) -> Iterator[tuple[str, bool]]:
    """The lines of a dump, and whether each is of the article."""
    wanted, whole = set(shingles(gold)), set(parted(gold))
    for line in filter(None, parted(dump)):
        found = shingles(line)
        held = sum(count for four, count in found.items() if four in wanted)
        long = len(line.split()) >= 4
        yield line, 2 * held >= sum(found.values()) if long else line in whole


def body_of(dump: str, gold: str) -> list[str]:
    return [line for line, inside in of_article(dump, gold) if inside]


def with_real_furniture(dump: str, gold: str, other: list[str], rng: random.Random) -> Pair:
    lines, placed, kept, run = list[str](), False, True, 0
    for line, inside in of_article(dump, gold):
        if inside:
            lines += [] if placed else other
            placed = True
            continue
        if run <= 0:
            kept, run = rng.random() < KEPT, rng.randint(2, 10)
        run -= 1
        lines += [line] if kept else []
    return dump, "\n".join(lines if placed else [*lines, *other]), gold


def headline(rng: random.Random) -> str:
    return " ".join(rng.sample(WORDS, 3)) + rng.choice([" asks for more", " in doubt", " at last"])


def on_made_site(dump: str, gold: str, other: list[str], rng: random.Random) -> Pair:
    site = random.Random(rng.random())
    menu = site.sample(WORDS, 8)
    notices = site.sample(NOTICES, 3)
    popular = [headline(site) for _ in range(site.randint(4, 12))]
    footer = [*menu, "About us", "Contact", "Privacy", "© 2024 The Paper. All rights reserved."]
    boxed = site.random() < 0.6

    def page(body: list[str]) -> str:
        half = len(body) // 2 if boxed else len(body)
        box = ["More on this", *popular[:3], notices[1], "Sign up"] if boxed else []
        teasers = [
            text
            for _ in range(rng.randint(3, 6))
            for text in (headline(rng), f"{headline(rng)}, and what the {rng.choice(WORDS)} said.")
        ]
        lines = [
            *[notices[0], "Accept", *menu, headline(rng), f"By {rng.choice(WORDS)} Marlow"],
            *[f"{rng.randint(1, 28)} March 2024", *SHARING, *body[:half], *box, *body[half:]],
            *[*SHARING, "Related stories", *teasers, "Most read", *popular, notices[2], *footer],
        ]
        return "\n".join(lines)

    own = body_of(dump, gold)
    return page(own), page(other), "\n".join(own)


WAYS: dict[str, Callable[[str, str, list[str], random.Random], Pair]] = {
    "real furniture": with_real_furniture,
    "made site": on_made_site,
}


def report(name: str, told: list[tuple[float, float, float]], cpu_ms: float | None = None) -> None:
    precision, recall, f1 = averages(told)
    spent = "" if cpu_ms is None else f"  CPU median {cpu_ms:.1f} ms"
    print(f"{name:40} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}{spent}")


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("readability", type=Path)
    asked.add_argument("--form", choices=FORMS, default="block")
    told = asked.parse_args()
    pages = [(d.body.decode(), gold) for _, d, gold in full_gold(told.readability, told.form, None)]
    bodies = [body_of(dump, gold) for dump, gold in pages]
    for name, way in WAYS.items():
        rng = random.Random(1)
        pairs = [
            way(dump, gold, bodies[(n + 7) % len(pages)], rng)
            for n, (dump, gold) in enumerate(pages)
            if bodies[n]
        ]
        for known in (False, True):
            label = f"{name}, {'one other page' if known else 'alone'}"
            spent, found = [], []
            for dump, neighbour, gold in pairs:
                start = time.process_time()
                text = ours(dump, neighbour if known else "")
                spent.append(1000 * (time.process_time() - start))
                found.append(compare(gold, text))
            report(f"{label}: ours", found, statistics.median(spent))
            report(
                f"{label}: rival",
                [compare(gold, rival(dump, other if known else "")) for dump, other, gold in pairs],
            )


if __name__ == "__main__":
    sys.exit(main())
