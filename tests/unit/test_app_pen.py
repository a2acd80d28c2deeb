"""What is sent to the terminal in fewer bytes is the same picture."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from reader.app.pen import thrifty

WIDTH, HEIGHT = 24, 4
colours = st.sampled_from(["#211d18", "#9b2316", "#faf6ee", "red", "bright_blue", "default", None])
styles = st.builds(
    Style,
    color=colours,
    bgcolor=colours,
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
    strike=st.booleans(),
)
runs = st.tuples(
    st.integers(0, WIDTH - 9),
    st.integers(0, HEIGHT - 1),
    st.text(" ab│界", min_size=0, max_size=4),
    styles,
    st.booleans(),
)


@given(st.lists(runs, max_size=12))
def test_every_cell_looks_as_it_would_have(drawn):
    frame = "".join(
        f"\x1b[{y + 1};{x + 1}H"
        + Strip.render_style(style, text, ColorSystem.TRUECOLOR)
        + (f"\n\x1b[{y + 1};1H" if feeds and y < HEIGHT - 1 else "")
        for x, y, text, style, feeds in drawn
    )

    assert picture(thrifty(frame)) == picture(frame)


@given(st.lists(runs, max_size=6), st.lists(runs, max_size=6))
def test_a_frame_depends_on_none_before_it(first, second):
    def sent(drawn):
        return "".join(
            f"\x1b[{y + 1};{x + 1}H" + Strip.render_style(style, text, ColorSystem.TRUECOLOR)
            for x, y, text, style, _ in drawn
        )

    after_another = picture(thrifty(sent(first)) + thrifty(sent(second)))

    assert after_another == picture(sent(first) + sent(second))


@given(st.text())
def test_text_without_styles_is_as_it_was(text):
    text = text.replace("\x1b", "")
    assert thrifty(text) == text


@pytest.mark.parametrize(
    "numbers", ["38;2;1", "38;7;1", "21", "53", "4;58;2;1;2;3", "", "0;0", "999"]
)
def test_what_is_not_known_of_a_pen_is_asked_for_as_it_was(numbers):
    frame = f"\x1b[1;31mred\x1b[0m\x1b[{numbers}mtext\x1b[0m\x1b[32mgreen\x1b[0m"

    assert f"{numbers}mtext" in thrifty(frame) or not numbers.strip("0;")
    assert picture(thrifty(frame)) == picture(frame)


def test_of_two_runs_that_differ_in_weight_only_the_weight_is_sent():
    paper = "38;2;33;29;24;48;2;250;246;238"

    sent = thrifty(f"\x1b[1;{paper}mTitle\x1b[0m\x1b[{paper}m and text\x1b[0m")

    assert sent == f"\x1b[1;{paper}mTitle\x1b[22m and text\x1b[m"


def picture(sent: str) -> list[list[tuple[object, ...]]]:
    """What a terminal shows, cell by cell; a blank has no ink unless it is lined or reversed."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    pyte.Stream(screen).feed(sent)
    return [[_cell(screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]


def _cell(char: pyte.screens.Char) -> tuple[object, ...]:
    lines = char.underscore, char.strikethrough, char.reverse
    if char.data == " " and not any(lines):
        return char.data, char.bg
    return char.data, char.fg, char.bg, char.bold, char.italics, *lines
