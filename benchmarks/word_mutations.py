"""One change made in a Word file on purpose, as a person or another program would make it, and what it was.

`mutate(content, seed)` picks a kind and a place by the seed and changes the raw XML of one part; it knows nothing of
the reader that is to find the change. What stands where no reader looks (deleted words, notes that nothing refers to,
forms for older programs) is left alone, as nobody would miss it.
"""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from posixpath import dirname, normpath

from lxml import etree

_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_R = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_GONE = ("del", "moveFrom")
_OLD = ("pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange")
_NOTE_KINDS = ("footnote", "endnote")
_KEPT_NUMBERS = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman")


@dataclass(frozen=True)
class Mutation:
    """What was changed: its kind, the part, a sentence, and words that only the first or the second file has."""

    kind: str
    part: str
    said: str
    gone: str = ""
    new: str = ""


@dataclass
class _File:
    """The parts of a Word file, those that hold words as trees."""

    parts: dict[str, bytes]
    main: str = ""
    trees: dict[str, etree._Element] = field(default_factory=dict)

    def tree(self, path: str) -> etree._Element | None:
        if path not in self.trees and path in self.parts:
            try:
                self.trees[path] = etree.fromstring(self.parts[path])
            except (etree.XMLSyntaxError, ValueError):
                return None
        return self.trees.get(path)

    def targets(self, of: str) -> dict[str, tuple[str, str, etree._Element]]:
        """Return kind, path (empty outside) and row of what a part names, by the id."""
        folder, _, base = of.rpartition("/")
        root = self.tree(f"{folder}/_rels/{base}.rels".lstrip("/"))
        found: dict[str, tuple[str, str, etree._Element]] = {}
        for row in () if root is None else root:
            target = row.get("Target", "")
            inside = "" if row.get("TargetMode") == "External" else target
            path = normpath(inside if inside.startswith("/") else f"{dirname(of)}/{inside}").lstrip("/")
            found[row.get("Id", "")] = (row.get("Type", "").rpartition("/")[2], path if inside else "", row)
        return found

    def of_kind(self, kind: str) -> list[str]:
        return [path for sort, path, _ in self.targets(self.main).values() if sort == kind and path in self.parts]

    def packed(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for path, data in self.parts.items():
                tree = self.trees.get(path)
                shown = data if tree is None else etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
                entry = zipfile.ZipInfo(path)  # of 1980: the same bytes whenever it is made
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, shown)
        return out.getvalue()


@dataclass
class _Spot:
    """A place where something can be changed: `element` in the part at `path`."""

    path: str
    element: etree._Element


def mutate(content: bytes, seed: str) -> tuple[bytes, Mutation] | None:
    """Return `content` with one change, and what it is; None where the file offers no place for any."""
    rng = random.Random(seed)
    for _ in range(12):  # a place may turn out to be none
        file = _opened(content)
        if file is None:
            return None
        offers = _offers(file)
        if not offers:
            return None
        kind = rng.choice(sorted(offers))
        spot = rng.choice(offers[kind])
        made = _CHANGES[kind.partition(" in ")[0]](file, spot, rng)
        if made is not None:
            changed = file.packed()
            if changed != content:
                return changed, Mutation(kind, spot.path, *made)
    return None


_Made = tuple[str, str, str] | tuple[str] | None


def _opened(content: bytes) -> _File | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(set(names)) < len(names) or sum(e.file_size for e in archive.infolist()) > 1 << 27:
                return None
            file = _File({path: archive.read(path) for path in names if not path.endswith("/")})
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError):
        return None
    file.main = next((path for kind, path, _ in file.targets("").values() if kind == "officeDocument"), "")
    root = file.tree(file.main)
    return file if root is not None and local(root) == "document" and _space(root) in _W else None


# ---------------------------------------------------------------------- names


