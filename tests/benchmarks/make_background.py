"""Make data/background.bin: in what share of articles common words stand, in several languages.

    python tests/benchmarks/make_background.py [--shared DIR]

Counts only, no text: English from the news articles of corpora/similar, every language from the
pages of corpora/extraction, cleaned and counted once a site. A language with few pages gives only
what nearly all of them say. Needs trafilatura; run by hand when the tokeniser changes.
"""

import argparse
import gzip
import json
import lzma
import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from reader.stories.rarity import pack_background
from reader.text.terms import words

CHECKOUT = Path(__file__).resolve().parents[2]
NEWS_SHARE = 0.004
"""Smallest share kept of English, which has 3,000 articles to count."""
PAGE_SHARE = 0.03
PAGES_WITH_WORD = 4
"""The same of other languages, and the number of sites that must use a word."""
HTML_LANGUAGE = re.compile(rb"<html[^>]*?\slang=[\"']?([A-Za-z]{2})", re.IGNORECASE)


def news(shared: Path) -> Iterator[tuple[str, str, str]]:
    """Language, site and text of the news articles."""
    with gzip.open(shared / "corpora/similar/allsides_dev.jsonl.gz", "rt", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            yield "en-news", row["id"], f"{row['title']}\n{row['text']}"


def pages(shared: Path) -> Iterator[tuple[str, str, str]]:
    """Language, site and text of the evaluation pages that name their language."""
    import trafilatura

    folder = shared / "corpora/extraction/trafilatura-eval"
    known = json.loads((folder / "evaldata.json").read_text(encoding="utf-8"))
    site_of = {page["file"]: urlsplit(url).hostname or url for url, page in known.items()}
    with lzma.open(folder / "pages.tar.xz") as packed, tarfile.open(fileobj=packed) as tar:
        for member in tar:
            file = tar.extractfile(member)
            if file is None:
                continue
            html = file.read()
            said = HTML_LANGUAGE.search(html)
            text = trafilatura.extract(html, include_comments=False) if said else None
            if said and text:
                name = Path(member.name).name
                yield said[1].decode().lower(), site_of.get(name, name), text


def shares(texts: Iterator[tuple[str, str, str]]) -> dict[str, float]:
    """The share of articles each common word stands in, in the language where it is highest."""
    used: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for language, site, text in texts:
        used[language][site].update(words(text[:100_000]))
    best: dict[str, float] = {}
    for language, by_site in used.items():
        counts = Counter(word for met in by_site.values() for word in met)
        least, sites = (NEWS_SHARE, 1) if language == "en-news" else (PAGE_SHARE, PAGES_WITH_WORD)
        kept = {w: n / len(by_site) for w, n in counts.items() if n >= sites}
        kept = {w: share for w, share in kept.items() if share >= least}
        print(f"{language:8} {len(by_site):5} sites or articles, {len(kept):5} words")
        for word, share in kept.items():
            best[word] = max(share, best.get(word, 0.0))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=CHECKOUT.parent / "shared")
    shared = parser.parse_args().shared
    found = shares(iter([*news(shared), *pages(shared)]))
    target = CHECKOUT / "data" / "background.bin"
    target.write_bytes(pack_background(found))
    print(f"{target}: {len(found)} words, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
