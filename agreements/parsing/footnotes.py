"""Footnotes of printed pages: taken from the foot of the page, and their marks from the words they stand at.

A text without pages is one page. A line opens a footnote where it stands at the foot of its page or column, begins
with a mark, and either its type is smaller than that of the text or a rule stands above it; and where the same mark
stands raised, or close behind a word, in the text of that page. Without that mark it is text: nothing is taken on
suspicion. In a text without pages they stand wherever a rule is drawn, up to the next blank line: what follows is text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from unicodedata import normalize

from agreements.findings import Finding, info
from agreements.parsing.heads import head_of
from agreements.reading import Block, Line

_SMALLER = 0.93  # of the usual size of the type of the page
_RULE = re.compile(r"[_—–\-]{5,}|(?:[_—–-] ){4,}[_—–-]?")
_OPENS = re.compile(
    r"[(\[]?(?P<mark>\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\*{1,4}|[†‡§])[)\].]?(?:[ \u00a0]+|(?=[A-Z“\"(*]))(?=\S)"
)
_CAME = re.compile(  # the first footnote of a treaty series: no rule is needed above it
    r"[(\[]?1[)\].]? ?(?:Came|Entered) into force (?:on|provisionally|definitively|upon|by|with)\b"
)
_LONGEST = 0.6  # of the lines of a page: footnotes that are longer are text in small type


@dataclass(frozen=True, slots=True)
class ParsedNote:
    """A footnote: its mark as printed, its lines without the mark, and where in the text its mark stood."""

    mark: str
    lines: tuple[Line, ...]
    anchor: int

    def block(self) -> Block:
        """Return the footnote as a block; its mark is its number."""
        words = " ".join(line.text for line in self.lines)
        return Block(words, self.lines[0].start, self.lines[-1].end, "footnote", self.mark, page=self.lines[0].page)


def split(lines: Sequence[Line], text: str = "") -> tuple[tuple[Line, ...], tuple[ParsedNote, ...]]:
    """Return the lines of the text without footnotes and their marks, and the footnotes in the order of the marks.

    `text` is what the lines were read from, in which blank lines stand.
    """
    kept: list[Line] = []
    notes: list[ParsedNote] = []
    for _, group in groupby(lines, key=lambda line: (line.page, line.column)):
        for page in _parts(list(group), text):
            body, found = _of_page(page)
            kept += body
            notes += found
    return tuple(kept), tuple(sorted(notes, key=lambda note: note.anchor))


def findings(notes: Sequence[ParsedNote]) -> tuple[Finding, ...]:
    """Return a finding for each footnote, which says where it was and what it says."""
    return tuple(
        info("footnote", _where(note), f"Footnote {note.mark} kept apart: {note.block().text}") for note in notes
    )


def _where(note: ParsedNote) -> str:
    page = note.lines[0].page
    return f"page {page}" if page else ""


def placed(blocks: Sequence[Block], notes: Sequence[ParsedNote]) -> list[Block]:
    """Return `blocks` with each footnote after the block in which its mark stands."""
    out: list[Block] = []
    left = list(notes)
    for block in blocks:
        out.append(block)
        here = [note for note in left if block.start <= note.anchor < max(block.end, block.start + 1)]
        out += [note.block() for note in here]
        left = [note for note in left if note not in here]
    return out + [note.block() for note in left]


def _parts(page: list[Line], text: str) -> Iterator[list[Line]]:
    """Yield the lines of `page` up to the end of each run of footnotes, if it is the one page of a text."""
    start = 0
    if page[0].page or page[0].top is not None:
        yield page
        return
    rules = [i for i, line in enumerate(page) if _RULE.fullmatch(line.text)]
    rules += [i - 1 for i, line in enumerate(page) if i and _CAME.match(line.text) and i - 1 not in rules]
    for rule in sorted(rules):
        if rule < start or rule + 1 == len(page) or not _OPENS.match(page[rule + 1].text):
            continue
        end = rule + 2
        mark = _OPENS.match(page[rule + 1].text)
        while end < len(page):
            opens = _OPENS.match(page[end].text)
            if mark and opens and _follows(mark["mark"], opens["mark"]):
                mark = opens
            elif head_of(Block(page[end].text)) or text.count("\n", page[end - 1].end, page[end].start) > 1:
                break
            end += 1
        yield page[start:end]
        start = end
    if start < len(page):
        yield page[start:]


def _of_page(page: list[Line]) -> tuple[list[Line], list[ParsedNote]]:
    """Return the text of one page or column and its footnotes; all of it is text where a footnote has no mark."""
    start = _foot(page)
    body = page[:start]
    notes = []
    for mark, lines in _groups(page[start:]):
        found = next(((i, place) for i, line in enumerate(body) if (place := _mark_at(line, mark))), None)
        if found is None:
            return page, []
        at, place = found
        notes.append(ParsedNote(mark, tuple(lines), body[at].start + place[0]))
        body[at] = _without(body[at], place)
    if notes and _RULE.fullmatch(body[-1].text):
        body.pop()
    return (body, notes) if notes else (page, [])


def _foot(page: Sequence[Line]) -> int:
    """Return the index at which the footnotes of the page begin, its length where there are none."""
    sizes = [line.size for line in page if line.size]
    small = _SMALLER * median(sizes) if sizes else None
    start = len(page)
    for index in range(len(page) - 1, int(len(page) * (1 - _LONGEST)), -1):
        line, above = page[index], page[index - 1]
        if small is not None and (line.size or 0) >= small:
            break
        ruled = _RULE.fullmatch(above.text) is not None or _CAME.match(line.text) is not None
        if _OPENS.match(line.text) and (ruled or (small is not None and (above.size or 0) >= small)):
            start = index
    return start


def _groups(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """Return the lines of each footnote with its mark, the mark taken off."""
    groups: list[tuple[str, list[Line]]] = []
    for line in lines:
        found = _OPENS.match(line.text)
        if found and (not groups or _follows(groups[-1][0], found["mark"])):
            groups.append((found["mark"], [_from(line, found.end())]))
        elif groups:
            groups[-1][1].append(line)
    return groups


def _follows(mark: str, following: str) -> bool:
    if mark.isdigit() and following.isdigit():
        return int(normalize("NFKC", following)) == int(normalize("NFKC", mark)) + 1
    return not mark.isdigit() and not following.isdigit() and mark != following


def _mark_at(line: Line, mark: str) -> tuple[int, int] | None:
    """Return where `mark` stands on a line of the text as the mark of a footnote, None where it does not."""
    for start, end in line.raised:
        if line.text[start:end].strip("()[] ") == mark:
            return start, end
    if line.raised:
        return None
    sign = re.escape(mark)
    close = re.search(rf"(?<=[^\W\d_])[.,;:”\"’)]?(?P<mark>{sign}\)?)(?![\w*])|(?P<boxed>\[{sign}\])", line.text)
    return close.span(close.lastgroup or 0) if close else None


def _without(line: Line, place: tuple[int, int]) -> Line:
    """Return `line` without its characters from `place[0]` to `place[1]`."""
    start, end = place
    if line.text[start - 1 : start] == line.text[end : end + 1] == " ":
        end += 1
    raised = tuple((a, b) if a < start else (a - end + start, b - end + start) for a, b in line.raised if a != start)
    return replace(line, text=f"{line.text[:start]}{line.text[end:]}".strip(), raised=raised)


def _from(line: Line, start: int) -> Line:
    return replace(line, text=line.text[start:].strip(), raised=())
