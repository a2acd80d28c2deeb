"""What every test may lean on: the shared corpora, and a home of its own."""

import os
from pathlib import Path

import pytest

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
