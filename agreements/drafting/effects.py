"""What an answer does to the text: the clauses that a choice takes, and how the draft would read with it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from agreements.drafting.assembly import assemble
from agreements.drafting.clauses import ClauseText
from agreements.drafting.declarations import FamilyTemplate
from agreements.drafting.loading import Root, family
from agreements.drafting.parameters import example, form_entries, validate
from agreements.drafting.request import DraftRequest
from agreements.drafting.templates import names_in
from agreements.errors import AgreementsError
from agreements.model import Agreement, Provision

_SHOWN = 12


def effect_of(template: FamilyTemplate, form: str, name: str, value: str) -> str:
    """Return in a line what the choice of `value` for the parameter `name` takes into the text; empty when nothing."""
    return " ".join(_said(clause) for clause in _chosen(template, form, name, value))


def _said(clause: ClauseText) -> str:
    """Return what a clause is, does, differs in and where it was seen, in a line."""
    front = clause.front
    seen = f"Seen in {', '.join(front.precedents)}." if front.precedents else ""
    return " ".join(part for part in (f"{front.label}.", front.effect, *front.differs.values(), seen) if part)


def clauses_of(template: FamilyTemplate, form: str, name: str) -> tuple[str, ...]:
    """Return the ids of the clauses and articles that stand or fall with the parameter `name`."""
    entries = form_entries(template, form)
    return tuple(
        dict.fromkeys(
            entry.clause or (entry.article.id if entry.article else "annex")
            for entry in entries
            if name in names_in(entry.when) and entry.choose.get("parameter") != name
        )
    )


def completed(request: DraftRequest, root: Root = None) -> DraftRequest:
    """Return `request` with examples for everything that is missing, so that it assembles to something to look at."""
    template = family(request.family, root).in_form(request.form)
    given = dict(request.parameters)
    for _ in template.parameters:
        found = validate(template, request.form, given).findings
        wrong = {f.where.split(".")[1] for f in found if f.severity == "error" and f.where.startswith("parameters.")}
        if not wrong:
            break
        given |= {n: example(template.parameters[n]) for n in wrong if n in template.parameters}
    marking = request.marking or "UNCLASSIFIED"
    return replace(request, parameters=given, marking=marking, draft_date="", template_version="", unknown=())


def preview(request: DraftRequest, name: str, value: Any) -> tuple[str, ...]:
    """Return lines of the draft that the answer `value` to the parameter `name` makes or changes; empty where none.

    What is not yet answered is filled with examples.
    """
    template = family(request.family).in_form(request.form)
    after = _draft(request, {name: value})
    if after is None:
        return ()
    clauses = {clause.id for clause in _chosen(template, request.form, name, str(value))}
    if clauses:
        own = [p for d in after.documents for p in d.provisions if _from(p, clauses)]
        return tuple(line for p in own for line in _lines(p, clauses))[:_SHOWN]
    before = _draft(request, {name: _other(template, name, value)})
    known = {p.text for d in before.documents for p in d.walk()} if before else set()
    changed = (p for d in after.documents for p in d.walk() if p.text and p.text not in known)
    return tuple(f"{p.number or ''} {p.text}".strip() for p in changed)[:_SHOWN]


def _draft(request: DraftRequest, more: Mapping[str, Any]) -> Agreement | None:
    try:
        return assemble(completed(replace(request, parameters={**request.parameters, **more}))).agreement
    except AgreementsError:  # a preview is a courtesy: what is wrong is said when the draft is assembled
        return None


def _other(template: FamilyTemplate, name: str, value: Any) -> Any:
    """Return another value that the parameter could have: nothing, or the next choice."""
    declaration = template.parameters[name]
    if declaration.type == "boolean":
        return "no" if value == "yes" else "yes"
    return next((choice for choice in declaration.choices if choice != value), "")


def _chosen(template: FamilyTemplate, form: str, name: str, value: str) -> Iterator[ClauseText]:
    value = {"yes": "True", "no": "False"}.get(value, value) if template.parameters[name].type == "boolean" else value
    store = template.clauses
    for entry in form_entries(template, form):
        if entry.choose.get("parameter") != name:
            continue
        variant = template.variant(entry, value)
        if variant in store.variants(entry.clause):
            yield store.get(entry.clause, variant)


def _from(provision: Provision, clauses: set[str]) -> bool:
    return any(_is_from(p, clauses) for p in (provision, *provision.walk()))


def _is_from(provision: Provision, clauses: set[str]) -> bool:
    return provision.provenance is not None and provision.provenance.clause in clauses


def _lines(provision: Provision, clauses: set[str], depth: int = 0) -> Iterator[str]:
    if _is_from(provision, clauses) and (provision.text or provision.heading):
        words = " ".join(x for x in (provision.number, provision.heading, provision.text) if x)
        yield "  " * depth + words
    for child in provision.children:
        yield from _lines(child, clauses, depth + 1)
