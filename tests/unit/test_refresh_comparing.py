"""A refresh keeps what comes, then compares it; what it has no time for, the next one does."""

from __future__ import annotations

import json

import pytest
from events import told, wording

from reader import cli
from reader.cli import output
from reader.exchange import feeds
from reader.intake import refresh as intake
from reader.library import Library
from reader.model import SourceKind

WAITING = "SELECT count(*) FROM article WHERE story IS NULL"
UNFINDABLE = "SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM article_vec)"


def entries(newsstand, event: str):
    return [
        newsstand.Entry(f"{event} {n}", " ".join(wording(event)[:5]), told(event, str(n)))
        for n in range(3)
    ]


@pytest.fixture
def paper(newsstand):
    """A feed with one event in it."""
    return newsstand.sell("/f", newsstand.rss(*entries(newsstand, "flood")))


@pytest.fixture
def subscribed(library, paper):
    library.cache.sources.add(SourceKind.FEED, paper, paper)
    return paper


@pytest.fixture
def on_terminal(paper, monkeypatch):
    """`broadsheet refresh` as a person at a terminal gives it."""
    monkeypatch.setattr(output, "on_terminal", lambda: True)
    with Library.open() as library:
        library.cache.sources.add(SourceKind.FEED, paper, paper)
    return lambda: cli.main(["refresh"])


def test_what_came_is_in_its_story_when_the_refresh_ends(library, subscribed):
    [outcome] = library.refresh([subscribed])
    assert outcome.new == 3
    assert library.cache.row(WAITING) == (0,)
    assert [len(story.members) for story in library.stories(every=True)] == [3]


def test_one_that_is_ended_before_it_compared_is_made_good_by_the_next(library, subscribed):
    for _ in library.refresh([subscribed]):
        break  # as if it were ended just then
    assert library.cache.row(UNFINDABLE) == (3,)
    [outcome] = library.refresh([subscribed])
    assert outcome.status == "unchanged"
    assert library.cache.row(UNFINDABLE) == (0,)


def test_what_there_is_no_time_for_is_said_and_done_when_asked(on_terminal, capsys, monkeypatch):
    monkeypatch.setattr(intake, "COMPARING_SECONDS", 0.0)
    assert on_terminal() == 0
    said = capsys.readouterr().err
    assert "3 articles are not in a story yet" in said
    assert "`broadsheet refresh --compare`" in said
    with Library.open() as library:
        assert library.cache.row(UNFINDABLE) == (3,)
        assert [len(story.members) for story in library.stories(every=True)] == [3]


def test_nothing_is_said_where_all_are_in_stories(on_terminal, capsys):
    assert on_terminal() == 0
    assert "story" not in capsys.readouterr().err


def test_all_is_compared_before_it_ends_if_the_person_says_so(on_terminal, capsys, monkeypatch):
    monkeypatch.setattr(intake, "COMPARING_SECONDS", 0.0)
    monkeypatch.setattr(intake, "SPARE_SECONDS", 0.0)
    assert on_terminal() == 0
    assert cli.main(["refresh", "--compare"]) == 0
    with Library.open() as library:
        assert library.cache.row(WAITING) == (0,)
        assert [len(story.members) for story in library.stories(every=True)] == [3]


def test_what_was_not_compared_yet_has_its_like_when_that_is_asked(
    on_terminal, capsys, monkeypatch
):
    monkeypatch.setattr(intake, "COMPARING_SECONDS", 0.0)
    assert on_terminal() == 0
    capsys.readouterr()
    assert cli.main(["similar", "1", "--json"]) == 0
    assert {each["id"] for each in json.loads(capsys.readouterr().out)} == {2, 3}


def test_an_import_says_what_it_had_no_time_to_compare(own_home, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(feeds, "COMPARING_SECONDS", 0.0)
    file = tmp_path / "articles.jsonl"
    lines = [{"id": f"a{n}", "title": f"Gate {n}", "text": f"Gate {n} stuck."} for n in range(3)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))

    assert cli.main(["import", str(file)]) == 0
    assert "3 articles are not in a story yet" in capsys.readouterr().err
    assert cli.main(["refresh", "--compare"]) == 0
    assert cli.main(["import", str(file)]) == 0
    assert "story" not in capsys.readouterr().err
