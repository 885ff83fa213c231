"""What is agreed, article by article: who agreed to what and when, and what was reopened since.

An entry is never overwritten: the last one on a path says where it stands. Rounds note what was agreed in them too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from agreements.display import shown_short
from agreements.errors import NotFoundError
from agreements.isodates import today
from agreements.negotiation.brackets import Labels
from agreements.negotiation.file import AgreedEntry, NegotiatedText, Negotiation
from agreements.negotiation.joint import agreed_units, open_places, unit_of
from agreements.negotiation.records import validated
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import read_text
from agreements.reference import places

ArticleStanding = Literal["open", "ad-referendum", "agreed", "reopened", "none recorded"]


@shown_short
@dataclass(frozen=True, slots=True)
class StandingArticle:
    """Where an article of the last text stands: the entry that says so (None: none does), how much is open in it."""

    path: str
    heading: str
    state: ArticleStanding
    entry: AgreedEntry | None
    open_places: int = 0

    @property
    def said(self) -> str:
        """The state in words, with who and when."""
        words = {"ad-referendum": "agreed ad referendum", "open": "open", "none recorded": "none recorded"}
        parts = [words.get(self.state, self.state)]
        if self.entry:
            parts.append(f"on {self.entry.date}")
            parts += [f"by {self.entry.by}"] if self.entry.by else []
            parts += [f"in round {self.entry.round}"] if self.entry.round else []
        told = " ".join(parts) + (f" ({self.entry.note})" if self.entry and self.entry.note else "")
        return told + (f"; {self.open_places} open in it" if self.open_places else "")

    def as_json(self) -> dict[str, Any]:
        """Return `{path, heading, state, date, by, round, note, open_places}`; what is not known is left out."""
        row = {"path": self.path, "heading": self.heading, "state": self.state, "open_places": self.open_places}
        own = self.entry.model_dump(mode="json", exclude_defaults=True) if self.entry else {}
        return {**own, **row}


def agree_articles(
    store: Negotiations, negotiation: str, paths: Sequence[str], facts: Mapping[str, Any], *, expected: str = ""
) -> tuple[AgreedEntry, ...]:
    """Record that articles or paragraphs at `paths` of the last text exchanged are agreed, open or reopened.

    `facts` are `state` (default: `ad-referendum`), `by`, `date` (default: today), `round` and `note`. Raises
    `NotFoundError` for a path that the text has not, `RecordError`, and as `parse_file`.
    """
    given = {name: value for name, value in facts.items() if value not in (None, "")}
    rows = [{"state": "ad-referendum", "date": today(), **given, "path": path} for path in paths]
    made = tuple(validated(row, AgreedEntry, f"{row['path']}") for row in rows)

    def how(held: Negotiation) -> Negotiation:
        _refuse_unknown(store, held, paths)
        return held.model_copy(update={"articles": (*held.articles, *made)})

    store.change(negotiation, how, what="agree", expected=expected)
    return made


def _refuse_unknown(store: Negotiations, held: Negotiation, paths: Sequence[str]) -> None:
    last = held.last()
    if last is None:
        return
    known = {place.path for place in places(read_text(store, held.id, last))}
    if missing := [path for path in paths if path not in known]:
        units = ", ".join(dict.fromkeys(unit_of(path) for path in known))
        raise NotFoundError(f"Text {last.number} has no provision {', '.join(missing)}.", hint=f"It has: {units}.")


def standing_articles(store: Negotiations, negotiation: str) -> tuple[StandingArticle, ...]:
    """Return where each article of the last text exchanged stands, in its order; raises as `parse_file`."""
    held = store.get(negotiation)
    last = held.last()
    if last is None:
        return ()
    text = read_text(store, negotiation, last)
    opened: dict[str, int] = {}
    for each in open_places(text, Labels(*held.labels)):
        opened[unit_of(each.path)] = opened.get(unit_of(each.path), 0) + 1
    marked = set(agreed_units(text))
    found: list[StandingArticle] = []
    recorded = held.entries_by_path
    for place in places(text):
        own = recorded.get(place.path)
        is_unit = unit_of(place.path) == place.path
        if not (is_unit or own) or place.path.startswith(("signature", "testimonium")):
            continue
        count = opened.get(place.path, 0)
        state = _state(own, last if place.path in marked else None, count)
        found.append(StandingArticle(place.path, place.provision.heading or "", state, own, count))
    return tuple(found)


def _state(entry: AgreedEntry | None, marked_in: NegotiatedText | None, opened: int) -> ArticleStanding:
    if entry is not None and not (marked_in and marked_in.date > entry.date):
        return "reopened" if opened and entry.state in ("ad-referendum", "agreed") else entry.state
    if marked_in is not None:
        return "ad-referendum"
    return "open" if opened else "none recorded"
