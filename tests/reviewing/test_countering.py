"""Words of ours for a clause take the place of its words alone, however heads are set and whatever stands beside it."""

import pytest

from agreements import word
from agreements.errors import AgreementsError
from agreements.library import answer, review
from agreements.word.flattened import flattened
from agreements.word.raw_package import RawPackage
from agreements.word.revising.proof import all_accepted
from tests.ooxml.building import p, word_file
from tests.reviewing.test_undoing import LISTED, PARTS
from tests.word import editing

NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
NOTES = {"footnotes": f'<w:footnote w:id="1">{p("The note says this.")}</w:footnote>'}
WATER, FUEL, ROADS = COUNTERED = "Each State pays for water.", "It pays for fuel.", "Both repair roads."
LAYOUTS = {
    "numbers alone": ("ARTICLE I", WATER, FUEL, "ARTICLE II", ROADS),
    "a heading below": ("ARTICLE I", "Costs", WATER, FUEL, "ARTICLE II", "Roads", ROADS, "ARTICLE III", "Fuel", "End."),
    "a heading beside": ("Article 1. Costs", f"1. {WATER}", f"2. {FUEL}", "Article 2. Roads", ROADS, "Article 3. End"),
    "a sign": ("§ 1", WATER, FUEL, "§ 2", ROADS),
    "an annex": ("ARTICLE I", WATER, FUEL, "ANNEX A", ROADS),
}


def _countered(ours, theirs, path, words, folder):
    """The paragraphs of the clean copy where the clause at `path` is countered and all else accepted."""
    for name, file in (("ours", ours), ("theirs", theirs)):
        (folder / f"{name}.docx").write_bytes(file)
    lines = "\n".join(f"      {line}" for line in words)
    decisions = f"default: accept\ndecisions:\n  - path: {path}\n    do: counter\n    text: |\n{lines}\n"
    (folder / "decisions.yaml").write_text(decisions, encoding="utf-8")
    found = review(folder / "ours.docx", folder / "theirs.docx")
    reply, clean = folder / "reply.docx", folder / "clean.docx"
    for old in (reply, clean):
        old.unlink(missing_ok=True)
    answer(found, folder / "decisions.yaml", reply, clean=clean, author="U.S. delegation", date="2026-11-22")
    return editing.paragraphs(clean.read_bytes())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("sentence", COUNTERED)
def test_no_head_goes_with_the_clause_before_it_or_its_own(layout, sentence, tmp_path):
    texts = LAYOUTS[layout]
    changed = sentence.replace("pays", "always pays").replace("repair", "always repair")
    theirs = [text.replace(sentence, changed) for text in texts]
    files = [word_file("".join(map(p, each))) for each in (texts, theirs)]
    for name, file in zip(("ours", "theirs"), files, strict=True):
        (tmp_path / f"{name}.docx").write_bytes(file)
    (path,) = [clause.path for clause in review(tmp_path / "ours.docx", tmp_path / "theirs.docx").clauses]
    made = _countered(*files, path, ["The costs are shared."], tmp_path)
    assert made == [text.replace(sentence, "The costs are shared.") for text in texts]


@pytest.mark.parametrize("words", [["It is shared."], ["It is shared.", "It is paid at once."]])
def test_what_went_untracked_is_countered_where_it_stood_and_not_at_what_has_its_number_now(words, tmp_path):
    texts = [
        "ARTICLE I",
        "Each State pays for water.",
        "It pays for fuel.",
        "It pays for light.",
        "ARTICLE II",
        "Both consult.",
    ]
    theirs = [text for text in texts if "fuel" not in text]
    made = _countered(*(word_file("".join(map(p, each))) for each in (texts, theirs)), "I.p2", words, tmp_path)
    at = texts.index("It pays for fuel.")
    assert made == texts[:at] + words + texts[at + 1 :]


def test_a_note_stays_once_behind_the_words_that_take_the_place_of_its_own(tmp_path):
    said = "".join((p("ARTICLE I"), p("Each State pays for water.", inner=NOTE), p("ARTICLE II"), p("Both consult.")))
    files = [word_file(body, parts=NOTES) for body in (said, said.replace("for water", "for all water"))]
    _countered(*files, "I", ["The first line.", "The second line."], tmp_path)
    (body,) = [editing.story((tmp_path / "clean.docx").read_bytes())]
    assert body["body"] == ["ARTICLE I", "The first line.", "The second line.", "ARTICLE II", "Both consult."]
    assert body["footnote"] == [["The note says this."]]
    assert body["footnote held"] == ["['The note says this.']"]


def test_a_heading_is_no_word_of_a_clause_whose_words_were_all_struck(tmp_path):
    """Its words have to come back before ours can take their place: rejected, or the heading would go for them."""
    long = "Both consult at all times on the use of the areas and of the roads that lead there."
    texts = ["ARTICLE I", "Costs", WATER, "ARTICLE II", "Talks", long]
    ours, emptied = (word_file("".join(map(p, each))) for each in (texts, [text for text in texts if text != WATER]))
    theirs = word.redline(ours, emptied, word.RedlineOptions(author="Ana Partner", date="2026-11-20")).content
    with pytest.raises(AgreementsError, match="no paragraph left"):
        _countered(ours, theirs, "I", ["It is shared."], tmp_path)
    assert not (tmp_path / "clean.docx").exists()


def test_a_paragraph_that_is_countered_takes_no_number_of_another(tmp_path):
    body = p(WATER, LISTED) + p(FUEL, LISTED) + p("ARTICLE II") + p(ROADS)
    changed = body.replace("repair", "always repair")
    files = [word_file(each, parts={"numbering": PARTS["numbering"]}) for each in (body, changed)]
    for name, file in zip(("ours", "theirs"), files, strict=True):
        (tmp_path / f"{name}.docx").write_bytes(file)
    (path,) = [clause.path for clause in review(tmp_path / "ours.docx", tmp_path / "theirs.docx").clauses]
    _countered(*files, path, ["They are shared."], tmp_path)
    flat = flattened(RawPackage((tmp_path / "clean.docx").read_bytes()), all_accepted).stories["body"]
    assert [(each.number, each.words) for each in flat] == [
        ("1.", WATER),
        ("2.", FUEL),
        ("", "ARTICLE II"),
        ("", "They are shared."),
    ]
