"""Control totals: figures as they stand in printed documents, beside the same figures computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from generator.figures import Figures, UnknownFigureError
from generator.figures.kinds import (
    AmountFigure,
    AreaFigure,
    AreaForm,
    ChangeFigure,
    CountFigure,
    Figure,
    IndexFigure,
    IndexForm,
    IndicatorFigure,
    IndicatorForm,
    QuantityFigure,
    ShareFigure,
    TallyFigure,
    places_of,
)
from generator.model.outcomes import Control
from generator.model.places import Place, Problem
from generator.model.published import Hidden, PublishedReport
from generator.model.quantities import Kind, Target, rounded
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.results import IndicatorResult
from generator.model.settings import Rules


@dataclass(frozen=True)
class _Numbers:
    """What a figure is as a number: exact, in percent or plain, and the two that it is made of."""

    value: Fraction | None
    is_percent: bool = False
    part: Fraction | int | None = None
    whole: int | None = None


def control_identities(
    report: Report, published: PublishedReport, problems: list[Problem]
) -> Iterator[Identity]:
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
        numbers = _numbers(figure, report.rules)
        identity = _identity(control, figure, numbers, report)
        if identity is None:
            found = f"”{control.written}” går inte att jämföra med uppgiften ”{control.figure}”"
            remedy = (
                "Skriv värdet i samma form som i rapporten, till exempel 124 av 177 för index poäng,"
                " eller välj en annan uppgift."
            )
            problems.append(Problem(control.place, found, remedy))
            continue
        yield identity


def _identity(control: Control, figure: Figure, numbers: _Numbers, report: Report) -> Identity | None:
    """The printed number against the computed one, rounded as the printed one is."""
    if control.whole is not None:
        if numbers.part is None or numbers.whole is None:
            return None
        # Both numbers of ”124 av 177” must be right: one that is wrong is the one compared.
        pairs = [(control.value, Fraction(numbers.part)), (control.whole, Fraction(numbers.whole))]
        given, computed = next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])
        tolerance = Fraction(0)
    else:
        is_fit = not control.is_percent or numbers.is_percent or isinstance(figure, IndexFigure)
        if numbers.value is None or not is_fit:
            return None
        given, computed = control.value, rounded(numbers.value, control.decimals, report.rules.rounding)
        # A figure that holds when it is rounded does not say that each of its numbers is right.
        tolerance = Fraction(0) if numbers.value == computed else Fraction(1, 2 * 10**control.decimals)
    return Identity(
        Rule.CONTROLS,
        f"{figure.unit.unit.name}: ”{control.figure.partition(':')[2].strip() or control.figure}”",
        "rapportens uppgifter",
        given,
        computed,
        (control.place, *places_of(figure)),
        tolerance=tolerance,
        written=control.written,
        figure=control.figure,
        source=control.source,
        explanation=control.explanation,
    )


def _numbers(figure: Figure, rules: Rules) -> _Numbers:
    match figure:
        case IndicatorFigure():
            return _of_indicator(figure.result, figure.form)
        case IndexFigure():
            return _of_index(figure, rules)
        case AreaFigure(area=area, form=form):
            share = area.actual_weight if form is AreaForm.WEIGHT else area.area.ideal_weight
            is_named = form is AreaForm.NAME or share is None
            return _Numbers(None if is_named or share is None else share * 100, is_percent=True)
        case TallyFigure(number=number):
            return _Numbers(Fraction(number))
        case CountFigure(number=count):
            return _Numbers(None if isinstance(count, Hidden) else Fraction(count))
        case ShareFigure(part=part, whole=whole, share=share):
            if share is None or isinstance(part, Hidden) or isinstance(whole, Hidden):
                return _Numbers(None)
            return _Numbers(share * 100, is_percent=True, part=part, whole=whole)
        case AmountFigure(value=value, measure=measure):
            return _Numbers(value, is_percent=measure == "%")
        case QuantityFigure(quantity=quantity) | ChangeFigure(quantity=quantity):
            if isinstance(quantity, Hidden):
                return _Numbers(None)
            is_percent = quantity.kind is not Kind.NUMBER
            value = quantity.value * (100 if is_percent else 1)
            has_size_only = isinstance(figure, ChangeFigure) and figure.size_only
            return _Numbers(abs(value) if has_size_only else value, is_percent=is_percent)


def _of_indicator(result: IndicatorResult, form: IndicatorForm) -> _Numbers:
    outcome = result.outcome
    match form:
        case IndicatorForm.OUTCOME | IndicatorForm.VALUE:
            is_percent = outcome.kind is not Kind.NUMBER
            value = None if outcome.value is None else outcome.value * (100 if is_percent else 1)
            return _Numbers(value, is_percent=is_percent, part=outcome.numerator, whole=outcome.denominator)
        case IndicatorForm.NUMERATOR:
            return _Numbers(_whole(outcome.numerator))
        case IndicatorForm.DENOMINATOR:
            return _Numbers(_whole(outcome.denominator))
        case IndicatorForm.WEIGHT:
            return _Numbers(_whole(result.indicator.weight))
        case IndicatorForm.POINTS:
            return _Numbers(result.earned)
        case IndicatorForm.TARGET:
            return _of_target(result.indicator.target)
        case _:
            return _Numbers(None)


def _of_target(target: Target) -> _Numbers:
    """A target with one limit; an interval or a direction is not a number."""
    limits = [limit for limit in (target.low, target.high) if limit is not None]
    if len(limits) != 1 or target.kind is None:
        return _Numbers(None)
    is_percent = target.kind is not Kind.NUMBER
    return _Numbers(limits[0] * (100 if is_percent else 1), is_percent=is_percent)


def _of_index(figure: IndexFigure, rules: Rules) -> _Numbers:
    index, target = figure.index, rules.index_target * 100
    share = None if index.share is None else index.share * 100
    match figure.form:
        case IndexForm.INDEX:
            return _Numbers(share, part=index.earned, whole=index.possible)
        case IndexForm.POINTS:
            return _Numbers(index.earned, part=index.earned, whole=index.possible)
        case IndexForm.EARNED:
            return _Numbers(index.earned)
        case IndexForm.POSSIBLE:
            return _Numbers(Fraction(index.possible))
        case IndexForm.TARGET:
            return _Numbers(target)
        case IndexForm.AGAINST_TARGET:
            # The shown index minus the target.
            return _Numbers(None if share is None else rounded(share, 0, rules.rounding) - target)


def _whole(number: int | None) -> Fraction | None:
    return None if number is None else Fraction(number)
