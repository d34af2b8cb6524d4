"""CommonMark with tables and notes; pasted bullets are lists, and lines parted by tabs are tables."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token

from generator.model.names import name_key
from generator.model.narrative import Markdown
from generator.model.places import Place

SCHEMES = ("http", "https", "mailto")
MARKED = "\ufffc"  # stands for what has become markup
LETTERED = r"\(?(?:\d{1,2}|[a-zåäö]|[ivx]{2,4})[.):]"  # how items of lists begin that Markdown does not know
UNUSED = "unused"  # the type of a token that shows nothing, but tells where a note stands that no text names
_DEEPEST = 100  # of the parser's own levels; it leaves out what is deeper, which `slips` refuses long before
_BULLET = re.compile(  # of Word, also in its symbol fonts
    r"([ \t\xa0]*)([•·●▪■◦‣\u2043\uf020-\uf0ff]|o(?=[ \t\xa0])|[–—§ØüàÞ→➢➤✓✔](?=\t))[ \t\xa0]*(?=\S)"
)
_DEPTHS = {"o": 1, "◦": 1, "▪": 2, "■": 2, "§": 2, "\uf0a7": 2}  # as Word makes lists in lists
_ITEM = re.compile(r"[-*+]\s|\d+[.)]\s")
_HEADING = re.compile(r"(#{2,6})(?=[^\s#])")
_NOTE_TEXT = re.compile(r"\[\^([^\]\[\s]{1,50})\]:[ \t]*(.*)")
_NOTE_MARK = re.compile(r"\[\^([^\]\[\s]{1,50})\]")
_TAG = re.compile(r"<(su[bp])>([^<>\n]{1,60})</\1>|<br ?/?>")
_NUMBER = re.compile(r"(?:[+\-−–]?\s?\d[\d\s.,]*\s?(?:%|kr|tkr|mkr)?|[-–.]*)")
_ATTACHED = re.compile(r"bilagor/[^/\\]+\.pdf", re.IGNORECASE)
_BRACKET = re.compile(r"\\.|`[^`]*`|[][]", re.DOTALL)
_DASHES = (("---", "—"), ("--", "–"), ("...", "…"))


# What is wrong with a text, and which pictures it shows, is asked for one after the other.
@lru_cache(maxsize=256)
def parsed(source: str, anchor: str = "", *, is_english: bool = False) -> list[Token]:
    """Its tokens. Headings stand one level down, and the ids of headings and notes begin with `anchor`."""
    return _syntax(is_english).parse(source, {"anchor": anchor, "is_english": is_english})


def render(tokens: list[Token]) -> str:
    """HTML that is still to be cleaned."""
    syntax = _syntax(False)
    return str(syntax.renderer.render(tokens, syntax.options, {}))


def is_address(target: str) -> bool:
    """Whether a link leads out of the report."""
    scheme, colon, rest = target.partition(":")
    return bool(colon and rest) and scheme.lower() in SCHEMES


def spots(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """What stands in the lines of blocks, each with its line, counted from 0."""
    for block in tokens:
        line = block.map[0] if block.map else 0
        for token in block.children or ():
            yield token, line
            line += token.type in ("softbreak", "hardbreak")


def lines_of_blocks(source: str) -> list[int]:
    """The line, counted from 0, that each paragraph, list, table or heading begins on."""
    outer = (token for token in parsed(source) if token.level == 0 and token.nesting >= 0)
    return [token.map[0] for token in outer if token.map and token.type != UNUSED]


def target_of(token: Token) -> str:
    """Where a link or picture leads, as a path or address without escapes; Windows writes \\ for /."""
    target = unquote(str(token.attrGet("href") or token.attrGet("src") or ""))
    return target if "://" in target else target.replace("\\", "/")


def attached(target: str) -> str:
    """The path of a file beside the texts that a link leads to; "" for other links."""
    path = target.removeprefix("./")
    return path if _ATTACHED.fullmatch(path) else ""


def attachments_in(body: Markdown) -> Iterator[tuple[str, Place]]:
    """The path of each file that a text leads to, and where."""
    for token, line in spots(parsed(body.source)):
        if token.type == "link_open" and (path := attached(target_of(token))):
            yield path, body.place_of(line)


def pictures_in(body: Markdown) -> Iterator[tuple[str, str, Place]]:
    """The path of each picture that a text shows, what it is said to show, and where."""
    for token, line in spots(parsed(body.source)):
        if token.type == "image":
            yield target_of(token), token.content.strip(), body.place_of(line)


@cache
def _syntax(is_english: bool) -> MarkdownIt:
    options = {"html": False, "typographer": is_english, "maxNesting": _DEEPEST}
    syntax = MarkdownIt("commonmark", options).enable(["table", "smartquotes"])
    syntax.disable(["code", "fence", "html_block", "html_inline", "reference"])
    syntax.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 # where it leads is told
    syntax.core.ruler.before("block", "pasted", _pasted)
    syntax.core.ruler.after("inline", "notes", _notes)
    syntax.core.ruler.after("notes", "written", _written)
    syntax.core.ruler.push("attributes", _attributes)
    syntax.core.ruler.push("typography", _typography)
    syntax.block.ruler.after("list", "pasted_table", _pasted_table, {"alt": ["paragraph"]})
    syntax.inline.ruler.at("link", _where_a_label_ends(link))
    syntax.inline.ruler.at("image", _where_a_label_ends(image))
    syntax.inline.ruler.before("link", "note_mark", _note_mark)
    syntax.inline.ruler.before("autolink", "tag", _tag)
    return syntax


def _pasted(state: StateCore) -> None:
    """Each line as Markdown has it; the texts of notes are taken out. No line is added or removed."""
    notes: dict[str, tuple[int, list[str]]] = {}
    note: list[str] | None = None
    above: set[int] = set()  # the depths of the bullets of a list, so far
    lines = []
    for number, line in enumerate(state.src.split("\n")):
        if begins := _NOTE_TEXT.match(line):
            note = [begins[2]]
            notes[f"{begins[1]} {number}" if begins[1] in notes else begins[1]] = number, note
        elif note is not None and line.strip():
            note.append(line)
        else:
            note = None
            lines.append(_as_markdown(line, above))
            continue
        lines.append("")
    state.src = "\n".join(lines)
    state.env.update(notes=notes, numbers={})


def _as_markdown(line: str, above: set[int]) -> str:
    bullet = _BULLET.match(line)
    if bullet is None:
        if line.strip():
            above.clear()
        if _ITEM.match(line):
            above.add(0)
        return _HEADING.sub(r"\1 ", line, count=1) if line.startswith("##") else line
    depth = _DEPTHS.get(bullet[2], 0)
    indent = bullet[1].replace("\xa0", " ") or "    " * sum(other < depth for other in above)
    above.add(depth)
    return f"{indent}- {line[bullet.end() :]}"


def _pasted_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Two lines or more with equally many tabs. The first has the headings; numbers stand to the right."""
    if state.level or start + 1 >= end:
        return False
    row = _raw_line(state, start)
    tabs = row.count("\t")
    is_item = tabs == 1 and re.match(rf"{LETTERED}\t", row)
    if not tabs or is_item or _raw_line(state, start + 1).count("\t") != tabs:
        return False
    if silent:
        return True
    last = start
    while last < end and _raw_line(state, last).count("\t") == tabs:
        last += 1
    rows = [_raw_line(state, line).split("\t") for line in range(start, last)]
    below = (column[1:] for column in zip(*rows, strict=True))
    numeric = (all(_NUMBER.fullmatch(cell.strip()) for cell in cells) for cells in below)
    marks = ["---:" if is_numeric else "---" for is_numeric in numeric]
    lines = ["|".join(cell.strip().replace("|", "\\|") for cell in row) for row in rows]
    lines.insert(1, "|".join(marks))
    first = len(state.tokens)
    state.md.block.parse("\n".join(f"|{line}|" for line in lines), state.md, state.env, state.tokens)
    for token in state.tokens[first:]:
        token.map = [start + max(line - 1, 0) for line in token.map] if token.map else None
    state.line = last
    return True


