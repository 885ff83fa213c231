"""What a "not" reaches, and what an exception takes out: denials and exclusions in a clause, with their scope.

`No exemption from taxes is granted`, `Neither ... shall enjoy any exemption` and `the exemption does not apply` deny
the same thing. A denial reaches as far as its verb does: over the subject and what follows, to the next verb that has
a joint (`and`, `but`, a comma) before it. `Not later than`, `without prejudice to`, `not only` deny nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from agreements.language.sentences import Sentence

_MODAL = r"(?:shall|may|will|must|should|can|could|would|might|need|is|are|was|were|be|been|has|have|had|do|does|did)"
_COMPARED = r"later|earlier|sooner|less|fewer|more"
_NOT = rf"not\b(?! (?:{_COMPARED}|(?:to )?exceed\w*|only|merely|limited to|necessarily|withstanding)\b)"
_VERBAL = re.compile(rf"\b{_MODAL} (?:\w+ )?(?:{_NOT}|never\b)|\bcannot\b|\bnever\b|\b{_NOT}", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:neither|nothing|nobody|no one|none|in no (?:case|event|way)|under no circumstances|at no time|nor)\b",
    re.IGNORECASE,
)
_NEITHER = re.compile(r"\bneither\b", re.IGNORECASE)
_NO = re.compile(
    rf"\bno\b(?! (?:{_COMPARED}|doubt|matter|circumstances|case|event|way|time|one)\b)(?!\.| ?\d)", re.IGNORECASE
)
_BARE = re.compile(
    r"\bwithout\b(?! (?:prejudice|delay|discrimination|distinction|undue|reference to|regard)\b)"
    r"|\b(?:lack|absence|loss|withdrawal|denial|refusal) of\b|\bin(?: place|stead) of\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?P<passive>(?:is|are|was|were|be|been) (?:\w+ )?)?"
    r"(?:prohibit(?:s|ed)?|preclude[sd]?|bar(?:s|red)|exclude[sd]?|refuse[sd]?|den(?:y|ies|ied)|forgo(?:es)?"
    r"|forbid(?:s|den)?|prevent(?:s|ed)?|cease[sd]?|fails?|waives? (?:its|their|any|the) right)\b|\bineligible for\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:shall|may|will|must|should|can|cannot|could|would|is|are|was|were|has|have|had|does|do|did|appl(?:y|ies)"
    r"|agrees?|undertakes?|waives?|remains?|extends?|enjoys?|grants?|authori[sz]es?|accepts?|provides?|includes?"
    r"|obliges|entitles|exempts|requires|confers)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r",(?: (?:and|but|or|nor|so|which|who|that|where|while|whereas|provided|however)\b)?"
    r"|\b(?:and|but|or|whereas|while|unless|except that|provided that|so that|because|as long as|until|if|when|where)\b"
    r"|[:(]",
    re.IGNORECASE,
)
_SAME_SUBJECT = re.compile(r",? ?\b(?:and|but|or)\s$", re.IGNORECASE)  # a verb right behind has the subject before
_LISTED = re.compile(r",|\b(?:and|but|while|whereas|unless|if|when|where|shall|may|will)\b|[:(]", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which|that)\s$", re.IGNORECASE)
_EXCEPTS = (
    r"except(?:ing)?|save (?:as|for|that|where|in)|other than|unless|exclu(?:ding|sive of)|apart from|not including"
)
_EXCEPT = re.compile(rf"\b(?:{_EXCEPTS}|with the exceptions? of|but (?:for|not(?! (?:be )?limited)))\b", re.IGNORECASE)
_TURNED = re.compile(  # `not until the second year`, `not on less than a month's notice`: what follows is what is meant
    rf"\b(?:{_EXCEPTS}|with the exceptions? of|until|(?:earlier|sooner|less|fewer) than"
    r"|before (?:the (?:end|expir\w+|lapse)|(?:\w+[ -]){1,4}(?:days?|weeks?|months?|years?)))\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|whe(?:n|re|never|rever)|provided|in case|in the event|as long as|should)\b", re.IGNORECASE
)
_OPENS_WITH = re.compile(rf"[\W\d_]{{0,12}}(?:[a-z]{{1,3}}\) )?(?:{_EXCEPTS}|with the exceptions? of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Denial:
    """A word that denies, and the characters of its text that it reaches (`start` to `end`), without itself."""

    word: str
    at: int
    start: int
    end: int

    def reaches(self, place: int) -> bool:
        """Return whether the character at `place` is denied."""
        return self.start <= place < self.end


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An exception: its opening word, and the characters `start` to `end` of the text that it takes up."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def denials(clause: Sentence) -> tuple[Denial, ...]:
    """Return the words of `clause` that deny, in order, each with what it reaches."""
    return tuple(sorted(_denials(clause, _Verbs(clause)), key=lambda denial: denial.at))


def is_denied(clause: Sentence, start: int, end: int, *, own: bool = False, supposed: bool = False) -> bool:
    """Return whether what stands from `start` to `end` begins or ends in what `clause` denies.

    `own`: a denial is part of what was looked for (`not subject to`), so that those inside do not count. `supposed`:
    what the clause supposes counts as said (`if neither Party gives ... notice`), and so does what it says something
    else of (`notice of termination ... shall not affect`). Two denials of the same place undo each other (`shall not
    be without ...`), and an exception undoes one for what follows it (`not ... except by`, `not ... until`).
    """
    found = [
        d
        for d in denials(clause)
        if not (own and d.at < end and start < d.at + len(d.word))
        and not (supposed and (start < d.at or _CONDITION.search(clause.text, clause.start, d.at)))
        and not _TURNED.search(clause.text, d.at + len(d.word), end)
    ]
    return any(sum(d.reaches(place) for d in found) % 2 == 1 for place in (start, end - 1))


def affirmed(
    clause: Sentence, pattern: re.Pattern[str], *, own: bool = False, supposed: bool = False
) -> Iterator[re.Match[str]]:
    """Yield the matches of `pattern` within `clause` that it does not deny (`own`, `supposed` as in `is_denied`).

    A match that begins within a denied one counts, too: `what is not settled, ... shall be settled`.
    """
    at = clause.start
    while found := pattern.search(clause.text, at, clause.end):
        if is_denied(clause, found.start(), found.end(), own=own, supposed=supposed):
            at = found.start() + 1
        else:
            yield found
            at = max(found.end(), found.start() + 1)


def exclusions(clause: Sentence) -> tuple[Exclusion, ...]:
    """Return the exceptions of `clause`: what `except`, `unless`, `other than`, `save as` take out of its rule."""
    found: list[Exclusion] = []
    for opening in clause.finditer(_EXCEPT):
        if found and opening.start() < found[-1].end:
            continue
        at_the_head = _OPENS_WITH.match(clause.text, clause.start) is not None and not found
        comma = clause.text.find(",", opening.end(), clause.end)
        closes = at_the_head or clause.text[: opening.start()].endswith(", ") or _goes_on(clause, comma)
        end = comma if comma >= 0 and closes else clause.end
        found.append(Exclusion(opening.group(), opening.start(), end))
    return tuple(found)


def _goes_on(clause: Sentence, comma: int) -> bool:
    """Whether a main verb follows after a comma that closes an exception put between."""
    return _FINITE.match(clause.text, comma + 2) is not None


class _Verbs:
    """The finite verbs of a clause, and the joints between them: where what one verb says ends."""

    def __init__(self, clause: Sentence) -> None:
        self.clause = clause
        spans = [verb.span() for verb in clause.finditer(_FINITE)]
        self.starts, self.ends = [start for start, _ in spans], [end for _, end in spans]
        self.joints = [joint.start() for joint in clause.finditer(_JOINT)]
        self.next_cut = [clause.end] * (len(spans) + 1)  # the joint before a verb, or before the next that has one
        for i in range(len(spans) - 1, -1, -1):
            cut = self.last_joint(self.ends[i - 1] if i else clause.start, self.starts[i])
            self.next_cut[i] = self.next_cut[i + 1] if cut is None else cut

    def last_joint(self, start: int, end: int) -> int | None:
        """Return the last joint that begins from `start` to before `end`, None where there is none."""
        at = bisect_left(self.joints, end) - 1
        return self.joints[at] if at >= 0 and self.joints[at] >= start else None

    def reach(self, at: int, *, subject: bool = False) -> int:
        """Return where a denial at `at` ends: at the joint before the next verb, or before the one after that.

        `subject` says that the next verb is its own (`no member shall`).
        """
        verb = bisect_left(self.starts, at)
        if verb == len(self.starts):
            return self.clause.end
        cut = None if subject else self.last_joint(at, self.starts[verb])
        return self.next_cut[verb + 1] if cut is None else cut

    def opens(self, at: int) -> bool:
        """Return whether what stands at `at` opens a subject: no verb stands before it, or a joint behind that."""
        before = bisect_right(self.ends, at) - 1
        return before < 0 or self.last_joint(self.ends[before], at) is not None

    def subject(self, at: int) -> int:
        """Return where the subject of the verb at `at` begins: at the joint after the verb before it."""
        if joined := _SAME_SUBJECT.search(self.clause.text, max(self.clause.start, at - 6), at):
            return joined.start()
        before = bisect_right(self.ends, at) - 1
        if before < 0:
            return self.clause.start
        joint = self.last_joint(self.ends[before], at)
        return at if joint is None else joint


def _denials(clause: Sentence, verbs: _Verbs) -> Iterator[Denial]:
    for found in clause.finditer(_VERBAL):
        at = found.start()
        if relative := _RELATIVE.search(clause.text, max(clause.start, at - 12), at):
            after = bisect_left(verbs.starts, found.end())
            end = verbs.starts[after] if after < len(verbs.starts) else clause.end
            yield Denial(found.group(), at, relative.start(), end)
        else:
            yield Denial(found.group(), at, verbs.subject(at), verbs.reach(found.end()))
    neither = clause.search(_NEITHER)
    for found in clause.finditer(_WHOLE):
        paired = found.group().lower() == "nor" and neither is not None and neither.start() < found.start()
        if not paired:  # `neither` reaches over both
            yield _of_a_noun(found, verbs)
    yield from (_of_a_noun(found, verbs) for found in clause.finditer(_NO))
    for found in clause.finditer(_BARE):
        joint = _LISTED.search(clause.text, found.end(), clause.end)
        yield Denial(found.group(), found.start(), found.end(), joint.start() if joint else clause.end)
    for found in clause.finditer(_REFUSES):
        start = verbs.subject(found.start()) if found["passive"] else found.end()
        yield Denial(found.group(), found.start(), start, verbs.reach(found.end()))


def _of_a_noun(found: re.Match[str], verbs: _Verbs) -> Denial:
    """Return the denial that a word before a noun makes: over its verb where that follows, else over the object."""
    reach = verbs.reach(found.end(), subject=verbs.opens(found.start()))
    return Denial(found.group(), found.start(), found.end(), reach)
