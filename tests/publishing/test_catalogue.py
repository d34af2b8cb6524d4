"""The catalogue that the national data portal harvests: one a site, with absolute addresses only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF

from generator.model.places import Severity
from tests.reconciling.reports import found_in
from tests.support import (
    CENTRE,
    LOCAL,
    PLAN,
    YEAR,
    append,
    only_problem_in,
    publish,
    warnings_in,
    write_contents,
)

BASE = "https://socialtbokslut.example/"


@pytest.fixture(scope="module")
def catalogue(web_site: Path) -> Graph:
    return Graph().parse(web_site / "katalog.rdf", format="xml")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # what rdflib reads JSON-LD with
def test_both_forms_say_the_same(web_site: Path, catalogue: Graph) -> None:
    assert isomorphic(catalogue, Graph().parse(web_site / "katalog.jsonld", format="json-ld"))


def test_the_catalogue_has_every_report(catalogue: Graph) -> None:
    (site,) = catalogue.subjects(RDF.type, DCAT.Catalog)
    assert str(site) == f"{BASE}katalog.rdf"
    datasets = set(catalogue.objects(site, DCAT.dataset))
    assert datasets == {URIRef(f"{BASE}katalog.rdf#{report}") for report in (LOCAL, PLAN, YEAR)}
    assert set(catalogue.subjects(RDF.type, DCAT.Dataset)) == datasets


def test_what_must_be_told_is_told(catalogue: Graph) -> None:
    for kind in (DCAT.Catalog, DCAT.Dataset):
        for subject in catalogue.subjects(RDF.type, kind):
            for predicate in (DCTERMS.title, DCTERMS.description):
                assert getattr(catalogue.value(subject, predicate), "language", "") == "sv"
            publisher = catalogue.value(subject, DCTERMS.publisher)
            assert str(catalogue.value(publisher, FOAF.name)) == "Samordningsförbundet Umeåregionen"
    for kind in (DCAT.Catalog, DCAT.Distribution):
        for subject in catalogue.subjects(RDF.type, kind):
            licence = catalogue.value(subject, DCTERMS.license)
            assert str(licence) == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_every_address_is_absolute_and_every_file_is_there(web_site: Path, catalogue: Graph) -> None:
    addresses = {term for triple in catalogue for term in triple if isinstance(term, URIRef)}
    assert all(str(address).startswith(("https://", "http://", "mailto:")) for address in addresses)
    files = [
        str(address)
        for predicate in (DCAT.downloadURL, DCAT.accessURL, DCAT.landingPage)
        for address in catalogue.objects(None, predicate)
    ]
    assert len(files) > 20
    assert all((web_site / file.removeprefix(BASE)).is_file() for file in files)


def test_a_report_without_a_page_about_its_data_leads_to_its_first_page(centre: Path, tmp_path: Path) -> None:
    append(centre.parent / "webbplats.yaml", f"basadress: {BASE}\nlicens: CC BY\n")
    write_contents(centre, "- översikt")
    site = publish(centre.parent, tmp_path / "output").folder
    graph = Graph().parse(site / "katalog.rdf", format="xml")
    assert list(map(str, graph.objects(None, DCAT.landingPage))) == [f"{BASE}{CENTRE}/index.html"]


@pytest.mark.parametrize("settings", ["", "licens: CC0\n"])
def test_without_an_address_there_is_no_catalogue(centre: Path, tmp_path: Path, settings: str) -> None:
    append(centre.parent / "webbplats.yaml", settings)
    assert not list(publish(centre.parent, tmp_path / "output").folder.glob("katalog.*"))


def test_an_address_without_a_licence_gives_no_catalogue_and_is_told(centre: Path, tmp_path: Path) -> None:
    append(centre.parent / "webbplats.yaml", f"basadress: {BASE}\n")
    (warning,) = [problem for problem in warnings_in(centre.parent) if "licens" in problem.found]
    assert warning.severity is Severity.WARNING
    assert "licens: CC0" in warning.remedy
    assert not list(publish(centre.parent, tmp_path / "output").folder.glob("katalog.*"))


@pytest.mark.parametrize("written", ["GPL", "CC-BY", "cc0", "ja"])
def test_another_licence_is_told_at_its_line(centre: Path, written: str) -> None:
    settings = centre.parent / "webbplats.yaml"
    append(settings, f"licens: {written}\n")
    problem = only_problem_in(centre.parent)
    assert found_in(problem) == f"värdet på ”licens” ”{written}” finns inte"
    assert "”CC0”" in problem.remedy
    assert "”CC BY”" in problem.remedy
    assert problem.place.line == len(settings.read_text("utf-8").splitlines())


def test_an_audit_edition_has_no_catalogue(audit_site: Path) -> None:
    assert not list(audit_site.glob("katalog.*"))


def test_what_may_not_stand_in_an_address_is_escaped(centre: Path, tmp_path: Path) -> None:
    settings = centre.parent / "webbplats.yaml"
    settings.write_text(
        re.sub("e-post: .*", "e-post: '{a|b}@exempel.se'", settings.read_text("utf-8")), "utf-8"
    )
    append(settings, "basadress: https://exempel.se/\nlicens: CC0\n")
    site = publish(centre.parent, tmp_path / "output").folder
    addresses = {str(object) for object in Graph().parse(site / "katalog.rdf", format="xml").objects()}
    assert "mailto:%7Ba%7Cb%7D@exempel.se" in addresses
