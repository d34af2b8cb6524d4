"""The base of plain values."""

from dataclasses import Field, dataclass, field, fields
from operator import attrgetter
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """Every class of this kind is a dataclass whose fields nobody sets: mypy sees to it.

    Python would do so too, at a tenth of the time of a build: to make the classes, and each value. And it
    would write what is the same in all of them for each: how values are compared and shown.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _compared: ClassVar["attrgetter[Any]"]
    _told: ClassVar["attrgetter[Any]"]

    def __init_subclass__(cls, *, order: bool = False) -> None:
        super().__init_subclass__()
        cls.__doc__ = cls.__doc__ or cls.__name__  # to tell its signature takes long
        dataclass(repr=False, eq=order, order=order, unsafe_hash=order)(cls)
        names = [each.name for each in fields(cls) if each.compare]
        cls._compared = attrgetter(*names or ["__class__"])
        cls._told = attrgetter(*cls.__dataclass_fields__ or ["__class__"])

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._compared(self) == self._compared(other)

    def __hash__(self) -> int:
        return hash(self._compared(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._told(self)!r})"
