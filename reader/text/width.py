"""How wide text is on a terminal, where it may be cut, and how it breaks into lines.

Widths are in cells and those of rich, which Textual draws with, so that what is measured here is
what is drawn.
"""

import re
import unicodedata
from collections.abc import Iterator

NO_LINE_START = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）〕］｝〉》」』】〙〗〟’”｠»ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    ",.:;?!)]}%‰℃…‥%％"
)
"""What no line may begin with: kinsoku shori (JIS X 4051 §8.1; W3C JLREQ §3.1.7)."""
NO_LINE_END = frozenset("（〔［｛〈《「『【〘〖〝‘“｟«([{¥￥$＄£￡")
"""What no line may end with (JIS X 4051 §8.2)."""

_WIDE = (
    "\u1100-\u11ff\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf"
    "\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{_WIDE}]")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
"""Where a line may break: not at a space that holds its neighbours together."""
_IN_WORD = re.compile(r"(?<=\w\w)[-‐–—/](?=\w\w)|(?<=\w)—(?=\w)|[/](?=[^/\s]{8})")

_SURE_END = re.compile(r"""[^\W\d_A-Z]{5}[.!?]["'”’)\]]*(?=\s)|[。！？]""")
"""A stop after a word too long to be an abbreviation. Others may end a sentence too, but to tell
which would load the rules for sentences at the start."""
_NO_LAST = " ,;:–—-("


def cells(text: str) -> int:
    """The width of `text` in terminal cells."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def unspaced(letter: str) -> bool:
    """True for a letter of a script that puts no spaces between words."""
    return bool(_UNSPACED.match(letter))


def has_unspaced(text: str) -> bool:
    """Whether one of its letters is of such a script."""
    return _UNSPACED.search(text) is not None


def cut(text: str, width_cells: int) -> str:
    """`text`, or as much of it as fits `width_cells` with an ellipsis at the end."""
    if width_cells <= 0:
        return ""
    if cells(text) <= width_cells:
        return text
    return fit(text, width_cells - 1).rstrip() + "…"


def cut_inside(text: str, width_cells: int, head_cells: int) -> str:
    """`text`, or its ends with an ellipsis between them, in `width_cells`: at most half of it, and
    at most `head_cells`, are the beginning. It is what tells apart texts that begin alike."""
    if cells(text) <= width_cells or width_cells < 3:
        return cut(text, width_cells)
    head = fit(text, min(head_cells, (width_cells - 1) // 2))
    tail = fit(text[::-1], width_cells - 1 - cells(head))[::-1] if text.isascii() else ""
    return f"{head}…{tail}" if tail else cut(text, width_cells)


def fit(text: str, width_cells: int) -> str:
    """The longest beginning of `text` that is at most `width_cells` wide; never half a letter."""
    if text.isascii():
        return text[:width_cells]
    low, high = 0, min(len(text), 4 * max(0, width_cells) + 8)
    while low < high:
        middle = (low + high + 1) // 2
        if cells(text[:middle]) <= width_cells:
            low = middle
        else:
            high = middle - 1
    # A joiner or a mark belongs to the letter before it, and a joiner also holds what follows.
    while 0 < low < len(text) and (_clings(text[low]) or text[low - 1] == "\u200d"):
        low -= 1
    return text[:low]


def wrap(text: str, width_cells: int) -> list[str]:
    """`text` in lines of at most `width_cells`; white space at breaks goes, long words are broken.

    At least one line, also for empty text.
    """
    lines: list[str] = []
    line, width = "", 0
    for word, word_width in words(" ".join(filter(None, _SPACES.split(text))), width_cells):
        if line and width + word_width - word.endswith(" ") > width_cells:
            lines.append(line.rstrip())
            line, width = "", 0
        line += word
        width += word_width
    lines.append(line.rstrip())
    return lines


def clamp(text: str, width_cells: int, most: int) -> list[str]:
    """`text` in at most `most` lines, none if it is empty. If that is not all of it, it stops after
    a sentence that fills at least half of them, or else after a word, with an ellipsis."""
    lines = wrap(text, width_cells) if text else []
    if len(lines) <= most:
        return lines
    for end in reversed([found.end() for found in _SURE_END.finditer(text)]):
        whole = wrap(text[:end], width_cells) if end <= most * (width_cells + 1) else []
        if 0 < len(whole) <= most:
            if 2 * len(whole) < most:
                break
            return whole
    last = lines[most - 1]
    if cells(last) >= width_cells:
        last = last.rpartition(" ")[0] or fit(last, width_cells - 1)
    return [*lines[: most - 1], last.rstrip(_NO_LAST) + "…"]


def words(text: str, width_cells: int) -> Iterator[tuple[str, int]]:
    """The unbreakable parts of `text` with their widths, each with the one space that may follow.

    Scripts without spaces break between letters, but for the forbidden line starts and ends. A word
    wider than `width_cells` is broken at hyphens and slashes, and if need be anywhere.
    """
    width_cells = max(1, width_cells)
    at = 0
    size = len(text)
    while at < size:
        space = text.find(" ", at)
        end = size if space < 0 else space
        tail = end
        while tail < size and text[tail] == " ":
            tail += 1
        word, spaces = text[at:end], tail - end
        at = tail
        if word.isascii() and len(word) <= width_cells and "-" not in word:
            yield word + " " * min(spaces, 1), len(word) + min(spaces, 1)
            continue
        pieces = list(_pieces(word, width_cells))
        for index, piece in enumerate(pieces):
            # The space is counted apart: measured with it, a joiner at the end would swallow it.
            after = min(spaces, 1) if index == len(pieces) - 1 else 0
            yield piece + " " * after, cells(piece) + after
        if not pieces:
            yield " ", 1


def _pieces(word: str, width_cells: int) -> Iterator[str]:
    for part in _breakable(word):
        if cells(part) <= width_cells:
            yield part
            continue
        while part:
            head = fit(part, width_cells) or part[0]
            yield head
            part = part[len(head) :]


def _breakable(word: str) -> Iterator[str]:
    """`word` parted where a line may break within it."""
    if not word.isascii() and _UNSPACED.search(word):
        yield from _letters(word)
        return
    start = 0
    for match in _IN_WORD.finditer(word):
        yield word[start : match.end()]
        start = match.end()
    if start < len(word):
        yield word[start:]


def _letters(word: str) -> Iterator[str]:
    """A run with letters of an unspaced script, parted between those that may be parted."""
    piece = ""
    for letter in word:
        if (
            piece
            and (_UNSPACED.match(letter) or _UNSPACED.match(piece[-1]))
            and letter not in NO_LINE_START
            and not _clings(letter)
            and piece[-1] not in NO_LINE_END
        ):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _clings(letter: str) -> bool:
    """True for what belongs to the letter before it: marks, joiners, skin tones, selectors."""
    if letter.isascii():
        return False
    return (
        letter in "\u200c\u200d\ufe0e\ufe0f"
        or unicodedata.category(letter) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
    )
