"""What prints put around an agreement: a series page, a printing notice, a page of facts, the law that ratifies it.

The Treaties and Other International Acts Series prints three pages before an agreement: a cover, the
notice under Public Law 89-497, and a page with country, subject and the dates of signature and entry into force.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agreements.findings import Finding, info
from agreements.language import dates
from agreements.model import Signing
from agreements.parsing.fronts import Opened, front_of, role_of
from agreements.parsing.heads import head_of
from agreements.parsing.markers import number_marker
from agreements.parsing.phrases import any_of
from agreements.reading import Block, BlockRole

_SERIES = any_of(r"\W*treaties and other international a(?:cts|greements) series\W*(?:no\W*)?[\d.,\s–-]*")
_NOTE = any_of(r"\W*note by the department of state\W*")
_LAW = any_of(r"public law 89\s*[-–—]\s*497")
_NOTICE_ENDS = any_of(r"authentication thereof")
_SALE = any_of(
    r"for sale by the superintendent", r"u\.?\s?s\.? government (?:printing|publishing) office", r"washington,? d\.? ?c"
)
_FACTS = any_of(
    r"entered into force [a-z]+ \d", r"entered into force \d{1,2} [a-z]+", r"definitively entered into force"
)
_ENTERED = any_of(r"(?<!provisionally )(?:entered|came) into force\b(?! provisionally)(?: on)?")
_DEFINITIVELY = any_of(r"(?:definitively entered into force|entered into force definitively)\b(?: on)?")
_SIGNED_BEHIND = any_of(r"\. (?P<said>(?:signed|done|concluded) (?:at|in) [^.;]{3,80})\.?$")
_NEAR = 40  # characters after the words within which the date stands
_BEGINS = any_of(
    r"\W*the (?:governments?|parties|high contracting|kingdom|republic|united states)\b.{20}", r"\W*excellency\b",
    r"\W*the (?:secretary|ambassador|minister|embassy|ministry|department)\b.{40}", r"\W*preamble\b",
)  # fmt: skip
_INSTRUMENT = any_of(r"(?:agreement|treaty|convention|protocol|memorandum|arrangement)s?\b")
_SIGNED = any_of(r"\b(?:signed at|effected by|dated|exchange of notes at|with (?:annex|appendix|exchange|agreed))")
_SIGNED_AT = any_of(r"\b(?:signed|done|concluded) (?:at|in) ")
_SIGNED_WITHIN = 160  # characters in which place and day stand
_SIGNED_ENDS = any_of(r";|\b(?:entered|came|enters) into force|\b(?:signed|done|concluded) (?:at|in) |\. ?\n")
_NAME = r"((?-i:[A-Z])[\w.'’-]*(?:,? (?-i:[A-Z])[\w.'’-]*){0,3}?)"
_PLACE = any_of(rf"{_NAME},?(?: on)?(?: the)?,? ?")
_PLACES = any_of(rf"{_NAME} and (?:at |in )?{_NAME},?(?: on)?(?: the)?,? ?")
_OPENS_LAW = any_of(
    r"\W*+(?:a |an |the )?(?:bill|act|law|ley|loi|gesetz|wet|zakon|zákon|ustawa|lege|legge|lei|decree|joint resolution"
    r"|resolution|proclamation|public law|executive order|statutory instruments?|ordinance|h\. ?r\.|s\. ?j\.|h\. ?j\."
    r"|d[eé]cret|(?:real )?decreto(?: supremo| ejecutivo)?|d[ée]cret-loi|decreto[- ]le[iy]|dekret|bekanntmachung"
    r"|verordnung|besluit|указ|постановление|rozporządzenie|hotărâre|uredba)\b"
)
_RATIFIES = any_of(
    r"\b(?:ratif\w+|approv\w+|confirm\w+|enact\w+|promulgat\w+|give effect|carry into effect)\b",
    r"\b(?:zugestimmt|zustimm\w+|aprueb\w+|aprob\w+|aprov\w+|autoris\w+|ratifi[ck]\w+|bekannt gemacht|утвер\w+)\b",
    r"\b(?:portant publication|publi[ée]|publicad[ao]|set out in the schedule|scheduled to this)\b",
)
_THIS_LAW = any_of(r"\b(?:this|the present) (?:law|act|decree|ordinance|order)\b")
_LAW_WITHIN = 12  # blocks in which a law names itself
_INNER_WITHIN = 200  # blocks of a law before the agreement in it
_LONG = 60  # words: no line of a cover has more
_FIRST = 12  # blocks among which the cover begins
_COVER_LENGTH = 20  # blocks
_NOTICE_WITHIN = 60  # blocks in which the printing notice stands
_NOTICE_LENGTH = 12  # blocks that a notice is broken into at most
_FACTS_WITHIN = 10  # blocks after the notice in which the page of facts ends


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A text without its covers, and the findings with their words.

    `title` is what the cover gives, `in_force` the date (ISO) on which the page of facts says that the agreement
    entered into force, `said` the words for that, `signed` where and when that page says it was signed; each is empty
    where there is none.
    """

    blocks: list[Block]
    findings: tuple[Finding, ...] = ()
    title: str = ""
    in_force: str = ""
    said: str = ""
    signed: tuple[Signing, ...] = ()

    def beside(self, opened: Opened) -> "Uncovered":
        """Return this with what the front of its text, `opened`, leaves out and says."""
        findings = [*self.findings]
        if opened.left_out:
            findings.append(_finding("cover", "Lines around the title left out", opened.left_out))
        if opened.facts:
            findings.append(_finding("cover-facts", "Dates around the title left out", opened.facts))
        notes = [block for block in opened.blocks[:_FIRST] if block.kind == "footnote"]  # as treaty series print them
        in_force, said = (self.in_force, self.said) if self.in_force else _entry(opened.facts or notes)
        signed = self.signed or _signings(opened.facts)
        blocks = opened.blocks
        return replace(self, blocks=blocks, findings=tuple(findings), in_force=in_force, said=said, signed=signed)


