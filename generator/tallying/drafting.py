"""A draft of how a file of raw answers is read, made by what its columns look like.

Nothing that stands in a cell gets into it but answers of known scales, or made of the words of such, sexes
and the report's own names. Headings are not about anybody.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from generator.model.frozen import Frozen
from generator.model.names import as_written, ids_by_name, name_key, one_of, value_key
from generator.model.places import Problem
from generator.model.raw import RawTable
from generator.model.settings import ReportSettings
from generator.model.survey import AnswerScale, Question, Survey
from generator.tallying.choices import UNSTATED, keys_of
from generator.tallying.plausibility import spread
from generator.tallying.profiles import (
    HEADS,
    NEARLY,
    NO_ANSWERS,
    SEX_KEYS,
    SEX_WORDS,
    Profile,
    free_id,
    listed,
    not_read,
    profiles_in,
    profiles_of,
    scalar,
    seen,
)

_ALIKE = 0.75
_ID_WORDS = 6

# Each by its id and name, with its answers in order.
_SCALES = """\
grad: I vilken grad: Till mycket stor del, Till stor del, Till viss del, Till liten del, Inte alls
utsträckning: I hur stor utsträckning: I mycket stor utsträckning, I stor utsträckning, \
I viss utsträckning, I liten utsträckning, Inte alls
omdöme: Hur bra: Mycket bra, Bra, Varken bra eller dåligt, Dåligt, Mycket dåligt
betyg: Hur bra: Mycket bra, Ganska bra, Varken bra eller dåligt, Ganska dåligt, Mycket dåligt
vikt: Hur viktigt: Mycket viktig, Viktig, Mindre viktig, Inte alls viktig
viktigt: Hur viktigt: Mycket viktigt, Ganska viktigt, Mindre viktigt, Inte alls viktigt
nöjdhet: Hur nöjd: Mycket nöjd, Nöjd, Varken nöjd eller missnöjd, Missnöjd, Mycket missnöjd
ganska nöjd: Hur nöjd: Mycket nöjd, Ganska nöjd, Varken nöjd eller missnöjd, Ganska missnöjd, Mycket missnöjd
instämmande: Instämmer: Instämmer helt, Instämmer till stor del, Instämmer delvis, Instämmer inte, \
Instämmer inte alls
stämmer: Stämmer: Stämmer helt, Stämmer ganska bra, Stämmer ganska dåligt, Stämmer inte alls
ofta: Hur ofta: Alltid, Ofta, Ibland, Sällan, Aldrig
ja eller nej: Ja eller nej: Ja, Nej
ja delvis nej: Ja, delvis eller nej: Ja, Delvis, Nej
noll till tio: Noll till tio: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
ett till fem: Ett till fem: 1, 2, 3, 4, 5
ett till tio: Ett till tio: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
"""
_MOST_ANSWERS = 12  # of a scale that is not known
# The words of scales that are not known, beside those above.
_MORE_WORDS = (
    "absolut alla av avstånd bättre båda dagen dagligen de det då dålig dåliga en enkelt fler flera flest"
    " gott gånger hela hållet hög högt jag knappast knappt lagom lika lite litet lätt låg lågt långt med"
    " mer mest minst månaden mår måttligt negativ negativt neutral nog nytta och oförändrad oförändrat osäker"
    " otrygg per positiv positivt på rätt samma sig som stora stort ställning större svårt sämre ta tar"
    " tillräckligt trygg tydligt ungefär varje vecka vid väl"
)
_WORDS = frozenset(re.findall(r"[^\W_]+", f"{_MORE_WORDS} {_SCALES} {NO_ANSWERS}".casefold()))
# An address, a date, a time or a personal number.
_NO_HEADING = re.compile(
    r"\S+@\S+\.\S+|[0-9]{6,8}[-+ ]?[0-9A-Za-z]{4}|[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}.*"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}.*|[0-9]{1,2}:[0-9]{2}.*"
)


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
    table: RawTable, survey: Survey, settings: ReportSettings | None, problems: list[Problem]
) -> tuple[Mapping[str, tuple[str, ...]], str]:
    """How the table is read, with the groups, scales and questions that the survey lacks: lines of YAML by
    the key of the list in enkat.yaml that they stand in, and a note that comes last.

    Reading the table may add to `problems`: a column with cells that cannot be read is left out then.
    """
    profiles, rows = profiles_of(table, problems)
    guess = _guessed(table, profiles, rows, survey, settings)
    problems.extend(_spread(table, guess))
    names = [name for question in survey.questions for name in (question.id, question.text)]
    new = _with_ids([column for column in guess.asked if not column.known], names)
    asked = {as_written(column.known.id): column for column in guess.asked if column.known} | new
    known = {scale.id for scale in survey.scales}
    scales = {column.scale.id: column.scale for column in new.values() if column.scale.id not in known}
    groups = [as_written(group.id) for group in survey.groups] or ["svarande"]
    entries = {
        "svarsgrupper": () if survey.groups else ("  - id: svarande", "    namn: Svarande"),
        "skalor": tuple(line for scale in scales.values() for line in _scale(scale, guess.asked)),
        "frågor": tuple(_questions(new)),
        "inläsning": tuple(_export(guess, table, asked, groups, survey)),
    }
    few = {each.heading: len(each.texts) for each in profiles if 2 * len(each.texts) <= each.filled}
    others = (
        f"{heading} – {few[heading]} olika svar: {_what_to_do(heading, settings)}"
        if 1 < few.get(heading, 0) <= _MOST_ANSWERS
        else heading
        for heading in guess.others
    )
    return entries, "".join(f"{line}\n" for line in not_read(others))


def _what_to_do(heading: str, settings: ReportSettings | None) -> str:
    """With a closed question whose answers are not known, or a column of units or sexes by other names."""
    is_unit = settings and settings.units and name_key(settings.unit_name) in name_key(heading)
    if is_unit or _tells_sex(heading):
        what = "enheten" if is_unit else "könet"
        return f"är det {what}, skriv kolumnen under ”kolumner” och vad svaren betyder under ”värden”"
    return "ska de räknas, lägg till frågan och en skala"


def _tells_sex(heading: str) -> bool:
    return "kon" in name_key(heading).split("-")


def _spread(table: RawTable, guess: _Guess) -> Iterator[Problem]:
    """Answers on the scale of a question in columns without a heading, which no map can name."""
    unnamed = [column for column in range(table.width) if not table.heading(column)]
    keys = {key for column in guess.asked for key in _keys(column.scale)}
    profiles, _ = profiles_in(table, unnamed)
    if columns := [profile.index + 1 for profile in profiles if 2 * profile.number(keys) > profile.filled]:
        names = (f"kolumn {column} utan rubrik" for column in columns)
        yield spread(table.place(table.heading_row), "svaren på en fråga", names)


def looks_like_a_person(headings: Iterable[str]) -> bool:
    """Whether a row that was taken for headings is somebody's answers."""
    answers = {value_key(answer) for scale in _common_scales() for answer in scale.answers} | SEX_WORDS
    texts = list(filter(None, headings))
    known = sum(value_key(text) in answers for text in texts)
    return known > 1 or any(_NO_HEADING.fullmatch(text) for text in texts)


