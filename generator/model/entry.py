"""The base of everything that is read from YAML: strict, frozen, and knowing its file and line."""

from collections.abc import Container, Iterator
from typing import Annotated, Any, NoReturn, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from generator.model.names import remedy_for_unknown
from generator.model.places import Origin, Place, Problem

ORIGIN = "__origin__"


def key(name: str, meaning: str = "", default: Any = ..., **limits: Any) -> Any:
    """A field by the name that authors write, what it means to them, and what it is when it is left out."""
    return Field(default, alias=name, description=meaning or None, **limits)


def former_id(of: str) -> Any:
    """A field that says which id something had in earlier reports, where it was another one."""
    return key("motsvarar", f"{of} id i tidigare bokslut, om det var ett annat.", None)


class Entry(BaseModel):
    """A mapping in an author's file. Field names are English, the keys in the file Swedish aliases."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True, defer_build=True
    )

    origin: Annotated[SkipJsonSchema[Origin], Field(alias=ORIGIN, repr=False)] = Origin()

    @model_validator(mode="before")
    @classmethod
    def _report_unknown_keys(cls, data: Any, info: ValidationInfo) -> Any:
        """Unknown keys become problems of their own, so that the rest is still checked."""
        if not isinstance(data, dict) or info.context is None:
            return data
        known = cls.keys()
        unknown = [key for key in data if key not in known and key != ORIGIN]
        origin = data.get(ORIGIN, Origin())
        for key in unknown:
            found, remedy = f"okänd nyckel ”{key}”", remedy_for_unknown(key, known)
            if origin.is_sheet:
                found = f"”{key}” används inte i måttet ”{data.get('mått', '')}”"
                remedy = "Töm cellen, eller ändra måttet."
            info.context.append(Problem(origin.of(key), found, remedy))
        return {key: value for key, value in data.items() if key in known or key == ORIGIN}

    @model_validator(mode="after")
    def _is_checked(self) -> Self:
        self.check()
        return self

    def check(self) -> None:
        """Raises `mistake` for what does not belong together."""

    @classmethod
    def keys(cls) -> dict[str, FieldInfo]:
        """The keys an author may write, with their fields."""
        fields = {field.alias or name: field for name, field in cls.__pydantic_fields__.items()}
        return {key: field for key, field in fields.items() if key != ORIGIN}

    @classmethod
    def required_keys(cls) -> list[str]:
        return [key for key, field in cls.keys().items() if field.is_required()]

    def place(self, field: str = "") -> Place:
        """Where the entry stands, or the value of one of its fields."""
        if not field:
            return self.origin.place
        return self.origin.of(type(self).__pydantic_fields__[field].alias or field)


def said(entry: Entry, left_out: Container[str]) -> dict[str, Any]:
    """What an entry and those within it say, wherever that stands; without some of its own fields."""
    return {
        name: said(value, ()) if isinstance(value, Entry) else value
        for name, value in entry
        if name != "origin" and name not in left_out
    }


def texts_in(entry: Entry) -> Iterator[tuple[str, Place]]:
    """Every text of an entry and of those within it, with its place."""
    for name, value in vars(entry).items():
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Entry):
                yield from texts_in(part)
            elif isinstance(part, str):
                yield part, entry.place(name)


def mistake(found: str, remedy: str, key: str = "") -> NoReturn:
    """Raised in validators: what was written and how to mend it; of a whole entry also the wrong key."""
    raise PydanticCustomError("mistake", "{found}", {"found": found, "remedy": remedy, "key": key})
