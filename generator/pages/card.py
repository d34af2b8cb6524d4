"""The picture that is shown where a page is shared: what it is, and the index on its scale."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from generator.model.frozen import Frozen
from generator.model.theme import LIGHT, Theme
from generator.pages import views

SIZE = (1200, 630)
_EDGE, _SPINE = 96, 40
_SCALE = (_EDGE + _SPINE, SIZE[0] - _EDGE)


class _Sheet(Frozen):
    draw: ImageDraw.ImageDraw
    theme: Theme

    def color(self, name: str) -> str:
        return self.theme.settings.colors[name][LIGHT]

    def bar(self, left: float, top: float, right: float, bottom: float, /, *, color: str) -> None:
        self.draw.rectangle((left, top, right, bottom), self.color(color))

    def write(self, face: str, size: int, place: tuple[int, int], text: str, color: str = "on-night") -> None:
        """A line on its base, smaller where it is too long."""
        font, room = _font(self.theme, face, size), _SCALE[1] - place[0]
        length = self.draw.textlength(text, font)
        if length > room:
            font = _font(self.theme, face, int(size * room / length))
        self.draw.text(place, text, self.color(color), font, anchor="ls")


def share_card(head: views.ReportHead, theme: Theme) -> bytes:
    """A PNG in the colours and type of the theme. The same report gives the same bytes."""
    picture = Image.new("RGB", SIZE, theme.settings.colors["night"][LIGHT])
    sheet = _Sheet(ImageDraw.Draw(picture), theme)
    sheet.bar(0, 0, _SPINE, SIZE[1], color="spine")
    sheet.write("font-sans", 30, (_SCALE[0], 110), head.settings.association.name, "on-night-soft")
    sheet.write("font-heading", 76, (_SCALE[0], 205), head.settings.title)
    if head.index.has_points:
        _draw_index(sheet, head.index)
    output = io.BytesIO()
    picture.quantize(64, Image.Quantize.FASTOCTREE).save(output, "PNG")
    return output.getvalue()


def _draw_index(sheet: _Sheet, index: views.Index) -> None:
    left, right = _SCALE
    reached, target = (left + (right - left) * float(share) for share in (index.share or 0, index.aim))
    sheet.write("font-heading", 170, (left - 8, 455), index.value)
    sheet.write("font-sans", 34, (left + 240, 455), f"av 100 i IMPACTindex. Målet var {index.target}.")
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
