"""From a parsed mapping to a typed entry, with every mistake told in Swedish at its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.model.entry import ORIGIN, Entry
from generator.model.names import remedy_for_unknown
from generator.model.places import Place, Problem
from generator.reading.files import Folder
from generator.reading.yaml_files import read_yaml

EntryType = TypeVar("EntryType", bound=Entry)

# What every report must decide, with the choices there are.
_REMEDIES = {
    "röjandekontroll": "Skriv ”röjandekontroll: av”, eller ”röjandekontroll: 5” om antal under 5 ska döljas."
}


def validate(model: type[EntryType], data: dict[str, Any], problems: list[Problem]) -> EntryType | None:
    """The entry, or None when something in it is wrong; every fault goes to `problems`."""
    known_before = len(problems)
    try:
        entry = model.model_validate(data, context=problems)
    except ValidationError as error:
        faults = (fault for fault in error.errors(include_url=False) if not _follows_from_another(fault))
        problems.extend(_explain(fault, data) for fault in faults)
        return None
    return entry if len(problems) == known_before else None


def read_entry(
    folder: Folder, path: str, model: type[EntryType], *, remedy_if_missing: str
) -> EntryType | None:
    """The entry that a YAML file holds; None with problems when it cannot be used."""
    data = read_yaml(folder, path, remedy_if_missing=remedy_if_missing)
    return None if data is None else validate(model, data, folder.problems)


def _follows_from_another(error: ErrorDetails) -> bool:
    """A list counts as too short when what stands in it is wrong, which is told already."""
    return error["type"] == "too_short" and bool(error.get("input"))


def _explain(error: ErrorDetails, data: dict[str, Any]) -> Problem:
    location, kind = error["loc"], error["type"]
    place = _place_of(location, data)
    key = next((str(part) for part in reversed(location) if isinstance(part, str)), "")
    context = error.get("ctx", {})
    written = error.get("input")
    shown = f"”{written}”" if _is_plain(written) else "värdet"
    match kind:
        case "mistake":
            place = _place_of((*location, context["key"]), data)
            return Problem(place, context["found"], context["remedy"])
        case "missing":
            is_written = _found_at(location, data)[1] is None
            remedy = _REMEDIES.get(key, f"{'Fyll i' if is_written else 'Lägg till'} raden ”{key}: …”.")
            return Problem(place, f"”{key}” {'är tom' if is_written else 'saknas'}", remedy)
        case "union_tag_not_found":
            return Problem(place, "”mått” saknas", "Lägg till raden ”mått: …”, till exempel ”mått: andel”.")
        case "union_tag_invalid":
            known = [tag.strip("' ") for tag in str(context["expected_tags"]).split(",")]
            place, measure = _found_at((*location, "mått"), data)
            is_plain = _is_plain(measure)
            return _unknown(place, "måttet", measure, known) if is_plain else _no_text(place, "mått")
        case "enum" | "literal_error" if _is_plain(written):
            expected = str(context["expected"]).replace(" or ", ", ")
            known = [word.strip("' ") for word in expected.split(",")]
            return _unknown(place, f"värdet på ”{key}”", str(written), known)
        case "string_type" | "string_too_short" | "enum" | "literal_error":
            return _no_text(place, key)
        case "tuple_type" | "list_type":
            return Problem(place, f"”{key}” ska vara en lista", "Skriv varje värde på egen rad efter ”- ”.")
        case "too_short":
            return Problem(place, f"”{key}” är tom", "Lägg till minst en rad i listan.")
        case "model_type" | "model_attributes_type" | "dict_type":
            return Problem(
                place, f"{shown} ska ha egna rader ”nyckel: värde”", "Se handboken för ett exempel."
            )
        case "greater_than_equal" | "less_than_equal":
            sign = "minst" if kind.startswith("greater") else "högst"
            limit = context.get("ge", context.get("le"))
            return Problem(place, f"”{key}” är {written}", f"Skriv {sign} {limit}.")
        case _ if kind.startswith("date"):
            return Problem(
                place, f"{shown} är inte ett datum", "Skriv år-månad-dag, till exempel 2022-03-25."
            )
        case _:
            return Problem(place, f"{shown} passar inte i ”{key}”", "Se handboken för vad som kan stå här.")


def _is_plain(written: Any) -> bool:
    return isinstance(written, str | int | float)


def _no_text(place: Place, key: str) -> Problem:
    return Problem(place, f"”{key}” ska vara en text", f"Skriv ”{key}: …” på en rad.")


def _unknown(place: Place, what: str, written: str, known: Sequence[str]) -> Problem:
    return Problem(place, f"{what} ”{written}” finns inte", remedy_for_unknown(written, known))


def _place_of(location: tuple[str | int, ...], data: Any) -> Place:
    return _found_at(location, data)[0]


def _found_at(location: tuple[str | int, ...], data: Any) -> tuple[Place, Any]:
    """The closest known line to a location in the data, and what stands there: None after an empty key.

    Tags of unions in the location are passed over.
    """
    place: Place = data[ORIGIN].place
    for part in location:
        if isinstance(data, list) and isinstance(part, int):
            data = data[part]
            place = data[ORIGIN].place if isinstance(data, dict) else place
        elif isinstance(data, dict) and part in data[ORIGIN].lines:
            place = data[ORIGIN].of(str(part))
            data = data.get(str(part))
    return place, data
