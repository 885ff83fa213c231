"""What Section 508 asks of a Word file: title, language, headings in order, tables that say what they are."""

import re
import zipfile
from pathlib import Path

import docx
import pytest

from agreements import word
from agreements.word.writing.options import Columns
from tests.word import samples


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accessible")
    (path,) = word.write(samples.visiting_forces(), folder / "x.docx")
    return path


def test_title_and_language_are_in_the_properties(written: Path) -> None:
    own = docx.Document(str(written)).core_properties
    assert own.title.startswith("Agreement between the Government")
    assert own.language == "en"
    assert 'w:lang w:val="en-US"' in parts(written)["word/styles.xml"]


def test_articles_and_annexes_are_headings_by_their_outline_levels(written: Path) -> None:
    styles = {style.style_id: style for style in docx.Document(str(written)).styles}
    levels = []
    for paragraph in docx.Document(str(written)).paragraphs:
        style = styles[paragraph.style.style_id]
        found = style.element.find(f".//{{{style.element.nsmap['w']}}}outlineLvl")
        if found is not None:
            levels.append((int(found.get(f"{{{style.element.nsmap['w']}}}val")), paragraph.style.name))
    assert [name for _, name in levels] == ["Article"] * 5 + ["Annex"] + ["Article"] * 2
    assert {level for level, name in levels if name == "Annex"} == {0}
    assert {level for level, name in levels if name == "Article"} == {1}


def test_words_of_another_language_are_tagged(tmp_path: Path) -> None:
    there = samples.document("# Accord\n\n## Article I: Titre\nTexte.\n").model_copy(update={"language": "fr"})
    options = word.WordOptions(columns=Columns("fr", (there,), ("English", "French")))
    (path,) = word.write(samples.visiting_forces(), tmp_path / "x.docx", options=options)
    body = parts(path)["word/document.xml"]
    runs = re.findall(r"<w:r>(?:(?!</w:r>).)*</w:r>", body)
    for words in ("Accord", "Titre", "Texte."):
        assert any('<w:lang w:val="fr"/>' in run for run in runs if words in run)
    assert not any('w:val="fr"' in run for run in runs if "movement order" in run)


def test_tables_say_what_they_are_and_repeat_their_heads(written: Path, tmp_path: Path) -> None:
    options = word.WordOptions(columns=Columns("fr"))
    (path,) = word.write(samples.visiting_forces(), tmp_path / "x.docx", options=options)
    for file, heads in ((written, 0), (path, 2)):
        body = parts(file)["word/document.xml"]
        assert body.count("<w:tbl>") == body.count("<w:tblCaption ")
        assert body.count("<w:tblHeader/>") == heads


def test_nothing_floats(written: Path) -> None:
    body = parts(written)["word/document.xml"]
    assert not re.search("<w:(drawing|pict|framePr)|txbx", body)
