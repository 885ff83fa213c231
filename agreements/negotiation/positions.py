"""Positions: what we want in a clause, what we could live with, what is beyond the authority, and why.

They are kept in `positions.yaml`: in the folder of a negotiation, or, as the standing positions of a department, in
its own template folder (`<templates>/<family>/positions.yaml`). How a text of the other side stands to them is said
only of words that were recorded: the same words, blanks and quotation marks aside. Likeness is a figure, never an
assessment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import model_validator

from agreements import drafting
from agreements.comparing.tokens import words as words_of
from agreements.comparing.words import likeness
from agreements.marking import highest, refuse_entry
from agreements.model import Frozen, Provision
from agreements.negotiation.records import print_record, read_record
from agreements.topics import topics

POSITIONS_FILE = "positions.yaml"

PositionStatus = Literal["open", "reserved", "ad-referendum", "agreed", "dropped"]
PositionLevel = Literal["opening", "preferred", "fallback", "beyond"]

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"})
_NUMBER = re.compile(r"^\s*(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]\.?\s+)")


class Wording(Frozen):
    """Words of a position: the whole text of a provision (`words`) or a `phrase` that such a text must hold.

    `note` says for whom or when it is meant, `precedents` are references of agreements that have it.
    """

    words: str = ""
    phrase: str = ""
    note: str = ""
    precedents: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _plain_words(cls, value: Any) -> Any:
        return {"words": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _says_something(self) -> "Wording":
        if bool(self.words) == bool(self.phrase):
            raise ValueError("give either words (a whole text) or a phrase")
        return self

    def is_in(self, text: str) -> bool:
        """Whether `text` is these words, or holds the phrase between word boundaries; case counts."""
        if self.words:
            return normalised(self.words) == normalised(text)
        return _stands_in(self.phrase, text)

    def is_among(self, text: str) -> bool:
        """Whether these words, recorded as a whole text, stand between word boundaries among others of `text`."""
        return bool(self.words) and _stands_in(self.words, text) and not self.is_in(text)

    @property
    def is_whole(self) -> bool:
        """Whether they end as a provision does: others beside them are then no part of the recorded text."""
        return self.words.rstrip("\"”’' \n").endswith((".", ";", ":", ","))

    @property
    def said(self) -> str:
        """The words or the phrase."""
        return self.words or self.phrase


class Position(Frozen):
    """A position on a `topic`, a `clause` of our draft (its id) or the provision at `path`; at least one is named.

    `opening` is what was tabled first, `preferred` what is aimed at, `fallbacks` the ladder in the order in which it
    may be gone down, `beyond` what the authority does not cover, `partner` what the other side wants. `authority`
    names the instruction it rests on. `held_elsewhere` points to where the position is kept when it may not be here.
    """

    topic: str = ""
    clause: str = ""
    path: str = ""
    opening: Wording | None = None
    preferred: Wording | None = None
    fallbacks: tuple[Wording, ...] = ()
    beyond: tuple[Wording, ...] = ()
    partner: str = ""
    rationale: str = ""
    status: PositionStatus = "open"
    authority: str = ""
    precedents: tuple[str, ...] = ()
    held_elsewhere: str = ""

    @model_validator(mode="after")
    def _is_about_something(self) -> "Position":
        if not (self.topic or self.clause or self.path):
            raise ValueError("a position names a topic, a clause or a path")
        if self.topic and self.topic not in topics():
            raise ValueError(f"there is no topic {self.topic!r}")
        return self

    @property
    def key(self) -> str:
        """What it is called: the path, else the clause, else the topic."""
        return self.path or self.clause or self.topic

    def wordings(self) -> Iterator[tuple[PositionLevel, int, Wording]]:
        """Yield every recorded wording with its level; fallbacks and what is beyond count from 1."""
        if self.opening:
            yield "opening", 0, self.opening
        if self.preferred:
            yield "preferred", 0, self.preferred
        for at, wording in enumerate(self.fallbacks, 1):
            yield "fallback", at, wording
        for at, wording in enumerate(self.beyond, 1):
            yield "beyond", at, wording

    def assess(self, *texts: str) -> "Assessment":
        """Return how a provision stands to this position; `texts` are its own words and those with all under it.

        Where several wordings are found the one furthest from what we want decides: a text that holds a phrase
        beyond the authority is beyond it, whatever else it holds. Words that were recorded as a whole text and stand
        among others are found too, unless they are a part of longer words that are.
        """
        same = [(lvl, at, w) for lvl, at, w in self.wordings() if any(w.is_in(text) for text in texts)]
        among = [row for row in self.wordings() if row not in same and any(row[2].is_among(text) for text in texts)]
        longer = [normalised(w.words) for _, _, w in (*same, *among) if w.words]
        among = [row for row in among if not any(_is_part(normalised(row[2].words), other) for other in longer)]
        found = [row for row in self.wordings() if row in same or row in among]
        nearest = max(
            ((_alike(w.words, text), lvl, at) for lvl, at, w in self.wordings() if w.words for text in texts),
            default=None,
        )
        likest, near = (round(nearest[0], 2), _named(nearest[1], nearest[2])) if nearest else (None, "")
        if not found:
            return Assessment(self, None, likeness=likest, nearest=near)
        level, at, wording = found[-1]
        if found[-1] in among:
            return Assessment(self, level, at, "among", likest, near, is_part=not wording.is_whole)
        return Assessment(self, level, at, "phrase" if wording.phrase else "words", likest, near)

    def entries(self) -> Iterator[str]:
        """Yield every free text that a person typed into it."""
        yield from (self.key, self.partner, self.rationale, self.authority, self.held_elsewhere)
        for _, _, wording in self.wordings():
            yield from (wording.said, wording.note)


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a text stands to a `position`; `level` None means that no recorded wording is the text's.

    `at` counts fallbacks and beyonds from 1, `by` says whether the whole words are the same, a phrase was found, or
    the words stand `among` others, of which nothing is recorded (`is_part`: words that end no provision, so that others
    belong beside them). `likeness` (0 to 1) and `nearest` tell the recorded text that is most like it: a figure to read
    by, no assessment.
    """

    position: Position
    level: PositionLevel | None
    at: int = 0
    by: Literal["words", "phrase", "among", ""] = ""
    likeness: float | None = None
    nearest: str = ""
    is_part: bool = False

    @property
    def said(self) -> str:
        """The assessment in words: `preferred`, `fallback 2`, `beyond authority`, or that none is recorded.

        What stands among other words is at no position as a whole; what is beyond the authority is, whatever is by it.
        """
        if self.level is None:
            return "held elsewhere" if self.position.held_elsewhere else "not a recorded wording"
        named = _named(self.level, self.at)
        return f"holds the words of {named}, with others" if self.by == "among" and self.level != "beyond" else named

    @property
    def is_outside(self) -> bool:
        """Whether the words are beyond the recorded authority, or none of the wordings that are recorded."""
        if self.level == "beyond" or (self.by == "among" and not self.is_part):
            return True
        return self.level is None and any(True for _ in self.position.wordings())

    def as_json(self) -> dict[str, Any]:
        """Return `{status, position, by, likeness, nearest, held_elsewhere}`; empty fields are left out."""
        row = {"status": self.said, "position": self.position.key, "by": self.by, "likeness": self.likeness}
        row |= {"nearest": self.nearest, "held_elsewhere": self.position.held_elsewhere}
        return {name: value for name, value in row.items() if value not in ("", None)}


