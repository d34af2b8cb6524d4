"""Disclosure control of a report: small counts, and what would give them away, are hidden in all of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar, cast

from generator.model.following import renamed
from generator.model.measures import Subject
from generator.model.names import as_written, name_key
from generator.model.organisations import UnitKeys
from generator.model.outcome import PERSONS, Outcome
from generator.model.outcomes import Sex
from generator.model.places import Place, Problem, Severity
from generator.model.quantities import Kind, Quantity
from generator.model.reconciliation import Identity, Reconciliation, Rule, Verdict
from generator.model.report import Report
from generator.model.results import AreaResult, GoalResult, IndicatorResult, ScoredReport, UnitResult
from generator.model.shown import HIDDEN, Count, Hidden, ShownPeople, ShownReport, ShownTables
from generator.protecting import choosing, collecting, ranges
from generator.protecting.collecting import Key
from generator.protecting.linear_system import Known, Shown, Sum
from generator.protecting.outcomes import Cells, counts_of, knowledge_of

ShownCount = TypeVar("ShownCount", Count, Count | None)
Keys = AbstractSet[Key]
WaysOut = Callable[[Sequence[str]], str]


def protect(
    reports: Sequence[tuple[ScoredReport, ShownReport]],
    ways_out: WaysOut = lambda _: "",
    unit_keys: UnitKeys | None = None,
) -> tuple[list[ShownReport], list[Problem]]:
    """Reports of a year with everything hidden that disclosure control asks for; themselves when it is off.

    Whoever reads one has them all, so the largest threshold is that of each. What is hidden in them already
    stays so, and what those of earlier periods show stands, since it has been read; what signals beside these
    give away is a warning. What is to be published is checked anew: a count that could still be derived is a
    problem. `ways_out` tells what to do about indicators whose signals do it.
    """
    threshold = max(scored.report.settings.disclosure_threshold or 0 for scored, _ in reports)
    if not threshold:
        return [published for _, published in reports], []
    scored_by_id = {scored.report.id: scored for scored, _ in reports}
    last = max(scored.report.period.order for scored, _ in reports)
    earlier = {id for id, scored in scored_by_id.items() if scored.report.period.order < last}
    problems = list(_shown_before((scored_by_id[id].report for id in sorted(earlier)), threshold))
    if problems:
        return [published for _, published in reports], problems
    system, cells = knowledge_of(*scored_by_id.values(), threshold=threshold, unit_keys=unit_keys)
    (knowledge, *_) = (each.knowledge for each in cells.values())

    def figures_in(shown: Iterable[ShownReport]) -> dict[Key, Sum]:
        ids = ((each.report.id, shown_figures(each, cells[each.report.id])) for each in shown)
        return {(*key, id): figure for id, figures in ids for key, figure in figures}

    is_open = figures_in(published for _, published in reports)
    figures = {key: figure for key, figure in knowledge.shown.items() if key in is_open}
    hidden_beside = set[Key]()
    if earlier:
        read = {key: figures.pop(key).sum for key in list(figures) if key[-1] in earlier}
        stands = [Known(key, own, value := knowledge.value(own), value) for key, own in read.items()]
        system = replace(system, shown=tuple(figures.values()), known=(*system.known, *stands))
        with_signals = choosing.choose(system, threshold, is_told=False)
        hidden_beside = with_signals.hidden
        if with_signals.exposed:
            problems.append(_exposed_beside(reports[-1][1].report))
        system = replace(system, known=tuple(fact for fact in system.known if not fact.from_signal))
    left = tuple(figure for figure in figures.values() if figure.key not in hidden_beside)
    choice = choosing.choose(replace(system, shown=left), threshold)
    chosen = [key for key, figure in figures.items() if figure.key in hidden_beside | choice.hidden]
    exposed, protected = dict(choice.exposed), list[ShownReport]()
    for scored, published in reports:
        id, settings = published.report.id, published.report.settings
        hidden = {key[:-1] for key in chosen if key[-1] == id}
        if settings.disclosure_threshold is not None:
            problems += _few_entered(scored.report, settings.disclosure_threshold)
        elif hidden:
            found = f"röjandekontrollen är av, men {threshold} i en annan rapport om samma enhet och år"
            place = settings.place("disclosure_threshold")
            problems.append(Problem(place, found, "Skriv samma gräns i båda."))
        is_hidden = hidden or settings.disclosure_threshold is not None
        protected.append(_hidden(published, hidden) if is_hidden else published)
    checked = tuple(Shown(key, figure, cost=1) for key, figure in figures_in(protected).items())
    for key, (low, high) in ranges.ranges(replace(choice.system, shown=checked)).items():
        if low == high:
            exposed.setdefault(cast(Key, key), ())
    problems += _exposed(exposed, scored_by_id, ways_out)
    return protected, problems


# What is hidden


def _hidden(published: ShownReport, hidden: Keys) -> ShownReport:
    outcomes = {(unit, indicator) for kind, unit, indicator, *_ in hidden if kind == collecting.OUTCOME}
    association, *units = (_unit(unit, outcomes) for unit in published.every_unit)
    return replace(
        published,
        association=association,
        units=tuple(units),
        tables=_tables(published, hidden),
        sensitivity={key: found for key, found in published.sensitivity.items() if key not in outcomes},
        what_ifs={
            unit: replace(what_ifs, small=_results(what_ifs.small, unit, outcomes))
            for unit, what_ifs in published.what_ifs.items()
        },
        # Only what is told of it, without the numbers of people that were compared.
        reconciliation=Reconciliation(tuple(map(_identity, published.reconciliation.identities))),
    )


def _unit(unit: UnitResult, hidden: set[tuple[str, str]]) -> UnitResult:
    """`hidden` are units and indicators of which some part is hidden."""

    def goals(area: AreaResult) -> tuple[GoalResult, ...]:
        results = ((goal, _results(goal.results, unit.unit.id, hidden)) for goal in area.goals)
        return tuple(replace(goal, results=kept) for goal, kept in results)

    return replace(unit, areas=tuple(replace(area, goals=goals(area)) for area in unit.areas))


def _results(
    results: Iterable[IndicatorResult], unit: str, hidden: set[tuple[str, str]]
) -> tuple[IndicatorResult, ...]:
    """An outcome of which a part is hidden is hidden whole; its signal and points stay."""

    def nothing_of(was: Outcome) -> Outcome:
        return Outcome(was.kind, basis=was.basis, source=was.source, places=was.places, protected=True)

    return tuple(
        replace(each, outcome=nothing_of(each.outcome)) if (unit, each.indicator.id) in hidden else each
        for each in results
    )


def _tables(published: ShownReport, hidden: Keys) -> ShownTables:
    tables = published.tables
    shown = {key: _people(people, key, hidden) for key, people in _rows(tables).items()}
    return replace(
        tables,
        participants={key: shown[collecting.ROW, *key] for key in tables.participants},
        background={
            key: {category: shown[collecting.BACKGROUND, *key, category] for category in rows}
            for key, rows in tables.background.items()
        },
        background_sums={key: shown[collecting.BACKGROUND_SUM, *key] for key in tables.background_sums},
        previous=_previous(published, hidden),
    )


def _people(people: ShownPeople, key: Key, hidden: Keys) -> ShownPeople:
    def shown(number: ShownCount, sex: Sex) -> ShownCount:
        return HIDDEN if number is not None and (*key, sex) in hidden else number

    return ShownPeople(
        shown(people.women, Sex.WOMEN),
        shown(people.men, Sex.MEN),
        shown(people.unstated, Sex.UNSTATED),
        shown(people.total, Sex.ALL),
        people.places,
    )


def _previous(published: ShownReport, hidden: Keys) -> dict[tuple[str, str], Quantity | Hidden]:
    """A share is hidden with what it is a share of: of a few, it would tell how many they are."""
    wholes = {row.id: row.share_of or "" for row in published.report.settings.rows}

    def is_hidden(unit: str, row: str, quantity: Quantity | Hidden) -> bool:
        is_share = isinstance(quantity, Quantity) and quantity.kind is not Kind.NUMBER
        rows = (row, wholes.get(row, "")) if is_share else (row,)
        return any((collecting.PREVIOUS, unit, hiding, Sex.ALL) in hidden for hiding in rows)

    return {
        key: HIDDEN if is_hidden(*key, quantity) else quantity
        for key, quantity in published.tables.previous.items()
    }


def _identity(identity: Identity) -> Identity:
    nothing = Fraction(0)
    if identity.verdict is Verdict.HOLDS:
        return replace(identity, given=nothing, computed=nothing, written="")
    if identity.rule is Rule.CONTROLS and not identity.is_of_points:
        explanation = identity.explanation or "Förklaring saknas"
        return replace(identity, is_hidden=True, explanation=explanation)
    if identity.rule in _OF_PEOPLE:
        return replace(identity, given=identity.tolerance, computed=nothing, is_hidden=True)
    return identity


# A difference of rounding shows an outcome as exact as it was counted, or last year's shares.
_OF_MONEY = {Rule.TABLES, Rule.COLUMNS, Rule.RESULT, Rule.BALANCE, Rule.EQUITY, Rule.CASH}
_OF_PEOPLE = frozenset(Rule) - {Rule.CONTROLS, Rule.IDEAL_WEIGHTS, Rule.REPORTED, *_OF_MONEY}


# Other reports on the same site


def hide_as_before(reports: Sequence[ShownReport]) -> list[ShownReport]:
    """What last year's report hides of the same persons is hidden here too, to protect another there."""
    return [_as_before(report, _year_before(report, reports)) for report in reports]


