"""The preview's host: what a static host would show, to browsers on this machine only.

It is the library's server, as pages are few and nobody else may come. The browser hears of what is new by
server-sent events that tell how things are, not what happened: a page that has missed some catches up.
"""

import json
import mimetypes
import os
from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from generator.model.places import ToldError
from generator.preview.desk import Desk, editor
from generator.preview.shown import Moment, Shown

_OWN = "/.forhandsvisning/"  # no file of a site is hidden, so none can be here
_OWN_FILES = ("panel.js", "panel.css", "spots.js", "spots.css")
_NEWS, _BASIS, _SPOTS, _PDFS = f"{_OWN}nytt", f"{_OWN}underlag/", f"{_OWN}platser/", f"{_OWN}pdf/"
_LONGEST = 2_000  # bytes of what is sent here
_BEAT = 10.0  # seconds after which it is tried whether the browser is still there
_NOT_FOUND = "404.html"
_TYPES = mimetypes.MimeTypes()  # not those of the computer, which may be anything
_NOT_YET = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>Förhandsvisning</title></head>
<body><h1>Sidan går inte att visa än</h1>
<p>Den visas av sig själv när den är klar. Är något fel står det här nedanför.</p></body></html>
"""


class Host(ThreadingHTTPServer):
    """Raises ToldError when the port cannot be had."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # where two programs could have the port

    def __init__(self, port: int, shown: Shown, desk: Desk) -> None:
        try:
            super().__init__(("127.0.0.1", port), _Visit)
        except OSError as error:
            raise ToldError(f"Porten {port} är upptagen. Välj en annan med --port.") from error
        self.shown, self.desk = shown, desk
        self.names = {f"{name}:{self.server_port}" for name in ("localhost", "127.0.0.1")}

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: a browser that goes away is no fault."""


class _Visit(BaseHTTPRequestHandler):
    server: Host
    protocol_version = "HTTP/1.1"  # a page and all that it loads come by a few connections
    disable_nagle_algorithm = True  # or else a file waits until its headers have been told to be there
    timeout = 30

    def do_GET(self) -> None:
        if not self._is_ours():
            return self._answer(HTTPStatus.FORBIDDEN, b"", "text/plain")
        path, now = self._path(), self.server.shown.now
        if path == _NEWS:
            return self._tell_news()
        if path.startswith(_BASIS):
            path = path.removeprefix(_BASIS)
            return self._page(path, self.server.desk.basis(_report(path)).files or now.files, now)
        if path.startswith(_SPOTS):
            basis = self.server.desk.basis(path.removeprefix(_SPOTS))
            told = json.dumps({"spots": basis.spots, "files": basis.sources})
            return self._answer(HTTPStatus.OK, told.encode(), "application/json")
        if path.startswith(_PDFS):
            data = self.server.desk.pdfs.get(path.removeprefix(_PDFS).removesuffix(".pdf"), b"")
            return self._answer(HTTPStatus.OK if data else HTTPStatus.NOT_FOUND, data, "application/pdf")
        if path.startswith(_OWN):
            return self._own_file(path.removeprefix(_OWN))
        return self._page(path.removeprefix("/"), now.files, now)

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def do_POST(self) -> None:
        """What the panel asks for: a PDF, or a place in the editor. No other page may."""
        self.close_connection = True  # not all that is sent may be read
        if not self._is_ours() or not self.headers.get("Origin"):
            return self._answer(HTTPStatus.FORBIDDEN, b"", "text/plain")
        try:
            asked = json.loads(self.rfile.read(min(int(self.headers["Content-Length"]), _LONGEST)))
            if self._path() == f"{_OWN}oppna":
                done = self.server.desk.open(str(asked["file"]), int(asked["line"]))
            else:
                done = self._path() == _PDFS and self.server.desk.print(str(asked["report"]))
        except (ValueError, KeyError, TypeError):
            done = False
        return self._answer(HTTPStatus.NO_CONTENT if done else HTTPStatus.NOT_FOUND, b"", "text/plain")

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

    def _page(self, path: str, files: Mapping[str, bytes], now: Moment) -> None:
        if not now.is_built:
            return self._html(HTTPStatus.OK, _NOT_YET.encode(), now)
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        status, nearest = HTTPStatus.OK, f"{_report(path)}/{_NOT_FOUND}"
        self.server.shown.seen.add(name)
        try:
            is_folder = f"{path}/index.html" in files
            if name not in files and not is_folder:
                name, status = (nearest if nearest in files else _NOT_FOUND), HTTPStatus.NOT_FOUND
            data = b"" if is_folder else files[name]
        except Exception as error:
            self.server.desk.tell(error)
            return self._html(HTTPStatus.INTERNAL_SERVER_ERROR, _NOT_YET.encode(), now)
        if is_folder:
            there = {"Location": f"{quote(self._path())}/"}
            return self._answer(HTTPStatus.FOUND, b"", "text/plain", there)
        if name.endswith(".html"):
            data = data.replace(*now.elsewhere) if status is HTTPStatus.NOT_FOUND else data
            return self._html(status, data, now)
        kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
        is_text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        return self._answer(status, data, f"{kind}; charset=utf-8" if is_text else kind)

    def _html(self, status: HTTPStatus, data: bytes, now: Moment) -> None:
        """A page with the panel, which knows how new the page is."""
        known = {"pages": now.pages, "styles": now.styles, "root": self.server.desk.root, "editor": editor()}
        told = "".join(f' data-{name}="{escape(str(value))}"' for name, value in known.items())
        scripts = f'<script src="{_OWN}panel.js"{told} defer></script>'
        if self._path().startswith(_BASIS):
            scripts += f'<script src="{_OWN}spots.js" defer></script>'
        page = data.replace(b"</head>", f"{scripts}</head>".encode(), 1)
        self._answer(status, page, "text/html; charset=utf-8")

    def _own_file(self, name: str) -> None:
        if name not in _OWN_FILES:
            return self._answer(HTTPStatus.NOT_FOUND, b"", "text/plain")
        data, kind = (Path(__file__).parent / name).read_bytes(), _TYPES.guess_type(name)[0] or ""
        return self._answer(HTTPStatus.OK, data, f"{kind}; charset=utf-8")

    def _tell_news(self) -> None:
        self.close_connection = True  # it has no end of its own
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
            "Connection": "close" if self.close_connection else "keep-alive",
        }
        for name, value in {**always, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the terminal is for what is built."""


def _report(path: str) -> str:
    return path.partition("/")[0]
