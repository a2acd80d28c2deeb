"""How long something takes to read, in words."""

from __future__ import annotations

import pytest

from reader.text.frontwords import time_in_brief, time_in_words

LENGTHS = {
    1: ("1 min", "1 min"),
    59: ("59 min", "59 min"),
    60: ("1 h", "60 min"),
    65: ("1 h 5 min", "65 min"),
    99: ("1 h 39 min", "99 min"),
    100: ("1 h 40 min", "2 h"),
    870: ("14 h 30 min", "14 h"),
}


@pytest.mark.parametrize("minutes", LENGTHS)
def test_long_texts_take_hours_and_no_hundreds_of_minutes(minutes):
    words, brief = LENGTHS[minutes]
    assert time_in_words(minutes) == words.replace(" ", "\u00a0")
    assert time_in_words(minutes, " ") == words
    assert time_in_brief(minutes) == brief.replace(" ", "\u00a0")
