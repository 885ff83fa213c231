"""The verb `check_draft`: all checks over a draft, over any file, or over an agreement of the repository."""

from collections.abc import Callable
from pathlib import Path

from agreements.checks import check
from agreements.checks.missing import core_topics, missing_beside
from agreements.findings import Finding, info
from agreements.intake.files import parse_file
from agreements.library.clauses import clause_rows
from agreements.library.comparing import is_file
from agreements.library.drafts import assemble_file
from agreements.library.repositories import listing, open_repository
from agreements.model import Agreement

_PARAMETERS = (".yaml", ".yml")


def check_draft(
    subject: str | Path,
    *,
    family: str = "",
    repository: Callable[[], Path] | None = None,
    precedents: bool = False,
) -> tuple[Finding, ...]:
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
) -> Agreement | None:
    """Return the agreement that `subject` names as `check_draft` takes it; None when a draft does not assemble."""
    return _read(subject, family, repository)[1]


def _checked(
    subject: str | Path, family: str, repository: Callable[[], Path] | None
) -> tuple[tuple[Finding, ...], Agreement | None]:
    known, agreement = _read(subject, family, repository)
    if Path(subject).suffix.lower() in _PARAMETERS or agreement is None:
        return known, agreement  # assembling has checked it
    return (*known, *check(agreement)), agreement


def _read(
    subject: str | Path, family: str, repository: Callable[[], Path] | None
) -> tuple[tuple[Finding, ...], Agreement | None]:
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


def _beside(agreement: Agreement, folder: Path) -> tuple[Finding, ...]:
    """Return what the nearest precedents of the same family carry and `agreement` does not."""
    rows = [f for f in listing(folder, families=(agreement.family,), text_held=True) if f.id != agreement.id]
    cores: dict[str, set[str]] = {facts.id: set() for facts in rows if facts.standing == "agreement"}
    for level in ("article", "paragraph"):
        for row in clause_rows(open_repository(folder), cores, level=level):
            cores[row.agreement].update(row.cores)
    return tuple(missing_beside(core_topics(agreement), cores))
