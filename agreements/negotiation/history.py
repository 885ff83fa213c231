"""How the words of a clause moved from text to text of a negotiation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from agreements.comparing import WORDS_STAND, AlignedProvision, DiffSegment, Pair, align
from agreements.display import shown_short
from agreements.errors import NotFoundError
from agreements.model import Agreement
from agreements.negotiation.file import NegotiatedText, Negotiation
from agreements.negotiation.positions import Assessment, Position, Positions, texts_of
from agreements.negotiation.records import RecordError
from agreements.negotiation.sides import clauses_about
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import clauses_by_path, read_text
from agreements.reference import places, resolve
from agreements.topics import topics


@dataclass(frozen=True, slots=True)
class ClauseInText:
    """The clause as one text has it: its `paths`, and its provisions in pairs with those of the text before.

    The first text's pairs have no first side. `assessments` is how it stands to the positions recorded on it. `since`
    is how many of its words stand since which text, by its number, the earliest first: as far as the comparison of each
    text with the one before follows them. Words that were taken out and came back count from their coming back.
    """

    text: NegotiatedText
    paths: tuple[str, ...]
    pairs: tuple[Pair, ...]
    assessments: tuple[Assessment, ...] = ()
    since: tuple[tuple[int, int], ...] = ()

    @property
    def words(self) -> int:
        """How many words it has, headings included."""
        return sum(count for _, count in self.since)

    @property
    def is_changed(self) -> bool:
        """Whether any word of it differs from the text before."""
        return any(pair.change not in WORDS_STAND for pair in self.pairs)

    def as_json(self) -> dict[str, Any]:
        """Return `{text, side, date, round, paths, changed, since, pairs, positions}`; `since` by numbers of texts."""
        return {
            "text": self.text.number,
            "side": self.text.side,
            "date": self.text.date,
            "round": self.text.round,
            "paths": list(self.paths),
            "changed": self.is_changed,
            "since": {str(number): count for number, count in self.since},
            "pairs": [_row(pair) for pair in self.pairs],
            "positions": [s.as_json() for s in self.assessments],
        }


@shown_short
@dataclass(frozen=True, slots=True)
class ClauseHistory:
    """The clause asked for by `wanted` (topic or path) in every text of a negotiation, the earliest first.

    `marking` is the highest of the texts and positions that it is made from, `purged` names the texts that are not
    among them because they were purged.
    """

    wanted: str
    texts: tuple[ClauseInText, ...]
    marking: str = ""
    purged: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return `{clause, marking, texts}`, and `purged` where a text was."""
        row = {"clause": self.wanted, "marking": self.marking, "texts": [each.as_json() for each in self.texts]}
        return row | ({"purged": self.purged} if self.purged else {})


def clause_history(store: Negotiations, negotiation: str, wanted: str) -> ClauseHistory:
    """Return how the clause on the topic or at the path `wanted` moved through the texts of `negotiation`.

    A path is that of the latest text that has it; the clause is followed from there under whatever number it had.
    Raises `NotFoundError` when no text has it, `RecordError` when no text is kept.
    """
    held = store.get(negotiation)
    kept = held.kept_texts
    if not kept:
        raise RecordError(f"No text of {negotiation} is kept.", hint="`negotiation table` and `receive` keep them.")
    read = [read_text(store, negotiation, text) for text in kept]
    steps = [align(one, other) for one, other in pairwise(read)]
    paths = _paths_through(read, steps, wanted)
    if not any(paths):
        raise NotFoundError(
            f"No text of {negotiation} has {wanted}.", hint="Name a topic (claims_government) or a path (VII.3)."
        )
    positions = _positions(store, held, store.positions(negotiation), paths, wanted)
    origins = _origins(read, steps, [text.number for text in kept])
    found: list[ClauseInText] = []
    for at, text in enumerate(kept):
        if not found and not paths[at]:
            continue
        pairs = steps[at - 1] if found else tuple(Pair(None, pair.b) for pair in align(read[at], read[at]))
        before = paths[at - 1] if found else ()
        own = tuple(p for p in pairs if _is_under(p.b, paths[at]) or _is_under(p.a, before))
        provisions = [resolve(read[at], path).provision for path in paths[at]]
        assessments = tuple(position.assess(*texts_of(p)) for p in provisions for position in positions)
        counted = Counter(
            number for path, words in origins[at].items() if _lies_under(path, paths[at]) for number in words
        )
        found.append(ClauseInText(text, paths[at], own, assessments, tuple(sorted(counted.items()))))
    return ClauseHistory(wanted, tuple(found), store.marking(negotiation), held.purged_texts)


def _positions(
    store: Negotiations, held: Negotiation, positions: Positions, paths: Sequence[tuple[str, ...]], wanted: str
) -> list[Position]:
    """Return the positions on the clause, by its paths in our texts (in all, where none is ours alone)."""
    kept = held.kept_texts
    ours = [at for at, text in enumerate(kept) if text.side == "us"] or range(len(kept))
    topic = (wanted,) if wanted in topics() else ()
    found: dict[str, Position] = {}
    for at in ours:
        clauses = clauses_by_path(store, held.id, kept[at])
        for path in paths[at]:
            for position in positions.for_provision(path=path, clause=clauses.get(path, ""), topics=topic):
                found.setdefault(position.key, position)
    return [*found.values()]


