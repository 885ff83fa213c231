"""Clauses rendered with the values of one side: articles not yet numbered, references not yet filled."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agreements import inline
from agreements.drafting.alternat import Original, Parties, functions
from agreements.drafting.amending import Amending, amended_term, place_of
from agreements.drafting.clauses import ClauseText, parsed_clause
from agreements.drafting.declarations import ArticleEntry, FamilyTemplate, FormDeclaration
from agreements.drafting.glossary import Glossary, terms_of
from agreements.drafting.held import HeldLookup
from agreements.drafting.selection import Part, Selected
from agreements.drafting.templates import Renderer, names_used
from agreements.errors import TemplateError
from agreements.findings import Finding
from agreements.model import Agreement, Provenance, Provision, Role
from agreements.textform import HEADS

NOTES = ("offer-note", "reply-note")
_TITLE = re.compile(r"\A\s*# (?!#)(.*)$", re.MULTILINE)
_HEADS = frozenset(HEADS.values())


@dataclass(frozen=True, slots=True)
class Raw:
    """A document as its clauses give it, still without numbers."""

    role: Role
    number: str | None
    title: str | None
    provisions: tuple[Provision, ...]


class Rendering:
    """One rendering of all clauses: the names that templates see, and what they leave behind.

    `leads` are the words that open an article as a point of a note, by the id of the article.
    """

    def __init__(
        self,
        template: FamilyTemplate,
        form: FormDeclaration,
        values: Mapping[str, Any],
        documents: tuple[Selected, ...],
        *,
        original: Original,
        held: HeldLookup | None = None,
    ) -> None:
        self.values = values
        self.leads: dict[str, str] = {}
        self._template = template
        self._form = form
        self._documents = documents
        self.renderer = Renderer(values)
        self.glossary = Glossary(self.renderer, template.terms, f"{template.id}/terms")
        for clause in self.clauses:
            self._define(clause)
        self._add_functions(Parties.of(values, original), held)
        self._texts: dict[tuple[int, str], str] = {}

    def _add_functions(self, parties: Parties, held: HeldLookup | None) -> None:
        chosen = frozenset(clause.id for clause in self.clauses)
        note = self._form.role in NOTES
        added = functions(
            self.values, parties, self.glossary, chosen, note=note, instrument=self._form.instrument, held=held
        )
        if hidden := sorted(added.keys() & self.values.keys()):
            raise TemplateError(
                f"{self._template.id}: no parameter can be called {hidden[0]}, which clauses use for a function."
            )
        self.renderer.names |= added

    def _define(self, clause: ClauseText) -> None:
        for term in terms_of(clause.front.terms, clause.where):
            self.glossary.add(term)

    def name_agreements(self, others: Mapping[str, Agreement | None], findings: list[Finding]) -> None:
        """Give the clauses what they say of other agreements (None where not held); problems go to `findings`.

        `others` are the agreement that is `amended` and the one that is `implemented`, as far as the form has them.
        """
        for key, agreement in others.items():
            path = self.values.get(f"{key}_path") or ""
            self.renderer.names[f"{key}_place"] = place_of(path, key, agreement, findings)
        if "amended" in others:
            self.renderer.names["amended_term"] = amended_term(self.values.get("amended_title"), others["amended"])
            amending = Amending(others["amended"], self._template.clauses, self.renderer, self.values, findings)
            self.renderer.names["amendments"] = amending.amendments(self.values.get("changes") or ())

    @property
    def clauses(self) -> tuple[ClauseText, ...]:
        """All clauses rendered, in order."""
        return tuple(clause for document in self._documents for clause in document.clauses)

    def render(self) -> None:
        """Render every clause but those that list the defined terms: these wait until all terms are known."""
        for index, document in enumerate(self._documents):
            for clause in document.clauses:
                if not clause.front.collects:
                    self._texts[index, clause.id] = self.renderer.clause(clause)

    def documents(self) -> tuple[Raw, ...]:
        """Return the documents; what lists the defined terms is rendered here."""
        for index, document in enumerate(self._documents):
            for clause in document.clauses:
                if clause.front.collects:
                    more = {clause.front.collects: self.glossary.definitions()}
                    self._texts[index, clause.id] = self.renderer.clause(clause, **more)
        return tuple(self._document(index, selected) for index, selected in enumerate(self._documents))

    def title(self) -> str:
        """Return the name that the form gives to an agreement without a title of its own."""
        return self.renderer.plain(self._form.title, f"{self._template.id}/family.yaml, title")

    def _document(self, index: int, selected: Selected) -> Raw:
        titles: list[str] = []
        provisions = tuple(p for part in selected.parts for p in self._part(index, part, titles))
        if selected.title:
            titles = [self.renderer.plain(selected.title, f"{self._template.id}/family.yaml, title")]
        return Raw(selected.role, selected.number, titles[0] if titles else None, provisions)

    def _part(self, index: int, part: Part, titles: list[str]) -> Iterator[Provision]:
        """Yield the provisions of a part, its title line (if it has one) put into `titles`."""
        provisions: list[Provision] = []
        for clause in part.clauses:
            text = self._texts[index, clause.id]
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
            self.leads[article.id] = self.renderer.plain(article.lead, where)
        return Provision(
            kind="article",
            number="#",
            heading=self.renderer.plain(article.heading, where),
            children=tuple(provisions),
            id=article.id,
            provenance=Provenance(clause=article.id, template_version=self._template.version),
        )

    def _provisions(self, clause: ClauseText, text: str) -> tuple[Provision, ...]:
        parsed = parsed_clause(clause, text)
        if clause.front.lead and parsed and parsed[0].id:
            self.leads[parsed[0].id] = self.renderer.plain(clause.front.lead, clause.where)
        used = (names_used(clause.body) | frozenset(clause.front.parameters)) & set(self._template.parameters)
        provenance = Provenance(
            clause=clause.id,
            variant=clause.variant,
            template_version=self._template.version,
            parameters=tuple(sorted(used)),
        )
        return tuple(_settled(provision, provenance) for provision in parsed)


def _settled(provision: Provision, provenance: Provenance) -> Provision:
    """Return a rendered provision with its provenance, and its heading as plain words."""
    heading = provision.heading
    if heading and provision.kind in _HEADS:
        heading = inline.decode(heading)[0]
    children = tuple(_settled(child, provenance) for child in provision.children)
    return provision.model_copy(update={"heading": heading, "provenance": provenance, "children": children})
