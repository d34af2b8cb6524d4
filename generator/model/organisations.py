"""Whose reports lie on a site: organisations may call themselves and their units by the same ids."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.model.frozen import Frozen
from generator.model.names import as_written, name_key
from generator.model.outcomes import counted_together
from generator.model.places import Problem
from generator.model.report import Report

UnitKeys = Mapping[tuple[str, str], str]  # by report and id of a unit what it is called on the whole site


class Organisation(Frozen):
    """The reports of an organisation, the earliest first, and the name keys by which it is called there."""

    id: str
    names: frozenset[str]
    reports: tuple[Report, ...]

    @property
    def years(self) -> set[int]:
        return {report.year for report in self.reports}

    @property
    def units(self) -> set[str]:
        return {unit.id for report in self.reports for unit in report.settings.every_unit}


def organisations_of(reports: Sequence[Report]) -> list[Organisation]:
    """Reports are of one organisation when its id is the same and its name, or the one it had before."""
    found: list[Organisation] = []
    for report in sorted(reports, key=lambda report: report.period.order):
        unit = report.association
        names = frozenset(map(name_key, filter(None, (unit.name, unit.former_name))))
        own = [other for other in found if other.id == unit.id and other.names & names]
        before = [earlier for other in own for earlier in other.reports]
        whole = Organisation(unit.id, names.union(*(other.names for other in own)), (*before, report))
        found = [*(other for other in found if other not in own), whole]
    return found


def unit_keys(reports: Sequence[Report]) -> UnitKeys:
    """By report and id of a unit what it is called on the whole site: its id, where only one has that.

    The organisation of a report may be a unit in those of one other organisation.
    """
    found = organisations_of(reports)
    keys: dict[tuple[str, str], str] = {}
    for id, holders in _holders(found).items():
        is_one = len(holders) == 1 or _is_part_of_another(id, holders)
        for organisation in holders:
            name = name_key(organisation.reports[-1].association.name)
            own = organisation.id if id != organisation.id else ""
            key = id if is_one else "-".join(filter(None, (id, own, name)))
            keys |= {(report.id, id): key for report in organisation.reports}
    return keys


def beside_each_other(reports: Sequence[Report], keys: UnitKeys) -> list[list[str]]:
    """The ids of reports of a year that have units in common, or by way of others; the earliest first."""
    order = {report.id: report.period.order for report in reports}
    units = {
        each.id: frozenset(f"{each.year} {keys[each.id, unit.id]}" for unit in each.settings.every_unit)
        for each in sorted(reports, key=lambda report: order[report.id])
    }
    joined = counted_together(units.values())
    groups = [[id for id, own in units.items() if own <= together] for together in joined]
    return sorted(groups, key=lambda ids: order[ids[0]])


def _holders(found: Sequence[Organisation]) -> Mapping[str, list[Organisation]]:
    holders: dict[str, list[Organisation]] = defaultdict(list)
    for organisation in found:
        for id in sorted(organisation.units):
            holders[id].append(organisation)
    return holders


def _is_part_of_another(id: str, holders: Sequence[Organisation]) -> bool:
    return len(holders) == 2 and sum(organisation.id == id for organisation in holders) == 1


def ambiguous_organisations(reports: Sequence[Report]) -> Iterator[Problem]:
    """Where it cannot be told whether reports are about the same organisation or unit."""
    for id, holders in _holders(organisations_of(reports)).items():
        own = [organisation for organisation in holders if organisation.id == id]
        for number, later in enumerate(own):
            place = later.reports[0].association.place("id")
            for earlier in own[:number]:
                if not earlier.years & later.years:
                    other = earlier.reports[-1]
                    found = (
                        f"”{as_written(id)}” heter ”{other.association.name}” i {other.settings.place().file}"
                        f" men ”{later.reports[0].association.name}” här"
                    )
                    remedy = (
                        "Är det två organisationer, ge dem olika id."
                        f" Är det samma, skriv ”hette: {other.association.name}” under förbund."
                    )
                    yield Problem(place, found, remedy)
        if own and len(own) < len(holders) and not _is_part_of_another(id, holders):
            found = f"”{as_written(id)}” är också en enhet i flera organisationer, eller i en med samma id"
            yield Problem(own[0].reports[0].association.place("id"), found, "Ge dem olika id.")
