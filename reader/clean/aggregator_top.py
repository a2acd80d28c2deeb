"""What an aggregator's page shows above its labels: the title, the source, its section, names."""

import re
from collections.abc import Sequence

from reader.clean import dump_title, facts, lines, names, openers, prose
from reader.clean.facts import Facts

BODY_LETTERS = 6_000
"""Letters of the copy that its title shares words with."""


def read_top(found: Facts, texts: Sequence[str], below: str, title_at: int | None = None) -> None:
    """Title, then site and section, then perhaps names, from the lines above the first label.

    `title_at`: which of them is the title, where it is known."""
    rest = [
        text
        for at, text in enumerate(texts)
        if at == title_at
        or not (openers.kinds(text) or openers.spelled(text) or openers.labelled(text))
    ]
    if not rest:
        return
    if title_at is None:
        said = lines.normal(below[:BODY_LETTERS].replace("\\", ""))
        at = max(range(len(rest)), key=lambda n: (_titleness(rest[n], said), -n))
    else:
        at = rest.index(texts[title_at])
    found.title = found.title or rest[at]
    for text in rest[at + 1 : at + 6]:
        pieces = facts.pieces_of(text)
        named = [p for p in pieces if names.is_called(p) or not facts.read_piece(found, p)]
        if len(named) < len(pieces):
            text = " · ".join(named)
        if named and len(text) > 1 and prose.word_count(text) <= 10:
            found.site = found.site or text
    if found.site is None and at > 0 and _is_name_of_source(rest[at - 1]):
        found.site = rest[at - 1]


def _is_name_of_source(text: str) -> bool:
    return prose.word_count(text) <= 6 and text[0].isalnum()


def _titleness(text: str, below: str) -> float:
    """How much a line above the first label looks like the title rather than the source or a menu;
    `below` is the copy, which begins with its title or has its words."""
    words = prose.word_count(text)
    shape = 2 * dump_title.looks_like_title(text) + (words >= 3) - bool(re.search(" [|·•] ", text))
    if words >= 3 and lines.normal(text) in below[: len(text) + 10]:
        return shape + 2
    own = [word for word in lines.normal(text).split() if len(word) > 3]
    return shape + (2 * sum(word in below for word in own) / len(own) if own else 0)


def site_and_section(
    line: str, sources: Sequence[str], section: str | None
) -> tuple[str, str | None]:
    """`OpenAI Blog News` → the site and the section, told apart by the names of other sources, a
    separator, or a word that names sections everywhere."""
    for source in sorted(set(sources), key=len, reverse=True):
        if line.casefold() == source.casefold():
            return line, section
        if line.casefold().startswith(source.casefold() + " "):
            rest = line[len(source) :].strip(" |·•—–-/>›»,:")
            return line[: len(source)], section or rest or None
    parts = [p for p in re.split(r"\s*[|·•/›»>]\s*|\s[–—-]\s", line) if p]
    if len(parts) > 1:
        return parts[0], section or parts[1]
    words = line.split(" ")
    is_whole = len(words) > 1 and words[-2].casefold() in prose.function_words()  # `Rest of World`
    if len(words) > 1 and words[-1].casefold() in openers.section_names() and not is_whole:
        return " ".join(words[:-1]), section or words[-1]
    return line, section
