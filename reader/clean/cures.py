"""How what is no text becomes one that can be read: said with its refusal, in a few words."""

HEAD_BYTES = 4_000
"""Where the names of the first parts of a zip archive stand."""
OFFICE_PARTS = (
    b"[Content_Types].xml",
    b"word/",
    b"mimetypeapplication/vnd.oasis.opendocument.text",
)
BOOK_PARTS = (b"mimetypeapplication/epub+zip", b"META-INF/container.xml")
BY_PDFTOTEXT = "`pdftotext FILE - | broadsheet add -` reads the text in it"
BY_PANDOC = "`pandoc FILE -t html | broadsheet add -`"
SAVE = "save it as HTML or text"


def cure(body: bytes) -> str:
    """What to do with such bytes, as the end of a sentence; "" where there is nothing to do."""
    if body.startswith(b"%PDF-"):
        return BY_PDFTOTEXT
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        return SAVE
    if body.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        return "unpack it first"
    if not body.startswith(b"PK\x03\x04"):
        return ""
    head = body[:HEAD_BYTES]
    if any(part in head for part in OFFICE_PARTS):
        return f"{SAVE}, or {BY_PANDOC} reads it"
    if any(part in head for part in BOOK_PARTS):
        return f"{BY_PANDOC} reads it"
    return f"unpack it first, or {SAVE}"
