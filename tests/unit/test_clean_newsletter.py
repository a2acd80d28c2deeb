"""A newsletter comes out as its news, under their headings, with their links; a digest as the
letters in it."""

import io
import json

import pytest

from reader.clean import clean
from reader.cli import main
from reader.model import Cleaned, Document

HEADER = """\
From: {sender}
To: reader@home.example
Subject: {subject}
Date: Mon, 4 May 2026 06:15:00 +0200
Message-ID: <m4@quay.example>
MIME-Version: 1.0
Content-Type: text/{form}; charset=utf-8

"""
FERRY = (
    "The council has voted for a trial of four weeks. The last boat will leave the north bank at "
    "five in the morning, an hour before the first one did until now."
)
ROOF = (
    "Engineers who looked at the beams in the old gymnasium say that they are sound, and that the "
    "crack in the wall is older than the school itself."
)
FOOT = """
<tr><td>Follow us: <a href="https://a.example">Mastodon</a></td></tr>
<tr><td><p>Quay Daily, Pier 3, 20457 Northport</p><p>You received this email because you subscribed.
<br><a href="https://quay.example/u">Unsubscribe</a> | <a href="https://quay.example/p">Preferences
</a></p></td></tr></table><img src="https://open.quay.example/px.gif" width="1" height="1">"""
HIDDEN = '<div style="display:none;max-height:0;overflow:hidden">Before the first ferry.</div>'


def mail(body: str, form: str = "html", sender: str = "Quay Daily <q@quay.example>") -> Cleaned:
    header = HEADER.format(sender=sender, subject="This morning", form=form)
    return clean(Document((header + body).encode(), name="mail.eml"))


def test_linked_headings_of_a_newsletter_stay_with_their_links():
    rows = "".join(
        f'<tr><td><a href="https://c.example/{n}"><img src="https://i.example/{n}.jpg" alt=""></a>'
        f'<h2><a href="https://c.example/{n}">{title}</a></h2><p>{text}</p>'
        f'<a href="https://c.example/{n}">Read more &rarr;</a></td></tr>'
        for n, (title, text) in enumerate([("Ferry all night", FERRY), ("The roof holds", ROOF)])
    )

    article = mail(
        f'{HIDDEN}<table><tr><td><a href="https://quay.example/o">View in browser</a></td></tr>'
        f"<tr><td><h1>Quay Daily</h1></td></tr><tr><td>Monday 4 May 2026</td></tr>"
        f"<tr><td><p>Good morning. The sun rose at half past five.</p></td></tr>{rows}{FOOT}"
    )

    assert article.markdown == (
        "Good morning. The sun rose at half past five.\n\n"
        "![](https://i.example/0.jpg)\n\n"
        f"## [Ferry all night](https://c.example/0)\n\n{FERRY}\n\n"
        "![](https://i.example/1.jpg)\n\n"
        f"## [The roof holds](https://c.example/1)\n\n{ROOF}"
    )
    assert (article.published, article.warnings) == ("2026-05-04T06:15:00+02:00", ())


def test_lines_that_a_newsletter_sets_large_are_headings():
    def row(size: int, text: str) -> str:
        return f'<tr><td style="font-size:{size}px;line-height:2em">{text}</td></tr>'

    button = '<a href="https://c.example/list">See the timetable</a>'
    article = mail(
        f"{HIDDEN}<table>{row(11, '<a href=https://quay.example/o>View in browser</a>')}"
        f"{row(24, 'Ferry all night')}{row(15, FERRY)}{row(15, button)}"
        f"{row(24, 'The roof holds')}{row(15, ROOF)}{row(15, 'Until tomorrow<br>Ann')}{FOOT}"
    )

    assert article.markdown == (
        f"## Ferry all night\n\n{FERRY}\n\n[See the timetable](https://c.example/list)\n\n"
        f"## The roof holds\n\n{ROOF}\n\nUntil tomorrow\\\nAnn"
    )


def test_ruled_headings_of_a_plain_newsletter_are_headings():
    rule = "=" * 60
    article = mail(
        "QUAY DAILY\n\n"
        f"{rule}\nFERRY ALL NIGHT\n{rule}\n\n{FERRY}\n\nMore: https://quay.example/1\n\n"
        f"** The roof holds\n{'-' * 60}\n\n{ROOF}\n\n* Choir on Tuesday\n* Market on Friday\n\n"
        f"{'-' * 60}\nYou get this because you subscribed.\nUnsubscribe: https://quay.example/u\n",
        form="plain",
    )

    assert article.markdown == (
        f"## FERRY ALL NIGHT\n\n{FERRY}\n\nMore: <https://quay.example/1>\n\n"
        f"## The roof holds\n\n{ROOF}\n\n- Choir on Tuesday\n- Market on Friday"
    )
    assert article.site == "Quay Daily"


