"""Drafts of several offices merged: every edit once, with who proposes it and where; those that meet side by side.

The offices' files are held against the text that they were asked about, so that an edit which nobody tracked is an edit
like any other. A second reading by other code counts the words that each file has more and less than that text: what no
row of the matrix accounts for is said, and nothing is written then.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal

from agreements.comparing import same_words
from agreements.comparing.tokens import words
from agreements.display import shown_short
from agreements.errors import AgreementsError, UnprovenError, UnreadableError
from agreements.findings import Finding, info, warning
from agreements.language.typography import plain
from agreements.libreoffice import converted, converter
from agreements.marking import refuse_entry
from agreements.parsing import parse
from agreements.reading import (
    is_container,
    read_source,
    refuse_word_file,
    save_checked,
    source,
    unpack,
    without_quotation,
)
from agreements.reference import places as provision_places
from agreements.word import (
    Combination,
    CombinedFile,
    Gap,
    HandDraft,
    Proposal,
    accept,
    combine,
    paths_of,
    read_changes,
    reject,
    second_reading,
    without_page_numbers,
)

_FEW = 4  # words from which on it is no chance that they go in one place and come in another
_LITTLE = 0.4  # of the words of the longer text: what offices return of a text shares nine tenths of it

_OTHERS = ("odt", "rtf")  # made into Word files, tracked changes and comments with them
_HINT = "Save it as Word (.docx) first."

RowKind = Literal["changed", "added", "removed", "moved", "comment", "not merged"]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row of the matrix: an edit (`1`), a comment (`c1`), or something that is not merged (`x1`).

    `place` is the provision in words that a person finds it by; `before` and `after` are the words, `lead` and `tail`
    those around them, `meets` the numbers of the rows that it cannot stand beside. `untracked` are the offices whose
    file did not track it; `as_in` is the text asked about earlier that has the words as this edit would have them;
    `renumbers` says which provisions bear another number once it alone is made; `left_out` says what of a mail the row
    leaves out, which is kept with the mail; `words_of` is the row that strikes the very words that this one puts in.
    """

    number: str
    offices: tuple[str, ...]
    place: str
    kind: RowKind
    before: str = ""
    after: str = ""
    lead: str = ""
    tail: str = ""
    meets: tuple[str, ...] = ()
    untracked: tuple[str, ...] = ()
    as_in: str = ""
    left_out: str = ""
    renumbers: str = ""
    words_of: str = ""

    @property
    def mark(self) -> str:
        """A few signs that stand for what the row says and whose it is: a decision on other words is none on it."""
        said = "\x1f".join((*self.offices, self.place, self.kind, self.lead, self.before, self.after))
        return hashlib.sha256(said.encode()).hexdigest()[:10]

    @property
    def is_edit(self) -> bool:
        """Whether it can be made in the text."""
        return self.kind not in ("comment", "not merged")

    def as_json(self) -> dict[str, Any]:
        """Return the row, empty fields left out."""
        said = (
            "number",
            "place",
            "kind",
            "before",
            "after",
            "lead",
            "tail",
            "as_in",
            "left_out",
            "renumbers",
            "words_of",
        )
        row = {name: getattr(self, name) for name in said}
        lists = {name: list(getattr(self, name)) for name in ("offices", "meets", "untracked")}
        return {name: value for name, value in {**row, **lists}.items() if value}


