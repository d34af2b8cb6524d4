"""A preview on this machine that changes when a file is saved. What is wrong is told in the page."""

import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from os import environ
from pathlib import Path

from generator.editions import TEMPLATES, THEMES
from generator.model.places import Problem
from generator.preview.desk import Desk
from generator.preview.host import Host
from generator.preview.shown import Shown
from generator.preview.site import Workshop
from generator.preview.telling import problems_of, told
from generator.preview.watching import State, state_of

_PAUSE = 0.05  # seconds between looks
_SHARE = 8  # a look takes at most one part in so many of the time


def serve(
    content: Path, port: int, report: Callable[[Sequence[Problem]], None], say: Callable[[str], None]
) -> None:
    """Serves the site on this machine until it is interrupted. The PDF is not made. Raises ToldError."""
    shown, workshop = Shown(), Workshop(content)
    desk = Desk(workshop, shown)
    with Host(port, shown, desk) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        say(f"Förhandsvisning på {host.address}  (avsluta med Ctrl+C)")
        if _has_browser():
            webbrowser.open(host.address)
        unseen: set[str] = set()
        for saved in _saved(content, TEMPLATES, THEMES):
            unseen |= saved
            only_styles = all(path.endswith(".css") for path in unseen)
            with desk.turn:
                if rebuild(workshop, shown, report, say, only_styles=only_styles):
                    unseen.clear()


def _saved(*folders: Path) -> Iterator[set[str]]:
    """All there is in the folders, and then each time what has been saved, made or removed since."""
    known: State | None = None
    while True:
        begun = time.thread_time()
        seen = state_of(*folders)
        pause = max(_PAUSE, _SHARE * (time.thread_time() - begun))
        if seen != known:
            yield {path for path in {*seen, *(known or {})} if (known or {}).get(path) != seen.get(path)}
            known = seen
        time.sleep(pause)


def rebuild(
    workshop: Workshop,
    shown: Shown,
    report: Callable[[Sequence[Problem]], None],
    say: Callable[[str], None],
    *,
    only_styles: bool = False,
) -> bool:
    """Whether there are new files to see. When not, the last good ones stay, and it is told why.

    With `only_styles` no other file than style sheets has changed since there were.
    """
    content = workshop.content
    try:
        files, checked = workshop.site()
        for path in tuple(shown.seen):  # more are looked at meanwhile
            if path in files:
                files[path]  # a fault in what is looked at is told before the last good page is gone
    except Exception as error:  # the preview outlives faults of the program too
        problems = problems_of(error, content)
        shown.tell(told(problems, content))
        report(problems)
        return False
    problems, drafts = checked.warnings, checked.drafts
    shown.show(files, told(problems, content), drafts=drafts, only_styles=only_styles)
    report(problems)
    say("Byggt.")
    return True


def _has_browser() -> bool:
    """Whether there is somebody to look: a terminal on a desktop, not a test or another program."""
    is_desktop = sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY"} & set(environ)
    return sys.stdout.isatty() and bool(is_desktop)
