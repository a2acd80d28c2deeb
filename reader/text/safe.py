"""The gate: every string from outside passes here on its way in and again on its way to a screen.

What it keeps out: terminal escape sequences (ECMA-48, 7- and 8-bit, finished or not), control
characters, bidirectional controls (CVE-2021-42574), tag and other invisible characters, lone
surrogates, piles of combining marks, and lengths that no reader wants. What it keeps: every letter,
and the joiners that Persian, Indic scripts and emoji need. Each function is idempotent and never
raises on a `str`.
"""

import re
import unicodedata
from functools import cache
from typing import NewType
from urllib.parse import quote, urlsplit, urlunsplit

SafeText = NewType("SafeText", str)
"""Text that has passed the gate."""

LINE_CAP = 500
PARAGRAPH_CAP = 100_000
PROSE_CAP = 2_000_000
LINK_CAP = 8_000
MARKS_IN_A_ROW = 8
"""Combining marks kept on one letter; Vietnamese and Tibetan need at most five."""

_ESCAPES = re.compile(
    "(?:\x1b[PX^_\\]]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x9c|\x1b\\\\)?"  # OSC, DCS …
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI
    "|\x1b[ -/]*[0-~]?"
)
_ENDS_A_LINE = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
_INVISIBLE = (
    *range(0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0x00AD,
    0x034F,
    0x061C,
    0x115F,
    0x1160,
    0x180E,
    0x200B,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0x3164,
    *range(0xD800, 0xE000),
    0xFEFF,
    0xFFA0,
    *range(0xFFF9, 0xFFFC),
    0xFFFE,
    0xFFFF,
    *range(0xE0000, 0xE0080),
)
_PROSE: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE, None),
    **_ENDS_A_LINE,
    0x09: "    ",
}
_LINE: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE, None),
    **dict.fromkeys((*_ENDS_A_LINE, 0x09, 0x0A, 0x0D), " "),
    0xFE0E: None,
    0xFE0F: None,
}
_PRINTABLE_SUSPECTS = tuple(
    chr(code) for code in _LINE if not 0xD800 <= code < 0xE000 and chr(code).isprintable()
)
_PILE = re.compile(f"[^\\w\\s\x00-\x7f]{{{MARKS_IN_A_ROW + 1},}}")
"""Where more marks than that may stand; no mark is a letter to `re`."""
_RUN = re.compile(f"[^\x00-\x7f][^\x00-\x7f]{{{MARKS_IN_A_ROW}}}")
"""Without which there is no pile, told many times as fast: a pattern that begins with one set of
letters skips to the first of them."""
_LONG_PARAGRAPH = re.compile(f"^([^\n]{{{PARAGRAPH_CAP}}})[^\n]+", re.MULTILINE)
"""Anchored: without, each letter of a long paragraph would be tried as its beginning."""
_PLAIN_BYTES = bytes((*range(0x20, 0x7F), 0x0A))
_FEW = 400
"""Bytes of letters that are not ASCII, of a text in which most are."""
_SPACES = re.compile(" {2,}")
_PLAIN_LINK = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]*(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}))?/[a-zA-Z0-9/%:@!$&'()*+,;=~._-]*"
    r"(?:\?[a-zA-Z0-9/%:@!$&'()*+,;=~._-]+)?"
)
"""An address in which nothing is to be changed."""


def line(text: str, cap: int = LINE_CAP) -> SafeText:
    """One line of text of at most `cap` characters: a title, a name, a message.

    Line ends and tabs become spaces, runs of spaces one; emoji variation selectors go, because
    terminals disagree on the width they give.
    """
    kept = text if text.isascii() and text.isprintable() else _sift(text, _LINE)
    if "  " in kept:
        kept = _SPACES.sub(" ", kept)
    kept = kept.strip()
    if len(kept) > cap:
        kept = kept[: cap - 1].rstrip() + "…"
    return SafeText(kept)


