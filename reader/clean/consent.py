"""Forms that ask for consent to cookies and the like: how they word it, and pages without them."""

import re

from reader.clean.boxes import Box, Page

CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|privacy (?:policy|settings|choices)|personal data|"
    r"personenbezogene|datenschutz|einwilligung|zustimm\w+|tracking|legitimate interest|"
    r"berechtigte[sn] interesse|données personnelles|traceurs|partenaires|consentement|"
    r"datos personales|consentimiento|socios|dati personali|consenso|our (?:\d+ )?partners|"
    r"unsere (?:\d+ )?partner|accept all|alle akzeptieren|tout accepter|aceptar todo|accetta tutto",
    re.IGNORECASE,
)
SIGNS = 3
FORM_SHARE = 1 / 25
"""A form speaks of consent once in so many words or more. Paragraphs about consent do, too, but no
button stands among them."""
REST_WORDS = 50
"""So many words must be left; else the form is all there is, which is told and not taken away."""
CONTROLS = ("button", "input", "select")


def without_forms(page: Page, kept: set[int]) -> set[int]:
    """The kept leaves without those in boxes that ask for consent beside an article."""
    held: dict[Box, set[int]] = {}
    for at in kept:
        for box in page.leaves[at].box.ancestors():
            held.setdefault(box, set()).add(at)
    asking = [inside for box, inside in held.items() if inside != kept and _asks(page, box, inside)]
    rest = kept - set().union(*asking)
    return rest if sum(len(page.leaves[at].words) for at in rest) >= REST_WORDS else kept


def _asks(page: Page, box: Box, inside: set[int]) -> bool:
    leaves = [page.leaves[at] for at in sorted(inside)]
    text = " ".join(leaf.text for leaf in leaves)
    signs = len(CONSENT.findall(text))
    if signs < SIGNS or signs < FORM_SHARE * sum(len(leaf.words) for leaf in leaves):
        return False
    if next(box.element.iter("h1"), None) is not None:
        return False
    return next(box.element.iter(*CONTROLS), None) is not None
