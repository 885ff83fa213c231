import io
import zipfile

import pytest

from agreements.commands import main
from agreements.errors import UnreadableError
from agreements.ooxml import package
from agreements.ooxml.package import Package, opening_once, packed, repacked
from agreements.ooxml.schema import name
from tests.ooxml.building import OFFICE, SPACES, p, word_file


def test_the_same_parts_give_the_same_bytes_whatever_their_order():
    parts = {"word/document.xml": b"<a/>", "[Content_Types].xml": b"<t/>", "_rels/.rels": b"<r/>"}
    assert packed(parts) == packed(dict(reversed(parts.items())))
    with zipfile.ZipFile(io.BytesIO(packed(parts))) as file:
        assert file.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]


def test_repacking_forgets_when_the_zip_was_made():
    made = []
    for year in (1999, 2026):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr(zipfile.ZipInfo("word/document.xml", (year, 1, 2, 3, 4, 6)), b"<a/>")
        made.append(repacked(out.getvalue()))
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as file:
        assert file.read("word/document.xml") == b"<a/>"
        assert file.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("main", "sort"),
    [
        ("word/document2.xml", "document.main+xml"),
        ("story/text.xml", "document.main+xml"),
        ("word/document.xml", "template.main+xml"),
        ("word/document.xml", "document.macroEnabled.main+xml"),
    ],
)
def test_the_main_part_is_found_by_its_relationship_whatever_it_is_called(main, sort):
    file = word_file(p("The Parties agree."), main=main, sort=f"application/x.{sort}", parts={"styles": ""})
    package = Package.of("draft.docx", file)
    assert package.main == main
    assert "".join(package.body().itertext()) == "The Parties agree."
    assert package.first("styles").tag == name("styles")


def test_a_part_is_found_whatever_the_case_of_its_name():
    """Names of parts are the same whatever their case (ISO/IEC 29500-2, 9.1), and no other part answers for one."""
    file = word_file(p("The Parties agree."), parts={"styles": "", "settings": ""})
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    (path,) = (each for each in parts if each.endswith("settings.xml"))
    parts[path.replace("settings.xml", "Settings.XML")] = parts.pop(path)
    found = Package.of("draft.docx", packed(parts))
    assert found.first("settings").tag == name("settings")
    assert found.first("styles").tag == name("styles")


def test_a_strict_file_is_read_and_written_under_the_transitional_names():
    inside = f'<w:footnote w:id="2">{p("A note.")}</w:footnote>'
    file = word_file(p("Words."), parts={"footnotes": inside, "styles": ""}, strict=True)
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(file)).read("word/footnotes.xml")
    package = Package.of("strict.docx", file)
    assert package.body().find(name("p")) is not None
    assert package.first("footnotes").find(name("footnote")) is not None
    with zipfile.ZipFile(io.BytesIO(package.content())) as written:  # also the parts that nobody asked for
        assert not any(b"purl.oclc.org" in written.read(part) for part in written.namelist())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Word or Office file"),
        (b"%PDF-1.7", "is not a Word file"),
        (b"PK\x03\x04" + bytes(30), "damaged or was cut off"),
        (packed({"xl/book.xml": b"<a/>"}), "is a zip archive"),
    ],
)
def test_what_is_no_word_file_gets_one_line(content, message):
    with pytest.raises(UnreadableError, match=message) as caught:
        Package.of("theirs.docx", content)
    assert str(caught.value).startswith("theirs.docx ")
    assert "\n" not in str(caught.value)


def test_a_workbook_under_any_name_is_told_by_its_type():
    sheet = word_file("", main="a/b.xml", sort="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    with pytest.raises(UnreadableError, match="is an Excel workbook"):
        Package.of("a.docx", sheet)


def _with_main(xml):
    file = word_file("")
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return packed({part: archive.read(part) for part in archive.namelist()} | {"word/document.xml": xml})


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (b"<a>" * 300 + b"</a>" * 300, "nests more than 256 elements in each other"),
        (b"<!--" + b" " * 9000 + b'--><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "declares a document type"),
        ('<!DOCTYPE a [<!ENTITY e "x">]><a/>'.encode("utf-16"), "declares a document type"),
        (b"<a>", "does not read as XML"),
    ],
)
def test_dangerous_xml_is_refused(xml, message):
    with pytest.raises(UnreadableError, match=message):
        Package.of("a.docx", _with_main(xml)).body()


def test_no_comment_or_instruction_cuts_words_in_two():
    text = f"<w:document {SPACES}><w:body>{p('waives<!-- x -->all<?y?>claims')}</w:body></w:document>"
    for encoded in (text.encode(), text.encode("utf-16")):
        body = Package.of("a.docx", _with_main(encoded)).body()
        assert [t.text for t in body.iter(name("t"))] == ["waivesallclaims"]


def test_two_parts_of_one_name_are_refused():
    out = io.BytesIO(word_file(p("x")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("Word/Document.xml", b"<other/>")
    with pytest.raises(UnreadableError, match="two parts called"):
        Package.of("a.docx", out.getvalue())


def test_a_part_is_brought_over_with_what_it_names():
    one = Package.of("a.docx", word_file(p("x"), media={"map.png": b"ours"}))
    other = Package.of("b.docx", word_file(p("x"), media={"map.png": b"theirs"}))
    path = one.bring(other, "word/media/map.png")
    label = one.relate(one.main, f"{OFFICE}/image", path)
    again = Package.of("c.docx", one.content())
    assert again.data(again.target(label)) == b"theirs"
    assert again.data("word/media/map.png") == b"ours"


def test_what_a_brought_part_names_keeps_the_ids_that_it_knows_it_by():
    one = Package.of("a.docx", word_file(p("x")))
    there = word_file(p("x"), media={"map.png": b"theirs"}, links={"rsite": "https://example.org/"})
    other = Package.of("b.docx", there)
    path = one.bring(other, other.main)
    one.relate(one.main, f"{OFFICE}/glossaryDocument", path)
    named = {each.id: each for each in Package.of("c.docx", one.content()).relationships(path)}
    assert one.data(named["rmap"].target) == b"theirs"
    assert (named["rsite"].target, named["rsite"].external) == ("https://example.org/", True)


@pytest.mark.parametrize(
    ("command", "opened"),
    [(["compare", "a.docx", "b.docx", "-o", "r.docx", "--author", "US"], 3), (["review", "a.docx", "b.docx"], 2)],
)
def test_a_command_opens_each_file_once_and_what_it_wrote(command, opened, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = "The host provides water and power to the visiting force free of charge in the agreed areas"
    for label, last in (("a.docx", "."), ("b.docx", " and on the way there.")):
        (tmp_path / label).write_bytes(word_file(p("Article 1") + p(words + last)))
    seen = []
    unpacked = package._unpacked
    monkeypatch.setattr(package, "_unpacked", lambda name, content: seen.append(name) or unpacked(name, content))
    with pytest.raises(SystemExit):
        main([*command, *(["--no-precedents"] if "review" in command else [])])
    assert "on the way there" in capsys.readouterr().out
    assert len(seen) == opened, seen


def test_who_changes_a_file_has_a_copy_and_who_looks_at_it_the_same():
    file = word_file(p("Water"))
    with opening_once():
        looked = Package.looked_at("a", file)
        assert Package.looked_at("b", file) is looked
        own = Package.of("c", file)
        own.body().clear()
        assert len(looked.body()) == 1
        made = own.finished()
        assert Package.looked_at("d", made) is own
        with opening_once():
            assert Package.looked_at("e", file) is looked
    assert Package.looked_at("f", file) is not looked
