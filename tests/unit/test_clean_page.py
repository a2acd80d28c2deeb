"""One HTML page to one article: what is kept, what is not, and what is said about it."""

import json

import pytest

from reader.clean.page import clean_page
from reader.model import Cleaned, Document

FIRST = (
    "The first ferry left at six in the morning with five lorries on board, said the harbour "
    "master, who had not slept much since the gale. It was followed by two more before noon."
)
SECOND = (
    "Engineers counted three kinds of damage to the installations of the harbour, and wrote them "
    "down for the council, which meets on Thursday to decide what is to be mended first."
)
THIRD = (
    "Nobody was hurt in the storm, though a fisherman spent the night on the roof of his boathouse "
    "and came down in the morning with a cold and a story that he will tell for years."
)
MENU = "".join(
    f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("Home", "Sport", "Weather")
)
PAGE = """<!doctype html><html lang="en"><head><title>Harbour reopens | The Gazette</title>
<meta property="og:site_name" content="The Gazette">
<link rel="canonical" href="https://gazette.example/news/harbour">{head}</head><body>
<nav><ul>{menu}</ul></nav><main><article><h1>Harbour reopens</h1>{top}
<p>{first}</p>{middle}<p>{second}</p><p>{third}</p>{end}</article>
<aside class="related"><h2>Related articles</h2><ul>
<li><a href="/a">Ferry company fined over delays</a></li></ul></aside></main>
<footer><p>© 2024 The Gazette. All rights reserved. Registered in England.</p></footer>
</body></html>"""


def cleaned(
    *, url: str = "https://gazette.example/news/harbour?from=home", **parts: str
) -> Cleaned:
    filled = {"head": "", "top": "", "middle": "", "end": "", "menu": MENU, **parts}
    body = PAGE.format(first=FIRST, second=SECOND, third=THIRD, **filled)
    return clean_page(Document(body.encode(), url=url))


def test_the_article_and_nothing_else() -> None:
    article = cleaned()
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert article.title == "Harbour reopens"
    assert article.site == "The Gazette"
    assert article.url == "https://gazette.example/news/harbour"
    assert article.warnings == ()
    assert article.words == len(article.text.split())
    assert article.quality > 0.8


@pytest.mark.parametrize(
    "again",
    [
        "<p>Harbour reopens</p>",
        "<h2>Harbour reopens</h2>",
        "<div><strong>HARBOUR REOPENS</strong></div>",
    ],
)
def test_a_title_said_again_above_the_text_is_no_text(again: str) -> None:
    assert cleaned(top=again).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_title_said_again_within_the_text_is_of_it() -> None:
    article = cleaned(middle="<h2>Harbour reopens</h2>")
    assert article.text == f"{FIRST}\n\nHarbour reopens\n\n{SECOND}\n\n{THIRD}"


def test_a_standfirst_belongs_to_the_text_a_byline_does_not() -> None:
    article = cleaned(
        top='<p class="standfirst">Ferries sailed again on Tuesday, four days after the gale.</p>'
        '<p class="byline">By Jane Doe and John Roe</p><p>12 March 2024</p>'
        '<ul><li><a href="#">Facebook</a></li><li><a href="#">Share</a></li></ul>'
    )
    assert article.text.startswith("Ferries sailed again on Tuesday")
    assert "Jane" not in article.text
    assert "2024" not in article.text
    assert "Facebook" not in article.text
    assert article.authors == ("Jane Doe", "John Roe")


def test_a_kicker_is_no_text() -> None:
    lead = "<p>Ferries sailed again on Tuesday, at last.</p>"
    article = cleaned(top=f'<p class="kicker">Essay</p>{lead}')
    assert article.text.startswith("Ferries sailed")


def test_what_stands_between_kept_paragraphs_keeps_its_form() -> None:
    article = cleaned(
        middle='<figure><img src="/m.jpg" alt="The mole">'
        "<figcaption>The mole.</figcaption></figure>"
        "<h2>What broke</h2><ul><li>a lamp</li><li>two cranes</li></ul>"
        "<blockquote><p>We have never seen waves like these.</p></blockquote>"
        "<table><tr><th>Part</th><th>Cost</th></tr><tr><td>Mole</td><td>120</td></tr></table>"
    )
    for piece in (
        "![The mole](https://gazette.example/m.jpg)\n*The mole.*",
        "## What broke",
        "- a lamp\n- two cranes",
        "> We have never seen waves like these.",
        "| Part | Cost |\n| --- | --- |\n| Mole | 120 |",
    ):
        assert piece in article.markdown


