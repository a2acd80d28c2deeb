"""Sentences found on the page: every letter that is marked is one of the sentence's own."""

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
    assert found.in_words == "1 of 1 sentences is new to you"


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


def test_reading_line_by_line_counts_from_where_it_began():
    watch = Watch(0, 20)
    for top in range(1, 12):
        watch.moved(top, top + 20)
    assert watch.lines == (0, 31)


def test_pages_that_are_turned_leave_those_before_behind():
    watch = Watch(0, 20)
    watch.moved(18, 38)
    watch.moved(36, 56)
    assert watch.lines == (36, 56)
