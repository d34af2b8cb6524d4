"""A theme has the colours and fonts that are used, and no others; each can be told from what it stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editions import THEMES
from generator.model.places import Place, Problem
from generator.model.theme import SYMBOLS, SYMBOLS_ON_NIGHT, TEXTS, Contrast, contrasts
from generator.reading.themes import read_theme, used_names
from tests.support import copy_of, edit

UMEA = THEMES / "umea"


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A copy of a theme, to change."""
    return copy_of(UMEA, tmp_path / "eget")


def problems_of(theme: Path) -> list[Problem]:
    problems: list[Problem] = []
    read_theme(theme, problems)
    return problems


def only_problem_of(theme: Path, old: str, new: str) -> Problem:
    edit(theme / "theme.yaml", old, new)
    (problem,) = problems_of(theme)
    return problem


def line_of(theme: Path, text: str) -> Place:
    lines = (theme / "theme.yaml").read_text("utf-8").splitlines()
    return Place("themes/eget/theme.yaml", next(i for i, line in enumerate(lines, 1) if text in line))


@pytest.mark.parametrize("path", sorted(THEMES.iterdir()), ids=lambda path: path.name)
def test_the_themes_of_the_project_are_sound(path: Path) -> None:
    assert not problems_of(path)


# Names


@pytest.mark.parametrize(
    ("old", "new", "found", "suggested"),
    [
        ("  ink-soft:", "  ink-sofft:", "färgen ”ink-sofft” används inte av någon stilmall", "ink-soft"),
        ("  gron:", "  grön:", "färgen ”grön” används inte av någon stilmall", "gron"),
        ("  font-sans:", "  font-sens:", "värdet ”font-sens” används inte av någon stilmall", "font-sans"),
    ],
)
def test_a_misspelt_name_is_told_once_with_a_suggestion(
    theme: Path, old: str, new: str, found: str, suggested: str
) -> None:
    problem = only_problem_of(theme, old, new)
    assert problem.found == found
    assert f"Menade du ”{suggested}”?" in problem.remedy
    assert problem.place == line_of(theme, new)


def test_a_name_that_nothing_uses_is_told(theme: Path) -> None:
    problem = only_problem_of(theme, "  bar:", '  regnbåge: ["#2b5674", "#86b3d3"]\n  bar:')
    assert problem.found == "färgen ”regnbåge” används inte av någon stilmall"


def without_line(theme: Path, beginning: str) -> None:
    path = theme / "theme.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(beginning)), "utf-8")


@pytest.mark.parametrize("name", sorted(name for name, must in used_names(UMEA).items() if must))
def test_a_name_that_is_used_cannot_be_left_out(theme: Path, name: str) -> None:
    written = name.removeprefix("color-")
    without_line(theme, f"  {written}:")
    (problem,) = problems_of(theme)
    assert problem.found.endswith(f"”{written}” saknas")
    assert f"lägg till ”{written}: …”" in problem.remedy


@pytest.mark.parametrize("name", ["motif-spine", "motif-cover", "measure"])
def test_a_name_with_something_to_fall_back_on_may_be_left_out(name: str) -> None:
    assert used_names(UMEA)[name] is False


def test_a_theme_may_use_colours_and_values_of_its_own(theme: Path) -> None:
    (theme / "theme.css").write_text(".hero { color: var(--color-hav); gap: var(--glipa); }", "utf-8")
    missing = sorted(problem.found for problem in problems_of(theme))
    assert missing == ["färgen ”hav” saknas", "värdet ”glipa” saknas"]
    edit(theme / "theme.yaml", "  bar:", '  hav: ["#2b5674", "#86b3d3"]\n  bar:')
    edit(theme / "theme.yaml", " men: 15 8 5 5", " men: 15 8 5 5, hav: 80 45 20 25")
    edit(theme / "theme.yaml", "tokens:", "tokens:\n  glipa: 1rem")
    assert not problems_of(theme)


def test_what_a_replaced_template_uses_is_what_must_be_there(theme: Path) -> None:
    (theme / "symbols").mkdir()
    (theme / "symbols/rod.svg").write_text('<svg><path fill="{{ color["eld"] }}"/></svg>', "utf-8")
    assert [problem.found for problem in problems_of(theme)] == ["färgen ”eld” saknas"]


def test_a_folder_with_the_name_of_a_file_uses_nothing(theme: Path) -> None:
    (theme / "motifs/strip.svg").unlink()
    (theme / "motifs/strip.svg").mkdir()
    (theme / "css.css").mkdir()
    assert problems_of(theme) == []


