"""What a page says of itself, and which of its statements is believed."""

import json

import pytest

from reader.clean import credit, metadata, moments, tree
from reader.clean.metadata import Facts
from reader.clean.page import clean_page
from reader.model import Document


def facts(
    head: str = "", body: str = "", url: str | None = "https://www.gazette.example/a/b"
) -> Facts:
    root = tree.parse(f"<html><head>{head}</head><body>{body}<p>Text.</p></body></html>")
    return metadata.read(root, Document(b"", url=url), guess_dates=False)


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


TITLES = {
    "a site at the end": ("<title>Harbour reopens | The Gazette</title>", "Harbour reopens"),
    "a site at the start": ("<title>Gazette: News - Harbour reopens</title>", None),
    "a colon of its own": ("<title>Harbour: what now? - Gazette</title>", "Harbour: what now?"),
    "a dash of its own": ("<title>Harbour – a year on | Gazette</title>", "Harbour – a year on"),
    "og:title agrees with the title": (
        "<title>Harbour reopens - Coast - The Gazette</title>"
        '<meta property="og:title" content="Harbour reopens">',
        "Harbour reopens",
    ),
}


@pytest.mark.parametrize("case", TITLES)
def test_title(case: str) -> None:
    head, title = TITLES[case]
    found = facts(f'<meta property="og:site_name" content="The Gazette">{head}').title
    assert found == title or (title is None and found)


def test_the_heading_that_the_others_contain_is_the_title() -> None:
    found = facts(
        "<title>Harbour reopens - Coast - The Gazette</title>", "<h1>Harbour reopens</h1>"
    )
    assert found.title == "Harbour reopens"


HEADINGS = {
    "what is told to search engines is another": "<h1>Ferries are back in the harbour</h1>",
    "the site is a heading, too": "<h1>Gazette</h1><h1>Ferries are back in the harbour</h1>",
    "a kicker": (
        '<h1><span class="article__kicker">Coast</span>Ferries are back in the harbour</h1>'
    ),
    "a kicker, a colon and a wrapper": (
        '<h1><a href="/x"><span class="overline">Coast</span><span>:</span> '
        "<span>Ferries are back in the harbour</span></a></h1>"
    ),
    "a day in small print": "<h1>Ferries are back in the harbour <small>2 March 2026</small></h1>",
    "a title told and cut short": (
        '<meta name="twitter:title" content="Ferries are back in...">'
        "<h1>Ferries are back in the harbour</h1>"
    ),
}


@pytest.mark.parametrize("case", HEADINGS)
def test_the_heading_that_people_see_is_the_title(case: str) -> None:
    head = '<meta property="og:title" content="How it came about that the ferries run again">'
    assert facts(head, HEADINGS[case]).title == "Ferries are back in the harbour"


def test_a_heading_with_something_glued_to_the_title_is_not_the_title() -> None:
    head = '<meta property="og:title" content="Ferries are back"><title>Ferries are back</title>'
    assert facts(head, "<h1>Coast Ferries are back</h1>").title == "Ferries are back"


@pytest.mark.parametrize("mark", ["-", "_", "—"])
def test_a_chinese_title_ends_before_the_site_though_no_space_parts_them(mark: str) -> None:
    found = shown("<p>武汉的声音：有英勇的你</p>", f"武汉的声音：有英勇的你{mark}新华网")
    assert found.title == "武汉的声音：有英勇的你"


def test_a_section_in_the_name_of_the_site_backs_no_heading() -> None:
    head = "<title>Ferries are back | Gazette - Opinion Coast</title>"
    og = '<meta property="og:title" content="Ferries are back | Gazette - Opinion Coast">'
    twitter = og.replace("property=", "name=").replace("og:", "twitter:")
    site = '<meta property="og:site_name" content="Gazette - Opinion Coast">'
    assert facts(head + og + twitter + site, "<h1>Opinion</h1>").title == "Ferries are back"


