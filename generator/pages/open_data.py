"""Open data for readers: its files, what may be done with them and how to cite; and for search engines."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.model.contents import Part
from generator.model.names import upper_first
from generator.model.open_data import EXCEL_TYPE, RESULTS, WORKBOOK, DataTable, Licence, summary
from generator.model.report import Report
from generator.model.settings import SiteSettings
from generator.pages import parts
from generator.pages.numbers import number_word

_FREELY = "Du får använda uppgifterna hur du vill"
# What may be done with the data, and what is said after it; the name of the licence follows.
_LICENCES = {
    None: ("Det är inte bestämt vilken licens uppgifterna har.", "Fråga oss innan du sprider dem vidare."),
    Licence.CC0: (f"{_FREELY}, utan att fråga.", "Ange gärna källan. Licensen är"),
    Licence.CC_BY: (f"{_FREELY}, om du anger källan.", "Licensen är"),
}
Json = dict[str, Any]


def data_part(
    report: Report, site: SiteSettings, tables: tuple[DataTable, ...], address: str
) -> parts.DataPart:
    """`address` is that of the report's first page, "" when it is not known."""
    settings = report.settings
    cited = f"{settings.association.name} ({settings.published.year}). {settings.title}. {address}"
    return parts.DataPart(tables, allowed=_LICENCES[site.licence], citation=cited.strip(), address=address)


def data_lead(part: parts.DataPart) -> str:
    """”17 tabeller. Du får använda uppgifterna hur du vill, utan att fråga.”"""
    number = len(part.tables)
    told = f"{upper_first(number_word(number))} {'tabell' if number == 1 else 'tabeller'}"
    return f"{told}. {part.allowed[0]}"


def descriptions(
    report: Report, site: SiteSettings, tables: Sequence[DataTable], folder: str
) -> Mapping[str, Json]:
    """What search engines are told (https://schema.org), by page. `folder` is the report's address, or ""."""
    settings = report.settings
    organisation = {"@type": "Organization", "name": settings.association.name}
    common = {
        "@context": "https://schema.org",
        "inLanguage": "sv",
        "datePublished": settings.published.isoformat(),
        "publisher": organisation,
        "temporalCoverage": f"{report.period.first_day}/{report.period.last_day}"
        if report.period.part
        else str(report.year),
        **({"license": site.licence.address} if site.licence else {}),
    }

    def place(page: str) -> Json:
        return {"url": f"{folder}{page}.html"} if folder else {}

    files = [(RESULTS, "application/json"), (WORKBOOK, EXCEL_TYPE)]
    files += [(table.path, "text/csv") for table in tables]
    downloads = [
        {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{folder}{path}"}
        for path, kind in files
    ]
    told = {"@type": "Report", "name": settings.title, **place(Part.OVERVIEW.page)}
    data = {
        "@type": "Dataset",
        "name": f"{settings.title}: öppna data",
        "description": summary(settings.title, settings.association.name),
        "isAccessibleForFree": True,
        "isPartOf": told,
        "distribution": downloads,
        **place(Part.DATA.page),
    }
    return {Part.OVERVIEW.page: {**common, **told}, Part.DATA.page: {**common, **data}}
