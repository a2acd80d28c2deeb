"""A mail comes out as what it says, under its subject."""

import pytest

from reader.clean import clean
from reader.model import Cleaned, Document

HEADER = """\
Delivered-To: reader@home.example
From: The Marsh Letter <news@marsh.example>
Subject: =?utf-8?q?The_heron=E2=80=99s_return?=
Date: Fri, 13 Mar 2026 06:30:00 +0000
MIME-Version: 1.0
"""
PLAIN = """\
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

View this email in your browser: https://marsh.example/v/1

The heron is back at the sluice. Edith saw it on Tuesday, standing on one=20
leg beside the notice that forbids fishing in the harbour.

It has been away since the dredging. The society counted eleven nest=
s that year and none since.

You are receiving this because you signed up at marsh.example.
Unsubscribe: https://marsh.example/u/1
"""
PAGE = """\
Content-Type: text/html; charset=utf-8

<html><body><table><tr><td><h1>The heron’s return</h1><p>The heron is back at the sluice. Edith
saw it on <b>Tuesday</b>, standing on one leg beside the notice that forbids fishing.</p></td></tr>
</table></body></html>
"""


def cleaned(mail: str, name: str = "mail.eml") -> Cleaned:
    return clean(Document(mail.encode(), name=name))


def test_a_mail_is_its_text_under_its_subject_by_its_sender():
    article = cleaned(HEADER + PLAIN, name="saved.txt")

    assert article.title == "The heron’s return"
    assert (article.authors, article.site) == (("The Marsh Letter",), "The Marsh Letter")
    assert article.published == "2026-03-13T06:30:00+00:00"
    assert article.text == (
        "The heron is back at the sluice. Edith saw it on Tuesday, standing on one leg beside the "
        "notice that forbids fishing in the harbour.\n\nIt has been away since the dredging. The "
        "society counted eleven nests that year and none since."
    )
    assert article.warnings == ()


def test_of_a_mail_with_a_page_and_a_text_the_page_is_read():
    mail = (
        f'{HEADER}Content-Type: multipart/alternative; boundary="b"\n\n'
        f"--b\n{PLAIN}\n--b\n{PAGE}\n--b--\n"
    )

    article = cleaned(mail)

    assert article.title == "The heron’s return"
    assert "Edith saw it on **Tuesday**" in article.markdown


def test_a_note_that_quotes_a_letter_is_none():
    note = "From: the harbour\nSubject: the boat\n\nThey wrote that the boat is theirs.\n"

    article = cleaned(note, name="note.txt")

    assert "They wrote that the boat is theirs." in article.text
    assert article.published is None


LETTER = """\
Hallo zusammen,

die Regatta ist am 5. Juni. Bitte meldet euch bis Freitag bei Tom im Bootshaus an.

Wer spenden will, kann das auf der Liste eintragen. Für Kuchen bitte bei Ann anmelden!

Bis dann
Jörg
"""
SENT_TO_MANY = """\

----------------------
Ruderverein Seeheim e.V.
Am Ufer 3
12345 Seeheim

Sie erhalten diese Mail, weil Sie Mitglied sind.
Newsletter abbestellen: https://verein.example/u/1
"""
AS_PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
AS_PAGE = "Content-Type: text/html; charset=utf-8\n\n"


def paragraphs(mail: str) -> list[str]:
    return [" ".join(part.split()) for part in cleaned(HEADER + mail).text.split("\n\n")]


def test_a_letter_keeps_its_greeting_and_who_signed_it():
    written = [
        "Hallo zusammen,",
        "die Regatta ist am 5. Juni. Bitte meldet euch bis Freitag bei Tom im Bootshaus an.",
        "Wer spenden will, kann das auf der Liste eintragen. Für Kuchen bitte bei Ann anmelden!",
    ]

    assert paragraphs(AS_PLAIN + LETTER) == [*written, "Bis dann", "Jörg"]
    assert paragraphs(f"{AS_PLAIN}Im Browser ansehen\n\n{LETTER}{SENT_TO_MANY}") == [
        *written,
        "Bis dann",
        "Jörg",
    ]


def test_a_letter_of_one_line_keeps_its_greeting():
    letter = "Hallo zusammen\n\nder Schlüssel liegt beim Nachbarn.\n\nViele Grüße\nAnn\n"

    assert " ".join(paragraphs(AS_PLAIN + letter)) == " ".join(letter.split())


def test_a_letter_written_as_a_page_keeps_its_greeting_and_who_signed_it():
    page = (
        "<div>Hi Tom,</div><div><br></div><div>Lunch tomorrow at one?</div><div><br></div>"
        "<div>Best,</div><div>Ann</div>"
    )

    assert paragraphs(AS_PAGE + page) == ["Hi Tom,", "Lunch tomorrow at one?", "Best,", "Ann"]


