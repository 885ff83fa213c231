"""Files of every format that bear markings in use are refused whole; struck markings and the real treaties are not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agreements.errors import ClassifiedError
from agreements.parsing import gate, parse
from agreements.parsing.paragraphs import blocks_of
from agreements.reading import read, read_text, records
from agreements.reading.readers import read_source
from agreements.reading.source import SourceFile

Make = Callable[..., SourceFile]
BODY = (
    "Agreement between Arland and Borduria on the Harbour of Lorn",
    "Article I",
    "The Parties keep the harbour of Lorn open to the ships of each other.",
    "Article II",
    "This Agreement shall enter into force on the date of signature.",
)


def _text(*lines: str, pages: str = "\n\n") -> SourceFile:
    return SourceFile.of("paper.txt", pages.join(lines).encode())


def _markdown(*lines: str) -> SourceFile:
    return SourceFile.of("paper.md", "\n\n".join(lines).encode())


def _html(*lines: str) -> SourceFile:
    words = "".join(f"<p>{line}</p>" for line in lines)
    return SourceFile.of("paper.html", f"<!doctype html><html><body>{words}</body></html>".encode())


def _paragraph(words: str, look: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


def _header(words: str, look: str = "") -> str:
    return f"<w:hdr>{_paragraph(words, look)}</w:hdr>"


WORD_BODY = "".join(map(_paragraph, BODY))
HEADED = ("# " + BODY[0], "## " + BODY[1], BODY[2], "## " + BODY[3], BODY[4])
MARKED: dict[str, Callable[[Make, Make], SourceFile]] = {
    "text: banner on the first line": lambda word, pdf: _text("SECRET", *BODY),
    "text: banner on the last line": lambda word, pdf: _text(*BODY, "NATO CONFIDENTIAL"),
    "text: spaced letters": lambda word, pdf: _text("S E C R E T", *BODY),
    "text: banner of a second page": lambda word, pdf: _text(*BODY[:3], "\fTOP SECRET", *BODY[3:]),
    "text: portion marks": lambda word, pdf: _text(*BODY[:2], "(S//NF) " + BODY[2], *BODY[3:]),
    "text: portion marks after numbers": lambda word, pdf: _text(*BODY[:2], "1. (C) " + BODY[2], "2. (C) " + BODY[4]),
    "Markdown: banner above the title": lambda word, pdf: _markdown("CONFIDENTIAL//NOFORN", *HEADED),
    "Markdown: banner in bold": lambda word, pdf: _markdown("**COSMIC TOP SECRET**", *HEADED),
    "Markdown: portion marks": lambda word, pdf: _markdown(*HEADED[:2], "(S) " + BODY[2], "(U) " + BODY[4]),
    "web page: banner at the top": lambda word, pdf: _html("SECRET//NOFORN", *BODY),
    "web page: banner at the foot": lambda word, pdf: _html(*BODY, "NATO SECRET"),
    "web page: portion marks": lambda word, pdf: _html(*BODY[:2], "(TS) " + BODY[2], *BODY[3:]),
    "web page: a banner that is struck in part": lambda word, pdf: _html("<s>TOP</s> SECRET", *BODY),
    "Word: banner in the header": lambda word, pdf: word(WORD_BODY, header=_header("NATO RESTRICTED")),
    "Word: banner in the footer": lambda word, pdf: word(WORD_BODY, footer=_header("SECRET 3 OF 12")),
    "Word: first paragraph": lambda word, pdf: word(_paragraph("TOP SECRET//SI//NOFORN") + WORD_BODY),
    "Word: a banner struck in part": lambda word, pdf: word(
        "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>TOP </w:t></w:r><w:r><w:t>SECRET</w:t></w:r></w:p>" + WORD_BODY
    ),
    "Word: portion marks": lambda word, pdf: word(WORD_BODY + _paragraph("(S//REL) The Parties meet at Lorn.")),
    "PDF: banner at the top of the page": lambda word, pdf: pdf(_lines("SECRET", *BODY)),
    "PDF: banner at the foot of the second page": lambda word, pdf: pdf(_lines(*BODY), _lines(BODY[2], "- SECRET -")),
    "PDF: portion marks": lambda word, pdf: pdf(_lines(*BODY[:2], "(C//NF) " + BODY[2])),
}


def _lines(*lines: str) -> list[tuple[float, float, str]]:
    return [(72.0, 72.0 + 30 * number, line) for number, line in enumerate(lines)]


@pytest.mark.parametrize("made", MARKED.values(), ids=MARKED.keys())
def test_a_marked_file_is_refused_and_quoted_nowhere(
    made: Callable[[Make, Make], SourceFile], word: Make, pdf: Make
) -> None:
    source = made(word, pdf)
    with pytest.raises(ClassifiedError) as caught:
        parse(read_source(source), id="harbour")
    assert "harbour of Lorn" not in f"{caught.value} {caught.value.hint}"


def test_the_marked_files_are_many_and_different(word: Make, pdf: Make) -> None:
    assert len({made(word, pdf).sha256 for made in MARKED.values()}) >= 20


STRUCK: dict[str, Callable[[Make], SourceFile]] = {
    "Word: header": lambda word: word(WORD_BODY, header=_header("SECRET", "<w:strike/>")),
    "Word: struck twice": lambda word: word(_paragraph("NATO SECRET", "<w:dstrike/>") + WORD_BODY),
    "Word: by a style": lambda word: word(
        '<w:p><w:r><w:rPr><w:rStyle w:val="Old"/></w:rPr><w:t>SECRET</w:t></w:r></w:p>' + WORD_BODY,
        styles='<w:styles><w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style></w:styles>',
    ),
    "Word: portion marks": lambda word: word(WORD_BODY + _paragraph("(S//REL) The Parties meet.", "<w:strike/>")),
    "web page: by an element": lambda word: _html("<s>TOP SECRET</s>", *BODY),
    "web page: by its style": lambda word: _html('<span style="text-decoration: line-through">SECRET</span>', *BODY),
    "Markdown": lambda word: _markdown("~~SECRET~~", *HEADED),
}


@pytest.mark.parametrize("made", STRUCK.values(), ids=STRUCK.keys())
def test_a_struck_marking_is_no_marking_in_use_and_its_words_stay(
    made: Callable[[Make], SourceFile], word: Make
) -> None:
    reading = read_source(made(word))
    parsed = parse(reading, id="harbour")
    assert BODY[2] in " ".join(p.words() for d in parsed.agreement.documents for p in d.provisions)
    held = "\n".join((reading.text, *reading.page_edges))
    assert "SECRET" in held or "(S//REL)" in held


def test_a_word_that_is_not_struck_is_not_called_so(word: Make) -> None:
    blocks = read_source(word(_paragraph("SECRET", '<w:strike w:val="0"/>') + WORD_BODY)).blocks
    assert [block.struck for block in blocks] == [False] * len(blocks)


@pytest.mark.parametrize("folder", ["fixtures", "treaties/security"])
def test_no_real_treaty_is_refused(shared: Path, folder: str) -> None:
    for path in sorted((shared / folder).iterdir()):
        if path.suffix in (".txt", ".md", ".html", ".docx", ".pdf") and ".scan." not in path.name:
            reading = read(path)
            gate(reading, blocks_of(reading)[0])


def test_no_treaty_of_the_world_is_refused(shared: Path) -> None:
    for record in records(shared / "treaties/world/treaties-en.jsonl.gz"):
        if record.text:
            reading = read_text(record.text, name=record.id)
            gate(reading, blocks_of(reading)[0])
