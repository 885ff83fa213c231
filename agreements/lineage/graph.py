"""The graph of agreements that stand on others: what applies, supplements, implements or extends what.

One graph for umbrella instruments, supplementary agreements, implementing arrangements and protocols. An edge comes
from the facts (`relations`, also those that only name the other by its title where that is certain) or from the text
(`incorporation`). Which agreement a name means, `names` decides. A topic that an agreement does not settle itself may
be settled where its edges lead.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agreements.lineage.ledger import named
from agreements.lineage.names import NameIndex
from agreements.repository import Facts, Repository

STANDS_ON = ("supplements", "implements", "extends")


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
    matter: str = ""

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
        part = f"Article {', '.join(self.articles)}" if self.articles else "" if self.matter else "as a whole"
        part = ", ".join(each for each in (part, f"to “{self.matter}”" if self.matter else "") if each)
        return f"{part}, {self.exception}" if self.exception else part


def _within(path: str, article: str) -> bool:
    return path == article or path.startswith(f"{article}.")


# ---------------------------------------------------------------------- the graph


@dataclass(frozen=True, slots=True)
class Edge:
    """That agreement `source` stands on `target` (id; empty where no agreement held has that name for certain).

    `kind` is `applies` or the kind of the relation; `name` what the text or the facts call the other; `by` what the
    text says of it. `since` is the day on which `source` entered into force, `signed` that of its signature where it is
    not known: from then on a text that waits for ratification applies nothing yet.
    """

    source: str
    target: str
    kind: str
    name: str = ""
    by: Incorporation | None = None
    since: str = ""
    signed: str = ""

    def reaches(self, path: str) -> bool:
        """Whether the provision at `path` of the target comes by this edge."""
        return self.by is None or self.by.reaches(path)

    def says(self) -> str:
        """Return the edge in words: `applies nato-sofa-1951 (as a whole, except Article VIII), since 1951-06-19`."""
        part = f" ({self.by.says()})" if self.by else ""
        day = f", since {self.since}" if self.since else f", signed {self.signed}" if self.signed else ""
        return f"{self.kind} {self.target or self.name}{part}{day}"


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
            edges[agreement] = list(edges_by_facts(every[agreement], every))
        for agreement, found in applied_by(pending):
            if edge := _applying(every[agreement], found, catalog):
                _add(edges[agreement], edge)
        pending = {e.target for a in pending for e in edges[a] if e.target in every} - done
    return StandingGraph(edges)


def edges_by_facts(facts: Facts, every: Mapping[str, Facts]) -> Iterator[Edge]:
    """Yield the edges to agreements among `every` that the facts of an agreement state."""
    for relation in facts.relations:
        kind, _, target = relation.partition(" ")
        if kind in STANDS_ON and target in every:
            yield Edge(facts.id, target, kind, since=facts.in_force, signed=_signed(facts))


def _applying(facts: Facts, found: Incorporation, catalog: NameIndex) -> Edge | None:
    """Return the edge to what a text applies; None where the name is that of the agreement itself."""
    every = catalog.find(found.instrument, facts)[0]
    certain = [i for i in every if i != facts.id]
    if every and not certain:
        return None
    target = certain[0] if len(certain) == 1 else ""
    return Edge(facts.id, target, "applies", found.instrument, found, facts.in_force, _signed(facts))


def _add(edges: list[Edge], edge: Edge) -> None:
    """Add an edge once: that the text applies the whole of an instrument says more than facts of the same one."""
    if any(e.by and edge.by and (e.by.words, e.name) == (edge.by.words, edge.name) for e in edges):
        return
    whole = edge.target if edge.by and not edge.by.articles else None
    edges[:] = [e for e in edges if e.by or not whole or e.target != whole] + [edge]


def _signed(facts: Facts) -> str:
    return max(facts.signed, default="")
