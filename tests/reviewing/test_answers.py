"""Answers to drafts of ours that change nothing, or one thing, and what the review tells: nothing beside it."""

import importlib.util
import random
import sys
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from agreements import drafting, library
from agreements.model import Document

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "drafts"


@pytest.fixture(scope="module")
def answers():
    """The script that makes answers on purpose."""
    spec = importlib.util.spec_from_file_location("answers", ROOT / "benchmarks" / "answers.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["answers"] = module
    spec.loader.exec_module(module)
    return module


def written(name, folder, original="us"):
    draft = drafting.assemble(drafting.load_parameters(EXAMPLES / f"{name}.yaml"), original=original)
    return library.write_draft(draft, folder / f"{original}.docx", original=original)[0]


@pytest.mark.parametrize("name", ["sofa-agreement", "transit-karuzhan"])
def test_who_signs_stands_under_his_party_in_their_original(name, tmp_path):
    ours, theirs = (written(name, tmp_path, original) for original in ("us", "partner"))
    found = library.review(ours, theirs)
    assert found.texts.is_alternat
    assert (found.untracked, found.second_words) == (0, [])


def test_a_signer_who_changed_sides_is_a_change(tmp_path):
    """The capacities exchanged, and not the parties that they are signed for."""
    ours = written("sofa-agreement", tmp_path)
    file = docx.Document(str(ours))
    words = ("Ambassador of the United States of America", "Minister of Foreign Affairs")
    runs = [
        run
        for table in file.tables
        for row in table.rows
        for cell in row.cells
        for p in cell.paragraphs
        for run in p.runs
    ]
    runs += [run for p in file.paragraphs for run in p.runs]
    first, second = (next(run for run in runs if run.text.strip() == each) for each in words)
    first.text, second.text = second.text, first.text
    file.save(str(tmp_path / "theirs.docx"))
    assert library.review(ours, tmp_path / "theirs.docx").untracked > 0


def test_a_signer_who_signs_for_the_other_party_is_told_in_their_original(tmp_path):
    """The parties stand in their order, and the capacities under them did not move along."""
    ours, theirs = (written("sofa-agreement", tmp_path, original) for original in ("us", "partner"))
    file = docx.Document(str(theirs))
    words = ("Ambassador of the United States of America", "Minister of Foreign Affairs")
    cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
    runs = [run for holder in (file, *cells) for p in holder.paragraphs for run in p.runs]
    first, second = (next(run for run in runs if run.text.strip() == each) for each in words)
    first.text, second.text = second.text, first.text
    file.save(str(tmp_path / "crossed.docx"))
    found = library.review(ours, tmp_path / "crossed.docx")
    assert found.texts.is_alternat
    assert found.untracked > 0
    assert any(clause.path.startswith("signature") for clause in found.clauses if clause.untracked_words)


@pytest.mark.parametrize("name", ["transit-karuzhan", "sma-extension"])
def test_numbers_that_follow_from_a_move_are_not_told_again(answers, name, tmp_path):
    ours = written(name, tmp_path)
    file = docx.Document(str(ours))
    assert answers._moved(file, random.Random(5)) is not None
    file.save(str(tmp_path / "theirs.docx"))
    assert library.review(ours, tmp_path / "theirs.docx").second_words == []


def test_letters_that_follow_from_what_was_put_in_are_not_told_again(answers, tmp_path):
    """(b) becomes (c), which is a Roman figure too."""
    ours = written("dca-annex-change", tmp_path)
    file = docx.Document(str(ours))
    first = next(p for p in answers._paragraphs(file) if "quays" in p.text)
    made = deepcopy(first._p)
    first._p.addnext(made)
    answers._only(
        Paragraph(made, first._parent), "A pier that the Executive Agents have added, municipality of Torsnes;"
    )
    file.save(str(tmp_path / "theirs.docx"))
    found = library.review(ours, tmp_path / "theirs.docx")
    assert found.untracked == 1
    assert found.second_words == []


def test_a_reference_that_leads_elsewhere_is_told_though_both_places_changed(answers, tmp_path):
    """The words of the old place and of the new one are told as changed, which says nothing of the reference."""
    ours = written("sma-hanbyul", tmp_path)
    file = docx.Document(str(ours))
    names = {e.get(qn("w:name")): e.getparent() for e in file.element.body.iter(qn("w:bookmarkStart"))}
    code = next(e for e in file.element.body.iter(qn("w:instrText")) if e.text.split()[:1] == ["REF"])
    old = code.text.split()[1]
    words = {name: "".join(t.text or "" for t in p.iter(qn("w:t"))) for name, p in names.items() if p.tag == qn("w:p")}
    new = next(n for n, said in words.items() if n != old and len(said.split()) > 12 and names[n] is not names[old])
    code.text = code.text.replace(old, new)
    for name in (old, new):
        last = [t for t in names[name].iter(qn("w:t")) if (t.text or "").strip()][-1]
        last.text = f"{last.text} qualified"
    file.save(str(tmp_path / "theirs.docx"))
    found = library.review(ours, tmp_path / "theirs.docx")
    told = [*found.second_words, *(d.what for c in found.clauses for d in c.untracked if d.what != "words")]
    assert told, "the reference leads elsewhere, and nothing says so"


@pytest.mark.parametrize(
    ("number", "title", "own"),
    [
        ("A", "ANNEX A Agreed Facilities", "Agreed Facilities"),
        ("A", "Annex “A”: Agreed Facilities", "Agreed Facilities"),
        ("2", "Anlage 2 – Gelände", "Gelände"),
        ("A", "Annex Agreements", "Annex Agreements"),  # the number is a word of its own
        ("A", "Annex A", ""),
        ("B", "Annex A Sites", "Annex A Sites"),  # of another annex
        (None, "Annex A Sites", "Annex A Sites"),
        (None, "ANNEX Words in Force", "Words in Force"),  # the only one
        (None, "Annexed Sites", "Annexed Sites"),
    ],
)
def test_the_title_of_an_annex_is_told_without_its_designator(number, title, own):
    assert Document(role="annex", number=number, title=title).own_title == own


@pytest.mark.parametrize("kind", ["word", "duty to right", "typography", "put in", "replaced throughout", "header"])
def test_the_script_of_answers_finds_each_told(answers, kind, tmp_path):
    """The kinds that need no LibreOffice, each in one draft; and an answer that is not told is missed."""
    told = list(answers.answers("3", 1, kind, tmp_path))
    assert [(each.verdict, each.said) for _, _, each in told] == [("right", "")]


def test_an_answer_that_the_review_does_not_show_is_missed(answers, tmp_path):
    ours = written("transit-memorandum", tmp_path)
    unheard = answers.Change("", "words that nobody put in")
    assert answers.told(ours, ours, unheard).verdict == "missed"
