"""The decisions on a review: a file in YAML that says of every change of the other side what we answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agreements.errors import AgreementsError
from agreements.model import Frozen
from agreements.negotiation.records import read_record
from agreements.reviewing.clauses import TouchedClause
from agreements.reviewing.words import shortened
from agreements.topics import core_of
from agreements.word import Difference

if TYPE_CHECKING:
    from agreements.reviewing.review import Review

Do = Literal["", "accept", "reject", "leave", "counter"]
Settled = Literal["accept", "reject", "leave"]
KINDS = ("inserted", "deleted", "moved", "formatted", "untracked", "typography", "alternat", "typed-number")
STANDS = ("typography", "alternat", "typed-number")  # no word changes: theirs stands unless somebody decides otherwise


_TYPED = "typed-number"


class DecisionError(AgreementsError):
    """A file of decisions cannot be carried out; the message names every problem."""

    code = "decisions"


class DecisionRule(Frozen):
    """What is done with every change that fits: by its `author`, its `kind`, the `topic` or `position` of its clause.

    Conditions left empty hold always. `position` is an assessment as a review shows it: `preferred`, `fallback 1`,
    `beyond authority`, `not a recorded wording`, `none recorded`.
    """

    author: str = ""
    kind: Literal[
        "", "inserted", "deleted", "moved", "formatted", "untracked", "typography", "alternat", "typed-number"
    ] = ""
    topic: str = ""
    position: str = ""
    do: Settled

    def fits(self, item: "DecisionItem") -> bool:
        """Whether the change `item` is one that the rule is about."""
        clause = item.clause
        topics = {*clause.topics, *(core_of(topic) for topic in clause.topics)}
        assessments = {assessment.said for assessment in clause.assessments} or {"none recorded"}
        return (
            self.author in ("", item.author)
            and self.kind in (("", item.kind) if item.kind not in STANDS else (item.kind,))
            and (not self.topic or self.topic in topics)
            and (not self.position or self.position in assessments)
        )


class Decision(Frozen):
    """What is done with the changes in the provision at `path` (and under it), or with the one `change` (`7`, `u1`).

    `text` are our words when they are countered: one line for each paragraph. `reason` is why and `by` who decided, for
    ourselves: no paper and no answer bears them.
    """

    path: str = ""
    change: str = ""
    do: Do = ""
    text: str = ""
    reason: str = ""
    by: str = ""


class Decisions(Frozen):
    """A file of decisions: a change is decided by its number, else its provision, else the first rule, else `default`.

    Where typography or the order of the parties alone differs, or a number is typed that a list shows in ours (`kind:
    typography`, `alternat`, `typed-number`), theirs stands unless its number or a rule of that kind says otherwise.
    A path or the default decides on typed numbers too; they go back to their lists where an untracked change is
    rejected or countered, since all have to count together.
    `sha256` is that of their file as it was reviewed.
    """

    theirs: str = ""
    sha256: str = ""
    default: Literal["", "accept", "reject", "leave"] = ""
    rules: tuple[DecisionRule, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionItem:
    """One change to decide on: its number (`7` tracked, `u1` untracked), its clause, what it is and whose.

    `along` are the moves of what stands under a clause that moved whole: they are no changes of their own.
    """

    number: str
    clause: TouchedClause
    kind: str
    author: str
    text: str
    difference: Difference | None = None
    along: tuple[Difference, ...] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All the untracked differences that are decided on in it."""
        return (self.difference, *self.along) if self.difference else ()


@dataclass(slots=True)
class Resolved:
    """What was decided: the verdict of each change by its number, and our words by clause for those countered.

    `countered` are the numbers of the changes whose verdict only makes room for words of ours, `standing` those of
    changes of no word that nobody decided on, so that theirs stands.
    """

    verdicts: dict[str, Settled] = field(default_factory=dict)
    countered: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)
    counters: list[tuple[TouchedClause, str]] = field(default_factory=list)


