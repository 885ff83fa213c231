import io
import zipfile
from itertools import pairwise
from typing import get_args

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import word
from agreements.errors import AgreementsError
from agreements.model import Agreement, Document, Mark, Provision, ProvisionKind
from agreements.ooxml import schema
from agreements.ooxml.schema import name
from agreements.textform import parse_document
from agreements.word.writing.base import BASE, build
from tests.word import samples

DRAFT = word.WordOptions(draft_line="DRAFT - 22 November 2026 - U.S. proposal", date="2026-11-22")
HOSTILE = [
    "a & b < c > d \"e\" 'f' ]]> <w:br/> &lt; &#10;",
    "من حكومة المملكة إلى the English words 123 وأيضا",
    "emoji 🕊️ 👩‍⚖️ and \u200f\u202emarks\u202c",
    "{{ jinja }} %1 %2 \\n \\h REF _p_1",
    "word " * 2000 + "end",
    "1. looks like a number",
    "ARTICLE IV",
    "no\u00a0break\u2011hyphen soft\u00adhyphen",
]


def agreement_of(*texts):
    provisions = tuple(Provision(kind="text", text=text) for text in texts)
    return Agreement(id="hostile", documents=(Document(title="A Title & More", provisions=provisions),))


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {item: file.read(item) for item in file.namelist()}


def body_of(content):
    return etree.fromstring(parts_of(content)["word/document.xml"])


def audited(path):
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(path)
    return [str(error) for error in result.errors]


def variants():
    yield samples.visiting_forces(), DRAFT
    yield samples.visiting_forces(), word.WordOptions(marking="", paper="a4", spacing="double")
    yield samples.exchange(), word.WordOptions(separate_notes=False)
    yield agreement_of(*HOSTILE), DRAFT
    yield samples.odd_numbers(), DRAFT
    yield samples.named_signers(), DRAFT
    yield samples.titled_notes(), word.WordOptions(separate_notes=False)
    yield samples.headed_preamble(), DRAFT


@pytest.mark.parametrize(("agreement", "options"), list(variants()))
def test_files_are_valid(agreement, options, tmp_path):
    (path,) = word.write(agreement, tmp_path / "draft.docx", options=options)
    assert audited(path) == []
    for part, content in parts_of(path.read_bytes()).items():
        if part.startswith("word/") and part.endswith(".xml"):
            assert list(schema.faults(etree.fromstring(content))) == [], part


def test_the_base_file_is_what_the_script_builds_and_valid():
    assert BASE.read_bytes() == build()
    assert audited(BASE) == []


def test_the_same_agreement_gives_the_same_bytes():
    assert word.render(samples.visiting_forces(), DRAFT) == word.render(samples.visiting_forces(), DRAFT)


def test_the_file_tells_nothing_of_who_wrote_it_when_and_where():
    parts = parts_of(word.render(samples.visiting_forces(), DRAFT))
    assert sorted(p for p in parts if p.startswith("docProps/")) == ["docProps/core.xml"]
    core = etree.fromstring(parts["docProps/core.xml"])
    facts = {etree.QName(e).localname: e.text for e in core}
    assert facts.pop("title").startswith("Agreement between")
    assert facts == {"language": "en", "created": "2026-11-22T00:00:00Z", "modified": "2026-11-22T00:00:00Z"}
    assert not any(b"rsid" in content for content in parts.values())


def test_clause_ids_and_variants_stay_out_of_the_file():
    document = parse_document("# Agreement\n\n## {#claims} Article I: Claims\n1. {#claims.waiver} Words.\n")
    assert document.provisions[0].children[0].id == "claims.waiver"
    agreement = Agreement(id="secret-name", documents=(document,))
    assert not any(b"claims." in part or b"secret-name" in part for part in parts_of(word.render(agreement)).values())


def test_hostile_words_come_out_as_typed():
    body = body_of(word.render(agreement_of(*HOSTILE)))
    written = ["".join(t.text for t in p.iter(name("t"))) for p in body.iter(name("p"))]
    assert written == ["A Title & More", *HOSTILE]


