"""Plain text: characters to printed lines with their pages (form feeds) and indentation."""

import re

from agreements.errors import UnreadableError
from agreements.findings import Finding, info, warning
from agreements.reading.blocks import Line, Reading
from agreements.reading.characters import canonical, decode, looks_binary, newlines
from agreements.reading.source import SourceFile
from agreements.reading.text_columns import in_reading_order
from agreements.reading.wrapping import is_quoted

_LINE = re.compile(r"[^\n\f]+")
_TAB = 8
_QUOTED = re.compile(r"(?:>[ \t]?)+")  # before the lines of a message that an e-mail quotes
_EDGE = 2  # lines at the top and at the bottom of a page that may hold a marking


def read(source: SourceFile) -> Reading:
    """Return the lines of a text file. Raises `UnreadableError` when it holds no text."""
    text, findings = characters(source)
    return from_text(text, name=source.name, sha256=source.sha256, findings=findings)


def characters(source: SourceFile) -> tuple[str, tuple[Finding, ...]]:
    """Return the characters of a text file, with findings on its encoding. Raises `UnreadableError`."""
    decoded = decode(source.data)
    if looks_binary(decoded.text):
        raise UnreadableError(
            f"{source.name} is not a document: it holds binary data.",
            hint="Text, Markdown, HTML, Word (.docx) and PDF can be read.",
        )
    if decoded.repaired:
        message = f"{decoded.repaired} bytes are not valid UTF-8 and were read as Windows-1252."
        return decoded.text, (warning("encoding-mixed", source.name, message, "Compare accented letters."),)
    if decoded.encoding == "cp1252":
        return decoded.text, (info("encoding", source.name, "The text is not UTF-8; read as Windows-1252."),)
    return decoded.text, ()


def from_text(text: str, *, name: str, sha256: str, findings: tuple[Finding, ...] = ()) -> Reading:
    """Return the lines of `text`. Raises `UnreadableError` when there are only blanks."""
    text = newlines(text)
    paged = "\f" in text.strip("\f\n ")
    lines: list[Line] = []
    page, position = 1, 0
    quoted = is_quoted(text)
    for found in _LINE.finditer(text):
        page += text.count("\f", position, found.start())
        position = found.end()
        raw = found.group()
        mark = _QUOTED.match(raw) if quoted else None
        raw = raw[mark.end() :] if mark else raw
        words = canonical(raw)
        if words:
            body = raw.lstrip()
            indent = raw[: len(raw) - len(body)].expandtabs(_TAB)
            start = found.end() - len(body)
            end = start + len(body.rstrip())
            lines.append(Line(words, start, end, page if paged else 0, left=float(len(indent))))
    if not lines:
        raise UnreadableError(f"{name} is empty: it holds only blanks.")
    if "   " in text:
        lines = in_reading_order(lines, text)
    return Reading(name, sha256, text, lines=tuple(lines), page_edges=page_edges(lines), findings=findings)


def page_edges(lines: list[Line]) -> tuple[str, ...]:
    """Return the first and last lines of each page (of the text where it has no pages), each once."""
    pages: dict[int, list[str]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line.text)
    edges = (edge for texts in pages.values() for edge in (*texts[:_EDGE], *texts[-_EDGE:]))
    return tuple(dict.fromkeys(edges))
