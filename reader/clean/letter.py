"""A mail → article: its text or page, under its subject, by who sent it, when it was sent.

Of the parts of a mail the one that tells most is read: the page if there is one, else the plain
text. What the mailer says of itself (`Received`, `Return-Path`) is never text.
"""

import re
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from typing import Any

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
FORWARDED = re.compile(r"(?:(?:fwd?|wg|tr|rv|enc|doorst)\s*:\s*)+(?=\S)", re.I)
"""What mailers set before the subject of a letter that is passed on."""
PROBE = 20_000


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

    from reader.clean import clean
    from reader.text import safe

    mail = message_from_bytes(document.body.lstrip(b"\r\n"), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    part = mail.get_body(preferencelist=("html", "plain"))
    subject = " ".join(str(mail.get("subject") or "").split()) or document.title
    if subject and (passed_on := FORWARDED.match(subject)):
        subject = subject[passed_on.end() :]
    body, is_page = _body(part) if part is not None else ("", False)
    inner = replace(
        document,
        body=body.encode("utf-8", "replace"),
        content_type=f"text/{'html' if is_page else 'plain'}; charset=utf-8",
        name=None,
        title=subject,
    )
    cleaned = clean(inner, is_letter=True)
    name, address = parseaddr(str(mail.get("from") or ""))
    sender = str(safe.line(name or address)) or None
    # A letter need not be long, and has no page around it.
    beside = {"title-derived" if subject else "", "not-an-article" if cleaned.text else ""}
    warnings = [warning for warning in cleaned.warnings if warning not in beside]
    return replace(
        cleaned,
        title=str(safe.line(subject)) or cleaned.title if subject else cleaned.title,
        authors=cleaned.authors or ((sender,) if sender else ()),
        site=cleaned.site or sender,
        published=_sent(mail) or cleaned.published,
        warnings=tuple(warnings),
    )


def _body(part: "MIMEPart[Any, Any]") -> tuple[str, bool]:
    """The words of a part, and whether they are a page."""
    try:
        words = str(part.get_content())
    except (LookupError, UnicodeError, ValueError):
        words = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    return words, part.get_content_subtype() == "html"


def _sent(mail: EmailMessage) -> When | None:
    from email.utils import parsedate_to_datetime

    try:
        return When(parsedate_to_datetime(str(mail.get("date") or "")).isoformat())
    except (TypeError, ValueError, IndexError):
        return None
