"""A draft of how a file of raw answers is read, made by what its columns look like.

Nothing that stands in a cell gets into it but answers of scales that are known beforehand, sexes and the
report's own names. Headings are not about anybody.
"""

from __future__ import annotations

import difflib
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from generator.model.frozen import Frozen
from generator.model.names import as_written, ids_by_name, name_key, one_of, value_key
from generator.model.places import Problem
from generator.model.raw import RawTable
from generator.model.settings import ReportSettings, Unit
from generator.model.survey import AnswerScale, Question, RespondentGroup, Survey
from generator.tallying.choices import UNSTATED
from generator.tallying.plausibility import spread

_NEARLY = 0.9  # of the cells
_MOST_TEXTS = 10_000  # of a column; with more it is no scale
_HEADS = 2  # rows below the headings that may be headings too
_ALIKE = 0.75
_ID_WORDS = 6
_PLAIN = re.compile(r"[^\W\d_](?:[\w ()/-]*[\w)])?")

_SCALES = (
    (
        "grad",
        "I vilken grad",
        "Till mycket stor del, Till stor del, Till viss del, Till liten del, Inte alls",
    ),
    (
        "utsträckning",
        "I hur stor utsträckning",
        "I mycket stor utsträckning, I stor utsträckning, I viss utsträckning, I liten utsträckning,"
        " Inte alls",
    ),
    ("omdöme", "Hur bra", "Mycket bra, Bra, Varken bra eller dåligt, Dåligt, Mycket dåligt"),
    ("betyg", "Hur bra", "Mycket bra, Ganska bra, Varken bra eller dåligt, Ganska dåligt, Mycket dåligt"),
    ("vikt", "Hur viktigt", "Mycket viktig, Viktig, Mindre viktig, Inte alls viktig"),
    ("viktigt", "Hur viktigt", "Mycket viktigt, Ganska viktigt, Mindre viktigt, Inte alls viktigt"),
    ("nöjdhet", "Hur nöjd", "Mycket nöjd, Nöjd, Varken nöjd eller missnöjd, Missnöjd, Mycket missnöjd"),
    (
        "ganska nöjd",
        "Hur nöjd",
        "Mycket nöjd, Ganska nöjd, Varken nöjd eller missnöjd, Ganska missnöjd, Mycket missnöjd",
    ),
    (
        "instämmande",
        "Instämmer",
        "Instämmer helt, Instämmer till stor del, Instämmer delvis, Instämmer inte, Instämmer inte alls",
    ),
    ("stämmer", "Stämmer", "Stämmer helt, Stämmer ganska bra, Stämmer ganska dåligt, Stämmer inte alls"),
    ("ofta", "Hur ofta", "Alltid, Ofta, Ibland, Sällan, Aldrig"),
    ("ja eller nej", "Ja eller nej", "Ja, Nej"),
    ("ja delvis nej", "Ja, delvis eller nej", "Ja, Delvis, Nej"),
    ("ett till fem", "Ett till fem", "1, 2, 3, 4, 5"),
    ("ett till tio", "Ett till tio", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10"),
)
_NO_ANSWERS = (
    "Vet ej", "Vet inte", "Vill ej svara", "Vill inte svara", "Kan ej svara", "Ej svar", "Inget svar",
    "Ingen uppfattning", "Ingen åsikt", "Ej aktuellt", "Inte aktuellt",
)  # fmt: skip
_OTHER_SEXES = (
    "Annat", "Annan", "Annat alternativ", "Icke-binär", "Ickebinär", "Vill ej ange", "Vill inte ange",
    "Vill ej uppge", "Vill inte uppge", "Uppgift saknas", "Okänt", *_NO_ANSWERS,
)  # fmt: skip
_SEXES = {"kvinna", "kvinnor", "man", "män", UNSTATED}
_ID = re.compile(r"(?:.*-)?(?:id|svarsid|respondent|respondentid|responseid|svarande|lopnummer)(?:-.*)?")
# An address, a date or a time.
_NO_HEADING = re.compile(
    r"\S+@\S+\.\S+|[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}.*"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}.*|[0-9]{1,2}:[0-9]{2}.*"
)


