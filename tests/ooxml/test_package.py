import io
import zipfile

import pytest
from lxml import etree

from agreements.commands import main
from agreements.errors import UnreadableError
from agreements.ooxml import package
from agreements.ooxml.package import Package, opening_once, packed, repacked
from agreements.ooxml.schema import name
from tests.ooxml.building import OFFICE, RELS, SPACES, p, word_file


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


MEBI = 1024 * 1024


@pytest.mark.parametrize(
    ("sizes", "refused"),
    [
        ([(512 * MEBI, 512 * MEBI)], ""),
        ([(512 * MEBI, 512 * MEBI), (1, 1)], "unpacks to 512 MB, the limit is 512 MB"),
        ([(8 * MEBI, 1)], ""),
        ([(8 * MEBI + 1, 1)], "more than 250 times its size"),
        ([(9 * MEBI, 9 * MEBI // 250)], "more than 250 times its size"),
        ([(250 * MEBI, MEBI)], ""),
        ([(1, 1)] * 20_000, ""),
        ([(1, 1)] * 20_001, "holds 20001 files, the limit is 20000"),
    ],
)
def test_a_file_is_opened_up_to_each_limit_and_not_beyond(sizes, refused, monkeypatch):
    entries = [zipfile.ZipInfo("word/document.xml") for _ in sizes]
    for entry, (unpacked, packed_to) in zip(entries, sizes, strict=True):
        entry.file_size, entry.compress_size = unpacked, packed_to
    file = word_file(p("Words."))
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: entries)
    if refused:
        with pytest.raises(UnreadableError, match=refused):
            Package.of("a.docx", file)
    else:
        assert Package.of("a.docx", file).main == "word/document.xml"


def test_a_part_is_unpacked_up_to_its_limit():
    opened = Package.of("a.docx", word_file(p("Words.")))
    opened._archive.NameToInfo["word/document.xml"].file_size = 256 * MEBI
    assert opened.data("word/document.xml")
    opened._archive.NameToInfo["word/document.xml"].file_size += 1
    with pytest.raises(UnreadableError, match="has 256 MB, the limit is 256 MB"):
        opened.body()


def test_a_protected_archive_is_told_as_such(monkeypatch):
    entry = zipfile.ZipInfo("word/document.xml")
    entry.flag_bits = 0b1001
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: [entry])
    with pytest.raises(UnreadableError, match="protected by a password"):
        Package.of("a.docx", word_file(p("Words.")))
    entry.flag_bits = 0b1010
    assert Package.of("a.docx", word_file(p("Words."))).main


def test_folders_in_the_archive_are_no_parts():
    out = io.BytesIO(word_file(p("Words.")))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/media/", b"")
        archive.writestr("word/media/", b"")
    opened = Package.of("a.docx", out.getvalue())
    with zipfile.ZipFile(io.BytesIO(opened.content())) as written:
        assert "word/media/" not in written.namelist()
        assert written.read("word/document.xml").startswith(b"<w:document")


def test_a_part_that_nobody_looked_at_goes_out_as_it_came_whatever_stands_in_it():
    """The names of the strict form stand for themselves in a picture, and in a part that has none of its own."""
    strange = b'Type="http://purl.oclc.org/ooxml/officeDocument/extendedProperties"'
    sheet = b'<a xmlns="http://purl.oclc.org/ooxml/officeDocument/extendedProperties"/>'
    file = word_file(p("Words."), media={"map.png": strange})
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    opened = Package.of("a.docx", packed({**parts, "docProps/app.xml": sheet, "custom/plain.xml": b"<a  b='c'/>"}))
    with zipfile.ZipFile(io.BytesIO(opened.content())) as written:
        assert written.read("word/media/map.png") == strange
        assert written.read("custom/plain.xml") == b"<a  b='c'/>"
        transitional = b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
        assert written.read("docProps/app.xml") == b'<a xmlns="' + transitional + b'"/>'


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16-le", ""), ("utf-16-be", ""), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff")]
)
def test_a_part_in_either_order_of_bytes_is_read(encoding, mark):
    text = f'<?xml version="1.0"?><w:document {SPACES}><w:body>{p("Façade ᾱ")}</w:body></w:document>'
    body = Package.of("a.docx", _with_main((mark + text).encode(encoding))).body()
    assert [t.text for t in body.iter(name("t"))] == ["Façade ᾱ"]


