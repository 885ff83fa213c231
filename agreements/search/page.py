"""The page of hits: one line per article with its best provision, few of one agreement, the words that answer.

JSON has every hit; who reads sees each article once, the others of it named beside the best, and not one agreement that
fills the page alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

from agreements.display import shown_short
from agreements.search.results import Hit, Results
from agreements.search.window import LIMITING
from agreements.states import name_of

MOST_OF_ONE = 3
"""Articles of one agreement on a page, unless all are asked for."""
HITS_PER_LINE = 6
"""So many times as many hits as lines are asked for at first, so that a page of lines can be filled."""

_FURTHER = 4  # times as many hits are asked for where those that came do not fill the page
_NAMED = 2  # parties that a short citation names
_TITLE = 60  # characters of a title that stands for them
_SMALL = frozenset(("OF", "THE", "AND", "FOR", "IN"))
_MARKS = {"status": "†", "authority": "‡"}


@shown_short
@dataclass(frozen=True, slots=True)
class PageLine:
    """One article on a page: the best `hit` of it, and the `folded` others, which stand lower."""

    number: int
    hit: Hit
    folded: tuple[Hit, ...] = ()

    @property
    def citation(self) -> str:
        """One short line that says where the hit stands (`short_citation`); the formal one is `hit.citation`."""
        return short_citation(self.hit)


@shown_short
@dataclass(frozen=True, slots=True)
class HitPage:
    """A page of `lines`; `left_out` are agreements (by id) with the number of their further articles not shown.

    `more` says whether a next page has lines; `is_whole` whether all that answers was looked at: where it was not,
    `left_out` are at least so many.
    """

    lines: tuple[PageLine, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    more: bool = False
    is_whole: bool = True

    def marks(self, line: PageLine) -> str:
        """Return the marks that stand at `line`: those that not every line has."""
        common = set.intersection(*(set(marks_of(each.hit)) for each in self.lines))
        return "".join(mark for mark in marks_of(line.hit) if mark not in common)

    @property
    def explained(self) -> tuple[str, ...]:
        """What the marks on the page mean, each in a few words."""
        return tuple(marks_explained(self.lines))


def filled_page(
    ask: Callable[[int], Results], *, size: int, offset: int = 0, every: bool = False
) -> tuple[Results, HitPage]:
    """Return what `ask` answers, and the page of `size` lines from line `offset` on of it.

    `ask` gives the best so many hits. It is asked for more until the page is full and what follows is known, or all is
    seen: one agreement with hundreds of hits would else leave a page short that others could fill.
    """
    limit = (offset + size) * HITS_PER_LINE
    while True:
        results = ask(limit)
        is_whole = len(results.hits) < limit
        page = page_of(results.hits, size=size, offset=offset, every=every, is_whole=is_whole)
        if page.more or is_whole:
            return results, page
        limit *= _FURTHER


def page_of(hits: Iterable[Hit], *, size: int, offset: int = 0, every: bool = False, is_whole: bool = True) -> HitPage:
    """Return the page of `size` lines from line `offset` on of `hits`, which are in their order from the first.

    With `every` any number of articles of one agreement are shown; `is_whole` says that no hit follows these.
    """
    articles: dict[tuple[str, str, str], list[Hit]] = {}
    for hit in hits:
        articles.setdefault((hit.agreement, hit.language, hit.article or hit.path), []).append(hit)
    lines: list[list[Hit]] = []
    shown: dict[str, int] = {}
    for own in articles.values():
        agreement = own[0].agreement
        shown[agreement] = shown.get(agreement, 0) + 1
        if every or shown[agreement] <= MOST_OF_ONE:
            lines.append(own)
    wanted = lines[offset : offset + size]
    numbered = (PageLine(number, own[0], tuple(own[1:])) for number, own in enumerate(wanted, offset + 1))
    left = tuple((agreement, count - MOST_OF_ONE) for agreement, count in shown.items() if count > MOST_OF_ONE)
    return HitPage(tuple(numbered), () if every else left, len(lines) > offset + size, is_whole)


def short_citation(hit: Hit) -> str:
    """Return one short line that says where `hit` stands: parties, year, article, and its status where one is known.

    Where no party is known, the beginning of the title stands in their place, so that a text is named by something.
    The formal one is `Hit.citation`.
    """
    year = min((date[:4] for date in hit.signed), default="undated")
    below = hit.path.rpartition(".")[2] if "." in hit.path and hit.article else ""
    place = hit.article or hit.path
    where = f"{place} ({below})" if below and below not in place else place
    status = "" if hit.status == "unknown" else hit.said_status().replace("-", " ")
    return ", ".join(part for part in (_short_name(hit), year, where, status) if part)


def _short_name(hit: Hit) -> str:
    codes = hit.parties
    if not codes:
        return shorten(hit.title, _TITLE, placeholder=" ...") or hit.agreement
    return f"{len(codes)} parties" if len(codes) > _NAMED else " - ".join(_name(code) for code in codes)


def _name(code: str) -> str:
    from contextlib import suppress

    from agreements.errors import NotFoundError

    with suppress(NotFoundError):
        return name_of(code)
    words = code.split()  # a name that no table has stands in capitals in the index
    return (
        " ".join(w.lower() if w in _SMALL and at else w.capitalize() for at, w in enumerate(words))
        if words[1:]
        else code
    )


def marks_of(hit: Hit) -> tuple[str, ...]:
    """Return the marks of a hit: what is not established of its status and of the authority of its text."""
    known = {"status": hit.status, "authority": hit.authority}
    return tuple(mark for name, mark in _MARKS.items() if known[name] == "unknown")


def marks_explained(lines: Sequence[PageLine]) -> Iterator[str]:
    """Yield what the marks on a page mean; a mark that every line has is said of all and stands at none."""
    words = {"†": "status not established", "‡": "authority of the text not established"}
    for mark, said in words.items():
        having = sum(mark in marks_of(line.hit) for line in lines)
        if having == len(lines) and having:
            yield f"All: {said}"
        elif having:
            yield f"{mark} {said}"


def shortened(
    text: str, marks: Sequence[tuple[int, int]], room: int, *, short: bool = False
) -> tuple[str, list[tuple[int, int]]]:
    """Return about `room` characters of a snippet around what was found in it, with the places of what was found.

    Words that limit or deny, and stand in what is left out, are named at the end, so that none is lost unseen; `short`
    says that room is left for them.
    """
    if len(text) <= room:
        return text, list(marks)
    start = _start(text, marks, room)
    end = min(len(text), start + room)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + room // 2)
    inside = text[start:end].strip(" ,;")
    start = text.index(inside, start)
    before, after = ("… " if start else ""), (" …" if start + len(inside) < len(text) else "")
    outside = text[:start] + " " + text[start + len(inside) :]
    left = dict.fromkeys(found.group().lower() for found in LIMITING.finditer(outside))
    said = f" [goes on: {', '.join(left)}]" if left else ""
    if said and room > len(said) * 2 and not short:
        return shortened(text, marks, room - len(said), short=True)
    moved = [(a - start + len(before), b - start + len(before)) for a, b in marks]
    kept = [(a, b) for a, b in moved if a >= len(before) and b <= len(before) + len(inside)]
    return re.sub(r"\s", " ", before + inside) + after + said, kept


def _start(text: str, marks: Sequence[tuple[int, int]], room: int) -> int:
    """Return where the piece with most of what was found begins: at a word, and at the beginning where that has it."""
    if not marks or marks[-1][1] <= room:
        return 0
    best = max(marks, key=lambda mark: sum(mark[0] <= a and b <= mark[0] + room for a, b in marks))[0]
    lead = max(0, min(best - room // 4, len(text) - room))
    return text.rfind(" ", 0, lead + 1) + 1 if lead else 0
