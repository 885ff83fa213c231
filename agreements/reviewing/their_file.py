"""Their file as it came, paragraph by paragraph: what is tracked and whose it is, and what nobody tracked."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agreements.comparing import DiffSegment
from agreements.ooxml import revisions
from agreements.ooxml.schema import name
from agreements.reviewing.clauses import TouchedClause
from agreements.word import Comment, Difference, Said

if TYPE_CHECKING:
    from agreements.reading import Block
    from agreements.reviewing.review import Review
    from agreements.reviewing.texts import ReviewedText

_MOVED = (name("moveTo"), name("moveFrom"))


@dataclass(frozen=True, slots=True)
class WordsAsCame:
    """Words of a paragraph: `kind` is `equal`, `inserted` or `deleted`, by whom and when; `moved` says that they moved.

    `inside` is the author in whose own insertion words were taken out.
    """

    kind: str
    text: str
    author: str = ""
    date: str = ""
    moved: bool = False
    inside: str = ""

    @property
    def who(self) -> str:
        """Whose change it is, in words."""
        verb = ("moved here" if self.kind == "inserted" else "moved away") if self.moved else self.kind
        day = f", {self.date[:10]}" if self.date else ""
        within = f", in words of {self.inside}" if self.inside else ""
        return f"{verb} by {self.author or 'an unnamed author'}{day}{within}"


@dataclass(slots=True)
class ParagraphAsCame:
    """A paragraph of their file: the `number` before it as Word shows it, its `level`, its words with their changes.

    `path` is that of its provision (`title` before the first one), `key` that of the clause of the review that it is
    the place of, empty where nothing was touched. `story` says where it stands. `untracked` are the differences to
    ours that nobody tracked; where `gone`, the paragraph is not in their file any more, and nobody tracked that.
    """

    words: tuple[WordsAsCame, ...]
    path: str
    number: str = ""
    level: int = 0
    is_heading: bool = False
    centred: bool = False
    story: str = "body"
    key: str = ""
    untracked: list[Difference] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    gone: bool = False

    @property
    def is_tracked(self) -> bool:
        """Whether somebody tracked a change in it."""
        return any(each.kind != "equal" for each in self.words)

    @property
    def untracked_words(self) -> list[Difference]:
        """Its untracked changes of more than typography or the order of the parties."""
        return [each for each in self.untracked if each.changes_words]

    def as_json(self) -> dict[str, Any]:
        """Return `{path, number, level, story, words}`."""
        words = [[each.kind, each.text, each.author, each.date] for each in self.words]
        return {"path": self.path, "number": self.number, "level": self.level, "story": self.story, "words": words}


def their_file(review: "Review", keys: Iterable[tuple[str, TouchedClause]]) -> tuple[ParagraphAsCame, ...]:
    """Return the paragraphs of the reviewed file as it came, the body first, then headers, notes and the like.

    `keys` are the clauses of the review with what each is called. Paragraphs that say nothing, and never did, are left
    out; of headers and notes those that nothing was done to.
    """
    texts = review.texts
    paths = texts.theirs.paths(texts.marked.paragraphs)
    looks = _looks(texts.theirs, texts.marked.paragraphs)
    earlier = _looks(texts.base, texts.marked.originals)
    body = [said for story, said in texts.marked.said if story == "body"]
    made = [
        _paragraph(said, paths[at], looks[at] or earlier[at]) for at, said in enumerate(body[: len(paths)])
    ]  # fmt: skip
    for comment in texts.marked.comments:
        if 0 <= comment.paragraph < len(made):
            made[comment.paragraph].comments.append(comment)
    gone = _place_untracked(review, made)
    _place_keys(made, gone, keys)
    shown: list[ParagraphAsCame] = []
    for at, paragraph in enumerate(made):
        shown += gone.get(at, [])
        if paragraph.words or paragraph.untracked:
            shown.append(paragraph)
    shown += gone.get(len(made), [])
    return (*shown, *_elsewhere(review))


def _paragraph(said: Sequence[Said], path: str, look: "Block | None") -> ParagraphAsCame:
    words = tuple(_words(each) for each in said)
    if look is None:
        return ParagraphAsCame(_joined(words), path)
    return ParagraphAsCame(_joined(words), path, look.number or "", look.level, look.kind == "heading", look.centred)


def _words(said: Said) -> WordsAsCame:
    """Return a stretch with the change that decides on it: a deletion before the insertion that it stands in."""
    inserted = next((each for each in said.around if each.tag in revisions.ADDING), None)
    deleted = next((each for each in reversed(said.around) if each.tag in revisions.REMOVING), None)
    change = deleted if deleted is not None else inserted
    if change is None:
        return WordsAsCame("equal", said.text)
    author, date = change.get(name("author"), ""), change.get(name("date"), "")
    inside = inserted.get(name("author"), "") if deleted is not None and inserted is not None else ""
    kind = "inserted" if deleted is None else "deleted"
    return WordsAsCame(kind, said.text, author, date, change.tag in _MOVED, inside)


def _joined(words: Iterable[WordsAsCame]) -> tuple[WordsAsCame, ...]:
    found: list[WordsAsCame] = []
    for each in words:
        last = found[-1] if found else None
        if last and (last.kind, last.author, last.date, last.inside) == (
            each.kind,
            each.author,
            each.date,
            each.inside,
        ):
            found[-1] = WordsAsCame(last.kind, last.text + each.text, last.author, last.date, last.moved, last.inside)
        else:
            found.append(each)
    return tuple(found)


def _looks(text: "ReviewedText", paragraphs: Sequence[str]) -> "list[Block | None]":
    """Return how each of `paragraphs` of `text` was read (number, level, place on the line); None for no words."""
    blocks = [] if text.reading is None else [each for each in text.reading.blocks if each.text.strip()]
    found: list[Block | None] = []
    at = 0
    for paragraph in paragraphs:
        words = _plain(paragraph)
        here = next((i for i in range(at, min(at + 40, len(blocks))) if _plain(blocks[i].text) == words), -1)
        found.append(blocks[here] if words and here >= 0 else None)
        at = here + 1 if words and here >= 0 else at
    return found


def _place_untracked(review: "Review", made: Sequence[ParagraphAsCame]) -> dict[int, list[ParagraphAsCame]]:
    """Write untracked differences to their paragraphs of the body; return those that are gone by what they preceded.

    The differences count the paragraphs of their file without tracked changes; each answers one of the file as it came,
    in the same order and with the same words.
    """
    texts = review.texts
    as_came = _answering(texts.base.said, texts.marked.originals)
    gone: dict[int, list[ParagraphAsCame]] = {}
    pairs = sorted((a.index, b.index) for a, b in texts.untracked.pairs.items() if b.part == texts.main_part)
    for difference in texts.untracked.differences:
        if difference.story != "body":
            continue
        if difference.b is not None and difference.b.index in as_came:
            made[as_came[difference.b.index]].untracked.append(difference)
            continue
        own = difference.a.index if difference.a else 0
        before = max((b for a, b in pairs if a < own and b in as_came), default=None)
        at = 0 if before is None else as_came[before] + 1
        path = texts.ours.places[own] if own < len(texts.ours.places) else ""
        words = (WordsAsCame("deleted", difference.before),)
        gone.setdefault(at, []).append(ParagraphAsCame(words, path, untracked=[difference], gone=True))
    return gone


def _answering(base: Sequence[str], came: Sequence[str]) -> dict[int, int]:
    """Return for each paragraph of `base` that has words the paragraph of `came` that says the same, in order."""
    found: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    for index, words in enumerate(came):
        places.setdefault(_plain(words), []).append(index)
    at = 0
    for index, words in enumerate(map(_plain, base)):
        spots = places.get(words, ()) if words else ()
        ahead = bisect_left(spots, at)
        if ahead < len(spots):
            found[index], at = spots[ahead], spots[ahead] + 1
    return found


def _place_keys(
    made: Sequence[ParagraphAsCame],
    gone: dict[int, list[ParagraphAsCame]],
    keys: Iterable[tuple[str, TouchedClause]],
) -> None:
    """Write to one paragraph for each clause that it is the place of that clause: where its first change stands."""
    lost = [each for group in gone.values() for each in group]
    for key, clause in keys:
        place = next((each for each in _places_of(clause, made, lost) if not each.key), None)
        if place is not None:
            place.key = key


def _places_of(
    clause: TouchedClause, made: Sequence[ParagraphAsCame], lost: Sequence[ParagraphAsCame]
) -> Iterator[ParagraphAsCame]:
    """Yield where a clause stands: where it was changed, tracked or not, or commented on, else where its words are."""
    at = [each.change.paragraph for each in clause.tracked if each.change.story == "body"]
    at += [comment.paragraph for comment in clause.comments]
    yield from (made[index] for index in at if 0 <= index < len(made) and made[index].words)
    numbers = {difference.number for difference in clause.untracked}
    yield from (each for each in (*made, *lost) if numbers & {own.number for own in each.untracked})
    path = clause.theirs or clause.path
    yield from (each for each in made if each.path == path and each.words)


def _elsewhere(review: "Review") -> Iterator[ParagraphAsCame]:
    """Yield what was changed outside the body: headers, footers, notes."""
    for story, said in review.texts.marked.said:
        found = ParagraphAsCame(_joined(map(_words, said)), story, story=story)
        if story != "body" and found.is_tracked:
            yield found
    for difference in review.texts.untracked.differences:
        if difference.story != "body" and difference.changes_words:
            words = tuple(WordsAsCame("equal", piece.text) for piece in difference.pieces if piece.kind != "deleted")
            yield ParagraphAsCame(words, difference.story, story=difference.story, untracked=[difference])


def excerpt_of(difference: Difference) -> Sequence[DiffSegment]:
    """Return an untracked difference cut to what differs, with the words beside it."""
    from agreements.reviewing.words import excerpt

    return excerpt(difference.to_read if difference.changes_words else difference.pieces)


def _plain(words: str) -> str:
    return " ".join(words.split())
