"""From a theme to style sheets, fonts and signal symbols."""

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import PurePosixPath

from jinja2 import Environment

from generator.model.frozen import Frozen
from generator.model.making import Makers
from generator.model.theme import DARK, LIGHT, PRESS, Theme, scheme_on
from generator.pages.fonts import stand_in_faces, unpacked, with_stand_ins
from generator.pages.wording import NO_SIGNAL, SIGNAL_WORDS

SHARED_SHEETS = tuple(
    f"{name}.css"
    for name in ("base", "pictures", "figures", "tables", "method", "data", "story", "people", "lattlast")
)
WEB, PRINT = "web", "print"
SHEET = "stil.css"
OWN_SHEETS = {
    WEB: ("frame.css", "web.css", "search.css", "sida.css"),
    PRINT: ("print.css", "print-cover.css", "print-area.css"),
}
SCRIPTS = ("sok.js", "sida.js")
ICON = "ikon.svg"
SYMBOLS = (*(str(signal) for signal in SIGNAL_WORDS), NO_SIGNAL)
# Comments and lines are for us: without them a page is seen sooner on a slow network.
_UNSEEN = re.compile(r"(?:\A|(?<=[{};,]))(?:\s*\n\s*|/\*.*?\*/)+", re.DOTALL)
_SUFFIXES = {LIGHT: "", DARK: "-mork", PRESS: ""}


class Sheet(Frozen):
    """Paper of a size, "A4" or "A5"; whether it is cut by marks, and printed with four inks."""

    size: str
    is_cut: bool = False
    has_inks: bool = False
    has_marks: bool = False

    @property
    def style_sheets(self) -> tuple[str, ...]:
        wanted = {"cut": self.is_cut, "inks": self.has_inks, "marks": self.has_marks}
        return tuple(f"print-{name}.css" for name in (self.size.lower(), *filter(wanted.get, wanted)))


def assets(theme: Theme, templates: Environment, medium: str, paper: Sheet | None = None) -> Makers:
    """All that pages load, by name: one style sheet, the scripts, and what they ask for."""
    light = PRESS if paper and paper.has_inks else LIGHT
    yield SHEET, lambda: _sheet(theme, templates, medium, paper, light)
    if medium == WEB:
        for script in SCRIPTS:
            yield script, partial(template_source, templates, f"js/{script}")
    for font in dict.fromkeys(font.file for font in theme.settings.fonts):
        as_read = bytes if medium == WEB else unpacked
        yield PurePosixPath(font).name, partial(as_read, theme.files[font])
    drawings = {f"signal-{symbol}": f"symbols/{symbol}.svg" for symbol in SYMBOLS} | _motifs(theme)
    for scheme in (light, DARK):
        for name, drawing in drawings.items():
            yield f"{name}{_SUFFIXES[scheme]}.svg", partial(_drawn, drawing, theme, templates, scheme)
    yield ICON, partial(_drawn, "symbols/ikon.svg", theme, templates, LIGHT)


def _sheet(theme: Theme, templates: Environment, medium: str, paper: Sheet | None, scheme: int) -> str:
    names = (*SHARED_SHEETS, *OWN_SHEETS[medium], *(paper.style_sheets if paper else ()))
    sheets = (template_source(templates, f"css/{name}") for name in names)
    return _seen("\n".join((*sheets, theme_sheet(theme, medium, scheme))))


@lru_cache(maxsize=8)  # the reports of a site have the same
def _seen(sheet: str) -> str:
    return _UNSEEN.sub("", sheet)


def _motifs(theme: Theme) -> dict[str, str]:
    """What a theme adorns pages with, by name: ”cover”, ”spine”, ”strip”, and others of its own."""
    return {PurePosixPath(name).stem: name for name in theme.files if name.endswith(".svg")}


def _drawn(template: str, theme: Theme, templates: Environment, scheme: int) -> str:
    return templates.get_template(template).render(color=palette(theme, scheme))


def palette(theme: Theme, scheme: int) -> dict[str, str]:
    """The colours of a theme by name, as style sheets and drawings write them."""
    if scheme == PRESS:
        inks = ((name, map(int, ink.split())) for name, ink in theme.settings.inks.items())
        return {name: f"device-cmyk({' '.join(f'{part / 100:g}' for part in ink)})" for name, ink in inks}
    return {name: pair[scheme] for name, pair in theme.settings.colors.items()}


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
    tokens = [
        f"--{name}: {with_stand_ins(value, theme) if is_web else value};"
        for name, value in settings.tokens.items()
    ]
    root = f":root {{ {' '.join([*_of_scheme(theme, scheme), *tokens])} }}\n"
    # In one property: WeasyPrint looks for a file that only an image names beside the page, not the sheet.
    symbols = "".join(
        f".symbol-{symbol} {{ background: var(--symbol-{symbol}) center / contain no-repeat; }}\n"
        f".hero {{ --symbol-{symbol}: var(--night-{symbol}); }}\n"
        for symbol in SYMBOLS
    )
    dark = " ".join(_of_scheme(theme, DARK))
    in_dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    return f"{fonts}\n{stand_ins}{root}{in_dark if is_web else ''}{symbols}{theme.css}"


def _of_scheme(theme: Theme, scheme: int) -> Iterator[str]:
    """What differs between the schemes: colours, and the files of motifs and symbols."""
    night = theme.settings.colors["night"][DARK if scheme == DARK else LIGHT]
    yield from (f"--color-{name}: {value};" for name, value in palette(theme, scheme).items())
    suffix, on_night = _SUFFIXES[scheme], _SUFFIXES[scheme_on(night)]
    yield from (f'--motif-{name}: url("{name}{suffix}.svg");' for name in _motifs(theme))
    yield from (f'--symbol-{symbol}: url("signal-{symbol}{suffix}.svg");' for symbol in SYMBOLS)
    yield from (f'--night-{symbol}: url("signal-{symbol}{on_night}.svg");' for symbol in SYMBOLS)


@lru_cache(maxsize=64)  # the reports of a site have the same
def template_source(templates: Environment, name: str) -> str:
    """A file of the templates folder as it is."""
    assert templates.loader is not None
    return templates.loader.get_source(templates, name)[0]
