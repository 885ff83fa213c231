"""Answers of a partner to drafts of ours, made on purpose, and what the review tells of them.

    python benchmarks/answers.py [--seed 1] [--answers 60] [--only KIND] [--show]

Every kind of answer in turn, to drafts of all families: words, numbers, a duty made a right, a denial, an exception,
typography, paragraphs split, joined and moved, an article typed anew, a term replaced throughout, headers, tables,
notes, references typed over, files that went through LibreOffice as .odt, .rtf or PDF, and the partner's own original.
Each changes one thing (or nothing). An answer is *told right* where the review shows what changed and nothing else,
*noise* where it shows it among places in which nothing changed, *missed* where it does not show it. The last line is
`told right N, noise N, missed N`. Those that need LibreOffice are left out, and said, where it is not installed.
"""

import argparse
import io
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from agreements import drafting, library
from agreements.library import write_draft
from agreements.libreoffice import converted, converter
from agreements.reviewing.clauses import TouchedClause

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples" / "drafts"
_PARTNER = "Partner delegation"
_LONG = 14  # words of a paragraph that is changed
_NEW = "qualified"  # a word that stands in no draft


@dataclass(frozen=True)
class Change:
    """What was done: words that the review has to show as gone and as come, and how the file comes back.

    `kind` is the change of the clause that is expected (empty: any), `silent` that no word changed at all.
    """

    gone: str = ""
    come: str = ""
    kind: str = ""
    silent: bool = False
    suffix: str = ".docx"


@dataclass(frozen=True)
class Told:
    """How an answer was told: `right`, `noise` or `missed`, and in what."""

    verdict: str
    said: str = ""


# ---------------------------------------------------------------------- the paragraphs of a draft


def _paragraphs(file: Document) -> list[Paragraph]:
    """Return the operative paragraphs that may be changed: long ones, between the first heading and the signatures."""
    found, begun = [], False
    for paragraph in file.paragraphs:
        words = paragraph.text
        begun = begun or paragraph.style.name.lower().startswith(("article", "heading", "agreement article"))
        if re.match(r"\s*(?:IN WITNESS|DONE )", words, re.IGNORECASE):
            break
        if len(words.split()) >= _LONG and _plain_run(paragraph) is not None:
            found.append(paragraph)
    return found


def _plain_run(paragraph: Paragraph) -> int | None:
    """Return the index of the longest run of plain words in a paragraph."""
    sizes = [(len(run.text), index) for index, run in enumerate(paragraph.runs)]
    return max(sizes)[1] if sizes and max(sizes)[0] > 30 else None


def _swap(paragraph: Paragraph, pattern: str, new: str, *, track: bool = False) -> str | None:
    """Put `new` for the first match of `pattern` in a run; return what was there."""
    for run in paragraph.runs:
        if found := re.search(pattern, run.text):
            new_words = found.expand(new)
            if track:
                _track(run._r, found.start(), found.end(), new_words)
            else:
                run.text = run.text[: found.start()] + new_words + run.text[found.end() :]
            return found.group()
    return None


def _track(run: etree._Element, start: int, end: int, new: str) -> None:
    """Put `new` for the characters from `start` to `end` of a run as a tracked change of the partner."""
    text = "".join(t.text or "" for t in run.findall(qn("w:t")))
    by = f'w:id="{9000 + start}" w:author="{_PARTNER}" w:date="2027-03-10T09:00:00Z"'

    def piece(words: str, tag: str = "t") -> etree._Element:
        made = deepcopy(run)
        for each in list(made):
            if each.tag != qn("w:rPr"):
                made.remove(each)
        made.append(parse_xml(f'<w:{tag} {nsdecls("w")} xml:space="preserve">{words}</w:{tag}>'))
        return made

    gone, come = (parse_xml(f"<w:{tag} {nsdecls('w')} {by}/>") for tag in ("del", "ins"))
    gone.append(piece(text[start:end], "delText"))
    come.append(piece(new))
    for made in (piece(text[:start]), gone, come, piece(text[end:])):
        run.addprevious(made)
    run.getparent().remove(run)


def _first(file: Document, rng: random.Random, pattern: str, new: str, *, track: bool = False) -> Change | None:
    """Change the first match in the paragraphs of `file`, taken in an order of chance."""
    paragraphs = _paragraphs(file)
    rng.shuffle(paragraphs)
    for paragraph in paragraphs:
        if (gone := _swap(paragraph, pattern, new, track=track)) is not None:
            come = re.search(pattern, gone)
            return Change(gone.strip(), (come.expand(new) if come else new).strip())
    return None


