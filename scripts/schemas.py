"""JSON Schemas of the YAML files, for editors. `make schema` writes them into docs/scheman/."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.model.budget import Budget
from generator.model.entry import Entry
from generator.model.plan import Plan
from generator.model.register import RegisterMap
from generator.model.settings import ReportSettings, SiteSettings
from generator.model.survey import Survey
from generator.model.theme import ThemeSettings

FILES: dict[str, type[Entry]] = {
    "webbplats": SiteSettings,
    "bokslut": ReportSettings,
    "budget": Budget,
    "enkat": Survey,
    "verksamhetsplan": Plan,
    "register": RegisterMap,
    "theme": ThemeSettings,
}
_LIMITS = {
    "ge": "minimum",
    "le": "maximum",
}  # of numbers, as pydantic names them where it does not know the type
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "scheman"


def schemas() -> Iterator[tuple[str, str]]:
    """File name and text of each schema."""
    for name, model in FILES.items():
        schema = _for_authors(model.model_json_schema(by_alias=True))
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        named = json.loads(json.dumps(schema), object_pairs_hook=_with_limits)
        yield f"{name}.schema.json", json.dumps(named, ensure_ascii=False, indent=1) + "\n"


def _with_limits(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {_LIMITS.get(name, name): value for name, value in pairs}


def _for_authors(schema: dict[str, Any]) -> dict[str, Any]:
    """Without what is about the code: class names and docstrings, and defaults as fractions."""
    definitions = {name: _for_authors(definition) for name, definition in schema.get("$defs", {}).items()}
    fields = {
        name: {key: value for key, value in field.items() if key not in ("title", "default")}
        for name, field in schema.get("properties", {}).items()
    }
    hidden = ("title", "description", "$defs", "properties")
    rest = {key: value for key, value in schema.items() if key not in hidden}
    return rest | {key: value for key, value in (("properties", fields), ("$defs", definitions)) if value}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file_name, text in schemas():
        (FOLDER / file_name).write_text(text, encoding="utf-8")
