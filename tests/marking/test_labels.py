"""Labels, comments and documents inside documents are asked for markings too, whatever holds them."""

import io
import zipfile
from email.message import EmailMessage

import pytest

from agreements.errors import ClassifiedError
from agreements.marking import PlacedText, examine, label_pieces
from agreements.parsing import parse
from agreements.reading.containers import unpack
from agreements.reading.readers import read_source
from agreements.reading.source import SourceFile
from tests.ooxml.building import OFFICE, p, r, word_file

MARK = "SECRET//NOFORN"
TEXT = "Agreement between Arland and Borduria\n\nArticle 1\n\nThe Parties keep the harbour open.\n"
PAGE = "<p>Agreement between Arland and Borduria</p><p>Article 1</p><p>The Parties keep it.</p>"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{each}="{ODF}{each}:1.0"' for each in ("office", "text", "meta"))


def page(held, head=""):
    return "a.html", f"<html><head>{head}</head><body>{PAGE}{held}</body></html>".encode()


def rich(held):
    return "a.rtf", (r"{\rtf1 Agreement\par Article 1\par " + held + r" x\par}").encode()


def open_text(held="", meta="", inside=""):
    whole = f"<text:p>Agreement between Arland and Borduria</text:p><text:p>Article 1</text:p>{held}"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        body = f"<office:body><office:text>{whole}</office:text></office:body>"
        archive.writestr("content.xml", f"<office:document-content {SPACES}>{body}</office:document-content>")
        archive.writestr(
            "meta.xml", f"<office:document-meta {SPACES}><office:meta>{meta}</office:meta></office:document-meta>"
        )
        if inside:
            archive.writestr("Object 1/content.xml", f"<x>{inside}</x>")
    return "a.odt", out.getvalue()


def letter(**headers):
    mail = EmailMessage()
    for name, value in ({"Subject": "Draft"} | headers).items():
        mail[name.replace("_", "-")] = value
    mail.set_content("see")
    mail.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="d.txt")
    return "a.eml", bytes(mail)


def archive(remark=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("d.txt", TEXT)
        made.comment = remark
    return "a.zip", out.getvalue()


def chunk(held):
    relation = f'<Relationship Id="rx" Type="{OFFICE}/aFChunk" Target="a.rtf"/>'
    made = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(word_file(p("Agreement") + '<w:altChunk r:id="rx"/>')))
    with zipfile.ZipFile(made, "w") as package:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", f"{relation}</Relationships>".encode())
            package.writestr(name, content)
        package.writestr("word/a.rtf", held)
    return "a.docx", made.getvalue()


def word(body="", **parts):
    return "a.docx", word_file(p("Agreement") + p("Article 1") + body, **parts)


STYLE = '<w:style w:styleId="A1"><w:name w:val="{}"/></w:style>'
LINK = f'<w:p><w:hyperlink r:id="lk">{r("here")}</w:hyperlink></w:p>'
IN_USE = {
    "class of an element": page('<div class="SECRET-NOFORN">x</div>'),
    "style sheet": page("", f'<style>p::before {{content: "{MARK}"}}</style>'),
    "address of a link": page('<a href="/x/SECRET//NOFORN/y">x</a>'),
    "page for an older program": page(f"<!--[if mso]><p>{MARK}</p><![endif]-->"),
    "bookmark of rich text": rich(r"{\*\bkmkstart SECRET_NOFORN}{\*\bkmkend SECRET_NOFORN}"),
    "code of a field of rich text": rich(r'{\field{\*\fldinst QUOTE "' + MARK + r'"}{\fldrslt y}}'),
    "comment": open_text(f"<text:p>x<office:annotation><text:p>{MARK}</text:p></office:annotation></text:p>"),
    "words above others": open_text(f"<text:p><text:ruby><text:ruby-text>{MARK}</text:ruby-text></text:ruby></text:p>"),
    "variable": open_text(f'<text:user-field-decl text:name="h" office:string-value="{MARK}"/>'),
    "section": open_text('<text:section text:name="SECRET_NOFORN"><text:p>x</text:p></text:section>'),
    "name of a property": open_text(meta=f'<meta:user-defined meta:name="{MARK}">x</meta:user-defined>'),
    "document in the document": open_text(inside=MARK),
    "name before an address": letter(Reply_To=f'"{MARK}" <a@example>'),
    "remark of an archive": archive(MARK.encode()),
    "style of a Word file": word(parts={"styles": STYLE.format(MARK)}),
    "link of a Word file": word(LINK, links={"lk": "file:///S:/SECRET//NOFORN/x.docx"}),
    "rich text in a Word file": chunk(r"{\rtf1 SECRET//NOFORN\par x}"),
}
INNOCENT = {
    "class of an element": page('<div class="secretariat Confidential-note">x</div>'),
    "address of a link": page('<a href="/secretariat/SECRETARY/secret-ballot">x</a>'),
    "bookmark of rich text": rich(r"{\*\bkmkstart SecretBallot}{\*\bkmkend SecretBallot}"),
    "section": open_text('<text:section text:name="Secretariat_Note"><text:p>x</text:p></text:section>'),
    "variable": open_text('<text:user-field-decl text:name="h" office:string-value="secret ballot"/>'),
    "name before an address": letter(Reply_To='"Secretariat" <a@example>'),
    "remark of an archive": archive(b"confidential information annex, final"),
    "style of a Word file": word(parts={"styles": STYLE.format("Secret Ballot Head")}),
    "link of a Word file": word(LINK, links={"lk": "https://example.org/secretariat/secret-ballot"}),
    "rich text in a Word file": chunk(r"{\rtf1 The ballot is secret.\par}"),
}


def opened(name, content):
    source = SourceFile.of(name, content)
    if name.endswith((".eml", ".zip")):
        unpack(source)
    else:
        parse(read_source(source), id="a")


@pytest.mark.parametrize("kind", IN_USE)
def test_a_marking_in_a_label_or_beside_the_text_is_refused(kind):
    with pytest.raises(ClassifiedError):
        opened(*IN_USE[kind])


@pytest.mark.parametrize("kind", INNOCENT)
def test_innocent_labels_are_let_in(kind):
    opened(*INNOCENT[kind])


@pytest.mark.parametrize(("label", "runs"), [("map-NOFORN-2", ["NOFORN"]), ("a_TS-SCI_b", ["TS-SCI"]), ("secret", [])])
def test_a_label_is_read_by_what_stands_in_capitals(label, runs):
    assert [piece.text for piece in label_pieces(label)] == runs


@pytest.mark.parametrize(
    "text",
    ["A. (x//y) B" * 3, "See https://example.org//NF/x. It is free.", "(a//b) The Parties meet. (c) They part."],
)
def test_strokes_alone_open_no_portion(text):
    assert examine([PlacedText(text, "the text")]).highest is None
