"""Numbers as LibreOffice shows them when articles are written, copied and deleted in a draft of ours."""

import copy

import docx
import pytest

from agreements import word
from agreements.parsing import parse
from agreements.reading import read
from agreements.textform import print_document
from tests.word import office, samples

pytestmark = pytest.mark.skipif(office.SOFFICE is None, reason="LibreOffice is not installed")

_BEFORE = [
    "Article I",
    *("(a)", "(b)", "(i)", "(ii)"),
    "Article II",
    *("1.", "(a)", "(b)", "2.", "3."),
    "Article III",
]
_CLAIMS = ("1.", "2.", "3.")
_ANNEX = ("Article 1", "Article 2", "1.", "2.")
_NEW = (
    ("Article", "Environment"),
    ("Paragraph", "Land that was used is restored:"),
    ("Subparagraph", "its soil; and"),
    ("Subparagraph", "its water."),
    ("Paragraph", "Standards are made known."),
    ("Article", "Terms"),
    ("LetteredParagraph", "a quay is a wall;"),
    ("LetteredParagraph", "a field is one of these:"),
    ("LetteredSubparagraph", "a runway."),
)
_SHOWN = ("1.", "(a)", "(b)", "2.")


@pytest.fixture
def draft(tmp_path):
    options = word.WordOptions(separate_notes=False)
    return word.write(samples.visiting_forces(), tmp_path / "draft.docx", options=options)[0]


def test_what_is_written_copied_and_deleted_moves_no_other_number(draft, tmp_path):
    steps = ['Show "before"']
    after = "crew of an aircraft"
    for style, words in _NEW:
        name = style.replace("Lettered", "Lettered ")
        steps.append(f'Add "{after}", "{name}", "{words}"')
        after = words
    steps += [
        'Show "written"',
        'Copy "Entry and Exit", "crew of an aircraft", "exercise jurisdiction"',
        'Show "copied"',
        'Remove "Environment", "a runway"',
        'Show "deleted"',
    ]
    shown = office.numbers(draft, steps, tmp_path)
    numbers = {title: [number for number, _ in rows] for title, rows in shown.items()}
    written = ["Article III", *_SHOWN, "Article IV", "(a)", "(b)", "(i)"]
    second = ["1.", "(a)", "(b)", "2.", "3."]
    assert numbers == {
        "before": [*_BEFORE, "Article IV", *_CLAIMS, "Article V", *_ANNEX],
        "written": [*_BEFORE[:-1], *written, "Article V", "Article VI", *_CLAIMS, "Article VII", *_ANNEX],
        "copied": [
            *(*_BEFORE[:-1], *written, "Article V"),
            *("Article VI", *second, "Article VII", *_CLAIMS, "Article VIII", *_ANNEX),
        ],
        "deleted": [*_BEFORE, "Article IV", *second, "Article V", *_CLAIMS, "Article VI", *_ANNEX],
    }


def test_an_article_that_word_holds_by_its_styles_alone_has_the_numbers_that_we_read(draft, tmp_path):
    file = docx.Document(str(draft))
    here = next(p for p in file.paragraphs if "crew of an aircraft" in p.text)._p
    for style, words in _NEW:
        made = copy.deepcopy(here)
        here.addnext(made)
        paragraph = docx.text.paragraph.Paragraph(made, file._body)
        for child in list(made):
            if not child.tag.endswith("}pPr"):
                made.remove(child)
        made.pPr.pStyle.val = style
        paragraph.add_run(words)
        here = made
    file.save(str(draft))
    rows = office.numbers(draft, ['Show "typed"'], tmp_path)["typed"]
    shown = [(number, words) for number, words in rows if words in dict(map(reversed, _NEW))]
    expected = ("Article III", *_SHOWN, "Article IV", "(a)", "(b)", "(i)")
    assert [number for number, _ in shown] == list(expected)
    text = print_document(parse(read(draft), id="x").agreement.documents[0])
    new = text[text.index("Environment") :][:420]
    assert "## Article IV: Terms\n(a) a quay is a wall;\n(b) a field is one of these:\n  (i) a runway." in new