def test_a_paragraph_that_only_leads_elsewhere_is_left_out() -> None:
    article = cleaned(middle='<p>Read more: <a href="/x">The storm that drowned the town</a></p>')
    assert "drowned" not in article.text


def test_a_text_twice_in_the_page_is_once_in_the_article() -> None:
    article = cleaned(end=f'<div class="for-print"><div><p>{FIRST}</p></div></div>')
    assert article.text.count(FIRST) == 1


def test_links_are_absolute_and_harmless() -> None:
    article = cleaned(
        middle=f'<p>{SECOND} See <a href="../map">the map</a>, <a href="javascript:x">run</a>.</p>'
    )
    assert "[the map](https://gazette.example/map)" in article.markdown
    assert "javascript" not in article.markdown


def test_a_base_element_counts() -> None:
    article = cleaned(
        head='<base href="https://other.example/x/">',
        middle=f'<p>{SECOND} See <a href="map">the map</a>.</p>',
    )
    assert "(https://other.example/x/map)" in article.markdown


def test_a_consent_wall_is_called_one() -> None:
    page = (
        "<html><body><h1>Before you continue</h1><p>We and our 842 partners use cookies to store "
        "and access personal data. You can accept all, or manage your consent and privacy settings."
        "</p><p>With your consent we use tracking and cookies for legitimate interest.</p></body>"
    )
    assert "consent-wall" in clean_page(Document(page.encode())).warnings


@pytest.mark.parametrize(
    "sign",
    [
        "<p>Subscribe to continue reading this article.</p>",
        '<div class="wall">Already a subscriber? Sign in.</div>',
        "<p>Diesen Artikel weiterlesen mit Gazette+.</p>",
    ],
)
def test_a_paywall_makes_it_truncated(sign: str) -> None:
    assert "truncated" in cleaned(end=sign).warnings


def test_a_page_that_says_it_is_locked_is_truncated() -> None:
    locked = '{"@type":"NewsArticle","isAccessibleForFree":false}'
    head = f'<script type="application/ld+json">{locked}</script>'
    assert "truncated" in cleaned(head=head).warnings


def test_a_front_page_is_no_article() -> None:
    teasers = "".join(
        f'<div><h3><a href="/{n}">Something happened in town number {n}</a></h3>'
        f"<p>It was noticed at once by {n} people.</p></div>"
        for n in range(40)
    )
    page = f"<html><body><nav><ul>{MENU}</ul></nav>{teasers}</body></html>"
    assert "not-an-article" in clean_page(Document(page.encode())).warnings


SHORT_IN_ARABIC = (
    "<p>قرر المجلس البلدي يوم الثلاثاء إغلاق الجسر القديم أمام حركة السيارات والمشاة.</p>"
    "<p>وقالت رئيسة المجلس إن المهندسين اكتشفوا تشققات خطيرة في الأعمدة.</p>"
    "<p>ولا يعرف أحد من السكان متى سيفتح الجسر من جديد.</p>"
)


@pytest.mark.parametrize(
    "page",
    [
        f'<head><meta property="og:type" content="article"></head><h1>إغلاق</h1>{SHORT_IN_ARABIC}',
        f"<article><h1>إغلاق الجسر القديم</h1>{SHORT_IN_ARABIC}</article>",
        f'<h1>إغلاق</h1><time class="published" datetime="2026-03-12">12</time>{SHORT_IN_ARABIC}',
    ],
)
def test_three_sentences_of_long_words_are_an_article(page: str) -> None:
    article = clean_page(Document(f"<html>{page}</html>".encode()))
    assert article.words < 50
    assert "not-an-article" not in article.warnings


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Page not found</h1><p>We are sorry, but we could not find the page you asked for. It "
        "may have been moved or taken away. Please go back to the front page, or look for it with "
        "the search above.</p>",
        "<h1>Blue mug of clay</h1><p>This mug was thrown by hand in our own workshop. It holds "
        "three tenths of a litre of tea. You may wash it in any machine without a care for the "
        "glaze.</p><p>18.00 €</p>",
        "<article><h1>Your account</h1><p>Please give your email address and your password below. "
        "We keep both to ourselves and tell them to nobody. If you have no account yet, it is made "
        "for you in no time.</p></article>",
    ],
)
def test_a_page_of_an_error_a_product_or_an_account_is_no_article(page: str) -> None:
    html = f"<html><body>{page}</body></html>"
    assert "not-an-article" in clean_page(Document(html.encode())).warnings


