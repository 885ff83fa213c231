"""How a question is put: whether a query is one, and its frame, which says that texts are looked for and not what.

`is there any clause on`, `which agreements say that`, `auditor: who may`: a text that has the words of a frame is not
nearer to what is asked. A query of keywords has no frame: `agreement on the status of forces` is one.
"""

import re

from agreements.search.analysis import fold

_TEXTS = (
    r"(?:clause|provision|article|section|rule|precedent|agreement|arrangement|compact|convention|protocol|treaty|treatie"
    r"|text|instrument)s?"
)
_OURS = r"(?:of |our |the |these |those |your |all |other |held ){0,3}"
_ON = r"(?:on|about|for|regarding|concerning|covering|dealing with|that deals? with|that speaks? of)"
_SAY = r"(?:say|speak|tell|state|provide|mention|cover|contain|have|deal|talk|rule)s?"
_ABOUT = r"(?: (?:that|something|anything|with|of|on|about|for)){0,2}"
_ASKING_WORDS = """
are can could did do does had has have how is may must should was were what when where which who whom whose why
will would
"""
ASKING = frozenset(_ASKING_WORDS.split())
"""The words with which a question begins, folded."""
_ASKER = re.compile(rf"\A[a-z][a-z -]{{2,30}}: (?=(?:{'|'.join(sorted(ASKING))}|any)\b)", re.IGNORECASE)
_FRAMES = tuple(
    re.compile(rf"{pattern}(?!\w)", re.IGNORECASE)
    for pattern in (
        rf"(?:(?:is|are|was|were) there|(?:do|does) (?:we|they|{_OURS}{_TEXTS}) have) (?:an?|any|some) {_TEXTS} {_ON}",
        rf"(?:show|find|give|list)(?: me| us)? (?:an?|any|some|all|the) {_TEXTS} {_ON}",
        rf"any {_TEXTS} {_ON}",
        rf"(?:is|are|was|were) there {_TEXTS} {_ON}",
        rf"(?:is|are|was|were) there (?:anything|something|any words?|words) {_ON}",
        rf"(?:which|what) {_OURS}{_TEXTS} {_SAY}{_ABOUT}",
        rf"what (?:do|does) {_OURS}{_TEXTS} {_SAY}{_ABOUT}",
        rf"which {_OURS}{_TEXTS}",
        rf"(?:(?:what|which) (?:is|are) the )?(?:compare|comparison of|differences? (?:between|among|in))"
        rf"(?: {_OURS}{_TEXTS} (?:on|about|with|of)| (?:our|the|these))?",
    )
)
_OF_CLAUSES = 5  # of the frames ask for a clause on a thing
_COMPARED = re.compile(
    r"(?P<how>how (?:do|does|did)(?: our| the| these)?) (?P<whose>[^,;:?]{0,60}?)"
    r"(?P<differ>(?:differ|compare|vary|deal|go)s?(?: on| in| about| over| with| as to){1,2}) ",
    re.IGNORECASE,
)
_OF_A_KIND = re.compile(
    rf"(?P<how>(?:what|which)(?: do| does)?) {_OURS}(?P<whose>(?:[a-z][\w-]{{2,20}} ){{1,3}}?)"
    rf"(?P<differ>{_TEXTS}(?: {_SAY}{_ABOUT}(?!\w))?) ",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_CONDITIONS = frozenset(("if", "when", "while", "suppose", "supposing", "in"))


def is_asked(query: str) -> bool:
    """Whether `query` is put as a question: by its mark, by its first word, or by the word after a condition."""
    plain = query.rstrip(" \"')”’")
    if plain.endswith("?") and len(plain.split()) > 1:
        return True
    words = _WORD.findall(fold(query[_asker_end(query) :]))
    if words[:1] and words[0] in _CONDITIONS:
        after = _WORD.findall(fold(query.partition(",")[2]))
        return bool(after) and after[0] in ASKING
    return bool(words) and words[0] in ASKING


def frame(query: str) -> list[tuple[int, int]]:
    """Return the characters of `query` that are the frame of its question, empty where it has none."""
    start = _asker_end(query)
    asker = [(0, start)] if start else []
    if found := _COMPARED.match(query, start) or _kind_asked(query, start):
        return [*asker, found.span("how"), found.span("differ")]
    found = next((match for pattern in _FRAMES if (match := pattern.match(query, start))), None)
    return [*asker, found.span()] if found else asker


def _kind_asked(query: str, start: int) -> re.Match[str] | None:
    """Return the frame of a question on agreements of a kind: `what do headquarters agreements say about`."""
    found = _OF_A_KIND.match(query, start)
    return found if found and not ASKING & set(found["whose"].lower().split()) else None


def is_clause_sought(query: str) -> bool:
    """Whether `query` asks for a clause on a thing (`is there any clause on`)."""
    return any(pattern.match(query, _asker_end(query)) for pattern in _FRAMES[:_OF_CLAUSES])


def _asker_end(query: str) -> int:
    found = _ASKER.match(query)
    return found.end() if found else 0
