"""Whether an article that was fetched again says something else, or only looks or counts otherwise.

A publisher's page changes all the time without being edited: counters of comments, "updated at"
lines, "3 hours ago", advertisements, quotation marks, white space. None of that is an edit. When in
doubt it is one: a revision too many costs a little room, a silent change is what people look for.
"""

import re
import unicodedata
from functools import cache

from reader.text.dateword import month_names, weekday_names

SHORT_CHARACTERS = 120
"""A longer line is prose, whatever it begins with."""

_PARTS = re.compile(r"[·|•/]|\s[-–—]\s|\s{2,}")
_NUMBER = r"\d[\d.,\u00a0\u202f' ]{0,12}\s?(?:k|m|b|mio|mil|tsd|тыс|万|萬)?\b"
_COUNTED = (
    r"comments?|repl(?:y|ies)|responses?|shares?|views?|reads|likes?|votes?|upvotes?|points?|claps?"
    r"|stars?|followers?|subscribers?|reactions?|retweets?|reposts?|boosts?|favou?rites|downloads?"
    r"|min(?:ute)?s?\s(?:read|reading|lesezeit|de\slecture|de\slectura|de\sleitura|di\slettura)"
    r"|kommentare?n?|antworten|aufrufe|lesezeit|teilen|commentaires?|réponses?|vues?|partages?"
    r"|comentarios?|respuestas?|visitas?|comentários?|respostas?|visualizações|commenti|commento"
    r"|condivisioni|reacties|weergaven|комментари\w+|просмотр\w*|ответ\w*|تعليق\w*|مشاهد\w*"
    r"|टिप्पणि\w*|评论|評論|阅读|閱讀|浏览|コメント|閲覧|件のコメント"
)
_COUNTER = re.compile(
    rf"(?:[#\W]*(?:{_COUNTED})\s*[:(]?\s*{_NUMBER}\)?|[#\W]*{_NUMBER}\s*(?:{_COUNTED})(?:\s\w+)?"
    rf"|(?:no|add\sa|leave\sa|view|show|hide|all)\s(?:{_COUNTED}))",
    re.IGNORECASE,
)
_FRESHNESS = re.compile(
    r"""[\W]*(?:(?:last|first)\s)?(?:updated?|modified|edited|revised|published|posted|as\sof
        |(?:zuletzt\s)?(?:aktualisiert|geändert|bearbeitet)|stand|veröffentlicht
        |mise?\sà\sjour|modifié|publié|(?:última\s)?actualización|actualizado|modificado|publicado
        |atualizado|(?:ultimo\s)?aggiornamento|aggiornato|pubblicato|bijgewerkt|gepubliceerd
        |laatst\sgewijzigd|обновлено|изменено|опубликовано|(?:آخر\s)?تحديث|अपडेट(?:ेड)?|अद्यतन
        |最?[终終]?更新(?:[于於]|[時时]間|时间|日[時时]?)?)(?![^\W\d_])(?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_WHEN_WORDS = re.compile(
    r"""\b(?:at|on|the|by|today|yesterday|now|am|pm|a\.m|p\.m|gmt|utc|[ecmpb]e?s?[dt]t?|ist|jst|um|uhr
        |am|den|heute|gestern|à|le|h|hier|aujourd'hui|el|la|las|a|hoy|ayer|de|del|às|hoje|ontem|alle
        |ore|oggi|ieri|om|op|vandaag|uur|в|г|сегодня|вчера)\b | [年月日時时分秒]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LABEL = re.compile(
    r"""(?:(?:read|learn|see|show|load|view)\s(?:more|full\s(?:story|article))|continue\sreading
        |advertisement|advert|ads?|sponsored(?:\scontent)?|promoted|anzeige|werbung|publicité
        |publicidade?|pubblicità|advertentie|реклама|إعلان|विज्ञापन|广告|廣告|広告
        |(?:share|print|save|copy)(?:\s(?:this|on|link|via|article|story|\w+))?|weiterlesen
        |mehr\s(?:lesen|zum\sthema)|lire\s(?:la\ssuite|aussi)|leer\smás|lea\stambién
        |leia\s(?:mais|também)|leggi\s(?:anche|tutto)|lees\s(?:meer|ook)|читать\s(?:далее|также)
        |اقرأ\s(?:المزيد|أيضا)|阅读(?:全文|更多)|続きを読む|live|most\sread|trending(?:\snow)?
        |related(?:\s(?:articles?|stories|topics?|reading|content))?)""",
    re.VERBOSE | re.IGNORECASE,
)
_CALL = re.compile(
    r"""(?:read|see)\s(?:more|also)\b\W*[:>→|–-].+ | related:.+ | (?:follow|like)\sus\b.+
        | subscribe\s(?:to|now)\b.* | (?:sign|log)\s(?:up|in)\s(?:for|to|now)\b.+
        | lire\saussi\s?:.+ | leia\stambém:.+
        | (?:lees\sook|leggi\sanche|lea\stambién|читайте\sтакже)\s?:.+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FEW = r"(?<![\d.,])\d{1,4}"
_AGE = re.compile(
    rf"""(?:{_FEW}|\ban?|\bone)\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?
        |months?|years?)\sago\b | \bjust\snow\b | \b(?:moments|seconds)\sago\b
        | \bvor\s(?:{_FEW}|einer|einem)\s?(?:sekunden?|minuten?|stunden?|tage?n?|wochen?)\b
        | \bil\sy\sa\s{_FEW}\s?(?:secondes?|minutes?|heures?|jours?|semaines?|h|min)\b
        | \bhace\s{_FEW}\s?(?:segundos?|minutos?|horas?|días?|semanas?)\b
        | \bhá\s{_FEW}\s?(?:segundos?|minutos?|horas?|dias?|semanas?)\b
        | {_FEW}\s?(?:secondi|minuti|or[ae]|giorn[io]|settiman[ae])\sfa\b
        | {_FEW}\s?(?:seconden|minuten|minuut|uur|dagen?|weken|week)\sgeleden\b
        | {_FEW}\s?(?:секунд\w?|минут\w?|час\w{{0,2}}|дн\w{{1,3}}|день)\sназад\b
        | منذ\s{_FEW}\s?\w{{1,12}} | {_FEW}\s?\w{{1,12}}\sपहले
        | {_FEW}\s?(?:秒|分钟|分鐘|小时|小時|天|分|時間|日|週間)前
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TELLS_AGE = re.compile(
    r"\b(?:ago|just\snow|vor|il\sy\sa|hace|há|fa|geleden|назад)\b|منذ|पहले|前", re.IGNORECASE
)
"""What stands in every age; looked for first, for it is found much faster."""
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)


