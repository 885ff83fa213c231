"""Assembly: from a request to a draft. Choose the clauses, render them, number them, fill the references.

Pure but for reading the templates; the same request gives the same draft.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, permutations
from typing import Any

from agreements.drafting import parameters
from agreements.drafting.alternat import Original, in_order
from agreements.drafting.amending import AGREEMENTS, effects_of, named_agreement, with_end
from agreements.drafting.clauses import ClauseText
from agreements.drafting.crossrefs import References
from agreements.drafting.declarations import FamilyTemplate, FormDeclaration
from agreements.drafting.facts import facts
from agreements.drafting.held import HeldLookup
from agreements.drafting.loading import Root, family
from agreements.drafting.numbering import as_points, merge_single_items, merge_single_paragraphs, numbered
from agreements.drafting.quoting import with_quotation
from agreements.drafting.rendering import NOTES, Raw, Rendering
from agreements.drafting.request import MARKINGS, SIDES, DraftRequest
from agreements.drafting.selection import select, settled
from agreements.drafting.sides import Merger, requests_of
from agreements.drafting.style import style_of, styled
from agreements.errors import ParameterError, TemplateError
from agreements.findings import Finding, error, info, warning
from agreements.model import Agreement, Document


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


def assemble(
    request: DraftRequest, *, original: Original = "us", root: Root = None, held: HeldLookup | None = None
) -> Draft:
    """Return the draft that `request` asks for.

    `original` is whose copy it is: `us` names the sending State first, `partner` the receiving State; notes have
    no alternat. `root` is a template folder other than the shipped one, `held` gives agreements of the repository by
    id: those that a clause cites, or that the draft amends. Every problem of the request is a finding;
    `TemplateError` is raised when a template is wrong, `NotFoundError` when there is no such family, `ClassifiedError`
    when anything given bears a marking in use.
    """
    request.refuse_marked()
    asked_for = request
    template = family(request.family, root).in_form(request.form)
    findings = list(_check_request(request, template))
    form = template.forms.get(request.form)
    request = replace(request, parameters=_migrated(request.parameters, template, findings))
    others: dict[str, Agreement | None] = {}
    for key in AGREEMENTS:
        if f"{key}_title" in parameters.form_parameters(template, request.form):
            named, others[key] = named_agreement(request.parameters, key, held, findings)
            request = replace(request, parameters=named)
    asked = {name: settled(side, template) for name, side in requests_of(request, template).items()}
    checked = [parameters.validate(template, request.form, side.parameters) for side in asked.values()]
    findings += _of_both([c.findings for c in checked])
    if form is None or _stopped(findings):
        return Draft(None, tuple(findings))
    kept = original if form.role not in NOTES else "us"
    sides = []
    for side, found in zip(asked.values(), checked, strict=True):
        values = in_order(with_end(found.values, others.get("amended"), findings), kept)
        documents = select(template, form, values, side.variants, findings)
        rendering = Rendering(template, form, values, documents, original=kept, held=held)
        rendering.name_agreements(others, findings)
        sides.append(rendering)
    if _stopped(findings):
        return Draft(None, tuple(dict.fromkeys(findings)))
    agreement = _Assembly(request, template, form).agreement(sides)
    used = {(clause.id, clause.variant): clause for side in sides for clause in side.clauses}
    findings += _of_own_clauses(used.values())
    day = date.fromisoformat(request.draft_date) if request.draft_date else None
    return Draft(agreement, tuple(dict.fromkeys(findings)), tuple(used), request.marking, day, asked_for)


def _of_own_clauses(clauses: Iterable[ClauseText]) -> Iterable[Finding]:
    """Yield what a draft has to say of clauses from a department's own folder: whose words they are, what is to do."""
    for clause in clauses:
        front, where = clause.front, f"clauses.{clause.id}"
        if front.taken_from:
            yield info("clause-taken", where, f"{clause.id}/{clause.variant}: {front.taken_from}", "Read it as theirs.")
        if front.unfinished:
            message = f"The clause {clause.id}/{clause.variant} is not finished: {front.unfinished}"
            yield warning("clause-unfinished", where, message, "Finish it, then take the line `unfinished` out.")


def _stopped(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _of_both(sides: Sequence[list[Finding]]) -> list[Finding]:
    """Return the findings of the sides, each once; a parameter that one side has no use for is needed by the other."""
    unused = [{f for f in found if f.code == "parameter-unused"} for found in sides]
    needless = set.intersection(*unused)
    return [f for f in dict.fromkeys(chain(*sides)) if f.code != "parameter-unused" or f in needless]


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
    problems: list[Finding] = []
    style_of(request.style, problems)
    yield from problems
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
    """One run of assembly: the renderings of both sides (of one where nothing is open) made into one draft."""

    def __init__(self, request: DraftRequest, template: FamilyTemplate, form: FormDeclaration) -> None:
        self._request = request
        self._template = template
        self._form = form
        self._aliases: dict[str, str] = {}

    def agreement(self, sides: Sequence[Rendering]) -> Agreement:
        """Return the agreement with numbers and references."""
        for side in sides:
            side.render()
        for side, other in permutations(sides, 2):
            side.glossary.share(other.glossary)
        first = sides[0]
        raw = self._merged([side.documents() for side in sides])
        leads = {id_: words for side in reversed(sides) for id_, words in side.leads.items()}
        documents = tuple(self._numbered(document, leads, first.values) for document in raw)
        main = next((d.title for d in raw if d.role == "main" and d.title), None)
        agreement = Agreement(
            **facts(self._request, self._template, self._form, first.values),
            title=main or first.title(),
            documents=documents,
        )
        _check_ids(agreement)
        references = References(agreement, self._aliases, self._form.instrument)
        filled = tuple(references.filled(document) for document in agreement.documents)
        whole = styled(agreement.model_copy(update={"documents": filled}), style_of(self._request.style))
        return effects_of(with_quotation(whole, nested=bool(self._request.style)), first.values)

    def _merged(self, sides: Sequence[tuple[Raw, ...]]) -> tuple[Raw, ...]:
        """Return the documents of both sides as one list; one that only one side has stands in brackets."""
        if len(sides) == 1:
            return sides[0]
        merger = Merger()
        ours, theirs = ({(d.role, d.number): d for d in documents} for documents in sides)
        out = []
        for key in dict.fromkeys([*ours, *theirs]):
            one = ours.get(key) or theirs[key]
            pair = [side[key].provisions if key in side else () for side in (ours, theirs)]
            out.append(replace(one, provisions=merger.merged(*pair)))
        self._aliases |= merger.aliases
        return tuple(out)

    def _numbered(self, raw: Raw, leads: dict[str, str], values: Mapping[str, Any]) -> Document:
        provisions = raw.provisions
        for merge in (merge_single_items, merge_single_paragraphs):
            provisions, aliases = merge(provisions)
            self._aliases |= aliases
        if raw.role in NOTES:
            provisions = as_points(provisions, leads)
        return Document(
            role=raw.role,
            number=raw.number,
            title=raw.title,
            provisions=numbered(provisions, values.get("article_numbers") or "roman"),
        )


def _check_ids(agreement: Agreement) -> None:
    counts = Counter(p.id for document in agreement.documents for p in document.walk() if p.id)
    if twice := sorted(identifier for identifier, count in counts.items() if count > 1):
        names = [party.name for party in agreement.parties if party.name]
        if one := next((name for name in names if names.count(name) > 1), ""):
            raise ParameterError(f"Two Parties are called {one}.", hint="Give each Party its own name.")
        raise TemplateError(f"Two provisions of the draft have the id {twice[0]!r}.", hint="Ids are unique in a draft.")