def test_a_comment_uses_nothing(theme: Path) -> None:
    (theme / "theme.css").write_text("/* color: var(--color-hav) */", "utf-8")
    assert not problems_of(theme)


# Fonts


def test_the_misspelt_name_of_a_font_is_told(theme: Path) -> None:
    problem = only_problem_of(theme, '\'"Source Sans 3", ', '\'"Sorce Sans 3", ')
    assert problem.found == "typsnittet ”Sorce Sans 3” finns inte under ”fonts”"
    assert problem.remedy == "Menade du ”Source Sans 3”?"
    assert problem.place == line_of(theme, "Sorce")


def test_a_font_that_is_named_nowhere_is_told(theme: Path) -> None:
    problem = only_problem_of(
        theme,
        "Source Sans 3, file: fonts/source-sans-3-latin-400",
        "Source Sans 4, file: fonts/source-sans-3-latin-400",
    )
    assert problem.found == "typsnittet ”Source Sans 4” används inte"
    assert "Menade du ”Source Sans 3”?" in problem.remedy


def test_a_font_may_be_named_in_the_style_sheet(theme: Path) -> None:
    font = "{family: Eget, file: fonts/source-sans-3-latin-400-normal.woff2, weight: 400}"
    edit(theme / "theme.yaml", "fonts:\n", f"fonts:\n  - {font}\n")
    (theme / "theme.css").write_text('h1 { font-family: "Eget", serif; }', "utf-8")
    assert not problems_of(theme)


def test_a_theme_may_have_no_fonts_but_those_of_the_reader(theme: Path) -> None:
    path = theme / "theme.yaml"
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("fonts:", "  - {family"))]
    path.write_text(
        "\n".join(kept).replace('"Source Sans 3", ', "").replace('"Source Serif 4", ', ""), "utf-8"
    )
    assert not problems_of(theme)


# Contrast


def test_black_on_white_is_the_most_there_is() -> None:
    assert Contrast("a", "#000000", "b", "#ffffff", "", 4.5).ratio == pytest.approx(21)
    assert Contrast("a", "#ffffff", "b", "#ffffff", "", 4.5).ratio == 1


@pytest.mark.parametrize(
    ("color", "ratio"), [("#767676", 4.54), ("#777777", 4.48), ("#949494", 3.03), ("#0000ff", 8.59)]
)
def test_a_contrast_is_that_of_wcag(color: str, ratio: float) -> None:
    """Values that are published for text on white."""
    assert Contrast("a", color, "b", "#ffffff", "", 4.5).ratio == pytest.approx(ratio, abs=0.005)
    assert Contrast("a", "#ffffff", "b", color, "", 4.5).ratio == pytest.approx(ratio, abs=0.005)


def test_text_that_is_too_weak_is_told_with_both_values(theme: Path) -> None:
    problem = only_problem_of(theme, 'ink-soft: ["#4f5963"', 'ink-soft: ["#727272"')
    assert problem.found == "”ink-soft” (#727272) på ”surface” (#f3efe6) har kontrasten 4,19:1 i ljust läge"
    assert problem.remedy == "Text behöver minst 4,5:1. Gör den ena färgen mörkare eller ljusare."
    assert problem.place == line_of(theme, "ink-soft:")


def test_a_symbol_that_is_too_weak_is_told(theme: Path) -> None:
    edit(theme / "theme.yaml", 'rod: ["#8f1a1d", "#e0655e"]', 'rod: ["#8f1a1d", "#8f1a1d"]')
    found = [problem.found for problem in problems_of(theme)]
    assert "”rod” (#8f1a1d) på ”paper” (#101a24) har kontrasten 1,95:1 i mörkt läge" in found
    assert "”rod” (#8f1a1d) på ”night” (#13283c) har kontrasten 1,67:1 i ljust läge" in found
    assert "”on-signal” (#0e1720) på ”rod” (#8f1a1d) har kontrasten 2:1 i mörkt läge" in found


def test_the_mark_of_focus_is_judged(theme: Path) -> None:
    edit(theme / "theme.yaml", 'focus: ["#0f5fb3"', 'focus: ["#cccccc"')
    assert "behöver minst 3:1" in problems_of(theme)[0].remedy


def test_every_colour_in_use_is_judged_or_only_adorns() -> None:
    pairs = [*TEXTS.items(), *SYMBOLS.items(), *SYMBOLS_ON_NIGHT.items()]
    judged = {name for back, fronts in pairs for name in (back, *fronts)}
    used = {name.removeprefix("color-") for name in used_names(UMEA) if name.startswith("color-")}
    assert judged <= used
    assert used - judged == {"spine", "birch", "birch-shade", "bark", "men"}


