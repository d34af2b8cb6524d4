"""What WeasyPrint's tag tree lacks of PDF/UA-1 and PDF/A-3a: all of its repairs, and nothing else.

WeasyPrint makes a structure element of each box, page by page, so the repairs are made as it builds them. Its
functions are not public: the version is pinned, and a test for each repair tells when it is no longer needed.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from pydyf import PDF, Array, Dictionary, String
from weasyprint import Document
from weasyprint.css import AnonymousStyle
from weasyprint.draw import text
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

from generator.printing.layout import replaced

# What may be continued on another page, and is one element all the same.
_CONTINUED = frozenset(
    f"/{name}"
    for name in ("Sect", "Art", "Part", "Div", "P", "L", "LI", "LBody", "Table", "TBody", "TR", "TH", "TD",
                 "BlockQuote", "Caption", "Span", "NonStruct")
)  # fmt: skip
_LIST_PARTS = ("/Lbl", "/LBody")
_PIXEL = 0.75  # points
COVER = "Omslag"
FOOTNOTE = "footnote"  # the class of what style sheets put at the foot of the page
_DIVIDED = "\N{SOFT HYPHEN}-"  # what style sheets put where a word is divided

# One rdf:RDF holds everything: validators do not read a second one. PDF/A wants the schema explained.
_UA_PART = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"\
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfuaid:part>1</pdfuaid:part>\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


def repaired_tags() -> AbstractContextManager[None]:
    """While it lasts, WeasyPrint's tag trees are built and its lines drawn with the repairs."""
    return replaced(
        (tags, "_build_box_tree", lambda original: _Repairs(original).build),
        (text, "draw_first_line", _drawn_whole),
    )


def _drawn_whole(original: Any) -> Any:
    """A divided word is read as one: its hyphen is seen, and said to be soft (ISO 32000-1, 14.8.2.2.3)."""

    def draw_first_line(stream: Any, box: Any, *given: Any) -> Any:
        emojis = original(stream, box, *given)
        if box.text.endswith(_DIVIDED):
            line, _, hyphen = stream.stream.pop().rpartition(b"<>")  # the soft one is an empty glyph
            stream.stream += (line + b"] TJ", b"/Span <</ActualText <FEFF00AD>>> BDC", b"[" + hyphen, b"EMC")
        return emojis

    return draw_first_line


class _Repairs:
    """The tag tree of one document. `build` stands for WeasyPrint's function, which calls it for children."""

    def __init__(self, original: Any) -> None:
        self.original = original
        self.first: dict[tuple[Any, str], tuple[Any, int]] = {}  # structure and page, by element and tag
        self.groups: dict[Any, int] = {}  # the page on which a head or foot stands first
        self.heads: dict[Any, Any] = {}  # the ID of a heading cell, by element
        self.anchors: list[Any] = []  # the links around what is built
        self.notes = 0  # so far
        self.unread = 0  # how many repeated or hidden things are around it

    def build(self, box: Any, *given: Any) -> Iterator[Any]:
        parent, pdf, page, nums, annotations, _ = given
        box = getattr(box, "_box", box)
        if isinstance(box, boxes.PageBox) or box.element_tag in ("html", "body"):
            yield from self.original(box, *given)
            return
        is_own = box.element is not None and box.element_tag == box.element.tag and not _is_anonymous(box)
        element: Any = box.element if is_own else None
        kind = "" if element is None else element.tag
        is_unread = kind != "" and (
            element.get("aria-hidden") == "true"
            or (kind in ("thead", "tfoot") and self.groups.setdefault(element, page) != page)
        )
        self.unread += is_unread
        if kind == "a":
            self.anchors.append(element)
        for structure in self.original(box, *given):
            if is_unread:
                continue  # as with running heads, the text is marked but no part of the tree
            if getattr(box, "link_annotation", None) and self.anchors:
                _describe_link(box.link_annotation, self.anchors[-1])
                _join_link(box.link_annotation, structure, parent, pdf, annotations)
            self._mend(box, element, structure, pdf)
            if element is None or self.unread or not self._continues(element, structure, pdf, page, nums):
                yield structure
        if kind == "a":
            self.anchors.pop()
        self.unread -= is_unread

    def _mend(self, box: Any, element: Any, structure: Any, pdf: Any) -> None:
        match structure["S"]:
            case "/L":
                structure["K"] = Array(_items(structure, pdf))
            case "/LI":
                _wrap_item(structure, pdf)
            case "/Figure":
                _mend_figure(structure, pdf)
            case "/Table":
                self._mend_headers(box)
            case "/TH" if element is not None:
                structure["A"]["Scope"] = "/Row" if element.get("scope", "").startswith("row") else "/Column"
        if element is None:
            if _is_anonymous(box) and structure["S"] not in _LIST_PARTS:
                structure["S"] = "/Span" if structure["S"] in ("/Link", "/Span") else "/NonStruct"
            return
        if element.get("lang"):
            structure["Lang"] = String(element.get("lang"))
        if element.get("class") == FOOTNOTE:
            self.notes += 1
            structure["S"], structure["ID"] = "/Note", String(f"not-{self.notes}")
        if element.tag == "abbr" and element.get("title"):
            structure["S"], structure["E"] = "/Span", String(element.get("title"))

    def _mend_headers(self, table: Any) -> None:
        """Cells of a continued table refer to the heads of its first page: repeated ones are not read."""
        cells = [cell for cell in table.descendants() if hasattr(cell, "mark")]
        same = {}
        for mark, head in ((cell.mark, cell.element) for cell in cells if "ID" in cell.mark):
            same[mark["ID"].string] = first = self.heads.setdefault(head, mark["ID"])
            if first is not mark["ID"]:
                del mark["ID"]
        for cell in cells:
            headers = cell.mark.get("A", {}).get("Headers", ())
            if headers:
                cell.mark["A"]["Headers"] = Array(same.get(each.string, each) for each in headers)

    def _continues(self, element: Any, structure: Any, pdf: Any, page: int, nums: Any) -> bool:
        """Whether what stands on an earlier page goes on here. Its parts are then joined to it."""
        if structure["S"] not in _CONTINUED:
            return False
        first, first_page = self.first.setdefault((element, structure["S"]), (structure, page))
        if first_page == page:
            return False
        for kid in structure["K"]:
            if isinstance(kid, int):
                nums[kid] = first.reference
                first["K"].append(Dictionary({"Type": "/MCR", "Pg": structure["Pg"], "MCID": kid}))
                continue
            if "P" in _object(pdf, kid):
                _object(pdf, kid)["P"] = first.reference
            first["K"].append(kid)
        return True


