"""The two sets of pages that cleaning is measured on, and how: as bench/extraction_score.py does.

Snippets are looked for in the text with white space squeezed, pooled over pages. Full texts are
compared as multisets of four-word shingles; precision and recall are averaged over pages.
"""

import json
import re
import tarfile
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

WORD = re.compile(r"\w+")
FIELDS = ("title", "author", "date", "sitename", "language")


@dataclass
class Page:
    """A page with what is known to be right about it."""

    id: str
    body: bytes
    url: str | None
    wanted: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    full_text: str | None = None
    fields: dict[str, str] = field(default_factory=dict)


def load(corpora: Path, unpack_to: Path, every: int = 1) -> dict[str, list[Page]]:
    """Both sets, unpacked once into a folder; every Nth page of them."""
    return {
        "snippets": snippet_pages(corpora / "trafilatura-eval", unpack_to, every),
        "full text": full_pages(corpora / "readability-pages", unpack_to, every),
    }


def unpacked(archive: Path, into: Path, member: str) -> Path:
    """The folder, with the archive's files in it."""
    if not (into / member).exists():
        with tarfile.open(archive) as tar:
            tar.extractall(into, filter="data")
    return into


def snippet_pages(corpus: Path, into: Path, every: int = 1) -> list[Page]:
    """adbar/trafilatura's pages: snippets that must and must not be in the text."""
    folder = unpacked(corpus / "pages.tar.xz", into, "eval")
    gold = json.loads((corpus / "evaldata.json").read_text("utf-8"))
    pages = []
    for url, facts in list(gold.items())[::every]:
        path = next(
            (p for d in ("cache", "eval") if (p := folder / d / facts["file"]).exists()), None
        )
        if path is not None:
            told = {n: v for n in FIELDS if isinstance(v := facts.get(n), str) and v.strip()}
            pages.append(
                Page(
                    facts["file"],
                    path.read_bytes(),
                    url,
                    facts["with"],
                    facts["without"],
                    None,
                    told,
                )
            )
    return pages


def full_pages(corpus: Path, into: Path, every: int = 1) -> list[Page]:
    """mozilla/readability's pages with the text it gives."""
    folder = unpacked(corpus / "test-pages.tar.xz", into, "test-pages") / "test-pages"
    pages = []
    for path in sorted(p for p in folder.iterdir() if (p / "expected.html").exists())[::every]:
        facts = json.loads((path / "expected-metadata.json").read_text("utf-8"))
        told = {
            "title": facts.get("title"),
            "author": facts.get("byline"),
            "sitename": facts.get("siteName"),
            "language": (facts.get("lang") or "").split("-")[0].lower(),
            "date": (facts.get("publishedTime") or "")[:10],
        }
        pages.append(
            Page(
                f"mozilla/{path.name}",
                (path / "source.html").read_bytes(),
                "http://fakehost/test/page.html",
                full_text=_text_of_html(path / "expected.html"),
                fields={name: value for name, value in told.items() if value and value.strip()},
            )
        )
    return pages


def _text_of_html(path: Path) -> str:
    from lxml import html

    tree = html.fromstring(path.read_bytes().decode("utf-8", "replace"))
    for element in tree.xpath("//script|//style|//noscript"):
        element.drop_tree()
    return "\n".join(tree.itertext())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Four words at a time, counted."""
    words = WORD.findall(text.replace("\u00ad", ""))
    if 0 < len(words) <= 4:
        return Counter([tuple(words)])
    return Counter(tuple(words[at : at + 4]) for at in range(len(words) - 3))


def agreement(gold: str, found: str) -> tuple[float, float, float]:
    """Shares of shingles in both, in `found` alone and in `gold` alone."""
    wanted, had = shingles(gold), shingles(found)
    both = sum((wanted & had).values())
    extra, missing = sum(had.values()) - both, sum(wanted.values()) - both
    total = both + extra + missing
    return (both / total, extra / total, missing / total) if total else (0.0, 0.0, 0.0)


def f1(gold: str, found: str) -> float:
    """Agreement of two texts as one figure."""
    both, extra, missing = agreement(gold, found)
    return 2 * both / (2 * both + extra + missing) if both + extra + missing else 1.0


def averages(triples: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Mean precision and mean recall over pages, and their harmonic mean."""
    precisions = [a / (a + b) for a, b, _ in triples if a + b]
    recalls = [a / (a + c) for a, _, c in triples if a + c]
    precision = sum(precisions) / (len(precisions) or 1)
    recall = sum(recalls) / (len(recalls) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def snippets(found: list[tuple[Page, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the snippets in all texts together."""
    hits = unwanted = missed = 0
    for page, text in found:
        body = " ".join(text.split())
        have = sum(" ".join(snippet.split()) in body for snippet in page.wanted)
        hits += have
        missed += len(page.wanted) - have
        unwanted += sum(" ".join(snippet.split()) in body for snippet in page.unwanted)
    precision, recall = hits / ((hits + unwanted) or 1), hits / ((hits + missed) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def squashed(text: str) -> str:
    """A title or name without case and punctuation."""
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def fields_right(found: list[tuple[Page, dict[str, str]]]) -> dict[str, tuple[int, int, int]]:
    """For each field: how many are right, given, and known."""
    out: dict[str, tuple[int, int, int]] = {}
    for name in FIELDS:
        known = [
            (page.fields[name], told.get(name, "")) for page, told in found if name in page.fields
        ]
        if known:
            right = sum(squashed(gold) == squashed(mine) for gold, mine in known)
            out[name] = (right, sum(bool(mine) for _, mine in known), len(known))
    return out
