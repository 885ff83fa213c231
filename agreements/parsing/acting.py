"""What an instrument says in a plain sentence that it is to another as a whole: that it replaces, ends or extends it.

`This Agreement supersedes the Agreement on Piers of 3 May 1970`; `The term of that Agreement is extended until 31
December 2031`. A condition, a possibility and quoted words say nothing of it, and what is said of an article or a
chapter of the other is not said of the whole. A sentence that speaks of such a thing and was not read is named.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agreements.findings import Finding, info
from agreements.language import dates
from agreements.language.sentences import clauses
from agreements.language.treaties import Name, name_at
from agreements.model import Relation, RelationKind
from agreements.parsing.held import HeldDocuments
from agreements.parsing.phrases import contains, standing_in

_SIGNS = (
    *("upersede", "eplace", "brogate", "erminate", "cease to", "xtended", "xtends", "xtend the", "rolonged", "prolong"),
    *("enewed", "remain in force until", "continue in force until", "cease to be"),
)
_QUOTED = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^«»]*(?:»|$)")
_IS_SENTENCE = re.compile(r"\b(?:shall|will|is|are|may|remains?|enters?|expires?)\b")
_DOUBTFUL = re.compile(
    r"^\W*(?:if|unless|when|whenever|where|wherever|in case|in the event|should|until)\b"
    r"|\b(?:may|might|would|could|can|has the right to|desir\w+|wish\w+|in order) (?:\w+ )?(?:be|to)?"
    r" ?(?:supersed|replac|terminat|extend|prolong|renew|abrogat)",
    re.IGNORECASE,
)
_OWN = (
    r"(?:this|the present) (?:\w+ ){0,3}?"
    r"(?:agreement|convention|treaty|protocol|memorandum|mou|arrangement|exchange|notes?|understanding)"
)
_ADVERB = r"(?:hereby |thereby |further |also |therefore |then |automatically |wholly |entirely ){0,2}"
_ASIDE = (
    r"(?:, [^,;.]{1,80},"
    r"| (?:in|as) (?:relations )?between (?:the )?(?:\w+ )?(?:parties|governments|states)(?: to it)?,?)?"
)
_TERM_OF = r"(?:the )?(?P<of>term|validity|duration|period of validity) of "
_OWN_ACT = re.compile(
    rf"\b{_OWN}(?: of understanding)?{_ASIDE} (?:shall |will )?{_ADVERB}"
    r"(?P<verbs>(?:(?:supersedes?|replaces?|abrogates?|terminates?|cancels?|extends?|prolongs?|renews?)(?:,? and )?)"
    rf"{{1,3}}){_ASIDE},? (?:{_TERM_OF})?the (?:said |former |previous |existing )?$",
    re.IGNORECASE,
)
_AGREE = re.compile(
    r"\b(?:agree|agrees|agreed|decide|decides|decided|propos\w+)(?: hereby)?,? (?:\w+ ){0,2}?to "
    rf"(?P<verbs>extend|prolong|renew|terminate|replace) (?:{_TERM_OF})?the $",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"\b(?:term|validity|duration|period of validity|currency) of (?:the )?$", re.IGNORECASE)
_IN_PART = re.compile(
    r"(?:\b(?:of|to|in|under|with|by|from|for|and|or|between) |\bprovisions of )(?:the )?$", re.IGNORECASE
)
_WHEN = (
    r"(?:,? (?:in|at) [A-Z][^,;.]{2,30},?)?"
    r"(?:,? (?:on|upon|from|as from|as of|with effect from|at|simultaneously with)\b[^;.]{3,90}?,?)?"
)
_SAID_OF_IT: tuple[tuple[RelationKind, str], ...] = (
    (
        "supersedes",
        rf"(?:shall |will )?(?:(?:be|is|are) )?{_ADVERB}(?:terminated? (?:and (?:be )?)?)?"
        rf"(?:superseded|replaced)(?: in its entirety)? by (?:{_OWN}|these notes)",
    ),
    (
        "terminates",
        rf"(?:(?:shall|will) {_ADVERB}(?:be (?:terminated|abrogated|superseded|replaced)\b|terminate\b"
        r"|cease to (?:have effect|be in force|be effective|apply|produce effects?)|expire on\b)"
        rf"|(?:is|are) {_ADVERB}(?:terminated|abrogated)\b|ceases? to (?:have effect|be in force))",
    ),
    (
        "extends",
        rf"(?:shall |will )?(?:be|is|are|has been) {_ADVERB}(?:extended|prolonged|renewed)"
        r" (?P<how>(?:until|till|to|up to|through|for|by|from)\b.*)",
    ),
    (
        "extends",
        rf"(?:shall|will) {_ADVERB}(?:remain|continue)(?: to be)? in (?:force|effect)"
        r" (?P<how>(?:until|through|up to)\b.*)",
    ),
)
_UNDERGOES = [(kind, re.compile(rf"[,)”\"]*{_WHEN} {pattern}", re.IGNORECASE)) for kind, pattern in _SAID_OF_IT]
_EXTENDS = re.compile(r"extend|prolong|renew", re.IGNORECASE)
_ENDS = re.compile(r"terminate|cancel|abrogate", re.IGNORECASE)
_ARTICLE = re.compile(
    r"\b(?:the|The|that|That) (?:said |aforementioned |former |previous |existing |present )?(?=[A-Z0-9“\"])"
)
_NAME = 60  # characters of a name in quotation marks; more are new text
_IN_CLAUSE = re.compile(  # what is said in a clause of time or condition, or of what another agreement says
    r"\b(?:which|when|whenever|if|unless|until|once|after|before|where|while|provided that|as soon as) (?:the|that) "
    r"(?:said )?$",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:until|till|up to|through|to) (?:and including |the )*(?:\d|(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b)"
    r"|\b(?:for|by) (?:[\w()-]+ ){0,8}?(?:days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_ENDS_NOW = re.compile(  # with this instrument, on a day, or at once: not on what may come
    r"\b(?:entry into force|enters into force|hereby|with effect from|from the date|on the date"
    r"|(?:on|from) \w+ \d|\d{4}|become bound)\b|^[\w ]{0,40}\W*$",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|by agreement|upon completion)\b", re.IGNORECASE)
_SO_FAR = re.compile(
    r"\b(?:as far as|in so far|insofar|to the extent|with (?:regard|respect) to|in respect of|in relations? "
    r"|as between)",
    re.IGNORECASE,
)
_YEAR = re.compile(r",? \(?\d{4}\)?(?=[ ,.;)]|$)")
_TO_DATE = re.compile(r"[ ,]*(?:on )?(?:the )?")
_MORE = re.compile(r" (?:to|on|concerning|regarding|for|between|amending|supplementing) (?!be\b)[^;.]{3,220}")
_LONGEST = 160  # characters of the words that a relation is noted with
_OTHER = re.compile(
    r"\b(?:previous|prior|former|earlier|existing|preceding|above-?mentioned|aforementioned|said) (?:\w+ )?"
    r"(?:agreements?|conventions?|treat(?:y|ies)|protocols?|memorand\w+|arrangements?"
    r"|exchanges? of (?:notes|letters))\b",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(
    rf"\b{_OWN}{_ASIDE} (?:shall |will )?{_ADVERB}(?:supersedes?|replaces?|abrogates?)\b"
    rf"|\b(?:shall|will|is|are|be) (?:\w+ )?(?:superseded|replaced) by {_OWN}"
    r"|\b(?:shall|will|is|are) (?:hereby )?(?:be )?(?:extended|prolonged) (?:until|to) ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WholeAct:
    """What a sentence of the provision `path` says that the instrument is to another, which it names `title`."""

    kind: RelationKind
    title: str
    note: str
    path: str


def acts(held: HeldDocuments, meant: Callable[[Name, str], str]) -> tuple[list[Relation], tuple[Finding, ...]]:
    """Return the relations that plain sentences state, and findings on such sentences that were not read.

    `meant` returns the full words of what a name in a sentence stands for, empty where that is not known.
    """
    found: dict[tuple[RelationKind, str], WholeAct] = {}
    unread: list[Finding] = []
    signs = standing_in(held.words(), _SIGNS)
    for place in held.places if signs else ():
        text = place.provision.text.replace("\u00a0", " ")
        if not contains(text, signs) or place.provision.kind in ("preamble", "testimonium", "signature"):
            continue
        for clause in clauses(without_new_text(text)):
            words = clause.words
            if not contains(words, signs) or _DOUBTFUL.search(words):
                continue
            read = [*_in_sentence(words, place.path, meant)]
            for act in read:
                found.setdefault((act.kind, act.title), act)
            if not read and _OF_WHOLE.search(words) and _names_another(words):
                unread.append(_unread(place.path, words))
    relations = [Relation(kind=act.kind, title=act.title, note=act.note) for act in found.values()]
    return relations, tuple(unread)


def without_new_text(text: str) -> str:
    """Return `text`, as long as it is, without sentences and longer words in quotation marks: they are another's."""
    return _QUOTED.sub(_blanked, text)


