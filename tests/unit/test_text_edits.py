"""What counts as an edit of an article: other words, not what changes by itself."""

import time

import pytest

from reader.text.edits import is_furniture, reads_differently, without_furniture

STORY = "Two people were hurt when the wall fell.\n\nThe mayor said it was old."


def edited(new: str, old: str = STORY) -> bool:
    return reads_differently("The wall", old, "The wall", new)


@pytest.mark.parametrize(
    "new",
    [
        STORY.replace("Two", "Three"),
        STORY.replace("was old", "was not old"),
        STORY.replace("wall", "walls"),
        STORY.replace("said", "says"),
        STORY + "\n\nA third person was found later.",
        STORY.split("\n")[0],
        STORY.replace("\n\n", "\n\nDeath toll: 3\n\n"),
        STORY + "\n\nUpdated: 3 dead in crash",
        STORY + "\n\nCorrection: an earlier version named the wrong mayor.",
        STORY + "\n\nPublished by Penguin in 2019, the book sold 3 million.",
        STORY + "\n\nView of the harbour",
        STORY + "\n\nShares fell 3 percent",
        STORY + "\n\nStand firm, said the mayor",
        STORY + "\n\nNew rules from Monday",
        STORY + "\n\nVotes were counted twice.",
        STORY + "\n\nRead the letter in full below.",
        "",
    ],
)
def test_other_words_are_an_edit(new):
    assert edited(new)
    assert edited(STORY, new)


FURNITURE = [
    "12 comments",
    "Comments (12)",
    "1,204 views",
    "3.2k shares",
    "Points: 7",
    "Points: 7 | Comments: 12",
    "12 comments · 3 shares · 4 min read",
    "Leave a comment",
    "5 Kommentare",
    "12 commentaires",
    "3 comentarios",
    "12 комментариев",
    "评论 12",
    "12 コメント",
    "Updated 5 minutes ago",
    "Last updated: 26 November 2026, 10:15 GMT",
    "Updated Thursday, November 26, 2026 at 10:15 a.m. EST",
    "Published 3 hours ago",
    "Stand: 12.03.2026, 10:15 Uhr",
    "Aktualisiert am 12. März 2026 um 10:15 Uhr",
    "Mis à jour le 12 mars 2026 à 10h15",
    "Actualizado el 12 de marzo de 2026",
    "Aggiornato alle 10:15",
    "Обновлено 12 марта 2026 г. в 10:15",
    "更新 2026年3月12日 10:15",
    "最終更新 10:15",
    "3 hours ago",
    "vor 3 Stunden",
    "il y a 5 minutes",
    "3小时前",
    "Advertisement",
    "ANZEIGE",
    "Sponsored content",
    "Read more",
    "Read more: Ten walls that fell",
    "Weiterlesen",
    "Continue reading →",
    "Share this",
    "Sign up for our newsletter to get the news every morning",
    "Related stories",
    "Follow us on Twitter",
    "* * *",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_what_changes_by_itself_is_none(line):
    assert is_furniture(line)
    assert not edited(f"{STORY}\n\n{line}")
    assert not edited(f"{line}\n{STORY}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12 comments", "13 comments"),
        ("He left 3 hours ago, she said.", "He left 4 hours ago, she said."),
        ("Er ging vor 3 Stunden.", "Er ging vor 20 Stunden."),
        ("It’s “old” – very…", 'It\'s "old" - very...'),
        ("One line\nbroken here.", "One line broken\nhere."),
        ("A\u00a0space and a soft\u00adhyphen", "A space and a softhyphen"),
        ("The ﬁrst word", "The first word"),
        ("Text.\n\n\n\nMore.", "Text.\nMore."),
        ("cafe\u0301", "caf\u00e9"),
    ],
)
def test_looks_and_ages_are_none(old, new):
    assert not edited(f"{STORY}\n\n{new}", f"{STORY}\n\n{old}")


def test_a_headline_counts():
    assert reads_differently("Two hurt", STORY, "Three hurt", STORY)
    assert not reads_differently("“Two” hurt", STORY, '"Two" hurt ', STORY)


def test_a_long_line_is_never_furniture():
    assert not is_furniture("12 comments " * 20)


@pytest.mark.parametrize(
    "bit", ["1", "1 ", "1.", "vor 1 ", "a", "1a", "Updated ", "\n", "- \n", "・"]
)
def test_no_text_takes_long(bit):
    text = bit * (200_000 // len(bit))
    began = time.process_time()
    reads_differently("A", text, "A", text + "x")
    without_furniture(text)
    assert time.process_time() - began < 10
