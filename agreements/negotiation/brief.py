"""A brief: two pages in Word for the delegation: key terms, last text, open points, precedents, next steps."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from agreements.citation import date_words
from agreements.classifying import topics_by_path
from agreements.classifying.variants import CODES, variants_in
from agreements.display import shown_short
from agreements.errors import AgreementsError, NotFoundError, QueryError, ReferenceSyntaxError
from agreements.language import money
from agreements.languages import not_read
from agreements.model import Agreement
from agreements.negotiation.clearance import not_as_cleared, office_clearances
from agreements.negotiation.file import NegotiatedText, NegotiatingAuthority
from agreements.negotiation.positions import texts_of
from agreements.negotiation.sides import OpenPoint, Sides, excerpt, lies_in, sides_of
from agreements.negotiation.status import NegotiationStatus, negotiation_status
from agreements.negotiation.store import Negotiations
from agreements.reading import save_checked
from agreements.reference import places
from agreements.registry import VARIANTS
from agreements.search.filters import PRECEDENT
from agreements.search.phrases import PhrasePrecedent
from agreements.search.results import Hit
from agreements.topics import NOT_FOUND, topics
from agreements.word import Paper, PaperParagraph, Span, Table, TableCell, TableLine, paper_file

_MOST_POINTS = 12  # open points on two pages; the rest is named by its place, save what no brief leaves out
_ROOM = 56  # lines of open points that two pages hold beside the rest
_COLUMN = 32  # characters on a line of a column of the table
_PRECEDENTS = 2
_MOST_LINES = 4  # on precedents of a point: it is two pages
_QUOTED = 60  # characters of their words that are quoted
_FEW = 18  # words of each side on a point for which two pages have no room, and which no brief leaves out
_LEAST = 5  # words from which there is something to look for
_GRAVE = re.compile(
    r"\b(?:sovereign|immun|jurisdiction|tribunal|claim|waive[sd]?\b|pa(?:id|y(?:s|able|ments?)?)\b|costs?\b|charges?\b|fees?\b"
    r"|tax(?:es|ation)?\b|dut(?:y|ies) (?:free|and taxes)|reimburs|funds?\b|appropriat)",
    re.IGNORECASE,
)
"""Words by which a point concerns sovereign immunity, jurisdiction, claims or money, whatever its topics are."""
_NO_TEXT = "no text is kept"
_INTERNAL = "INTERNAL: NOT FOR THE OTHER SIDE"


@shown_short
@dataclass(frozen=True, slots=True)
class Brief:
    """What a brief says: where the negotiation stands, where the sides do, precedents by the path of the point."""

    status: NegotiationStatus
    sides: Sides
    precedents: dict[str, tuple[str, ...]]
    day: str


@dataclass(frozen=True, slots=True)
class Precedents:
    """What is asked of the repository.

    `cite` gives the plain citation of a reference (raises `NotFoundError` where it is not held), `nearest` the
    provisions most like some words, the most alike first (raises `QueryError` for words that say nothing to a search),
    `of_change` what was `inserted` or `deleted` from one text to another, on these topics: which, the words, and the
    provisions that say them, or most of them.
    """

    cite: Callable[[str], str]
    nearest: Callable[[str], Iterable[Hit]]
    of_change: Callable[[str, str, Sequence[str]], Iterable[tuple[str, str, Sequence[PhrasePrecedent]]]] = lambda *_: ()


def make_brief(store: Negotiations, negotiation: str, precedents: Precedents, *, day: str) -> Brief:
    """Return the brief of `negotiation` as of `day` (ISO).

    Precedents are those that the positions cite, else texts of the repository that say the words of the other side
    which ours has not, or where ours says nothing on the point, the nearest to theirs; drafts and specimens are none.
    Raises as `negotiation_status`.
    """
    status = negotiation_status(store, negotiation)
    sides = sides_of(store, negotiation)
    found = {p.path: tuple(islice(_precedents(precedents, p), _MOST_LINES)) for p in _first(sides)[:_MOST_POINTS]}
    return Brief(status, sides, found, day)


def write_brief(brief: Brief, output: Path) -> Path:
    """Write `brief` to the Word file `output`; raises `AgreementsError` when its name or the disk refuses."""
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    held = brief.status.negotiation
    title = f"Brief: {held.title or held.id}"
    paper = Paper(
        title=title,
        blocks=[
            *_head(brief, title),
            PaperParagraph("heading", [Span("Key terms")]),
            terms_of(brief),
            *_changed(brief),
            PaperParagraph("heading", [Span(f"Open points ({len(brief.sides.points)})")]),
            *open_points_of(brief),
            *_closing(brief),
        ],
        marking=brief.status.marking,
        status=[_INTERNAL],
        size=10,
        date=brief.day,
    )
    save_checked(output, paper_file(paper))
    return output


def _changed(brief: Brief) -> Iterator[PaperParagraph]:
    """Yield what was agreed and has other words in the last text: it stands before all that is open."""
    last = brief.status.opened_from
    if brief.status.changed and last:
        yield PaperParagraph("heading", [Span("Agreed before, and other words now")])
        said = f"In text {last.number}: {', '.join(map(place_words, brief.status.changed))}."
        yield PaperParagraph("text", [Span(said, "warning")])


def _head(brief: Brief, title: str) -> Iterator[PaperParagraph]:
    held = brief.status.negotiation
    yield PaperParagraph("title", [Span(title)])
    authority = held.authority
    rows = [
        ("Partner", brief.status.partner),
        ("As of", date_words(brief.day)),
        ("Stage", held.stage_words),
        ("Objective", held.objective),
        ("Authority", "; before it: ".join(map(authority_words, (authority, *reversed(held.authorities_before))))),
        ("Not covered", "; ".join(held.limits)),
        ("Last text", "; ".join(dict.fromkeys(_text(t) for t in (brief.sides.us_text, brief.sides.partner_text) if t))),
    ]
    for round_ in held.rounds[-1:]:
        heads = " / ".join(x for x in (round_.our_head, round_.their_head) if x)
        where = ", ".join(x for x in (f"No. {round_.number}, {date_words(round_.date)}", round_.place, heads) if x)
        rows.insert(3, ("Last round", where))
    for name, words in rows:
        if words:
            yield PaperParagraph("head", [Span(f"{name}:\t", "bold"), Span(words)])


def authority_words(authority: NegotiatingAuthority) -> str:
    """Return in words which authority is recorded: its kind and scope, when it was given and ends, or where it is."""
    if authority.held_elsewhere:
        return f"held elsewhere: {authority.held_elsewhere}"
    parts = [x.replace("-", " ") for x in (authority.kind, authority.scope) if x]
    if authority.approved:
        by = f" by {authority.approver}" if authority.approver else ""
        parts.append(f"given {date_words(authority.approved)}{by}")
    elif authority.requested:
        parts.append(f"asked for {date_words(authority.requested)}, not yet given")
    parts += [f"until {date_words(authority.expires)}"] if authority.expires else []
    parts += [authority.reference] if authority.reference else []
    return ", ".join(parts) or "none is recorded"


def place_words(path: str) -> str:
    """Return a path as people say it: `VI (the second)` for the second provision of that number in a joint text."""
    first, _, rest = path.partition("~")
    if not rest:
        return path
    count, dot, below = rest.partition(".")
    which = {"2": "the second", "3": "the third"}.get(count, f"no. {count}")
    return f"{first}{dot}{below} ({which} {first})"


def _text(text: NegotiatedText) -> str:
    return f"No. {text.number}, {text.how_fully} on {date_words(text.date)} ({text.name})"


def terms_of(brief: Brief) -> PaperParagraph | Table:
    """Return the table of the terms that each side's text settles, or a sentence where none could be read."""
    ours, theirs = _variants(brief.sides.us), _variants(brief.sides.partner)
    rows: list[list[TableCell]] = [
        [
            [[Span(VARIANTS.label(kind), "bold")]],
            [[_code(ours, kind, _not_seen(brief.sides.us)) if brief.sides.us else Span(_NO_TEXT)]],
            [[_code(theirs, kind, _not_seen(brief.sides.partner)) if brief.sides.partner else Span(_NO_TEXT)]],
        ]
        for kind in VARIANTS
        if any(side.get(kind) for side in (ours, theirs))
    ]
    met = [[kind for kind in VARIANTS if kind in side] for side in (ours, theirs)]
    unread = [[kind for kind in kinds if not (ours.get(kind) or theirs.get(kind))] for kinds in met]
    if any(unread):
        texts = (brief.sides.us, brief.sides.partner)
        named = (
            [[Span(_NO_TEXT if text is None else ", ".join(map(VARIANTS.label, kinds)) or _not_seen(text))]]
            for text, kinds in zip(texts, unread, strict=True)
        )
        rows.append([[[Span("Perhaps spoken of, not read with certainty", "bold")]], *named])
    if not rows:
        return PaperParagraph("text", [Span("No term could be read with certainty from the texts that are kept.")])
    return Table(("Term", "Our text", "Their text"), (26, 37, 37), rows)


