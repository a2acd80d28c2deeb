"""The words that dates are made of, in many languages: months, weekdays, zones. Data, looked up."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from reader.paths import shipped

ZONES = {
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00",
    "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
    "WET": "+00:00", "WEST": "+01:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00",
    "MEZ": "+01:00", "MESZ": "+02:00", "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00",
    "JST": "+09:00", "KST": "+09:00", "AEST": "+10:00", "AEDT": "+11:00",
    "ET": "", "CT": "", "MT": "", "PT": "", "IST": "", "SGT": "+08:00", "HKT": "+08:00",
}  # fmt: skip
"""Offsets of named zones, the American ones by RFC 5322 §4.3; "" where the name alone does not say,
as `ET` does not tell summer from winter."""


def month_number(name: str) -> int:
    """The month of a name as `month_names` matches it. Where languages mean different months, the
    first one listed wins."""
    return _months()[_folded(name)]


@cache
def month_names() -> str:
    """A pattern that any name of a month matches, in any case, with its accents or without."""
    return _any_of(form for row in _rows("months.txt") for field in row for form in field)


@cache
def weekday_names() -> str:
    """A pattern that any name of a day of the week matches."""
    return _any_of(form for row in _rows("weekdays.txt") for field in row for form in field)


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for row in _rows("months.txt"):
        for number, forms in enumerate(row, 1):
            for form in forms:
                names.setdefault(_folded(form), number)
    return names


def _any_of(forms: Iterable[str]) -> str:
    known = {form.replace("_", " ") for form in forms}
    known |= {_without_marks(form) for form in known}
    ordered = sorted(known, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in ordered)


def _folded(name: str) -> str:
    return re.sub(r"\s+", " ", _without_marks(name.replace("_", " ").casefold().rstrip(".")))


def _without_marks(form: str) -> str:
    """`form` without accents; the vowel signs of Indic and Thai letters are no accents."""
    bare = unicodedata.normalize("NFD", form)
    kept = "".join(c for c in bare if not unicodedata.combining(c) or "\u0900" <= c <= "\u0e7f")
    return unicodedata.normalize("NFC", kept)


@cache
def _rows(name: str) -> list[list[list[str]]]:
    lines = (shipped("data") / name).read_text("utf-8").splitlines()
    rows = [line.split()[1:] for line in lines if line and not line.startswith("#")]
    return [[field.split("/") for field in row] for row in rows]
