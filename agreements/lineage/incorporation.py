"""What the words of a text apply of another instrument: `the Parties shall apply the provisions of the X Agreement`.

So do `the X Agreement applies mutatis mutandis, except Article IV` and `the status of the force shall be governed by
the X Agreement`. A denial (`the X Agreement shall not apply`) applies nothing, and neither does a supposition. In other
languages than English the words of their packs (`applies`) are looked for, with the name of an instrument behind or
before them: `les Parties appliquent les articles II à V de la Convention X`, `das X-Abkommen findet Anwendung`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agreements.language.negation import exclusions, is_denied
from agreements.language.sentences import Sentence, clauses
from agreements.language.treaties import Name, aliases, name_at, names
from agreements.languages import Folded, LanguagePack, folded, folded_pattern, languages
from agreements.lineage.graph import Incorporation
from agreements.model import Agreement
from agreements.parsing import Cited, cited, cited_in, with_between
from agreements.reference import component, places

_LISTED = r"(?:[\w(),.;’'“”\"-]+ ){0,16}?"
_BEFORE = re.compile(
    r"\b(?P<verb>(?:apply|applies|applied|applying|observe|be bound by|incorporate[sd]?)(?! to\b)"
    r"|(?:governed|regulated|determined|defined|settled|resolved|dealt with|handled|treated|exercised|accorded|applied)"
    r"\b[^.;]{0,80}?\b(?:by|in accordance with|under|pursuant to|as (?:provided|set forth|set out|laid down) in))"
    r"(?P<between>[^.;]{0,160}?)(?:the |that |said )*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r" ?(?:mutatis mutandis,? )?(?:(?:the|all|relevant|other|applicable|substantive|same|corresponding) )*"
    r"(?:(?:provisions?|terms?|rules?|conditions|procedures?|stipulations|status(?: provisions)?)"
    r"(?: (?:and|or) (?:terms|conditions|provisions|procedures))?"
    r"(?: (?:identical|equivalent|corresponding|similar) (?:to|with) (?:those|the (?:provisions|terms|rules)))?"
    r"(?: (?:contained|set forth|set out|laid down))? (?:of|in|under) )?"
    rf"(?:(?:sub-?)?(?:paragraphs?|articles?|sections?|parts?|chapters?|titles?|annex(?:es)?) {_LISTED}"
    r"(?:of|to|in) )?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ ,)”\"]*+(?:\([^()]{0,120}+\)[ ,]*+)?+"
    r"(?P<more>(?:between|among|regarding|concerning|relating to|on) [^.;]{0,240}?(?=[ ,]))??[ ,]*+"
    r"(?:(?:and|as (?:amended|supplemented|modified|revised|well as|being)|together with|including)"
    r" [^.;]{0,200}?[ ,])??"
    r"(?P<verb>(?:(?:shall|will|does|do|is|are) )?"
    r"(?:(?:also|likewise|equally|accordingly|mutatis mutandis,?|fully) ){0,2}"
    r"(?:apply|applies|be applied|be applicable|applicable|applied|govern|governs|be incorporated|incorporated"
    r"|extend to|extends to|be observed))\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r"(?:(?:also|likewise|equally|accordingly|mutatis mutandis,?|fully) ){0,2}(?:applicable|applied|incorporated)",
    re.IGNORECASE,
)
_APPLY = re.compile(r"\bshall (?:also )?(?:apply|observe)\b")
_MEANING = re.compile(
    r"\b(?:means?|denotes?|designates?|refers? to|(?:construed|understood|read|taken)(?: to mean| to be| as)"
    r"(?: a reference to)?|references? to)[ ,]*(?:[“\"‘]|the |that )*$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:to|under|by|with) (?:which|whom) (?:the |that |said )?$", re.IGNORECASE)
_SUPPOSED = re.compile(  # whatever follows applies nothing: it says what holds where something else is so
    r"\b(?:if|whether|where(?:ver)?|when(?:ever)?|in (?:the )?(?:case|event)|to the extent|(?:in)?so ?far as|as long as"
    r"|until|unless|once)\b[^,;.:]*$",
    re.IGNORECASE,
)
_LAST_OF_LIST = re.compile(r"(?:[IVXLC]+|\d+) of the ")  # `Articles II and III of the X Agreement`
_OWN = re.compile(r"^(?:present|this)\b", re.IGNORECASE)
_SHORT = re.compile(
    r"\b(?P<the>the|that|said) (?=(?:NATO|PfP)[ -](?:SOFA|Status of Forces Agreement)\b|[A-Z][\w-]* SOFA\b)"
)
_PASSIVE = re.compile(
    r",? (?:(?:shall|will|must|may)(?: also| likewise| accordingly| be| continue to be)* ?"
    r"|(?:is|are|remains?)(?: also| likewise)? ?)$",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"(?:apply|applies|applying|observe|incorporates?)\b", re.IGNORECASE)
_TO = re.compile(
    r",? ?(?:also |likewise |mutatis mutandis,? )?(?:to|with (?:respect|regard) to|in respect of|as regards|regarding"
    r"|concerning|for)\b (?P<what>[^,.;:]{3,120})",
    re.IGNORECASE,
)
_AS_REGARDS = re.compile(
    r"(?:\W*\w{0,4}[.)] )?(?:with (?:respect|regard) to|in respect of|as regards|regarding|concerning|for"
    r"|in matters of|(?:in|when|while|by)(?= (?!(?:according|keeping)\b)\w{3,}ing\b)) (?P<what>[^,.;:]{3,120}),",
    re.IGNORECASE,
)
_AT_LARGE = re.compile(  # what a whole agreement on forces is about, and what stands for whatever is not settled
    r"(?:the |all |any |their |its |such |both |either |each |other |said )*"
    r"(?:(?:united states|u\.s\.|american|visiting|foreign|allied|armed|military|civilian|legal|respective) )*"
    r"(?:status|presence|stay|sojourn|stationing|visits?|activit\w+|rights|privileges|obligations|forces?|members?"
    r"|personnel|persons?|troops|components?|units?|crews?|exercises?|operations?|parties|matters? not|questions? not"
    r"|matters?|questions?$|issues?|cases?|this|present|it|they|them|he|relations|conditions|provisions|purposes?|dependents|contractors|employees|headquarters"
    r"|implement(?:ation|ing)|interpret(?:ation|ing)|performance|performing|execution|executing|applying|carrying out"
    r"|cooperation|territory|areas?|period|duration|time|agreement)\b"
    r"(?! of (?:tax\w*|claims?|customs|jurisdiction|procurement|importation))",
    re.IGNORECASE,
)
_STATUS_OF = re.compile(  # the status of one class of persons, which an instrument gives beside much else
    r"\b(?:status|privileges|immunities|exemptions?|rights|treatment|facilities)\b[^,.;]{0,60}?"
    r"\b(?:to|as|of|accorded|granted|given|enjoyed)\b[^,.;]{0,60}?"
    r"\b(?:staff|agents?|missions?|officials?|experts?|representatives|consular \w+|envoys?|couriers?)\b",
    re.IGNORECASE,
)
_NUMBERED_POINT = re.compile(r"^\W*(?:\d{1,3}|[a-z]{1,3}|[IVX]{1,5})[.)]\W+")
_LONGEST_NAME = 300  # characters that a name may have
_HEAD = re.compile(r"(?P<name>(?:[A-Z][\w-]*+ ){1,6}(?:Agreement|Treaty|Convention|Protocol|Memorandum)) (?=[a-z])")
_ATTACHED = re.compile(r"\b(?:to|of) (?:the |this )(?P<name>[A-Z][^.;:]{2,280}+)$")
_DATED = re.compile(r",? (?:of|signed|done|dated|concluded|made)\b[^.;]{0,60}?\d{4}")
_FAR = 24  # characters around a verb in which its denial stands
_NEVER = ("(?!)",)
_OWN_BEFORE = 24  # characters before a name in which the text says that it means itself


def incorporations(
    path: str, text: str, given: Mapping[str, str] | None = None, *, language: str = "en"
) -> Iterator[Incorporation]:
    """Yield the instruments that the provision at `path` with this `text` in a `language` applies, in order.

    `given` are the full words of the names that the agreement gives to other instruments (`treaties.aliases`).
    """
    if language not in ("", "en"):
        yield from _applied_in_words_of(language, path, text)
        return
    if "appl" not in text and "govern" not in text and not _BEFORE_HINT.search(text):
        return
    for clause in clauses(" ".join(text.split())):
        covered = 0  # what names an instrument may name others
        for name in _named(clause):
            if name.start >= covered and (found := _applied(path, clause, name, given or {})):
                covered = name.end + len(found.instrument) - len(name.words)
                yield found


def applied_in(agreement: Agreement) -> Iterator[Incorporation]:
    """Yield the instruments that the text of `agreement` applies, in order."""
    given = aliases(agreement.documents)
    every = (
        found
        for place in places(agreement)
        for found in incorporations(place.path, place.provision.text, given, language=place.document.language)
    )
    yield from without_itself(agreement, every)


def without_itself(agreement: Agreement, found: Iterable[Incorporation]) -> list[Incorporation]:
    """Return what of `found` in the text of `agreement` names another instrument: none applies itself.

    It names itself by its title, by the head of it (`Supplementary Agreement` of `Supplementary Agreement between`), or
    as a protocol or annex to it does (`Protocol of Signature to the Supplementary Agreement`); a date behind the name
    tells another instrument of that name.
    """
    own = _own_names(agreement)
    return [each for each in found if _plain(each.instrument) not in own or _is_dated(each)]


def _own_names(agreement: Agreement) -> set[str]:
    """Return the names of an agreement for itself, plain: also one that it gives itself, none that it gives another."""
    titles = [agreement.title, agreement.short_title, *(d.title for d in agreement.documents if d.role == "main")]
    attached = [d.title for d in agreement.documents if d.role not in ("main", "offer-note", "reply-note")]
    names = [each for each in titles if each]
    names += [head["name"] for each in names if (head := _HEAD.match(each))]
    names += [of["name"] for each in attached if each and (of := _ATTACHED.search(each))]
    own = {_plain(each) for each in names}
    for alias, meant in aliases(agreement.documents).items():
        (own.add if _plain(meant) in own else own.discard)(_plain(alias))
    return own


def _is_dated(found: Incorporation) -> bool:
    at = found.words.find(found.instrument)
    return at >= 0 and bool(_DATED.match(found.words, at + len(found.instrument)))


def _plain(name: str) -> str:
    return " ".join(name.split()).removeprefix("the ").casefold()


_BEFORE_HINT = re.compile(r"accordance with|under the|pursuant to|bound by|incorporat|observe", re.IGNORECASE)


def _named(clause: Sentence) -> Iterator[Name]:
    """Yield the instruments that a clause names, the usual short names among them."""
    seen: set[int] = set()
    words = clause.text[clause.start : clause.end]
    found = [*names(words), *(n for m in _SHORT.finditer(words) if (n := name_at(words, m.end())))]
    for each in sorted(found, key=lambda n: n.start):
        listed = _LAST_OF_LIST.match(words, each.start)
        name = (name_at(words, listed.end()) if listed else None) or each
        if name.start not in seen and not _OWN.match(name.words):
            seen.add(name.start)
            yield name


def _applied(path: str, clause: Sentence, name: Name, given: Mapping[str, str]) -> Incorporation | None:
    words = clause.text[clause.start : clause.end]
    verb, more = _verb(words, name)
    if verb is None or is_denied(clause, clause.start + verb[0], clause.start + verb[1]):
        return None
    if _SUPPOSED.search(words, 0, max(verb[0], name.start)):
        return None
    parts = [c for c in with_between(words, cited(words)) if c.instrument and c.instrument.start == name.start]
    taken_out = [e for e in exclusions(clause) if not e.start <= clause.start + name.start < e.end]
    if len(taken_out) < len(exclusions(clause)):
        return None  # the instrument is itself the exception
    outside = [words[e.start - clause.start : e.end - clause.start].strip(" ,.;") for e in taken_out]
    excepted = [_path(c) for part in outside for c in with_between(part, cited(part)) if c.article]
    return Incorporation(
        path,
        words.strip(),
        given.get(name.words, f"{name.words}, {more}" if more else name.words),
        tuple(dict.fromkeys(_path(c) for c in parts if c.article and _path(c) not in excepted)),
        tuple(dict.fromkeys(excepted)),
        "; ".join(outside),
        _matter(words, verb, name),
    )


def _matter(words: str, verb: tuple[int, int], name: Name) -> str:
    """Return what alone is left to the instrument: the subject that it governs, or what it applies to.

    Forces and their status are no matter among others: what governs them applies as a whole, unless they are only given
    the status that it has for a class of persons (`that of the administrative and technical staff under the X`).
    """
    if status := _STATUS_OF.search(words, 0, name.start):
        return status.group()
    if verb[0] < name.start:  # `claims shall be settled in accordance with the X Agreement`, `apply the X Agreement to`
        passive = None if _ACTIVE.match(words, verb[0]) else _PASSIVE.search(words, 0, verb[0])
        subject = words[: passive.start()] if passive else ""
        said = _TO.match(words, name.end) if not passive else None
    else:
        subject, said = "", _TO.match(words, verb[1])
    found = subject or (said["what"] if said else "")
    opens = _AS_REGARDS.match(words)
    if opens and opens.end() <= min(verb[0], name.start):
        found = opens["what"]
    found = _NUMBERED_POINT.sub("", found).strip(" ,.;")
    return "" if not found or any(_AT_LARGE.match(part) for part in found.split(", ")) else found


def _verb(words: str, name: Name) -> tuple[tuple[int, int] | None, str]:
    """Return where in `words` the verb stands that applies the instrument named there, and what else names it."""
    if _MEANING.search(words, 0, name.start):  # what a word means is applied by no sentence that says so
        return None, ""
    after = _AFTER.match(words, name.end)
    if after and not _RELATIVE.search(words, 0, name.start) and _is_verb(words, after):
        return after.span("verb"), (after["more"] or "").strip()
    before = _BEFORE.search(words, max(name.start - 320, 0), name.start)
    while before:
        if _BETWEEN.fullmatch(before["between"]):
            return before.span("verb"), ""
        before = _BEFORE.search(words, before.start() + 1, name.start)
    return None, ""


def _is_verb(words: str, after: re.Match[str]) -> bool:
    """Whether what stands behind a name is said of it, and no participle: `the X Agreement applicable to the ships`."""
    if not _PARTICIPLE.fullmatch(after["verb"]):
        return True
    return words[: after.start("verb")].endswith("being ") or _APPLY.search(words, 0, after.start()) is not None


def _path(place: Cited) -> str:
    return ".".join([component(place.article), *place.parts])


# ---------------------------------------------------------------------- other languages than English


@dataclass(frozen=True, slots=True)
class _PackWords:
    """The patterns of a language; `forward` and `backward` have the groups `verb` and `name`."""

    forward: re.Pattern[str]
    backward: re.Pattern[str]
    excepts: re.Pattern[str]
    denied: re.Pattern[str]
    supposed: re.Pattern[str]
    own: re.Pattern[str]


def _applied_in_words_of(code: str, path: str, text: str) -> Iterator[Incorporation]:
    """Yield the instruments that the provision at `path` with this `text` in the language `code` applies, in order."""
    words = _pack_words(code)
    if words is None:
        return
    low = folded(" ".join(text.split()))
    at = 0
    for sentence in re.split(r"(?<=[.;]) (?=\S)", low.text):
        end = at + len(sentence)
        cited = cited_in(low.source[low.start(at) : low.end(end)], code)
        yield from (_incorporation(found, path, low, words, cited) for found in _found_in_words(words, low, at, end))
        at = end + 1


def _found_in_words(words: _PackWords, low: Folded, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what a sentence applies: the verb and the name; each name once."""
    taken: set[int] = set()
    for pattern in (words.backward, words.forward):
        for match in pattern.finditer(low.text, start, end):
            name = match.start("name")
            if name not in taken and _is_applied(match, words, low, start):
                taken.add(name)
                yield match