def signed_in(title: str) -> tuple[str, tuple[Signing, ...]]:
    """Return a title without the sentence that treaty series put at its end, `Signed at Lorn, on 3 May 1957`, and that.

    Nothing is taken off where that sentence names no place and day.
    """
    found = _SIGNED_BEHIND.search(title)
    said = found["said"] if found else ""
    signed = _signings([Block(said.title() if said.isupper() else said)])
    return (title[: found.start()], signed) if found and signed else (title, ())


def without_covers(blocks: Sequence[Block]) -> Uncovered:
    """Return `blocks` without cover, printing notice and page of facts."""
    rest = list(blocks)
    findings: list[Finding] = []
    title = in_force = said = ""
    signed: tuple[Signing, ...] = ()
    series = next((i for i, block in enumerate(rest[:_FIRST]) if _SERIES.fullmatch(block.text)), None)
    if series is not None:
        end = _cover_end(rest, series)
        title = _title(rest[:end])
        findings.append(_finding("cover", "Cover of the series left out", rest[:end]))
        del rest[:end]
    notice = _notice(rest)
    if notice is not None:
        start, end = notice
        findings.append(_finding("printing-notice", "Printing notice left out", rest[start:end]))
        del rest[start:end]
        facts = _facts_end(rest, start)
        if facts > start:
            findings.append(_finding("cover-facts", "Page of facts before the text left out", rest[start:facts]))
            in_force, said = _entry(rest[start:facts])
            signed = _signings(rest[start:facts])
            del rest[start:facts]
    return Uncovered(rest, tuple(findings), title, in_force, said, signed)


def without_law(blocks: Sequence[Block]) -> tuple[list[Block], tuple[Finding, ...]]:
    """Return the agreement that stands in the law that ratifies it, and a finding with the words of the law.

    It is believed where the first lines name a law, words of ratification follow, and a title further on is confirmed
    by its own recital. What the law says after the agreement goes with it.
    """
    found = next((i for i, block in enumerate(blocks[:_LAW_WITHIN]) if _OPENS_LAW.match(block.text)), None)
    opening = enumerate(blocks[:_INNER_WITHIN])
    first = next((i for i, block in opening if head_of(block) or _is_first_point(block)), 0)
    if found is None or found > max(first, 1) or not any(_RATIFIES.search(b.text) for b in blocks[:_INNER_WITHIN]):
        return list(blocks), ()
    start = next((i for i in range(first + 1, min(len(blocks), _INNER_WITHIN)) if _begins(blocks, i)), None)
    if start is None:
        return list(blocks), ()
    end = _law_again(blocks, start)
    law = [*blocks[:start], *blocks[end:]]
    return list(blocks[start:end]), (_finding("law-around", "The law around the agreement left out", law),)


def _is_first_point(block: Block) -> bool:
    """Whether the first numbered point of a law begins with `block`, as in orders that have no articles."""
    marker = number_marker(block)
    return marker is not None and marker.printed.strip("()., ") == "1"


def _begins(blocks: Sequence[Block], i: int) -> bool:
    """Whether the title of an agreement begins with block `i`, and its recital follows."""
    if role_of(blocks[i]).role is not BlockRole.TITLE or head_of(blocks[i]):
        return False
    front = front_of(blocks[i:])
    after = i + len(front.roles)
    return front.confirmed and front.title.start == 0 and after < len(blocks) and not head_of(blocks[after])


