"""What two independent readers say of a redline: pandoc, and a flattener of raw XML that knows nothing of our walk.

Both settle the tracked changes by themselves. `pandoc` sees the structure of body and notes, `flat` the letters of
every story in use. What pandoc is known not to do is a `Limit` by name with its reason: a difference is set aside only
where the limit says why, and it is counted.
"""

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import unified_diff
from functools import lru_cache
from typing import Any, Literal

from lxml import etree
from word_mutations import local

How = Literal["accept", "reject"]
_SECONDS = 60
_ADDED, _TAKEN = ("ins", "moveTo"), ("del", "moveFrom")


class JudgeError(Exception):
    """The judge could not read a file, so that it says nothing of it."""


# ---------------------------------------------------------------------- pandoc


@lru_cache(maxsize=64)
def pandoc(content: bytes, how: How) -> tuple[str, ...]:
    """Return the paragraphs, cells and notes that pandoc reads in a Word file with its changes settled as `how`."""
    command = ["pandoc", "-f", "docx", "-t", "json", f"--track-changes={how}"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise JudgeError("pandoc took more than a minute") from error
    if done.returncode:
        raise JudgeError(done.stderr.decode("utf-8", "replace").strip()[:200])
    return tuple(line for line in map(_line, _leaves(json.loads(done.stdout)["blocks"])) if line)


def _line(text: str) -> str:
    return " ".join(text.split())


def _leaves(node: Any) -> Iterator[str]:
    """Yield the words of each paragraph, heading and cell; those of notes after that in which they stand."""
    if isinstance(node, list):
        for each in node:
            yield from _leaves(each)
    elif isinstance(node, dict):
        if node.get("t") in ("Para", "Plain", "Header", "CodeBlock", "LineBlock"):
            notes: list[Any] = []
            content = node["c"][-1] if node["t"] in ("Header", "CodeBlock") else node["c"]
            yield _inline(content, notes)
            yield from _leaves(notes)
        elif "c" in node:
            yield from _leaves(node["c"])


def _inline(node: Any, notes: list[Any]) -> str:
    """Return the words of what stands in a paragraph; the blocks of notes are added to `notes`."""
    if isinstance(node, list):
        return "".join(_inline(each, notes) for each in node if isinstance(each, (dict, list)))
    sort, content = node.get("t"), node.get("c")
    if sort == "Note":
        notes.append(content)
    said = _SAID.get(sort)
    if said is not None:
        return said(content)
    if sort == "Link":
        return f"{_inline(content[1], notes)}<{content[2][0]}>"
    return _inline(content, notes) if isinstance(content, list) else ""


_SAID: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("Space", "SoftBreak", "LineBreak"), lambda _: " "),
    **dict.fromkeys(("Code", "Math", "RawInline"), lambda content: str(content[-1])),
    "Str": str,
    "Note": lambda _: "†",
    "Image": lambda _: "▣",
}


# ---------------------------------------------------------------------- the flattener


