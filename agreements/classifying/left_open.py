"""Clauses that name a matter and settle nothing of it, and those that only use its words. Pure.

They leave it to talks or to a later arrangement (`claims shall be the subject of a separate arrangement`, `the Parties
shall consult on taxation`), or say that the text does not touch it (`nothing in this Agreement affects customs`). Such
words are about a topic, and no rule on it stands in them. Others share their words with a topic alone: a waiver between
the Parties is no rule on third parties, a charge that is waived no clearance, customs on goods in transit no route.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from agreements.classifying.scoring import CueCounts, judge, scores
from agreements.classifying.signs import topics_said
from agreements.language.modality import modals
from agreements.language.sentences import sentences
from agreements.topics import core_of

LeftBy = Literal["later", "untouched"]
"""How a clause leaves a matter: `later` (to talks or another text to be made) or `untouched` (by this text)."""

_SETTLED_BY_TALK = frozenset(  # topics whose rule it is that the Parties talk, agree later or leave something untouched
    (
        *("consultations_committee", "implementing_arrangements", "dispute_settlement", "amendment", "annexes"),
        *("relation_other_agreements", "purpose_scope", "definitions", "entry_into_force", "duration_renewal"),
        *("termination", "nonbinding_statement", "sovereignty_law", "funding_availability", "preamble"),
        *("testimonium", "note_offer_acceptance"),
    )
)
_TEXT = (
    r"(?:agreements?|arrangements?|protocols?|understandings?|instruments?|accords?|memorand(?:um|a)|treat(?:y|ies)"
    r"|conventions?|exchanges? of (?:notes|letters)|negotiations?|consultations?|talks|discussions?|provisions?)"
)
_NEW = (
    r"(?:an?|another|any|such|further|future|later|separate|special|specific|subsequent|supplementary|supplemental"
    r"|additional|distinct|particular|other|mutual|direct|implementing|technical|bilateral|administrative)"
)
_LATER = (
    r"(?:later|separately|subsequently|hereafter|in due course|at a (?:later|subsequent|future) (?:date|stage|time)"
    r"|in (?:the )?future|at a suitable time|as soon as possible|in each case|case by case|on a case-by-case basis)"
)
_PARTIES = (
    r"(?:the|both|each of the)? ?(?:two |contracting |high contracting )*"
    r"(?:parties|governments|sides|participants|states|(?:competent|appropriate|respective|military|designated)"
    r" authorities(?: of (?:the|both) (?:two )?(?:parties|governments|states))?|executive agents)"
)
_TALK = (
    r"(?:consult|negotiate|confer|enter into (?:\w+ )?(?:negotiations|consultations|discussions|talks)"
    r"|(?:hold|begin|open|initiate|pursue|undertake|conduct|commence) (?:\w+ )?(?:negotiations|consultations"
    r"|discussions|talks)|discuss|(?:seek|endeavou?r|attempt|try) to (?:agree|conclude|negotiate|reach)"
    r"|(?:conclude|negotiate|draw up|work out|make|establish) (?:an?|any|such|further|separate|special|supplementary"
    r"|specific) (?:\w+ )?" + _TEXT + r"|agree (?:up)?on [^.;]{1,120}? " + _LATER + r")"
)
_SETTLED_IN = (
    r"(?:the )?(?:subject of|subject to|regulated (?:by|in)|governed by|settled (?:by|in)|dealt with (?:by|in)"
    r"|determined (?:by|in)|laid down in|set (?:out|forth) in|covered (?:by|in)|provided for in|defined in"
    r"|addressed in|treated in|left (?:to|for)|reserved (?:to|for)|specified in|agreed (?:up)?on in)"
)
_AGREED = (
    r"(?:agreed(?: (?:up)?on)?|determined|decided|settled|negotiated|discussed|regulated|arranged|defined|dealt with)"
)
_TOUCHES = r"(?:affect|apply to|relate to|concern|deal with|regulate|govern|cover|address|extend to|touch(?: upon)?)"
_TOUCHED = r"(?:regulated|governed|dealt with|covered|addressed|affected)"
_THIS = r"(?:this|the present)"
_PATTERNS: tuple[tuple[LeftBy, re.Pattern[str]], ...] = tuple(
    (cast("LeftBy", how), re.compile(pattern, re.IGNORECASE))
    for how, pattern in (
        (
            "later",
            r"\b(?:(?:(?:shall|will|may|must|should)(?: also)? (?:be |form |remain )|(?:is|are) to be )"
            rf"|(?:is|are) (?=the subject)){_SETTLED_IN} (?:{_NEW} )+(?:\w+ ){{0,2}}{_TEXT}\b",
        ),
        (
            "later",
            r"\b(?:(?:shall|will|may|must|should|is|are)(?: also)? (?:be |to be |remain )+|remains? to be )"
            rf"{_AGREED}(?: (?:upon|by|between|among|with) [^.;,]{{1,60}}?)? {_LATER}\b",
        ),
        (
            "later",
            r"\b(?:remains? to be|is (?:yet )?to be|are (?:yet )?to be|has yet to be|have yet to be) "
            r"(?:agreed(?: (?:up)?on)?|settled|negotiated|discussed)\b|\b(?:is|are|remains?|shall be) left open\b",
        ),
        (
            "later",
            rf"^(?:at the request of either (?:party|government),? )?{_PARTIES} (?:(?:also|further) )?"
            r"(?:shall|will|may|should|agree to|agree that they (?:shall|will)|intend to|undertake to|are to)"
            rf" (?:\w+ly )?{_TALK}\b",
        ),
        (
            "later",
            rf"^(?:{_NEW} )+{_TEXT} (?:on|concerning|regarding|relating to|about|for) [^.;]{{1,120}}? "
            r"(?:shall|will|may) be (?:concluded|negotiated|drawn up|made|signed|agreed|prepared|worked out)\b",
        ),
        (
            "untouched",
            rf"\bnothing (?:contained )?in {_THIS} \w+ (?:shall |will |is intended to )?(?:{_TOUCHES}"
            r"|affects|applies to|relates to|concerns|deals with|regulates|governs|covers|touches(?: upon)?)\b",
        ),
        (
            "untouched",
            rf"\b{_THIS} (?:agreement|treaty|convention|protocol|arrangement|memorandum|exchange)"
            rf" (?:shall|does|do|will|is) not (?:intended to )?{_TOUCHES}\b"
            rf"|\b(?:(?:is|are) not|shall not be|remains? un) ?{_TOUCHED} by {_THIS} \w+"
            rf"|\bfalls? outside (?:the scope of )?{_THIS} \w+",
        ),
    )
)
_SAYS_MORE = re.compile(  # a rule beside the talk: what is to be talked of, has an effect of its own
    r"\b(?:and|but|which|who|provided that|except that|until then|meanwhile|in the meantime)\b[^.;]{0,160}?"
    r"\b(?:shall|will|may|must|pays?|waives?|grants?|exempts?)\b"
    r"(?! (?:also )?(?:be (?:the subject|agreed)|consult|discuss))",
    re.IGNORECASE,
)
_RULES = re.compile(r"\b(?:shall|will|may|must)\b", re.IGNORECASE)
_LONGEST = 70  # words: a longer sentence says something of its own
_HEAD_WORDS = 4  # of what stands before the first sentence of a point
_LABEL = re.compile(r"^(?:[\dIVXLC]{1,6}[.)]|\(\w{1,3}\)|[a-z][.)])\s+")
_HINTS = (
    *("separate", "later", "subsequent", "future", "special", "supplement", "further", "another", "arrangement"),
    *("nothing", " not ", "consult", "negotiat", "discuss", "talks", "confer", "left", "remain", "outside", "open"),
    *("subject of", "due course", "conclude", "reach"),
)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A sentence that leaves a matter open: how (`later`, `untouched`), and its words."""

    how: LeftBy
    words: str

    def says(self, path: str) -> str:
        """Return it in words, for the clause at `path`: `II leaves it to a later text or to talks: “...”`."""
        way = (
            "leaves it to a later text or to talks" if self.how == "later" else "says that this text does not touch it"
        )
        return f"{path} {way}: “{self.words}”"