def _common_scales() -> tuple[AnswerScale, ...]:
    told = (line.split(": ") for line in _SCALES.splitlines())
    scales = ({"id": id, "namn": name, "svar": answers.split(", ")} for id, name, answers in told)
    return tuple(map(AnswerScale.model_validate, scales))


def _guessed(
    table: RawTable,
    profiles: Sequence[Profile],
    rows: Sequence[int],
    survey: Survey,
    settings: ReportSettings | None,
) -> _Guess:
    taken = {scale.id for scale in survey.scales}
    scales = [*survey.scales, *(scale for scale in _common_scales() if scale.id not in taken)]
    heads = _heads_below(profiles, scales)
    left = [profile.below(heads) for profile in profiles]
    people: dict[str, Profile] = {}

    def take(kind: str, known: Set[str], least: Set[str], *, is_named: bool = False) -> None:
        """The first column with little but these texts, and one of the least; it is then not left."""
        alike = (each for each in left if not is_named or _tells_sex(each.heading))
        fitting = (each for each in alike if each.share(known) >= NEARLY and each.number(least))
        if profile := next(fitting, None):
            left.remove(profile)
            people[kind] = profile.taken_for(known)

    take("kön", SEX_KEYS, SEX_KEYS, is_named=True)  # also where letters stand for them
    if "kön" not in people:
        take("kön", SEX_KEYS, SEX_WORDS - {UNSTATED})
    units, groups = keys_of(settings.units if settings else ()), keys_of(survey.groups)
    take("enhet", units, units)
    take("svarsgrupp", groups, groups)
    if profile := next((profile for profile in left if profile.is_unique), None):
        left.remove(profile)
        people["svarande"] = profile
    known, asked = _matched(left, heads, survey), list[_Column]()
    for profile in left:
        if _tells_sex(profile.heading) and all(map(str.isdecimal, profile.texts)):
            continue  # a code for each
        if column := _asked(profile, scales, known.get(profile.index)):
            asked.append(column)
            scales.append(column.scale)  # which may be one of its own
    used = {profile.index for profile in (*people.values(), *(column.profile for column in asked))}
    unused = (heading for column, heading in enumerate(table.headings) if column not in used)
    others = dict.fromkeys(filter(None, unused))
    return _Guess(people, tuple(asked), tuple(others), rows[heads - 1] + 1 if heads else 0)


def _keys(scale: AnswerScale) -> set[str]:
    return set(map(value_key, (*scale.answers, *scale.no_answer)))


_NO_ANSWER_KEYS = frozenset(map(value_key, NO_ANSWERS))


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

    return max(range(HEADS + 1), key=lambda heads: (clean(heads), -heads))


def _fits(profile: Profile, scale: AnswerScale, least: float) -> bool:
    answers = map(value_key, scale.answers)
    return profile.number(answers) > 0 and profile.share(_keys(scale) | _NO_ANSWER_KEYS) >= least


