"""Verbs over a repository: read an agreement or a provision, list, cite, say what is wanted, purge."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agreements.errors import RepositoryError
from agreements.repository import Facts, Repository

if TYPE_CHECKING:
    from agreements.citation import Style
    from agreements.export import Exported
    from agreements.lineage.citations import Led
    from agreements.lineage.ledger import LaterEffect
    from agreements.model import Agreement
    from agreements.reference import Place
    from agreements.repository import Tombstone, Wanted


@dataclass(frozen=True, slots=True)
class Shown:
    """An agreement or, where the reference had a path, one `place` in it, with the formal citation of that.

    `changes` are what later instruments did to it; when the text is that `as_of` a day, those up to the day are in it,
    as far as `notes` say nothing else. `references` are those of it to other agreements, with where they lead.
    """

    agreement: "Agreement"
    place: "Place | None"
    citation: str
    changes: tuple["LaterEffect", ...] = ()
    as_of: str = ""
    notes: tuple[str, ...] = ()
    references: tuple["Led", ...] = ()


def open_repository(folder: Path) -> Repository:
    """Return the repository in `folder`; raises `RepositoryError` when there is none."""
    if not folder.is_dir():
        raise RepositoryError(
            f"There is no repository in {folder}.", hint="`agreements --repo DIR import FILES` makes one."
        )
    return Repository(folder)


def get(folder: Path, reference: str, *, as_of: str = "", style: "Style" = "formal") -> Shown:
    """Return what `reference` (`nato-sofa-1951#VII.3`) means in the repository in `folder`.

    `as_of` (a date that may stop at year or month) gives the text as it stood then, `style` is that of the citation.
    Raises `ReferenceSyntaxError`, `NotFoundError` naming what is near or what deleted it, `QueryError` for a date
    that is none, or `RepositoryError`.
    """
    from agreements.citation import cite as formal
    from agreements.lineage import citations, consolidation
    from agreements.lineage.ledger import ledger_of
    from agreements.lineage.names import NameIndex
    from agreements.reference import Reference, resolve

    asked = Reference.parse(reference)
    repository = open_repository(folder)
    ledger = ledger_of(repository)
    agreement = repository.get(asked.agreement)
    notes: tuple[str, ...] = ()
    if as_of:
        then = consolidation.stood(repository, ledger, asked.agreement, as_of)
        if gone := consolidation.not_there(then, asked.path):
            raise gone
        agreement, notes = then.agreement, tuple(then.notes)
    place = resolve(agreement, asked.path, asked.language) if asked.path else None
    references = citations.leads(agreement, NameIndex.of(repository), at=place)
    agreement = citations.with_targets(agreement, references)
    return Shown(
        agreement,
        resolve(agreement, asked.path, asked.language) if asked.path else None,
        formal(agreement, asked.path, asked.language, style=style),
        tuple(ledger.of(asked.agreement, asked.path)),
        as_of,
        notes,
        references,
    )


def cite(folder: Path, reference: str, *, style: "Style" = "formal") -> str:
    """Return the citation of `reference` in `style` (formal, bluebook, plain); raises as `get`."""
    return get(folder, reference, style=style).citation


def listing(
    folder: Path,
    *,
    families: Iterable[str] = (),
    parties: Iterable[str] = (),
    text_held: bool | None = None,
    specimens: bool = True,
) -> tuple[Facts, ...]:
    """Return quick facts of the agreements of any of `families` with all of `parties` (codes or names).

    `text_held` keeps only those whose text is held, or is not. Raises `RepositoryError`, and `NotFoundError` for
    an unknown family.
    """
    from agreements.families import family
    from agreements.states import code_of

    wanted_families = {family(name).id for name in families}
    codes = {code_of(name) or name.upper() for name in parties}
    return tuple(
        facts
        for facts in open_repository(folder).list()
        if (not wanted_families or facts.family in wanted_families)
        and codes <= set(facts.parties)
        and text_held in (None, facts.text_held)
        and (specimens or facts.standing != "specimen")
    )


def wanted(folder: Path) -> tuple["Wanted", ...]:
    """Return the agreements whose facts are held and whose text is not, with where to look for it."""
    return open_repository(folder).wanted()


def purge(folder: Path, agreement: str, reason: str) -> "Tombstone":
    """Remove the text of `agreement`, its earlier versions, its sources and its place in the index.

    A search server is asked first: when it cannot be reached nothing is purged, and it is said. A tombstone with the
    hashes and `reason` stays, and the same text is refused when it comes again. Raises `NotFoundError`, and
    `RepositoryError` also while a legal hold is in force.
    """
    from agreements.library import indexing

    repository = open_repository(folder)
    repository.folder(agreement)  # there is one
    repository.refuse_purge_of_held(agreement)  # before the search server forgets it
    indexing.forget_elsewhere(repository, agreement)
    tombstone = repository.purge(agreement, reason)
    indexing.forget(repository, agreement)
    return tombstone


def export(folder: Path, agreement: str, form: str, target: Path | None = None) -> "Exported":
    """Return `agreement` in the format `form` (json, markdown, html, docx), or write it to the file `target`.

    Raises `NotFoundError` for an unknown agreement or format, `AgreementsError` when the file cannot be written.
    """
    from agreements.export import export as write

    return write(open_repository(folder).get(agreement), form, target)