def matters_left_open(text: str, cores: Collection[str]) -> dict[str, LeftOpen]:
    """Return by core topic of a clause, of those `cores` that it is about, the sentence that leaves the matter open.

    A topic is among them only where no other sentence of `text` rules on it or could: one that the heading of the
    clause alone names is left open where every sentence leaves something open.
    """
    asked = [core for core in cores if core not in _SETTLED_BY_TALK]
    low = text.lower()
    if not asked or not any(hint in low for hint in _HINTS):
        return {}
    left, rest = _parted(text)
    if not left:
        return {}
    ruled = _hinted(" ".join(rest)) if rest else frozenset[str]()
    found = {}
    for core in asked:
        if core in ruled:
            continue
        own = [each for each in left if core in _hinted(each.words)]
        if own or not rest:
            found[core] = (own or left)[0]
    return found


@lru_cache(maxsize=512)
def _parted(text: str) -> tuple[tuple[LeftOpen, ...], tuple[str, ...]]:
    """Return the sentences of a clause that leave a matter open, and the others that say what shall be."""
    left, rest = [], []
    for sentence in sentences(" ".join(text.split())):
        words = _LABEL.sub("", sentence.words.strip())
        if (how := _how(words)) is not None:
            left.append(LeftOpen(how, words.strip()))
        elif len(words.split()) > _HEAD_WORDS or any(modals(s) for s in sentences(words)):
            rest.append(words)
    return tuple(left), tuple(rest)


