"""Redlines: rejected they are the first file, accepted the second, whatever was edited, and valid in between."""

import io
import tempfile
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import word
from agreements.errors import AgreementsError
from agreements.ooxml import schema
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.word.flattened import flattened
from agreements.word.raw_package import RawPackage
from agreements.word.revising.atoms import content
from agreements.word.revising.proof import all_accepted
from tests.word import editing, samples

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
US = word.RedlineOptions(author="U.S. delegation", date="2026-11-22")
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_WITH_IDS = (*_CHANGES, "pPrChange", "moveFromRangeStart", "moveToRangeStart")


def redline(a, b, options=US):
    return word.redline(a, b, options).content


def marks(file, *kinds):
    return [e for root in Package.of("f", file).stories().values() for e in root.iter(*(name(k) for k in kinds))]


def texts(file, kind):
    tag = name("delText") if kind == "del" else name("t")
    return ["".join(t.text for t in e.iter(tag)) for e in marks(file, kind) if e.find(f".//{tag}") is not None]


def audited(file):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.docx"
        path.write_bytes(file)
        found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(path).errors
        # python-docx's own template ships a second style part that differs from the first
        return [str(error) for error in found if "stylesWithEffects" not in str(error)]


def assert_sound(a, b, made):
    assert editing.story(word.reject(made)) == editing.story(a)
    assert editing.story(word.accept(made)) == editing.story(b)
    ids = [e.get(name("id")) for e in marks(made, *_WITH_IDS, "bookmarkStart")]
    assert len(ids) == len(set(ids))
    assert not [t for d in marks(made, "del") for t in d.iter(name("t"), name("instrText"))]
    names = [e.get(name("name")) for e in marks(made, "bookmarkStart")]
    assert len(names) == len(set(names))
    for root in Package.of("f", made).stories().values():
        assert list(schema.faults(root)) == []


SAMPLES = [samples.visiting_forces(), samples.exchange(), samples.odd_numbers(), samples.named_signers()]
FILES = [word.render(sample) for sample in SAMPLES]
FILES.append(
    editing.foreign(
        "Article 1 Claims",
        "1. Each Party waives claims against the other for damage to its own property.",
        "2. Other claims are settled by the joint committee within ninety days.",
        "Article 2 Taxes",
        "No taxes are levied on material that is imported for the use of the forces.",
        "Personnel are exempt from taxes on income.",
        rows=[("Area", "Use"), ("Fort Alder", "Training of ground forces"), ("Quay Nine", "Refuelling of ships")],
    )
)


@settings(
    max_examples=100,
    deadline=None,
    phases=QUICK,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.sampled_from(range(len(FILES))), editing.edits(), editing.edits())
def test_any_edit_is_undone_by_rejecting_and_done_by_accepting(index, before, after):
    a = editing.edited(FILES[index], before)
    b = editing.edited(a, after)
    assert_sound(a, b, redline(a, b))


@settings(max_examples=10, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(range(len(FILES))), editing.edits())
def test_a_redline_of_any_edit_is_a_valid_file(index, made):
    a = FILES[index]
    assert audited(redline(a, editing.edited(a, made))) == []


@pytest.mark.parametrize(("a", "b"), [(0, 1), (0, 4), (4, 0), (2, 3)])
def test_any_two_files_make_a_redline(a, b):
    """Nothing in common, other styles: all goes out and all comes in, with the styles it needs."""
    options = word.RedlineOptions(author="U.S.", date="2026-11-22", edges=False)
    made = redline(FILES[a], FILES[b], options)
    assert editing.paragraphs(word.reject(made)) == editing.paragraphs(FILES[a])
    assert editing.paragraphs(word.accept(made)) == editing.paragraphs(FILES[b])
    assert audited(made) == []


def test_the_same_file_has_no_changes():
    made = redline(FILES[0], FILES[0])
    assert marks(made, *_WITH_IDS) == []


def agreement(source):
    return word.render(samples.visiting_forces().model_copy(update={"documents": (samples.document(source),)}))


