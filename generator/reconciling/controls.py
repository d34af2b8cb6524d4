"""Control totals: figures as they stand in printed documents, beside the same figures computed."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from generator.figures import Figures, UnknownFigureError, kinds
from generator.model.accounts import scale_of_money
from generator.model.frozen import Frozen
from generator.model.outcomes import Control
from generator.model.places import Place, Problem
from generator.model.quantities import Kind, Quantity, rounded
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.results import Index, IndicatorResult
from generator.model.settings import Rules
from generator.model.shown import ShownReport


class _Number(Frozen):
    """A figure as a number, and the two it is made of. Without a value: a name, a colour, or hidden."""

    value: Fraction | int | None = None
    is_percent: bool = False
    part: Fraction | int | None = None
    whole: Fraction | int | None = None
    unit: str = ""


NO_NUMBER = _Number()


def control_identities(report: Report, published: ShownReport, problems: list[Problem]) -> Iterator[Identity]:
    """One identity for each control total. A name that means no figure is a problem."""
    figures = Figures(published, published.association)
    for control in report.outcomes.controls:
        try:
            figure = figures.find(control.figure)
        except UnknownFigureError as error:
            place = Place(control.place.file, control.place.line, "uppgift")
            found = f"uppgiften ”{control.figure}” går inte att tolka"
            problems.append(Problem(place, found, str(error) or "Handboken listar hur en uppgift skrivs."))
            continue
        identity = _identity(control, figure, report.rules)
        if identity is not None:
            yield identity
            continue
        found = f"”{control.written}” går inte att jämföra med uppgiften ”{control.figure}”"
        remedy = (
            "Skriv värdet i samma form som i rapporten, till exempel 124 av 177 för index poäng,"
            " eller välj en annan uppgift."
        )
        problems.append(Problem(control.place, found, remedy))


def _identity(control: Control, figure: kinds.Figure, rules: Rules) -> Identity | None:
    """The printed number against the computed one, rounded as the printed one is."""
    number, unit = _number(figure, rules), figure.unit.unit.name
    said = f"”{control.figure.removeprefix(f'{unit}:').strip()}”"
    if control.whole is not None:
        if number.part is None or number.whole is None:
            return None
        # Both numbers of ”124 av 177” must be right: one that is wrong is the one compared.
        pairs = [(control.value, Fraction(number.part)), (control.whole, Fraction(number.whole))]
        given, computed = next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])
        tolerance = Fraction(0)
    else:
        is_fit = not control.is_percent or number.is_percent or isinstance(figure, kinds.IndexFigure)
        if number.value is None or not is_fit:
            return None
        *_, word = control.written.split()  # money in what it is printed in: ”210 tkr” of 209 941 kronor
        value = Fraction(number.value) * (scale_of_money(number.unit, word) or 1)
        given, computed = control.value, rounded(value, control.decimals, rules.rounding)
        # A figure that holds when it is rounded does not say that each of its numbers is right.
        tolerance = Fraction(0) if value == computed else Fraction(1, 2 * 10**control.decimals)
    return Identity(
        Rule.CONTROLS,
        f"{unit}: {figure.what if isinstance(figure, kinds.PlainFigure) else said}",
        "rapportens uppgifter",
        given,
        computed,
        (control.place, *figure.places),
        tolerance=tolerance,
        written=control.written,
        figure=control.figure,
        source=control.source,
        explanation=control.explanation,
        is_of_points=isinstance(figure, kinds.IndexFigure),
    )


def _number(figure: kinds.Figure, rules: Rules) -> _Number:
    match figure:
        case kinds.IndicatorFigure(result=result, form=form):
            return _of_indicator(result, form)
        case kinds.IndexFigure(index=index, form=form):
            return _of_index(index, form, rules)
        case kinds.PlainFigure(value=Quantity(value=value, kind=kind), part=int(part), whole=int(whole)):
            return _of_kind(value, kind, part, whole)
        case kinds.PlainFigure(value=Quantity(value=value, kind=kind, unit=unit)):
            return replace(_of_kind(value, kind), unit=unit)
        case _:
            return NO_NUMBER


def _of_kind(
    value: Fraction | None,
    kind: Kind,
    part: int | Fraction | None = None,
    whole: int | Fraction | None = None,
) -> _Number:
    """A share and a difference of shares are compared in percent."""
    return _Number(None if value is None else value * kind.scale, kind is not Kind.NUMBER, part, whole)


def _of_indicator(result: IndicatorResult, form: kinds.IndicatorForm) -> _Number:
    outcome, target = result.outcome, result.indicator.target
    value = _of_kind(outcome.value, outcome.kind, outcome.numerator, outcome.denominator)
    value = replace(value, unit=outcome.unit)
    limits = [limit for limit in (target.low, target.high) if limit is not None]
    # An interval or a direction is not a number.
    demanded = _of_kind(limits[0], target.kind) if target.kind and len(limits) == 1 else NO_NUMBER
    numbers = {
        kinds.IndicatorForm.OUTCOME: value,
        kinds.IndicatorForm.VALUE: value,
        kinds.IndicatorForm.NUMERATOR: _Number(outcome.numerator),
        kinds.IndicatorForm.DENOMINATOR: _Number(outcome.denominator),
        kinds.IndicatorForm.WEIGHT: _Number(result.indicator.weight),
        kinds.IndicatorForm.POINTS: _Number(result.earned),
        kinds.IndicatorForm.TARGET: demanded,
    }
    return numbers.get(form, NO_NUMBER)


def _of_index(index: Index, form: kinds.IndexForm, rules: Rules) -> _Number:
    share, target = None if index.share is None else index.share * 100, rules.index_target * 100
    difference = None if share is None else rounded(share, 0, rules.rounding) - target  # as it is shown
    numbers = {
        kinds.IndexForm.INDEX: _Number(share, part=index.earned, whole=index.possible),
        kinds.IndexForm.POINTS: _Number(index.earned, part=index.earned, whole=index.possible),
        kinds.IndexForm.EARNED: _Number(index.earned),
        kinds.IndexForm.POSSIBLE: _Number(index.possible),
        kinds.IndexForm.TARGET: _Number(target),
        kinds.IndexForm.AGAINST_TARGET: _Number(difference),
    }
    return numbers[form]
