"""Cross-references of a draft: `ref("claims.waiver")` becomes words once everything has its number.

Until then a reference is a mark whose target begins with `?`. The words depend on where both ends stand:
`paragraph 1 of Article XII`, `paragraph 1 of this Article`, `subparagraph (b) of this paragraph`, `Annex A`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agreements.citation import document_words
from agreements.errors import TemplateError
from agreements.model import Agreement, Document, Mark, Provision
from agreements.reference import Place, document_name, places

PENDING = "?"


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a reference; `target` is the path they point to, empty for words in between."""

    words: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class _Here:
    """Where a reference stands: its document, the provisions from the outermost down to it, what the text is called."""

    document: Document
    chain: tuple[Provision, ...]
    instrument: str


class References:
    """The places of one draft by provision id, and the words for them."""

    def __init__(self, agreement: Agreement, aliases: Mapping[str, str], instrument: str = "Agreement") -> None:
        self._instrument = instrument
        self._aliases = aliases
        self._places: dict[str, Place] = {}
        self._documents = {document_name(d): d for d in agreement.documents}
        for place in places(agreement):
            if place.provision.id:
                self._places[place.provision.id] = place

    def filled(self, document: Document) -> Document:
        """Return `document` with the words of its references."""
        provisions = tuple(self._filled(p, document, ()) for p in document.provisions)
        return document.model_copy(update={"provisions": provisions})

    def _filled(self, provision: Provision, document: Document, above: tuple[Provision, ...]) -> Provision:
        chain = (*above, provision)
        children = tuple(self._filled(child, document, chain) for child in provision.children)
        text, marks = provision.text, provision.marks
        while pending := next((m for m in marks if m.kind == "reference" and m.target[:1] == PENDING), None):
            segments = self._segments(pending.target[1:], _Here(document, chain, self._instrument))
            if text[pending.start].isupper():  # the template opens a sentence with it
                segments[0] = Segment(segments[0].words[:1].upper() + segments[0].words[1:], segments[0].target)
            text, marks = _replaced(text, marks, pending, segments)
        return provision.model_copy(update={"text": text, "marks": marks, "children": children})

    def _segments(self, request: str, here: _Here) -> list[Segment]:
        names, option, words = request.split("|", 2)
        ids = names.split(",")
        if len(ids) > 1:
            return self._several([self._place(i, here) for i in ids], here)
        if not words and (document := self._documents.get(ids[0])) is not None:
            return [Segment(_named(document, here), ids[0])]
        place = self._place(ids[0], here)
        if option == "article":
            return [Segment(words or _outer(place, here), place.path.split(".")[0])]
        if option == "bare":
            return [Segment(words or _inner(place)[0] or _outer(place, here), place.path)]
        return [Segment(words or _words(place, here), place.path)]

    def _place(self, identifier: str, here: _Here) -> Place:
        place = self._places.get(self._aliases.get(identifier, identifier))
        if place is not None:
            return place
        near = [known for known in self._places if known.split(".")[0] == identifier.split(".", maxsplit=1)[0]]
        raise TemplateError(
            f"clause {_clause(here.chain)} refers to {identifier!r}, which is not in this draft.",
            hint="It has: " + ", ".join(sorted(near) or sorted(self._places)) + ".",
        )

    def _several(self, targets: Sequence[Place], here: _Here) -> list[Segment]:
        """`paragraphs 1 and 2 of Article X`, `Articles X and XI`, else each in full."""
        outers = {_outer(t, here) for t in targets}
        numbers = [_inner(t) for t in targets]
        if len(outers) == 1 and all(n[0] for n in numbers) and len({n[1] for n in numbers}) == 1:
            shown = [Segment(n[2], t.path) for n, t in zip(numbers, targets, strict=True)]
            return [Segment(f"{numbers[0][1]}s "), *_series(shown), Segment(f" of {outers.pop()}")]
        if not any(n[0] for n in numbers) and len({t.chain[0].kind for t in targets}) == 1:
            words = [_outer(t, here).rsplit(" ", 1) for t in targets]
            if all(w[0] == words[0][0] and w[0] != "this" for w in words):
                return [
                    Segment(f"{words[0][0]}s "),
                    *_series([Segment(w[1], t.path) for w, t in zip(words, targets, strict=True)]),
                ]
        return list(_series([Segment(_words(t, here), t.path) for t in targets]))


def _series(segments: Sequence[Segment]) -> Iterator[Segment]:
    for index, segment in enumerate(segments):
        if index:
            yield Segment(" and " if index == len(segments) - 1 else ", ")
        yield segment


def _words(place: Place, here: _Here) -> str:
    inner, _, _ = _inner(place)
    if not inner:
        return _outer(place, here)
    if len(here.chain) > 1 and len(place.chain) > 1 and place.chain[1] is here.chain[1]:
        paragraph = place.chain[1]
        if _dotted(paragraph):
            rest = "".join(_figure(p) for p in place.chain[2:])
            return f"subparagraph {rest} of this paragraph" if rest else "this paragraph"
    if place.chain[0].kind == "paragraph" and place.chain[0] is not here.chain[0]:
        rest = "".join(_figure(p) for p in place.chain[1:])
        return _outer(place, here, rest)
    return f"{inner} of {_outer(place, here)}"


