"""What a dump is made of: sentences put together again, facts, furniture, honest doubt."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import clean, line_prints, openers, prose, site_of
from reader.clean.derive import headline
from reader.clean.facts import Facts, read_row
from reader.clean.joins import lines_of
from reader.clean.lines import parted
from reader.model import Cleaned, Document

ONE = "The boat lies in the grass behind the reading room, and it is painted green all over."
TWO = "It was given to the town by a ferryman who had no more use for it, and who was glad."
THREE = "Nobody has asked for it back, although the winter was long and the roof needed wood."


def cleaned(text: str, **facts: str) -> Cleaned:
    return clean(Document(text.encode(), name="page.txt", **facts))


def whole(text: str) -> list[str]:
    return [line.text for line in lines_of(parted(text))]


def test_a_sentence_parted_at_its_links_is_one_again():
    assert whole("The town of\nMarsh\nhas a boat, given by\nthe ferryman\n.\nIt is green.") == [
        "The town of Marsh has a boat, given by the ferryman.",
        "It is green.",
    ]


def test_wrapped_paragraphs_are_whole_again():
    text = (
        "The boat lies in the grass behind the reading room, and\n"
        "it is painted green. It was given to the town by a man\n"
        "who had no more use for it.\n\n"
        "Nobody has asked for it back."
    )

    assert whole(text) == [
        "The boat lies in the grass behind the reading room, and it is painted green. "
        "It was given to the town by a man who had no more use for it.",
        "Nobody has asked for it back.",
    ]


def test_a_menu_stays_in_its_lines():
    menu = ["Home", "News", "about", "contact", "twitter", "youtube", "Log in"]

    assert whole("\n".join(menu)) == menu


@pytest.mark.parametrize(
    ("line", "authors", "published", "modified"),
    [
        ("By Jane Doe, 12 March 2024", ["Jane Doe"], "2024-03-12", None),
        ("Jane Doe · Mar 3, 2024 · 5 min read", ["Jane Doe"], "2024-03-03", None),
        ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"], None, None),
        ("By Jane Doe, Reuters", ["Jane Doe"], None, None),
        ("Updated: 5 May 2024, 10:30", [], None, "2024-05-05T10:30"),
        ("12 March 2024 | Updated 13 March 2024", [], "2024-03-12", "2024-03-13"),
        ("Von Anna Müller | 12. März 2024", ["Anna Müller"], "2024-03-12", None),
        ("Publicado el 12 de marzo de 2024 por Ana Pérez", ["Ana Pérez"], "2024-03-12", None),
        ("Автор: Иван Петров, 5 мая 2024", ["Иван Петров"], "2024-05-05", None),
        ("홍길동 기자", ["홍길동"], None, None),
        ("입력 2026.03.04 08:30", [], "2026-03-04T08:30", None),
        ("प्रकाशित: 3 जनवरी 2026, 11:45 AM", [], "2026-01-03T11:45", None),
        ("الأحد 15 فبراير 2026 - 09:30", [], "2026-02-15T09:30", None),
        ("بقلم: ليلى منصور 12 يناير 2026", ["ليلى منصور"], "2026-01-12", None),
        ("2026-03-08 10:15 作者：李文清 责任编辑：周敏", ["李文清"], "2026-03-08T10:15", None),
    ],
)
def test_a_line_of_facts_is_read(line, authors, published, modified):
    facts = Facts()

    assert read_row(facts, line)
    assert (facts.authors, facts.published, facts.modified) == (authors, published, modified)


def test_a_date_inside_the_prose_is_not_the_articles():
    article = cleaned(f"The boat\n\nOn 12 March 2024 the boat came. {ONE}\n\n{TWO}")

    assert article.published is None


def test_lines_of_other_pages_are_furniture_even_if_they_read_as_prose():
    slogan = "The Marsh Herald has told the town what it did not want to know since 1891."
    sister = Document(f"{slogan}\n\nOther title\n\n{TWO}".encode(), name="b.txt")
    page = Document(f"{slogan}\n\nThe boat\n\n{ONE}\n\n{THREE}".encode(), name="a.txt")

    article = clean(page, Counter(line_prints(sister)))

    assert article.title == "The boat"
    assert article.text == f"{ONE}\n\n{THREE}"


def test_a_copy_of_the_same_article_takes_nothing_away():
    page = Document(f"The boat\n\n{ONE}\n\n{TWO}".encode(), name="a.txt")

    assert clean(page, Counter(line_prints(page))).text == f"{ONE}\n\n{TWO}"


def test_a_share_bar_amid_the_prose_does_not_end_it():
    bar = ["Share", "Facebook", "Twitter", "WhatsApp", "Email", "Print", "Related"] * 2
    page = Document("\n".join(["The boat", ONE, TWO, *bar, THREE, ONE[4:]]).encode(), name="a.txt")
    sister = Document("\n".join(["Other title", *bar]).encode(), name="b.txt")

    assert clean(page, Counter(line_prints(sister))).text == "\n\n".join([ONE, TWO, THREE, ONE[4:]])


def test_a_notice_parted_at_its_links_is_known_again():
    notice = "Read what we keep of you in\nour notice on privacy\n, and what you can do about it."
    sister = Document(f"{notice}\nOther title\n{TWO}".encode(), name="b.txt")
    page = Document(f"The boat\n{ONE}\n{THREE}\n{notice}".encode(), name="a.txt")

    assert clean(page, Counter(line_prints(sister))).text == f"{ONE}\n\n{THREE}"


def test_notices_longer_than_the_article_do_not_make_the_page_a_copy():
    notices = [f"{ONE[:-1]}, says notice {n}, and nobody has read it." for n in range(30)]
    body = [f"In year {n} of the ferry {THREE[0].lower()}{THREE[1:]}" for n in range(9)]
    page = Document("\n".join(["The boat", *body, *notices]).encode(), name="a.txt")
    sister = Document("\n".join(["Other title", TWO, *notices]).encode(), name="b.txt")

    assert clean(page, Counter(line_prints(sister))).text == "\n\n".join(body)


def test_an_edited_copy_of_an_article_takes_nothing_away():
    page = Document("\n".join(["The boat", ONE, TWO, ONE[4:], THREE]).encode(), name="a.txt")
    older = Document("\n".join(["The boat", ONE, TWO, ONE[4:]]).encode(), name="b.txt")

    assert clean(page, Counter(line_prints(older))).text.startswith(ONE)


def test_a_poem_keeps_its_lines():
    poem = "The Boat\n\nA boat on the land\nA bird on the oar\nThe wind in the sand\nAnd no more"

    article = cleaned(poem)

    assert article.title == "The Boat"
    assert article.text.split("\n") == poem.split("\n")[2:]


def test_a_page_that_is_a_list_is_not_emptied():
    items = [f"Item number {n} of the sale" for n in range(20)]

    article = cleaned("\n".join(items))

    assert all(item in article.text or item == article.title for item in items)


def test_an_interview_keeps_questions_and_answers():
    text = f"The boat\n\nQ: Whose boat is it?\n\nA: {ONE}\n\nQ: And who gave it?\n\nA: {TWO}"

    article = cleaned(text)

    assert article.text == text.partition("\n\n")[2]


def test_numbered_sections_are_headings_and_numbered_items_a_list():
    article = cleaned(
        f"The boat\n\n1. Where it lies\n\n{ONE}\n\n2. Who gave it\n\n{TWO}\n\n"
        f"{THREE}\n\n1. Oars and rope\n2. A tin for the water"
    )

    assert "## 1. Where it lies" in article.markdown
    assert "1. Oars and rope\n2. A tin for the water" in article.markdown


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        ([ONE, "Rules", "Three were enough:", "- Ask.", "- Wait.", TWO], ["Rules"]),
        ([ONE, "Questions", "Who has a key?", TWO], ["Questions", "Who has a key?"]),
        ([ONE, "Background:", TWO, "Looking ahead", THREE], ["Background:", "Looking ahead"]),
        ([ONE, "He said:", f"“{TWO}”"], []),
        ([ONE, "Who may have it?", "Who has asked for it?", TWO], ["Who has asked for it?"]),
        (
            [
                "小さな鉄道会社が、利用者の減った無人駅三か所を図書館に改装したと発表した。",
                "運営の仕組み",
                "本の貸し出しは乗車券と同じ機械で行う。司書は週に二日だけ駅に来て、棚を整理する。",
                "今後の課題",
                "冬の暖房費が最も大きな問題である。会社は寄付を募り、小さな喫茶店を開くという。",
                "まとめ",
                "無人駅は重荷と見られてきたが、町の財産になる。ほかの路線も同じ試みを検討している。",
            ],
            ["運営の仕組み", "今後の課題", "まとめ"],
        ),
    ],
)
def test_a_heading_leads_to_a_list_to_a_question_or_to_short_prose(lines, headings):
    for mark in ("\n\n",) if "Background:" in lines else ("\n", "\n\n"):
        markdown = cleaned(mark.join(["The boat", *lines])).markdown

        found = [line[3:] for line in markdown.split("\n") if line.startswith("## ")]
        assert found == headings


def test_credits_of_pictures_are_not_text():
    article = cleaned(f"The boat\n\n{ONE}\n\nPhoto: Ann Lee / Reuters\n\n{TWO}\n\nComments\n\nNo")

    assert article.text == f"{ONE}\n\n{TWO}"


def test_the_word_of_a_feed_is_the_title_if_the_page_has_none():
    assert cleaned(f"{ONE}\n\n{TWO}", title="A boat").title == "A boat"


def test_the_site_of_a_dump_is_its_address_or_what_it_names():
    assert site_of(Document(b"x", url="https://www.marsh.example/boat")) == "marsh.example"
    assert site_of(Document(b"Boat\nSource: https://marsh.example/boat\n")) == "marsh.example"
    assert site_of(Document(b"Boat")) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A boat lies in the grass. It is green.", "A boat lies in the grass"),
        ("Dr. Marlow has a boat. It is green.", "Dr. Marlow has a boat"),
        ("草地に舟がある。緑色だ。", "草地に舟がある"),
        ("Is it green? Yes.", "Is it green?"),
        ("", None),
        ("---\n", None),
    ],
)
def test_a_derived_title_is_the_first_sentence(text, title):
    assert headline(text) == title


def test_a_long_first_sentence_is_cut_at_a_clause():
    assert headline(ONE + " " + TWO) == ONE.rstrip(".")
    assert headline(ONE[:-1] + ", " + TWO) == ONE[:-1] + "…"


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 x", b"PK\x03\x04", b"\x89PNG\r\n", bytes(range(32)) * 9]
)
def test_what_is_no_text_says_so(body):
    article = clean(Document(body))

    assert article.text == ""
    assert article.warnings[0].startswith("failed: ")


LINES = st.sampled_from(
    [
        *(
            ONE,
            TWO,
            THREE,
            "Home",
            "Share",
            "Related",
            "© 2024",
            "12 March 2024",
            "By Jane Doe",
            "",
        ),
        *("Cached at: 04/20/26, 02:43 PM", "Summary", "- item", "1. item", "# x \\- y", "\\"),
    ]
)


@given(st.lists(LINES, max_size=14))
@settings(max_examples=150)
def test_lines_in_any_order_give_an_answer_and_prose_is_never_lost_silently(texts):
    article = cleaned("\n".join(texts))

    assert not any(w.startswith("failed") for w in article.warnings)
    if any(line in (ONE, TWO, THREE) for line in texts):
        assert article.text or article.title


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_any_bytes_give_an_answer(body):
    article = clean(Document(body, name="page.txt"))

    assert article.text or article.warnings


@pytest.mark.parametrize("line", ["Call the crane man", "localhost", "五時に港で", "2 * 3 * 4"])
def test_a_document_of_one_line_is_that_line(line):
    cleaned = clean(Document(line.encode()))

    assert cleaned.text == line
    assert "title-derived" in cleaned.warnings
    assert cleaned.words


KOREAN = """\
정치
경제
사회
문화
스포츠

