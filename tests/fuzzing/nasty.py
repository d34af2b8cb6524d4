"""What nobody means to write: values that a reader of files may stumble on."""

from __future__ import annotations

from random import Random

NUMBERS = (
    "0", "-0", "-1", "−1", "+5", "00012", "0,5", ".5", "5.", "1/2", "½", "²", "١٢", "\U0001d7d9", "1e5",
    "1e309", "NaN", "inf", "-inf", "0x10", "1_000", "12 000", "12\u00a0000", "1 2 7", "1.234", "1,234",
    "1.234.567", "999999999999", "9999999999999", "9" * 5000, "0," + "0" * 400 + "1", "100 %", "101 %",
    "-5 %", "0,5 %", "5 procentenheter", "minst 2", "högst 1,5 %", "60–40 %", "40–60 %", "minskning",
    "12 av 7", "7 av 0",
)  # fmt: skip
DATES = (
    "2023", "0", "1899", "2201", "2023-02-30", "2023-12-31", "0001-01-01", "9999-12-31", "20231231", "1 jan",
    "2023-12-31T23:59:59Z", "10000-01-01",
)  # fmt: skip
WORDS = (
    "", " ", "ja", "nej", "Ja", "av", "null", "~", "true", "alla", "summa", "lika med", "förbundet", "id",
    "A + A", "A − A", "+", "−", "-", "_", ".", "..", ":", "::", "1.1.1", "1.1.1.1", "index", "con", "å" * 300,
    "Verkstan", "verkstan ", "VERKSTAN", "personer", "inskrivna", "Ja + Nej", "Ja + Ja",
)  # fmt: skip
CHARACTERS = (
    "\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u200b", "\ufeff", "\ufffe", "\U0010ffff", "\u202e",
    "\u2066", "a\u0308", "e" + "\u0301" * 500, "ﬁ", "ẞ", "İ", "ŉ", "🧑\u200d🤝\u200d🧑", "\u00ad", "\ud800",
    "\t", "\r", "\n", "\n\n", "\v", "\x1c",
)  # fmt: skip
PLACES = (
    "../../etc/passwd", "/etc/passwd", "C:\\Windows", "file:///etc/passwd", "http://[", "https://[::1",
    "https://exempel.se/%zz", "https://exempel.se:99999999/", "javascript:alert(1)", "data:text/html,x",
    "mailto:", "//exempel.se", "a/b", "a\\b", "bilder", "bilder/..", "?", "#", "x" * 300,
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", "</style>", "<!--", "-->", "]]>", "<![CDATA[", "&amp;", "&#0;", "&x;",
    "{{ 7 * 7 }}", "{% raw %}", "{index}", "{1.1.1}", "{", "}", "{}", "{0.__class__}", "{index poäng}",
    "{A.1.1 krav}", "{inskrivna av inskrivna}", "{centrum: index}", "%", "%s%n", "%(a)s", "$x", "`", "``",
    '"', '""', "'", "”", "![a](b)", "![](bilder/torget.png)", "![a](bilder/torget.png)", "[a](b", "[a](#b)",
    "[a](index.html)", "[a]: http://[", "|", "| a |\n|---|\n| b |", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)",
    "#REF!", "#SAKNAS!", "SANT", "- ", ": ", " #", "&a x", "*a", "!!binary x",
    "!!python/object/apply:os.system", "---", "...", "<<", "\\", "\\u0000",
)  # fmt: skip
LONG = (
    "a" * 40_000, "9" * 100_000, "[" * 3000, ">" * 3000, "> " * 2000, "- " * 1500, "*" * 5000, "_a" * 3000,
    "`" * 5001, "{" * 3000, "(" * 3000, "<b>" * 3000, "![" * 2000, "&" * 5000, "\n" * 20_000, "1. " * 1000,
    "    " * 500 + "x", " " * 100_000, "[a](" * 1500, "#" * 5000, "| " * 5000, "1 " * 20_000, "1.234" * 5000,
)  # fmt: skip
_KINDS = (NUMBERS, DATES, WORDS, CHARACTERS, PLACES, MARKUP)


def value(chance: Random) -> str:
    """Seldom a long one: they take time and say less."""
    if chance.random() < 0.03:
        return chance.choice(LONG)
    return chance.choice(chance.choice(_KINDS))


def blemished(chance: Random, text: str) -> str:
    """Something else that is like a text."""
    at = chance.randrange(len(text) + 1)
    match chance.randrange(6):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + value(chance) + text[at:]
        case 2:
            return text.swapcase()
        case 3:
            return f" {text}\u00a0"
        case 4:
            return text[:at]
        case _:
            return text * 2
