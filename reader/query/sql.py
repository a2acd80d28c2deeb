"""Tree to selection: words become one full-text expression, the rest conditions with parameters.

What a person typed is never part of the SQL, and every word stands quoted in the expression, so no
query is a syntax error. A word with signs in it (`c++`, `covid-19`, `AT&T`) is looked up by its
letters and then held against the text itself.
"""

from __future__ import annotations

from reader.query import dates
from reader.query.tree import All, Any, Filter, Node, Not, Words
from reader.store import grams
from reader.store.search import Selection
from reader.store.snippets import Finder, Term

COLUMNS = {"title": "title", "author": "authors"}
MATCHES = "a.id IN (SELECT rowid FROM fts WHERE fts MATCH ?)"
CONDITIONS = {
    ("is", "unread"): "a.unread = 1",
    ("is", "read"): "a.unread = 0",
    ("is", "starred"): "a.starred = 1",
    ("is", "unstarred"): "a.starred = 0",
    ("is", "edited"): "a.edits > 0",
    ("is", "noted"): "a.id IN (SELECT article FROM bookmark WHERE note IS NOT NULL)",
    ("is", "tagged"): "a.id IN (SELECT article FROM tag)",
    ("has", "note"): "a.id IN (SELECT article FROM bookmark WHERE note IS NOT NULL)",
    ("has", "tag"): "a.id IN (SELECT article FROM tag)",
    ("has", "summary"): "a.summary IS NOT NULL",
}
Sql = tuple[str, list[object]]


def selection(tree: Node) -> Selection:
    """What SQLite is to look for."""
    conjuncts = tree.nodes if isinstance(tree, All) else (tree,)
    wanted = [node for node in conjuncts if _is_text(node) and not isinstance(node, Not)]
    unwanted = [node.node for node in conjuncts if isinstance(node, Not) and _is_text(node)]
    match = None
    if wanted:
        match = " AND ".join(map(_match, wanted))
        if unwanted:
            match = f"({match}) NOT ({' OR '.join(map(_match, unwanted))})"
    indexed = [*wanted, *(Not(node) for node in unwanted)] if wanted else []
    parts = [_condition(node) for node in conjuncts if node not in indexed]
    parts += [_literally(node) for node in wanted if isinstance(node, Words) and _signs(node)]
    return Selection(
        match=match,
        where=" AND ".join(f"({part})" for part, _ in parts) or "1",
        parameters=tuple(value for _, values in parts for value in values),
        literal=any("b." in part for part, _ in parts),
        finder=Finder(terms(tree)),
    )


def terms(tree: Node) -> tuple[Term, ...]:
    """The words that make an article match, to be shown in it."""
    match tree:
        case Words():
            return (Term(tree.text, tree.prefix, grams.has_run(tree.text)),)
        case All() | Any():
            return tuple(dict.fromkeys(term for node in tree.nodes for term in terms(node)))
    return ()


def _is_text(node: Node) -> bool:
    """Can the index alone tell?"""
    match node:
        case Words():
            return True
        case Not():
            return _only_words(node.node)
    return _only_words(node)


def _only_words(node: Node) -> bool:
    match node:
        case Words():
            return not _signs(node)
        case Any() | All():
            return bool(node.nodes) and all(_only_words(each) for each in node.nodes)
    return False


def _match(node: Node) -> str:
    """The full-text expression of a node without `Not` and conditions."""
    match node:
        case Words():
            return _quoted(node)
        case All():
            return f"({' AND '.join(map(_match, node.nodes))})"
        case Any():
            return f"({' OR '.join(map(_match, node.nodes))})"
    raise AssertionError(f"not of words alone: {node}")


def _quoted(words: Words) -> str:
    column = f"{COLUMNS[words.field]} : " if words.field else ""
    texts, prefix = [words.text], words.prefix
    if grams.has_run(words.text):
        pieces = [gram for word in words.text.split() for gram in grams.query_grams(word)]
        prefix = prefix or (len(pieces) == 1 and len(pieces[0]) == 1)
        texts = [" ".join(pieces)]
    [text] = texts
    return f'{column}"{text.replace(chr(34), chr(34) * 2)}"{"*" if prefix else ""}'


def _condition(node: Node) -> Sql:
    match node:
        case Words() if _signs(node):
            literal, values = _literally(node)
            return f"{MATCHES} AND {literal}", [_quoted(node), *values]
        case Words():
            return MATCHES, [_quoted(node)]
        case Filter():
            return _filter(node)
        case Not():
            condition, values = _condition(node.node)
            return f"NOT ({condition})", values
        case All() | Any():
            joint, of_nothing = (" AND ", "1") if isinstance(node, All) else (" OR ", "0")
            parts = [_condition(each) for each in node.nodes]
            condition = joint.join(f"({part})" for part, _ in parts)
            return condition or of_nothing, [value for _, values in parts for value in values]


def _filter(node: Filter) -> Sql:
    if condition := CONDITIONS.get((node.field, node.value)):
        return condition, []
    value = node.value
    match node.field:
        case "source" if value.startswith("#") and value[1:].isdecimal() and len(value) < 19:
            return "a.source = ?", [int(value[1:])]
        case "source":
            inside = "folded(title), ?) OR instr(folded(url), ?) OR instr(folded(folder), ?"
            which = f"SELECT id FROM source WHERE instr({inside})"
            return f"a.source IN ({which})", [value.casefold()] * 3
        case "folder":
            return "a.source IN (SELECT id FROM source WHERE folded(folder) = ?)", [
                value.casefold()
            ]
        case "site":
            return "instr(folded(a.site), ?)", [value.casefold()]
        case "tag":
            return "a.id IN (SELECT article FROM tag WHERE name = ?)", [value.lstrip("#")]
        case "lang":
            return "a.lang = ?", [value.lower()]
    begin, end = dates.span(value) or dates.ALWAYS
    match node.field:
        case "before":
            return "a.sorted_at < ?", [begin]
        case "after":
            return "a.sorted_at >= ?", [begin]
    return "a.sorted_at >= ? AND a.sorted_at < ?", [begin, end]


def _signs(words: Words) -> bool:
    """Does the word hold signs that the index does not?"""
    return any(not (letter.isalnum() or letter.isspace()) for letter in words.text)


def _literally(words: Words) -> Sql:
    columns = {"title": "a.title", "author": "b.authors"}
    where = columns.get(words.field or "", "a.title || char(10) || b.text || char(10) || b.authors")
    return f"holds(?, ?, {where})", [words.text, words.prefix]
