"""What was compared with what: identities that must hold, and the differences that were found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from enum import Enum, StrEnum
from fractions import Fraction
from functools import cached_property

from generator.model.frozen import Frozen
from generator.model.places import Place


class Rule(StrEnum):
    """The kinds of identities, in the words of the report."""

    ROWS = "Rader som tillsammans ska ge en annan rad"
    PARTS = "Delar som inte får vara större än helheten"
    UNITS = "Enheterna mot hela organisationen"
    BACKGROUND = "Bakgrundstabellernas summor"
    ANSWERS = "Enkätsvar för kvinnor och män mot svar för alla"
    ASKED = "Antal svar mot antal tillfrågade"
    SAME = "Samma mått i två indikatorer"
    PUBLISHED = "Publicerad uppgift mot beräknad"
    SHARES = "Förra årets andelar av samma helhet"
    CHANGES = "Förändring mot skillnaden mellan två år"
    REPORTED = "Övertagna poäng mot budgetens vikter och kända utfall"
    IDEAL_WEIGHTS = "Idealvikternas summa"
    TABLES = "Poster som tillsammans ska ge en annan post"
    COLUMNS = "Kolumner som räknas ur andra kolumner"
    RESULT = "Årets resultat i resultaträkningen och balansräkningen"
    BALANCE = "Tillgångar mot eget kapital och skulder"
    EQUITY = "Förändringen av eget kapital mot årets resultat"
    CASH = "Förändringen av kassan mot kassaflödet"
    CONTROLS = "Kontrollsummor ur tryckta handlingar"


class Verdict(Enum):
    HOLDS = "stämmer"
    ROUNDING = "avrundning"
    EXPLAINED = "förklarad avvikelse"
    DIFFERS = "stämmer inte"


class Identity(Frozen):
    """A given number and what it must equal, or with `at_most` not exceed.

    `given` and `computed` are exact, in `unit` (”%”, ”tkr”, ”” for persons and answers).
    `tolerance` is how much rounding of the addends can explain, in the same unit.
    `cells` are the places of everything compared, first those `of_given`, the given number: several of a sum
    that is not typed. A control total is shown as it was `written`, beside the `figure` that it names.
    """

    rule: Rule
    what: str  # ”Vännäs: avslut, kvinnor”
    against: str  # ”positiv lösning + avbrott av hälsoskäl + övriga avbrott”
    given: Fraction
    computed: Fraction
    cells: tuple[Place, ...]
    of_given: int = 1
    unit: str = ""
    at_most: bool = False
    tolerance: Fraction = Fraction(0)
    written: str = ""
    figure: str = ""
    source: str = ""
    explanation: str = ""
    is_hidden: bool = False  # by disclosure control
    is_of_points: bool = False  # which are never hidden
    may_count_twice: bool = False  # somebody who has been in several units

    @cached_property
    def verdict(self) -> Verdict:
        if self.given == self.computed or (self.at_most and self.given < self.computed):
            return Verdict.HOLDS
        if abs(self.given - self.computed) <= self.tolerance:
            return Verdict.ROUNDING
        return Verdict.EXPLAINED if self.explanation else Verdict.DIFFERS

    @property
    def of_known(self) -> Identity:
        """What must hold where only some addends are known: they are no more than the whole."""
        what = f"{self.what}, de delar som är kända"
        turned = replace(self, given=self.computed, computed=self.given, cells=self.cells[::-1])
        return replace(turned, what=what, against="hela antalet", at_most=True)


class Reconciliation(Frozen):
    identities: tuple[Identity, ...] = ()

    def with_verdict(self, verdict: Verdict) -> tuple[Identity, ...]:
        return tuple(identity for identity in self.identities if identity.verdict is verdict)

    @cached_property
    def tally(self) -> dict[Rule, Counter[Verdict]]:
        """How many identities of each rule there are, by verdict, in the order of the rules."""
        counted: dict[Rule, Counter[Verdict]] = {rule: Counter() for rule in Rule}
        for identity in self.identities:
            counted[identity.rule][identity.verdict] += 1
        return {rule: verdicts for rule, verdicts in counted.items() if verdicts}
