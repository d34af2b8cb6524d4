"""What can be named of a unit: for whoever writes and wants to know what there is."""

from collections.abc import Iterator

from generator.figures.lookup import KNOWN
from generator.model.names import lower_first
from generator.model.results import UnitResult
from generator.model.shown import ShownReport


def names_of(published: ShownReport, unit: UnitResult) -> Iterator[tuple[str, str]]:
    """What a name is of, and the name as it is written within braces. Some may stand for nothing yet."""
    report, tables = published.report, published.tables
    for name in (*KNOWN, "index mål", "index mot målet", "antal ej mätta", "antal mål"):
        yield "Index och antal", name
    for area in unit.areas:
        yield from (("Områden", f"område {area.area.id}{form}") for form in ("", " poäng", " vikt"))
    for result in unit.results:
        yield "Indikatorer", result.indicator.id
    for row in report.settings.rows:
        of = (f" av {row.share_of}",) if row.share_of else ()
        forms = ("", " kvinnor", " män", *of, " förra året")
        yield from (("Deltagare", f"{row.id.replace('-', '_')}{form}") for form in forms)
    for series in report.settings.series:
        places = dict.fromkeys(key.location for key in tables.values if key.series == series.id)
        yield from (
            ("Serier", f"{lower_first(series.name)} {report.settings.towns.get(place, place)}")
            for place in places
        )
    for table in report.settings.background:
        categories = tables.background.get((unit.unit.id, table.id), {})
        yield from (("Bakgrund", f"bakgrund {table.id} {category}") for category in (*categories, "summa"))
    for definition in report.settings.tables:
        rows = tables.amounts[definition.id].rows if definition.id in tables.amounts else ()
        yield from (("Belopp", f"belopp {definition.id} {amount.name}") for amount in rows)
