"""The command line: bokslut bygg, granska and visa. Everything it says is Swedish."""

from __future__ import annotations

import gettext
import io
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

os.environ["LANGUAGE"] = "sv"
gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))

import click  # noqa: E402 - its messages are translated when it is imported

if TYPE_CHECKING:
    from generator.model.places import Problem

Params = ParamSpec("Params")

content_option = click.option(
    "--innehåll",
    "content",
    type=click.Path(path_type=Path),
    default=Path("content"),
    show_default=True,
    metavar="MAPP",
    help="Mappen med webbplats.yaml och rapporterna.",
)


# A terminal that cannot show a character shows another, rather than ending the build.
for stream in (sys.stdout, sys.stderr):
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


@click.group(
    options_metavar="[FLAGGOR]",
    subcommand_metavar="KOMMANDO [ARGUMENT]…",
    context_settings={"help_option_names": ["--help", "-h"]},
)
@click.version_option(package_name="bokslut", message="bokslut %(version)s")
def main() -> None:
    """Bokslut gör ett socialt bokslut av filerna i mappen content: en webbplats och en pdf."""


def _reporting_problems(command: Callable[Params, None]) -> Callable[Params, None]:
    """An author's mistake ends the command with all problems listed and exit code 1."""

    @wraps(command)
    def wrapped(*args: Params.args, **kwargs: Params.kwargs) -> None:
        from generator.model.places import ContentError
        from generator.publishing.folder import OutputError

        try:
            command(*args, **kwargs)
        except ContentError as error:
            _list(error.problems)
            sys.exit(1)
        except OutputError as error:
            click.secho(str(error), fg="red", err=True)
            sys.exit(1)

    return wrapped


@main.command(options_metavar="[FLAGGOR]")
@content_option
@click.option(
    "--ut",
    "output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    metavar="MAPP",
    help="Mappen där webbplatsen läggs.",
)
@_reporting_problems
def bygg(content: Path, output: Path) -> None:
    """Bygg webbplatsen och pdf:en."""
    from generator.build import build

    built = build(content, output, _progress)
    _list(list(built.warnings))
    pages = sum(path.endswith(".html") for path in built.sizes)
    pdfs = [path for path in built.sizes if path.endswith(".pdf")]
    megabytes = f"{sum(built.sizes.values()) / 1_000_000:.1f}".replace(".", ",")
    click.secho(f"Klart: {pages} sidor, {len(built.sizes)} filer, {megabytes} MB.", fg="green")
    click.echo(f"  Webbplatsen: {_shown(built.folder / 'index.html')}")
    for path in pdfs:
        click.echo(f"  Pdf:         {_shown(built.folder / path)}")


@main.command(options_metavar="[FLAGGOR]")
@content_option
@_reporting_problems
def granska(content: Path) -> None:
    """Kontrollera innehållet utan att bygga."""
    from generator.build import check

    checked = check(content)
    _list(list(checked.warnings))
    for published in checked.reports:
        index = published.association.index
        title = published.report.settings.title
        click.echo(f"{title}: {index.measured} av {index.total} indikatorer har ett utfall.")
        for result in published.association.results:
            if result.outcome.reason is not None:
                click.echo(f"  {result.indicator.id} är inte mätt: {result.outcome.reason}.")
    click.secho("Inga fel.", fg="green")


@main.command(options_metavar="[FLAGGOR]")
@content_option
@click.option("--port", default=8000, show_default=True, metavar="NUMMER", help="Port på datorn.")
def visa(content: Path, port: int) -> None:
    """Förhandsvisa i webbläsaren; sidan laddas om när en fil sparas."""
    from generator.preview import PreviewError, serve

    try:
        serve(content, port, report=_list, say=click.echo)
    except PreviewError as error:
        raise click.ClickException(str(error)) from error


def _progress(step: str) -> None:
    click.echo(f"• {step} …")


def _list(problems: list[Problem]) -> None:
    """Problems in file order: where, what was found, how to mend it; errors counted last."""
    for problem in problems:
        is_error = problem.severity.value == "fel"
        label = click.style(problem.severity.value.capitalize(), fg="red" if is_error else "yellow")
        click.echo(f"{label}: {problem.place}", err=True)
        click.echo(f"  {_sentence(problem.found)}", err=True)
        click.echo(f"  Gör så här: {problem.remedy}", err=True)
    errors = sum(problem.severity.value == "fel" for problem in problems)
    if errors:
        count = "1 fel" if errors == 1 else f"{errors} fel"
        click.secho(f"{count}. Inget har skrivits.", fg="red", err=True)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _shown(path: Path) -> str:
    """A path as seen from where the command was given, when that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
