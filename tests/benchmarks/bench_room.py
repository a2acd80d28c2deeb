"""The reading room against its floors, in pairs, CPU time of the process (run by hand).

    python tests/benchmarks/bench_room.py [--pairs 8] [--articles 1000 10000 100000]

Each measurement is one process in a pseudo terminal of 120x40. The floors stand beside it in the
same run: a bare three-pane Textual app for the start, a bare line-API list for a key. Ratios of
pairs are what counts; milliseconds are those of this machine at this hour.

Budgets: start ≤ 1.5 × the three-pane floor, flat from 1k to 100k; a key in a list in view ≤ 2 × the
bare list and ≤ 1 KB, a page of it ≤ 1.3 × the bare list, though it brings another article onto the
page; the next article, laid out ahead, ≤ 1.3 × one repaint of the page. In the source list a key
shows the articles of another source and the first of them: two panes, in 2 to 3 KB.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [
    str(CHECKOUT),
    str(CHECKOUT / "tests" / "terminal"),
    str(CHECKOUT / "tests" / "app"),
]

FLOOR = """
from textual.app import App
from textual.containers import Horizontal
from textual.widgets import Footer, Static
class Floor(App):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("q", "quit", "Quit"), ("s", "help_quit", "Similar")]
    CSS = ".side { width: 28; border-right: solid $primary; } .main { width: 1fr; }"
    def compose(self):
        with Horizontal():
            yield Static("Source\\n" * 30, classes="side", markup=False)
            yield Static("Headline about the world\\n" * 38, classes="main", markup=False)
            yield Static("Similar\\n" * 38, classes="side", markup=False)
        yield Footer()
Floor().run()
"""
BARE_LIST = """
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.containers import Horizontal
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Footer, Static
class Bare(ScrollView, can_focus=True):
    row = 0
    BINDINGS = [("j", "go(1)", ""), ("ctrl+f", "go(36)", "")]
    def on_mount(self):
        self.virtual_size = Size(0, 100_000)
    def render_line(self, y):
        number, style = y + self.scroll_offset.y, self.rich_style
        if number == self.row:
            style += Style(reverse=True)
        text = f"{number:06d} Headline about something number {number} in the world"
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)
    def action_go(self, step):
        old, self.row = self.row, self.row + step
        self.refresh_line(old)
        self.refresh_line(self.row)
        if self.row >= self.scroll_offset.y + self.size.height:
            top = self.row - self.size.height + 1
            self.scroll_to(y=top, animate=False, immediate=True, force=True)
class Demo(App):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("q", "quit", "Quit")]
    CSS = ".side { width: 30; }"
    def compose(self):
        with Horizontal():
            yield Static("left", classes="side", markup=False)
            yield Bare()
            yield Static("right", classes="side", markup=False)
        yield Footer()
