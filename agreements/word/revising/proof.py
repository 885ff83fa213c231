"""The proof of a redline: what it says both ways is held against the two files, before it is written.

Rejecting what we track must give the first file and accepting it the second. Both are read from the raw XML by
`agreements.word.flattened`, which shares nothing with the code that makes redlines. Words that are left over are
*unexplained*; what Word cannot track (numbers that lists show, pictures and links in the same words, looks, pages) is
named, one by one.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from typing import Literal

from lxml import etree
from rapidfuzz import fuzz

from agreements.comparing import same_words
from agreements.findings import Finding, error, info, warning
from agreements.language.typography import says_the_same
from agreements.ooxml.revisions import CHANGES
from agreements.word.flattened import NOTE_LINES, FlatFile, FlatParagraph, ShownHeader, Taken, flattened
from agreements.word.raw_package import RawPackage
from agreements.word.revising.differences import FileDifferences
from agreements.word.revising.settle import Prior

UnlikeThing = Literal[
    "words", "blanks", "object", "number", "cells", "look", "header", "comment", "page", "old form", "unused note",
    "note line", "other part", "alternative text",
]  # fmt: skip
Stretches = tuple[tuple[int, int], tuple[int, int]]
"""Where a stretch of paragraphs begins and ends in each of two readings."""
ProofOutcome = Literal["proven", "named", "unexplained"]

_LONGEST = 4000  # paragraphs up to which a stretch that differs is divided further
_TOLD = 90  # characters of a place that are told
_LEAD = 20  # characters of a place that are told before what differs far behind its beginning
_JOINED = " ¶ "
_MANY = 3  # of a kind that are told one by one
_SAID: dict[UnlikeThing, str] = {
    "words": "words differ",
    "blanks": "blanks differ",
    "object": "a picture, link, field or other object is another",
    "number": "the number that is shown is another",
    "cells": "a row is hidden, or its cells are joined otherwise",
    "look": "style or emphasis is another",
    "header": "only one file has this header or footer",
    "comment": "a comment is missing, or its thread or whether it is settled",
    "page": "the page of a section is another",
    "old form": "the form for older programs says something else",
    "unused note": "a note that nothing refers to is another",
    "note line": "the line before the notes says something else",
    "other part": "a part that is no text is another",
    "alternative text": "the text that stands for a picture is another",
}
NOT_EXAMINED = (
    "properties of the file, settings, definitions of styles, fonts, colours, sizes and effects of legible type, "
    "layout of paragraphs and tables beside their alignment (indents, distances, tab stops, breaks before, widths, "
    "borders, direction of writing), which words of a paragraph a bookmark covers, positions of pictures, custom XML, "
    "building blocks, signatures"
)
"""What no proof looks at."""


@dataclass(frozen=True, slots=True)
class Unlike:
    """Where two readings differ: `what`, in which `story`, what the `one` and the `other` say there.

    `element` is the paragraph in the first of the two trees, where there is one.
    """

    what: UnlikeThing
    story: str
    one: str
    other: str
    element: etree._Element | None = None

    @property
    def is_typography(self) -> bool:
        """Whether they differ in blanks or other variants of the same marks alone."""
        return self.what == "blanks" or (self.what == "words" and same_words(self.one, self.other))

    def words(self, *, other_first: bool = False) -> str:
        """Return it in words: `the number that is shown is another: “1.”, not “I.”`."""
        if self.what == "cells" and not (self.one and self.other):
            return f"one file has a row more in a table, of {len((self.one or self.other).split())} cells"
        if self.one == self.other:
            return f"{_SAID[self.what]}: {_quoted(self.one)}" if self.one else _SAID[self.what]
        left, right = (self.other, self.one) if other_first else (self.one, self.other)
        if _quoted(left) == _quoted(right):  # they part behind what is quoted
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
            start = max(0, same - _LEAD)
            left, right = (f"…{side[start:]}" for side in (left, right))
        return f"{_SAID[self.what]}: {_quoted(left)}, not {_quoted(right)}"


def _quoted(text: str) -> str:
    said = " ".join(text.split())
    return f"“{said if len(said) <= _TOLD else said[: _TOLD - 1] + '…'}”" if said else "nothing"


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a proof: where `accepted` differs from the second file, and `rejected` from the first.

    `outcome` is `proven` where neither does; `named` where words are the same and what differs cannot be tracked;
    else `unexplained`. `not_examined` says what was not looked at.
    """

    accepted: tuple[Unlike, ...] = ()
    rejected: tuple[Unlike, ...] = ()
    not_examined: str = NOT_EXAMINED

    @property
    def outcome(self) -> ProofOutcome:
        """Which of the three it is."""
        if any(each.what == "words" for each in (*self.accepted, *self.rejected)):
            return "unexplained"
        return "named" if self.accepted or self.rejected else "proven"

    def findings(self, names: tuple[str, str], told: Collection[str] = ()) -> Iterator[Finding]:
        """Yield what a person must know of a redline between the files `names`; codes `told` are not told again."""
        for side, found, name in (("accepted", self.accepted, names[1]), ("rejected", self.rejected, names[0])):
            for what, of_kind in _by_kind(found).items():
                if _TOLD_BY.get(what) in told:
                    continue
                for each in of_kind[:_MANY]:
                    where = "" if each.story == "body" else f", {each.story}"
                    message = f"Compared with {name}, all changes {side}{where}: {each.words()}."
                    yield _finding(what, names[0], message, "Compare it by eye.")
                if (more := len(of_kind) - _MANY) > 0:
                    yield _finding(what, names[0], f"The same in {_places(more)}: {_SAID[what]}.", "Compare by eye.")

    def as_json(self) -> dict[str, object]:
        """Return `{outcome, accepted, rejected, not_examined}`; the two sides as `{what, story, one, other}`."""
        sides = {
            side: [{"what": u.what, "story": u.story, "one": u.one, "other": u.other} for u in found]
            for side, found in (("accepted", self.accepted), ("rejected", self.rejected))
        }
        return {"outcome": self.outcome, **sides, "not_examined": self.not_examined}


