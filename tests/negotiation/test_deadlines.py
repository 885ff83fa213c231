"""Deadlines: the rules, what they give, and what they refuse to give."""

from datetime import date
from typing import Any

import pytest

from agreements.isodates import PeriodUnit, shifted
from agreements.model import Agreement, EntryIntoForce, Party, Relation, Signing
from agreements.negotiation.calendar import subject_of
from agreements.negotiation.days import remark
from agreements.negotiation.deadlines import EVENTS, Deadline, Happening, deadlines_of, nato_members, rules

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "count", "unit", "then"),
    [
        ("2026-03-02", 15, "days", "2026-03-17"),
        ("2026-01-31", 1, "months", "2026-02-28"),  # no thirty-first in February
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2026-12-03", 1, "month-end", "2027-01-31"),  # over the end of the year
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2026-03-31", -13, "months", "2025-02-28"),
        ("2026-03-01", -30, "days", "2026-01-30"),
    ],
)
def test_periods_end_on_a_day_that_exists(day: str, count: int, unit: PeriodUnit, then: str) -> None:
    assert shifted(date.fromisoformat(day), count, unit).isoformat() == then


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-23", ""),
        ("2026-11-21", "a Saturday"),
        ("2026-11-26", "a federal holiday (Thanksgiving Day)"),
        ("2026-07-04", "a Saturday and a federal holiday (Independence Day)"),
        ("2021-12-31", "a federal holiday (New Year's Day (observed))"),  # kept in the year before
    ],
)
def test_days_off_are_told(day: str, said: str) -> None:
    assert remark(date.fromisoformat(day)) == said


def _agreement(**facts: Any) -> Agreement:
    given: dict[str, Any] = {
        "id": "usa-orlenia-2024",
        "family": "dca",
        "title": "Agreement on defense cooperation",
        "parties": (Party(code="USA"), Party(name="Orlenia")),
        "signings": (Signing(date="2024-03-01"), Signing(date="2024-03-04")),
        "entry_into_force": EntryIntoForce(date="2024-05-01", basis="notes"),
    }
    return Agreement(**{**given, **facts})


def _found(agreement: Agreement, *, today: date = TODAY, **more: Any) -> dict[str, Deadline]:
    return {d.rule.id: d for d in deadlines_of(subject_of(agreement, today=today, **more))}


def test_the_text_is_due_fifteen_days_after_the_last_signature() -> None:
    found = _found(_agreement())["text-to-state"]
    assert (found.due, found.rule.citation) == ("2024-03-19", "22 CFR 181.7")
    assert found.happening == Happening("2024-03-04", "the facts of the agreement", "usa-orlenia-2024")


def test_reports_fall_in_the_month_after() -> None:
    found = _found(_agreement())
    assert (found["report-signed"].due, found["report-in-force"].due) == ("2024-04-30", "2024-06-30")
    assert "names no day" in " ".join(found["report-signed"].remarks)


def test_the_rule_of_the_time_applies() -> None:
    earlier = _agreement(signings=(Signing(date="2015-06-01"),), entry_into_force=EntryIntoForce(date="2015-07-01"))
    found = _found(earlier)
    assert found["text-to-state-before-2023"].due == "2015-06-21"
    assert found["report-before-2023"].due == "2015-08-30"
    assert "text-to-state" not in found
    assert "report-signed" not in found


def test_what_is_not_verified_says_so() -> None:
    remarks = " ".join(_found(_agreement())["publication"].remarks)
    assert "Not verified" in remarks


@pytest.mark.parametrize(
    ("facts", "rule", "said"),
    [
        ({"signings": ()}, "text-to-state", "no date of signature is held"),
        ({"signings": (Signing(date="2024-03"),)}, "text-to-state", "known only as 2024-03"),
        ({"entry_into_force": None}, "publication", "no date of entry into force is held"),
        ({"term": ""}, "term-end", "may run until it is terminated"),
        ({"term": "such time as they agree"}, "term-end", "no number of days, months or years"),
        ({"term": "five years", "entry_into_force": None}, "term-end", "entry into force is not known"),
        ({"family": "acsa"}, "acsa-settlement", "an order was delivered is not known"),
    ],
)
def test_without_its_day_nothing_is_computed(facts: dict[str, Any], rule: str, said: str) -> None:
    found = _found(_agreement(**facts))[rule]
    assert found.due == ""
    assert found.missing.startswith("Cannot compute")
    assert said in found.missing


