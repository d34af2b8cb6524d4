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


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(PROJECT)) for path in paths]


@pytest.mark.parametrize("path", SHEETS, ids=names(SHEETS))
def test_a_style_sheet_names_no_colour(path: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert COLOR.findall(rules) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_a_template_names_no_colour(path: Path) -> None:
    markup = re.sub(r'href="#[^"]*"', "", path.read_text("utf-8"))
    assert COLOR.findall(markup) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_a_template_knows_no_organisation(path: Path) -> None:
    markup = path.read_text("utf-8").casefold()
    for name in ("umeå", "vännäs", "vindeln", "nordmaling", "bjurholm", "robertsfors", "samordningsförbund"):
        assert name not in markup


@pytest.mark.parametrize(
    "text", ["color: #fff", 'fill="#1d7447"', "color: rgb(0, 0, 0)", "background: white"]
)
def test_the_search_for_colours_finds_them(text: str) -> None:
    assert COLOR.search(text)


@pytest.mark.parametrize("path", TEXTS, ids=names(TEXTS))
def test_a_text_has_no_typed_percentages(path: Path) -> None:
    assert PERCENTAGE.findall(re.sub(r"\{[^}]*\}", "", path.read_text("utf-8"))) == []


def words_of(path: Path) -> list[str]:
    """The texts of a module that the program uses: its strings without docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value.casefold()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_the_program_knows_no_organisation() -> None:
    modules = sorted((PROJECT / "generator").rglob("*.py"))
    assert modules
    names = ("umeå", "vännäs", "vindeln", "nordmaling", "bjurholm", "robertsfors")
    for path in modules:
        assert not [word for word in words_of(path) for name in names if name in word], path


def test_the_program_speaks_in_one_place() -> None:
    modules = (path.read_text("utf-8") for path in (PROJECT / "generator").rglob("*.py"))
    assert sum(len(re.findall(r"\bclick\.s?echo\(", text)) for text in modules) == 1