# ---------------------------------------------------------------------- the kinds of answers


def _word(file: Document, rng: random.Random) -> Change | None:
    return _first(file, rng, r"(?<= )(?:personnel|members|authorities|activities|services|equipment)\b", _NEW)


def _word_tracked(file: Document, rng: random.Random) -> Change | None:
    return _first(
        file, rng, r"(?<= )(?:personnel|members|authorities|activities|services|equipment)\b", _NEW, track=True
    )


def _number(file: Document, rng: random.Random) -> Change | None:
    return _first(file, rng, r"\b(?:six|thirty|sixty|ninety|twelve|five|ten|two|three|one)\b(?: \(\d+\))?", "seven (7)")


def _may(file: Document, rng: random.Random) -> Change | None:
    return _first(file, rng, r"\bshall\b(?! not)", "may")


def _denied(file: Document, rng: random.Random) -> Change | None:
    changed = _first(file, rng, r"\bshall\b(?! not)", "shall not")
    return changed and Change("", "not")


def _exception(file: Document, rng: random.Random) -> Change | None:
    changed = _first(file, rng, r"(?<=[a-z])\.$", ", except in cases of urgency.")
    return changed and Change("", "except in cases of urgency")


def _typography(file: Document, rng: random.Random) -> Change | None:
    for run in (run for paragraph in file.paragraphs for run in paragraph.runs):
        text = run.text.replace("“", '"').replace("”", '"').replace("’", "'").replace("–", "-")
        text = re.sub(r"\b(Article|paragraph) (?=[IVX\d])", "\\1\u00a0", text)
        if text != run.text:
            run.text = text
    return Change(silent=True)


def _split(file: Document, rng: random.Random) -> Change | None:
    paragraphs = _paragraphs(file)
    rng.shuffle(paragraphs)
    for paragraph in paragraphs:
        run = paragraph.runs[_plain_run(paragraph) or 0]
        cut = re.search(r"(?<=[a-z]\. )(?=[A-Z])", run.text)
        if cut and run is paragraph.runs[-1] and len(run.text) - cut.start() > 40:
            rest = deepcopy(paragraph._p)
            for child in list(rest):
                if child.tag != qn("w:pPr"):
                    rest.remove(child)
            last = deepcopy(run._r)
            rest.append(last)
            paragraph._p.addnext(rest)
            words = run.text
            run.text = words[: cut.start()].rstrip()
            Paragraph(rest, paragraph._parent).runs[0].text = words[cut.start() :]
            return Change(silent=True, kind="split")
    return None


def _joined(file: Document, rng: random.Random) -> Change | None:
    paragraphs = _paragraphs(file)
    pairs = [(a, b) for a, b in pairwise(paragraphs) if a._p.getnext() is b._p]
    pairs = [(a, b) for a, b in pairs if a.style.name == b.style.name and a.text.rstrip().endswith(".")]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    first.add_run(" ")
    for child in list(second._p):
        if child.tag != qn("w:pPr"):
            first._p.append(child)
    second._p.getparent().remove(second._p)
    return Change(silent=True, kind="merged")


def _moved(file: Document, rng: random.Random) -> Change | None:
    paragraphs = _paragraphs(file)
    if len(paragraphs) < 8:
        return None
    at = rng.randrange(2, len(paragraphs) - 4)
    paragraph, target = paragraphs[at], paragraphs[(at + 4) % len(paragraphs)]
    target._p.addnext(paragraph._p)
    return Change(silent=True, kind="moved")


def _put_in(file: Document, rng: random.Random) -> Change | None:
    paragraph = rng.choice(_paragraphs(file))
    made = deepcopy(paragraph._p)
    paragraph._p.addnext(made)
    _only(Paragraph(made, paragraph._parent), "The Parties shall consult each year on the qualified measures taken.")
    return Change("", "consult each year on the qualified measures", kind="added")


def _dropped(file: Document, rng: random.Random) -> Change | None:
    paragraph = rng.choice(_paragraphs(file))
    words = " ".join(paragraph.text.split()[2:7])
    paragraph._p.getparent().remove(paragraph._p)
    return Change(words, "", kind="removed")


def _only(paragraph: Paragraph, words: str) -> None:
    for child in list(paragraph._p):
        if child.tag != qn("w:pPr"):
            paragraph._p.remove(child)
    paragraph.add_run(words)


def _typed_anew(file: Document, rng: random.Random) -> Change | None:
    """A paragraph typed anew by hand, its number typed too, with one word changed."""
    paragraphs = [p for p in _paragraphs(file) if re.search(r"\bshall\b", p.text)]
    if not paragraphs:
        return None
    paragraph = rng.choice(paragraphs)
    _only(paragraph, re.sub(r"\bshall\b", "may", paragraph.text, count=1))
    return Change("shall", "may")


