"""Bytes to characters: the one place where cleaning decides what encoding a document has.

`decode` never raises, and what it returns holds no NUL and no lone surrogate. The order: byte order
mark, NULs that betray UTF-16, bytes that are UTF-8, the declaration (HTTP, then `<meta>` or XML)
unless the bytes contradict it, UTF-8 with some damage, a guess. Valid UTF-8 with characters outside
ASCII goes before a declared single-byte encoding, since such text is UTF-8 by accident about never,
and declared wrongly often. Labels mean what browsers take them to mean (WHATWG Encoding §4.2):
`latin1` is windows-1252.
"""

import codecs
import re
import unicodedata

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""UTF-32 before UTF-16, whose mark begins its own."""

AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-7": "cp1252",
}
"""Python's name of a label → the decoder browsers use for it."""

LABELS = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-cp1252": "cp1252",
    "unicode": "utf-16-le",
}
"""Labels of the standard that Python does not know."""

MULTIBYTE = {"gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "iso2022_jp", "hz"}
"""Encodings whose pairs of bytes can look like UTF-8 in a short text: a declaration counts."""

WESTERN = frozenset("éèêàâçùûîïôœëäöüßÄÖÜñáíóúãõåæøÅÉÀÇÁÓ¿¡ªº’‘“”„«»…–—·•€£§°©\u00a0")
"""Characters that carry most of what western Europe writes in windows-1252."""

WESTERN_ENCODINGS = {"cp1252", "cp1254", "iso8859-15", "mac-roman", "mac_roman"}
"""What is declared by habit; other labels are chosen by someone who writes in them."""

RUN_SHARE = 0.7
"""Share of the bytes outside ASCII that stand three or more in a row: in French and Vietnamese
below .1, in Russian, Greek, Hebrew and Chinese above .9."""
HIGH_BYTES = 30
"""Fewer tell nothing."""

DECLARED_WITHIN = 4096
"""Bytes in which a declaration is looked for; browsers look in 1024, saved pages need more."""
JUDGED_BYTES = 500_000
"""Bytes in which damaged UTF-8 is told from another encoding."""
SAMPLE_BYTES = 60_000
"""Enough for any guess; detectors take seconds on megabytes."""

_IN_HTTP = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]+)""", re.I)
_IN_META = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:+-]+)""", re.I)
_IN_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:+-]+)""", re.I)
_HIGH = re.compile(rb"[\x80-\xff]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
"""What `surrogateescape` makes of a stray byte → the same byte read as windows-1252."""


def decode(body: bytes, content_type: str | None = None) -> str:
    """The characters of `body`. Never raises; bytes that make no sense become U+FFFD."""
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return _tidy(body[len(mark) :].decode(encoding, "replace"))
    if wide := _wide(body):
        return _tidy(body.decode(wide, "replace"))
    declared = _declared(body, content_type)
    if declared in ("iso2022_jp", "hz"):
        return _tidy(body.decode(declared, "replace"))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _tidy(_not_utf8(body, declared))
    if declared in MULTIBYTE and not text.isascii() and _reads(body, declared) and len(body) < 200:
        return _tidy(body.decode(declared, "replace"))
    if declared is None and b"\x1b$" in body and text.isascii():
        return _tidy(body.decode("iso2022_jp", "replace"))
    return _without_marks(text)  # strict UTF-8 holds no surrogates to look for


def decoder_of(label: str) -> str | None:
    """Python's name of the decoder that browsers use for `label`; None if there is none."""
    label = label.strip().lower()
    try:
        name = codecs.lookup(LABELS.get(label, label)).name
        if not codecs.lookup(name)._is_text_encoding:
            return None
    except (LookupError, ValueError):
        return None
    if name in ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs"):
        return None
    return AS_BROWSERS_READ.get(name, name)


def _declared(body: bytes, content_type: str | None) -> str | None:
    if (
        content_type
        and (said := _IN_HTTP.search(content_type))
        and (encoding := decoder_of(said[1]))
    ):
        return encoding
    head = body[:DECLARED_WITHIN]
    for pattern in (_IN_XML, _IN_META):
        if said_in := pattern.search(head):
            encoding = decoder_of(said_in[1].decode("ascii", "replace"))
            # A declaration readable as ASCII cannot stand in UTF-16 (WHATWG HTML §13.2.3.2).
            if encoding:
                return "utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding
    return None


