"""A preview on this machine that builds again when a file is saved. What is wrong is told in the page."""

import sys
import tempfile
import threading
import time
import traceback
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from os import environ
from pathlib import Path

from jinja2 import TemplateError

from generator.build import build, check
from generator.editions import PROJECT, TEMPLATES, THEMES
from generator.fingerprints import forget_build
from generator.model.places import ContentError, Place, Problem, ToldError
from generator.pages.render import place_in_template, template_problem
from generator.preview.desk import Desk
from generator.preview.host import Host
from generator.preview.shown import Shown
from generator.preview.telling import told
from generator.preview.watching import State, state_of

_PAUSE = 0.1  # seconds between looks
_SHARE = 8  # a look takes at most one part in so many of the time
_AGAIN = "Sidan visar det som gällde innan, och ändras när det är rättat."


def serve(
    content: Path, port: int, report: Callable[[Sequence[Problem]], None], say: Callable[[str], None]
) -> None:
    """Serves the site on this machine until it is interrupted. The PDF is not made. Raises ToldError."""
    shown = Shown()
    desk = Desk(content, shown)
    with Host(port, shown, desk) as host, tempfile.TemporaryDirectory(prefix="bokslut-") as folder:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        say(f"Förhandsvisning på {host.address}  (avsluta med Ctrl+C)")
        if _has_browser():
            webbrowser.open(host.address)
        pages = Path(folder) / "sidor"
        try:
            for _ in _saved(content, TEMPLATES, THEMES):
                with desk.turn:
                    rebuild(content, pages, shown, report, say)
        finally:
            forget_build(str(pages))


def _saved(*folders: Path) -> Iterator[None]:
    """At once, and each time that something in the folders has been saved since."""
    known: State | None = None
    while True:
        begun = time.thread_time()
        seen = state_of(*folders)
        pause = max(_PAUSE, _SHARE * (time.thread_time() - begun))
        if seen != known:
            known = seen
            yield
        time.sleep(pause)


def rebuild(
    content: Path,
    folder: Path,
    shown: Shown,
    report: Callable[[Sequence[Problem]], None],
    say: Callable[[str], None],
) -> None:
    try:
        built = build(content, folder, lambda _: None, pdfs=())
        pages: Mapping[str, bytes] | None = {path: (built.folder / path).read_bytes() for path in built.sizes}
        problems: Sequence[Problem] = check(content).warnings if built.is_unchanged else built.warnings
    except ContentError as error:
        pages, problems = None, error.problems
    except ToldError as error:
        pages, problems = None, [Problem(Place(str(content)), str(error).rstrip("."), _AGAIN)]
    except TemplateError as error:
        pages, problems = None, [_fault_of_template(error)]
    except Exception as error:  # the preview outlives faults of the program too
        traceback.print_exc()
        found = f"programmet har ett fel: {type(error).__name__}: {error}"
        pages, problems = None, [Problem(Place(str(content)), found, "Ta bort det du ändrade sist.")]
    shown.show(pages, told(problems, content))
    report(problems)
    if pages is not None:
        say(f"Byggt: {len(pages)} filer.")


def _fault_of_template(error: TemplateError) -> Problem:
    """For who works on the program's own templates."""
    file, line = place_in_template(error)
    name = file.relative_to(PROJECT) if file.is_relative_to(PROJECT) else file
    return template_problem(Place(str(name), line), error)


def _has_browser() -> bool:
    """Whether there is somebody to look: a terminal on a desktop, not a test or another program."""
    is_desktop = sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY"} & set(environ)
    return sys.stdout.isatty() and bool(is_desktop)
