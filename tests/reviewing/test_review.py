"""Reviews: what the other side changed, tracked or not, and what that breaks."""

import io
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from agreements import word
from agreements.findings import info
from agreements.intake.files import parse_file
from agreements.library import review, write_memo
from agreements.ooxml.schema import name
from agreements.repository import Repository
from agreements.reviewing.texts import NoCommonAncestorError
from agreements.reviewing.words import summary
from tests.word import editing, samples

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PARTNER = word.RedlineOptions(author="Ana Partner", date="2026-11-20")
DROPPED = (
    "3. [Subparagraph (b) of paragraph 1](reference:II.1.b) does not apply to the crew of an aircraft in transit.\n"
)
TAXES = "## Article III: Taxes\nNo taxes are levied on the property of a visiting force.\n1. This includes excise.\n\n"


def main(text=samples.MAIN):
    """The Word file of an agreement with this main text."""
    whole = samples.visiting_forces()
    return word.render(whole.model_copy(update={"documents": (samples.document(text), whole.documents[1])}))


OURS = main()


def counter(*swaps):
    """Our text with words swapped."""
    text = samples.MAIN
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return main(text)


def tracked(*swaps):
    """Our file with words swapped by tracked changes of the partner."""
    return word.redline(OURS, counter(*swaps), PARTNER).content


def typed(file, old, new):
    """The file with `old` in one run typed over, which nobody tracked."""

    def edit(body):
        (found,) = [t for t in body.iter(name("t")) if t.text and old in t.text]
        found.text = found.text.replace(old, new)

    return editing.changed(file, edit)


@pytest.fixture
def reviewed(tmp_path):
    def run(theirs, ours=OURS):
        (tmp_path / "ours.docx").write_bytes(ours)
        (tmp_path / "theirs.docx").write_bytes(theirs)
        return review(tmp_path / "ours.docx", tmp_path / "theirs.docx")

    return run


def rows(found):
    return {clause.path: clause.change for clause in found.clauses}


def row(found, path):
    (clause,) = [clause for clause in found.clauses if clause.path == path]
    return clause


def said(pieces, kind):
    return [piece.text.strip() for piece in pieces if piece.kind == kind]


def test_the_same_file_has_nothing_to_say(reviewed):
    found = reviewed(OURS)
    assert (found.clauses, found.renumbered, found.likeness) == ([], [], 1.0)


def test_tracked_changes_stand_with_their_provision_author_and_day(reviewed):
    found = reviewed(tracked(("Each Party waives", "Either Party waives"), (DROPPED, "")))
    assert rows(found) == {"II.3": "removed", "IV.1": "changed"}
    assert found.untracked == 0
    changes = [(t.number, t.change.kind, t.change.text) for t in row(found, "IV.1").tracked]
    assert changes == [(2, "deleted", "Each"), (3, "inserted", "Either")]
    assert {(t.change.author, t.change.date[:10]) for c in found.clauses for t in c.tracked} == {
        ("Ana Partner", "2026-11-20")
    }
    assert found.authors == {"Ana Partner": 3}


def test_what_nobody_tracked_is_told_with_its_words(reviewed):
    theirs = typed(tracked(("Each Party waives", "Either Party waives")), "one year's notice", "a month's notice")
    found = reviewed(theirs)
    assert found.untracked == 1
    (difference,) = row(found, "V").untracked
    assert (said(difference.pieces, "deleted"), said(difference.pieces, "inserted")) == (["one year's"], ["a month's"])
    assert row(found, "V").tracked == []
    assert row(found, "IV.1").untracked == []


def _paragraph(body, words):
    return next(p for p in body.iter(name("p")) if words in "".join(t.text or "" for t in p.iter(name("t"))))


def _like(body, words, text):
    """A paragraph like the one that has `words`, with another text."""
    made = deepcopy(_paragraph(body, words))
    for mark in list(made.iter(name("bookmarkStart"), name("bookmarkEnd"))):
        mark.getparent().remove(mark)
    for index, each in enumerate(made.iter(name("t"))):
        each.text = "" if index else text
    return made