작은 학교에 다시 울린 종소리

박지훈 기자
입력 2026.03.04 08:30

폐교 위기에 놓였던 산내초등학교가 올해 신입생 열두 명을 맞았다. 지난해와 비교하면 큰 변화다.

학교는 마을 주민들과 함께 빈집을 고쳐 이사 온 가족들에게 빌려주었다.

군청은 앞으로 다른 마을에도 같은 사업을 확대할 계획이라고 밝혔다.

관련기사
농촌 빈집, 새 주인을 찾다
"""


def test_short_korean_paragraphs_are_prose_to_the_last():
    article = cleaned(KOREAN)

    assert article.title == "작은 학교에 다시 울린 종소리"
    assert (article.authors, article.published) == (("박지훈",), "2026-03-04T08:30")
    assert article.text.startswith("폐교 위기에")
    assert article.text.endswith("계획이라고 밝혔다.")


def test_what_a_form_inside_the_text_would_send_is_not_text():
    form = (
        "Newsletter for the harbour\nThe news of the harbour, every morning at six.\nE-mail address"
    )
    menu = "Home\nSport\nWeather\nShips\nLetters"

    article = cleaned(f"{menu}\n\nThe boat\n\n{ONE}\n\n{TWO}\n\n{form}\nSign up\n\n{THREE}")

    assert article.text == f"{ONE}\n\n{TWO}\n\n{THREE}"


def test_the_title_that_the_page_has_above_all_goes_before_a_heading_that_is_repeated():
    page = (
        "The boat of the town: live - Marsh Herald\nNews\nSport\nThe boat of the town: live\nLive\n"
        "Ellie Marsh and Owen Pike\nSun 18 Jan 2026 19.40\nKey events\nThe boat is painted\n19.38\n"
        f"The boat is painted\n{ONE}\n{TWO}\n18.55\nThe boat arrives\n{THREE}\nMost viewed\n© X"
    )

    article = cleaned(page)

    assert article.title == "The boat of the town: live"
    assert article.authors == ("Ellie Marsh", "Owen Pike")
    assert article.published == "2026-01-18T19:40"


def test_a_line_of_labels_is_no_title():
    page = (
        "首页\n国内\n国际\n财经\n体育\n\n长江口发现百年沉船 考古队完成首次水下勘查\n\n"
        "2026-03-08 10:15 来源：江海晚报 作者：李文清 责任编辑：周敏\n\n"
        "字号：小 中 大 分享到：微信 微博\n\n"
        "记者从市文物局获悉，考古队近日在长江口水下二十米处完成了对一艘百年沉船的首次勘查。\n\n"
        "当地渔民告诉记者，老一辈人常说江底有船，但没有人相信。\n\n相关阅读\n江边古码头遗址今年开放\n"
    )

    article = cleaned(page)

    assert article.title == "长江口发现百年沉船 考古队完成首次水下勘查"
    assert (article.site, article.authors) == ("江海晚报", ("李文清",))
    assert article.text.endswith("但没有人相信。")


def menus(*lines: str) -> str:
    return "\n".join(["Home", "Sport", "Weather", "Ships", "Letters", *lines, "Privacy policy"])


def test_an_article_about_cookies_is_no_notice():
    body = [
        "The regulator has fined three sites over cookie banners that were made to be accepted.",
        "Consent given that way was worth nothing, it said, and the personal data must be deleted.",
        "One site would not let its readers unsubscribe from a newsletter without a password.",
        "They have until May to change their privacy policy, and two of them will appeal.",
    ]
    title = "Regulator fines three sites over cookie banners"

    article = cleaned(menus(title, "By Dana Weiss", "4 February 2026", *body, "Share"))

    assert (article.title, article.authors) == (title, ("Dana Weiss",))
    assert article.text == "\n\n".join(body)
    assert article.warnings == ()


def test_what_cookies_a_site_sets_is_not_the_article():
    cookies = [
        f"This cookie is set by the plugin to store the consent of the user for sort {n}."
        for n in range(12)
    ]
    paragraphs = [ONE, TWO, THREE, f"And {TWO}", f"But {THREE}"]

    article = cleaned(menus("The boat", *paragraphs, "Cookie settings", *cookies))

    assert article.text == "\n\n".join(paragraphs)


def test_a_byline_below_the_standfirst_begins_no_second_article():
    lines = ["The boat", ONE, TWO, "Von", "Marsh Herald", "Publiziert 02.02.2022", THREE, ONE[4:]]

    article = cleaned(menus(*lines[:-1], f"And {ONE}", f"But {TWO}"))

    assert article.text.endswith(f"But {TWO}")


def test_a_list_without_marks_amid_the_text_does_not_part_it():
    items = ["3 ripe pears", "200 g flour", "150 g sugar", "2 eggs", "100 g walnuts, chopped"]

    title = "The boat and how it is made"

    article = cleaned(menus(title, ONE, "Ingredients", *items, "Method", TWO, THREE))

    assert article.title == title
    assert article.text.startswith(ONE)
    assert all(item in article.text for item in items)
    assert article.text.endswith(THREE)


def test_the_last_short_sentence_is_of_the_text():
    article = cleaned(menus("The boat", ONE, TWO, THREE, "See you next Friday.", "Nora"))

    assert article.text.endswith("See you next Friday.")


def test_a_box_amid_the_text_goes_and_what_follows_stays():
    article = cleaned(menus("The boat", ONE, TWO, "Related articles", "The swans are back", THREE))

    assert article.text == "\n\n".join([ONE, TWO, THREE])


@pytest.mark.parametrize(
    "between",
    [
        "Tekst gaat verder onder de advertentie\nReclame",
        "Dalsza część artykułu pod materiałem wideo",
        "The story continues below\nAdvertisement",
        "See also: The swans are back",
    ],
)
def test_what_says_that_the_text_goes_on_ends_it_not_and_is_not_of_it(between):
    last = "The roof holds. The children read there now."

    article = cleaned(menus("The boat in the grass", ONE, TWO, between, last, "Comments", "Login"))

    assert article.text == "\n\n".join([ONE, TWO, last])


def test_a_line_of_copyright_does_not_say_that_the_text_goes_on():
    assert openers.goes_on("Text continues below the advertisement")
    assert not openers.goes_on("© 2026 Marsh Herald")


def test_the_button_of_a_form_inside_the_text_is_not_of_it():
    form = "Subscreva a nossa newsletter\nAs melhores histórias, todas as manhãs.\nSubscrever"

    article = cleaned(menus("The boat in the grass", ONE, form, TWO, THREE))

    assert article.text == "\n\n".join([ONE, TWO, THREE])


def test_a_share_bar_that_names_networks_is_neither_the_title_nor_text():
    bar = "Compartir en WhatsApp\nCompartir en Facebook\nIr a los comentarios"
    head = "La biblioteca que nadie quiso cerrar\nInés Vega\n3 de febrero de 2025"

    article = cleaned(menus(*head.split("\n"), *bar.split("\n"), ONE, TWO, THREE))

    assert (article.title, article.text) == (head.split("\n")[0], f"{ONE}\n\n{TWO}\n\n{THREE}")


@pytest.mark.parametrize(
    "line",
    [
        "MARSH, 12 May 2026 - ",
        "MARSH, 12. Mai 2026 (dpa) – ",
        "Marsh (12 maggio 2026) - ",
    ],
)
def test_the_day_of_a_dateline_is_the_articles(line):
    article = cleaned(menus("The boat in the grass", line + ONE, TWO, THREE))

    assert article.published == "2026-05-12"
    assert article.text.startswith(line[:5])


def test_a_day_that_the_first_sentence_tells_of_is_not_the_articles():
    told = "In Marsh, 12 May 1926 is remembered - the flood came that night, and nobody slept."

    assert cleaned(menus("The boat in the grass", told, ONE, TWO, THREE)).published is None


def test_a_second_article_below_is_not_of_the_first():
    second = [
        "Town band needs a drummer",
        "Ivor Pell",
        "1 May 2026",
        f"The band and {ONE[4:]}",
        f"And {TWO}",
    ]

    article = cleaned(
        menus("The boat", "Ruth Amos", "3 May 2026", ONE, TWO, THREE, "Next article", *second)
    )

    assert article.text == "\n\n".join([ONE, TWO, THREE])
    assert (article.authors, article.published) == (("Ruth Amos",), "2026-05-03")


@pytest.mark.parametrize(
    ("lines", "title", "site"),
    [
        (
            ["Marsh Archive | A boat is found", "A boat is found"],
            "A boat is found",
            "Marsh Archive",
        ),
        (
            ["A boat is found - Marsh Herald", "Marsh Herald"],
            "A boat is found",
            "Marsh Herald",
        ),
        (["A boat is what the marsh is", "di Marta Colombo"], "A boat is what the marsh is", None),
        (["Home > Region > Article", "A boat, at last"], "A boat, at last", None),
        (
            ["The boat in the grass", "How the town was given it, and why nobody wants it back"],
            "The boat in the grass",
            None,
        ),
    ],
)
def test_the_title_is_told_from_what_stands_around_it(lines, title, site):
    article = cleaned("\n".join([lines[0], menus(*lines[1:], ONE, TWO, THREE)]))

    assert (article.title, article.site) == (title, site)


def test_a_headline_that_ends_as_a_sentence_is_the_title():
    page = menus("The boat is not for sale.", "4 March 2026", ONE, TWO, THREE)

    article = cleaned("The boat is not for sale. - Marsh Herald\n" + page)

    assert article.title == "The boat is not for sale."


def test_a_line_that_tells_the_day_is_not_the_title():
    lines = ("The boat is not for sale", "Filed 4 March 2026 in Harbour, updated twice", ONE, TWO)

    assert cleaned(menus(*lines)).title == "The boat is not for sale"


def test_a_part_of_the_pages_title_below_a_teaser_is_the_title():
    page = menus(THREE, "Read on", "The boat in the grass", "4 March 2026", ONE, TWO)

    article = cleaned("The boat in the grass - Marsh Herald\n" + page)

    assert (article.title, article.site) == ("The boat in the grass", "Marsh Herald")


def test_a_title_that_only_the_page_bears_is_parted_from_its_site():
    article = cleaned("The ferryman's boat in the grass | Marsh Herald\n" + menus(ONE, TWO, THREE))

    assert (article.title, article.site) == ("The ferryman's boat in the grass", "Marsh Herald")


def test_facts_below_the_text_and_two_dates_on_a_line_are_read():
    below = cleaned(menus("The boat", ONE, TWO, "Written by Pia Holm", "Posted on May 2, 2026"))
    french = Facts()
    read_row(french, "Publié le 21/08/2025 à 18h45, mis à jour le 22/08/2025 à 07h10")

    assert (below.authors, below.published) == (("Pia Holm",), "2026-05-02")
    assert (french.published, french.modified) == ("2025-08-21T18:45", "2025-08-22T07:10")


def test_the_day_of_a_print_above_the_title_is_not_the_articles():
    top = ["A Courier of the North - The boat is found", "https://courier.example/boat"]

    article = cleaned(
        "\n".join([*top, "3 April 2026", "The boat is found", "By Sam Weller", "March 9, 2024"])
        + f"\n{ONE}\n{TWO}\n{THREE}\nPrivacy policy"
    )

    assert article.title == "The boat is found"
    assert (article.authors, article.published) == (("Sam Weller",), "2024-03-09")


@pytest.mark.parametrize("mark", [" – ", " | ", " - "])
def test_half_of_the_first_sentence_is_not_its_title(mark):
    first = f"It is some time ago that Edith came into the house{mark}number one."

    article = cleaned(f"{first}\n{ONE}\n{TWO}")

    assert article.title in (first, first.rstrip("."))


def test_a_name_below_a_title_is_not_taken_for_it():
    poem = ["Letter to the Landlord", "Anna Quill", "Spring 2026", "Dear sir, the stairs count"]

    article = cleaned(menus(*poem, "me again. I make it twelve,", "they say thirteen.", ONE, TWO))

    assert article.title == "Letter to the Landlord"


@pytest.mark.parametrize(
    ("line", "author", "day"),
    [
        ("Posted in Maps by marsh_reader on August 3, 2019", "marsh_reader", "2019-08-03"),
        ("Posted on 2015-04-05 by Marc | Leave a comment", "Marc", "2015-04-05"),
        ("10. Februar 201911. Februar 2019 von Heike Quill", "Heike Quill", "2019-02-10"),
        ("Veröffentlicht vonChris Jung 28. Februar 2016", "Chris Jung", "2016-02-28"),
        ("Dezember 10, 2019 · von freeman1984 · in Allgemein", "freeman1984", "2019-12-10"),
        ("Nora Quill am 18. September 2019", "Nora Quill", "2019-09-18"),
        ("Von unserem Korrespondenten Nora Quill, 20. Januar 2020", "Nora Quill", "2020-01-20"),
        ("oprac. Nora Quill, 20 stycznia 2020", "Nora Quill", "2020-01-20"),
        ("by Nora Quill on January 20, 2020", "Nora Quill", "2020-01-20"),
        ("23.06.2016 - Nora Quill - 91 Ergänzungen", "Nora Quill", "2016-06-23"),
    ],
)
def test_who_and_when_are_read_from_one_line(line, author, day):
    article = cleaned(menus("The boat in the grass", line, ONE, TWO, THREE))

    assert (article.authors, article.published) == ((author,), day)


def test_a_byline_below_a_standfirst_that_reads_as_prose_is_read():
    article = cleaned(
        menus("The boat in the grass", TWO, "By Nora Quill", "Aug. 16, 2020", ONE, THREE)
    )

    assert (article.authors, article.published) == (("Nora Quill",), "2020-08-16")
    assert "Nora Quill" not in article.text


def test_what_a_blog_says_below_the_text_tells_who_and_when():
    posted = "This entry was posted on May 3, 2010 by nora_q and is filed under Boats."

    article = cleaned(menus("The boat in the grass", ONE, TWO, THREE) + "\n" + posted)

    assert (article.authors, article.published) == (("nora_q",), "2010-05-03")


@pytest.mark.parametrize(
    ("above", "below", "site"),
    [
        (
            "Marsh Herald\nAbout Marsh Herald",
            "© 2014–2026 Marsh Herald, Inc. All rights reserved",
            "Marsh Herald",
        ),
        ("Boats and grass | Marsh Herald", "Write for Marsh Herald", "Marsh Herald"),
        ("Boats", "© 2026 Jane Doe", None),
        ("Marsh Herald\nBoats", "© Marsh Herald 2026", "Marsh Herald"),
        ("Radio Marsh\nBoats", "Radio Marsh 2026\nContact", "Radio Marsh"),
        ("Marsh Herald\nNews\nSport\nJobs\nBoats", "Contact", "Marsh Herald"),
        ("Skip to content\nThe Marsh\nBoats", "The Marsh\n© 2026 Marsh Media Ltd", "The Marsh"),
        ("Small Boats\nAll that floats", "Small Boats, powered by Sails", "Small Boats"),
        ("Welcome | Willkommen | Bienvenue | Benvenuti\nMenu", "Contact", None),
        (
            "Ministry for the Boats and the Grass of the Low Marshes\nNews",
            "© Ministry for the Boats and the Grass of the Low Marshes",
            "Ministry for the Boats and the Grass of the Low Marshes",
        ),
    ],
)
def test_the_site_is_the_name_that_several_places_give(above, below, site):
    page = menus("The boat in the grass", "4 March 2026", ONE, TWO, THREE)

    assert cleaned(f"{above}\n{page}\n{below}").site == site


def test_two_lines_that_look_like_a_title_are_the_text_if_there_is_no_other():
    article = clean(Document(b"The lock gate at Low Sluice stuck for the third time\nthis month\n"))

    assert article.text == "The lock gate at Low Sluice stuck for the third time this month"


def test_where_an_author_writes_from_is_no_second_author():
    dump = (
        "Recife terá ciclovia até a praia\nPor Marina Lopes, do Recife\n15/04/2025 06h00\n\n"
        "A prefeitura do Recife anunciou nesta segunda-feira uma ciclovia de nove quilômetros "
        "entre o centro e a praia de Boa Viagem.\n\nAs obras começam em junho e devem custar doze "
        "milhões de reais, segundo a secretária de Mobilidade, Ana Prado.\n"
    )

    assert clean(Document(dump.encode())).authors == ("Marina Lopes",)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"OSTREY, March 14, 2025 — {ONE}\n\n{TWO}", headline(ONE)),
        (f"Key Points\n\n- It is green.\n- It is old.\n\n{TWO}\n\n{ONE}", headline(TWO)),
        (f"Summary: A boat in the grass is what the town reads in.\n\n{TWO}\n\n{ONE}\n\n{THREE}",
         headline(TWO)),
    ],
)  # fmt: skip
def test_a_text_without_a_title_is_called_by_its_first_sentence(text, title):
    assert cleaned(text).title == title


def test_a_summary_labelled_above_a_text_is_its_summary():
    told = "A boat in the grass is what the town reads in."
    article = cleaned(f"Summary: {told}\n\n{ONE}\n\n{TWO}\n\n{THREE}")

    assert (article.summary, article.text) == (told, f"{ONE}\n\n{TWO}\n\n{THREE}")


def test_the_day_of_a_dateline_with_a_state_or_an_agency_is_the_articles():
    for line in ("BOISE, Idaho, Sept. 9, 2025 —", "OSTREY, Sept. 9, 2025 (Northline) -"):
        assert cleaned(f"The boat\n\n{line} {ONE}\n\n{TWO}").published == "2025-09-09"


def test_two_who_sign_below_each_other_are_both_authors():
    article = cleaned(
        menus("The boat in the grass", "It is green", "Daniel Okafor", "and Lena Brandt",
              "Nov. 3, 2025", ONE, TWO, THREE)
    )  # fmt: skip

    assert article.authors == ("Daniel Okafor", "Lena Brandt")


def test_labels_between_a_standfirst_and_the_text_are_neither_headings_nor_text():
    article = cleaned(
        "Home\nNews\nSport\nCulture\nOpinion\nThe boat that nobody wanted is wanted now\n"
        "It lay in the grass for years, and now the whole town talks of it\n"
        "By Ann Lee\nHarbour correspondent\n12 May 2025, 09:40 BST\nShare\nX\nCopy link\n"
        f"{ONE}\n{TWO}\n{THREE}\nAbout us\nPrivacy policy\n© 2025 Marsh Post"
    )

    assert article.markdown.split("\n\n") == [
        "It lay in the grass for years, and now the whole town talks of it",
        ONE,
        TWO,
        THREE,
    ]


def test_a_row_of_facts_that_a_full_stop_ends_is_not_the_first_sentence():
    article = cleaned(
        "Start\nRegion\nSport\nKultur\nMarkt\n\nNeuer Deich bei Wremen wird höher als geplant\n\n"
        "    Von Torben Hinrichs    |    Stand: 04.02.2025, 17:32 Uhr    |    Lesezeit: 3 Min.\n\n"
        "Teilen   Drucken   Merken   Kommentare (14)\n\n"
        "Der neue Deich soll um achtzig Zentimeter höher werden als bisher vorgesehen war.\n\n"
        "Die Kosten erhöhen sich dadurch um elf Millionen, von denen das Land die Hälfte zahlt.\n\n"
        "Impressum\nDatenschutz\nAGB\nKontakt\nMediadaten"
    )

    assert article.authors == ("Torben Hinrichs",)
    assert article.published == "2025-02-04T17:32"
    assert article.text.startswith("Der neue Deich soll")


@pytest.mark.parametrize(
    ("box", "below"),
    [
        ("See also:\n- Why swans move north\n- The ships that make no sound", ""),
        (
            "Read more\nWhy the swans move north\nThe ships that make no sound",
            "\nMore on this story\nWhy the swans move north\nThe ships that make no sound",
        ),
    ],
)
def test_a_box_of_several_headlines_amid_the_text_goes_and_what_follows_stays(box, below):
    page = menus("The boat in the grass", "4 March 2026", ONE, TWO, box, THREE)

    article = cleaned(f"{page}{below}\nAbout us\nPrivacy policy\nTerms of use")

    assert article.text == "\n\n".join([ONE, TWO, THREE])


def test_a_byline_and_two_days_below_each_other_are_not_one_paragraph():
    article = cleaned(
        menus(
            "The boat that lay in the grass for years is painted once more\n",
            "It lay there for years, and now the whole town talks of what it was\n",
            "By Ann Lee in Marsh Town and Kim Roe in Ostrey\n"
            "Published 17 January 2026, 09:14 GMT\nUpdated 17 January 2026, 15:40 GMT\n",
            ONE,
            TWO,
        )
    )

    assert article.title == "The boat that lay in the grass for years is painted once more"
    assert article.authors == ("Ann Lee", "Kim Roe")
    assert (article.published or "")[:16] == "2026-01-17T09:14"
    assert (article.modified or "")[:16] == "2026-01-17T15:40"


def test_a_heading_right_above_a_list_is_not_joined_to_what_opens_it():
    text = "A plan in steps\nThe council has parted its answer into three:\n"
    items = "- First step: less for the mills of it\n- Second step: up to forty boats a day"

    assert whole(text + items + "\n- Third step: nobody waters at night")[:2] == [
        "A plan in steps",
        "The council has parted its answer into three:",
    ]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Dave Prit  Local Democracy Reporter", ("Dave Prit",)),
        ("WORDS BY HANNAH VOSS", ("Hannah Voss",)),
    ],
)
def test_a_byline_is_read_whatever_it_is_set_in(line, authors):
    page = menus("The boat in the grass", ONE, f"{line}\n4 March 2026", TWO, THREE)

    assert cleaned(page).authors == authors


def test_what_stands_between_a_menu_and_the_title_is_no_heading():
    article = cleaned(menus("ESSAYS | ISSUE 31", "The boat in the grass", ONE, TWO, THREE))

    assert article.title == "The boat in the grass"
    assert article.markdown.startswith(ONE)


def test_a_heading_called_overview_straight_below_the_title_is_kept():
    article = cleaned(
        f"A boat in the grass is painted once more\n\nOverview\n{ONE}\n\nReactions\n{TWO}\n\n"
        f"What comes next\n{THREE}\n"
    )

    assert article.markdown.startswith(f"## Overview\n\n{ONE}\n\n## Reactions")


def test_a_paragraph_that_tells_of_a_subscription_is_of_the_text():
    told = (
        "Last summer a man cancelled every subscription that he had, and put an old machine in "
        "the cupboard under the stairs, where it holds letters, pictures and a list of errands."
    )
    notice = (
        "Get the best of the marsh in a newsletter that comes every Friday, with the tides of the "
        "week and all that is for sale, and cancel your place in it whenever you have enough of it."
    )

    article = cleaned(menus("The boat in the grass", told, ONE, TWO, THREE, notice))

    assert article.text == "\n\n".join([told, ONE, TWO, THREE])


def test_a_file_to_fetch_is_neither_a_heading_nor_text():
    page = menus(
        "The boat in the grass", "", ONE, "", "Press release (PDF, 214 KB)", "", TWO, THREE
    )

    assert cleaned(page).markdown == "\n\n".join([ONE, TWO, THREE])


def test_lines_with_a_colon_are_headings_if_there_are_several():
    several = f"The boat in the grass\n{ONE}\n\nA path thought anew:\n{TWO}\n\nTickets are rare:\n"
    last = f"{THREE}\n\nWhat the town thinks:\n{ONE}\n"
    one = f"The boat in the grass\n{ONE}\n\nThe ferryman told us this:\n{TWO}\n\n{THREE}\n"

    headings = [row for row in cleaned(several + last).markdown.split("\n") if row[:1] == "#"]
    assert headings == [
        "## A path thought anew:",
        "## Tickets are rare:",
        "## What the town thinks:",
    ]
    assert "#" not in cleaned(one).markdown


def test_words_that_tell_finnish_or_czech_are_no_sign_of_prose_in_other_languages():
    assert prose.function_words().isdisjoint({"nyt", "mal", "saa", "|"})
    assert prose.language("Hallitus kertoi nyt, jonka mukaan vuoden jälkeen kaikki olivat") == "fi"
