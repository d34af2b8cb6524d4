"""Characters that no font of the theme has: readers see others in their place, or an empty box."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from generator.model.places import Place, Problem, Severity
from generator.model.report import Report
from generator.model.theme import Theme
from generator.texts import written_lines

# What can stand instead, where Unicode does not know it.
_INSTEAD = {
    "≥": "minst",
    "≤": "högst",
    "→": "till",
    "≈": "ungefär",
    "✓": "ja",
    "\N{NON-BREAKING HYPHEN}": "-",
}
_REMEDIES = {
    "Co": "Det hör till ett symboltypsnitt, ofta i Word. Ta bort det, eller skriv med ord.",
    "Zl": "Det är en radbrytning ur ett annat program. Ta bort den, och lämna en tom rad mellan stycken.",
    "Zp": "Det är en styckebrytning ur ett annat program. Ta bort den, och lämna en tom rad mellan stycken.",
    "Cf": "Det syns inte. Skriv om orden runt det.",
    "So": "Skriv med ord.",
    "Lo": "Skriv med latinska bokstäver, eller låt temat få ett typsnitt som har tecknet.",
}
_REMEDY = "Skriv på ett annat sätt, eller låt temat få ett typsnitt som har tecknet."


def character_problems(report: Report, theme: Theme) -> Iterator[Problem]:
    """A warning for the first of each in a file. Spaces are the same in all fonts.

    None when all fonts of the theme are the reader's own.
    """
    letters = theme.letters
    if not letters:
        return
    lacking = re.compile(f"[^\\s{re.escape(''.join(map(chr, letters)))}]+|[\u2028\u2029]")
    told: set[tuple[str, str]] = set()
    for text, place in (*chain.from_iterable(map(written_lines, report.bodies)), *report.plain_texts):
        for found in lacking.findall(text):
            if (place.file, found) not in told:
                told.add((place.file, found))
                yield _problem(found, place, letters)


def _problem(found: str, place: Place, letters: frozenset[int]) -> Problem:
    codes = " ".join(f"U+{ord(sign):04X}" for sign in found[:4])
    shown = f"”{found}” ({codes})" if found[0].isprintable() else codes
    plain = _INSTEAD.get(found) or unicodedata.normalize("NFKC", found)
    remedy = _REMEDIES.get(unicodedata.category(found[0]), _REMEDY)
    if plain != found and letters.issuperset(map(ord, plain)):
        remedy = f"Skriv ”{plain}”."
    return Problem(place, f"tecknet {shown} finns inte i temats typsnitt", remedy, Severity.WARNING)
