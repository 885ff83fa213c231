"""The clauses of a review: what became of each provision of ours, tracked, untracked, commented on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from agreements.comparing import (
    UNTOUCHED,
    WORDS_STAND,
    AlignedProvision,
    DiffSegment,
    Pair,
    align,
    differences,
    same_words,
)
from agreements.model import Provision
from agreements.negotiation.positions import Assessment
from agreements.reference import Place, places
from agreements.reviewing.precedents import SoughtPrecedents
from agreements.reviewing.texts import Texts
from agreements.word import TITLE, Comment, Difference, TrackedChange

_BLANK = DiffSegment("equal", " ")
_MOVED = ("moved", "moved-changed")
_ALONG_NAMED = 8  # paths that are named of what moved along
_TRACKED_MOVE = ("inserted", "deleted", "moved-from", "moved-to")
_UNPLACED = "unplaced"  # comments that are anchored nowhere in the body


@dataclass(frozen=True, slots=True)
class Tracked:
    """A tracked change with its number in the file: they count from 1 in reading order, also those that are ours."""

    number: int
    change: TrackedChange

    def as_json(self) -> dict[str, Any]:
        """Return `{number, kind, author, date, text, inside}`, `inside` only where there is one."""
        c = self.change
        row: dict[str, Any] = {"number": self.number, "kind": c.kind, "author": c.author, "date": c.date}
        return row | {"text": c.text} | ({"inside": c.inside} if c.inside else {})


@dataclass
class TouchedClause:
    """A provision that their file touches.

    `ours` and `theirs` are its paths in the two texts (one may be missing), `change` what became of it as in
    `compare` (`same`: its words are ours, but there are comments, or changes that leave them so). `pieces` lead from
    our words to theirs. `assessments` say how their words stand to our positions, `precedents` those that the
    repository has for the words that changed (None: not looked for), `breaks` what their change makes wrong elsewhere.
    `paths` are all those in ours and in theirs, where it was split or merged. `kinds` say what its changes do;
    `is_replaced_only` that nothing changed in it but words that were replaced throughout the text; `ground` why it is
    read early or late (`reading_order`). Where it moved, `along` are the paths in theirs of clauses under it that went
    along unchanged, whose untracked moves are `moved_along`; `moved_with` is the clause with which one went whose words
    changed besides.
    """

    path: str
    ref: str
    ours: str | None
    theirs: str | None
    heading: str
    change: str
    pieces: tuple[DiffSegment, ...]
    provision: Provision | None = None
    tracked: list[Tracked] = field(default_factory=list)
    untracked: list[Difference] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    topics: tuple[str, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    precedents: tuple[SoughtPrecedents, ...] | None = None
    breaks: list[str] = field(default_factory=list)
    paths: tuple[str, str] | None = None
    kinds: tuple[str, ...] = ()
    is_replaced_only: bool = False
    ground: str = "rest"
    along: list[str] = field(default_factory=list)
    moved_along: list[Difference] = field(default_factory=list)
    moved_with: "TouchedClause | None" = field(default=None, repr=False)

    @property
    def changes_words(self) -> bool:
        """Whether words of it changed, tracked or not, or it came, went or moved; comments change nothing."""
        return bool(self.change not in WORDS_STAND or self.tracked or self.untracked_words)

    @property
    def said(self) -> str:
        """What became of it, in a word or two; `changed` also where that is beside its own words, as in a header.

        What has another place with all of its document, an annex that is the first now, has `moved`.
        """
        tracked = any(each.change.kind != "formatted" for each in self.tracked)
        if self.change != "same" or not (tracked or self.untracked_words):
            return self.change.replace("-", " and ")
        return "changed" if tracked or not all(map(_is_move, self.untracked_words)) else "moved"

    @property
    def is_changed(self) -> bool:
        """Whether words of it changed that both texts have a place for."""
        return bool(self.ours and self.theirs) and self.change in ("changed", "moved-changed")

    @property
    def is_struck(self) -> bool:
        """Whether it was dropped, or none of its own words is left under its heading or number."""
        if self.change == "removed":
            return True
        if (
            not self.ours
            or self.provision is None
            or not any(p.kind == "deleted" and p.text.strip() for p in self.pieces)
        ):
            return False
        first, left = self.pieces[0], self.provision.text.strip()
        return not left or (first.kind == "deleted" and first.text.strip() == left)  # its heading, read as its words

    @property
    def is_told_elsewhere(self) -> bool:
        """Whether a row for a replacement throughout says all that there is to say of it."""
        return self.is_replaced_only and not (self.comments or self.breaks or self.assessments)

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to say of it."""
        return bool(self.change not in UNTOUCHED or self.tracked or self.untracked or self.comments or self.breaks)

    @property
    def is_noise(self) -> bool:
        """Whether nothing in it calls for an answer: no word changed, and nobody said or tracked anything."""
        stands = self.change in WORDS_STAND and not any(each.changes_words for each in self.untracked)
        return stands and not (self.tracked or self.comments or self.breaks)

    @property
    def untracked_words(self) -> list[Difference]:
        """The untracked changes of more than typography, the order of the parties or where paragraphs are parted."""
        found = [each for each in self.untracked if each.changes_words]
        if self.change in ("split", "merged") and not self.tracked and _says_the_same(found):
            return []
        return found

    @property
    def names(self) -> str:
        """Its paths: in ours, and in theirs where they are others."""
        here, there = self.paths or (self.ours or "", self.theirs or "")
        return f"{here} -> {there}" if here and there and here != there else self.path

    @cached_property
    def their_words(self) -> str:
        """The words of theirs that stand here, with those under it where it is new; empty where they dropped it."""
        return "".join(piece.text for piece in self.pieces if piece.kind != "deleted")

    @property
    def position(self) -> dict[str, Any]:
        """The cell of the position: that none is recorded is said, and nothing is guessed from likeness."""
        if not self.assessments:
            return {"status": "none recorded"}
        first, *others = (each.as_json() for each in self.assessments)
        return first | ({"also": others} if others else {})

    def as_json(self) -> dict[str, Any]:
        """Return the row of the JSON contract."""
        return {
            "path": self.path,
            "ref": self.ref,
            "ours": self.ours,
            "theirs": self.theirs,
            "heading": self.heading,
            "change": self.change,
            "ground": self.ground,
            "kinds": list(self.kinds),
            "differences": [[piece.kind, piece.text] for piece in self.pieces],
            "topics": list(self.topics),
            "tracked": [tracked.as_json() for tracked in self.tracked],
            "untracked": [_untracked_row(difference) for difference in self.untracked],
            "comments": [comment_row(comment) for comment in self.comments],
            "position": self.position,
            "precedents": [row for sought in self.precedents or () for row in sought.rows()],
            "sought": [sought.as_json() for sought in self.precedents or ()],
            "breaks": self.breaks,
            "along": self.along,
        }