def _outer(place: Place, here: _Here, rest: str = "") -> str:
    """Return the name of the article (or the point of a note, with the `rest` of its number), seen from `here`."""
    top = place.chain[0]
    if top is here.chain[0]:
        return "this paragraph" if top.kind == "paragraph" else f"this {top.kind.capitalize()}"
    if top.number is None:
        words = "the signatures" if top.kind == "signature" else f"the {top.kind}"
    else:
        kind = "paragraph" if top.kind == "paragraph" else top.label or top.kind.capitalize()
        words = f"{kind} {top.number.strip('.()')}{rest}"
    if place.document is here.document:
        return words
    return f"{words} of {_named(place.document, here)}"


def _named(document: Document, here: _Here) -> str:
    """Return the name of a document in a sentence: `this Annex`, `Annex A`, `the Implementing Arrangement`."""
    role = document.role.replace("-", " ")
    if document is here.document:
        return f"this {role.title()}"
    if document.role == "main":
        return f"the {here.instrument}"
    return document_words(document) if document.number else f"the {role if 'note' in role else role.title()}"


def _inner(place: Place) -> tuple[str, str, str]:
    """Return what lies below the article: in full, its kind and its number: `paragraph 2(a)`, ..."""
    chain = place.chain[1:]
    if not chain:
        return "", "", ""
    if any(p.number is None for p in chain):
        raise TemplateError(f"clause {_clause(place.chain)}: a reference needs a number to point to.")
    kind = "paragraph" if _dotted(chain[0]) else "subparagraph"
    number = "".join(_figure(p) for p in chain)
    return f"{kind} {number}", kind, number


def _dotted(provision: Provision) -> bool:
    return provision.number is not None and provision.number.endswith(".")


def _figure(provision: Provision) -> str:
    return (provision.number or "").removesuffix(".")


def _clause(chain: Sequence[Provision]) -> str:
    return next((p.provenance.clause for p in reversed(chain) if p.provenance), "") or str(chain[0].id)


def _replaced(
    text: str, marks: Sequence[Mark], pending: Mark, segments: Sequence[Segment]
) -> tuple[str, tuple[Mark, ...]]:
    """Put the words of `segments` in place of `pending`, and move the other marks along."""
    words = "".join(s.words for s in segments)
    shift = len(words) - (pending.end - pending.start)
    moved = []
    for mark in marks:
        if mark is not pending:
            start = mark.start + shift if mark.start >= pending.end else mark.start
            end = mark.end + shift if mark.end >= pending.end else mark.end
            moved.append(mark.model_copy(update={"start": start, "end": end}))
    at = pending.start
    for segment in segments:
        if segment.target:
            moved.append(Mark(start=at, end=at + len(segment.words), kind="reference", target=segment.target))
        at += len(segment.words)
    moved.sort(key=lambda m: (m.start, -m.end, m.kind, m.target))
    return text[: pending.start] + words + text[pending.end :], tuple(moved)


def reworded(
    words: str, was: tuple[Place, Place], now: tuple[Place, Place], instrument: str = "Agreement"
) -> str | None:
    """Return what the reference `words` are after its target and its own place became others, None where they are no
    words of ours. `was` and `now` are the target and the place of the reference; `instrument` is as in `References`."""
    here, there = (_Here(at.document, at.chain, instrument) for _, at in (was, now))
    for form in (_words, _outer, _kind_and_figure, _inner_figure, _outer_figure):
        try:
            before, after = form(was[0], here), form(now[0], there)
        except (TemplateError, IndexError):
            continue  # one of the two has no number
        if before and after and before[:1].casefold() + before[1:] == words[:1].casefold() + words[1:]:
            return after[:1].upper() + after[1:] if words[:1].isupper() else after
    return None


def _kind_and_figure(place: Place, _: _Here) -> str:
    return _inner(place)[0]


def _inner_figure(place: Place, _: _Here) -> str:
    return _inner(place)[2]


def _outer_figure(place: Place, here: _Here) -> str:
    return "" if place.chain[0] is here.chain[0] else _outer(place, here).rpartition(" ")[2]


def tail(target: Place, at: Place, instrument: str = "Agreement") -> str:
    """Return what follows the last number of a list of references to the same article: ` of Article X`."""
    return f" of {_outer(target, _Here(at.document, at.chain, instrument))}" if target.chain else ""


def pending_target(ids: Sequence[str], option: str = "", words: str = "") -> str:
    """Return the target of a reference still to be filled; raises `ValueError` for an id that cannot be one."""
    for identifier in ids:
        if not re.fullmatch(r"[A-Za-z0-9][\w.:-]*", identifier):
            raise ValueError(f"{identifier!r} is not the id of a provision")
    return f"{PENDING}{','.join(ids)}|{option}|{words}"
