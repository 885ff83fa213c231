"""Clauses that moved whole: one change, with the paragraphs that went along in it."""

from collections.abc import Sequence
from dataclasses import replace

from agreements.comparing import UNTOUCHED
from agreements.reviewing.clauses import TouchedClause
from agreements.word import Difference

_MOVED = ("moved", "moved-changed")
_NAMED = 8  # paths that are named of what moved along
_TRACKED_MOVE = ("inserted", "deleted", "moved-from", "moved-to")


def fold_moves(clauses: Sequence[TouchedClause]) -> list[TouchedClause]:
    """Return `clauses` without those of which nothing is to be said but that they went along with the one above.

    Their changes become those of the clause that moved. Where words changed in one that went along it stays, with the
    change of its words alone: that it moved is said above. One that a position is about stays too.
    """
    moved = [clause for clause in clauses if clause.change in _MOVED and clause.ours and clause.theirs]
    kept: list[TouchedClause] = []
    for clause in clauses:
        above = next((each for each in reversed(moved) if _went_with(clause, each)), None)
        if above is None and kept and _stands_elsewhere_too(clause, kept[-1]):
            above = kept[-1]
        if above is None or clause.comments or clause.breaks or clause.assessments:
            kept.append(clause)
        elif _says_nothing_else(clause):
            _take_along(clause, above)
        else:
            kept.append(clause)
            _tell_words_alone(clause, above)
    for clause in kept:
        if clause.along:
            count, more = len(clause.along), f" and {over} more" if (over := len(clause.along) - _NAMED) > 0 else ""
            said = f"moved with {count} more, no word of {'these' if count > 1 else 'it'} changed"
            clause.kinds = (*clause.kinds, f"{said}: {', '.join(clause.along[:_NAMED])}{more}")
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
