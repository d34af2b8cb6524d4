"""Field types that parse what people write, with Swedish messages when it cannot be read."""

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic.annotated_handlers import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.model.entry import ORIGIN, mistake
from generator.model.names import Name, as_written, name_key, repeated
from generator.model.periods import PART_EXAMPLES, PartOfYear, parse_part
from generator.model.places import Origin
from generator.model.quantities import (
    MAX_DIGITS,
    TARGET_EXAMPLES,
    Kind,
    Quantity,
    Target,
    UnclearNumberError,
    is_possible,
    is_too_long,
    parse_quantity,
    parse_target,
)
from generator.model.sums import Sum, parse_sum

T = TypeVar("T")
UNSEEN_KEY = "dolt"
_CURLY = "“”„«»\u2018’"  # which programs for texts put around a value


class Unseen(StrEnum):
    """Whether what a workbook hides counts: rows, columns and sheets that its program does not show."""

    COUNTED = "räknas"
    LEFT_OUT = "räknas inte"


def _written(value: Any) -> str:
    """What stands after the key, which is a text as long as it is on one line."""
    if isinstance(value, list | dict):
        what = "en lista" if isinstance(value, list) else "rader ”nyckel: värde”"
        mistake(f"här ska ett enda värde stå, men det är {what}", "Skriv värdet på samma rad som nyckeln.")
    return " ".join(str(value).split()).strip(_CURLY)


def _parsed(written: str, parse: Callable[[str], T], found: str, remedy: str) -> T:
    """What a text says; `found` and `remedy` are told when it cannot be read."""
    try:
        return parse(written)
    except UnclearNumberError as error:
        mistake(error.found, error.remedy)
    except ValueError:
        mistake(found, remedy)


def _name(value: Any) -> Name:
    if not isinstance(value, str) or not name_key(value):
        mistake("här ska ett namn stå", "Skriv ett namn med bokstäver eller siffror.")
    return Name(value)


def _targets(value: Any) -> Target:
    """A target, or one for each of those that are named."""
    if not isinstance(value, dict):
        return _target(value)
    own = tuple((_name(name), _target(item)) for name, item in value.items() if name != ORIGIN)
    kinds = {(target.kind, target.unit) for _, target in own}
    if len(kinds) != 1:
        mistake("kraven är inte i samma måttenhet", "Skriv kraven för alla enheter i en och samma måttenhet.")
    return replace(own[0][1], own=own)


def _target(value: Any) -> Target:
    written = _written(value)
    found = f"kravet ”{written}” går inte att tolka"
    target = _parsed(written, parse_target, found, f"Skriv till exempel {TARGET_EXAMPLES}.")
    if target.kind and not target.is_possible(exceeds=True):
        mistake(f"kravet ”{written}” ligger utanför det möjliga", "En andel ligger mellan 0 och 100 %.")
    return target


def _fraction(default_unit: str, what: str, remedy: str) -> BeforeValidator:
    """Percent or percentage points become a fraction of one; a number without unit is in the default one."""

    def validate(value: Any) -> Fraction:
        written = _written(value)
        found = f"”{written}” är inte {what}"
        read = _parsed(written, lambda text: parse_quantity(text, default_unit), found, remedy)
        if read.kind is Kind.NUMBER or not 0 <= read.value <= 1:
            mistake(found, remedy)
        if 0 < read.value < Fraction(1, 100) and not re.search(r"[^\d.,\s]", written):
            percent = written.replace(".", ",")
            found = f"”{written}” kan vara både {percent} % och en andel av 1"
            mistake(found, f"Skriv ut måttenheten. {remedy}")
        return read.value

    return BeforeValidator(validate)


def _part(value: Any) -> PartOfYear:
    written = _written(value)
    found = f"perioden ”{written}” går inte att tolka som en del av ett år"
    return _parsed(written, parse_part, found, f"Skriv till exempel {PART_EXAMPLES}.")


def _day_or_month(value: Any) -> str:
    written = _written(value)
    day = written if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written) else f"{written}-01"
    found = f"”{written}” är inte ett datum eller en månad"
    remedy = "Skriv år-månad-dag, eller år-månad när dagen inte är bestämd: 2022-03-25, 2022-03."
    _parsed(day, datetime.date.fromisoformat, found, remedy)
    return written


