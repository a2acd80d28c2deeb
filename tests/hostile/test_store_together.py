"""Several programs on one cache at once: nobody is ever told that it is locked."""

from __future__ import annotations

import contextlib
import os
import random
import traceback
from collections.abc import Callable
from pathlib import Path

from reader.library import Library
from reader.model import Cleaned, SourceKind, View
from reader.store import Incoming


def together(*programs: Callable[[], object]) -> None:
    """Run each in a process of its own, all at once; fail with what the first to fail says."""
    children: dict[int, int] = {}
    for program in programs:
        said, say = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(said)
            code = 0
            try:
                program()
            except BaseException:
                with contextlib.suppress(OSError):
                    os.write(say, traceback.format_exc()[-4000:].encode())
                code = 1
            os._exit(code)
        os.close(say)
        children[child] = said
    failures = []
    for child, said in children.items():
        _, status = os.waitpid(child, 0)
        if status:
            failures.append(os.read(said, 5000).decode())
        os.close(said)
    assert not failures, failures[0]


def publish(library: Library, guid: str, text: str = "Text.") -> None:
    source = library.cache.sources.add(SourceKind.FEED, "https://a.invalid/f", "A")
    cleaned = Cleaned(f"Title {guid}", text, text, "html")
    library.cache.articles.keep(source.id, Incoming(guid, cleaned))


def test_three_writers_and_a_reader_never_meet_a_lock(tmp_path):
    path = tmp_path / "broadsheet.db"
    with Library.open(path) as library:
        for n in range(20):
            publish(library, f"first-{n}")

    def write(name: str) -> None:
        dice = random.Random(name)
        with Library.open(path) as library:
            for n in range(60):
                publish(library, f"{name}-{n}")
                ids = list(library.ids(View("all"), 20))
                library.mark_read(ids[:3], dice.random() < 0.5)
                library.star(ids[:1], dice.random() < 0.5)
                library.keep_state(name, n)

    def read() -> None:
        with Library.open(path) as library:
            for _ in range(200):
                headlines = library.headlines(library.ids(View("all"), 50))
                assert len(headlines) >= 20
                library.search("title", 5)
                library.counts()

    together(*(lambda name=name: write(name) for name in "abc"), read)

    with Library.open(path) as library:
        assert library.counts().all == 20 + 3 * 60
        assert [library.state(name) for name in "abc"] == [59] * 3
        assert all(check.ok for check in library.doctor())


def test_the_same_new_cache_can_be_made_by_several_at_once(tmp_path):
    for round in range(8):
        path = tmp_path / str(round) / "broadsheet.db"

        def begin(path: Path = path) -> None:
            with Library.open(path) as library:
                publish(library, str(os.getpid()))

        together(begin, begin, begin, begin)
        with Library.open(path) as library:
            assert library.counts().all == 4


def test_the_same_article_kept_by_several_at_once_is_kept_once(tmp_path):
    path = tmp_path / "broadsheet.db"
    Library.open(path).close()

    def keep() -> None:
        with Library.open(path) as library:
            for n in range(50):
                publish(library, str(n), text=f"Text {n}")

    together(keep, keep, keep)
    with Library.open(path) as library:
        assert library.counts().all == 50
        assert all(h.edits == 0 for h in library.headlines(library.ids(View("all"))))


def test_who_writes_without_end_lets_others_in(tmp_path):
    path = tmp_path / "broadsheet.db"
    Library.open(path).close()

    def write_on() -> None:
        with Library.open(path) as library:
            library.keep_state("writer", "at it")
            for n in range(30):
                with library.cache.write():
                    for each in range(300):
                        publish(library, f"{n}-{each}")
            assert library.state("other"), "nobody came in between thirty transactions"

    def come_in() -> None:
        with Library.open(path) as library:
            while not library.state("writer"):
                pass
            library.keep_state("other", "was in")

    together(write_on, come_in)
