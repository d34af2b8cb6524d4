"""A site's open data as a catalogue that portals harvest: DCAT-AP-SE 3, as RDF/XML and as JSON-LD.

https://docs.dataportal.se/dcat/ says what it must hold. All addresses are absolute, and everything has one of
its own on the site.
"""

import json
import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from urllib.parse import quote

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF
from rdflib.term import Identifier

from generator.model.contents import Part
from generator.model.making import Makers
from generator.model.names import name_key
from generator.model.open_data import EXCEL_TYPE, RESULTS, WORKBOOK, Licence, summary
from generator.model.report import Report
from generator.model.settings import SiteSettings
from generator.model.shown import ShownReport

RDF_FILE, JSON_FILE = "katalog.rdf", "katalog.jsonld"
KEYWORDS = ("socialt bokslut", "uppföljning", "indikatorer")
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_SWEDISH, _PUBLIC = URIRef(f"{_EU}language/SWE"), URIRef(f"{_EU}access-right/PUBLIC")
_SWEDEN = URIRef(f"{_EU}country/SWE")
_SOCIETY, _YEARLY = URIRef(f"{_EU}data-theme/SOCI"), URIRef(f"{_EU}frequency/ANNUAL")


def catalogue_files(
    site: SiteSettings,
    licence: Licence,
    reports: Sequence[ShownReport],
    paths: Callable[[], Collection[str]],
) -> Makers:
    """In two forms, of a site with an address. `paths` tells those of all files of the reports."""

    @cache
    def graph() -> Graph:
        return _Catalogue(site, licence, paths()).graph([published.report for published in reports])

    yield RDF_FILE, lambda: graph().serialize(format="xml")
    yield JSON_FILE, lambda: _json_of(graph())


def _json_of(graph: Graph) -> str:
    data = json.loads(graph.serialize(format="json-ld", auto_compact=True))
    data["@graph"].sort(key=lambda node: node["@id"])  # a set in rdflib
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


class _Catalogue:
    def __init__(self, site: SiteSettings, licence: Licence, paths: Collection[str]) -> None:
        self.site = site
        self.licence = URIRef(licence.address)
        self.paths = sorted(paths)
        self.address = _uri(f"{site.root_url}{RDF_FILE}")
        self.publisher, self.contact = URIRef(f"{self.address}#utgivare"), URIRef(f"{self.address}#kontakt")
        # This store keeps the order that things are added in.
        self.data = Graph("SimpleMemory", bind_namespaces="none")
        named = {"rdf": RDF, "dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "vcard": _VCARD}
        for prefix, names in named.items():
            self.data.bind(prefix, names)

    def graph(self, reports: Sequence[Report]) -> Graph:
        title = f"Öppna data från {self.site.organisation}"
        self._add(
            self.address, DCAT.Catalog, title, f"Resultaten i varje bokslut från {self.site.organisation}."
        )
        self._say(self.address, DCTERMS.license, self.licence)
        self._say(self.address, DCAT.themeTaxonomy, URIRef(f"{_EU}data-theme"))
        self._say(self.address, FOAF.homepage, _uri(self.site.root_url))
        self._say(self.address, DCTERMS.issued, _date(min(report.settings.published for report in reports)))
        self._say(self.address, DCTERMS.modified, _date(max(report.settings.published for report in reports)))
        self._say(self.publisher, RDF.type, FOAF.Agent)
        self._say(self.publisher, FOAF.name, Literal(self.site.organisation, lang="sv"))
        self._say(self.contact, RDF.type, _VCARD.Organization)
        self._say(self.contact, _VCARD.fn, Literal(self.site.organisation))
        self._say(self.contact, _VCARD.hasEmail, _uri(f"mailto:{self.site.contact.email}"))
        for report in reports:
            self._say(self.address, DCAT.dataset, self._dataset(report))
        return self.data

    def _dataset(self, report: Report) -> URIRef:
        settings = report.settings
        dataset, period = URIRef(f"{self.address}#{report.id}"), URIRef(f"{self.address}#{report.id}-ar")
        name = settings.association.name
        self._add(dataset, DCAT.Dataset, f"{settings.title}, {name}", summary(settings.title, name))
        for keyword in KEYWORDS:
            self._say(dataset, DCAT.keyword, Literal(keyword, lang="sv"))
        self._say(dataset, DCTERMS.identifier, Literal(str(dataset)))
        self._say(dataset, DCAT.theme, _SOCIETY)
        self._say(dataset, DCTERMS.accessRights, _PUBLIC)
        self._say(dataset, DCTERMS.accrualPeriodicity, _YEARLY)
        self._say(dataset, DCTERMS.issued, _date(settings.published))
        self._say(dataset, DCAT.contactPoint, self.contact)
        self._say(dataset, DCTERMS.temporal, period)
        self._say(period, RDF.type, DCTERMS.PeriodOfTime)
        self._say(period, DCAT.startDate, _date(report.period.first_day))
        self._say(period, DCAT.endDate, _date(report.period.last_day))
        csv = [path for path in self.paths if re.fullmatch(rf"{report.id}/data/[^/]+\.csv", path)]
        about = f"{self.site.root_url}{self._page(report)}"
        self._say(dataset, DCAT.landingPage, _uri(about))
        forms = (
            ("json", "Resultaten som json", "JSON", "application/json", [f"{report.id}/{RESULTS}"]),
            ("xlsx", "Tabellerna i en arbetsbok", "XLSX", EXCEL_TYPE, [f"{report.id}/{WORKBOOK}"]),
            ("csv", "Tabellerna som csv", "CSV", "text/csv", csv),
        )
        for id, title, form, media_type, files in forms:
            distribution = URIRef(f"{dataset}-{id}")
            downloads = [f"{self.site.root_url}{file}" for file in files]
            self._say(dataset, DCAT.distribution, distribution)
            self._say(distribution, RDF.type, DCAT.Distribution)
            self._say(distribution, DCTERMS.title, Literal(title, lang="sv"))
            self._say(distribution, DCTERMS.license, self.licence)
            self._say(distribution, DCTERMS["format"], URIRef(f"{_EU}file-type/{form}"))
            self._say(distribution, DCAT.mediaType, URIRef(f"{_MEDIA}{media_type}"))
            self._say(distribution, DCAT.accessURL, _uri(downloads[0] if len(downloads) == 1 else about))
            for address in downloads:
                self._say(distribution, DCAT.downloadURL, _uri(address))
        return dataset

    def _page(self, report: Report) -> str:
        """That about the data, or the first one of a report that leaves it out."""
        page = f"{report.id}/{name_key(Part.DATA)}.html"
        return page if page in self.paths else f"{report.id}/index.html"

    def _add(self, subject: URIRef, kind: URIRef, title: str, description: str) -> None:
        self._say(subject, RDF.type, kind)
        self._say(subject, DCTERMS.title, Literal(title, lang="sv"))
        self._say(subject, DCTERMS.description, Literal(description, lang="sv"))
        self._say(subject, DCTERMS.language, _SWEDISH)
        self._say(subject, DCTERMS.spatial, _SWEDEN)
        self._say(subject, DCTERMS.publisher, self.publisher)

    def _say(self, subject: URIRef, predicate: URIRef, value: Identifier) -> None:
        self.data.add((subject, predicate, value))


def _date(date: object) -> Literal:
    return Literal(str(date), datatype=XSD.date)


def _uri(address: str) -> URIRef:
    """What may not stand in an address is escaped."""
    return URIRef(re.sub(r"[{}|\\^`]", lambda match: quote(match[0]), address))
