"""How long it takes to move in: newsboat's cache of 200 feeds and 50,000 articles, and OPML.

    python tests/benchmarks/bench_import.py [--feeds 200] [--items 250] [--outlines 100000]

CPU of this process and its children, in ms an article. Three in five articles are teasers of 40
words, the others have 400; words are as common as Zipf has them, and the articles come from 500
days. What comparing them takes of it, once they are kept, is told apart.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "unit")]

from newsboat_shelf import NOVEMBER, Shelf  # noqa: E402

from reader import stories  # noqa: E402
from reader.exchange import collection  # noqa: E402
from reader.library import Library  # noqa: E402
from reader.model import View  # noqa: E402
from reader.stories.comparing import keep_up  # noqa: E402

SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()


def vocabulary(words: int, chance: random.Random) -> list[str]:
    return [
        "".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 3, 3, 4)))) for _ in range(words)
    ]


class Words:
    """Words of which the second is half as common as the first, the third a third (Zipf)."""

    def __init__(self, count: int, chance: random.Random) -> None:
        self._words = vocabulary(count, chance)
        self._common = list(accumulate(1 / (rank + 1) for rank in range(count)))
        self._chance = chance

    def some(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._common, k=count)


def content(words: Words, chance: random.Random) -> str:
    length = 40 if chance.random() < 0.6 else 400
    paragraphs = []
    for start in range(0, length, 50):
        text = words.some(min(50, length - start))
        text[3] = f"<b>{text[3]}</b>"
        text[9] = f'<a href="/{text[9]}?a=1&amp;b=2">{text[9]}</a>'
        paragraphs.append(f"<p>{' '.join(text).capitalize()}.</p>")
    return "".join(paragraphs) + '<img src="/p.png" alt="">'


def shelf(folder: Path, feeds: int, items: int) -> Path:
    chance = random.Random(3)
    words = Words(40_000, chance)
    made = Shelf(folder)
    lines = []
    for number in range(feeds):
        address = made.feed(f"http://127.0.0.1:9/{number}.xml", f"Paper {number}")
        lines.append(f'{address} "folder {number % 12}"')
        for at in range(items):
            made.item(
                address,
                f"urn:{number}:{at}",
                unread=chance.random() < 0.3,
                title=" ".join(words.some(8)),
                pubDate=NOVEMBER + chance.randrange(500 * 86_400),
                content=content(words, chance),
                url=f"https://paper{number}.example/{at}",
                flags="s" if at % 50 == 0 else "",
            )
    made.urls(*lines)
    return made.done()


def cpu_seconds() -> float:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


class Comparing:
    """Compares as an import does, and counts the CPU seconds that takes."""

    def __init__(self) -> None:
        self.used = 0.0
        self._keep_up = keep_up

    def __call__(self, *args: Any, **how: Any) -> int:
        began = cpu_seconds()
        left = self._keep_up(*args, **how)
        self.used += cpu_seconds() - began
        return left


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--feeds", type=int, default=200)
    asked.add_argument("--items", type=int, default=250)
    asked.add_argument("--outlines", type=int, default=100_000, help="feeds of the OPML file")
    args = asked.parse_args()
    count = args.feeds * args.items
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BROADSHEET_HOME"] = folder
        theirs = shelf(Path(folder, "newsboat"), args.feeds, args.items)
        with Library.open() as lib:
            pair = collection.pair_in(theirs)
            assert pair is not None
            for name in ("first", "again"):
                stories.keep_up = comparing = Comparing()
                began, clock = cpu_seconds(), time.monotonic()
                statuses = [each.status for each in lib.import_newsboat(pair)]
                kept = cpu_seconds() - began - comparing.used
                print(
                    f"newsboat, {name}: {statuses.count('added')} added of {count} articles and "
                    f"{args.feeds} feeds in {time.monotonic() - clock:.1f} s; CPU {kept:.1f} s, "
                    f"{1000 * kept / count:.2f} ms an article, and {comparing.used:.1f} s comparing"
                )
            conn = sqlite3.connect(theirs / "cache.db")
            [(unread,)] = conn.execute("SELECT sum(unread) FROM rss_item")
            print(f"unread there {unread}, here {len(lib.ids(View('unread')))}")
            print(f"the file has {lib.path.stat().st_size / 1e6:.0f} MB")
        listed = "".join(
            f'<outline text="Feed {n}" xmlUrl="http://127.0.0.1/{n}"/>'
            for n in range(args.outlines)
        )
        opml = f"<opml><body>{listed}</body></opml>".encode()
        with Library.open(Path(folder, "opml.db")) as lib:
            began = cpu_seconds()
            added = sum(1 for _ in lib.import_collection(io.BytesIO(opml), "feeds.opml"))
            print(f"OPML: {added} feeds in {cpu_seconds() - began:.1f} s CPU")


if __name__ == "__main__":
    main()
