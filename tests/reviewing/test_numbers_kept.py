"""Answers keep the numbers of what was retyped, and changes of headers and footers stop no answer."""

import io
import zipfile
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from agreements import drafting, word
from agreements.library import answer, review, write_draft
from agreements.ooxml.numbering import ListCounter
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.reviewing.words import summary
from tests.reviewing.test_review import OURS
from tests.word import editing, samples

WHO = {"author": "U.S. delegation", "date": "2026-11-22"}
CLAIMS = ("Each Party waives claims", "Other claims follow", "emphatic words")
AIRSPACE = ("Flights follow", "The controller is told")


@pytest.fixture
def answered(tmp_path):
    """Give the reply to a file of theirs, and the clean copy."""

    def run(theirs, decisions, ours=OURS):
        for stem, content in (("ours", ours), ("theirs", theirs)):
            (tmp_path / f"{stem}.docx").write_bytes(content)
        (tmp_path / "d.yaml").write_text(decisions, encoding="utf-8")
        found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
        reply = answer(found, tmp_path / "d.yaml", tmp_path / "reply.docx", clean=tmp_path / "clean.docx", **WHO)
        return reply, (tmp_path / "clean.docx").read_bytes()

    return run


def retyped(file, head, label, words):
    """The file with an article typed anew: its head as two lines, every number as words, no style."""

    def edit(body):
        own = {"".join(t.text or "" for t in p.iter(name("t"))): p for p in body.iter(name("p"))}
        top = own[head]
        typed = deepcopy(top)
        top.addprevious(typed)
        for number, start in enumerate(words, 1):
            (paragraph,) = [p for text, p in own.items() if text.startswith(start)]
            _plain(paragraph, f"{number}. ")
        _plain(typed, "", label)
        _plain(top, "", head.upper())

    return editing.changed(file, edit)


def _plain(paragraph, before, words=None):
    for own in paragraph.findall(name("pPr")):
        paragraph.remove(own)
    texts = list(paragraph.iter(name("t")))
    texts[0].text = before + (texts[0].text if words is None else words)
    for text in texts[1:] if words is not None else ():
        text.text = ""
    for line in list(paragraph.iter(name("br"))):
        line.getparent().remove(line)


def numbers(file):
    """The numbered paragraphs of a file, in whatever capitals."""
    package = Package.of("file", file)
    counter = ListCounter(package.first("numbering"), package.first("styles"))
    shown = ((counter.number(p), p) for p in package.body().iter(name("p")))
    said = ((n.text, "".join(t.text or "" for t in p.iter(name("t")))) for n, p in shown if n)
    return [(number, text.casefold()) for number, text in said]


@pytest.mark.parametrize(
    ("head", "label", "words"),
    [("Claims", "ARTICLE IV", CLAIMS), ("Airspace", "ARTICLE 2", AIRSPACE), ("Claims", "ARTICLE 4", CLAIMS)],
    ids=["by the style", "by a list of its own", "in other numerals"],
)
def test_a_retyped_article_that_is_rejected_has_its_numbers_again(answered, head, label, words):
    theirs = retyped(OURS, head, label, words)
    assert len(numbers(theirs)) == len(numbers(OURS)) - len(words) - 1
    _, clean = answered(theirs, "default: reject\n")
    assert numbers(clean) == numbers(OURS)


def test_a_retyped_paragraph_that_is_countered_has_its_number_again(answered):
    theirs = retyped(OURS, "Claims", "ARTICLE IV", CLAIMS)
    decisions = "default: reject\ndecisions:\n  - path: IV.2\n    do: counter\n    text: No other claims are made.\n"
    _, clean = answered(theirs, decisions)
    shown = [("2.", "no other claims are made.") if words.startswith("other claims") else (number, words)
             for number, words in numbers(OURS)]  # fmt: skip
    assert numbers(clean) == shown


def test_what_is_accepted_keeps_the_numbers_that_they_typed(answered):
    theirs = retyped(OURS, "Claims", "ARTICLE IV", CLAIMS)
    _, clean = answered(theirs, "default: accept\n")
    assert numbers(clean) == numbers(theirs)


DRAFT = word.render(samples.visiting_forces(), word.WordOptions(draft_line="DRAFT - 1 May"))


def _header(file, edit):
    made = editing.changed(file, lambda body: None)
    package = Package.of("file", made)
    (root,) = [r for path, r in package.stories().items() if "header" in path]
    edit(root, package)
    return package.content()


