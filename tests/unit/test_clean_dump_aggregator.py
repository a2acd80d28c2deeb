"""Pages of aggregators in several languages: the cached article, and only it."""

import pytest

from reader.clean import clean
from reader.model import Cleaned, Document, Related

GERMAN = """\
Stadtbücherei verleiht Ruderboot

Marschbote Kultur

Zusammenfassung

Die Stadtbücherei verleiht seit Montag ein Ruderboot. Vierzig Leser stehen auf der Liste.

Originalartikel Drucken Teilen

Zwischengespeichert am: 20.04.2026, 14:43

# Stadtbücherei verleiht Ruderboot

Quelle: [https://marschbote.example/boot](https://marschbote.example/boot)

Die Bücherei verleiht ein Boot\\. Es liegt auf der Wiese und ist grün\\-weiß gestrichen\\.

## Vierzig auf der Liste

Mehr als vierzig Menschen haben sich eingetragen\\. Die erste war eine Lehrerin\\.

Ähnliche Artikel

Brücke bleibt gesperrt

Hafenzeitung

Die Brücke bleibt bis Mai gesperrt, weil das Geld fehlt und der Winter lang war.

Schwäne zurück

Hafenzeitung
"""

FRENCH = """\
La bibliothèque prête une barque

Le Courrier Culture

Résumé

La bibliothèque prête une barque depuis lundi, et quarante personnes attendent.

Article original Imprimer

Mis en cache le : 20/04/2026 14:43

# La bibliothèque prête une barque \
Source : [https://courrier.example/b](https://courrier.example/b) \
La bibliothèque prête une barque\\. Elle est verte\\. - Une barque\\. \
- Deux rames\\. - Une écope\\. \
Personne ne s'en plaint\\.

Articles similaires

Le pont fermé

Le Port

Le pont restera fermé jusqu'en mai, faute d'argent, dit la mairie de la ville.
"""

JAPANESE = """\
町の図書館、舟を貸し出す

沼田日報 文化

要約

図書館が舟を貸し出した。四十人が待っている。

元記事 印刷

キャッシュ日時：2026年4月20日 14:43

図書館が舟を貸し出した。舟は緑色で、閲覧室の裏の草地に置かれている。

関連記事

橋の修理、五月まで延期

港新聞

橋の修理は、予算が足りないため五月まで延期されることになった。
"""

ENGLISH = """\
The boat of the library

The Marsh Herald · Culture

By Edith Marlow

Summary
The library lends a boat to its readers, who like it very much indeed.
Original Article: https://marsh.example/boat
Cached on April 20, 2026 at 2:43 PM

The library lends a boat. It lies in the grass behind the reading room, and it is green.

A list of names
More than forty people have put down their names. The first was a schoolteacher.

Related Articles
Bridge closed until May — The Harbour
Swans return to the old harbour — The Harbour
"""


def cleaned(text: str) -> Cleaned:
    return clean(Document(text.encode(), name="page.txt"))


@pytest.mark.parametrize(
    ("page", "site", "section", "url"),
    [
        (GERMAN, "Marschbote", "Kultur", "https://marschbote.example/boot"),
        (FRENCH, "Le Courrier", "Culture", "https://courrier.example/b"),
        (JAPANESE, "沼田日報", "文化", None),
        (ENGLISH, "The Marsh Herald", "Culture", "https://marsh.example/boat"),
    ],
    ids=["de", "fr", "ja", "en"],
)
def test_the_copys_date_is_not_the_articles(page, site, section, url):
    article = cleaned(page)

    assert article.title == page.split("\n")[0]
    assert (article.site, article.section, article.url) == (site, section, url)
    assert article.cached_at == "2026-04-20T14:43"
    assert article.published is None
    assert article.summary is not None
    assert article.summary not in article.text


def test_the_text_is_the_cached_one_alone():
    assert cleaned(GERMAN).text == (
        "Die Bücherei verleiht ein Boot. Es liegt auf der Wiese und ist grün-weiß gestrichen.\n\n"
        "Vierzig auf der Liste\n\n"
        "Mehr als vierzig Menschen haben sich eingetragen. Die erste war eine Lehrerin."
    )
    assert cleaned(JAPANESE).text == (
        "図書館が舟を貸し出した。舟は緑色で、閲覧室の裏の草地に置かれている。"
    )
    assert cleaned(FRENCH).markdown == (
        "La bibliothèque prête une barque. Elle est verte.\n\n"
        "- Une barque.\n- Deux rames.\n- Une écope.\n\n"
        "Personne ne s'en plaint."
    )


def test_related_articles_come_with_what_the_page_says_of_them():
    assert cleaned(GERMAN).related == (
        Related(
            "Brücke bleibt gesperrt",
            "Hafenzeitung",
            "Die Brücke bleibt bis Mai gesperrt, weil das Geld fehlt und der Winter lang war.",
        ),
        Related("Schwäne zurück", "Hafenzeitung"),
    )
    assert cleaned(ENGLISH).related == (
        Related("Bridge closed until May", "The Harbour"),
        Related("Swans return to the old harbour", "The Harbour"),
    )