def _paths_through(read: Sequence[Agreement], steps: Sequence[tuple[Pair, ...]], wanted: str) -> list[tuple[str, ...]]:
    """Return the paths of the clause in every text: found in the latest that has it, followed both ways."""
    every: list[tuple[str, ...]] = [() for _ in read]
    for at in range(len(read) - 1, -1, -1):
        if not every[at]:
            every[at] = _about(read[at], wanted) if wanted in topics() or not any(every) else ()
        if every[at] and at:
            ahead = [(p.b.path, p.a.path) for p in steps[at - 1] if p.a and p.b]
            every[at - 1] = _followed(every[at], ahead)
    for at, step in enumerate(steps, 1):
        if every[at - 1] and not every[at]:
            every[at] = _followed(every[at - 1], [(p.a.path, p.b.path) for p in step if p.a and p.b])
    return every


def _about(agreement: Agreement, wanted: str) -> tuple[str, ...]:
    """Return the paths in `agreement` of the provision `wanted`, or of the clauses about it."""
    if wanted in topics():
        return clauses_about(agreement, wanted)
    return (wanted,) if any(place.path == wanted for place in places(agreement)) else ()


def _followed(paths: Sequence[str], answers: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return where the provisions at `paths` are in the other text: their own answers, else those of what is below."""
    found: list[str] = []
    for path in paths:
        own = [there for here, there in answers if here == path]
        below = [there.rpartition(".")[0] or there for here, there in answers if here.startswith(f"{path}.")]
        found += own[:1] or below[:1]
    return tuple(dict.fromkeys(found))


def _is_under(side: AlignedProvision | None, paths: Sequence[str]) -> bool:
    return side is not None and _lies_under(side.path, paths)


def _lies_under(path: str, paths: Sequence[str]) -> bool:
    return any(path == each or path.startswith(f"{each}.") for each in paths)


# ---------------------------------------------------------------------- since when each word stands

WordOrigins = dict[str, list[int]]
"""By the path of a provision, the number of the text in which each of its words came, heading first."""


def _origins(read: Sequence[Agreement], steps: Sequence[tuple[Pair, ...]], numbers: Sequence[int]) -> list[WordOrigins]:
    """Return since when each word of every text stands."""
    heads: WordOrigins = {}
    texts: WordOrigins = {}
    for pair in align(read[0], read[0]):
        if pair.b:
            heads[pair.b.path] = [numbers[0]] * _size(pair.b.heading)
            texts[pair.b.path] = [numbers[0]] * _size(pair.b.text)
    found = [_joined(heads, texts)]
    for step, number in zip(steps, numbers[1:], strict=True):
        heads, texts = _carried(step, heads, texts, number)
        found.append(_joined(heads, texts))
    return found


def _size(text: str) -> int:
    return DiffSegment("equal", text).words


def _joined(heads: WordOrigins, texts: WordOrigins) -> WordOrigins:
    return {path: heads[path] + texts[path] for path in heads}


def _carried(
    step: Sequence[Pair], heads: WordOrigins, texts: WordOrigins, number: int
) -> tuple[WordOrigins, WordOrigins]:
    """Return the origins of the words of the text `number`, those of the text before being `heads` and `texts`."""
    new_heads: WordOrigins = {}
    new_texts: WordOrigins = {}
    for pair in step:
        if pair.b is None:
            continue
        new_heads[pair.b.path] = _followed_words(pair.heading, heads.get(pair.a.path, []) if pair.a else [], number)
        if pair.part_of:  # its words are followed with the provision that they were a part of
            continue
        before = [part.path for part in pair.parts] if pair.parted == "merged" else [pair.a.path] if pair.a else []
        own = _followed_words(pair.text, [each for path in before for each in texts.get(path, [])], number)
        for part in pair.parts if pair.parted == "split" else (pair.b,):
            size = _size(part.text)
            new_texts[part.path], own = own[:size], own[size:]
    return new_heads, {path: new_texts.get(path, []) for path in new_heads}


def _followed_words(pieces: Sequence[DiffSegment], before: Sequence[int], number: int) -> list[int]:
    """Return the origins of the words that `pieces` say, those of the words before being `before`."""
    found: list[int] = []
    at = 0
    for piece in pieces:
        size = piece.words
        if piece.kind == "inserted":
            found += [number] * size
            continue
        if piece.kind == "equal":
            kept = list(before[at : at + size])
            found += kept + [number] * (size - len(kept))
        at += size
    return found


def _row(pair: Pair) -> dict[str, Any]:
    return {
        "before": pair.a.path if pair.a else None,
        "path": pair.b.path if pair.b else None,
        "change": pair.change,
        "heading": [[piece.kind, piece.text] for piece in pair.heading],
        "text": [[piece.kind, piece.text] for piece in pair.text],
    }
