"""What may go out with a Word file: the parts, elements, attributes and values that are known, and nothing else.

The names are those of ISO/IEC 29500-1 and -4 (WordprocessingML, DrawingML, VML, Office Math) and of Word's own
additions ([MS-DOCX]); `data/handover_elements.csv` has a row for each element, with its attributes and what each may
say. What the copy is cleaned by is also what it is looked through by: `strangers` reads the finished file again, as
plain XML, without any of the code that cleans.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

from agreements.resources import data

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16du": "http://schemas.microsoft.com/office/word/2023/wordml/word16du",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "dsp": "http://schemas.microsoft.com/office/drawing/2008/diagram",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
}
_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_LONGEST = 2000  # characters of a value in words
_VALUES = {
    "figure": re.compile(
        r"(?:[-+]?[\d.]+(?:[eE][-+]?\d{1,3}|%|[a-z]{2})?|[0-9A-Fa-f]{1,40}|[\dTZ:.+-]{1,40}|\{?[0-9A-Fa-f-]{36}\}?)?"
    ),
    "name": re.compile(rf"[^\x00-\x08\x0b\x0c\x0e-\x1f]{{0,{_LONGEST}}}"),
    "rel": re.compile(r"rId\d{1,6}|"),
    "lang": re.compile(r"[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}|"),
    "shape": re.compile(r"[-\w\s.:;,#%()+@*/\[\]'\"!]{0,100000}"),
}
_SWITCHES = frozenset(("true", "false", "on", "off", "t", "f", "auto", "none", "NaN", "INF", "", *map(str, range(100))))
_WORDS = re.compile(r"[ ,]+")


@dataclass(frozen=True, slots=True)
class Known:
    """An element that may go out: whether it holds text, and the kind of value of each of its attributes."""

    text: bool
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A kind of part that may go out: the type of the relationship to it, its path in a copy, its content type."""

    kind: str
    relationship: str
    path: str
    type: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is known and does not go out: the kind of hand-over that it is, and whether what it holds stays."""

    kind: str
    unwrap: bool


def full(name: str) -> str:
    """Return the XML name of `w:p`, in braces; a name without a prefix is in no namespace."""
    prefix, colon, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else local


def short(name: str) -> str:
    """Return `w:p` for an XML name in braces; the local name alone where the namespace is not known."""
    uri, brace, local = name.rpartition("}")
    prefix = _PREFIXES.get(uri[1:], "") if brace else ""
    return f"{prefix}:{local}" if prefix else local


def _rows(file: str) -> Iterator[dict[str, str]]:
    with data(file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


_DAY = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")  # a day alone, as our own drafts say it
PROPERTIES = {
    full("dc:title"): re.compile(r"[^\x00-\x1f]{1,2000}"),
    full("dc:language"): _VALUES["lang"],
    full("dcterms:created"): _DAY,
    full("dcterms:modified"): _DAY,
}
"""The properties that may stay, and what they may say; a title where the text bears it or a person lets it."""


@cache
def elements() -> Mapping[str, Known]:
    """Return the elements that may go out, by their XML names."""
    rows = _rows("handover_elements.csv")
    return {full(row["element"]): Known(row["text"] == "yes", _attributes(row["attributes"])) for row in rows}


def _attributes(cell: str) -> dict[str, str]:
    return {full(name): kind for name, _, kind in (each.rpartition("=") for each in cell.split())}


@cache
def left_out() -> Mapping[str, LeftOut]:
    """Return what is known and does not go out, elements and attributes, by their XML names."""
    return {full(row["name"]): LeftOut(row["kind"], row["how"] == "unwrap") for row in _rows("handover_left_out.csv")}


@cache
def parts() -> Mapping[str, KnownPart]:
    """Return the kinds of parts that may go out, by the last word of the relationship's type."""
    return {row["kind"]: KnownPart(**row) for row in _rows("handover_parts.csv")}


@cache
def _values() -> frozenset[str]:
    return frozenset(data("handover_values.txt").read_text(encoding="utf-8").split("\n")) | _SWITCHES


def may_say(kind: str, value: str) -> bool:
    """Whether an attribute of the `kind` may have the `value`: a figure, a word of the standard, a name, ..."""
    if kind in ("word", "words"):
        said = _WORDS.split(value) if kind == "words" else (value,)
        return all(each in _values() or _VALUES["figure"].fullmatch(each) for each in said)
    if _VALUES[kind].fullmatch(value):
        return True
    return kind == "figure" and (value in _SWITCHES or all(map(_VALUES["figure"].fullmatch, _WORDS.split(value))))


