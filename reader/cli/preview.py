"""`broadsheet preview`: what a feed, site or file would deliver, the cache untouched."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli import output, parsing
from reader.errors import BroadsheetError, CleanError, FeedError, FetchError, UsageError
from reader.text.addresses import without_login

if TYPE_CHECKING:
    from typing import Any

    from reader.intake.preview import Preview, Wanted
    from reader.model import Document

EPILOG = (
    "A site is asked for its feeds, and the first that can be read is shown; all are listed as "
    "candidates. A page without a feed is shown as a source of kind `page`. A manifest has a line "
    "{id, path, url?} for each document; nothing is fetched for it."
)
SOURCE = ("title", "url", "home", "description", "language", "kind", "authors", "published",
          "updated")  # fmt: skip
ENTRY = ("id", "title", "url", "authors", "published", "updated", "summary", "content", "text",
         "tags")  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="*", metavar="WHAT", help="an address, a file, or - for stdin"
    )
    parser.add_argument(
        "--manifest", metavar="M.jsonl", help="look at the documents that this file's lines name"
    )
    parser.add_argument(
        "--base-url", metavar="U", help="the address that a file came from, for its links"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    if bool(args.what) == bool(args.manifest):
        raise UsageError("preview takes addresses or files (or --manifest and nothing else)")
    if args.manifest:
        return _manifest(Path(args.manifest), output.streamed(args.form))
    if len(args.what) == 1:
        return _one(args.what[0], args.base_url, args.form)
    return _several(args.what, args.base_url, args.form)


def _one(what: str, base_url: str | None, form: str) -> int:
    from reader.intake.preview import Previewer

    with Previewer() as previewer:
        try:
            preview = previewer.of(what, base_url)
        except (CleanError, FeedError) as error:
            raise BroadsheetError(f"cannot preview {what}: {_cause(error)}") from error
    output.one(form, lambda: record(_name(what), preview), lambda: _for_a_person(preview))
    return output.OK


def _several(whats: list[str], base_url: str | None, form: str) -> int:
    from reader.intake.preview import Previewer

    failures = 0
    with Previewer() as previewer, output.Rows(output.streamed(form)) as rows:
        for what in whats:
            try:
                preview = previewer.of(what, base_url)
            except (FetchError, CleanError, FeedError) as error:
                output.say(f"broadsheet: {what}: {_cause(error)}")
                failures += 1
                continue
            rows.put(record(_name(what), preview), what, *_cells(preview))
    return output.SOME_FAILED if failures else output.OK


def _manifest(manifest: Path, form: str) -> int:
    from reader.intake.preview import Previewer

    failures = 0
    with Previewer(processes=2) as previewer, output.Rows(form) as rows:
        for name, found in previewer.of_many(_wanted(manifest)):
            if isinstance(found, BroadsheetError):
                failures += 1
                cause = _cause(found)
                rows.put(failed_record(name, cause), name, "", f"failed: {cause}")
            else:
                rows.put(record(name, found), name, *_cells(found))
    return output.SOME_FAILED if failures else output.OK


def record(name: str, preview: Preview) -> dict[str, Any]:
    """What `preview` says of one source."""
    feed = preview.feed
    return {
        "id": name,
        "source": {key: _plain(getattr(feed, key)) for key in SOURCE},
        "entries": [
            {key: _plain(getattr(entry, key)) for key in ENTRY}
            | {
                "enclosures": [
                    {"url": each.url, "type": each.type, "length": each.length}
                    for each in entry.enclosures
                ]
            }
            for entry in feed.entries
        ],
        "candidates": [
            {"title": each.title, "url": each.url, "kind": each.kind} for each in preview.candidates
        ],
    }


def failed_record(name: str, cause: str) -> dict[str, Any]:
    """The record of what cannot be read."""
    source = dict.fromkeys(SOURCE) | {"authors": []}
    return {"id": name, "source": source, "entries": [], "candidates": [], "error": cause}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _cause(error: BroadsheetError) -> str:
    """Why, without the name that stands before it anyway."""
    return str(error.args[-1])


def _name(what: str) -> str:
    return without_login(what) if what == "-" or "://" in what else Path(what).stem


def _cells(preview: Preview) -> tuple[str, str]:
    count = len(preview.feed.entries)
    return preview.feed.title or "", f"{count} {'entry' if count == 1 else 'entries'}"


def _for_a_person(preview: Preview) -> str:
    from reader.text import safe

    feed = preview.feed
    lines = [feed.title or "(no title)"]
    lines += [each for each in (feed.description, feed.home or feed.url) if each]
    lines.append("")
    for entry in feed.entries:
        told = entry.published or entry.updated or ""
        title = entry.title or entry.text[:80].partition("\n")[0] or entry.url or "(no title)"
        lines.append(f"{told[:10] or '-':<10}  {title}")
    if preview.candidates:
        lines += ["", "Feeds of this site:"]
        lines += [f"{each.url}  {each.title or ''}" for each in preview.candidates]
    return "".join(f"{safe.line(line).rstrip()}\n" for line in lines)


def _wanted(manifest: Path) -> list[Wanted]:
    """Every line becomes a record, whatever is wrong with it. Raises CleanError for no manifest."""
    import json

    from reader.intake import documents
    from reader.intake.preview import Wanted

    batch = []
    lines = documents.read_file(manifest, cap_bytes=documents.WHOLE_FILE).split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            name, path = str(told["id"]), manifest.parent / told["path"]
            url = str(told["url"]) if told.get("url") else None
            batch.append(Wanted(name, partial(_load, path, url)))
        except (ValueError, LookupError, TypeError, AttributeError):
            name = f"line {number}"
            reason = "its line in the manifest is not {id, path, url?}"
            batch.append(Wanted(name, partial(_refuse, name, reason)))
    return batch


def _load(path: Path, url: str | None) -> Document:
    from reader.intake import documents
    from reader.model import Document

    return Document(documents.read_file(path), url=url, name=path.name)


def _refuse(name: str, reason: str) -> Document:
    raise CleanError(name, reason)
