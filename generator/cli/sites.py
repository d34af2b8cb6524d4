"""The commands of a site: bygg, granska, översikt, publicera, visa."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.caching import remembered
from generator.cli import PATH, content_option, flag_option, main, path_option, text_option
from generator.fingerprints import OUTPUT, PDFS, UNCHANGED, fingerprint, of_bytes, sources
from generator.model.places import ContentError, Problem, Severity, ToldError
from generator.terminal import click, counted, list_problems, say, shown_path, tell_step

if TYPE_CHECKING:
    from generator.build import Built
    from generator.many import SiteOutcome
    from generator.model.reconciliation import Reconciliation
    from generator.model.shown import ShownReport


@main.command()
@content_option
@path_option(
    "--ut",
    "output",
    help="Mappen där webbplatsen läggs.  [förval: output, eller granskning med --granskning]",
)
@flag_option(
    "--granskning",
    "is_audit",
    help="Gör revisorernas utgåva: varje tal leder till sin källa. Den får inte läggas ut på webben.",
)
@text_option(
    "--enhet",
    "--område",
    "part",
    help="Gör i stället ett häfte av en enhet eller ett målområde, där du står eller i MAPP för --ut.",
)
@flag_option(
    "--korrektur",
    "is_proof",
    help="Gör i stället tryckfilen med skärmärken, där du står eller i MAPP för --ut.",
)
@flag_option("--utan-pdf", "without_pdf", help="Gör bara webbplatsen. Det behöver inte Pango.")
@text_option(
    "--motor",
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
    motor: str,
) -> None:
    """Bygg webbplatsen och pdf:en.

    Innehåller MAPP flera mappar med varsin webbplats.yaml byggs alla, var och en till en egen mapp.
    """
    from generator.booklets import print_booklet, print_proof
    from generator.build import build
    from generator.engines import engine_for
    from generator.many import build_sites, seconds_for, sites_in

    if (part or is_proof) and sum(map(bool, (part, is_proof, is_audit, without_pdf, motor))) > 1:
        raise click.UsageError("Ett häfte eller ett korrektur görs för sig: ta bort de andra flaggorna.")
    if part:
        print_booklet(content, output or Path(), part, say)
        return
    if is_proof:
        print_proof(content, output or Path(), say)
        return
    folder, pdfs = output or Path("granskning" if is_audit else OUTPUT), () if without_pdf else PDFS
    sites = sites_in(content)
    with engine_for(seconds_for(sites, pdfs), motor) as engine:
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
    megabytes = f"{sum(built.sizes.values()) / 1_000_000:.1f}".replace(".", ",")
    say(f"Klart: {pages} sidor, {len(built.sizes)} filer, {megabytes} MB.", fg="green")
    say(f"  Webbplatsen: {shown_path(built.folder / 'index.html')}")
    for path in built.sizes:
        if path.endswith(".pdf") and path.count("/") == 1:  # no attachment
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

    parts = [counted(reconciliation.identities, "jämförelse", "jämförelser")]
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
@path_option("--ut", "output", default=Path("oversikt"), help="Mappen där sidan läggs.  [förval: oversikt]")
@text_option("--tema", "theme", default="neutral", help="Sidans utseende.  [förval: neutral]")
def oversikt(results: Path, output: Path, theme: str) -> None:
    """Visa många organisationers bokslut bredvid varandra.

    MAPP har en fil resultat.json från varje bokslut, så som den är publicerad. Filerna får heta vad som helst
    och ligga i egna mappar.
    """
    from generator.overview import build_overview

    number = build_overview(results, output, theme)
    say(f"Klart: {number} bokslut i {shown_path(output / 'index.html')}.", fg="green")


@main.command()
@content_option
@click.argument("target", metavar="MÅL", type=PATH)
@path_option(
    "--från", "output", default=Path(OUTPUT), show_default=True, help="Mappen med den byggda webbplatsen."
)
@flag_option("--prova", "is_trial", help="Visa vad som skulle göras, och gör det inte.")
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
    if pdfs := ", ".join(path for path in done.removed if path.endswith(".pdf")):
        remedy = "Ska de ligga ute, bygg utan --utan-pdf och lägg ut igen."
        say(f"Varning: webbplatsen har inte längre {pdfs}. {remedy}", fg="yellow", err=True)
    new, changed = counted(done.new, "ny", "nya"), counted(done.changed, "ändrad", "ändrade")
    removed = counted(done.removed, "borttagen", "borttagna")
    told = f"{new}, {changed}, {removed}, {counted(done.unchanged, 'oförändrad', 'oförändrade')}"
    if is_trial:
        say(f"Så skulle det bli: {told}. Inget har gjorts.")
        return
    say(f"Klart: {told}. Alla filer i {target} stämmer med manifest.json.", fg="green")


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
    """Förhandsvisa i webbläsaren. Sidan ändras när en fil sparas, och visar vad som är fel."""
    from generator.preview import serve

    serve(content, port, report=list_problems, say=say)