def test_half_a_character_is_damage():
    with pytest.raises(UnreadableError, match=r"damaged: its part .* does not read"):
        Package.of("a.docx", _with_main("<a/>".encode("utf-16") + b"x")).body()


def test_a_declared_type_is_refused_where_its_end_lies_behind_what_is_looked_at():
    """An entity inside an element is damage already; a declaration in the first 4096 bytes is told as what it is."""
    with pytest.raises(UnreadableError, match="declares a document type"):
        Package.of("a.docx", _with_main(b"<a>&lt;!DOCTYPE</a><!--<!DOCTYPE -->")).body()
    assert len(Package.of("a.docx", _with_main(b"<a>&lt;!DOCTYPE</a>")).body()) == 0


def _related(file, rows, extra=None):
    """The Word file with `rows` of relationships of its main part instead of its own, and `extra` parts."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    whole = f'<Relationships xmlns="{RELS}">{rows}</Relationships>'.encode()
    return packed({**parts, "word/_rels/document.xml.rels": whole, **(extra or {})})


def test_targets_are_found_however_they_are_written():
    rows = "".join(
        f'<Relationship Id="{label}" Type="{OFFICE}/image" Target="{target}"/>'
        for label, target in (("a", "media/map%201.png#top"), ("b", "/word/media/map 1.png"), ("c", "media\\map 1.png"))
    )
    away = f'<Relationship Id="d" Type="{OFFICE}/image" Target="media/map 1.png" TargetMode="External"/>'
    file = _related(word_file(p("x")), rows + away, {"word/media/map 1.png": b"map"})
    opened = Package.of("a.docx", file)
    assert [opened.data(opened.target(label)) for label in "abc"] == [b"map"] * 3
    assert opened.target("d") == opened.target("none") == opened.sort_of("none") == ""
    assert opened.related == {"image": ["word/media/map 1.png"] * 3}
    assert opened.sort_of("d", of="word/document.xml") == f"{OFFICE}/image"
    assert opened.relationship("a").target == "word/media/map 1.png"


def test_what_is_named_twice_is_one_relationship():
    opened = Package.of("a.docx", word_file(p("x"), links={"rIdNew1": "https://example.org/"}))
    assert opened.relate(opened.main, f"{OFFICE}/hyperlink", "https://example.org/", external=True) == "rIdNew1"
    assert opened.relate(opened.main, f"{OFFICE}/hyperlink", "https://example.org/b", external=True) == "rIdNew2"
    assert opened.relate(opened.main, f"{OFFICE}/hyperlink", "https://example.org/b") == "rIdNew3"
    assert [each.external for each in opened.relationships(opened.main)] == [True, True, False]
    assert opened.relate("", f"{OFFICE}/x", "word/x.xml") == "rIdNew1"
    assert 'Target="word/x.xml"' in etree.tostring(opened.part("_rels/.rels")).decode()


def test_the_properties_are_found_by_their_relationship_and_never_outside():
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    opened = Package.of("a.docx", word_file(p("x")))
    assert opened.properties() is None
    opened._added["docProps/core.xml"] = b"<usual/>"
    opened.relate("", core, "https://example.org/core.xml", external=True)
    assert opened.properties().tag == "usual"
    opened._added["meta/own.xml"] = b"<own/>"
    opened.relate("", core, "meta/own.xml")
    assert opened.properties().tag == "own"


def test_a_part_that_is_not_there_is_none_and_a_body_that_is_not_there_empty():
    opened = Package.of("a.docx", _with_main(f"<w:document {SPACES}/>".encode()))
    assert (opened.part("word/none.xml"), opened.data("word/none.xml"), opened.first("styles")) == (None, None, None)
    assert (opened.body().tag, len(opened.body())) == (name("body"), 0)
    assert opened.bring(opened, "word/none.xml") == ""


def test_the_path_of_a_part_is_known_from_what_stands_in_it():
    opened = Package.of("a.docx", word_file(p("x"), parts={"footnotes": "", "styles": ""}))
    assert opened.stories().keys() == {"word/document.xml", "word/footnotes.xml"}
    assert opened.path_of(opened.first("footnotes")) == "word/footnotes.xml"
    assert opened.path_of(etree.Element("a")) == "word/document.xml"
    opened.related["header"] = ["word/gone.xml"]
    assert opened.stories().keys() == {"word/document.xml", "word/footnotes.xml"}


def test_the_type_of_a_part_is_its_own_before_that_of_its_suffix():
    opened = Package.of("a.docx", word_file(p("x"), parts={"styles": ""}, media={"map.PNG": b""}))
    types = {each.get("PartName") or each.get("Extension"): each for each in opened.part("[Content_Types].xml")}
    assert types["png"].get("ContentType") == "image/png"
    one = Package.of("b.docx", word_file(p("x")))
    for path in ("word/media/map.PNG", "word/styles.xml"):
        one.bring(opened, path)
    made = {each.get("PartName"): each.get("ContentType") for each in one.part("[Content_Types].xml")}
    assert made["/word/styles.xml"].endswith(".styles+xml")
    assert "/word/media/map.PNG" not in made  # the suffix says it already
    again = one.bring(opened, "word/styles.xml")
    assert again == "word/styles1.xml"
    assert one.bring(opened, "word/styles.xml") == "word/styles2.xml"


def test_parts_that_name_each_other_are_brought_over_once():
    """A slide of a chart and its layout may name each other: each arrives once and keeps the ids it is known by."""
    ring = f'<Relationship Id="rIdNew1" Type="{OFFICE}/x" Target="../b/two.xml"/>'
    back = f'<Relationship Id="rId9" Type="{OFFICE}/x" Target="../a/one.xml"/>'
    rows = {"word/a/_rels/one.xml.rels": ring, "word/b/_rels/two.xml.rels": back}
    relations = {path: f'<Relationships xmlns="{RELS}">{row}</Relationships>'.encode() for path, row in rows.items()}
    file = _related(word_file(p("x")), "", {"word/a/one.xml": b"<one/>", "word/b/two.xml": b"<two/>", **relations})
    other, one = Package.of("b.docx", file), Package.of("a.docx", word_file(p("x")))
    assert one.bring(other, "word/a/one.xml") == "word/a/one.xml"
    again = Package.of("c.docx", one.content())
    assert again.target("rIdNew1", of="word/a/one.xml") == "word/b/two.xml"
    assert again.target("rId9", of="word/b/two.xml") == "word/a/one.xml"
    assert [each for each in again.paths() if "/a/" in each or "/b/" in each] == [
        *("word/a/_rels/one.xml.rels", "word/a/one.xml", "word/b/_rels/two.xml.rels", "word/b/two.xml"),
    ]


def test_a_written_part_says_its_encoding_and_nothing_says_the_machine():
    opened = Package.of("a.docx", word_file(p("x")))
    opened.body()
    with zipfile.ZipFile(io.BytesIO(opened.content())) as written:
        main = written.read("word/document.xml")
        assert main.startswith(b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>")
        assert {entry.create_system for entry in written.infolist()} == {0}
        assert {entry.compress_type for entry in written.infolist()} == {zipfile.ZIP_DEFLATED}


def test_what_a_brought_part_names_keeps_the_ids_that_it_knows_it_by():
    one = Package.of("a.docx", word_file(p("x")))
    there = word_file(p("x"), media={"map.png": b"theirs"}, links={"rsite": "https://example.org/"})
    other = Package.of("b.docx", there)
    path = one.bring(other, other.main)
    one.relate(one.main, f"{OFFICE}/glossaryDocument", path)
    named = {each.id: each for each in Package.of("c.docx", one.content()).relationships(path)}
    assert named == {each.id: each for each in one.relationships(path)}
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
