"""Texts from Word are read as they are, by the same rules as Markdown."""

from __future__ import annotations

import io
import re
from pathlib import Path
from random import Random
from time import process_time

import pytest
from PIL import Image

from generator.model.narrative import NarrativeText
from generator.model.places import Problem, Severity
from generator.reading.files import Folder
from generator.reading.narrative import read_pictures, read_texts
from generator.reading.sources import read_sources
from tests.words import W, a_document, link, note, paragraph, picture, run, table

HEAD = table(("titel", "Året"), ("del", "året"))
BREAK = "<w:r><w:br/></w:r>"
IN_WINGDINGS = run("ü", '<w:rFonts w:ascii="Wingdings"/>')
BOX = f"<w:drawing><wp:anchor><w:txbxContent>{paragraph('I rutan')}</w:txbxContent></wp:anchor></w:drawing>"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
DRAWING = f'<w:drawing><a:graphicData uri="{SHAPE}">'
TURNED = '<w:r><pic:spPr><a:xfrm rot="5400000"/></pic:spPr></w:r>'
ROUND = (
    '<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:oval><v:textbox><w:txbxContent>'
    f"{paragraph('I rutan')}</w:txbxContent></v:textbox></v:oval></w:pict>"
)
BOLD_WITH_BREAK = "<w:r><w:rPr><w:b/></w:rPr><w:t>Året</w:t><w:br/></w:r>"
FROM_THE_WEB = f'<w:p><w:bdo w:val="ltr">{run("Klistrat")}</w:bdo><w:dir>{run(" in")}</w:dir></w:p>'
ITEMS = "".join(paragraph(text, "", ("1", 0)) for text in "12")


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    return file.getvalue()


def read(tmp_path: Path) -> tuple[list[NarrativeText], list[Problem]]:
    problems: list[Problem] = []
    return list(read_texts(Folder(tmp_path, "r", problems))), problems


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        (paragraph("Vi nådde {1.2.1}, 3 * 4 [x] <b>"), "Vi nådde {1.2.1}, 3 \\* 4 \\[x\\] \\<b\\>"),
        (paragraph("Så {positiv_losning} blev"), "Så {positiv_losning} blev"),
        (paragraph("2. Inte en lista"), "2\\. Inte en lista"),
        (paragraph("# Ingen rubrik"), "\\# Ingen rubrik"),
        (paragraph("Ett år", "Rubrik1") + paragraph("Text", ""), "## Ett år\n\nText"),
        (
            paragraph("Ett år", "Rubrik1") + paragraph("Mindre", "Rubrik2"),
            "## Ett år\n\n### Mindre",
        ),
        (paragraph("Sagt", "Citat"), "> Sagt\n>"),
        (paragraph(run("Det ") + run("viktiga ", "<w:b/>") + run("först")), "Det **viktiga** först"),
        (
            "".join(paragraph(text, "", ("1", at)) for text, at in (("Ett", 0), ("Två", 1), ("Tre", 0))),
            "- Ett\n    - Två\n- Tre",
        ),
        (paragraph("Ett", "", ("2", 0)) + paragraph("Två", "", ("2", 0)), "1. Ett\n2. Två"),
        (
            paragraph("Ett", "Punktlista") + paragraph("Två", "Numreradlista2"),
            "- Ett\n    1. Två",
        ),
        (table(("År", "Antal"), ("2021", "4 | 5")), "| År | Antal |\n| --- | --- |\n| 2021 | 4 \\| 5 |"),
        (paragraph(link("l", "Kommunen")), "[Kommunen](<https://kommun.example/>)"),
        (paragraph(run("Så") + note(1)), "Så[^f1]\n\n[^f1]: En not."),
        (
            paragraph("Ett", "", ("2", 0)) + paragraph("Mellan") + paragraph("Två", "", ("2", 0)),
            "1. Ett\n\nMellan\n\n2. Två",
        ),
        (paragraph("Ett", "", ("1", 1)) + paragraph("Två", "", ("1", 1)), "- Ett\n- Två"),
        (paragraph(f"{run('Året')}{BREAK}{run('gick')}", "Rubrik1"), "## Året gick"),
        (paragraph(f"{run('Året')}{BREAK}"), "Året"),
        (paragraph(BOLD_WITH_BREAK + run("Gick")), "**Året**\\\nGick"),
        (
            table(("A", "B"), ("x", "y")).replace(">x<", f">1</w:t></w:r>{BREAK}<w:r><w:t>2<"),
            "| A | B |\n| --- | --- |\n| 1<br>2 | y |",
        ),
        (
            table(("A", "B"), ("", "y")).replace(paragraph(""), ITEMS),
            "| A | B |\n| --- | --- |\n| 1 2 | y |",
        ),
        (table(("I en ruta",)), "I en ruta"),
        (paragraph(link("l", " ") + run("Kvar")), "Kvar"),
        (FROM_THE_WEB, "Klistrat in"),
        (f"<w:p>{run('Efter')}<w:r>{ROUND}</w:r></w:p>", "Efter\n\nI rutan"),
        (paragraph("1.\tEtt"), "1.\tEtt"),
        (paragraph(run("Hel") + '<w:r><a:srcRect l="0" r="9"/></w:r>'), "Hel"),
        (paragraph("") + paragraph("Efter"), "Efter"),
        *(
            (paragraph(f"<w:r><w:t>före</w:t>{parting}<w:t>efter</w:t></w:r>"), "före efter")
            for parting in ('<w:br w:type="page"/>', "<w:cr/>", '<w:ptab w:alignment="right"/>')
        ),
        (
            paragraph(run("Tabell ") + f'<w:fldSimple w:instr="SEQ Tabell">{run("1")}</w:fldSimple>'),
            "Tabell 1",
        ),
        (paragraph(run("Inledning 3"), "Innehll1") + paragraph("Efter"), "Efter"),
        (
            "<w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr>"
            f"<w:sdtContent>{run('x')}</w:sdtContent></w:sdt>{run(' Klart')}</w:p>",
            "☒ Klart",
        ),
        (
            '<w:p><w:pPr><w:rPr><w:strike/><w:highlight w:val="red"/></w:rPr></w:pPr></w:p>'
            + paragraph("Kvar"),
            "Kvar",
        ),
    ],
)  # fmt: skip
def test_what_is_written_in_word_is_the_same_in_markdown(tmp_path: Path, body: str, markdown: str) -> None:
    path, links = tmp_path / "berattelse/aret.docx", {"l": "https://kommun.example/"}
    a_document(path, HEAD, body, notes=("En not.",), links=links)
    (text,), problems = read(tmp_path)
    assert (text.head.title, text.head.part, text.name) == ("Året", "aret", "aret")
    assert text.body.source.strip("\n") == markdown
    assert problems == []


