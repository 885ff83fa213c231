"""Answers: our tracked changes on top of theirs, and the clean copy, as a file of decisions says."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from agreements import word
from agreements.errors import AgreementsError
from agreements.library import answer, review, write_decisions
from agreements.negotiation.records import RecordError
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.reviewing.decisions import DecisionError
from agreements.reviewing.words import summary
from tests.reviewing.test_review import DROPPED, OURS, PARTNER, TAXES, tracked, typed
from tests.word import editing
from tests.word.test_redline import FILES, QUICK, audited

THEIRS = typed(
    tracked(
        ("Each Party waives claims", "Either Party shall waive claims"),
        (DROPPED, ""),
        ("## Article III: Crim", f"{TAXES}## Article IV: Crim"),
        ("## Article IV: Claims", "## Article V: Claims"),
        ("## Article V: Final", "## Article VI: Final"),
        ("[Article IV](reference:IV)", "[Article V](reference:V)"),
    ),
    "one year's notice",
    "a month's notice",
)
WHO = {"author": "U.S. delegation", "date": "2026-11-22"}


@pytest.fixture
def reviewed(tmp_path):
    def run(theirs=THEIRS, ours=OURS):
        (tmp_path / "ours.docx").write_bytes(ours)
        (tmp_path / "theirs.docx").write_bytes(theirs)
        return review(tmp_path / "ours.docx", tmp_path / "theirs.docx")

    return run


def answered(found, decisions, folder):
    """The reply, its file and the clean copy."""
    (folder / "decisions.yaml").write_text(decisions, encoding="utf-8")
    reply = answer(found, folder / "decisions.yaml", folder / "reply.docx", clean=folder / "clean.docx", **WHO)
    return reply, (folder / "reply.docx").read_bytes(), (folder / "clean.docx").read_bytes()


def lines(file):
    return [text for text in editing.paragraphs(file) if text]


def test_all_accepted_all_rejected_and_all_left(reviewed, tmp_path):
    """Rejected is what we sent, accepted what they want; what is left is not touched in the reply, ours in the copy."""
    sent, wanted = lines(OURS), lines(word.accept(THEIRS))
    for default, text in (("accept", wanted), ("reject", sent), ("leave", wanted)):
        _, reply, clean = answered(reviewed(), f"default: {default}\n", tmp_path)
        assert lines(word.accept(reply)) == text
        assert editing.story(word.reject(reply, authors=["U.S. delegation"])) == editing.story(THEIRS)
        assert lines(clean) == (sent if default == "leave" else text)
        assert not list(Package.of("c", clean).body().iter(*(name(t) for t in ("ins", "del", "moveFrom", "moveTo"))))
        assert audited(reply) == audited(clean) == []


DECISIONS = """
default: leave
rules:
  - kind: untracked
    do: reject
  - author: Ana Partner
    kind: formatted
    do: accept
decisions:
  - path: II.3
    do: reject
  - path: III
    do: counter
    text: |
      No duties are levied on the property of a visiting force.
      Fees for services are paid.
  - path: V.1
    do: counter
    text: Each Party waives claims of every kind against the other.
  - path: IV
    do: accept
