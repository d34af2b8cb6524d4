"""How a report looks: colours, type and an organisation's own style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from generator.model.entry import ORIGIN, Entry, mistake
from generator.model.fields import Text, WholeNumber


class Font(Entry):
    family: Text
    file: Text
    weight: WholeNumber
    style: Literal["normal", "italic"] = "normal"


def _free_keys(value: Any) -> Any:
    """A mapping whose keys the theme chooses itself."""
    if not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if key != ORIGIN}


Names = BeforeValidator(_free_keys)


# The templates of the signal symbols are filled with these.
SYMBOL_COLORS = ("paper", "on-signal", "gron", "orange", "rod", "ingen")


class ThemeSettings(Entry):
    """theme.yaml"""

    name: Text
    colors: Annotated[dict[str, tuple[Text, Text]], Names] = Field(
        description="Each colour in a light and a dark scheme."
    )
    fonts: tuple[Font, ...] = ()
    tokens: Annotated[dict[str, Text], Names] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_the_colors_of_symbols(self) -> ThemeSettings:
        missing = [name for name in SYMBOL_COLORS if name not in self.colors]
        if missing:
            mistake(f"färgerna {', '.join(missing)} saknas", "Symbolerna behöver dem: lägg till dem.")
        return self


@dataclass(frozen=True)
class Theme:
    settings: ThemeSettings
    css: str
    fonts: dict[str, bytes]  # by file name
