"""A mailbox in one file (mbox, RFC 4155) as the mails in it, each a document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import BinaryIO

from reader.noun import Noun

BEGIN = re.compile(rb"From \S.*\d:\d\d.*$")
"""The line above a mail: who sent it, and when it came."""
FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:")
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
"""How a line of a mail is written that would begin another."""
MESSAGE_ID = re.compile(rb"^message-id:\s*<?([^\s<>]{1,200})", re.IGNORECASE | re.MULTILINE)


class Mail(Noun):
    """A mail of a mailbox."""

    name: str
    """What tells it from the others, also when more have come: its Message-ID."""
    body: bytes


def is_mailbox(file: BinaryIO) -> bool:
    """Whether a file begins as mailboxes do. It is left at its beginning."""
    first, second = file.readline(1_000), file.readline(1_000)
    file.seek(0)
    return bool(BEGIN.match(first.rstrip()) and FIELD.match(second))


def mails(file: BinaryIO) -> Iterator[Mail]:
    """The mails in a mailbox, in their order; of two that are the same in all the first."""
    met: set[str] = set()
    for body in _parted(file):
        head = re.split(rb"\r?\n\r?\n", body, maxsplit=1)[0]
        told = MESSAGE_ID.search(head)
        name = told[1].decode("ascii", "replace") if told else _print(body)
        if name in met:
            name = _print(body)
        if name not in met:
            met.add(name)
            yield Mail(name, body)


def _parted(file: BinaryIO) -> Iterator[bytes]:
    lines: list[bytes] = []
    blank = True
    for line in file:
        if blank and BEGIN.match(line.rstrip()):
            if lines:
                yield QUOTED.sub(rb"\1", b"".join(lines))
            lines = []
        else:
            lines.append(line)
        blank = not line.strip()
    if lines:
        yield QUOTED.sub(rb"\1", b"".join(lines))


def _print(body: bytes) -> str:
    return blake2b(body, digest_size=8).hexdigest()