def items_of(review: "Review") -> Iterator[DecisionItem]:
    """Yield every change of a review that can be decided on, clause by clause."""
    for clause in review.clauses:
        for tracked in clause.tracked:
            c = tracked.change
            kind = "moved" if c.kind.startswith("moved") else c.kind
            yield DecisionItem(str(tracked.number), clause, kind, c.author, c.text)
        for difference in clause.untracked:
            words = _changed_words(difference)
            how = "untracked" if difference.changes_words else difference.what
            along = tuple(clause.moved_along) if difference.how == "moved" else ()
            said = words or (difference.before if difference.how == "moved" else "")
            yield DecisionItem(f"u{difference.number}", clause, how, "", said, difference, along)


def _changed_words(difference: Difference) -> str:
    """Return the words of a change, `90 -> 60` where some stand in the place of others; several are parted by `;`."""
    said: list[str] = []
    for equal, pieces in groupby(difference.pieces, lambda piece: piece.kind == "equal"):
        if not equal:
            run = list(pieces)
            sides = ("".join(p.text for p in run if p.kind == kind).strip() for kind in ("deleted", "inserted"))
            said.append(" -> ".join(filter(None, sides)))
    return "; ".join(filter(None, said))


def resolve(review: "Review", path: Path) -> Resolved:
    """Return what the file of decisions at `path` says of the changes of `review`.

    Raises `RecordError` when it cannot be read, `DecisionError` that names everything in it which is unknown or
    unused, and every change that nothing decides, `ClassifiedError` when a counter text bears a marking in use.
    """
    return _Resolver(review, read_record(path, Decisions)).resolved(path.name)


