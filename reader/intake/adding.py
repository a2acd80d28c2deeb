"""Adding what a person names, one after the other: addresses, files, folders, stdin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from reader import clock
from reader.clean.worker import Cleaner
from reader.errors import FetchError, NothingFound, SeveralFeeds
from reader.feeds import schedule
from reader.fetch.addresses import target
from reader.fetch.answers import Answer
from reader.intake import PROCESSES
from reader.intake.keeping import Keeper
from reader.intake.naming import page, pieces
from reader.intake.subscribe import Subscriber, address_in
from reader.model import Arrival, Document, SourceKind
from reader.store import fetches
from reader.store.identity import bytes_digest
from reader.text.addresses import without_login

if TYPE_CHECKING:
    from reader.store import Cache


def add(
    cache: Cache, what: Sequence[str], folder: str | None, stdin: bytes | None
) -> Iterator[Arrival]:
    """Each arrival is committed. Raises SeveralFeeds in the end, if there is a choice to make."""
    choices: list[SeveralFeeds] = []
    subscriber = Subscriber(cache, folder)
    with Cleaner(processes=PROCESSES) as cleaner:
        keeper = Keeper(cache, cleaner)
        try:
            for is_address, named in groupby(what, lambda each: address_in(each) is not None):
                if is_address:
                    for each in named:
                        yield from _address(cache, keeper, subscriber, each, folder, choices)
                else:
                    local = (piece for each in named for piece in pieces(each, folder, stdin))
                    yield from keeper.take(local)
        finally:
            subscriber.close()
    if choices:
        raise choices[0]


def _address(
    cache: Cache,
    keeper: Keeper,
    subscriber: Subscriber,
    what: str,
    folder: str | None,
    choices: list[SeveralFeeds],
) -> Iterator[Arrival]:
    url, what = address_in(what) or what, without_login(what)
    try:
        came = subscriber.take(url, what)
        if not isinstance(came, Answer):
            yield from came
            return
        clean = target(url).url
    except SeveralFeeds as choice:
        choices.append(choice)
        return
    except FetchError as failure:
        reason = str(failure.args[1])
        yield Arrival("refused", guid=without_login(url), reason=reason, what=what)
        return
    document = Document(came.body, url=came.url, content_type=came.content_type)
    yield from keeper.take([page(document, clean, what, folder)])
    _watch(cache, clean, came)


def _watch(cache: Cache, url: str, answer: Answer) -> None:
    """Remember what to ask the page by the next time, if it was kept."""
    try:
        source = cache.fetches.one(cache.sources.find(url).id)
    except NothingFound:
        return
    if source.kind != SourceKind.PAGE:
        return
    now = clock.now()
    validators = answer.validators
    answered = fetches.Answered(
        now, schedule.next_look(now, None), bytes_digest(answer.body), {}, source.changed or now
    )
    with cache.write() as conn:
        fetches.keep_answer(conn, source.id, answered)
        fetches.keep_validators(conn, source.id, answer.url, validators.etag, validators.modified)
