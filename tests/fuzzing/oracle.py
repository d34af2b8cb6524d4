"""What no page of a site may have, whatever its content is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache
from html.parser import HTMLParser
from pathlib import Path

from generator.editions import TEMPLATES
from generator.pages import markdown_html
from generator.reading.packages import _DAMAGES

_MARKS = re.compile(r"\{\{|\{%|\{#|\bNone\b|\bUndefined\b|\bundefined\b|<generator\.|object at 0x")
_FETCHES = {"src", "srcset", "poster", "data", "action", "formaction", "background"}
_LINKS = {"stylesheet", "icon", "preload", "manifest"}
_CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]*)|@import[^;]*""")


def unsound_pages(output: Path, content: Path) -> Iterator[str]:
    """Marks of templates and of Python, what is fetched from elsewhere, and markup that is not ours."""
    written = _written(content)
    for path in sorted(output.rglob("*.html")):
        faults, marks = _read(path.read_text("utf-8"))
        name = path.relative_to(output)
        yield from (f"{name}: {fault}" for fault in faults)
        strays = {mark for mark in marks if mark.encode() not in written}
        yield from (f"{name}: visar {mark}" for mark in sorted(strays))
    for path in sorted(output.rglob("*.css")):
        for match in _CSS_ADDRESS.finditer(path.read_text("utf-8")):
            if match[1] is None or not (path.parent / match[1]).is_file():
                yield f"{path.relative_to(output)} hämtar {match[0][:100]}"


@lru_cache(maxsize=500)
def _read(page: str) -> tuple[list[str], set[str]]:
    """Its faults and marks. Most cases leave most pages as they were."""
    read = _Page()
    read.feed(page)
    return list(dict.fromkeys(read.faults)), set(_MARKS.findall("".join(read.texts)))


def _written(content: Path) -> bytes:
    """All that authors have written, also in workbooks."""
    parts: list[bytes] = []
    for path in (path for path in content.rglob("*") if path.is_file()):
        data = path.read_bytes()[:1_000_000].replace(b"\0", b"")  # UTF-16, roughly
        parts += (data, data.replace(b"\\", b""))  # Markdown escapes signs
        with suppress(*_DAMAGES), zipfile.ZipFile(path) as archive:
            parts += (archive.read(name) for name in archive.namelist())
    return b"".join(parts)


@cache
def _known() -> tuple[set[str], set[str]]:
    """The elements and attributes of templates and of what Markdown may become."""
    texts = [path.read_text("utf-8") for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".svg")]
    texts += [path.read_text("utf-8") for path in Path(markdown_html.__file__).parent.glob("*.py")]
    elements = {name.lower() for text in texts for name in re.findall(r"<([a-zA-Z][\w-]*)", text)}
    attributes = {name.lower() for text in texts for name in re.findall(r"([a-zA-Z][\w:-]*)=", text)}
    kept = markdown_html._ATTRIBUTES.values()
    attributes |= {"download", "hidden", "open", "defer"}.union(*kept)
    return elements | markdown_html._TAGS, attributes


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.faults: list[str] = []
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        elements, attributes = _known()
        given = {name: value or "" for name, value in attrs}
        self._is_data = tag in ("script", "style")
        if tag not in elements:
            self.faults.append(f"har elementet {tag}")
        if tag == "script" and not given.get("src") and given.get("type") != "application/ld+json":
            self.faults.append("har ett skript i sidan")
        is_fetched = tag == "link" and given.get("rel") in _LINKS
        for name, value in given.items():
            self.texts.append(f" {value} ")
            if name.startswith("on") or (name not in attributes and not name.startswith(("data-", "aria-"))):
                self.faults.append(f"har attributet {name} i {tag}")
            if (name in _FETCHES or (name == "href" and is_fetched)) and re.match(
                r"\s*(?:[\w+.-]+:|//)", value
            ):
                self.faults.append(f"hämtar {value[:100]}")
            if name == "href" and not re.match(r"(?:https?|mailto|tel):|(?![\w+.-]*:)", value):
                self.faults.append(f"leder till {value[:100]}")

    def handle_endtag(self, _: str) -> None:
        self._is_data = False

    def handle_data(self, data: str) -> None:
        if not self._is_data:
            self.texts.append(data)
