"""What is printed can be read, in every theme."""

import pytest

from reader.app.themes import INK, PALETTES, PAPER, contrast, theme_of

READABLE = 4.5
"""WCAG 2.2, 1.4.3 (AA)."""


@pytest.mark.parametrize("palette", [PAPER, INK], ids=lambda p: p.name)
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "link"])
@pytest.mark.parametrize("paper", ["paper", "bar", "bar_quiet", "shade"])
def test_every_ink_is_readable_on_every_paper(palette, ink, paper):
    assert contrast(getattr(palette, ink), getattr(palette, paper)) >= READABLE


@pytest.mark.parametrize("palette", [PAPER, INK], ids=lambda p: p.name)
def test_found_words_are_readable(palette):
    assert contrast(palette.mark_ink, palette.mark) >= READABLE


def test_the_measure_of_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_terminal_themes_use_only_the_terminals_own_colours():
    for name in ("terminal", "mono"):
        theme = theme_of(PALETTES[name])
        colours = [value for value in theme.variables.values() if value.startswith("#")]
        assert theme.ansi
        assert colours == []
