"""Of letters that answer or pass on others, what is new is read, and what was passed on."""

import time

import pytest

from reader.clean import clean, quoted
from reader.model import Cleaned, Document

ANSWER = (
    "The wheel turns again. We let the water in at noon, and it took four minutes before the first "
    "paddle moved. Then it went as if it had never stood still."
)
ASKED = "How far are you with the wheel? I saw that the sluice is open."
NEWS = (
    "The tram will climb to the hill again from the first of March, eleven years after the rails "
    "were taken up. The city council voted for it on Monday night."
)


def letter(body: str, subject: str = "Re: The mill wheel", form: str = "plain") -> Cleaned:
    mail = (
        f"From: Greta Holt <greta@holt.example>\nTo: lars@home.example\nSubject: {subject}\n"
        f"Date: Fri, 17 Apr 2026 09:30:00 +0200\nMessage-ID: <g2@holt.example>\n"
        f"MIME-Version: 1.0\nContent-Type: text/{form}; charset=utf-8\n\n{body}\n"
    )
    return clean(Document(mail.encode(), name="mail.eml"))


@pytest.mark.parametrize(
    "above",
    [
        "On Wed, 15 Apr 2026 at 21:14, Lars Enger <lars@home.example> wrote:",
        "On 4/15/26 9:14 PM, Lars Enger wrote:",
        "On Wed, 15 Apr 2026 at 21:14, Lars Enger of the Old Mill\n<lars@home.example>\nwrote:",
        "Am 15.04.26 um 21:14 schrieb Lars Enger:",
        "Am Mi., 15. Apr. 2026 um 21:14 Uhr schrieb Lars Enger <lars@home.example>:",
        "Le mer. 15 avr. 2026 à 21:14, Lars Enger <lars@home.example> a écrit :",
        "El mié, 15 abr 2026 a las 21:14, Lars Enger (<lars@home.example>) escribió:",
        "Em qua., 15 de abr. de 2026 às 21:14, Lars Enger <lars@home.example> escreveu:",
        "Il giorno mer 15 apr 2026 alle ore 21:14 Lars Enger <lars@home.example> ha scritto:",
        "Op wo 15 apr 2026 om 21:14 schreef Lars Enger <lars@home.example>:",
        "Den ons 15 apr. 2026 kl 21:14 skrev Lars Enger <lars@home.example>:",
        "śr., 15 kwi 2026 o 21:14 Lars Enger <lars@home.example> napisał(a):",
        "ср, 15 апр. 2026 г. в 21:14, Lars Enger <lars@home.example>:",
        "2026年4月15日(水) 21:14 Lars Enger <lars@home.example>:",
    ],
)
def test_the_letter_quoted_below_an_answer_is_not_read_again(above):
    article = letter(f"{ANSWER}\n\nGreta\n\n{above}\n\n> Dear Greta,\n>\n> {ASKED}\n>\n> Lars")

    assert article.text == f"{ANSWER}\n\nGreta"


@pytest.mark.parametrize(
    "header",
    [
        "From: Lars Enger <lars@home.example>\nSent: Wednesday, April 15, 2026 9:14 PM\n"
        "To: Greta Holt <greta@holt.example>\nSubject: The mill wheel",
        "-----Original Message-----\nFrom: Lars Enger\nSent: Wednesday, April 15, 2026 9:14 PM\n"
        "To: Greta Holt\nCc: Odd Moen <odd@moen.example>;\n Ragna Tveit <ragna@fjell.example>\n"
        "Subject: The mill wheel",
        "________________________________\nVon: Lars Enger\nGesendet: Mittwoch, 15. April 2026 "
        "21:14\nAn: Greta Holt\nBetreff: The mill wheel",
        "De : Lars Enger <lars@home.example>\nEnvoyé : mercredi 15 avril 2026 21:14\n"
        "À : Greta Holt\nObjet : The mill wheel",
        "De: Lars Enger\nEnviado: miércoles, 15 de abril de 2026 21:14\nPara: Greta Holt\n"
        "Asunto: The mill wheel",
        "*Da:* Lars Enger\n*Inviato:* mercoledì 15 aprile 2026 21:14\n*A:* Greta Holt\n"
        "*Oggetto:* The mill wheel",
        "Van: Lars Enger\nVerzonden: woensdag 15 april 2026 21:14\nAan: Greta Holt\n"
        "Onderwerp: The mill wheel",
        "От: Lars Enger\nОтправлено: 15 апреля 2026 г. 21:14\nКому: Greta Holt\n"
        "Тема: The mill wheel",
    ],
)
def test_the_letter_below_the_header_that_outlook_writes_is_not_read_again(header):
    article = letter(f"{ANSWER}\n\nGreta\n\n{header}\n\nDear Greta,\n\n{ASKED}\n\nLars")

    assert article.text == f"{ANSWER}\n\nGreta"


