"""Which clause stands where: the outline of a form, with its conditions and choices settled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agreements.drafting.clauses import Clause
from agreements.drafting.declarations import DocumentEntry, FamilyTemplate, FormDeclaration, OutlineEntry
from agreements.drafting.templates import Renderer
from agreements.errors import AgreementsError, TemplateError
from agreements.findings import Finding, error
from agreements.model import Role


@dataclass(frozen=True, slots=True)
class Selected:
    """One document of the draft: its role and number, the template of its title, and its clauses in order."""

    role: Role
    number: str | None
    title: str
    clauses: tuple[Clause, ...]


def select(
    family: FamilyTemplate,
    form: FormDeclaration,
    values: Mapping[str, Any],
    variants: Mapping[str, str],
    findings: list[Finding],
) -> tuple[Selected, ...]:
    """Return the documents of the draft with their chosen clauses; `variants` overrides single choices.

    A variant that a person asked for and that does not exist goes to `findings`.
    Raises `TemplateError` when the outline itself is wrong.
    """
    return _Selection(family, values, variants, findings).documents(form)


class _Selection:
    def __init__(
        self,
        family: FamilyTemplate,
        values: Mapping[str, Any],
        variants: Mapping[str, str],
        findings: list[Finding],
    ) -> None:
        self._family = family
        self._values = values
        self._variants = variants
        self._findings = findings
        self._renderer = Renderer(values)

    def documents(self, form: FormDeclaration) -> tuple[Selected, ...]:
        further: list[DocumentEntry] = []
        main = tuple(self._clauses(form.outline, further))
        documents = [Selected(form.role, None, "", main)]
        for entry in further:
            clauses = tuple(self._clauses(entry.outline, []))
            documents.append(Selected(entry.role, entry.number, entry.title, clauses))
        chosen = {clause.id for document in documents for clause in document.clauses}
        self._check(documents, chosen)
        return tuple(documents)

    def _clauses(self, outline: tuple[OutlineEntry, ...], further: list[DocumentEntry]) -> Iterator[Clause]:
        for entry in outline:
            if entry.when and not self._renderer.condition(entry.when, self._where):
                continue
            if entry.document:
                further.append(entry.document)
            elif clause := self._clause(entry):
                yield clause

    def _clause(self, entry: OutlineEntry) -> Clause | None:
        asked = self._variants.get(entry.clause, "")
        try:
            return self._family.clauses.get(entry.clause, asked or self._variant(entry))
        except TemplateError:
            raise
        except AgreementsError as failure:
            if not asked:
                raise TemplateError(f"{self._where}: {failure}", hint=failure.hint) from failure
            self._findings.append(error("variant-unknown", f"variants.{entry.clause}", str(failure), failure.hint))
            return None

    def _variant(self, entry: OutlineEntry) -> str:
        if not entry.choose:
            return entry.variant or "standard"
        name = entry.choose["parameter"]
        value = str(self._values.get(name))
        if value not in entry.choose:
            raise TemplateError(f"{self._where}: the clause {entry.clause} has no variant for {name} = {value}.")
        return entry.choose[value]

    def _check(self, documents: list[Selected], chosen: set[str]) -> None:
        for clause in (clause for document in documents for clause in document.clauses):
            for needed in clause.front.requires:
                if needed not in chosen:
                    message = f"{clause.where} needs the clause {needed}, which is not in this draft."
                    self._findings.append(
                        error("clause-requires", clause.id, message, "Take the clause in, or choose another variant.")
                    )
        for clause_id in self._variants:
            if clause_id not in chosen and not any(f.where == f"variants.{clause_id}" for f in self._findings):
                message = f"A variant is chosen for {clause_id!r}, which is not a clause of this draft."
                known = f"It has: {', '.join(sorted(chosen))}."
                self._findings.append(error("variant-unknown", f"variants.{clause_id}", message, known))

    @property
    def _where(self) -> str:
        return f"{self._family.id}/family.yaml"
