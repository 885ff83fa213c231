"""The Word package: opened with suspicion, its parts found by relationships, written back the same way every time.

A Word file is opened here and nowhere else. Limits bound what it unpacks to; document types and entities are refused;
the main part and all others are found by relationships, whatever they are called (29500-2, 9.3). A strict file
(29500-1) is read under the names of the transitional form (29500-4), in which it is also written back. Within a block
of `opening_once` a file is unpacked and parsed once, however many look at it.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from agreements.errors import UnreadableError
from agreements.ooxml.schema import name

MEBI = 1024 * 1024
UNPACKED_LIMIT = 512 * MEBI
PART_LIMIT = 256 * MEBI
RATIO_LIMIT = 250  # WordprocessingML packs some 10 to 40 times
RATIO_MATTERS = 8 * MEBI  # below this size no ratio is a danger
ENTRY_LIMIT = 20_000
DEPTH_LIMIT = 256  # elements in each other, which libxml2 counts; a table in a table in a table has some 15

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STORIES = ("header", "footer", "footnotes", "endnotes")
"""The kinds of parts, beside the main one, that hold words of the text."""

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: a file tells nothing about when it was made
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]{0,200}\?>")
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"((?:xmlns(?::[\w.-]+)?|Type)\s*=\s*[\"'])http://purl\.oclc\.org/ooxml/([^\"'<>]{1,200})")
_HYPHENATED = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_OTHERS = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint file",
    "META-INF/container.xml": "an e-book (EPUB)",
    "content.xml": "an OpenDocument file (.odt)",
}
_OTHER_TYPES = {"spreadsheetml": "an Excel workbook", "presentationml": "a PowerPoint file"}
# Word's damaged and foreign archives show themselves in all of these.
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError, RuntimeError, ValueError)
_AGAIN = "Get the file again from its source."
_DISTRUST = "Do not trust where it came from."


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part names: the last word of the relationship's type (`styles`), and the target.

    `target` is the path of a part, or the address as it is written where it is `external`.
    """

    id: str
    kind: str
    target: str
    external: bool = False