_TOLD_BY: dict[UnlikeThing, str] = {"number": "numbers", "cells": "cells-joined", "header": "edge-left"}
_MINOR = ("look", "blanks", "comment")


def _finding(what: UnlikeThing, where: str, message: str, fix: str) -> Finding:
    if what == "words":
        return error("unproven", where, message, fix)
    if what in _MINOR:
        return info("look-untracked", where, message, fix)
    return warning("not-tracked", where, message, fix)


def _by_kind(found: Sequence[Unlike]) -> dict[UnlikeThing, list[Unlike]]:
    made: dict[UnlikeThing, list[Unlike]] = {}
    for each in found:
        made.setdefault(each.what, []).append(each)
    return made


def sentences(found: Sequence[Unlike]) -> list[str]:
    """Return where two readings differ in words, those of one kind together and no more than a few of each."""
    told = []
    for what, of_kind in _by_kind(found).items():
        shown = 1 if what in _MINOR else _MANY
        for each in of_kind[:shown]:
            where = "" if each.story == "body" else f"in the {each.story}, "
            told.append(f"{where}{each.words()}.")
        if (more := len(of_kind) - shown) > 0:
            told.append(f"the same in {_places(more)}: {_SAID[what]}.")
    return told


def _places(more: int) -> str:
    return f"{more} more places" if more > 1 else "one more place"


def all_accepted(_change: etree._Element) -> bool:
    """Take every tracked change as accepted."""
    return True


def all_rejected(_change: etree._Element) -> bool:
    """Take every tracked change as rejected."""
    return False


