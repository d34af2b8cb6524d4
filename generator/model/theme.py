"""How a report looks: colours, type and an organisation's own style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from generator.model.entry import Entry
from generator.model.fields import Text, WholeNumber


class Font(Entry):
    family: Text
    file: Text
    weight: WholeNumber
    style: Literal["normal", "italic"] = "normal"


class ThemeSettings(Entry):
    """theme.yaml"""

    name: Text
    colors: dict[str, tuple[Text, Text]] = Field(description="Ljust och mörkt värde.")
    fonts: tuple[Font, ...] = ()
    tokens: dict[str, Text] = {}


@dataclass(frozen=True)
class Theme:
    settings: ThemeSettings
    css: str
    fonts: dict[str, bytes]  # by file name
