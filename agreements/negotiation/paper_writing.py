"""Papers written: memoranda, matrices, transmittals, cables and e-mails from what a negotiation holds.

Facts that are not recorded stay visible blanks; nothing is guessed. Every paper bears the highest marking of what it
is made from.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from agreements.citation import date_words, document_words
from agreements.comparing import WORDS_STAND, align
from agreements.display import shown_short
from agreements.errors import AgreementsError, NotFoundError, unknown
from agreements.families import family
from agreements.findings import Finding, info
from agreements.intake.files import parse_file
from agreements.isodates import shifted
from agreements.language.dates import find as dates_in
from agreements.language.numbers import quantities
from agreements.language.periods import periods
from agreements.language.sentences import sentences
from agreements.marking import highest, refuse_entry
from agreements.model import Agreement
from agreements.negotiation import papers
from agreements.negotiation.brief import (
    Brief,
    Precedents,
    authority_words,
    make_brief,
    open_points_of,
    place_words,
    terms_of,
)
from agreements.negotiation.clearance import not_asked, office_clearances
from agreements.negotiation.days import remark
from agreements.negotiation.file import ClosingKind, ClosingStep, NegotiatedText, Negotiation
from agreements.negotiation.language_texts import language_name, own_languages
from agreements.negotiation.papers import PLAIN, PaperLine
from agreements.negotiation.positions import Assessment, Position, Positions, texts_of
from agreements.negotiation.sides import Sides, clauses_about, excerpt
from agreements.negotiation.status import partner_name
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import clauses_by_path, clauses_in, read_text
from agreements.reading import save_checked
from agreements.reference import places
from agreements.registry import PAPERS
from agreements.word import Paper, PaperParagraph, Span, Table, TableCell, attached, paper_file

_MOST = 12
_TRANSMITTED_BY = 15  # days after signature: 22 CFR 181.7
_BLANK = "[to be filled in]"
_FULL = 10  # characters of a date with its day
_STATUS = {"c175": ["INTERNAL: NOT FOR THE OTHER SIDE"], "comments": ["INTERNAL: NOT FOR THE OTHER SIDE"]}


@shown_short
@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper: its kind, marking, what is still to be filled in, its bytes, and, for a plain one, its text."""

    kind: str
    marking: str
    blanks: tuple[str, ...]
    content: bytes
    text: str = ""
    findings: tuple[Finding, ...] = field(default=())

    def write(self, output: Path) -> Path:
        """Write it to the file `output`; raises `AgreementsError` when the name does not fit or the disk refuses."""
        suffix = ".txt" if self.kind in PLAIN else ".docx"
        if output.suffix.lower() != suffix:
            raise AgreementsError(f"{output.name} is no name for this paper.", hint=f"Let the name end in {suffix}")
        save_checked(output, self.content)
        return output


@dataclass(frozen=True, slots=True)
class ReturnedComments:
    """The rows of the comment matrix under its `head`, the `offices` that returned them, the marking of their files.

    `shares` are the widths of the columns in proportion.
    """

    head: tuple[str, ...]
    shares: tuple[int, ...]
    rows: Sequence[Sequence[TableCell]]
    offices: tuple[str, ...]
    marking: str = ""


