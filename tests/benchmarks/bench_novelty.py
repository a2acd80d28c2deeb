"""How well and how fast sentences are marked known and new.

    python tests/benchmarks/bench_novelty.py [--shared DIR] [--errors]

novelty_labels.jsonl beside this file names pairs of one article to be judged and one or two of the
same event that were read, all from the corpus `allsides_dev`, and says which sentences of the first
are known and which new (by number from 1; the others are neither). They were labelled by language
models that read all articles whole and saw no marks. `starts` says where in the text each sentence
begins, so the labels outlive a better splitter. Pairs with the split `fit` made the rule
(fit_novelty.py), so its figures on them are too good; fit_novelty.py prints those of
cross-validation. 42 of them are follow-ups: the judged article came one to six days after that
which was read.

Pairs with `judge`, drawn by lot from other events, have no part in the fit. Two labelled each
and agreed on 95 % of the sentences (F1 of known .96, of new .95), a third settled the rest. Of 84
drawn 11 were left out, which both called not of one event, and one as word for word the same; two
are there that one of them called so. All were models of one kind with one guide, so people would
agree less. To look at such pairs often wears them out: these were looked at for the rule before and
the present one, and nothing was chosen by them. Earlier ones went over to `fit`.

What is drawn is harder each time. Of the known sentences 28 % stand by half or more, weighed by
rarity, in one read sentence; in the pairs of the fit 37 %, in the last 147 that went over to it
35 %. And 25 % of all sentences are neither, for many are comment; in the fit 22 %.

Times are process time.

`imported` are the same pairs as a person has them: all articles imported into one cache, without
their days, those read marked read, and the sentences asked for.
"""

import argparse
import gzip
import io
import json
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from reader.library import Library
from reader.stories.novelty import Mark, judge, marks
from reader.stories.novelty_memory import digest

CHECKOUT = Path(__file__).resolve().parents[2]
LABELS = Path(__file__).with_name("novelty_labels.jsonl")
LONG_WORDS = 1500
READ_ARTICLES = 20
CROWD = 18


Row = dict[str, str]
"""An article of the corpus."""


class CorpusChanged(Exception):
    """A labelled article is not the one that was read."""


@dataclass(frozen=True)
class Pair:
    """An article to be judged, what was read before it, and what people say."""

    event: str
    split: str
    judged: str
    said: list[str]
    text: str
    starts: list[int]
    read_texts: list[str]
    gold: list[Mark]
    year: str
    """Of the judged article; empty if that has no date."""
    later: bool
    """Whether the judged article came a day or more after those that were read."""


@dataclass(frozen=True)
class Quality:
    """Figures of one set of marks."""

    macro_f1: float
    """Mean of the F1 of new and of known."""
    known_precision: float
    known_recall: float
    new_precision: float
    new_recall: float
    new_dimmed: float
    """Share of the new that is marked known."""

    def __str__(self) -> str:
        return (
            f"macro F1 {self.macro_f1:.3f}   "
            f"known P {self.known_precision:.3f} R {self.known_recall:.3f}   "
            f"new P {self.new_precision:.3f} R {self.new_recall:.3f}   "
            f"new marked known {self.new_dimmed:.1%}"
        )


def pairs(shared: Path, split: str | None = None) -> list[Pair]:
    """The labelled pairs with their texts."""
    with gzip.open(shared / "corpora/similar/allsides_dev.jsonl.gz", "rt") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    found = []
    for label in map(json.loads, LABELS.read_text("utf-8").splitlines()):
        row = rows[label["judged"]]
        text = row["text"]
        if sha256(text.encode()).hexdigest()[:12] != label["digest"]:
            raise CorpusChanged(label["judged"])
        starts = [*label["starts"], len(text)]
        gold = [Mark.NONE] * label["sentences"]
        for name, kind in (("known", Mark.KNOWN), ("new", Mark.NEW)):
            for number in label[name]:
                gold[number - 1] = kind
        found.append(
            Pair(
                row["event"] or row["id"],
                label["split"],
                label["judged"],
                [text[a:b].strip() for a, b in pairwise(starts)],
                text,
                label["starts"],
                [rows[id]["text"] for id in label["read"]],
                gold,
                row["date"][:4],
                came_later(row, [rows[id] for id in label["read"]]),
            )
        )
    return [pair for pair in found if split in (None, pair.split)]


def came_later(judged: Row, read: Sequence[Row]) -> bool:
    days = [row["date"][:10] for row in read]
    return all(days) and judged["date"][:10] > max(days)


def quality(given: Sequence[Mark], gold: Sequence[Mark]) -> Quality:
    """Figures over all sentences, those that are neither among them."""

    def counted(mark: Mark) -> tuple[float, float, float]:
        right = sum(a == b == mark for a, b in zip(given, gold, strict=True))
        precision = right / max(1, sum(a == mark for a in given))
        recall = right / max(1, sum(b == mark for b in gold))
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

    known, new = counted(Mark.KNOWN), counted(Mark.NEW)
    dimmed = sum(a == Mark.KNOWN and b == Mark.NEW for a, b in zip(given, gold, strict=True))
    news = max(1, sum(b == Mark.NEW for b in gold))
    return Quality((known[2] + new[2]) / 2, *known[:2], *new[:2], dimmed / news)


