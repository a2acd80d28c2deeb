"""How a sentence looks that is on the page but not in the news: credits, captions, invitations.

Phrases of many sites; what one site alone says is learned elsewhere (`reader.clean`).
"""

import re
from collections.abc import Iterable, Sequence

_ENDED = re.compile(r"[.!?…。！？｡।॥؟۔][\"'”’»«)\]）」』]*\Z")
_ASKS = re.compile(r"[?？؟][\"'”’»«)\]）」』]*\Z")
_MONTH = (
    r"(?:jan(?:uary|\.)|feb(?:ruary|\.)|mar(?:ch|\.)|apr(?:il|\.)|may|june|july|aug(?:ust|\.)"
    r"|sept?(?:ember|\.)|oct(?:ober|\.)|nov(?:ember|\.)|dec(?:ember|\.))"
)
_DATED = re.compile(
    rf"(?:[,.](?:\son)?|\bin\s\w+\son)\s(?:\w+day,\s)?{_MONTH}\s\d{{1,2}},\s(?:19|20)\d\d\W*\Z"
    rf"|,\s(?:on\s)?\w+day,\s{_MONTH}\s\d{{1,2}},\s(?:19|20)\d\d,?\s(?:in|on|at|near|aboard)\s"
    r"[^,;]{2,50}(?:,\s[\w. ]{2,20})?\W*\Z"
)
"""English agencies date a picture in full at the end of its caption, before the place or without
one; prose names the weekday."""
_DATED_CHARACTERS = 120
_POINTING = (
    "file -", "file –", "file —", "file photo", ", left,", ", right,", ", center,", ", centre,",
    "in this photo", "photo taken", "picture taken", "illustration taken", "hide caption",
    "(l)", "(r)", "(left)", "(right)", "(center)", "(centre)",
)  # fmt: skip
_CREDIT = re.compile(r"^\W*(?:[^\W\d_][\w.'’-]*\s){0,4}[^\W\d_][\w.'’-]*/[^\W\d_]")
"""`REUTERS/Kevin Lamarque`, `(Jo Day/Daily Herald via AP)`: before it stands a caption."""
_NOTICES = (
    "contributed to this", "contributing to this", "contributed reporting", "all rights reserved",
    "content created by", "licensing", "recaptcha", "terms of service", "terms of use",
    "privacy policy", "sign up for", "sign up today", "sign up to", "sign up now", "subscribe",
    "subscription", "newsletter", "send tips", "media caption", "image caption", "toggle caption",
    "image copyright", "getty images", "originally published", "first published",
    "originally appeared", "first appeared", "not be published", "not be reproduced",
    "reprint permission", "click here", "check out our", "check out the", "homepage",
    "read or share this", "read more", "follow us on", "follow him on", "follow her on",
    "follow them on", "follow me on", "copyright", "©", "download our app", "download the app",
    "for comment", "declined to comment", "not immediately return", "not immediately respond",
    "become a member", "becoming a member", "unsupported on your device",
    "available without charge", "story has been updated", "story was updated",
    "story has been corrected", "article has been updated", "article was updated",
    "post has been updated", "page has been updated", "story is part of", "editor's note",
    "editor’s note", "please contact", "please also", "please consider", "watch live",
    "watch the video", "watch more",
    "archivbild", "archivfoto", "symbolbild", "abonnieren", "mehr zum thema", "lesen sie auch",
    "lesen sie mehr", "lire aussi", "abonnez-vous", "crédit photo", "crédits photo",
    "suscríbete", "lea también", "leggi anche", "iscriviti", "leia também", "assine já",
    "lees ook", "lees meer", "подпишитесь", "подписывайтесь", "читайте также", "фото:",
    "اقرأ أيضا", "यह भी पढ़ें", "相关阅读", "责任编辑", "責任編輯", "関連記事", "無断転載",
)  # fmt: skip
"""What pages say of themselves. In small letters."""
_CALL = re.compile(
    r"""\W*(?:please\s|you\s(?:can|may|will|agree\sto)\s|(?:we’d|we'd|we\swould)\slike\syour\s)?
    (?:get|sign|join|follow|receive|stay|keep\sup|start|download|listen|want|watch|tap|send|share|tell|make
      |donate|support|thanks?|enter|like|check|try|register|select|upgrade|add|turn|never|don['’]t\smiss
      |subscribe|unsubscribe|catch\sup|have\sa|write|e-?mail|browse|log|give|become|read|see|learn|help
      |holen\ssie|bleiben|melden\ssie|laden\ssie|folgen|erhalten|testen|jetzt|abonnieren
      |recevez|inscrivez|suivez|téléchargez|découvrez|rejoignez|recibe|reciba|síguenos|descarga|únete
      |receba|siga|baixe|inscreva|assine|ricevi|segui|scarica|ontvang|volg|meld|schrijf|получайте)\b""",
    re.VERBOSE,
)
"""How a page begins to speak to its reader."""
_OFFER = re.compile(
    r"""\b(?:[\w.+-]+@[\w-]+\.\w|inbox|newsletters?|e-?mail(?:s|ed)?\b(?!\s\w+\sserver)|mailing\slist|(?:daily|morning)
      \s(?:briefing|rundown)|breaking\snews|news\salerts?|alerts\sand|real-time\supdates
      |(?:special|exclusive)\soffers|promo(?:tions|\scode)|podcasts?|news\sapp|today\sapp|\sapp\s(?:and|for|to)
      |free\strial|vip\smembership|sign(?:ing)?\sup|up\shere|back\sfor\supdates|our\s(?:journalism
      |reporting|facebook|readers|coverage|youtube|telegram|whatsapp|channel|community|website|app)
      |independent\sjournalism|your\s(?:support|subscription|e-?mail|browser|thoughts|questions
      |preferences|experience)|a\stip|on\s(?:facebook|twitter|instagram|telegram|whatsapp)
      |postfach|nachrichten\sper|boîte\smail|votre\smail|tu\scorreo|su\scorreo|seu\se-mail
      |tua\scasella|tua\smail|nieuwsbrief|mailbox|рассылк)""",
    re.VERBOSE,
)
"""What it then offers or asks for."""
_DELIVERED = re.compile(
    r"(?:\A|[^\w\s]\s*)(?:e-?mailed|delivered|sent)\s(?:straight\s)?"
    r"(?:weekday|daily|weekly|every|each|to\syou)|\b(?:to|in|into)\syour\s(?:inbox|mailbox|e-?mail)\b"
)
_UNDER_A_MESSAGE = rf"\W*[—–-]\s[^()\n]{{2,50}}\(@\w+\)\s{_MONTH}\s\d{{1,2}},\s(?:19|20)\d\d"
"""`— Jo Day (@joday) May 3, 2018`."""
_SIGNED = re.compile(
    rf"""\W*(?:last\s)?updated\s(?:at|on)?\W*(?:[\w:.,]+\s*){{1,9}}\Z
    |\W*contribut(?:ing|ors?):
    |[^"“”]*\s(?:contributed|(?:reported|reporting)\sfrom\s[\w\s.,]{{2,40}})\W*\Z
    |\W*[—–-]\s[^()]{{2,50}}\(@\w+\)\s{_MONTH}\s\d""",
    re.VERBOSE,
)
"""When a page was changed, who wrote it beside the one named above, under whose name a message
stood."""
_AUTHOR = re.compile(
    r"""(?:[\w.’'-]+\s){1,6}is\s(?:an?|the|also)\s[^"“”,.]{0,50}\b(?:author|column(?:ist)?|contribut(?:or|ing)
    |correspondent|editor|fellow|writer|reporter|blogger|advisor|analyst|producer)\b""",
    re.VERBOSE,
)
"""At the foot of a page: who the author is."""
_FOOT = 4
"""So many sentences from the end."""
_BLURB_CHARACTERS = 200
_SAID = re.compile(r"\A\s*[\"“„«'‘]|,[\"”’'»]\s")
_GLUED = re.compile(r"(?<=[a-z])[A-Z][^\n]{20,700}? MORE\b")
"""`Marsha BlackburnGOP senators introduce … MORE`: headlines that a site's script hangs on a name,
and a dump of the page leaves there."""
_BETWEEN = "\x1e"
_BEFORE_QUOTE = r"(?<![^\s(\[—–：，-])"
_QUOTE_MARK = re.compile(rf"({_BEFORE_QUOTE}(?:[\"“”«]|»(?=\w))|[„「『])|[\"“”«»」』]")
"""What opens a quote is a group; a mark close after a word closes one, in all languages."""
_QUOTE_SENTENCES = 6
"""A quote that seems to run on for longer was left unclosed by mistake."""
_OPINION = frozenset(
    "i we you our my me us your let mine ours yours should must need needs believe hope think want "
    "feel know look looking forward never always very really great good bad sad shame thank thanks "
    "please proud".split()
)
"""In English only: of other languages nobody has labelled what is said without saying anything."""
_SHOUTED = r"(?:[A-Z\d]['’‘\"“”A-Z\d:;,$%.&/-]*\s+){4,}(?=[(\[\"“‘]?[A-Z][a-z])"
_BEFORE = re.compile(
    r"\s*(?:(?:AD|ADVERTISEMENT|Advertisement)\s+(?=[^\s.])"
    r"|.{0,200}?Enlarge this image\s+toggle caption\s+(?:(.{3,60}?)\s+\1\s+)?"
    r"|Updated at [\d:]+ [ap]\.?m\.?(?:,? [A-Z]{2,3}\b)?\s+"
    rf"|(?i:{_UNDER_A_MESSAGE})\s+(?=\w|[“\"])"
    rf"|{_SHOUTED})",
    re.DOTALL,
)
"""`ADVERTISEMENT`, a picture's credit given twice, another story's headline in capitals: what stood
above a sentence and runs into it in a dump of the page."""


