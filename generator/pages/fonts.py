"""Stand-ins for a theme's fonts: what readers have, as wide and high, so that nothing moves meanwhile."""

from __future__ import annotations

from io import BytesIO

from fontTools.ttLib import TTFont, TTLibError

from generator.model.theme import Font, Theme

# What a letter of the sample is wide on average, in parts of the size: regular and bold.
_STANDARD = {
    "serif": (("Times New Roman", 0.3986, 0.4290), ("Liberation Serif", "Tinos")),
    "sans-serif": (("Arial", 0.4409, 0.4766), ("Liberation Sans", "Arimo")),
}
_SAMPLE = (
    "enskild deltagare gick vidare till arbete eller studier och nådde målet för samverkan året därpå,"
    " men öppen hjälp behövs"
)
_BOLD = 600


def stand_in_name(family: str) -> str:
    return f"{family} reserv"


def with_stand_in(families: str, theme: Theme) -> str:
    """A list of families in which a font of the theme that stands first is followed by its stand-in."""
    first, comma, others = families.partition(",")
    family = first.strip(" \"'")
    is_own = any(font.family == family for font in theme.settings.fonts)
    return f'{first}, "{stand_in_name(family)}"{comma}{others}' if is_own else families


def stand_in_face(font: Font, theme: Theme) -> str:
    """The @font-face of a font's stand-in, "" for what cannot be read as a font."""
    lists = [value for name, value in theme.settings.tokens.items() if name.startswith("font-")]
    kind = next((value for value in lists if font.family in value), "").rpartition(",")[2].strip()
    try:
        read = TTFont(BytesIO(theme.files[font.file]))
        letters, widths = read.getBestCmap(), read["hmtx"]
        width = sum(widths[letters[ord(letter)]][0] for letter in _SAMPLE) / len(_SAMPLE)
    except (KeyError, TTLibError):
        return ""
    (name, *standard_widths), others = _STANDARD.get(kind, _STANDARD["sans-serif"])
    is_bold = font.weight >= _BOLD
    size, head = read["head"].unitsPerEm, read["hhea"]
    ratio = width / size / standard_widths[is_bold]
    names = ", ".join(f'local("{each}{" Bold" if is_bold else ""}")' for each in (name, *others))
    return (
        f'@font-face {{ font-family: "{stand_in_name(font.family)}"; font-weight: {font.weight};'
        f" font-style: {font.style}; src: {names}; size-adjust: {ratio:.1%};"
        f" ascent-override: {head.ascent / size / ratio:.1%};"
        f" descent-override: {-head.descent / size / ratio:.1%}; line-gap-override: 0%; }}\n"
    )
