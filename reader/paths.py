"""Where things lie: what ships with the program, and what belongs to the person.

`BROADSHEET_HOME` holds everything when set; otherwise the XDG places, through platformdirs.
"""

import os
import sys
from pathlib import Path

from reader.errors import UsageError

PACKAGE = Path(__file__).resolve().parent
HOMELESS = "you have no home folder: set HOME, or BROADSHEET_HOME to a folder"


def shipped(name: str) -> Path:
    """The folder `styles` or `data`, from a checkout, an editable install or a wheel alike.

    In a checkout it stands beside the package; in a wheel hatchling puts it at `reader/_<name>`.
    """
    inside = PACKAGE / f"_{name}"
    return inside if inside.is_dir() else PACKAGE.parent / name


def child(module: str) -> list[str]:
    """The command that runs a module of this very program as a child.

    Nothing is imported from the folder one happens to be in, as `python -m` would: it may hold a
    `json.py` of somebody else's. Our own folder comes last, where it can replace no other module.
    """
    code = (
        "import runpy, sys; sys.path.append(sys.argv.pop(1));"
        " runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"
    )
    return [sys.executable, "-P", "-c", code, str(PACKAGE.parent), module]


def home() -> Path | None:
    """The folder `BROADSHEET_HOME` names, or None."""
    told = os.environ.get("BROADSHEET_HOME")
    return Path(told).expanduser().absolute() if told else None


def cache_file() -> Path:
    """The SQLite file of articles. It is data, not cache, to the system: bookmarks live in it."""
    return (home() or _place("data")) / "broadsheet.db"


def config_file() -> Path:
    """The person's `config.toml`, which need not exist."""
    return (home() or _place("config")) / "config.toml"


def state_dir() -> Path:
    """The folder of logs and locks."""
    return home() or _place("state")


def private_dir(folder: Path) -> Path:
    """`folder`, made if need be, open to its owner only. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _place(kind: str) -> Path:
    import platformdirs

    places = {
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
        "state": platformdirs.user_state_path,
    }
    try:
        found = places[kind]("broadsheet", appauthor=False)
    except RuntimeError as error:
        raise UsageError(HOMELESS) from error
    if not found.is_absolute():  # `~` that nobody could resolve would be a folder of that name
        raise UsageError(HOMELESS)
    return found