BYLINES = {
    "By Jane Doe": ["Jane Doe"],
    "Von Jörg Müller und Ann-Kathrin Groß": ["Jörg Müller", "Ann-Kathrin Groß"],
    "Jane Doe, John Roe & Ann Poe": ["Jane Doe", "John Roe", "Ann Poe"],
    "Par Chloé Martin": ["Chloé Martin"],
    "View all posts by Daniel Lemire": ["Daniel Lemire"],
    "Grant Tinsley, PhD": ["Grant Tinsley"],
    "Jane Doe | 12.03.2024": ["Jane Doe"],
    "https://gazette.example/jane": [],
    "admin": [],
    "Ludwig van Beethoven": ["Ludwig van Beethoven"],
    "Ein Artikel von Jörg Müller": ["Jörg Müller"],
    "Jane Doe March 11": ["Jane Doe"],
    "Theresa May": ["Theresa May"],
    "Leonardo Di Marco": ["Leonardo Di Marco"],
    "Jane Doe Updated": ["Jane Doe"],
    "Jane DoeFollowTransformation expert": ["Jane Doe"],
    "Jane Doe, Senior Staff Technologist, Harbour Project": ["Jane Doe"],
    "Jörg Müller →": ["Jörg Müller"],
    "Donnerstag": [],
    "Posted": [],
    "Text und Interview: Jane Doe": ["Jane Doe"],
    "Alle Posts vom AutorJane Doe": ["Jane Doe"],
    "Themenstarter Jane": ["Jane"],
    "Eine Kolumne von Jane Doe": ["Jane Doe"],
    "Jane Doe, Gazette News, New York": ["Jane Doe"],
}


@pytest.mark.parametrize("line", BYLINES)
def test_names_in_a_byline(line: str) -> None:
    assert [name for name in credit.split(line) if credit.is_name(name)] == BYLINES[line]


LINES = {
    "a word in small letters before the name": "<h1>Harbour</h1><p>von Jane Doe</p>",
    "a day before the name": "<h1>Harbour</h1><p>11.12.2019 - Jane Doe</p>",
    "a day after the name": "<h2>Harbour</h2><h4>By Jane Doe | 12/10/2020</h4>",
    "a label above the name": "<h1>Harbour</h1><h4>Autorin:</h4><p>Jane Doe</p>",
    "a word glued to a link": '<div data-testid="byline"><i>By</i><a href="/x">Jane Doe</a></div>',
}


@pytest.mark.parametrize("case", LINES)
def test_an_author_named_near_the_heading(case: str) -> None:
    document = f"<html><body><article>{LINES[case]}<p>Text.</p></article></body></html>"
    assert clean_page(Document(document.encode())).authors == ("Jane Doe",)


def test_a_sentence_that_begins_with_by_names_no_author() -> None:
    document = "<html><body><h1>Harbour</h1><p>von Jane Doe war nie die Rede.</p></body></html>"
    assert clean_page(Document(document.encode())).authors == ()


def test_an_author_named_on_the_card_of_a_messenger() -> None:
    head = (
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" '
        'content="Jane Doe"><meta name="twitter:label2" content="Est. reading time">'
        '<meta name="twitter:data2" content="4 minutes">'
    )
    assert facts(head).authors == ("Jane Doe",)


def test_authors_of_a_graph_by_reference() -> None:
    found = facts(
        json_ld(
            '{"@graph":[{"@type":"Article","author":{"@id":"#jane"}},'
            '{"@type":"Person","@id":"#jane","name":"Jane Doe"}]}'
        )
    )
    assert found.authors == ("Jane Doe",)


def test_the_publisher_is_no_author() -> None:
    found = facts(
        json_ld(
            '{"@type":"NewsArticle","author":{"@type":"Organization","name":"The Gazette"},'
            '"publisher":{"@type":"Organization","name":"The Gazette"}}'
        )
    )
    assert found.authors == ()


def test_who_reviewed_it_did_not_write_it() -> None:
    recipe = (
        '{"@type":"Recipe","author":{"@type":"Person","name":"Ada"},'
        '"review":[{"@type":"Review","author":{"@type":"Person","name":"Bob Guest"}}]}'
    )
    assert facts(json_ld(recipe)).authors == ("Ada",)


