"""What a comparison says: a figure never became the same figure."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model.outcomes import Attestation
from generator.model.results import UnitResult
from generator.model.settings import Rules
from generator.pages import views
from generator.pages.comparing import comparison_view
from generator.scoring import compare
from tests.support import ASSOCIATION, HERE, a_report, answers, plain, scored, value

ANSWERS: dict[str, Any] = {
    "mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"], "krav": "minst 80 %",
}  # fmt: skip
FIGURE = {"mått": "värde", "krav": "minst 1 dag"}
CHANGE = {"mått": "förändring", "serie": "sjuktal", "plats": ASSOCIATION, "krav": "minskning"}


def told(before: UnitResult, after: UnitResult) -> views.Comparison:
    return comparison_view(compare(before, after), "Förra året", "I år", Rules())


def of_answers(yes: int, no: int) -> UnitResult:
    return scored(a_report(ANSWERS, answers=answers({"Ja": yes, "Nej": no})))


def of_figure(written: str) -> UnitResult:
    return scored(a_report(FIGURE, values=value("1-1-1", written)))


def of_change(written: str) -> UnitResult:
    return scored(a_report(CHANGE, values=value("sjuktal", written, than=2023)))


def of_points(earned: int, possible: int) -> UnitResult:
    """A report that earns so many points."""
    verdicts = {"1.1.1": (True, earned), "1.1.2": (False, possible - earned)}
    indicators = ({"mått": "intyg", "krav": "uppfyllt", "vikt": weight} for _, weight in verdicts.values())
    stated = {
        (ASSOCIATION, id): Attestation(met, "Revisorn", "Källan", HERE) for id, (met, _) in verdicts.items()
    }
    return scored(a_report(*indicators, attestations=stated))


@pytest.mark.parametrize(
    ("before", "after", "summary"),
    [
        ((64, 100), (70, 100), "Index gick från 64 till 70."),
        ((700, 1000), (701, 1000), "Index gick från 70,0 till 70,1."),
        ((7001, 10000), (7002, 10000), "Index gick från 70,01 till 70,02."),
        ((70, 100), (7, 10), "Index är 70 i båda."),
    ],
)
def test_an_index_that_moved_never_became_what_it_was(
    before: tuple[int, int], after: tuple[int, int], summary: str
) -> None:
    view = told(of_points(*before), of_points(*after))
    assert plain(view.summary).startswith(summary)
    assert view.total
    for index in (view.total.before, view.total.after):
        assert plain(index).split(" (")[0] in summary


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (of_answers(81, 19), of_answers(82, 18), "81 %, målet uppnått → 82 %, målet uppnått"),
        (of_answers(813, 187), of_answers(811, 189), "81,3 %, målet uppnått → 81 %, målet uppnått"),
        (
            of_answers(81, 19),
            of_answers(162, 38),
            "81 % (81 av 100), målet uppnått → 81 % (162 av 200), målet uppnått",
        ),
        (
            of_figure("4,1221 dagar"),
            of_figure("4,1241 dagar"),
            "4,12 dagar, målet uppnått → 4,124 dagar, målet uppnått",
        ),
        (
            of_change("-0,3221 procentenheter"),
            of_change("-0,3241 procentenheter"),
            "−0,32 procentenheter, målet uppnått → −0,324 procentenheter, målet uppnått",
        ),
    ],
)
def test_an_outcome_that_moved_never_became_what_it_was(
    before: UnitResult, after: UnitResult, sentence: str
) -> None:
    (other,) = told(before, after).others
    assert plain(other).endswith(sentence)


@pytest.mark.parametrize(("number", "is_told"), [(2, False), (3, True)])
def test_contributions_that_do_not_add_up_as_shown_are_said_to_be_rounded(number: int, is_told: bool) -> None:
    indicators = [{"mått": "intyg", "krav": "uppfyllt", "vikt": 1}] * number
    before, after = (
        scored(
            a_report(
                *indicators,
                attestations={
                    (ASSOCIATION, f"1.1.{place}"): Attestation(met, "Revisorn", "Källan", HERE)
                    for place in range(1, number + 1)
                },
            )
        )
        for met in (False, True)
    )
    assert told(before, after).summary.endswith("Talen är avrundade var för sig.") == is_told
