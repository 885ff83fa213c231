"""No file that the product writes holds what `openxml-audit` finds and does not find in what it was made from.

Drafts of every family, papers and joint texts are audited beside their own tests (`test_drafts`, `export/test_drafts`,
`negotiation/test_papers`, `negotiation/test_joint_word`), the files of a whole negotiation in `test_negotiation_page`.
"""

from pathlib import Path

import pytest

from agreements import library, word
from agreements.commands import main
from agreements.ooxml.package import Package
from tests.ooxml.building import cell, p, row, table, word_file
from tests.word.auditing import audited

WILD = Path(__file__).parents[2].parent / "shared" / "wild" / "docx"
US = word.RedlineOptions(author="US", date="2026-11-22", prior="final")
FILES = (
    *("oxpt__RC004-After2.docx", "poi__bug66312.docx", "oxpt__Test-02.docx", "oxpt__RP050-Deleted-Footnote.docx"),
    *("oxpt__Test09.docx", "oxpt__WC014-SmartArt-With-Image-After.docx", "poi__comment.docx"),
)
KINDS = (
    *("links", "alt-text", "fields", "if-fields", "list-entries", "pictures", "cropped", "embedded", "title", "names"),
    *("faint-type", "hidden-rows", "labels"),
)
ALLOWED = [each for kind in KINDS for each in ("--allow", kind)]
SCOPE = p("The host provides the areas listed here.")
OURS = word_file(SCOPE + table(row(cell(p("Fuel")))) + p("Each Party bears its own costs."))
THEIRS = word_file(
    p("The host provides the areas and the roads listed here.")
    + table(row(cell(p("Fuel"))), row(cell(p("Water"))).replace("<w:tr>", "<w:tr><w:trPr/>"))
    + p("Each Party bears its own costs.")
)


@pytest.fixture
def files(tmp_path):
    paths = tmp_path / "ours.docx", tmp_path / "theirs.docx"
    for path, content in zip(paths, (OURS, THEIRS), strict=True):
        path.write_bytes(content)
    return paths


def drawn(words):
    """A file with a box of the old form, whose kind and shape have the names that Word gives the first ones."""
    kind = '<v:shapetype id="_x0000_t202"/>'
    shape = f'<v:shape id="_x0000_i1" type="#_x0000_t202"><v:textpath string="{words}"/></v:shape>'
    return word_file(SCOPE + p("As drawn:", inner=f"<w:r><w:pict>{kind}{shape}</w:pict></w:r>"))


def test_shapes_of_the_old_form_have_names_of_their_own():
    made = word.redline(drawn("before"), drawn("after"), US)
    shapes = list(Package.of("redline", made.content).body().iter("{*}shapetype", "{*}shape"))
    assert len({shape.get("id") for shape in shapes}) == len(shapes) == 4
    assert [kind.get("id") for kind in shapes[::2]] == [shape.get("type")[1:] for shape in shapes[1::2]]


@pytest.mark.parametrize(("one", "other"), [(OURS, THEIRS), (THEIRS, OURS)])
def test_a_redline(one, other):
    """The second file has a row with empty properties, in which the schema wants one beside the tracked change."""
    assert audited(word.redline(one, other, US).content) <= audited(one)


def test_both_resolutions_of_a_redline():
    made = word.redline(OURS, THEIRS, US).content
    assert audited(word.accept(made)) | audited(word.reject(made)) <= audited(OURS)


def test_the_table_side_by_side_and_the_memo(files, tmp_path):
    pair = list(map(str, files))
    table_of = library.write_side_by_side(library.compare(None, *pair), tmp_path / "beside.docx", everything=True)
    memo = library.write_memo(library.review(*files), tmp_path / "memo.docx")
    for made in (table_of, memo):
        assert audited(made.read_bytes()) == set()


def handed_over(path, tmp_path):
    """The copy of a file that a hand-over makes, None where it makes none."""
    target = tmp_path / "copy.docx"
    with pytest.raises(SystemExit):
        main(["--json", "handover", str(path), "-o", str(target), "--revisions", "accept", *ALLOWED])
    return target.read_bytes() if target.is_file() else None


def test_a_copy_to_hand_over(files, tmp_path):
    copy = handed_over(files[0], tmp_path)
    assert copy is not None
    assert audited(copy) <= audited(OURS)


@pytest.mark.skipif(not WILD.is_dir(), reason="the public Word files lie beside the repository, not in it")
@pytest.mark.parametrize("name", FILES)
def test_files_of_other_hands(name, tmp_path):
    own = (WILD / name).read_bytes()
    other = (WILD / FILES[FILES.index(name) - 1]).read_bytes()
    assert audited(word.redline(own, other, US).content) <= audited(own) | audited(other)
    copy = handed_over(WILD / name, tmp_path)
    assert copy is None or audited(copy) <= audited(own)
