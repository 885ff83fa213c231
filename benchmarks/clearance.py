"""Drafts of three offices with edits that are known, merged: is every edit once in the text and once in the matrix?

    python benchmarks/clearance.py [--sets 30] [--seed 1]

Each set takes a draft of ours and makes the files of three offices from it: words put in, replaced and struck, new
paragraphs, paragraphs struck, the same edit by two offices, the same words changed otherwise by two; tracked or not, as
a Word file or in an e-mail. Every edit bears a word that stands nowhere else, so that what became of it is counted
without the code that merges: in the raw words of the merged text, of the clean copy and of the matrix. The last
line is `edits N: lost N, doubled N; meeting N: made unasked N`; then the files whose proof failed.
"""

import argparse
import io
import random
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import docx
from docx.text.paragraph import Paragraph

from agreements import drafting, library, word
from agreements.library import write_draft

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples" / "drafts"
OFFICES = ("L", "OSD", "JS")
_LONG = 12  # words of a paragraph that is edited
_KINDS = ("put in", "replace", "strike", "new paragraph", "strike paragraph", "alike", "otherwise", "two in one")


@dataclass
class KnownEdits:
    """What was done in a set, each by the word that it bears.

    `come` stand in the text afterwards, `gone` no more; `met` are those of which none is made; `shared` are made by two
    offices.
    """

    come: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)


