"""Reviews of files in which much differs and little changed: each kind is told once, and no word is lost in it."""

import io
import re
from copy import deepcopy

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from agreements import word
from agreements.library import answer, review
from agreements.ooxml.schema import name
from agreements.reviewing import words
from agreements.reviewing.words import summary
from tests.reviewing.test_review import OURS, counter, tracked, typed
from tests.word import editing, samples

NAMES = ("the Republic of Valdoria", "the Kingdom of Tamaris")
WHO = {"author": "U.S. delegation", "date": "2026-11-22"}


def curled(file):
    """The file with every quotation mark curled, as a word processor does it, and a blank that keeps lines together."""

    def edit(body):
        for each in body.iter(name("t")):
            each.text = re.sub(r'"(?=\w)', "“", each.text or "").replace('"', "”").replace("'", "’")
            each.text = each.text.replace("visiting force", "visiting\u00a0force")

    return editing.changed(file, edit)


def exchanged(text):
    """The text of the other original: the parties in their other order, in the testimonium too."""
    for one, other in ((NAMES[0], NAMES[1]), (NAMES[0].upper(), NAMES[1].upper())):
        text = text.replace(one, "@").replace(other, one).replace("@", other)
    return text


def alternat(*swaps):
    text = exchanged(samples.MAIN)
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    whole = samples.visiting_forces()
    title = exchanged(whole.title)
    documents = (samples.document(text), whole.documents[1])
    return word.render(whole.model_copy(update={"title": title, "documents": documents}))


@pytest.fixture
def reviewed(tmp_path):
    def run(theirs, ours=OURS):
        (tmp_path / "ours.docx").write_bytes(ours)
        (tmp_path / "theirs.docx").write_bytes(theirs)
        return review(tmp_path / "ours.docx", tmp_path / "theirs.docx")

    return run


def shown(found):
    """The clauses that stand in the review for a person."""
    return [clause.names for clause in found.clauses if not (clause.is_noise or clause.is_told_elsewhere)]


def test_typography_is_one_line_and_no_changed_word(reviewed):
    found = reviewed(curled(OURS))
    assert found.typography > 3
    assert (found.untracked, shown(found)) == (0, [])
    said = " ".join(summary(found))
    assert "No word in theirs.docx was changed without tracking" in said
    assert "Typography alone differs" in said
    assert "Nothing in theirs.docx was changed" not in said
    assert "breaks: none" in said  # a defined term in other quotation marks means what it meant


def test_a_changed_word_among_curled_marks_stands_alone(reviewed):
    found = reviewed(typed(curled(OURS), "one year’s notice", "a month’s notice"))
    assert (found.untracked, shown(found)) == (1, ["V"])
    (difference,) = (each for clause in found.clauses for each in clause.untracked_words)
    assert [p.text.strip() for p in difference.to_read if p.kind != "equal"] == ["one year's", "a month’s"]


def test_typography_needs_no_decision_and_stays_theirs(reviewed, tmp_path):
    found = reviewed(typed(curled(OURS), "one year’s notice", "a month’s notice"))
    (tmp_path / "d.yaml").write_text("decisions:\n  - path: V\n    do: reject\n", encoding="utf-8")
    answer(found, tmp_path / "d.yaml", tmp_path / "reply.docx", clean=tmp_path / "clean.docx", **WHO)
    lines = editing.paragraphs((tmp_path / "clean.docx").read_bytes())
    assert any("one year" in line for line in lines)
    assert any("“the Parties”" in line for line in lines)


def test_a_rule_of_its_kind_decides_typography(reviewed, tmp_path):
    found = reviewed(curled(OURS))
    rule = "rules:\n  - kind: typography\n    do: reject\ndecisions: []\n"
    (tmp_path / "d.yaml").write_text(rule, encoding="utf-8")
    answer(found, tmp_path / "d.yaml", tmp_path / "reply.docx", clean=tmp_path / "clean.docx", **WHO)
    assert any('"the Parties"' in line for line in editing.paragraphs((tmp_path / "clean.docx").read_bytes()))


def test_their_original_is_told_once(reviewed):
    found = reviewed(alternat())
    assert found.texts.is_alternat
    assert (found.untracked, shown(found)) == (0, [])
    assert "their original (alternat)" in " ".join(summary(found))


def test_words_that_go_by_the_order_of_the_parties_are_told_of_in_their_original(reviewed):
    phrase = ("Each Party waives claims", "The first-named Party waives claims")
    ours = alternat(phrase)
    exchanged_back = typed(OURS, *phrase)
    found = reviewed(ours, exchanged_back)
    assert found.texts.is_alternat
    (told,) = [f for f in found.findings if f.code == "order-of-parties"]
    assert (told.where, "“The first-named Party”" in told.message) == ("IV.1", True)
    assert "order-of-parties" not in {f.code for f in reviewed(exchanged_back, exchanged_back).findings}


