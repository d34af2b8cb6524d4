"""Every measure of counted things, held against an oracle of its own on hundreds of made-up reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any, get_args

from hypothesis import settings

from generator.model import measures
from generator.model.amounts import AmountTable
from generator.model.outcomes import AnswerCount, AnswerKey, People, Sex, TableRow
from generator.model.places import Place
from generator.model.report import Report
from generator.model.survey import AnswerScale, Question
from generator.model.table_settings import TableDefinition
from generator.scoring import score_report
from tests.scoring.oracle import ANSWERS, LEAST, NO_ANSWER, SEXES, MadeUp, expected, make_up
from tests.support import ASSOCIATION, HERE, a_report, people

ASKED = {"grupp": "deltagare", "fråga": "stöd"}
MEASURES: dict[str, dict[str, Any]] = {
    "andel": {"täljare": "avslut", "nämnare": "deltagare"},
    "könsfördelning": {"rad": "deltagare"},
    "andel svar": {**ASKED, "svar": ["Ja"]},
    "medelvärde": ASKED,
    "median": ASKED,
    "före och efter": {**ASKED, "fråga": "stöd igen"},
    "kvot": {"belopp": {"tabell": "kostnad", "kolumn": "utfall"}, "nämnare": "deltagare"},
}
OTHERS = {  # which are entered, stated or texts; or have tests of their own
    "förändring", "värde", "antal", "berättelser", "beskrivning", "bedömning", "intyg", "sammansatt",
    "könsskillnad", "tid",
}  # fmt: skip
IN_PERCENT = ("andel", "könsfördelning", "andel svar", "före och efter")


def written(made: MadeUp, targets: dict[str, tuple[int | None, int | None]], signals: int) -> Report:
    """The report that holds what was made up, counted."""
    indicators = [
        {
            "mått": measure,
            **keys,
            "krav": target_text(measure, *targets[measure]),
            **margins(measure),
        }
        for measure, keys in MEASURES.items()
    ]
    participants: dict[tuple[str, str], People] = {}
    answers: dict[AnswerKey, tuple[AnswerCount, ...]] = {}
    for unit, persons in made.persons.items():
        for row, counted in (("deltagare", persons), ("avslut", [one for one in persons if one.has_left])):
            participants[unit, row] = people(*(sum(one.sex == sex for one in counted) for sex in SEXES))
        told = Counter(one.answer for one in persons)
        answers[AnswerKey(unit, "deltagare", "stod", Sex.ALL)] = tuple(
            AnswerCount(frozenset({answer.casefold()}), told[answer], HERE)
            for answer in (*ANSWERS, NO_ANSWER)
        )
        pairs = [(ANSWERS.get(one.answer or ""), ANSWERS.get(one.again or "")) for one in persons]
        rises = [after - before for before, after in pairs if before and after]
        moves = {"högre": sum(rise > 0 for rise in rises), "oförändrat": rises.count(0)}
        moves["lägre"] = len(rises) - sum(moves.values())
        answers[AnswerKey(unit, "deltagare", "stod-igen", Sex.ALL)] = tuple(
            AnswerCount(frozenset({move}), number, HERE) for move, number in moves.items()
        )
    report = a_report(
        *indicators,
        rules={
            "minsta_antal_svar": str(LEAST),
            "signaler": str(signals),
            **({"yttre_marginal": "90"} if signals > 3 else {}),
        },
        units=tuple({"id": unit, "namn": unit.capitalize()} for unit in made.persons),
        rows=("deltagare", "avslut"),
        participants=participants,
        answers=answers,
    )
    places = {"Utfall": Place("kostnad.csv", 2)}
    rows = tuple(
        TableRow(unit.capitalize(), "", None, {"Utfall": cost / 1000}, "", HERE, places)
        for unit, cost in made.costs.items()
    )
    table = TableDefinition.model_validate({"id": "kostnad", "titel": "Kostnad", "måttenhet": "tkr"})
    amounts = AmountTable(table, rows, report.settings.every_unit)
    scale = {"id": "grad", "namn": "Grad", "svar": [*ANSWERS], "räknas_inte": [NO_ANSWER]}
    twice = Question.model_validate(
        {"id": "stöd igen", "text": "Fick du stöd?", "skala": "grad", "före_och_efter": "ja"}
    )
    with_numbers = AnswerScale.model_validate({**scale, "tal": [str(number) for number in ANSWERS.values()]})
    return replace(
        report,
        settings=report.settings.model_copy(update={"tables": (table,)}),
        survey=report.survey.model_copy(
            update={"scales": (with_numbers,), "questions": (*report.survey.questions, twice)}
        ),
        outcomes=replace(report.outcomes, amounts={"kostnad": amounts}),
    )


def margins(measure: str) -> dict[str, str]:
    near, far = ("25 procentenheter", "50 procentenheter") if measure in IN_PERCENT else ("0,25", "0,5")
    return {"marginal": near, "yttre_marginal": far}


def target_text(measure: str, low: int | None, high: int | None) -> str:
    unit = " %" if measure in IN_PERCENT else " kronor per deltagare" if measure == "kvot" else ""
    if low is not None and high is not None:
        return f"{low}–{high}{unit}"
    return f"minst {low}{unit}" if high is None else f"högst {high}{unit}"


def some_target(measure: str, chance: Random) -> tuple[int | None, int | None]:
    most = {"medelvärde": 5, "median": 5, "kvot": 20_000}.get(measure, 100)
    low, high = sorted((chance.randint(0, most), chance.randint(0, most)))
    return chance.choice(((low, None), (None, high), (low, high)))


def test_a_measure_gives_what_the_oracle_gives() -> None:
    for seed in range(4 * settings().max_examples):
        chance = Random(seed)
        made = make_up(chance)
        targets = {measure: some_target(measure, chance) for measure in MEASURES}
        signals = chance.choice((2, 3, 4))
        scored = score_report(written(made, targets, signals))
        for unit in scored.every_unit:
            id = "forbundet" if unit.unit.id == ASSOCIATION else unit.unit.id
            for result in unit.results:
                measure = result.indicator.measure
                scale = 100 if measure in IN_PERCENT else 1
                limits = tuple(
                    None if limit is None else Fraction(limit, scale) for limit in targets[measure]
                )
                found = (result.outcome.value, result.signal)
                assert found == expected(measure, made, id, limits, signals), (seed, id, measure)  # type: ignore[arg-type]


def test_every_measure_has_the_oracle_or_stands_among_the_others() -> None:
    names = {get_args(each.model_fields["measure"].annotation)[0] for each in measures.MEASURES}
    assert names == MEASURES.keys() | OTHERS
