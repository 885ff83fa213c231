"""Verbs from the signature on: the signing sheet, the steps of the closing, and what follows from an agreement.

Every verb names the repository's `folder` and the negotiation's id, and raises as the verbs of `negotiate`.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.negotiation.file import ClosingStep, FollowingAnswer, FollowingInstrument, SigningPlan
    from agreements.negotiation.record_pages import RecordLine, RecordPage


def set_signing(
    folder: StrPath,
    negotiation: str,
    facts: Mapping[str, Any],
    *,
    without: Sequence[str] = (),
    expected: str = "",
) -> "SigningPlan":
    """Record what is to be ready when `negotiation` is signed; what is not named stays.

    `facts` are `date`, `places`, `text` (its number), `languages`, `signers` (`side`, `name`, `capacity`),
    `full_powers` (`needed`, `not-needed`, `produced`, by the name of a signer), `originals` (how many), `kept`
    (`keeper`, `what`), `ribbon_copies`, `seals` and `note`; `without` are names of signers to take off. Raises
    `RecordError` and `NotFoundError` also for a signer or a text that there is not.
    """
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import signing

    return signing.set_signing(negotiations_in(folder), negotiation, facts, without=without, expected=expected)


def signing_sheet(folder: StrPath, negotiation: str, *, day: str = "") -> "RecordPage":
    """Return the signing sheet as of `day` (ISO; default: today): what is open first, and nothing filled in unasked."""
    from agreements.isodates import today
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import signing

    return signing.signing_sheet(negotiations_in(folder), negotiation, day=day or today())


def keep_closing_step(
    folder: StrPath,
    negotiation: str,
    step: str,
    facts: Mapping[str, Any],
    *,
    file: StrPath | None = None,
    expected: str = "",
) -> "ClosingStep":
    """Keep that a `step` was done: `notified-congress`, `signed`, `deposited`, `reported-signed`, `in-force`,
    `reported-in-force`, `published`, `not-published`, `registered` or `not-registered`.

    `facts` are `by`, `date` (default: today), `place`, `ground` (asked for where it is not published or registered),
    `reference`, `of` (the number of an instrument that follows), `marking` and `note`; `file` is what shows it, kept
    untouched with its hash. Raises `NotFoundError` for another step.
    """
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import closing

    path = None if file is None else as_path(file)
    return closing.keep_closing_step(negotiations_in(folder), negotiation, step, facts, file=path, expected=expected)


def closing_page(folder: StrPath, negotiation: str, *, day: str = "") -> "RecordPage":
    """Return the page on the conclusion as of `day` (ISO; default: today): what cannot be computed and why first, then
    what is due by which rule and from which day, and what is recorded. Raises also as `calendar`.
    """
    from agreements.isodates import today
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import closing_page as page

    return page.closing_page(negotiations_in(folder), negotiation, day=day or today())


def write_page(page: "RecordPage", target: StrPath) -> Path:
    """Write a signing sheet or the page on the conclusion to the Word file `target`; raises `AgreementsError`."""
    from agreements.negotiation import record_pages

    return record_pages.write_page(page, as_path(target))


def keep_following(
    folder: StrPath,
    negotiation: str,
    kind: str,
    title: str,
    facts: Mapping[str, Any],
    *,
    file: StrPath | None = None,
    expected: str = "",
) -> "FollowingInstrument":
    """Keep an instrument that follows from the agreement: `implementing-arrangement`, `annex-change`, `minutes`,
    `order`, `exchange-of-notes` or `other`.

    `facts` are `date`, `under` (the provision that it rests on), `reference`, `marking` and `note`; `file` is its text.
    Whether it is reportable or needs authority of its own a person answers. Raises `NotFoundError` for another kind.
    """
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import closing

    path = None if file is None else as_path(file)
    store = negotiations_in(folder)
    return closing.keep_following(store, negotiation, kind, title, facts, file=path, expected=expected)


def answer_following(
    folder: StrPath,
    negotiation: str,
    number: int,
    question: str,
    facts: Mapping[str, Any],
    *,
    expected: str = "",
) -> "FollowingAnswer":
    """Keep what a person answered about the instrument `number`: whether it is `reportable` to Congress itself, or
    needs `authority` of its own.

    `facts` are `answer` (`yes` or `no`), `by` and `ground`, all asked for, and `date` (default: today). The last answer
    counts, the earlier ones stay. Nothing is decided by the program. Raises `NotFoundError` for another question.
    """
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import closing

    store = negotiations_in(folder)
    return closing.answer_following(store, negotiation, number, question, facts, expected=expected)


def followings(folder: StrPath, negotiation: str) -> "tuple[RecordLine, ...]":
    """Return a line for each instrument that follows from the agreement: those with an open question first."""
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation import closing_page as page

    store = negotiations_in(folder)
    return page.follow_lines(store, store.get(negotiation))


def recorded_following(folder: StrPath, agreement: str) -> tuple[str, ...]:
    """Return what negotiations about `agreement` record as following from it, a line each; those that one may see."""
    from agreements.library.negotiate import negotiations_in

    store = negotiations_in(folder)
    found: list[str] = []
    for each in store.ids():
        held = store.get(each)
        if held.agreement != agreement:
            continue
        marking = store.marking(each)
        marked = f" [{marking}]" if held.follows and marking not in ("", "UNCLASSIFIED") else ""
        for own in held.follows:
            facts = [
                own.kind.replace("-", " "),
                f"of {own.date}" if own.date else "",
                f"under {own.under}" * bool(own.under),
            ]
            said = " ".join(filter(None, facts))
            found.append(f"{own.title}{marked}: {said}, as the negotiation {each} records what follows")
    return tuple(found)


def same_files_in_negotiations(folder: StrPath, hashes: Collection[str]) -> tuple[str, ...]:
    """Return where negotiations that one may see keep a file with one of `hashes` (SHA-256), in words."""
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation.purging import files_of

    store = negotiations_in(folder)
    kept = ((each, path) for each in store.ids() for path in files_of(store.folder(each), hashes))
    return tuple(f"the negotiation {each}: {path.name}" for each, path in kept)
