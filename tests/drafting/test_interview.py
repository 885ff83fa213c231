"""The interview as data: order, refusals, previews, and answers that become a parameter file which assembles."""

from dataclasses import replace
from typing import Any

import pytest

from agreements.drafting import DraftRequest, assemble, families, typed
from agreements.drafting.declarations import Declaration
from agreements.drafting.interview import Answers, Interview, Question

ANSWERS = {"long": "Republic of Tamaris", "short": "Tamaris", "adjective": "Tamarisian", "marking": "UNCLASSIFIED"}


def declared(kind: str, **more: Any) -> Declaration:
    return Declaration(type=kind, label="X", **more)  # type: ignore[arg-type]


def fill(interview: Interview, **given: str) -> list[Question]:
    """Answer everything: with `given` by name or field, else with the default, else with the example."""
    asked = []
    while question := interview.question():
        asked.append(question)
        wanted = given.get(question.name) or (ANSWERS | given).get(question.field or question.name, "")
        if not wanted and question.required and not question.default:
            wanted = question.choices[0].value if question.choices else question.example
        assert interview.answer(question, "" if question.given else wanted) == "", question
        assert len(asked) < 300
    return asked


@pytest.mark.parametrize("name", families())
def test_an_interview_of_any_family_ends_in_a_draft(name: str) -> None:
    interview = Interview(Answers(DraftRequest(name, "")))
    asked = fill(interview)
    made = assemble(interview.answers.request)
    assert [f for f in made.findings if f.severity == "error"] == []
    assert made.agreement is not None
    assert len({(q.name, q.field, len(q.given)) for q in asked}) == len(asked), "a question was put twice"


@pytest.mark.parametrize(
    ("declaration", "words", "value"),
    [
        (declared("period"), "72 hours", {"hours": "72"}),
        (declared("period"), "1 year", {"years": "1"}),
        (declared("period"), "12 mo", {"months": "12"}),
        (declared("money"), "USD 24,500,000", {"currency": "USD", "amount": "24500000"}),
        (declared("boolean"), "Y", "yes"),
        (declared("percent"), "5 %", "5"),
        (declared("integer"), "4,500", "4500"),
        (declared("languages"), "fr French", [{"code": "fr", "name": "French"}]),
        (declared("signer"), "A. Name; Minister", {"name": "A. Name", "title": "Minister"}),
        (declared("choice", choices={"J1": "", "J2": ""}), "2", "J2"),
        (declared("list", item="site"), "Port Sable; the quay", {"name": "Port Sable", "description": "the quay"}),
        (declared("line"), " 1. one ", "1. one"),
    ],
    ids=lambda v: str(v)[:20],
)  # fmt: skip
def test_values_are_read_as_people_type_them(declaration: Declaration, words: str, value: Any) -> None:
    assert typed.read(declaration, words) == value
    assert (
        typed.read(declaration, typed.written(declaration, [value] if declaration.type == "list" else value)) == value
    )


