"""Signs that what came is not the article: consent walls, paywalls, front pages."""

import re

from reader.clean import openers, prose
from reader.clean.boxes import Leaf, Page, words_of
from reader.clean.consent import SIGNS, signs_in
from reader.clean.mend import HEADINGS
from reader.clean.metadata import Facts
from reader.text import sentences

WALL = re.compile(
    r"(?:subscribe|sign in|log in|register|become a (?:member|subscriber))[^.]{0,40}"
    r"(?:to (?:continue|keep|read|unlock|access)|for (?:full|unlimited) access)|"
    r"(?:to (?:continue|keep) reading|read the (?:full|rest of (?:the|this)) (?:article|story))"
    r"[^.]{0,60}(?:subscri|sign|log|regist)|already a subscriber|subscriber[- ]only|"
    r"(?:this|the) (?:article|content|story) is (?:only |exclusively )?(?:available )?(?:for|to) "
    r"(?:our )?(?:subscribers|members)|"
    r"(?:jetzt|weiter)\s?lesen mit|weiterlesen mit|als abonnent|nur für abonnenten|"
    r"sie haben noch kein abo|bereits abonnent|jetzt abonnieren und|mit \S{1,12}(?:plus|\+) lesen|"
    r"réservé aux abonnés|déjà abonné|abonnez-vous pour|la suite est réservée|"
    r"(?:contenido|artículo) (?:exclusivo )?para suscriptores|suscríbete para|"
    r"contenuto riservato agli abbonati|abbonati per continuare|"
    r"exclusivo para assinantes|já é assinante|assine para (?:continuar|ler)|"
    r"alleen voor abonnees|lees verder met|al abonnee|"
    r"только для подписчиков|доступн\w+ по подписке|читать полностью по подписке|"
    r"有料会員|会員限定|続きを読むには|订阅后阅读|付费阅读|登录后继续阅读",
    re.IGNORECASE,
)
CONSENT_SHARE = 1 / 60
"""Consent walls speak of consent once in so many words or more; reports on cookies do, too, but
they are longer."""
CONSENT_WORDS = 400
SHORT_WORDS = 50
"""Few articles have fewer words; picture galleries and videos do."""
PREVIEW_WORDS = 350
"""What a paywall lets through at most. Locked pages with more than this are usually whole."""


def notices(page: Page, kept: set[int], facts: Facts) -> list[str]:
    """`consent-wall`, `paywall` with `truncated`, `not-an-article`, as far as they hold."""
    leaves = [page.leaves[at] for at in sorted(kept)]
    text = " ".join(leaf.text for leaf in leaves)
    words = sum(len(leaf.words) for leaf in leaves)
    if words <= CONSENT_WORDS:
        signs = signs_in(text)
        if signs >= SIGNS and signs >= CONSENT_SHARE * words:
            return ["consent-wall"]
    found: list[str] = []
    if words < PREVIEW_WORDS and (
        facts.locked or any(WALL.search(leaf.text) for leaf in _after(page, kept))
    ):
        found += ["paywall", "truncated"]
    if not found and _is_no_article(page, kept, words, facts):
        found.append("not-an-article")
    return found


def _after(page: Page, kept: set[int]) -> list[Leaf]:
    last = max(kept, default=0)
    return page.leaves[max(0, last - 2) : last + 12]


def _is_no_article(page: Page, kept: set[int], words: int, facts: Facts) -> bool:
    if words < SHORT_WORDS:
        return not _is_short_article(page, kept, facts)
    if facts.claims_article:
        return False
    linked = sum(len(leaf.words) * leaf.linked for leaf in page.leaves)
    total = sum(len(leaf.words) for leaf in page.leaves) or 1
    longest = max((len(page.leaves[at].words) for at in kept), default=0)
    teasers = sum(leaf.linked == 1 and leaf.box.tag in HEADINGS for leaf in page.leaves)
    many_links = linked / total > FRONT_PAGE_LINKED or teasers >= FRONT_PAGE_TEASERS
    return many_links and longest < FRONT_PAGE_BLOCK_WORDS


def _is_short_article(page: Page, kept: set[int], facts: Facts) -> bool:
    """Whether the page calls itself an article, or has a day or an `<article>` as articles have,
    and holds several whole sentences. Languages with long words say much in few of them; pages of
    products, of errors and to sign in are as long, and say of themselves nothing of the kind."""
    boxes = [{box.tag for box in page.leaves[at].box.ancestors()} for at in kept]
    dated = facts.published is not None and not facts.published_guessed
    if not (facts.claims_article or dated or all("article" in tags for tags in boxes)):
        return False
    texts = [page.leaves[at].text for at in sorted(kept)]
    whole = [
        text[begin:end]
        for text in texts
        for begin, end in sentences.sentences(text)
        if len(words_of(text[begin:end])) >= SENTENCE_WORDS and prose.ends_sentence(text[begin:end])
    ]
    said = sum(map(len, whole)) >= SHORT_LETTERS and len(whole) >= SHORT_SENTENCES
    return said and not any(map(openers.is_furniture, texts))


SENTENCE_WORDS = 4
SHORT_SENTENCES = 3
SHORT_LETTERS = 150
"""Notices that a browser is too old, or that the reader must sign in, are shorter."""
FRONT_PAGE_LINKED = 0.6
FRONT_PAGE_TEASERS = 12
FRONT_PAGE_BLOCK_WORDS = 45
"""Front pages are mostly links or linked headings, and their longest teaser is no paragraph."""
