"""What the (invented) Tessarian side does to the drafts of docs/negotiation.md: run after a change of the templates.

    python docs/scripts/their_side.py

The files that it writes are the ones that the page receives. Every change is tracked under the name of the other
side's delegation, except those in `SILENT`, and those in their original, which their office makes of the text agreed.
The second answer comes twice: printed as PDF, which needs LibreOffice, and as the Word file.
"""

import tempfile
from pathlib import Path

from docx import Document

from agreements import library
from agreements.export.pdf import to_pdf
from agreements.negotiation.brackets import Labels

HERE = Path(__file__).resolve().parents[1] / "examples" / "negotiation"
AUTHOR = "Tessarian delegation"

# Words of a paragraph that become others without a tracked change.
SILENT = {"are free from boarding, search and inspection": "are free from search and inspection"}
FIRST = {
    "shall be conclusive for the purposes": "shall be given due weight for the purposes",
    "answer within thirty (30) days; a request": "answer within forty-five (45) days; a request",
    "Termination takes effect twelve (12) months after": "Termination takes effect six (6) months after",
    "Claims arising out of a contract are not waived": "Claims arising out of a contract or from gross negligence are "
    "not waived",
}
SECOND = {
    "Claims arising out of a contract are not waived": "Claims arising out of a contract or from wilful misconduct are "
    "not waived",
    "Arvennan personnel may wear uniform while performing official duties.": "Arvennan personnel may wear uniform "
    "while performing official duties, in accordance with the regulations of Arvenna.",
}

# Their original: the order of the parties, and one word that is none of it.
_OURS, _THEIRS = "the Government of the Republic of Arvenna", "the Government of the Kingdom of Tessaria"
_MINISTRIES = "the Ministry of Defence of the Republic of Arvenna", "the Ministry of Defence of the Kingdom of Tessaria"
ORDER = {
    f"{_OURS}\nand\n{_THEIRS}": f"{_THEIRS}\nand\n{_OURS}",
    f"T{_OURS[1:]} and {_THEIRS}": f"T{_THEIRS[1:]} and {_OURS}",
    f"T{_MINISTRIES[0][1:]} and {_MINISTRIES[1]}": f"T{_MINISTRIES[1][1:]} and {_MINISTRIES[0]}",
}
SIGNING = {
    "FOR THE GOVERNMENT OF THE REPUBLIC OF ARVENNA:": "FOR THE GOVERNMENT OF THE KINGDOM OF TESSARIA:",
    "FOR THE GOVERNMENT OF THE KINGDOM OF TESSARIA:": "FOR THE GOVERNMENT OF THE REPUBLIC OF ARVENNA:",
}
SLIP = {"Termination takes effect six (6) months": "Termination takes effect three (3) months"}
CLOSED = ("VIII.1=partner", "XV.1=partner")


def replaced(source: Path, changes: dict[str, str], target: Path) -> Path:
    """Write a copy of the Word file `source` in which each of `changes` is made once; returns `target`."""
    document = Document(str(source))
    for old, new in changes.items():
        paragraphs = [p for p in document.paragraphs if old in p.text]
        if len(paragraphs) != 1:
            raise SystemExit(f"{source.name}: {old!r} stands in {len(paragraphs)} paragraphs; correct this script.")
        _replace(paragraphs[0], old, new)
    document.save(str(target))
    return target


def _replace(paragraph: object, old: str, new: str) -> None:
    """Change words of a paragraph that may lie in several runs; the first of these takes the new words."""
    runs = list(paragraph.runs)  # type: ignore[attr-defined]
    start = "".join(run.text for run in runs).index(old)
    end, at = start + len(old), 0
    for run in runs:
        here, at = at, at + len(run.text)
        first, last = max(start - here, 0), min(end - here, len(run.text))
        if first < last:
            run.text = run.text[:first] + (new if here <= start else "") + run.text[last:]


def answer(base: Path, silent: dict[str, str], tracked: dict[str, str], day: str, target: Path) -> None:
    """Write the other side's answer to `base`: `silent` changes, then `tracked` ones of `day`."""
    with tempfile.TemporaryDirectory() as folder:
        quiet = replaced(base, silent, Path(folder) / "quiet.docx")
        final = replaced(quiet, tracked, Path(folder) / "final.docx")
        library.redline(library.compare(None, str(quiet), str(final)), target, author=AUTHOR, date=day)
    print(target.name)


def agreed(us: Path, partner: Path, folder: Path) -> Path:
    """Return the text agreed in the third round, which is made in `folder` of the last two texts as the page does."""
    labels = Labels("ARVENNA", "TESSARIA")
    joint = library.write_joint(library.joint_text(None, str(us), str(partner), labels=labels), folder / "joint.docx")
    closed = library.read_joint(joint, labels=labels, closings=CLOSED)
    return library.write_joint(closed, folder / "agreed.docx", day="2027-06-20", side="us")


def original(text: Path, target: Path) -> None:
    """Write the other side's original of the `text` agreed."""
    replaced(text, {**ORDER, **SLIP}, target)
    document = Document(str(target))
    for cell in (cell for table in document.tables for row in table.rows for cell in row.cells):
        for paragraph in cell.paragraphs:
            if other := SIGNING.get(paragraph.text):
                _replace(paragraph, paragraph.text, other)
    document.save(str(target))
    print(target.name)


def main() -> None:
    """Write the answers and the original in docs/examples/negotiation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tabled, reply, clean = folder / "draft.docx", folder / "reply.docx", folder / "reply-clean.docx"
        library.assemble_file(HERE / "sofa-tessaria.yaml", tabled)
        answer(tabled, SILENT, FIRST, "2027-03-20T09:00:00Z", HERE / "answer-1.docx")
        review = library.review(tabled, HERE / "answer-1.docx", precedents=False)
        decisions = HERE / "decisions-1.yaml"
        library.answer(review, decisions, reply, author="Arvennan delegation", date="2027-04-02", clean=clean)
        to_pdf(replaced(clean, SECOND, folder / "second.docx"), HERE / "answer-2.pdf")
        answer(clean, {}, SECOND, "2027-05-12T09:00:00Z", HERE / "answer-2.docx")
        original(agreed(clean, HERE / "answer-2.docx", folder), HERE / "their-original.docx")


if __name__ == "__main__":
    main()