def _variants(agreement: Agreement | None) -> dict[str, tuple[str, str] | None]:
    """Return the code and the place of each kind of term that the clauses of `agreement` settle in one way.

    A kind that clauses are about without settling it has None; one that no clause is about is not there.
    """
    if agreement is None:
        return {}
    found: dict[str, dict[str, str]] = {}
    topics = topics_by_path(agreement)
    for place in places(agreement):
        if len(place.chain) > 1 and place.chain[-2].kind not in ("part", "chapter"):
            continue
        for variant in variants_in(texts_of(place.provision)[1], topics.get(place.path, [])):
            found.setdefault(variant.kind, {}).setdefault(variant.code, place.path)
    met = {topic for each in topics.values() for topic in each}
    about: dict[str, tuple[str, str] | None] = {k: None for k in VARIANTS if met.intersection(VARIANTS[k].topics)}
    return about | {kind: next(iter(codes.items())) for kind, codes in found.items() if len(codes) == 1}


def _not_seen(text: Agreement) -> str:
    """Return what is said of a kind of term that no clause of `text` is seen to be about."""
    return not_read("clauses", (d.language for d in text.documents if d.provisions)) or NOT_FOUND


def _code(side: Mapping[str, tuple[str, str] | None], kind: str, not_seen: str = NOT_FOUND) -> Span:
    if kind not in side:
        return Span(not_seen)
    if (found := side[kind]) is None:
        return Span("not read with certainty")
    code, path = found
    return Span(f"{code}: {CODES[code]} ({path})" if code in CODES else f"{code} ({path})")


