"""What is told of two files that differ in one thing, and what a redline makes of them (`pairs.txt`).

`python -m tests.word.test_pairs` writes the file anew: read the difference that git shows before you keep it.
"""

import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from agreements import word
from agreements.errors import AgreementsError
from agreements.ooxml.schema import name as tag
from agreements.word import Difference, Disposition, Files, Handover, Revisions, handover_kinds
from agreements.word.handover import make_handover
from tests.word import editing
from tests.word.pairs import FILES, PAIRS

KEPT = Path(__file__).with_name("pairs.txt")
US = word.RedlineOptions(author="U.S. delegation", date="2026-11-22")
SIGNS = {"equal": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
_TIME = re.compile(r"2026-11-22T\d\d:\d\d:\d\dZ")


def marked(each: Difference) -> str:
    pieces = (f"{SIGNS[piece.kind][0]}{piece.text}{SIGNS[piece.kind][1]}" for piece in each.pieces)
    places = " to ".join(str(spot.index) if spot else "nowhere" for spot in (each.a, each.b))
    return f"{each.story}, {each.what} {each.how}, {places}: {''.join(pieces)}"


def told(a: bytes, b: bytes) -> Iterator[str]:
    """Yield what differs, what a redline tracks and names, and which parts it writes otherwise than the first file."""
    found = word.file_differences(a, b, names=("a.docx", "b.docx"))
    yield from map(marked, found.differences)
    yield from (f"number: {marked(each)}" for each in found.numbers)
    yield from (f"struck at {spot.index} of {spot.part}: {said}" for spot, said in found.struck)
    if found.unknown:
        yield f"unknown: {', '.join(found.unknown)}"
    yield from (f"second reading: {said}" for said in word.sentences(word.second_reading(a, b)))
    is_tracked = any(word.read_changes(file).changes for file in (a, b))
    made = word.redline(a, b, replace(US, prior="keep") if is_tracked else US, names=("a.docx", "b.docx"))
    yield f"redline {made.proof.outcome}"
    yield from (f"{each.severity} {each.code}: {each.message}" for each in made.findings)
    marks = word.read_changes(made.content)
    yield from (f"{each.kind}, {each.story} {each.paragraph}: {each.text}" for each in marks.changes)
    yield from (f"comment by {each.author}: {each.text}" for each in marks.comments)
    yield f"written: {written(a, made.content)}"


def written(a: bytes, made: bytes) -> str:
    """Return the names of the parts that another file has otherwise, and the head of a hash of all of them."""
    names, hashed = [], hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(a)) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
        held = {name: before.read(name) for name in before.namelist()}
        for name in sorted(after.namelist()):
            content = after.read(name)
            if held.get(name) != content:
                hashed.update(_TIME.sub("", content.decode("utf-8", "replace")).encode())
                names += [] if name.endswith((".rels", "[Content_Types].xml")) else [Path(name).stem]
    return f"{' '.join(names) or 'nothing'} {hashed.hexdigest()[:8]}"


def settled(file: bytes) -> Iterator[str]:
    """Yield the changes of a file, and what it says with all of them accepted, and rejected."""
    found = word.read_changes(file)
    yield from (f"{each.author}, {each.kind}, {each.story} {each.paragraph}: {each.text}" for each in found.changes)
    yield f"with all accepted: {' ¶ '.join(found.paragraphs[5:])}"
    yield f"with all rejected: {' ¶ '.join(found.originals[5:])}"
    for how, made in (("accepted", word.accept(file)), ("rejected", word.reject(file))):
        yield f"{how}, found at once: {' ¶ '.join(word.read_changes(made).paragraphs[5:])}"
        yield f"{how}: {written(file, made)}"
        yield from (f"{how}, {said}" for said in word.sentences(word.second_reading(made, word.accept(made))))


