"""Footnotes: marks in the text that link to a place in the same page, and what stands there."""

import re
from collections.abc import Iterator
from typing import Any

from reader.clean.boxes import INVISIBLE, Box, Leaf, Page, raw_text, squeeze, text_of

MARK = re.compile(
    r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3}|(?:note|fn\.?) ?\d{1,3})[\])]?", re.IGNORECASE
)
"""What a footnote's mark looks like: `1`, `[12]`, `*`, `note 3`."""
NAMED = re.compile(r"fn|note|ref|cite|anm", re.IGNORECASE)
NOTE_WORDS = 200
"""What is longer is a section that a table of contents leads to."""
BACK = re.compile(r"(?:↩|↑|\^|⤴|⏎|back|zurück|retour|return)[︎️]?\W*", re.IGNORECASE)


class Notes:
    """The footnotes of one page, and which of them the rendered text cites."""

    def __init__(self, page: Page) -> None:
        self._targets: dict[str, list[Leaf]] = {}
        self._labels: dict[str, str] = {}
        self._held: dict[int, str] = {}
        wanted = {
            href[1:]
            for leaf in page.leaves
            for part in leaf.parts
            if not isinstance(part, str)
            for link in part.iter("a")
            if (href := link.get("href") or "").startswith("#") and len(href) > 1
            if _is_mark(link)
        }
        if wanted:
            self._find_targets(page.root, wanted)

    def _find_targets(self, box: Box, wanted: set[str]) -> None:
        for child in box.children:
            if isinstance(child, Box):
                name = child.element.get("id")
                if name in wanted and child.tag in ("li", "p", "div", "dd", "aside", "td"):
                    leaves = [leaf for leaf in child.leaves() if leaf.text]
                    if 0 < sum(len(leaf.words) for leaf in leaves) <= NOTE_WORDS:
                        self._targets.setdefault(name, leaves)
                        for leaf in leaves:
                            self._held.setdefault(leaf.index, name)
                        continue
                self._find_targets(child, wanted)

    def label(self, link: Any) -> str | None:
        """The footnote's label if the link is a footnote's mark, numbered as they are met."""
        name = (link.get("href") or "")[1:]
        if not (link.get("href") or "").startswith("#") or name not in self._targets:
            return None
        if not _is_mark(link) or self.is_backlink(link):
            return None
        return self._labels.setdefault(name, str(len(self._labels) + 1))

    def is_backlink(self, link: Any) -> bool:
        """Whether the link only leads from a note back to its mark."""
        href = link.get("href") or ""
        if not self._targets or not href.startswith("#"):
            return False
        return bool(BACK.fullmatch(text_of(link)))

    def holds(self, leaf: Leaf) -> bool:
        """Whether the leaf is part of a note that the text has cited by now."""
        return self._held.get(leaf.index) in self._labels

    def without_marks(self, leaf: Leaf) -> str:
        """The leaf's text but for its footnote marks and the ways back to them."""
        if not self._targets:
            return leaf.text
        return squeeze("".join(self._unmarked(part) for part in leaf.parts))

    def _unmarked(self, part: Any) -> str:
        if isinstance(part, str) or not isinstance(part.tag, str) or part.tag in INVISIBLE:
            return part if isinstance(part, str) else ""
        if part.tag == "a" and (self.label(part) or self.is_backlink(part)):
            return ""
        if not len(part):
            return raw_text(part)
        pieces = [part.text or ""]
        for child in part:
            pieces += [self._unmarked(child), child.tail or ""]
        return "".join(pieces)

    def cited(self) -> Iterator[tuple[str, list[Leaf]]]:
        """The notes cited, in order, with their leaves."""
        for name, label in list(self._labels.items()):
            yield label, self._targets[name]


def _is_mark(link: Any) -> bool:
    """A short sign that is raised, bracketed, or leads to something named like a note."""
    text = text_of(link)
    if not MARK.fullmatch(text):
        return False
    raised = any(above.tag == "sup" for above in link.iterancestors()) or len(link.findall("sup"))
    return bool(raised) or text[0] in "[(" or bool(NAMED.search(link.get("href") or ""))
