"""The joint text: the one working paper of the table, made of two texts, and read back after people worked on it.

Words that both have are plain; what is open stands in brackets (`brackets.py`); articles that somebody said are agreed
are marked `[ad referendum]`, as that nothing differs is no agreement. `resolve` gives either side's text back to the
letter: `join` checks that of every provision it writes, and where two provisions will not go into one line, each stands
by itself in its side's bracket. Where the two differ in variants of the same marks alone (straight and curly quotation
marks, blanks), ours stands: nothing is open.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from agreements.comparing import align, marked_as
from agreements.findings import Finding, warning
from agreements.language import typography
from agreements.model import Agreement, Document, Provision
from agreements.negotiation import brackets
from agreements.negotiation.brackets import SIDES, Labels, Of, Open
from agreements.negotiation.joint_parts import (
    AGREED,
    UNITS,
    is_open,
    other_number,
    plain,
    with_agreed_mark,
    with_marks,
    with_number_note,
)
from agreements.reference import document_name, places, provision_paths

__all__ = [
    "Closing",
    "Joint",
    "OpenPlace",
    "agreed_units",
    "close",
    "join",
    "open_places",
    "other_numbers",
    "plain",
    "resolve",
    "unit_of",
]


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint text and what a person should know about it."""

    agreement: Agreement
    labels: Labels
    findings: tuple[Finding, ...] = ()


def join(
    us: Agreement,
    partner: Agreement,
    labels: Labels | None = None,
    *,
    mark_agreed: bool = False,
    recorded: Collection[str] = (),
) -> Joint:
    """Return the joint text of our text and theirs.

    Brackets that a text has already are read as its own side wants them first. Of the articles in which nothing is
    open, those are marked whose path in our text is `recorded` as agreed; with `mark_agreed` all are, on the word of
    whoever asks for it. The facts are those of our text. Words under marks (notes, references) stay, marks go.
    """
    labels = labels or Labels()
    ours, theirs = (plain(resolve(text, side, labels)) for text, side in ((us, SIDES[0]), (partner, SIDES[1])))
    markable = {id(place.provision) for place in places(ours) if mark_agreed or place.path in recorded}
    joiner = _Joiner(labels, _answers(ours, theirs), markable)
    documents = tuple(joiner.documents(ours, theirs))
    made = ours.model_copy(update={"documents": documents, "standing": "draft", "sources": ()})
    return Joint(with_marks(made, labels), labels, tuple(_notes_left_out(us, partner)))


