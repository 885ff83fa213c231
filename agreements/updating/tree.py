"""The provisions of a draft as nodes that can be put elsewhere, and the draft made of them again.

Numbers are counted anew where a list gained, lost or moved something, and references follow what they lead to.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from agreements.drafting import crossrefs, phrases
from agreements.model import Agreement, Document, Mark, Provision
from agreements.reference import Place, places

NOW, EDITED = "now:", "edited:"
"""What the keys of nodes begin with: a provision of the new assembly, or one that was added by hand."""


@dataclass(eq=False, slots=True)
class DraftNode:
    """A provision by its `key`; the targets of references in `own` are keys too, where they lead into the draft."""

    key: str
    own: Provision
    above: "DraftNode | None" = None
    below: list["DraftNode"] = field(default_factory=list)

    def walk(self) -> Iterator["DraftNode"]:
        """Yield the nodes under this one, in reading order."""
        for node in self.below:
            yield node
            yield from node.walk()

    def put(self, node: "DraftNode", after: "DraftNode | None") -> None:
        """Put `node` under this one, `after` one that stands there (None: first)."""
        node.leave()
        self.below.insert(0 if after is None else self.below.index(after) + 1, node)
        node.above = self

    def leave(self) -> None:
        """Take this node out of the draft, with all under it."""
        if self.above is not None:
            self.above.below.remove(self)
            self.above = None


class DraftTree:
    """The nodes of one assembly: `roots` are its documents."""

    def __init__(self, now: Agreement) -> None:
        self._now = now
        self.places = {place.path: place for place in places(now)}
        keys = iter(self.places)
        self.nodes: dict[str, DraftNode] = {}
        self.documents = list(now.documents)
        self.roots = [DraftNode(f"document:{index}", Provision(kind="text")) for index in range(len(now.documents))]
        for root, document in zip(self.roots, now.documents, strict=True):
            self._grow(root, document.provisions, keys)

    def _grow(self, above: DraftNode, provisions: Sequence[Provision], keys: Iterator[str]) -> None:
        for provision in provisions:
            node = DraftNode(NOW + next(keys), keyed(provision, NOW, self.places), above)
            self.nodes[node.key] = node
            above.below.append(node)
            self._grow(node, provision.children, keys)

    def add_document(self, document: Document) -> DraftNode:
        """Return the root of a document that comes last."""
        root = DraftNode(f"document:{len(self.roots)}", Provision(kind="text"))
        self.roots.append(root)
        self.documents.append(document)
        return root

    def order(self) -> list[str]:
        """Return the keys of all nodes, in reading order."""
        return [node.key for root in self.roots for node in root.walk()]

    def is_as_assembled(self) -> bool:
        """Whether every provision of the assembly stands in its place, and no other does."""
        return self.order() == [NOW + path for path in self.places] and all(
            (node.above in self.roots) == (len(self.places[node.key.removeprefix(NOW)].chain) == 1)
            for node in self.nodes.values()
        )


def keyed(provision: Provision, prefix: str, known: Mapping[str, object]) -> Provision:
    """Return `provision` alone, the targets of its references as keys where they are `known` paths."""
    marks = tuple(
        mark.model_copy(update={"target": prefix + mark.target})
        if mark.kind == "reference" and mark.target in known
        else mark
        for mark in provision.marks
    )
    return provision.model_copy(update={"children": (), "marks": marks})


# ---------------------------------------------------------------------- the draft made of it


@dataclass(slots=True)
class SettledDraft:
    """A draft made of nodes.

    `keys` are those of the provisions of `agreement` by path, `astray` says in sentences which references are wrong.
    """

    agreement: Agreement
    keys: dict[str, str]
    astray: list[str] = field(default_factory=list)


def settle(tree: DraftTree, now: Agreement, edited: Mapping[str, tuple[str, Place]], instrument: str) -> SettledDraft:
    """Return the draft that `tree` is now.

    `edited` are the keys of nodes and their places in the edited file, by the keys of the edited provisions: a
    reference that was typed by hand means the numbers of that file. `instrument` is what the text calls itself.
    """
    moved = not tree.is_as_assembled()
    numbered = _documents(tree, lambda node, number: node.own.model_copy(update={"number": number}), anew=moved)
    first = now.model_copy(update={"documents": numbered})
    kept = [root for root in tree.roots if _stands(tree, root)]
    keys = [node.key for root in kept for node in root.walk()]
    new = dict(zip(keys, places(first), strict=True))
    told: list[str] = []
    follower = _Follower(tree, new, edited, instrument, told)
    provisions = iter([follower.followed(key, place.provision) for key, place in new.items()])
    second = _with(first, provisions)
    return SettledDraft(second, {place.path: key for place, key in zip(places(second), keys, strict=True)}, told)


def _stands(tree: DraftTree, root: DraftNode) -> bool:
    return bool(root.below) or not tree.documents[tree.roots.index(root)].provisions


def _documents(
    tree: DraftTree, made: Callable[[DraftNode, str | None], Provision], *, anew: bool
) -> tuple[Document, ...]:
    def below(node: DraftNode) -> tuple[Provision, ...]:
        numbers = _numbers(tree, node) if anew else [each.own.number for each in node.below]
        return tuple(
            made(each, number).model_copy(update={"children": below(each)})
            for each, number in zip(node.below, numbers, strict=True)
        )

    return tuple(
        document.model_copy(update={"provisions": below(root)})
        for document, root in zip(tree.documents, tree.roots, strict=True)
        if _stands(tree, root)
    )


def _with(agreement: Agreement, provisions: Iterator[Provision]) -> Agreement:
    def below(old: Sequence[Provision]) -> tuple[Provision, ...]:
        return tuple(next(provisions).model_copy(update={"children": below(each.children)}) for each in old)

    documents = tuple(d.model_copy(update={"provisions": below(d.provisions)}) for d in agreement.documents)
    return agreement.model_copy(update={"documents": documents})


# ---------------------------------------------------------------------- numbers

_NUMBER = re.compile(r"(\W*)(\w+)(\W*)")
_COUNTS: tuple[Callable[[int], str], ...] = (
    str,
    phrases.roman,
    lambda n: phrases.roman(n).lower(),
    phrases.letter,
    lambda n: phrases.letter(n).upper(),
)


def _numbers(tree: DraftTree, above: DraftNode) -> list[str | None]:
    """Return the numbers of what stands under `above`, counted on as the new assembly counts there."""
    found = [node.own.number for node in above.below]
    at = [i for i, number in enumerate(found) if number and _NUMBER.fullmatch(number)]
    for shape in dict.fromkeys(_shape(found[i]) for i in at):
        own = [i for i in at if _shape(found[i]) == shape]
        count = _count(tree, above, shape)
        if count is not None:
            for figure, i in enumerate(own, start=1):
                found[i] = shape[0] + count(figure) + shape[1]
    return found


def _shape(number: str | None) -> tuple[str, str]:
    parts = _NUMBER.fullmatch(number or "")
    return (parts.group(1), parts.group(3)) if parts else ("", "")


def _count(tree: DraftTree, above: DraftNode, shape: tuple[str, str]) -> Callable[[int], str] | None:
    """Return how numbers of this `shape` are counted under `above`, None where nothing says that they are counted."""
    place = tree.places.get(above.key.removeprefix(NOW)) if above.key.startswith(NOW) else None
    if place is not None:
        siblings: Sequence[Provision] = place.provision.children
    else:
        index = tree.roots.index(above) if above in tree.roots else -1
        siblings = tree.documents[index].provisions if index >= 0 else ()
    numbers = [p.number for p in siblings if p.number and _NUMBER.fullmatch(p.number) and _shape(p.number) == shape]
    numbers = numbers or [n.own.number for n in above.below if n.own.number and _shape(n.own.number) == shape]
    for count in _COUNTS:
        if numbers == [shape[0] + count(i) + shape[1] for i in range(1, len(numbers) + 1)]:
            return count
    return None


# ---------------------------------------------------------------------- references


class _Follower:
    """Puts the words and targets of references right after provisions came, went or moved."""

    def __init__(
        self,
        tree: DraftTree,
        new: Mapping[str, Place],
        edited: Mapping[str, tuple[str, Place]],
        instrument: str,
        told: list[str],
    ) -> None:
        self._tree, self._new = tree, new
        self._keys_of = {key: node for key, (node, _) in edited.items()}
        self._edited = dict(edited.values())
        self._instrument, self._told = instrument, told

    def followed(self, key: str, provision: Provision) -> Provision:
        """Return `provision` with its references as they read where it stands now."""
        text, marks = provision.text, provision.marks
        for index in range(len(marks)):
            mark = marks[index]
            if mark.kind != "reference" or not mark.target.startswith((NOW, EDITED)):
                continue
            text, marks = self._one(key, text, marks, index)
        kept = tuple(mark for mark in marks if not mark.target.startswith((NOW, EDITED)))
        return provision.model_copy(update={"text": text, "marks": kept})

    def _one(self, key: str, text: str, marks: tuple[Mark, ...], index: int) -> tuple[str, tuple[Mark, ...]]:
        mark = marks[index]
        words = text[mark.start : mark.end]
        target = self._new.get(self._key(mark.target))
        was = self._was(mark.target), self._was_here(key, mark.target)
        if target is None or was[0] is None:
            self._told.append(f"{self._new[key].path}: {words!r} refers to what is not in the draft any more.")
            return text, marks
        said: str | None = words
        if was[1] is not None:
            said = crossrefs.reworded(words, (was[0], was[1]), (target, self._new[key]), self._instrument)
        if said is None and was[0].path != target.path:
            self._told.append(f"{self._new[key].path}: {words!r} means {target.path} now; put the words right.")
        said = words if said is None else said
        text, marks = _reworded(text, marks, index, said, target.path)
        if was[1] is not None:
            end = marks[index].end
            tail = crossrefs.tail(was[0], was[1], self._instrument)
            if tail and text[end:].startswith(tail):
                other = crossrefs.tail(target, self._new[key], self._instrument)
                text, marks = _spliced(text, marks, end, end + len(tail), other)
        return text, marks

    def _key(self, target: str) -> str:
        """Return the key of the node that `target` leads to."""
        if target.startswith(NOW):
            return target
        return self._keys_of.get(target, "")

    def _was(self, target: str) -> Place | None:
        if target.startswith(NOW):
            return self._tree.places.get(target.removeprefix(NOW))
        return self._edited.get(self._key(target))

    def _was_here(self, key: str, target: str) -> Place | None:
        return self._tree.places.get(key.removeprefix(NOW)) if target.startswith(NOW) else self._edited.get(key)


def _reworded(text: str, marks: tuple[Mark, ...], index: int, words: str, target: str) -> tuple[str, tuple[Mark, ...]]:
    mark = marks[index]
    text, marks = _spliced(text, marks, mark.start, mark.end, words)
    own = marks[index].model_copy(update={"target": target, "end": mark.start + len(words)})
    return text, (*marks[:index], own, *marks[index + 1 :])


def _spliced(text: str, marks: tuple[Mark, ...], start: int, end: int, words: str) -> tuple[str, tuple[Mark, ...]]:
    """Put `words` in place of the characters `start` to `end`, and move the marks along."""
    shift = len(words) - (end - start)
    moved = tuple(
        mark.model_copy(
            update={
                "start": mark.start + shift if mark.start >= end else mark.start,
                "end": mark.end + shift if mark.end >= end else mark.end,
            }
        )
        for mark in marks
    )
    return text[:start] + words + text[end:], moved