def prose(text: str, cap: int = PROSE_CAP) -> SafeText:
    """Text of many lines, at most `cap` characters and 100,000 a paragraph; tabs become spaces."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _sift(text, _PROSE)
    if len(kept) > PARAGRAPH_CAP:
        kept = _LONG_PARAGRAPH.sub(r"\1", kept)
    return SafeText(kept[:cap])


def _sift(text: str, table: dict[int, str | None]) -> str:
    if text.isascii() and text.isprintable():
        return text
    is_line = table is _LINE
    if not is_line and _has_only_sound_letters(text):
        return text
    if (_is_plain(text, is_line) or not _suspects(is_line).search(text)) and (
        text.isascii()
        or (
            unicodedata.is_normalized("NFC", text)
            and not (_RUN.search(text) and _PILE.search(text))
        )
    ):
        return text
    # Removing one thing can join the halves of another, so sift until nothing is left to remove.
    while True:
        kept = _ESCAPES.sub("", text) if _may_escape(text) else text
        kept = kept.translate(table)
        if not kept.isascii():
            # Piles first: to normalise one takes the square of its length, 23 s for 200,000 marks.
            kept = unicodedata.normalize("NFC", _PILE.sub(_lowered, kept))
        if kept == text:
            return kept
        text = kept


def _has_only_sound_letters(text: str) -> bool:
    """Whether there is surely nothing to change, told by the few letters that are not ASCII.

    Without marks among them nothing is composed with a letter before it, and nothing piles up.
    """
    try:
        others = text.encode().translate(None, _PLAIN_BYTES)
        letters = others.decode() if len(others) <= _FEW else ""
    except UnicodeError:
        return False
    if not letters:
        return not others
    return (
        letters.isprintable()
        and not any(map(unicodedata.combining, letters))
        and not any(sign in letters for sign in _PRINTABLE_SUSPECTS)
        and unicodedata.is_normalized("NFC", letters)
    )


def _is_plain(text: str, is_line: bool) -> bool:
    """Whether there is surely nothing to remove; told four times as fast as by looking for it."""
    flat = text if is_line else text.replace("\n", "")
    if not flat.isprintable():
        return False
    return text.isascii() or not any(sign in text for sign in _PRINTABLE_SUSPECTS)


@cache
def _suspects(of_a_line: bool) -> re.Pattern[str]:
    """What no sound text holds. To look for it takes a tenth of the time that translating does."""
    spans: list[list[int]] = []
    for code in sorted(_LINE if of_a_line else _PROSE):
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return re.compile("[" + "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in spans) + "]")


def _lowered(signs: re.Match[str]) -> str:
    """The signs without the marks that stand on too many others."""
    kept: list[str] = []
    height = 0
    for sign in signs[0]:
        marks = unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me")
        height = height + 1 if marks else 0
        if height <= MARKS_IN_A_ROW:
            kept.append(sign)
    return "".join(kept)


def _may_escape(text: str) -> bool:
    return "\x1b" in text or any(chr(c) in text for c in (0x90, 0x98, 0x9B, 0x9D, 0x9E, 0x9F))


def link(url: str) -> str | None:
    """`url` if it is safe to show and open: absolute http, https or mailto, percent-encoded.

    None for anything else: other schemes, no host, addresses that do not parse.
    """
    if len(url) < LINK_CAP and _PLAIN_LINK.fullmatch(url):
        return url
    kept = "".join(c for c in url.strip() if c not in "\t\r\n")
    if len(kept) > LINK_CAP:
        return None
    try:
        parts = urlsplit(kept)
        scheme = parts.scheme.lower()
        if scheme == "mailto":
            address = quote(parts.path, safe="@!#$%&'*+/=?^_`{|}~.-,:;")
            return f"mailto:{address}" if "@" in address else None
        host, port = parts.hostname, parts.port
        if scheme not in ("http", "https") or not host or not _is_host(host):
            return None
    except ValueError:
        return None
    where = f"[{host}]" if ":" in host else _ascii_host(host)
    who = (
        quote(parts.netloc.rpartition("@")[0], safe="%:!$&'()*+,;=") if "@" in parts.netloc else ""
    )
    netloc = (f"{who}@" if who else "") + where + (f":{port}" if port is not None else "")
    return urlunsplit(
        (
            scheme,
            netloc,
            quote(_no_surrogates(parts.path), safe="/%:@!$&'()*+,;=~-._"),
            quote(_no_surrogates(parts.query), safe="/?%:@!$&'()*+,;=~-._[]{}|"),
            quote(_no_surrogates(parts.fragment), safe="/?%:@!$&'()*+,;=~-._"),
        )
    )


def _is_host(host: str) -> bool:
    return not any(
        c.isspace() or unicodedata.category(c)[0] == "C" or c in '<>"\\^`{}|%' for c in host
    )


def _ascii_host(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(_no_surrogates(host), safe="")


def _no_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def shown_host(url: str) -> SafeText:
    """The host of `url` as a person should see it: in letters, or in punycode when scripts mix."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return SafeText("")
    try:
        letters = host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        letters = host
    if len({_script(c) for c in letters if c.isalpha()}) > 1:
        letters = _ascii_host(letters)
    return line(letters.removeprefix("www."))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}
)


def file_name(title: str, suffix: str) -> str:
    """A safe name for one file in a folder, made from `title`; `suffix` with its dot, `.md`.

    At most 200 bytes, no leading dot or dash, no separators, never a reserved name of Windows.
    """
    words = re.sub(r"[\u2010-\u2015\u2212]", "-", line(title, 200))  # `11–8` is not `11 8`
    words = re.sub(r"[^\w.,'() -]+", " ", words)
    words = _SPACES.sub(" ", words).strip(" .-'(,")
    room = 200 - len(suffix.encode())
    words = words.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    # A cut may leave marks of a letter that is gone; they would cling to the suffix.
    while words and unicodedata.combining(words[-1]) and len(words.encode()) >= room - 3:
        words = words[:-1]
    if not words or words.lower().partition(".")[0] in _RESERVED:
        words = f"article {words}".strip()
    return words + suffix
