"""A file is made ready to leave: everything beside its text goes, the text stays, and what cannot go is named."""

import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import library
from agreements.errors import AgreementsError, UnreadableError
from agreements.parsing import parse
from agreements.reading import read
from agreements.textform import print_document
from agreements.word.outgoing import leaks
from agreements.word.pictures import bare

EXAMPLES = Path(__file__).resolve().parents[2] / "docs/examples/drafts"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
COMMENTED = (
    '<w:commentRangeStart w:id="7"/><w:r w:rsidR="00AB12CD"><w:t>visible</w:t></w:r><w:commentRangeEnd w:id="7"/>'
    '<w:r><w:commentReference w:id="7"/></w:r>'
)
DIRTY = f"""<w:body><w:p {W14} w14:paraId="1F2E3D4C" w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">
<w:bookmarkStart w:id="9001" w:name="fallback_claims"/><w:bookmarkEnd w:id="9001"/>
<w:bookmarkStart w:id="9002" w:name="needed_here"/><w:bookmarkEnd w:id="9002"/>
<w:permStart w:id="5" w:ed="DOMAIN\\a.person"/><w:permEnd w:id="5"/><w:proofErr w:type="spellStart"/>
{COMMENTED}<w:r><w:rPr><w:vanish/></w:rPr><w:t>never concede this</w:t></w:r>
<w:r><w:rPr><w:webHidden/></w:rPr><w:t> shown</w:t></w:r>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF needed_here \\h </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>there</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
<w:sdt><w:sdtPr><w:alias w:val="Fallback 2"/><w:tag w:val="claims.limit"/></w:sdtPr><w:sdtContent><w:r><w:t>kept</w:t>
</w:r></w:sdtContent></w:sdt><w:smartTag w:uri="urn:x" w:element="place"><w:r><w:t>town</w:t></w:r></w:smartTag>
</w:p>"""
SETTINGS = (
    f'<w:trackRevisions/><w:docVars><w:docVar w:name="tier" w:val="2"/></w:docVars>'
    f'<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w15:docId {W15} w15:val="{{0}}"/>'
)
PEOPLE = '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">A. Person</dc:creator></cp:coreProperties>'
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Template>C:\\Users\\a\\t.dotx</Template><Company>Office of X</Company></Properties>"
)
KINDS = {
    "word/comments.xml": ("comments", "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"),
    "word/people.xml": ("people", "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml"),
    "word/printerSettings1.bin": ("printerSettings", "application/vnd.openxmlformats-officedocument.printerSettings"),
}