def _says_the_same(found: Sequence[Difference]) -> bool:
    """Whether all these changes together leave the words as they are, in other paragraphs."""
    before, after = (" ".join(side) for side in (map(_before, found), map(_after, found)))
    return same_words(before, after)


def _before(difference: Difference) -> str:
    return difference.before


def _after(difference: Difference) -> str:
    return difference.after


def _untracked_row(difference: Difference) -> dict[str, Any]:
    pieces = [[piece.kind, piece.text] for piece in difference.to_read]
    row = {"number": f"u{difference.number}", "change": difference.how, "what": difference.what, "in": difference.story}
    return row | {"differences": pieces}


def comment_row(comment: Comment) -> dict[str, Any]:
    """Return a comment as a row of JSON."""
    row = {"id": comment.id, "author": comment.author, "date": comment.date, "text": comment.text}
    return row | {"about": comment.about, "reply_to": comment.reply_to, "done": comment.done}


# ---------------------------------------------------------------------- sorting changes into provisions


def clauses_of(texts: Texts) -> tuple[list[TouchedClause], list[tuple[str, str]]]:
    """Return the clauses that their file touches, in reading order, and (our path, their path) of those renumbered."""
    rows = _Rows(texts)
    for number, change in enumerate(texts.marked.changes, 1):
        if texts.is_theirs(change.author, change.date):
            rows.of_change(change).tracked.append(Tracked(number, change))
    for difference in texts.untracked.differences:
        rows.of_difference(difference).untracked.append(difference)
    for comment in texts.marked.comments:
        rows.of_paragraph(comment.paragraph).comments.append(comment)
    return rows.clauses, rows.renumbered