def local(element: etree._Element) -> str:
    """Return the name of `element` without its namespace, empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _space(element: etree._Element) -> str:
    return etree.QName(element).namespace or "" if isinstance(element.tag, str) else ""


def _of(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return element.iter(*(f"{{{space}}}{each}" for space in _W for each in names))


def _is(element: etree._Element | None, *names: str) -> bool:
    return element is not None and _space(element) in _W and local(element) in names


def _value(element: etree._Element | None, key: str = "val") -> str:
    return "" if element is None else next((v for k, v in element.attrib.items() if k.endswith(f"}}{key}")), "")


def _set(element: etree._Element, key: str, value: str) -> None:
    element.set(next((k for k in element.attrib if k.endswith(f"}}{key}")), f"{{{_space(element)}}}{key}"), value)


def _child(element: etree._Element | None, *path: str) -> etree._Element | None:
    for step in path:
        element = None if element is None else next((each for each in element if _is(each, step)), None)
    return element


def _make(like: etree._Element, name: str, *children: etree._Element) -> etree._Element:
    made = etree.Element(f"{{{_space(like)}}}{name}")
    made.extend(children)
    return made


def _run(like: etree._Element, text: str) -> etree._Element:
    words = _make(like, "t")
    words.text = text
    words.set(_SPACE, "preserve")
    return _make(like, "r", words)


# ---------------------------------------------------------------------- what a reader sees


def hidden(element: etree._Element) -> bool:
    """Whether no reader looks at `element`: it was deleted, is an old form, or what something was before."""
    for around in (element, *element.iterancestors()):
        name = local(around)
        if name in _GONE or name in _OLD:
            return True
        if name == "Fallback" and any(_understood(e) for e in around.itersiblings(preceding=True)):
            return True
        if name == "Choice" and (not _understood(around) or any(map(_understood, _before(around)))):
            return True
        if name == "tr" and _child(around, "trPr", "del") is not None:
            return True
        if name == "body" and any(local(e) == "body" for e in _before(around)):
            return True
    return False


def _before(element: etree._Element) -> Iterator[etree._Element]:
    return element.itersiblings(preceding=True)


def _understood(choice: etree._Element) -> bool:
    needs = choice.get("Requires", "").split()
    return local(choice) == "Choice" and all(choice.nsmap.get(each, "").startswith(_UNDERSTOOD) for each in needs)


def stories(file: _File) -> Iterator[tuple[str, etree._Element]]:
    """Yield path and element of each story that a reader sees: the body, headers in use, notes referred to."""
    root = file.tree(file.main)
    body = None if root is None else _child(root, "body")
    if root is None or body is None:
        return
    yield file.main, body
    targets = file.targets(file.main)
    used = {_value(e, "id") for e in _of(body, "headerReference", "footerReference") if not hidden(e)}
    for identifier in sorted(used):
        path = targets.get(identifier, ("", "", None))[1]
        tree = file.tree(path) if path else None
        if tree is not None:
            yield path, tree
    for kind in _NOTE_KINDS:
        wanted = {_value(e, "id") for e in _of(body, f"{kind}Reference") if not hidden(e)}
        for path in file.of_kind(f"{kind}s"):
            tree = file.tree(path)
            yield from ((path, e) for e in (() if tree is None else tree) if _value(e, "id") in wanted)


def _shown(story: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (each for each in _of(story, *names) if not hidden(each))


def _texts(story: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the words of a story with whether they stand in the result of a field; those in codes are left out."""
    fields: list[bool] = []
    for each in _of(story, "t", "fldChar"):
        if hidden(each):
            continue
        if local(each) == "t":
            simple = any(_is(up, "fldSimple") for up in each.iterancestors())
            if all(fields) and each.text and not any(_is(up, "rt") for up in each.iterancestors()):
                yield each, bool(fields) or simple
            continue
        sort = _value(each, "fldCharType")
        if sort == "begin":
            fields.append(False)
        elif sort == "separate" and fields:
            fields[-1] = True
        elif sort == "end" and fields:
            fields.pop()


_PLACES = (
    ("hdr", "header"), ("ftr", "footer"), ("footnote", "note"), ("endnote", "note"), ("txbxContent", "box"),
    ("sdtContent", "control"), ("hyperlink", "link"), ("smartTag", "smart tag"), ("ruby", "ruby"),
    ("ins", "insertion"), ("moveTo", "insertion"), ("customXml", "custom XML"), ("tc", "cell"),
)  # fmt: skip


def _place(element: etree._Element) -> str:
    around = {local(each) for each in element.iterancestors()}
    return next((said for name, said in _PLACES if name in around), "body")


# ---------------------------------------------------------------------- where something can be changed