def _put_in(body):
    made = _like(body, "The controller is told", "No flight is made at night without leave of the receiving Party.")
    _paragraph(body, "The controller is told").addnext(made)


def _article(body):
    head = _paragraph(body, "Final Prov")
    head.addprevious(_like(body, "Final Prov", "Joint Commission"))
    head.addprevious(_like(body, "This Agreement enters", "A joint commission meets twice a year."))


UNTRACKED = [
    # (reason, edit of the body of their file, path and way it is told)
    ("a paragraph taken out", lambda body: body.remove(_paragraph(body, "Flights follow")), ("annex-a.2.1", "removed")),
    ("a paragraph put in", _put_in, ("annex-a.2", "added")),
    ("an article put in", _article, ("V", "added")),
]


@pytest.mark.parametrize(("reason", "edit", "told"), UNTRACKED, ids=[reason for reason, *_ in UNTRACKED])
def test_paragraphs_put_in_and_taken_out_without_tracking(reviewed, reason, edit, told):
    found = reviewed(editing.changed(OURS, edit))
    assert found.tracked == 0
    ways = {(clause.path, difference.how) for clause in found.clauses for difference in clause.untracked}
    assert any(path.startswith(told[0]) and how == told[1] for path, how in ways), ways


def test_headers_and_footnotes_count_too(reviewed):
    with_note = editing.with_footnotes(OURS, "As amended in 1962.")
    other_note = editing.with_footnotes(OURS, "As amended in 1971.")
    found = reviewed(other_note, with_note)
    assert [(c.path, said(c.untracked[0].pieces, "inserted")) for c in found.clauses if c.path == "footnote"] == [
        ("footnote", ["1971"])
    ]
    draft = word.render(samples.visiting_forces(), word.WordOptions(draft_line="DRAFT - 1 May"))
    later = word.render(samples.visiting_forces(), word.WordOptions(draft_line="DRAFT - 2 May"))
    assert [(c.path, c.untracked[0].story) for c in reviewed(later, draft).clauses] == [("header", "header")]


IN_FIELDS = [
    # (what the field shows now, how many changes without tracking, whether it is told as a number that Word computes)
    ("Article IX", 1, False, "typed over: Word would compute another"),
    ("Article II, if the receiving Party agrees,", 1, False, "other words in the field"),
    ("Article\u00a0II", 0, False, "the same number"),
]


@pytest.mark.parametrize(("shown", "untracked", "computed", "why"), IN_FIELDS, ids=[row[-1] for row in IN_FIELDS])
def test_a_number_typed_over_that_of_a_field_is_an_untracked_change(reviewed, shown, untracked, computed, why):
    found = reviewed(_in_field("Article II", shown))
    assert found.untracked == untracked, why
    assert ("reference-number" in {f.code for f in found.findings}) == computed, why


def test_a_number_that_word_computes_anew_is_told_as_that(reviewed):
    def put_before(body):
        head = next(
            p
            for p in body.iter(name("p"))
            if (s := p.find(f".//{name('pStyle')}")) is not None and s.get(name("val")) == "Article"
        )
        new = deepcopy(head)
        for mark in list(new.iter(name("bookmarkStart"), name("bookmarkEnd"))):
            mark.getparent().remove(mark)
        list(new.iter(name("t")))[-1].text = "Joint Commission"
        head.addprevious(new)
        return new

    moved_on = editing.changed(OURS, put_before)
    stale = reviewed(moved_on)
    anew = reviewed(_in_field("Article II", "Article III", moved_on))
    typed_over = reviewed(_in_field("Article II", "Article IX", moved_on))
    assert [c.path for c in anew.clauses if c.untracked] == [c.path for c in stale.clauses if c.untracked]
    assert "reference-number" in {f.code for f in anew.findings}
    assert typed_over.untracked == stale.untracked + 1


def _in_field(old, new, file=OURS):
    """A file with the result of the first field that shows `old` typed over."""

    def edit(body):
        found = next(
            t
            for p in body.iter(name("p"))
            if p.find(f".//{name('fldChar')}") is not None
            for t in p.iter(name("t"))
            if t.text == old
        )
        found.text = new

    return editing.changed(file, edit)