# ---------------------------------------------------------------------- looking through a finished file


def strangers(content: bytes, *, anonymous: bool = False) -> list[str]:
    """Return what the Word file `content` holds beside the known, as `part: what`; empty when nothing.

    Read from the archive itself and as plain XML: names and values alone are looked at, whatever made them.
    `anonymous`: the switches that let Word drop names may be there.
    """
    found: dict[str, None] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.comment:
            found["the archive: a comment"] = None
        for entry in archive.infolist():
            for what in _of_entry(entry, archive.read(entry)):
                if not (anonymous and what in _ANONYMOUS):
                    found[f"{entry.filename}: {what}"] = None
    return list(found)


_ANONYMOUS = ("the element w:removePersonalInformation", "the element w:removeDateAndTime")


def _of_entry(entry: zipfile.ZipInfo, content: bytes) -> Iterator[str]:
    if entry.comment or entry.extra or entry.date_time[0] > 1980:
        yield "a time or note in the archive"
    if entry.filename == "[Content_Types].xml":
        yield from _of_table(content, _TYPES, ("Extension", "PartName", "ContentType"))
    elif entry.filename.endswith(".rels"):
        yield from _of_table(content, _RELATIONS, ("Id", "Type", "Target", "TargetMode"))
        yield from _of_relations(content)
    elif not _has_known_path(entry.filename):
        yield "a part that is not known"
    elif entry.filename == parts()["core-properties"].path:
        yield from _of_properties(content)
    elif entry.filename.endswith(".xml") and not entry.filename.startswith("docMetadata/"):
        yield from _of_tree(content)


@cache
def _paths() -> re.Pattern[str]:
    known = (each.path.rpartition(".") for each in parts().values() if each.path)
    return re.compile("|".join(rf"{re.escape(stem or last)}\d*(?:\.\w{{2,5}})?" for stem, _, last in known))


def _has_known_path(path: str) -> bool:
    return _paths().fullmatch(path) is not None


def _of_table(content: bytes, namespace: str, attributes: tuple[str, ...]) -> Iterator[str]:
    for element in ElementTree.fromstring(content).iter():
        if not element.tag.startswith(f"{{{namespace}}}") or (element.text or "").strip():
            yield f"the element {short(element.tag)}"
        yield from (f"the attribute {short(key)}" for key in element.attrib if key not in attributes)


def _of_relations(content: bytes) -> Iterator[str]:
    types = {each.relationship for each in parts().values()}
    for row in ElementTree.fromstring(content):
        if row.get("Type") not in types or not may_say("rel", row.get("Id", "")):
            yield f"a relationship of the type {row.get('Type', '').rpartition('/')[2]}"


def _of_properties(content: bytes) -> Iterator[str]:
    for element in ElementTree.fromstring(content):
        may = PROPERTIES.get(element.tag)
        odd = {*element.attrib.items()} - {(full("xsi:type"), "dcterms:W3CDTF")}
        if may is None or not may.fullmatch(element.text or "") or odd:
            yield f"the property {short(element.tag)}"


def _of_tree(content: bytes) -> Iterator[str]:
    known, ignorable = elements(), full("mc:Ignorable")
    builder = ElementTree.TreeBuilder(insert_comments=True, insert_pis=True)
    root = ElementTree.fromstring(content, ElementTree.XMLParser(target=builder))
    root.attrib.pop(ignorable, None)
    yield from _hidden(root)
    for element in root.iter():
        rule = known.get(element.tag) if isinstance(element.tag, str) else None
        if rule is None:
            yield f"the element {short(element.tag)}" if isinstance(element.tag, str) else "a comment in the XML"
            continue
        if not rule.text and ((element.text or "").strip() or any((child.tail or "").strip() for child in element)):
            yield f"words between the elements of {short(element.tag)}"
        for key, value in element.attrib.items():
            kind = rule.attributes.get(key)
            if kind is None:
                yield f"the attribute {short(key)} of {short(element.tag)}"
            elif not may_say(kind, value):
                yield f"a value of {short(key)} of {short(element.tag)}"


def _hidden(root: ElementTree.Element) -> Iterator[str]:
    """Yield words that a run or style hides; the mark of a paragraph may be hidden, which runs two into one line."""
    look, mark = full("w:rPr"), full("w:vanish")
    for tag in ("w:r", "w:style", "w:lvl", "w:rPrDefault", "w:tblStylePr"):
        for holder in root.iter(full(tag)):
            found = holder.find(f"{look}/{mark}")
            if found is not None and found.get(full("w:val"), "1") not in ("0", "false", "off"):
                yield "hidden words"
