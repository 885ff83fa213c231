"""The words of a paragraph exchanged, with all that stands among them kept, and paragraphs taken out."""

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from agreements.comparing.tokens import tokens
from agreements.comparing.words import Edit, edits
from agreements.ooxml.revisions import Tracker, holder
from agreements.ooxml.schema import name
from agreements.ooxml.xml import clean, make
from agreements.word.revising.atoms import Atom, Content, content
from agreements.word.revising.markup import RevisionWriter
from agreements.word.revising.settle import settle

_SIGNS = {"\n": "br", "\t": "tab"}
NEVER_EMPTY = tuple(map(name, ("tc", "hdr", "ftr", "footnote", "endnote")))
"""Elements that hold a paragraph always."""


def remove(element: etree._Element) -> None:
    """Take a block out of where it stands, with the content control that it leaves empty."""
    parent = holder(element)
    parent.remove(element)
    while parent.tag == name("sdtContent") and len(parent) == 0:
        control = holder(parent)
        parent = holder(control)
        parent.remove(control)
    if parent.tag in NEVER_EMPTY and parent.find(name("p")) is None:
        parent.append(make("p"))


class Conflict(Exception):  # noqa: N818 - a sign between two functions, not an error for people
    """Two sets of changes to one text meet at the same words."""


def reword(paragraph: etree._Element, text: str) -> None:
    """Make `paragraph`, which holds no tracked changes, say `text`."""
    before = content(paragraph)
    marker = RevisionWriter(Tracker("", ""), lambda run: run)
    marker.change(paragraph, before, _wanted(before, clean(text), paragraph))
    settle(paragraph, lambda _: True, accepting=True)


def _wanted(before: Content, text: str, paragraph: etree._Element) -> Content:
    """Return the content that says `text` with the atoms of `before` where the words are the same."""
    source = next((run for run in paragraph.iter(name("r")) if run.find(name("t")) is not None), make("r"))
    said = [(token, index) for index, atom in enumerate(before.atoms) for token in tokens(atom.said) or [""]]
    flat, wanted = [token for token, _ in said], tokens(text)
    found = Content()
    kept: set[int] = set()
    at = 0
    for edit in [*edits(flat, wanted), Edit(len(flat), len(flat), len(wanted), len(wanted))]:
        behind: list[Atom] = []
        for place in range(at, edit.a1):
            token, index = said[place]
            own = [k for k in range(at, edit.a0) if said[k][1] == index]
            whole = len(own) == max(len(tokens(before.atoms[index].said)), 1)
            if not token or whole:  # what says nothing (a note's sign, a picture) always stays
                if index not in kept:  # behind the words that take the place of those before it
                    target = behind if any(flat[edit.a0 : place]) else found.atoms
                    target.append(before.atoms[index])
                kept.add(index)
            elif place < edit.a0:
                found.atoms.append(_worded(token, source))
        found.atoms += [_worded(token, source) for token in wanted[edit.b0 : edit.b1]]
        found.atoms += behind
        at = edit.a1
    return found


def _worded(token: str, source: etree._Element) -> Atom:
    """Return what says `token` in a run like `source`; a line break and a tab are elements of Word."""
    if token not in _SIGNS:
        return Atom(token, source, token, said=token)
    (sign,) = content(make("p", make("r", make(_SIGNS[token])))).atoms
    return replace(sign, source=source)


def merged(base: str, one: str, other: str) -> str:
    """Return `base` with the changes that lead to `one` and those that lead to `other`.

    Raises `Conflict` where both change the same words to something else.
    """
    start, left, right = tokens(base), tokens(one), tokens(other)
    changes = [(edit, left[edit.b0 : edit.b1]) for edit in edits(start, left)]
    for edit in edits(start, right):
        new = right[edit.b0 : edit.b1]
        if any((known.a0, known.a1, words) == (edit.a0, edit.a1, new) for known, words in changes):
            continue
        if any(known.a0 <= edit.a1 and edit.a0 <= known.a1 for known, _ in changes):
            raise Conflict
        changes.append((edit, new))
    return "".join(applied(start, sorted(changes, key=lambda change: change[0].a0)))


def applied(start: Sequence[str], changes: Sequence[tuple[Edit, Sequence[str]]]) -> list[str]:
    """Return the tokens `start` with `changes` made, which are in order and meet nowhere."""
    found: list[str] = []
    at = 0
    for edit, words in changes:
        found += [*start[at : edit.a0], *words]
        at = edit.a1
    return [*found, *start[at:]]
