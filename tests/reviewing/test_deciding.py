"""Decisions clause by clause: the file that `answer` reads, one step at a time, and never more than was decided."""

import pytest

from agreements import library
from agreements.errors import ChangedMeanwhileError, ClassifiedError, NotFoundError
from agreements.reviewing.decisions import DecisionError
from tests.reviewing.test_answer import THEIRS, WHO
from tests.reviewing.test_review import OURS


@pytest.fixture
def found(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(THEIRS)
    return library.review(tmp_path / "ours.docx", tmp_path / "theirs.docx", precedents=False)


def rows(found, file):
    return {row.key: row.decision for row in library.review_sheet(found, file).rows}


def test_deciding_each_clause_decides_all_and_the_reply_is_written(found, tmp_path):
    file = tmp_path / "decisions.yaml"
    waiting = [key for key, decision in rows(found, file).items() if decision.is_open]
    assert waiting
    with pytest.raises(DecisionError, match="Nothing is decided on"):
        library.check_all_decided(found, file)
    for at, key in enumerate(waiting):
        open_before = {k for k, each in rows(found, file).items() if each.is_open}
        library.decide(found, file, key, ("reject", "leave")[at % 2])
        assert open_before - {k for k, each in rows(found, file).items() if each.is_open} == {key}  # and no other
    library.check_all_decided(found, file)
    assert library.answer(found, file, tmp_path / "reply.docx", **WHO).files


def test_taking_back_leads_to_none_in_as_many_steps(found, tmp_path):
    file = tmp_path / "decisions.yaml"
    keys = [key for key, decision in rows(found, file).items() if decision.is_open]
    for key in keys:
        library.decide(found, file, key, "reject")
    for left in range(len(keys) - 1, -1, -1):
        library.take_back(found, file)
        assert library.review_sheet(found, file).steps == left
    assert not file.exists()
    with pytest.raises(DecisionError, match="no decision to take back"):
        library.take_back(found, file)


def test_a_clause_is_opened_again_and_decided_otherwise(found, tmp_path):
    file = tmp_path / "decisions.yaml"
    key = next(key for key, decision in rows(found, file).items() if decision.is_open)
    library.decide(found, file, key, "reject")
    assert rows(found, file)[key].done == "reject"
    library.decide(found, file, key, "")
    assert rows(found, file)[key].is_open
    assert library.decide(found, file, key, "leave").done == "leave"
    assert file.read_text(encoding="utf-8").count("do:") <= len(found.clauses)


def test_a_decision_from_what_no_longer_stands_is_refused_with_both(found, tmp_path):
    file = tmp_path / "decisions.yaml"
    key = next(key for key, decision in rows(found, file).items() if decision.is_open)
    seen = rows(found, file)[key].fingerprint
    library.decide(found, file, key, "reject", expected=seen)
    before = file.read_bytes()
    with pytest.raises(ChangedMeanwhileError) as refused:
        library.decide(found, file, key, "accept", reason="why not", expected=seen)
    assert (refused.value.ours, refused.value.theirs) == ("accept\nReason: why not", "reject")
    assert file.read_bytes() == before


def test_what_nobody_tracked_is_accepted_for_a_reason_alone(found, tmp_path):
    file = tmp_path / "decisions.yaml"
    key = next(key for key, decision in rows(found, file).items() if "nobody tracked" in decision.why_a_reason)
    with pytest.raises(DecisionError, match="needs a reason, since nobody tracked it"):
        library.decide(found, file, key, "accept", reason="  ")
    assert not file.exists()
    assert library.decide(found, file, key, "accept", reason="read out\nat the table").reason == "read out at the table"
    with pytest.raises(ClassifiedError):
        library.decide(found, file, key, "accept", reason="(S//NF) it is so")


def test_default_and_rules_of_a_file_count_and_are_named(found, tmp_path):
    file = tmp_path / "decisions.yaml"
    file.write_text("default: leave\nrules:\n  - kind: untracked\n    do: reject\n", encoding="utf-8")
    said = {decision.by for decision in rows(found, file).values() if decision.done not in ("", "nothing to decide")}
    assert said <= {"by a rule of the file", "by the default of the file"}
    assert "by the default of the file" in said
    library.check_all_decided(found, file)


def test_a_clause_or_file_that_there_is_not_is_refused(found, tmp_path):
    with pytest.raises(NotFoundError):
        library.decide(found, tmp_path / "decisions.yaml", "XCIX", "reject")
    other = tmp_path / "other.yaml"
    other.write_text(f"sha256: {'0' * 64}\n", encoding="utf-8")
    with pytest.raises(DecisionError, match="another file"):
        library.review_sheet(found, other)


def test_their_file_is_shown_as_it_came_with_every_change_once(found, tmp_path):
    sheet = library.review_sheet(found, tmp_path / "none.yaml")
    shown = [each for paragraph in sheet.paragraphs for each in paragraph.words if each.kind != "equal"]
    words = "".join(each.text for each in shown if each.author)
    for tracked in (tracked for clause in found.clauses for tracked in clause.tracked):
        assert tracked.change.text in words
    numbers = [each.number for paragraph in sheet.paragraphs for each in paragraph.untracked]
    assert sorted(numbers) == sorted(each.number for clause in found.clauses for each in clause.untracked)
    assert len([p.key for p in sheet.paragraphs if p.key]) == len({p.key for p in sheet.paragraphs if p.key})


def test_each_clause_has_its_place_in_their_file(found, tmp_path):
    sheet = library.review_sheet(found, tmp_path / "none.yaml")
    placed = {paragraph.key for paragraph in sheet.paragraphs}
    assert {row.key for row in sheet.rows} <= placed  # also those that they took out
