"""Other instruments named in a text: `the Agreement between A and B on C, signed at D on 3 May 1960`, `the VFA`.

A name ends where the sentence goes on; the words are kept as printed. What they mean is not decided here: that takes
a catalog of agreements (`agreements.lineage.citations`). Names that the text gives to other instruments (`hereinafter
"the Agreement"`) are collected by `aliases`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agreements import states
from agreements.language import dates
from agreements.language.sentences import around
from agreements.model import Document

KINDS = (
    r"(?:Agreement|Convention|Treaty|Protocol|Memorandum(?: of (?:Understanding|Agreement))?|MOU|MoU|Arrangement"
    r"|Compact|Charter|Covenant|Pact|Accord|Statute|SOFA|Exchange of (?:Notes|Letters))"
)
_SMALL = r"(?:of|the|and|for|on|in|to|their|with|against|or)"
_WORD = r"(?:[A-Z0-9][\w.’'&/-]*+|[“\"‘](?=[A-Z]))"
_BEFORE = rf"(?:{_WORD}[ \u00a0]?(?:{_SMALL}[ \u00a0]){{0,3}}){{0,9}}?"
_ACRONYM = r"(?:[A-Z][a-z]{0,2}){2,6}\b(?<=[A-Z])"
_NO_NAME = (
    r"(?!(?:Articles?|Annex(?:es)?|Appendi(?:x|ces)|Commentary|Preamble|Parties|Meeting|Part|Title|Chapter|Sections?) )"
)
_NAME = re.compile(rf"{_NO_NAME}[“\"‘]?(?:{_BEFORE}(?P<kind>{KINDS})\b|{_ACRONYM})[”\"’]?(?: No\. ?\d+)?")
_WHICH = (
    r"(?:said|same|afore(?:mentioned|said)|above-?mentioned|above|previous|prior|earlier|former|latter|other|original|underlying"
    r"|basic|principal)"
)
_THE = rf"(?:(?:the|that) {_WHICH}|the|that|said)"
_NAMED = re.compile(rf"\b(?:{_THE}|The|That|and) (?={_WORD})")
_DETERMINED = re.compile(rf",? (?:of|to|in|under|from) (?P<the>{_THE}) ")
_BARE = re.compile(r"(?:,? of)? (?=[A-Z])")
_ENDS_IN_KIND = re.compile(rf"(?:^|(?<= )){KINDS}$")
_IS_ACRONYM = re.compile(_ACRONYM)
_NO_INSTRUMENT = frozenset(("This", "Present", "That", "Such", "Each", "An"))
_OPENS_SENTENCE = frozenset(("The", "In", "Under", "Of", "By", "As"))
_NUMBERED = re.compile(rf"(?:{KINDS})(?: [Nn]o\.?)? (?:\d{{1,3}}|[IVX]{{1,4}})$")
_GOES_ON = re.compile(
    r",? ?\b(?:(?:between|among|amongst|concerning|regarding|respecting|governing|establishing|supplementing|amending"
    r"|relating to|relative to|pertaining to)\b|on (?:the )?[A-Z]|for (?:the )?[A-Z]|of (?:the )?\d"
    r"|of (?:[A-Z][a-z]+ )\d|to (?:[Ss]upplement|[Aa]mend|[Ii]mplement|[Aa]void)"
    r"|(?:signed|done|concluded|dated|made|opened for signature)"
    r" (?:at|in|on|by|for|\d|[A-Z])|with respect to [A-Z])"
)
_DATING = (
    r"(?:signed|done|concluded|dated|made|opened|of \d|of the \d|\d{4}"
    r"|[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*(?: and|,))"
)
# `the Status of Forces during Exercises`, but no `during May 1960` and no `during World War II`
_IN_TITLE = (
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|World|War|Article|Part)\b)"
    r"[A-Z][a-z]"
)
_STOP = re.compile(
    r"[;:()\[\]]|\.(?=\s|$)(?<!\bNo\.)|,(?! " + _DATING + r")"
    r"|,? \b(?:shall|may|must|will|is|are|was|were|has|have|had|can|could|would|should|applies|apply|do|does|remains?"
    r"|including|insofar|in so far|except|which|who|whose|when|where|whereas|if|as|upon|(?<!set up )by"
    r"|(?<!set up )pursuant|provided|unless"
    r"|hereinafter|hereafter|Have|Has|Considering|Desiring|Whereas|Noting|Recalling|thereto|through|without|within"
    r"|in (?:accordance|conjunction|respect|order|conformity)|under (?:this|the present)|while|so|not|notwithstanding"
    r"|until|after|before|during(?! " + _IN_TITLE + r")|means|provides?|refers?|entered|confers?|in force|that)\b"
    r"| (?:and|or) (?=(?:of|this|that|the (?:present|provisions)|[Aa]rticles?|paragraphs?|any|its|with|to|in|for|it)\b)"
)
# `on the Transit of Cargo by Rail through the Territory of X`: small words at which a sentence goes on, or a title
_SMALL_IN_TITLE = re.compile(
    r",? \b(?:by|through|without|within|before|after|until|upon|except|including|under|pursuant to|not)"
    r"(?: (?:and|or) (?:by|through|without|within|before|after|under))? (?:(?:the|an?|its|their|all) )?(?=[A-Z])"
    r"(?!(?:Part(?:y|ies)|Governments?|Joint|Commission|Committee|Council|Minist\w+|Departments?|Embassy|Secretar\w+"
    r"|Articles?|Annex\w*|Paragraphs?|Sections?|Heads?|Chiefs?|President|Prime|Notes?|Letters?|Exchanges?|"
    + KINDS
    + r")s?\b)"
)
_GIVEN_AFTER = re.compile(r",? ?\((?:here|the |[“\"‘])")
_IS_DATED = re.compile(r"\b(?:signed|done|concluded|dated|made|opened for signature)\b|\bof (?:the )?\d")
_SAID_OF = re.compile(r" (?:shall|may|must|will|is|are|was|were|has|have|had|appl(?:y|ies)|remains?)")
_AGAIN = re.compile(r" (between|among|on|concerning|regarding|relating|for|with)\b")
_ABOUT = ("on", "concerning", "regarding", "relating", "for")
_ABOUT_WHAT = re.compile(r"\b(?:on|concerning|regarding|relating to|for) (?:the )?[A-Z]")
_TRAILING = re.compile(rf"(?<![ ,])(?:[ ,]++{_SMALL}){{1,8}}+$")
_LONGEST = 420
_DAY = 24  # characters of a day
_NAME_BEFORE = 90  # characters of a name that stands before its reference
_ALIAS = r"(?P<alias>[A-Z][^”\"’')“(]{1,70}?)"
_CALLED = re.compile(
    r"(?P<between>[^()“”\"]{0,120}?)[ ,(]{1,3}(?:herein|here)?(?:after|inafter)(?: (?:collectively|jointly|to be))*"
    r"(?: referred to| called| known| cited| designated| named)?(?: as)?:?[ ,]*(?:the )?[“\"'‘’„«]{0,2}(?:[Tt]he )?"
    + _ALIAS
    + r"[”“\"'’»]{0,2}(?=\s*[),.;])"
)
_BRACKETED = re.compile(
    r"(?P<between>)(?:,? as (?:\w+ )?(?:amended|extended|modified|supplemented|revised)[^();“”\"]{0,80}+)?"
    r" ?\((?:the )?[“\"‘](?:[Tt]he )?" + _ALIAS + r"[”\"’]\)"
)
_MEANS = re.compile(r"[“\"‘](?:[Tt]he )?" + _ALIAS + r"[”\"’],?:? (?:shall mean|means|refers to|is|denotes) the ")
_GIVES_NAMES = ("after", "(“", "(the “", '("', '(the "', "(‘", "” ", '" means', '" shall')


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an instrument: its characters in the text, `start` to `end`; `full` where more than a kind is said.

    `words` are as printed, without `the` before them; `kind` is the noun that says what it is, if one does.
    """

    start: int
    end: int
    words: str
    full: bool
    kind: str = ""


