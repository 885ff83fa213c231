"""A file as it comes: its bytes within limits, and what it is by its content, whatever its name says."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from agreements.errors import PluginError, UnreadableError
from agreements.ooxml.package import MEBI, OLE, old_office
from agreements.registry import READERS

TEXT_LIMIT = 64 * MEBI  # text and Markdown: some 15,000 printed pages
HTML_LIMIT = 24 * MEBI  # a tree of elements takes twenty times the memory of its file
WORD_LIMIT = 128 * MEBI
PDF_LIMIT = 512 * MEBI  # scans are large
LIMITS = {
    **dict.fromkeys(READERS.own, TEXT_LIMIT),
    **{"html": HTML_LIMIT, "word": WORD_LIMIT, "pdf": PDF_LIMIT},
    **dict.fromkeys(("odt", "rtf", "old-word"), WORD_LIMIT),
    **dict.fromkeys(("mail", "archive"), PDF_LIMIT),
}
_BY_CONTENT = ("html", "word", "pdf", "odt", "rtf", "old-word", "mail", "archive")  # whatever a name says

KINDS = {row.name: row.label for row in READERS.own.values()}
SUFFIXES = {suffix: row.name for row in READERS.own.values() for suffix in row.suffixes}
_NOT_DOCUMENTS = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a bitmap image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_PARAMETERS = re.compile(
    rb"(?:[ \t]*+(?:#[^\r\n]*+)?\r?\n|---[ \t\r]*+\n)*+family:[^\n]*+\n"
    rb"(?:(?!form:|parameters:)[^\n]*+\n)*+(?:form|parameters):"
)
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"  # the first entry of its archive, which is not packed
_OF_OLE = (("__properties_version1.0", "mail"), ("WordDocument", "old-word"))  # streams that tell what it is
_MAIL = re.compile(rb"(?:From [^\n]*\n)?(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*+)++\r?\n")
_MAILED = re.compile(rb"^(?:MIME-Version|Received|Message-ID|Content-Transfer-Encoding):", re.IGNORECASE | re.MULTILINE)
_OFFICE = (".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".pptx", ".epub")
_SYSTEM = frozenset((".ds_store", "thumbs.db", "desktop.ini", "__macosx"))
_IMAGE = "It is a picture. " + "Have it recognised (OCR) and saved as PDF or Word."
_ADVICE = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".webp"), _IMAGE),
    **dict.fromkeys(
        (".xls", ".xlsx", ".xlsm", ".ods", ".csv"), "It is a table. Save the text of an agreement as Word."
    ),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "It holds slides. Save the text of an agreement as Word or PDF."),
    **dict.fromkeys(
        (".wpd", ".wps", ".pages", ".wp", ".sxw"), "Open it in the program it is from and save it as Word."
    ),
    **dict.fromkeys((".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"), "Unpack it, and import the folder."),
    **dict.fromkeys((".lnk", ".url", ".webloc"), "It is a link. Import the file that it leads to."),
    **dict.fromkeys((".djvu", ".xps", ".oxps", ".ps", ".epub", ".mobi"), "Print it to PDF, and import that."),
    ".dat": "It is a container of Outlook (winmail.dat). Have the sender send plain attachments.",
}
_OTHERWISE = "No reader is for files of this kind. If it is an agreement, save it as Word, PDF or plain text."
_OCR = "Only text can be read from it; have it recognised (OCR) and saved as PDF or Word first."


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of a file, its name without folders, its suffix in lower case, and the hash of the bytes.

    `password` opens it where it is protected; it is kept nowhere, and never shown.
    """

    name: str
    suffix: str
    data: bytes
    sha256: str
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, name: str, data: bytes) -> "SourceFile":
        """Return the source of `data` under `name`."""
        return cls(name, Path(name).suffix.lower(), data, hashlib.sha256(data).hexdigest())


def load(path: Path) -> SourceFile:
    """Return the bytes of the file at `path`.

    Raises `UnreadableError` when it is missing, a folder, empty, not permitted or above the limit of its format.
    """
    name = printable_name(path)
    try:
        if path.is_dir():
            raise UnreadableError(f"{name} is a folder.", hint="Name the files in it, or import the folder.")
        if path.exists() and not path.is_file():
            raise UnreadableError(f"{name} is no file: it is a pipe or a device.", hint="Save it as a file first.")
        with path.open("rb") as file:
            head = file.read(1024)
            size = path.stat().st_size
            if not head.strip():
                rest = file.read(TEXT_LIMIT)
                if not rest.strip():
                    raise UnreadableError(f"{name} is empty.", hint="Get the file again from its source.")
                head += rest
            packed = head.startswith((b"PK", OLE)) or path.suffix.lower() in (".eml", ".rtf")
            kind = "pdf" if b"%PDF-" in head else "archive" if packed else "text"
            check_size(name, size, LIMITS[kind])
            return SourceFile.of(name, head + file.read())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"{name} cannot be opened: {reason}.") from error


