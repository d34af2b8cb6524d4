"""Figures in text: an author writes {1.2.1} and readers get ”77 % (247 av 319)”. The handbook lists forms."""

from collections.abc import Iterator
from fractions import Fraction

from generator.figures import Figures, UnknownFigureError, kinds
from generator.model.contents import Part
from generator.model.names import lower_first, name_key
from generator.model.narrative import MENTION, Markdown
from generator.model.places import Place, Problem, Severity
from generator.model.quantities import Quantity
from generator.model.reconciliation import Identity
from generator.model.results import Index, IndicatorResult, UnitResult
from generator.model.settings import Rules
from generator.model.shown import HIDDEN, Hidden, ShownReport
from generator.pages import wording
from generator.pages.english import in_english, is_english
from generator.pages.numbers import DASH, MINUS, NBSP, count, plain_number

# In the middle of a sentence two dots would be read as a slip.
PROTECTED = "(skyddad uppgift)"
UNKNOWN = "Handboken listar vad som kan stå inom { }. Skriv \\{ för en vanlig klammer."


class References:
    """Resolves references for one unit of a report, or for the association."""

    def __init__(self, published: ShownReport, unit: UnitResult, *, is_english: bool = False) -> None:
        self.figures = Figures(published, unit)
        self.report = published.report
        self.is_english = is_english

    def expand(self, body: Markdown) -> str:
        """The Markdown with every reference replaced. Raises UnknownFigureError."""
        text = MENTION.sub(lambda match: self.resolve(match[1]), body.source)
        return text.replace("\\{", "{")

    def resolve(self, said: str) -> str:
        """The figure that a reference stands for. Raises UnknownFigureError."""
        return self._told(self.figures.find(said))

    def _told(self, figure: kinds.Figure) -> str:
        text = figure_text(figure, self.report.rules)
        return in_english(text) if self.is_english else text

    def problems(self, body: Markdown) -> Iterator[Problem]:
        """Each reference that cannot be resolved, and all together those that are left without a figure."""
        hidden: list[tuple[str, Place]] = []
        for said, place in body.mentions:
            try:
                figure = self.figures.find(said)
                text = self._told(figure)
            except UnknownFigureError as error:
                found = f"hänvisningen {{{said}}} går inte att tolka"
                yield Problem(place, found, str(error) or UNKNOWN)
                continue
            if is_hidden(figure):
                hidden.append((said, place))
            elif self.is_english and not is_english(text):
                found = f"hänvisningen {{{said}}} ger svenska ord i en engelsk text: ”{text}”"
                yield Problem(place, found, "Skriv orden själv på engelska.", Severity.WARNING)
        if hidden:
            listed = ", ".join(f"{{{said}}} på rad {place.line}" for said, place in hidden)
            found = f"röjandekontrollen döljer det som texten nämner och visar ”{PROTECTED[1:-1]}”: {listed}"
            remedy = "Skriv om meningarna så att de inte behöver talen, och inte säger hur stora de är."
            yield Problem(hidden[0][1], found, remedy, Severity.WARNING)


def reference_problems(published: ShownReport) -> Iterator[Problem]:
    """Problems of every reference in the report's texts, stories, comments, plan and analyses."""
    report = published.report
    association = References(published, published.association)
    english = References(published, published.association, is_english=True)
    for text in report.texts:
        references = english if text.head.part == name_key(Part.ENGLISH) else association
        yield from references.problems(text.body)
    for story in report.stories:
        yield from association.problems(story.body)
    for comment in report.outcomes.comments.values():
        yield from association.problems(comment.background)
        yield from association.problems(comment.action)
    for body in report.plan.bodies if report.plan else ():
        yield from association.problems(body)
    for analysis in report.analyses:
        unit = next(unit for unit in published.units if unit.unit.id == analysis.name)
        yield from References(published, unit).problems(analysis.body)


def is_hidden(figure: kinds.Figure) -> bool:
    match figure:
        case kinds.IndicatorFigure(result=result, form=form):
            return result.outcome.protected and form not in _NEVER_HIDDEN
        case kinds.PlainFigure(value=value):
            return value is HIDDEN
    return False


_NEVER_HIDDEN = {
    kinds.IndicatorForm.TARGET, kinds.IndicatorForm.WEIGHT, kinds.IndicatorForm.POINTS,
    kinds.IndicatorForm.SIGNAL,
}  # fmt: skip


def figure_text(figure: kinds.Figure, rules: Rules) -> str:
    """A figure written out for a sentence."""
    rounding = rules.rounding
    if is_hidden(figure):
        return PROTECTED
    match figure:
        case kinds.IndicatorFigure(result=result, form=form):
            return _of_indicator(result, form, rules)
        case kinds.IndexFigure(index=index, form=form):
            return _of_index(index, form, rules)
        case kinds.PlainFigure(part=int(part), whole=int(whole)):
            return wording.share_of_people(part, whole, rounding)
        case kinds.PlainFigure(value=Quantity() as value, values=values, size_only=size_only) if values:
            return wording.change_size(value) if size_only else wording.change_text(value)
        case kinds.PlainFigure(value=Quantity() as value, is_exact=is_exact):
            return wording.exact_text(value) if is_exact else wording.quantity_text(value, rounding)
        case kinds.PlainFigure(value=str(name)):
            return name
    raise AssertionError(figure)


def _of_indicator(result: IndicatorResult, form: kinds.IndicatorForm, rules: Rules) -> str:
    outcome, basis = result.outcome, wording.basis_text(result, rules.rounding)
    shown = wording.outcome_text(result, rules.rounding)
    texts = {
        kinds.IndicatorForm.OUTCOME: f"{shown} ({lower_first(basis)})" if basis else shown,
        kinds.IndicatorForm.VALUE: shown,
        kinds.IndicatorForm.NUMERATOR: count(outcome.numerator or 0),
        kinds.IndicatorForm.DENOMINATOR: count(outcome.denominator or 0),
        kinds.IndicatorForm.TARGET: wording.target_text(result.indicator),
        kinds.IndicatorForm.WEIGHT: count(result.indicator.weight or 0),
        kinds.IndicatorForm.POINTS: wording.count_text(result.earned),
        kinds.IndicatorForm.SIGNAL: lower_first(wording.signal_word(result)),
    }
    return texts[form]


def _of_index(index: Index, form: kinds.IndexForm, rules: Rules) -> str:
    texts = {
        kinds.IndexForm.INDEX: wording.index_text(index, rules.rounding),
        kinds.IndexForm.POINTS: wording.of_text(index.earned, index.possible),
        kinds.IndexForm.EARNED: plain_number(index.earned),
        kinds.IndexForm.POSSIBLE: count(index.possible),
        kinds.IndexForm.TARGET: plain_number(rules.index_target * 100),
        kinds.IndexForm.AGAINST_TARGET: wording.against_target(index, rules),
    }
    return texts[form]


def given_text(identity: Identity) -> str:
    shown = identity.written.replace("-", MINUS) or _number(identity.given, identity.unit)
    return wording.HIDDEN_TEXT if identity.is_hidden else shown


def computed_text(identity: Identity, published: ShownReport) -> str | Hidden:
    """The computed side. That of a control total is what the report itself says, which may be hidden."""
    if not identity.figure:
        return _number(identity.computed, identity.unit)
    try:
        figure = Figures(published, published.association).find(identity.figure)
    except UnknownFigureError:
        return DASH
    return HIDDEN if is_hidden(figure) else figure_text(figure, published.report.rules)


def _number(number: Fraction, unit: str) -> str:
    text = plain_number(number, most=3)
    return f"{text}{NBSP}{unit}" if unit else text
