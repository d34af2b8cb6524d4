"""A preview that builds again when a file is saved. A fault is told, and the last good pages stay."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from livereload import Server

from generator.build import build
from generator.editions import TEMPLATES, THEMES
from generator.model.places import ContentError, Problem

WATCHED = ("yaml", "csv", "xlsx", "ods", "md", "html", "css", "svg", "png", "jpg", "webp")


NOTHING_YET = """<!doctype html>
<html lang="sv"><meta charset="utf-8"><title>Innehållet har fel</title>
<h1>Innehållet har fel</h1>
<p>Felen står i fönstret där du gav kommandot. Sidan laddas om när de är rättade.</p>
"""


class PreviewError(Exception):
    """The preview cannot be shown; the message says why and what to do, in Swedish."""


def serve(
    content: Path,
    port: int,
    report: Callable[[list[Problem]], None],
    say: Callable[[str], None],
) -> None:
    """Serves the site on this machine until it is interrupted. The PDF is not made."""
    with tempfile.TemporaryDirectory(prefix="bokslut-") as folder:
        site = Path(folder) / "sidor"

        def rebuild() -> None:
            try:
                built = build(content, site, lambda _: None, with_pdf=False)
            except ContentError as error:
                report(error.problems)
                return
            report(list(built.warnings))
            say(f"Byggt: {len(built.sizes)} filer.")

        rebuild()
        if not site.exists():
            site.mkdir()
            (site / "index.html").write_text(NOTHING_YET, encoding="utf-8")
        say(f"Förhandsvisning på http://localhost:{port}/  (avsluta med Ctrl+C)")
        logging.disable(logging.INFO)  # the server's own lines are in English, for developers
        server = Server()
        for root in (content, TEMPLATES, THEMES):
            for ending in WATCHED:
                server.watch(str(root / "**" / f"*.{ending}"), rebuild)
        try:
            server.serve(root=str(site), port=port, host="localhost", open_url_delay=None)
        except OSError as error:
            raise PreviewError(f"Porten {port} är upptagen. Välj en annan med --port.") from error
