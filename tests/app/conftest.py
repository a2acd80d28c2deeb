"""The reading room under a pilot: a generated cache, and a room opened on it."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import gazette
from drive import Broadsheet, Reader, Room

ARTICLES = 120


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    """Half past nine on a Monday morning, in UTC."""
    monkeypatch.setenv("BROADSHEET_NOW", gazette.NOW.isoformat())
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def cache(own_home: Path, gazette_file: Path) -> Path:
    """A cache of 120 articles from seven sources, this test's own."""
    path = own_home / "broadsheet.db"
    path.write_bytes(gazette_file.read_bytes())
    return path


@pytest.fixture(scope="session")
def gazette_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gazette") / "broadsheet.db"
    gazette.fill(path, ARTICLES)
    return path


@pytest.fixture
def new_cache(own_home: Path) -> Callable[..., Path]:
    """Make a cache of so many articles."""

    def make(articles: int, **facts: object) -> Path:
        path = own_home / "broadsheet.db"
        gazette.fill(path, articles, **facts)  # type: ignore[arg-type]
        return path

    return make


@pytest.fixture
def picture(
    snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., bool]:
    """Press keys in a room of a size, then compare its picture with that of yesterday."""
    monkeypatch.setattr(Room, "begin_with_sample", lambda room: None)

    def take(
        size: tuple[int, int],
        *keys: str,
        theme: str | None = None,
        open_id: int | None = None,
        then: Callable[[Reader], Awaitable[None]] | None = None,
    ) -> bool:
        """`then` is what is waited for after the keys."""
        app = Broadsheet(None, open_id)

        async def before(pilot) -> None:  # type: ignore[no-untyped-def]
            reader = Reader(app, pilot)
            await reader.rest()
            if theme:
                app.theme = theme
            for key in keys:
                await reader.press(key)
            if then is not None:
                await then(reader)
            await reader.rest()

        try:
            return snap_compare(app, terminal_size=size, run_before=before)
        finally:
            app.close()
            assert app.troubles == []

    return take