def _year_before(published: ShownReport, reports: Sequence[ShownReport]) -> list[ShownReport]:
    """The organisation's reports of the same a year before. Where none has its id, all may be about it."""
    before, id = published.report.period.before, published.report.association.id
    of_year = [other for other in reports if other.report.period == before]
    same_id = [other for other in of_year if other.report.association.id == id]
    own = [other for other in same_id if other.key_of(id) == published.key_of(id)]
    return own or [other for other in of_year if other not in same_id]


def _as_before(published: ShownReport, before: Sequence[ShownReport]) -> ShownReport:
    own, units = published.report.association.id, {each.unit.id for each in published.units}
    hidden = set[Key]()
    for earlier in before:
        names = renamed(earlier.report, published.report)
        for (unit, row), people in earlier.tables.participants.items():
            for name in (row, names.get((Subject.ROW, row), (Subject.ROW, row))[1]):
                # A sum without a unit that is gone would tell what that had, beside the sum of then.
                is_other_sum = (
                    unit not in units and len(published.tables.previous_places.get((own, name), ())) > 1
                )
                id = own if unit == earlier.report.association.id or is_other_sum else unit
                if people.total is HIDDEN:
                    hidden.add((collecting.PREVIOUS, id, name, Sex.ALL))
    return replace(published, tables=replace(published.tables, previous=_previous(published, hidden)))


