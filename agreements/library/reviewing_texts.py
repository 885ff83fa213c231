"""The texts of a review: what we sent, what their file is without their tracked changes, and what they want."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lxml import etree

from agreements.comparing import Pair, align
from agreements.comparing.tokens import words
from agreements.errors import AgreementsError, UnreadableError
from agreements.findings import Finding
from agreements.library.placing import paths_of
from agreements.library.reading import id_from
from agreements.model import Agreement, Provision
from agreements.ooxml import revisions
from agreements.ooxml.schema import name
from agreements.parsing import parse
from agreements.reading import source
from agreements.reading.readers import read_source
from agreements.reference import places
from agreements.word.blocks import Block
from agreements.word.changes import Marked, read_changes
from agreements.word.differing import FileDifferences, file_differences
from agreements.word.identity import is_mark, tag_of
from agreements.word.parts import Parts
from agreements.word.revisions import accept, settled

_ALIKE = 0.3  # likeness from which one text is taken to come from the other
_ALIKE_OF_ANOTHER = 0.9  # the same, where the hidden marks are those of another draft
_MINUTE = 16  # characters of a date as far as every program keeps it: 2026-11-22T09:30


class NoCommonAncestorError(AgreementsError):
    """The file is not one that was made from what we sent."""

    code = "no-common-ancestor"


@dataclass(frozen=True)
class Text:
    """One text of a Word file without tracked changes: its bytes, the agreement read from it, what was found."""

    content: bytes
    agreement: Agreement
    findings: tuple[Finding, ...] = ()

    @cached_property
    def paragraphs(self) -> tuple[etree._Element, ...]:
        """The paragraphs of the body, in reading order."""
        return tuple(Parts.of("", self.content).body().iter(name("p")))

    @cached_property
    def said(self) -> tuple[str, ...]:
        """What each paragraph says."""
        return tuple(Block(paragraph).text for paragraph in self.paragraphs)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The path of the provision that each paragraph belongs to."""
        return tuple(self.paths(self.said))

    def paths(self, paragraphs: Sequence[str]) -> list[str]:
        """Return the path of the provision that each of `paragraphs` of this text belongs to."""
        return paths_of(self.agreement, paragraphs)

    @cached_property
    def marks(self) -> dict[str, str]:
        """The path of the provision that each hidden mark of ours stands at."""
        return _marks(self)


