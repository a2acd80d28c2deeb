"""What every test may lean on: the shared corpora, and a home of its own."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis
import pytest

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
"""The first example pays for imports, and a busy machine for others: time is for benchmarks."""

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and seeds, or a skip that says where to put it."""
    folder = Path(os.environ.get("BROADSHEET_SHARED", CHECKOUT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}: set BROADSHEET_SHARED to their folder")
    return folder


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `BROADSHEET_HOME` that no other test has touched."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("BROADSHEET_HOME", str(home))
    monkeypatch.delenv("BROADSHEET_NOW", raising=False)
    return home


@pytest.fixture
def newsstand(own_home: Path) -> Iterator[Any]:
    """A server of feeds on loopback (`tests/newsstand.py`), and settings that let it be asked at
    once."""
    (own_home / "config.toml").write_text("[fetch]\nhost_interval_seconds = 0\n")
    stand = _newsstand().Newsstand()
    yield stand
    stand.close()


def _newsstand() -> ModuleType:
    if "newsstand" not in sys.modules:
        where = Path(__file__).with_name("newsstand.py")
        spec = importlib.util.spec_from_file_location("newsstand", where)
        assert spec is not None
        assert spec.loader is not None
        sys.modules["newsstand"] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["newsstand"]
