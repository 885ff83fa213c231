"""Which clause stands where: the outline of a form, with its conditions and choices settled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agreements.drafting.clauses import ClauseText
from agreements.drafting.declarations import ArticleEntry, DocumentEntry, FamilyTemplate, FormDeclaration, OutlineEntry
from agreements.drafting.parameters import form_entries
from agreements.drafting.request import DraftRequest
from agreements.drafting.requirements import contradictions
from agreements.drafting.templates import Renderer
from agreements.errors import NotFoundError, TemplateError
from agreements.findings import Finding, error
from agreements.model import Role


@dataclass(frozen=True, slots=True)
class Part:
    """Clauses that stand together: one with its own heads (no `article`), or several gathered in an article."""

    clauses: tuple[ClauseText, ...]
    article: ArticleEntry | None = None


@dataclass(frozen=True, slots=True)
class Selected:
    """One document of the draft: its role and number, the template of its title, and its parts in order."""

    role: Role
    number: str | None
    title: str
    parts: tuple[Part, ...]

    @property
    def clauses(self) -> tuple[ClauseText, ...]:
        """All clauses of the document, in order."""
        return tuple(clause for part in self.parts for clause in part.clauses)


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


def settled(request: DraftRequest, family: FamilyTemplate) -> DraftRequest:
    """Return `request` with the parameters that its `variants` decide: who names a variant chooses the value for it.

    So what else depends on that value (other clauses, parameters that only then count) goes with the variant.
    """
    given = dict(request.parameters)
    for entry in form_entries(family, request.form):
        wanted, name = request.variants.get(entry.clause), entry.choose.get("parameter", "")
        if not wanted or name not in family.parameters:
            continue
        taken = [v for v in family.parameters[name].choices if family.variant(entry, v) == wanted]
        if len(taken) == 1:
            given[name] = taken[0]
    return replace(request, parameters=given)


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
        documents = [Selected(form.role, None, "", tuple(self._parts(form.outline, further)))]
        for entry in further:
            parts = tuple(self._parts(entry.outline, []))
            documents.append(Selected(entry.role, entry.number, entry.title, parts))
        chosen = {clause.id for document in documents for clause in document.clauses}
        self._check(documents, chosen)
        return tuple(documents)

    def _parts(self, outline: Sequence[OutlineEntry], further: list[DocumentEntry]) -> Iterator[Part]:
        for entry in outline:
            if entry.when and not self._renderer.condition(entry.when, self._where):
                continue
            if entry.document:
                further.append(entry.document)
            elif entry.article:
                gathered = tuple(self._parts(entry.article.outline, []))
                if clauses := tuple(clause for part in gathered for clause in part.clauses):
                    yield Part(clauses, entry.article)
            elif clause := self._clause(entry):
                yield Part((clause,))

    def _clause(self, entry: OutlineEntry) -> ClauseText | None:
        asked = self._variants.get(entry.clause, "")
        try:
            return self._family.clauses.get(entry.clause, asked or self._variant(entry))
        except NotFoundError as failure:
            if not asked:
                raise TemplateError(f"{self._where}: {failure}", hint=failure.hint) from failure
            self._findings.append(error("variant-unknown", f"variants.{entry.clause}", str(failure), failure.hint))
            return None

    def _variant(self, entry: OutlineEntry) -> str:
        if not entry.choose:
            return entry.variant or "standard"
        return self._family.variant(entry, str(self._values.get(entry.choose["parameter"])))

    def _check(self, documents: list[Selected], chosen: set[str]) -> None:
        clauses = [clause for document in documents for clause in document.clauses]
        self._findings += contradictions(clauses, self._values)
        for clause_id in self._variants:
            if clause_id not in chosen and not any(f.where == f"variants.{clause_id}" for f in self._findings):
                message = f"A variant is chosen for {clause_id!r}, which is not a clause of this draft."
                known = f"It has: {', '.join(sorted(chosen))}."
                self._findings.append(error("variant-unknown", f"variants.{clause_id}", message, known))

    @property
    def _where(self) -> str:
        return f"{self._family.id}/family.yaml"
