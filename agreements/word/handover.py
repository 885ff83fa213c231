"""Handing a Word file over: what is not text of the draft goes, and nothing that a reader sees changes.

What would change the text (tracked changes, embedded files, links to folders) is never taken out in silence: the check
of `outgoing.py` then finds it in the result, and the file stays here.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from agreements import platform
from agreements.bookmarks import is_mark
from agreements.display import shown_short
from agreements.errors import AgreementsError, UnreadableError
from agreements.findings import Finding, info
from agreements.ooxml.package import packed
from agreements.ooxml.schema import insert, local, name
from agreements.ooxml.xml import make
from agreements.reading import refuse_word_file, save_checked, source
from agreements.word.leaks import ABOUT_PEOPLE, DROPPED_PARTS, SESSION_ATTRIBUTES, is_on, parsed, revision_authors
from agreements.word.outgoing import leaks_in
from agreements.word.pictures import bare
from agreements.word.revising.settle import accept, reject

Revisions = Literal["refuse", "accept", "reject", "keep"]

_RELATIONS = re.compile(r"(?:.*/)?_rels/[^/]*\.rels")
_FIELD_TARGET = re.compile(r"\b(?:REF|PAGEREF|NOTEREF|HYPERLINK\s+\\l)\s+\"?([^\s\"\\]+)")
_OWN_NAME = re.compile(r"_(?:Toc|Ref)\d+")
_FIRST_NAME = 100_000_000
_UNWRAPPED = ("customXml", "smartTag")
_REMOVED = {
    "proofErr": "",
    "permStart": "permissions of editors",
    "permEnd": "",
    "commentRangeStart": "comments",
    "commentRangeEnd": "",
    "commentReference": "",
    "annotationRef": "",
}
_SETTINGS = {
    "rsids": "numbers of editing sessions",
    "attachedTemplate": "the path of a template",
    "docVars": "document variables",
    "mailMerge": "the source of a mail merge",
    "writeProtection": "the name of who protects it",
    "trackRevisions": "the switch that tracks changes",
    "saveThroughXslt": "the path of a transformation",
    "docId": "the identity of the file",
}
_KEPT_PROPERTIES = tuple(f"{{http://purl.org/dc/elements/1.1/}}{kept}" for kept in ("title", "language"))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file made ready: its `content`, and for each sort of thing taken out a finding with their number."""

    content: bytes
    removed: tuple[Finding, ...]


