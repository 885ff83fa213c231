"""Printed lines to paragraphs: furniture goes, wrapped lines and broken words are joined, heads stay apart.

One set of rules serves plain text (positions in characters) and PDF (positions in points): what decides is where
a line ends against the width of the text, not what unit that is measured in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from agreements.findings import Finding, info
from agreements.parsing import footnotes, furniture, multilingual
from agreements.parsing.heads import head_of, is_heading
from agreements.parsing.hyphens import HYPHENS, Vocabulary
from agreements.reading import Block, Line, Reading, is_quoted
from agreements.reading.wrapping import (
    ends_before,
    ends_sentence,
    first_word,
    is_head,
    is_item,
    opens_item,
    wrap_width,
)

_HYPHENS = tuple(HYPHENS)
_CONTENTS_ENTRY = re.compile(r"(?<!\.)(?<!\. )(?:\. ?){5,}+\d{1,3}$")  # it ends at the number of its page
_GAP = 1.3  # of the usual distance between lines: more than this separates paragraphs
# A line of running text that breaks off, and one that can go on with it.
_BREAKS_OFF = re.compile(r"\b(?:of|to|in|with|and|or|under|by|from|the|an?|this|that|its|their|be|for|through|both)$")
_GOES_ON = re.compile(r"[a-z]{4}|[a-z]{1,3}(?![.)a-z])|(?:Articles?|Sections?|Paragraphs?|Annex|Chapter) [a-z]{2,}")
# Words that a line of a title cannot end or begin with unless the title goes on.
_LINKS = re.compile(
    r"an?|and|as|at|between|by|concerning|for|from|in|of|on|regarding|relating|respecting|the|to|under|with"
)


@dataclass(slots=True)
class _Row:
    """A line with its place in characters or points, and its distance from the line above in usual distances."""

    line: Line
    text: str
    left: float
    right: float
    unit: float
    gap: float
    turned: bool = False  # a footnote stands between this line and the one above
    balanced: bool = False  # as far from the left edge as from the right, as a long centred line would be
    centred: bool = False


@dataclass(frozen=True, slots=True)
class _Measure:
    """The type area of a page (of the whole text where there are no pages): its edges in the unit of the rows."""

    left: float
    right: float


def blocks_of(reading: Reading) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Return the paragraphs of `reading` and findings on what was taken out or joined on the way.

    Readings of formats that know their paragraphs give their blocks unchanged.
    """
    if not reading.lines:
        return multilingual.with_languages(reading.blocks), ()
    lines, numbers = furniture.without_line_numbers(reading.lines)
    lines, removed = furniture.split(lines)
    lines, notes = footnotes.split(lines, reading.text)
    findings = (*numbers, *furniture.findings(removed), *footnotes.findings(notes))
    between = frozenset(note.lines[0].start for note in notes)
    apart = between | {each.line.start for each in removed}
    if lines and lines[0].top is None and not _wrapped(reading):
        return multilingual.with_languages(footnotes.placed(_broken_off(lines, reading.text, apart), notes)), findings
    joined: list[str] = []
    blocks: list[Block] = []
    for language, stream in multilingual.streams(lines):
        vocabulary = Vocabulary([line.text for line in stream])
        blocks += (_block(rows, vocabulary, joined, language) for rows in _paragraphs(_rows(reading, stream, between)))
    if joined:
        words = ", ".join(dict.fromkeys(joined))
        message = f"{len(joined)} words broken at a line end were joined: {words}"
        findings = (*findings, info("words-joined", reading.name, message))
    return multilingual.with_languages(footnotes.placed(blocks, notes)), findings


def _wrapped(reading: Reading) -> bool:
    in_columns = any(line.column for line in reading.lines)
    quoted = is_quoted(reading.text)  # programs for mail wrap what they quote
    return in_columns or quoted or wrap_width(reading.text.replace("\f", "\n").split("\n")) > 0


def _broken_off(lines: Sequence[Line], source: str, between: frozenset[int]) -> list[Block]:
    """Return a block for each line, two for one where the first breaks off: `in this` / `Article as well`.

    A line goes on also where a footnote or the edge of a page was taken out `between` the two.
    """
    out: list[Block] = []
    for line in lines:
        above = out[-1] if out else None
        adjacent = above is not None and source.count("\n", above.end, line.start) == 1
        breaks_off = adjacent and _BREAKS_OFF.search(above.text) and _GOES_ON.match(line.text) if above else False
        noted = above is not None and any(above.end <= at < line.start for at in between)
        if above and (breaks_off or (noted and line.text[:1].islower() and not ends_sentence(above.text))):
            out[-1] = replace(above, text=f"{above.text} {line.text}", end=line.end)
        else:
            out.append(_one_line(line))
    return out


def _one_line(line: Line) -> Block:
    return Block(line.text, line.start, line.end, page=line.page, bold=line.bold, caps=line.text.isupper())


