"""What stands before the first sentence of a report: the place, the day, the agency."""

import re

_CAPITAL = "A-ZÀ-ÖØ-ÞА-Я"
_AGENCY = rf"\([{_CAPITAL}][^()\n]{{1,30}}\)\s?"
_DATELINE = re.compile(
    rf"\s*(?:[{_CAPITAL}][{_CAPITAL} .,'’/-]{{2,40}}(?:,\s[^()–—\n]{{1,30}})?\s?(?:{_AGENCY})?"
    rf"|[^()\n]{{0,50}}{_AGENCY})[-–—]\s+"
)


def without_dateline(text: str) -> str:
    """A paragraph without the place, day and agency that stand before it: `LYON, March 3 (Reuters)
    - `. The day is that of sending, and no number of the news."""
    return text[len(dateline(text)) :]


def dateline(text: str) -> str:
    """The place, day and agency before a paragraph, with their dash; empty if none are."""
    found = _DATELINE.match(text)
    return found[0] if found else ""
