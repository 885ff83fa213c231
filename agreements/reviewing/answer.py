"""The verb `answer`: our reply to a marked-up file, as tracked changes on top of theirs, and a clean copy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from agreements.comparing import align
from agreements.display import shown_short
from agreements.errors import AgreementsError
from agreements.findings import Finding, info, warning
from agreements.model import Provision
from agreements.reading import save_checked
from agreements.reference import places
from agreements.reviewing.clauses import TouchedClause
from agreements.reviewing.comparison import refuse_unproven
from agreements.reviewing.decisions import Resolved, items_of, numbers, resolve, skeleton
from agreements.reviewing.review import Review
from agreements.reviewing.texts import ReviewedText, Texts
from agreements.word import (
    Answered,
    Decided,
    Difference,
    Disposition,
    Files,
    RedlineOptions,
    Rewording,
    answered,
    change_places,
    is_head,
    prove_answer,
    redline,
)

_SHOWN = 12  # clauses that are named of a kind
_STANDING = {
    "typography": "typography, or how it is set",
    "alternat": "the order of the parties alone",
    "typed-number": "numbers that are typed",
}


@shown_short
@dataclass(slots=True)
class Reply:
    """What was answered: how many changes were accepted, rejected, left, how many clauses countered; the files.

    `clauses` names by `accept`, `reject`, `leave` and `counter` the clauses that they are in. `standing` names those in
    which theirs stands without a decision, one for each change: where no word differs, by what does (`typography`,
    `alternat`, `typed-number`).
    """

    accepted: int
    rejected: int
    left: int
    countered: int
    files: list[Path] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    clauses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    standing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """What was answered, in sentences that name the clauses."""
        counts = {"accept": self.accepted, "reject": self.rejected, "leave": self.left, "counter": self.countered}
        named = {each: f"{count}{_named(self.clauses.get(each, ()))}" for each, count in counts.items()}
        decided = (
            f"Changes accepted: {named['accept']}, rejected: {named['reject']}, left: {named['leave']}; "
            f"clauses countered: {named['counter']}."
        )
        beside = "; ".join(f"{_STANDING[kind]}, {len(own)}{_named(own)}" for kind, own in self.standing.items())
        return f"{decided} Theirs stands besides, undecided, where no word differs: {beside}." if beside else decided

    def as_json(self) -> dict[str, Any]:
        """Return `{accepted, rejected, left, countered, clauses, standing, files, findings}`."""
        counts = {"accepted": self.accepted, "rejected": self.rejected, "left": self.left, "countered": self.countered}
        places = {name: {k: list(v) for k, v in getattr(self, name).items()} for name in ("clauses", "standing")}
        files = [str(file) for file in self.files]
        return counts | places | {"files": files, "findings": [finding.as_json() for finding in self.findings]}


def _named(clauses: Sequence[str]) -> str:
    own = list(dict.fromkeys(clauses))
    more = f" and {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
    return f" ({', '.join(own[:_SHOWN])}{more})" if own else ""


def write_decisions(review: Review, output: Path) -> Path:
    """Write a file of decisions on `review` to be filled in; raises `AgreementsError` when there is one already."""
    if output.exists():
        raise AgreementsError(f"{output.name} exists already.", hint="Choose another name: decisions are not lost.")
    save_checked(output, skeleton(review).encode())
    return output


def answer(
    review: Review,
    decisions: Path,
    output: Path,
    *,
    author: str,
    date: str,
    clean: Path | None = None,
    anyway: bool = False,
) -> Reply:
    """Write our answer to the reviewed file to the Word file `output`, and without any tracked changes to `clean`.

    In the reply, their changes stay theirs. Accepted ones stand; what is rejected or countered is taken back by
    tracked changes of `author` at `date` (ISO 8601) on top; what is left is not touched. The clean copy is the text as
    we see it: with what is left read as in ours. Both are held against the decisions before they are written. Raises
    `DecisionError` and `RecordError` for decisions that cannot be carried out, `UnprovenError` for words that these do
    not explain (unless wanted `anyway`), `AgreementsError` for a file that cannot be written or an untracked change
    that cannot be undone.
    """
    for target in (output, clean):
        if target is not None and target.suffix.lower() != ".docx":
            raise AgreementsError(f"{target.name} is no name for a Word file.", hint="Let the name end in .docx")
    resolved = resolve(review, decisions)
    texts = review.texts
    files = Files(texts.file, texts.ours.content, texts.untracked.pairs, texts.is_theirs, (review.ours, review.theirs))
    undone = _undone(review, resolved, "reject")
    rewordings = tuple(_rewording(review, clause, text) for clause, text in resolved.counters)
    kept = _words_kept(review, resolved, undone)
    verdicts = tuple(resolved.verdicts.items())
    decided = Disposition(numbers(verdicts, "accept"), numbers(verdicts, "reject"), undone, rewordings, kept)
    options = RedlineOptions(author=author, date=date, prior="keep")
    answer = answered(files, decided, with_left=True)
    wanted, decided = answer.content, _without(decided, answer.still)
    made = redline(texts.file, wanted, options, names=(review.theirs, "our answer"))
    names = (review.theirs, "our answer")
    refuse_unproven(made.proof, output, names, anyway=anyway)
    proof = prove_answer(wanted, texts.file, _decided(texts, decided, answer, resolved, with_left=True))
    refuse_unproven(proof, output, (output.name, "what was decided"), anyway=anyway)
    names_made = [each.name for each in (output, clean) if each]
    told = (*_still_theirs(answer.still, output), *_looks_undecided(review, names_made))
    beside = (*told, *_numbered_twice(resolved, output))
    said = (*made.findings, *proof.findings((output.name, "what was decided")), *beside)
    reply = _counted(review, resolved, [output], said)
    if clean is not None:
        all_undone = (*undone, *_undone(review, resolved, "leave"))
        kept = _words_kept(review, resolved, all_undone)
        decided = Disposition(decided.accepted, decided.rejected, all_undone, rewordings, kept)
        answer = answered(files, decided, with_left=False)
        own, decided = answer.content, _without(decided, answer.still)
        proof = prove_answer(own, texts.file, _decided(texts, decided, answer, resolved, with_left=False))
        refuse_unproven(proof, clean, (clean.name, "what was decided"), anyway=anyway)
        save_checked(clean, own)
        reply.files.append(clean)
    save_checked(output, made.content)
    if clean is not None and reply.left:
        message = f"{reply.left} changes were left; the clean copy has our words there."
        reply.findings = (*reply.findings, info("left-open", clean.name, message))
    return reply


def _without(decided: Disposition, still: Sequence[Difference]) -> Disposition:
    return replace(decided, undone=tuple(each for each in decided.undone if each not in still))


def _still_theirs(still: Sequence[Difference], output: Path) -> Iterator[Finding]:
    for each in still:
        said = f"The {each.story} is still as theirs has it (u{each.number}: {(each.after or each.before)!r})."
        yield warning("not-undone", output.name, said, "Change it in Word.")


def _looks_undecided(review: Review, names: Sequence[str]) -> Iterator[Finding]:
    for where in dict.fromkeys(review.struck):
        said = "Words that they struck out, hid or made faint or tiny by their look alone are no change to decide on."
        yield warning("struck", where, said, f"Look at them in {' and '.join(names)}.")


def _numbered_twice(resolved: Resolved, output: Path) -> Iterator[Finding]:
    """Yield where our words begin with the number that their paragraph has."""
    for clause, text in resolved.counters:
        number = clause.provision.number if clause.provision else None
        if number and text.lstrip().startswith((f"{number} ", f"{number.rstrip('.')}. ", f"({number}) ")):
            said = f"Our words begin with the number of the paragraph ({number}), which may stand there twice now."
            yield warning("counter-numbered", clause.path, said, f"Look at it in {output.name}; leave the number out.")


def _decided(texts: Texts, decided: Disposition, answer: Answered, resolved: Resolved, *, with_left: bool) -> Decided:
    """Return what the decisions say, in the terms of the proof; `answer` tells which lines of notes came or went."""
    rejected: set[tuple[str, int]] = set()
    for number, (change, stands) in enumerate(change_places(texts.file), 1):
        left = number not in decided.accepted and not with_left
        if number in decided.rejected or (left and texts.is_theirs(change.author, change.date)):
            rejected |= stands
    put_in = [*answer.put_in, *(line for rewording in decided.rewordings for line in rewording.lines)]
    taken_out = [*answer.taken_out]
    taken_out += [line for clause, _ in resolved.counters for line in _words_of(texts, clause)]
    for each in decided.undone:
        put_in.append("".join(piece.text for piece in each.pieces if piece.kind != "inserted"))
        taken_out.append("".join(piece.text for piece in each.pieces if piece.kind != "deleted"))
    put_in += [each.after.removeprefix(each.typed) for each in decided.kept]
    taken_out += [each.after for each in decided.kept]
    return Decided(rejected, put_in, taken_out, any(each.how != "changed" for each in decided.undone))


def _counted(review: Review, resolved: Resolved, files: list[Path], findings: Sequence[Finding]) -> Reply:
    numbers: dict[str, set[str]] = {}
    clauses: dict[str, dict[str, None]] = {}
    standing: dict[str, list[str]] = {}
    for item in items_of(review):
        verdict = resolved.verdicts[item.number]
        if item.number in resolved.standing:
            standing.setdefault(item.kind, []).append(item.clause.path)
        elif item.number not in resolved.countered:
            numbers.setdefault(verdict, set()).add(item.number)
            clauses.setdefault(verdict, {})[item.clause.path] = None
    clauses["counter"] = {clause.path: None for clause, _ in resolved.counters}
    accepted, rejected, left = (len(numbers.get(verdict, ())) for verdict in ("accept", "reject", "leave"))
    reply = Reply(accepted, rejected, left, len(resolved.counters), files, tuple(findings))
    reply.clauses = {verdict: tuple(own) for verdict, own in clauses.items() if own}
    reply.standing = {kind: tuple(own) for kind, own in standing.items()}
    return reply


def _undone(review: Review, resolved: Resolved, verdict: str) -> tuple[Difference, ...]:
    items = (item for item in items_of(review) if resolved.verdicts.get(item.number) == verdict)
    return tuple(difference for item in items for difference in item.differences)


def _words_kept(review: Review, resolved: Resolved, undone: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return the changed words that stand where something else of their paragraph is undone.

    That is where the move of what stands above is, or where typed numbers go back to their lists.
    """
    countered = [clause for clause, _ in resolved.counters]
    listed = any(each.what == "typed-number" for each in undone)
    return tuple(
        each
        for clause in review.clauses
        if clause not in countered
        for each in clause.untracked
        if each not in undone
        and ((clause.moved_with and replace(each, how="moved") in undone) or (listed and each.typed and each.a))
    )


