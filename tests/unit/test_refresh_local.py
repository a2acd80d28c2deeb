"""Files and folders that are looked at again with every refresh."""

import os

import pytest

from reader.intake import keeping


@pytest.fixture
def folder(tmp_path, library):
    folder = tmp_path / "clippings"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.md").write_text(f"# {name}\n\nThe lock gate stuck again at {name}.\n")
    list(library.add([str(folder)]))
    return folder


def test_only_what_changed_is_read(library, folder, monkeypatch):
    read = []
    load = keeping.Keeper._load
    monkeypatch.setattr(
        keeping.Keeper, "_load", lambda self, piece: read.append(piece.guid) or load(self, piece)
    )

    [same] = library.refresh()
    (folder / "a.md").write_text("# a\n\nThe lock gate was mended at a.\n")
    (folder / "c.md").write_text("# c\n\nThe lock gate stuck again at c.\n")
    (folder / "b.md").unlink()
    [changed] = library.refresh()
    [after] = library.refresh()

    assert (same.status, after.status) == ("unchanged", "unchanged")
    assert (changed.status, changed.new, changed.changed) == ("new", 1, 1)
    assert read == ["a.md", "c.md"]
    assert library.counts().all == 3


def test_a_file_that_cannot_be_read_is_said_each_time(library, folder):
    os.mkfifo(folder / "pipe.txt")

    [first] = library.refresh()
    [again] = library.refresh()

    assert first.status == again.status == "error"
    assert "pipe.txt" in again.error


def test_a_folder_that_went_away_keeps_what_came_of_it(library, folder, tmp_path):
    folder.rename(tmp_path / "elsewhere")

    [gone] = library.refresh()

    assert (gone.status, library.counts().all) == ("error", 2)
    assert "is kept" in gone.error
