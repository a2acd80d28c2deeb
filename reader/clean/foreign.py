"""What is no text: what to call it, and what makes a text of it, told by its bytes.

`begins_as` looks at the first bytes only, and is asked of everything. `kind_of` looks into archives
too, for what office programs and books keep in them: it is asked of what is refused.
"""

from __future__ import annotations

from reader.noun import Noun

HEAD_BYTES = 4_000
"""Where the names of the first parts of a zip archive stand, should its list of them be cut off."""
BY_PDFTOTEXT = "`pdftotext FILE - | broadsheet add -` reads the text in it"
BY_PANDOC = "`pandoc FILE -t html | broadsheet add -` reads it"
BY_TESSERACT = "`tesseract FILE stdout | broadsheet add -` reads the text in it"
SAVE = "save it as HTML or text"
UNPACK = "unpack it first"


class Kind(Noun):
    """A kind of document that is no text."""

    called: str
    cure: str = ""
    """What makes a text of it, as the end of a sentence; "" where nothing does."""


PDF = Kind("a PDF document", BY_PDFTOTEXT)
RTF = Kind("an RTF document", f"{SAVE}, or {BY_PANDOC}")
WORD = Kind("a Word document", f"{SAVE}, or {BY_PANDOC}")
OLD_WORD = Kind("an old Word document", SAVE)
OPEN_TEXT = Kind("an OpenDocument text", f"{SAVE}, or {BY_PANDOC}")
SPREADSHEET = Kind("a spreadsheet", "save it as HTML")
SLIDES = Kind("a presentation", f"save it as PDF, and {BY_PDFTOTEXT}")
APPLE = Kind("a document of Pages, Numbers or Keynote", f"export it as PDF, and {BY_PDFTOTEXT}")
BOOK = Kind("an EPUB book", BY_PANDOC)
OFFICE = Kind("an office document", SAVE)
OLD_OFFICE = Kind("an old office document", SAVE)
ZIP = Kind("a zip archive", UNPACK)
GZIP, ARCHIVE = Kind("a gzip file", UNPACK), Kind("an archive", UNPACK)
PICTURE = Kind("a picture", BY_TESSERACT)
FILM, SOUND = Kind("a film"), Kind("a sound file")
DATABASE, PROGRAM = Kind("a database"), Kind("a program")

MAGIC = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0", OLD_OFFICE),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"\x1f\x8b", GZIP),
    (b"\xfd7zXZ\0", ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"SQLite format 3\0", DATABASE),
    (b"\x7fELF", PROGRAM),
    (b"OggS", SOUND),
    (b"ID3", SOUND),
)
"""First bytes → the kind."""
RIFF = {b"WEBP": PICTURE, b"WAVE": SOUND}
BRANDS = {b"avif": PICTURE, b"heic": PICTURE, b"heix": PICTURE, b"mif1": PICTURE, b"M4A ": SOUND}
"""What the first box of an ISO media file (ISO/IEC 14496-12, §4.3) may say it is, if no film."""

OFFICE_PART = "[Content_Types].xml"
"""In every archive of Office Open XML (ECMA-376-2, §10.1.2)."""
OFFICE_FOLDERS = (("word/", WORD), ("xl/", SPREADSHEET), ("ppt/", SLIDES))
PARTS = (
    ("META-INF/container.xml", BOOK),
    ("Index/Document.iwa", APPLE),
    ("buildVersionHistory.plist", APPLE),  # until 2013
)
"""Names of parts in other zip archives → the kind."""
MIMETYPES = (
    (b"application/epub+zip", BOOK),
    (b"application/vnd.oasis.opendocument.text", OPEN_TEXT),
    (b"application/vnd.oasis.opendocument.spreadsheet", SPREADSHEET),
    (b"application/vnd.oasis.opendocument.presentation", SLIDES),
    (b"application/vnd.oasis.opendocument.", OFFICE),
)
"""What the first part, `mimetype`, of a zip archive says, never compressed (OpenDocument 1.3, part
2 §3.3; EPUB OCF §4.3) → the kind."""
STREAMS = (
    ("WordDocument", OLD_WORD),
    ("Workbook", SPREADSHEET),
    ("Book", SPREADSHEET),
    ("PowerPoint Document", SLIDES),
)
"""Names of streams in a compound file → the kind."""


def begins_as(body: bytes) -> Kind | None:
    """What the bytes are by the first of them, if they are no text; None if they may be text."""
    for magic, kind in MAGIC:
        if body.startswith(magic):
            return kind
    if body[:3] == b"BZh" and body[4:10] == b"1AY&SY":
        return ARCHIVE
    if body[:4] == b"RIFF":
        return RIFF.get(body[8:12], FILM)
    if body[4:8] == b"ftyp":
        return BRANDS.get(body[8:12], FILM)
    return None


def kind_of(body: bytes) -> Kind | None:
    """What the bytes are, if they are no text, as closely as it can be told."""
    kind = begins_as(body)
    if kind is ZIP:
        return _archived(body)
    return _compound(body) if kind is OLD_OFFICE else kind


def _archived(body: bytes) -> Kind:
    """What a zip archive is the file of, if it is more than an archive."""
    head = body[:HEAD_BYTES]
    for mimetype, kind in MIMETYPES:
        if b"mimetype" + mimetype in head:
            return kind
    names = _names(body)
    if OFFICE_PART in names:
        return next((kind for folder, kind in OFFICE_FOLDERS if folder in names), OFFICE)
    return next((kind for name, kind in PARTS if name in names), ZIP)


def _names(body: bytes) -> set[str]:
    """The parts and the folders at the top; of a broken archive, those looked for in its head."""
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(body)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        head = body[:HEAD_BYTES]
        known = (OFFICE_PART, *(name for name, _ in (*OFFICE_FOLDERS, *PARTS)))
        return {name for name in known if name.encode() in head}
    return {*names, *(f"{name.partition('/')[0]}/" for name in names if "/" in name)}


def _compound(body: bytes) -> Kind:
    """What a compound file is of, by the first name in its directory ([MS-CFB] §2.2, §2.6.1): what
    is embedded comes after."""
    sector_bytes = 1 << min(int.from_bytes(body[30:32], "little"), 12)
    start = (int.from_bytes(body[48:52], "little") + 1) * sector_bytes
    directory = body[start : start + 16 * 128]
    found = [(at, kind) for name, kind in STREAMS if (at := _entry(directory, name)) is not None]
    return min(found, key=lambda each: each[0])[1] if found else OLD_OFFICE


def _entry(directory: bytes, name: str) -> int | None:
    """Which of the directory's entries of 128 bytes bears a name."""
    wanted = f"{name}\0".encode("utf-16-le")
    starts = range(0, len(directory), 128)
    return next((at for at in starts if directory[at:].startswith(wanted)), None)