def test_a_newsletter_keeps_its_greeting_and_loses_what_its_mailer_adds():
    text = (
        "The heron is back at the sluice. Edith saw it on Tuesday, standing on one leg beside the "
        "notice that forbids fishing in the harbour."
    )
    page = f"""
<table><tr><td><a href="https://m.example/v">View this email in your browser</a></td></tr>
<tr><td><a href="https://m.example">The Marsh Letter</a></td></tr>
<tr><td><h1>The heron’s return</h1><p>Dear readers,</p><p>{text}</p>
<p>See you next Friday,<br>Ann</p></td></tr>
<tr><td><a href="https://m.example/fb">Facebook</a> <a href="https://m.example/x">X</a></td></tr>
<tr><td><p>Copyright © 2026 The Marsh Letter, all rights reserved.</p>
<p>Our mailing address is:<br>The Marsh Letter<br>12 Sluice Road<br>Marshton MT1 2AB</p>
<p>You can <a href="https://m.example/p">update your preferences</a> or
<a href="https://m.example/u">unsubscribe from this list</a>.</p></td></tr></table>"""

    assert paragraphs(AS_PAGE + page) == ["Dear readers,", text, "See you next Friday, Ann"]


def test_a_letter_of_news_is_signed_below_the_way_to_the_last_of_them():
    news = "The ferry goes every hour from eight in the morning, and the last one leaves at ten."
    page = f"""
<p>Trouble? <a href="https://m.example/v">View in browser</a></p><h1>The week</h1>
<p>Hello again!</p><h2>Ferry</h2><p>{news}</p><p><a href="https://m.example/1">Read more</a></p>
<p>Until next week</p><p>Ann and Tom</p><hr><p>The Week, 12 Sluice Road, Marshton</p>
<p><a href="https://m.example/u">Unsubscribe</a></p>"""

    assert paragraphs(AS_PAGE + page) == [
        "Hello again!",
        "Ferry",
        news,
        "Read more",
        "Until next week",
        "Ann and Tom",
    ]


def test_a_letter_passed_on_has_the_title_and_the_sender_of_the_one_inside():
    mail = """\
From: Petra <petra@home.example>
To: Jan <jan@home.example>
Subject: Fwd: The tram returns to the hill
Date: Tue, 10 Feb 2026 09:12:00 +0100
Content-Type: text/plain; charset=utf-8

You should read this.

---------- Forwarded message ---------
From: Hill Courier <news@hill.example>
Date: Mon, 9 Feb 2026 at 18:00
Subject: The tram returns to the hill
To: <petra@home.example>

The tram will climb to the hill again from the first of March, eleven years after the rails were
taken up. The city council voted for it on Monday night with a majority of two.

The fare will be the same as in the rest of the city, and children ride without a ticket.

You are receiving this because you subscribed to Hill Courier.
"""

    article = cleaned(mail)

    assert (article.title, article.site) == ("The tram returns to the hill", "Hill Courier")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_letters_that_no_charset_was_told_for_are_read(encoding):
    mail = (
        "From: Jörg Groß <j@moor.example>\nSubject: Grüße vom Moor\nMessage-ID: <1@moor.example>\n"
        "Content-Type: text/plain\n\nDas Moor säuft voll, und die Gräben sind geschlossen.\n"
    )

    article = clean(Document(mail.encode(encoding), name="mail.eml"))

    assert (article.title, article.authors) == ("Grüße vom Moor", ("Jörg Groß",))
    assert article.text == "Das Moor säuft voll, und die Gräben sind geschlossen."


def test_a_paragraph_in_the_foot_of_a_newsletter_is_of_the_foot():
    text = "The ferry goes every hour from eight in the morning, and the last one leaves at ten. "
    page = f"""
<table><tr><td><a href="https://m.example/v">View in browser</a></td></tr></table>
<p>{text * 3}</p><p>{text * 2}</p><p>See you next Friday,</p><p>Ann</p>
<p>You are receiving this because you signed up at m.example.</p>
<p>We respect your privacy and never give your address to anybody who has no need of it.</p>
<p>The Week, 12 Sluice Road, Marshton</p><p><a href="https://m.example/u">Unsubscribe</a></p>"""

    assert paragraphs(AS_PAGE + page) == [
        (text * 3).strip(),
        (text * 2).strip(),
        "See you next Friday,",
        "Ann",
    ]


def test_linked_titles_that_are_no_headings_stay_above_their_news():
    news = "The ferry goes every hour from eight in the morning, and the last one leaves at ten."
    items = "".join(
        f'<p><a href="https://m.example/{n}">What the ferry does on day {n}</a></p><p>{news}</p>'
        for n in range(5)
    )
    page = f'{items}<p><a href="https://m.example/u">Unsubscribe</a></p>'

    markdown = cleaned(HEADER + AS_PAGE + page).markdown

    for n in range(5):
        assert f"[What the ferry does on day {n}](https://m.example/{n})" in markdown
    assert "Unsubscribe" not in markdown
