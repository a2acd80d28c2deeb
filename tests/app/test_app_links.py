"""Links: shown before they are opened, copied, never an option or a shell's word."""

import sys

import pytest
from drive import NARROW, reading
from gazette import add

from reader.app.masthead import shown_address
from reader.app.opener import browser_command
from reader.library import Library

TEXT = """See [the record](https://example.org/record?q=1) and
[a trap](https://xn--pple-43d.com/login), then [again](https://example.org/record?q=1)."""


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """A browser that writes down what it was given."""
    log = tmp_path / "opened.txt"
    script = tmp_path / "browser.py"
    script.write_text(f"import sys; open({str(log)!r}, 'a').write(sys.argv[1] + '\\n')")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {script} %s")
    return log


async def test_a_number_shows_the_address_and_enter_opens_it(cache, opened):
    with Library.open(cache) as library:
        article = add(library, "Links", TEXT)
    async with reading(cache, open_id=article) as reader:
        await reader.press("1")
        assert "https://example.org/record?q=1" in reader.said
        assert not opened.exists()
        await reader.press("enter")
        for _ in range(200):
            if opened.exists() and opened.read_text():
                break
            await reader.pilot.pause(0.02)
        assert opened.read_text() == "https://example.org/record?q=1\n"


async def test_esc_and_other_keys_let_a_link_go(cache, opened):
    with Library.open(cache) as library:
        article = add(library, "Links", TEXT)
    async with reading(cache, open_id=article) as reader:
        await reader.press("2", "escape", "2", "j")
        assert reader.said == ""
        assert reader.room.question is None
        assert not opened.exists()


async def test_a_number_without_a_link_says_how_many_there_are(cache):
    with Library.open(cache) as library:
        article = add(library, "Links", TEXT)
    async with reading(cache, open_id=article) as reader:
        await reader.press("9")
        assert reader.said == "This article has 2 links"


async def test_copying_says_by_which_way(cache, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with reading(cache) as reader:
        await reader.press("y")
        assert reader.said.startswith("Copied the address by the terminal")
        assert reader.app.clipboard.startswith("https://example.org/")


def test_an_address_is_never_an_option_nor_a_shell_word(monkeypatch):
    monkeypatch.setenv("BROWSER", "env")
    url = "https://example.org/;rm -rf ~"
    assert browser_command(url)[1:] == [url]


def test_hosts_are_shown_as_they_are():
    assert shown_address("https://example.org/a/b") == "example.org/a/b"
    assert shown_address("http://127.0.0.1:8765/a") == "127.0.0.1:8765/a"
    assert shown_address("http://[::1]:80/a") == "[::1]:80/a"
    assert shown_address("https://\u0430pple.com/x").startswith("xn--")
    assert shown_address("javascript:alert(1)") is None
    assert shown_address(None) is None


async def test_among_the_sources_with_no_article_open_none_is_said_to_lack_an_address(cache):
    async with reading(cache, size=NARROW) as reader:
        await reader.press("g", "f", "v")
        assert reader.title is None
        assert reader.said == "Choose an article first"


async def test_one_link_is_not_told_as_several(cache):
    with Library.open(cache) as library:
        only = add(library, "Single", "See [the record](https://example.org/record).")
    async with reading(cache, open_id=only) as reader:
        await reader.press("#", "7", "enter")
        assert reader.said == "This article has 1 link"
