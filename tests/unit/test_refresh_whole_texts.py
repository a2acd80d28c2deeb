"""Entries that are but a beginning: their pages are fetched, where the site lets programs."""

import pytest

from reader.model import SourceKind, View

STORY = "".join(
    f"<p>Paragraph {n}: the lock gate at Low Sluice stuck for the third time this month, "
    "and the keeper freed it by hand with a boat hook while the ferry waited.</p>"
    for n in range(8)
)
PAGE = f"<html><head><title>Gate</title></head><body><article><h1>Gate</h1>{STORY}</article></body>"


@pytest.fixture
def feed(library, newsstand):
    entry = newsstand.Entry("a", "Gate", "The lock gate stuck …", newsstand.url("/a"))
    url = newsstand.sell("/f", newsstand.rss(entry))
    newsstand.sell("/a", PAGE.encode())
    library.cache.sources.add(SourceKind.FEED, url, url, added_as=url)
    return url


def article(library):
    [id] = library.ids(View("all"))
    return library.article(id)


def test_the_whole_text_comes_from_the_page_and_is_no_revision(library, newsstand, feed):
    [outcome] = library.refresh()

    whole = article(library)
    assert outcome.new == 1
    assert whole.text.count("boat hook") == 8
    assert (whole.title, whole.headline.edits) == ("Gate", 0)
    assert "teaser" not in whole.warnings
    assert [path for path, _ in newsstand.asked] == ["/f", "/robots.txt", "/a"]
    changed = newsstand.Entry("a", "Gate", "The lock gate stuck once more …", newsstand.url("/a"))
    newsstand.sell("/f", newsstand.rss(changed))
    list(library.refresh([feed]))
    assert article(library).text.count("boat hook") == 8
    assert len(newsstand.asked_for("/a")) == 2


def test_a_feed_that_renames_its_entries_does_not_take_the_whole_text_away(
    library, newsstand, feed
):
    list(library.refresh())
    renamed = newsstand.Entry("b", "Gate", "The lock gate stuck …", newsstand.url("/a"))
    newsstand.sell("/f", newsstand.rss(renamed))

    [outcome] = library.refresh([feed])

    assert (outcome.new, outcome.changed) == (0, 0)
    assert article(library).text.count("boat hook") == 8


def test_a_site_that_asks_programs_to_stay_away_is_heeded(library, newsstand, feed):
    newsstand.sell("/robots.txt", b"User-agent: *\nDisallow: /a")

    list(library.refresh())

    assert newsstand.asked_for("/a") == []
    said = "no-page: the site asks programs not to fetch it (robots.txt)"
    assert {"teaser", said} <= {*article(library).warnings}


def test_a_site_that_does_not_say_whether_programs_may_is_asked_again(
    library, newsstand, feed, monkeypatch
):
    monkeypatch.setenv("BROADSHEET_NOW", "2025-03-03T08:00:00Z")
    newsstand.sell("/robots.txt", b"", 500)
    list(library.refresh())
    assert newsstand.asked_for("/a") == []
    assert "not told now (500)" in str(article(library).warnings)

    monkeypatch.setenv("BROADSHEET_NOW", "2025-03-03T13:00:00Z")
    newsstand.sell("/robots.txt", b"User-agent: *\nAllow: /")
    list(library.refresh())

    assert article(library).text.count("boat hook") == 8


def test_never_means_never_and_always_means_all(library, newsstand, feed, own_home):
    with open(own_home / "config.toml", "a") as file:
        file.write(f'[source."{feed}"]\nfull_text = "never"\n')
    list(library.refresh())
    assert newsstand.asked_for("/a") == []

    full = newsstand.Entry("b", "Other", STORY, newsstand.url("/b"))
    newsstand.sell("/b", PAGE.encode())
    newsstand.sell("/f", newsstand.rss(full))
    config = own_home / "config.toml"
    config.write_text(config.read_text().replace("never", "always"))
    list(library.refresh([feed]))
    assert len(newsstand.asked_for("/b")) == 1