def _offers(file: _File) -> dict[str, list[_Spot]]:
    found: dict[str, list[_Spot]] = {}

    def offer(kind: str, path: str, element: etree._Element) -> None:
        found.setdefault(kind, []).append(_Spot(path, element))

    for path, story in stories(file):
        for text, in_field in _texts(story):
            if _longest(text.text or ""):
                place = "field result" if in_field else _place(text)
                for kind in ("word replaced", "word removed", "word added"):
                    offer(f"{kind} in {place}", path, text)
            if not in_field and any(each.isdigit() for each in text.text or ""):
                offer("number", path, text)
        for kind, element in (*_blocks_offered(story), *_signs_offered(file, path, story), *_drawn(file, path, story)):
            offer(kind, path, element)
    for kind, path, element in _beside_offered(file):
        offer(kind, path, element)
    return found


def _beside_offered(file: _File) -> Iterator[tuple[str, str, etree._Element]]:
    """Yield what lists, comments, charts and diagrams offer: the kind, the path of the part, the element."""
    yield from ((kind, file.main, element) for kind, element in _lists_offered(file))
    for path, comment in _comments(file):
        yield "comment removed", path, comment
        for text, _ in _texts(comment):
            if _longest(text.text or ""):
                yield "word replaced in comment", path, text
    for path, story in stories(file):
        yield from (("word replaced in graphic", part, text) for part, text in _graphics(file, path, story))