@dataclass(slots=True)
class Package:
    """One Word file. Trees that were asked for may be changed; `content` writes them back.

    `main` is the path of the main part; `related` are the paths of those that it names, by their kind.
    """

    name: str
    main: str
    related: dict[str, list[str]]
    _archive: zipfile.ZipFile
    _paths: dict[str, str]  # the names in the archive by the paths of the parts
    _trees: dict[str, etree._Element] = field(default_factory=dict)
    _added: dict[str, bytes] = field(default_factory=dict)
    _relations: dict[str, list[Relationship]] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, content: bytes) -> "Package":
        """Return the package of the Word file `content`, called `name` in messages; it may be changed.

        Raises `UnreadableError` when it is damaged, protected, beyond a limit, or no Word file.
        """
        known = _known_packages().get(content)
        return cls._opened(name, content) if known is None else known._copy(name)

    @classmethod
    def looked_at(cls, name: str, content: bytes) -> "Package":
        """Return the package of the Word file `content` for one who changes nothing in it; raises as `of`.

        Within a block of `opening_once` all who look at a file look at the same trees.
        """
        known = _known_packages()
        if content not in known:
            known[content] = cls._opened(name, content)
        return known[content]

    @classmethod
    def _opened(cls, name: str, content: bytes) -> "Package":
        archive = _unpacked(name, content)
        _check(name, archive)
        package = cls(name, "", {}, archive, _part_paths(name, archive))
        package.main = package._main_part()
        for relation in package.relationships(package.main):
            if not relation.external:
                package.related.setdefault(relation.kind, []).append(relation.target)
        return package

    def _copy(self, name: str) -> "Package":
        """Return a package of its own with the parts that were parsed."""
        copy = Package(
            name, self.main, {kind: [*paths] for kind, paths in self.related.items()}, self._archive, self._paths
        )
        copy._trees.update((path, deepcopy(root)) for path, root in self._trees.items())
        copy._added.update(self._added)
        return copy

    # ------------------------------------------------------------------ parts

    def paths(self) -> list[str]:
        """Return the paths of all parts, also `[Content_Types].xml` and the relationships."""
        return sorted({*self._paths, *self._trees, *self._added})

    def part(self, path: str) -> etree._Element | None:
        """Return the root of the part at `path`, None when there is no such part; raises `UnreadableError`."""
        path = self._known(path)
        if path not in self._trees:
            data = self.data(path)
            if data is None:
                return None
            self._trees[path] = _tree(self.name, path, data)
        return self._trees[path]

    @property
    def has_remarks(self) -> bool:
        """Whether the archive, or a file in it, bears a remark, which no program shows."""
        archive = self._archive
        return bool(archive.comment) or any(each.comment for each in archive.infolist())

    def data(self, path: str) -> bytes | None:
        """Return the bytes of the part at `path` as they came, None when there is no such part."""
        path = self._known(path)
        if path in self._added:
            return self._added[path]
        return _bytes(self.name, self._archive, self._paths[path]) if path in self._paths else None

    def first(self, kind: str) -> etree._Element | None:
        """Return the root of the first part that the main part names as its `kind` (`styles`, `footnotes`)."""
        paths = self.related.get(kind, [])
        return self.part(paths[0]) if paths else None

    def body(self) -> etree._Element:
        """Return the `w:body`; an empty one when the main part has none."""
        root = self.part(self.main)
        body = None if root is None else root.find(name("body"))
        return etree.Element(name("body")) if body is None else body

    def properties(self) -> etree._Element | None:
        """Return the root of the core properties (title, author), None when there are none."""
        paths = (r.target for r in self.relationships("") if r.kind == "core-properties" and not r.external)
        path = next(paths, "docProps/core.xml")
        return self.part(path)

    def stories(self) -> dict[str, etree._Element]:
        """Return the trees that hold words, by path: the main part, headers, footers, notes."""
        paths = [self.main, *(path for kind in STORIES for path in self.related.get(kind, []))]
        found = {path: self.part(path) for path in paths}
        return {path: root for path, root in found.items() if root is not None}

    def path_of(self, element: etree._Element) -> str:
        """Return the path of the part whose tree `element` stands in, that of the main part for none."""
        root = element.getroottree().getroot()
        return next((path for path, tree in self._trees.items() if tree is root), self.main)

    def _known(self, path: str) -> str:
        """Return `path` as the archive writes it: names of parts are the same whatever their case (29500-2, 9.1)."""
        if path in self._paths or path in self._trees or path in self._added:
            return path
        lowered = path.lower()
        return next((each for each in self._paths if each.lower() == lowered), path)

    # ------------------------------------------------------------------ relationships

    def relationships(self, path: str) -> list[Relationship]:
        """Return what the part at `path` names, in the order of the file; the empty path is the package itself."""
        if path not in self._relations:
            folder = posixpath.dirname(path)
            root = self.part(_relations_path(path))
            rows = [] if root is None else list(root.iter(f"{_RELATIONS}Relationship"))
            self._relations[path] = [self._relationship(row, folder) for row in rows]
        return self._relations[path]

    def _relationship(self, row: etree._Element, folder: str) -> Relationship:
        kind = row.get("Type", "").rsplit("/", 1)[-1]
        target = row.get("Target", "")
        if row.get("TargetMode") == "External":
            return Relationship(row.get("Id", ""), kind, target, external=True)
        path = unquote(target.partition("#")[0].replace("\\", "/"))
        path = path if path.startswith("/") else f"{folder}/{path}"
        return Relationship(row.get("Id", ""), kind, self._known(posixpath.normpath(path).lstrip("/")))

    def relationship(self, identifier: str, *, of: str = "") -> Relationship | None:
        """Return what the part at the path `of` (empty: the main part) names as `identifier`, None for nothing."""
        return next((each for each in self.relationships(of or self.main) if each.id == identifier), None)

    def sort_of(self, identifier: str, *, of: str = "") -> str:
        """Return the whole type of the relationship `identifier` of the part at `of`, empty for none."""
        row = self._row(of or self.main, identifier)
        return "" if row is None else row.get("Type", "")

    def target(self, identifier: str, *, of: str = "") -> str:
        """Return the path of the part that `of` names as `identifier`, empty for none and for what lies outside."""
        found = self.relationship(identifier, of=of)
        return "" if found is None or found.external else found.target

    def _main_part(self) -> str:
        for relation in self.relationships(""):
            if relation.kind == "officeDocument" and relation.target in self._paths:
                sort = self._type(relation.target)
                if what := next((what for sign, what in _OTHER_TYPES.items() if sign in sort), ""):
                    raise UnreadableError(f"{self.name} is {what}, not a Word file.", hint="Save it as Word first.")
                if not relation.target.startswith(("xl/", "ppt/")):
                    return relation.target
        for path, what in _OTHERS.items():
            if path in self._paths:
                message = f"{self.name} is {what}, not a Word file."
                raise UnreadableError(message, hint="Save it as Word (.docx) first.")
        message = f"{self.name} is a zip archive, not a Word file."
        raise UnreadableError(message, hint="Unpack it and import what is in it.")

    def _type(self, path: str) -> str:
        """Return the content type of the part at `path`, empty where none is said."""
        types = self.part("[Content_Types].xml")
        suffix = path.rpartition(".")[2].lower()
        default = ""
        for row in () if types is None else types:
            if row.get("PartName", "").lstrip("/").lower() == path.lower():
                return str(row.get("ContentType", ""))
            if row.tag == f"{_TYPES}Default" and row.get("Extension", "").lower() == suffix:
                default = row.get("ContentType", "")
        return default

    # ------------------------------------------------------------------ adding and writing

    def add(self, kind: str, root: etree._Element) -> str:
        """Add a part of the `kind` that the main part names (`footnotes`, `header`); return its relationship's id."""
        path = self._free(f"{posixpath.dirname(self.main)}/{kind}.xml")
        self._declare(path, f"{_WORD}.{kind}+xml")
        self._trees[path] = root
        self.related.setdefault(kind, []).append(path)
        return self.relate(self.main, f"{_OFFICE}/{kind}", path)

    def relate(self, of: str, sort: str, target: str, *, external: bool = False) -> str:
        """Let the part at `of` name `target` by the relationship type `sort`; return the id, an old one if there is."""
        kind = sort.rsplit("/", 1)[-1]
        for known in self.relationships(of):
            if (known.kind, known.target, known.external) == (kind, target, external):
                return known.id
        path = _relations_path(of)
        root = self.part(path)
        if root is None:
            root = self._trees[path] = etree.fromstring(f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>')
        taken = {row.get("Id") for row in root}
        identifier = next(label for n in range(1, len(taken) + 2) if (label := f"rIdNew{n}") not in taken)
        row = etree.SubElement(root, f"{_RELATIONS}Relationship", Id=identifier, Type=sort)
        row.set("Target", target if external else posixpath.relpath(target, posixpath.dirname(of) or "."))
        if external:
            row.set("TargetMode", "External")
        self._relations[of].append(Relationship(identifier, kind, target, external))
        return identifier

    def bring(self, other: "Package", path: str, _under: Mapping[str, str] | None = None) -> str:
        """Copy the part at `path` of `other`, and those that it names, into this package; return its path here."""
        data = other.data(path)
        if data is None:
            return ""
        fresh = self._free(path)
        self._declare(fresh, other._type(path))
        self._added[fresh] = data
        known = {**(_under or {}), path: fresh}
        for each in other.relationships(path):
            target = each.target if each.external else known.get(each.target) or self.bring(other, each.target, known)
            row = other._row(path, each.id)
            if target and row is not None:
                made = self.relate(fresh, row.get("Type", ""), target, external=each.external)
                self._rename(fresh, made, each.id)
        return fresh

    def _row(self, of: str, identifier: str) -> etree._Element | None:
        root = self.part(_relations_path(of))
        return None if root is None else next((row for row in root if row.get("Id") == identifier), None)

    def _rename(self, of: str, made: str, wanted: str) -> None:
        """Give a new relationship the id by which the copied part knows it."""
        if (row := self._row(of, made)) is not None:
            row.set("Id", wanted)
        rows = self._relations[of]
        self._relations[of] = [Relationship(wanted, r.kind, r.target, r.external) if r.id == made else r for r in rows]

    def _free(self, path: str) -> str:
        """Return `path`, with a number where there is such a part already."""
        taken = {each.lower() for each in self.paths()}
        stem, dot, suffix = path.rpartition(".")
        numbered = (f"{stem}{number or ''}{dot}{suffix}" for number in range(len(taken) + 1))
        return next(each for each in numbered if each.lower() not in taken)

    def _declare(self, path: str, sort: str) -> None:
        types = self.part("[Content_Types].xml")
        if types is None:
            types = self._trees["[Content_Types].xml"] = etree.fromstring(f'<Types xmlns="{_TYPES[1:-1]}"/>')
        if sort and self._type(path) != sort:
            etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{path}", ContentType=sort)

    def content(self) -> bytes:
        """Return the file as it is now, the same bytes whenever the trees are the same."""
        parts = {path: self.data(path) or b"" for path in self._paths if not path.endswith("/")} | self._added
        for path, data in parts.items():
            if _STRICT in data and path.endswith((".xml", ".rels")):
                parts[path] = _transitional(data)
        for path, root in self._trees.items():
            root.attrib.pop(name("conformance"), "")
            parts[path] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return packed(parts)

    def finished(self) -> bytes:
        """Return the file as it is now, for a package that nobody changes any more: who looks at it gets this one."""
        content = self.content()
        _known_packages()[content] = self
        return content


_KNOWN: ContextVar[dict[bytes, Package] | None] = ContextVar("known_packages", default=None)


def _known_packages() -> dict[bytes, Package]:
    """Return the packages that this block has opened; outside of any, none are kept."""
    known = _KNOWN.get()
    return {} if known is None else known


@contextmanager
def opening_once() -> Iterator[None]:
    """A block in which a Word file is unpacked and parsed once; its packages are kept until the block ends."""
    if _KNOWN.get() is not None:
        yield
        return
    token = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(token)


def repacked(package: bytes) -> bytes:
    """Return the zip `package` with its parts sorted, fixed times and no trace of the machine that wrote it."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        parts = {item.filename: source.read(item) for item in source.infolist()}
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip package of `parts` (name to content), the same bytes whenever the content is the same."""
    out = io.BytesIO()
    order = sorted(parts, key=lambda part: (_FIRST.index(part) if part in _FIRST else len(_FIRST), part))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for part in order:
            entry = zipfile.ZipInfo(part, _TIME)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, parts[part])
    return out.getvalue()


