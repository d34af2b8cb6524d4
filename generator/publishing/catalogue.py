"""A site's open data as a catalogue that portals harvest: DCAT-AP-SE 3, as RDF/XML and as JSON-LD.

https://docs.dataportal.se/dcat/ says what it must hold. All addresses are absolute, and everything has one of
its own on the site.
"""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import quote

from generator.model.contents import Part
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
_DATE = "http://www.w3.org/2001/XMLSchema#date"
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"

Term = dict[str, str]  # "@id" is an address; "@value" a text, with its "@language" or "@type"


def catalogue_files(
    site: SiteSettings, reports: Sequence[ShownReport], paths: Collection[str]
) -> Iterator[tuple[str, str]]:
    """In two forms; none without an address or a licence. `paths` are those of all files of the reports."""
    if not site.root_url or site.licence is None:
        return
    things = _Catalogue(site, site.licence, paths).things([published.report for published in reports])
    yield RDF_FILE, from_template("katalog.xml", names=_NAMES, things=things)
    nodes = [
        {"@id": address, **{name: _compact(name, terms) for name, terms in said.items()}}
        for address, said in sorted(things.items())
    ]
    data = {"@context": _NAMES, "@graph": nodes}
    yield JSON_FILE, json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _compact(name: str, terms: list[Term]) -> object:
    """As JSON-LD writes it: kinds by their short names, texts without language as such, one value alone."""
    values = [
        term["@id"] if name == "@type" else term["@value"] if term.keys() == {"@value"} else term
        for term in terms
    ]
    return values[0] if len(values) == 1 else values


class _Catalogue:
    def __init__(self, site: SiteSettings, licence: Licence, paths: Collection[str]) -> None:
        self.site = site
        self.licence = licence.address
        self.paths = sorted(paths)
        self.at = _address(f"{site.root_url}{RDF_FILE}")
        self.publisher, self.contact = f"{self.at}#utgivare", f"{self.at}#kontakt"
        self._things: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))

    def things(self, reports: Sequence[Report]) -> Mapping[str, Mapping[str, list[Term]]]:
        """What is said of each thing, by its address and the names of what is said."""
        body = self.site.organisation
        about = f"Resultaten i varje bokslut från {body}."
        self._add(self.at, "dcat:Catalog", f"Öppna data från {body}", about)
        self._say(self.at, "dcterms:license", self.licence)
        self._say(self.at, "dcat:themeTaxonomy", f"{_EU}data-theme")
        self._say(self.at, "foaf:homepage", _address(self.site.root_url))
        self._say(self.at, "dcterms:issued", _date(min(report.settings.published for report in reports)))
        self._say(self.at, "dcterms:modified", _date(max(report.settings.published for report in reports)))
        self._say(self.publisher, "@type", "foaf:Agent")
        self._say(self.publisher, "foaf:name", _swedish(body))
        self._say(self.contact, "@type", "vcard:Organization")
        self._say(self.contact, "vcard:fn", {"@value": body})
        self._say(self.contact, "vcard:hasEmail", _address(f"mailto:{self.site.contact.email}"))
        for report in reports:
            self._say(self.at, "dcat:dataset", self._dataset(report))
        return self._things

    def _dataset(self, report: Report) -> str:
        settings = report.settings
        dataset, period = f"{self.at}#{report.id}", f"{self.at}#{report.id}-ar"
        name = settings.association.name
        self._add(dataset, "dcat:Dataset", f"{settings.title}, {name}", summary(settings.title, name))
        for keyword in KEYWORDS:
            self._say(dataset, "dcat:keyword", _swedish(keyword))
        self._say(dataset, "dcterms:identifier", {"@value": dataset})
        self._say(dataset, "dcat:theme", f"{_EU}data-theme/SOCI")
        self._say(dataset, "dcterms:accessRights", f"{_EU}access-right/PUBLIC")
        self._say(dataset, "dcterms:accrualPeriodicity", f"{_EU}frequency/ANNUAL")
        self._say(dataset, "dcterms:issued", _date(settings.published))
        self._say(dataset, "dcat:contactPoint", self.contact)
        self._say(dataset, "dcterms:temporal", period)
        self._say(period, "@type", "dcterms:PeriodOfTime")
        self._say(period, "dcat:startDate", _date(report.period.first_day))
        self._say(period, "dcat:endDate", _date(report.period.last_day))
        csv = [path for path in self.paths if re.fullmatch(rf"{report.id}/data/[^/]+\.csv", path)]
        about = f"{self.site.root_url}{self._page(report)}"
        self._say(dataset, "dcat:landingPage", _address(about))
        forms = (
            ("json", "Resultaten som json", "JSON", "application/json", [f"{report.id}/{RESULTS}"]),
            ("xlsx", "Tabellerna i en arbetsbok", "XLSX", EXCEL_TYPE, [f"{report.id}/{WORKBOOK}"]),
            ("csv", "Tabellerna som csv", "CSV", "text/csv", csv),
        )
        for id, title, form, media_type, files in forms:
            distribution = f"{dataset}-{id}"
            downloads = [f"{self.site.root_url}{file}" for file in files]
            self._say(dataset, "dcat:distribution", distribution)
            self._say(distribution, "@type", "dcat:Distribution")
            self._say(distribution, "dcterms:title", _swedish(title))
            self._say(distribution, "dcterms:license", self.licence)
            self._say(distribution, "dcterms:format", f"{_EU}file-type/{form}")
            self._say(distribution, "dcat:mediaType", f"{_MEDIA}{media_type}")
            self._say(
                distribution, "dcat:accessURL", _address(downloads[0] if len(downloads) == 1 else about)
            )
            for address in downloads:
                self._say(distribution, "dcat:downloadURL", _address(address))
        return dataset

    def _page(self, report: Report) -> str:
        """That about the data, or the first one of a report that leaves it out."""
        page = f"{report.id}/{name_key(Part.DATA)}.html"
        return page if page in self.paths else f"{report.id}/index.html"

    def _add(self, thing: str, kind: str, title: str, description: str) -> None:
        self._say(thing, "@type", kind)
        self._say(thing, "dcterms:title", _swedish(title))
        self._say(thing, "dcterms:description", _swedish(description))
        self._say(thing, "dcterms:language", f"{_EU}language/SWE")
        self._say(thing, "dcterms:spatial", f"{_EU}country/SWE")
        self._say(thing, "dcterms:publisher", self.publisher)

    def _say(self, thing: str, name: str, value: Term | str) -> None:
        """A text is the address of something, or the name of a kind."""
        self._things[thing][name].append({"@id": value} if isinstance(value, str) else value)


def _swedish(text: str) -> Term:
    return {"@value": text, "@language": "sv"}


def _date(date: object) -> Term:
    return {"@value": str(date), "@type": _DATE}


def _address(address: str) -> str:
    """What may not stand in an address is escaped."""
    return re.sub(r"[{}|\\^`]", lambda match: quote(match[0]), address)
