"""Handing over: only the known goes out, a person is asked, words and numbers stay, and no verdict is given."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import library
from agreements.errors import AgreementsError, ClassifiedError, UnreadableError
from agreements.ooxml.package import packed
from agreements.word import handover_kinds
from agreements.word.allowlist import strangers
from agreements.word.flattened import shown_lines
from tests.ooxml.building import NAMES, OFFICE, cell, code, field, p, picture, r, row, sdt, table, word_file

EXAMPLES = Path(__file__).resolve().parents[2] / "docs/examples/drafts"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
MARK = "HARBORPLAN"  # what must be nowhere in a copy
PERSON = "Odile Marchetti"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="Off"><w:name w:val="Off"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="OffP"><w:name w:val="Off P"/><w:rsid w:val="00A1B2C3"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="OffChild"><w:name w:val="Off Child"/><w:basedOn w:val="OffP"/></w:style>'
)
EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
LABEL = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
TEXT = p("Article 1. The Parties keep the harbor open.") + p("Article 2. It costs nothing.")


def parts(content: bytes | Path) -> dict[str, str]:
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    with zipfile.ZipFile(source) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def with_parts(content: bytes, more: Mapping[str, str | bytes], related: str = "", document: str = "") -> bytes:
    """A Word file with `more` parts; relationships of the package (`related`) or the document to them."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        held = {name: package.read(name) for name in package.namelist()}
    for rels, rows in (("_rels/.rels", related), ("word/_rels/document.xml.rels", document)):
        held[rels] = held[rels].replace(b"</Relationships>", f"{rows}</Relationships>".encode())
    return packed(held | {name: data if isinstance(data, bytes) else data.encode() for name, data in more.items()})


def relation(kind: str, target: str, number: int = 90) -> str:
    kind = kind if ":" in kind else f"{OFFICE}/{kind}"
    return f'<Relationship Id="rIdX{number}" Type="{kind}" Target="{target}"/>'


def found(file: Path) -> dict[str, int]:
    return {each.kind.kind: each.count for each in library.handover(file).found}


@pytest.fixture
def given(tmp_path: Path):
    def write(content: bytes, name: str = "given.docx") -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return write


def copied(file: Path, **wishes) -> tuple[library.Handover, dict[str, str]]:
    made = library.make_handover(file, file.with_name("out.docx"), **wishes)
    assert made.output, [(each.kind.kind, [item.what for item in each.items]) for each in made.open]
    held = parts(made.output)
    assert MARK not in "\n".join((*held, *held.values()))
    assert PERSON not in "\n".join(held.values())
    assert strangers(made.output.read_bytes()) == []
    again = library.handover(made.output)
    assert [each.kind.kind for each in again.found if each.kind.fate == "goes"] == []
    return made, held


# ---------------------------------------------------------------------- the three lists


@pytest.mark.parametrize("draft", ["transit-karuzhan", "sofa-agreement"])
def test_our_own_drafts_hold_nothing_beside_their_text(tmp_path: Path, draft: str) -> None:
    report = library.assemble_file(EXAMPLES / f"{draft}.yaml", tmp_path / "x.docx")
    for file in report.files:
        told = library.handover(file)
        assert told.found == ()
        assert {"tracked changes", "comments", "session numbers"} <= set(told.not_found)
        assert "what pictures and charts show" in told.not_examined
        made = library.make_handover(file, tmp_path / "out.docx")
        assert made.output
        assert shown_lines(made.output.read_bytes()) == shown_lines(file.read_bytes())


def test_what_is_found_is_told_by_kind_and_place(given) -> None:
    entries = '<w:dropDownList><w:listItem w:displayText="the host" w:value="h"/></w:dropDownList>'
    control = sdt(r("both")).replace("</w:sdtPr>", f"{entries}</w:sdtPr>")
    told = library.handover(given(word_file(TEXT + p(inner=control)))).as_json()
    assert [(row["kind"], row["fate"], row["count"]) for row in told["found"]] == [("list-entries", "asks", 1)]
    assert told["found"][0]["items"] == [{"number": 1, "where": "paragraph 3", "what": "the host = h", "choice": ""}]
    assert "unused list entries" not in told["not_found"]
    assert told["output"] is None


# ---------------------------------------------------------------------- what goes in any case


def test_session_numbers_go_from_every_part(given) -> None:
    body = f'<w:p {W14} w14:paraId="1F2E3D4C" w:rsidR="00A1B2C3"><w:r w:rsidRPr="00A1B2C3"><w:t>words</w:t></w:r></w:p>'
    file = given(
        word_file(
            body,
            parts={
                "styles": STYLES,
                "settings": '<w:rsids><w:rsidRoot w:val="00A1B2C3"/></w:rsids>',
                "footnotes": '<w:footnote w:id="2"><w:p w:rsidR="00A1B2C3"/></w:footnote>',
            },
        )
    )
    assert found(file)["sessions"] >= 4
    _, held = copied(file)
    everything = "\n".join(held.values())
    assert "rsid" not in everything
    assert "00A1B2C3" not in everything
    assert "paraId" not in everything


