"""A mail → article: its text or page, under its subject, by who sent it, when it was sent.

Of the parts of a mail the one that tells most is read: the page if there is one, else the plain
text. What the mailer says of itself (`Received`, `Return-Path`) is never text.
"""

import re
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from typing import Any

from reader.clean import letter_head, mailers, quoted
from reader.clean.letter_head import Stated
from reader.model import Cleaned, Document, When

HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?[^\n]*(?:\n[ \t]+[^\n]*)*\n")
"""A header field with the lines it is folded on to (RFC 5322 §2.2.3)."""
OF_A_MAIL = frozenset(
    "from to subject date message-id mime-version received return-path delivered-to reply-to "
    "content-type sender x-mailer list-id list-unsubscribe dkim-signature".split()
)
TECHNICAL = frozenset(
    "message-id mime-version received return-path delivered-to content-type dkim-signature".split()
)
"""Fields that only a mailer writes: people quote the others in notes."""
PROBE = 20_000
HEADER_ENDS = re.compile(rb"\r?\n\r?\n")
NESTED = 3
"""How deep mails are read that are in others."""


def is_mail(text: str, name: str | None, content_type: str | None) -> bool:
    """Whether a document begins with the header of a mail as mailers keep it."""
    named = (name or "").lower().endswith((".eml", ".emlx")) or "rfc822" in (content_type or "")
    known = {field.lower() for field in _fields(text[:PROBE])} & OF_A_MAIL
    return "from" in known and len(known) >= 2 and (named or bool(known & TECHNICAL))