def test_only_the_words_that_changed_are_marked():
    made = redline(agreement(samples.MAIN), agreement(samples.MAIN.replace("Each Party waives", "Either Party waives")))
    assert (texts(made, "del"), texts(made, "ins")) == (["Each"], ["Either"])


def test_an_article_put_in_changes_no_number_but_those_of_references():
    """Automatic numbers are no words; a reference shows another number once it has to."""
    new = "## Article III: Taxes\nNo taxes are levied on the property of a visiting force.\n\n"
    later = samples.MAIN.replace("## Article III: Crim", f"{new}## Article IV: Crim")
    later = later.replace("## Article IV: Claims", "## Article V: Claims").replace(
        "## Article V: F", "## Article VI: F"
    )
    later = later.replace("[Article IV](reference:IV)", "[Article V](reference:V)")
    a, b = agreement(samples.MAIN), agreement(later)
    made = redline(a, b)
    assert_sound(a, b, made)
    assert texts(made, "del") == ["IV"] or texts(made, "del") == ["Article IV"]
    codes = [c.text.split()[1] for c in Package.of("f", word.accept(made)).body().iter(name("instrText"))]
    names = {e.get(name("name")) for e in marks(word.accept(made), "bookmarkStart")}
    assert set(codes) <= names


def test_an_article_that_moved_is_marked_as_moved_with_its_heading():
    head = "## Article IV: Claims"
    claims = samples.MAIN[samples.MAIN.index(head) : samples.MAIN.index("## Article V: Final")]
    later = samples.MAIN.replace(claims, "").replace(
        "## Article II:", claims.replace("IV", "II", 1) + "## Article III:"
    )
    later = later.replace("## Article III: Crim", "## Article IV: Crim")
    a, b = agreement(samples.MAIN), agreement(later)
    made = redline(a, b)
    assert_sound(a, b, made)
    assert len(marks(made, "moveFromRangeStart")) == len(marks(made, "moveToRangeStart")) == 1
    assert any("Claims" in text for text in texts(made, "moveTo"))
    assert {e.get(name("name")) for e in marks(made, "moveFromRangeStart", "moveToRangeStart")} == {"move1"}


def test_a_new_paragraph_has_the_number_of_its_place():
    """It goes on in the list of the first file: accepted, the file reads as the second does."""
    from agreements.parsing import parse
    from agreements.reading.readers import read_source
    from agreements.reading.source import SourceFile

    later = samples.MAIN.replace("2. Other claims", "2. A claims commission meets twice a year.\n3. Other claims")
    later = later.replace("3. [emphatic", "4. [emphatic")
    made = word.accept(redline(agreement(samples.MAIN), agreement(later)))
    back = parse(read_source(SourceFile.of("x.docx", made)), id="back").agreement
    article = next(p for p in back.documents[0].provisions if p.number == "IV")
    assert [p.number for p in article.children] == ["1.", "2.", "3.", "4."]


def test_a_paragraph_whose_level_changed_keeps_what_it_was():
    a = agreement(samples.MAIN)
    b = agreement(
        samples.MAIN.replace("  (b) an individual or", "2. an individual or").replace("2. The rules", "3. The rules")
    )
    made = redline(a, b)
    assert marks(made, "pPrChange")
    assert_sound(a, b, made)
    styles = [e.get(name("val")) for e in marks(word.reject(made), "pStyle")]
    assert styles == [e.get(name("val")) for e in marks(a, "pStyle")]


def test_rows_are_inserted_and_deleted_whole():
    def swap(body):
        table = body.find(name("tbl"))
        table.remove(table.findall(name("tr"))[1])

    a = FILES[4]
    b = editing.edited(editing.changed(a, swap), [("row", 1, 3, "Camp Birch")])
    made = redline(a, b)
    assert_sound(a, b, made)
    kinds = [e.tag.rpartition("}")[2] for row in marks(made, "trPr") for e in row if e.tag != name("cantSplit")]
    assert sorted(kinds) == ["del", "ins"]


def test_headers_are_compared_too():
    a = word.render(samples.visiting_forces(), word.WordOptions(draft_line="DRAFT - 1 November 2026"))
    b = word.render(samples.visiting_forces(), word.WordOptions(draft_line="DRAFT - 22 November 2026"))
    made = redline(a, b)
    assert_sound(a, b, made)
    assert (texts(made, "del"), texts(made, "ins")) == (["1"], ["22"])