def _margin(value: Any) -> Quantity:
    written = _written(value)
    found, remedy = f"marginalen ”{written}” går inte att tolka", "Skriv till exempel 5 procentenheter."
    read = _parsed(written, parse_quantity, found, remedy)
    if read.value < 0 or not is_possible(read.value, read.kind):
        mistake(found, remedy)
    return read


def _rows(value: Any) -> tuple[str, ...]:
    """”arbete + studier” becomes the keys of two rows."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        mistake("här ska rader läggas ihop, men det är en lista", f"Skriv {' + '.join(value)}.")
    written = _written(value)
    keys = tuple(Name(part) for part in written.split("+"))
    if not all(keys):
        mistake(f"”{written}” är inte namnet på en rad", "Skriv en rad, eller flera med + emellan.")
    twice = repeated(keys, name_key)
    if twice is not None:
        mistake(f"raden ”{as_written(twice)}” räknas två gånger i ”{written}”", "Behåll bara den ena.")
    return keys


def _sum(value: Any) -> Sum:
    """”deltagare − avslut” becomes two terms. A minus sign has a space on both sides; a hyphen has none."""
    written = _written(value)
    remedy = "Skriv namn med + eller − emellan: deltagare − avslut."
    return _parsed(written, parse_sum, f"”{written}” går inte att räkna ut", remedy)


def _threshold(value: Any) -> int | None:
    """”av” is no threshold. Below 3 a hidden count could only be 1, and would be known."""
    written = _written(value)
    if written.casefold() == "av":
        return None
    if not re.fullmatch(r"[0-9]{1,4}", written) or int(written) < SMALLEST_THRESHOLD:
        remedy = f"Skriv av, eller minsta antal som får visas (minst {SMALLEST_THRESHOLD}), till exempel 5."
        mistake(f"röjandekontrollen ”{written}” går inte att tolka", remedy)
    return int(written)


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    written = _written(value).casefold()
    if written not in ("ja", "nej"):
        mistake(f"”{written}” är varken ja eller nej", "Skriv ja eller nej.")
    return written == "ja"


def formed(pattern: str, what: str, remedy: str) -> BeforeValidator:
    """Of a text that has one form, such as an e-mail address."""

    def validate(value: Any) -> str:
        written = _written(value)
        if not re.fullmatch(pattern, written):
            mistake(f"”{written}” är inte {what}", remedy)
        return written

    return BeforeValidator(validate)


def _short(number: str) -> int:
    if is_too_long(number):
        mistake(f"”{number}” har fler än {MAX_DIGITS} siffror", "Kontrollera talet.")
    return int(number)


class Pairs(dict[str, T]):
    """What stands under a key where the keys are the author's own: names, each with what it stands for."""

    origin: Origin = Origin()


def _pairs(read: Callable[[Any], T]) -> Callable[[Any], Pairs[T]]:
    def validate(value: Any) -> Pairs[T]:
        if not isinstance(value, dict):
            remedy = "Skriv varje namn på en egen rad, med ett kolon efter."
            mistake("här ska rader ”namn: värde” stå", remedy)
        pairs = Pairs({key: read(item) for key, item in value.items() if key != ORIGIN})
        pairs.origin = value.get(ORIGIN, Origin())
        return pairs

    return validate


def _with_empty(value: Any) -> Any:
    """Also the keys that have nothing after them."""
    is_mapping = isinstance(value, dict) and ORIGIN in value
    return dict.fromkeys(value[ORIGIN].keys) | value if is_mapping else value


def _texts(value: Any) -> tuple[str, ...]:
    """A single value counts as a list of one, and nothing as an empty one."""
    return tuple(_written(item) for item in _listed(value) or () if item is not None)


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) or value is None else [value]


