"""What is agreed, article by article: who agreed to what and when, and what was reopened since.

An entry is never overwritten: the last one on a path says where it stands. Rounds note what was agreed in them too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from agreements.comparing import WORDS_STAND, Pair, align
from agreements.display import shown_short
from agreements.errors import NotFoundError
from agreements.isodates import today
from agreements.model import Agreement
from agreements.negotiation.brackets import Labels
from agreements.negotiation.file import AgreedEntry, NegotiatedText, Negotiation
from agreements.negotiation.joint import agreed_units, open_places, unit_of
from agreements.negotiation.records import RecordError, validated
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import read_text
from agreements.reference import places

ArticleStanding = Literal["open", "ad-referendum", "agreed", "reopened", "none recorded"]


@shown_short
@dataclass(frozen=True, slots=True)
class StandingArticle:
    """Where an article of the last text stands: the entry that says so (None: none does), how much is open in it.

    `changed_in` is the number of the last text where its words are others there than in the text that was agreed (0:
    they are not).
    """

    path: str
    heading: str
    state: ArticleStanding
    entry: AgreedEntry | None
    open_places: int = 0
    changed_in: int = 0

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
        told += f"; {self.open_places} open in it" if self.open_places else ""
        return told + (f"; its words are others in text {self.changed_in}, the last one" if self.changed_in else "")

    def as_json(self) -> dict[str, Any]:
        """Return `{path, heading, state, date, by, round, note, open_places, changed_in}`, what is known of it."""
        row = {"path": self.path, "heading": self.heading, "state": self.state, "open_places": self.open_places}
        row |= {"changed_in": self.changed_in} if self.changed_in else {}
        own = self.entry.model_dump(mode="json", exclude_defaults=True) if self.entry else {}
        return {**own, **row}


def agree_articles(
    store: Negotiations, negotiation: str, paths: Sequence[str], facts: Mapping[str, Any], *, expected: str = ""
) -> tuple[AgreedEntry, ...]:
    """Record that articles or paragraphs at `paths` of the last text exchanged are agreed, open or reopened.

    `facts` are `state` (default: `ad-referendum`), `by`, `date` (default: today), `round` and `note`. What was agreed
    on a day before the last text was exchanged rests on the last one exchanged by then. Raises `NotFoundError` for a
    path that the text has not, `RecordError` where no text was exchanged by that day, and as `parse_file`.
    """
    given = {name: value for name, value in facts.items() if value not in (None, "")}
    row = {"state": "ad-referendum", "date": today(), **given}
    asked = [validated({**row, "path": path}, AgreedEntry, path) for path in paths]  # before a text of it is looked for
    made: list[AgreedEntry] = []

    def how(held: Negotiation) -> Negotiation:
        last = _exchanged_by(held, str(row["date"]))
        _refuse_unknown(read_text(store, held.id, last), last.number, paths)
        made.extend(each.model_copy(update={"text": last.number}) for each in asked)
        return held.model_copy(update={"articles": (*held.articles, *made)})

    store.change(negotiation, how, what="agree", expected=expected)
    return tuple(made)


def _exchanged_by(held: Negotiation, day: str) -> NegotiatedText:
    """Return the last text exchanged on `day` or before: nobody agreed to words that were not on the table yet."""
    exchanged = [each for each in held.texts if each.side != "draft" and not each.purged]
    by_then = [each for each in exchanged if each.date[: len(day)] <= day[: len(each.date)]]
    if by_then:
        return by_then[-1]
    if exchanged:
        first = min(exchanged, key=lambda each: each.date)
        raise RecordError(
            f"On {day} no text of {held.id} had been exchanged: text {first.number}, the first that is kept, is of "
            f"{first.date}.",
            hint="Give the day on which it was agreed (--date), or keep the text that lay on the table.",
        )
    hint = "`agreements negotiation table` or `receive` keeps one."
    raise RecordError(f"{held.id} has no text that was exchanged, so nothing in it is agreed.", hint=hint)


def _refuse_unknown(text: Agreement, number: int, paths: Sequence[str]) -> None:
    known = [place.path for place in places(text)]
    if missing := [path for path in paths if path not in known]:
        units = ", ".join(dict.fromkeys(unit_of(path) for path in known))
        raise NotFoundError(f"Text {number} has no provision {', '.join(missing)}.", hint=f"It has: {units}.")


def entries_in(store: Negotiations, held: Negotiation, number: int, text: Agreement) -> dict[str, AgreedEntry]:
    """Return the last word on each provision by its path in `text`, which has the `number` in the record.

    What was said of another text is carried to the provision that answers it there, whatever its number; what has none
    there is under its old path after a sign (`-`). Raises as `parse_file`.
    """
    found: dict[str, AgreedEntry] = {}
    answers: dict[int, dict[str, str]] = {}
    for path, entry in sorted(held.entries_by_path.items(), key=lambda row: row[1].date):
        earlier = held.text(entry.text) if entry.text not in (None, number) else None
        if earlier is None:
            found[path] = entry
            continue
        if earlier.number not in answers:
            pairs = align(read_text(store, held.id, earlier), text)
            answers[earlier.number] = {pair.a.path: pair.b.path for pair in pairs if pair.a and pair.b}
        found[answers[earlier.number].get(path, f"-{path}")] = entry
    return found


def changed_since_agreed(store: Negotiations, held: Negotiation, last: NegotiatedText, text: Agreement) -> set[str]:
    """Return the paths in `text`, the `last` one, of what is recorded as agreed and has other words there.

    Raises as `parse_file`.
    """
    found: set[str] = set()
    compared: dict[int, tuple[Pair, ...]] = {}
    for path, entry in held.entries_by_path.items():
        earlier = held.text(entry.text) if entry.text not in (None, last.number) else None
        if earlier is None or entry.state not in ("ad-referendum", "agreed"):
            continue
        if earlier.number not in compared:
            compared[earlier.number] = tuple(align(read_text(store, held.id, earlier), text))
        pairs = compared[earlier.number]
        now = next((p.b.path for p in pairs if p.a and p.b and p.a.path == path), "")
        if now and any(_lies_in(p, path, now) and p.change not in WORDS_STAND for p in pairs):
            found.add(now)
    return found


def agreed_in(store: Negotiations, held: Negotiation, text: Agreement) -> frozenset[str]:
    """Return the paths in `text` of what is recorded as agreed ad referendum and has the words there that were agreed.

    Raises as `parse_file`.
    """
    found: set[str] = set()
    compared: dict[int, tuple[Pair, ...]] = {}
    for path in held.noted_as_agreed:
        entry = held.entries_by_path[path]
        if entry.state == "agreed":  # finally: `[ad referendum]` on it would be false
            continue
        earlier = held.text(entry.text) if entry.text is not None else None
        if earlier is None:
            found.add(path)
            continue
        if earlier.number not in compared:
            compared[earlier.number] = tuple(align(read_text(store, held.id, earlier), text))
        pairs = compared[earlier.number]
        now = next((p.b.path for p in pairs if p.a and p.b and p.a.path == path), "")
        if now and all(pair.change in WORDS_STAND for pair in pairs if _lies_in(pair, path, now)):
            found.add(now)
    return frozenset(found)


def _lies_in(pair: Pair, before: str, now: str) -> bool:
    """Whether a pair is of the provision that had the path `before` and has the path `now`, or of one under it."""
    sides = ((pair.a, before), (pair.b, now))
    return any(side and (side.path == above or side.path.startswith(f"{above}.")) for side, above in sides)


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
    recorded = entries_in(store, held, last.number, text)
    changed = changed_since_agreed(store, held, last, text)
    for place in places(text):
        own = recorded.get(place.path)
        is_unit = unit_of(place.path) == place.path
        if not (is_unit or own) or place.path.startswith(("signature", "testimonium")):
            continue
        count = opened.get(place.path, 0)
        state = _state(own, last if place.path in marked else None, count)
        others = last.number if place.path in changed and state in ("ad-referendum", "agreed") else 0
        found.append(StandingArticle(place.path, place.provision.heading or "", state, own, count, others))
    gone = [(path[1:], entry) for path, entry in recorded.items() if path.startswith("-")]
    found += [StandingArticle(path, f"not found in text {last.number}", e.state, e) for path, e in gone]
    return tuple(found)


def _state(entry: AgreedEntry | None, marked_in: NegotiatedText | None, opened: int) -> ArticleStanding:
    if entry is not None and not (marked_in and marked_in.date > entry.date):
        return "reopened" if opened and entry.state in ("ad-referendum", "agreed") else entry.state
    if marked_in is not None:
        return "ad-referendum"
    return "open" if opened else "none recorded"
