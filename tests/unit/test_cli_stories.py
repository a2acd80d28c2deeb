"""`stories`, `story` and `duplicates`, as a script and a person meet them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from events import told, wording

from reader.cli import main

Said = tuple[int, str, str]
WIRE = told("flood", "wire", 300)
LINES = [
    ("f1", "flood", WIRE, "2026-03-03"),
    ("f2", "flood", told("flood", "herald"), "2026-03-03"),
    ("f3", "flood", f"By our desk. {WIRE} Read on.", "2026-03-04"),
    ("c1", "chess", told("chess", "gazette"), "2026-03-05"),
    ("w1", "weather", told("weather", "gazette"), "2026-01-05"),
]


@pytest.fixture
def say(capsys) -> Callable[..., Said]:
    """Run a command; its exit code, stdout and stderr."""

    def run(*words: str) -> Said:
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def ask(say):
    """Run a command that must succeed, and read its JSON."""

    def run(*words: str):
        code, out, err = say(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    return run


@pytest.fixture
def edition(tmp_path: Path, say, monkeypatch) -> Path:
    """Five articles: three of them on a flood, two of these copies."""
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-06T12:00:00Z")
    file = tmp_path / "edition.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for id, event, text, published in LINES:
            title = " ".join(wording(event)[:5])
            line = {"id": id, "title": title, "text": text, "published": published}
            lines.write(json.dumps(line | {"source": f"{id} gazette"}) + "\n")
    assert say("import", str(file))[0] == 0
    return file


def by_guids(stories) -> dict[tuple[str, ...], dict]:
    return {tuple(member["guid"] for member in story["members"]): story for story in stories}


def test_each_event_is_listed_once_the_newest_first(edition, ask):
    stories = ask("stories", "--all")
    assert list(by_guids(stories)) == [("c1",), ("f1", "f2", "f3"), ("w1",)]
    assert set(stories[0]) == {"id", "label", "members", "new"}
    assert stories[1]["new"] == 3
    assert set(stories[1]["members"][0]) == {"id", "guid", "title", "source", "published"}
    assert [story["id"] for story in ask("stories")] == [story["id"] for story in stories[:2]]
    assert len(ask("stories", "--all", "-n", "1")) == 1


def test_a_story_whose_last_article_has_no_date_has_that_of_the_one_before(edition, say):
    text = f"Late edition. {told('flood', 'herald')} More in the morning."
    edition.write_text(json.dumps({"id": "f4", "title": "Flood, late", "text": text}))
    assert say("import", str(edition))[0] == 0
    rows = [row.split("\t") for row in say("stories", "--all")[1].splitlines()]
    assert ("4", "2026-03-04") in [(row[2], row[3]) for row in rows]


def test_what_was_printed_before_1970_has_its_story_too(tmp_path, say, ask):
    file = tmp_path / "old.jsonl"
    lines = [
        {"id": paper, "title": "Flood", "text": told("flood", paper), "published": "1953-02-01"}
        for paper in ("herald", "gazette")
    ]
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    say("import", str(file))
    [story] = ask("stories", "--all")
    assert len(story["members"]) == 2


def test_rows_of_lists_name_their_story(edition, ask):
    story_of = {row["guid"]: row["story"] for row in ask("list")}
    for guids, story in by_guids(ask("stories", "--all")).items():
        assert {story_of[guid] for guid in guids} == {story["id"]}


def test_importing_again_changes_no_story(edition, say, ask):
    before = ask("stories", "--all")
    say("import", str(edition))
    assert ask("stories", "--all") == before


def test_a_query_finds_the_stories_of_what_it_finds(edition, ask, say):
    word = wording("chess")[0]
    assert list(by_guids(ask("stories", word))) == [("c1",)]
    assert [m["guid"] for m in ask("stories", "source:f2")[0]["members"]] == ["f1", "f2", "f3"]
    code, out, err = say("stories", "nowhere")
    assert (code, out) == (3, "")
    assert "no story matches: nowhere" in err


def test_one_story_is_shown_with_its_articles(edition, ask, say):
    story = by_guids(ask("stories"))["f1", "f2", "f3"]
    shown = ask("story", str(story["id"]))
    assert {key: shown[key] for key in story} == story
    assert shown["summary"]
    assert shown["summary_by"] == "broadsheet"
    assert 1 <= len(shown["phrases"]) <= 8
    code, out, _ = say("story", str(story["id"]))
    assert code == 0
    assert out.splitlines()[0] == story["label"]
    assert len(out.splitlines()) == 4


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("story", "x"), 2, "is not a story"),
        (("story", "99"), 3, "there is no story 99"),
        (("story", "1", "--split", "99"), 3, "there is no article 99 in story 1"),
        (("story", "1", "--split", "x"), 2, "is not an id"),
        (("story", "1", "--merge", "1"), 2, "cannot be merged with itself"),
        (("story", "1", "--merge", "99"), 3, "there is no story 99"),
        (("story", "1", "--merge", "2", "--split", "1"), 2, "not allowed with"),
        (("story",), 2, "required: STORY"),
    ],
)
def test_what_cannot_be_done_is_said(edition, say, words, code, said):
    got, out, err = say(*words)
    assert (got, out) == (code, "")
    assert said in err


def test_split_merge_and_undo(edition, say, ask):
    before = ask("stories", "--all")
    story = by_guids(before)["f1", "f2", "f3"]
    parted = story["members"][1]["id"]

    done = ask("story", str(story["id"]), "--split", str(parted))
    assert done["done"].endswith("” out of its story")
    assert ask("story", str(done["story"]))["members"][0]["guid"] == "f2"
    say("import", str(edition))
    assert ("f1", "f3") in by_guids(ask("stories"))

    chess = by_guids(ask("stories"))["c1",]
    merged = ask("story", str(story["id"]), "--merge", str(chess["id"]))
    assert merged["merged"] == chess["id"]
    assert ("f1", "f3", "c1") in by_guids(ask("stories"))

    assert say("undo")[0] == say("undo")[0] == 0
    assert ask("stories", "--all") == before


def test_near_copies_are_folded(edition, ask, say):
    [fold] = ask("duplicates")
    assert (fold["guid"], fold["source"]) == ("f1", "f1 gazette")
    [copy] = fold["copies"]
    assert copy["guid"] == "f3"
    assert set(copy) == {"id", "guid", "source", "containment"}
    assert 0.9 < copy["containment"] <= 1
    assert ask("duplicates", "source:f3") == [fold]
    assert "+1 copy: f3 gazette" in say("duplicates")[1]
    code, _, err = say("duplicates", "source:c1")
    assert code == 3
    assert "nothing that matches has a copy" in err


def test_an_empty_cache_has_no_stories(say, ask):
    assert ask("stories") == ask("stories", "--all") == ask("duplicates") == []
    assert "no stories" in say("stories", "--all")[2]
    assert "No article has a near copy" in say("duplicates")[2]


def test_as_json_lines_each_story_is_one(edition, say):
    _, out, _ = say("stories", "--all", "--jsonl")
    assert len([json.loads(line) for line in out.splitlines()]) == 3


def test_a_hostile_title_names_a_story_harmlessly(tmp_path, say):
    file = tmp_path / "hostile.jsonl"
    line = {"id": "x", "title": "\x1b[2J[/b]\u202e wiped", "text": told("flood", "x")}
    file.write_text(json.dumps(line))
    say("import", str(file))
    for words in (("stories", "--all"), ("stories", "--all", "--json"), ("story", "1")):
        _, out, _ = say(*words)
        assert "wiped" in out
        assert not {"\x1b", "\u202e"} & set(out)


def test_read_says_of_each_sentence_whether_it_was_met_before(tmp_path, say, ask):
    known = (
        "The council of Ostrey voted on Tuesday to rebuild the breached harbour wall in stone. "
        "The repair will cost 23 million crowns over thirty years, the treasurer said. "
        "Nobody was hurt when the storm broke through the wall in October."
    )
    fresh = "Professor Ingrid Malmo warned that 412 houses may flood before the spring."
    file = tmp_path / "two.jsonl"
    lines = [
        {"id": "a", "title": "Council votes for the wall", "text": known},
        {"id": "b", "title": "Council votes for the wall again", "text": f"{known} {fresh}"},
    ]
    file.write_text(
        "\n".join(json.dumps(line | {"published": "2026-03-03", "source": "x"}) for line in lines),
        encoding="utf-8",
    )
    assert say("import", str(file))[0] == 0
    ids = {row["guid"]: str(row["id"]) for row in ask("list")}

    unread = ask("read", ids["b"])["sentences"]
    say("mark", "read", ids["a"])
    marked = {each["text"]: each["mark"] for each in ask("read", ids["b"])["sentences"]}

    assert {each["mark"] for each in unread} == {""}
    assert " ".join(marked) == f"{known} {fresh}"
    assert marked[fresh] == "new"
    assert [mark for text, mark in marked.items() if text != fresh] == ["known"] * 3

    _, told, _ = say("read", ids["b"], "--new")
    assert "1 of 4 sentences is new to you\n" in told
    assert "\n[known] The council of Ostrey" in told
    assert f" [new] {fresh}\n" in told
    assert told.count("[") == 2, "said where it changes, not at each sentence"
    assert "[new]" not in say("read", ids["b"])[1]

    lines = [{"id": "c", "title": "The wall, once more", "text": f"{known} Why? {known}"}]
    file.write_text(json.dumps(lines[0] | {"published": "2026-03-03", "source": "x"}), "utf-8")
    say("import", str(file))
    [row] = [row for row in ask("list") if row["guid"] == "c"]
    _, told, _ = say("read", str(row["id"]), "--new")
    assert " [unmarked] Why? [known] The council" in told, "what is neither is not told as known"
    assert "you have read nothing else about this" in say("read", ids["a"], "--new")[1]


def test_a_story_has_one_title_wherever_it_is_told(tmp_path: Path, say, ask, monkeypatch):
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-06T12:00:00Z")
    usual = wording("flood")
    told = [
        ("Water in the valley of Tarn", usual[:60]),
        ("Tarn: third day under water, the mayor of the valley gives in", usual[:40] + usual[80:]),
        ("Flood drowns the valley", usual),
    ]
    file = tmp_path / "told.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for number, (title, words) in enumerate(told):
            line = {"id": f"f{number}", "title": title, "text": " ".join(words)}
            lines.write(json.dumps(line | {"published": "2026-03-05", "source": title[:4]}) + "\n")
    assert say("import", str(file))[0] == 0
    [story] = ask("stories")
    [front] = ask("front", "--week")["stories"]
    assert front["headline"] == story["label"] == ask("story", str(story["id"]))["label"]
