r"""Text to tree, by recursive descent. It never fails: what is left open is closed at the end, and
what has no meaning is left out.

    query  = either ;            either = both { OR both } ;
    both   = one { [AND] one } ; one    = { "-" | NOT } ( "(" either ")" | [field ":"] words ) ;
    words  = '"' … '"' ["*"] | letters without space, quote or bracket, [ "*" ] ;
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reader.query import dates
from reader.query.tree import EVERYTHING, NOTHING, All, Any, Filter, Node, Not, Words

LONGEST = 4000
"""Letters of a query that are read."""
MOST_WORDS = 60
"""Words of a query that count; SQLite's expression depth ends at 256."""
DEEPEST = 8
"""Brackets within brackets that count; SQLite's parser gives up at about twenty."""
TEXT_FIELDS = {"title": "title", "author": "author", "by": "author"}
FILTERS = {"source", "folder", "site", "tag", "lang", "is", "has", "before", "after", "date"}
STATES = {
    "is": ("unread", "read", "starred", "unstarred", "edited", "noted", "tagged"),
    "has": ("summary", "note", "tag"),
}
TIMES = ("before", "after", "date")
ORDERS = ("new", "rank", "blend")

TOKEN = re.compile(
    r"""(?P<open>\() | (?P<close>\)) | (?P<quoted>"(?P<inside>[^"]*)"?)
    | (?P<minus>-(?=[^\s)])) | (?P<word>[^\s"()]+)""",
    re.VERBOSE,
)
FIELD = re.compile(r"(?P<field>[A-Za-z]+):(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, and the order it asks for."""

    tree: Node
    order: str | None
    misread: tuple[str, ...] = ()
    """What fields take that were given something else, and were therefore read as words."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    glued: bool
    """Does it follow the token before it without a space?"""


def parse(text: str) -> Parsed:
    """The tree of a query."""
    tokens: list[Token] = []
    end = -1
    for found in TOKEN.finditer(_storable(text[:LONGEST])):
        kind = found.lastgroup if found.lastgroup != "inside" else "quoted"
        content = found["inside"] if kind == "quoted" else found.group()
        tokens.append(Token(kind or "", content, found.start() == end))
        end = found.end()
    reading = _Reading(tokens)
    tree = reading.either(0)
    while reading.more():  # a bracket that was never opened
        reading.at += 1
        tree = _all([tree, reading.either(0)])
    return Parsed(tree, reading.order, tuple(dict.fromkeys(reading.misread)))


class _Reading:
    """Tokens and how far they have been read."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.words = 0
        self.order: str | None = None
        self.misread: list[str] = []

    def more(self) -> bool:
        return self.at < len(self.tokens)

    def either(self, depth: int) -> Node:
        choices = [self.both(depth)]
        while self.more() and self._is_keyword("OR"):
            self.at += 1
            choices.append(self.both(depth))
        real = [choice for choice in choices if choice is not None]
        if not real:
            return EVERYTHING
        return real[0] if len(real) == 1 else Any(tuple(real))

    def both(self, depth: int) -> Node | None:
        """What stands side by side; None if nothing does."""
        nodes: list[Node] = []
        while self.more() and not self._is_keyword("OR"):
            if self.tokens[self.at].kind == "close":
                if depth:
                    break
                self.at += 1
            elif self._is_keyword("AND"):
                self.at += 1
            elif (node := self.one(depth)) is not None:
                nodes.append(node)
        return _all(nodes) if nodes else None

    def one(self, depth: int) -> Node | None:
        negated = False
        while self.more() and (self._is("minus") or self._is_keyword("NOT")):
            negated = not negated
            self.at += 1
        if not self.more() or self._is("close") or self._is_keyword("OR", "AND"):
            return None
        node = self._group(depth) if self._is("open") else self._words()
        if negated and node is not None:
            return Not(node) if node != NOTHING else None
        return node

    def _group(self, depth: int) -> Node | None:
        self.at += 1
        if depth >= DEEPEST:
            return None
        node = self.either(depth + 1)
        if self.more() and self._is("close"):
            self.at += 1
        return None if node == EVERYTHING else node

    def _words(self) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if self.words >= MOST_WORDS:
            return None
        self.words += 1
        if token.kind == "quoted":
            return self._phrase(token.text, None)
        field = FIELD.fullmatch(token.text)
        if field is None:
            return _text(token.text, None, quoted=False)
        quoted = not field["value"] and self.more() and self.tokens[self.at].glued
        if quoted and self._is("quoted"):
            value = self.tokens[self.at].text
            self.at += 1
            found = self._field(field["field"].lower(), value, quoted=True)
            return found or _all(
                [n for n in (_text(field["field"], None), _text(value, None, quoted=True)) if n]
            )
        found = self._field(field["field"].lower(), field["value"], quoted=False)
        return found or _text(token.text, None)

    def _field(self, name: str, value: str, *, quoted: bool) -> Node | None:
        """The node of a field, or None if it is none."""
        node = self._field_node(name, value, quoted=quoted)
        if node is None and (takes := _takes(name, value)):
            self.misread.append(takes)
        return node

    def _field_node(self, name: str, value: str, *, quoted: bool) -> Node | None:
        if not value.strip():
            return None
        if name == "sort" and value.lower() in ORDERS:
            self.order = value.lower()
            return EVERYTHING
        if name in TEXT_FIELDS and quoted:
            return self._phrase(value, TEXT_FIELDS[name])
        if name in TEXT_FIELDS:
            return _text(value, TEXT_FIELDS[name])
        if name in STATES and value.lower() not in STATES[name]:
            return None
        if name in TIMES and dates.span(value) is None:
            return None
        if name not in FILTERS:
            return None
        return Filter(name, value.lower() if name in STATES else " ".join(value.split()))

    def _phrase(self, text: str, field: str | None) -> Node | None:
        """A quoted text, and the star that may follow it: the last word is the start of one."""
        node = _text(text, field, quoted=True)
        if self.more() and self.tokens[self.at] == Token("word", "*", glued=True):
            self.at += 1
            return replace(node, prefix=True) if isinstance(node, Words) else node
        return node

    def _is(self, kind: str) -> bool:
        return self.tokens[self.at].kind == kind

    def _is_keyword(self, *words: str) -> bool:
        token = self.tokens[self.at]
        return token.kind == "word" and token.text in words


def _takes(name: str, value: str) -> str:
    """What a field takes, in words; "" for what is no field of ours."""
    if name in STATES:
        return f"{name}: takes {_choice(STATES[name])}"
    if name in TIMES:
        return f"{name}: takes a day, as 2024-01-31, 2024-01, 3d or yesterday"
    if name == "sort":
        return f"sort: takes {_choice(ORDERS)}"
    known = name in TEXT_FIELDS or name in FILTERS
    return f"{name}: takes what follows it without a space" if known and not value.strip() else ""


def _choice(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _storable(text: str) -> str:
    """Without lone surrogates, which SQLite does not take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _text(text: str, field: str | None, *, quoted: bool = False) -> Node | None:
    prefix = not quoted and text.endswith("*")
    words = " ".join((text.rstrip("*") if prefix else text).replace("\0", " ").split())
    if not words:
        return None
    if not any(letter.isalnum() for letter in words):
        return NOTHING  # the index holds letters and digits only
    return Words(words, field, prefix)


def _all(nodes: list[Node]) -> Node:
    """All of these at once; signs that no index holds are no condition beside real words."""
    flat = [n for node in nodes for n in (node.nodes if isinstance(node, All) else (node,))]
    real = [node for node in flat if node != NOTHING]
    if not real:
        return NOTHING if flat else EVERYTHING
    return real[0] if len(real) == 1 else All(tuple(real))
