"""A theme's fonts, unpacked for print, and stand-ins for screens: as wide and high, so that nothing moves."""

from functools import lru_cache
from io import BytesIO

from generator.model.theme import Font, Theme

# What readers have, by the last word of a list of families: faces of one width, and how wide a letter of
# the sample is on average, in parts of the size, regular and bold.
_STANDARD = {
    "serif": (
        (("Times New Roman", "Liberation Serif", "Tinos"), (0.3986, 0.4290)),
        (("DejaVu Serif",), (0.5129, 0.5665)),
    ),
    "sans-serif": (
        (("Arial", "Liberation Sans", "Arimo"), (0.4409, 0.4766)),
        (("DejaVu Sans",), (0.5069, 0.5723)),
    ),
}
_SAMPLE = (
    "enskild deltagare gick vidare till arbete eller studier och nådde målet för samverkan året därpå,"
    " men öppen hjälp behövs"
)
_BOLD = 600


def _name(family: str, number: int) -> str:
    return f"{family} reserv {number}"


@lru_cache(maxsize=32)  # the booklets of a site have the same few
def unpacked(font: bytes) -> bytes:
    """What is in a WOFF2; WeasyPrint would unpack it several times over."""
    from fontTools.ttLib import TTLibError, woff2

    plain = BytesIO()
    try:
        woff2.decompress(BytesIO(font), plain)
    except (KeyError, TTLibError):
        return font
    return plain.getvalue()


def with_stand_ins(families: str, theme: Theme) -> str:
    """A list of families in which a font of the theme that stands first is followed by its stand-ins."""
    first, comma, others = families.partition(",")
    family = first.strip(" \"'")
    if all(font.family != family for font in theme.settings.fonts):
        return families
    names = (f'"{_name(family, number)}"' for number, _ in enumerate(_STANDARD["serif"], 1))
    return f"{first}, {', '.join(names)}{comma}{others}"


def stand_in_faces(font: Font, theme: Theme) -> str:
    """The @font-face of each of a font's stand-ins; none without the letters of the sample."""
    lists = [value for name, value in theme.settings.tokens.items() if name.startswith("font-")]
    kind = next((value for value in lists if font.family in value), "").rpartition(",")[2].strip()
    face = theme.faces.get(font.file)
    if face is None or not face.widths.keys() >= set(map(ord, _SAMPLE)):
        return ""
    width = sum(face.widths[ord(letter)] for letter in _SAMPLE) / len(_SAMPLE)
    is_bold = font.weight >= _BOLD
    faces = []
    for number, (names, standard) in enumerate(_STANDARD.get(kind, _STANDARD["sans-serif"]), 1):
        ratio = width / face.size / standard[is_bold]
        local = ", ".join(f'local("{name}{" Bold" if is_bold else ""}")' for name in names)
        faces.append(
            f'@font-face {{ font-family: "{_name(font.family, number)}"; font-weight: {font.weight};'
            f" font-style: {font.style}; src: {local}; size-adjust: {ratio:.1%};"
            f" ascent-override: {face.ascent / face.size / ratio:.1%};"
            f" descent-override: {-face.descent / face.size / ratio:.1%}; line-gap-override: 0%; }}\n"
        )
    return "".join(faces)
