import pytest

from agreements.word.writing.body import signature_blocks, stand_side_by_side


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
