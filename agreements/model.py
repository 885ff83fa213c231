"""The one document model: what an imported agreement and a new draft both are.

Every class is a frozen pydantic model without I/O. Dates are ISO 8601 strings that may stop at the year or
the month (`1951`, `2023-12`, `1951-06-19`), because that is often all that a source establishes.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from agreements.display import shown_short

ProvisionKind = Literal[
    "preamble", "part", "chapter", "article", "section", "paragraph", "subparagraph", "item", "text",
    "testimonium", "signature",
]  # fmt: skip
Role = Literal[
    "main", "annex", "appendix", "offer-note", "reply-note", "agreed-minutes", "side-letter",
    "implementing-arrangement", "protocol", "correcting-note",
]  # fmt: skip
MarkKind = Literal["reference", "term", "bracket", "note", "emphasis"]
Form = Literal[
    "agreement",
    "treaty",
    "exchange-of-notes",
    "note-of-termination",
    "mou",
    "protocol",
    "implementing-arrangement",
    "agreed-minutes",
]
StatusValue = Literal[
    "in-force", "provisional", "signed", "not-in-force", "superseded", "expired", "terminated", "unknown"
]
Authority = Literal[
    "signed-original", "certified-copy", "official-print", "official-translation", "unofficial-copy",
    "draft-tabled", "unsigned", "specimen", "unknown",
]  # fmt: skip
Standing = Literal["agreement", "draft", "rejected", "specimen"]
RelationKind = Literal[
    "amends", "amended-by", "supplements", "supplemented-by", "implements", "implemented-by", "extends",
    "extended-by", "supersedes", "superseded-by", "terminates", "terminated-by", "related",
]  # fmt: skip
EffectAction = Literal["amends", "replaces", "adds", "deletes"]
Confidence = Literal["high", "medium", "low"]
# How agreements say when they enter into force (docs/practice.md, "Entry into force"): 1 signature, 2 last signature,
# 3 reply note, 4 last notification, 5a N days or months after it, 5b first day of the Nth month after it,
# 6 fixed date, 7 with another instrument, 8 exchange of ratifications.
Formula = Literal["1", "2", "3", "4", "5a", "5b", "6", "7", "8"]

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_ID = re.compile(r"[A-Za-z0-9][\w.:-]*")
_EDGE_OR_CONTROL = re.compile(r"^\s|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _date(value: str) -> str:
    if not _DATE.fullmatch(value):
        raise ValueError(f"{value!r} is not a date: write 1951, 1951-06 or 1951-06-19")
    return value


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise ValueError(f"{value!r} is not an id: use lower-case letters, digits and single hyphens")
    return value


def _canonical(value: str) -> str:
    # nearly every line is plain print, which needs no pattern: the only printable blank is the space
    plain = value.isprintable() and value[:1] != " " and value[-1:] != " "
    if not plain and _EDGE_OR_CONTROL.search(value):
        raise ValueError("text is one line without blanks at its edges and without control characters")
    return value


def _number(value: str) -> str:
    if not value:
        raise ValueError("a number is absent (None) or not empty")
    return _canonical(value)


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f"{value!r} is not a provision id: use letters, digits, full stops and hyphens")
    return value


PartialDate = Annotated[str, AfterValidator(_date)]
Slug = Annotated[str, AfterValidator(_slug)]
CanonicalLine = Annotated[str, AfterValidator(_canonical)]
Number = Annotated[str, AfterValidator(_number)]
ProvisionId = Annotated[str, AfterValidator(_identifier)]


@shown_short
class Frozen(BaseModel):
    """Base of the model: immutable, closed against unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Mark(Frozen):
    """Something said about the characters `start` to `end` (exclusive) of a provision's text.

    `target` is a path or reference (`VII.3`, `nato-sofa-1951#VII`; empty when unresolved) for a reference, the
    side (`us`, `partner`) for an open bracket, the term for a defined term, the note's words for a note.
    """

    start: int
    end: int
    kind: MarkKind
    target: CanonicalLine = ""