def is_ended(text: str) -> bool:
    """Whether a full stop or its like ends the text; headings and by-lines have none."""
    return _ENDED.search(text[-8:]) is not None


def asks(text: str) -> bool:
    return _ASKS.search(text[-8:]) is not None


def quoted(sentences: Iterable[str]) -> list[str]:
    """Of each sentence what stands between quotation marks; quotes run on over sentences."""
    found: list[str] = []
    inside = 0
    for text in sentences:
        said: list[str] = []
        start = 0
        for mark in _QUOTE_MARK.finditer(text):
            if inside:
                said.append(text[start : mark.start()])
            inside = _QUOTE_SENTENCES if mark[1] else 0
            start = mark.end()
        if inside:
            said.append(text[start:])
            inside -= 1
        found.append(" ".join(said))
    return found


def opinion(words: Sequence[str]) -> float:
    """Share of these words, in small letters, that speak of oneself and of what should be."""
    return sum(map(_OPINION.__contains__, words)) / max(1, len(words))


def are_notices(sentences: Sequence[str]) -> list[bool]:
    """Of each whether the page speaks of itself: credits, rights, invitations. All sentences of a
    text together cost less."""
    lowered = [sentence.lower() for sentence in sentences]
    whole = _BETWEEN.join(lowered)
    said = [notice for notice in _NOTICES if notice in whole]
    foot = len(lowered) - _FOOT
    return [
        any(map(each.__contains__, said))
        or _invites(each)
        or _SIGNED.match(each) is not None
        or (n >= foot and _AUTHOR.match(each) is not None)
        for n, each in enumerate(lowered)
    ]