# The check


def shown_figures(published: ShownReport, cells: Cells) -> Iterator[tuple[Key, Sum]]:
    """Every counted figure as a sum of variables. Raises ValueError for one that its cells deny."""
    tables = published.tables
    for row, people in _rows(tables).items():
        sums = cells.people.sums.get(row, {})  # none where its source has masked it
        counts = ((sex, people.of(sex)) for sex in Sex)
        shown = (sex for sex, count in counts if isinstance(count, int) and (count or sex in sums))
        yield from (((*row, sex), sums[sex]) for sex in shown)
    for (kind, *place), previous in cells.previous.sums.items():
        quantity = tables.previous.get((place[0], place[1]), HIDDEN)
        if not isinstance(quantity, Hidden):
            yield (kind, *place, Sex.ALL), previous[Sex.ALL]
    for unit, result in published.every_result:
        key = (collecting.OUTCOME, unit.unit.id, result.indicator.id)
        for ratio in counts_of(result.outcome) if result.outcome.is_measured else ():
            for name, number in (("täljare", ratio.part), ("nämnare", ratio.whole), *ratio.divided):
                if figure := cells.sum_of(number):
                    yield (*key, ratio.label, name), figure


def _rows(tables: ShownTables) -> dict[Key, ShownPeople]:
    return {
        **{(collecting.ROW, *key): people for key, people in tables.participants.items()},
        **{
            (collecting.BACKGROUND, *key, category): people
            for key, categories in tables.background.items()
            for category, people in categories.items()
        },
        **{(collecting.BACKGROUND_SUM, *key): people for key, people in tables.background_sums.items()},
    }


# What cannot be protected


def _shown_before(earlier: Iterable[Report], threshold: int) -> Iterator[Problem]:
    """Reports of parts of the year that show smaller counts than may be shown beside all of it."""
    found = "röjandekontrollen visar mindre antal här än i en senare rapport samma år"
    for report in earlier:
        if (report.settings.disclosure_threshold or 0) < threshold:
            place = report.settings.place("disclosure_threshold")
            yield Problem(place, found, "Skriv samma gräns i båda.")


