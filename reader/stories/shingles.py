"""Near copies: which articles are one text, cut, edited or framed anew.

Of every six words in a row one hash is made, and of the hashes a fixed sixteenth is kept, the same
for every text (FracMinHash). Copies then share the hashes of what they have in common, however
much was cut off, and the share of the smaller one tells how much of it is in the other. Short texts
keep more, and all that a longer one would keep is among them.
"""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from struct import unpack
from zlib import crc32

SHINGLE_WORDS = 6
SHINGLE_PAIRS = 11
"""For scripts without spaces, whose words are overlapping pairs of letters: 12 letters in a row."""
COARSE = 16
FINE = 4
WHOLE = 1
"""One hash of so many is kept. Short texts keep more, or they would have too few to count."""
STEPS = (COARSE, FINE, WHOLE)
FINE_BELOW_WORDS = 400
WHOLE_BELOW_WORDS = 60
"""Counted, as all words here, without stop words; it is about twice as many with them. The leads of
1,608 AllSides articles, 50 to 75 words with stop words, are told from one another, and in 99 of 100
found again with a sentence less; with every fourth hash, and none below 35 words, in 36."""
FEWEST = 8
"""Below so many hashes only the same words are a copy: six words in a row are shared by chance."""
STUB_WORDS = 7
"""Below this the title belongs to what must be the same: "Read more." is not news twice told."""
NEEDED = 4
"""Shared hashes without which nothing is a copy."""
ENOUGH = 0.6
"""Share of the smaller text's hashes that makes it a copy. With these F1 .99 on AllSides articles
with seeded copies (tests/benchmarks/bench_similar.py)."""
MANY_TIMES = 8
"""A text so many times longer than another that it holds whole is rather a round-up of many."""
ALIKE_TITLES = 0.3
"""Cosine of their titles from which the shorter is the beginning of the longer, and a copy."""
READ_WORDS = 8000
_SPREAD = 0x9E3779B1
"""crc32 is linear; multiplied with an odd constant its high bits mix (Knuth, TAOCP 3, §6.4)."""


def sample(body: Sequence[str], head: Sequence[str] = ()) -> tuple[int, ...]:
    """The kept hashes of a text, in rising order; of a short one four that stand for it as a whole.

    `head`, the words of the title, only counts where the body has too few words to be told by.
    """
    width = SHINGLE_PAIRS if _mostly_pairs(body) else SHINGLE_WORDS
    if len(body) < width + FEWEST - 1:
        return _whole([*head, *body] if len(body) < STUB_WORDS else body)
    body = body[:READ_WORDS]
    packed = [word.encode() for word in body]
    joined = b" ".join(packed)
    starts = [0, *accumulate(len(word) + 1 for word in packed)]
    every = _step_for(len(body))
    mixed = [
        crc32(joined[first : end - 1]) * _SPREAD & 0xFFFFFFFF
        for first, end in zip(starts, starts[width:], strict=False)
    ]
    return tuple(sorted({h for h in mixed if not (h >> 8) % every}))


def containment(one: Sequence[int], other: Sequence[int]) -> float:
    """How much of the smaller text is in the other, from 0 to 1; 0 where too little is shared."""
    if len(set(one).intersection(other)) < NEEDED:
        return 0.0
    step = max(_step(one), _step(other))
    one, other = _every(step, one), _every(step, other)
    shared = len(set(one).intersection(other))
    return shared / min(len(one), len(other)) if shared >= NEEDED else 0.0


def copied(one: Sequence[int], other: Sequence[int], titles: float) -> float:
    """The containment, if it makes one of the two a copy; else 0. `titles` is how alike these are,
    from 0 to 1."""
    share = containment(one, other)
    if share < ENOUGH:
        return 0.0
    fewer, more = sorted((_words(one), _words(other)))
    return share if more <= MANY_TIMES * fewer or titles >= ALIKE_TITLES else 0.0


def _words(hashes: Sequence[int]) -> int:
    """About how many words a text has of which these were kept."""
    return len(hashes) * _step(hashes)


def _step_for(words: int) -> int:
    if words < WHOLE_BELOW_WORDS:
        return WHOLE
    return FINE if words < FINE_BELOW_WORDS else COARSE


def _whole(body: Sequence[str]) -> tuple[int, ...]:
    if not body:
        return ()
    digest = blake2b(" ".join(body).encode(), digest_size=16).digest()
    return tuple(sorted(set(unpack("<4I", digest))))


def _mostly_pairs(body: Sequence[str]) -> bool:
    beginning = body[:200]
    pairs = sum(len(word) == 2 and ord(word[0]) > 0x0E00 for word in beginning)
    return pairs * 2 > len(beginning)


def _step(hashes: Sequence[int]) -> int:
    """Of how many hashes of their text one was kept in these."""
    return next(step for step in STEPS if len(_every(step, hashes)) == len(hashes))


def _every(step: int, hashes: Sequence[int]) -> Sequence[int]:
    """Those that are kept if one of so many is."""
    return [h for h in hashes if not (h >> 8) % step]