def _is_applied(match: re.Match[str], words: _PackWords, low: Folded, start: int) -> bool:
    verb, name = match.span("verb"), match.start("name")
    around = low.text[max(start, verb[0] - _FAR) : verb[0]].rpartition(",")[2] + low.text[slice(*verb)]
    behind = low.text[verb[1] : verb[1] + _FAR] if verb[1] <= name else ""
    if words.denied.search(around) or words.denied.match(behind.lstrip()):
        return False
    if words.supposed.search(low.text, start, min(verb[0], name)):
        return False
    if any(own.end() == name for own in words.own.finditer(low.text, max(start, name - _OWN_BEFORE), name)):
        return False
    rest = low.words(match, "name").split()[1:]
    return any(word[:1].isupper() or word[:1].isdigit() for word in rest) or "-" in low.words(match, "name").split()[0]


def _incorporation(
    match: re.Match[str], path: str, low: Folded, words: _PackWords, cited: Sequence[Cited]
) -> Incorporation:
    """Return what `match` applies in its sentence, of which `cited` are the references."""
    start, end = match.pos, match.endpos
    first = low.start(start)
    outside = words.excepts.search(low.text, min(match.end(), match.end("name")), end)
    limit = low.start(outside.start() if outside else end) - first
    last = low.end(match.end("name")) - first
    return Incorporation(
        path,
        low.source[first : low.end(end)].strip(),
        low.words(match, "name").strip(" ,"),
        _paths(c for c in cited if c.end <= last and c.start < limit),
        _paths(c for c in cited if c.start >= limit),
        low.source[low.start(outside.start()) : low.end(end)].strip(" ,.;") if outside else "",
    )