class _SingleOrListed:
    """In a schema, a list whose only item may stand by itself."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}


SMALLEST_THRESHOLD = 3

_STRING = WithJsonSchema({"type": "string"})
_NUMBER_OR_STRING = WithJsonSchema({"type": ["string", "number"]})

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), _NUMBER_OR_STRING]
NameKey = Annotated[str, PlainValidator(_name), _STRING]
PartField = Annotated[PartOfYear, BeforeValidator(_part), _STRING]
TargetsField = Annotated[
    Target,
    BeforeValidator(_targets),
    WithJsonSchema({"type": ["string", "object"], "additionalProperties": {"type": "string"}}),
]
TargetField = Annotated[Target, BeforeValidator(_target), _STRING]
Share = Annotated[
    Fraction,
    _fraction("%", "en andel", "Skriv procent mellan 0 och 100, till exempel 40 %."),
    _NUMBER_OR_STRING,
]
Margin = Annotated[Quantity, BeforeValidator(_margin), _NUMBER_OR_STRING]
Points = Annotated[
    Fraction,
    _fraction("procentenheter", "procentenheter", "Skriv till exempel 5 procentenheter."),
    _NUMBER_OR_STRING,
]
Rows = Annotated[tuple[str, ...], PlainValidator(_rows), _STRING]
SumField = Annotated[Sum, PlainValidator(_sum), _STRING]
Threshold = Annotated[int | None, PlainValidator(_threshold), _NUMBER_OR_STRING]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no), WithJsonSchema({"enum": ["ja", "nej"]})]
Email = Annotated[
    str,
    formed(
        r"[^@\s:/<>\"]+@[^@\s:/<>\"]+\.[^@\s:/<>\"]+",
        "en e-postadress",
        "Skriv till exempel kansliet@exempel.se.",
    ),
]
_HOST = r"https?://[\w.-]+(:[0-9]{1,5})?"
WebAddress = Annotated[
    str, formed(_HOST + r"([/?#][^\s<>\"]*)?", "en webbadress", "Skriv hela adressen, med https:// först.")
]
SiteAddress = Annotated[
    str,
    formed(
        _HOST + r"(/[\w~%+-][\w.~%+-]*)*/?",
        "adressen till en webbplats",
        "Skriv hela adressen utan ? och #, till exempel https://exempel.se/bokslut/.",
    ),
]
Criterion = Annotated[
    str, formed(r"[1-4]\.[1-5]\.[0-9]{1,2}", "ett nummer i WCAG", "Skriv till exempel 1.1.1.")
]
# Nothing but year-month-day: other numbers would be taken for seconds.
Date = Annotated[
    datetime.date,
    formed(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "ett datum", "Skriv år-månad-dag, till exempel 2022-03-25."),
]
DayOrMonth = Annotated[str, PlainValidator(_day_or_month), _STRING]
_WHOLE = WithJsonSchema({"type": "integer"})
WholeNumber = Annotated[
    int,
    BeforeValidator(_short),
    formed(r"-?[0-9]+", "ett heltal", "Skriv ett heltal med siffror, till exempel 10."),
    _WHOLE,
]
_YEAR = r"(19|2[01])[0-9]{2}", "ett årtal"
Year = Annotated[int, formed(*_YEAR, "Skriv året med fyra siffror, till exempel 2020."), _WHOLE]
ReportYear = Annotated[
    int,
    formed(*_YEAR, "Skriv till exempel 2025. En del av året skrivs på en egen rad: ”period: tertial 2”."),
    _WHOLE,
]
OneOrMore = Annotated[tuple[T, ...], Field(min_length=1), BeforeValidator(_listed), _SingleOrListed()]
_TEXT = {"type": ["string", "number"]}
_TEXT_PAIRS = {"type": "object", "additionalProperties": _TEXT}
NestedPairs = Annotated[
    Pairs[Pairs[str]],
    PlainValidator(_pairs(_pairs(_written))),
    WithJsonSchema({"type": "object", "additionalProperties": _TEXT_PAIRS}),
]
AskedPairs = Annotated[
    Pairs[str | Pairs[str]],
    PlainValidator(_pairs(lambda value: (_pairs(_written) if isinstance(value, dict) else _written)(value))),
    WithJsonSchema({"type": "object", "additionalProperties": {"anyOf": [_TEXT, _TEXT_PAIRS]}}),
]
_TEXTS = {"type": ["array", "string", "number", "null"], "items": {"type": ["string", "number"]}}
ListPairs = Annotated[
    Pairs[tuple[str, ...]],
    PlainValidator(_pairs(_texts)),
    BeforeValidator(_with_empty),  # after the plain one, which takes the place of all that stand before it
    WithJsonSchema({"type": "object", "additionalProperties": _TEXTS}),
]
