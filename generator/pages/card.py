"""The picture that is shown where a page is shared: what it is, and the index on its scale."""

from __future__ import annotations

import io
from functools import partial

from PIL import Image, ImageDraw, ImageFont

from generator.model.theme import LIGHT, Theme
from generator.pages import views

SIZE = (1200, 630)
_EDGE, _SPINE = 96, 40
_SCALE = (_EDGE + _SPINE, SIZE[0] - _EDGE)


def share_card(head: views.ReportHead, theme: Theme) -> bytes:
    """A PNG in the colours and type of the theme. The same report gives the same bytes."""
    color = {name: pair[LIGHT] for name, pair in theme.settings.colors.items()}
    picture = Image.new("RGB", SIZE, color["night"])
    draw = ImageDraw.Draw(picture)
    write = partial(_write, draw, theme, color)
    draw.rectangle((0, 0, _SPINE, SIZE[1]), color["birch"])
    write("font-sans", 30, (_SCALE[0], 110), head.organisation, "on-night-soft")
    write("font-heading", 76, (_SCALE[0], 205), head.title)
    if head.index.has_points:
        _draw_scale(draw, color, head.index)
        write("font-heading", 170, (_SCALE[0] - 8, 455), head.index.value)
        write(
            "font-sans", 34, (_SCALE[0] + 220, 455), f"av 100 i IMPACTindex. Målet var {head.index.target}."
        )
    output = io.BytesIO()
    picture.quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()


def _draw_scale(draw: ImageDraw.ImageDraw, color: dict[str, str], index: views.Index) -> None:
    left, right = _SCALE
    reached, target = (left + (right - left) * share / 100 for share in (index.bar, index.target_bar))
    draw.rectangle((left, 520, right, 548), color["night-track"])
    draw.rectangle((left, 520, reached, 548), color["on-night"])
    draw.rectangle((target - 5, 504, target + 5, 564), color["night"])
    draw.rectangle((target - 2, 504, target + 2, 564), color["on-night"])


def _write(
    draw: ImageDraw.ImageDraw,
    theme: Theme,
    color: dict[str, str],
    face: str,
    size: int,
    place: tuple[int, int],
    text: str,
    ink: str = "on-night",
) -> None:
    """A line on its base, smaller where it is too long."""
    font = _font(theme, face, size)
    room = _SCALE[1] - place[0]
    if draw.textlength(text, font) > room:
        font = _font(theme, face, int(size * room / draw.textlength(text, font)))
    draw.text(place, text, color[ink], font, anchor="ls")


def _font(theme: Theme, face: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The boldest font of the theme that a list of families names; Pillow's own where there is none."""
    listed = theme.settings.tokens.get(face, "")
    named = [font for font in theme.settings.fonts if font.family in listed and font.file in theme.files]
    if not named:
        return ImageFont.load_default(size)
    data = theme.files[max(named, key=lambda font: font.weight).file]
    return ImageFont.truetype(io.BytesIO(data), size)