def test_a_picture_lies_in_the_document_with_its_description(tmp_path: Path) -> None:
    body = paragraph(picture("a", "Ett hus")) + paragraph(picture("b", ""))
    a_document(tmp_path / "berattelse/aret.docx", HEAD, body, pictures={"a": png(), "b": png()[:40]})
    (text,), problems = read(tmp_path)
    pictures = read_pictures(Folder(tmp_path, "r", problems), [text.body])
    assert [(found.width, found.height, found.data == png()) for found in pictures.values()] == [
        (40, 30, True)
    ]
    assert [str(problem.place) for problem in problems] == ["r/berattelse/aret.docx, stycke 2: ”en bild”"] * 2


@pytest.mark.parametrize(
    ("name", "body", "head"),
    [
        ("område-1 - Blev det nytta.docx", "", ("omrade-1", "Blev det nytta")),
        ("deltagare - x.docx", paragraph("Vilka deltog", "Titel"), ("deltagare", "Vilka deltog")),
    ],
)
def test_a_text_may_say_what_it_is_in_its_name(
    tmp_path: Path, name: str, body: str, head: tuple[str, str]
) -> None:
    a_document(tmp_path / "berattelse" / name, body, paragraph("Text."))
    (text,), _ = read(tmp_path)
    assert (text.head.part, text.head.title) == head


