"""What a noun of `reader.model` is: a frozen dataclass with slots, made when it is first used.

The standard library's decorator writes, compiles and runs seven functions for each class, and makes
each class twice: for thirty nouns that is as much as all else `broadsheet list` does. Here a class
costs what a plain one does, and its `__init__` is written when the first one of it is made.
`dataclasses.replace`, `fields` and `asdict` take nouns, and the type checker sees dataclasses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import Field


class _Fields:
    """`__dataclass_fields__`, by which `dataclasses` knows its own; few commands ask for it."""

    def __get__(self, noun: object, kind: _Kind) -> dict[str, Field[Any]]:
        from dataclasses import field, make_dataclass

        def given(default: Any) -> Any:
            return field(default_factory=lambda: default)  # `default` refuses one that can change

        defaults, told = kind._defaults, kind.__annotations__
        made: Any = make_dataclass(
            kind.__name__,
            [
                (name, told[name], given(defaults[name]) if name in defaults else field())
                for name in kind._names
            ],
        )
        found: dict[str, Field[Any]] = made.__dataclass_fields__
        type.__setattr__(kind, "__dataclass_fields__", found)
        return found


class _Kind(type):
    """The class of the nouns: takes what is annotated for slots, and what is given for defaults."""

    _names: tuple[str, ...]
    _defaults: dict[str, Any]

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Kind:
        if bases:
            names = tuple(body.get("__annotations__", ()))
            body["_names"] = body["__slots__"] = body["__match_args__"] = names
            body["_defaults"] = {each: body.pop(each) for each in names if each in body}
        return super().__new__(cls, name, bases, body)


@dataclass_transform(frozen_default=True)
class Noun(metaclass=_Kind):
    """A frozen value: equal to one of its kind with equal fields. Its module has `from __future__
    import annotations`; a noun is no base of another."""

    __slots__ = ()
    if not TYPE_CHECKING:
        __dataclass_fields__ = _Fields()

        def __init__(self, *given: Any, **named: Any) -> None:
            type(self).__init__ = _init_of(type(self))
            self.__init__(*given, **named)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return values_of(self) == values_of(other)

    def __hash__(self) -> int:
        return hash(values_of(self))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self)._names)
        return f"{type(self).__qualname__}({said})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), values_of(self)

    if not TYPE_CHECKING:  # the checker knows of itself that a frozen field is not set

        def __setattr__(self, name: str, value: Any) -> None:
            _refuse(f"cannot assign to field {name!r}")

        def __delattr__(self, name: str) -> None:
            _refuse(f"cannot delete field {name!r}")


def values_of(noun: Noun) -> tuple[Any, ...]:
    """The values of its fields, in their order: what its kind makes an equal one of."""
    return tuple([getattr(noun, name) for name in type(noun)._names])


def _init_of(kind: _Kind) -> Any:
    """The `__init__` of a kind of noun: its fields as parameters, each put in its slot."""
    names = kind._names
    given = ", ".join(
        f"{name}=_defaults[{name!r}]" if name in kind._defaults else name for name in names
    )
    body = "".join(f"\n    _set_{name}(self, {name})" for name in names) or " pass"
    setters = {f"_set_{name}": kind.__dict__[name].__set__ for name in names}
    made: dict[str, Any] = {}
    source = f"def __init__(self, {given}):{body}"
    exec(source, {"_defaults": kind._defaults, **setters}, made)  # noqa: S102 - names of fields only
    return made["__init__"]


def _refuse(why: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(why)