def name_at(text: str, at: int) -> Name | None:
    """Return the name of an instrument that begins at character `at` of `text` (after its article), or None."""
    found = _NAME.match(text, at)
    if not found:
        return None
    end = _end(text, found.end()) if found["kind"] else found.end()
    end = at + len(_TRAILING.sub("", text[at:end]))
    words = text[at:end].strip('“”"‘’ ')
    return Name(at, end, words, full=words != found["kind"], kind=found["kind"] or "")


def after_reference(text: str, at: int) -> Name | None:
    """Return the instrument that the words after a reference name: ` of the X Agreement`; None for none or this one.

    Without an article only a full name or an acronym counts: ` NATO SOFA`, ` of Protocol No. 3`; a State, an
    organisation (` NATO forces`) is none.
    """
    if found := _DETERMINED.match(text, at):
        return name_at(text, found.end())
    bare = _BARE.match(text, at)
    name = name_at(text, bare.end()) if bare else None
    if name is None or len(name.words) < 3 or (not name.kind and states.code_of(name.words)):
        return None
    return name if not name.kind or " " in name.words else None


def before_reference(text: str, at: int) -> Name | None:
    """Return the instrument whose name stands right before a reference: `NATO SOFA Article 2`; None where none does."""
    window = text[max(0, at - _NAME_BEFORE) : at]
    words = window.rstrip(" ,(").split(" ")
    end = at - len(window) + len(window.rstrip(" ,("))
    if window[-1:] not in (" ", "(") or not words[-1]:
        return None
    if numbered := _NUMBERED.search(window.rstrip(" ,(")):
        return Name(end - len(numbered.group()), end, numbered.group(), full=True)
    if end < at - 1 and (named := _named_up_to(text, end)):
        return named
    kind = _ENDS_IN_KIND.search(" ".join(words))
    first = len(words)
    while first and (words[first - 1][:1].isupper() if kind else _IS_ACRONYM.fullmatch(words[first - 1])):
        first -= 1 + (bool(kind) and words[first - 2 : first - 1] == ["of"] and first > 2)
    first += words[first : first + 1] != [] and words[first] in _OPENS_SENTENCE and len(words) - first > 1
    name = " ".join(words[first:])
    known = " " in name if kind else len(name) > 2 and not states.code_of(name)
    if not known or words[first] in _NO_INSTRUMENT:
        return None
    return Name(end - len(name), end, name, full=True, kind=kind.group() if kind else "")


