"""Verbs over the decisions on a review: look, decide clause by clause, take back; in files that `answer` reads."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.comparing import DiffSegment
    from agreements.negotiation.file import NegotiatedText
    from agreements.reviewing.deciding import ClauseDecision
    from agreements.reviewing.decisions import Do
    from agreements.reviewing.review import Review
    from agreements.reviewing.sheet import ReviewSheet


def review_text(folder: StrPath, negotiation: str, number: int) -> "Review":
    """Return the review of the text `number` of `negotiation`, which the other side sent, without precedents.

    Ours is the text that it was made from. Raises as `review`, `NotFoundError` for a text that there is not,
    `RecordError` for one that is no text of theirs.
    """
    folder = as_path(folder)
    from agreements.library.compare import review
    from agreements.library.negotiate import negotiations_in

    store = negotiations_in(folder)
    theirs = store.path(negotiation, _text_of_theirs(folder, negotiation, number))
    return review(None, theirs, negotiation=negotiation, repository=folder, precedents=False)


def decisions_file(folder: StrPath, negotiation: str, number: int) -> Path:
    """Return where the decisions on the text `number` of `negotiation` are kept; there may be none yet.

    Raises `NotFoundError` and `RecordError` as `review_text`.
    """
    folder = as_path(folder)
    from agreements.library.negotiate import negotiations_in

    text = _text_of_theirs(folder, negotiation, number)
    return negotiations_in(folder).folder(negotiation) / "decisions" / f"text-{text.number:02d}.yaml"


def review_sheet(review: "Review", decisions: StrPath, *, order: Sequence[str] = ()) -> "ReviewSheet":
    """Return `review` as a screen shows it: clauses in reading order, their file, what `decisions` says so far.

    `order` are the grounds that are read first. Raises `RecordError` for a file of decisions that cannot be read,
    `DecisionError` for one of another file, `NotFoundError` for a ground that there is not.
    """
    from agreements.reviewing.sheet import review_sheet as sheet

    return sheet(review, as_path(decisions), order=order)


def counter_redline(review: "Review", clause: str, text: str) -> "tuple[DiffSegment, ...]":
    """Return what leads from their words of `clause` (its key in the sheet) to our words `text`.

    Raises `NotFoundError` for a clause that there is not.
    """
    from agreements.reviewing.deciding import clause_of
    from agreements.reviewing.sheet import counter_redline as redline

    return redline(clause_of(review, clause), text)


def decide(
    review: "Review",
    decisions: StrPath,
    clause: str,
    do: "Do",
    *,
    text: str = "",
    reason: str = "",
    expected: str | None = None,
) -> "ClauseDecision":
    """Decide on one `clause` of `review` (its key in the sheet), save it in the file `decisions`; return what stands.

    `do` is accept, reject, counter (with our words as `text`), leave, or empty: open again. Accepting what nobody
    tracked, or what stands outside recorded positions, needs a `reason`. `expected` is the `fingerprint` of the
    decision on that clause as it was seen. Raises `NotFoundError`, `DecisionError`, `RecordError`, `ClassifiedError`,
    and `ChangedMeanwhileError` with both decisions.
    """
    from agreements.reviewing.deciding import decide as decided

    return decided(review, as_path(decisions), clause, do, text=text, reason=reason, expected=expected)


def decide_text(
    folder: StrPath,
    negotiation: str,
    review: "Review",
    clause: str,
    do: "Do",
    *,
    number: int,
    text: str = "",
    reason: str = "",
    expected: str | None = None,
) -> "ClauseDecision":
    """Decide as `decide` does, on the text `number` of `negotiation`, of which `review` is the review.

    It is kept with the negotiation, under the name of who decides. Raises also as `decisions_file`.
    """
    from agreements.library.negotiate import negotiations_in
    from agreements.repository import who_acts
    from agreements.reviewing.deciding import decide as decided

    file = decisions_file(folder, negotiation, number)
    with negotiations_in(folder).writing():
        return decided(review, file, clause, do, text=text, reason=reason, by=who_acts(), expected=expected)


def take_back(review: "Review", decisions: StrPath, *, expected: int | None = None) -> "tuple[ClauseDecision, ...]":
    """Take back the last step in the file `decisions`; return the clauses on which another decision stands now.

    `expected` is how many steps there were (`ReviewSheet.steps`). Raises `DecisionError` where there is none,
    `ChangedMeanwhileError` where somebody else decided meanwhile.
    """
    from agreements.reviewing.deciding import take_back as back

    return back(review, as_path(decisions), expected=expected)


def take_back_text(
    folder: StrPath, negotiation: str, review: "Review", *, number: int, expected: int | None = None
) -> "tuple[ClauseDecision, ...]":
    """Take back as `take_back` does, on the text `number` of `negotiation`; raises also as `decisions_file`."""
    from agreements.library.negotiate import negotiations_in
    from agreements.reviewing.deciding import take_back as back

    file = decisions_file(folder, negotiation, number)
    with negotiations_in(folder).writing():
        return back(review, file, expected=expected)


def check_all_decided(review: "Review", decisions: StrPath) -> None:
    """Raise `DecisionError` that names every clause of `review` on which the file `decisions` decides nothing."""
    from agreements.reviewing.deciding import check_all_decided as check

    check(review, as_path(decisions))


def _text_of_theirs(folder: Path, negotiation: str, number: int) -> "NegotiatedText":
    from agreements.errors import unknown
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation.records import RecordError

    held = negotiations_in(folder).get(negotiation)
    text = held.text(number)
    if text is None:
        raise unknown("text", str(number), [str(each.number) for each in held.texts] or ["none yet"])
    if text.side != "partner":
        raise RecordError(
            f"Text {number} of {negotiation} is not one that they sent ({text.how}).",
            hint="Review a text that was received.",
        )
    return text
