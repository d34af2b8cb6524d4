"""A preview that builds again when a file is saved. A fault is told, and the last good pages stay."""

import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from livereload import Server

from generator.build import build
from generator.editions import TEMPLATES, THEMES
from generator.model.places import ContentError, Problem, ToldError
from generator.pages.render import POLICY
from generator.reading.files import is_passed_over

NOTHING_YET = """<!doctype html>
<html lang="sv"><meta charset="utf-8"><title>Innehållet har fel</title>
<h1>Innehållet har fel</h1>
<p>Felen står i fönstret där du gav kommandot. Sidan laddas om när de är rättade.</p>
"""


def serve(
    content: Path, port: int, report: Callable[[Sequence[Problem]], None], say: Callable[[str], None]
) -> None:
    """Serves the site on this machine until it is interrupted. The PDF is not made. Raises ToldError."""
    with tempfile.TemporaryDirectory(prefix="bokslut-") as folder:
        built_site, site = Path(folder) / "byggt", Path(folder) / "sidor"

        def rebuild() -> None:
            try:
                built = build(content, built_site, lambda _: None, pdfs=())
            except ContentError as error:
                report(error.problems)
            except ToldError as error:
                say(str(error))
            else:
                _show(built_site, site)
                report(built.warnings)
                say(f"Byggt: {len(built.sizes)} filer.")

        rebuild()
        if not site.exists():
            site.mkdir()
            (site / "index.html").write_text(NOTHING_YET, encoding="utf-8")
        logging.disable(logging.INFO)  # the server's own lines are in English, for developers
        server = Server()
        for root in (content, TEMPLATES, THEMES):
            server.watch(str(root), rebuild, ignore=lambda path: is_passed_over(Path(path).name))
        say(f"Förhandsvisning på http://localhost:{port}/  (avsluta med Ctrl+C)")
        try:
            server.serve(root=str(site), port=port, host="localhost", open_url_delay=None)
        except OSError as error:
            raise ToldError(f"Porten {port} är upptagen. Välj en annan med --port.") from error


def _show(built: Path, site: Path) -> None:
    """Puts pages where they are served, without the policy: it forbids the script that loads them again."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(built, site)
    for page in site.rglob("*.html"):
        page.write_text(page.read_text("utf-8").replace(POLICY, ""), "utf-8")