def _throughout(file: Document, rng: random.Random) -> Change | None:
    pattern = re.compile(r"\bpromptly\b|\bwritten\b|\bmutually\b|\bcompetent\b|\bapplicable\b|\bprovided\b|\bagreed\b")
    counts = Counter(found for p in _paragraphs(file) for run in p.runs for found in pattern.findall(run.text))
    often = [word for word, count in counts.items() if count >= 3]
    if not often:
        return None
    word = rng.choice(sorted(often))
    for paragraph in _paragraphs(file):
        for run in paragraph.runs:
            if re.search(rf"\b{word}\b", run.text):
                run.text = re.sub(rf"\b{word}\b", _NEW, run.text)
    return Change(word, _NEW, kind="throughout")


def _header(file: Document, rng: random.Random) -> Change | None:
    header = file.sections[0].header
    (header.paragraphs[0] if header.paragraphs else header.add_paragraph()).add_run(" Qualified text of the Partner")
    return Change("", "Qualified text of the Partner")


def _table(file: Document, rng: random.Random) -> Change | None:
    cells = [cell for table in file.tables for row in table.rows[1:] for cell in row.cells if cell.text.strip()]
    cells = [cell for cell in cells if any(run.text.strip() for p in cell.paragraphs for run in p.runs)]
    if not cells:
        return None
    paragraph = next(p for p in rng.choice(cells).paragraphs if any(run.text.strip() for run in p.runs))
    run = next(run for run in paragraph.runs if run.text.strip())
    run.text = f"{run.text} {_NEW}"
    return Change("", _NEW)


def _comment(file: Document, rng: random.Random) -> Change | None:
    paragraph = rng.choice(_paragraphs(file))
    file.add_comment(paragraph.runs[0], text="We wish to discuss the qualified point.", author=_PARTNER, initials="PD")
    return Change("", "discuss the qualified point", kind="comment")


def _reference(file: Document, rng: random.Random) -> Change | None:
    """A reference whose field was typed over with another number."""
    for paragraph in file.paragraphs:
        for run in paragraph.runs:
            before = run._r.getprevious()
            result = before is not None and before.find(qn("w:fldChar")) is not None
            if result and re.fullmatch(r"\d+|[IVXL]+", run.text.strip()):
                kind = before.find(qn("w:fldChar")).get(qn("w:fldCharType"))
                if kind == "separate":
                    gone, run.text = run.text.strip(), "99" if run.text.strip().isdigit() else "XC"
                    return Change(gone, run.text)
    return None


KINDS: dict[str, tuple[Callable[[Document, random.Random], Change | None], str]] = {
    "word": (_word, ".docx"),
    "word, tracked": (_word_tracked, ".docx"),
    "number": (_number, ".docx"),
    "duty to right": (_may, ".docx"),
    "denial": (_denied, ".docx"),
    "exception": (_exception, ".docx"),
    "typography": (_typography, ".docx"),
    "split": (_split, ".docx"),
    "joined": (_joined, ".docx"),
    "moved": (_moved, ".docx"),
    "put in": (_put_in, ".docx"),
    "dropped": (_dropped, ".docx"),
    "typed anew": (_typed_anew, ".docx"),
    "replaced throughout": (_throughout, ".docx"),
    "header": (_header, ".docx"),
    "table": (_table, ".docx"),
    "comment": (_comment, ".docx"),
    "reference typed over": (_reference, ".docx"),
    "through .odt": (_word, ".odt"),
    "through .rtf": (_number, ".rtf"),
    "PDF": (_may, ".pdf"),
    "PDF, unchanged": (lambda file, rng: Change(silent=True), ".pdf"),
    "their original": (_word, "partner"),
    "their original, unchanged": (lambda file, rng: Change(silent=True), "partner"),
}


# ---------------------------------------------------------------------- how it is told