def test_who_wrote_what_it_cites_did_not_write_it() -> None:
    cited = '<li itemprop="citation" itemscope><meta itemprop="author" content="Roe J, Poe A"></li>'
    named = '<meta name="dc.creator" content="Jane Doe">'
    assert facts(named, f"<ol>{cited}</ol>").authors == ("Jane Doe",)


def test_authors_of_other_cards_are_not_of_the_article() -> None:
    card = '<div itemscope><a>{}</a><span itemprop="author">By {}</span></div>'
    body = card.format("Harbour", "Jane Doe") + card.format("Ferry", "John Roe")
    assert facts(body=body).authors == ("Jane Doe",)


def test_a_forename_said_twice_goes_before_what_only_looks_like_a_name() -> None:
    found = shown(
        '<h1>Harbour reopens</h1><span class="author">Tine</span><span rel="author">Tine</span>'
        '<a rel="author" href="/t">Tine</a><ul><li>July 7, 2026</li><li>Harbour Stories</li></ul>'
    )
    assert found.authors == ("Tine",)


def test_the_name_of_a_site_that_is_a_person_is_its_author() -> None:
    head = '<meta property="og:site_name" content="Jane Doe"><meta name="author" content="{}">'
    assert facts(head.format("Jane Doe")).authors == ("Jane Doe",)
    assert facts(head.format("John Roe")).authors == ("John Roe",)


def test_a_desk_signs_where_no_person_does() -> None:
    by = '<h1>Harbour reopens</h1><p class="byline">von {}, 24. Januar 2022</p>'
    assert shown(by.format("Redaktion")).authors == ("Redaktion",)
    assert shown(by.format("Jane Doe")).authors == ("Jane Doe",)


def test_a_byline_tells_of_the_second_author_whom_the_page_does_not_state() -> None:
    stated = '<meta name="author" content="Jane Doe">'
    assert by_line(stated, "By Jane Doe and John Roe").authors == ("Jane Doe", "John Roe")
    assert by_line(stated, "By Ann Poe").authors == ("Jane Doe",)


def test_a_day_glued_to_a_name_is_left_out_where_the_byline_has_the_name_alone() -> None:
    stated = '<meta name="author" content="Jane Doe Fr">'
    assert by_line(stated, "By Jane Doe").authors == ("Jane Doe",)


def test_who_made_the_look_of_a_page_did_not_write_it() -> None:
    assert facts('<meta name="author" content="Jo Roe - http://look.example">').authors == ()


def by_line(head: str, line: str) -> Facts:
    from reader.clean import boxes

    body = f"<h1>Harbour reopens</h1><p>{line}</p><p>Ferries sailed.</p>"
    root = tree.parse(f"<html><head>{head}</head><body>{body}</body></html>")
    return metadata.read(root, Document(b""), page_boxes=boxes.cut(root), guess_dates=False)


NO_NAMES = {
    "a link to a category": '<p>July 7, 2026 <a href="/category/sea/">Harbour Stories</a></p>',
    "a heading of the text": "<div>July 7, 2026</div><h2>Leasing von Firmenfahrzeugen</h2>",
    "one word": "<ul><li>Books</li></ul><div>July 7, 2026</div>",
}


@pytest.mark.parametrize("case", NO_NAMES)
def test_what_stands_beside_a_day_need_not_be_a_name(case: str) -> None:
    assert shown(f"<h1>Harbour reopens</h1>{NO_NAMES[case]}").authors == ()


def test_an_author_told_below_the_text() -> None:
    text = "<p>" + "The council met again, said those who were there. " * 3 + "</p>"
    page = f"<html><body><h1>Harbour</h1>{text * 14}<p>{{}}</p><h4>Notes</h4></body></html>".format
    for line in ("Autorin: Jane Doe, Leiterin des Hafens.", "By Jane Doe", "Text: Jane Doe"):
        assert clean_page(Document(page(line).encode())).authors == ("Jane Doe",)
    assert clean_page(Document(page("By Jane Doe it was not.").encode())).authors == ()


