"""Verbs that keep: take files in, show one, list, edit by hand, undo, hold, purge, export, keep the index in step."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.errors import RepositoryError
    from agreements.export import Exported
    from agreements.intake.editing import Edited
    from agreements.intake.files import ParsedFile
    from agreements.intake.importing import ImportReport
    from agreements.language.typesetting import Quotes
    from agreements.model import Agreement
    from agreements.negotiation.act_words import ActInWords
    from agreements.reference import Place
    from agreements.repository import Act, Facts, LegalHold, Repository, Tombstone, Wanted
    from agreements.search.embeddings import MeaningReport
    from agreements.search.fresh import IndexReport

_Tell = Callable[[str], None]


def open_repository(folder: StrPath) -> "Repository":
    """Return the repository in `folder`; raises `RepositoryError` when there is none."""
    folder = as_path(folder)
    from agreements.repository import open_repository

    return open_repository(folder)


def import_files(
    folder: StrPath,
    files: Sequence[str | Path],
    *,
    agreement_id: str | None = None,
    family: str | None = None,
    replace: bool = False,
    restore: bool = False,
    jobs: int | None = None,
    progress: Callable[[int, int, str, float], None] | None = None,
    tell: _Tell | None = None,
    password: str = "",
) -> "ImportReport":
    """Read `files` (files, folders, globs) into the repository in `folder`, and index what changed.

    `agreement_id` names the agreement when there is one file only. `family` is used for all. `replace` lets a
    different text take the place of the one held under the same id, `restore` lets a purged text come back.
    `jobs` is the number of processes (default: one a core). `password` opens protected PDF files and is kept nowhere.
    One bad file stops nothing: see the report. Raises `NotFoundError` for an unknown family, `RepositoryError` when
    another process is writing or the disk refuses.
    """
    folder = as_path(folder)
    from agreements.intake.importing import import_files
    from agreements.repository import Repository

    how: dict[str, Any] = {"agreement_id": agreement_id, "family": family, "replace": replace, "restore": restore}
    return import_files(Repository(folder), files, **how, jobs=jobs, progress=progress, tell=tell, password=password)


def parse_file(
    path: StrPath,
    *,
    agreement_id: str | None = None,
    family: str = "",
    tell: _Tell | None = None,
    password: str = "",
) -> "ParsedFile":
    """Read and parse the file at `path`; its id is `agreement_id`, else made from the file's name.

    `tell` gets a line now and then while pages are recognised, which takes seconds for each. `password` opens a
    protected PDF; it is kept nowhere. Raises `UnreadableError`
    when it is not a document that can be read, `ClassifiedError` when it bears classification markings in use.
    """
    path = as_path(path)
    from agreements.intake.files import parse_file

    return parse_file(path, agreement_id=agreement_id, family=family, tell=tell, password=password)


def classify_file(path: StrPath) -> list[dict[str, Any]]:
    """Return path, text and topics of every top-level provision of the file at `path`; raises as `parse_file`."""
    path = as_path(path)
    return classify_agreement(parse_file(path).agreement)


def classify_agreement(
    agreement: "Agreement", *, under: str = "", at: "Iterable[Place] | None" = None
) -> list[dict[str, Any]]:
    """Return path, text and topics of every top-level provision of `agreement` (of the one at path `under`).

    With `at`, places of it, of those alone in which they stand or which stand there. `not_read` says of one without
    topics that the clauses of its language are not read.
    """
    from agreements.classifying import classify_agreement as classify
    from agreements.languages import not_read

    return [
        {
            "path": row.path,
            "text": row.text,
            "topics": [{"id": t.id, "core": t.core, "confidence": round(t.confidence, 2)} for t in row.topics],
            **({"not_read": said} if not row.topics and (said := not_read("clauses", (row.language,))) else {}),
        }
        for row in classify(agreement, at)
        if not under or row.path == under or row.path.startswith(f"{under}.")
    ]


def listing(
    folder: StrPath,
    *,
    families: Iterable[str] = (),
    parties: Iterable[str] = (),
    text_held: bool | None = None,
    specimens: bool = True,
) -> "tuple[Facts, ...]":
    """Return quick facts of the agreements of any of `families` with all of `parties` (codes or names).

    `text_held` keeps only those whose text is held, or is not. Raises `RepositoryError`, and `NotFoundError` for
    an unknown family.
    """
    folder = as_path(folder)
    from agreements.repository import select

    rows = open_repository(folder).list()
    return select(rows, families=families, parties=parties, text_held=text_held, specimens=specimens)


def unread(folder: StrPath) -> tuple[str, ...]:
    """Return the ids of the agreements that cannot be read: they are in no answer. Raises `RepositoryError`."""
    from agreements.lineage.ledger import ledger_of

    return tuple(ledger_of(open_repository(as_path(folder))).unread)


def left_out(folder: StrPath) -> str:
    """Return the sentence that names what is `unread`, for beside an answer; empty where all can be read."""
    from agreements.repository import left_out as said

    return said(unread(folder))


def wanted(folder: StrPath) -> "tuple[Wanted, ...]":
    """Return the agreements whose facts are held and whose text is not, with where to look for it."""
    folder = as_path(folder)
    return open_repository(folder).wanted()


def edit(
    folder: StrPath,
    agreement: str,
    document: str = "",
    *,
    again: "Callable[[RepositoryError], bool]" = lambda problem: False,
    editor: Sequence[str] | None = None,
    expected: str = "",
    tell: _Tell | None = None,
) -> "Edited":
    """Open a file of `agreement` in the person's editor and take the edit over when it can be read.

    `document` is another text than the main one (`annex-a.en`). When what was saved cannot be read, `again` is asked
    whether to open it once more. An edit is never lost: one that was not taken over is gone on with next time.
    `expected` is the `fingerprint` of what `get` showed: an edit of anything else is refused. Raises `NotFoundError`,
    `RepositoryError` naming file, line and where the edit is kept, `ChangedMeanwhileError` with both texts.
    """
    folder = as_path(folder)
    from agreements.intake.editing import edit

    return edit(open_repository(folder), agreement, document, again=again, editor=editor, expected=expected, tell=tell)


def edit_from(
    folder: StrPath,
    agreement: str,
    text: StrPath,
    document: str = "",
    *,
    expected: str = "",
    tell: _Tell | None = None,
) -> "Edited":
    """Take over `text`, a file in the form of `agreement.md`, as an edit of `agreement`; raises as `edit`.

    `expected` is the `fingerprint` of what `get` showed: `ChangedMeanwhileError`, with both texts, when it moved.
    """
    folder = as_path(folder)
    text = as_path(text)
    from agreements.intake.editing import edit_from

    return edit_from(open_repository(folder), agreement, text, document, expected=expected, tell=tell)


def text_to_edit(folder: StrPath, agreement: str, document: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the file of `agreement` that `edit` opens, as it stands, and the names of all its files.

    The main one has no name. Raises `NotFoundError` for an agreement or a `document` that there is not.
    """
    from agreements.errors import unknown

    path = open_repository(as_path(folder)).folder(agreement)
    files = {"": path / "agreement.md"} | {file.stem: file for file in sorted((path / "documents").glob("*.md"))}
    if document not in files:
        raise unknown("text of this agreement", document, [name for name in files if name])
    return files[document].read_text(encoding="utf-8"), tuple(files)