@pytest.mark.parametrize(
    ("body", "found", "severity"),
    [
        (f"<w:p><w:ins>{run('nytt')}</w:ins></w:p>", "spårade ändringar", Severity.ERROR),
        (table(("x",)).replace("<w:tc>", "<w:tc><w:tcPr><w:cellIns/></w:tcPr>"), "spårade", Severity.ERROR),
        (paragraph(run("hemligt", "<w:vanish/>")), "dold eller", Severity.ERROR),
        (paragraph(run("förra året", "<w:strike/>")), "överstruken text", Severity.ERROR),
        (paragraph(run("kolla", '<w:highlight w:val="yellow"/>')), "överstrykningspenna", Severity.WARNING),
        (paragraph(run("kolla", '<w:color w:val="FFFFFF"/>')), "vit text", Severity.WARNING),
        (paragraph('<w:r><w:commentReference w:id="1"/></w:r>' + run("x")), "kommentarer", Severity.WARNING),
        (paragraph(picture("p", "x").replace("r:embed", "r:link")), "utanför", Severity.ERROR),
        (
            paragraph(picture("p", "x").replace("<a:blip", '<a:srcRect l="25000"/><a:blip')),
            "beskurna",
            Severity.ERROR,
        ),
        ('<w:altChunk r:id="x"/>', "andra dokument", Severity.ERROR),
        (
            paragraph("V").replace("<w:pPr>", '<w:pPr><w:framePr w:dropCap="drop"/>'),
            "anfanger",
            Severity.ERROR,
        ),
        (
            f"<w:p><w:r>{DRAWING}<a:xfrm/></a:graphicData></w:drawing></w:r>{run('x')}</w:p>",
            "figurer",
            Severity.WARNING,
        ),
        (paragraph(TURNED + run("x")), "vridna", Severity.WARNING),
        (paragraph(IN_WINGDINGS), "Wingdings", Severity.WARNING),
        (
            paragraph('<w:r><w:sym w:font="Egen" w:char="F041"/></w:r>' + run("x")),
            "symboler",
            Severity.WARNING,
        ),
    ],
)
def test_what_would_be_lost_is_told(tmp_path: Path, body: str, found: str, severity: Severity) -> None:
    a_document(tmp_path / "berattelse/aret.docx", HEAD, body)
    texts, problems = read(tmp_path)
    assert [(found in problem.found, problem.severity) for problem in problems] == [(True, severity)]
    assert len(texts) == (severity is Severity.WARNING)


def test_white_text_is_told_where_the_end_of_its_paragraph_is_white_too(tmp_path: Path) -> None:
    """As Word writes a paragraph whose colour was chosen, and other programs in small letters."""
    white = '<w:color w:val="ffffff"/>'
    body = paragraph(run("hemligt", white)).replace("</w:pPr>", f"<w:rPr>{white}</w:rPr></w:pPr>")
    a_document(tmp_path / "berattelse/aret.docx", HEAD, paragraph("Så här."), body)
    assert "vit text" in read(tmp_path)[1][0].found


def test_white_text_on_a_dark_ground_is_seen(tmp_path: Path) -> None:
    white = paragraph(run("Antal", '<w:color w:val="FFFFFF"/>'))
    shade = '<w:shd w:val="clear" w:fill="1F3864"/>'
    cell = f"<w:tc><w:tcPr>{shade}</w:tcPr>{white * 2}</w:tc><w:tc>{paragraph('a')}</w:tc>"
    ground = paragraph(run("Rubrik", f'<w:color w:val="FFFFFF"/>{shade}'))
    body = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>{ground}{paragraph('Slut.')}"
    a_document(tmp_path / "berattelse/aret.docx", HEAD, paragraph("Så här."), body)
    assert read(tmp_path)[1] == []


STRICT = W.replace("schemas.openxmlformats.org", "purl.oclc.org/ooxml").replace("/2006", "")


@pytest.mark.parametrize(
    "mark", ["<w:vanish />", "<w:vanish\n/>", "<w:vanish></w:vanish>", "<w:vanish w:val='1'/>"]
)
@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", "dold eller"),
        (r"\bw:|(?<=xmlns:)w\b", "x:", "dold eller"),
        (W, STRICT, "dold eller"),
        (W, STRICT.replace("oclc.org", "oclc&#46;org"), "dold eller"),
        ("<w:document", '<?xml version="1.0" encoding="utf-16"?><w:document', "skadat"),
        ("<w:document", f"<!--{' ' * 20_000}--><!DOCTYPE d [<!ENTITY x 'x'>]><w:document", "skadat"),
    ],
)
def test_hidden_text_is_found_however_it_is_written(
    tmp_path: Path, mark: str, old: str, new: str, found: str
) -> None:
    """By other programs, or so that it should not be."""
    body = f"<w:document {W}><w:body>{HEAD}{paragraph(run('hemligt', mark))}</w:body></w:document>"
    written = re.sub(old, new, body).replace("xmlns:x:", "xmlns:x") if old else body
    data = written.encode("utf-16" if "utf-16" in new else "utf-8")
    a_document(tmp_path / "berattelse/aret.docx", more={"word/document.xml": data})
    texts, (problem,) = read(tmp_path)
    assert not texts
    assert found in problem.found