def _paths(places: Iterable[Cited]) -> tuple[str, ...]:
    found = (".".join([component(place.article), *place.parts]) for place in places if place.article)
    return tuple(dict.fromkeys(found))


@cache
def _pack_words(code: str) -> _PackWords | None:
    pack = languages().get(code)
    if pack is None or not pack.applies:
        return None
    verbs, behind = _any(pack.applies["before"]), _any(pack.applies["after"])
    name = _name_pattern(pack, behind)
    between = _any(pack.applies["between"])
    small = rf"(?:,? (?:{between}|{_cited_pattern(pack)})(?:(?<=')|(?!\w)))*+"
    return _PackWords(
        re.compile(rf"(?<!\w)(?P<verb>{verbs})(?!\w){small},? ?(?P<name>{name})"),
        re.compile(rf"(?<![\w-])(?P<name>{name}),? ?(?:mutatis mutandis,? )?(?P<verb>{behind})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{_any(pack.applies['except'])})"),
        re.compile(_any(pack.applies["denied"])),
        re.compile(_any(pack.applies.get("supposed", _NEVER))),
        re.compile(rf"(?<!\w)(?:{_any(pack.cites.get('own', _NEVER))})\s*"),
    )


def _name_pattern(pack: LanguagePack, behind: str) -> str:
    """Return the pattern of a name: its noun, and what goes on with it up to a verb, an exception or a comma."""
    nouns = "|".join(sorted((re.escape(folded(noun).text) for noun in pack.instruments), key=len, reverse=True))
    ends = _any((*pack.applies["except"], *pack.applies.get("ends", ()), "mutatis mutandis"))
    stop = rf"(?<!\w)(?:{behind}|{ends})"
    signed = _any(pack.applies.get("signed", _NEVER))
    qualifier = _any(pack.applies.get("qualifier", _NEVER))
    more = rf"(?:(?!{stop})[^,.;:]|,(?= (?:{signed}))){{0,{_LONGEST_NAME}}}"
    return rf"(?:(?:{qualifier}) )?[\w-]*(?:{nouns})\w{{0,3}}(?!\w){more}"


def _cited_pattern(pack: LanguagePack) -> str:
    """Return the pattern of the articles that are named before an instrument: `articles II à V`."""
    nouns = "|".join(re.escape(folded(noun).text) for noun in pack.cites["article"])
    small = "|".join(re.escape(folded(word).text) for word in (*pack.cites.get("and", ()), *pack.cites.get("to", ())))
    number = r"(?:\d{1,3}[.ºª°o]*|[ivxlc]{1,6})"
    return rf"(?:{nouns}) {number}(?:(?:,| (?:{small})| ?[-–]) ?{number}(?!\w))*"


def _any(patterns: Sequence[str]) -> str:
    return "|".join(folded_pattern(pattern) for pattern in patterns)
