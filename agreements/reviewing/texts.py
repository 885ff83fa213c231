"""The texts of a review: what we sent, what their file is without their tracked changes, and what they want."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from lxml import etree

from agreements.bookmarks import marks_of, tag_of
from agreements.comparing import Pair, align, other_original, paired_documents, put_in_order, same_words, sign_alike
from agreements.comparing.one_draft import apart, identified, read_as_foreign
from agreements.comparing.tokens import words
from agreements.errors import AgreementsError, UnreadableError
from agreements.findings import Finding, info
from agreements.intake.files import id_from
from agreements.language.party_order import PartyName, closes_alike
from agreements.language.typography import plain
from agreements.marking import highest
from agreements.model import Agreement
from agreements.ooxml import revisions, walk
from agreements.ooxml.numbering import ListCounter
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.parsing import Parsed, articles, parse, rising
from agreements.reading import Reading, is_container, read_source, source, unpack
from agreements.reference import document_name, places
from agreements.reviewing.without_words import settle
from agreements.word import (
    BlockElement,
    Difference,
    FileDifferences,
    Marked,
    OwnChanges,
    Unlike,
    WordOptions,
    accept,
    as_lines,
    file_differences,
    left_out,
    own_changes,
    paths_of,
    read_changes,
    says_number,
    settled,
    tell_retyped,
)

_RUN = 3  # words of a run; a text of fewer is one run
_ALIKE = 0.3  # likeness from which one text is taken to come from the other
_ALIKE_OF_ANOTHER = 0.9  # the same, where the hidden marks are those of another draft
_CLOSING = ("testimonium", "signature")
_SAVED = re.compile(rb"<dcterms:modified[^>]*>\s*(\d{4}-\d\d-\d\d[^<\s]*)")
_HEAD = re.compile(r"[^\W\d_]{3,12} (?:[IVXLC]{1,9}|[0-9]{1,3})\.?", re.IGNORECASE)
_MINUTE = 16  # characters of a date as far as every program keeps it: 2026-11-22T09:30


class NoCommonAncestorError(AgreementsError):
    """The file is not one that was made from what we sent."""

    code = "no-common-ancestor"


@dataclass(frozen=True)
class ReviewedText:
    """One text of a Word file without tracked changes: its bytes, the agreement read from it, what was found.

    `marks` are its hidden marks, by the paths of the provisions; `by_styles` says that it was read by its styles;
    `reading` is what was read, where it may be parsed in another way.
    """

    content: bytes
    agreement: Agreement
    findings: tuple[Finding, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    by_styles: bool = False
    reading: Reading | None = field(default=None, repr=False)

    @cached_property
    def paragraphs(self) -> tuple[etree._Element, ...]:
        """The paragraphs of the body, in reading order."""
        package = Package.looked_at("", self.content)
        main = package.part(package.main)
        return () if main is None else tuple(walk.paragraphs(main))

    @property
    def lines(self) -> str:
        """The text as plain lines, as somebody would paste it."""
        return as_lines(self.paragraphs, self.reading.blocks if self.reading else ())

    @cached_property
    def saved(self) -> str:
        """When the file says that it was saved (ISO 8601); empty where it says nothing."""
        found = _SAVED.search(Package.looked_at("", self.content).data("docProps/core.xml") or b"")
        return found[1].decode("ascii", "replace") if found else ""

    @cached_property
    def said(self) -> tuple[str, ...]:
        """What each paragraph says."""
        return tuple(BlockElement(paragraph).text for paragraph in self.paragraphs)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The path of the provision that each paragraph belongs to."""
        return tuple(self.paths(self.said))

    def paths(self, paragraphs: Sequence[str]) -> list[str]:
        """Return the path of the provision that each of `paragraphs` of this text belongs to."""
        return paths_of(self.agreement, paragraphs)


