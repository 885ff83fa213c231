"""Type that nobody sees: every size, colour and ground that decides, at its limit and beside it."""

import pytest

from agreements.ooxml.schema import name
from agreements.ooxml.unseen import is_faint, is_unseen_row
from tests.ooxml.test_walk import body_of

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
WHITE, BLACK = '<w:color w:val="FFFFFF"/>', '<w:color w:val="000000"/>'
DARK = '<w:shd w:fill="000000"/>'


def run_of(look, *, paragraph="", cell="", table="", box=False):
    """A run in a paragraph of a cell, each with properties of its own."""
    inner = f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t>words</w:t></w:r></w:p>"
    if box:
        inner = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    held = f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:tc><w:tcPr>{cell}</w:tcPr>{inner}</w:tc></w:tr></w:tbl>"
    return next(t for t in body_of(held).iter(name("t")) if t.text == "words").getparent()


@pytest.mark.parametrize(
    ("look", "faint"),
    [
        ("", False),
        ("<w:b/>", False),
        ('<w:sz w:val="4"/>', True),
        ('<w:sz w:val="5"/>', False),
        ('<w:sz w:val="0"/>', False),
        ("<w:sz/>", False),
        ('<w:sz w:val="24"/><w:w w:val="4"/>', True),
        ('<w:w w:val="4%"/>', True),
        ('<w:w w:val="5"/>', False),
        ('<w:w w:val="0"/>', False),
        ("<w:w/>", False),
        (f"<w14:textFill {W14}><w14:noFill/></w14:textFill>", True),
        (f"<w14:textFill {W14}><w14:solidFill/></w14:textFill>", False),
        (WHITE, True),
        (BLACK, False),
        ('<w:color w:val="DFDFDF"/>', True),
        ('<w:color w:val="DEDFDF"/>', False),
        ('<w:color w:val="DFDEDF"/>', False),
        ('<w:color w:val="DFDFDE"/>', False),
        ('<w:color w:val="auto"/>', False),
        ('<w:color w:val="FFFFFF "/>', False),
        ('<w:color w:val="000000" w:themeColor="background1"/>', True),
        ('<w:color w:val="000000" w:themeColor="light1"/>', True),
        ('<w:color w:val="000000" w:themeColor="text1"/>', False),
        ('<w:color w:val="808080" w:themeColor="background1" w:themeColorShade="80"/>', False),
        (f'<w:highlight w:val="black"/>{WHITE}', False),
        (f"{WHITE}{DARK}", False),
        (f"{BLACK}{DARK}", True),
        (f'{WHITE}<w:shd w:fill="auto"/>', True),
        (f'{WHITE}<w:shd w:val="clear"/>', True),
        (f'{WHITE}<w:shd w:fill="000000" w:themeFill="background1"/>', True),
    ],
)
def test_what_a_run_says_of_itself(look, faint):
    assert is_faint(run_of(look)) is faint


@pytest.mark.parametrize(
    ("places", "white", "black"),
    [
        ({}, True, False),
        ({"paragraph": DARK}, False, True),
        ({"cell": DARK}, False, True),
        ({"table": DARK}, False, True),
        ({"paragraph": '<w:shd w:fill="auto"/>', "cell": DARK}, False, True),
        ({"paragraph": '<w:shd w:fill="FFFFFF"/>', "cell": DARK}, True, False),
        ({"paragraph": '<w:highlight w:val="black"/>'}, True, False),
        ({"table": '<w:tblStyle w:val="Dark"/>'}, False, False),
        ({"table": '<w:tblStyle w:val="Dark"/>', "cell": DARK}, False, True),
        ({"box": True}, False, False),
        ({"box": True, "cell": DARK}, False, False),
    ],
)
def test_what_is_behind_a_run(places, white, black):
    """A style of a table may shade its rows, and a shape has a fill of its own: there nothing is said."""
    assert (is_faint(run_of(WHITE, **places)), is_faint(run_of(BLACK, **places))) == (white, black)


def test_a_run_that_says_nothing_of_its_look_is_seen():
    (run,) = body_of("<w:p><w:r><w:t>words</w:t></w:r></w:p>").iter(name("r"))
    assert not is_faint(run)


@pytest.mark.parametrize(
    ("look", "unseen"),
    [
        ("", False),
        ("<w:hidden/>", True),
        ('<w:hidden w:val="1"/>', True),
        ('<w:hidden w:val="0"/>', False),
        ('<w:hidden w:val="false"/>', False),
        ('<w:hidden w:val="off"/>', False),
        ('<w:trHeight w:hRule="exact" w:val="40"/>', True),
        ('<w:trHeight w:hRule="exact" w:val="0"/>', True),
        ('<w:trHeight w:hRule="exact" w:val="41"/>', False),
        ('<w:trHeight w:hRule="exact" w:val="-1"/>', False),
        ('<w:trHeight w:hRule="exact"/>', False),
        ('<w:trHeight w:hRule="atLeast" w:val="10"/>', False),
        ('<w:trHeight w:val="10"/>', False),
    ],
)
def test_a_row_that_shows_nothing(look, unseen):
    (row,) = body_of(f"<w:tbl><w:tr><w:trPr>{look}</w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>").iter(name("tr"))
    assert is_unseen_row(row) is unseen


def test_a_row_without_properties_is_seen():
    (row,) = body_of("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>").iter(name("tr"))
    assert not is_unseen_row(row)
