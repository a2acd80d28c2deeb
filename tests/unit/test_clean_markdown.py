"""Markdown comes through in its meaning; damaged Markdown is made whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import clean
from reader.clean.compose import escaped, markdown_of
from reader.clean.joins import Line
from reader.clean.repair import is_damaged, repaired
from reader.model import Cleaned, Document
from reader.text import markdown as md


def cleaned(text: str, name: str = "page.md") -> Cleaned:
    return clean(Document(text.encode(), name=name))


def test_front_matter_gives_the_facts():
    article = cleaned(
        "---\n"
        'title: "A boat: to borrow"\n'
        "author: Edith Marlow\n"
        "date: 2024-03-12\n"
        "tags: [boats, 'town, the']\n"
        "url: https://marsh.example/boat\n"
        "description: >\n  A boat lies\n  in the grass.\n"
        "lang: en-GB\n"
        "category: Local\n"
        "---\n\nThe boat is green.\n"
    )

    assert article.title == "A boat: to borrow"
    assert article.authors == ("Edith Marlow",)
    assert article.published == "2024-03-12"
    assert article.tags == ("boats", "town, the")
    assert article.url == "https://marsh.example/boat"
    assert article.summary == "A boat lies in the grass."
    assert article.language == "en"
    assert article.section == "Local"
    assert article.markdown == "The boat is green."


def test_lists_of_names_and_toml_are_front_matter_too():
    yaml = cleaned("---\ntitle: T\nauthors:\n  - Ann Lee\n  - name: Jo Roe\n---\nText.\n")
    toml = cleaned('+++\ntitle = "T"\ndate = 2024-03-12\nauthor = "Ann Lee"\n+++\nText.\n')

    assert yaml.authors == ("Ann Lee", "Jo Roe")
    assert (toml.title, toml.published, toml.authors) == ("T", "2024-03-12", ("Ann Lee",))


def test_a_rule_at_the_top_is_no_front_matter():
    article = cleaned("---\n\nA text below a rule.\n\n---\n\nAnother.\n")

    assert "A text below a rule." in article.text
    assert "Another." in article.text


@pytest.mark.parametrize("heading", ["# The boat", "The boat\n========", "# The boat #"])
def test_the_first_heading_is_the_title_and_not_in_the_body(heading):
    article = cleaned(f"{heading}\n\nIt is green.\n\n## Later\n\nIt sank.\n")

    assert article.title == "The boat"
    assert article.text == "It is green.\n\nLater\n\nIt sank."


def test_one_of_several_second_level_headings_is_not_the_title():
    article = cleaned("## First\n\nIt is green and old.\n\n## Second\n\nIt sank.\n")

    assert article.text.startswith("First")
    assert "title-derived" in article.warnings


def test_a_byline_under_the_title_becomes_facts():
    article = cleaned("# The boat\n\n*By Edith Marlow, 12 March 2024*\n\nIt is green.\n")

    assert article.authors == ("Edith Marlow",)
    assert article.published == "2024-03-12"
    assert article.text == "It is green."


SOUND = """\
A [link](https://a.example/b)s, *stress*, **weight**, `code` and 5 \\* 3.

- one
- two
  1. nested

> said

| a | b |
|---|---|
| 1 | 2 |

```python
x = "# not a heading"
```

Term
: its meaning

A note.[^1]

[^1]: The note.
"""


def test_sound_markdown_is_unchanged():
    article = cleaned("# T\n\n" + SOUND)

    assert article.markdown == SOUND.strip()
    assert article.text == md.plain(SOUND)


def test_raw_html_in_markdown_is_shown_as_text():
    assert "<b>bold</b>" in cleaned("# T\n\nThis is <b>bold</b> text.\n").text


DAMAGED = (
    "# The boat Source: [https://m.example/boat](https://m.example/boat) The multi\\-year plan is"
    " a[long\\-term one](https://m.example/plan)and it holds\\. - It is green\\. - It is"
    " [old\\(opens in a new window\\)](https://m.example/old), they say\\. - It leaks\\."
    " Nobody minds\\."
)


def test_damaged_markdown_is_made_whole():
    assert is_damaged(DAMAGED)
    assert repaired(DAMAGED, "The boat") == (
        "# The boat\n\n"
        "The multi-year plan is a [long-term one](https://m.example/plan) and it holds.\n\n"
        "- It is green.\n"
        "- It is [old](https://m.example/old), they say.\n"
        "- It leaks.\n\n"
        "Nobody minds."
    )


def test_an_escape_that_is_needed_stays():
    fixed = repaired("Stars \\* and \\_lines\\_, multi\\-year\\, and\\. so\\-on\\. a\\-b")

    assert md.plain(fixed) == "Stars * and _lines_, multi-year, and. so-on. a-b"


def test_a_heading_without_its_line_end_stops_where_a_sentence_starts():
    fixed = repaired("It ends\\. ## Why so dear The bill has grown\\. It multi\\-plied\\. a\\-b")

    assert "## Why so dear\n\nThe bill has grown." in fixed


def test_sound_markdown_is_not_taken_for_damaged():
    assert not is_damaged(SOUND)


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=80))
@settings(max_examples=400)
def test_escaped_text_reads_as_the_same_text(text):
    words = " ".join(text.split())

    assert " ".join(md.plain(escaped(words)).split()) == " ".join(md_gate(words).split())


def md_gate(text: str) -> str:
    from reader.text import safe

    return safe.prose(text)


@given(st.lists(st.sampled_from(["Title", "- a b", "1. x", "Some text.", "# x", "a | b", "---"])))
def test_composed_lines_lose_no_words(texts):
    import re

    plain = md.plain(markdown_of([Line(text, 0) for text in texts]))

    kept = re.findall(r"[A-Za-z]+", plain)
    assert kept == re.findall(r"[A-Za-z]+", " ".join(texts))


@given(st.text(max_size=200))
def test_any_text_called_markdown_gives_an_answer(text):
    assert cleaned(text).kind in ("markdown", "html", "text")


def test_a_heading_that_a_list_follows_ends_where_the_list_begins():
    lost = (
        "# A boat in the grass Source: [x](https://marsh.example/boat) The town decided\\. It "
        "waits\\. ## What changes - Between Marsh and Ostrey the ferry sails each hour\\. - On "
        "Sundays it does not sail at all\\. The new plan is valid from May on\\."
    )

    markdown = cleaned(lost).markdown

    assert "## What changes\n\n- Between Marsh and Ostrey the ferry sails each hour.\n" in markdown
