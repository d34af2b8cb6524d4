"""What an author is told at the prompt: differences with true numbers, pages as readers would see them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from pathlib import PurePosixPath

from generator.model.names import and_list
from generator.model.outcomes import Value, ValueKey
from generator.model.places import Place, Problem, Severity
from generator.model.reconciliation import Identity, Reconciliation, Rule, Verdict
from generator.model.report import Report
from generator.model.shown import ShownReport
from generator.model.theme import Theme
from generator.pages.addresses import address_problems
from generator.pages.characters import character_problems
from generator.pages.indicators import weight_warnings
from generator.pages.method import decided_text
from generator.pages.numbers import DASH
from generator.pages.references import computed_text, given_text, reference_problems
from generator.pages.typed import typed_hints
from generator.pages.verdict import verdict_problems
from generator.pages.wording import quantity_text

_SEVERITIES = {Verdict.DIFFERS: Severity.ERROR, Verdict.ROUNDING: Severity.NOTE}
MAX_RANGES = 20
_ACCEPT = (
    "Är det den tryckta handlingen som har fel, skriv varför i kolumnen ”förklaring”: då redovisas"
    " skillnaden i stället."
)


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
    others = _lines(identity.cells[0].file, identity.cells[1:])
    compared = f"Jämfört med {others}." if others else ""
    if identity.verdict is Verdict.ROUNDING:
        return f"Låt talen stå: avrundning kan förklara skillnaden. {compared}".strip()
    first, last = "Rätta det tal som är fel.", ""
    suspect = None if identity.rule is Rule.CONTROLS else suspicion.of(identity)
    if suspect is not None:
        first = f"Troligen är det talet på {_spot(suspect, identity.cells[0].file)} som är fel."
    if identity.rule in (Rule.CONTROLS, Rule.TABLES, Rule.COLUMNS):
        last = _ACCEPT
    elif identity.rule is Rule.ANSWERS:
        last = "Svar från den som inte har angett kön står på rader med ”ej angivet”."
    elif identity.may_count_twice and (identity.given < identity.computed) != identity.at_most:
        last = "Räknas samma person i flera, skriv ”unika: ja” vid deltagarraden i bokslut.yaml."
    return " ".join(filter(None, (first, compared, last)))


def _spot(place: Place, file: str) -> str:
    """”rad 3 i kolumnen ”kvinnor” or cell D3, with the file when it is another one."""
    column = f" i kolumnen ”{place.column}”" if place.column else ""
    spot = f"cell {place.cell}" if place.cell else f"rad {place.line}{column}"
    return f"{spot}{_of_file(place.file, file)}"


def _of_file(name: str, file: str) -> str:
    return "" if name == file else f" i {name}"


def _lines(file: str, places: tuple[Place, ...]) -> str:
    """”rad 3, 4 och 10–12”; other files by their names."""
    by_file: dict[str, set[int]] = {}
    for place in places:
        by_file.setdefault(place.file, set()).add(place.line)
    said = [f"rad {_ranges(lines)}{_of_file(name, file)}" for name, lines in by_file.items() if any(lines)]
    return "; ".join(said)


def _ranges(lines: set[int]) -> str:
    """Line numbers in order, those that follow on each other from the first to the last."""
    # In a row of lines that follow on each other the number before each grows as fast as they do.
    rows = groupby(enumerate(sorted(lines - {0})), lambda pair: pair[1] - pair[0])
    ranges = [[line for _, line in row] for _, row in rows]
    said = [f"{first}{DASH}{rest[-1]}" if rest else str(first) for first, *rest in ranges[:MAX_RANGES]]
    return f"{', '.join(said)} …" if len(ranges) > MAX_RANGES else and_list(said)


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
