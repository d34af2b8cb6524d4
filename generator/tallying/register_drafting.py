"""A draft of how a register of participants is read, made by its headings and what its columns look like.

Of what stands in cells it has the report's own names, sexes, common reasons for exit, and such short texts as
several participants have in a column of reasons or background. Anything else may be about somebody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from generator.model.names import as_written, name_key, value_key
from generator.model.places import Problem
from generator.model.raw import RawTable
from generator.model.settings import ReportSettings
from generator.tallying.choices import keys_of
from generator.tallying.dates import parse_birth_year, parse_date
from generator.tallying.profiles import (
    NEARLY,
    SEX_KEYS,
    SEX_WORDS,
    Profile,
    listed,
    not_read,
    profiles_of,
    scalar,
)

_MOST_KINDS = 25  # of reasons, or categories: with more it is free text
_LONGEST = 60
_ROWS = {  # by the key in the map: what a row is called
    "deltagare": r"(?:alla-)?deltagare(?:-under-.*)?",
    "nya": r"nya(?:-.*)?|inskrivna(?:-.*)?",
    "avslut": r"avslut(?:ade)?(?:-under-.*)?|utskrivna(?:-.*)?",
    "kvar": r"kvar(?:varande)?(?:-.*)?|pagaende(?:-.*)?",
}
_STAYS = ("Pågående", "Pågår", "Ej avslutad", "Inskriven", "-", "–")
_REASONS = (
    "Annan orsak, Annat, Anställning, Anställning med stöd, Arbete, Arbetslös, Arbetssökande, Avbrott,"
    " Avbrutit, Avliden, Egen begäran, Egen försörjning, Eget önskemål, Fortsatt arbetslös, Fortsatt"
    " rehabilitering, Flytt, Flyttat, Fullföljt, Föräldraledig, Föräldraledighet, Hälsoskäl, Okänd,"
    " Okänt, Pension, Praktik, Remitterad vidare, Sjukdom, Sjukersättning, Sjukskriven, Sjukskrivning,"
    " Studier, Subventionerad anställning, Uteblivit, Utbildning, Övrigt"
)
_COMMON = frozenset(map(value_key, _REASONS.split(", ")))
_AGES = "[0–15, 16–24, 25–34, 35–44, 45–54, 55–64, 65+]"


def draft(table: RawTable, settings: ReportSettings, problems: list[Problem]) -> str:
    """A register.yaml. What no column is found for is left to fill in, with a comment.

    Reading the table may add to `problems`: a column with cells that cannot be read is left out then.
    """
    profiles, _ = profiles_of(table, problems)
    people = _people(profiles, settings)
    left = [each for each in profiles if each not in people.values() or each is people.get("deltagare")]
    rows = _rows(settings)
    background = list(_background(left, settings))
    read = {profile.heading for profile in (*people.values(), *(profile for _, profile in background))}
    others = (heading for heading in table.headings if heading and heading not in read)
    lines = (
        "# Ett utkast till hur registret läses. Gå igenom raderna. Allt förklaras i handboken.",
        *([f"rubriker_på_rad: {table.heading_row}"] if table.heading_row > 1 else []),
        *_columns(people, settings),
        *_values(people),
        "",
        "rader:" if rows else "rader: {}  # raderna i bokslutet som räknas av datum",
        *(f"  {key}: {scalar(row)}" for key, row in rows.items()),
        *_reasons(people.get("avslutsorsak"), settings, rows.values()),
        *(["", "bakgrund:"] if background else []),
        *(line for id, profile in background for line in _counted(id, profile, settings)),
        *not_read(dict.fromkeys(others)),
    )
    return "".join(f"{line}\n" for line in lines)


def _people(profiles: Sequence[Profile], settings: ReportSettings) -> dict[str, Profile]:
    """The columns that tell who somebody is, and when, by their keys in the map: by heading and content."""
    units = keys_of(settings.units)
    found: dict[str, Profile] = {}

    def take(key: str, heading: str, fits: Callable[[Profile], float]) -> None:
        for profile in profiles:
            is_named = re.fullmatch(heading, name_key(profile.heading))
            if is_named and profile.filled and profile not in found.values() and fits(profile) >= NEARLY:
                found.setdefault(key, profile)

    def is_other(profile: Profile) -> float:
        return not _dates(profile)

    take("kön", "(?:.*-)?kon(?:-.*)?", lambda each: each.share(SEX_KEYS))
    take("kön", ".*", lambda each: each.share(SEX_WORDS))
    take("start", "(?:.*-)?(?:start|inskriv|borja|paborja|ankom|intrad|fr-o-m|fran|in$).*", _dates)
    take("slut", "(?:.*-)?(?:slut|avslut|utskriv|upphor|uttrad|t-o-m|till|ut$).*", _dates)
    take("avslutsorsak", "(?:.*-)?(?:orsak|anledning|skal|avslut).*|.*orsak", is_other)
    if units:
        words = f"{name_key(settings.unit_name)}|enhet|plattform|verksamhet|insats"
        take("enhet", f"(?:.*-)?(?:{words}).*", lambda each: 2 * each.share(units))
    ids = "id|p?nr|nummer|arende.*|lopnr|lopnummer|deltagar.*|person-?n(?:umme)?r"
    take("deltagare", f"(?:.*-)?(?:{ids})(?:-.*)?", is_other)
    return found


def _share(profile: Profile, fits: Callable[[str], object]) -> float:
    return sum(count for text, count in profile.texts.items() if fits(text)) / (profile.filled or 1)


def _dates(profile: Profile) -> float:
    stays = set(map(value_key, _STAYS))
    has_dates = any(map(parse_date, profile.texts))
    return _share(profile, lambda text: parse_date(text) or value_key(text) in stays) if has_dates else 0


def _rows(settings: ReportSettings) -> dict[str, str]:
    """The report's rows that are counted by dates, as far as their names tell."""
    found: dict[str, str] = {}
    for row in settings.rows:
        for key, pattern in _ROWS.items():
            if any(re.fullmatch(pattern, name_key(name)) for name in (row.id, row.name)):
                found.setdefault(key, as_written(row.id))
    return found