@pytest.mark.parametrize(
    "hidden",
    [
        r(MARK, "<w:vanish/>"),
        r(MARK, '<w:rStyle w:val="Off"/>'),
        f'</w:p><w:p><w:pPr><w:pStyle w:val="OffP"/></w:pPr>{r(MARK)}',
        f'</w:p><w:p><w:pPr><w:pStyle w:val="OffChild"/></w:pPr>{r(MARK)}</w:p><w:p>',
    ],
    ids=["run", "style of run", "style of paragraph", "style based on one"],
)  # fmt: skip
def test_hidden_text_goes_wherever_it_is_said(given, hidden: str) -> None:
    file = given(word_file(f"<w:p>{r('seen')}{hidden}</w:p>{TEXT}", parts={"styles": STYLES}))
    assert found(file)["hidden-text"] >= 1
    _, held = copied(file)
    assert "seen" in held["word/document.xml"]
    assert "vanish" not in held["word/styles.xml"]


def test_two_styles_that_hide_show_together_and_are_left_to_a_person(given) -> None:
    run = r("shown", '<w:rStyle w:val="Off"/>')
    twice = f'<w:p><w:pPr><w:pStyle w:val="OffP"/></w:pPr>{run}</w:p>'
    made = library.make_handover(given(word_file(TEXT + twice, parts={"styles": STYLES})), Path("out.docx"))
    assert [each.kind.kind for each in made.open] == ["unproven"]  # 29500-1, 17.7.3: they cancel each other


def test_numbers_stay_and_a_hidden_number_keeps_no_words(given) -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{}"/>{}</w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:name w:val="{MARK}"/>{level.format("%1.", "")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2">{level.format(MARK, "<w:rPr><w:vanish/></w:rPr>")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    own = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = f"<w:p><w:pPr>{own}<w:rPr><w:vanish/></w:rPr></w:pPr>{r(MARK, '<w:vanish/>')}</w:p>"
    file = given(word_file(p("one", own) + gone + p("two", own), parts={"numbering": numbering}))
    assert found(file) == {"hidden-text": 2, "unused-lists": 2, "style-notes": 1}
    made, _ = copied(file)
    assert made.output
    assert shown_lines(made.output.read_bytes()) == ["1. one", "2. two"]


def test_comments_go_under_any_name_and_the_words_stay(given) -> None:
    comment = f'<w:comment w:id="7" w:author="{PERSON}"><w:p>{r(MARK)}</w:p></w:comment>'
    comment = f'<w:comments xmlns:w="{NAMES["w"]}">{comment}</w:comments>'
    about = f'<w:commentRangeStart w:id="7"/>{r("kept")}<w:commentRangeEnd w:id="7"/>'
    about += '<w:r><w:commentReference w:id="7"/></w:r>'
    file = given(
        with_parts(
            word_file(TEXT + p(inner=about)),
            {"word/remarks1.xml": comment},
            document=relation("comments", "remarks1.xml"),
        )
    )
    assert found(file)["comments"] == 1  # as many as a reader sees, not the parts and marks that they are written in
    (told,) = next(each for each in library.handover(file).found if each.kind.kind == "comments").items
    assert (told.where, told.what) == ("paragraph 3", f"{PERSON} on “kept”: {MARK}")
    _, held = copied(file)
    assert "kept" in held["word/document.xml"]
    assert "omment" not in "\n".join(held.values())


def test_parts_that_are_not_known_go_and_are_named(given) -> None:
    file = given(
        with_parts(
            word_file(TEXT),
            {f"word/old/{MARK}.txt": MARK, f"notes/{MARK}.xml": f"<x>{MARK}</x>", "word/withEffects.xml": "<a/>"},
            document=relation(EFFECTS, "withEffects.xml"),
        )
    )  # fmt: skip
    told = library.handover(file)
    unknown = next(each for each in told.found if each.kind.kind == "other-parts")
    assert [item.what for item in unknown.items] == [f"notes/{MARK}.xml", f"word/old/{MARK}.txt"]
    copied(file)


def test_names_in_properties_of_any_name_go(given) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{PERSON}</dc:creator><dc:language>en-US</dc:language>'
        f"<cp:lastModifiedBy>{PERSON}</cp:lastModifiedBy><cp:category>{MARK}</cp:category></cp:coreProperties>"
    )
    path = "package/services/metadata/core-properties/0af.psmdcp"
    file = given(with_parts(word_file(TEXT), {path: core}, related=relation(CORE, path)))
    assert found(file) == {"properties": 3}
    _, held = copied(file)
    assert "en-US" in held["docProps/core.xml"]


