"""Amendments: what a protocol or an exchange of notes does to provisions of another agreement, ready for its clauses.

Each change names its place by a path. Where the agreement is held, the path must be there (or, for what is added, what
holds it), and new words that come from a clause of the family are numbered and referred to as they will stand there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from pydantic import ConfigDict

from agreements.citation import date_words, document_words
from agreements.drafting.clauses import ClauseStore, ClauseText, parsed_clause
from agreements.drafting.crossrefs import References
from agreements.drafting.held import HeldLookup, agreement_words, place_words
from agreements.drafting.numbering import merge_single_paragraphs, numbered
from agreements.drafting.templates import RenderedWords, Renderer, escape, names_used
from agreements.drafting.values import Change, CitedInstrument, CompoundValue
from agreements.errors import AgreementsError, NotFoundError, TemplateError
from agreements.findings import Finding, error, info, warning
from agreements.isodates import PeriodUnit, shifted
from agreements.language.numbers import roman
from agreements.languages import lengths
from agreements.model import Agreement, Document, Effect, EffectAction, Provision, Relation, RelationKind
from agreements.reference import Place, Reference, component, places, resolve

# The parameters that hold the id of another agreement, and the code of findings about it.
AGREEMENTS: Mapping[str, str] = {"amended": "amendment", "implemented": "implementation"}
_DONE: Mapping[str, EffectAction] = {"replace": "replaces", "add": "adds", "delete": "deletes"}
_ANNEX = re.compile(r"(annex|appendix)(?:-(\w+))?")


class Amendment(CompoundValue):
    """A change as its clause prints it: its running `number`, the `place` in words, the new text line by line.

    Numbers are typed. `of` joins the place to the name of the agreement (`of`, or `to` for an annex), `top` is the
    article or annex that holds the place, `part` what it is within it (empty for the whole), `current` the words in
    force where they are held. `makes_first`: the one unnumbered paragraph that is there now becomes paragraph 1.
    """

    number: RenderedWords
    action: str
    place: str
    of: str
    top: str
    part: str = ""
    lines: tuple[RenderedWords, ...] = ()
    current: tuple[RenderedWords, ...] = ()
    makes_first: bool = False

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)


@dataclass(frozen=True, slots=True)
class Amending:
    """The making of amendments: the agreement amended (None where it is not held), and the clauses of the family."""

    amended: Agreement | None
    store: ClauseStore
    renderer: Renderer
    values: Mapping[str, Any]
    findings: list[Finding]

    def amendments(self, changes: tuple[Change, ...]) -> tuple[Amendment, ...]:
        """Return the changes as amendments, in the order of the articles; what cannot be done goes to `findings`."""
        made = []
        ranks = in_order_of_articles(changes)
        for index, change in enumerate(changes):
            try:
                made.append((ranks[index], self._amendment(change, ranks[index])))
                self._look_for_gap(index, change, changes)
            except NotFoundError as failure:
                self._refuse(index, str(failure), failure.hint)
            except TemplateError as failure:
                self._refuse(index, f"The clause does not fit here: {failure}", failure.hint)
        return tuple(amendment for _, amendment in sorted(made, key=lambda row: row[0]))

    def _refuse(self, index: int, message: str, fix: str) -> None:
        self.findings.append(error("amendment", f"parameters.changes.{index}", message, fix))

    def _holder(self, change: Change) -> Provision | None:
        """Return the article to which a paragraph with a number is added; None for another change, or if not held."""
        above, _, last = change.path.rpartition(".")
        if self.amended is None or change.action != "add" or not last.isdigit() or "." in above or not above:
            return None
        return None if _ANNEX.fullmatch(above) else resolve(self.amended, above).provision

    def _makes_first(self, change: Change) -> bool:
        """Whether what is added is paragraph 2 of an article that has one paragraph, without a number."""
        holder = self._holder(change)
        return bool(holder and holder.text and change.path.endswith(".2") and not _paragraphs(holder))

    def _look_for_gap(self, index: int, change: Change, changes: tuple[Change, ...]) -> None:
        """Say where a paragraph is added after a number that the article has not, and no change gives it."""
        holder = self._holder(change)
        if holder is None or self._makes_first(change):
            return
        above, _, last = change.path.rpartition(".")
        added = {each.path.rpartition(".")[2] for each in changes if each.path.rpartition(".")[0] == above}
        known = {component(child.number) for child in holder.children if child.number} | added
        known |= {"1"} if any(self._makes_first(each) for each in changes if each.path == f"{above}.2") else set()
        before = str(int(last) - 1)
        if before == "0" or before in known:
            return
        has_numbers = any(child.number for child in _paragraphs(holder))
        unnumbered = "" if has_numbers else "; its text has no numbers"
        message = f"{path_words(above)} has no paragraph {before}{unnumbered}: paragraph {last} cannot follow it."
        fix = "Say in another change what becomes the paragraphs before it, or give another number."
        self.findings.append(warning("amendment-gap", f"parameters.changes.{index}", message, fix))

    def _amendment(self, change: Change, count: int) -> Amendment:
        place = self._place(change)
        words = place_words(place) if place else path_words(change.path)
        top = path_words(change.path.split(".")[0])
        if place and not document_words(place.document):
            top = place_words(replace(place, chain=place.chain[:1]))
        of = "to" if _ANNEX.match(change.path) else "of"
        provision = place.provision if place else None
        lines = tuple(escape(line.translate(_NESTED)) for line in self._lines(change, provision))
        current = tuple(escape(line) for line in _printed(provision)) if provision else ()
        return Amendment(
            number=RenderedWords(count),
            action=change.action,
            place=words,
            of=of,
            top=top,
            part=words.removesuffix(f" of {top}") if words != top else "",
            lines=lines,
            current=current,
            makes_first=self._makes_first(change),
        )

    def _place(self, change: Change) -> Place | None:
        """Return the place that is changed; None where it is new, or where the agreement is not held."""
        if self.amended is None:
            return None
        if change.action != "add":
            return resolve(self.amended, change.path)
        above = change.path.rpartition(".")[0]
        if above and not _ANNEX.fullmatch(above):
            resolve(self.amended, above)
        if any(place.path == change.path for place in places(self.amended)):
            raise NotFoundError(f"{self.amended.id} has a provision {change.path} already.", hint="Replace it instead.")
        return None

    def _lines(self, change: Change, current: Provision | None) -> Iterator[str]:
        """Yield the lines of the new text, the number of each typed before it."""
        if change.action == "delete":
            return
        new = self._from_clause(change, current) if change.clause else _from_words(change, current)
        yield from _printed(new)

    # -- new words from a clause

    def _from_clause(self, change: Change, current: Provision | None) -> Provision:
        clause = self.store.get(change.clause, change.variant or "standard")
        self._check_values(clause)
        parsed = parsed_clause(clause, self.renderer.clause(clause))
        if len(parsed) != 1 or (parsed[0].kind == "article") == ("." in change.path):
            of = "an article" if "." not in change.path else "one paragraph"
            raise TemplateError(f"{clause.where} is not {of}.", hint="Give the new words instead.")
        number = current.number if current else _number(change.path)
        (new,), aliases = merge_single_paragraphs(parsed)
        new = numbered([new.model_copy(update={"number": number})], "roman")[0]
        return self._referred(change, new, aliases)

    def _check_values(self, clause: ClauseText) -> None:
        """Refuse a clause whose parameters have no value here."""
        asked = (names_used(clause.body) | set(clause.front.parameters)) & self.values.keys()
        if missing := sorted(name for name in clause.front.parameters if name in asked and self.values[name] is None):
            raise TemplateError(f"{clause.where} needs {', '.join(missing)}.", hint="Give it among the parameters.")

    def _referred(self, change: Change, new: Provision, aliases: Mapping[str, str]) -> Provision:
        """Return `new` with the words of its references, as it will stand in the agreement."""
        above = change.path.rpartition(".")[0]
        holder = Provision(kind="article", number=_number(above), children=(new,)) if above else new
        articles, annexes = self._neighbors(change)
        draft = Agreement(id="amended", documents=(Document(provisions=(holder, *articles)), *annexes))
        try:
            filled = References(draft, aliases).filled(draft.documents[0]).provisions[0]
        except TemplateError as failure:
            hint = "Say under `places` where that stands in the agreement, {id: path}; or give the new words."
            raise TemplateError(str(failure), hint=hint) from failure
        return filled.children[0] if above else filled

    def _neighbors(self, change: Change) -> tuple[list[Provision], list[Document]]:
        """Return an article or annex for each place that the clause refers to, so that a reference finds its number."""
        articles, annexes = [], []
        for identifier, path in change.places.items():
            first, _, below = path.partition(".")
            if self.amended is not None and not _ANNEX.fullmatch(path):
                resolve(self.amended, path)
            paragraph = Provision(kind="paragraph", number=f"{below}.", id=identifier) if below else None
            inside = (paragraph,) if paragraph else ()
            if annex := _ANNEX.fullmatch(first):
                annexes.append(Document(role="annex", number=annex[2] and annex[2].upper(), provisions=inside))
            else:
                own = None if paragraph else identifier
                articles.append(Provision(kind="article", number=first, id=own, children=inside))
        return articles, annexes


def _paragraphs(article: Provision) -> tuple[Provision, ...]:
    """Return what stands in an article beside its first words as paragraphs: no lists."""
    return tuple(child for child in article.children if child.kind in ("paragraph", "text") and not _is_point(child))


def _is_point(provision: Provision) -> bool:
    return bool(provision.number and provision.number.startswith("("))


def in_order_of_articles(changes: tuple[Change, ...]) -> tuple[int, ...]:
    """Return the number that each change has where they stand in the order of the provisions; annexes come last."""
    order = sorted(range(len(changes)), key=lambda at: _order(changes[at].path))
    return tuple(order.index(at) + 1 for at in range(len(changes)))


def _order(path: str) -> list[tuple[int, int, str]]:
    first, *rest = path.split(".")
    if first in ("preamble", "testimonium", "signature"):
        top = (0 if first == "preamble" else 2, 0, first)
    elif _ANNEX.fullmatch(first):
        top = (3, 0, first)
    else:
        top = (1, int(first) if first.isdigit() else roman(first) or 0, first)
    return [top, *((1, int(part) if part.isdigit() else 0, part) for part in rest)]


def _from_words(change: Change, current: Provision | None) -> Provision:
    """Return the provision that the given words make: an article of one paragraph or more, or a paragraph."""
    number = (current.number if current else None) or _number(change.path)
    if "." in change.path or (current is not None and current.kind != "article"):
        first, *rest = change.words
        children = tuple(Provision(kind="text", text=line) for line in rest)
        return Provision(kind="paragraph", number=number, text=first, children=children)
    heading = change.heading or (current.heading if current else None) or None
    if len(change.words) == 1:
        return Provision(kind="article", number=number, heading=heading, text=change.words[0])
    children = tuple(
        Provision(kind="paragraph", number=f"{count}.", text=line) for count, line in enumerate(change.words, 1)
    )
    return Provision(kind="article", number=number, heading=heading, children=children)


def _printed(provision: Provision) -> Iterator[str]:
    """Yield a provision and all under it, a line each; number and heading of an article on lines of their own."""
    if provision.kind == "article":
        yield f"Article {provision.number}"
        yield from (line for line in (provision.heading, provision.text) if line)
    elif line := " ".join(x for x in (provision.number, provision.text) if x):
        yield line
    for child in provision.children:
        yield from _printed(child)


def _number(path: str) -> str:
    """Return the number as printed for the last part of `path`: `2.` for `XV.2`, `(a)` for `XV.2.a`, `XV` for `XV`."""
    *above, last = path.split(".")
    depth = len(above) - bool(_ANNEX.fullmatch(path.split(".", maxsplit=1)[0]))
    if not above:
        return last
    return f"{last}." if depth <= 1 and last.isdigit() else f"({last})"


def path_words(path: str) -> str:
    """Return a path as a sentence names it, by its form alone: `paragraph 2(a) of Article XV`, `Annex A`."""
    first, *rest = path.split(".")
    below = f"paragraph {rest[0]}{''.join(f'({component(part)})' for part in rest[1:])} of " if rest else ""
    if found := _ANNEX.fullmatch(first):
        return f"{below}{' '.join([found[1].capitalize(), *([found[2].upper()] if found[2] else [])])}"
    if first in ("preamble", "testimonium"):
        return f"{below}the {first}"
    return f"{below}Article {first}"


def place_of(path: str, key: str, agreement: Agreement | None, findings: list[Finding]) -> str:
    """Return a path of `agreement` in words, empty for none; one that is not there goes to `findings`."""
    if not path or agreement is None:
        return path and path_words(path)
    try:
        return place_words(resolve(agreement, path))
    except NotFoundError as failure:
        findings.append(error(AGREEMENTS[key], f"parameters.{key}_path", str(failure), failure.hint))
        return ""


def named_agreement(
    given: Mapping[str, Any], key: str, held: HeldLookup | None, findings: list[Finding]
) -> tuple[Mapping[str, Any], Agreement | None]:
    """Return the parameters with the name of the agreement whose id is the parameter `key`, and that agreement.

    It is None where it is not held; what is not found, or cannot be checked, goes to `findings`.
    """
    identifier, agreement, title = given.get(key), None, f"{key}_title"
    if isinstance(identifier, str) and identifier:
        try:
            wanted = Reference.parse(identifier).agreement
            agreement = held(wanted) if held else None
            title_given = given.get(title) or (agreement_words(agreement) if agreement else "")
            given = {**given, key: wanted, title: title_given}
        except AgreementsError as failure:
            findings.append(error(AGREEMENTS[key], f"parameters.{key}", str(failure), failure.hint))
    if agreement is None or not agreement.text_held:
        message = "The draft is not checked against the text of the agreement that it names."
        fix = f"Give its id as `{key}`, and a repository that holds its text."
        findings.append(info(f"{AGREEMENTS[key]}-unchecked", f"parameters.{key}", message, fix))
        return given, None
    return given, agreement


def amended_term(cited: Any, agreement: Agreement | None) -> str:
    """Return by what term an instrument calls the one that it amends: `Agreement`, or `Protocol of 2025`.

    A protocol that is amended has an agreement of its own, which its words call the Agreement, and the amending
    instrument is a protocol too: the day of the one that is amended tells the three apart.
    """
    title = (getattr(cited, "plain", None) or str(cited or "")).removeprefix("the ")
    if not _PROTOCOL.match(title):
        return "Agreement"
    dates = [signing.date for signing in agreement.signings if signing.date] if agreement else []
    given = getattr(cited, "date", None)
    year = str(given)[:4] if given else max(dates, default="")[:4]
    return f"Protocol of {year}" if year else "Amended Protocol"


_NESTED = str.maketrans({"“": "‘", "”": "’", '"': "'"})  # new words stand in double marks: what they quote in single
_PROTOCOL = re.compile(r"(?:[A-Z]\w+ )?Protocol\b")
_EXTENSION = "extension.term"


def with_end(values: Mapping[str, Any], extended: Agreement | None, findings: list[Finding]) -> Mapping[str, Any]:
    """Return the values of an extension with the day on which the agreement would end, where it can be counted.

    It is counted from the day of entry into force and the term that the cited agreement has, else from the facts of
    the agreement that is held. A given day stays, and is told where it is another; what cannot be counted is told.
    """
    cited, given = values.get("amended_title"), values.get("expires_on")
    if not isinstance(cited, CitedInstrument) or not values.get("extension_period"):
        return values
    start, term, missing = _of_cited(cited) if cited.in_force or cited.term else _of_held(extended)
    where = "parameters.expires_on"
    if start is None or term is None:
        if given is None:
            message = f"The day on which the agreement would end cannot be computed: {missing}. The text names no day."
            fix = "Give in_force and term of amended_title, or expires_on."
            findings.append(info("extension-end", where, message, fix))
        return values
    end = shifted(start, *term)
    counted = f"{_words(end)}, {term[0]} {term[1]} from its entry into force on {_words(start)}"
    if given is None:
        message = f"The day on which the agreement would end was computed: {counted}."
        fix = "Read its own words: they may let it end on the day before."
        findings.append(info("extension-end", where, message, fix))
        return {**values, "expires_on": end}
    if given not in (end, end - timedelta(days=1)):
        message = f"The text says that the agreement would end on {_words(given)}; counted, it is {counted}."
        fix = "Read the words of its term, and give the day that they mean."
        findings.append(warning("extension-end", where, message, fix))
    return values


_Term = tuple[int, PeriodUnit]


def _words(day: date) -> str:
    return date_words(day.isoformat())


def _of_cited(cited: CitedInstrument) -> tuple[date | None, _Term | None, str]:
    """Return entry into force and term as the parameters have them, and what is missing."""
    if cited.in_force is None or cited.term is None:
        lacks = "the day of its entry into force" if cited.in_force is None else "its term"
        return None, None, f"{lacks} is not given"
    if cited.term.unit == "hour" or cited.term.us:
        return None, None, f"its term ({cited.term}) is no number of days, weeks, months or years"
    return cited.in_force, _counted(cited.term.count, f"{cited.term.unit}s"), ""


def _of_held(extended: Agreement | None) -> tuple[date | None, _Term | None, str]:
    """Return entry into force and term as the facts of the agreement have them, and what is missing."""
    if extended is None:
        return None, None, "neither its entry into force nor its term is given, and its text is not held"
    entry, found = extended.entry_into_force, lengths.length(extended.term)
    if entry is None or not entry.date or entry.date.count("-") < 2 or entry.condition:
        return None, None, f"no day of entry into force is held for {extended.id}"
    if extended.renewal:
        return None, None, f"{extended.id} renews itself ({extended.renewal})"
    if not found or found.unit == "hours":
        return None, None, f"no term in days, weeks, months or years is held for {extended.id}"
    return date.fromisoformat(entry.date), _counted(found.number, found.unit), ""


def _counted(number: int, unit: str) -> _Term:
    return (7 * number, "days") if unit == "weeks" else (number, cast("PeriodUnit", unit))


def effects_of(draft: Agreement, values: Mapping[str, Any]) -> Agreement:
    """Return `draft` with what it does to the agreement that it amends or implements; as it is where that has no id."""
    if implemented := values.get("implemented"):
        relation = Relation(kind="implements", target=implemented, title=values["implemented_title"])
        draft = draft.model_copy(update={"relations": (*draft.relations, relation)})
    identifier, entry = values.get("amended"), draft.entry_into_force
    if not identifier:
        return draft
    since = entry.date if entry else None
    changes: tuple[Change, ...] = values.get("changes") or ()
    paths = {place.provision.id: place.path for place in places(draft)}
    effects = [
        Effect(
            action=_DONE[change.action],
            agreement=identifier,
            path=change.path,
            since=since,
            by=paths[f"change.{count}"],
        )
        for count, change in sorted(zip(in_order_of_articles(changes), changes, strict=True), key=lambda row: row[0])
    ]
    extends = paths.get(_EXTENSION) if values.get("extension_period") else None  # not every form has the clause
    if extends is not None:
        path = values.get("term_path") or ""
        effects.insert(0, Effect(action="amends", agreement=identifier, path=path, since=since, by=extends))
    kind: RelationKind = "amends" if extends is None else "extends"
    relations = (*draft.relations, Relation(kind=kind, target=identifier, title=values["amended_title"]))
    return draft.model_copy(update={"effects": (*draft.effects, *effects), "relations": relations})