class _Joiner:
    """Makes the provisions of a joint text; `answers` says which path of ours answers which of theirs.

    `markable` are the provisions of ours (their identities) that are marked where nothing is open in them.
    """

    def __init__(self, labels: Labels, answers: Mapping[int, int], markable: Set[int]) -> None:
        self._labels = labels
        self._answers = answers  # identity of a provision of ours -> that of theirs
        self._markable = markable

    def documents(self, us: Agreement, partner: Agreement) -> Iterator[Document]:
        """Yield the documents of both, those that answer each other as one."""
        keys = [[(d.role, d.number, d.language) for d in a.documents] for a in (us, partner)]
        pairs = _in_order([(i, keys[1].index(key)) for i, key in enumerate(keys[0]) if key in keys[1]])
        for i, j in _merged(len(us.documents), len(partner.documents), pairs):
            if i is None and j is not None:
                yield self._alone_document(partner.documents[j], "partner")
            elif j is None and i is not None:
                yield self._alone_document(us.documents[i], "us")
            elif i is not None and j is not None:
                yield from self._document(us.documents[i], partner.documents[j])

    def _document(self, us: Document, partner: Document) -> Iterator[Document]:
        partner = partner.model_copy(update={"title": _titled_as(us, partner)})
        title = self._absent_or_line(us.title, partner.title)
        made = us.model_copy(
            update={"title": title, "provisions": tuple(self._provisions(us.provisions, partner.provisions))}
        )
        found = (resolved_document(made, side, self._labels) for side in SIDES)
        if tuple(map(_marks_aside, found)) == (_marks_aside(us), _marks_aside(partner)):
            yield made
        else:
            yield self._alone_document(us, "us")
            yield self._alone_document(partner, "partner")

    def _alone_document(self, document: Document, side: Of) -> Document:
        title = None if document.title is None else brackets.bracket(document.title, side, self._labels)
        provisions = tuple(self._alone(p, side) for p in document.provisions)
        return document.model_copy(update={"title": title, "provisions": provisions})

    def _provisions(
        self, us: Sequence[Provision], partner: Sequence[Provision], *, outermost: bool = True
    ) -> Iterator[Provision]:
        at = {id(p): j for j, p in enumerate(partner)}
        answered = [(i, at[self._answers[id(p)]]) for i, p in enumerate(us) if self._answers.get(id(p)) in at]
        for i, j in _merged(len(us), len(partner), _in_order(answered)):
            if i is not None and j is not None:
                yield from self._pair(us[i], partner[j], outermost=outermost)
            elif i is not None:
                yield self._alone(us[i], "us")
            elif j is not None:
                yield self._alone(partner[j], "partner")

    def _pair(self, us: Provision, partner: Provision, *, outermost: bool) -> Iterator[Provision]:
        """Yield the provision that both have as one, or each by itself where that would not be exact."""
        transparent = us.kind in ("part", "chapter")
        own = {"heading": _marked_as(us.heading, partner.heading), "text": marked_as(us.text, partner.text)}
        partner = partner.model_copy(update=own)
        made = us.model_copy(
            update={
                "heading": self._absent_or_line(us.heading, partner.heading),
                "text": brackets.encode(us.text, partner.text, self._labels),
                "children": tuple(self._provisions(us.children, partner.children, outermost=outermost and transparent)),
            }
        )
        if us.number != partner.number and partner.number is not None:
            made = with_number_note(made, brackets.number_note(partner.number, self._labels))
        if not self._is_exact(made, us, partner):
            yield self._alone(us, "us")
            yield self._alone(partner, "partner")
            return
        if outermost and us.kind in UNITS and id(us) in self._markable and not is_open(made, self._labels):
            agreed = with_agreed_mark(made)
            made = agreed if self._is_exact(agreed, us, partner) else made
        yield made

    def _is_exact(self, made: Provision, us: Provision, partner: Provision) -> bool:
        found = tuple(_marks_aside(resolved(made, side, self._labels)) for side in SIDES)
        return found == (_marks_aside(us), _marks_aside(partner))

    def _absent_or_line(self, us: str | None, partner: str | None) -> str | None:
        if us is None or partner is None:
            line, side = (us, SIDES[0]) if partner is None else (partner, SIDES[1])
            return None if line is None else brackets.bracket(line, side, self._labels)
        return brackets.encode(us, partner, self._labels)

    def _alone(self, provision: Provision, side: Of) -> Provision:
        """Return a provision that only `side` has, all its words in brackets."""
        children = tuple(self._alone(child, side) for child in provision.children)
        needs_words = not (provision.heading is not None or children)
        heading, text = provision.heading, provision.text
        return provision.model_copy(
            update={
                "heading": None if heading is None else brackets.bracket(heading, side, self._labels),
                "text": brackets.bracket(text, side, self._labels) if text or needs_words else "",
                "children": children,
            }
        )


def _marked_as(ours: str | None, theirs: str | None) -> str | None:
    """Return a title or heading of theirs in the marks of ours; one that is ours in capitals, or less them, is ours."""
    if ours and theirs and (ours.isupper() or theirs.isupper()):
        one, other = (" ".join(typography.plain(line).casefold().split()) for line in (ours, theirs))
        if one == other:
            return ours
    return marked_as(ours, theirs) if ours and theirs else theirs


def _titled_as(us: Document, partner: Document) -> str | None:
    """Return the title of theirs as `_marked_as`; the name of the annex printed over one opens nothing."""
    if us.role == "main":
        return _marked_as(us.title, partner.title)
    name = f"{us.role} {us.number}"
    ours, theirs = (_without_name(each.title, name) for each in (us, partner))
    return us.title if ours and _marked_as(ours, theirs) == ours else _marked_as(us.title, partner.title)


def _without_name(title: str | None, name: str) -> str | None:
    """Return the title of an annex without its `name` (`annex A`), where that is printed over it."""
    found = _NAME_OF_IT.match(title or "")
    if title and found and " ".join(found["name"].split()).casefold() == name.casefold():
        return title[found.end() :]
    return title


