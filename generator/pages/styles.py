"""From a theme to style sheets, fonts and signal symbols."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from jinja2 import Environment

from generator.model.theme import DARK, LIGHT, MOTIF_COLOR, PRESS, Theme
from generator.pages.fonts import stand_in_faces, with_stand_ins
from generator.pages.wording import NO_SIGNAL, SIGNAL_WORDS

SHARED_SHEETS = tuple(
    f"{name}.css" for name in ("base", "pictures", "figures", "tables", "method", "data", "story", "people")
)
WEB, PRINT = "web", "print"
SHEET = "stil.css"
OWN_SHEETS = {
    WEB: ("frame.css", "web.css", "search.css"),
    PRINT: ("print.css", "print-cover.css", "print-area.css"),
}
SCRIPT = "sok.js"
ICON = "ikon.svg"
SYMBOLS = (*(str(signal) for signal in SIGNAL_WORDS), NO_SIGNAL)


@dataclass(frozen=True)
class Sheet:
    """Paper of a size, "A4" or "A5"; whether it is cut after printing, and printed with four inks."""

    size: str
    is_cut: bool = False
    has_inks: bool = False

    @property
    def style_sheets(self) -> tuple[str, ...]:
        cut, inks = ("print-cut.css",) * self.is_cut, ("print-inks.css",) * self.has_inks
        return (f"print-{self.size.lower()}.css", *cut, *inks)


def assets(
    theme: Theme, templates: Environment, medium: str, paper: Sheet | None = None
) -> Iterator[tuple[str, bytes]]:
    """Names and contents of all that pages load: one style sheet, the script, and what they ask for."""
    names = (*SHARED_SHEETS, *OWN_SHEETS[medium], *(paper.style_sheets if paper else ()))
    sheets = (template_source(templates, f"css/{name}") for name in names)
    light = PRESS if paper and paper.has_inks else LIGHT
    yield SHEET, "\n".join((*sheets, theme_sheet(theme, medium, light))).encode()
    if medium == WEB:
        yield SCRIPT, template_source(templates, f"js/{SCRIPT}").encode()
    for name, data in theme.files.items():
        is_painted = light == PRESS and name.endswith(".svg")
        yield PurePosixPath(name).name, _in_inks(data, theme) if is_painted else data
    for suffix, scheme in (("", light), ("-mork", DARK)):
        for symbol in SYMBOLS:
            yield f"signal-{symbol}{suffix}.svg", _drawn(f"symbols/{symbol}.svg", theme, templates, scheme)
    yield ICON, _drawn("symbols/ikon.svg", theme, templates, LIGHT)


def _drawn(template: str, theme: Theme, templates: Environment, scheme: int) -> bytes:
    return templates.get_template(template).render(color=palette(theme, scheme)).encode()


def palette(theme: Theme, scheme: int) -> dict[str, str]:
    """The colours of a theme by name, as style sheets and drawings write them."""
    if scheme == PRESS:
        return {name: _cmyk(ink) for name, ink in theme.settings.inks.items()}
    return {name: pair[scheme] for name, pair in theme.settings.colors.items()}


def _cmyk(ink: str) -> str:
    return f"device-cmyk({' '.join(f'{int(part) / 100:g}' for part in ink.split())})"


def _in_inks(motif: bytes, theme: Theme) -> bytes:
    inks = palette(theme, PRESS)
    return MOTIF_COLOR.sub(lambda color: inks[color[0].decode().lower()].encode(), motif)


def theme_sheet(theme: Theme, medium: str, scheme: int = LIGHT) -> str:
    """Fonts, and the tokens as custom properties: light, and dark for those who ask for it on a screen."""
    settings, is_web = theme.settings, medium == WEB
    fonts = "\n".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight};'
        f" font-style: {font.style}; font-display: swap;"
        f' src: url("{PurePosixPath(font.file).name}") format("woff2"); }}'
        for font in settings.fonts
    )
    stand_ins = "".join(stand_in_faces(font, theme) for font in settings.fonts if is_web)
    light = [f"--color-{name}: {value};" for name, value in palette(theme, scheme).items() if name[0] != "#"]
    dark = [f"--color-{name}: {value};" for name, value in palette(theme, DARK).items()]
    tokens = [
        f"--{name}: {with_stand_ins(value, theme) if is_web else value};"
        for name, value in settings.tokens.items()
    ]
    root = f":root {{ {' '.join([*light, *tokens])} }}\n"
    in_dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {' '.join(dark)} }} }}\n"
    return f"{fonts}\n{stand_ins}{root}{in_dark if is_web else ''}{theme.css}"


def template_source(templates: Environment, name: str) -> str:
    """A file of the templates folder as it is."""
    assert templates.loader is not None
    return templates.loader.get_source(templates, name)[0]
