"""Field types that parse what people write, with Swedish messages when it cannot be read."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, StringConstraints, WithJsonSchema

from generator.model.entry import mistake
from generator.model.names import Name, name_key
from generator.model.quantities import (
    TARGET_EXAMPLES,
    Kind,
    Quantity,
    Target,
    parse_quantity,
    parse_target,
)


def _name(value: Any) -> Any:
    if isinstance(value, Name):
        return value
    if not isinstance(value, str) or not name_key(value):
        mistake("här ska ett namn stå", "Skriv ett namn med bokstäver eller siffror.")
    return Name(value)


def _target(value: Any) -> Any:
    if isinstance(value, Target):
        return value
    try:
        return parse_target(str(value))
    except ValueError:
        mistake(f"kravet ”{value}” går inte att tolka", f"Skriv till exempel {TARGET_EXAMPLES}.")


def _share(value: Any) -> Any:
    """A percentage becomes a fraction of one; a number without unit means percent."""
    return _fraction(value, "%", "en andel", "Skriv procent mellan 0 och 100, till exempel 40 %.")


def _points(value: Any) -> Any:
    """Percentage points become a fraction of one; a number without unit means percentage points."""
    return _fraction(value, "procentenheter", "procentenheter", "Skriv till exempel 5 procentenheter.")


def _fraction(value: Any, default_unit: str, what: str, remedy: str) -> Fraction:
    if isinstance(value, Fraction):
        return value
    try:
        read = parse_quantity(str(value), default_unit)
    except ValueError:
        read = None
    if read is None or read.kind is Kind.NUMBER or not 0 <= read.value <= 1:
        mistake(f"”{value}” är inte {what}", remedy)
    return read.value


def _margin(value: Any) -> Any:
    if isinstance(value, Quantity):
        return value
    try:
        read = parse_quantity(str(value))
    except ValueError:
        read = None
    if read is None or read.value < 0:
        mistake(f"marginalen ”{value}” går inte att tolka", "Skriv till exempel 5 procentenheter.")
    return read


def _rows(value: Any) -> Any:
    """”arbete + studier” becomes the keys of two rows."""
    if isinstance(value, tuple):
        return value
    keys = tuple(Name(part) for part in str(value).split("+"))
    if not all(keys):
        mistake(f"”{value}” är inte namnet på en rad", "Skriv en rad, eller flera med + emellan.")
    return keys


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word not in {"ja", "nej"}:
        mistake(f"”{value}” är varken ja eller nej", "Skriv ja eller nej.")
    return word == "ja"


def _whole_number(value: Any) -> Any:
    text = str(value).strip()
    if not text.lstrip("-").isdigit():
        mistake(f"”{value}” är inte ett heltal", "Skriv ett heltal med siffror, till exempel 10.")
    return int(text)


_STRING = WithJsonSchema({"type": "string"})
_NUMBER_OR_STRING = WithJsonSchema({"type": ["string", "number"]})

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), _NUMBER_OR_STRING]
NameKey = Annotated[str, PlainValidator(_name), _STRING]
TargetField = Annotated[Target, BeforeValidator(_target), _STRING]
Share = Annotated[Fraction, BeforeValidator(_share), _NUMBER_OR_STRING]
Margin = Annotated[Quantity, BeforeValidator(_margin), _NUMBER_OR_STRING]
Points = Annotated[Fraction, BeforeValidator(_points), _NUMBER_OR_STRING]
Rows = Annotated[tuple[str, ...], PlainValidator(_rows), _STRING]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no), WithJsonSchema({"enum": ["ja", "nej"]})]
WholeNumber = Annotated[int, BeforeValidator(_whole_number), WithJsonSchema({"type": "integer"})]