def _named_up_to(text: str, end: int) -> Name | None:
    """Return the full name, with what it is about, that ends at `end`: `the Lorn Convention on Tolls`."""
    start = max(0, end - 2 * _NAME_BEFORE)
    found = [name for name in names(text[start:end]) if name.end == end - start]
    return Name(end - len(found[-1].words), end, found[-1].words, full=True, kind=found[-1].kind) if found else None


def aliases(documents: Sequence[Document]) -> Mapping[str, str]:
    """Return the names that `documents` give to other instruments, each with the full words it stands for.

    A name given twice to different instruments stands for neither.
    """
    given: dict[str, set[str]] = {}
    texts = [provision.text for document in documents for provision in document.walk() if provision.text]
    for text in texts:
        signs = tuple(sign for sign in _GIVES_NAMES if sign in text)
        for alias, words in _given(text, signs) if signs else ():
            given.setdefault(alias, set()).add(words)
    return {alias: words.pop() for alias, words in given.items() if len(words) == 1}


def named_before(text: str, name: Name) -> str:
    """Return the full words of what `that Convention` (`name` in `text`) goes back to; empty where more or none fit."""
    before = {other.words for other in names(text[: name.start]) if other.kind == name.kind}
    return before.pop() if len(before) == 1 else ""


def names(text: str) -> Iterator[Name]:
    """Yield the instruments that `text` names in full after `the`, in order."""
    at = 0
    while found := _NAMED.search(text, at):
        at = found.end()
        name = name_at(text, at)
        if name and name.full:
            yield name
            at = name.end


