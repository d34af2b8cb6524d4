"""What takes a rule or words to tell, written out once for Swedish readers; templates read the rest of it
from the model, as it may be published.

All strings are final: numbers carry their decimal comma, non-breaking spaces and units, and lengths are
in percent of a drawing. Templates add structure, never rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain

from markupsafe import Markup

from generator.model.frozen import Frozen
from generator.model.narrative import StoryHead
from generator.model.open_data import DataTable
from generator.model.places import Place
from generator.model.plan_results import GoalOutcome
from generator.model.settings import ReportSettings, SiteSettings
from generator.model.shown import Count, ShownPeople
from generator.model.table_settings import TableDefinition
from generator.pages.numbers import long_date

Figure = str | Count | None  # of a table: a text or a count, two dots where it is hidden, a dash if None


class Signal(Frozen):
    """A signal as symbol, word and colour together."""

    key: str  # "gron", "orange", "rod" or "ingen": the class name of the symbol
    word: str  # "Målet uppnått", "Nära målet", "Målet ej uppnått", "Ingen signal", "Ej mätt"
    points: str = ""  # points earned, shown inside a green symbol; "" where none are given
    reason: str = ""  # why there is no signal, e.g. "frågan ställdes inte"


class Link(Frozen):
    """A place in the report: a page, or a place on it. The `link` function makes the address."""

    page: str
    text: str
    anchor: str = ""


class RegisterEntry(Frozen):
    link: Link
    kind: str  # "mål 1.2", or "" for a page
    language: str = ""  # as of a page


class Story(Frozen):
    anchor: str
    head: StoryHead
    body: Markup
    indicator: Link  # "1.2.5 Framgångsbeskrivningar om …"
    unit: str  # "Vännäs", or the organisation's name


class TextFigure(Frozen):
    name: str  # as the author writes it: "1.2.1"
    value: str
    calculation: Link | None
    places: tuple[Place, ...]


class Text(Frozen):
    anchor: str
    title: str
    write: Callable[[], Markup]
    find_figures: Callable[[], Iterable[TextFigure]]

    @cached_property
    def body(self) -> Markup:
        return self.write()

    @property
    def figures(self) -> tuple[TextFigure, ...]:
        return tuple(self.find_figures())


class Comment(Frozen):
    background: str  # what was behind it
    action: str  # what will be done


class Stretch(Frozen):
    """A part of a drawing, in percent of its width: "40.53%"."""

    start: str
    middle: str
    length: str
    kind: str  # how it is painted: "earned", "close", "missed", "ingen"; "after" the bar, only a label;
    # what goes on "solid" and what stops "open"
    label: str  # the figure within it, or ""


class Bullet(Frozen):
    """An outcome against its target, on a line from 0 to 100 percent."""

    value: str  # where the outcome lies
    is_point: bool  # the target has limits on both sides, so that a bar from zero would say nothing
    zone: Stretch  # where the target is met
    limits: tuple[str, ...]
    label: tuple[str, str]  # where the target is named, and whether that is its "start", "middle" or "end"
    margins: tuple[Stretch, ...]  # where an outcome is close
    before: Tick | None  # last year's outcome


class Indicator(Frozen):
    id: str
    anchor: str
    text: str
    short: str  # in print, where there is little room
    target: str  # "minst 80 %"
    outcome: Figure  # "77 %", or "–" when not measured
    basis: str  # "247 av 319", or ""
    signal: Signal
    points: str  # "10 av 10", in a plan "10"; or "" where there are none to earn
    how: str  # in words what is measured: "Positiva lösningar i andel av avslut"
    note: str  # where the outcome is from when it is not computed, or ""
    reference: str  # what the question is called in another survey: "Fråga NNS 14.", or ""
    evidence: tuple[Link, ...]  # stories and texts that name the indicator
    comment: Comment | None  # what was behind the outcome, and what will be done
    calculation: Link  # how the outcome came about
    distance: str  # "9 personer till hade räckt.", or "" where nothing is counted
    bullet: Bullet | None

    @property
    def is_told(self) -> bool:
        """Whether there is more to say of it than its figures."""
        return bool(self.comment or self.note or self.evidence or self.signal.reason)


class SourceRef(Frozen):
    """Lines of one of the author's files, or of a table of the open data."""

    file: str  # "utfall/deltagare.csv", "deltagare.csv"
    page: str  # the page of the audit edition that shows the file, or the address of the table
    lines: tuple[int, ...]


