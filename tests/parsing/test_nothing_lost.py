"""Whatever the text: it gives an agreement, every word is in it or in a finding, and every span leads back."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.errors import ClassifiedError
from agreements.model import Document
from agreements.parsing import Parsed, parse
from agreements.parsing.paragraphs import blocks_of
from agreements.reading import read, read_text
from agreements.reading.blocks import Block, Reading
from agreements.reading.characters import canonical
from agreements.reference import places

EXAMPLES = 50 if os.environ.get("CI") else 500
LINES = st.sampled_from(
    [
        *(
            "ARTICLE I",
            "Article 2",
            "Article 3. Costs",
            "Article XII provides that",
            "Art. 4",
            "Section 311 (a) Words",
            "Chapter I",
        ),
        *(
            "1. First",
            "2.",
            "(a) letter",
            "(i) roman",
            "1. (a) both",
            "3.1 compound",
            "- bullet",
            "“4. quoted",
            "a)b",
            "(1) one",
        ),
        *("Preamble", "PreambleThe Parties", "Considering that,Recalling this, Have agreed as follows:", "Definitions"),
        *(
            "ANNEX A",
            "Annex A shall apply.",
            "Appendix",
            "PROTOCOL",
            "Nr. I",
            "II",
            "Excellency, I have the honour to write",
        ),
        *(
            "DONE at Lorn on 3 May 2004.For the Government of Japan: (sd.) X",
            "IN WITNESS WHEREOF",
            "For the Government of Chile",
        ),
        *(
            "This Agreement may be terminated on six months' notice.",
            "paragraph 2(b) of Article 3 and this Article",
            "*bold*",
        ),
        *(
            "in accordance with",
            "of this Agreement",
            "Treaty between Japan and Chile",
            "###",
            "¶ § 5",
            "مادة ١",
            "\u00a0x",
        ),
    ]
)
BLOCKS = st.builds(
    Block,
    text=st.one_of(LINES, st.text(min_size=1, max_size=30)).map(canonical),
    kind=st.sampled_from(["paragraph", "paragraph", "heading", "list", "table", "footnote"]),
    number=st.one_of(st.none(), st.none(), st.sampled_from(["1.", "(a)", "Article 5", "Step 1", "•", "IV"])),
    level=st.integers(0, 3),
    centred=st.booleans(),
    bold=st.booleans(),
    language=st.sampled_from(["", "", "en", "nl"]),
)


def letters(*texts: str | None) -> Counter[str]:
    return Counter(c.lower() for text in texts if text for c in text if c.isalnum())


def words_of(document: Document) -> Iterator[str]:
    yield document.title or ""
    for provision in document.walk():
        yield from (provision.label or provision.kind, provision.number or "", provision.heading or "", provision.text)
        yield from (mark.target for mark in provision.marks if mark.kind == "note")


def lost(blocks: tuple[Block, ...], result: Parsed) -> Counter[str]:
    given_ = letters(*(f"{block.number or ''} {block.text}" for block in blocks))
    kept = letters(*(x for document in result.agreement.documents for x in words_of(document)))
    return given_ - kept - letters(*(finding.message for finding in result.findings))


def check_spans(result: Parsed, source: str) -> None:
    for place in places(result.agreement):
        span = place.provision.provenance
        assert span is not None
        assert span.start is not None
        assert span.end is not None
        within = "".join(c for c in source[span.start : span.end] if c.isalnum())
        assert "".join(c for c in place.provision.text if c.isalnum()) in within, place.path


def check_order(document: Document) -> None:
    starts = [p.provenance.start for p in document.walk() if p.provenance is not None]
    assert starts == sorted(starts, key=lambda start: start or 0)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(BLOCKS.filter(lambda block: block.text), max_size=14))
def test_any_blocks_give_an_agreement_with_all_their_words(made: list[Block]) -> None:
    text, blocks = "", []
    for block in made:
        blocks.append(replace(block, start=len(text), end=len(text) + len(block.text)))
        text += block.text + "\n"
    reading = Reading("made-up", "", text, blocks=tuple(blocks))
    try:
        result = parse(reading, id="x")
    except ClassifiedError:
        return
    assert not lost(reading.blocks, result)
    check_spans(result, text)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_an_agreement(text: str) -> None:
    if not any(c.isalnum() for c in text):
        return
    try:
        reading = read_text(text, name="made-up")
        result = parse(reading, id="x")
    except ClassifiedError:
        return
    assert not lost(blocks_of(reading)[0], result)


def test_real_security_agreements_lose_nothing(shared: Path) -> None:
    for path in sorted((shared / "treaties" / "security").iterdir()):
        reading = read(path)
        result = parse(reading, id="x")
        blocks, _ = blocks_of(reading)
        assert not lost(blocks, result), path.name
        check_spans(result, reading.text)
        for document in result.agreement.documents:
            check_order(document)


@pytest.mark.parametrize("part", range(4))
def test_real_treaties_of_the_world_lose_nothing(shared: Path, part: int) -> None:
    with gzip.open(shared / "treaties" / "world" / "treaties-en.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for number, line in enumerate(file) if number % 60 == part * 15]
    for row in rows:
        reading = read_text(row["text"], name=row["id"])
        result = parse(reading, id=row["id"])
        assert not lost(blocks_of(reading)[0], result), row["id"]
        check_spans(result, reading.text)
