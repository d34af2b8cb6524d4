"""The seal of a decision, written beside the content: plain YAML that people and programs read."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from generator.model.entry import Entry
from generator.model.seal import SEAL_FILE, Seal
from generator.publishing.folder import write_new

_HEAD = """\
# Skrivs av ”bokslut fastställ”. Ändra inte filen: den visar vad som beslutades.
# Programmet jämför innehållet med den varje gång rapporten byggs.
"""


def write_seal(seal: Seal, folder: Path) -> Path:
    """The file that was written. Raises OutputError when there is one already: a decision is made once."""
    import yaml

    text = _HEAD + yaml.safe_dump(_plain(seal), allow_unicode=True, sort_keys=False, width=200)
    if_there = ". Ta bort filen först om ett nytt beslut ska gälla i stället."
    remedy = "Kontrollera behörigheten."
    return write_new(folder / SEAL_FILE, text.encode(), if_there=if_there, remedy=remedy)


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
