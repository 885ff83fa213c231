"""Two languages in two columns: what stands beside what, from right to left where it must, and read back."""

import re
import zipfile
from pathlib import Path

import docx
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import library, word
from agreements.errors import AgreementsError
from agreements.model import Document
from agreements.parsing import parse
from agreements.reading import read
from agreements.textform import print_document
from agreements.word.writing.options import Columns
from tests.word import samples

TREATY = Path(__file__).resolve().parents[2] / "docs" / "examples" / "drafts" / "transit-karuzhan.yaml"
FRENCH = """
# Accord relatif au statut des forces en visite

## Preamble
Les Gouvernements de Valdoria et de Tamaris,
Sont convenus de ce qui suit :

## {label="Article"} Article I: Définitions
Dans le présent Accord :
(a) « force en visite » s'entend du personnel ;

## Article II: Entrée et sortie
1. Les membres d'une force peuvent entrer sans visa.
2. La règle s'applique aux personnes à charge.
3. Un paragraphe qui n'a pas de pendant.
4. Un autre.

## Testimonium
En foi de quoi les soussignés ont signé.

## Signature
Pour le Gouvernement de Valdoria :
Pour le Gouvernement de Tamaris :
"""


def french() -> Document:
    made = samples.document(FRENCH.replace(' {label="Article"} ', " "))
    return made.model_copy(update={"language": "fr"})


def rows(path: Path) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for table in docx.Document(str(path)).tables for row in table.rows]