class Input(Frozen):
    """Something an outcome was made from, and the cells it stands in."""

    name: str  # "Täljare, positiv lösning"
    value: str  # "247 (kvinnor 116, män 131)"
    places: tuple[Place, ...]


class Calculation(Frozen):
    id: str
    anchor: str
    text: str
    how: str
    note: str
    steps: str  # "247 / 319 = 77,43 %, visas som 77 %."
    target: str
    comparison: str  # "Kravet är inte nått: det fattas 2,57 procentenheter."
    signal: Signal
    points: str  # "0 av 10", or ""
    flips: tuple[str, ...]  # what would have given another signal
    inputs: tuple[Input, ...]
    sources: tuple[SourceRef, ...]  # the rows of the outcome in the open data
    decided: tuple[Place, ...]  # where target and weight are decided


class Explanation(Frozen):
    """A figure of any kind explained: what it is, how it came about, and where it stands."""

    title: str  # "1.2.1 Avslut till en för individen positiv lösning"
    subtitle: str  # "Samordningsförbundet Umeåregionen, Socialt bokslut 2021"
    value: str  # "77 % (247 av 319)"
    steps: tuple[tuple[str, str], ...]  # ("Krav", "minst 80 %")
    places: tuple[Place, ...]


class Goal(Frozen):
    id: str
    anchor: str
    text: str
    gap: str  # which numbers before it are not in use, or ""
    groups: tuple[tuple[Indicator, ...], ...]  # those that are measured alike stand together

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(chain.from_iterable(self.groups))

    @property
    def how(self) -> str:
        """How all of its indicators are measured, where they are measured alike."""
        return _shared([indicator.how for indicator in self.indicators])

    @property
    def note(self) -> str:
        return _shared([indicator.note for indicator in self.indicators])


def _shared(texts: Sequence[str]) -> str:
    """What is said of each of several, and therefore once of all."""
    return texts[0] if len(texts) > 1 and len(set(texts)) == 1 else ""


class SpreadRow(Frozen):
    """A row of two pages that face each other: goal and target on the left one, the result on the right."""

    goal: Goal | None  # beside the first of its indicators
    indicator: Indicator
    units: int  # of the height of a page


class Verdict(Frozen):
    title: str
    lead: str


class Finding(Frozen):
    indicator: Link
    result: str  # "77 % (247 av 319), kravet är minst 80 %. Värt 10 poäng."
    distance: str  # "9 personer till", or ""


class Pile(Frozen):
    """The indicators of an area that came out alike, the weightiest first."""

    signal: Signal
    title: str  # "9 nådde målet"
    findings: tuple[Finding, ...]
    rest: str  # "och 14 till", or "" when all are shown


class Index(Frozen):
    share: Fraction | None  # None without points
    aim: Fraction  # the share that is the target
    value: str  # "70", or "–"
    bar: str  # "70%"
    earned: str  # "124"
    possible: str  # "177"
    worth: str  # in a plan: what can be earned, "177"; or ""
    target: str  # "70"
    target_bar: str
    needed: str  # "124": the fewest points with which the target is met
    signal: Signal  # word: "Når indexmålet", "Nära indexmålet", "Under indexmålet"
    against: str  # "10 över målet", "14 under målet", "på målet"
    coverage: str  # "30 av 43 indikatorer är mätta.", where they are computed here; "" when that is all
    reported: str  # "" when computed; otherwise in words what part is taken over and from where
    shade: float  # of the signal's colour, 0-1: the farther from the target, the stronger

    @property
    def has_points(self) -> bool:
        return self.share is not None


