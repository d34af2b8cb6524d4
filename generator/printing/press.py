"""What a printing works needs beside the layout: the paper's profile, pictures in four inks, even sheets."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms
from weasyprint import Document

from generator.model.settings import Paper

# Where Debian's icc-profiles and others put them. They may not be given away with the program.
FOLDERS = (Path("/usr/share/color/icc"), Path("/usr/local/share/color/icc"))
PROFILES = {Paper.UNCOATED: "PSOuncoated_v3_FOGRA52.icc", Paper.COATED: "PSOcoated_v3.icc"}
SHEET = 4  # pages: a folded sheet has so many
NOTES = "notes"  # the name of the pages that are there to be left out


def profile_of(paper: Paper) -> bytes | None:
    """The printing condition of a paper (FOGRA52 or FOGRA51), None where this machine does not have it."""
    found = sorted(path for folder in FOLDERS for path in folder.rglob(PROFILES[paper]))
    return found[0].read_bytes() if found else None


def in_inks(picture: bytes, profile: bytes) -> bytes:
    """A photo in sRGB in the four inks of the paper, on white; one in shades of grey stays so."""
    image: Image.Image = Image.open(BytesIO(picture))
    if image.mode != "L":
        flat = Image.new("RGBA", image.size, "white")
        flat.alpha_composite(image.convert("RGBA"))
        changed = ImageCms.profileToProfile(
            flat.convert("RGB"),
            ImageCms.createProfile("sRGB"),
            BytesIO(profile),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="CMYK",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        assert changed is not None
        image = changed
    written = BytesIO()
    image.save(written, "JPEG", quality=92)
    return written.getvalue()


def in_even_sheets(document: Document) -> Document:
    """With as many pages for notes as make the sheets come out even. All are laid out, and some left out."""
    notes = [page for page in document.pages if page._page_box.page_type.name == NOTES]
    surplus = notes[: len(document.pages) % SHEET] if notes else []
    return document.copy([page for page in document.pages if page not in surplus])
