"""The inks and papers: themes, each a palette that the style sheets name by variable.

Contrast: every ink on every paper it is printed on reaches 4.5:1 (WCAG 2.2, 1.4.3), in the two
`contrast` themes 7:1 (1.4.6); a test computes it. State is never told by colour alone, so `mono`
loses nothing but colour. A person's own themes are read by `reader.app.own_themes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.noun import Noun

if TYPE_CHECKING:
    from textual.theme import Theme


class Palette(Noun):
    """What the style sheets may use. Colours as `#rrggbb`, or the terminal's own as `ansi_…`."""

    name: str
    dark: bool
    paper: str
    """The sheet itself."""
    ink: str
    quiet: str
    """Sources, dates, what stands beside: readable, but second."""
    accent: str
    """Nameplate, kickers, signs: one spot colour, as in print."""
    link: str
    rule: str
    """Hairlines between columns; carries no meaning, so it may be faint."""
    bar: str
    """Under the chosen row of the pane that has the keyboard."""
    bar_quiet: str
    """Under the chosen row elsewhere."""
    shade: str
    """Under code and table heads."""
    mark: str
    """Under words that were looked for."""
    mark_ink: str
    ansi: bool = False
    bar_style: str = "none"
    mark_style: str = "none"
    quiet_style: str = "none"


PAPER = Palette(
    name="paper",
    dark=False,
    paper="#faf6ee",
    ink="#211d18",
    quiet="#675f54",
    accent="#9b2316",
    link="#1d4e80",
    rule="#d9d0c0",
    bar="#e9dfca",
    bar_quiet="#f2ebdd",
    shade="#f1ebde",
    mark="#f3d675",
    mark_ink="#211d18",
)
INK = Palette(
    name="ink",
    dark=True,
    paper="#17171b",
    ink="#dfdad0",
    quiet="#a59e93",
    accent="#e3a26a",
    link="#92b9e3",
    rule="#35353d",
    bar="#33323b",
    bar_quiet="#222228",
    shade="#222228",
    mark="#6b5518",
    mark_ink="#fff6df",
)
SEPIA = Palette(
    name="sepia",
    dark=False,
    paper="#f2e6cc",
    ink="#38291b",
    quiet="#66533b",
    accent="#87300f",
    link="#27496a",
    rule="#d6c4a1",
    bar="#e2d1ab",
    bar_quiet="#ebdcbc",
    shade="#eadbba",
    mark="#dcb54f",
    mark_ink="#2b1e12",
)
CONTRAST_LIGHT = Palette(
    name="contrast-light",
    dark=False,
    paper="#ffffff",
    ink="#000000",
    quiet="#3a3a3a",
    accent="#800000",
    link="#002f75",
    rule="#767676",
    bar="#d6e4f5",
    bar_quiet="#ebebeb",
    shade="#f0f0f0",
    mark="#ffe082",
    mark_ink="#000000",
)
CONTRAST_DARK = Palette(
    name="contrast-dark",
    dark=True,
    paper="#000000",
    ink="#ffffff",
    quiet="#d6d6d6",
    accent="#ffd75f",
    link="#a8d8ff",
    rule="#8a8a8a",
    bar="#1c3757",
    bar_quiet="#262626",
    shade="#1c1c1c",
    mark="#ffd75f",
    mark_ink="#000000",
)
TERMINAL = Palette(
    name="terminal",
    dark=True,
    paper="ansi_default",
    ink="ansi_default",
    quiet="ansi_default",
    accent="ansi_red",
    link="ansi_blue",
    rule="ansi_bright_black",
    bar="ansi_default",
    bar_quiet="ansi_default",
    shade="ansi_default",
    mark="ansi_yellow",
    mark_ink="ansi_black",
    ansi=True,
    bar_style="reverse",
    quiet_style="dim",
)
MONO = Palette(
    name="mono",
    dark=True,
    paper="ansi_default",
    ink="ansi_default",
    quiet="ansi_default",
    accent="ansi_default",
    link="ansi_default",
    rule="ansi_default",
    bar="ansi_default",
    bar_quiet="ansi_default",
    shade="ansi_default",
    mark="ansi_default",
    mark_ink="ansi_default",
    ansi=True,
    bar_style="reverse",
    mark_style="reverse",
    quiet_style="dim",
)
BUILT_IN = (PAPER, INK, SEPIA, CONTRAST_LIGHT, CONTRAST_DARK, TERMINAL, MONO)
AUTO = "auto"
"""The name by which a person asks for `paper` or `ink`, as the terminal is light or dark."""


def follow(dark: bool) -> str:
    """The theme for a terminal that is dark, or light."""
    return INK.name if dark else PAPER.name


def theme_of(palette: Palette) -> Theme:
    """The palette as Textual wants it; its fields become variables (`$bar-quiet`)."""
    from textual.theme import BUILTIN_THEMES, Theme

    own_colours = BUILTIN_THEMES["ansi-dark"].variables if palette.ansi else {}
    inks = {
        field.replace("_", "-"): getattr(palette, field)
        for field in Palette.__match_args__
        if field not in ("name", "dark", "ansi")
    }
    return Theme(
        name=palette.name,
        primary=palette.accent,
        secondary=palette.link,
        accent=palette.accent,
        foreground=palette.ink,
        background=palette.paper,
        surface=palette.paper,
        panel=palette.paper,
        dark=palette.dark,
        ansi=palette.ansi,
        variables={**own_colours, **inks},
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