def judged(chosen: Iterable[Pair]) -> tuple[list[Mark], list[Mark]]:
    """The marks given to all sentences of all pairs, and those people gave."""
    given: list[Mark] = []
    gold: list[Mark] = []
    for pair in chosen:
        given += judge(pair.said, pair.read_texts, later=pair.later)
        gold += pair.gold
    return given, gold


def imported(chosen: Sequence[Pair]) -> tuple[list[Mark], list[Mark]]:
    """The marks of all sentences of all pairs as a cache tells them, and those people gave.

    Sentences may be parted otherwise than they were labelled: the one that covers most counts."""
    texts = dict.fromkeys(text for pair in chosen for text in (*pair.read_texts, pair.text))
    lines = (json.dumps({"id": str(n), "title": "", "text": t}) for n, t in enumerate(texts))
    given: list[Mark] = []
    gold: list[Mark] = []
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "cache.db") as library:
        arrivals = library.import_lines(io.BytesIO("\n".join(lines).encode()))
        ids = {text: each.id for text, each in zip(texts, arrivals, strict=True)}
        for pair in chosen:
            read = [ids[text] for text in pair.read_texts]
            library.mark_read(read)
            given += aligned(pair, library.sentences(ids[pair.text]))
            gold += pair.gold
            library.mark_read(read, read=False)
    return given, gold


def aligned(pair: Pair, marked: Sequence[tuple[str, str]]) -> list[Mark]:
    """For each labelled sentence the mark of that which has most of its letters."""
    letters = list(accumulate((not letter.isspace() for letter in pair.text), initial=0))
    bounds = [*(letters[start] for start in pair.starts), letters[-1]]
    ends = list(accumulate(len("".join(said.split())) for said, _ in marked))
    spans = [(a, b, mark) for (a, b), (_, mark) in zip(pairwise([0, *ends]), marked, strict=True)]
    return [
        Mark(max(spans, key=lambda span: min(end, span[1]) - max(start, span[0]))[2])
        for start, end in pairwise(bounds)
    ]


def in_a_crowd(those: Sequence[Pair], everything: Sequence[Pair]) -> list[Pair]:
    """Those of the pairs that have a date, with articles of other years read besides, in which
    nothing can be known."""
    found = []
    for n, pair in enumerate(pair for pair in those if pair.year):
        others = [other for other in everything if other.year not in ("", pair.year)]
        more = [others[(7 * n + m) % len(others)].read_texts[0] for m in range(CROWD)]
        found.append(replace(pair, read_texts=[*more, *pair.read_texts]))
    return found


def milliseconds(shared: Path, *, met: bool, rounds: int = 9) -> float:
    """Median cost of marking an article of 1,500 words against 20 read ones.

    `met`: these were looked at for another article a moment ago, as when a story is read through.
    """
    with gzip.open(shared / "corpora/similar/allsides_dev.jsonl.gz", "rt") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    long = min(texts, key=lambda text: abs(len(text.split()) - LONG_WORDS))
    usual = sorted(texts, key=lambda text: abs(len(text.split()) - 800))[:READ_ARTICLES]
    marks(long, usual[:2])
    costs = []
    for _ in range(rounds):
        if not met:
            digest.cache_clear()
        begun = time.process_time()
        marks(long, usual)
        costs.append(time.process_time() - begun)
    return 1000 * statistics.median(costs)


def confusion(given: Sequence[Mark], gold: Sequence[Mark]) -> str:
    """Rows are what people said, columns what was given."""
    kinds = (Mark.NEW, Mark.KNOWN, Mark.NONE)
    lines = ["            " + "".join(f"{kind or 'none':>8}" for kind in kinds)]
    for row in kinds:
        counts = [
            sum(a == column and b == row for a, b in zip(given, gold, strict=True))
            for column in kinds
        ]
        lines.append(f"{row or 'none':>12}" + "".join(f"{count:8}" for count in counts))
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--shared", type=Path, default=CHECKOUT.parent / "shared")
    options.add_argument("--errors", action="store_true", help="list new sentences marked known")
    chosen = options.parse_args()
    everything = pairs(chosen.shared)
    for split in ("fit", "judge"):
        those = pairs(chosen.shared, split)
        if not those:
            print(f"{split}: no pairs")
            continue
        given, gold = judged(those)
        print(f"{split}: {len(those)} pairs, {len(gold)} sentences")
        print(f"  {quality(given, gold)}")
        several = [pair for pair in those if len(pair.read_texts) > 1]
        print(f"  with two read ({len(several)}): {quality(*judged(several))}")
        print(confusion(given, gold))
        if chosen.errors:
            for pair in those:
                for said, mark, right in zip(
                    pair.said,
                    judge(pair.said, pair.read_texts, later=pair.later),
                    pair.gold,
                    strict=True,
                ):
                    if mark == Mark.KNOWN and right == Mark.NEW:
                        print("   ", " ".join(said.split())[:150])
        crowded = quality(*judged(in_a_crowd(those, everything)))
        print(f"  imported, without days: {quality(*imported(those))}")
        print(f"  with {CROWD} articles of other events read too: {crowded}")
    for met in (False, True):
        how = "again" if met else "for the first time"
        cost = milliseconds(chosen.shared, met=met)
        print(f"{LONG_WORDS} words against {READ_ARTICLES} read {how}: {cost:.1f} ms")


if __name__ == "__main__":
    main()
