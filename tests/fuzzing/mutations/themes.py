"""Themes: their settings, style sheets and drawings."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.fuzzing.mutations import raw_bytes, yaml_trees
from tests.fuzzing.mutations.files import a_file, text_of, write_text

THEMES = "_teman"
_SHEET = (
    '@import "x.css";', "@import url(//exempel.se);", "a{background:url(https://exempel.se/x)}", "</style>",
    "a{b:url(x y)}", "a{b:\\75rl(x)}", "{" * 3000, "(" * 3000, "}", '"', "/*", ":root{--x:'//exempel.se'}",
    "@charset 'x';", "@page{size:0}", "*{display:none}", "a{width:calc(1/0)}", "@media{" * 500, "\\", "\x0c",
    "html{font-size:1e9px}", "*{columns:1000}", "a{b:image-set('//exempel.se' 1x)}", ":is(" * 500,
)  # fmt: skip
_DRAWING = (
    "<script>alert(1)</script>", '<a href="javascript:alert(1)"/>', '<image href="//exempel.se/x"/>',
    "{{ x }}", "{{ color.paper }}", "{{ ''.__class__.__mro__ }}", "{% for x in range(10**9) %}{% endfor %}",
    "{%", "{{ 9**9**9 }}", "<g>" * 3000, "<!DOCTYPE a>", "<style>*{b:url(//exempel.se)}</style>",
    '<g onload="x"/>', "&x;", "\0",
)  # fmt: skip


def mutate(chance: Random, content: Path) -> None:
    folder = content / THEMES
    match chance.randrange(5):
        case 0 | 1:
            yaml_trees.mutate(chance, folder)
        case 2:
            raw_bytes.mutate(chance, folder)
        case 3:
            _insert(chance, a_file(chance, folder, ".css"), chance.choice(_SHEET))
        case _:
            _insert(chance, a_file(chance, folder, ".svg"), chance.choice(_DRAWING))


def _insert(chance: Random, path: Path | None, what: str) -> None:
    if path is not None:
        text = text_of(path)
        at = chance.choice((0, text.rfind("</svg>") if "</svg>" in text else 0, len(text)))
        write_text(path, text[:at] + what + text[at:])
