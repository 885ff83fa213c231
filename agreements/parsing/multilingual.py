"""Which language words are in, and the texts of a document that is printed in several.

The detector (Google's CLD3) is only asked where a document shows words that are not English: most never need it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, groupby
from typing import Any

from agreements.languages import head_words, languages
from agreements.reading import Block, Line

_LETTERS = re.compile(r"[^\W\d_]")
_SYLLABLES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    ("the", "of", "and", "to", "in", "shall", "for", "by", "be", "or", "with", "this", "that", "is", "on")
)
_LONG = 60  # letters; shorter texts are no evidence of a language
_SURE = 0.85  # confidence
_PLAIN = 0.99
_SURE_OF_ANY = 240  # letters by which a language is told of which no heads are known
_ODD = 0.05  # of the letters that one cut may leave on the wrong side of two texts
_SHARE = 0.15  # of the letters of a document that a language of it has at least
_COLUMNS = 0.3  # of the lines of a print in columns
_SAMPLE = 1500  # characters that the detector is shown
_COLUMN_SAMPLE = 12  # lines of one column of a page
_ASKED = 3  # columns of a print that the detector is asked of, where it says the same of all
_USUAL = 20  # words of theirs that tell the others
_GLANCE = 300  # characters that are looked at for English words
_CODES = {"iw": "he", "fil": "tl"}  # what the detector calls by an older or a longer code
# Languages so near to each other that a paragraph of one is taken for another: no document has both (measured).
_KIN = (frozenset({"bs", "hr", "sr"}), frozenset({"da", "no"}), frozenset({"id", "ms"}), frozenset({"gl", "pt"}))


@cache
def _detector() -> Any:
    import gcld3

    return gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=4 * _SAMPLE)


def detect(text: str, among: Iterable[str] = ()) -> tuple[str, float]:
    """Return the ISO 639-1 code of the language of `text` and the confidence (0 to 1), `among` those if given.

    A text in none of `among` is in the first of them, with no confidence.
    """
    known = sorted(among)
    if not _LETTERS.search(text, 0, _SAMPLE):
        return known[0] if known else "en", 0.0
    sample = text[:_SAMPLE].encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is nothing to it
    found = _detector().FindLanguage(text=sample.lower() if sample.isupper() else sample)
    code = str(found.language).partition("-")[0]  # `zh-Latn`
    language, confidence = _CODES.get(code, code), float(found.probability)
    if not known or language in known:
        return language, confidence
    near = next((kin for kin in _KIN if language in kin), frozenset())
    return next(((other, confidence) for other in known if other in near), (known[0], 0.0))


def is_english(text: str) -> bool:
    """Return whether `text` has as many of the small words of English as English prose has (quick, no detector)."""
    opening = text[:_GLANCE].lower()
    pieces = opening.split()
    if sum(map(_ENGLISH.__contains__, pieces)) * 5 >= len(pieces):  # plainly so, and quicker to see
        return True
    words = _WORD.findall(opening)
    return sum(map(_ENGLISH.__contains__, words)) * 7 >= len(words)


def _letters(text: str) -> int:
    """Return how much of a language `text` is: its letters, those of syllable scripts counted three times."""
    return len(_LETTERS.findall(text)) + (0 if text.isascii() else 2 * len(_SYLLABLES.findall(text)))


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text) + 2 * len(_SYLLABLES.findall(text))


# ---------------------------------------------------------------------- columns


def streams(lines: Sequence[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return the lines of each language of a print in columns, by language; one stream `""` where there is one.

    Columns of one language stay one stream: the text runs on from column to column.
    """
    if sum(line.column > 0 for line in lines) < _COLUMNS * len(lines):
        return (("", tuple(lines)),)
    of_column = _languages_of_columns(lines)
    if len(set(of_column.values())) < 2:
        return (("", tuple(lines)),)
    languages = list(dict.fromkeys(of_column.values()))
    rest = "en" if "en" in languages else languages[0]
    out: dict[str, list[Line]] = {language: [] for language in languages}
    for (page, column), group in groupby(lines, key=lambda line: (line.page, line.column)):
        run = tuple(group)
        language = of_column.get((page, column)) or _of_run(run, languages, rest)
        out[language] += run
    return tuple((language, tuple(found)) for language, found in out.items() if found)


