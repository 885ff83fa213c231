"""One text in two languages side by side, in tables and in plain text: each is read by itself."""

from collections.abc import Callable

import pytest

from agreements.model import Document
from agreements.parsing import parse
from agreements.reading import read_text
from agreements.reading.blocks import Reading
from agreements.reading.html import read as read_html
from agreements.reading.source import SourceFile
from agreements.reading.tables import is_parallel
from agreements.reading.word import read as read_word

ENGLISH = [
    "The Government of Norland and the Government of Lorn have agreed as follows:",
    "Article 1",
    "The forces of one State may enter the territory of the other with the consent of its Government.",
    "Article 2",
    "The costs of the exercises shall be borne by the State that has sent the forces to the other.",
]
FRENCH = [
    "Le Gouvernement de Norlande et le Gouvernement de Lorne sont convenus de ce qui suit :",
    "Article 1er",
    "Les forces de chacun des États peuvent entrer sur le territoire de l'autre avec le consentement de celui-ci.",
    "Article 2",
    "Les frais des exercices sont à la charge de l'État qui a envoyé les forces sur le territoire de l'autre.",
]
ARABIC = [
    "اتفقت حكومة نورلاند وحكومة لورن على ما يلي رغبة منهما في تعزيز التعاون بين القوات المسلحة:",
    "المادة 1",
    "يجوز لقوات كل من الدولتين أن تدخل إقليم الدولة الأخرى بموافقة حكومتها وفقا لأحكام هذا الاتفاق.",
    "المادة 2",
    "تتحمل الدولة التي أوفدت القوات تكاليف المناورات التي تجري في إقليم الدولة الأخرى وفقا لهذا الاتفاق.",
]


def _paragraphs(document: Document) -> list[str]:
    """Return the texts of a document that are more than heads, in order."""
    found: list[str] = []
    for provision in document.provisions:
        found += [provision.text, *(child.text for child in provision.children)]
    return [text for text in found if len(text) > 20]


def _check(reading: Reading, first: list[str], second: list[str]) -> None:
    """Hold that the documents of `reading` are the texts `first` and `second`, each in its own order."""
    documents = parse(reading, id="norland").agreement.documents
    assert [_paragraphs(document) for document in documents] == [first[::2], second[::2]]
    assert [sum(p.kind == "article" for p in document.provisions) for document in documents] == [2, 2]
    assert len({document.language for document in documents}) == 2


@pytest.mark.parametrize("other", [FRENCH, ARABIC], ids=["French", "Arabic"])
@pytest.mark.parametrize("turned", [False, True], ids=["English left", "English right"])
def test_a_table_of_a_web_page(other: list[str], turned: bool) -> None:
    first, second = (other, ENGLISH) if turned else (ENGLISH, other)
    rows = "".join(f"<tr><td>{a}</td><td><p>{b}</p></td></tr>" for a, b in zip(first, second, strict=True))
    page = f"<html><body><table>{rows}</table></body></html>".encode()
    _check(read_html(SourceFile.of("treaty.html", page)), first, second)


@pytest.mark.parametrize("other", [FRENCH, ARABIC], ids=["French", "Arabic"])
def test_a_table_of_a_word_file(word: Callable[..., SourceFile], other: list[str]) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(f"<w:tr>{cell.format(a)}{cell.format(b)}</w:tr>" for a, b in zip(ENGLISH, other, strict=True))
    _check(read_word(word(f"<w:tbl>{rows}</w:tbl>")), ENGLISH, other)


def test_plain_text_in_two_columns() -> None:
    _check(read_text(_side_by_side(ENGLISH, FRENCH)), ENGLISH, FRENCH)


def _side_by_side(first: list[str], second: list[str], width: int = 38) -> str:
    """Set two texts in columns, each paragraph wrapped, with two blank lines between the paragraphs."""
    rows = []
    for a, b in zip(first, second, strict=True):
        left, right = _wrapped(a, width), _wrapped(b, width)
        for n in range(max(len(left), len(right))):
            pair = (left[n] if n < len(left) else "", right[n] if n < len(right) else "")
            rows.append(f"{pair[0]:<{width + 6}}{pair[1]}".rstrip())
        rows.append("")
    return "\n".join(rows)


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_texts_one_after_the_other_and_paragraph_by_paragraph() -> None:
    after = read_text("\n\n".join([*ENGLISH, *FRENCH]))
    _check(after, ENGLISH, FRENCH)
    mixed = read_text("\n\n".join(text for pair in zip(ENGLISH, FRENCH, strict=True) for text in pair))
    _check(mixed, ENGLISH, FRENCH)


def test_a_table_of_data_stays_a_table() -> None:
    rows = [("Rank", "Allowance"), *((f"Grade {n}", f"{100 * n} units a month") for n in range(1, 20))]
    assert not is_parallel(rows)
    terms = [(f"term {n} of the list", "means the thing that the Parties agreed on") for n in range(12)]
    assert not is_parallel(terms)
    same = list(zip(ENGLISH * 3, reversed(ENGLISH * 3), strict=True))
    assert not is_parallel(same), "both columns are in one language"
    assert is_parallel(list(zip(ENGLISH, FRENCH, strict=True)))


def test_a_table_in_plain_text_is_not_read_by_column() -> None:
    rows = "\n".join(f"Grade {n:<14}{100 * n} units" for n in range(1, 20))
    assert all(line.column == 0 for line in read_text(f"Annex A\n\n{rows}\n").lines)


def test_automatic_numbers_of_a_parallel_table_go_on_as_word_counts(word: Callable[..., SourceFile]) -> None:
    numbered = '<w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    cell = numbered + "<w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    plain = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(f"<w:tr>{cell.format(a)}{plain.format(b)}</w:tr>" for a, b in zip(ENGLISH, FRENCH, strict=True))
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    reading = read_word(word(f"<w:tbl>{rows}</w:tbl>", numbering=f"<w:numbering>{lists}</w:numbering>"))
    assert [block.number for block in reading.blocks] == ["1.", "2.", "3.", "4.", "5.", *[None] * 5]