class _Resolver:
    def __init__(self, review: "Review", asked: Decisions) -> None:
        self._review, self._asked = review, asked
        self._items = list(items_of(review))
        self._problems: list[str] = []
        self._used: set[int] = set()
        self._found = Resolved()

    def resolved(self, file_name: str) -> Resolved:
        """Return the verdicts, or raise `DecisionError`."""
        if self._asked.sha256 and self._asked.sha256 != self._review.sha256:
            self._problems.append(f"it was written for another file than this {self._review.theirs}")
        self._check()
        open_items = [item for item in self._items if not self._decide(item)]
        self._follow_numbers()
        if open_items:
            where = ", ".join(f"{item.number} ({item.clause.path})" for item in open_items)
            self._problems.append(f"nothing decides {where}; decide, or give a default")
        self._unused()
        self._moves()
        if self._problems:
            raise DecisionError(
                f"{file_name}: " + "; ".join(self._problems) + ".",
                hint="Nothing was written. `agreements review OURS THEIRS --decisions FILE` writes a file to fill in.",
            )
        return self._found

    def _check(self) -> None:
        """Note what is wrong in the decisions themselves."""
        numbers = {item.number for item in self._items}
        seen: set[str] = set()
        for decision in self._asked.decisions:
            key = decision.change or decision.path
            if bool(decision.change) == bool(decision.path):
                self._problems.append(f"{key or 'a decision'}: give either a path or a change")
            elif decision.change and decision.change not in numbers:
                self._problems.append(f"there is no change {decision.change}")
            elif decision.path and not self._named(decision.path):
                self._problems.append(f"nothing changed in {decision.path}")
            elif decision.path and self._is_of_two(decision.path):
                self._problems.append(
                    f"{decision.path} names what they dropped and what has its number now: decide the first by its "
                    "changes"
                )
            if key in seen:
                self._problems.append(f"{key} is decided twice")
            seen.add(key)
            self._check_text(decision, key)

    def _is_of_two(self, path: str) -> bool:
        """Whether a path names what they dropped and what has its number now, and a change of the first is not decided
        by its number."""
        named = [clause for clause in self._named(path) if clause.path == path]
        if len({clause.theirs for clause in named}) < 2:
            return False
        decided = {decision.change for decision in self._asked.decisions if decision.do}
        dropped = [clause for clause in named if not clause.theirs]
        return not dropped or any(
            item.number not in decided for item in self._items if any(item.clause is clause for clause in dropped)
        )

    def _check_text(self, decision: Decision, key: str) -> None:
        if decision.do == "counter":
            named = self._named(decision.path)
            clause = next((each for each in named if each.theirs), named[0] if named else None)
            if not decision.text.strip():
                self._problems.append(f"{key}: a counter needs a text")
            elif clause is None or clause.provision is None:
                self._problems.append(f"{key}: only the words of a provision that changed can be countered")
            else:
                self._found.counters.append((clause, decision.text))
        elif decision.text.strip():
            self._problems.append(f"{key}: a text is for a counter only")

    def _named(self, path: str) -> list[TouchedClause]:
        return clauses_at(self._review, path)

    def found_for(self, item: DecisionItem) -> tuple[Do, Decision | DecisionRule | None]:
        """Return what is done with `item`, and the decision or rule that says so, None for the default or nothing."""
        decision = self._decision(item)
        if decision is not None:
            return decision.do, decision
        rule = next((rule for rule in self._asked.rules if rule.fits(item)), None)
        usual = self._asked.default if item.kind not in STANDS or item.kind == _TYPED else ""
        return (rule.do if rule else usual or ("accept" if item.kind in STANDS else "")), rule

    def _decide(self, item: DecisionItem) -> bool:
        """Give `item` its verdict; return whether there is one."""
        do, by = self.found_for(item)
        if by is not None:
            self._used.add(id(by))
        elif item.kind in STANDS and not (item.kind == _TYPED and self._asked.default):
            self._found.standing.add(item.number)
        if do == "counter":  # the words are ours; a paragraph that they took out has to come back first
            self._found.verdicts[item.number] = "reject" if item.clause.is_struck else "accept"
            self._found.countered.add(item.number)
        elif do:
            self._found.verdicts[item.number] = do
        return bool(do)

    def _follow_numbers(self) -> None:
        """Let typed numbers on which nobody decided as such go back to their lists where a change is not accepted.

        What goes back has its number from a list, which would not count those that are typed.
        """
        found = self._found
        by = {item.number: self.found_for(item)[1] for item in self._items if item.kind == _TYPED}
        typed = [number for number, one in by.items() if one is None or (isinstance(one, Decision) and one.path)]
        own = [item.number for item in self._items if item.difference and item.kind not in STANDS]
        verdicts = {found.verdicts.get(number) for number in own}
        ours = "reject" in verdicts or not found.countered.isdisjoint(own)
        if ours or "leave" in verdicts:
            found.verdicts |= dict.fromkeys(typed, "reject" if ours else "leave")
            found.standing -= set(typed)

    def _decision(self, item: DecisionItem) -> Decision | None:
        """Return the decision closest to `item`: its number, else the longest path that it stands under."""
        given = [decision for decision in self._asked.decisions if decision.do]
        own = next((decision for decision in given if decision.change == item.number), None)
        if own is not None:
            return own
        if item.kind in STANDS and item.kind != _TYPED:
            return None
        above = [d for d in given if d.path and any(clause is item.clause for clause in self._named(d.path))]
        return max(above, key=lambda decision: len(decision.path), default=None)

    def _unused(self) -> None:
        for number, rule in enumerate(self._asked.rules, 1):
            if id(rule) not in self._used and not any(rule.fits(item) for item in self._items):
                self._problems.append(f"rule {number} fits no change")
        for decision in self._asked.decisions:
            known = decision.do and id(decision) not in self._used and decision.do != "counter"
            if known and decision.path and not self._problems:
                self._problems.append(f"{decision.path}: closer decisions leave nothing to decide there")

    def _moves(self) -> None:
        """Note words whose move would be half accepted: they would stand twice, or nowhere."""
        moves: dict[str, set[str]] = {}
        for item in self._items:
            if item.kind == "moved" and item.number in self._found.verdicts:
                moves.setdefault(item.text, set()).add(self._found.verdicts[item.number])
        for text, verdicts in moves.items():
            if len(verdicts) > 1:
                self._problems.append(f"“{shortened(text)}” moved: decide alike where it was and where it is")
        for clause in self._review.clauses:
            if clause.change == "changed" and self._is_parted(clause):
                self._problems.append(f"{clause.path} moved with what stands above it: decide alike, or counter it")

    def _is_parted(self, clause: TouchedClause) -> bool:
        """Whether a clause that was taken out in one place and put in with other words in another is decided otherwise
        than the clause above that went with it."""
        above = clause.moved_with
        if above is None or not clause.tracked or not above.tracked:
            return False
        own, whole = (
            {self._found.verdicts.get(str(each.number), "") for each in one.tracked} for one in (clause, above)
        )
        countered = any(str(each.number) in self._found.countered for each in clause.tracked)
        return len(own | whole) > 1 and not countered