def make_paper(
    store: Negotiations,
    kind: str,
    negotiation: str,
    precedents: Precedents,
    *,
    day: str,
    given: Mapping[str, str] | None = None,
    draft: Path | None = None,
    comments: ReturnedComments | None = None,
) -> MadePaper:
    """Return the paper `kind` (`c175`, `comments`, `transmittal`, `cable`, `email`) of a negotiation, as of `day`.

    `given` fills gaps by name and wins over what is recorded; `draft` is the text to attach (default: our last one);
    `comments` are the rows of the comment matrix. Raises `NotFoundError` for
    an unknown paper, gap or negotiation, `ClassifiedError` when something given is classified, as `parse_file`.
    """
    known = papers.gaps(kind)
    given = dict(given or {})
    for name, words in given.items():
        if name not in known:
            raise unknown(f"gap of the paper {kind}", name, known)
        refuse_entry(words, what=f"What was given for {name}")
    made = _sources(store, make_brief(store, negotiation, precedents, day=day), draft, comments)
    marking = made.marking
    own = _values(made.brief, made.held, made.text, marking=marking, draft=draft)
    values = {**own, **{name: words for name, words in given.items() if words}}
    lines = tuple(papers.filled(kind, values))
    found = tuple(_remarks(kind, made))
    if kind in PLAIN:
        plain = papers.plain_text(kind, values)
        return MadePaper(kind, marking, papers.blanks(lines), plain.encode(), plain, found)
    blocks = [block for line in lines for block in _blocks(line, made)]
    paper = Paper(PAPERS.label(kind), blocks, marking, _STATUS.get(kind, []), size=11, date=day)
    return MadePaper(kind, marking, papers.blanks(lines), paper_file(paper), findings=found)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a paper is made from: the brief, the signed agreement, our text, which clauses it has, what offices said.

    `sha256` is the hash of the file of our text, `texts` are those that offices cleared, by number,
    `signed_languages` those in which the text of the signing sheet is written.
    """

    brief: Brief
    held: Agreement | None
    text: Agreement | None
    clauses: Mapping[str, str]
    returned: ReturnedComments | None
    sha256: str = ""
    texts: Mapping[int, Agreement] = field(default_factory=dict)
    signed_languages: tuple[str, ...] = ()

    @property
    def marking(self) -> str:
        """The highest marking of all of it."""
        texts = [each.marking for each in (self.held, self.text) if each]
        comments = [self.returned.marking] if self.returned else []
        return highest([self.brief.status.marking, *texts, *comments])


def _sources(store: Negotiations, brief: Brief, draft: Path | None, comments: ReturnedComments | None) -> _Sources:
    text = parse_file(draft).agreement if draft else brief.sides.us
    clauses = clauses_in(draft) if draft else clauses_by_path(store, brief.status.negotiation.id, brief.sides.us_text)
    held = _held_agreement(store, brief.status.negotiation.agreement)
    to_sign = brief.status.negotiation.signing.text
    of_sheet = brief.status.negotiation.text(to_sign) if to_sign else None
    signed = own_languages(store, brief.status.negotiation.id, of_sheet) if of_sheet else ()
    cleared = _cleared_texts(store, brief)
    return _Sources(brief, held, text, clauses, comments, _hash(brief, draft), cleared, signed)


_FORM_OF_STATE = frozenset(
    ("republic", "kingdom", "state", "states", "federation", "federal", "islamic", "democratic", "people's", "peoples",
     "union", "commonwealth", "sultanate", "emirate", "principality", "grand", "duchy", "hashemite", "plurinational",
     "bolivarian", "arab", "united", "the", "of", "and")
)  # fmt: skip


def names_partner(title: str, partner: str) -> bool:
    """Whether a title names the partner, in full or by what its name has beside the form of State (`Sorania`)."""
    own = [word for word in partner.split() if word.lower() not in _FORM_OF_STATE]
    return partner in title or (bool(own) and all(word in title.split() for word in own))


def _hash(brief: Brief, draft: Path | None) -> str:
    """Return the hash of the file that is attached."""
    if draft is not None:
        return hashlib.sha256(draft.read_bytes()).hexdigest()
    return brief.sides.us_text.sha256 if brief.sides.us_text else ""


def _cleared_texts(store: Negotiations, brief: Brief) -> dict[int, Agreement]:
    """Return the texts by number that offices are recorded to have cleared."""
    held = brief.status.negotiation
    numbers = {each.text for each in held.last_approvals if each.clears and each.text}
    return {text.number: read_text(store, held.id, text) for text in held.kept_texts if text.number in numbers}


def _remarks(kind: str, made: _Sources) -> Iterator[Finding]:
    if kind == "transmittal" and made.held is None:
        fix = "`negotiation set ID --agreement AGREEMENT` names it."
        yield info("no-agreement", "", "No agreement of the repository is named, so its facts are blank.", fix)
    if kind == "c175" and made.text is None:
        yield info("no-draft", "", "No text of ours is kept: Tab 1 is empty.", "Attach one with --draft.")


def _blocks(line: PaperLine, made: _Sources) -> Iterator[PaperParagraph | Table]:
    spans = [Span(f"[{p.text}]" if p.blank else p.text, "blank" if p.blank else "plain") for p in line.pieces]
    if line.kind == "table":
        yield from _table(line.name, made)
    elif line.kind == "draft":
        for document in made.text.documents if made.text else ():
            yield from attached(document)
        if made.text is None:
            yield PaperParagraph("text", [Span("[the draft text]", "blank")])
    elif line.kind == "head":
        yield PaperParagraph("head", [Span(f"{line.name}:\t", "bold"), *spans])
    elif line.kind == "page":
        yield PaperParagraph("page")
    else:
        yield PaperParagraph(line.kind, spans)


def _table(name: str, made: _Sources) -> Iterator[PaperParagraph | Table]:
    status = made.brief.status
    held = status.negotiation
    if name == "terms":
        yield terms_of(made.brief)
    elif name == "open":
        yield from open_points_of(made.brief)
    elif name == "departures":
        yield from _departures(made.text, held, status.positions, made.clauses)
    elif name == "approvals":
        yield _approvals_table(held, made.brief.day)
        yield from _of_other_texts(made)
    elif name == "comments":
        yield _comments_table(made.returned, [a.office for a in held.last_approvals])
    elif name == "facts":
        yield _facts_table(made.held, held)
    elif name == "documents":
        yield _documents_table(made)


# ---------------------------------------------------------------------- what the gaps are filled with


def _held_agreement(store: Negotiations, agreement: str) -> Agreement | None:
    """Return the agreement of the repository that a negotiation names, None where it names none or it is not there."""
    if not agreement:
        return None
    try:
        return store.repository.get(agreement)
    except NotFoundError:
        return None


def _values(
    brief: Brief, held: Agreement | None, text: Agreement | None, *, marking: str, draft: Path | None = None
) -> dict[str, str]:
    """Return the values of gaps by name; what is not recorded is missing or empty."""
    negotiation = brief.status.negotiation
    label = family(negotiation.family).label
    title = negotiation.title or (label if negotiation.family != "other" else "")
    caption, portion = _caption(marking)
    partner = brief.status.partner
    return {
        "date": date_words(brief.day),
        "marking": marking,
        "caption": caption,
        "portion": portion,
        "title": (held.title if held else "") or title,
        "matter": title if names_partner(title, partner) else f"{title} with {partner}".strip(),
        "partner": partner,
        **_parties(held, (held.title if held else "") or title),
        "scope": (negotiation.authority.scope or "").replace("-", " "),
        "objective": negotiation.objective,
        "limits": "; ".join(negotiation.limits),
        "authority": _authority(negotiation),
        "who": negotiation.lead,
        "stage": negotiation.stage_words,
        "draft_name": _draft_name(brief, draft) if text else "",
        "last_text": _text(negotiation.last()),
        "binding": _binding(held),
        "agreed": "; ".join(_agreed(brief.sides)),
        "open": "; ".join(_points(brief)),
        "steps": "; ".join(_steps(negotiation)),
        **_round(negotiation),
    }


def _parties(held: Agreement | None, title: str) -> dict[str, str]:
    """Return the parties, and the title as it stands before them: a title that names them does not get them twice."""
    before, between, after = title.partition(" between ")
    named = " and ".join(p.name for p in held.parties) if held else ""
    return {"title_alone": before if between else title, "parties": after if between else named}


def _agreed(sides: Sides) -> Iterator[str]:
    """Yield what is agreed ad referendum, and what finally: the one is not called the other."""
    still = sides.still_agreed
    for how, paths in (
        ("ad referendum", [path for path in still if path not in sides.final]),
        ("finally", [path for path in still if path in sides.final]),
    ):
        if paths:
            yield f"{how}: {', '.join(map(place_words, paths))}"


def _authority(negotiation: Negotiation) -> str:
    """Return the authority in words, with what it is not recorded to cover; nothing where none is given."""
    own = negotiation.authority
    if not own.approved:
        return ""
    lacking = "" if own.scope and "conclude" in own.scope else "; no authority to conclude is recorded"
    return f"{authority_words(own)}{lacking}"


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


def _text(text: NegotiatedText | None) -> str:
    return f"no. {text.number}, {text.how_fully} on {date_words(text.date)} ({text.name})" if text else ""


def _binding(held: Agreement | None) -> str:
    if held is None or held.binding is None:
        return ""
    return "binding under international law" if held.binding else "not binding under international law"


def _points(brief: Brief) -> Iterator[str]:
    for point in brief.sides.points[:_MOST]:
        notes = [point.heading, "REOPENED: agreed before" if brief.sides.reopens(point) else ""]
        told = "; ".join(note for note in notes if note)
        yield f"{place_words(point.path)}{f' ({told})' if told else ''}"
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


# ---------------------------------------------------------------------- the tables


def _departures(
    text: Agreement | None, negotiation: Negotiation, positions: Positions, clauses: Mapping[str, str]
) -> Iterator[PaperParagraph | Table]:
    """Yield how `text` stands to each recorded position, what was not examined, and what it says on the limits.

    A position on a topic is held against the clauses about it, one on a clause of our templates against the provisions
    that `clauses` (path to clause) says are made of it. Nothing recorded, or no text, is said in a sentence.
    """
    if text is None:
        yield _sentence("No draft is attached, so nothing could be held against the positions.")
        return
    if not positions.positions:
        yield _sentence("No position is recorded, so the draft could not be held against any.")
    else:
        yield from _held_against(text, negotiation.family, positions, clauses)
    if negotiation.limits:
        yield _sentence("Whether the draft keeps to the limits below was not examined by the program.")
        yield from (PaperParagraph("point", [Span(words)]) for words in on_limits(text, negotiation.limits))


def _held_against(
    text: Agreement, family: str, positions: Positions, clauses: Mapping[str, str]
) -> Iterator[PaperParagraph | Table]:
    rows: list[list[TableCell]] = []
    within: dict[str, list[str]] = {}
    among: dict[str, list[str]] = {}
    held: set[str] = set()
    for path, words, found in _assessments(text, positions, family, clauses):
        held.add(found.position.key)
        if found.level in ("opening", "preferred"):
            (among if found.by == "among" else within).setdefault(found.level, []).append(path)
            continue
        likest = f" (likest: {found.nearest}, {found.likeness})" if found.nearest else ""
        said = found.said if found.level or found.position.held_elsewhere else f"{found.said}{likest}"
        preferred = found.position.preferred
        aim = found.position.held_elsewhere or (preferred.said if preferred else "")
        rows.append([_cell(path), _cell(excerpt(words, aim)), _cell(excerpt(aim, words)), _cell(said)])
    if rows:
        yield Table(("Provision", "Words of the draft", "Position aimed at", "How it stands"), (12, 33, 33, 22), rows)
    else:
        yield _sentence("In no provision that was held against a position are the words beyond it or at a fallback.")
    for level, paths in within.items():
        yield _sentence(f"At the {level} words: {', '.join(paths)}.")
    for level, paths in among.items():
        yield _sentence(f"Holding the {level} words among others, of which nothing is recorded: {', '.join(paths)}.")
    if unplaced := [p.key for p in positions.positions if p.status != "dropped" and p.key not in held]:
        yield _sentence(f"Not held against the draft, to be read by hand: {', '.join(unplaced)}.")
    if dropped := [p.key for p in positions.positions if p.status == "dropped"]:
        yield _sentence(f"Dropped positions, against which nothing was held: {', '.join(dropped)}.")
    yield _sentence(
        "Compared were recorded words and phrases alone; provisions on which no position is recorded were not examined."
    )


_LIMIT_WORD = re.compile(r"[a-z]{4,}")
_OF_LIMITS = frozenset(
    ("shall", "should", "other", "under", "without", "shorter", "longer", "before", "after", "beyond", "agreement",
     "party", "parties", "which", "there", "these", "three", "seven", "eight", "hours", "weeks", "month", "months",
     "years", "least", "except", "unless", "where", "their", "states", "provision", "with", "than", "from", "that",
     "this", "more", "less", "each", "year", "days", "such", "into", "only", "when", "have", "been", "will", "must",
     "below", "above", "million", "billion", "percent", "four", "five", "nine")
)  # fmt: skip
_SAME_MATTER: Mapping[str, tuple[str, ...]] = {"term": ("remain", "force", "duration", "expiry", "expires")}
_STEM = 6  # letters that `termination` and `terminate` have in common
_SHOWN, _NAMED = 3, 8
_SUM = 3000  # what is less may be a year, a count, a number of an article


def on_limits(text: Agreement, limits: Sequence[str]) -> Iterator[str]:
    """Yield for each limit the provisions of `text` that speak of the same things, to be read beside it.

    A limit that sets a time, a share or a sum is read beside provisions that set one.
    """
    lines = [(place.path, place.provision.text) for place in places(text) if place.provision.text]
    for limit in limits:
        stems, figures = _stems_of_limit(limit), _figures(limit)
        figures = figures - {"time"} or figures  # of `5 percent a year` the share is the limit
        counts = {path: len(stems & _stems(words)) for path, words in lines if not figures or figures & _figures(words)}
        most = max(counts.values(), default=0)
        near = [(path, words) for path, words in lines if most and counts.get(path) == most][:_SHOWN]
        told = "; ".join(f"{path} “{_beside(words, stems, figures)}”" for path, words in near)
        alike = ", ".join([*counts][:_NAMED]) if figures and not told else ""
        of_figures = f" Provisions that set a {' or '.join(sorted(figures))}: {alike}." if alike else ""
        none = f"No provision on it was found by the program: the draft is to be read for it.{of_figures}"
        yield f"{limit.rstrip('.')}. {f'To be read beside it: {told}' if told else none}"


def _beside(words: str, stems: Set[str], figures: Set[str]) -> str:
    """Return the sentence of `words` that has most of `stems`, of those that set what the limit sets."""
    said = [s.words for s in sentences(words) if not figures or figures & _figures(s.words)] or [words]
    return excerpt(max(said, key=lambda each: len(stems & _stems(each))), "")


def _figures(words: str) -> set[str]:
    """Return what `words` set: a `time`, a `share`, a `sum`."""
    found = {"time"} if any(periods(words)) or dates_in(words) else set()
    for each in quantities(words):
        if each.is_percent:
            found.add("share")
        elif each.value is not None and each.value >= _SUM:
            found.add("sum")
    return found


def _stems_of_limit(limit: str) -> set[str]:
    stems = _stems(limit)
    return stems | {other[:_STEM] for word, others in _SAME_MATTER.items() if word in stems for other in others}


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in _LIMIT_WORD.findall(words.lower()) if word not in _OF_LIMITS}


def _sentence(words: str) -> PaperParagraph:
    return PaperParagraph("text", [Span(words)])


def _is_of(position: Position, clause: str) -> bool:
    return bool(position.clause) and (clause == position.clause or clause.startswith(f"{position.clause}."))


def _assessments(
    text: Agreement, positions: Positions, family: str, clauses: Mapping[str, str]
) -> Iterator[tuple[str, str, Assessment]]:
    """Yield path, words and assessment of what could be held against a position, in the order of the positions."""
    known = {place.path: place.provision for place in places(text)}
    for position in (p for p in positions.positions if p.status != "dropped"):
        paths: Sequence[str] = (position.path,) if position.path in known else ()
        if not position.path and position.topic:
            paths = clauses_about(text, position.topic, family)
        if not paths and position.clause:
            paths = _outermost([path for path, clause in clauses.items() if _is_of(position, clause) and path in known])
        for path in paths:
            own = texts_of(known[path])
            if position.held_elsewhere or any(True for _ in position.wordings()):
                yield path, own[1].replace("\n", " "), position.assess(*own)


def _outermost(paths: Sequence[str]) -> list[str]:
    return [path for path in paths if not any(path.startswith(f"{other}.") for other in paths)]


def _approvals_table(negotiation: Negotiation, day: str) -> PaperParagraph | Table:
    """Return the clearances by office, also of those that were asked and said nothing; a sentence where there is none.

    An office that was never asked for a clearance, and one whose day cannot be, is told as such.
    """
    asked = {each.office: each for each in office_clearances(negotiation, day)}
    approvals = negotiation.last_approvals
    rows: list[list[TableCell]] = []
    for a in approvals:
        doubts = asked[a.office].doubts if a.office in asked else ()
        unasked = "was never asked to clear a text" if a.text and not_asked(negotiation, a.office) else ""
        said = a.state.replace("-", " ") + (f" (text {a.text})" if a.text else "")
        notes = "; ".join(x for x in (a.about, a.condition, unasked, *doubts) if x)
        rows.append([_cell(a.office, bold=True), _cell(said), _day_cell(a.date), _cell(notes)])
    silent = [each for office, each in asked.items() if all(a.office != office for a in approvals)]
    rows += [[_cell(each.office, bold=True), _cell("not cleared"), _cell(""), _cell(each.said)] for each in silent]
    if not rows:
        return PaperParagraph("text", [Span("[offices, and what each said]", "blank")])
    return Table(("Office", "Said", "Date", "Condition or note"), (20, 25, 20, 35), rows)


def _day_cell(day: str | None) -> TableCell:
    return _cell(date_words(day) if day else _BLANK, blank=not day)


def _of_other_texts(made: _Sources) -> Iterator[PaperParagraph]:
    """Say of the text at Tab 1 which offices cleared it, and in how many places it differs from what others cleared."""
    held = made.brief.status.negotiation
    if made.text is None:
        return
    cleared: dict[int, list[str]] = {}
    for each in held.last_approvals:
        if each.clears and each.text:
            cleared.setdefault(each.text, []).append(each.office)
    same = [text.number for text in held.texts if made.sha256 and text.sha256 == made.sha256]
    again = f" (also kept as text {', '.join(map(str, same[1:]))})" if same[1:] else ""
    own = f"text {same[0]}{again}" if same else "a file that is no text of the record"
    by = ", ".join(office for number in same for office in cleared.get(number, ()))
    yield _sentence(f"Tab 1 is {own}; {f'cleared by {by}' if by else 'no office is recorded to have cleared it'}.")
    for number, offices in sorted(cleared.items()):
        earlier = made.texts.get(number)
        if number in same:
            continue
        if earlier is None:
            yield _sentence(f"{', '.join(offices)} cleared text {number}, which is not kept any more: not compared.")
            continue
        count = sum(pair.change not in WORDS_STAND for pair in align(earlier, made.text))
        differs = f"differs from it in {count} place{'' if count == 1 else 's'}" if count else "has the same words"
        yield _sentence(f"{', '.join(offices)} cleared text {number}: Tab 1 {differs}.")


def _comments_table(returned: ReturnedComments | None, offices: Sequence[str]) -> Table:
    """Return the comment matrix: what offices returned, then an empty row for each of the other `offices`."""
    head = returned.head if returned else ("No.", "Office", "Provision", "Comment", "Proposed", "Disposition", "Reason")
    rows: list[Sequence[TableCell]] = [*returned.rows] if returned else []
    missing = [name for name in offices if not returned or name not in returned.offices]
    empty = missing or ([] if rows else [""])
    rows += [[_cell(""), _cell(name), *(_cell("") for _ in head[2:])] for name in empty]
    return Table(head, returned.shares if returned else (5, 10, 12, 26, 26, 10, 11), rows)


def _facts_table(held: Agreement | None, negotiation: Negotiation) -> Table:
    """Return the facts of the signed agreement; what is not held is a blank. The day 15 is that of 22 CFR 181.7.

    What the repository does not hold of it is taken from the signing sheet and the steps recorded since.
    """
    signings = [(s.place, s.date or "") for s in held.signings if s.date or s.place] if held else []
    signings = signings or [(step.place, step.date) for step in _own_steps(negotiation, "signed")]
    signed = ", ".join(" ".join(x for x in (place, date_words(day) if day else "") if x) for place, day in signings)
    last = max((day for _, day in signings if day), default="")
    entry = held.entry_into_force if held else None
    stated = date_words(entry.date) if entry and entry.date else (entry.evidence if entry else "")
    recorded = ", ".join(date_words(step.date) for step in _own_steps(negotiation, "in-force"))
    is_day = bool(entry and entry.date) or not recorded
    in_force = stated if is_day else f"{recorded}, as recorded{f'; the text: “{stated}”' if stated else ''}"
    languages = [language_name(code) for code in held.languages] if held and held.languages else []
    rows = [
        ("Partner", partner_name(negotiation.partner)),
        ("Signed", signed),
        ("To be sent by", _day_15(last)),
        ("Entry into force", in_force),
        (
            "Languages",
            "; ".join([", ".join(languages or negotiation.signing.languages), *_of_languages(held)]).strip("; "),
        ),
        ("Term", held.term if held else ""),
    ]
    return Table(("Fact", "As recorded"), (25, 75), [[_cell(n, bold=True), _or_blank(v)] for n, v in rows])


_IN_LANGUAGES = re.compile(r"\bin (?:the )?[^.;:]{2,120} languages\b[^.;]{0,160}")


def _of_languages(held: Agreement | None) -> Iterator[str]:
    """Yield what the closing says of the languages, where it names several: not each of them may be held."""
    closing = (p.text for d in (held.documents[:1] if held else ()) for p in d.walk() if p.text)
    found = [match.group().strip(" ,") for text in closing for match in _IN_LANGUAGES.finditer(text)]
    if found:
        yield f"the text: “{found[-1]}”"


def _own_steps(negotiation: Negotiation, kind: ClosingKind) -> list[ClosingStep]:
    """Return the steps of a kind that are recorded of the agreement itself, not of an instrument that follows."""
    return [step for step in negotiation.closing if step.step == kind and step.of is None]


def _documents_table(made: _Sources) -> Table:
    """Return the documents of the signed agreement with their languages; else the text that the signing sheet names.

    A language of the sheet in which that text is not written has a row of its own, a blank where no text in it is kept.
    One blank row where neither is held.
    """
    held, negotiation = made.held, made.brief.status.negotiation
    rows: list[list[TableCell]] = [
        [_cell(document_words(d) or d.role), _cell(d.title or ""), _cell(language_name(d.language))]
        for d in (held.documents if held else ())
    ]
    text = negotiation.text(negotiation.signing.text) if negotiation.signing.text else None
    if not rows and text:
        named = f"{negotiation.title or text.name} (text {text.number} as kept: {text.name})"
        rows = [[_cell("main"), _cell(named), _or_blank(", ".join(made.signed_languages))]]
        for language in (each for each in negotiation.signing.languages if each not in made.signed_languages):
            kept = [step for step in negotiation.language_texts if language_name(step.language) == language]
            last = next((step for step in reversed(kept) if step.translation), None)
            shown = f"text in that language as kept: {last.name}" if last else f"[the text in {language}: none is kept]"
            rows.append([_cell("main"), _cell(shown, blank=last is None), _cell(language)])
    return Table(("Document", "Title", "Language"), (25, 60, 15), rows or [[_or_blank("") for _ in range(3)]])


def _day_15(signed: str) -> str:
    if len(signed) < _FULL:
        return ""
    day = shifted(date.fromisoformat(signed), _TRANSMITTED_BY, "days")
    note = remark(day)
    return date_words(day.isoformat()) + (f" ({note})" if note else "")


def _cell(words: str, *, bold: bool = False, blank: bool = False) -> TableCell:
    return [[Span(words, "blank" if blank else "bold" if bold else "plain")]]


def _or_blank(words: str) -> TableCell:
    return _cell(words or _BLANK, blank=not words)