def test_the_body_in_json_ld_is_used_where_the_page_has_none() -> None:
    body = f"{FIRST}\\n\\n{SECOND}"
    page = (
        f'<html><head><script type="application/ld+json">{{"@type":"NewsArticle","articleBody":'
        f'"{body}","headline":"Harbour reopens"}}</script></head>'
        '<body><div id="app">Please enable JavaScript.</div></body></html>'
    )
    article = clean_page(Document(page.encode()))
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.title == "Harbour reopens"


@pytest.mark.parametrize(
    "body", [b"", b"<", b"<html>", b"\x00\xff<p>", b"<!-- only -->", b"<p></p>"]
)
def test_nothing_to_read_is_said(body: bytes) -> None:
    article = clean_page(Document(body))
    assert article.warnings


def test_a_page_inside_noscript_is_read() -> None:
    page = f"<html><body><noscript><div><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
    assert FIRST in clean_page(Document(page.encode())).text


def test_a_bare_sentence_is_kept() -> None:
    article = clean_page(Document(b"<p>Only this sentence.</p>"))
    assert article.text == "Only this sentence."


@pytest.mark.parametrize("depth", [300, 5_000, 100_000])
def test_depth_does_not_swallow_the_text(depth: int) -> None:
    page = "<html><body>" + "<div>" * depth + f"<p>{FIRST}</p><p>{SECOND}</p>"
    assert FIRST in clean_page(Document(page.encode())).text


def test_readings_of_kanji_are_not_text() -> None:
    page = "<p><ruby>漢字<rt>かんじ</rt></ruby>を読む。</p>" * 3
    assert (
        "かんじ"
        not in clean_page(Document(page.encode(), content_type="text/html; charset=utf-8")).text
    )


def test_menus_in_a_table_that_lays_out_the_page_are_no_text() -> None:
    menu = "<br>".join(f'<a href="/{name}.html">{name} of the town</a>' for name in "abc")
    body = f"<td>{menu}</td><td><b>Harbour reopens</b><br>{FIRST}<br><br>{SECOND}<br><br>{THIRD}"
    page = f"<title>Harbour reopens</title><table><tr>{body}</td></tr></table>"

    article = clean_page(Document(page.encode()))

    assert "of the town" not in article.text
    assert article.text.endswith(THIRD)


def test_a_copyright_line_and_buttons_are_no_text() -> None:
    article = cleaned(
        middle="<ul><li>シェア</li><li>ツイート</li></ul>", end="<p>Copyright 2024 The Gazette</p>"
    )
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_line_that_asks_to_subscribe_in_a_box_named_for_it_is_no_text() -> None:
    asks = "Suscríbete a nuestro boletín y recibe cada mañana las noticias del puerto."
    article = cleaned(middle=f'<div class="suscripcion"><p>{asks}</p></div>')
    quoted = cleaned(middle=f"<p>{asks}</p>")
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert asks in quoted.text


def test_a_live_blog_keeps_the_time_of_each_post() -> None:
    posts = [("18:40", FIRST), ("17:05", SECOND), ("08:00", THIRD)]
    body = "".join(
        f'<div class="post"><time>{at}</time><h3>At {at} it was so</h3><p>{text}</p></div>'
        for at, text in posts
    )
    html = f"<html><body><h1>The storm as it came</h1><p>{SECOND[:80]}.</p>{body}</body></html>"

    article = clean_page(Document(html.encode()))

    for at, text in posts:
        assert f"{at}\n\nAt {at} it was so\n\n{text}" in article.text


def test_a_form_that_asks_for_consent_is_not_of_the_article_it_stands_before() -> None:
    asking = (
        "Wir und unsere Partner speichern Cookies auf Ihrem Gerät und verarbeiten "
        "personenbezogene Daten, um Anzeigen zu messen. Sie können Ihre Einwilligung jederzeit "
        "widerrufen. Mit Ihrer Zustimmung nutzen wir und unsere Partner genaue Standortdaten."
    )
    form = f"<div><h2>Ihre Privatsphäre</h2><p>{asking}</p><button>Alle akzeptieren</button></div>"
    html = f"<html><body>{form}<main><h1>Harbour reopens</h1><p>{FIRST}</p><p>{SECOND}</p></main>"

    article = clean_page(Document(html.encode()))

    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert "consent-wall" not in article.warnings


