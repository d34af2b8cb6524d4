"""The sheets of a report's workbook as they are handed out: with what columns are for, and what to choose."""

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.model.measures import MEASURES, IndicatorBase, Subject
from generator.model.names import name_key
from generator.model.outcome import STATED
from generator.model.outcomes import SEX_NAMES
from generator.model.sources import ColumnHelp, SourceColumn, WrittenTable
from generator.reading.definitions import SETTINGS_SHEET, SHEETS, DefinitionSheet, Tree, meaning, types_of
from generator.reading.files import Folder
from generator.reading.sheets import Sheets

YEARS = {"ar", "jamfort-med", "senast"}
_YES_OR_NO = ("ja", "nej")
_SHEET_OF = {
    Subject.ROW: "Deltagarrader",
    Subject.RESPONDENTS: "Svarsgrupper",
    Subject.QUESTION: "Frågor",
    Subject.SERIES: "Serier",
    Subject.GRADE_SCALE: "Betygsskalor",
}
# The sheets whose ids stand under a key, by the sheet and the key.
_IDS_IN = {
    ("Social budget", key): _SHEET_OF[subject]
    for measure in MEASURES
    for name, subject in measure.names.items()
    if subject in _SHEET_OF and (key := measure.model_fields[name].alias)
} | {("Frågor", "skala"): "Skalor", ("Deltagarrader", "andel_av"): "Deltagarrader"}
_PERSONS = ColumnHelp("Ett helt antal. Är det noll, skriv 0.")
# Of the tables of outcomes, by heading.
_OF_OUTCOMES = {
    "enhet": ColumnHelp("Enhetens id eller namn. För hela organisationen: förbundets id.", ids_of="Enheter"),
    "rad": ColumnHelp("Radens id eller namn, som på bladet Deltagarrader.", ids_of="Deltagarrader"),
    "indikator": ColumnHelp("Indikatorns id, som på bladet Social budget.", ids_of="Social budget"),
    "grupp": ColumnHelp("Gruppens id eller namn.", ids_of="Svarsgrupper"),
    "fråga": ColumnHelp("Frågans id eller text, som på bladet Frågor.", ids_of="Frågor"),
    "kön": ColumnHelp("Vilka som har svarat.", tuple(SEX_NAMES.values())),
    "svar": ColumnHelp("Svaret som det står på bladet Skalor."),
    "antal": ColumnHelp("Så många som har gett svaret. Är det noll, skriv 0."),
    "kvinnor": _PERSONS,
    "män": _PERSONS,
    "ej angivet": _PERSONS,
    "totalt": ColumnHelp("Behövs bara när kvinnor och män inte är kända. Annars läggs de ihop."),
    "serie": ColumnHelp("Seriens, radens eller indikatorns id."),
    "måttenhet": ColumnHelp("Vad talet är: %, procentenheter, personer, dagar …"),
    "källa": ColumnHelp("Varifrån talet kommer, så att en läsare kan hitta det."),
    "tabell": ColumnHelp("Tabellens id, som på bladet Bakgrundstabeller.", ids_of="Bakgrundstabeller"),
    "uppfyllt": ColumnHelp("Om kravet är uppfyllt.", _YES_OR_NO),
    "orsak": ColumnHelp("Varför indikatorn inte är mätt.", tuple(map(str, STATED))),
    "av": ColumnHelp("Vem som har avgjort det: en roll eller ett organ, aldrig ett namn."),
}


def definition_tables(folder: Folder) -> Iterator[WrittenTable]:
    """The sheets of what a report's folder defines, whether in YAML or in sheets, in a fixed order."""
    sheets = Sheets(folder)
    files = dict.fromkeys(kind.file for kind in SHEETS)
    trees = {file: sheets.tree(file) for file in files if sheets.has(file)}
    for kind in SHEETS:
        tree = trees.get(kind.file)
        if tree and (table := _table(kind, tree)).rows:
            yield table


def with_help(table: WrittenTable) -> WrittenTable:
    """A table of outcomes with what its columns are for."""
    known = {name_key(head): help for head, help in _OF_OUTCOMES.items()}
    heads = (head for head, _ in table.columns)
    return replace(table, help={head: known[name_key(head)] for head in heads if name_key(head) in known})


def _table(kind: DefinitionSheet, tree: Tree) -> WrittenTable:
    rows = kind.rows(tree)
    columns: list[tuple[str, SourceColumn]] = []
    help: dict[str, ColumnHelp] = {}
    if kind is SETTINGS_SHEET:
        words = {name: _words(info) for name, (_, info) in SETTINGS_SHEET.fields.items()}
        columns = [(head, SourceColumn.TEXT) for head in rows[0]]
        help = {SETTINGS_SHEET.VALUE: ColumnHelp(by_row=words)}
    for level in kind.levels:
        for key, info in level.fields.items():
            head = level.heading(key)
            if not level.shown or key in level.shown or any(row.get(head) for row in rows):
                columns.append((head, _column(key, info)))
                help[head] = _help(kind, key, info)
    texts = tuple(tuple(row.get(head, "") for head, _ in columns) for row in rows)
    return WrittenTable(kind.title, tuple(columns), texts, help)


def _column(key: str, info: FieldInfo) -> SourceColumn:
    if int not in types_of(info):
        return SourceColumn.TEXT
    return SourceColumn.YEAR if name_key(key) in YEARS else SourceColumn.NUMBER


def _help(kind: DefinitionSheet, key: str, info: FieldInfo) -> ColumnHelp:
    if key == "mått":
        words = tuple(_words(measure.model_fields["measure"])[0] for measure in MEASURES)
        return ColumnHelp("\n".join(map(_needs, MEASURES)), words)
    return ColumnHelp(meaning(info), _words(info), _IDS_IN.get((kind.title, key), ""))


def _words(info: FieldInfo) -> tuple[str, ...]:
    """Those that a field may be, where there are few. A list is none of them."""
    for kind in types_of(info):
        if kind is bool:
            return _YES_OR_NO
        if isinstance(kind, type) and issubclass(kind, Enum):
            return tuple(str(member.value) for member in kind)
        if get_origin(kind) is Literal:
            return get_args(kind)
    return ()


def _needs(measure: type[IndicatorBase]) -> str:
    """”andel: täljare, nämnare”: a measure, and the columns that only it and its like have."""
    (word,) = _words(measure.model_fields["measure"])
    shared = {"id", "text", "krav", "mått"}
    needed = [key for key in measure.required_keys() if key not in shared]
    return f"{word}: {', '.join(needed)}" if needed else word