class Area(Frozen):
    id: str
    name: str
    page: str
    anchor: str
    index: Index
    ideal_weight: str  # "40 %", or "" when the report states none
    actual_weight: str  # "38 %"
    goal_count: int
    indicator_count: int
    signals: tuple[tuple[Signal, int], ...]  # how many of each
    bar: tuple[Stretch, ...]  # what was earned, close and missed, as long as what was possible
    piles: tuple[Pile, ...]
    goals: tuple[Goal, ...]
    descriptions: tuple[Text, ...]  # those that an indicator asks for
    stories: tuple[Story, ...]
    unpublished: str  # on a unit's page: how many of the indicators are not shown, and why; or ""
    sexes: tuple[PointTable, ...]  # on a page of its own: women beside men
    answers: tuple[AnswerRow, ...]  # likewise: how questions were answered


class Tick(Frozen):
    place: str  # "40.53%"
    text: str


class Movement(Frozen):
    arrow: str  # "↑", "↓" or "→"
    words: str  # "127 färre", "6 procentenheter upp", "oförändrat"


class PointRow(Frozen):
    """A figure beside another one, and the two on a line from 0 to 100 when they are shares."""

    name: str
    value: Figure
    other: Figure
    link: Link | None = None
    basis: str = ""  # "247 av 319"
    change: Movement | None = None
    point: str = ""  # where the value lies
    ring: str = ""  # where the other lies
    signal: Signal | None = None
    zone: Stretch | None = None  # where the target is met


class PointTable(Frozen):
    """Figures beside others, in two columns, with what differs in a third or a signal."""

    anchor: str
    title: str
    name_head: str
    value_head: str
    other_head: str
    rows: tuple[PointRow, ...]
    ticks: tuple[Tick, ...]  # () where nothing is drawn
    explanation: str = ""
    change_head: str = ""  # of a column of changes
    target: str = ""  # where a target lies that all rows share


class AnswerFigure(Frozen):
    """Those who answered in one of three ways: as wanted, otherwise, or worst."""

    share: str
    basis: str  # "88 av 93"
    signal: Signal | None


class AnswerRow(Frozen):
    name: str
    link: Link
    parts: tuple[Stretch, ...]  # "solid" as wanted, "open" otherwise, "worst"
    limits: tuple[str, ...]  # where the wanted are to reach, and where the worst may begin
    figures: tuple[AnswerFigure, ...]


class YearLine(Frozen):
    points: tuple[tuple[str, str], ...]  # from the left and from above
    segments: tuple[tuple[str, str, str, str, bool], ...]  # from, to, and whether years between them lack
    breaks: tuple[str, ...]  # where a new definition begins
    base: str  # zero


class ParticipantRow(Frozen):
    label: str
    level: int  # 0 for a main row, 1 and 2 for its parts
    people: ShownPeople
    share: Figure  # "84 %"
    share_of: str  # "av avslut", or ""
    basis: str  # "247 av 319", or ""


class FlowPart(Frozen):
    """A row of the participant table in a drawing of what became of all."""

    total: Figure
    label: str  # "avslut under året"
    share: Figure  # "77 %"
    piece: Stretch | None  # as wide as it is large; None where it is hidden or nobody
    shade: float  # of its colour, 0-1: parts of one whole that are followed no further differ


class ParticipantTable(Frozen):
    anchor: str
    caption: str
    has_unstated: bool
    flow: tuple[tuple[FlowPart, ...], ...]  # in steps, each the parts of one before; () where rows are none
    rows: tuple[ParticipantRow, ...]


class UnitPeople(Frozen):
    name: str
    page: str
    figures: tuple[Figure, ...]


class UnitsPeople(Frozen):
    name: str  # what the units are: ”insats”
    heads: tuple[str, ...]
    rows: tuple[UnitPeople, ...]
    whole: UnitPeople | None


class Bar(Frozen):
    label: str
    people: ShownPeople
    share: Figure
    women_bar: Stretch | None  # from the middle to the left; None where the count is hidden
    men_bar: Stretch | None  # from the middle to the right


class BackgroundTable(Frozen):
    anchor: str
    title: str
    caption: str
    note: str
    summary: str  # the chart in one sentence, or ""
    bars: tuple[Bar, ...]
    sums: ShownPeople


