"""The characters that signs of symbol fonts show: `w:sym` names a font and a code, and no Unicode character.

The table of the font Symbol is the one that the Unicode Consortium publishes for Adobe's encoding; of Wingdings only
the signs that stand in agreements are here: boxes, ticks, arrows, dots.
"""

_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x3F: "✍", 0x46: "☞", 0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□",
    0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_FONTS = {
    "symbol": {
        **{0x20 + at: sign for at, sign in enumerate(_SYMBOL)},
        **{0xA0 + at: sign for at, sign in enumerate(_SYMBOL_HIGH)},
    },
    "wingdings": _WINGDINGS,
}
_PRIVATE = range(0xF020, 0xF100)  # where Word puts the codes 0x20 to 0xFF of symbol fonts


def character(font: str, code: int) -> str:
    """Return what the sign `code` of `font` shows.

    A sign of a font that is not known here is the character of that code, without the shift into the private area.
    """
    plain = code - 0xF000 if code in _PRIVATE else code
    known = _FONTS.get(font.casefold(), {})
    if plain in known:
        return known[plain]
    return chr(plain) if 0x20 <= plain < 0x110000 and not 0xD800 <= plain < 0xE000 else "\ufffd"
