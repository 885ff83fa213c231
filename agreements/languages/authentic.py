"""Which texts a treaty calls authentic, and which prevails, by the words of each language (Vienna Convention, art. 33).

A word of authenticity is read only with what it is said of: the language named beside it, or words that say it of all
texts alike (`both texts being equally authentic`). Where neither is found it is kept as unread, never taken for all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from agreements.languages.folding import folded
from agreements.languages.names import states_in, tongues_in
from agreements.languages.packs import LanguagePack, fold, languages

_SENTENCE = re.compile(r"[^.;؛。\n]+(?:[.;؛。](?!\s|$)[^.;؛。\n]*)*")
_BESIDE = 60  # characters between a language and the word that is said of its text
_BEHIND = 40  # the same where the word stands first: `prevalecerá el texto inglés`
_JOINED = 24  # characters between two languages of one list
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = 3  # letters of the words between two languages of one list: `and the`; `whereas the text` is more
_ARTICLES = frozenset(("the", "le", "la", "les", "l", "el", "los", "il", "lo", "o", "os", "der", "die", "das", "het"))
_LATTER = re.compile(r"[,:،、]")


@dataclass(frozen=True, slots=True)
class AuthenticTexts:
    """What a text says of its languages: `alike` all are authentic, and the codes of those named `alone` or prevailing.

    `unread` are the sentences whose words of authenticity could not be told to be said of one text or of all; `words`
    are all that were read; `spans` where the name of what prevails stands in the text, up to the word that says it.
    """

    alike: bool = False
    alone: frozenset[str] = frozenset()
    prevailing: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def ruling(self) -> frozenset[str]:
        """The languages whose text rules over another: named alone as authentic, or as prevailing."""
        return self.alone | self.prevailing


@dataclass(frozen=True, slots=True)
class _Named:
    """Languages named in one breath, from `start` to `end` of the folded text.

    `is_unsure` where it may be no list: `in English, the French text`.
    """

    start: int
    end: int
    codes: frozenset[str]
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of authenticity in a sentence: of which languages (empty: of all), or of what could not be told (None)."""

    codes: frozenset[str] | None
    start: int
    end: int
    prevails: bool


def said_in(text: str, code: str, *, named_alone: bool = False) -> AuthenticTexts:
    """Return what `text`, in the language `code`, says of which texts are authentic.

    With `named_alone` only sentences count that name a language (in the body of a treaty much is called authentic).
    """
    pack = languages().get(code)
    every = frozenset(code_ for _, _, code_ in _tongues(text, code))
    said: list[_Said] = []
    unread, words = [], []
    for found in _SENTENCE.finditer(text) if pack and knows(code) else ():
        sentence = found.group()
        if named_alone and not _tongues(sentence, code):
            continue
        assert pack is not None
        here = [*_said(sentence, pack, every)]
        said += [_Said(x.codes, x.start + found.start(), x.end + found.start(), x.prevails) for x in here]
        if here:
            words.append(" ".join(sentence.split()))
        if any(each.codes is None for each in here):
            unread.append(words[-1])
    return AuthenticTexts(
        alike=any(each.codes == frozenset() for each in said),
        alone=frozenset[str]().union(*(x.codes for x in said if x.codes and not x.prevails)),
        prevailing=frozenset[str]().union(*(x.codes for x in said if x.codes and x.prevails)),
        unread=tuple(unread),
        words=tuple(words),
        spans=tuple((x.start, x.end) for x in said if x.codes and x.prevails),
    )


def knows(code: str) -> bool:
    """Whether the words of authenticity of a language are known."""
    pack = languages().get(code)
    return bool(pack and pack.authentic and pack.equally and pack.tongues)


def _said(sentence: str, pack: LanguagePack, every: frozenset[str]) -> Iterator[_Said]:
    """Yield the words of authenticity of a sentence with what they are said of."""
    low = folded(sentence)
    lists = _lists(sentence, pack.code)
    for prevails, pattern in ((False, _authentic(pack.code)), (True, _prevails(pack.code))):
        for found in pattern.finditer(low.text):
            codes, first = _of(low.text, found, lists, pack.code)
            if codes and codes >= every and len(every) > 1:
                codes = frozenset()
            start, end = min(found.start(), first.start if first else found.start()), found.end()
            end = max(end, first.end) if first else end
            yield _Said(codes, low.start(start), low.end(end), prevails)


