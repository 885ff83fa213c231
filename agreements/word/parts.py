"""A Word file as its parts: trees that can be changed, and written back into the same package."""

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from agreements.ooxml.package import packed
from agreements.ooxml.schema import name
from agreements.reading.package import Package, open_package
from agreements.reading.source import Source

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STORIES = ("header", "footer", "footnotes", "endnotes")


@dataclass(slots=True)
class Parts:
    """The package of one Word file; trees that were asked for are written back by `content`."""

    package: Package
    _trees: dict[str, etree._Element] = field(default_factory=dict)

    @classmethod
    def of(cls, file_name: str, content: bytes) -> "Parts":
        """Return the parts of the Word file `content`; raises `UnreadableError` that names it by `file_name`."""
        return cls(open_package(Source.of(file_name, content)))

    @property
    def name(self) -> str:
        """The name of the file, for messages."""
        return self.package.name

    def tree(self, path: str) -> etree._Element | None:
        """Return the root of the part at `path`, None when there is none; raises `UnreadableError`."""
        if path not in self._trees:
            root = self.package.part(path)
            if root is None:
                return None
            self._trees[path] = root
        return self._trees[path]

    def first(self, kind: str) -> etree._Element | None:
        """Return the root of the first part that the main part names as its `kind` (`styles`, `numbering`)."""
        paths = self.package.related.get(kind, [])
        return self.tree(paths[0]) if paths else None

    def body(self) -> etree._Element:
        """Return the `w:body`; an empty one when the main part has none."""
        root = self.tree(self.package.main)
        body = None if root is None else root.find(name("body"))
        return etree.Element(name("body")) if body is None else body

    def related(self, identifier: str) -> str:
        """Return the path of the part that the main part knows by the relationship `identifier`, empty for none."""
        folder, base = posixpath.split(self.package.main)
        root = self.tree(f"{folder}/_rels/{base}.rels")
        for relation in () if root is None else root:
            if relation.get("Id") == identifier and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                return posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
        return ""

    def add(self, kind: str, root: etree._Element) -> str:
        """Add a part of the `kind` that the main part names (`footnotes`, `header`); return its relationship's id."""
        folder, base = posixpath.split(self.package.main)
        taken = {*self.package.archive.namelist(), *self._trees}
        numbers = (f"{kind}{number or ''}.xml" for number in range(len(taken) + 1))
        file = next(each for each in numbers if f"{folder}/{each}" not in taken)
        path = f"{folder}/{file}"
        types = self.tree("[Content_Types].xml")
        if types is None:
            raise ValueError("a package has its content types")
        etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{path}", ContentType=f"{_WORD}.{kind}+xml")
        rels = f"{folder}/_rels/{base}.rels"
        relations = self.tree(rels)
        if relations is None:
            relations = self._trees[rels] = etree.fromstring(f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>')
        known = {relation.get("Id") for relation in relations}
        identifier = next(label for n in range(1, len(known) + 2) if (label := f"rIdNew{n}") not in known)
        attributes = {"Id": identifier, "Type": f"{_OFFICE}/{kind}", "Target": file}
        etree.SubElement(relations, f"{_RELATIONS}Relationship", attributes)
        self._trees[path] = root
        self.package.related.setdefault(kind, []).append(path)
        return identifier

    def stories(self) -> dict[str, etree._Element]:
        """Return the trees that hold words, by path: the main part, headers, footers, notes."""
        paths = [self.package.main, *(p for kind in _STORIES for p in self.package.related.get(kind, []))]
        found = {path: self.tree(path) for path in paths}
        return {path: root for path, root in found.items() if root is not None}

    def content(self) -> bytes:
        """Return the file as it is now, the same bytes whenever the trees are the same."""
        archive = self.package.archive
        parts = {entry: archive.read(entry) for entry in archive.namelist() if not entry.endswith("/")}
        for path, root in self._trees.items():
            parts[path] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return packed(parts)
