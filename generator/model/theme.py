"""How a report looks: colours, type and an organisation's own style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from generator.model.entry import ORIGIN, Entry
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


class ThemeSettings(Entry):
    """theme.yaml"""

    name: Text
    colors: Annotated[dict[str, tuple[Text, Text]], Names] = Field(
        description="Each colour in a light and a dark scheme."
    )
    fonts: tuple[Font, ...] = ()
    tokens: Annotated[dict[str, Text], Names] = Field(default_factory=dict)


@dataclass(frozen=True)
class Theme:
    settings: ThemeSettings
    css: str
    fonts: dict[str, bytes]  # by file name