@dataclass(frozen=True)
class Texts:
    """The three texts of a review.

    `ours` is our file with all changes accepted; `base` theirs without the changes that they tracked, `theirs` with
    all accepted. `untracked` is where `base` differs from `ours`; `likeness` (0 to 1) is that of these two. `file` is
    their file as it came, `marked` its changes and comments; `is_theirs` tells by author and date a tracked change of
    theirs from one that we had sent.
    """

    ours: Text
    base: Text
    theirs: Text
    untracked: FileDifferences
    file: bytes
    marked: Marked
    likeness: float
    is_theirs: Callable[[str, str], bool]

    @cached_property
    def main_part(self) -> str:
        """The path of the part that holds the body of their file."""
        return Parts.of("", self.base.content).package.main

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Our provisions and theirs in pairs."""
        return align(self.ours.agreement, self.theirs.agreement)


def load_texts(ours: Path, theirs: Path) -> Texts:
    """Return the texts of a review of the Word files `ours` and `theirs`.

    Raises `UnreadableError` for what is no Word file, `NoCommonAncestorError` when theirs was not made from ours,
    `ClassifiedError` for a text that bears classification markings in use.
    """
    first, second = _word_file(ours), _word_file(theirs)
    known = _hands(first, ours.name)

    def is_theirs(author: str, date: str) -> bool:
        return (author, date[:_MINUTE]) not in known

    def by_them(change: etree._Element) -> bool:
        return is_theirs(change.get(name("author"), ""), change.get(name("date"), ""))

    kept = accept(settled(second, by_them, accepting=False, file_name=theirs.name), file_name=theirs.name)
    sent, base = _text(accept(first, file_name=ours.name), ours), _text(kept, theirs)
    likeness = _likeness(sent.agreement, base.agreement)
    _refuse_strangers(sent, base, likeness, (ours.name, theirs.name))
    final = _text(accept(second, file_name=theirs.name), theirs)
    sent = _alike_read(sent, base, ours)
    shared = sent.marks.keys() & (base.marks.keys() | final.marks.keys())
    sent, base, final = (_anchored(text, shared) for text in (sent, base, final))
    untracked = file_differences(sent.content, base.content, names=(ours.name, theirs.name))
    marked = read_changes(second, file_name=theirs.name)
    return Texts(sent, base, final, untracked, second, marked, likeness, is_theirs)


def _word_file(path: Path) -> bytes:
    loaded = source.load(path)
    if source.kind_of(loaded) != "word":
        raise UnreadableError(
            f"{loaded.name} is no Word file.", hint="`agreements compare` takes files of any kind, without tracking."
        )
    return loaded.data


def _hands(content: bytes, file_name: str) -> set[tuple[str, str]]:
    """Return authors and minutes of the tracked changes of a file."""
    roots = Parts.of(file_name, content).stories().values()
    changes = (change for root in roots for change in root.iter(*revisions.CHANGES))
    return {(c.get(name("author"), ""), c.get(name("date"), "")[:_MINUTE]) for c in changes}


def _text(content: bytes, path: Path, *, as_foreign: bool = False) -> Text:
    """Return the text of a file; `as_foreign`: its styles are not taken for ours, as in a file of other hands."""
    reading = read_source(source.Source.of(path.name, content))
    if as_foreign and reading.blocks:
        *others, last = reading.blocks
        reading = replace(reading, blocks=(*others, replace(last, style="Normal")))
    parsed = parse(reading, id=id_from(path.name))
    return Text(content, parsed.agreement, parsed.findings)


def _alike_read(ours: Text, base: Text, path: Path) -> Text:
    """Return our text in the reading that agrees best with that of theirs.

    A file of ours is read by its styles. As soon as another hand has added a paragraph, theirs is read by its words
    and layout, which may see a text otherwise, and what differs between two readings is no change of theirs.
    """
    apart = _apart(ours, base)
    if not apart:
        return ours
    other = _text(ours.content, path, as_foreign=True)
    return other if _apart(other, base) < apart else ours


def _apart(a: Text, b: Text) -> int:
    """Return how many provisions moved, came or went between two texts."""
    changes = (pair.change for pair in align(a.agreement, b.agreement))
    return sum(change not in ("same", "renumbered", "changed") for change in changes)


# ---------------------------------------------------------------------- one comes from the other, or not


def _refuse_strangers(ours: Text, base: Text, likeness: float, names: tuple[str, str]) -> None:
    one, other = ({tag_of(mark) for mark in text.marks} for text in (ours, base))
    if one & other:
        return
    strange = bool(one and other)
    if likeness >= (_ALIKE_OF_ANOTHER if strange else _ALIKE):
        return
    why = "; its hidden marks are those of another draft" if strange else ""
    raise NoCommonAncestorError(
        f"{names[1]} does not come from {names[0]}: their likeness is {likeness:.0%} without tracked changes{why}.",
        hint="Check that these are the right files. `agreements compare A B` compares any two texts.",
    )


def _likeness(a: Agreement, b: Agreement) -> float:
    """Return how many of the runs of three words of two texts both have, from 0 to 1."""
    one, other = _runs(a), _runs(b)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _runs(agreement: Agreement) -> Counter[tuple[str, ...]]:
    said = (text for d in agreement.documents for p in d.walk() for text in (p.heading, p.text) if text)
    found = [token.casefold() for text in said for token in words(text) if token[0].isalnum()]
    return Counter(zip(found, found[1:], found[2:], strict=False))


# ---------------------------------------------------------------------- hidden marks


def _marks(text: Text) -> dict[str, str]:
    known = {place.path for place in places(text.agreement)}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for index, paragraph in enumerate(text.paragraphs):
        labels = [each.get(name("name"), "") for each in paragraph.iter(name("bookmarkStart"))]
        mark = next(filter(is_mark, labels), None)
        if mark is None:
            continue
        own = text.places[index] if text.said[index].strip() else _headed(index, text, known, taken)
        if own in known and own not in taken:
            found[mark] = own
            taken.add(own)
    return found


def _headed(index: int, text: Text, known: Collection[str], taken: Collection[str]) -> str:
    """Return the path of a head that has no words but its number: the outermost above what follows that is free."""
    after = next((text.places[i] for i in range(index + 1, len(text.said)) if text.said[i].strip()), "")
    parts = after.split(".")
    above = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return next((path for path in above if path in known and path not in taken), "")


def _anchored(text: Text, shared: Iterable[str]) -> Text:
    """Return `text` with the hidden marks that the other side's file has too as the ids of its provisions."""
    wanted = set(shared)
    by_path = {path: mark.lstrip("_") for mark, path in text.marks.items() if mark in wanted}
    ids = [by_path.get(place.path) for place in places(text.agreement)]
    return Text(text.content, _with_ids(text.agreement, iter(ids)), text.findings)


def _with_ids(agreement: Agreement, ids: Iterator[str | None]) -> Agreement:
    def named(provision: Provision) -> Provision:
        own = next(ids)
        return provision.model_copy(update={"id": own, "children": tuple(named(c) for c in provision.children)})

    documents = tuple(
        document.model_copy(update={"provisions": tuple(named(p) for p in document.provisions)})
        for document in agreement.documents
    )
    return agreement.model_copy(update={"documents": documents})