# What the columns look like


class Profile(Frozen):
    """A column: how many cells hold each text, and what stands on the first rows below the heading."""

    index: int
    heading: str
    texts: Mapping[str, int]
    heads: tuple[str, ...]
    is_unique: bool
    strange: int = 0  # cells with something else than what the column is taken for

    @property
    def filled(self) -> int:
        return sum(self.texts.values())

    def taken_for(self, keys: Iterable[str]) -> Profile:
        return replace(self, strange=self.filled - self.number(keys))

    def below(self, heads: int) -> Profile:
        """Without the first rows."""
        texts = Counter(self.texts)
        texts.subtract(filter(None, self.heads[:heads]))
        return replace(self, texts={text: count for text, count in texts.items() if count > 0})

    def share(self, keys: Iterable[str]) -> float:
        """How many of the filled cells hold one of some texts, by value key."""
        return self.number(keys) / (self.filled or 1)

    def number(self, keys: Iterable[str]) -> int:
        known = frozenset(keys)
        return sum(count for text, count in self.texts.items() if value_key(text) in known)


def _profiles(table: RawTable, columns: Sequence[int]) -> tuple[list[Profile], list[int]]:
    """The profiles of columns, and the numbers of the first rows."""
    texts: dict[int, Counter[str]] = {column: Counter() for column in columns}
    ids = {column for column in columns if _ID.fullmatch(name_key(table.heading(column)))}
    first: list[tuple[int, Sequence[str]]] = []
    for row, cells in table.read(columns):
        if len(first) < _HEADS:
            first.append((row, cells))
        for column, cell in zip(columns, cells, strict=True):
            counted = texts[column]
            if len(counted) <= _MOST_TEXTS or column in ids:
                counted[cell.strip()] += 1
    profiles = []
    for place, (column, counted) in enumerate(texts.items()):
        del counted[""]
        is_unique = column in ids and set(counted.values()) <= {1}
        few = counted if len(counted) <= _MOST_TEXTS else {}
        heads = tuple(cells[place].strip() for _, cells in first)
        profiles.append(Profile(column, table.heading(column), few, heads, is_unique))
    return profiles, [row for row, _ in first]


# What the columns are


class _Column(Frozen):
    """A column that holds answers on a scale. `known` is the report's question that it looks like."""

    profile: Profile
    scale: AnswerScale
    known: Question | None


class _Guess(Frozen):
    """What each column may be. `people` are those about the respondents, by their keys under ”kolumner”."""

    people: Mapping[str, Profile]
    asked: tuple[_Column, ...]
    others: tuple[str, ...]  # headings
    first_row: int  # 0 when the persons begin below the headings


def draft(
    table: RawTable, survey: Survey | None, settings: ReportSettings | None, problems: list[Problem]
) -> str:
    """With the survey of a report a part for its enkat.yaml, or else a whole one.

    Reading the table may add to `problems`: a column with cells that cannot be read is left out then.
    """
    columns = _columns(table)
    profiles, rows = _profiles(table, columns)
    unreadable = {problem.place.column for problem in problems}
    if unreadable and "" not in unreadable:
        problems.clear()
        columns = [column for column in columns if table.headings[column] not in unreadable]
        profiles, rows = _profiles(table, columns)
    guess = _guessed(table, profiles, rows, survey, settings)
    problems.extend(_spread(table, guess))
    lines = _whole(guess, table) if survey is None else _part(guess, table, survey)
    return "".join(f"{line}\n" for line in lines)


