"""How well plain-text dumps of real pages are cleaned: 4-word shingle F1 against gold text.

    python tests/benchmarks/bench_dumps.py READABILITY_DIR [--eval TRAFILATURA_DIR] [--form FORM]

READABILITY_DIR holds `<page>/source.html` and `expected.html`; TRAFILATURA_DIR
`evaldata.json`, `cache/` and `eval/`. Pages lose their tags first, in one of the FORMS below.
With `--eval` wanted and unwanted snippets are counted, each page alone and again knowing the
lines of the other pages of its host. `--half` keeps one half of the hosts: tune on one, judge on
the other.
"""

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha1
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from reader.clean import charset, clean, line_prints
from reader.model import Cleaned, Document

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
DROPPED = frozenset(["script", "style", "noscript", "template", "svg", "iframe", "object", "head"])
WORD = re.compile(r"\w+")


def pieces(tree: html.HtmlElement) -> Iterator[str | None]:
    """The text of a page in order; None where a block begins or ends."""
    stack: list[tuple[html.HtmlElement, bool]] = [(tree, False)]
    while stack:
        node, done = stack.pop()
        block = node.tag in BLOCKS
        if done:
            if block:
                yield None
            if node.tail:
                yield node.tail
            continue
        if not isinstance(node.tag, str) or node.tag in DROPPED:
            if node.tail:
                yield node.tail
            continue
        if block:
            yield None
        if node.text:
            yield node.text
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def by_block(tree: html.HtmlElement, gap: str = "\n") -> str:
    """A line a block, its white space made one."""
    lines, line = [], ""
    for piece in [*pieces(tree), None]:
        if piece is not None:
            line += piece
        elif line.strip():
            lines.append(" ".join(line.split()))
            line = ""
    return gap.join(lines)


def as_source(tree: html.HtmlElement) -> str:
    """Text with the white space that the source had, blank lines and all."""
    return "".join("\n" if piece is None else piece for piece in pieces(tree))


def by_string(tree: html.HtmlElement) -> str:
    """Each run of text on its own line, links inside sentences too (`get_text("\\n")`)."""
    strings = (" ".join(piece.split()) for piece in pieces(tree) if piece)
    return "\n".join(string for string in strings if string)


def all_gaps(tree: html.HtmlElement) -> str:
    """A line end wherever a block begins or ends, so that depth of nesting shows as blank lines."""
    parts = ["\n" if piece is None else re.sub(r"\s+", " ", piece) for piece in pieces(tree)]
    return re.sub(r" *\n *", "\n", "".join(parts))


FORMS: dict[str, Callable[[html.HtmlElement], str]] = {
    "block": by_block,
    "gapped": lambda tree: by_block(tree, "\n\n"),
    "source": as_source,
    "string": by_string,
    "nested": all_gaps,
}


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text.replace("\u00ad", ""))
    if len(words) <= 4:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def compare(gold: str, text: str) -> tuple[float, float, float]:
    """Shares of shingles found, wrong and missing; they sum to one."""
    a, b = shingles(gold), shingles(text)
    found = sum((a & b).values())
    wrong, missing = sum(b.values()) - found, sum(a.values()) - found
    total = found + wrong + missing or 1
    return found / total, wrong / total, missing / total