def test_an_article_about_cookies_is_whole() -> None:
    about = (
        "The council asks for consent to cookies on its pages, and names forty partners with whom "
        "personal data is shared; its privacy settings are hard to find, the ombudsman said."
    )
    box = f"<section><p>{about}</p><p>{about[:60]} once more.</p></section><button>Share</button>"

    assert about in cleaned(middle=box).text


def test_a_text_that_a_script_would_set_is_read_from_the_data_of_the_page() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD))
    data = json.dumps({"props": {"menu": ["Home"], "page": {"body": paragraphs}}})
    html = (
        "<html><head><title>Harbour reopens</title></head><body><div id='root'></div>"
        f'<script type="application/json">{data}</script>'
        "<noscript>You need to enable JavaScript to run this app.</noscript></body></html>"
    )

    article = clean_page(Document(html.encode()))

    assert article.title == "Harbour reopens"
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_title_that_is_not_ended_does_not_hold_the_next_tag() -> None:
    html = f"<html><title>Ferry runs again<title></title><body><p>{FIRST}</p><p>{SECOND}</p>"

    assert clean_page(Document(html.encode())).title == "Ferry runs again"


@pytest.mark.parametrize("mark", [" - ", " | ", "｜"])
def test_the_site_stands_beside_the_beginning_of_the_heading(mark: str) -> None:
    html = (
        f"<html><head><title>The harbour reopens{mark}The Quay Post</title></head><body>"
        f"<h1>The harbour reopens after four days of storm</h1><p>{FIRST}</p><p>{SECOND}</p>"
    )

    assert clean_page(Document(html.encode())).site == "The Quay Post"


def test_buttons_to_share_at_the_end_are_not_of_a_recipe() -> None:
    assert cleaned(end="<p>Print | Save | Pin it</p>").text.endswith(THIRD)


def test_the_next_article_that_a_page_loads_below_is_another_one() -> None:
    other = "<p>The trams of the town stood still for a day, and nobody could say why it was.</p>"
    html = (
        "<html><head><title>Harbour reopens</title></head><body>"
        f"<article><h1>Harbour reopens</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
        f"<article><h1>Trams stand still</h1>{other * 6}</article></body></html>"
    )

    assert clean_page(Document(html.encode())).text == f"{FIRST}\n\n{SECOND}"


def test_a_line_of_the_author_and_a_long_date_is_not_of_the_text() -> None:
    html = (
        "<html><head><title>Żuraw do remontu</title></head><body><h1>Żuraw do remontu</h1>"
        f"<b>Jan Nowak</b>, 11 lutego 2025, godz. 14:20<p>{FIRST}</p><p>{SECOND}</p>"
    )

    article = clean_page(Document(html.encode()))

    assert article.authors == ("Jan Nowak",)
    assert article.text == f"{FIRST}\n\n{SECOND}"


POSTS = [
    "The old bridge at Norvik has been closed since Tuesday, for there are cracks in it.",
    "I was there this morning and they let nobody through, not even on foot, so plan for it.",
    "Does anybody know when the ferry goes on Sundays? The timetable is from last year.",
    "It goes every hour from eight in the morning, and the last one leaves at ten.",
]


@pytest.mark.parametrize(
    "post",
    [
        '<div class="post"><div><b>Tom{n}</b><dl><dt>Posts:</dt><dd>{n}2</dd><dt>Joined:</dt>'
        '<dd>201{n}</dd></dl></div><div class="text">{text}</div>'
        "<div><span>Quote</span> <span>Report</span></div></div>",
        "<table><tr><td><b>Tom{n}</b><br>Joined: 0{n} Mar 201{n}<br>Posts: {n}2</td><td><table><tr>"
        "<td>Posted: Mon Mar 0{n}, 2015 9:1{n} pm</td></tr><tr><td>{text}</td></tr></table></td>"
        '</tr><tr><td><a href="#top">Back to top</a></td><td>Quote</td></tr></table>',
        "<table><tr><td><span><b>Tom{n}</b></span><br><span>Member<br>Joined: 0{n} Mar 201{n}<br>"
        "Posts: {n}2</span></td><td><table><tr><td>{text}</td></tr></table></td></tr></table>",
        '<table><tr><td>0{n}-03-2015, 09:1{n} PM</td></tr><tr><td><table><tr><td><a href="/u{n}">'
        "Tom{n}</a></td><td><div>Join Date: Mar 201{n}</div><div>Posts: {n}2</div></td></tr>"
        "</table></td></tr><tr><td><div>{text}</div></td></tr></table>",
    ],
    ids=["divs", "lines", "lines of one span", "a table for each"],
)
def test_the_labels_beside_each_post_of_a_thread_are_not_of_it(post: str) -> None:
    posts = "".join(post.format(n=n, text=text) for n, text in enumerate(POSTS))
    page = f"<html><body><h1>Bridge closed</h1>{posts}</body></html>"
    text = clean_page(Document(page.encode())).text
    assert all(said in text for said in POSTS)
    labels = ("Posts", "Join", "Member", "2012", "Quote", "Report")
    assert not any(label in text for label in labels)


