"""Aggregators' pages in HTML: the same page in many markups and languages gives the same record."""

from collections.abc import Callable

import pytest
from aggregator_pages import ENGLISH, MARKUPS, News, paragraphs, sections, similar

from reader.clean import clean
from reader.model import Cleaned, Document, Related

NAV = '<nav><a href="/">Home</a> <a href="/t">Topics</a> <a href="/saved">Saved</a></nav>'
FOOT = "<footer>© 2025 FeedNest. <a href='/about'>About us</a></footer>"


def cleaned(body: str, title: str, language: str = "en") -> Cleaned:
    html = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title} | FeedNest</title></head><body>{NAV}{body}{FOOT}</body></html>"
    )
    return clean(Document(html.encode(), name="page.html"))


@pytest.mark.parametrize(("news", "markup"), MARKUPS)
def test_what_an_aggregator_tells_is_read_whatever_its_markup(
    news: News, markup: Callable[[News], str]
) -> None:
    article = cleaned(markup(news), news.title, news.language)

    assert (article.title, article.site, article.url) == (news.title, news.site, news.url)
    assert article.cached_at == "2025-11-03T14:05"
    assert article.published is None
    assert article.summary == news.summary
    assert article.text == "\n\n".join(news.body)
    assert article.related == news.similar


@pytest.mark.parametrize(
    "form",
    [
        '<li><a href="{u}">{t}</a>, {s}: {m}</li>',
        '<li><a href="{u}">{t}, {s}: {m}</a></li>',
        '<li><a href="{u}">{t}</a><br>{s}: {m}</li>',
    ],
)
def test_a_source_before_the_summary_of_each_item_is_told_from_it(form: str) -> None:
    third = Related(
        "Eastfield asks for a bus",
        "Eastfield Echo",
        "Until the tram comes there should be a bus, 2,100 people say.",
        "https://echo.example/bus",
    )
    news = ENGLISH._replace(similar=(*ENGLISH.similar, third))
    body = f"""<h1>{news.title}</h1><p>{news.site} | Cached: 2025-11-03 14:05 |
<a href="{news.url}">View original</a></p><h2>Summary</h2><p>{news.summary}</p>
<h2>Full text</h2>{paragraphs(news)}<h2>Similar articles</h2><ul>{similar(news, form)}</ul>"""

    assert cleaned(body, news.title).related == news.similar


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("Saved copy of 3 Nov 2025, 14:05", "2025-11-03T14:05"),
        ("Stored on 3 Nov 2025", "2025-11-03"),
        ("Stan na 3 listopada 2025", "2025-11-03"),
        ("Archived copy", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("export", ["Export to Word", "Als Word speichern", "导出为 Word"])
def test_a_copy_is_found_whatever_it_is_called_where_its_text_is_exported(
    label: str, day: str | None, export: str
) -> None:
    items = similar(ENGLISH, '<li><a href="{u}">{t}</a><p>{s}</p><p>{m}</p></li>')
    page = f"""<h1>{ENGLISH.title}</h1><p>{ENGLISH.site}</p><h2>Summary</h2><p>{ENGLISH.summary}</p>
<div><a href="{ENGLISH.url}">Original article</a> <a href="/w">{export}</a>
<a href="/p">Export to PDF</a></div>
<p>{label}</p>{paragraphs(ENGLISH)}<h2>Similar articles</h2><ul>{items}</ul>"""

    article = cleaned(page, ENGLISH.title)

    assert (article.cached_at, article.published) == (day, None)
    assert (article.summary, article.related) == (ENGLISH.summary, ENGLISH.similar)
    assert article.text == "\n\n".join(ENGLISH.body)


def test_the_day_of_a_by_line_below_the_buttons_is_the_articles() -> None:
    page = f"""<h1>{ENGLISH.title}</h1><h2>Summary</h2><p>{ENGLISH.summary}</p>
<p><a href="{ENGLISH.url}">Original article</a> <a href="/w">Export to Word</a></p>
<p>By Ann Lee, 3 Nov 2025</p>{paragraphs(ENGLISH)}<h2>Similar articles</h2>
<ul><li><a href="/1">Cats that look like mayors</a></li></ul>"""

    article = cleaned(page, ENGLISH.title)

    assert (article.cached_at, article.published) == (None, "2025-11-03")


def test_headings_pictures_and_reactions_of_the_copy_stay_in_it() -> None:
    more = (
        "<h3>Reactions</h3><p>The owners were not pleased, and one of them has planted a tree "
        'where the tram is to run.</p><figure><img src="https://x.example/tram.jpg" alt="">'
        "</figure><ul><li>Four kilometres.</li><li>Eleven stops.</li></ul>"
    )
    page = sections(ENGLISH).replace("</article></section>", f"{more}</article></section>")

    article = cleaned(page, ENGLISH.title)

    assert "## Reactions" in article.markdown
    assert "![](https://x.example/tram.jpg)" in article.markdown
    assert article.text.endswith("- Four kilometres.\n- Eleven stops.")
    assert article.related == ENGLISH.similar


@pytest.mark.parametrize("element", ["div", "pre"])
def test_a_copy_that_is_shown_in_markdown_is_read_as_markdown(element: str) -> None:
    written = {
        "div": f"# {ENGLISH.title} Source: [{ENGLISH.url}]({ENGLISH.url}) The line is four\\-fold"
        "\\. - It begins at the harbour\\. - It ends at the hospital\\.",
        "pre": f"# {ENGLISH.title}\n\nSource: <{ENGLISH.url}>\n\nThe line is four-fold.\n\n"
        "- It begins at the harbour.\n- It ends at the hospital.",
    }[element].replace("<", "&lt;")
    page = sections(ENGLISH).replace(paragraphs(ENGLISH), f"<{element}>{written}</{element}>")

    article = cleaned(page, ENGLISH.title)

    assert article.markdown == (
        "The line is four-fold.\n\n- It begins at the harbour.\n- It ends at the hospital."
    )
    assert (article.url, article.related) == (ENGLISH.url, ENGLISH.similar)


def test_what_the_page_states_of_its_day_is_kept_unless_it_is_the_copys() -> None:
    page = sections(ENGLISH).replace("</header>", "<p>By Ann Lee · 2 November 2025</p></header>")

    assert cleaned(page, ENGLISH.title).published == "2025-11-02"
    assert cleaned(page, ENGLISH.title).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", "<h2>Related articles</h2><ul><li><a href='/1'>Cats that look like mayors</a></ul>"),
        (
            f"<aside><h2>Summary</h2><p>{ENGLISH.summary}</p></aside><p>Source: Reuters</p>",
            "<h2>Similar articles</h2><ul><li><a href='/1'>Cats that look like mayors</a></ul>",
        ),
        (
            "<p>Archived on 3 November 2025</p>",
            "<h2>Related articles</h2><ul><li><a href='/1'>Cats that look like mayors</a></ul>",
        ),
        (
            "<h2>How the cache works</h2>",
            "<h2>Summary</h2><p>A cache keeps what was asked for, and forgets the rest of it.</p>"
            "<h2>Related posts</h2><ul><li><a href='/1'>Cached forever, 3 Nov 2025</a></ul>",
        ),
        (
            "<p>Original Article</p><h2>Abstract</h2><p>Trams make nurses healthier.</p>"
            "<p><a href='/pdf'>Full text</a></p>",
            "<h2>Similar articles</h2><ul><li><a href='/1'>Bicycles and nurses</a></li></ul>",
        ),
        (
            "<p><a href='/w'>Export to Word</a> <a href='/p'>Export to PDF</a></p>"
            "<h2>Summary</h2><p>Trams make nurses healthier.</p>",
            "<h2>Related articles</h2><ul><li><a href='/1'>Bicycles and nurses</a></li></ul>",
        ),
        (
            "",
            "<h2>See also</h2><a href='/w'>Cable car</a><h2>References</h2><ol><li>Lee, Ann. "
            "Retrieved 3 November 2025.</li></ol><h2>Overview</h2><p>Trams.</p>",
        ),
    ],
    ids=["related", "summary", "archive", "on caches", "journal", "wiki", "references"],
)
def test_an_article_with_such_boxes_that_is_no_copy_stays_as_it_was(above: str, below: str) -> None:
    page = f"<article><h1>{ENGLISH.title}</h1>{above}{paragraphs(ENGLISH)}</article>{below}"

    article = cleaned(page, ENGLISH.title)

    assert article.cached_at is None
    assert article.related == ()
    for paragraph in ENGLISH.body:
        assert paragraph in article.text


