"""The preview's host: what a static host would show, to browsers on this machine only.

It is the library's server, as pages are few and nobody else may come. The browser hears of what is new by
server-sent events that tell how things are, not what happened: a page that has missed some catches up.
"""

from __future__ import annotations

import json
import mimetypes
import os
import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from generator.model.frozen import Frozen
from generator.model.places import ToldError
from generator.preview.telling import Told

_OWN = "/.forhandsvisning/"  # no file of a site is hidden, so none can be here
_OWN_FILES = ("panel.js", "panel.css")
_NEWS = f"{_OWN}nytt"
_BEAT = 10.0  # seconds after which it is tried whether the browser is still there
_NOT_FOUND = "404.html"
_PUBLIC = re.compile(rb'<link rel="canonical" href="([^"]+)">')
_TYPES = mimetypes.MimeTypes()  # not those of the computer, which may be anything
_NOTHING_YET = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>Förhandsvisning</title></head>
<body><h1>Webbplatsen byggs</h1>
<p>Sidan visas av sig själv när den är klar. Är något fel står det här nedanför.</p></body></html>
"""


class Moment(Frozen):
    """The last good files by path, and what is wrong. `pages` and `styles` count how often those changed."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    pages: int = 0
    styles: int = 0
    problems: Sequence[Told] = ()

    def followed_by(self, files: Mapping[str, bytes] | None, problems: Sequence[Told]) -> Moment:
        """With no files those that are shown stay."""
        if files is None:
            return replace(self, problems=problems)
        new = [path for path in {*files, *self.files} if files.get(path) != self.files.get(path)]
        has_styles = any(path.endswith(".css") for path in new)
        has_pages = any(not path.endswith((".css", "manifest.json")) for path in new)
        return Moment(files, self.pages + has_pages, self.styles + has_styles, problems)

    @property
    def elsewhere(self) -> tuple[bytes, bytes]:
        """The site's public address as links have it, which what is missing leads on from; and this one."""
        found = _PUBLIC.search(self.files.get("index.html", b""))
        return (b'href="' + found[1], b'href="/') if found else (b"", b"")

    @property
    def news(self) -> str:
        numbers = {"pages": self.pages, "styles": self.styles, "isBuilt": bool(self.files)}
        return json.dumps({**numbers, "problems": self.problems}, ensure_ascii=False)


class Shown:
    """What there is to see now. It is replaced as a whole, so that no page is taken for a newer one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.now = Moment(pages=int(time.time()))  # other than what an earlier preview has shown

    def show(self, files: Mapping[str, bytes] | None, problems: Sequence[Told]) -> None:
        with self._changed:
            self.now = self.now.followed_by(files, problems)
            self._changed.notify_all()

    def after(self, known: Moment | None, timeout: float) -> Moment:
        """Another moment than the one that is known, unless the time is out."""
        with self._changed:
            self._changed.wait_for(lambda: self.now is not known, timeout)
            return self.now


class Host(ThreadingHTTPServer):
    """Raises ToldError when the port cannot be had."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # where two programs could have the port

    def __init__(self, port: int, shown: Shown) -> None:
        try:
            super().__init__(("127.0.0.1", port), _Visit)
        except OSError as error:
            raise ToldError(f"Porten {port} är upptagen. Välj en annan med --port.") from error
        self.shown = shown
        self.names = {f"{name}:{self.server_port}" for name in ("localhost", "127.0.0.1")}

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: a browser that goes away is no fault."""


class _Visit(BaseHTTPRequestHandler):
    server: Host
    timeout = 30

    def do_GET(self) -> None:
        if not self._is_ours():
            return self._answer(HTTPStatus.FORBIDDEN, b"", "text/plain")
        path = self._path()
        if path == _NEWS:
            return self._tell_news()
        if path.startswith(_OWN):
            return self._own_file(path.removeprefix(_OWN))
        return self._page(path.removeprefix("/"))

    do_HEAD = do_GET  # noqa: N815

    def _is_ours(self) -> bool:
        """Whether it is for this host, and not sent by a page of another one."""
        names, origin = self.server.names, self.headers.get("Origin")
        comes_from = self.headers.get("Sec-Fetch-Site", "none")
        is_visit = self.headers.get("Sec-Fetch-Mode") == "navigate"
        return (
            self.headers.get("Host") in names
            and (origin is None or origin.removeprefix("http://") in names)
            and (comes_from in ("none", "same-origin") or is_visit)
        )

    def _path(self) -> str:
        try:
            return unquote(urlsplit(self.path).path)
        except ValueError:
            return "/?"  # an address that is none

    def _page(self, path: str) -> None:
        now = self.server.shown.now
        if not now.files:
            return self._html(HTTPStatus.OK, _NOTHING_YET.encode(), now)
        if f"{path}/index.html" in now.files:
            return self._answer(HTTPStatus.FOUND, b"", "text/plain", {"Location": f"/{quote(path)}/"})
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        data, status = now.files.get(name), HTTPStatus.OK
        if data is None:
            nearest = f"{path.partition('/')[0]}/{_NOT_FOUND}"
            name, status = (nearest if nearest in now.files else _NOT_FOUND), HTTPStatus.NOT_FOUND
            data = now.files.get(name, b"").replace(*now.elsewhere)
        if name.endswith(".html"):
            return self._html(status, data, now)
        kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
        is_text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        return self._answer(status, data, f"{kind}; charset=utf-8" if is_text else kind)

    def _html(self, status: HTTPStatus, data: bytes, now: Moment) -> None:
        """A page with the panel, which knows how new the page is."""
        script = f'<script src="{_OWN}panel.js" data-pages="{now.pages}" data-styles="{now.styles}" defer>'
        page = data.replace(b"</head>", f"{script}</script></head>".encode(), 1)
        self._answer(status, page, "text/html; charset=utf-8")

    def _own_file(self, name: str) -> None:
        if name not in _OWN_FILES:
            return self._answer(HTTPStatus.NOT_FOUND, b"", "text/plain")
        kind = _TYPES.guess_type(name)[0] or ""
        return self._answer(
            HTTPStatus.OK, (Path(__file__).parent / name).read_bytes(), f"{kind}; charset=utf-8"
        )

    def _tell_news(self) -> None:
        self._head(HTTPStatus.OK, "text/event-stream")
        known: Moment | None = None
        while self.command == "GET":
            now = self.server.shown.after(known, _BEAT)
            event = ":\n\n" if now is known else f"data: {now.news}\n\n"
            self.wfile.write(event.encode())
            known = now

    def _answer(
        self, status: HTTPStatus, data: bytes, kind: str, headers: Mapping[str, str] | None = None
    ) -> None:
        self._head(status, kind, {"Content-Length": str(len(data)), **(headers or {})})
        if self.command == "GET":
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        always = {
            "Content-Type": kind,
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
        }
        for name, value in {**always, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the terminal is for what is built."""
