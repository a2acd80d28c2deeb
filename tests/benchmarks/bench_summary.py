"""How good summaries are, by ROUGE against what editors wrote, and how long one takes.

    python tests/benchmarks/bench_summary.py [--shared DIR]      (needs: pip install rouge-score)

The corpus is `similar/cnndm100.jsonl`: 100 articles of CNN and Daily Mail, tokenised and in small
letters, with their highlights. Rival is the lead: its first three sentences, which few systems
beat. `ours` is of the same sentences, `of text` of the text as it would be imported. ROUGE is of
the joined text, with stems, F1: by rouge-score, and with the stems that Porter first published,
which other scorers take; they are kinder to all by .2. Times are process time.
"""

import argparse
import json
import random
import re
import statistics
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from reader.stories.summary import central, extracted, telling

CHECKOUT = Path(__file__).resolve().parents[2]
MEASURES = ("rouge1", "rouge2", "rougeL")
END = re.compile(r" [.!?](?: (?:''|\"|”|’))*(?: |$)")
LEAST_GAIN = 0.0
"""Of every measure over the lead."""
BUDGET_MS = 3.0
DRAWS = 2000
ROUNDS = 5
"""Of each text the quickest counts: others use the machine, too."""


def split(text: str) -> list[str]:
    """The sentences of a tokenised text, whose words and stops all stand apart."""
    cuts = [0, *(match.end() for match in END.finditer(text)), len(text)]
    return [part for a, b in pairwise(cuts) if (part := text[a:b].strip())]


def natural(sentences: list[str]) -> str:
    """The text as it would be written, for the timing: capitals, stops that touch their word."""
    joined = " ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences)
    return re.sub(r" ([.,!?;:])", r"\1", joined)


def first_stems() -> Any:
    """What parts a text into stems as Porter published it (1980), short words too."""
    from nltk.stem.porter import PorterStemmer

    class Stems:
        stem = PorterStemmer(mode=PorterStemmer.ORIGINAL_ALGORITHM).stem

        def tokenize(self, text: str) -> list[str]:
            return [self.stem(word) for word in re.findall("[a-z0-9]+", text.lower())]

    return Stems()


def interval(gains: list[float]) -> tuple[float, float]:
    """The middle 95 of 100 means of samples with replacement."""
    dice = random.Random(1)
    means = sorted(statistics.mean(dice.choices(gains, k=len(gains))) for _ in range(DRAWS))
    return means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS)]


def spent_ms(text: str) -> float:
    began = time.process_time()
    extracted(text)
    return 1000 * (time.process_time() - began)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=CHECKOUT.parent / "shared")
    args = parser.parse_args()
    from rouge_score.rouge_scorer import RougeScorer

    lines = (args.shared / "corpora/similar/cnndm100.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    texts = [split(row["text"]) for row in rows]
    scorer = RougeScorer(list(MEASURES), use_stemmer=True)
    plainly = RougeScorer(list(MEASURES), tokenizer=first_stems())

    def score(
        choose: Callable[[list[str]], list[str]], scorer: RougeScorer = scorer
    ) -> dict[str, list[float]]:
        told = [
            scorer.score(row["reference"], " ".join(choose(text)))
            for row, text in zip(rows, texts, strict=True)
        ]
        return {name: [100 * each[name].fmeasure for each in told] for name in MEASURES}

    def best(text: list[str]) -> list[str]:
        told = telling(text)
        return [told[n] for n in central(told, "en")]

    def whole(text: list[str]) -> list[str]:
        return [extracted(" ".join(text))]

    def first(text: list[str]) -> list[str]:
        return text[:3]

    ours, lead = score(best), score(first)
    print(f"{'':10}" + "".join(f"{name:>9}" for name in MEASURES) + "   with Porter's first stems")
    for name, choose in (("ours", best), ("of text", whole), ("lead-3", first)):
        found = [score(choose, each)[m] for each in (scorer, plainly) for m in MEASURES]
        print(f"{name:10}" + "".join(f"{statistics.mean(column):9.2f}" for column in found))
    held = True
    for measure in MEASURES:
        gains = [a - b for a, b in zip(ours[measure], lead[measure], strict=True)]
        low, high = interval(gains)
        held &= statistics.mean(gains) >= LEAST_GAIN
        print(f"{measure} over the lead: {statistics.mean(gains):+.2f} [{low:+.2f}, {high:+.2f}]")

    written = [natural(text) for text in texts]
    extracted(written[0])
    each_ms = statistics.mean(min(spent_ms(text) for _ in range(ROUNDS)) for text in written)
    words = statistics.mean(len(text.split()) for text in written)
    print(f"a summary of {words:.0f} words: {each_ms:.2f} ms (budget {BUDGET_MS})")
    return 0 if held and each_ms <= BUDGET_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
