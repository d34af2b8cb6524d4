"""The command line: bokslut bygg, granska, förklara, jämför, fastställ, publicera, läs-enkät …

All it says is Swedish.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.caching import remembered
from generator.fingerprints import CONTENT, OUTPUT, PDFS, UNCHANGED, fingerprint, of_bytes, sources
from generator.model.places import ContentError, Problem, Severity, ToldError
from generator.terminal import Commands, Day, click, counted, list_problems, say, shown_path, tell_step

if TYPE_CHECKING:
    import datetime

    from generator.build import Built
    from generator.intake import TakenIn
    from generator.many import SiteOutcome
    from generator.model.places import Place
    from generator.model.reconciliation import Reconciliation
    from generator.model.seal import SealState
    from generator.model.shown import ShownReport
    from generator.model.sources import SourceFile

LABEL_WIDTH = 24

content_option = click.option(
    "--innehåll",
    "content",
    type=click.Path(path_type=Path),
    default=Path(CONTENT),
    show_default=True,
    metavar="MAPP",
    help="Mappen med webbplats.yaml och rapporterna.",
)


@click.group(
    cls=Commands,
    options_metavar="[FLAGGOR]",
    subcommand_metavar="KOMMANDO [ARGUMENT]…",
    context_settings={"help_option_names": ["--help", "-h"]},
)
@click.version_option(package_name="bokslut", message="bokslut %(version)s")
def main() -> None:
    """Bokslut gör ett socialt bokslut av filerna i mappen content: en webbplats och en pdf."""


@main.command()
@content_option
@click.option(
    "--ut",
    "output",
    type=click.Path(path_type=Path),
    metavar="MAPP",
    help="Mappen där webbplatsen läggs.  [förval: output, eller granskning med --granskning]",
)
@click.option(
    "--granskning",
    "is_audit",
    is_flag=True,
    help="Gör revisorernas utgåva: varje tal leder till sin källa. Den får inte läggas ut på webben.",
)
@click.option(
    "--enhet",
    "--område",
    "part",
    default="",
    metavar="NAMN",
    help="Gör i stället ett häfte av en enhet eller ett målområde, där du står eller i MAPP för --ut.",
)
@click.option(
    "--korrektur",
    "is_proof",
    is_flag=True,
    help="Gör i stället tryckfilen med skärmärken, där du står eller i MAPP för --ut.",
)
@click.option("--utan-pdf", "without_pdf", is_flag=True, help="Gör bara webbplatsen. Det behöver inte Pango.")
@click.option(
    "--motor",
    "engine_name",
    default="",
    metavar="PAKET.MODUL:NAMN",
    help="Den som delar ut arbetet på flera datorer, till exempel Dask.  [förval: datorns kärnor]",
)
def bygg(
    *,
    content: Path,
    output: Path | None,
    is_audit: bool,
    part: str,
    is_proof: bool,
    without_pdf: bool,
    engine_name: str,
) -> None:
    """Bygg webbplatsen och pdf:en.

    Innehåller MAPP flera mappar med varsin webbplats.yaml byggs alla, var och en till en egen mapp.
    """
    from generator.booklets import print_booklet, print_proof
    from generator.build import build
    from generator.engines import engine_for
    from generator.many import build_sites, seconds_for, sites_in

    if part:
        print_booklet(content, output or Path(), part, say)
        return
    if is_proof:
        print_proof(content, output or Path(), say)
        return
    folder, pdfs = output or Path("granskning" if is_audit else OUTPUT), () if without_pdf else PDFS
    sites = sites_in(content)
    with engine_for(seconds_for(sites, pdfs), engine_name) as engine:
        if len(sites) > 1:
            _show_sites(build_sites(sites, folder, engine, pdfs=pdfs, is_audit=is_audit), len(sites))
        else:
            _show_built(build(sites[0], folder, tell_step, pdfs=pdfs, is_audit=is_audit, engine=engine))
    if is_audit:
        say("Granskningsutgåvan får inte läggas ut på webben.", fg="yellow")


def _show_built(built: Built) -> None:
    if built.is_unchanged:
        say(UNCHANGED)
        return
    list_problems(built.warnings)
    for told in built.told:
        say(f"Varning: {told}", fg="yellow", err=True)
    pages = sum(path.endswith(".html") for path in built.sizes)
    pdfs = [path for path in built.sizes if path.endswith(".pdf") and path.count("/") == 1]  # no attachment
    megabytes = f"{sum(built.sizes.values()) / 1_000_000:.1f}".replace(".", ",")
    say(f"Klart: {pages} sidor, {len(built.sizes)} filer, {megabytes} MB.", fg="green")
    say(f"  Webbplatsen: {shown_path(built.folder / 'index.html')}")
    for path in pdfs:
        say(f"  Pdf:         {shown_path(built.folder / path)}")


def _show_sites(outcomes: Iterator[SiteOutcome], total: int) -> None:
    """A line for each site as it is done. Raises ToldError when any is left as it was."""
    failed = 0
    for number, outcome in enumerate(outcomes, start=1):
        name = f"{number} av {total}: {outcome.content.name}"
        if outcome.built is not None:
            say(f"• {name}: {_told(outcome.built, outcome.content)}")
            continue
        failed += 1
        say(f"• {name}: inte byggd", fg="red")
        if isinstance(outcome.error, ContentError):
            list_problems(outcome.error.problems, left="Webbplatsen är kvar som den var.")
        else:
            say(str(outcome.error), fg="red", err=True)
    if failed:
        raise ToldError(f"{failed} av {total} webbplatser är inte byggda.")
    say(f"Klart: {total} webbplatser.", fg="green")


def _told(built: Built, content: Path) -> str:
    if built.is_unchanged:
        return "oförändrad"
    made = counted(built.rendered, "bokslut gjort", "bokslut gjorda")
    warnings = [problem for problem in built.warnings if problem.severity is Severity.WARNING]
    if not warnings:
        return made
    return f"{made}, {counted(warnings, 'varning', 'varningar')} (bokslut granska --innehåll {content})"


@main.command()
@content_option
def granska(content: Path) -> None:
    """Kontrollera och stäm av innehållet utan att bygga."""
    whole = str(content.absolute())
    name = f"kontrollerat/{of_bytes(os.fsencode(whole))}"
    warnings, lines = remembered(name, lambda: fingerprint(sources(whole)), partial(_checked, content))
    list_problems(warnings, notes=True)
    say(*lines)
    say("Inga fel.", fg="green")


def _checked(content: Path) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Warnings, and what has been measured and reconciled. Raises ContentError."""
    from generator.build import check

    checked = check(content)
    return checked.warnings, tuple(line for report in checked.reports for line in _state_of(report))