def body(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode()


def made(folder: Path, columns: Columns, *, frozen: bool = False) -> Path:
    options = word.WordOptions(columns=columns, frozen=frozen)
    (path,) = word.write(samples.visiting_forces(), folder / "x.docx", options=options)
    return path


def test_an_empty_column_leaves_the_text_as_it_is(tmp_path: Path) -> None:
    path = made(tmp_path, Columns("fr", names=("English", "French")))
    assert rows(path)[0] == ("English", "French")
    assert {right for _, right in rows(path)} <= {"French", ""}
    (plain,) = word.write(samples.visiting_forces(), tmp_path / "plain.docx")
    trees = [[print_document(d) for d in parse(read(p), id="x").agreement.documents] for p in (path, plain)]
    assert trees[0] == trees[1]


def test_both_texts_read_back(tmp_path: Path) -> None:
    back = parse(read(made(tmp_path, Columns("fr", (french(),)))), id="x").agreement
    ours = samples.visiting_forces().documents
    assert [(d.role, d.language) for d in back.documents] == [("main", "en"), ("main", "fr"), ("annex", "en")]
    for read_back, written in zip(back.documents, (ours[0], french(), ours[1]), strict=True):
        assert read_back.title == written.title
        assert [(p.kind, p.number, p.heading, p.text) for p in read_back.walk()] == [
            (p.kind, p.number, p.heading, p.text) for p in written.walk()
        ]


def test_provisions_stand_beside_those_that_they_answer(tmp_path: Path) -> None:
    found = rows(made(tmp_path, Columns("fr", (french(),))))
    beside = {left: right for left, right in found if left}
    assert beside["Members of a visiting force may enter and leave without visas, on showing:"].startswith(
        "Les membres"
    )
    assert next(right for left, right in found if "Entry and Exit" in left).strip() == "Entrée et sortie"
    assert next(right for left, right in found if left.startswith("In witness")).startswith("En foi")


def test_nothing_of_either_text_is_left_out(tmp_path: Path) -> None:
    found = rows(made(tmp_path, Columns("fr", (french(),))))
    left, right = ("\n".join(column) for column in zip(*found, strict=True))
    for document, words in ((samples.visiting_forces().documents[0], left), (french(), right)):
        for provision in document.walk():
            assert provision.text in words
            assert (provision.heading or "") in words
    assert ("", "Un autre.") in found  # what has no counterpart stands alone
    heads = [at for at, row in enumerate(found) if "Pour le Gouvernement" in row[1]]
    assert [found[at + 1] for at in heads] == [("", "")] * 2  # the rules of both texts are level


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("documents", [(), (french(),)], ids=["empty", "filled"])
def test_the_file_is_valid(tmp_path: Path, documents, frozen: bool) -> None:
    path = made(tmp_path, Columns("fr", documents, ("English", "French")), frozen=frozen)
    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(path)
    assert [str(error) for error in found.errors] == []


def test_the_heads_of_the_columns_are_repeated_on_every_page_and_signatures_stay_whole(tmp_path: Path) -> None:
    xml = body(made(tmp_path, Columns("fr", (french(),), ("English", "French"))))
    main, annex = xml.split("</w:tbl>")[:2]
    assert all("<w:tblHeader/>" in table.split("</w:tr>")[0] for table in (main, annex))
    assert "<w:cantSplit/>" in main.split("<w:tr>")[-1]


def test_the_partner_has_its_language_on_the_left_of_its_original(tmp_path: Path) -> None:
    found = rows(made(tmp_path, Columns("fr", (french(),), ("English", "French"), first=True)))
    assert found[0] == ("French", "English")
    assert found[1][0].startswith("Accord")


@pytest.mark.parametrize("language", ["ar", "he", "fa"])
def test_a_column_from_right_to_left(tmp_path: Path, language: str) -> None:
    there = Document(
        language=language,
        title="اتفاقية",
        provisions=samples.document("# T\n\n## Article I: تعريفات\nفي هذه الاتفاقية:\n(a) كلمة\n").provisions,
    )
    xml = body(made(tmp_path, Columns(language, (there,))))
    for words in ("اتفاقية", "كلمة"):
        paragraph = next(p for p in re.findall(r"<w:p>.*?</w:p>", xml) if words in p)
        assert "<w:bidi/>" in paragraph
        assert "<w:rtl/>" in paragraph
    empty = [p for p in re.findall(r"<w:p>.*?</w:p>", xml) if "<w:t" not in p and "<w:bidi/>" in p]
    assert empty  # room for what is not there yet is from right to left too
    assert "<w:bidi/>" not in next(p for p in re.findall(r"<w:p>.*?</w:p>", xml) if "Definitions" in p)


def test_a_draft_takes_the_second_language_from_its_parameters(tmp_path: Path) -> None:
    text = tmp_path / "theirs.docx"
    library.assemble_file(TREATY, text)
    copies = library.CopyOptions(partner_text=text)
    (file,) = library.assemble_file(TREATY, tmp_path / "both.docx", copies=copies).files
    found = rows(file)
    assert found[0] == ("English", "Russian")
    different = [pair for pair in found[1:] if pair[0] != pair[1] and "Russian" not in pair]
    assert not different
    assert 'w:val="ru"' in body(file)


def test_texts_that_differ_in_their_paragraphs_are_said(tmp_path: Path) -> None:
    text = tmp_path / "theirs.docx"
    library.assemble_file(TREATY, text)
    copies = library.CopyOptions(partner_text=text)
    same = library.assemble_file(TREATY, tmp_path / "both.docx", copies=copies)
    assert "language-counts" not in {finding.code for finding in same.findings}
    with zipfile.ZipFile(text) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    dropped = re.search(r'<w:p><w:pPr><w:pStyle w:val="Paragraph"/>.*?</w:p>', parts["word/document.xml"].decode())
    assert dropped
    parts["word/document.xml"] = parts["word/document.xml"].replace(dropped[0].encode(), b"")
    with zipfile.ZipFile(text, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    found = library.assemble_file(TREATY, tmp_path / "both.docx", copies=copies).findings
    (unequal,) = [finding for finding in found if finding.code == "language-counts"]
    assert unequal.where == "I"
    assert "ru" in unequal.message


def test_a_draft_of_one_language_has_no_second_column(tmp_path: Path) -> None:
    one = tmp_path / "one.yaml"
    one.write_text(TREATY.read_text().replace("    - {code: ru, name: Russian}\n", ""))
    with pytest.raises(AgreementsError, match="one language") as raised:
        library.assemble_file(one, tmp_path / "x.docx", copies=library.CopyOptions(bilingual=True))
    assert "--partner-text" in raised.value.hint
