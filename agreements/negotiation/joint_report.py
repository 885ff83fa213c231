"""The joint text as the working paper of the table: made, read back, closed step by step, and written to Word."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from agreements.citation import date_words
from agreements.comparing import same_words
from agreements.display import shown_short
from agreements.errors import AgreementsError
from agreements.findings import Finding, warning
from agreements.marking import highest
from agreements.model import Agreement
from agreements.negotiation.brackets import SIDES, Labels, Of, doubts
from agreements.negotiation.joint import (
    Closing,
    OpenPlace,
    agreed_units,
    close,
    join,
    open_places,
    other_numbers,
    plain,
    resolve,
    unit_of,
)
from agreements.negotiation.joint_parts import UNITS, in_our_order
from agreements.reference import places

JOINT = "joint-text"
"""The id of a joint text."""

_FIX = "Correct it in the file, or name the sides: --negotiation, or --our-label and --their-label."


@shown_short
@dataclass(slots=True)
class JointReport:
    """A joint text: what is open in it, what is agreed ad referendum, what a person should know, the files written."""

    agreement: Agreement
    labels: Labels
    open: tuple[OpenPlace, ...]
    agreed: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    closed: tuple[str, ...] = ()
    files: list[Path] = field(default_factory=list)

    @property
    def numbered_otherwise(self) -> dict[str, str]:
        """The numbers that the other side gives provisions, by path, where they differ from ours."""
        return other_numbers(self.agreement, self.labels)

    @property
    def unmarked(self) -> tuple[str, ...]:
        """The articles, and paragraphs of annexes, in which nothing is open and that are not marked as agreed."""
        others = {*self.agreed, *(unit_of(place.path) for place in self.open)}
        units = (p.path for p in places(self.agreement) if p.provision.kind in UNITS and unit_of(p.path) == p.path)
        return tuple(path for path in dict.fromkeys(units) if path not in others)

    @property
    def by_unit(self) -> dict[str, int]:
        """How many places are open in each article, in reading order."""
        return dict(Counter(unit_of(place.path) for place in self.open))

    @property
    def same_words(self) -> tuple[tuple[OpenPlace, OpenPlace], ...]:
        """The open places that hold the very words of each other, each of one side: a paragraph was split or joined.

        No word differs there, only where a paragraph ends.
        """
        found: list[tuple[OpenPlace, OpenPlace]] = []
        for one, other in pairwise(self.open):
            words = [each.us if each.partner is None else each.partner for each in (one, other)]
            opposite = (one.us is None) == (other.partner is None) and (one.us is None) != (one.partner is None)
            near = one.path != other.path and unit_of(one.path) == unit_of(other.path)
            if near and opposite and words[0] and same_words(words[0], words[1] or ""):
                found.append((one, other))
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """Return `{open, by_unit, places, agreed_ad_referendum, numbered_otherwise, closed, findings, files}`.

        `same_words` are pairs of places that hold the same words, where a paragraph was split or joined.
        """
        return {
            "open": len(self.open),
            "by_unit": self.by_unit,
            "places": [
                {"path": o.path, "place": o.number, "us": o.us, "partner": o.partner, "text": o.text} for o in self.open
            ],
            "same_words": [[f"{each.path}:{each.number}" for each in pair] for pair in self.same_words],
            "agreed_ad_referendum": list(self.agreed),
            "numbered_otherwise": self.numbered_otherwise,
            "closed": list(self.closed),
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
        }


_SIDE_NAMES: dict[str, Of] = {
    **dict.fromkeys(("us", "our", "ours", "we"), SIDES[0]),
    **dict.fromkeys(("partner", "partner's", "their", "theirs", "them", "they"), SIDES[1]),
}
_NO_SIDE = frozenset(("both", "neither", "none", "nothing", "all", "either", "yes", "no", "delete", "-"))


@dataclass(frozen=True, slots=True)
class SideText:
    """The text of one side: the agreement, and what was found in reading it."""

    agreement: Agreement
    findings: tuple[Finding, ...] = ()


def joined(
    us: SideText,
    partner: SideText,
    labels: Labels,
    *,
    mark_agreed: bool = False,
    recorded: Collection[str] = (),
) -> JointReport:
    """Return the joint text of ours and theirs, under the higher marking of both; marked as `join` does."""
    marking = highest([us.agreement.marking, partner.agreement.marking])
    theirs, ordered = in_our_order(us.agreement, partner.agreement)
    made = join(us.agreement, theirs, labels, mark_agreed=mark_agreed, recorded=recorded)
    agreement = made.agreement.model_copy(update={"marking": marking, "id": JOINT})
    return _report(agreement, labels, (*us.findings, *partner.findings, *made.findings, *_ordered(ordered, labels)))


def _ordered(paths: Sequence[str], labels: Labels) -> Iterator[Finding]:
    """Yield that theirs is the other original: the order of the parties is ours here, and nothing open."""
    if paths:
        said = (
            f"The text of {labels.partner} names itself first, as its original does (the alternat); ours stands here."
        )
        yield warning("their-original", ", ".join(paths), said, "Make their original from this text before signature.")


def read_back(text: SideText, labels: Labels, closings: Sequence[str] = (), *, name: str = "FILE") -> JointReport:
    """Return what is open in a joint text that was read from the file `name`, after closing what `closings` say.

    A closing is `VII.3=us`, `VII.3=partner`, `VII.3="other words"`, or, for one of several places, `VII.3:2=us`.
    Raises `AgreementsError` that names every closing under which nothing is open.
    """
    agreement = plain(text.agreement)
    wanted = [_closing(each, labels) for each in closings]
    if wanted:
        try:
            agreement = close(agreement, labels, wanted)
        except ValueError as problem:
            said = str(problem)
            raise AgreementsError(
                f"{said[:1].upper()}{said[1:]}.", hint=f"`agreements negotiation joint {name}` lists what is open."
            ) from problem
    return _report(agreement, labels, text.findings, tuple(str(c) for c in wanted))


def write_joint(report: JointReport, output: Path, *, day: str = "", side: str = "") -> Path:
    """Write a joint text to the Word file `output`, or, with `side` (`us` or `partner`), the text that side wants.

    Numbers are typed, so that nothing renumbers under people's hands; `day` (ISO) stands in the draft line. Raises
    `AgreementsError` when it cannot be written.
    """
    from agreements import word

    agreement, line = report.agreement, "JOINT TEXT"
    if side in SIDES:
        of = SIDES[0] if side == "us" else SIDES[1]
        agreement, line = resolve(agreement, of, report.labels), f"TEXT OF {report.labels.of(of)}"
    draft_line = " - ".join(x for x in ("DRAFT", date_words(day) if day else "", line) if x)
    options = word.WordOptions(draft_line=draft_line, date=day, frozen=True, separate_notes=False)
    (written,) = word.write(agreement, output, options=options)
    report.files.append(written)
    return written


def _report(
    agreement: Agreement, labels: Labels, findings: Sequence[Finding], closed: tuple[str, ...] = ()
) -> JointReport:
    opened = tuple(open_places(agreement, labels))
    units = {unit_of(place.path) for place in opened}
    marked = agreed_units(agreement)
    told = [*findings, *_doubts(agreement, labels)]
    told += [
        warning("agreed-but-open", path, "It is marked ad referendum, and words in it are open.", "Settle which it is.")
        for path in marked
        if path in units
    ]
    agreed = tuple(path for path in marked if path not in units)
    return JointReport(agreement, labels, opened, agreed, tuple(told), closed)


def _doubts(agreement: Agreement, labels: Labels) -> Iterator[Finding]:
    for place in places(agreement):
        for line in (place.provision.heading or "", place.provision.text):
            for doubt in doubts(line, labels):
                yield warning("bracket", place.path, f"{doubt[:1].upper()}{doubt[1:]}.", _FIX)


def _closing(instruction: str, labels: Labels) -> Closing:
    where, equals, words = instruction.partition("=")
    path, _, which = where.strip().partition(":")
    if not equals or not path or (which and not which.isdigit()):
        raise AgreementsError(
            f"{instruction!r} does not say what to close.",
            hint='Write VII.3=us, VII.3=partner, VII.3="other words", or VII.3:2=us for the second place there.',
        )
    return Closing(path, _closed_with(words.strip(), instruction, labels), int(which) if which else None)


def _closed_with(said: str, instruction: str, labels: Labels) -> str:
    """Return the side that `said` names, by any of its names, else the words to be written.

    A word that only seems to name a side would go into the treaty as it stands: it is refused unless quoted.
    """
    names = dict(_SIDE_NAMES) | {labels.us.casefold(): SIDES[0], labels.partner.casefold(): SIDES[1]}
    if (side := names.get(said.casefold())) is not None:
        return side
    if not said or said.casefold() in _NO_SIDE:
        raise AgreementsError(
            f"{instruction!r} does not say whose words close it.",
            hint="Write =us, =partner, or the words that are to stand there, in quotation marks.",
        )
    return said.strip('"“”')


def checked(labels: Labels) -> Labels:
    """Return `labels` when a text can bear them; raises `AgreementsError` for two that are the same, or bracketed."""
    if labels.us.casefold() == labels.partner.casefold():
        raise AgreementsError(f"Both sides are called {labels.us}.", hint="Give them different labels.")
    if any(sign in label for label in (labels.us, labels.partner) for sign in "[]:\\") or not labels.partner.strip():
        raise AgreementsError("A label has no brackets, colons or backslashes.", hint="Choose a word such as PARTNER.")
    return labels
