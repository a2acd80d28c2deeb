"""Real processes in a pseudo terminal: see `harness.py`."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "app")]

import gazette  # noqa: E402  (from where the line above says)


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    """A minute after the reader of a gazette was here: the room opens where they left it."""
    monkeypatch.setenv("BROADSHEET_NOW", gazette.NOW.isoformat())
