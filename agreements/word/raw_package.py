"""The raw parts of a Word package, for the second reading: found and parsed without the reader that is proven."""

import hashlib
import io
import posixpath
import zipfile
from collections import Counter

from lxml import etree

from agreements.ooxml.schema import W

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_SIGNS = 12  # characters of a hash that name an object
_KNOWN_KINDS = frozenset(  # parts that are flattened, and those that no proof looks at
    [
        "officeDocument",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "styles",
        "stylesWithEffects",
        "numbering",
        "settings",
        "webSettings",
        "fontTable",
        "theme",
        "image",
        "hyperlink",
        "chart",
        "diagramData",
        "diagramLayout",
        "diagramQuickStyle",
        "diagramColors",
        "core-properties",
        "extended-properties",
        "custom-properties",
        "thumbnail",
        "oleObject",
        "package",
        "attachedTemplate",
        "printerSettings",
        "customXml",
        "customXmlProps",
        "glossaryDocument",
        "keyMapCustomizations",
        "attachedToolbars",
        "chartStyle",
        "chartColorStyle",
        "themeOverride",
        "diagramDrawing",
        "origin",
        "signature",
        "ui",
        "extensibility",
        "xmlMaps",
        "font",
        "stylesWithtEffects",
    ]
)


class RawPackage:
    """A Word package opened by other code than `agreements.ooxml.package`, for what is held against that.

    `content` must have passed `agreements.ooxml.package`, whose limits are not repeated here; an archive or XML that
    does not open raises `zipfile.BadZipFile` or `lxml.etree.XMLSyntaxError`.
    """

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self._data = {n.replace("\\", "/").lstrip("/"): archive.read(n) for n in archive.namelist()}
        self._trees: dict[str, etree._Element] = {}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self._hashes: dict[str, str] = {}
        self.main = next((t for kind, t in self.relations("").values() if kind == "officeDocument"), "")

    def tree(self, path: str) -> etree._Element | None:
        """Return the root of the part at `path`, None where there is none."""
        if path not in self._trees:
            data = self._data.get(path)
            if data is None:
                return None
            if _STRICT in data:
                for strict, name in _STRICT_NAMES:
                    data = data.replace(strict, name)
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
            self._trees[path] = etree.fromstring(data, parser)
        return self._trees[path]

    def relations(self, of: str) -> dict[str, tuple[str, str]]:
        """Return kind and target of what the part `of` names, by id; a target outside is `external:ADDRESS`."""
        if of not in self._relations:
            folder, base = posixpath.split(of)
            found: dict[str, tuple[str, str]] = {}
            root = self.tree(f"{folder}/_rels/{base}.rels".lstrip("/"))
            for row in () if root is None else root:
                target = row.get("Target", "").replace("\\", "/")
                if row.get("TargetMode") == "External":
                    target = f"external:{target}"
                else:
                    target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[row.get("Id", "")] = (row.get("Type", "").rpartition("/")[2], target)
            self._relations[of] = found
        return self._relations[of]

    def first(self, kind: str) -> str:
        """Return the path of the first part of a `kind` that the main part names, empty where there is none."""
        return next((target for sort, target in self.relations(self.main).values() if sort == kind), "")

    def sign(self, of: str, identifier: str) -> str:
        """Return what stands for the thing that `of` names by `identifier`: its kind, and its hash or address."""
        kind, target = self.relations(of).get(identifier, ("missing", identifier))
        if target.startswith("external:") or kind == "missing":
            return f"{kind} {target}"
        if target not in self._hashes:
            self._hashes[target] = hashlib.sha256(self._data.get(target, b"")).hexdigest()[:_SIGNS]
        return f"{kind} {self._hashes[target]}"

    def others(self) -> Counter[str]:
        """Return the parts of kinds that are not flattened, as `kind hash`."""
        found: Counter[str] = Counter()
        seen: set[str] = set()
        todo = [""]
        while todo:
            of = todo.pop()
            for identifier, (kind, target) in self.relations(of).items():
                if target.startswith("external:") or target in seen:
                    continue
                seen.add(target)
                todo.append(target)
                if kind not in _KNOWN_KINDS:
                    found[self.sign(of, identifier)] += 1
        return found
