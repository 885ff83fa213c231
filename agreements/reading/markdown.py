"""Markdown to blocks: heads, lists, tables and emphasis, as the files of statute books use it.

Heads need no blank after their `#` (`###Article 1`), one line is one paragraph unless the file is wrapped by
hand, and markup inside words (`*`, `<sub>`, `\\.`) is taken off while the words stay.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from agreements.errors import UnreadableError
from agreements.findings import Finding
from agreements.marking import PlacedText
from agreements.reading.blocks import Block, BlockKind, Reading
from agreements.reading.characters import canonical, newlines
from agreements.reading.marked import pieces_beside
from agreements.reading.markup import Runs
from agreements.reading.source import SourceFile
from agreements.reading.text import characters
from agreements.reading.wrapping import opens_paragraph, wrap_width

_HEAD = re.compile(r"(#{1,6})(?!#)[ \t]*+(.*)")
_MANY_HEADS = re.compile(r"^#{1,6}[ \t]*\S", re.MULTILINE)
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-+)\s*$")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ \t]*\1){2,}\s*$")
_TABLE = re.compile(r"\s*\|")
_TABLE_RULE = re.compile(r"[\s|:-]*$")
_CELL = re.compile(r"(?<!\\)\|")
_BULLET = re.compile(r"\s*[-*+•][ \t]+(?=\S)")
_FENCE = re.compile(r"\s*(```|~~~)")
_QUOTE = re.compile(r"^[ ]{0,3}>[ ]?")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*")
_FRONT_MATTER = re.compile(r"---\n(?:(?!---\n)(?:\w[\w-]*+:|[ \t-]).*\n)*+---\n")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
_QUOTED = re.compile(r"\"([^\"\n]{3,240})\"")
_ABOVE = re.compile(r"<rt>([^<>]{1,240})</rt>")
_TITLED = 4000  # characters of a line in which titles are looked for
_SIGNS = re.compile(r"[\\*_<&\[]")
_INLINE = re.compile(
    r"""(?=[\\*_!\[<&])(?:\\([!-/:-@\[-`{-~])            # an escaped sign
    |(\*{1,3})|(?<!\w)(_{1,3})(?=\S)|(?<=\S)(_{1,3})(?!\w)
    |!?\[([^\[\]\n]*+)\]\([^()\s]*+(?:[ ]"[^"\n]*+")?\)   # a link or image: its words stay
    |<r[tp]>[^<>]*+</r[tp]>                               # how signs are read, above them
    |</?(?:sub|sup|b|i|em|strong|u|br|span|p|ruby|rb)\b[^<>]*+>
    |(&\#?\w+;))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the source with its place."""

    raw: str
    start: int
    end: int


def read(source: SourceFile) -> Reading:
    """Return the blocks of a Markdown file. Raises `UnreadableError` when it holds no text."""
    text, findings = characters(source)
    return from_text(text, name=source.name, sha256=source.sha256, findings=findings)


def is_markdown(text: str) -> bool:
    """Return whether `text` has Markdown heads (two, or one on its first line)."""
    heads = len(list(islice(_MANY_HEADS.finditer(text), 2))) if "#" in text else 0
    return heads > 1 or (heads == 1 and text.lstrip().startswith("#"))


def from_text(text: str, *, name: str, sha256: str, findings: tuple[Finding, ...] = ()) -> Reading:
    """Return the blocks of Markdown `text`. Raises `UnreadableError` when it holds no words."""
    text = newlines(text)
    blocks = tuple(_with_notes([block for block in _blocks(text) if block.text]))
    if not blocks:
        raise UnreadableError(f"{name} is empty: it holds no words.")
    head = next((block.text for block in blocks if block.kind == "heading"), "")
    edges = tuple(dict.fromkeys(block.text for block in (*blocks[:2], *blocks[-2:])))
    return Reading(
        name,
        sha256,
        text,
        blocks=blocks,
        page_edges=edges,
        title=head,
        findings=findings,
        asides=tuple(_asides(text)),
    )


def _with_notes(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield `blocks` with each footnote after the one in which its mark (`[^1]`) stands; the mark leaves the text.

    What makers of such files put at their end is no note of the last provision.
    """
    notes = {block.number: block for block in blocks if block.kind == "footnote"}
    if not notes:
        yield from blocks
        return
    placed: set[str | None] = set()
    for block in blocks:
        if block.kind == "footnote":
            if block.number not in placed:
                yield block
            continue
        here = [number for number in dict.fromkeys(_NOTE_MARK.findall(block.text)) if number in notes]
        yield _unmarked(block, here)
        for number in here:
            if number not in placed:
                placed.add(number)
                yield notes[number]


def _unmarked(block: Block, numbers: Sequence[str]) -> Block:
    """Return `block` without the marks of the notes `numbers`, in which nothing else can stand."""
    marks = [found for found in _NOTE_MARK.finditer(block.text) if found[1] in numbers]
    for found in reversed(marks):
        start, end = found.span()
        moved = tuple(
            mark.model_copy(update={"start": _before(mark.start, start, end), "end": _before(mark.end, start, end)})
            for mark in block.marks
        )
        block = replace(block, text=block.text[:start] + block.text[end:], marks=moved)
    return block


def _before(place: int, start: int, end: int) -> int:
    """Return where `place` is once the characters `start` to `end` are gone."""
    return place - (end - start) if place >= end else min(place, start)


def _asides(text: str) -> Iterator[PlacedText]:
    """Yield the words that are no part of the text: front matter and comments."""
    front = _FRONT_MATTER.match(text)
    yield from pieces_beside(text, front[0] if front else "")
    for line in text.split("\n"):
        if "<" in line or "](" in line or "]:" in line:
            said = (found[1] for found in _QUOTED.finditer(line[:_TITLED]))
            yield from (PlacedText(words, "the title of a link or element", "aside") for words in said)
            above = (found[1] for found in _ABOVE.finditer(line[:_TITLED]))
            yield from (PlacedText(words, "words above others", "aside") for words in above)


def _blocks(text: str) -> Iterator[Block]:
    rows = _rows(text)
    width = wrap_width([row.raw for row in rows])
    paragraph: list[_Row] = []
    fenced = False
    for row in rows:
        worded = row.raw[:1].isalnum()  # no markup of lines begins so
        if not worded and _FENCE.match(row.raw):
            fenced = not fenced
            yield from _closed(paragraph)
            continue
        if paragraph and not fenced and not worded and _UNDERLINE.match(row.raw):
            level = 1 if "=" in row.raw else 2
            yield from (replace(b, kind="heading", level=level) for b in _closed(paragraph))
            continue
        plain = not fenced and (worded or not _starts_block(row.raw))
        if paragraph and plain and width and not opens_paragraph(paragraph[-1].raw, row.raw, width):
            paragraph.append(row)
            continue
        yield from _closed(paragraph)
        if plain:
            paragraph.append(row)
        elif (block := _single(row, fenced=fenced)) is not None:
            yield block
    yield from _closed(paragraph)


def _without_comments(text: str) -> str:
    """Return `text` with blanks in place of its comments; one that nobody closes is text."""
    made, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        made += [text[at:start], re.sub(r"[^\n]", " ", text[start : end + 3])]
        at = end + 3
    return "".join([*made, text[at:]])


def _rows(text: str) -> list[_Row]:
    """Return the lines of `text` with their offsets; comments and front matter are no words of the document."""
    blank = _without_comments(text)
    front = _FRONT_MATTER.match(blank)
    position = front.end() if front else 0
    rows: list[_Row] = []
    for raw in blank[position:].replace("\f", "\n").split("\n"):
        rows.append(_Row(raw, position, position + len(raw)))
        position += len(raw) + 1
    return rows


def _starts_block(raw: str) -> bool:
    return bool(
        not raw
        or raw[0] == "#"
        or raw.isspace()
        or _TABLE.match(raw)
        or _RULE.match(raw)
        or _bullet(raw)
        or _FOOTNOTE.match(raw)
    )


def _bullet(raw: str) -> re.Match[str] | None:
    """Match a bullet; `* words*` is emphasis that was written with a blank."""
    bullet = _BULLET.match(raw)
    return None if bullet and "*" in bullet.group() and raw.count("*") % 2 == 0 else bullet


def _closed(paragraph: list[_Row]) -> Iterator[Block]:
    """Yield the paragraph gathered so far and empty it."""
    if paragraph:
        lines = [_QUOTE.sub("", row.raw) if ">" in row.raw else row.raw for row in paragraph]
        yield _block(" ".join(lines), paragraph[0].start, paragraph[-1].end)
        paragraph.clear()


def _single(row: _Row, *, fenced: bool) -> Block | None:
    """Return the block that one line makes by itself, None for blank lines, rules and the rules of tables."""
    raw = row.raw
    if fenced:
        return _block(raw, row.start, row.end)
    if not raw.strip() or _RULE.match(raw) or _TABLE_RULE.match(raw):
        return None
    if _TABLE.match(raw):
        return _table_row(row)
    if head := _HEAD.match(raw):
        return _block(head.group(2).rstrip(" \t#"), row.start, row.end, kind="heading", level=len(head.group(1)))
    if note := _FOOTNOTE.match(raw):
        block = _block(raw[note.end() :], row.start, row.end)
        return replace(block, kind="footnote", number=note.group(1))
    bullet = _bullet(raw)
    depth = (len(raw) - len(raw.lstrip())) // 2 if bullet else 0
    return _block(raw[bullet.end() if bullet else 0 :], row.start, row.end, kind="list", level=depth)


def _table_row(row: _Row) -> Block:
    cells = (canonical(cell) for cell in _CELL.split(row.raw.strip().strip("|")))
    return replace(_block(" | ".join(c for c in cells if c not in ("", "---")), row.start, row.end), kind="table")


def _block(raw: str, start: int, end: int, kind: BlockKind = "paragraph", level: int = 0) -> Block:
    if not _SIGNS.search(raw):
        text = canonical(raw)
        return Block(text, start, end, kind, level=level, caps=text.isupper())
    runs = words(raw)
    text, marks = runs.line()
    return Block(text, start, end, kind, level=level, marks=marks, italic=runs.emphasised, caps=text.isupper())


def words(raw: str) -> Runs:
    """Return the words of a line without markup, as runs that are plain or emphasised.

    Asterisks pair up from left to right whatever stands beside them; one without a partner is a printed character
    (a footnote mark). Words that only a pair of asterisks kept apart stay apart (`*Scope*The` is two words).
    """
    runs = Runs()
    if not _SIGNS.search(raw):
        runs.add(raw)
        return runs
    opened: int | None = None  # the index of the piece that the open emphasis began with
    position = 0
    for found in _INLINE.finditer(raw):
        runs.add(raw[position : found.start()], emphasis=opened is not None)
        position = found.end()
        escaped, stars, before, after, link, entity = found.groups()
        if stars or before or after:
            if _camel(raw, found):
                runs.add(" ")
            reopens = opened is not None and len(found.group()) == 2 and raw[opened : opened + 2] != found.group()
            opened = found.start() if opened is None or reopens else None
        else:
            kept = escaped or link or (html.unescape(entity) if entity else "")
            runs.add(kept or (" " if found.group().startswith("<br") else ""), emphasis=opened is not None)
    runs.add(raw[position:], emphasis=opened is not None)
    return runs if opened is None else _unpaired(raw, opened)


def _camel(raw: str, found: re.Match[str]) -> bool:
    """Return whether taking the asterisks away would glue a small letter to a capital."""
    return raw[: found.start()][-1:].islower() and raw[found.end() :][:1].isupper()


def _unpaired(raw: str, at: int) -> Runs:
    """Return the words when the sign at `at` has no partner and so is a printed character."""
    runs = words(raw[:at])
    end = at + len(re.match(r"[*_]+", raw[at:]).group())  # type: ignore[union-attr]
    runs.add(raw[at:end])
    runs.pieces += words(raw[end:]).pieces
    return runs
