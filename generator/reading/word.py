"""Documents from Word, the same door for all texts: what of a document is read, and what of it is refused.

mammoth reads the document. What it passes over in silence is told here, and nothing outside of the file is
read: the parts are judged, and packed anew without those that lead elsewhere.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any
from xml.etree import ElementTree

from generator.model.limits import MAX_DOCUMENT
from generator.model.narrative import Markdown
from generator.model.places import Place, Problem, Severity
from generator.reading.files import Folder
from generator.reading.packages import Package, UnreadableError
from generator.reading.word_text import BODY, NAMESPACE, SAVE_AGAIN, WordText

WORD, _MEDIA = ".docx", "word/media/"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_OF_STYLES = "word/styles.xml"
_PARTS = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|word/(?:_rels/)?[a-z0-9]+\.xml(?:\.rels)?|word/media/.+"
)
_OFFICE = "http://schemas.openxmlformats.org"
_NAMESPACES = {
    "w": NAMESPACE,
    "a": f"{_OFFICE}/drawingml/2006/main",
    "m": f"{_OFFICE}/officeDocument/2006/math",
    "pic": f"{_OFFICE}/drawingml/2006/picture",
    "r": f"{_OFFICE}/officeDocument/2006/relationships",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
}
for _prefix, _namespace in _NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _namespace)
_STRICT = rb"http://purl\.oclc\.org/ooxml/(\w+)/", rf"{_OFFICE}/\1/2006/".encode()  # the same by other names
_OF_A_MARK = rb"<w:rPr>(?:<[^<>]*/>)*+</w:rPr></w:pPr>"  # where a paragraph ends: how that looks nobody sees
_LOOK = rb"<w:(?:vanish|d?strike|highlight)\b[^<>]*/>"
_HIDES = rb"<w:(?:vanish|d?strike)(?: w:val=\"(?:1|true|on)\")?/>"
_STYLE = re.compile(rb'<w:style [^<>]*w:styleId="([^"]+)"[^<>]*>(?:(?!<w:style )[\s\S])*+')
_PLAIN_ID = re.compile(rb"[A-Za-z][A-Za-z0-9-]*")
_BASED_ON = re.compile(rb'<w:basedOn w:val="([^"]+)"')
_DEEPEST = 20  # that styles are based on each other, or fields stand in each other
_STYLE_USED = re.compile(rb'<w:[rp]Style w:val="([^"]+)"')
_WHITE = (
    rb"<w:color w:val=\"(?i:F{6})\"[^<>]*/>(?:<(?!w:(?:shd|color) )[^<>]*/>)*+</w:rPr>"
    rb"(?:<w:[^<>]*/>)*+<w:t\b[^<>]*>\s*[^\s<]"
)
# What mammoth passes over: what is in a field or a round box or has a direction, and breaks between words.
_AROUND = rb"</?(?:w:(?:fldSimple|bdo|dir)|v:(?:oval|polyline))\b[^>]*>"
_BREAK = rb"<w:(?:br [^>]*\"(?:page|column)\"[^>]*|cr|ptab\b[^>]*)/>", b'<w:t xml:space="preserve"> </w:t>'
# What is in a document but not in the text that is read, by its marks in the XML.
_REFUSED = (
    (
        rb"<w:(?:ins|del|moveFrom|moveTo|cellIns|cellDel)\b",
        "spårade ändringar",
        "Godkänn eller avvisa dem (på fliken Granska), och spara.",
    ),
    (rb"<a:blip\b[^>]*r:link=", "bilder som ligger utanför det", "Infoga dem i dokumentet, och spara."),
    (
        rb"<a:srcRect [^<>]*=\"(?:[1-9]\d{3,}\"|[1-9][\d.]*%)|\bcrop(?:left|right|top|bottom)=\"[1-9]\d{2}",
        "beskurna bilder, vars bortskurna delar följer med",
        "Välj Komprimera bilder i Word, ta bort beskurna områden, och spara.",
    ),
    (rb"<w:(?:altChunk|subDoc)\b", "andra dokument i sig", "Klistra in deras text i stället, och spara."),
    (rb"w:dropCap=\"(?:drop|margin)\"", "anfanger", "Ta bort dem (på fliken Infoga), och spara."),
    (_HIDES, "dold eller överstruken text", "Ta bort den, eller formatet, och spara."),
)
_LEFT_OUT = (
    (
        rb"<w:highlight w:val=\"(?!none)[^<>]*/>",
        "text som är markerad med överstrykningspenna",
        "Gör det som återstår, och ta bort markeringen.",
    ),
    (
        rb"w:ascii=\"W(?:ing|eb)dings[^<>]*/>(?:<(?!w:r>|[^<>]*=\"W(?:ing|eb)dings)[^<>]*>)*<w:t\b[^<>]*>[^<]*\w",
        "bokstäver i typsnittet Wingdings, som är tecken i Word men bokstäver här",
        "Skriv i stället det som tecknet betyder.",
    ),
    (  # where neither its cell, its paragraph nor itself is shaded
        rb"\A(?:[^<]++|<w:pPr>(?:<(?!/?w:pPr>|w:shd )[^<>]*>)*+<w:shd (?:(?!</w:p>)[\s\S])*+"
        rb"|<w:tcPr>(?:<(?!/?w:tcPr>|w:shd )[^<>]*>)*+<w:shd (?:(?!</w:tc>)[\s\S])*+"
        rb"|(?!%(white)b)<)*+%(white)b" % {b"white": _WHITE},
        "vit text, som blir svart på webben",
        "Ta bort den, om den inte ska synas.",
    ),
    (rb"<w:commentReference\b", "kommentarer, som inte läses", "Ta bort dem när de är åtgärdade."),
    (
        rb"<m:oMath\b|drawingml/2006/(?:chart|diagram)\"|<o:OLEObject\b|wordprocessing(?:Shape|Canvas|Ink)\">"
        rb"(?:(?!txbxContent|</a:graphicData>|wordprocessing)[\s\S])*+</a:graphicData>",
        "diagram, formler, figurer eller inbäddade objekt, som inte läses",
        "Spara dem som bilder i stället.",
    ),
    (
        rb"<pic:spPr\b[^<>]*><a:xfrm [^<>]*(?:\brot=\"(?!0\")|flip[HV]=\"(?:1|true)\")",
        "vridna eller speglade bilder, som visas som de var från början",
        "Vrid bilden i ett bildprogram, och infoga den på nytt.",
    ),
)


def read_word(folder: Folder, path: str) -> tuple[dict[str, Any], Markdown] | None:
    """What a document says of itself, and its text; None (with a problem) when it cannot be read."""
    data = folder.read_bytes(path)
    if data is None:
        return None
    file = folder.name_of(path)
    try:
        parts = _judged(data)
    except UnreadableError as error:
        found = error.found.replace("arbetsboken", "dokumentet").replace("ingen arbetsbok", "inget dokument")
        remedy = error.remedy if error.found.startswith("dokumentet") else SAVE_AGAIN
        folder.fault(path, found, remedy)
        return None
    written = b"".join(parts.get(name, b"") for name in (BODY, *_NOTES))
    written = re.sub(_OF_A_MARK, lambda mark: re.sub(_LOOK, b"", mark[0]), written)
    styles = {id[1]: id[0] for id in _STYLE.finditer(parts.get(_OF_STYLES, b""))}
    if _styles_that(styles, _HIDES, _LOOK).intersection(_STYLE_USED.findall(written)):
        written += b"<w:vanish/>"  # as the mark that such a style stands for
    for marks, severity in ((_LEFT_OUT, Severity.WARNING), (_REFUSED, Severity.ERROR)):
        lost = [(what, remedy) for mark, what, remedy in marks if re.search(mark, written)]
        folder.problems += (Problem(Place(file), f"dokumentet har {w}", how, severity) for w, how in lost)
    if lost:
        return None
    return WordText(file, folder.problems).read(parts, _headings(styles))


def _judged(data: bytes) -> dict[str, bytes]:
    """The parts that are read. Raises UnreadableError."""
    package = Package(data)
    if package.has_any("word/vbaproject") or not package.has(BODY):
        raise UnreadableError("filen är inget Word-dokument utan makron", SAVE_AGAIN)
    parts = {name: package.read(name) for name in package.names if _PARTS.fullmatch(name)}
    written = [part for name, part in parts.items() if not name.startswith(_MEDIA)]
    if max(map(len, written)) > MAX_DOCUMENT:
        raise UnreadableError("dokumentet är för långt", "Dela upp det i flera.")
    if any(b"\0" in part or b"<!DOCTYPE" in part for part in written):  # what is not UTF-8, too
        raise UnreadableError("dokumentet är skadat", SAVE_AGAIN)
    parts |= {name: _as_word_writes(parts[name]) for name in (BODY, *_NOTES, _OF_STYLES) if name in parts}
    parts[BODY] = re.sub(*_BREAK, re.sub(_AROUND, b"", parts[BODY]))
    return {name.replace("[content_types]", "[Content_Types]"): part for name, part in parts.items()}


def _as_word_writes(part: bytes) -> bytes:
    """XML in one form, by whatever program: what is looked for in it cannot be written otherwise."""
    try:
        resolved = re.sub(*_STRICT, ElementTree.tostring(ElementTree.fromstring(part)))
        written = ElementTree.tostring(ElementTree.fromstring(resolved)).replace(b" />", b"/>")
        ends = re.findall(rb'w:fldCharType="(?:begin|(end))"', written)
        if max(accumulate(-1 if end else 1 for end in ends), default=0) > _DEEPEST:
            raise RecursionError
        return written
    except (ElementTree.ParseError, RecursionError):
        raise UnreadableError("dokumentet är skadat", SAVE_AGAIN) from None


def _styles_that(styles: Mapping[bytes, bytes], say: bytes, of_this: bytes) -> set[bytes]:
    """The ids of those that say something, by its mark in the XML, among all that may be said of this.

    What a style does not say is as the one that it is based on.
    """
    found = {id for id, style in styles.items() if re.search(say, style)}
    silent = {id: _BASED_ON.findall(each) for id, each in styles.items() if not re.search(of_this, each)}
    for _ in range(_DEEPEST):
        found |= {id for id, others in silent.items() if found.intersection(others)}
    return found


def _headings(styles: Mapping[bytes, bytes]) -> Iterator[str]:
    """What mammoth makes of their styles: it knows those of Word by name, and not an office's own."""
    for level in range(6):
        ids = _styles_that(styles, b'<w:outlineLvl w:val="%d"' % level, b"<w:outlineLvl")
        yield from (f"p.{id.decode()} => h{level + 1}:fresh" for id in sorted(ids) if _PLAIN_ID.fullmatch(id))
