"""Which articles a view shows, in which order, page by page."""

from __future__ import annotations

import random

import pytest

from reader.model import SourceKind, View


@pytest.fixture
def shelf(library, press):
    """Sixty articles of three sources, two of them in a folder, in no order at all."""
    dice = random.Random(5)
    presses = [
        press,
        press.another("https://b.invalid/f", SourceKind.FEED, folder="Local"),
        press.another("https://c.invalid/f", SourceKind.FEED, folder="Local"),
    ]
    for n in range(60):
        dice.choice(presses).publish(
            str(n), title=f"t{n}", published=f"2026-01-{dice.randrange(1, 9):02}"
        )
    ids = list(library.ids(View("all")))
    library.mark_read(dice.sample(ids, 20))
    library.star(dice.sample(ids, 15))
    return ids


VIEWS = [
    View("all"),
    View("unread"),
    View("starred"),
    View("source", 2),
    View("folder", "Local"),
    View("query", "quiet OR t1"),
    View("query", "is:unread source:b.invalid"),
    View("query", "-is:starred"),
]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_pages_join_to_the_whole_newest_first(library, shelf, view):
    whole = list(library.ids(view))
    headlines = library.headlines(whole)
    assert whole
    assert whole == sorted(
        whole, key=lambda id: (library.article(id).headline.sorted_at, id), reverse=True
    )
    assert [h.id for h in headlines] == whole
    paged: list[int] = []
    while page := list(library.ids(view, 7, paged[-1] if paged else None)):
        paged += page
    assert paged == whole


def test_views_show_what_they_say(library, shelf):
    headlines = library.headlines(shelf)
    by_view = {
        View("unread"): [h.id for h in headlines if h.unread],
        View("starred"): [h.id for h in headlines if h.starred],
        View("source", 2): [h.id for h in headlines if h.source_id == 2],
        View("folder", "Local"): [h.id for h in headlines if h.source_id in (2, 3)],
    }
    for view, ids in by_view.items():
        assert list(library.ids(view)) == ids


def test_today_is_what_came_since_midnight_and_is_unread(library, press, monkeypatch):
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-05T18:00:00+00:00")
    press.publish("yesterday", published="2026-03-04T10:00:00Z", title="a")
    today = press.id_of("today", published="2026-03-05T10:00:00Z", title="b")
    press.publish("read", published="2026-03-05T11:00:00Z", unread=False, title="c")
    assert list(library.ids(View("today"))) == [today]
    assert library.counts().today == 1


def test_what_is_gone_is_left_out_of_headlines(library, shelf):
    library.delete(shelf[1:2])
    assert [h.id for h in library.headlines([shelf[2], shelf[1], 999, shelf[0]])] == [
        shelf[2],
        shelf[0],
    ]


@pytest.mark.parametrize("view", VIEWS[:5], ids=str)
def test_no_list_is_sorted_or_scanned(library, shelf, view):
    from reader.store import lists

    where, parameters = lists.condition(view)
    sql = f"EXPLAIN QUERY PLAN SELECT a.id FROM article a WHERE {where} {lists.ORDER} LIMIT 50"
    plan = " ".join(row[3] for row in library.cache.read(sql, parameters))
    assert "TEMP B-TREE" not in plan
    assert "USING COVERING INDEX article_" in plan


def test_an_unknown_view_is_a_mistake_of_ours(library):
    with pytest.raises(ValueError, match="no such view"):
        library.ids(View("nonsense"))
