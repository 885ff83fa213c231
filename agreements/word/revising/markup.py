"""The words of one paragraph marked up: what is deleted and inserted, around runs that keep their look."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import accumulate, groupby

from lxml import etree

from agreements.comparing.tokens import tokens
from agreements.comparing.words import Edit, edits
from agreements.ooxml import revisions
from agreements.ooxml.revisions import RevisionTag, Tracker
from agreements.ooxml.schema import name
from agreements.word.revising.align import is_gone
from agreements.word.revising.atoms import Atom, Content, Shells, content, runs_of, shell

_SIGNS = {name("tab"): "\t", name("br"): "\n"}
_TAGS = {sign: tag for tag, sign in _SIGNS.items()}
_PIECES = re.compile(r"[\t\n]|[^\t\n]+")
_AROUND = frozenset(name(tag) for tag in ("bookmarkStart", "bookmarkEnd", "proofErr"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class PlainRuns:
    """The words of a plain paragraph: runs with the character where each begins, and what stands between them."""

    text: str = ""
    runs: list[tuple[int, etree._Element]] = field(default_factory=list)
    between: list[tuple[int, etree._Element]] = field(default_factory=list)

    def cut(self, start: int, end: int, into: etree._Element, *, copy: bool = False) -> None:
        """Put runs that hold the characters `start` to `end` into an element; whole ones move there, unless `copy`."""
        at = bisect_right(self.runs, start, key=lambda run: run[0]) - 1
        for index in range(max(at, 0), len(self.runs)):
            first, run = self.runs[index]
            last = self.runs[index + 1][0] if index + 1 < len(self.runs) else len(self.text)
            left, right = max(start, first), min(end, last)
            if first >= end:
                break
            if (left, right) == (first, last):
                into.append(deepcopy(run) if copy else run)
            elif left < right:
                _add_run(into, run, self.text[left:right])


def _add_run(into: etree._Element, like: etree._Element, text: str) -> None:
    """Add a run that says `text` and looks like another."""
    made = etree.SubElement(into, _RUN)
    look = like.find(_LOOK)
    if look is not None:
        made.append(deepcopy(look))
    for piece in _PIECES.findall(text):
        if piece in _TAGS:
            etree.SubElement(made, _TAGS[piece])
        else:
            words = etree.SubElement(made, _TEXT)
            words.text = piece
            words.set(_SPACE, "preserve")


def words_of(paragraph: etree._Element) -> PlainRuns | None:
    """Return the words of `paragraph` where it holds nothing but runs of words, tabs and breaks; else None."""
    found = PlainRuns()
    texts: list[str] = []
    length = 0
    for child in paragraph:
        if child.tag == _RUN:
            text = _said(child)
            if text is None:
                return None
            if text:
                found.runs.append((length, child))
            texts.append(text)
            length += len(text)
        elif child.tag in _AROUND:
            found.between.append((length, child))
        elif child.tag != name("pPr"):
            return None
    found.text = "".join(texts)
    return found


def _said(run: etree._Element) -> str | None:
    parts: list[str] = []
    for piece in run:
        if piece.tag == _TEXT:
            text = piece.text or ""
            if "\t" in text or "\n" in text:  # blanks to Word, signs here
                return None
            parts.append(text)
        elif piece.tag in _SIGNS and not piece.attrib:
            parts.append(_SIGNS[piece.tag])
        elif piece.tag != _LOOK:
            return None
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Replacement:
    """Characters `a0` to `a1` of the first text are replaced by `b0` to `b1` of the second."""

    a0: int
    a1: int
    b0: int
    b1: int


def changes(a: str, b: str) -> list[Replacement]:
    """Return what changes between two texts, by characters, at the edges of words."""
    left, right = tokens(a), tokens(b)
    found = edits(left, right)
    one, other = _offsets(left), _offsets(right)
    return [_placed(edit, one, other) for edit in found]


def _offsets(found: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(len, found))]


def _placed(edit: Edit, a: Sequence[int], b: Sequence[int]) -> Replacement:
    return Replacement(a[edit.a0], a[edit.a1], b[edit.b0], b[edit.b1])


Adapt = Callable[[etree._Element], etree._Element | None]


@dataclass(slots=True)
class _Part:
    """Atoms or an element of the paragraph to be, in the containers `shells`; `kind` is their change, if any."""

    kind: RevisionTag | None
    shells: Shells
    what: list[Atom] | etree._Element


@dataclass(slots=True)
class RevisionWriter:
    """Writes paragraphs with their changes.

    `adapt` makes a run of the second file fit for the first, `adapt_link` a hyperlink; None is one that cannot be
    carried over.
    """

    tracker: Tracker
    adapt: Adapt
    adapt_link: Adapt = lambda link: None

    def change(self, paragraph: etree._Element, a: Content, b: Content) -> bool:
        """Mark in `paragraph`, which has the content `a`, what makes it `b`; return whether anything does."""
        found = edits(a.keys, b.keys)
        if not found and all(x.said == y.said for x, y in zip(a.atoms, b.atoms, strict=True)):
            return False
        self._write(paragraph, self._parts(a, b, found))
        return True

    def change_words(self, paragraph: etree._Element, a: PlainRuns, b: PlainRuns) -> bool:
        """Do what `change` does where both paragraphs hold nothing but the words `a` and `b`."""
        found = changes(a.text, b.text)
        if not found:
            return False
        self._empty(paragraph)
        between = list(a.between)

        def stretch(start: int, end: int, kind: RevisionTag | None) -> None:
            """Write the characters `start` to `end` with what stands among them."""
            at = start
            while at < end:
                while between and between[0][0] <= at:
                    paragraph.append(between.pop(0)[1])
                stop = min(between[0][0], end) if between else end
                a.cut(at, stop, paragraph if kind is None else self.tracker.within(paragraph, kind))
                if kind == "del":
                    revisions.rename(paragraph[-1], deleted=True)
                at = stop

        done = 0
        for change in found:
            stretch(done, change.a0, None)
            stretch(change.a0, change.a1, "del")
            if change.b0 < change.b1:
                made = self.tracker.within(paragraph, "ins")
                b.cut(change.b0, change.b1, made, copy=True)
                for run in made:
                    self.adapt(run)
            done = change.a1
        stretch(done, len(a.text), None)
        paragraph.extend(element for _, element in between)
        return True

    def remove(self, paragraph: etree._Element, a: Content, kind: RevisionTag = "del") -> None:
        """Mark `paragraph`, which has the content `a`, and its end as deleted (or moved away)."""
        nothing = Content()
        whole = [Edit(0, len(a.atoms), 0, 0)] if a.atoms else []
        self._write(paragraph, self._parts(a, nothing, whole, gone=kind))
        if not is_gone(paragraph, "pPr", "rPr"):
            self.tracker.mark(paragraph, kind)

    def add(self, paragraph: etree._Element, b: Content, before: Content | None = None) -> None:
        """Fill the new `paragraph` with the content `b` and mark it and its end as inserted.

        Where it moved here, `before` is what it was: the words it had are marked as moved, the others as inserted.
        """
        kept: list[bool] = [before is not None] * len(b.atoms)
        for edit in edits(before.keys, b.keys) if before else ():
            kept[edit.b0 : edit.b1] = [False] * (edit.b1 - edit.b0)
        kind: RevisionTag = "ins" if before is None else "moveTo"
        parts = [
            _Part(kind if keep else "ins", self._linked((), "", atom), [atom])
            for atom, keep in zip(b.atoms, kept, strict=True)
        ]
        self._write(paragraph, parts, theirs=True)
        self.tracker.mark(paragraph, kind)

    # ------------------------------------------------------------------ what the paragraph will hold

    def _parts(self, a: Content, b: Content, found: Sequence[Edit], gone: RevisionTag = "del") -> list[_Part]:
        parts: list[_Part] = []
        between = list(a.between)

        def put(atom: Atom, kind: RevisionTag | None, index: int) -> None:
            while between and between[0][0] <= index:
                _, shells, element = between.pop(0)
                parts.append(_Part(None, shells, element))
            last = parts[-1] if parts else None
            if last and isinstance(last.what, list) and last.kind == kind and last.shells == atom.shells:
                last.what.append(atom)
            else:
                parts.append(_Part(kind, atom.shells, [atom]))

        i = j = 0
        for edit in [*found, Edit(len(a.atoms), len(a.atoms), len(b.atoms), len(b.atoms))]:
            for before, after in zip(a.atoms[i : edit.a0], b.atoms[j : edit.b0], strict=True):
                put(before, None, i)
                if before.is_field and before.said != after.said:
                    parts[-1:] = self._field(parts[-1], after)
                i += 1
            for atom in a.atoms[edit.a0 : edit.a1]:
                put(atom, gone, i)
                i += 1
            if edit.b0 < edit.b1:
                parts += self._inserted(a.atoms, edit, b.atoms[edit.b0 : edit.b1])
            j = edit.b1
        parts += [_Part(None, shells, element) for _, shells, element in between]
        return parts

    def _inserted(self, a: Sequence[Atom], edit: Edit, new: Sequence[Atom]) -> Iterator[_Part]:
        """Yield what brings `new` atoms in at `edit`, in the containers there and in the links that they came in."""
        around = _around(a, edit)
        inside = any(each.tag == name("hyperlink") for each in around)
        here = a[edit.a0 if edit.a0 < len(a) else -1].address if a and inside else ""
        for _, group in groupby(new, key=lambda atom: atom.address):
            atoms = list(group)
            yield _Part("ins", self._linked(around, here, atoms[0]), atoms)

    def _linked(self, around: Shells, here: str, atom: Atom) -> Shells:
        """Return the containers for a new `atom`: those `around`, whose link leads `here`, with the link it has."""
        if atom.address == here:
            return around
        others = tuple(each for each in around if each.tag != name("hyperlink"))
        own = next((each for each in reversed(atom.shells) if each.tag == name("hyperlink")), None)
        link = None if own is None or not atom.address else self.adapt_link(own)
        return others if link is None else (*others, link)

    def _field(self, part: _Part, b: Atom) -> list[_Part]:
        """Return `part`, whose last atom is a field that `b` has with another result, with the change inside it."""
        if not isinstance(part.what, list):
            raise TypeError("a field is an atom")
        *others, a = part.what
        before, after = (_result(atom) for atom in (a, b))
        inner = self._parts(before, after, edits(before.keys, after.keys))
        head, tail = a.runs[: a.result[0]], a.runs[a.result[1] :]
        return [
            *([_Part(None, part.shells, others)] if others else []),
            *(_Part(None, part.shells, run) for run in head),
            *(_Part(each.kind, (*part.shells, *each.shells), each.what) for each in inner),
            *(_Part(None, part.shells, run) for run in tail),
        ]

    # ------------------------------------------------------------------ writing it

    def _write(self, paragraph: etree._Element, parts: Sequence[_Part], *, theirs: bool = False) -> None:
        """Replace the content of `paragraph` by `parts`; `theirs`: all of it comes from the second file."""
        self._empty(paragraph)
        open_shells: list[tuple[etree._Element, etree._Element]] = []
        for (kind, shells), group in groupby(parts, key=lambda part: (part.kind, tuple(id(s) for s in part.shells))):
            members = list(group)
            depth = 0
            while depth < min(len(open_shells), len(shells)) and id(open_shells[depth][0]) == shells[depth]:
                depth += 1
            del open_shells[depth:]
            for around in members[0].shells[depth:]:
                outer, inner = self._shell(around)
                (open_shells[-1][1] if open_shells else paragraph).append(outer)
                open_shells.append((around, inner))
            place = open_shells[-1][1] if open_shells else paragraph
            place.extend(self._changed(kind, members, theirs=theirs))

    @staticmethod
    def _empty(paragraph: etree._Element) -> None:
        for element in [e for e in paragraph if e.tag != name("pPr")]:
            paragraph.remove(element)

    def _shell(self, around: etree._Element) -> tuple[etree._Element, etree._Element]:
        outer, inner = shell(around)
        if outer.tag in revisions.ADDING:  # another's insertion that is cut in two: each part under its own id
            outer.set(name("id"), str(self.tracker.take_id()))
        return outer, inner

    def _changed(self, kind: RevisionTag | None, parts: Sequence[_Part], *, theirs: bool) -> Iterator[etree._Element]:
        runs = list(_elements(parts))
        if kind == "ins" or theirs:
            runs = [fit for run in runs if (fit := self.adapt(run)) is not None]
        if kind is None:
            yield from runs
        elif runs:
            yield self.tracker.around(kind, runs)


def _elements(parts: Iterable[_Part]) -> Iterator[etree._Element]:
    """Yield the runs of neighbouring atoms, and the elements between them."""
    for is_atoms, group in groupby(parts, key=lambda part: isinstance(part.what, list)):
        if is_atoms:
            yield from runs_of(atom for part in group if isinstance(part.what, list) for atom in part.what)
        else:
            yield from (part.what for part in group if not isinstance(part.what, list))


def _around(atoms: Sequence[Atom], edit: Edit) -> Shells:
    """Return the containers that an insertion at `edit` belongs in: those on both sides, but no revision of others."""
    left, right = (edit.a0, edit.a1 - 1) if edit.a0 < edit.a1 else (edit.a0 - 1, edit.a1)
    if left < 0 or right >= len(atoms):
        return ()
    shared: list[etree._Element] = []
    for one, other in zip(atoms[left].shells, atoms[right].shells, strict=False):
        if one is not other or one.tag in revisions.ADDING:
            break
        shared.append(one)
    return tuple(shared)


def _result(field: Atom) -> Content:
    """Return the result of a field as content of its own."""
    holder = etree.Element(name("p"))
    own = [runs_copy for run in field.runs[slice(*field.result)] for runs_copy in runs_of([Atom("", runs=(run,))])]
    holder.extend(own)
    return content(holder)


_RUN, _TEXT, _LOOK = name("r"), name("t"), name("rPr")