def parts(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def write(file: Path, held: dict[str, str]) -> Path:
    with zipfile.ZipFile(file, "w") as package:
        for name, content in held.items():
            package.writestr(name, content)
    return file


def words(file: Path) -> str:
    return " ".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", parts(file)["word/document.xml"]))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("out") / "draft.docx"
    library.assemble_file(EXAMPLES / "transit-karuzhan.yaml", file)
    return file


@pytest.fixture
def dirty(clean: Path, tmp_path: Path) -> Path:
    """A file as it comes out of an office: every sort of thing in it that is not the text."""
    held = parts(clean)
    held["word/document.xml"] = held["word/document.xml"].replace("<w:body>", DIRTY, 1)
    held["word/settings.xml"] = held["word/settings.xml"].replace("<w:compat>", f"{SETTINGS}<w:compat>", 1)
    held["docProps/core.xml"] = held["docProps/core.xml"].replace("</cp:coreProperties>", PEOPLE)
    held["docProps/app.xml"] = APP
    held["customXml/item1.xml"] = "<positions><claims>fallback 2</claims></positions>"
    held["word/glossary/document.xml"] = "<w/>"
    relations, types = "", ""
    for number, (part, (kind, content_type)) in enumerate(KINDS.items()):
        held[part] = "<w/>"
        target = part.removeprefix("word/")
        relations += f'<Relationship Id="rIdX{number}" Type="http://x/{kind}" Target="{target}"/>'
        types += f'<Override PartName="/{part}" ContentType="{content_type}"/>'
    rels = "word/_rels/document.xml.rels"
    held[rels] = held[rels].replace("</Relationships>", f"{relations}</Relationships>")
    held["[Content_Types].xml"] = held["[Content_Types].xml"].replace("</Types>", f"{types}</Types>")
    return write(tmp_path / "dirty.docx", held)


def test_everything_beside_the_text_goes(dirty: Path, tmp_path: Path) -> None:
    assert {f.code for f in leaks(dirty)} >= {
        *("leak-comments", "leak-people", "leak-custom-xml", "leak-properties", "leak-sessions", "leak-hidden-text"),
        *("leak-revisions", "leak-printer", "leak-building-blocks", "leak-bookmark", "leak-control"),
    }
    made = library.make_handover(dirty, tmp_path / "out.docx")
    assert made.findings == ()
    assert made.output
    assert leaks(made.output) == ()
    held = parts(made.output)
    everything = "\n".join(held.values())
    for secret in (
        "A. Person",
        "a.person",
        "Office of X",
        "fallback",
        "Fallback",
        "claims.limit",
        "concede",
        "00AB12CD",
    ):
        assert secret not in everything
    assert not {part for part in held if re.search(r"comments|people|printer|custom|glossary|app\.xml", part)}
    assert not re.search(r"comments|people|printer|glossary", held["[Content_Types].xml"])
    assert not re.search(r"rIdX", held["word/_rels/document.xml.rels"])


def test_what_a_reader_sees_stays(dirty: Path, clean: Path, tmp_path: Path) -> None:
    made = library.make_handover(dirty, tmp_path / "out.docx")
    assert made.output
    assert words(made.output).replace("\n", "") == f"visible  shown there kept town {words(clean)}"
    names = re.findall(r'bookmarkStart [^>]*w:name="([^"]*)"', parts(made.output)["word/document.xml"])
    for target in re.findall(r"REF (\S+)", parts(made.output)["word/document.xml"]):
        assert target in names
    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(made.output)
    assert [str(error) for error in found.errors] == []


def test_each_sort_of_thing_taken_out_is_said(dirty: Path, tmp_path: Path) -> None:
    made = library.make_handover(dirty, tmp_path / "out.docx")
    told = " ".join(finding.message for finding in made.removed)
    for words_of in ("comments", "hidden text", "bookmarks", "content controls", "editing sessions", "properties"):
        assert words_of in told
    assert {finding.severity for finding in made.removed} == {"info"}


def test_our_own_clean_draft_loses_nothing_but_dates(clean: Path, tmp_path: Path) -> None:
    made = library.make_handover(clean, tmp_path / "out.docx")
    assert made.removed == ()
    assert words(tmp_path / "out.docx") == words(clean)


TRACKED = (
    '<w:p><w:r><w:t>a </w:t></w:r><w:ins w:id="1" w:author="A. Person" w:date="2026-01-02T21:14:00Z"><w:r>'
    '<w:t>new</w:t></w:r></w:ins><w:del w:id="2" w:author="B. Other"><w:r><w:delText>old</w:delText></w:r></w:del>'
    "</w:p>"
)


@pytest.fixture
def tracked(clean: Path, tmp_path: Path) -> Path:
    held = parts(clean)
    held["word/document.xml"] = held["word/document.xml"].replace("<w:body>", f"<w:body>{TRACKED}", 1)
    return write(tmp_path / "tracked.docx", held)


@pytest.mark.parametrize(("revisions", "begins"), [("accept", "a  new"), ("reject", "a  old"), ("keep", "a  new")])
def test_tracked_changes_are_settled_as_asked(tracked: Path, tmp_path: Path, revisions, begins) -> None:
    out = tmp_path / "out.docx"
    sides = {"A. Person": "U.S. side", "B. Other": "Partner"} if revisions == "keep" else {}
    made = library.make_handover(tracked, out, revisions=revisions, authors=sides)
    assert made.findings == ()
    assert words(out).startswith(begins)
    body = parts(out)["word/document.xml"]
    assert ('w:author="U.S. side"' in body) == (revisions == "keep")
    assert "A. Person" not in body
    assert "21:14" not in body
    assert bool(re.search("<w:(ins|del) ", body)) == (revisions == "keep")


def test_changes_of_two_sides_stay_those_of_two(tracked: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    with pytest.raises(AgreementsError, match=r"A\. Person, B\. Other"):
        library.make_handover(tracked, out, revisions="keep", authors={"": "U.S. side"})
    library.make_handover(tracked, out, revisions="keep", authors={"A. Person": "U.S. side", "B. Other": "Partner"})
    body = parts(out)["word/document.xml"]
    assert '<w:ins w:id="1" w:author="U.S. side"' in body
    assert '<w:del w:id="2" w:author="Partner"' in body


def test_tracked_changes_are_never_settled_in_silence(tracked: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    made = library.make_handover(tracked, out)
    assert {finding.code for finding in made.findings} == {"leak-revisions"}
    assert "--revisions" in made.findings[0].fix
    assert made.output is None
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<w:r><w:object/></w:r>", "leak-embedded"),
        ('<w:fldSimple w:instr=" FILENAME \\p "/>', "leak-field"),
        ("<w:r><w:instrText> LINK Excel.Sheet C:\\\\x.xls </w:instrText></w:r>", "leak-field"),
    ],
    ids=["object", "file name", "link"],
)  # fmt: skip
def test_what_shows_in_the_text_is_left_to_a_person(clean: Path, tmp_path: Path, content, code) -> None:
    held = parts(clean)
    held["word/document.xml"] = held["word/document.xml"].replace("<w:body>", f"<w:body><w:p>{content}</w:p>", 1)
    made = library.make_handover(write(tmp_path / "x.docx", held), tmp_path / "out.docx")
    assert {finding.code for finding in made.findings} == {code}
    assert all(finding.fix for finding in made.findings)
    assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize("notes", ["comments", "footnotes"])
def test_a_working_copy_stays_here(tmp_path: Path, notes) -> None:
    copies = library.CopyOptions(working=True, notes=notes)
    report = library.assemble_file(EXAMPLES / "flights-marena.yaml", tmp_path / "d.docx", copies=copies)
    working = [file for file in report.files if "working" in file.name]
    assert len(working) == 2
    for file in working:
        made = library.make_handover(file, tmp_path / "out.docx")
        assert {finding.code for finding in made.findings} == {"leak-working-copy"}
        assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize(
    ("names", "options", "said"),
    [
        (("draft.docx", "out.pdf"), {}, "no name for a Word file"),
        (("draft.docx", "draft.docx"), {}, "replace the file itself"),
        (("none.docx", "out.docx"), {}, "no such file"),
    ],
)
def test_misuse_is_said(clean: Path, tmp_path: Path, names, options, said) -> None:
    file, out = names
    shutil.copy(clean, tmp_path / "draft.docx")
    with pytest.raises((AgreementsError, UnreadableError), match=said):
        library.make_handover(tmp_path / file, tmp_path / out, **options)


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_a_file_saved_by_another_program_is_made_ready(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    command = [
        SOFFICE,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "docx",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "again"), str(clean)], check=True, capture_output=True, timeout=120
    )
    saved = tmp_path / "again" / clean.name
    made = library.make_handover(saved, tmp_path / "out.docx")
    assert made.findings == ()
    trees = [parse(read(file), id="x").agreement for file in (saved, tmp_path / "out.docx")]
    assert [print_document(d) for d in trees[0].documents] == [print_document(d) for d in trees[1].documents]


