"""From keys to acts: sequences such as `g g`, places, and the proof that no two acts clash.

Invariant: at each place a sequence of keys means one act, and none begins another.
"""

from collections.abc import Iterable

from reader.app.actions import ACTIONS, Action, Place


class Keyboard:
    """Turns keys, one at a time, into acts. Remembers the beginning of a sequence."""

    def __init__(self, actions: Iterable[Action] = ACTIONS) -> None:
        self._acts: dict[Place, dict[tuple[str, ...], Action]] = {place: {} for place in Place}
        self._beginnings: dict[Place, set[tuple[str, ...]]] = {place: set() for place in Place}
        self._pressed: tuple[str, ...] = ()
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
        """The keys of a sequence that is not complete, or ""."""
        return "".join(self._pressed)

    def forget(self) -> None:
        """Give up a sequence that was begun."""
        self._pressed = ()

    def press(self, key: str, *places: Place) -> Action | None:
        """The act that `key` completes at the first of `places` that knows it, or None: the key
        means nothing here, or it begins a sequence (then `waiting` is not empty)."""
        sequence = (*self._pressed, key)
        self._pressed = ()
        for place in places:
            if action := self._acts[place].get(sequence):
                return action
            if sequence in self._beginnings[place]:
                self._pressed = sequence
                return None
        if len(sequence) > 1 and key != "escape":
            return self.press(key, *places)
        return None


def key_name(key: str, character: str | None) -> str:
    """One name for a key however the terminal sent it: printable ones by their character."""
    if character and character.isprintable() and character != " ":
        return character
    return "escape" if key == "ctrl+left_square_bracket" else key


def clashes(actions: Iterable[Action] = ACTIONS) -> list[str]:
    """Sentences naming keys that mean two acts at one place, or begin another's sequence."""
    known: dict[Place, dict[tuple[str, ...], Action]] = {place: {} for place in Place}
    found = []
    for action in actions:
        for key in action.all_keys:
            sequence = tuple(key.split(" "))
            for place in sorted(action.places_of(key)):
                for other_sequence, other in known[place].items():
                    shorter = min(len(sequence), len(other_sequence))
                    if sequence[:shorter] == other_sequence[:shorter]:
                        found.append(
                            f"{key} means {action.name} in {place}, "
                            f"but {' '.join(other_sequence)} means {other.name}"
                        )
                known[place][sequence] = action
    return found
