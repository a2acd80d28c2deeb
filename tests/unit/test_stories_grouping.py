"""Articles on one event come together, whatever their order; a person's word on it is the last."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from events import Newsroom, told, wording
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import stories
from reader.errors import NothingFound
from reader.library import Library
from reader.model import SourceKind, View
from reader.store import schema
from reader.stories.linking import linked

FLOOD = ("flood:gazette", "flood:herald", "flood:mail")
CHESS = ("chess:gazette", "chess:herald")


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom.at(tmp_path / "room.db")
    yield room
    room.library.close()


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Newsroom]:
    """Articles without a feed to vouch for their day."""
    room = Newsroom.at(tmp_path / "files.db", SourceKind.FOLDER)
    yield room
    room.library.close()


@pytest.fixture
def two_stories(newsroom: Newsroom) -> Newsroom:
    for name in (*FLOOD, *CHESS):
        newsroom.arrive(name)
    return newsroom


def test_articles_on_one_event_are_one_story(two_stories):
    assert two_stories.groups() == {frozenset(FLOOD), frozenset(CHESS)}


def test_every_article_is_in_exactly_one_story(two_stories):
    two_stories.arrive("weather:gazette")
    two_stories.arrive("nothing:gazette", text="", title="Only a headline")
    members = [m.id for story in two_stories.library.stories(every=True) for m in story.members]
    assert sorted(members) == sorted(two_stories.id_of.values())
    assert {two_stories.story_of(name) for name in FLOOD} == {two_stories.story_of(FLOOD[0])}


def test_a_list_row_knows_its_story(two_stories):
    library = two_stories.library
    [row] = library.headlines([two_stories.id_of["flood:mail"]])
    assert row.story is not None
    assert row.id in [member.id for member in library.story(row.story).members]


def test_the_order_of_arrival_does_not_matter(tmp_path):
    seen = set()
    for number, order in enumerate(permutations((*FLOOD, "chess:gazette"))):
        if number % 4:
            continue
        room = Newsroom.at(tmp_path / f"{number}.db")
        for name in order:
            room.arrive(name)
        seen.add(frozenset(room.groups()))
        room.library.close()
    assert seen == {frozenset({frozenset(FLOOD), frozenset({"chess:gazette"})})}


def test_a_story_is_named_by_the_title_most_like_the_others(newsroom):
    usual = " ".join(wording("flood")[:6])
    for name in FLOOD:
        newsroom.arrive(name, title=f"{usual} {name.partition(':')[2]}")
    newsroom.arrive("flood:weekly", title="What a week it has been")
    [story] = newsroom.library.stories(every=True)
    assert usual in story.label


@pytest.mark.parametrize("first", ["Update", "Flood drowns the valley of Tarn"])
def test_of_two_titles_that_have_no_word_in_common_the_fuller_names_the_story(newsroom, first):
    titles = {"Update", "Flood drowns the valley of Tarn"}
    newsroom.arrive("flood:gazette", title=first)
    newsroom.arrive("flood:herald", title=(titles - {first}).pop())
    [story] = newsroom.library.stories(every=True)
    assert story.label == "Flood drowns the valley of Tarn"


def test_months_later_it_is_another_story(newsroom):
    newsroom.arrive("flood:gazette", "2026-03-03")
    newsroom.arrive("flood:herald", "2026-05-03")
    assert len(newsroom.groups()) == 2


def test_a_copy_joins_whatever_its_day(newsroom):
    text = told("flood", "gazette", 400)
    newsroom.arrive("flood:gazette", "2026-03-03", text=text)
    newsroom.arrive("flood:archive", "2019-05-03", text=text)
    assert len(newsroom.groups()) == 1


def test_an_entry_without_a_day_counts_as_of_the_day_it_was_fetched(newsroom, monkeypatch):
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-04T10:00:00Z")
    newsroom.arrive("flood:gazette", "2026-03-03", text=told("flood", "gazette", own=0.7))
    newsroom.arrive("flood:herald", None, text=told("flood", "herald", own=0.7))
    assert len(newsroom.groups()) == 1
    monkeypatch.setenv("BROADSHEET_NOW", "2026-09-04T10:00:00Z")
    newsroom.arrive("flood:mail", None, text=told("flood", "mail", own=0.7))
    assert len(newsroom.groups()) == 2


@pytest.mark.parametrize(("day", "stories_told"), [("2026-03-03", 1), (None, 2)])
def test_a_file_without_a_day_joins_only_what_is_more_alike(files, day, stories_told):
    for name, its_day in (("flood:gazette", "2026-03-03"), ("flood:herald", day)):
        text = told("flood", name, own=0.65)
        files.arrive(name, its_day, title=f"As {name} has it", text=text)
    assert len(files.groups()) == stories_told


def test_files_without_a_day_that_are_very_alike_are_one_story(files):
    for name in FLOOD:
        files.arrive(name, None, title=f"As {name} has it")
    assert files.groups() == {frozenset(FLOOD)}


def test_headlines_alone_are_never_grouped(newsroom):
    title = " ".join(wording("flood")[:7])
    for name in FLOOD:
        newsroom.arrive(name, title=title, text="")
    newsroom.arrive("flood:teaser", title=title, text="Read more on our site.")
    newsroom.arrive("flood:other", title=title, text="Read more on our site.")
    assert len(newsroom.groups()) == 5


def test_an_article_never_joins_a_story_in_another_language(newsroom):
    names = wording("flood")
    english = "It was said that the {} and this was the end of it, for they have all been."
    german = "Es hieß, dass die {} und das war das Ende, denn sie sind nicht mehr bei uns."
    newsroom.arrive("flood:gazette", text=english.format(" and ".join(names)), language="en")
    newsroom.arrive("flood:herald", text=english.format(" the ".join(names[::-1])), language="en")
    german = german.format(" und ".join(sorted(names)))
    newsroom.arrive("flood:zeitung", text=german, language="de")
    assert newsroom.groups() == {
        frozenset({"flood:gazette", "flood:herald"}),
        frozenset({"flood:zeitung"}),
    }


def test_what_a_page_declares_does_not_part_texts_of_one_language(newsroom):
    text = "It was said that the {} and this was the end of it, for they have all been there."
    for name, declared in (("flood:a", "en-US"), ("flood:b", "de"), ("flood:c", None)):
        words = " ".join(wording("flood")) + " " + name
        newsroom.arrive(name, text=text.format(words), language=declared)
    assert len(newsroom.groups()) == 1


def test_chinese_reports_come_together(newsroom):
    report = "周二晚上河水漫过堤岸消防员从老城区救出两百名居民市长表示上游的水坝没有倒塌"
    newsroom.arrive("洪水:甲", title="洪水淹没老城", text=report + "学校停课到星期五。")
    newsroom.arrive("洪水:乙", title="老城被洪水淹没", text="记者获悉" + report + "铁路中断。")
    newsroom.arrive("棋赛:甲", title="女孩赢得棋赛", text="十一岁的女孩在公开赛中击败三位特级大师")
    assert {len(group) for group in newsroom.groups()} == {1, 2}


def test_arriving_again_changes_nothing(two_stories):
    before = two_stories.state()
    for name in reversed((*FLOOD, *CHESS)):
        two_stories.arrive(name)
    assert two_stories.state() == before


def test_a_corrected_article_goes_where_its_new_text_belongs(two_stories):
    id = two_stories.arrive("chess:herald", text=told("flood", "herald again"))
    assert two_stories.id_of["chess:herald"] == id
    assert two_stories.groups() == {
        frozenset({*FLOOD, "chess:herald"}),
        frozenset({"chess:gazette"}),
    }


def test_a_forgotten_article_leaves_its_story_and_comes_back(two_stories):
    library = two_stories.library
    with library.cache.write() as conn:
        stories.forget(conn, two_stories.id_of["flood:mail"])
    assert library.headlines([two_stories.id_of["flood:mail"]])[0].story is None
    assert two_stories.groups() == {frozenset(FLOOD), frozenset(CHESS)}  # looking catches up


def test_what_is_deleted_is_out_of_its_story_and_its_label(two_stories):
    library = two_stories.library
    story = library.story(two_stories.story_of("flood:mail"))
    named_by = next(m.id for m in story.members if m.title == story.label)
    library.delete([named_by])
    left = library.story(story.id)
    assert len(left.members) == 2
    assert left.label in [member.title for member in left.members]
    library.undo()
    assert library.story(story.id) == story


def test_a_story_of_nothing_but_deleted_articles_is_not_there(two_stories):
    story = two_stories.story_of("chess:herald")
    two_stories.library.delete([two_stories.id_of[name] for name in CHESS])
    with pytest.raises(NothingFound, match=f"there is no story {story}"):
        two_stories.library.story(story)


def test_without_all_only_stories_of_the_last_week(newsroom, monkeypatch):
    newsroom.arrive("flood:gazette", "2026-03-03")
    newsroom.arrive("chess:gazette", "2026-03-20")
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-22T10:00:00Z")
    library = newsroom.library
    assert [story.members[0].guid for story in library.stories()] == ["chess:gazette"]
    assert len(library.stories(every=True)) == 2
    word = wording("flood")[0]
    assert library.stories(View("query", word)) == []
    [found] = library.stories(View("query", word), every=True)
    assert found.members[0].guid == "flood:gazette"


def test_new_counts_what_is_unread(two_stories):
    library = two_stories.library
    library.mark_read([two_stories.id_of["flood:mail"]])
    assert library.story(two_stories.story_of("flood:mail")).new == 2


# What a person decides.


def test_an_article_that_was_parted_stays_away(two_stories):
    library = two_stories.library
    mail = two_stories.id_of["flood:mail"]
    assert library.split(mail) == f"Took “{library.article(mail).title}” out of its story"
    apart = {frozenset(FLOOD[:2]), frozenset({"flood:mail"}), frozenset(CHESS)}
    assert two_stories.groups() == apart
    two_stories.arrive("flood:mail", text=told("flood", "mail", 200))
    two_stories.arrive("flood:post")
    with library.cache.write() as conn:
        stories.rebuild(conn)
    assert two_stories.story_of("flood:mail") != two_stories.story_of("flood:gazette")
    assert two_stories.story_of("flood:herald") == two_stories.story_of("flood:gazette")


def test_stories_that_were_merged_stay_together(two_stories):
    library = two_stories.library
    flood, chess = two_stories.story_of("flood:mail"), two_stories.story_of("chess:herald")
    assert library.merge(flood, chess) == "Made one story of 5 articles"
    assert library.story(flood).new == 5
    with pytest.raises(NothingFound):
        library.story(chess)
    two_stories.arrive("flood:post")
    two_stories.arrive("chess:post")
    two_stories.arrive("chess:herald", text=told("chess", "herald", 200))
    with library.cache.write() as conn:
        stories.rebuild(conn)
    assert len({two_stories.story_of(name) for name in (*FLOOD, *CHESS)}) == 1


def test_the_last_word_holds(two_stories):
    library = two_stories.library
    mail = two_stories.id_of["flood:mail"]
    library.split(mail)
    library.merge(two_stories.story_of("flood:gazette"), two_stories.story_of("flood:mail"))
    assert frozenset(FLOOD) in two_stories.groups()
    library.split(mail)
    with library.cache.write() as conn:
        stories.rebuild(conn)
    assert frozenset({"flood:mail"}) in two_stories.groups()


def test_what_cannot_be_parted_or_merged_says_so(two_stories):
    library = two_stories.library
    two_stories.arrive("weather:gazette")
    alone, lone_story = (
        two_stories.id_of["weather:gazette"],
        two_stories.story_of("weather:gazette"),
    )
    assert library.split(alone) == "Nothing to change: it was so already"
    assert library.merge(lone_story, lone_story) == "Nothing to change: it was so already"
    assert library.undo() is None
    with pytest.raises(NothingFound, match="there is no article 999"):
        library.split(999)
    with pytest.raises(NothingFound, match="there is no story 999"):
        library.merge(lone_story, 999)


def test_undo_after_an_erased_member_restores_the_rest(two_stories):
    library = two_stories.library
    before = two_stories.groups()
    library.merge(two_stories.story_of("flood:mail"), two_stories.story_of("chess:herald"))
    with library.cache.write() as conn:
        conn.execute("DELETE FROM article WHERE id = ?", (two_stories.id_of["flood:mail"],))
    library.undo()
    assert two_stories.groups() == {group - {"flood:mail"} for group in before}


ACTS = st.lists(st.tuples(st.booleans(), st.integers(0, 99), st.integers(0, 99)), max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=ACTS)
def test_any_acts_are_taken_back_one_by_one(tmp_path_factory, acts):
    room = Newsroom.at(tmp_path_factory.mktemp("acts") / "room.db")
    for name in (*FLOOD, *CHESS):
        room.arrive(name)
    states = [room.state()]
    names = list(room.id_of)
    for parts, one, other in acts:
        a, b = names[one % len(names)], names[other % len(names)]
        if parts:
            room.library.split(room.id_of[a])
        else:
            room.library.merge(room.story_of(a), room.story_of(b))
        if room.state() != states[-1]:
            states.append(room.state())
    for state in reversed(states[:-1]):
        assert room.library.undo()
        assert room.state() == state
    assert room.library.undo() is None
    assert all(check.ok for check in room.library.doctor())
    room.library.close()


@settings(max_examples=60, deadline=None)
@given(
    near=st.dictionaries(
        st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]),
        st.integers(0, 1000).map(lambda thousandths: thousandths / 1000),
    ),
    apart=st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5),
    seed=st.integers(0, 99),
)
def test_linking_depends_on_likenesses_alone(near, apart, seed):
    units = [[n] for n in range(9)] + [[9, 10]]
    apart = {pair for pair in apart if pair[0] != pair[1]}
    groups = linked(units, near, apart, 0.3)
    random.Random(seed).shuffle(units)
    shuffled = list(near.items())
    random.Random(seed).shuffle(shuffled)
    assert linked(units, dict(shuffled), apart, 0.3) == groups
    assert sorted(id for group in groups for id in group) == list(range(11))
    home = {id: at for at, group in enumerate(groups) for id in group}
    assert home[9] == home[10]
    assert all(home[a] != home[b] for a, b in apart)


def test_a_cache_from_before_stories_is_grouped_when_first_asked(newsroom, tmp_path):
    for name in (*FLOOD, *CHESS):
        newsroom.arrive(name)
    path = newsroom.library.path
    with newsroom.library.cache.write() as conn:
        conn.execute("UPDATE article SET story = NULL")
        for table in ("story", "story_facts", "likeness", "story_bond", "story_rift"):
            conn.execute(f"DROP TABLE {table}")
        for index in ("article_story", "article_waiting"):
            conn.execute(f"DROP INDEX {index}")
        conn.execute(
            "DELETE FROM _sqlite_migrations WHERE name IN ('third', 'seventh', 'fourteenth')"
        )
        conn.execute("PRAGMA user_version = 2")
    newsroom.library.close()
    with Library.open(path) as later:
        assert later.cache.row("PRAGMA user_version") == (schema.FORMAT,)
        assert sorted(len(story.members) for story in later.stories(every=True)) == [2, 3]


def test_a_cache_that_can_only_be_read_shows_what_was_grouped(two_stories):
    with Library.open(two_stories.library.path, readonly=True) as reading:
        assert len(reading.stories(every=True)) == 2


def test_what_was_tied_and_deleted_comes_back_to_its_story(two_stories):
    library = two_stories.library
    library.merge(two_stories.story_of("flood:mail"), two_stories.story_of("chess:herald"))
    library.delete([two_stories.id_of["chess:herald"]])
    two_stories.arrive("chess:post")
    two_stories.arrive("flood:mail", text=told("flood", "mail", 200))
    library.undo()
    assert two_stories.story_of("chess:herald") == two_stories.story_of("flood:mail")