def _state_of(published: ShownReport) -> Iterator[str]:
    title = published.report.settings.title
    index = published.association.index
    if published.report.is_plan:
        yield f"{title}: {index.total} indikatorer mäts efteråt."
    else:
        yield f"{title}: {index.measured} av {index.total} indikatorer har ett utfall."
    for result in published.association.results:
        if result.reason is not None and not published.report.is_plan:
            lacks = "har ingen signal" if result.outcome.is_measured else "är inte mätt"
            yield f"  {result.indicator.id} {lacks}: {result.reason}."
    yield f"  {_reconciled(published.reconciliation)}"


def _reconciled(reconciliation: Reconciliation) -> str:
    """”Avstämning: 393 jämförelser, 389 stämmer, 4 avrundningar.”"""
    from generator.model.reconciliation import Verdict

    parts = [f"{len(reconciliation.identities)} jämförelser"]
    for verdict, singular, plural in (
        (Verdict.HOLDS, "stämmer", "stämmer"),
        (Verdict.ROUNDING, "avrundning", "avrundningar"),
        (Verdict.EXPLAINED, "förklarad avvikelse", "förklarade avvikelser"),
    ):
        if identities := reconciliation.with_verdict(verdict):
            parts.append(counted(identities, singular, plural))
    return f"Avstämning: {', '.join(parts)}."


@main.command("översikt")
@click.argument("results", metavar="MAPP", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--ut",
    "output",
    type=click.Path(path_type=Path),
    default=Path("oversikt"),
    metavar="MAPP",
    help="Mappen där sidan läggs.  [förval: oversikt]",
)
@click.option(
    "--tema", "theme", default="neutral", metavar="NAMN", help="Sidans utseende.  [förval: neutral]"
)
def oversikt(results: Path, output: Path, theme: str) -> None:
    """Visa många organisationers bokslut bredvid varandra.

    MAPP har en fil resultat.json från varje bokslut, så som den är publicerad. Filerna får heta vad som helst
    och ligga i egna mappar.
    """
    from generator.overview import build_overview

    number = build_overview(results, output, theme)
    say(f"Klart: {number} bokslut i {shown_path(output / 'index.html')}.", fg="green")


