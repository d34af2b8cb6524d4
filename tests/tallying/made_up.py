"""Made-up respondents, who together have given the answers that were published for 2021."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.workbooks import by_xlsxwriter

WOMEN, MEN, UNSTATED, ALL = "kvinnor", "män", "ej angivet", "alla"
SEXES = (WOMEN, MEN, UNSTATED)
WRITTEN = {WOMEN: "Kvinna", MEN: "Man", UNSTATED: "", ALL: ""}
Answers = frozenset[str]
Published = Mapping[tuple[str, str, str], Mapping[Answers, int]]  # by group, question and sex
Table = Sequence[Sequence[str]]


@dataclass
class Respondent:
    sex: str
    answers: dict[str, str] = field(default_factory=dict)  # by question


def published(table: Path) -> Published:
    """A table of answers: the number of those who gave one of several answers."""
    found: dict[tuple[str, str, str], dict[Answers, int]] = defaultdict(dict)
    for row in csv.DictReader(table.read_text("utf-8-sig").splitlines(), delimiter=";"):
        answers = frozenset(row["svar"].split(" + "))
        found[row["grupp"], row["fråga"], row["kön"]][answers] = int(row["antal"])
    return dict(found)


def groups_of(counts: Published) -> list[str]:
    return list(dict.fromkeys(group for group, _, _ in counts))


def questions_of(counts: Published, group: str) -> list[str]:
    return list(dict.fromkeys(question for other, question, _ in counts if other == group))


def has_sexes(counts: Published, group: str) -> bool:
    return any(sex != ALL for other, _, sex in counts if other == group)


def respondents(counts: Published, group: str) -> list[Respondent]:
    """As many of each sex as have answered some question, with answers that add up to all that is known."""
    sexes = SEXES if has_sexes(counts, group) else (ALL,)
    questions = questions_of(counts, group)
    number = {
        sex: max(sum(counts.get((group, question, sex), {}).values()) for question in questions)
        for sex in sexes
    }
    people = [Respondent(sex) for sex in sexes for _ in range(number[sex])]
    for question in questions:
        for sex, answers in _answers(counts, group, question, number).items():
            of_sex = [person for person in people if person.sex == sex]
            # Who leaves out a question differs from one to the next.
            start = len(question) % max(1, len(of_sex))
            turned = [*of_sex[start:], *of_sex[:start]]
            for person, answer in zip(turned, answers, strict=False):
                person.answers[question] = answer
    return people


def _answers(counts: Published, group: str, question: str, number: Mapping[str, int]) -> dict[str, list[str]]:
    """The answers to a question by sex: taken from those of all, as far as those of the sex are known."""
    pool = Counter(dict(_split(counts[group, question, ALL])))
    known = {sex: counts.get((group, question, sex)) for sex in number}
    taken: dict[str, list[str]] = {}
    for sex, sets in known.items():
        wanted = sets or ({} if any(known.values()) else {frozenset(pool): min(number[sex], pool.total())})
        taken[sex] = []
        for answers, count in wanted.items():
            found = [answer for answer in sorted(pool.elements()) if answer in answers][:count]
            assert len(found) == count, (group, question, sex)
            pool.subtract(found)
            taken[sex] += found
    assert not pool.total(), (group, question)
    return taken


def _split(counts: Mapping[Answers, int]) -> Iterator[tuple[str, int]]:
    """Sums of several answers, evenly among them."""
    for answers, count in counts.items():
        for place, answer in enumerate(sorted(answers)):
            yield answer, count // len(answers) + (place < count % len(answers))


def export_of(people: Sequence[Respondent], questions: Sequence[str]) -> list[list[str]]:
    """As a survey tool would write them, with a row for each."""
    head = ["Svars-ID", "Inskickat", "Kön", *(f"Fråga: {question}?" for question in questions), "Kommentar"]
    rows = [
        [
            f"R{number:04}",
            f"2021-11-{number % 28 + 1:02} 10:{number % 60:02}",
            WRITTEN[person.sex],
            *(person.answers.get(question, "") for question in questions),
            "Det var bra; tack!" if number % 3 == 0 else "",
        ]
        for number, person in enumerate(people, start=1)
    ]
    return [head, *rows]


def map_of(counts: Published, group: str) -> str:
    """An item of ”inläsning” for the export of a group."""
    lines = [f"  - id: {group}", f"    svarsgrupp: {group}", "    kolumner:", "      svarande: Svars-ID"]
    lines += ["      kön: Kön"] if has_sexes(counts, group) else []
    lines += [
        "    frågor:",
        *(f'      {question}: "Fråga: {question}?"' for question in questions_of(counts, group)),
    ]
    return "\n".join(lines) + "\n"


def write(path: Path, rows: Table, delimiter: str = ";", encoding: str = "utf-8-sig") -> Path:
    """A file of the kind that its name ends with."""
    if path.suffix == ".xlsx":
        by_xlsxwriter(path, {"Svar": rows})
        return path
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return path
