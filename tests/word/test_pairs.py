"""What is told of two files that differ in one thing, and what a redline makes of them (`pairs.txt`).

`python -m tests.word.test_pairs` writes the file anew: read the difference that git shows before you keep it.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agreements import word
from agreements.word import Difference
from tests.word.pairs import PAIRS

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
    yield f"written: {', '.join(written(a, made.content))}"


def written(a: bytes, made: bytes) -> Iterator[str]:
    """Yield the parts that another file has otherwise, each with the head of its hash."""
    with zipfile.ZipFile(io.BytesIO(a)) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
        held = {name: before.read(name) for name in before.namelist()}
        for name in sorted(after.namelist()):
            content = after.read(name)
            if held.get(name) != content:
                plain = _TIME.sub("", content.decode("utf-8", "replace"))
                yield f"{name} {hashlib.sha256(plain.encode()).hexdigest()[:8]}"


def answer(name: str) -> str:
    there, back = (
        "\n".join(line.replace("\n", " ¶ ") for line in told(*pair)) for pair in (PAIRS[name], PAIRS[name][::-1])
    )
    return f"{there}\nthe other way\n{back}"


def kept() -> dict[str, str]:
    parts = KEPT.read_text(encoding="utf-8").split("\n== ")[1:] if KEPT.exists() else []
    return {head: body.strip("\n") for head, _, body in (part.partition("\n") for part in parts)}


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_told_of_a_pair(name: str) -> None:
    assert answer(name) == kept()[name]


def test_no_answer_is_kept_of_a_pair_that_is_gone() -> None:
    assert kept().keys() == PAIRS.keys()


if __name__ == "__main__":
    KEPT.write_text("\n".join(f"\n== {name}\n{answer(name)}" for name in PAIRS) + "\n", encoding="utf-8")