@pytest.mark.parametrize(
    ("style", "count"), [("Hjlptext", 1), ("Brdtext", 0), ("Hjlptext2", 1), ("Synlig", 0), ("Ivrig", 0)]
)
def test_text_that_its_style_hides_is_told(tmp_path: Path, style: str, count: int) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{id}"/><w:basedOn w:val="{base}"/>'
        f"<w:rPr>{mark}</w:rPr></w:style>"
        for id, base, mark in (
            ("Ivrig", "Synlig", ""),
            ("Synlig", "Hjlptext", '<w:vanish w:val="0"/>'),
            ("Hjlptext2", "Hjlptext", ""),
            ("Brdtext", "Normal", "<w:b/>"),
            ("Hjlptext", "Brdtext", "<w:vanish/>"),
        )
    )
    more = {"word/styles.xml": f"<w:styles {W}>{styles}</w:styles>"}
    a_document(tmp_path / "berattelse/aret.docx", HEAD, paragraph("Skriv kort.", style), more=more)
    problems = read(tmp_path)[1]
    assert [problem.found for problem in problems] == ["dokumentet har dold eller överstruken text"] * count


def test_a_style_based_on_that_of_a_heading_makes_headings_too(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{more}</w:style>'
        for id, name, more in (
            ("Rubrik2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
            ("VrRubrik", "Vår rubrik", '<w:basedOn w:val="Rubrik2"/>'),
            (
                "Innehll",
                "TOC Heading",
                '<w:basedOn w:val="Rubrik2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>',
            ),
        )
    )
    more = {"word/styles.xml": f"<w:styles {W}>{styles}</w:styles>"}
    body = paragraph("Text", "Ingen") + paragraph("Ett år", "VrRubrik")
    a_document(tmp_path / "berattelse/aret.docx", HEAD, body, more=more)
    (text,), _ = read(tmp_path)
    assert text.body.source.strip() == "Text\n\n### Ett år"


def test_text_that_is_not_found_where_it_stands_is_told(tmp_path: Path) -> None:
    a_document(tmp_path / "berattelse/aret.docx", HEAD, f"<w:p><w:r>{BOX}</w:r></w:p>", paragraph("Efter"))
    (problem,) = read(tmp_path)[1]
    assert (problem.severity, "”I rutan”" in problem.found) == (Severity.ERROR, True)


def test_what_tabs_part_in_a_paragraph_is_told_as_in_markdown(tmp_path: Path) -> None:
    a_document(
        tmp_path / "berattelse/aret.docx", HEAD, paragraph("<w:r><w:t>År</w:t><w:tab/><w:t>Antal</w:t></w:r>")
    )
    (problem,) = read(tmp_path)[1]
    assert "”År→Antal” ser ut som en tabell" in problem.found


def test_of_the_end_of_a_paragraph_a_tracked_change_is_told_too(tmp_path: Path) -> None:
    body = paragraph("x").replace("<w:pPr>", "<w:pPr><w:rPr><w:ins/><w:strike/></w:rPr>")
    a_document(tmp_path / "berattelse/aret.docx", HEAD, body)
    assert [problem.found for problem in read(tmp_path)[1]] == ["dokumentet har spårade ändringar"]


@pytest.mark.parametrize(
    "mark", ["w:vanish", f'a:x uri="{SHAPE}"', 'w:x w:ascii="Wingdings"', 'w:color w:val="FFFFFF"']
)
def test_marks_without_end_take_no_time(tmp_path: Path, mark: str) -> None:
    """Each was looked at with all that follow it."""
    chance = Random(1)
    end = mark.partition(" ")[0]
    marks = "".join(f'<{mark}></{end}><w:b w:val="{chance.random()}"/>' for _ in range(10_000))
    a_document(tmp_path / "berattelse/aret.docx", HEAD, f"<w:p><w:pPr><w:rPr>{marks}</w:rPr></w:pPr></w:p>")
    start = process_time()
    assert [problem.found for problem in read(tmp_path)[1]] == ["texten är tom"]
    assert process_time() - start < 2


def test_rows_without_paragraphs_take_no_time(tmp_path: Path) -> None:
    rows = "<w:tr><w:tc><w:x/></w:tc></w:tr>" * 4_000
    a_document(tmp_path / "berattelse/aret.docx", HEAD, paragraph("Så."), f"<w:tbl>{rows}</w:tbl>")
    start = process_time()
    read(tmp_path)
    assert process_time() - start < 10


def test_fields_in_each_other_without_end_are_told(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    a_document(tmp_path / "berattelse/aret.docx", HEAD, paragraph(field * 1_000))
    assert [problem.found for problem in read(tmp_path)[1]] == ["dokumentet är skadat"]


def test_tracked_changes_in_a_note_are_told(tmp_path: Path) -> None:
    body, notes = paragraph(run("Så") + note(1)), f"<w:footnotes {W}><w:ins/></w:footnotes>"
    a_document(tmp_path / "berattelse/aret.docx", HEAD, body, more={"word/footnotes.xml": notes})
    assert "spårade ändringar" in read(tmp_path)[1][0].found


def test_a_table_in_a_cell_is_told(tmp_path: Path) -> None:
    inner = table(("a", "b"), ("c", "d")).replace("</w:tc>", table(("x", "y")) + paragraph("") + "</w:tc>", 1)
    a_document(tmp_path / "berattelse/aret.docx", HEAD, inner)
    assert [problem.found for problem in read(tmp_path)[1]] == ["tabellen har en tabell i en cell"]


def test_a_heading_may_stand_above_what_a_text_says_of_itself(tmp_path: Path) -> None:
    wide = table(("titel", "Året", ""), ("del", "året", ""))
    a_document(tmp_path / "berattelse/x.docx", paragraph("Mall", "Titel"), wide, paragraph("Text."))
    (text,), _ = read(tmp_path)
    assert (text.head.part, text.head.title, text.body.source.strip()) == ("aret", "Året", "Text.")


@pytest.mark.parametrize("alt", ["IMG_2034.jpg", "Bild 3"])
def test_a_description_by_a_camera_is_to_be_written_in_the_document(tmp_path: Path, alt: str) -> None:
    body = paragraph(picture("a", alt))
    a_document(tmp_path / "berattelse/aret.docx", HEAD, body, pictures={"a": png()})
    (text,), problems = read(tmp_path)
    read_pictures(Folder(tmp_path, "r", problems), [text.body])
    assert ["Högerklicka" in problem.remedy for problem in problems] == [True]


def test_a_mistake_is_told_by_paragraph_and_its_first_words(tmp_path: Path) -> None:
    body = paragraph("Först.") + paragraph(run("Under året fick vi se ") + link("l", "detta") + run(" ske"))
    a_document(tmp_path / "berattelse/aret.docx", HEAD, body, links={"l": "ftp://x.example/"})
    _, (problem,) = read(tmp_path)
    assert str(problem.place) == "r/berattelse/aret.docx, stycke 2: ”Under året fick vi se …”"
    assert "ftp://x.example/" in problem.found


def test_what_a_document_lacks_is_to_be_written_in_its_table(tmp_path: Path) -> None:
    a_document(tmp_path / "berattelse/aret.docx", paragraph("del: året"))
    _, problems = read(tmp_path)
    assert [(problem.found, "tabellen överst" in problem.remedy) for problem in problems] == [
        ("”del” saknas", True)
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"word/document.xml": "<w:document"},
        {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        {"word/media/bomb.png": b"\0" * 90_000_000},
        {"word/vbaProject.bin": b"x"},
    ],
    ids=["broken", "entities", "bomb", "macros"],
)
def test_a_document_that_is_not_to_be_opened_is_told(tmp_path: Path, more: dict[str, str | bytes]) -> None:
    a_document(tmp_path / "berattelse/aret.docx", HEAD, paragraph("Text."), more=more)
    texts, problems = read(tmp_path)
    assert texts == [] and len(problems) == 1


def test_what_is_no_document_is_told(tmp_path: Path) -> None:
    (tmp_path / "berattelse").mkdir()
    (tmp_path / "berattelse/aret.docx").write_bytes(b"Ingen alls")
    assert [problem.found for problem in read(tmp_path)[1]] == ["filen är inget dokument"]


def test_auditors_find_a_document_by_its_paragraphs(tmp_path: Path) -> None:
    a_document(tmp_path / "r/berattelse/aret.docx", HEAD, paragraph("Först."), paragraph("Sedan."))
    (source,) = read_sources(tmp_path, "r")
    assert (source.name, source.lines) == (
        f"{tmp_path.name}/r/berattelse/aret.docx",
        {1: ("Först.",), 2: ("Sedan.",)},
    )
