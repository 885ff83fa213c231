"""Open brackets in a line of a joint text: `ten [US: days] [PARTNER: weeks]`, written, read and closed.

What one side only has stands in its bracket; what both have is plain. `[PARTNER No. IX]` says that this side gives
the provision another number, `[ad referendum]` that an article is agreed for now. Inside a bracket `\\` takes the
next square bracket or backslash literally. `encode` checks itself: reading what it wrote for either side gives that
side's words to the letter.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from agreements.comparing.words import DiffSegment, differences
from agreements.model import Mark

Of = Literal["us", "partner"]
SIDES: tuple[Of, Of] = ("us", "partner")
AD_REFERENDUM = "[ad referendum]"

_SPECIAL = re.compile(r"[\\\[\]]")
_LABEL = re.compile(r"\[([A-Z][A-Z.&]*(?: [A-Z][A-Z.&]*){0,3}):(?= )")
_BEFORE_NO_BLANK = frozenset(".,;:)")


@dataclass(frozen=True, slots=True)
class Labels:
    """How the two sides are called in brackets, such as `US` and `PARTNER`."""

    us: str = "US"
    partner: str = "PARTNER"

    def of(self, side: Of) -> str:
        """Return the label of `side`."""
        return self.us if side == "us" else self.partner

    def side(self, label: str) -> Of:
        """Return the side that `label` stands for."""
        return "us" if label.casefold() == self.us.casefold() else "partner"

    @property
    def pattern(self) -> str:
        """The labels as a regular expression."""
        return "|".join(re.escape(label) for label in sorted((self.us, self.partner), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Open:
    """An open place, characters `start` to `end`: the words of each side, None where a side has no bracket there."""

    us: str | None
    partner: str | None
    start: int = 0
    end: int = 0

    def of(self, side: Of) -> str | None:
        """Return the words of `side`."""
        return self.us if side == "us" else self.partner


def read(text: str, labels: Labels) -> list[str | Open]:
    """Return `text` as plain stretches and open places, in order; a bracket that is not closed is plain."""
    if "[" not in text:
        return [text] if text else []
    start_of = _start(labels)
    found: list[str | Open] = []
    at = 0
    while (start := start_of.search(text, at)) is not None:
        closed = _closing(text, start.end())
        if closed is None:
            break
        if text[at : start.start()]:
            found.append(text[at : start.start()])
        words, end = closed
        side = labels.side(start.group(1))
        answer = start_of.match(text, end + 1 if text[end : end + 1] in (" ", "\u00a0") else end)
        second = _closing(text, answer.end()) if answer and labels.side(answer.group(1)) != side else None
        other: str | None = None
        if second is not None:
            other, end = second
        us, partner = (words, other) if side == "us" else (other, words)
        found.append(Open(us, partner, start.start(), end))
        at = end
    if text[at:]:
        found.append(text[at:])
    return found


@lru_cache(maxsize=16)
def _start(labels: Labels) -> re.Pattern[str]:
    return re.compile(rf"\[({labels.pattern})[ \u00a0]?:[ \u00a0]?", re.IGNORECASE)


def doubts(text: str, labels: Labels) -> list[str]:
    """Return what a person should look at: brackets that are not closed, and labels that are no side's."""
    found = [
        f"the bracket {part[begun.start() : begun.start() + 30]!r} is not closed"
        for part in read(text, labels)
        if isinstance(part, str) and (begun := _start(labels).search(part))
    ]
    known = {labels.us.casefold(), labels.partner.casefold()}
    strange = {label for label in _LABEL.findall(text) if label.casefold() not in known}
    return found + [f"{label} is the label of no side" for label in sorted(strange)]


def opened(text: str, labels: Labels) -> list[Open]:
    """Return the open places of `text`."""
    return [part for part in read(text, labels) if isinstance(part, Open)]


def resolve(text: str, side: Of, labels: Labels) -> str:
    """Return `text` as `side` wants it; where it wants nothing, no blank is left over."""
    return settle(text, labels, lambda place, _: place.of(side) or "")


def settle(text: str, labels: Labels, said: Callable[[Open, int], str | None]) -> str:
    """Return `text` with each open place replaced by what is `said` of it and its count from 1 (None: it stays open).

    Where that is nothing, no blank is left over.
    """
    out = ""
    parts = read(text, labels)
    count = 0
    for index, part in enumerate(parts):
        if isinstance(part, str):
            out += part
            continue
        count += 1
        words = said(part, count)
        out += text[part.start : part.end] if words is None else words
        following = parts[index + 1] if index + 1 < len(parts) else ""
        if words != "" or isinstance(following, Open):
            continue
        if out[-1:] in ("", " ") and following[:1] == " ":
            parts[index + 1] = following = following[1:]
        if out.endswith(" ") and (not following or following[0] in _BEFORE_NO_BLANK):
            out = out[:-1]
    return out


