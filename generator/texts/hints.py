"""What could read better. A hint stops nothing, so it says only what is nearly always so."""

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.model.narrative import MENTION, Markdown
from generator.model.places import Problem
from generator.texts.syntax import parsed

_LONG, _HARD = 45, 60  # words of a sentence, and LIX of a text, beyond which few follow
_LONG_WORD, _FEW = 6, 100  # letters, and words of which LIX says little
_TO_DO = re.compile(  # which looks back from the first sign, as the patterns of `slips`
    r"T(?<=\bT)ODO\b|X(?<=\bX)XX+\b|\?\?\?|A(?<=\bA)(?:TT GÖRA\b|utomatiskt genererad beskrivning)"
    r"|K(?<=\bK)(?:OLLA\b|licka (?:eller tryck )?här för att ange)|\[\s?\.\.\.\s?\]"
)
_BOLD = re.compile(r"(\*\*|__)([^*_]{1,60}(?<![.!?:]))\1")  # as long as a heading
_SENTENCE = re.compile(r"[.!?:]\s+(?=[^a-zåäö])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VAGUE = {"här", "klicka här", "läs mer", "läs mer här", "länk", "den här länken", "denna länk", "here"}

Hint = tuple[int, str, str]  # by its line in the text, counted from 0


def hints(body: Markdown) -> Iterator[Problem]:
    for line, found, remedy in (*_in_blocks(body.source), *_of_all(body.source)):
        yield from body.hint(line, found, remedy)


def sentences(source: str) -> Iterator[tuple[str, int]]:
    """Each sentence of a text, with the line that its block begins on, counted from 0."""
    for block in parsed(source):
        if block.type == "inline":
            yield from ((sentence, (block.map or [0])[0]) for sentence in _SENTENCE.split(block.content))


def _in_blocks(source: str) -> Iterator[Hint]:
    level, line, heading = 2, 0, 2  # the title of the text is above its headings
    last = source.rstrip().count("\n")
    for block in parsed(source):
        line = block.map[0] if block.map else line
        if block.type == "heading_open":
            level, heading = heading, int(block.tag[1])
            if heading > level + 1:
                remedy = f"Skriv {'#' * level} i stället för {'#' * (heading - 1)}."
                yield line, "rubriken hoppar över en nivå", f"{remedy} I Word: välj Rubrik {level - 1}."
        if block.type != "inline":
            continue
        text = MENTION.sub("1", block.content)
        if to_do := _TO_DO.search(text):
            yield line, f"”{to_do[0]}” ser ut som en anteckning", "Gör det som återstår, och ta bort den."
        for sentence in _SENTENCE.split(text):
            words = len(sentence.split())
            if words > _LONG:
                begins = " ".join(sentence.split()[:4])
                yield line, f"meningen ”{begins} …” har {words} ord", "Dela upp den i flera."
        children = block.children or []
        if block.level == 1 and line < last and (bold := _BOLD.fullmatch(text)):  # a name may end a text
            remedy = "Skriv ## före i stället för stjärnorna. I Word: välj Rubrik 1."
            yield line, f"”{bold[2]}” ser ut som en rubrik, men är fet text", remedy
        for link, inside in pairwise(children):
            if link.type == "link_open" and inside.content.strip(" .").casefold() in _VAGUE:
                found = f"länken ”{inside.content}” säger inte vart den leder"
                yield line, found, "Låt länken vara namnet på det som den leder till."


def _of_all(source: str) -> Iterator[Hint]:
    text = " ".join(block.content for block in parsed(source) if block.type == "inline")
    words = _WORD.findall(MENTION.sub("", text))
    if len(words) < _FEW:
        return
    is_long = sum(len(word) > _LONG_WORD for word in words)
    lix = round(len(words) / len(_SENTENCE.split(text)) + 100 * is_long / len(words))
    if lix > _HARD:
        yield 0, f"texten är svår att läsa: LIX {lix}", "Skriv kortare meningar, och vanligare ord."
