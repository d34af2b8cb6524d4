"""The accessibility statement: what the law (2018:1937) and Digg's MDFFS 2019:2 ask a public body to tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.model.places import Problem, Severity
from generator.reading import open_site
from tests.support import LOCAL, YEAR, append, html_files, only_centre, publish, soup, text_of

DIGG = "https://www.digg.se/tdosanmalan"
FORM = "https://umearegionen.example/tillganglighet"
STATEMENT = """
tillgänglighet:
  webbplats: Arbetscentrums bokslut
  förenlighet: inte förenlig
  bedömd: 2024-04-20
  uppdaterad: 2024-05-02
  metod: självskattning och oberoende granskning
  brister:
    - situation: med kognitiv nedsättning
      brist: Texterna är svåra.
      skäl: Vi har inte hunnit skriva om dem.
    - situation: utan synförmåga
      brist: Bilden av huset saknar text.
      skäl: Den kom från en annan myndighet.
      i_stället: Huset beskrivs på sidan Kontakt.
      kriterium: 1.1.1
  rättas_senast: 2025-01-01
  oskäligt_betungande:
    - innehåll: Inskannade protokoll.
      bedömning: De är många, och få frågar efter dem.
  omfattas_inte:
    - Kartan över bygden.
"""


@pytest.fixture(scope="module")
def page(web_site: Path) -> BeautifulSoup:
    return soup(web_site / "tillganglighet.html")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of one small report whose statement has all that one can have, but no form."""
    content = only_centre(tmp_path_factory.mktemp("redogorelse") / "content")
    append(content / "webbplats.yaml", f"  telefon: 090-00 00 00\n{STATEMENT}")
    return publish(content, content.parent / "output").folder


def found_in(content: Path) -> list[Problem]:
    problems: list[Problem] = []
    open_site(content, problems)
    return problems


def problem_with(centre: Path, old: str, new: str) -> Problem:
    """The only problem of a site whose statement is changed so."""
    assert old in STATEMENT
    append(centre.parent / "webbplats.yaml", STATEMENT.replace(old, new))
    (problem,) = found_in(centre.parent)
    return problem


# What it tells


def test_it_names_the_body_and_the_site(page: BeautifulSoup) -> None:
    assert "Samordningsförbundet Umeåregionen står bakom Socialt bokslut Umeåregionen." in text_of(page)


def test_it_says_how_far_the_site_conforms_in_the_words_of_the_law(page: BeautifulSoup, small: Path) -> None:
    sentence = "Den här webbplatsen är {} med lagen om tillgänglighet till digital offentlig service"
    assert f"{sentence.format('delvis förenlig')}, på grund av de brister" in text_of(page)
    assert f"{sentence.format('inte förenlig')}." in text_of(soup(small / "tillganglighet.html"))


def test_what_falls_short_stands_by_situation_with_its_reason(small: Path) -> None:
    text = text_of(soup(small / "tillganglighet.html"))
    blind = (
        "Problem vid användning utan synförmåga Bilden av huset saknar text. Den kom från en annan myndighet."
    )
    assert f"{blind} Huset beskrivs på sidan Kontakt. Det gäller WCAG 1.1.1." in text
    assert text.index(blind) < text.index(
        "Problem vid användning med kognitiv nedsättning Texterna är svåra."
    )
    assert "senast den 1 januari 2025" in text


def test_exemptions_stand_with_their_section_of_the_law(small: Path) -> None:
    text = text_of(soup(small / "tillganglighet.html"))
    assert "enligt 12 § lagen" in text
    assert "Inskannade protokoll. Bedömning: De är många, och få frågar efter dem." in text
    assert text.index("enligt 9 § lagen") < text.index("Kartan över bygden.")


def test_it_leaves_out_exemptions_that_nobody_claims(page: BeautifulSoup) -> None:
    assert "enligt 12 §" not in text_of(page)
    assert "enligt 9 §" not in text_of(page)


def test_it_says_how_and_when_the_site_was_assessed(page: BeautifulSoup) -> None:
    text = text_of(page)
    assert "Vi har gjort en självskattning (intern testning) av Socialt bokslut Umeåregionen." in text
    assert "Senaste bedömningen gjordes den 14 mars 2022." in text
    assert "Redogörelsen uppdaterades senast den 25 mars 2022." in text