def clauses_at(review: "Review", path: str) -> list[TouchedClause]:
    """Return the clauses of `review` that a decision on `path` is about: at or under it in theirs, else in ours."""
    clauses = review.clauses
    return [c for c in clauses if _is_in(c.path, path)] or [c for c in clauses if c.ours and _is_in(c.ours, path)]


def done_with(review: "Review", asked: Decisions) -> dict[str, tuple[Do, Decision | DecisionRule | None]]:
    """Return by its number what `asked` does with each change of `review` so far, and the decision or rule behind it.

    Nothing is refused: what is still open is empty, and None stands for the default.
    """
    resolver = _Resolver(review, asked)
    return {item.number: resolver.found_for(item) for item in items_of(review)}


def _is_in(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}.")


def skeleton(review: "Review") -> str:
    """Return a file of decisions to be filled in: every clause with its changes as comments."""
    lines = [
        f"# What we answer to the changes of {review.theirs} in {review.ours}.",
        "# Each `do` is accept, reject, counter (with a text: our words, one line for each paragraph) or leave.",
        "# A single change can be decided by its number, as in `- change: 7`, beside or instead of its provision.",
        f"theirs: {_quoted(review.theirs)}",
        f"sha256: {review.sha256}",
        "default:  # accept, reject or leave: for what nothing below decides",
        "# Rules are tried in order: author, kind (inserted, deleted, moved, formatted, untracked), topic, position.",
        "# Where typography or the order of the parties alone differs, or a number is typed that a list shows in ours,",
        "# theirs stands unless a rule of the kind typography, alternat or typed-number says otherwise.",
        "# rules:",
        "#   - position: beyond authority",
        "#     do: reject",
        "decisions:",
    ]
    for clause in review.clauses:
        own = [item for item in items_of(review) if item.clause is clause and item.kind not in STANDS]
        if not own:
            continue
        lines += [f"  # {item.number}: {_said(item)}" for item in own]
        keys = [f"path: {_quoted(clause.path)}"]
        if not clause.theirs and any(other.path == clause.path for other in review.clauses if other is not clause):
            keys = [f"change: {item.number}" for item in own]  # the path is that of what has its number now
        for key in keys:
            lines += [f"  - {key}", f"    do:  # {clause.said}; {clause.heading or 'no heading'}"]
    return "\n".join(lines) + "\n"


def _said(item: DecisionItem) -> str:
    who = f" by {item.author}" if item.author else ""
    return f"{item.kind}{who}: {shortened(' '.join(item.text.split())) or '(the paragraph itself)'}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def numbers(verdicts: Sequence[tuple[str, Settled]], wanted: Settled) -> frozenset[int]:
    """Return the numbers of the tracked changes whose verdict is `wanted`."""
    return frozenset(int(number) for number, verdict in verdicts if verdict == wanted and number.isdecimal())
