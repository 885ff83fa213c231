"""Reviews of files that other programs and hands made of ours: nothing that is not a change is told as one."""

import io
import shutil
import subprocess

import docx
import pytest

from agreements import word
from agreements.library import compare, review
from agreements.model import Agreement, Document, Provision
from agreements.ooxml.schema import name
from agreements.repository import Repository
from tests.reviewing.test_review import CORPUS, DROPPED, OURS, PARTNER, TAXES, reviewed, row, rows, said, tracked, typed
from tests.word import editing, samples

__all__ = ["reviewed"]  # the fixture

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
THEIRS = typed(
    tracked(
        ("Each Party waives claims", "Either Party waives claims"),
        (DROPPED, ""),
        ("## Article III: Crim", f"{TAXES}## Article IV: Crim"),
        ("## Article IV: Claims", "## Article V: Claims"),
        ("## Article V: Final", "## Article VI: Final"),
    ),
    "one year's notice",
    "a month's notice",
)


@pytest.fixture(scope="module")
def resaved(tmp_path_factory):
    """Our file and theirs as LibreOffice saves them."""
    if not SOFFICE:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("resaved")
    for stem, content in (("ours", OURS), ("theirs", THEIRS)):
        (folder / f"{stem}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{stem}.docx") for stem in ("ours", "theirs")]
    command = [SOFFICE, profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "again"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [(folder / "again" / f"{stem}.docx").read_bytes() for stem in ("ours", "theirs")]


def test_saving_in_libreoffice_changes_nothing(resaved, reviewed):
    found = reviewed(resaved[0])
    assert (rows(found), found.tracked, found.untracked) == ({}, 0, 0)


def test_a_marked_up_file_saved_in_libreoffice_tells_the_same(resaved, reviewed):
    found = reviewed(resaved[1])
    assert row(found, "II.3").change == "removed"
    assert row(found, "III").change == "added"
    assert {t.change.author for clause in found.clauses for t in clause.tracked} == {"Ana Partner"}
    assert [(c.path, said(d.pieces, "inserted")) for c in found.clauses for d in c.untracked] == [("VI", ["a month's"])]


def _without_marks(body):
    for mark in list(body.iter(name("bookmarkStart"), name("bookmarkEnd"))):
        mark.getparent().remove(mark)


def _without_styles(body):
    """As a program that keeps no styles writes it: every paragraph names one that is not there."""
    _without_marks(body)
    for style in body.iter(name("pStyle")):
        style.set(name("val"), "Gone" + style.get(name("val")))


@pytest.mark.parametrize("strip", [_without_marks, _without_styles])
def test_without_hidden_marks_and_styles_provisions_are_found_by_number_and_words(strip, reviewed):
    found = reviewed(editing.changed(THEIRS, strip))
    assert found.untracked >= 1
    told = {t.change.text for clause in found.clauses for t in clause.tracked}
    assert {"Each", "Either", "Taxes"} <= told
    assert any(said(d.pieces, "inserted") == ["a month's"] for c in found.clauses for d in c.untracked)


@pytest.mark.parametrize("strip", [_without_marks, _without_styles])
def test_a_redline_against_a_file_without_styles_is_exact(strip):
    other = editing.changed(THEIRS, strip)
    b = word.accept(other)
    made = word.redline(OURS, b, PARTNER).content
    assert editing.story(word.reject(made)) == editing.story(OURS)
    assert editing.story(word.accept(made)) == editing.story(b)


BILINGUAL = [
    ("Agreement on Visits", "Accord relatif aux visites"),
    ("Article 1", "Article premier"),
    ("The Parties exchange visits of officers.", "Les Parties échangent des visites d'officiers."),
    ("Article 2", "Article 2"),
    ("Each Party bears its own costs of a visit.", "Chaque Partie prend en charge ses propres frais."),
    ("Article 3", "Article 3"),
    ("This Agreement enters into force on signature.", "Le présent Accord entre en vigueur à la signature."),
]


def _bilingual(swaps=()):
    file = docx.Document()
    table = file.add_table(rows=0, cols=2)
    for texts in BILINGUAL:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            for old, new in swaps:
                text = text.replace(old, new)  # noqa: PLW2901
            cell.text = text
    return editing.saved(file)


def test_a_bilingual_draft_that_is_one_table(reviewed):
    ours = _bilingual()
    changed = word.redline(ours, _bilingual([("bears its own", "bears all the")]), PARTNER).content
    theirs = typed(changed, "échangent des visites", "échangent deux visites")
    found = reviewed(theirs, ours)
    told = {t.change.text: clause.path for clause in found.clauses for t in clause.tracked}
    assert told.keys() == {"its own", "all the"}
    assert [said(d.pieces, "inserted") for c in found.clauses for d in c.untracked] == [["deux"]]
    english, french = (next(c.path for c in found.clauses if getattr(c, kind)) for kind in ("tracked", "untracked"))
    assert english != french


def test_four_hundred_pages(tmp_path):
    """Long texts take no other way: the changes are exact and the one that nobody tracked is found."""

    def article(number):
        words = " ".join(f"the service {number} permits vessels of group {n % 7} to use berth {n}" for n in range(40))
        paragraphs = (Provision(kind="paragraph", number=f"{n}.", text=f"In case {n}, {words}.") for n in (1, 2))
        return Provision(kind="article", number=str(number), heading=f"Service {number}", children=tuple(paragraphs))

    document = Document(title="Agreement on Ports", provisions=tuple(article(n) for n in range(1, 241)))
    assert sum(len(p.text.split()) for p in document.walk()) > 200_000
    ours = word.render(Agreement(id="ports", title=document.title, documents=(document,)))
    wanted = typed(ours, "In case 2, the service 77 permits", "In case 2, the service 77 forbids")
    theirs = typed(
        word.redline(ours, wanted, PARTNER).content, "In case 1, the service 9 ", "In no case, the service 9 "
    )
    (tmp_path / "ours.docx").write_bytes(ours)
    (tmp_path / "theirs.docx").write_bytes(theirs)
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert {c.path: (len(c.tracked), len(c.untracked)) for c in found.clauses} == {"9.1": (0, 1), "77.2": (2, 0)}


SPECIMENS = sorted(id for id in Repository(CORPUS).ids() if id.startswith("specimen-"))


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_a_paragraph_in_the_style_of_another_hand_is_one_change_and_no_more(reviewed, tmp_path, specimen):
    """It makes their file one of another hand, which is read by its words and not by our styles."""
    ours = word.render(Repository(CORPUS).get(specimen))
    file = docx.Document(io.BytesIO(ours))
    long = [p for p in file.paragraphs if len(p.text) > 80]
    made = long[len(long) // 2].insert_paragraph_before("The Parties meet once a year to look at how this works.")
    made.style = file.styles["Normal"]
    found = reviewed(editing.saved(file), ours)
    assert (len(found.clauses), found.untracked, found.renumbered) == (1, 1, [])
    compared = compare(None, str(tmp_path / "ours.docx"), str(tmp_path / "theirs.docx"))
    assert [pair.change for pair in compared.pairs if pair.change != "same"] in (["added"], ["changed"])


def test_a_file_of_plain_paragraphs(reviewed):
    """Typed numbers, no list, no style of ours."""
    file = docx.Document()
    for text in (
        "Article 1",
        "Each Party waives claims against the other.",
        "Article 2",
        "It enters into force today.",
    ):
        file.add_paragraph(text)
    ours = editing.saved(file)
    file = docx.Document(io.BytesIO(ours))
    file.paragraphs[3].runs[0].text = "It enters into force tomorrow."
    found = reviewed(editing.saved(file), ours)
    assert [(c.path, len(c.untracked)) for c in found.clauses] == [("2", 1)]


def test_a_short_answer_that_is_no_word_file_comes_from_ours_all_the_same(tmp_path):
    """It has no hidden marks of another draft: those that it is compared with were made here."""
    text = "# Record of Meeting\n\n## Article 1: Lists\n1. The points of contact exchange a list each quarter.\n"
    text += "2. They meet in turn at the port and at the depot of the other side.\n3. They keep a record of all.\n"
    whole = samples.visiting_forces().model_copy(update={"documents": (samples.document(text),)})
    (tmp_path / "ours.docx").write_bytes(word.render(whole))
    lines = ["Record of Meeting", "Article 1", "Lists", "1. The points of contact exchange a list each quarter."]
    lines += ["2. They meet in turn at the port and at the depot of the other side."]
    (tmp_path / "theirs.txt").write_text("\n\n".join(lines), encoding="utf-8")
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.txt")
    assert found.likeness < 0.9
    assert [(clause.path, clause.change) for clause in found.clauses if not clause.is_noise] == [("1.3", "removed")]
