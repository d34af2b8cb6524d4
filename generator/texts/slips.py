"""What in a text would not reach readers as it is meant: markup that is none, lines that run together."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from generator.model.limits import MAX_BLOCK, MAX_NESTED, MAX_TEXT_LINES, written
from generator.model.narrative import MENTION, Markdown
from generator.model.places import Place, Problem, Severity
from generator.texts.syntax import LETTERED, MARKED, UNUSED, attached, is_address, parsed, spots, target_of

_LONG_LINE = 150  # nobody breaks lines so long by hand: what stands before or after is meant as a paragraph
_SHOWN = 40  # characters of what was found
_ESCAPE = "Ska tecknet synas, skriv \\ före det."
# What it seems to be, and how to mend it. Each begins with signs that few lines have, and looks back from
# there: else all that is searched takes ten times as long.
Pattern = tuple[re.Pattern[str], str, str]
_IN_PLAIN: tuple[Pattern, ...] = (
    (
        re.compile(r"\](?:\(|\s+\((?=[^)]*(?:/|@|\.\w))|\[)|\[(?<=^\[)[^\]]+\]:\s"),
        "en länk",
        "Skriv [orden](https://adressen), utan mellanslag mellan ] och ( eller i adressen.",
    ),
    (
        re.compile(
            r"[\[¹²³⁴⁵⁶](?:(?<=\[)\^[^\]]*\]|(?<=\w\[)\d{1,2}\]|(?<=^\[)\d{1,2}\]\s|(?<=^[¹²³⁴⁵⁶])\s?(?=\w))"
        ),
        "en fotnot",
        "Skriv märket i texten som [^1], och fotnotens text på en egen rad, efter samma märke: [^1]: Texten.",
    ),
    (
        re.compile(
            r"\*(?:\*|(?<!\w\*)(?=[^\s*])[^*]*\s\*)|_(?:(?<!__)_(?!_)|(?<!\w_)(?=[^\s_])[^_]*\s_(?!\w))"
        ),
        "fet eller kursiv text",
        f"Skriv **fet** och *kursiv*, utan mellanslag innanför stjärnorna. {_ESCAPE}",
    ),
    (
        re.compile(
            r"~(?:~|(?<=\w~)\w{1,3}~)|`|==(?=\w)[^=]*==|'''|\[(?:\[|/?(?:b|i|u|url|img|quote)(?:=[^\]]*)?\])"
            r"|\^\w{1,3}\^|:(?:(?<=^:)::|(?<!\w:)[a-z_]{3,}:(?!\w))",
            re.IGNORECASE,
        ),
        "kod för ett annat program",
        f"Ta bort tecknen. {_ESCAPE}",
    ),
    (
        re.compile(
            r"Fel! (?:Hittar|Bokmärket|Källhänvisning)|Error! (?:Reference|Bookmark)"
            r"|H(?<=\bH)YPERLINK |P(?<=\bP)AGEREF |M(?<=\bM)ERGEFIELD "
        ),
        "en hänvisning som har gått sönder i Word",
        "Skriv det som skulle stå där.",
    ),
    (
        re.compile(r"\[(?:Kommentar|Comment|[A-ZÅÄÖ]{2,3}\d{1,2}\])"),
        "en kommentar ur Word",
        f"Ta bort den. {_ESCAPE}",
    ),
    (
        re.compile(r"[.…](?:(?<=\.)\.{4,}|(?<=…)…+)\s*\d+$"),
        "en innehållsförteckning",
        "Ta bort den: sidan får en av rubrikerna.",
    ),
    (re.compile(r"<(?:[/!?]?[a-zA-Z]|!--|!\[)"), "HTML-kod", f"Ta bort koden. {_ESCAPE}"),
    (re.compile(r"&(?:[a-zA-Z]+|#\w+);"), "HTML-kod", "Skriv tecknet självt."),
    (re.compile(r"^#+(?=[^\W\d])|^#{1,6}\s"), "en rubrik", f"Skriv ett mellanslag efter #. {_ESCAPE}"),
    (
        re.compile(r"[{}]"),
        "en hänvisning till en siffra",
        "Skriv båda klamrarna på samma rad, som {1.2.1}. Ska klammern synas, skriv \\{.",
    ),
)
_IN_BLOCKS: tuple[Pattern, ...] = (
    *_IN_PLAIN,
    (re.compile(r"\[[ xX]\](?!\w)"), "en kryssruta", "Skriv med ord vad som är gjort."),
    (
        re.compile(r"\|(?:(?<=^\|)|.*\|)"),
        "en tabell",
        "Skriv |---|---| på en egen rad under rubrikerna, med lika många | som de.",
    ),
    (
        re.compile(r"\t|\S {3,}\S.* {3,}\S"),
        "en tabell",
        "Skriv två rader eller fler med lika många tabbar. Annars: byt tabben mot mellanslag.",
    ),
)
_ON_THE_NEXT_LINE: tuple[Pattern, ...] = (
    (
        re.compile(rf"^{LETTERED}\s*(?=[^\W\d_])|^[-+](?=[^\W\d_])|^[–—→➢➤✓✔☐☒☑]\s"),
        "en lista",
        "Skriv ”- ” eller ”1. ” först på varje rad, och en tom rad före listan.",
    ),
    (re.compile(r"^[-=_*]{3,}$"), "en linje", "Ta bort raden."),
)
_DIVIDED = re.compile("[a-zåäö]{2}-$")
_GOES_ON = re.compile(r"(?!(?:och|eller|samt|till|men|resp\w*)\b)[a-zåäö]{2}")
_PICTURE = re.compile(r"(?<!<)!\[")  # not of ”<![endif]”, which Word leaves behind
_FILE = re.compile(r"\.(?:pdf|docx?|xls[xm]?|od[ts]|csv|pptx?|txt|rtf|zip)$", re.IGNORECASE)
_NESTING = {"bullet_list_open", "ordered_list_open", "blockquote_open"}


def slips(body: Markdown) -> Iterator[Problem]:
    """Errors where the text cannot be shown, and warnings where it is likely not meant as it is shown."""
    tokens = parsed(body.source)
    for slip in (*_links(tokens), *_lost(tokens, body.source.split("\n")), *_lines(tokens)):
        line, found, remedy, severity = slip
        yield Problem(body.place_of(line), found, remedy, severity)


def over_limits(body: Markdown) -> Problem | None:
    """Why a text is too large, or too deep, to be worked with."""
    if body.source.count("\n") > MAX_TEXT_LINES:
        found = f"texten har fler än {written(MAX_TEXT_LINES)} rader"
        return Problem(Place(body.file), found, "Dela upp den i flera texter.")
    line = 0
    for part in re.split(r"(\n[ \t]*\n)", body.source):
        if len(part) > MAX_BLOCK:
            found = f"stycket är längre än {MAX_BLOCK // 1000} kB"
            return Problem(body.place_of(line), found, "Dela upp det med tomma rader.")
        line += part.count("\n")
    deep = _too_deep(parsed(body.source))
    if deep is None:
        return None
    found = f"fler än {MAX_NESTED} listor, citat eller markeringar ligger i varandra"
    return Problem(body.place_of(deep), found, "Skriv om med färre nivåer.")


Slip = tuple[int, str, str, Severity]  # by its line in the text, counted from 0


def _too_deep(tokens: Iterable[Token]) -> int | None:
    depth, line = 0, 0
    for block in tokens:
        line = block.map[0] if block.map else line
        depth += block.nesting * (block.type.replace("close", "open") in _NESTING)
        if depth > MAX_NESTED or any(token.level > MAX_NESTED for token in block.children or ()):
            return line
    return None


def _links(tokens: list[Token]) -> Iterator[Slip]:
    for token, line in spots(tokens):
        if token.type == "link_open" and not is_address(str(token.attrGet("href"))):
            target = target_of(token)
            remedy = "Skriv hela adressen, med https:// eller mailto: först."
            if _FILE.search(target):
                remedy = (
                    "Spara filen som pdf i rapportens mapp ”bilagor”, och skriv bilagor/filnamn.pdf."
                    " Dokument och arbetsböcker publiceras inte, eftersom de kan bära mer än det som syns."
                )
            if not attached(target):
                yield line, f"länken ”{target}” är inte en webbadress", remedy, Severity.ERROR


def _lost(tokens: list[Token], lines: list[str]) -> Iterator[Slip]:
    """What is shown nowhere: notes that nothing names, and cells beyond the columns of their table."""
    columns = 0
    for token in tokens:
        if token.type == UNUSED and token.map:
            note = f"[^{token.content}]"
            found = f"fotnoten {note} visas inte: texten saknar märket, eller två fotnoter har det"
            remedy = f"Skriv {note} där den hör till, byt märke, eller ta bort den."
            yield token.map[0], found, remedy, Severity.WARNING
        elif token.type == "tr_open" and token.map:
            cells = len(escapedSplit(lines[token.map[0]].strip().strip("|")))
            columns = columns or cells
            if cells > columns:
                found = f"raden har {cells} celler, men tabellen {columns} kolumner: resten visas inte"
                remedy = "Skriv en rubrik till, eller \\| där tecknet ska synas."
                yield token.map[0], found, remedy, Severity.WARNING
        elif token.type == "table_close":
            columns = 0


def written_lines(body: Markdown) -> Iterator[tuple[str, Place]]:
    """The lines of a text as readers see them, with their places."""
    for block in parsed(body.source):
        for number, line in enumerate(block.meta.get("lines", ()), block.map[0] if block.map else 0):
            yield line.replace(MARKED, ""), body.place_of(number)


def _lines(tokens: list[Token]) -> Iterator[Slip]:
    for block in tokens:
        first, lines = block.map[0] if block.map else 0, block.meta.get("lines", ())
        if block.type == "heading_open" and block.markup in ("-", "="):
            found = f"raden blir en rubrik, eftersom {block.markup * 3} står under den"
            remedy = "Skriv ## före den om den ska vara det. Lägg annars en tom rad under den."
            yield first, found, remedy, Severity.WARNING
        for number, line in enumerate(lines):
            if _PICTURE.search(line):
                remedy = "Skriv ![Vad bilden visar](bilder/fil.jpg), utan blanksteg i filnamnet."
                yield first + number, "bilden går inte att tolka", remedy, Severity.ERROR
                continue
            patterns = _IN_BLOCKS + (_ON_THE_NEXT_LINE if number else ())
            for found, remedy in _found_in(MENTION.sub(MARKED, line), patterns):
                yield first + number, found, remedy, Severity.WARNING
        for number, (above, line) in enumerate(pairwise(lines), 1):
            if _DIVIDED.search(above) and _GOES_ON.match(line):
                found = "ett ord som är delat i slutet av raden före visas delat"
                yield first + number, found, "Skriv ihop ordet.", Severity.WARNING
        joined = [number for number, line in enumerate(lines[:-1], 1) if not line.endswith(MARKED)]
        if joined and max(map(len, lines)) > _LONG_LINE:
            found = "raden hamnar i samma stycke som den före"
            remedy = "Lägg en tom rad mellan styckena, eller skriv ihop raderna."
            yield first + joined[0], found, remedy, Severity.WARNING


def _found_in(line: str, patterns: Iterable[Pattern]) -> Iterator[tuple[str, str]]:
    for pattern, what, remedy in patterns:
        if match := pattern.search(line):
            start = max(match.start() - _SHOWN // 4, 0)
            shown = line[start : start + _SHOWN].replace(MARKED, "…").replace("\t", "→").strip()
            yield f"”{shown}” ser ut som {what}, men visas som det står", remedy


def plain_slips(text: str, place: Place) -> Iterator[Problem]:
    """Warnings of Markdown in what is shown as it stands, such as titles and cells."""
    for found in _found_in_plain(text):
        yield Problem(place, found, "Här läses ingen Markdown: skriv utan tecknen.", Severity.WARNING)


@lru_cache(maxsize=2048)  # in a preview nearly every text is as it was
def _found_in_plain(text: str) -> list[str]:
    return [found for line in text.split("\n") for found, _ in _found_in(line, _IN_PLAIN)]