def test_a_letter_through_a_list_is_by_its_writer_and_of_the_list():
    article = clean(
        Document(
            b"From: Ragna Tveit via Lamps <lamps@lists.lantern.example>\n"
            b"Subject: Re: [Lamps] A wick\nList-Id: Old lamps <lamps.lists.lantern.example>\n"
            b"Message-ID: <1@x.example>\nContent-Type: text/plain\n\nIt fits to a hair.\n"
        )
    )

    assert (article.title, article.authors) == ("Re: A wick", ("Ragna Tveit",))
    assert article.site == "Old lamps"


WICK = "Does anybody know where a wick of fourteen lines can still be had?"
WEAVER = "The weaver in Haug makes them to order, and it takes about three weeks until they come."
IN_DIGEST = (
    f"## A wick\n\n*Ragna Tveit, 2026-02-10*\n\n{WICK}\n\n"
    f"## Re: A wick\n\n*Odd Moen, 2026-02-11*\n\n{WEAVER}"
)
PLAIN_DIGEST = f"""\
From: lamps-request@lists.lantern.example
Subject: Lamps Digest, Vol 12, Issue 3
Date: Wed, 11 Feb 2026 12:00:01 +0000
Message-ID: <d3@lists.lantern.example>
List-Id: Old lamps <lamps.lists.lantern.example>
Content-Type: text/plain; charset=utf-8

Send Lamps mailing list submissions to
\tlamps@lists.lantern.example

Today's Topics:

   1. A wick (Ragna Tveit)
   2. Re: A wick (Odd Moen)


{"-" * 70}

Message: 1
Date: Tue, 10 Feb 2026 18:22:40 +0100
From: Ragna Tveit <ragna@fjell.example>
To: lamps@lists.lantern.example
Subject: [Lamps] A wick
Message-ID: <a1@fjell.example>
Content-Type: text/plain; charset=utf-8

{WICK}

{"-" * 30}

Message: 2
Date: Wed, 11 Feb 2026 09:05:12 +0100
From: Odd Moen <odd@moen.example>
Subject: Re: [Lamps] A wick

{WEAVER}

On Tue, Feb 10, 2026 at 6:22 PM Ragna Tveit <ragna@fjell.example> wrote:
> {WICK}

{"-" * 30}

Subject: Digest Footer

_______________________________________________
Lamps mailing list
https://lists.lantern.example/mailman/listinfo/lamps

{"-" * 30}

End of Lamps Digest, Vol 12, Issue 3
************************************
"""
MIME_DIGEST = f"""\
From: lamps-request@lists.lantern.example
Subject: Lamps Digest, Vol 12, Issue 3
Date: Wed, 11 Feb 2026 12:00:01 +0000
Message-ID: <d3@lists.lantern.example>
List-Id: Old lamps <lamps.lists.lantern.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="o"

--o
Content-Type: text/plain

Send submissions to lamps@lists.lantern.example

--o
Content-Type: multipart/digest; boundary="d"

--d

From: Ragna Tveit <ragna@fjell.example>
Date: Tue, 10 Feb 2026 18:22:40 +0100
Subject: [Lamps] A wick

{WICK}

--d
Content-Type: message/rfc822

From: =?utf-8?q?Odd_Moen?= <odd@moen.example>
Date: Wed, 11 Feb 2026 09:05:12 +0100
Subject: Re: [Lamps] A wick
Content-Type: text/html

<p>{WEAVER}</p>

--d--
--o--
"""


@pytest.mark.parametrize("digest", [PLAIN_DIGEST, MIME_DIGEST])
def test_a_digest_is_the_letters_in_it_each_under_its_subject(digest):
    article = clean(Document(digest.encode(), name="digest.eml"))

    assert article.markdown == IN_DIGEST
    assert (article.title, article.site) == ("Lamps Digest, Vol 12, Issue 3", "Old lamps")
    assert article.authors == ("Ragna Tveit", "Odd Moen")
    assert (article.published, article.warnings) == ("2026-02-11T12:00:01+00:00", ())


def test_a_digest_may_be_pasted_or_named(tmp_path, monkeypatch, capsys):
    file = tmp_path / "digest.eml"
    file.write_text(PLAIN_DIGEST)

    class Pasted:
        buffer = io.BytesIO(PLAIN_DIGEST.encode())

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr("sys.stdin", Pasted())
    for what in (str(file), "-"):
        assert main(["clean", "--json", what]) == 0
        assert json.loads(capsys.readouterr().out)["markdown"] == IN_DIGEST


def test_mails_in_mails_without_end_are_read_so_far():
    body = b"From: a@b.example\nSubject: x\nContent-Type: text/plain\n\nThe innermost.\n"
    for _ in range(60):
        body = (
            b"From: a@b.example\nSubject: x\nMessage-ID: <1@b.example>\nContent-Type: "
            b"message/rfc822\n\n" + body
        )

    assert clean(Document(body, name="mail.eml")).warnings is not None