def test_the_letter_below_an_answer_written_as_a_page_is_not_read_again():
    quoted_below = (
        '<div class="gmail_quote"><div>On Wed, 15 Apr 2026 at 21:14, Lars Enger &lt;<a href="'
        'mailto:lars@home.example">lars@home.example</a>&gt; wrote:<br></div><blockquote>'
        f"<div>Dear Greta,</div><div>{ASKED}</div></blockquote></div>"
    )
    by_outlook = (
        "<div><p><b>Von:</b> Enger, Lars &lt;lars@home.example&gt;<br><b>Gesendet:</b> Mittwoch, "
        "15. April 2026 21:14<br><b>An:</b> Greta Holt<br><b>Betreff:</b> Rad</p></div>"
        f"<p>Dear Greta,</p><p>{ASKED}</p>"
    )
    in_one_block = f"On 15.04.26 21:14, Lars Enger wrote:<br>&gt; {ASKED}"

    for below in (quoted_below, by_outlook):
        assert letter(f"<p>{ANSWER}</p><p>Greta</p>{below}", form="html").text == (
            f"{ANSWER}\n\nGreta"
        )
    assert letter(f"<div>{ANSWER}<br>{in_one_block}</div>", form="html").text == ANSWER


def test_an_answer_between_the_lines_keeps_them_as_quotations():
    article = letter(
        "On 15.04.26 21:14, Lars Enger wrote:\n> How far are you with the wheel, and what\n> of "
        f"the bread?\n\n{ANSWER}\n\n> I saw that the sluice is open.\n\nIt has been since Monday."
    )

    assert article.markdown == (
        "On 15.04.26 21:14, Lars Enger wrote:\n\n"
        "> How far are you with the wheel, and what of the bread?\n\n"
        f"{ANSWER}\n\n> I saw that the sluice is open.\n\nIt has been since Monday."
    )


def test_an_answer_of_a_few_words_keeps_the_letter_that_it_answers():
    article = letter(
        "Yes, on Sunday.\n\nOn Wed, 15 Apr 2026 at 21:14, Lars <lars@home.example> wrote:\n"
        f"> {ASKED}"
    )

    assert article.markdown == f"Yes, on Sunday.\n\n> {ASKED}"


def test_a_quotation_that_ends_a_letter_of_news_is_kept():
    closing = "<p>On 3 May 1911 the keeper wrote:</p><blockquote>No ship today.</blockquote>"

    article = letter(f"<p>{ANSWER}</p>{closing}", subject="The keeper", form="html")

    assert article.markdown.endswith("the keeper wrote:\n\n> No ship today.")


def test_a_signature_and_what_a_mailing_list_adds_are_not_the_letter():
    article = letter(
        f"{ANSWER}\n\nGreta\n\n-- \nGreta Holt, miller\nhttps://holt.example\n\n"
        "_______________________________________________\nmills mailing list\n"
        "mills@lists.holt.example\nhttps://lists.holt.example/listinfo/mills"
    )

    assert article.text == f"{ANSWER}\n\nGreta"


def test_lines_that_a_mailer_wrapped_are_whole_again_also_in_short_paragraphs():
    article = letter(
        "The sheep come to the dyke in April this year, three weeks earlier than ever. The\n"
        "grass is a hand high already.\n\nGreta\nMiller at Holt",
        subject="Sheep",
    )

    assert article.text.split("\n\n")[0].endswith("than ever. The grass is a hand high already.")
    assert "Greta\nMiller at Holt" in article.text.replace("\n\n", "\n")


