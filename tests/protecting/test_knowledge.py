"""What readers are taken to know beside the figures: just what signals and reasons tell, and no more."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from generator.model.outcomes import MASKED_DURATIONS, AnswerCount, AnswerKey, People, Sex, Value
from generator.model.quantities import parse_quantity
from generator.model.report import Report
from generator.model.results import IndicatorResult
from generator.model.settings import BackgroundDefinition, RowDefinition
from generator.model.survey import Survey
from generator.protecting.linear_system import LinearSystem, within
from generator.protecting.outcomes import knowledge_of
from generator.scoring import score_report
from tests.support import ASSOCIATION, HERE, a_report, answers, of_cost, outcome_of, people, value

UNIT = "a"
UNITS = ({"id": UNIT, "namn": "A"},)
TWO = (*UNITS, {"id": "b", "namn": "B"})
DIVIDED = tuple(
    {"id": unit, "namn": unit, "indelning": division} for unit, division in zip("abcd", "iikk", strict=True)
)
SHARE: dict[str, Any] = {"mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"]}
GAP = {**SHARE, "mått": "könsskillnad"}
BALANCE = {"mått": "könsfördelning", "rad": "deltagare"}


def system_of(report: Report) -> LinearSystem:
    return knowledge_of(score_report(report), threshold=5)[0]


def agree(known: LinearSystem, other: LinearSystem) -> bool:
    """Whether the counts of another report agree with all that is known of one, apart from its figures."""
    return all(
        within(sum(factor * other.values[variable] for variable, factor in fact.sum), fact.low, fact.high)
        for fact in known.known
    )


def told(result: IndicatorResult) -> tuple[object, ...]:
    """A signal is taken to tell on which side of its target an outcome lies."""
    value = result.outcome.value
    return result.reason, value is None or [limit.is_kept_by(value) for limit in result.limits]


def assert_known_is_what_is_told(reports: Iterable[Report], unit: str) -> None:
    """Of two reports the one could be the other to a reader when they tell the same, and only then."""
    seen = [(told(outcome_of(report, unit)), system_of(report)) for report in reports]
    for (said, known), (other_said, other) in product(seen, seen):
        assert agree(known, other) == (said == other_said), (said, known.values, other.values)


@pytest.mark.parametrize("target", ["minst 60 %", "högst 40 %", "40–60 %"])
def test_the_signal_of_a_share_tells_between_which_limits_it_lies(target: str) -> None:
    rules = {"minsta_antal_svar": "3"}
    reports = (
        a_report(
            {**SHARE, "krav": target},
            units=UNITS,
            rules=rules,
            answers=answers({"Ja": yes, "Nej": no}, unit=UNIT),
        )
        for yes, no in product(range(8), range(8))
    )
    assert_known_is_what_is_told(reports, UNIT)


@pytest.mark.parametrize("empty", ["uppfyllt", "ej mätt"])
def test_a_balance_tells_whether_there_is_anybody(empty: str) -> None:
    reports = (
        a_report(
            {**BALANCE, "krav": "40–60 %"},
            units=UNITS,
            rules={"tom_grupp": empty},
            rows=("deltagare",),
            participants={(UNIT, "deltagare"): people(women, men)},
        )
        for women, men in product(range(7), range(7))
    )
    assert_known_is_what_is_told(reports, UNIT)


@pytest.mark.parametrize("target", ["högst 20 kronor", "minst 15 kronor"])
def test_the_signal_of_a_cost_of_each_tells_how_many_share_it_at_most_or_at_least(
    target: str,
) -> None:
    quotient = {"mått": "kvot", "belopp": {"tabell": "kostnad"}, "nämnare": "deltagare", "krav": target}
    reports = (of_cost(quotient, people(women, 2)) for women in range(8))
    assert_known_is_what_is_told(reports, ASSOCIATION)


@pytest.mark.parametrize("target", ["minst 7 personer", "högst 7 personer", "5–7 personer"])
def test_the_signal_of_a_number_of_persons_tells_on_which_side_of_a_limit_it_lies(target: str) -> None:
    entered = {"mått": "värde", "krav": target}
    reports = (a_report(entered, values=value("1-1-1", f"{number} personer")) for number in range(12))
    assert_known_is_what_is_told(reports, ASSOCIATION)


def by_sex(women: tuple[int, int], men: tuple[int, int]) -> dict[AnswerKey, tuple[AnswerCount, ...]]:
    """Women and men as (yes, all)."""
    return {
        key: counts
        for sex, (yes, total) in (("kvinnor", women), ("man", men))
        for key, counts in answers({"Ja": yes, "Nej": total - yes}, sex, UNIT).items()
    }


@pytest.mark.parametrize("target", ["högst 30 procentenheter", "minst 30 procentenheter", "minskning"])
def test_the_signal_of_a_gap_tells_how_large_it_is_and_where_it_is_large_of_whom(target: str) -> None:
    seen = []
    for women, men in product(range(6), range(7)):
        report = a_report({**GAP, "krav": target}, units=UNITS, answers=by_sex((women, 5), (men, 6)))
        gap = Fraction(women, 5) - Fraction(men, 6)
        seen.append((told(outcome_of(report, UNIT)), gap, system_of(report)))
    for (said, gap, known), (other_said, other_gap, other) in product(seen, seen):
        if said != other_said:
            assert not agree(known, other)
        elif gap * other_gap > 0:
            assert agree(known, other)


@pytest.mark.parametrize(("women", "is_known"), [(4, False), (5, True)])
def test_a_gap_tells_how_many_answered_unless_they_are_few(women: int, is_known: bool) -> None:
    def of_sizes(women: int, men: int) -> LinearSystem:
        of_gap = {**GAP, "krav": "högst 30 procentenheter"}
        return system_of(a_report(of_gap, units=UNITS, answers=by_sex((1, women), (3, men))))

    known = of_sizes(women, 6)
    assert agree(known, of_sizes(women + 1, 6)) != is_known
    assert agree(known, of_sizes(women, 7)) != is_known


def of_yes_and_no(yes: int, no: int, unit: str = UNIT, *more: dict[str, Any]) -> Report:
    counted = answers({"Ja": yes, "Nej": no}, unit=unit)
    return a_report({**SHARE, "krav": "minst 60 %"}, *more, units=UNITS, answers=counted)


@pytest.mark.parametrize(("yes", "is_shown"), [(4, False), (5, True)])
def test_what_has_too_few_answers_is_no_figure(yes: int, is_shown: bool) -> None:
    counted = answers({"Ja": yes, "Nej": 0}, unit=UNIT)
    rules = {"minsta_antal_svar": "5"}
    report = a_report({**SHARE, "krav": "minst 60 %"}, units=UNITS, answers=counted, rules=rules)
    assert bool(system_of(report).shown) == is_shown


def test_nobody_is_taken_to_have_answered_who_was_not_asked() -> None:
    asked = {"id": "deltagare", "namn": "Deltagare", "tillfrågade": "12"}
    survey = Survey.model_validate({"svarsgrupper": [asked]})
    known = system_of(replace(of_yes_and_no(7, 1), survey=survey))
    assert agree(known, system_of(of_yes_and_no(11, 1)))
    assert not agree(known, system_of(of_yes_and_no(12, 1)))


def test_the_range_of_the_index_tells_which_outcomes_of_the_association_rest_on_few() -> None:
    few, many = (system_of(of_yes_and_no(yes, 0, ASSOCIATION)) for yes in (19, 20))
    assert not agree(few, many)
    assert not agree(many, few)
    assert agree(few, system_of(of_yes_and_no(18, 0, ASSOCIATION)))


def test_of_a_share_that_is_published_as_such_no_range_tells_that() -> None:
    def published(yes: int) -> LinearSystem:
        counted, share = answers({"Ja": yes, "Nej": 0}), value("1-1-1", "95 %")
        return system_of(a_report({**SHARE, "krav": "minst 60 %"}, answers=counted, values=share))

    assert agree(published(19), published(20))


def test_of_a_unit_no_range_tells_that() -> None:
    def beside_the_association(yes: int) -> LinearSystem:
        counted = answers({"Ja": 40, "Nej": 0}) | answers({"Ja": yes, "Nej": 0}, unit=UNIT)
        return system_of(a_report({**SHARE, "krav": "minst 60 %"}, units=UNITS, answers=counted))

    assert agree(beside_the_association(19), beside_the_association(20))


def test_a_composite_is_taken_to_tell_on_which_side_of_its_level_each_part_lies() -> None:
    composite = {"mått": "sammansatt", "indikatorer": ["1.1.1"], "nivå": "minst 80 %", "krav": "uppfyllt"}
    above, between = of_yes_and_no(8, 2), of_yes_and_no(7, 3)  # both meet the part's own target
    assert agree(system_of(above), system_of(between))
    assert not agree(system_of(of_yes_and_no(8, 2, UNIT, composite)), system_of(between))
    assert not agree(system_of(of_yes_and_no(7, 3, UNIT, composite)), system_of(above))


def test_a_composite_tells_nothing_of_what_is_no_part_of_it_nor_without_a_level() -> None:
    everybody = {**SHARE, "svar": ["Ja", "Nej"], "krav": "minst 10 %"}
    other = {"mått": "sammansatt", "indikatorer": ["1.1.2"], "nivå": "minst 80 %", "krav": "uppfyllt"}
    bare = {"mått": "sammansatt", "indikatorer": ["1.1.1"], "krav": "uppfyllt"}
    between = system_of(of_yes_and_no(7, 3))
    assert agree(system_of(of_yes_and_no(8, 2, UNIT, everybody, other)), between)
    assert agree(system_of(of_yes_and_no(8, 2, UNIT, bare)), between)


def test_a_composite_tells_how_large_a_gap_is_too() -> None:
    def of_gap(women: int, *more: dict[str, Any]) -> LinearSystem:
        asked = {**GAP, "krav": "högst 60 procentenheter"}
        return system_of(a_report(asked, *more, units=UNITS, answers=by_sex((women, 10), (5, 10))))

    composite = {
        **{"mått": "sammansatt", "indikatorer": ["1.1.1"], "krav": "uppfyllt"},
        "nivå": "högst 20 procentenheter",
    }
    assert agree(of_gap(6), of_gap(9))
    assert agree(of_gap(6, composite), of_gap(7))
    assert not agree(of_gap(6, composite), of_gap(9))


def test_a_share_is_taken_to_be_of_those_who_are_among_the_others() -> None:
    """Also where no row says that it is a part of another."""

    def of_shares(new: int) -> LinearSystem:
        share = {"mått": "andel", "täljare": "nya", "nämnare": "alla", "krav": "minst 10 %"}
        given = {(ASSOCIATION, "alla"): people(10, 0), (ASSOCIATION, "nya"): people(new, 0)}
        return system_of(a_report(share, rows=("alla", "nya"), participants=given))

    assert agree(of_shares(9), of_shares(10))
    assert not agree(of_shares(9), of_shares(11))


def of_time(persons: int, days: str) -> LinearSystem:
    """What a register tells of how long those in a row have been with it."""
    duration = {"mått": "tid", "rad": "avslut", "krav": "högst 100 dagar"}
    row = ASSOCIATION, "avslut"
    report = a_report(duration, rows=("avslut",), participants={row: people(persons, 0)})
    outcomes = replace(report.outcomes, masked={(MASKED_DURATIONS, *row): HERE})
    if days:
        outcomes = replace(report.outcomes, durations={row: Value(parse_quantity(f"{days} dagar"), "", HERE)})
    return system_of(replace(report, outcomes=outcomes))


def test_a_time_that_is_masked_tells_that_there_are_few() -> None:
    assert agree(of_time(4, ""), of_time(1, ""))
    assert not agree(of_time(4, ""), of_time(5, "60"))
    assert not agree(of_time(4, ""), of_time(0, ""))


def test_a_time_that_is_told_tells_that_they_are_not_few() -> None:
    assert agree(of_time(5, "60"), of_time(9, "60"))
    assert not agree(of_time(5, "60"), of_time(4, ""))


@pytest.mark.parametrize(
    ("whole", "of_b", "is_known"), [(15, 10, True), (15, None, True), (12, 10, False), (16, 10, False)]
)
def test_persons_that_are_entered_for_units_are_taken_for_those_of_the_association(
    whole: int, of_b: int | None, *, is_known: bool
) -> None:
    """All of them, or where a unit has none at least so many, unless the numbers deny it."""

    def entered(own: int, of_a: int) -> LinearSystem:
        values: dict[Any, Any] = {}
        for unit, persons in ((ASSOCIATION, own), ("a", of_a), ("b", of_b)):
            values |= value("1-1-1", f"{persons} personer", unit) if persons is not None else {}
        return system_of(a_report({"mått": "värde", "krav": "inte satt"}, units=TWO, values=values))

    assert agree(entered(whole, 5), entered(4, 5)) != is_known
    if of_b is not None:
        assert agree(entered(whole, 5), entered(30, 5)) != is_known


def test_what_is_left_of_persons_that_are_entered_is_protected() -> None:
    values = value("1-1-1", "12 personer") | value("1-1-1", "9 personer", "a")
    entered = {"mått": "värde", "krav": "inte satt"}
    assert small_sums(system_of(a_report(entered, units=TWO, values=values))) == [3]


def test_what_the_association_shows_is_worth_more_than_what_a_unit_does() -> None:
    both = answers({"Ja": 8, "Nej": 8}) | answers({"Ja": 8, "Nej": 8}, unit=UNIT)
    shown = system_of(a_report({**SHARE, "krav": "minst 60 %"}, units=UNITS, answers=both)).shown
    costs = {str(figure.key[1]): figure.cost for figure in shown if isinstance(figure.key, tuple)}
    assert costs[ASSOCIATION] > costs[UNIT]


def test_a_total_is_worth_more_than_a_sex_and_the_association_more_than_both() -> None:
    ages = {(ASSOCIATION, "alder"): {"16–24": people(9, 9)}}
    given = in_a(alla=(9, 9))
    shown = of_rows({"id": "alla"}, given=given, background=ages, tables=[{"id": "alder"}]).shown
    costs = {figure.key[1:]: figure.cost for figure in shown if isinstance(figure.key, tuple)}
    assert costs["a", "alla", Sex.ALL] > costs["a", "alla", Sex.WOMEN]
    assert costs[ASSOCIATION, "alla", Sex.WOMEN] > costs["a", "alla", Sex.ALL]
    assert costs[ASSOCIATION, "alla", Sex.WOMEN] > costs[ASSOCIATION, "alder", "16-24", Sex.ALL]


def of_scale(measure: str, given: Mapping[AnswerKey, tuple[AnswerCount, ...]]) -> Report:
    """Of answers that stand for numbers."""
    of_answers = {"mått": measure, "grupp": "deltagare", "fråga": "stöd", "krav": "minst 2"}
    report = a_report(of_answers, units=UNITS, answers=given, rules={"minsta_antal_svar": "1"})
    scale = report.survey.scales[0].model_copy(update={"stated_numbers": (3, 2, 1)})
    return replace(report, survey=report.survey.model_copy(update={"scales": (scale,)}))


@pytest.mark.parametrize("measure", ["medelvärde", "median"])
def test_with_a_mean_or_a_median_each_answer_that_few_have_given_is_protected(measure: str) -> None:
    """It may be solved for, of the unit and of all: here by three women and men, and by four."""
    women = answers({"Ja": 9, "Delvis": 2, "Nej": 1}, "kvinnor", UNIT)
    known = system_of(of_scale(measure, women | answers({"Ja": 9, "Delvis": 1, "Nej": 3}, "man", UNIT)))
    assert small_sums(known) == [1, 1, 2, 3, 3, 3, 4, 4]


def test_a_median_tells_that_no_more_than_half_are_below_it_and_above_it() -> None:
    """Of so many that it is one answer's; nobody has none."""

    def of_answers(*counts: int) -> Report:
        given = dict(zip(("Ja", "Delvis", "Nej"), counts, strict=True))
        return of_scale("median", answers(given, unit=UNIT))

    odd = [of_answers(*counts) for counts in product(range(4), repeat=3) if sum(counts) % 2]
    seen = [
        (outcome_of(report, UNIT).outcome.value, system_of(report)) for report in (*odd, of_answers(0, 0, 0))
    ]
    for (median, known), (other_median, other) in product(seen, seen):
        assert agree(known, other) == (median == other_median)
    half = system_of(of_answers(2, 0, 2))  # as many above as below, and nobody between
    assert agree(half, half)
    assert not agree(half, system_of(of_answers(2, 1, 2)))
    assert not agree(system_of(of_answers(3, 0, 1)), half)


