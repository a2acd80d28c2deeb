"""Numbers that HTML raises above the line, as letters that stand there by themselves.

Without their element `10<sup>6</sup>` would be 106. What is lowered stays as it is: `CO2` is how
people write it, and look for it.
"""

from __future__ import annotations

import re

_RAISED = re.compile(
    r"(?:(?<=[^\W_])|(?<=[)\].,;:!?\"”»’])|(?<=</i>)|(?<=</b>)|(?<=</em>)|(?<=</var>))"
    r"<sup(?:\s(?!id)[^<>]*)?>\s*([+\-−–]?\d{1,4}|[+\-−–]|[+\-−–]?n)\s*</sup\s*>",
    re.IGNORECASE,
)
"""Not inside a link: that leads to a note."""
_ABOVE = str.maketrans("0123456789+-−–nN", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿⁿ")


def raised(html: str) -> str:
    """The HTML with its powers, and numbers of notes that lead nowhere, as raised letters."""
    if "<sup" not in html and "<SUP" not in html:
        return html
    return _RAISED.sub(lambda power: power[1].translate(_ABOVE), html)
