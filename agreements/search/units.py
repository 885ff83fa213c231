"""What is indexed: an agreement cut into units, each with all that a hit shows.

At the level `paragraph` every word of the agreement stands in exactly one unit: a numbered paragraph with all
under it, an article that has none, the words of an article outside its paragraphs, a preamble, a testimonium.
At the level `article` the units are whole articles (sections, points of a note). What is a unit at both levels is
one unit of both. This module reads the model and is used while indexing only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from agreements.citation import cite_parts, document_words, locator
from agreements.classifying import FROM_CLAUSE
from agreements.model import Agreement, Mark, Provision
from agreements.reference import Place, Reference, component, document_name, places
from agreements.search.fields import ANY_DOCUMENT, LEVELS, UnitLevel, place_key
from agreements.states import party_key
from agreements.topics import topics as known_topics

_PARTS = ("part", "chapter", "article", "section")
_HOLDERS = ("part", "chapter")
_HEADED = ("part", "chapter", "article", "section")
_STARTS = ("article", "section")
_BELOW_ARTICLE = ("paragraph", "subparagraph", "item", "text")
_TYPESET = ("emphasis", "note")
_MANY = 3
GivenTopics = Mapping[str, Sequence[str] | Mapping[str, float]]
"""Ids of fine topics by path, alone or with a confidence."""


@dataclass(slots=True)
class SharedFields:
    """What all units of an agreement share: ids of family, form and the like, codes of the parties, ISO dates."""

    agreement: str
    title: str
    family: str
    parties: list[str]
    party_names: list[str]
    signed: list[str]
    status: str
    standing: str
    authority: str
    form: str
    multilateral: bool
    unconfirmed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Unit:
    """One provision to be found, with what stands around it.

    `levels` are those at which it is a unit. `text` is the provision's words and those of all under it, one
    provision to a line; `starts` says where in `text` the words of each line begin, after the number, and
    `breaks` where the type changes (italics, a note). `heading` is the nearest one, `article` names the article
    (`Annex A, Article II`), `outer` are the headings further out; `topics` fine ids, each with how strongly the
    provision is about it, `cores` core ids, `keys` those by which its place is found; `kind` is that of the provision
    where all that stands under it is in the text, else empty.
    """

    ref: str
    path: str
    levels: tuple[UnitLevel, ...]
    heading: str
    article: str
    outer: list[str]
    text: str
    starts: list[int]
    breaks: list[int]
    citation: str
    topics: dict[str, float]
    cores: list[str]
    keys: list[str]
    language: str
    kind: str
    facts: SharedFields


def units_of(agreement: Agreement, topics: GivenTopics | None = None) -> Iterator[Unit]:
    """Yield the units of `agreement` in reading order.

    `topics` gives the ids of the fine topics by path, with how strongly the provision is about each where that is
    known; a provision without its own has those of the nearest one around it, less strongly.
    """
    common = _Common(agreement)
    given: dict[int, Mapping[str, float]] = {}  # by the identity of the provision: two may be equal
    whole: dict[UnitLevel, int] = {}  # at each level the identity of the last unit that took all under it
    for place in places(agreement):
        provision = place.provision
        if topics and place.path in topics:
            given[id(provision)] = _graded(topics[place.path])
        chain = {id(p) for p in place.chain}
        open_levels = [level for level in LEVELS if whole.get(level) not in chain]
        if not open_levels:
            continue
        parted = tuple(level for level in open_levels if _is_parted(provision, level))
        undivided = tuple(level for level in open_levels if level not in parted)
        whole |= dict.fromkeys(undivided, id(provision))
        found = _found(given, place)
        if parted and provision.text:
            yield common.unit(place, parted, _words(provision, with_children=False), found, kind="")
        if undivided and (provision.text or provision.heading or provision.children):
            yield common.unit(place, undivided, _words(provision, with_children=True), found, kind=provision.kind)


def _graded(topics: Sequence[str] | Mapping[str, float]) -> Mapping[str, float]:
    return topics if isinstance(topics, Mapping) else dict.fromkeys(topics, 1.0)


def _found(given: Mapping[int, Mapping[str, float]], place: Place) -> Mapping[str, float]:
    """Return the topics of a place: its own, or those of the nearest one around it, of which it says less."""
    near = next((provision for provision in reversed(place.chain) if id(provision) in given), None)
    if near is None:
        return {}
    own = given[id(near)]
    return own if near is place.provision else {topic: surety * FROM_CLAUSE for topic, surety in own.items()}


class _Common:
    """What is worked out once for an agreement."""

    def __init__(self, agreement: Agreement) -> None:
        self._facts = _facts(agreement)
        self._before, self._after = cite_parts(agreement)
        self._article: tuple[Provision | None, str] = (None, "")

    def unit(
        self, place: Place, levels: tuple[UnitLevel, ...], words: "_Words", topics: Mapping[str, float], *, kind: str
    ) -> Unit:
        heading, outer = _headings(place)
        return Unit(
            ref=str(Reference(self._facts.agreement, *_split_language(place.path))),
            path=place.path,
            levels=levels,
            heading=heading,
            article=self._article_of(place),
            outer=outer,
            text="\n".join(words.lines),
            starts=words.starts,
            breaks=words.breaks,
            citation=f"{self._before}, {locator(place)}; {self._after}",
            topics=dict(topics),
            cores=sorted({known_topics()[t].core for t in topics if t in known_topics()}),
            keys=_keys(place),
            language=place.document.language,
            kind=kind,
            facts=self._facts,
        )

    def _article_of(self, place: Place) -> str:
        """Return the name of the article that holds the place, in words; of the document where there is none."""
        depth = next((i for i, p in enumerate(place.chain) if p.kind in _BELOW_ARTICLE), len(place.chain))
        if not depth:
            return document_words(place.document)
        article = place.chain[depth - 1]
        if self._article[0] is not article:
            self._article = article, locator(Place(place.path, place.document, place.chain[:depth]))
        return self._article[1]


def _facts(agreement: Agreement) -> SharedFields:
    codes = [p.code or party_key(p.name or p.body) for p in agreement.parties if p.code or p.name or p.body]
    names = [x for p in agreement.parties for x in (p.name, p.body) if x]
    return SharedFields(
        agreement=agreement.id,
        title=agreement.title or agreement.short_title,
        family=agreement.family,
        parties=list(dict.fromkeys(codes)),
        party_names=list(dict.fromkeys(names)),
        signed=[s.date for s in agreement.signings if s.date],
        status=agreement.status.value,
        standing=agreement.standing,
        authority=agreement.authority,
        form=agreement.form or "",
        multilateral=len(agreement.parties) >= _MANY,
        unconfirmed=list(agreement.unconfirmed(text_held=agreement.text_held)),
    )


def _keys(place: Place) -> list[str]:
    """Return the keys of the place and of all that holds it, from its article on and from its section on."""
    if place.chain and place.chain[0].kind == "preamble" and place.document.role == "main":
        return ["preamble"]
    numbered = [p for p in place.chain if p.number]
    starts = [at for at, p in enumerate(numbered) if p.kind in _STARTS] or [
        at for at, p in enumerate(numbered) if p.kind in _BELOW_ARTICLE
    ][:1]
    runs = [
        [component(p.number or "") for p in numbered[start:end]]
        for start in starts
        for end in range(start + 1, len(numbered) + 1)
    ]
    if place.document.role == "main":
        return list(dict.fromkeys(place_key(run) for run in runs))
    name = document_name(place.document)
    names = dict.fromkeys((name, place.document.role, ANY_DOCUMENT))
    return [f"{each}/" for each in names] + [place_key(run, each) for each in names for run in runs]


def place_below(agreement: Agreement, path: str, key: str) -> Place | None:
    """Return the place with the key `key` under the provision at `path`, None where there is none."""
    below = (place for place in places(agreement) if place.path.startswith(f"{path}."))
    return next((place for place in below if key in _keys(place)), None)


def _is_parted(provision: Provision, level: UnitLevel) -> bool:
    """Whether the provision's children are units of their own."""
    if provision.kind in _HOLDERS:
        return True
    if provision.kind not in _HEADED:
        return False
    parts = (*_HEADED, "paragraph") if level == "paragraph" else _HEADED
    return any(child.kind in parts for child in provision.children)