def _rewording(review: Review, clause: TouchedClause, text: str) -> Rewording:
    """Return our words for `clause` with the paragraphs that they take the place of: its own, without its heads.

    Where none of its words stands in theirs they take the place of those that were struck.
    """
    texts, provision = review.texts, clause.provision
    path = clause.theirs or clause.path
    found = [] if clause.is_struck else _paragraphs_of(texts, clause, path, texts.theirs, texts.marked.paragraphs)
    if not found:
        struck = _paragraphs_of(texts, clause, _before(texts, clause), texts.base, texts.marked.originals)
        # what stands now may have the path of what went untracked
        found = [index for index in struck if not texts.marked.paragraphs[index].strip()]
    gone = [each.a for each in clause.untracked if each.a and (clause.moved_with or not each.after.strip())]
    heads = _owners(texts, clause)
    restored = tuple(a for a in gone if not any(is_head(texts.ours.said[a.index], head) for head in heads))
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    return Rewording(tuple(found), restored or tuple(gone), provision.text if provision else "", lines)


def _before(texts: Texts, clause: TouchedClause) -> str:
    """Return the path of a clause of ours in their text without their tracked changes."""
    pairs = align(texts.ours.agreement, texts.base.agreement)
    return next((p.b.path for p in pairs if p.a and p.b and p.a.path == clause.ours), clause.theirs or clause.path)