def cleaned(content: bytes, *, authors: Mapping[str, str] | None = None) -> Cleaned:
    """Return the Word file `content` without what is not its text.

    Tracked changes stay; with `authors` (name there is to name to show) each bears the name of a side instead of a
    person's, and no time. `content` is a package that `outgoing.leaks_in` could read.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {item.filename: package.read(item) for item in package.infolist() if not item.is_dir()}
    told: Counter[str] = Counter()
    parts = _without_parts(parts, told)
    roots = {part: parsed(data) for part, data in parts.items() if part.endswith(".xml") and part.startswith("word/")}
    needed = _needed(roots.values())
    for root in roots.values():
        _clean_tree(root, needed, told)
        if authors:
            _rename_authors(root, authors, told)
    for part, root in roots.items():
        parts[part] = _serialised(root)
    for part in [part for part in parts if part.startswith("word/media/")]:
        told["what pictures say of their making"] += bare(parts[part]) != parts[part]
        parts[part] = bare(parts[part])
    if "docProps/core.xml" in parts:
        parts["docProps/core.xml"] = _core(parts["docProps/core.xml"], told)
    removed = tuple(
        info("removed", "", f"Taken out: {what} ({count}).") for what, count in sorted(told.items()) if count
    )
    return Cleaned(packed(parts), removed)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_parts(parts: dict[str, bytes], told: Counter[str]) -> dict[str, bytes]:
    """Return the parts that may stay, with nothing left that names the others."""
    gone = set()
    for part in parts:
        for pattern, what in DROPPED_PARTS:
            if re.match(pattern, part):
                gone.add(part)
                if not part.endswith(".rels"):
                    told[what] += 1
    gone |= {part for part in parts if _RELATIONS.fullmatch(part) and _source_of(part) in gone}
    kept = {part: data for part, data in parts.items() if part not in gone}
    for part in [part for part in kept if _RELATIONS.fullmatch(part)]:
        kept[part] = _without_names(kept[part], gone, part.rpartition("_rels/")[0])
    kept["[Content_Types].xml"] = _without_names(kept["[Content_Types].xml"], gone, "")
    return kept


def _source_of(relations: str) -> str:
    folder, _, base = relations.rpartition("_rels/")
    return folder + base.removesuffix(".rels")


def _named(folder: str, entry: etree._Element) -> str:
    """Return the part that a relationship or a content type is about, empty for none in the package."""
    if entry.get("TargetMode") == "External":
        return ""
    target = entry.get("Target") or entry.get("PartName") or ""
    if target.startswith("/"):
        return target.lstrip("/")
    steps: list[str] = []
    for step in (folder + target).split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _without_names(content: bytes, gone: Collection[str], folder: str) -> bytes:
    root = parsed(content)
    for entry in [e for e in root if _named(folder, e) in gone]:
        root.remove(entry)
    return _serialised(root)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _needed(roots: Iterable[etree._Element]) -> dict[str, str]:
    """Return the bookmarks that a field or link of the file needs, each with the name that it may bear."""
    found: dict[str, str] = {}
    for root in roots:
        codes = " ".join(code.text or "" for code in root.iter(name("instrText")))
        codes += " ".join(field.get(name("instr"), "") for field in root.iter(name("fldSimple")))
        for label in (
            *_FIELD_TARGET.findall(codes),
            *(e.get(name("anchor"), "") for e in root.iter(name("hyperlink"))),
        ):
            says_nothing = is_mark(label) or _OWN_NAME.fullmatch(label)
            found.setdefault(label, label if says_nothing else f"_Ref{_FIRST_NAME + len(found)}")
    return found


def _clean_tree(root: etree._Element, needed: Mapping[str, str], told: Counter[str]) -> None:
    _hidden(root, told)
    for element in list(root.iter(etree.Element)):
        tag = local(element)
        if tag in _REMOVED:
            told[_REMOVED[tag]] += bool(_REMOVED[tag])
            holder = element.getparent()
            _drop(element)
            if holder is not None and local(holder) == "r" and all(local(e) == "rPr" for e in holder):
                _drop(holder)
        elif tag in _UNWRAPPED:
            told["data tags around words"] += 1
            _unwrap(element)
        elif tag == "webHidden":
            _drop(element)
    _controls(root, told)
    _bookmarks(root, needed, told)
    _attributes(root, told)
    if local(root) == "settings":
        _settings(root, told)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in [e for e in element if local(e) not in ("customXmlPr", "smartTagPr")]:
        parent.insert(at, child)
        at += 1
    parent.remove(element)


def _hidden(root: etree._Element, told: Counter[str]) -> None:
    """Take out runs of hidden text, and paragraphs of which nothing can be seen."""
    for mark in [e for e in root.iter(name("vanish")) if is_on(e)]:
        look = mark.getparent()
        holder = None if look is None else look.getparent()
        if holder is None:
            continue
        if local(holder) == "r":
            told["hidden text"] += any(local(e) in ("t", "tab", "br", "sym") for e in holder)
            _drop(holder)
    for paragraph in list(root.iter(name("p"))):
        hidden = paragraph.find(f"{name('pPr')}/{name('rPr')}/{name('vanish')}")
        if hidden is None or not is_on(hidden):
            continue
        empty = not any(
            local(e) in ("t", "drawing", "pict", "object", "fldChar") for e in paragraph.iter(etree.Element)
        )
        siblings = paragraph.getparent()
        if empty and siblings is not None and sum(local(e) == "p" for e in siblings) > 1:
            _drop(paragraph)
        else:
            _drop(hidden)


def _controls(root: etree._Element, told: Counter[str]) -> None:
    """Take the names of parameters from content controls; the controls and their words stay."""
    for own in root.iter(name("sdtPr")):
        for child in [e for e in own if local(e) in ("alias", "tag", "dataBinding")]:
            told["names of content controls"] += 1
            own.remove(child)


def _bookmarks(root: etree._Element, needed: Mapping[str, str], told: Counter[str]) -> None:
    """Take out bookmarks that nothing needs; those of other hands that are needed keep their place, not their name."""
    unwanted = set()
    for start in list(root.iter(name("bookmarkStart"))):
        label = start.get(name("name"), "")
        if label in needed:
            told["names of bookmarks"] += needed[label] != label
            start.set(name("name"), needed[label])
        elif not is_mark(label):
            told["bookmarks"] += 1
            unwanted.add(start.get(name("id")))
            _drop(start)
    for end in [e for e in root.iter(name("bookmarkEnd")) if e.get(name("id")) in unwanted]:
        _drop(end)

    def renamed(match: re.Match[str]) -> str:
        whole, label = match[0], match[1]
        return (
            whole[: match.start(1) - match.start()] + needed.get(label, label) + whole[match.end(1) - match.start() :]
        )

    for code in root.iter(name("instrText")):
        code.text = _FIELD_TARGET.sub(renamed, code.text or "")
    for field in root.iter(name("fldSimple")):
        field.set(name("instr"), _FIELD_TARGET.sub(renamed, field.get(name("instr"), "")))
    for link in root.iter(name("hyperlink")):
        if anchor := link.get(name("anchor")):
            link.set(name("anchor"), needed.get(anchor, anchor))


def _attributes(root: etree._Element, told: Counter[str]) -> None:
    for element in root.iter(etree.Element):
        for key in [key for key in element.attrib if SESSION_ATTRIBUTES.fullmatch(str(key))]:
            del element.attrib[key]
            told["numbers of editing sessions"] += 1


def _settings(root: etree._Element, told: Counter[str]) -> None:
    for child in [e for e in root if local(e) in _SETTINGS]:
        told[_SETTINGS[local(child)]] += 1
        root.remove(child)
    for tag in ("removePersonalInformation", "removeDateAndTime"):
        if root.find(name(tag)) is None:
            insert(root, make(tag))  # Word then leaves names and times out when the file is saved again


def authors_of(content: bytes) -> tuple[str, ...]:
    """Return the authors of the tracked changes of the Word file `content`, sorted."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [part for part in package.namelist() if part.endswith(".xml") and part.startswith("word/")]
        roots = [parsed(package.read(part)) for part in parts]
    return tuple(sorted({element.get(name("author"), "") for root in roots for element in revision_authors(root)}))


