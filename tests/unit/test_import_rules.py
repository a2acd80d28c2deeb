"""The arrows between the rooms, drawn from the imports themselves, and what stays unloaded."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import paths

READER = paths.PACKAGE

NOUNS = {"noun", "model", "errors", "clock", "paths", "courtesy"}
"""What every room may know."""

MAY_IMPORT = {
    "noun": set(),
    "model": {"noun"},
    "errors": set(),
    "clock": {"errors"},
    "paths": {"errors"},
    "courtesy": set(),
    "config": NOUNS,
    "text": NOUNS,
    "confined": NOUNS,
    "faults": NOUNS | {"text"},
    "speech": NOUNS | {"text"},
    "fetch": NOUNS,
    "pictures": NOUNS | {"confined", "fetch"},
    "feeds": NOUNS | {"text", "confined", "clean"},
    "clean": NOUNS | {"text", "confined"},
    "store": NOUNS | {"text"},
    "query": NOUNS | {"text", "store"},
    "stories": NOUNS | {"text", "store"},
    "exchange": NOUNS | {"text", "clean", "store", "stories"},
    "intake": NOUNS | {"text", "config", "confined", "fetch", "feeds", "clean", "store", "stories"},
    "questions": NOUNS | {"config", "store", "query", "stories"},
    "library": NOUNS
    | {"text", "config", "store", "query", "stories", "intake", "exchange", "questions"},
    "cli": NOUNS
    | {
        "text",
        "config",
        "library",
        "exchange",
        "intake",
        "clean",
        "fetch",
        "faults",
        "speech",
        "app",
    },
    "app": NOUNS | {"text", "config", "library", "faults"},
}
"""Room → rooms it may import. `cli` opens the app, and cleans and fetches without a cache."""

LONGEST = 440
"""Lines of a module: one idea of about four hundred lines, and the tenth that imports take."""

HEAVY = {
    "textual",
    "rich",
    "lxml",
    "trafilatura",
    "readability",
    "resiliparse",
    "numpy",
    "sqlite_utils",
    "markdown_it",
    "mdit_py_plugins",
    "urllib3",
    "charset_normalizer",
    "htmldate",
    "feedparser",
    "nh3",
    "PIL",
    "docx",
    "typst",
}
"""Packages slow to load: only inside functions, and only in their own rooms."""

HOME_OF = {
    "textual": {"app"},
    "rich": {"app", "text"},
    "lxml": {"clean", "feeds"},
    "trafilatura": {"clean"},
    "readability": {"clean"},
    "resiliparse": {"clean"},
    "htmldate": {"clean"},
    "charset_normalizer": {"clean"},
    "feedparser": {"feeds"},
    "nh3": {"feeds"},
    "urllib3": {"fetch"},
    "PIL": {"pictures"},
    "docx": {"exchange"},
    "typst": {"exchange"},
    "sqlite_utils": {"store"},
    "markdown_it": {"text"},
    "mdit_py_plugins": {"text"},
    "sqlite3": {"store", "query", "stories", "exchange", "intake"},
    "socket": {"fetch"},
    "http": {"fetch"},
}
"""Package → the rooms that may import it at all."""


def modules() -> Iterator[tuple[str, str, ast.Module]]:
    """Room, path and syntax tree of every module."""
    for file in sorted(READER.rglob("*.py")):
        inside = file.relative_to(READER)
        if inside.parts[0] in ("__init__.py", "__main__.py"):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        yield inside.parts[0].removesuffix(".py"), str(inside), tree


def imports(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Every module a tree imports, and whether at its top level (loaded with it)."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, True) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name the whole path"
            yield node.module or "", True
            yield from ((f"{node.module}.{alias.name}", True) for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from ((name, False) for name, _ in imports(node))
        else:
            yield from imports(node)


ALL = list(modules())


@pytest.mark.parametrize("room", sorted({room for room, _, _ in ALL}))
def test_the_arrows_point_one_way(room):
    allowed = MAY_IMPORT[room] | {room}
    wrong = [
        f"{path} imports {name}"
        for at, path, tree in ALL
        if at == room
        for name, _ in imports(tree)
        if name.startswith("reader.") and name.split(".")[1] not in allowed | {"__version__"}
    ]
    assert not wrong


def test_a_package_is_used_in_its_own_room_only():
    wrong = [
        f"{path} imports {name}"
        for room, path, tree in ALL
        for name, _ in imports(tree)
        if room not in HOME_OF.get(name.partition(".")[0], {room})
    ]
    assert not wrong


@pytest.mark.parametrize("room", ["model", "text", "config", "cli", "library", "store", "query"])
def test_nothing_heavy_is_loaded_with_the_rooms_of_the_start_path(room):
    wrong = [
        f"{path} imports {name} at its top"
        for at, path, tree in ALL
        if at == room
        for name, top in imports(tree)
        if top and name.partition(".")[0] in HEAVY
    ]
    assert not wrong


def test_every_room_says_what_it_promises():
    silent = [
        path
        for _, path, tree in ALL
        if path.endswith("__init__.py") and not ast.get_docstring(tree)
    ]
    assert not silent


def test_a_module_can_be_read_in_one_sitting():
    long = {
        path: lines
        for _, path, _ in ALL
        if (lines := len((READER / path).read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


LOADED = """
import json, sys
from reader.cli import main
code = main(json.loads(sys.argv[1]))
print("\\n" + json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["list", "--json"], ["sources", "--json"], ["list", "x"]]
)
def test_what_a_quick_command_leaves_unloaded(words, own_home):
    def run() -> tuple[int, set[str]]:
        done = subprocess.run(
            [sys.executable, "-c", LOADED, json.dumps(words)],
            capture_output=True,
            text=True,
            check=True,
            cwd=READER.parent,
        )
        code, loaded = json.loads(done.stdout.splitlines()[-1])
        return code, set(loaded)

    run()  # makes the cache, for which sqlite_utils is needed
    _, loaded = run()

    assert not loaded & (HEAVY | {"asyncio", "email", "ssl", "concurrent"})


def test_all_text_files_are_where_one_function_finds_them():
    assert (paths.shipped("data") / "sample" / "edition.toml").is_file()
    assert Path(paths.shipped("styles")).is_dir()
