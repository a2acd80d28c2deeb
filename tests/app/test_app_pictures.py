"""Pictures of the room, compared with those of yesterday.

Regenerate with `pytest tests/app/test_app_pictures.py --snapshot-update`, and look at each one
that changed before committing it.
"""

from datetime import UTC, datetime

import frontpage
import newsday
import pytest
import specimens
from drive import Broadsheet
from gazette import all_open
from textual.app import App

from reader.app.themes import PAPER, theme_of
from reader.app.widgets.similar import SimilarList
from reader.library import Library
from reader.model import (
    ArticleId,
    Cleaned,
    Closeness,
    Headline,
    Similar,
    SourceId,
    SourceKind,
    When,
)
from reader.store import Incoming

WIDE, MEDIUM, NARROW = (120, 40), (80, 24), (40, 12)


@pytest.fixture
def edition(own_home):
    return specimens.write(own_home / "broadsheet.db")


def test_the_front_on_paper(edition, picture):
    assert picture(WIDE)


def test_the_front_in_ink(edition, picture):
    assert picture(WIDE, "j", "j", theme="ink")


def test_the_front_in_the_terminals_own_colours(edition, picture):
    assert picture(MEDIUM, "j", theme="terminal")


def test_the_front_in_sepia(edition, picture):
    assert picture(MEDIUM, "j", theme="sepia")


def test_the_front_in_high_contrast(edition, picture):
    assert picture(WIDE, "j", "j", theme="contrast-dark")


def test_themes_to_choose_from(edition, picture):
    assert picture(MEDIUM, "ctrl+t", "j", "j", "j")


def test_the_front_without_colour(edition, picture):
    assert picture(MEDIUM, "j", theme="mono")


def test_a_list_in_eighty_columns(edition, picture):
    assert picture(MEDIUM, "j", "j", "j")


def test_a_list_in_forty_columns(edition, picture):
    assert picture(NARROW, "j")


def test_an_article_in_forty_columns(edition, picture):
    assert picture(NARROW, open_id=edition["specimen"])


def test_every_sort_of_block(edition, picture):
    assert picture((90, 76), "z", open_id=edition["specimen"])


def test_every_sort_of_block_in_ink(edition, picture):
    assert picture((60, 90), "z", open_id=edition["specimen"], theme="ink")


def test_japanese_with_no_forbidden_line_starts(edition, picture):
    assert picture((44, 20), open_id=edition["cjk"])


def test_hebrew_ends_at_the_right(own_home, picture):
    hebrew = specimens.write_hebrew(own_home / "broadsheet.db")
    assert picture((60, 24), open_id=hebrew)


def test_hebrew_is_put_in_order_for_a_terminal_that_does_not(own_home, picture):
    pytest.importorskip("bidi", reason="python-bidi is not installed")
    hebrew = specimens.write_hebrew(own_home / "broadsheet.db")
    (own_home / "config.toml").write_text('bidi = "reorder"\n')
    assert picture((60, 24), open_id=hebrew)


def test_a_long_title_and_a_bookmark(edition, picture):
    assert picture(MEDIUM, open_id=edition["long"])


def test_an_article_to_be_doubted(edition, picture):
    assert picture(MEDIUM, open_id=edition["doubt"])


@pytest.fixture
def morning(own_home):
    """The second of two tellings of one event, the first of which was read."""
    path = own_home / "broadsheet.db"
    kept = newsday.write(path)
    with Library.open(path) as library:
        library.mark_read([kept["evening"]])
    return kept["morning"]


def test_what_is_new_stands_out_on_paper(morning, picture):
    assert picture(WIDE, open_id=morning)


def test_what_is_new_stands_out_without_colour(morning, picture):
    assert picture(MEDIUM, theme="mono", open_id=morning)


def test_what_is_new_stands_out_in_forty_columns(morning, picture):
    assert picture(NARROW, theme="ink", open_id=morning)


def test_bookmarks_with_tags_and_a_note(edition, picture):
    assert picture(WIDE, "g", "s")


def test_a_search_and_its_hits(edition, picture):
    assert picture(WIDE, "/", *"harbour", "enter")


def test_a_link_before_it_is_opened(edition, picture):
    assert picture(MEDIUM, "1", open_id=edition["specimen"])


def test_the_sheet_of_keys(edition, picture):
    assert picture(WIDE, "?")


def test_an_empty_cache_says_how_to_begin(own_home, picture):
    assert picture((100, 30))


