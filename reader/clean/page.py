"""One HTML page → `Cleaned`: parsed, chosen, rendered, described."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from reader.clean import boxes, choose, metadata, tree, voices
from reader.clean.charset import decode
from reader.clean.render import Renderer
from reader.model import Cleaned, Document, When

WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction: 238 (Brysbaert 2019, mean of 190 studies), rounded down."""


def clean_page(document: Document) -> Cleaned:
    """The article of an HTML page. Never raises; says in `warnings` what it could not do."""
    from reader.text import markdown as md
    from reader.text import safe

    html = decode(document.body, document.content_type)
    root = tree.parse(html)
    warnings: list[str] = []
    if len(html) > tree.HTML_CAP:
        warnings.append("truncated")
    if root is None:
        return Cleaned(document.title, "", "", "html", warnings=(*warnings, "not-an-article"))
    facts = metadata.read(root, document)
    page = boxes.cut(root)
    choice = choose.choose(
        page,
        {
            "trafilatura": voices.trafilatura_lines(root),
            "readability": voices.readability_lines(root),
        },
        voices.densest_leaves(page),
    )

    def resolve(href: str) -> str | None:
        href = href.strip()
        if href.startswith("#"):
            return None
        try:
            return safe.link(urljoin(facts.base or "", href))
        except ValueError:
            return None

    markdown = Renderer(page, choice.leaves, resolve).markdown()
    markdown = str(safe.prose(markdown))
    text = md.plain(markdown)
    words = len(text.split())
    return Cleaned(
        title=facts.title,
        text=text,
        markdown=markdown,
        kind="html",
        authors=facts.authors,
        published=When(facts.published) if facts.published else None,
        modified=When(facts.modified) if facts.modified else None,
        section=facts.section,
        site=facts.site,
        url=facts.url,
        language=facts.language,
        summary=facts.summary,
        words=words,
        minutes=-(-words // WORDS_A_MINUTE),
        quality=round(choice.agreement, 3),
        warnings=tuple(warnings),
    )
