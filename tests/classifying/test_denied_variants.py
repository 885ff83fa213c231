"""Every rule for variants gives its variant where a text affirms it, and none where the same text denies it."""

import pytest

from agreements.classifying.variants import variants_in
from agreements.registry import VARIANTS

STAFF = "a standing equal to that of the administrative and technical staff under the Vienna Convention"
RULES = {  # kind and code: what affirms it, and what denies it
    ("criminal_jurisdiction", "J1"): (
        "Guests are subject to the exclusive jurisdiction of the sending State.",
        ["No guest shall be subject to the exclusive jurisdiction of the sending State."],
    ),
    ("criminal_jurisdiction", "J2"): (
        f"Guests have {STAFF}.",
        [f"Guests shall not enjoy {STAFF}.", f"Guests serve without {STAFF}.", f"Nothing in it gives guests {STAFF}."],
    ),
    ("criminal_jurisdiction", "J3"): (
        "The courts are concurrent; each gives sympathetic consideration to a request of the other for a waiver.",
        ["The courts are concurrent; no one shall give sympathetic consideration to a request for a waiver."],
    ),
    ("criminal_jurisdiction", "J4"): (
        "Borduria waives its primary right and may recall that waiver.",
        ["Borduria does not waive its primary right; it may recall any waiver.", "It waives no primary right."],
    ),
    ("criminal_jurisdiction", "J5"): (
        "Guests first: the primary right to exercise jurisdiction is theirs. Else the host has the primary right to "
        "exercise jurisdiction.",
        ["No guest has the primary right to exercise jurisdiction, nor a host the primary right to exercise it."],
    ),
    ("criminal_jurisdiction", "J6"): (
        "The host has the primary right over grave wrongs.",
        ["The host has no primary right over grave wrongs.", "Nothing gives it the primary right over grave wrongs."],
    ),
    ("criminal_jurisdiction", "J7"): (
        "Syldavia requests the authorities of Borduria to waive jurisdiction.",
        ["Syldavia never requests the authorities of Borduria to waive jurisdiction."],
    ),
    ("recall_window", "30 days"): (
        "It may recall the waiver within thirty days.",
        ["It shall not recall the waiver within thirty days.", "No one may recall the waiver within thirty days."],
    ),
    ("claims", "C1"): (
        "Each waives all claims, other than contractual claims, for damage, injury or death.",
        ["Neither waives any claims, other than contractual claims, for damage, injury or death."],
    ),
    ("claims", "C2"): (
        "Claims of neighbours are governed by Article VIII of the NATO SOFA.",
        ["Claims of neighbours are not governed by Article VIII of the NATO SOFA."],
    ),
    ("claims", "C3"): (
        "Each waives its claims, save for gross negligence.",
        ["Each waives its claims, including for gross negligence.", "No one waives a claim for gross negligence."],
    ),
    ("claims", "C4"): (
        "Claims shall be settled by negotiation.",
        [
            "No claims shall be settled by negotiation.",
            "Claims that are old shall not be, and no claim will be, settled.",
        ],
    ),
    ("claims", "C5"): (
        "Each Party shall bear its own losses.",
        ["Nothing obliges them: in no case shall each Party bear its own losses."],
    ),
    ("termination_notice", "6 months"): (
        "Either Party may terminate it by six months' notice.",
        [
            "Neither Party may terminate it by six months' notice.",
            "It shall not be terminated by six months' notice.",
            "Nothing in it entitles a Party to terminate it on six months' notice.",
        ],
    ),
    ("term", "10 years"): (
        "This Protocol shall remain in force for a period of ten years.",
        ["This Protocol shall not remain in force for a period of ten years."],
    ),
    ("term", "indefinite"): (
        "This Protocol is concluded for an unlimited period.",
        ["This Protocol is not concluded for an unlimited period.", "No agreement lasts for an unlimited period."],
    ),
    ("fees", "waived"): (
        "Balloons are exempt from landing fees.",
        [
            "Balloons shall not be exempt from landing fees.",
            "Balloons come without exemption from landing fees.",
            "Balloons have no landing fee privilege.",
            "Nothing in this Protocol makes balloons exempt from landing fees.",
        ],
    ),
    ("fees", "paid"): (
        "Balloons shall pay landing fees.",
        ["No balloon shall pay landing fees.", "Neither a balloon nor a kite shall pay landing fees."],
    ),
    ("tax_method", "exempt"): (
        "Guests are exempt from taxes.",
        [
            "No exemption from taxes is granted.",
            "Nothing in this Agreement exempts guests from taxes.",
            "Nothing in this Agreement makes guests exempt from taxes.",
            "Guests shall not enjoy exemption from taxes.",
            "Guests are not entitled to exemptions from taxes.",
            "Guests buy without exemption from taxes.",
            "Guests have no tax exemption.",
            "No taxes shall be refunded.",
        ],
    ),
    ("tax_method", "refund"): (
        "The host shall refund the tax.",
        [
            "The host shall never refund the tax.",
            "Guests pay without a refund of the tax.",
            "No one shall refund a tax.",
        ],
    ),
    ("tax_method", "relief at the point of sale"): (
        "Guests have relief at the point of sale.",
        ["Guests shall not enjoy relief at the point of sale.", "No relief is given at the point of sale."],
    ),
    ("driving_licences", "accepted"): (
        "The host shall accept as valid, without a test, driving licences of guests.",
        [
            "The host does not accept as valid, without a test, driving licences.",
            "It is not accepted as valid: a permit.",
        ],
    ),
}


def codes(kind: str, text: str) -> list[str]:
    return [v.code for v in variants_in(text, VARIANTS[kind].topics, [kind])]


@pytest.mark.parametrize(("rule", "said", "denied"), [(rule, *both) for rule, both in RULES.items()])
def test_what_a_text_denies_is_none_of_its_variants(rule: tuple[str, str], said: str, denied: list[str]) -> None:
    kind, code = rule
    assert codes(kind, said) == [code]
    for text in denied:
        assert code not in codes(kind, text), text


def test_every_rule_is_tried() -> None:
    assert {kind for kind, _ in RULES} == set(VARIANTS)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("termination_notice", "It may not be terminated except by six months' written notice.", "6 months"),
        ("termination_notice", "It may not be terminated on less than six months' notice.", "6 months"),
        ("termination_notice", "It goes on if neither Party has denounced it by six months' notice.", "6 months"),
        ("termination_notice", "Its termination by six months' notice shall not affect loans.", "6 months"),
        ("termination_notice", "Termination shall not take effect until six months after the notice.", "6 months"),
        ("tax_method", "Guests shall not be subject to taxes.", "exempt"),
        ("tax_method", "No taxes shall be levied on guests.", "exempt"),
        ("fees", "Balloons shall not be required to pay landing fees.", "waived"),
        ("fees", "No landing fees shall be levied.", "waived"),
    ],
)
def test_a_denial_that_is_itself_the_rule_or_that_an_exception_undoes(kind: str, text: str, code: str) -> None:
    assert codes(kind, text) == [code]


@pytest.mark.parametrize(
    "words",
    [
        "A later text may settle whether guests are exempt from taxes.",
        "They shall begin talks on a rule by which guests are exempt from taxes.",
        "Guests who are exempt from taxes at home shall pay harbour dues.",
        "Guests may be exempt from taxes.",
    ],
)
def test_what_is_left_open_or_said_in_passing_is_no_variant(words: str) -> None:
    assert variants_in("Guests shall be exempt from taxes.", ["official_tax"])
    assert not variants_in(words, ["official_tax"])