def test_words_that_only_look_deleted_are_warned_of(reviewed):
    def strike(body):
        run = next(r for r in body.iter(name("r")) if "Each Party waives" in "".join(t.text or "" for t in r))
        own = run.find(name("rPr"))
        if own is None:
            own = parse_xml(f"<w:rPr {nsdecls('w')}/>")
            run.insert(0, own)
        own.append(parse_xml(f"<w:strike {nsdecls('w')}/>"))

    found = reviewed(editing.changed(OURS, strike))
    assert found.untracked == 0
    (warning,) = [f for f in found.findings if f.code == "struck"]
    assert (warning.where, "Each Party waives" in warning.message) == ("IV.1", True)


def test_boxes_beside_the_text_count_too(reviewed):
    xml = (
        '<w:p {0}><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>{1}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )

    def with_box(words):
        return editing.changed(OURS, lambda body: body.insert(3, parse_xml(xml.format(nsdecls("w"), words))))

    found = reviewed(with_box("Not binding before ratification."), with_box("Binding before ratification."))
    assert [said(d.pieces, "inserted") for c in found.clauses for d in c.untracked] == [["Not binding"]]


def test_an_article_that_moved_is_one_clause(reviewed):
    head = "## Article IV: Claims"
    claims = samples.MAIN[samples.MAIN.index(head) : samples.MAIN.index("## Article V: Final")]
    later = samples.MAIN.replace(claims, "").replace(
        "## Article II:", claims.replace("IV", "II", 1) + "## Article III:"
    )
    later = later.replace("## Article III: Crim", "## Article IV: Crim")
    found = reviewed(word.redline(OURS, main(later), PARTNER).content)
    moved = [(c.ours, c.theirs) for c in found.clauses if c.change == "moved"]
    assert moved == [("IV", "II")]
    assert found.untracked == 0


def test_what_a_change_breaks_is_told_where_it_happens(reviewed):
    found = reviewed(tracked(("  (b) an individual or collective movement order,\n", "")))
    assert row(found, "II.1.b").breaks == ["II.3 still refers to it: “Subparagraph (b) of paragraph 1”"]


def test_a_term_that_is_no_longer_defined(reviewed):
    found = reviewed(
        tracked(('(a) "[visiting force](term:visiting force)" means personnel', "(a) one means personnel"))
    )
    assert any(
        "“visiting force” is no longer defined and still used in preamble.3, II.1" in b
        for b in row(found, "I.a").breaks
    )


def test_typed_references_lead_astray_once_an_article_is_put_in(reviewed):
    theirs = tracked(
        ("## Article III: Crim", f"{TAXES}## Article IV: Crim"),
        ("## Article IV: Claims", "## Article V: Claims"),
        ("## Article V: Final", "## Article VI: Final"),
        ("[Article IV](reference:IV)", "[Article V](reference:V)"),
    )
    found = reviewed(theirs)
    assert row(found, "III").change == "added"
    assert [c.path for c in found.clauses if c.path.startswith("III.")] == []
    assert row(found, "V.2").breaks == ["“III” in V.2 now leads to III; it meant IV"]
    assert found.renumbered == [("IV", "V"), ("V", "VI")]


def test_comments_stand_with_the_clause(reviewed):
    file = docx.Document(io.BytesIO(OURS))
    paragraph = next(p for p in file.paragraphs if "damage to property" in p.text)
    file.add_comment(paragraph.runs[-1:], text="Why only property?", author="Ana Partner", initials="AP")
    found = reviewed(editing.saved(file))
    assert [(c.path, c.change, [m.text for m in c.comments]) for c in found.clauses] == [
        ("IV.1", "same", ["Why only property?"])
    ]


def test_our_own_tracked_changes_are_no_changes_of_theirs(reviewed):
    ours = word.redline(OURS, counter(("one year's", "two years'")), word.RedlineOptions("U.S.", "2026-11-01")).content
    keep = word.RedlineOptions(author="Ana Partner", date="2026-11-20", prior="keep")
    wanted = editing.edited(word.accept(ours), [])
    theirs = word.redline(ours, typed(wanted, "Each Party waives", "Either Party waives"), keep).content
    found = reviewed(theirs, ours)
    assert (rows(found), found.untracked, found.authors) == ({"IV.1": "changed"}, 0, {"Ana Partner": 2})


def test_a_strange_file_is_refused_at_once_with_the_likeness(reviewed):
    with pytest.raises(
        NoCommonAncestorError, match=r"theirs\.docx does not come from ours\.docx: their likeness is \d+%"
    ):
        reviewed(word.render(samples.exchange()))


def test_another_draft_of_the_same_family_is_no_answer(reviewed):
    held = Repository(CORPUS)
    ours, theirs = (
        word.render(held.get(i)) for i in ("specimen-dca-averland-lusenia", "specimen-dca-thornmark-calvera")
    )
    with pytest.raises(
        NoCommonAncestorError, match=r"their likeness is 7\d% .*hidden marks are those of another draft"
    ):
        reviewed(theirs, ours)


PLAIN = """\
Agreement between the Government of Valdoria and the Government of Tamaris on Visits

The Government of Valdoria and the Government of Tamaris have agreed as follows:

Article I
Claims

1. Each Party waives claims against the other for damage to its own property.

2. The host shall answer a request within thirty days.

Article II
Entry into Force

This Agreement shall enter into force on the date of signature.
"""


def test_a_file_of_another_kind_is_reviewed_by_its_words_as_read(tmp_path):
    ours, theirs = tmp_path / "ours.txt", tmp_path / "theirs.txt"
    ours.write_text(PLAIN, encoding="utf-8")
    theirs.write_text(PLAIN.replace("thirty days", "sixty days"), encoding="utf-8")
    sent = parse_file(ours).agreement.model_copy(update={"marking": "SENSITIVE BUT UNCLASSIFIED"})
    (tmp_path / "sent.docx").write_bytes(word.render(sent))
    found = review(tmp_path / "sent.docx", theirs)
    assert found.texts.as_read == ("theirs.txt",)
    assert found.marking == "SENSITIVE BUT UNCLASSIFIED"
    assert [(c.path, c.change) for c in found.clauses if not c.is_noise] == [("I.2", "changed")]
    said = " ".join(summary(found))
    assert "theirs.txt is no Word file" in said
    assert "recognition" not in said
    found.findings = (*found.findings, info("recognised", "page 1", "Read by recognition (OCR).", ""))
    assert "theirs.txt was read by recognition of its pictures: a letter, a capital" in " ".join(summary(found))
    assert "two readings" not in said  # nothing was proven
    assert "Tracked changes: 0" not in said
    assert "Tracked changes, comments, headers, notes, pictures and hidden text are not examined" in said


def test_what_is_no_agreement_at_all_is_refused(tmp_path):
    (tmp_path / "a.docx").write_bytes(OURS)
    (tmp_path / "b.txt").write_text("Article 1. Words of an agreement.", encoding="utf-8")
    with pytest.raises(NoCommonAncestorError, match=r"b\.\w+ does not come from a\.docx"):
        review(tmp_path / "a.docx", tmp_path / "b.txt")


def test_the_memo_is_a_valid_file_that_says_it_all(reviewed, tmp_path):
    from tests.word.test_redline import audited

    theirs = typed(tracked(("Each Party waives", "Either Party waives")), "one year's notice", "a month's notice")
    path = write_memo(reviewed(theirs), tmp_path / "memo.docx")
    words = " ".join(" ".join(editing.paragraphs(path.read_bytes())).split())
    for part in ("UNTRACKED: 1 change", "IV.1", "Ana Partner, 2026-11-20", "a month's", "none recorded"):
        assert part in words
    assert audited(path.read_bytes()) == []
    again = write_memo(reviewed(theirs), tmp_path / "again.docx")
    assert again.read_bytes() == path.read_bytes()
