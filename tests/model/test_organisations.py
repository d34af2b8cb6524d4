"""Organisations on one site are told apart, also when they call themselves and their units the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.organisations import beside_each_other, unit_keys
from generator.model.report import Report
from generator.model.settings import Unit
from tests.reading.small import SETTINGS, small_report
from tests.support import a_report, problems_in, publish, soup, text_of

A, B = "Förbundet A", "Förbundet B"


def a_year(name: str, year: int, *units: str, id: str = "forbundet", former: str | None = None) -> Report:
    report = a_report(
        {"mått": "värde", "krav": "inte satt"}, units=tuple({"id": unit, "namn": unit} for unit in units)
    )
    association = report.association.model_copy(update={"id": id, "name": name, "former_name": former})
    settings = report.settings.model_copy(update={"association": association, "year": year})
    return replace(report, id=f"{year}-{name}", settings=settings)


@pytest.mark.parametrize(
    ("reports", "number"),
    [
        ([a_year(A, 2023), a_year(A, 2024)], 1),
        ([a_year(A, 2023), a_year(B, 2023), a_year(B, 2024)], 2),
        ([a_year(A, 2023), a_year(B, 2024, former=A)], 1),
        ([a_year(A, 2023, "norr"), a_year(B, 2023, "norr")], 4),
        ([a_year(A, 2023, "norr", id="a"), a_year(B, 2023, "norr", id="b")], 4),
        ([a_year(A, 2023, "norr"), a_year("Norr", 2024, id="norr")], 2),
    ],
)
def test_units_are_one_when_their_organisation_is(reports: list[Report], number: int) -> None:
    assert len(set(unit_keys(reports).values())) == number


def test_where_only_one_organisation_has_an_id_it_is_the_name_of_the_unit_on_the_site() -> None:
    assert set(unit_keys([a_year(A, 2023, "norr")]).values()) == {"forbundet", "norr"}


@pytest.mark.parametrize(
    ("reports", "groups"),
    [
        ([a_year(A, 2023, "norr"), a_year("Norr", 2023, id="norr")], [["2023-Förbundet A", "2023-Norr"]]),
        (  # by way of the whole
            [a_year("Norr", 2023, id="norr"), a_year("Syd", 2023, id="syd"), a_year(A, 2023, "norr", "syd")],
            [["2023-Norr", "2023-Syd", "2023-Förbundet A"]],
        ),
        (  # another year
            [a_year(A, 2024, "norr"), a_year("Norr", 2023, id="norr")],
            [["2023-Norr"], ["2024-Förbundet A"]],
        ),
        (  # units of two organisations that are called the same
            [a_year(A, 2023, "norr", id="a"), a_year(B, 2023, "norr", id="b")],
            [["2023-Förbundet A"], ["2023-Förbundet B"]],
        ),
    ],
)
def test_reports_of_a_period_stand_beside_each_other_where_they_have_a_unit_in_common(
    reports: list[Report], groups: list[list[str]]
) -> None:
    assert beside_each_other(reports, unit_keys(reports)) == groups


def two_organisations(content: Path, *years: tuple[str, int]) -> Path:
    """Reports with one unit, called the same by all."""
    small_report(content, "mått: antal, krav: minst 1")
    for number, (name, year) in enumerate(years):
        settings = SETTINGS.replace("2021", str(year)).replace("Prov", f"{name} {year}")
        own = f"förbund: {{id: forbundet, namn: {name}}}\nenheter: [{{id: norr, namn: Norr}}]\n"
        folder = content / ("r" if number == 0 else f"r{number}")
        (folder / "utfall").mkdir(parents=True, exist_ok=True)
        (folder / "budget.yaml").write_text((content / "r/budget.yaml").read_text("utf-8"), "utf-8")
        (folder / "bokslut.yaml").write_text(settings + own, "utf-8")
        table = "serie;plats;år;värde;måttenhet;källa\n" + "".join(
            f"1.1.1;{place};{year};{number + 1};st;boken\n" for place in ("forbundet", "norr")
        )
        (folder / "utfall/varden.csv").write_text(table, "utf-8")
    return content


def test_two_organisations_with_the_same_ids_have_rows_and_pages_of_their_own(tmp_path: Path) -> None:
    years = ((A, 2021), (B, 2021), (A, 2022), (B, 2022))
    publish(two_organisations(tmp_path / "content", *years), tmp_path / "site")
    rows = soup(tmp_path / "site/arkiv.html").select("table tbody tr")
    names = [text_of(row.th).removesuffix(" över åren") for row in rows if row.th]
    assert names == [A, f"Norr, {A}", B, f"Norr, {B}"]
    pages = [row.a["href"] for row in rows if row.a]
    assert len(set(pages)) == 4 and all((tmp_path / "site" / str(page)).exists() for page in pages)
    of_others = soup(tmp_path / "site/r/index.html").find_all("a", href=lambda at: at and "../r" in at)
    assert {str(link["href"]).split("/")[1] for link in of_others} == {"r2"}


def test_that_one_id_has_two_names_in_two_years_is_an_error(tmp_path: Path) -> None:
    content = two_organisations(tmp_path / "content", (A, 2021), (B, 2022))
    (problem,) = problems_in(content)
    assert "heter ”Förbundet A” i content/r/bokslut.yaml men ”Förbundet B” här" in problem.found
    settings = content / "r1/bokslut.yaml"
    settings.write_text(settings.read_text("utf-8").replace(f"namn: {B}", f"namn: {B}, hette: {A}"), "utf-8")
    assert problems_in(content) == []


@pytest.mark.parametrize(
    ("name", "short", "said"),
    [
        ("Samordningsförbundet Kusten", "Förbundet", "förbundet"),
        ("Samordningsförbundet Kusten", "Samordningsförbundet", "samordningsförbundet"),
        ("Samordningsförbundet Kusten", "Kusten", "Kusten"),
        ("Granbo kommun", "Granbo", "Granbo"),
        ("Granbo kommun", "Kommunen", "kommunen"),
        ("Granbo kommun", None, "Granbo kommun"),
    ],
)
def test_a_name_of_its_own_keeps_its_capital_in_a_sentence(name: str, short: str | None, said: str) -> None:
    assert Unit.model_validate({"id": "a", "namn": name, "kort": short}).in_sentence == said