class _Rows:
    """The clauses of a review, found by their paths in any of the three texts."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.clauses: list[TouchedClause] = []
        self.renumbered: list[tuple[str, str]] = []
        self._ours: dict[str, TouchedClause] = {}
        self._theirs: dict[str, TouchedClause] = {}
        self._places = [{p.path: p for p in places(t.agreement)} for t in (texts.ours, texts.theirs)]
        for pair in texts.pairs:
            if not pair.part_of:
                self._add(pair)
        for pair in texts.pairs:
            if pair.part_of:
                self._add(pair)
        base = texts.base.agreement
        tracked_nothing = texts.base is texts.theirs
        ours = texts.pairs if tracked_nothing else align(texts.ours.agreement, base)
        theirs = () if tracked_nothing else align(base, texts.theirs.agreement)
        self._ours_of = {p.b.path: p.a.path for p in ours if p.a and p.b}
        self._theirs_of = {path: path for path in self._places[1]} if tracked_nothing else {}
        self._theirs_of |= {p.a.path: p.b.path for p in theirs if p.a and p.b}
        self._final_paths = texts.theirs.paths(texts.marked.paragraphs)
        self._base_paths = texts.base.paths(texts.marked.originals)

    # ------------------------------------------------------------------ making them

    def _add(self, pair: Pair) -> None:
        clause = self._of_parts(pair) or self._whole(pair)
        if clause is None:
            clause = self._new(pair)
            self.clauses.append(clause)
        if pair.a:
            self._ours[pair.a.path] = clause
        if pair.b:
            self._theirs[pair.b.path] = clause
        if pair.a and pair.b and pair.a.path != pair.b.path and pair.change == "renumbered":
            self.renumbered.append((pair.a.path, pair.b.path))

    def _of_parts(self, pair: Pair) -> TouchedClause | None:
        """Return the clause of the provision that `pair` is a part of, once that is known."""
        if not pair.part_of:
            return None
        return (self._ours if pair.parted == "split" else self._theirs).get(pair.part_of)

    def _whole(self, pair: Pair) -> TouchedClause | None:
        """Return the clause that was added or dropped whole, which a provision stands under."""
        if pair.change not in ("added", "removed"):
            return None
        side, known = (pair.b, self._theirs) if pair.b else (pair.a, self._ours)
        path = side.path if side else ""
        while path := path.rpartition(".")[0]:
            above = known.get(path)
            if above is not None and above.change == pair.change:
                return above
        return None

    def _new(self, pair: Pair) -> TouchedClause:
        side = pair.b or pair.a
        if side is None:
            raise ValueError("a pair has a side")
        place = self._places[1 if pair.b else 0][side.path]
        of = self._texts.theirs if pair.b else self._texts.ours
        return TouchedClause(
            path=side.path,
            ref=f"{of.agreement.id}#{side.path}",
            ours=pair.a.path if pair.a else None,
            theirs=pair.b.path if pair.b else None,
            heading=_heading(place, side),
            change=pair.change,
            pieces=_pieces(pair, place.provision),
            provision=place.provision,
            paths=pair.names if pair.parted else None,
        )

    # ------------------------------------------------------------------ finding them

    def of_change(self, change: TrackedChange) -> TouchedClause:
        """Return the clause that a tracked change of their file belongs to."""
        if change.story != "body":
            return self._elsewhere(change.story)
        gone = change.kind in ("deleted", "moved-from") and not self._texts.marked.paragraphs[change.paragraph]
        return self._of_base(change.paragraph) if gone else self._of_final(change.paragraph)

    def of_paragraph(self, paragraph: int) -> TouchedClause:
        """Return the clause that a paragraph of the body of their file belongs to (-1: none that is known)."""
        if paragraph < 0:
            return self._elsewhere(_UNPLACED)
        gone = not self._texts.marked.paragraphs[paragraph]
        return self._of_base(paragraph) if gone else self._of_final(paragraph)

    def of_difference(self, difference: Difference) -> TouchedClause:
        """Return the clause that an untracked change belongs to."""
        if difference.story != "body":
            return self._elsewhere(difference.story)
        is_emptied = difference.a is not None and not difference.after.strip()  # which says not where it stands
        if difference.b is not None and not is_emptied:
            path = self._texts.base.places[difference.b.index]
            return self._empty_at(path, difference) or self._at_base(path)
        path = self._texts.ours.places[difference.a.index if difference.a else 0]
        return self._ours.get(path) or self._elsewhere(path)

    def _empty_at(self, path: str, difference: Difference) -> TouchedClause | None:
        """Return the clause that is a number without words, where that is what was added after the one at `path`."""
        above = path.rpartition(".")[0]
        for clause in self.clauses if difference.empty_number else ():
            number = clause.their_words.strip() if clause.change == "added" else ""
            if number == difference.empty_number and (clause.theirs or "").rpartition(".")[0] == above:
                return clause
        return None

    def _of_final(self, paragraph: int) -> TouchedClause:
        path = self._final_paths[paragraph]
        return self._theirs.get(path) or self._elsewhere(path)

    def _of_base(self, paragraph: int) -> TouchedClause:
        return self._at_base(self._base_paths[paragraph])

    def _at_base(self, path: str) -> TouchedClause:
        ours, theirs = self._ours_of.get(path, ""), self._theirs_of.get(path, "")
        return self._theirs.get(theirs) or self._ours.get(ours) or self._elsewhere(path)

    def _elsewhere(self, path: str) -> TouchedClause:
        """Return the clause for what stands in no provision: a title, a header, a note, words put in and out again."""
        found = next((c for c in self.clauses if c.path == path), None)
        if found is None:
            found = TouchedClause(path, "", None, None, "", "same", ())
            self.clauses.insert(0 if path == TITLE else len(self.clauses), found)
        return found


def _heading(place: Place, side: AlignedProvision) -> str:
    """Return the heading of a provision, its own or the nearest above it."""
    return side.heading or next((p.heading for p in reversed(place.chain) if p.heading), "") or ""


def _pieces(pair: Pair, provision: Provision) -> tuple[DiffSegment, ...]:
    """Return what leads from our words to theirs; a provision that is new or gone stands with all under it."""
    if pair.parted:
        return pair.text
    if pair.a is None:
        return differences("", provision.words())
    if pair.b is None:
        return differences(provision.words(), "")
    heading = pair.heading if any(piece.kind != "equal" for piece in pair.heading) else ()
    return (*heading, _BLANK, *pair.text) if heading and pair.text else heading or pair.text


# ---------------------------------------------------------------------- what moved whole


def fold_moves(clauses: Sequence[TouchedClause]) -> list[TouchedClause]:
    """Return `clauses` without those of which nothing is to be said but that they went along with the one above.

    Their changes become those of the clause that moved. Where words changed in one that went along it stays, with the
    change of its words alone: that it moved is said above. One that a position is about stays too.
    """
    moved = [clause for clause in clauses if clause.change in _MOVED and clause.ours and clause.theirs]
    kept: list[TouchedClause] = []
    taken: dict[int, TouchedClause] = {}  # what each that went along was taken into
    for clause in clauses:
        above = next((each for each in reversed(moved) if _went_with(clause, each)), None)
        while above is not None and id(above) in taken:
            above = taken[id(above)]
        if above is None and kept and _stands_elsewhere_too(clause, kept[-1]):
            above = kept[-1]
        if above is None or clause.comments or clause.breaks or clause.assessments:
            kept.append(clause)
        elif _says_nothing_else(clause):
            taken[id(clause)] = above
            _take_along(clause, above)
        else:
            kept.append(clause)
            _tell_words_alone(clause, above)
    for clause in kept:
        if clause.along:
            count, more = (
                len(clause.along),
                f" and {over} more" if (over := len(clause.along) - _ALONG_NAMED) > 0 else "",
            )
            said = f"moved with {count} more, no word of {'these' if count > 1 else 'it'} changed"
            clause.kinds = (*clause.kinds, f"{said}: {', '.join(clause.along[:_ALONG_NAMED])}{more}")
    return kept


def _went_with(clause: TouchedClause, above: TouchedClause) -> bool:
    ours, theirs = clause.ours or "", clause.theirs or ""
    return ours.startswith(f"{above.ours}.") and theirs.startswith(f"{above.theirs}.")


def _stands_elsewhere_too(clause: TouchedClause, before: TouchedClause) -> bool:
    """Whether both were not touched, and stand under another provision as what stood above them is gone."""
    if any(each.change != "moved" or each.untracked or each.tracked for each in (clause, before)):
        return False
    parents = [[(path or "").rpartition(".")[0] for path in (each.ours, each.theirs)] for each in (clause, before)]
    return parents[0] == parents[1]


def _is_move(difference: Difference) -> bool:
    return difference.how == "moved" and difference.story == "body"


def _says_nothing_else(clause: TouchedClause) -> bool:
    """Whether its words are ours and its changes only take it from one place to another."""
    moves = all(_is_move(each) and each.before == each.after for each in clause.untracked)
    tracks = all(each.change.kind in _TRACKED_MOVE for each in clause.tracked)
    return clause.change in (*UNTOUCHED, "moved") and moves and tracks


def _take_along(clause: TouchedClause, above: TouchedClause) -> None:
    for difference in clause.untracked:
        _add_move(difference, above)
    above.tracked += clause.tracked
    above.along.append(clause.path)


def _add_move(difference: Difference, above: TouchedClause) -> None:
    if any(map(_is_move, above.untracked)):
        above.moved_along.append(difference)
    else:
        above.untracked.append(difference)


def _tell_words_alone(clause: TouchedClause, above: TouchedClause) -> None:
    """Part the move of a clause whose words changed from the change of its words: each is decided on its own."""
    if clause.change != "changed" or not all(map(_is_move, clause.untracked)):
        return
    clause.moved_with = above
    for difference in clause.untracked:
        _add_move(difference, above)
    clause.untracked = [replace(each, how="changed") for each in clause.untracked if each.before != each.after]