def test_a_change_in_their_original_stands_alone(reviewed):
    found = reviewed(alternat(("Each Party waives claims", "Each Party may waive claims")))
    assert found.texts.is_alternat
    assert (found.untracked, shown(found)) == (1, ["IV.1"])
    (clause,) = (clause for clause in found.clauses if clause.path == "IV.1")
    assert [p.text.strip() for p in clause.pieces if p.kind != "equal"] == ["waives", "may waive"]


def test_a_paragraph_split_in_word_is_a_split(reviewed):
    file = docx.Document(io.BytesIO(OURS))
    (paragraph,) = [p for p in file.paragraphs if p.text.startswith("This Agreement enters into force on signature.")]
    first, rest = paragraph.text.split(". ", 1)
    second = deepcopy(paragraph._p)
    paragraph._p.addnext(second)
    paragraph.runs[0].text = f"{first}."
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    parts = list(second.iter(name("t")))
    parts[0].text = rest
    for each in parts[1:]:
        each.text = ""
    stream = io.BytesIO()
    file.save(stream)
    found = reviewed(stream.getvalue())
    assert found.untracked == 0
    assert any(line.startswith("Split, no word changed") for line in summary(found))


def test_a_term_replaced_throughout_is_one_row(reviewed):
    swaps = (("personnel of one Party", "personnel of one State"), ("sending Party", "sending State"))
    assert reviewed(counter(*swaps)).replaced == ()
    swaps += (("receiving Party exercise", "receiving State exercise"), ("Each Party waives", "Each State waives"))
    for theirs in (counter(*swaps), tracked(*swaps)):
        found = reviewed(theirs)
        (replaced,) = found.replaced
        assert (replaced.gone, replaced.come, len(replaced.paths)) == ("Party", "State", 4)
        assert len(replaced.untracked) == found.untracked
        assert replaced.standing
        assert not any(path in replaced.standing for path in replaced.paths)
        assert "throughout" not in told(replaced)
        assert f"“Party” stands still: {replaced.standing[0]}" in told(replaced)
        assert shown(found) == [clause.names for clause in found.clauses if clause.breaks]


def test_what_a_replacement_does_is_said_in_its_row(reviewed):
    """A duty that becomes a right in three clauses is one row, and the row says that it does."""
    duties = ("Members of a visiting force may enter", "Each Party may waive claims", "The Annex may form part")
    was = ("Members of a visiting force may enter", "Each Party waives claims", "The Annex forms part")
    shall = tuple((old, new.replace(" may ", " shall ")) for old, new in zip(was, duties, strict=True))
    ours, theirs = counter(*shall), counter(*zip(was, duties, strict=True))
    (replaced,) = reviewed(theirs, ours).replaced
    assert (replaced.gone, replaced.come) == ("shall", "may")
    assert replaced.kinds == ("“shall” becomes “may”: a duty becomes a right",)
    assert "Effect: “shall” becomes “may”" in told(replaced)
    assert not replaced.standing
    assert "throughout, in 3 clauses" in told(replaced)


def test_words_that_stand_in_a_heading_still_were_not_replaced_throughout(reviewed):
    swaps = (("Each Party waives claims", "Each Party waives demands"), ("Other claims follow", "Other demands follow"))
    ours = counter(("The Annex forms part", "The Annex on claims forms part"))
    theirs = counter(("The Annex forms part", "The Annex on demands forms part"), *swaps)
    (replaced,) = reviewed(theirs, ours).replaced
    assert (replaced.gone, replaced.come, replaced.standing) == ("claims", "demands", ("IV",))
    assert "“claims” stands still: IV" in told(replaced)


def told(replaced):
    return "".join(piece.text for piece in words.replaced(replaced))


def test_a_reply_says_which_clauses_were_decided_and_what_stands_undecided(reviewed, tmp_path):
    """Where the parties alone stand in another order nobody accepted anything: that is told apart from what was."""
    found = reviewed(alternat(("Each Party waives claims", "Each Party may waive claims")))
    (tmp_path / "d.yaml").write_text("decisions:\n  - path: IV.1\n    do: reject\n", encoding="utf-8")
    reply = answer(found, tmp_path / "d.yaml", tmp_path / "r.docx", author="U.S. side", date="2026-11-22")
    assert (reply.accepted, reply.rejected) == (0, 1)
    decided, stands = reply.said.split(" Theirs stands besides, ")
    path = next(clause.path for clause in found.clauses if clause.untracked_words)
    assert decided == f"Changes accepted: 0, rejected: 1 ({path}), left: 0; clauses countered: 0."
    order = reply.standing["alternat"]
    assert stands.startswith(f"undecided, where no word differs: the order of the parties alone, {len(order)} (")
    assert "preamble.1" in order
    assert path not in order
    assert reply.as_json()["clauses"] == {"reject": [path]}


