"""Another organisation with other areas, units and rules needs content only, no code."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.pages.test_site import broken_links
from tests.printed import pdf_text
from tests.printing.test_pdf import outline
from tests.support import (
    by_id,
    plain,
    results_in,
    soup,
    table_rows,
    text_of,
)

LOCAL, CENTRE = "2017-bruket", "2023-arbetscentrum"


def page(site: Path, name: str) -> str:
    return text_of(soup(site / f"{name}.html"))


# A report without units, weights and orange


def test_a_report_without_weights_has_no_index(other_site: Path) -> None:
    index = results_in(other_site, LOCAL)["index"]
    assert (index["index"], index["exakt"], index["signal"], index["maximalt"]) == (None, None, None, 0)


def test_a_report_without_weights_has_signals_and_counts_of_them(other_site: Path) -> None:
    signals = [one["signal"] for one in results_in(other_site, LOCAL)["indikatorer"]]
    assert signals == ["rod", "gron", None, "gron"]
    assert "2 Målet uppnått" in page(other_site, f"{LOCAL}/index")


def test_a_report_with_two_signals_never_speaks_of_the_third(other_site: Path) -> None:
    for path in sorted((other_site / LOCAL).glob("*.html")):
        assert "Nära målet" not in text_of(soup(path)), path.name


def test_a_report_without_weights_never_speaks_of_points(other_site: Path) -> None:
    for name in ("omrade-a", "omrade-b", "social-budget", "index"):
        text = page(other_site, f"{LOCAL}/{name}")
        assert "poäng" not in text.lower(), name
        assert "av 100" not in text, name


def test_a_report_without_units_has_no_pages_of_units(other_site: Path) -> None:
    names = {path.name for path in (other_site / LOCAL).glob("*.html")}
    assert not [name for name in names if name.startswith(("enhet", "plattform"))]


def test_halves_are_rounded_down_as_in_2017(other_site: Path) -> None:
    assert "62 % 5 av 8" in page(other_site, f"{LOCAL}/omrade-a")
    assert "62 % (5 av 8)" in page(other_site, f"{LOCAL}/aret")


def test_too_few_answers_are_told(other_site: Path) -> None:
    assert "för få svar" in page(other_site, f"{LOCAL}/omrade-b")


# A report with units of another kind, and persons who do not state sex


def test_units_are_called_what_the_organisation_calls_them(other_site: Path) -> None:
    names = {path.name for path in (other_site / CENTRE).glob("*.html")}
    assert {"avdelningar.html", "avdelning-verkstan.html", "avdelning-koket.html"} <= names
    for path in sorted((other_site / CENTRE).glob("*.html")):
        text = text_of(soup(path)).lower()
        assert "plattform" not in text, path.name
        assert "umeå" not in text, path.name
        assert "samordningsförbund" not in text, path.name


def test_persons_who_do_not_state_sex_have_a_column(other_site: Path) -> None:
    table = by_id(soup(other_site / CENTRE / "avdelning-verkstan.html"), "tabell-verkstan")
    (enrolled, finished) = table_rows(table)
    assert (enrolled["Kvinnor"], enrolled["Män"], enrolled["Ej angivet"], enrolled["Totalt"]) == (
        "10", "20", "2", "32",
    )  # fmt: skip
    assert finished["Ej angivet"] == "1"


def test_a_table_where_all_state_sex_has_no_such_column(other_site: Path) -> None:
    table = by_id(soup(other_site / CENTRE / "avdelning-koket.html"), "tabell-koket")
    assert "Ej angivet" not in table_rows(table)[0]


def test_the_index_has_the_organisations_own_target(other_site: Path) -> None:
    index = results_in(other_site, CENTRE)["index"]
    assert (index["index"], index["mal"], index["signal"]) == (100, 60, "gron")


def test_who_does_not_state_sex_counts_in_the_total_but_in_neither_sex(other_site: Path) -> None:
    share, balance, _ = results_in(other_site, CENTRE)["indikatorer"]
    assert (share["taljare"], share["namnare"]) == (26, 52)
    assert (balance["taljare"], balance["namnare"]) == (22, 50)


def test_one_indicator_is_in_the_singular(other_site: Path) -> None:
    text = page(other_site, f"{CENTRE}/omrade-1")
    assert "Indikatorn nådde målet. Index blev 100 och ligger 40 över målet." in text


# Both in one site


def test_the_start_page_is_that_of_the_front_report(other_site: Path) -> None:
    assert "Socialt bokslut 2023" in text_of(soup(other_site / "index.html").select(".masthead-title")[0])


def test_the_start_page_leads_to_both_reports(other_site: Path) -> None:
    links = {str(link["href"]) for link in soup(other_site / "index.html").find_all("a", href=True)}
    assert {f"{LOCAL}/index.html", f"{CENTRE}/index.html"} <= links


def test_every_link_of_both_reports_leads_somewhere(other_site: Path) -> None:
    assert broken_links(other_site) == []


@pytest.mark.parametrize("report", [LOCAL, CENTRE])
def test_each_report_has_pages_with_one_heading_each(other_site: Path, report: str) -> None:
    pages = sorted((other_site / report).glob("*.html"))
    assert len(pages) > 6
    for path in pages:
        assert len(soup(path).find_all("h1")) == 1
        assert "{" not in text_of(soup(path))


@pytest.mark.parametrize(("report", "id"), [(LOCAL, "B.1.2"), (CENTRE, "2.1.2")])
def test_each_report_has_a_pdf_with_its_areas_and_units(other_site: Path, report: str, id: str) -> None:
    pdf, data = other_site / report / "bokslut.pdf", results_in(other_site, report)
    headings = {title for title, _ in outline(PdfReader(pdf))}
    assert {part["namn"] for part in (*data["omraden"], *data["enheter"])} <= headings
    text = plain(pdf_text(pdf))
    assert id in text
    assert "info@dalby.example" in text
