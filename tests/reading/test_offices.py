"""OpenDocument, rich text and old Word files: words, numbers, notes, tables, and what is left out and told."""

import subprocess
from pathlib import Path

import pytest

from agreements import libreoffice
from agreements.errors import ClassifiedError, UnreadableError
from agreements.intake.files import parse_file
from agreements.reading import Reading, read
from tests.reading.offices import FIRST, HEAD, SECOND, archive, odt, plain_odt, plain_rtf, rtf


def of(folder: Path, name: str, content: bytes) -> Reading:
    path = folder / name
    path.write_bytes(content)
    return read(path)


def shown(reading: Reading) -> list[tuple[str, str | None, str]]:
    return [(block.kind, block.number, block.text) for block in reading.blocks]


@pytest.mark.parametrize(("name", "content"), [("a.odt", plain_odt()), ("a.rtf", plain_rtf())])
def test_a_treaty_is_read_with_its_numbers(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    agreement = parse_file(tmp_path / name).agreement
    assert agreement.title == HEAD
    article = next(p for p in agreement.documents[0].provisions if p.kind == "article")
    assert (article.number, article.heading) == ("1", "Use")
    assert [(p.number, p.text) for p in article.children] == [("1.", FIRST), ("2.", SECOND)]


class TestOpenDocument:
    def test_numbers_notes_tables_boxes_and_blanks(self, tmp_path: Path) -> None:
        reading = of(
            tmp_path,
            "a.odt",
            odt(
                '<text:list text:style-name="L"><text:list-item text:start-value="3"><text:p>Third.</text:p>'
                "<text:list><text:list-item><text:p>Inner.</text:p></text:list-item></text:list></text:list-item>"
                "<text:list-item><text:p>Fourth.</text:p></text:list-item></text:list>"
                '<text:p>One<text:s text:c="2"/>two<text:note><text:note-citation>7</text:note-citation>'
                "<text:note-body><text:p>A remark.</text:p></text:note-body></text:note><text:tab/>three"
                "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box><svg:desc>A map</svg:desc>"
                "</draw:frame></text:p>"
                "<table:table><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell>"
                "<table:table-cell><text:p>Berths</text:p></table:table-cell></table:table-row><table:table-row>"
                "<table:table-cell><text:p>Aster</text:p></table:table-cell><table:table-cell><text:p>4</text:p>"
                "</table:table-cell></table:table-row></table:table>"
                '<text:p><text:span text:style-name="Struck">Gone.</text:span></text:p>'
            ),
        )
        assert shown(reading) == [
            ("list", "3.", "Third."),
            ("list", "(a)", "Inner."),
            ("list", "4.", "Fourth."),
            ("paragraph", None, "One two three"),
            ("footnote", "7", "A remark."),
            ("paragraph", None, "In a box."),
            ("table", None, "Port | Berths"),
            ("table", None, "Aster | 4"),
            ("paragraph", None, "Gone."),
        ]
        assert reading.blocks[-1].struck
        assert "A map" in [piece.text for piece in reading.asides]

    def test_what_is_left_out_is_told(self, tmp_path: Path) -> None:
        change = (
            "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Lorn</dc:creator>"
            "<dc:date>2024-05-06T00:00:00</dc:date></office:change-info><text:p>not</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
        )
        hidden = '<text:p>Seen. <text:span text:style-name="Hid">Not seen.</text:span></text:p>'
        note = "<text:p>With.<office:annotation><text:p>why?</text:p></office:annotation></text:p>"
        reading = of(tmp_path, "a.odt", odt(change + hidden + note))
        assert [block.text for block in reading.blocks] == ["Seen.", "With."]
        assert [(f.code, "Lorn" in f.message) for f in reading.findings] == [
            ("tracked-deleted", True), ("hidden-text", False),
        ]  # fmt: skip
        assert {"not", "Not seen.", "why?"} <= {piece.text for piece in reading.asides}

    @pytest.mark.parametrize(
        "how",
        [
            {"header": "SECRET//NOFORN"},
            {"title": "(S) Harbours"},
            {"extra": "<text:p>A.<office:annotation><text:p>(S//NF) He is ill.</text:p></office:annotation></text:p>"},
            {"extra": '<text:p>A.<text:span text:style-name="Hid">(S//NF) He is ill.</text:span></text:p>'},
            {"extra": "<text:p>(S//NF) He is ill.</text:p>"},
        ],
    )
    def test_a_marking_anywhere_is_refused(self, tmp_path: Path, how: dict[str, str]) -> None:
        (tmp_path / "a.odt").write_bytes(plain_odt(**how))
        with pytest.raises(ClassifiedError):
            parse_file(tmp_path / "a.odt")

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (plain_odt(manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"), "password"),
            (archive({"mimetype": "x", "content.xml": "<not xml"}), "damaged"),
            (archive({"mimetype": "x"}), "no OpenDocument text"),
            (archive({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "entities"),
            (archive({"../content.xml": "<a/>"}), "leads out"),
            (archive({"content.xml": b" " * 30_000_000}), "times its size"),
            (plain_odt()[:300], "damaged"),
        ],
    )
    def test_bad_ones_are_refused_in_a_line(self, tmp_path: Path, content: bytes, message: str) -> None:
        with pytest.raises(UnreadableError, match=message):
            of(tmp_path, "a.odt", content)


class TestRichText:
    def test_characters(self, tmp_path: Path) -> None:
        body = "caf\\'e9 \\u8220?one\\u8221? \\f1\\'d1\\'e8\\f0  a\\~b a\\emdash b "
        body += "\\uc2\\u233\\'c3\\'a9x \\{\\}\\uc1\\u-10179?\\u-8704?"
        reading = of(tmp_path, "a.rtf", rtf(body + "\\par"))
        assert reading.blocks[0].text == "café “one” Си a\u00a0b a—b éx {}😀"

    def test_notes_boxes_tables_fields_and_struck_words(self, tmp_path: Path) -> None:
        reading = of(
            tmp_path,
            "a.rtf",
            rtf(
                "One{\\footnote\\pard {\\chftn} A remark.\\par} two"
                "{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt Box.\\par}}"
                "{\\field{\\*\\fldinst PAGE}{\\fldrslt 4}}{\\pict 0102ff}\\par"
                "\\trowd\\pard\\intbl Port\\cell Berths\\cell\\row\\trowd\\intbl Aster\\cell 4\\cell\\row"
                "\\pard{\\strike Gone.}\\par{\\*\\unheard of {\\b it}}\\outlinelevel0 Part\\par"
            ),
        )
        assert shown(reading) == [
            ("paragraph", None, "One two4"),
            ("footnote", None, "A remark."),
            ("paragraph", None, "Box."),
            ("table", None, "Port | Berths"),
            ("table", None, "Aster | 4"),
            ("paragraph", None, "Gone."),
            ("heading", None, "Part"),
        ]
        assert reading.blocks[5].struck

    def test_what_is_left_out_is_told(self, tmp_path: Path) -> None:
        reading = of(tmp_path, "a.rtf", rtf("May {\\deleted not }{\\revised now }enter{\\v unseen}.\\par"))
        assert reading.blocks[0].text == "May now enter."
        assert [f.code for f in reading.findings] == ["tracked-deleted", "tracked-inserted", "hidden-text"]

    @pytest.mark.parametrize(
        "how",
        [
            {"before": "{\\header SECRET//NOFORN\\par}"},
            {"before": "{\\info{\\title (S) Harbours}}"},
            {"extra": "A.{\\*\\annotation (S//NF) He is ill.}\\par"},
            {"extra": "A.{\\v (S//NF) He is ill.}\\par"},
            {"extra": "A.{\\deleted (S//NF) He is ill.}\\par"},
            {"extra": "A.{\\*\\unheard (S//NF) He is ill.}\\par"},
            {"extra": "(S//NF) He is ill.\\par"},
            {"extra": "A.{\\footnote (S//NF) He is ill.}\\par"},
        ],
    )
    def test_a_marking_anywhere_is_refused(self, tmp_path: Path, how: dict[str, str]) -> None:
        (tmp_path / "a.rtf").write_bytes(plain_rtf(**how))
        with pytest.raises(ClassifiedError):
            parse_file(tmp_path / "a.rtf")

    def test_bad_ones_end(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableError, match="groups stand in each other"):
            of(tmp_path, "a.rtf", b"{\\rtf1 " + b"{" * 5_000)
        with pytest.raises(UnreadableError, match="no words"):
            of(tmp_path, "a.rtf", b"{\\rtf1}")
        assert of(tmp_path, "a.rtf", b"{\\rtf1 words\\bin99999999999 rest").blocks[0].text == "words"


class TestOldWord:
    OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "WordDocument".encode("utf-16-le")

    def test_without_libreoffice_it_is_said_what_to_do(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("agreements.reading.old_word.converter", lambda: None)
        with pytest.raises(UnreadableError) as caught:
            of(tmp_path, "a.doc", self.OLE)
        assert "LibreOffice" in caught.value.hint

    @pytest.mark.skipif(libreoffice.converter() is None, reason="LibreOffice is not installed")
    def test_it_is_read_through_libreoffice(self, tmp_path: Path) -> None:
        program = libreoffice.converter()
        assert program
        content = libreoffice.converted(program, plain_rtf().replace(b"\\listtext ", b""), ".rtf", "doc")
        (tmp_path / "a.doc").write_bytes(content)
        parsed = parse_file(tmp_path / "a.doc")
        assert parsed.agreement.title == HEAD
        assert "converted" in [f.code for f in parsed.findings]
        assert [p.text for p in parsed.agreement.documents[0].walk() if p.kind == "paragraph"] == [FIRST, SECOND]

    def test_one_that_takes_too_long_is_ended(self, tmp_path: Path) -> None:
        program = tmp_path / "slow"
        program.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/pid\nwait\n", encoding="utf-8")
        program.chmod(0o755)
        with pytest.raises(Exception, match="took longer than"):
            libreoffice.converted(str(program), b"x", ".doc", "docx", patience=1)
        child = (tmp_path / "pid").read_text(encoding="utf-8").strip()
        stands = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, check=False).stdout.strip()
        assert stands[:1] in (b"", b"Z")  # gone, or dead and not asked after yet


def test_the_names_of_page_styles_are_no_text_and_their_headers_stand_at_the_edge(tmp_path: Path) -> None:
    """LibreOffice writes what its pages look like in front of the text, each style with its headers and its name."""
    styles = "{\\*\\pgdsctbl {\\pgdsc0{\\header\\pard Running head\\par }\\pgdscnxt0 Default Page Style;}}"
    reading = of(tmp_path, "a.rtf", rtf("\\pard No. 112\\par", before=styles))
    assert [words for _, _, words in shown(reading)] == ["No. 112"]
    assert "Running head" in reading.page_edges