def test_a_page_that_gives_less_changes_nothing(library, newsstand, feed):
    newsstand.sell("/a", b"<html><body><p>Gone</p></body></html>")

    list(library.refresh())
    list(library.refresh([feed]))

    assert article(library).text == "The lock gate stuck …"
    assert len(newsstand.asked_for("/a")) == 1


WALL = """<html><head><title>Gate</title></head><body><article><h1>Gate</h1>
<p>The lock gate stuck again.</p>
<p>Subscribe to continue reading this story.</p></article></body>"""
CONSENT = (
    "<html><body><p>We and our 800 partners store cookies with your consent. Accept all cookies or "
    "change your privacy settings: personal data, tracking, legitimate interest.</p></body></html>"
)


@pytest.mark.parametrize("answer", ["the feed itself", "data"])
def test_what_programs_exchange_does_not_take_the_place_of_the_beginning(
    library, newsstand, feed, answer
):
    entry = newsstand.Entry("a", "Gate", "The lock gate stuck …", newsstand.url("/a"))
    data = b'{"body": "' + b"The gate stuck again. " * 40 + b'"}'
    newsstand.sell("/a", newsstand.rss(entry) * 9 if answer == "the feed itself" else data)

    list(library.refresh())

    kept = article(library)
    assert kept.text == "The lock gate stuck …"
    assert "no-page: its address leads to a feed or to data, not to a page" in kept.warnings


def test_a_person_may_ask_for_a_page_that_programs_are_to_leave_alone(library, newsstand, feed):
    newsstand.sell("/robots.txt", b"User-agent: *\nDisallow: /a")
    list(library.refresh())
    teaser = article(library)

    [arrival] = library.fetch_whole([teaser.id])

    assert (arrival.status, arrival.id) == ("updated", teaser.id)
    whole = article(library)
    assert whole.text.count("boat hook") == 8
    assert not any(warning.startswith(("teaser", "no-page")) for warning in whole.warnings)
    assert newsstand.asked_for("/robots.txt") != []
    assert len(newsstand.asked_for("/a")) == 1


@pytest.mark.parametrize(
    ("page", "status", "reason"),
    [
        (WALL, 200, "its page is for subscribers"),
        (CONSENT, 200, "a consent form stands in front of its page"),
        ("<p>No.</p>", 404, "404"),
    ],
    ids=["paywall", "consent wall", "not found"],
)
def test_why_a_page_was_not_to_be_had_stands_with_the_article(
    library, newsstand, feed, own_home, page, status, reason
):
    with open(own_home / "config.toml", "a") as file:
        file.write('full_text = "never"\n')
    long = "The lock gate stuck for the third time and the keeper freed it by hand … " * 2
    entry = newsstand.Entry("a", "Gate", long, newsstand.url("/a"))
    newsstand.sell("/f", newsstand.rss(entry))
    list(library.refresh())
    newsstand.sell("/a", page.encode(), status)

    [arrival] = library.fetch_whole([article(library).id])

    assert arrival.status == "refused"
    assert reason in (arrival.reason or "")
    assert article(library).text.startswith("The lock gate stuck for the third time")
    assert any(w.startswith("no-page: ") and reason in w for w in article(library).warnings)
    newsstand.sell("/a", PAGE.encode())
    list(library.fetch_whole([article(library).id]))
    assert not any(w.startswith("no-page: ") for w in article(library).warnings)


def test_a_host_that_wants_to_be_left_alone_is_not_asked_by_a_person_either(
    library, newsstand, feed
):
    newsstand.sell("/a", b"", 429, Retry_After="600")
    list(library.refresh())
    before = len(newsstand.asked_for("/a"))

    [arrival] = library.fetch_whole([article(library).id])

    assert arrival.status == "refused"
    assert "asked to be left alone until" in (arrival.reason or "")
    assert len(newsstand.asked_for("/a")) == before


def test_an_article_without_an_address_is_refused_in_words(press, library):
    id = press.id_of("a")
    [arrival] = library.fetch_whole([id])
    assert (arrival.status, arrival.reason) == ("refused", "it has no address")
