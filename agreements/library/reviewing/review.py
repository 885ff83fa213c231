"""The verb `review`: what the other side's file changes in ours, clause by clause."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements.errors import RepositoryError
from agreements.findings import Finding, info, warning
from agreements.library.repositories import open_repository
from agreements.library.reviewing.breaks import find_breaks
from agreements.library.reviewing.clauses import Clause
from agreements.library.reviewing.precedents import find_precedents
from agreements.library.reviewing.rows import clauses_of
from agreements.library.reviewing.standings import find_standings
from agreements.library.reviewing.texts import Texts, load_texts
from agreements.negotiation.markings import highest
from agreements.negotiation.positions import Positions
from agreements.negotiation.store import Negotiations


@dataclass
class Review:
    """What `theirs` changes in `ours` (names of the files), clause by clause in reading order.

    `likeness` (0 to 1) is that of their file without tracked changes to ours; `renumbered` are (our path, their path)
    of provisions with the same words under another number. `texts` are what it was made from.
    """

    ours: str
    theirs: str
    likeness: float
    clauses: list[Clause]
    renumbered: list[tuple[str, str]]
    texts: Texts
    marking: str = ""
    findings: tuple[Finding, ...] = ()
    files: list[Path] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """The hash of their file as it came."""
        return hashlib.sha256(self.texts.file).hexdigest()

    @property
    def tracked(self) -> int:
        """How many tracked changes of theirs there are."""
        return sum(len(clause.tracked) for clause in self.clauses)

    @property
    def untracked(self) -> int:
        """How many places their file has otherwise than ours without a tracked change."""
        return sum(len(clause.untracked) for clause in self.clauses)

    @property
    def authors(self) -> dict[str, int]:
        """How many tracked changes each of their authors made."""
        found: dict[str, int] = {}
        for clause in self.clauses:
            for tracked in clause.tracked:
                found[tracked.change.author] = found.get(tracked.change.author, 0) + 1
        return found

    def as_json(self) -> dict[str, Any]:
        """Return `{ours, theirs, likeness, counts, clauses, renumbered, findings, files}` of the JSON contract."""
        return {
            "ours": self.ours,
            "theirs": self.theirs,
            "sha256": self.sha256,
            "likeness": round(self.likeness, 3),
            "marking": self.marking,
            "tracked": self.tracked,
            "untracked": self.untracked,
            "authors": self.authors,
            "clauses": [clause.as_json() for clause in self.clauses],
            "renumbered": [list(pair) for pair in self.renumbered],
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
        }


def review(
    ours: Path,
    theirs: Path,
    *,
    negotiation: str = "",
    repository: Path | None = None,
    precedents: bool = True,
    tell: Callable[[str], None] | None = None,
) -> Review:
    """Return what the Word file `theirs` changes in the Word file `ours` that was sent, clause by clause.

    `repository` is where `precedents` of their wording are looked for (None: they are not), and where the `negotiation`
    is kept whose positions their words are held against. Raises `NoCommonAncestorError` when theirs was not made from
    ours, `UnreadableError` for what is no Word file, `NotFoundError` for a negotiation that is not known, and
    `RepositoryError` for a repository that cannot be searched.
    """
    kept, marking = _kept(repository, negotiation)
    texts = load_texts(ours, theirs)
    clauses, renumbered = clauses_of(texts)
    find_breaks(texts, clauses)
    touched = [clause for clause in clauses if clause.is_touched]
    find_standings(texts, touched, kept, ours)
    if repository is not None and precedents:
        find_precedents(repository, touched, texts.ours.agreement.id, tell=tell)
    marking = highest([marking, texts.ours.agreement.marking, texts.theirs.agreement.marking])
    findings = (*_without_changes(texts.theirs.findings), *_numbers(texts), *_struck(texts))
    return Review(ours.name, theirs.name, texts.likeness, touched, renumbered, texts, marking, findings)


def _numbers(texts: Texts) -> Iterator[Finding]:
    """Yield what is known of references that show other numbers than ours do: Word computes these."""
    for each in texts.untracked.numbers:
        if each.b is not None and each.story == "body":
            words = " ".join(piece.text.strip() for piece in each.pieces if piece.kind == "inserted")
            message = f"A reference shows another number than in ours, without tracking: {words}"
            yield info("reference-number", texts.base.places[each.b.index], message, "Word computes it; update fields.")


def _struck(texts: Texts) -> Iterator[Finding]:
    """Yield a warning for words that look deleted or are hidden and are not: a look is no tracked change."""
    for spot, words in texts.untracked.struck:
        where = texts.base.places[spot.index] if spot.part == texts.main_part else spot.part
        message = f"Words are struck out or hidden by their look alone, without tracking: {words}"
        yield warning("struck", where, message, "Ask what is meant; the words still stand.")


def _without_changes(findings: Iterable[Finding]) -> list[Finding]:
    """Return `findings` without those that tell tracked changes, which a review tells itself."""
    return [finding for finding in findings if not finding.code.startswith("tracked-")]


def _kept(repository: Path | None, negotiation: str) -> tuple[Positions, str]:
    """Return the positions of a negotiation and the marking of what is made from it; nothing where none is named."""
    if not negotiation:
        return Positions(), ""
    if repository is None:
        raise RepositoryError(f"No repository was named that keeps {negotiation}.", hint="Name one with --repo.")
    held = Negotiations(open_repository(repository))
    return held.positions(negotiation), held.marking(negotiation)
