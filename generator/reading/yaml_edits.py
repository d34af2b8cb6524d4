"""Changes in the text of a YAML file that leave all else in it as its author wrote it, comments too."""

import re
from collections.abc import Sequence


def with_entries(text: str, key: str, entries: Sequence[str]) -> str:
    """With more entries last in the outermost list under a key, which comes last when it is missing.

    `entries` are lines, each entry indented by two spaces. Raises ValueError for a list on one line.
    """
    if not entries:
        return text
    text = f"{text.rstrip()}\n" if text.strip() else ""
    found = re.search(rf"(?m)^{key}:[ \t]*(?:#.*)?\n(?:(?:(?:[ \t-].*|#.*)?\n)*[ \t-].*\n)?", text)
    if found is None and re.search(rf"(?m)^{key}:", text):
        raise ValueError(key)
    if found is None:
        return "".join((text, "\n" if text else "", f"{key}:\n", *(f"{line}\n" for line in entries)))
    first = re.search(r"(?m)^( *)- ", found[0])
    indent = first[1] if first else "  "
    lines = "".join(f"{indent}{line.removeprefix('  ')}\n" for line in entries)
    return text[: found.end()] + lines + text[found.end() :]
