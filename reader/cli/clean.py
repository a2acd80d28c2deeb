"""`broadsheet clean`: documents in, records out, the cache untouched."""

from __future__ import annotations

import argparse
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli import asking, output, parsing
from reader.errors import CleanError, UsageError
from reader.model import Cleaned, Document
from reader.text.addresses import without_login

if TYPE_CHECKING:
    from reader.intake.batch import Wanted

EPILOG = (
    "The id of a record is the file's name without its suffix; in a folder its path inside the "
    "folder; the address of a page; `-` for stdin; or what the manifest says. A manifest has a "
    "line {id, path, url?} for each page and is cleaned as one batch, so that pages of one host "
    "help each other."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="*", metavar="FILE|DIR|URL|-", help="what to clean; - is stdin"
    )
    parser.add_argument(
        "--manifest", metavar="M.jsonl", help="clean the pages that the lines of this file name"
    )
    parser.add_argument(
        "--base-url", metavar="U", help="the address that the document came from, for its links"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    if (len(args.what) != 1) != bool(args.manifest):
        raise UsageError("clean takes one FILE, DIR, URL or - (or --manifest and nothing else)")
    if args.what == [""]:
        raise UsageError("clean what? An empty name is no file, folder or address")
    if args.manifest:
        return _many(_of_manifest(Path(args.manifest)), output.streamed(args.form))
    [what] = args.what
    if what != "-" and "://" not in what and os.path.isdir(what):
        return _many(_of_folder(Path(what)), output.streamed(args.form))
    if what != "-" and "://" not in what and (letters := _of_mailbox(Path(what), Path(what).stem)):
        return _many(letters, output.streamed(args.form))
    return _one(what, args.base_url, args.form)


def _one(what: str, base_url: str | None, form: str) -> int:
    from reader.clean.worker import Cleaner
    from reader.exchange.records import cleaned_record

    name, document = _document(what, base_url)
    with Cleaner() as cleaner:
        cleaned = cleaner.clean(document)
    output.one(form, lambda: cleaned_record(name, cleaned), lambda: _for_a_person(cleaned))
    if (failure := _failure(cleaned)) is None:
        return output.OK
    raise CleanError(what, failure)


def _document(what: str, base_url: str | None) -> tuple[str, Document]:
    """What to call the record, and the bytes. Raises FetchError, CleanError."""
    from reader.intake import documents

    if what == "-":
        return "-", Document(asking.stdin(), url=base_url)
    if "://" in what:
        from reader.intake.asking import Passerby

        return without_login(what), Passerby().document(what)
    path = Path(what)
    return path.stem, Document(documents.read_file(path), url=base_url, name=path.name)


def _for_a_person(cleaned: Cleaned) -> str:
    from reader.text import safe

    title = f"# {safe.line(cleaned.title)}\n\n" if cleaned.title else ""
    return f"{title}{safe.prose(cleaned.markdown)}\n" if cleaned.markdown else title


def _failure(cleaned: Cleaned) -> str | None:
    """Why there is nothing to read, or None if there is."""
    if cleaned.text.strip():
        return None
    failed = [w.removeprefix("failed: ") for w in cleaned.warnings if w.startswith("failed: ")]
    return failed[0] if failed else "it holds nothing to read"


def _many(batch: list[Wanted], form: str) -> int:
    from reader.exchange.records import cleaned_record
    from reader.intake.batch import clean_together

    failures = 0
    with output.Rows(form) as rows:
        for name, cleaned in clean_together(batch):
            failures += _failure(cleaned) is not None
            rows.put(cleaned_record(name, cleaned), name, cleaned.title or "", _state(cleaned))
    return output.SOME_FAILED if failures else output.OK


def _state(cleaned: Cleaned) -> str:
    if failure := _failure(cleaned):
        return f"failed: {failure}"
    return ", ".join((f"{cleaned.words} words", *cleaned.warnings))


def _of_folder(folder: Path) -> list[Wanted]:
    from reader.intake import documents
    from reader.intake.batch import Wanted
    from reader.intake.naming import beside_articles

    batch = []
    for found in documents.walk(folder):
        if not beside_articles(found.path):
            name = found.path.relative_to(folder).as_posix()
            alone = [Wanted(name, partial(_load, found.path))]
            batch += _of_mailbox(found.path, name) or alone
    return batch


def _of_mailbox(path: Path, name: str) -> list[Wanted]:
    """The mails of a file that holds several; none of any other."""
    from reader.intake import documents, mailbox
    from reader.intake.batch import Wanted

    try:
        with documents.opened(path) as file:
            if not mailbox.is_mailbox(file):
                return []
            return [
                Wanted(f"{name}#{mail.name}", partial(Document, mail.body, name="mail.eml"))
                for mail in mailbox.mails(file)
            ]
    except CleanError:
        return []  # it is told when it is loaded


def _of_manifest(manifest: Path) -> list[Wanted]:
    """Every line becomes a record, whatever is wrong with it. Raises CleanError for no manifest."""
    import json

    from reader.intake import documents
    from reader.intake.batch import Wanted

    batch = []
    lines = documents.read_file(manifest, cap_bytes=documents.WHOLE_FILE).split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            page = json.loads(line)
            name, path = str(page["id"]), manifest.parent / page["path"]
            url = str(page["url"]) if page.get("url") else None
            batch.append(Wanted(name, partial(_load, path, url)))
        except (ValueError, LookupError, TypeError, AttributeError):
            name = f"line {number}"
            reason = "its line in the manifest is not {id, path, url?}"
            batch.append(Wanted(name, partial(_refuse, name, reason)))
    return batch


def _load(path: Path, url: str | None = None) -> Document:
    from reader.intake import documents

    return Document(documents.read_file(path), url=url, name=path.name)


def _refuse(name: str, reason: str) -> Document:
    raise CleanError(name, reason)
