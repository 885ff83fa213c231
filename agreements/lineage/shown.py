"""An agreement or a provision as it is shown: with its citation, what was done to it, and where its references lead."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agreements.citation import Style, cite
from agreements.display import shown_short
from agreements.lineage.ledger import LaterEffect, ledger_of
from agreements.model import Agreement
from agreements.reference import Place, Reference, resolve
from agreements.repository import Repository

if TYPE_CHECKING:
    from agreements.lineage.citations import Led


@shown_short
@dataclass(frozen=True, slots=True)
class Shown:
    """An agreement or, where the reference had a path, one `place` in it, with the formal citation of that.

    `changes` are what later instruments did to it; when the text is that `as_of` a day, those up to the day are in it,
    as far as `notes` say nothing else. `references` are those of it to other agreements, with where they lead.
    `fingerprint` names the facts and texts as they stand in the files now: what a write takes as `expected`.
    """

    agreement: Agreement
    place: Place | None
    citation: str
    changes: tuple[LaterEffect, ...] = ()
    as_of: str = ""
    notes: tuple[str, ...] = ()
    references: "tuple[Led, ...]" = ()
    fingerprint: str = ""


def show(repository: Repository, reference: str, *, as_of: str = "", style: Style = "formal") -> Shown:
    """Return what `reference` means in `repository`, on the day `as_of` where one is given.

    Raises `ReferenceSyntaxError`, `NotFoundError` naming what is near or what deleted it, `QueryError` for a date
    that is none, or `RepositoryError`.
    """
    asked = Reference.parse(reference)
    ledger = ledger_of(repository)
    seen = repository.text_fingerprint(asked.agreement)  # before it is read: what changes in between is refused
    agreement = repository.get(asked.agreement)
    notes: tuple[str, ...] = ()
    if as_of:
        from agreements.lineage.consolidation import not_there, stood

        then = stood(repository, ledger, asked.agreement, as_of)
        if gone := not_there(then, asked.path):
            raise gone
        agreement, notes = then.agreement, tuple(then.notes)
    place = resolve(agreement, asked.path, asked.language) if asked.path else None
    references: tuple[Led, ...] = ()
    if _refers_outward(agreement, place):
        from agreements.lineage.citations import leads, with_targets
        from agreements.lineage.names import NameIndex

        references = leads(agreement, NameIndex.of(repository), at=place)
        agreement = with_targets(agreement, references)
        place = resolve(agreement, asked.path, asked.language) if asked.path else None
    return Shown(
        agreement,
        place,
        cite(agreement, asked.path, asked.language, style=style),
        tuple(ledger.of(asked.agreement, asked.path)),
        as_of,
        notes,
        references,
        seen,
    )


def _refers_outward(agreement: Agreement, place: Place | None) -> bool:
    """Whether a reference without a target stands there: what leads them is loaded for nothing else."""
    within = place.provision.walk() if place else (p for document in agreement.documents for p in document.walk())
    return any(mark.kind == "reference" and not mark.target for provision in within for mark in provision.marks)
