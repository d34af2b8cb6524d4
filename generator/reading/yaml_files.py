"""YAML as an office writes it: every scalar is text until the model says otherwise.

So ”nej” stays a word and 1.10 keeps its zero. Each mapping carries its Origin under the key ORIGIN.
Duplicate keys are problems; anchors are refused, since they can grow without bounds.
"""

import math
import re
from typing import Any

import yaml

from generator.model.entry import ORIGIN
from generator.model.limits import MAX_DEPTH, MAX_EVENTS, written
from generator.model.names import NO_WIDTH
from generator.model.places import Origin, Place, Problem
from generator.reading.files import ADD, UNSEEN, UNSEEN_FOUND, Folder

Tree = dict[str, Any] | list[Any] | str | None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # whichever there is
    """Whatever has no tag is text or nothing: to see what could be a number or a date takes as long again."""

    def resolve(self, kind: object, value: str | None, implicit: Any) -> str:  # noqa: ARG002 - as PyYAML's
        return _NOTHING if value in ("", "~", "null", "Null", "NULL") and implicit[0] else _TEXT


_NOTHING, _TEXT = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str"


def read_yaml(folder: Folder, path: str, *, remedy_if_missing: str = ADD) -> dict[str, Any] | None:
    """The mapping in a file, or None with a problem."""
    text = folder.read_text(path, remedy_if_missing=remedy_if_missing)
    if text is None:
        return None
    return parse_mapping(text, folder.name_of(path), folder.problems)


def parse_mapping(
    text: str, file: str, problems: list[Problem], first_line: int = 1
) -> dict[str, Any] | None:
    """The mapping in a text that begins on `first_line` of the file. It is not to be changed."""
    return _Text(text, file, problems, first_line).read()


def yaml_text(tree: dict[str, Any]) -> str:
    """A tree as YAML, which reads back to the same."""
    return yaml.dump(_plain(tree), Dumper=_Indented, allow_unicode=True, sort_keys=False, width=math.inf)


