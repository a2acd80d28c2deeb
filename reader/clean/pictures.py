"""Pictures that are worth a line: photographs and drawings, not icons and counters."""

import re
from collections.abc import Callable
from typing import Any

from reader.clean.commonmark import destination

SOURCES = (
    "data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-full-src", "data-image",
    "src",
)  # fmt: skip
"""Where pages put the address, those that fill in `src` by script first."""
ICON_PIXELS = 64
"""Pictures known to be no wider or higher than this are signs, not illustrations."""
NOT_AN_ILLUSTRATION = re.compile(
    r"(?:^|[/_.-])(?:pixel|spacer|blank|transparent|1x1|avatar|gravatar|icons?|logo|emoji|smil\w+|"
    r"sprite|loader|loading|placeholder|tracking)(?:$|[/_.?-])",
    re.IGNORECASE,
)
IMAGE_MARKS = re.compile(r"[\\\[\]`*_<&]")


def picture(image: Any, resolve: Callable[[str], str | None]) -> str | None:
    """`![alt](address)`, or None for what is not an illustration or has no address."""
    for attribute in ("width", "height"):
        told = image.get(attribute)
        pixels = re.match(r"\s*(\d+)\s*(?:px)?\s*$", told) if told else None
        if pixels and int(pixels.group(1)) <= ICON_PIXELS:
            return None
    source = _source(image)
    if not source or NOT_AN_ILLUSTRATION.search(source.split("?")[0]):
        return None
    named = image.get("class")
    if named and NOT_AN_ILLUSTRATION.search(re.sub(r"\s+", "/", named)):
        return None
    address = resolve(source)
    if not address or not address.startswith(("http:", "https:")):
        return None
    alt = IMAGE_MARKS.sub(r"\\\g<0>", " ".join((image.get("alt") or "").split()))
    return f"![{alt}]({destination(address)})"


def _source(image: Any) -> str | None:
    for attribute in SOURCES:
        value = (image.get(attribute) or "").strip()
        if value and not value.startswith(("data:", "about:", "{")) and " " not in value:
            return value
    for attribute in ("data-srcset", "srcset"):
        value = (image.get(attribute) or "").split(",")[0].split()
        if value and not value[0].startswith("data:"):
            return str(value[0])
    return None
