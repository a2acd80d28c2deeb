"""The reading room beside newsboat on the same articles, in a pseudo terminal (run by hand).

    python tests/benchmarks/bench_newsboat.py [--rounds 5] [--articles 10000 100000]

A cache of generated news is written for broadsheet, and the same articles, text and read marks are
put into a cache of newsboat's own making, in as many feeds. Each round runs one after the other;
figures are medians: CPU ms of all threads, bytes sent to a terminal of 120x40, resident MiB at the
end of a step. newsboat (apt) has to be installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench_room import cpu_ms, home_of, opened, resident_mib, room, settle

DOWN = "\x1b[B"
STEP_SECONDS = 0.4
"""Without output for so long a step is over."""


@dataclass(frozen=True)
class Step:
    """Keys that are measured together, each written when the one before it is answered."""

    name: str
    keys: tuple[str, ...]
    times: int = 1
    before: str = ""
    until: str = ""
    """What the screen shows in the end, where the program is silent meanwhile."""


ROOM = (
    Step("open a feed", ("G", "\r"), before="gf"),
    Step("a row down", (DOWN,), 8),
    Step("open an article", ("\r",)),
    Step("next article", ("n",), 8),
    Step("search a word", tuple("/harbour\r"), before="ga"),
)
NEWSBOAT = (
    Step("open a feed", ("\r",)),
    Step("a row down", (DOWN,), 8),
    Step("open an article", ("\r",)),
    Step("next article", ("J",), 8),
    Step("search a word", tuple("/harbour\r"), before="qq", until="Search result"),
)
Figures = dict[tuple[str, str], list[tuple[float, int, float]]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--articles", type=int, nargs="*", default=[10_000, 100_000])
    args = options.parse_args()
    if shutil.which("newsboat") is None:
        sys.exit("newsboat is not installed")
    with tempfile.TemporaryDirectory() as folder:
        for count in args.articles:
            home = home_of(Path(folder), count)
            other = newsboat_of(home)
            figures: Figures = {}
            for _ in range(args.rounds):
                walk("broadsheet", room(home), (), "unread", ROOM, figures)
                walk("newsboat", ([], {}), newsboat(other), "Gazette", NEWSBOAT, figures)
            tell(count, figures)


def walk(  # type: ignore[no-untyped-def]
    name: str, command, program: tuple[str, ...], ready: str, steps: tuple[Step, ...], into: Figures
) -> None:
    """Start a program, press the keys of each step, and note what each cost."""
    with opened(command, (120, 40), program) as terminal:
        terminal.wait_for(ready)
        settle(terminal, STEP_SECONDS)
        pid = terminal.process.pid
        note = (cpu_ms(pid), len(terminal.sent), resident_mib(pid))
        into.setdefault((name, "start"), []).append(note)
        for step in steps:
            for key in step.before:
                os.write(terminal.leader, key.encode())
                settle(terminal, STEP_SECONDS)
            for _ in range(step.times):
                settle(terminal, STEP_SECONDS)
                cpu, sent = cpu_ms(pid), len(terminal.sent)
                for key in step.keys:
                    os.write(terminal.leader, key.encode())
                    settle(terminal, 0.06)
                if step.until:
                    terminal.wait_for(step.until)
                settle(terminal, STEP_SECONDS)
                note = (cpu_ms(pid) - cpu, len(terminal.sent) - sent, resident_mib(pid))
                into.setdefault((name, step.name), []).append(note)


def tell(count: int, figures: Figures) -> None:
    print(f"\n{count:,} articles       broadsheet: ms, bytes, MiB     newsboat: ms, bytes, MiB")
    for step in ("start", *(step.name for step in ROOM)):
        cells = ""
        for name in ("broadsheet", "newsboat"):
            cpu, sent, mib = (
                statistics.median(all) for all in zip(*figures[name, step], strict=True)
            )
            cells += f"{cpu:12.1f} {sent:8.0f} {mib:6.0f}   "
        print(f"  {step:18}{cells}")


def newsboat(folder: Path) -> tuple[str, ...]:
    files = ("-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config")
    return "newsboat", *map(str, files)


def newsboat_of(home: Path) -> Path:
    """A folder with the articles of a broadsheet cache as newsboat keeps them."""
    folder = home / "newsboat"
    folder.mkdir()
    ours = sqlite3.connect(home / "broadsheet.db")
    urls = [
        f'{url} "~{title}"'
        for url, title in ours.execute("SELECT 'http://127.0.0.1:9/' || id, title FROM source")
    ]
    (folder / "urls").write_text("\n".join(urls))
    (folder / "config").write_text("auto-reload no\n")
    subprocess.run([*newsboat(folder), "-x", "print-unread"], check=True, capture_output=True)
    theirs = sqlite3.connect(folder / "cache.db")
    theirs.execute("ATTACH ? AS ours", (str(home / "broadsheet.db"),))
    theirs.executescript("""
        DELETE FROM rss_feed;
        INSERT INTO rss_feed(rssurl, url, title)
            SELECT 'http://127.0.0.1:9/' || id, url, title FROM ours.source;
        INSERT INTO rss_item(guid, title, author, url, feedurl, pubDate, content, unread)
            SELECT guid || '-' || id, title, '', coalesce(url, ''),
                   'http://127.0.0.1:9/' || source, sorted_at, '<p>' || text || '</p>', unread
            FROM ours.article JOIN ours.body USING(id) ORDER BY sorted_at;
        ANALYZE;
    """)
    theirs.close()
    return folder


if __name__ == "__main__":
    main()