def test_a_text_set_in_columns_is_no_change_of_typography(reviewed):
    """What stands in the cells of a table says the very same: no mark of it differs."""
    whole = samples.visiting_forces()
    columns = word.Columns("fr", names=("English", "French"))
    found = reviewed(word.render(whole, options=word.WordOptions(columns=columns)), word.render(whole))
    said = " ".join(summary(found))
    assert found.typography == 0
    assert found.set_otherwise > 10
    assert f"{found.set_otherwise} paragraphs say the very same and are set otherwise" in said
    assert "Typography alone" not in said


def dressed(paragraph="", section="", run=""):
    """Our file with properties put into its title, a run of its body, and its last section."""

    def edit(body):
        if paragraph:
            first = next(body.iter(name("p")))
            first.find(name("pPr")).append(parse_xml(f"<w:{paragraph} {nsdecls('w')}/>"))
        if run:
            each = next(r for r in body.iter(name("r")) if "enters into force" in "".join(r.itertext()))
            each.insert(0, parse_xml(f"<w:rPr {nsdecls('w')}><w:{run}/></w:rPr>"))
        if section:
            last = list(body.iter(name("sectPr")))[-1]
            kind = section.split()[0]
            for old in last.findall(name(kind)):
                last.remove(old)
            last.append(parse_xml(f"<w:{section} {nsdecls('w')}/>"))

    return editing.changed(OURS, edit)


@pytest.mark.parametrize(
    "dress",
    [
        {"paragraph": 'jc w:val="center"'},
        {"run": 'b w:val="0"'},
        {"run": 'vertAlign w:val="baseline"'},
        {"section": 'type w:val="nextPage"'},
        {"section": 'cols w:space="300"'},
        {"section": 'pgNumType w:fmt="decimal"'},
        {"section": 'textDirection w:val="lrTb"'},
        {"section": 'titlePg w:val="false"'},
    ],
    ids=str,
)
def test_what_another_program_writes_out_is_no_change(reviewed, dress):
    """A program that opens and saves a file writes what its styles, or the standard, say without it."""
    found = reviewed(dressed(**dress))
    assert (found.second_words, found.untracked) == ([], 0)


@pytest.mark.parametrize(
    "dress",
    [
        {"paragraph": 'jc w:val="right"'},
        {"run": "b"},
        {"run": 'vertAlign w:val="superscript"'},
        {"section": 'type w:val="continuous"'},
        {"section": 'cols w:num="2"'},
        {"section": 'pgNumType w:fmt="lowerRoman"'},
        {"section": "titlePg"},
        {"section": 'pgSz w:w="15840" w:h="12240" w:orient="landscape"'},
    ],
    ids=str,
)
def test_another_look_or_page_is_told_by_the_second_reading(reviewed, dress):
    assert len(reviewed(dressed(**dress)).second_words) == 1


def test_bold_taken_off_where_the_style_has_it_is_told(reviewed):
    def edit(body):
        first = next(body.iter(name("r")))
        first.insert(0, parse_xml(f"<w:rPr {nsdecls('w')}><w:b w:val='0'/></w:rPr>"))

    (told,) = reviewed(editing.changed(OURS, edit)).second_words
    assert told.startswith("style or emphasis is another")


def test_two_list_items_that_changed_places_are_one_move(reviewed):
    """Either of them may be said to have moved: the second reading takes the other one, and tells nothing beside it."""

    def edit(body):
        items = [each for each in body.iter(name("p")) if "installation" in "".join(each.itertext())[:14]]
        items[0].getprevious().addprevious(items[0])

    found = reviewed(editing.changed(OURS, edit))
    assert (found.untracked, found.second_words) == (1, [])


def test_a_reference_whose_paragraph_went_is_told_once(reviewed):
    """What went is told, and that another paragraph still refers to it: the second reading has nothing to add."""

    def edit(body):
        gone = next(each for each in body.iter(name("p")) if "The rules of" in "".join(each.itertext()))
        gone.getparent().remove(gone)

    found = reviewed(editing.changed(OURS, edit))
    assert any("still refers to it" in said for clause in found.clauses for said in clause.breaks)
    assert found.second_words == []


def test_a_heading_denies_and_permits_nothing(reviewed):
    """`No Entry without Consent`, put as `Entry with Consent`, is another heading: what is denied stands below it."""
    ours = typed(OURS, "Entry and Exit", "No Entry without Consent")
    made = reviewed(typed(OURS, "Entry and Exit", "Entry with Consent"), ours=ours)
    assert [(each.path, each.said, each.kinds) for each in made.clauses] == [("II", "changed", ())]