def _invites(lowered: str) -> bool:
    """Whether it calls on the reader to take a newsletter, an app, a membership. What is quoted
    does not: people in the news say `you` as well."""
    if len(lowered) > _BLURB_CHARACTERS or _SAID.search(lowered):
        return False
    if _CALL.match(lowered) and _OFFER.search(lowered):
        return True
    return _DELIVERED.search(lowered) is not None


def is_credit(text: str) -> bool:
    """Whether the text begins with who made a picture."""
    return _CREDIT.match(text) is not None


def looks_like_caption(text: str) -> bool:
    """Whether the text is dated or points as captions do."""
    lowered = text.lower()
    return (
        any(word in lowered for word in _POINTING)
        or _DATED.search(lowered[-_DATED_CHARACTERS:]) is not None
    )


def without_glued(sentences: Sequence[str]) -> list[str]:
    """As many texts, without the headlines that were glued to names, across sentences too."""
    if not any("MORE" in sentence for sentence in sentences):
        return list(sentences)
    joined = _BETWEEN.join(sentence.replace(_BETWEEN, " ") for sentence in sentences)
    return _GLUED.sub(lambda glued: " " + _BETWEEN * glued[0].count(_BETWEEN), joined).split(
        _BETWEEN
    )


def without_lead_in(text: str) -> str:
    """A sentence without what stood above it on the page; whole if there is nothing else."""
    start = 0
    while found := _BEFORE.match(text, start):
        start = found.end()
    return text[start:] if text[start:].strip() else text
