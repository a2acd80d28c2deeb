"""The verbs: said once here, for the overview, the parsers, the README and the tests.

A verb's module offers `arguments(parser)` and `run(args) -> exit code`, and is imported only
when its verb is used.
"""

from __future__ import annotations

import os

from reader.errors import UsageError

TYPE_CHECKING = False  # typing itself is a sixth of the time that `--help` takes
if TYPE_CHECKING:
    import argparse


class Verb:
    """A verb as the overview shows it: its module, what follows it, what it does.

    Not a dataclass: to import those would double the time that `--help` takes.
    """

    __slots__ = ("help", "module", "usage")

    def __init__(self, module: str, usage: str, help: str) -> None:
        self.module = module
        self.usage = usage
        self.help = help


VERBS = {
    "add": Verb("add", "WHAT…", "add feeds, sites, pages, files, folders or stdin"),
    "clean": Verb(
        "clean",
        "FILE|DIR|URL|- | --manifest M.jsonl",
        "clean without touching the cache, as Markdown or a record",
    ),
    "refresh": Verb("refresh", "[SOURCE…]", "ask the sources what is new"),
    "fetch": Verb("fetch", "ID…|QUERY", "fetch the whole text of entries that are a beginning"),
    "timer": Verb("timer", "", "print, or install, what refreshes by itself"),
    "preview": Verb(
        "preview",
        "WHAT… | --manifest M.jsonl",
        "show what a feed, site or file would deliver, the cache untouched",
    ),
    "sources": Verb("sources", "", "list where articles come from"),
    "list": Verb("listing", "[QUERY]", "list articles, newest first"),
    "search": Verb("search", "QUERY", "search titles and texts, best first"),
    "read": Verb("reading", "ID", "read an article here"),
    "diff": Verb("diff", "ID [--from N] [--to M]", "show what was changed in an article, by words"),
    "speak": Verb("speak", "ID", "read an article aloud"),
    "similar": Verb("similar", "ID | --every", "list the articles like one, or like every one"),
    "front": Verb(
        "front", "[--since | --today | --week]", "the front page: each event once, and what is new"
    ),
    "stories": Verb("stories", "[QUERY]", "list the stories of the week, each event once"),
    "story": Verb(
        "story",
        "ID [--split ARTICLE | --merge ID]",
        "show a story, part it or merge it with another",
    ),
    "duplicates": Verb("duplicates", "[QUERY]", "list near copies of one text, folded together"),
    "mark": Verb(
        "mark", "read|unread|star|unstar ID…|QUERY", "mark articles read or unread, star or unstar"
    ),
    "tag": Verb("tag", "WORD ID…|QUERY", "give articles a tag, or take it away"),
    "note": Verb("note", "ID [TEXT]", "write a note to an article, or take it away"),
    "highlights": Verb("highlights", "[ID | QUERY]", "list what you highlighted"),
    "undo": Verb("undo", "", "take back the last change"),
    "remove": Verb(
        "remove",
        "SOURCE…",
        "remove sources with their articles, but what you marked stays; `undo` takes it back",
    ),
    "import": Verb(
        "importing",
        "FILE|DIR|-|newsboat | --starter [TOPIC…]",
        "take over feeds and articles: OPML, newsboat, addresses, JSON lines",
    ),
    "export": Verb(
        "exporting",
        "ID…|QUERY|--all",
        "write out as Word, PDF, EPUB, HTML, Markdown or JSON; feeds as OPML",
    ),
    "reclean": Verb("reclean", "[QUERY]", "clean again from the raw pages kept in the cache"),
    "config": Verb("configure", "", "open the settings in your editor, or check them"),
    "completions": Verb(
        "completions", "bash|zsh|fish", "print what completes our words in your shell"
    ),
    "man": Verb("manual", "", "print the manual page"),
    "keys": Verb("keys", "[WORD…]", "list the keys of the reading room, as you have set them"),
    "doctor": Verb("doctor", "", "check the cache, the settings and the places"),
    "db": Verb("db", "backup [FILE] | check | stats", "back up, check or measure the cache"),
}
"""In the order a person meets them."""

SHOW = Verb("show", "[WHAT]", "open the reading room, or add WHAT and show it")
"""What happens without a verb."""


def overview() -> str:
    """The help of the whole command."""
    widest = max(map(len, VERBS))
    rows = "\n".join(f"  {name:<{widest}}  {verb.help}" for name, verb in VERBS.items())
    return f"""\
usage: broadsheet                     open the reading room
       broadsheet URL|FILE|DIR|-      add it and show it
       broadsheet VERB …              one of the verbs below

A newspaper for the terminal: paste anything, read it clean, keep it, find what is like it.

verbs:
{rows}

options:
  -h, --help     this help; `broadsheet VERB --help` names every option of a verb
  -V, --version  the version

Every verb takes --json (one object or a list) or --jsonl (one object a line).
Exit: 0 ok, 1 some work failed, 2 usage or settings, 3 nothing found, 4 cache unusable,
130 interrupted. BROADSHEET_HOME=DIR keeps cache and settings together in one folder.
"""


def run(name: str, words: list[str]) -> int:
    """Parse the words after the verb `name` ("" is no verb) and do it."""
    from importlib import import_module

    from reader.cli.parsing import parse

    module = import_module(f"reader.cli.{VERBS.get(name, SHOW).module}")
    code: int = module.run(parse(parser_of(name), words))
    return code


def parser_of(name: str) -> argparse.ArgumentParser:
    """The parser of one verb."""
    from importlib import import_module

    from reader.cli.parsing import Parser

    verb = VERBS.get(name, SHOW)
    module = import_module(f"reader.cli.{verb.module}")
    parser = Parser(
        prog=f"broadsheet {name}".rstrip(),
        # Said here, for argparse would take as long to work it out as to read the arguments.
        usage=f"broadsheet {name} {verb.usage} [options]".replace("  ", " "),
        description=verb.help[0].upper() + verb.help[1:] + ".",
        epilog=getattr(module, "EPILOG", None),
    )
    module.arguments(parser)
    return parser


def acts() -> dict[str, str]:
    """What can be done, by one word: each verb, and with its verb what that takes as a word of its
    own: `mark star` by `star`, `db backup` by `backup`."""
    import re

    found: dict[str, str] = {}
    for name, verb in VERBS.items():
        first = re.sub(r" *\[.*?\]| (?=\|)|(?<=\|) ", "", verb.usage).partition(" ")[0]
        words = (word for word in first.split("|") if word.isalpha() and word.islower())
        found |= {word: f"{name} {word}" for word in words}
    return found | {name: name for name in VERBS}


def refuse_unless_addable(words: list[str]) -> None:
    """Raise UsageError if the first word is neither a verb, an option, an address nor a file."""
    first = words[0]
    if first.startswith("-") or "://" in first or os.path.lexists(first):
        return
    from difflib import get_close_matches

    called = acts()
    near = get_close_matches(first, called, n=1)
    hint = f"did you mean `broadsheet {called[near[0]]}`? " if near else ""
    raise UsageError(
        f"there is no verb and no file called '{first}': {hint}`broadsheet --help` lists the verbs"
    )
