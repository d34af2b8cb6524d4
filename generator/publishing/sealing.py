"""The seal of a decision, written beside the content: plain YAML that people and programs read."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from generator.model.entry import Entry
from generator.model.seal import SEAL_FILE, Seal
from generator.publishing.folder import OutputError

_HEAD = """\
# Skrivs av ”bokslut fastställ”. Ändra inte filen: den visar vad som beslutades.
# Programmet jämför innehållet med den varje gång rapporten byggs.
"""


def write_seal(seal: Seal, folder: Path) -> Path:
    """The file that was written. Raises OutputError when there is one already: a decision is made once."""
    path = folder / SEAL_FILE
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(seal_text(seal))
    except FileExistsError:
        raise OutputError(
            f"{path} finns redan. Ta bort filen först om ett nytt beslut ska gälla i stället."
        ) from None
    except OSError as error:
        raise OutputError(f"Det går inte att skriva {path}. Kontrollera behörigheten.") from error
    return path


def seal_text(seal: Seal) -> str:
    import yaml

    return _HEAD + yaml.safe_dump(_plain(seal), allow_unicode=True, sort_keys=False, width=200)


def _plain(value: Any) -> Any:
    """With Swedish keys, and only what is known."""
    if isinstance(value, Entry):
        fields = type(value).model_fields
        known = {
            field.alias or name: getattr(value, name)
            for name, field in fields.items()
            if name != "origin" and getattr(value, name) != field.default
        }
        return {key: _plain(item) for key, item in known.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    return value if isinstance(value, int) else str(value)
