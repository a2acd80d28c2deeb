"""Real pages come out as well as promised: floors on a sample, which the benchmark takes whole.

The floors stand below what the sample gives (in brackets), so that they fall only with a reason.
"""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from extraction_sets import Page, agreement, averages, f1, fields_right, load, snippets

from reader.clean import boxes, charset, choose, tree, voices
from reader.clean.addresses import resolver
from reader.clean.page import clean_page
from reader.clean.render import Renderer
from reader.clean.whole import read_text
from reader.model import Cleaned, Document

SNIPPETS_EVERY = 25
FULL_TEXT_EVERY = 6

Found = list[tuple[Page, Cleaned]]


@pytest.fixture(scope="module")
def sample(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    corpora = shared / "corpora" / "extraction"
    if not corpora.is_dir():
        pytest.skip(f"no pages at {corpora}")
    pages = load(corpora, tmp_path_factory.mktemp("pages"))
    every = {"snippets": SNIPPETS_EVERY, "full text": FULL_TEXT_EVERY}
    return {
        name: [
            (p, clean_page(Document(p.body, url=p.url, name=p.id))) for p in found[:: every[name]]
        ]
        for name, found in pages.items()
    }


def test_wanted_text_is_there_and_unwanted_text_is_not(sample: dict[str, Found]) -> None:
    precision, _, f1_score = snippets([(page, got.text) for page, got in sample["snippets"]])
    assert precision >= 0.90
    assert f1_score >= 0.92


def test_full_texts_agree(sample: dict[str, Found]) -> None:
    triples = [agreement(page.full_text or "", got.text) for page, got in sample["full text"]]
    assert averages(triples)[2] >= 0.92


def test_no_page_comes_out_empty_without_a_word(sample: dict[str, Found]) -> None:
    for found in sample.values():
        for page, got in found:
            assert got.text or got.warnings, page.id


def test_metadata_is_right(sample: dict[str, Found]) -> None:
    told = [
        (
            page,
            {
                "title": got.title or "",
                "author": ", ".join(got.authors),
                "date": (got.published or "")[:10],
                "sitename": got.site or "",
            },
        )
        for page, got in sample["snippets"]
    ]
    right = {name: a / c for name, (a, _, c) in fields_right(told).items()}
    assert right["title"] >= 0.70
    assert right["author"] >= 0.35
    assert right["date"] >= 0.75


def test_what_a_voice_chose_is_found_again_and_rendered(sample: dict[str, Found]) -> None:
    """Alignment with the page's own DOM loses next to nothing of what trafilatura answered."""
    scores = []
    for page, _ in sample["snippets"]:
        root = tree.parse(charset.decode(page.body, None))
        if root is None or not (lines := voices.trafilatura_lines(root)):
            continue
        cut = boxes.cut(root)
        renderer = Renderer(cut, choose.found_in(cut, lines), resolver(page.url))
        scores.append(f1("\n".join(lines), read_text(renderer.markdown())))
    assert sum(scores) / len(scores) >= 0.96


def test_rendered_text_is_the_page_s_text(sample: dict[str, Found]) -> None:
    """Render, parse, and have every word of the whole page again: on all but degenerate pages."""
    astray = []
    for found in sample.values():
        for page, _ in found:
            root = tree.parse(charset.decode(page.body, None))
            if root is None:
                continue
            cut = boxes.cut(root)
            renderer = Renderer(cut, set(range(len(cut.leaves))), resolver(page.url))
            got = sorted(boxes.words_of(read_text(renderer.markdown())))
            pictured = sorted(renderer.picture_words)
            if got != sorted(renderer.words()) and not _only_adds(got, renderer.words(), pictured):
                astray.append(page.id)
    assert len(astray) <= 1, astray


def _only_adds(got: list[str], wanted: list[str], pictured: list[str]) -> bool:
    extra = Counter(got) - Counter(wanted)
    return not Counter(wanted) - Counter(got) and extra <= Counter(pictured)