def printable_name(path: Path) -> str:
    """Return the file name with bytes that are no characters shown as `?`, so that it can be printed."""
    return (path.name or str(path)).encode("utf-8", "replace").decode("utf-8")


def check_size(name: str, size: int, limit: int) -> None:
    """Raise `UnreadableError` naming `limit` when `size` (bytes) is above it."""
    if size > limit:
        raise UnreadableError(
            f"{name} is too large: {size / MEBI:,.0f} MB, the limit for this kind of file is {limit // MEBI} MB.",
            hint="Split it, or save only the pages of the agreement.",
        )


def kind_of(source: SourceFile) -> str:
    """Return what `source` is by its content: `text`, `markdown`, `html`, `word` or `pdf`.

    A suffix that is none of ours and that a reader of another package names goes to that reader. Raises
    `UnreadableError` saying what it is instead (an image, an old Word file, an archive ...).
    """
    if added := _added().get(source.suffix) if source.suffix and source.suffix not in SUFFIXES else None:
        return added
    if kind := _known_by_content(source):
        return kind
    data, name = source.data, source.name
    if data.startswith(OLE):
        raise old_office(name, data)
    for magic, what in _NOT_DOCUMENTS:
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:256]):
            raise UnreadableError(f"{name} is {what}, not a document.", hint=_OCR if "image" in what else "")
    if source.suffix in (".yaml", ".yml") and _PARAMETERS.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise UnreadableError(
            f"{name} is a parameter file for a draft, not an agreement.",
            hint=f"Make the draft of it: agreements draft assemble {name} -o draft.docx",
        )
    declared = SUFFIXES.get(source.suffix, "text")
    return "text" if declared in _BY_CONTENT else declared


def _known_by_content(source: SourceFile) -> str:
    """Return what is known by its content alone, whatever a name says; empty where it is none of that."""
    data = source.data
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(source)
    if data.startswith(OLE):
        return next((kind for stream, kind in _OF_OLE if stream.encode("utf-16-le") in data), "")
    if data[:64].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if source.suffix == ".eml" or _is_mail(data):
        return "mail"
    return "html" if _is_html(data) else ""


def is_document(path: Path) -> bool:
    """Whether a file of that name is taken for a document where a whole folder is read."""
    return is_document_name(path.name)


def is_document_name(name: str) -> bool:
    """Whether a file called `name` is taken for a document."""
    suffix = Path(name).suffix.lower()
    return suffix in SUFFIXES or (suffix != "" and suffix in _added())


def is_system_file(name: str) -> bool:
    """Whether a file called `name` is kept by a program for itself: hidden, or the lock of a file open in Word."""
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM


def advice_for(name: str) -> str:
    """Return what to do with a file called `name`, which is not read."""
    return _ADVICE.get(Path(name).suffix.lower(), _OTHERWISE)


def troubles(source: SourceFile) -> tuple[str, ...]:
    """Return what is wrong with readers of other packages, one of which may have been meant for `source`."""
    return tuple(READERS.troubles()) if source.suffix and source.suffix not in SUFFIXES else ()


def _kind_of_archive(source: SourceFile) -> str:
    """Return what a zip archive is: an OpenDocument text, a Word file (which ooxml tells from other Office files)."""
    if _ODT in source.data[:200] or source.suffix in (".odt", ".ott"):
        return "odt"
    if source.suffix in _OFFICE:
        return "word"
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "archive" if source.suffix == ".zip" else "word"
    own = ("[Content_Types].xml", "META-INF/container.xml", "word/document.xml")
    return "word" if any(name in names for name in own) else "archive"


def _is_mail(data: bytes) -> bool:
    """Whether a text begins with the headers of an e-mail, one of which only programs write."""
    head = _MAIL.match(data[:65536].replace(b"\r\n", b"\n"))
    return bool(head and _MAILED.search(head[0]))


@cache
def _added() -> Mapping[str, str]:
    """Return the suffixes that readers of other packages name; one that cannot be loaded has none."""
    found: dict[str, str] = {}
    for name in READERS.others:
        with suppress(PluginError):
            found.update({suffix.lower(): name for suffix in getattr(READERS[name], "SUFFIXES", ())})
    return found


def _is_html(data: bytes) -> bool:
    head = data[:4096].replace(b"\x00", b"").lower()
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return True
    return start.startswith(b"<") and sum(head.count(t) for t in (b"<p", b"<div", b"<br", b"<h1", b"<html")) > 1
