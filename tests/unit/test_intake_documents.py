"""Files, folders and stdin: what is read, what is left out, what is refused and why."""

import os
import socket
from pathlib import Path

import pytest

from reader.errors import CleanError
from reader.intake import documents, naming


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "clippings"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "b.txt").write_text("b")
    (folder / "a.md").write_text("a")
    (folder / "deep" / "er" / "c.html").write_text("c")
    return folder


def names(folder: Path) -> list[str]:
    return [found.path.relative_to(folder).as_posix() for found in documents.walk(folder)]


def test_a_folder_is_read_with_all_in_it_in_the_order_of_names(folder):
    assert names(folder) == ["a.md", "b.txt", "deep/er/c.html"]


def test_the_parts_of_a_saved_page_are_no_articles(folder):
    for name in ("Storm_files", "Storm-Dateien", "Calm_files"):
        (folder / name).mkdir()
        (folder / name / "frame.html").write_text("an advertisement")
    (folder / "Storm.htm").write_text("the page")

    assert names(folder) == [
        "Calm_files/frame.html",
        "Storm.htm",
        "a.md",
        "b.txt",
        "deep/er/c.html",
    ]


def test_hidden_files_and_links_are_left_out(folder, tmp_path):
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("x")
    (folder / ".hidden").write_text("x")
    (tmp_path / "secret").write_text("x")
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling").symlink_to("nowhere")

    assert names(folder) == ["a.md", "b.txt", "deep/er/c.html"]


def test_pipes_sockets_and_giants_are_refused_without_being_opened(folder):
    os.mkfifo(folder / "pipe")
    listening = socket.socket(socket.AF_UNIX)
    os.chdir(folder)  # the path of a socket is short
    listening.bind("socket")
    with open(folder / "giant.txt", "wb") as giant:
        giant.truncate(documents.LARGEST_DOCUMENT + 1)

    refused = {f.path.name: f.refusal for f in documents.walk(folder) if f.refusal}
    listening.close()

    assert refused == {
        "giant.txt": "it is larger than 25 MB",
        "pipe": "it is not a regular file but a pipe, socket or device",
        "socket": "it is not a regular file but a pipe, socket or device",
    }


def test_a_pipe_given_by_name_does_not_make_us_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(CleanError, match="pipe, socket or device"):
        documents.read_file(tmp_path / "pipe")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "there is no such file"),
        (".", "it is a folder"),
        ("a\0b", "its name holds a character that no file name can"),
        ("x" * 300, "file name too long"),
        ("a.md/b", "not a directory"),
    ],
)
def test_what_cannot_be_read_is_put_into_words(folder, name, said):
    with pytest.raises(CleanError, match=said):
        documents.read_file(folder / name)


def test_a_name_that_is_no_utf8_can_be_shown_and_stored(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("x")

    [piece] = naming.pieces(str(path), None, None)

    assert piece.guid == "caf\\xe9.txt"
    piece.origin.url.encode("utf-8")
    assert piece.load().body == b"x"


def test_a_folder_is_one_source_and_its_files_have_ids_within_it(folder):
    found = list(naming.pieces(str(folder), "Mine", None))

    assert {(p.origin.kind, p.origin.url, p.origin.folder) for p in found} == {
        ("folder", str(folder), "Mine")
    }
    assert [piece.guid for piece in found] == ["a.md", "b.txt", "deep/er/c.html"]


def test_pictures_and_scripts_of_a_saved_page_are_passed_over(folder):
    (folder / "page_files").mkdir()
    (folder / "page_files" / "logo.PNG").write_bytes(b"\x89PNG")
    (folder / "page_files" / "app.js").write_text("x()")

    passed = [p.guid for p in naming.pieces(str(folder), None, None) if p.passed_over]

    assert passed == ["page_files/app.js", "page_files/logo.PNG"]


def test_an_address_of_a_file_is_that_file(folder):
    [piece] = naming.pieces(f"file://{folder}/a.md", None, None)

    assert piece.load().body == b"a"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<?xml version='1.0'?>\n<rss version='2.0'><channel>", "it is a feed"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><feed xmlns='a'>", "it is a feed"),
        (b"<rdf:RDF xmlns:rdf='x'>", "it is a feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "it is a feed"),
        (b"<opml version='2.0'><head>", "OPML"),
        (b"<!doctype html><html><p>about <rss> feeds", None),
        (b"<html xmlns='x'><feed>", None),
        (b"The <rss> element", None),
    ],
)
def test_lists_of_articles_are_told_from_articles(body, said):
    from reader.model import Document

    reason = naming.listed_elsewhere(Document(body))

    assert reason is None if said is None else said in reason
