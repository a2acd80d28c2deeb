"""Floors under how well similar articles and near copies are found, on a part of the corpora.

The floors lie a little below what was measured when they were set. Raise them when the method gets
better; do not lower them to make a change pass: judge it with tests/benchmarks/bench_similar.py.
"""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from reader import stories
from reader.clean import clean
from reader.model import Closeness, Document, SourceKind
from reader.store import Cache, Incoming

EVENTS = 250
DISTRACTORS = 300
WIRE = 500


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks" / "bench_similar.py"
    spec = importlib.util.spec_from_file_location("bench_similar", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_other_articles_of_an_event_are_found(bench, shared, tmp_path):
    rows = bench.corpus(shared, "allsides_dev")
    asked = dict(sorted(bench.events(rows).items())[:EVENTS])
    wanted = {id for members in asked.values() for id in members}
    others = [row for row in rows if row.id not in wanted][::4][:DISTRACTORS]
    with Cache.open(tmp_path / "similar.db") as cache:
        filled = bench.Filled(cache)
        filled.add([row for row in rows if row.id in wanted] + others)
        dated = bench.quality(bench.retrieval(filled, asked).values())
        with cache.write() as conn:
            conn.execute("UPDATE article_vec SET day = NULL")
        undated = bench.quality(bench.retrieval(filled, asked).values())
    print(dated, undated, sep="\n")
    assert dated.recall >= 0.97
    assert dated.average_precision >= 0.93
    assert dated.gain >= 0.95
    assert undated.recall >= 0.95
    assert undated.average_precision >= 0.87


def test_copies_are_told_from_other_reports_of_the_same_event(bench, shared, tmp_path):
    rows = bench.corpus(shared, "neardup_dev")
    copied = [row for row in rows if row.dup_of][: WIRE // 2]
    wanted = {row.id for row in copied} | {row.dup_of for row in copied}
    rest = [row for row in rows if row.id not in wanted and not row.dup_of]
    part = [row for row in rows if row.id in wanted] + rest[: WIRE // 2]
    with Cache.open(tmp_path / "copies.db") as cache:
        filled = bench.Filled(cache)
        filled.add(part)
        precision, recall, f1 = bench.copies(filled, part)
    print(precision, recall, f1)
    assert precision >= 0.97
    assert recall >= 0.98
    assert f1 >= 0.98


PUBLISHED = ("2023-01-23", "2023-01-23", "2023-01-23", "2026-02-27", "2019-07-22")


@pytest.mark.parametrize("days", [PUBLISHED, (None,) * 5], ids=["with dates", "without dates"])
def test_five_pages_on_one_partnership_are_told_apart(shared, tmp_path, days):
    """Two copies of the announcement, a rewording of it, and two pieces of other years."""
    with Cache.open(tmp_path / "seeds.db") as cache, cache.write() as conn:
        source = cache.sources.add(SourceKind.FOLDER, "seeds", "Seeds")
        ids = []
        for path, day in zip(sorted((shared / "seeds").glob("*.txt")), days, strict=True):
            cleaned = clean(Document(path.read_bytes(), name=path.name))
            arrival = cache.articles.keep(source.id, Incoming(path.name, cleaned))
            ordinal = date.fromisoformat(day).toordinal() if day else None
            stories.index(conn, arrival.id, cleaned.title or "", cleaned.text, ordinal)
            ids.append(arrival.id)
        classes = [
            {ids.index(r.id): r.closeness for r in stories.similar(conn, id, 5)} for id in ids
        ]
    duplicate, same, background = Closeness
    assert classes[0] == {2: duplicate, 1: same, 3: background, 4: background}
    assert classes[2] == {0: duplicate, 1: same, 3: background, 4: background}
    assert classes[1] == {0: same, 2: same, 3: background, 4: background}
    assert set(classes[3].values()) == set(classes[4].values()) == {background}
