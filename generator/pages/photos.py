"""Pictures as they are published: upright, in sRGB, in few sizes, and without what a camera writes in them.

That is where and when it was taken, with what and by whom. The author's file stays as it is.
"""

from functools import lru_cache, partial
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image, ImageCms, ImageOps

from generator.model.making import Maker, Makers
from generator.model.narrative import Picture
from generator.pages.addresses import WIDTHS, widths_of

PRINTED_WIDTH = 2000  # the text on A4, 170 mm, at 300 dpi
_KINDS = {".png": "PNG", ".webp": "WEBP"}  # JPEG otherwise
_QUALITY = 84


def web_files(picture: Picture) -> Makers:
    """Each width of a picture by its path."""
    for width, path in widths_of(picture).items():
        yield path, partial(_file, picture, WIDTHS[-1], width, path)


def print_file(picture: Picture) -> tuple[str, Maker]:
    return picture.path, partial(_file, picture, PRINTED_WIDTH, PRINTED_WIDTH, picture.path)


@lru_cache(maxsize=64)  # in a preview every picture is as it was
def _file(picture: Picture, widest: int, width: int, path: str) -> bytes:
    return _encoded(_scaled(_developed(picture, widest), width), path)


@lru_cache(maxsize=1)  # its widths are made after each other
def _developed(picture: Picture, widest: int) -> Image.Image:
    """At most so wide; in grey, RGB or RGBA. Nothing but what is seen goes along."""
    with Image.open(BytesIO(picture.data), formats=("PNG", "JPEG", "WEBP")) as opened:
        opened.draft(opened.mode, (widest, widest))  # of JPEG no more is unpacked than is needed
        opened.getexif()  # tells which way is up; the rest of it may be such as cannot be written
        opened.info = {key: value for key, value in opened.info.items() if "exif" not in key}
        image = ImageOps.exif_transpose(opened)
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off at 255
        image = image.point(lambda value: value / 257).convert("L")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    image = _in_srgb(_scaled(image, widest), profile)
    image.info = {}
    return image


def _scaled(image: Image.Image, widest: int) -> Image.Image:
    if image.width <= widest:
        return image
    height = max(round(image.height * widest / image.width), 1)
    return image.resize((widest, height), Image.Resampling.LANCZOS)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and image.mode != "L":
        try:
            srgb = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(image, BytesIO(profile), srgb, outputMode=mode)
            return changed or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that is broken, or of other colours than the picture's, says nothing
    return image if image.mode in ("L", mode) else image.convert(mode)


def _encoded(image: Image.Image, path: str) -> bytes:
    kind = _KINDS.get(PurePosixPath(path).suffix.lower(), "JPEG")
    if kind == "JPEG" and image.mode == "RGBA":
        flat = Image.new("RGBA", image.size, "white")
        flat.alpha_composite(image)
        image = flat.convert("RGB")
    written = BytesIO()
    image.save(written, kind, quality=_QUALITY, optimize=kind == "JPEG", progressive=True)
    return written.getvalue()
