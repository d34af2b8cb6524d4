"""The commands of a report: ny, förklara, tal, jämför, fastställ, exportera."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli import content_option, flag_option, main, text_option
from generator.terminal import Day, click, counted, say, shown_path

if TYPE_CHECKING:
    import datetime

    from generator.model.places import Place
    from generator.model.seal import SealState
    from generator.model.sources import SourceFile

LABEL_WIDTH = 24
report_option = text_option("--rapport", metavar="MAPP", help="Rapportens mapp, om det inte är framsidans.")
report_argument = click.argument("rapport", metavar="[RAPPORT]", required=False, default="")


@main.command("förklara")
@content_option
@click.argument("uppgift", metavar="UPPGIFT", nargs=-1, required=True)
@report_option
def forklara(content: Path, uppgift: tuple[str, ...], rapport: str) -> None:
    """Visa hur ett tal har räknats fram och var det står.

    UPPGIFT skrivs som i texterna: 1.2.1, index, "område 1", deltagare, "Vännäs: 1.2.1".
    """
    from generator.inquiry import explain

    told, files = explain(content, " ".join(uppgift).strip("{} "), rapport)
    say(told.title, bold=True)
    say(told.subtitle)
    lines = (("Visas som", told.value), *told.steps)
    width = max(len(label) for label, _ in lines if len(label) <= LABEL_WIDTH) + 2
    say()
    for label, text in lines:
        say(f"  {f'{label}:':<{width}} {text}")
    if told.places:
        say("", "Källor:")
    for line in _source_lines(told.places, files):
        say(f"  {line}")


@main.command()
@content_option
@click.argument("words", metavar="[ORD]…", nargs=-1)
@text_option("--enhet", help="Enhetens tal i stället för hela organisationens.")
@report_option
def tal(content: Path, words: tuple[str, ...], enhet: str, rapport: str) -> None:
    """Lista de tal som kan nämnas i texter, med dagens värde.

    Med ORD bara de som innehåller dem: bokslut tal helår.
    """
    from generator.inquiry import list_figures

    wanted = " ".join(words).casefold()
    for kind, figures in list_figures(content, enhet, rapport).items():
        shown = [(f"{{{name}}}", text) for name, text in figures if wanted in f"{kind} {name}".casefold()]
        if not shown:
            continue
        say(kind, bold=True)
        width = max(len(name) for name, _ in shown)
        for name, text in shown:
            say(f"  {name:<{width}}  {text}")


def _source_lines(places: Sequence[Place], files: Sequence[SourceFile]) -> Iterator[str]:
    """Each file, and below it each row with what stands in the cells."""
    by_name = {file.name: file for file in files}
    for name in dict.fromkeys(place.file for place in places):
        yield name
        file = by_name.get(name)
        for line in sorted({place.line for place in places if place.file == name}):
            cells = [place for place in places if (place.file, place.line) == (name, line)]
            if file is None or not line:
                continue
            if file.heads:
                row = ", ".join(filter(None, file.cells_before(cells)))
                told = ", ".join(f"{cell.column} {file.text_at(cell)}" for cell in cells if cell.column)
                yield f"  rad {line}: {row}: {told}" if told else f"  rad {line}: {row}"
            else:
                yield f"  rad {line}: {file.text_at(cells[0])}"


@main.command("jämför")
@content_option
@click.argument("before", metavar="FÖRE")
@click.argument("after", metavar="[EFTER]", required=False, default="")
@text_option("--enhet", help="Jämför en enhet i stället för hela organisationen.")
def jamfor(content: Path, before: str, after: str, enhet: str) -> None:
    """Förklara varför index skiljer mellan två bokslut.

    FÖRE och EFTER är mappar med innehåll, rapporters mappar eller rapporters namn. Med bara FÖRE
    jämförs bokslutet med det som styrelsen fastställde.
    """
    from generator.inquiry import compare_reports

    told, decided = compare_reports(content, before, after, enhet)
    say(told.summary, bold=True)
    total, titles = told.total, (told.before_title, told.after_title)
    for title, index in zip(titles, (total.before, total.after) if total else ("", ""), strict=True):
        say(f"  {title}: {index}" if index else f"  {title}")
    for item in told.items:
        say("", f"  {item.name}")
        say(f"    {item.before} → {item.after}")
        say(f"    Poäng {item.points}, index {item.contribution}")
    if total:
        say("", f"  {total.name}: poäng {total.points}, index {total.contribution}")
    if told.others:
        say("", told.others_lead)
    for other in told.others:
        say(f"  {other}")
    if decided is not None:
        _list_changes(decided)


def _list_changes(state: SealState) -> None:
    if state.is_unchanged:
        say("", "Alla filer är desamma som när bokslutet fastställdes.")
        return
    say("", "Filer sedan bokslutet fastställdes:")
    for word, paths in (("ändrad", state.changed), ("ny", state.added), ("borttagen", state.removed)):
        for path in paths:
            say(f"  {word}: {path}")


@main.command("fastställ")
@content_option
@report_argument
@click.option(
    "--beslut", "decided", type=Day(["%Y-%m-%d"]), required=True, metavar="DATUM", help="År-månad-dag."
)
@click.option("--av", "by", required=True, metavar="NAMN", help="Vem som beslutade, till exempel styrelsen.")
def faststall(content: Path, rapport: str, decided: datetime.datetime, by: str) -> None:
    """Spara vad som beslutades. Varje ändring därefter syns."""
    from importlib.metadata import version

    from generator.inquiry import decide

    path = decide(content, rapport, decided.date(), by, f"bokslut {version('bokslut')}")
    say(f"Fastställt av {by} {decided.date()}.", fg="green")
    say(f"  {shown_path(path)}")


@main.command()
@content_option
@report_argument
@click.option(
    "--xlsx",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FIL",
    help="Arbetsboken som skrivs, till exempel bokslut.xlsx.",
)
@flag_option("--skriv-över", "overwrite", help="Skriv över filen om den finns.")
def exportera(content: Path, rapport: str, path: Path, overwrite: bool) -> None:
    """Skriv rapporten utom texterna som en arbetsbok för Excel."""
    from generator.inquiry import export_tables

    sheets = export_tables(content, rapport, path, overwrite=overwrite)
    say(f"Klart: {counted(sheets, 'blad', 'blad')} i {path}.", fg="green")
    say(f"  {', '.join(sheets)}")
    say("  Heter den bokslut.xlsx och ligger i rapportens mapp läses bladen ur den. Ta då bort bokslut.yaml,")
    say("  budget.yaml, mapparna utfall och tabeller, och det i enkat.yaml som inte är ”inläsning”.")


@main.command()
@content_option
@click.argument("name", metavar="[NAMN]", required=False, default="")
@text_option("--från", "earlier", metavar="MAPP", help="Förra årets bokslut, som det nya görs av.")
@flag_option("--exempel", "is_example", help="Börja med ett litet exempel med kommentarer.")
@flag_option("--excel", "with_workbook", help="Allt utom texterna i en arbetsbok.")
def ny(content: Path, name: str, earlier: str, is_example: bool, with_workbook: bool) -> None:
    """Börja på ett nytt bokslut, som går att förhandsvisa direkt.

    NAMN är den nya mappen, till exempel 2022-umearegionen.
    """
    from generator.starting import begin_from, begin_from_example

    if is_example == bool(earlier) or (earlier and not name):
        raise click.UsageError(
            "Välj hur du vill börja: ”bokslut ny --exempel” med ett litet exempel,"
            " eller ”bokslut ny 2022-umearegionen --från 2021-umearegionen” med nästa års bokslut."
        )
    if is_example:
        folder = begin_from_example(content, name, with_workbook=with_workbook)
    else:
        folder = begin_from(content, name, earlier, with_workbook=with_workbook)
    say(f"Klart: {shown_path(folder)}", fg="green")
    where = "" if content == Path("content") else f" --innehåll {content}"
    say(f"  Se det i webbläsaren:  bokslut visa{where}")
    say(f"  Vad som återstår:      bokslut granska{where}")
