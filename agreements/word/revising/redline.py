"""A redline: a copy of one Word file with real tracked changes that make it another, proven before it is handed out.

Numbering, styles, headers and everything that did not change stay as they are. Rejecting all changes gives the first
file, accepting all gives the words of the second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from textwrap import shorten

from lxml import etree

from agreements.errors import AgreementsError
from agreements.findings import Finding, warning
from agreements.ooxml import walk
from agreements.ooxml.numbering import ListCounter
from agreements.ooxml.numerals import whole
from agreements.ooxml.package import Package
from agreements.ooxml.revisions import Tracker, highest_id
from agreements.ooxml.schema import insert, local, name
from agreements.ooxml.xml import clean, make
from agreements.word.cleaning import without_anonymity
from agreements.word.flattened import Taken
from agreements.word.revising.align import BlockElement, BlockPlan, boxes, is_gone, plan, put_before, row_shape
from agreements.word.revising.atoms import Context, bare, content
from agreements.word.revising.carrying import Carrier
from agreements.word.revising.comments import add_comment, carry_comments
from agreements.word.revising.markup import RevisionWriter, words_of
from agreements.word.revising.objects import Objects
from agreements.word.revising.proof import Proof, prove_redline
from agreements.word.revising.settle import Prior, before_redline
from agreements.word.revising.stories import NoteCarrier, NotePair, edges, lone_edges, notes, unpaired


@dataclass(frozen=True, slots=True)
class RedlineOptions:
    """Who makes the changes and when, and what becomes of tracked changes that are already in the files.

    `author` is a name, `date` a day (`2026-11-22`) or a time in UTC (`2026-11-22T09:30:00Z`). `prior`: `refuse` files
    with tracked changes; `keep` those of the first file with their authors, the second read as if all were accepted;
    `final` or `original`: compare both files with all accepted, or all rejected. `edges`: headers and footers too.
    """

    author: str
    date: str
    prior: Prior = "refuse"
    edges: bool = True


@dataclass(frozen=True, slots=True)
class Redline:
    """A Word file with tracked changes, its proof, and what a person should know about how it was made."""

    content: bytes
    proof: Proof
    findings: tuple[Finding, ...] = ()


def redline(
    a: bytes, b: bytes, options: RedlineOptions, *, names: tuple[str, str] = ("the first file", "the second file")
) -> Redline:
    """Return the Word file `a` with tracked changes that make it the Word file `b`; `names` are for messages.

    Whether it does is in its `proof`: a caller writes nothing that is `unexplained` unless a person insists. What Word
    cannot track stands in comments where it is, and among the findings. Raises `UnreadableError` for what is no Word
    file, `AgreementsError` for files with tracked changes where these are to be refused, and for an author or date that
    is none.
    """
    tracker = Tracker(_author(options.author), moment(options.date))
    first, second, findings = before_redline(a, b, options.prior, names)
    one, other = Package.of(names[0], first), Package.looked_at(names[1], second)
    tracker.next_id = first_id = highest_id(one.stories().values()) + 1
    noted = notes(one, other)
    work = _Work(one, other, tracker, noted)
    left_out = tuple(unpaired(one, other, names)) if options.edges else ()
    stories = [(one.body(), other.body()), *noted]
    if options.edges:
        stories += [*edges(one, other), *lone_edges(one, other)]
    for here, there in stories:
        work.story(here, there)
    named = [*carry_comments(one, other, work.said_of, work.carrier, names), *work.findings(names), *left_out]
    _track(one)
    told = (*findings, *work.carrier.findings(names[1]), *named)
    made = one.content()
    proof = prove_redline(made, a, b, prior=options.prior, ours=_ours(tracker, first_id), headers=options.edges)
    if proof.outcome == "named" and _comment_untracked(one, proof, tracker, names[1]):
        made = one.content()
    told = (*told, *_other_numbers(proof, names))
    return Redline(made, proof, (*told, *proof.findings(names, {finding.code for finding in told})))


def _other_numbers(proof: Proof, names: tuple[str, str]) -> Iterator[Finding]:
    """Yield one finding of the numbers that lists show with all changes accepted where the second file shows others."""
    other = [(each.one, each.other) for each in proof.accepted if each.what == "number"]
    if other:
        said = [[shorten(side, _WORDS_OF_A_NUMBER, placeholder=" …") for side in sides] for sides in other[:_NAMED]]
        shown = ", ".join(f"“{here}” here is “{there}”" for here, there in said)
        more = f" and {len(other) - _NAMED} more" if len(other) > _NAMED else ""
        message = f"Numbers that lists show are others in {names[1]}, which Word cannot track: {shown}{more}."
        yield warning("numbers", names[0], message, "Compare the numbering by eye.")


def _ours(tracker: Tracker, first_id: int) -> Taken:
    """Return what tells our changes from others: who signed them, and that they were numbered after all others.

    Part of another's insertion that ours divided has a new number too; the same hand may have made earlier ones.
    """

    def ours(change: etree._Element) -> bool:
        number = change.get(name("id"), "")
        signed = (change.get(name("author"), ""), change.get(name("date"), "")) == (tracker.author, tracker.date)
        return signed and whole(number, -1) >= first_id

    return ours


_COMMENTED = 30  # places at which a comment says what is not tracked


def _comment_untracked(parts: Package, proof: Proof, tracker: Tracker, name_of_b: str) -> bool:
    """Say in comments what is other in the second file and not tracked, where it stands; return whether any is."""
    paragraphs = list(parts.body().iter(name("p")))
    body = next((e.element for e in proof.accepted if e.story == "body" and e.element is not None), None)
    read = () if body is None else body.getroottree().getroot().iter(name("p"))
    places = {paragraph: place for place, paragraph in enumerate(read)}
    at: dict[int, list[str]] = {}
    for each in proof.accepted:
        element = each.element if each.story == "body" and each.what != "look" else None
        place = 0 if element is None else places.get(element, 0)
        lines = at.setdefault(place, [])
        if each.what not in ("look", "comment") and len(at) <= _COMMENTED:
            lines.append(f"Not tracked: in {name_of_b} {each.words(other_first=True)}.")
    for place, lines in at.items():
        if lines and place < len(paragraphs):
            add_comment(parts, paragraphs[place], lines, author=tracker.author, date=tracker.date)
    return any(at.values())


def _author(author: str) -> str:
    found = clean(author).strip()
    if not found:
        raise AgreementsError("Tracked changes need an author.", hint="Give a name or an office: --author NAME.")
    return found


def moment(date: str) -> str:
    """Return `date` as Word writes it; raises `AgreementsError` when it is none."""
    try:
        found = datetime.fromisoformat(date)
    except ValueError as error:
        raise AgreementsError(
            f"{date!r} is no date.", hint="Write it as 2026-11-22 or 2026-11-22T09:30:00Z."
        ) from error
    aware = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return aware.strftime("%Y-%m-%dT%H:%M:%SZ")


class _Work:
    """Carries plans out in the trees of the first file."""

    def __init__(self, a: Package, b: Package, tracker: Tracker, noted: list[NotePair]) -> None:
        self._tracker = tracker
        self.carrier = Carrier(a, b, tracker.take_id)
        self._notes = NoteCarrier(a, b, noted, self._of_note)
        self.carrier.bring_note = self._notes.bring
        self._ours = Context(noting=self._notes.own, objects=Objects(a))
        self._theirs = Context(self.carrier.naming, self._notes.other, Objects(b))
        self._marker = RevisionWriter(tracker, self.carrier.run, self.carrier.link)
        self._files = a, b
        self.said_of: dict[etree._Element, etree._Element] = {}  # paragraphs of the first file and whose words they say
        self._joined = 0  # table rows whose cells are joined otherwise
        self._counters = tuple(ListCounter(each.first("numbering"), each.first("styles")) for each in (a, b))
        self._moves = 0

    def story(self, here: etree._Element, there: etree._Element) -> None:
        """Make the story `here` of the first file what `there` is in the second: the body, a header, a note."""
        self.carrier.place = self._files[0].path_of(here), self._files[1].path_of(there)
        self.over(plan(here, there))
        floating = list(boxes(here)), list(boxes(there))
        if len(floating[0]) == len(floating[1]):  # others came or went with the pictures that hold them
            for box, answer in zip(*floating, strict=True):
                self._box(box, answer)

    def _box(self, here: etree._Element, there: etree._Element) -> None:
        """Make the box `here` what `there` is, in the form that Word shows and in the one for older programs."""
        old = _old_form(here)
        self.over(plan(here, there))
        if old is not None:
            self.over(plan(old, there))

    def over(self, whole: BlockPlan) -> None:
        """Mark up what `whole` says; names are settled first, as a field may refer to what stands later."""
        plans = list(whole.walk())
        pairs = [pair for each in plans for pair in each.pairs if pair[0].is_paragraph]
        self.carrier.learn((a.element, b.element) for a, b in pairs)
        for each in plans:
            for arrival in each.arrivals:
                for paragraph in walk.paragraphs(arrival.block.element):
                    self.carrier.expect(paragraph)
        for each in plans:
            self._carry_out(each)

    def _carry_out(self, each: BlockPlan) -> None:
        for a, b in each.pairs:
            if a.is_paragraph and not a.before:
                self._change(a, b)
                self.said_of[a.element] = b.element
            elif a.element.tag == name("tr"):
                self._joined += row_shape(a) != row_shape(b)
        arrived: dict[int, etree._Element] = {}
        for arrival in each.arrivals:
            made = self._new(arrival.block, arrival.source)
            put_before(each.container, made, arrival.before, len(arrival.block.around))
            arrived[id(arrival)] = made
        for move in each.moves:
            self._move([arrival.source.element for arrival in move if arrival.source], [arrived[id(x)] for x in move])
        for block in each.gone:
            self._gone(block)

    def _change(self, a: BlockElement, b: BlockElement) -> None:
        if not _say_plainly_the_same(a, b):
            words, new = words_of(a.element), words_of(b.element)
            if words is None or new is None:
                ours, theirs = content(a.element, self._ours), content(b.element, self._theirs)
                self._marker.change(a.element, ours, theirs)
            elif a.text != b.text:
                self._marker.change_words(a.element, words, new)
        one, other = (counter.level(x.element) for counter, x in zip(self._counters, (a, b), strict=True))
        if one != other:
            self._tracker.properties(a.element, self.carrier.properties(b.element))

    def _new(self, block: BlockElement, source: BlockElement | None = None) -> etree._Element:
        """Return what brings `block` of the second file in: an inserted paragraph, or a table or row of such ones."""
        if block.is_paragraph:
            return self._inserted(block.element, source)
        return self._inserted_table(block.element)

    def _inserted(self, of: etree._Element, before: BlockElement | None = None) -> etree._Element:
        made = self.carrier.paragraph(of)
        self._marker.add(made, content(of, self._theirs), content(before.element, self._ours) if before else None)
        self.carrier.enclose(made, of)
        self.said_of[made] = of
        return made

    def _of_note(self, of: etree._Element) -> etree._Element:
        """Return a new paragraph or table of a note, whose pictures and links are named by the part of the notes."""
        before = self.carrier.place
        kind = local(of.getroottree().getroot())
        self.carrier.place = self._files[0].related[kind][0], self._files[1].path_of(of)
        made = self._inserted(of) if of.tag == name("p") else self._inserted_table(of)
        self.carrier.place = before
        return made

    def _inserted_table(self, of: etree._Element) -> etree._Element:
        """Return a copy of a table or row of which every row and paragraph is inserted."""
        made = bare(of)
        made.extend(self.carrier.look(child) for child in of if child.tag in _TABLE_LOOKS)
        inner = {name("tbl"): walk.rows, name("tr"): walk.cells}.get(of.tag)
        for child in inner(of) if inner else (block for block, _ in walk.blocks(of)):
            if child.tag == name("p"):
                made.append(self._inserted(child))
            elif child.tag in (name("tbl"), name("tr"), name("tc")):
                made.append(self._inserted_table(child))
        if of.tag == name("tr"):
            self._tracker.row(made, "ins")
        return made

    def _move(self, sources: list[etree._Element], arrived: list[etree._Element]) -> None:
        self._moves += 1
        for paragraph in sources:
            self._marker.remove(paragraph, content(paragraph, self._ours), "moveFrom")
        self._tracker.moved("moveFrom", f"move{self._moves}", sources)
        self._tracker.moved("moveTo", f"move{self._moves}", arrived)

    def _gone(self, block: BlockElement) -> None:
        paragraphs = [*block.before, block.element] if block.is_paragraph else list(walk.paragraphs(block.element))
        for paragraph in paragraphs:
            self._marker.remove(paragraph, content(paragraph, self._ours))
        for row in block.element.iter(name("tr")):
            if not is_gone(row, "trPr"):
                self._tracker.row(row, "del")

    # ------------------------------------------------------------------ what Word cannot track

    def findings(self, names: tuple[str, str]) -> Iterator[Finding]:
        """Yield what is other in the second file and stands in no tracked change."""
        if self._joined:
            message = (
                f"{self._joined} rows of tables join their cells otherwise in {names[1]}, which Word cannot track."
            )
            yield warning("cells-joined", names[0], message, "Compare the table by eye.")
        roots = (root for package in self._files for root in package.stories().values())
        if unknown := sorted({local(each) for root in roots for each in walk.unknown(root)}):
            message = f"Not compared, as the program does not know it: {', '.join(unknown)}."
            yield warning("not-compared", names[0], message, "Look at both files in Word.")


def _say_plainly_the_same(a: BlockElement, b: BlockElement) -> bool:
    """Whether both are the same words and nothing else; a tab may be a sign in one and a blank in the other."""
    return a.text == b.text and a.is_plain and b.is_plain and "\t" not in a.text and "\n" not in a.text


_NAMED = 3  # numbers that a finding names
_WORDS_OF_A_NUMBER = 40  # characters of the paragraph that says whose number it is


def _old_form(box: etree._Element) -> etree._Element | None:
    """Return the box that says the same to older programs as `box` to Word, None where there is none."""
    alternate = next(box.iterancestors(walk.ALTERNATE), None)
    kept = None if alternate is None else walk.shown(alternate)
    old = None if alternate is None else alternate.find(walk.FALLBACK)
    if kept is None or old is None or old is kept:
        return None
    pairs = zip(kept.iter(walk.BOX), old.iter(walk.BOX), strict=False)
    return next((other for one, other in pairs if one is box), None)


_TABLE_LOOKS = frozenset(name(tag) for tag in ("tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr"))


def _track(parts: Package) -> None:
    """Switch the tracking of changes on, so that what the next person types is seen too."""
    settings = parts.first("settings")
    if settings is None:
        return
    without_anonymity(settings)  # Word would give the changes of both sides to "Author"
    if settings.find(name("trackRevisions")) is None:
        insert(settings, make("trackRevisions"))