# ---------------------------------------------------------------------- measuring


def _rows(
    reading: Reading, lines: Sequence[Line], between: frozenset[int] = frozenset()
) -> Iterator[tuple[_Row, _Measure]]:
    """Yield each line with its place and the type area it stands in; footnotes were taken out `between` them."""
    by_page = (tuple(group) for _, group in groupby(lines, key=lambda line: (line.page, line.column)))
    pages = [_placed(reading.text, page, between) for page in by_page]
    if lines and lines[0].top is None:  # a text has one width, whatever its pages
        pages = [[row for page in pages for row in page]]
    _in_usual_distances([row for page in pages for row in page])
    whole = _measure([row for page in pages for row in page])
    for page in pages:
        measure = _measure(page) if len(page) > 8 else whole
        for row in page:
            _place_in_middle(row, measure)
            yield row, measure


def _placed(text: str, lines: Sequence[Line], between: frozenset[int]) -> list[_Row]:
    rows: list[_Row] = []
    above: Line | None = None
    for line in lines:
        left = line.left or 0.0
        if line.top is None or line.right is None:
            right, unit = left + line.end - line.start, 1.0
            gap = float(text.count("\n", above.end, line.start)) if above else 1.0
        else:
            right = line.right
            unit = max(0.1, (right - left) / len(line.text))
            gap = line.top - above.top if above and above.top is not None else 0.0
        turned = above is not None and any(above.end <= at < line.start for at in between)
        rows.append(_Row(line, line.text, left, right, unit, gap, turned))
        above = line
    return rows


