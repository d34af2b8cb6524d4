"""From a parsed mapping to a typed entry, with every mistake told in Swedish at its line."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.model.entry import ORIGIN, Entry
from generator.model.names import remedy_for_unknown
from generator.model.places import Place, Problem
from generator.reading.files import ADD, Folder
from generator.reading.word import WORD
from generator.reading.yaml_files import HARD_SPACE, read_yaml

EntryType = TypeVar("EntryType", bound=Entry)

# What every report must decide, with the choices there are.
_REMEDIES = {
    "röjandekontroll": "Skriv ”röjandekontroll: av”, eller ”röjandekontroll: 5” om antal under 5 ska döljas.",
    "belopp": "Skriv ”belopp: {tabell: kostnad, kolumn: utfall}” med er tabell och kolumn,"
    " och på nästa rad ”nämnare: deltagare”.",
}


def validate(model: type[EntryType], data: dict[str, Any], problems: list[Problem]) -> EntryType | None:
    """The entry, or None when something in it is wrong; every fault goes to `problems`."""
    known_before = len(problems)
    try:
        entry = model.model_validate(data, context=problems)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            # A list counts as too short when what stands in it is wrong, which is told already.
            if fault["type"] != "too_short" or not fault.get("input"):
                problems.append(_explain(fault, data))
        return None
    return entry if len(problems) == known_before else None


def read_entry(
    folder: Folder, path: str, model: type[EntryType], *, remedy_if_missing: str = ADD
) -> EntryType | None:
    """The entry that a YAML file holds; None with problems when it cannot be used."""

    def read() -> EntryType | None:
        data = read_yaml(folder, path, remedy_if_missing=remedy_if_missing)
        return None if data is None else validate(model, data, folder.problems)

    return folder.made("uppgifterna", read, of=path)


def _explain(error: ErrorDetails, data: dict[str, Any]) -> Problem:
    location = error["loc"]
    key = next((str(part) for part in reversed(location) if isinstance(part, str)), "")
    if error["type"] == "mistake":
        location += (error["ctx"]["key"],)
    elif error["type"].startswith("union_tag"):
        key = "mått"
        location += (key,)
    place, written, is_sheet = _found_at(location, data)
    found, remedy = _told(error, key, written, place if is_sheet else None)
    if error["type"] == "missing" and place.path.endswith(WORD):
        remedy = f"Skriv det i tabellen överst i dokumentet: ”{key}” till vänster, och vad det är till höger."
    return Problem(place, found, remedy)


def _told(error: ErrorDetails, key: str, written: Any, in_sheet: Place | None) -> tuple[str, str]:
    """What was found, and how to mend it. `written` stands at the place: None when nothing does. In a sheet
    there are no lines to write."""
    kind, context, value = error["type"], error.get("ctx", {}), error.get("input")
    shown = f"”{value}”" if _is_plain(value) else "värdet"
    match kind:
        case "mistake":
            return context["found"], context["remedy"]
        case "missing" | "union_tag_not_found" if in_sheet and in_sheet.cell:
            return f"”{key}” är tom", _REMEDIES.get(key, "Fyll i cellen.")
        case "missing" | "union_tag_not_found" if in_sheet:
            return f"”{key}” saknas", f"Lägg till ”{key}”, och fyll i det."
        case "missing":
            what, how = ("är tom", "Fyll i") if written is None else ("saknas", "Lägg till")
            return f"”{key}” {what}", _REMEDIES.get(key, f"{how} raden ”{key}: …”.")
        case "union_tag_not_found":
            return "”mått” saknas", "Lägg till raden ”mått: …”, till exempel ”mått: andel”."
        case "union_tag_invalid" if _is_plain(written):
            return _unknown("måttet", written, context["expected_tags"].split(","))
        case "enum" | "literal_error" if _is_plain(value):
            known = context["expected"].replace(" or ", ", ").split(",")
            return _unknown(f"värdet på ”{key}”", value, known)
        case "string_type" | "string_too_short" | "enum" | "literal_error" | "union_tag_invalid":
            return f"”{key}” ska vara en text", f"Skriv ”{key}: …” på en rad."
        case "tuple_type" | "list_type":
            return f"”{key}” ska vara en lista", "Skriv varje värde på en rad efter ”-” och blanksteg."
        case "too_short":
            return f"”{key}” är tom", "Lägg till minst en rad i listan."
        case "model_type" | "model_attributes_type" | "dict_type" if in_sheet:
            remedy = "Skriv till exempel ”tabell: kostnad; kolumn: utfall”."
            return f"{shown} ska ha ett namn före varje värde", remedy
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{shown} ska ha egna rader ”nyckel: värde”", "Se handboken för ett exempel."
        case "greater_than_equal" | "less_than_equal":
            limit = f"minst {context['ge']}" if "ge" in context else f"högst {context['le']}"
            return f"”{key}” är {value}", f"Skriv {limit}."
        case _ if kind.startswith("date"):
            return f"{shown} är inte ett datum", "Skriv år-månad-dag, till exempel 2022-03-25."
        case _:
            return f"{shown} passar inte i ”{key}”", "Se handboken för vad som kan stå här."


def _is_plain(written: Any) -> bool:
    return isinstance(written, str | int | float)


def _unknown(what: str, written: str, quoted: Sequence[str]) -> tuple[str, str]:
    known = [name.strip("' ") for name in quoted]
    if " ".join(str(written).split()) in known:
        return HARD_SPACE
    return f"{what} ”{written}” finns inte", remedy_for_unknown(str(written), known)


def _found_at(location: tuple[str | int, ...], data: Any) -> tuple[Place, Any, bool]:
    """The closest known line or cell, what stands there (None after an empty key), and whether it is in a
    sheet. It passes over tags."""
    place: Place = data[ORIGIN].place
    is_sheet = False
    for part in location:
        if isinstance(data, list) and isinstance(part, int):
            data = data[part]
            if isinstance(data, dict):
                place, is_sheet = data[ORIGIN].place, data[ORIGIN].is_sheet
        elif isinstance(data, dict) and part in data[ORIGIN].keys:
            place = data[ORIGIN].of(str(part))
            is_sheet = bool(place.cell)
            data = data.get(str(part))
    return place, data, is_sheet
