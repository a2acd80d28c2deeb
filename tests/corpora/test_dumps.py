"""Dumps of pages put together from parts in six languages: what the article is does not depend on
where a site puts its menus, names, notices and comments."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.clean import clean
from reader.model import Cleaned, Document

PARTS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "dump_parts.toml").read_text("utf-8")
)
Blocks = list[list[str]]


def menus_all_around(p: dict[str, Any]) -> Blocks:
    return [
        [f"{p['title']} - {p['site']}"], p["menu"], p["menu"], [p["title"]],
        [p["byline"], p["date"], p["minutes"]], p["body"], p["share"],
        [p["related"], *p["headlines"]], p["footer"],
    ]  # fmt: skip


def names_above_the_title(p: dict[str, Any]) -> Blocks:
    return [
        p["menu"], [p["byline"]], [p["date"]], [p["title"]], p["body"],
        [p["related"], *p["headlines"]], p["footer"],
    ]  # fmt: skip


def notice_on_top(p: dict[str, Any]) -> Blocks:
    return [
        [p["cookies"]], p["menu"], [p["title"]], [p["byline"]], [p["date"]], p["body"], p["footer"],
    ]  # fmt: skip


def advertisements_inside(p: dict[str, Any]) -> Blocks:
    first, *rest = p["body"]
    return [
        p["menu"], [p["title"]], [p["byline"]], [p["date"]], [first], [p["advert"]], rest[:1],
        [p["advert"]], rest[1:], p["footer"],
    ]  # fmt: skip


def comments_below(p: dict[str, Any]) -> Blocks:
    return [
        p["menu"], [p["title"]], [p["byline"]], [p["date"]], p["body"], p["share"],
        [p["comments"]], ["anna77", p["comment"]], ["boris", p["comment"]], p["footer"],
    ]  # fmt: skip


def a_heading_inside(p: dict[str, Any]) -> Blocks:
    one, two, *rest = p["body"]
    return [
        p["menu"], [p["title"]], [p["byline"]], [p["date"]], [one, two], [p["heading"]], rest,
        [p["related"], *p["headlines"]], p["footer"],
    ]  # fmt: skip


LAYOUTS: list[Callable[[dict[str, Any]], Blocks]] = [
    menus_all_around,
    names_above_the_title,
    notice_on_top,
    advertisements_inside,
    comments_below,
    a_heading_inside,
]
GAPS = {"close": ("\n", "\n"), "gapped": ("\n\n", "\n\n"), "ragged": ("\n", "\n\n\n\n\n\n")}


def dump(blocks: Blocks, gap: str) -> bytes:
    inner, outer = GAPS[gap]
    return outer.join(inner.join(block) for block in blocks).encode()


def cleaned(blocks: Blocks, gap: str) -> Cleaned:
    return clean(Document(dump(blocks, gap), name="page.txt"))


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("language", PARTS)
def test_the_article_is_found_wherever_its_parts_stand(language, layout, gap):
    parts = PARTS[language]

    article = cleaned(layout(parts), gap)

    assert article.title == parts["title"]
    assert [p for p in article.text.split("\n\n") if p != parts["heading"]] == parts["body"]
    assert article.published == parts["published"]
    assert list(article.authors) == parts["authors"]
    assert article.language == language
    assert article.warnings == ()


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("language", PARTS)
def test_an_unmarked_heading_becomes_one(language, gap):
    parts = PARTS[language]

    article = cleaned(a_heading_inside(parts), gap)

    assert f"\n\n## {parts['heading']}\n\n" in article.markdown


@pytest.mark.parametrize("language", PARTS)
def test_an_article_without_surroundings_comes_through_whole(language):
    parts = PARTS[language]

    article = cleaned([[parts["title"]], parts["body"]], "gapped")

    assert article.title == parts["title"]
    assert article.text == "\n\n".join(parts["body"])
    assert article.warnings == ()


@pytest.mark.parametrize("language", PARTS)
def test_without_a_title_the_first_sentence_gives_one(language):
    parts = PARTS[language]

    article = cleaned([parts["body"]], "gapped")

    assert article.text == "\n\n".join(parts["body"])
    assert article.warnings == ("title-derived",)
    assert article.title is not None
    assert len(article.title) <= 91
    assert parts["body"][0].startswith(article.title.rstrip("…"))
