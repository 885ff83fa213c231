"""Every sign of a symbol font that is known, and the edges of what is a character at all."""

import pytest

from agreements.ooxml.symbols import character

WINGDINGS = (
    "22✂ 28☎ 2A✉ 3F✍ 46☞ 4A☺ 6C● 6D❍ 6E■ 6F□ 71❑ 72❒ 75◆ 76❖ 77⬥ 9E· 9F• A7▪ A8◻ D8➢ DF← E0→ E1↑ E2↓ E8➔ EF⇦ F0⇨ "
    "FB✗ FC✓ FD☒ FE☑"
)


@pytest.mark.parametrize("row", WINGDINGS.split())
def test_wingdings(row):
    assert character("Wingdings", 0xF000 + int(row[:2], 16)) == row[2:]
    assert character("WINGDINGS", int(row[:2], 16)) == row[2:]


@pytest.mark.parametrize(
    ("code", "sign"),
    [(0x20, " "), (0x21, "!"), (0x22, "∀"), (0x61, "α"), (0x7E, "∼"), (0xA0, "€"), (0xA3, "≤"), (0xFE, "⎭")],
)
def test_both_halves_of_the_font_symbol_begin_where_they_do(code, sign):
    assert character("Symbol", 0xF000 + code) == sign


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (0xF01F, "\uf01f"),
        (0xF020, " "),
        (0xF0FF, "\u00ff"),
        (0xF100, "\uf100"),
        (0x1F, "\ufffd"),
        (0x20, " "),
        (0xD7FF, "\ud7ff"),
        (0xD800, "\ufffd"),
        (0xDFFF, "\ufffd"),
        (0xE000, "\ue000"),
        (0x10FFFF, "\U0010ffff"),
        (0x110000, "\ufffd"),
    ],
)
def test_a_sign_of_another_font_is_the_character_of_its_code(code, shown):
    assert character("Unheard Of", code) == shown
