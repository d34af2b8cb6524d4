"""What was compared, in words: for the author at the prompt and for readers of the method page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from generator.figures import UnknownFigureError
from generator.model.places import Place, Problem, Severity
from generator.model.published import PublishedReport
from generator.model.reconciliation import Identity, Reconciliation, Rule, Verdict
from generator.pages.numbers import DASH, NBSP, plain_number
from generator.pages.references import References
from generator.pages.wording import and_list

_SEVERITIES = {Verdict.DIFFERS: Severity.ERROR, Verdict.ROUNDING: Severity.NOTE}
MAX_RANGES = 20
_ACCEPT = (
    "Är det den tryckta handlingen som har fel, skriv varför i kolumnen ”förklaring”: då redovisas"
    " skillnaden i stället."
)


def difference_problems(reconciliation: Reconciliation, published: PublishedReport) -> Iterator[Problem]:
    """An error for each identity that does not hold; a note where rounding explains the difference."""
    suspicion = _Suspicion(reconciliation)
    for identity in _one_of_each_group(reconciliation.identities):
        severity = _SEVERITIES.get(identity.verdict)
        if severity is not None:
            found = difference_text(identity, published)
            yield Problem(identity.cells[0], found, _remedy(identity, suspicion), severity)


def _one_of_each_group(identities: Sequence[Identity]) -> Iterator[Identity]:
    """With too few asked, every question of a group has too many answers: the one with most tells it."""
    most: dict[Place, Identity] = {}
    for identity in identities:
        if identity.rule is Rule.ASKED and identity.verdict is Verdict.DIFFERS:
            asked = identity.cells[-1]
            most[asked] = max(most.get(asked, identity), identity, key=lambda asking: asking.given)
        else:
            yield identity
    yield from most.values()


class _Suspicion:
    """Which cell is wrong: one that alone explains why several sums do not hold, while the others do."""

    def __init__(self, reconciliation: Reconciliation) -> None:
        holding = filter(_is_exact_and_holds, reconciliation.identities)
        self._vouched = {cell for identity in holding for cell in identity.cells}
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


def _is_exact_and_holds(identity: Identity) -> bool:
    """That a part is smaller than its whole, or that a sum holds but for rounding, says little of a cell."""
    is_exact = not identity.at_most and identity.tolerance == 0
    return is_exact and identity.verdict is Verdict.HOLDS


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
    ranges: list[tuple[int, int]] = []
    for line in sorted(lines - {0}):
        if ranges and line == ranges[-1][1] + 1:
            ranges[-1] = ranges[-1][0], line
        else:
            ranges.append((line, line))
    shown = ranges[:MAX_RANGES]
    said = [str(first) if first == last else f"{first}{DASH}{last}" for first, last in shown]
    if len(ranges) > MAX_RANGES:
        return f"{', '.join(said)} …"
    return and_list(said)


def difference_text(identity: Identity, published: PublishedReport) -> str:
    """”Vännäs: avslut (kvinnor) är 18, men positiv lösning + avbrott är 19”"""
    given, computed = given_text(identity), computed_text(identity, published)
    if identity.rule is Rule.CONTROLS:
        return f"{identity.what} är {given} i källan ({identity.source}), men {computed} i rapporten"
    if identity.rule in (Rule.SHARES, Rule.IDEAL_WEIGHTS):
        return f"{identity.what} är {given}, men ska vara {computed}"
    if identity.at_most:
        return f"{identity.what} är {given}, men får inte vara fler än {identity.against}, {computed}"
    return f"{identity.what} är {given}, men {identity.against} är {computed}"


def given_text(identity: Identity) -> str:
    return identity.written or _number(identity.given, identity.unit)


def computed_text(identity: Identity, published: PublishedReport) -> str:
    """The computed side. That of a control total is what the report itself says."""
    if not identity.figure:
        return _number(identity.computed, identity.unit)
    try:
        return References(published, published.association).resolve(identity.figure)
    except UnknownFigureError:
        return DASH


def _number(number: Fraction, unit: str) -> str:
    text = plain_number(number, most=3)
    return f"{text}{NBSP}{unit}" if unit else text
