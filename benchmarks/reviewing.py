"""What a review of a long answer costs as a fresh process: of forty pages, with precedents and without.

usage: python benchmarks/reviewing.py [REPOSITORY] [--pages 40] [--changes 40] [--times 3] [--keep FOLDER]

Our file is the longest of the example drafts with articles of all the others put behind its own until it has so many
pages of 400 words; theirs is ours with words exchanged in so many of its paragraphs, every second of them tracked.
Prints the seconds of processor of `agreements review OURS THEIRS`, the least of several, and with a repository those
with precedents of every change.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from agreements import drafting
from agreements.library import write_draft

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples" / "drafts"
_WORDS = 400  # of a page
_LONG = 14  # words of a paragraph that is changed
_NEW = ("qualified", "competent", "prior", "reasonable", "written")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--changes", type=int, default=40)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="Write the two files here, and leave them.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        ours, theirs = _pair(folder, options.pages * _WORDS, options.changes)
        without = min(_took([*_at(None), ours, theirs, "--no-precedents"]) for _ in range(options.times + 1))
        print(f"without precedents {without:.2f} s")
        if options.repository:
            words = [*_at(options.repository), ours, theirs]
            print(f"with precedents {min(_took(words) for _ in range(options.times + 1)):.2f} s")


def _at(repository: Path | None) -> list[str]:
    return [*(["--repo", str(repository)] if repository else []), "review"]


def _pair(folder: Path, words: int, changes: int) -> tuple[str, str]:
    """Write our file and theirs to `folder`."""
    drafts = sorted((_written(file, folder) for file in sorted(EXAMPLES.glob("*.yaml"))), key=lambda d: -_count(d))
    document = drafts[0]
    count, last = _count(document), _articles(document)[-1]
    while count < words:
        before = count
        for paragraph in (p for draft in drafts for p in _articles(draft)):
            if count < words:
                last._p.addnext(copied := deepcopy(paragraph._p))
                last = Paragraph(copied, last._parent)
                count += len(paragraph.text.split())
        if count == before:
            raise SystemExit("The example drafts have no articles.")
    document.save(str(folder / "ours.docx"))
    _answer(document, changes)
    document.save(str(folder / "theirs.docx"))
    print(f"{count} words, {len(document.paragraphs)} paragraphs, {changes} changes")
    return str(folder / "ours.docx"), str(folder / "theirs.docx")


def _written(file: Path, folder: Path) -> Document:
    draft = drafting.assemble(drafting.load_parameters(file))
    return docx.Document(str(write_draft(draft, folder / f"{file.stem}.docx")[0]))


def _count(document: Document) -> int:
    return sum(len(paragraph.text.split()) for paragraph in document.paragraphs)


def _articles(document: Document) -> list[Paragraph]:
    """Return what stands in articles: from the first heading of one to the last paragraph that is numbered."""
    numbered = [n for n, p in enumerate(document.paragraphs) if p._p.pPr is not None and _is_of_article(p)]
    return list(document.paragraphs[numbered[0] : numbered[-1] + 1]) if numbered else []


def _is_of_article(paragraph: Paragraph) -> bool:
    return bool(
        paragraph.style
        and paragraph.style.name
        and paragraph.style.name.startswith(("Article", "Paragraph", "Lettered"))
    )


def _answer(document: Document, changes: int) -> None:
    spread = random.Random(1)
    long = [p for p in _articles(document) if len(p.text.split()) >= _LONG and list(_plain(p))]
    for number, paragraph in enumerate(spread.sample(long, min(changes, len(long)))):
        run = max(_plain(paragraph), key=lambda run: len(run.text))
        words = run.text.split(" ")
        at = len(words) // 2
        new = f"{_NEW[number % len(_NEW)]} "
        if number % 2:
            run.text = " ".join([*words[:at], new.strip(), *words[at:]])
        else:
            _insert(run, words, at, new, number)


def _plain(paragraph: Paragraph) -> Iterator[Run]:
    return (run for run in paragraph.runs if len(run.text.split()) > 4)


def _insert(run: Run, words: Sequence[str], at: int, new: str, number: int) -> None:
    """Put a word into the middle of a run as a tracked change."""
    behind = deepcopy(run._r)
    run.text = " ".join([*words[:at], ""])
    mark = OxmlElement("w:ins")
    for name, value in (("id", str(9000 + number)), ("author", "Partner delegation"), ("date", "2027-03-20T09:00:00Z")):
        mark.set(qn(f"w:{name}"), value)
    inserted = deepcopy(run._r)
    mark.append(inserted)
    run._r.addnext(mark)
    mark.addnext(behind)
    Run(inserted, run._parent).text = new
    Run(behind, run._parent).text = " ".join(words[at:])


def _took(words: Sequence[str]) -> float:
    before = _of_children()
    done = subprocess.run([sys.executable, "-m", "agreements", *words], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
