"""`config.toml` with every setting in it, commented out and explained: one table says what."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

WIDEST_CHARACTERS = 88
HEAD = """\
The settings of broadsheet. A line with one # is asleep: take the # away to change what it
says. What stands here is what holds without this file, or an example. `broadsheet config --check`
looks it over; the README says more.
"""
ONE_PROGRAM = '[source."exec:morning"]'
ONE_SOURCE = '[source."https://paper.example/feed"]'
ABOUT_SOURCES = (
    "What one source wants of its own: one such table for each, named by its address. For one that "
    "asks who you are: user with a password_command or a password_env."
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as the file shows it: its name, a value as TOML, what it is."""

    name: str
    value: str
    """What holds if nothing is said; in the table of a source an example."""
    help: str


GENERAL = (
    Setting(
        "theme",
        '"auto"',
        'The theme of the reading room by name: "paper", "ink", "sepia", "contrast-light", '
        '"contrast-dark", "terminal", "mono", or one of your own; "auto" is light or dark as the '
        "terminal is. Without it, the one last chosen with T.",
    ),
    Setting("measure_cells", "70", "The width of the text column, 45 to 90."),
    Setting(
        "mark_read",
        '"rest"',
        'When an article counts as read: after a "rest" on it, on "open", or "never".',
    ),
    Setting(
        "headline",
        '["title", "source", "age"]',
        'What stands in a line of the list, of "title", "source", "age", "minutes", "words".',
    ),
    Setting(
        "bidi",
        '"terminal"',
        'Who orders right-to-left letters: the "terminal", or "reorder" for one that does not; '
        '"off" also leaves such paragraphs on the left.',
    ),
    Setting(
        "cursor",
        "false",
        "true keeps the terminal's own cursor on the chosen row, for magnifiers and braille.",
    ),
    Setting(
        "keys",
        '"broadsheet"',
        'The keys of the reading room: "broadsheet", "newsboat", "vim", "emacs" or "arrows"; or a '
        "table [keys] at the end of this file, with a preset and keys of your own. They are listed "
        "by `broadsheet keys`.",
    ),
    Setting(
        "front_days",
        "7",
        "Days after which articles leave the front page, never the cache; 0 keeps them off it.",
    ),
    Setting("mouse", "true", "false leaves the mouse to the terminal, to select text with."),
    Setting(
        "speaker",
        '["espeak-ng", "--stdin"]',
        "What reads aloud, a program and its words; it gets the text on stdin. Without it, the "
        "first that is installed of spd-say, espeak-ng and say.",
    ),
    Setting(
        "notify", "false", "true tells the desktop what a refresh in the reading room brought."
    ),
    Setting(
        "pictures",
        "false",
        "true lets a key fetch and show the pictures of an article.",
    ),
)
FETCH = (
    Setting("host_interval_seconds", "1.0", "Between two requests to one host."),
    Setting("host_connections", "2", "To one host at once, 1 to 8."),
    Setting("parallel", "12", "Requests at once to all hosts together, 1 to 64."),
    Setting(
        "full_text",
        '"auto"',
        'Fetch the pages of entries that are but a beginning ("auto"), "always" or "never".',
    ),
    Setting("keep_days", "0", "Articles of feeds go after so many days; 0 keeps them."),
    Setting(
        "keep_articles",
        "0",
        "So many articles of each feed are kept; 0 keeps all. Starred articles never go.",
    ),
)
SOURCE = (
    Setting("full_text", '"never"', 'As in [fetch]: "auto", "always" or "never".'),
    Setting("keep_days", "90", "As in [fetch]."),
    Setting("keep_articles", "500", "As in [fetch]."),
    Setting("front_days", "1", "Days that its articles may be on the front page."),
    Setting("verify_tls", "true", "false trusts a certificate that nobody has signed."),
    Setting("user", '"me"', "The name to give."),
    Setting("password_env", '"PAPER_PASSWORD"', "The variable that holds the password."),
    Setting(
        "password_command",
        '["pass", "show", "paper"]',
        "Or what prints the password: a program and its words.",
    ),
    Setting("password_keyring", '"broadsheet"', "Or the service of the system's keyring."),
    Setting("headers", '{X-Reader = "broadsheet"}', "Headers to send."),
    Setting("headers_env", '{X-Key = "PAPER_KEY"}', "The same, with values from variables."),
    Setting("cookies_file", '"cookies.txt"', "Cookies as browsers export them, beside this file."),
)
"""For each field of `reader.config.Feed` an example; the defaults are to say nothing."""
PROGRAM = (
    Setting("command", '["my-script", "--today"]', "A source that is a program: it prints a feed."),
)
"""What only a source that is a program has."""


def commented() -> str:
    """The text of a settings file in which nothing is set."""
    general = _settings(GENERAL)
    fetch = ["", "## How the network is used.", "", "# [fetch]", *_settings(FETCH)[1:]]
    source = ["", *_words(ABOUT_SOURCES), "", f"# {ONE_SOURCE}", *_settings(SOURCE)[1:]]
    program = ["", f"# {ONE_PROGRAM}", *_settings(PROGRAM)[1:]]
    return "\n".join([*_words(HEAD), *general, *fetch, *source, *program]) + "\n"


def _settings(settings: tuple[Setting, ...]) -> list[str]:
    lines = []
    for setting in settings:
        lines += ["", *_words(setting.help), f"# {setting.name} = {setting.value}"]
    return lines


def _words(text: str) -> list[str]:
    return [f"## {line}" for line in wrap(" ".join(text.split()), WIDEST_CHARACTERS)]
