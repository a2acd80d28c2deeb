"""The sample edition is what the README says it is, and comes out of the cleaner fit to read."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markdown_it.token import Token

from reader.model import Cleaned, Document
from reader.paths import shipped

SAMPLE = shipped("data") / "sample"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "sample_expected.toml").read_text(encoding="utf-8")
)
PAGES = sorted(EXPECTED)
DUMPS_OF_ONE_SITE = [page for page in PAGES if re.match(r"northline/.*\.txt", page)]

FURNITURE = (
    "Accept all", "41 partners", "Skip to main", "Subscribe from", "Births, marriages, deaths",
    "The Morning Tide", "Email address", "Copy link", "min read", "Read more:", "Read next",
    "Most read", "Comments are read", "Strandsider", "Advertisement", "All rights reserved",
    "Northline live", "For editors", "Filed Under", "Top stories", "Syndication", "2 minute read",
    "Situations vacant", "Freight index", "Print this page", "Tell a colleague", "Also in ",
    "Free weekly bulletin", "ISSN", "Join for 9 crowns", "Listen to this article", "How to pitch",
    "free articles this month", "More from this issue", "ログイン", "関連記事",
    "アクセスランキング", "無断転載", "Export to Word", "View Cached", "Similar Articles",
    "opens in a new window", "dataLayer", "qtInit", "localStorage", "@context",
)  # fmt: skip
"""Words that stand in these pages outside their articles only."""

STANDARD_HOSTS = {"schema.org", "www.w3.org"}


@cache
def cleaned(page: str) -> Cleaned:
    from reader.clean import clean

    path = SAMPLE / page
    return clean(Document(path.read_bytes(), name=path.name))


@dataclass
class Shape:
    """What the Markdown of an article is built of, as the program's one parser sees it."""

    headings: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


COUNTED = {
    "table_open": "tables",
    "blockquote_open": "quotes",
    "image": "pictures",
    "footnote_ref": "notes",
    "dt_open": "terms",
}


@cache
def shape(page: str) -> Shape:
    from reader.text.markdown import parser

    found = Shape(counts=dict.fromkeys([*COUNTED.values(), "lists", "list_depth"], 0))
    depth = 0
    tokens = parser().parse(cleaned(page).markdown)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            found.headings.append(plain(tokens[at + 1]))
        elif token.type == "fence":
            found.code.append(token.info)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
            found.counts["lists"] += 1
            found.counts["list_depth"] = max(found.counts["list_depth"], depth)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        for part in (token, *(token.children or ())):
            if part.type in COUNTED:
                found.counts[COUNTED[part.type]] += 1
    return found


def plain(inline: Token) -> str:
    return "".join(part.content for part in inline.children or ())


def publications() -> list[dict[str, str]]:
    return tomllib.loads((SAMPLE / "edition.toml").read_text(encoding="utf-8"))["publication"]


def files() -> Iterator[Path]:
    return (path for path in SAMPLE.rglob("*") if path.is_file() and path.name != "edition.toml")


def test_every_publication_has_a_folder_a_title_and_an_invented_home():
    for publication in publications():
        assert set(publication) == {"folder", "title", "home"}
        assert re.fullmatch(r"https?://[a-z.-]+\.example/", publication["home"])
    assert sorted(p["folder"] for p in publications()) == sorted({f.parent.name for f in files()})


def test_there_are_sixteen_articles_or_more_from_five_publications_or_more():
    assert len(publications()) >= 5
    assert len(PAGES) >= 16
    assert sorted(path.relative_to(SAMPLE).as_posix() for path in files()) == PAGES


def test_the_edition_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in files()) < 400_000


def test_no_address_in_it_leads_to_a_real_host():
    for path in files():
        text = path.read_bytes().decode("utf-8", "replace")
        hosts = set(re.findall(r"https?://([\w.-]+)", text)) - STANDARD_HOSTS
        assert all(host.endswith(".example") for host in hosts), path.name


@pytest.mark.parametrize("page", PAGES)
def test_the_facts_of_a_page_are_found(page):
    article, expected = cleaned(page), EXPECTED[page]

    assert article.title == expected["title"]
    assert (article.published or "")[:10] == expected.get("published", "")
    assert list(article.authors) == expected.get("authors", [])
    assert article.language in (expected.get("language", "en"), None)
    if "modified" in expected:
        assert (article.modified or "").startswith(expected["modified"])
    assert article.cached_at == expected.get("cached_at")
    assert len(article.related) >= expected.get("related", 0)


@pytest.mark.parametrize("page", PAGES)
def test_the_article_is_whole(page):
    article, expected = cleaned(page), EXPECTED[page]

    before, found, _ = article.text.partition(expected["first"])
    assert found
    assert before.strip() in ("", article.summary)
    assert expected["last"] in article.text
    for passage in expected.get("holds", ()):
        assert passage in article.text
    assert not [w for w in article.warnings if w != "date-guessed"]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_but_the_article_is_left(page):
    assert [words for words in FURNITURE if words in cleaned(page).text] == []
    assert cleaned(page).title not in cleaned(page).text


@pytest.mark.parametrize("page", DUMPS_OF_ONE_SITE)
def test_a_dump_loses_nothing_among_its_sisters(page):
    from reader.clean import clean, line_prints

    others = [other for other in DUMPS_OF_ONE_SITE if other != page]
    sisters = [Document((SAMPLE / other).read_bytes()) for other in others]
    seen = Counter(line for sister in sisters for line in line_prints(sister))
    alone = cleaned(page)

    article = clean(Document((SAMPLE / page).read_bytes(), name=Path(page).name), seen)

    assert (article.title, article.published, article.authors) == (
        alone.title,
        alone.published,
        alone.authors,
    )
    assert article.text == alone.text


@pytest.mark.parametrize("page", PAGES)
def test_the_structure_of_a_page_survives(page):
    found, expected = shape(page), EXPECTED[page]

    assert found.headings == expected["headings"]
    assert found.code == expected.get("code", [])
    assert found.counts == {kind: expected.get(kind, 0) for kind in found.counts}


@pytest.mark.parametrize("page", PAGES)
def test_an_article_has_100_to_3000_words(page):
    assert 100 <= cleaned(page).words <= 3000


def test_every_form_and_every_structure_occurs():
    assert {cleaned(page).kind for page in PAGES} == {"html", "markdown", "text"}
    assert any(EXPECTED[page].get("code") for page in PAGES if page.endswith(".html"))
    for structure in ("tables", "quotes", "pictures", "notes", "terms", "related"):
        assert any(EXPECTED[page].get(structure) for page in PAGES), structure
    assert max(expected.get("list_depth", 0) for expected in EXPECTED.values()) == 2


def test_the_town_paper_reprints_the_wire_nearly_word_for_word():
    wire = shingles(cleaned("northline/ostrey-breakwater-breach.txt").text)
    reprint = shingles(cleaned("ostrey-courant/long-arm-breached.html").text)

    assert len(wire & reprint) / len(wire) > 0.8


def test_the_number_of_the_hurt_is_corrected_from_one_telling_to_the_next():
    assert "eleven people" in cleaned("ostrey-courant/long-arm-breached.html").text
    assert "The number is nine." in cleaned("ostrey-courant/nine-hurt-not-eleven.html").text
    assert "Nine people were hurt" in cleaned("northline/ministry-breakwater-money.md").text


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[at:] for at in range(4)), strict=False))
