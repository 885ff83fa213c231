"""The tables of papers: departures from positions, comments by office, clearances, facts and documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from agreements.citation import date_words, document_words
from agreements.library.changes import read_changes
from agreements.library.negotiations.sides import clauses_about, excerpt
from agreements.model import Agreement
from agreements.negotiation.days import remark, shifted
from agreements.negotiation.file import Approval
from agreements.negotiation.positions import Assessment, Position, Positions, texts_of
from agreements.reference import places
from agreements.word.changes import TrackedChange
from agreements.word.paper import PaperParagraph, Table
from agreements.word.tabled import Span, TableCell

_TRANSMITTED_BY = 15  # days after signature: 22 CFR 181.7
_BLANK = "[to be filled in]"
_VERBS = {"inserted": "insert", "deleted": "delete", "moved-from": "move away from here", "moved-to": "move to here"}
_FULL = 10  # characters of a date with its day


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or change of an office: the provision it is at, what it says, the words it proposes."""

    path: str
    words: str
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Commented:
    """What an office returned: its comments and tracked changes, in reading order, and the marking of its file."""

    office: str
    remarks: tuple[Remark, ...]
    marking: str = ""

    @classmethod
    def read(cls, office: str, file: Path) -> "Commented":
        """Read the Word file that `office` returned; raises as `read_changes`."""
        found = read_changes(file)
        remarks = [
            Remark(path, _by(c.author, c.text), f"on: {c.about}" if c.about else "") for path, c in found.comments
        ]
        remarks += _edits(found.changes)
        return cls(office, tuple(remarks), found.agreement.marking)


def _edits(changes: Sequence[tuple[str, TrackedChange]]) -> Iterator[Remark]:
    """Yield a remark for each tracked change; words struck out and put in at one place by one author are one."""
    said = [(path, change) for path, change in changes if change.text.strip()]
    taken = False
    for (path, change), (next_path, following) in pairwise([*said, ("", None)]):
        if taken or change is None:
            taken = False
            continue
        taken = (
            following is not None
            and (path, change.author) == (next_path, following.author)
            and (change.kind, following.kind) == ("deleted", "inserted")
        )
        if taken and following is not None:
            yield Remark(path, _by(change.author, f"replace “{change.text.strip()}”"), following.text.strip())
        else:
            yield Remark(path, _by(change.author, _VERBS.get(change.kind, change.kind)), change.text.strip())


def _by(author: str, words: str) -> str:
    return f"{author}: {words}" if author else words


def departures(
    text: Agreement | None, positions: Positions, family: str, clauses: Mapping[str, str]
) -> PaperParagraph | Table:
    """Return where `text` departs from the recorded positions: beyond authority, or in words that none records.

    A position on a topic is held against the clauses about it, one on a clause of our templates against the provisions
    that `clauses` (path to clause) says are made of it. A sentence says so where nothing departs.
    """
    if not positions.positions:
        return PaperParagraph("text", [Span("No position is recorded, so the draft could not be held against any.")])
    if text is None:
        return PaperParagraph("text", [Span("No draft is attached, so nothing could be held against the positions.")])
    rows: list[list[TableCell]] = []
    for path, words, found in _assessments(text, positions, family, clauses):
        likest = f" (likest: {found.nearest}, {found.likeness})" if found.nearest else ""
        said = found.said if found.level or found.position.held_elsewhere else f"{found.said}{likest}"
        preferred = found.position.preferred
        aim = found.position.held_elsewhere or (preferred.said if preferred else "")
        rows.append([_cell(path), _cell(excerpt(words, aim)), _cell(excerpt(aim, words)), _cell(said)])
    for position in positions.positions:
        is_placed = any(_is_of(position, clause) for clause in clauses.values())
        if position.clause and not (position.path or position.topic or is_placed):
            missing = "a position on a clause of our templates cannot be placed in this text: check it by hand"
            rows.append([_cell(position.clause), _cell(""), _cell(""), _cell(missing)])
    if not rows:
        return PaperParagraph("text", [Span("The draft departs from no recorded position.")])
    return Table(("Provision", "Words of the draft", "Authorized position", "How it stands"), (12, 33, 33, 22), rows)


def _is_of(position: Position, clause: str) -> bool:
    return bool(position.clause) and (clause == position.clause or clause.startswith(f"{position.clause}."))