def test_headers_that_only_one_file_has():
    """They come in or go as tracked changes; pages that only one file tells apart are left alone, and that is said."""
    a = word.render(samples.visiting_forces())
    b = word.render(samples.visiting_forces(), word.WordOptions(marking=""))
    for one, other in ((a, b), (b, a)):
        made = word.redline(one, other, US)
        assert_sound(one, other, made.content)
        assert made.findings == ()
        assert audited(made.content) == []
    file = docx.Document(io.BytesIO(a))
    file.sections[0].different_first_page_header_footer = True
    file.sections[0].first_page_header.paragraphs[0].text = "On the first page only"
    assert [f.code for f in word.redline(a, editing.saved(file), US).findings] == ["edge-left", "not-tracked"]


def test_footnotes_are_compared_too():
    a = editing.with_footnotes(FILES[4], "As amended in 1962.", "See the joint report.")
    b = editing.with_footnotes(FILES[4], "As amended in 1971.", "See the joint report.")
    made = redline(a, b)
    assert_sound(a, b, made)
    assert (texts(made, "del"), texts(made, "ins")) == (["1962"], ["1971"])


def test_boxes_beside_the_text_are_compared_too():
    xml = (
        '<w:p {0}><w:r><w:t>Map: </w:t><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    a, b = (
        editing.changed(FILES[4], lambda body, words=words: body.insert(3, parse_xml(xml.format(nsdecls("w"), words))))
        for words in ("Areas in blue are open.", "Areas in red are closed.")
    )
    made = redline(a, editing.edited(b, [("word", 0, 3, "new")]))
    assert editing.paragraphs(word.reject(made)) == editing.paragraphs(a)
    assert editing.paragraphs(word.accept(made)) == editing.paragraphs(editing.edited(b, [("word", 0, 3, "new")]))


NOTES = [
    # (reason, notes of the first file, notes of the second)
    ("one more", ("As amended in 1962.",), ("As amended in 1962.", "See the joint report.")),
    ("one less", ("As amended in 1962.", "See the joint report."), ("As amended in 1962.",)),
    ("the first notes", (), ("As amended in 1962.",)),
    ("the last note gone", ("As amended in 1962.",), ()),
    ("another note at the same words", ("As amended in 1962.",), ("The map is in the archive of the Ministry.",)),
]


@pytest.mark.parametrize(("reason", "before", "after"), NOTES, ids=[reason for reason, *_ in NOTES])
def test_footnotes_come_and_go_with_their_references(reason, before, after):
    a, b = (editing.with_footnotes(FILES[4], *texts) if texts else FILES[4] for texts in (before, after))
    made = word.redline(a, editing.edited(b, [("word", 9, 3, "shall")]), US)
    assert made.findings == ()
    assert_sound(a, editing.edited(b, [("word", 9, 3, "shall")]), made.content)
    assert audited(made.content) == audited(a)


def test_containers_keep_their_place_around_what_changed():
    """Content controls, hyperlinks and simple fields: the change is inside them."""

    def file(words, link):
        made = docx.Document()
        own = nsdecls("w")
        paragraph = made.add_paragraph("See ")
        paragraph._p.append(parse_xml(f'<w:hyperlink {own} w:anchor="x"><w:r><w:t>{link}</w:t></w:r></w:hyperlink>'))
        run = f"<w:r><w:t>{words}</w:t></w:r>"
        paragraph._p.append(parse_xml(f"<w:sdt {own}><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>"))
        paragraph._p.append(parse_xml(f'<w:fldSimple {own} w:instr=" TITLE ">{run}</w:fldSimple>'))
        block = f"<w:sdt {own}><w:sdtPr/><w:sdtContent><w:p>{run}</w:p></w:sdtContent></w:sdt>"
        made.element.body.insert(1, parse_xml(block))
        return editing.saved(made)

    a, b = file("the country name", "one long link"), file("the country title", "one short link")
    made = redline(a, b)
    assert_sound(a, b, made)
    assert audited(made) == []
    assert (texts(made, "del"), texts(made, "ins")) == (["long", *["name"] * 3], ["short", *["title"] * 3])
    (link,) = marks(made, "hyperlink")
    assert len(list(link.iter(name("ins"), name("del")))) == 2