@dataclass(slots=True)
class _Words:
    """The words of a provision, one provision to a line; see `Unit`."""

    lines: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, number: str | None, words: str, marks: Sequence[Mark] = ()) -> None:
        before = f"{number} " if number else ""
        start = self.length + len(before)
        self.starts.append(start)
        self.breaks += [start + at for m in marks if m.kind in _TYPESET for at in (m.start, m.end)]
        self.lines.append(before + words)
        self.length += len(before) + len(words) + 1


def _words(provision: Provision, *, with_children: bool) -> _Words:
    """Return the words of `provision`: its own number and heading are not among them, its children's are."""
    words = _Words()
    if provision.text:
        words.add(None, provision.text, provision.marks)
    for below in _all_under(provision) if with_children else ():
        if below.heading:
            words.add(below.number, below.heading)
        if below.text or (below.number and not below.heading):
            words.add(None if below.heading else below.number, below.text, below.marks)
    return words


def unit_text(provision: Provision) -> str:
    """Return the words of `provision` and of all under it as a unit of the index has them."""
    return "\n".join(_words(provision, with_children=True).lines)


def _all_under(provision: Provision) -> Iterator[Provision]:
    for child in provision.children:
        yield from child.walk()


def _headings(place: Place) -> tuple[str, list[str]]:
    """Return the nearest heading and those further out, the title of an annex being the outermost."""
    found = [p.heading for p in reversed(place.chain) if p.heading]
    if place.document.role != "main" and place.document.title:
        found.append(place.document.title)
    return (found[0], found[1:]) if found else ("", [])


def _split_language(path: str) -> tuple[str, str]:
    bare, _, language = path.partition("@")
    return bare, language
