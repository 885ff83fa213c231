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

ClosingKind = Literal[
    "notified-congress", "signed", "deposited", "reported-signed", "in-force", "reported-in-force", "published",
    "not-published", "registered", "not-registered",
]  # fmt: skip
CLOSING: tuple[ClosingKind, ...] = get_args(ClosingKind)
"""What is recorded of the conclusion: Congress notified before it, signed, deposited with the Treaty Office, reported
to Congress (as signed, as in force), in force, published or excepted, registered or not to be."""

FollowingKind = Literal[
    "implementing-arrangement", "annex-change", "minutes", "order", "exchange-of-notes", "other"
]  # fmt: skip
FollowingQuestion = Literal["reportable", "authority"]
FOLLOWING: tuple[FollowingKind, ...] = get_args(FollowingKind)
QUESTIONS: Mapping[FollowingQuestion, str] = {
    "reportable": "whether it is itself to be reported to Congress",
    "authority": "whether it needs an authority of its own",
}

RecordKind = Literal[
    "stages", "rounds", "texts", "approvals", "clearances", "articles", "language_texts", "closing", "follows",
    "answers",
]  # fmt: skip
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

    @property
    def doubt(self) -> str:
        """What cannot be in its days as recorded, in words; empty where nothing is seen."""
        if self.approved and self.expires and self.expires < self.approved[: len(self.expires)]:
            return f"the authority as recorded ends ({self.expires}) before it is given ({self.approved})"
        return ""


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
    `purged` is the day on which the file was destroyed: the entry stays, and nothing is worked out from it any more.
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
    purged: PartialDate | None = None

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

    @property
    def kept_file(self) -> str:
        """The name under `texts/` of the file that came with it; empty where none did."""
        return self.file


class PlannedSigner(Frozen):
    """Who signs for a `side`: the name as it is to stand, the capacity, and what is known of full powers.

    Full powers are `needed`, `not-needed` or `produced`; None where nobody said.
    """

    side: Literal["us", "partner"]
    name: OneLine
    capacity: OneLine = ""
    full_powers: Literal["needed", "not-needed", "produced"] | None = None


class SignedOriginal(Frozen):
    """An original and the side that keeps it: `what` says which it is (`names the United States first`)."""

    keeper: Literal["us", "partner"]
    what: OneLine


class SigningPlan(Frozen):
    """What is to be ready when it is signed; what nobody recorded is empty.

    `text` is the number of the text that is signed, `originals` and `ribbon_copies` are counts, `seals` says who brings
    seal and ribbon.
    """

    date: PartialDate | None = None
    places: tuple[OneLine, ...] = ()
    text: int | None = None
    languages: tuple[OneLine, ...] = ()
    signers: tuple[PlannedSigner, ...] = ()
    originals: int | None = None
    kept: tuple[SignedOriginal, ...] = ()
    ribbon_copies: int | None = None
    seals: OneLine = ""
    note: OneLine = ""


class KeptEvidence(Frozen):
    """A file that shows that something was done: `file` is its name under `texts/`, `name` the one it came with."""

    file: str
    name: str
    sha256: str


class ClosingStep(Frozen):
    """A step from the signature on, as it was done: what, when, by whom, and what shows it.

    `ground` is why a text is not published or not registered; `reference` names a paper that is kept elsewhere.
    `of` is the number of an instrument that follows, where the step is one of that and not of the agreement itself.
    """

    number: int
    step: ClosingKind
    date: PartialDate
    by: OneLine
    place: OneLine = ""
    ground: OneLine = ""
    reference: OneLine = ""
    evidence: KeptEvidence | None = None
    of: int | None = None
    marking: OneLine = ""
    note: OneLine = ""

    @property
    def kept_file(self) -> str:
        """The name under `texts/` of what shows it; empty where nothing is kept."""
        return self.evidence.file if self.evidence else ""


class FollowingInstrument(Frozen):
    """An instrument that follows from the agreement: an arrangement under it, a change of an annex, minutes, an order.

    `under` is the provision that it rests on, `date` the day on which it was signed or adopted.
    """

    number: int
    kind: FollowingKind
    title: OneLine
    date: PartialDate | None = None
    under: OneLine = ""
    reference: OneLine = ""
    evidence: KeptEvidence | None = None
    marking: OneLine = ""
    note: OneLine = ""

    @property
    def kept_file(self) -> str:
        """The name under `texts/` of its text; empty where none is kept."""
        return self.evidence.file if self.evidence else ""


