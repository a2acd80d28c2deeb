"""What an article is about in three sentences: its source's own summary if that is one, else ours.

Ours are the sentences nearest to the middle of the text, the early ones preferred: news is told
from the most important on. On 100 pages of CNN and Daily Mail that scores above the first three
sentences, which TextRank, LexRank and SumBasic do not reach (tests/benchmarks/bench_summary.py).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from reader.model import Summary
from reader.stories import furniture
from reader.stories.rarity import usual_rarity
from reader.text.dateline import without_dateline
from reader.text.sentences import sentences
from reader.text.spelled import Spelled
from reader.text.terms import language_of, unspaced_in, words

READ_CHARACTERS = 8_000
"""Of a longer text the rest is out of reach of a summary that prefers what comes early."""
LANGUAGE_CHARACTERS = 2_500
SENTENCES = 3
HEAVIEST = 60
"""Terms that stand for the whole text; with 30 or 300 the summaries score worse."""
LONGEST_WORDS = 80
SHORTEST_WORDS = 4
UNSPACED_WORD = 2
"""Letters of an unspaced script that count as a word."""
ALIKE = 0.6
"""Two sentences with a cosine above that say the same."""

LEAD_CHARACTERS = 3_000
COPIED = 0.5
"""A summary with more of its runs of four words in the lead was copied from there."""
RUN = 4
LONGEST_OWN_WORDS = 120
LONGEST_SHARE = 0.6
"""What is longer than this share of the text does not sum it up."""
OF_THE_TEXT = 0.25
"""A summary shares that many of its terms with its text; a word on the whole site does not."""
NOTICE_CHARACTERS = 160
"""A longer sentence with a word of notices, as `copyright`, tells of something."""
_CAPTION = " caption "
"""`Image caption The bridge at Ostrey The bridge was closed`: glued to the news, however long."""
CUT_CHARACTERS = 140
"""A line of that length without an end was cut for a search engine."""

_STOPS = ".!?…。！？｡।॥؟۔"
_CLOSERS = """'"“”’»«）)]』」】\u00a0\u202f """
_UNSPACED_ENDS = tuple("。！？｡」』）】")
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\)|&hellip;)\s*\Z")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-z]{2,8}|#\d{1,6});|\{\{|\]\(|https?://")
_INVITATION = re.compile(
    r"""\b(?: read\ (?:more|on|the\ (?:full|rest|whole)) | continue\ reading | click\ here
        | keep\ reading | (?:sign|log)\ (?:up|in)\ (?:for|to) | subscribe\ (?:to|now)
        | appeared\ first\ on | submitted\ by\ /u/ | article\ url | comments?\ url
        | all\ rights\ reserved | get\ the\ latest | breaking\ news,
        | weiterlesen | mehr\ lesen | lire\ (?:la\ suite|plus|l[’']article)
        | leer\ m[áa]s | seguir\ leyendo | sigue\ leyendo | leia\ mais | continue\ lendo
        | leggi\ (?:tutto|di\ più|anche) | continua\ a\ leggere | lees\ (?:verder|meer)
        | читать\ (?:далее|полностью) )\b
      | اقرأ\ المزيد | और\ पढ़ें | 阅读(?:全文|更多) | 閱讀(?:全文|更多) | 続きを読む
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = Spelled(r"{L}+")


def summary(said: str | None, title: str, text: str, language: str | None = None) -> Summary:
    """`said`, the source's summary, if it is one; else the sentences that stand for the text."""
    if said and is_summary(said, title, text):
        return Summary(" ".join(said.split()), True)
    return Summary(extracted(text, language, title=title), False)


def is_summary(said: str, title: str, text: str) -> bool:
    """Whether what a source gives as summary is one: whole sentences on this text that are not
    just how it begins, no invitation to read on, no remains of markup."""
    said = " ".join(said.split())
    own = _tokens(said)
    if len(own) < SHORTEST_WORDS or len(own) > LONGEST_OWN_WORDS:
        return False
    if _MARKUP.search(said) or _CUT.search(said) or _INVITATION.search(said):
        return False
    if len(said) >= CUT_CHARACTERS and not _is_ended(said):
        return False
    if set(own) <= set(_tokens(title)):
        return False
    text = text[:READ_CHARACTERS]
    if not text.strip():
        return True
    all_words = _tokens(text)
    if len(own) > LONGEST_SHARE * len(all_words):
        return False
    if _contained(_runs(own), _runs(_tokens(text[:LEAD_CHARACTERS]))) >= COPIED:
        return False
    language = language_of(text[:LANGUAGE_CHARACTERS])
    about = set(words(said, language))
    return _contained(about, {*all_words, *words(f"{title}\n{text}", language)}) >= OF_THE_TEXT


def extracted(
    text: str, language: str | None = None, most: int = SENTENCES, title: str = ""
) -> str:
    """Up to `most` whole sentences of a text that stand for it, in their order; "" of none.

    What the page says of itself, and `title` where the text says it again, is none of them.
    """
    text = text[:READ_CHARACTERS]
    spans = sentences(text)
    if len(spans) > most and len(text) == READ_CHARACTERS:
        spans.pop()  # it was cut
    whole = telling([" ".join(text[start:end].split()) for start, end in spans], title)
    ended = [sentence for sentence in whole if _is_ended(sentence)]
    if len(ended) >= most:  # headings, list items and lines of figures have no end
        whole = ended
    language = language or language_of(text[:LANGUAGE_CHARACTERS])
    return _joined([whole[n] for n in central(whole, language, most)])


def _joined(said: Sequence[str]) -> str:
    """Sentences one after the other, with a space between where their script has one."""
    spaced = [s if s.endswith(_UNSPACED_ENDS) else f"{s} " for s in said]
    return "".join(spaced).rstrip()


def telling(said: Sequence[str], title: str = "") -> list[str]:
    """Sentences without credits, captions and invitations, and without what ran into them: places
    and agencies, headlines, `title`. All of them if nothing else is there."""
    bare = [
        _after_title(without_dateline(furniture.without_lead_in(sentence)), title)
        for sentence in furniture.without_glued(said)
    ]
    kept = [
        sentence
        for sentence, is_notice in zip(bare, furniture.are_notices(bare), strict=True)
        if sentence
        and not (is_notice and (len(sentence) <= NOTICE_CHARACTERS or _CAPTION in sentence.lower()))
        and not furniture.is_credit(sentence)
        # `(R)` is on the right in a caption, but a party in the lead of American news.
        and not furniture.looks_like_caption(sentence.replace("(R)", ""))
    ]
    return kept or list(said)


def _after_title(sentence: str, title: str) -> str:
    """What of a sentence the title does not say, which may be of several sentences itself."""
    title = " ".join(title.split())
    if " " in sentence and sentence in title:
        return ""
    return sentence[len(title) :].lstrip() if title and sentence.startswith(title) else sentence


def central(given: Sequence[str], language: str | None = None, most: int = SENTENCES) -> list[int]:
    """The places of up to `most` of the sentences given that stand for all of them, rising."""
    if len(given) <= most:
        return list(range(len(given)))
    vectors = [_weighed(Counter(words(sentence, language))) for sentence in given]
    lengths = [math.sqrt(sum(weight * weight for weight in v.values())) or 1 for v in vectors]
    middle = _middle(vectors)
    scores = [
        _dot(vector, middle) / length / (1 + n)
        for n, (vector, length) in enumerate(zip(vectors, lengths, strict=True))
    ]
    chosen: list[int] = []
    for n in sorted(range(len(given)), key=lambda n: -scores[n]):
        repeats = any(
            _dot(vectors[n], vectors[m]) > ALIKE * lengths[n] * lengths[m] for m in chosen
        )
        if scores[n] > 0 and not repeats and not _is_odd(given[n]):
            chosen.append(n)
        if len(chosen) == most:
            break
    return sorted(chosen) or [0]


def _weighed(counts: Mapping[str, int]) -> dict[str, float]:
    return {word: times * usual_rarity(word) for word, times in counts.items()}


def _middle(vectors: Collection[Mapping[str, float]]) -> dict[str, float]:
    """The heaviest terms of all sentences together."""
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for word, weight in vector.items():
            total[word] += weight
    heaviest = sorted(total, key=lambda word: -total[word])[:HEAVIEST]  # of equals the earlier
    return {word: total[word] for word in heaviest}


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())


def _is_ended(sentence: str) -> bool:
    return sentence.rstrip(_CLOSERS).endswith(tuple(_STOPS))


def _is_odd(sentence: str) -> bool:
    """Too short to say something, or too long to be one sentence."""
    length = len(_tokens(sentence))
    return not SHORTEST_WORDS <= length <= LONGEST_WORDS or bool(_INVITATION.search(sentence))


def _tokens(text: str) -> list[str]:
    """All words in small letters; of unspaced scripts pairs of letters, one after the other."""
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        if word.isascii() or not unspaced_in(word):
            found.append(word)
        else:
            step = UNSPACED_WORD
            found += [word[n : n + step] for n in range(0, len(word), step)]
    return found


def _runs(tokens: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(tokens[n : n + RUN]) for n in range(max(1, len(tokens) - RUN + 1))}


def _contained(part: Collection[object], whole: Collection[object]) -> float:
    """The share of `part` that is in `whole`."""
    return sum(each in whole for each in part) / len(part) if part else 0.0