def _owners(texts: Texts, clause: TouchedClause) -> list[Provision]:
    """Return a clause as it stands in ours and in theirs."""
    ours = [place.provision for place in places(texts.ours.agreement) if place.path == clause.ours]
    return [each for each in (clause.provision, *ours) if each]


def _words_of(texts: Texts, clause: TouchedClause) -> Iterator[str]:
    """Yield what the paragraphs of a countered clause may say, for the proof: by its words, not by their place."""
    paragraphs = (*texts.marked.paragraphs, *texts.marked.originals)
    for provision in _owners(texts, clause):
        for each in provision.walk() if clause.change in ("added", "removed") else (provision,):
            lines = [line for line in each.text.splitlines() if line.strip()]
            yield from lines
            if " | " in each.text:  # a row: its cells have paragraphs
                yield from (said for said in paragraphs if _letters(said) in _letters(each.text))
            if lines:  # a number that was typed, and a heading in its line
                yield " ".join(filter(None, (each.number, each.heading, lines[0])))


def _paragraphs_of(
    texts: Texts, clause: TouchedClause, path: str, text: ReviewedText, said: Sequence[str]
) -> list[int]:
    """Return which of the paragraphs `said` of `text` hold words of a clause, which is at `path` there."""
    whole = clause.change in ("added", "removed")
    provisions = _owners(texts, clause)
    paths = text.paths(said)
    found = [
        index
        for index, words in enumerate(said)
        if words.strip()
        and not any(is_head(words, each) for each in provisions)
        and (paths[index] == path or (whole and _under(paths[index], path)))
    ]
    own = [each.text for provision in provisions for each in (provision.walk() if whole else (provision,))]
    return _with_words_of(own, found, said) or found


def _with_words_of(own: Sequence[str], found: Sequence[int], said: Sequence[str]) -> list[int]:
    """Return of paragraphs those that hold words of a provision: a head before or after them is none of its words."""
    known = [letters for text in own if (letters := _letters(text))]
    return [
        index
        for index in found
        if any(letters in each or letters.endswith(each) for each in known for letters in [_letters(said[index])])
    ]


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))


def _under(path: str, above: str) -> bool:
    return path.startswith(f"{above}.")
