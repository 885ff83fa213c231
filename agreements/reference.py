"""References such as `nato-sofa-1951#VII.3.a`: parse, print, and resolve them in an agreement.

A path is the printed numbers without brackets and full stops, joined by dots. Other documents are named first
(`annex-a.2`, `reply-note.1`), another language at the end (`VII.3@fr`); a second provision with the same path
gets `~2`. Provisions without a number are counted: recitals plainly (`preamble.4`), others as `p2`, the
provision's own text being `p1`. Parts and chapters have a path (`part-3`) but do not stand in those of their
articles, which are numbered through.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from agreements.errors import NotFoundError, ReferenceSyntaxError

if TYPE_CHECKING:
    from agreements.model import Agreement, Document, Provision

_Thing = TypeVar("_Thing")
_REFERENCE = re.compile(r"([a-z0-9][a-z0-9._-]*)(?:#([^@\s]*)(?:@([a-z]{2,3}))?)?")
_SPELLED = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_COUNTED_PLAINLY = ("preamble", "testimonium", "signature")
_TRANSPARENT = ("part", "chapter")


@dataclass(frozen=True, slots=True)
class Reference:
    """An agreement's id, the path of a provision in it (empty for the whole) and the language of the text."""

    agreement: str
    path: str = ""
    language: str = ""

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """Return the reference that `text` (`nato-sofa-1951#VII.3.a`) writes; raises `ReferenceSyntaxError`."""
        found = _REFERENCE.fullmatch(text.strip())
        if not found:
            raise ReferenceSyntaxError(
                f"{text!r} is not a reference.",
                hint="Write AGREEMENT or AGREEMENT#PATH, for example nato-sofa-1951#VII.3.a",
            )
        return cls(found.group(1), found.group(2) or "", found.group(3) or "")

    def __str__(self) -> str:
        path = f"#{self.path}" if self.path or self.language else ""
        return self.agreement + path + (f"@{self.language}" if self.language else "")


@dataclass(frozen=True, slots=True)
class Place:
    """A provision of an agreement: its path, its document, and the provisions from the outermost down to it.

    A whole document (`annex-a`) is a place with an empty chain. `provision` is the provision itself: the last of the
    chain; a whole document as one provision that holds all of it.
    """

    path: str
    document: "Document"
    chain: "tuple[Provision, ...]"
    provision: "Provision" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "provision", self.chain[-1] if self.chain else _whole(self.document))


def _whole(document: "Document") -> "Provision":
    named = " ".join(x for x in (document.role.replace("-", " ").capitalize(), document.number) if x)
    from agreements.model import Provision

    return Provision(kind="text", heading=document.title or named, children=document.provisions)


def places(agreement: "Agreement", start: int = 0, stop: int | None = None) -> Iterator[Place]:
    """Yield every provision of `agreement` with its path, in reading order, document after document.

    `start` and `stop` choose some of them by number, as a slice does; those before cost nothing.
    """
    for prefix, suffix, document in _document_names(agreement):
        before = f"{prefix}." if prefix else ""
        if start <= 0 and stop is None:
            yield from _places(Same(document), before, suffix)
            continue
        rows = _paths(Same(document))
        for path, chain in rows[max(start, 0) : stop if stop is None else max(stop, 0)]:
            yield Place(before + path + suffix, document, chain)
        start, stop = start - len(rows), stop if stop is None else stop - len(rows)


def provision_paths(document: "Document") -> "Iterator[tuple[str, tuple[Provision, ...]]]":
    """Yield the path (within `document`) and the chain of every provision, in reading order."""
    return iter(_paths(Same(document)))


class Same(Generic[_Thing]):
    """A `thing` as a key: the object, whatever it says; comparing words would take as long as walking them."""

    def __init__(self, thing: _Thing) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing


_HELD = 32  # documents: those of two or three texts, of which a comparison, review or check asks dozens of times


@lru_cache(maxsize=_HELD)
def _paths(of: "Same[Document]") -> "tuple[tuple[str, tuple[Provision, ...]], ...]":
    found: list[tuple[str, tuple[Provision, ...]]] = []
    _walk(of.thing.provisions, "", (), {}, found)
    return tuple(found)


@lru_cache(maxsize=_HELD)
def _places(of: "Same[Document]", before: str, suffix: str) -> tuple[Place, ...]:
    return tuple(Place(before + path + suffix, of.thing, chain) for path, chain in _paths(of))


@lru_cache(maxsize=_HELD)
def _numbers(of: "Same[Document]") -> dict[str, int]:
    """Return at which number among the provisions of a document each path stands."""
    return {path: number for number, (path, _) in reversed(list(enumerate(_paths(of))))}