@dataclass(frozen=True)
class Texts:
    """The three texts of a review.

    `ours` is our file with all changes accepted; `base` theirs without the changes that they tracked, `theirs` with
    all accepted (the same object where they tracked nothing). `untracked` is where `base` differs from `ours`, `second`
    what a reading of the two raw files by other code finds beside that; `likeness` (0 to 1) is that of these two, and
    `is_alternat` whether `base` is the other original of `ours`, which names the parties in its own order. `as_read`
    names the files that are no Word files: of these the words are compared as they were read, and nothing else.
    `file` is their file as it came, `marked` its changes and comments; `is_theirs` tells by author and date a tracked
    change of theirs from one that we had sent, which are by `sent_by` (author, minute). `own_marks` are the
    hidden marks of our file as it was sent, by path; `taken` says which file was taken out of an e-mail,
    and what of the whole file changes no word; `own` is what became of the changes that we had sent.
    """

    ours: ReviewedText
    base: ReviewedText
    theirs: ReviewedText
    untracked: FileDifferences
    file: bytes
    marked: Marked
    likeness: float
    is_theirs: Callable[[str, str], bool]
    second: tuple[Unlike, ...] = ()
    is_alternat: bool = False
    as_read: tuple[str, ...] = ()
    sent_by: frozenset[tuple[str, str]] = frozenset()
    own_marks: Mapping[str, str] = field(default_factory=dict)
    taken: tuple[Finding, ...] = ()
    own: OwnChanges = field(default_factory=OwnChanges)

    @cached_property
    def main_part(self) -> str:
        """The path of the part that holds the body of their file."""
        return Package.looked_at("", self.base.content).main

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Our provisions and theirs in pairs."""
        return align(self.ours.agreement, self.theirs.agreement)

    @cached_property
    def annexes(self) -> Mapping[str, str]:
        """By the name of each annex of ours (`annex-a`) that of what it is in theirs; empty where it is gone."""
        documents = paired_documents(self.ours.agreement, self.theirs.agreement)
        return {
            document_name(one): document_name(other) if other else ""
            for one, other in documents
            if one and one.number and one.language == self.ours.agreement.documents[0].language
        }


def load_texts(ours: Path, theirs: Path) -> Texts:
    """Return the texts of a review of the files `ours` and `theirs`.

    Where one is no Word file (PDF, scan, OpenDocument, text), both are read as agreements and their words written to
    Word, so that no more than these is compared. Raises `UnreadableError` for what cannot be read,
    `NoCommonAncestorError` when theirs was not made from ours, `ClassifiedError` for a text that bears classification
    markings in use.
    """
    files = _files(ours, theirs)
    first, second, as_read, found = files.ours, files.theirs, files.as_read, files.found
    known = _hands(first, ours.name)

    def is_theirs(author: str, date: str) -> bool:
        return (author, date[:_MINUTE]) not in known

    def by_them(change: etree._Element) -> bool:
        return is_theirs(change.get(name("author"), ""), change.get(name("date"), ""))

    kept = accept(settled(second, by_them, accepting=False, file_name=theirs.name), file_name=theirs.name)
    names = (ours.name, theirs.name)
    if as_read or files.taken:
        ours, theirs = ours.with_suffix(".docx"), theirs.with_suffix(".docx")  # what they were written to
    sent, base = _text(accept(first, file_name=ours.name), ours), _text(kept, theirs)
    likeness = _likeness(sent.agreement, base.agreement)
    _refuse_strangers(sent, base, likeness, names, marked=not as_read)
    wanted = accept(second, file_name=theirs.name)
    final = base if wanted == kept else _text(wanted, theirs)
    if as_read or not base.by_styles:  # what was written to Word has our styles, however it was read
        sent = _alike_read(sent, base, ours)
    named, other = identified(sent.agreement, sent.marks, base.agreement, base.marks)
    _, last = identified(sent.agreement, sent.marks, final.agreement, final.marks)
    if as_read:
        final = base = replace(base, findings=found)
    tracked_nothing = final is base
    sent, base = replace(sent, agreement=named), replace(base, agreement=other)
    final = base if tracked_nothing else replace(final, agreement=last)
    untracked = file_differences(
        sent.content, base.content, names=(ours.name, theirs.name), states=(second, final.content)
    )
    if as_read:  # what a field is was read from no file
        untracked.differences = [each for each in untracked.differences if each.what != "object"]
    order = other_original(align(sent.agreement, base.agreement), sent.agreement, base.agreement)
    tell_retyped(untracked, partial(_says_in_order, parties=order) if order else None)
    _tell_typed_heads(untracked, sent)
    parties = _told_in_order(untracked, sent, base)
    marked = read_changes(second, file_name=theirs.name)
    left = () if as_read else left_out(first, second, by_them, untracked)
    own = OwnChanges()
    if known and not as_read:
        still = (each for each in marked.changes if not is_theirs(each.author, each.date))
        own = own_changes(read_changes(first, file_name=ours.name).changes, still)
    beside = tuple(each for each in left if not (parties and _in_order(each, parties)))
    settled_once = settle(
        untracked, sent, base, typed=files.typed
    )  # after the second reading, which leaves out what is told
    is_alternat = bool(parties)
    own_marks = files.marks if as_read else sent.marks
    return Texts(
        sent, base, final, untracked, second, marked, likeness, is_theirs, beside, is_alternat, as_read, known,
        own_marks, (*files.taken, *settled_once), own,
    )  # fmt: skip


def _in_order(each: Unlike, parties: Sequence[PartyName]) -> bool:
    """Whether what a second reading finds is the order of the parties alone, as in what a reference points to."""
    return same_words(put_in_order(each.one, each.other, parties), each.other)


def _tell_typed_heads(found: FileDifferences, ours: ReviewedText) -> None:
    """Tell as typed number a line that came and says the number which a list shows in ours at the paragraph below."""
    added = [each for each in found.differences if each.how == "added" and each.b and each.story == "body"]
    heads = [each for each in added if _HEAD.fullmatch(plain(each.after).strip())]
    if not heads:
        return
    package = Package.looked_at("", ours.content)
    counter = ListCounter(package.first("numbering"), package.first("styles"))
    numbers = [counter.number(paragraph) for paragraph in ours.paragraphs]
    answers = {(b.part, b.index): a.index for a, b in found.pairs.items() if a.part == package.main}
    for each in heads:
        below = answers.get((each.b.part, each.b.index + 1)) if each.b else None
        number = None if below is None else numbers[below]
        if number and says_number(each.after, plain(number.text)):
            at = found.differences.index(each)
            found.differences[at] = replace(each, what="typed-number", listed=plain(number.text))


def _says_in_order(one: str, other: str, parties: Sequence[PartyName]) -> bool:
    """Whether two lines, in capitals or not, name the parties in another order and say nothing else."""
    mine, theirs = one.casefold(), other.casefold()
    return len(mine) == len(theirs) and same_words(put_in_order(mine, theirs, parties), theirs)


def _told_in_order(found: FileDifferences, ours: ReviewedText, base: ReviewedText) -> tuple[PartyName, ...]:
    """Tell in `found` where the parties alone stand in another order; return them if `base` is the other original."""
    parties = other_original(align(ours.agreement, base.agreement), ours.agreement, base.agreement)
    if not parties:
        return ()
    now: list[Difference] = []
    for each in found.differences:
        if each.how == "changed" and each.what == "words":
            ordered = put_in_order(each.before, each.after, parties)
            alone = same_words(ordered, each.after)
            now.append(replace(each, ordered=ordered, what="alternat") if alone else replace(each, ordered=ordered))
        else:
            now.append(each)
    closing = [each for each in now if each.changes_words and each.how == "changed" and _closes(each, base)]
    lines = [each.before for each in closing], [each.after for each in closing]
    if closes_alike(*lines, parties) and sign_alike(ours.agreement, base.agreement):
        going = closing + (_with_their_side(now, ours, base) if closing else [])
        now = [replace(each, ordered=each.after, what="alternat") if each in going else each for each in now]
    found.differences = now
    return parties


def _with_their_side(found: Sequence[Difference], ours: ReviewedText, base: ReviewedText) -> list[Difference]:
    """Return the lines of the signatures that went and came unchanged: who signs stands under the party signed for.

    Nothing where one line went that did not come. The parties of the signatures are known to have changed places.
    """
    gone = [each for each in found if each.how == "removed" and each.a and _is_closing(each.a.index, each, ours)]
    come = [each for each in found if each.how == "added" and each.b and _is_closing(each.b.index, each, base)]
    words = (Counter(plain(each.before) for each in gone), Counter(plain(each.after) for each in come))
    return [*gone, *come] if words[0] == words[1] else []


def _closes(difference: Difference, base: ReviewedText) -> bool:
    return difference.b is not None and _is_closing(difference.b.index, difference, base)


def _is_closing(paragraph: int, difference: Difference, text: ReviewedText) -> bool:
    return difference.story == "body" and bool(set(_CLOSING) & set(text.places[paragraph].split(".")))


@dataclass(frozen=True)
class _FilesAsWord:
    """Both files as Word files; which were none, and what was found in reading theirs then.

    `marks` are the hidden marks of our file, by path, where it is a Word file; `taken` names what an e-mail held, and
    `typed` says that numbers were written as typed text.
    """

    ours: bytes
    theirs: bytes
    as_read: tuple[str, ...] = ()
    found: tuple[Finding, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    taken: tuple[Finding, ...] = ()
    typed: bool = False


def _files(ours: Path, theirs: Path) -> _FilesAsWord:
    """Return both as Word files: what is none is read, and its words are written to one."""
    opened = [_unwrapped(source.load(path)) for path in (ours, theirs)]
    loaded, taken = [each for each, _ in opened], tuple(finding for _, own in opened for finding in own)
    others = tuple(each.name for each in loaded if source.kind_of(each) != "word")
    if not others:
        return _FilesAsWord(loaded[0].data, loaded[1].data, taken=taken)
    from agreements.word import render

    read = [_read(each, path) for each, path in zip(loaded, (ours, theirs), strict=True)]
    if source.kind_of(loaded[0]) == "word" and source.kind_of(loaded[1]) == "text":
        read[0] = _pasted_alike(read[0], read[1], ours)
    marking = highest([each.agreement.marking for each in read])
    gaps = any(_has_gaps(each.agreement) for each in read)  # Word cannot count such numbers: then both are typed
    first, second = (
        render(each.agreement, WordOptions(marking=marking, key=path.name, contents="never", frozen=gaps))
        for each, path in zip(read, (ours, theirs), strict=True)  # with two keys no mark is in both
    )
    return _FilesAsWord(first, second, others, read[1].findings, read[0].marks, taken, gaps)


def _pasted_alike(ours: ReviewedText, theirs: ReviewedText, path: Path) -> ReviewedText:
    """Return our text read from plain lines, as theirs was, where the two agree better then."""
    if not apart(ours.agreement, theirs.agreement):
        return ours
    lines = source.SourceFile.of(path.with_suffix(".txt").name, ours.lines.encode())
    parsed = parse(read_source(lines), id=id_from(path.name))
    said = {place.path: plain(place.provision.text) for place in places(parsed.agreement)}
    own = {place.path: plain(place.provision.text) for place in places(ours.agreement)}
    marks = {path: mark for path, mark in ours.marks.items() if said.get(path) == own.get(path)}
    read = parsed.agreement.model_copy(update={"marking": ours.agreement.marking})  # lines have no header
    other = replace(ours, agreement=read, marks=marks, by_styles=False)
    return other if apart(other.agreement, theirs.agreement) < apart(ours.agreement, theirs.agreement) else ours


def _has_gaps(agreement: Agreement) -> bool:
    """Whether the articles of a text do not rise by one, as when one was struck and the rest kept their numbers."""
    return any(any(rising([*articles(d.provisions)], "article", "")) for d in agreement.documents)


def _unwrapped(loaded: source.SourceFile) -> tuple[source.SourceFile, tuple[Finding, ...]]:
    """Return the one text that an e-mail or an archive holds, and a finding that names it; any other file as it is.

    Of several files the only Word file is the text. Raises `UnreadableError` where that does not settle it.
    """
    if not is_container(loaded):
        return loaded, ()
    held = unpack(loaded)
    inside = [each for _, each in held.documents]
    texts = [each for each in inside if source.kind_of(each) == "word"] or inside
    if len(texts) != 1:
        names = ", ".join(each.name for each in texts) or "none that can be read as a text"
        message = f"{loaded.name} holds {len(texts)} files that may be the text: {names}."
        raise UnreadableError(message, hint="Save the one that is the text, and name that.")
    left = [each.name for each in inside if each is not texts[0]] + [name for name, _ in held.others]
    beside = f" Not read beside it: {', '.join(left)}." if left else ""
    said = sum(len(words.split()) for words in held.words)
    mail = f" The e-mail itself says {said} words, which are not compared." if said else ""
    message = f"{texts[0].name} in {loaded.name} is the text that is compared.{mail}{beside}"
    return texts[0], (info("taken-from-mail", loaded.name, message, "Read the e-mail too."),)


def _read(loaded: source.SourceFile, path: Path) -> ReviewedText:
    """Return the text that a file of any kind holds, tracked changes in it accepted, and what was found."""
    if source.kind_of(loaded) == "word":
        return _text(accept(loaded.data, file_name=path.name), path)
    parsed = parse(read_source(loaded), id=id_from(path.name))
    return ReviewedText(loaded.data, parsed.agreement, parsed.findings)


def _hands(content: bytes, file_name: str) -> frozenset[tuple[str, str]]:
    """Return authors and minutes of the tracked changes of a file."""
    roots = Package.looked_at(file_name, content).stories().values()
    changes = (change for root in roots for change in root.iter(*revisions.CHANGES))
    return frozenset((c.get(name("author"), ""), c.get(name("date"), "")[:_MINUTE]) for c in changes)


def _text(content: bytes, path: Path) -> ReviewedText:
    reading = read_source(source.SourceFile.of(path.name, content))
    return _parsed(content, reading, parse(reading, id=id_from(path.name), struck=True, dated=False))


def _parsed(content: bytes, reading: Reading, parsed: Parsed) -> ReviewedText:
    marks = marks_of(parsed.agreement, reading.blocks)
    return ReviewedText(content, parsed.agreement, parsed.findings, marks, parsed.by_styles, reading)


def _alike_read(ours: ReviewedText, base: ReviewedText, path: Path) -> ReviewedText:
    """Return our text in the reading that agrees best with that of theirs."""
    if not ours.by_styles or ours.reading is None:
        return ours
    found = apart(ours.agreement, base.agreement)
    if not found:
        return ours
    other = _parsed(ours.content, ours.reading, read_as_foreign(ours.reading, id=id_from(path.name), dated=False))
    return other if apart(other.agreement, base.agreement) < found else ours


# ---------------------------------------------------------------------- one comes from the other, or not


def _refuse_strangers(
    ours: ReviewedText, base: ReviewedText, likeness: float, names: tuple[str, str], *, marked: bool
) -> None:
    """Raise `NoCommonAncestorError` where likeness and hidden marks speak against it; `marked`: the marks are theirs.

    What was read and written to Word got its marks here.
    """
    one, other = ({tag_of(mark) for mark in text.marks.values()} if marked else set() for text in (ours, base))
    if one & other:
        return
    strange = bool(one and other)
    if likeness >= (_ALIKE_OF_ANOTHER if strange else _ALIKE):
        return
    why = "; its hidden marks are those of another draft" if strange else ""
    raise NoCommonAncestorError(
        f"{names[1]} does not come from {names[0]}: their likeness is {likeness:.0%} without tracked changes{why}.",
        hint="Check that these are the right files. `agreements compare A B` compares any two texts.",
    )


def _likeness(a: Agreement, b: Agreement) -> float:
    """Return how many of the runs of three words of two texts both have, from 0 to 1."""
    one, other = _runs(a), _runs(b)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _runs(agreement: Agreement) -> Counter[tuple[str, ...]]:
    said = (text for d in agreement.documents for p in d.walk() for text in (p.heading, p.text) if text)
    found = [token.casefold() for text in said for token in words(text) if token[0].isalnum()]
    return Counter(zip(found, found[1:], found[2:], strict=False) if len(found) >= _RUN else [tuple(found)])