LISTED = (
    Related(
        "Brücke bleibt gesperrt",
        "Hafenzeitung",
        "Die Brücke bleibt bis Mai gesperrt, weil das Geld fehlt.",
    ),
    Related(
        "Schwäne zurück, Boote fort, so die Zählung: eine Liste",
        "Marschbote",
        "Am Alten Hafen sind zwölf Schwäne: Das sagt die Hafenmeisterin.",
    ),
    Related(
        "Ruder gesucht: ein Aufruf",
        "Hafenzeitung",
        "Der Bücherei fehlt seit gestern ein Ruder, sagt ihr Leiter.",
    ),
)


@pytest.mark.parametrize("form", ["{0}, {1}: {2}", "{0}\n\n{1}: {2}"])
def test_where_all_items_of_a_list_are_of_one_form_the_source_is_told_from_the_rest(form):
    above = GERMAN[: GERMAN.index("Brücke bleibt")]
    items = [form.format(one.title, one.source, one.summary) for one in LISTED]

    assert cleaned(above + "\n\n".join(items)).related == LISTED


def test_a_colon_in_the_summary_of_one_item_names_no_source():
    above = GERMAN[: GERMAN.index("Brücke bleibt")]
    told = [
        "Der Leiter: Ein Ruder fehlt der Bücherei seit gestern Abend.",
        *(one.summary for one in LISTED[:2]),
    ]
    listed = "\n\n".join(f"{one.title}\n\n{text}" for one, text in zip(LISTED, told, strict=True))

    related = cleaned(above + listed).related
    assert [(one.source, one.summary) for one in related] == [(None, text) for text in told]


def test_a_page_that_only_speaks_of_a_cache_is_none():
    article = cleaned(
        "The cache\n\nThe squirrel made its cache in autumn, and forgot it by spring."
    )

    assert article.cached_at is None
    assert article.text == "The squirrel made its cache in autumn, and forgot it by spring."


MENU_ABOVE = """\
FeedNest
Home Topics Saved Search

Council approves tram line to the hospital

The Harbour Post

Similar articles

Tram line: the routes that were rejected
The Harbour Post
Six other routes were studied, and most failed because of a bridge that cannot carry a tram.

TL;DR
After nine years of debate the council voted for a tram line to the new hospital.

Read original
Show full text from the cache
Cached on 2026-02-11 17:05 UTC

The council voted on Tuesday night to build a tram line to the hospital in Eastfield.
"""


def test_a_menu_above_and_a_list_in_the_middle_are_told_from_title_and_text():
    article = cleaned(MENU_ABOVE)

    assert article.title == "Council approves tram line to the hospital"
    assert article.site == "The Harbour Post"
    assert article.cached_at == "2026-02-11T17:05+00:00"
    assert article.summary is not None
    assert article.summary.startswith("After nine years")
    assert [related.title for related in article.related] == [
        "Tram line: the routes that were rejected"
    ]
    assert article.text == (
        "The council voted on Tuesday night to build a tram line to the hospital in Eastfield."
    )


def test_the_last_item_of_a_list_is_not_cut_at_its_colon():
    cached = (
        "# Stadtbücherei verleiht Ruderboot Alles steht fest\\. - Länge: drei Meter\\. "
        "- Farbe: grün\\-weiß\\. - Beginn: Herbst 2026\\. Alle freuen sich\\."
    )
    page = GERMAN[: GERMAN.index("# ")] + cached + GERMAN[GERMAN.index("\n\nÄhnliche") :]

    assert cleaned(page).markdown == (
        "Alles steht fest.\n\n- Länge: drei Meter.\n- Farbe: grün-weiß.\n"
        "- Beginn: Herbst 2026.\n\nAlle freuen sich."
    )


def test_a_line_of_facts_below_the_title_and_below_related_titles_is_told_apart():
    page = """\
← Back to list

The cathedral that leans

Northern Arts Review · Culture · 3 May 2026 · 4 min read
By Helen Marsh

AI Summary

A cathedral tower in Holm leans, and will not be straightened but stopped.

Export to Word · Copy link

Cached at: 05/03/26, 09:15 AM

The tower of Holm cathedral leans by 1.4 metres, and has done so, more or less, since 1322.

You might also like

Towers that fell
Northern Arts Review · 12 April 2026
A short history of towers that leaned too far, and of those who lived beneath them.
"""

    article = cleaned(page)

    assert (article.title, article.authors) == ("The cathedral that leans", ("Helen Marsh",))
    assert (article.site, article.section) == ("Northern Arts Review", "Culture")
    assert (article.published, article.cached_at) == ("2026-05-03", "2026-05-03T09:15")
    assert [(one.title, one.source) for one in article.related] == [
        ("Towers that fell", "Northern Arts Review")
    ]