def handed_over(file: bytes, folder: Path) -> Iterator[str]:
    """Yield what a file tells beside its text, and what becomes of it with everything allowed, and removed."""
    path = folder / "draft.docx"
    path.write_bytes(file)
    yield from found_in(word.look(path))
    kinds = handover_kinds().values()
    allowed, removed = ([each.kind for each in kinds if getattr(each, how)] for how in ("allow", "remove"))
    authors = {who: f"Side {who[:1]}" for who in ("", "Ana", "Ana Partner", "Ben Partner", "Q", "US")}
    wishes: tuple[tuple[Revisions, dict[str, list[str]]], ...] = (
        ("accept", {"allow": allowed}), ("reject", {"remove": removed}), ("keep", {"remove": removed}),
    )  # fmt: skip
    for revisions, choices in wishes:
        made = make_handover(path, folder / f"{revisions}.docx", revisions=revisions, authors=authors, **choices)
        yield f"{revisions}, {'all allowed' if 'allow' in choices else 'all removed'}"
        yield from found_in(made)
        if made.output:
            yield f"written: {written(file, made.output.read_bytes())}"


def found_in(made: Handover) -> Iterator[str]:
    for each in made.found:
        items = "; ".join(f"{item.number} {item.where}: {item.what} {item.choice}".strip() for item in each.items)
        yield f"found {each.kind.kind} ({each.count}){', open' if each.open else ''}: {items}"
    if beside := [each for each in made.not_examined if each not in NOT_EXAMINED]:
        yield f"not examined: {'; '.join(beside)}"


NOT_EXAMINED = (
    "what the words themselves tell", "what pictures and charts show", "names of styles and fonts",
    "white or tiny type that comes from a style",
)  # fmt: skip


def answer(name: str) -> str:
    there, back = (
        "\n".join(line.replace("\n", " ¶ ") for line in told(*pair)) for pair in (PAIRS[name], PAIRS[name][::-1])
    )
    return f"{there}\nthe other way\n{back}"


def given_back(ours: bytes, theirs: bytes) -> Iterator[str]:
    """Yield what comes of undoing what a file that came back changes: all of it, each by itself, and tracked."""
    ours, theirs = word.accept(ours), word.accept(theirs)
    found = word.file_differences(ours, theirs, names=("ours.docx", "theirs.docx"))
    for alike in (None, the_same_words):
        again = word.file_differences(ours, theirs, names=("ours.docx", "theirs.docx"))
        word.tell_retyped(again, alike)
        how = "retyped" if alike is None else "retyped in another order"
        yield from (f"{how}: {marked(each)}" for each in again.differences if each not in found.differences)
    nothing = word.FileDifferences()
    yield from (f"told of nothing: {said}" for said in word.sentences(word.left_out(ours, theirs, all_theirs, nothing)))
    yield from (f"not told: {said}" for said in word.sentences(word.left_out(ours, theirs, all_theirs, found)))
    files = Files(theirs, ours, found.pairs, lambda author, date: True, ("ours.docx", "theirs.docx"))
    alone = [(each,) for each in found.differences] if len(found.differences) > 1 else []
    for undone in [tuple(found.differences), *alone]:
        what = f"{undone[0].story} {undone[0].what} {undone[0].how}" if undone in alone else "all"
        yield from undoing(files, Disposition(undone=undone), f"undone, {what}")
    made = word.redline(ours, theirs, replace(US, author="Ana Partner")).content
    files = replace(files, theirs=made, pairs=word.file_differences(ours, word.reject(made), names=("", "")).pairs)
    numbers = range(1, len(word.read_changes(made).changes) + 1)
    odd, even = frozenset(numbers[::2]), frozenset(numbers[1::2])
    yield from undoing(files, Disposition(rejected=odd | even), "tracked, rejected")
    yield from undoing(files, Disposition(accepted=odd, rejected=even), "tracked, every other one accepted")
    yield from undoing(files, Disposition(rejected=odd), "tracked, every other one left", with_left=True)


def the_same_words(one: str, other: str) -> bool:
    return sorted(one.split()) == sorted(other.split())


def all_theirs(change: object) -> bool:
    return True


def undoing(files: Files, decided: Disposition, what: str, *, with_left: bool = False) -> Iterator[str]:
    try:
        made = word.answered(files, decided, with_left=with_left)
    except AgreementsError as error:
        yield f"{what}: {error}"
        return
    rest = word.sentences(word.second_reading(made.content, files.ours))
    yield f"{what}: {'; '.join(rest) or 'ours again'}; {written(files.theirs, made.content)}"
    yield from (f"{what}, still there: {marked(each)}" for each in made.still)
    if made.put_in or made.taken_out:
        yield f"{what}, notes put in: {made.put_in}, taken out: {made.taken_out}"