def hold(folder: StrPath, agreement: str, reason: str, *, by: str = "") -> "LegalHold":
    """Put `agreement` under a legal hold, ordered `by` somebody; raises `NotFoundError`, `RepositoryError`."""
    folder = as_path(folder)
    return open_repository(folder).hold(agreement, reason, by)


def release(folder: StrPath, agreement: str) -> "tuple[LegalHold, ...]":
    """Release the legal holds of `agreement`; raises `RepositoryError` when none is in force."""
    folder = as_path(folder)
    return open_repository(folder).release(agreement)


def holds(folder: StrPath) -> "tuple[LegalHold, ...]":
    """Return all legal holds of agreements, the released ones too."""
    folder = as_path(folder)
    return open_repository(folder).legal_holds()


def purge(folder: StrPath, agreement: str, reason: str, *, authority: str = "", spill: str = "") -> "Tombstone":
    """Remove the text of `agreement`, its earlier versions, its sources and its place in the index.

    `authority` names the disposition authority (the item of a records schedule) that lets it be destroyed, `spill` the
    reference of the spill that it is part of; one of them is to be given. A search server is asked first: when it
    cannot be reached nothing is purged, and it is said. A tombstone with the hashes, `reason` and authority stays, and
    the same text is refused when it comes again. It is final: `undo` brings nothing back. Raises `NotFoundError`, and
    `RepositoryError` or `RecordError` also while a legal hold is in force, on it or on a negotiation about it.
    """
    folder = as_path(folder)
    from agreements.negotiation.store import Negotiations
    from agreements.search import fresh

    repository = open_repository(folder)
    # Before the search server forgets it:
    repository.refuse_purge(agreement, reason, authority=authority, spill=spill)
    Negotiations(repository).refuse_purge_of(agreement)
    fresh.forget_elsewhere(repository, agreement)
    tombstone = repository.purge(agreement, reason, authority=authority, spill=spill)
    fresh.forget(repository, agreement)
    return tombstone


