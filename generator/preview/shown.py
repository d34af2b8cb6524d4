"""What there is to see in the preview: one value, which is replaced as a whole."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from generator.model.frozen import Frozen
from generator.preview.telling import Told

UNDER_WAY, FAILED = 0, -1  # of a PDF
_PUBLIC = re.compile(rb'<link rel="canonical" href="([^"]+)">')


class Moment(Frozen):
    """The last good files by path, and what is wrong. `pages` and `styles` count how often those changed."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    pages: int = 0
    styles: int = 0
    problems: Sequence[Told] = ()
    pdfs: Mapping[str, int] = field(default_factory=dict)  # by report: which `pages` it shows, or as below

    def followed_by(self, files: Mapping[str, bytes] | None, problems: Sequence[Told]) -> Moment:
        """With no files those that are shown stay."""
        if files is None:
            return replace(self, problems=problems)
        new = [path for path in {*files, *self.files} if files.get(path) != self.files.get(path)]
        has_styles = any(path.endswith(".css") for path in new)
        has_pages = any(not path.endswith((".css", "manifest.json")) for path in new)
        pages, styles = self.pages + has_pages, self.styles + has_styles
        return replace(self, files=files, pages=pages, styles=styles, problems=problems)

    @property
    def elsewhere(self) -> tuple[bytes, bytes]:
        """The site's public address as links have it, which what is missing leads on from; and this one."""
        found = _PUBLIC.search(self.files.get("index.html", b""))
        return (b'href="' + found[1], b'href="/') if found else (b"", b"")

    @property
    def news(self) -> str:
        numbers = {"pages": self.pages, "styles": self.styles, "isBuilt": bool(self.files)}
        drafts = json.loads(self.files.get("manifest.json", b"{}")).get("utkast", ())
        told = {**numbers, "problems": self.problems, "drafts": drafts, "pdfs": self.pdfs}
        return json.dumps(told, ensure_ascii=False)


class Shown:
    """What there is to see now. It is replaced as a whole, so that no page is taken for a newer one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.now = Moment(pages=int(time.time()))  # other than what an earlier preview has shown

    def show(self, files: Mapping[str, bytes] | None, problems: Sequence[Told]) -> None:
        with self._changed:
            self.now = self.now.followed_by(files, problems)
            self._changed.notify_all()

    def tell_pdf(self, report: str, state: int) -> None:
        with self._changed:
            self.now = replace(self.now, pdfs={**self.now.pdfs, report: state})
            self._changed.notify_all()

    def after(self, known: Moment | None, timeout: float) -> Moment:
        """Another moment than the one that is known, unless the time is out."""
        with self._changed:
            self._changed.wait_for(lambda: self.now is not known, timeout)
            return self.now
