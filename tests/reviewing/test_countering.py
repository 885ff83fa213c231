"""Words of ours for a clause take the place of its words alone, however heads are set and whatever stands beside it."""

import pytest

from agreements import word
from agreements.errors import UnprovenError
from agreements.library import answer, review
from agreements.reviewing import answer as countering
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


@pytest.mark.parametrize("taken", [-1, 1, 2])
def test_the_proof_asks_the_words_of_the_clause_which_paragraphs_it_has(taken, tmp_path, monkeypatch):
    texts = ["ARTICLE I", WATER, FUEL, "ARTICLE II", ROADS]
    files = [
        word_file("".join(map(p, each))) for each in (texts, [text.replace("It pays", "We pay") for text in texts])
    ]
    found = countering._paragraphs_of
    monkeypatch.setattr(countering, "_paragraphs_of", lambda *args: [i + d for i in found(*args) for d in (0, taken)])
    with pytest.raises(UnprovenError):
        _countered(*files, "I.p2", ["The costs are shared."], tmp_path)


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


def _struck(body, how, *gone):
    """The file of `body` in which the paragraphs that say `gone` were struck: tracked, untracked, or emptied."""
    if how == "emptied":
        for words in gone:
            assert words in body
            body = body.replace(words, "")
        return word_file(body, parts={"numbering": PARTS["numbering"]})
    ours, emptied = word_file(body, parts={"numbering": PARTS["numbering"]}), body
    for words in gone:
        emptied = "".join(each for each in emptied.replace("</w:p>", "</w:p>\n").splitlines() if words not in each)
    emptied = word_file(emptied, parts={"numbering": PARTS["numbering"]})
    if how == "untracked":
        return emptied
    return word.redline(ours, emptied, word.RedlineOptions(author="Ana Partner", date="2026-11-20")).content


@pytest.mark.parametrize("how", ["tracked", "untracked"])
def test_words_of_ours_take_the_place_of_all_the_words_of_a_clause_that_were_struck(how, tmp_path):
    """They come back first, so that ours stand in their place under the heading, which is no word of the clause."""
    long = "Both consult at all times on the use of the areas and of the roads that lead there."
    texts = ["ARTICLE I", "Costs", WATER, "ARTICLE II", "Talks", long]
    body = "".join(map(p, texts))
    made = _countered(word_file(body), _struck(body, how, WATER), "I", ["It is shared."], tmp_path)
    assert made == [text.replace(WATER, "It is shared.") for text in texts]


@pytest.mark.parametrize("how", ["tracked", "untracked", "emptied"])
def test_a_numbered_paragraph_whose_words_were_struck_is_countered_under_its_number(how, tmp_path):
    body = p("ARTICLE I") + p(WATER, LISTED) + p(FUEL, LISTED) + p(ROADS, LISTED) + p("ARTICLE II") + p("Both consult.")
    ours = word_file(body, parts={"numbering": PARTS["numbering"]})
    _countered(ours, _struck(body, how, FUEL), "I.2", ["It is shared."], tmp_path)
    flat = flattened(RawPackage((tmp_path / "clean.docx").read_bytes()), all_accepted, shown=True).stories["body"]
    assert [(each.number, each.words) for each in flat] == [
        ("", "ARTICLE I"),
        ("1.", WATER),
        ("2.", "It is shared."),
        ("3.", ROADS),
        ("", "ARTICLE II"),
        ("", "Both consult."),
    ]


def test_a_whole_article_that_was_dropped_is_countered_under_its_heading(tmp_path):
    texts = ["ARTICLE I", WATER, "ARTICLE II", "Fuel", FUEL, "It is paid at once.", "ARTICLE III", ROADS]
    body = "".join(map(p, texts))
    theirs = _struck(body, "untracked", "ARTICLE II<", "Fuel", FUEL, "It is paid at once.")
    made = _countered(word_file(body), theirs, "II", ["It is shared."], tmp_path)
    assert made == ["ARTICLE I", WATER, "ARTICLE II", "Fuel", "It is shared.", "ARTICLE III", ROADS]


def test_an_emptied_paragraph_gets_its_words_back_and_no_second_number(tmp_path):
    body = p("ARTICLE I") + p(WATER, LISTED) + p(FUEL, LISTED) + p("ARTICLE II") + p(ROADS)
    ours = word_file(body, parts={"numbering": PARTS["numbering"]})
    for name, file in (("ours", ours), ("theirs", _struck(body, "emptied", FUEL))):
        (tmp_path / f"{name}.docx").write_bytes(file)
    (tmp_path / "d.yaml").write_text("default: reject\n", encoding="utf-8")
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert [clause.path for clause in found.clauses if clause.untracked_words] == ["I.2"]
    assert (found.untracked, found.second_words) == (1, [])
    clean = tmp_path / "clean.docx"
    answer(found, tmp_path / "d.yaml", tmp_path / "r.docx", clean=clean, author="U.S. side", date="2026-11-22")
    assert editing.paragraphs(clean.read_bytes()) == editing.paragraphs(ours)


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


def test_a_row_is_countered_whose_cell_got_a_second_paragraph(tmp_path):
    rows = [("Area", "Use"), ("Fort Alder", "Training"), ("Quay Nine", "Fuel")]
    files = [_table([*rows[:1], (rows[1][0], *cell), *rows[2:]]) for cell in (["Training"], ["Training", "of ships"])]
    made = _countered(*files, "I.p3", ["The area is closed."], tmp_path)
    assert made == [
        "ARTICLE I",
        "The areas:",
        "Area",
        "Use",
        "The area is closed.",
        "",
        "Quay Nine",
        "Fuel",
        "The end.",
    ]


def _table(rows):
    cells = [[p(row[0]), "".join(map(p, row[1:]))] for row in rows]
    said = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in cells)
    return word_file(p("ARTICLE I") + p("The areas:") + f"<w:tbl>{said}</w:tbl>" + p("The end."))
