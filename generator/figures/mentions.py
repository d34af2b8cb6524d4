"""Where texts name figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.narrative import Markdown
from generator.model.places import Place

MENTION = re.compile(r"(?<!\\)\{([^{}\n]*)\}")


def mentions(body: Markdown) -> Iterator[tuple[str, Place]]:
    """What stands within each pair of braces, and where."""
    return ((match[1], body.place(match.start())) for match in MENTION.finditer(body.source))
