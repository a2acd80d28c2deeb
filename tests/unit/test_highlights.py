"""Highlights: kept by their words, undone, listed, exported, read back, and never expired."""

import io
import json

import pytest

from reader.cli import main
from reader.errors import NothingFound, UsageError
from reader.exchange import import_lines
from reader.exchange.exporting import pieces
from reader.library import Library
from reader.model import Cleaned, Marked, SourceKind, View
from reader.store import Incoming
from reader.store.retention import EXPIRED

TEXT = "The gate stuck. Nobody was hurt.\n\nThe ferry waited."


@pytest.fixture
def library(own_home):
    with Library.open(own_home / "broadsheet.db") as library:
        yield library


@pytest.fixture
def gate(library):
    source = library.cache.sources.add(SourceKind.IMPORT, "import:gate", "Gate")
    incoming = Incoming("g", Cleaned("Gate stuck", TEXT, TEXT, "text"))
    return library.cache.articles.keep(source.id, incoming).id


def quotes(library, id=None):
    return [(each.marked.quote, each.marked.note) for each in library.highlights(id)]


def test_a_highlight_is_listed_and_taken_back_and_made_again_by_nothing(library, gate):
    said = library.highlight(gate, Marked("Nobody was hurt.", "stuck.", 13, "good"))
    assert said == "Highlighted “Nobody was hurt.”"
    assert quotes(library) == quotes(library, gate) == [("Nobody was hurt.", "good")]

    assert library.undo() == "Took back: highlighted “Nobody was hurt.”"
    assert quotes(library) == []


def test_one_taken_off_comes_back_with_its_number_and_its_note(library, gate):
    library.highlight(gate, Marked("The ferry waited.", note="why?"))
    [made] = library.highlights(gate)

    assert library.unhighlight([made.id]) == "Took off the highlight “The ferry waited.”"
    assert library.highlights() == []
    library.undo()
    assert library.highlights() == [made]


def test_several_are_one_change(library, gate):
    for quote in ("The gate stuck.", "The ferry waited."):
        library.highlight(gate, Marked(quote))
    library.unhighlight([each.id for each in library.highlights()])
    assert library.highlights() == []
    library.undo()
    assert len(library.highlights()) == 2


def test_what_is_not_there_cannot_be_highlighted_nor_taken_off(library, gate):
    with pytest.raises(NothingFound, match="no article 99"):
        library.highlight(99, Marked("x"))
    with pytest.raises(UsageError, match="at least one letter"):
        library.highlight(gate, Marked(" \x1b[31m\n "))
    library.highlight(gate, Marked("The gate"))
    [made] = library.highlights()
    with pytest.raises(NothingFound, match="no highlight 77"):
        library.unhighlight([made.id, 77])
    assert library.highlights() == [made]


def test_what_a_highlight_says_passes_the_gate(library, gate):
    library.highlight(gate, Marked("a\x1b]0;evil\x07b", "c\u202ed", 0, "n\x1b[2J"))
    [made] = library.highlights()
    assert not set("\x1b\x07\u202e") & set(f"{made.marked}")


def test_a_highlight_goes_out_of_the_list_with_its_article_and_comes_back(library, gate):
    library.highlight(gate, Marked("The gate"))
    library.delete([gate])
    assert library.highlights() == []
    library.undo()
    assert len(library.highlights()) == 1


def test_an_article_with_a_highlight_does_not_expire(library, gate):
    source = library.article(gate).headline.source_id
    ask = (source, 2**40, 0, 10)
    assert len(library.cache.read(EXPIRED, ask)) == 1
    library.highlight(gate, Marked("The gate"))
    assert library.cache.read(EXPIRED, ask) == []


def test_highlights_go_out_as_quotes_with_the_article(library, gate):
    library.highlight(gate, Marked("The gate stuck.\n\nThe ferry waited.", note="both"))
    library.highlight(gate, Marked("Nobody", start=40))
    [text] = pieces(library, [gate], "md")
    assert text.endswith(
        "\n## Highlights\n\n> The gate stuck.\n>\n> The ferry waited.\n\nboth\n\n> Nobody\n"
    )


def test_an_article_without_highlights_goes_out_as_before(library, gate):
    [text] = pieces(library, [gate], "md")
    assert "Highlights" not in text


def test_highlights_go_out_and_come_in_again_as_they_were(library, gate, tmp_path):
    library.highlight(gate, Marked("Nobody was hurt.", "stuck.", 13, "good"))
    [line] = pieces(library, [gate], "jsonl")
    with Library.open(tmp_path / "other.db") as other:
        list(import_lines(other.cache, io.BytesIO(line.encode())))
        [there] = other.highlights()
    [here] = library.highlights()
    assert there.marked == here.marked


@pytest.mark.parametrize(
    "given",
    [
        "text",
        7,
        {"quote": "x"},
        [None, 3, [], {"quote": 3}, {"quote": ""}, {"quote": " \n"}, {}],
        [{"quote": None, "note": []}],
    ],
)
def test_highlights_that_make_no_sense_are_left_out(library, given):
    line = {"id": "a", "title": "A", "text": "Text.", "highlights": given}
    [arrival] = import_lines(library.cache, io.BytesIO(json.dumps(line).encode()))
    assert arrival.status == "added"
    assert library.highlights() == []


