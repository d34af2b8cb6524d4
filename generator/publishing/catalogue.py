"""A site's open data as a catalogue that portals harvest: DCAT-AP-SE 3, as RDF/XML and as JSON-LD.

https://docs.dataportal.se/dcat/ says what it must hold. All addresses are absolute, and everything has one of
its own on the site.
"""

import json
import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from urllib.parse import quote

from generator.model.contents import Part
from generator.model.making import Makers
from generator.model.names import name_key
from generator.model.open_data import EXCEL_TYPE, RESULTS, WORKBOOK, Licence, summary
from generator.model.report import Report
from generator.model.settings import SiteSettings
from generator.model.shown import ShownReport
from generator.publishing.web_files import from_template

RDF_FILE, JSON_FILE = "katalog.rdf", "katalog.jsonld"
KEYWORDS = ("socialt bokslut", "uppföljning", "indikatorer")
_NAMES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_KIND = "@type"
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"

Value = str | dict[str, str]  # as JSON-LD writes it
Things = dict[str, dict[str, list[Value]]]  # what is said of each, by its address


def catalogue_files(
    site: SiteSettings, reports: Sequence[ShownReport], paths: Callable[[], Collection[str]]
) -> Makers:
    """In two forms; none without an address or a licence. `paths` tells those of all files of the reports."""
    licence = site.licence
    if not site.root_url or licence is None:
        return

    @cache
    def things() -> Things:
        return _Catalogue(site, licence, paths()).things([published.report for published in reports])

    yield RDF_FILE, lambda: from_template("katalog.xml", names=_NAMES, things=things())
    yield JSON_FILE, lambda: _json_of(things())


def _json_of(things: Things) -> str:
    """What is said once is no list."""
    graph = [
        {"@id": id} | {name: said[0] if len(said) == 1 else said for name, said in things[id].items()}
        for id in sorted(things)
    ]
    data = {"@context": _NAMES, "@graph": graph}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class _Catalogue:
    def __init__(self, site: SiteSettings, licence: Licence, paths: Collection[str]) -> None:
        self.site, self.licence = site, licence.address
        self.paths = sorted(paths)
        self.address = _escaped(f"{site.root_url}{RDF_FILE}")
        self.publisher, self.contact = f"{self.address}#utgivare", f"{self.address}#kontakt"
        self.data: Things = {}

    def things(self, reports: Sequence[Report]) -> Things:
        organisation, days = self.site.organisation, [report.settings.published for report in reports]
        told = f"Öppna data från {organisation}", f"Resultaten i varje bokslut från {organisation}."
        self._add(self.address, "dcat:Catalog", *told)
        self._say(self.address, "dcterms:license", _at(self.licence))
        self._say(self.address, "dcat:themeTaxonomy", _at(f"{_EU}data-theme"))
        self._say(self.address, "foaf:homepage", _at(self.site.root_url))
        self._say(self.address, "dcterms:issued", _day(min(days)))
        self._say(self.address, "dcterms:modified", _day(max(days)))
        self._say(self.publisher, _KIND, "foaf:Agent")
        self._say(self.publisher, "foaf:name", _swedish(organisation))
        self._say(self.contact, _KIND, "vcard:Organization")
        self._say(self.contact, "vcard:fn", organisation)
        self._say(self.contact, "vcard:hasEmail", _at(f"mailto:{self.site.contact.email}"))
        for report in reports:
            self._say(self.address, "dcat:dataset", _at(self._dataset(report)))
        return self.data

    def _dataset(self, report: Report) -> str:
        settings = report.settings
        dataset, name = _escaped(f"{self.address}#{report.id}"), settings.association.name
        period = f"{dataset}-ar"
        self._add(dataset, "dcat:Dataset", f"{settings.title}, {name}", summary(settings.title, name))
        for keyword in KEYWORDS:
            self._say(dataset, "dcat:keyword", _swedish(keyword))
        self._say(dataset, "dcterms:identifier", dataset)
        self._say(dataset, "dcat:theme", _at(f"{_EU}data-theme/SOCI"))
        self._say(dataset, "dcterms:accessRights", _at(f"{_EU}access-right/PUBLIC"))
        self._say(dataset, "dcterms:accrualPeriodicity", _at(f"{_EU}frequency/ANNUAL"))
        self._say(dataset, "dcterms:issued", _day(settings.published))
        self._say(dataset, "dcat:contactPoint", _at(self.contact))
        self._say(dataset, "dcterms:temporal", _at(period))
        self._say(period, _KIND, "dcterms:PeriodOfTime")
        self._say(period, "dcat:startDate", _day(report.period.first_day))
        self._say(period, "dcat:endDate", _day(report.period.last_day))
        csv = [path for path in self.paths if re.fullmatch(rf"{report.id}/data/[^/]+\.csv", path)]
        about = f"{self.site.root_url}{self._page(report)}"
        self._say(dataset, "dcat:landingPage", _at(about))
        forms = (
            ("json", "Resultaten som json", "JSON", "application/json", [f"{report.id}/{RESULTS}"]),
            ("xlsx", "Tabellerna i en arbetsbok", "XLSX", EXCEL_TYPE, [f"{report.id}/{WORKBOOK}"]),
            ("csv", "Tabellerna som csv", "CSV", "text/csv", csv),
        )
        for id, title, form, media_type, files in forms:
            distribution = f"{dataset}-{id}"
            downloads = [f"{self.site.root_url}{file}" for file in files]
            self._say(dataset, "dcat:distribution", _at(distribution))
            self._say(distribution, _KIND, "dcat:Distribution")
            self._say(distribution, "dcterms:title", _swedish(title))
            self._say(distribution, "dcterms:license", _at(self.licence))
            self._say(distribution, "dcterms:format", _at(f"{_EU}file-type/{form}"))
            self._say(distribution, "dcat:mediaType", _at(f"{_MEDIA}{media_type}"))
            self._say(distribution, "dcat:accessURL", _at(downloads[0] if len(downloads) == 1 else about))
            for address in downloads:
                self._say(distribution, "dcat:downloadURL", _at(address))
        return dataset

    def _page(self, report: Report) -> str:
        """That about the data, or the first one of a report that leaves it out."""
        page = f"{report.id}/{name_key(Part.DATA)}.html"
        return page if page in self.paths else f"{report.id}/index.html"

    def _add(self, subject: str, kind: str, title: str, description: str) -> None:
        self._say(subject, _KIND, kind)
        self._say(subject, "dcterms:title", _swedish(title))
        self._say(subject, "dcterms:description", _swedish(description))
        self._say(subject, "dcterms:language", _at(f"{_EU}language/SWE"))
        self._say(subject, "dcterms:spatial", _at(f"{_EU}country/SWE"))
        self._say(subject, "dcterms:publisher", _at(self.publisher))

    def _say(self, subject: str, predicate: str, value: Value) -> None:
        self.data.setdefault(subject, {}).setdefault(predicate, []).append(value)


def _swedish(text: str) -> Value:
    return {"@language": "sv", "@value": text}


def _day(date: object) -> Value:
    return {"@type": "http://www.w3.org/2001/XMLSchema#date", "@value": str(date)}


def _at(address: str) -> Value:
    return {"@id": _escaped(address)}


def _escaped(address: str) -> str:
    """Without what may not stand in an address."""
    return re.sub(r"[{}|\\^`]", lambda match: quote(match[0]), address)