class AmountCell(Frozen):
    column: str  # what the column is called, for narrow screens
    text: str  # "−209 941", "78 %", or "–" where there is no amount
    has_words: bool  # whether it is of a column of words
    place: Place
    bars: tuple[Stretch, ...]
    is_drawn: bool  # whether its column has bars


class AmountRow(Frozen):
    label: str
    is_sum: bool
    is_part: bool  # a row of a group, which is set in below the group's name
    notes: tuple[Link, ...]  # "2", to where it stands on the page
    cells: tuple[AmountCell, ...]
    line: YearLine | None  # its amounts over the years, where the table has several


class AmountGroup(Frozen):
    name: str  # "" for rows outside of groups
    rows: tuple[AmountRow, ...]


class AmountTable(Frozen):
    definition: TableDefinition
    anchor: str
    unit: str  # "Belopp i kronor", or "" where there are only words
    has_notes: bool
    years: str  # "2017–2021", which the lines of the rows go through; "" without lines
    groups: tuple[AmountGroup, ...]
    notes: tuple[str, ...]  # what readers should know, what does not add up and why, where it is from
    zero: str  # where in the chart zero is
    ticks: tuple[Tick, ...]
    summary: str  # the chart in one sentence, or ""


class Note(Frozen):
    number: str
    text: Text
    tables: tuple[AmountTable, ...]


class Change(Frozen):
    label: str
    value: str  # "−0,3 procentenheter"
    bar: Stretch  # from zero at the right of its column when it falls, at the left when it rises
    sign: int  # below zero when it falls, 0 when it stays or is not known
    signal: Signal
    indicator: Link
    source: str


class Unit(Frozen):
    id: str
    name: str
    short_name: str
    page: str
    place: str  # municipality, or ""
    index: Index
    areas: tuple[Area, ...]  # only indicators with outcomes of the unit; no texts and stories
    beside: PointTable | None  # its indexes beside those of all together
    compared: tuple[PointTable, ...]  # its participants beside those of the year before
    unpublished: str  # which areas are shown without indicators, and why; or ""
    participants: ParticipantTable | None
    others: tuple[ArchiveEntry, ...]  # the unit in other years
    analyses: tuple[Text, ...]  # one, or none
    stories: tuple[Story, ...]


class ArchiveEntry(Frozen):
    address: str  # in the site
    title: str
    figure: str  # "70", or "12 av 30"
    signal: Signal | None = None  # None without points
    counts: str = ""  # what the figure then counts: "krav uppfyllda"

    @property
    def text(self) -> str:
        return f"IMPACTindex {self.figure}" if self.signal else f"{self.figure} {self.counts}".rstrip()


class ArchiveRow(Frozen):
    name: str
    page: str  # address of its page over the years, or ""
    years: tuple[tuple[ArchiveEntry, ...], ...]  # those of each year


class YearHead(Frozen):
    year: str  # the title where a year has several reports
    title: str  # "" where it stands as the year
    address: str


class YearCell(Frozen):
    text: str  # "77 %", or "–"
    basis: str  # "247 av 319", or ""
    target: str  # "krav minst 80 %", or ""
    signal: Signal | None
    is_break: bool  # it cannot be compared with what stands before it


class YearRow(Frozen):
    label: str
    cells: tuple[YearCell, ...]
    line: YearLine | None
    notes: tuple[str, ...]  # where and how its definition changed


class YearTable(Frozen):
    anchor: str
    title: str
    caption: str
    rows: tuple[YearRow, ...]
    legend: tuple[Signal, ...]  # what its symbols mean, where there is no room for words


class Development(Frozen):
    """A unit over the years, on a page at the root of the site."""

    name: str
    page: str
    lead: str  # what has changed, in a sentence
    heads: tuple[YearHead, ...]
    tables: tuple[YearTable, ...]


class Archive(Frozen):
    entries: tuple[ArchiveEntry, ...]
    years: tuple[str, ...]
    rows: tuple[ArchiveRow, ...]
    legend: tuple[Signal, ...]  # as that of a YearTable
    followed: tuple[Development, ...]