def test_properties_of_the_program_count_beside_those_of_the_file(given) -> None:
    """Each field of the core properties is told by itself, a part of other properties as one."""
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{PERSON}</dc:creator></cp:coreProperties>'
    )
    program = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Company>{MARK}</Company></Properties>"
    )
    parts_ = {"docProps/core.xml": core, "docProps/app.xml": program, "docProps/thumbnail.jpeg": b"\xff\xd8"}
    rows = relation(CORE, "docProps/core.xml") + relation("extended-properties", "docProps/app.xml", 91)
    rows += relation("thumbnail", "docProps/thumbnail.jpeg", 92)
    assert found(given(with_parts(word_file(TEXT), parts_, related=rows))) == {"properties": 3}
    without = {path: held for path, held in parts_.items() if "core" not in path}
    rows = rows.removeprefix(relation(CORE, "docProps/core.xml"))
    assert found(given(with_parts(word_file(TEXT), without, related=rows))) == {"properties": 2}


def test_settings_that_are_not_layout_go(given) -> None:
    own = (
        f'<w:writeProtection w:recommended="1"/><w:removePersonalInformation/><w:attachedSchema w:val="urn:{MARK}"/>'
        f'<w:defaultTabStop w:val="720"/><w:defaultTableStyle w:val="{MARK}"/><w:docVars><w:docVar w:name="{MARK}" '
        f'w:val="{MARK}"/></w:docVars><w:captions><w:caption w:name="{MARK}"/></w:captions>'
    )
    file = given(word_file(TEXT, parts={"settings": own}))
    assert {"settings", "variables", "anonymous"} <= found(file).keys()
    _, held = copied(file)
    assert "defaultTabStop" in held["word/settings.xml"]
    assert "removePersonalInformation" not in held["word/settings.xml"]


def test_word_is_told_to_drop_names_only_where_it_was_asked(given, tmp_path: Path) -> None:
    file = given(word_file(TEXT, parts={"settings": '<w:defaultTabStop w:val="720"/>'}))
    made = library.make_handover(file, tmp_path / "anonymous.docx", anonymise=True)
    assert made.output
    settings = parts(made.output)["word/settings.xml"]
    assert "removePersonalInformation" in settings
    assert "removeDateAndTime" in settings
    assert "remove" not in parts(library.make_handover(file, tmp_path / "out.docx").output)["word/settings.xml"]  # type: ignore[arg-type]


def test_a_redline_does_not_inherit_the_switch_that_drops_names(given) -> None:
    from agreements.word import RedlineOptions, redline

    settings = {"settings": "<w:removePersonalInformation/><w:removeDateAndTime/>"}
    made = redline(
        word_file(TEXT, parts=settings),
        word_file(p("other words")),
        RedlineOptions(author="Delmar", date="2026-05-04T00:00:00Z"),
    )
    assert "removePersonal" not in parts(made.content)["word/settings.xml"]
    assert "trackRevisions" in parts(made.content)["word/settings.xml"]


def test_bookmarks_and_controls_lose_their_names(given) -> None:
    control = sdt(r("kept")).replace("</w:sdtPr>", f'<w:alias w:val="{MARK}"/><w:tag w:val="{MARK}"/></w:sdtPr>')
    reference = field("begin") + code(f" REF {MARK}_2 \\h ") + field("separate") + r("there") + field("end")
    marks = (
        f'<w:bookmarkStart w:id="1" w:name="{MARK}_1"/><w:bookmarkEnd w:id="1"/>'
        f'<w:bookmarkStart w:id="2" w:name="{MARK}_2"/>{r("here")}<w:bookmarkEnd w:id="2"/>'
    )
    _, held = copied(given(word_file(p(inner=marks + control + reference))))
    body = held["word/document.xml"]
    (name,) = re.findall(r'bookmarkStart [^>]*w:name="([^"]*)"', body)
    assert f"REF {name} " in body


def test_of_a_drawing_in_two_forms_that_which_word_shows_goes(given) -> None:
    box = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
    graphic = f'<a:graphic><a:graphicData uri="{NAMES["wps"]}"><wps:wsp>{box.format(p("in the box"))}</wps:wsp>'
    new = f"<w:drawing><wp:inline>{graphic}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{p(MARK)}</w:txbxContent></v:textbox></v:shape></w:pict>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    file = given(word_file(TEXT + p(inner=f"<w:r>{both}</mc:AlternateContent></w:r>")))
    assert found(file) == {"older-forms": 1}
    made, held = copied(file)
    assert "wps:wsp" in held["word/document.xml"]
    assert "Fallback" not in held["word/document.xml"]
    assert made.output
    assert shown_lines(made.output.read_bytes())[-2:] == ["\u25a1", "in the box"]


