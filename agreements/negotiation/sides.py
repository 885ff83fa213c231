"""Where the two sides stand in the texts exchanged last: the text each wants now, and every point that is open."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from agreements.classifying import topics_by_path
from agreements.display import shown_short
from agreements.model import Agreement, Document, Provision
from agreements.negotiation import brackets
from agreements.negotiation.brackets import SIDES, Labels, Of
from agreements.negotiation.file import NegotiatedText, Negotiation
from agreements.negotiation.joint import agreed_units, join, open_places, plain, resolve
from agreements.negotiation.joint_parts import in_our_order
from agreements.negotiation.positions import Assessment, Position, Positions, texts_of
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import clauses_by_path, read_text
from agreements.reference import Place, places
from agreements.topics import fine_of

_COUNT = re.compile(r"~\d+")  # of a second provision with the same number: in our text it is the only one
_DIVISIONS = ("part", "chapter")
_BEFORE, _WORDS = 10, 45  # words shown before the first that differs, and in all


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A provision on which the sides differ: its path and heading, the words of each (empty: it has none there).

    `assessments` is how their words stand to the positions recorded on it.
    """

    path: str
    heading: str
    us: str
    partner: str
    topics: tuple[str, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    positions: tuple[Position, ...] = ()


@shown_short
@dataclass(frozen=True, slots=True)
class Sides:
    """The text each side wants now (None where none is kept), the texts they come from, and the open points.

    `agreed` is what somebody recorded as agreed, or what is marked so in a joint text that was on the table, `final`
    what of it is agreed finally and no longer ad referendum; `alike` are the articles of two texts in which no words
    differ, which is no agreement.
    """

    us: Agreement | None = None
    partner: Agreement | None = None
    us_text: NegotiatedText | None = None
    partner_text: NegotiatedText | None = None
    points: tuple[OpenPoint, ...] = ()
    agreed: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    final: tuple[str, ...] = ()

    @property
    def still_agreed(self) -> tuple[str, ...]:
        """What of `agreed` has no open point in it: the rest was reopened by the text that came last."""
        return tuple(path for path in self.agreed if not any(lies_in(point.path, path) for point in self.points))

    def reopens(self, point: OpenPoint) -> bool:
        """Whether a point lies in what was agreed, or around it."""
        return any(lies_in(point.path, each) or lies_in(each, point.path) for each in self.agreed)


def lies_in(path: str, above: str) -> bool:
    """Whether the provision at `path` is the one at `above` or under it."""
    return path == above or path.startswith(f"{above}.")


@dataclass(frozen=True, slots=True)
class _Known:
    """The positions, and which clause of our templates stands at a path of our text."""

    positions: Positions
    clauses: Mapping[str, str]

    def about(self, path: str, topics: Sequence[str]) -> tuple[Position, ...]:
        """Return the positions on the provision at a `path` of our text (empty: ours has none) with these `topics`."""
        return self.positions.for_provision(path=path, clause=self.clauses.get(path, ""), topics=topics)


def sides_of(store: Negotiations, negotiation: str) -> Sides:
    """Return where the sides stand: in the joint text where that is the last one, else in the last text of each.

    Raises `NotFoundError`, `RecordError`, and as `parse_file`.
    """
    held, positions = store.get(negotiation), store.positions(negotiation)
    labels = Labels(*held.labels)
    last = held.last()
    if last is None:
        return Sides()
    if last.side == "joint":
        joint = plain(read_text(store, negotiation, last))
        us, partner = (resolve(joint, side, labels) for side in SIDES)
        clauses = clauses_by_path(store, negotiation, held.last("us"))
        both = Sides(us, partner, last, last, agreed=agreed_units(joint))
        return _with_points(both, joint, labels, _Known(positions, clauses), held)
    ours, theirs = held.last("us", "joint"), held.last("partner", "joint")
    us_now, partner_now = (
        _wanted(store, negotiation, text, index, labels) for index, text in enumerate((ours, theirs))
    )
    sides = Sides(us_now, partner_now, ours, theirs)
    if us_now is None or partner_now is None:
        return sides
    known = _Known(positions, clauses_by_path(store, negotiation, ours))
    joint = plain(join(us_now, in_our_order(us_now, partner_now)[0], labels, mark_agreed=True).agreement)
    marked = agreed_units(read_text(store, negotiation, ours)) if ours and ours.side == "joint" else ()
    marked_sides = replace(sides, agreed=tuple(marked))
    return replace(_with_points(marked_sides, joint, labels, known, held), alike=agreed_units(joint))


def clauses_about(agreement: Agreement, topic: str, family: str = "") -> tuple[str, ...]:
    """Return the paths of the clauses of `agreement` whose main topic is `topic`, else of those that touch on it.

    A core topic stands for its fine topics too. `family` helps to tell topics where the text does not say what it is.
    """
    ids = {topic, *fine_of(topic)}
    found = topics_by_path(agreement.model_copy(update={"family": family}) if family else agreement)
    clauses = [p.path for p in places(agreement) if all(above.kind in _DIVISIONS for above in p.chain[:-1])]
    mains = tuple(path for path in clauses if ids.intersection(found.get(path, ())[:1]))
    return mains or tuple(path for path in clauses if ids.intersection(found.get(path, ())))


def excerpt(words: str, other: str, *, most: int | None = None) -> str:
    """Return the stretch of `words` around the first word in which it differs from `other`, `most` words (45)."""
    mine, theirs = words.split(), other.split()
    most = most or _WORDS
    if len(mine) <= most:
        return words
    same = next((i for i, pair in enumerate(zip(mine, theirs, strict=False)) if pair[0] != pair[1]), len(theirs))
    start = max(min(same, len(mine) - 1) - min(_BEFORE, most // 3), 0) if theirs else 0
    shown = " ".join(mine[start : start + most])
    return ("... " if start else "") + shown + (" ..." if start + most < len(mine) else "")


def _wanted(
    store: Negotiations, negotiation: str, text: NegotiatedText | None, side: int, labels: Labels
) -> Agreement | None:
    if text is None:
        return None
    return resolve(plain(read_text(store, negotiation, text)), SIDES[side], labels)


def _with_points(sides: Sides, joint: Agreement, labels: Labels, known: _Known, held: Negotiation) -> Sides:
    """Return `sides`, of which what is marked as agreed is known, with the open points and what is still agreed."""
    family = joint.model_copy(update={"family": held.family})
    topics = topics_by_path(family)
    points = tuple(_points(joint, labels, known, topics))
    day = sides.us_text.date if sides.us_text else ""
    order = {place.path: rank for rank, place in enumerate(places(joint))}
    noted = {*held.still_agreed(sides.agreed, day), *held.noted_as_agreed}
    agreed = tuple(sorted(noted, key=lambda path: (order.get(path, len(order)), path)))
    final = held.finally_agreed(agreed)
    return Sides(sides.us, sides.partner, sides.us_text, sides.partner_text, points, agreed, final=final)


def _points(joint: Agreement, labels: Labels, known: _Known, topics: dict[str, list[str]]) -> Iterator[OpenPoint]:
    """Yield the open points of a joint text; a provision that one side alone has is one point with all under it."""
    found = {place.path: place for place in places(joint)}
    done: list[str] = []
    for path, line in {place.path: place.text for place in open_places(joint, labels)}.items():
        if any(path.startswith(f"{above}.") for above in done):
            continue
        if path not in found:  # a title
            us, partner = (brackets.resolve(line, side, labels) for side in SIDES)
            yield OpenPoint(path, "", us, partner)
            continue
        if _is_one_sided(found[path].provision, labels):
            done.append(path)
        yield _point(found[path], labels, known, topics.get(path) or topics.get(path.rpartition(".")[0]) or [])


def _point(place: Place, labels: Labels, known: _Known, topics: Sequence[str]) -> OpenPoint:
    whole = _is_one_sided(place.provision, labels)
    us, partner = (_said(place.provision, side, labels, whole=whole) for side in SIDES)
    in_ours = "" if whole and not us else _COUNT.sub("", place.path)
    positions = known.about(in_ours, topics[:1])
    theirs = _wanted_provision(place.provision, labels)
    assessments = tuple(p.assess(*texts_of(theirs)) for p in positions) if theirs is not None else ()
    heading = next((p.heading for p in reversed(place.chain) if p.heading), "") or ""
    return OpenPoint(place.path, _without_brackets(heading, labels), us, partner, tuple(topics), assessments, positions)


def _wanted_provision(provision: Provision, labels: Labels) -> Provision | None:
    """Return a provision of a joint text as the other side wants it, None when it does not."""
    alone = Agreement(id="one", documents=(Document(provisions=(provision,)),))
    found = resolve(alone, SIDES[1], labels).documents
    return found[0].provisions[0] if found and found[0].provisions else None


def _is_one_sided(provision: Provision, labels: Labels) -> bool:
    """Whether all words of `provision`, and of all under it, are one side's alone."""
    lines = [line for p in provision.walk() for line in (p.heading or "", p.text) if line]
    return any(all(not brackets.resolve(line, side, labels) for line in lines) for side in SIDES)


def _said(provision: Provision, side: Of, labels: Labels, *, whole: bool) -> str:
    parts: Sequence[Provision] = [*provision.walk()] if whole else [provision]
    lines = [line for p in parts for line in ((p.heading or "") if whole else "", p.text) if line]
    if not whole and not provision.text:
        lines = [provision.heading or ""]
    said = (brackets.resolve(line, side, labels) for line in lines)
    return " / ".join(words for words in said if words)


def _without_brackets(heading: str, labels: Labels) -> str:
    _, rest = brackets.numbered_otherwise(heading, labels)
    plain_words = rest.replace(brackets.AD_REFERENDUM, "").strip()
    return brackets.resolve(plain_words, SIDES[0], labels) or brackets.resolve(plain_words, SIDES[1], labels)