class EditedSet:
    """The files of three offices made from one draft."""

    def __init__(self, base: bytes, drawn: random.Random) -> None:
        self._drawn = drawn
        self._number = 0
        self.known = KnownEdits()
        marked, seats = self._with_marks(base)
        self.base = marked
        self.bears_every_kind = len(seats) >= len(_KINDS)
        self._files = {office: docx.Document(io.BytesIO(marked)) for office in OFFICES}
        drawn.shuffle(seats)
        kinds = [*_KINDS, *drawn.choices(_KINDS, k=6)]
        for kind, seat in zip(kinds, seats, strict=False):
            self._edit(kind, seat)

    def _word(self) -> str:
        self._number += 1
        letters = "bcdfghjklm"
        return "qx" + "".join(letters[int(digit)] for digit in f"{self._number:03d}")

    def _with_marks(self, base: bytes) -> tuple[bytes, list[int]]:
        """Return the draft with a word of its own in each paragraph that can be edited, and where these are."""
        file = docx.Document(io.BytesIO(base))
        seats = []
        for place, paragraph in enumerate(file.paragraphs):
            run = max(paragraph.runs, key=lambda r: len(r.text), default=None)
            if run is not None and len(run.text.split()) >= _LONG and "signed" not in run.text:
                words = run.text.split(" ")
                words.insert(len(words) // 2, self._word())
                run.text = " ".join(words)
                seats.append(place)
        return _saved(file), seats

    def _edit(self, kind: str, seat: int) -> None:
        one, other = self._drawn.sample(OFFICES, 2)
        word_of_place = self._mark(seat)
        known = self.known
        if kind == "put in":
            known.come.append(self._put(one, seat, self._word()))
        elif kind == "replace":
            known.come.append(self._replace(one, seat, word_of_place, self._word()))
            known.gone.append(word_of_place)
        elif kind == "strike":
            self._replace(one, seat, word_of_place, "")
            known.gone.append(word_of_place)
        elif kind == "new paragraph":
            new = self._word()
            made = self._paragraph(one, seat)
            made.insert_paragraph_before(f"The Parties shall {new} keep the {new}s of this kind.", made.style)
            known.come.append(f"{new}s")
        elif kind == "strike paragraph":
            element = self._paragraph(one, seat)._p
            element.getparent().remove(element)
            known.gone.append(word_of_place)
        elif kind == "alike":
            new = self._word()
            for office in (one, other):
                self._replace(office, seat, word_of_place, new)
            known.come.append(new)
            known.shared.append(new)
            known.gone.append(word_of_place)
        elif kind == "otherwise":
            known.met += [self._replace(office, seat, word_of_place, self._word()) for office in (one, other)]
        else:
            known.come += [self._put(office, seat, self._word(), at=at) for office, at in ((one, 1), (other, -2))]

    def _paragraph(self, office: str, seat: int) -> Paragraph:
        mark = self._mark(seat)
        return next(p for p in self._files[office].paragraphs if mark in p.text.split(" "))

    def _mark(self, seat: int) -> str:
        base = docx.Document(io.BytesIO(self.base)).paragraphs[seat]
        return next(w for w in base.text.split(" ") if re.fullmatch("qx[b-m]{3}", w))

    def _put(self, office: str, seat: int, new: str, *, at: int = 3) -> str:
        run = max(self._paragraph(office, seat).runs, key=lambda r: len(r.text))
        words = run.text.split(" ")
        words.insert(at, new)
        run.text = " ".join(words)
        return new

    def _replace(self, office: str, seat: int, old: str, new: str) -> str:
        for run in self._paragraph(office, seat).runs:
            run.text = " ".join(w for w in (new if w == old else w for w in run.text.split(" ")) if w)
        return new

    def files(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """Yield each office with the file that it returns."""
        for office, file in self._files.items():
            content = _saved(file)
            if self._drawn.random() < 0.5:
                options = word.RedlineOptions(f"Officer of {office}", "2026-03-02")
                content = word.redline(self.base, content, options).content
            path = folder / f"{office}.docx"
            path.write_bytes(content)
            if self._drawn.random() < 0.3:
                path = _mailed(path, office)
            yield office, path


def _saved(file: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _mailed(path: Path, office: str) -> Path:
    mail = EmailMessage()
    mail["Subject"] = f"Clearance by {office}"
    mail["From"] = "officer@example.org"
    mail.set_content(f"{office} returns the draft.")
    sort = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    mail.add_attachment(path.read_bytes(), maintype="application", subtype=sort, filename=path.name)
    target = path.with_suffix(".eml")
    target.write_bytes(bytes(mail))
    return target


# ---------------------------------------------------------------------- what became of them


def counted(file: Path) -> Counter[str]:
    """Return how often each word of our making stands in the body of a Word file, by its raw XML, changes accepted."""
    with zipfile.ZipFile(file) as archive:
        raw = archive.read("word/document.xml").decode()
    raw = re.sub(r"<w:delText[^>]*>[^<]*</w:delText>", "", raw)
    text = re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:tab/>", " ", raw))
    return Counter(re.findall(r"\bqx[b-m]{3}s?\b", text))


@dataclass
class Judged:
    """What was counted over all sets."""

    edits: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    met: int = 0
    unasked: list[str] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)


def judge(made: EditedSet, folder: Path, judged: Judged, name: str) -> None:
    """Merge the files of a set and count what became of each edit."""
    base = folder / "base.docx"
    base.write_bytes(made.base)
    found = library.merge_drafts(base, list(made.files(folder)))
    merged, clean = folder / "merged.docx", folder / "clean.docx"
    written = library.write_merged(found, merged, clean=clean, day="2026-03-03", anyway=True)
    if found.unaccounted or any(proof.outcome == "unexplained" for proof in written.proofs):
        judged.unproven.append(f"{name}: {found.unaccounted}")
    texts = [counted(merged), counted(clean)]
    known = made.known
    judged.edits += len(known.come) + len(known.gone)
    judged.met += len(known.met)
    for said in texts:
        judged.lost += [f"{name} text {w}" for w in known.come if said[w] == 0]
        judged.lost += [f"{name} text {w} stands" for w in known.gone if said[w]]
        judged.doubled += [f"{name} text {w}" for w in known.come if said[w] > 1]
        judged.unasked += [f"{name} text {w}" for w in known.met if said[w]]
    for words, side in ((known.come, "after"), (known.met, "after"), (known.gone, "before")):
        for each in words:
            rows = [row for row in found.rows if row.is_edit and each in re.findall(r"\w+", getattr(row, side))]
            judged.lost += [f"{name} matrix {each}"] if not rows else []
            judged.doubled += [f"{name} matrix {each}"] if len(rows) > 1 else []
            if each in known.shared and rows and len(rows[0].offices) != 2:
                judged.lost.append(f"{name} matrix {each}: {rows[0].offices}")
            if words is known.met and rows and not rows[0].meets:
                judged.unasked.append(f"{name} matrix {each} meets nothing")


def run(sets: int, seed: int) -> Judged:
    """Make and judge so many sets."""
    judged = Judged()
    names = sorted(EXAMPLES.glob("*.yaml"))
    for number in range(sets):
        drawn, at = random.Random(f"{seed} {number}"), (seed + number) % len(names)
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            example, edited = _edited([*names[at:], *names[:at]], drawn, folder)
            judge(edited, folder, judged, f"{number} {example.stem}")
    return judged


def _edited(names: Sequence[Path], drawn: random.Random, folder: Path) -> tuple[Path, EditedSet]:
    """Return the first of the examples whose draft bears an edit of each kind, and its set: a note is too short."""
    for example in names:
        draft = drafting.assemble(drafting.load_parameters(example))
        base = write_draft(draft, folder / f"{example.stem}.docx")[0].read_bytes()
        if (edited := EditedSet(base, drawn)).bears_every_kind:
            return example, edited
    raise SystemExit("No example is long enough for an edit of each kind.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    judged = run(options.sets, options.seed)
    for what in (judged.lost, judged.doubled, judged.unasked, judged.unproven):
        for line in what:
            print(line)
    print(
        f"edits {judged.edits}: lost {len(judged.lost)}, doubled {len(judged.doubled)}; "
        f"meeting {judged.met}: made unasked {len(judged.unasked)}; not proven {len(judged.unproven)}"
    )
    sys.exit(bool(judged.lost or judged.doubled or judged.unasked or judged.unproven))


if __name__ == "__main__":
    main()
