"""Verbs for drafts: print a parameter file, check it, assemble it, write Word."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from agreements import drafting
from agreements.checks import check
from agreements.drafting.loading import OWN_TEMPLATES
from agreements.findings import Finding, error
from agreements.library.copies import CopyOptions, write_draft
from agreements.library.provenance import keep, provenance_of
from agreements.model import Agreement
from agreements.reference import places

Original = Literal["us", "partner"]


@dataclass(slots=True)
class DraftReport:
    """What assembling gave: the draft, all findings of parameters and checks, the Word files written.

    `provenance` is the file beside them that says what each provision is made of; it stays with us.
    """

    draft: drafting.Draft
    findings: tuple[Finding, ...] = ()
    files: list[Path] = field(default_factory=list)
    provenance: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """Return `{draft, findings, files, provenance}` of the JSON contract."""
        from agreements.export import view

        agreement = self.draft.agreement
        shown = view.shown(agreement) if agreement else None
        if shown:
            shown["clauses"] = [{"id": clause, "variant": variant} for clause, variant in self.draft.clauses]
        return {
            "draft": shown,
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
            "provenance": str(self.provenance) if self.provenance else None,
        }


def use_templates(folder: str) -> None:
    """Lay the template folder `folder` over the shipped templates from now on, as $AGREEMENTS_TEMPLATES does."""
    os.environ[OWN_TEMPLATES] = folder


def parameter_file(family: str, form: str = "") -> str:
    """Return a commented parameter file (YAML) for `family` in `form` (default: its first), to be filled in.

    Raises `NotFoundError` that lists the known families or forms.
    """
    return drafting.parameter_template(family, form)


def parameter_schema(family: str) -> dict[str, Any]:
    """Return the JSON Schema of the parameters of `family`; raises `NotFoundError` listing the known families."""
    return drafting.parameter_schema(family)


def assemble_file(
    parameters: Path,
    output: Path | None = None,
    *,
    original: Original = "us",
    copies: CopyOptions | None = None,
) -> DraftReport:
    """Assemble the parameter file `parameters` and, when there is no error, write the Word file `output`.

    `original` says whose copy it is (the alternat). An exchange of notes gives two files: our note in `output`, the
    draft of the reply beside it. `copies` says which copies are written; the one for signature is refused, with a
    finding, while something in the text is open. Raises `ParameterError` when the file cannot be used at all,
    `TemplateError` when a template is wrong; all problems of the parameters are findings of the report.
    """
    draft = drafting.assemble(drafting.load_parameters(parameters), original=original)
    checked = check(draft.agreement) if draft.agreement else ()
    copies = copies or CopyOptions()
    still_open = _still_open(draft.agreement) if copies.signing and draft.agreement else ()
    report = DraftReport(draft, (*draft.findings, *checked, *still_open))
    if draft.agreement is not None and not still_open and output is not None:
        report.files = write_draft(draft, output, copies)
        report.provenance = keep(provenance_of(draft, report.files), output)
    return report


def _still_open(agreement: Agreement) -> list[Finding]:
    """Return an error for every place of `agreement` that is not agreed yet."""
    return [
        error("signing-open", place.path, "The words in brackets are not agreed.", "Settle them, then sign.")
        for place in places(agreement)
        if any(mark.kind == "bracket" for mark in place.provision.marks)
    ]


def check_draft(file: Path) -> tuple[Finding, ...]:
    """Return the findings of all checks over `file`: a parameter file (YAML), or any text of an agreement.

    Raises as `assemble_file` and `parse_file`.
    """
    if file.suffix.lower() in (".yaml", ".yml"):
        return assemble_file(file).findings
    from agreements.library.reading import parse_file  # a Word file that came back, or a precedent

    parsed = parse_file(file)
    return (*parsed.findings, *check(parsed.agreement.model_copy(update={"standing": "draft"})))


def handover(file: Path) -> tuple[Finding, ...]:
    """Return what must not leave with the Word file `file`; empty when it may go to the other side.

    Raises `UnreadableError` when it is no Word file.
    """
    from agreements.word.outgoing import leaks

    return leaks(file)