def _is_anonymous(box: Any) -> bool:
    """Whether it stands for no element, but is named as the one around it. A table's wrapper is the table."""
    return isinstance(box.style, AnonymousStyle) and not getattr(box, "is_table_wrapper", False)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _describe_link(annotation: Any, anchor: Any) -> None:
    """By its text: WeasyPrint writes the address."""
    text = anchor.get("aria-label") or " ".join("".join(anchor.itertext()).split())
    annotation["Contents"] = String(text or anchor.get("href", ""))


def _join_link(annotation: Any, structure: Any, parent: Any, pdf: Any, annotations: list[Any]) -> None:
    """What is bold or generated in a link has an annotation of its own, which belongs to the whole link."""
    while parent["S"] not in ("/Link", "/Document"):
        parent = _object(pdf, parent["P"])
    if parent["S"] == "/Document":
        structure["S"] = "/Link"
        return
    for kid in [kid for kid in structure["K"] if not isinstance(kid, int)]:
        if _object(pdf, kid).get("Obj") == annotation.reference:
            structure["K"].remove(kid)
            parent["K"].append(kid)
    for index, (_, other) in enumerate(annotations):
        if other is annotation:
            annotations[index] = (parent.reference, annotation)
    if structure["S"] == "/Link":
        structure["S"] = "/Span"


def _items(structure: Any, pdf: Any) -> Iterator[bytes]:
    """The items of a list, without the groups and white space between them."""
    for kid in structure["K"]:
        item = _object(pdf, kid)
        if item["S"] in ("/Div", "/NonStruct"):
            for inner in _items(item, pdf):
                _object(pdf, inner)["P"] = structure.reference
                yield inner
        elif item["S"] in ("/LI", "/L", "/Caption"):
            yield kid


def _wrap_item(structure: Any, pdf: Any) -> None:
    """An item holds a label and a body, and nothing else beside them."""
    others = [kid for kid in structure["K"] if _object(pdf, kid)["S"] not in _LIST_PARTS]
    if not others:
        return
    body = Dictionary({**structure, "S": "/LBody", "K": Array(others), "P": structure.reference})
    pdf.add_object(body)
    for kid in others:
        _object(pdf, kid)["P"] = body.reference
    structure["K"] = Array([kid for kid in structure["K"] if kid not in others] + [body.reference])


def _mend_figure(structure: Any, pdf: Any) -> None:
    """A drawing without a title is told by the text beside it. Others lie where PDF, not CSS, counts from."""
    if "Alt" not in structure:
        structure["S"] = "/NonStruct"
        del structure["A"]
        return
    left, top, right, bottom = (edge * _PIXEL for edge in structure["A"]["BBox"])
    height = _object(pdf, structure["Pg"])["TrimBox"][3]
    structure["A"]["BBox"] = Array((left, height - bottom, right, height - top))


def complete(document: Document, pdf: PDF) -> None:
    """What belongs to the document as a whole: names of elements, labels of pages, the claim of PDF/UA."""
    found: list[Any] = [each for each in pdf.objects if isinstance(each, Dictionary) and "ID" in each]
    named = sorted(found, key=lambda each: str(each["ID"].string))
    if named:
        names = Array(value for each in named for value in (each["ID"], each.reference))
        _object(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = Dictionary({"Names": names})
    labels = [0, Dictionary({"P": String(COVER)}), 1, Dictionary({"S": "/D", "St": 2})]
    pdf.catalog["PageLabels"] = Dictionary({"Nums": Array(labels[: 2 * len(document.pages)])})
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", _UA_PART)


def complete_for_press(document: Document, pdf: PDF) -> None:
    """The printing condition stands twice, since printing works look for that of PDF/X."""
    complete(document, pdf)
    intents = pdf.catalog["OutputIntents"]
    intents.append(Dictionary({**intents[0], "S": "/GTS_PDFX"}))
