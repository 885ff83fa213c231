"""Bytes to characters, and characters to the one-line form that the model keeps."""

import re
from dataclasses import dataclass

# Unicode line and paragraph separators and the ASCII separators end a line as a newline does.
_BREAKS = re.compile(r"\r\n?|[\x0b\x1c-\x1e\x85\u2028\u2029]")
_BREAK_SIGNS = ("\r", "\x0b", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
_BLANKS = re.compile(r"[ \t\n\r\f\x0b\x1c-\x1f\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_ESCAPED_BYTE = re.compile(r"[\udc80-\udcff]")
# Latin-1 to Windows-1252; its five unassigned bytes stay the control characters they are in Latin-1.
_WINDOWS = {b: bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xA0)}
_MARKS_OF_ORDER = (  # byte order marks, the longest first where one begins another
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding they were in, and how many bytes had to be read as another encoding."""

    text: str
    encoding: str
    repaired: int = 0


def canonical(text: str) -> str:
    """Return `text` on one line: runs of blanks and breaks become one blank, control characters go.

    Fixed blanks (NBSP, thin spaces) inside the line are kept: they are printed characters.
    """
    if text.isprintable():  # true of most lines, and much faster
        return (" ".join(filter(None, text.split(" "))) if "  " in text else text).strip()
    return _BLANKS.sub(" ", _UNPRINTABLE.sub("", text)).strip()


def newlines(text: str) -> str:
    """Return `text` with every way to end a line written as a newline; form feeds (page ends) stay."""
    odd = any(sign in text for sign in _BREAK_SIGNS)  # hardly ever, and much faster than the pattern
    return _BREAKS.sub("\n", text) if odd else text


def decode(data: bytes) -> Decoded:
    """Return the characters of `data`: UTF-8, UTF-16 or UTF-32, else Windows-1252, which never fails.

    A UTF-8 text with a few stray bytes keeps them, read as Windows-1252, and says how many there were.
    """
    for mark, encoding in _MARKS_OF_ORDER:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
    if wide := _wide_encoding(data):
        return Decoded(data.decode(wide, "replace"), wide)
    text = data.decode("utf-8", "surrogateescape")
    stray = len(_ESCAPED_BYTE.findall(text))
    if not stray:
        return Decoded(text, "utf-8")
    if stray > sum(1 for c in text if "\x7f" < c < "\ud800"):
        return Decoded(data.decode("latin-1").translate(_WINDOWS), "cp1252")
    mended = _ESCAPED_BYTE.sub(lambda m: chr(ord(m.group()) - 0xDC00).translate(_WINDOWS), text)
    return Decoded(mended, "utf-8", stray)


def looks_binary(text: str) -> bool:
    """Return whether so many characters are controls that `text` cannot be something to read."""
    sample = text[:65536]
    controls = sum(1 for c in sample if c < " " and c not in "\t\n\r\f\x0b\x1a\x1b\x1c\x1d\x1e")
    return "\x00" in sample or controls * 100 > len(sample)


def _wide_encoding(data: bytes) -> str:
    """Return the UTF-16 that a text without byte order mark is in, by where its zero bytes stand."""
    sample = data[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.3 and even * 10 < odd:
        return "utf-16-le"
    if even > len(sample) * 0.3 and odd * 10 < even:
        return "utf-16-be"
    return ""
