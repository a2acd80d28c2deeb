"""Two matches, hearings or readings of the same parties are two stories; reports of one are one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_events import Told, bring, groups, told_in

from reader.library import Library
from reader.stories.occasions import is_another, occasion

ALL = [*told_in("learned"), *told_in("judged")]
TWICE = [
    ("cup leg 1", "cup leg 2"),
    ("Prozess Tag 1", "Prozess Tag 2"),
    ("vote lecture 1", "vote lecture 2"),
    ("初戦", "第2戦"),
    ("match round 5", "match round 6"),
    ("дерби тур 20", "кубок дерби"),
    ("Anhörung 1", "Anhörung 2"),
    ("نصف النهائي", "الإياب"),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "room.db") as opened:
        yield opened


def of(event: str) -> list[Told]:
    return [one for one in ALL if one.event == event]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("twice", TWICE, ids=" and ".join)
def test_who_meets_twice_makes_two_stories(library, twice, seed):
    told = [one for event in twice for one in of(event)]
    bring(library, random.Random(seed).sample(told, len(told)))
    assert groups(library) == {frozenset(one.id for one in of(event)) for event in twice}


def test_what_comes_again_days_later_with_the_same_score_is_of_the_same_match():
    first = occasion("Albion beat Rovers 2-1", "Dole scored twice.", "en")
    later = occasion("What Albion's win means", "After Saturday's 2-1 Dole was praised.", "en")
    assert not is_another(first, later, 4)
    assert is_another(first, occasion("Rovers beat Albion 3-0", "Pardo scored.", "en"), 4)


def test_of_one_day_nothing_is_parted():
    first = occasion("Albion lead Rovers 1-0 at the break", "Dole scored.", "en")
    assert not is_another(first, occasion("Albion beat Rovers 2-1", "Dole scored.", "en"), 0)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Court hears Harrow case: third hearing", "Fourth hearing in the Harrow case"),
        ("en", "Nordtel profit rises in Q2", "Nordtel profit falls in Q3"),
        ("en", "Storm win round 5", "Storm lose round 6"),
        ("de", "Sieg im Hinspiel", "Niederlage im Rückspiel"),
        ("de", "Ausschuss tagt: 2. Sitzung", "Die dritte Sitzung des Ausschusses"),
        ("fr", "Brévain gagne le match aller", "Brévain éliminé au match retour"),
        ("es", "Gana en cuartos de final", "Pierde la semifinal"),
        ("pt", "Eleição vai ao segundo turno", "Resultado do primeiro turno"),
        ("it", "Vince la gara 3", "Perde la gara 4"),
        ("nl", "Tweede zitting in de zaak", "Derde zitting in de zaak"),
        ("ru", "Победа в 20-м туре", "Поражение в 21-м туре"),
        ("ar", "فوز في الذهاب", "خسارة في الإياب"),
        ("zh", "海港队赢下第3轮", "海港队输掉第四轮"),
        ("ja", "準々決勝で勝利", "準決勝で敗退"),
        ("ja", "王座戦の初戦は挑戦者", "王座戦の第2戦も挑戦者"),
        ("ko", "결승 2차전 승리", "결승 3차전 패배"),
    ],
)
def test_which_meeting_it_is_is_read_in_many_languages(language, one, other):
    first, second = occasion(one, "", language), occasion(other, "", language)
    assert is_another(first, second, 5)
    assert not is_another(first, occasion(one, "", language), 5)


@pytest.mark.parametrize(
    ("title", "score"),
    [
        ("Albion beat Rovers 2-1", (2, 1)),
        ("Albion 2:1 Rovers", (2, 1)),
        ("Falcons thrash Storm 102–79", (102, 79)),
        ("港が5対2で先勝", (5, 2)),
        ("海港3比1取胜", (3, 1)),
        ("Kick-off is at 20:45", None),
        ("The 2025-26 season", None),
        ("On 2026-03-12 they meet", None),
    ],
)
def test_a_score_is_told_from_times_and_dates(title, score):
    assert occasion(title, "", None).score == score
