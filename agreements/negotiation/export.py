"""The whole file of a negotiation, written out for the record."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agreements.display import shown_short
from agreements.drafting.provenance import SUFFIX
from agreements.errors import AgreementsError
from agreements.marking import refuse_name
from agreements.negotiation.access import ACCESS_FILE
from agreements.negotiation.file import Negotiation
from agreements.negotiation.records import RecordError
from agreements.negotiation.status import partner_name
from agreements.negotiation.store import Negotiations
from agreements.platform import save
from agreements.reading import refuse_file
from agreements.repository import Tombstone

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes
_WHAT = {
    "negotiation.yaml": "facts, authority, rounds, texts, approvals, next steps, closing, what follows, holds",
    "positions.yaml": "positions",
    "acts.jsonl": "who did what, and when",
}


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of the export: its name in it, SHA-256, size in bytes, what it is, its date and marking."""

    name: str
    sha256: str
    size: int
    what: str
    date: str = ""
    marking: str = ""


@shown_short
@dataclass(frozen=True, slots=True)
class NegotiationExport:
    """What was exported: the zip file, its marking (the highest of all in it) and its files."""

    path: Path
    marking: str
    entries: tuple[ExportedFile, ...]

    def as_json(self) -> dict[str, Any]:
        """Return all of it."""
        return {"path": str(self.path), "marking": self.marking, "files": [asdict(e) for e in self.entries]}


def export_negotiation(store: Negotiations, negotiation: str, target: Path) -> NegotiationExport:
    """Write all that is kept of `negotiation`, with its history, to the zip file `target`, for the record.

    `index.csv` in it lists every file with its hash, `README.txt` says what it is. Raises `AgreementsError` when the
    name does not end in `.zip` or the file cannot be written, `NotFoundError`, `RecordError`, `ClassifiedError`.
    """
    if target.suffix.lower() != ".zip":
        raise AgreementsError(f"{target.name} is no name for the export.", hint="Let the name end in .zip")
    held, own = store.get(negotiation), store.folder(negotiation)
    gone = store.purged(negotiation)
    for text in held.texts:
        if text.sha256 not in gone:
            store.path(negotiation, text)  # every text is there and is the one that was kept
    _refuse_changed(store, held, gone)
    marking = store.marking(negotiation)
    kept = {f"texts/{file}" for file in held.file_names()}  # asked when they were kept, and the same still
    files = {p.relative_to(own).as_posix(): p.read_bytes() for p in sorted(own.rglob("*")) if p.is_file()}
    files = {
        name: content for name, content in files.items() if not name.endswith(ACCESS_FILE)
    }  # no part of the record
    for name, content in files.items():
        if name not in kept:
            refuse_file(name.rpartition("/")[2], content)
    refuse_name(target.name)
    entries = (*(_entry(name, content, held) for name, content in files.items()), *_not_there(gone))
    about = {"README.txt": _readme(held, marking).encode(), "index.csv": _index(entries).encode("utf-8-sig")}
    save(target, _zipped(f"{negotiation}/", {**about, **files}))
    return NegotiationExport(target, marking, entries)


def _not_there(gone: Mapping[str, Tombstone]) -> Iterator[ExportedFile]:
    """Yield an entry, without bytes, for each paper that was purged."""
    for sha256, stone in gone.items():
        name = stone.id.rpartition(" ")[2]
        yield ExportedFile(f"texts/{name}", sha256, 0, f"{stone.said()}: not in this export", stone.date, "")


def _refuse_changed(store: Negotiations, held: Negotiation, gone: Container[str]) -> None:
    """Raise `RecordError` where what shows a step, or the text of an instrument, is not the file that was kept."""
    shown = [*(step.evidence for step in held.closing), *(own.evidence for own in held.follows)]
    for kept in filter(None, shown):
        if kept.sha256 not in gone and not store.is_kept(held.id, kept.file, kept.sha256):
            message = f"{kept.name} of {held.id} is not the file that was kept (sha256 {kept.sha256[:12]})."
            raise RecordError(message, hint="Put the file back from a copy.")


def _entry(name: str, content: bytes, held: Negotiation) -> ExportedFile:
    text = next((t for t in held.texts if name == f"texts/{t.file}"), None)
    sha256 = hashlib.sha256(content).hexdigest()
    if text is not None:
        what = {"us": "text tabled", "partner": "text received", "joint": "joint text", "draft": "draft inside"}[
            text.side
        ]
        where = f", round {text.round}" if text.round else ""
        return ExportedFile(name, sha256, len(content), f"{what}{where}: {text.name}", text.date, text.marking)
    step = next((s for s in held.language_texts if s.file and name == f"texts/{s.file}"), None)
    if step is not None:
        what = f"text in {step.language}, {step.state} by {step.by}, of text {step.text}: {step.name}"
        return ExportedFile(name, sha256, len(content), what, step.date, step.marking)
    if shown := _of_closing(name, held):
        return ExportedFile(name, sha256, len(content), *shown)
    if name.endswith(SUFFIX):
        return ExportedFile(
            name, sha256, len(content), "of which clauses the text of that name is made", "", held.marking
        )
    if name.startswith("history/"):
        moment, _, of = name.removeprefix("history/").partition("-")
        return ExportedFile(name, sha256, len(content), f"earlier version of {of}", moment[:8], held.marking)
    what = "what we decided on their text" if name.startswith("decisions/") else _WHAT.get(name, "other file")
    return ExportedFile(name, sha256, len(content), what, "", held.marking)


def _of_closing(name: str, held: Negotiation) -> tuple[str, str, str] | None:
    """Return what a file of clearance or closing is, its date and its marking; None where it is another."""
    for asked in held.clearances:
        for draft in asked.returned:
            if name == f"texts/{draft.file}":
                return f"returned by {draft.office} in clearance {asked.number}: {draft.name}", draft.date, held.marking
    for step in held.closing:
        if step.evidence and name == f"texts/{step.evidence.file}":
            of = f" of instrument {step.of}" if step.of is not None else ""
            what = f"shows step {step.number}, {step.step.replace('-', ' ')}{of}, by {step.by}: {step.evidence.name}"
            return what, step.date, step.marking
    for own in held.follows:
        if own.evidence and name == f"texts/{own.evidence.file}":
            what = f"text of instrument {own.number} that follows, {own.title}: {own.evidence.name}"
            return what, own.date or "", own.marking
    for each in held.undone:
        kept = each.entry.get("evidence") or each.entry
        if kept.get("file") and name == f"texts/{kept['file']}":
            return f"of what was undone: {each.said}: {kept.get('name', '')}", str(each.entry.get("date", "")), ""
    return None


def _index(entries: tuple[ExportedFile, ...]) -> str:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["file", "sha256", "bytes", "what", "date", "marking"])
    rows.writerows([e.name, e.sha256, e.size, e.what, e.date, e.marking] for e in entries)
    return out.getvalue()


def _readme(held: Negotiation, marking: str) -> str:
    lines = [
        marking or "NO MARKING WAS GIVEN",
        "",
        f"File of the negotiation {held.id}: {held.title or 'no title'}",
        f"Partner: {partner_name(held.partner)}. Family: {held.family}. Stage: {held.stage_words}.",
        f"Rounds: {len(held.rounds)}. Texts: {len(held.texts)}.",
        "",
        "index.csv lists every file with its SHA-256, size, date and marking. The texts are the files as they were",
        "exchanged. Give this file to the official record-keeping system; the place it comes from is not that system.",
        "",
        marking,
    ]
    return "\r\n".join(lines).rstrip() + "\r\n"


def _zipped(root: str, files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(root + name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
