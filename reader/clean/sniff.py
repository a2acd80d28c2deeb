"""What form a text is in: `html`, `markdown` or `text`.

The bytes outrank what they are called: pages are saved as `.txt`, servers call Markdown plain text.
A name or content type decides where the text itself leaves it open.
"""

import re
from itertools import islice

PROBE = 200_000
"""Characters looked at."""

_BEGINS_AS_PAGE = re.compile(
    r"(?:\s|<!--.{0,20000}?-->|<\?xml[^>]{0,500}\?>)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|td|tr|table|h[1-6]|section|article|main|header|footer|nav|blockquote|"
    r"figure|br|hr|span|pre|dl|dd|dt)(?:\s[^<>]*)?/?>",
    re.I,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_FRONT = re.compile(r"\A\s{0,20}---[ \t]*\n(?:[^\n]*\n){1,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FRONT_KEY = re.compile(r"^[A-Za-z][\w .-]{0,40}:(?:\s|$)", re.M)
_SIGNS = (
    (re.compile(r"^ {0,3}#{1,6} +\S", re.M), 2.0),
    (re.compile(r"^[^\s#>*+\d-][^\n]{0,120}\n {0,3}(?:={3,}|-{3,}) *$", re.M), 2.0),
    (
        re.compile(
            r"!?\[[^\]\n]{1,300}\]\((?:https?://|/|#|\.|mailto:)[^)\s]*(?: \"[^\"\n]*\")?\)"
        ),
        1.0,
    ),
    (re.compile(r"^\[[^\]\n]{1,80}\]: +\S", re.M), 1.5),
    (re.compile(r"^ {0,3}(?:`{3,}|~{3,})", re.M), 1.5),
    (re.compile(r"(?<![\w*\\])\*\*[^\s*][^*\n]{0,300}\*\*(?!\w)"), 1.0),
    (
        re.compile(
            r"(?<!\w)_[^\s_][^_\n]{0,200}_(?!\w)|(?<![\w*\\])\*[^\s*][^*\n]{0,200}\*(?![\w*])"
        ),
        0.5,
    ),
    (re.compile(r"^ {0,3}> \S", re.M), 1.0),
    (re.compile(r"^ {0,3}\|?(?: *:?-{2,}:? *\|)+ *(?::?-{2,}:?)? *$", re.M), 2.0),
    (re.compile(r"`[^`\n]{1,100}`"), 0.5),
    (re.compile(r"^ {0,3}[*+-] +\S", re.M), 0.25),
)
"""Marks of Markdown and what one is worth; a mark counts four times at most."""

MARKDOWN_MARKS = 3.0
"""Marks that make unnamed text Markdown; a dump with one `# ` line or a few bullets stays below."""
HTML_MARKDOWN_SHARE = 0.6
"""Share of a Markdown file's blocks beginning with a tag above which it is a page."""


def is_binary(text: str) -> bool:
    """Whether decoded bytes are mostly what no text holds: controls and characters never read."""
    probe = text[:20_000]
    odd = sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\f\v\x1b") for c in probe)
    return odd * 10 > len(probe)


def form(text: str, name: str | None = None, content_type: str | None = None) -> str:
    """`html`, `markdown` or `text`."""
    probe = text[:PROBE]
    kind = (content_type or "").split(";")[0].strip().lower()
    suffix = (name or "").rsplit("/", 1)[-1].rpartition(".")[2].lower()
    if _BEGINS_AS_PAGE.match(probe):
        return "html"
    named_html = suffix in ("html", "htm", "xhtml", "shtml") or kind in (
        "text/html",
        "application/xhtml+xml",
    )
    named_markdown = suffix in ("md", "markdown", "mdown", "mkd") or kind == "text/markdown"
    if named_markdown:
        return "html" if _mostly_tags(probe) else "markdown"
    outside_code = _FENCE.sub("", probe) if "```" in probe or "~~~" in probe else probe
    tags = len(_BLOCK_TAG.findall(outside_code))
    dense = tags > 3 and tags * 400 > len(probe.strip())
    if tags and (named_html or dense or _mostly_tags(probe)):
        return "html"
    if has_front_matter(probe) or marks(probe) >= MARKDOWN_MARKS:
        return "markdown"
    return "text"


def has_front_matter(text: str) -> bool:
    """Whether the text opens with `---`, lines `key: value`, and `---`."""
    front = _FRONT.match(text)
    return bool(front and _FRONT_KEY.search(front[0]))


def marks(text: str) -> float:
    """How much of the text is marked as Markdown, and not merely punctuated like it.

    Marks on one and the same line count once a kind: a dump may quote a line of Markdown.
    """
    found = 0.0
    for mark, worth in _SIGNS:
        at = {text.count("\n", 0, m.start()) for m in islice(mark.finditer(text), 40)}
        found += worth * min(4, len(at))
    return found


def _mostly_tags(text: str) -> bool:
    blocks = [b.lstrip() for b in re.split(r"\n\s*\n", _FENCE.sub("", text)) if b.strip()]
    tagged = sum(1 for block in blocks if _BLOCK_TAG.match(block))
    return bool(blocks) and tagged / len(blocks) > HTML_MARKDOWN_SHARE