def _columns(people: Mapping[str, Profile], settings: ReportSettings) -> Iterator[str]:
    if settings.units and "enhet" not in people:
        yield "enhet:  # enheten som alla i registret hör till; eller stryk raden, och skriv kolumnen nedan"
    yield "kolumner:"
    for key in ("deltagare", "enhet", "kön", "start", "slut", "avslutsorsak"):
        if profile := people.get(key):
            known = keys_of(settings.units) if key == "enhet" else ()
            yield f"  {key}: {scalar(profile.heading)}{profile.taken_for(known).note if known else ''}"
        elif key not in ("enhet", "avslutsorsak"):
            yield f"  {key}:  # skriv kolumnens rubrik"


def _values(people: Mapping[str, Profile]) -> Iterator[str]:
    """What the columns hold that is not what it is called here."""
    if "kön" in people:
        yield from people["kön"].sexes()
    dated = [profile for key, profile in people.items() if key in ("slut", "avslutsorsak")]
    stays = sorted({text for each in dated for text in each.texts} & {*_STAYS})
    if stays:
        yield from ("", f"inget_slut: {listed(stays)}")


def _shared(profile: Profile, known: Iterable[str]) -> list[str]:
    """The texts that several have, or that are common, where they are few: kinds, and nobody's words."""
    kinds = [text for text in profile.texts if len(text) <= _LONGEST and not re.search("[0-9]{4}|@", text)]
    common, stays = _COMMON.union(known), set(map(value_key, _STAYS))
    told = {
        value_key(text): text
        for text in kinds
        if (profile.texts[text] > 1 or value_key(text) in common) and value_key(text) not in stays
    }
    return sorted(told.values(), key=name_key) if len(told) <= _MOST_KINDS else []


def _reasons(profile: Profile | None, settings: ReportSettings, by_dates: Iterable[str]) -> Iterator[str]:
    """Each under the row whose name has all its words; the others are counted as exits only."""
    if profile is None:
        return
    dated = set(map(name_key, by_dates))
    rows = [row for row in settings.rows if row.id not in dated and row.equals is None]
    words_of = {as_written(row.id): _words(as_written(row.id)) | _words(row.name) for row in rows}
    reasons: dict[str, list[str]] = {row: [] for row in words_of}
    left: list[str] = []
    names = {value_key(name) for row in rows for name in (as_written(row.id), row.name)}
    for text in _shared(profile, names):
        words = _words(text)
        row = next((row for row, known in words_of.items() if words and words <= known), None)
        (reasons[row] if row else left).append(text)
    placed = {row: texts for row, texts in reasons.items() if texts}
    yield from ("", "# Varje orsak ska stå på den rad i bokslutet som den räknas på.")
    if placed:
        yield "avslutsorsaker:"
    yield from (f"  {scalar(row)}: {listed(texts)}" for row, texts in placed.items())
    yield f"övriga_orsaker: {listed(() if rows else left)}  # de som bara räknas som avslut"
    if rows and left:
        yield f"# Kvar att ställa på en rad ({', '.join(words_of)}) eller bland de övriga:"
        yield from (f"#   {scalar(text)}" for text in left)
    yield from _strange(profile, (*left, *(text for texts in reasons.values() for text in texts)))


def _words(text: str) -> set[str]:
    return {word for word in name_key(text).split("-") if len(word) > len("och")}


def _strange(profile: Profile, texts: Iterable[str]) -> Iterator[str]:
    known = {*map(value_key, texts), *map(value_key, _STAYS)}
    if others := profile.taken_for(known).strange:
        yield f"# I {others} av {profile.filled} celler står något annat: se efter i registret."


def _background(profiles: Sequence[Profile], settings: ReportSettings) -> Iterator[tuple[str, Profile]]:
    """The report's tables, each with the column whose heading is alike."""
    left = list(profiles)
    for table in settings.background:
        words = _words(as_written(table.id)) | _words(table.title)
        is_age = bool(words & {"alder", "aldrar", "aldersgrupp"})
        for profile in left:
            is_named = re.search("alder|fodels|fodd|personn|pnr", name_key(profile.heading))
            has_ages = is_named and max(_ages(profile), _birth_years(profile, settings)) >= NEARLY
            if has_ages if is_age else words & _words(profile.heading):
                left.remove(profile)
                yield as_written(table.id), profile
                break


def _ages(profile: Profile) -> float:
    return _share(profile, lambda text: text.isdecimal() and len(text) < len("1990"))


def _birth_years(profile: Profile, settings: ReportSettings) -> float:
    return _share(profile, lambda text: parse_birth_year(text, settings.year))


def _counted(id: str, profile: Profile, settings: ReportSettings) -> Iterator[str]:
    yield f"  - tabell: {scalar(id)}"
    yield f"    kolumn: {scalar(profile.heading)}"
    if _ages(profile) >= NEARLY:
        yield from ("    ålder_i_år: ja", f"    åldrar: {_AGES}")
    elif _birth_years(profile, settings) >= NEARLY:
        yield f"    åldrar: {_AGES}"
    else:
        categories = _shared(profile, ())
        yield "    kategorier:" if categories else "    kategorier: {}  # vad som kan stå i kolumnen"
        yield from (f"      {scalar(text)}:" for text in categories)
        yield from (f"    {line}" for line in _strange(profile, categories))