def _rename_authors(root: etree._Element, authors: Mapping[str, str], told: Counter[str]) -> None:
    for element in revision_authors(root):
        was = element.get(name("author"), "")
        told["names and times of tracked changes"] += 1
        element.set(name("author"), authors.get(was, was))
        for attribute in ("date", "initials"):
            element.attrib.pop(name(attribute), "")


def _core(content: bytes, told: Counter[str]) -> bytes:
    """Return the properties with title and language alone."""
    root = parsed(content)
    for child in [e for e in root if e.tag not in _KEPT_PROPERTIES]:
        told["document properties"] += local(child) in ABOUT_PEOPLE and bool((child.text or "").strip())
        root.remove(child)
    return _serialised(root)


# ---------------------------------------------------------------------- a whole file


@shown_short
@dataclass(frozen=True, slots=True)
class Handover:
    """What became of a file that is to leave.

    `removed` says what was taken out, `findings` what must still not leave; only when there is none was `output`
    written.
    """

    file: Path
    output: Path | None
    removed: tuple[Finding, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON shape of one file."""
        return {
            "file": str(self.file),
            "output": str(self.output) if self.output else None,
            "removed": [finding.as_json() for finding in self.removed],
            "findings": [finding.as_json() for finding in self.findings],
        }


def make_handover(
    file: Path, output: Path, *, revisions: Revisions = "refuse", authors: Mapping[str, str] | None = None
) -> Handover:
    """Write to `output` a copy of the Word file `file` that may leave, or say what stands in its way.

    Comments, properties, data behind the text, names, paths, hidden text and numbers of editing sessions are taken
    out; the words that a reader sees stay as they are. `revisions` says what becomes of tracked changes: a file that
    has any is refused, or they are accepted, rejected, or kept without times. Those that are kept bear the names that
    `authors` gives for the names in the file (sides, no persons); the name `""` gives one for all where there is only
    one author: changes of two sides never become those of one. The result is read again, and written only when nothing
    in it must stay here. Raises `UnreadableError` when `file` is no Word file, `AgreementsError` when `output` cannot
    be written or is `file` itself, or when an author has no name to bear, `ClassifiedError` when any part of it bears a
    marking in use.
    """
    _refuse_names(file, output)
    if not file.is_file():
        raise UnreadableError(f"{platform.printable(file)}: there is no such file.", hint="Check name and folder.")
    loaded = source.load(file)
    content = loaded.data
    before = leaks_in(content, file.name)  # refuses what is no Word file
    refuse_word_file(file.name, content)
    working = tuple(finding for finding in before if finding.code == "leak-working-copy")
    if working:
        return Handover(file, None, (), working)
    if revisions in ("accept", "reject"):
        content = (accept if revisions == "accept" else reject)(content, file_name=file.name)
    made = cleaned(content, authors=_sides(content, authors or {}) if revisions == "keep" else None)
    found = leaks_in(made.content, file.name, with_revisions=revisions == "keep")
    if found:
        return Handover(file, None, made.removed, found)
    save_checked(output, made.content)
    return Handover(file, output, made.removed, ())


def _sides(content: bytes, authors: Mapping[str, str]) -> dict[str, str]:
    """Return the name of a side for every author in `content`."""
    there = authors_of(content)
    one = authors.get("", "") if len(there) == 1 else ""
    sides = {author: authors.get(author, "") or one for author in there}
    if unnamed := [author for author, side in sides.items() if not side]:
        example = " ".join(f"--author '{author}=SIDE'" for author in unnamed)
        raise AgreementsError(
            f"Changes that are kept need the name of a side; there are changes of {', '.join(unnamed)}.",
            hint=f"Say for each: --revisions keep {example}.",
        )
    return sides


def _refuse_names(file: Path, output: Path) -> None:
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    if output.resolve() == file.resolve():
        raise AgreementsError(f"{output.name} would replace the file itself.", hint="Name another file with -o.")