def told(ours: Path, theirs: Path, change: Change) -> Told:
    """Review the answer and return how what was done in it is told."""
    found = library.review(ours, theirs)
    clauses = [c for c in found.clauses if not (c.is_noise or c.is_told_elsewhere or _is_consequence(c))]
    if change.kind == "throughout" and not any(
        (each.gone, each.come) == (change.gone, change.come) for each in found.replaced
    ):
        return Told("missed", "not told as replaced throughout")
    shown = [clause for clause in clauses if _shows(clause, change)]
    others = [clause for clause in clauses if clause not in shown]
    if change.silent and change.kind:
        right = [c for c in found.clauses if c.change.startswith(change.kind)]
        others = [c for c in clauses if c not in right and not (change.kind == "moved" and c.change == "renumbered")]
        if not right:
            return Told("missed", f"not told as {change.kind}: {_names(found.clauses)}")
    elif not change.silent and change.kind != "throughout" and not shown:
        return Told("missed", f"{change.gone!r} to {change.come!r} not shown; shown: {_names(clauses)}")
    noisy = [*others, *found.second_words]
    return Told("noise", _names(others) + " ".join(found.second_words)) if noisy else Told("right")


def _is_consequence(clause: TouchedClause) -> bool:
    """Whether nothing was done in a clause, and the review says what a change elsewhere breaks in it."""
    return bool(clause.breaks) and clause.change == "same" and not clause.untracked and not clause.comments


def _shows(clause: TouchedClause, change: Change) -> bool:
    pieces = [*clause.pieces, *(p for d in clause.untracked for p in d.to_read)]
    said = {kind: " ".join(p.text for p in pieces if p.kind == kind) for kind in ("deleted", "inserted")}
    said["inserted"] += " ".join(comment.text for comment in clause.comments)
    gone, come = (" ".join(words.split()) for words in (change.gone, change.come))
    short = [words.split()[-1] for words in (gone, come) if words]
    return bool(short) and all(
        any(word.strip(".,()") in " ".join(text.split()) for text in said.values()) for word in short
    )


def _names(clauses: Sequence[TouchedClause]) -> str:
    return ", ".join(
        f"{c.path} {c.change} {[(p.kind[:3], p.text[:40]) for p in c.pieces if p.kind != 'equal'][:3]}" for c in clauses
    )[:400]


def answers(seed: str, count: int, only: str, folder: Path) -> Iterator[tuple[str, str, Told]]:
    """Yield kind, draft and verdict of each answer; drafts and kinds go round until there are `count`."""
    program = converter()
    drafts = sorted(EXAMPLES.glob("*.yaml"))
    kinds = [kind for kind in KINDS if only in ("", kind)]
    made, turn = 0, 0
    while made < count and turn < count * 8:
        kind, draft = kinds[turn % len(kinds)], drafts[(turn * 5 + turn // len(kinds)) % len(drafts)]
        turn += 1
        verdict = _one(kind, draft, random.Random(f"{seed}-{turn}"), program, folder / f"{turn}")
        if verdict is not None:
            made += 1
            yield kind, draft.stem, verdict


def _one(kind: str, draft: Path, rng: random.Random, program: str | None, folder: Path) -> Told | None:
    """Make one answer and review it; None where the draft has no place for it or LibreOffice is not there."""
    how, suffix = KINDS[kind]
    if program is None and suffix in (".odt", ".rtf", ".pdf"):
        return None
    request = drafting.load_parameters(draft)
    folder.mkdir()
    ours = write_draft(drafting.assemble(request), folder / "ours.docx")[0]
    source = ours
    if suffix == "partner":
        theirs = drafting.assemble(request, original="partner")
        source = write_draft(theirs, folder / "their-original.docx", original="partner")[0]
        suffix = ".docx"
    file = docx.Document(str(source))
    change = how(file, rng)
    if change is None:
        return None
    out = io.BytesIO()
    file.save(out)
    content = out.getvalue()
    if suffix != ".docx" and program is not None:
        content = converted(program, content, ".docx", suffix.removeprefix("."))
    answer = folder / f"answer{suffix}"
    answer.write_bytes(content)
    try:
        return told(ours, answer, change)
    except Exception as problem:  # whatever it is, the answer was not told
        return Told("missed", f"{type(problem).__name__}: {problem}")


def main() -> None:
    """Print each answer that was not told right, and how many were."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--answers", type=int, default=60)
    parser.add_argument("--only", default="", help="One kind of answer.")
    parser.add_argument("--show", action="store_true", help="Print those that were told right too.")
    options = parser.parse_args()
    if converter() is None:
        print("LibreOffice is not installed: answers as .odt, .rtf and PDF are left out.")
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for kind, draft, verdict in answers(options.seed, options.answers, options.only, Path(folder)):
            counts[verdict.verdict] += 1
            if verdict.verdict != "right" or options.show:
                print(f"{verdict.verdict:7} {kind} in {draft}: {verdict.said}", flush=True)
    print(f"told right {counts['right']}, noise {counts['noise']}, missed {counts['missed']}")
    sys.exit(1 if counts["missed"] else 0)


if __name__ == "__main__":
    main()