def prove_redline(
    made: bytes, a: bytes, b: bytes, *, headers: bool, prior: Prior = "refuse", ours: Taken | None = None
) -> Proof:
    """Hold the redline `made` against the Word files `a` and `b` that it was made from.

    `prior` is what became of tracked changes in these (`agreements.word.RedlineOptions`); where they were kept, `ours`
    tells the changes of the redline from them. `headers`: those were compared too.
    """
    redline, one, other = RawPackage(made), RawPackage(a), RawPackage(b)
    before: Taken = all_rejected if prior == "original" else all_accepted

    accepted = unlike(flattened(redline, all_accepted), flattened(other, before), headers=headers, more_comments=True)
    if prior == "keep" and ours is not None:
        others = flattened(redline, lambda change: not ours(change))
        rejected = unlike(others, flattened(one, all_accepted), headers=headers, more_comments=True)
        rejected += unlike(
            flattened(redline, all_rejected), flattened(one, all_rejected), headers=headers, more_comments=True
        )
    else:
        rejected = unlike(flattened(redline, all_rejected), flattened(one, before), headers=headers, more_comments=True)
    beside = "" if headers else "headers and footers, "
    return Proof(tuple(accepted), tuple(rejected), f"{beside}{NOT_EXAMINED}")


def second_reading(a: bytes, b: bytes) -> list[Unlike]:
    """Return where two Word files differ with all tracked changes accepted, read from their raw XML."""
    return unlike(flattened(RawPackage(a), all_accepted), flattened(RawPackage(b), all_accepted))


def left_out(ours: bytes, theirs: bytes, by_them: Taken, told: FileDifferences) -> list[Unlike]:
    """Return what a review has not `told` of the changes that nobody tracked: a second reading of both raw files.

    `by_them` says which tracked changes of `theirs` are not ours; without these it is held against `ours` with all
    changes accepted. A comment that only they have is no such change. Numbers that lists show follow from one another,
    so that one told number answers for those of the same story.
    """
    one, other = (
        flattened(RawPackage(ours), all_accepted),
        flattened(RawPackage(theirs), lambda change: not by_them(change)),
    )
    found = unlike(other, one, more_comments=True)
    if not found:
        return []
    known = _Told(told)
    placed = _out_of_place(one, other, {_letters(d.before) for d in told.differences if d.how == "moved"})
    return [each for each in found if not known.covers(each) and not placed(each)]


def _out_of_place(one: FlatFile, other: FlatFile, moved: Collection[str]) -> Callable[[Unlike], bool]:
    """Return what says of a stretch that its paragraphs stand as they did, but for those that were told as `moved`.

    Of two paragraphs that changed places either may be said to have moved.
    """
    if not moved:
        return lambda _: False
    left, right = (
        [said for p in flat.stories.get("body", []) if (said := _letters(p.words)) and said not in moved]
        for flat in (one, other)
    )
    apart = {said for (a0, a1), (b0, b1) in _stretches(left, right) for said in (*left[a0:a1], *right[b0:b1])}

    def stands(each: Unlike) -> bool:
        said = {_letters(words) for side in (each.one, each.other) for words in side.split(_JOINED) if words}
        return each.what == "words" and each.story == "body" and said.isdisjoint(apart)

    return stands


@dataclass(frozen=True, slots=True)
class Decided:
    """What our decisions on a file say, for the proof of the answer.

    `rejected` are the tracked changes that are taken back: the path of their part, and their place among all elements
    there that are tracked changes, from 0. `put_in` are the words of ours that the answer may hold (paragraphs of our
    file that come back, lines of a counter), `taken_out` the paragraphs of theirs that these take the place of; `moved`
    whether paragraphs go back to where they stood in ours.
    """

    rejected: Collection[tuple[str, int]] = ()
    put_in: Collection[str] = ()
    taken_out: Collection[str] = ()
    moved: bool = False


