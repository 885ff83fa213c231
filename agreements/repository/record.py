"""`reading.json`: what the last reading found, beside the text and never in its way.

It holds the hashes of the files as they were written (so that a person's edit is noticed), the places of the
provisions in the source, the evidence of the facts, the findings, and facts that the text gives differently.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.errors import RepositoryError
from agreements.findings import Finding
from agreements.repository.layout import DOCUMENTS, MAIN_FILE

if TYPE_CHECKING:
    from agreements.model import Agreement, Document, Provenance, Provision

RECORD_FILE = "reading.json"


@dataclass(frozen=True, slots=True)
class ReadingRecord:
    """The last reading of an agreement.

    `written` is file name to SHA-256 as written, `text` the hash of the texts alone. `places` is one list for each
    document with one entry for each provision in reading order: None, `[start, end]` in `source`, or the fields of
    a `Provenance`. `differing` is field to what the text says where the facts held say otherwise.
    """

    written: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    source: str = ""
    places: Sequence[Sequence[Any]] = ()
    evidence: Sequence[Mapping[str, Any]] = ()
    findings: Sequence[Finding] = ()
    differing: Mapping[str, Any] = field(default_factory=dict)

    def print(self) -> str:
        """Return the record as JSON; ends in a newline."""
        row = {f.name: getattr(self, f.name) for f in fields(self)}
        row["findings"] = [asdict(finding) for finding in self.findings]
        row = {name: value for name, value in row.items() if value}
        return json.dumps(row, separators=(",", ":")) + "\n"


def digest(content: bytes | str) -> str:
    """Return the SHA-256 of `content` in hexadecimal digits."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of the file at `path` without holding it in memory; raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_record(
    agreement: "Agreement",
    files: Mapping[str, str],
    *,
    text: str = "",
    source: str = "",
    evidence: Iterable[Any] = (),
    findings: Sequence[Finding] = (),
    differing: Mapping[str, Any] | None = None,
) -> ReadingRecord:
    """Return the record of `agreement` as written in `files`.

    `text` is the hash of its texts, `source` the name of the file it was read from, `evidence` are dataclass
    instances, `differing` facts as the text has them where others are held.
    """
    return ReadingRecord(
        written={name: digest(text) for name, text in files.items()},
        text=text,
        source=source,
        places=[[_place(p.provenance, source) for p in d.walk()] for d in agreement.documents],
        evidence=[asdict(e) for e in evidence],
        findings=tuple(findings),
        differing=differing or {},
    )


def load_record(folder: Path) -> ReadingRecord | None:
    """Return the record in the agreement's `folder`, or None when there is none.

    Raises `RepositoryError` when it is damaged.
    """
    path = folder / RECORD_FILE
    try:
        row = json.loads(path.read_bytes())
        return ReadingRecord(**{**row, "findings": tuple(Finding(**f) for f in row.get("findings", ()))})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, OSError) as error:
        raise RepositoryError(
            f"{path} is damaged: {error}.", hint="Delete it; only places and evidence are lost."
        ) from error


def edited_files(folder: Path, record: ReadingRecord | None) -> tuple[str, ...]:
    """Return the names of the files in `folder` that are no longer as `record` says they were written."""
    if record is None:
        return ()
    return tuple(name for name, was in record.written.items() if _digest_of(folder / name) != was)


def text_fingerprint(folder: Path) -> str:
    """Return a word for the facts and texts of the agreement in `folder`: it changes whenever one of them does."""
    files = (folder / MAIN_FILE, *sorted((folder / DOCUMENTS).glob("*.md")))
    return digest("".join(f"{file.name}:{file_digest(file)}\n" for file in files))


def refuse_edited(folder: Path) -> None:
    """Raise `ClassifiedError` where a file of the agreement in `folder` was changed, and bears a marking in use.

    What stands as it was written was asked before it was; a text that a person wrote into the folder was not.
    """
    try:
        record = load_record(folder)
    except RepositoryError:
        record = None  # whoever needs it says that it is damaged
    written = record.written if record else {}
    for path in (folder / MAIN_FILE, *sorted((folder / DOCUMENTS).glob("*.md"))):
        name = path.relative_to(folder).as_posix()
        if (found := _digest_of(path)) and found != written.get(name):
            from agreements.parsing import gate_text

            gate_text(path.read_bytes().decode("utf-8-sig", "replace"), f"{folder.name}/{name}", lies=True)


def with_places(agreement: "Agreement", record: ReadingRecord) -> "Agreement":
    """Return `agreement` with the provenance that `record` holds, as far as the trees still agree."""
    documents = []
    for index, document in enumerate(agreement.documents):
        places = record.places[index] if index < len(record.places) else ()
        documents.append(_placed(document, places, record.source))
    return agreement.model_copy(update={"documents": tuple(documents)})


def _placed(document: "Document", places: Sequence[Any], source: str) -> "Document":
    if not any(places) or len(places) != sum(1 for _ in document.walk()):
        return document
    entries = iter(places)
    return document.model_copy(update={"provisions": tuple(_rebuild(document.provisions, entries, source))})


def _rebuild(provisions: "Sequence[Provision]", places: Iterator[Any], source: str) -> "Iterator[Provision]":
    for provision in provisions:
        provenance = _provenance(next(places), source)
        children = tuple(_rebuild(provision.children, places, source))
        yield provision.model_copy(update={"provenance": provenance, "children": children})


def _place(provenance: "Provenance | None", source: str) -> Any:
    if provenance is None:
        return None
    drafted = provenance.clause or provenance.variant or provenance.template_version or provenance.parameters
    whole = source and provenance.start is not None and provenance.end is not None
    if whole and not drafted and provenance.source == source:
        return [provenance.start, provenance.end]
    return provenance.model_dump(exclude_defaults=True)


def _provenance(place: Any, source: str) -> "Provenance | None":
    from agreements.model import Provenance

    if isinstance(place, list):
        return Provenance(source=source, start=place[0], end=place[1])
    return None if place is None else Provenance(**place)


def _digest_of(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


__all__ = [
    "RECORD_FILE",
    "ReadingRecord",
    "digest",
    "edited_files",
    "file_digest",
    "load_record",
    "make_record",
    "refuse_edited",
    "text_fingerprint",
    "with_places",
]
