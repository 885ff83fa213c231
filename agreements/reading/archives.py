"""Zip archives from elsewhere, opened with suspicion: limits on what they unpack to, no names that lead out of them."""

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from agreements.errors import UnreadableError
from agreements.ooxml.package import MEBI, RATIO_LIMIT, RATIO_MATTERS, UNPACKED_LIMIT

ENTRY_LIMIT = 5_000
_DISTRUST = "Do not trust where it came from."
_LEADS_OUT = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")
_BAD = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """A zip archive called `name` that is within the limits; nothing of it is written to the disk."""

    name: str
    zip: zipfile.ZipFile

    def files(self) -> list[zipfile.ZipInfo]:
        """Return its files in order, without folders and links."""
        return [e for e in self.zip.infolist() if not e.is_dir() and not is_link(e)]

    def read(self, entry: zipfile.ZipInfo | str) -> bytes:
        """Return the bytes of a file in it; raises `UnreadableError` where it is damaged or larger than it says."""
        try:
            own = self.zip.getinfo(entry) if isinstance(entry, str) else entry
            with self.zip.open(own) as file:
                data = file.read(own.file_size + 1)
        except _BAD as error:
            raise UnreadableError(f"{self.name} is damaged: a file in it does not unpack.") from error
        if len(data) > own.file_size:
            raise UnreadableError(f"{self.name} is refused: a file in it is larger than it says.", hint=_DISTRUST)
        return data

    def tree(self, entry: str) -> etree._Element | None:
        """Return the root of an XML file in it, None where there is none; raises `UnreadableError`."""
        if entry not in self.zip.namelist():
            return None
        data = self.read(entry)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise UnreadableError(f"{self.name} is refused: {entry} declares entities.", hint=_DISTRUST)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableError(f"{self.name} is damaged: {entry} does not read as XML.") from error


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a symbolic link, which is never followed."""
    return stat.S_ISLNK(entry.external_attr >> 16)


def open_archive(name: str, data: bytes) -> OpenArchive:
    """Return the zip archive in `data`.

    Raises `UnreadableError` when it is damaged, protected by a password, holds names that lead out of it, or is beyond
    a limit, which is named.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BAD as error:
        raise UnreadableError(f"{name} is damaged or was cut off: its archive does not open.") from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError(f"{name} is protected by a password.", hint="Unpack it, and import the folder.")
    total = sum(entry.file_size for entry in entries)
    reason = ""
    if len(entries) > ENTRY_LIMIT:
        reason = f"it holds {len(entries):,} files, the limit is {ENTRY_LIMIT:,}"
    elif total > UNPACKED_LIMIT:
        reason = f"it unpacks to {total // MEBI:,} MB, the limit is {UNPACKED_LIMIT // MEBI} MB"
    elif any(e.file_size > RATIO_MATTERS and e.file_size > RATIO_LIMIT * e.compress_size for e in entries):
        reason = f"a file in it unpacks to more than {RATIO_LIMIT} times its size, which is the limit"
    elif any(_LEADS_OUT.search(entry.filename) for entry in entries):
        reason = "a name in it leads out of the archive"
    if reason:
        raise UnreadableError(f"{name} is refused: {reason}.", hint=_DISTRUST)
    return OpenArchive(name, archive)
