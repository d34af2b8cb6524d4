"""Made-up respondents who gave the answers of 2021, read from exports: nothing in the report changes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.build import check
from generator.intake import take_answers
from generator.model.outcome import Outcome
from generator.model.shown import ShownReport
from tests.support import CONTENT, YEAR, append, copy_of
from tests.tallying.made_up import (
    ALL,
    SEXES,
    Published,
    export_of,
    groups_of,
    has_sexes,
    map_of,
    published,
    questions_of,
    respondents,
    write,
)

COUNTS = published(CONTENT / YEAR / "utfall/enkat.csv")
GROUPS = groups_of(COUNTS)


def take_all(year: Path, folder: Path, ending: str) -> None:
    folder.mkdir()
    append(year / "enkat.yaml", "\ninläsning:\n" + "".join(map_of(COUNTS, group) for group in GROUPS))
    for number, group in enumerate(GROUPS):
        rows = export_of(respondents(COUNTS, group), questions_of(COUNTS, group))
        raw = write(folder / f"{number}{ending}", rows)
        take_answers(raw, year / "enkat.yaml", group, overwrite=True)


@pytest.fixture(scope="module", params=[".csv", ".xlsx"])
def taken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of 2021 with its answers read from exports of the four groups."""
    content = copy_of(CONTENT, tmp_path_factory.mktemp("svar") / "content")
    take_all(content / YEAR, content.parent / "exporter", request.param)
    return content


def summed(counts: Published, like: Published) -> Published:
    """Single answers added up to the sums that were published, and the sexes where only all were."""
    found: dict[tuple[str, str, str], Counter[frozenset[str]]] = {}
    for (group, question, sex), sets in like.items():
        sexes = SEXES if sex == ALL and has_sexes(counts, group) else (sex,)
        found[group, question, sex] = Counter(dict.fromkeys(sets, 0))
        for part in sexes:
            for single, count in counts.get((group, question, part), {}).items():
                answers = next((answers for answers in sets if single <= answers), single)
                found[group, question, sex][answers] += count
    # An answer that was not published was given by nobody.
    return {
        key: {answers: count for answers, count in sums.items() if count or answers in like[key]}
        for key, sums in found.items()
    }


def test_the_counts_add_up_to_the_published_ones(taken: Path) -> None:
    assert summed(published(taken / YEAR / "utfall/enkat.csv"), COUNTS) == COUNTS


def test_nothing_but_the_published_questions_is_counted(taken: Path) -> None:
    counts = published(taken / YEAR / "utfall/enkat.csv")
    assert {key[:2] for key in counts} == {key[:2] for key in COUNTS}


def test_every_outcome_signal_and_index_is_the_same(taken: Path, report_2021: ShownReport) -> None:
    before = report_2021
    after = next(report for report in check(taken).reports if report.report.id == before.report.id)
    for unit, unit_after in zip(
        (before.association, *before.units), (after.association, *after.units), strict=True
    ):
        assert unit.index == unit_after.index
        assert [area.index for area in unit.areas] == [area.index for area in unit_after.areas]
        for was, now in zip(unit.results, unit_after.results, strict=True):
            assert (was.indicator.id, was.signal, was.earned) == (now.indicator.id, now.signal, now.earned)
            assert numbers_of(was.outcome) == numbers_of(now.outcome), was.indicator.id


def numbers_of(outcome: Outcome) -> tuple[object, ...]:
    """The outcome but for its cells: answers that are published together are counted one by one here."""
    counts = [(ratio.label, ratio.numerator, ratio.denominator) for ratio in outcome.ratios]
    return outcome.value, outcome.met, outcome.reason, outcome.basis, outcome.unit, counts


def test_respondents_are_as_many_as_were_published() -> None:
    people = respondents(COUNTS, "deltagare")
    assert Counter(person.sex for person in people) == {"kvinnor": 54, "män": 38, "ej angivet": 1}
