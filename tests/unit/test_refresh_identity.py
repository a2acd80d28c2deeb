"""The same entry is the same article, whatever its feed does to it; another one is another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader.feeds.identity import Listed, names, print_of
from reader.model import SourceKind, View

MORNING = datetime(2025, 3, 3, 8, tzinfo=UTC)


@pytest.fixture
def paper(library, newsstand, monkeypatch):
    """Publishes entries in one feed, and refreshes."""
    monkeypatch.setenv("BROADSHEET_NOW", MORNING.isoformat())
    url = newsstand.url("/f")
    library.cache.sources.add(SourceKind.FEED, url, url, added_as=url)

    def publish(*entries):
        newsstand.sell("/f", newsstand.rss(*entries))
        [outcome] = library.refresh([url])
        return outcome

    return publish


def titles(library) -> list[str]:
    return sorted(headline.title for headline in library.headlines(library.ids(View("all"))))


def days(newsstand, count: int = 5):
    return [
        newsstand.Entry(
            f"g{n}", f"Day {n}", f"Text of day {n}.", f"http://127.0.0.1/a/{n}",
            f"Mon, 0{n + 1} Jan 2025 08:00:00 GMT",
        )
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "shake",
    [
        lambda each: replace(each, guid=f"{each.guid}-again"),
        lambda each: replace(each, link=f"{each.link}?utm_source=rss&amp;utm_campaign=2"),
        lambda each: replace(each, guid=None),
    ],
    ids=["guids change", "trackers come", "guids go"],
)
def test_five_stay_five(library, newsstand, paper, shake):
    five = days(newsstand)
    assert paper(*five).new == 5

    outcome = paper(*reversed([shake(each) for each in five]))

    assert (outcome.new, outcome.changed) == (0, 0)
    assert len(titles(library)) == 5


def test_an_entry_listed_twice_is_one(library, newsstand, paper):
    two = days(newsstand, 2)

    assert paper(*two, *two).new == 2


def test_one_guid_for_two_pages_is_two_articles(library, newsstand, paper):
    one, two = days(newsstand, 2)

    assert paper(one, replace(two, guid=one.guid)).new == 2
    assert paper(replace(two, guid=one.guid), one).new == 0


@pytest.mark.parametrize(
    "alike",
    [
        lambda each: replace(each, guid="0"),
        lambda each: replace(each, guid="http://127.0.0.1/", link="http://127.0.0.1/"),
        lambda each: replace(each, guid="0", link=None),
        lambda each: replace(each, guid="0", link=None, published=None),
    ],
    ids=["guid", "guid and link", "no link", "no date"],
)
def test_entries_that_a_generator_gives_all_the_same_guid_stay_apart(
    library, newsstand, paper, alike
):
    five = [alike(each) for each in days(newsstand)]
    one, *later = five

    assert paper(one).new == 1
    assert paper(*reversed(five)).new == len(later)
    outcome = paper(*five)
    assert (outcome.new, outcome.changed) == (0, 0)


def test_an_edit_that_renumbers_the_guid_is_an_edit(library, newsstand, paper):
    """BBC News: the link alone stays."""
    first, other = days(newsstand, 2)
    first.guid = f"{first.link}#0"
    paper(first, other)
    known = library.ids(View("all"))
    library.mark_read(known)
    edited = replace(
        first,
        guid=f"{first.link}#1",
        title="Day nought, as it was",
        text="Another text altogether.",
        published="Thu, 02 Jan 2025 18:00:00 GMT",
    )

    outcome = paper(edited, other)

    assert (outcome.new, outcome.changed) == (0, 1)
    assert library.ids(View("all")) == known
    assert library.counts().unread == 0


def test_a_page_on_which_something_new_is_put_is_two_articles(library, newsstand, paper):
    """The same address a year later, or of an entry that is listed beside it."""
    [old] = days(newsstand, 1)
    paper(old)
    beside = replace(old, guid="b", title="Beside it", text="Quite another thing.")
    later = replace(old, guid="c", title="A year later", published="Thu, 02 Jan 2026 18:00:00 GMT")

    assert paper(old, replace(beside, published="Tue, 07 Jan 2025 08:00:00 GMT")).new == 1
    assert paper(later).new == 1
    assert len(titles(library)) == 3


def test_a_date_told_in_another_zone_is_the_same_date(library, newsstand, paper):
    [one] = days(newsstand, 1)
    paper(one)

    other = replace(one, guid="b", link=None, published="Wed, 01 Jan 2025 09:00:00 +0100")

    assert (paper(other).new, len(titles(library))) == (0, 1)


def test_two_texts_of_one_entry_in_one_document_are_one(library, newsstand, paper):
    new = days(newsstand, 1)[0]

    assert paper(new, replace(new, title="Day nought", text="Text of day nought.")).new == 1
    assert titles(library) == ["Day 0"]


def test_entries_without_guids_that_all_link_the_front_page_stay_apart(library, newsstand, paper):
    three = [replace(each, guid=None, link="http://127.0.0.1/") for each in days(newsstand, 3)]

    assert paper(*three).new == 3
    assert paper(*reversed(three)).new == 0


def test_entries_of_one_title_and_address_with_guids_of_their_own_stay_apart(
    library, newsstand, paper
):
    """The open thread of every week, which links the front page."""
    weeks = [replace(each, title="Open", link="http://127.0.0.1/") for each in days(newsstand, 3)]

    assert paper(*weeks).new == 3
    assert titles(library) == ["Open"] * 3


def test_one_guid_in_two_feeds_is_two_articles(library, newsstand, paper):
    paper(*days(newsstand, 1))
    other = newsstand.sell("/g", newsstand.rss(*days(newsstand, 1)))
    library.cache.sources.add(SourceKind.FEED, other, other)

    [outcome] = library.refresh([other])

    assert outcome.new == 1
    assert titles(library) == ["Day 0", "Day 0"]


def test_a_corrected_entry_keeps_its_marks_and_its_old_text(library, newsstand, paper):
    first, *rest = days(newsstand, 3)
    paper(first, *rest)
    [hit] = library.search('"day 0"', limit=1)
    library.star([hit.headline.id])
    library.mark_read([hit.headline.id])

    outcome = paper(replace(first, text="Three hurt, it is now said."), *rest)

    assert (outcome.status, outcome.new, outcome.changed) == ("new", 0, 1)
    headline = library.article(hit.headline.id).headline
    assert (headline.starred, headline.unread, headline.edits) == (True, False, 1)
    assert [r.text for r in library.revisions(headline.id)] == [
        "Text of day 0.",
        "Three hurt, it is now said.",
    ]
    assert headline.published == "2025-01-01T08:00:00+00:00"


def test_what_a_person_deleted_does_not_come_back(library, newsstand, paper):
    first, *rest = days(newsstand, 2)
    paper(first, *rest)
    library.delete(library.ids(View("all"))[:2])

    outcome = paper(replace(first, text="Changed."), *rest, newsstand.Entry("new"))

    assert outcome.new == 1
    assert titles(library) == ["A quiet day"]


def test_a_date_to_come_is_the_moment_it_was_seen(library, newsstand, paper):
    paper(newsstand.Entry("a", published="Thu, 01 Jan 2099 00:00:00 GMT"))

    [headline] = library.headlines(library.ids(View("all")))

    assert headline.published == MORNING.isoformat()
    assert headline.sorted_at == MORNING


def test_what_leaves_the_feed_stays(library, newsstand, paper):
    first, *rest = days(newsstand, 3)
    paper(first, *rest)

    paper(*rest)

    assert len(titles(library)) == 3


def test_old_articles_go_and_stay_gone_but_bookmarks_do_not(
    library, newsstand, paper, own_home, monkeypatch
):
    with open(own_home / "config.toml", "a") as file:
        file.write("keep_days = 30\n")
    three = days(newsstand, 3)
    paper(*three)
    kept = library.search('"day 1"')[0].headline.id
    library.star([kept])
    monkeypatch.setenv("BROADSHEET_NOW", (MORNING + timedelta(days=31)).isoformat())

    outcome = paper(*three, newsstand.Entry("new", title="Today"))
    again = paper(replace(three[0], text="Changed."), *three[1:])

    assert (outcome.new, again.new) == (1, 0)
    assert titles(library) == ["Day 1", "Today"]
    assert library.search('"day 0"') == []
    assert library.similar(kept) == []
    assert library.counts().all == 2
    assert all(check.ok for check in library.doctor())


def test_only_the_latest_few_are_kept_where_that_is_wished(library, newsstand, paper, own_home):
    with open(own_home / "config.toml", "a") as file:
        file.write("keep_articles = 2\n")

    paper(*days(newsstand, 5))

    assert titles(library) == ["Day 3", "Day 4"]


def listed(guid=None, url=None, title="T", published=None, text="x") -> Listed:
    return Listed(guid, url, title, published, text)


def test_what_expired_does_not_come_again_under_another_name(library, newsstand, paper, own_home):
    with open(own_home / "config.toml", "a") as file:
        file.write("keep_articles = 2\n")
    five = days(newsstand)
    assert paper(*five).new == 5

    again = paper(*(replace(each, guid=f"{each.guid}-again") for each in five))

    assert (again.new, titles(library)) == (0, ["Day 3", "Day 4"])
    assert paper(*five, newsstand.Entry("f", "Day 5", link="http://127.0.0.1/a/5")).new == 1


def test_names_within_one_document():
    assert names(
        [
            listed("a", "http://x/1"),
            listed(" a ", "http://x/1?utm_source=y"),
            listed("a", "http://x/2"),
            listed(None, "http://X:80/3#top"),
            listed("", None, "No address"),
        ]
    )[:4] == ["a|https://x/1", None, "a|https://x/2", "https://x/3"]


def test_a_print_tells_changes_that_a_reader_could_see():
    one = listed("a", "http://x/1?fbclid=1")

    assert print_of(one) == print_of(listed("a", "http://x/1"))
    assert print_of(one) != print_of(listed("a", "http://x/1", text="y"))
    assert print_of(one) != print_of(listed("a", "http://x/1", title="U"))
