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
    drafts: Sequence[str] = ()  # reports by id
    pages: int = 0
    styles: int = 0
    problems: Sequence[Told] = ()
    pdfs: Mapping[str, int] = field(default_factory=dict)  # by report: which `pages` it shows, or as below

    @property
    def elsewhere(self) -> tuple[bytes, bytes]:
        """The site's public address as links have it, which what is missing leads on from; and this one."""
        found = _PUBLIC.search(self.files["index.html"])
        return (b'href="' + found[1], b'href="/') if found else (b"", b"")

    @property
    def is_built(self) -> bool:
        return self.styles > 0

    @property
    def news(self) -> str:
        numbers = {"pages": self.pages, "styles": self.styles, "isBuilt": self.is_built}
        told = {**numbers, "problems": self.problems, "drafts": self.drafts, "pdfs": self.pdfs}
        return json.dumps(told, ensure_ascii=False)


class Shown:
    """What there is to see now. It is replaced as a whole, so that no page is taken for a newer one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.now = Moment(pages=int(time.time()))  # other than what an earlier preview has shown
        self.seen: set[str] = set()  # the pages that have been looked at since they were new

    def show(
        self,
        files: Mapping[str, bytes],
        problems: Sequence[Told],
        *,
        drafts: Sequence[str] = (),
        only_styles: bool = False,
    ) -> None:
        """New files. The pages are as before when `only_styles` differ."""
        with self._changed:
            if not only_styles:
                self.seen = set()
            pages, styles = self.now.pages + (not only_styles), self.now.styles + 1
            self._set(Moment(files, drafts, pages, styles, problems, self.now.pdfs))

    def tell(self, problems: Sequence[Told]) -> None:
        """What is wrong; what is shown stays."""
        with self._changed:
            self._set(replace(self.now, problems=problems))

    def tell_pdf(self, report: str, state: int) -> None:
        with self._changed:
            self._set(replace(self.now, pdfs={**self.now.pdfs, report: state}))

    def _set(self, now: Moment) -> None:
        self.now = now
        self._changed.notify_all()

    def after(self, known: Moment | None, timeout: float) -> Moment:
        """Another moment than the one that is known, unless the time is out."""
        with self._changed:
            self._changed.wait_for(lambda: self.now is not known, timeout)
            return self.now