@shown_short
@dataclass(slots=True)
class OfficeDrafts:
    """What offices propose for a text: the matrix, and the combination that it is the table of.

    `typography` counts by office what differs in variants of the same marks alone, which is left out; `unaccounted` are
    words by office that a second reading finds and no row says. `marking` is the highest of all the files. `silent` are
    the offices that were asked and have returned nothing.
    """

    base: str
    sha256: str
    marking: str
    offices: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    unaccounted: tuple[tuple[str, str], ...]
    combination: Combination = field(repr=False)
    title: str = ""
    findings: tuple[Finding, ...] = ()
    files: list[Path] = field(default_factory=list)
    silent: tuple[str, ...] = ()

    @property
    def meeting(self) -> tuple[MatrixRow, ...]:
        """The rows that meet others."""
        return tuple(row for row in self.rows if row.meets)

    def as_json(self) -> dict[str, Any]:
        """Return `{base, sha256, marking, offices, silent, rows, unaccounted, files, findings}`."""
        return {
            **{"base": self.base, "sha256": self.sha256, "marking": self.marking, "offices": list(self.offices)},
            "silent": list(self.silent),
            "rows": [row.as_json() for row in self.rows],
            "unaccounted": [{"office": office, "words": said} for office, said in self.unaccounted],
            "files": [str(file) for file in self.files],
            "findings": [finding.as_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class _Returned:
    """The file of an office as it came: its draft (None: it holds none), what its mail says, and what it quotes.

    `converted` says that the draft is as LibreOffice makes a Word file of it.
    """

    office: str
    name: str
    content: bytes | None
    mail: str = ""
    left_out: str = ""
    converted: bool = False


def merge_drafts(
    base: Path,
    drafts: Sequence[tuple[str, Path]],
    *,
    text: str = "",
    title: str = "",
    earlier: Sequence[tuple[str, Path]] = (),
) -> OfficeDrafts:
    """Return what the files of `drafts`, each with the name of its office, propose for the Word file `base`.

    A file is a Word file, one that LibreOffice makes a Word file of (`.odt`, `.rtf`), or an e-mail with one in it,
    whose own words are a comment. `text` is what the base is called
    (default: its name), `title` what it is about; `earlier` are texts that offices were asked about before, with what
    they are called: a draft may be made from one of them. Raises `UnreadableError` for what is neither, and
    `ClassifiedError`.
    """
    loaded = source.load(base)
    if source.kind_of(loaded) != "word":
        raise UnreadableError(
            f"{base.name} is no Word file.", hint="Drafts are merged into the Word file that was sent."
        )
    refuse_word_file(base.name, loaded.data)
    content = accept(without_page_numbers(loaded.data, file_name=base.name), file_name=base.name)
    returned = [_read(office, file) for office, file in drafts]
    hands = [HandDraft(r.office, accept(r.content, file_name=r.name), r.name) for r in returned if r.content]
    found = combine(content, hands, base_name=base.name)
    quiet = {r.office: _untracked(found, r) for r in returned if r.content}
    parsed = parse(read_source(source.SourceFile.of(base.name, content)), id="base")
    places = paths_of(parsed.agreement, read_changes(content, file_name=base.name).paragraphs)
    back = dict(_given_back(found, hands, earlier))
    counted = dict(_renumbered(found))
    edits = (replace(row, renumbers=counted.get(int(row.number), "")) for row in _edit_rows(found, places, quiet, back))
    rows = (*_put_elsewhere([*edits]), *_remark_rows(found, places, returned), *_other_rows(found))
    unaccounted = tuple(_unaccounted(content, draft, found) for draft in hands)
    told = (
        *_converted(returned),
        *_typography(found),
        *_from_earlier(found, back),
        *(each for draft in hands for each in _unlike(content, draft)),
    )
    return OfficeDrafts(
        text or base.name,
        hashlib.sha256(loaded.data).hexdigest(),
        parsed.agreement.marking,
        tuple(office for office, _ in drafts),
        rows,
        tuple((office, said) for office, said in unaccounted if said),
        found,
        title,
        told,
    )


def _read(office: str, file: Path) -> _Returned:
    """Return what `office` returned in `file`.

    Raises `UnreadableError` for what holds no draft of that kind, or more than one, and `ClassifiedError`.
    """
    loaded = source.load(file)
    mail = quoted = ""
    if is_container(loaded):
        held = unpack(loaded)
        mail, quoted = without_quotation(held.words[0]) if held.words else ("", "")
        quoted = "\n".join((quoted, *held.words[1:]))
        own = [each for _, each in held.documents if source.kind_of(each) in ("word", *_OTHERS)]
        if len(own) > 1:
            raise UnreadableError(
                f"{file.name} holds {len(own)} drafts.", hint="Save the one that is the draft, and name that."
            )
        if not own:
            return _Returned(office, file.name, None, mail, _left_out(quoted, file.name))
        loaded = own[0]
    kind = source.kind_of(loaded)
    content = loaded.data if kind == "word" else _made_word(office, loaded, kind)
    refuse_word_file(loaded.name, content)
    aside = without_page_numbers(content, file_name=loaded.name)
    return _Returned(office, loaded.name, aside, mail, _left_out(quoted, file.name), kind != "word")


def _made_word(office: str, loaded: source.SourceFile, kind: str) -> bytes:
    """Return a draft of another program as a Word file; raises `UnreadableError` where that cannot be made."""
    program = converter() if kind in _OTHERS else None
    if program is None:
        hint = f"Install LibreOffice, which makes one of it, or: {_HINT}" if kind in _OTHERS else _HINT
        raise UnreadableError(f"{loaded.name} of {office} is no Word file.", hint=hint)
    try:
        return converted(program, loaded.data, f".{kind}", "docx")
    except AgreementsError as problem:
        raise UnreadableError(f"{loaded.name} of {office} is no Word file. {problem}", hint=_HINT) from problem


def _left_out(quoted: str, file_name: str) -> str:
    """Say of words that an office answers to, and that are not its own, that the row of its mail leaves them out."""
    count = sum(any(c.isalnum() for c in word) for word in quoted.split())
    return f"{count} words quoted or attached are left out; they are in {file_name}" if count else ""


def _untracked(found: Combination, returned: _Returned) -> frozenset[int]:
    """Return the numbers of the proposals that a draft holds, in whole or part, with its tracked changes rejected."""
    if returned.content is None:
        return frozenset()
    before = reject(returned.content, file_name=returned.name)
    quiet = combine(found.base, [HandDraft(returned.office, before, returned.name)], base_name=found.base_name)
    return found.shared_with(quiet)


# ---------------------------------------------------------------------- rows


def _given_back(
    found: Combination, hands: Sequence[HandDraft], earlier: Sequence[tuple[str, Path]]
) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the proposals that would give the text the words of an earlier one, and what that is called.

    An office that edits the draft of before proposes, to the letter, all that was changed since.
    """
    for name, path in earlier:
        loaded = source.load(path)
        if source.kind_of(loaded) != "word":
            continue
        content = accept(without_page_numbers(loaded.data, file_name=path.name), file_name=path.name)
        for office in dict.fromkeys(hand.hand for hand in hands):
            before = combine(found.base, [HandDraft(office, content, path.name)], base_name=found.base_name)
            whole = {_said(each) for each in before.proposals}
            shared = found.shared_with(before)
            yield from ((p.number, name) for p in found.proposals if p.number in shared and _said(p) in whole)


def _said(each: Proposal) -> tuple[str, int | None, str, str]:
    return each.kind, each.paragraph, plain(each.before), plain(each.after)


def _from_earlier(found: Combination, back: dict[int, str]) -> Iterator[Finding]:
    """Yield by office that its file may be made from an earlier text, where edits of it give back words of that."""
    for office in dict.fromkeys(hand for each in found.proposals for hand in each.hands):
        rows = [each for each in found.proposals if office in each.hands and each.number in back]
        for name in dict.fromkeys(back[each.number] for each in rows):
            numbers = ", ".join(str(each.number) for each in rows if back[each.number] == name)
            message = (
                f"What {office} returned has words of {name} where the text that was sent has others ({numbers}): it "
                "may be an edit of that earlier text, and these no proposals of its own."
            )
            yield warning("earlier-draft", office, message, "Ask the office which text it edited.")


def _put_elsewhere(rows: Sequence[MatrixRow]) -> Iterator[MatrixRow]:
    """Yield the rows; one that puts in the very words that another row of its offices strikes says which.

    A paragraph that was split or joined is two edits, and no word of it is lost or new.
    """
    struck = {(row.offices, words_of): row.number for row in rows if (words_of := plain(row.before).strip())}
    for row in rows:
        words_of = plain(row.after).strip()
        other = (
            struck.get((row.offices, words_of)) if len(words_of.split()) >= _FEW and not row.before.strip() else None
        )
        yield replace(row, words_of=other) if other else row


def _edit_rows(
    found: Combination, places: Sequence[str], quiet: dict[str, frozenset[int]], back: dict[int, str]
) -> Iterator[MatrixRow]:
    for each in found.proposals:
        untracked = tuple(hand for hand in each.hands if each.number in quiet.get(hand, ()))
        meets = tuple(map(str, each.meets))
        yield MatrixRow(
            str(each.number),
            each.hands,
            _place(each, places),
            each.kind,
            each.before,
            each.after,
            each.lead,
            each.tail,
            meets,
            untracked,
            back.get(each.number, ""),
        )


def _place(proposal: Proposal, places: Sequence[str]) -> str:
    into = "" if proposal.into is None else _between(proposal.into, places)
    inside = proposal.paragraph is not None and proposal.paragraph < len(places)
    own = places[proposal.paragraph] if inside and proposal.paragraph is not None else ""
    return ", to ".join(part for part in (own, into) if part) or f"the {proposal.story}"


def _between(spot: Gap, places: Sequence[str]) -> str:
    """Return in words where `spot` is: between two provisions, or within the one that holds both its neighbours."""
    if spot.paragraph >= len(places):
        return ""
    here = places[spot.paragraph]
    if spot.after:
        return f"after {here}"
    if not spot.paragraph:
        return f"before {here}"
    before = places[spot.paragraph - 1]
    return f"within {here}" if before == here else f"between {before} and {here}"


def _remark_rows(found: Combination, places: Sequence[str], returned: Sequence[_Returned]) -> Iterator[MatrixRow]:
    number = 0
    for remark in found.remarks:
        number += 1
        path = "the whole" if remark.paragraph is None else places[remark.paragraph]
        said = remark.comment.text
        by = remark.comment.author
        after = f"{by}: {said}" if by and by.casefold() != remark.hand.casefold() else said
        yield MatrixRow(f"c{number}", (remark.hand,), path, "comment", remark.comment.about, after)
    for each in returned:
        if each.mail.strip():
            number += 1
            yield MatrixRow(
                f"c{number}", (each.office,), "its e-mail", "comment", "", each.mail.strip(), left_out=each.left_out
            )


def _other_rows(found: Combination) -> Iterator[MatrixRow]:
    for number, each in enumerate(found.unmerged, 1):
        yield MatrixRow(f"x{number}", (each.hand,), "the file", "not merged", "", each.what)


def _converted(returned: Sequence[_Returned]) -> Iterator[Finding]:
    for each in returned:
        if each.converted:
            message = f"{each.name} of {each.office} is no Word file; it was read as LibreOffice makes one of it."
            yield info("converted", each.office, message, "Look at a doubtful place in the program that wrote it.")


def _typography(found: Combination) -> Iterator[Finding]:
    for office, count in found.typography.items():
        if count:
            places = "1 place" if count == 1 else f"{count} places"
            message = f"In {places} {office} differs in variants of the same marks alone, which are left out."
            yield info("typography-left", office, message, "Look at them with `agreements compare` if they matter.")


def _unlike(text: bytes, draft: HandDraft) -> Iterator[Finding]:
    """Yield that a file shares so few words with the text that it may be no draft of it."""
    ours, theirs = (Counter(_all_words(content)) for content in (text, draft.content))
    most = max(ours.total(), theirs.total())
    if most and (ours & theirs).total() < most * _LITTLE:
        message = f"The file of {draft.hand} ({draft.file_name}) has little in common with the text that was sent."
        yield warning("little-in-common", draft.hand, message, "See whether it is a draft of this text.")


def _all_words(content: bytes) -> Iterator[str]:
    for paragraph in read_changes(content).paragraphs:
        yield from words(plain(paragraph))


# ---------------------------------------------------------------------- what Word counts anew


def _renumbered(found: Combination) -> Iterator[tuple[int, str]]:
    """Yield the number of each proposal that gives provisions other numbers, and which, as `VII to XI as VI to X`."""
    asked = [each for each in found.proposals if each.story == "body" and each.kind != "changed"]
    before = _Numbered(found.base, found.base_name) if asked else None
    for each in asked:
        try:
            after = _Numbered(found.text({each.number}), found.base_name)
        except UnreadableError:  # it strikes every word, and no provision is left that could bear a number
            continue
        if before and (told := _ranges(list(_pairs(before, after)))):
            yield each.number, told


class _Numbered:
    """The provisions of a Word file in reading order: the words of each, its path, and the number that it bears."""

    def __init__(self, content: bytes, file_name: str) -> None:
        agreement = parse(read_source(source.SourceFile.of(file_name, content)), id="text").agreement
        held = list(provision_places(agreement))
        self.words = [plain(f"{each.provision.heading or ''}\n{each.provision.text}") for each in held]
        self.paths = [each.path for each in held]
        self.numbers: Mapping[str, str] = {each.path: each.provision.number or "" for each in held}


def _pairs(before: _Numbered, after: _Numbered) -> Iterator[tuple[str, str]]:
    """Yield where each provision that both have stood and stands, in reading order, each pair once.

    Where it is another number, the paths end with the first part that is another: below that all moves along.
    """
    seen: set[tuple[str, str]] = set()
    counts = Counter(before.words), Counter(after.words)
    for block in SequenceMatcher(None, before.words, after.words, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if any(count[before.words[block.a + step]] > 1 for count in counts):
                continue  # of two with the same words nobody knows which is which
            pair = _where_parted(before, before.paths[block.a + step], after, after.paths[block.b + step])
            if pair not in seen:
                seen.add(pair)
                yield pair


def _where_parted(before: _Numbered, old: str, after: _Numbered, new: str) -> tuple[str, str]:
    one, other = old.split("."), new.split(".")
    if len(one) != len(other):
        return old, old
    for count in range(1, len(one) + 1):
        there, here = ".".join(one[:count]), ".".join(other[:count])
        if there != here:
            was, now = before.numbers.get(there, ""), after.numbers.get(here, "")
            return (there, here) if was and now and was != now else (old, old)
    return old, old


def _ranges(pairs: Sequence[tuple[str, str]]) -> str:
    """Return in words which bear another number: the first and the last of each stretch of neighbours."""
    stretches: list[list[tuple[str, str]]] = []
    neighbour = False
    for pair in pairs:
        if pair[0] == pair[1]:
            neighbour = False
            continue
        if neighbour and _parent(stretches[-1][-1][0]) == _parent(pair[0]):
            stretches[-1].append(pair)
        else:
            stretches.append([pair])
        neighbour = True
    return "; ".join(map(_range, stretches))


def _parent(path: str) -> str:
    return path.rpartition(".")[0]


def _range(stretch: Sequence[tuple[str, str]]) -> str:
    (first, now), (last, then) = stretch[0], stretch[-1]
    return f"{first} as {now}" if len(stretch) == 1 else f"{first} to {last} as {now} to {then}"


# ---------------------------------------------------------------------- the second count


def _unaccounted(text: bytes, draft: HandDraft, found: Combination) -> tuple[str, str]:
    """Return the office of a draft and the words that it has more or less than the base and that no row says."""
    more, less = Counter[str](), Counter[str]()
    for unlike in second_reading(text, draft.content):
        if unlike.what == "words" and not same_words(unlike.one, unlike.other):
            one, other = _counted(unlike.one), _counted(unlike.other)
            more += other - one
            less += one - other
    for each in found.proposals:
        if draft.hand in each.hands and each.kind != "moved":
            one, other = (
                _counted(f"{each.lead}{each.before}{each.tail}"),
                _counted(f"{each.lead}{each.after}{each.tail}"),
            )
            more -= other - one
            less -= one - other
    both = more & less  # what moved stands in both
    left = sorted({*(more - both), *(less - both)})
    said = {word for each in found.unmerged if each.hand == draft.hand for word in _counted(each.what)}
    return draft.hand, " ".join(word for word in left if word not in said)


def _counted(said: str) -> Counter[str]:
    return Counter(word for word in words(plain(said)) if any(c.isalnum() for c in word))


# ---------------------------------------------------------------------- the text


def write_merged(
    found: OfficeDrafts,
    output: Path,
    chosen: Collection[int],
    *,
    day: str,
    clerk: str,
    clean: Path | None = None,
    anyway: bool = False,
) -> CombinedFile:
    """Write the merged text with tracked changes to `output`, and without any to `clean`.

    Each office signs its own, `clerk` (who merges) the comments on what meets; `day` (ISO 8601) is that of all.

    Raises `UnprovenError` where a proof fails or words are unaccounted for (unless wanted `anyway`), `AgreementsError`
    when a file cannot be written.
    """
    for target in (output, clean):
        if target is not None and target.suffix.lower() != ".docx":
            raise UnreadableError(f"{target.name} is no name for a Word file.", hint="Let the name end in .docx")
    refuse_entry(clerk, what="Who merges")
    made = found.combination.marked_up(chosen, date=day, clerk=clerk)
    if not anyway:
        _refuse(found, made, output)
    save_checked(output, made.content)
    found.files.append(output)
    merged = found.combination.text(chosen)
    if clean is not None:
        save_checked(clean, merged)
        found.files.append(clean)
    return replace(made, findings=(*made.findings, *_stale_contents(merged, output.name)))


def _stale_contents(content: bytes, name: str) -> Iterator[Finding]:
    """Yield that the table of contents is not that of the merged text: no office edits it, and Word waits for F9."""
    try:
        told = read_source(source.SourceFile.of(name, content)).findings
    except UnreadableError:  # every word is struck
        return
    yield from (each for each in told if each.code == "contents-stale")


def _refuse(found: OfficeDrafts, made: CombinedFile, output: Path) -> None:
    if any(proof.outcome == "unexplained" for proof in made.proofs):
        raise UnprovenError(
            f"{output.name} is not written: read again, it does not say what was merged.",
            hint="Compare the drafts by eye; `--anyway` writes it all the same. Please report it with the files.",
        )
    if found.unaccounted:
        office, said = found.unaccounted[0]
        shown = said if len(said) <= 80 else f"{said[:79]}…"
        raise UnprovenError(
            f"{output.name} is not written: {office} changed words that no row accounts for ({shown}).",
            hint="`agreements compare` shows the draft beside the base; `--anyway` writes the text all the same.",
        )
