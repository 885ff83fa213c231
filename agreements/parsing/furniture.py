"""What the page prints around the text: running heads, series lines, page numbers. Found by repetition.

A line is furniture only where it stands at the edge of its page and either the same words stand there on a good
share of the pages, or a number in it goes up with the pages, or it is what an archive stamps on what it releases.
The running head of a gazette or a treaty series is known by its words wherever it stands.
Heads of articles and list items never are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, pairwise
from typing import Literal

from agreements.findings import Finding, info
from agreements.parsing.phrases import contains
from agreements.reading import Line
from agreements.reading.wrapping import is_head, is_item

FurnitureKind = Literal["running-head", "page-number"]

_DEPTH = 3  # lines at the top and at the bottom of a page that are looked at
_LONGEST_BANNER = 60  # characters of a line that a single page bears above and below its text
_PAGE_NUMBER = re.compile(
    r"(?P<open>[-–—~•|\[]\s*)?(?P<word>page\s+|p\.\s*|pag\.\s*)?(?P<value>\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|de|van)\s*\d{1,4})?(?P<close>\s*[-–—~•|\]])?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_NUMBERED_HEAD = re.compile(r"(?P<first>\d{1,3}) (?P<behind>\D{4,100})|(?P<before>\D{4,100}) (?P<last>\d{1,3})")
_SET_APART = 3  # blanks more than one between the words of a running head and its number
_LINE_NUMBER = re.compile(r"(?P<value>\d{1,4})(?:\s++|$)(?P<rest>.*)")
_FEWEST = 6  # pairs of lines that follow each other
_RISING = 0.75  # of the lines are numbered, and one higher than the last
_NUMBERED_STAMP = r"[A-Z]{1,3}\d{6,10}"
_RELEASED = re.compile(  # what an archive prints on a page that it releases: `C05000001 UNCLASSIFIED`
    rf"{_NUMBERED_STAMP}\s+UNCLASSIFIED|UNCLASSIFIED\s+{_NUMBERED_STAMP}"
    r"|UNCLASSIFIED U\.S\. Department of State Case No\. [\w-]{3,20}"
    rf" Doc No\. {_NUMBERED_STAMP}(?: Date: [\d/.-]{{6,10}})?"
)
_GAZETTE = re.compile(
    r"official journal of the european (?:union|communities)|federal register|bundesgesetzblatt|moniteur belge"
    r"|united nations\s?[—–•|-]\s?treaty series(?:\W{1,5}nations unies\W{1,5}recueil des traités)?"
    r"|journal officiel de la république française|belgisch staatsblad",
    re.IGNORECASE,
)
_VOLUME = re.compile(r"Vol\. ?\d{1,4}, ?(?:I{1,2}|A)-\d{1,6}")  # of a treaty series, with the number of the treaty
_GAZETTES = ("Vol.", "ournal", "OURNAL", "reaty", "REATY", "egister", "esetzblatt", "oniteur", "taatsblad")
_LONGEST_HEAD = 160  # characters
_LETTERS = re.compile(r"[^\W\d_]+")
_BESIDE = frozenset(  # the words that stand beside the name of a gazette in its running head
    (
        *("l", "c", "i", "ii", "p", "no", "nr", "vol", "page", "texte", "sur", "teil", "jahrgang", "notices", "rules"),
        *("en", "fr", "de", "es", "it", "nl", "pt", "pl", "ausgegeben", "zu", "bonn", "am", "regulations"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "january", "february", "march", "april", "may"),
        *("june", "july", "august", "september", "october", "november", "december", "janvier", "février", "mars"),
        *("avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre", "januar"),
        *("februar", "märz", "juni", "juli", "oktober", "dezember"),
    )
)
_INSTRUMENT = re.compile(
    r"\b(?:agreement|treaty|convention|protocol|memorandum|arrangement|exchange|understanding|accord|charter|compact)\b",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NAMES: dict[FurnitureKind, str] = {"running-head": "Running head", "page-number": "Page number"}


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that is no part of the text, and as what it was taken out."""

    line: Line
    kind: FurnitureKind


def split(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Removed, ...]]:
    """Return the lines of the text proper, with their pages, and the furniture, both in reading order.

    Text without page ends (`page` 0) is first cut into pages at its page numbers, where it has some.
    """
    lines = _paged(lines)
    heads = _numbered_heads(lines)
    lines = _paged_by(lines, heads) if heads else lines
    edges = _edges(lines)
    kinds: dict[int, FurnitureKind] = dict.fromkeys(heads, "running-head")
    kinds |= {i: "running-head" for i, _ in edges if _RELEASED.fullmatch(lines[i].text.strip())}
    for i, line in enumerate(lines):
        if contains(line.text, _GAZETTES) and len(line.text) <= _LONGEST_HEAD and _is_gazette(line.text):
            kinds[i] = "running-head"
    pages = len({line.page for line in lines})
    if pages > 1:
        kinds = {**kinds, **_repeated(lines, edges, pages), **_numbered(lines, edges, pages)}
    elif lines and lines[0].top is not None and len(lines) > 2 * _DEPTH:
        kinds |= _of_one_page(lines)
    kept = tuple(line for index, line in enumerate(lines) if index not in kinds)
    removed = tuple(Removed(lines[index], kinds[index]) for index in sorted(kinds))
    return kept, removed


