"""What was compared, in words: for the author at the prompt and for readers of the method page."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from generator.figures import UnknownFigureError
from generator.model.places import Place, Problem, Severity
from generator.model.published import PublishedReport
from generator.model.reconciliation import Identity, Reconciliation, Rule, Verdict
from generator.pages.numbers import DASH, NBSP, decimal_text
from generator.pages.references import References

_SEVERITIES = {Verdict.DIFFERS: Severity.ERROR, Verdict.ROUNDING: Severity.NOTE}
MAX_LINES = 12


def difference_problems(reconciliation: Reconciliation, published: PublishedReport) -> Iterator[Problem]:
    """An error for each identity that does not hold; a note where rounding explains the difference."""
    holding = {cell for one in reconciliation.identities if _vouches(one) for cell in one.cells}
    for identity in reconciliation.identities:
        severity = _SEVERITIES.get(identity.verdict)
        if severity is None:
            continue
        found = difference_text(identity, published)
        remedy = _remedy(identity, holding)
        yield Problem(identity.cells[0], found, remedy, severity)


def _vouches(identity: Identity) -> bool:
    """Whether an identity speaks for its cells: that a part is smaller than its whole says little."""
    return identity.verdict is Verdict.HOLDS and not identity.at_most


def _remedy(identity: Identity, holding: set[Place]) -> str:
    others = _lines(identity.cells[0].file, identity.cells[1:])
    compared = f" Jämfört med {others}." if others else ""
    if identity.verdict is Verdict.ROUNDING:
        return f"Ingenting: avrundning av talen kan förklara skillnaden.{compared}"
    if identity.rule in (Rule.CONTROLS, Rule.TABLES):
        remedy = (
            "Rätta det tal som är fel. Är det fel i den tryckta handlingen, skriv varför i kolumnen"
            " ”förklaring”: då redovisas skillnaden i stället."
        )
        return f"{remedy}{compared}"
    suspects = [cell for cell in dict.fromkeys(identity.cells) if cell not in holding]
    if len(suspects) == 1 and len(identity.cells) > 1:
        return f"Troligen är det talet på {_spot(suspects[0])} som är fel.{compared}"
    hint = " Svar från den som inte har angett kön står på rader med ”ej angivet”."
    return f"Rätta det tal som är fel.{compared}{hint if identity.rule is Rule.ANSWERS else ''}"


def _spot(place: Place) -> str:
    column = f", kolumnen ”{place.column}”" if place.column else ""
    return f"rad {place.line}{column}"


def _lines(file: str, places: tuple[Place, ...]) -> str:
    """”rad 3, 4 och 10 i samma fil”; other files by their names."""
    by_file: dict[str, list[int]] = {}
    for place in places:
        lines = by_file.setdefault(place.file, [])
        if place.line and place.line not in lines:
            lines.append(place.line)
    said = []
    for name, lines in by_file.items():
        shown = ", ".join(str(line) for line in sorted(lines)[:MAX_LINES])
        more = " …" if len(lines) > MAX_LINES else ""
        said.append(f"rad {shown}{more}" + ("" if name == file else f" i {name}"))
    return "; ".join(said)


def difference_text(identity: Identity, published: PublishedReport) -> str:
    """”Vännäs: avslut, kvinnor är 18, men positiv lösning + avbrott är 19”"""
    given, computed = given_text(identity), computed_text(identity, published)
    if identity.rule is Rule.CONTROLS:
        return f"{identity.what} är tryckt som {given}, men beräknat {computed} ({identity.source})"
    if identity.at_most:
        return f"{identity.what} är {given}, mer än {identity.against}, {computed}"
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
    decimals = next((count for count in (0, 1, 2) if (number * 10**count).denominator == 1), 3)
    text = decimal_text(number, decimals)
    return f"{text}{NBSP}{unit}" if unit else text
