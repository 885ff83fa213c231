"""A review in words, the same on the screen and in the memo."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from agreements.comparing import WORDS_STAND, DiffSegment
from agreements.reviewing.clauses import TouchedClause, Tracked
from agreements.reviewing.kinds import WordReplacement
from agreements.reviewing.without_words import CONTENTS_ANEW
from agreements.word import NOT_EXAMINED, Comment, Difference

if TYPE_CHECKING:
    from agreements.reviewing.review import Review

_ROOM = 60  # characters of a tracked change that are quoted: the words stand in full beside it
_NAMED = 8  # places of one kind that are named
_AROUND = 6  # words shown before and after words that differ
_RECOGNISED = ("recognised", "recognised-poorly")  # codes of findings on pages that are pictures


def summary(review: "Review") -> Iterator[str]:
    """Yield what a review comes to, in sentences; what nobody tracked comes first."""
    if review.texts.as_read:
        yield from _as_read(review)
        yield from _without_words(review)
    else:
        yield from _untracked(review)
        who = ", ".join(f"{count} by {author or 'an unnamed author'}" for author, count in review.authors.items())
        yield f"Tracked changes: {review.tracked}" + (f", {who}." if who else ".")
    if comments := sum(len(clause.comments) for clause in review.clauses):
        yield f"Comments: {comments}."
    clauses = sum(clause.change not in WORDS_STAND for clause in review.clauses)
    breaks = sum(len(clause.breaks) for clause in review.clauses)
    yield f"Clauses changed: {clauses}. References, terms and numbers that this breaks: {breaks or 'none'}."


def _as_read(review: "Review") -> Iterator[str]:
    """Yield what a review of words alone comes to: nothing but these was looked at, and they may be misread."""
    names = " and ".join(review.texts.as_read)
    many = "are no Word files" if len(review.texts.as_read) > 1 else "is no Word file"
    yield (
        f"{names} {many}: the words as the program reads them are compared. Tracked changes, comments, headers, notes, "
        "pictures and hidden text are not examined; compare a doubtful place with the page."
    )
    if any(finding.code in _RECOGNISED for finding in review.findings):
        yield (
            f"{review.theirs} was read by recognition of its pictures: a letter, a capital, a sign or a number that is "
            "told as changed may be misread, and a missing number too. Hold each against the page before you answer."
        )
    if not review.untracked:
        yield "In the words as read, the program finds no difference but what is told here."


def _untracked(review: "Review") -> Iterator[str]:
    """Yield what nobody tracked, and what was not examined for it."""
    unknown, struck = review.texts.untracked.unknown, review.struck
    if review.untracked:
        where = ", ".join(clause.path for clause in review.clauses if clause.untracked_words)
        many = "changes were" if review.untracked > 1 else "change was"
        yield f"UNTRACKED: {review.untracked} {many} made in {review.theirs} without tracking: {where}."
    elif review.second_words and not struck:
        yield f"The first reading finds no change without tracking in {review.theirs}; the second one does."
    elif unknown and not struck:
        yield f"No change without tracking was found in {review.theirs} by the program."
    elif struck:
        pass  # said below
    elif review.typography or review.typed_numbers or review.set_otherwise or _is_told_otherwise(review):
        yield (
            f"No word in {review.theirs} was changed without tracking: two readings by different code, of words, "
            "numbers, objects, notes, headers and tables, find what is told here and nothing else."
        )
    else:
        yield (
            f"Nothing in {review.theirs} was changed without tracking: two readings by different code, of words, "
            "numbers, objects, notes, headers and tables, find the file as it was sent."
        )
    if struck:
        where = f"{len(struck)} places" if len(struck) > 1 else "one place"
        yield f"UNTRACKED: words are struck out, hidden, faint or tiny by their look alone in {where}{_places(struck)}."
    for words in review.second_words:
        yield f"UNTRACKED, by a second reading: {words}"
    if count := review.texts.own.settled:
        many = f"in {count} paragraphs" if count > 1 else "in one paragraph"
        yield f"Tracked changes of ours {many} are none any more in {review.theirs}: they were settled, or moved."
    yield from _without_words(review)
    more = f", elements that the program does not know ({', '.join(unknown)})" if unknown else ""
    yield f"Not examined for such changes: {NOT_EXAMINED}{more}."


def _is_told_otherwise(review: "Review") -> bool:
    """Whether something that nobody tracked is told that changes no word: of a clause, or of the contents."""
    anew = any(finding.code == CONTENTS_ANEW for finding in review.findings)
    return anew or review.texts.own.settled > 0 or any(map(_is_told_untracked, review.clauses))


def _is_told_untracked(clause: TouchedClause) -> bool:
    """Whether something is told of it that nobody tracked; an empty line with a number may part it with all words."""
    return bool(clause.untracked) or not (clause.tracked or clause.comments or clause.change == "same")


def _without_words(review: "Review") -> Iterator[str]:
    """Yield what differs where no word changed: the order of the parties, paragraphs that were parted, typography."""
    if review.texts.is_alternat:
        yield (
            f"{review.theirs} is their original (alternat): the parties are named in its order, which is told as no "
            f"change of words{_places(c.path for c in review.clauses if _is_alternat(c))}."
        )
    if moved := [
        f"{ours} is {theirs} now" for ours, theirs in review.texts.annexes.items() if theirs not in ("", ours)
    ]:
        yield f"Annexes have other places, and each is compared with what it was: {'; '.join(moved)}."
    for kind, said in (("split", "Split"), ("merged", "Merged")):
        if found := [clause.names for clause in review.clauses if clause.change == kind]:
            yield f"{said}, no word changed: {'; '.join(found)}."
    if review.typography:
        places = (c.path for c in review.clauses if any(_is_typography(each) for each in c.untracked))
        many = f"in {review.typography} places" if review.typography > 1 else "in one place"
        what = "variants of the same mark, such as straight and curly quotation marks, blanks, dashes"
        if review.texts.as_read:
            what = "variants of the same mark or capitals of a title; kinds of blanks were not compared"
        yield f"Typography alone differs {many}, no word: {what}{_places(places)}."
    if count := review.typed_numbers:
        places = (c.path for c in review.clauses if any(each.types_a_number for each in c.untracked))
        many = f"{count} numbers are" if count > 1 else "One number is"
        others = sum(each.in_other_numerals for clause in review.clauses for each in clause.untracked)
        some = f"{others} of them " if others < count else ""
        numerals = f", {some}in other numerals, as Article 5 for Article V" if others else ""
        same = f"and {_are(count)} the same{numerals}{_places(places)}"
        yield f"{many} typed in one file and made by the list in the other, {same}."
    if count := review.set_otherwise:
        places = (c.path for c in review.clauses if any(each.is_set_otherwise for each in c.untracked))
        many = f"{count} paragraphs say" if count > 1 else "One paragraph says"
        yield f"{many} the very same and {_are(count)} set otherwise, as in the cells of a table{_places(places)}."


def _are(count: int) -> str:
    return "are" if count > 1 else "is"


def _is_typography(each: Difference) -> bool:
    return each.what == "typography" and not each.is_set_otherwise


def replaced(found: WordReplacement) -> tuple[DiffSegment, ...]:
    """Return a replacement as pieces: the words, where, and where the words that went stand still."""
    untracked = f" (untracked in {', '.join(found.untracked)})" if found.untracked else ""
    how = "" if found.standing else " throughout,"
    said = f"{how} in {len(found.paths)} clauses: {', '.join(found.paths)}{untracked}."
    said += f" Effect: {'; '.join(found.kinds[:_NAMED])}." if found.kinds else ""
    said += f" “{found.gone}” stands still{_places(found.standing)}." if found.standing else ""
    return (
        DiffSegment("equal", "Replaced: "),
        DiffSegment("deleted", found.gone),
        DiffSegment("inserted", found.come),
        DiffSegment("equal", said),
    )


def _is_alternat(clause: TouchedClause) -> bool:
    return clause.change == "alternat" or any(each.what == "alternat" for each in clause.untracked)


def _places(paths: Iterable[str]) -> str:
    found = list(dict.fromkeys(paths))
    return f": {', '.join(found[:_NAMED])}{_more(found)}" if found else ""


def _more(found: Sequence[str]) -> str:
    return f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""


def tracked_words(clause: TouchedClause) -> Iterator[str]:
    """Yield the tracked changes of a clause in words, those of one author and day together.

    Where it moved with what stands under it, the changes that make the move are counted.
    """
    for (author, day), group in groupby(clause.tracked, key=lambda t: (t.change.author, t.change.date[:10])):
        own = list(group)
        if clause.change == "moved" and clause.along and len(own) > 1:
            numbers = ", ".join(_runs(sorted(each.number for each in own)))
            said = f"{numbers}. taken out and put in again without a change of words"
        else:
            said = "; ".join(map(_tracked, own))
        yield f"{author or 'unnamed'}, {day or 'undated'}: {said}"


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    """Yield the runs of rising numbers: `1 to 6`."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield str(numbers[start]) if at - start == 1 else f"{numbers[start]} to {numbers[at - 1]}"
            start = at