def test_pairs_are_judged_in_both_schemes() -> None:
    schemes = [
        pair.scheme for pair in contrasts({"ink": ("#000000", "#ffffff"), "paper": ("#ffffff", "#000000")})
    ]
    assert schemes == ["ljust läge", "mörkt läge"]


# What a colour is


@pytest.mark.parametrize(
    "value", ["black", "rgb(0, 0, 0)", "#000", "#0000000", "#18212b; --color-paper: red"]
)
def test_a_colour_is_written_in_one_way(theme: Path, value: str) -> None:
    problem = only_problem_of(theme, 'ink: ["#18212b"', f'ink: ["{value}"')
    assert problem.found == f"”{value}” är inte en färg"
    assert "#1d7447" in problem.remedy
    assert problem.place == line_of(theme, "  ink:")


@pytest.mark.parametrize("value", ['["#18212b"]', '"#18212b"', '["#18212b", "#efeae0", "#ffffff"]'])
def test_a_colour_has_a_light_and_a_dark_value(theme: Path, value: str) -> None:
    problem = only_problem_of(theme, 'ink: ["#18212b", "#efeae0"]', f"ink: {value}")
    assert problem.found == "en färg ska ha två värden"
    assert problem.place == line_of(theme, "  ink:")


# Inks


def test_every_colour_has_inks_where_any_has(theme: Path) -> None:
    problem = only_problem_of(theme, " men: 15 8 5 5,", "")
    assert problem.found == "färgen ”men” saknar tryckfärg"


def test_a_theme_may_be_without_inks(theme: Path) -> None:
    text = (theme / "theme.yaml").read_text("utf-8")
    inks = text[text.index("inks:") : text.index("fonts:")]
    edit(theme / "theme.yaml", inks, "")
    assert not problems_of(theme)


def test_inks_that_would_not_dry_are_told(theme: Path) -> None:
    assert "300" in only_problem_of(theme, "rod: 15 100 90 35", "rod: 75 100 90 35").found


def test_inks_are_four_percentages(theme: Path) -> None:
    assert "85 15 80 30" in only_problem_of(theme, "rod: 15 100 90 35", "rod: 15 100 190 35").remedy


@pytest.mark.parametrize(
    ("drawn", "found"),
    [
        ('<rect fill="#123456"/>', "motifs/strip.svg har färgen #123456, som inte kan tryckas"),
        ("<linearGradient/>", "motifs/strip.svg har en toning"),
    ],
)
def test_a_motif_that_cannot_be_printed_with_inks_is_told(theme: Path, drawn: str, found: str) -> None:
    edit(theme / "motifs/strip.svg", "</svg>", f"{drawn}</svg>")
    (problem,) = problems_of(theme)
    assert problem.found == found


# What a theme could do elsewhere


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("motif-share: 32", 'motif-share: "0; } </style><script>"', "är inte ett värde för stilmallar"),
        ("motif-share: 32", "motif-share: url(//exempel.se/x)", "är inte ett värde för stilmallar"),
        ("motif-share: 32", "motif-share: image-set('a' 1x)", "är inte ett värde för stilmallar"),
        ("motif-share: 32", "motif-share: 1 /* 2", "är inte ett värde för stilmallar"),
        ("motif-share: 32", 'motif-share: "\\"a\\\\\\"; } x { y: \\""', "är inte ett värde för stilmallar"),
        ("sans-serif'", "sans-serif; color: red'", "är inte ett värde för stilmallar"),
        ('"#18212b"', '"red; } a { b: c"', "är inte en färg"),
        ("surface: 0 3 8 2", '"x } a {": 0 3 8 2', "”x } a {” hör inte till någon färg"),
        ('  ink-soft: ["', '  "ink-soft: red; } </style>": ["', "”ink-soft: red; } </style>” används inte"),
        (
            "family: Source Sans 3, file: fonts/source-sans-3-latin-600-normal.woff2",
            "family: '\"; } </style>', file: fonts/source-sans-3-latin-600-normal.woff2",
            "är inte namnet på ett typsnitt",
        ),
        (
            "file: fonts/source-sans-3-latin-600-normal.woff2",
            "file: 'a\");b.woff2'",
            "är inte en fil i temat",
        ),
        ("file: fonts/source-sans-3-latin-600-normal.woff2", "file: ../../x.woff2", "finns inte"),
    ],
)
def test_what_settings_say_cannot_end_what_it_stands_in(theme: Path, old: str, new: str, told: str) -> None:
    edit(theme / "theme.yaml", old, new)
    assert any(told in problem.found for problem in problems_of(theme))


