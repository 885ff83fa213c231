"""Entry into force: which agreement it is of, the formula, the condition; a date only where the text gives one."""

from collections.abc import Callable

import pytest

from agreements.model import EntryIntoForce, Provision
from agreements.parsing import Parsed
from agreements.parsing.entry import entry_into_force
from agreements.parsing.terms import Stated

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
        ("This Agreement shall not enter into force on signature but upon a decision of both Parliaments.", "denied"),
        ("Should this Agreement not enter into force on 1 May 2010, the Parties shall meet.", "supposed not to"),
        ("This Agreement may enter into force on 1 May 2010.", "allowed"),
        ("This Agreement shall enter into force on the first day of the month that follows the month of its signature.",
         "not by notes"),
        ("This Agreement shall enter into force on the first day of the second month which follows the month in which"
         " it is signed.", "nor here"),
        ("This Agreement shall enter into force on a date to be agreed by exchange of notes.", "a day to be agreed"),
        ("The Parties shall endeavour that this Agreement enters into force on 1 May 2010.", "hoped for"),
        ("Article 5 of this Agreement shall enter into force on 1 May 2010.", "a part"),
        ("The Annex to this Agreement shall enter into force on 1 May 2010.", "its annex"),
        ("Changes to the Annexes of this Agreement shall enter into force upon an exchange of notes.", "changes of it"),
        ("Any revision of this Agreement shall come into force on 1 May 2010.", "a revision"),
        ("Arrangements to carry out this Agreement shall enter into force on the date of signature.", "what serves it"),
        ("Arrangements made under this Agreement shall enter into force on the date of signature.", "a base"),
        ("This Agreement may be amended in writing by a protocol, which shall enter into force on signature.",
         "another subject has come between"),
        ("The law by which this Agreement is approved enters into force on 1 May 2010.", "the law of one Party"),
        ("The Depositary shall tell all of the date upon which this Agreement will enter into force by notification.",
         "the day is told"),
        ("As soon as this Agreement enters into force, by notification, its text shall be sent to the Secretariat.",
         "what follows on it"),
        ("In the case of any State which subsequently signs this Agreement, the Agreement shall enter into force on the"
         " deposit of its instrument of ratification.", "for one State that comes later"),
        ("Thereafter, this Agreement shall enter into force for any Member when its ratification has been registered.",
         "for one Member"),
        ("This Agreement shall extend to the islands named from the date on which the Agreement enters into force for"
         " the State concerned or thirty days after the notification.", "for islands"),
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
        (ENTRY + "thirty (30) days after the date of signature.", "1", "thirty (30) days after the date of signature",
         "counted from the signature, and not on it"),
        (ENTRY + "on the first day of the month after signature.", "1", "first day of the month after signature",
         "counted in months"),
        (ENTRY + "30 days after its signature.", "1", "30 days after its signature", "without the word date"),
        (ENTRY + "on signature and remains in force for six years after that.", "1", "", "a period of its term"),
        (ENTRY + "on 1 July 2006 or on the date of the last notification, whichever is later.", "6",
         "or on the date of the last notification, whichever is later", "the later of two days"),
        (ENTRY + "on 1 July 2006 at the latest.", "6", "at the latest", "no day but a limit"),
        ("This note and your reply constitute an agreement which shall enter into force thirty days after the date"
         " of your reply.", "3", "thirty days after the date of your reply", "counted from the reply"),
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
        (ENTRY + "on signature, except Article 1, which shall enter into force on 1 May 2010.", "1", None, None,
         "the day of a part is not that of the whole"),
        (ENTRY + "when the Treaty between Chile and Peru on tolls enters into force.", "7", None, None, "with another"),
        (ENTRY + "at midnight on 1 May 2010.", "6", "2010-05-01", None, "with an hour"),
        ("This Agreement shall be effective from 1 May 2010.", "6", "2010-05-01", None, "effective"),
        ("This Agreement is subject to ratification. It shall enter into force when the instruments of ratification"
         " have been exchanged.", "8", None, None, "it, after a sentence that names the agreement"),
        ("This Agreement shall not enter into force until the instruments of ratification have been exchanged.", "8",
         None, None, "not before a condition is met"),
        ("As soon as two States have deposited their instruments of ratification of this Agreement, it shall enter into"
         " force.", "8", None, None, "it, behind what it stands for"),
        ("This Agreement shall enter into force when the ratifications of two Members have been registered.", "8", None,
         None, "ratifications of somebody"),
    ],
)  # fmt: skip
def test_formulas(  # noqa: PLR0917
    parsed: Callable[..., Parsed], body: str, formula: str, date: str | None, since: str | None, why: str
) -> None:
    entry = entry_of(parsed, body)
    assert entry, why
    assert (entry.formula, entry.date, entry.applies_from) == (formula, date, since), why