_OUTER = 300  # characters of the title of an instrument in front of the agreement that it changes
_CHANGES_ANOTHER = re.compile(  # what is named is the instrument that changes an agreement, and not the agreement
    r"\bthe (?P<outer>(?:[A-Z][\w-]+ ){0,3}(?:Protocol|Agreement|Arrangement|Convention|Treaty|Memorandum)\b"
    r"[^.;]{0,240}? (?:[Aa]mending|[Mm]odifying|[Rr]evising|[Ss]upplementing|[Ee]xtending"
    r"|to [Aa]mend|to [Ss]upplement) the )$"
)


_AS_AMENDED = re.compile(r",? as (?:\w+ )?(?:amended|extended|modified|supplemented|revised)\b")


def _given(text: str, signs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    last = max(text.rfind(sign) for sign in signs)  # no name that ends after this is given another
    amended = 0  # up to which the instruments stand that amended what is given a name
    for name in names(text):
        if name.end > last:
            break
        if name.start < amended:
            continue
        end = around(text, name.start, name.end).end
        called = _CALLED.match(text, name.end, end) or _BRACKETED.match(text, name.end, end)
        as_amended = called is not None and _AS_AMENDED.match(text, name.end, called.end()) is not None
        if called and (as_amended or " and " not in called["between"]) and "Part" not in called["between"]:
            amended = called.end() if as_amended else amended
            outer = _CHANGES_ANOTHER.search(text, max(0, name.start - _OUTER), name.start)
            yield called["alias"].strip(), f"{outer['outer'] if outer else ''}{name.words}"
    for meant in _MEANS.finditer(text):
        if (defined := name_at(text, meant.end())) and defined.full:
            yield meant["alias"].strip(), defined.words


def _end(text: str, at: int) -> int:
    """Return where the name that goes on at `at` ends: after its date, else where the sentence goes on."""
    if not _GOES_ON.match(text, at):
        return at
    stop = _STOP.search(text, at, at + _LONGEST)
    if stop and (whole := _through_small_words(text, at, stop)):
        return whole
    end = stop.start() if stop else min(len(text), at + _LONGEST)
    return _dated_end(text, at, end) or at + len(text[at:end].rstrip(" ,"))


def _dated_end(text: str, at: int, end: int) -> int:
    """Return where the date stands that a name between `at` and `end` closes with, 0 where it has none."""
    for dated in dates.find(text[at:end]):
        again = _AGAIN.match(text, at + dated.end)
        about = again is not None and again[1] in _ABOUT
        if again is None or (about and _ABOUT_WHAT.search(text, at, at + dated.start)):
            # what it is about stands before its date: more is said of something else
            return _second_signature(text, at + dated.end)
    return 0


_ALSO_AT = re.compile(r",? and (?:(?:at|in) [A-Z][\w’'-]*+(?: [A-Z][\w’'-]*+){0,3},? )?(?:on |this )(?=[A-Z\d])")


def _second_signature(text: str, at: int) -> int:
    """Return where the day ends on which the other side signed, behind one that ends `at`; `at` where there is none.

    `signed at Washington on 14 June 2027 and at Varnholt on 18 June 2027`.
    """
    also = _ALSO_AT.match(text, at)
    day = next(iter(dates.find(text[also.end() : also.end() + _DAY])), None) if also else None
    return also.end() + day.end if also and day and day.start == 0 else at


def _through_small_words(text: str, at: int, stop: re.Match[str]) -> int:
    """Return where a name ends that goes on behind the small word at `stop`, 0 where the sentence goes on there.

    A title goes on with a noun in capitals, and what closes it says that it was one: its date, a name given to it in
    brackets, or the end of the words.
    """
    found: re.Match[str] | None = stop
    while found and (small := _SMALL_IN_TITLE.match(text, found.start())):
        found = _STOP.search(text, small.end(), at + _LONGEST)
    if found is stop:
        return 0
    end = found.start() if found else min(len(text), at + _LONGEST)
    if dated := _dated_end(text, stop.end(), end):
        return dated if _IS_DATED.search(text, stop.end(), dated) else 0
    closes = end == len(text) or _GIVEN_AFTER.match(text, end) or (found and _SAID_OF.fullmatch(found.group()))
    return at + len(text[at:end].rstrip(" ,")) if closes else 0