_NAME_OF_IT = re.compile(r"(?P<name>(?:Annex|Appendix)\s+\w{1,4})[ .:*_\n]+", re.IGNORECASE)
_Part = TypeVar("_Part", Provision, Document)


def _marks_aside(part: _Part | None) -> _Part | None:
    """Return `part` with one mark for all its variants, to compare it with others; its headings in small letters."""
    if part is None:
        return None
    below = "provisions" if isinstance(part, Document) else "children"
    own = ("title",) if isinstance(part, Document) else ("heading", "text")
    updates = {name: said and typography.plain(said) for name in own for said in [getattr(part, name)]}
    updates |= {name: " ".join(said.casefold().split()) for name, said in updates.items() if said and name != "text"}
    return part.model_copy(update={**updates, below: tuple(map(_marks_aside, getattr(part, below)))})


def _answers(us: Agreement, partner: Agreement) -> dict[int, int]:
    """Return which provision of ours (its identity) answers which of theirs: of the same kind, and not moved."""
    ours, theirs = ({place.path: place.provision for place in places(a)} for a in (us, partner))
    found: dict[int, int] = {}
    for pair in align(us, partner):
        if pair.a is None or pair.b is None or pair.moved:
            continue
        one, other = ours.get(pair.a.path), theirs.get(pair.b.path)
        if one is None or other is None or (one.kind, one.label) != (other.kind, other.label):
            continue
        if id(one) not in found and id(other) not in found.values():
            found[id(one)] = id(other)
    frames, answers = _frames(us), _frames(partner)
    for key in frames.keys() & answers.keys():
        found.setdefault(id(frames[key]), id(answers[key]))
    return found


def _frames(agreement: Agreement) -> dict[tuple[str | None, ...], Provision]:
    """Return what has no words of its own and so no row in a comparison, by its document and kind.

    Preamble, testimonium, signature: of an attached instrument as of the main text.
    """
    found: dict[tuple[str | None, ...], Provision] = {}
    for document in agreement.documents:
        for provision in document.provisions:
            if provision.kind in ("preamble", "testimonium", "signature"):
                found.setdefault((document.role, document.number, document.language, provision.kind), provision)
    return found


def _merged(count: int, other: int, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int | None, int | None]]:
    """Yield the indexes of two sequences in one order: what is only in the first stands before its answer."""
    i = j = 0
    for left, right in (*pairs, (count, other)):
        yield from ((k, None) for k in range(i, left))
        yield from ((None, k) for k in range(j, right))
        if left < count and right < other:
            yield left, right
        i, j = left + 1, right + 1


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of `pairs` (sorted by the first) whose second members also rise."""
    best: list[list[tuple[int, int]]] = []
    for pair in pairs:
        before = max((chain for chain in best if chain[-1][1] < pair[1]), key=len, default=[])
        best.append([*before, pair])
    return max(best, key=len, default=[])


def _notes_left_out(*agreements: Agreement) -> Iterator[Finding]:
    for agreement in agreements:
        for place in places(agreement):
            for mark in place.provision.marks:
                if mark.kind == "note":
                    message = f"A note of {agreement.id} is not in the joint text: {mark.target}"
                    yield warning(
                        "note-left-out", place.path, message, "Put its words into the text if they are meant."
                    )


# ---------------------------------------------------------------------- reading it


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """An open place of a joint text: the `path` of its provision, which place it is there, what each side wants."""

    path: str
    number: int
    us: str | None
    partner: str | None
    text: str


def resolve(joint: Agreement, side: Of, labels: Labels) -> Agreement:
    """Return the text that `side` wants: its words in every bracket, and only the provisions that it has."""
    documents = (resolved_document(document, side, labels) for document in joint.documents)
    return joint.model_copy(update={"documents": tuple(d for d in documents if d is not None)})


def open_places(joint: Agreement, labels: Labels) -> Iterator[OpenPlace]:
    """Yield every open place of a joint text, in reading order; those of titles have paths such as `annex-a.title`."""
    places_of = iter(places(joint))
    for document in joint.documents:
        yield from _opened(title_path(document), [document.title or ""], labels)
        for _ in provision_paths(document):
            place = next(places_of)
            yield from _opened(place.path, [place.provision.heading or "", place.provision.text], labels)


def _opened(path: str, lines: list[str], labels: Labels) -> Iterator[OpenPlace]:
    found = [(line, each) for line in lines for each in brackets.opened(line, labels)]
    for number, (line, each) in enumerate(found, 1):
        yield OpenPlace(path, number, each.us, each.partner, line)


def title_path(document: Document) -> str:
    """Return how the title of `document` is named among the places of a joint text."""
    return "title" if document.role == "main" else f"{document_name(document)}.title"


def unit_of(path: str) -> str:
    """Return the article (or point, or preamble) that `path` lies in, with its document where that is named."""
    parts = path.split(".")
    in_other = re.match(r"(?:annex|appendix|protocol|agreed-minutes|side-letter|[a-z]+-note|implementing)", parts[0])
    return ".".join(parts[:2]) if in_other and len(parts) > 1 else parts[0]


def agreed_units(joint: Agreement) -> tuple[str, ...]:
    """Return the paths of the provisions that are marked as agreed ad referendum."""
    return tuple(p.path for p in places(joint) if AGREED.search(p.provision.heading or p.provision.text))


def other_numbers(joint: Agreement, labels: Labels, path: str = "") -> dict[str, str]:
    """Return the numbers that their side gives otherwise, by path: of all provisions, or those from `path` down."""
    found: dict[str, str] = {}
    for place in places(joint):
        if not path or place.path == path or place.path.startswith(f"{path}."):
            number, _, _ = other_number(place.provision.heading, place.provision.text, labels)
            if number is not None:
                found[place.path] = number
    return found


def resolved_document(document: Document, side: Of, labels: Labels) -> Document | None:
    """Return a document as `side` wants it, None when it is only the other side's."""
    provisions = tuple(p for p in (resolved(q, side, labels) for q in document.provisions) if p is not None)
    title = document.title
    if title is not None and (opened := brackets.opened(title, labels)):
        if not provisions and all(o.of(side) is None for o in opened) and not brackets.resolve(title, side, labels):
            return None
        title = _line(title, side, labels)
    elif document.provisions and not provisions:
        return None
    return document.model_copy(update={"title": title, "provisions": provisions})


