"""Words for scripts that write none: runs of Chinese, Japanese, Korean, Thai… as letter pairs.

SQLite's tokenizer takes such a run for one word, so that `天気` inside `天気予報` would never be
found. Beside the text, the index therefore gets each run as overlapping pairs and its last letter
(`天気 気予 予報 報`): a word of the run is then a phrase of pairs, one letter the beginning of one.
"""

import re
from functools import cache

from reader.text import beyond

_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3131-\u318e"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U0003ffff"
)
_LETTER = f"[{_LETTERS}]"
_WORD = rf"[\w{_LETTERS}]+"
_PIECE = rf"[{_LETTERS}]+|[^\W{_LETTERS}]+"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first used: it takes milliseconds, which a start has not."""
    return re.compile(pattern)


def has_run(text: str) -> bool:
    """Is there a letter of a script without spaces?"""
    return bool(letters := beyond.ascii(text)) and _compiled(_LETTER).search(letters) is not None


def index_text(text: str) -> str | None:
    """The pairs of all runs in `text`, parted by spaces; None if it has none."""
    if not has_run(text):
        return None
    # Words first, then those with a run: one pattern for both tries every letter of a long word.
    words = _compiled(_WORD).findall(text)
    return " ".join(gram for word in words if has_run(word) for gram in _grams(word))


def query_grams(word: str) -> list[str]:
    """The pairs to look for, in a row, to find `word`; one lone letter is to be a prefix."""
    grams = _grams(word)
    last = (_compiled(_PIECE).findall(word) or [""])[-1]
    return grams[:-1] if has_run(last) and len(last) > 1 else grams


def _grams(word: str) -> list[str]:
    grams: list[str] = []
    for piece in _compiled(_PIECE).findall(word):
        if has_run(piece):
            grams += [piece[at : at + 2] for at in range(len(piece))]
        else:
            grams.append(piece)
    return grams
