"""A feed that replaces all it lists costs no more than what it brings."""

import pytest

from reader.library import Library
from reader.model import Cleaned, SourceKind
from reader.store import Incoming, fetches, vanished

ENTRIES = 300


def listed(edition: int, title: str, url: str) -> list[Incoming]:
    """Entries alike in all by which one could be told from another."""
    names = [url.format(edition=edition, n=n) for n in range(ENTRIES)]
    rivals = dict.fromkeys([*names, "stays"])
    return [
        Incoming(
            name,
            Cleaned(
                title.format(edition=edition, n=n),
                said := f"{edition}, {n}: what the weather is. " * 9,
                said,
                "html",
                url=name if "://" in name else None,
            ),
            rivals=rivals,
        )
        for n, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Weather", "content:{edition}-{n}"),
        ("Weather", "https://h{edition}-{n}.invalid/weather"),
        ("Weather {edition} {n}", "content:{edition}-{n}"),
    ],
    ids=["title", "path", "place"],
)
def test_of_hundreds_that_are_all_alike_none_is_compared_with_all(
    tmp_path, monkeypatch, title, url
):
    compared = []
    alike = vanished._are_alike
    monkeypatch.setattr(
        vanished, "_are_alike", lambda *texts: compared.append(texts) or alike(*texts)
    )
    with Library.open(tmp_path / "cache.db") as library:
        source = library.cache.sources.add(SourceKind.FEED, "https://a.invalid/f", "A").id
        stays = Incoming("stays", Cleaned("Stays", "It stays.", "It stays.", "html"))
        for edition in (1, 2):
            entries = [*listed(edition, title, url), stays]
            kept = library.cache.articles.keep_all(source, entries)
            with library.cache.write() as conn:
                fetches.keep_listing(conn, source, [each.guid or "" for each in entries])
    assert [each.status for each in kept] == ["added"] * ENTRIES + ["skipped"]
    assert len(compared) <= vanished.MANY * ENTRIES