def resolved(provision: Provision, side: Of, labels: Labels) -> Provision | None:
    """Return a provision as `side` wants it, None when it is only the other side's."""
    children = tuple(c for c in (resolved(child, side, labels) for child in provision.children) if c is not None)
    number, heading, text = _opening(provision, labels)
    opened = [o for line in (heading or "", text) for o in brackets.opened(line, labels)]
    own_heading = None if heading is None else _line(heading, side, labels)
    own_text = brackets.resolve(text, side, labels)
    if not (children or own_heading or own_text):
        others_only = opened and all(o.of(side) is None for o in opened)
        if others_only or (not opened and provision.children):
            return None
    number = number if side == "partner" and number is not None else provision.number
    updates = {"number": number, "heading": own_heading, "text": own_text, "children": children, "marks": ()}
    return provision.model_copy(update=updates)


def _opening(provision: Provision, labels: Labels) -> tuple[str | None, str | None, str]:
    """Return the number that their side gives, and heading and text without that note and the mark of agreement."""
    number, heading, text = other_number(provision.heading, provision.text, labels)
    if heading is None:
        return number, None, AGREED.sub("", text)
    return number, (AGREED.sub("", heading) or None) if AGREED.search(heading) else heading, text


def _line(line: str, side: Of, labels: Labels) -> str | None:
    """Return a heading or title as `side` wants it, None where it has none."""
    words = brackets.resolve(line, side, labels)
    opened = brackets.opened(line, labels)
    return None if not words and opened and all(o.of(side) is None for o in opened) else words


# ---------------------------------------------------------------------- closing what is open


@dataclass(frozen=True, slots=True)
class Closing:
    """An instruction: close what is open at `path` and under it with the words of a side, or with other `words`.

    `which` counts the open places of the provision at `path` itself; None means all of them.
    """

    path: str
    words: Of | str
    which: int | None = None

    def covers(self, path: str, number: int) -> bool:
        """Whether it closes the place `number` of the provision at `path`."""
        if self.which is not None:
            return (path, number) == (self.path, self.which)
        return path == self.path or path.startswith(f"{self.path}.")

    def __str__(self) -> str:
        return f"{self.path}:{self.which}" if self.which else self.path