"""


def test_provisions_are_countered_and_changes_decided_one_by_one(reviewed, tmp_path):
    decisions = DECISIONS.replace("  - author: Ana Partner\n    kind: formatted\n    do: accept\n", "")
    reply, file, clean = answered(reviewed(), decisions, tmp_path)
    assert (reply.accepted, reply.rejected, reply.left, reply.countered) == (2, 2, 0, 2)
    said = lines(clean)
    assert lines(word.accept(file)) == said
    start = said.index("\nTaxes")
    assert said[start + 1 : start + 3] == [
        "No duties are levied on the property of a visiting force.",
        "Fees for services are paid.",
    ]
    assert "Each Party waives claims of every kind against the other." in said
    assert any(text.startswith("Subparagraph (b) of paragraph 1") for text in said)
    assert any("one year's notice" in text for text in said)
    authors = {e.get(name("author")) for e in Package.of("r", file).body().iter(name("ins"), name("del"))}
    assert authors == {"Ana Partner", "U.S. delegation"}


WRONG = [
    ("decisions:\n  - path: XII\n    do: accept\ndefault: leave\n", ["nothing changed in XII"]),
    ("decisions:\n  - change: 99\n    do: accept\n  - path: V.1\n    do: counter\n",
     ["there is no change 99", "V.1: a counter needs a text", "nothing decides"]),
    ("default: accept\ndecisions:\n  - path: V.1\n    do: accept\n    text: words\n", ["a text is for a counter only"]),
    ("default: accept\nrules:\n  - author: Nobody\n    do: reject\n", ["rule 1 fits no change"]),
    ("default: accept\nsha256: 00\n", ["written for another file"]),
    ("default: accept\ndecisions:\n  - path: V.1\n    do: leave\n  - path: V.1\n    do: accept\n", ["decided twice"]),
    ("default: accept\ndecisions:\n  - do: accept\n", ["give either a path or a change"]),
    ("default: leave\ndecisions:\n  - path: title\n    do: accept\n", ["nothing changed in title"]),
]  # fmt: skip


@pytest.mark.parametrize(("decisions", "problems"), WRONG)
def test_everything_wrong_in_the_decisions_is_said_at_once(reviewed, tmp_path, decisions, problems):
    with pytest.raises(DecisionError) as caught:
        answered(reviewed(), decisions, tmp_path)
    assert [problem for problem in problems if problem not in str(caught.value)] == []
    assert not (tmp_path / "reply.docx").exists()


@pytest.mark.parametrize("decisions", ["do: [", "default: maybe\n", "decisions:\n  - path: V\n    to: accept\n"])
def test_a_damaged_file_of_decisions(reviewed, tmp_path, decisions):
    with pytest.raises(RecordError, match=r"decisions\.yaml"):
        answered(reviewed(), decisions, tmp_path)


def test_the_file_to_fill_in_names_every_change_and_is_never_overwritten(reviewed, tmp_path):
    found = reviewed()
    path = write_decisions(found, tmp_path / "empty.yaml")
    text = path.read_text()
    assert all(f"# {tracked.number}: " in text for clause in found.clauses for tracked in clause.tracked)
    assert "# u1: untracked" in text
    with pytest.raises(AgreementsError, match="exists already"):
        write_decisions(found, path)
    with pytest.raises(DecisionError, match="nothing decides"):
        answered(found, text, tmp_path)
    filled = text.replace("    do:  #", "    do: accept  #")
    assert lines(answered(found, filled, tmp_path)[2]) == lines(word.accept(THEIRS))


def test_an_untracked_change_that_meets_a_tracked_one_is_not_undone_in_silence(reviewed, tmp_path):
    quietly = typed(OURS, "one year's notice", "a month's notice")
    theirs = word.redline(quietly, typed(OURS, "one year's notice", "a week's notice"), PARTNER).content
    with pytest.raises(AgreementsError, match="a tracked change meets the same words"):
        answered(reviewed(theirs), "default: accept\nrules:\n  - kind: untracked\n    do: reject\n", tmp_path)


@settings(max_examples=15, deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))
@example(4, [("move", 1, 6, "")], 0)
@example(2, [("paragraph", 7872, 29833, "& others"), ("paragraph", 1886, 3404, "<b>")], 2579)  # what went along is told
@example(1, [("word", 60030, 89765, "shall")], 258340)  # words put into the result of a field
@given(st.sampled_from(range(len(FILES))), editing.edits(), st.integers(0, 2**20))
def test_any_choice_among_any_changes_keeps_both_authors(index, edits, choice):
    """Accept some, reject the others: what is ours can be taken back, and accepting all gives the clean copy."""
    sent = FILES[index]
    theirs = word.redline(sent, editing.edited(sent, edits), PARTNER).content
    with tempfile.TemporaryDirectory() as name_of_folder:
        folder = Path(name_of_folder)
        (folder / "ours.docx").write_bytes(sent)
        (folder / "theirs.docx").write_bytes(theirs)
        found = review(folder / "ours.docx", folder / "theirs.docx")
        assert found.untracked == 0
        kinds = ["accept" if choice >> n & 1 else "reject" for n in range(20)]
        moved = kinds[0]
        rows = [
            f"  - change: {t.number}\n    do: {moved if alike else kinds[t.number % 20]}\n"
            for clause in found.clauses
            for t in clause.tracked
            for alike in [bool(clause.moved_with) or t.change.kind.startswith("moved")]
        ]
        decisions = "default: accept\n" + ("decisions:\n" + "".join(rows) if rows else "")
        _, reply, clean = answered(found, decisions, folder)
    assert editing.story(word.accept(reply)) == editing.story(clean)
    back = word.reject(reply, authors=["U.S. delegation"])
    assert editing.story(word.accept(back)) == editing.story(word.accept(theirs))
    assert editing.story(word.reject(back)) == editing.story(sent)


@settings(max_examples=15, deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))
@example(4, [("drop-row", 1, 0, ""), ("cut", 7, 0, "waive claims")], [("word", 3, 3, "new")])
@example(4, [("move", 1, 6, "")], [])
@example(3, [("swap", 87, 101116, "")] * 3, [])  # an empty paragraph with a number and the one after it
@example(
    1,
    [("cell", 775794, 55289, "x")],
    [("merge", 199, 133127, "x"), ("merge", 7332, 266, "y"), ("split", 2666, 510510, "z")],
)
@given(st.sampled_from(range(len(FILES))), editing.edits(), st.one_of(st.just([]), editing.edits()))
def test_whatever_was_changed_without_tracking_is_found_and_can_be_undone(index, quietly, openly):
    """Their file differs from ours in words just when words are told; rejecting all gives what we sent.

    A change may also renumber what it leaves alone, or lead a reference elsewhere, with all words in place: those are
    told for what they are, and what leads elsewhere is undone in Word.
    """
    sent = FILES[index]
    quiet = editing.edited(sent, quietly[:3])
    theirs = word.redline(quiet, editing.edited(quiet, openly[:3]), PARTNER).content if openly else quiet
    with tempfile.TemporaryDirectory() as name_of_folder:
        folder = Path(name_of_folder)
        (folder / "ours.docx").write_bytes(sent)
        (folder / "theirs.docx").write_bytes(theirs)
        found = review(folder / "ours.docx", folder / "theirs.docx")
        assume(not found.texts.untracked.numbers)  # the number that a field shows is Word's to compute
        told = {change.what for clause in found.clauses for change in clause.untracked}
        assert ("words" in told) == (_words(sent) != _words(quiet))
        parted = any(clause.change in ("split", "merged") for clause in found.clauses)
        assert found.untracked or parted or not told  # a paragraph that was parted is told as that alone
        assert told or not found.untracked
        if parted and not told and not openly:  # an empty line with a number parts a clause and changes no word
            assert not any(said.startswith("Nothing in") for said in summary(found))
        assume(told <= {"words", "number"})
        try:
            _, reply, clean = answered(found, "default: reject\n", folder)
        except AgreementsError as refused:  # a number that only Word can set back: said, and nothing is written
            assert "(number) cannot be undone here; do it in Word" in str(refused)
            return
    assert _words(clean) == _words(sent)
    assert _words(word.accept(reply)) == _words(clean)
    back = word.reject(reply, authors=["U.S. delegation"])
    assert editing.story(word.accept(back)) == editing.story(word.accept(theirs))


def test_that_nothing_changed_is_never_said_beside_a_clause_that_an_empty_line_parts(tmp_path):
    quiet = editing.edited(FILES[3], [("swap", 87, 101116, "")] * 3)
    (tmp_path / "ours.docx").write_bytes(FILES[3])
    for openly in ([], [("word", 1, 0, "new")], [("word", 5, 0, "new")]):
        theirs = word.redline(quiet, editing.edited(quiet, openly), PARTNER).content if openly else quiet
        (tmp_path / "theirs.docx").write_bytes(theirs)
        found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
        assert "p1" in {path for clause in found.clauses for path in clause.names.split(", ")[0].split(" -> ")}
        assert not any(said.startswith("Nothing in") for said in summary(found))


def _words(file):
    return [" ".join(text.split()) for text in editing.paragraphs(file) if text.strip()]


def test_a_file_to_fill_in_can_be_filled_in_where_a_number_went_on_to_the_next_paragraph(reviewed, tmp_path) -> None:
    """What they dropped is decided by its changes, and the path is that of what has its number now."""
    theirs = typed(tracked(("2. The rules of [paragraph 1 of this Article](reference:II.1) apply to dependents "
                            "*mutatis mutandis*.\n3. ", "2. ")), "in transit", "in service")  # fmt: skip
    found = reviewed(theirs)
    assert [clause.path for clause in found.clauses].count("II.2") == 2
    write_decisions(found, tmp_path / "fill.yaml")
    written = (tmp_path / "fill.yaml").read_text("utf-8")
    assert "  # u1: untracked: transit -> service" in written
    assert written.count("- path: 'II.2'") == 1
    lines_of = written.splitlines()
    at = lines_of.index("  - path: 'II.2'") + 1
    lines_of[at] = "    do: counter\n    text: We say it otherwise."
    filled = "\n".join(lines_of).replace("do:  #", "do: reject  #")
    reply, _, clean = answered(found, filled, tmp_path)
    assert reply.rejected
    assert reply.countered == 1
    assert any("The rules of" in line and "mutatis mutandis" in line for line in lines(clean))
    assert "We say it otherwise." in lines(clean)
    with pytest.raises(DecisionError, match="decide the first by its changes"):
        answered(found, "decisions:\n  - path: II.2\n    do: reject\n", tmp_path)


def test_the_reply_counts_their_tracked_changes_as_the_review_does(reviewed, tmp_path) -> None:
    theirs = tracked((DROPPED, ""), ("Each Party waives", "Either Party waives"))
    found = reviewed(theirs)
    (tmp_path / "d.yaml").write_text("default: accept\n", encoding="utf-8")
    reply = answer(found, tmp_path / "d.yaml", tmp_path / "reply.docx", **WHO)
    assert f"{found.tracked} by Ana Partner" in " ".join(finding.message for finding in reply.findings)


@pytest.mark.parametrize(("text", "told"), [("1. Each Party waives all claims.", True), ("Ten days are given.", False)])
def test_words_of_ours_that_begin_with_the_number_of_the_paragraph_are_told(reviewed, tmp_path, text, told) -> None:
    found = reviewed(tracked(("Each Party waives", "Either Party waives")))
    reply, _, _ = answered(found, f"decisions:\n  - path: IV.1\n    do: counter\n    text: {text}\n", tmp_path)
    assert ("counter-numbered" in {finding.code for finding in reply.findings}) is told
