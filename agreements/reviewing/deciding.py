"""Decisions taken clause by clause: each is saved at once in the file of decisions that `answer` reads, and taken back.

What stood before is kept beside the file, in a folder of its name, so that a step back is a step back in files.
"""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from agreements.display import shown_short
from agreements.errors import ChangedMeanwhileError, unknown
from agreements.negotiation.records import print_record, read_record, validated
from agreements.platform import make_folder_within, replace_file
from agreements.reviewing.clauses import TouchedClause
from agreements.reviewing.decisions import (
    STANDS,
    Decision,
    DecisionError,
    DecisionItem,
    DecisionRule,
    Decisions,
    Do,
    clauses_at,
    done_with,
    items_of,
)

if TYPE_CHECKING:
    from agreements.reviewing.review import Review

DecidedAs = Literal["", "accept", "reject", "leave", "counter", "in part", "nothing to decide"]
_ONE_AT_A_TIME = threading.Lock()


@shown_short
@dataclass(frozen=True, slots=True)
class ClauseDecision:
    """What is decided on the clause `key` of a review (its path; with `;2` after it where two have one).

    `done` is what is done with its changes, empty while any is open, `in part` where they differ. `text` are our words
    of a counter, `reason` what was typed for it, `who` decided; `by` says in words what decides where that is not the
    clause itself: a rule, the default or a provision above. `why_a_reason` says why accepting asks for one, empty where
    it does not; `no_counter` why its words cannot be countered. `fingerprint` changes with what is decided on it.
    """

    key: str
    clause: TouchedClause
    done: DecidedAs
    text: str = ""
    reason: str = ""
    who: str = ""
    by: str = ""
    why_a_reason: str = ""
    no_counter: str = ""
    fingerprint: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something in it waits for a decision."""
        return not self.done

    def as_json(self) -> dict[str, Any]:
        """Return `{key, done, text, reason, by, fingerprint}`, empty fields left out."""
        row = {
            "key": self.key,
            "done": self.done,
            "text": self.text,
            "reason": self.reason,
            "who": self.who,
            "by": self.by,
        }
        return {name: value for name, value in (row | {"fingerprint": self.fingerprint}).items() if value}


def clause_decisions(review: "Review", file: Path) -> tuple[ClauseDecision, ...]:
    """Return what the file of decisions at `file` says of each clause of `review`; nothing where there is no file.

    Raises `RecordError` when it cannot be read, `DecisionError` when it is about another file.
    """
    return tuple(_standing(review, _read(review, file)))


def decide(
    review: "Review",
    file: Path,
    key: str,
    do: Do,
    *,
    text: str = "",
    reason: str = "",
    by: str = "",
    expected: str | None = None,
) -> ClauseDecision:
    """Decide on the clause `key` of `review`, save that in `file` and return what now stands; `do` empty opens it.

    `text` are our words of a counter, `by` is who decides. `expected` is the `fingerprint` that the decision was made
    from. Raises `NotFoundError` for a clause that there is not, `DecisionError` for what cannot be so decided (accept
    what nobody tracked, or what stands outside recorded positions, needs a `reason`), `ClassifiedError`, `RecordError`,
    and `ChangedMeanwhileError` with both decisions where somebody else decided meanwhile.
    """
    with _ONE_AT_A_TIME:
        asked = _read(review, file)
        before = _of_key(review, asked, key)
        if expected is not None and expected != before.fingerprint:
            raise ChangedMeanwhileError(
                f"{before.clause.path} was decided by somebody else, or in another window, since this page was made.",
                hint="Nothing was lost: look at both, then decide again.",
                ours=_said(do, text, reason),
                theirs=_said(before.done, before.text, before.reason),
            )
        _check(before, do, text, reason)
        ours, why = text.strip() if do == "counter" else "", " ".join(reason.split())
        made = _with(review, asked, before.clause, do, text=ours, reason=why, by=by)
        validated(made.model_dump(mode="json", exclude_defaults=True), Decisions, file.name)
        _write(file, made)
        return _of_key(review, made, key)


def steps_taken(file: Path) -> int:
    """Return how many decisions in `file` can be taken back."""
    return len(_steps(file))


def take_back(review: "Review", file: Path, *, expected: int | None = None) -> tuple[ClauseDecision, ...]:
    """Take back the last step in `file` and return the clauses whose decision is another now.

    `expected` is what `steps_taken` gave to whoever asks. Raises `DecisionError` where there is no step,
    `ChangedMeanwhileError` where there are others by now, and as `clause_decisions`.
    """
    with _ONE_AT_A_TIME:
        before = {each.key: each.fingerprint for each in clause_decisions(review, file)}
        steps = _steps(file)
        if expected is not None and expected != len(steps):
            raise ChangedMeanwhileError(
                "Somebody else, or another window, decided since this page was made; nothing was taken back.",
                hint="Look at what stands now, then take it back.",
                ours="take back the last decision",
                theirs=file.read_text("utf-8", "replace") if file.is_file() else "",
            )
        if not steps:
            raise DecisionError("There is no decision to take back.", hint="Each key can be taken back, back to none.")
        content = steps[-1].read_bytes()
        if content:
            replace_file(file, content)
        else:
            file.unlink(missing_ok=True)
        steps[-1].unlink()
        return tuple(each for each in clause_decisions(review, file) if before[each.key] != each.fingerprint)


def clause_of(review: "Review", key: str) -> TouchedClause:
    """Return the clause of `review` that is called `key`; raises `NotFoundError`."""
    found = dict(_keys(review))
    if key not in found:
        raise unknown("clause that they touched", key, found)
    return found[key]


# ---------------------------------------------------------------------- reading


def _read(review: "Review", file: Path) -> Decisions:
    if not file.is_file():
        return Decisions(theirs=review.theirs, sha256=review.sha256)
    asked = read_record(file, Decisions)
    if asked.sha256 and asked.sha256 != review.sha256:
        raise DecisionError(
            f"{file.name} was written for another file than this {review.theirs}.", hint="Move it elsewhere first."
        )
    return asked


def _keys(review: "Review") -> Iterator[tuple[str, TouchedClause]]:
    """Yield the clauses with what each is called: its path, and which one it is where several have that path."""
    seen: dict[str, int] = {}
    for clause in review.clauses:
        seen[clause.path] = at = seen.get(clause.path, 0) + 1
        yield clause.path if at == 1 else f"{clause.path};{at}", clause


def _standing(review: "Review", asked: Decisions) -> Iterator[ClauseDecision]:
    done, items = done_with(review, asked), list(items_of(review))
    for key, clause in _keys(review):
        own = [item for item in items if item.clause is clause and item.kind not in STANDS]
        yield _clause_decision(review, key, clause, own, [done[item.number] for item in own])


def _clause_decision(
    review: "Review",
    key: str,
    clause: TouchedClause,
    own: Sequence[DecisionItem],
    done: Sequence[tuple[Do, Decision | DecisionRule | None]],
) -> ClauseDecision:
    by = next((each for _, each in done if each is not None), None)
    above = isinstance(by, Decision) and bool(by.path) and by.path not in (clause.path, clause.ours)
    if above and any(do == "counter" for do, _ in done):  # words of ours for what stands above are none for this
        done, by = [("", None)], None
    kinds = {do for do, _ in done}
    standing: DecidedAs = "in part"
    if not own:
        standing = "nothing to decide"
    elif "" in kinds:
        standing = ""
    elif len(kinds) == 1:
        standing = next(iter(kinds))
    mine = by if isinstance(by, Decision) else None
    text, reason, who = (mine.text, mine.reason, mine.by) if mine and not above else ("", "", "")
    return ClauseDecision(
        *(key, clause, standing, text, reason, who),
        by=_by(by, above=above) if standing not in ("", "nothing to decide") else "",
        why_a_reason=_why_a_reason(clause, can_track=not review.texts.as_read),
        no_counter=_no_counter(review, clause),
        fingerprint=hashlib.sha256(repr((done, text, reason)).encode()).hexdigest()[:16] if any(kinds) else "open",
    )


def _by(by: Decision | DecisionRule | None, *, above: bool) -> str:
    if isinstance(by, Decision):
        return f"by the decision on {by.path}" if above else ""
    return "by a rule of the file" if by else "by the default of the file"


def _why_a_reason(clause: TouchedClause, *, can_track: bool) -> str:
    """Return in words why accepting `clause` asks for a reason; empty where it does not.

    In a file that is none of Word nothing can be tracked (`can_track`), so that this is no ground there.
    """
    why = ["nobody tracked it"] if can_track and clause.untracked_words else []
    outside = [each for each in clause.assessments if each.is_outside]
    if any(each.level == "beyond" for each in outside):
        why.append("it is beyond the recorded authority")
    elif outside:
        why.append("it is outside the recorded positions")
    return " and ".join(why)


def _no_counter(review: "Review", clause: TouchedClause) -> str:
    if clause.provision is None:
        return "These are no words of a provision."
    if clauses_at(review, clause.path)[0] is not clause:
        return "Another clause has this number in their text: decide on that one, or counter in Word."
    if len([each for each in clauses_at(review, clause.path) if each.path == clause.path]) > 1:
        return "Two clauses have this number in the two texts: counter in Word."
    return ""


def _of_key(review: "Review", asked: Decisions, key: str) -> ClauseDecision:
    found = {each.key: each for each in _standing(review, asked)}
    if key not in found:
        raise unknown("clause that they touched", key, found)
    return found[key]


# ---------------------------------------------------------------------- writing


def _check(before: ClauseDecision, do: Do, text: str, reason: str) -> None:
    """Raise `DecisionError` where `do` cannot be done with the clause."""
    path = before.clause.path
    if before.done == "nothing to decide":
        raise DecisionError(f"In {path} there is nothing to decide: no word changed.", hint="Go on to the next.")
    if do == "accept" and before.why_a_reason and not reason.strip():
        raise DecisionError(
            f"Accepting {path} needs a reason, since {before.why_a_reason}.",
            hint="Type it in one line beside the key; it stays in our file of decisions.",
        )
    if do == "counter" and before.no_counter:
        raise DecisionError(f"{path} cannot be countered here.", hint=before.no_counter)
    if do == "counter" and not text.strip():
        raise DecisionError(f"Countering {path} needs our words.", hint="Type them, one line for each paragraph.")


def _with(review: "Review", asked: Decisions, clause: TouchedClause, do: Do, **typed: str) -> Decisions:
    """Return `asked` with `do` for `clause`, in the place of what was decided on it; `typed` are text, reason, by.

    By its path where nothing else is decided with it, else change by change: a counter is by its path always.
    """
    numbers = [item.number for item in items_of(review) if item.clause is clause and item.kind not in STANDS]
    alone = clauses_at(review, clause.path) == [clause]
    is_own = [
        each.change in numbers
        or (bool(each.path) and each.path in (clause.path, clause.ours) and clause in clauses_at(review, each.path)[:1])
        for each in asked.decisions
    ]
    made: list[Decision] = []
    if do and (alone or do == "counter"):
        made = [Decision(path=clause.path, do=do, **typed)]
    elif do:
        made = [Decision(change=number, do=do, **typed) for number in numbers]
    kept = [each for each, own in zip(asked.decisions, is_own, strict=True) if not own]
    at = is_own.index(True) if any(is_own) else len(kept)
    return asked.model_copy(update={"decisions": (*kept[:at], *made, *kept[at:])})


def _write(file: Path, made: Decisions) -> None:
    """Write `made` to `file`, and what stood there before to the folder of earlier steps."""
    folder = _earlier(file)
    make_folder_within(file.parent)
    make_folder_within(folder)
    last = max((int(path.stem) for path in _steps(file) if path.stem.isdigit()), default=0)
    replace_file(folder / f"{last + 1:04d}.yaml", file.read_bytes() if file.is_file() else b"")
    replace_file(file, f"# What we answer to {made.theirs}, clause by clause.\n{print_record(made)}".encode())


def _steps(file: Path) -> list[Path]:
    return sorted(_earlier(file).glob("*.yaml")) if _earlier(file).is_dir() else []


def _earlier(file: Path) -> Path:
    return file.with_name(f"{file.stem}-earlier")


def _said(do: str, text: str, reason: str) -> str:
    return "\n".join(line for line in (do or "open", text.strip(), f"Reason: {reason}" if reason else "") if line)


def check_all_decided(review: "Review", file: Path) -> None:
    """Raise `DecisionError` that names every clause of `review` on which `file` decides nothing."""
    waiting = [each.clause.path for each in clause_decisions(review, file) if each.is_open]
    if waiting:
        raise DecisionError(
            f"Nothing is decided on {', '.join(waiting)}.", hint="Decide on each, or leave it: then it is not touched."
        )
