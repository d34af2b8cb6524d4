"""What something must add up to, as an author writes it: ”deltagare − avslut”."""

import re
from collections.abc import Iterator

from generator.model.frozen import Frozen
from generator.model.names import Name

_SIGN = re.compile(r"\s*(\+)\s*|\s+([−–-])\s+")

_LOOSE = ("+", "−", "–", "-")


class Term(Frozen):
    """A name that is added (sign 1) or taken away (sign -1)."""

    name: str
    sign: int = 1


class Sum(Frozen):
    written: str
    terms: tuple[Term, ...]

    @property
    def names(self) -> Iterator[str]:
        return (term.name for term in self.terms)


def parse_sum(written: str) -> Sum:
    """Names with + or − between them. A minus sign has a space on both sides. Raises ValueError."""
    parts = _SIGN.split(written.strip())
    names = [Name(part or "") for part in parts[::3]]
    signs = [1, *(1 if plus else -1 for plus in parts[1::3])]
    is_torn = any(
        (part or "").strip()[:1] in _LOOSE or (part or "").strip()[-1:] in _LOOSE for part in parts[::3]
    )
    if not all(names) or is_torn:
        raise ValueError(written)
    return Sum(written.strip(), tuple(Term(name, sign) for name, sign in zip(names, signs, strict=True)))
