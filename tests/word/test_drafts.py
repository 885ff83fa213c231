"""The drafts that our own templates make, as Word files."""

from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import drafting, word
from agreements.parsing import parse
from agreements.reading import read

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "docs" / "examples" / "drafts").glob("*.yaml"))


def shape(provision):
    own = (provision.kind, provision.number, provision.label, provision.heading, provision.text)
    return (*own, tuple(shape(child) for child in provision.children))


def shapes(agreement):
    return [(d.role, d.number, d.title, tuple(shape(p) for p in d.provisions)) for d in agreement.documents]


def test_there_are_examples():
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_draft_is_valid_and_reads_back_as_the_same_tree(path, tmp_path):
    draft = drafting.assemble(drafting.load_parameters(path))
    assert draft.agreement is not None
    options = word.WordOptions(draft_line="DRAFT - 22 November 2026", separate_notes=False)
    (written,) = word.write(draft.agreement, tmp_path / "draft.docx", options=options)
    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(written)
    assert [str(error) for error in found.errors] == []
    assert shapes(parse(read(written), id="back").agreement) == shapes(draft.agreement)
