"""An agreement or a provision as it is shown: with its citation, what was done to it, and where its references lead."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from agreements.citation import Style, cite
from agreements.display import shown_short
from agreements.lineage.ledger import LaterEffect, in_effect, ledger_of
from agreements.model import Agreement
from agreements.reference import Place, Reference, resolve
from agreements.repository import Repository

if TYPE_CHECKING:
    from agreements.lineage.citations import Led
    from agreements.lineage.consolidation import Consolidated, ReadTogether

ChangeState = Literal["put in", "not put in", "later"]


@shown_short
@dataclass(frozen=True, slots=True)
class Shown:
    """An agreement or, where the reference had a path, one `place` in it, with the formal citation of that.

    `changes` are what later instruments did to it; when the text is that `as_of` a day, `put_in` are those of them
    that are in it, and `notes` say of the others up to the day why they are not; `together` is then its status on the
    day and the instruments that are read together with it. `references` are those of it to other agreements, with
    where they lead.
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
    put_in: tuple[LaterEffect, ...] = ()
    together: "ReadTogether | None" = None

    def state(self, change: LaterEffect) -> ChangeState:
        """Return whether one of `changes` is in the text as of the day, is not though it had effect, or is later."""
        return "put in" if change in self.put_in else "not put in" if in_effect(change, self.as_of) else "later"


def show(repository: Repository, reference: str, *, as_of: str = "", style: Style = "formal") -> Shown:
    """Return what `reference` means in `repository`, on the day `as_of` where one is given.

    Raises `ReferenceSyntaxError`, `NotFoundError` naming what is near or what deleted it, `QueryError` for a date
    that is none, or `RepositoryError`.
    """
    asked = Reference.parse(reference)
    ledger = ledger_of(repository)
    seen = repository.text_fingerprint(asked.agreement)  # before it is read: what changes in between is refused
    agreement = repository.get(asked.agreement)
    then: Consolidated | None = None
    together: ReadTogether | None = None
    if as_of:
        from agreements.lineage.consolidation import not_there, read_together, stood

        then = stood(repository, ledger, asked.agreement, as_of)
        if gone := not_there(then, asked.path):
            raise gone
        agreement = then.agreement
        together = read_together(repository, asked.agreement, ledger, as_of)
    place = resolve(agreement, asked.path, asked.language) if asked.path else None
    references: tuple[Led, ...] = ()
    if _refers_outward(agreement, place):
        from agreements.lineage.citations import leads, with_targets
        from agreements.lineage.names import NameIndex

        references = leads(agreement, NameIndex.of(repository), at=place)
        agreement = with_targets(agreement, references)
        place = resolve(agreement, asked.path, asked.language) if asked.path else None
    changes = tuple(ledger.of(asked.agreement, asked.path))
    return Shown(
        agreement,
        place,
        cite(agreement, asked.path, asked.language, style=style),
        changes,
        as_of,
        tuple(then.notes) if then else (),
        references,
        seen,
        tuple(change for change in changes if then and change in then.done),
        together,
    )


def _refers_outward(agreement: Agreement, place: Place | None) -> bool:
    """Whether a reference without a target stands there: what leads them is loaded for nothing else."""
    within = place.provision.walk() if place else (p for document in agreement.documents for p in document.walk())
    return any(mark.kind == "reference" and not mark.target for provision in within for mark in provision.marks)
