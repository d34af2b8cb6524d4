"""The content folder: the site's settings, its reports and their themes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from generator.fingerprints import REPORT_FILES, SITE_FILE
from generator.model.following import listed_in
from generator.model.frozen import Frozen
from generator.model.making import Keep, made_anew
from generator.model.names import is_copy, name_key, remedy_for_unknown
from generator.model.organisations import ambiguous_organisations
from generator.model.periods import Period
from generator.model.places import ContentError, Place, Problem, Severity, has_errors
from generator.model.report import Report, Site
from generator.model.settings import SiteSettings
from generator.reading.checks.accessibility import check_accessibility
from generator.reading.files import Folder
from generator.reading.report import read_report
from generator.reading.themes import read_themes
from generator.reading.validation import read_entry

REPORT_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")  # of a folder: it stands in addresses


class SiteFolder(Frozen):
    """A content folder before its reports are read. `folders` are those of reports; some may be unusable."""

    settings: SiteSettings | None
    folders: tuple[str, ...]
    usable: tuple[str, ...]


def open_site(content: Path, problems: list[Problem]) -> SiteFolder:
    """The site's settings and which reports there are. Every fault found is added to `problems`."""
    folder = Folder(content, content.name, problems)
    remedy = "Kontrollera att du står i projektets mapp, eller ange mappen med --innehåll."
    if {*REPORT_FILES} & {*folder.entries()}:
        remedy = "Mappen är ett enda bokslut: ange mappen som den ligger i."
    settings = read_entry(folder, SITE_FILE, SiteSettings, remedy_if_missing=remedy)
    names = [name for name in folder.entries() if {*REPORT_FILES} & {*folder.entries(name)}]
    usable = [name for name in names if _can_be_read(folder, name)]
    problems.extend(_passed_over(folder, names))
    if settings is not None:
        problems.extend((*_faults(settings, names), *check_accessibility(settings)))
    return SiteFolder(settings, tuple(names), tuple(usable))


def _passed_over(folder: Folder, reports: Sequence[str]) -> Iterator[Problem]:
    """Folders that are meant for reports, but whose file has another name."""
    for name in folder.entries():
        stems = {PurePath(entry).stem.casefold() for entry in folder.entries(name)}
        if name not in reports and stems & {"bokslut", "bokslut.yaml", "budget", "utfall", "berattelse"}:
            found = "mappen räknas inte som ett bokslut: filen bokslut.yaml eller bokslut.xlsx saknas"
            remedy = "Lägg till filen, eller ge den rätt namn. Ska mappen inte läsas, börja namnet med _."
            yield Problem(Place(folder.name_of(name)), found, remedy, Severity.WARNING)


def report_in(content: Path, name: str, problems: list[Problem], kept: Keep = made_anew) -> Report | None:
    """A report of a site by the name of its folder; see `read_report`."""
    return read_report(content / name, f"{content.name}/{name}", problems, kept)


def complete_site(
    opened: SiteFolder,
    reports: Sequence[Report],
    themes: Path,
    problems: list[Problem],
    kept: Keep = made_anew,
) -> Site:
    """The site of reports that have been read. Raises ContentError with every problem if there are errors."""
    by_id = {report.id: report for report in reports}
    for report in reports:
        _check_compared(report, dict.fromkeys(opened.folders) | by_id, problems)
        if not report.is_plan and report.settings.published <= report.period.last_day:
            found = f"rapporten är publicerad {report.settings.published}, innan {report.period} är slut"
            remedy = "Rätta dagen: den kan vara kvar sedan förra året."
            problems.append(Problem(report.settings.place("published"), found, remedy, Severity.WARNING))
        problems.extend(_unknown_before(report, reports))
    problems.extend(_copies(reports))
    problems.extend(ambiguous_organisations(reports))
    used = read_themes(themes, reports, problems, kept)
    if opened.settings is None or has_errors(problems):
        raise ContentError(problems)
    return Site(opened.settings, used)