# ---------------------------------------------------------------------- what only a person can decide

MAIN_RELS = "word/_rels/document.xml.rels"


def show(keyword: str, words: str) -> str:
    return field("begin") + code(f" {keyword} ") + field("separate") + r(words) + field("end")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("fields", show("COMMENTS", "shown")),
        ("fields", show("INFO Author", "shown")),
        ("fields", show(f"DOCVARIABLE {MARK}", "shown")),
        ("fields", show(f"INCLUDETEXT C:\\\\{MARK}.docx", "shown")),
        ("fields", f'<w:fldSimple w:instr=" FILENAME \\p {MARK}">{r("shown")}</w:fldSimple>'),
        ("fields", r("shown") + field("begin") + code(f' XE "{MARK}" ') + field("end")),
        ("if-fields", show(f'IF 1 = 1 "shown" "{MARK}"', "shown")),
        ("links", show(f'HYPERLINK "https://{MARK}.example"', "shown")),
        ("links", f'<w:hyperlink r:id="rout" w:tooltip="{MARK}">{r("shown")}</w:hyperlink>'),
    ],
)
def test_fields_and_links_wait_and_leave_the_words_they_show(given, kind: str, content: str) -> None:
    links = {"rout": f"file:///C:/{MARK}.docx"} if "rout" in content else {}
    file = given(word_file(TEXT + p(inner=content), links=links))
    refused = library.make_handover(file, file.with_name("none.docx"))
    assert [each.kind.kind for each in refused.open] == [kind]
    assert refused.open[0].items[0].where == "paragraph 3"
    assert not file.with_name("none.docx").exists()
    _, held = copied(file, remove=[kind])
    assert "shown" in held["word/document.xml"]
    allowed = library.make_handover(file, file.with_name("allowed.docx"), allow=[f"{kind}=1"])
    assert allowed.output
    assert MARK in "".join(parts(allowed.output).values()) or kind == "fields"


@pytest.mark.parametrize(
    "keyword", ["PAGE \\* MERGEFORMAT", 'TOC \\o "1-3" \\h', "NUMPAGES", "SEQ Table", 'DATE \\@ "d.M.yyyy"']
)
def test_fields_that_follow_from_the_text_are_none_to_decide(given, keyword: str) -> None:
    assert found(given(word_file(p(inner=show(keyword, "1"))))) == {}


def test_entries_of_a_list_go_but_the_one_that_is_shown(given) -> None:
    entries = f'<w:listItem w:displayText="both" w:value="both"/><w:listItem w:displayText="{MARK}" w:value="x"/>'
    control = sdt(r("both")).replace("</w:sdtPr>", f"<w:dropDownList>{entries}</w:dropDownList></w:sdtPr>")
    _, held = copied(given(word_file(p(inner=control))), remove=["list-entries"])
    assert 'w:displayText="both"' in held["word/document.xml"]


def test_alternative_text_waits_and_names_of_pictures_go(given) -> None:
    shape = picture("rmap").replace('name="Picture 1"', f'name="{MARK}" descr="{MARK} by night" title="{MARK}"')
    png = (EXAMPLES / "pictures" / "sofa-notes.png").read_bytes()
    content = word_file(TEXT + p(inner=shape), media={"map.png": png})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        held = {n.replace("map.png", f"{MARK}.png"): package.read(n) for n in package.namelist()}
    held[MAIN_RELS] = held[MAIN_RELS].replace(b"map.png", f"{MARK}.png".encode())
    file = given(packed(held))
    assert found(file) == {"alt-text": 1, "object-names": 2}
    _, out = copied(file, remove=["alt-text"])
    assert "word/media/image1.png" in out


def test_white_and_tiny_type_waits(given) -> None:
    white, tiny = r(MARK, '<w:color w:val="FFFFFF"/>'), r(MARK, '<w:sz w:val="2"/>')
    shaded = '<w:tc><w:tcPr><w:shd w:val="clear" w:fill="203040"/></w:tcPr>{}</w:tc>'
    head = table(row(shaded.format(p(inner=r("seen on dark", '<w:color w:val="FFFFFF"/>')))))
    file = given(word_file(p("one ", inner=white) + p("two ", inner=tiny) + head + TEXT))
    assert found(file) == {"faint-type": 2}
    made, _ = copied(file, remove=["faint-type"])
    assert made.output
    assert shown_lines(made.output.read_bytes())[:3] == ["one", "two", "seen on dark"]