# Answers of women and men, and of units


def of_cells(*given: tuple[str, str, int, int], units: tuple[Mapping[str, str], ...] = TWO) -> LinearSystem:
    """Answers by unit and sex: so many yes and no."""
    return of_counts(
        *(answers({"Ja": yes, "Nej": no}, sex, unit) for unit, sex, yes, no in given), units=units
    )


def of_counts(
    *given: Mapping[AnswerKey, tuple[AnswerCount, ...]], units: tuple[Mapping[str, str], ...] = TWO
) -> LinearSystem:
    counted = {key: counts for each in given for key, counts in each.items()}
    return system_of(a_report({**SHARE, "krav": "inte satt"}, units=units, answers=counted))


def test_answers_of_women_and_men_are_those_of_all() -> None:
    def of_women(yes: int, men: int = 4) -> LinearSystem:
        return of_cells(("a", "alla", 10, 6), ("a", "kvinnor", yes, 3), ("a", "man", men, 3))

    known = of_women(6)
    assert agree(known, of_women(7, 3))
    assert not agree(known, of_women(5))
    assert not agree(known, of_women(7))


def test_without_answers_of_all_nothing_is_known_of_those_of_women_and_men() -> None:
    known = of_cells(("a", "kvinnor", 0, 6), ("a", "man", 0, 3))
    assert agree(known, of_cells(("a", "kvinnor", 1, 2), ("a", "man", 9, 5)))


