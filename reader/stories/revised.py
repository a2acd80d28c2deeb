"""What changed between two revisions of an article: pure, from their texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.errors import NothingFound
from reader.model import Revision
from reader.text.edits import without_furniture
from reader.text.worddiff import Piece, counted, differences


@dataclass(frozen=True, slots=True)
class Edit:
    """How one revision became another."""

    before: Revision
    after: Revision
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    """Without counters, times of updates and the like."""

    @property
    def words(self) -> tuple[int, int]:
        """How many went and how many came, those of the headline with them."""
        return counted((*self.title, *self.text))


def edit(
    revisions: Sequence[Revision], before: int | None = None, after: int | None = None
) -> Edit:
    """What changed from the revision numbered `before` to that numbered `after`; the last two if
    nothing is said. Raises NothingFound for one that is not there, or if there is but one."""
    if len(revisions) < 2:
        raise NothingFound("it has not been edited since it came: there is nothing to compare")
    by_number = {each.number: each for each in revisions}
    numbers = sorted(by_number)
    if after is None:
        after = numbers[-1] if before != numbers[-1] else numbers[-2]
    if before is None:
        before = next((low for low, high in pairwise(numbers) if high == after), numbers[-1])
    for number in (before, after):
        if number not in by_number:
            raise NothingFound(
                f"there is no revision {number}: they are numbered {numbers[0]} to {numbers[-1]}"
            )
    old, new = by_number[before], by_number[after]
    return Edit(
        old,
        new,
        tuple(differences(old.title, new.title)),
        tuple(differences(without_furniture(old.text), without_furniture(new.text))),
    )