class FollowingAnswer(Frozen):
    """What a person answered to a question about the instrument `number` that follows: yes or no, when and why."""

    number: int
    question: FollowingQuestion
    answer: Literal["yes", "no"]
    by: OneLine
    date: PartialDate
    ground: OneLine


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
        named = ("number", "stage", "step", "kind", "question", "answer", "office", "language", "path", "state", "side")
        words = " ".join(str(self.entry[name]).replace("-", " ") for name in named if name in self.entry)
        what = self.what.removesuffix("s").replace("_", " ")
        return f"{what} {words} of {self.entry.get('date', 'no day')} (undone {self.on})"


_AFTER_SIGNATURE = ("signed", "pending-entry", "in-force", "amended", "notice-given", "ended")


class Negotiation(Frozen):
    """A negotiation. `partner` is a code of `states` or a name; `our_label` and `their_label` stand in brackets.

    `agreement` is the id of the agreement or draft in the repository that it is about, where there is one. `authority`
    is the one given last; `authorities_before` those for another act that were given before it, the first one first.
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
    authorities_before: tuple[NegotiatingAuthority, ...] = ()
    stages: tuple[StageEntry, ...] = ()
    rounds: tuple[Round, ...] = ()
    texts: tuple[NegotiatedText, ...] = ()
    approvals: tuple[Approval, ...] = ()
    clearances: tuple[ClearanceRound, ...] = ()
    articles: tuple[AgreedEntry, ...] = ()
    steps: tuple[Step, ...] = ()
    holds: tuple[Hold, ...] = ()
    language_texts: tuple[LanguageStep, ...] = ()
    signing: SigningPlan = SigningPlan()
    closing: tuple[ClosingStep, ...] = ()
    follows: tuple[FollowingInstrument, ...] = ()
    answers: tuple[FollowingAnswer, ...] = ()
    undone: tuple[UndoneEntry, ...] = ()

    @model_validator(mode="after")
    def _labels_differ(self) -> "Negotiation":
        if self.our_label.casefold() == self.labels[1].casefold():
            raise ValueError("the two sides need different labels")
        return self

    @property
    def limits(self) -> tuple[str, ...]:
        """What the authority, and those for another act that were given before it, do not cover."""
        return tuple(dict.fromkeys(limit for own in (self.authority, *self.authorities_before) for limit in own.limits))

    @property
    def labels(self) -> tuple[str, str]:
        """The words that stand for our side and for theirs in open brackets."""
        return self.our_label, self.their_label or "PARTNER"

    @property
    def is_of_united_states(self) -> bool:
        """Whether our side is the United States, by its label: `US`, `U.S.`, `USA`, or a name of it."""
        from agreements.states import code_of

        plain = self.our_label.replace(".", "").casefold()
        return plain in ("us", "usa") or code_of(self.our_label) == "USA"

    @property
    def stage(self) -> Stage:
        """The stage reached last."""
        return self.stages[-1].stage if self.stages else "concept"

    @property
    def stage_words(self) -> str:
        """The stage in words; before it signature and entry into force, where the closing records what it does not."""
        stage = self.stage.replace("-", " ")
        steps: tuple[tuple[str, ClosingKind], ...] = (("signed", "signed"), ("in force", "in-force"))
        closed = [f"{words} {own[-1].date}" for words, step in steps if (own := self.closed(step))]
        if not closed or self.stage in _AFTER_SIGNATURE:
            return stage
        return f"{', '.join(closed)} (closing; stage as set: {stage})"

    @property
    def on_hold(self) -> tuple[Hold, ...]:
        """The legal holds that are not released."""
        return tuple(hold for hold in self.holds if hold.released is None)

    @property
    def entries_by_path(self) -> dict[str, AgreedEntry]:
        """The last word on each provision of which one is recorded: by an entry, or by the round that agreed to it.

        Of one day, an entry has the last word. What is said of an article overtakes what was said before of its parts.
        """
        of_rounds = (
            AgreedEntry(path=path, date=each.date, round=each.number, text=self._text_of_round(each.number))
            for each in self.rounds
            for path in each.ad_referendum
        )
        found: dict[str, AgreedEntry] = {}
        for entry in sorted([*of_rounds, *self.articles], key=lambda entry: entry.date):
            found = {path: e for path, e in found.items() if not f"{path}.".startswith(f"{entry.path}.")}
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
        return tuple(path for path in dict.fromkeys(noted) if path in known and known[path].state in agreed)

    def finally_agreed(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return which of `paths` are recorded as agreed finally, no longer ad referendum: they or what they lie in."""
        known = self.entries_by_path
        above = {path: [p for p in known if f"{path}.".startswith(f"{p}.")] for path in paths}
        return tuple(path for path, own in above.items() if own and known[max(own, key=len)].state == "agreed")

    def still_agreed(self, marked: Iterable[str], since: str) -> tuple[str, ...]:
        """Return of the paths `marked` as agreed in a text of the day `since` those that no later entry reopened."""
        known = self.entries_by_path
        reopened = {p for p, e in known.items() if e.state in ("open", "reopened") and e.date >= since[: len(e.date)]}
        return tuple(path for path in marked if path not in reopened)

    def last(self, *sides: TextOrigin) -> NegotiatedText | None:
        """Return the latest text of any of `sides` (where none is named, of those exchanged) that is kept, or None."""
        wanted = sides or ("us", "partner", "joint")
        return next((t for t in reversed(self.texts) if t.side in wanted and not t.purged), None)

    @property
    def kept_texts(self) -> tuple[NegotiatedText, ...]:
        """Its texts without those that were purged."""
        return tuple(text for text in self.texts if not text.purged)

    @property
    def purged_texts(self) -> str:
        """The texts that were purged, in words: `text 2 was purged on 2026-05-01`; empty where none was."""
        return "; ".join(f"text {text.number} was purged on {text.purged}" for text in self.texts if text.purged)

    def text(self, number: int) -> NegotiatedText | None:
        """Return the text of that number, or None."""
        return next((t for t in self.texts if t.number == number), None)

    def approval(self, office: str, about: str = "") -> Approval | None:
        """Return the last word of an office on a text (or on what it is `about`), None where there is none.

        Capitals do not count. The last by its day, where the days are known, else the one recorded last.
        """
        own = [a for a in self.approvals if a.office.casefold() == office.casefold() and a.about == about]
        dated = all(a.date for a in own)
        return max(reversed(own), key=lambda a: a.date or "") if own and dated else (own[-1] if own else None)

    @property
    def last_approvals(self) -> tuple[Approval, ...]:
        """The last word of each office on each matter, in the order in which they were recorded; earlier ones stay."""
        keys = dict.fromkeys((each.office, each.about) for each in self.approvals)
        last = {id(self.approval(office, about)) for office, about in keys}
        return tuple(each for each in self.approvals if id(each) in last)

    def closed(self, *steps: ClosingKind, of: int | None = None) -> tuple[ClosingStep, ...]:
        """Return the recorded steps of these kinds, of the agreement or of the instrument `of` that follows."""
        return tuple(each for each in self.closing if each.step in steps and each.of == of)

    def answer(self, number: int, question: FollowingQuestion) -> FollowingAnswer | None:
        """Return the last answer about an instrument that follows, None where nobody gave one."""
        given = [each for each in self.answers if (each.number, each.question) == (number, question)]
        return given[-1] if given else None

    @property
    def unanswered(self) -> tuple[tuple[FollowingInstrument, FollowingQuestion], ...]:
        """The instruments that follow with each question about them that nobody answered."""
        return tuple((own, ask) for own in self.follows for ask in QUESTIONS if self.answer(own.number, ask) is None)

    def next_number(self, kind: Literal["rounds", "texts", "clearances", "closing", "follows"]) -> int:
        """Return the number of the next entry: one that was undone keeps its own."""
        known = [each.number for each in getattr(self, kind)]
        return 1 + max([*known, *(int(u.entry["number"]) for u in self.undone if u.what == kind)], default=0)

    def markings(self) -> Iterator[str]:
        """Yield its own marking and those of its texts, the undone ones too."""
        yield self.marking
        yield from (str(each.entry.get("marking", "")) for each in self.undone)
        yield from (text.marking for text in self.texts)
        yield from (step.marking for step in self.language_texts)
        yield from (step.marking for step in self.closing)
        yield from (own.marking for own in self.follows)

    def file_names(self) -> Iterator[str]:
        """Yield the names of all files under `texts/` that it speaks of, of what was undone too."""
        yield from (text.file for text in self.texts)
        yield from (step.file for step in self.language_texts if step.file)
        yield from (draft.file for asked in self.clearances for draft in asked.returned)
        yield from (step.kept_file for step in self.closing if step.kept_file)
        yield from (own.kept_file for own in self.follows if own.kept_file)
        yield from (str(each.entry["file"]) for each in self.undone if each.entry.get("file"))
        yield from (str(each.entry["evidence"]["file"]) for each in self.undone if each.entry.get("evidence"))
        yield from (draft["file"] for each in self.undone for draft in each.entry.get("returned", ()))