def _exposed_beside(report: Report) -> Problem:
    place = report.settings.place("disclosure_threshold")
    found = "signalerna här och i rapporter om delar av året kan tillsammans avslöja små antal"
    return Problem(place, found, "Visa färre signaler för enheterna.", Severity.WARNING)


def _exposed(
    exposed: Mapping[Key, Sequence[Key]], scored: Mapping[str, ScoredReport], ways_out: WaysOut
) -> Iterator[Problem]:
    """What can be worked out: each count by itself, but one problem for all that signals give away."""
    remedy = "Slå ihop små grupper, eller utelämna dem."
    told = {key: _told(key, scored[key[-1]]) for key in exposed}
    for what, place in dict(told[key] for key, labels in exposed.items() if not labels).items():
        yield Problem(place, f"röjandekontrollen räcker inte: {what} går att räkna ut", remedy)
    signals = sorted({(label[2], label[-1]) for labels in exposed.values() for label in labels})
    if signals:
        first, *others = dict.fromkeys(told[key][0] for key, labels in exposed.items() if labels)
        what = f"{first}{f' och {len(others)} till' if others else ''}"
        ids = list(dict.fromkeys(indicator for indicator, _ in signals))
        found = f"röjandekontrollen räcker inte: signalen för {' och '.join(ids)} avslöjar {what}"
        place = scored[signals[0][1]].report.indicators[ids[0]].place()
        yield Problem(place, found, f"Välj ett av detta. {ways_out(ids)}{remedy}")


def _few_entered(report: Report, threshold: int) -> Iterator[Problem]:
    """Small numbers of persons that are shown as they are entered: of series, and earlier ones of indicators.

    What a change beside them tells of another year is such a number too.
    """
    values, rows = report.outcomes.values, report.row_names
    of_this_year = {name_key(id) for id in report.indicators}
    for key, value in values.items():
        is_hidden = key.series in rows or (key.series in of_this_year and key.year == report.year)
        if is_hidden or value.quantity.unit.casefold() not in PERSONS:
            continue
        numbers = [value.quantity.value]
        if key.ends:
            both = zip((-1, 1), map(values.get, key.ends), strict=True)
            numbers = [end.quantity.value + sign * value.quantity.value for sign, end in both if end]
        if any(0 < number < threshold for number in numbers):
            found = f"personerna är färre än gränsen för röjandekontrollen, {threshold}"
            yield Problem(value.place, found, "Skriv .. som värde, så visas det inte.")


def _told(key: Key, scored: ScoredReport) -> tuple[str, Place]:
    """A count in the author's words, and its place; all counts of one outcome are told as that outcome."""
    settings, outcomes = scored.report.settings, scored.report.outcomes
    units, rows = settings.unit_names, {row.id: row.name for row in settings.rows}
    tables, people = {table.id: table.title for table in settings.background}, None
    match key:
        case (collecting.TOGETHER, _, *first):
            what, place = _told(tuple(first), scored)
            return f"{what} tillsammans med annat som är dolt", place
        case (collecting.ROW | collecting.PREVIOUS as kind, unit, row, *_):
            what = f"”{rows.get(row, row)}” för {units[unit]}"
            people = outcomes.participants.get((unit, row)) if kind == collecting.ROW else None
        case (collecting.BACKGROUND | collecting.BACKGROUND_SUM, unit, table, name, *_):
            what = f"tabellen ”{tables[table]}” för {units[unit]}"
            people = outcomes.background.get((unit, table), {}).get(name)
        case (collecting.OUTCOME | collecting.ENTERED, unit, indicator, *_):
            what = f"utfallet av indikator {indicator} för {units[unit]}"
            return what, scored.report.indicators[indicator].place()
        case (collecting.ANSWERS, unit, group, question, *_):
            what = f"svaren på frågan ”{as_written(question)}” från {as_written(group)} för {units[unit]}"
        case (collecting.GROUP, unit, group, *_):
            what = f"gruppen ”{as_written(group)}” för {units[unit]}"
            people = outcomes.groups.get((unit, group))
        case _:
            raise AssertionError(key)
    return what, people.places[0] if people else settings.place("disclosure_threshold")