def _of(text: str, found: re.Match[str], lists: list[_Named], code: str) -> tuple[frozenset[str] | None, _Named | None]:
    """Return the languages that a word is said of, with where they stand: empty where of all, None where not told."""
    before = [each for each in lists if each.end <= found.start()]
    last = before[-1].end if before else 0
    gap = text[last : found.start()]
    if before and len(gap) <= _BESIDE and not _LATTER.search(gap):
        return _one_or_all(before[-1], gap + found.group(), code), before[-1]
    if _alike(code).search(text, max(last, _clause(text, found.start())), found.end()):
        return frozenset(), None
    after = next((each for each in lists if each.start >= found.end()), None)
    gap = text[found.end() : after.start] if after else ""
    if after and len(gap) <= _BEHIND and not _LATTER.search(gap):
        return _one_or_all(after, found.group() + gap, code), after
    stop = _LATTER.search(text, found.end())
    if _alike(code).search(text, found.end(), stop.start() if stop else len(text)):
        return frozenset(), None
    return None, None


def _clause(text: str, at: int) -> int:
    """Return where the clause begins in which the character `at` stands."""
    return max((stop.end() for stop in _LATTER.finditer(text, 0, at)), default=0)


def _one_or_all(named: _Named, between: str, code: str) -> frozenset[str] | None:
    """Return the languages of a list; none where one is called authentic equally, with the others."""
    if named.is_unsure:
        return None
    return frozenset() if len(named.codes) == 1 and _equal(code).search(between) else named.codes


def _tongues(text: str, code: str) -> list[tuple[int, int, str]]:
    """Return the languages that `text` names, without the names of States (`Kingdom of the Netherlands`)."""
    of_states = [(n.start, n.end) for n in states_in(text, code)]
    return [(n.start, n.end, n.code) for n in tongues_in(text, code) if not any(s <= n.start < e for s, e in of_states)]


def _lists(sentence: str, code: str) -> list[_Named]:
    """Return the languages of a sentence, those together that stand in one list."""
    low = folded(sentence)
    places = {low.start(at): at for at in range(len(low.text) + 1)}
    found: list[_Named] = []
    for start, end, tongue in _tongues(sentence, code):
        here, there = places.get(start, start), places.get(end, end)
        gap = low.text[found[-1].end : here] if found else ""
        if found and tongue not in found[-1].codes and _joins(gap, code):
            unsure = found[-1].is_unsure or ("," in gap and not _ARTICLES.isdisjoint(_WORD.findall(gap)))
            found[-1] = _Named(found[-1].start, there, found[-1].codes | {tongue}, unsure)
        else:
            found.append(_Named(here, there, frozenset({tongue})))
    return found


def _joins(gap: str, code: str) -> bool:
    """Whether words between two languages only join them, as `and in the` does."""
    small = all(len(word) <= _SMALL for word in _WORD.findall(gap)) if code not in ("ja", "ko") else True
    told = _authentic(code).search(gap) or _prevails(code).search(gap)
    return small and len(gap) <= _JOINED and not told


@cache
def _authentic(code: str) -> re.Pattern[str]:
    return _words(languages()[code].authentic, code)


@cache
def _prevails(code: str) -> re.Pattern[str]:
    return _words(languages()[code].prevails, code)


@cache
def _alike(code: str) -> re.Pattern[str]:
    return _words((*languages()[code].equally, *languages()[code].each_text), code)


@cache
def _equal(code: str) -> re.Pattern[str]:
    return _words(languages()[code].equally, code)


def _words(ways: tuple[str, ...], code: str) -> re.Pattern[str]:
    """Return a pattern for whole words; one that ends in `*` may have any ending."""
    if not ways:
        return re.compile(r"(?!)")
    longest = sorted(map(fold, ways), key=len, reverse=True)
    if code in ("ja", "ko"):
        return re.compile("|".join(re.escape(way.rstrip("*")) for way in longest))
    each = (re.escape(way.rstrip("*")) + (r"\w*" if way.endswith("*") else r"(?!\w)") for way in longest)
    before = r"(?<!\w)[وفلب]?" if code == "ar" else r"(?<!\w)"
    return re.compile(rf"{before}(?:{'|'.join(each)})")
