"""Agreements as trees of what is compared: provisions with their paths, and the words each holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from agreements.comparing.matching import MatchItem
from agreements.comparing.tokens import words
from agreements.model import Agreement, Document, Provision
from agreements.reference import Place, places, provision_paths

_DIVISIONS = ("part", "chapter")
_FRAMES = ("preamble", "testimonium", "signature")
_CLOSING = ("testimonium", "signature")  # they end a text, whichever provision they were read into


@dataclass
class ComparedUnit:
    """One unit of comparison: a provision, or the own words of one that has others under it.

    `path` is that of the provision. The own words of an article are a node of their own under it (`own`), so that an
    article whose single paragraph became the first of several is seen as what it is.
    """

    path: str
    provision: Provision
    heading: str = ""
    text: str = ""
    own: bool = False
    children: list["ComparedUnit"] = field(default_factory=list)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens of its heading and text and of all under it, without blanks."""
        below = (token for child in self.children for token in child.words)
        return (*words(self.heading), *words(self.text), *below)

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """The tokens of its own heading and text."""
        return (*words(self.heading), *words(self.text))

    def item(self, *, whole: bool = True) -> MatchItem:
        """Return what it is matched by: all under it, or (not `whole`) its own words alone."""
        found = self.words if whole else self.own_words
        kind = self.provision.kind
        sort = "division" if kind in _DIVISIONS else kind if kind in _FRAMES else "clause"
        return MatchItem(
            given=found,
            text=" ".join(found),
            sort=sort if whole else "",
            id=("" if self.own else self.provision.id or "") if whole else "",
            head=self.heading.casefold(),
            number="" if self.own else self.provision.number or "",
        )

    def walk(self) -> Iterator["ComparedUnit"]:
        """Yield this node and those under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A document to compare: what it is, and its nodes. A single provision is a text of one node.

    `is_first` says that it opens the agreement."""

    document: Document
    nodes: tuple[ComparedUnit, ...]
    is_first: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        """All its tokens."""
        return tuple(token for node in self.nodes for token in node.words)


def texts(of: Agreement | Document | Place) -> tuple[ComparedText, ...]:
    """Return the documents of `of` as trees; the paths are those of the agreement where it is one."""
    if isinstance(of, Place):
        return (ComparedText(of.document, (_below(of),)),)
    if isinstance(of, Document):
        named = [path for path, _ in provision_paths(of)]
        return (ComparedText(of, tuple(_nodes(of.provisions, iter(named)))),)
    named_all = (place.path for place in places(of))
    return tuple(ComparedText(d, tuple(_nodes(d.provisions, named_all)), n == 0) for n, d in enumerate(of.documents))


def _below(place: Place) -> ComparedUnit:
    alone = Document(provisions=(place.provision,))
    first = next(path for path, _ in provision_paths(alone))
    named = (place.path + path.removeprefix(first) for path, _ in provision_paths(alone))
    return next(iter(_nodes(alone.provisions, named)))


def _nodes(provisions: Sequence[Provision], paths: Iterator[str]) -> list[ComparedUnit]:
    """Return the nodes of `provisions`.

    Parts and chapters stand beside their articles, which they do not number, and so do closing words.
    """
    found: list[ComparedUnit] = []
    for provision in provisions:
        node = ComparedUnit(next(paths), provision, heading=provision.heading or "")
        below = _nodes(provision.children, paths)
        children = [child for child in below if child.provision.kind not in _CLOSING]
        closing = [child for child in below if child.provision.kind in _CLOSING]
        found.append(node)
        if provision.kind == "article" or (provision.kind in _DIVISIONS and provision.text):
            own = [ComparedUnit(node.path, provision, text=provision.text, own=True)] if provision.text else []
        else:
            own, node.text = [], provision.text
        if provision.kind in _DIVISIONS:
            found += [*own, *children]
        else:
            node.children = [*own, *children]
        found += closing
    return found
