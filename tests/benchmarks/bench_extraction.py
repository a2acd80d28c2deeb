"""How well pages are cleaned: text, metadata, loyalty to the chosen voice, CPU.

    python tests/benchmarks/bench_extraction.py [--step N] [--worst N] [--write FILE]

Reads ../shared/corpora/extraction (or BROADSHEET_SHARED). Two sets: 990 pages with wanted and
unwanted snippets (adbar/trafilatura), 130 pages with the full text another reader gave
(mozilla/readability: a regression set, its gold is a program's output). `--step N` takes every Nth
page, `--write` keeps the predictions for bench/extraction_score.py.

Beside each figure stands the best that was measured for a single library (trafilatura 2.3.1).
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "corpora")]

from extraction_sets import Page, agreement, averages, fields_right, load, snippets  # noqa: E402

RIVAL = {
    "snippets": "trafilatura: P .907 R .946 F .926",
    "full text": "no rival: the gold is Readability.js's",
    "title": ".612, JSON-LD and OpenGraph .662",
    "author": ".559",
    "date": ".865",
    "sitename": ".750",
}


def clean_all(pages: list[Page]) -> Iterator[tuple[Page, dict[str, str], float, float]]:
    """Each page with its prediction, the CPU it cost, and its loyalty to the chosen voice."""
    from reader.clean.page import clean_page
    from reader.model import Document

    for page in pages:
        document = Document(page.body, url=page.url, name=page.id)
        begin = time.process_time()
        cleaned = clean_page(document)
        seconds = time.process_time() - begin
        prediction = {
            "text": cleaned.text,
            "markdown": cleaned.markdown,
            "title": cleaned.title or "",
            "author": ", ".join(cleaned.authors),
            "date": (cleaned.published or "")[:10],
            "sitename": cleaned.site or "",
            "language": cleaned.language or "",
        }
        yield page, prediction, seconds, cleaned.quality


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    shared = Path(os.environ.get("BROADSHEET_SHARED", ROOT.parent / "shared"))
    with tempfile.TemporaryDirectory() as folder:
        sets = load(shared / "corpora" / "extraction", Path(os.environ.get("EXTRACTED", folder)))
        predictions: dict[str, dict[str, str]] = {}
        costs: list[float] = []
        for name, pages in sets.items():
            chosen = pages[:: args.step]
            rows = list(clean_all(chosen))
            predictions |= {page.id: prediction for page, prediction, _, _ in rows}
            costs += [seconds for _, _, seconds, _ in rows]
            report(name, rows, args.worst)
    print(
        f"CPU ms a page: median {statistics.median(costs) * 1000:.0f}  "
        f"mean {statistics.fmean(costs) * 1000:.0f}  max {max(costs) * 1000:.0f}  (budget 150)"
    )
    if args.write:
        args.write.write_text(json.dumps(predictions, ensure_ascii=False))


def report(name: str, rows: list[tuple[Page, dict[str, str], float, float]], worst: int) -> None:
    print(f"{name}: {len(rows)} pages, {sum(not row[1]['text'] for row in rows)} empty")
    ranked: list[tuple[float, str]] = []
    if name == "snippets":
        precision, recall, f1 = snippets([(page, text["text"]) for page, text, _, _ in rows])
        print(f"  precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}   {RIVAL[name]}")
    else:
        triples = [agreement(page.full_text or "", text["text"]) for page, text, _, _ in rows]
        precision, recall, f1 = averages(triples)
        each = [2 * a / (2 * a + b + c) if a + b + c else 1.0 for a, b, c in triples]
        below = sum(score < 0.8 for score in each)
        print(
            f"  precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}  "
            f"below .8: {below}   {RIVAL[name]}"
        )
        ranked = sorted(zip(each, (page.id for page, *_ in rows), strict=True))
    for field, (right, given, total) in fields_right(
        [(page, prediction) for page, prediction, _, _ in rows]
    ).items():
        print(
            f"  {field:9} right {right / total:.3f}  given {given / total:.3f}  of {total:4}   "
            f"{RIVAL.get(field, '')}"
        )
    for score, page_id in ranked[:worst]:
        print(f"    {score:.3f}  {page_id}")


if __name__ == "__main__":
    main()
