"""Duration, renewal and notice in the words of another language than English, from the table `lasting` of its pack.

A sentence counts where this agreement is what lasts: by its name right before the verb, or as what the last sentence
was about. Of two that say different things nothing is taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from agreements.languages import Folded, folded, folded_pattern, languages, lengths
from agreements.parsing.entry import is_subject, rules_of

_NEAR = 24  # characters between an agreement and the verb: an adverb
_NOT = re.compile(r"(?<!\w)(?:no|non|nao|ne|n|pas|nicht|kein\w*|nie|не|لا|لن)(?!\w)")
_PERIOD = re.compile(r"\{period\}")
_AND_THEN = 160  # of a sentence that says first how the agreement enters into force


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of a language: each with the group `found` over its length of time, where it has one."""

    term: tuple[re.Pattern[str], ...]
    renewal: tuple[re.Pattern[str], ...]
    notice: tuple[re.Pattern[str], ...]
    ends: re.Pattern[str]
    goes_on: re.Pattern[str]
    bound: re.Pattern[str]
    first: re.Pattern[str]
    joins: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class LastingWords:
    """What a sentence states: the words `said` as printed; `value` is the length of time in them, and `is_first`."""

    said: str
    value: lengths.Length | None = None
    is_first: bool = False


def term_in(sentence: str, before: str, code: str) -> LastingWords | None:
    """Return the term that a sentence states for its own instrument; `before` is the sentence before it.

    None where it states none, or only the most or the least.
    """
    words, own = _words(code), folded(sentence)
    for pattern in words.term if words else ():
        found = pattern.search(own.text)
        if not words or not found or not _is_its_own(own, found, before, code, words):
            continue
        value = lengths.at(own.text, found.start("found"), code)
        if value and not words.bound.match(own.text, found.end("found")):
            said = own.source[own.start(found.start("found")) : own.end(found.end("found"))]
            return LastingWords(said, value, bool(words.first.search(found.group())))
    return None


def renewal_in(sentence: str, before: str, code: str) -> LastingWords | None:
    """Return the words by which a sentence renews its own instrument, letter for letter."""
    words, own = _words(code), folded(sentence)
    rules = rules_of(code)
    if words is None or rules is None or not (rules.this.search(own.text) or rules.this.search(folded(before).text)):
        return None
    found = next((match for pattern in words.renewal if (match := pattern.search(own.text))), None)
    term = term_in(sentence, before, code)
    if found and not term and not _is_its_own(own, found, before, code, words):
        return None
    return LastingWords(own.source[own.start(found.start()) : own.end(found.end())]) if found else None


def may_go_on(sentence: str, code: str) -> bool:
    """Return whether a sentence has words by which an agreement may last beyond its term, whatever it says of them."""
    words = _words(code)
    return words is not None and words.goes_on.search(folded(sentence).text) is not None


def notices_in(sentence: str, before: str, code: str) -> Iterator[lengths.Length]:
    """Yield the notices of termination that a sentence states for its own instrument."""
    words, own, rules = _words(code), folded(sentence), rules_of(code)
    if words is None or rules is None:
        return
    if not words.ends.search(own.text) and not renewal_in(sentence, before, code):
        return
    if not (rules.this.search(own.text) or rules.this.search(folded(before).text)):
        return
    for pattern in words.notice:
        for found in pattern.finditer(own.text):
            if value := lengths.at(own.text, found.start("found"), code):
                yield value


def _is_its_own(own: Folded, found: re.Match[str], before: str, code: str, words: _Words) -> bool:
    """Whether this agreement is what lasts, by the verb that `found` begins with, or by the words of it."""
    rules, verb = rules_of(code), found.start()
    if rules is None:
        return False
    if rules.this.search(found.group()):  # the verb stands first
        return not _bare(own.text[:verb])
    named = list(rules.this.finditer(own.text, 0, verb))
    if not named:
        opening = _bare(own.text[:verb])
        is_it = not opening or (len(opening) <= _NEAR and rules.search("it", f"{opening} ") is not None)
        return is_it and rules.this.search(folded(before).text) is not None
    joined = own.text[named[-1].end() : verb]
    if (
        _bare(own.text[: named[-1].start()])
        or _NOT.search(named[-1].group() + joined)
        or not is_subject(own.text, named[-1], rules)
    ):
        return False  # what it depends on, as after a denunciation, stands before it
    if len(joined) <= _NEAR and not re.search(r"[.;:,]", joined) and len(joined.split()) <= 1:
        return True
    return len(joined) <= _AND_THEN and bool(words.joins.search(joined) and rules.enters.search(own.text, 0, verb))


def _bare(words: str) -> str:
    """Return what opens a sentence, without its number."""
    return words.strip(" ().0123456789")


@cache
def _words(code: str) -> _Words | None:
    table = languages()[code].lasting if code in languages() else {}
    if not table:
        return None
    this = rules_of(code)

    def compiled(name: str) -> tuple[re.Pattern[str], ...]:
        gap = f"(?P<found>{lengths.pattern(code)})"
        own = this.this.pattern if this else "(?!)"
        ways = (way.replace("{this}", f"(?:{own})") for way in table.get(name, ()))
        first = (_PERIOD.sub(lambda _: gap, folded_pattern(way), count=1) for way in ways)
        return tuple(re.compile(_PERIOD.sub(lambda _: lengths.pattern(code), way)) for way in first)

    def either(name: str) -> re.Pattern[str]:
        own = this.this.pattern if this else "(?!)"
        ways = (folded_pattern(way).replace("{this}", f"(?:{own})") for way in table.get(name, ()))
        return re.compile("|".join(f"(?:{way})" for way in ways) or "(?!)")

    joins = "|".join(sorted(map(re.escape, (folded(w).text for w in languages()[code].cites.get("and", ()))))) or "(?!)"
    return _Words(
        compiled("term"), compiled("renewal"), compiled("notice"), either("ends"), either("goes_on"), either("bound"),
        either("first"), re.compile(rf"[\s,](?:{joins})(?:\s\w+)?\s$"),
    )  # fmt: skip
