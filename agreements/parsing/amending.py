"""What an instrument does to provisions of another: `Article 3 of the Agreement shall be replaced by the following`.

Only plain operative words count: what is replaced, deleted, added or amended must be named with the agreement that it
stands in (or the title must say which agreement the instrument amends), and what is inside quotation marks is new
text, not a rule on text. The id of the other agreement is not known here; its words are kept.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agreements.language import dates
from agreements.language.sentences import clauses
from agreements.language.treaties import KINDS, Name, after_reference, name_at, named_before, names
from agreements.model import Effect, EffectAction, Provision, Relation, RelationKind
from agreements.parsing.held import HeldDocuments
from agreements.parsing.locators import NUMBER, cited, with_between
from agreements.parsing.phrases import any_of, contains, standing_in
from agreements.parsing.titles import part_of
from agreements.reference import Place, component

_BE = r"\b(?:is|are|shall be|will be|be|to be)(?: hereby| herewith)?"
# What is done, what has to stand in a sentence that says so, and how it says so.
_VERBS: tuple[tuple[EffectAction, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "replaces",
        ("replaced", "substituted", "superseded", "read", "wording", "worded"),
        any_of(
            rf"{_BE} (?:(?:deleted|repealed)(?: in (?:its|their) entirety)? and )?"
            r"(?:replaced|substituted|superseded) (?:by|with)\b",
            rf"{_BE} (?:amended|revised|modified) (?:so as )?to read\b",
            r"\bshall(?: now| henceforth)? (?:read|have the following wording)\b",
            rf"{_BE} (?:replaced|worded) as follows",
        ),
    ),
    (
        "deletes",
        ("deleted", "repealed", "suppressed", "struck", "omitted", "abrogated", "removed"),
        any_of(rf"{_BE} (?:deleted|repealed|suppressed|struck out|omitted|abrogated|removed)\b"),
    ),
    ("adds", ("added", "inserted"), any_of(rf"{_BE} (?:added|inserted)\b")),
    (
        "amends",
        ("amended", "modified", "revised", "supplemented", "read", "substitute"),
        any_of(
            rf"{_BE} (?:amended|modified|revised|supplemented) ?(?:as follows|in the following|:|by (?:\w+ing|the )\b)",
            r"\bfor [“\"‘«]\s*,? (?:read|substitute)\b",  # `for “30 days” read “60 days”`: what is quoted is blank here
        ),
    ),
)
_MAY_AMEND = ("replaced", "substituted", "superseded", "read", "wording", "worded", "delet", "repeal", "suppress",
              "struck", "omitted", "abrogated", "removed", "added", "inserted", "substitute", "mended", "odified",
              "evised", "upplemented")  # fmt: skip
_QUOTED = re.compile(r"“[^”]*(?:”|$)|‘‘.*?(?:’’|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)")
_PART_OF_WORDS = re.compile(
    r"\b(?:words?|phrases?|expressions?|terms?|figures?|references?|sentences?|dates?|definitions?|names?|numbers?)\b"
)
_DOUBTFUL = re.compile(
    r"^\W*(?:if|unless|when|where|wherever|whenever|in case|until)\b|\b(?:may|might|would) be", re.IGNORECASE
)
_ANNEX = re.compile(
    r"\b(?P<word>[Aa]nnex|[Aa]ppendix)"
    r"(?: (?P<number>[A-Z]\b|[IVX]+\b|\d{1,2}\b)|(?:(?<=[Tt]he Annex)|(?<=[Tt]he Appendix))(?= (?:to|of) ))"
)
_NEW_NUMBER = rf"(?P<number>(?:{NUMBER}|[A-Z])(?:[\s-]?(?:bis|ter|quater|[A-Z]))?\b|\([a-z\d]{{1,3}}\)|[a-z]\))"
_LEVEL = r"(?P<level>[Aa]rticle|(?:[Ss]ub-?)?[Pp]aragraph|[Ss]ection|[Ii]tem|[Pp]oint|[Aa]nnex)"
_NEW = (
    re.compile(rf"\b(?:a|the following) new {_LEVEL} {_NEW_NUMBER}"),
    re.compile(rf"\bthe following {_LEVEL} {_NEW_NUMBER}"),
    re.compile(rf"\bas (?:a )?(?:new )?{_LEVEL} {_NEW_NUMBER}"),
    re.compile(rf"^\W*(?:[Aa]|[Tt]he following) new {_LEVEL} {_NEW_NUMBER}"),
    re.compile(rf"^\W*(?:[Nn]ew )?{_LEVEL} {_NEW_NUMBER}(?= (?:is|shall be) (?:added|inserted))"),
)
_AMENDING_TITLE = re.compile(
    r"(?<!as )\b(?:amending|(?:to )?amend|modifying|(?:to )?modify|revising|(?:to )?revise"
    r"|(?:rectification|corrections?|corrigend(?:um|a))(?: to| of| in)"
    r"|amendments?(?: (?:(?:no\.?|number|nr\.?) ?)?[\divx]{1,4}| (?:number )?(?:one|two|three|four|five|six))?"
    r" (?:to|of))"
    r" (?:of )?(?:the )?",
    re.IGNORECASE,
)
_ACTING_TITLES: tuple[tuple[RelationKind, re.Pattern[str]], ...] = (  # what an instrument is to the one it names
    ("supplements", re.compile(r"\b(?:to supplement|supplementing|supplementa(?:ry|l) to|additional to"
     r"|(?:additional|supplementa(?:ry|l)) (?:agreement|convention|protocol) to)\b", re.IGNORECASE)),
    ("implements", re.compile(r"\b(?:(?:implementing|administrative|technical) (?:arrangement|agreement|protocol)"
     r" (?:to implement|to|under|pursuant to)"
     r"|(?:implementing|administrative|technical) (?:arrangement|agreement|protocol)\b.{1,240}?"
     r" (?:pursuant to|under|in implementation of)|to implement|implementing"
     r"|(?:on|for|concerning|regarding) the implementation of)\b",
     re.IGNORECASE)),
    ("extends", re.compile(r"\b(?:to (?:extend|prolong|renew)|extending|prolonging|renewing"
     r"|(?:on|for|concerning) the (?:extension|prolongation|renewal) of)\b", re.IGNORECASE)),
    ("supersedes", re.compile(r"\b(?:to (?:supersede|replace)|superseding|replacing)\b", re.IGNORECASE)),
    ("terminates", re.compile(r"\b(?:to terminate|terminating|(?:on|for|concerning) the termination of)\b",
     re.IGNORECASE)),
)  # fmt: skip
_IMPLEMENTING = re.compile(r"\W*implementing (?:arrangement|agreement|protocol)\b", re.IGNORECASE)
_CALLED_SO = ("Agreement", "Base Agreement", "Basic Agreement", "Principal Agreement", "Master Agreement")
_ACTS_UNDER = re.compile(
    r"\b(?:acting|pursuant|in accordance|in application|in implementation|under)(?: (?:under|to|with|of))? (?:the )?"
    rf"(?P<place>(?:(?:(?:sub-?)?paragraphs?|articles?|sections?) {NUMBER} (?:of )?){{1,2}})"
    r"(?:thereof|the Agreement)\b",
    re.IGNORECASE,
)
_PLACE_IN = re.compile(
    r" (?P<place>(?:(?:certain )?provisions of )?"
    rf"(?:(?:(?:sub-?)?paragraphs?|articles?|sections?|annex(?:es)?) {NUMBER}"
    r"(?:(?:,| and|,? to) \w{1,5})*? (?:of|to) (?:the )?){0,3})(?:the )?(?=[A-Z])",
    re.IGNORECASE,
)
_DATED = re.compile(r",? (?:signed|done|concluded|dated|made|opened for signature|of (?:the )?\d)\b")
_GOES_ON = re.compile(r" (?:against|for|in|on) [^,;:()]+")
_SMALL = frozenset(
    ("OF", "THE", "AND", "FOR", "ON", "IN", "TO", "BETWEEN", "WITH", "CONCERNING", "REGARDING", "BY", "A")
)
_ROMAN = ("I", "V", "X", "L", "C")
_AS_AMENDED = re.compile(r"\bas (?:amended|revised|modified|supplemented)\b", re.IGNORECASE)
_CAPITAL_KIND = re.compile(KINDS, re.IGNORECASE)
_FINITE = re.compile(r"\b(?:shall|is|are|may|must|will|has|have|does|do|remains?|appl(?:y|ies)|agrees?|concluded)\b")
_LEAD = re.compile(  # before the first place, where all of that is meant
    r"(?:.*\bthat\b)?\W*(?:(?:with effect from|effective|as from|as of|from|on)\b[^,]{0,60},)?\W*"
    r"(?:(?:the )?(?:(?:present|existing|entire|whole|current) )?(?:text|provisions?|wording) of )?(?:the )?"
    r"(?:(?:present|existing|current) )?\W*",
    re.IGNORECASE | re.DOTALL,
)
_IN = re.compile(r"(?:.*\bthat\b)?\W*in (?:the )?\W*", re.IGNORECASE | re.DOTALL)
_OWN = re.compile(r",? (?:of|to|in|under) (?:this|the present)\b")
_THIS = "this instrument"
_FROM = re.compile(r"\b(?:with effect from|effective|as from|as of|from)\b", re.IGNORECASE)


class _Target(NamedTuple):
    """What a sentence acts on: the article or annex, the numbers below it, and the agreement as the text names it."""

    head: str
    below: tuple[str, ...]
    agreement: str
    start: int

    @property
    def path(self) -> str:
        return ".".join((self.head, *self.below))


@dataclass(frozen=True, slots=True)
class _Instrument:
    """The amending instrument: the names it gives, and the agreement that its title says it acts on (or empty).

    That is the one that its title amends, else the one that it supplements, extends or implements: `the Agreement`.
    """

    aliases: Mapping[str, str]
    amended: str


def effects(held: HeldDocuments, title: str) -> tuple[tuple[Effect, ...], tuple[Relation, ...]]:
    """Return what the instrument does to others, by the words of the others, and which agreements it amends."""
    amended, acting = _amended(title, held), _of_title(title, held)
    instrument = _Instrument(held.aliases, amended or next((each.title for each in acting), ""))
    verbs = standing_in(held.words(), _MAY_AMEND)
    found: list[Effect] = []
    around: dict[str, _Target] = {}  # what the provisions above, by path, say is amended
    for place in held.places if verbs else ():
        text = place.provision.text.replace("\u00a0", " ")  # at which no line ends: a blank as any
        if not contains(text, verbs) or place.provision.kind in ("preamble", "testimonium", "signature"):
            continue
        for effect, target in _in_text(text, _above(place, around), instrument):
            found.append(effect.model_copy(update={"by": place.path}))
            around.setdefault(place.path, target)
    found = [effect for effect in found if not _said_below(effect, found)]
    named = dict.fromkeys([amended, *(e.title for e in found)])
    amends = (Relation(kind="amends", title=name) for name in named if name)
    return tuple(found), (*amends, *acting)


def _of_title(title: str, held: HeldDocuments) -> tuple[Relation, ...]:
    """Return what the title says that the instrument is to another: `Agreement to supplement the X Agreement`.

    The first that it says counts: what follows is said of the other (`to implement Article 4 of the Agreement to
    supplement the X`). `note` is the place in the other that it names.
    """
    if part := part_of(title):
        whole = _named_in(title, part[1], held) or title[part[1] :]
        return (Relation(kind="related", title=whole, note=part[0]),)
    found = [(match, kind) for kind, pattern in _ACTING_TITLES if (match := pattern.search(title))]
    amending = _AMENDING_TITLE.search(title)
    if not found:
        return _of_name(title, held)
    match, kind = min(found, key=lambda each: each[0].start())
    if (amending and amending.start() < match.start()) or _CAPITAL_KIND.search(title, 0, match.end()) is None:
        return () if amending else _of_name(title, held)
    place = _PLACE_IN.match(title, match.end())
    words = _named_in(title, place.end(), held) if place else ""
    if place is None or not words:
        return _of_name(title, held)
    note = re.sub(r" (?:of|to)(?: the)?$", "", place["place"].strip())
    return (Relation(kind=kind, title=words, note=note),)


def _of_name(title: str, held: HeldDocuments) -> tuple[Relation, ...]:
    """Return what an instrument that calls itself an implementing arrangement implements: what it calls the Agreement.

    `note` is the place in that under which its preamble says that it acts.
    """
    whole = next((held.aliases[kind] for kind in _CALLED_SO if kind in held.aliases), "")
    if not whole or not _IMPLEMENTING.match(title):
        return ()
    acts = (_ACTS_UNDER.search(p.text.replace("\u00a0", " ")) for p in _opening(held) if p.text)
    place = next((re.sub(r" of$", "", found["place"].strip()) for found in acts if found), "")
    return (Relation(kind="implements", title=whole, note=place),)


def _said_below(effect: Effect, every: Sequence[Effect]) -> bool:
    """Whether the provisions under the one that says `is amended as follows` say what is done."""
    below = (other for other in every if other.by.startswith(f"{effect.by}.") and other.title == effect.title)
    return effect.action == "amends" and any(f"{other.path}.".startswith(f"{effect.path}.") for other in below)


def _amended(title: str, held: HeldDocuments) -> str:
    """Return the agreement that the title says is amended; where it says only its kind, the one named so before.

    That is the one that the text calls `the Agreement`, or the only one of that kind in its preamble.
    """
    found = _AMENDING_TITLE.search(title)
    if not found or _AS_AMENDED.search(title, 0, found.start()):
        return ""
    named = _named_in(title, found.end(), held)
    return named if named or not title.isupper() else _fullest(title, found.end(), held)


def _fullest(title: str, at: int, held: HeldDocuments) -> str:
    """Return the words that the text has for the agreement that a title in capitals names at `at`."""
    cased = re.sub(r"[^\W\d_]+", lambda word: word[0].lower() if word[0] in _SMALL else word[0].capitalize(), title)
    name = name_at(cased, at)
    said = [*held.aliases.values(), *(n.words for p in _opening(held) for n in names(p.text))]
    fits = {
        held.aliases.get(full, full)
        for full in said
        if name and (full.startswith(name.words) or name.words.startswith(_DATED.split(full, maxsplit=1)[0]))
    }
    return fits.pop() if len(fits) == 1 else ""


def _opening(held: HeldDocuments) -> list[Provision]:
    return [p for d in held.documents[:1] for top in d.provisions[:1] for p in top.walk()]


def _named_in(title: str, at: int, held: HeldDocuments) -> str:
    """Return the agreement that a title names from `at` on, in the fullest words that the text has for it."""
    name, given = name_at(title, at), held.aliases
    if name and name.full:
        goes_on = _GOES_ON.match(title, name.end) if name.words.endswith(name.kind) else None
        rest = goes_on.group() if goes_on else ""
        fuller = (full for full in given.values() if full.startswith(name.words + rest))
        return given.get(name.words) or next(fuller, "") or _shorter(name.words, held) or name.words + rest
    capitals = _CAPITAL_KIND.match(title, at)
    kind = name.kind if name else capitals[0].capitalize() if capitals else ""
    if not kind or kind in given:
        return given.get(kind, "")
    named = {name.words for p in _opening(held) for name in names(p.text) if name.kind == kind}
    only = named.pop() if len(named) == 1 else ""
    return given.get(only, only)


def _shorter(words: str, held: HeldDocuments) -> str:
    """Return what the text names in full whose title begins the `words` of a title: the rest is said of this one.

    `Agreement to supplement the Agreement on Visits with respect to Ships`, where the text names that on Visits.
    """
    said = [*held.aliases.values(), *(name.words for p in _opening(held) for name in names(p.text))]
    bare = ((_DATED.split(full, maxsplit=1)[0], full) for full in said)
    fits = [(len(title), full) for title, full in bare if " " in title and words.startswith(f"{title} ")]
    return max(fits)[1] if fits else ""


def _above(place: Place, around: Mapping[str, _Target]) -> _Target | None:
    """Return what the nearest provision above `place` says is amended."""
    path = place.path
    while path:
        path = path.rpartition(".")[0]
        if path in around:
            return around[path]
    return None


def _in_text(text: str, above: _Target | None, instrument: _Instrument) -> Iterator[tuple[Effect, _Target]]:
    plain = _QUOTED.sub(lambda quoted: "“" + " " * (len(quoted[0]) - 1), text)
    for clause in clauses(plain):
        words = clause.words
        low = words.lower()
        for action, signs, verb in _VERBS if contains(words, _MAY_AMEND) else ():
            found = verb.search(words) if contains(low, signs) else None
            if found and not _FINITE.search(words, 0, found.start()):
                if not _DOUBTFUL.search(words):
                    yield from _acts(action, words, found.start(), above, instrument)
                break


def _acts(
    action: EffectAction, words: str, verb: int, above: _Target | None, instrument: _Instrument
) -> Iterator[tuple[Effect, _Target]]:
    """Yield what one sentence does; `verb` is where in its `words` the verb stands."""
    new = _new(words) if action == "adds" else None
    if new is None and (action == "adds" or _PART_OF_WORDS.search(words[:verb])):
        action = "amends"
    acted_on = _targets(words, len(words) if new else verb, instrument, new.span() if new else (0, 0))
    if new is not None:
        acted_on = acted_on[:1] or [_Target("", (), "", 0)]
    elif action in ("replaces", "deletes") and acted_on and not _LEAD.fullmatch(words, 0, acted_on[0].start):
        action = "amends"  # a sentence, a heading, something in it
    since = _since(words)
    for target in acted_on:
        whole = _whole(target, above, instrument)
        path = _new_path(new, whole) if new else whole.path if whole.head else ""
        if whole.agreement and path:
            yield Effect(action=action, path=path, title=whole.agreement, since=since), whole


def _targets(words: str, end: int, instrument: _Instrument, new: tuple[int, int]) -> list[_Target]:
    """Return the places that `words` name before `end`: the first list of places that stand in one agreement.

    `new` are the characters that name what is added. Places of the instrument itself end the list.
    """
    found: list[_Target] = []
    for reference in with_between(words, cited(words)):
        if reference.start < end and not reference.elsewhere and not new[0] <= reference.start < new[1]:
            own = reference.holder == "this" or _OWN.match(words, reference.end) is not None
            roman = reference.article[:1] in _ROMAN  # `V.3` is paragraph 3, `5.3` may be the number of an article
            article, parts = reference.ways()[-1] if roman else (reference.article, reference.parts)
            head = component(article) if article else ""
            agreement = _THIS if own else _full(reference.instrument, words, instrument)
            found.append(_Target(head, parts, agreement, reference.start))
    for annex in _ANNEX.finditer(words, 0, end):
        if not new[0] <= annex.start() < new[1]:
            name = f"{annex['word'].lower()}-{annex['number'].lower()}" if annex["number"] else annex["word"].lower()
            own = _OWN.match(words, annex.end()) is not None
            agreement = _THIS if own else _full(after_reference(words, annex.end()), words, instrument)
            if not (annex["number"] or agreement):
                continue  # whose annex that is, is not said
            found.append(_Target(name, (), agreement, annex.start()))
    found.sort(key=lambda target: target.start)
    if len(found) > 1 and _IN.fullmatch(words, 0, found[0].start):
        inner = [t for t in found[1:] if not t.head and not t.agreement]
        if len(inner) == len(found) - 1:  # `In Article 5 of the Agreement, paragraph 2 is deleted`
            # what stands in the place that is named first is meant whole
            return [t._replace(head=found[0].head, agreement=found[0].agreement, start=0) for t in inner]
    return [target for target in found if target.agreement == found[0].agreement != _THIS]


def _full(name: Name | None, words: str, instrument: _Instrument) -> str:
    """Return the agreement that `name` means in its fullest words; the one that is amended for `the Agreement`."""
    if name is None:
        return ""
    if name.words in instrument.aliases:
        return instrument.aliases[name.words]
    return name.words if name.full else named_before(words, name) or instrument.amended


def _whole(target: _Target, above: _Target | None, instrument: _Instrument) -> _Target:
    """Return `target` with what it leaves open: what the provision above it acts on, or the agreement amended."""
    agreement = target.agreement or (above.agreement if above else "") or instrument.amended
    head = target.head or (above.head if above and agreement == above.agreement else "")
    return target._replace(head=head, agreement=agreement)


def _new(words: str) -> re.Match[str] | None:
    return next((found for pattern in _NEW if (found := pattern.search(words))), None)


def _new_path(new: re.Match[str], target: _Target) -> str:
    """Return the path of the provision that `new` names, in the article of `target`; nothing where that is open."""
    number, level = component(new["number"]), new["level"].lower()
    if level in ("article", "annex"):
        return number if level == "article" else f"annex-{number.lower()}"
    if not target.head:
        return ""
    is_below = level.startswith("sub") or level == "item"
    return ".".join((target.head, *(target.below[:1] if is_below else ()), number))


def _since(words: str) -> str | None:
    """Return the date from which a sentence says that it acts, None where it says none."""
    for dated in dates.find(words):
        if _FROM.search(words, max(0, dated.start - 20), dated.start):
            return dated.iso
    return None