def _fields(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").lstrip("\ufeff\n")
    if text.startswith("From "):
        text = text.partition("\n")[2]  # the separator of mailbox files
    names, at = [], 0
    while found := HEADER.match(text, at):
        names.append(found[0].partition(":")[0])
        at = found.end()
    return names if text[at : at + 1] in ("\n", "") else []


def clean_mail(document: Document) -> Cleaned:
    """The article in a mail."""
    from email import message_from_bytes, policy

    mail = message_from_bytes(_in_utf8(document.body.lstrip(b"\r\n")), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return clean_message(mail, document)


def clean_message(mail: EmailMessage, document: Document, deeper: int = NESTED) -> Cleaned:
    """The article in a mail that has been parsed, which came in a document."""
    from reader.clean import digest

    part = mail.get_body(preferencelist=("html", "plain"))
    words, is_page = _words(part) if part is not None else ("", False)
    flowed = part is not None and part.get_param("format") == "flowed"
    senders = Senders(mail)
    inside, is_digest = digest.attached(mail) if deeper else ([], False)
    if deeper and not is_page and not inside:
        inside = digest.listed(words)
        is_digest = bool(inside)
    if is_digest and inside:
        letters = [clean_message(each, document, 0) for each in inside]
        letters = [replace(each, title=_title(each.title, senders)) for each in letters]
        return _described(digest.as_one(Cleaned(None, "", "", "text"), letters), mail, senders)
    subject = _line(mail.get("subject")) or document.title
    cleaned, stated = (
        _of_page(document, words, subject, senders.site)
        if is_page
        else _of_text(document, words, subject, sender=senders.site, flowed=flowed)
    )
    if len(inside) == 1 and cleaned.words <= quoted.NOTE_WORDS:
        return _below(cleaned, clean_message(inside[0], document, deeper - 1))
    return _described(cleaned, mail, senders, stated)


def _described(
    cleaned: Cleaned, mail: EmailMessage, senders: "Senders", stated: Stated | None = None
) -> Cleaned:
    """The article with what the header of its mail says, or of the letter that is passed on."""
    title = _title(stated.subject if stated and stated.subject else mail.get("subject"), senders)
    writer = stated.sender if stated else None
    # A letter need not be long, and has no page around it.
    beside = {"title-derived" if title else "", "not-an-article" if cleaned.text else ""}
    sent = (stated.sent if stated else None) or _sent(mail)
    if sent:
        beside.add("date-guessed")
    return replace(
        cleaned,
        title=title or cleaned.title,
        authors=(writer,) if writer else cleaned.authors or senders.authors,
        site=writer or senders.site or cleaned.site,
        published=sent or cleaned.published,
        warnings=tuple(warning for warning in cleaned.warnings if warning not in beside),
    )


def _below(note: Cleaned, letter: Cleaned) -> Cleaned:
    """A letter below the note of who passed it on."""
    from reader.clean import whole

    if not note.text:
        return letter
    markdown, text = whole.below((note.markdown, note.text), (letter.markdown, letter.text))
    return replace(letter, markdown=markdown, text=text)


def clean_copied(document: Document, text: str) -> Cleaned | None:
    """The article in a text that begins as a letter copied out of a mail reader, else None."""
    if (above := letter_head.stated_above(text)) is None:
        return None
    stated, below = _gated(above[0]), above[1]
    cleaned, inner = _of_text(document, below, stated.subject)
    stated = inner or stated
    return replace(
        cleaned,
        title=_title(stated.subject, None) or cleaned.title,
        authors=(stated.sender,) if stated.sender else cleaned.authors,
        site=stated.sender,
        published=stated.sent or cleaned.published,
        warnings=tuple(w for w in cleaned.warnings if w not in ("title-derived", "date-guessed")),
    )


def _of_page(
    document: Document, html: str, subject: str | None, sender: str | None
) -> tuple[Cleaned, Stated | None]:
    from reader.clean import letter_page
    from reader.clean.page import clean_page

    page = letter_page.read(html, subject, sender)
    stated = _gated(page.passed_on) if page and page.passed_on else None
    title = (stated.subject if stated else None) or subject
    inner = _part(document, html, "html", title)
    return clean_page(inner, letter=page), stated


def _of_text(
    document: Document,
    words: str,
    subject: str | None,
    *,
    sender: str | None = None,
    flowed: bool = False,
) -> tuple[Cleaned, Stated | None]:
    from reader.clean import clean, letter_text, whole
    from reader.clean.compose import markdown_of
    from reader.clean.joins import lines_of
    from reader.clean.lines import parted

    letter = letter_text.read(words, subject, sender, flowed=flowed)
    stated = _gated(letter.passed_on) if letter.passed_on else None
    title = (stated.subject if stated else None) or subject
    form = "markdown" if letter.is_marked else "plain"
    cleaned = clean(_part(document, letter.text, form, title), is_letter=True)
    if letter.note:
        note = whole.of_markdown(markdown_of(lines_of(parted(letter.note))))
        markdown, text = whole.below(note, (cleaned.markdown, cleaned.text))
        cleaned = replace(cleaned, markdown=markdown, text=text)
    return cleaned, stated


def _part(document: Document, words: str, form: str, title: str | None) -> Document:
    return replace(
        document,
        body=words.encode("utf-8", "replace"),
        content_type=f"text/{form}; charset=utf-8",
        name=None,
        title=mailers.without_passing_on(title) if title else None,
    )


def _gated(stated: Stated) -> Stated:
    """What is stated of a letter inside, as it may be shown."""
    return Stated(_line(stated.sender), stated.sent, _line(stated.subject))


class Senders:
    """Who sent a mail, and what it belongs to, as its header says."""

    def __init__(self, mail: EmailMessage) -> None:
        name, address = parseaddr(str(mail.get("from") or ""))
        name = " ".join(name.split())
        via = VIA.match(name)
        of_list, label = _list_of(str(mail.get("list-id") or ""))
        self.tags = {each.casefold() for each in (of_list, label) if each}
        sender = _line(_in_order(via[1] if via else name) or address)
        self.authors: tuple[str, ...] = (sender,) if sender else ()
        self.site = _line(of_list) or (_line(via[2]) if via else None) or sender


TAG = re.compile(r"((?:[^\s:]{1,4}:\s*)*)\[([^\]]{1,60})\]\s*(?=\S)")
"""The list's name in a subject."""
VIA = re.compile(r"['\"]?(.{2,60}?)['\"]?\s+via\s+(.{2,80})$")
"""How a mailing list signs that may not send under its members' addresses."""


def _in_order(name: str) -> str:
    """A name with what is called first in front: `Meyer, Ute`."""
    from reader.clean import names

    last, comma, first = name.partition(", ")
    turned = f"{first} {last}"
    return turned if comma and names.is_person(turned) else name


def _list_of(told: str) -> tuple[str | None, str | None]:
    """What a mailing list is called (RFC 2919), and by its address."""
    phrase, _, address = told.partition("<")
    label = address.partition(".")[0].strip() or None
    return " ".join(phrase.strip(" \"'").split()) or label, label


def _title(subject: object, senders: Senders | None) -> str | None:
    """A subject without what mailers set before it: that it was passed on, and to which list."""
    title = mailers.without_passing_on(_line(subject) or "")
    if senders and (tag := TAG.match(title)) and tag[2].casefold() in senders.tags:
        title = f"{tag[1]}{title[tag.end() :]}"
    return title or None


def _line(text: object) -> str | None:
    from reader.text import safe

    return str(safe.line(" ".join(str(text).split()))) or None if text else None


def _in_utf8(body: bytes) -> bytes:
    """A mail whose header is in UTF-8, where it is not in ASCII as it should be (RFC 6532)."""
    from reader.clean import charset

    end = HEADER_ENDS.search(body)
    head, rest = (body[: end.start()], body[end.start() :]) if end else (body, b"")
    return body if head.isascii() else charset.decode(head).encode("utf-8", "replace") + rest


def _words(part: "MIMEPart[Any, Any]") -> tuple[str, bool]:
    """The words of a part, and whether they are a page."""
    from reader.clean import charset

    body = part.get_payload(decode=True)
    body = body if isinstance(body, bytes) else b""
    label = part.get_content_charset() or ""
    declared = None if "ascii" in label else charset.decoder_of(label)
    try:
        words = body.decode(declared or "ascii")
    except (LookupError, UnicodeError):
        words = charset.decode(body)
    return words, part.get_content_subtype() == "html"


def _sent(mail: EmailMessage) -> When | None:
    from email.utils import parsedate_to_datetime

    from reader.text import dates

    told = str(mail.get("date") or "")
    try:
        return When(parsedate_to_datetime(told).isoformat())
    except (TypeError, ValueError, IndexError):
        return dates.parse(told)
