"""Filling facts that are held with a text that was read. Pure.

What is held stays; what it lacks is taken from the text; where the two differ both are kept: the held fact in the
agreement, the text's in the record of the reading, and a finding asks a person.
"""

from typing import Any

from agreements.findings import Finding, warning
from agreements.model import Agreement, EntryIntoForce, Party
from agreements.states import is_organisation

# The printed words win over an editor's: they are what can be quoted. `parties` are merged one by one.
_FROM_TEXT = ("documents", "languages", "marking")
_COMPARED = (
    "family", "form", "signings", "entry_into_force", "termination_notice_months", "termination_notice_days",
    "prevailing_language", "term", "renewal", "binding", "provisional_application",
)  # fmt: skip


def fill(held: Agreement, read: Agreement) -> tuple[Agreement, dict[str, Any], tuple[Finding, ...]]:
    """Return `held` with the text and the missing facts of `read`, the facts that differ, and findings on them."""
    default = Agreement(id=held.id)
    update: dict[str, Any] = {name: getattr(read, name) for name in _FROM_TEXT if getattr(read, name)}
    if read.title and read.title.casefold() != held.title.casefold():  # print in capitals is no other title
        update["title"] = read.title
        update["short_title"] = held.short_title or held.title
    if read.authority != "unknown":
        update["authority"] = read.authority
    differing: dict[str, Any] = {}
    for name in _COMPARED:
        ours, theirs = getattr(held, name), getattr(read, name)
        nothing = getattr(default, name)
        if name == "termination_notice_days" and held.termination_notice_months not in (
            None,
            read.termination_notice_months,
        ):
            continue  # the notice that is held is another: it is told in months
        if ours == nothing:
            update[name] = theirs
        elif name == "entry_into_force" and _agree(ours, theirs):
            update[name] = _joined(ours, theirs)
        elif theirs not in (nothing, ours) and not _covers(name, ours, theirs):
            differing[name] = theirs
    update["parties"] = _parties(held, read, differing)
    update["citations"] = held.citations + tuple(
        c for c in read.citations if _bare(c.text) not in {_bare(h.text) for h in held.citations}
    )
    update["sources"] = held.sources + tuple(s for s in read.sources if s not in held.sources)
    update["notes"] = held.notes + tuple(n for n in read.notes if n not in held.notes)
    return held.model_copy(update=update), _plain(differing), _findings(held, differing)


def _covers(name: str, ours: Any, theirs: Any) -> bool:
    """Whether what the text says is already in what is held (a date without the place, a family that is known)."""
    if name == "family":
        return bool(theirs == "other")
    if name == "signings":
        return all(any(_within(t, o) for o in ours) for t in theirs)
    return False


def _agree(ours: EntryIntoForce, theirs: EntryIntoForce | None) -> bool:
    """Whether date and formula are the same as far as both are established."""
    if theirs is None:
        return False
    same_date = (
        not ours.date or not theirs.date or theirs.date.startswith(ours.date) or ours.date.startswith(theirs.date)
    )
    return same_date and (not ours.formula or not theirs.formula or ours.formula == theirs.formula)


def _joined(ours: EntryIntoForce, theirs: EntryIntoForce) -> EntryIntoForce:
    missing = {name: value for name, value in theirs if value and not getattr(ours, name)}
    return ours.model_copy(update=missing)


def _within(theirs: Any, ours: Any) -> bool:
    date = theirs.date is None or (ours.date or "").startswith(theirs.date)
    return date and (not theirs.place or theirs.place.lower() in ours.place.lower())


def _parties(held: Agreement, read: Agreement, differing: dict[str, Any]) -> tuple[Party, ...]:
    """Return the parties held with the printed names of `read`; parties only the text names are differing."""
    if not held.parties:
        return read.parties
    printed = {p.code: p for p in read.parties if p.code}
    known = {p.code for p in held.parties}
    # A text that names the organisation stands for the members that are listed.
    if strange := tuple(p for p in read.parties if p.code not in known and not is_organisation(p.code)):
        differing["parties"] = strange
    return tuple(
        p.model_copy(update={"name": printed[p.code].name or p.name, "body": p.body or printed[p.code].body})
        if p.code in printed
        else p
        for p in held.parties
    )


def _findings(held: Agreement, differing: dict[str, Any]) -> tuple[Finding, ...]:
    return tuple(
        warning(
            "facts-differ",
            name,
            f"{name.replace('_', ' ')}: the text says {_words(value)}, "
            f"the facts held say {_words(getattr(held, name))}.",
            f"Both are kept. Correct agreement.md of {held.id} if the text is right.",
        )
        for name, value in differing.items()
    )


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(_words(v) for v in value) or "nothing"
    if hasattr(value, "model_dump"):
        return " ".join(str(v) for v in value.model_dump(exclude_defaults=True).values())
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value.model_dump(exclude_defaults=True) if hasattr(value, "model_dump") else value


def _bare(citation: str) -> str:
    return "".join(c for c in citation.lower() if c.isalnum())
