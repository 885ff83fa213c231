"""A desk book: everything with one partner as a paper in Word, as an officer takes it along or gives it to auditors.

Instruments with what changed them, what falls due and what cannot be computed, what is agreed on each core topic and
where, open negotiations that the reader may see, and what the book does not cover. It draws no conclusion: of a topic
that is not found it says that, and never that a right does not exist.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agreements.citation import date_words
from agreements.display import shown_short
from agreements.errors import AgreementsError
from agreements.isodates import notice_words
from agreements.marking import highest
from agreements.negotiation.deadlines import Deadline
from agreements.negotiation.file import Negotiation
from agreements.reading import save_checked
from agreements.survey.coverage import Matrix
from agreements.survey.partners import Instrument, PartnerPage
from agreements.topics import topics
from agreements.word import Paper, PaperParagraph, Span, Table, TableCell, TableLine, paper_file

_INTERNAL = "INTERNAL: NOT FOR THE OTHER SIDE"
_OVER = ("in-force", "ended")  # stages in which nothing is negotiated any more
_INSTRUMENTS = ("No.", "Signed", "Instrument", "Status, term and notice", "Citation")
_DUE = ("Day", "What falls due", "Of", "Rule")
_AGREED = ("Topic", "Where it is carried")
_TALKS = ("Negotiation", "Stage", "Next step")


@shown_short
@dataclass(frozen=True, slots=True)
class DeskBook:
    """What a desk book rests on: the page of the partner, its coverage, deadlines and negotiations, as of `day`.

    `held` and `known` count its agreements with their text and by their facts only; `left_out` names what is held and
    could not be read, empty where all can be, and `damaged` says which negotiations could not: with whom they are is
    not known then.
    """

    page: PartnerPage
    matrix: Matrix
    deadlines: tuple[Deadline, ...]
    talks: tuple[Negotiation, ...]
    day: str
    left_out: str = ""
    damaged: tuple[str, ...] = ()

    @property
    def held(self) -> int:
        """How many agreements with the partner are held with their text."""
        return sum(row.text_held for row in self._instruments)

    @property
    def known(self) -> int:
        """How many are known by their facts only."""
        return len(self._instruments) - self.held

    @property
    def marking(self) -> str:
        """The highest marking of what the book rests on."""
        of_talks = (each for talk in self.talks for each in talk.markings())
        return highest([*of_talks, *(deadline.subject.marking for deadline in self.deadlines)])

    @property
    def numbers(self) -> dict[str, int]:
        """The number that each instrument has in the book, by its id."""
        return {row.id: number for number, row in enumerate(self._instruments, 1)}

    @property
    def over(self) -> frozenset[str]:
        """The ids of the instruments that are over."""
        return frozenset(row.id for row in self._instruments if row.is_over)

    @property
    def _instruments(self) -> tuple[Instrument, ...]:
        return (*self.page.bilateral, *self.page.multilateral)


def write_desk_book(book: DeskBook, output: Path) -> Path:
    """Write `book` to the Word file `output`; raises `AgreementsError` when its name or the disk refuses."""
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    title = f"Desk book: {book.page.name}"
    status = [_INTERNAL] if book.talks else []
    blocks = [
        PaperParagraph("title", [Span(title)]),
        *_head(book),
        *_instruments(book),
        *_due(book),
        *_agreed(book),
        *_talks(book),
        *_others(book),
    ]
    save_checked(output, paper_file(Paper(title, blocks, book.marking, status, size=10, date=book.day)))
    return output


def _head(book: DeskBook) -> Iterator[PaperParagraph]:
    page = book.page
    unsure = [f"may be with it, and is not counted: {', '.join(page.uncounted)}"] if page.uncounted else []
    unsure += [f"may be one agreement: {', '.join(ids)}" for ids in page.alike] + [*page.differing]
    rows = [
        ("Made", date_words(book.day)),
        ("Instruments", f"as of {date_words(page.as_of)}; all else as of the day of making" if page.as_of else ""),
        ("Held", f"{book.held} with their text, {book.known} by their facts only"),
        ("Not covered", "what is unpublished or not held, and what is marked not found by the program"),
        ("Not read", " ".join(filter(None, (book.left_out, *book.damaged)))),
        ("Unsure", "; ".join(unsure)),
    ]
    for name, words in rows:
        if words:
            yield PaperParagraph("head", [Span(f"{name}:\t", "bold"), Span(words)])


def _heading(words: str) -> PaperParagraph:
    return PaperParagraph("heading", [Span(words)])


def _text(words: str) -> PaperParagraph:
    return PaperParagraph("text", [Span(words)])


# ---------------------------------------------------------------------- instruments


def _instruments(book: DeskBook) -> Iterator[PaperParagraph | Table]:
    for what, rows in (("Bilateral", book.page.bilateral), ("Multilateral", book.page.multilateral)):
        yield _heading(f"{what} instruments ({len(rows)})")
        if rows:
            yield Table(_INSTRUMENTS, (5, 17, 36, 27, 15), [_instrument(row, book.numbers[row.id]) for row in rows])
        else:
            yield _text("None is known here.")


def _instrument(row: Instrument, number: int) -> list[TableCell]:
    signed = row.signed and _said(row, "signed", date_words(row.signed))
    named: list[TableLine] = [[Span(row.title, "bold")], [Span(row.id)]]
    named += [[Span(f"Changed, or was changed by: {', '.join(row.chain)}")]] if row.chain else []
    held = [] if row.text_held else [[Span("Text not held")]]
    cited = _said(row, "citations", ", ".join(row.citations)) if row.citations else "no citation established"
    first: list[TableCell] = [[[Span(f"{number}")]], [[Span(signed or "undated")]]]
    return [*first, [*named, *held], [[Span(each)] for each in _standing(row)], [[Span(cited)]]]


def _said(row: Instrument, name: str, words: str) -> str:
    return f"{words} (unconfirmed)" if name in row.unconfirmed else words


def _standing(row: Instrument) -> Iterator[str]:
    """Yield the status of an instrument and what it says of its end, a line each."""
    yield row.status
    if row.in_force:
        yield _said(row, "in_force", f"in force {date_words(row.in_force)}")
    if row.since or row.until:
        yield "member " + " ".join(f"{n} {date_words(d)}" for n, d in (("since", row.since), ("until", row.until)) if d)
    if row.term:
        yield _said(row, "term", f"term: {row.term}")
    if row.first_term_ends:
        yield f"the first term ends {date_words(row.first_term_ends)}"
    if row.renewal:
        yield f"renewal: {row.renewal}"
    if notice := notice_words(row.notice_months, row.notice_days):
        yield f"notice of {notice}"
    if row.not_read:
        yield row.not_read
    if row.notice_given:
        yield row.notice_given


# ---------------------------------------------------------------------- what falls due


def _due(book: DeskBook) -> Iterator[PaperParagraph | Table]:
    yield _heading("What falls due")
    missing = Counter(each.rule.title for each in book.deadlines if not each.due)
    if missing:
        named = "; ".join(f"{title}: {count}" for title, count in missing.most_common())
        yield _text(f"Cannot be computed, and may be due: {named}. `calendar --party {book.page.code}` says why.")
    rows = [each for each in book.deadlines if each.due >= book.day and each.done is None]
    if rows:
        yield Table(_DUE, (14, 36, 32, 18), [_deadline(each) for each in rows])
    else:
        yield _text(f"Nothing that could be computed falls due on or after {date_words(book.day)}.")


def _deadline(each: Deadline) -> list[TableCell]:
    unsure = " (unconfirmed)" if each.happening and each.happening.is_unconfirmed else ""
    what: list[TableLine] = [[Span(each.rule.title, "bold")], *([Span(words)] for words in each.remarks)]
    whose = [[Span(each.subject.title or each.subject.id)], [Span(each.subject.id)]]
    return [[[Span(f"{date_words(each.due)}{unsure}")]], what, whose, [[Span(each.rule.citation)]]]


# ---------------------------------------------------------------------- what is agreed


def _agreed(book: DeskBook) -> Iterator[PaperParagraph | Table]:
    looked_at = [row for key, row in book.matrix.every.items() if key in book.numbers]
    yield _heading(f"What is agreed, by topic ({len(looked_at)} texts)")
    if not looked_at:
        yield _text("No text is held, so that none was looked at.")
        return
    yield _text("The number of the instrument above, and the place in it; of one that is over, what was agreed.")
    rows = [_topic(book, topic) for topic in looked_at[0]]
    yield Table(_AGREED, (30, 70), rows)


def _topic(book: DeskBook, topic: str) -> list[TableCell]:
    """Return the row of a core topic: each text that carries it, with the place; what is known where none does."""
    cells = {key: row[topic] for key, row in book.matrix.every.items() if key in book.numbers}
    found: TableLine = []
    for key in (key for key in book.numbers if key in cells and cells[key].is_carried):
        name = f"No. {book.numbers[key]}{' (over)' if key in book.over else ''}"
        found = [*found, *([Span("; ")] if found else []), Span(f"{name}: ", "bold"), Span(cells[key].words())]
    if not found:
        said = Counter(cell.said for cell in cells.values())
        found = [Span("; ".join(f"{words} in {count}" for words, count in said.items()))]
    return [[[Span(topics()[topic].label)]], [found]]


# ---------------------------------------------------------------------- negotiations, and what others have


def _talks(book: DeskBook) -> Iterator[PaperParagraph | Table]:
    rows = [talk for talk in book.talks if talk.stage not in _OVER]
    yield _heading(f"Open negotiations ({len(rows)})")
    if rows:
        yield Table(_TALKS, (44, 24, 32), [_talk(each) for each in rows])
    else:
        unsure = "; of those that could not be read it is not known" if book.damaged else ""
        yield _text(f"None that the reader may see is kept here{unsure}.")


def _talk(talk: Negotiation) -> list[TableCell]:
    steps = sorted((s for s in talk.steps if not s.done), key=lambda step: step.due or "9999")[:1]
    next_step = [f"{s.what}{f', due {date_words(s.due)}' if s.due else ''}" for s in steps] or ["none recorded"]
    named = [[Span(talk.title or talk.id, "bold")], [Span(talk.id)]]
    return [named, [[Span(talk.stage_words)]], [[Span(next_step[0])]]]


def _others(book: DeskBook) -> Iterator[PaperParagraph]:
    families = [row for row in book.page.only_others if not row.of]
    if not families:
        return
    yield _heading("What fellow parties have")
    for row in families:
        yield _text(f"An agreement of the family {row.what}: {row.said}; {row.have} of {row.among} have one.")
