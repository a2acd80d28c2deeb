"""`front`, as a script and a person meet it."""

from __future__ import annotations

import json

import pytest
from events import told
from test_cli_stories import ask, edition, say  # noqa: F401  (fixtures)


@pytest.fixture
def week(edition):  # noqa: F811
    """An edition of which four articles came now."""
    return edition


def test_each_event_stands_once_the_one_that_more_papers_tell_first(week, ask):  # noqa: F811
    found = ask("front")
    assert (found["period"], found["since"]) == ("since", None)
    assert (found["count"], found["more"]) == (len(found["stories"]), 0)
    flood = found["stories"][0]
    assert len(flood["articles"]) == 3
    assert flood["article"] in flood["articles"]
    assert (flood["copies"], len(flood["sources"])) == (1, 2)
    assert found["minutes"] == sum(story["minutes"] for story in found["stories"])


def test_a_headline_is_that_of_the_article_it_opens(own_home, ask, say):  # noqa: F811
    say("add", "--sample")
    stories = ask("front")["stories"]
    opened = [ask("read", str(story["article"]))["title"] for story in stories]
    assert opened == [story["headline"] for story in stories]


def test_a_story_leaves_when_its_best_article_was_read(week, ask, say):  # noqa: F811
    before = ask("front", "--week")
    flood = before["stories"][0]
    assert say("mark", "read", str(flood["article"]))[0] == 0
    after = ask("front", "--week")
    assert flood["id"] not in [story["id"] for story in after["stories"]]
    assert after["count"] == before["count"] - 1
    assert say("undo")[0] == 0
    assert ask("front", "--week") == before


def test_of_a_story_partly_read_the_new_sentences_are_counted(week, ask, say):  # noqa: F811
    flood = ask("front")["stories"][0]
    assert flood["new_sentences"] is None
    full = "The river fell again. The minister resigned on Tuesday because 41 houses stood in it."
    text = f"{told('flood', 'late', own=0.1)} {full}"
    later = {"id": "f4", "title": "Flood", "source": "late", "text": text}
    week.write_text(json.dumps(later | {"published": "2026-03-05"}) + "\n")
    say("mark", "read", str(flood["articles"][0]))
    say("import", str(week))
    [again] = [story for story in ask("front")["stories"] if story["id"] == flood["id"]]
    assert again["new_sentences"] > 0
    assert again["minutes"] == 1


def test_they_are_counted_however_many_articles_of_it_are_unread(week, ask, say):  # noqa: F811
    papers = ("echo", "mail", "post", "star", "times", "wire")
    lines = [
        {"id": paper, "title": "Flood", "source": paper, "published": "2026-03-05"}
        | {"text": f"{told('flood', paper)} In {paper.title()} {n + 20} houses stood in water."}
        for n, paper in enumerate(papers)
    ]
    flood = ask("front")["stories"][0]
    say("mark", "read", str(flood["articles"][0]))
    week.write_text("\n".join(map(json.dumps, lines)))
    say("import", str(week))
    [again] = [story for story in ask("front")["stories"] if story["id"] == flood["id"]]
    assert len(again["unread"]) > len(papers) - 2
    assert again["new_sentences"] > 0


def test_json_lines_give_a_story_a_line(week, say, ask):  # noqa: F811
    code, out, _ = say("front", "--jsonl")
    assert code == 0
    assert [json.loads(line) for line in out.splitlines()] == ask("front")["stories"]


def test_in_words_it_reads_like_a_front_page(week, say):  # noqa: F811
    code, out, _ = say("front")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "Everything that came"
    assert lines[1].startswith("3 stories · ")
    assert "2 sources · 1 copy" in out
    assert "broadsheet read " in out
    assert lines[-1] == "That is all."
    more = "2 more stories are not on this page: `-n 0` lists all.\n"
    assert say("front", "--limit", "1")[1].endswith(more)


def test_when_nothing_is_new_it_says_so(week, say):  # noqa: F811
    say("mark", "read", "is:unread")
    code, out, err = say("front", "--today")
    assert (code, out) == (0, "")
    assert "Today: nothing new" in err


def test_an_empty_cache_says_how_to_begin(say):  # noqa: F811
    code, out, err = say("front")
    assert (code, out) == (0, "")
    assert "broadsheet add" in err


def test_a_setting_keeps_a_source_off_the_page(week, ask, own_home):  # noqa: F811
    (own_home / "config.toml").write_text("front_days = 0\n")
    assert ask("front")["count"] == 0


def test_two_periods_at_once_are_refused(say):  # noqa: F811
    code, _, err = say("front", "--today", "--week")
    assert code == 2
    assert "--today" in err
