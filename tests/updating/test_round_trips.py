"""Drafts edited and assembled anew at random: no edit is lost, none is made twice, nothing else changes."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agreements import drafting
from agreements.bookmarks import provision_marks
from agreements.drafting import Draft, DraftRequest
from agreements.drafting.provenance import own_words, provenance_of
from agreements.intake.files import ParsedFile
from agreements.model import Agreement, Provision
from agreements.reference import places
from agreements.updating import Carried, carry
from agreements.updating.edited import edited_of

_LIKE_OTHERS = {"dca-locations", "dca-notes"}  # thirty articles as in two other examples, which take the time of four
EXAMPLES = sorted(
    path
    for path in (Path(__file__).resolve().parents[2] / "docs/examples/drafts").glob("*.yaml")
    if path.stem not in _LIKE_OTHERS
)
Marked = tuple[Provision, str]


def assembled(request: DraftRequest) -> Draft:
    return drafting.assemble(request)


def changed(request: DraftRequest, chance: random.Random) -> Draft | None:
    """Return the draft with another choice, period or number, None where those tried do not assemble."""
    template = drafting.family(request.family)
    names = [n for n, d in template.parameters.items() if d.choices or n in request.parameters]
    for name in chance.sample(names, k=min(len(names), 6)):
        declared, given = template.parameters[name], request.parameters.get(name)
        value: object
        if declared.choices:
            value = chance.choice(sorted(declared.choices))
        elif isinstance(given, dict) and given.keys() & {"days", "months", "hours", "years"}:
            value = {unit: str(int(n) + 3) for unit, n in given.items()}
        elif isinstance(given, list) and len(given) > 1:
            value = given[1:]
        else:
            continue
        made = assembled(replace(request, parameters={**request.parameters, name: value}))
        if made.agreement is not None:
            return made
    return None


class Desk:
    """A draft as a file that is edited: `edits` are words that nobody else uses, `gone` those of what was deleted."""

    def __init__(self, draft: Draft, chance: random.Random) -> None:
        assert draft.agreement and draft.request
        self.draft, self._chance = draft, chance
        self._marks = [list(row) for row in provision_marks(draft.agreement, draft.request.key)]
        self.edits: list[str] = []
        self.gone: list[str] = []
        self.moved = False

    def edited(self, *, structure: bool = True) -> ParsedFile:
        """Return the file after three to eight edits."""
        assert self.draft.agreement
        documents, rows = [], []
        for document, marks in zip(self.draft.agreement.documents, self._marks, strict=True):
            left = iter(marks)
            nodes = [self._read(p, left) for p in document.provisions]
            for _ in range(self._chance.randint(3, 8)):
                self._edit(nodes, structure=structure)
            written = [self._written(node) for node in nodes]
            documents.append(document.model_copy(update={"provisions": tuple(p for p, _ in written)}))
            rows += [mark for _, own in written for mark in own]
        agreement = self.draft.agreement.model_copy(update={"documents": tuple(documents)})
        by_path = {place.path: mark for place, mark in zip(places(agreement), rows, strict=True) if mark}
        return ParsedFile(agreement, (), (), by_path, by_styles=True)

    def _read(self, provision: Provision, marks: Iterator[str]) -> list:  # type: ignore[type-arg]
        mark = next(marks)
        return [provision, mark, [self._read(child, marks) for child in provision.children]]

    def _written(self, node: list) -> tuple[Provision, list[str]]:  # type: ignore[type-arg]
        below = [self._written(child) for child in node[2]]
        made = node[0].model_copy(update={"children": tuple(p for p, _ in below), "id": None, "provenance": None})
        return made, [node[1], *(mark for _, own in below for mark in own)]

    def _edit(self, nodes: list, *, structure: bool) -> None:  # type: ignore[type-arg]
        lists = [own for own in self._lists(nodes) if len(own) > 2]
        if not lists:
            return
        where = self._chance.choice(lists)
        node = self._chance.choice(where)
        kind = self._chance.choice(["word", "word", "insert", "delete", "move"] if structure else ["word"])
        new = f"zq{len(self.edits)}x{self._chance.randrange(10**6)}"
        if kind == "word" and node[0].text:
            at = self._chance.choice([i for i, sign in enumerate(node[0].text + " ") if sign == " "])
            text = node[0].text[:at] + f" {new}" + node[0].text[at:]
            node[0] = node[0].model_copy(update={"text": text, "marks": ()})
            self.edits.append(new)
        elif kind == "insert":
            own = node[0].model_copy(
                update={"heading": node[0].heading and new, "text": new, "marks": (), "children": ()}
            )
            where.insert(where.index(node) + 1, [own, "", []])
            self.edits.append(new)
        elif kind == "delete" and not node[2] and "zq" not in own_words(node[0]):
            where.remove(node)
            self.gone.append(node[1])
        elif kind == "move" and len(own_words(node[0])) > 30:
            where.remove(node)
            where.insert(self._chance.randrange(len(where) + 1), node)
            self.moved = True

    def _lists(self, nodes: list) -> Iterator[list]:  # type: ignore[type-arg]
        yield nodes
        for node in nodes:
            yield from self._lists(node[2])


def all_words(agreement: Agreement) -> list[str]:
    return [own_words(p.provision) for p in places(agreement)]


def carried(draft: Draft, file: ParsedFile, now: Draft) -> Carried:
    assert now.agreement
    known = provenance_of(draft)
    return carry(known, edited_of([file], known), now.agreement)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_no_edit_is_lost_or_made_twice_when_parameters_change(example: Path) -> None:
    chance = random.Random(example.stem)
    draft = assembled(drafting.load_parameters(example))
    assert draft.request and draft.agreement
    tried = 0
    for _ in range(8):
        now = changed(draft.request, chance)
        if now is None:
            continue
        tried += 1
        desk = Desk(draft, chance)
        file = desk.edited()
        assert now.agreement
        made = carried(draft, file, now)
        text = "\n".join(all_words(made.agreement))
        for word in desk.edits:
            headed = sum(word in (p.provision.heading or "") for p in places(file.agreement))
            assert text.count(word) == 1 + headed, word
        here, there, before = (Counter(all_words(a)) for a in (made.agreement, now.agreement, file.agreement))
        twice = [w for w, n in here.items() if w and n > max(there[w], before[w])]
        assert [w for w in twice if here[w] > 1] == []
    assert tried


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_without_a_change_of_parameters_the_edited_text_comes_back(example: Path) -> None:
    chance = random.Random(f"{example.stem} same")
    draft = assembled(drafting.load_parameters(example))
    assert draft.agreement
    for structure in (False, False, True, True, True):
        desk = Desk(draft, chance)
        file = desk.edited(structure=structure)
        made = carried(draft, file, draft)
        assert made.conflicts == ()
        refers = {f"now:{p.path}" for p in places(draft.agreement) if p.provision.marks}  # they follow other numbers
        wanted = [words for words in all_words(file.agreement) if words]
        found = [(p.path, words) for p in places(made.agreement) if (words := own_words(p.provision))]
        assert len(found) == len(wanted)
        assert [
            (words, now)
            for words, (path, now) in zip(wanted, found, strict=True)
            if words != now and made.keys[path] not in refers
        ] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_without_edits_it_is_a_fresh_assembly(example: Path) -> None:
    chance = random.Random(f"{example.stem} fresh")
    draft = assembled(drafting.load_parameters(example))
    assert draft.request and draft.agreement
    for _ in range(3):
        now = changed(draft.request, chance)
        if now is not None:
            marks = [mark for row in provision_marks(draft.agreement, draft.request.key) for mark in row]
            by_path = {place.path: mark for place, mark in zip(places(draft.agreement), marks, strict=True)}
            made = carried(draft, ParsedFile(draft.agreement, (), (), by_path, by_styles=True), now)
            assert made.agreement == now.agreement
            assert not made.unplaced
