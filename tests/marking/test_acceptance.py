"""None of the markings in use is let in by any door, and at most two of the innocent texts are refused."""

from pathlib import Path

import pytest

from agreements.reading import ocr
from tests.marking import doors
from tests.marking.corpus import IN_USE, INNOCENT, Case

AT_MOST = 2  # innocent texts that may be refused


def _tried(cases: tuple[Case, ...]) -> list[Case]:
    """Return the cases that can be tried here: scans need a program that recognises them."""
    return [case for case in cases if not case.place.startswith("scan.") or ocr.recogniser()]


def test_no_marking_in_use_is_let_in(tmp_path: Path) -> None:
    doors.use_scratch(tmp_path)
    tried = _tried(IN_USE)
    let_in, misnamed, quoted = [], [], []
    for case in tried:
        error = doors.refused(case.place, case.text)
        if error is None:
            let_in.append(case.id)
        elif error.level != case.level.lower():
            misnamed.append((case.id, error.level))
        elif any(word in f"{error} {error.hint}" for word in (doors.CANARY, "minister", "Talks", "pier", "embassy")):
            quoted.append(case.id)
    print(f"in use: {len(tried)} tried, {len(let_in)} let in")
    assert not let_in
    assert not misnamed
    assert not quoted


def test_innocent_words_stay_innocent(tmp_path: Path) -> None:
    doors.use_scratch(tmp_path)
    tried = _tried(INNOCENT)
    refused = [case.id for case in tried if doors.refused(case.place, case.text)]
    print(f"innocent: {len(tried)} tried, {len(refused)} refused")
    assert len(refused) <= AT_MOST, refused


@pytest.mark.parametrize("place", ["text.first", "text.middle", "word.header", "md.front", "html.title"])
def test_the_doors_open_for_plain_words(place: str) -> None:
    words = "note: a plain line" if place == "md.front" else "A plain line"
    assert doors.refused(place, words) is None
