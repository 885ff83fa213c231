"""The verb `answer`: our reply to a marked-up file, as tracked changes on top of theirs, and a clean copy."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements.display import shown_short
from agreements.errors import AgreementsError
from agreements.findings import Finding, info
from agreements.reading import save_checked
from agreements.reviewing.clauses import TouchedClause
from agreements.reviewing.decisions import Resolved, items_of, numbers, resolve, skeleton
from agreements.reviewing.review import Review
from agreements.word import Difference, Disposition, Files, RedlineOptions, Rewording, answered, redline


@shown_short
@dataclass(slots=True)
class Reply:
    """What was answered: how many changes were accepted, rejected, left, how many clauses countered; the files."""

    accepted: int
    rejected: int
    left: int
    countered: int
    files: list[Path] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return `{accepted, rejected, left, countered, files, findings}`."""
        counts = {"accepted": self.accepted, "rejected": self.rejected, "left": self.left, "countered": self.countered}
        files = [str(file) for file in self.files]
        return counts | {"files": files, "findings": [finding.as_json() for finding in self.findings]}


def write_decisions(review: Review, output: Path) -> Path:
    """Write a file of decisions on `review` to be filled in; raises `AgreementsError` when there is one already."""
    if output.exists():
        raise AgreementsError(f"{output.name} exists already.", hint="Choose another name: decisions are not lost.")
    save_checked(output, skeleton(review).encode())
    return output


def answer(
    review: Review, decisions: Path, output: Path, *, author: str, date: str, clean: Path | None = None
) -> Reply:
    """Write our answer to the reviewed file to the Word file `output`, and without any tracked changes to `clean`.

    In the reply, their changes stay theirs. Accepted ones stand; what is rejected or countered is taken back by
    tracked changes of `author` at `date` (ISO 8601) on top; what is left is not touched. The clean copy is the text as
    we see it: with what is left read as in ours. Raises `DecisionError` and `RecordError` for decisions that cannot be
    carried out, `AgreementsError` for a file that cannot be written or an untracked change that cannot be undone.
    """
    for target in (output, clean):
        if target is not None and target.suffix.lower() != ".docx":
            raise AgreementsError(f"{target.name} is no name for a Word file.", hint="Let the name end in .docx")
    resolved = resolve(review, decisions)
    texts = review.texts
    files = Files(texts.file, texts.ours.content, texts.untracked.pairs, texts.is_theirs, (review.ours, review.theirs))
    undone = _undone(review, resolved, "reject")
    rewordings = tuple(_rewording(review, clause, text) for clause, text in resolved.counters)
    verdicts = tuple(resolved.verdicts.items())
    decided = Disposition(numbers(verdicts, "accept"), numbers(verdicts, "reject"), undone, rewordings)
    options = RedlineOptions(author=author, date=date, prior="keep")
    wanted = answered(files, decided, with_left=True)
    made = redline(texts.file, wanted, options, names=(review.theirs, "our answer"))
    save_checked(output, made.content)
    reply = _counted(resolved, [output], made.findings)
    if clean is not None:
        all_undone = (*undone, *_undone(review, resolved, "leave"))
        save_checked(
            clean,
            answered(files, Disposition(decided.accepted, decided.rejected, all_undone, rewordings), with_left=False),
        )
        reply.files.append(clean)
        if reply.left:
            message = f"{reply.left} changes were left; the clean copy has our words there."
            reply.findings = (*reply.findings, info("left-open", clean.name, message))
    return reply


def _counted(resolved: Resolved, files: list[Path], findings: Sequence[Finding]) -> Reply:
    found = [verdict for number, verdict in resolved.verdicts.items() if number not in resolved.countered]
    accepted, rejected, left = (found.count(verdict) for verdict in ("accept", "reject", "leave"))
    return Reply(accepted, rejected, left, len(resolved.counters), files, tuple(findings))


def _undone(review: Review, resolved: Resolved, verdict: str) -> tuple[Difference, ...]:
    items = (item for item in items_of(review) if item.difference and resolved.verdicts.get(item.number) == verdict)
    return tuple(item.difference for item in items if item.difference)


def _rewording(review: Review, clause: TouchedClause, text: str) -> Rewording:
    """Return our words for `clause` with the paragraphs that they take the place of: its own, without its heading."""
    texts, provision = review.texts, clause.provision
    path = clause.theirs or clause.path
    heading, own = (provision.heading or "", provision.text) if provision else ("", "")
    whole = clause.change in ("added", "removed")
    paths = texts.theirs.paths(texts.marked.paragraphs)
    said = texts.marked.paragraphs
    if clause.change == "removed":
        paths, said = texts.base.paths(texts.marked.originals), texts.marked.originals
    places = tuple(
        index
        for index, words in enumerate(said)
        if words.strip()
        and words.strip() != heading
        and (paths[index] == path or (whole and _under(paths[index], path)))
    )
    restored = tuple(d.a for d in clause.untracked if d.a and d.how == "removed")
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    return Rewording(places, restored, own, lines)


def _under(path: str, above: str) -> bool:
    return path.startswith(f"{above}.")
