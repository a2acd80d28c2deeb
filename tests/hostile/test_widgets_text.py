"""Whatever a title, a name or a body holds: every widget draws it as text, in its own cells."""

import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "app"))

from drive import reading
from gazette import NOW, add
from rich.cells import cell_len

from reader.app.galley import Galley
from reader.app.masthead import masthead, shown_address
from reader.app.widgets.headlines import NARROW, Extra, Headlines, row_width
from reader.app.widgets.pieces import Pieces
from reader.app.widgets.similar import SimilarList
from reader.app.widgets.sources import SourceRow, Sources
from reader.app.widgets.status import Status
from reader.library import Library
from reader.model import (
    Article,
    ArticleId,
    Closeness,
    Headline,
    Related,
    Similar,
    SourceId,
    View,
    When,
)
from reader.text.doubts import in_words

HOSTILE = [
    "[/b] [@click=app.quit]x[/] [/",
    "\x1b]52;c;ZXZpbA==\x07 copied",
    "\x9b31m red \x9d0;t\x9c",
    "\x1b[2J\x1b[H",
    "a\u202eb\u2066c\U000e0041d",
    "nul\x00 del\x7f bs\x08",
    "w" * 20_000,
    "\ud800 lone",
    "e" + "\u0301" * 500,
    "\u200d\u200c\u200b\ufeff",
    "👨‍👩‍👧‍👦" * 40,
    "漢字" * 300,
    "\t\n\r\x0b\x0c\u2028\u2029\x85",
    "",
    " ",
    "$text [$primary] $$",
]
ANYTHING = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80))
WIDTHS = st.integers(min_value=12, max_value=140)
ALLOWED_FORMAT = {"\u200c", "\u200d"}
"""Joiners that Persian, Indic scripts and emoji need."""


def is_clean(pieces: Pieces, width_cells: int) -> None:
    """No control character, no direction character, no more cells than there are."""
    text = "".join(text for text, _ in pieces)
    for letter in text:
        assert unicodedata.category(letter) not in ("Cc", "Cs"), (letter, text)
        assert unicodedata.category(letter) != "Cf" or letter in ALLOWED_FORMAT, (letter, text)
    assert cell_len(text) <= width_cells, text


def headline_of(text: str, number: int = 1, **facts: object) -> Headline:
    values: dict[str, object] = {
        "id": ArticleId(number),
        "guid": text,
        "title": text,
        "source_id": SourceId(1),
        "source": text,
        "site": text,
        "published": When("2026-11-22"),
        "sorted_at": datetime(2026, 11, 22, tzinfo=UTC),
        "unread": True,
        "starred": True,
        "story": None,
        "words": 10,
        "minutes": 1,
        "summary": text,
    }
    return Headline(**{**values, **facts})  # type: ignore[arg-type]


def article_of(text: str) -> Article:
    return Article(
        headline=headline_of(text),
        text=text,
        markdown=f"# {text}\n\n{text}\n\n- {text}\n\n> {text}\n\n`{text}` [{text}]({text})",
        url=f"https://example.org/{text}",
        authors=(text, text),
        modified=When("2026-11-23"),
        cached_at=None,
        section=text,
        language=None,
        kind="html",
        related=(Related(text, text, text, text),),
        quality=0.5,
        warnings=(text, "truncated"),
        seen=NOW,
        tags=(text,),
        note=text,
    )


@settings(max_examples=60, deadline=None)
@given(text=ANYTHING, width=WIDTHS, words=st.lists(ANYTHING, max_size=3))
def test_headlines(text, width, words):
    from array import array

    rows = Headlines(lambda ids: [headline_of(text, i) for i in ids])
    rows.ids = array("q", [1, 2])
    rows.row_count = 2
    rows._words = tuple(word.casefold() for word in words)
    rows._extras = {1: Extra(text, ((0, 3), (2, 9)))}
    for height in (1, 2) if width >= NARROW else (2,):
        rows.row_height_lines = height
        for pieces in rows.draw(0, width):
            is_clean(pieces, width)
            assert height == 2 or row_width(pieces) <= width


@settings(max_examples=60, deadline=None)
@given(text=ANYTHING, width=WIDTHS, count=st.integers(0, 10**7))
def test_sources(text, width, count):
    rows = Sources()
    rows.rows = [
        SourceRow(text, View("source", 1), count, kind, True)
        for kind in ("view", "folder", "source", "lone")
    ]
    rows._count_cells = len(f"{count:,}")
    rows.row_count = 4
    for row in range(4):
        for pieces in rows.draw(row, max(width, 20)):
            is_clean(pieces, max(width, 20))


@settings(max_examples=60, deadline=None)
@given(text=ANYTHING, width=WIDTHS)
def test_similar(text, width):
    rows = SimilarList()
    rows.items = [Similar(headline_of(text), 0.5, Closeness.SAME_STORY, (text, text))]
    rows.row_count = 1
    for pieces in rows._item(0, rows.items[0], width, NOW):
        is_clean(pieces, width + 1)


@settings(max_examples=60, deadline=None)
@given(text=ANYTHING, width=WIDTHS)
def test_the_page_with_its_masthead_and_colophon(text, width):
    galley = Galley(article_of(text), width)
    for line in range(galley.line_count):
        is_clean(galley.pieces(line), width)
    for line in masthead(article_of(text), width):
        is_clean(line, width)


@settings(max_examples=60, deadline=None)
@given(text=ANYTHING, width=WIDTHS)
def test_the_last_line(text, width):
    status = Status()
    status.said = ""
    status.say(text) if text else None
    is_clean(status.draw(width), width)


@settings(max_examples=60, deadline=None)
@given(text=ANYTHING)
def test_addresses_and_warnings(text):
    is_clean([(shown_address("https://example.org/" + text) or "", "")], 10_000)
    is_clean([(in_words(text), ""), (in_words("failed: " + text), "")], 10_000)


@settings(max_examples=40, deadline=None)
@given(text=ANYTHING, words=ANYTHING)
def test_words_are_found_in_any_article(text, words):
    galley = Galley(article_of(text), 60)
    for line, start, end in galley.find(words):
        assert 0 <= start < end <= len(galley.text(line))


@pytest.mark.parametrize("size", [(120, 40), (40, 12)], ids=["wide", "narrow"])
async def test_the_whole_room_shows_it_and_goes_on(own_home, monkeypatch, size):
    monkeypatch.setenv("BROADSHEET_NOW", NOW.isoformat())
    path = own_home / "broadsheet.db"
    with Library.open(path) as library:
        for number, text in enumerate(HOSTILE):
            article = add(library, f"n{number}", f"body {number}")
            raw = text.encode("utf-8", "replace").decode()
            with library.cache.write() as conn:
                conn.execute(
                    "UPDATE article SET title = ?, site = ? WHERE id = ?", (raw, raw, article)
                )
                conn.execute(
                    "UPDATE body SET markdown = ? WHERE id = ?", (raw + "\n\n" + raw, article)
                )
    async with reading(path, size) as reader:
        for _ in HOSTILE:
            await reader.press("j")
        await reader.press("enter", "f")
        await reader.press("[", "slash", "b", "enter")
        for line in reader.screen():
            is_clean([(line, "")], size[0])
        assert reader.app.is_running