def test_who_wrote_a_post_stays_where_labels_stand_below_the_name() -> None:
    posts = "".join(
        f"<table><tr><td><b>Tom{n}</b><br>Joined: 201{n}<br>Posts: {n}2</td><td><table><tr><td>"
        f"{text}</td></tr></table></td></tr></table>"
        for n, text in enumerate(POSTS)
    )
    text = clean_page(Document(f"<html><body><h1>Bridge</h1>{posts}</body></html>".encode())).text
    assert text.split("\n\n") == [said for n in range(4) for said in (f"Tom{n}", POSTS[n])]


def test_a_list_of_players_keeps_when_each_of_them_joined() -> None:
    told = "".join(
        f"<h2>Player {n}</h2><ul><li>Joined: 201{n}</li><li>Goals: {n}</li></ul>"
        f"<p>The {n} goals of last season were all scored at home, before the winter came. He "
        "plays on the left, and shoots with the right foot.</p>"
        for n in range(2, 7)
    )
    page = f"<html><body><article><h1>The team</h1>{told}</article></body></html>"
    assert clean_page(Document(page.encode())).text.count("Joined: 201") == 5


ASKED = (
    "How did you come to the lighthouse in the first place, and did you mean to stay so long?",
    "What is the hardest part of the winter for somebody who lives alone on a rock in the sea?",
    "Is it lonely?",
)
ANSWERED = (
    "My uncle kept it before me, and when he fell ill somebody had to light the lamp. I meant to "
    "stay a week, and that was thirty years ago this spring.",
    "The quiet after a storm, oddly. You have been busy for days with ropes and shutters, and then "
    "there is nothing to do but to wait for the mail boat.",
    "No.",
)


@pytest.mark.parametrize(
    ("one", "other"), [("Q", "A"), ("Q:", "A:"), ("GZ", "TK"), ("The Gazette", "Tom Keeper")]
)
@pytest.mark.parametrize(
    "turn",
    [
        "<p>{who}</p><p>{said}</p>",
        "<p><strong>{who}</strong></p><p>{said}</p>",
        "<div>{who}</div><div>{said}</div>",
        '<div class="turn"><span>{who}</span><div>{said}</div></div>',
        '<div class="turn"><div class="who">{who}</div><div>{said}</div></div>',
        "<dl><dt>{who}</dt><dd>{said}</dd></dl>",
    ],
    ids=["p", "strong", "div", "span", "divs", "dl"],
)
def test_who_speaks_by_turns_is_told_with_what_is_said(turn: str, one: str, other: str) -> None:
    told = [
        turn.format(who=who, said=said)
        for pair in zip(ASKED, ANSWERED, strict=True)
        for who, said in zip((one, other), pair, strict=True)
    ]
    page = (
        "<html><head><title>The last keeper</title></head><body><nav><ul>"
        f"{MENU}</ul></nav><article><h1>The last keeper</h1>{''.join(told)}"
        f"<p>{FIRST}</p></article><footer><p>© 2024 The Gazette.</p></footer></body></html>"
    )
    lines = clean_page(Document(page.encode())).text.split()
    wanted = [
        f"{who} {said}"
        for pair in zip(ASKED, ANSWERED, strict=True)
        for who, said in zip((one, other), pair, strict=True)
    ]
    assert " ".join(lines) == " ".join((*wanted, FIRST))


@pytest.mark.parametrize(
    "pair", [("Advertisement", "Scroll to continue"), ("Quote", "Report"), ("1", "2")]
)
def test_what_a_page_says_by_turns_is_nobody_who_speaks(pair: tuple[str, str]) -> None:
    one, other = (f"<div>{each}</div>" for each in pair)
    article = cleaned(top=one, middle=f"{other}<p>{FIRST}</p>{one}", end=f"{other}<p>{SECOND}</p>")
    assert not any(line in pair for line in article.text.splitlines())
