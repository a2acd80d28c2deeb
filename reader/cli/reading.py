"""`broadsheet read`: one article as lines, the equal of the page for those who prefer lines."""

from __future__ import annotations

import argparse
import shutil
from typing import TYPE_CHECKING

from reader.cli import asking, output, parsing

if TYPE_CHECKING:
    from reader.library import Library
    from reader.model import Article

EPILOG = "Reading here does not mark the article read: `broadsheet mark read ID` does."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="broadsheet's id, as `broadsheet list` shows it")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="a line a paragraph, without any drawing (for a screen reader or a pipe)",
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        article = lib.article(asking.article_id(args.id))
        show(lib, article, args.form, plain=args.plain)
    return output.OK


def show(lib: Library, article: Article, form: str, *, plain: bool = False) -> None:
    """Print an article in the form asked for; its record says what it is about, too, and which of
    its sentences are new."""
    drawn = output.on_terminal() and not plain
    output.one(
        form,
        lambda: _record(lib, article),
        lambda: laid_out(article) if drawn else bare(article),
    )


def _record(lib: Library, article: Article) -> dict[str, object]:
    from reader.exchange.records import digest_record, record

    about = digest_record(lib.summary(article.id), lib.phrases(article.id))
    marked = [{"text": text, "mark": mark} for text, mark in lib.sentences(article.id)]
    return record(article) | about | {"sentences": marked}


def bare(article: Article) -> str:
    """The article as unwrapped text."""
    from reader.text import safe

    head = "\n".join(safe.line(each, cap=2_000) for each in masthead(article))
    return f"{head}\n\n{safe.prose(article.text)}\n"


def laid_out(article: Article) -> str:
    """The article as the reading pane sets it, in a column."""
    from reader import config
    from reader.text import safe
    from reader.text.layout import lay_out
    from reader.text.markdown import blocks
    from reader.text.width import wrap

    width_cells = min(config.load().measure_cells, shutil.get_terminal_size().columns - 2)
    lines = [
        line
        for each in masthead(article)
        for line in wrap(safe.line(each, cap=2_000), max(10, width_cells))
    ]
    page = lay_out(blocks(article.markdown), max(10, width_cells))
    lines.append("")
    lines += ["".join(span.text for span in line.spans).rstrip() for line in page.lines]
    if page.links:
        lines.append("")
        lines += [f"[{link.number}] {link.url}" for link in page.links]
    return "\n".join(safe.line(line, cap=10_000) if line else "" for line in lines) + "\n"


def masthead(article: Article) -> list[str]:
    """Title, then who and where, then when and how long, then its address; what is known of it."""
    from reader.text.dates import when
    from reader.text.doubts import doubts

    headline = article.headline
    where = ", ".join(article.authors), headline.site or headline.source, article.section or ""
    dates = [when(headline.published)] if headline.published else []
    if article.modified and article.modified != headline.published:
        dates.append(f"changed {when(article.modified)}")
    if article.cached_at:
        dates.append(f"copied {when(article.cached_at)}")
    length = f"{headline.minutes} min" if headline.minutes else ""
    marks = ("unread" if headline.unread else "read", "starred" if headline.starred else "")
    facts = (
        " · ".join(each for each in where if each),
        " · ".join(each for each in (*dates, length, *marks) if each),
        article.url or "",
        "Tags: " + ", ".join(article.tags) if article.tags else "",
        f"Note: {article.note}" if article.note else "",
        " ".join(doubts(article.warnings)),
    )
    return [headline.title, *(fact for fact in facts if fact)]
