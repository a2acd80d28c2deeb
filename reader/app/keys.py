"""From keys to acts: sequences such as `g g`, counts such as `5 j`, places; and what clashes.

Invariant: at each place a sequence of keys means one act, and none begins another.

A digit begins a number. An act that counts takes it (`5j`); before any other key it means what the
digit itself is bound to. That act happens at once if all it does is to show where link 5 leads,
else when it is clear that no more keys follow (`pause`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from reader.app.actions import ACTIONS, Action, Place
from reader.noun import Noun

LARGEST = 999_999
"""No list is longer; more digits are not taken."""


WHERE = {
    Place.SOURCES: "in the list of sources",
    Place.HEADLINES: "in lists of articles",
    Place.SIMILAR: "in what is similar",
    Place.PAGE: "on the page",
    Place.FIND: "while finding",
    Place.SELECT: "while selecting",
}


class Pressed(Noun):
    """An act that keys came to, and the number typed before it or meant by it."""

    action: Action
    number: int | None = None

    @property
    def name(self) -> str:
        return self.action.name


class Keyboard:
    """Turns keys, one at a time, into acts. Remembers the beginning of a sequence."""

    def __init__(self, actions: Iterable[Action] = ACTIONS) -> None:
        self._acts: dict[Place, dict[tuple[str, ...], Action]] = {place: {} for place in Place}
        self._beginnings: dict[Place, set[tuple[str, ...]]] = {place: set() for place in Place}
        self._begun: tuple[str, ...] = ()
        self._number = ""
        self._put_off: Action | None = None
        """What the one digit means that was typed, if no act takes it as a count."""
        for action in actions:
            for key in action.all_keys:
                sequence = tuple(key.split(" "))
                for place in action.places_of(key):
                    self._acts[place].setdefault(sequence, action)
                    self._beginnings[place].update(
                        sequence[:length] for length in range(1, len(sequence))
                    )

    @property
    def waiting(self) -> str:
        """The number and the keys of a sequence that is not complete, or ""."""
        return self._number + "".join(self._begun)

    @property
    def ambiguous(self) -> bool:
        """True after a number that means something of its own unless a counting act follows."""
        return bool(self._number) and not self._begun and self._put_off is not None

    def places_of(self, key: str) -> frozenset[Place]:
        """Where a key means something, or begins something."""
        return frozenset(
            place
            for place in Place
            if (key,) in self._acts[place] or (key,) in self._beginnings[place]
        )

    def forget(self) -> None:
        """Give up a sequence or a number that was begun."""
        self._begun, self._number, self._put_off = (), "", None

    def pause(self) -> list[Pressed]:
        """Nothing follows the number: the act that its digit means of its own, if it was put off.
        A number that only counts waits on."""
        if not self.ambiguous:
            return []
        action = self._put_off
        self.forget()
        return [] if action is None or action.takes_number else [Pressed(action)]

    def press(self, key: str, *places: Place) -> list[Pressed]:
        """The acts that `key` completes at the first of `places` that knows it. None if it means
        nothing here, or if it begins a sequence or a number (then `waiting` is not empty)."""
        if not self._begun and key.isdecimal() and key.isascii():
            if self._number or key != "0":
                return self._digit(key, places)
        elif self._number and not self._begun and key == "escape":
            self.forget()
            return []
        elif self._number and not self._begun and key == "enter" and (own := self._before_other()):
            return own
        sequence = (*self._begun, key)
        self._begun = ()
        for place in places:
            if action := self._acts[place].get(sequence):
                return self._completed(action)
            if sequence in self._beginnings[place]:
                self._begun = sequence
                return []
        if len(sequence) > 1 and key != "escape":
            return self.press(key, *places)
        return self._before_other()

    def _digit(self, digit: str, places: tuple[Place, ...]) -> list[Pressed]:
        first = not self._number
        if int(self._number + digit) > LARGEST:
            return []
        self._number += digit
        own = next((self._acts[p][(digit,)] for p in places if (digit,) in self._acts[p]), None)
        if own is not None and own.takes_number:
            self._put_off = own
            return [Pressed(own, int(self._number))]
        self._put_off = own if first else self._put_off if _takes_number(self._put_off) else None
        return []

    def _completed(self, action: Action) -> list[Pressed]:
        number = int(self._number) if self._number else None
        if action.counts:
            self.forget()
            return [Pressed(action, number)]
        return [*self._before_other(), Pressed(action)]

    def _before_other(self) -> list[Pressed]:
        """A key follows that does not count: the number means what it is bound to, or nothing."""
        put_off = self._put_off
        self.forget()
        return [] if put_off is None or put_off.takes_number else [Pressed(put_off)]


def where_in_words(places: Collection[Place]) -> str:
    """Where a key is to be pressed, as one says it; "" if nowhere."""
    if Place.HEADLINES in places:  # what is done to a headline is done to one that is similar
        places = set(places) - {Place.SIMILAR}
    if Place.PAGE in places:
        places = set(places) - {Place.FIND, Place.SELECT}
    said = [words for place, words in WHERE.items() if place in places]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _takes_number(action: Action | None) -> bool:
    return action is not None and action.takes_number


class Clash(Noun):
    """A key that means two acts at one place, or begins another's sequence."""

    place: Place
    key: str
    act: str
    other_key: str
    other_act: str

    def __str__(self) -> str:
        return (
            f"{self.key} means {self.act} in {self.place}, "
            f"but {self.other_key} means {self.other_act}"
        )


def clashes(actions: Iterable[Action] = ACTIONS) -> list[Clash]:
    """Every clash, in the order of the acts."""
    return list(_clashes(actions))


def _clashes(actions: Iterable[Action]) -> Iterator[Clash]:
    known: dict[Place, dict[tuple[str, ...], Action]] = {place: {} for place in Place}
    for action in actions:
        for key in action.all_keys:
            sequence = tuple(key.split(" "))
            for place in sorted(action.places_of(key)):
                for other_sequence, other in known[place].items():
                    shorter = min(len(sequence), len(other_sequence))
                    if sequence[:shorter] == other_sequence[:shorter]:
                        yield Clash(place, key, action.name, " ".join(other_sequence), other.name)
                known[place][sequence] = action
