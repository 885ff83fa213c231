"""Entry into force: which agreement it is of, the formula, the condition; a date only where the text gives one."""

from collections.abc import Callable

import pytest

from agreements.model import EntryIntoForce
from agreements.parsing import Parsed

ENTRY = "This Agreement shall enter into force "


def entry_of(parsed: Callable[..., Parsed], *bodies: str) -> EntryIntoForce | None:
    lines = ["# Agreement on visits", "The Parties have agreed as follows:"]
    for number, body in enumerate(bodies, 1):
        lines += [f"# Article {number}", body]
    return parsed(*lines).agreement.entry_into_force


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("The Parties keep the Agreement between Chile and Peru on visas, which entered into force on 1 March 2011.",
         "another agreement, and the past"),
        ("The Treaty between Chile and Peru on visas shall enter into force on 1 March 2011.", "another agreement"),
        ("Once this Agreement enters into force, on 1 March 2011, visits are free.", "what happens after it"),
        ("Within thirty days after this Agreement enters into force the Parties shall notify each other of it.",
         "what happens after it, with words of a formula"),
        ("The denunciation of this Agreement takes effect six months after receipt of the note.", "its end"),
        ("The termination of this Agreement shall take effect upon signature of a protocol.", "its end, too"),
    ],
)  # fmt: skip
def test_what_is_not_said_of_this_agreement_is_no_fact(parsed: Callable[..., Parsed], body: str, why: str) -> None:
    assert entry_of(parsed, body) is None, why
    then = entry_of(parsed, body, ENTRY + "upon signature.")
    assert then, why
    assert (then.formula, then.date) == ("1", None), why


@pytest.mark.parametrize(
    ("body", "formula", "condition", "why"),
    [
        (ENTRY + "on 1 July 2006, provided that both Governments have by then completed their procedures.", "6",
         "provided that both Governments have by then completed their procedures", "a date with a proviso is no date"),
        (ENTRY + "on 1 July 2006 unless either Party objects.", "6", "unless either Party objects", "an objection"),
        ("Subject to approval by Congress, this Agreement shall enter into force on 1 July 2006.", "6",
         "Subject to approval by Congress", "a condition in front"),
        (ENTRY + "upon signature, subject to the availability of funds.", "1",
         "subject to the availability of funds", "a condition of signature"),
        (ENTRY + "upon signature and shall remain in force unless terminated.", "1", "", "a condition of its end"),
        ("If this proposal is acceptable, the notes constitute an agreement, which shall enter into force on the date"
         " of your reply.", "3", "", "an offer is no condition"),
    ],
)  # fmt: skip
def test_conditions(parsed: Callable[..., Parsed], body: str, formula: str, condition: str, why: str) -> None:
    entry = entry_of(parsed, body)
    assert entry, why
    assert (entry.formula, entry.date, entry.condition) == (formula, None, condition), why


@pytest.mark.parametrize(
    ("body", "formula", "date", "since", "why"),
    [
        (ENTRY + "upon signature and shall have effect from 1 January 2004.", "1", None, "2004-01-01", "retroactive"),
        (ENTRY + "upon signature, retroactive to 1 January 2004.", "1", None, "2004-01-01", "in one word"),
        (ENTRY + "with effect from 1 January 2004.", "6", "2004-01-01", None, "a date"),
        ("This Agreement shall be deemed to have entered into force on 1 May 2001.", "6", "2001-05-01", None, "deemed"),
        (ENTRY + "on the date of an exchange of notes stating that it has been approved.", "4", None, None,
         "an exchange of notes"),
        (ENTRY + "thirty days after the exchange of notes confirming approval.", "5a", None, None, "days after it"),
        (ENTRY + "at the same time as the Treaty of Lorn.", "7", None, None, "with another instrument"),
        ("The Agreement shall be applied provisionally from signature and shall enter into force upon the exchange of"
         " ratifications.", "8", None, None, "provisional application apart"),
    ],
)  # fmt: skip
def test_formulas(  # noqa: PLR0917
    parsed: Callable[..., Parsed], body: str, formula: str, date: str | None, since: str | None, why: str
) -> None:
    entry = entry_of(parsed, body)
    assert entry, why
    assert (entry.formula, entry.date, entry.applies_from) == (formula, date, since), why


def test_places_and_dates_of_signature_in_their_order(parsed: Callable[..., Parsed]) -> None:
    end = "DONE on 3 May 2004 at Lorn, in the Dutch language, and on 7 June 2004 at Sund."
    found = parsed("# Agreement on visits", "They have agreed as follows:", "# Article 1", "Free.", end).agreement
    assert [(s.date, s.place) for s in found.signings] == [("2004-05-03", "Lorn"), ("2004-06-07", "Sund")]