FORWARDED = [
    (
        "---------- Forwarded message ---------\nFrom: Hill Courier <news@hill.example>\n"
        "Date: Mon, 9 Feb 2026 at 18:00\nSubject: The tram returns\nTo: <petra@home.example>"
    ),
    (
        "Begin forwarded message:\n\nFrom: Hill Courier <news@hill.example>\n"
        "Subject: The tram returns\nDate: 9 February 2026 at 18:00\nTo: petra@home.example"
    ),
    (
        "-------- Weitergeleitete Nachricht --------\nBetreff: \tThe tram returns\n"
        "Datum: \tMon, 9 Feb 2026 18:00\nVon: \tHill Courier <news@hill.example>\n"
        "An: \tpetra@home.example"
    ),
    (
        "-----Message d'origine-----\nDe : Hill Courier [mailto:news@hill.example]\n"
        "Envoyé : lundi 9 février 2026 18:00\nÀ : Petra\nObjet : The tram returns"
    ),
]


@pytest.mark.parametrize("header", FORWARDED)
@pytest.mark.parametrize("subject", ["Fwd: The tram returns", "WG: Fwd: Tram", "TR: The tram"])
def test_a_letter_passed_on_is_of_the_day_and_by_the_sender_of_the_one_inside(header, subject):
    article = letter(f"Read this.\n\n{header}\n\n{NEWS}", subject=subject)

    assert (article.title, article.authors) == ("The tram returns", ("Hill Courier",))
    assert (article.published, article.site) == ("2026-02-09T18:00", "Hill Courier")
    assert article.markdown == f"Read this.\n\n---\n\n{NEWS}"


def test_a_page_passed_on_is_of_the_day_and_by_the_sender_of_the_one_inside():
    article = letter(
        "Read this.<br><br><div>---------- Forwarded message ---------<br>From: <strong>Hill "
        "Courier</strong> &lt;<a href='mailto:news@hill.example'>news@hill.example</a>&gt;<br>"
        "Date: Mon, 9 Feb 2026 at 18:00<br>Subject: The tram returns<br>To: "
        "&lt;petra@home.example&gt;<br></div>"
        f"<br><div><p>{NEWS}</p></div>",
        subject="Fwd: The tram returns",
        form="html",
    )

    assert (article.title, article.authors) == ("The tram returns", ("Hill Courier",))
    assert article.published == "2026-02-09T18:00"
    assert article.markdown == f"Read this.\n\n---\n\n{NEWS}"


def test_a_letter_passed_on_twice_is_the_innermost():
    inner = f"{FORWARDED[0]}\n\n{NEWS}"
    article = letter(
        "---------- Forwarded message ---------\nFrom: Petra <petra@home.example>\nDate: Tue, 10 "
        f"Feb 2026 at 09:00\nSubject: Fwd: The tram returns\nTo: <jan@home.example>\n\n{inner}",
        subject="Fwd: Fwd: The tram returns",
    )

    assert (article.authors, article.published) == (("Hill Courier",), "2026-02-09T18:00")
    assert article.text == NEWS


def test_a_letter_attached_to_a_few_words_is_passed_on():
    mail = (
        "From: Petra <petra@home.example>\nSubject: see attached\nMessage-ID: <1@home.example>\n"
        "Date: Tue, 10 Feb 2026 09:00:00 +0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n'
        "Read this.\n\n--b\nContent-Type: message/rfc822\n\n"
        "From: Hill Courier <news@hill.example>\nDate: Mon, 9 Feb 2026 18:00:00 +0000\n"
        f"Subject: The tram returns\nContent-Type: text/plain\n\n{NEWS}\n\n--b--\n"
    )

    article = clean(Document(mail.encode(), name="mail.eml"))

    assert (article.title, article.authors) == ("The tram returns", ("Hill Courier",))
    assert article.published == "2026-02-09T18:00:00+00:00"
    assert article.text == f"Read this.\n\n{NEWS}"


