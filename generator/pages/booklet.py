"""What of a report is printed: which pages, how fully, and where readers find the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.model.contents import Part, home_of_table
from generator.model.frozen import Frozen
from generator.model.names import name_key
from generator.model.settings import Detail, ReportSettings
from generator.pages import addresses, parts, views
from generator.pages.compose import Document

# The pages that are printed only when asked for.
_WHOLE_PAGES = {
    Part.BUDGET.page: Detail.BUDGET, Part.DATA.page: Detail.DATA, Part.ENGLISH.page: Detail.ENGLISH,
}  # fmt: skip
SUMMARY = "print-summary.html"
_UNIT, _AREA = "parts/enhet.html", "parts/omrade.html"


class Booklet(Frozen):
    """A report as it is printed. `address` is that of its folder on the web, "" when it is not known."""

    document: Document
    pages: tuple[views.Page, ...]
    details: frozenset[Detail]
    left_out: tuple[views.Link, ...]
    address: str
    has_contact: bool  # on the back
    subject: views.Page | None = None  # the unit or the area that it is of, when it is not the whole report
    template: str = "print.html"

    @property
    def linked(self) -> frozenset[str]:
        """The pages that links can lead to: a summary has none."""
        return frozenset(page.id for page in self.pages if self.template != SUMMARY)


def booklet(document: Document, settings: ReportSettings, address: str) -> Booklet:
    """Each indicator once: where no area has a page, the whole table is what shows them."""
    has_areas = any(page.template == _AREA for page in document.pages)
    details = frozenset(settings.printing.details) | (frozenset() if has_areas else {Detail.BUDGET})
    unprinted = settings.printing.unprinted
    pages = [page for page in document.pages if _WHOLE_PAGES.get(page.id) in {None, *details}]
    pages = [_without(unprinted, page) for page in pages if page.id not in unprinted]
    has_contact = any(page.id == Part.CONTACT.page for page in pages)
    pages = [page for page in pages if page.id != Part.CONTACT.page or page.texts]
    left_out = tuple(_left_out(document, settings, details))
    return Booklet(document, tuple(pages), details, left_out, address, has_contact)


def _without(unprinted: Sequence[str], page: views.Page) -> views.Page:
    """The page without tables that are not printed. Their notes stay, since rows lead to them."""
    if not unprinted or not isinstance(page.content, parts.TablesPart):
        return page
    anchors = {addresses.table_anchor(id) for id in unprinted}

    def kept(tables: Sequence[views.AmountTable]) -> tuple[views.AmountTable, ...]:
        return tuple(table for table in tables if table.anchor not in anchors)

    notes = tuple(replace(note, tables=kept(note.tables)) for note in page.content.notes)
    return replace(page, given=replace(page.content, tables=kept(page.content.tables), notes=notes))


def summary(document: Document, settings: ReportSettings, address: str) -> Booklet:
    """What a board has to know, on one sheet."""
    return replace(booklet(document, settings, address), template=SUMMARY)


def parts_of(document: Document) -> dict[str, str]:
    """The pages that can be booklets of their own, by the name keys of units and areas."""
    named: dict[str, str] = {}
    for page in document.pages:
        match page.content:
            case views.Unit(id=id) | views.Area(id=id):
                named |= {name_key(id): page.id, name_key(page.title): page.id}
    return named


def booklet_of(page: str, document: Document, settings: ReportSettings, address: str) -> Booklet:
    """Of a unit or an area by its page, with all that there is to tell of it."""
    whole = booklet(document, settings, address)
    pages = tuple(each for each in document.pages if each.id in (page, Part.GUIDE.page))
    details = whole.details | {Detail.UNIT_INDICATORS, Detail.UNIT_PARTICIPANTS}
    (subject,) = (each for each in pages if each.id == page)
    return replace(whole, pages=pages, details=details, left_out=(), subject=subject)


class Code(Frozen):
    """An address as a QR code: a path of squares, and how many of them its side has."""

    path: str
    side: int


def code_of(address: str) -> Code:
    import segno

    rows = segno.make(address, error="m", micro=False).matrix
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Code("".join(squares), len(rows))


def _left_out(
    document: Document, settings: ReportSettings, details: frozenset[Detail]
) -> Iterator[views.Link]:
    """What only the web has, and the page that has it."""
    pages = {page.id: page for page in document.pages}
    names = settings.units_name
    units = name_key(names) if any(page.template == _UNIT for page in document.pages) else ""
    for detail, page, text in (
        (Detail.BUDGET, Part.BUDGET.page, "Alla indikatorer i en tabell"),
        (Detail.CALCULATIONS, Part.METHOD.page, "Uträkningen av varje indikator"),
        (Detail.RECONCILIATION, Part.METHOD.page, "Avstämningen av talen"),
        (Detail.SCALES, Part.GUIDE.page, "Svarsskalorna i enkäten"),
        (Detail.UNIT_INDICATORS, units, f"Indikatorerna för {names}"),
        (Detail.UNIT_PARTICIPANTS, units, f"Deltagarna i {names}"),
        (Detail.DATA, Part.DATA.page, "Öppna data"),
        (Detail.ENGLISH, Part.ENGLISH.page, "Summary in English"),
    ):
        if page in pages and detail not in details:
            yield views.Link(page, text)
    unprinted, titles = settings.printing.unprinted, {table.id: table.title for table in settings.tables}
    for name in unprinted:
        if name in pages:
            yield views.Link(name, pages[name].title)
        elif name in titles and (home := home_of_table(name, settings)) not in unprinted:
            yield views.Link(home, titles[name])