def prove_answer(answer: bytes, theirs: bytes, decided: Decided) -> Proof:
    """Hold an answer without tracked changes against their file with each change as it was `decided`.

    A paragraph that is not theirs must be words of ours, or words of both where a change of theirs stands in it too;
    one of theirs that is gone must be among those that ours took the place of.
    """
    file = RawPackage(theirs)
    taken_back = {
        change
        for path in {path for path, _ in decided.rejected}
        for place, change in enumerate(_changes(file.tree(path)))
        if (path, place) in decided.rejected
    }
    wanted, made = flattened(file, lambda change: change not in taken_back), flattened(RawPackage(answer), all_accepted)
    apart = [each for each in unlike(made, wanted) if each.what == "words"]
    moved = _moved(apart) if decided.moved else frozenset()
    return Proof(accepted=tuple(each for each in apart if not _is_decided(each, decided, moved)))


def _changes(root: etree._Element | None) -> list[etree._Element]:
    return [] if root is None else list(root.iter(*CHANGES))


def _apart(each: Unlike) -> tuple[Counter[str], Counter[str]]:
    """Return the paragraphs that only the first, and those that only the second of two readings has at a place."""
    one, other = (Counter(filter(None, side.split(_JOINED))) for side in (each.one, each.other))
    return one - other, other - one


def _moved(found: Sequence[Unlike]) -> frozenset[str]:
    """Return the paragraphs that one place lacks and another has."""
    sides = [_apart(each) for each in found]
    return frozenset({p for new, _ in sides for p in new} & {p for _, gone in sides for p in gone})


def _is_decided(each: Unlike, decided: Decided, moved: Collection[str]) -> bool:
    new, gone = _apart_in_notes(each, moved)
    ours, theirs = ({_letters(p) for p in side} for side in (decided.put_in, decided.taken_out))
    both = set(" ".join((*decided.put_in, *each.other.split(_JOINED))).split())
    for words in new:
        letters = _letters(words)
        is_ours = any(letters == own or (own and letters.endswith(own)) for own in ours)
        if not is_ours and not set(words.split()) <= both:
            return False
    lost = map(_letters, gone)
    return all(said in theirs or any(fuzz.ratio(said, known) >= _LIKE for known in theirs) for said in lost)


