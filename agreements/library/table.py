"""Verbs at the table: the joint text of both sides, made, read back, closed step by step, and written to Word."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.negotiation.brackets import Labels
    from agreements.negotiation.joint_lines import JointLine
    from agreements.negotiation.joint_report import JointReport, SideText


def joint_text(
    folder: StrPath | None,
    us: str,
    partner: str,
    *,
    labels: "Labels | None" = None,
    mark_agreed: bool = False,
    negotiation: str = "",
) -> "JointReport":
    """Return the joint text of ours and theirs; each is a file or the id of an agreement in the repository `folder`.

    What is recorded as agreed in `negotiation` is marked, as far as its words still stand; with `mark_agreed` all
    articles are in which nothing is open, on the word of whoever asks for it: that nothing differs is no agreement.
    Raises `NotFoundError`, `AgreementsError` when two labels are the same, and as `parse_file`.
    """
    folder = None if folder is None else as_path(folder)
    from agreements.negotiation.brackets import Labels
    from agreements.negotiation.joint_report import checked, joined

    labels = checked(labels or Labels())
    ours = _text(folder, us)
    recorded = _recorded(folder, negotiation, ours) if folder is not None and negotiation else ()
    return joined(ours, _text(folder, partner), labels, mark_agreed=mark_agreed, recorded=recorded)


def read_joint(file: StrPath, *, labels: "Labels | None" = None, closings: Sequence[str] = ()) -> "JointReport":
    """Read a joint text back from `file`, close what `closings` say, and return what is open now.

    A closing is `VII.3=us`, `VII.3=partner`, `VII.3="other words"`, or, for one of several places, `VII.3:2=us`; all
    paths are those of the file. Tracked changes count as accepted. Raises `AgreementsError` that names every closing
    under which nothing is open, and as `parse_file`.
    """
    file = as_path(file)
    from agreements.intake.files import parse_file
    from agreements.negotiation.brackets import Labels
    from agreements.negotiation.joint_report import JOINT, SideText, checked, read_back

    labels = checked(labels or Labels())
    parsed = parse_file(file, agreement_id=JOINT)
    return read_back(SideText(parsed.agreement, parsed.findings), labels, closings, name=file.name)


def standing_joint(folder: StrPath, negotiation: str) -> "JointReport | None":
    """Return the joint text of `negotiation` as it stands, None while one side has no text.

    It is the one exchanged last where that is a joint text; else the last text of each side joined, in which nothing is
    marked as agreed: that nothing differs is no agreement. Raises as `negotiation_status`.
    """
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation.brackets import Labels

    store = negotiations_in(folder)
    held = store.get(negotiation)
    labels, last = Labels(*held.labels), held.last()
    if last is not None and last.side == "joint":
        return read_joint(store.path(negotiation, last), labels=labels)
    ours, theirs = held.last("us", "joint"), held.last("partner", "joint")
    if ours is None or theirs is None:
        return None
    files = (str(store.path(negotiation, text)) for text in (ours, theirs))
    return joint_text(None, *files, labels=labels)


def close_places(
    folder: StrPath, negotiation: str, closings: Sequence[str], output: StrPath, *, day: str = ""
) -> "JointReport":
    """Close places of the joint text of `negotiation` as it stands and write the result to the Word file `output`.

    Closings are those of `read_joint`; `day` (ISO) stands in the draft line. The negotiation is not changed: a person
    keeps the file as the joint text (`keep_text`). Raises `RecordError` while a side has no text, and as `read_joint`.
    """
    from tempfile import TemporaryDirectory

    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation.records import RecordError

    store = negotiations_in(folder)
    held = store.get(negotiation)
    report, last = standing_joint(folder, negotiation), held.last()
    if report is None or last is None:
        raise RecordError("There are not yet texts of both sides.", hint="A joint text is made of one of each.")
    with TemporaryDirectory(prefix="agreements-") as made:
        file = store.path(negotiation, last) if last.side == "joint" else Path(made) / "joint.docx"
        if last.side != "joint":
            write_joint(report, file, day=day)
        again = read_joint(file, labels=report.labels)
        if [(o.path, o.number, o.text) for o in again.open] != [(o.path, o.number, o.text) for o in report.open]:
            raise RecordError(
                "The joint text of these two is read otherwise once it is written, so no place is closed here.",
                hint="Write it (`agreements negotiation joint`), look at it, keep it as the joint text, then close.",
            )
        closed = read_joint(file, labels=report.labels, closings=closings)
    write_joint(closed, output, day=day)
    return closed


def joint_lines(report: "JointReport") -> "Iterator[JointLine]":
    """Yield the provisions of a joint text in reading order: what both have, and whose words stand in which bracket."""
    from agreements.negotiation.joint_lines import joint_lines as lines

    return lines(report)


def write_joint(report: "JointReport", output: StrPath, *, day: str = "", side: str = "") -> Path:
    """Write a joint text to the Word file `output`, or, with `side` (`us` or `partner`), the text that side wants.

    Numbers are typed, so that nothing renumbers under people's hands; `day` (ISO) stands in the draft line. Raises
    `AgreementsError` when it cannot be written.
    """
    output = as_path(output)
    from agreements.negotiation.joint_report import write_joint as write

    return write(report, output, day=day, side=side)


def _recorded(folder: Path, negotiation: str, ours: "SideText") -> "frozenset[str]":
    """Return the paths in our text of what is recorded as agreed and has the words there that were agreed."""
    from agreements.library.negotiate import negotiations_in
    from agreements.negotiation.articles import agreed_in

    store = negotiations_in(folder)
    held = store.get(negotiation)
    return agreed_in(store, held, ours.agreement) if held.noted_as_agreed else frozenset()


def _text(folder: Path | None, name: str) -> "SideText":
    from agreements.errors import NotFoundError
    from agreements.intake.files import parse_file
    from agreements.library.compare import is_file
    from agreements.library.find import get
    from agreements.negotiation.joint_report import SideText

    if is_file(name):
        parsed = parse_file(Path(name))
        return SideText(parsed.agreement, parsed.findings)
    if folder is None:
        raise NotFoundError(f"{name} is no file, and no repository was named.", hint="Name one with --repo.")
    shown = get(folder, name)
    if shown.place is not None or not shown.agreement.text_held:
        raise NotFoundError(f"{name} is not the whole text of an agreement that is held.", hint="Name an agreement.")
    return SideText(shown.agreement)