def combined(base: bytes, draft: bytes) -> Iterator[str]:
    """Yield what two hands propose, one of them the second file of a pair, and what is made of it."""
    base, draft = word.accept(base), word.accept(draft)
    drafts = [word.HandDraft("L", draft, "L.docx"), word.HandDraft("OSD", other_words(base), "OSD.docx")]
    found = word.combine(base, drafts, base_name="base.docx")
    for each in found.proposals:
        place = f"{each.story} {each.paragraph}" + (
            f" into {each.into.paragraph}{each.into.after * '+'}" if each.into else ""
        )
        meets = f", meets {each.meets}" if each.meets else ""
        said = f"{each.lead}[-{each.before}-]{{+{each.after}+}}{each.tail}"
        yield f"{each.number} {each.kind} by {' and '.join(each.hands)}, {place}{meets}: {said}"
    yield from (f"remark by {each.hand}: {each}" for each in found.remarks)
    yield from (f"not merged: {each}" for each in found.unmerged)
    yield f"typography: {found.typography}; undisputed: {sorted(found.undisputed)}"
    again = word.HandDraft("L", other_words(draft), "L.docx")
    shared = (sorted(found.shared_with(word.combine(base, [each]))) for each in (*drafts, again))
    yield f"shared with the first hand, the second, and the first with the words of both: {', '.join(map(str, shared))}"
    made = found.marked_up(found.undisputed, date="2026-03-02", clerk="PM")
    yield f"marked up: {written(base, made.content)}"
    yield from (f"{each.severity} {each.code}: {each.message}" for each in made.findings)
    yield f"text: {written(base, found.text(found.undisputed))}"


def other_words(file: bytes) -> bytes:
    """Return a file with a few words exchanged throughout."""

    def edit(body: etree._Element) -> None:
        for text in body.iter(tag("t")):
            for old, new in (
                ("Lorn", "Marn"),
                ("three", "nine"),
                ("day", "week"),
                ("Ships", "Boats"),
                ("Pier", "Jetty"),
            ):
                text.text = (text.text or "").replace(old, new)

    return editing.changed(file, edit)


def returned(name: str) -> str:
    said = (*given_back(*PAIRS[name]), *combined(*PAIRS[name]))
    return "\n".join(each.replace("\n", " ¶ ") for each in said)


def answer_of_file(name: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return "\n".join((*settled(FILES[name]), *handed_over(FILES[name], Path(folder)))).replace(folder, "")


def handover_of_pair(name: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return "\n".join(handed_over(PAIRS[name][1], Path(folder)))


def kept() -> dict[str, str]:
    parts = KEPT.read_text(encoding="utf-8").split("\n== ")[1:] if KEPT.exists() else []
    return {head: body.strip("\n") for head, _, body in (part.partition("\n") for part in parts)}


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_told_of_a_pair(name: str) -> None:
    assert answer(name) == kept()[name]


@pytest.mark.parametrize("name", FILES)
def test_what_becomes_of_tracked_changes(name: str) -> None:
    assert answer_of_file(name) == kept()[f"file {name}"]


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_handed_over_of_a_file(name: str) -> None:
    assert handover_of_pair(name) == kept()[f"handover of {name}"]


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_undone_and_combined_of_a_pair(name: str) -> None:
    assert returned(name) == kept()[f"return of {name}"]


def answers() -> Iterator[tuple[str, str]]:
    yield from ((name, answer(name)) for name in PAIRS)
    yield from ((f"file {name}", answer_of_file(name)) for name in FILES)
    yield from ((f"handover of {name}", handover_of_pair(name)) for name in PAIRS)
    yield from ((f"return of {name}", returned(name)) for name in PAIRS)


if __name__ == "__main__":
    KEPT.write_text("\n".join(f"\n== {name}\n{said}" for name, said in answers()) + "\n", encoding="utf-8")
