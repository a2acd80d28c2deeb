"""What a query says, as a tree. Every node can say itself in the language it was typed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase, anywhere or in one field (`title`, `author`)."""

    text: str
    field: str | None = None
    prefix: bool = False

    def __str__(self) -> str:
        where = f"{self.field}:" if self.field else ""
        return f'{where}"{self.text}"{"*" if self.prefix else ""}'


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on anything but the text: `is:unread`, `before:2026-01-31`."""

    field: str
    value: str

    def __str__(self) -> str:
        return (
            f"{self.field}:{self.value}"
            if " " not in self.value
            else (f'{self.field}:"{self.value}"')
        )


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be."""

    node: Node

    def __str__(self) -> str:
        return f"NOT {self.node}"


@dataclass(frozen=True, slots=True)
class All:
    """What must all be. Of nothing: everything."""

    nodes: tuple[Node, ...]

    def __str__(self) -> str:
        return f"({' AND '.join(map(str, self.nodes))})" if self.nodes else "everything"


@dataclass(frozen=True, slots=True)
class Any:
    """Of which one must be. Of nothing: nothing."""

    nodes: tuple[Node, ...]

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.nodes))})" if self.nodes else "nothing"


Node = Words | Filter | Not | All | Any
EVERYTHING = All(())
NOTHING = Any(())