def test_nothing_is_known_of_units_that_have_as_many_answers() -> None:
    whole = (ASSOCIATION, "alla", 20, 12)
    known = of_cells(whole, ("a", "alla", 10, 6), ("b", "alla", 10, 6))
    assert agree(known, of_cells(whole, ("a", "alla", 9, 6), ("b", "alla", 11, 6)))


def test_answers_of_all_units_are_those_of_the_association() -> None:
    def of_a(yes: int, other: int = 10) -> LinearSystem:
        return of_cells((ASSOCIATION, "alla", 30, 26), ("a", "alla", yes, 20), ("b", "alla", other, 6))

    known = of_a(20)
    assert agree(known, of_a(21, 9))
    assert not agree(known, of_a(19))
    assert not agree(known, of_a(21))


def test_answers_of_some_units_are_no_more_than_those_of_the_association() -> None:
    known = of_cells((ASSOCIATION, "man", 30, 26), ("a", "man", 20, 20), ("b", "kvinnor", 9, 9))
    assert agree(known, of_cells((ASSOCIATION, "man", 30, 26), ("a", "man", 30, 20), ("b", "kvinnor", 9, 9)))
    assert not agree(
        known, of_cells((ASSOCIATION, "man", 30, 26), ("a", "man", 31, 20), ("b", "kvinnor", 9, 9))
    )