def _assessments(
    text: Agreement, positions: Positions, family: str, clauses: Mapping[str, str]
) -> Iterator[tuple[str, str, Assessment]]:
    """Yield path, words and assessment of what is not opening, preferred or a fallback."""
    known = {place.path: place.provision for place in places(text)}
    for position in (p for p in positions.positions if p.status != "dropped"):
        paths: Sequence[str] = (position.path,) if position.path in known else ()
        if not position.path and position.topic:
            paths = clauses_about(text, position.topic, family)
        if not paths and position.clause:
            paths = _outermost([path for path, clause in clauses.items() if _is_of(position, clause) and path in known])
        for path in paths:
            own = texts_of(known[path])
            assessment = position.assess(*own)
            is_recorded = bool(position.held_elsewhere) or any(True for _ in position.wordings())
            if assessment.level == "beyond" or (assessment.level is None and is_recorded):
                yield path, own[1].replace("\n", " "), assessment


def _outermost(paths: Sequence[str]) -> list[str]:
    return [path for path in paths if not any(path.startswith(f"{other}.") for other in paths)]


def approvals_table(approvals: Sequence[Approval]) -> PaperParagraph | Table:
    """Return the clearances by office; a sentence where none is recorded."""
    if not approvals:
        return PaperParagraph("text", [Span("[offices, and what each said]", "blank")])
    rows: list[list[TableCell]] = [
        [
            _cell(a.office, bold=True),
            _cell(a.state.replace("-", " ")),
            _cell(date_words(a.date) if a.date else _BLANK, blank=not a.date),
            _cell("; ".join(x for x in (a.about, a.condition) if x)),
        ]
        for a in approvals
    ]
    return Table(("Office", "Said", "Date", "Condition"), (20, 25, 20, 35), rows)


def comments_table(returned: Sequence[Commented], offices: Sequence[str]) -> Table:
    """Return the comment matrix: what offices returned, then an empty row for each of the other `offices`."""
    rows: list[list[TableCell]] = []
    for office in returned:
        for remark_ in office.remarks or (Remark("", "no comment"),):
            cells = (office.office, remark_.path, remark_.words, remark_.proposed, "", "")
            rows.append([_cell(str(len(rows) + 1)), *map(_cell, cells)])
    missing = [name for name in offices if name not in {each.office for each in returned}]
    for name in missing or ([] if rows else [""]):
        rows.append([_cell(str(len(rows) + 1)), _cell(name), *(_cell("") for _ in range(5))])
    head = ("No.", "Office", "Provision", "Comment", "Proposed words", "Critical", "Disposition")
    return Table(head, (6, 12, 12, 24, 24, 9, 13), rows)


def facts_table(held: Agreement | None, partner: str) -> Table:
    """Return the facts of the signed agreement; what is not held is a blank. The day 15 is that of 22 CFR 181.7."""
    signings = [s for s in held.signings if s.date or s.place] if held else []
    signed = ", ".join(" ".join(x for x in (s.place, date_words(s.date) if s.date else "") if x) for s in signings)
    last = max((s.date for s in signings if s.date), default="")
    entry = held.entry_into_force if held else None
    rows = [
        ("Partner", partner),
        ("Signed", signed),
        ("To be sent by", _day_15(last)),
        ("Entry into force", date_words(entry.date) if entry and entry.date else (entry.evidence if entry else "")),
        ("Languages", ", ".join(held.languages) if held else ""),
        ("Term", held.term if held else ""),
    ]
    return Table(("Fact", "As recorded"), (25, 75), [[_cell(n, bold=True), _or_blank(v)] for n, v in rows])


def documents_table(held: Agreement | None) -> Table:
    """Return the documents of the signed agreement with their languages; one blank row where none is held."""
    rows: list[list[TableCell]] = [
        [_cell(document_words(d) or d.role), _cell(d.title or ""), _cell(d.language)]
        for d in (held.documents if held else ())
    ]
    return Table(("Document", "Title", "Language"), (25, 60, 15), rows or [[_or_blank("") for _ in range(3)]])


def _day_15(signed: str) -> str:
    if len(signed) < _FULL:
        return ""
    day = shifted(date.fromisoformat(signed), _TRANSMITTED_BY, "days")
    note = remark(day)
    return date_words(day.isoformat()) + (f" ({note})" if note else "")


def _cell(words: str, *, bold: bool = False, blank: bool = False) -> TableCell:
    return [[Span(words, "blank" if blank else "bold" if bold else "plain")]]


def _or_blank(words: str) -> TableCell:
    return _cell(words or _BLANK, blank=not words)
