"""The topics of the provisions of an agreement. Pure.

A clause is what a reader would call one: an article, a section of a Compact, a numbered point of a note, an opening,
an annex without articles. Its place in the instrument says what it is where its words do not: a preamble, a
testimonium, a reply that accepts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agreements.classifying.scoring import CueCounts, judge, passages
from agreements.model import Agreement, Document, Provision
from agreements.reference import Place, places
from agreements.topics import core_of

_BY_KIND = {"preamble": "preamble", "testimonium": "testimonium", "signature": "testimonium"}
_BY_ROLE = {
    "agreed-minutes": "agreed_minutes",
    "side-letter": "agreed_minutes",
    "annex": "annexes",
    "appendix": "annexes",
}
_BY_PLACE = 0.95  # confidence of what the place in the instrument says
_IN_PASSAGE = 0.5  # of what one passage of a provision says
FROM_CLAUSE = 0.6
"""The share of a clause's confidence that a paragraph of it has which does not say so itself."""

_Memory = dict[int, CueCounts]  # evidence by the identity of a paragraph, while one agreement is classified
_CONTAINERS = ("part", "chapter")
_NOTHING = CueCounts({}, {}, {}, 0)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A topic given to a clause: its id, the core topic it counts under, and a confidence between 0 and 1."""

    id: str
    core: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ClassifiedProvision:
    """A clause with its topics, the main one first (none where nothing fits).

    `path` is that of its (first) provision, `text` its words with all that stands under it, `language` theirs.
    """

    path: str
    text: str
    topics: tuple[Assigned, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class _Group:
    """The places that make one clause: one provision, or several unnumbered ones in a row."""

    places: tuple[Place, ...]
    context: str  # headings above it
    own_text_only: bool = False

    @property
    def provisions(self) -> tuple[Provision, ...]:
        return tuple(place.provision for place in self.places)


def classify(provision: Provision, context: str = "", family: str = "") -> list[tuple[str, float]]:
    """Return the topics of `provision` with a confidence between 0 and 1, the main one first.

    `context` are headings above it (of a Compact article, for a section); `family` raises what is usual there.
    """
    if provision.kind in _BY_KIND:
        return [(_BY_KIND[provision.kind], _BY_PLACE)]
    heading = " ".join(x for x in (context, provision.heading) if x)
    return judge(CueCounts.of(heading, _words(provision)), family)


def classify_agreement(agreement: Agreement, at: Iterable[Place] | None = None) -> list[ClassifiedProvision]:
    """Return every clause of every document of `agreement` in reading order, with its topics.

    With `at`, places of it, those clauses alone in which they stand or which stand there.
    """
    memory: _Memory = {}
    asked = None if at is None else {id(provision) for place in at for provision in place.chain}
    return [
        ClassifiedProvision(
            group.places[0].path,
            _text(group),
            tuple(Assigned(t, core_of(t), c) for t, c in found),
            group.places[0].document.language,
        )
        for group in _groups(places(agreement))
        if asked is None or any(id(provision) in asked for provision in group.provisions)
        for found in [_judged(group, _evidence(group, memory), agreement.family)]
    ]


def topics_at(by_path: Mapping[str, Sequence[str]], path: str) -> Sequence[str]:
    """Return the topics of the provision at `path`: its own, else those of the nearest one above it that has any."""
    while path and path not in by_path:
        path = path.rpartition(".")[0]
    return by_path.get(path, ())


def topics_by_path(agreement: Agreement, about: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Return the ids of topics by path: of every clause, and of each paragraph that has topics of its own.

    With `about`, those alone that `topics_at` asks for these paths.

    The topics of the whole come first, then those of single passages of it, the surest first. A paragraph's own
    topics come first, then the main topic of its clause; a paragraph that is not named here is about what its clause
    is about.
    """
    return {path: list(topics) for path, topics in graded_topics(agreement, about).items()}


def graded_topics(agreement: Agreement, about: Iterable[str] | None = None) -> dict[str, dict[str, float]]:
    """Return what `topics_by_path` returns, with how strongly each provision is about each, between 0 and 1.

    That is the confidence; a topic of a single passage has half of one that is sure, and what a paragraph has from its
    clause and does not say itself a share of that of the clause.
    """
    found: dict[str, dict[str, float]] = {}
    memory: _Memory = {}
    clause_of: dict[int, list[tuple[str, float]]] = {}
    all_places = list(places(agreement))
    needed = {place.path for place in all_places} if about is None else _with_those_above(about)
    for group in _groups(all_places):
        if not any(place.path in needed for place in group.places):
            continue
        evidence = _evidence(group, memory)
        judged = _judged(group, evidence, agreement.family)
        said = _said(group, evidence, [topic for topic, _ in judged])
        for place in group.places:
            found[place.path] = dict(judged) | dict.fromkeys(said, _IN_PASSAGE)
            clause_of[id(place.provision)] = judged
    for place in all_places:
        if place.provision.kind != "paragraph" or len(place.chain) < 2 or place.path not in needed:
            continue
        clause = next((clause_of[id(p)] for p in place.chain[:-1] if id(p) in clause_of), None)
        if clause is None:
            continue
        evidence = _evidence_of_part(place.provision, memory)
        own = dict(judge(evidence, agreement.family))
        if not _defines([topic for topic, _ in clause]):
            own |= dict.fromkeys(passages(evidence, list(own)), _IN_PASSAGE)
        if own:
            above = {topic: surety * FROM_CLAUSE for topic, surety in clause[:1] if topic not in own}
            found[place.path] = own | above
    return found


