"""Pictures are published upright, in sRGB and in few sizes, and tell nothing but what they show."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from generator.model.making import made
from generator.model.narrative import Picture
from generator.pages.photos import print_file, web_files

RED, BLUE, SECRET = (200, 30, 30), (30, 30, 200), b"Astrid Exempel"


def halves(size: tuple[int, int] = (40, 20), mode: str = "RGB") -> Image.Image:
    """Red to the left and blue to the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image.convert(mode)


def published(data: bytes, path: str = "bilder/a.jpg") -> dict[str, bytes]:
    with Image.open(BytesIO(data)) as image:
        is_lying = image.getexif().get(0x0112, 1) > 4
        width, height = image.size[::-1] if is_lying else image.size
    picture = Picture(path, data, width, height)
    [(name, printed)] = made([print_file(picture)])
    return {**dict(made(web_files(picture))), f"print/{name}": printed}


def saved(image: Image.Image, kind: str, **given: object) -> bytes:
    written = BytesIO()
    image.save(written, kind, **given)
    return written.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x013B] = SECRET.decode()  # the artist
    told.get_ifd(0x8825)[2] = (63.0, 49.0, 30.0)  # the latitude
    return told


def with_all_that_cameras_write(kind: str) -> bytes:
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", SECRET.decode())
        text.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return saved(halves(), kind, exif=exif(), pnginfo=text)
    if kind == "WEBP":
        return saved(halves(), kind, exif=exif(), xmp=xmp)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0" + len(SECRET).to_bytes(2, "big") + SECRET
    plain = saved(halves(), kind, exif=exif(), comment=SECRET, xmp=xmp, quality=95)
    return plain[:2] + b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc + plain[2:]


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_what_a_camera_has_written_does_not_go_out(kind: str, name: str) -> None:
    data = with_all_that_cameras_write(kind)
    assert SECRET in data
    for written in published(data, f"bilder/{name}").values():
        with Image.open(BytesIO(written)) as image:
            assert image.format == kind
            assert not {"exif", "xmp", "photoshop", "comment", "icc_profile", "Author"} & set(image.info)
            assert not image.getexif()
        assert SECRET not in written
        assert b"Exif" not in written
        assert b"ICC" not in written


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_it_was_taken(orientation: int) -> None:
    upright = halves((40, 20))
    turns = {2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}
    lying = upright
    for turn in turns.get(orientation, []):
        lying = lying.transpose(Image.Transpose(turn))
    data = saved(lying, "JPEG", exif=exif(orientation), quality=95)
    for written in published(data).values():
        with Image.open(BytesIO(written)) as image:
            assert image.size == (40, 20)
            left, right = image.getpixel((5, 10)), image.getpixel((35, 10))
            assert isinstance(left, tuple) and isinstance(right, tuple)
            assert left[0] > 150 > right[0]


def test_a_picture_is_turned_though_its_place_is_written_as_text() -> None:
    """Some programs do so, and what reads it cannot write it again."""
    latitude, as_text = b"\0\x02\0\x05\0\0\0\x03", b"\0\x02\0\x02\0\0\0\x03"
    data = saved(halves(), "JPEG", exif=exif(orientation=6))
    assert data.count(latitude) == 1
    for written in published(data.replace(latitude, as_text)).values():
        with Image.open(BytesIO(written)) as image:
            assert image.size == (20, 40)


def test_a_large_picture_is_scaled_for_screens_and_for_paper() -> None:
    files = published(saved(halves((3000, 1500)), "JPEG"))
    sizes = {name: Image.open(BytesIO(written)).size for name, written in files.items()}
    assert sizes == {
        "bilder/a-480.jpg": (480, 240),
        "bilder/a-960.jpg": (960, 480),
        "bilder/a.jpg": (1600, 800),
        "print/bilder/a.jpg": (2000, 1000),
    }


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = saved(halves((700, 300)), "JPEG")
    assert published(data) == published(data)


def cmyk() -> bytes:
    return saved(halves(mode="CMYK"), "JPEG", quality=95)


def grey_of_16_bits() -> bytes:
    image = Image.new("I;16", (40, 20), 200 * 257)
    image.paste(60 * 257, (20, 0, 40, 20))
    return saved(image, "PNG")


def with_alpha() -> bytes:
    image = halves(mode="RGBA")
    image.putalpha(128)
    return saved(image, "PNG")


def of_palette() -> bytes:
    return saved(halves(mode="P"), "PNG", transparency=0)


def of_black_and_white() -> bytes:
    return saved(halves(mode="L").point(lambda shade: 255 * (shade > 60)).convert("1"), "PNG")


@pytest.mark.parametrize(
    ("made", "path", "mode"),
    [
        (cmyk, "a.jpg", "RGB"),
        (grey_of_16_bits, "a.png", "L"),
        (with_alpha, "a.png", "RGBA"),
        (with_alpha, "a.webp", "RGBA"),
        (with_alpha, "a.jpg", "RGB"),
        (of_palette, "a.png", "RGBA"),
        (lambda: saved(halves(mode="LA"), "PNG"), "a.png", "RGBA"),
        (of_black_and_white, "a.png", "L"),
    ],
)
def test_every_kind_of_picture_can_be_shown(made: Callable[[], bytes], path: str, mode: str) -> None:
    for written in published(made(), path).values():
        with Image.open(BytesIO(written)) as image:
            assert (image.size, image.mode) == ((40, 20), mode)
            left, right = image.convert("L").getpixel((5, 10)), image.convert("L").getpixel((35, 10))
            assert left != right


def test_16_bits_of_grey_keep_their_shades() -> None:
    for written in published(grey_of_16_bits(), "a.png").values():
        assert Image.open(BytesIO(written)).getpixel((5, 10)) == 200


def test_colours_are_those_of_the_profile() -> None:
    """A profile in which red and blue have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    for written in published(saved(halves(), "PNG", icc_profile=swapped), "a.png").values():
        left = Image.open(BytesIO(written)).getpixel((5, 10))
        assert isinstance(left, tuple) and left[2] > 150 > left[0]


def test_a_broken_profile_says_nothing() -> None:
    data = saved(halves(), "PNG", icc_profile=b"ingen profil")
    assert all(
        Image.open(BytesIO(written)).getpixel((5, 10)) == RED for written in published(data, "a.png").values()
    )
