"""The review of an ACSA: the checklist of 10 U.S.C. 2341 to 2350 over a text, as findings and as a memo in Word."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from agreements import states
from agreements.checks.acsa import ChecklistAnswer, Partner, checklist
from agreements.display import shown_short
from agreements.errors import AgreementsError
from agreements.findings import Finding
from agreements.model import Agreement
from agreements.negotiation.deadlines import nato_members
from agreements.reading import save_checked
from agreements.word import Paper, PaperParagraph, Span, SpanLook, Table, TableCell, paper_file

STATES = {
    "stated": "stated",
    "stated-in-part": "stated in part",
    "not-stated": "not stated",
    "differs": "DIFFERS: for L",
    "to-establish": "to be established",
    "not-applicable": "does not arise",
}
_LOOKS: dict[str, SpanLook] = {
    "differs": "warning",
    "not-stated": "bold",
    "stated-in-part": "bold",
    "to-establish": "blank",
}
_HEAD = ("The statute", "The text", "Place and words", "What to do", "Source")
BINDS = (
    "The statute binds whatever the text leaves out. Each answer rests on the words of the text; times are added"
    " up without "
    "a verdict; a lawyer decides."
)
_SHARES = (22, 11, 27, 23, 17)


@shown_short
@dataclass(slots=True)
class AcsaReview:
    """The review of a text: its title, the partner and what it is, the answers in order, the file written."""

    subject: str
    title: str
    partner: str
    partner_is: Partner
    answers: tuple[ChecklistAnswer, ...]
    marking: str = ""
    files: list[Path] = field(default_factory=list)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should look at, in the order of the checklist."""
        return tuple(found for answer in self.answers if (found := answer.finding()))

    def said(self, answer: ChecklistAnswer) -> str:
        """Return the state of an answer in words for people."""
        return STATES[answer.state]

    def counts(self) -> dict[str, int]:
        """Return how many items have each answer."""
        return {state: sum(a.state == state for a in self.answers) for state in STATES}

    def as_json(self) -> dict[str, Any]:
        """Return the review for JSON."""
        return {
            "subject": self.subject,
            "title": self.title,
            "partner": self.partner,
            "partner_is": self.partner_is,
            "answers": [answer.as_json() for answer in self.answers],
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
        }


def acsa_review(agreement: Agreement, subject: str, *, today: date | None = None) -> AcsaReview:
    """Return the review of `agreement`, which a person called `subject`.

    `today` decides who is a member of NATO where the text has no date.
    """
    day = max((s.date for s in agreement.signings if s.date), default=(today or date.today()).isoformat())
    partner, kind = _partner(agreement, day)
    answers = checklist(agreement, kind)
    return AcsaReview(subject, agreement.title or agreement.id, partner, kind, answers, agreement.marking)


def write_acsa_memo(review: AcsaReview, output: Path, *, today: date | None = None) -> Path:
    """Write the memo of `review` to the Word file `output` and return it; raises `AgreementsError` when it fails."""
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    day = (today or date.today()).isoformat()
    title = "Review under 10 U.S.C. 2341 to 2350"
    blocks: list[PaperParagraph | Table] = [
        PaperParagraph("title", [Span(title)]),
        *_opening(review, day),
        Table(_HEAD, _SHARES, [*map(_row, review.answers)]),
        *_closing(review),
    ]
    paper = Paper(title, blocks, marking=review.marking, size=10, date=day)
    save_checked(output, paper_file(paper))
    review.files.append(output)
    return output


def _partner(agreement: Agreement, day: str) -> tuple[str, Partner]:
    others = [party for party in agreement.parties if party.code != "USA"]
    if not others or not all(party.code for party in others):
        return (others[0].name if others else ""), "unknown"
    name, code = others[0].name or states.name_of(others[0].code), others[0].code
    if code == "NATO" or code in nato_members(day):
        return name, "nato"
    return name, "organization" if states.is_organisation(code) else "other"


def _opening(review: AcsaReview, day: str) -> Iterator[PaperParagraph]:
    counts = review.counts()
    for label, words in (("SUBJECT", review.title), ("PARTNER", _partner_words(review)), ("DATE", day)):
        yield PaperParagraph("head", [Span(f"{label}:\t", "bold"), Span(words)])
    told = ", ".join(f"{counts[state]} {words.lower()}" for state, words in STATES.items() if counts[state])
    yield PaperParagraph("text", [Span(f"{len(review.answers)} items: {told}.")])


def _partner_words(review: AcsaReview) -> str:
    kinds = {
        "nato": "member of NATO, or a body of it",
        "organization": "international organization",
        "other": "State that is no member of NATO",
        "unknown": "not established",
    }
    return f"{review.partner} ({kinds[review.partner_is]})" if review.partner else kinds[review.partner_is]


def _row(answer: ChecklistAnswer) -> list[TableCell]:
    place = [[Span(f"{answer.where} ", "bold"), Span(answer.words)]] if answer.where else []
    if answer.why:
        place.append([Span(answer.why)])
    action = answer.rule.fix if answer.finding() else ""
    return [
        [[Span(answer.rule.item)]],
        [[Span(STATES[answer.state], _LOOKS.get(answer.state, "plain"))]],
        place or [[Span("")]],
        [[Span(answer.rule.reason)], [Span(action, "bold")]] if action else [[Span(answer.rule.reason)]],
        [[Span(answer.rule.source)]],
    ]


def _closing(review: AcsaReview) -> Iterator[PaperParagraph]:
    unverified = sum(not answer.rule.verified for answer in review.answers)
    words = f"{BINDS} Facts outside of the text are not held here."
    yield PaperParagraph("text", [Span(words)])
    if unverified:
        yield PaperParagraph(
            "text", [Span(f"{unverified} items rest on sources that were not seen; their rows say so.")]
        )
