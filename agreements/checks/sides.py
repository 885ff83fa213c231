"""Checks of which side a price, an act, a tax, a title or a consent falls to.

In a text on the stay of one side's forces the host supplies and the guest pays: prices are measured by what the host's
own forces pay, taxes and inspections are the host's to waive, land is the host's. What a text that grants in both
directions says of either side is left alone, but for prices, which are measured by the side that supplies.
"""

import re
from collections.abc import Iterator, Mapping

from agreements.checks.passages import is_english, operative, shortened
from agreements.checks.rights import is_one_way
from agreements.findings import Finding, warning
from agreements.language import named_parties
from agreements.language.actors import Actor, ActorKind, actors, subject
from agreements.language.modality import modals
from agreements.language.negation import affirmed, is_denied
from agreements.language.sentences import Sentence
from agreements.model import Agreement

_US = "USA"
_OURS = ("state", "government", "force", "authority", "party", "personnel", "civilian")
# What a price is measured by: `no less favorable than those paid by`, `at the rates that apply to`.
_MEASURE = re.compile(
    r"\b(?:rates?|prices?|charges?|fees|tariffs?|terms|conditions|costs?|pay|paid|charged)\b[^;]{0,50}?"
    r"\b(?:(?:no|not|nor) (?:less favou?rable|higher|more|greater|less advantageous) than|equal to|the same as"
    r"|(?:no|not [a-z]+) (?:more|higher) than)\s(?P<one>[^;]{0,110})"
    r"|\bat (?:the |such )?(?:\w+ )?(?:rates?|prices?|tariffs?)(?: and on the (?:terms|conditions))?"
    r" (?:that|which|applicable to|charged to|paid by|of|for)\s(?P<other>[^;]{0,50})"
    r"|\b(?:cost|charge|ask)s?(?: for it)? (?:no )?more than\s(?P<more>[^;]{0,50})",
    re.IGNORECASE,
)
_VISITS = re.compile(r"\b(?:visiting|sending) (?:Party|State|Side)\b")
_RECEIVES = re.compile(r"\b(?:receiving|requesting|ordering) (?:Party|Side|State)\b", re.IGNORECASE)
# What one side does to the other, and nobody to itself.
_DONE_TO = re.compile(
    r"\b(?:notify|notifies|inform|informs|give|gives|furnish|furnishes|pay|pays|reimburse|deliver|submit|provide"
    r"|hand over|consult with|report|appears? before|asks?|invites?)"
    r"\s(?:(?:to|promptly|also|without delay|in advance|in writing)\s){0,2}(?=the |[A-Z])"
)
# What one side does together with the other, or with its leave.
_DONE_WITH = re.compile(
    r"\b(?:in (?:\w+ )?(?:consultation|coordination|cooperation|agreement) with|by agreement with|consults? with"
    r"|coordinates? (?:it |them |\w+ )?with|assists?|(?:only (?:when|where|if|after)|unless|until|in so far as))"
    r"\s(?:those of )?(?=the |[A-Z])"
)
_LEAVE = re.compile(r"\s(?:has|have|had)(?: \w+){0,2} (?:agreed|consented|approved|permitted|authorized)\b")
_SUPPOSED = re.compile(r"(?:only|unless|until|in so far)\b")
_THEY = re.compile(r"[^A-Za-z]*(?:It|They|it|they)(?: shall| may| intends?| should)?\b")
_PRONOUN = re.compile(r"\b(?:it|they) $", re.IGNORECASE)
_WHOLE = ("state", "government", "force", "authority", "agent", "party")
_LAST_NAME = re.compile(
    r"\b(?!(?:Part(?:y|ies)|Governments?|Ministr(?:y|ies)|Departments?|Embassy|Authorit(?:y|ies)|Agents?|Sides?|States?"
    r"|Participants?|Forces?|Commission|Committee)$)(?P<name>[A-Z]\w+)$"
)
_OF_NAME = re.compile(r" of (?:the )?(?P<name>[A-Z]\w+)\b")
# The State of a body: `Ministry` `of National Defense of the Republic of Hanbyul`.
_OF_BODY = re.compile(
    r" of (?:the )?(?:[A-Z][a-z]+,? (?:and )?){1,4}of (?:the )?(?:(?:Republic|Kingdom|Commonwealth|State) of )?"
    r"(?:the )?(?P<name>[A-Z]\w+)"
)
_OWN = re.compile(r"\b(?:its own|their own|other|each|both|either|respective|competent authorities of the Parties)\b")
# A right that ends where somebody consents: the denial was lost.
_UNTIL_CONSENT = re.compile(
    r"\bunless\b[^;.]{0,90}?\b(?:has|have|had)?(?: expressly| previously| first)? ?(?:consented|consents?|agreed"
    r"|approved|authorized)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"\b(?:refuse|object|deny|decline|suspend|terminate|withhold|stop|remain|continue|use)\b")
_MAY = re.compile(r"may(?: also)?$", re.IGNORECASE)
# Burdens of which a guest is free.
_BURDENED = re.compile(
    r"\b(?:(?:shall be|is|are) (?:subject to|liable (?:to|for))(?: pay)?|shall pay)\s(?:any |all |the |such )?"
    r"(?:\w+ ){0,3}?(?:tax(?:es|ation)?|duty|duties|inspection)\b",
    re.IGNORECASE,
)
_FOR_A_GUEST = re.compile(
    r"\b(?:U\.S\. (?:forces|personnel)|United States|the force|forces|personnel|acquire\w*|import\w*|exportation"
    r"|in transit|transit aircraft|vessels, aircraft)\b",
    re.IGNORECASE,
)
_EXCEPTED = re.compile(
    r"\b(?:if|unless|where|when|except|other than|only|sold|dispos\w+|locally|nationals|residents"
    r"|not entitled|purchaser|employ\w+|civil|private|personal|dependents|baggage|other sources|occupation)\b",
    re.IGNORECASE,
)
_NOT_FREE = ("contractors", "dependents")
_ANYBODY = Actor(0, 0, "force")
# Words without which a provision is not looked at.
_PRICED = re.compile(r"\b(?:rates?|prices?|charge[sd]?|costs?|tariffs?|fees|paid|pays?)\b", re.IGNORECASE)
_OWED_OR_MEANT = re.compile(r"\b(?:shall|may|should|intends?|will)\b")
_CLAIM, _UNTIL = re.compile(r"\bclaims?\b|\bdecide\b"), re.compile(r"\bunless\b")
_BEARS = re.compile(r"\b(?:subject to|liable|shall pay)\b")
_NOT_PROVEN = "Not proven: read it."


def measures_of_price(agreement: Agreement) -> Iterator[Finding]:
    """Say where a price is measured by what the side that receives pays itself, and not by what the supplier's pays."""
    names, guest = named_parties.as_terms(agreement), is_one_way(agreement)
    for place, clause in operative(agreement, having=_PRICED):
        if not is_english(place):
            continue
        for found in clause.finditer(_MEASURE):
            start, end = found.span(next(name for name, words in found.groupdict().items() if words is not None))
            by = next(iter(actors(Sentence(clause.text, start, end), names)), None)
            if by and _is_of_the_receiver(agreement, by, clause.text[start:end], guest=guest):
                words = shortened(found.group(), 90)
                message = f"“{words}”: a price is measured by what the forces of the supplier pay. {_NOT_PROVEN}"
                yield warning("rates-wrong-side", place.path, message, "Name the forces of the side that supplies.")
                break


def _is_of_the_receiver(agreement: Agreement, by: Actor, words: str, *, guest: bool) -> bool:
    if guest:
        return by.code == _US and by.kind in _OURS
    if agreement.family == "acsa":
        return _RECEIVES.search(words) is not None
    return agreement.family == "state_flights" and _VISITS.search(words) is not None


def acts_on_oneself(agreement: Agreement) -> Iterator[Finding]:
    """Say where an actor is to notify, pay or consult itself, or needs its own leave: one of the names is wrong."""
    names = named_parties.as_terms(agreement)
    last: tuple[str, Sentence | None] = ("", None)
    for place, clause in operative(agreement, having=_OWED_OR_MEANT):
        before = last[1] if last[0] == place.path else None
        last = (place.path, clause)
        if not is_english(place):
            continue
        for found in (*affirmed(clause, _DONE_TO), *clause.finditer(_DONE_WITH)):
            whom = next(iter(actors(Sentence(clause.text, found.end(), clause.end), names)), None)
            if whom is None or not _is_next(clause, found.end(), whom) or not _is_so(clause, found, whom):
                continue
            said = _doer(clause, found, before, names)
            if (
                said
                and _is_one(said[0], said[1], clause, whom)
                and not _OWN.search(clause.text, said[1].start if said[0] is clause else clause.start, whom.end)
            ):
                start = said[1].start if said[0] is clause else clause.start
                message = f"“{shortened(clause.text[start : whom.end], 120)}”: an act of one side towards itself."
                fix = "Name the other side, on one of the two ends."
                yield warning("act-on-itself", place.path, f"{message} {_NOT_PROVEN}", fix)
                break


def _is_so(clause: Sentence, found: re.Match[str], whom: Actor) -> bool:
    """Whether what looks like a leave is one: `only when the other has consented`."""
    return not _SUPPOSED.match(found.group()) or _LEAVE.match(clause.text, whom.end, clause.end) is not None


def _doer(
    clause: Sentence, found: re.Match[str], before: Sentence | None, names: Mapping[str, ActorKind]
) -> tuple[Sentence, Actor] | None:
    """Return who does what `found` says, with the clause that names it: the one before where a pronoun stands here."""
    if before and _THEY.match(clause.text, clause.start, found.start()):
        first = next(iter(actors(before, names)), None)
        return (before, first) if first else None
    modal = next((m for m in reversed([*modals(clause)]) if m.end <= found.start()), None)
    is_named = modal and not _PRONOUN.search(clause.text, max(clause.start, modal.start - 6), modal.start)
    who = subject(clause, modal.start, names) if modal and is_named else ()
    return (clause, who[0]) if len(who) == 1 else None


def _is_next(clause: Sentence, at: int, whom: Actor) -> bool:
    return clause.text[at : whom.start].strip() in (
        "",
        "the",
        "the competent",
        "the designated",
        "the military",
        "the authorities of",
    )


def _is_one(place: Sentence, who: Actor, clause: Sentence, whom: Actor) -> bool:
    """Whether two actors are of one State, whether a table knows it or only the text."""
    if who.kind not in _WHOLE or whom.kind not in _WHOLE:
        return False
    one, other = _state_of(place, who), _state_of(clause, whom)
    return bool(one) and one == other


def _state_of(clause: Sentence, actor: Actor) -> str:
    """Return the State of an actor: `Norlandia` of `Norlandia` and of `the authorities of Norlandia`."""
    if actor.code == _US:
        return _US
    if body := _OF_BODY.match(clause.text, actor.end, clause.end):
        return _US if "United States" in body.group() else body["name"]
    own = _LAST_NAME.search(clause.text, actor.start, actor.end)
    of = own or _OF_NAME.match(clause.text, actor.end, clause.end)
    return of["name"] if of else actor.code


_SETTLES = re.compile(r"\bshall settle\b[^;]{0,90}\bclaims\b")
_DECIDES = re.compile(r"\bshall (?:decide|adjudicate)\b[^;]{0,20}\b(?:it|(?:the|such|each|every) claims?)\b")


def settlers_of_claims(agreement: Agreement) -> Iterator[Finding]:
    """Say where one side is to settle claims and the other, in the same article, is to decide upon them."""
    names = named_parties.as_terms(agreement)
    settling: dict[str, str] = {}
    for place, clause in operative(agreement, having=_CLAIM):
        article = place.path.partition(".")[0]
        for pattern in (_SETTLES, _DECIDES) if "claim" in clause.words or article in settling else ():
            found = next(affirmed(clause, pattern), None) if is_english(place) else None
            who = subject(clause, found.start(), names) if found else ()
            if len(who) != 1:
                continue
            side = clause.text[who[0].start : who[0].end]
            if pattern is _SETTLES:
                settling.setdefault(article, side)
            elif settling.get(article, side) != side:
                message = f"{side} decides upon claims here; {settling[article]} is to settle them. {_NOT_PROVEN}"
                yield warning("act-of-two", place.path, message, "Name one side for both.")


def rights_until_consent(agreement: Agreement) -> Iterator[Finding]:
    """Say where somebody may do a thing `unless` another has consented to it: the denial was lost."""
    for place, clause in operative(agreement, having=_UNTIL):
        if not is_english(place) or "unless" not in clause.words:
            continue
        for modal in modals(clause):
            found = _UNTIL_CONSENT.search(clause.text, modal.end, clause.end)
            if (
                not found
                or "otherwise" in found.group()
                or not _MAY.match(modal.words)
                or _REFUSES.search(clause.text, modal.end, found.start())
            ):
                continue
            if not is_denied(clause, modal.start, modal.end):
                words = shortened(clause.text[modal.start : found.end()], 110)
                message = f"“{words}”: a thing may be done until there is consent to it."
                yield warning("right-unless-consent", place.path, message, "Write shall not ... unless, or may ... if.")
                break


def reversed_exemptions(agreement: Agreement) -> Iterator[Finding]:
    """Say where what a guest brings or buys is subject to the host's taxes, duties or inspection."""
    if not is_one_way(agreement):
        return
    names = named_parties.as_terms(agreement)
    for place, clause in operative(agreement, having=_BEARS):
        if not is_english(place) or not clause.search(_FOR_A_GUEST) or clause.search(_EXCEPTED):
            continue
        found = next(affirmed(clause, _BURDENED), None)
        if found and not all(a.kind in _NOT_FREE for a in subject(clause, found.start(), names) or (_ANYBODY,)):
            message = f"“{shortened(found.group(), 80)}”: the guest’s acts and property are free of this. {_NOT_PROVEN}"
            yield warning("exemption-reversed", place.path, message, "Write exempt from, or name the case apart.")