def test_a_short_copy_on_one_line_with_its_source_is_not_all_heading():
    page = JAPANESE.replace(
        "図書館が舟を貸し出した。舟は緑色で",
        "# 町の図書館、舟を貸し出す 出典: [https://n.example/1](https://n.example/1) "
        "図書館が舟を貸し出した。舟は緑色で",
    )

    article = cleaned(page)

    assert article.url == "https://n.example/1"
    assert article.text.startswith("図書館が舟を貸し出した。")


@pytest.mark.parametrize(
    "told",
    [
        "Cached\n3 November 2025, 14:05\n\nOriginal article",
        "Source: The Harbour Post | Cached: 3 Nov 2025, 14:05 | View original",
        "Original article\n\nFull text (cached 3 Nov 2025, 14:05)",
        "Original article\n\nThis copy was cached by FeedNest on 3 November 2025 at 14:05.",
    ],
)
def test_the_day_of_the_copy_is_read_wherever_it_stands_beside_its_label(told):
    page = f"""\
Council approves tram line to the hospital

The Harbour Post

Summary

After nine years of debate the council voted for a tram line to the new hospital.

{told}

The council voted on Tuesday night to build a tram line to the hospital in Eastfield.

Reactions

The owners of the gardens were not pleased, and one of them has planted a tree.

Similar stories

Gardens in the way of the tram
"""

    article = cleaned(page)

    assert article.cached_at == "2025-11-03T14:05"
    assert article.site == "The Harbour Post"
    assert article.text.startswith("The council voted")
    assert article.text.endswith("Reactions\n\n" + page.split("\n\n")[-3])
    assert [related.title for related in article.related] == ["Gardens in the way of the tram"]


def test_the_day_of_a_copy_under_another_name_is_not_the_articles():
    page = """\
Council approves tram line to the hospital

The Harbour Post

Summary

After nine years of debate the council voted for a tram line to the new hospital.

Original Article Export to Word Export to PDF

Saved copy of 3 Nov 2025, 14:05

The council voted on Tuesday night to build a tram line to the hospital in Eastfield.

Similar stories

Gardens in the way of the tram
"""

    article = cleaned(page)

    assert (article.cached_at, article.published) == ("2025-11-03T14:05", None)
    assert article.text.startswith("The council voted")


def test_a_paper_with_its_abstract_is_no_copy_of_one():
    article = cleaned(
        "Trams and nurses\n\nAbstract\n\nTrams make nurses healthier, and more punctual.\n\n"
        "Full text\n\nNurses who take the tram were asked how they feel, and they felt well.\n\n"
        "Similar articles\n\nBicycles and nurses"
    )

    assert article.related == ()
    assert "more punctual" in article.text


@pytest.mark.parametrize(
    ("buttons", "cached"),
    [
        ("Read the original Save as PDF Share", "Fetched: 20 Apr 2026, 2:43 PM"),
        ("Zum Originalartikel\nAls PDF speichern", "Abgerufen: 20.04.2026, 14:43"),
        ("Article original Exporter en PDF", "En cache depuis le 20 avril 2026 à 14:43"),
    ],
)
def test_a_copy_that_was_fetched_and_can_be_saved_as_pdf_is_all_of_the_text(buttons, cached):
    head, _, rest = GERMAN.partition("Originalartikel Drucken Teilen")
    body = rest.partition("14:43")[2]

    article = clean(Document(f"{head}{buttons}\n\n{cached}{body}".encode(), name="page.txt"))

    assert article.text.startswith("Die Bücherei verleiht ein Boot.")
    assert article.text.endswith("Die erste war eine Lehrerin.")
    assert article.cached_at == "2026-04-20T14:43"


def test_the_title_in_escaped_markdown_is_told_from_a_source_of_section_words():
    page = (
        "Open-source maps reach the last village\nRest of World\n\nAI Summary\n"
        "Mappers finish a work of eleven years, in which they drew every house of the hills.\n\n"
        "View original \u2022 Download as Word\nCached version\nLast cached: Feb 3, 2026\n\n"
        "# Open\\-source maps reach the last village Source: "
        "[https://row\\.example/maps/](https://row.example/maps/) Volunteers have put the last"
        " village on a map\\. It holds every bridge\\. They turn to the plains next\\.\n\n"
        "Related articles\n\nDrones count the trees\nHill Post\n"
        "A forest office has begun to count its trees from the air, and finds more of them.\n\n"
        "Rangers ask for boats\nHill Post\n"
        "The rangers of the low forest have asked for boats, for its paths are under water.\n\n"
        "Reading list\n"
    )

    article = clean(Document(page.encode(), name="page.txt"))

    assert (article.title, article.site) == (
        "Open-source maps reach the last village",
        "Rest of World",
    )
    assert article.text.startswith("Volunteers have put the last village on a map.")
    assert [one.title for one in article.related] == [
        "Drones count the trees",
        "Rangers ask for boats",
    ]
