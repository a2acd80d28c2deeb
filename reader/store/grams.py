"""Words for scripts that write none: runs of Chinese, Japanese, Korean, Thai… as letter pairs.

SQLite's tokenizer takes such a run for one word, so that `天気` inside `天気予報` would never be
found. Beside the text, the index therefore gets each run as overlapping pairs and its last letter
(`天気 気予 予報 報`): a word of the run is then a phrase of pairs, one letter the beginning of one.
"""

import re

_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3131-\u318e"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_LETTERS}]+")
_WORD_WITH_RUN = re.compile(rf"[^\W{_LETTERS}]*[{_LETTERS}][\w{_LETTERS}]*")
_PIECE = re.compile(rf"[{_LETTERS}]+|[^\W{_LETTERS}]+")


def has_run(text: str) -> bool:
    """Is there a letter of a script without spaces?"""
    return _RUN.search(text) is not None


def index_text(text: str) -> str | None:
    """The pairs of all runs in `text`, parted by spaces; None if it has none."""
    words = _WORD_WITH_RUN.findall(text)
    return " ".join(gram for word in words for gram in _grams(word)) if words else None


def query_grams(word: str) -> list[str]:
    """The pairs to look for, in a row, to find `word`; one lone letter is to be a prefix."""
    grams = _grams(word)
    ends_in_run = bool(_PIECE.findall(word)) and has_run(_PIECE.findall(word)[-1])
    return grams[:-1] if ends_in_run and len(_PIECE.findall(word)[-1]) > 1 else grams


def _grams(word: str) -> list[str]:
    grams: list[str] = []
    for piece in _PIECE.findall(word):
        if has_run(piece):
            grams += [piece[at : at + 2] for at in range(len(piece))]
        else:
            grams.append(piece)
    return grams
