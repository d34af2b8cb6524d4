"""What an author is told at the prompt: differences with true numbers, pages as readers would see them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from operator import attrgetter
from pathlib import PurePosixPath

from generator.model.names import as_written
from generator.model.outcomes import Value, ValueKey
from generator.model.places import Place, Problem, Severity, lines_told, of_file
from generator.model.quantities import Kind, Quantity
from generator.model.reconciliation import Identity, Reconciliation, Rule, Verdict
from generator.model.report import Report
from generator.model.shown import ShownReport
from generator.model.theme import Theme
from generator.pages.addresses import address_problems
from generator.pages.characters import character_problems
from generator.pages.indicators import weight_warnings
from generator.pages.method import decided_text
from generator.pages.references import computed_text, given_text, reference_problems
from generator.pages.typed import typed_hints
from generator.pages.verdict import verdict_problems
from generator.pages.wording import exact_text, quantity_text

_SEVERITIES = {Verdict.DIFFERS: Severity.ERROR, Verdict.ROUNDING: Severity.NOTE}
_MISPRINT = (
    "Är det den tryckta handlingen som har fel, skriv varför i kolumnen ”förklaring”: då redovisas"
    " skillnaden i stället."
)
_OTHERWISE = {
    **dict.fromkeys((Rule.CONTROLS, Rule.TABLES, Rule.COLUMNS), _MISPRINT),
    Rule.ANSWERS: "Svar från den som inte har angett kön står på rader med ”ej angivet”.",
    Rule.EQUITY: "Har något mer ändrat det egna kapitalet, till exempel en återbetalning till medlemmar,"
    " skriv vad i kolumnen ”förklaring”: då redovisas skillnaden i stället.",
}


def problems_of_pages(published: ShownReport, theme: Theme) -> list[Problem]:
    """What is wrong with the pages of a report, as readers would see them."""
    return list(_problems_of_pages(published, theme))


def _problems_of_pages(published: ShownReport, theme: Theme) -> Iterator[Problem]:
    yield from address_problems(published.report, theme)
    yield from reference_problems(published)
    yield from character_problems(published.report, theme)
    yield from verdict_problems(published)
    yield from typed_hints(published)
    index = published.association.index
    is_measured = index.measured == index.total  # until then, weights are lacking because outcomes are
    for area, sentence in weight_warnings(published) if is_measured else ():
        remedy = "Ändra vikterna, eller idealvikten."
        yield Problem(area.place("ideal_weight"), sentence, remedy, Severity.WARNING)
    state = published.report.seal
    if state is not None and published.report.is_changed:
        place = state.seal.place()
        compare = f"bokslut jämför {PurePosixPath(place.file).parent}"
        remedy = f"Se vad med {compare}. Är det beslutat? Fastställ då på nytt."
        yield Problem(place, decided_text(published).rstrip("."), remedy, Severity.WARNING)


def problems_of_copies(reports: Iterable[ShownReport]) -> Iterator[Problem]:
    """Participants that are all those of another year: a table that has been copied, and its numbers kept."""
    seen: dict[tuple[object, ...], ShownReport] = {}
    for published in reports:
        people = published.tables.participants.items()
        rows = [(key, each.women, each.men, each.total) for key, each in people if each.total]
        first = seen.setdefault((published.report.association.name, *rows), published)
        if len(rows) > 1 and first.report.period != published.report.period:
            found = f"alla deltagare är exakt desamma som i ”{first.report.settings.title}”"
            remedy = "Är tabellen en kopia, fyll i årets antal."
            yield Problem(published.report.settings.place("year"), found, remedy, Severity.WARNING)


def problems_of_last_years(reports: Iterable[ShownReport]) -> Iterator[Problem]:
    """What a report says of earlier years, where last year's own report says another thing."""
    results = (published for published in reports if not published.report.is_plan)
    known = {(published.report.association.name, published.report.period): published for published in results}
    for (name, period), published in known.items():
        before = known.get((name, period.before))
        for what, place, now, then in _told_twice(published, before) if before else ():
            if before and now.value != then.value:
                title, said, other = before.report.settings.title, exact_text(now), exact_text(then)
                found = f"{what} är {said}, men {other} i ”{title}”"
                yield Problem(place, found, "Är talet rättat, låt det stå.", Severity.NOTE)


def _told_twice(
    published: ShownReport, before: ShownReport
) -> Iterator[tuple[str, Place, Quantity, Quantity]]:
    report, tables, then = published.report, published.tables, before.tables
    for (unit, row), now in tables.previous.items():
        people, (place, *_) = then.participants.get((unit, row)), tables.previous_places[unit, row]
        if people and isinstance(people.total, int) and isinstance(now, Quantity) and now.kind is Kind.NUMBER:
            what = f"{report.settings.unit_names[unit]}: {report.row_names[row]} {before.report.period}"
            yield what, place, now, replace(now, value=Fraction(people.total))
    for key, value in tables.values.items():
        if key.year < report.year and key in then.values:
            what = f"{as_written(key.series)} {key.year}"
            yield what, value.place, value.quantity, then.values[key].quantity


