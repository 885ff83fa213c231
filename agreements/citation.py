"""Formal citation of an agreement and of a place in it: what a negotiator can put on paper.

A citation says parties, title, place and date of signature, article and paragraph, the official citation or that
none is established, whether the agreement is in force and as of when, and the authority of the text. What rests on
general knowledge alone is called unconfirmed.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from agreements.model import Agreement, Citation, Document, Party, Provision, Signing, Status, is_confirmed
from agreements.reference import Place, resolve
from agreements.states import spelled

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_AUTHORITY = {
    "signed-original": "signed original",
    "certified-copy": "certified copy",
    "official-print": "official print",
    "official-translation": "official translation",
    "unofficial-copy": "unofficial copy",
    "draft-tabled": "draft as tabled",
    "unsigned": "unsigned text",
    "specimen": "specimen, not an agreement of any State",
    "unknown": "authority of the text not established",
}
_NO_AGREEMENT = {"draft": "held as a draft, no agreement", "rejected": "held as a rejected text, no agreement"}
_UNCONFIRMED = " (unconfirmed)"
_SHORT = {
    "Article": "art.", "Section": "sec.", "Annex": "annex", "Appendix": "app.", "Chapter": "ch.", "Part": "pt.",
    "unnumbered paragraph": "unnumbered para.", "paragraph": "para.", "preamble": "pmbl.",
}  # fmt: skip


Style = Literal["formal", "bluebook", "plain"]
STYLES: tuple[Style, ...] = ("formal", "bluebook", "plain")


def cite(agreement: Agreement, path: str = "", language: str = "", *, style: Style = "formal") -> str:
    """Return the citation of `path` in `agreement` (of the whole agreement when `path` is empty).

    `formal` says all that is established, `bluebook` follows the order and abbreviations of American legal writing
    for treaties (name, parties, place in it, date, series), `plain` is a few words for running text. Raises
    `NotFoundError` when the agreement has no such provision.
    """
    found = resolve(agreement, path, language) if path else None
    if style == "bluebook":
        return _bluebook(agreement, found)
    if style == "plain":
        return _plain(agreement, found)
    place = locator(found) if found else ""
    head, tail = cite_parts(agreement)
    return f"{head}, {place}; {tail}" if place else f"{head}; {tail}"


def _bluebook(agreement: Agreement, place: Place | None) -> str:
    """Return name, parties of a bilateral agreement, place in it, date, series; a status only when it is no longer so.

    As rule 21.4 of the Bluebook orders them.
    """
    title = agreement.title or agreement.short_title or _described(agreement, _parties(agreement))
    names = [_short_name(p) for p in agreement.parties]
    between = "-".join(names) if len(names) == 2 else ""
    unsure = agreement.unconfirmed(text_held=agreement.text_held)
    mark = _UNCONFIRMED if "signed" in unsure else ""
    dates = [f"{_american(s.date)}{mark}" for s in _in_order(agreement) if s.date]
    series = [_dotted(_official(c)) for c in agreement.citations]
    ended = agreement.status.value in ("superseded", "expired", "terminated")
    no_agreement = _NO_AGREEMENT.get(agreement.standing, "")
    parts = [title, between, _abbreviated(locator(place)) if place else "", " and ".join(dict.fromkeys(dates)), *series]
    said = agreement.status.value + ("" if is_confirmed(agreement.status.basis) else ", unconfirmed")
    beside = "; ".join(filter(None, (no_agreement, said if ended else "")))
    return ", ".join(part for part in parts if part) + (f" ({beside})" if beside else "") + "."


def _plain(agreement: Agreement, place: Place | None) -> str:
    """Return the short title, the year and the place in it: `Article VII, paragraph 3(b) of the X (1951)`."""
    title = called(agreement)
    year = next((s.date[:4] for s in agreement.signings if s.date), "")
    unsure = ", unconfirmed" if "signed" in agreement.unconfirmed(text_held=agreement.text_held) else ""
    named = title if not year or year in title else f"{title} ({year}{unsure})"
    named += f" ({_NO_AGREEMENT[agreement.standing]})" if agreement.standing in _NO_AGREEMENT else ""
    return f"{locator(place)} of {named}" if place else named


def _short_name(party: Party) -> str:
    return "U.S." if party.code == "USA" else spelled(party.code, party.name).removeprefix("the ") or party.code


def _american(date: str) -> str:
    """Return an ISO date (that may stop at year or month) as Americans cite it: `June 19, 1951`, `Sept. 1951`."""
    year, _, rest = date.partition("-")
    if not rest:
        return year
    name = _MONTHS[int(rest[:2]) - 1]
    month = name if len(name) <= 4 else f"{name[: 4 if name == 'September' else 3]}."
    return f"{month} {int(rest[3:])}, {year}" if len(rest) > 2 else f"{month} {year}"


def _dotted(series: str) -> str:
    """Return an official citation with the full stops of legal writing: `4 U.S.T. 1792`, `T.I.A.S. No. 2846`."""
    dotted = re.sub(r"\bTIAS (?=\d)", "T.I.A.S. No. ", series)
    return re.sub(r"\b(UST|UNTS|TIAS|EAS)\b", lambda m: "".join(f"{letter}." for letter in m[0]), dotted)


def _abbreviated(words: str) -> str:
    """Return a place as legal writing has it: `art. VII, para. 3(b)`."""
    for long, short in _SHORT.items():
        words = re.sub(rf"\b{long}\b", short, words)
    return words


_NOTES = ("exchange-of-notes", "note-of-termination")


def cite_parts(agreement: Agreement) -> tuple[str, str]:
    """Return what stands before and after the article and paragraph in every citation of `agreement`."""
    parties = _parties(agreement)
    title = agreement.title or agreement.short_title or _described(agreement, parties)
    head = title if not parties or parties in title or _names_all(title, agreement) else f"{title} ({parties})"
    unsure = agreement.unconfirmed(text_held=agreement.text_held)
    no_agreement = _NO_AGREEMENT.get(agreement.standing, "")
    if signed := " and ".join(_signing(s) for s in _in_order(agreement) if s.date or s.place):
        unsigned = _UNCONFIRMED if "signed" in unsure else ""
        done = "dated" if no_agreement else "done" if agreement.form in _NOTES else "signed"
        head += f", {done} {signed}{unsigned}"
    official = ", ".join(map(_official, agreement.citations)) or "no citation established"
    held = _AUTHORITY[agreement.authority] if agreement.text_held else "text not held"
    return head, "; ".join(filter(None, (no_agreement, official, status_words(agreement.status), held)))


def _in_order(agreement: Agreement) -> list[Signing]:
    """Return the signings, the earliest first; one without a date behind."""
    return sorted(agreement.signings, key=lambda signing: signing.date or "9999")


def _official(citation: Citation) -> str:
    return citation.text if is_confirmed(citation.basis) else f"{citation.text}{_UNCONFIRMED}"


def locator(place: Place) -> str:
    """Return where `place` is, in words: `Annex A, Article II, paragraph 3(b)`."""
    parts = [document_words(place.document)]
    for above, provision, component in zip((None, *place.chain), place.chain, _components(place), strict=False):
        numbered = provision.kind in ("paragraph", "subparagraph", "item")
        if numbered and above and above.kind in ("paragraph", "subparagraph", "item", "section"):
            parts[-1] += f"({component})"
        elif numbered:
            parts.append(f"paragraph {component}")
        elif provision.kind == "text":
            recital = above is not None and above.kind == "preamble"
            parts.append(f"recital {component}" if recital else f"unnumbered paragraph {component}")
        elif provision.kind in ("preamble", "testimonium", "signature"):
            parts.append(provision.kind)
        else:
            parts.append(provision.labelled(provision.kind.capitalize(), component))
    return ", ".join(part for part in parts if part)


def document_words(document: Document) -> str:
    """Return the name of `document` in a citation: empty for the main text, else `Annex A` or `reply note`."""
    if document.role == "main":
        return ""
    words = document.role.replace("-", " ")
    return f"{words.capitalize()} {document.number}" if document.number else words.capitalize()


def status_words(status: Status) -> str:
    """Return the status in words with its date: `in force (as of 2026-11-22)`."""
    words = "status not established" if status.value == "unknown" else status.value.replace("-", " ")
    as_of = f"as of {status.as_of}" if status.as_of else "date of this information not established"
    unsure = "" if status.value == "unknown" or is_confirmed(status.basis) else ", unconfirmed"
    return f"{words} ({as_of}{unsure})" if status.value != "unknown" or status.as_of else words


def date_words(date: str) -> str:
    """Return an ISO date (that may stop at year or month) in words: `19 June 1951`."""
    parts = date.split("-")
    month = [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    day = [str(int(parts[2]))] if len(parts) > 2 else []
    return " ".join([*day, *month, parts[0]])


def _components(place: Place) -> list[str]:
    """Return the last path component of every provision of the chain, by what is printed or by count."""
    out = []
    for index, provision in enumerate(place.chain):
        own = _bare(provision.number) if provision.number else ""
        if not own:
            siblings = place.chain[index - 1].children if index else place.document.provisions
            has_own_text = bool(index and place.chain[index - 1].text)
            own = str(_count(provision, siblings) + has_own_text)
        out.append(own)
    return out


@lru_cache(maxsize=4096)  # treaties repeat a few hundred numbers
def _bare(number: str) -> str:
    return re.sub(r"^[(\[]|[).\]:]+$", "", number)


def _count(provision: Provision, siblings: Sequence[Provision]) -> int:
    """Return which of its `siblings` without a number `provision` is, counted from 1."""
    count = 0
    for sibling in siblings:
        count += not sibling.number
        if sibling is provision:
            return count
    raise ValueError("a provision stands among its siblings")


def _signing(signing: Signing) -> str:
    place = f"at {signing.place}" if signing.place else ""
    return " ".join(x for x in (place, date_words(signing.date) if signing.date else "") if x)


def called(agreement: Agreement) -> str:
    """Return what `agreement` is called where one line names it: its short title, its title, else form and parties."""
    return agreement.short_title or agreement.title or _described(agreement, _parties(agreement))


def _described(agreement: Agreement, parties: str) -> str:
    return untitled(agreement.form or "", parties or agreement.id)


def untitled(form: str, whose: str) -> str:
    """Return what an agreement without a title is called: its `form` and `whose` it is, no more than is known.

    `whose` are its parties (`Jordan - Qatar`), or its id where none is known.
    """
    words = (form or "text").replace("-", " ").replace("mou", "memorandum of understanding")
    return f"{words.capitalize()} ({whose})"


def _parties(agreement: Agreement) -> str:
    names = [p.body or spelled(p.code, p.name) or p.code for p in agreement.parties]
    if len(names) > 4:
        return f"{len(names)} parties"
    return " - ".join(names)


def _names_all(title: str, agreement: Agreement) -> bool:
    return all((p.body or p.name or p.code) in title for p in agreement.parties)