def test_what_is_held_as_a_draft_was_not_signed() -> None:
    found = _found(_agreement(term="five years", standing="draft"))
    assert {each.due for each in found.values()} == {""}
    assert "held as a draft" in found["text-to-state"].missing


def test_what_says_that_it_does_not_bind_is_reported_only_where_somebody_says_that_it_qualifies() -> None:
    found = _found(_agreement(binding=False))
    assert not {"registration", "publication"} & found.keys()
    for rule in ("text-to-state", "report-signed", "report-in-force", "publication-operative"):
        assert (found[rule].due, found[rule].missing.startswith("No day is counted")) == ("", True)
    assert _found(_agreement())["text-to-state"].due


def test_no_day_is_made_up_where_the_rule_fixes_none() -> None:
    assert _found(_agreement())["registration"].missing == "No day is fixed: as soon as possible."


def test_the_notice_window_closes_before_the_term() -> None:
    found = _found(_agreement(term="five (5) years", termination_notice_months=6))
    assert found["term-end"].due == "2029-05-01"
    assert found["notice-window"].due == "2028-11-01"
    in_days = _found(_agreement(term="five (5) years", termination_notice_months=6, termination_notice_days=180))
    assert in_days["notice-window"].due == "2028-11-02"


@pytest.mark.parametrize(
    ("today", "due", "said"),
    [
        (date(2024, 6, 1), "2026-05-01", "The first term"),
        (date(2026, 5, 1), "2026-05-01", "The first term"),
        (date(2026, 5, 2), "2027-05-01", "Renewal 1"),
        (date(2033, 1, 1), "2033-05-01", "Renewal 7"),
    ],
)
def test_a_term_that_renews_itself_ends_with_the_period_that_runs(today: date, due: str, said: str) -> None:
    found = _found(_agreement(term="two years", renewal="successive one-year periods"), today=today)["term-end"]
    assert found.due == due
    assert said in " ".join(found.remarks)


def test_what_came_later_is_named() -> None:
    found = _found(_agreement(term="two years"), later=("usa-orlenia-2026",))["term-end"]
    assert "usa-orlenia-2026" in " ".join(found.remarks)


def test_the_words_of_the_text_are_the_evidence() -> None:
    rows = [{"field": "signings", "path": "testimonium.2", "words": "Done at Port Maren, 4 March 2024"}]
    found = {d.rule.id: d for d in deadlines_of(subject_of(_agreement(), rows, today=TODAY))}["text-to-state"]
    assert found.happening is not None
    assert found.happening.where == "usa-orlenia-2024#testimonium.2"
    assert found.happening.evidence == "Done at Port Maren, 4 March 2024"


@pytest.mark.parametrize(
    ("partner", "due"),
    [("FIN", None), ("AUS", "2024-02-03"), ("NATO", None), ("", "2024-02-03")],
)
def test_congress_has_notice_of_an_acsa_with_a_state_outside_nato(partner: str, due: str | None) -> None:
    acsa = _agreement(family="acsa", parties=(Party(code="USA"), Party(code=partner, name="the partner")))
    found = _found(acsa).get("acsa-conclusion-notice")
    assert (found.due if found else None) == due


def test_membership_of_nato_is_dated() -> None:
    assert "FIN" not in nato_members("2023-04-03")
    assert "FIN" in nato_members("2023-04-04")
    assert len(nato_members("2026-01-01")) == 32


def test_days_that_somebody_names_win() -> None:
    given = {"delivery": Happening("2026-01-31", "order 7")}
    found = _found(_agreement(family="acsa"), given=given)
    assert found["acsa-settlement"].due == "2027-01-31"
    assert found["acsa-offset"].due == "2027-07-31"


def test_special_measures_expire_by_their_own_name() -> None:
    found = _found(_agreement(family="sma", term="four years"))
    assert found["special-measures-end"].due == "2028-05-01"
    assert "term-end" not in found


def test_others_have_no_duty_to_congress() -> None:
    found = _found(_agreement(parties=(Party(name="Orlenia"), Party(name="Vastria"))))
    assert {rule for rule, d in found.items() if "U.S.C." in d.rule.citation} == set()


def test_every_rule_says_its_source() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))
    for rule in rules():
        assert rule.citation and rule.basis and rule.rule.endswith("."), rule.id
        assert date.fromisoformat(rule.checked) <= date.today()
        assert rule.trigger in EVENTS


def test_relations_of_the_agreement_do_not_confuse_the_term() -> None:
    amended = _agreement(term="two years", relations=(Relation(kind="supersedes", target="usa-orlenia-1990"),))
    assert _found(amended)["term-end"].due == "2026-05-01"