@pytest.mark.parametrize(
    ("of_b", "least", "small"), [({}, 1, [2, 2, 4]), ({"Ja": 2, "Nej": 2}, 5, [2, 2, 2, 2, 4])]
)
def test_what_is_left_of_answers_for_a_unit_without_an_outcome_is_protected(
    of_b: Mapping[str, int], least: int, small: list[int]
) -> None:
    """Of those who gave a wanted answer, of the others and of both; and cells, where there are some."""
    given = answers({"Ja": 32, "Nej": 28}) | answers({"Ja": 30, "Nej": 26}, unit="a")
    given |= answers(of_b, unit="b") if of_b else {}
    share = {**SHARE, "krav": "inte satt"}
    report = a_report(share, units=TWO, answers=given, rules={"minsta_antal_svar": str(least)})
    assert small_sums(system_of(report)) == small


def test_what_each_division_leaves_of_answers_is_protected() -> None:
    given = ((ASSOCIATION, 30, 20), ("a", 28, 20), ("c", 27, 20))
    known = of_cells(*((unit, "alla", yes, no) for unit, yes, no in given), units=DIVIDED)
    assert small_sums(known) == [2, 2, 3, 3]


@pytest.mark.parametrize("measure", ["medelvärde", "median"])
def test_with_a_mean_or_a_median_what_is_left_of_each_answer_is_protected(measure: str) -> None:
    given = answers({"Ja": 15, "Delvis": 12, "Nej": 9}) | answers({"Ja": 9, "Delvis": 9, "Nej": 9}, unit=UNIT)
    assert small_sums(system_of(of_scale(measure, given))) == [3]


def test_a_unit_of_which_only_another_group_has_answered_is_not_missing() -> None:
    def of_a(yes: int) -> LinearSystem:
        own = answers({"Ja": 10, "Nej": 6}) | answers({"Ja": yes, "Nej": 6}, unit="a")
        of_b = answers({"Ja": 9, "Nej": 9}, unit="b").items()
        staff = {replace(key, group="personal"): counts for key, counts in of_b}
        asked = ({**SHARE, "grupp": group, "krav": "inte satt"} for group in ("deltagare", "personal"))
        return system_of(a_report(*asked, units=TWO, answers=own | staff))

    assert not agree(of_a(10), of_a(9))


def test_units_without_answers_of_unstated_sex_have_none() -> None:
    def of_a(yes: int) -> LinearSystem:
        unstated = ((unit, "ej-angivet", yes, 2) for unit, yes in ((ASSOCIATION, 3), ("a", yes)))
        return of_cells(*unstated, ("b", "kvinnor", 9, 9))

    assert not agree(of_a(3), of_a(2))


@pytest.mark.parametrize("is_whole_finer", [False, True])
def test_answers_that_one_side_counts_together_are_as_many_on_the_other(is_whole_finer: bool) -> None:
    def of_partly(partly: int, others: int = 4) -> LinearSystem:
        apart, together = {"Ja": 6, "Delvis": partly, "Nej": 6}, {"Ja + Delvis": 6 + others, "Nej": 6}
        whole, part = (apart, together) if is_whole_finer else (together, apart)
        return of_counts(answers(whole), answers(part, unit="a"))

    known = of_partly(4)
    assert agree(known, of_partly(5, others=5))
    assert not agree(known, of_partly(5))