class Coverage(Frozen):
    group: str
    asked: str  # "120", or "" when it is not known
    answered: str  # "93", or "42–93" when it differs between questions
    rate: str  # "78 %", or "–"


class Difference(Frozen):
    what: str
    given: str
    computed: str
    why: str
    sources: tuple[SourceRef, ...]


class ComparedItem(Frozen):
    """An indicator, or an area taken over, that moved the index; or the sum of all."""

    name: str  # "1.4.1-umea Helårsekvivalenter …"
    before: str  # "Målet ej uppnått, 0 av 10"
    after: str
    points: str  # "+10"
    contribution: str  # "+5,65", or "–"


class Comparison(Frozen):
    """Why an index differs from another one. The contributions add up to the change."""

    before_title: str
    after_title: str
    summary: str  # in one sentence
    others_lead: str  # what the others are, with a colon
    others: tuple[str, ...]  # what differs without changing points
    items: tuple[ComparedItem, ...] = ()
    total: ComparedItem | None = None  # the indexes, "64 (114 av 177)"; None when none of the two has one


class StrategicGoal(Frozen):
    """A goal of the plan: what its rule says, and beside it what the board says."""

    outcome: GoalOutcome
    anchor: str
    verdict: Signal | None  # word: "Uppfylld", "Inte uppfylld", "Går inte att avgöra", "Visas inte"
    rule: str  # what must hold, and what does: "Varje indikator ska nå minst 80 %. Alla 5 gör det."
    basis: tuple[Link, ...]  # where the indicators and activities of the rule are
    reason: str  # for the board's grade
    differs: str  # how rule and grade differ, or ""
    places: tuple[Place, ...]


class GoalRule(Frozen):
    anchor: str
    goals: str  # "Mål 1, 2 och 3"
    told: str  # what holds and what does not, where several goals have the rule; or ""
    indicators: tuple[tuple[Link, Indicator], ...]  # with the rule's level and verdict


class ReportHead(Frozen):
    """What pages say of their report, whatever part of it they show."""

    id: str
    settings: ReportSettings
    site: SiteSettings
    is_plan: bool
    before: str  # in a plan: what outcomes are, "Utfall 2018"; "" when there are none
    kind: str  # "Årsredovisning" when it is more than social accounts and its title does not say so; or ""
    pdf: str  # address in the report's folder, or "" when no PDF is made
    tables: Mapping[str, DataTable]  # the open data by name
    wordmark: tuple[str, ...]  # the organisation's name in lines, for a wordmark in type
    audit: bool  # whether it is the audit edition
    mark: str  # what is said on every page of that edition and of a draft, which nobody is to find; or ""
    statement: str  # address of the accessibility statement in the site, or ""
    others: tuple[ArchiveEntry, ...]  # the same organisation in other years
    archive: str  # likewise of the archive, or "" when this is the only report
    hidden: str  # what two dots stand for; "" when nothing is hidden
    decided: str  # what was decided and whether the content is still that; "" when nothing was
    is_changed: bool  # since it was decided
    spreads: bool  # whether areas are printed as pages that face each other
    index: Index
    find_areas: Callable[[], tuple[Area, ...]]

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        return self.find_areas()

    @property
    def issued(self) -> str:
        word = "Publicerad" if self.is_plan else "Publicerat"
        return f"{word} {long_date(self.settings.published)}."


class MenuGroup(Frozen):
    title: str  # "Målområden", or "" for a page by itself
    pages: tuple[Page, ...]


class Page(Frozen):
    """A part of the report: one page on the web, one chapter in print."""

    id: str  # also the file name without ".html"
    title: str
    short: str  # for navigation
    template: str  # "parts/omrade.html"
    level: int  # 0, or 1 for a page below the nearest level 0 before it
    lead: str  # one sentence for the table of contents and search engines
    texts: tuple[Text, ...]
    given: object  # its content, or what makes it when somebody looks at the page
    language: str = ""  # "en" when it is not in Swedish

    @cached_property
    def content(self) -> object:
        """What the template calls `part`."""
        return self.given() if callable(self.given) else self.given
