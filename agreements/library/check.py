"""Verbs that check: a draft, a file or an agreement; an ACSA by statute; a Word file before it is handed over."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from datetime import date

    from agreements.findings import Finding
    from agreements.model import Agreement
    from agreements.reviewing.acsa import AcsaReview
    from agreements.word import Handover, Revisions

_PARAMETERS = (".yaml", ".yml")


def check_draft(
    subject: str | Path,
    *,
    family: str = "",
    repository: Callable[[], Path] | None = None,
    precedents: bool = False,
) -> "tuple[Finding, ...]":
    """Return the findings of all checks over `subject`: a parameter file (YAML), any text of an agreement, or an id.

    `family` is that of the text where nothing says it. `repository` gives the folder of agreements; it is asked for an
    id, where a draft cites an agreement, and with `precedents`: then the text is also held against the five
    nearest agreements of its family. Raises as `assemble_file`, `parse_file` and `get`.
    """
    found, agreement = _checked(subject, family, repository)
    if precedents and repository is not None and agreement is not None:
        found += _beside(agreement, repository())
    return found


def read_agreement(
    subject: str | Path, *, family: str = "", repository: Callable[[], Path] | None = None
) -> "Agreement | None":
    """Return the agreement that `subject` names as `check_draft` takes it; None when a draft does not assemble."""
    return _read(subject, family, repository)[1]


def _checked(
    subject: str | Path, family: str, repository: Callable[[], Path] | None
) -> "tuple[tuple[Finding, ...], Agreement | None]":
    from agreements.checks import check

    known, agreement = _read(subject, family, repository)
    if Path(subject).suffix.lower() in _PARAMETERS or agreement is None:
        return known, agreement  # assembling has checked it
    return (*known, *check(agreement), *_departing(subject, agreement)), agreement


def _departing(subject: str | Path, agreement: "Agreement") -> "Iterable[Finding]":
    """Return where the Word file of a draft departs from the style that the record beside it keeps."""
    from agreements.drafting import has_record
    from agreements.drafting.provenance import recorded_style
    from agreements.drafting.style import departures

    path = Path(subject)
    if path.suffix.lower() != ".docx" or not has_record(path):
        return ()
    style = recorded_style(path)
    return departures(agreement, style) if style else ()


def _read(
    subject: str | Path, family: str, repository: Callable[[], Path] | None
) -> "tuple[tuple[Finding, ...], Agreement | None]":
    from agreements.findings import info
    from agreements.intake.files import parse_file
    from agreements.library.compare import is_file
    from agreements.library.draft import assemble_file
    from agreements.repository import open_repository

    path = Path(subject)
    if path.suffix.lower() in _PARAMETERS:
        report = assemble_file(path, repository=repository)
        made = report.draft.agreement
        return report.findings, made and made.model_copy(update={"marking": report.draft.marking or made.marking})
    if repository is None or is_file(str(subject)):
        parsed = parse_file(path, family=family)
        return parsed.findings, parsed.agreement.model_copy(update={"standing": "draft"})
    held = open_repository(repository()).get(str(subject))
    if not held.text_held:
        return (info("text-not-held", held.id, "Only its facts are held here; there is no text to check."),), None
    return (), held.model_copy(update={"family": family}) if family else held


def _beside(agreement: "Agreement", folder: Path) -> "tuple[Finding, ...]":
    """Return what the nearest precedents of the same family carry and `agreement` does not, or what it was held to."""
    from agreements.checks.missing import beside, core_topics
    from agreements.families import FAMILIES
    from agreements.library.keep import listing
    from agreements.repository import open_repository
    from agreements.search.provisions import clause_rows

    rows = [f for f in listing(folder, families=(agreement.family,), text_held=True) if f.id != agreement.id]
    cores: dict[str, set[str]] = {facts.id: set() for facts in rows if facts.standing == "agreement"}
    for level in ("article", "paragraph"):
        for row in clause_rows(open_repository(folder), cores, level=level):
            cores[row.agreement].update(row.cores)
    label = FAMILIES[agreement.family].label if agreement.family in FAMILIES else agreement.family
    return tuple(beside(core_topics(agreement), cores, label))


def acsa_review(
    subject: str | Path, *, repository: Callable[[], Path] | None = None, today: "date | None" = None
) -> "AcsaReview":
    """Return the review of `subject`: a file, a parameter file, or an agreement of the repository.

    `today` decides who is a member of NATO where the text has no date. Raises as `check_draft`, and `AgreementsError`
    when there is no text to review.
    """
    from agreements.errors import AgreementsError
    from agreements.reference import Reference
    from agreements.reviewing import acsa

    name = subject if isinstance(subject, Path) or "#" not in subject else Reference.parse(subject).agreement
    agreement = read_agreement(name, family="acsa", repository=repository)
    if agreement is None:
        raise AgreementsError(
            f"There is no text of {subject} to review.", hint=f"`agreements draft check {subject}` says what is wrong."
        )
    return acsa.acsa_review(agreement, str(subject), today=today)


def write_acsa_memo(review: "AcsaReview", output: StrPath, *, today: "date | None" = None) -> Path:
    """Write the memo of `review` to the Word file `output` and return it; raises `AgreementsError` when it fails."""
    output = as_path(output)
    from agreements.reviewing import acsa

    return acsa.write_acsa_memo(review, output, today=today)


def handover(file: StrPath) -> "Handover":
    """Return what the Word file `file` tells beside its text: found, not found, not examined. Nothing is written.

    Whether it is released is a person's decision. Raises `UnreadableError` when it is no Word file, `ClassifiedError`
    when any part of it bears a marking in use.
    """
    from agreements.word import look

    return look(as_path(file))


def make_handover(
    file: StrPath,
    output: StrPath,
    *,
    revisions: "Revisions" = "refuse",
    authors: Mapping[str, str] | None = None,
    allow: Iterable[str] = (),
    remove: Iterable[str] = (),
    anonymise: bool = False,
) -> "Handover":
    """Write to `output` a copy of the Word file `file` with what is known and what was decided, or say what waits.

    What is left out, what is asked, and what `revisions`, `authors`, `allow`, `remove` and `anonymise` say: see
    `agreements.word.handover`. The words and numbers of the copy are those of the file, or nothing is written. Raises
    `UnreadableError` when `file` is no Word file, `AgreementsError` when `output` cannot be written or is `file`
    itself, when an author has no name to bear or a kind is not known, `ClassifiedError` when any part of it bears a
    marking in use.
    """
    from agreements.word import handover as handing

    return handing.make_handover(
        as_path(file),
        as_path(output),
        revisions=revisions,
        authors=authors,
        allow=allow,
        remove=remove,
        anonymise=anonymise,
    )