def _unknown_before(report: Report, reports: Sequence[Report]) -> Iterator[Problem]:
    """Ids of earlier reports that none has, where the organisation has last year's here."""
    name = report.association.name
    others = (each for each in reports if each is not report and each.association.name == name)
    earlier = [each for each in others if each.period.order <= report.period.order]
    is_known = any(each.period in (report.period, report.period.before) for each in earlier)
    for kind, listed in listed_in(report).items() if is_known else ():
        before = [thing for each in earlier for thing in listed_in(each)[kind]]
        known = {name_key(id) for thing in before for id in (thing.id, thing.corresponds) if id}
        for thing in listed:
            if thing.corresponds and name_key(thing.corresponds) not in known:
                found = f"inget tidigare bokslut här har ”{thing.corresponds}”, som ”{thing.id}” motsvarar"
                remedy = remedy_for_unknown(thing.corresponds, dict.fromkeys(each.id for each in before))
                yield Problem(thing.place("corresponds"), found, remedy, Severity.WARNING)


def _copies(reports: Sequence[Report]) -> Iterator[Problem]:
    """Two reports of one organisation and year: a folder that has been copied, and its year not changed."""
    seen: dict[tuple[str, Period, bool], Report] = {}
    for report in reports:
        settings = report.settings
        first = seen.setdefault((settings.association.name, report.period, report.is_plan), report)
        if first is not report:
            place = settings.place("year")
            found = f"rapporten har samma organisation och år som {first.settings.place().file}"
            remedy = "Ta bort mappen om den är en kopia. Är det en ny rapport, ändra år."
            yield Problem(place, found, remedy, Severity.WARNING)


def read_site(content: Path, themes: Path) -> tuple[Site, tuple[Report, ...]]:
    """Everything under the content folder. Raises ContentError with every problem when anything is wrong."""
    problems: list[Problem] = []
    opened = open_site(content, problems)
    read = [report_in(content, name, problems) for name in opened.usable]
    reports = tuple(report for report in read if report is not None)
    return complete_site(opened, reports, themes, problems), reports


def _can_be_read(folder: Folder, name: str) -> bool:
    """The name of a report's folder is fit for addresses."""
    if not REPORT_NAME.fullmatch(name):
        found = "mappens namn kan inte stå i en webbadress"
        remedy = f"Använd små bokstäver a–z, siffror och bindestreck: ”{name_key(name)}”."
        if any(is_copy(name, other) for other in folder.entries()):
            remedy = f"Är den en kopia, ta bort den. {remedy}"
        folder.fault(name, found, remedy)
        return False
    return True


def _faults(settings: SiteSettings, folders: Sequence[str]) -> Iterator[Problem]:
    """That the front page is not there; and no licence: a portal takes no catalogue without one."""
    if settings.front not in folders:
        found = f"mappen ”{settings.front}” med filen bokslut.yaml eller bokslut.xlsx finns inte"
        yield Problem(settings.place("front"), found, remedy_for_unknown(settings.front, folders))
    if settings.root_url and settings.licence is None:
        found = "det står inte vilken licens öppna data har, så katalogen för dataportalen skrivs inte"
        remedy = "Lägg till ”licens: CC0” (fritt) eller ”licens: CC BY” (fritt om källan anges)."
        yield Problem(settings.place("base_url"), found, remedy, Severity.WARNING)


def _check_compared(report: Report, reports: Mapping[str, Report | None], problems: list[Problem]) -> None:
    """A report is compared with another one of the same site, and follows up a plan. None cannot be read."""
    settings = report.settings
    others = [folder for folder in reports if folder != report.id]
    for named, field, what in (
        (settings.compared_with, "compared_with", "att jämföra med"),
        (settings.planned_in, "planned_in", "att följa upp"),
    ):
        if named is not None and named not in others:
            found = f"det finns ingen annan rapport i mappen ”{named}” {what}"
            remedy = remedy_for_unknown(named, others) if others else "Ta bort raden, eller lägg till mappen."
            problems.append(Problem(settings.place(field), found, remedy))
    plan = reports.get(settings.planned_in or "")
    if plan is not None and not plan.is_plan:
        found = f"{plan.settings.title} är ingen plan"
        remedy = f"Skriv ”typ: plan” i {plan.settings.place().file} om den är det, annars ta bort raden här."
        problems.append(Problem(settings.place("planned_in"), found, remedy))
