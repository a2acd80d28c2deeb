"""Code told apart by kind: what is a keyword, a text, a comment, a name or a number.

Pygments reads it; a language it does not know, and very long code, stays in one piece. It is
imported only where there is code to set.
"""

from __future__ import annotations

from reader.text.runs import Run

PLAIN = "code-block"
LONGEST = 20_000
"""Letters of code that are looked into: about 40 ms of the slower lexers."""
KINDS = (
    ("Comment", "code-comment"),
    ("Keyword", "code-keyword"),
    ("Literal.String", "code-string"),
    ("Literal.Number", "code-number"),
    ("Name.Function", "code-name"),
    ("Name.Class", "code-name"),
    ("Name.Tag", "code-name"),
    ("Name.Decorator", "code-name"),
    ("Generic.Deleted", "code-comment"),
    ("Generic.Inserted", "code-string"),
    ("Operator.Word", "code-keyword"),
)
"""Token types of Pygments, by the beginning of their names, and the role each is set in."""


def code_lines(text: str, language: str | None) -> list[list[Run]]:
    """The lines of `text` as runs; joined they are `text` again, letter by letter."""
    lines: list[list[Run]] = [[]]
    for part, role in _parts(text, language):
        for number, piece in enumerate(part.split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append(Run(piece, role))
    return lines


def _parts(text: str, language: str | None) -> list[tuple[str, str]]:
    if not language or len(text) > LONGEST:
        return [(text, PLAIN)]
    from pygments import lex
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [(text, PLAIN)]
    parts = [(part, _role(str(kind))) for kind, part in lex(text, lexer)]
    # A lexer may mend line ends; what it does not give back letter by letter is set as it stands.
    return parts if "".join(part for part, _ in parts) == text else [(text, PLAIN)]


def _role(kind: str) -> str:
    name = kind.removeprefix("Token.")
    return next((role for begins, role in KINDS if name.startswith(begins)), PLAIN)
