"""A reply that changes a term of the note is a counter-offer: no agreement, no day of entry into force."""

import pytest

from agreements.parsing import Parsed, parse
from agreements.reading import read_text

NOTES = """EXCHANGE OF NOTES BETWEEN VALDORIA AND KARUZHAN CONCERNING OVERFLIGHT

The Embassy of Valdoria presents its compliments to the Ministry of Foreign Affairs of Karuzhan and has the honor to
propose the following:

1. Aircraft of Valdoria may overfly the territory of Karuzhan on 72 hours.

2. No charges shall be imposed, subject to the rules on services that are asked for.

If the foregoing is acceptable, the Embassy proposes that this note and the Ministry's reply shall constitute an
agreement which shall enter into force on the date of the Ministry's reply.

The Embassy avails itself of this opportunity to renew to the Ministry the assurances of its highest consideration.

Karuzh, June 4, 2019.

The Ministry of Foreign Affairs of Karuzhan presents its compliments to the Embassy of Valdoria and has the honor to
refer to the Embassy's Note of June 4, 2019.

{reply}

Karuzh, July 1, 2019.
"""
TAKES = "The Ministry has the honor to inform the Embassy that the proposal is acceptable to its Government"
FRENCH = """ÉCHANGE DE NOTES ENTRE LA BELMORA ET LE KARUZHAN RELATIF AU SURVOL

L'Ambassade de Belmora présente ses compliments au Ministère des affaires étrangères et propose ce qui suit :

1. Les aéronefs peuvent survoler le territoire avec un préavis de 72 heures.

Si ce qui précède rencontre l'agrément du Gouvernement, la présente note et la réponse du Ministère constituent un
accord qui entrera en vigueur à la date de la réponse.

Le Ministère des affaires étrangères a l'honneur de faire savoir que cette proposition rencontre l'agrément du
Gouvernement{reply}.
"""


def read(reply: str, whole: str = NOTES) -> Parsed:
    lines = whole.replace("\n", " ").replace("  ", "\n\n").replace("{reply}", reply)
    return parse(read_text(lines, name="notes.txt"), id="notes")


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (f"{TAKES}.", ""),
        (f"{TAKES}, on the understanding that the notice of paragraph 1 shall be ninety-six hours.", "changes"),
        (f"{TAKES}, subject to the notice being 4 days.", "changes"),
        (f"{TAKES}, with the following modification: paragraph 2 is left out.", "changes"),
        (f"{TAKES}, provided that paragraph 2 be deleted.", "changes"),
        (f"{TAKES}, with the following addition: flights at night are excluded.", "changes"),
        (f"{TAKES}, it being agreed that flights are limited to five days.", "changes"),
        ("The Ministry has the honor to confirm that paragraphs 1 and 2 of the foregoing are acceptable.", "changes"),
        ("The Ministry has the honor to confirm that the foregoing is not acceptable to its Government.", "changes"),
        ("The Ministry regrets that it is unable to accept the proposal.", "changes"),
        ("The Ministry has taken note of the proposal and will revert in due course.", "open"),
        (f"{TAKES}. Paragraph 2 shall not apply to private airfields.", "open"),
        (f"{TAKES} as of January 1, 2020.", "open"),
        (f"{TAKES}, which takes this opportunity to thank the Embassy.", ""),
        (f"{TAKES}, with the exception of paragraph 2, and that the note and this reply are an agreement.", "changes"),
        (f"{TAKES}, save for the second sentence of paragraph 2.", "changes"),
        (f"{TAKES}, apart from paragraph 1.", "changes"),
        (f"{TAKES}, except that guests knock.", "open"),
        (f"{TAKES}. The Ministry proposes, however, that charges be paid.", "changes"),
        (f"{TAKES}, on the understanding that it ends on December 31, 2020.", "changes"),
        (f"{TAKES}, on the understanding that contractors are not aircrew.", "open"),
        (f"{TAKES}, subject to the approval of the National Assembly.", "open"),
        (f"{TAKES}. It is understood that aircrew carry papers.", "open"),
        (f"{TAKES}, on the understanding that this note and the Embassy's note constitute an agreement which enters"
         " into force on the date of this reply.", ""),
        (f"{TAKES}. Aircraft of Valdoria may overfly the territory of Karuzhan on 72 hours. No charges shall be"
         " imposed, subject to the rules on services that are asked for.", ""),
        (f"{TAKES}, which reads: Aircraft of Valdoria may overfly the territory of Karuzhan on 72 hours.", ""),
        (f"{TAKES}.\n\n1. Aircraft of Valdoria may overfly the territory of Karuzhan on ninety-six hours.", "open"),
    ],
)  # fmt: skip
def test_a_reply_is_an_acceptance_a_counter_offer_or_not_told(reply: str, code: str) -> None:
    found = read(reply)
    entry = found.agreement.entry_into_force
    assert [f.code for f in found.findings if f.code.startswith("reply-")] == ([f"reply-{code}"] if code else [])
    assert entry is not None
    assert entry.date == (None if code else "2019-07-01")
    assert bool(entry.condition) == bool(code)
    assert found.agreement.standing == ("draft" if code == "changes" else "agreement")


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("", ""),
        (", étant entendu que le préavis est de quatre-vingt-seize heures", "reply-changes"),
        (", sous réserve de son approbation par le Parlement", "reply-open"),
    ],
)
def test_notes_in_another_language_that_stand_in_one_text_are_asked_too(reply: str, code: str) -> None:
    found = read(reply, FRENCH)
    assert [f.code for f in found.findings if f.code.startswith("reply-")] == ([code] if code else [])


def test_a_counter_offer_that_a_third_note_accepts_is_left_to_a_person_to_read() -> None:
    third = (
        f"{TAKES}, on the understanding that the notice shall be ninety-six hours.\n\nThe Ministry avails itself"
        " of this opportunity to renew to the Embassy the assurances of its highest consideration."
        "\n\nKaruzh, July 1, 2019.\n\n"
        "The Embassy of Valdoria presents its compliments and has the honor, in reply to the note of"
        " July 1, 2019, to accept what it proposes."
    )
    found = read(third)
    assert [d.role for d in found.agreement.documents] == ["offer-note", "reply-note", "reply-note"]
    assert not [f for f in found.findings if f.code.startswith("reply-")]
    assert found.agreement.entry_into_force
    assert found.agreement.entry_into_force.date is None
