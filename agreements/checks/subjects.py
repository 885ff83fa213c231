"""Checks of what references are about: the words around one name a subject, and the provision it leads to has it.

A reference is left alone unless another provision of the same kind has the subject that this one lacks: that one is
then the likely meaning, after an article was moved or deleted. Nothing is said of references to other instruments.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from agreements.checks.passages import is_english
from agreements.findings import Finding, warning
from agreements.model import Agreement, Document, Mark
from agreements.reference import Place, places

# What leads from a subject to the place that settles it: `claims under Article 3`, `is governed by paragraph 5`.
_WITHIN = r"(?:[^.;:()]|(?<=\bU)\.(?=S\.)|(?<=U\.S)\.)"  # letters of one clause: `U.S.` ends none
_LEADING = (
    r"(?:governed by|under|in accordance with|pursuant to|(?:as )?provided (?:for )?in"
    r"|(?:as )?(?:set|laid) (?:out|down) in"
    r"|(?:referred to|described|mentioned|listed|named) in)(?: the provisions of)? $"
)
_LEADS_TO = re.compile(_LEADING)
_LED_TO = re.compile(rf"(?P<cue>{_WITHIN}{{2,89}}?[^.;:()\s,])[\s,]{{1,3}}(?:(?:is|are|was|were|be|been) )?{_LEADING}")
_GOVERNS = re.compile(
    r",? (?:shall |also )?(?:continues? to )?(?:appl(?:y|ies)|extends?) (?:also |only )?to (?P<cue>"
    rf"{_WITHIN}{{3,80}})"
)
# What a clause draws from a place: `In consequence of paragraph 1, U.S. personnel are immune from jurisdiction`.
_FOLLOWS = re.compile(r"(?:^|[.;] )(?:In consequence of|As a consequence of|By virtue of|As a result of) $")
_DRAWN = re.compile(rf", (?P<cue>{_WITHIN}{{3,110}})")
_LEADS = ("article", "section", "paragraph")
_WORD = re.compile(r"[^\W\d_]{5,}")
_REACH = 60  # letters before the words that lead to a place, in which its subject stands
_STEM, _MOST_CUES, _RARE = 5, 3, 6
_COMMON = frozenset(
    (
        *("shall", "which", "their", "there", "these", "those", "party", "parti", "agree", "state", "artic", "under"),
        *("unite", "force", "perso", "other", "right", "purpo", "prese", "provi", "accor", "perio", "parag", "subpa"),
        *("terms", "condi", "where", "withi", "befor", "after", "until", "arise", "aros", "arisi", "gover", "autho"),
        *("relat", "respe", "refer", "follo", "menti", "conce", "desig", "compe", "milit", "memor", "parti", "gener"),
        *("relev", "appro", "neces", "certa", "requi", "whose", "would", "could", "might", "since", "about"),
        *("measu", "thing", "activ", "matte", "manne", "oblig", "duty", "dutie", "being", "given", "accord", "secti"),
    )
)
_ANY_WORD = re.compile(r"[a-z]{4,}")
_ANNEX = re.compile(r"\bAnnex [A-Z]\b(?! (?:of|to) )")
_ANOTHER_TEXT = re.compile(r"\s*(?:,? )?(?:of|to|in) (?:the |that |its )?[A-Z]")


@dataclass(frozen=True)
class _Subjects:
    """The stems of the words of every provision that can be referred to, by path, and how many provisions have each."""

    places: dict[str, Place]

    @cached_property
    def stems(self) -> dict[str, frozenset[str]]:
        return {path: frozenset(_stems(place.provision.words())) for path, place in self.places.items()}

    @cached_property
    def headings(self) -> dict[str, frozenset[str]]:
        return {path: frozenset(_stems(place.provision.heading or "")) for path, place in self.places.items()}

    @cached_property
    def paragraphs_with(self) -> Counter[str]:
        below = (stems for path, stems in self.stems.items() if self.places[path].provision.kind == "paragraph")
        return Counter(stem for stems in below for stem in stems)


def subjects(agreement: Agreement) -> Iterator[Finding]:
    """Say which references lead to a provision that has no word of their subject, where another one has it."""
    every = _Subjects({place.path: place for place in places(agreement) if place.provision.kind in _LEADS})
    for place in places(agreement):
        for mark in place.provision.marks if is_english(place) else ():
            if mark.kind != "reference" or mark.target not in every.places or mark.target == place.path:
                continue
            cues = _cues(place, mark)
            if not cues or place.path.startswith(mark.target + "."):
                continue
            if meant := _meant(every, cues, place, mark):
                words = place.provision.text[mark.start : mark.end]
                head = every.places[mark.target].provision.heading
                about = f" ({head})" if head else ""
                message = (
                    f"“{words}” is to settle “{', '.join(cues.values())}”; {mark.target}{about} does not speak of it, "
                    f"{meant} does. Not proven: read both."
                )
                yield warning("reference-subject", place.path, message, f"See whether {meant} is meant.")


def _cues(place: Place, mark: Mark) -> dict[str, str]:
    """Return the words of the subject that a reference is to settle, by their stems, the nearest last."""
    text = place.provision.text
    after = _told_after(text, mark)
    if _ANOTHER_TEXT.match(text, mark.end) and after is None:
        return {}
    found = after or _led_to(text, mark)
    if found is None:
        return {}
    first = max(found.start("cue"), found.end("cue") - _REACH) if after is None else found.start("cue")
    while after is None and first > 0 and text[first - 1].isalpha():
        first += 1  # what the reach cuts in two is no word
    words = _WORD.findall(text, first, found.end("cue"))
    kept = {word[:_STEM].lower(): word for word in words if word[:_STEM].lower() not in _COMMON}
    chosen = [*kept.items()]
    return dict(chosen[:_MOST_CUES] if after else chosen[-_MOST_CUES:])


def _led_to(text: str, mark: Mark) -> re.Match[str] | None:
    """Return the words before a reference that lead to it from its subject."""
    is_led = _LEADS_TO.search(text, max(0, mark.start - 45), mark.start)
    return _LED_TO.search(text, max(0, mark.start - 130), mark.start) if is_led else None


def _told_after(text: str, mark: Mark) -> re.Match[str] | None:
    """Return the words behind a reference that say what it settles, or what follows from it."""
    drawn = _FOLLOWS.search(text, max(0, mark.start - 40), mark.start)
    return _DRAWN.match(text, mark.end) if drawn else _GOVERNS.match(text, mark.end)


def _meant(every: _Subjects, cues: dict[str, str], place: Place, mark: Mark) -> str:
    """Return the path of the provision that has the subject where the target has no word of it, else nothing."""
    target, words = mark.target, place.provision.text[mark.start : mark.end]
    governs = _told_after(place.provision.text, mark) is not None
    wanted = frozenset(cues)
    parents = [path for path in every.places if target.startswith(path + ".")]
    around = frozenset(stem for path in parents for stem in every.headings[path])
    if wanted & (every.stems[target] | around):
        return ""
    kind = every.places[target].provision.kind
    others = [
        path
        for path, other in every.places.items()
        if other.provision.kind == kind
        and path != target
        and not place.path.startswith(path + ".")
        and path != place.path
    ]
    if by_heading := next((path for path in others if wanted & every.headings[path]), ""):
        return by_heading
    if kind != "paragraph":
        fitting = [path for path in others if len(wanted) > 1 and wanted <= every.stems[path]]
        return fitting[0] if len(fitting) == 1 else ""
    nearest = [*cues][0 if governs else -1]
    near = [path for path in others if path.rpartition(".")[0] == target.rpartition(".")[0]]
    if every.paragraphs_with[nearest] > _RARE:
        beside = [path for path in near if nearest in every.stems[path]] if _is_named_for(place, mark, nearest) else []
        return beside[0] if len(beside) == 1 else ""
    far = others if "rticle" in words or "ection" in words else []
    return next((path for path in (*near, *far) if nearest in every.stems[path]), "")


def _is_named_for(place: Place, mark: Mark, stem: str) -> bool:
    """Whether the word before the reference is its subject: `the notification under paragraph 3`."""
    found = _led_to(place.provision.text, mark)
    named = _WORD.findall(found["cue"]) if found else []
    return bool(named) and named[-1][:_STEM].lower() == stem and found is not None and found["cue"].endswith(named[-1])


def _stems(text: str) -> Iterator[str]:
    return (word[:_STEM].lower() for word in _WORD.findall(text))


# What an annex is named for just before it: `the form shown in Annex B`, `the authorities listed in Annex C`.
_ANY_WORD = re.compile(r"[a-z]{4,}")
_OF_AN_ANNEX = re.compile(
    r"\b(?P<cue>[a-z]{4,}) (?:(?:that (?:are )?)?(?:shown|listed|set (?:out|forth)|given|contained|described) )?"
    r"(?:in|of) $"
)


def annexes(agreement: Agreement) -> Iterator[Finding]:
    """Say where an annex is named for a thing that another annex has, and this one has no word of."""
    held = {
        f"Annex {d.number}": d for d in agreement.documents if d.role == "annex" and d.number and d.language == "en"
    }
    words = {name: frozenset(_singulars(" ".join(_said(document)))) for name, document in held.items()}
    for place in places(agreement) if len(held) > 1 else ():
        text = place.provision.text
        for found in _ANNEX.finditer(text) if is_english(place) and place.document.role == "main" else ():
            cue = _OF_AN_ANNEX.search(text, max(0, found.start() - 60), found.start())
            named = found.group()
            if cue is None or named not in held or {*_singulars(cue["cue"])} <= words[named]:
                continue
            titled = [name for name, d in held.items() if {*_singulars(cue["cue"])} <= {*_singulars(d.title or "")}]
            others = titled or [name for name, said in words.items() if {*_singulars(cue["cue"])} <= said]
            if len(others) == 1:
                message = f"“{cue.group()}{named}”: {named} has no word of it, {others[0]} does. Not proven: read both."
                yield warning("reference-subject", place.path, message, f"See whether {others[0]} is meant.")


def _said(document: Document) -> Iterator[str]:
    yield document.title or ""
    yield from (provision.words() for provision in document.provisions)


def _singulars(text: str) -> Iterator[str]:
    for word in _ANY_WORD.findall(text.lower()):
        yield word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