def test_author_date_and_tracking():
    made = redline(FILES[0], editing.edited(FILES[0], [("word", 40, 3, "new")]))
    assert {(e.get(name("author")), e.get(name("date"))) for e in marks(made, *_CHANGES)} == {
        ("U.S. delegation", "2026-11-22T00:00:00Z")
    }
    settings_part = Package.of("f", made).first("settings")
    assert settings_part.find(name("trackRevisions")) is not None
    assert list(schema.faults(settings_part)) == []
    assert redline(FILES[0], FILES[1]) == redline(FILES[0], FILES[1])


@pytest.mark.parametrize(
    ("author", "date", "message"),
    [
        (" ", "2026-11-22", "need an author"),
        ("U.S.", "soon", "'soon' is no date"),
        ("U.S.", "2026-13-40", "is no date"),
    ],
)
def test_author_and_date_have_to_be_some(author, date, message):
    with pytest.raises(AgreementsError, match=message):
        word.redline(FILES[0], FILES[0], word.RedlineOptions(author=author, date=date))


# ---------------------------------------------------------------------- changes that are there already

A_WITH = editing.with_revisions(FILES[4], "Ana Partner")


def test_prior_changes_are_refused_with_their_authors():
    with pytest.raises(AgreementsError, match=r"already has tracked changes: 2 by Ana Partner"):
        redline(A_WITH, FILES[4])


@settings(max_examples=15, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.too_slow])
@example([("cut", 9, 0, "the Parties")])
@given(editing.edits())
def test_a_redline_on_top_of_prior_changes_keeps_both_authors(made):
    keep = word.RedlineOptions(author="U.S.", date="2026-11-22", prior="keep")
    b = editing.edited(word.accept(A_WITH), made)
    both = redline(A_WITH, b, keep)
    assert editing.story(word.accept(both)) == editing.story(b)
    assert editing.story(word.reject(word.reject(both, authors=["U.S."]))) == editing.story(word.reject(A_WITH))
    assert editing.story(word.accept(word.reject(both, authors=["U.S."]))) == editing.story(word.accept(A_WITH))
    assert {e.get(name("author")) for e in marks(both, *_CHANGES)} >= {"Ana Partner"}
    ids = [e.get(name("id")) for e in marks(both, *_WITH_IDS)]
    assert len(ids) == len(set(ids))
    assert not [e for e in marks(both, "ins") for inner in e.iter(name("ins")) if inner is not e]


@pytest.mark.parametrize(("prior", "view"), [("final", word.accept), ("original", word.reject)])
def test_prior_changes_settled_by_choice_are_said(prior, view):
    made = word.redline(
        A_WITH, FILES[0], word.RedlineOptions(author="U.S.", date="2026-11-22", prior=prior, edges=False)
    )
    assert editing.story(word.reject(made.content)) == editing.story(view(A_WITH))
    assert "2 by Ana Partner" in made.findings[0].message


@settings(max_examples=25, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.too_slow])
@example(4, [("drop", 2, 0, "")], [("paragraph", 1, 1, "shall")])
@example(4, [("merge", 1, 0, "")], [("word", 5, 3, "new")])
@example(4, [("move", 1, 6, "")], [("drop", 5, 0, "")])
@example(
    1, [], [("drop", 160331, 721, ""), ("drop", 1954, 21900, ""), ("swap", 300, 9723, ""), ("move", 934487, 19987, "")]
)
@given(st.sampled_from(range(len(FILES))), editing.edits(), editing.edits())
def test_a_redline_goes_on_top_of_any_redline_of_another(index, theirs, ours):
    """Whole paragraphs, rows and moves too: each author's changes can be taken back alone."""
    sent = FILES[index]
    a = redline(sent, editing.edited(sent, theirs), word.RedlineOptions(author="Ana Partner", date="2026-11-20"))
    b = editing.edited(word.accept(a), ours)
    both = redline(a, b, word.RedlineOptions(author="U.S.", date="2026-11-22", prior="keep"))
    assert editing.story(word.accept(both)) == editing.story(b)
    taken_back = word.reject(both, authors=["U.S."])
    assert editing.story(word.accept(taken_back)) == editing.story(word.accept(a))
    assert editing.story(word.reject(taken_back)) == editing.story(sent)
    ids = [e.get(name("id")) for e in marks(both, *_WITH_IDS)]
    assert len(ids) == len(set(ids))
    for root in Package.of("f", both).stories().values():
        assert list(schema.faults(root)) == []


