"""Collections of texts, one a line."""

import gzip
import json
from pathlib import Path

import pytest

from agreements.errors import UnreadableError
from agreements.reading import collection, is_collection, records

ROWS = [{"id": "a", "title": "First", "text": "One."}, {"id": 7, "text": "Two."}]
LINES = "\n".join(json.dumps(row) for row in ROWS)


@pytest.mark.parametrize("packed", [False, True])
def test_texts_come_one_by_one_packed_or_not(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("c.jsonl.gz" if packed else "c.jsonl")
    path.write_bytes(gzip.compress(LINES.encode()) if packed else LINES.encode())
    assert [(r.id, r.title, r.text, r.line) for r in records(path)] == [("a", "First", "One.", 1), ("7", "", "Two.", 2)]


def test_a_bad_line_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    bad = ["{broken", "[1]", '{"id": "x"}', '{"text": "words"}', "[" * 100_000]
    path.write_text("\n".join([*bad, "", LINES]))
    found = list(records(path))
    assert [bool(r.error) for r in found] == [True] * 5 + [False] * 2
    assert all(f"line {n}" in r.error for n, r in enumerate(found[:5], 1))
    assert found[-1].text == "Two."


def test_a_line_beyond_the_limit_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "TEXT_LIMIT", 100)
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps({"id": "big", "text": "x" * 500}) + "\n" + LINES)
    found = list(records(path))
    assert "limit" in found[0].error
    assert [r.id for r in found[1:]] == ["a", "7"]


def test_damaged_compression_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress(LINES.encode() * 50)[:60])
    with pytest.raises(UnreadableError, match=r"c\.jsonl\.gz cannot be read"):
        list(records(path))


def test_names_say_what_is_a_collection() -> None:
    assert is_collection(Path("x/T.JSONL.gz"))
    assert not is_collection(Path("x/t.json"))