def _with_those_above(paths: Iterable[str]) -> set[str]:
    """Return `paths` and the paths of what stands above them."""
    found: set[str] = set()
    for path in paths:
        parts = path.split(".")
        found |= {".".join(parts[:count]) for count in range(1, len(parts) + 1)}
    return found


# ---------------------------------------------------------------------- which provisions make a clause


def _groups(all_places: Iterable[Place]) -> Iterator[_Group]:
    """Yield the clauses: runs of unnumbered provisions together, everything else alone."""
    run: list[Place] = []
    for group in _single(all_places):
        place = group.places[0]
        loose = place.provision.kind == "text" and len(place.chain) == 1
        if run and not (loose and run[-1].document is place.document):
            yield _Group(tuple(run), "")
            run = []
        if loose:
            run.append(place)
        else:
            yield group
    if run:
        yield _Group(tuple(run), "")


def _single(all_places: Iterable[Place]) -> Iterator[_Group]:
    for place in all_places:
        above, provision = place.chain[:-1], place.provision
        if not all(_holds_clauses(p) for p in above):
            continue
        context = " ".join(p.heading for p in above if p.heading)
        if not _holds_clauses(provision):
            yield _Group((place,), context)
        elif provision.text:
            yield _Group((place,), context, own_text_only=True)


def _holds_clauses(provision: Provision) -> bool:
    """Whether a provision is no clause itself but holds clauses: a part, a Compact article with its sections.

    So does a head that explains an article (`Re Article 5`), with numbered points below it.
    """
    below = ("article", "section", "paragraph") if provision.kind == "text" else ("article", "section")
    return provision.kind in _CONTAINERS or any(child.kind in below for child in provision.children)


# ---------------------------------------------------------------------- what a clause is about


def _judged(group: _Group, evidence: CueCounts, family: str) -> list[tuple[str, float]]:
    first, document = group.provisions[0], group.places[0].document
    if first.kind in _BY_KIND:
        return [(_BY_KIND[first.kind], _BY_PLACE)]
    found = judge(evidence, family)
    if first.kind != "text" or len(group.places[0].chain) > 1:
        return found
    if (topic := _by_place(first, document)) and not (topic == "annexes" and _is_understanding(found)):
        return [(topic, _BY_PLACE), *(row for row in found if row[0] != topic and _beside(topic, row[0]))]
    return found


def _evidence(group: _Group, memory: _Memory) -> CueCounts:
    """Return the evidence in a clause; its paragraphs are read once, for the clause and for themselves."""
    first = group.provisions[0]
    if first.kind in _BY_KIND:
        return _NOTHING
    heading = " ".join(x for x in (group.context, first.heading) if x)
    if group.own_text_only or len(group.places) > 1:
        return CueCounts.of(heading, _text(group))
    parts = [c for c in first.children if c.kind == "paragraph"]
    rest = [_own_words(first), *(c.words() for c in first.children if c.kind != "paragraph")]
    own = CueCounts.of(heading, "\n".join(rest))
    return own.with_parts(_evidence_of_part(p, memory) for p in parts) if parts else own


def _evidence_of_part(part: Provision, memory: _Memory) -> CueCounts:
    if id(part) not in memory:
        memory[id(part)] = CueCounts.of(part.heading or "", part.words())
    return memory[id(part)]


def _said(group: _Group, evidence: CueCounts, whole: Sequence[str]) -> list[str]:
    """Return the topics of passages of a clause outside its paragraphs; none of words that recite or define."""
    if group.places[0].document.role == "reply-note" or "preamble" in whole or _defines(whole):
        return []
    return [topic for topic in passages(evidence, whole) if topic not in _BY_KIND.values()]


def _defines(topics: Sequence[str]) -> bool:
    """Whether a clause on `topics` gives meanings: what it lists it does not rule on."""
    return topics[:1] == ["definitions"]


def _by_place(first: Provision, document: Document) -> str:
    """Return the topic that the place of unnumbered words at the top of `document` gives them; empty for none."""
    numbered = any(p.kind != "text" for p in document.provisions)
    if document.role == "reply-note":
        return "note_offer_acceptance"
    opens = document.provisions[0] is first
    if document.role == "offer-note" and numbered:
        return "preamble" if opens else ""
    return _BY_ROLE.get(document.role, "") if opens else ""


def _beside(topic: str, other: str) -> bool:
    """Whether `other` adds to what the place says: formulas of notes and recitals recall much that they are not."""
    if topic == "note_offer_acceptance":
        return other == "provisional_application"
    return topic != "preamble"


def _is_understanding(found: list[tuple[str, float]]) -> bool:
    """Whether an annex says of itself that it records understandings."""
    return any(topic == "agreed_minutes" for topic, _ in found)


def _text(group: _Group) -> str:
    if group.own_text_only:
        return _own_words(group.provisions[0])
    return "\n".join(p.words() for p in group.provisions)


def _own_words(provision: Provision) -> str:
    return " ".join(x for x in (provision.number, provision.heading, provision.text) if x)


def _words(provision: Provision) -> str:
    return "\n".join([provision.text, *(c.words() for c in provision.children)])
