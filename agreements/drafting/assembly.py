"""Assembly: from a request to a draft. Choose the clauses, render them, number them, fill the references.

Pure but for reading the templates; the same request gives the same draft.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agreements import inline
from agreements.drafting import parameters
from agreements.drafting.alternat import Original, Parties, functions
from agreements.drafting.clauses import Clause
from agreements.drafting.crossrefs import References
from agreements.drafting.declarations import ArticleEntry, FamilyTemplate, FormDeclaration
from agreements.drafting.facts import facts
from agreements.drafting.glossary import Glossary, terms_of
from agreements.drafting.loading import Root, family
from agreements.drafting.numbering import as_points, merge_single_paragraphs, numbered
from agreements.drafting.request import MARKINGS, SIDES, DraftRequest
from agreements.drafting.selection import Part, Selected, select
from agreements.drafting.templates import Renderer, names_used
from agreements.errors import TemplateError, TextFormError
from agreements.findings import Finding, error, warning
from agreements.model import Agreement, Document, Provenance, Provision
from agreements.textform import HEADS, parse_document

_TITLE = re.compile(r"\A\s*# (?!#)(.*)$", re.MULTILINE)
_HEADS = frozenset(HEADS.values())
_NOTES = ("offer-note", "reply-note")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, or what stands in the way of one: `agreement` is None when a finding is an error.

    `clauses` are the clauses used, each with its variant, in order; `request` is what was asked for.
    """

    agreement: Agreement | None
    findings: tuple[Finding, ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()
    marking: str = ""
    draft_date: date | None = None
    request: DraftRequest | None = None


def assemble(request: DraftRequest, *, original: Original = "us", root: Root = None) -> Draft:
    """Return the draft that `request` asks for.

    `original` is whose copy it is: `us` names the sending State first, `partner` the receiving State; notes have
    no alternat. `root` is a template folder other than the shipped one. Every problem of the request is a
    finding; `TemplateError` is raised when a template is wrong, `NotFoundError` when there is no such family.
    """
    template = family(request.family, root).in_form(request.form)
    findings = list(_check_request(request, template))
    form = template.forms.get(request.form)
    request = replace(request, parameters=_migrated(request.parameters, template, findings))
    checked = parameters.validate(template, request.form, request.parameters)
    findings += checked.findings
    if form is None or any(f.severity == "error" for f in findings):
        return Draft(None, tuple(findings))
    documents = select(template, form, checked.values, request.variants, findings)
    if any(f.severity == "error" for f in findings):
        return Draft(None, tuple(findings))
    exchange = form.role in _NOTES
    assembly = _Assembly(template, form, checked.values, documents, "us" if exchange else original)
    agreement = assembly.agreement(request)
    clauses = tuple((clause.id, clause.variant) for document in documents for clause in document.clauses)
    day = date.fromisoformat(request.draft_date) if request.draft_date else None
    return Draft(agreement, tuple(findings), clauses, request.marking, day, request)


def _check_request(request: DraftRequest, template: FamilyTemplate) -> Iterable[Finding]:
    for key in request.unknown:
        yield error(
            "parameter-unknown", key, f"A parameter file has no key {key!r}.", "Parameters stand under parameters:."
        )
    if request.form not in template.forms:
        message = f"The family {template.id} has no form {request.form!r}."
        yield error("form-unknown", "form", message, f"Known: {', '.join(template.forms)}.")
    if request.marking not in MARKINGS:
        told = f"{request.marking!r} is not a marking" if request.marking else "The marking is missing"
        yield error("marking", "marking", f"{told}: choose one.", f"One of: {', '.join(MARKINGS)}.")
    if request.proposal_of not in SIDES:
        message = f"{request.proposal_of!r} is not a side that proposes a text."
        yield error("proposal-of", "proposal_of", message, f"One of: {', '.join(SIDES)}.")
    try:
        date.fromisoformat(request.draft_date or "2000-01-01")
    except ValueError:
        yield error("draft-date", "draft_date", f"{request.draft_date!r} is not a date.", "For example 2026-11-22")
    if request.template_version and request.template_version != template.version:
        message = f"The file was written for version {request.template_version}, the templates are {template.version}."
        yield warning("template-version", "template_version", message, "Read the draft against the earlier one.")


def _migrated(given: Mapping[str, Any], template: FamilyTemplate, findings: list[Finding]) -> Mapping[str, Any]:
    """Return the parameters by their present names; each that had an earlier one is said in `findings`."""
    out = {}
    for name, value in given.items():
        now = template.renamed.get(name, name)
        if now != name and now in given:
            message = f"{name} is now called {now}, which is given too; its value there is used."
            findings.append(warning("parameter-renamed", f"parameters.{name}", message, f"Delete {name}."))
            continue
        if now != name:
            message = f"{name} is now called {now}; its value is used."
            findings.append(warning("parameter-renamed", f"parameters.{name}", message, f"Rename it to {now}."))
        out[now] = value
    return out


class _Assembly:
    """One run of assembly: the names that templates see, and what they leave behind."""

    def __init__(
        self,
        template: FamilyTemplate,
        form: FormDeclaration,
        values: Mapping[str, Any],
        documents: tuple[Selected, ...],
        original: Original,
    ) -> None:
        self._template = template
        self._form = form
        self._values = values
        self._documents = documents
        self._note = form.role in _NOTES
        self._renderer = Renderer(values)
        self._glossary = Glossary(self._renderer, template.terms, f"{template.id}/terms")
        for clause in (clause for document in documents for clause in document.clauses):
            for term in terms_of(clause.front.terms, clause.where):
                self._glossary.add(term)
        parties = Parties.of(values, original)
        chosen = frozenset(clause.id for document in documents for clause in document.clauses)
        added = functions(values, parties, self._glossary, chosen, note=self._note)
        if hidden := sorted(added.keys() & values.keys()):
            raise TemplateError(
                f"{template.id}: no parameter can be called {hidden[0]}, which clauses use for a function."
            )
        self._renderer.names |= added
        self._leads: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        self._title = ""

    def agreement(self, request: DraftRequest) -> Agreement:
        """Return the agreement with numbers and references."""
        rendered = self._rendered()
        documents = tuple(
            self._document(selected, {c.id: rendered[index, c.id] for c in selected.clauses})
            for index, selected in enumerate(self._documents)
        )
        title = self._title or self._renderer.plain(self._form.title, f"{self._template.id}/family.yaml, title")
        agreement = Agreement(
            **facts(request, self._template, self._form, self._values), title=title, documents=documents
        )
        _check_ids(agreement)
        references = References(agreement, self._aliases)
        filled = tuple(references.filled(document) for document in agreement.documents)
        return agreement.model_copy(update={"documents": filled})

    def _rendered(self) -> dict[tuple[int, str], str]:
        """Return the text of every clause of every document; those that list the defined terms come last."""
        clauses = [(i, clause) for i, document in enumerate(self._documents) for clause in document.clauses]
        clauses.sort(key=lambda pair: pair[1].front.collects != "")
        out = {}
        for index, clause in clauses:
            more = {"definitions": self._glossary.definitions()} if clause.front.collects == "definitions" else {}
            out[index, clause.id] = self._renderer.clause(clause, **more)
        return out

    def _document(self, selected: Selected, texts: Mapping[str, str]) -> Document:
        titles: list[str] = []
        provisions = [p for part in selected.parts for p in self._part(part, texts, titles)]
        if selected.title:
            titles = [self._renderer.plain(selected.title, f"{self._template.id}/family.yaml, title")]
        merged, aliases = merge_single_paragraphs(provisions)
        self._aliases |= aliases
        if selected.role in _NOTES:
            merged = as_points(merged, self._leads)
        if selected.role == "main" and titles:
            self._title = titles[0]
        return Document(
            role=selected.role,
            number=selected.number,
            title=titles[0] if titles else None,
            provisions=numbered(merged, self._values.get("article_numbers") or "roman"),
        )

    def _part(self, part: Part, texts: Mapping[str, str], titles: list[str]) -> Iterator[Provision]:
        """Yield the provisions of a part, its title line (if it has one) put into `titles`."""
        provisions: list[Provision] = []
        for clause in part.clauses:
            text = texts[clause.id]
            if found := _TITLE.search(text):
                titles.append(inline.decode(found.group(1).strip())[0])
            provisions += self._provisions(clause, _TITLE.sub("", text))
        if part.article is None:
            yield from provisions
        else:
            yield self._gathered(part.article, provisions)

    def _gathered(self, article: ArticleEntry, provisions: Sequence[Provision]) -> Provision:
        where = f"{self._template.id}/family.yaml, article {article.id}"
        if article.lead:
            self._leads[article.id] = self._renderer.plain(article.lead, where)
        return Provision(
            kind="article",
            number="#",
            heading=self._renderer.plain(article.heading, where),
            children=tuple(provisions),
            id=article.id,
            provenance=Provenance(clause=article.id, template_version=self._template.version),
        )

    def _provisions(self, clause: Clause, text: str) -> tuple[Provision, ...]:
        try:
            parsed = parse_document(text).provisions
        except TextFormError as failure:
            raise TemplateError(f"{clause.where}, as rendered: {failure}", hint=failure.hint) from failure
        used = (names_used(clause.body) | frozenset(clause.front.parameters)) & set(self._template.parameters)
        provenance = Provenance(
            clause=clause.id,
            variant=clause.variant,
            template_version=self._template.version,
            parameters=tuple(sorted(used)),
        )
        if clause.front.lead and parsed and parsed[0].id:
            self._leads[parsed[0].id] = self._renderer.plain(clause.front.lead, clause.where)
        return tuple(_settled(provision, provenance) for provision in parsed)


def _settled(provision: Provision, provenance: Provenance) -> Provision:
    """Return a rendered provision with its provenance, and its heading as plain words."""
    heading = provision.heading
    if heading and provision.kind in _HEADS:
        heading = inline.decode(heading)[0]
    children = tuple(_settled(child, provenance) for child in provision.children)
    return provision.model_copy(update={"heading": heading, "provenance": provenance, "children": children})


def _check_ids(agreement: Agreement) -> None:
    counts = Counter(p.id for document in agreement.documents for p in document.walk() if p.id)
    if twice := sorted(identifier for identifier, count in counts.items() if count > 1):
        raise TemplateError(f"Two provisions of the draft have the id {twice[0]!r}.", hint="Ids are unique in a draft.")
