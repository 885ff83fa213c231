"""What the changes of a clause do, and words that were replaced by others in many: one row, with all places."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.comparing import DiffSegment
from agreements.comparing.kinds import WordEdit, edits_of, kinds, kinds_of
from agreements.reviewing.clauses import TouchedClause

_BLANK = DiffSegment("equal", " ")  # what stands between the pieces of a heading and those of the words
_THROUGHOUT = 3  # clauses from which on a replacement is told once for all


@dataclass(frozen=True, slots=True)
class WordReplacement:
    """Words that others took the place of in several clauses, at `paths` of their text.

    In `untracked` of these somebody changed them without tracking; at `standing` of their text the words that went
    stand still, so that they were not replaced throughout. `kinds` say what it does (a duty becomes a right).
    """

    gone: str
    come: str
    paths: tuple[str, ...]
    untracked: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return `{from, to, paths, untracked, standing, kinds}`."""
        lists = {name: list(getattr(self, name)) for name in ("paths", "untracked", "standing", "kinds")}
        return {"from": self.gone, "to": self.come, **lists}


def find_kinds(clauses: Iterable[TouchedClause]) -> None:
    """Write into each of `clauses` what its changes do, in words."""
    for clause in clauses:
        if clause.ours and clause.theirs:
            clause.kinds = kinds(_of_its_words(clause))


def _of_its_words(clause: TouchedClause) -> Sequence[DiffSegment]:
    """Return the pieces of a clause without those of its heading: a heading denies, permits and excepts nothing."""
    heading = (clause.provision.heading if clause.provision else None) or ""
    length = 0
    for at, piece in enumerate(clause.pieces):
        if length == len(heading) and piece == _BLANK:
            return clause.pieces[at + 1 :]
        length += len(piece.text) * (piece.kind != "deleted")
        if length > len(heading):
            break
    return () if heading and length == len(heading) else clause.pieces


def find_replacements(clauses: Sequence[TouchedClause], theirs: Mapping[str, str]) -> tuple[WordReplacement, ...]:
    """Return what was replaced in at least three of `clauses`, and tell in each whether nothing else changed there.

    `theirs` are the words of their provisions by path: the words that went may stand in some of them still.
    """
    places: dict[tuple[str, str], dict[str, TouchedClause]] = {}
    edits = {id(clause): list(edits_of(clause.pieces)) for clause in clauses if clause.is_changed}
    for clause in clauses:
        for edit in edits.get(id(clause), ()):
            if edit.is_replacement and all(any(map(str.isalnum, side)) for side in _key(edit)):
                places.setdefault(_key(edit), {})[clause.path] = clause
    throughout = {key: found for key, found in places.items() if len(found) >= _THROUGHOUT}
    for clause in clauses:
        own = edits.get(id(clause), [])
        clause.is_replaced_only = bool(own) and all(_key(edit) in throughout for edit in own)
    return tuple(_replacement(found, edits, key, theirs) for key, found in throughout.items())


def _key(edit: WordEdit) -> tuple[str, str]:
    return edit.gone.casefold(), edit.come.casefold()


def _replacement(
    found: dict[str, TouchedClause], edits: dict[int, list[WordEdit]], key: tuple[str, str], theirs: Mapping[str, str]
) -> WordReplacement:
    said = next(edit for clause in found.values() for edit in edits[id(clause)] if _key(edit) == key)
    untracked = tuple(path for path, clause in found.items() if clause.untracked_words)
    still = re.compile(rf"(?<!\w){re.escape(said.gone)}(?!\w)", re.IGNORECASE)
    standing = tuple(path for path, words in theirs.items() if still.search(words))
    does = (each for path in found.values() for edit in edits[id(path)] if _key(edit) == key for each in kinds_of(edit))
    return WordReplacement(said.gone, said.come, tuple(found), untracked, standing, tuple(dict.fromkeys(does)))