def _apart_in_notes(each: Unlike, moved: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the words that only one of two readings has at a place: of paragraphs themselves, and of lines of notes.

    Where as many paragraphs differ on both sides, each is held against the one at its place.
    """
    new, gone = ([p for p in side.elements() if p not in moved] for side in _apart(each))
    groups = list(zip(new, gone, strict=True)) if len(new) == len(gone) else [(_JOINED.join(new), _JOINED.join(gone))]
    sides = [tuple(Counter(_lines(_SIGN.sub(lambda m: m[1] or "", words))) for words in group) for group in groups]
    return [line for one, other in sides for line in one - other], [
        line for one, other in sides for line in other - one
    ]


def _lines(words: str) -> Iterator[str]:
    """Yield the words of paragraphs without their notes, and the lines of these."""
    for paragraph in words.split(_JOINED):
        own, *notes = _parts(paragraph)
        yield from filter(None, (own, *(line for note in notes for line in note.split(NOTE_LINES))))


_LIKE = 55  # likeness (of 100) from which a paragraph of theirs is one that ours took the place of


_BRACKETED = re.compile(r"⟦(?:foot|end)note: ([^⟦⟧]*)⟧|⟦[^⟦⟧]*⟧")
_SIGN = re.compile(r"⟦(?:formula ([^⟦⟧]*)|sign [^⟦⟧]*)⟧")
_LOST = re.compile(r"(?<=⟦field REF) _\w+")  # a bookmark that is nowhere
_TARGET = re.compile(r" to “([^“”]*)”")  # what a reference points to, by the first words there
_NEAR = 80  # likeness (of 100) of words beside signs and formulas, which the two readings write otherwise
_ADDED = ("added", "removed", "moved")


class _Told:
    """What the first reading has told, as letters and figures alone: the two write signs in ways of their own."""

    def __init__(self, told: FileDifferences) -> None:
        found = [*told.differences, *told.numbers]
        self._words = {_letters(words) for _, words in told.struck}
        for gone in ("deleted", "inserted"):
            self._words |= {_letters("".join(p.text for p in d.pieces if p.kind != gone)) for d in found}
        self._words |= {_letters(d.typed + d.after) for d in found if d.typed}
        self._sides = [
            {_letters(d.before), _letters(d.after), _letters(d.typed + d.after)}
            for d in told.differences
            if d.how == "changed"
        ]
        for each in found:  # the words of a paragraph whose number was told
            if each.what == "number":
                self._words.add(_letters("".join(p.text for p in each.pieces if p.kind == "equal")))
        self._gone = {_letters(d.before) for d in told.differences if d.how == "removed"}
        self._whats = {(d.story, d.what) for d in found}
        self._labels = any("[" in p.text for d in found for p in d.pieces if p.kind != "equal")
        self._moved_rows = any(d.what == "cells" or d.how in _ADDED for d in found)

    def covers(self, each: Unlike) -> bool:
        """Whether all that `each` shows to differ has been told."""
        story = "body" if each.story == "boxes" else each.story
        if each.what == "number":
            follows = self._moved_rows and _form(each.one) == _form(each.other)
            return follows or (story, "number") in self._whats or self._has(each.one) or self._has(each.other)
        if each.what == "cells":
            return self._moved_rows
        if each.what not in ("words", "object", "blanks", "look", "header"):
            return False
        one, other = (Counter(filter(None, side.split(_JOINED))) for side in (each.one, each.other))
        if one == other:  # the same words with another look
            return all(self._has(paragraph) for paragraph in one)
        apart = [*(one - other), *(other - one)]
        if each.what == "object" and ((story, "object") in self._whats or self._labels or self._points_alike(each)):
            return True
        return all(self._has(paragraph) for paragraph in self._changed(apart))

    def _points_alike(self, each: Unlike) -> bool:
        """Whether references point to the same paragraphs, and what differs is told of these: their own words."""
        one, other = (_LOST.sub(" to “”", side) for side in (each.one, each.other))  # what it led to is gone
        if _TARGET.sub("", one) != _TARGET.sub("", other):
            return False
        pairs = zip(_TARGET.findall(one), _TARGET.findall(other), strict=True)
        apart = [tuple(map(_letters, pair)) for pair in pairs if pair[0] != pair[1]]
        return bool(apart) and all(
            any(gone.startswith("".join(pair)) for gone in self._gone)
            if "" in pair
            else any(_begin(sides, pair) for sides in self._sides)
            for pair in apart
        )

    def _changed(self, apart: Sequence[str]) -> list[str]:
        """Return of paragraphs those words, of their own or of their notes, that not all of them have."""
        parts = [part for paragraph in apart for part in _lines(paragraph)]
        counted = Counter(parts)
        return [part for part in parts if counted[part] == 1] or parts

    def _has(self, words: str) -> bool:
        own = _letters(_BRACKETED.sub("", words))
        if own in self._words:
            return bool(own) or self._labels
        return "⟦" in words and any(fuzz.partial_ratio(own, known) >= _NEAR for known in self._words if known)


def _begin(sides: Collection[str], pair: Sequence[str]) -> bool:
    """Whether both of `pair` begin a side of one told change: the paragraph as it was, and as it is.

    A paragraph that was emptied, or filled, is not there to be named: one of the two begins its words.
    """
    if "" in sides:
        return any(side.startswith(each) for each in pair if each for side in sides if side)
    return all(any(side.startswith(each) for side in sides) for each in pair)


_FIGURE = re.compile(r"\b(?:(?P<digits>\d+)|(?P<letters>[IVXLCDM]+|[ivxlcdm]+|[A-Za-z]))\b")  # (c) is a letter or Roman


def _form(numbered: str) -> tuple[str, str]:
    """Return what a number is but for its value, and the words after it: what stays where others came or went."""
    found = _FIGURE.search(numbered)
    if found is None:
        return "", numbered
    return found.lastgroup or "", f"{numbered[: found.start()]}#{numbered[found.end() :]}"


def _parts(paragraph: str) -> list[str]:
    """Return the words of a paragraph without those of its notes, and these."""
    notes = [found[1] for found in _BRACKETED.finditer(paragraph) if found[1]]
    return [_NOTE.sub("", paragraph), *notes]


_NOTE = re.compile(r"⟦(?:foot|end)note: [^⟦⟧]*⟧")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


# ---------------------------------------------------------------------- two readings


_BESIDE: dict[UnlikeThing, str] = {
    "old form": "old forms",
    "unused note": "loose notes",
    "note line": "lines before notes",
}


def unlike(one: FlatFile, other: FlatFile, *, headers: bool = True, more_comments: bool = False) -> list[Unlike]:
    """Return where two readings of Word files differ, in all that `agreements.word.flattened` reads.

    `more_comments`: the first may have comments, and notes that nothing refers to, that the other lacks.
    """
    found: list[Unlike] = []
    for story in ("body", "boxes"):
        found += _stories(story, one.stories.get(story, []), other.stories.get(story, []))
    if headers:
        found += _headers(one, other)
    for what, story in _BESIDE.items():
        left, right = (_said(flat.stories.get(story, [])) for flat in (one, other))
        exact = what == "note line" or not more_comments
        if Counter(right) - Counter(left) or (exact and left != right):
            found.append(_first_apart(what, story, left, right))
    if one.rows != other.rows:
        found.append(_first_apart("cells", "tables", one.rows, other.rows))
    found += _counted("comment", "comments", _comments(one), _comments(other), more=more_comments)
    found += _counted("other part", "file", one.others, other.others)
    found += _counted("alternative text", "file", Counter(one.alternative), Counter(other.alternative))
    pages = zip_longest(one.sections, other.sections, fillvalue="")
    found += [Unlike("page", f"section {n}", "", "") for n, (a, b) in enumerate(pages, 1) if a != b]
    return found


def _comments(flat: FlatFile) -> Counter[str]:
    return Counter(
        {
            f"{author}: {words}{' (settled)' if done else ''}{f' (answers: {to})' if to else ''}": count
            for (author, words, done, to), count in flat.comments.items()
        }
    )


def _counted(
    what: UnlikeThing, story: str, one: Counter[str], other: Counter[str], *, more: bool = False
) -> Iterator[Unlike]:
    for each in other - one:
        yield Unlike(what, story, "", each)
    for each in () if more else one - other:
        yield Unlike(what, story, each, "")


def _headers(one: FlatFile, other: FlatFile) -> Iterator[Unlike]:
    for place in sorted(one.headers.keys() | other.headers.keys()):
        left, right = one.headers.get(place), other.headers.get(place)
        if left is not None and right is not None:
            yield from _stories(place[1], left, right)
        elif (left or right) and not _goes_on(one if left else other, place):
            yield Unlike("header", place[1], _JOINED.join(_said(left or [])), _JOINED.join(_said(right or [])))
    hidden = [Counter(" ".join(_said(told)) for told in flat.hidden_headers.values() if told) for flat in (one, other)]
    yield from _counted("header", "headers that are not shown", hidden[0], hidden[1])


def _goes_on(flat: FlatFile, place: ShownHeader) -> bool:
    """Whether a header says what that of the section before says, as where a section was parted in two."""
    before = flat.headers.get((place[0] - 1, *place[1:]))
    return before is not None and _said(before) == _said(flat.headers[place])


def _stories(story: str, one: Sequence[FlatParagraph], other: Sequence[FlatParagraph]) -> Iterator[Unlike]:
    left, right = ([p for p in side if p.words.strip()] for side in (one, other))
    if [p.words for p in left] == [p.words for p in right] or _said(left) == _said(right):
        yield from _of_pairs(story, zip(left, right, strict=True))
        yield from _objects(story, one, other)
        return
    apart = list(_stretches(_said(left), _said(right)))
    yield from _words(story, left, right, apart)
    pairs = list(_alike(left, right, apart))
    yield from _of_pairs(story, pairs)
    alone = ([p for p in side if not p.words.strip()] for side in (one, other))
    kept = ([p for p, _ in pairs], [p for _, p in pairs])
    for here, there in ((next(alone), next(alone)), kept):
        yield from _objects(story, here, there)


def _alike(
    left: Sequence[FlatParagraph], right: Sequence[FlatParagraph], apart: Sequence[Stretches]
) -> Iterator[tuple[FlatParagraph, FlatParagraph]]:
    """Yield the paragraphs outside the stretches that differ, each with the one that says the same."""
    a = b = 0
    for (a0, a1), (b0, b1) in [*apart, ((len(left), len(left)), (len(right), len(right)))]:
        yield from zip(left[a:a0], right[b:b0], strict=True)
        a, b = a1, b1


def _of_pairs(story: str, pairs: Iterable[tuple[FlatParagraph, FlatParagraph]]) -> Iterator[Unlike]:
    for a, b in pairs:
        alike = says_the_same(a.number, b.number)  # a blank in it, at which no line ends
        if a.words.strip() != b.words.strip() or (alike and a.number != b.number):
            yield Unlike("blanks", story, a.words, a.words, a.element)
        if not alike:
            yield Unlike("number", story, f"{a.number} {a.words}".strip(), f"{b.number} {b.words}".strip(), a.element)
        if a.look != b.look:
            yield Unlike("look", story, a.words, a.words, a.element)


def _objects(story: str, one: Sequence[FlatParagraph], other: Sequence[FlatParagraph]) -> Iterator[Unlike]:
    if [p.held for p in one] == [p.held for p in other]:
        return
    left, right = _held(one), _held(other)
    for (a0, a1), (b0, b1) in _stretches(left, right):
        element = one[a0].element if a0 < len(one) else None
        for index in range(max(a1 - a0, b1 - b0)):
            a, b = (side[at] if at < end else "" for side, at, end in ((left, a0 + index, a1), (right, b0 + index, b1)))
            element = one[a0 + index].element if a0 + index < a1 else element
            yield Unlike("object", story, a, b, element)


def _held(told: Sequence[FlatParagraph]) -> list[str]:
    return [" ".join(p.held.split()) for p in told]


def _words(
    story: str, one: Sequence[FlatParagraph], other: Sequence[FlatParagraph], apart: Sequence[Stretches]
) -> Iterator[Unlike]:
    left, right = _said(one), _said(other)
    for (a0, a1), (b0, b1) in apart:
        element = one[a0].element if a0 < len(one) else one[-1].element if one else None
        yield Unlike("words", story, _JOINED.join(left[a0:a1]), _JOINED.join(right[b0:b1]), element)


def _said(told: Sequence[FlatParagraph]) -> list[str]:
    return [said for p in told if (said := " ".join(p.words.split()))]


def _stretches(left: Sequence[str], right: Sequence[str]) -> Iterator[Stretches]:
    """Yield the stretches in which two lists differ, as far as that is cheap to say."""
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    one, other = left[start : len(left) - end], right[start : len(right) - end]
    if max(len(one), len(other)) > _LONGEST:
        yield (start, start + len(one)), (start, start + len(other))
        return
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            yield (start + a0, start + a1), (start + b0, start + b1)


def _first_apart(what: UnlikeThing, story: str, left: Sequence[str], right: Sequence[str]) -> Unlike:
    one, other = next((a, b) for a, b in zip_longest(left, right, fillvalue="") if a != b)
    return Unlike(what, story, one, other)
