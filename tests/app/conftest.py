"""The reading room under a pilot: a generated cache, and a room opened on it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import gazette

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