@settings(max_examples=8, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(range(len(FILES))), editing.edits(), editing.edits())
def test_a_redline_on_top_of_another_is_a_valid_file(index, theirs, ours):
    sent = FILES[index]
    a = redline(sent, editing.edited(sent, theirs), word.RedlineOptions(author="Ana Partner", date="2026-11-20"))
    b = editing.edited(word.accept(a), ours)
    assert audited(redline(a, b, word.RedlineOptions(author="U.S.", date="2026-11-22", prior="keep"))) == []


def test_single_cells_that_others_took_out_cannot_be_kept():
    def cut(body):
        cell = next(body.iter(name("tc")))
        own = cell.find(name("tcPr"))
        own.append(parse_xml(f'<w:cellDel {nsdecls("w")} w:id="7" w:author="Ana Partner"/>'))

    keep = word.RedlineOptions(author="U.S.", date="2026-11-22", prior="keep")
    with pytest.raises(AgreementsError, match=r"taken out or joined by Ana Partner") as caught:
        redline(editing.changed(FILES[4], cut), FILES[4], keep)
    assert "--prior final" in caught.value.hint


def test_a_picture_is_carried_over():
    picture = io.BytesIO()
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fe"
        "a73581840000000049454e44ae426082"
    )
    picture.write(pixel)
    picture.seek(0)
    file = docx.Document(io.BytesIO(FILES[4]))
    file.paragraphs[1].insert_paragraph_before("A picture: ").add_run().add_picture(picture)
    made = word.redline(FILES[4], editing.saved(file), US)
    assert not made.findings
    assert pixel in Package.of("r", word.accept(made.content)).data("word/media/image1.png")


def test_content_of_paragraphs_keeps_its_look():
    made = redline(FILES[4], editing.edited(FILES[4], [("word", 12, 1, "new")]))
    bold_before = [
        content(p).said
        for p in Package.of("f", FILES[4]).body().iter(name("p"))
        if p.find(f".//{name('b')}") is not None
    ]
    rejected = Package.of("f", word.reject(made)).body()
    assert [content(p).said for p in rejected.iter(name("p")) if p.find(f".//{name('b')}") is not None] == bold_before


def test_a_list_that_another_program_wrote_out_goes_on_in_that_of_the_style():
    """The second file names its list in each paragraph, under an identity of its own, as LibreOffice saves it."""
    ours = word.render(samples.visiting_forces())
    parts = Package.of("theirs", ours)
    styles = {each.get(name("styleId")): each for each in parts.first("styles").iter(name("style"))}
    for identity in list(parts.first("numbering").iter(name("nsid"))):
        identity.getparent().remove(identity)
    for paragraph in list(parts.body().iter(name("p"))):
        style = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
        listed = None if style is None else styles[style.get(name("val"))].find(f"{name('pPr')}/{name('numPr')}")
        if listed is not None:
            style.addnext(deepcopy(listed))
    (last,) = [p for p in parts.body().iter(name("p")) if "Other claims follow" in "".join(p.itertext())]
    made = deepcopy(last)
    last.addnext(made)
    for each in [each for each in made if each.tag != name("pPr")]:
        made.remove(each)
    made.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>The Parties meet each year.</w:t></w:r>"))
    theirs = parts.content()
    redlined = word.redline(ours, theirs, word.RedlineOptions(author="U.S. side", date="2026-11-22")).content
    for file in (theirs, redlined):
        flat = flattened(RawPackage(file), all_accepted).stories["body"]
        assert ("3.", "The Parties meet each year.") in [(each.number, each.words) for each in flat]
