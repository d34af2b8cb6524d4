"""What an author writes within braces, and what readers get."""

from __future__ import annotations

import pytest

from generator.figures import UnknownFigureError
from generator.model.shown import ShownReport
from generator.pages.references import References
from tests.support import plain


def resolve(scored: ShownReport, said: str, unit: str = "") -> str:
    results = {one.unit.id: one for one in scored.units}
    text = References(scored, results.get(unit, scored.association)).resolve(said)
    assert "  " not in text
    return plain(text)


DOCUMENTED = {
    "1.2.1": "77 % (247 av 319)",
    "1.2.1 värde": "77 %",
    "1.2.1 täljare": "247",
    "1.2.1 nämnare": "319",
    "1.2.1 krav": "minst 80 %",
    "1.2.1 vikt": "10",
    "1.2.1 poäng": "0",
    "1.2.1 signal": "nära målet",
    "1.1.1 signal": "målet uppnått",
    "2.1.2 signal": "målet ej uppnått",
    "2.2.1 signal": "ej mätt",
    "1.1.1 poäng": "8",
    "deltagare": "787",
    "deltagare kvinnor": "362",
    "deltagare män": "425",
    "deltagare förra året": "914",
    "nya förra året": "327",
    "arbete av positiv_losning": "31 % (77 av 247)",
    "kvinnor av avslut": "49 % (155 av 319)",
    "män av avslut": "51 % (164 av 319)",
    "index": "70",
    "index poäng": "124 av 177",
    "index uppnådda": "124",
    "index möjliga": "177",
    "index mål": "70",
    "index mot målet": "på målet",
    "område 1": "56",
    "område 1 poäng": "38 av 68",
    "område 1 mot målet": "14 under målet",
    "område 1 namn": "Samhälls- och medlemsnytta",
    "område 1 vikt": "38 %",
    "område 1 idealvikt": "40 %",
    "område 1 antal mål": "3",
    "område 2 antal röda": "8",
    "antal gröna": "51",
    "antal orange": "4",
    "antal röda": "14",
    "antal indikatorer": "69",
    "antal mål": "21",
    "helårsekvivalenter Umeå": "−0,3 procentenheter",
    "helårsekvivalenter Nordmaling": "−1,2 procentenheter",
    "helårsekvivalenter Bjurholm": "−1,6 procentenheter",
    "helårsekvivalenter Vindeln": "−2,1 procentenheter",
    "helårsekvivalenter Robertsfors": "−0,9 procentenheter",
    "helårsekvivalenter Vännäs": "−0,9 procentenheter",
    "bakgrund ålder 20–24": "163",
    "bakgrund ålder 20–24 kvinnor": "70",
    "bakgrund ålder 20–24 män": "93",
    "bakgrund ålder 20–24 andel": "24 % (163 av 687)",
    "bakgrund ålder summa": "687",
    "bakgrund utbildning Gymnasium": "278",
    "bakgrund försörjning A-kassa": "19",
    "Bjurholm: avslut av deltagare": "46 % (12 av 26)",
    "Bjurholm: index": "80",
    "Vindeln: område 1 poäng": "28 av 58",
    "Vindeln: antal indikatorer": "64",
    "förbundet: deltagare": "787",
}
ROWS = {
    "deltagare": 787, "nya": 187, "avslut": 319, "positiv_losning": 247, "arbete": 77,
    "extratjanst": 22, "studier": 57, "fortsatt_rehab": 59, "saknar_arbetsformaga": 32,
    "avbrott_halsoskal": 51, "ovriga_avbrott": 21, "kvar": 468,
}  # fmt: skip


def test_every_documented_form_gives_its_documented_text(report_2021: ShownReport) -> None:
    assert {said: resolve(report_2021, said) for said in DOCUMENTED} == DOCUMENTED


def test_every_row_of_the_participant_table_can_be_named(report_2021: ShownReport) -> None:
    assert {row: resolve(report_2021, row) for row in ROWS} == {row: str(ROWS[row]) for row in ROWS}


@pytest.mark.parametrize(
    "said", ["positiv lösning", "Positiv-lösning", "positiv_lösning", " positiv_losning "]
)
def test_letters_and_separators_do_not_matter(report_2021: ShownReport, said: str) -> None:
    assert resolve(report_2021, said) == "247"


def test_a_gender_gap_tells_both_parts(report_2021: ShownReport) -> None:
    text = resolve(report_2021, "2.3.1")
    assert text == "2 procentenheter (kvinnor 96 % (52 av 54), män 95 % (36 av 38))"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("deltagare", "24"),
        ("1.1.1", "50 % (12 av 24)"),
        ("index", "62"),
        ("område 5", "100"),
        ("helårsekvivalenter Vindeln", "−2,1 procentenheter"),
        ("förbundet: deltagare", "787"),
        ("Bjurholm: deltagare", "26"),
        ("deltagare förra året", "33"),
    ],
)
def test_in_an_analysis_a_reference_means_the_unit(report_2021: ShownReport, said: str, text: str) -> None:
    assert resolve(report_2021, said, unit="vindeln") == text


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("deltagarre", "Menade du ”deltagare”?"),
        ("1.2.11", "Menade du ”1.2.1”?"),
        ("antal grönaa", "Efter antal kan stå: gröna"),
        ("1.2.1 vikter", "Efter 1.2.1 kan stå: värde"),
        ("område 9", "Det finns inget område 9; områdena är 1, 2, 3, 4, 5"),
        ("bakgrund ålderr 20–24", "de är alder, utbildning, forsorjning"),
        ("bakgrund ålder 20–25", "Menade du ”20–24”?"),
        ("Vindlen: deltagare", "Menade du ”Vindeln”?"),
        ("helårsekvivalenter Skellefteå", "inget värde för Skellefteå 2021"),
        ("index poang2", "Här kan stå ingenting mer, eller: poäng"),
        ("1.2.4 täljare", "Indikator 1.2.4 har inget sådant värde"),
        ("deltagare av nyaa", "Menade du"),
        ("", "Skriv vad talet heter"),
        ("Vindeln:", "Skriv vad talet heter"),
        (":", "Före kolon står namnet på en enhet"),
    ],
)
def test_what_cannot_be_resolved_tells_what_can(report_2021: ShownReport, said: str, remedy: str) -> None:
    with pytest.raises(UnknownFigureError) as error:
        resolve(report_2021, said)
    assert remedy in str(error.value)