def _how(words: str) -> LeftBy | None:
    if words.count(" ") > _LONGEST:
        return None
    for how, pattern in _PATTERNS:
        found = pattern.search(words)
        if found and not _RULES.search(words, 0, found.start()) and not _SAYS_MORE.search(words, found.end()):
            return how
    return None


@lru_cache(maxsize=512)
def _hinted(words: str) -> frozenset[str]:
    """Return the core topics that anything in `words` hints at, however weakly."""
    evidence = CueCounts.of("", words)
    every = {*scores(evidence), *(topic for topic, _ in judge(evidence)), *topics_said(words)}
    return frozenset(core_of(topic) for topic in every)


_NEEDED = {  # what a clause must speak of to carry a core topic whose other words are those of another topic as well
    "claims_third_party": (
        r"\bthird|\bnationals?\b|\b(?:inhabitants?|residents?|civilians?|citizens?|victims?|claimants?|owners?|persons?)\b"
        r"|\bprivate|\bcompensat|\bindemn|\barticle viii\b|\bex gratia\b|\bsettle|\badjudicat|\bdealt with\b"
        r"|\bhandled\b|\bdispos|\b(?:pay|pays|paid|payment|payable|reimburse\w*)\b|\bliab|\bresponsib|\btort|\bawards?\b|\bcourts?\b"
        r"|\bcauses?d?\b|\binsur|\breparation|\bin accordance with\b"
    ),
    "overflight_clearance": (
        r"\bclear(?:ed|ances?)\b|\bpermi|\bauthori[sz]|\boverfl(?:y|ies|ying|own)\b|\bfly\b|\bflight plans?\b|\bmay\b"
        r"|\bright|\bfree(?:ly|dom)?\b|\bnotif|\bnotice\b|\bwithout\b|\baccess\b|\bent(?:er|ry)|\bprohibit|\bmovement|\bconsent"
        r"|\bapprov|\bapplication|\brequest|\bprocedure|\brules?\b|\bregulations?\b|\bagreed\b|\ballow"
    ),
    "transit_routes": (
        r"\broute|\bcorridor|\broads?\b|\brail|\bborder|\bfrontier|\bpoints? of (?:entry|exit)\b"
        r"|\b(?:entry|exit) points?\b|\blanding|\bnon-?stop\b|\bstopover|\bairports?\b|\bports?\b|\bairfields?\b"
        r"|\bairspace\b"
        r"|\b(?:forces?|troops|personnel|members|vehicles?|convoys?|aircraft|vessels?|ships?|units?|trains?|equipment|supplies"
        r"|mat[eé]riel|persons?|deployments?)\b[^.;]{0,120}\b(?:transit|pass(?:es|ing|age)? through)\b"
        r"|\btransit\b[^.;]{0,120}\b(?:forces?|troops|personnel|members|vehicles?|convoys?|aircraft|vessels?|ships?|units?"
        r"|trains?|equipment|supplies|mat[eé]riel|deployments?)\b|\bright of (?:transit|passage)\b"
    ),
}


@cache
def _needed() -> dict[str, re.Pattern[str]]:
    return {core: re.compile(pattern, re.IGNORECASE) for core, pattern in _NEEDED.items()}


def carries(core: str, text: str) -> bool:
    """Whether the words `text` of a clause (without its heading) can carry a core topic that its cues speak for."""
    needed = _needed().get(core)
    return needed is None or needed.search(text) is not None
