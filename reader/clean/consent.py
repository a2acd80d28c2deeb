"""Forms that ask for consent to cookies and the like: how they word it, and pages without them."""

import re

from reader.clean.boxes import Box, Page

CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|privacy (?:policy|settings|choices)|personal data|"
    r"personenbezogene|datenschutz|einwilligung|zustimm\w+|tracking|legitimate interest|"
    r"berechtigte[sn] interesse|données personnelles|traceurs|partenaires|consentement|"
    r"datos personales|consentimiento|socios|dati personali|consenso|our (?:\d+ )?partners|"
    r"unsere (?:\d+ )?partner|accept all|alle akzeptieren|tout accepter|aceptar todo|accetta tutto"
)
"""In small letters: to fold each letter takes three times as long."""
SIGNS = 3
FORM_SHARE = 1 / 25
"""A form speaks of consent once in so many words or more. Paragraphs about consent do, too, but no
button stands among them."""
REST_WORDS = 50
"""So many words must be left; else the form is all there is, which is told and not taken away."""
CONTROLS = ("button", "input", "select")


def signs_in(text: str) -> int:
    """How often a text speaks of consent."""
    return len(CONSENT.findall(text.lower()))


def without_forms(page: Page, *choices: set[int]) -> list[set[int]]:
    """Each choice of leaves without those in boxes that ask for consent beside an article."""
    told = {at: signs_in(page.leaves[at].text) for at in set().union(*choices)}
    signs = {at: times for at, times in told.items() if times}
    return [_without(page, kept, signs) for kept in choices]


def _without(page: Page, kept: set[int], signs: dict[int, int]) -> set[int]:
    of_box: dict[Box, int] = {}
    for at in signs.keys() & kept:
        for box in page.leaves[at].box.ancestors():
            of_box[box] = of_box.get(box, 0) + signs[at]
    gone: set[int] = set()
    for box in (box for box, times in of_box.items() if times >= SIGNS):
        inside = {leaf.index for leaf in box.leaves()} & kept
        words = sum(len(page.leaves[at].words) for at in inside)
        if inside != kept and of_box[box] >= FORM_SHARE * words and _is_form(box):
            gone |= inside
    rest = kept - gone
    return rest if sum(len(page.leaves[at].words) for at in rest) >= REST_WORDS else kept


def _is_form(box: Box) -> bool:
    """Whether there are buttons and no heading of an article."""
    has_heading = next(box.element.iter("h1"), None) is not None
    return not has_heading and next(box.element.iter(*CONTROLS), None) is not None