class Sidebar(App[None]):
    """The list of similar articles alone, with articles that never change."""

    CSS_PATH = Broadsheet.CSS_PATH

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(theme_of(PAPER))
        self.set_reactive(App.theme, "paper")
        self.stylesheet.set_variables(self.get_css_variables())

    def compose(self):
        yield SimilarList()

    def on_mount(self) -> None:
        self.query_one(SimilarList).focus()
        self.query_one(SimilarList).show(
            [
                _similar("Nine hurt, not eleven: how the wall went, hour by hour", "same story"),
                _similar("Storm takes the harbour wall", "duplicate", unread=False),
                _similar("What the harbour has borrowed since 1894", "background", starred=True),
            ]
        )


def test_similar_articles_by_closeness(snap_compare):
    assert snap_compare(Sidebar(), terminal_size=(34, 34))


def _similar(title: str, closeness: str, *, unread: bool = True, starred: bool = False) -> Similar:
    headline = Headline(
        id=ArticleId(len(title)),
        guid=title,
        title=title,
        source_id=SourceId(1),
        source="The Harbour Gazette",
        site=None,
        published=When("2026-11-20"),
        sorted_at=datetime(2026, 11, 20, 6, tzinfo=UTC),
        unread=unread,
        starred=starred,
        story=None,
        words=100,
        minutes=1,
        summary="A count corrected, a log of the night, and a gap that has grown by six metres.",
    )
    return Similar(headline, 0.5, Closeness(closeness), ("Harbour", "wall", "storm"))


@pytest.fixture
def front_edition(own_home):
    return frontpage.write(own_home / "broadsheet.db")


def test_the_front_page_on_paper(front_edition, picture):
    assert picture(WIDE)


def test_the_front_page_in_ink_with_a_story_read(front_edition, picture):
    assert picture(MEDIUM, "space", "q", "j", theme="ink")


def test_the_front_page_without_colour_in_forty_columns(front_edition, picture):
    assert picture(NARROW, theme="mono")


def test_an_article_of_the_front_page(front_edition, picture):
    assert picture(WIDE, "space")


def test_the_end_of_the_front_page(front_edition, picture):
    assert picture((100, 30), *["space"] * 6)


def test_a_story_as_it_was_told(front_edition, picture):
    assert picture(WIDE, "enter")


def test_a_story_with_its_copies_in_ink(front_edition, picture):
    assert picture(MEDIUM, "enter", "C", theme="ink")


def test_a_story_in_forty_columns(front_edition, picture):
    assert picture(NARROW, "enter")


def test_a_list_with_copies_folded(front_edition, picture):
    assert picture(MEDIUM, "g", "a")


@pytest.fixture
def edited_edition(own_home):
    """An article that was read, then edited, headline and text."""
    old = (
        "The harbour wall at Penmar gave way early on Tuesday, flooding forty houses on the lower "
        "quay.\n\nNobody was hurt, but two hundred people spent the night in the school hall. The "
        "wall had been inspected in March and was found to be sound.\n\nEngineers from the county "
        "said that waves of six metres had undermined its foot. Repairs to the wall will take "
        "until the summer and cost four million pounds.\n\nThe council meets on Friday to decide "
        "whether the quay can be lived in again. Residents of the lower quay had asked for a "
        "higher wall since the flood of 2014. The fishing fleet lost nine boats, three of them "
        "uninsured. The lifeboat was out for eleven hours."
    )
    new = old.replace("Nobody was", "Three people were").replace("four million", "seven million")
    new += "\n\nThe mayor has ordered an inquiry."
    with Library.open(own_home / "broadsheet.db") as library:
        source = library.cache.sources.add(SourceKind.FEED, "https://g.invalid/f", "The Gazette")
        for title, text in (("Harbour wall gives way", old), ("Three hurt as wall falls", new)):
            cleaned = Cleaned(title, text, text, "html", published=When("2026-11-23"), minutes=1)
            arrival = library.cache.articles.keep(source.id, Incoming("a", cleaned))
            library.mark_read([arrival.id] if text == old else [])
        all_open(library)


def test_what_was_edited_on_paper(edited_edition, picture):
    assert picture(MEDIUM, "D")


def test_what_was_edited_without_colour_in_forty_columns(edited_edition, picture):
    assert picture(NARROW, "D", "n", theme="mono")


def test_an_article_in_short_that_was_edited_since(edited_edition, picture):
    assert picture(WIDE, "i")
