"""`broadsheet diff`: what was changed in an article since it came."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.cli import asking, output, parsing

if TYPE_CHECKING:
    from reader.model import Revision
    from reader.stories.revised import Edit
    from reader.text.worddiff import Fold, Piece

EPILOG = (
    "Without --from and --to the last edit is shown. Counters, times of updates, adverts and "
    "the like are no edits. `broadsheet list is:edited` lists what was edited."
)
SIGNS = {"same": "{}", "gone": "[-{}-]", "came": "{{+{}+}}"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="broadsheet's id, as `broadsheet list` shows it")
    parser.add_argument(
        "--from", dest="before", type=_number, metavar="N", help="the earlier revision; 1 is first"
    )
    parser.add_argument("--to", dest="after", type=_number, metavar="M", help="the later revision")
    parser.add_argument(
        "--whole", action="store_true", help="the whole text, not only what is around a change"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        article = lib.article(asking.article_id(args.id))
        revisions = lib.revisions(article.id)
        edit = lib.edit(article.id, args.before, args.after)
    output.one(
        args.form,
        lambda: _record(article.id, revisions, edit),
        lambda: in_words(edit, len(revisions), whole=args.whole),
    )
    return output.OK


def _record(id: int, revisions: Iterable[Revision], edit: Edit) -> dict[str, object]:
    gone, came = edit.words
    return {
        "id": id,
        "revisions": [
            {"number": each.number, "seen": each.seen.isoformat(), "title": each.title}
            for each in revisions
        ],
        "from": edit.before.number,
        "to": edit.after.number,
        "words_gone": gone,
        "words_came": came,
        "title": [_piece_record(each) for each in edit.title],
        "text": [_piece_record(each) for each in edit.text],
    }


def _piece_record(piece: Piece) -> dict[str, str]:
    return {"kind": piece.kind, "text": piece.text}


def in_words(edit: Edit, count: int, *, whole: bool = False) -> str:
    """An edit as text: `[-gone-]`, `{+came+}`; what stands around it, or the whole. Safe."""
    from reader.text import safe
    from reader.text.worddiff import folded

    gone, came = edit.words
    before, after = edit.before, edit.after
    pieces = edit.text if whole else folded(edit.text)
    blocks = [
        _marked(edit.title),
        f"Revision {before.number} ({_moment(before)}) to {after.number} ({_moment(after)}) "
        f"of {count}: {gone} words gone, {came} came",
        _marked(pieces) or "The text is the same.",
    ]
    return "".join(f"{safe.prose(block)}\n\n" for block in blocks).rstrip("\n") + "\n"


def _moment(revision: Revision) -> str:
    return f"{revision.seen.astimezone():%Y-%m-%d %H:%M}"


def _marked(pieces: Iterable[Piece | Fold]) -> str:
    """`[-gone-]{+came+}`, in each paragraph anew."""
    from reader.text.worddiff import Fold

    said: list[str] = []
    for piece in pieces:
        if isinstance(piece, Fold):
            said.append(f"\n\n[… {piece.words} words as they were …]\n\n")
            continue
        parts = piece.text.split("\n\n")
        said.append("\n\n".join(SIGNS[piece.kind].format(part) if part else "" for part in parts))
    return "".join(said).strip()


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word[:9]) > 0):
        raise argparse.ArgumentTypeError(f"'{word}' is not the number of a revision, from 1 up")
    return int(word)
