"""A preview that builds again when a file is saved. A fault is told, and the last good pages stay."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from livereload import Server

from generator.build import TEMPLATES, THEMES, build
from generator.model.places import ContentError, Problem

WATCHED = ("yaml", "csv", "md", "html", "css", "svg", "png", "jpg", "webp")


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
        site.mkdir(exist_ok=True)
        say(f"Förhandsvisning på http://localhost:{port}/  (avsluta med Ctrl+C)")
        logging.getLogger("livereload").setLevel(logging.WARNING)
        server = Server()
        for root in (content, TEMPLATES, THEMES):
            for ending in WATCHED:
                server.watch(str(root / "**" / f"*.{ending}"), rebuild)
        server.serve(root=str(site), port=port, host="localhost", open_url_delay=None)