def _blanked(quoted: re.Match[str]) -> str:
    words = quoted.group()
    is_new = len(words) > _NAME or _IS_SENTENCE.search(words)
    return words[0] + " " * (len(words) - 2) + words[-1] if is_new and len(words) > 1 else words


def _in_sentence(words: str, path: str, meant: Callable[[Name, str], str]) -> Iterator[WholeAct]:
    for article in _ARTICLE.finditer(words):
        name = name_at(words, article.end())
        if name is None or not name.kind or _IN_CLAUSE.search(words, 0, article.end()):
            continue
        act = _by_own_act(words, article.end(), name) or _undergone(words, article.end(), name)
        if act and (title := meant(name, words)):
            kind, note = act
            goes_on = _whole_title(words, name.end) if name.words == title else ""
            yield WholeAct(kind, title + goes_on, note, path)


def _by_own_act(words: str, at: int, name: Name) -> tuple[RelationKind, str] | None:
    """Return what `this Agreement` does to the one that `name` names behind its verb, and how far."""
    own = _OWN_ACT.search(words, 0, at) or _AGREE.search(words, 0, at)
    if own is None:
        return None
    kind, after = _kind(own["verbs"], own["of"]), words[name.end :]
    if kind == "extends":
        return (kind, _note(after)) if _LASTS.search(after) else None
    limit = _SO_FAR.search(after)
    return kind, _note(after[limit.start() :]) if limit else ""