def _spread(table: RawTable, guess: _Guess) -> Iterator[Problem]:
    """Answers on the scale of a question in columns without a heading, which no map can name."""
    unnamed = [column for column in range(table.width) if not table.heading(column)]
    keys = {key for column in guess.asked for key in _keys(column.scale)}
    profiles, _ = _profiles(table, unnamed)
    if columns := [profile.index + 1 for profile in profiles if 2 * profile.number(keys) > profile.filled]:
        names = (f"kolumn {column} utan rubrik" for column in columns)
        yield spread(table.place(table.heading_row), "svaren på en fråga", names)


def looks_like_a_person(headings: Iterable[str]) -> bool:
    """Whether a row that was taken for headings is somebody's answers."""
    answers = {value_key(answer) for scale in _common_scales() for answer in scale.answers} | _SEXES
    texts = list(filter(None, headings))
    known = sum(value_key(text) in answers for text in texts)
    return known > 1 or any(_NO_HEADING.fullmatch(text) for text in texts)


def _common_scales() -> tuple[AnswerScale, ...]:
    scales = ({"id": id, "namn": name, "svar": answers.split(", ")} for id, name, answers in _SCALES)
    return tuple(map(AnswerScale.model_validate, scales))


def _columns(table: RawTable) -> list[int]:
    """Those that a map can name: by a heading of their own."""
    keys = list(map(name_key, table.headings))
    number = Counter(keys)
    return [column for column, key in enumerate(keys) if key and number[key] == 1]


def _guessed(
    table: RawTable,
    profiles: Sequence[Profile],
    rows: Sequence[int],
    survey: Survey | None,
    settings: ReportSettings | None,
) -> _Guess:
    scales = _common_scales() if survey is None else survey.scales
    heads = _heads_below(profiles, scales)
    left = [profile.below(heads) for profile in profiles]
    people: dict[str, Profile] = {}

    def take(kind: str, known: Set[str], least: Set[str]) -> None:
        """The first column with little but these texts, and one of the least; it is then not left."""
        fitting = (each for each in left if each.share(known) >= _NEARLY and each.number(least))
        if profile := next(fitting, None):
            left.remove(profile)
            people[kind] = profile.taken_for(known)

    take("kön", _SEXES | set(map(value_key, _OTHER_SEXES)), _SEXES - {UNSTATED})
    units, groups = (
        _value_keys(settings.units if settings else ()),
        _value_keys(survey.groups if survey else ()),
    )
    take("enhet", units, units)
    take("svarsgrupp", groups, groups)
    if profile := next((profile for profile in left if profile.is_unique), None):
        left.remove(profile)
        people["svarande"] = profile
    known = _matched(left, heads, survey) if survey else {}
    asked = tuple(filter(None, (_asked(profile, scales, known.get(profile.index)) for profile in left)))
    used = {profile.index for profile in (*people.values(), *(column.profile for column in asked))}
    others = dict.fromkeys(
        heading for column, heading in enumerate(table.headings) if heading and column not in used
    )
    return _Guess(people, asked, tuple(others), rows[heads - 1] + 1 if heads else 0)


def _value_keys(entries: Iterable[Unit | RespondentGroup]) -> set[str]:
    return {value_key(text) for entry in entries for text in (as_written(entry.id), entry.name)}


def _keys(scale: AnswerScale) -> set[str]:
    return set(map(value_key, (*scale.answers, *scale.no_answer)))


_NO_ANSWER_KEYS = frozenset(map(value_key, _NO_ANSWERS))


def _heads_below(profiles: Sequence[Profile], scales: Sequence[AnswerScale]) -> int:
    """How many rows below the headings are headings too: without them more columns are on a scale."""
    keys = {key for scale in scales for key in _keys(scale)}

    def clean(heads: int) -> int:
        """Columns that are all on a scale, unless something on one of the first rows is too."""
        fitting = [
            profile for profile in profiles if any(_fits(profile.below(heads), scale, 1) for scale in scales)
        ]
        is_answered = any(value_key(text) in keys for profile in fitting for text in profile.heads[:heads])
        return 0 if is_answered else len(fitting)

    return max(range(_HEADS + 1), key=lambda heads: (clean(heads), -heads))


