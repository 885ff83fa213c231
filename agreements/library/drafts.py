"""Verbs for drafts: print a parameter file, check it, assemble it, write Word."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from agreements import drafting
from agreements.checks import check
from agreements.citation import date_words
from agreements.drafting.loading import OWN_TEMPLATES
from agreements.findings import Finding

Original = Literal["us", "partner"]
Paper = Literal["letter", "a4"]


@dataclass(slots=True)
class DraftReport:
    """What assembling gave: the draft, all findings of parameters and checks, the files written."""

    draft: drafting.Draft
    findings: tuple[Finding, ...] = ()
    files: list[Path] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return `{draft, findings, files}` of the JSON contract."""
        from agreements.export import view

        agreement = self.draft.agreement
        shown = view.shown(agreement) if agreement else None
        if shown:
            shown["clauses"] = [{"id": clause, "variant": variant} for clause, variant in self.draft.clauses]
        return {
            "draft": shown,
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
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
    parameters: Path, output: Path | None = None, *, original: Original = "us", paper: Paper = "letter"
) -> DraftReport:
    """Assemble the parameter file `parameters` and, when there is no error, write the Word file `output`.

    `original` says whose copy it is (the alternat). An exchange of notes gives two files: our note in `output`, the
    draft of the reply beside it. Raises `ParameterError` when the file cannot be used at all, `TemplateError` when a
    template is wrong; all problems of the parameters are findings of the report.
    """
    draft = drafting.assemble(drafting.load_parameters(parameters), original=original)
    checked = check(draft.agreement) if draft.agreement else ()
    report = DraftReport(draft, (*draft.findings, *checked))
    if draft.agreement is not None and output is not None:
        report.files = write_draft(draft, output, paper=paper)
    return report


def write_draft(draft: drafting.Draft, output: Path, *, paper: Paper = "letter") -> list[Path]:
    """Write an assembled `draft` to the Word file `output` (and the reply beside it); returns the files."""
    from agreements import word

    if draft.agreement is None:
        raise ValueError("a draft with errors has no agreement to write")
    day = draft.draft_date.isoformat() if draft.draft_date else ""
    line = " - ".join(x for x in ("DRAFT", date_words(day) if day else "") if x)
    options = word.WordOptions(marking=draft.marking, draft_line=line, date=day, paper=paper)
    return word.write(draft.agreement, output, options=options)


def check_draft(file: Path) -> tuple[Finding, ...]:
    """Return the findings of all checks over `file`: a parameter file (YAML), or any text of an agreement.

    Raises as `assemble_file` and `parse_file`.
    """
    if file.suffix.lower() in (".yaml", ".yml"):
        return assemble_file(file).findings
    from agreements.library.reading import parse_file  # a Word file that came back, or a precedent

    parsed = parse_file(file)
    return (*parsed.findings, *check(parsed.agreement.model_copy(update={"standing": "draft"})))
