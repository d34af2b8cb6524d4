"""What this year's report shows of last year is no more than last year's own report shows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from generator.build import check
from generator.model.published import HIDDEN, Hidden, PublishedReport, ShownPeople
from generator.model.quantities import Kind, Quantity, parse_quantity
from generator.model.settings import RowDefinition
from generator.protecting.report import hide_as_before
from generator.scoring import as_published, score_report
from tests.support import LOCAL, a_report, edit, only_year

SHARE = {"mått": "andel", "täljare": "avslut", "nämnare": "deltagare", "krav": "minst 40 %"}
ROW = ("norra", "avslut")


def a_year(year: int, association: str, total: int | Hidden) -> PublishedReport:
    """A report in which last year's count of a row is 7, and this year's is `total`."""
    report = a_report(SHARE)
    settings = report.settings.model_copy(
        update={
            "year": year,
            "association": report.association.model_copy(update={"id": association}),
        }
    )
    published = as_published(score_report(replace(report, settings=settings)))
    tables = replace(
        published.tables,
        participants={ROW: ShownPeople(HIDDEN, HIDDEN, 0, total)},
        previous={ROW: parse_quantity("7 personer")},
    )
    return replace(published, tables=tables)


def previous_of(reports: list[PublishedReport]) -> Quantity | Hidden:
    """What the last of the reports shows of the year before, when all are on one site."""
    return hide_as_before(reports)[-1].tables.previous[ROW]


def test_what_last_years_report_hides_is_hidden_this_year_too() -> None:
    assert previous_of([a_year(2023, "a", HIDDEN), a_year(2024, "a", 9)]) is HIDDEN


def test_what_last_years_report_shows_is_shown_this_year() -> None:
    shown = previous_of([a_year(2023, "a", 7), a_year(2024, "a", 9)])
    assert shown == Quantity(Fraction(7), Kind.NUMBER, "personer")


def test_what_last_years_report_hides_is_hidden_under_a_new_name_too() -> None:
    def with_row(published: PublishedReport, **row: str) -> PublishedReport:
        rows = (RowDefinition.model_validate({"namn": "Avslut", **row}),)
        settings = published.report.settings.model_copy(update={"rows": rows})
        return replace(published, report=replace(published.report, settings=settings))

    before = with_row(a_year(2023, "a", HIDDEN), id="avslut")
    now = with_row(a_year(2024, "a", 9), id="klara", motsvarar="avslut")
    previous = {("norra", "klara"): parse_quantity("7 personer")}
    now = replace(now, tables=replace(now.tables, previous=previous))
    assert hide_as_before([before, now])[-1].tables.previous["norra", "klara"] is HIDDEN


def test_of_two_organisations_on_one_site_each_has_its_own_last_year() -> None:
    others = a_year(2023, "b", 7)
    own = a_year(2023, "a", HIDDEN)
    assert previous_of([own, others, a_year(2024, "a", 9)]) is HIDDEN
    assert previous_of([a_year(2023, "b", HIDDEN), a_year(2023, "a", 7), a_year(2024, "a", 9)]) is not HIDDEN


def test_a_report_of_an_association_with_a_new_id_is_still_its_last_year() -> None:
    assert previous_of([a_year(2023, "b", HIDDEN), a_year(2024, "a", 9)]) is HIDDEN


# Outcomes without a signal


def test_a_reason_stands_also_where_the_outcome_is_hidden(tmp_path: Path) -> None:
    content = only_year(tmp_path / "content", LOCAL)
    edit(content / LOCAL / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    edit(
        content / LOCAL / "budget.yaml",
        "krav: minst 30 %\n      - id: 1.2",
        "krav: inte satt\n      - id: 1.2",
    )
    (published,) = check(content).reports
    results = {result.indicator.id: result for result in published.association.results}
    assert results["1.1a"].outcome.protected
    assert (results["1.1a"].signal, results["1.1a"].reason) == (None, "inget målvärde satt")
    assert results["1.4a"].reason == "för få svar"