def _in_usual_distances(rows: Sequence[_Row]) -> None:
    """Divide the gaps by the distance of lines within a paragraph: the smallest that is common."""
    sizes = sorted(row.line.size for row in rows if row.line.size)
    least = 0.9 * sizes[len(sizes) // 2] if sizes else 0.0  # small type has smaller distances
    distances = sorted(r.gap for r in rows if (r.line.size or 0) >= least and r.gap > (r.line.size or 0) * 0.6)
    usual = distances[len(distances) // 10] if distances else 1.0
    for row in rows:
        row.gap /= usual


def _measure(rows: Sequence[_Row]) -> _Measure:
    lefts = Counter(round(row.left) for row in rows if len(row.text) > 30) or Counter(round(row.left) for row in rows)
    common = lefts.most_common(1)[0][1] if lefts else 0
    rights = sorted(row.right for row in rows)
    left = min((x for x, n in lefts.items() if n * 4 >= common), default=0)
    return _Measure(float(left), rights[-1 - len(rights) // 50] if rights else 0.0)


def _place_in_middle(row: _Row, measure: _Measure) -> None:
    """Say whether the line stands in the middle: the shorter it is, the less exactly.

    A long line is only `balanced`, since the indented first line of a paragraph looks the same, unless capitals
    or bold type show that it is no prose.
    """
    indent, rest = row.left - measure.left, measure.right - row.right
    width = measure.right - measure.left
    if indent > 0.2 * width:
        row.centred = abs(indent - rest) < 0.1 * width
    elif abs(indent - rest) < 3.5 * row.unit:
        row.balanced = indent > 2.5 * row.unit
        row.centred = indent > -row.unit and (row.line.bold or row.text.isupper())


# ---------------------------------------------------------------------- joining


def _paragraphs(rows: Iterator[tuple[_Row, _Measure]]) -> Iterator[list[_Row]]:
    """Yield the lines of one paragraph after the other."""
    placed = list(rows)
    spaced = _is_spaced(placed)
    paragraph: list[_Row] = []
    for row, measure in placed:
        if paragraph and not _continues(paragraph, row, measure, spaced=spaced):
            yield paragraph
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield paragraph


def _is_full(row: _Row, after: _Row, measure: _Measure) -> bool:
    """Return whether the line had no room for the first word of the line after it."""
    room = measure.right - row.right
    return row.text.endswith(_HYPHENS) or room < (len(first_word(after.text)) + 4) * row.unit


def _is_spaced(rows: Sequence[tuple[_Row, _Measure]]) -> bool:
    """Return whether the document sets its paragraphs apart by distance."""
    apart = together = 0
    for (row, measure), (after, _) in pairwise(rows):
        if (
            row.line.page == after.line.page
            and row.line.column == after.line.column
            and ends_sentence(row.text)
            and not _is_full(row, after, measure)
        ):
            apart += after.gap > _GAP
            together += after.gap <= _GAP
    return apart > together


def _continues(paragraph: Sequence[_Row], row: _Row, measure: _Measure, *, spaced: bool) -> bool:
    """Return whether `row` belongs to the paragraph that the lines before it make."""
    above = paragraph[-1]
    turned = row.turned or (above.line.page, above.line.column) != (row.line.page, row.line.column)
    if (not turned and row.gap > _GAP) or _CONTENTS_ENTRY.search(above.text):
        return False
    full = _is_full(above, row, measure)
    ended = ends_before(above.text, row.text)
    if (above.centred or row.centred) and not _in_step(above, row, full=full, ended=ended):
        return not turned and not ended and _both_centred(above, row) and _title_goes_on(paragraph, row)
    after_head = len(paragraph) == 1 and is_head(above.text)
    if after_head or opens_item(above.text, row.text, full=full) or _lists_heads(paragraph[0].text, row.text):
        return False
    if (is_head(row.text) or _looks_different(above, row)) and (ended or not full):
        return False
    if turned:
        a_head = ended and _in_capitals(row.text) and not _in_capitals(above.text)  # a misread one: `ARTlCLE II`
        return not a_head and (full or (row.text[:1].islower() and not ended))
    return _runs_on(paragraph, row, full=full, ended=ended, spaced=spaced)


def _in_capitals(text: str) -> bool:
    """Whether most letters of a line are capitals."""
    letters = [c for c in text if c.isalpha()]
    return sum(map(str.isupper, letters)) * 3 > 2 * len(letters)


def _lists_heads(first: str, line: str) -> bool:
    """Return whether two lines are entries of a table of contents that follow each other: head and heading in one."""
    if not first[:1].isupper() or first_word(first).casefold() != first_word(line).casefold():
        return False
    one, other = (head_of(Block(text, 0, len(text))) for text in (first, line))
    if one is None or other is None or one.kind != other.kind or one.alone or other.alone:
        return False
    follows = one.value is not None and other.value == one.value + 1
    return follows and is_heading(first[one.at :]) and is_heading(line[other.at :])


def _in_step(above: _Row, row: _Row, *, full: bool, ended: bool) -> bool:
    """Return whether a line that stands in the middle by chance is the last of the paragraph above it."""
    return full and not ended and abs(row.left - above.left) < row.unit and not row.text.isupper()


def _runs_on(paragraph: Sequence[_Row], row: _Row, *, full: bool, ended: bool, spaced: bool) -> bool:
    """Decide between two adjacent lines of plain prose, by indentation and by room left on the first."""
    indented = row.left - paragraph[-1].left > 1.5 * row.unit
    if indented and len(paragraph) == 1 and is_item(paragraph[0].text):  # a number hangs before its paragraph
        return full or not ended
    if indented and len(paragraph) > 1 and (ended or not spaced):
        return False
    if full or row.text[:1].islower():
        return not (indented and ended)
    if spaced:
        return not (ended and indented)
    return not ended and paragraph[-1].text[-1:] == ","


def _both_centred(above: _Row, row: _Row) -> bool:
    return (above.centred or above.balanced) and (row.centred or row.balanced)


def _looks_different(above: _Row, row: _Row) -> bool:
    one, other = above.line, row.line
    if one.size and other.size and abs(one.size - other.size) > 0.12 * max(one.size, other.size):
        return True
    return one.bold != other.bold


def _title_goes_on(paragraph: Sequence[_Row], row: _Row) -> bool:
    """Return whether a centred line goes on with the title above it, rather than being the next head."""
    above = paragraph[-1]
    if is_head(above.text) or is_head(row.text) or _looks_different(above, row):
        return False
    if above.text.isupper() != row.text.isupper():
        return False
    last, first = above.text.split()[-1].lower(), first_word(row.text).lower()
    if (
        _LINKS.fullmatch(last)
        or (_LINKS.fullmatch(first) and first not in ("a", "the"))
        or above.text.endswith((",", "-"))
    ):
        return True
    widest = max(r.right - r.left for r in (*paragraph, row))
    return above.right - above.left + (len(first) + 1) * row.unit > widest + row.unit and len(above.text) > 24


# ---------------------------------------------------------------------- blocks


def _block(rows: Sequence[_Row], vocabulary: Vocabulary, joined: list[str], language: str) -> Block:
    """Return the block in `language` that `rows` make; words put together are added to `joined` as `bro-ken`."""
    parts = [rows[0].text]
    for row in rows[1:]:
        if not parts[-1].endswith(_HYPHENS):
            parts.append(" " + row.text)
            continue
        before, between = vocabulary.join(parts[-1], row.text)
        if before != parts[-1] and not before.endswith("-"):
            joined.append(f"{parts[-1].split(' ')[-1]}{first_word(row.text)}")
        parts[-1] = before
        parts.append(between + row.text)
    text = "".join(parts).strip()
    first, last = rows[0].line, rows[-1].line
    return Block(
        text,
        first.start,
        last.end,
        page=first.page,
        centred=any(row.centred for row in rows) and all(row.centred or row.balanced for row in rows),
        bold=all(row.line.bold for row in rows),
        caps=text.isupper(),
        language=language,
    )
