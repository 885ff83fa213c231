"""What is kept of a negotiation: partner, authority, stages, rounds, texts, approvals, next steps, holds.

The stages and fields are those that a treaty office tracks, from the concept to the end. Nothing here is guessed: a
field that nobody filled is empty. Positions and authority may be pointers to where they are held.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, model_validator

from agreements.model import Frozen, PartialDate, Slug

Stage = Literal[
    "concept", "cleared-to-negotiate", "text-tabled", "in-negotiation", "ad-referendum", "language-conformity",
    "cleared-to-conclude", "signed", "pending-entry", "in-force", "amended", "notice-given", "ended",
]  # fmt: skip
STAGES: tuple[Stage, ...] = get_args(Stage)

# 11 FAM 720: full powers are for treaties; an action memorandum asks for one agreement, a blanket one for a series.
AuthorityKind = Literal["action-memorandum", "blanket", "full-powers", "delegated", "other"]
Scope = Literal["negotiate", "conclude", "negotiate-and-conclude", "amend", "extend", "terminate"]
TextOrigin = Literal["us", "partner", "joint", "draft"]
Clearance = Literal["requested", "cleared", "cleared-with-condition", "refused"]


LanguageState = Literal["sent", "returned", "compared", "certified"]

RecordKind = Literal["stages", "rounds", "texts", "approvals", "clearances", "articles", "language_texts"]
RECORDS: tuple[RecordKind, ...] = get_args(RecordKind)
"""Lists of what was tabled, received, cleared or decided: what is undone of them stays on record."""


def _line(value: str) -> str:
    return " ".join(value.split())


OneLine = Annotated[str, AfterValidator(_line)]


class NegotiatingAuthority(Frozen):
    """The authority to negotiate or conclude: its kind, scope, dates, who gave it, and what it does not cover.

    `reference` names the paper; `held_elsewhere` points to it when its words may not be kept here.
    """

    kind: AuthorityKind | None = None
    scope: Scope | None = None
    requested: PartialDate | None = None
    approved: PartialDate | None = None
    expires: PartialDate | None = None
    approver: OneLine = ""
    limits: tuple[OneLine, ...] = ()
    reference: OneLine = ""
    held_elsewhere: OneLine = ""


class StageEntry(Frozen):
    """The day on which a stage was reached."""

    stage: Stage
    date: PartialDate
    note: OneLine = ""


class Round(Frozen):
    """A round of talks: when and where, who headed each delegation, what was agreed ad referendum (paths)."""

    number: int
    date: PartialDate
    until: PartialDate | None = None
    place: OneLine = ""
    our_head: OneLine = ""
    their_head: OneLine = ""
    ad_referendum: tuple[str, ...] = ()
    note: OneLine = ""


class AgreedEntry(Frozen):
    """What was said of the provision at a `path`: that it is agreed, ad referendum or finally, open, or reopened.

    `by` is who said so, `text` the number of the text that has the path; entries stand in the order in which they were
    made.
    """

    path: str
    state: Literal["open", "ad-referendum", "agreed", "reopened"] = "ad-referendum"
    date: PartialDate
    by: OneLine = ""
    round: int | None = None
    text: int | None = None
    note: OneLine = ""


class NegotiatedText(Frozen):
    """A text that was tabled (`us`), received (`partner`), worked out together (`joint`), or is a `draft` of ours.

    A draft went to offices of our own and not over the table.

    `file` is its name under `texts/`, `name` the one it came with, `base` the number of the text it was made from.
    `words_deleted` and `words_inserted` count the difference to that base, `open_brackets` what is not agreed in it.
    """

    number: int
    side: TextOrigin
    date: PartialDate
    file: str
    name: str
    sha256: str
    base: int | None = None
    round: int | None = None
    marking: OneLine = ""
    open_brackets: int = 0
    words_deleted: int | None = None
    words_inserted: int | None = None
    note: OneLine = ""

    @property
    def how(self) -> str:
        """How it came to the table: `tabled`, `received`, `joint text`; or that it did not: `draft inside`."""
        return {"us": "tabled", "partner": "received", "joint": "joint text", "draft": "draft inside"}[self.side]

    @property
    def how_fully(self) -> str:
        """The same for a reader who does not know whose file this is."""
        return "tabled by us" if self.side == "us" else self.how


class Approval(Frozen):
    """What an office (L, OSD, JS, OGC, a combatant command, a bureau) said to the text or the authority.

    `text` is the number of the text that it cleared, `sha256` that of its file: another word was not cleared.
    """

    office: OneLine
    state: Clearance = "requested"
    date: PartialDate | None = None
    about: OneLine = ""
    condition: OneLine = ""
    text: int | None = None
    sha256: str = ""

    @property
    def clears(self) -> bool:
        """Whether the office cleared, with a condition or without."""
        return self.state in ("cleared", "cleared-with-condition")


class ReturnedDraft(Frozen):
    """What an office returned for clearance: `file` is its name under `texts/`, `name` the one it came with."""

    office: OneLine
    date: PartialDate
    file: str
    name: str
    sha256: str


class ClearanceRound(Frozen):
    """A round of clearance: the text that was sent to `offices`, by when they answer, and what they returned.

    An office that is silent has not cleared: that is said by an approval alone.
    """

    number: int
    text: int
    sent: PartialDate
    due: PartialDate | None = None
    offices: tuple[OneLine, ...] = ()
    returned: tuple[ReturnedDraft, ...] = ()
    note: OneLine = ""


class Step(Frozen):
    """Something to do next: what, who, until when; `done` is the day it was done."""

    number: int
    what: OneLine
    who: OneLine = ""
    due: PartialDate | None = None
    done: PartialDate | None = None


class Hold(Frozen):
    """A legal hold: while one is not released nothing of the negotiation can be purged."""

    reason: OneLine
    since: PartialDate
    by: OneLine = ""
    released: PartialDate | None = None


class LanguageStep(Frozen):
    """What was done to the text in one language (`fr`): sent to be translated, returned, compared, certified.

    `by` is the office or person who did it. `text` is the number of the text of the record that it was done on,
    `sha256` the hash of that. `translation` is the hash of the text in the language, which is `file` under `texts/` (it
    came as `name`) or the text `other` of the record; empty where it was only sent. `due` is the day by which it is to
    be back.
    """

    language: str
    state: LanguageState
    date: PartialDate
    by: OneLine
    text: int
    sha256: str
    translation: str = ""
    file: str = ""
    name: str = ""
    other: int | None = None
    due: PartialDate | None = None
    marking: OneLine = ""
    note: OneLine = ""


class UndoneEntry(Frozen):
    """An entry of a list of records (`what`: texts, approvals, ...) that was undone, as it stood, and when.

    `act` is the number of the act that had made it. A text of it stays in its place.
    """

    what: RecordKind
    act: int
    on: PartialDate
    entry: Mapping[str, Any]

    @property
    def said(self) -> str:
        """What it was, in words."""
        named = ("number", "stage", "office", "language", "path", "state", "side", "date")
        words = " ".join(str(self.entry[name]).replace("-", " ") for name in named[:-1] if name in self.entry)
        what = self.what.removesuffix("s").replace("_", " ")
        return f"{what} {words} of {self.entry.get('date', 'no day')} (undone {self.on})"


class Negotiation(Frozen):
    """A negotiation. `partner` is a code of `states` or a name; `our_label` and `their_label` stand in brackets.

    `agreement` is the id of the agreement or draft in the repository that it is about, where there is one.
    """

    id: Slug
    title: OneLine = ""
    partner: OneLine
    family: str = "other"
    objective: OneLine = ""
    lead: OneLine = ""
    marking: OneLine = ""
    our_label: OneLine = "US"
    their_label: OneLine = ""
    agreement: str = ""
    authority: NegotiatingAuthority = NegotiatingAuthority()
    stages: tuple[StageEntry, ...] = ()
    rounds: tuple[Round, ...] = ()
    texts: tuple[NegotiatedText, ...] = ()
    approvals: tuple[Approval, ...] = ()
    clearances: tuple[ClearanceRound, ...] = ()
    articles: tuple[AgreedEntry, ...] = ()
    steps: tuple[Step, ...] = ()
    holds: tuple[Hold, ...] = ()
    language_texts: tuple[LanguageStep, ...] = ()
    undone: tuple[UndoneEntry, ...] = ()

    @model_validator(mode="after")
    def _labels_differ(self) -> "Negotiation":
        if self.our_label.casefold() == self.labels[1].casefold():
            raise ValueError("the two sides need different labels")
        return self

    @property
    def labels(self) -> tuple[str, str]:
        """The words that stand for our side and for theirs in open brackets."""
        return self.our_label, self.their_label or "PARTNER"

    @property
    def stage(self) -> Stage:
        """The stage reached last."""
        return self.stages[-1].stage if self.stages else "concept"

    @property
    def on_hold(self) -> tuple[Hold, ...]:
        """The legal holds that are not released."""
        return tuple(hold for hold in self.holds if hold.released is None)

    @property
    def entries_by_path(self) -> dict[str, AgreedEntry]:
        """The last word on each provision of which one is recorded: by an entry, or by the round that agreed to it.

        Of one day, an entry has the last word.
        """
        of_rounds = (
            AgreedEntry(path=path, date=each.date, round=each.number, text=self._text_of_round(each.number))
            for each in self.rounds
            for path in each.ad_referendum
        )
        found: dict[str, AgreedEntry] = {}
        for entry in sorted([*of_rounds, *self.articles], key=lambda entry: entry.date):
            found[entry.path] = entry
        return found

    def _text_of_round(self, number: int) -> int | None:
        """Return the number of the last text of a round, None where none is of it."""
        return next((text.number for text in reversed(self.texts) if text.round == number), None)

    @property
    def noted_as_agreed(self) -> tuple[str, ...]:
        """The paths of what rounds and entries note as agreed, ad referendum or finally, and nothing reopened since."""
        agreed = ("ad-referendum", "agreed")
        known = self.entries_by_path
        noted = [*(path for each in self.rounds for path in each.ad_referendum), *(e.path for e in self.articles)]
        return tuple(path for path in dict.fromkeys(noted) if known[path].state in agreed)

    def still_agreed(self, marked: Iterable[str], since: str) -> tuple[str, ...]:
        """Return of the paths `marked` as agreed in a text of the day `since` those that no later entry reopened."""
        known = self.entries_by_path
        reopened = {p for p, e in known.items() if e.state in ("open", "reopened") and e.date >= since[: len(e.date)]}
        return tuple(path for path in marked if path not in reopened)

    def last(self, *sides: TextOrigin) -> NegotiatedText | None:
        """Return the latest text of any of `sides` (where none is named, of those exchanged), or None."""
        wanted = sides or ("us", "partner", "joint")
        return next((t for t in reversed(self.texts) if t.side in wanted), None)

    def text(self, number: int) -> NegotiatedText | None:
        """Return the text of that number, or None."""
        return next((t for t in self.texts if t.number == number), None)

    def approval(self, office: str) -> Approval | None:
        """Return the last word of an office on a text, None where there is none; capitals do not count.

        The last by its day, where the days are known, else the one recorded last.
        """
        own = [a for a in self.approvals if a.office.casefold() == office.casefold() and not a.about]
        dated = all(a.date for a in own)
        return max(own, key=lambda a: a.date or "") if own and dated else (own[-1] if own else None)

    def next_number(self, kind: Literal["rounds", "texts", "clearances"]) -> int:
        """Return the number of the next round or text: one that was undone keeps its own."""
        known = [each.number for each in getattr(self, kind)]
        return 1 + max([*known, *(int(u.entry["number"]) for u in self.undone if u.what == kind)], default=0)

    def markings(self) -> Iterator[str]:
        """Yield its own marking and those of its texts, the undone ones too."""
        yield self.marking
        yield from (str(each.entry.get("marking", "")) for each in self.undone)
        yield from (text.marking for text in self.texts)
        yield from (step.marking for step in self.language_texts)

    def file_names(self) -> Iterator[str]:
        """Yield the names of all files under `texts/` that it speaks of, of what was undone too."""
        yield from (text.file for text in self.texts)
        yield from (step.file for step in self.language_texts if step.file)
        yield from (draft.file for asked in self.clearances for draft in asked.returned)
        yield from (str(each.entry["file"]) for each in self.undone if each.entry.get("file"))
        yield from (draft["file"] for each in self.undone for draft in each.entry.get("returned", ()))
