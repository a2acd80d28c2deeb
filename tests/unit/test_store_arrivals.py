"""What becomes of an article that arrives, and arrives again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.model import Anchor, Cleaned, Related, SourceKind, View
from reader.store import Incoming, grams
from reader.text import addresses


def test_an_article_that_is_there_already_is_skipped(press):
    first = press.publish("storm", "Two hurt.")
    again = press.publish("storm", "Two hurt.")
    assert (first.status, again.status) == ("added", "skipped")
    assert first.id == again.id


def test_a_corrected_article_keeps_its_marks_and_its_old_text(library, press):
    id = press.id_of("storm", text="Two hurt.", published="2026-03-01")
    library.star([id])
    library.mark_read([id])
    library.keep_position(id, Anchor(0, 4, "Two hurt."))

    corrected = press.publish("storm", "Three hurt.", published="2026-03-02")

    assert (corrected.status, corrected.id) == ("updated", id)
    article = library.article(id)
    assert article.text == "Three hurt."
    assert article.headline.starred
    assert not article.headline.unread
    assert article.headline.edits == 1
    assert article.headline.published == "2026-03-01"
    assert library.position(id) == Anchor(0, 4, "Two hurt.")
    assert [(r.number, r.text) for r in library.revisions(id)] == [
        (1, "Two hurt."),
        (2, "Three hurt."),
    ]


def test_a_better_cleaning_of_the_same_bytes_is_no_revision(library, press):
    id = press.id_of("storm", text="Menu Two hurt.", raw=b"<p>Two hurt.")
    better = press.publish("storm", "Two hurt.", raw=b"<p>Two hurt.")
    assert (better.status, better.id) == ("updated", id)
    assert library.article(id).headline.edits == 0
    assert [r.text for r in library.revisions(id)] == ["Two hurt."]


def test_other_details_of_the_same_text_are_no_revision(library, press):
    id = press.id_of("storm")
    again = press.publish("storm", authors=("Ada",))
    assert again.status == "skipped"
    assert library.article(id).authors == ("Ada",)
    assert library.article(id).headline.edits == 0


def test_the_search_index_follows_a_new_text(library, press):
    id = press.id_of("storm", text="A harbour flooded.")
    press.publish("storm", "A bridge fell.", "Bridge news", authors=("Ada",))
    assert not library.search("harbour")
    assert [hit.headline.id for hit in library.search("bridge author:ada")] == [id]
    library.cache.reader()
    assert all(check.ok for check in library.doctor())


def test_new_guids_on_every_fetch_do_not_double_the_articles_of_a_feed(library, press):
    for fetch in range(3):
        for n in range(5):
            press.publish(
                f"{n}-{fetch}",
                f"Text {n}",
                f"Title {n}",
                url=f"https://gazette.invalid/{n}?utm_source=feed",
            )
    assert len(library.ids(View("all"))) == 5


def test_entries_that_all_link_to_the_front_page_stay_apart(library, press):
    for n in range(3):
        press.publish(f"{n}", f"Text {n}", f"Title {n}", url="https://gazette.invalid/")
    assert len(library.ids(View("all"))) == 3


def test_a_renamed_entry_is_known_by_title_and_date(press):
    first = press.publish("old", "Text.", "Storm", published="2026-03-01T10:00:00Z")
    second = press.publish("new", "Text.", "Storm", published="2026-03-01T10:00:00Z")
    assert second.id == first.id


def test_imported_articles_are_known_by_their_ids_alone(library, press):
    imported = press.another("import:x", SourceKind.IMPORT)
    same = {"title": "Storm", "published": "2026-03-01", "url": "https://a.invalid/x"}
    first = imported.publish("1", "One text.", **same)
    second = imported.publish("2", "Another text.", **same)
    assert (first.status, second.status) == ("added", "added")


def test_one_guid_in_two_sources_is_two_articles(press):
    other = press.another("https://other.invalid/f")
    assert press.publish("1").id != other.publish("1").id


def test_an_undated_article_keeps_its_first_place(library, press, monkeypatch):
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-01T12:00:00Z")
    id = press.id_of("storm", text="Two hurt.")
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-05T12:00:00Z")
    press.publish("storm", "Three hurt.")
    headline = library.article(id).headline
    assert headline.published is None
    assert headline.sorted_at == datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_date_in_the_future_does_not_hold_the_top(library, press, monkeypatch):
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-01T12:00:00Z")
    id = press.id_of("storm", published="2099-01-01")
    assert library.article(id).headline.sorted_at == datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("published", ["2026", "2026-03", "2026-02-30", "soon", "", "0001-01-01"])
def test_any_date_is_kept_and_sorted(library, press, published):
    id = press.id_of("storm", published=published)
    assert library.article(id).headline.sorted_at.year >= 1
    assert library.ids(View("all")).tolist() == [id]


def test_everything_the_cleaner_found_comes_out_again(library, press):
    facts = {
        "authors": ("Ada", "Bert"),
        "published": "2026-04-20T14:43",
        "modified": "2026-04-21",
        "cached_at": "2026-04-22",
        "section": "News",
        "site": "Gazette",
        "url": "https://gazette.invalid/a",
        "language": "en",
        "summary": "Short.",
        "related": (Related("Other", "Paper", "Words.", "https://paper.invalid/"), Related("B")),
        "words": 3,
        "minutes": 1,
        "quality": 0.75,
        "warnings": ("title-derived",),
    }
    id = press.id_of("a", text="One *two*", markdown="One \\*two\\*", **facts)
    article = library.article(id)
    for name in ("authors", "modified", "cached_at", "section", "url", "language", "related"):
        assert getattr(article, name) == facts[name]
    assert (article.quality, article.warnings) == (0.75, ("title-derived",))
    assert article.markdown == "One \\*two\\*"
    headline = article.headline
    assert (headline.site, headline.summary, headline.published) == (
        "Gazette",
        "Short.",
        "2026-04-20T14:43",
    )


def test_the_raw_bytes_come_out_as_they_came(library, press):
    incoming = Incoming(
        "a",
        Cleaned("T", "text", "text", "html"),
        raw=bytes(range(256)),
        url="https://a.invalid/",
        name="a.html",
        content_type="text/html; charset=x",
        title="Listed",
    )
    id = library.cache.articles.keep(press.source.id, incoming).id
    document = library.cache.articles.raw(id)
    assert document.body == bytes(range(256))
    assert (document.url, document.name, document.title) == (
        "https://a.invalid/",
        "a.html",
        "Listed",
    )
    assert document.content_type == "text/html; charset=x"


@pytest.mark.parametrize("evil", ["\x1b[2J", "a\ud800b", "x\0y", "\u202eabc", "\U000e0041", ""])
def test_nothing_foreign_reaches_the_cache_raw(library, press, evil):
    arrival = press.publish(
        evil or None,
        f"Text {evil} end",
        f"Title {evil}",
        authors=(evil,),
        summary=evil,
        site=evil,
        related=(Related(evil),),
        url="https://a.invalid/" + evil,
    )
    article = library.article(arrival.id)
    for text in (article.title, article.text, *article.authors, article.headline.summary or ""):
        assert not set("\x1b\ud800\0\u202e\U000e0041") & set(text)


def test_an_article_with_neither_title_nor_text_is_refused(library, press):
    arrival = press.publish("a", " ", None)
    assert arrival.status == "refused"
    assert not library.ids(View("all"))


def test_without_a_title_its_beginning_is_shown(press):
    assert press.publish("a", "One two. " * 30, None).title.endswith("…")


def test_a_deleted_entry_does_not_come_back_with_its_feed(library, press):
    id = press.id_of("a")
    library.delete([id])
    assert press.publish("a").status == "skipped"
    assert press.publish("a", "An update.").status == "skipped"
    assert not library.ids(View("all"))


def test_a_deleted_file_that_is_added_again_is_there_again(library, press):
    files = press.another("/home/mia/a.html", SourceKind.FILE)
    id = files.id_of("a")
    library.delete([id])
    assert (files.publish("a").status, files.publish("a").status) == ("added", "skipped")
    assert library.ids(View("all")).tolist() == [id]
    assert library.counts().unread == 1


def test_lines_of_a_site_are_counted_over_its_other_pages(library, press):
    articles = library.cache.articles
    ids = []
    for guid, prints in {"a": {1, 2, 2**62}, "b": {1, 2}, "c": {1}}.items():
        cleaned = Cleaned(guid, guid, guid, "text")
        incoming = Incoming(guid, cleaned, site="g.invalid", prints=frozenset(prints))
        ids.append(articles.keep(press.source.id, incoming).id)
    assert articles.line_counts("g.invalid", [1, 2, 9, 2**62]) == {1: 3, 2: 2, 2**62: 1}
    assert articles.line_counts("g.invalid", [1, 2], but=ids[0]) == {1: 2, 2: 1}
    assert articles.line_counts("other.invalid", [1]) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://A.invalid/x", "https://a.invalid/x"),
        ("https://a.invalid:443/x#part", "https://a.invalid/x"),
        ("https://a.invalid/x?utm_medium=rss&id=3&fbclid=z", "https://a.invalid/x?id=3"),
        ("https://a.invalid", "https://a.invalid/"),
    ],
)
def test_two_addresses_of_one_page(one, other):
    assert addresses.address(one) == addresses.address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.invalid/x?id=3", "https://a.invalid/x?id=4"),
        ("https://a.invalid/#!/x", "https://a.invalid/#!/y"),
        ("https://a.invalid:8080/", "https://a.invalid/"),
        ("https://a.invalid/X", "https://a.invalid/x"),
    ],
)
def test_addresses_of_two_pages(one, other):
    assert addresses.address(one) != addresses.address(other)


@pytest.mark.parametrize("url", ["", None, "https://[broken", "https://a:99999/", "mailto:x", "\0"])
def test_what_is_no_address_does_no_harm(url):
    addresses.address(url)


def test_runs_without_spaces_become_pairs():
    assert grams.index_text("今日は天気 and iPhone発売") == "今日 日は は天 天気 気 iPhone 発売 売"
    assert grams.index_text("plain words") is None
    assert grams.query_grams("天気予報") == ["天気", "気予", "予報"]
    assert grams.query_grams("天") == ["天"]
    assert grams.query_grams("発売iPhone") == ["発売", "売", "iPhone"]


ONE, TWO = "https://a.example/1", "https://a.example/2"
TOGETHER = {
    "one guid": ([("g1", "Storm", ONE), ("g1", "Storm", TWO)], 1),
    "one address and title": ([("g1", "Storm", ONE), ("g2", "Storm", f"{ONE}?utm_source=x")], 1),
    "one title and date": ([("g1", "Storm", ONE), ("g2", "Storm", TWO)], 1),
    "all their own": ([("g1", "Storm", ONE), ("g2", "Calm", TWO)], 2),
}


@pytest.mark.parametrize("case", TOGETHER)
@pytest.mark.parametrize("at_once", [True, False])
def test_articles_that_come_at_once_are_told_apart_as_those_that_come_in_turn(
    library, case, at_once
):
    entries, articles = TOGETHER[case]
    source = library.cache.sources.add(SourceKind.FEED, "https://a.example/feed", "A").id
    many = [
        Incoming(
            guid, Cleaned(title, "It blew.", "It blew.", "html", published="2026-03-01", url=url)
        )
        for guid, title, url in entries
    ]
    keep = library.cache.articles
    arrivals = keep.keep_all(source, many) if at_once else [keep.keep(source, one) for one in many]
    assert len({arrival.id for arrival in arrivals}) == articles
    assert library.counts().all == articles
    [listed] = library.sources()
    assert (listed.articles, listed.unread) == (articles, articles)


def test_what_was_deleted_does_not_come_back_among_many(library):
    source = library.cache.sources.add(SourceKind.FEED, "https://a.example/feed", "A").id
    many = [
        Incoming(f"g{n}", Cleaned(f"Title {n}", f"Text {n}.", f"Text {n}.", "html"))
        for n in range(3)
    ]
    first, *_ = library.cache.articles.keep_all(source, many)
    library.delete([first.id])
    assert [a.status for a in library.cache.articles.keep_all(source, many)] == ["skipped"] * 3
    assert library.counts().all == 2
