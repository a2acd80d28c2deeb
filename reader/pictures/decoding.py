"""A picture's bytes into a small grid of colours, in a confined child (`reader.confined`)."""

from __future__ import annotations

import base64
import io
from typing import Any

from reader import confined
from reader.model import Document

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 30_000_000
"""A decoded picture of so many takes 90 to 120 MB of the 230 MB a child may have."""
LEAST_SIDE = 8
"""Pixels; what is smaller counts visitors, and shows nothing."""
GRID = (180, 80)
"""Twice as fine as the widest and tallest that a page shows, so that each size is well mixed."""


def decoded(body: bytes) -> dict[str, Any]:
    """`width`, `height` and `rgb` (base64, three bytes a pixel), or why there is none: `cause`."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image: Any = Image.open(io.BytesIO(body), formats=FORMATS)
    except Image.DecompressionBombError:
        return {"cause": _too_large()}
    except (OSError, ValueError, SyntaxError):
        return {"cause": "it is no PNG, JPEG, WebP or GIF picture"}
    width, height = image.size
    if width * height > MOST_PIXELS:
        return {"cause": _too_large()}
    if min(width, height) < LEAST_SIDE:
        return {"cause": "it is too small to show anything"}
    try:
        image.draft("RGB", (GRID[0] * 2, GRID[1] * 2))
        image.load()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError):
        return {"cause": "it is damaged"}
    share = min(GRID[0] / width, GRID[1] / height, 1)
    size = max(1, round(width * share)), max(1, round(height * share))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA").resize(size, Image.Resampling.BOX)
        ground = Image.new("RGBA", size, "white")  # as on the pages it was made for
        image = Image.alpha_composite(ground, image)
    else:
        image = image.convert("RGB").resize(size, Image.Resampling.BOX)
    rgb = base64.b64encode(image.convert("RGB").tobytes()).decode("ascii")
    return {"width": size[0], "height": size[1], "rgb": rgb}


def _too_large() -> str:
    return f"it has more than {MOST_PIXELS // 1_000_000} million pixels"


def _answer(document: Document, task: confined.Record) -> confined.Record:
    return decoded(document.body)


if __name__ == "__main__":
    confined.serve(_answer)
