"""Taking compression off, never more of it than was asked for: a small answer may be a bomb.

gzip and deflate always; br and zstd where the libraries for them are installed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

WINDOW_BITS = {
    "gzip": (zlib.MAX_WBITS | 16,),
    "x-gzip": (zlib.MAX_WBITS | 16,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}
"""How to unpack a coding. `deflate` comes with and without its wrapper (RFC 9110 §8.4.1.2)."""
GZIP_MAGIC = b"\x1f\x8b"
LARGEST_WINDOW_BYTES = 8_388_608
"""Memory zstd may ask for (RFC 9659: at most 8 MB for the web)."""

ZSTD_STEP_BYTES = 256
"""Given to zstd at once, since it cannot be told to stop: no more than 12 MB come of it."""
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
LOOKED_AT_BYTES = 1_000

Unpack = Callable[[bytes, int], tuple[bytes, bool]]


class Damaged(Exception):
    """Bytes that are not in the coding they are said to be in."""


def accepted() -> str:
    """The value of `Accept-Encoding`."""
    return ", ".join(("gzip", "deflate", *sorted(_more())))


def is_known(coding: str) -> bool:
    """Can this coding be taken off?"""
    return coding in WINDOW_BITS or coding in _more()


def is_plain(body: bytes) -> bool:
    """Do bytes look like text that no coding was applied to?"""
    return not NO_TEXT.search(body, 0, LOOKED_AT_BYTES)


def unpacked(body: bytes, coding: str, most_bytes: int) -> tuple[bytes, bool]:
    """At most `most_bytes` of `body` without its coding, and whether it came to its end.

    Raises Damaged.
    """
    if coding in WINDOW_BITS:
        return _inflated(body, coding, most_bytes)
    return _more()[coding](body, most_bytes)


def _inflated(body: bytes, coding: str, most_bytes: int) -> tuple[bytes, bool]:
    for bits in WINDOW_BITS[coding]:
        try:
            return _members(body, bits, most_bytes)
        except zlib.error:
            continue
    raise Damaged


def _members(body: bytes, bits: int, most_bytes: int) -> tuple[bytes, bool]:
    """Members of gzip may follow each other (RFC 1952 §2.2); what else follows is no part of it."""
    whole = b""
    while body:
        inflater = zlib.decompressobj(bits)
        whole += inflater.decompress(body, most_bytes - len(whole))
        if len(whole) >= most_bytes:
            break
        if not inflater.eof:
            return whole, False
        rest = inflater.unused_data.lstrip(b"\0")
        body = rest if rest.startswith(GZIP_MAGIC) else b""
    return whole, True


@cache
def _more() -> dict[str, Unpack]:
    """The codings whose libraries are here."""
    found: dict[str, Unpack] = {}
    try:
        import brotli
    except ImportError:
        pass
    else:
        if _can_be_stopped(brotli):
            found["br"] = _brotli(brotli)
    try:
        import zstandard
    except ImportError:
        pass
    else:
        found["zstd"] = _zstd(zstandard)
    return found


def _can_be_stopped(library: Any) -> bool:
    """Older brotli makes 40 MB of 64 bytes before it can be told to stop."""
    try:
        library.Decompressor().process(b"", output_buffer_limit=1)
    except TypeError:
        return False
    except library.error:
        return True
    return True


def _brotli(library: Any) -> Unpack:
    def unpack(body: bytes, most_bytes: int) -> tuple[bytes, bool]:
        decompressor = library.Decompressor()
        whole = bytearray()
        try:
            while len(whole) < most_bytes and not decompressor.is_finished():
                left = most_bytes - len(whole)
                piece = decompressor.process(body, output_buffer_limit=left)
                if not piece and not body:
                    return bytes(whole), False
                whole += piece
                body = b""
        except library.error as error:
            raise Damaged from error
        return bytes(whole[:most_bytes]), True

    return unpack


def _zstd(library: Any) -> Unpack:
    def unpack(body: bytes, most_bytes: int) -> tuple[bytes, bool]:
        decompressor = library.ZstdDecompressor(max_window_size=LARGEST_WINDOW_BYTES)
        whole = bytearray()
        try:
            while body:  # frames may follow each other (RFC 8878 §3.1)
                frame, at = decompressor.decompressobj(), 0
                while not frame.eof and at < len(body):
                    whole += frame.decompress(body[at : at + ZSTD_STEP_BYTES])
                    at += ZSTD_STEP_BYTES
                    if len(whole) >= most_bytes:
                        return bytes(whole[:most_bytes]), True
                if not frame.eof:
                    return bytes(whole), False
                body = frame.unused_data + body[at:]
        except library.ZstdError as error:
            raise Damaged from error
        return bytes(whole), True

    return unpack
