"""A site of one page that shows the published reports of many organisations beside each other."""

from pathlib import Path

from generator.editions import TEMPLATES, THEMES
from generator.model.making import made
from generator.model.names import remedy_for_unknown
from generator.model.places import ContentError, Problem, ToldError
from generator.publishing import Output
from generator.publishing.web_files import host_files
from generator.reading.published import read_results
from generator.reading.themes import read_theme


def build_overview(results: Path, folder: Path, theme: str) -> int:
    """How many reports are shown. Raises ContentError, OutputError or ToldError, and then writes nothing."""
    from generator.pages.overview import overview_view
    from generator.pages.render import POLICY, environment, overview_page
    from generator.pages.styles import WEB, assets

    known = sorted(path.parent.name for path in THEMES.glob("*/theme.yaml"))
    if theme not in known:
        raise ToldError(f"Temat ”{theme}” finns inte. {remedy_for_unknown(theme, known)}")
    problems: list[Problem] = []
    found = read_theme(THEMES / theme, problems)
    if found is None or problems:
        raise ContentError(problems)
    read = read_results(results)
    templates = environment([THEMES / theme, TEMPLATES])
    with Output(folder) as output:
        output.add("index.html", overview_page(overview_view(read), templates))
        output.add_all((f"assets/{name}", data) for name, data in made(assets(found, templates, WEB)))
        output.add_all(made(host_files("", [], [], POLICY)))
        output.add_lists({}, [])
    return len(read)