def open_points_of(brief: Brief) -> Iterator[PaperParagraph | Table]:
    """Yield the table of open points, as many as two pages hold, and the places of the others.

    Those on sovereign immunity, jurisdiction, claims and money are told however many they are, in fewer words where
    the pages are full.
    """
    if brief.sides.partner is None or brief.sides.us is None:
        yield PaperParagraph("text", [Span("Only the text of one side is kept, so nothing can be said to be open.")])
        return
    us, partner = brief.status.negotiation.labels
    shown: list[list[TableCell]] = []
    rest: list[str] = []
    room = _ROOM
    for rank, point in enumerate(_first(brief.sides)):
        row = _point(brief, point)
        needed = _lines(row)
        if brief.sides.reopens(point):
            row[0] = [*row[0], [Span("REOPENED: agreed before", "warning")]]
        if (rank < _MOST_POINTS and needed <= room) or not shown:
            shown.append(row)
            room -= needed
        elif _is_always_told(point):
            shown.append(_point(brief, point, most=_FEW))
        else:
            rest.append(place_words(point.path))
    if shown:
        yield Table(("Where", us, partner, "Position and precedents"), (14, 29, 29, 28), shown)
    if rest:
        yield PaperParagraph("text", [Span(f"Also open: {', '.join(rest)}.")])


