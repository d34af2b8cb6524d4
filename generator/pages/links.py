"""Links in text: they lead to full addresses, so that they work on every page and in print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.narrative import Markdown
from generator.model.places import Problem

SCHEMES = ("http", "https", "mailto")
_LINK = re.compile(r"(?<![!\\])\[[^\]\n]*\]\(\s*<?(?P<target>[^)\s>]+)")


def leads_out(target: str) -> bool:
    return target.partition(":")[0].lower() in SCHEMES and ":" in target


def link_problems(body: Markdown) -> Iterator[Problem]:
    """Each link that does not lead to a web address or an e-mail address."""
    for match in _LINK.finditer(body.source):
        if not leads_out(match["target"]):
            found = f"länken ”{match['target']}” är inte en webbadress"
            remedy = "Skriv hela adressen, med https:// eller mailto: först."
            yield Problem(body.place(match.start()), found, remedy)
