"""What the words of a text apply of another instrument: `the Parties shall apply the provisions of the X Agreement`.

So do `the X Agreement applies mutatis mutandis, except Article IV` and `the status of the force shall be governed by
the X Agreement`. A denial (`the X Agreement shall not apply`) applies nothing, and neither does a supposition.
"""

import re
from collections.abc import Iterator, Mapping

from agreements.language.negation import exclusions, is_denied
from agreements.language.sentences import Sentence, clauses
from agreements.language.treaties import Name, aliases, name_at, names
from agreements.lineage.applying import applied_in_words_of
from agreements.lineage.graph import Incorporation
from agreements.model import Agreement
from agreements.parsing import Cited, cited
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
    r"(?: (?:contained|set forth|set out|laid down))? (?:of|in|under) )?"
    rf"(?:(?:sub-?)?(?:paragraphs?|articles?|sections?|parts?|chapters?|titles?|annex(?:es)?) {_LISTED}"
    r"(?:of|to|in) )?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ ,)”\"]*+(?:\([^()]{0,120}+\)[ ,]*+)?+"
    r"(?P<more>(?:between|among|regarding|concerning|relating to|on) [^.;]{0,240}?(?=[ ,]))??[ ,]*+"
    r"(?:(?:and|as|together with|including) [^.;]{0,200}?[ ,])??"
    r"(?P<verb>(?:(?:shall|will|does|do|is|are) )?"
    r"(?:(?:also|likewise|equally|accordingly|mutatis mutandis,?|fully) ){0,2}"
    r"(?:apply|applies|be applied|be applicable|applicable|applied|govern|governs|be incorporated|incorporated"
    r"|extend to|extends to|be observed))\b",
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


def incorporations(
    path: str, text: str, given: Mapping[str, str] | None = None, *, language: str = "en"
) -> Iterator[Incorporation]:
    """Yield the instruments that the provision at `path` with this `text` in a `language` applies, in order.

    `given` are the full words of the names that the agreement gives to other instruments (`treaties.aliases`).
    """
    if language not in ("", "en"):
        yield from applied_in_words_of(language, path, text)
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
    for place in places(agreement):
        yield from incorporations(place.path, place.provision.text, given, language=place.document.language)


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
    parts = [c for c in cited(words) if c.instrument and c.instrument.start == name.start]
    taken_out = [e for e in exclusions(clause) if not e.start <= clause.start + name.start < e.end]
    if len(taken_out) < len(exclusions(clause)):
        return None  # the instrument is itself the exception
    outside = [words[e.start - clause.start : e.end - clause.start].strip(" ,.;") for e in taken_out]
    excepted = [_path(c) for part in outside for c in cited(part) if c.article]
    return Incorporation(
        path,
        words.strip(),
        given.get(name.words, f"{name.words}, {more}" if more else name.words),
        tuple(dict.fromkeys(_path(c) for c in parts if c.article and _path(c) not in excepted)),
        tuple(dict.fromkeys(excepted)),
        "; ".join(outside),
    )


def _verb(words: str, name: Name) -> tuple[tuple[int, int] | None, str]:
    """Return where in `words` the verb stands that applies the instrument named there, and what else names it."""
    if (after := _AFTER.match(words, name.end)) and not _RELATIVE.search(words, 0, name.start):
        return after.span("verb"), (after["more"] or "").strip()
    before = _BEFORE.search(words, max(name.start - 320, 0), name.start)
    while before:
        if _BETWEEN.fullmatch(before["between"]):
            return before.span("verb"), ""
        before = _BEFORE.search(words, before.start() + 1, name.start)
    return None, ""


def _path(place: Cited) -> str:
    return ".".join([component(place.article), *place.parts])
