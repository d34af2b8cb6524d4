"""The story of the year: texts, success stories, analyses and pictures."""

import re
from collections.abc import Iterator
from typing import Generic, TypeVar

from generator.model.entry import Entry, key
from generator.model.fields import Id, NameKey, OneOrMore, Text, WholeNumber
from generator.model.frozen import Frozen
from generator.model.places import Place, Problem, Severity

TO_WRITE = "Att skriva"  # begins the titles of texts that are questions to their author
MENTION = re.compile(r"(?<!\\)\{([^{}\n]*)\}")  # of a figure


class _Head(Entry):
    without_hints: OneOrMore[Text] = key("utan_tips", "Ord ur stycken som inte ska få tips.", ())
    title: Text = key("titel")


Head_co = TypeVar("Head_co", bound=_Head, covariant=True)


class TextHead(_Head):
    """The front matter of a text in berattelse/."""

    part: NameKey = key("del")
    order: WholeNumber = key("ordning", default=100)
    indicator: Id | None = key("indikator", default=None)
    note: NameKey | None = key("not", "Numret, om texten är en not till delens tabeller.", None)
    heading: Text | None = key("rubrik", "Förstasidans rubrik, i översiktens text.", None)
    lead: Text | None = key("ingress", "Förstasidans ingress, likaså.", None)

    @property
    def is_written(self) -> bool:
        return not self.title.startswith(TO_WRITE)


class StoryHead(_Head):
    """The front matter of a success story in exempel/."""

    lead: Text = key("ingress")
    indicator: Id = key("indikator")
    unit: NameKey | None = key("enhet", default=None)
    reviewed_by: Text = key("granskad_av", "En roll, aldrig ett namn.")


class AnalysisHead(_Head):
    """The front matter of enheter/<enhet>/analys.md; it may be left out."""

    title: Text = key("titel", default="Bedömning, analys och rekommendationer")


class Markdown(Frozen):
    """Markdown as written. `first_line` is the line in the file on which it begins.

    From a document it has the number and the first words of the paragraph that each line stands in, and
    the document's pictures by their paths. Hints that tell of the words `without_hints`, or of a paragraph
    with them, are not for its author.
    """

    source: str
    file: str
    first_line: int = 1
    paragraphs: tuple[tuple[int, str], ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()
    without_hints: tuple[str, ...] = ()

    def place(self, offset: int) -> Place:
        return self.place_of(self.source.count("\n", 0, offset))

    def place_of(self, line: int) -> Place:
        """The place of a line of the source, counted from 0."""
        if line < len(self.paragraphs):
            number, begins = self.paragraphs[line]
            return Place(self.file, number, paragraph=begins)
        return Place(self.file, self.first_line + line)

    def hint(self, line: int, found: str, remedy: str) -> Iterator[Problem]:
        """That a paragraph could be better; nothing where its author wants it as it is."""
        paragraph = "\n".join(self.source.split("\n")[line:]).partition("\n\n")[0]
        if not any(words in paragraph or words in found for words in self.without_hints):
            yield Problem(self.place_of(line), found, remedy, Severity.HINT)

    @property
    def mentions(self) -> Iterator[tuple[str, Place]]:
        """What stands within each pair of braces, and where."""
        return ((match[1], self.place(match.start())) for match in MENTION.finditer(self.source))


class Written(Frozen, Generic[Head_co]):
    name: str  # the file's without ending, or of an analysis the unit
    head: Head_co
    body: Markdown


NarrativeText = Written[TextHead]
Story = Written[StoryHead]
Analysis = Written[AnalysisHead]


class Picture(Frozen):
    """A picture used in a text. `path` is relative to the report's folder; sizes in pixels."""

    path: str
    data: bytes
    width: int
    height: int
