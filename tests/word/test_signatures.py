from dataclasses import replace

import pytest

from agreements.drafting import assemble, load_parameters
from agreements.intake.files import parse_file
from agreements.ooxml.schema import name
from agreements.ooxml.xml import paragraph, run
from agreements.reading.tables import holds_data, reading_order
from agreements.word.writing.signatures import (
    SignatureLine,
    signature_blocks,
    signature_stages,
    signature_table,
    stand_side_by_side,
)
from agreements.word.writing.writer import render
from tests.drafting.sound import ROOT


@pytest.mark.parametrize(
    ("lines", "expected", "beside"),
    [
        (["For Valdoria:", "For Tamaris:"], [[0], [1]], True),
        (["FOR VALDORIA:", "A. Person", "Minister", "FOR TAMARIS:", "B. Person"], [[0, 1, 2], [3, 4]], True),
        (["For A:", "For B:", "For C:"], [[0], [1], [2]], True),
        (["A. Person", "For Tamaris:"], [[0], [1]], False),  # a name before any block is nobody's
        (["Formerly", "Signed"], [[0], [1]], False),  # a word that begins like "for" is no block
        (["For the Government:"], [[0]], False),  # one alone stands as a paragraph
        ([], [], False),
    ],
)
def test_blocks(lines, expected, beside):
    assert signature_blocks(lines) == expected
    assert stand_side_by_side(lines) is beside


HEADS = ("FOR THE GOVERNMENT OF VALDORIA:", "FOR THE GOVERNMENT OF TAMARIS:")


def grid(*blocks: list[SignatureLine]) -> list[list[str]]:
    """Return the words of each row of the table of these blocks, `rule` for a rule, in two cells."""
    table = signature_table(signature_stages([line for block in blocks for line in block]), 9360)
    rows = [[cell.find(name("p")) for cell in row.iterfind(name("tc"))] for row in table.iterfind(name("tr"))]
    assert all(row.find(f"{name('trPr')}/{name('cantSplit')}") is not None for row in table.iterfind(name("tr")))
    return [
        ["rule" if p.find(f".//{name('pBdr')}") is not None else "".join(t.text for t in p.iter(name("t"))) for p in r]
        for r in rows
    ]


def block(head: str, *under: str, **parts: str) -> list[SignatureLine]:
    lines = [(head, ""), *((words, "") for words in under), *((v, f"signatures.side.{k}") for k, v in parts.items())]
    return [SignatureLine(words, paragraph({}, [run(words)]), identifier) for words, identifier in lines]


@pytest.mark.parametrize(
    ("one", "other", "rows"),
    [
        ({}, {}, []),
        ({"title": "Minister"}, {"name": "A. Person", "title": "Envoy"}, [["", "A. Person"], ["Minister", "Envoy"]]),
        ({"name": "A. Person"}, {"title": "Envoy"}, [["A. Person", ""], ["", "Envoy"]]),
        ({"title": "Custodian"}, {"title": "Envoy"}, [["Custodian", "Envoy"]]),
        ({}, {"name": "A. Person", "title": "Envoy"}, [["", "A. Person"], ["", "Envoy"]]),
        ({"name": "A. Person"}, {"name": "B. Person"}, [["A. Person", "B. Person"]]),
    ],
)
def test_rules_names_and_titles_of_both_sides_stand_in_rows_of_their_own(one, other, rows):
    expected = [list(HEADS), ["rule", "rule"], *rows]
    assert grid(block(HEADS[0], **one), block(HEADS[1], **other)) == expected
    assert grid(block(HEADS[1], **other), block(HEADS[0], **one)) == [row[::-1] for row in expected]


def test_lines_that_nobody_told_apart_are_told_by_their_words():
    title, both = block(HEADS[0], "Minister of Defense"), block(HEADS[1], "A. Person", "Envoy", "at Large")
    assert grid(title, both)[2:] == [["", "A. Person"], ["Minister of Defense", "Envoy"], ["", "at Large"]]
    assert grid(block(HEADS[0], "A. Person"), both)[2] == ["A. Person", "A. Person"]


def test_three_blocks_stand_two_to_a_row():
    third = grid(block("For A:"), block("For B:"), block("For C:", title="Envoy"))
    assert third == [["For A:", "For B:"], ["rule", "rule"], ["For C:", ""], ["rule", ""], ["Envoy", ""]]


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([["For A:", "For B:"], ["____", "____"], ["X", "Y"]], "For A: ____ X For B: ____ Y"),
        ([["POUR A :", "POUR B :"], ["", ""], ["X", "Y"]], "POUR A :  X POUR B :  Y"),
        ([["____", "____"], ["X", "Y"], ["For A", "For B"]], "____ X For A ____ Y For B"),
        ([["For A:", "For B:"], ["X", "Y"], ["For C:", ""], ["Z", ""]], "For A: X For B: Y For C: Z  "),
        ([["Done", "here"], ["For A:", "For B:"], ["X", "Y"]], "Done here For A: X For B: Y"),
        ([["For A:", "For B:"], ["Both seals"]], "For A: For B: Both seals"),
    ],
)
def test_blocks_whose_lines_are_rows_are_read_one_after_the_other(rows, read):
    assert " ".join(rows[row][column] for row, column in reading_order(rows)) == read
    assert not holds_data(rows) or rows[0][0] == "Done"


@pytest.mark.parametrize("original", ["us", "partner"])
def test_a_draft_whose_signers_differ_reads_back_as_it_was_written(original, tmp_path):
    request = load_parameters(ROOT / "docs/examples/drafts/sofa-agreement.yaml")
    signers = {"sending_signer": {"title": "Custodian"}, "receiving_signer": {"name": "A. Person", "title": "Envoy"}}
    request = replace(request, parameters={**request.parameters, **signers})
    made = assemble(request, original=original).agreement
    (tmp_path / "a.docx").write_bytes(render(made))
    read = parse_file(tmp_path / "a.docx").agreement
    ends = [[line.text for line in each.documents[0].provisions[-1].walk()] for each in (made, read)]
    assert ends[0] == ends[1]