def test_rows_that_cannot_be_seen_wait(given) -> None:
    def hidden(own: str) -> str:
        return f"<w:tr><w:trPr>{own}</w:trPr>{cell(p(MARK))}</w:tr>"

    rows = hidden("<w:hidden/>") + hidden('<w:trHeight w:val="10" w:hRule="exact"/>') + row(cell(p("seen")))
    file = given(word_file(TEXT + table(rows) + p()))
    assert found(file) == {"hidden-rows": 2}
    copied(file, remove=["hidden-rows"])
    assert library.make_handover(file, file.with_name("one.docx"), remove=["hidden-rows=1"]).open[0].count == 2


def test_a_sensitivity_label_waits(given) -> None:
    path = "docMetadata/LabelInfo.xml"
    label = f'<l:labelList xmlns:l="http://schemas.microsoft.com/office/2020/mipLabelMetadata" id="{MARK}"/>'
    file = given(with_parts(word_file(TEXT), {path: label}, related=relation(LABEL, path)))
    assert found(file) == {"labels": 1}
    copied(file, remove=["labels"])
    allowed = library.make_handover(file, file.with_name("allowed.docx"), allow=["labels"])
    assert allowed.output
    assert parts(allowed.output)[path] == label


def test_embedded_files_leave_their_picture(given) -> None:
    shape = '<v:shape id="_x0000_i1025" type="#_x0000_t75" style="width:9pt"><v:imagedata r:id="rmap"/></v:shape>'
    own = 'Type="Embed" ProgID="Excel.Sheet.12" ShapeID="_x0000_i1025" DrawAspect="Content" r:id="rIdX90"'
    inner = f'<w:r><w:object w:dxaOrig="1" w:dyaOrig="1">{shape}<o:OLEObject {own}/></w:object></w:r>'
    png = (EXAMPLES / "pictures" / "sofa-notes.png").read_bytes()
    content = with_parts(
        word_file(TEXT + p(inner=inner), media={"map.png": png}),
        {f"word/embeddings/{MARK}.bin": MARK},
        document=relation("oleObject", f"embeddings/{MARK}.bin"),
    )
    file = given(content)
    assert found(file)["embedded"] == 1
    _, held = copied(file, remove=["embedded"])
    assert "imagedata" in held["word/document.xml"]
    assert "OLEObject" not in held["word/document.xml"]


def test_names_of_persons_in_the_text_wait(given) -> None:
    comments = f'<w:comment w:id="1" w:author="{PERSON}"><w:p/></w:comment>'
    file = given(word_file(TEXT + p(f"Drawn up by {PERSON}."), parts={"comments": comments}))
    (asked,) = library.make_handover(file, file.with_name("out.docx")).open
    assert (asked.kind.kind, asked.items[0].what) == ("names", f"{PERSON}, in: Drawn up by {PERSON}.")
    assert library.make_handover(file, file.with_name("out.docx"), allow=["names"]).output


def test_the_title_stays_where_the_text_bears_it(given) -> None:
    def titled(title: str) -> Path:
        core = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
        )
        path = "docProps/core.xml"
        return given(with_parts(word_file(TEXT), {path: core}, related=relation(CORE, path)))

    assert found(titled("The Parties keep the harbor open")) == {}
    assert found(titled(f"{MARK} second fallback")) == {"title": 1}
    _, held = copied(titled(f"{MARK} second fallback"), remove=["title"])
    assert "docProps/core.xml" not in held


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"allow": ["linsk"]}, "no linsk to allow"),
        ({"remove": ["pictures"]}, "cannot remove pictures"),
        ({"remove": ["comments"]}, "no comments to remove"),
        ({"allow": ["links=first"]}, "no number"),
    ],
)
def test_a_wish_that_cannot_be_is_said(given, wish, said: str) -> None:
    with pytest.raises(AgreementsError, match=said):
        library.make_handover(given(word_file(TEXT)), Path("out.docx"), **wish)


# ---------------------------------------------------------------------- what stops a copy


@pytest.mark.parametrize(
    "strange",
    [
        '<w:p><x:say xmlns:x="urn:x"><w:r><w:t>words out of reach</w:t></w:r></x:say></w:p>',
        f'<w:altChunk xmlns:r="{OFFICE}" r:id="rIdX90"/>',
        '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="urn:x"><x:chart xmlns:x="urn:x"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
    ],
    ids=["words", "another file", "drawing"],
)
def test_words_out_of_reach_are_never_left_out(given, strange: str) -> None:
    file = given(word_file(TEXT + strange))
    made = library.make_handover(file, file.with_name("out.docx"))
    assert [each.kind.kind for each in made.open] == ["unknown-words"]
    assert not file.with_name("out.docx").exists()