def _languages_of_columns(lines: Sequence[Line]) -> dict[tuple[int, int], str]:
    """Return the language of each column of each page: its own where it is sure, else that of the column elsewhere."""
    texts: dict[tuple[int, int], list[str]] = defaultdict(list)
    for line in lines:
        if line.column:
            texts[line.page, line.column].append(line.text)
    own = _of_columns(texts)
    letters: Counter[str] = Counter()
    by_column: dict[int, Counter[str]] = defaultdict(Counter)
    for (page, column), (language, _) in own.items():
        size = sum(map(len, texts[page, column]))
        letters[language] += size
        by_column[column][language] += size
    among = {language for language, size in letters.items() if size >= _SHARE * letters.total()}
    if len(among) < 2:
        return dict.fromkeys(texts, letters.most_common(1)[0][0] if letters else "")
    usual = {
        column: max(among, key=lambda language: (sizes[language], language)) for column, sizes in by_column.items()
    }
    return {
        (page, column): language if sure and language in among else usual[column]
        for (page, column), (language, sure) in own.items()
    }


def _of_columns(texts: Mapping[tuple[int, int], Sequence[str]]) -> dict[tuple[int, int], tuple[str, bool]]:
    """Return the language of each column of each page, by some of its lines, and whether it is sure.

    The detector is asked of a few columns that are not English; where they are in one language, their commonest words
    tell the others, and it is asked of what they do not tell.
    """
    samples = {place: " ".join(found[:: max(1, len(found) // _COLUMN_SAMPLE)]) for place, found in texts.items()}
    told = {place: ("en", 1.0) for place, sample in samples.items() if _has(_words(sample), _ENGLISH)}
    others = [place for place in samples if place not in told]
    asked = others[:: max(1, -(-len(others) // _ASKED))]
    told |= {place: detect(samples[place]) for place in asked}
    common = Counter(word for place in asked for word in _words(samples[place]))
    usual = frozenset(word for word, _ in common.most_common(_USUAL))
    alike = len({told[place][0] for place in asked}) == 1 and all(told[place][1] > _SURE for place in asked)
    for place in others:
        if place not in told:
            same = alike and _has(_words(samples[place]), usual)
            told[place] = told[asked[0]] if same else detect(samples[place])
    return {
        place: (language, confidence > _SURE and sum(map(len, texts[place])) > 6 * _LONG)
        for place, (language, confidence) in told.items()
    }


def _has(words: Sequence[str], common: frozenset[str]) -> bool:
    """Whether so many of `words` are `common` in a language that they are in it, and not in one that shares a few."""
    return sum(map(common.__contains__, words)) * 4 >= len(words) > 0


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _of_run(run: Sequence[Line], languages: Sequence[str], rest: str) -> str:
    text = " ".join(line.text for line in run)
    language, confidence = detect(text, languages)
    return language if confidence > _SURE and _letters(text) > _LONG else rest


# ---------------------------------------------------------------------- paragraphs


def with_languages(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return `blocks` with their languages, where the document has several or one that is not English.

    Where paragraphs of the languages alternate, those of one language are brought together.
    """
    if any(block.language for block in blocks):
        return tuple(blocks)
    long = [b for b in blocks if _size(b.text) > 1.5 * _LONG]
    doubtful = [b for b in long if not is_english(b.text)]
    if sum(len(b.text) for b in doubtful) < _SHARE * sum(len(b.text) for b in blocks) or not long:
        return tuple(blocks) if len(doubtful) < len(long) else _all_short(blocks)
    found = _significant(blocks)
    if not found or found == ["en"]:
        return tuple(blocks)
    if len(found) == 1:
        language = _near(found[0], blocks)
        return tuple(replace(block, language=language) for block in blocks)
    tagged = _one_after_the_other(_tagged(blocks, found), found)
    runs = [language for language, _ in groupby(tagged, key=lambda block: block.language)]
    if len(runs) <= 2 * len(found):
        return tuple(tagged)
    return tuple(block for language in dict.fromkeys(runs) for block in tagged if block.language == language)


def _all_short(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return `blocks`, few of which tell their language and none English, in that which they surely are in together."""
    whole = "\n".join(block.text for block in blocks)
    if _letters(whole) > _LONG and not is_english(whole):
        language, confidence = detect(whole)
        language = _near(language, blocks)
        sure = confidence > _SURE or language in _of_heads(blocks)
        plain = confidence > _PLAIN and _letters(whole) > _SURE_OF_ANY  # of a language that no pack has
        if language != "en" and ((sure and language in languages()) or plain):
            return tuple(replace(block, language=language) for block in blocks)
    return tuple(blocks)


def _of_heads(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the languages that all heads of `blocks` may be in, none where there are not two of them."""
    codes = [head.codes for block in blocks if (head := head_words(block.text))]
    return frozenset.intersection(*codes) if len(codes) > 1 else frozenset()


def _near(language: str, blocks: Sequence[Block]) -> str:
    """Return `language`, or where no pack has it the nearest that one has: the one whose heads `blocks` bear."""
    if language in languages():
        return language
    near = frozenset(code for kin in _KIN if language in kin for code in kin if code in languages())
    said = Counter(code for block in blocks if (head := head_words(block.text)) for code in sorted(head.codes & near))
    return said.most_common(1)[0][0] if said else min(near, default=language)


def _significant(blocks: Sequence[Block]) -> list[str]:
    """Return the languages that a good share of the letters is in, the most frequent first."""
    letters: Counter[str] = Counter()
    for block in blocks:
        count = _letters(block.text)
        if count > _LONG:
            language, confidence = ("en", 1.0) if is_english(block.text) else detect(block.text)
            letters[language if confidence > 0.5 else ""] += count
    total = letters.total()
    for kin in _KIN:
        present = [language for language, _ in letters.most_common() if language in kin]
        for other in present[1:]:
            letters[present[0]] += letters.pop(other)
    return [language for language, count in letters.most_common() if language and count >= _SHARE * total]


def _tagged(blocks: Sequence[Block], languages: Sequence[str]) -> list[Block]:
    """Give each block its language; heads and short lines have that of the paragraph they stand before."""
    own = [_own_language(block, languages) for block in blocks]
    following = ""
    for index in range(len(own) - 1, -1, -1):
        following = own[index] or following
        own[index] = following
    if len(languages) == 2:
        _tag_pairs(blocks, own, languages)
    before = languages[0]
    out = []
    for block, language in zip(blocks, own, strict=True):
        before = language or before
        out.append(replace(block, language=before))
    return out


def _one_after_the_other(tagged: list[Block], languages: Sequence[str]) -> list[Block]:
    """Return blocks of two texts that stand one after the other with what is odd in each in the language around it.

    So they stand where one cut leaves nearly all letters of either language on its side; a short line that was taken
    for the other language would else leave its article.
    """
    if len(languages) != 2:
        return tagged
    first = tagged[0].language
    second = next((language for language in languages if language != first), first)
    signed = [len(block.text) * (1 if block.language == first else -1) for block in tagged]
    sums = list(accumulate(signed, initial=0))
    cut = max(range(len(sums)), key=lambda at: sums[at])
    odd = sum(len(b.text) for at, b in enumerate(tagged) if b.language != (first if at < cut else second))
    if odd > _ODD * sum(len(block.text) for block in tagged) or not 0 < cut < len(tagged):
        return tagged
    return [replace(block, language=first if at < cut else second) for at, block in enumerate(tagged)]


def _tag_pairs(blocks: Sequence[Block], own: list[str], languages: Sequence[str]) -> None:
    """Tell heads that stand in pairs, one for each language, from each other: `Article 2`, `Article 2`, and headings.

    They are in the languages in turn, beginning with that of the paragraph after them.
    """
    index = 0
    while index + 1 < len(blocks):
        number = _head_number(blocks[index])
        if not number or number != _head_number(blocks[index + 1]):
            index += 1
            continue
        end = next((i for i in range(index, len(blocks)) if _letters(blocks[i].text) >= _LONG), len(blocks))
        if end < len(blocks) and (end - index) % 2 == 0:
            second = languages[own[end] == languages[0]]
            own[index:end] = [own[end], second] * ((end - index) // 2)
        index = max(end, index + 1)


def _head_number(block: Block) -> str:
    """Return the number of the head of an article that stands alone, empty for other blocks."""
    head = head_words(block.text)
    if head is None or head.value is None or any(map(str.isalnum, block.text[head.at :])):
        return ""
    return str(head.value)


def _own_language(block: Block, languages: Sequence[str]) -> str:
    head = head_words(block.text) if _letters(block.text) < _LONG else None
    if head and len(spoken := head.codes.intersection(languages)) == 1:
        return next(iter(spoken))
    if _letters(block.text) < 12:
        return ""
    if "en" in languages and " the " in block.text.lower() and is_english(block.text):
        return "en"  # `For the Government of Lorn`: too short for the detector to be sure
    language, confidence = detect(block.text, languages)
    return language if confidence > _SURE else ""


def texts(blocks: Sequence[Block]) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    """Return the texts of a document with their language, one `("en", blocks)` for most.

    Languages make texts of their own only where each has articles of its own: the notes of an exchange may be in
    different languages and are one text.
    """
    groups = [(language, tuple(group)) for language, group in groupby(blocks, key=lambda block: block.language)]
    merged: dict[str, list[Block]] = {}
    for language, group in groups:
        merged.setdefault(language or "en", []).extend(group)
    if len(merged) > 1 and all(sum(head_words(b.text) is not None for b in group) > 1 for group in merged.values()):
        return tuple((language, tuple(group)) for language, group in merged.items())
    sizes = {language: sum(len(b.text) for b in group) for language, group in merged.items()}
    return ((max(sizes, key=lambda language: sizes[language]) if sizes else "en", tuple(blocks)),)
