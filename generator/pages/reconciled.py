"""What was compared that must add up, in words."""

from __future__ import annotations

from fractions import Fraction

from generator.figures import UnknownFigureError
from generator.model.published import PublishedReport
from generator.model.reconciliation import Identity
from generator.pages.numbers import DASH, NBSP, plain_number
from generator.pages.references import References


def given_text(identity: Identity) -> str:
    return identity.written or _number(identity.given, identity.unit)


def computed_text(identity: Identity, published: PublishedReport) -> str:
    """The computed side. That of a control total is what the report itself says."""
    if not identity.figure:
        return _number(identity.computed, identity.unit)
    try:
        return References(published, published.association).resolve(identity.figure)
    except UnknownFigureError:
        return DASH


def _number(number: Fraction, unit: str) -> str:
    text = plain_number(number, most=3)
    return f"{text}{NBSP}{unit}" if unit else text