NEAR = {
    "an account above a day": "<ul><li>von harbour_cat</li><li>am 20.09.2020</li></ul>",
    "an account behind a day": "<p>Geposted am 13. Januar 2014 von harbour_cat</p>",
    "an account before a day": "<p>Geschrieben von harbour_cat am 25.08.2015 (1599 x gelesen)</p>",
    "a link to a profile": '<p><a href="/members/7/">harbour_cat</a></p>',
    "a way in and a profile": (
        '<p><a href="/user/login">Sign in</a> <a href="/user/7">harbour_cat</a></p>'
    ),
}


@pytest.mark.parametrize("case", NEAR)
def test_an_account_beside_the_heading_is_the_author(case: str) -> None:
    assert shown(f"<h1>Harbour reopens</h1>{NEAR[case]}").authors == ("harbour_cat",)


def test_a_profile_in_the_text_is_of_somebody_else() -> None:
    body = (
        "<h1>Harbour reopens</h1>" + "<p>" + "The council met again. " * 9 + "</p>"
        '<p><a href="/profile/7">Ann Poe</a> was there.</p>'
    )
    assert shown(body).authors == ()


def test_commentators_are_no_authors() -> None:
    assert facts(body='<div class="comments"><b class="author">Bob Troll</b></div>').authors == ()


DATES = {
    "2024-03-12T08:15:00+01:00": "2024-03-12T08:15:00+01:00",
    "2024-03-12T08:15:00.123Z": "2024-03-12T08:15:00Z",
    "2024-03-12T08:15+0100": "2024-03-12T08:15+01:00",
    "2024-03-12": "2024-03-12",
    "20240312": "2024-03-12",
    "2024/3/2 07:05": "2024-03-02T07:05",
    "Tue, 12 Mar 2024 07:15:00 GMT": "2024-03-12T07:15:00+00:00",
    "1970-01-01T00:00:00Z": None,
    "2024-13-45": None,
    "soon": None,
}


@pytest.mark.parametrize("text", DATES)
def test_dates_keep_their_precision(text: str) -> None:
    assert moments.iso(text) == DATES[text]


def test_a_slashed_date_has_the_day_first_but_in_english() -> None:
    meta = '<meta property="article:published_time" content="10/05/2022 05:22 pm">'
    root = tree.parse(f'<html lang="es"><head>{meta}</head><body><p>x</p></body></html>')
    found = metadata.read(root, Document(b""), guess_dates=False)
    assert (found.published or "").startswith("2022-05-10")


@pytest.mark.parametrize(
    ("html", "body", "day"),
    [
        ('lang="en-US"', "", "2025-06-03"),
        ('lang="en_us"', "", "2025-06-03"),
        ('lang="en-GB"', "", "2025-03-06"),
        ('lang="es-US"', "", "2025-06-03"),
        ('lang="es-MX"', "", "2025-03-06"),
        ('lang="zh-Hant-TW"', "", "2025-03-06"),
        ('lang="en"', "", "2025-03-06"),
        ("", "Also on 05/28/2025.", "2025-06-03"),
        ("", "Also on 28/05/2025.", "2025-03-06"),
        ('lang="en-US"', "Also on 28/05/2025.", "2025-03-06"),
        ('lang="en-US"', "On 28/05/2025 and on 05/28/2025.", "2025-06-03"),
        ("", "Also on 05/05/2025 and 31/44/2025.", "2025-03-06"),
    ],
)
def test_a_slashed_date_is_read_as_the_rest_of_the_page_and_its_region_have_it(
    html: str, body: str, day: str
) -> None:
    meta = '<meta property="article:published_time" content="06/03/2025">'
    page = f"<html {html}><head>{meta}</head><body><p>x {body}</p></body></html>"
    assert metadata.read(tree.parse(page), Document(b""), guess_dates=False).published == day


def test_utc_is_told_in_the_time_of_the_newsroom() -> None:
    head = '<meta property="article:published_time" content="2023-11-09T05:30:59Z">'
    found = facts(head, '<time datetime="2023-11-08 23:30:59">November 8</time>')
    assert found.published == "2023-11-08T23:30:59-06:00"


def test_utc_is_told_in_the_time_that_is_shown_beside_the_heading() -> None:
    found = by_line(
        '<meta property="article:published_time" content="2022-05-04T00:44:52Z">',
        "3 May 2022 21:44",
    )
    assert found.published == "2022-05-03T21:44-03:00"


