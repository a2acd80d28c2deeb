"""A small edition written for pictures: every sort of block, long titles, several scripts."""

from __future__ import annotations

from pathlib import Path

from gazette import all_open

from reader.library import Library
from reader.model import ArticleId, Cleaned, Related, SourceKind, When
from reader.store import Incoming

SPECIMEN = """\
A page of type is judged by what it does not do. It does not call attention to itself, it does
not tire, and it keeps its promises: what looks like a **heading** is one, what is set in *italic*
is meant so, and [a link](https://example.org/links?of=type) leads where it says.

## What a page must carry

Every newspaper has carried the same few things since the *Relation* of 1605:

- news, in the order in which it came
- prices, which are lists
  - of grain
  - of ships
- and one correction

1. The first column is read.
2. The second is looked at.

> A broadsheet folded once is a newspaper; folded twice it is a hat.
> It should be worth unfolding.

### The figures

| Paper | Founded | Columns | Price |
|:------|--------:|:-------:|------:|
| Relation | 1605 | 1 | 2 kr. |
| Gazette | 1665 | 2 | 1 d. |
| Evening Sheet | 1896 | 7 | ½ d. |

Set by machine, a line was five lines of program:

```python
def justify(words, measure):
    while len(" ".join(words)) > measure:
        yield words.pop(0)
```

The measure stayed `66` characters for three hundred years.[^1]

---

*Corrections* go below the line.

[^1]: Give or take a column.
"""
CJK = """\
港の防波堤が嵐で崩れ、十一人が負傷した。町議会は火曜日の夜、石とコンクリートで再建することを
十一対八で決めた。「海は待ってくれない」と議長は語った。費用は二千三百万クローネにのぼる。

漁師たちは、春の大潮までに間に合うかどうかを心配している。
"""
HEBREW = """\
גל הים שבר את **חומת הנמל** בשעה שתיים וארבעים בלילה, ואחד־עשר בני אדם נפצעו. מועצת העיר
החליטה ביום שלישי, ברוב של 11 מול 8, לבנות אותה מחדש באבן ובבטון (23.4 מיליון כתר).

The harbour master, Ragna Pell, wrote only one word in the log: שבר.
"""
STORM = "The wall went at twenty to three, and the sea came into the harbour after it. " * 9


def write(path: Path) -> dict[str, ArticleId]:
    """Put the edition into a cache, its reader looking at all articles. Its articles by name."""
    with Library.open(path) as library:
        all_open(library)
        sheet = _source(library, "The Evening Sheet", "Papers")
        gazette = _source(library, "The Harbour Gazette", "Papers")
        letters = _source(library, "Letters", None)
        kept = {
            "storm": _keep(
                library, gazette, "Storm takes the harbour wall", STORM, "2026-11-21T06:00:00+00:00"
            ),
            "cjk": _keep(library, sheet, "嵐で防波堤崩れる、十一人負傷", CJK, "2026-11-20"),
            "long": _keep(
                library,
                gazette,
                "Council, having argued until midnight about who should pay for the wall, the lamp "
                "and the two drowned pontoons, resolves to argue again on Thursday",
                STORM,
                "2025-03-04",
            ),
            "doubt": _keep(
                library,
                letters,
                "It began as a letter to nobody",
                "It began as a letter to nobody. " * 12,
                None,
                warnings=("title-derived", "truncated"),
            ),
            "specimen": _keep(
                library,
                sheet,
                "On the setting of newspapers",
                SPECIMEN,
                "2026-11-23T07:15:00+00:00",
                authors=("Ada Thorne", "Ben Osei"),
                section="Craft",
                url="https://evening.example/craft/setting",
                related=(Related("How a line is justified", "The Harbour Gazette"),),
            ),
        }
        library.star([kept["storm"], kept["long"]])
        library.tag([kept["storm"]], add=["harbour", "weather"])
        library.note(kept["storm"], "compare with the surveyor's figure")
        library.mark_read([kept["cjk"]])
    return kept


def write_hebrew(path: Path) -> ArticleId:
    """Put one article that runs from right to left into a cache."""
    with Library.open(path) as library:
        source = _source(library, "עיתון הערב", None)
        title = "הים לקח את חומת הנמל; המועצה תבנה אותה מחדש"
        return _keep(library, source, title, HEBREW, "2026-11-21")


def _source(library: Library, title: str, folder: str | None) -> int:
    slug = title.lower().replace(" ", "-")
    return library.cache.sources.add(
        SourceKind.PAGE, f"https://{slug}.example/", title, folder=folder
    ).id


def _keep(
    library: Library, source: int, title: str, text: str, published: str | None, **facts: object
) -> ArticleId:
    cleaned = Cleaned(
        title=title,
        text=text,
        markdown=text,
        kind="html",
        published=When(published) if published else None,
        summary=text.split(". ")[0].replace("\n", " ") + ".",
        words=len(text.split()),
        minutes=max(1, len(text.split()) // 220),
        **facts,  # type: ignore[arg-type]
    )
    arrival = library.cache.articles.keep(source, Incoming(guid=title, cleaned=cleaned))  # type: ignore[arg-type]
    if arrival.id is None:
        raise AssertionError(arrival)
    return arrival.id