def test_facts_of_a_highlight_that_make_no_sense_are_as_none(library):
    given = [{"quote": "Text", "before": 3, "start": -5, "note": 9, "made_at": "yesterday"}]
    line = {"id": "a", "title": "A", "text": "Text.", "highlights": given}
    list(import_lines(library.cache, io.BytesIO(json.dumps(line).encode())))
    [made] = library.highlights()
    assert (made.marked.before, made.marked.start, made.marked.note) == ("", 0, None)


def test_the_copy_beside_the_cache_says_them_again(library, gate):
    library.highlight(gate, Marked("Nobody was hurt.", note="good"))
    [line] = library.cache.bookmarks.beside.read_text().splitlines()
    [said] = json.loads(line)["highlights"]
    assert (said["quote"], said["note"]) == ("Nobody was hurt.", "good")


def test_the_verb_lists_them_and_removes_one(library, gate, capsys):
    library.highlight(gate, Marked("Nobody was hurt.", note="good"))
    assert main(["highlights", "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert (row["quote"], row["note"], row["article"]) == ("Nobody was hurt.", "good", gate)
    assert row["title"] == "Gate stuck"
    assert main(["highlights", str(gate)]) == 0
    assert "“Nobody was hurt.”" in capsys.readouterr().out
    assert main(["highlights", "ferry"]) == 0
    capsys.readouterr()
    assert main(["highlights", "--remove", str(row["id"])]) == 0
    assert capsys.readouterr().out.startswith("Took off the highlight")
    assert main(["undo"]) == 0
    assert library.highlights()


def test_a_note_is_written_anew_taken_off_and_back(library, gate):
    library.highlight(gate, Marked("Nobody was hurt.", note="good"))
    [made] = library.highlights()
    assert library.note_highlight(made.id, " better\x1b[2J ") == "Noted on “Nobody was hurt.”"
    assert quotes(library) == [("Nobody was hurt.", "better")]
    assert library.note_highlight(made.id, "better").startswith("Nothing to change")
    assert library.note_highlight(made.id, " ") == "Took the note off “Nobody was hurt.”"
    assert quotes(library) == [("Nobody was hurt.", None)]
    library.undo()
    library.undo()
    assert library.highlights() == [made]
    with pytest.raises(NothingFound, match="no highlight 77"):
        library.note_highlight(77, "x")


def test_the_verb_writes_a_note(library, gate, capsys):
    library.highlight(gate, Marked("Nobody was hurt."))
    [made] = library.highlights()
    assert main(["highlights", "--note", str(made.id), "good"]) == 0
    assert capsys.readouterr().out == "Noted on “Nobody was hurt.”\n"
    assert quotes(library) == [("Nobody was hurt.", "good")]
    assert main(["highlights", "--note", "x", "good"]) == 2
    assert main(["highlights", "--note", "9" * 40, "good"]) == 2
    assert main(["highlights", "--note", "99", "good"]) == 3


def test_an_article_read_as_json_says_what_is_highlighted_in_it_and_in_which_block(
    library, gate, capsys
):
    assert main(["read", str(gate), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["highlights"] == []
    library.highlight(gate, Marked("The ferry waited.", note="why?"))
    library.highlight(gate, Marked("What stood here once.", start=5))
    library.highlight(gate, Marked("Nobody", start=13))
    assert main(["read", str(gate), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["highlights"]
    found = {each["text"]: (each["block"], each["note"]) for each in told}
    assert found == {
        "The ferry waited.": (1, "why?"),
        "What stood here once.": (None, None),
        "Nobody": (0, None),
    }
    assert all(each["made"] and each["id"] for each in told)


@pytest.mark.parametrize("format", ["md", "json", "jsonl"])
def test_every_format_takes_highlights_and_their_notes_along(library, gate, format, tmp_path):
    library.highlight(gate, Marked("Nobody was hurt.", note="good to know"))
    target = tmp_path / f"gate.{format}"
    assert main(["export", str(gate), "--to", format, "-o", str(target)]) == 0
    text = target.read_text()
    assert text.count("Nobody was hurt.") >= 2
    assert "good to know" in text


def test_highlights_stay_when_the_kept_page_is_cleaned_again(own_home, tmp_path, capsys):
    page = tmp_path / "gate.html"
    body = "".join(f"<p>{TEXT} It was told {n} times by the keeper of the gate.</p>" for n in "123")
    page.write_text(f"<html><title>Gate</title><body><article>{body}</article></body></html>")
    with Library.open() as library:
        [arrival] = library.add([str(page)])
        library.highlight(arrival.id, Marked("The ferry waited.", note="why?"))
        list(library.reclean(View("all")))
        assert quotes(library, arrival.id) == [("The ferry waited.", "why?")]
    assert main(["read", str(arrival.id), "--json"]) == 0
    [told] = json.loads(capsys.readouterr().out)["highlights"]
    assert (told["text"], told["block"]) == ("The ferry waited.", 0)


def test_the_verb_says_what_it_does_not_find(library, gate, capsys):
    assert main(["highlights"]) == 0
    assert "Nothing is highlighted yet" in capsys.readouterr().err
    assert main(["highlights", "zebra"]) == 3
    assert main(["highlights", "9999"]) == 3
    assert main(["highlights", str(gate)]) == 3
    assert main(["highlights", "--remove", "x"]) == 2
    assert main(["highlights", "--remove", "5"]) == 3
    assert capsys.readouterr().out == ""


def test_highlights_of_another_article_are_not_among_them(library, gate):
    assert library.highlights(gate) == []
    assert library.ids(View("all"))