def _more(root, _package):
    fresh = deepcopy(root[-1])
    next(fresh.iter(name("t"))).text = "Ostelian proposal"
    root.append(fresh)


def _less(root, _package):
    root.remove(root[-1])


def _other(root, _package):
    next(root[-1].iter(name("t"))).text = "OSTELIAN DRAFT"


def _none(_root, package):
    for reference in list(package.body().iter(qn("w:headerReference"))):
        reference.getparent().remove(reference)


def header(file):
    """The lines at the top of the first section's pages."""
    return [p.text for p in docx.Document(io.BytesIO(file)).sections[0].header.paragraphs if p.text]


@pytest.mark.parametrize("edit", [_more, _less, _other])
def test_a_change_of_the_header_that_is_rejected_is_undone(answered, edit):
    theirs = _header(DRAFT, edit)
    assert header(theirs) != header(DRAFT)
    reply, clean = answered(theirs, "default: reject\n", DRAFT)
    assert header(clean) == header(DRAFT)
    assert [f.code for f in reply.findings if f.code == "not-undone"] == []


def test_a_header_that_cannot_be_brought_back_stops_no_answer(answered):
    reply, clean = answered(_header(DRAFT, _none), "default: reject\n", DRAFT)
    assert header(clean) == []
    assert {f.code for f in reply.findings} >= {"not-undone"}


RETYPED = retyped(OURS, "Claims", "ARTICLE IV", CLAIMS)