def test_pictures_stop_telling_of_their_making_and_stay_the_same_picture(clean: Path, tmp_path: Path) -> None:
    held = tmp_path / "x.docx"
    exif = b"\xff\xe1\x00\x11Exif: N 38 53.2"
    jpeg = b"\xff\xd8\xff\xe0\x00\x04JF" + exif + b"\xff\xfe\x00\x06me!!" + b"\xff\xda\x00\x02picture\xff\xd9"
    text = b"tEXtAuthor\x00A. Person"
    chunk = len(text[4:]).to_bytes(4, "big") + text + zlib.crc32(text).to_bytes(4, "big")
    png = (EXAMPLES / "pictures" / "sofa-notes.png").read_bytes()
    shutil.copy(clean, held)
    with zipfile.ZipFile(held, "a") as package:
        package.writestr("word/media/image1.jpeg", jpeg)
        package.writestr("word/media/image2.png", png[:33] + chunk + png[33:])
        package.writestr("word/media/image3.emf", b"another format")
    assert [finding.code for finding in leaks(held)] == ["leak-picture", "leak-picture"]
    made = library.make_handover(held, tmp_path / "out.docx")
    assert made.output
    with zipfile.ZipFile(made.output) as package:
        assert package.read("word/media/image1.jpeg") == jpeg.replace(exif, b"").replace(b"\xff\xfe\x00\x06me!!", b"")
        assert package.read("word/media/image2.png") == png


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xe1\xff\xffcut",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt.....",
    ],
)
def test_damaged_pictures_stay_as_they_are(content: bytes) -> None:
    assert bare(content) == content
