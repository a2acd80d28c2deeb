"""A cold article, opened by one key, beside Textual's own Markdown widget (run by hand).

    python tests/benchmarks/bench_article.py [--pairs 8] [--words 1000 10000]

The same articles in both, one after the other in a pseudo terminal of 120x40: CPU ms of the process
from the key until all is drawn. Here the key is half a page of the list, so that none of the
articles was laid out ahead, and two figures are given: until the terminal has been silent for 60
ms, and for 600, when also the articles before and after are laid out and what is similar was found.
The widget mounts its blocks in batches with pauses between; only after 600 ms is it done.

Budgets: 6 times faster at 1,000 words, 9 times at 10,000.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_layout import article
from bench_room import cpu_ms, opened, room, settle

ARTICLES = 80
DRAWN_SECONDS, DONE_SECONDS = 0.06, 0.6
"""Without output for so long, the article is there, and nothing follows any more."""
KEYS = 6
"""Keys of each program in one pair; half a page of the list passes over about six articles."""
RIVAL = """
import json, sys
from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Markdown, Static
TEXTS = json.load(open({texts!r}))
class Rival(App):
    ENABLE_COMMAND_PALETTE = False
    CSS = "#side {{ width: 30 }} #page {{ height: 1fr }}"
    BINDINGS = [Binding("n", "next", "Next"), Binding("q", "quit", "Quit")]
    at = 0
    def compose(self):
        with Horizontal():
            yield Static("left pane", id="side")
            with VerticalScroll(id="page"):
                yield Markdown(TEXTS[0])
        yield Footer()
    async def action_next(self):
        self.at += 1
        await self.query_one(Markdown).update(TEXTS[self.at % len(TEXTS)])
        self.query_one("#page").scroll_home(animate=False)
Rival().run()
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pairs", type=int, default=8)
    options.add_argument("--words", type=int, nargs="*", default=[1_000, 10_000])
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for words in args.words:
            texts = [article(words, seed) for seed in range(ARTICLES)]
            home = home_with(Path(folder) / str(words), texts)
            rival = ["-c", RIVAL.format(texts=str(home / "texts.json"))], {}
            pairs = [
                (
                    *key_of(room(home), "unread", "ga", "\x04"),
                    key_of(rival, "left pane", "", "n")[1],
                )
                for _ in range(args.pairs)
            ]
            drawn, done, theirs = (statistics.median(each) for each in zip(*pairs, strict=True))
            ratios = sorted(widget / ours for ours, _, widget in pairs)
            print(
                f"{words:,} words: {drawn:.1f} ms, {done:.1f} with all that follows; Markdown"
                f" widget {theirs:.1f}: {statistics.median(ratios):.1f} times as much"
                f" ({ratios[0]:.1f} to {ratios[-1]:.1f}, {args.pairs} pairs)"
            )


def key_of(command, ready: str, before: str, key: str) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """The medians of what a key costs in a program until it is answered, and until all is done."""
    costs = []
    with opened(command, (120, 40)) as terminal:
        terminal.wait_for(ready)
        settle(terminal, 1.0)
        for first in before:
            os.write(terminal.leader, first.encode())
            settle(terminal, 0.4)
        for _ in range(KEYS):
            settle(terminal, DONE_SECONDS)
            begun = cpu_ms(terminal.process.pid)
            os.write(terminal.leader, key.encode())
            settle(terminal, DRAWN_SECONDS)
            drawn = cpu_ms(terminal.process.pid)
            settle(terminal, DONE_SECONDS)
            costs.append((drawn - begun, cpu_ms(terminal.process.pid) - begun))
    drawn, done = (statistics.median(each) for each in zip(*costs[1:], strict=True))
    return drawn, done  # of all but the first, at which what sets Markdown is imported


def home_with(home: Path, texts: list[str]) -> Path:
    """A cache of these articles, in a home of its own."""
    home.mkdir()
    (home / "texts.json").write_text(json.dumps(texts))
    lines = (
        json.dumps({"id": at, "title": f"Article {at}", "markdown": text, "source": "Gazette"})
        for at, text in enumerate(texts)
    )
    (home / "articles.jsonl").write_text("\n".join(lines))
    subprocess.run(
        [sys.executable, "-m", "reader", "import", str(home / "articles.jsonl")],
        env={**os.environ, "BROADSHEET_HOME": str(home)},
        check=True,
        capture_output=True,
    )
    return home


if __name__ == "__main__":
    main()