def _raw_line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]]


def _where_a_label_ends(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule of links or pictures, asked only where it can hold: it looks through the rest of a block."""

    def guarded(state: StateInline, silent: bool) -> bool:
        start = state.pos + (state.src[state.pos] == "!")
        return start in _labels(state.src) and rule(state, silent)

    return guarded


@lru_cache(maxsize=8)
def _labels(source: str) -> frozenset[int]:
    """Where each [ stands that is closed by a ] with a ( after it."""
    opened, labels = [], set()
    for match in _BRACKET.finditer(source):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            start = opened.pop()
            if source.startswith("(", match.end()):
                labels.add(start)
    return frozenset(labels)


def _note_mark(state: StateInline, silent: bool) -> bool:
    mark = _NOTE_MARK.match(state.src, state.pos)
    if mark is None or mark[1] not in state.env.get("notes", ()):
        return False
    if not silent:
        numbers, anchor = state.env["numbers"], state.env["anchor"]
        is_first = mark[1] not in numbers
        number = numbers.setdefault(mark[1], len(numbers) + 1)
        id = f' id="{anchor}-vid-not-{number}"' if is_first else ""
        lead = f'<a href="#{anchor}-not-{number}"{id} role="doc-noteref">{number}</a>'
        state.push("html_inline", "", 0).content = f"<sup>{lead}</sup>"
    state.pos = mark.end()
    return True


def _notes(state: StateCore) -> None:
    """The notes that the text names, in its order, last in it. Each leads back."""
    env: MutableMapping[str, Any] = state.env
    back = "Back to the text" if env["is_english"] else "Tillbaka till texten"
    items: list[Token] = []
    for label, number in env["numbers"].items():
        line, text = env["notes"].pop(label)
        item = Token("list_item_open", "li", 1, attrs={"id": f"{env['anchor']}-not-{number}"}, level=1)
        content = Token("inline", "", 0, map=[line, line + 1], level=2, content="\n".join(text))
        children: list[Token] = []
        state.md.inline.parse(content.content, state.md, {}, children)
        href = f"#{env['anchor']}-vid-not-{number}"
        lead = f' <a href="{href}" role="doc-backlink">{back}</a>'
        content.children = [*children, Token("html_inline", "", 0, content=lead)]
        items += [item, content, Token("list_item_close", "li", -1, level=1)]
    if items:
        opened = Token("ordered_list_open", "ol", 1, attrs={"class": "notes"}, block=True)
        state.tokens += [opened, *items, Token("ordered_list_close", "ol", -1, block=True)]
    for label, (line, _) in env["notes"].items():
        state.tokens.append(Token(UNUSED, "", 0, map=[line, line + 1], content=label.split()[0], hidden=True))


def _tag(state: StateInline, silent: bool) -> bool:
    """What Markdown has no marks for: m<sup>2</sup>, CO<sub>2</sub>, and a new line in a cell."""
    tag = _TAG.match(state.src, state.pos)
    if tag is None:
        return False
    if not silent:
        name, inner = tag[1] or "br", tag[2]
        state.push("html_inline", "", 0).content = f"<{name}>"
        if inner:
            within: list[Token] = []
            state.md.inline.parse(inner, state.md, state.env, within)
            state.tokens += within
            state.tokens_meta += [None] * len(within)
            state.push("html_inline", "", 0).content = f"</{name}>"
    state.pos = tag.end()
    return True


def _attributes(state: StateCore) -> None:
    """Classes instead of styles. `# ` becomes h2, and so on; headings with the same words are numbered."""
    taken: Counter[str] = Counter()
    for index, token in enumerate(state.tokens):
        if token.tag in ("th", "td") and (style := token.attrs.pop("style", None)):
            token.attrSet("class", str(style).removeprefix("text-align:"))
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if not token.type.startswith("heading_"):
            continue
        token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        if token.nesting == 1:
            words = "".join(child.content for child in state.tokens[index + 1].children or ())
            id = f"{state.env['anchor']}-{name_key(words)}"
            token.attrSet("id", f"{id}_{taken[id]}" if taken[id] else id)
            taken[id] += 1


def _written(state: StateCore) -> None:
    """Each line of a block as its readers would see it, with a sign for whatever is more than letters."""
    breaks = {"softbreak": "\n", "hardbreak": f"{MARKED}\n"}
    for block in state.tokens:
        shown = (
            token.content if token.type == "text" else breaks.get(token.type, MARKED)
            for token in block.children or ()
        )
        block.meta["lines"] = "".join(shown).split("\n")


def _typography(state: StateCore) -> None:
    for token, _ in spots(state.tokens):
        if token.type == "text":
            for typed, sign in _DASHES:
                token.content = token.content.replace(typed, sign)
            if not state.env["is_english"]:
                token.content = token.content.replace('"', "”").replace("'", "’")
