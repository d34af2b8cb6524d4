"""What the content and the templates leave to others: figures to the tables, colours to the themes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support import CONTENT, PROJECT

SHEETS = sorted((PROJECT / "templates").rglob("*.css"))
TEMPLATES = sorted([*(PROJECT / "templates").rglob("*.html"), *(PROJECT / "templates").rglob("*.svg")])
TEXTS = sorted(CONTENT.rglob("*.md"))
COLOR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|device-cmyk|color)\("
    r"|:\s*(?:black|white|red|green|blue|gr[ae]y|orange|yellow|brown|silver|navy|purple)\b",
    re.IGNORECASE,
)
PERCENTAGE = re.compile(r"\d\s*(?:%|procent)")


MUNICIPALITIES = re.compile("umeå|vännäs|vindeln|nordmaling|bjurholm|robertsfors", re.IGNORECASE)
ORGANISATIONS = re.compile(f"{MUNICIPALITIES.pattern}|samordningsförbund", re.IGNORECASE)


def found_in(paths: list[Path], sought: re.Pattern[str], left_out: str = "$^") -> dict[str, list[str]]:
    """What stands in files, beside what is left out, by path."""
    assert paths
    found = {
        str(path.relative_to(PROJECT)): sought.findall(
            re.sub(left_out, "", path.read_text("utf-8"), flags=re.DOTALL)
        )
        for path in paths
    }
    return {path: words for path, words in found.items() if words}


def test_no_style_sheet_names_a_colour() -> None:
    assert found_in(SHEETS, COLOR, r"/\*.*?\*/") == {}


def test_no_template_names_a_colour() -> None:
    assert found_in(TEMPLATES, COLOR, r'href="#[^"]*"') == {}


def test_no_template_knows_an_organisation() -> None:
    assert found_in(TEMPLATES, ORGANISATIONS) == {}


def test_no_text_has_typed_percentages() -> None:
    assert found_in(TEXTS, PERCENTAGE, r"\{[^}]*\}") == {}


@pytest.mark.parametrize(
    "text", ["color: #fff", 'fill="#1d7447"', "color: rgb(0, 0, 0)", "background: white"]
)
def test_the_search_for_colours_finds_them(text: str) -> None:
    assert COLOR.search(text)


def words_of(path: Path) -> list[str]:
    """The texts of a module that the program uses: its strings without docstrings."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = (node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [str(node.value) for node in strings if id(node) not in docstrings]


def test_the_program_knows_no_organisation() -> None:
    modules = sorted((PROJECT / "generator").rglob("*.py"))
    assert modules
    for path in found_in(modules, MUNICIPALITIES):
        assert [word for word in words_of(PROJECT / path) if MUNICIPALITIES.search(word)] == [], path


def test_the_program_speaks_in_one_place() -> None:
    modules = (path.read_text("utf-8") for path in (PROJECT / "generator").rglob("*.py"))
    assert sum(len(re.findall(r"\bclick\.s?echo\(", text)) for text in modules) == 1