def test_elements_and_attributes_that_are_not_known_go_and_are_named(given) -> None:
    strange = f'<w:p x:note="{MARK}" xmlns:x="urn:x"><w:pPr><w:jc w:val="{MARK}"/></w:pPr>'
    strange += f'<x:mark value="{MARK}"/>{r("kept")}</w:p>'
    file = given(word_file(strange))
    (told,) = library.handover(file).found
    assert [item.what for item in told.items] == ["a value of w:val of w:jc", "mark", "the attribute note of w:p"]
    copied(file)


def test_a_word_that_is_lost_on_the_way_stops_the_copy(given, monkeypatch: pytest.MonkeyPatch) -> None:
    from agreements.word import cleaning

    def losing(root, *_args) -> None:
        for text in root.iter(f"{{{NAMES['w']}}}t"):
            text.text = (text.text or "").replace("nothing", "")

    monkeypatch.setattr(cleaning, "rename_objects", losing)
    file = given(word_file(TEXT))
    (stopped,) = library.make_handover(file, file.with_name("out.docx")).open
    assert stopped.kind.kind == "unproven"
    assert "It costs nothing." in stopped.items[0].what
    assert not file.with_name("out.docx").exists()


def test_what_cleaning_forgets_the_second_reading_meets(given, monkeypatch: pytest.MonkeyPatch) -> None:
    from agreements.word.cleaning import Sweep

    monkeypatch.setattr(Sweep, "clean", lambda _self, _root: None)
    file = given(word_file('<w:p w:rsidR="00A1B2C3"/>' + TEXT))
    (stopped,) = library.make_handover(file, file.with_name("out.docx")).open
    assert stopped.kind.kind == "unclean"
    assert stopped.items[0].what == "word/document.xml: the attribute w:rsidR of w:p"


@pytest.mark.parametrize("notes", ["comments", "footnotes"])
def test_a_working_copy_stays_here(tmp_path: Path, notes) -> None:
    copies = library.CopyOptions(working=True, notes=notes)
    report = library.assemble_file(EXAMPLES / "flights-marena.yaml", tmp_path / "d.docx", copies=copies)
    working = [file for file in report.files if "working" in file.name]
    assert len(working) == 2
    for file in working:
        made = library.make_handover(file, tmp_path / "out.docx")
        assert "working-copy" in {each.kind.kind for each in made.open}
        assert not (tmp_path / "out.docx").exists()


def test_a_marking_is_asked_for_first(given) -> None:
    banner = p("SECRET", '<w:jc w:val="center"/>')
    file = given(word_file(TEXT, parts={"header": banner, "comments": ""}))
    with pytest.raises(ClassifiedError):
        library.handover(file)
    with pytest.raises(ClassifiedError):
        library.make_handover(file, file.with_name("out.docx"))


# ---------------------------------------------------------------------- tracked changes

BY = f'w:id="1" w:author="{PERSON}" w:date="2026-01-02T03:04:05Z"'


def change(tag: str, inside: str) -> str:
    return f"<w:{tag} {BY}>{inside}</w:{tag}>"


def gone(text: str) -> str:
    return f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'