def _undergone(words: str, at: int, name: Name) -> tuple[RelationKind, str] | None:
    """Return what a sentence says is done with the agreement that `name` names before its verb, and how."""
    if _IN_PART.search(words, 0, at) and not _OF_IT.search(words, 0, at):
        return None
    for kind, pattern in _UNDERGOES:
        if undergone := pattern.match(words, name.end):
            after = words[name.end :]
            if kind == "terminates" and (_CONDITION.search(after) or not _ENDS_NOW.search(words)):
                return None
            if kind != "extends":
                return kind, _note(after)
            return (kind, _note(undergone["how"])) if _LASTS.search(undergone["how"]) else None
    return None


def _whole_title(words: str, at: int) -> str:
    """Return what goes on behind a name that a date or place cut: `, April 3, 1957`, ` to implement Article 4`."""
    if year := _YEAR.match(words, at):
        return year.group()
    if dated := next(
        (d for d in dates.find(words[at : at + _LONGEST]) if _TO_DATE.fullmatch(words[at : at + d.start])), None
    ):
        return words[at : at + dated.end]
    more = _MORE.match(words, at)
    return more.group() if more else ""


def _kind(verbs: str, of: str | None) -> RelationKind:
    if of or _EXTENDS.match(verbs):
        return "extends"
    is_ended_alone = _ENDS.match(verbs) and "place" not in verbs.lower() and "supersede" not in verbs.lower()
    return "terminates" if is_ended_alone else "supersedes"


def _note(words: str) -> str:
    """Return the words of a sentence that say how and until when, as far as a line holds them."""
    bare = re.split(r"[;]|\.(?=\s|$)", words.strip(' ,)”"'), maxsplit=1)[0].strip(" ,.")
    return bare if len(bare) <= _LONGEST else bare[:_LONGEST].rpartition(" ")[0] + " ..."


def _names_another(words: str) -> bool:
    named = (name_at(words, article.end()) for article in _ARTICLE.finditer(words))
    return _OTHER.search(words) is not None or any(name and name.kind and name.full for name in named)


def _unread(path: str, words: str) -> Finding:
    said = "A sentence speaks of the end, the replacement or the term of another agreement, and was not read"
    message = f"{said}: “{_note(words)}”."
    return info("relation-not-read", path, message, "Write it into `relations` in agreement.md, if it is so.")
