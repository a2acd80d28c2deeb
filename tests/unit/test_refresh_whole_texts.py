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


@pytest.mark.parametrize("rules", [b"User-agent: *\nDisallow: /a", None])
def test_a_site_that_asks_programs_to_stay_away_is_heeded(library, newsstand, feed, rules):
    newsstand.sell("/robots.txt", rules or b"", 200 if rules else 500)

    list(library.refresh())

    assert newsstand.asked_for("/a") == []
    assert "teaser" in article(library).warnings


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