def _fits(profile: Profile, scale: AnswerScale, least: float) -> bool:
    answers = map(value_key, scale.answers)
    return profile.number(answers) > 0 and profile.share(_keys(scale) | _NO_ANSWER_KEYS) >= least


def _asked(profile: Profile, scales: Sequence[AnswerScale], known: Question | None) -> _Column | None:
    """A question that is known is asked on its own scale."""
    candidates = [scale for scale in scales if known is None or scale.id == known.scale]
    fitting = [scale for scale in candidates if _fits(profile, scale, _NEARLY)]
    if not fitting:
        return None
    best = max(fitting, key=lambda scale: (profile.share(_keys(scale)), -len(scale.answers)))
    return _Column(profile, best, known)


def _matched(profiles: Sequence[Profile], heads: int, survey: Survey) -> dict[int, Question]:
    """The questions that columns look like by their headings: those that are the same go first."""
    ids = ids_by_name((question.id, question.text) for question in survey.questions)
    found: dict[int, Question] = {}
    for likeness in (1.0, _ALIKE):
        for profile in profiles:
            taken = {question.id for question in found.values()}
            left = [key for key, id in ids.items() if id not in taken]
            texts = [name_key(text) for text in (profile.heading, *profile.heads[:heads])]
            close = [match for text in texts for match in difflib.get_close_matches(text, left, 1, likeness)]
            question = survey.question(ids[close[0]]) if close and profile.index not in found else None
            if question:
                found[profile.index] = question
    return found


# The draft


def _part(guess: _Guess, table: RawTable, survey: Survey) -> Iterator[str]:
    yield "# Ett utkast till hur svaren läses. Gå igenom raderna, och klistra in dem sist i enkat.yaml."
    tied = {as_written(column.known.id): column for column in guess.asked if column.known}
    if survey.exports:
        yield "# Där finns redan ”inläsning”: klistra in det från ”- id” och nedåt under den."
    yield "inläsning:"
    yield from _export(guess, table, tied, survey)
    new = _with_ids([column for column in guess.asked if not column.known])
    if new:
        yield ""
        yield "# De här kolumnerna har svar på en känd skala, men frågorna finns inte i enkäten."
        yield "# Ska de räknas: lägg till dem under enkätens ”frågor” och under ”frågor” ovan."
        yield from (f"#   {line}" for line in _questions(new))
    yield from _not_read(guess)


def _whole(guess: _Guess, table: RawTable) -> Iterator[str]:
    asked = _with_ids(guess.asked)
    yield "# Ett utkast till enkat.yaml. Gå igenom raderna: namn, skalor, frågor och kolumner."
    yield "svarsgrupper:"
    yield "  - id: svarande"
    yield "    namn: Svarande"
    yield ""
    yield "# Ta bort svar som inte gick att ge."
    yield "skalor:"
    for scale in {column.scale.id: column.scale for column in guess.asked}.values():
        yield from _scale(scale, [column.profile for column in guess.asked if column.scale.id == scale.id])
    yield ""
    yield "frågor:"
    yield from (f"  {line}" for line in _questions(asked))
    yield ""
    yield "inläsning:"
    yield from _export(guess, table, asked, None)
    yield from _not_read(guess)


def _questions(asked: Mapping[str, _Column]) -> Iterator[str]:
    for id, column in asked.items():
        yield f"- id: {_scalar(id)}"
        yield f"  text: {_scalar(column.profile.heading)}"
        yield f"  skala: {_scalar(as_written(column.scale.id))}"


