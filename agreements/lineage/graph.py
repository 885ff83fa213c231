"""The graph of agreements that stand on others: what applies, supplements, implements or extends what.

One graph for umbrella instruments, supplementary agreements, implementing arrangements and protocols. An edge comes
from the facts (`relations`, also those that only name the other by its title where that is certain) or from the text:
`The Parties shall apply the provisions of the X Agreement`, `the X Agreement applies mutatis mutandis, except Article
IV`, `the status of the force shall be governed by the X Agreement`. A denial (`the X Agreement shall not apply`)
applies nothing. Which agreement a name means, `names` decides. A topic that an agreement does not settle itself may be
settled where its edges lead.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agreements.language.negation import exclusions, is_denied
from agreements.language.sentences import Sentence, clauses
from agreements.language.treaties import Name, aliases, name_at, names
from agreements.lineage.history import NOT_ESTABLISHED, NOT_YET, status_on
from agreements.lineage.ledger import Ledger, in_effect, named
from agreements.lineage.names import NameIndex
from agreements.model import Agreement
from agreements.parsing import Cited, cited
from agreements.reference import component, places
from agreements.repository import Facts, Repository

STANDS_ON = ("supplements", "implements", "extends")
_LISTED = r"(?:[\w(),.;’'“”\"-]+ ){0,16}?"
_BEFORE = re.compile(
    r"\b(?P<verb>(?:apply|applies|applied|applying|observe|be bound by|incorporate[sd]?)(?! to\b)"
    r"|(?:governed|regulated|determined|defined|settled|resolved|dealt with|handled|treated|exercised|accorded|applied)"
    r"\b[^.;]{0,80}?\b(?:by|in accordance with|under|pursuant to|as (?:provided|set forth|set out|laid down) in))"
    r"(?P<between>[^.;]{0,160}?)(?:the |that |said )*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r" ?(?:mutatis mutandis,? )?(?:(?:the|all|relevant|other|applicable|substantive|same|corresponding) )*"
    r"(?:(?:provisions?|terms?|rules?|conditions|procedures?|stipulations|status(?: provisions)?)"
    r"(?: (?:and|or) (?:terms|conditions|provisions|procedures))?"
    r"(?: (?:contained|set forth|set out|laid down))? (?:of|in|under) )?"
    rf"(?:(?:sub-?)?(?:paragraphs?|articles?|sections?|parts?|chapters?|titles?|annex(?:es)?) {_LISTED}"
    r"(?:of|to|in) )?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ ,)”\"]*+(?:\([^()]{0,120}+\)[ ,]*+)?+"
    r"(?P<more>(?:between|among|regarding|concerning|relating to|on) [^.;]{0,240}?(?=[ ,]))??[ ,]*+"
    r"(?:(?:and|as|together with|including) [^.;]{0,200}?[ ,])??"
    r"(?P<verb>(?:(?:shall|will|does|do|is|are) )?"
    r"(?:(?:also|likewise|equally|accordingly|mutatis mutandis,?|fully) ){0,2}"
    r"(?:apply|applies|be applied|be applicable|applicable|applied|govern|governs|be incorporated|incorporated"
    r"|extend to|extends to|be observed))\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:to|under|by|with) (?:which|whom) (?:the |that |said )?$", re.IGNORECASE)
_SUPPOSED = re.compile(  # whatever follows applies nothing: it says what holds where something else is so
    r"\b(?:if|whether|where(?:ver)?|when(?:ever)?|in (?:the )?(?:case|event)|to the extent|(?:in)?so ?far as|as long as"
    r"|until|unless|once)\b[^,;.:]*$",
    re.IGNORECASE,
)
_LAST_OF_LIST = re.compile(r"(?:[IVXLC]+|\d+) of the ")  # `Articles II and III of the X Agreement`
_OWN = re.compile(r"^(?:present|this)\b", re.IGNORECASE)
_SHORT = re.compile(
    r"\b(?P<the>the|that|said) (?=(?:NATO|PfP)[ -](?:SOFA|Status of Forces Agreement)\b|[A-Z][\w-]* SOFA\b)"
)


@dataclass(frozen=True, slots=True)
class Incorporation:
    """That a text applies another instrument: at `path`, by these `words` of it, under the `instrument`'s full name.

    `articles` are the paths in the instrument that are applied (none: the whole), `excepted` those that are not;
    `exception` are the words that except something, whatever it is.
    """

    path: str
    words: str
    instrument: str
    articles: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    exception: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Incorporation":
        """Return what was taken apart into a row of JSON."""
        fields: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in row.items()}
        return cls(**fields)

    def reaches(self, path: str) -> bool:
        """Whether the provision at `path` of the instrument is applied."""
        if any(_within(path, article) for article in self.excepted):
            return False
        return not self.articles or any(_within(path, a) or _within(a, path) for a in self.articles)

    def says(self) -> str:
        """Return in words what is applied: `as a whole`, `Article VIII`, and what is excepted."""
        part = f"Article {', '.join(self.articles)}" if self.articles else "as a whole"
        return f"{part}, {self.exception}" if self.exception else part


def incorporations(path: str, text: str, given: Mapping[str, str] | None = None) -> Iterator[Incorporation]:
    """Yield the instruments that the provision at `path` with this `text` applies, in order.

    `given` are the full words of the names that the agreement gives to other instruments (`treaties.aliases`).
    """
    if "appl" not in text and "govern" not in text and not _BEFORE_HINT.search(text):
        return
    for clause in clauses(" ".join(text.split())):
        covered = 0  # what names an instrument may name others
        for name in _named(clause):
            if name.start >= covered and (found := _applied(path, clause, name, given or {})):
                covered = name.end + len(found.instrument) - len(name.words)
                yield found


_BEFORE_HINT = re.compile(r"accordance with|under the|pursuant to|bound by|incorporat|observe", re.IGNORECASE)


def _named(clause: Sentence) -> Iterator[Name]:
    """Yield the instruments that a clause names, the usual short names among them."""
    seen: set[int] = set()
    words = clause.text[clause.start : clause.end]
    found = [*names(words), *(n for m in _SHORT.finditer(words) if (n := name_at(words, m.end())))]
    for each in sorted(found, key=lambda n: n.start):
        listed = _LAST_OF_LIST.match(words, each.start)
        name = (name_at(words, listed.end()) if listed else None) or each
        if name.start not in seen and not _OWN.match(name.words):
            seen.add(name.start)
            yield name


def _applied(path: str, clause: Sentence, name: Name, given: Mapping[str, str]) -> Incorporation | None:
    words = clause.text[clause.start : clause.end]
    verb, more = _verb(words, name)
    if verb is None or is_denied(clause, clause.start + verb[0], clause.start + verb[1]):
        return None
    if _SUPPOSED.search(words, 0, max(verb[0], name.start)):
        return None
    parts = [c for c in cited(words) if c.instrument and c.instrument.start == name.start]
    taken_out = [e for e in exclusions(clause) if not e.start <= clause.start + name.start < e.end]
    if len(taken_out) < len(exclusions(clause)):
        return None  # the instrument is itself the exception
    outside = [words[e.start - clause.start : e.end - clause.start].strip(" ,.;") for e in taken_out]
    excepted = [_path(c) for part in outside for c in cited(part) if c.article]
    return Incorporation(
        path,
        words.strip(),
        given.get(name.words, f"{name.words}, {more}" if more else name.words),
        tuple(dict.fromkeys(_path(c) for c in parts if c.article and _path(c) not in excepted)),
        tuple(dict.fromkeys(excepted)),
        "; ".join(outside),
    )


def _verb(words: str, name: Name) -> tuple[tuple[int, int] | None, str]:
    """Return where in `words` the verb stands that applies the instrument named there, and what else names it."""
    if (after := _AFTER.match(words, name.end)) and not _RELATIVE.search(words, 0, name.start):
        return after.span("verb"), (after["more"] or "").strip()
    before = _BEFORE.search(words, max(name.start - 320, 0), name.start)
    while before:
        if _BETWEEN.fullmatch(before["between"]):
            return before.span("verb"), ""
        before = _BEFORE.search(words, before.start() + 1, name.start)
    return None, ""


def _path(place: Cited) -> str:
    return ".".join([component(place.article), *place.parts])


def _within(path: str, article: str) -> bool:
    return path == article or path.startswith(f"{article}.")


# ---------------------------------------------------------------------- the graph


@dataclass(frozen=True, slots=True)
class Edge:
    """That agreement `source` stands on `target` (id; empty where no agreement held has that name for certain).

    `kind` is `applies` or the kind of the relation; `name` what the text or the facts call the other; `by` what the
    text says of it. `since` is when `source` did: the day of its entry into force, else of its signature.
    """

    source: str
    target: str
    kind: str
    name: str = ""
    by: Incorporation | None = None
    since: str = ""

    def reaches(self, path: str) -> bool:
        """Whether the provision at `path` of the target comes by this edge."""
        return self.by is None or self.by.reaches(path)

    def says(self) -> str:
        """Return the edge in words: `applies nato-sofa-1951 (as a whole, except Article VIII), since 1951-06-19`."""
        part = f" ({self.by.says()})" if self.by else ""
        return f"{self.kind} {self.target or self.name}{part}" + (f", since {self.since}" if self.since else "")


@dataclass(frozen=True, slots=True)
class StandingGraph:
    """The edges by the agreement they start from."""

    edges: Mapping[str, Sequence[Edge]] = field(default_factory=dict)

    def routes(self, agreement: str) -> Iterator[tuple[Edge, ...]]:
        """Yield the ways from `agreement` to what it stands on, the shortest first; none meets an agreement twice."""
        pending: list[tuple[Edge, ...]] = [(edge,) for edge in self.edges.get(agreement, ())]
        while pending:
            route = pending.pop(0)
            yield route
            met = {agreement, *(edge.target for edge in route)}
            pending += [(*route, e) for e in self.edges.get(route[-1].target, ()) if e.target and e.target not in met]

    def neighbours(self, agreement: str) -> tuple[str, ...]:
        """Return the agreements that an edge links with `agreement`, in either direction."""
        onto = {edge.target for edge in self.edges.get(agreement, ()) if edge.target}
        from_them = {s for s, edges in self.edges.items() if any(e.target == agreement for e in edges)}
        return tuple(sorted((onto | from_them) - {agreement}))


def standing_graph(
    repository: Repository,
    ids: Iterable[str],
    applied_by: Callable[[set[str]], Iterable[tuple[str, Incorporation]]],
) -> StandingGraph:
    """Return the graph of `ids` and of all that they stand on.

    `applied_by` gives what the texts of agreements apply, with their ids; it is asked anew for those to which edges
    lead. Raises what it raises.
    """
    catalog = NameIndex.of(repository)
    every = named(catalog.facts, catalog)
    edges: dict[str, list[Edge]] = {}
    pending, done = set(ids) & set(every), set[str]()
    while pending:
        done |= pending
        for agreement in sorted(pending):
            edges[agreement] = list(_by_facts(every[agreement], every))
        for agreement, found in applied_by(pending):
            _add(edges[agreement], _applying(every[agreement], found, catalog))
        pending = {e.target for a in pending for e in edges[a] if e.target in every} - done
    return StandingGraph(edges)


def applied_in(agreement: Agreement) -> Iterator[Incorporation]:
    """Yield the instruments that the text of `agreement` applies, in order."""
    given = aliases(agreement.documents)
    for place in places(agreement):
        yield from incorporations(place.path, place.provision.text, given)


@dataclass(frozen=True, slots=True)
class ReadTogether:
    """What is to be read together with an agreement on a day, a line each: what it stands on, what stands on it.

    The words of these instruments are not put into its text. `status` is its own on the day, in words.
    """

    status: str
    stands_on: tuple[str, ...] = ()
    stood_on_by: tuple[str, ...] = ()


def read_together(repository: Repository, agreement_id: str, ledger: Ledger, day: str) -> ReadTogether:
    """Return what umbrella, supplementary and implementing instruments stood beside an agreement on `day`.

    What it stands on is read from its facts and its text, over several instruments where these stand on others; what
    stands on it, from the facts of the others, where they were signed by then. Each line says what had been done to
    that instrument by the day, or that its text is not held. Raises as `Repository.get`.
    """
    every = named({facts.id: facts for facts in repository.list()})

    def applied(ids: set[str]) -> Iterator[tuple[str, Incorporation]]:
        for each in sorted(ids):
            if every[each].text_held:
                yield from ((each, found) for found in applied_in(repository.get(each)))

    graph = standing_graph(repository, [agreement_id], applied)
    up = (
        ", which ".join(edge.says() for edge in route) + _by_then(route[-1].target, every, ledger, day)
        for route in graph.routes(agreement_id)
    )
    down = (
        f"{facts.id} {edge.kind} it" + _by_then(facts.id, every, ledger, day)
        for facts in sorted(every.values(), key=lambda f: (min(f.signed, default="9999"), f.id))
        for edge in _by_facts(facts, every)
        if edge.target == agreement_id and facts.standing == "agreement" and status_on(facts, day, every) != NOT_YET
    )
    own = every.get(agreement_id)
    status = _status(own, day, every) if own else ""
    return ReadTogether(status, tuple(dict.fromkeys(up)), tuple(dict.fromkeys(down)))


def _by_then(agreement_id: str, every: Mapping[str, Facts], ledger: Ledger, day: str) -> str:
    """Return what is known on `day` of an instrument that is read together with another."""
    facts = every.get(agreement_id)
    if facts is None:
        return " (not held here)"
    done = (c for c in ledger.of(agreement_id) if in_effect(c, day))
    by: dict[str, list[str]] = {}
    for change in done:
        action = f"provisions {change.action}" if change.path else change.action
        by.setdefault(action, []).append(change.by.partition("#")[0])
    said = [f"{action} by {', '.join(dict.fromkeys(who))}" for action, who in by.items()]
    held = [] if facts.text_held else ["its text is not held"]
    return f" ({'; '.join([_status(facts, day, every), *said, *held])})"


def _status(facts: Facts, day: str, every: Mapping[str, Facts]) -> str:
    status = status_on(facts, day, every)
    return f"status {status}" if status == NOT_ESTABLISHED else status


def _by_facts(facts: Facts, every: Mapping[str, Facts]) -> Iterator[Edge]:
    for relation in facts.relations:
        kind, _, target = relation.partition(" ")
        if kind in STANDS_ON and target in every:
            yield Edge(facts.id, target, kind, since=_day(facts))


def _applying(facts: Facts, found: Incorporation, catalog: NameIndex) -> Edge:
    certain = [i for i in catalog.find(found.instrument, facts)[0] if i != facts.id]
    target = certain[0] if len(certain) == 1 else ""
    return Edge(facts.id, target, "applies", found.instrument, found, _day(facts))


def _add(edges: list[Edge], edge: Edge) -> None:
    """Add an edge once: that the text applies the whole of an instrument says more than facts of the same one."""
    if any(e.by and edge.by and (e.by.words, e.name) == (edge.by.words, edge.name) for e in edges):
        return
    whole = edge.target if edge.by and not edge.by.articles else None
    edges[:] = [e for e in edges if e.by or not whole or e.target != whole] + [edge]


def _day(facts: Facts) -> str:
    return facts.in_force or max(facts.signed, default="")