def _asked(profile: Profile, scales: Sequence[AnswerScale], known: Question | None) -> _Column | None:
    """A question that is known is asked on its own scale."""
    candidates = [scale for scale in scales if known is None or scale.id == known.scale]
    fitting = [scale for scale in candidates if _fits(profile, scale, NEARLY)]
    if not fitting or (known is None and fitting[0].numbers and len(profile.texts) == 1):  # it is a mark
        own = None if known else _scale_of_its_own(profile, {scale.id for scale in scales})
        return _Column(profile, own, None) if own else None
    best = max(fitting, key=lambda scale: (profile.share(_keys(scale)), -len(scale.answers)))
    return _Column(profile, best, known)


def _scale_of_its_own(profile: Profile, taken: Set[str]) -> AnswerScale | None:
    """The answers of a column that has few, all of common words: free text may be about somebody."""
    answers = {value_key(text): text for text in profile.texts if value_key(text) not in _NO_ANSWER_KEYS}
    if not 1 < len(answers) <= _MOST_ANSWERS or not all(map(_is_of_common_words, answers)):
        return None
    id, ordered = free_id(_first_words(profile.heading), taken), sorted(answers.values(), key=_leading_number)
    return AnswerScale.model_validate({"id": id, "namn": profile.heading, "svar": ordered})


def _is_of_common_words(answer: str) -> bool:
    """Numbers of one or two digits may stand among them."""
    words = set(re.findall(r"[^\W_]+", answer))
    return bool(words & _WORDS) and all(re.fullmatch("[0-9]{1,2}", word) for word in words - _WORDS)


def _leading_number(answer: str) -> int:
    number = re.match(r"[0-9]+", answer)
    return int(number[0]) if number else 0


def _matched(profiles: Sequence[Profile], heads: int, survey: Survey) -> dict[int, Question]:
    """The questions that columns look like by their headings: those that are the same go first."""
    ids = ids_by_name(survey.questions, "text")
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


def _questions(asked: Mapping[str, _Column]) -> Iterator[str]:
    for id, column in asked.items():
        yield f"  - id: {scalar(id)}"
        yield f"    text: {scalar(column.profile.heading)}"
        yield f"    skala: {scalar(as_written(column.scale.id))}"


def _export(
    guess: _Guess, table: RawTable, asked: Mapping[str, _Column], groups: Sequence[str], survey: Survey
) -> Iterator[str]:
    """`asked` are the columns by the ids of their questions."""
    yield f"  - id: {scalar(free_id(groups[0], {export.id for export in survey.exports}))}"
    if len(groups) > 1 and "svarsgrupp" not in guess.people:
        yield f"    svarsgrupp: {scalar(groups[0])}  # vilka som har svarat: {one_of(groups)}"
    if table.heading_row > 1:
        yield f"    rubriker_på_rad: {table.heading_row}"
    if guess.first_row:
        yield f"    svar_från_rad: {guess.first_row}"
    if guess.people:
        yield "    kolumner:"
    for key in ("svarande", "svarsgrupp", "enhet", "kön"):
        if profile := guess.people.get(key):
            yield f"      {key}: {scalar(profile.heading)}{profile.note}"
    if profile := guess.people.get("kön"):
        yield from profile.sexes("    ")
    old = {scale.id for scale in survey.scales}  # of a new one they are told with its answers
    on_scales = {key for column in asked.values() for key in _keys(column.scale)}
    profiles = [column.profile for column in asked.values() if column.scale.id in old]
    nothing = seen(profiles, NO_ANSWERS, on_scales)
    if nothing:
        yield f"    inget_svar: {listed(nothing)}"
    yield "    frågor:" if asked else "    frågor: {}  # ingen kolumn känns igen som en fråga"
    for id, column in asked.items():
        keys = _keys(column.scale) | set(map(value_key, nothing))
        note = column.profile.taken_for(keys if column.scale.id in old else keys | _NO_ANSWER_KEYS).note
        yield f"      {scalar(id)}: {scalar(column.profile.heading)}{note}"


def _scale(scale: AnswerScale, asked: Iterable[_Column]) -> Iterator[str]:
    yield f"  - id: {scalar(as_written(scale.id))}"
    yield f"    namn: {scalar(scale.name)}"
    yield f"    svar: {listed(scale.answers)}  # i ordning; ta bort svar som inte gick att ge"
    profiles = [column.profile for column in asked if column.scale.id == scale.id]
    if nothing := seen(profiles, NO_ANSWERS, _keys(scale)):
        yield f"    räknas_inte: {listed(nothing)}"


def _with_ids(columns: Iterable[_Column], names: Iterable[str]) -> dict[str, _Column]:
    """Each by an id, the first words of its heading, which is none of the names that there are."""
    found: dict[str, _Column] = {}
    taken = set(map(name_key, names))
    for column in columns:
        id = free_id(_first_words(column.profile.heading), taken)
        taken.add(name_key(id))
        found[id] = column
    return found


def _first_words(heading: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+", heading.casefold())[:_ID_WORDS])
    return words if name_key(words) else "fråga"