class _Indented(yaml.SafeDumper):
    """With lists further in than their keys, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - as PyYAML's
        super().increase_indent(flow, False)


def _plain(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items() if key != ORIGIN}
    return [*map(_plain, tree)] if isinstance(tree, list) else tree


class _Text:
    def __init__(self, text: str, file: str, problems: list[Problem], first_line: int) -> None:
        self.text, self.file, self.problems, self.first_line = text, file, problems, first_line

    def read(self) -> dict[str, Any] | None:
        try:
            fault = self._unfit()
            node = None if fault else yaml.compose(self.text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            fault = self._explained(error)
        except yaml.YAMLError:
            stray = _CONTROL.search(self.text)
            found = "raden innehåller ett osynligt tecken som inte får stå i YAML"
            place = self._place_at(stray.start()) if stray else Place(self.file)
            fault = Problem(place, found, "Skriv om raden, eller spara om som UTF-8.")
        if fault is None and isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        found = "här väntades rader av formen ”nyckel: värde”"
        no_mapping = Problem(self._place_at(0), found, "Se handboken för ett exempel.")
        self.problems.append(fault or self._unseen_cause() or no_mapping)
        return None

    def _unfit(self) -> Problem | None:
        """Anchors, and what would fill the memory or crash the composer, before it is composed."""
        depth = 0
        for number, event in enumerate(yaml.parse(self.text, Loader=_Loader)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if getattr(event, "anchor", None) is not None:
                found, remedy = "ankare (&) och alias (*) stöds inte", "Skriv ut värdet."
            elif getattr(event, "tag", None) is not None:
                found, remedy = "ett ! kan inte stå först i ett värde", "Sätt texten inom citattecken."
            elif depth > MAX_DEPTH:
                found, remedy = "för många nivåer", "Minska indragen."
            elif number > MAX_EVENTS:
                found, remedy = f"filen har fler än {written(MAX_EVENTS)} nycklar och värden", "Dela upp den."
            else:
                continue
            return Problem(self._place(event), found, remedy)
        return None

    def _converted(self, node: yaml.Node) -> Tree:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self._converted(item) for item in node.value]
        if UNSEEN.search(node.value):
            self._fault(node, f"värdet {UNSEEN_FOUND}", "Skriv om det.")
        value = str(node.value).translate(_NOTHING_SEEN).strip(_SPACES)
        is_plain = isinstance(node, yaml.ScalarNode) and not node.style
        if is_plain and value[:1] in {*_QUOTES} and sum(map(value.count, _QUOTES)) == 1:
            remedy = 'Byt dem mot raka citattecken, ". Det som står efter # är annars en anteckning.'
            self._fault(node, "värdet börjar med ett krulligt citattecken som inte avslutas", remedy)
        elif is_plain and _CUT_OFF.match(self.text, node.end_mark.index):
            remedy = "Sätt hela texten inom citattecken. Är det en anteckning, skriv ett mellanslag efter #."
            self._fault(node, "det som står efter # hör inte till värdet", remedy)
        return None if node.tag == _NOTHING else value

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        values: dict[str, Any] = {}
        places: dict[str, Place] = {}
        items: dict[str, tuple[Place, ...]] = {}
        for key_node, value_node in node.value:
            key = " ".join(str(key_node.value).split())
            if not isinstance(key_node, yaml.ScalarNode):
                found = "före kolonet står en lista eller klamrar i stället för en nyckel"
                self._fault(key_node, found, "Skriv ”nyckel: värde”.")
                continue
            if key in places:
                found = f"nyckeln ”{key}” står två gånger, först på rad {places[key].line}"
                self._fault(key_node, found, "Behåll bara den ena.")
                continue
            if key.strip(_SPACES) != key or str(key_node.value).lstrip(_SPACES) != key_node.value:
                self._fault(key_node, *HARD_SPACE)
                key = key.strip(_SPACES)
            places[key] = self._place(key_node)
            if isinstance(value_node, yaml.SequenceNode):
                items[key] = tuple(map(self._place, value_node.value))
            value = self._converted(value_node)
            if value is not None:
                values[key] = value
            elif value_node.start_mark.index == key_node.end_mark.index:  # no colon
                found = f"inom klamrar skiljer kommat nycklar åt: ”{key}” blir en nyckel utan värde"
                self._fault(key_node, found, 'Sätt hela värdet inom citattecken, till exempel "0,5".')
        values[ORIGIN] = Origin(self._place(node), places, items)
        return values

    def _fault(self, node: yaml.Node, found: str, remedy: str) -> None:
        self.problems.append(Problem(self._place(node), found, remedy))

    def _place(self, node: yaml.Node | yaml.Event) -> Place:
        return self._of_mark(node.start_mark)

    def _of_mark(self, mark: Any) -> Place:
        return Place(self.file, mark.line + self.first_line if mark else 0)

    def _place_at(self, index: int) -> Place:
        return Place(self.file, self.first_line + self.text.count("\n", 0, index))

    def _unseen_cause(self) -> Problem | None:
        """The first cause of those that the parser cannot name."""
        for pattern, found, remedy in _CAUSES:
            if match := pattern.search(self.text):
                return Problem(self._place_at(match.end()), found, remedy)
        return None

    def _explained(self, error: yaml.MarkedYAMLError) -> Problem:
        """What is wrong in words. What the parser stumbles on may stand on an earlier line."""
        if unseen := self._unseen_cause():
            return unseen
        text, mark = self.text, error.problem_mark or error.context_mark
        index = mark.index if mark else len(text)
        row, end = text.rfind("\n", 0, index) + 1, index + len(text[index:].partition("\n")[0])
        for begin, (pattern, found, remedy) in (*((0, cause) for cause in _CAUSES_ABOVE), (row, _GOES_ON)):
            if match := pattern.search(text, begin, end):
                return Problem(self._place_at(match.start()), found, remedy)
        if error.problem == "could not find expected ':'":
            mark = error.context_mark or mark  # where the row begins
        place = self._of_mark(mark)
        said = f"{error.problem or ''} {error.context or ''}"
        if mark and "mapping values" in said and ":" not in text[row : mark.index]:
            said = "did not find expected key"  # it is further in than the row above
        for phrase, (found, remedy) in _EXPLANATIONS.items():
            if phrase in said:
                return Problem(place, f"går inte att läsa: {found}", remedy)
        remedy = "Kontrollera indrag, kolon och citattecken på raden och raden ovanför."
        return Problem(place, "går inte att läsa som YAML", remedy)


_INDENTED = "indraget stämmer inte med raderna ovanför", "Rader på samma nivå ska börja i samma kolumn."
_SIGN_FIRST = (
    "ett tecken kan inte stå först i ett värde",
    "Sätt text som börjar med %, @, `, *, ? eller - inom citattecken.",
)
# What the parser says, in Swedish: what is wrong, and how to mend it.
_EXPLANATIONS = {
    "cannot start any token": _SIGN_FIRST,
    "block sequence entries are not allowed": _SIGN_FIRST,
    "mapping keys are not allowed": _SIGN_FIRST,
    "expected alphabetic or numeric": _SIGN_FIRST,
    "mapping values are not allowed": (
        "ett kolon till på samma rad",
        "Sätt texten efter det första kolonet inom citattecken.",
    ),
    "could not find expected ':'": (
        "en rad utan kolon",
        "Skriv ”nyckel: värde”. Lång text sätts inom citattecken.",
    ),
    "did not find expected key": _INDENTED,
    "did not find expected '-'": _INDENTED,
    "expected a single document": ("en rad --- delar filen i två", "Ta bort den."),
    "comment or line break": (
        "värdet börjar med > eller |",
        "Skriv krav med ord, som ”minst 30 %”. Annan text sätts inom citattecken.",
    ),
    "end of stream": (
        "ett citattecken eller en parentes är inte avslutad",
        "Lägg till det avslutande tecknet.",
    ),
}
_CONTROL = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# What confuses the parser and cannot be seen, or looks right: each with what was found and how to mend it.
_SPACES = f"\u00a0\u1680\u202f\u205f\u3000{''.join(map(chr, range(0x2000, 0x2010)))}{NO_WIDTH}"
_NOTHING_SEEN = str.maketrans("", "", NO_WIDTH.replace("\u00ad", ""))  # but a soft hyphen divides a word
_QUOTES = "“”„‟»«\u203a\u2039\u2018’\u201a″\uff02\u00b4`"
HARD_SPACE = (
    "raden har ett hårt blanksteg, som inte syns, där det ska vara ett vanligt",
    "Radera mellanrummen efter kolonet, strecket, först på raden och mellan orden, och skriv dem på nytt.",
)
_CAUSES = (
    (re.compile(r"^ *(?:- *)?\t", re.MULTILINE), "raden börjar med en tabb", "Byt tabben mot blanksteg."),
    (
        re.compile(r"^ *(?:[–—−‐‑•·▪]\s+|-)(?=[^\W\d]\w*:)", re.MULTILINE),
        "raden börjar med ett tecken som inte är ett bindestreck med blanksteg efter",
        "Skriv ett bindestreck och ett blanksteg: ”- ”.",
    ),
    (
        re.compile("(?=[\x85\u2028\u2029])"),
        "raden har en radbrytning ur ett annat program, som inte syns",
        "Radera det som står runt den, och skriv det på nytt.",
    ),
    (
        re.compile(
            rf"^[ {_SPACES}]*(?=[{_SPACES}])|^ *-(?=[{_SPACES}])|^[^#\n\"']*?:(?=[{_SPACES}])", re.MULTILINE
        ),
        *HARD_SPACE,
    ),
    (
        re.compile(rf"^(?>[^#\n]*?(?::|-|\[|,) +(?=[{_QUOTES}]|''\w))[^\n]*[:#\[\]{{}}&*]", re.MULTILINE),
        "värdet står inom krulliga citattecken, som inte räknas som citattecken här",
        'Byt “ och ” mot raka citattecken: ".',
    ),
)
# What may stand on an earlier line than the one that the parser stumbles on.
_CAUSES_ABOVE = (
    (
        re.compile(r"""^[^#\n"']*?(?::|-|\[|,) +(?:"(?:[^"\\\n]|\\.)*|'[^'\n]*)$""", re.MULTILINE),
        "citattecknet avslutas inte på raden",
        "Lägg till det avslutande citattecknet.",
    ),
    (
        re.compile(r"^ *(?:- +)?[\w ]+(?::(?=[^\s:/])|\uff1a)", re.MULTILINE),
        "kolonet efter nyckeln är inget kolon med blanksteg",
        "Skriv ”nyckel: värde”.",
    ),
)
_GOES_ON = (
    re.compile(
        r"""^ *(?:- +)*(?:[^\s#"':][^#\n"':]*: +)?(?:"[^"\n]*"|'[^'\n]*'|\[[^]\n]*\]|\{[^}\n]*\}) *"""
        r"""(?=[^\s#:,\]}"']|, *[^\W\d])""",
        re.MULTILINE,
    ),
    "värdet går vidare efter citattecknet eller parentesen som det börjar med",
    "Sätt hela värdet inom raka citattecken, och byt dem som står inuti mot ”svenska”.",
)
_CUT_OFF = re.compile(r" +#\d")  # ”Mål #1”: a note seldom begins so
