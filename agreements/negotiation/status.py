"""Where a negotiation stands, as data for a screen, a brief and an export."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from agreements.display import shown_short
from agreements.errors import NotFoundError
from agreements.negotiation.articles import changed_since_agreed, entries_in
from agreements.negotiation.brackets import Labels
from agreements.negotiation.file import NegotiatedText, Negotiation
from agreements.negotiation.joint import OpenPlace, agreed_units, open_places, unit_of
from agreements.negotiation.language_texts import LanguageStanding, language_standings
from agreements.negotiation.positions import Positions
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import read_text
from agreements.reference import places


@shown_short
@dataclass(frozen=True, slots=True)
class NegotiationStatus:
    """A negotiation with its positions, what is open in its last text, and the marking of what is made from it.

    `opened_from` is the text that the open places are of, None where no text was exchanged; `changed` are the paths of
    what was agreed and has other words in that text. `fingerprint` names the facts and
    positions as they stand: what a write takes as `expected`.
    """

    negotiation: Negotiation
    positions: Positions
    marking: str
    open: tuple[OpenPlace, ...] = ()
    opened_from: NegotiatedText | None = None
    agreed: tuple[str, ...] = ()
    fingerprint: str = ""
    languages: tuple[LanguageStanding, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def finally_agreed(self) -> tuple[str, ...]:
        """What of `agreed` is recorded as agreed finally; the rest is ad referendum."""
        return self.negotiation.finally_agreed(self.agreed)

    @property
    def ad_referendum(self) -> tuple[str, ...]:
        """What of `agreed` is agreed ad referendum alone."""
        final = self.finally_agreed
        return tuple(path for path in self.agreed if path not in final)

    @property
    def open_by_unit(self) -> dict[str, int]:
        """How many places are open in each article, in reading order."""
        return dict(Counter(unit_of(place.path) for place in self.open))

    @property
    def partner(self) -> str:
        """The partner's usual name."""
        return partner_name(self.negotiation.partner)

    def as_json(self) -> dict[str, Any]:
        """Return the negotiation, its positions and `{open, agreed, marking}`."""
        row = self.negotiation.model_dump(mode="json", exclude_defaults=True)
        return {
            **row,
            "stage": self.negotiation.stage,
            "marking": self.marking,
            "fingerprint": self.fingerprint,
            "positions": [p.model_dump(mode="json", exclude_defaults=True) for p in self.positions.positions],
            "open": {
                "text": self.opened_from.number if self.opened_from else None,
                "by_unit": self.open_by_unit,
                "places": [{"path": o.path, "us": o.us, "partner": o.partner} for o in self.open],
            },
            "languages": [each.as_json() for each in self.languages],
            "agreed_ad_referendum": list(self.ad_referendum),
            "agreed_finally": list(self.finally_agreed),
            "changed_since_agreed": list(self.changed),
            "on_hold": [h.model_dump(mode="json", exclude_defaults=True) for h in self.negotiation.on_hold],
        }


def negotiation_status(store: Negotiations, negotiation: str) -> NegotiationStatus:
    """Return where `negotiation` stands; raises `NotFoundError`, `RecordError`, and as `parse_file`."""
    seen = store.fingerprint(negotiation)  # before it is read: what changes in between is refused
    held = store.get(negotiation)
    positions = store.positions(negotiation)
    marking = store.marking(negotiation)
    standings = language_standings(store, held)
    last = held.last()
    if last is None:
        return NegotiationStatus(held, positions, marking, fingerprint=seen, languages=standings)
    agreement = read_text(store, negotiation, last)
    opened = tuple(open_places(agreement, Labels(*held.labels)))
    marked = held.still_agreed(agreed_units(agreement), last.date)
    order = {place.path: rank for rank, place in enumerate(places(agreement))}
    noted = {*marked, *held.noted_as_agreed}
    agreed = tuple(sorted(noted, key=lambda path: (order.get(path, len(order)), path)))
    changed = tuple(sorted(changed_since_agreed(store, held, last, agreement)))
    return NegotiationStatus(held, positions, marking, opened, last, agreed, seen, standings, changed)


def agreed_paths(store: Negotiations, negotiation: str) -> tuple[str, ...]:
    """Return the paths of what was agreed ad referendum: as noted in rounds, and as marked in the last joint text.

    Raises `NotFoundError`, `RecordError`, and as `parse_file`.
    """
    held = store.get(negotiation)
    joint = held.last("joint")
    marked = held.still_agreed(agreed_units(read_text(store, negotiation, joint)), joint.date) if joint else ()
    ours = held.last("us", "joint")
    if ours is None:
        return tuple(dict.fromkeys([*held.noted_as_agreed, *marked]))
    entries = entries_in(store, held, ours.number, read_text(store, negotiation, ours))
    noted = (path for path, e in entries.items() if e.state in ("ad-referendum", "agreed") and path[:1] != "-")
    return tuple(dict.fromkeys([*noted, *marked]))


def partner_name(partner: str) -> str:
    """Return the usual name of a State or organisation given by code, else what was given."""
    from agreements.states import name_of

    try:
        return name_of(partner)
    except NotFoundError:
        return partner
