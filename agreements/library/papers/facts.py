"""What the gaps of papers are filled with, as far as it is recorded."""

from collections.abc import Iterator
from pathlib import Path

from agreements.citation import date_words
from agreements.errors import NotFoundError
from agreements.families import family
from agreements.library.negotiations.brief import Brief, authority_words, place_words
from agreements.library.repositories import open_repository
from agreements.model import Agreement
from agreements.negotiation.file import Negotiation, Text

_MOST = 12


def held_agreement(folder: Path, agreement: str) -> Agreement | None:
    """Return the agreement of the repository that a negotiation names, None where it names none or it is not there."""
    if not agreement:
        return None
    try:
        return open_repository(folder).get(agreement)
    except NotFoundError:
        return None


def values_of(
    brief: Brief, held: Agreement | None, text: Agreement | None, *, marking: str, draft: Path | None = None
) -> dict[str, str]:
    """Return the values of gaps by name; what is not recorded is missing or empty."""
    negotiation = brief.status.negotiation
    label = family(negotiation.family).label
    title = negotiation.title or (label if negotiation.family != "other" else "")
    caption, portion = _caption(marking)
    return {
        "date": date_words(brief.day),
        "marking": marking,
        "caption": caption,
        "portion": portion,
        "title": (held.title if held else "") or title,
        "matter": title if brief.status.partner in title else f"{title} with {brief.status.partner}".strip(),
        "partner": brief.status.partner,
        "parties": " and ".join(p.name for p in held.parties) if held else "",
        "scope": (negotiation.authority.scope or "").replace("-", " "),
        "objective": negotiation.objective,
        "limits": "; ".join(negotiation.authority.limits),
        "authority": authority_words(negotiation.authority) if negotiation.authority.approved else "",
        "who": negotiation.lead,
        "stage": negotiation.stage.replace("-", " "),
        "draft_name": _draft_name(brief, draft) if text else "",
        "last_text": _text(brief.sides.us_text if draft is None else None) or _text(negotiation.last()),
        "binding": _binding(held),
        "agreed": ", ".join(map(place_words, brief.sides.agreed)),
        "open": "; ".join(_points(brief)),
        "steps": "; ".join(_steps(negotiation)),
        **_round(negotiation),
    }


def _caption(marking: str) -> tuple[str, str]:
    """Return the caption line of a cable and the mark of its paragraphs, by the custom of telegrams."""
    if marking == "UNCLASSIFIED":
        return "UNCLAS", "(U)"
    if marking in ("SENSITIVE BUT UNCLASSIFIED", "SBU"):
        return "UNCLAS SENSITIVE", "(SBU)"
    return (f"UNCLAS {marking}", f"({marking.split('//', maxsplit=1)[0]})") if marking else ("", "")


def _draft_name(brief: Brief, draft: Path | None) -> str:
    if draft is not None:
        return draft.name
    text = brief.sides.us_text
    return f"{text.name}, text {text.number} of {date_words(text.date)}" if text else ""


def _text(text: Text | None) -> str:
    return f"no. {text.number}, {text.how_fully} on {date_words(text.date)} ({text.name})" if text else ""


def _binding(held: Agreement | None) -> str:
    if held is None or held.binding is None:
        return ""
    return "binding under international law" if held.binding else "not binding under international law"


def _points(brief: Brief) -> Iterator[str]:
    for point in brief.sides.points[:_MOST]:
        yield f"{place_words(point.path)}{f' ({point.heading})' if point.heading else ''}"
    if len(brief.sides.points) > _MOST:
        yield f"and {len(brief.sides.points) - _MOST} more"


def _steps(negotiation: Negotiation) -> Iterator[str]:
    for step in negotiation.steps:
        if step.done is None:
            who = ", ".join(x for x in (step.who, f"by {date_words(step.due)}" if step.due else "") if x)
            yield f"{step.what}{f' ({who})' if who else ''}"


def _round(negotiation: Negotiation) -> dict[str, str]:
    if not negotiation.rounds:
        return {"round_words": "talks"}
    last = negotiation.rounds[-1]
    until = f" to {date_words(last.until)}" if last.until else ""
    return {
        "round_words": f"round {last.number} of talks",
        "meeting": f"{date_words(last.date)}{until}{f' at {last.place}' if last.place else ''}.",
        "delegations": "; ".join(
            x
            for x in (
                f"ours under {last.our_head}" if last.our_head else "",
                f"theirs under {last.their_head}" if last.their_head else "",
            )
            if x
        ),
    }