def test_utc_is_told_in_the_time_that_the_page_has_for_older_machines() -> None:
    found = facts(
        '<meta property="article:published_time" content="2019-10-18T22:04:00Z">'
        '<meta name="date" content="Sat, 19 Oct 2019 00:04:00 +0200">'
    )
    assert found.published == "2019-10-19T00:04:00+02:00"


def test_the_day_shown_goes_before_that_of_the_file_if_it_was_earlier() -> None:
    file = '<meta name="date" content="2020-04-30">'
    published = '<meta property="article:published_time" content="2020-04-30">'
    assert by_line(file, "29 April 2020, 12:01").published == "2020-04-29T12:01"
    assert by_line(file, "2 May 2020").published == "2020-04-30"
    assert by_line(published, "29 April 2020").published == "2020-04-30"


def test_published_and_modified() -> None:
    found = facts(
        json_ld(
            '{"@type":["NewsArticle"],"datePublished":"2024-03-12T08:15:00+01:00",'
            '"dateModified":"2024-03-13","articleSection":"Coast","inLanguage":"en-GB",'
            '"description":"Ferries sailed again on Tuesday."}'
        )
    )
    assert (found.published, found.modified) == ("2024-03-12T08:15:00+01:00", "2024-03-13")
    assert (found.section, found.language) == ("Coast", "en")
    assert found.summary == "Ferries sailed again on Tuesday."


def test_a_date_in_the_text_is_a_guess() -> None:
    root = tree.parse("<html><body><p>Posted on 12 March 2024 by us.</p></body></html>")
    found = metadata.read(root, Document(b"", url="https://x.example/"))
    assert found.published == "2024-03-12"
    assert found.published_guessed


def test_a_date_that_the_page_sets_as_a_time_is_no_guess() -> None:
    root = tree.parse(
        '<html><body><p>By Ada · <time datetime="2024-03-12">12 March 2024</time></p>'
        "<p>The council met.</p></body></html>"
    )
    found = metadata.read(root, Document(b"", url="https://x.example/"))
    assert found.published == "2024-03-12"
    assert not found.published_guessed


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        '{"@type":"Article",}',
        "<!-- {} -->",
        "[[[[[[",
        "null",
        '{"a":' * 3000,
        "&quot;{}&quot;",
    ],
)
def test_json_ld_may_be_anything(broken: str) -> None:
    assert facts(json_ld(broken)).title is None


def test_the_canonical_address_unless_it_is_the_front_page() -> None:
    link = '<link rel="canonical" href="{}">'
    assert facts(link.format("/a/c")).url == "https://www.gazette.example/a/c"
    assert (
        facts(link.format("https://www.gazette.example/")).url == "https://www.gazette.example/a/b"
    )


def test_of_two_names_the_one_that_fits_the_host() -> None:
    found = facts(
        '<meta property="og:site_name" content="U.S.">'
        + json_ld('{"@type":"NewsArticle","publisher":{"name":"Gazette"}}')
    )
    assert found.site == "Gazette"


def shown(body: str, title: str = "Harbour reopens | The Gazette") -> Facts:
    """What a page tells that states nothing and shows all."""
    from reader.clean import boxes

    prose = "<p>" + "The harbour has been open since the morning, said those who were there. " * 3
    root = tree.parse(f"<html><head><title>{title}</title></head><body>{body}{prose}</body></html>")
    return metadata.read(root, Document(b""), page_boxes=boxes.cut(root), guess_dates=False)