Demo().run()
"""
QUIET_SECONDS = 0.06
"""Without output for so long, an answer is complete."""


@dataclass
class Answers:
    """What one kind of key cost, in CPU milliseconds and bytes."""

    cpu_ms: list[float] = field(default_factory=list)
    size_bytes: list[int] = field(default_factory=list)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pairs", type=int, default=8)
    options.add_argument("--articles", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        homes = {count: home_of(Path(folder), count) for count in args.articles}
        _starts(homes, args.pairs)
        _keys(homes, args.pairs)


def _starts(homes: dict[int, Path], pairs: int) -> None:
    print(f"\nStart to a settled screen, CPU ms, {pairs} pairs")
    ratios: dict[int, list[float]] = {count: [] for count in homes}
    seen: dict[object, list[float]] = {}
    rss: dict[int, float] = {}
    for command in (_floor(FLOOR), *map(room, homes.values())):
        start_of(command, "e")  # once unmeasured, so that byte code and files are at hand
    for _ in range(pairs):
        floor = start_of(_floor(FLOOR), "Headline")[0]
        seen.setdefault("three-pane floor", []).append(floor)
        for count, home in homes.items():
            cpu, rss[count] = start_of(room(home), "unread")
            seen.setdefault(f"{count:,} articles", []).append(cpu)
            ratios[count].append(cpu / floor)
    for name, values in seen.items():
        print(f"  {name!s:20} {statistics.median(values):7.0f}")
    for count, values in ratios.items():
        print(f"  {count:>9,} / floor {statistics.median(values):5.2f}   RSS {rss[count]:.0f} MiB")


def _keys(homes: dict[int, Path], pairs: int) -> None:
    print("\nKeys, CPU ms and bytes (medians)")
    rounds = max(1, pairs // 4)
    floor: dict[str, Answers] = {}
    for _ in range(rounds):
        _press(
            _floor(BARE_LIST), "000000", [("in view", "", "j", 20), ("page", "", "\x06", 8)], floor
        )
    _tell("bare list", floor)
    for count, home in homes.items():
        answers: dict[str, Answers] = {}
        for _ in range(rounds):
            _press(
                room(home),
                "unread",
                [
                    ("front page, in view", "gt", "j", 3),
                    ("sources, in view", "gf", "j", 4),
                    ("next article", "ga", "j", 10),
                    ("page of the list", "", "\x06", 6),
                    ("page scrolled", "gg\t", "j", 8),
                ],
                answers,
            )
            _press(room(home), "of", [("list alone, in view", "ga", "j", 5)], answers, (70, 24))
        _tell(f"{count:,} articles", answers)
        for key, bare in (("list alone, in view", "in view"), ("page of the list", "page")):
            ours, theirs = (statistics.median(a.cpu_ms) for a in (answers[key], floor[bare]))
            print(f"  {key:41} {ours / theirs:7.2f} x the bare list")


def _press(
    command: tuple[list[str], dict[str, str]],
    ready: str,
    keys: list[tuple[str, str, str, int]],
    answers: dict[str, Answers],
    size: tuple[int, int] = (120, 40),
) -> None:
    terminal = opened(command, size)
    with terminal:
        terminal.wait_for(ready)
        settle(terminal, 1.0)
        for name, before, key, times in keys:
            for first in before:
                os.write(terminal.leader, first.encode())
                settle(terminal, 0.4)
            for _ in range(times):
                # Neighbours are laid out while a reader rests; then the next key is measured.
                settle(terminal, 0.3)
                cpu, sent = cpu_ms(terminal.process.pid), len(terminal.sent)
                os.write(terminal.leader, key.encode())
                settle(terminal, QUIET_SECONDS)
                answer = answers.setdefault(name, Answers())
                answer.cpu_ms.append(cpu_ms(terminal.process.pid) - cpu)
                answer.size_bytes.append(len(terminal.sent) - sent)


def start_of(command: tuple[list[str], dict[str, str]], ready: str) -> tuple[float, float]:
    terminal = opened(command, (120, 40))
    with terminal:
        terminal.wait_for(ready)
        settle(terminal, QUIET_SECONDS)
        return cpu_ms(terminal.process.pid), resident_mib(terminal.process.pid)


def settle(terminal, seconds: float) -> None:  # type: ignore[no-untyped-def]
    """Read until nothing has come for `seconds`."""
    while True:
        sent = len(terminal.sent)
        terminal.read(seconds)
        if len(terminal.sent) == sent:
            return


def cpu_ms(pid: int) -> float:
    """User and system time of all threads, to the nanosecond (schedstat)."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6


def resident_mib(pid: int) -> float:
    """What a process holds of the memory, what it shares with others included."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _tell(name: str, answers: dict[str, Answers]) -> None:
    for key, answer in answers.items():
        cpu, size = statistics.median(answer.cpu_ms), statistics.median(answer.size_bytes)
        print(f"  {name:18} {key:22} {cpu:7.1f} ms {size:8.0f} bytes")


def _floor(program: str) -> tuple[list[str], dict[str, str]]:
    return ["-c", program], {}


def room(home: Path) -> tuple[list[str], dict[str, str]]:
    return ["-m", "reader"], {"BROADSHEET_HOME": str(home)}


def opened(  # type: ignore[no-untyped-def]
    command: tuple[list[str], dict[str, str]], size: tuple[int, int], program: Sequence[str] = ()
):
    """A terminal in which Python runs these words, or another program runs."""
    from harness import Terminal

    arguments, environment = command
    byte_code = {
        "PYTHONDONTWRITEBYTECODE": "",  # or every start would compile what it imports
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "bench_room_pyc"),
    }
    return Terminal(
        size=size, environment={**byte_code, **environment}, python=arguments, program=program
    )


def home_of(folder: Path, articles: int) -> Path:
    """A cache of so many articles, in a home of its own."""
    home = folder / str(articles)
    home.mkdir()
    program = (
        f"import sys; sys.path[:0] = {sys.path[:3]!r}; import gazette, pathlib; "
        f"gazette.fill(pathlib.Path({str(home / 'broadsheet.db')!r}), {articles}, words=120, "
        "front=True)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    print(f"{articles:,} articles written")
    return home


if __name__ == "__main__":
    main()
