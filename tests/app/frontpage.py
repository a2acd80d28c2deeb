"""A morning's news for the front page: events told by several papers, a wire copy, a background."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from gazette import NOW

from reader import stories
from reader.library import Library
from reader.model import ArticleId, Cleaned, SourceKind, When
from reader.store import Incoming

BRIDGE = (
    "The harbour bridge at Kellmouth stays shut until spring, the council decided on Sunday night. "
    "Engineers found cracks in two of its piers when they dived after the October storm. "
    "The ferry carries four hundred cars a day and asks the council for compensation. "
    "Repairs to the piers will cost 18 million crowns, of which the ministry pays a third. "
    "The council meets again on Thursday, when the divers will show what they filmed."
)
BRIDGE_WIRE = (
    "KELLMOUTH (Northline) - The harbour bridge at Kellmouth will not open before spring because "
    "of cracks in two of its piers, the council said. Divers found the cracks in the bridge piers "
    "after the October storm. The council wants the ministry to pay a third of the 18 million "
    "crowns that repairs of the piers cost. The ferry company carries four hundred cars a day."
)
BRIDGE_SCHOOL = (
    "Pupils from the far side of the harbour lose an hour a day while the bridge at Kellmouth is "
    "shut, their school says. The council closed the bridge because of cracks in two piers that "
    "engineers found after the October storm, and it stays shut until spring. The ferry company "
    "offers the pupils a boat of their own at seven in the morning from Monday. "
    "A petition with 2,100 names asks for a bus through Ostrey instead."
)
FERRY = (
    "The battery ferry to Skerrow was named on Sunday after the island's midwife, Tove Arnesdal. "
    "The county had another name ready and gave it up after a vote among the islanders. "
    "The ferry sails from May with room for forty cars and two hundred passengers."
)
FERRY_TOO = (
    "Islanders named the new battery ferry to Skerrow for the midwife Tove Arnesdal on Sunday. "
    "The vote among islanders beat the name that the county had ready for the ferry. "
    "With room for forty cars and two hundred passengers it sails to the island from May."
)
LIBRARY = (
    "The library lent nine thousand books this year, and one dehumidifier to forty-four people. "
    "Its keeper says that damp is the most read subject in town."
)
GAUGE = (
    "The tide gauge in the hut on the Long Arm has drawn its line for ninety years without a gap. "
    "On the night of the storm it drew one that nobody had seen before."
)
DEAL = "Two lamps for the price of one, today only, at the chandlery on the quay."
OLD = (
    "The piers of the Kellmouth harbour bridge were last looked at by divers in 2019, a report "
    "says. It found the bridge sound and asked for another look after any great storm."
)

NEWS = (
    ("bridge-gazette", "The Harbour Gazette", "Harbour bridge shut until spring, council says",
     BRIDGE, 3),
    ("bridge-wire", "Northline", "Bridge at Kellmouth closed until spring after cracks in piers",
     BRIDGE_WIRE, 5),
    ("bridge-copy", "Quay and Tonnage",
     "Bridge at Kellmouth closed until spring after cracks in piers", BRIDGE_WIRE, 4),
    ("bridge-school", "Fen & Field", "A boat at seven for the pupils whom the shut bridge strands",
     BRIDGE_SCHOOL, 1),
    ("ferry-gazette", "The Harbour Gazette", "Ferry to Skerrow is named after a midwife",
     FERRY, 14),
    ("ferry-water", "Low Water", "The ferry has a name, and it is not the county's", FERRY_TOO, 12),
    ("library", "The Harbour Gazette", "What the town borrowed", LIBRARY, 7),
    ("gauge", "Low Water", "What the gauge in the hut saw", GAUGE, 20),
    ("deal", "The Chandlery", "Two lamps for one", DEAL, 30),
    ("old", "Northline", "Divers find the harbour bridge sound", OLD, 24 * 400),
)  # fmt: skip
"""Name, paper, title, text, and how many hours before NOW it was published."""


def write(path: Path) -> dict[str, ArticleId]:
    """Put the news into a cache whose reader has never been there. Its articles by name."""
    by_age = sorted(NEWS, key=lambda each: -each[-1])
    with Library.open(path) as library:
        return {name: publish(library, name, *facts) for name, *facts in by_age}


def publish(
    library: Library,
    name: str,
    paper: str,
    title: str,
    text: str,
    hours: float,
    *,
    dated: bool = True,
) -> ArticleId:
    """One article, as a feed brings it: kept and put into its story."""
    slug = paper.lower().replace(" ", "-").replace("&", "and")
    url = f"https://{slug}.example"
    at = NOW - timedelta(hours=hours)
    cleaned = Cleaned(
        title=title,
        text=text,
        markdown=text.replace(". ", ".\n\n"),
        kind="html",
        published=When(at.isoformat()) if dated else None,
        url=f"{url}/{name}",
        language="en",
        words=len(text.split()),
        minutes=max(1, len(text.split()) // 60),
    )
    with library.cache.write() as conn:
        source = library.cache.sources.add(SourceKind.FEED, f"{url}/feed", paper, folder="Papers")
        kept = library.cache.articles.keep(source.id, Incoming(name, cleaned, seen=at))
        assert kept.id is not None
        stories.index(conn, kept.id, title, text, at.toordinal())
    return kept.id