class Provenance(Frozen):
    """Where the words of a provision come from.

    Drafted: `clause`, `variant`, `template_version` and the names of the `parameters` used.
    Read: `source` (file name), and `start`, `end` as character offsets into the text that was read.
    """

    clause: str = ""
    variant: str = ""
    template_version: str = ""
    parameters: tuple[str, ...] = ()
    source: str = ""
    start: int | None = None
    end: int | None = None


class Provision(Frozen):
    """One node of an agreement: an article, a paragraph, a recital, a signature block.

    `number` is as printed (`VII`, `3.`, `(a)`) or None, `heading` None when there is none, `label` the word that
    introduces the number where it is not the kind's own (`Title` for a part of a Compact), with `#` where the number
    does not follow it (`#. cikk`). `text` holds the provision's own words, without those of its children.
    """

    kind: ProvisionKind
    number: Number | None = None
    heading: CanonicalLine | None = None
    text: CanonicalLine = ""
    marks: tuple[Mark, ...] = ()
    children: tuple["Provision", ...] = ()
    id: ProvisionId | None = None
    label: Number | None = None
    provenance: Provenance | None = None

    def labelled(self, usual: str = "", number: str | None = None) -> str:
        """Return the label (`usual` where there is none) and the number (or `number`) as they are printed."""
        label, shown = self.label or usual, number or self.number or ""
        if "#" in label and shown:
            return label.replace("#", shown, 1)
        return " ".join(x for x in (label, shown) if x)

    @model_validator(mode="after")
    def _marks_nest(self) -> "Provision":
        if not self.marks:
            return self
        marks = tuple(sorted(self.marks, key=lambda m: (m.start, -m.end, m.kind, m.target)))
        open_ends: list[int] = []
        for mark in marks:
            if not 0 <= mark.start <= mark.end <= len(self.text):
                raise ValueError(f"mark {mark.start}-{mark.end} lies outside a text of {len(self.text)} characters")
            while open_ends and open_ends[-1] <= mark.start:
                open_ends.pop()
            if open_ends and mark.end > open_ends[-1]:
                raise ValueError(f"mark {mark.start}-{mark.end} crosses another; marks nest or stand apart")
            open_ends.append(mark.end)
        if marks != self.marks:
            object.__setattr__(self, "marks", marks)
        return self

    def walk(self) -> Iterator["Provision"]:
        """Yield this provision and all that stand under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def words(self) -> str:
        """Return the provision as it reads: number, heading, text, then its children, one to a line."""
        own = " ".join(x for x in (self.number, self.heading, self.text) if x)
        return "\n".join([own, *(c.words() for c in self.children)]).strip()


class Document(Frozen):
    """One text of an agreement: the main text, an annex, a note, in one language.

    `number` is that of an annex (`A`, `1`); `title` the title as printed, on one line.
    """

    role: Role = "main"
    language: str = "en"
    number: Number | None = None
    title: CanonicalLine | None = None
    provisions: tuple[Provision, ...] = ()

    @property
    def own_title(self) -> str:
        """The title without a designator before it that says role and number alone: `Sites` for `ANNEX A Sites`."""
        title = self.title or ""
        if not self.number:
            word = re.match(r"annex[\s:.–—-]+(?=[^\W\d_]{2})", title, re.IGNORECASE) if self.role == "annex" else None
            return title[word.end() :] if word else title
        before = re.match(rf"\w+\s+[\"'“(\[]?{re.escape(self.number)}[\"'”)\]]?(?!\w)[\s:.,–—-]*", title)
        return title[before.end() :] if before else title

    def walk(self) -> Iterator[Provision]:
        """Yield every provision in reading order."""
        for provision in self.provisions:
            yield from provision.walk()


class Party(Frozen):
    """A party: `code` is ISO 3166 alpha-3 or an organisation's usual acronym (empty where not established).

    `name` is as printed, `body` the department or force where that is the party. Membership of a multilateral
    agreement is dated: `since` and `until`.
    """

    code: str = ""
    name: str = ""
    body: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None


class Signing(Frozen):
    """One signature, or one note of an exchange."""

    date: PartialDate | None = None
    place: str = ""


_UNSURE = ("general knowledge", "must confirm", "in part", "to verify", "unconfirmed", "not verified")


def is_confirmed(basis: str) -> bool:
    """Whether the `basis` of a fact names what confirms it, or none is named: not where it is general knowledge."""
    return not any(words in basis.casefold() for words in _UNSURE)


class EntryIntoForce(Frozen):
    """When the agreement entered into force, by which formula, and the words or source that say so.

    `condition` is what it depends on, as printed, where the text says so beside the formula or the date (which is then
    left out); `applies_from` a day from which the text says that it applies, apart from its entry into force.
    """

    date: PartialDate | None = None
    formula: Formula | None = None
    condition: str = ""
    applies_from: PartialDate | None = None
    evidence: str = ""
    basis: str = ""


class Status(Frozen):
    """In force or not, as of when, and who says so. `unknown` is a status too."""

    value: StatusValue = "unknown"
    as_of: PartialDate | None = None
    basis: str = ""
    note: str = ""


class Citation(Frozen):
    """An official citation such as `TIAS 2846`, established by `basis`. Unconfirmed ones are not kept here."""

    text: str
    basis: str = ""


class Relation(Frozen):
    """A link to another agreement, by `target` id where it is known, else by its `title`."""

    kind: RelationKind
    target: str = ""
    title: str = ""
    note: str = ""


class Effect(Frozen):
    """What this instrument does to a provision of another: replaces `path` of `agreement` from a date.

    `by` is the path of the provision of this instrument that does it. `agreement` is empty where the id is not
    established: then `title` is the agreement as the instrument names it.
    """

    action: EffectAction
    agreement: Slug | Literal[""] = ""
    path: str
    since: PartialDate | None = None
    by: str = ""
    title: str = ""


class Source(Frozen):
    """Where the facts or the text come from: an address or a file name, its SHA-256, the day it was fetched."""

    address: str = ""
    file: str = ""
    sha256: str = ""
    retrieved: PartialDate | None = None
    note: str = ""


class Agreement(Frozen):
    """An agreement: its facts and, where the text is held, its documents.

    An exchange of notes is one agreement of two documents; two alternats are one agreement. Facts that were not
    established are empty, never guessed. `family` is an id of `families.py`. `termination_notice_days` is set where the
    notice is told in days, and is what counts then: `termination_notice_months` is only near it (180 days: 6).
    """

    id: Slug
    family: str = "other"
    title: str = ""
    short_title: str = ""
    parties: tuple[Party, ...] = ()
    form: Form | None = None
    binding: bool | None = None
    signings: tuple[Signing, ...] = ()
    entry_into_force: EntryIntoForce | None = None
    provisional_application: str = ""
    term: str = ""
    renewal: str = ""
    termination_notice_months: int | None = None
    termination_notice_days: int | None = None
    status: Status = Status()
    citations: tuple[Citation, ...] = ()
    relations: tuple[Relation, ...] = ()
    effects: tuple[Effect, ...] = ()
    languages: tuple[str, ...] = ()
    prevailing_language: str = ""
    marking: str = ""
    authority: Authority = "unknown"
    standing: Standing = "agreement"
    confidence: Confidence | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    documents: tuple[Document, ...] = ()

    def unconfirmed(self, *, text_held: bool) -> tuple[str, ...]:
        """Return which facts nothing confirms: `status`, `in_force`, `citations` by their own basis, `signed` and
        `term` where the facts as a whole are general knowledge and no text is held that says them.
        """
        entry, cited = self.entry_into_force, self.citations
        recalled = self.confidence in ("medium", "low") and not text_held
        found = {
            "status": self.status.value != "unknown" and not is_confirmed(self.status.basis),
            "in_force": bool(entry and entry.date and not entry.evidence and not is_confirmed(entry.basis)),
            "signed": recalled and any(signing.date for signing in self.signings),
            "citations": any(not is_confirmed(each.basis) for each in cited),
            "term": recalled and bool(self.term),
        }
        return tuple(name for name, unsure in found.items() if unsure)

    @property
    def text_held(self) -> bool:
        """Whether any document with words is held; False means that only facts are."""
        return any(document.provisions for document in self.documents)

    @property
    def main(self) -> Document | None:
        """The document that bare paths mean: the main text, else the first (the offer of an exchange)."""
        mains = (d for d in self.documents if d.role == "main")
        return next(mains, self.documents[0] if self.documents else None)