def test_an_article_typed_anew_with_its_numbers_is_one_line(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(RETYPED)
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    (line,) = [line for line in summary(found) if "typed in one file" in line]
    assert line.startswith(f"{found.typed_numbers} numbers are typed in one file and made by the list in the other")
    told = [clause.path for clause in found.clauses if clause.untracked_words]
    assert not {"IV", "IV.2", "IV.3"} & set(told)  # a reference that Word computes was typed over in IV.1 or V alone


def test_a_number_that_is_typed_otherwise_is_a_change(tmp_path):
    def edit(body):
        for each in body.iter(name("t")):
            if (each.text or "").startswith("2. "):
                each.text = f"7{each.text[1:]}"

    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(editing.changed(RETYPED, edit))
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    said = [d.after for clause in found.clauses for d in clause.untracked_words]
    assert any(words.startswith("7. Other claims follow") for words in said)


@pytest.mark.parametrize("do", ["reject", "counter", "leave"])
def test_typed_numbers_go_back_to_the_list_with_what_is_not_accepted(answered, do):
    """A paragraph that comes back has its number from the list, which does not count numbers that are typed."""

    def edit(body):
        for each in body.iter(name("t")):
            each.text = (each.text or "").replace("waives claims", "waives most claims")

    text = "    text: Each Party pays.\n" if do == "counter" else ""
    decisions = f"default: accept\ndecisions:\n  - path: IV.1\n    do: {do}\n{text}"
    _, clean = answered(editing.changed(RETYPED, edit), decisions)
    wanted = [(number, words) for number, words in numbers(OURS)]
    if do == "counter":
        wanted = [(n, "each party pays." if w.startswith("each party waives") else w) for n, w in wanted]
    assert numbers(clean) == wanted


def test_an_empty_paragraph_that_takes_a_number_is_told_and_can_be_taken_out(answered, tmp_path):
    def edit(body):
        first = next(each for each in body.iter(name("p")) if "Other claims follow" in "".join(each.itertext()))
        empty = deepcopy(first)
        for each in [each for each in empty if each.tag != name("pPr")]:
            empty.remove(each)
        first.addnext(empty)

    _, clean = answered(editing.changed(OURS, edit), "default: reject\n")
    assert numbers(clean) == numbers(OURS)
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    (told,) = [each for clause in found.clauses for each in clause.untracked]
    assert (found.untracked, told.how, told.empty_number, found.second_words) == (1, "added", "3.", [])


def anew(file, head):
    """The file with an article typed anew: its head in one line, numbers and references as words, no style."""

    def edit(body):
        own = {"".join(t.text or "" for t in p.iter(name("t"))): p for p in body.iter(name("p"))}
        _flat(own["Claims"], head)
        for number, start in enumerate(CLAIMS, 1):
            ((text, paragraph),) = [(text, p) for text, p in own.items() if text.startswith(start)]
            _flat(paragraph, f"{number}. {text}")

    return editing.changed(file, edit)


def _flat(paragraph, words):
    for each in list(paragraph):
        paragraph.remove(each)
    run = paragraph.makeelement(name("r"))
    text = run.makeelement(name("t"))
    text.text = words
    run.append(text)
    paragraph.append(run)


HEADS = ["ARTICLE IV CLAIMS", "Article IV. Claims", "Article IV – Claims", "ARTICLE IV: Claims"]


@pytest.mark.parametrize("head", HEADS)
def test_a_head_typed_with_its_number_in_one_line_is_one_number_that_is_typed(tmp_path, head):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(anew(OURS, head))
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert found.typed_numbers == 4  # 2. holds references that are typed words now, which is told in a row of its own
    told = {(clause.path, each.what) for clause in found.clauses for each in clause.untracked_words}
    assert told - {("IV~2", "number")} == {("IV.2", "object")}  # the list does not count what is typed: V shows IV


def test_a_head_typed_with_another_number_is_no_number_of_a_list(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(anew(OURS, "ARTICLE V CLAIMS"))
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert any("ARTICLE V" in each.after for clause in found.clauses for each in clause.untracked_words)


@pytest.mark.parametrize("head", HEADS)
def test_references_that_were_typed_anew_come_back_with_the_number_of_their_paragraph(answered, head):
    _, clean = answered(anew(OURS, head), "default: reject\n")
    assert numbers(clean) == numbers(OURS)


FIGURES = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}


def typed_heads(file, form="Article {}. {}"):
    """The file with the head of every article typed in one line, its number in figures, in its own style."""
    counter = ListCounter(Package.of("file", file).first("numbering"), Package.of("file", file).first("styles"))
    shown = [counter.number(p) for p in Package.of("file", file).body().iter(name("p"))]

    def edit(body):
        for number, paragraph in zip(shown, list(body.iter(name("p"))), strict=True):
            word_, _, figure = number.text.partition(" ") if number else ("", "", "")
            if word_.casefold() == "article":
                texts = [t for t in paragraph.iter(name("t")) if t.text]
                _plain_head(paragraph, form.format(FIGURES.get(figure, figure), "".join(t.text for t in texts)))

    return editing.changed(file, edit)


def _plain_head(paragraph, words):
    own = paragraph.find(name("pPr"))
    _flat(paragraph, words)
    if own is not None:
        paragraph.insert(0, own)
        listed = own.find(name("numPr"))
        if listed is None:
            listed = own.makeelement(name("numPr"))
            own.append(listed)
        for each in list(listed):
            listed.remove(each)
        listed.append(listed.makeelement(name("numId"), {name("val"): "0"}))


@pytest.mark.parametrize("form", ["Article {}. {}", "ARTICLE {} {}", "Article {} – {}"])
def test_heads_that_are_typed_in_other_numerals_are_one_line(answered, tmp_path, form):
    _, clean = answered(typed_heads(OURS, form), "default: reject\n")
    assert numbers(clean) == numbers(OURS)
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert found.typed_numbers == 7
    (line,) = [line for line in summary(found) if "typed in one file" in line]
    assert "and are the same, 5 of them in other numerals, as Article 5 for Article V: 1, 2, 3, 4, 5," in line
    assert {each.what for clause in found.clauses for each in clause.untracked_words} <= {"number"}
    assert not [said for clause in found.clauses for said in clause.breaks if "Article" in said]


def test_a_head_typed_in_other_numerals_alone_says_so(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(anew(OURS, "Article 4. Claims"))
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert found.typed_numbers == 4
    (line,) = [line for line in summary(found) if "typed in one file" in line]
    assert "the same, 1 of them in other numerals" in line
    assert not any(each.what == "words" for clause in found.clauses for each in clause.untracked_words)


def test_a_head_typed_with_another_figure_is_a_change_and_no_other_numeral(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(anew(OURS, "Article 5. Claims"))
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert found.typed_numbers == 3
    assert any(each.after == "Article 5. Claims" for clause in found.clauses for each in clause.untracked_words)
    assert not any("numerals" in line for line in summary(found))


def test_a_letter_of_an_item_is_no_numeral_of_a_head(tmp_path):
    """`(i)` of a list and `(1)` typed are other numbers: only heads with their word stand in either numerals."""
    assert word.says_number("Article 4.", "Article IV")
    assert word.says_number("ARTICLE IV", "Article 4")
    assert not word.says_number("(1)", "(i)")
    assert not word.says_number("Article 5", "Article IV")
    assert not word.says_number("Article 4 Claims", "Article IV")
    assert not word.says_number("", "")


def _unlisted(body):
    first = next(each for each in body.iter(name("p")) if "emphatic words" in "".join(each.itertext()))
    text = next(each for each in first.iter(name("t")) if each.text)
    text.text = f"Further {text.text}"
    for own in first.findall(name("pPr")):
        first.remove(own)


def test_a_number_that_is_lost_with_words_that_change_is_one_change(answered, tmp_path):
    _, clean = answered(editing.changed(OURS, _unlisted), "default: reject\n")
    assert numbers(clean) == numbers(OURS)
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    (told,) = [each for clause in found.clauses for each in clause.untracked_words if "emphatic" in each.before]
    gone = [piece.text for piece in told.to_read if piece.kind == "deleted"]
    assert gone[0] == "3. "
    assert not any("the number that is shown is another" in line for line in summary(found))


def test_a_head_of_two_lines_in_other_numerals_is_a_number_that_is_typed(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(retyped(OURS, "Claims", "ARTICLE 4", CLAIMS))
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert not any("ARTICLE" in each.after for clause in found.clauses for each in clause.untracked_words)
    (line,) = [line for line in summary(found) if "typed in one file" in line]
    assert "1 of them in other numerals" in line


def test_a_reference_to_nothing_beside_one_in_other_numerals_is_told(tmp_path):
    def edit(body):
        place = next(
            p for p in body.iter(name("p")) if "Article IV" in "".join(t.text or "" for t in p.iter(name("t")))
        )
        last = deepcopy(place.findall(name("r"))[-1])
        for each in list(last):
            last.remove(each)
        text = last.makeelement(name("t"))
        text.text = " Article XIX applies too."
        last.append(text)
        place.append(last)

    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(editing.changed(typed_heads(OURS), edit))
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    said = [words for clause in found.clauses for words in clause.breaks]
    assert any("Article XIX" in words for words in said)
    assert not any("“Article IV”" in words for words in said)


def test_a_head_with_its_word_cut_short_stands_at_its_own_article(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(typed_heads(OURS, "Art. {}. {}"))
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    at = [(c.path, each.after) for c in found.clauses for each in c.untracked_words if each.after.startswith("Art.")]
    assert ("2", "Art. 2. Entry and Exit") in at
    assert ("annex-a.2", "Art. 2. Airspace") in at


NUMERALS = (b'w:val="upperRoman"', b'w:val="decimal"')
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "drafts"


def _drafted(stem, target):
    return write_draft(drafting.assemble(drafting.load_parameters(EXAMPLES / f"{stem}.yaml")), target)[0]


def test_a_paragraph_that_they_put_in_a_list_has_no_number_again_when_that_is_rejected(tmp_path):
    ours = _drafted("acsa-orlenia", tmp_path / "ours.docx")
    file = docx.Document(str(ours))
    recital = next(each for each in file.paragraphs if "interoperability" in each.text)
    recital.style = next(each for each in file.paragraphs if each.style.name == "Paragraph").style
    for run in recital.runs:
        run.text = run.text.replace("readiness", "qualified readiness")
    file.save(str(tmp_path / "theirs.docx"))
    (tmp_path / "d.yaml").write_text("default: reject\n", encoding="utf-8")
    found = review(ours, tmp_path / "theirs.docx")
    told = [each for clause in found.clauses for each in clause.untracked]
    assert [each.what for each in told] == ["words", "number"]
    answer(found, tmp_path / "d.yaml", tmp_path / "reply.docx", clean=tmp_path / "clean.docx", **WHO)
    again = review(ours, tmp_path / "clean.docx")
    assert [each for clause in again.clauses for each in clause.untracked] == []


def test_references_still_lead_to_an_article_in_other_numerals(tmp_path):
    ours = _drafted("transit-rail", tmp_path / "ours.docx")
    content = {}
    with zipfile.ZipFile(ours) as whole:
        for each in whole.namelist():
            content[each] = whole.read(each).replace(*NUMERALS) if each == "word/numbering.xml" else whole.read(each)
    with zipfile.ZipFile(tmp_path / "theirs.docx", "w") as copy:
        for each, data in content.items():
            copy.writestr(each, data)
    found = review(ours, tmp_path / "theirs.docx")
    assert ("I", "1") in found.renumbered
    assert not any(clause.breaks for clause in found.clauses)