@main.command("förklara")
@content_option
@click.argument("uppgift", metavar="UPPGIFT", nargs=-1, required=True)
@click.option("--rapport", metavar="MAPP", default="", help="Rapportens mapp, om det inte är framsidans.")
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
@click.option("--enhet", metavar="NAMN", default="", help="Enhetens tal i stället för hela organisationens.")
@click.option("--rapport", metavar="MAPP", default="", help="Rapportens mapp, om det inte är framsidans.")
def figurer(content: Path, words: tuple[str, ...], enhet: str, rapport: str) -> None:
    """Lista de tal som kan nämnas i texter, med dagens värde.

    Med ORD bara de som innehåller dem: bokslut figurer helår.
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
@click.option(
    "--enhet", metavar="NAMN", default="", help="Jämför en enhet i stället för hela organisationen."
)
def jamfor(content: Path, before: str, after: str, enhet: str) -> None:
    """Förklara varför index skiljer mellan två bokslut, indikator för indikator.

    FÖRE och EFTER är mappar med innehåll, rapporters mappar eller rapporters namn. Med bara FÖRE
    jämförs bokslutet med det som styrelsen fastställde.
    """
    from generator.inquiry import compare_reports

    told, decided = compare_reports(content, before, after, enhet)
    say(told.summary, bold=True)
    for title, index in ((told.before_title, told.before), (told.after_title, told.after)):
        say(f"  {title}: {index}" if told.has_index else f"  {title}")
    for item in told.items:
        say("", f"  {item.name}")
        say(f"    {item.before} → {item.after}")
        say(f"    Poäng {item.points}, index {item.contribution}")
    if told.has_index:
        say("", f"  Summa: poäng {told.points}, index {told.change}")
    if told.others:
        say("", told.others_lead)
    for other in told.others:
        say(f"  {other}")
    if decided:
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
@click.argument("rapport", metavar="[RAPPORT]", required=False, default="")
@click.option(
    "--beslut",
    "decided",
    type=Day(["%Y-%m-%d"]),
    required=True,
    metavar="DATUM",
    help="År-månad-dag.",
)
@click.option("--av", "by", required=True, metavar="NAMN", help="Vem som beslutade, till exempel styrelsen.")
def faststall(content: Path, rapport: str, decided: datetime.datetime, by: str) -> None:
    """Spara vad som beslutades, så att varje ändring därefter syns."""
    import importlib.metadata

    from generator.inquiry import decide

    program = f"bokslut {importlib.metadata.version('bokslut')}"
    path = decide(content, rapport, decided.date(), by, program)
    say(f"Fastställt av {by} {decided.date()}.", fg="green")
    say(f"  {shown_path(path)}")


@main.command()
@content_option
@click.argument("rapport", metavar="[RAPPORT]", required=False, default="")
@click.option(
    "--xlsx",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FIL",
    help="Arbetsboken som skrivs, till exempel bokslut.xlsx.",
)
@click.option("--skriv-över", "overwrite", is_flag=True, help="Skriv över filen om den finns.")
def exportera(content: Path, rapport: str, path: Path, overwrite: bool) -> None:
    """Skriv rapportens budget, enkät, enheter och tabeller som en arbetsbok för Excel."""
    from generator.inquiry import export_tables

    sheets = export_tables(content, rapport, path, overwrite=overwrite)
    say(f"Klart: {counted(sheets, 'blad', 'blad')} i {path}.", fg="green")
    say(f"  {', '.join(sheets)}")
    say("  Heter den bokslut.xlsx och ligger i rapportens mapp läses bladen ur den. Ta då bort bokslut.yaml,")
    say("  budget.yaml, mapparna utfall och tabeller, och det i enkat.yaml som inte är ”inläsning”.")


@main.command()
@content_option
@click.argument("name", metavar="[NAMN]", required=False, default="")
@click.option(
    "--från", "earlier", metavar="MAPP", default="", help="Förra årets bokslut, som det nya görs av."
)
@click.option("--exempel", "is_example", is_flag=True, help="Börja med ett litet exempel med kommentarer.")
@click.option("--excel", "with_workbook", is_flag=True, help="Allt utom texterna i en arbetsbok.")
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


@main.command()
@content_option
@click.argument("target", metavar="MÅL", type=click.Path(path_type=Path))
@click.option(
    "--från",
    "output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    metavar="MAPP",
    help="Mappen med den byggda webbplatsen.",
)
@click.option("--prova", "is_trial", is_flag=True, help="Visa vad som skulle göras, och gör det inte.")
def publicera(content: Path, target: Path, output: Path, is_trial: bool) -> None:
    """Lägg ut den byggda webbplatsen i en mapp eller en zip-fil.

    MÅL är en mapp, på datorn eller på en ansluten disk, eller en fil som slutar på .zip. Bara det som har
    ändrats skrivs, och det som inte är med längre tas bort. Andra filer i mappen rörs inte.
    """
    from generator.publishing.handover import hand_over

    done = hand_over(output, target, content, tell_step, is_trial=is_trial)
    for word, paths in (("ny", done.new), ("ändrad", done.changed), ("borttagen", done.removed)):
        for path in paths if is_trial else ():
            say(f"  {word}: {path}")
    for draft in done.drafts:
        say(f"Varning: {draft} är ett utkast, och varje sida säger det.", fg="yellow", err=True)
    new, changed = counted(done.new, "ny", "nya"), counted(done.changed, "ändrad", "ändrade")
    removed = counted(done.removed, "borttagen", "borttagna")
    told = f"{new}, {changed}, {removed}, {counted(done.unchanged, 'oförändrad', 'oförändrade')}"
    if is_trial:
        say(f"Så skulle det bli: {told}. Inget har gjorts.")
        return
    say(f"Klart: {told}. Alla filer i {target} stämmer med manifest.json.", fg="green")


raw_argument = click.argument("raw", metavar="FIL", type=click.Path(path_type=Path))
map_option = click.option(
    "--karta", "map_file", type=click.Path(path_type=Path), metavar="FIL", help="Kartan, i rapportens mapp."
)
overwrite_option = click.option(
    "--skriv-över", "overwrite", is_flag=True, help="Ersätt rader av samma slag som redan finns i tabellen."
)


draft_option = click.option(
    "--föreslå", "is_draft", is_flag=True, help="Skriv i stället ett utkast till kartan, att gå igenom."
)


@main.command("läs-enkät")
@raw_argument
@map_option
@click.option("--inläsning", "export", default="", metavar="ID", help="Vilken, när kartan har flera.")
@draft_option
@overwrite_option
def las_enkat(raw: Path, map_file: Path | None, export: str, is_draft: bool, overwrite: bool) -> None:
    """Räkna enkätsvar, en rad för varje svarande, till rapportens tabell.

    FIL är en export från ett enkätverktyg: .csv, .xlsx eller .ods. Den läses där den ligger; bara antal
    sparas. Kartan är rapportens enkat.yaml, där ”inläsning” säger vad kolumnerna är. Utkastet skrivs in i
    den, och visas bara om ingen karta anges.
    """
    from generator.intake import draft_export, take_answers

    if is_draft and map_file is None:
        say(*draft_export(raw).rstrip("\n").split("\n"))
        return
    map_file = _named(map_file, "enkat.yaml")
    if is_draft:
        _keep_draft(draft_export(raw, map_file), "läs-enkät", raw, map_file)
        return
    _show_taken_in(take_answers(raw, map_file, export, overwrite=overwrite), "svarande")


@main.command("läs-deltagare")
@raw_argument
@map_option
@draft_option
@overwrite_option
def las_deltagare(raw: Path, map_file: Path | None, is_draft: bool, overwrite: bool) -> None:
    """Räkna deltagarregistret, en rad för varje deltagare, till rapportens tabeller.

    FIL är registret: .csv, .xlsx eller .ods. Det läses där det ligger; bara antal sparas. Kartan är
    register.yaml i rapportens mapp.
    """
    from generator.intake import draft_register, take_register

    map_file = _named(map_file, "register.yaml")
    if is_draft:
        _keep_draft(draft_register(raw, map_file), "läs-deltagare", raw, map_file)
        return
    _show_taken_in(take_register(raw, map_file, overwrite=overwrite), "deltagare")


def _named(map_file: Path | None, name: str) -> Path:
    if map_file is None:
        raise click.UsageError(f"Ange kartan, i bokslutets mapp: --karta {CONTENT}/2021-umearegionen/{name}")
    return map_file


def _keep_draft(text: str, command: str, raw: Path, map_file: Path) -> None:
    from generator.intake import write_draft

    write_draft(text, map_file)
    say(f"Klart: utkast i {shown_path(map_file)}", fg="green")
    say("  Gå igenom det, och fyll i det som saknas. Räkna sedan:")
    say(f'    bokslut {command} "{raw}" --karta "{map_file}"')


def _show_taken_in(taken: TakenIn, persons: str) -> None:
    list_problems(taken.warnings, notes=True)
    say(f"Klart: {taken.persons} {persons}.", fg="green")
    for table, path in zip(taken.tables, taken.paths, strict=True):
        rows = len(table.table.rows)
        told = [f"{rows} rader"]
        if table.replaced:
            told.append(f"{table.replaced} ersatta")
        if table.kept:
            told.append(f"{table.kept} kvar från tidigare")
        say(f"  {shown_path(path)}: {', '.join(told)}")


@main.command()
@content_option
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    metavar="NUMMER",
    help="Port på datorn.",
)
def visa(content: Path, port: int) -> None:
    """Förhandsvisa i webbläsaren; sidan ändras när en fil sparas, och visar vad som är fel."""
    from generator.preview import serve

    serve(content, port, report=list_problems, say=say)
