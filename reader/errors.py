"""Failures a person can act on, each a sentence with its cause and its cure.

The arguments are the facts; `says` puts them into words. Plain arguments also survive the way
back from a worker process, where a custom `__init__` would not.

Exit codes (`exit_code`): 1 some work failed, 2 usage or configuration, 3 nothing found,
4 the cache cannot be used.
"""


class BroadsheetError(Exception):
    """A failure a person can act on. The arguments are the facts, `says` puts them into words."""

    says = "{0}"
    exit_code = 1

    def __str__(self) -> str:
        return self.says.format(*self.args)


class UsageError(BroadsheetError):
    """The command or a setting is not understood. Fact: the sentence."""

    exit_code = 2


class SeveralFeeds(UsageError):
    """Facts: the address as it was typed, its feeds as text, the same as (title, address)."""

    says = "{0} has several feeds; add the one you want: {1}"


class NothingFound(BroadsheetError):
    """What was asked for is not there. Fact: the sentence."""

    exit_code = 3


class FetchError(BroadsheetError):
    """An address could not be fetched. Facts: address, cause with its cure."""

    says = "cannot fetch {0}: {1}"


class FetchLater(FetchError):
    """The same, but nothing says that it will not work later."""


class Offline(FetchLater):
    """The same, because this machine reaches nobody: no fault of the host that was asked."""


class CleanError(BroadsheetError):
    """A document could not be cleaned. Facts: its name, cause."""

    says = "cannot clean {0}: {1}"


class FeedError(BroadsheetError):
    """A document is not the feed it should be, or cannot be read as one. Fact: the cause."""


class NotAFeed(FeedError):
    """A document is something else than a feed: a page, perhaps. Fact: what it is."""


class CacheError(BroadsheetError):
    """The cache cannot be used. What is in it has not been changed. Fact: the sentence."""

    exit_code = 4


class CacheTooNew(CacheError):
    """Facts: path, format found, newest format this version reads."""

    says = (
        "cannot open {0}: a newer broadsheet wrote it (format {1}, this one reads up to {2}). "
        "Upgrade broadsheet, or set BROADSHEET_HOME to another folder; the file is as it was."
    )


class CacheForeign(CacheError):
    """Facts: path."""

    says = (
        "cannot open {0}: it is a SQLite file of another program. "
        "Move it away, or set BROADSHEET_HOME to another folder; the file is as it was."
    )


class CacheCorrupt(CacheError):
    """Facts: path, what SQLite said."""

    says = (
        "cannot read {0}: the file is damaged ({1}). Nothing was changed. Move it away and restore "
        "a backup (`broadsheet db backup` makes them), or start afresh; starred "
        "articles are also kept beside it in bookmarks.jsonl, for `broadsheet import`."
    )


class CacheReadOnly(CacheError):
    """Facts: path, cause."""

    says = "cannot write {0}: {1}. Make the folder writable, or set BROADSHEET_HOME to one that is."


class CacheFull(CacheError):
    """Facts: path."""

    says = (
        "cannot write {0}: the disk is full. Nothing that was saved is lost; "
        "free some space and do it again."
    )


class CacheBusy(CacheError):
    """Facts: path."""

    says = (
        "cannot write {0}: another broadsheet has been writing to it for a while. "
        "Wait for it to end, or end it, and try again; nothing was changed."
    )


class Interrupted(BroadsheetError):
    """A question was called off before it was answered. Fact: the sentence."""

    exit_code = 130