def problems_of_earlier_years(report: Report, earlier: Mapping[ValueKey, Value | None]) -> Iterator[Problem]:
    """What is entered for an earlier year, and is hidden or another in that year's own report."""
    for key, value in earlier.items():
        entered = report.outcomes.values.get(key)
        if entered is None:
            continue
        if value is None:
            found = f"utfallet för {key.year} är dolt i det årets rapport, för att inte röja någon"
            yield Problem(entered.place, found, "Ta bort raden. Kravet får då ingen signal.")
        elif abs(value.quantity.value - entered.quantity.value) * value.quantity.kind.scale > Fraction(1, 2):
            said = quantity_text(value.quantity, report.rules.rounding)
            found = f"utfallet för {key.year} är {said} i {value.source}, och det används"
            remedy = "Ta bort raden: talet hämtas därifrån."
            yield Problem(entered.place, found, remedy, Severity.WARNING)


def problems_of_differences(reconciliation: Reconciliation, published: ShownReport) -> Iterator[Problem]:
    """An error for each identity that does not hold; a note where rounding explains the difference."""
    suspicion = _Suspicion(reconciliation)
    for identity in _without_repetition(reconciliation.identities):
        severity = _SEVERITIES.get(identity.verdict)
        if severity is not None:
            found = _difference(identity, published)
            yield Problem(identity.cells[0], found, _remedy(identity, suspicion), severity)


def _without_repetition(identities: Sequence[Identity]) -> Iterator[Identity]:
    """With too few asked, every question of a group has too many answers: the one with most tells it."""
    most: dict[Place, Identity] = {}
    for identity in identities:
        if identity.rule is Rule.ASKED and identity.verdict is Verdict.DIFFERS:
            asked = identity.cells[-1]
            most[asked] = max(most.get(asked, identity), identity, key=attrgetter("given"))
        else:
            yield identity
    yield from most.values()


class _Suspicion:
    """Which cell is wrong: one that alone explains why several sums do not hold, while the others do."""

    def __init__(self, reconciliation: Reconciliation) -> None:
        # That a part is smaller than its whole, or that a sum holds but for rounding, says little of a cell.
        holding = reconciliation.with_verdict(Verdict.HOLDS)
        exact = (identity for identity in holding if not identity.at_most and identity.tolerance == 0)
        self._vouched = {cell for identity in exact for cell in identity.cells}
        # Of the identities that do not hold, those that can tell how much a cell is wrong.
        self._broken = [
            (abs(identity.given - identity.computed), self._doubtful(identity))
            for identity in reconciliation.with_verdict(Verdict.DIFFERS)
            if not identity.at_most and identity.rule is not Rule.CONTROLS
        ]

    def of(self, identity: Identity) -> Place | None:
        """The only cell that can be wrong, given everything else that holds or does not."""
        if len(set(identity.cells)) < 2:
            return None
        suspects = self._doubtful(identity)
        related = self._related(suspects)
        suspects = suspects.intersection(*(cells for _, cells in related))
        is_one_fault = len({difference for difference, _ in related}) <= 1
        return next(iter(suspects)) if len(suspects) == 1 and is_one_fault else None

    def _doubtful(self, identity: Identity) -> set[Place]:
        return set(identity.cells) - self._vouched

    def _related(self, cells: set[Place]) -> list[tuple[Fraction, set[Place]]]:
        """The broken identities that share a doubtful cell with these, or with one that does, and so on."""
        reached, rest, related = set(cells), list(self._broken), []
        while near := [broken for broken in rest if broken[1] & reached]:
            rest = [broken for broken in rest if broken not in near]
            related += near
            reached.update(*(cells for _, cells in near))
        return related


def _remedy(identity: Identity, suspicion: _Suspicion) -> str:
    others = lines_told(identity.cells[0].file, identity.cells[1:])
    compared = f"Jämfört med {others}." if others else ""
    if identity.verdict is Verdict.ROUNDING:
        return f"Låt talen stå: avrundning kan förklara skillnaden. {compared}".strip()
    first, last = "Rätta det tal som är fel.", _OTHERWISE.get(identity.rule, "")
    suspect = None if identity.rule is Rule.CONTROLS else suspicion.of(identity)
    if suspect is not None:
        first = f"Troligen är det talet på {_spot(suspect, identity.cells[0].file)} som är fel."
    if identity.may_count_twice and (identity.given < identity.computed) != identity.at_most:
        last = "Räknas samma person i flera, skriv ”unika: ja” vid deltagarraden i bokslut.yaml."
    return " ".join(filter(None, (first, compared, last)))


def _spot(place: Place, file: str) -> str:
    """”rad 3 i kolumnen ”kvinnor” or cell D3, with the file when it is another one."""
    column = f" i kolumnen ”{place.column}”" if place.column else ""
    spot = f"cell {place.cell}" if place.cell else f"rad {place.line}{column}"
    return f"{spot}{of_file(place.file, file)}"


def _difference(identity: Identity, published: ShownReport) -> str:
    """”Vännäs: avslut (kvinnor) är 18, men positiv lösning + avbrott är 19”"""
    given, computed = given_text(identity), computed_text(identity, published)
    if identity.rule is Rule.CONTROLS:
        return f"{identity.what} är {given} i källan ({identity.source}), men {computed} i rapporten"
    if identity.rule in (Rule.SHARES, Rule.IDEAL_WEIGHTS):
        return f"{identity.what} är {given}, men ska vara {computed}"
    if identity.at_most:
        return f"{identity.what} är {given}, men får inte vara fler än {identity.against}, {computed}"
    return f"{identity.what} är {given}, men {identity.against} är {computed}"