def _lines(row: Sequence[TableCell]) -> int:
    """Return how many lines a row of the table takes, about."""
    return 1 + max(sum(1 + sum(len(span.text) for span in line) // _COLUMN for line in cell) for cell in row)


def _first(sides: Sides) -> list[OpenPoint]:
    """Return the open points in the order in which they are read: reopened after they were agreed, outside recorded
    positions, on which a position is recorded, that no brief leaves out, the rest, preamble and closing words last."""
    return sorted(sides.points, key=lambda point: -1 if sides.reopens(point) else _rank(point))


def _rank(point: OpenPoint) -> int:
    if any(each.is_outside for each in point.assessments):
        return 0
    if point.positions:
        return 1
    if _is_always_told(point):
        return 2
    return 4 if point.path.startswith(("preamble", "testimonium", "signature")) else 3


def _is_always_told(point: OpenPoint) -> bool:
    """Whether a point concerns sovereign immunity, jurisdiction, claims or money, by its topics or its own words."""
    known = topics()
    if any(known[topic].always_told for topic in point.topics if topic in known):
        return True
    return any(_GRAVE.search(words) or any(money.sums(words)) for words in (point.heading, point.us, point.partner))


def _point(brief: Brief, point: OpenPoint, *, most: int | None = None) -> list[TableCell]:
    """Return the row of a point; `most` are the words told of each side, of its positions the assessment alone."""
    nothing = Span("(nothing)")
    wordings = (excerpt(point.us, point.partner, most=most), excerpt(point.partner, point.us, most=most))
    said = [[[Span(words) if words else nothing]] for words in wordings]
    notes: list[TableLine] = [[Span("Theirs: ", "bold"), Span(assessment.said)] for assessment in point.assessments]
    for position in point.positions if most is None else ():
        if position.held_elsewhere:
            notes.append([Span(f"Held elsewhere: {position.held_elsewhere}")])
        notes += [
            [Span(f"Fallback {rung}: ", "bold"), Span(excerpt(words.said, ""))]
            for rung, words in enumerate(position.fallbacks, 1)
        ]
        if position.rationale:
            notes.append([Span("Why: ", "bold"), Span(position.rationale)])
    if not point.positions:
        notes.append([Span("no position is recorded")])
    notes += [[Span(citation)] for citation in brief.precedents.get(point.path, ())]
    return [[[Span(place_words(point.path), "bold")], [Span(point.heading)]], *said, notes]


def _precedents(known: Precedents, point: OpenPoint) -> Iterator[str]:
    """Yield the citations of the precedents that the positions name, else of the nearest to their words."""
    cited = [ref for position in point.positions for ref in position.precedents]
    for ref in cited[:_PRECEDENTS]:
        try:
            yield f"Precedent: {known.cite(ref)}"
        except (NotFoundError, ReferenceSyntaxError):
            yield f"Precedent: {ref} (not held here)"
    if cited or len(point.partner.split()) < _LEAST:
        return
    if point.us:
        yield from _of_change(known, point)
        return
    try:
        hits = known.nearest(point.partner)
    except QueryError:  # words that say nothing to a search
        return
    for hit in [hit for hit in hits if hit.standing == PRECEDENT][:_PRECEDENTS]:
        yield f"Nearest to theirs: {known.cite(hit.ref)}"


def _of_change(known: Precedents, point: OpenPoint) -> Iterator[str]:
    """Yield the citations of provisions that say what they put in, keep what they took out, or that there is none."""
    for change, words, found in known.of_change(point.us, point.partner, point.topics):
        said = words if len(words) <= _QUOTED else f"{words[: _QUOTED - 4].rstrip()} ..."
        verb = "Says" if change == "inserted" else "Keeps"
        for each in found[:_PRECEDENTS]:
            value = f"has {each.other_value}" if each.other_value else ""
            unlike = ", ".join(filter(None, (each.lacks, value)))
            kept = f"Near to “{said}” ({unlike})" if unlike else f"{verb} “{said}”"
            yield f"{kept}: {known.cite(each.hit.ref)}"
        if not found:
            yield f"{verb} “{said}”: none found by the program"


def _closing(brief: Brief) -> Iterator[PaperParagraph]:
    held = brief.status.negotiation
    agreed = brief.sides.still_agreed
    final = [path for path in agreed if path in brief.sides.final]
    for heading, paths in (("Agreed ad referendum", [p for p in agreed if p not in final]), ("Agreed", final)):
        if paths:
            yield PaperParagraph("heading", [Span(heading)])
            yield PaperParagraph("text", [Span(", ".join(paths))])
    if alike := [path for path in brief.sides.alike if not any(lies_in(path, each) for each in agreed)]:
        yield PaperParagraph("heading", [Span("No words differ in the last texts; not recorded as agreed")])
        yield PaperParagraph("text", [Span(", ".join(alike))])
    if held.last_approvals:
        yield PaperParagraph("heading", [Span("Clearances")])
        said = (
            f"{a.office}: {a.state.replace('-', ' ')}{f' text {a.text}' if a.text else ''}"
            f"{f' ({a.condition})' if a.condition else ''}"
            for a in held.last_approvals
        )
        others = not_as_cleared(held, office_clearances(held, brief.day))
        yield PaperParagraph("text", [Span("; ".join([*said, *others]))])
    if brief.status.languages:
        yield PaperParagraph("heading", [Span("Texts in other languages")])
    for standing in brief.status.languages:
        yield PaperParagraph("point", [Span(standing.said)])
    steps = [step for step in held.steps if step.done is None]
    if steps:
        yield PaperParagraph("heading", [Span("Next steps")])
    for step in steps[:5]:
        who = ", ".join(x for x in (step.who, f"by {date_words(step.due)}" if step.due else "") if x)
        yield PaperParagraph("point", [Span(f"{step.what}{f' ({who})' if who else ''}")])