def _export(
    guess: _Guess, table: RawTable, asked: Mapping[str, _Column], survey: Survey | None
) -> Iterator[str]:
    """`asked` are the columns by the ids of their questions."""
    groups = [as_written(group.id) for group in survey.groups] if survey else []
    yield f"  - id: {_scalar(_export_id(groups, survey))}"
    if len(groups) > 1 and "svarsgrupp" not in guess.people:
        yield f"    svarsgrupp: {_scalar(groups[0])}  # vilka som har svarat: {one_of(groups)}"
    if table.heading_row > 1:
        yield f"    rubriker_på_rad: {table.heading_row}"
    if guess.first_row:
        yield f"    svar_från_rad: {guess.first_row}"
    if guess.people:
        yield "    kolumner:"
    for key in ("svarande", "svarsgrupp", "enhet", "kön"):
        if profile := guess.people.get(key):
            yield f"      {key}: {_scalar(profile.heading)}{_strange(profile)}"
    sexes = _seen([profile for key, profile in guess.people.items() if key == "kön"], _OTHER_SEXES, _SEXES)
    if sexes:
        yield "    värden:"
        yield "      kön:"
        yield from (f"        {_scalar(sex)}: ej angivet" for sex in sexes)
    on_scales = {key for column in asked.values() for key in _keys(column.scale)}
    profiles = [column.profile for column in asked.values()]
    nothing = _seen(profiles, _NO_ANSWERS, on_scales) if survey else []
    if nothing:
        yield f"    inget_svar: [{', '.join(map(_scalar, nothing))}]"
    yield "    frågor:" if asked else "    frågor: {}  # ingen kolumn känns igen som en av enkätens frågor"
    for id, column in asked.items():
        keys = _keys(column.scale) | (set(map(value_key, nothing)) if survey else _NO_ANSWER_KEYS)
        note = _strange(column.profile.taken_for(keys))
        yield f"      {_scalar(id)}: {_scalar(column.profile.heading)}{note}"


def _strange(profile: Profile) -> str:
    """A comment on the cells with something else than expected."""
    if not profile.strange:
        return ""
    return (
        f"  # något annat i {profile.strange} av {profile.filled} celler: rätta, eller skriv vad det betyder"
    )


def _seen(profiles: Iterable[Profile], texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of some texts that stand in the columns, and are not known already."""
    keys = {value_key(text) for profile in profiles for text in profile.texts} - set(known)
    return [text for text in texts if value_key(text) in keys]


def _scale(scale: AnswerScale, profiles: Iterable[Profile]) -> Iterator[str]:
    yield f"  - id: {_scalar(as_written(scale.id))}"
    yield f"    namn: {_scalar(scale.name)}"
    yield f"    svar: [{', '.join(map(_scalar, scale.answers))}]"
    nothing = _seen(profiles, _NO_ANSWERS, _keys(scale))
    if nothing:
        yield f"    räknas_inte: [{', '.join(map(_scalar, nothing))}]"


def _not_read(guess: _Guess) -> Iterator[str]:
    if guess.others:
        yield ""
        yield "# De här kolumnerna läses inte:"
        yield from (f"#   {_printable(heading)}" for heading in guess.others)


def _export_id(groups: Sequence[str], survey: Survey | None) -> str:
    base = groups[0] if groups else "svarande"
    taken = {export.id for export in survey.exports} if survey else set()
    return next(id for id in _numbered(base) if name_key(id) not in taken)


def _with_ids(columns: Iterable[_Column]) -> dict[str, _Column]:
    """Each by an id: the first words of its heading."""
    found: dict[str, _Column] = {}
    for column in columns:
        words = re.findall(r"[^\W_]+", column.profile.heading.casefold())
        base, taken = " ".join(words[:_ID_WORDS]), set(map(name_key, found))
        id = next(id for id in _numbered(base if name_key(base) else "fråga") if name_key(id) not in taken)
        found[id] = column
    return found


def _numbered(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base} {number}" for number in itertools.count(2))


def _scalar(text: str) -> str:
    """A text as YAML; within quotation marks unless it is plain words."""
    if _PLAIN.fullmatch(text) and text.casefold() != "null":
        return text
    return _printable(json.dumps(text, ensure_ascii=False))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
