"""Budgets of the command line, as ratios to bare Python in the same run.

    python tests/benchmarks/bench_cli.py [--articles 100000] [--pairs 12] [--keep FOLDER]

`--help` ≤ 3.5 × and `list --json` of 50 at 100,000 articles ≤ 5 × `python -c pass`, in CPU time of
the child, median over the pairs. The floor with argparse alone is 2.7 to 2.9 and 3.3.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(CHECKOUT))

COMPILED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""An installed package has its bytecode; compiling anew at each start doubles what it takes."""

RIVAL = ["-c", "pass"]
BUDGETS = {
    "--help": (["-m", "reader", "--help"], 3.5),
    "list --json of 50": (["-m", "reader", "list", "--json"], 5.0),
    "list of 50": (["-m", "reader", "list"], 6.0),
    "completions --of articles": (["-m", "reader", "completions", "--of", "articles"], 5.0),
    "sources --json": (["-m", "reader", "sources", "--json"], 5.0),
}
VOCABULARY = """harbour council ferry storm repair vote budget engine school river market strike
court island bridge report minister warning train power museum nurse farm border winter"""


def cpu_seconds(words: list[str], home: Path) -> float:
    """CPU time of one Python child, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        cwd=CHECKOUT,
        env={**COMPILED, "BROADSHEET_HOME": str(home), "PYTHONPYCACHEPREFIX": str(home / "pyc")},
    )
    assert done.returncode == 0, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def grow(home: Path, articles: int) -> None:
    """A cache with so many short articles, in 200 sources of uneven size."""
    from reader.model import Cleaned, SourceKind, When
    from reader.store import Cache, Incoming

    choose = random.Random(7)
    words = VOCABULARY.split()
    with Cache.open(home / "broadsheet.db") as cache:
        sources = [
            cache.sources.add(SourceKind.IMPORT, f"import:{n}", f"Paper {n}").id for n in range(200)
        ]
        for start in range(0, articles, 2_000):
            with cache.write():
                for n in range(start, min(articles, start + 2_000)):
                    text = " ".join(choose.choices(words, k=60))
                    when = When(f"20{choose.randrange(10, 26)}-{choose.randrange(1, 13):02}-11")
                    cleaned = Cleaned(text[:60], text, text, "text", published=when, words=60)
                    source = sources[int(200 * choose.random() ** 2)]
                    cache.articles.keep(source, Incoming(f"g{n}", cleaned))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=12)
    parser.add_argument(
        "--keep", type=Path, help="a folder for the cache, used again if it is there"
    )
    args = parser.parse_args()
    home = args.keep or Path(tempfile.mkdtemp(prefix="broadsheet-bench-"))
    if not (home / "broadsheet.db").exists():
        grow(home, args.articles)
    missed = 0
    print(f"{args.articles} articles, {args.pairs} pairs; ratio to bare Python, CPU")
    for name, (words, budget) in BUDGETS.items():
        cpu_seconds(words, home)
        pairs = [(cpu_seconds(words, home), cpu_seconds(RIVAL, home)) for _ in range(args.pairs)]
        ratio = statistics.median(ours / bare for ours, bare in pairs)
        ours = statistics.median(ours for ours, _ in pairs)
        missed += ratio > budget
        verdict = "" if ratio <= budget else "  MISSED"
        print(f"{name:<20} {ratio:5.2f}  budget {budget}  ({ours * 1000:.0f} ms){verdict}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
