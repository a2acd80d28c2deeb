"""Sentences found on the page: every letter that is marked is one of the sentence's own."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.app.marking import KNOWN, NEW, marking, receding
from reader.app.watch import Watch
from reader.text.layout import lay_out
from reader.text.markdown import blocks, plain
from reader.text.sentences import sentences

SOURCE = """\
A first sentence with **weight** and [a link](https://example.org/a). Then a second, which is long
enough to be broken into two lines at least.

- One item of a list. It has two sentences.
- Another with `code` in it.

> A quotation stands here. It ends there.

| Port | Boats |
|---|---|
| Sund | 4 |

1. A numbered point.[^1]

最後に日本語の文があります。二つ目もあります。

[^1]: The note says this.
"""


def _told(markdown, marks=(NEW, KNOWN, "")):
    text = plain(markdown)
    said = [text[start:end] for start, end in sentences(text)]
    return text, [(each, marks[n % len(marks)]) for n, each in enumerate(said)]


def _marked_letters(layout, found, mark):
    letters = ""
    for number, line in enumerate(layout.lines):
        for start, end, own in found.spans.get(number, ()):
            if own == mark:
                letters += line.text[start:end]
    return "".join(letters.split())


def _letters(told, mark):
    return "".join("".join(sentence.split()) for sentence, own in told if own == mark)


@settings(max_examples=60, deadline=None)
@given(st.integers(20, 90))
def test_the_marked_letters_are_those_of_the_sentences_at_any_width(width):
    text, told = _told(SOURCE)
    layout = lay_out(blocks(SOURCE), width)
    found = marking(layout.lines, text, told)
    for mark in (NEW, KNOWN):
        marked = _marked_letters(layout, found, mark)
        for sign in "-¹1.│|[]•–":
            marked = marked.replace(sign, "")
        wanted = _letters(told, mark)
        for sign in "-¹1.│|[]•–":
            wanted = wanted.replace(sign, "")
        assert marked in wanted or wanted in marked or _close(marked, wanted)


def _close(one, other):
    """Tables are set without the signs their plain text has: such sentences may stay unmarked."""
    return abs(len(one) - len(other)) <= len("Port|BoatsSund|4")


@given(st.lists(st.text("ab .\n*-", min_size=1, max_size=30), min_size=1, max_size=6))
def test_any_text_can_be_marked(parts):
    markdown = "\n\n".join(parts)
    text, told = _told(markdown)
    layout = lay_out(blocks(markdown), 30)
    found = marking(layout.lines, text, told)
    for number, spans in found.spans.items():
        for start, end, _ in spans:
            assert 0 <= start < end <= len(layout.lines[number].text)


def test_what_is_not_on_the_page_stays_unmarked():
    layout = lay_out(blocks("Something else."), 40)
    found = marking(layout.lines, "Not here. Something else.", [("Not here.", NEW)])
    assert found.spans == {}
    assert found.passages == ()
    assert found.in_words == "all of it is new to you"


def test_only_the_known_part_of_a_line_recedes():
    pieces = [("It was known. ", "text"), ("This is not", "strong"), (" said", "text")]
    assert receding(pieces, [(0, 13, KNOWN)]) == [
        ("It was known.", "known"),
        (" ", "text"),
        ("This is not", "strong"),
        (" said", "text"),
    ]


def test_the_parts_that_were_shown_are_told_in_characters_of_the_text():
    text, told = _told(SOURCE)
    layout = lay_out(blocks(SOURCE), 60)
    found = marking(layout.lines, text, told)
    assert found.shown(0, 0) == []
    [first, *_] = found.shown(0, 2)
    assert text[slice(*first)] == told[0][0]
    assert len(found.shown(0, 10_000)) >= len(told) - 2


def test_a_short_sentence_that_is_not_in_its_place_takes_nothing_from_those_after_it():
    body = " ".join(f"Sentence number {n} is told here in full." for n in range(20))
    layout = lay_out(blocks(f"{body} Yes."), 50)
    told = [("Yes.", NEW), *((f"Sentence number {n} is told here in full.", "") for n in range(20))]
    found = marking(layout.lines, f"Yes. {body}", told)
    assert len(found.shown(0, 1_000)) == 20
    assert found.spans == {}


def test_cells_of_a_table_are_found_without_the_strokes_between_them():
    markdown = "| When | What |\n|---|---|\n| 6 pm | Leaves the town |\n| 7 pm | Sleeps |"
    text, told = _told(markdown, (NEW,))
    found = marking(lay_out(blocks(markdown), 60).lines, text, told)
    assert len(found.shown(0, 1_000)) == len(told)


def test_all_of_it_is_new_where_every_sentence_is():
    layout = lay_out(blocks("One thing happened. Another did."), 60)
    told = [("One thing happened.", NEW), ("Another did.", NEW)]
    found = marking(layout.lines, "One thing happened. Another did.", told)
    assert found.in_words == "all of it is new to you"


_VOCABULARY = "Oslo the 12 *slow* **big** [dock](http://e.org) `so` 港".split()
_WORDS = st.lists(st.sampled_from(_VOCABULARY), min_size=2, max_size=14).map(" ".join)
_PROSE = st.lists(_WORDS.map("It was {}.".format), min_size=1, max_size=4).map(" ".join)
_BLOCK = st.one_of(
    _PROSE,
    _PROSE.map("> {}".format),
    _PROSE.map("## {}".format),
    st.lists(_PROSE, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {i}" for i in items)),
    st.lists(_PROSE, min_size=1, max_size=3).map(lambda items: "\n".join(f"1. {i}" for i in items)),
    _PROSE.map("{}[^n]\n\n[^n]: A note.".format),
    st.tuples(_WORDS, _WORDS).map("| Port | Boat |\n|---|---|\n| {0[0]} | {0[1]} |".format),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_BLOCK, min_size=1, max_size=6), st.integers(24, 90))
def test_the_marked_letters_of_each_sentence_are_that_sentence(parts, width):
    markdown = "\n\n".join(parts)
    text, told = _told(markdown, (NEW,))
    layout = lay_out(blocks(markdown), width)
    for span in marking(layout.lines, text, told).shown(0, 10_000):
        sentence = text[slice(*span)]
        alone = [(each, NEW if each == sentence else "") for each, _ in told]
        marked = _marked_letters(layout, marking(layout.lines, text, alone), NEW)
        marked = re.sub("[⁰¹²³⁴-⁹]", "", marked)  # numbers of links
        bare = "".join(sentence.replace(" | ", " ").split())
        times = [each for each, _ in told].count(sentence)
        assert any(
            marked in (sought * n for n in range(1, times + 1))
            for sought in (bare, bare.lstrip("-*•–·+0123456789.)"))
        )


@settings(max_examples=40, deadline=None)
@given(st.lists(_BLOCK.filter(lambda part: "|" not in part), min_size=1, max_size=6))
def test_every_sentence_of_prose_is_found_whatever_it_stands_in(parts):
    markdown = "\n\n".join(part for part in parts if "[^n]" not in part)
    text, told = _told(markdown, (NEW,))
    found = marking(lay_out(blocks(markdown), 60).lines, text, told)
    assert len(found.shown(0, 10_000)) == len(told)


def test_reading_line_by_line_counts():
    watch = Watch(1.0)
    for top in range(12):
        watch.shows(top, top + 20, top * 0.4)
    assert watch.seen(12 * 0.4) == [(2, 29)], (
        "in view for less: what left at once, and what came last"
    )
    assert watch.seen(99) == [(2, 31)]


def test_pages_that_are_turned_over_leave_nothing_behind():
    watch = Watch(1.0)
    for page in range(5):
        watch.shows(18 * page, 18 * page + 20, page * 0.3)
    assert watch.seen(4 * 0.3 + 1) == [(72, 92)]


def test_what_runs_by_with_a_key_held_down_is_not_read():
    watch = Watch(1.0)
    for top in range(200):
        watch.shows(top, top + 20, top / 30)
    assert watch.seen(199 / 30 + 1) == [(199, 219)]


def test_pages_at_which_the_reader_stayed_count_though_others_were_turned_over():
    watch = Watch(1.0)
    watch.shows(0, 20, 0.0)
    watch.shows(20, 40, 5.0)
    watch.shows(40, 60, 5.2)
    assert watch.seen(9.0) == [(0, 20), (40, 60)]
