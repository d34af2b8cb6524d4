"""What something must add up to, as an author writes it: ”deltagare − avslut”."""

import re
from collections.abc import Iterator

from generator.model.frozen import Frozen
from generator.model.names import Name

# What the first cell of a row says that is no row of its own: of sums, of a source, or of a footnote.
_SUMS = "(?:del|slut|total)?summa|s:a|sum|(?:grand )?total[ta]?|samtliga|sammanlagt|summerat"
OF_SUMS = re.compile(rf"(?:{_SUMS})(?:[\s:.!]+.*)?", re.IGNORECASE)
_TOTAL_LOSS = r"(?!total\s+(?!summa|antal))"  # a category of its own, such as ”Total nedsättning”
NO_CATEGORY = re.compile(rf"{_TOTAL_LOSS}(?:{OF_SUMS.pattern})|(?:varav|därav)\s.*", re.IGNORECASE)
FOOTNOTE = re.compile(
    r"(?:käll(?:a|or)|belopp i|anm(?:ärkning)?|kommentar(?:er)?|obs|not)(?:[\s:.!]+.*)?|[*†‡¹²³].*|[0-9]\).*",
    re.IGNORECASE,
)
NO_ROW = re.compile(
    rf"(?:{_SUMS}|varav|därav|genomsnitt|snitt|medel(?:tal|värde)?|median|differens|skillnad)(?:[\s:.!]+.*)?"
    rf"|hela \w+|\w+ totalt|alla (?:enheter|insatser)|[Σ∑].*|{FOOTNOTE.pattern}",
    re.IGNORECASE,
)
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
    said = [(part or "").strip() for part in parts[::3]]
    names = list(map(Name, said))
    signs = [1, *(1 if plus else -1 for plus in parts[1::3])]
    if not all(names) or any(name[:1] in _LOOSE or name[-1:] in _LOOSE for name in said):
        raise ValueError(written)
    return Sum(written.strip(), tuple(Term(name, sign) for name, sign in zip(names, signs, strict=True)))