def old_office(file_name: str, content: bytes) -> UnreadableError:
    """Return what is wrong with `content`, which begins as an OLE file does: it is locked, or older than `.docx`."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return UnreadableError(
            f"{file_name} is protected by a password.", hint="Remove the password in Word and try again."
        )
    return UnreadableError(f"{file_name} is an old Word or Office file (.doc).", hint="Save it as Word (.docx) first.")


# ---------------------------------------------------------------------- opening


def _unpacked(file_name: str, content: bytes) -> zipfile.ZipFile:
    if content.startswith(OLE):
        raise old_office(file_name, content)
    if not content.startswith(b"PK"):
        raise UnreadableError(f"{file_name} is not a Word file.", hint="Only .docx, .docm, .dotx and .dotm are.")
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _BAD_ZIP as error:
        raise UnreadableError(
            f"{file_name} is damaged or was cut off: its archive does not open.", hint=_AGAIN
        ) from error


def _check(file_name: str, archive: zipfile.ZipFile) -> None:
    """Raise `UnreadableError` for an archive that is protected or unpacks beyond the limits."""
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    reason = ""
    if any(entry.flag_bits & 1 for entry in entries):
        message = f"{file_name} is protected by a password."
        raise UnreadableError(message, hint="Remove the password and try again.")
    if len(entries) > ENTRY_LIMIT:
        reason = f"it holds {len(entries)} files, the limit is {ENTRY_LIMIT}"
    elif total > UNPACKED_LIMIT:
        reason = f"it unpacks to {total // MEBI} MB, the limit is {UNPACKED_LIMIT // MEBI} MB"
    elif any(e.file_size > RATIO_MATTERS and e.file_size > RATIO_LIMIT * e.compress_size for e in entries):
        reason = f"a part of it unpacks to more than {RATIO_LIMIT} times its size, which is the limit"
    if reason:
        raise UnreadableError(f"{file_name} is not opened: {reason}.", hint=_DISTRUST)


def _part_paths(file_name: str, archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the names in the archive by the paths of parts; two parts of one name would show different readers two."""
    found: dict[str, str] = {}
    lowered: set[str] = set()
    for entry in archive.namelist():
        path = entry.replace("\\", "/").lstrip("/")
        if path.lower() in lowered and not path.endswith("/"):
            raise UnreadableError(f"{file_name} is not opened: it holds two parts called {path}.", hint=_DISTRUST)
        lowered.add(path.lower())
        found[path] = entry
    return found


