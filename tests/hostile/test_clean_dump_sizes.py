"""Ten megabytes of text, kind or unkind, are cleaned in seconds and in bounded memory."""

import time

import pytest

from reader.clean import clean
from reader.model import Document

SENTENCE = "The quick brown fox jumps over the lazy dog, and it was not amused by that at all. "
TEN_MB = 10_000_000


def filled(unit: str) -> bytes:
    return (unit * (TEN_MB // len(unit))).encode()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("paragraphs.txt", filled(SENTENCE * 5 + "\n\n")),
        ("one-line.txt", filled(SENTENCE)),
        ("menu.txt", filled("Menu item\n")),
        ("wrapped.txt", filled("word " * 14 + "\n")),
        ("escapes.txt", filled("\\-")),
        ("brackets.txt", filled("[")),
        ("list.md", filled("- a\n")),
        ("facts.md", b"---\n" + filled("a: b\n")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ten_megabytes_take_less_than_five_seconds(name, body):
    began = time.process_time()

    article = clean(Document(body, name=name))

    assert time.process_time() - began < 5
    assert article.text
    assert "truncated" in article.warnings
