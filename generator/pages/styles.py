"""From a theme to style sheets, fonts and signal symbols."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from jinja2 import Environment

from generator.model.theme import DARK, LIGHT, Theme
from generator.pages.fonts import stand_in_faces, with_stand_ins
from generator.pages.wording import NO_SIGNAL, SIGNAL_WORDS

SHARED_SHEETS = tuple(
    f"{name}.css" for name in ("base", "pictures", "figures", "tables", "method", "data", "story", "people")
)
WEB, PRINT = "web", "print"
SHEET = "stil.css"
OWN_SHEETS = {WEB: ("frame.css", "web.css", "search.css"), PRINT: ("print.css", "print-cover.css", "print-area.css")}
SCRIPT = "sok.js"
ICON = "ikon.svg"
SYMBOLS = (*(str(signal) for signal in SIGNAL_WORDS), NO_SIGNAL)


def assets(theme: Theme, templates: Environment, medium: str, size: str = "") -> Iterator[tuple[str, bytes]]:
    """Names and contents of all that pages load: one style sheet, the script, and what they ask for.

    `size` is that of paper, "A4" or "A5".
    """
    names = (*SHARED_SHEETS, *OWN_SHEETS[medium], *([f"print-{size.lower()}.css"] if size else []))
    sheets = (template_source(templates, f"css/{name}") for name in names)
    yield SHEET, "\n".join((*sheets, theme_sheet(theme, medium))).encode()
    if medium == WEB:
        yield SCRIPT, template_source(templates, f"js/{SCRIPT}").encode()
    for name, data in theme.files.items():
        yield PurePosixPath(name).name, data
    for suffix, scheme in (("", LIGHT), ("-mork", DARK)):
        for symbol in SYMBOLS:
            yield f"signal-{symbol}{suffix}.svg", _drawn(f"symbols/{symbol}.svg", theme, templates, scheme)
    yield ICON, _drawn("symbols/ikon.svg", theme, templates, LIGHT)


def _drawn(template: str, theme: Theme, templates: Environment, scheme: int) -> bytes:
    return templates.get_template(template).render(color=palette(theme, scheme)).encode()


def palette(theme: Theme, scheme: int) -> dict[str, str]:
    """The colours of a theme by name."""
    return {name: pair[scheme] for name, pair in theme.settings.colors.items()}


def theme_sheet(theme: Theme, medium: str) -> str:
    """Fonts, and the tokens as custom properties: light, and dark for those who ask for it on a screen."""
    settings, is_web = theme.settings, medium == WEB
    fonts = "\n".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight};'
        f" font-style: {font.style}; font-display: swap;"
        f' src: url("{PurePosixPath(font.file).name}") format("woff2"); }}'
        for font in settings.fonts
    )
    stand_ins = "".join(stand_in_faces(font, theme) for font in settings.fonts if is_web)
    light = [f"--color-{name}: {pair[LIGHT]};" for name, pair in settings.colors.items()]
    dark = [f"--color-{name}: {pair[DARK]};" for name, pair in settings.colors.items()]
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
