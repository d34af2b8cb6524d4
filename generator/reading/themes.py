"""Themes, judged against the style sheets and symbols that use their colours and fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from io import BytesIO, StringIO
from math import floor
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from generator.caching import remembered
from generator.fingerprints import LOOKS, PROJECT, fingerprint, of_bytes, of_files, of_program
from generator.model.entry import ORIGIN
from generator.model.limits import MAX_DEPTH
from generator.model.making import Keep, made_anew
from generator.model.names import remedy_for_unknown, suggestion
from generator.model.places import Origin, Place, Problem, unknown_name
from generator.model.report import Report
from generator.model.theme import TEXT, Face, Theme, ThemeSettings, contrasts
from generator.reading.encodings import UTF8, encoding_of
from generator.reading.files import Folder, decode
from generator.reading.validation import validate
from generator.reading.yaml_files import read_yaml

if TYPE_CHECKING:
    from tinycss2.ast import Node

TEMPLATES = Path(PROJECT) / "templates"
_DRAW = "En ritning får bara ha former och temats färger."
PlaceOfName = Callable[[str, str], Place]  # of a name under a key of theme.yaml
_COLOR = "color-"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ASKED_FOR = re.compile(r"var\(\s*--([\w-]+)\s*(,?)")
_SET = re.compile(r"--([\w-]+)\s*:")
_IN_DRAWING = re.compile(r"""paint\("([\w-]+)"\)""")
_HEX = re.compile(rb"#[0-9a-fA-F]{6}\b")
_GRADIENT = re.compile(rb"gradient", re.IGNORECASE)
_MOTIF = re.compile(r"motifs/[a-z0-9-]+\.svg")
_ELSEWHERE = re.compile(r"//|(?:https?|ftp|file|data|javascript|wss?|blob):", re.IGNORECASE)
_BLANK = re.compile(r"[\0-\x20]")
_SHAPES = re.compile(
    "svg|g|path|rect|circle|ellipse|line|polyline|polygon|title|desc|defs|linearGradient|radialGradient|stop"
    "|clipPath|mask|pattern|symbol|use"
)
_NO_DRAWING = re.compile(r"<!(?!--)|<\?(?!xml\s)|{[{%#]")
_COLOR_REFERENCE = re.compile(r"""{{\s*color(?:\.\w+|\[\s*["'][\w-]+["']\s*\])\s*}}""")
_ELSEWHERE_IN_DRAWING = re.compile(r"url\(\s*[\"']?(?!#)", re.IGNORECASE)
_IN_SYMBOL = re.compile(r"""color(?:\[\s*["']|\.)([\w-]+)""")


def read_themes(
    root: Path, reports: Sequence[Report], problems: list[Problem], kept: Keep = made_anew
) -> dict[str, Theme]:
    """The themes that the reports name, by name."""
    themes: dict[str, Theme] = {}
    known = sorted(path.parent.name for path in root.glob("*/theme.yaml"))
    for report in reports:
        name = report.settings.theme
        if name in themes:
            continue
        if name not in known:
            problems.append(unknown_name(report.settings.place("theme"), "temat", name, known))
            continue
        theme, found = kept(f"temat {name}", LOOKS, None, partial(_read, root / name))
        problems += found
        if theme is not None:
            themes[name] = theme
    return themes


def _read(root: Path) -> tuple[Theme | None, list[Problem]]:
    """As the same program has judged the same theme before: that takes a tenth of the time of a check."""

    def made_from() -> str:
        return fingerprint({"program": of_program(), "tema": of_files(str(root))})

    def judged() -> tuple[Theme | None, list[Problem]]:
        problems: list[Problem] = []
        return read_theme(root, problems), problems

    return remembered(f"teman/{of_bytes(bytes(root))}", made_from, judged)


def read_theme(root: Path, problems: list[Problem]) -> Theme | None:
    """The theme in a folder; None when its settings cannot be used. Every fault is added to `problems`."""
    folder = Folder(root, f"themes/{root.name}", problems)
    data = read_yaml(folder, "theme.yaml")
    settings = validate(ThemeSettings, data, problems) if data is not None else None
    if data is None or settings is None:
        return None
    fonts = dict.fromkeys(font.file for font in settings.fonts)
    known_before = len(problems)
    read = {
        file: held
        for file in (*fonts, *folder.all_files())
        if (held := folder.read_bytes(file, remedy_if_missing="Lägg till typsnittsfilen.")) is not None
    }
    if len(problems) > known_before:  # a link may lead to anything, and the files are read again below
        return None
    loaded = {file: read[file] for file in read if file in fonts or _MOTIF.fullmatch(file)}
    faces = {file: face for file in fonts if (face := _face(loaded[file]))}
    css = decode(read.get("theme.css", b"")) or ""
    theme = Theme(settings, css, loaded, faces)
    own = frozenset(name for file in loaded for name in _names_as_loaded(file))
    for file in (file for file in fonts if file not in faces):
        folder.fault(file, "filen går inte att läsa som ett typsnitt", "Lägg in den på nytt, som woff2.")
    for file, held in read.items():
        if file.endswith(_TEXTS) and encoding_of(BytesIO(held))[0] != UTF8:
            folder.fault(file, "filen är inte UTF-8", "Spara om den som UTF-8.")
        for found, remedy in _ways_out(file, decode(held) or "", own):
            folder.fault(file, found, remedy)

    def place(key: str, name: str) -> Place:
        origin: Origin = data.get(key, data)[ORIGIN]
        return origin.of(name)

    of_names = [*_name_problems(settings, used_names(root), place)]
    problems.extend(of_names or [*_font_problems(theme, place), *_ink_problems(theme)])
    problems.extend(_contrast_problems(settings, place))
    return theme


# Themes are read again and again while an author writes, and their files seldom change.
_remembered = lru_cache(maxsize=256)


@_remembered
def _face(font: bytes) -> Face | None:
    """None of a font that has no letters, or cannot be used."""
    from fontTools.ttLib import TTFont

    try:
        read = TTFont(BytesIO(font))
        head, size, widths = read["hhea"], read["head"].unitsPerEm, read["hmtx"]
        letters = {letter: widths[name][0] for letter, name in (read.getBestCmap() or {}).items()}
        return Face(letters, size, head.ascent, head.descent) if letters else None
    except Exception:  # each part of a font is unpacked by another library, which fails in its own way
        return None


_TEXTS = (".html", ".css", ".svg", ".js", ".txt", ".xml", ".conf")  # as there are in templates/


def _names_as_loaded(file: str) -> Iterator[str]:
    """The names by which a style sheet finds a font or a motif beside it."""
    path = PurePosixPath(file)
    yield path.name
    if path.suffix == ".svg":
        yield f"{path.stem}-mork.svg"


_LAST = ".sist{}"  # a rule after all others, which is lost where something is left open


@_remembered
def _ways_out(file: str, text: str, own: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """What in a theme's file leads out of the theme or is left open: what was found, and how to mend it."""
    return tuple(_faults(file, text, own))


def _faults(file: str, text: str, own: frozenset[str]) -> Iterator[tuple[str, str]]:
    if file.endswith(".svg"):
        yield from ((f"ritningen har {found}", _DRAW) for found in _other_than_shapes(text))
    if file.endswith(".html"):
        from jinja2 import Environment, TemplateSyntaxError

        try:
            Environment().parse(text)
        except TemplateSyntaxError as error:
            yield f"mallen går inte att läsa på rad {error.lineno}", "Jämför med mallen i templates."
    if file.startswith("motifs/") and not _MOTIF.fullmatch(file):
        yield "filen är inget motiv", "Låt den heta något med små bokstäver a–z och sluta på .svg."
    if file.endswith(".css"):
        import tinycss2

        for address in _addresses(tinycss2.parse_component_value_list(text, skip_comments=True)):
            if address not in own:
                yield f"stilmallen hämtar ”{address}”", "Hämta bara temats egna typsnitt och motiv."
        *_, last = tinycss2.parse_stylesheet(f"{text}\n{_LAST}", skip_whitespace=True)
        if last.type == "error" or last.serialize() != _LAST:
            found = "stilmallen går inte att läsa: ett { }, ( ), citattecken eller en kommentar"
            remedy = "Rätta den. Webbläsaren hoppar annars över det som följer."
            yield f"{found} är inte avslutad", remedy


def _other_than_shapes(drawing: str) -> Iterator[str]:
    """What a drawing has that is neither a shape nor a colour of the theme."""
    plain = _COLOR_REFERENCE.sub("#000000", drawing)
    if stray := _NO_DRAWING.search(plain):
        yield f"”{stray[0]}”"
        return
    depth = 0
    try:
        for event, element in ElementTree.iterparse(StringIO(plain), ("start", "end")):
            depth += 1 if event == "start" else -1
            name = element.tag.rpartition("}")[2]
            if not _SHAPES.fullmatch(name) or depth > MAX_DEPTH:
                yield f"elementet ”{name}”, {depth} nivåer in"
                return
            for attribute, value in element.items():
                key = attribute.rpartition("}")[2].lower()
                is_out = key == "href" and not value.startswith("#")
                if key.startswith("on") or is_out or _ELSEWHERE_IN_DRAWING.search(value):
                    yield f"”{key}”, som gör eller hämtar något"
    except ElementTree.ParseError as error:
        yield f"ett fel på rad {error.position[0]}"


def _addresses(nodes: Iterable[Node]) -> Iterator[str]:
    """What a style sheet fetches, or could: any text that is an address of something elsewhere."""
    for node in nodes:
        match node.type:
            case "at-keyword" if node.lower_value == "import":
                yield "@import"
            case "url":
                yield node.value
            case "string" if _ELSEWHERE.match(_BLANK.sub("", node.value).replace("\\", "/")):
                yield node.value
            case "function" if node.lower_name in ("url", "src"):
                yield from (part.value for part in node.arguments if part.type in ("string", "ident"))
            case "function":
                yield from _addresses(node.arguments)
            case "() block" | "[] block" | "{} block":
                yield from _addresses(node.content)
            case "error":
                yield node.message


def used_names(theme: Path) -> dict[str, bool]:
    """The custom properties that style sheets and symbols ask for, and whether the theme must have each.

    It need not when a style sheet sets it, or has something to fall back on.
    """
    files = {path.relative_to(root): path for root in (TEMPLATES, theme) for path in sorted(root.rglob("*"))}
    used: dict[str, bool] = {}
    are_set: set[str] = set()
    for path in files.values():
        if path.suffix not in (".css", ".html", ".svg") or not path.is_file():
            continue
        asked_for, painted, set_there = _names_in(path.read_bytes(), is_symbol=path.suffix == ".svg")
        for name, comma in asked_for:
            used[name] = used.get(name, False) or not comma
        used |= {f"{_COLOR}{name}": True for name in painted}
        are_set |= set_there
    # A colour may be set anew in a part of a page, but begins as what the theme says.
    return {name: must and (name.startswith(_COLOR) or name not in are_set) for name, must in used.items()}


@_remembered
def _names_in(
    data: bytes, *, is_symbol: bool
) -> tuple[Sequence[tuple[str, str]], Sequence[str], frozenset[str]]:
    """What a file asks for (with a comma where it has a fallback), what it paints with and what it sets."""
    text = _COMMENT.sub("", decode(data) or "")
    painted = (_IN_SYMBOL if is_symbol else _IN_DRAWING).findall(text)
    return tuple(_ASKED_FOR.findall(text)), tuple(painted), frozenset(_SET.findall(text))


def _name_problems(settings: ThemeSettings, used: Mapping[str, bool], at: PlaceOfName) -> Iterator[Problem]:
    """Colours and tokens that nothing uses, and those that are used but not there."""
    colors = {name.removeprefix(_COLOR): must for name, must in used.items() if name.startswith(_COLOR)}
    tokens = {name: must for name, must in used.items() if not name.startswith(_COLOR)}
    given: tuple[tuple[str, str, Iterable[str], Mapping[str, bool]], ...] = (
        ("colors", "färgen", settings.colors, colors),
        ("tokens", "värdet", settings.tokens, tokens),
    )
    for key, what, names, known in given:
        unknown = [name for name in names if name not in known]
        for name in unknown:
            found = f"{what} ”{name}” används inte av någon stilmall"
            yield Problem(at(key, name), found, remedy_for_unknown(name, sorted(known)))
        missing = [name for name, must in known.items() if must and name not in names]
        for name in missing:
            if not suggestion(name, unknown):
                remedy = f"Stilmallarna eller symbolerna använder det: lägg till ”{name}: …” under ”{key}”."
                yield Problem(settings.place(key), f"{what} ”{name}” saknas", remedy)


def _font_problems(theme: Theme, place: PlaceOfName) -> Iterator[Problem]:
    """Tokens that begin with the misspelt name of a font, or else fonts that are named nowhere."""
    fonts, tokens = theme.settings.fonts, theme.settings.tokens
    families = [font.family for font in fonts]
    lists = {name: _words(value) for name, value in tokens.items() if name.startswith("font-")}
    wanted = {name: words[0] for name, words in lists.items() if words}
    misspelt = [name for name, family in wanted.items() if family not in families]
    misspelt = [name for name in misspelt if suggestion(wanted[name], families)]
    for name in misspelt:
        found = f"typsnittet ”{wanted[name]}” finns inte under ”fonts”"
        yield Problem(place("tokens", name), found, suggestion(wanted[name], families))
    named = {word for words in (*lists.values(), _words(theme.css)) for word in words}
    for font in fonts:
        if font.family not in named and not misspelt:
            remedy = remedy_for_unknown(font.family, dict.fromkeys(wanted.values()))
            yield Problem(font.place("family"), f"typsnittet ”{font.family}” används inte", remedy)


def _ink_problems(theme: Theme) -> Iterator[Problem]:
    """What cannot be printed with four inks: colours without any, and gradients."""
    settings = theme.settings
    if not settings.inks:
        return
    place, inks = settings.place("inks"), {name.lower() for name in settings.inks}
    for name in sorted(settings.colors.keys() - inks):
        yield Problem(place, f"färgen ”{name}” saknar tryckfärg", f"Lägg till ”{name}: …” under ”inks”.")
    for name in sorted(inks - settings.colors.keys()):
        remedy = remedy_for_unknown(name, sorted(settings.colors))
        yield Problem(place, f"tryckfärgen ”{name}” hör inte till någon färg", remedy)
    motifs = {file: data for file, data in theme.files.items() if file.endswith(".svg")}
    for file, data in (*motifs.items(), ("theme.css", theme.css.encode())):
        for color in sorted({color.decode().lower() for color in _HEX.findall(data)}):
            remedy = 'Ge den ett namn under ”colors” och ”inks”, och skriv {{ color["namnet"] }} i filen.'
            yield Problem(place, f"{file} har färgen {color}, som inte kan tryckas", remedy)
        if _GRADIENT.search(data):
            remedy = "Ta bort den: den går inte att trycka med fyra färger."
            yield Problem(place, f"{file} har en toning", remedy)


def _words(css: str) -> list[str]:
    """What commas, quotation marks and the like part, such as the families of a list."""
    return [word for part in re.split(r"""["',:;{}]""", css) if (word := part.strip())]


def _contrast_problems(settings: ThemeSettings, place: PlaceOfName) -> Iterator[Problem]:
    """Colours that cannot be told from what they stand on."""
    for pair in contrasts(settings.colors):
        if pair.ratio >= pair.least:
            continue
        ratio = floor(pair.ratio * 100) / 100  # rounded, it could be shown as what is asked for
        said = f"”{pair.front}” ({pair.front_value}) på ”{pair.back}” ({pair.back_value})"
        found = f"{said} har kontrasten {_decimal(ratio)}:1 i {pair.scheme}"
        what = "Text" if pair.least == TEXT else "Symboler, staplar och markeringar"
        remedy = f"{what} behöver minst {_decimal(pair.least)}:1. Gör den ena färgen mörkare eller ljusare."
        yield Problem(place("colors", pair.front), found, remedy)


def _decimal(number: float) -> str:
    return f"{number:g}".replace(".", ",")