def test_a_letter_copied_out_of_a_mail_reader_has_the_facts_above_it():
    pasted = (
        "Von: Deichbote <post@deich.example>\nBetreff: Schafe im April\n"
        f"Datum: 9. Februar 2026 um 18:03:11 MEZ\nAn: petra@home.example\n\n{NEWS}\n\nUte\n"
    )

    article = clean(Document(pasted.encode()))

    assert (article.title, article.authors) == ("Schafe im April", ("Deichbote",))
    assert (article.published or "").startswith("2026-02-09T18:03")
    assert article.text == f"{NEWS}\n\nUte"


def test_what_mailers_write_is_told_in_linear_time():
    for rows in (
        ["From: a"],
        ["From: a", "To: b", ""],
        ["On 3 May, a@b.example wrote:", "> x", "y"],
    ):
        started = time.process_time()
        quoted.told(rows * 1_000, "Re: x")
        short = time.process_time() - started
        quoted.told(rows * 8_000, "Re: x")
        assert time.process_time() - started - short < 40 * max(short, 0.005)


APPLE = (
    "<div>Read this.</div><br><blockquote type='cite'><div>Begin forwarded message:</div><br><div>"
    "<b>From: </b>Hill Courier &lt;news@hill.example&gt;</div><div><b>Subject: </b><b>The tram "
    "returns</b></div><div><b>Date: </b>9 February 2026 at 18:00</div><div><b>To: </b>"
    f"petra@home.example</div><br><div><p>{NEWS}</p></div></blockquote>"
)
THUNDERBIRD = (
    "<p>Read this.</p><div class='moz-forward-container'><br>-------- Forwarded Message --------"
    "<table class='moz-email-headers-table'><tbody><tr><th>Subject: </th><td>The tram "
    "returns</td></tr><tr><th>Date: </th><td>Mon, 9 Feb 2026 18:00</td></tr><tr><th>From: </th>"
    "<td>Hill Courier <a href='mailto:n@hill.example'>&lt;n@hill.example&gt;</a></td></tr><tr>"
    f"<th>To: </th><td>petra@home.example</td></tr></tbody></table><br><p>{NEWS}</p></div>"
)
OUTLOOK = (
    "<p>Read this.</p><hr><div><b>From:</b> Hill Courier &lt;news@hill.example&gt;<br><b>Sent:</b> "
    "Monday, February 9, 2026 6:00 PM<br><b>To:</b> Petra<br><b>Subject:</b> The tram returns</div>"
    f"<p>{NEWS}</p>"
)


@pytest.mark.parametrize("page", [APPLE, THUNDERBIRD, OUTLOOK], ids=["apple", "moz", "outlook"])
def test_a_page_passed_on_by_other_mailers_is_the_letter_inside(page):
    article = letter(page, subject="FW: The tram returns", form="html")

    assert (article.title, article.authors) == ("The tram returns", ("Hill Courier",))
    assert article.published == "2026-02-09T18:00"
    assert article.markdown == f"Read this.\n\n---\n\n{NEWS}"


def test_a_letter_passed_on_as_a_quotation_is_none():
    article = letter(
        "Read this.\n\n> Begin forwarded message:\n> \n> From: Hill Courier <news@hill.example>\n"
        "> Subject: The tram returns\n> Date: 9 February 2026 at 18:00\n> To: petra@home.example\n"
        f"> \n> {NEWS}\n",
        subject="Fwd: The tram returns",
    )

    assert (article.authors, article.published) == (("Hill Courier",), "2026-02-09T18:00")
    assert article.markdown == f"Read this.\n\n---\n\n{NEWS}"


def test_the_mark_above_who_wrote_the_letter_that_is_answered_goes_with_it():
    article = letter(
        f"{ANSWER}\n\nGreta\n\nSent with Proton Mail secure email.\n\n------- Original Message "
        "-------\nOn Wednesday, April 15th, 2026 at 9:14 PM, Lars <lars@home.example> wrote:\n\n"
        f"> {ASKED}"
    )

    assert article.text == f"{ANSWER}\n\nGreta"


def test_hours_of_an_exhibition_are_no_header_of_a_letter():
    article = letter(
        f"{ANSWER}\n\nDate: 3 May 2026\nFrom: 10 am\nTo: 5 pm\n\nCome and see the wheel, and bring "
        "your friends with you.",
        subject="Open day",
    )

    assert "From: 10 am" in article.text
    assert "bring your friends" in article.text
