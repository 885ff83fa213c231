"""A joint text line by line for a reader: what both have, and whose words stand in which bracket."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from agreements.negotiation.brackets import AD_REFERENDUM, Labels, Open, read
from agreements.negotiation.joint_parts import other_number
from agreements.negotiation.joint_report import JointReport
from agreements.reference import places


@dataclass(frozen=True, slots=True)
class JointWords:
    """Words of a joint text: `side` is empty where both have them, else whose bracket they stand in."""

    side: Literal["", "us", "partner"]
    text: str


@dataclass(frozen=True, slots=True)
class JointLine:
    """A provision of a joint text: its `path`, the number that stands before it, heading and words in pieces.

    `depth` counts from 0. `agreed` says that it is marked ad referendum, `open` how many places are open in it, and
    `their_number` what the other side numbers it.
    """

    path: str
    number: str
    depth: int
    heading: tuple[JointWords, ...]
    words: tuple[JointWords, ...]
    agreed: bool
    open: int
    their_number: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return `{path, number, heading, words, agreed, open}`."""
        heading, words = ([[each.side, each.text] for each in part] for part in (self.heading, self.words))
        row = {"path": self.path, "number": self.number, "heading": heading, "words": words}
        return row | {"agreed": self.agreed, "open": self.open}


def joint_lines(report: JointReport) -> Iterator[JointLine]:
    """Yield the provisions of a joint text in reading order."""
    opened: dict[str, int] = {}
    for each in report.open:
        opened[each.path] = opened.get(each.path, 0) + 1
    for place in places(report.agreement):
        provision = place.provision
        number, heading, text = other_number(provision.heading, provision.text, report.labels)
        agreed = AD_REFERENDUM in (heading or text)
        heading, text = ((part or "").replace(AD_REFERENDUM, "").strip() for part in (heading, text))
        yield JointLine(
            place.path,
            provision.number or "",
            len(place.chain) - 1,
            tuple(_pieces(heading, report.labels)),
            tuple(_pieces(text, report.labels)),
            agreed,
            opened.get(place.path, 0),
            number or "",
        )


def _pieces(line: str, labels: Labels) -> Iterator[JointWords]:
    for part in read(line, labels):
        if not isinstance(part, Open):
            yield JointWords("", part)
            continue
        if part.us is not None:
            yield JointWords("us", part.us)
        if part.partner is not None:
            yield JointWords("partner", part.partner)