def resolve(agreement: "Agreement", path: str, language: str = "") -> Place:
    """Return the place that `path` means in `agreement`: a provision, or a whole document (`annex-a`).

    Raises `NotFoundError` naming what is near.
    """
    wanted = path + (f"@{language}" if language else "")
    if (found := numbered_place(agreement, wanted)) is not None:
        return found[1]
    head = _first(path)
    near = [place.path for place in places(agreement) if _first(place.path) == head]
    if not near:
        near = [p.path for p in places(agreement) if len(p.chain) == 1]
    hint = "It has: " + ", ".join(near[:12]) if near else "Its text is not held."
    raise NotFoundError(f"{agreement.id} has no provision {wanted}.", hint=hint)


def numbered_place(agreement: "Agreement", path: str) -> tuple[int, Place] | None:
    """Return the place at `path` (with its language, `VII.3@fr`) and its number among `places`, None for no such.

    A whole document has the number of its first provision.
    """
    first, whole, inside = 0, None, None
    for prefix, suffix, document in _document_names(agreement):
        before = f"{prefix}." if prefix else ""
        if prefix and path == prefix + suffix:
            whole = first, Place(path, document, ())
        elif inside is None and path.startswith(before) and path.endswith(suffix):
            own = path[len(before) : len(path) - len(suffix)]
            if (number := _numbers(Same(document)).get(own)) is not None:
                inside = first + number, Place(path, document, _paths(Same(document))[number][1])
        first += len(_paths(Same(document)))
    return whole or inside


def _first(path: str) -> str:
    return re.split("[.~@]", path, maxsplit=1)[0]


def document_name(document: "Document") -> str:
    """Return how `document` is named in paths and file names: `main`, `annex-a`, `reply-note`."""
    number = _clean(document.number).lower() if document.number else ""
    return f"{document.role}-{number}" if number else document.role


@lru_cache(maxsize=4096)  # treaties repeat a few hundred numbers
def component(number: str) -> str:
    """Return the path component for a printed `number`: `(a)` gives `a`, `Article One` gives `1`."""
    return _clean(re.sub(r"^(?:article|art\.?|section|§)\s+", "", number.strip(), flags=re.IGNORECASE))


def _clean(number: str) -> str:
    word = number.strip(" .()[]:").lower()
    if word in _SPELLED:
        return str(_SPELLED.index(word) + 1)
    return re.sub(r"[^\w]+", "-", number.replace("_", "-")).strip("-")


def _document_names(agreement: "Agreement") -> "Iterator[tuple[str, str, Document]]":
    """Yield prefix, language suffix and document; the main document has no prefix, its first language no suffix."""
    main = agreement.main
    seen: dict[tuple[str, str], int] = {}
    languages: dict[str, str] = {}
    for document in agreement.documents:
        name = document_name(document)
        first_language = languages.setdefault(name, document.language)
        count = seen[name, document.language] = seen.get((name, document.language), 0) + 1
        again = f"~{count}" if count > 1 else ""
        is_main = main is not None and document.role == main.role and document.number == main.number
        prefix = again.replace("~", "text~") if is_main else name + again
        suffix = f"@{document.language}" if document.language != first_language else ""
        yield prefix, suffix, document


def _walk(
    provisions: "Sequence[Provision]",
    prefix: str,
    chain: "tuple[Provision, ...]",
    seen: dict[str, int],
    found: "list[tuple[str, tuple[Provision, ...]]]",
) -> None:
    """Add to `found` the paths and chains of `provisions` and of all under them; `seen` counts the paths."""
    plainly = bool(chain) and chain[-1].kind in _COUNTED_PLAINLY
    counted = 1 if chain and chain[-1].text else 0
    for provision in provisions:
        name = _name(provision)
        if not name:
            counted += 1
            name = str(counted) if plainly else f"p{counted}"
        path = f"{prefix}.{name}" if prefix else name
        count = seen[path] = seen.get(path, 0) + 1
        if count > 1:
            path = f"{path}~{count}"
        below = (*chain, provision)
        found.append((path, below))
        if provision.children:
            _walk(provision.children, prefix if provision.kind in _TRANSPARENT else path, below, seen, found)


def _name(provision: "Provision") -> str:
    kind, number = provision.kind, component(provision.number) if provision.number else ""
    if kind in _TRANSPARENT:
        return f"{kind}-{number}" if number else kind
    return kind if kind in _COUNTED_PLAINLY else number