def _bytes(file_name: str, archive: zipfile.ZipFile, entry: str) -> bytes:
    size = archive.NameToInfo[entry].file_size
    if size > PART_LIMIT:
        raise UnreadableError(
            f"{file_name} is not opened: its part {entry} has {size // MEBI} MB, the limit is {PART_LIMIT // MEBI} MB."
        )
    try:
        return archive.read(entry)
    except _BAD_ZIP as error:
        raise UnreadableError(f"{file_name} is damaged: its part {entry} does not unpack.", hint=_AGAIN) from error


def _tree(file_name: str, path: str, data: bytes) -> etree._Element:
    """Return the root of a part; comments and instructions, which would cut words in two, are left out."""
    data = _as_utf8(file_name, path, data)
    if _STRICT in data:
        data = _transitional(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "Excessive depth" in str(error):
            message = (
                f"{file_name} is not opened: its part {path} nests more than {DEPTH_LIMIT} elements in each other."
            )
            raise UnreadableError(message, hint=_DISTRUST) from error
        raise UnreadableError(f"{file_name} is damaged: its part {path} does not read as XML.", hint=_AGAIN) from error
    if _DECLARES.search(data[:4096]) or root.getroottree().docinfo.internalDTD is not None:
        message = f"{file_name} is not opened: its part {path} declares a document type, which Word files never do."
        raise UnreadableError(message, hint=_DISTRUST)
    return root


def _as_utf8(file_name: str, path: str, data: bytes) -> bytes:
    """Return `data` in UTF-8, the one other encoding that a part may have being UTF-16 (29500-2, 9.1.4)."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00?\x00", b"\x00<\x00?")):
        return data
    try:
        text = data.decode("utf-16" if data[:1] in b"\xff\xfe" else "utf-16-le" if data[:1] == b"<" else "utf-16-be")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{file_name} is damaged: its part {path} does not read as XML.", hint=_AGAIN) from error
    return _DECLARATION.sub("", text).encode("utf-8", "replace")


def _transitional(data: bytes) -> bytes:
    """Return a part of a strict file with the names that the transitional form has for the same things."""
    return _STRICT_NAME.sub(_renamed, data)


def _renamed(found: re.Match[bytes]) -> bytes:
    room, _, rest = found[2].partition(b"/")
    rest = b"/".join(_HYPHENATED.get(step, step) for step in rest.split(b"/"))
    return found[1] + b"http://schemas.openxmlformats.org/" + room + b"/2006/" + rest


def _relations_path(of: str) -> str:
    folder, base = posixpath.split(of)
    return f"{folder}/_rels/{base}.rels".lstrip("/")
