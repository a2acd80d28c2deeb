"""The front page: what stands on it, in which order, and when a story is done with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from events import told

from reader import stories
from reader.config import Config, Feed
from reader.library import Library
from reader.model import Cleaned, SourceKind, When
from reader.store import Incoming
from reader.stories import front, visits
from reader.stories.front import New, Piece
from reader.text import frontwords

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
STAMP = int(NOW.timestamp())
HOUR = 3600
NEWS = (
    "The minister of transport, Tove Arnesdal, resigned on Tuesday because 41 houses stood under "
    "water. An inquiry that is led by a judge from Kellmouth will report in March."
)


def piece(id: int, story: int = 1, **facts) -> Piece:
    """An article of so many hours ago, by a paper of its own."""
    at = STAMP - facts.pop("hours", 1) * HOUR
    given = {
        "source": id,
        "place": f"Paper {id}",
        "url": None,
        "title": f"Something happened, number {id}",
        "sorted_at": at,
        "fresh_at": at,
        "unread": True,
        "words": 400,
        "minutes": 2,
        "settles": None,
    } | facts
    return Piece(id=id, story=story, **given)


def page(*pieces: Piece, fresh=None, copy_of=None, counted=None):
    wanted = {each.id for each in pieces} if fresh is None else fresh
    return front.ranked(pieces, wanted, copy_of or {}, STAMP, counted or {})


class TestRanking:
    def test_what_more_papers_tell_stands_higher(self):
        found = page(piece(1, 1), piece(2, 2), piece(3, 2), piece(4, 3), piece(5, 3), piece(6, 3))
        assert [story.story for story in found] == [3, 2, 1]

    def test_near_copies_count_as_one_paper(self):
        copied = [piece(1, 1), piece(2, 1), piece(3, 1)]
        found = page(*copied, piece(4, 2), piece(5, 2), copy_of={2: 1, 3: 1})
        assert [story.story for story in found] == [2, 1]
        assert found[1].hands == ("Paper 1",)
        assert found[1].copies == 2

    def test_one_hand_counts_once_by_its_name_or_its_host(self):
        named = [piece(1, place="The Gazette"), piece(2, place="the gazette")]
        hosted = [
            piece(3, 2, url="https://www.paper.example/a"),
            piece(4, 2, url="http://paper.example/b"),
        ]
        shared = [
            piece(5, 3, url="https://medium.com/@ann/a"),
            piece(6, 3, url="https://medium.com/@bo/b"),
        ]
        hands = {story.story: story.hands for story in page(*named, *hosted, *shared)}
        assert hands == {1: ("The Gazette",), 2: ("Paper 3",), 3: ("Paper 5", "Paper 6")}

    def test_who_copies_from_two_papers_does_not_make_them_one(self):
        told = [piece(1, place="The Gazette"), piece(2, place="The Herald")]
        wire = [piece(3, place="Copies"), piece(4, place="Copies")]
        [story] = page(*told, *wire, copy_of={3: 1, 4: 2})
        assert story.hands == ("The Gazette", "The Herald")

    def test_what_is_recent_stands_before_what_is_old(self):
        found = page(piece(1, 1, hours=30), piece(2, 2, hours=2))
        assert [story.story for story in found] == [2, 1]

    def test_a_story_that_several_tell_holds_out_longer(self):
        many = [piece(id, 1, hours=24) for id in (1, 2, 3, 4)]
        assert [story.story for story in page(*many, piece(5, 2))] == [1, 2]

    def test_of_a_story_one_follows_only_what_is_new_counts(self):
        followed = [piece(1, 1, unread=False), piece(2, 1)]
        found = page(*followed, piece(3, 2), piece(4, 2), counted={2: New(3, 60)})
        assert [story.story for story in found] == [2, 1]
        assert found[1].new == New(3, 60)

    def test_the_order_of_what_came_together_is_that_of_its_dates(self):
        found = page(
            piece(1, 1, fresh_at=STAMP - 9, sorted_at=STAMP - 9 * HOUR),
            piece(2, 2, fresh_at=STAMP - 90, sorted_at=STAMP - 2 * HOUR),
        )
        assert [story.story for story in found] == [2, 1]


class TestHeadlines:
    def test_the_title_that_says_most_of_what_all_say_names_the_story(self):
        titles = [
            "Bridge shut",
            "Harbour bridge shut until spring after storm damage",
            "What now for the harbour?",
        ]
        [story] = page(*(piece(n, title=title) for n, title in enumerate(titles, 1)))
        assert story.named_by.title == titles[1]

    def test_of_full_articles_the_best_is_the_one_that_names_the_story(self):
        titles = [
            "Harbour bridge shut until spring",
            "Pupils lose an hour",
            "Bridge shut until May",
        ]
        [story] = page(*(piece(n, title=title, hours=9 - n) for n, title in enumerate(titles, 1)))
        assert story.best.id == story.named_by.id == 1

    def test_a_row_opens_the_article_whose_headline_it_shows(self):
        named = piece(1, words=287, hours=9, names=True)
        fuller = piece(2, title="Bridge shut until May", words=413)
        [story] = page(named, fuller)
        assert story.best.id == story.named_by.id == 1

    def test_it_opens_the_text_under_which_that_article_is_folded(self):
        named = piece(2, words=380, names=True)
        [story] = page(piece(1), named, piece(3, words=900), copy_of={2: 1})
        assert story.best.id == 1

    def test_where_that_article_is_a_mere_beginning_it_opens_the_latest_of_the_full_ones(self):
        beginning = piece(4, words=60, names=True)
        [story] = page(
            piece(1, words=900, hours=9),
            piece(2, words=850, hours=5),
            piece(3, words=90),
            beginning,
        )
        assert story.best.id == 2

    def test_length_beyond_what_is_enough_is_no_merit(self):
        [story] = page(
            piece(1, words=9_000, hours=9),
            piece(2, words=1_200, hours=5),
            piece(3, words=0, names=True),
        )
        assert story.best.id == 2


class TestSettling:
    def test_who_read_the_best_article_is_done_with_the_story(self):
        best = piece(1, words=900, unread=False, settles=3)
        assert page(best, piece(2, words=300), piece(3, words=200)) == []

    def test_who_read_the_article_that_names_it_is_done_though_another_is_fuller(self):
        named = piece(1, words=287, names=True, unread=False, settles=2)
        assert page(named, piece(2, words=413)) == []

    def test_who_read_the_fullest_is_done_too(self):
        fullest = piece(2, words=413, unread=False, settles=2)
        assert page(piece(1, words=287, names=True), fullest) == []

    def test_who_read_the_article_that_named_it_then_is_done_though_a_later_one_names_it_now(self):
        named = piece(1, title="Dam fails", words=287, unread=False, settles=2, named=1)
        fuller = piece(2, title="Thousands flee as the dam on the Orme fails", words=413)
        later = piece(3, title="Inquiry into the dam opens", names=True)
        [story] = page(named, fuller, later, counted={2: New(4, 90), 3: New(6, 90)})
        assert [each.id for each in story.news] == [3]

    def test_where_the_article_that_names_it_tells_less_than_half_the_rest_is_still_news(self):
        named = piece(1, words=387, names=True, unread=False, settles=2)
        [story] = page(named, piece(2, words=954), counted={2: New(26, 600)})
        assert (story.best.id, story.new) == (2, New(26, 600))

    def test_who_read_another_one_is_not(self):
        [story] = page(piece(1, words=900), piece(2, words=300, unread=False, settles=2))
        assert story.best.id == 1
        assert story.read == (2,)

    def test_an_article_that_comes_later_brings_the_story_back(self):
        best = piece(1, words=900, unread=False, settles=2)
        [story] = page(best, piece(2, words=300), piece(3, words=300), fresh={3})
        assert [piece.id for piece in story.news] == [3]

    def test_a_later_copy_of_what_was_read_does_not(self):
        read = piece(1, unread=False, settles=1)
        assert page(read, piece(2), copy_of={2: 1}) == []

    def test_a_copy_that_holds_much_more_does(self):
        read = piece(1, words=100, unread=False, settles=1)
        [story] = page(read, piece(2, words=900), copy_of={1: 2})
        assert story.best.id == 2

    def test_an_article_without_anything_new_does_not(self):
        read = piece(1, words=100, unread=False, settles=1)
        assert page(read, piece(2, words=300), counted={2: New(0, 0)}) == []

    def test_the_article_with_most_news_is_read_first(self):
        read = piece(1, words=100, unread=False, settles=1)
        counted = {2: New(1, 30), 3: New(5, 90)}
        [story] = page(read, piece(2, words=900), piece(3, words=300), counted=counted)
        assert story.best.id == 3


class TestVisits:
    DAY = 24 * HOUR

    def test_who_was_never_here_sees_everything(self):
        assert visits.since(None, STAMP) == visits.Visit(0, None)
        assert visits.since({"since": "?", "last": [1]}, STAMP) == visits.Visit(0, None)

    def test_a_short_absence_is_the_same_visit(self):
        kept = visits.visited(None, STAMP - self.DAY, 50)
        kept = visits.visited(kept, STAMP - HOUR, 70)
        assert visits.since(kept, STAMP) == visits.Visit(50, STAMP - self.DAY)

    def test_a_long_one_begins_another(self):
        kept = visits.visited(None, STAMP - self.DAY, 50)
        assert visits.since(kept, STAMP) == visits.Visit(50, STAMP - self.DAY)


@pytest.fixture
def paper(library, monkeypatch):
    """Publish in a feed, so many hours before now, at the time it was published."""
    monkeypatch.setenv("BROADSHEET_NOW", NOW.isoformat())

    def publish(
        event: str, paper: str, hours: float = 1, kind=SourceKind.FEED, seen=None, news: str = ""
    ) -> int:
        source = library.cache.sources.add(kind, f"https://{paper}.example/feed", paper.title())
        at = NOW - timedelta(hours=hours)
        text = " ".join((told(event, paper), news))
        cleaned = Cleaned(
            f"{event} in {paper}",
            text,
            text,
            "html",
            published=When(at.isoformat()),
            words=len(text.split()),
            minutes=2,
        )
        incoming = Incoming(f"{event} {paper}", cleaned, seen=seen or at)
        arrival = library.cache.articles.keep(source.id, incoming)
        with library.cache.write() as conn:
            stories.index(conn, arrival.id, cleaned.title, text, at.toordinal())
        return arrival.id

    return publish


def name_after(library: Library, article: int) -> None:
    """Name the story of an article after it, as grouping does when it tells a development."""
    named = "UPDATE story SET headline = ?1 WHERE id = (SELECT story FROM article WHERE id = ?1)"
    with library.cache.write() as conn:
        conn.execute(named, (article,))


def on_page(library: Library, *asked, **named) -> list[int]:
    return [story.article for story in library.front(*asked, **named).stories]


class TestThePage:
    def test_an_event_stands_once_however_many_tell_it(self, library, paper):
        first = paper("flood", "herald", 3)
        paper("flood", "gazette", 2)
        chess = paper("chess", "gazette", 1)
        found = library.front("week")
        assert [story.article for story in found.stories] == [first, chess]
        assert found.stories[0].sources == ("Herald", "Gazette")
        assert found.minutes == 4

    def test_reading_the_best_article_settles_it_and_marking_it_unread_brings_it_back(
        self, library, paper
    ):
        best = paper("flood", "herald", 3)
        paper("flood", "gazette", 2)
        library.saw(best)
        assert on_page(library, "week") == []
        library.mark_read([best], read=False)
        assert on_page(library, "week") == [best]

    def test_it_stays_settled_when_another_article_lends_the_name_later(self, library, paper):
        paper("flood", "herald", 3, news=NEWS * 5)
        first = paper("flood", "gazette", 2)
        name_after(library, first)
        library.mark_read([first])
        assert on_page(library, "week") == []
        later = paper("flood", "times", 1, news=NEWS)
        name_after(library, later)
        [found] = library.front("week").stories
        assert (found.article, found.news) == (later, (later,))

    def test_undo_brings_a_story_back_that_was_marked_read(self, library, paper):
        best = paper("flood", "herald", 3)
        paper("flood", "gazette", 2)
        library.mark_read([best])
        assert on_page(library, "week") == []
        library.undo()
        assert on_page(library, "week") == [best]

    def test_what_came_later_brings_it_back(self, library, paper):
        library.saw(paper("flood", "herald", 3))
        later = paper("flood", "gazette", 1)
        assert on_page(library, "week") == [later]

    def test_an_edit_of_what_was_read_comes_back_with_what_it_brought(
        self, library, paper, monkeypatch
    ):
        id = paper("flood", "herald", 3)
        library.saw(id)
        library.showed(id, [(0, 100_000)])
        library.visited(id)
        assert on_page(library, "week") == []

        monkeypatch.setenv("BROADSHEET_NOW", (NOW + timedelta(hours=5)).isoformat())
        assert paper("flood", "herald", 3, news=NEWS) == id

        for period in ("since", "week"):
            [story] = library.front(period, counted=True).stories
            assert (story.article, story.edited, story.new) == (id, True, 2)
            assert frontwords.story_in_words(story).startswith("edited · 2 new sentences · ")
            assert story.newest == NOW + timedelta(hours=5)
        library.showed(id, [(0, 100_000)])
        assert on_page(library, "week") == []

    def test_an_edit_that_says_nothing_new_leaves_the_page_once_it_was_counted(
        self, library, paper, monkeypatch
    ):
        id = paper("flood", "herald", 3, news=NEWS)
        library.mark_read([id])
        monkeypatch.setenv("BROADSHEET_NOW", (NOW + timedelta(hours=5)).isoformat())
        paper("flood", "herald", 3, news=NEWS[: NEWS.index(" An inquiry")])
        assert library.article(id).headline.is_edited_since
        library.front("week", counted=True)
        assert on_page(library, "week") == []

    def test_of_a_story_an_edited_article_goes_before_a_copy_that_adds_nothing(
        self, library, paper, monkeypatch
    ):
        first, second = paper("flood", "herald", 4), paper("flood", "gazette", 3)
        library.mark_read([first, second])
        monkeypatch.setenv("BROADSHEET_NOW", (NOW + timedelta(hours=5)).isoformat())
        paper("flood", "herald", 4, news=NEWS)
        [story] = library.front("week", counted=True).stories
        assert (story.article, story.edited, story.news) == (first, True, (first,))

    def test_an_old_edit_does_not_come_back_and_one_before_the_visit_neither(
        self, library, paper, monkeypatch
    ):
        id = paper("flood", "herald", 3)
        library.mark_read([id])
        paper("flood", "herald", 3, news=NEWS)
        assert on_page(library, "week") == [id]
        library.visited(id)
        monkeypatch.setenv("BROADSHEET_NOW", (NOW + timedelta(hours=9)).isoformat())
        assert on_page(library, "since") == []
        monkeypatch.setenv("BROADSHEET_NOW", (NOW + timedelta(days=9)).isoformat())
        assert on_page(library, "week") == []

    def test_today_is_of_today_and_the_week_of_seven_days(self, library, paper, monkeypatch):
        monkeypatch.setenv("TZ", "UTC")
        old = paper("chess", "herald", 24 * 8)
        week = paper("flood", "herald", 30)
        today = paper("storm", "herald", 2)
        assert on_page(library, "today") == [today]
        assert on_page(library, "week") == [today, week]
        everything = on_page(library, "since", config=Config(front_days=30))
        assert everything == [today, week, old]

    def test_articles_age_off_the_page_as_their_source_is_set(self, library, paper):
        deal = paper("deal", "bargains", 30)
        news = paper("flood", "herald", 30)
        settings = Config(source={"https://bargains.example/feed": Feed(front_days=1)})
        assert on_page(library, "week", config=settings) == [news]
        assert set(on_page(library, "week", config=Config())) == {news, deal}
        off = Config(source={"https://herald.example/feed": Feed(front_days=0)})
        assert on_page(library, "week", config=off) == [deal]
        assert library.counts().all == 2

    def test_what_a_person_brought_is_as_fresh_as_the_day_it_came(self, library, paper):
        brought = paper("old", "essays", 24 * 900, SourceKind.FILE, seen=NOW)
        assert on_page(library, "today") == [brought]

    def test_since_the_last_visit_is_what_came_after_it(self, library, paper, monkeypatch):
        first = paper("flood", "herald", 30)
        library.visited(first)
        second = paper("storm", "herald", 2)
        monkeypatch.setenv("BROADSHEET_NOW", (NOW + timedelta(hours=20)).isoformat())
        found = library.front("since")
        assert [story.article for story in found.stories] == [second]
        assert found.since == NOW

    def test_a_page_holds_so_many_and_says_how_many_more_there_are(self, library, paper):
        for n, event in enumerate(("flood", "chess", "storm", "ballot", "harvest")):
            paper(event, f"paper {n}", n)
        found = library.front("week", 3)
        assert (len(found.stories), found.more) == (3, 2)

    def test_what_is_new_is_counted_once_and_again_after_reading_more(
        self, library, paper, monkeypatch
    ):
        seen = paper("flood", "herald", 9)
        library.saw(seen)
        paper("flood", "gazette", 5, news=NEWS)
        asked = []
        sentences = Library.sentences
        monkeypatch.setattr(
            Library, "sentences", lambda self, id: asked.append(id) or sentences(self, id)
        )
        [story] = library.front("week", counted=True).stories
        assert story.new is not None
        assert story.new > 0
        library.front("week", counted=True)
        assert len(asked) == 1
        third = paper("flood", "courier", 2, news=NEWS)
        library.front("week", counted=True)
        assert asked.count(third) == 1
        library.mark_read([story.article])
        library.mark_read([story.article], read=False)
        library.front("week", counted=True)
        assert len(asked) == 2

    def test_a_summary_is_the_sources_own_or_how_the_article_begins(self, library, paper, press):
        bare = paper("flood", "herald")
        given = press.id_of("g", summary="The river rose.")
        said = library.quick_summaries([bare, given])
        assert said[given] == "The river rose."
        assert library.article(bare).text.replace("\n", " ").startswith(said[bare])

    def test_a_page_of_nothing_is_empty(self, library):
        found = library.front()
        assert (found.stories, found.more, found.minutes) == ((), 0, 0)
