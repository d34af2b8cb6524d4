"""How a report looks: colours, type and an organisation's own style sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from generator.model.entry import ORIGIN, Entry, mistake
from generator.model.fields import Text, WholeNumber, formed
from generator.model.frozen import Frozen

# What ends up in style sheets as it stands must not be able to end what it stands in.
Family = Annotated[
    str, formed(r"[\w .&+-]+", "namnet på ett typsnitt", "Skriv namnet med bokstäver, siffror och blanksteg.")
]
FontFile = Annotated[
    str, formed(r"[\w .+-]+(/[\w .+-]+)*", "en fil i temat", "Skriv till exempel fonts/min-400.woff2.")
]
Token = Annotated[
    str,
    formed(
        r"""(?!.*/\*)(?:[\w .,%#+*/-]|"[^"\\<>]*"|'[^'\\<>]*'|(?:calc|clamp|max|min|var)\(|\))+""",
        "ett värde för stilmallar",
        "Skriv ett mått, ett tal eller en lista med typsnitt.",
    ),
]


class Font(Entry):
    family: Family
    file: FontFile
    weight: WholeNumber
    style: Literal["normal", "italic"] = "normal"


def _free_keys(value: Any) -> Any:
    """A mapping whose keys the theme chooses itself."""
    if not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if key != ORIGIN}


def _two(value: Any) -> Any:
    if not isinstance(value, list | tuple) or len(value) != 2:
        remedy = 'Skriv ljust och mörkt läge, till exempel ["#18212b", "#efeae0"].'
        mistake("en färg ska ha två värden", remedy)
    return value


Names = BeforeValidator(_free_keys)
_HEX = "^#[0-9a-fA-F]{6}$"
Color = Annotated[
    str,
    formed(_HEX, "en färg", 'Skriv # och sex siffror eller bokstäver a–f, till exempel "#1d7447".'),
    WithJsonSchema({"type": "string", "pattern": _HEX}),
]


_INK = "^(100|[0-9]{1,2})( (100|[0-9]{1,2})){3}$"
MOST_INK = 300  # percent of the four together: more does not dry


def _spare(value: str) -> str:
    if sum(map(int, value.split())) >= MOST_INK:
        found = f"färgerna är tillsammans {MOST_INK} % eller mer"
        mistake(found, "Minska någon av de fyra: mer torkar inte.")
    return value


Ink = Annotated[
    str,
    AfterValidator(_spare),
    formed(_INK, "en tryckfärg", 'Skriv procent cyan, magenta, gult och svart, till exempel "85 15 80 30".'),
    WithJsonSchema({"type": "string", "pattern": _INK}),
]


class ThemeSettings(Entry):
    """theme.yaml"""

    name: Text
    colors: Annotated[dict[str, Annotated[tuple[Color, Color], BeforeValidator(_two)]], Names] = Field(
        description="Each colour in a light and a dark scheme."
    )
    inks: Annotated[dict[str, Ink], Names] = Field(default_factory=dict, description="Each colour in print.")
    fonts: tuple[Font, ...] = ()
    tokens: Annotated[dict[str, Token], Names] = Field(default_factory=dict)


class Face(Frozen):
    """How wide the letters of a font are, by code point, and how high, in parts of its `size`."""

    widths: Mapping[int, int]
    size: int
    ascent: int
    descent: int


class Theme(Frozen):
    settings: ThemeSettings
    css: str
    files: dict[str, bytes]  # fonts and motifs, by path in the theme
    faces: Mapping[str, Face] = field(default_factory=dict)  # of the fonts, by path in the theme

    @property
    def letters(self) -> frozenset[int]:
        """The code points that some font of it has."""
        return frozenset().union(*(face.widths for face in self.faces.values()))


# The least contrast of WCAG 2.2, level AA: of text (1.4.3), and of symbols and marks (1.4.11, 2.4.7).
TEXT, SYMBOL = 4.5, 3.0
LIGHT, DARK, PRESS = range(3)  # a colour has a value for each; in print by its inks
SCHEMES = ("ljust läge", "mörkt läge")
# What stands on what in the style sheets and symbols. A colour that is not here only adorns.
TEXTS = {
    "paper": ("ink", "ink-soft", "link", "accent"),
    "surface": ("ink", "ink-soft", "link", "accent"),
    "line": ("ink",),
    "night": ("on-night", "on-night-soft"),
    "gron": ("on-signal",),
    "bar": ("paper",),
}
SYMBOLS = {
    "paper": ("focus", "line-strong", "bar", "women", "gron", "orange", "rod", "ingen"),
    "surface": ("focus", "bar", "gron", "orange", "rod", "ingen"),
    "track": ("bar",),
    "night-track": ("on-night",),
    "rod": ("on-signal",),
}
# The field that the front page begins with, whose symbols are those of `scheme_on`.
SYMBOLS_ON_NIGHT = {"night": ("gron", "orange", "rod")}
_BETWEEN_SCHEMES = 0.18  # the luminance to which black and white have the same contrast


class Contrast(Frozen):
    """The ratio between a colour and the one that it stands on, which is to be at least `least`."""

    front: str
    front_value: str
    back: str
    back_value: str
    scheme: str
    least: float

    @property
    def ratio(self) -> float:
        """As WCAG defines it: from 1 for equal colours to 21 for black and white."""
        darker, lighter = sorted(map(_luminance, (self.front_value, self.back_value)))
        return (lighter + 0.05) / (darker + 0.05)


def contrasts(colors: Mapping[str, tuple[str, str]]) -> Iterator[Contrast]:
    """Every pair in use of which both colours are there, in both schemes."""
    for scheme, name in enumerate(SCHEMES):
        for least, pairs in ((TEXT, TEXTS), (SYMBOL, SYMBOLS), (SYMBOL, SYMBOLS_ON_NIGHT)):
            for back, front in ((back, front) for back, fronts in pairs.items() for front in fronts):
                if front in colors and back in colors:
                    below = colors[back][scheme]
                    above = colors[front][scheme_on(below) if pairs is SYMBOLS_ON_NIGHT else scheme]
                    yield Contrast(front, above, back, below, name, least)


def scheme_on(color: str) -> int:
    """The scheme whose symbols are made for a field of this colour, whatever scheme the page is in."""
    return DARK if _luminance(color) < _BETWEEN_SCHEMES else LIGHT


def _luminance(color: str) -> float:
    """The relative luminance of WCAG: 0 for black, 1 for white."""
    parts = (int(color[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
