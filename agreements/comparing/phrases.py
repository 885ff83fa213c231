"""The phrases of a change: the words that came, with the clause that they stand in, to be looked for in other texts.

What was put in is looked for, also where it took the place of other words: the question at the table is who has agreed
to theirs. Of words that only went, the texts that keep them are looked for: they are what we point to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from agreements.comparing.kinds import edits_of
from agreements.comparing.words import DiffSegment
from agreements.language.money import sums
from agreements.language.numbers import quantities
from agreements.language.periods import periods
from agreements.language.sentences import sentences
from agreements.search.phrases import SoughtPhrase

_SMALL_WORDS = """a an and any are as at be by for from in is it its may must no not of on or shall should such that the
    their these they this those to upon will with"""
_SMALL = frozenset(_SMALL_WORDS.split())  # in every text: that none was found of these alone would be no answer

PhraseChange = Literal["inserted", "deleted"]


@dataclass(frozen=True, slots=True)
class ChangedPhrase:
    """A phrase that was put in or taken out."""

    change: PhraseChange
    phrase: SoughtPhrase


def phrases_of(pieces: Sequence[DiffSegment]) -> tuple[ChangedPhrase, ...]:
    """Return the phrases of the changes among `pieces`, in order; of several sentences each is one."""
    found: list[ChangedPhrase] = []
    for edit in edits_of(pieces):
        if edit.come:
            found += (ChangedPhrase("inserted", each) for each in _phrases(edit.after, edit.b0, edit.b1))
        elif edit.gone:
            found += (ChangedPhrase("deleted", each) for each in _phrases(edit.before, edit.a0, edit.a1))
    return tuple(found)


def _phrases(text: str, start: int, end: int) -> Iterator[SoughtPhrase]:
    """Yield the words from `start` to `end` sentence by sentence, each with the sentence that it stands in."""
    # `three (3)` of `three (3) months`, and `6` of `6 percent`, are no values yet
    values = [(each.start, each.end) for each in periods(text)] + [(each.start, each.end) for each in sums(text)]
    values += [(share.start, share.end) for share in quantities(text) if share.is_percent]
    for first, last in values:
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    parts = [s for s in sentences(text) if s.start < end and start < s.end]
    for sentence in parts:
        at = max(start, sentence.start)
        words = text[at : min(end, sentence.end)]
        at += len(words) - len(words.lstrip()) - sentence.start
        if any(sign.isalnum() for sign in words):
            phrase = SoughtPhrase(sentence.words, at, at + len(words.strip()))
            if (len(parts) == 1 or len(phrase.words.split()) > 1) and not _SMALL.issuperset(_folded(phrase.words)):
                yield phrase


def _folded(words: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"\w+", words)]