class Positions(Frozen):
    """All positions of a negotiation, or standing ones of a department, with their `marking`."""

    marking: str = ""
    positions: tuple[Position, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> "Positions":
        """Return the positions in `folder/positions.yaml` (or in that file itself), none where there is no file.

        Raises `RecordError` naming file and field, `ClassifiedError` when an entry bears a classification marking.
        """
        path = folder / POSITIONS_FILE if folder.is_dir() else folder
        if not path.exists():
            return cls()
        found = read_record(path, cls)
        found.refuse_classified(path.name)
        return found

    def refuse_classified(self, what: str) -> None:
        """Raise `ClassifiedError` when any entry, or the marking, is classified; nothing is quoted."""
        refuse_entry("", what=what, marking=self.marking)
        for position in self.positions:
            for entry in position.entries():
                refuse_entry(entry, what=f"{what}: a position")

    def print(self) -> str:
        """Return the YAML that `load` reads back."""
        return print_record(self)

    def for_provision(self, *, path: str = "", clause: str = "", topics: Iterable[str] = ()) -> tuple[Position, ...]:
        """Return the positions that a provision falls under, the closest first: by path, by clause id, by topic.

        A position on `VII.3` also covers `VII.3.a`, one on the clause `claims` also `claims.waiver`. `topics` are the
        provision's topics, the main one first.
        """
        found: list[tuple[int, int, Position]] = []
        wanted = [*topics]
        for position in self.positions:
            if position.path and _covers(position.path, path):
                found.append((0, -len(position.path), position))
            elif position.clause and _covers(position.clause, clause):
                found.append((1, -len(position.clause), position))
            elif position.topic in wanted and not (position.path or position.clause):
                found.append((2, wanted.index(position.topic), position))
        return tuple(position for *_, position in sorted(found, key=lambda row: row[:2]))

    def get(self, key: str) -> Position | None:
        """Return the position called `key` (its path, clause or topic), or None."""
        return next((p for p in self.positions if key in (p.key, p.path, p.clause, p.topic)), None)

    def over(self, others: "Positions") -> "Positions":
        """Return these positions and those `others` that no position here replaces, under the higher marking."""
        keys = {position.key for position in self.positions}
        more = tuple(position for position in others.positions if position.key not in keys)
        return Positions(marking=highest([self.marking, others.marking]), positions=(*self.positions, *more))

    def with_position(self, position: Position) -> "Positions":
        """Return these positions with `position` in the place of the one with its key, else added at the end."""
        kept = [position if p.key == position.key else p for p in self.positions]
        if all(p.key != position.key for p in self.positions):
            kept.append(position)
        return self.model_copy(update={"positions": tuple(kept)})


def standing_positions(family: str) -> Positions:
    """Return the standing positions of the department on `family` and on all families, from its own template folder.

    Raises as `Positions.load`, and `TemplateError` when the folder in `$AGREEMENTS_TEMPLATES` is not there.
    """
    found = Positions()
    for folder in drafting.template_folders():
        for part in (family, "common"):
            found = found.over(Positions.load(folder / part / POSITIONS_FILE))
    return found


def typed_position(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a person typed as fields of a position: each wording as words, or after `phrase:` as a phrase.

    `fallback` and `precedent`, which may be named several times, are other names of their lists; what is not given is
    left out.
    """
    facts = {name: value for name, value in given.items() if value not in (None, ())}
    for name, field in (("fallback", "fallbacks"), ("precedent", "precedents")):
        if name in facts:
            facts[field] = facts.pop(name)
    for name in ("opening", "preferred"):
        if name in facts:
            facts[name] = _typed_wording(facts[name])
    for name in ("fallbacks", "beyond"):
        if name in facts:
            facts[name] = [_typed_wording(words) for words in facts[name] if words.strip()]
    if "precedents" in facts:
        facts["precedents"] = [*facts["precedents"]]
    return facts


def untyped_position(position: Position) -> dict[str, Any]:
    """Return the wordings of `position` as a person types them: what `typed_position` reads back."""
    found: dict[str, Any] = {}
    for level, _, wording in position.wordings():
        said = f"phrase: {wording.phrase}" if wording.phrase else wording.words
        if level == "fallback":
            found.setdefault("fallbacks", []).append(said)
        elif level == "beyond":
            found.setdefault("beyond", []).append(said)
        else:
            found[level] = said
    return found


def _typed_wording(words: str) -> dict[str, str]:
    kind, colon, rest = words.partition(":")
    return {"phrase": rest.strip()} if colon and kind.strip().lower() == "phrase" else {"words": words}


def normalised(text: str) -> str:
    """Return `text` on one line with straight quotation marks, single blanks and no numbers at its lines' starts."""
    lines = (_NUMBER.sub("", line, count=1) for line in text.splitlines())
    return " ".join(" ".join(lines).translate(_QUOTES).split())


def texts_of(provision: Provision) -> tuple[str, str]:
    """Return the two texts a position is compared with: the provision's own words, and those with all under it."""
    return provision.text, "\n".join(p.text for p in provision.walk() if p.text)


def _stands_in(said: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(normalised(said))}(?!\w)", normalised(text)) is not None


def _is_part(words: str, other: str) -> bool:
    return words != other and words in other


def _alike(a: str, b: str) -> float:
    return likeness(words_of(normalised(a)), words_of(normalised(b)))


def _named(level: PositionLevel, at: int) -> str:
    if level == "beyond":
        return "beyond authority"
    return f"fallback {at}" if level == "fallback" else level


def _covers(above: str, below: str) -> bool:
    return bool(below) and (below == above or below.startswith(f"{above}."))
