"""From a theme to style sheets, fonts and signal symbols."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from jinja2 import Environment

from generator.model.theme import Theme
from generator.pages.wording import NO_SIGNAL, SIGNAL_WORDS

SHARED_SHEETS = ("base.css", "figures.css", "tables.css", "method.css", "data.css")
WEB_SHEET = "web.css"
ON_WEB_ONLY = ("css/search.css", "js/sok.js")  # beside its own sheet
PRINT_SHEET = "print.css"
THEME_SHEET = "theme.css"
SYMBOLS = (*(str(signal) for signal in SIGNAL_WORDS), NO_SIGNAL)


def assets(theme: Theme, templates: Environment, own_sheet: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of everything that pages load; `own_sheet` is that of the web or of print."""
    for sheet in (*SHARED_SHEETS, own_sheet):
        yield sheet, template_source(templates, f"css/{sheet}").encode()
    is_web = own_sheet == WEB_SHEET
    for name in ON_WEB_ONLY if is_web else ():
        yield PurePosixPath(name).name, template_source(templates, name).encode()
    yield THEME_SHEET, theme_sheet(theme, has_dark=is_web).encode()
    for name, data in theme.fonts.items():
        yield PurePosixPath(name).name, data
    for symbol in SYMBOLS:
        for suffix, which in (("", 0), ("-mork", 1)):
            color = {name: pair[which] for name, pair in theme.settings.colors.items()}
            svg = templates.get_template(f"symbols/{symbol}.svg").render(color=color)
            yield f"signal-{symbol}{suffix}.svg", svg.encode()


def theme_sheet(theme: Theme, *, has_dark: bool = True) -> str:
    """Fonts, and the tokens as custom properties: light, and dark for those who ask for it on a screen."""
    settings = theme.settings
    fonts = "\n".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight};'
        f" font-style: {font.style}; font-display: swap;"
        f' src: url("{PurePosixPath(font.file).name}") format("woff2"); }}'
        for font in settings.fonts
    )
    light = [f"--color-{name}: {pair[0]};" for name, pair in settings.colors.items()]
    dark = [f"--color-{name}: {pair[1]};" for name, pair in settings.colors.items()]
    tokens = [f"--{name}: {value};" for name, value in settings.tokens.items()]
    in_dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {' '.join(dark)} }} }}\n"
    return f"{fonts}\n:root {{ {' '.join([*light, *tokens])} }}\n{in_dark if has_dark else ''}{theme.css}"


def template_source(templates: Environment, name: str) -> str:
    """A file of the templates folder as it is."""
    assert templates.loader is not None
    return templates.loader.get_source(templates, name)[0]
