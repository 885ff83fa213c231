"""A review as a screen shows it: the clauses in reading order, their file as it came, and what is decided so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from agreements.comparing import DiffSegment, differences
from agreements.display import shown_short
from agreements.negotiation.positions import Assessment
from agreements.reviewing.clauses import TouchedClause
from agreements.reviewing.deciding import ClauseDecision, clause_decisions, steps_taken
from agreements.reviewing.reading_order import GROUND_WORDS, in_reading_order
from agreements.reviewing.review import Review
from agreements.reviewing.their_file import ParagraphAsCame, excerpt_of, their_file
from agreements.reviewing.words import comment_words, position_words, replaced, summary, tracked_words


@dataclass(frozen=True, slots=True)
class LadderRung:
    """A recorded wording of a position: `level` in words, `said`, and whether their words are it."""

    level: str
    kind: Literal["preferred", "fallback", "beyond", "opening"]
    said: str
    is_phrase: bool
    note: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class PositionLadder:
    """A position that a clause falls under: what it is `on`, its rungs, and how their words stand to it in words."""

    on: str
    said: str
    rungs: tuple[LadderRung, ...]
    rationale: str
    authority: str
    held_elsewhere: str
    likeness: str


@shown_short
@dataclass(frozen=True, slots=True)
class SheetRow:
    """A clause of a sheet: what is decided on it, what is known of it in words, and the words to start a counter with.

    `untracked` are what nobody tracked, cut to the words that differ. `wanted` are the words preferred by us where
    whole words are recorded, else those of our text; `from_position` tells which. `is_untracked` is said of Word files
    alone: in others nothing can be tracked.
    """

    decision: ClauseDecision
    clause: TouchedClause
    tracked: tuple[str, ...]
    untracked: tuple[tuple[str, Sequence[DiffSegment]], ...]
    comments: tuple[str, ...]
    position: str
    ladders: tuple[PositionLadder, ...]
    wanted: str
    from_position: bool
    is_untracked: bool

    @property
    def key(self) -> str:
        """What the clause is called in the review."""
        return self.decision.key

    @property
    def is_outside(self) -> bool:
        """Whether its words are beyond the recorded authority, or none of those that are recorded."""
        return any(each.is_outside for each in self.clause.assessments)


@shown_short
@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A review with its clauses by ground in reading order, their file, the summary, and how often to take back.

    Clauses in which nothing calls for an answer (no word changed, nobody said or tracked anything) count as `quiet`.
    """

    review: Review
    grounds: tuple[tuple[str, str, tuple[SheetRow, ...]], ...]
    paragraphs: tuple[ParagraphAsCame, ...]
    summary: tuple[str, ...]
    replaced: tuple[Sequence[DiffSegment], ...]
    quiet: int
    steps: int

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """All clauses in reading order."""
        return tuple(row for _, _, rows in self.grounds for row in rows)

    @property
    def open(self) -> int:
        """How many clauses wait for a decision."""
        return sum(row.decision.is_open for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        """Return `{open, steps, clauses, paragraphs}`."""
        return {
            "open": self.open,
            "steps": self.steps,
            "clauses": [row.decision.as_json() | {"ground": row.clause.ground} for row in self.rows],
            "paragraphs": [each.as_json() for each in self.paragraphs],
        }


def review_sheet(review: Review, decisions: Path, *, order: Sequence[str] = ()) -> ReviewSheet:
    """Return `review` as a screen shows it, with what the file `decisions` says so far (there may be none yet).

    `order` are the grounds that are read first. Raises as `clause_decisions`, `NotFoundError` for a ground that there
    is not.
    """
    decided = clause_decisions(review, decisions)
    calling = [each for each in decided if not each.clause.is_noise]
    by_clause = {id(each.clause): each for each in calling}
    ours = dict(_our_words(review))
    grounds = tuple(
        (ground, GROUND_WORDS[ground], tuple(_row(review, by_clause[id(c)], ours) for c in clauses))
        for ground, clauses in in_reading_order([each.clause for each in calling], order)
    )
    return ReviewSheet(
        review,
        grounds,
        their_file(review, [(each.key, each.clause) for each in calling]),
        tuple(summary(review)),
        tuple(replaced(each) for each in review.replaced),
        len(decided) - len(calling),
        steps_taken(decisions),
    )


def counter_redline(clause: TouchedClause, text: str) -> tuple[DiffSegment, ...]:
    """Return what leads from their words of `clause` to the words `text` of ours."""
    theirs = clause.provision.text if clause.provision and clause.change != "removed" else ""
    return differences(theirs, "\n".join(line.strip() for line in text.splitlines() if line.strip()), by_words=True)


def _our_words(review: Review) -> "list[tuple[str, str]]":
    from agreements.reference import places

    return [(place.path, place.provision.text) for place in places(review.texts.ours.agreement)]


def _row(review: Review, decision: ClauseDecision, ours: dict[str, str]) -> SheetRow:
    clause = decision.clause
    preferred = next(
        (a.position.preferred.words for a in clause.assessments if a.position.preferred and a.position.preferred.words),
        "",
    )
    own = ours.get(clause.ours or "", "") if clause.change != "removed" or not clause.provision else _whole(clause)
    return SheetRow(
        decision,
        clause,
        tuple(tracked_words(clause)),
        tuple((_how(each.how, each.story), excerpt_of(each)) for each in clause.untracked_words),
        tuple(comment_words(each) for each in clause.comments),
        position_words(clause) if clause.change != "same" else "",
        tuple(_ladder(each) for each in clause.assessments),
        preferred or own,
        bool(preferred),
        bool(clause.untracked_words) and not review.texts.as_read,
    )


def _whole(clause: TouchedClause) -> str:
    """Return the words of a provision that they dropped, with all under it, a line for each paragraph."""
    return "\n".join(each.text for each in clause.provision.walk() if each.text) if clause.provision else ""


def _how(how: str, story: str) -> str:
    return how if story == "body" else f"{how} in the {story}"


def _ladder(found: Assessment) -> PositionLadder:
    position = found.position
    names = {"beyond": "beyond authority"}
    rungs = tuple(
        LadderRung(
            f"{names.get(level, level)} {at}" if at and level == "fallback" else names.get(level, level),
            level,
            wording.said,
            bool(wording.phrase),
            wording.note,
            found.level == level and found.at == at,
        )
        for level, at, wording in position.wordings()
    )
    near = found.level is None and found.nearest
    likeness = f"{found.likeness:.0%} like {found.nearest}: a figure, no assessment" if near else ""
    return PositionLadder(
        position.key, found.said, rungs, position.rationale, position.authority, position.held_elsewhere, likeness
    )