def test_it_leads_to_the_form_and_to_the_supervisor(page: BeautifulSoup) -> None:
    links = {link["href"] for link in page.select("main a")}
    assert {FORM, DIGG} <= links
    assert "Svarstiden är normalt två arbetsdagar." in text_of(page)


def test_without_a_form_readers_write_or_call(small: Path) -> None:
    main = soup(small / "tillganglighet.html").select("main")[0]
    assert main.select("a[href^='mailto:'][href*='Arbetscentrums%20bokslut']")
    assert "eller ringa 090-00 00 00" in text_of(main)


# Where it is found


@pytest.mark.parametrize("path", ["index.html", f"{YEAR}/metod.html", f"{LOCAL}/deltagare.html"])
def test_every_foot_leads_to_it_and_to_where_faults_are_reported(web_site: Path, path: str) -> None:
    links = {text_of(link): str(link["href"]) for link in soup(web_site / path).select("footer a")}
    target = (web_site / path).parent / links["Tillgänglighetsredogörelse"]
    assert target.resolve() == web_site / "tillganglighet.html"
    assert links["Rapportera brister i tillgängligheten"] == FORM


def test_without_a_form_the_report_of_a_fault_names_the_page(small: Path) -> None:
    for path in html_files(small):
        (link,) = (a for a in soup(path).select("footer a") if "Rapportera brister" in text_of(a))
        assert str(link["href"]).startswith("mailto:")
    kontakt = str(soup(small / "2023-arbetscentrum/kontakt.html").footer)
    assert "Brister%20i%20tillg%C3%A4ngligheten%3A%20Kontakt" in kontakt


def test_a_site_without_a_statement_has_no_link_to_one(other_web: Path) -> None:
    assert not (other_web / "tillganglighet.html").exists()
    assert "Tillgänglighetsredogörelse" not in (other_web / "index.html").read_text("utf-8")


def test_who_cannot_use_the_pdf_can_ask_for_another_form_beside_it(other_site: Path) -> None:
    (pdf,) = soup(other_site / "index.html").select("main a.download")
    assert pdf.parent is not None and "Begär i annat format" in text_of(pdf.parent)


# What an author is told


def test_a_public_site_without_a_statement_is_a_warning(centre: Path) -> None:
    append(centre.parent / "webbplats.yaml", "licens: CC0\nbasadress: https://exempel.se/\n")
    (problem,) = found_in(centre.parent)
    assert problem.severity is Severity.WARNING
    assert "tillgänglighetsredogörelsen saknas" in problem.found


def test_a_public_statement_without_a_form_is_a_warning(centre: Path) -> None:
    append(centre.parent / "webbplats.yaml", f"licens: CC0\nbasadress: https://exempel.se/\n{STATEMENT}")
    (problem,) = found_in(centre.parent)
    assert problem.severity is Severity.WARNING
    assert "formulär" in problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "found", "remedy"),
    [
        (": inte förenlig", ": delvis", "värdet på ”förenlighet” ”delvis” finns inte", "delvis förenlig"),
        (": inte förenlig", ": helt förenlig", "stämmer inte med bristerna", "delvis förenlig"),
        (": 2024-05-02", ": 2024-04-02", "2024-04-02, före bedömningen 2024-04-20", "Rätta det datum"),
        ("  bedömd: 2024-04-20\n", "", "”bedömd” saknas", "Lägg till raden"),
        (": utan synförmåga", ": blind", "värdet på ”situation” ”blind” finns inte", "utan synförmåga"),
        (": 1.1.1", ": A", "”A” är inte ett nummer i WCAG", "1.1.1"),
        ("      skäl: Den kom från en annan myndighet.\n", "", "”skäl” saknas", "Lägg till raden"),
    ],
)
def test_what_is_wrong_is_told_with_a_remedy(
    centre: Path, old: str, new: str, found: str, remedy: str
) -> None:
    problem = problem_with(centre, old, new)
    assert found in problem.found
    assert remedy in problem.remedy
    assert problem.place.line > 1


def test_a_site_that_falls_short_says_of_what(centre: Path) -> None:
    kept = STATEMENT.partition("  brister:")[0]
    append(centre.parent / "webbplats.yaml", kept)
    (problem,) = found_in(centre.parent)
    assert problem.found == "”inte förenlig”, men det står inte vad som brister"