BESIDE_THE_HEADING = {
    "a name and a day in boxes without names": (
        "<div>Nell Avery</div><div>July 7, 2026</div><div>4 min read</div>",
        ("Nell Avery",), "2026-07-07", None,
    ),
    "two dates": (
        "<p>Publié le 12 mars 2026 - Mis à jour le 15/03/2026</p>", (), "2026-03-12", "2026-03-15",
    ),
    "a by-line in Arabic": (
        "<div><span>بقلم: ليلى منصور</span> <span>12 يناير 2026</span></div>",
        ("ليلى منصور",), "2026-01-12", None,
    ),
    "a by-line in Korean": (
        "<ul><li>이수민 기자</li><li>승인 2026.05.20 11:20</li></ul>",
        ("이수민",), "2026-05-20T11:20", None,
    ),
    "lines parted by breaks": (
        "<font>by Peter Dunmore<br>14 November 2001</font>", ("Peter Dunmore",), "2001-11-14", None,
    ),
    "an editor before the author": (
        "<div>2026-03-12 08:20:15　来源：江城晚报　编辑：何静　作者：孙立</div>",
        ("孙立",), "2026-03-12T08:20:15", None,
    ),
    "days marked for machines": (
        '<time class="published" datetime="2025-11-30T09:00Z">Sunday</time>'
        '<time class="updated" datetime="2025-12-02T10:00Z">Tuesday</time>',
        (), "2025-11-30T09:00Z", "2025-12-02T10:00Z",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BESIDE_THE_HEADING)
def test_names_and_dates_beside_the_heading_are_read(case: str) -> None:
    lines, authors, published, modified = BESIDE_THE_HEADING[case]

    found = shown(f"<h1>Harbour reopens</h1>{lines}")

    assert (found.authors, found.published, found.modified) == (authors, published, modified)
    assert found.site == "The Gazette"


def test_a_day_has_the_hour_that_the_page_shows_with_it() -> None:
    found = facts(
        '<meta property="article:published_time" content="2026-04-02">',
        '<h1>Harbour</h1><time datetime="2026-04-02T07:15:00+01:00">today</time>',
    )
    assert found.published == "2026-04-02T07:15:00+01:00"


def test_a_title_without_a_tag_is_the_part_of_the_name_that_the_page_shows() -> None:
    found = shown(
        "<b>The Lantern</b><p><b>Night walk on the moor</b></p>",
        "The Lantern: Night walk on the moor",
    )
    assert found.title == "Night walk on the moor"


CELL = (
    "<title>The Marsh Herald - Local News</title><table><tr><td><b>The Marsh Herald</b></td></tr>"
    "<tr><td><font size=5><b>Bridge over the marsh is closed</b><br><font size=2>By Jane Doe<br>"
    "Herald Staff Writer<br>Saturday, June 14, 2003</font></font></td></tr><tr><td><font>"
    "The old bridge was closed to all on Friday evening after a crack was found in a pier of it.<p>"
    "Drivers will have to go around by the mill, which adds eleven miles to their way to town.<p>"
    "Nobody had been in danger, said the engineer, who would rather close it too soon than late."
    "</font></td></tr></table>"
)


def test_an_old_page_with_title_and_byline_in_one_cell_is_read() -> None:
    article = clean_page(Document(CELL.encode()))

    assert article.title == "Bridge over the marsh is closed"
    assert (article.authors, article.published) == (("Jane Doe",), "2003-06-14")
    assert article.site == "The Marsh Herald"
    assert article.text.startswith("The old bridge was closed")


def test_a_title_that_only_stands_above_who_wrote_and_when_is_the_title() -> None:
    page = (
        "<title>Live: Marsh votes | The Star</title><div>Election night: results and reaction</div>"
        "<div class=by>Jane Doe in Ostrey</div><div>Mon 8 Sep 2025 23.58 CEST</div>"
        "<h2>Key points</h2><ul><li>Labour remains the largest</li><li>Turnout is high</li></ul>"
        "<p>The minister has come on stage and told all there that the land has chosen.</p>"
    )

    article = clean_page(Document(page.encode()))

    assert article.title == "Election night: results and reaction"
    assert article.markdown.startswith("## Key points")


def test_a_text_that_only_json_ld_has_keeps_its_headings() -> None:
    said = "The boat lies in the grass behind the reading room, and it is painted green all over."
    told = {
        "@type": "NewsArticle",
        "headline": "A boat",
        "articleBody": f"{said}\n\nOn the water\n\n{said}",
    }
    page = f'<script type="application/ld+json">{json.dumps(told)}</script><div id="root"></div>'

    article = clean_page(Document(page.encode()))

    assert article.markdown == f"{said}\n\n## On the water\n\n{said}"
