"""Changes in the text of a YAML file that leave all else in it as its author wrote it, comments too."""

import re
from collections.abc import Callable, Sequence

Change = Callable[[str], str]


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


def with_key(text: str, key: str, value: str) -> str:
    """With another value under a key that stands outermost, which is added below the first ones if needed."""
    line = f"{key}: {value}"
    text, found = re.subn(rf"(?m)^{key}:.*$", lambda _: line, text, count=1)
    return text if found else re.sub(r"(?m)^(tema:.*)$", lambda match: f"{match[1]}\n{line}", text, count=1)


def without_keys(text: str, *keys: str) -> str:
    """Without some keys, whether each has a line with all that is further in, or stands within braces."""
    if not keys:
        return text
    named, lines, left_out = "|".join(keys), [], None
    for line in text.split("\n"):
        if left_out is not None and line.startswith(f"{left_out} "):
            continue
        left_out = match[1] if (match := re.match(rf"( +)(?:{named}):", line)) else None
        if left_out is None:
            lines.append(re.sub(rf",\s*(?:{named}):[^,}}]*", "", line))
    return "\n".join(lines)


def in_comments(change: Change, text: str) -> str:
    return re.sub(r"(?m)^#.*$", lambda match: change(match[0]), text)


def in_values(change: Change, text: str) -> str:
    """In all but the names by which other files call a thing."""
    return re.sub(r"(?m)^(?! *-? *id:).*$", lambda match: change(match[0]), text)