def test_answers_by_another_division_are_as_many_as_those_by_the_first() -> None:
    def of_units(*yes: int, whole: int | None = None, sex: str = "alla") -> LinearSystem:
        own = () if whole is None else ((ASSOCIATION, "alla", whole, 20),)
        sexes = ("alla", "alla", sex, sex)
        by_unit = ((unit, of, count, 10) for unit, of, count in zip("abcd", sexes, yes, strict=False))
        return of_cells(*own, *by_unit, units=DIVIDED)

    known = of_units(10, 9, 12, 7)
    assert agree(known, of_units(11, 9, 12, 8))
    assert not agree(known, of_units(11, 9, 12, 7))
    assert not agree(known, of_units(9, 9, 12, 7))
    assert not agree(of_units(10, 9, 12, 7, whole=19), of_units(11, 9, 12, 7, whole=19))
    assert not agree(of_units(10, 9, 19), of_units(10, 9, 18))  # no others of that division answered
    assert agree(of_units(0, 0), of_units(1, 1))
    assert agree(of_units(10, 9, 0, 0, sex="kvinnor"), of_units(10, 9, 1, 0, sex="kvinnor"))


def test_as_many_have_answered_whichever_of_several_answers_is_looked_at() -> None:
    def of_options(**given: tuple[int, int]) -> LinearSystem:
        counted = {
            replace(key, option=option): counts
            for option, (yes, no) in given.items()
            for key, counts in answers({"Ja": yes, "Nej": no}, unit="a").items()
        }
        return system_of(a_report({**SHARE, "krav": "inte satt"}, units=TWO, answers=counted))

    known = of_options(halsa=(10, 6), ekonomi=(12, 4))
    assert agree(known, of_options(halsa=(11, 6), ekonomi=(12, 5)))
    assert not agree(known, of_options(halsa=(11, 6), ekonomi=(12, 4)))
    assert not agree(known, of_options(halsa=(10, 6), ekonomi=(12, 5)))