def _law_again(blocks: Sequence[Block], start: int) -> int:
    """Return where the law goes on after the agreement that begins at `start`: with its next number."""
    last = max((head.value or 0 for block in blocks[:start] if (head := head_of(block))), default=0)
    for i in range(len(blocks) - 1, start, -1):
        head = head_of(blocks[i])
        if head and head.value == last + 1 and any(_THIS_LAW.search(block.text) for block in blocks[i : i + 3]):
            return i
    return len(blocks)


def _title(cover: Sequence[Block]) -> str:
    """Return the lines of a cover from the word for the instrument to the place and date."""
    start = next((i for i, block in enumerate(cover) if _INSTRUMENT.match(block.text)), None)
    if start is None:
        return ""
    end = next((i for i in range(start + 1, len(cover)) if _SIGNED.match(cover[i].text)), len(cover))
    words = " ".join(block.text for block in cover[start:end])
    return _SIGNED.split(words, maxsplit=1)[0].strip()


def _entry(facts: Sequence[Block]) -> tuple[str, str]:
    """Return the one date on which the facts say that the agreement entered into force, and their words for it."""
    words = " ".join(block.text for block in facts)
    found = list(_DEFINITIVELY.finditer(words)) or list(_ENTERED.finditer(words))
    dated = [(near[0], match) for match in found if (near := dates.find(words[match.end() : match.end() + _NEAR]))]
    days = {day.iso for day, match in dated if day.start <= 2}
    if len(days) != 1:
        return "", ""
    day, match = dated[0]
    return day.iso, words[match.start() : match.end() + day.end]


def _signings(facts: Sequence[Block]) -> tuple[Signing, ...]:
    """Return the places and dates at which the facts say that the agreement was signed; they run on over lines."""
    found: dict[Signing, None] = {}
    words = " ".join(block.text for block in facts)
    for match in _SIGNED_AT.finditer(words):
        said = words[match.end() : match.end() + _SIGNED_WITHIN]
        ends = _SIGNED_ENDS.search(said)
        said = said[: ends.start()] if ends else said
        days = dates.find(said)
        place = _PLACE.fullmatch(said[: days[0].start]) if days else None
        both = _PLACES.fullmatch(said[: days[0].start]) if len(days) in (1, 2) else None
        if both:
            named = both.groups() if len(days) > 1 else [" and ".join(both.groups())]
            found |= {Signing(date=day.iso, place=at): None for day, at in zip(days, named, strict=True)}
        elif place:
            found[Signing(date=days[0].iso, place=place[1])] = None
    return tuple(found)


def _finding(code: str, what: str, blocks: Sequence[Block]) -> Finding:
    words = " / ".join(" ".join(x for x in (block.number, block.text) if x) for block in blocks)
    where = f"page {blocks[0].page}" if blocks and blocks[0].page else "cover"
    return info(code, where, f"{what}: {words}")


def _cover_end(blocks: Sequence[Block], series: int) -> int:
    """Return where the cover ends: before the printing notice, with its page, or after its last line of dates."""
    notice = _notice(blocks)
    page = blocks[series].page
    last = notice[0] if notice else min(series + _COVER_LENGTH, len(blocks))
    end = dated = series + 1
    while end < last and _may_be_cover(blocks[end]) and (notice or blocks[end].page == page):
        end += 1
        dated = end if _SIGNED.match(blocks[end - 1].text) else dated
    return end if notice or page else dated


def _may_be_cover(block: Block) -> bool:
    return len(block.text.split()) <= _LONG and head_of(block) is None and not _BEGINS.match(block.text)


def _notice(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Return where the printing notice begins and ends, None where there is none."""
    law = next((i for i, block in enumerate(blocks[:_NOTICE_WITHIN]) if _LAW.search(block.text)), None)
    if law is None:
        return None
    start = law
    if start and _NOTE.fullmatch(blocks[start - 1].text):
        start -= 1
    ends = (i + 1 for i in range(law, min(law + _NOTICE_LENGTH, len(blocks))) if _NOTICE_ENDS.search(blocks[i].text))
    end = next(ends, law + 1)
    while end < len(blocks) and len(blocks[end].text.split()) < 15 and _SALE.search(blocks[end].text):
        end += 1
    return start, end


def _facts_end(blocks: Sequence[Block], start: int) -> int:
    """Return where the page of facts after the notice ends, `start` where there is none."""
    for index in range(start, min(start + _FACTS_WITHIN, len(blocks))):
        block = blocks[index]
        if not _may_be_cover(block):
            return start
        if _FACTS.search(block.text):
            end = index + 1
            while end < len(blocks) and _may_be_cover(blocks[end]) and _FACTS.search(blocks[end].text):
                end += 1
            return end
    return start
