"""Files that stand twice: copies that Windows, OneDrive or an author has made, which would count twice."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from pathlib import PurePosixPath

from generator.model.names import KEEP_ONE, is_copy, name_key, without_version
from generator.model.narrative import NarrativeText, Story
from generator.model.places import Place, Problem, Severity
from generator.model.report import Report

_NEARLY = 0.9  # of the words
_MOSTLY = 0.7  # of the words of two that are called versions; any two texts share some
_FEW = 20  # words, of which all must be the same


def check_copied_texts(texts: Sequence[NarrativeText], stories: Sequence[Story]) -> Iterator[Problem]:
    # Two headings may have the same few words below them; stories are counted by what they tell.
    begun = (text for text in texts if text.head.is_written)
    sources = {text.body.file: f"{text.head.title} {text.body.source}" for text in begun}
    copies = list(_texts(sources | {story.body.file: story.body.source for story in stories}))
    yield from copies
    told = {problem.place.file for problem in copies}
    for written in (texts, stories):
        heads = [text.head for text in written if text.body.file not in told]
        for first, second in combinations(heads, 2):
            if name_key(first.title) == name_key(second.title):
                found = f"titeln ”{second.title}” står också i {first.place().file}"
                remedy = "Ge texterna olika titlar, eller ta bort den ena."
                yield Problem(second.place("title"), found, remedy, Severity.WARNING)


def _texts(sources: Mapping[str, str]) -> Iterator[Problem]:
    texts = [_Text(file, source) for file, source in sources.items()]
    for first, second in combinations(sorted(texts, key=lambda text: (len(text.file), text.file)), 2):
        least, most = sorted((first.size, second.size))
        shared = (first.words & second.words).total() if least >= _MOSTLY * most else 0
        if first.words == second.words or (most > _FEW and shared >= _NEARLY * most):
            found = f"texten är densamma som i {first.file}"
            yield Problem(Place(second.file), found, f"Den skulle räknas två gånger. {KEEP_ONE}")
        elif first.folder == second.folder and (
            is_copy(second.name, first.name) or (first.plain == second.plain and shared >= _MOSTLY * most)
        ):
            found = f"namnet ser ut som en kopia av {first.file}"
            yield Problem(Place(second.file), found, f"{KEEP_ONE} Är det två texter, byt namn på den ena.")


class _Text:
    """A text by its words, and by the parts of its file's name."""

    def __init__(self, file: str, source: str) -> None:
        self.file, path = file, PurePosixPath(file)
        self.folder, self.name, self.plain = str(path.parent), path.stem, without_version(path.stem)
        self.words = Counter(source.split())
        self.size = self.words.total()


def check_copied_tables(report: Report) -> Iterator[Problem]:
    definitions = {definition.id: definition for definition in report.settings.tables}
    rows = {
        id: sorted((row.name, row.group, sorted(row.amounts.items())) for row in table.rows)
        for id, table in report.outcomes.amounts.items()
        if any(chain.from_iterable(row.amounts.values() for row in table.rows))
    }
    for first, second in combinations(rows, 2):
        if rows[first] == rows[second]:
            found = f"tabellen ”{definitions[second].title}” har samma tal som ”{definitions[first].title}”"
            remedy = "Kontrollera att det inte är en kopia."
            yield Problem(definitions[second].place("id"), found, remedy, Severity.WARNING)