def _graphics(file: _File, path: str, story: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the words of the charts and diagrams that a story shows, with the paths of their parts."""
    targets = file.targets(path)
    for each in story.iter(etree.Element):
        if local(each) not in ("chart", "relIds") or hidden(each):
            continue
        for key, value in each.attrib.items():
            kind, part, _ = targets.get(str(value), ("", "", None))
            tree = file.tree(part) if kind in ("chart", "diagramData") and str(key).startswith("{") else None
            texts = () if tree is None else (e for e in tree.iter(etree.Element) if local(e) in ("t", "v"))
            yield from ((part, e) for e in texts if e.text and _longest(e.text))


def _comments(file: _File) -> Iterator[tuple[str, etree._Element]]:
    for path in file.of_kind("comments"):
        tree = file.tree(path)
        yield from ((path, comment) for comment in (() if tree is None else _of(tree, "comment")))


def _blocks_offered(story: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for paragraph in _shown(story, "p"):
        place = _place(paragraph)
        yield f"paragraph added in {place}", paragraph
        if _says(paragraph) and _is_whole(paragraph):
            yield f"paragraph removed in {place}", paragraph
            yield f"paragraph moved in {place}", paragraph
            yield f"paragraph split in {place}", paragraph
            if _is(paragraph.getnext(), "p") and _says(paragraph.getnext()) and _is_whole(paragraph.getnext()):
                yield f"paragraphs joined in {place}", paragraph
    for row in _shown(story, "tr"):
        if not any(True for _ in _of(row, "vMerge", "tbl")) and _says(row) and _is_whole(row):
            yield "row added", row
            if any(_is(each, "tr") for each in (row.getnext(), row.getprevious())):
                yield "row removed", row
            cells = [each for each in row if _is(each, "tc")]
            if len(cells) > 1 and not any(True for _ in _of(row, "gridSpan")):
                yield "cells joined", row


def _signs_offered(file: _File, path: str, story: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    targets = file.targets(path)
    for symbol in _shown(story, "sym"):
        yield "symbol", symbol
    for code in _shown(story, "instrText"):
        if len((code.text or "").split()) > 1:
            yield "field code", code
    for simple in _shown(story, "fldSimple"):
        yield "field code", simple
    for reference in _shown(story, "footnoteReference", "endnoteReference"):
        yield "note removed", reference
        yield "note added", reference
    for link in _shown(story, "hyperlink"):
        if targets.get(_value(link, "id"), ("", "x"))[1] == "" and _says(link):
            yield "link", link


def _drawn(file: _File, path: str, story: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for element in story.iter():
        if local(element) == "t" and "math" in _space(element) and not hidden(element) and (element.text or "").strip():
            yield "formula", element
    for drawing in _shown(story, "drawing", "pict", "object"):
        if not any(local(up) in ("drawing", "pict", "object") for up in drawing.iterancestors()):
            yield "picture removed", drawing
            if _images(file, path, drawing):
                yield "picture changed", drawing


def _images(file: _File, path: str, drawing: etree._Element) -> list[str]:
    """Return the paths of the pictures that a drawing shows."""
    targets = file.targets(path)
    rooms = tuple(f"{{{room}}}" for room in _R)
    named = [value for e in drawing.iter() for key, value in e.attrib.items() if key.startswith(rooms)]
    found = (targets.get(each, ("", "", None)) for each in named)
    return [target for kind, target, _ in found if kind == "image" and target in file.parts]


def _lists_offered(file: _File) -> Iterator[tuple[str, etree._Element]]:
    root = file.tree(file.main)
    for paragraph in () if root is None else _shown(root, "p"):
        if _says(paragraph) and _level(file, paragraph) is not None:
            for kind in ("number taken away", "numbers begin elsewhere", "numbers written otherwise"):
                yield kind, paragraph


def _level(file: _File, paragraph: etree._Element) -> etree._Element | None:
    """Return the level in `numbering.xml` by which a paragraph itself is numbered, None for bullets and no number."""
    own = _child(paragraph, "pPr", "numPr")
    paths = file.of_kind("numbering")
    tree = file.tree(paths[0]) if own is not None and paths else None
    if tree is None or own is None:
        return None
    wanted, depth = _value(_child(own, "numId")), _value(_child(own, "ilvl")) or "0"
    num = next((e for e in _of(tree, "num") if _value(e, "numId") == wanted), None)
    if num is None or any(True for _ in _of(num, "lvlOverride")):
        return None
    abstract = _value(_child(num, "abstractNumId"))
    levels = (
        level for e in _of(tree, "abstractNum") if _value(e, "abstractNumId") == abstract
        for level in e if _is(level, "lvl") and _value(level, "ilvl") == depth
    )  # fmt: skip
    found = next(levels, None)
    if found is None or _value(_child(found, "numFmt")) not in _KEPT_NUMBERS:
        return None
    return found if f"%{int(depth) + 1}" in _value(_child(found, "lvlText")) else None


def _longest(text: str) -> str:
    return max((word for word in text.split() if word.isalpha()), key=len, default="")


def _says(element: etree._Element | None) -> str:
    return "" if element is None else "".join(text.text or "" for text, _ in _texts(element)).strip()


def _is_whole(element: etree._Element) -> bool:
    """Whether nothing in it goes on outside: no field, comment, bookmark, break of a section."""
    crossing = ("fldChar", "sectPr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")
    other = ("commentReference", "footnoteReference", "endnoteReference", "moveFromRangeStart", "moveToRangeStart")
    ends = ("moveFromRangeEnd", "moveToRangeEnd", "ins", "del", "moveTo", "moveFrom")
    return not any(True for _ in _of(element, *crossing, *other, *ends))


# ---------------------------------------------------------------------- the changes


def _word(rng: random.Random) -> str:
    """Return a word that no file holds."""
    return "q" + "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(4)) + "x"


def _replaced(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    text = spot.element.text or ""
    word, new = _longest(text), _word(rng)
    spot.element.text = text.replace(word, new, 1)
    return f"“{word}” turned into “{new}”", word, new


def _removed(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    text = spot.element.text or ""
    word = _longest(text)
    spot.element.text = text.replace(word, "", 1)
    return f"“{word}” taken out", word, ""


def _put_in(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    text = spot.element.text or ""
    word, new = _longest(text), _word(rng)
    at = text.index(word)
    spot.element.text = f"{text[:at]}{new} {text[at:]}"
    return f"“{new}” put in before “{word}”", "", new


def _number(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    text = spot.element.text or ""
    at = rng.choice([i for i, each in enumerate(text) if each.isdigit()])
    digit = str((int(text[at]) + 1 + rng.randrange(8)) % 10) if text[at].isdecimal() else "7"
    if digit == text[at]:
        return None
    spot.element.text = f"{text[:at]}{digit}{text[at + 1 :]}"
    return (f"digit {text[at]} turned into {digit} in “{text[:60]}”",)


def _paragraph_put_in(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    new = _word(rng)
    made = _make(spot.element, "p")
    own = _child(spot.element, "pPr")
    if own is not None:
        made.append(deepcopy(own))
        for each in list(_of(made, "sectPr", "pPrChange", "ins", "del", "rPrChange")):
            each.getparent().remove(each)
    made.append(_run(spot.element, f"The {new} shall be kept by the Parties."))
    spot.element.addprevious(made)
    return f"paragraph with “{new}” put in before “{_says(spot.element)[:40]}”", "", new


def _paragraph_removed(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    if not _is(spot.element.getnext(), "p"):
        return None
    said = _says(spot.element)
    spot.element.getparent().remove(spot.element)
    return (f"paragraph “{said[:60]}” removed",)


def _paragraph_moved(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    parent = spot.element.getparent()
    before = [_says(each) for each in parent]
    others = [each for each in parent if _is(each, "p") and each is not spot.element and not hidden(each)]
    if not _is(spot.element.getnext(), "p") or not others:
        return None
    rng.choice(others).addprevious(spot.element)
    if [said for each in parent if (said := _says(each))] == [said for said in before if said]:
        return None
    return (f"paragraph “{_says(spot.element)[:60]}” moved",)


def _paragraph_split(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    runs = [each for each in spot.element if _is(each, "r")]
    texts = [e for run in runs for e in run if _is(e, "t") and " " in (e.text or "").strip()]
    if not texts or any(not _is(each, "r", "pPr", "proofErr") for each in spot.element):
        return None
    text = rng.choice(texts)
    run = text.getparent()
    head, _, tail = (text.text or "").strip().partition(" ")
    rest = deepcopy(run)
    at = run.index(text)
    for each in list(run)[at + 1 :]:
        run.remove(each)
    for each in list(rest)[:at]:
        if not _is(each, "rPr"):
            rest.remove(each)
    text.text = head
    next(each for each in rest if _is(each, "t")).text = tail
    made = _make(spot.element, "p")
    own = _child(spot.element, "pPr")
    if own is not None:
        made.append(deepcopy(own))
    made.append(rest)
    made.extend(list(run.itersiblings()))
    spot.element.addnext(made)
    return (f"paragraph split between “{head}” and “{tail[:40]}”",)


def _paragraphs_joined(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    after = spot.element.getnext()
    said = _says(after)
    spot.element.append(_run(spot.element, " "))
    spot.element.extend([each for each in after if not _is(each, "pPr")])
    after.getparent().remove(after)
    return (f"“{said[:40]}” joined to the paragraph before it",)


def _row_put_in(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    made = deepcopy(spot.element)
    for each in made.iter():
        for key in [key for key in each.attrib if key.endswith("}paraId")]:
            del each.attrib[key]
    new = _word(rng)
    for index, (text, _) in enumerate(list(_texts(made))):
        text.text = new if index == 0 else ""
    spot.element.addnext(made)
    return f"row with “{new}” put in after “{_says(spot.element)[:40]}”", "", new


def _row_removed(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    said = _says(spot.element)
    spot.element.getparent().remove(spot.element)
    return (f"row “{said[:60]}” removed",)


def _cells_joined(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    cells = [each for each in spot.element if _is(each, "tc")]
    at = rng.randrange(len(cells) - 1)
    own = _child(cells[at], "tcPr")
    if own is None:
        own = _make(spot.element, "tcPr")
        cells[at].insert(0, own)
    span = _make(spot.element, "gridSpan")
    _set(span, "val", "2")
    own.insert(1 if _child(own, "tcW") is not None else 0, span)
    cells[at].extend([each for each in cells[at + 1] if not _is(each, "tcPr")])
    spot.element.remove(cells[at + 1])
    return (f"cells {at + 1} and {at + 2} of the row “{_says(spot.element)[:40]}” joined",)


def _symbol(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    code = _value(spot.element, "char")
    try:
        fresh = f"{int(code, 16) + 1:04X}"
    except ValueError:
        return None
    _set(spot.element, "char", fresh)
    return (f"symbol {code} turned into {fresh}",)


def _formula(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    before = spot.element.text or ""
    spot.element.text = before.strip() + "7"
    return (f"“{before}” in a formula turned into “{spot.element.text}”",)


def _field_code(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    element = spot.element
    if _is(element, "fldSimple"):
        before = _value(element, "instr")
        _set(element, "instr", f"{before.rstrip()} \\* Qzx")
    else:
        before = element.text or ""
        element.text = f"{before.rstrip()} \\* Qzx "
    return (f"code of the field “{before.strip()[:60]}” given a switch",)


def _note_removed(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    spot.element.getparent().remove(spot.element)
    return (f"{local(spot.element)} {_value(spot.element, 'id')} removed",)


def _note_put_in(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    kind = local(spot.element).removesuffix("Reference")
    paths = file.of_kind(f"{kind}s")
    tree = file.tree(paths[0]) if paths else None
    notes = [] if tree is None else [e for e in _of(tree, kind) if _value(e, "id") == _value(spot.element, "id")]
    if tree is None or not notes:
        return None
    made = deepcopy(notes[0])
    taken = {_value(each, "id") for each in _of(tree, kind)}
    fresh = next(str(n) for n in range(1, len(taken) + 3) if str(n) not in taken)
    _set(made, "id", fresh)
    texts = [text for text, _ in _texts(made)]
    if not texts:
        return None
    new = _word(rng)
    for index, text in enumerate(texts):
        text.text = f" {new}" if index == 0 else ""
    notes[0].addnext(made)
    run = deepcopy(spot.element.getparent())
    for each in list(run):
        if not _is(each, "rPr", f"{kind}Reference"):
            run.remove(each)
    for each in list(_of(run, f"{kind}Reference"))[1:]:
        run.remove(each)
    for each in _of(run, f"{kind}Reference"):
        _set(each, "id", fresh)
    spot.element.getparent().addnext(run)
    return f"{kind} with “{new}” put in", "", new


def _link(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    new = f"https://{_word(rng)}.example/"
    row = file.targets(spot.path).get(_value(spot.element, "id"))
    if row is not None:
        before = row[2].get("Target", "")
        row[2].set("Target", new)
        return (f"link to {before[:60]} led to {new}",)
    anchor = _value(spot.element, "anchor")
    if not anchor or anchor.startswith("_"):  # names that Word gives
        return None
    _set(spot.element, "anchor", "qzx")
    return (f"link to the bookmark {anchor} led to another",)


def _picture_removed(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    alternate = next((up for up in spot.element.iterancestors() if local(up) == "AlternateContent"), None)
    element = spot.element if alternate is None else alternate
    new, said = element.getparent(), _says(element)
    new.remove(element)
    return (f"{local(spot.element)} {f'with “{said[:40]}” ' if said else ''}removed",)


def _picture_changed(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    path = rng.choice(_images(file, spot.path, spot.element))
    file.parts[path] += b"\n"
    return (f"bytes of the picture {path} changed",)


def _number_away(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    own = _child(spot.element, "pPr", "numPr")
    identifier = _child(own, "numId")
    if own is None or identifier is None:
        return None
    _set(identifier, "val", "0")
    return (f"number before “{_says(spot.element)[:40]}” taken away",)


def _begins(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    level = _level(file, spot.element)
    if level is None:
        return None
    start = _child(level, "start")
    if start is None:
        start = _make(level, "start")
        _set(start, "val", "1")
        level.insert(0, start)
    _set(start, "val", str(int(_value(start) or "1") + 4))
    return (f"numbers of the list of “{_says(spot.element)[:40]}” begin four later",)


def _written(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    level = _level(file, spot.element)
    form = _child(level, "numFmt")
    if level is None or form is None:
        return None
    before = _value(form)
    _set(form, "val", "upperRoman" if before != "upperRoman" else "decimal")
    return (f"numbers of the list of “{_says(spot.element)[:40]}” written as {_value(form)}, not {before}",)


def _comment_removed(file: _File, spot: _Spot, rng: random.Random) -> _Made:
    identifier = _value(spot.element, "id")
    said = _says(spot.element)
    spot.element.getparent().remove(spot.element)
    root = file.tree(file.main)
    marks = () if root is None else _of(root, "commentRangeStart", "commentRangeEnd", "commentReference")
    for mark in [each for each in marks if _value(each, "id") == identifier]:
        mark.getparent().remove(mark)
    return (f"comment “{said[:40]}” removed",)


_CHANGES: dict[str, Callable[[_File, _Spot, random.Random], _Made]] = {
    "word replaced": _replaced,
    "word removed": _removed,
    "word added": _put_in,
    "number": _number,
    "paragraph added": _paragraph_put_in,
    "paragraph removed": _paragraph_removed,
    "paragraph moved": _paragraph_moved,
    "paragraph split": _paragraph_split,
    "paragraphs joined": _paragraphs_joined,
    "row added": _row_put_in,
    "row removed": _row_removed,
    "cells joined": _cells_joined,
    "symbol": _symbol,
    "formula": _formula,
    "field code": _field_code,
    "note removed": _note_removed,
    "note added": _note_put_in,
    "link": _link,
    "picture removed": _picture_removed,
    "picture changed": _picture_changed,
    "number taken away": _number_away,
    "numbers begin elsewhere": _begins,
    "numbers written otherwise": _written,
    "comment removed": _comment_removed,
}
