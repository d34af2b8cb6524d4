"""What a name stands for: the kind of figure and its exact value, before anything is rounded."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from generator.figures import Figures, UnknownFigureError
from generator.figures.kinds import (
    Figure,
    IndexFigure,
    IndexForm,
    IndicatorFigure,
    IndicatorForm,
    PlainFigure,
)
from generator.model.places import Place
from generator.model.quantities import Kind, Quantity
from generator.model.shown import ShownReport
from generator.scoring import as_shown, score_report
from tests.support import ASSOCIATION, YEAR, a_report, people, value

TABLE = f"content/{YEAR}/utfall/deltagare.csv"


def find(published: ShownReport, said: str, unit: str = "") -> Figure:
    results = {one.unit.id: one for one in published.units}
    return Figures(published, results.get(unit, published.association)).find(said)


# Every kind of figure has an exact value


def exact(figure: Figure) -> Any:
    """The value of a figure in the form in which it is known."""
    match figure:
        case IndicatorFigure(form=form):
            return of_indicator(figure, form)
        case IndexFigure(form=form):
            return of_index(figure, form)
        case PlainFigure(part=int(part), whole=whole, value=Quantity(value=share)):
            return part, whole, share
        case PlainFigure(value=Quantity(value=value, kind=Kind.NUMBER)):
            return value
        case PlainFigure(value=value):
            return value


def of_indicator(figure: IndicatorFigure, form: IndicatorForm) -> Any:
    result = figure.result
    return {
        IndicatorForm.OUTCOME: result.outcome.value,
        IndicatorForm.VALUE: result.outcome.value,
        IndicatorForm.NUMERATOR: result.outcome.numerator,
        IndicatorForm.DENOMINATOR: result.outcome.denominator,
        IndicatorForm.TARGET: result.indicator.target.text,
        IndicatorForm.WEIGHT: result.indicator.weight,
        IndicatorForm.POINTS: result.earned,
        IndicatorForm.SIGNAL: result.signal,
    }[form]


def of_index(figure: IndexFigure, form: IndexForm) -> Any:
    index = figure.index
    return {
        IndexForm.INDEX: index.share,
        IndexForm.POINTS: (index.earned, index.possible),
        IndexForm.EARNED: index.earned,
        IndexForm.POSSIBLE: index.possible,
        IndexForm.TARGET: Fraction(70, 100),
        IndexForm.AGAINST_TARGET: index.share,
    }[form]


def points_of_a_percent(number: str) -> Quantity:
    return Quantity(Fraction(number) / 100, Kind.POINTS)


FIGURES: dict[str, tuple[type[Figure], Any]] = {
    "1.2.1": (IndicatorFigure, Fraction(247, 319)),
    "1.2.1 värde": (IndicatorFigure, Fraction(247, 319)),
    "1.2.1 täljare": (IndicatorFigure, 247),
    "1.2.1 nämnare": (IndicatorFigure, 319),
    "1.2.1 krav": (IndicatorFigure, "minst 80 %"),
    "1.2.1 vikt": (IndicatorFigure, 10),
    "1.2.1 poäng": (IndicatorFigure, 0),
    "1.1.1 poäng": (IndicatorFigure, 8),
    "1.2.1 signal": (IndicatorFigure, "orange"),
    "2.2.1 signal": (IndicatorFigure, None),
    "2.3.1": (IndicatorFigure, Fraction(52, 54) - Fraction(36, 38)),
    "index": (IndexFigure, Fraction(124, 177)),
    "index poäng": (IndexFigure, (124, 177)),
    "index uppnådda": (IndexFigure, 124),
    "index möjliga": (IndexFigure, 177),
    "index mål": (IndexFigure, Fraction(7, 10)),
    "index mot målet": (IndexFigure, Fraction(124, 177)),
    "område 1": (IndexFigure, Fraction(38, 68)),
    "område 1 poäng": (IndexFigure, (38, 68)),
    "område 1 uppnådda": (IndexFigure, 38),
    "område 1 möjliga": (IndexFigure, 68),
    "område 1 mot målet": (IndexFigure, Fraction(38, 68)),
    "område 1 namn": (PlainFigure, "Samhälls- och medlemsnytta"),
    "område 1 vikt": (PlainFigure, Quantity(Fraction(68, 177), Kind.SHARE)),
    "område 1 idealvikt": (PlainFigure, Quantity(Fraction(4, 10), Kind.SHARE)),
    "område 1 antal mål": (PlainFigure, 3),
    "område 1 antal indikatorer": (PlainFigure, 12),
    "område 2 antal röda": (PlainFigure, 8),
    "område 2 antal gröna": (PlainFigure, 12),
    "område 1 antal orange": (PlainFigure, 3),
    "antal gröna": (PlainFigure, 51),
    "antal orange": (PlainFigure, 4),
    "antal röda": (PlainFigure, 14),
    "antal ej mätta": (PlainFigure, 0),
    "antal utan signal": (PlainFigure, 0),
    "antal indikatorer": (PlainFigure, 69),
    "antal mål": (PlainFigure, 21),
    "avslut": (PlainFigure, 319),
    "avslut kvinnor": (PlainFigure, 155),
    "avslut män": (PlainFigure, 164),
    "bakgrund ålder 20–24": (PlainFigure, 163),
    "bakgrund ålder 20–24 kvinnor": (PlainFigure, 70),
    "bakgrund ålder 20–24 män": (PlainFigure, 93),
    "bakgrund ålder summa": (PlainFigure, 687),
    "bakgrund ålder 20–24 andel": (PlainFigure, (163, 687, Fraction(163, 687))),
    "bakgrund utbildning Annan eftergymnasial utbildning män": (PlainFigure, 12),
    "arbete av positiv_losning": (PlainFigure, (77, 247, Fraction(77, 247))),
    "kvinnor av avslut": (PlainFigure, (155, 319, Fraction(155, 319))),
    "män av avslut": (PlainFigure, (164, 319, Fraction(164, 319))),
    "deltagare förra året": (PlainFigure, 914),
    "helårsekvivalenter Umeå": (PlainFigure, points_of_a_percent("-0.3")),
    "helårsekvivalenter Vindeln utan tecken": (PlainFigure, points_of_a_percent("2.1")),
    "Vännäs: 1.2.1": (IndicatorFigure, Fraction(25, 33)),
    "Vännäs: index möjliga": (IndexFigure, 167),
    "Vännäs: område 2": (IndexFigure, Fraction(37, 44)),
    "Vännäs: avslut kvinnor": (PlainFigure, 18),
}


def test_each_name_stands_for_an_exact_figure_of_its_kind(report_2021: ShownReport) -> None:
    found = {said: find(report_2021, said) for said in FIGURES}
    assert {said: (type(figure), exact(figure)) for said, figure in found.items()} == FIGURES


def test_a_tally_names_what_it_counts(report_2021: ShownReport) -> None:
    figure = find(report_2021, "område 1 antal orange")
    assert isinstance(figure, PlainFigure)
    assert figure.counted == ("1.2.1", "1.2.2", "1.2.3")


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["antal gröna", "antal orange", "antal röda", "antal ej mätta"], "antal indikatorer"),
        ([f"område {area} antal indikatorer" for area in range(1, 6)], "antal indikatorer"),
        ([f"område {area} antal mål" for area in range(1, 6)], "antal mål"),
        ([f"område {area} uppnådda" for area in range(1, 6)], "index uppnådda"),
        ([f"område {area} möjliga" for area in range(1, 6)], "index möjliga"),
    ],
)
def test_parts_add_up_to_their_whole(report_2021: ShownReport, parts: list[str], whole: str) -> None:
    assert sum(exact(find(report_2021, part)) for part in parts) == exact(find(report_2021, whole))


def test_an_indicator_that_is_left_out_this_year_is_not_counted(report_2021: ShownReport) -> None:
    for what in ("gröna", "orange", "röda", "ej mätta", "indikatorer"):
        figure = find(report_2021, f"antal {what}")
        assert isinstance(figure, PlainFigure)
        assert "2.2.1" not in (figure.counted or ())


def test_what_has_an_outcome_and_no_signal_is_counted_by_itself() -> None:
    undecided = {"mått": "värde", "krav": "inte satt"}
    report = a_report({"mått": "värde", "krav": "minst 1"}, undecided, values=value("1-1-2", "3"))
    figure = find(as_shown(score_report(report)), "antal utan signal")
    assert isinstance(figure, PlainFigure)
    assert figure.counted == ("1.1.2",)


def test_weights_of_the_areas_are_the_whole_of_the_points(report_2021: ShownReport) -> None:
    assert sum(exact(find(report_2021, f"område {area} vikt")).value for area in range(1, 6)) == 1


# Where a figure stands


def lines_of(figure: Figure) -> list[tuple[int, str]]:
    return [(place.line, place.column) for place in figure.places]


def test_a_count_of_one_sex_stands_in_the_cells_of_that_sex(report_2021: ShownReport) -> None:
    assert lines_of(find(report_2021, "Vännäs: avslut kvinnor")) == [(40, "kvinnor")]


def test_a_count_stands_in_the_cells_of_both_sexes(report_2021: ShownReport) -> None:
    assert lines_of(find(report_2021, "Vännäs: avslut")) == [(40, "kvinnor"), (40, "män")]


@pytest.mark.parametrize("part", ["kvinnor", "män"])
def test_a_share_of_one_sex_rests_on_the_cells_of_both(report_2021: ShownReport, part: str) -> None:
    """Its denominator is all persons of the row."""
    assert lines_of(find(report_2021, f"Vännäs: {part} av avslut")) == [(40, "kvinnor"), (40, "män")]


def test_a_share_of_a_background_rests_on_all_categories(report_2021: ShownReport) -> None:
    categories = report_2021.tables.background["forbundet", "alder"].values()
    places = find(report_2021, "bakgrund ålder 20–24 andel").places
    assert set(places) == {place for people in categories for place in people.places}


def test_points_that_are_taken_over_stand_in_their_table(report_2021: ShownReport) -> None:
    places = find(report_2021, "Vännäs: område 2").places
    assert [(place.file, place.line) for place in places] == [
        (f"content/{YEAR}/utfall/redovisat.csv", 14)
    ] * 2
    assert [place.column for place in places] == ["uppnått", "maximalt"]


@pytest.mark.parametrize(("form", "line"), [("krav", 28), ("vikt", 29)])
def test_what_is_decided_stands_in_the_budget(report_2021: ShownReport, form: str, line: int) -> None:
    assert find(report_2021, f"1.2.1 {form}").places == (Place(f"content/{YEAR}/budget.yaml", line),)


def test_a_sum_over_units_stands_in_the_rows_of_all_of_them(report_2021: ShownReport) -> None:
    places = find(report_2021, "deltagare").places
    assert {place.file for place in places} == {TABLE}
    assert len({place.line for place in places}) == 7


# Units


@pytest.mark.parametrize("name", ["vannas", "Vännäs", "VÄNNÄS", " vännäs "])
def test_a_unit_is_named_by_its_id_or_its_name(report_2021: ShownReport, name: str) -> None:
    for figure in (find(report_2021, f"{name}: deltagare"), find(report_2021, f"{name} deltagare")):
        assert (figure.unit.unit.id, exact(figure)) == ("vannas", 66)


@pytest.mark.parametrize("name", ["forbundet", "Förbundet", "Samordningsförbundet Umeåregionen"])
def test_the_association_is_named_by_its_id_name_or_short_name(report_2021: ShownReport, name: str) -> None:
    figure = find(report_2021, f"{name}: deltagare", unit="vannas")
    assert (figure.unit.unit.id, exact(figure)) == ("forbundet", 787)


def test_without_a_unit_the_figure_is_that_of_the_text(report_2021: ShownReport) -> None:
    assert exact(find(report_2021, "deltagare", unit="vannas")) == 66


# A series: a value of its own, or a change


def test_a_series_with_values_of_two_years_is_their_difference() -> None:
    published = of_values({2024: "12,5 %", 2023: "14 %"})
    for said, percent in (("sjuktal Norra Prov", "-1.5"), ("sjuktal Norra Prov utan tecken", "1.5")):
        figure = find(published, said)
        assert isinstance(figure, PlainFigure)
        assert (figure.value, len(figure.values)) == (points_of_a_percent(percent), 2)


def test_a_series_with_one_value_is_that_value() -> None:
    figure = find(of_values({2024: "12,5 %"}), "sjuktal norra prov")
    assert isinstance(figure, PlainFigure)
    assert (figure.value, figure.source) == (Quantity(Fraction(1, 8), Kind.SHARE), "Källan")


def of_values(by_year: Mapping[int, str]) -> ShownReport:
    values = {
        key: entered
        for year, written in by_year.items()
        for key, entered in value("sjuktal", written, "norra-prov", year).items()
    }
    return as_shown(score_report(a_report({"mått": "antal", "krav": "minst 1"}, values=values)))


# What is unknown


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        (
            "område 1 viktt",
            "Här kan stå ingenting mer, eller: poäng, uppnådda, möjliga, mål, mot målet, namn",
        ),
        ("index vikt", "Här kan stå ingenting mer, eller: poäng, uppnådda, möjliga, mål, mot målet."),
        ("område 9 vikt", "Det finns inget område 9; områdena är 1, 2, 3, 4, 5."),
        (
            "område 2 antal blå",
            "Efter antal kan stå: gröna, orange, röda, ej mätta, utan signal, indikatorer, mål.",
        ),
        ("område 2 antal", "Efter antal kan stå: gröna"),
        ("antal blå", "Efter antal kan stå: gröna"),
        ("1.2.1 andel", "Efter 1.2.1 kan stå: värde, täljare, nämnare, krav, vikt, poäng, signal."),
        ("1.2.4 nämnare", "Indikator 1.2.4 har inget sådant värde."),
        ("indexx", "Menade du ”index”?"),
        ("deltagere kvinnor och män", "Menade du ”deltagare”?"),
        ("Vänäs: deltagare", "Menade du ”Vännäs”?"),
        ("helårsekvivalenter Malå", "Serien har inget värde för Malå 2021."),
        ("bakgrund ålder 20–25", "Menade du ”20–24”?"),
        ("bakgrund kön kvinnor", "de är alder, utbildning, forsorjning."),
        ("Vännäs: bakgrund ålder 20–24", "Det finns ingen bakgrundstabell ålder"),
        ("belopp utfall-budget hemsidor blå", "Efter posten står kolumnen: Utfall, Budget, Avvikelse."),
        ("belopp utfall-budget blå", "Posten finns inte i tabellen. Kontrollera stavningen."),
        ("belopp kostnadsfördelning fastigheter", "Posten finns inte i tabellen. Välj bland ”"),
        ("  ", "Skriv vad talet heter"),
        ("!!: deltagare", "Före kolon står namnet på en enhet."),
    ],
)
def test_what_is_unknown_tells_what_can_be_written(report_2021: ShownReport, said: str, remedy: str) -> None:
    with pytest.raises(UnknownFigureError) as error:
        find(report_2021, said)
    assert remedy in str(error.value)


WITHOUT_WEIGHTS = {"mått": "könsfördelning", "rad": "deltagare", "krav": "40–60 %"}


@pytest.mark.parametrize(
    "said", ["index", "index poäng", "område 1", "område 1 vikt", "område 1 idealvikt", "1.1.1 vikt"]
)
def test_a_report_without_weights_has_no_figure_of_them(said: str) -> None:
    report = a_report(WITHOUT_WEIGHTS, participants={(ASSOCIATION, "deltagare"): people(4, 6)})
    with pytest.raises(UnknownFigureError) as error:
        find(as_shown(score_report(report)), said)
    assert "saknas för Förbundet" in str(error.value) or "inget sådant värde" in str(error.value)


def test_a_report_without_weights_still_has_its_target() -> None:
    report = a_report(WITHOUT_WEIGHTS, participants={(ASSOCIATION, "deltagare"): people(4, 6)})
    assert isinstance(find(as_shown(score_report(report)), "index mål"), IndexFigure)


def test_a_row_without_last_years_figure_says_so(report_2021: ShownReport) -> None:
    with pytest.raises(UnknownFigureError, match="uppgiften för 2020 saknas för Vännäs"):
        find(report_2021, "Vännäs: kvar förra året")
