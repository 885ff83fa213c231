"""The verb `make_paper`: memoranda, matrices, transmittals, cables and e-mails from what a negotiation holds.

Facts that are not recorded stay visible blanks; nothing is guessed. Every paper bears the highest marking of what it
is made from.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agreements.errors import AgreementsError, unknown
from agreements.findings import Finding, info
from agreements.intake.files import parse_file
from agreements.library.negotiations.brief import Brief, make_brief, open_points_of, terms_of
from agreements.library.negotiations.clauses import clauses_by_path, clauses_in
from agreements.library.negotiations.status import partner_name
from agreements.library.papers.facts import held_agreement, values_of
from agreements.library.papers.tables import (
    Commented,
    approvals_table,
    comments_table,
    departures,
    documents_table,
    facts_table,
)
from agreements.model import Agreement
from agreements.negotiation import papers
from agreements.negotiation.markings import highest, refuse_classified_entry
from agreements.negotiation.papers import KINDS, PLAIN, PaperLine
from agreements.platform import replace_file, save
from agreements.word.paper import Paper, PaperParagraph, Table, attached, paper_file
from agreements.word.tabled import Span

_STATUS = {"c175": ["INTERNAL: NOT FOR THE OTHER SIDE"], "comments": ["INTERNAL: NOT FOR THE OTHER SIDE"]}


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
        if self.kind not in PLAIN:
            save(output, self.content)
            return output
        try:
            replace_file(output, self.content)
        except OSError as error:
            raise AgreementsError(
                f"{output} cannot be written: {error.strerror or error}.", hint="Check the folder and your rights."
            ) from error
        return output


def make_paper(
    folder: Path,
    kind: str,
    negotiation: str,
    *,
    day: str,
    given: Mapping[str, str] | None = None,
    draft: Path | None = None,
    comments: Sequence[tuple[str, Path]] = (),
    tell: Callable[[str], None] | None = None,
) -> MadePaper:
    """Return the paper `kind` (`c175`, `comments`, `transmittal`, `cable`, `email`) of a negotiation, as of `day`.

    `given` fills gaps by name and wins over what is recorded; `draft` is the text to attach (default: our last one);
    `comments` are the Word files that offices returned, each with the name of its office. Raises `NotFoundError` for
    an unknown paper, gap or negotiation, `ClassifiedError` when something given is classified, as `parse_file`.
    """
    known = papers.gaps(kind)
    given = dict(given or {})
    for name, words in given.items():
        if name not in known:
            raise unknown(f"gap of the paper {kind}", name, known)
        refuse_classified_entry(words, what=f"what was given for {name}")
    made = _sources(folder, negotiation, make_brief(folder, negotiation, day=day, tell=tell), draft, comments)
    marking = made.marking
    own = values_of(made.brief, made.held, made.text, marking=marking, draft=draft)
    values = {**own, **{name: words for name, words in given.items() if words}}
    lines = tuple(papers.filled(kind, values))
    found = tuple(_remarks(kind, made))
    if kind in PLAIN:
        plain = papers.plain_text(kind, values)
        return MadePaper(kind, marking, papers.blanks(lines), plain.encode(), plain, found)
    blocks = [block for line in lines for block in _blocks(line, made)]
    paper = Paper(KINDS[kind], blocks, marking, _STATUS.get(kind, []), size=11, date=day)
    return MadePaper(kind, marking, papers.blanks(lines), paper_file(paper), findings=found)


def paper_gaps(kind: str) -> dict[str, str]:
    """Return the names of the gaps of the paper `kind` with what belongs there; raises `NotFoundError`."""
    return papers.gaps(kind)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a paper is made from: the brief, the signed agreement, our text, which clauses it has, what offices said."""

    brief: Brief
    held: Agreement | None
    text: Agreement | None
    clauses: Mapping[str, str]
    returned: Sequence[Commented]

    @property
    def marking(self) -> str:
        """The highest marking of all of it."""
        texts = [each.marking for each in (self.held, self.text) if each]
        return highest([self.brief.status.marking, *texts, *(each.marking for each in self.returned)])


def _sources(
    folder: Path, negotiation: str, brief: Brief, draft: Path | None, comments: Sequence[tuple[str, Path]]
) -> _Sources:
    text = parse_file(draft).agreement if draft else brief.sides.us
    clauses = clauses_in(draft) if draft else clauses_by_path(folder, negotiation, brief.sides.us_text)
    held = held_agreement(folder, brief.status.negotiation.agreement)
    return _Sources(brief, held, text, clauses, [Commented.read(office, file) for office, file in comments])


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
        yield departures(made.text, status.positions, held.family, made.clauses)
    elif name == "approvals":
        yield approvals_table(held.approvals)
    elif name == "comments":
        yield comments_table(made.returned, [a.office for a in held.approvals])
    elif name == "facts":
        yield facts_table(made.held, partner_name(held.partner))
    elif name == "documents":
        yield documents_table(made.held)