@pytest.mark.parametrize(
    ("code", "says", "others"),
    [
        ("fr", "Le présent Accord entrera en vigueur le 1er mai 2010.",
         ("L'annexe au présent Accord entrera en vigueur le 1er mai 2010.",
          "Le présent Accord n'entre pas en vigueur le 1er mai 2010.")),
        ("de", "Dieses Abkommen tritt am 1. Mai 2010 in Kraft.",
         ("Der Anhang dieses Abkommens tritt am 1. Mai 2010 in Kraft.",
          "Dieses Abkommen tritt nicht am 1. Mai 2010 in Kraft.")),
        ("es", "El presente Convenio entrará en vigor el 1 de mayo de 2010.",
         ("El anexo del presente Convenio entrará en vigor el 1 de mayo de 2010.",
          "El presente Convenio no entrará en vigor el 1 de mayo de 2010.")),
        ("ru", "Настоящее Соглашение вступает в силу с 1 мая 2010 года.",
         ("Приложение к настоящему Соглашению вступает в силу с 1 мая 2010 года.",
          "Настоящее Соглашение не вступает в силу с 1 мая 2010 года.")),
    ],
)  # fmt: skip
def test_annexes_and_denials_in_other_languages(code: str, says: str, others: tuple[str, ...]) -> None:
    def entry_in(words: str) -> EntryIntoForce | None:
        return entry_into_force([Stated(Provision(kind="article", text=words), words, code)])[0]

    entry = entry_in(says)
    assert entry
    assert (entry.formula, entry.date) == ("6", "2010-05-01")
    for each in others:
        assert entry_in(each) is None, each


def test_words_quoted_for_another_text_say_nothing_of_this_one(parsed: Callable[..., Parsed]) -> None:
    quoted = ["Article 9 of the Agreement shall read as follows:", "“Article 9", ENTRY + "on 1 May 2010.”"]
    assert parsed("# Protocol", "They agree as follows:", "# Article 1", *quoted).agreement.entry_into_force is None
    own = "This Protocol shall enter into force on signature."
    entry = parsed("# Protocol", "They agree as follows:", "# Article 1", *quoted, "# Article 2", own)
    assert entry.agreement.entry_into_force
    assert entry.agreement.entry_into_force.formula == "1"


def test_places_and_dates_of_signature_in_their_order(parsed: Callable[..., Parsed]) -> None:
    end = "DONE on 3 May 2004 at Lorn, in the Dutch language, and on 7 June 2004 at Sund."
    found = parsed("# Agreement on visits", "They have agreed as follows:", "# Article 1", "Free.", end).agreement
    assert [(s.date, s.place) for s in found.signings] == [("2004-05-03", "Lorn"), ("2004-06-07", "Sund")]


@pytest.mark.parametrize(
    ("end", "signings"),
    [
        (["DONE at Lorn, May 3, 2004, and at Sund, June 7, 2004."], [("2004-05-03", "Lorn"), ("2004-06-07", "Sund")]),
        (["DONE in duplicate.", "For Arland:", "Lorn, 3 May 2004", "For Borland:", "Sund, 7 June 2004"],
         [("2004-05-03", "Lorn"), ("2004-06-07", "Sund")]),
        (["DONE at Lorn on 3 May 2004, with regard to the Treaty of 4 June 1997."], [("2004-05-03", "Lorn")]),
        (["DONE in duplicate.", "For Arland:", "Ministry, 3 May 2004"], [("2004-05-03", "")]),
        (["DONE AT LORN ON 03.05.2004"], [("2004-05-03", "LORN")]),
        (["IN WITNESS WHEREOF, having exchanged their full powers of 1 March 2004, they have signed this Agreement.",
          "DONE at Lorn, this 3rd day of May, 2004."], [("2004-05-03", "Lorn")]),
        (["IN WITNESS WHEREOF, with full powers of 1 March 2004, they have signed. Done at Lorn, 3 May 2004."],
         [("2004-05-03", "Lorn")]),
    ],
)  # fmt: skip
def test_places_stand_alone_and_other_dates_are_no_signings(
    parsed: Callable[..., Parsed], end: list[str], signings: list[tuple[str, str]]
) -> None:
    found = parsed("# Agreement on visits", "They have agreed as follows:", "# Article 1", "Free.", *end).agreement
    assert [(s.date, s.place) for s in found.signings] == signings