@pytest.mark.parametrize(("women", "is_small"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_count_is_small_from_one_to_below_the_threshold(women: int, is_small: bool) -> None:
    found = of_rows({"id": "alla"}, given=in_a(alla=(women, 50))).sensitive
    sensitive = {each.key[-2] for each in found if isinstance(each.key, tuple)}
    assert (Sex.WOMEN in sensitive, Sex.MEN in sensitive) == (is_small, False)


# Tables of people

Rows = Mapping[tuple[str, str], People]


def of_rows(
    *rows: Mapping[str, str],
    given: Rows,
    background: Mapping[tuple[str, str], Mapping[str, People]] | None = None,
    tables: Iterable[Mapping[str, str]] = (),
    **more: Any,
) -> LinearSystem:
    """A report of two units with these rows and background tables."""
    report = a_report({"mått": "värde", "krav": "inte satt"}, participants=given, **{"units": TWO, **more})
    definitions = tuple(RowDefinition.model_validate({"namn": "Rad", **row}) for row in rows)
    backgrounds = tuple(BackgroundDefinition.model_validate({"titel": "Tabell", **each}) for each in tables)
    settings = report.settings.model_copy(update={"rows": definitions, "background": backgrounds})
    outcomes = replace(report.outcomes, background=background or {})
    return system_of(replace(report, settings=settings, outcomes=outcomes))


def small_sums(system: LinearSystem) -> list[int]:
    return sorted(sum(factor * system.values[cell] for cell, factor in each.sum) for each in system.sensitive)


def in_a(**rows: tuple[int, int]) -> Rows:
    """Women and men of unit A."""
    return {("a", row): people(*counts) for row, counts in rows.items()}


SUM = ({"id": "alla", "lika_med": "nya + gamla"}, {"id": "nya"}, {"id": "gamla"})
REST = ({"id": "nya", "lika_med": "alla − gamla"}, {"id": "alla"}, {"id": "gamla"})


def test_a_row_is_the_sum_that_it_is_declared_to_be_for_each_sex() -> None:
    known = of_rows(*SUM, given=in_a(alla=(10, 20), nya=(6, 15), gamla=(4, 5)))
    assert agree(known, of_rows(*SUM, given=in_a(alla=(9, 20), nya=(6, 14), gamla=(3, 6))))
    for new in ((7, 14), (5, 15)):
        assert not agree(known, of_rows(*SUM, given=in_a(alla=(10, 20), nya=new, gamla=(4, 5))))


def test_a_row_of_which_one_part_has_no_sexes_is_their_sum_in_all() -> None:
    def of_total(old: int) -> LinearSystem:
        given = {**in_a(alla=(10, 20), nya=(6, 15)), ("a", "gamla"): people(None, None, total=old)}
        return of_rows(*SUM, given=given)

    assert not agree(of_total(9), of_total(8))


@pytest.mark.parametrize(
    ("rows", "row", "possible", "impossible"),
    [(SUM, "alla", (6, 15), (5, 16)), (REST, "nya", (6, 16), (7, 15))],
)
def test_what_is_not_given_of_a_sum_is_none_at_least(
    rows: tuple[Mapping[str, str], ...], row: str, possible: tuple[int, int], impossible: tuple[int, int]
) -> None:
    """All are as many as the new ones, or more; the new ones as many as all, or fewer."""
    other = {"alla": "nya", "nya": "alla"}[row]
    same = {"alla": (6, 15), "nya": (6, 16)}[row]
    known = of_rows(*rows, given=in_a(**{row: same, other: same}))
    assert agree(known, of_rows(*rows, given=in_a(**{row: possible, other: same})))
    assert not agree(known, of_rows(*rows, given=in_a(**{row: impossible, other: same})))


@pytest.mark.parametrize(
    ("rows", "given"),
    [(SUM, in_a(alla=(30, 40), nya=(28, 39))), (REST, in_a(nya=(28, 39), alla=(30, 40)))],
)
def test_what_is_not_given_of_a_sum_is_protected_where_it_is_few(
    rows: tuple[Mapping[str, str], ...], given: Rows
) -> None:
    assert set(small_sums(of_rows(*rows, given=given))) == {1, 2, 3}


def test_where_both_a_part_and_what_is_taken_away_are_missing_nothing_is_known() -> None:
    rows = ({"id": "kvar", "lika_med": "alla + nya − gamla"}, {"id": "alla"}, {"id": "nya"}, {"id": "gamla"})
    known = of_rows(*rows, given=in_a(kvar=(6, 6), alla=(6, 6)))
    for counts in ((5, 6), (7, 6)):
        assert agree(known, of_rows(*rows, given=in_a(kvar=counts, alla=(6, 6))))


def test_a_sum_that_the_tables_deny_is_not_taken_to_be_known() -> None:
    wrong = in_a(alla=(10, 21), nya=(7, 15), gamla=(4, 5))
    assert agree(of_rows(*SUM, given=wrong), of_rows(*SUM, given=in_a(alla=(9, 9), nya=(6, 6), gamla=(9, 9))))


def test_a_part_is_no_larger_than_its_whole() -> None:
    rows = ({"id": "alla"}, {"id": "nya", "nivå": "1"})
    known = of_rows(*rows, given=in_a(alla=(10, 10), nya=(6, 6)))
    assert agree(known, of_rows(*rows, given=in_a(alla=(10, 10), nya=(10, 10))))
    assert not agree(known, of_rows(*rows, given=in_a(alla=(10, 10), nya=(11, 9))))
    for alone in ("alla", "nya"):
        assert agree(*(of_rows(*rows, given=in_a(**{alone: (number, 6)})) for number in (6, 9)))


def of_units(
    whole: People, a: People | None, b: People | None, row: Mapping[str, str] = {"id": "alla"}
) -> LinearSystem:
    """A row of the association beside those of its units."""
    given = {(unit, "alla"): row for unit, row in ((ASSOCIATION, whole), ("a", a), ("b", b)) if row}
    return of_rows(row, {"id": "nya"}, given={("b", "nya"): people(9, 9), **given})


def test_all_units_together_are_the_association_as_far_as_their_sexes_are_known() -> None:
    def of_a(women: int, men: int, unstated: int = 2, b: int = 10) -> LinearSystem:
        return of_units(people(10, 10, 2), people(women, men, unstated), people(None, None, total=b))

    known = of_a(6, 4)
    assert agree(known, of_a(8, 3, b=9))
    assert not agree(known, of_a(8, 4))
    assert not agree(known, of_a(6, 3))
    assert not agree(known, of_a(11, 0, b=9))
    assert not agree(known, of_a(6, 5, unstated=1))


def test_by_every_division_there_are_as_many() -> None:
    def of_divided(*women: int) -> LinearSystem:
        given = {(unit, "alla"): people(count, 9) for unit, count in zip("abcd", women, strict=False)}
        return of_rows({"id": "alla"}, given=given, units=DIVIDED)

    known = of_divided(10, 9, 12, 7)
    assert agree(known, of_divided(11, 9, 12, 8))
    assert not agree(known, of_divided(11, 9, 12, 7))
    assert not agree(known, of_divided(9, 9, 12, 7))
    assert agree(of_divided(10, 9, 12), of_divided(11, 9, 12))
    assert not agree(of_divided(10, 9, 12), of_divided(10, 1, 12))


def test_a_unit_is_no_more_than_the_association_where_another_is_missing() -> None:
    known = of_units(people(10, 10), people(6, 4), None)
    assert agree(known, of_units(people(10, 10), people(10, 10), None))
    assert not agree(known, of_units(people(10, 10), people(11, 4), None))


def test_what_each_division_leaves_of_the_association_is_protected() -> None:
    given = {(unit, "alla"): people(women, 9) for unit, women in ((ASSOCIATION, 20), ("a", 18), ("c", 17))}
    others = {(unit, "nya"): people(9, 9) for unit in "bd"}
    rows = of_rows({"id": "alla"}, {"id": "nya"}, given=given | others, units=DIVIDED)
    assert small_sums(rows) == [2, 2, 3, 3]  # women, and all


def test_persons_are_no_fewer_than_those_of_a_unit_and_no_more_than_those_of_all() -> None:
    def of_persons(whole: int, a: int, b: int | None) -> LinearSystem:
        unit = None if b is None else people(b, 9)
        return of_units(people(whole, 9), people(a, 9), unit, {"id": "alla", "unika": "ja"})

    known = of_persons(12, 8, 6)
    assert agree(known, of_persons(14, 8, 6))
    assert not agree(known, of_persons(15, 8, 6))
    assert not agree(known, of_persons(7, 8, 6))
    assert agree(known, of_persons(8, 8, 6))
    assert agree(of_persons(8, 8, None), of_persons(15, 8, None))


def rows_shown(system: LinearSystem) -> set[tuple[object, ...]]:
    """The units and rows that are figures which may be hidden."""
    return {figure.key[1:3] for figure in system.shown if isinstance(figure.key, tuple)}


def test_a_row_that_all_units_have_has_a_sum_but_not_one_of_persons() -> None:
    given = {(unit, "alla"): people(9, 9) for unit in ("a", "b")}
    assert rows_shown(of_rows({"id": "alla"}, given=given)) == {*given, (ASSOCIATION, "alla")}
    of_one = {("a", "alla"): people(9, 9), ("b", "nya"): people(9, 9)}
    assert rows_shown(of_rows({"id": "alla"}, {"id": "nya"}, given=of_one)) == set(of_one)
    assert rows_shown(of_rows({"id": "alla", "unika": "ja"}, given=given)) == set(given)
    alike = {**given, (ASSOCIATION, "alla"): people(18, 18)}  # nobody was in two units
    assert rows_shown(of_rows({"id": "alla", "unika": "ja"}, given=alike)) == set(alike)


def test_a_sum_of_units_has_the_sexes_that_are_known_of_all() -> None:
    given = {("a", "alla"): people(9, 9), ("b", "alla"): people(None, None, total=9)}
    shown = of_rows({"id": "alla"}, given=given).shown
    keys = {figure.key[1:] for figure in shown if isinstance(figure.key, tuple)}
    assert {sex for unit, _, sex in keys if unit == ASSOCIATION} == {Sex.ALL}


def test_where_some_have_not_stated_sex_none_of_a_row_is_a_figure_too() -> None:
    """Otherwise a hidden one would be known not to be none."""
    given = {("a", "alla"): people(6, 6, 2), ("a", "nya"): people(3, 3), ("b", "nya"): people(4, 4)}
    known = of_rows({"id": "alla"}, {"id": "nya"}, given=given)
    counts = {
        figure.key[1:]: sum(known.values[variable] for variable, _ in figure.sum)
        for figure in known.shown
        if isinstance(figure.key, tuple)
    }
    assert (counts["a", "alla", Sex.UNSTATED], counts["a", "alla", Sex.ALL]) == (2, 14)
    assert counts["a", "nya", Sex.UNSTATED] == 0
    assert ("b", "nya", Sex.UNSTATED) not in counts


def test_a_column_of_those_who_have_not_stated_sex_tells_that_there_are_some() -> None:
    def of_unstated(alla: int, nya: int, old: int = 0) -> LinearSystem:
        given = {("a", "alla"): people(6, 6, alla), ("a", "nya"): people(3, 3, nya)}
        ages = {("a", "alder"): {"16–24": people(1, 1, old)}}
        rows = ({"id": "alla"}, {"id": "nya"})
        return of_rows(*rows, given=given, background=ages, tables=[{"id": "alder"}])

    assert agree(of_unstated(2, 1), of_unstated(1, 0))
    assert agree(of_unstated(0, 1), of_unstated(2, 0))
    assert not agree(of_unstated(2, 1), replace_all(of_unstated(2, 1), Sex.UNSTATED, 0))
    assert not agree(of_unstated(2, 1, 1), replace_all(of_unstated(2, 1, 1), "16–24", 0))


def test_each_unit_with_a_column_of_those_who_have_not_stated_sex_has_some() -> None:
    known = of_rows({"id": "alla"}, given={(unit, "alla"): people(6, 6, 2) for unit in ("a", "b")})
    unstated: dict[Hashable, int] = {
        ("rad", unit, "alla", Sex.UNSTATED, "prov"): number for unit, number in (("a", 0), ("b", 4))
    }
    assert unstated.keys() < known.values.keys()
    moved = {**known.values, **unstated}
    assert not agree(known, replace(known, values=moved))


def replace_all(system: LinearSystem, named: object, number: int) -> LinearSystem:
    """With this number in every cell of that name."""
    values = {
        cell: number if isinstance(cell, tuple) and named in cell else value
        for cell, value in system.values.items()
    }
    return replace(system, values=values)


def test_a_sum_that_is_not_given_itself_is_no_figure() -> None:
    shown = rows_shown(of_rows(*SUM, given=in_a(nya=(9, 9))))
    assert shown == {("a", "nya"), (ASSOCIATION, "nya")}


def test_of_a_unit_that_has_nobody_of_a_category_nothing_is_known_without_the_association() -> None:
    def of_a(women: int) -> LinearSystem:
        ages = {(unit, "alder"): {"16–24": people(count, 9)} for unit, count in (("a", women), ("b", 6))}
        return of_rows(given={}, background=ages, tables=[{"id": "alder"}])

    assert agree(of_a(0), of_a(1))


def test_a_background_has_as_many_as_the_rows_that_it_is_declared_to_be() -> None:
    def of_ages(young: tuple[int, int]) -> LinearSystem:
        ages = {("a", "alder"): {"16–24": people(*young), "25–64": people(6, 6)}}
        table = {"id": "alder", "lika_med": "nya + gamla"}
        given = in_a(nya=(7, 9), gamla=(3, 2))
        return of_rows({"id": "nya"}, {"id": "gamla"}, given=given, background=ages, tables=[table])

    assert not agree(of_ages((4, 5)), of_ages((5, 4)))


@pytest.mark.parametrize(
    ("row", "old", "is_known"),
    [
        ((6, 6), (6, 6), (True, True)),
        ((5, 6), (5, 8), (True, False)),
        ((6, 5), (5, 6), (True, True)),  # by their sum
        ((6, 6), (8, 8), (False, False)),
        ((1, 2), (1, 2), (True, True)),
        ((1, 2), (1, 3), (False, False)),
    ],
)
def test_a_background_is_taken_for_the_row_that_has_as_many_of_all_or_of_many(
    row: tuple[int, int], old: tuple[int, int], is_known: tuple[bool, bool]
) -> None:
    """Nothing is declared of them."""

    def of_old(women: int, men: int) -> LinearSystem:
        ages = {("a", "alder"): {"25–64": people(women, men)}}
        return of_rows({"id": "alla"}, given=in_a(alla=row), background=ages, tables=[{"id": "alder"}])

    known = of_old(*old)
    assert (not agree(known, of_old(7, old[1])), not agree(known, of_old(old[0], 7))) == is_known


def test_two_backgrounds_with_as_many_are_taken_for_the_same_persons() -> None:
    def of_old(women: int) -> LinearSystem:
        counts = {"alder": women, "inskrivna": 6}
        ages = {("a", table): {"25–64": people(count, 6)} for table, count in counts.items()}
        return of_rows(given={}, background=ages, tables=[{"id": table} for table in counts])

    assert not agree(of_old(6), of_old(7))


@pytest.mark.parametrize("is_row_without", [False, True])
def test_where_one_has_no_sexes_only_the_sum_is_taken_for_that_of_the_other(is_row_without: bool) -> None:
    def of_women(women: int) -> LinearSystem:
        by_sex, of_all = people(women, 12 - women), people(None, None, total=12)
        row, old = (of_all, by_sex) if is_row_without else (by_sex, of_all)
        ages = {("a", "alder"): {"25–64": old}}
        given = {("a", "alla"): row}
        return of_rows({"id": "alla"}, given=given, background=ages, tables=[{"id": "alder"}])

    assert agree(of_women(0), of_women(1))


def test_a_background_of_all_has_as_many_of_each_category_as_those_of_the_units() -> None:
    """Where the sexes are not known of all, it still has so many together."""

    def of_young(whole: int, a: int, b: int | None) -> LinearSystem:
        young = {ASSOCIATION: people(whole, 9), "a": people(a, 5)}
        young |= {} if b is None else {"b": people(None, None, total=b)}
        ages = {(unit, "alder"): {"16–24": counts} for unit, counts in young.items()}
        return of_rows(given={}, background=ages, tables=[{"id": "alder"}])

    known = of_young(20, 14, 10)
    assert agree(known, of_young(20, 15, 9))
    assert not agree(known, of_young(20, 15, 10))
    assert not agree(known, of_young(20, 13, 10))
    assert agree(of_young(14, 14, None), of_young(20, 14, None))  # b has no table of it


def test_by_every_division_a_category_has_as_many() -> None:
    def of_young(*women: int) -> LinearSystem:
        counts = zip((ASSOCIATION, *"abcd"), women, strict=True)
        ages = {(unit, "alder"): {"16–24": people(count, 9)} for unit, count in counts}
        ages["a", "alder"]["25–64"] = people(5, 5)
        ages["a", "inskrivna"] = {"16–24": people(5, 5)}
        tables = [{"id": "alder"}, {"id": "inskrivna"}]
        return of_rows(given={}, background=ages, tables=tables, units=DIVIDED)

    known = of_young(19, 10, 9, 12, 7)
    assert agree(known, of_young(19, 9, 10, 13, 6))
    assert not agree(known, of_young(19, 10, 9, 11, 7))
    assert not agree(known, of_young(19, 9, 9, 12, 7))


def test_a_share_of_last_year_is_a_count_of_what_it_was_a_share_of() -> None:
    def last_year(new: str) -> LinearSystem:
        values = value("alla", "20 personer", "a", 2023) | value("nya", new, "a", 2023)
        return of_rows({"id": "alla"}, {"id": "nya", "andel_av": "alla"}, given={}, values=values)

    known = last_year("30 %")
    assert list(known.values.values()) == [20, 6]
    assert agree(known, last_year("100 %"))
    assert not agree(known, last_year("105 %"))
    alone = value("nya", "30 %", "a", 2023)
    assert not of_rows({"id": "alla"}, {"id": "nya", "andel_av": "alla"}, given={}, values=alone).shown


def test_a_share_of_what_was_a_share_last_year_is_a_count_in_whatever_order_they_stand() -> None:
    rows = ({"id": "unga", "andel_av": "nya"}, {"id": "nya", "andel_av": "alla"}, {"id": "alla"})
    written = (("unga", "30 %"), ("nya", "50 %"), ("alla", "20 personer"))
    values: dict[Any, Any] = {}
    for row, quantity in written:
        values |= value(row, quantity, "a", 2023)
    assert small_sums(of_rows(*rows, given={}, values=values)) == [3]


@pytest.mark.parametrize(("share", "is_sum"), [("25 %", True), ("30 %", False)])
def test_a_share_of_all_last_year_is_the_sum_of_the_units_where_it_can_be(share: str, is_sum: bool) -> None:
    values: dict[Any, Any] = {}
    for unit, new in (("a", "30 %"), ("b", "20 %")):
        values |= value("alla", "20 personer", unit, 2023) | value("nya", new, unit, 2023)
    values |= value("nya", share, ASSOCIATION, 2023)
    known = of_rows({"id": "alla"}, {"id": "nya", "andel_av": "alla"}, given={}, values=values)
    parts = {
        figure.key[1]: {variable for variable, _ in figure.sum}
        for figure in known.shown
        if isinstance(figure.key, tuple) and figure.key[2] == "nya"
    }
    assert (parts[ASSOCIATION] == parts["a"] | parts["b"]) == is_sum


def test_last_years_sum_is_a_figure_where_all_units_have_it_but_not_one_of_persons() -> None:
    def last_year(*units: str, **row: str) -> set[tuple[object, ...]]:
        values: dict[Any, Any] = {}
        for unit in units:
            values |= value("alla", "20 personer", unit, 2023)
        return rows_shown(of_rows({"id": "alla", **row}, given={}, values=values))

    assert last_year("a", "b") == {("a", "alla"), ("b", "alla"), (ASSOCIATION, "alla")}
    assert last_year("a") == {("a", "alla")}
    assert last_year("a", "b", unika="ja") == {("a", "alla"), ("b", "alla")}


def test_last_years_counts_of_all_units_are_those_of_the_association() -> None:
    def last_year(*counts: int, **more: Any) -> LinearSystem:
        values: dict[Any, Any] = {}
        for unit, count in zip((ASSOCIATION, *"abcd"), counts, strict=False):
            values |= value("alla", f"{count} personer", unit, 2023)
        return of_rows({"id": "alla"}, given={}, values=values, **more)

    known = last_year(30, 20, 10)
    assert agree(known, last_year(30, 19, 11))
    assert not agree(known, last_year(30, 20, 11))
    assert not agree(known, last_year(30, 20, 9))
    by_two = last_year(30, 20, 10, 15, 15, units=DIVIDED)
    assert not agree(by_two, last_year(30, 20, 10, 15, 14, units=DIVIDED))