def test_every_reference_has_its_bookmark_once_and_shows_the_words_of_the_model():
    agreement = samples.visiting_forces()
    body = body_of(word.render(agreement))
    bookmarks = [b.get(name("name")) for b in body.iter(name("bookmarkStart"))]
    assert len(bookmarks) == len(set(bookmarks))
    codes = [c.text.split() for c in body.iter(name("instrText"))]
    assert len(codes) > 10
    assert {code[1] for code in codes} <= set(bookmarks)
    words = ["".join(t.text for t in p.iter(name("t"))) for p in body.iter(name("p"))]
    texts = {p.text for d in agreement.documents for p in d.walk() if p.text}
    assert texts <= set(words)


@pytest.mark.parametrize("blank", [" ", "\u00a0"])
def test_a_reference_reads_the_same_when_word_has_computed_it_anew(blank):
    text = f"Subject to Article{blank}I."
    mark = Mark(start=11, end=20, kind="reference", target="I")
    article = Provision(kind="article", number="I", text=text, marks=(mark,))
    content = word.render(Agreement(id="x", documents=(Document(provisions=(article,)),)))
    assert f'lvlText w:val="Article{blank}%1"'.encode() in parts_of(content)["word/numbering.xml"]
    assert len(list(body_of(content).iter(name("instrText")))) == 1


def test_fields_open_and_close_in_turn():
    body = body_of(word.render(samples.visiting_forces()))
    kinds = [c.get(name("fldCharType")) for c in body.iter(name("fldChar"))]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)


def test_word_is_not_told_to_ask_about_fields():
    assert b"updateFields" not in parts_of(word.render(samples.visiting_forces()))["word/settings.xml"]


def test_marking_and_draft_status_are_lines_of_their_own():
    parts = parts_of(word.render(samples.visiting_forces(), DRAFT))
    header = next(etree.fromstring(c) for p, c in parts.items() if p.startswith("word/header"))
    lines = ["".join(t.text for t in p.iter(name("t"))) for p in header.iter(name("p"))]
    assert lines == ["UNCLASSIFIED", "DRAFT - 22 November 2026 - U.S. proposal"]


def test_every_page_of_a_specimen_says_so():
    specimen = samples.exchange().model_copy(update={"standing": "specimen"})
    parts = parts_of(word.render(specimen))
    assert any(b"SPECIMEN - NOT AN AGREEMENT" in c for p, c in parts.items() if p.startswith("word/header"))


def test_a_date_that_is_none_is_said():
    with pytest.raises(AgreementsError, match="'tomorrow' is no date"):
        word.render(samples.exchange(), word.WordOptions(date="tomorrow"))
    month = word.render(samples.exchange(), word.WordOptions(date="2026-11"))
    assert b"2026-11-01T00:00:00Z" in parts_of(month)["docProps/core.xml"]


def test_nothing_is_lost_where_a_provision_is_of_an_odd_kind():
    inner = Provision(kind="item", number="(i)", text="Item in a signature.")
    provisions = [
        Provision(kind=kind, number="9", label="Label", heading="Heading", text="Own words.", children=(inner,))
        for kind in get_args(ProvisionKind)
    ]
    body = body_of(word.render(Agreement(id="odd", documents=(Document(provisions=tuple(provisions)),))))
    written = " ".join(t.text for t in body.iter(name("t")))
    count = len(provisions)
    assert [written.count(w) for w in ("Own words.", "Heading", "Item in a signature.")] == [count] * 3


def test_without_marking_and_status_there_is_no_header():
    parts = parts_of(word.render(samples.exchange()))
    assert not any(p.startswith("word/header") for p in parts)


