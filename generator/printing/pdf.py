"""The printed report: one HTML document to a tagged PDF, without reading anything but what it is given."""

from __future__ import annotations

import datetime
import gc
import mimetypes
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pydyf import Dictionary
from weasyprint import HTML, Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from pydyf import PDF

SCHEME = "report"
BASE_URL = f"{SCHEME}:///"

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


def write_pdf(html: str, files: Mapping[str, bytes], created: datetime.datetime) -> bytes:
    """A tagged document. `files` are those the HTML names, by path. The same input gives the same bytes."""
    with _without_garbage_collection():
        document = HTML(string=html, base_url=BASE_URL, url_fetcher=_GivenFiles(files)).render(pdf_tags=True)
        document.metadata.created = document.metadata.modified = created.isoformat()
        pdf: bytes = document.write_pdf(pdf_tags=True, finisher=_finish)
        return pdf


def _finish(document: Document, pdf: PDF) -> None:
    # A drawing without a title is told by the text beside it: it is no figure to those who listen.
    for element in pdf.objects:
        if isinstance(element, Dictionary) and element.get("S") == "/Figure" and "Alt" not in element:
            element["S"] = "/NonStruct"
            del element["A"]
    # Title and dates: WeasyPrint by itself states them only with the claim to keep a standard, and so this
    # method of its own, which is not documented, is called.
    document.metadata.include_in_pdf(pdf, variant=None, version=None, conformance=None, compress=False)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Layout makes many objects that all live to the end: looking for garbage costs a fifth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