def cell_of(text: str, own: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="99" w:type="dxa"/>{own}</w:tcPr>{p(text)}</w:tc>'


OLD_CELL = change("tcPrChange", '<w:tcPr><w:tcW w:w="50" w:type="dxa"/></w:tcPr>')
REVISED = {
    "words": (p("a ", inner=change("ins", r("new")) + change("del", gone("old"))), ["a new"], ["a old"]),
    "paragraph": (
        f"<w:p><w:pPr><w:rPr>{change('ins', '')}</w:rPr></w:pPr>{change('ins', r('added'))}</w:p>{p('stays')}",
        ["added", "stays"],
        ["stays"],
    ),
    "mark before a table": (
        f"<w:p><w:pPr><w:rPr>{change('del', '')}</w:rPr></w:pPr>{change('del', gone('gone'))}</w:p>"
        f"{table(row(cell(p('in it'))))}{p('end')}",
        ["in it", "end"],
        ["gone", "in it", "end"],
    ),
    "row": (
        table(
            f"<w:tr><w:trPr>{change('del', '')}</w:trPr>{cell(p(inner=change('del', gone('row'))))}</w:tr>",
            row(cell(p("kept"))),
        ),
        ["kept"],
        ["row", "kept"],
    ),
    "cell with old properties": (
        table(row(cell_of("gone", change("cellDel", "") + OLD_CELL), cell_of("kept", ""))),
        ["kept"],
        ["gone", "kept"],
    ),
    "move": (
        p(inner=f'<w:moveFromRangeStart w:id="3" w:author="{PERSON}" w:name="{MARK}"/>{change("moveFrom", r("moved"))}'
          '<w:moveFromRangeEnd w:id="3"/>' + r("first"))
        + p("then ", inner=f'<w:moveToRangeStart w:id="4" w:author="{PERSON}" w:name="{MARK}"/>'
            + change("moveTo", r("moved")) +
            '<w:moveToRangeEnd w:id="4"/>'),
        ["first", "then moved"],
        ["movedfirst", "then"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(REVISED))
@pytest.mark.parametrize("revisions", ["accept", "reject"])
def test_tracked_changes_are_settled_as_asked(given, kind: str, revisions) -> None:
    body, accepted, rejected = REVISED[kind]
    made, held = copied(given(word_file(body + p("after"))), revisions=revisions)
    assert made.output
    assert shown_lines(made.output.read_bytes()) == [*(accepted if revisions == "accept" else rejected), "after"]
    assert "w:author" not in held["word/document.xml"]


@pytest.mark.parametrize("kind", list(REVISED))
def test_tracked_changes_that_are_kept_bear_a_side(given, kind: str) -> None:
    _, held = copied(given(word_file(REVISED[kind][0])), revisions="keep", authors={PERSON: "Delmar"})
    assert 'w:author="Delmar"' in held["word/document.xml"]
    assert "03:04" not in held["word/document.xml"]


@pytest.mark.parametrize("revisions", ["accept", "reject"])
def test_changes_of_styles_and_lists_are_settled(given, revisions) -> None:
    look = f"<w:rPr><w:b/>{change('rPrChange', '<w:rPr><w:i/></w:rPr>')}</w:rPr>"
    style = f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>{look}</w:style>'
    file = given(word_file(TEXT, parts={"styles": style}))
    assert found(file) == {"revisions": 1}
    _, held = copied(file, revisions=revisions)
    assert ("<w:b/>" in held["word/styles.xml"]) == (revisions == "accept")
    assert ("<w:i/>" in held["word/styles.xml"]) == (revisions == "reject")


def test_tracked_changes_are_never_settled_in_silence(given) -> None:
    file = given(word_file(REVISED["words"][0], parts={"settings": "<w:trackRevisions/>"}))
    made = library.make_handover(file, file.with_name("out.docx"))
    assert [(each.kind.kind, each.items[0].what) for each in made.open] == [("revisions", f"2 by {PERSON}")]
    assert not file.with_name("out.docx").exists()
    kept, held = copied(file, revisions="keep", authors={"": "Delmar"})
    assert "tracked changes" not in kept.not_found
    assert "trackRevisions" in held["word/settings.xml"]
    _, held = copied(file, revisions="accept")
    assert "trackRevisions" not in held["word/settings.xml"]


def test_changes_of_two_sides_stay_those_of_two(given) -> None:
    other = REVISED["words"][0].replace(f"<w:del {BY}", '<w:del w:id="2" w:author="Sander Vroom"')
    file = given(word_file(other))
    with pytest.raises(AgreementsError, match=f"{PERSON}, Sander Vroom"):
        library.make_handover(file, file.with_name("out.docx"), revisions="keep", authors={"": "Delmar"})
    _, held = copied(file, revisions="keep", authors={PERSON: "Delmar", "Sander Vroom": "Tessaria"})
    assert 'w:ins w:id="1" w:author="Delmar"' in held["word/document.xml"]
    assert 'w:del w:id="2" w:author="Tessaria"' in held["word/document.xml"]


# ---------------------------------------------------------------------- files of every make


@pytest.mark.parametrize("name", ["given.docx", "given.docm", "given.dotx", "given.dotm"])
@pytest.mark.parametrize(
    ("main", "strict"), [("word/document2.xml", False), ("word/document.xml", True), ("doc/text.xml", True)]
)
def test_any_name_and_either_form_of_the_standard(given, name: str, main: str, strict: bool) -> None:
    body = TEXT + p("one ", inner=r(MARK, "<w:vanish/>") + change("ins", r("more")))
    file = given(word_file(body, main=main, strict=strict), name)
    assert found(file) == {"revisions": 1, "hidden-text": 1}
    made, held = copied(file, revisions="accept")
    assert made.output
    assert shown_lines(made.output.read_bytes())[-1] == "one more"
    assert "purl.oclc.org/ooxml" not in "".join(held.values())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"plain text"])
def test_what_is_no_word_file_is_said(given, content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"given\.docx"):
        library.handover(given(content))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("given.docx", "out.pdf"), "no name for a Word file"),
        (("given.docx", "given.docx"), "replace the file itself"),
        (("none.docx", "out.docx"), "no such file"),
    ],
)
def test_misuse_is_said(given, names, said) -> None:
    file = given(word_file(TEXT))
    with pytest.raises(AgreementsError, match=said):
        library.make_handover(file.with_name(names[0]), file.with_name(names[1]))


