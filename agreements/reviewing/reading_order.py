"""In which order the clauses of a review are read: by a ground that can be shown, never by how grave a change is.

The ground says why a clause comes early; it is for the screen alone and stands in no paper. Nothing is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Literal, get_args

from agreements.errors import unknown
from agreements.reviewing.clauses import TouchedClause

ReadingGround = Literal["reopened", "untracked", "outside", "rest"]

GROUND_WORDS: dict[str, str] = {
    "reopened": "Reopened: agreed before, ad referendum or finally",
    "untracked": "Changed without tracking",
    "outside": "Outside recorded positions",
    "rest": "The rest",
}
"""What each ground is called on the screen, in the order in which clauses are read unless an office sets another."""

_SETTLED = ("ad-referendum", "agreed")


def ground_of(
    clause: TouchedClause,
    agreed: Iterable[str] = (),
    ours_of: Mapping[str, str] | None = None,
    *,
    can_track: bool = True,
) -> ReadingGround:
    """Return the first ground that holds for `clause`; `agreed` are the paths agreed before, in our text.

    `can_track` is whether their file could track a change: in a PDF that nobody did says nothing.

    A clause that was agreed is reopened by a change of its words, or of words above or under it, and by what was put
    into it: `ours_of` gives our path of each of theirs that ours has too. A comment alone reopens nothing.
    """
    if clause.is_noise or not clause.changes_words:
        return "rest"
    if any(each.position.status in _SETTLED for each in clause.assessments) or any(
        _is_within(path, each) or (clause.ours and _is_within(each, path))
        for path in filter(None, [_ours(clause, ours_of or {})])
        for each in agreed
    ):
        return "reopened"
    if can_track and clause.untracked_words:
        return "untracked"
    return "outside" if any(each.is_outside for each in clause.assessments) else "rest"


def in_reading_order(
    clauses: Iterable[TouchedClause], order: Sequence[str] = ()
) -> list[tuple[str, list[TouchedClause]]]:
    """Return `clauses` by ground, those of one ground as they stand in the text; grounds that none has are left out.

    `order` are grounds that come first, in that order; the others follow in the usual one. Raises `NotFoundError` for
    a ground that there is not.
    """
    for name in order:
        if name not in GROUND_WORDS:
            raise unknown("ground of the reading order", name, get_args(ReadingGround))
    ranks = {name: rank for rank, name in enumerate(dict.fromkeys([*order, *GROUND_WORDS]))}
    found = sorted(clauses, key=lambda clause: ranks[clause.ground])
    return [(ground, list(group)) for ground, group in groupby(found, key=lambda clause: clause.ground)]


def _ours(clause: TouchedClause, ours_of: Mapping[str, str]) -> str:
    """Return the path of a clause in our text; of one that only theirs has, that of what it was put into."""
    if clause.ours:
        return clause.ours
    above = clause.theirs or ""
    while above and above not in ours_of:
        above = above.rpartition(".")[0]
    return ours_of.get(above, "")


def _is_within(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}.")
