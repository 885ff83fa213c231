"""Which numbers Word can give by itself: the plan of the lists of a file.

The numbers that Word shows must be those of the model, and an article that is written or copied in Word must be
numbered as the others are. So each document has one list, whose levels print as most of its numbers do, and every run
of siblings that it can number is in it: its levels begin again under each one above them. The counters of Word's lists
are followed here, as the provisions come in reading order: a run of siblings whose numbers rise by one goes on in the
list above it where that list would show them, gets a list of its own where not, and keeps its numbers as typed text
when no list could show them (`5 bis`, gaps).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from agreements.model import Document, Provision
from agreements.ooxml import styles
from agreements.ooxml.lists import DEPTH, ListLevel, lettered
from agreements.ooxml.numerals import NumberFormat, readings
from agreements.word.writing.base import default_levels

_LEVELS = {"article": 0, "paragraph": 1, "subparagraph": 2, "item": 3}
ARTICLE_WORD = "Article"


@dataclass(frozen=True, slots=True)
class Slot:
    """How one provision is numbered.

    `level` is how deep it stands (None for kinds that are never in a list), `list_id` the `w:numId`, 0 when the number
    is typed text; `shown` is the number that Word shows, empty when it shows none. What `is_lettered` stands at a level
    of the list that is kept for it.
    """

    level: int | None = None
    list_id: int = 0
    shown: str = ""
    is_lettered: bool = False

    @property
    def at(self) -> int:
        """The level of the list, from 0."""
        return lettered(self.level or 0) if self.is_lettered else self.level or 0


@dataclass(slots=True)
class WordList:
    """A list of the file: the levels used so far, and the counters as Word would hold them."""

    identifier: int
    forms: dict[int, ListLevel] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)

    def admits(self, level: int, form: NumberFormat, start: int) -> bool:
        """Whether the next number of `level` would print in `form` and be `start`."""
        known = self.forms.get(level)
        if known and known.form != form:
            return False
        if level in self.counters:
            return self.counters[level] + 1 == start
        if any(deeper > level for deeper in self.counters):
            return False  # Word and LibreOffice count a level that was skipped differently
        return known is None or known.start == start

    def take(self, level: int, form: NumberFormat, value: int) -> None:
        """Count one provision at `level`; deeper levels begin again."""
        self.forms.setdefault(level, ListLevel(form, value))
        self.counters[level] = value
        self.counters = {k: v for k, v in self.counters.items() if k <= level}

    def levels(self) -> tuple[ListLevel, ...]:
        """Return the levels of the list, those not used as treaties usually print them."""
        usual = [*default_levels(), *[ListLevel(NumberFormat("decimal", "(", ")"))] * DEPTH][:DEPTH]
        return tuple(self.forms.get(number, level) for number, level in enumerate(usual))


@dataclass(frozen=True, slots=True)
class NumberingPlan:
    """The lists of a file, and for each document a slot for each of its provisions, in reading order."""

    lists: tuple[WordList, ...]
    slots: tuple[tuple[Slot, ...], ...]


def plan(documents: Iterable[Document], *, blank: str = " ", typed: bool = False) -> NumberingPlan:
    """Return how every provision of `documents`, written into one file in this order, is numbered.

    Each document begins a list of its own; the first is the one that is tied to the styles. `blank` stands between
    the word and the number of an article. With `typed`, every number is typed text.
    """
    planner = _Planner(blank, typed)
    return NumberingPlan(slots=tuple(planner.document(d) for d in documents), lists=tuple(planner.lists))


@dataclass(frozen=True, slots=True)
class _Above:
    """What siblings stand under: list and level of the provision above them, and whether it has letters."""

    own: WordList
    floor: int = -1
    is_lettered: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """Siblings whose numbers rise by one in a list: the list, how they print, and whether they have letters."""

    own: WordList
    form: NumberFormat
    is_lettered: bool


@dataclass(slots=True)
class _Planner:
    blank: str
    typed: bool
    lists: list[WordList] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    _usual: Counter[tuple[int, NumberFormat]] = field(default_factory=Counter)  # how runs that begin at 1 print

    def document(self, document: Document) -> tuple[Slot, ...]:
        survey = _Planner(self.blank, self.typed)
        survey._siblings(document.provisions, _Above(survey._new_list({})))
        self.slots = []
        self._siblings(document.provisions, _Above(self._new_list(survey.usual())))
        return tuple(self.slots)

    def usual(self) -> dict[int, ListLevel]:
        """Return for each level how most runs print, the first seen of equals."""
        found: dict[int, ListLevel] = {}
        for (level, form), _ in self._usual.most_common():
            found.setdefault(level, ListLevel(form))
        return found

    def _new_list(self, forms: Mapping[int, ListLevel]) -> WordList:
        self.lists.append(WordList(len(self.lists) + 1, dict(forms)))
        return self.lists[-1]

    def _siblings(self, siblings: Sequence[Provision], above: _Above) -> None:
        """Plan `siblings` under a provision that is numbered in the list `above`."""
        levels = [_level(p, above.floor) for p in siblings]
        planned: dict[int, tuple[_Run, int] | None] = {}
        for index, (provision, level) in enumerate(zip(siblings, levels, strict=True)):
            if level is None or provision.number is None:
                self.slots.append(Slot(level))
                self._siblings(provision.children, above if level is None else replace(above, floor=level))
                continue
            if index not in planned:
                members = _members(siblings, levels, index, level)
                planned.update(self._run(siblings, members, level, above))
            place = planned[index]
            if place is None:
                self.slots.append(Slot(level))
                self._siblings(provision.children, replace(above, floor=level))
                continue
            run, value = place
            slot = Slot(level, run.own.identifier, run.form.text(value), run.is_lettered)
            run.own.take(slot.at, run.form, value)
            self.slots.append(slot)
            self._siblings(provision.children, _Above(run.own, level, run.is_lettered))

    def _run(
        self, siblings: Sequence[Provision], members: Sequence[int], level: int, above: _Above
    ) -> dict[int, tuple[_Run, int] | None]:
        """Return the place of each of `members` (indexes of one run); None where its number is typed."""
        in_list = level < DEPTH and not self.typed
        found = self._sequence([siblings[i] for i in members]) if in_list else None
        if found is None:
            return dict.fromkeys(members)
        form, start = found
        with_letters = _has_letters(form, level, above)
        at = lettered(level) if with_letters else level
        if start == 1:
            self._usual[at, form] += 1
        is_kept = level >= lettered(1)  # that level of the list is for letters
        own = above.own if above.own.admits(at, form, start) and not is_kept else self._new_list({})
        return {index: (_Run(own, form, with_letters), start + step) for step, index in enumerate(members)}

    def _sequence(self, run: Sequence[Provision]) -> tuple[NumberFormat, int] | None:
        """Return the format and first value by which the numbers of `run` rise by one, or None."""
        for form, start in self._readings(run[0]):
            if all((form, start + step) in self._readings(p) for step, p in enumerate(run)):
                return form, start
        return None

    def _readings(self, provision: Provision) -> Sequence[tuple[NumberFormat, int]]:
        found = readings(provision.number or "")
        label = provision.label or (ARTICLE_WORD if provision.kind == "article" else "")
        if "%" in label or "#" in label:
            return []  # a percent sign stands for a counter in the list's own pattern; the number stands in the label
        if not label:
            return found
        before = label + self.blank
        return [(NumberFormat(f.numeral, before + f.before, f.after), value) for f, value in found]


def _has_letters(form: NumberFormat, level: int, above: _Above) -> bool:
    """Whether a run stands directly under an article and has letters, or under what does."""
    if level == 1:
        return form.numeral != "decimal"
    return above.is_lettered and level < len(styles.LETTERED)


def _level(provision: Provision, floor: int) -> int | None:
    usual = _LEVELS.get(provision.kind)
    return None if usual is None else max(usual, floor + 1)


def _members(siblings: Sequence[Provision], levels: Sequence[int | None], first: int, level: int) -> list[int]:
    """Return the indexes of the numbered siblings of `level` from `first` to the next sibling of a higher level."""
    members = []
    for index in range(first, len(siblings)):
        other = levels[index]
        if other is None or other > level:
            continue
        if other < level:
            break
        if siblings[index].number is not None:
            members.append(index)
    return members