def test_a_copy_is_valid_and_the_same_every_time(given, tmp_path: Path) -> None:
    report = library.assemble_file(EXAMPLES / "sofa-agreement.yaml", tmp_path / "x.docx")
    for file in report.files:
        one = library.make_handover(file, tmp_path / "one.docx").output
        assert one
        two = library.make_handover(one, tmp_path / "two.docx").output
        assert two
        assert one.read_bytes() == two.read_bytes()
        errors = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(one).errors
        assert [str(error) for error in errors] == []


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_a_file_saved_by_another_program_is_made_ready(tmp_path: Path) -> None:
    library.assemble_file(EXAMPLES / "transit-karuzhan.yaml", tmp_path / "draft.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "again")]
    subprocess.run([*command, str(tmp_path / "draft.docx")], check=True, capture_output=True, timeout=120)
    saved = tmp_path / "again" / "draft.docx"
    made = library.make_handover(saved, tmp_path / "out.docx", remove=["title"])
    assert made.output
    assert shown_lines(made.output.read_bytes()) == shown_lines(saved.read_bytes())


def test_the_page_tells_every_kind_in_the_words_of_the_program() -> None:
    page = " ".join((EXAMPLES.parents[1] / "handover.md").read_text(encoding="utf-8").split()).casefold()
    assert [k.kind for k in handover_kinds().values() if k.what.casefold() not in page] == []
    assert [k.kind for k in handover_kinds().values() if k.fate == "asks" and f"| `{k.kind}` |" not in page] == []


def test_prefixes_and_notes_in_the_xml_tell_nothing(given) -> None:
    with zipfile.ZipFile(io.BytesIO(word_file(p("kept")))) as package:
        held = {name: package.read(name) for name in package.namelist()}
    body = held["word/document.xml"].decode().replace("w:", f"{MARK}:").replace("xmlns:HARBORPLAN:", "xmlns:")
    body = body.replace("<HARBORPLAN:body>", f"<HARBORPLAN:body><!-- {MARK} --><?{MARK} x?>").replace(
        "xmlns:w=", f"xmlns:{MARK}="
    )
    _, out = copied(given(packed(held | {"word/document.xml": body.encode()})))
    assert "<w:t" in out["word/document.xml"]


def test_a_note_that_the_text_refers_to_goes_with_it_and_a_loose_one_does_not(given) -> None:
    from tests.word.editing import foreign, with_footnotes

    file = with_footnotes(foreign("The Parties keep the harbor open."), "A note of the text.", "A note of nothing.")
    body = parts(file)["word/document.xml"]
    loose = with_parts(file, {"word/document.xml": re.sub(r'<w:footnoteReference[^>]*w:id="2"[^>]*/>', "", body)})
    _, made = copied(given(loose))
    assert "A note of the text." in made["word/footnotes.xml"]
    assert "A note of nothing." not in made["word/footnotes.xml"]


_UNSEEN = f'<m:phantPr><m:show m:val="0"/></m:phantPr><m:e><m:r><m:t>{MARK}</m:t></m:r></m:e>'
_PHANTOM = f"<m:oMath><m:phant>{_UNSEEN}</m:phant></m:oMath>"
_RANGE = f'<w:moveFromRangeStart w:id="1" w:name="m" w:author="{MARK}"/><w:moveFromRangeEnd w:id="1"/>'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("hidden-text", p("kept") + f"</w:body><w:body>{p(MARK)}"),
        ("hidden-text", p("kept", inner=_PHANTOM)),
        ("people", p("kept", inner=_RANGE)),
        ("other-markup", f"<!-- {MARK} -->{p('kept')}"),
        ("other-markup", f"<?{MARK} x?>{p('kept')}"),
    ],
    ids=["second body", "phantom", "move", "remark", "instruction"],
)
def test_what_word_does_not_show_is_told_and_goes(given, kind: str, body: str) -> None:
    file = given(word_file(body))
    assert found(file) == {kind: 1}
    _, out = copied(file)
    assert "kept" in out["word/document.xml"]
    assert not [path for path, held in out.items() if MARK in held]


def test_a_remark_of_the_archive_is_told(given) -> None:
    content = io.BytesIO(word_file(p("kept")))
    with zipfile.ZipFile(content, "a") as archive:
        archive.comment = MARK.encode()
    file = given(content.getvalue())
    assert found(file) == {"other-markup": 1}
    made, _ = copied(file)
    assert made.output
    assert MARK.encode() not in made.output.read_bytes()