def encode(us: str, partner: str, labels: Labels) -> str:
    """Return one line from which `resolve` gives `us` and `partner` again, with brackets where they differ."""
    if us == partner and _is_exact(us, us, partner, labels):
        return us
    if us and partner and _is_exact(written := _written(us, partner, labels), us, partner, labels):
        return written
    return f"{bracket(us, 'us', labels)} {bracket(partner, 'partner', labels)}"


def bracket(words: str, side: Of, labels: Labels) -> str:
    """Return `words` in a bracket of `side`."""
    escaped = words if _is_balanced(words) else _SPECIAL.sub(r"\\\g<0>", words)
    return f"[{labels.of(side)}: {escaped}]"


def numbered_otherwise(text: str, labels: Labels) -> tuple[str | None, str]:
    """Return the number that their side gives the provision, where `text` opens with it, and the rest of `text`."""
    found = re.match(rf"\[{re.escape(labels.partner)} No\. ([^\[\]]+)\](?: |$)", text)
    return (found.group(1), text[found.end() :]) if found else (None, text)


def number_note(number: str, labels: Labels) -> str:
    """Return what says that their side gives a provision this `number`."""
    return f"[{labels.partner} No. {number}]"


def marks(text: str, labels: Labels) -> tuple[Mark, ...]:
    """Return a bracket mark over every open place of `text`."""
    return tuple(
        Mark(start=place.start, end=place.end, kind="bracket", target=_target(place)) for place in opened(text, labels)
    )


def _target(place: Open) -> str:
    if place.us is not None and place.partner is not None:
        return ""
    return "us" if place.us is not None else "partner"


def _closing(text: str, at: int) -> tuple[str, int] | None:
    """Return the words of the bracket whose inside begins `at`, and the place after it; None when it is not closed."""
    depth, out = 1, []
    while at < len(text):
        sign = text[at]
        if sign == "\\" and _SPECIAL.match(text, at + 1):
            out.append(text[at + 1])
            at += 2
            continue
        depth += {"[": 1, "]": -1}.get(sign, 0)
        at += 1
        if depth == 0:
            return "".join(out), at
        out.append(sign)
    return None


def _is_balanced(words: str) -> bool:
    depth = 0
    for sign in words:
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if depth < 0 or sign == "\\":
            return False
    return depth == 0


def _is_exact(written: str, us: str, partner: str, labels: Labels) -> bool:
    return resolve(written, "us", labels) == us and resolve(written, "partner", labels) == partner


def _written(us: str, partner: str, labels: Labels) -> str:
    """Return the differences of two lines in brackets, none of which opens or closes with a blank of its own."""
    out: list[str] = []
    for group in _groups(differences(us, partner)):
        if isinstance(group, str):
            out.append(group)
            continue
        blanks = [" " if all(edge(w) for w in group.values()) else "" for edge in (_opens_blank, _closes_blank)]
        shown = [bracket(group[side].strip(" "), side, labels) for side in SIDES if side in group]
        out += [blanks[0], " ".join(shown), blanks[1]]
    return "".join(out)


def _opens_blank(words: str) -> bool:
    return words.startswith(" ")


def _closes_blank(words: str) -> bool:
    return words.endswith(" ") and bool(words.strip(" "))


def _groups(pieces: Sequence[DiffSegment]) -> list[str | dict[Of, str]]:
    """Return stretches that both have, and between them what each side has; words with blanks on one side only at an
    edge take the word beside them along."""
    found: list[str | dict[Of, str]] = []
    for piece in pieces:
        if piece.kind == "equal":
            found.append(piece.text)
            continue
        side: Of = "us" if piece.kind == "deleted" else "partner"
        if found and isinstance(found[-1], dict) and side not in found[-1]:
            found[-1][side] = piece.text
        else:
            found.append({side: piece.text})
    for index, group in enumerate(found):
        if isinstance(group, dict) and len(group) > 1:
            _widen(found, index, group)
    return found


def _widen(found: list[str | dict[Of, str]], index: int, group: dict[Of, str]) -> None:
    """Take the word before a group into it where only one side opens with a blank, and the one after it likewise."""
    before = found[index - 1] if index else ""
    if len({_opens_blank(words) for words in group.values()}) > 1 and isinstance(before, str) and before:
        kept, blank, word = before.rpartition(" ")
        found[index - 1] = kept + blank
        group.update({side: word + words for side, words in group.items()})
    after = found[index + 1] if index + 1 < len(found) else ""
    if len({words.endswith(" ") for words in group.values()}) > 1 and isinstance(after, str) and after:
        word, blank, kept = after.partition(" ")
        found[index + 1] = blank + kept
        group.update({side: words + word for side, words in group.items()})