def test_the_signature_page_never_stands_alone():
    body = body_of(word.render(samples.visiting_forces()))[0]
    table = body.find(name("tbl"))
    assert table.getprevious().find(f".//{name('t')}").text.startswith("Done at")
    rows = table.findall(name("tr"))
    assert all(row.find(f".//{name('cantSplit')}") is not None for row in rows)
    before = [table.getprevious(), *(p for row in rows[:-1] for p in row.iter(name("p")))]
    assert all(_keeps_with_next(p) for p in before)


def _keeps_with_next(paragraph):
    own = paragraph.find(f"./{name('pPr')}/{name('keepNext')}")
    style = paragraph.find(f"./{name('pPr')}/{name('pStyle')}").get(name("val"))
    return own is not None or style in ("Testimonium", "Signature", "SignatureLine")


def test_an_exchange_of_notes_leaves_as_two_files(tmp_path):
    written = word.write(samples.exchange(), tmp_path / "notes.docx")
    assert [p.name for p in written] == ["notes.docx", "notes-reply.docx"]
    assert b"accept the proposal" in parts_of(written[1].read_bytes())["word/document.xml"]
    assert b"accept the proposal" not in parts_of(written[0].read_bytes())["word/document.xml"]


def test_chosen_documents_only(tmp_path):
    options = word.WordOptions(roles=("annex",))
    (path,) = word.write(samples.visiting_forces(), tmp_path / "annex.docx", options=options)
    text = parts_of(path.read_bytes())["word/document.xml"]
    assert b"Fort Alder" in text
    assert b"Claims" not in text


def test_line_spacing_and_paper():
    parts = parts_of(word.render(samples.exchange(), word.WordOptions(paper="a4", spacing="double")))
    sizes = list(etree.fromstring(parts["word/document.xml"]).iter(name("pgSz")))
    assert [(s.get(name("w")), s.get(name("h"))) for s in sizes] == [("11906", "16838")]
    assert b'line="480"' in parts["word/styles.xml"]


def test_the_title_is_broken_where_a_treaty_office_breaks_it():
    body = body_of(word.render(samples.visiting_forces()))[0]
    lines = [""]
    for element in body[0].iter(name("t"), name("br")):
        if element.tag == name("br"):
            lines.append("")
        else:
            lines[-1] += element.text
    assert [line.split()[0] for line in lines] == ["Agreement", "between", "the", "and", "the", "on"]


@pytest.mark.parametrize(
    ("agreement", "target", "words"),
    [
        (samples.exchange(), "missing/draft.docx", "cannot be written"),
        (samples.exchange(), "draft.doc", "no name for a Word file"),
        (Agreement(id="facts-only"), "draft.docx", "no text of facts-only"),
    ],
)
def test_errors_say_what_to_do(agreement, target, words, tmp_path):
    with pytest.raises(AgreementsError, match=words) as caught:
        word.write(agreement, tmp_path / target)
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_replaced_is_left_as_it_was(tmp_path):
    target = tmp_path / "draft.docx"
    target.mkdir()
    with pytest.raises(AgreementsError, match="cannot be written"):
        word.write(samples.visiting_forces(), target)
    assert [p.name for p in tmp_path.iterdir()] == ["draft.docx"]


def test_bookmarks_stay_the_same_whichever_documents_are_written():
    whole = body_of(word.render(samples.visiting_forces()))
    annex = body_of(word.render(samples.visiting_forces(), word.WordOptions(roles=("annex",))))

    def named(body):
        return {b.get(name("name")): _words_after(b) for b in body.iter(name("bookmarkStart"))}

    assert named(annex).items() <= named(whole).items()


def _words_after(bookmark):
    return "".join(t.text for t in bookmark.getparent().iter(name("t")))


def test_a_list_begins_on_the_page_of_its_introduction():
    body = body_of(word.render(samples.visiting_forces()))[0]
    paragraphs = list(body.iter(name("p")))
    for before, after in pairwise(paragraphs):
        words = "".join(t.text for t in before.iter(name("t")))
        if words.endswith(":") and after.getparent() is body and "follows" not in words:
            assert before.find(f"./{name('pPr')}/{name('keepNext')}") is not None, words
