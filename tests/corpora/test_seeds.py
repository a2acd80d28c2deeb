"""The five dumps that began it all come out as a reader wants them."""

import re
from pathlib import Path

import pytest

from reader.clean import clean
from reader.model import Cleaned, Document


@pytest.fixture
def seed(shared: Path):
    def cleaned(number: str) -> Cleaned:
        [path] = (shared / "seeds").glob(f"{number}_*.txt")
        return clean(Document(path.read_bytes(), name=path.name))

    return cleaned


def source(shared: Path, number: str) -> str:
    [path] = (shared / "seeds").glob(f"{number}_*.txt")
    return path.read_text("utf-8")


def test_a_page_with_its_menus_gives_the_article_and_its_facts(seed):
    article = seed("000")

    assert article.title == "OpenAI and Microsoft Extend Partnership"
    assert article.published == "2023-01-23"
    assert article.authors == ("OpenAI",)
    assert article.section == "Announcements"
    assert article.text.startswith("We're happy to announce")
    assert article.text.endswith("advancing this progress with Microsoft.")
    assert article.text.count("\n\n") == 7
    for furniture in ("Learn more", "DALL·E 2", "Terms of Use", "minute read", "Filed Under"):
        assert furniture not in article.text


def test_a_text_without_title_gets_one_and_says_so(seed, shared):
    article = seed("001")

    assert article.warnings == ("title-derived",)
    assert article.title == (
        "OpenAI and Microsoft have announced that they are expanding their current partnership"
    )
    paragraphs = [p.strip() for p in source(shared, "001").split("\n\n")]
    assert article.text.split("\n\n") == paragraphs


def test_an_aggregators_page_gives_the_cached_article(seed):
    article = seed("002")

    assert article.title == "OpenAI and Microsoft extend partnership"
    assert (article.site, article.section) == ("OpenAI Blog", "News")
    assert article.url == "https://openai.com/index/openai-and-microsoft-extend-partnership/"
    assert article.cached_at == "2026-04-20T14:43"
    assert article.published is None
    assert article.summary is not None
    assert article.summary.startswith("OpenAI and Microsoft extend their multi-year")
    assert article.text.startswith("This multi-year, multi-billion dollar investment")
    assert article.text.endswith("progress with Microsoft.")
    assert len(re.findall(r"^- ", article.markdown, re.M)) == 3
    assert "remains a [capped-profit company](https://openai.com/index/openai-lp/) and is" in (
        article.markdown
    )
    for damage in ("\\", "opens in a new window", "Source:", "Export to"):
        assert damage not in article.markdown


def test_an_aggregators_similar_articles_are_related_not_text(seed):
    article = seed("002")

    assert [related.title for related in article.related] == [
        "OpenAI and Microsoft",
        "The next chapter of the Microsoft–OpenAI partnership",
        "Joint Statement from OpenAI and Microsoft",
        "Microsoft invests in and partners with OpenAI to support us building beneficial AGI",
        "The next phase of the Microsoft OpenAI partnership",
    ]
    assert {related.source for related in article.related} == {"OpenAI Blog"}
    assert all(related.summary and related.summary.endswith(".") for related in article.related)
    assert "AGI verification" not in article.text


def test_unmarked_headings_and_bullets_are_found(seed):
    article = seed("003")

    assert article.title is not None
    assert article.title.startswith("Microsoft and OpenAI Partnership Remains Strong")
    assert article.title not in article.text
    assert re.findall(r"^## (.*)", article.markdown, re.M) == [
        "A History of Collaboration",
        "Key Terms of the Partnership Remain Unchanged",
        "OpenAI’s Flexibility and Independent Growth",
        "AGI Definition and Processes",
        "Amazon Collaboration",
        "Future Outlook",
    ]
    assert len(re.findall(r"^- ", article.markdown, re.M)) == 3


def test_a_text_that_repeats_itself_loses_nothing(seed, shared):
    article = seed("004")

    title, *body = [line for line in source(shared, "004").split("\n") if line.strip()]
    assert article.title == title
    assert article.text.split("\n\n") == body
