"""The same entry is the same article, whatever its feed does to it; another one is another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader.feeds.identity import Listed, names, print_of
from reader.library import Library
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


@pytest.mark.parametrize("facts", [{}, {"published": None}, {"published": None, "guid": None}])
def test_what_is_called_the_same_each_week_is_an_article_each_week(
    library, newsstand, paper, facts
):
    """Though the one of last week has left the list, and all link the front page."""
    weeks = [
        replace(each, title="Open", link="http://127.0.0.1/", **facts)
        for each in days(newsstand, 3)
    ]

    assert [paper(each).new for each in weeks] == [1, 1, 1]


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


STORM = (
    "The storm took the roof of the ferry house at Low Sluice and four of the keeper's hens. "
    "Nobody was hurt, but the ferry will not run before the end of the week, and the baker on the "
    "far bank has asked the council for a boat. The council says that it has none to lend."
)


def bare(newsstand, *titles: str, **facts):
    """Entries that have neither guid nor date, nor, if nothing else is said, an address."""
    return [
        newsstand.Entry(None, title, f"{title}: {STORM[len(title) :]}", published=None, **facts)
        for title in titles
    ]


def at_host(newsstand, host: str, *titles: str):
    return [
        replace(each, link=f"http://{host}/news/{each.title.lower()}")
        for each in bare(newsstand, *titles)
    ]


def test_a_feed_without_dates_and_guids_moves_to_another_host(library, newsstand, paper):
    names = ("Storm", "Ferry", "Council")
    paper(*at_host(newsstand, "old.example", *names))
    known = library.ids(View("all"))
    moved = at_host(newsstand, "new.example", "Baker", *names)
    moved[2].text = moved[2].text.replace("four", "five")

    outcome = paper(*moved)

    assert (outcome.new, outcome.changed) == (1, 1)
    assert titles(library) == ["Baker", "Council", "Ferry", "Storm"]
    assert {library.article(id).url.split("/")[2] for id in known} == {"new.example"}
    again = paper(*at_host(newsstand, "old.example", "Baker", *names))
    assert again.new == 0, "and back"


def test_a_feed_moves_that_an_older_version_read(library, newsstand, paper, own_home):
    """Which did not note what was listed last."""
    paper(*at_host(newsstand, "old.example", "Storm", "Ferry"))
    with library.cache.write() as conn:
        conn.execute("DROP TABLE listing")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'twelfth'")
        conn.execute("PRAGMA user_version = 11")
    newsstand.sell("/f", newsstand.rss(*at_host(newsstand, "new.example", "Storm", "Ferry")))

    with Library.open(library.cache.path) as upgraded:
        [outcome] = upgraded.refresh([newsstand.url("/f")])

    assert outcome.new == 0


A_GUEST = "A good page on swans, and what bread does to them."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"text": A_GUEST}),
        ({}, {"title": "What I read"}),
        ({"link": "http://a.example/"}, {"link": "http://b.example/"}),
        ({}, {"link": "http://b.example/news/storm-2"}),
        (
            {"published": "Mon, 06 Jan 2025 08:00:00 GMT"},
            {"published": "Tue, 07 Jan 2025 08:00:00 GMT"},
        ),
    ],
    ids=["text", "title", "front page", "path", "date"],
)
def test_entries_of_two_hosts_are_two_if_they_differ_in_more_than_that(
    library, newsstand, paper, old, new
):
    """A planet, on which many write, each at his own address."""
    [one] = at_host(newsstand, "a.example", "Storm")
    [other] = at_host(newsstand, "b.example", "Storm")
    paper(replace(one, **old), newsstand.Entry("x"))

    assert paper(replace(other, **new), newsstand.Entry("x")).new == 1


def renamed(newsstand, *, link: str, guid: str | None = None, text: str | None = None):
    """Three entries without dates; `{n}` in their links and guids is their number."""
    return [
        newsstand.Entry(
            guid and guid.format(n=n), f"{title} at the gates of Low Sluice",
            text or f"{title}: {STORM[:90]}", link.format(n=n), published=None,
        )
        for n, title in enumerate(("A storm", "The ferry", "The council"))
    ]  # fmt: skip


FRONT = "http://gazette.example/"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"link": FRONT + "a/{n}"}, {"link": FRONT + "2025/03/story-{n}.html"}),
        ({"link": FRONT + "a/{n}"}, {"link": "http://news.example/2025/story-{n}"}),
        ({"link": FRONT + "a/{n}", "text": "-"}, {"link": FRONT + "b/c/{n}", "text": "-"}),
        ({"link": FRONT, "guid": "old-{n}"}, {"link": FRONT, "guid": "new-{n}"}),
        (
            {"link": FRONT + "a/{n}", "guid": "old-{n}"},
            {"link": FRONT + "new/a/{n}", "guid": "new-{n}"},
        ),
    ],
    ids=["paths", "paths and host", "titles alone", "guids at the front page", "guids and paths"],
)
def test_a_feed_without_dates_that_names_its_entries_anew_doubles_none(
    library, newsstand, paper, before, after
):
    paper(*renamed(newsstand, **before))
    library.mark_read(library.ids(View("all")))
    moved = renamed(newsstand, **after)

    outcome = paper(newsstand.Entry("x", "Baker"), *reversed(moved))

    assert (outcome.new, outcome.changed) == (1, 0)
    assert library.counts().unread == 1, "and what was read stays so"
    assert paper(*moved).new == 0


def test_a_column_of_the_same_words_on_a_page_of_each_day_is_an_article_each_day(
    library, newsstand, paper
):
    days = [
        newsstand.Entry(
            None, "The crossword of today", "Now online, for all who subscribe.",
            f"{FRONT}puzzles/2025-03-0{n}", published=None,
        )
        for n in (1, 2, 3)
    ]  # fmt: skip

    assert [paper(day).new for day in days] == [1, 1, 1]


def test_a_feed_that_dates_its_entries_when_it_is_asked_doubles_none(
    library, newsstand, paper, monkeypatch
):
    """And gives them neither guids nor addresses."""
    three = bare(newsstand, "Storm", "Ferry", "Council")
    for hour in (8, 10):
        now = MORNING.replace(hour=hour)
        monkeypatch.setenv("BROADSHEET_NOW", now.isoformat())
        paper(*(replace(each, published=now.isoformat()) for each in three))

    assert titles(library) == ["Council", "Ferry", "Storm"]


def test_an_entry_listed_twice_under_two_guids_is_one(library, newsstand, paper):
    two = days(newsstand, 2)
    copies = [replace(each, guid=f"{each.guid}-copy") for each in two]

    assert paper(*two, *copies).new == 2
    assert paper(*copies, *two).new == 0
    assert len(titles(library)) == 2


def test_one_path_on_two_hosts_is_two_entries_while_both_are_listed(library, newsstand, paper):
    [one] = at_host(newsstand, "a.example", "Storm")
    [copy] = at_host(newsstand, "b.example", "Storm")
    paper(one)

    assert paper(copy, one).new == 1


@pytest.mark.parametrize(
    "edit",
    [
        lambda each: replace(each, text=each.text.replace("four", "five")),
        lambda each: replace(each, text=f"{each.text} The hens have been found since."),
        lambda each: replace(each, title="Hens lost in a storm"),
    ],
    ids=["a word", "more", "title"],
)
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "within", "last"])
@pytest.mark.parametrize("link", [None, "http://127.0.0.1/"], ids=["no link", "all one link"])
def test_an_edit_of_an_entry_without_guid_and_address_is_an_edit(
    library, newsstand, paper, edit, place, link
):
    three = bare(newsstand, "Storm", "Ferry", "Council", link=link)
    paper(*three)
    known = library.ids(View("all"))
    library.mark_read(known)
    three[place] = edit(three[place])

    outcome = paper(*bare(newsstand, "Baker", link=link), *three)

    assert (outcome.new, outcome.changed) == (1, 1)
    assert set(known) < set(library.ids(View("all")))
    assert library.counts().unread == 1
    assert paper(*three).new == 0


@pytest.mark.parametrize("titles", [["Storm"] * 3, ["Storm 1", "Storm 2", "Storm 3"]])
@pytest.mark.parametrize(
    ("window", "link"),
    [
        (1, None),
        (2, None),
        (1, "http://127.0.0.1/"),
        (2, "http://127.0.0.1/"),
        (2, "http://127.0.0.1/column"),
    ],
)
@pytest.mark.parametrize("newest_last", [False, True])
def test_a_column_that_reads_much_the_same_each_day_is_an_article_each_day(
    library, newsstand, paper, titles, window, newest_last, link
):
    """As long as the feed tells a new entry from an old one: by where it puts it."""
    days = bare(newsstand, *titles, link=link)
    for day, each in enumerate(days):
        each.text = f"Day {day}: {STORM}" if len(set(titles)) == 1 else STORM
    for last in range(1, len(days) + 1):
        listed = days[max(0, last - window) : last]
        paper(*(listed if newest_last else reversed(listed)))

    assert library.counts().all == 3


def test_what_follows_an_answer_that_broke_off_is_not_another(library, newsstand, paper):
    """What the answer did not come to has not vanished."""
    old, other = at_host(newsstand, "a.example", "Storm", "Ferry")
    [new] = at_host(newsstand, "b.example", "Storm")
    paper(other, old)
    whole = newsstand.rss(new, other, old)
    cut = whole[: whole.index(b"Ferry</title>") - 20]
    newsstand.sell("/f", cut, Content_Length=str(len(whole)))

    [outcome] = library.refresh([newsstand.url("/f")])

    assert outcome.error is not None
    assert outcome.new == 1