def _tracked(tracked: Tracked) -> str:
    change = tracked.change
    inside = f" (in words of {change.inside})" if change.inside else ""
    text = shortened(change.text.strip())
    return f"{tracked.number}. {change.kind}{inside}" + (f" “{text}”" if text else "")


def shortened(text: str) -> str:
    """Return `text`, cut where it is long."""
    return text if len(text) <= _ROOM else f"{text[: _ROOM - 4].rstrip()} ..."


def comment_words(comment: Comment) -> str:
    """Return a comment in words: whose, on what, settled or not."""
    about = f" on “{comment.about.strip()}”" if comment.about.strip() and not comment.reply_to else ""
    reply = ", in reply" if comment.reply_to else ""
    state = " (settled)" if comment.done else ""
    return f"{comment.author or 'unnamed'}{reply}{about}{state}: {comment.text}"


def position_words(clause: TouchedClause) -> str:
    """Return how a clause stands to our positions; the likeness to a recorded wording is a figure, no assessment."""
    if not clause.assessments:
        return "none recorded"
    said = []
    for each in clause.assessments:
        near = f", {each.likeness:.0%} like {each.nearest}" if each.level is None and each.nearest else ""
        said.append(f"{each.said} ({each.position.key}{near})")
    return "; ".join(said)


def excerpt(pieces: Sequence[DiffSegment]) -> tuple[DiffSegment, ...]:
    """Return `pieces` with long stretches that are equal cut to the words beside what differs."""
    found = []
    if pieces and all(piece.kind == "equal" for piece in pieces):  # as of what moved
        said = " ".join("".join(piece.text for piece in pieces).split())
        return (DiffSegment("equal", shortened(said)),)
    for index, piece in enumerate(pieces):
        words = piece.text.split()
        room = _AROUND * (2 if 0 < index < len(pieces) - 1 else 1)
        if piece.kind != "equal" or len(words) <= room:
            found.append(piece)
            continue
        before = f"{' '.join(words[:_AROUND])} " if index else ""
        after = f" {' '.join(words[-_AROUND:])}" if index < len(pieces) - 1 else ""
        edges = (
            "" if not before else " " * piece.text[0].isspace(),
            "" if not after else " " * piece.text[-1].isspace(),
        )
        found.append(DiffSegment("equal", f"{edges[0]}{before}...{after}{edges[1]}"))
    return tuple(found)
