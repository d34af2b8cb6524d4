"""The ledger: every indicator has an outcome, every red or orange one a comment, and every row a use."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import product

from generator.figures import Figures, UnknownFigureError
from generator.model.accounts import kronor_in
from generator.model.measures import Subject
from generator.model.names import and_list, answer_key, as_written, name_key, one_of
from generator.model.outcome import NotMeasured
from generator.model.outcomes import AnswerCount
from generator.model.places import Place, Problem, Severity
from generator.model.plan import Plan, Status
from generator.model.reconciliation import Reconciliation, Verdict
from generator.model.report import Report
from generator.model.results import IndicatorResult, ScoredReport, Signal
from generator.model.shown import ShownReport
from generator.model.table_settings import PERCENT, POINTS
from generator.reconciling.survey import respondents
from generator.reconciling.values import series_name

# What an author can mend; the other reasons say what the data say.
_NO_DATA = {NotMeasured.ROW_MISSING, NotMeasured.NOT_STATED, NotMeasured.NOT_ASKED}
_MOST_LACKING = 20  # indicators without an outcome that are told one by one
_SIGNAL = {Signal.ORANGE: "orange", Signal.PARTLY: "bara delvis uppfylld", Signal.RED: "röd"}


def completeness_problems(scored: ScoredReport, published: ShownReport) -> Iterator[Problem]:
    """Warnings of gaps. That something is not measured which is, is an error."""
    yield from _measured_nevertheless(scored)
    yield from _without_outcome(scored)
    yield from _without_other_answers(scored.report)
    yield from _without_comment(scored)
    yield from _unused_comments(scored)
    yield from _unused_counts(scored.report)
    yield from _unused_statements(scored, published)
    if scored.report.plan is not None:
        yield from _without_follow_up(scored.report.plan)
    yield from _unprotected(scored.report)
    yield from _idle_explanations(published.reconciliation)


def _warning(place: Place, found: str, remedy: str) -> Problem:
    return Problem(place, found, remedy, Severity.WARNING)


def _measured_nevertheless(scored: ScoredReport) -> Iterator[Problem]:
    """Rows that state why there is no outcome, where there is one, or nothing that should have one."""
    results = {(unit.unit.id, result.indicator.id): result for unit, result in scored.every_result}
    for key, stated in scored.report.outcomes.unmeasured.items():
        result = results.get(key)
        if result is None:
            yield _unused(stated.place, f"orsaken för indikator {key[1]}")
        elif result.outcome.is_measured:
            found = f"indikator {key[1]} har ett utfall, men här står ”{stated.reason}”"
            yield Problem(stated.place, found, "Ta bort raden, eller det som utfallet är räknat på.")


def _without_outcome(scored: ScoredReport) -> Iterator[Problem]:
    """One warning for each indicator, with the units where nothing is known of it.

    Of a report that is hardly begun there is one for all of them: `granska` lists them above.
    """
    lacking: dict[str, list[tuple[str, IndicatorResult]]] = defaultdict(list)
    for unit in scored.every_unit:
        results = (result for area in unit.areas if not area.reported for result in area.results)
        for result in results:
            is_stated = (unit.unit.id, result.indicator.id) in scored.report.outcomes.unmeasured
            if result.counts and result.outcome.reason in _NO_DATA and not is_stated:
                lacking[result.indicator.id].append((unit.unit.name, result))
    remedy = "Lägg till det som saknas, eller skriv ”utgår: …” med skälet eller ”gäller: …” med dem som mäts."
    if len(lacking) > _MOST_LACKING:
        places = (lacks[0][1].indicator.place() for lacks in lacking.values())
        yield _warning(next(places), f"{len(lacking)} indikatorer är inte mätta", remedy)
        return
    for id, lacks in lacking.items():
        listed = and_list(name for name, _ in lacks)
        result = lacks[0][1]
        found = f"indikator {id} är inte mätt för {listed}: {result.outcome.reason}"
        yield _warning(result.indicator.place(), found, remedy)


def _without_other_answers(report: Report) -> Iterator[Problem]:
    """Questions with rows for nothing but the answers that are asked for: the others may be forgotten."""
    answers = defaultdict[tuple[str, str, str], list[AnswerCount]](list)
    for key, counts in report.outcomes.answers.items():
        answers[key.unit, key.group, key.question] += counts
    for (_, group, question), rows in answers.items():
        scale, given = report.survey.scale_of(question), frozenset().union(*(row.answers for row in rows))
        asked = (each for each in report.budget.indicators if each.asked == (group, question))
        wanted = list(filter(None, (each.answer_keys for each in asked)))
        others = [answer for answer in scale.answers if answer_key(answer) not in given] if scale else []
        is_single = not report.survey.has_several(question)
        if scale and others and is_single and any(given - scale.no_answer_keys <= keys for keys in wanted):
            found = f"frågan ”{as_written(question)}” har inga rader för {one_of(others)}: andelen blir 100 %"
            yield _warning(rows[0].place, found, "Lägg till en rad för varje svar. Är antalet noll, skriv 0.")


def _without_comment(scored: ScoredReport) -> Iterator[Problem]:
    comments = scored.report.outcomes.comments
    for result in scored.association.results:
        if result.signal in _SIGNAL and result.indicator.id not in comments:
            found = f"indikator {result.indicator.id} är {_SIGNAL[result.signal]} men saknar kommentar"
            place = result.indicator.place()
            where = "på bladet Kommentarer" if place.path != place.file else "i utfall/kommentarer.csv"
            remedy = f"Skriv {where} vad som låg bakom och vad ni gör åt det."
            yield replace(_warning(place, found, remedy), lack="Utan kommentar")


def _unused_comments(scored: ScoredReport) -> Iterator[Problem]:
    shown = {result.indicator.id for result in scored.association.results}
    for id, comment in scored.report.outcomes.comments.items():
        if id not in shown:
            found = f"kommentaren till indikator {id} visas inte: indikatorn mäts bara för enheterna"
            yield _warning(comment.place, found, "Ta bort raden, och skriv i enhetens analys i stället.")


def _unused_counts(report: Report) -> Iterator[Problem]:
    """Groups of people and questions that no indicator asks for."""
    outcomes = report.outcomes
    groups = report.budget.names_of(Subject.GROUP_OF_PEOPLE)
    for (_, group), people in outcomes.groups.items():
        if group not in groups:
            yield _unused(people.places[0], f"gruppen ”{as_written(group)}”")
    asked = {indicator.asked for indicator in report.budget.indicators}
    given: dict[tuple[str, str], Place] = {}
    for key, counts in outcomes.answers.items():
        given.setdefault((key.group, key.question), counts[0].place)
    for (group, question), place in given.items():
        if (group, question) not in asked:
            name = respondents(report, group).name
            what = f"svaren på frågan ”{report.survey.text_of(question)}” i gruppen ”{name}”"
            remedy = "Lägg till en indikator som mäter frågan i budgeten, eller ta bort svaren."
            yield _unused(place, what, remedy)


def _unused_statements(scored: ScoredReport, published: ShownReport) -> Iterator[Problem]:
    """Values, attestations and grades that no outcome, table or text rests on."""
    outcomes = scored.report.outcomes
    outcomes_used = (result.outcome for _, result in scored.every_result)
    used = {place for outcome in outcomes_used for place in (*outcome.places, *outcome.computed_places)}
    used |= {place for places in published.tables.previous_places.values() for place in places}
    used |= {value.place for _, result in scored.every_result for value in result.references}
    used.update(_places_in_texts(published))
    # A change that is used is compared with both years' values.
    ends = (end for key, change in outcomes.values.items() if change.place in used for end in key.ends)
    used |= {outcomes.values[end].place for end in ends if end in outcomes.values}
    # Years that a target is set against are told where they lack, and may stand in the reports of these.
    asked = {
        (name_key(indicator.id), scored.report.year - ago)
        for indicator in scored.report.budget.indicators
        for target in indicator.target.each
        for ago in target.years_before
    }
    for key, value in outcomes.values.items():
        if value.place not in used and (key.series, key.year) not in asked:
            what = f"värdet för {series_name(scored.report, key.series)} {key.year}"
            is_later = key.year > scored.report.year
            remedy = f"Bokslutet gäller {scored.report.year}: rätta året." if is_later else _NO_USE
            yield _unused(value.place, what, remedy)
    for what, stated in (("intyget", outcomes.attestations), ("betyget", outcomes.grades)):
        for (_, id), statement in stated.items():
            if statement.place not in used:
                yield _unused(statement.place, f"{what} för indikator {id}")


def _places_in_texts(published: ShownReport) -> Iterator[Place]:
    """Where the figures stand that texts name, series among them."""
    figures = Figures(published, published.association)
    comments = published.report.outcomes.comments.values()
    told = [body for comment in comments for body in (comment.background, comment.action)]
    for body in (*published.report.bodies, *told):
        for said, _ in body.mentions:
            with suppress(UnknownFigureError):
                yield from figures.find(said).places


_NO_USE = "Ta bort raden, eller rätta det den gäller."


def _unused(place: Place, what: str, remedy: str = _NO_USE) -> Problem:
    return _warning(place, f"{what} används inte i rapporten", remedy)


def _unprotected(report: Report) -> Iterator[Problem]:
    """Tables are shown as they are, so small counts of anything but money may give somebody away."""
    threshold = report.settings.disclosure_threshold or 0
    for table in report.outcomes.amounts.values():
        cells = product(enumerate(table.rows), table.columns)
        small = [
            table.unit_of(index, column)
            for (index, row), column in cells
            if 0 < row.amounts.get(column.heading, 0) < threshold
        ]
        if any(unit not in (PERCENT, POINTS) and kronor_in(unit) is None for unit in small):
            found = f"tabellen ”{table.definition.title}” har tal under {threshold}, som visas som de är"
            remedy = "Röjandekontrollen gäller inte tabeller. Är det personer, slå ihop raderna."
            yield _warning(table.definition.place("id"), found, remedy)


def _without_follow_up(plan: Plan) -> Iterator[Problem]:
    """Strategic goals that nothing is said of, and activities of which only the status is known."""
    for goal in plan.goals:
        if goal.rule is None and goal.assessment is None:
            found = f"det strategiska målet {goal.id} har varken en regel eller styrelsens bedömning"
            yield _warning(goal.place(), found, "Lägg till ”regel: …” eller ”styrelsens_bedömning: …”.")
        if goal.rule is not None and goal.rule.activities and not plan.activities_of(goal):
            found = f"det strategiska målet {goal.id} följs upp genom aktiviteter, men har inga"
            yield _warning(goal.rule.place("activities"), found, "Lägg till dem under ”aktiviteter”.")
    for activity in plan.activities:
        if activity.status in (Status.DONE, Status.DROPPED) and activity.follow_up is None:
            is_done = activity.status is Status.DONE
            found = "är genomförd men inte uppföljd" if is_done else "utgår utan förklaring"
            remedy = f"Skriv under ”uppföljning” {'vad den gav' if is_done else 'varför'}."
            yield _warning(activity.place("status"), f"aktivitet {activity.id} {found}", remedy)


def _idle_explanations(reconciliation: Reconciliation) -> Iterator[Problem]:
    """Rows that explain a difference which is not there: the explanation would hide the next one."""
    is_needed: dict[Place, bool] = {}
    for identity in reconciliation.identities:
        row = Place(identity.cells[0].file, identity.cells[0].line)
        if identity.explanation:
            is_needed[row] = is_needed.get(row, False) or identity.verdict is Verdict.EXPLAINED
    for place in (row for row, needed in is_needed.items() if not needed):
        found = "raden stämmer, men har en förklaring till varför den inte skulle göra det"
        yield _warning(place, found, "Ta bort förklaringen, så att en ny skillnad märks.")
