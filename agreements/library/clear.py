"""Verbs of clearance: offices asked, their drafts merged into one text, what leaves against what they cleared."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.clearing.cleared import ClearanceCheck
    from agreements.clearing.dispositions import Disposed
    from agreements.clearing.merging import OfficeDrafts
    from agreements.negotiation.clearance import OfficeClearance
    from agreements.negotiation.file import ClearanceRound
    from agreements.word import CombinedFile


def ask_clearance(
    folder: StrPath, negotiation: str, offices: Sequence[str], facts: Mapping[str, Any], *, expected: str = ""
) -> "ClearanceRound":
    """Note that `offices` were asked to clear a text of `negotiation`; return the round of clearance.

    `facts` are `text` (its number; default: our last text), `sent` (default: today), `due` and `note`. Raises
    `RecordError` where no text is kept, and as `negotiation_status`.
    """
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import clearance

    return clearance.ask_clearance(negotiations_in(folder), negotiation, offices, facts, expected=expected)


def office_clearances(folder: StrPath, negotiation: str, *, day: str = "") -> "tuple[OfficeClearance, ...]":
    """Return where each office stands that was asked to clear a text, as of `day` (ISO; default: today)."""
    from agreements.isodates import today
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import clearance

    return clearance.office_clearances(negotiations_in(folder).get(negotiation), day or today())


def merge_drafts(base: StrPath, drafts: "Sequence[tuple[str, StrPath]]") -> "OfficeDrafts":
    """Return what offices propose for the Word file `base`: `drafts` are names of offices with their files.

    A file is a Word file, its changes tracked or not, or an e-mail with one in it. Raises `UnreadableError`,
    `ClassifiedError`.
    """
    from agreements.clearing import merging

    return merging.merge_drafts(as_path(base), [(office, as_path(file)) for office, file in drafts])


def merge_returned(
    folder: StrPath, negotiation: str, drafts: "Sequence[tuple[str, StrPath]]", *, day: str = ""
) -> "OfficeDrafts":
    """Keep what offices returned in the round of clearance that asked them last, and return what all of it proposes.

    What offices returned earlier in that round is merged with it, the last file of each; `drafts` may be empty then.
    `day` (ISO; default: today) is when they came. Raises `RecordError` where an office was not asked or nothing was
    returned, and as `merge_drafts`.
    """
    from agreements.clearing import merging
    from agreements.isodates import today
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import clearance
    from agreements.negotiation.records import RecordError

    store = negotiations_in(folder)
    given = [(office, as_path(file)) for office, file in drafts]
    base, others = clearance.drafts_kept(store, negotiation)
    names = {office.casefold() for office, _ in given}
    every = [*(each for each in others if each[0].casefold() not in names), *given]
    if not every:
        raise RecordError(f"No office has returned a draft of {negotiation}.", hint="Name the files: OFFICE=FILE.")
    held = store.get(negotiation)
    text, about = clearance.text_asked_about(held), held.title or negotiation
    called = f"no. {text.number}, {text.name} of {text.date}"
    earlier = clearance.earlier_texts(store, negotiation)
    found = merging.merge_drafts(base, every, text=called, title=about, earlier=earlier)
    returned = [(office, file.name, file.read_bytes()) for office, file in given]
    last = clearance.keep_returned(store, negotiation, returned, day=day)
    states = clearance.office_clearances(store.get(negotiation), day or today())
    waiting = {each.office for each in states if each.state in ("silent", "overdue", "cleared-earlier")}
    answered = {office.casefold() for office, _ in every}
    found.silent = tuple(each for each in last.offices if each in waiting and each.casefold() not in answered)
    return found


def read_dispositions(found: "OfficeDrafts", file: StrPath) -> "Disposed":
    """Return what the file of dispositions `file` says of the rows of `found`; raises `DispositionError` as it does."""
    from agreements.clearing import dispositions

    return dispositions.read_dispositions(found, as_path(file))


def dispositions_file(folder: StrPath, negotiation: str) -> Path:
    """Return where dispositions on the last round of clearance of `negotiation` are kept; there may be none yet.

    Raises `RecordError` where no office was asked.
    """
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import clearance

    store = negotiations_in(folder)
    held = store.get(negotiation)
    clearance.text_asked_about(held)
    return store.folder(negotiation) / "decisions" / f"clearance-{held.clearances[-1].number:02d}.yaml"


def dispose(
    folder: StrPath,
    negotiation: str,
    found: "OfficeDrafts",
    decided: "Mapping[str, tuple[str, str]]",
    *,
    expected: str | None = None,
) -> "Disposed":
    """Record what becomes of rows of `found` (disposition and reason by number) in `dispositions_file`.

    A disposition is `accept`, `reject`, `discuss`, `noted` (of a comment) or empty. The file is one that
    `read_dispositions` reads. `expected` is what `dispositions_fingerprint` gave; where somebody else wrote meanwhile
    both are told (`ChangedMeanwhileError`). Raises as `read_dispositions`.
    """
    from agreements.clearing import dispositions
    from agreements.library.negotiate import negotiations_in

    file = dispositions_file(folder, negotiation)
    with negotiations_in(folder).writing():
        return dispositions.dispose(found, file, decided, expected=expected)


def dispositions_fingerprint(folder: StrPath, negotiation: str) -> str:
    """Return a word for the dispositions of `negotiation` as they stand; raises as `dispositions_file`."""
    from agreements.clearing import dispositions

    return dispositions.fingerprint(dispositions_file(folder, negotiation))


def write_dispositions(found: "OfficeDrafts", file: StrPath) -> Path:
    """Write a file of dispositions on `found` to be filled in; raises `AgreementsError` when there is one already."""
    from agreements.clearing import dispositions

    return dispositions.write_dispositions(found, as_path(file))


def write_merged(
    found: "OfficeDrafts",
    output: StrPath,
    *,
    disposed: "Disposed | None" = None,
    day: str = "",
    clerk: str = "",
    clean: StrPath | None = None,
    anyway: bool = False,
) -> "CombinedFile":
    """Write the merged text to the Word file `output`: the edits of each office as tracked changes under its name.

    `disposed` says which edits are made (default: all that meet no other); `clerk` signs the comments on what meets;
    `clean` is a copy without tracked changes. Raises `UnprovenError` unless wanted `anyway`, `AgreementsError`.
    """
    from agreements.clearing import dispositions, merging
    from agreements.isodates import today

    decided = disposed or dispositions.undecided(found)
    copy = None if clean is None else as_path(clean)
    return merging.write_merged(
        found,
        as_path(output),
        decided.chosen,
        day=day or today(),
        clerk=clerk or "Clearance",
        clean=copy,
        anyway=anyway,
    )


def write_matrix(found: "OfficeDrafts", target: StrPath, *, disposed: "Disposed | None" = None, day: str = "") -> Path:
    """Write the matrix of `found` to `target` (Word, CSV, Excel or HTML); raises `AgreementsError`."""
    from agreements.clearing import dispositions, matrix
    from agreements.isodates import today

    written = matrix.write_matrix(found, disposed or dispositions.undecided(found), as_path(target), day=day or today())
    found.files.append(written)
    return written


def check_clearance(folder: StrPath, negotiation: str, file: StrPath, *, day: str = "") -> "ClearanceCheck":
    """Hold a Word file that is to leave against what each office cleared and against the authority as recorded.

    `day` (ISO; default: today) tells what expired. Raises `NotFoundError`, `RecordError`, `UnreadableError`,
    `ClassifiedError`.
    """
    from agreements.clearing import cleared
    from agreements.isodates import today
    from agreements.library.negotiate import negotiations_in

    return cleared.check_clearance(negotiations_in(folder), negotiation, as_path(file), day=day or today())