def _is_gazette(text: str) -> bool:
    """Whether a line is nothing but the running head of a gazette or series: its name, its day, issue and page."""
    if _VOLUME.fullmatch(text.strip()):
        return True
    found = _GAZETTE.search(text)
    beside = text[: found.start()] + " " + text[found.end() :] if found else ""
    return _NUMBER.search(beside) is not None and _BESIDE.issuperset(_LETTERS.findall(beside.lower()))


def without_line_numbers(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """Return `lines` without the numbers that are printed before each of them, as in bills, and a finding on those.

    They rise by one from line to line, and some of them cannot be numbers of paragraphs: they stand alone, or before
    words in small letters.
    """
    found = [_LINE_NUMBER.match(line.text) for line in lines]
    numbered = [i for i, match in enumerate(found) if match]
    steps = [(i, j) for i, j in pairwise(numbered) if lines[i].page == lines[j].page]
    rising = sum(int(found[j]["value"]) == int(found[i]["value"]) + 1 for i, j in steps)  # type: ignore[index]
    odd = sum(not match["rest"] or match["rest"][0].islower() for match in found if match)
    if len(steps) < _FEWEST or rising < _RISING * len(steps) or len(numbered) < _RISING * len(lines) or not odd:
        return tuple(lines), ()
    out = []
    for line, match in zip(lines, found, strict=True):
        if match is None:
            out.append(line)
        elif match["rest"]:
            out.append(_from_rest(line, match.start("rest")))
    message = f"Numbers of {len(numbered)} printed lines taken out."
    return tuple(out), (info("line-numbers", f"page {_ranges([lines[i].page for i in numbered])}", message),)


def _from_rest(line: Line, at: int) -> Line:
    left = line.left
    if left is not None and line.right is not None:
        left += (line.right - left) * at / len(line.text)
    return replace(line, text=line.text[at:], start=line.end - len(line.text) + at, left=left, raised=())


def findings(removed: Sequence[Removed]) -> tuple[Finding, ...]:
    """Return one finding of severity info for each different piece of furniture, with its words and pages."""
    pages: dict[tuple[FurnitureKind, str], list[int]] = defaultdict(list)
    for item in removed:
        words = item.line.text if item.kind == "running-head" else ""
        pages[item.kind, words].append(item.line.page)
    out = []
    for (kind, words), where in pages.items():
        shown = words or " ".join(item.line.text for item in removed if item.kind == kind)
        message = f"{_NAMES[kind]} taken out ({len(where)} times): {shown}"
        out.append(info(kind, f"page {_ranges(where)}" if any(where) else "", message))
    return tuple(out)


def _ranges(pages: Sequence[int]) -> str:
    """Return `1-3, 5` for 1, 2, 3, 5."""
    spans: list[list[int]] = []
    for page in sorted(set(pages)):
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


# ---------------------------------------------------------------------- pages


def _paged(lines: Sequence[Line]) -> Sequence[Line]:
    """Return `lines` with pages counted from 1; those without get them from a run of page numbers."""
    if not lines or lines[0].page:
        return lines
    cuts = _number_run(lines)
    if not cuts:
        return lines
    at_top = cuts[0] < _DEPTH
    out, page = [], 1
    for index, line in enumerate(lines):
        if at_top and index in cuts[1:]:
            page += 1
        out.append(replace(line, page=page))
        if not at_top and index in cuts:
            page += 1
    return out


def _numbered_heads(lines: Sequence[Line]) -> list[int]:
    """Return the running heads of a text without pages: words and a number set apart that goes up by one each time.

    Left pages bear the number before the words, right ones behind them; some words come back. The blanks between the
    words and the number say that the line is none of the text.
    """
    if not lines or lines[0].page or lines[0].top is not None:
        return []
    run: list[tuple[int, int, str]] = []
    for i, line in enumerate(lines):
        found = _NUMBERED_HEAD.fullmatch(line.text) if line.end - line.start - len(line.text) >= _SET_APART else None
        if found is None or is_head(found["before"] or found["behind"]):
            continue
        value, words = int(found["first"] or found["last"]), (found["before"] or found["behind"]).casefold()
        if not run or (value == run[-1][1] + 1 and i - run[-1][0] > _DEPTH):
            run.append((i, value, words))
    said = [words for _, _, words in run]
    return [i for i, _, _ in run] if len(run) > 2 and len(set(said)) < len(said) else []


def _paged_by(lines: Sequence[Line], heads: Sequence[int]) -> list[Line]:
    """Return `lines` with the pages that begin at each of `heads`."""
    cuts = frozenset(heads) - {0}
    pages = accumulate((i in cuts for i in range(len(lines))), initial=1)
    return [replace(line, page=page) for line, page in zip(lines, islice(pages, 1, None), strict=True)]


def _number_run(lines: Sequence[Line]) -> list[int]:
    """Return the indices of lines that are nothing but page numbers, one up each time, [] where unsure."""
    run: list[int] = []
    following = 0
    for index, line in enumerate(lines):
        found = _PAGE_NUMBER.fullmatch(line.text)
        if not found or not found["value"].isdigit():
            continue
        value = int(found["value"])
        spaced = not run or index - run[-1] > 2 * _DEPTH
        if spaced and (run or _is_styled(line)) and value == (following if run else min(value, 2)):
            run.append(index)
            following = value + 1
    return run if len(run) >= 3 or all(_is_styled(lines[i]) for i in run) else []


def _edges(lines: Sequence[Line]) -> list[tuple[int, bool]]:
    """Return each line near an edge of its page or column, and whether that is the top; some are near both."""
    pages: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        pages[line.page, line.column].append(index)
    at_top = [(index, True) for indices in pages.values() for index in indices[:_DEPTH]]
    return at_top + [(index, False) for indices in pages.values() for index in indices[-_DEPTH:]]


# ---------------------------------------------------------------------- repetition


def _repeated(lines: Sequence[Line], edges: Sequence[tuple[int, bool]], pages: int) -> dict[int, FurnitureKind]:
    """Find the lines whose words, or words around a number that follows the page, come back page after page."""
    places: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for index, top in edges:
        for key in _keys(lines[index]):
            places[top, key].append(index)
    enough = max(2, round(pages * 0.6)) if pages <= 4 else max(3, round(pages * 0.2))
    out: dict[int, FurnitureKind] = {}
    for indices in places.values():
        if len({lines[i].page for i in indices}) >= enough:
            out.update((i, "running-head") for i in indices if not _is_the_title(lines, i, indices))
    return out


def _keys(line: Line) -> Iterator[str]:
    """Yield what is compared: the words, and the words with the place of a number that follows the page."""
    text = " ".join(line.text.casefold().split())
    if is_head(text) or is_item(text) or not any(c.isalpha() for c in text):
        return
    yield text
    for found in _NUMBER.finditer(text):
        if len(found.group()) < 5:
            yield f"{text[: found.start()]}\0{int(found.group()) - line.page}\0{text[found.end() :]}"


def _is_the_title(lines: Sequence[Line], index: int, same: Sequence[int]) -> bool:
    """Return whether a line of the first page is the title that later pages repeat at their heads.

    It is where its place is not theirs; in plain text also where it names an instrument (a series line does not)
    and nothing else on that page says the same.
    """
    line = lines[index]
    if line.page != lines[0].page:
        return False
    others = [lines[i] for i in same if lines[i].page != line.page]
    if line.top is not None:
        return not any(o.top is not None and abs(o.top - line.top) < 3 for o in others)
    if not _INSTRUMENT.search(line.text) and any(o.left == line.left for o in others):
        return False
    start = line.text.casefold()[:24]
    nearby = lines[max(0, index - 12) : index + 12]
    return not any(o is not line and o.page == line.page and o.text.casefold().startswith(start) for o in nearby)


def _numbered(lines: Sequence[Line], edges: Sequence[tuple[int, bool]], pages: int) -> dict[int, FurnitureKind]:
    """Find the lines that are nothing but a number which goes up with the pages."""
    by_offset: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for index, top in edges:
        found = _PAGE_NUMBER.fullmatch(lines[index].text)
        if found:
            by_offset[top, _value(found["value"]) - lines[index].page].append(index)
    out: dict[int, FurnitureKind] = {}
    for indices in by_offset.values():
        enough = len({lines[i].page for i in indices}) >= max(2, round(pages * 0.3))
        if enough or (pages <= 3 and all(_is_styled(lines[i]) for i in indices)):
            out.update((i, "page-number") for i in indices)
    return out


def _of_one_page(lines: Sequence[Line]) -> dict[int, FurnitureKind]:
    """Find what a single printed page bears at its edges: words that stand at both, and a number that says it is one.

    A line in smaller type between the upper words and the text goes with them, as the line of a draft does.
    """
    top, bottom = range(_DEPTH), range(len(lines) - _DEPTH, len(lines))
    said = {
        lines[i].text.casefold(): i for i in top if len(lines[i].text) <= _LONGEST_BANNER and not is_item(lines[i].text)
    }
    both = [(said[lines[i].text.casefold()], i) for i in bottom if lines[i].text.casefold() in said]
    out: dict[int, FurnitureKind] = {i: "running-head" for pair in both for i in pair}
    sizes = sorted(line.size or 0.0 for line in lines)
    for i in top:
        if i - 1 in out and (lines[i].size or 0.0) < sizes[len(sizes) // 2]:
            out[i] = "running-head"
    out.update((i, "page-number") for i in (*top, *bottom) if _is_styled(lines[i]))
    return out


def _is_styled(line: Line) -> bool:
    """Return whether a page number says that it is one: `- 3 -`, `Page 3`."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    return found is not None and bool(found["word"] or (found["open"] and found["close"]))


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = [_ROMAN[c] for c in number.lower()]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))
