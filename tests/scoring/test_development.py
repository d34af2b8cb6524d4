"""What is the same figure in different years, and where it is measured otherwise than before."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.model.development import Development, Line
from generator.model.entry import ORIGIN
from generator.model.outcomes import People
from generator.model.places import Origin, Place
from generator.model.settings import ReportSettings, Rules
from generator.model.shown import ShownReport
from generator.model.survey import Survey
from generator.scoring import as_shown, developments, earlier_years, score_report
from tests.support import ASSOCIATION, a_report, people

SHARE = {"mått": "andel", "täljare": "avslut", "nämnare": "deltagare", "krav": "minst 50 %", "vikt": "4"}
COUNT = {"mått": "berättelser", "krav": "minst 0", "vikt": "2"}
ROWS = ("deltagare", "avslut")
PEOPLE = {(ASSOCIATION, "deltagare"): people(10, 10), (ASSOCIATION, "avslut"): people(6, 5)}


def published(
    year: int,
    *indicators: Mapping[str, object],
    areas: list[dict[str, Any]] | None = None,
    rows: Sequence[Mapping[str, object]] | None = None,
    participants: Mapping[tuple[str, str], People] | None = None,
    association: str = ASSOCIATION,
    units: Sequence[str] = (),
    survey: Survey | None = None,
    kind: str = "bokslut",
    part: str | None = None,
) -> ShownReport:
    """The report of a year, in the folder of that year."""
    plain = a_report(*indicators, areas=areas, rows=ROWS, participants=PEOPLE)
    data = {
        "titel": f"Bokslut {year}",
        "typ": kind,
        "period": part,
        "år": str(year),
        "publicerad": f"{year + 1}-03-01",
        "tema": "umea",
        "röjandekontroll": "av",
        "förbund": {"id": association, "namn": "Förbundet"},
        "enheter": [{"id": unit, "namn": unit} for unit in units],
        "deltagarrader": [dict(row) for row in rows or [{"id": row, "namn": row} for row in ROWS]],
    }
    settings = ReportSettings.model_validate(data)
    outcomes = plain.outcomes if participants is None else replace(plain.outcomes, participants=participants)
    report = replace(plain, id=f"{year}-{association}", settings=settings, outcomes=outcomes)
    report = replace(report, survey=survey or plain.survey)
    return as_shown(score_report(report))


def a_share(id: str, was: str = "", **own: object) -> dict[str, object]:
    return {**SHARE, "id": id, **({"motsvarar": was} if was else {}), **own}


def development_of(*reports: ShownReport, unit: str = ASSOCIATION) -> Development:
    return next(one for one in developments(reports) if one.unit == unit)


def indicators_of(*reports: ShownReport) -> list[tuple[str | None, ...]]:
    return [line.ids for line in development_of(*reports).indicators]


def only(lines: Sequence[Line[Any]]) -> Line[Any]:
    (line,) = lines
    return line


# The same thing


def test_the_same_id_is_the_same_indicator() -> None:
    assert indicators_of(published(2021, a_share("1.1")), published(2022, a_share("1.1"))) == [("1-1", "1-1")]


def test_ids_are_compared_as_names() -> None:
    before, after = published(2021, a_share("A.1")), published(2022, a_share("a.1"))
    assert len(indicators_of(before, after)) == 1


def test_an_indicator_can_say_what_it_was_before() -> None:
    before = published(2021, a_share("1.1"), a_share("1.2"))
    after = published(2022, a_share("2.1", was="1.2"), a_share("1.1"))
    assert indicators_of(before, after) == [("1-2", "2-1"), ("1-1", "1-1")]


def test_what_was_said_goes_before_the_same_id() -> None:
    """Two indicators have changed places."""
    before = published(2021, a_share("1.1"), {**COUNT, "id": "1.2"})
    after = published(2022, {**COUNT, "id": "1.1", "motsvarar": "1.2"}, a_share("1.2", was="1.1"))
    assert indicators_of(before, after) == [("1-2", "1-1"), ("1-1", "1-2")]
    assert all(not line.breaks for line in development_of(before, after).indicators)


def test_a_new_indicator_under_an_old_id_is_another_one() -> None:
    """The old one says that it has moved."""
    before = published(2021, a_share("1.1"))
    after = published(2022, {**COUNT, "id": "1.1"}, a_share("1.9", was="1.1"))
    assert indicators_of(before, after) == [(None, "1-1"), ("1-1", "1-9")]


def test_names_are_followed_through_three_years() -> None:
    years = (
        published(2021, a_share("a")),
        published(2022, a_share("b", was="a")),
        published(2023, a_share("c", was="b")),
    )
    assert indicators_of(*years) == [("a", "b", "c")]


def test_what_was_said_may_be_copied_into_the_next_year() -> None:
    """By then the old id may be that of another indicator."""
    years = (
        published(2021, a_share("a")),
        published(2022, a_share("b", was="a"), {**COUNT, "id": "a"}),
        published(2023, a_share("b", was="a"), {**COUNT, "id": "a"}),
    )
    assert indicators_of(*years) == [("a", "b", "b"), (None, "a", "a")]


def test_a_year_without_it_does_not_end_the_line_nor_does_a_new_name_after_it() -> None:
    years = published(2021, a_share("a")), published(2022, {**COUNT, "id": "x"})
    assert ("a", None, "a") in indicators_of(*years, published(2023, a_share("a")))
    assert ("a", None, "b") in indicators_of(*years, published(2023, a_share("b", was="a")))


def test_of_two_that_say_the_same_the_first_is_followed() -> None:
    before = published(2021, a_share("a"))
    after = published(2022, a_share("b", was="a"), a_share("c", was="a"))
    assert indicators_of(before, after) == [("a", "b"), (None, "c")]


def test_what_never_was_there_is_new() -> None:
    before, after = published(2021, a_share("a")), published(2022, a_share("b", was="finns inte"))
    assert indicators_of(before, after) == [(None, "b"), ("a", None)]


def test_areas_are_followed_in_the_same_way() -> None:
    def an_area(id: str, **own: object) -> list[dict[str, Any]]:
        goal = {"id": "1", "text": "Mål", "indikatorer": [{**a_share("1.1"), "text": "Prov"}]}
        return [{"id": id, "namn": f"Område {id}", "mål": [goal], **own}]

    before, after = published(2021, areas=an_area("A")), published(2022, areas=an_area("B", motsvarar="A"))
    line = only(development_of(before, after).areas)
    assert (line.ids, line.breaks) == (("a", "b"), frozenset())


def test_rows_are_followed_in_the_same_way() -> None:
    before = published(2021, a_share("1.1"))
    rows = [
        {"id": "inskrivna", "namn": "Inskrivna", "motsvarar": "deltagare"},
        {"id": "avslut", "namn": "Avslut"},
    ]
    counts = {(ASSOCIATION, "inskrivna"): people(3, 4), (ASSOCIATION, "avslut"): people(1, 1)}
    after = published(2022, a_share("1.1", nämnare="inskrivna"), rows=rows, participants=counts)
    lines = development_of(before, after).rows
    assert [line.ids for line in lines] == [("deltagare", "inskrivna"), ("avslut", "avslut")]
    assert [point and point.total for point in lines[0].points] == [20, 7]


# Units


def test_a_unit_of_one_report_only_has_no_development() -> None:
    reports = published(2021, a_share("1.1"), units=["a"]), published(2022, a_share("1.1"), units=["b"])
    assert [one.unit for one in developments(reports)] == [ASSOCIATION]


def test_units_stand_in_the_order_of_the_latest_report() -> None:
    years = published(2021, a_share("1.1"), units="abc"), published(2022, a_share("1.1"), units="ba")
    assert [one.unit for one in developments(years)] == [ASSOCIATION, "b", "a"]


def test_a_part_of_the_year_stands_beside_the_last_whole_year_before_it() -> None:
    whole = [published(year, a_share("1.1")) for year in (2019, 2020, 2022)]
    parts = [published(year, a_share("1.1"), part="tertial 1") for year in (2020, 2021)]
    (of_part,) = (each for each in developments([*whole, *parts]) if each.part)
    columns = [str(column.published.report.period) for column in of_part.columns]
    assert columns == ["tertial 1 2020", "2020", "tertial 1 2021"]


def test_a_unit_is_followed_into_a_report_of_its_own() -> None:
    part = published(2021, a_share("1.1"), units=["vannas"])
    own = published(2022, a_share("1.1"), association="vannas", participants={})
    followed = development_of(part, own, unit="vannas")
    assert [column.published.report.year for column in followed.columns] == [2021, 2022]


# What targets are set against


def test_a_target_is_set_against_what_the_report_itself_had_in_an_earlier_year() -> None:
    """Not against a plan. Nothing is asked of units and indicators that only earlier reports have."""
    texts = {**COUNT, "id": "1.2", "krav": "minst förra året"}
    before = a_share("1.1"), {**COUNT, "id": "1.2"}, a_share("1.3")
    years = published(2020, *before, units="a"), published(2021, *before, units="a")
    planned = published(2021, *before, units="a", kind="plan")
    now = published(2022, a_share("1.1", krav="minst förra året"), texts)
    found = earlier_years(now, (planned, *years))
    assert {key.series: value and value.quantity.value for key, value in found.items()} == {
        "1-1": Fraction(11, 20),
        "1-2": 0,
    }


# Breaks


def breaks_between(before: Mapping[str, object], after: Mapping[str, object]) -> frozenset[int]:
    return only(development_of(published(2021, before), published(2022, after)).indicators).breaks


def test_the_same_definition_is_no_break() -> None:
    assert breaks_between(a_share("1.1"), a_share("1.1")) == frozenset()


def test_an_index_is_another_when_what_is_close_earns_more() -> None:
    years = published(2021, a_share("1.1")), published(2022, a_share("1.1"))
    assert development_of(*years).index.breaks == frozenset()
    rules = years[1].report.settings.model_copy(
        update={"rules": Rules.model_validate({"orange_ger": "50 %"})}
    )
    after = replace(years[1], report=replace(years[1].report, settings=rules))
    assert development_of(years[0], after).index.breaks == {1}


def test_a_name_a_target_and_a_weight_define_nothing() -> None:
    after = a_share(
        "9.9", was="1.1", text="Annat namn", krav="minst 90 %", vikt="8", marginal="2 procentenheter"
    )
    assert breaks_between(a_share("1.1"), after) == frozenset()


def test_the_same_name_with_another_definition_is_a_break() -> None:
    assert breaks_between(a_share("1.1"), a_share("1.1", täljare="deltagare")) == {1}
    assert breaks_between(a_share("1.1"), {**COUNT, "id": "1.1"}) == {1}


def test_the_order_and_case_of_answers_define_nothing() -> None:
    def asked(*answers: str) -> dict[str, object]:
        own = {"mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "krav": "minst 1 %", "vikt": "1"}
        return {"id": "1.1", "svar": list(answers), **own}

    assert breaks_between(asked("Ja", "Delvis"), asked("delvis", "Ja")) == frozenset()
    assert breaks_between(asked("Ja", "Delvis"), asked("Ja")) == {1}


def test_where_an_amount_is_named_defines_nothing() -> None:
    def quotient(folder: str, table: str) -> dict[str, object]:
        amount = {"tabell": table, ORIGIN: Origin(Place(f"{folder}/budget.yaml", 3))}
        target = {"nämnare": "deltagare", "krav": "högst 90 kronor"}
        return {"id": "1.1", "mått": "kvot", "belopp": amount, **target}

    assert breaks_between(quotient("2021", "kostnad"), quotient("2022", "kostnad")) == frozenset()
    assert breaks_between(quotient("2021", "kostnad"), quotient("2022", "drift")) == {1}


def test_the_year_that_an_amount_is_of_moves_along() -> None:
    def quotient(column: str) -> dict[str, object]:
        amount = {"tabell": "resultat", "kolumn": column}
        return {
            "id": "1.1",
            "mått": "kvot",
            "belopp": amount,
            "nämnare": "deltagare",
            "krav": "högst 9 kronor",
        }

    assert breaks_between(quotient("utfall 2021"), quotient("utfall 2022")) == frozenset()
    assert breaks_between(quotient("utfall 2021"), quotient("utfall 2021")) == {1}


def test_the_year_that_a_change_is_counted_from_moves_along() -> None:
    def change(year: str) -> dict[str, object]:
        own = {
            "mått": "förändring",
            "serie": "sjuktal",
            "plats": ASSOCIATION,
            "krav": "minskning",
            "vikt": "1",
        }
        return {"id": "1.1", "jämfört_med": year, **own}

    assert breaks_between(change("2020"), change("2021")) == frozenset()


def rows_of(*ids: str, was: str) -> list[dict[str, object]]:
    """Rows of which the last was called something else before."""
    return [{"id": id, "namn": id, **({"motsvarar": was} if id == ids[-1] else {})} for id in ids]


def test_a_renamed_row_is_no_new_definition() -> None:
    counts = {(ASSOCIATION, "deltagare"): people(3, 4), (ASSOCIATION, "klara"): people(1, 1)}
    rows = rows_of("deltagare", "klara", was="avslut")
    after = published(2022, a_share("1.1", täljare="klara"), rows=rows, participants=counts)
    followed = development_of(published(2021, a_share("1.1")), after)
    assert only(followed.indicators).breaks == frozenset()
    assert followed.index.breaks == frozenset()


def test_a_new_row_under_an_old_name_is_a_new_definition() -> None:
    """What was ”avslut” is now called ”klara”."""
    counts = {(ASSOCIATION, row): people(3, 4) for row in ("deltagare", "avslut", "klara")}
    rows = rows_of("deltagare", "avslut", "klara", was="avslut")
    after = published(2022, a_share("1.1"), rows=rows, participants=counts)
    assert only(development_of(published(2021, a_share("1.1")), after).indicators).breaks == {1}


def test_a_row_that_is_made_of_a_renamed_row_is_the_same() -> None:
    def rows(part: dict[str, object]) -> list[dict[str, object]]:
        return [{"id": "deltagare", "namn": "D", "lika_med": part["id"]}, {"id": "kvar", "namn": "K"}, part]

    before = published(2021, a_share("1.1"), rows=rows({"id": "avslut", "namn": "A"}))
    renamed = rows({"id": "klara", "namn": "A", "motsvarar": "avslut"})
    counts = {(ASSOCIATION, "deltagare"): people(3, 4)}
    after = published(2022, a_share("1.1", täljare="klara"), rows=renamed, participants=counts)
    line = next(line for line in development_of(before, after).rows if "deltagare" in line.ids)
    assert line.breaks == frozenset()


def test_other_numbers_on_the_scale_are_a_break() -> None:
    def asked(*numbers: int) -> ShownReport:
        scale = {
            "id": "grad",
            "namn": "Grad",
            "svar": [f"Svar {number}" for number in numbers],
            "tal": numbers,
        }
        question = {"id": "stöd", "text": "Fick du stöd?", "skala": "grad"}
        survey = Survey.model_validate({"skalor": [scale], "frågor": [question]})
        own = {"mått": "medelvärde", "grupp": "deltagare", "fråga": "stöd", "krav": "minst 2", "vikt": "1"}
        return published(2020 + len(numbers), {"id": "1.1", **own}, survey=survey)

    found = [
        only(development_of(asked(*first), asked(1, 2, 3, 4)).indicators) for first in ((1, 2), (1, 2, 3))
    ]
    assert [line.breaks for line in found] == [{1}, {1}]


def test_a_renamed_question_and_group_are_no_new_definition() -> None:
    def asked(group: str, question: str) -> dict[str, object]:
        own = {"mått": "andel svar", "grupp": group, "fråga": question, "krav": "minst 1 %", "vikt": "1"}
        return {"id": "1.1", "svar": ["Ja"], **own}

    survey = Survey.model_validate(
        {
            "svarsgrupper": [{"id": "besökare", "namn": "Besökare", "motsvarar": "deltagare"}],
            "frågor": [{"id": "hjälp", "text": "Fick du hjälp?", "skala": "grad", "motsvarar": "stöd"}],
        }
    )
    before = published(2021, asked("deltagare", "stöd"))
    same = published(2022, asked("besökare", "hjälp"), survey=survey)
    other = published(2022, asked("besökare", "stöd"), survey=survey)
    for after, breaks in ((same, set()), (other, {1})):
        assert only(development_of(before, after).indicators).breaks == breaks


def of_parts(*parts: str) -> dict[str, object]:
    return {"id": "9", "mått": "sammansatt", "indikatorer": list(parts), "krav": "uppfyllt", "vikt": "1"}


def test_a_composite_of_renamed_parts_is_the_same() -> None:
    before = published(2021, a_share("1.1"), a_share("1.2"), of_parts("1.1"))
    renamed = a_share("1.2", was="1.1"), a_share("1.1", was="1.2")
    for part, breaks in (("1.2", set()), ("1.1", {1})):
        after = published(2022, *renamed, of_parts(part))
        line = next(line for line in development_of(before, after).indicators if "9" in line.ids)
        assert line.breaks == breaks


def test_the_order_of_parts_and_of_indicators_defines_nothing() -> None:
    before = published(2021, a_share("1.1"), {**COUNT, "id": "1.2"}, of_parts("1.1", "1.2"))
    after = published(2022, {**COUNT, "id": "1.2"}, of_parts("1.2", "1.1"), a_share("1.1"))
    followed = development_of(before, after)
    assert not any(line.breaks for line in (*followed.indicators, *followed.areas, followed.index))


def test_a_figure_has_its_latest_name() -> None:
    before, after = published(2021, a_share("1.1", text="Förr")), published(2022, a_share("1.1", text="Nu"))
    assert only(development_of(before, after).indicators).name == "Nu"


def test_a_break_is_against_the_nearest_year_that_has_it() -> None:
    years = (
        published(2021, a_share("a")),
        published(2022, {**COUNT, "id": "x"}),
        published(2023, a_share("a", täljare="deltagare")),
        published(2024, a_share("a", täljare="deltagare")),
    )
    line = next(line for line in development_of(*years).indicators if "a" in line.ids)
    assert line.breaks == {2}


def test_an_index_of_other_indicators_or_weights_is_another_one() -> None:
    same = published(2021, a_share("1.1")), published(2022, a_share("9.9", was="1.1"))
    heavier = published(2021, a_share("1.1")), published(2022, a_share("1.1", vikt="5"))
    more = published(2021, a_share("1.1")), published(2022, a_share("1.1"), {**COUNT, "id": "1.2"})
    for reports, breaks in ((same, set()), (heavier, {1}), (more, {1})):
        followed = development_of(*reports)
        assert followed.index.breaks == breaks
        assert only(followed.areas).breaks == breaks


def test_a_year_without_points_breaks_no_index() -> None:
    unweighted = {key: value for key, value in a_share("1.1").items() if key != "vikt"}
    years = published(2021, a_share("1.1")), published(2022, unweighted), published(2023, a_share("1.1"))
    index = development_of(*years).index
    assert [point is not None for point in index.points] == [True, False, True]
    assert index.breaks == frozenset()


def test_a_row_of_other_parts_is_another_one() -> None:
    def rows(**own: object) -> list[dict[str, object]]:
        return [
            {"id": "deltagare", "namn": "D", **own},
            {"id": "avslut", "namn": "A"},
            {"id": "kvar", "namn": "K"},
        ]

    one, other = rows(lika_med="avslut + kvar"), rows(lika_med="avslut")
    years = [
        published(2021 + at, a_share("1.1"), rows=given) for at, given in enumerate((one, rows(), one, other))
    ]
    line = next(line for line in development_of(*years).rows if "deltagare" in line.ids)
    assert line.breaks == {3}


# Whatever the reports

NAMES = st.sampled_from(["a", "b", "c", "d"])


@st.composite
def some_years(draw: st.DrawFn) -> list[ShownReport]:
    reports = []
    for year in range(2020, 2020 + draw(st.integers(2, 4))):
        ids = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
        said = [draw(st.one_of(st.just(""), NAMES)) for _ in ids]
        kinds = [draw(st.sampled_from(ROWS)) for _ in ids]
        shares = [a_share(id, was, täljare=of) for id, was, of in zip(ids, said, kinds, strict=True)]
        reports.append(published(year, *shares))
    return reports


@given(some_years())
def test_every_figure_is_in_exactly_one_line(reports: list[ShownReport]) -> None:
    lines = development_of(*reports).indicators
    found = [(at, id) for line in lines for at, id in enumerate(line.ids) if id is not None]
    there = [
        (at, one.indicator.id) for at, report in enumerate(reports) for one in report.association.results
    ]
    assert sorted(found) == sorted(there)
    for line in lines:
        assert [point and point.indicator.id for point in line.points] == list(line.ids)


@given(some_years(), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_does_not_matter(reports: list[ShownReport], chance: random.Random) -> None:
    shuffled = chance.sample(reports, len(reports))
    assert developments(shuffled) == developments(reports)
