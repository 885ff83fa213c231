"""The parts of a Word file, opened with suspicion: limits on what it unpacks to, no document types, no entities."""

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from agreements.errors import UnreadableError
from agreements.reading.source import MEBI, Source

UNPACKED_LIMIT = 512 * MEBI
PART_LIMIT = 256 * MEBI
RATIO_LIMIT = 250  # WordprocessingML packs some 10 to 40 times
RATIO_MATTERS = 8 * MEBI  # below this size no ratio is a danger
ENTRY_LIMIT = 20_000
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00D\x00O\x00C\x00", re.IGNORECASE)
_OTHERS = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint file",
    "META-INF/container.xml": "an e-book (EPUB)",
    "content.xml": "an OpenDocument file (.odt)",
}
# Word's damaged and foreign archives show themselves in all of these.
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError, RuntimeError, ValueError)


@dataclass(slots=True)
class Package:
    """A Word file's archive. `part` gives the tree of one part, read when asked for."""

    name: str
    archive: zipfile.ZipFile
    main: str
    related: dict[str, list[str]] = field(default_factory=dict)  # by the last word of the relationship's type

    def part(self, path: str) -> etree._Element | None:
        """Return the root of the part at `path`, None when there is no such part. Raises `UnreadableError`."""
        if path not in self.archive.NameToInfo:
            return None
        return _tree(self.name, path, _bytes(self.name, self.archive, path))

    def first(self, kind: str) -> etree._Element | None:
        """Return the root of the first part that the main part names as its `kind` (`styles`, `footnotes`)."""
        paths = self.related.get(kind, [])
        return self.part(paths[0]) if paths else None


def open_package(source: Source) -> Package:
    """Return the parts of a Word file.

    Raises `UnreadableError` when it is damaged, protected, beyond a limit or another kind of archive.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except _BAD_ZIP as error:
        raise UnreadableError(
            f"{source.name} is damaged or was cut off: its archive does not open.",
            hint="Get the file again from its source.",
        ) from error
    _check(source, archive)
    main = _main_part(source.name, archive)
    related: dict[str, list[str]] = {}
    folder, base = posixpath.split(main)
    for kind, target in _relations(source.name, archive, f"{folder}/_rels/{base}.rels", folder):
        related.setdefault(kind, []).append(target)
    return Package(source.name, archive, main, related)


def _check(source: Source, archive: zipfile.ZipFile) -> None:
    """Raise `UnreadableError` for an archive that is protected or unpacks beyond the limits."""
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    reason = ""
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError(f"{source.name} is protected by a password.", hint="Remove the password and try again.")
    if len(entries) > ENTRY_LIMIT:
        reason = f"it holds {len(entries)} files, the limit is {ENTRY_LIMIT}"
    elif total > UNPACKED_LIMIT:
        reason = f"it unpacks to {total // MEBI} MB, the limit is {UNPACKED_LIMIT // MEBI} MB"
    elif any(e.file_size > RATIO_MATTERS and e.file_size > RATIO_LIMIT * e.compress_size for e in entries):
        reason = f"a part of it unpacks to more than {RATIO_LIMIT} times its size, which is the limit"
    if reason:
        raise UnreadableError(f"{source.name} is not opened: {reason}.", hint="Do not trust where it came from.")


def _main_part(name: str, archive: zipfile.ZipFile) -> str:
    names = archive.NameToInfo
    for kind, target in _relations(name, archive, "_rels/.rels", ""):
        if kind == "officeDocument" and target in names and not target.startswith(("xl/", "ppt/")):
            return target
    for path, what in _OTHERS.items():
        if path in names:
            raise UnreadableError(f"{name} is {what}, not a Word file.", hint="Save it as Word (.docx) first.")
    raise UnreadableError(f"{name} is a zip archive, not a Word file.", hint="Unpack it and import what is in it.")


def _relations(name: str, archive: zipfile.ZipFile, path: str, folder: str) -> list[tuple[str, str]]:
    """Return type and target of the relationships in a `.rels` part, in the order of the file."""
    if path not in archive.NameToInfo:
        return []
    root = _tree(name, path, _bytes(name, archive, path))
    out = []
    for relation in root.iter(_REL):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        absolute = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        out.append((relation.get("Type", "").rsplit("/", 1)[-1], absolute.lstrip("/")))
    return out


def _bytes(name: str, archive: zipfile.ZipFile, path: str) -> bytes:
    size = archive.NameToInfo[path].file_size
    if size > PART_LIMIT:
        raise UnreadableError(
            f"{name} is not opened: its part {path} has {size // MEBI} MB, the limit is {PART_LIMIT // MEBI} MB."
        )
    try:
        return archive.read(path)
    except _BAD_ZIP as error:
        raise UnreadableError(
            f"{name} is damaged: its part {path} does not unpack.", hint="Get the file again from its source."
        ) from error


def _tree(name: str, path: str, data: bytes) -> etree._Element:
    if _DECLARES.search(data[:4096]):
        raise UnreadableError(
            f"{name} is not opened: its part {path} declares a document type, which Word files never do.",
            hint="Do not trust where it came from.",
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(
            f"{name} is damaged: its part {path} does not read as XML.", hint="Get the file again from its source."
        ) from error
