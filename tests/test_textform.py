"""The text form is lossless both ways, on any document and on what people type."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from agreements import parsing, reading
from agreements.errors import TextFormError
from agreements.model import Document, Mark, Provision
from agreements.textform import parse_document, parse_provisions, print_document
from tests.hostile import documents

SAMPLE = """\
# Agreement on Visits

## Preamble
The Government of Arland and the Government of Borduria,
Have agreed as follows:

## Article I: Definitions
In this Agreement:
1. “visit” means a stay under [Article II](reference:II);
  (a) on land, or
  (b) at sea;
  words that close the list
2. **Escort.** (a) is not a number here.

## Part 2: Movement

### Article II

#### Section 1
{item n="§ 4"} an odd number

## /
A line that belongs to no article.
"""


def test_a_readable_document_prints_as_it_was_written() -> None:
    document = parse_document(SAMPLE)
    assert print_document(document) == SAMPLE
    article = document.provisions[1]
    assert (article.heading, article.text) == ("Definitions", "In this Agreement:")
    assert [c.kind for c in article.children[0].children] == ["subparagraph", "subparagraph", "text"]
    assert article.children[0].marks == (Mark(start=27, end=37, kind="reference", target="II"),)
    assert article.children[1].heading == "Escort."
    assert document.provisions[-1].kind == "text"


@settings(max_examples=400, deadline=None)
@given(documents)
def test_any_document_comes_back_as_it_was(document: Document) -> None:
    printed = print_document(document)
    assert parse_document(printed) == document
    assert print_document(parse_document(printed)) == printed


def test_every_treaty_at_hand_comes_back_as_it_was(shared: Path) -> None:
    files = sorted((shared / "treaties" / "security").iterdir())
    assert files
    for file in files:
        for document in parsing.parse(reading.read(file), id="x").agreement.documents:
            again = parse_document(print_document(document), language=document.language)
            assert _bare(again) == _bare(document), file.name


def _bare(document: Document) -> Document:
    """Return `document` without provenance, which `reading.json` keeps."""

    def bare(provision: Provision) -> Provision:
        return provision.model_copy(
            update={"provenance": None, "children": tuple(bare(child) for child in provision.children)}
        )

    return document.model_copy(update={"provisions": tuple(bare(p) for p in document.provisions)})


@pytest.mark.parametrize(
    ("typed", "kind", "number", "heading"),
    [
        ("## {#claims}: Claims", "article", "#", "Claims"),  # a template leaves label and number to assembly
        ("## ARTICLE VII: Claims", "article", "VII", "Claims"),  # a person's capitals
        ("## Article VII:", "article", "VII", ""),  # an empty heading is not an absent one
        ("## Article VII", "article", "VII", None),
        ("#. words", "paragraph", "#.", None),
        ('{item n="§ 4" h="x"} words', "item", "§ 4", "x"),
    ],
)
def test_what_people_and_templates_write(typed: str, kind: str, number: str, heading: str | None) -> None:
    (provision,) = parse_provisions(typed)
    assert (provision.kind, provision.number, provision.heading) == (kind, number, heading)


@pytest.mark.parametrize(
    ("typed", "line", "says"),
    [
        ("## Article I\n#### Section 1", 2, "more than one level"),
        ("1. a\n      (i) b", 2, "indented"),
        ("a [b", 1, "not closed"),
        ("a ]b", 1, "closes no mark"),
        ("a [b](bold)", 1, "no mark 'bold'"),
        ("{colour} a", 1, "not understood"),
        ("## Clause 4", 1, "is not a head"),
        ("1. a\n{=} b", 2, "own text"),
    ],
)
def test_errors_name_the_line(typed: str, line: int, says: str) -> None:
    with pytest.raises(TextFormError, match=says) as caught:
        parse_provisions(typed)
    assert caught.value.line == line
