"""Verbs over two texts: compare them, redline, review their file, answer it, tell the changes in a file."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.comparing.comparison import Compared, Comparison
    from agreements.conformity import Conformity
    from agreements.findings import Finding
    from agreements.intake.tracked_changes import ChangeReport
    from agreements.reference import Reference
    from agreements.reviewing.answer import Reply
    from agreements.reviewing.precedents import SoughtPrecedents
    from agreements.reviewing.review import HeldAgainst, Review
    from agreements.word import Prior

_COMPARISONS = 3  # of two texts that are held: so many a desk remembers


def is_file(name: str) -> bool:
    """Whether `name` means a file and not a reference: there is one, it has the suffix of a format, or a folder."""
    from agreements.reading import source

    path = Path(name)
    return path.is_file() or path.suffix.lower() in source.SUFFIXES or os.sep in name.partition("#")[0]


def compare(
    folder: StrPath | None, a: "str | Path | Reference", b: "str | Path | Reference", *, topic: str = ""
) -> "Comparison":
    """Return the provisions of `a` and `b` in pairs; each is a file, an agreement's id or a reference.

    A `Path` is a file and a `Reference` is none, whatever it says; a string is a file where it is the name of one.
    `folder` is the repository, None where both are files. `topic` (fine or core id) keeps the provisions about it.
    A desk held open remembers the last ones of two whole texts. Raises `NotFoundError`, `ReferenceSyntaxError`,
    `RepositoryError`, or as `parse_file`.
    """
    folder = None if folder is None else as_path(folder)
    from agreements.comparing.comparison import compared
    from agreements.repository import open_repository
    from agreements.reviewing.comparison import look_elsewhere

    def made() -> "Comparison":
        with _looking_once():
            found = compared(_side(folder, a), _side(folder, b), topic=topic)
            if not topic:
                look_elsewhere(found)
            else:
                found.not_seen.update(_not_seen(folder, found, topic))
        return found

    if folder is None or topic or isinstance(a, str | Path) or isinstance(b, str | Path):
        return made()
    return open_repository(folder).once_for("comparison", (a, b), made, most=_COMPARISONS)


def conform(folder: StrPath | None, a: str, b: str = "", *, languages: Sequence[str] = ()) -> "Conformity":
    """Return what two language texts of one agreement state otherwise; each is a file or an agreement's id.

    Without `b`, `a` holds both texts, as two columns or one after the other; `languages` names the two where there are
    more (codes). Nothing is translated, and that two texts say the same is never said. `folder` is the repository,
    None where only files are named. Raises `NotFoundError` where a language has no text, and as `compare`.
    """
    folder = None if folder is None else as_path(folder)
    from agreements.conformity import conformity, languages_of, two_texts
    from agreements.marking import highest

    with _looking_once():
        sides = [_side(folder, name) for name in (a, b) if name]
        texts = two_texts([(side.name, languages_of(side.agreement)) for side in sides], languages)
        marking = highest([side.agreement.marking for side in sides])
        return conformity(*texts, marking)


def write_conformity(found: "Conformity", output: StrPath) -> Path:
    """Write the report of `conform` to `output`, Word, HTML or Markdown by its suffix, and return it.

    Findings come first, then the two texts side by side. Raises `AgreementsError` for another suffix or a file that
    cannot be written.
    """
    from agreements.conformity.report import write_report

    return write_report(found, as_path(output))


@contextmanager
def _looking_once() -> Iterator[None]:
    """A block in which each Word file is opened once, and garbage is looked for rarely: all that is made is kept."""
    from agreements.garbage import collecting_rarely
    from agreements.ooxml.package import opening_once

    with opening_once(), collecting_rarely():
        yield


def _not_seen(folder: Path | None, found: "Comparison", topic: str) -> dict[str, str]:
    """Return what is known of a topic on the sides (`a`, `b`) no provision of which is about it."""
    from agreements.library.survey import topic_words

    said = dict(found.not_seen)
    for side, text in (("a", found.a), ("b", found.b)):
        if side in said and folder is not None and text.file is None and text.place is None:
            said[side] = topic_words(folder, text.agreement.id, topic) or said[side]
    return said


def _side(folder: Path | None, name: "str | Path | Reference") -> "Compared":
    from agreements.comparing.comparison import Compared
    from agreements.errors import NotFoundError, RepositoryError
    from agreements.intake.files import parse_file
    from agreements.library.find import get

    if isinstance(name, Path) or (isinstance(name, str) and is_file(name)):
        parsed = parse_file(Path(name), struck=True)
        return Compared(parsed.agreement, None, Path(name), parsed.findings, parsed.marks, parsed.by_styles)
    if folder is None:
        raise RepositoryError(f"{name} is no file, and no repository was named.", hint="Name one with --repo.")
    shown = get(folder, str(name))
    if not shown.agreement.text_held:
        hint = f"`agreements wanted {shown.agreement.id}` says where to look for it."
        raise NotFoundError(f"The text of {shown.agreement.id} is not held, only its facts.", hint=hint)
    return Compared(shown.agreement, shown.place)


def redline(
    compared: "Comparison",
    output: StrPath,
    *,
    author: str,
    date: str,
    prior: "Prior" = "refuse",
    anyway: bool = False,
) -> "tuple[Path, tuple[Finding, ...]]":
    """Write a redline of the comparison to the Word file `output`; return it and what a person should know.

    It is a copy of A's Word file (A written to Word where it is none) with tracked changes that make it B, by `author`
    at `date` (ISO 8601). `prior` says what becomes of tracked changes in the files (`word.RedlineOptions`). Before it
    is written it is resolved both ways and held against the files; the outcome stands in `compared.proof`, what Word
    cannot track among the findings. Raises `UnprovenError` where words are left over, unless it is wanted `anyway`,
    and `AgreementsError` when it cannot be made or written.
    """
    output = as_path(output)
    from agreements.reviewing import comparison

    with _looking_once():
        return comparison.redline(compared, output, author=author, date=date, prior=prior, anyway=anyway)


def write_side_by_side(
    found: "Comparison",
    output: StrPath,
    *,
    everything: bool = False,
    repository: StrPath | None = None,
    tell: Callable[[str], None] | None = None,
) -> Path:
    """Write the pairs of a comparison side by side to `output`, HTML or Word by its suffix, and return it.

    What is the same on both sides is left out unless `everything`. With a `repository`, a third column names the
    nearest precedents of B's words. Raises `AgreementsError` for another suffix or a file that cannot be written, and
    `RepositoryError`.
    """
    output = as_path(output)
    repository = None if repository is None else as_path(repository)
    from agreements.repository import open_repository
    from agreements.reviewing import comparison
    from agreements.search.precedents import open_precedents

    precedents = partial(open_precedents, open_repository(repository), tell=tell) if repository else None
    return comparison.write_side_by_side(found, output, everything=everything, precedents=precedents)


def read_changes(file: StrPath, *, author: str = "", since: str = "") -> "ChangeReport":
    """Return the tracked changes and comments of the Word file `file` in reading order.

    `author` keeps those of one author, `since` (ISO 8601) those made on that day or later; a change without a date is
    left out then. Raises `UnreadableError` when it is no Word file, `AgreementsError` for an author who changed
    nothing while others did, and as `parse_file`.
    """
    file = as_path(file)
    from agreements.intake import tracked_changes

    with _looking_once():
        return tracked_changes.read_changes(file, author=author, since=since)


def review(
    ours: StrPath | None = None,
    theirs: StrPath | None = None,
    *,
    negotiation: str = "",
    repository: StrPath | None = None,
    precedents: bool = True,
    tell: Callable[[str], None] | None = None,
) -> "Review":
    """Return what the file `theirs` changes in the file `ours` that was sent, clause by clause.

    Of a file that is no Word file, the words as read are compared (`Review.texts.as_read`).

    `repository` is where `precedents` of their wording are looked for (None: they are not), and where the `negotiation`
    is kept whose positions their words are held against. With a negotiation, `theirs` may be left out (their last text)
    and `ours` too (the text of ours that theirs was made from, else our last one before it). Raises
    `NoCommonAncestorError` when theirs was not made from ours, `UnreadableError` for what cannot be read,
    `NotFoundError` for a negotiation that is not known, `RecordError` where it keeps no such text, and
    `RepositoryError` for a repository that cannot be searched.
    """
    repository = None if repository is None else as_path(repository)
    from agreements.errors import RepositoryError
    from agreements.reviewing.review import review as reviewed

    if negotiation and repository is None:
        raise RepositoryError(f"No repository was named that keeps {negotiation}.", hint="Name one with --repo.")
    files = [None if each is None else as_path(each) for each in (ours, theirs)]
    record = None
    if negotiation and repository:
        first, second, record = _recorded(repository, negotiation, *files)
    elif files[0] is None or files[1] is None:
        raise RepositoryError("Two files are needed, or a negotiation that keeps them.", hint="Name OURS and THEIRS.")
    else:
        first, second = files[0], files[1]
    found = None
    if repository and precedents:
        from agreements.repository import open_repository
        from agreements.search.precedents import open_precedents

        found = partial(open_precedents, open_repository(repository), tell=tell)
    with _looking_once():
        return reviewed(first, second, record=record, precedents=found)


def clause_precedents(
    review: "Review", path: str, repository: StrPath, *, tell: Callable[[str], None] | None = None
) -> "tuple[SoughtPrecedents, ...]":
    """Return the precedents in `repository` of what changed in the clause at `path` of `review`.

    For a review made without precedents, clause by clause as they are read; they are kept in the clause too. Empty
    where no word changed. Raises `NotFoundError` for a path that is none of the review, `RepositoryError` for a
    repository that cannot be searched.
    """
    from agreements.errors import unknown
    from agreements.repository import open_repository
    from agreements.reviewing.review import find_precedents
    from agreements.search.precedents import open_precedents

    clauses = {clause.path: clause for clause in review.clauses}
    if path not in clauses:
        raise unknown("clause", path, clauses)
    with open_precedents(open_repository(as_path(repository)), (review.texts.ours.agreement.id,), tell=tell) as search:
        find_precedents(clauses[path], search, review.parties)
    return clauses[path].precedents or ()


def _recorded(
    repository: Path, negotiation: str, ours: Path | None, theirs: Path | None
) -> "tuple[Path, Path, HeldAgainst]":
    """Return the two files of a review, from the negotiation where they are not named, and what it records."""
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation.status import agreed_paths, partner_name
    from agreements.negotiation.texts import answered
    from agreements.reviewing.review import HeldAgainst

    store = negotiations_in(repository)
    held = store.get(negotiation)
    if ours is None or theirs is None:
        our_text, their_text = answered(held, theirs)
        ours = ours or store.path(negotiation, our_text)
        if theirs is None and their_text is not None:
            theirs = store.path(negotiation, their_text)
    if theirs is None:
        raise ValueError("an answer is named or kept")
    return (
        ours,
        theirs,
        HeldAgainst(
            store.positions(negotiation),
            store.marking(negotiation),
            agreed_paths(store, negotiation),
            partner_name(held.partner),
            held.title,
            {text.sha256: f"text {text.number}, {text.how}" for text in held.texts if text.side == "us"},
            tuple(held.limits),
        ),
    )


def write_memo(review: "Review", output: StrPath, *, day: str = "", order: Sequence[str] = ()) -> Path:
    """Write the memo of `review` to the Word file `output` and return it; raises `AgreementsError` when it fails.

    `day` (ISO 8601) is its date (default: today). Clauses stand in the reading order, the grounds of `order` first;
    raises `NotFoundError` for a ground that there is not.
    """
    output = as_path(output)
    from agreements.isodates import today
    from agreements.reviewing.memo import write_memo as write

    return write(review, output, day=day or today(), order=order)


def write_decisions(review: "Review", output: StrPath) -> Path:
    """Write a file of decisions on `review` to be filled in; raises `AgreementsError` when there is one already."""
    output = as_path(output)
    from agreements.reviewing.answer import write_decisions as write

    return write(review, output)


def answer(
    review: "Review",
    decisions: StrPath,
    output: StrPath,
    *,
    author: str,
    date: str,
    clean: StrPath | None = None,
    anyway: bool = False,
) -> "Reply":
    """Write our answer to the reviewed file to the Word file `output`, and without any tracked changes to `clean`.

    In the reply, their changes stay theirs. Accepted ones stand; what is rejected or countered is taken back by
    tracked changes of `author` at `date` (ISO 8601) on top; what is left is not touched. The clean copy is the text as
    we see it: with what is left read as in ours. Both are proven before they are written (`redline`). Raises
    `DecisionError` and `RecordError` for decisions that cannot be carried out, `UnprovenError` for words that these do
    not explain, unless they are wanted `anyway`, `AgreementsError` for a file that cannot be written or an untracked
    change that cannot be undone.
    """
    decisions = as_path(decisions)
    output = as_path(output)
    clean = None if clean is None else as_path(clean)
    from agreements.reviewing.answer import answer as make

    with _looking_once():
        return make(review, decisions, output, author=author, date=date, clean=clean, anyway=anyway)