@pytest.mark.parametrize(
    ("original", "export", "similar_to"),
    [
        ("View source", "Download Word", "Related reads"),
        ("Zur Quelle", "Word-Datei", "Ähnliche Texte"),
        ("Voir la source", "Télécharger Word", "À lire ensuite"),
    ],
)
def test_an_aggregator_that_calls_its_parts_by_other_words_is_one(
    original: str, export: str, similar_to: str
) -> None:
    body = f"""<main><h1>{ENGLISH.title}</h1><div><span>{ENGLISH.site}</span> ·
<time datetime="2025-11-02T06:00:00Z">Nov 2, 2025</time></div>
<section><h2>TL;DR</h2><p>{ENGLISH.summary}</p></section>
<div><a href="{ENGLISH.url}">{original}</a> <button>{export}</button></div>
<details open><summary>Full text (cached)</summary><p>Fetched 11/03/25, 02:05 PM</p>
{paragraphs(ENGLISH)}</details><section><h2>{similar_to}</h2>
{similar(ENGLISH, '<article><h3><a href="{u}">{t}</a></h3><p>{s}</p><p>{m}</p></article>')}
</section></main>"""

    article = cleaned(body, ENGLISH.title)

    assert (article.site, article.url, article.authors) == (ENGLISH.site, ENGLISH.url, ())
    assert (article.published, article.cached_at) == ("2025-11-02T06:00:00Z", "2025-11-03T14:05")
    assert article.text == "\n\n".join(ENGLISH.body)
    assert article.related == ENGLISH.similar
