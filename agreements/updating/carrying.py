"""A draft assembled anew with the edits of a Word file in it, provision by provision, three ways.

What was edited only is as edited, what the assembly changed only is as assembled now; where both changed other words
of a provision, it has both changes; where they changed the same words, both stand in brackets, and a person decides.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from agreements.citation import document_words
from agreements.comparing.words import same_words
from agreements.display import shown_short
from agreements.drafting import DraftProvenance, Origin
from agreements.drafting.provenance import own_words
from agreements.model import Agreement, Document, Mark, Provision
from agreements.negotiation import brackets
from agreements.negotiation.brackets import Labels
from agreements.updating.bases import RecordedLine, answers
from agreements.updating.edited import EditedDraft, EditedProvision
from agreements.updating.tree import EDITED, NOW, DraftNode, DraftTree, SettledDraft, keyed, settle
from agreements.updating.weaving import LineEdit, weave, woven

LABELS = Labels("EDITED", "ASSEMBLED")
"""How the two texts are called where they conflict."""

PassedOver = Callable[[Origin, LineEdit], bool]
"""Whether an edit of the text of a provision is not to be made."""


@shown_short
@dataclass(frozen=True, slots=True)
class EditConflict:
    """Words that both changed: the `path` in the new draft, the words as `edited` and as `assembled`.

    `edited` is None where they were deleted in Word, `assembled` where the new assembly has the provision no more.
    """

    path: str
    edited: str | None
    assembled: str | None


@dataclass(slots=True)
class Carried:
    """The draft with what was edited in it.

    `keys` are those of its nodes by path, `now_at` the paths by the keys of the edited provisions. `edits`, `added`,
    `deleted` and `moved` count provisions; `unplaced` says what was not carried over, in whole sentences.
    """

    agreement: Agreement
    keys: dict[str, str]
    now_at: dict[str, str] = field(default_factory=dict)
    conflicts: tuple[EditConflict, ...] = ()
    unplaced: tuple[str, ...] = ()
    edits: int = 0
    added: int = 0
    deleted: int = 0
    moved: int = 0


def carry(
    known: DraftProvenance,
    edited: EditedDraft,
    now: Agreement,
    *,
    instrument: str = "Agreement",
    passed_over: PassedOver = lambda _, __: False,
) -> Carried:
    """Return `now` with what was done to the draft of the record `known` in the file `edited`."""
    return _Carrier(known, edited, now, passed_over).carried(instrument)


@dataclass(slots=True)
class _Told:
    conflicts: list[tuple[str, str | None, str | None]] = field(default_factory=list)  # by key
    unplaced: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("edits", "added", "deleted", "moved"), 0))


class _Carrier:
    def __init__(self, known: DraftProvenance, edited: EditedDraft, now: Agreement, passed_over: PassedOver) -> None:
        self._known, self._edited, self._now, self._passed_over = known, edited, now, passed_over
        self._tree = DraftTree(now)
        self._answers = answers(known, now)
        self._at = edited.by_origin
        self._by_key = {each.key: each for each in edited.provisions}
        self._told = _Told()
        self._orphans: set[str] = set()  # keys of edited provisions that the new assembly has no more
        self._nodes = self._found()

    def carried(self, instrument: str) -> Carried:
        """Do it all: words, what went, what moved, what came."""
        away = self._not_examined()
        for origin in self._known.origins:
            if origin.path in self._at:
                self._words(origin, self._at[origin.path])
        for origin in reversed(self._known.origins):
            if origin.path not in self._at and origin.path not in away:
                self._went(origin)
        self._moved()
        for each in self._edited.provisions:
            if (not each.origin and own_words(each.provision)) or each.key in self._orphans:
                self._came(each)
        self._prune()
        return self._result(instrument)

    # -------------------------------------------------- which node is which

    def _found(self) -> dict[str, DraftNode]:
        """Return the node of each edited provision, by its key: of frames too, by what stands in them."""
        found: dict[str, DraftNode] = {}
        for each in self._edited.provisions:
            if each.origin in self._answers:
                found[each.key] = self._tree.nodes[NOW + self._answers[each.origin]]
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        above = {node.key: node.above for node in found.values() if node.above}
        for each in self._edited.provisions:
            if each.key in found and found[each.key].key in above and self._is_frame(each.above):
                votes[each.above][above[found[each.key].key].key] += 1
        roots = {root.key: root for root in self._tree.roots}
        for key, counted in votes.items():
            most = counted.most_common(1)[0][0]
            found[key] = roots[most] if most in roots else self._tree.nodes[most]
        return found

    def _is_frame(self, key: str) -> bool:
        above = self._by_key.get(key)
        return above is None or not (above.origin or own_words(above.provision))

    def _not_examined(self) -> set[str]:
        """Return the paths of the record in notes that are not in the edited file: they are files of their own."""
        groups: dict[str, list[str]] = {}
        for origin in self._known.origins:
            note = origin.path.split(".")[0]
            groups.setdefault(note if note.endswith("-note") else "", []).append(origin.path)
        away: set[str] = set()
        for name, paths in groups.items():
            if not self._at.keys() & set(paths):
                away |= set(paths)
                where = f"The {name.replace('-', ' ')}" if name else "The main text"
                self._told.unplaced.append(
                    f"{where} is not in the file and stands as assembled; name its file as well."
                )
        return away

    # -------------------------------------------------- words

    def _words(self, origin: Origin, each: EditedProvision) -> None:
        path = self._answers.get(origin.path)
        here = RecordedLine.of(each.provision)
        if path is None:
            if own_words(each.provision) != origin.words:
                self._orphans.add(each.key)
            return
        node = self._tree.nodes[NOW + path]
        new = RecordedLine.of(node.own)
        base = RecordedLine.recorded(origin, (new.heading, here.heading))
        if here == base:
            return
        heading, heading_open = self._heading(base.heading, here.heading, new.heading)
        text, marks, text_open = self._text(origin, base.text, each, node.own)
        if (heading, text) == (new.heading, new.text):
            return
        self._told.counts["edits"] += 1
        node.own = node.own.model_copy(update={"heading": heading or None, "text": text, "marks": marks})
        if heading_open or text_open:
            both = (
                ((here.heading, new.heading) if heading_open else ("", "")),
                ((here.text, new.text) if text_open else ("", "")),
            )
            said = [" ".join(x for x in (a, b) if x) for a, b in zip(*both, strict=True)]
            self._told.conflicts.append((node.key, said[0], said[1]))

    def _heading(self, base: str, edited: str, new: str) -> tuple[str, bool]:
        if edited in (base, new) or (new != base and same_words(edited, base)):
            return new, False
        stretches = weave(base, edited, new)
        if stretches is None:
            return brackets.encode(edited, new, LABELS), True
        return woven(stretches, edited, new), False

    def _text(
        self, origin: Origin, base: str, each: EditedProvision, own: Provision
    ) -> tuple[str, tuple[Mark, ...], bool]:
        edited, new = each.provision.text, own.text
        if edited in (base, new) or (new != base and same_words(edited, base)):
            return new, own.marks, False
        stretches = weave(
            base, edited, new, lambda e: self._passed_over(origin, e) or self._is_refreshed(origin, each, e)
        )
        if stretches is None:
            text = brackets.encode(edited, new, LABELS)
            return text, brackets.marks(text, LABELS), True
        typed = keyed(each.provision, EDITED, self._paths(each)).marks
        marks: list[Mark] = []
        at = 0
        for stretch in stretches:
            for mark in typed if stretch.edited else own.marks:
                if stretch.start <= mark.start and mark.end <= stretch.end and (not stretch.edited or _leads(mark)):
                    shift = at - stretch.start
                    marks.append(mark.model_copy(update={"start": mark.start + shift, "end": mark.end + shift}))
            at += stretch.end - stretch.start
        return woven(stretches, edited, new), tuple(marks), False

    def _paths(self, each: EditedProvision) -> Mapping[str, object]:
        prefix = each.key.removesuffix(each.place.path)
        return {key.removeprefix(prefix): key for key in self._by_key if key.startswith(prefix)}

    def _is_refreshed(self, origin: Origin, each: EditedProvision, edit: LineEdit) -> bool:
        """Whether `edit` is what Word does to a field: the reference leads where it led, to another number."""
        prefix = each.key.removesuffix(each.place.path)
        for start, end, target in origin.references:
            if not (start <= edit.start and edit.end <= end):
                continue
            for mark in each.provision.marks:
                if mark.kind == "reference" and mark.start <= edit.edited_start and edit.edited_end <= mark.end:
                    there = self._by_key.get(prefix + mark.target)
                    return there is not None and there.origin == target
        return False

    # -------------------------------------------------- what went, moved and came

    def _went(self, origin: Origin) -> None:
        path = self._answers.get(origin.path)
        if path is None:
            return
        node = self._tree.nodes[NOW + path]
        self._told.counts["deleted"] += 1
        if own_words(node.own) == origin.words or same_words(own_words(node.own), origin.words):
            if any(True for below in node.walk() if own_words(below.own)):
                self._told.unplaced.append(
                    f"The heading {origin.words!r} was deleted; what stands under it was not, so it stays."
                )
                return
            node.leave()
            return
        self._told.conflicts.append((node.key, None, own_words(node.own)))
        node.own = _only(node.own, "partner")

    def _moved(self) -> None:
        """Put what was moved after the provision that it follows in the file."""
        rank = {origin.path: n for n, origin in enumerate(self._known.origins)}
        known = [each for each in self._edited.provisions if each.origin]
        stays = {known[place].key for place in _rising([rank[each.origin] for each in known])}
        for each in known:
            node = self._nodes.get(each.key)
            if each.key in stays or node is None or not self._is_in(node):
                continue
            above = self._by_key.get(each.above)
            if above and above.origin and above.key not in stays and self._nodes.get(above.key) is node.above:
                continue  # it went with what it stands under
            new = self._nodes.get(each.above) or (self._root(each) if each.above.startswith("document:") else None)
            if new is None or new is node or not self._is_in(new) or new in list(node.walk()):
                self._told.unplaced.append(f"{each.place.path} was moved; it stands where the assembly puts it.")
                continue
            new.put(node, self._before(each, new, node))
            self._told.counts["moved"] += 1

    def _before(self, each: EditedProvision, above: DraftNode, node: DraftNode | None = None) -> DraftNode | None:
        """Return the node under `above` that the nearest earlier sibling of `each` is, None for the first place."""
        earlier = [x for x in self._edited.provisions if x.above == each.above]
        for other in reversed(earlier[: earlier.index(each)]):
            found = self._nodes.get(other.key)
            if found is not None and found is not node and found.above is above:
                return found
        return None

    def _root(self, each: EditedProvision) -> DraftNode:
        """Return the root of the document in which `each` stands, a new one for a document that was added."""
        key = f"document:{each.document}"
        if key in self._nodes:
            return self._nodes[key]
        document = self._edited.documents[each.document]
        named = [(d.role, d.number, d.language) for d in self._tree.documents]
        own = (document.role, document.number, document.language)
        if own in named:
            self._nodes[key] = self._tree.roots[named.index(own)]
        else:
            self._nodes[key] = self._tree.add_document(document)
        return self._nodes[key]

    def _came(self, each: EditedProvision) -> None:
        """Put in what was added by hand; and what was edited and is in the new assembly no more, in its bracket."""
        own = keyed(each.provision, EDITED, self._paths(each))
        own = own.model_copy(update={"marks": tuple(filter(_leads, own.marks)), "id": None, "provenance": None})
        node = DraftNode(each.key, own)
        if each.key in self._orphans:
            self._told.conflicts.append((each.key, own_words(own), None))
            node.own = _only(own, "us")
        else:
            self._told.counts["added"] += 1
        above = self._nodes.get(each.above) or (self._root(each) if each.above.startswith("document:") else None)
        if above is not None and self._is_in(above):
            above.put(node, self._before(each, above))
        else:
            self._put_near(node, each)
        self._tree.nodes[each.key] = self._nodes[each.key] = node

    def _is_in(self, node: DraftNode) -> bool:
        while node.above is not None:
            node = node.above
        return node in self._tree.roots

    def _put_near(self, node: DraftNode, each: EditedProvision) -> None:
        """Put a node whose parent is no more after the outermost provision that stands before it in the file."""
        root = self._root(each)
        earlier = self._edited.provisions[: self._edited.provisions.index(each)]
        for other in reversed(earlier):
            found = self._nodes.get(other.key)
            if other.document == each.document and found is not None and found is not root and self._is_in(found):
                while found.above is not None and found.above not in self._tree.roots:
                    found = found.above
                if found.above is not None:
                    found.above.put(node, found)
                    return
        root.put(node, None)

    def _prune(self) -> None:
        """Take out the frames of which nothing is left."""
        for node in reversed([n for root in self._tree.roots for n in root.walk()]):
            path = node.key.removeprefix(NOW)
            had = self._tree.places[path].provision.children if path in self._tree.places else ()
            if had and not node.below and not own_words(node.own):
                node.leave()

    # -------------------------------------------------- the result

    def _result(self, instrument: str) -> Carried:
        self._tree.documents = list(self._titled())
        edited = {key: (node.key, self._by_key[key].place) for key, node in self._nodes.items() if key in self._by_key}
        if self._untouched():
            made = SettledDraft(self._now, {path: NOW + path for path in self._tree.places})
        else:
            made = settle(self._tree, self._now, edited, instrument)
        paths = {key: path for path, key in made.keys.items()}
        told = self._told
        told.unplaced += made.astray
        conflicts = tuple(EditConflict(paths.get(key, key), one, other) for key, one, other in told.conflicts)
        now_at = {key: paths[node.key] for key, node in self._nodes.items() if node.key in paths}
        return Carried(made.agreement, made.keys, now_at, conflicts, tuple(dict.fromkeys(told.unplaced)), **told.counts)

    def _untouched(self) -> bool:
        return (
            not any(self._told.counts.values())
            and not self._told.conflicts
            and self._tree.documents == list(self._now.documents)
        )

    def _titled(self) -> Iterator[Document]:
        """Yield the documents with their titles merged as other words are."""
        edited = {(d.role, d.number, d.language): d for d in self._edited.documents}
        for index, document in enumerate(self._tree.documents):
            here = edited.get((document.role, document.number, document.language))
            if here is None or index >= len(self._known.titles) or index >= len(self._now.documents):
                yield document
                continue
            # a file with paragraphs of another hand is read by its words: the label is then part of the title
            typed = (here.title or "").removeprefix(document_words(document)).strip(" .:-")
            typed = typed if typed == self._known.titles[index] else here.title or ""
            title, is_open = self._heading(self._known.titles[index], typed, document.title or "")
            if is_open:
                self._told.conflicts.append((f"title of {document.role}", here.title, document.title))
            self._told.counts["edits"] += title != (document.title or "")
            yield document.model_copy(update={"title": title or None}) if title != (document.title or "") else document


def _leads(mark: Mark) -> bool:
    return mark.kind == "reference" and mark.target.startswith((NOW, EDITED))


def _only(own: Provision, side: brackets.Of) -> Provision:
    """Return a provision that only one of the texts has, its words in a bracket."""
    heading = brackets.bracket(own.heading, side, LABELS) if own.heading else own.heading
    text = brackets.bracket(own.text, side, LABELS) if own.text else ""
    return own.model_copy(update={"heading": heading, "text": text, "marks": brackets.marks(text, LABELS)})


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "..."


def _rising(ranks: Iterable[int]) -> set[int]:
    """Return the places of the longest rising part of `ranks`."""
    found = list(ranks)
    best: list[int] = []
    before: list[int] = []
    for i, rank in enumerate(found):
        longest = max((j for j in range(i) if found[j] < rank), key=lambda j: best[j], default=-1)
        best.append(best[longest] + 1 if longest >= 0 else 1)
        before.append(longest)
    at = max(range(len(found)), key=lambda i: best[i], default=-1)
    out: set[int] = set()
    while at >= 0:
        out.add(at)
        at = before[at]
    return out