def averages(pages: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    precision = statistics.fmean(f / (f + w) for f, w, m in pages if f + w)
    recall = statistics.fmean(f / (f + m) for f, w, m in pages if f + m)
    return precision, recall, 2 * precision * recall / (precision + recall)


def parsed(page: bytes) -> html.HtmlElement:
    # lxml refuses decoded text that names an encoding.
    text = re.sub(r"^\s*<\?xml[^>]*>", "", charset.decode(page))
    return html.document_fromstring(text or "<p>", html.HTMLParser(huge_tree=True))


def half_of(host: str) -> str:
    return "ab"[sha1(host.encode()).digest()[0] & 1]


def full_gold(folder: Path, form: str, half: str | None) -> list[tuple[str, Document, str]]:
    rows = []
    for page in sorted(folder.iterdir()):
        if half and half_of(page.name) != half:
            continue
        dump = FORMS[form](parsed((page / "source.html").read_bytes()))
        gold = parsed((page / "expected.html").read_bytes())
        rows.append(
            (page.name, Document(dump.encode(), name="page.txt"), "\n".join(gold.itertext()))
        )
    return rows


def report(name: str, pages: list[tuple[float, float, float]], spent: list[float]) -> None:
    each = sorted(2 * f / (2 * f + w + m) if f + w + m else 1.0 for f, w, m in pages)
    low = sum(score < 0.8 for score in each)
    precision, recall, f1 = averages(pages)
    print(
        f"{name:22} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
        f"  median page {statistics.median(each):.3f}  below .8: {low}/{len(each)}"
        f"  CPU median {1000 * statistics.median(spent):.1f} ms"
    )


def timed(document: Document, seen: Counter[int] | None = None) -> tuple[Cleaned, float]:
    start = time.process_time()
    return clean(document, seen), time.process_time() - start


def bench_full(folder: Path, form: str, half: str | None, per_page: bool) -> None:
    scores, whole, spent, rows = [], [], [], []
    for name, document, gold in full_gold(folder, form, half):
        cleaned, seconds = timed(document)
        scores.append(compare(gold, cleaned.text))
        whole.append(compare(gold, document.body.decode()))
        spent.append(seconds)
        found, wrong, missing = scores[-1]
        rows.append((2 * found / (2 * found + wrong + missing or 1), name, cleaned.warnings))
    report(f"{form}, cleaned", scores, spent)
    report(f"{form}, everything", whole, spent)
    for score, name, warnings in sorted(rows) if per_page else []:
        print(f"{score:.3f}  {name}  {' '.join(warnings)}")


def bench_snippets(folder: Path, form: str, half: str | None, limit: int) -> None:
    wanted = json.loads((folder / "evaldata.json").read_text("utf-8"))
    hosts: dict[str, list[tuple[dict[str, list[str]], Document]]] = defaultdict(list)
    for number, (url, row) in enumerate(wanted.items()):
        host = urlsplit(url).netloc
        if (half and half_of(host) != half) or (limit and number >= limit):
            continue
        found = [p for p in (folder / d / row["file"] for d in ("cache", "eval")) if p.is_file()]
        if found:
            dump = FORMS[form](parsed(found[0].read_bytes()))
            hosts[host].append((row, Document(dump.encode(), url=url, name="page.txt")))
    for name, knows in (("alone", False), ("with its site", True)):
        hits: Counter[str] = Counter()
        for pages in hosts.values():
            prints = [line_prints(document) for _, document in pages]
            for at, (row, document) in enumerate(pages):
                if len(pages) < 2:
                    continue
                others = (p for i, p in enumerate(prints) if i != at)
                seen = Counter(line for page in others for line in page) if knows else None
                text = " ".join(clean(document, seen).text.split())
                hits["tp"] += sum(" ".join(s.split()) in text for s in row["with"])
                hits["fp"] += sum(" ".join(s.split()) in text for s in row["without"])
                hits["all"] += len(row["with"])
        precision, recall = hits["tp"] / (hits["tp"] + hits["fp"]), hits["tp"] / hits["all"]
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{form}, {name:16} snippets P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("readability", type=Path)
    asked.add_argument("--eval", type=Path)
    asked.add_argument("--form", choices=[*FORMS, "all"], default="block")
    asked.add_argument("--half", choices=["a", "b"])
    asked.add_argument("--limit", type=int, default=0, help="pages of the second set; 0 = all")
    asked.add_argument("--per-page", action="store_true", help="list pages, worst first")
    told = asked.parse_args()
    for form in FORMS if told.form == "all" else [told.form]:
        bench_full(told.readability, form, told.half, told.per_page)
        if told.eval:
            bench_snippets(told.eval, form, told.half, told.limit)


if __name__ == "__main__":
    sys.exit(main())
