"""Verbs for drafts: print a parameter file, check it, assemble it, write Word."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from agreements import drafting
from agreements.checks import check
from agreements.citation import date_words
from agreements.drafting.loading import OWN_TEMPLATES
from agreements.findings import Finding, error
from agreements.library.provenance import keep, provenance_of
from agreements.model import Agreement, Provision
from agreements.reference import places

Original = Literal["us", "partner"]
Paper = Literal["letter", "a4"]


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
    paper: Paper = "letter",
    signing: bool = False,
) -> DraftReport:
    """Assemble the parameter file `parameters` and, when there is no error, write the Word file `output`.

    `original` says whose copy it is (the alternat). An exchange of notes gives two files: our note in `output`, the
    draft of the reply beside it. `signing` asks for the copy for signature, which is refused, with a finding, while
    something in the text is open. Raises `ParameterError` when the file cannot be used at all, `TemplateError` when a
    template is wrong; all problems of the parameters are findings of the report.
    """
    draft = drafting.assemble(drafting.load_parameters(parameters), original=original)
    checked = check(draft.agreement) if draft.agreement else ()
    still_open = _still_open(draft.agreement) if signing and draft.agreement else ()
    report = DraftReport(draft, (*draft.findings, *checked, *still_open))
    if draft.agreement is not None and not still_open and output is not None:
        report.files = write_draft(draft, output, paper=paper, signing=signing)
        report.provenance = keep(provenance_of(draft, report.files), output)
    return report


def write_draft(draft: drafting.Draft, output: Path, *, paper: Paper = "letter", signing: bool = False) -> list[Path]:
    """Write an assembled `draft` to the Word file `output` (and the reply beside it); returns the files.

    The copy for signature has neither marking nor draft line; its numbers and references are typed text.
    """
    from agreements import word

    if draft.agreement is None:
        raise ValueError("a draft with errors has no agreement to write")
    day = draft.draft_date.isoformat() if draft.draft_date else ""
    if signing:
        options = word.WordOptions(marking="", paper=paper, frozen=True)
        return word.write(_without_references(draft.agreement), output, options=options)
    key = draft.request.key if draft.request else ""
    options = word.WordOptions(marking=draft.marking, draft_line=draft_line(draft), date=day, paper=paper, key=key)
    return word.write(draft.agreement, output, options=options)


def draft_line(draft: drafting.Draft) -> str:
    """Return the line that says what a draft is: `DRAFT 2 - 22 November 2026 - U.S. proposal`."""
    request = draft.request
    number = f" {request.draft_number}" if request and request.draft_number else ""
    day = date_words(draft.draft_date.isoformat()) if draft.draft_date else ""
    return " - ".join(x for x in (f"DRAFT{number}", day, _proposal(request) if request else "") if x)


def _proposal(request: drafting.DraftRequest) -> str:
    """Return whose text it is: `U.S. proposal`, `Norlandic proposal`, `joint text`."""
    if request.proposal_of == "joint":
        return "joint text"
    party = request.parameters.get("sending" if request.proposal_of == "us" else "receiving")
    adjective = party.get("adjective", "") if isinstance(party, dict) else ""
    if request.proposal_of == "us" and adjective in ("", "United States", "American"):
        adjective = "U.S."
    return f"{adjective} proposal".strip()


def _without_references(agreement: Agreement) -> Agreement:
    """Return `agreement` with the words of its references as plain words, which no field can change."""
    documents = tuple(
        document.model_copy(update={"provisions": tuple(_plain(p) for p in document.provisions)})
        for document in agreement.documents
    )
    return agreement.model_copy(update={"documents": documents})


def _plain(provision: Provision) -> Provision:
    marks = tuple(mark for mark in provision.marks if mark.kind != "reference")
    children = tuple(_plain(child) for child in provision.children)
    return provision.model_copy(update={"marks": marks, "children": children})


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
