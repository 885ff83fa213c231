"""A precedent binder: what was asked, the authorities, and the provisions found in full, to take to the table.

It is written through the one model and the Word writer of drafts, or as an Excel workbook (`xlsx`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from agreements.citation import date_words
from agreements.display import shown_short
from agreements.errors import unknown
from agreements.model import Agreement, Document, Provision
from agreements.ooxml.xml import clean
from agreements.reading import save_checked
from agreements.search import Hit

_TITLE = "Precedent binder"
_HIDDEN_MARKS = ("reference", "bracket", "note")  # a reference would lead into another text of the binder


@dataclass(frozen=True, slots=True)
class BinderEntry:
    """One provision of a binder: the `hit` it was found by, the `provision` as stored, a person's `note` on it."""

    number: int
    hit: Hit
    provision: Provision
    note: str = ""


@shown_short
@dataclass(frozen=True, slots=True)
class Binder:
    """What a binder holds: the question, how it was read, its conditions in words, and the provisions.

    `authorities` are the formal citations of the agreements by id, `total` how many provisions were found, `made`
    and `as_of` ISO dates (`as_of` empty: each text as first made), `notes` sentences for the reader. `marking` is the
    highest of the texts, where they have one.
    """

    query: str
    read_as: str
    conditions: Sequence[str]
    made: str
    total: int
    entries: Sequence[BinderEntry]
    authorities: Mapping[str, str]
    as_of: str = ""
    notes: Sequence[str] = ()
    marking: str = ""

    def cover(self) -> list[tuple[str, str]]:
        """Return the lines of the cover: what each is, and what it says."""
        held = f"{len(self.entries)} of {self.total} found"
        rows = [("Query", self.query), ("Read as", self.read_as)] if self.read_as else [("Binder", self.query)]
        rows += [("Condition", condition) for condition in self.conditions]
        rows += [("Text as of", date_words(self.as_of))] if self.as_of else []
        rows += [("Provisions", held), ("Agreements", str(len(self.authorities))), ("Made", date_words(self.made))]
        return [*rows, *(("Note", note) for note in self.notes)]

    def table_of_authorities(self) -> list[tuple[str, list[int]]]:
        """Return each agreement's citation, in the order of the alphabet, with the numbers of its provisions."""
        rows = [
            (citation, [entry.number for entry in self.entries if entry.hit.agreement == agreement])
            for agreement, citation in self.authorities.items()
        ]
        return sorted(rows, key=lambda row: row[0].casefold())


def write_binder(binder: Binder, target: Path) -> None:
    """Write `binder` to `target`, Word or Excel by its suffix.

    Raises `NotFoundError` for another suffix, `AgreementsError` when the file cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix not in WRITERS:
        raise unknown("kind of binder", suffix or target.name, WRITERS)
    save_checked(target, WRITERS[suffix](binder))


def to_word(binder: Binder) -> bytes:
    """Return `binder` as a Word file: cover, table of authorities, provisions, each on a new page."""
    from agreements.word import WordOptions, render

    documents = (
        Document(title=_TITLE, provisions=tuple(_line(f"{name}: {said}") for name, said in binder.cover())),
        Document(title="Table of authorities", provisions=tuple(_authority(*a) for a in binder.table_of_authorities())),
        Document(title="Provisions", provisions=tuple(_section(entry) for entry in binder.entries)),
    )
    agreement = Agreement(id="binder", title=f"{_TITLE}: {_words(binder.query)}", documents=documents)
    return render(agreement, WordOptions(marking=binder.marking, date=binder.made, separate_notes=False))


def changes_in_words(hit: Hit) -> str:
    """Return what later instruments did to `hit`, empty when nothing is known."""
    return "; ".join(change.words() for change in hit.changes)


def _section(entry: BinderEntry) -> Provision:
    hit = entry.hit
    about = [_line(hit.citation), _line(f"Reference: {hit.ref}")]
    about += [_line(f"Note: {entry.note}")] if entry.note else []
    if hit.changes:
        about.append(_line(f"Changed: {changes_in_words(hit)}"))
    heading = f"{entry.number}. {hit.article}" + (f": {hit.heading}" if hit.heading else "")
    return Provision(kind="section", heading=_words(heading), children=(*about, _bare(entry.provision)))


def _authority(citation: str, numbers: Sequence[int]) -> Provision:
    return _line(f"{citation} [{', '.join(map(str, numbers))}]")


def _line(text: str) -> Provision:
    return Provision(kind="text", text=_words(text))


def _words(text: str) -> str:
    return " ".join(clean(text).split())


def _bare(provision: Provision) -> Provision:
    """Return `provision` without the marks that mean something only in its own agreement."""
    marks = tuple(mark for mark in provision.marks if mark.kind not in _HIDDEN_MARKS)
    children = tuple(_bare(child) for child in provision.children)
    return provision.model_copy(update={"marks": marks, "children": children})


def _to_excel(binder: Binder) -> bytes:
    from agreements.export.xlsx import to_excel

    return to_excel(binder)


WRITERS: dict[str, Callable[[Binder], bytes]] = {".docx": to_word, ".xlsx": _to_excel}