def close(joint: Agreement, labels: Labels, closings: Sequence[Closing]) -> Agreement:
    """Return the joint text with what `closings` name closed; all paths are those of `joint` as it is now.

    An article of which the last open place is closed is marked as agreed where any article of `joint` is marked so.
    Raises `ValueError` that names every closing under which nothing is open, or whose own words would close several
    places at once.
    """
    told = [problem for closing in closings if (problem := _problem(joint, labels, closing))]
    if told:
        raise ValueError("; ".join(told))
    marks = bool(agreed_units(joint))
    documents = [
        closed
        for document, paths in zip(joint.documents, paths_of(joint), strict=True)
        if (closed := _Closer(labels, closings, iter(paths), marks=marks).document(document)) is not None
    ]
    return with_marks(joint.model_copy(update={"documents": tuple(documents)}), labels)


def _problem(joint: Agreement, labels: Labels, closing: Closing) -> str:
    found = [place for place in open_places(joint, labels) if closing.covers(place.path, place.number)]
    if closing.words in SIDES:
        settles_number = closing.which is None and bool(other_numbers(joint, labels, closing.path))
        return "" if found or settles_number else f"nothing is open at {closing}"
    if len(found) > 1:
        listed = ", ".join(f"{o.path}:{o.number}" for o in found[:6])
        return f"{closing} has {len(found)} open places; close them one by one ({listed})"
    return "" if found else f"nothing is open at {closing}"


class _Closer:
    """Closes open places of provisions; `paths` runs with the provisions in reading order.

    `marks` says that an article is marked as agreed once nothing is open in it any more.
    """

    def __init__(self, labels: Labels, closings: Sequence[Closing], paths: Iterator[str], *, marks: bool) -> None:
        self._labels = labels
        self._marks = marks
        self._closings = sorted(closings, key=lambda c: (c.which is not None, len(c.path)), reverse=True)
        self._paths = paths

    def document(self, document: Document) -> Document | None:
        """Return the document with its places closed, None when nothing is left of it."""
        provisions = tuple(p for p in (self.closed(each) for each in document.provisions) if p is not None)
        title = document.title and self._settled(document.title, title_path(document), 0)
        if (document.title or document.provisions) and not (title or provisions):
            return None
        return document.model_copy(update={"title": title or None, "provisions": provisions})

    def closed(self, provision: Provision, *, outermost: bool = True) -> Provision | None:
        """Return the provision with its places closed, None when nothing is left of it."""
        path = next(self._paths)
        below = outermost and provision.kind in ("part", "chapter")
        closed = (self.closed(child, outermost=below) for child in provision.children)
        children = tuple(c for c in closed if c is not None)
        number, heading, text = provision.number, provision.heading, provision.text
        whole = self._closing(path, 0)
        if whole is not None and whole.words in SIDES:
            theirs, heading, text = other_number(heading, text, self._labels)
            number = theirs if theirs and whole.words == "partner" else number
        in_heading = len(brackets.opened(heading or "", self._labels))
        heading = None if heading is None else self._settled(heading, path, 0)
        text = self._settled(text, path, in_heading)
        had_words = provision.heading or provision.text or provision.children
        if had_words and not (heading or text or children):
            return None
        updates = {"number": number, "heading": heading or None, "text": text, "marks": (), "children": children}
        made = provision.model_copy(update=updates)
        is_unit = self._marks and outermost and provision.kind in UNITS
        settled = is_unit and is_open(provision, self._labels) and not is_open(made, self._labels)
        return with_agreed_mark(made) if settled and not AGREED.search(heading or text) else made

    def _settled(self, line: str, path: str, before: int) -> str:
        def said(place: Open, number: int) -> str | None:
            closing = self._closing(path, before + number)
            if closing is None:
                return None
            if closing.words in SIDES:
                return (place.us if closing.words == "us" else place.partner) or ""
            return closing.words

        return brackets.settle(line, self._labels, said)

    def _closing(self, path: str, number: int) -> Closing | None:
        """Return the closest instruction for a place; `number` 0 is the provision as a whole."""
        return next((c for c in self._closings if c.covers(path, number)), None)


def paths_of(agreement: Agreement) -> list[list[str]]:
    """Return the paths of the provisions of each document, in reading order."""
    every = (place.path for place in places(agreement))
    return [[next(every) for _ in provision_paths(document)] for document in agreement.documents]