def _not_utf8(body: bytes, declared: str | None) -> str:
    head = body[:JUDGED_BYTES].decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in head)
    sound = sum("\x7f" < character < "\ud800" for character in head)
    if declared == "utf-8" or declared is None:
        # One cut or stray byte in real UTF-8 does not make it another encoding.
        damaged = sound >= 3 * stray or (declared is not None and sound >= stray)
        declared = None
    else:
        damaged = sound >= 20 * stray
    if damaged:
        return body.decode("utf-8", "surrogateescape").translate(_STRAY)
    if declared and not declared.startswith(("utf-16", "utf-32")):
        return body.decode(_contradicting(body, declared) or declared, "replace")
    return body.decode(_guess(body) or "cp1252", "replace")


def _contradicting(body: bytes, declared: str) -> str | None:
    """The encoding the bytes are in where what is declared cannot be it; None where it can.

    A page moved to another server keeps its `<meta>`, or is served as latin1 by default.
    """
    sample = _telling(body)
    if declared in MULTIBYTE:
        if _reads(sample, declared):
            return None
    elif declared not in WESTERN_ENCODINGS or not _in_runs(sample):
        return None
    guess = _guess(body)
    return guess if guess and _reads(sample, guess) and _is_foreign(sample, guess) else None


def _in_runs(body: bytes) -> bool:
    """Whether bytes outside ASCII stand beside each other, as in no language written in Latin."""
    runs = [len(run[0]) for run in _HIGH.finditer(body)]
    high = sum(runs)
    return high >= HIGH_BYTES and sum(n for n in runs if n >= 3) >= RUN_SHARE * high


def _is_foreign(body: bytes, encoding: str) -> bool:
    """Whether most letters outside ASCII are of another script than Latin."""
    letters = [c for c in body.decode(encoding, "replace") if c > "\x7f" and c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    return bool(letters) and latin <= 0.1 * len(letters)


def _guess(body: bytes) -> str | None:
    sample = _telling(body)
    try:
        from resiliparse.parse.encoding import detect_encoding

        named = detect_encoding(sample, max_len=SAMPLE_BYTES)
    except Exception:  # a detector that trips over foreign bytes must not end the cleaning
        named = None
    encoding = decoder_of(named) if named else None
    if encoding and encoding not in ("utf-8", "cp1252") and _reads(sample, encoding):
        return encoding
    if encoding == "cp1252" and _western(sample):
        return encoding
    try:
        from charset_normalizer import from_bytes

        best = from_bytes(sample[:6000], enable_fallback=False).best()
    except Exception:
        return encoding
    return (decoder_of(best.encoding) if best else None) or encoding


def _telling(body: bytes) -> bytes:
    """The lines that hold bytes outside ASCII, which are the ones that tell encodings apart."""
    if len(body) <= SAMPLE_BYTES:
        return body
    lines: list[bytes] = []
    size_bytes = 0
    for line in body[: 20 * SAMPLE_BYTES].splitlines(keepends=True):
        if not line.isascii():
            lines.append(line[:2000])
            size_bytes += len(lines[-1])
            if size_bytes > SAMPLE_BYTES:
                break
    return b"".join(lines) or body[:SAMPLE_BYTES]


def _western(body: bytes) -> bool:
    """Whether what lies outside ASCII reads as French, German, Spanish and their like do."""
    high = [c for c in body.decode("cp1252", "replace") if c > "\x7f"]
    return sum(c in WESTERN for c in high) >= 0.85 * len(high)


def _reads(body: bytes, encoding: str) -> bool:
    text = body.decode(encoding, "replace")
    return text.count("�") <= len(text) // 500


def _wide(body: bytes) -> str | None:
    """The kind of UTF-16 that text without a mark is in, told by its NULs."""
    head = body[:8192]
    head = head[: len(head) & ~1]
    if head.count(0) * 100 < len(head) or len(head) < 4:
        return None
    sound = {e: _soundness(head.decode(e, "replace")) for e in ("utf-16-le", "utf-16-be")}
    best = max(sound, key=lambda encoding: sound[encoding])
    return best if sound[best] > 0.9 and sound[best] > min(sound.values()) else None


def _soundness(text: str) -> float:
    """Share of characters that people write; spaces and line ends count, other controls do not."""
    sound = sum(
        1 if c in " \n\r\t" or (c < "\u2e80" and c.isprintable()) else 0.95
        for c in text
        if c in "\n\r\t" or unicodedata.category(c)[0] in "LNPSZM"
    )
    return sound / max(1, len(text))


def _tidy(text: str) -> str:
    if _SURROGATES.search(text):
        text = _SURROGATES.sub("�", text)
    return _without_marks(text)


def _without_marks(text: str) -> str:
    return text.replace("\0", "").removeprefix("\ufeff")