def flat(content: bytes, how: How) -> dict[str, str]:
    """Return the letters of each kind of story of a Word file with its changes settled as `how`, without blanks.

    Pictures and other objects are a sign with the beginning of the hash of what they hold. A header that several
    sections use counts once.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _Flattener(archive, _TAKEN if how == "accept" else _ADDED).found()


@dataclass
class _Flattener:
    archive: zipfile.ZipFile
    gone: tuple[str, ...]
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)

    def found(self) -> dict[str, str]:
        main = next(path for kind, path in self._targets("").values() if kind == "officeDocument")
        targets = self._targets(main)
        root = self._tree(main)
        body = next(each for each in root if local(each) == "body")
        self.targets = targets
        said = {"body": self._said(body)}
        for kind in ("footnote", "endnote"):
            path = next((path for sort, path in targets.values() if sort == f"{kind}s"), "")
            notes = {_value(e, "id"): e for e in self._tree(path)} if path else {}
            self.targets = self._targets(path) if path else {}
            used = dict.fromkeys(_value(e, "id") for e in self._shown(body) if local(e) == f"{kind}Reference")
            said[kind] = "\n".join(self._said(notes[each]) for each in used if each in notes)
        edges: list[str] = []
        for each in self._shown(body):
            if local(each) in ("headerReference", "footerReference"):
                path = targets.get(_value(each, "id"), ("", ""))[1]
                self.targets = self._targets(path) if path else {}
                edges.append(self._said(self._tree(path)) if path else "")
        said["headers"] = "\n".join(sorted({each for each in edges if each}))
        return said

    def _tree(self, path: str) -> etree._Element:
        return etree.fromstring(self.archive.read(self._entry(path)))

    def _entry(self, path: str) -> str:
        return next((e for e in self.archive.namelist() if e.lower().lstrip("/") == path.lower()), path)

    def _targets(self, of: str) -> dict[str, tuple[str, str]]:
        folder, _, base = of.rpartition("/")
        entry = self._entry(f"{folder}/_rels/{base}.rels".lstrip("/"))
        if entry not in self.archive.namelist():
            return {}
        found = {}
        for row in etree.fromstring(self.archive.read(entry)):
            target = row.get("Target", "")
            inside = row.get("TargetMode") != "External"
            path = target.lstrip("/") if target.startswith("/") or not inside else f"{folder}/{target}".lstrip("/")
            found[row.get("Id", "")] = (row.get("Type", "").rpartition("/")[2], _normal(path) if inside else target)
        return found

    def _shown(self, element: etree._Element) -> Iterator[etree._Element]:
        """Yield what a reader sees under `element`, in order, marks of fields too."""
        for child in element:
            name = local(child)
            if name in self.gone or name.endswith("Change") or not name:
                continue
            if name == "tr" and any(local(m) in self.gone for p in child if local(p) == "trPr" for m in p):
                continue
            if name == "AlternateContent":
                branch = next((e for e in child if local(e) == "Choice" and _understood(e)), None)
                fallback = next((e for e in child if local(e) == "Fallback"), None)
                branch = fallback if branch is None else branch
                yield from () if branch is None else self._shown(branch)
                continue
            yield child
            yield from self._shown(child)

    def _said(self, story: etree._Element) -> str:
        found: list[str] = []
        fields: list[bool] = []
        for each in self._shown(story):
            name = local(each)
            if name == "fldChar":
                _follow(fields, _value(each, "fldCharType"))
            elif not all(fields):
                continue
            elif name in ("t", "delText"):
                found.append("".join((each.text or "").split()))
            elif name == "sym":
                found.append(f"‹{_value(each, 'char')}›")
            elif name == "noBreakHyphen":
                found.append("-")
            elif name in ("footnoteReference", "endnoteReference"):
                found.append("†")
            elif name in ("blip", "imagedata"):
                found += self._picture(each)
        return "".join(found)

    def _picture(self, element: etree._Element) -> Iterator[str]:
        for key, value in element.attrib.items():
            path = self.targets.get(value, ("", ""))[1] if key.endswith(("}embed", "}id")) else ""
            entry = self._entry(path) if path else ""
            if entry in self.archive.namelist():
                yield f"▣{hashlib.sha256(self.archive.read(entry)).hexdigest()[:8]}"


def _follow(fields: list[bool], sort: str) -> None:
    if sort == "begin":
        fields.append(False)
    elif sort == "separate" and fields:
        fields[-1] = True
    elif sort == "end" and fields:
        fields.pop()


def _normal(path: str) -> str:
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _understood(choice: etree._Element) -> bool:
    rooms = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
    return all(choice.nsmap.get(each, "").startswith(rooms) for each in choice.get("Requires", "").split())


def _value(element: etree._Element, key: str) -> str:
    return next((v for k, v in element.attrib.items() if k.endswith(f"}}{key}")), "")


# ---------------------------------------------------------------------- the verdict


@dataclass(frozen=True)
class Limit:
    """Something that pandoc is known not to do, and how a file says the same without it.

    `without` takes the root of a part and how changes are settled, writes what pandoc does not know otherwise and says
    whether there was any; `blanks`: lines are compared without blanks then.
    """

    name: str
    reason: str
    without: Callable[[etree._Element, How], bool]
    blanks: bool = True


@dataclass
class Verdict:
    """What was found wrong with a redline, and the limits of pandoc that explain what is not."""

    wrong: list[str] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def judge(a: bytes, b: bytes, redline: bytes) -> Verdict:
    """Return what is wrong with a redline that is to be `a` with all rejected and `b` with all accepted.

    Tracked changes that `a` and `b` hold already are read as accepted.
    """
    found = Verdict()
    for wanted, title, how in ((a, "the first file", "reject"), (b, "the second file", "accept")):
        try:
            one, other = flat(wanted, "accept"), flat(redline, how)
            found.wrong += [
                f"flat: with all {how}ed the {story} is not that of {title}: {apart(one[story], other[story])}"
                for story in one if one[story] != other[story]
            ]  # fmt: skip
        except (etree.XMLSyntaxError, KeyError, StopIteration, ValueError) as error:
            found.unread.append(f"flat: {error!r}")
        _by_pandoc(found, wanted, redline, title, how)
    return found


def _by_pandoc(found: Verdict, wanted: bytes, redline: bytes, title: str, how: How) -> None:
    try:
        one, other = pandoc(wanted, "accept"), pandoc(redline, how)
    except JudgeError as error:
        found.unread.append(f"pandoc: {error}")
        return
    if one == other:
        return
    used: list[str] = []
    files, blanks = [wanted, redline], True
    for limit in LIMITS:
        written = [_written(file, limit, each) for file, each in zip(files, ("accept", how), strict=True)]
        if written == [None, None]:
            continue
        files = [file if made is None else made for file, made in zip(files, written, strict=True)]
        blanks, used = blanks and limit.blanks, [*used, limit.name]
        left, right = pandoc(files[0], "accept"), pandoc(files[1], how)
        if left == right or (not blanks and _solid(left) == _solid(right)):
            found.limits += used
            return
    lines = [line for line in unified_diff(one, other, lineterm="", n=0) if line[:3] not in ("---", "+++")]
    found.wrong.append(f"pandoc: with all {how}ed it is not {title}: {' '.join(lines)[:400]}")


def _solid(lines: tuple[str, ...]) -> list[str]:
    return ["".join(line.split()) for line in lines]


def _written(content: bytes, limit: Limit, how: How) -> bytes | None:
    """Return a Word file as it says the same without what pandoc does not do, None where there is none of it."""
    found = False
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as target:
        for entry in archive.namelist():
            data = archive.read(entry)
            if entry.endswith(".xml") and b"wordprocessingml" in data:
                root = etree.fromstring(data)
                if limit.without(root, how):
                    found, data = True, etree.tostring(root)
            target.writestr(entry, data)
    return out.getvalue() if found else None


def apart(one: str, other: str) -> str:
    """Return where two long strings part, with a little of what follows."""
    at = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return f"…{one[max(at - 20, 0) : at + 40]}… is …{other[max(at - 20, 0) : at + 40]}…"


def marked(redline: bytes) -> tuple[str, str]:
    """Return all words that a redline marks as deleted, and as inserted, whoever did it."""
    gone: list[str] = []
    new: list[str] = []
    with zipfile.ZipFile(io.BytesIO(redline)) as archive:
        for entry in archive.namelist():
            if not entry.endswith(".xml") or entry.startswith(("docProps", "customXml")):
                continue
            for each in etree.fromstring(archive.read(entry)).iter():
                if local(each) in ("t", "delText", "sym", "instrText", "delInstrText"):
                    around = {local(up) for up in each.iterancestors()}
                    text = each.text or ""
                    if not around.isdisjoint(_TAKEN):
                        gone.append(text)
                    elif not around.isdisjoint(_ADDED):
                        new.append(text)
    return "".join(gone), "".join(new)


def changes_in(file: bytes) -> int:
    """Return how many tracked changes of any kind stand in a file."""
    formats = ("pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "numbering")
    names = (*_ADDED, *_TAKEN, "cellIns", "cellDel", "cellMerge", *(f"{each}Change" for each in formats))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        entries = [e for e in archive.namelist() if e.endswith(".xml") and not e.startswith("customXml")]
        return sum(local(each) in names for e in entries for each in etree.fromstring(archive.read(e)).iter())


# ---------------------------------------------------------------------- what pandoc does not do


def _simple_fields(root: etree._Element, how: How) -> bool:
    """Write `w:fldSimple` as the runs of the field, which is how a redline writes one that changes."""
    found = [each for each in root.iter() if local(each) == "fldSimple"]
    for each in found:
        space = f"{{{etree.QName(each).namespace}}}"
        runs = []
        for sort in ("begin", "", "separate", "end"):
            run = etree.Element(f"{space}r")
            mark = etree.SubElement(run, f"{space}{'fldChar' if sort else 'instrText'}")
            if sort:
                mark.set(f"{space}fldCharType", sort)
            mark.text = None if sort else _value(each, "instr")
            runs.append(run)
        whole = [*runs[:3], *(e for e in each if local(e) != "fldData"), runs[3]]
        for element in whole:
            each.addprevious(element)
        each.getparent().remove(each)
    return bool(found)


def _in_formulas(root: etree._Element, how: How) -> bool:
    """Settle the changes in formulas and of whole ones."""
    return _settle(root, how, lambda mark: any(map(_is_math, (*mark, *mark.iterancestors()))))


def _of_objects(root: etree._Element, how: How) -> bool:
    """Settle the changes of embedded objects and pictures of the old form."""
    return _settle(root, how, lambda mark: any(local(each) in ("object", "pict") for each in mark.iter()))


def _settle(root: etree._Element, how: How, wanted: Callable[[etree._Element], bool]) -> bool:
    gone = _TAKEN if how == "accept" else _ADDED
    marks = [e for e in root.iter() if local(e) in (*_ADDED, *_TAKEN) and wanted(e)]
    for mark in marks:
        if local(mark) not in gone:
            for each in list(mark):
                mark.addprevious(each)
        mark.getparent().remove(mark)
    return bool(marks)


def _is_math(element: etree._Element) -> bool:
    return local(element) in ("oMath", "oMathPara")


def _rows(root: etree._Element, how: How) -> bool:
    """Take out the rows that go, and the tables of which all go."""
    gone = _TAKEN if how == "accept" else _ADDED
    rows = [e for e in root.iter() if local(e) == "tr"]
    going = [row for row in rows if any(local(m) in gone for p in row if local(p) == "trPr" for m in p)]
    for row in going:
        table = row.getparent()
        table.remove(row)
        if not any(local(each) == "tr" for each in table.iter()):
            table.getparent().remove(table)
    return bool(going)


def _has_lost_ends(root: etree._Element, how: How) -> bool:
    """Whether the end of a paragraph was deleted or put in."""
    return any(local(e) in (*_ADDED, *_TAKEN) and local(e.getparent()) == "rPr" for e in root.iter() if e is not root)


def _gone_instructions(root: etree._Element, how: How) -> bool:
    """Settle the deletions that hold the instruction of a field, where deletions are taken back."""
    found = [each for each in root.iter() if local(each) == "delInstrText"] if how == "reject" else []
    for around in {gone for each in found for gone in each.iterancestors() if local(gone) == "del"}:
        for each in around.iter():
            if local(each) in ("delInstrText", "delText"):
                each.tag = str(each.tag).replace("delInstrText", "instrText").replace("delText", "t")
        parent = around.getparent()
        if parent is not None:
            for child in list(around):
                around.addprevious(child)
            parent.remove(around)
    return bool(found)


def _titles(root: etree._Element, _how: How) -> bool:
    """Let no paragraph have a style that pandoc takes for data of the file where it opens one."""
    found = [each for each in root.iter() if local(each) == "pStyle" and _FOR_DATA.intersection(each.values())]
    for each in found:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    return bool(found)


_FOR_DATA = frozenset(("Title", "Subtitle", "Author", "Date", "Abstract"))
LIMITS: tuple[Limit, ...] = (
    Limit("deleted fields", "a deleted field is not read as one where it comes back", _gone_instructions),
    Limit("titles", "a title that opens a file is data, and text behind a paragraph that was taken back", _titles),
    Limit(
        "simple fields",
        "the result of a `w:fldSimple` of a sort that pandoc does not know (SEQ) is left out; that of the same field "
        "in runs is read",
        _simple_fields,
    ),
    Limit("formulas", "changes in a formula are not settled, and a formula put in whole is left out", _in_formulas),
    Limit("objects", "an embedded object or old picture in a change is left out, whatever becomes of it", _of_objects),
    Limit("rows", "the mark that a row goes is not read: a table of which all rows go stays, with its title", _rows),
    Limit(
        "ends of paragraphs",
        "where the end of a paragraph goes, pandoc puts a blank between the words of the two; Word puts none",
        _has_lost_ends,
        blanks=False,
    ),
)
"""What pandoc 2.17 does not do, each seen in a file and tried by hand."""