def acts(folder: StrPath, about: str = "", *, last: int = 0) -> "tuple[Act, ...]":
    """Return what was done in the repository, the first act first: all, or the `last` ones.

    `about` is the id of an agreement or a negotiation: only acts on it. Raises `RepositoryError` when there is no
    repository or a line of the journal is damaged.
    """
    folder = as_path(folder)
    from agreements.negotiation.store import Negotiations

    repository = open_repository(folder)
    every = sorted((*repository.acts(), *Negotiations(repository).acts()), key=lambda act: act.number)
    found = [act for act in every if about in ("", act.id)]
    return tuple(found[-last:] if last else found)


def acts_in_words(folder: StrPath, found: "Iterable[Act]") -> "dict[int, ActInWords]":
    """Return, by their numbers, what acts on negotiations did: which office, text, round, step, fact.

    An act whose versions of the record are no longer kept is left out. Raises `RepositoryError` when there is no
    repository.
    """
    from agreements.negotiation.act_words import acts_in_words as in_words
    from agreements.negotiation.store import Negotiations

    return in_words(Negotiations(open_repository(as_path(folder))), found)


def undo(folder: StrPath, number: int, *, tell: Callable[[str], None] | None = None) -> "Act":
    """Reverse the act `number` by a new act, which is returned; undoing that one does it again.

    What was tabled, received, cleared or decided in a negotiation stays on record as `undone` there, as does its file.
    `tell` gets a line when the index is brought up to date. Raises `NotFoundError` for an unknown number, and
    `RepositoryError` or `RecordError` where the act cannot be undone: it says why, and names the later acts on it.
    """
    folder = as_path(folder)
    from agreements.negotiation.store import Negotiations
    from agreements.negotiation.undoing import undo as undo_in_negotiation
    from agreements.repository import find_act, refuse_final

    repository = open_repository(folder)
    known = acts(folder)
    act = find_act(known, number)
    if act.kind == "negotiation":
        return undo_in_negotiation(Negotiations(repository), number)
    refuse_final(act, known)  # said before anybody is kept waiting
    made = repository.undo(number)
    refresh_index(folder, tell=tell)
    return made


def export(
    folder: StrPath, agreement: str, form: str, target: StrPath | None = None, *, quotes: "Quotes" = "as-held"
) -> "Exported":
    """Return `agreement` in the format `form` (json, markdown, html, docx), or write it to the file `target`.

    `quotes` says how quotation marks are set: as they are held, `curly` as a treaty office prints, or `straight`.
    Raises `NotFoundError` for an unknown agreement or format, `AgreementsError` when the file cannot be written.
    """
    folder = as_path(folder)
    target = None if target is None else as_path(target)
    from agreements.export import export

    return export(open_repository(folder).get(agreement), form, target, quotes=quotes)


def export_file(file: StrPath, form: str, target: StrPath | None = None, *, quotes: "Quotes" = "as-held") -> "Exported":
    """Return the text of `file` (Word, PDF, HTML, text) in the format `form`, or write it to `target`.

    A Word file becomes PDF as it stands, with its headers; any other way leads through what was read of it, its
    quotation marks set as `quotes` says. Raises
    `NotFoundError` for an unknown format, `AgreementsError` when `target` cannot be written, and as `parse_file`.
    """
    file = as_path(file)
    target = None if target is None else as_path(target)
    from agreements.errors import AgreementsError
    from agreements.export import Exported, export
    from agreements.export.pdf import to_pdf
    from agreements.reading import source

    if form == "pdf" and quotes == "as-held" and target is not None and source.kind_of(source.load(file)) == "word":
        if target.suffix.lower() != ".pdf":
            raise AgreementsError(f"{target.name} is no name for a PDF file.", hint="Let the name end in .pdf")
        to_pdf(file, target)
        return Exported(files=(target,))
    return export(parse_file(file).agreement, form, target, quotes=quotes)


def refresh_index(
    folder: StrPath, *, engine: str | None = None, rebuild: bool = False, tell: _Tell | None = None
) -> "IndexReport":
    """Bring the index of the repository in `folder` in step with its files, or make it anew.

    `tell` gets a line when there is something to do. Raises `NotFoundError` for an unknown engine, `RepositoryError`
    when there is no repository or another process writes the index.
    """
    folder = as_path(folder)
    from agreements.search.fresh import refresh

    return refresh(open_repository(folder), engine, rebuild=rebuild, tell=tell)


def read_for_meaning(folder: StrPath, *, engine: str | None = None, tell: _Tell | None = None) -> "MeaningReport":
    """Make the vectors of all provisions of the repository in `folder` that have none yet.

    `tell` gets progress. Raises `NotFoundError` that says what to install where the extra or the model is missing,
    `RepositoryError` when there is no repository.
    """
    folder = as_path(folder)
    from agreements.search.embeddings import complete_embeddings

    return complete_embeddings(open_repository(folder), engine, tell=tell)
