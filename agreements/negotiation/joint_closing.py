"""Open places of a joint text closed by instruction: with the words of a side, or with others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agreements.model import Agreement, Document, Provision
from agreements.negotiation import brackets
from agreements.negotiation.brackets import SIDES, Labels, Of, Open
from agreements.negotiation.joint_parts import (
    AGREED,
    UNITS,
    is_open,
    other_number,
    with_agreed_mark,
    with_marks,
    with_provisions,
)
from agreements.negotiation.joint_reading import open_places, other_numbers, title_path
from agreements.reference import places, provision_paths


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

    An article in which nothing is open any more is marked as agreed. Raises `ValueError` that names every closing
    under which nothing is open, or whose own words would close several places at once.
    """
    told = [problem for closing in closings if (problem := _problem(joint, labels, closing))]
    if told:
        raise ValueError("; ".join(told))
    documents = [
        closed
        for document, paths in zip(joint.documents, paths_of(joint), strict=True)
        if (closed := _Closer(labels, closings, iter(paths)).document(document)) is not None
    ]
    return with_marks(_agreed(joint.model_copy(update={"documents": tuple(documents)}), labels), labels)


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
    """Closes open places of provisions; `paths` runs with the provisions in reading order."""

    def __init__(self, labels: Labels, closings: Sequence[Closing], paths: Iterator[str]) -> None:
        self._labels = labels
        self._closings = sorted(closings, key=lambda c: (c.which is not None, len(c.path)), reverse=True)
        self._paths = paths

    def document(self, document: Document) -> Document | None:
        """Return the document with its places closed, None when nothing is left of it."""
        provisions = tuple(p for p in (self.closed(each) for each in document.provisions) if p is not None)
        title = document.title and self._settled(document.title, title_path(document), 0)
        if (document.title or document.provisions) and not (title or provisions):
            return None
        return document.model_copy(update={"title": title or None, "provisions": provisions})

    def closed(self, provision: Provision) -> Provision | None:
        """Return the provision with its places closed, None when nothing is left of it."""
        path = next(self._paths)
        children = tuple(c for c in (self.closed(child) for child in provision.children) if c is not None)
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
        return provision.model_copy(update=updates)

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


def _agreed(joint: Agreement, labels: Labels) -> Agreement:
    """Return `joint` with the mark of agreement on the articles in which nothing is open, where any article has one."""

    def settle(provision: Provision) -> Provision:
        if provision.kind in ("part", "chapter"):
            return provision.model_copy(update={"children": tuple(map(settle, provision.children))})
        line = provision.heading or provision.text
        if provision.kind not in UNITS or AGREED.search(line) or is_open(provision, labels):
            return provision
        return with_agreed_mark(provision)

    return with_provisions(joint, settle)


def paths_of(agreement: Agreement) -> list[list[str]]:
    """Return the paths of the provisions of each document, in reading order."""
    every = (place.path for place in places(agreement))
    return [[next(every) for _ in provision_paths(document)] for document in agreement.documents]