@pytest.mark.parametrize(
    "css",
    [
        '@import "x.css";',
        "@IMPORT url(x.css);",
        "@\\69mport 'x.css';",
        "a { background: url(https://exempel.se/x.png) }",
        "a { background: URL( '//exempel.se/x.png' ) }",
        "a { background: \\75rl(x.png) }",
        "@media print { a::before { content: url(../../x.png) } }",
        "a { background: url(data:image/png;base64,AAAA) }",
        "a { background: image-set('https://exempel.se/x.png' 1x) }",
        ':root { --x: "\\\\\\\\exempel.se/x.png" }',
        ':root { --x: "/\\9 /exempel.se/x.png" }',
        '@font-face { font-family: x; src: src("x.woff2") }',
        "a { background: url(x y) }",
    ],
)
@pytest.mark.parametrize("file", ["theme.css", "css/print.css"])
def test_a_style_sheet_fetches_the_files_of_the_theme_only(theme: Path, file: str, css: str) -> None:
    (theme / file).parent.mkdir(exist_ok=True)
    (theme / file).write_text(css, "utf-8")
    problems = problems_of(theme)
    assert problems
    assert all(problem.found.startswith("stilmallen hämtar") for problem in problems)
    assert {problem.place.file for problem in problems} == {f"themes/eget/{file}"}


@pytest.mark.parametrize(
    "css", ["a { color: red", "@media print { a { b: c }", "/* a", "a { b: c; } a[b { }"]
)
def test_a_style_sheet_that_is_left_open_is_told(theme: Path, css: str) -> None:
    (theme / "theme.css").write_text(css, "utf-8")
    assert any(problem.found.startswith("stilmallen går inte att läsa") for problem in problems_of(theme))


def test_a_style_sheet_may_fetch_fonts_and_motifs_of_the_theme(theme: Path) -> None:
    css = 'a { background: url(cover.svg), url("cover-mork.svg"); b: "Obs: se // nedan"; }'
    (theme / "theme.css").write_text(css.replace(" // ", " "), "utf-8")
    assert not problems_of(theme)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x()</script>",
        "<svg:SCRIPT/>",
        '<path onload = "x()"/>',
        '<image href="#a"/>',
        '<use xlink:href="https://exempel.se/#a"/>',
        '<path fill="url(//exempel.se/#a)"/>',
        "<foreignObject/>",
        "{{ '<scr' ~ 'ipt>' |safe }}",
        "{{ 9**9**9 }}",
        "{% for x in range(10**9) %}{% endfor %}",
        "<g>" * 500 + "</g>" * 500,
        "<g>",
        "<style/>",
    ],
)
def test_a_drawing_has_shapes_only(theme: Path, inside: str) -> None:
    (theme / "motifs/egen.svg").write_text(f"<svg xmlns:xlink='x' xmlns:svg='y'>{inside}</svg>", "utf-8")
    assert any(problem.found.startswith("ritningen har ") for problem in problems_of(theme))


@pytest.mark.parametrize("left", [-500, 0])
def test_a_damaged_font_is_told(theme: Path, left: int) -> None:
    font = theme / "fonts/source-sans-3-latin-600-normal.woff2"
    font.write_bytes(font.read_bytes()[:left])
    assert [problem.found for problem in problems_of(theme)] == ["filen går inte att läsa som ett typsnitt"]


@pytest.mark.parametrize("file", ["parts/kontakt.html", "css/print.css", "theme.css"])
def test_a_file_in_another_encoding_is_told(theme: Path, file: str) -> None:
    (theme / file).parent.mkdir(exist_ok=True)
    (theme / file).write_bytes("/* Måtten */".encode("cp1252"))
    assert [problem.found for problem in problems_of(theme)] == ["filen är inte UTF-8"]


def test_a_template_that_cannot_be_read_is_told(theme: Path) -> None:
    (theme / "parts").mkdir()
    (theme / "parts/kontakt.html").write_text("<p>\n{% if %}", "utf-8")
    (problem,) = problems_of(theme)
    assert problem.found == "mallen går inte att läsa på rad 2"


def test_a_theme_reads_nothing_outside_of_its_folder(theme: Path, tmp_path: Path) -> None:
    (tmp_path / "hemligt.html").write_text("hemligt", "utf-8")
    (theme / "parts").mkdir()
    (theme / "parts/kontakt.html").symlink_to(tmp_path / "hemligt.html")
    (theme / "a.svg").symlink_to("/dev/zero")
    assert [problem.place.file for problem in problems_of(theme)] == [
        "themes/eget/a.svg",
        "themes/eget/parts/kontakt.html",
    ]
