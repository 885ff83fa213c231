"""What the other side's change breaks elsewhere: references that lead nowhere or astray, terms that lose their meaning.

References that Word computes (fields) follow by themselves and are not told, unless what they point to is gone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from agreements.checks import check
from agreements.checks.terms import definitions
from agreements.comparing import same_words
from agreements.findings import Finding
from agreements.language.typography import plain
from agreements.languages import value_of
from agreements.model import Agreement
from agreements.ooxml.schema import name
from agreements.reference import Place, places
from agreements.reviewing.clauses import TouchedClause
from agreements.reviewing.texts import ReviewedText, Texts
from agreements.word import content

_CHECKS = ("references", "terms", "numbering")
_NAMED = 4  # places that a message names


def find_consequences(texts: Texts, clauses: Sequence[TouchedClause]) -> None:
    """Write into each of `clauses` (all of both texts, touched or not) what its change breaks."""
    rows = _Rows(texts, clauses)
    told = _references(rows)
    _terms(rows)
    _findings(rows, told)


class _Rows:
    """The places of both texts, which answers which, and the clause that each belongs to."""

    def __init__(self, texts: Texts, clauses: Sequence[TouchedClause]) -> None:
        self.texts = texts
        self.theirs_of = {pair.a.path: pair.b.path for pair in texts.pairs if pair.a and pair.b}
        self.ours_of = {theirs: ours for ours, theirs in self.theirs_of.items()}
        self.ours = {place.path: place for place in places(texts.ours.agreement)}
        self.theirs = {place.path: place for place in places(texts.theirs.agreement)}
        self._by_ours = {clause.ours: clause for clause in clauses if clause.ours}
        self._by_theirs = {clause.theirs: clause for clause in clauses if clause.theirs}
        for pair in texts.pairs:  # what a clause was split into is told with it
            if pair.part_of and pair.parted == "split" and pair.b and (whole := self._by_ours.get(pair.part_of)):
                self._by_theirs.setdefault(pair.b.path, whole)

    def is_parted(self, theirs: str) -> bool:
        """Whether the clause at their path `theirs` was split or merged and no word of it changed."""
        clause = self._by_theirs.get(theirs)
        return clause is not None and clause.change in ("split", "merged")

    def say(self, message: str, *, ours: str = "", theirs: str = "") -> None:
        """Write `message` into the clause at our path `ours` or their path `theirs`, or the nearest above it."""
        known, path = (self._by_ours, ours) if ours else (self._by_theirs, theirs)
        while path and path not in known:
            path = path.rpartition(".")[0]
        if (clause := known.get(path)) and message not in clause.breaks:
            clause.breaks.append(message)


def _references(rows: _Rows) -> set[tuple[str, str]]:
    """Tell references of ours whose target they dropped, or that now lead elsewhere.

    Return of which references nothing more is to be said: where they stand in theirs, and their words; none for all.
    """
    fields = _computed(rows.texts.theirs)
    told: set[tuple[str, str]] = set()
    for place in rows.ours.values():
        now = rows.theirs.get(rows.theirs_of.get(place.path, ""))
        for mark in place.provision.marks:
            if mark.kind != "reference" or now is None:
                continue
            words = place.provision.text[mark.start : mark.end]
            if words not in now.provision.text:
                continue
            if mark.target in rows.texts.annexes and not any(shown in words for shown in fields.get(now.path, ())):
                _annex(rows, now, words, mark.target)
            if mark.target not in rows.ours:
                continue
            wanted, found = _target(rows, mark.target), _leads(now, words)
            if wanted is None:
                rows.say(f"{now.path} still refers to it: “{words}”", ours=mark.target)
                told.add((now.path, ""))
            elif not found and _is_in_other_numerals(rows.ours[mark.target], rows.theirs.get(wanted)):
                told.add((now.path, words))
            elif found not in ("", wanted) and not any(shown in words for shown in fields.get(now.path, ())):
                rows.say(f"“{words}” in {now.path} now leads to {found}; it meant {wanted}", theirs=now.path)
    return told


def _annex(rows: _Rows, now: Place, words: str, target: str) -> None:
    """Tell a reference in theirs to an annex that is gone, or that has another place now."""
    wanted, found = rows.texts.annexes[target], _leads(now, words)
    if not wanted:
        rows.say(f"“{words}” in {now.path} refers to an annex of ours that is gone", theirs=now.path)
    elif found not in ("", wanted):
        rows.say(f"“{words}” in {now.path} now leads to {found}; it meant {wanted}", theirs=now.path)


def _is_in_other_numerals(ours: Place, theirs: Place | None) -> bool:
    """Whether two provisions stand under the same head, in other numerals: `IV` is the article that is 4 now."""
    heads = [[p.number or "" for p in place.chain if p.kind == "article"] for place in (ours, theirs) if place]
    if len(heads) < len((ours, theirs)) or not all(heads):
        return False
    one, other = (each[0] for each in heads)
    return one != other and value_of(one) is not None and value_of(one) == value_of(other)


def _target(rows: _Rows, path: str) -> str | None:
    """Return where the provision of ours at `path` stands in theirs, None where it is gone."""
    if path in rows.theirs_of:
        return rows.theirs_of[path]
    # a head without words of its own is in no pair: it is there as long as anything under it is
    below = [theirs for ours, theirs in rows.theirs_of.items() if ours.startswith(f"{path}.")]
    return _above(below[0], path) if below else None


def _above(below: str, path: str) -> str:
    return ".".join(below.split(".")[: len(path.split("."))])


def _leads(place: Place, words: str) -> str:
    text = place.provision.text
    marks = (mark for mark in place.provision.marks if mark.kind == "reference")
    return next((mark.target for mark in marks if text[mark.start : mark.end] == words), "")


def _computed(text: ReviewedText) -> dict[str, set[str]]:
    """Return, by path, what the fields show that refer to a bookmark which the file has."""
    marks = {mark.get(name("name")) for p in text.paragraphs for mark in p.iter(name("bookmarkStart"))}
    found: dict[str, set[str]] = {}
    for path, paragraph in zip(text.places, text.paragraphs, strict=True):
        if paragraph.find(f".//{name('fldChar')}") is None and paragraph.find(f".//{name('fldSimple')}") is None:
            continue
        for atom in content(paragraph).atoms:
            code = atom.key.strip("\x02").split()
            if atom.is_field and len(code) > 1 and code[0].upper() == "REF" and code[1] in marks and atom.said:
                found.setdefault(path, set()).add(atom.said)
    return found


def _terms(rows: _Rows) -> None:
    """Tell terms that are no longer defined and still used, and those of which the definition changed."""
    sides = (rows.texts.ours.agreement, rows.texts.theirs.agreement)
    before, after = ({plain(term): place for term, place in definitions(each)} for each in sides)
    for term, place in before.items():
        now = after.get(term)
        if now is None:
            if used := _uses(rows.texts.theirs.agreement, term, ""):
                rows.say(f"“{term}” is no longer defined and still used in {_named(used)}", ours=place.path)
        elif rows.is_parted(now.path) or rows.is_parted(rows.theirs_of.get(place.path, "")):
            continue
        elif not same_words(_body(now), _body(place)) and (used := _uses(rows.texts.theirs.agreement, term, now.path)):
            rows.say(f"“{term}” means something else now; it is used in {_named(used)}", theirs=now.path)


def _body(place: Place) -> str:
    return "\n".join(provision.text for provision in place.provision.walk())


def _uses(agreement: Agreement, term: str, without: str) -> list[str]:
    used = re.compile(rf"\b{re.escape(term)}(?:s|’s|'s)?\b", re.IGNORECASE)
    others = (place for place in places(agreement) if place.path != without)
    return [place.path for place in others if used.search(plain(place.provision.text))]


def _named(paths: Sequence[str]) -> str:
    more = len(paths) - _NAMED
    return ", ".join(paths[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _findings(rows: _Rows, told: Iterable[tuple[str, str]]) -> None:
    """Tell what the checks find in their text and did not find at the same place of ours."""
    known = Counter((f.code, f.where) for f in check(rows.texts.ours.agreement, _CHECKS))
    silent = set(told)
    for finding in check(rows.texts.theirs.agreement, _CHECKS):
        key = (finding.code, rows.ours_of.get(finding.where, finding.where))
        if known[key] > 0:
            known[key] -= 1
        elif not (finding.code.startswith("reference") and _is_told(finding, silent)):
            said = finding.message.rstrip(".")
            where = "" if finding.where in rows.theirs_of.values() or "here" not in said else f"{finding.where}: "
            rows.say(f"{where}{said}", theirs=finding.where)


def _is_told(finding: Finding, told: Iterable[tuple[str, str]]) -> bool:
    said = plain(finding.message)
    return any(finding.where == path and (not words or plain(f"“{words}”") in said) for path, words in told)
