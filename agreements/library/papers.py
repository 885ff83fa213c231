"""Verbs for the papers around a negotiation: memoranda, matrices, transmittals, cables and e-mails."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from pathlib import Path

    from agreements.negotiation.paper_writing import MadePaper, ReturnedComments
    from agreements.negotiation.store import Negotiations


def make_paper(
    folder: StrPath,
    kind: str,
    negotiation: str,
    *,
    day: str,
    given: Mapping[str, str] | None = None,
    draft: StrPath | None = None,
    comments: Sequence[tuple[str, StrPath]] = (),
    tell: Callable[[str], None] | None = None,
) -> "MadePaper":
    """Return the paper `kind` (`c175`, `comments`, `transmittal`, `cable`, `email`) of a negotiation, as of `day`.

    `given` fills gaps by name and wins over what is recorded; `draft` is the text to attach (default: our last one);
    `comments` are the files that offices returned, each with the name of its office, held against that draft. Raises
    `RecordError` where there is none, `NotFoundError` for an unknown paper, gap or negotiation, `ClassifiedError` when
    something given is classified, as `parse_file`.
    """
    folder = as_path(folder)
    draft = None if draft is None else as_path(draft)
    from agreements.library.negotiate import negotiations_in, precedents_of
    from agreements.negotiation.paper_writing import make_paper as make

    store, precedents = negotiations_in(folder), precedents_of(folder, tell=tell)
    return make(
        store,
        kind,
        negotiation,
        precedents,
        day=day,
        given=given,
        draft=draft,
        comments=_returned(store, negotiation, draft, comments) if comments else None,
    )


def _returned(
    store: "Negotiations", negotiation: str, draft: "Path | None", comments: "Sequence[tuple[str, StrPath]]"
) -> "ReturnedComments":
    from agreements.clearing import matrix, merging
    from agreements.negotiation.clearance import text_to_clear
    from agreements.negotiation.paper_writing import ReturnedComments

    base = draft or store.path(negotiation, text_to_clear(store.get(negotiation)))
    found = merging.merge_drafts(base, [(office, as_path(file)) for office, file in comments])
    rows = list(matrix.cells(found))
    return ReturnedComments(matrix.HEAD, matrix.SHARES, rows, found.offices, found.marking)


def paper_gaps(kind: str) -> dict[str, str]:
    """Return the names of the gaps of the paper `kind` with what belongs there; raises `NotFoundError`."""
    from agreements.negotiation.papers import gaps

    return gaps(kind)
