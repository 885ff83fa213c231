"""Checks of what a text names in several places: States, their ministries, and the instruments that it cites.

One thing is named alike throughout. A name that stands alone and is nearly that of another place is a slip, or another
thing of nearly the same name: that is for a person to see, and each finding says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from agreements import states
from agreements.checks.passages import is_english, shortened
from agreements.findings import Finding, warning
from agreements.language import dates, named_parties
from agreements.model import Agreement
from agreements.reference import Place, places

_NAME_WORD = re.compile(r"[A-Z][a-zÀ-ÿ]{4,}")
_SMALL_WORD = re.compile(r"\b[a-zà-ÿ]{6,}")
_SHORTEST, _LONG = 6, 9  # letters from which a name can be misspelt for certain, and from which by two letters
_OF_A_PEOPLE = re.compile(r"(?:an|ian|ean|ish|ese|ic|i|ans|ians|eans|er|ers)$")
_CITED = re.compile(
    r"\b(?P<noun>Agreement|Treaty|Convention|Protocol|Memorandum|Arrangement|Exchange of Notes)"
    r" (?P<about>[^,;()“”]{20,220}),?"
    r" (?:done|signed|concluded|made)(?: at (?P<place>[A-Z][\w ]{2,40}?),?)? (?:on )?(?=\d|[A-Z])"
)
_CHANGES = re.compile(r"\b(?:Protocol|amend|modif|supplement|exten[ds]|addition|accession|replac|revis)", re.IGNORECASE)
_LAST_NOUN = re.compile(r".*\b(?:Agreement|Treaty|Convention|Protocol|Memorandum|Arrangement) ")
_FEWEST = 5  # words of a title that are enough to tell one instrument from another
_BODY = re.compile(
    r"\b(?P<body>(?:Ministry|Department) of (?:the )?[A-Z][\w-]+(?:(?:,| and|, and| of)? [A-Z][\w-]+){0,4}) of the"
    r" (?P<state>[A-Z][\w-]+(?: of(?: the)? [A-Z][\w-]+| [A-Z][\w-]+){0,3})"
)
_OFFICE = re.compile(r"\b(?:Government|Division|Directorate|Office|Section|Branch|Embassy)\b")
_BODY_WORDS = re.compile(r"[A-Z][\w-]+")
_OWN_NUMBER = re.compile(r"No\. (?P<number>[\w/-]{1,20})\.?$")
_CITED_NUMBER = re.compile(r"\b(?:note|letter) No\. (?P<number>[\w/-]{1,20})(?= of\b|,| and\b)")
_ARTICLE_NAMED = re.compile(r"\bArticle ([IVXL]+|\d+)\b")
_SPELT = str.maketrans({"c": "s"})


def misspelt_states(agreement: Agreement) -> Iterator[Finding]:
    """Say where a word is one letter, or two of a long one, away from the name of a party: `Norlanda`."""
    own = {word.capitalize() for party in named_parties.of(agreement) for word in party.short.split() if _is_long(word)}
    if not own:
        return
    told: set[str] = set()
    small = {word for place in places(agreement) for word in _SMALL_WORD.findall(place.provision.text)}
    own = {word for word in own if word.lower() not in small}  # a name is never written small
    for place in places(agreement) if own else ():
        if not is_english(place):
            continue
        for word in {*_NAME_WORD.findall(place.provision.text)} - told - own:
            name = next((name for name in own if _is_nearly(word, name)), "")
            if name and word.lower() not in small and not states.code_of(word) and not states.of_adjective(word):
                told.add(word)
                message = f"“{word}” stands here; the party is {name}. Not proven: another name may be meant."
                yield warning("party-misspelt", place.path, message, f"Write {name}, if that State is meant.")


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST and word[:1].isupper()


def _is_nearly(word: str, name: str) -> bool:
    """Whether `word` is a slip of `name`, and neither a form of it nor the name of its people."""
    if word.startswith(name) or name.startswith(word) or _is_a_people(word, name) or word[:1] != name[:1]:
        return False
    most = 2 if len(name) >= _LONG else 1
    return abs(len(word) - len(name)) <= most and _distance(word.lower(), name.lower()) <= most


def _is_a_people(word: str, name: str) -> bool:
    """Whether `word` ends as the name of a people does, and `name` does not."""
    found = _OF_A_PEOPLE.search(word)
    return found is not None and not name.endswith(found.group())


def _distance(one: str, other: str) -> int:
    """Return how many letters must be put in, left out or exchanged to make `other` of `one`."""
    row: list[int] = [*range(len(other) + 1)]
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for number, wanted in enumerate(other, 1):
            before, row[number] = row[number], min(row[number] + 1, row[number - 1] + 1, before + (letter != wanted))
    return int(row[-1])


def bodies(agreement: Agreement) -> Iterator[Finding]:
    """Say where a ministry of a State stands once under a name that is nearly that of another place.

    Nearly the same is a name with the same words but one (`Ministry of Defense`, `Ministry of National Defense`), or
    spelled in another way; ministries of other tasks are no slip.
    """
    named: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in places(agreement):
        text = place.provision.text
        for found in _BODY.finditer(text) if is_english(place) and ("inistry" in text or "epartment" in text) else ():
            if not _OFFICE.search(found["body"]):
                named[_state(found["state"])][found["body"]].append(place)
    for found_bodies in named.values():
        for body, where in found_bodies.items():
            others = [other for other in found_bodies if other != body and _is_one_task(body, other)]
            usual = max(others, key=lambda other: len(found_bodies[other]), default="")
            if usual and len(found_bodies[usual]) > len(where):
                message = f"“{body}” stands here, “{usual}” in {found_bodies[usual][0].path}, of one State."
                yield warning("body-names", where[0].path, message, "Give a ministry one name throughout.")


def _state(words: str) -> str:
    """Return the last word of the name of a State, which tells two parties apart."""
    return words.rsplit(maxsplit=1)[-1]


def _is_one_task(one: str, other: str) -> bool:
    kind, other_kind = (body.partition(" ")[0] for body in (one, other))
    first, second = ({_plain(word) for word in _BODY_WORDS.findall(body)[1:]} for body in (one, other))
    return bool(first) and bool(second) and kind == other_kind and (first <= second or second <= first)


def _plain(word: str) -> str:
    """Return a word of a name without what British and American spelling differ by: `Defence`, `Defense`."""
    return word.lower().translate(_SPELT)


def note_numbers(agreement: Agreement) -> Iterator[Finding]:
    """Say where the note in reply names the note that it answers by another number than that note bears."""
    offered = next((d for d in agreement.documents if d.role == "offer-note"), None)
    own = next((found["number"] for p in offered.walk() if (found := _OWN_NUMBER.match(p.text))), "") if offered else ""
    for place in places(agreement) if own else ():
        if place.document.role != "reply-note":
            continue
        for found in _CITED_NUMBER.finditer(place.provision.text):
            if found["number"] != own and "_" not in found["number"]:
                message = f"“{found.group()}” is answered; the note that is offered is No. {own}."
                yield warning("note-number", place.path, message, "Name the note by its number.")


def headings(agreement: Agreement) -> Iterator[Finding]:
    """Say where the heading of an article names one article, and its words change another one alone."""
    for place in places(agreement):
        heading, text = place.provision.heading or "", place.provision.text
        told = _ARTICLE_NAMED.findall(heading) if is_english(place) and _CHANGES.search(heading) else []
        named = _ARTICLE_NAMED.findall(text)
        if told and named and not {*told} & {*named}:
            message = f"The heading names Article {told[0]}, the words Article {named[0]}."
            yield warning("heading-reference", place.path, message, "Name one article in both.")


def citations(agreement: Agreement) -> Iterator[Finding]:
    """Say where an instrument of one title is cited with two days or two places of signature."""
    first: dict[str, tuple[str, str, str, str]] = {}
    for path, text in _cited_in(agreement):
        for found in _CITED.finditer(text) if "signed" in text or "done" in text or "concluded" in text else ():
            said = next(iter(dates.find(text[found.end() : found.end() + 40])), None)
            before = text[max(0, found.start() - 60) : found.start()]
            if found["noun"] == "Protocol" or _CHANGES.search(before) or _CHANGES.search(found["about"]):
                continue  # the day may be that of the text that changes the other one
            title = _title(f"{found['noun']} {found['about']}")
            key = " ".join(re.findall(r"\w+", title.lower()))
            if said is None or said.start > 0 or len(key.split()) < _FEWEST:
                continue
            now = (path, said.iso, found["place"] or "", text[found.end() : found.end() + said.end])
            was = first.setdefault(key, now)
            apart = was[3] if was[1] != now[1] else was[2] if was[2] and now[2] and was[2] != now[2] else ""
            if apart:
                here = now[3] if was[1] != now[1] else now[2]
                message = f"“{shortened(title, 110)}” is of “{apart}” in {was[0]} and of “{here}” here."
                fix = "Cite one instrument alike; of two with one title, say which is meant."
                yield warning("citation-differs", path, f"{message} Not proven: there may be two.", fix)


def _title(words: str) -> str:
    """Return the title that comes last in `words`, where one stands within another: `Agreement on Article V of ...`."""
    last = _LAST_NOUN.match(words)
    return words[last.end() - len(last.group().split()[-1]) - 1 :] if last else words


def _cited_in(agreement: Agreement) -> Iterator[tuple[str, str]]:
    if agreement.main is not None and agreement.main.language == "en":
        yield "title", agreement.main.title or ""
    yield from ((place.path, place.provision.text) for place in places(agreement) if is_english(place))
