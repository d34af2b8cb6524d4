"""The commands that count persons: läs-enkät, läs-deltagare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli import PATH, flag_option, main, path_option, text_option
from generator.fingerprints import CONTENT
from generator.terminal import click, counted, list_problems, say, shown_path

if TYPE_CHECKING:
    from generator.intake import TakenIn

raw_argument = click.argument("raw", metavar="FIL", type=PATH)
map_option = path_option("--karta", "map_file", metavar="FIL", help="Kartan, i rapportens mapp.")
overwrite_option = flag_option(
    "--skriv-över", "overwrite", help="Ersätt rader av samma slag som redan finns i tabellen."
)
draft_option = flag_option(
    "--föreslå", "is_draft", help="Skriv i stället ett utkast till kartan, att gå igenom."
)


@main.command("läs-enkät")
@raw_argument
@map_option
@text_option("--inläsning", "export", metavar="ID", help="Vilken, när kartan har flera.")
@draft_option
@overwrite_option
def las_enkat(raw: Path, map_file: Path | None, export: str, is_draft: bool, overwrite: bool) -> None:
    """Räkna enkätsvar till rapportens tabell.

    FIL är en export från ett enkätverktyg, med en rad för varje svarande: .csv, .xlsx eller .ods. Den
    läses där den ligger; bara antal sparas. Kartan är rapportens enkat.yaml, där ”inläsning” säger vad
    kolumnerna är. Utkastet skrivs in i den, och visas bara om ingen karta anges.
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
    """Räkna deltagarregistret till rapportens tabeller.

    FIL är registret, med en rad för varje deltagare: .csv, .xlsx eller .ods. Det läses där det ligger;
    bara antal sparas. Kartan är register.yaml i rapportens mapp.
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
        told = [counted(table.table.rows, "rad", "rader")]
        if table.replaced:
            told.append(f"{table.replaced} ersatta")
        if table.kept:
            told.append(f"{table.kept} kvar från tidigare")
        say(f"  {shown_path(path)}: {', '.join(told)}")
