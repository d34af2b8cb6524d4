"""The base of plain values."""

from dataclasses import Field, dataclass, field
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """Every class of this kind is a dataclass whose fields nobody sets: mypy sees to it.

    Python would do so too, at a tenth of the time of a build: to make the classes, and each value.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(cls, *, order: bool = False) -> None:
        super().__init_subclass__()
        cls.__doc__ = cls.__doc__ or cls.__name__  # to tell its signature takes long
        dataclass(unsafe_hash=True, order=order)(cls)
