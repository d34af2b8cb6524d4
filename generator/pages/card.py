"""The picture that is shown where a page is shared: what it is, and the index on its scale."""

import io
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

from generator.model.frozen import Frozen
from generator.model.theme import LIGHT, Theme
from generator.pages import views

SIZE = (1200, 630)
_EDGE, _SPINE = 96, 40
_SCALE = (_EDGE + _SPINE, SIZE[0] - _EDGE)
# The palette: to the colours of texts in steps from the ground, for soft edges, and then those of surfaces.
_GROUND, _WRITTEN, _SURFACES = "night", ("on-night", "on-night-soft"), ("spine", "night-track")
_STEPS = 64
_PLACES = {_GROUND: 0} | {name: (place + 1) * _STEPS - 1 for place, name in enumerate(_WRITTEN)}
_PLACES |= {name: place for place, name in enumerate(_SURFACES, start=len(_WRITTEN) * _STEPS)}


class _Sheet(Frozen):
    """`draw` is given places in the palette for colours."""

    draw: ImageDraw.ImageDraw
    theme: Theme

    def bar(self, left: float, top: float, right: float, bottom: float, /, *, color: str) -> None:
        self.draw.rectangle((left, top, right, bottom), _PLACES[color])

    def write(
        self, face: str, size: int, place: tuple[float, float], text: str, ink: str = "on-night"
    ) -> float:
        """A line on its base, smaller where it is too long; and where it ends."""
        font, room = _font(self.theme, face, size), _SCALE[1] - place[0]
        length = self.draw.textlength(text, font)
        if length > room:
            font = _font(self.theme, face, int(size * room / length))
            length = self.draw.textlength(text, font)
        ground = _PLACES[ink] - _STEPS + 1
        self.draw.rectangle(self.draw.textbbox(place, text, font, anchor="ls"), ground)
        self.draw.text(place, text, _PLACES[ink], font, anchor="ls")
        return place[0] + length


def share_card(head: views.ReportHead, theme: Theme) -> bytes:
    """A PNG in the colours and type of the theme. The same report gives the same bytes."""
    picture = Image.new("L", SIZE, _PLACES[_GROUND])
    sheet = _Sheet(ImageDraw.Draw(picture), theme)
    sheet.bar(0, 0, _SPINE, SIZE[1], color="spine")
    sheet.write("font-sans", 30, (_SCALE[0], 110), head.settings.association.name, "on-night-soft")
    sheet.write("font-heading", 76, (_SCALE[0], 205), head.settings.title)
    if head.index.has_points:
        _draw_index(sheet, head.index)
    output = io.BytesIO()
    picture.putpalette([*_palette(theme)])
    picture.save(output, "PNG", compress_type=Image.RLE)
    return output.getvalue()


def _palette(theme: Theme) -> Iterator[int]:
    """The channels of each colour."""
    ground, *rest = (
        ImageColor.getrgb(theme.settings.colors[name][LIGHT]) for name in (_GROUND, *_WRITTEN, *_SURFACES)
    )
    for color in rest[: len(_WRITTEN)]:
        for step in range(_STEPS):
            yield from (a + (b - a) * step // (_STEPS - 1) for a, b in zip(ground, color, strict=True))
    for color in rest[len(_WRITTEN) :]:
        yield from color


def _draw_index(sheet: _Sheet, index: views.Index) -> None:
    left, right = _SCALE
    reached, target = (left + (right - left) * float(share) for share in (index.share or 0, index.aim))
    end = sheet.write("font-heading", 170, (left - 8, 455), index.value)
    sheet.write("font-sans", 34, (end + 48, 455), f"av 100 i IMPACTindex. Målet var {index.target}.")
    sheet.bar(left, 520, right, 548, color="night-track")
    sheet.bar(left, 520, reached, 548, color="on-night")
    sheet.bar(target - 5, 504, target + 5, 564, color="night")
    sheet.bar(target - 2, 504, target + 2, 564, color="on-night")


def _font(theme: Theme, face: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The boldest font of the theme that a list of families names; Pillow's own where there is none."""
    listed = theme.settings.tokens.get(face, "")
    named = [font for font in theme.settings.fonts if font.family in listed and font.file in theme.files]
    if not named:
        return ImageFont.load_default(size)
    return _opened(theme.files[max(named, key=lambda font: font.weight).file], size)


@lru_cache(maxsize=8)  # the cards of a site have the same few
def _opened(font: bytes, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(font), size)
