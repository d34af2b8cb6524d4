"""The printed report: one HTML document to a tagged PDF, without reading anything but what it is given."""

import datetime
import gc
import mimetypes
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from weasyprint import HTML, Attachment
from weasyprint.css import ColorProfile
from weasyprint.urls import URLFetcher, URLFetcherResponse

from generator.model.frozen import Frozen
from generator.printing.layout import quick_layout
from generator.printing.press import in_even_sheets
from generator.printing.proof import faults_of
from generator.printing.tags import complete, complete_for_press, repaired_tags
from generator.printing.wide import divide_tables, mark_tables

SCHEME = "report"
BASE_URL = f"{SCHEME}:///"
DPI = 300  # more is not seen in print
SCREEN = "--skarm"

# Without this, relative addresses are not resolved against a scheme of our own.
for _schemes in (urllib.parse.uses_relative, urllib.parse.uses_netloc):
    if SCHEME not in _schemes:
        _schemes.append(SCHEME)


class _GivenFiles(URLFetcher):
    """Fetches the given files and what stands in the address itself: no disk, no network."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
        self.files = files

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, dict(headers or {}))
        path = unquote(parts.path).lstrip("/")
        if parts.scheme != SCHEME or path not in self.files:
            raise ValueError(f"not part of the report: {url[:100]}")
        kind = mimetypes.guess_type(PurePosixPath(path).name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self.files[path], {"Content-Type": kind})


class Printed(Frozen):
    """A PDF, and what in it is missing or has no room, with page and place."""

    pdf: bytes
    faults: tuple[str, ...]


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Layout makes many objects that live to its end, when all are garbage: to look before costs a fifth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_without_garbage_collection()
def write_pdf(
    html: str,
    files: Mapping[str, bytes],
    created: datetime.datetime,
    attached: Mapping[str, bytes],
    intent: str = SCREEN,
) -> Printed:
    """A document that is PDF/A-3a and PDF/UA-1, dated `created`. `files` are those the HTML names, by path.

    `attached` are the data behind it, by the name of the file. `intent` names the colour profile of the style
    sheets that it is to be printed by. The same input gives the same bytes.
    """
    options = {"pdf_variant": "pdf/a-3a", "dpi": DPI, "output_intent": intent}
    with quick_layout(), repaired_tags():
        source = HTML(string=html, base_url=BASE_URL, url_fetcher=_GivenFiles(files))
        divide_tables(source.etree_element)
        mark_tables(source.etree_element)
        document = in_even_sheets(source.render(**options))
        if intent == SCREEN:
            document.color_profiles[SCREEN] = _profile_of_screens()
        document.metadata.created = document.metadata.modified = created.isoformat()
        document.metadata.attachments = [
            Attachment(string=data, name=name, relationship="Data", created=created, modified=created)
            for name, data in attached.items()
        ]
        finisher = complete if intent == SCREEN else complete_for_press
        pdf: bytes = document.write_pdf(finisher=finisher, **options)
        return Printed(pdf, tuple(faults_of(source.etree_element, document)))


def _profile_of_screens() -> ColorProfile:
    """sRGB, from WeasyPrint's own file, which it leaves open when it is asked for it by its name."""
    with (resources.files("weasyprint.pdf") / "sRGB2014.icc").open("rb") as file:
        return ColorProfile(file, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