@pytest.mark.parametrize(
    ("declaration", "words", "told"),
    [
        (declared("period"), "soon", "72 hours"),
        (declared("money"), "much", "USD"),
        (declared("boolean"), "perhaps", "yes or no"),
        (declared("languages"), "English", "fr French"),
        (declared("choice", choices={"J1": "", "J2": ""}), "J", "J1, J2"),
        (declared("signer"), "a; b; c", "name; title"),
    ],
    ids=lambda v: str(v)[:12],
)
def test_what_cannot_be_read_says_how_to_write_it(declaration: Declaration, words: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        typed.read(declaration, words)


def at(interview: Interview, name: str) -> Question:
    """Answer until the question `name` comes."""
    while (question := interview.question()) and question.name != name:
        wanted = ANSWERS.get(question.field or question.name, "")
        if not wanted and question.required and not question.default and not question.given:
            wanted = question.choices[0].value if question.choices else question.example
        assert interview.answer(question, wanted) == ""
    assert question is not None
    return question


def test_a_choice_says_what_it_takes_into_the_text_and_how_that_reads() -> None:
    interview = Interview(Answers(DraftRequest("sofa", "agreement")))
    question = at(interview, "claims_model")
    assert [c.value for c in question.choices] == ["C1", "C3"]
    assert "Full mutual waiver" in question.choices[0].effect
    assert "Less favorable to the sending State" in question.choices[1].effect
    assert any("gross negligence" in line for line in interview.preview(question, "C3"))
    assert not any("gross negligence" in line for line in interview.preview(question, "C1"))
    assert "Tamaris" in " ".join(interview.preview(question, "C3"))


def test_a_condition_says_which_clauses_depend_on_it() -> None:
    interview = Interview(Answers(DraftRequest("sofa", "agreement")))
    question = at(interview, "funds")
    assert question.decides == ("funds",)
    assert any("availability of funds" in line for line in interview.preview(question, "yes"))


def test_questions_that_do_not_count_are_not_put() -> None:
    asked = [q.name for q in fill(Interview(Answers(DraftRequest("sofa", "agreement"))))]
    assert "refund_period" not in asked
    asked = [q.name for q in fill(Interview(Answers(DraftRequest("sofa", "agreement"))), tax_method="refund")]
    assert "refund_period" in asked


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("marking", "SECRET", "UNCLASSIFIED"),
        ("draft_date", "tomorrow", "year-month-day"),
        ("activities", "", "needed"),
        ("termination_notice", "{}", "12 months"),
        ("signing_date", "2027-02-31", "2027"),
        ("jurisdiction_model", "J9", "J1, J2, J3"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_the_question_comes_again(name: str, words: str, told: str) -> None:
    interview = Interview(Answers(DraftRequest("sofa", "agreement")))
    question = at(interview, name)
    assert told in interview.answer(question, words)
    assert interview.question() == question


def test_going_back_asks_the_last_question_again() -> None:
    interview = Interview(Answers(DraftRequest("sofa", "agreement")))
    assert not interview.back()
    question = at(interview, "jurisdiction_model")
    assert interview.answer(question, "J1") == ""
    assert interview.back()
    assert interview.question() == replace(question, default="J1")
    assert interview.answers.request.parameters["jurisdiction_model"] == "J1"


@pytest.mark.parametrize("steps", [1, 3, 8, 200])
@pytest.mark.parametrize("family", ["sofa", "acsa"])
def test_going_back_loses_no_answer_and_enter_keeps_each(family: str, steps: int) -> None:
    interview = Interview(Answers(DraftRequest(family, "")))
    fill(interview)
    before = (interview.answers.request, sorted(interview.answers.left))
    gone = sum(interview.back() for _ in range(steps))
    assert gone > 0
    assert interview.answers.request == before[0]
    asked = 0
    while question := interview.question():
        assert interview.answer(question, "") == "", question
        asked += 1
        assert asked < 50
    assert (interview.answers.request, sorted(interview.answers.left)) == before


def test_another_answer_after_going_back_changes_that_one_alone() -> None:
    interview = Interview(Answers(DraftRequest("sofa", "agreement")))
    fill(interview, claims_model="C1")
    before = dict(interview.answers.request.parameters)
    while interview.back():
        question = interview.question()
        assert question is not None
        if question.name == "claims_model":
            break
    assert question.default == "C1"
    assert interview.answer(question, "C3") == ""
    assert interview.answers.request.parameters == before | {"claims_model": "C3"}


def test_any_question_can_be_answered_at_any_time() -> None:
    interview = Interview(Answers(DraftRequest("sofa", "agreement")))
    assert interview.put("claims_model", "C3") == ""
    assert "needed" in interview.put("activities", " ")
    assert interview.put("claims_model", "C9")
    assert interview.given("claims_model") == "C3"
    assert "long" in interview.put("receiving", {"short": "Tamaris"}) or interview.given("receiving") == ""
    fields = {"long": "Republic of Tamaris", "short": "Tamaris", "adjective": "Tamarisian"}
    assert interview.put("receiving", fields) == ""
    assert {field.field: field.default for field in interview.fields("receiving") if field.default} == fields
    assert "does not count" in interview.put("refund_period", "30 days")
    assert interview.put("tax_method", "refund") == ""
    assert interview.put("refund_period", "30 days") == ""
    assert "refund_period" in [question.name for question in interview.questions()]
    fill(interview)
    assert interview.answers.request.parameters["claims_model"] == "C3"
    assert interview.question() is None
    assert interview.put("draft_date", "2026-11-30") == ""
    assert interview.put("draft_date", "") == ""
    assert interview.answers.request.draft_date == ""
    assert assemble(interview.answers.request).agreement is not None


def test_answers_put_one_by_one_are_those_of_the_interview() -> None:
    asked = Interview(Answers(DraftRequest("sofa", "", draft_key="k")))
    fill(asked)
    given = Interview(Answers(DraftRequest("sofa", "", draft_key="k")))
    assert given.put("form", asked.given("form")) == ""
    for question in asked.questions():
        fields = {field.field: field.default for field in asked.fields(question.name)}
        assert given.put(question.name, fields or asked.given(question.name)) == "", question
    assert given.answers.request == asked.answers.request
    assert given.question() is None
