"""A mail that holds others → them: a digest as MIME parts (RFC 2046 §5.1.5) or as plain text (RFC
1153), letters that are attached; and how they read as one article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

from reader.clean.compose import escaped
from reader.model import Cleaned

MOST = 100
"""Letters of a digest that are read."""
DEEPEST = 8
"""Parts inside each other that are looked into."""

_RULE = re.compile(r"^-{20,}[ \t]*$", re.M)
_FIELD = re.compile(r"([A-Za-z][A-Za-z-]{1,30}):[ \t]*(.*(?:\n[ \t]+\S.*)*)(?:\n|\Z)")
_END = re.compile(r"(?:Subject:\s*)?(?:Digest Footer|End of .* Digest)", re.I)
_HEADED = frozenset(("from", "date", "subject"))


def attached(mail: EmailMessage) -> tuple[list[EmailMessage], bool]:
    """The mails that are parts of a mail, and whether it is a digest of them."""
    found: list[EmailMessage] = []
    is_digest = _attached(mail, found, DEEPEST)
    return found[:MOST], is_digest


def listed(text: str) -> list[EmailMessage]:
    """The mails of a digest in plain text; none of any other text."""
    if not _RULE.search(text):
        return []
    found: list[tuple[dict[str, str], list[str]]] = []
    for part in _RULE.split(text.replace("\r\n", "\n"))[1:]:
        said, body = _header(part.strip("\n"))
        if said.keys() >= _HEADED:
            found.append((said, [body]))
        elif _END.match(part.strip()):
            break
        elif found:
            found[-1][1].append(part.strip("\n"))  # a rule that somebody wrote
    if len(found) < 2:
        return []
    return [_mail(said, "\n\n----\n\n".join(bodies)) for said, bodies in found[:MOST]]


def as_one(outer: Cleaned, letters: Sequence[Cleaned]) -> Cleaned:
    """The letters as one article, each under its subject, with who wrote it and when."""
    from reader.clean import whole
    from reader.text import length
    from reader.text.terms import language_of

    read = [letter for letter in letters if letter.text]
    markdown, text = whole.of_markdown(
        "\n\n".join(block for each in read for block in _blocks(each))
    )
    writers = dict.fromkeys(name for letter in read for name in letter.authors)
    return replace(
        outer,
        markdown=markdown,
        text=text,
        kind="text",
        authors=tuple(writers),
        language=language_of(text[:5_000]),
        words=length.words(text),
        minutes=length.minutes(text),
        quality=min((letter.quality for letter in read), default=0.0),
        warnings=() if text else ("not-an-article",),
    )


def _blocks(letter: Cleaned) -> Iterator[str]:
    if letter.title:
        yield f"## {escaped(letter.title)}"
    facts = [*letter.authors, *([letter.published[:10]] if letter.published else [])]
    if facts:
        yield f"*{escaped(', '.join(facts)).replace('*', '')}*"
    yield letter.markdown


def _attached(part: Any, found: list[EmailMessage], deeper: int) -> bool:
    is_digest = bool(part.get_content_type() == "multipart/digest")
    if not deeper or not part.is_multipart():
        return is_digest
    for inner in part.get_payload():
        if inner.get_content_type() == "message/rfc822":
            held = inner.get_payload()
            mail = held[0] if isinstance(held, list) and held else None
            if isinstance(mail, EmailMessage):
                found.append(mail)
        else:
            is_digest = _attached(inner, found, deeper - 1) or is_digest
    return is_digest


def _header(part: str) -> tuple[dict[str, str], str]:
    """The fields that a part begins with, and what follows them."""
    said: dict[str, str] = {}
    at = 0
    while field := _FIELD.match(part, at):
        said.setdefault(field[1].lower(), " ".join(field[2].split()))
        at = field.end()
    return said, part[at:]


def _mail(said: dict[str, str], body: str) -> EmailMessage:
    mail = EmailMessage()
    for name in ("From", "Date", "Subject"):
        try:
            mail[name] = said[name.lower()]
        except (ValueError, IndexError):
            continue  # what is no date or address is not known
    mail.set_content(body.encode("utf-8", "replace").decode("utf-8"))
    return mail
