"""The joint text: the one working paper of the table, made of two texts, and read back after people worked on it.

Agreed words are plain; what is open stands in brackets (`brackets.py`); articles in which nothing is open are marked
`[ad referendum]`. `resolve` gives either side's text back to the letter: `join` checks that of every provision it
writes, and where two provisions will not go into one line, each stands by itself in its side's bracket.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agreements.comparing import align
from agreements.findings import Finding, warning
from agreements.model import Agreement, Document, Provision
from agreements.negotiation import brackets
from agreements.negotiation.brackets import SIDES, Labels, Of
from agreements.negotiation.joint_closing import Closing, close
from agreements.negotiation.joint_parts import UNITS, is_open, plain, with_agreed_mark, with_marks, with_number_note
from agreements.negotiation.joint_reading import (
    OpenPlace,
    agreed_units,
    open_places,
    other_numbers,
    resolve,
    resolved,
    resolved_document,
    unit_of,
)
from agreements.reference import places

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


def join(us: Agreement, partner: Agreement, labels: Labels | None = None, *, mark_agreed: bool = True) -> Joint:
    """Return the joint text of our text and theirs.

    Brackets that a text has already are read as its own side wants them first. `mark_agreed` marks the articles in
    which nothing is open. The facts are those of our text. Words under marks (notes, references) stay, marks go.
    """
    labels = labels or Labels()
    ours, theirs = (plain(resolve(text, side, labels)) for text, side in ((us, SIDES[0]), (partner, SIDES[1])))
    joiner = _Joiner(labels, _answers(ours, theirs), mark_agreed=mark_agreed)
    documents = tuple(joiner.documents(ours, theirs))
    made = ours.model_copy(update={"documents": documents, "standing": "draft", "sources": ()})
    return Joint(with_marks(made, labels), labels, tuple(_notes_left_out(us, partner)))


class _Joiner:
    """Makes the provisions of a joint text; `answers` says which path of ours answers which of theirs."""

    def __init__(self, labels: Labels, answers: Mapping[int, int], *, mark_agreed: bool) -> None:
        self._labels = labels
        self._answers = answers  # identity of a provision of ours -> that of theirs
        self._mark_agreed = mark_agreed

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
        title = self._absent_or_line(us.title, partner.title)
        made = us.model_copy(
            update={"title": title, "provisions": tuple(self._provisions(us.provisions, partner.provisions))}
        )
        found = (resolved_document(made, side, self._labels) for side in SIDES)
        if tuple(found) == (us, partner):
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
        if outermost and us.kind in UNITS and self._mark_agreed and not is_open(made, self._labels):
            agreed = with_agreed_mark(made)
            made = agreed if self._is_exact(agreed, us, partner) else made
        yield made

    def _is_exact(self, made: Provision, us: Provision, partner: Provision) -> bool:
        return tuple(resolved(made, side, self._labels) for side in SIDES) == (us, partner)

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
    for one, other in zip(_frames(us), _frames(partner), strict=False):
        found.setdefault(id(one), id(other))
    return found


def _frames(agreement: Agreement) -> Iterator[Provision]:
    """Yield what has no words of its own and so no row in a comparison: preamble, testimonium, signature."""
    main = agreement.main
    for kind in ("preamble", "testimonium", "signature"):
        found = (p for p in main.provisions if p.kind == kind) if main else iter(())
        if (first := next(found, None)) is not None:
            yield first


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
