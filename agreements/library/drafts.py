"""Verbs for drafts: print a parameter file, check it, assemble it, write Word."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from agreements import drafting
from agreements.checks import check
from agreements.drafting.loading import OWN_TEMPLATES
from agreements.drafting.provenance import keep, provenance_of
from agreements.findings import Finding, error, warning
from agreements.library.copies import CopyOptions, second_texts, write_draft
from agreements.library.repositories import open_repository
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
    original: Original | Literal["both"] | None = None,
    copies: CopyOptions | None = None,
    repository: Callable[[], Path] | None = None,
) -> DraftReport:
    """Assemble the parameter file `parameters` and, when there is no error, write the Word file `output`.

    `original` says whose copy it is (the alternat). `both` writes both originals of an instrument that is signed,
    named after `output` (`draft-us.docx`, `draft-partner.docx`); None means both where `output` is a folder, else ours.
    An exchange of notes has no alternat and gives two files: our note, the draft of the reply beside it. `copies` says
    which copies are written; the one for signature is refused, with a finding, while something in the text is open.
    `repository` gives the folder of agreements, and is asked only where the draft cites or amends one of them.

    Raises `ParameterError` when the file cannot be used at all, `TemplateError` when a template is wrong; all problems
    of the parameters are findings of the report.
    """
    request, copies = drafting.load_parameters(parameters), copies or CopyOptions()
    held = None if repository is None else lambda identifier: open_repository(repository()).get(identifier)
    targets = _targets(request, parameters.stem, output, original)
    drafts = {whose: drafting.assemble(request, original=whose, held=held) for whose in targets}
    first = next(iter(drafts.values()))
    checked = check(first.agreement) if first.agreement else ()
    still_open = _still_open(first.agreement) if copies.signing and first.agreement else ()
    report = DraftReport(first, (*first.findings, *checked, *still_open, *_languages(first, copies), *_reasons(first)))
    for whose, target in targets.items():
        if drafts[whose].agreement is not None and not still_open and target is not None:
            files = write_draft(drafts[whose], target, copies, original=whose)
            kept = keep(provenance_of(drafts[whose], files), target)
            report.files += files
            report.provenance = report.provenance or kept
    return report


def _targets(
    request: drafting.DraftRequest, name: str, output: Path | None, original: Original | Literal["both"] | None
) -> dict[Original, Path | None]:
    """Return the Word file of each original that is wanted, ours first."""
    forms = drafting.family(request.family).forms
    signed = request.form in forms and forms[request.form].role == "main"
    if output is not None and (output.is_dir() or not output.suffix):
        output.mkdir(parents=True, exist_ok=True)
        original, output = original or "both", output / f"{name}.docx"
    if original != "both":
        return {original or "us": output}
    if not signed or output is None:
        return {"us": output}
    return {whose: output.with_name(f"{output.stem}-{whose}{output.suffix}") for whose in ("us", "partner")}


def _reasons(draft: drafting.Draft) -> list[Finding]:
    """Return a warning for each reason that is given for a clause which the draft does not have."""
    used = {clause for clause, _ in draft.clauses}
    given = draft.request.rationale if draft.request and draft.agreement else {}
    return [
        warning("rationale-unused", f"rationale.{clause}", "The draft has no such clause.", f"It has {_some(used)}.")
        for clause in given
        if clause not in used
    ]


def _some(clauses: set[str]) -> str:
    return ", ".join(sorted(clauses))


def _languages(draft: drafting.Draft, copies: CopyOptions) -> Sequence[Finding]:
    """Return where the two texts differ in their paragraphs; a copy for signature that lacks the other is said too."""
    agreement = draft.agreement
    if agreement is not None and copies.partner_text:
        both = (*agreement.documents, *second_texts(draft, copies))
        return check(agreement.model_copy(update={"documents": both}), ["languages"])
    if agreement is None or not copies.signing or len(agreement.languages) < 2:
        return []
    told = f"The agreement is done in {len(agreement.languages)} languages; this copy holds the text in one."
    return [warning("signing-language", "languages", told, "Add the other text: --partner-text FILE.")]


def _still_open(agreement: Agreement) -> list[Finding]:
    """Return an error for every place of `agreement` that is not agreed yet."""
    return [
        error("signing-open", place.path, "The words in brackets are not agreed.", "Settle them, then sign.")
        for place in places(agreement)
        if any(mark.kind == "bracket" for mark in place.provision.marks)
    ]
