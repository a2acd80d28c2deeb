"""What it costs to set an article in lines, beside its rivals. CPU time, median of pairs.

    python tests/benchmarks/bench_layout.py [words] [pairs]

Rivals: `markdown-it-py` alone (what no layout of Markdown can go below), `textwrap` (plain text
broken into lines, no Markdown) and the gate alone.
"""

import random
import statistics
import sys
import textwrap
import time
from collections.abc import Callable

from reader.text import safe
from reader.text.layout import lay_out
from reader.text.markdown import blocks, parser

WIDTH_CELLS = 70
PROSE = (
    "the harbour council said on Monday that repair of a breached wall would wait until spring "
    "because money stone and weather were all short and nobody had asked engineers about it"
)


def article(words: int, seed: int = 1) -> str:
    """News-like Markdown: paragraphs with links and emphasis, heads, lists, quotes, a table."""
    draw = random.Random(seed)
    stock = PROSE.split()
    parts: list[str] = []
    count = 0
    while count < words:
        sentence = [draw.choice(stock) for _ in range(draw.randint(40, 90))]
        count += len(sentence)
        sentence[5] = f"*{sentence[5]}*"
        sentence[11] = f"**{sentence[11]}**"
        sentence[20] = f"[{sentence[20]} {sentence[21]}](https://news.example/{len(parts)})"
        text = " ".join(sentence).capitalize() + "."
        form = len(parts) % 9
        if form == 3:
            text = f"## {text[:40]}\n\n{text}"
        elif form == 5:
            text = "\n".join(f"- {' '.join(sentence[at : at + 15])}" for at in range(0, 45, 15))
        elif form == 7:
            text = f"> {text}"
        parts.append(text)
    return "\n\n".join(parts)


def cpu_ms(work: Callable[[], object]) -> float:
    begun = time.process_time_ns()
    work()
    return (time.process_time_ns() - begun) / 1e6


def main() -> None:
    words = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    markdown = article(words)
    parts = blocks(markdown)
    plain = "\n\n".join(block.plain for block in parts)
    works: dict[str, Callable[[], object]] = {
        "the gate alone": lambda: safe.prose(markdown),
        "textwrap, plain text": lambda: [textwrap.wrap(p, WIDTH_CELLS) for p in plain.split("\n")],
        "markdown-it-py alone": lambda: parser().parse(markdown),
        "blocks": lambda: blocks(markdown),
        "lay_out, first 120 lines": lambda: lay_out(parts, WIDTH_CELLS, first_lines=120),
        "lay_out": lambda: lay_out(parts, WIDTH_CELLS),
        "blocks and lay_out": lambda: lay_out(blocks(markdown), WIDTH_CELLS),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(pairs):
        for name, work in works.items():
            times[name].append(cpu_ms(work))
    floor = statistics.median(times["markdown-it-py alone"])
    print(f"{len(markdown.split())} words, {WIDTH_CELLS} cells, median of {pairs} (ms CPU)")
    for name, runs in times.items():
        middle = statistics.median(runs)
        print(f"  {name:26} {middle:8.2f}   {middle / floor:5.2f} x markdown-it-py")


if __name__ == "__main__":
    main()
