"""A clause of a review: what became of a provision of ours, tracked, untracked, commented on, against positions."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from agreements.comparing import Piece
from agreements.model import Provision
from agreements.negotiation.positions import Standing
from agreements.search.results import Hit
from agreements.word.changes import TrackedChange
from agreements.word.comments import Comment
from agreements.word.differing import Difference

_UNTOUCHED = ("same", "renumbered")


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
class Clause:
    """A provision that their file touches.

    `ours` and `theirs` are its paths in the two texts (one may be missing), `change` what became of it as in
    `compare` (`same`: its words are ours, but there are comments, or changes that leave them so). `pieces` lead from
    our words to theirs. `standings` say how their words stand to our positions, `precedents` are the nearest
    provisions of the repository to them (None: not looked for), `breaks` what their change makes wrong elsewhere.
    """

    path: str
    ref: str
    ours: str | None
    theirs: str | None
    heading: str
    change: str
    pieces: tuple[Piece, ...]
    provision: Provision | None = None
    tracked: list[Tracked] = field(default_factory=list)
    untracked: list[Difference] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    topics: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()
    precedents: tuple[Hit, ...] | None = None
    breaks: list[str] = field(default_factory=list)

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to say of it."""
        return bool(self.change not in _UNTOUCHED or self.tracked or self.untracked or self.comments or self.breaks)

    @cached_property
    def their_words(self) -> str:
        """The words of theirs that stand here, with those under it where it is new; empty where they dropped it."""
        return "".join(piece.text for piece in self.pieces if piece.kind != "deleted")

    @property
    def position(self) -> dict[str, Any]:
        """The cell of the position: that none is recorded is said, and nothing is guessed from likeness."""
        if not self.standings:
            return {"status": "none recorded"}
        first, *others = (standing.as_json() for standing in self.standings)
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
            "differences": [[piece.kind, piece.text] for piece in self.pieces],
            "topics": list(self.topics),
            "tracked": [tracked.as_json() for tracked in self.tracked],
            "untracked": [_untracked_row(difference) for difference in self.untracked],
            "comments": [comment_row(comment) for comment in self.comments],
            "position": self.position,
            "precedents": [_precedent_row(hit) for hit in self.precedents or ()],
            "breaks": self.breaks,
        }


def _untracked_row(difference: Difference) -> dict[str, Any]:
    pieces = [[piece.kind, piece.text] for piece in difference.pieces]
    row = {"number": f"u{difference.number}", "change": difference.how, "in": difference.story}
    return row | {"differences": pieces}


def comment_row(comment: Comment) -> dict[str, Any]:
    """Return a comment as a row of JSON."""
    row = {"id": comment.id, "author": comment.author, "date": comment.date, "text": comment.text}
    return row | {"about": comment.about, "reply_to": comment.reply_to, "done": comment.done}


def _precedent_row(hit: Hit) -> dict[str, Any]:
    return {"ref": hit.ref, "citation": hit.citation, "score": round(hit.score, 3), "text": hit.text}
