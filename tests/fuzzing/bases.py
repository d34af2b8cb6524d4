"""The sound contents that cases begin from: a small one and that of 2021, with tables in files and workbooks;
and the site of the small one, which stands where they are built.

They are the same bytes wherever and whenever they are made, or a case would not be the same twice.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from PIL import Image

from generator.build import build
from generator.inquiry import decide
from generator.model.seal import SEAL_FILE
from tests.fuzzing.mutations.raw_files import RAW
from tests.fuzzing.mutations.workbooks import forget_times
from tests.support import CONTENT, EXAMPLES, append, copy_of, edit
from tests.workbooks import MAKERS, one_workbook

SMALL, LARGE = "liten", "stor"
TABLES, WORKBOOKS = "tabeller", "arbetsböcker"
CENTRE, _OLDER = "2023-arbetscentrum", "2017-bruket"


def base(bases: Path, size: str, holder: str) -> Path:
    return bases / f"{size}-{holder}"


def good_site(bases: Path) -> Path:
    return bases / "byggd"


def raw_base(bases: Path) -> Path:
    return bases / "rådata"


def prepare(bases: Path, large_content: Path = CONTENT) -> None:
    """Makes all of them in a folder."""
    small, large = base(bases, SMALL, TABLES), base(bases, LARGE, TABLES)
    _enrich(copy_of(EXAMPLES / "annan-organisation", small))
    copy_of(large_content, large)
    for size, source in ((SMALL, small), (LARGE, large)):
        content = copy_of(source, base(bases, size, WORKBOOKS))
        for year, name in zip(_measured(content), sorted(MAKERS), strict=False):
            _move_to_workbook(year, name)
    raw = copy_of(small, raw_base(bases))
    _with_raw_files(raw)
    (raw / _OLDER / SEAL_FILE).unlink()  # pages tell when a file of a decided report is another
    build(small, good_site(bases), lambda _: None, pdfs=())


def _measured(content: Path) -> list[Path]:
    """The reports that have outcomes: a plan has none."""
    return sorted(tables.parent for tables in content.glob("2*/utfall"))


def _move_to_workbook(year: Path, name: str) -> None:
    forget_times(one_workbook(year, MAKERS[name], name))


def _with_raw_files(content: Path) -> None:
    """Answers and a register, with their maps, for the report of the centre."""
    year, raw = content / CENTRE, content / RAW
    raw.mkdir()
    counted = {"K;Verkstan": 10, "M;Verkstan": 20, ";Verkstan": 2, "K;Köket": 12, "M;Köket": 8}
    people = [f"P{i}{who};{who}" for who, count in counted.items() for i in range(count)]
    people = [person.replace(";", "-", 1) for person in people]
    answers = "".join(f"{person};{'Ja' if 'K;' in person else 'Nej'}\n" for person in people)
    (raw / "svar.csv").write_text(f"Id;Kön;Avdelning;Trivs du?\n{answers}", "utf-8")
    rows = "".join(f"{person};2023-0{1 + len(person) % 9}-01;\n" for person in people)
    (raw / "register.csv").write_text(f"Id;Kön;Avdelning;Start;Slut\n{rows}", "utf-8")
    survey = (content / _OLDER / "enkat.yaml").read_text("utf-8")
    columns = "kön: Kön, enhet: Avdelning"
    codes = "värden:\n  kön: {K: kvinnor, M: män}\n"
    (year / "enkat.yaml").write_text(
        f"{survey}inläsning:\n- id: svar\n  svarsgrupp: deltagare\n  kolumner: {{svarande: Id, {columns}}}\n"
        "  frågor: {trivs: Trivs du?}\n  värden:\n    kön: {K: kvinnor, M: män}\n",
        "utf-8",
    )
    named = f"{{deltagare: Id, {columns}, start: Start, slut: Slut}}"
    (year / "register.yaml").write_text(
        f"kolumner: {named}\n{codes}rader: {{deltagare: inskrivna}}\n", "utf-8"
    )


def _enrich(content: Path) -> None:
    """With a little of all that the examples do without."""
    year, older = content / CENTRE, content / _OLDER
    edit(year / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5\njämförs_med: 2017-bruket")
    append(year / "bokslut.yaml", "tabeller:\n  - id: kostnader\n    titel: Kostnader\n    måttenhet: kr\n")
    (year / "tabeller").mkdir()
    (year / "tabeller/kostnader.csv").write_text(
        "post;2022;2023;lika med\nLokaler;120;130;\nLöner;1 880;1 970;\nSumma;2 000;2 100;Lokaler + Löner\n",
        "utf-8",
    )
    (year / "utfall/kontrollsummor.csv").write_text(
        "uppgift;värde;källa\ninskrivna;52;Årsredovisningen\n", "utf-8"
    )
    (year / "utfall/kommentarer.csv").write_text(
        "indikator;bakgrund;åtgärd\n1.1.1;Fler blev {inskrivna}.;Fortsätt.\n", "utf-8"
    )
    (year / "bilder").mkdir()
    Image.linear_gradient("L").resize((40, 30)).save(year / "bilder/torget.png")
    Image.linear_gradient("L").resize((30, 40)).save(year / "bilder/bussen.jpg")
    append(year / "exempel/bussen.md", "\n![Bussen](bilder/bussen.jpg)\n\n![Torget](bilder/torget.png)\n")
    decide(content, older.name, datetime.date(2018, 4, 12), "styrelsen", "bokslut 1")
