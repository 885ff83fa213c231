"""Text layers whose characters are mapped wrongly are told from texts in every language."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agreements.errors import UnreadableError
from agreements.reading import ocr
from agreements.reading.collection import records
from agreements.reading.garbled import is_garbled
from agreements.reading.pdf import read
from agreements.reading.source import SourceFile

ENGLISH = (
    "The sending State shall make good the damage that members of its force cause to third parties in the territory "
    "of the receiving State, and the authorities of both shall help each other with the inquiries. "
) * 3


def _shifted(text: str) -> str:
    """Write each character as the one 29 places before it, as fonts without a map to characters show text."""
    return "".join(chr(ord(c) - 29) if ord(c) - 29 > 32 else " " for c in text)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (ENGLISH, False, "English prose"),
        (_shifted(ENGLISH), True, "every character is another one"),
        ("".join(c for c in ENGLISH if c not in "aeiou"), True, "the vowels are lost"),
        ("".join(c if c == " " else chr(0xE000 + ord(c)) for c in ENGLISH), True, "private characters"),
        ("".join(c if c == " " else chr(0xA1 + ord(c) % 20) for c in ENGLISH), True, "signs instead of letters"),
        (_shifted(ENGLISH)[:100], False, "too short to show anything"),
        ("Die Regierungen haben vereinbart, dass die Streitkräfte in dem Gebiet sind. " * 8, False, "German"),
        ("Lepingupooled kohustuvad tegema koostööd julgeoleku valdkonnas vastavalt sellele. " * 8, False, "Estonian"),
        ("Правительства договорились о сотрудничестве в области обороны. " * 8, False, "Russian"),
        ("اتفق الطرفان على التعاون في مجال الدفاع وفقا لأحكام هذا الاتفاق. " * 8, False, "Arabic"),
        ("両政府は、この協定の実施に関して協議する。" * 20, False, "Japanese, without blanks"),
        ("Luxembourg Bruxelles Amsterdam Copenhague Lisbonne Washington Ottawa Reykjavik " * 8, False, "only names"),
        ("1,250 3.75 12/04/1962 480 990 1,004 " * 12, False, "a table of figures has no letters to judge by"),
    ],
)
def test_garbled_text_is_told_from_text(text: str, expected: bool, why: str) -> None:
    assert is_garbled(text) is expected, why


def test_no_real_treaty_is_garbled(shared: Path) -> None:
    wrong = []
    for number, record in enumerate(records(shared / "treaties/world/treaties-en.jsonl.gz")):
        if number % 10 == 0 and is_garbled(record.text[2000:]):
            wrong.append(record.id)
    assert wrong == []


def test_a_garbled_file_is_refused_with_the_reason(
    pdf: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "recogniser", lambda: None)
    words = _shifted(ENGLISH).split()
    lines = [(72, 100 + 14 * n, " ".join(words[8 * n : 8 * n + 8])) for n in range(len(words) // 8)]
    with pytest.raises(UnreadableError, match="maps its characters wrongly") as caught:
        read(pdf(lines))
    assert "tesseract" in caught.value.hint


def test_of_a_file_with_one_garbled_page_the_others_are_read(
    pdf: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "recogniser", lambda: None)
    words = _shifted(ENGLISH).split()
    lines = [(72, 100 + 14 * n, " ".join(words[8 * n : 8 * n + 8])) for n in range(len(words) // 8)]
    reading = read(pdf([(72, 100, "The Parties agree.")], lines))
    assert [line.text for line in reading.lines] == ["The Parties agree."]
    assert [(f.code, f.severity, f.where) for f in reading.findings] == [("garbled-text", "warning", "page 2")]