def reads_differently(old_title: str, old_text: str, title: str, text: str) -> bool:
    """Whether the words of an article are others than they were."""
    if said(old_title) != said(title):
        return True
    return old_text != text and said(old_text) != said(text)


def said(text: str) -> str:
    """What a text says, its lines as one: without what changes by itself, and with one sort of
    quotation mark, dash and space."""
    return " ".join(filter(None, map(_line, text.splitlines())))


def without_furniture(text: str) -> str:
    """The paragraphs of a text without those that are no prose."""
    parts = re.split(r"\n\s*\n", text)
    return "\n\n".join(part for part in parts if not all(map(is_furniture, part.splitlines())))


def _line(line: str) -> str:
    if not line.isascii():
        line = unicodedata.normalize("NFKC", line.translate(_SAME))
    line = " ".join(line.split())
    if is_furniture(line):
        return ""
    return " ".join(_AGE.sub("", line).split()) if _TELLS_AGE.search(line) else line


def is_furniture(line: str) -> bool:
    """Whether a line is no prose: counters, the time of an update, the heading of an advert."""
    bare = line.strip("*_#>[]()•·→ \t")
    if len(bare) > SHORT_CHARACTERS:
        return False
    bare = _AGE.sub("0", bare)
    return all(_is_label(part.strip(" :.…»→>")) for part in _PARTS.split(bare))


def _is_label(part: str) -> bool:
    if not part.strip("0 "):
        return True
    if any(kind.fullmatch(part) for kind in (_COUNTER, _LABEL, _CALL)):
        return True
    fresh = _FRESHNESS.fullmatch(part)
    return fresh is not None and _is_moment(fresh["rest"])


def _is_moment(rest: str) -> bool:
    """Whether nothing but a date and a time stands there, and perhaps an unknown time zone."""
    left = _days_and_months().sub(" ", _WHEN_WORDS.sub(" ", rest))
    words = re.findall(r"[^\W\d_]+", left)
    return len(words) <= 1 and all(len(word) <= 4 for word in words)


@cache
def _days_and_months() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{month_names()}|{weekday_names()})\b\.?", re.IGNORECASE)
