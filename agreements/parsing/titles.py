"""The title lines over an instrument: what stands above its first words and is no head, number or letterhead."""

from collections.abc import Sequence

from agreements.languages import folded, languages
from agreements.parsing.heads import head_of
from agreements.parsing.markers import number_marker
from agreements.parsing.phrases import any_of, words
from agreements.reading import Block

TITLE_LIMIT = 60
"""The words that a title of running text may have; a heading may have twice as many."""

_INSTRUMENT = words(
    "agreement|convention|treaty|protocol|memorandum|compact|charter|statute|constitution|arrangement|understanding",
    "exchange of (?:notes|letters)|declaration|covenant|pact",
    "verdrag|overeenkomst|notawisseling|briefwisseling",
)
_ACT = words(
    "statutes|conventions|agreements|protocols|treaties|codes?|regulations?|resolutions?|acts?|amendments?|rules",
    "minutes?|decisions?|accords?|contracts?|notes?|letters?|concordat|modus vivendi|annex(?:es)? to",
)
"""What a title given to a text may name besides: as a line of a text such a word proves nothing."""
_PREAMBLE = any_of(
    r"[“\"*]*(?:the )?(?:governments? of|parties|high contracting|contracting parties|states parties|member states)\b",
    r"[“\"*]*(?:desiring|considering|recogni[sz]ing|whereas|having regard)\b",
)
_PLAIN = ("paragraph", "heading")
_PART_WORD = r"(?:annex|annexe|annexure|appendix|attachment|enclosure|exhibit|schedule)(?: (?!to\b|of\b)[\w.-]{1,4})?"
_PART = any_of(rf"\W*{_PART_WORD}\W*")
_IS_PART = any_of(
    rf"\W*(?P<part>{_PART_WORD}),? (?:to|of) (?:the|this) (?=[^.;]{{0,80}}?\b(?:agreement|convention|treaty|protocol"
    r"|memorandum|mou|arrangement|compact|exchange of)\b)"
)


def title_length(blocks: Sequence[Block], *, main: bool, headed: bool) -> int:
    """Return how many of the first `blocks` of an instrument are its title.

    `main` says that it is the main text, `headed` that a line such as `ANNEX A` stands above. At least one block
    of a main text is left to its body.
    """
    count = 0
    most = len(blocks) - (0 if headed else 1)
    while count < most and _is_title(blocks[count], main=main, headed=headed or count > 0):
        count += 1
    return count


def leading_title(blocks: Sequence[Block]) -> int:
    """Return how many of the first `blocks` are a title that names an instrument; a letterhead is none."""
    count = title_length(blocks, main=True, headed=False)
    named = _INSTRUMENT.search(" ".join(block.text for block in blocks[:count])) is not None
    return count if named else 0


def _is_title(block: Block, *, main: bool, headed: bool) -> bool:
    length = len(block.text.split())
    if block.kind not in _PLAIN or block.number or not 0 < length <= 2 * TITLE_LIMIT:
        return False
    if head_of(block) or number_marker(block):
        return False
    if block.kind == "heading":
        return True
    if block.text.rstrip(" *")[-1:] in (".", ";", ",", ":") or _PREAMBLE.match(block.text):
        return False
    if block.centred or block.caps or block.bold:
        return True
    names_itself = not block.text[0].islower() and _names_an_instrument(block.text, block.language)
    return main and not headed and length <= TITLE_LIMIT and names_itself


def may_be_a_title(given: str, language: str) -> bool:
    """Whether a title that was given to a text names an instrument or an act, in English or in the `language`."""
    return _names_an_instrument(given, language) or _ACT.search(given) is not None


def _names_an_instrument(text: str, language: str) -> bool:
    """Whether a line has a noun for agreements: in English, or in the `language` that it is in."""
    if _INSTRUMENT.search(text[:120]) is not None:
        return True
    pack = languages().get(language)
    words = folded(text[:120]).text if pack else ""
    return pack is not None and any(folded(noun).text in words for noun in pack.instruments)


def is_part_head(line: str) -> bool:
    """Whether a line is no more than the word for an annex, and its number."""
    return _PART.fullmatch(line) is not None


def part_of(title: str) -> tuple[str, int] | None:
    """Return what part of another text a title names, `Appendix 2`, and where the name of that begins; else None."""
    found = _IS_PART.match(title)
    if found is None:
        return None
    word, _, number = found["part"].partition(" ")
    return f"{word.capitalize()} {number}".strip(), found.end()
