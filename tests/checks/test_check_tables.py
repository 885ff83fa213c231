"""What each check takes for a fault, and what looks like one and is none: a table for each."""

import pytest

from agreements.checks import CHECKS, check
from agreements.model import Agreement, Document, Party
from agreements.textform import parse_document

USA = Party(code="USA", name="Government of the United States of America")
JORDAN = Party(code="JOR", name="Hashemite Kingdom of Jordan")


def found(
    name: str,
    body: str,
    *,
    form: str = "agreement",
    family: str = "other",
    parties: tuple[Party, ...] = (USA, JORDAN),
) -> list[str]:
    """The codes that the check `name` finds in an article with this body."""
    text = f"# T\n## Article I: Rule\n{body}\n"
    documents = (parse_document(text),)
    held = Agreement(id="x", form=form, family=family, parties=parties, documents=documents, standing="draft")
    return [finding.code for finding in check(held, [name])]


TERMS = "“Executive Agent” means the ministry. The Executive Agent acts."

TO_2 = "x\n1. Subject to [paragraph 2](reference:I.2), a.\n"


@pytest.mark.parametrize(
    ("name", "body", "codes"),
    [
        # defined terms
        ("terms", "“Force” means the troops.", ["term-unused"]),
        ("terms", "“Force” means the troops. The forces arrive.", []),
        ("terms", "“Facility(s)” means a place. The facilities are open.", []),
        ("terms", "“Agency” means an office. Agencies act.", []),
        ("terms-undefined", "[the force](term:Force) arrives.", ["term-undefined"]),
        ("terms-undefined", "“force” means the troops. [The forces](term:force) arrive.", []),
        ("terms-undefined", "The troops (hereinafter “the Force”) and [the Force](term:Force).", []),
        ("terms-undefined", TERMS + " The Joint Cargo, a Joint Cargo and every Joint Cargo.", ["term-undefined"]),
        ("terms-undefined", TERMS + " They establish a Joint Committee; the Joint Committee, a Joint Committee.", []),
        ("terms-undefined", TERMS + " The Joint Cargo is here.", []),  # once: perhaps a name
        ("terms-capitals", TERMS + " Each Executive Agent, an Executive Agent, an executive agent.",
         ["term-capitals"]),
        ("terms-capitals", "“Order” means a request. An Order, in order to pay.", []),  # a word of every day
        # references
        ("references", "As in [Article IX](reference) of this Agreement.", ["reference-open"]),
        ("references", '"4. A claim under [paragraph 2 of this Article](reference) shall be presented.', []),  # quoted
        ("references", '"Claims" are under [paragraph 9 of this Article](reference).', ["reference-open"]),
        ("references", "As in [Article IX](reference) of the NATO SOFA.", []),
        ("references", "Under the Convention, and [Article 9](reference) thereof.", []),
        ("references", "As in [Article IX](reference:IX).", ["reference-dangling"]),
        ("reference-levels", "As in [paragraph 1](reference:I).", ["reference-level"]),
        ("reference-levels", "As in [Article I, paragraph 1](reference:I.1).\n1. One.", []),
        ("reference-circles", "x\n1. Under [paragraph 1 of this Article](reference:I.1).", ["reference-circular"]),
        ("reference-circles", "x\n1. Under [this paragraph](reference:I.1).", []),
        ("reference-circles", TO_2 + "2. Subject to [paragraph 1](reference:I.1), b.", ["reference-circular"]),
        ("reference-circles", TO_2 + "2. As [paragraph 1](reference:I.1) says.", []),
        # numbers
        ("numbering", "x\n1. a:\n  (a) one;\n  (c) two;\n2. b.", ["numbering"]),
        ("numbering", "x\n1. a:\n  (i) one;\n  (ii) two;\n2. b.", []),
        ("numbering", "x\n1. a.", ["lone-number"]),  # what an edit leaves that struck the second
        ("numbering", "x\n1. a:\n  (a) one;\n2. b.", ["lone-number"]),
        ("numbering", "x\n2. a.", ["numbering"]),  # told as a gap, and not twice
        ("numbering", "x\n1. a:\n  (b) one;\n  (c) two;\n2. b.", []),  # (a) may stand in the words above
        # things left to fill in
        ("placeholders", "Within XXX days.", ["placeholder"]),
        ("placeholders", "Within XXXX days, TBD.", ["placeholder", "placeholder"]),
        ("placeholders", "Under Article XXX, and Articles XX and XXX.", []),
        # register of a binding text
        ("register", "Each Party intends to help.", ["register-weak"]),
        ("register", "The Parties should consult.", ["register-weak"]),
        ("register", "Should a Party fail, it shall tell the other.", []),
        ("register", "A “guest” means one whom a Party intends to receive.", []),
        # what another text left behind
        ("leftover-names", "The Government of Poland shall pay.", ["leftover-name"]),
        ("leftover-names", "Poland shall pay.", ["leftover-name"]),
        ("leftover-names", "The Polish authorities shall pay.", ["leftover-name"]),
        ("leftover-names", "The Jordanian authorities shall pay for Polish lessons.", []),
        ("leftover-names", "The Government of Jordan shall pay.", []),
        ("leftover-names", "The Treaty with the Government of Poland remains in force.", []),
        ("leftover-names", "Goods may come from Poland.", []),
        ("leftover-styles", "The Republic of Jordan pays.", ["leftover-style"]),
        ("leftover-styles", "The Hashemite Kingdom of Jordan pays.", []),
        # standing limits
        ("limits", "The United States shall indemnify Jordan.", ["limit-indemnity"]),
        ("limits", "Jordan shall indemnify the United States.", []),
        ("limits", "Each Party shall hold the other harmless.", ["limit-indemnity"]),
        ("limits", "Subject to the availability of funds, each Party shall hold the other harmless.", []),
        ("limits", "The United States shall pay the cost.", ["limit-unfunded"]),
        ("limits", "The United States shall pay.\n1. All is subject to the availability of appropriated funds.", []),
        ("limits", "Jordan shall pay the cost.", []),
        ("limits", "Any dispute shall be submitted to arbitration.", ["limit-tribunal"]),
        ("limits", "Disputes shall not be referred to any tribunal.", []),
        ("limits", "State aircraft may be inspected.", ["limit-inspection"]),
        ("limits", "The authorities may board vessels.", ["limit-inspection"]),
        ("doubled", "The the host, and The The guest, shall answer.", ["doubled-word", "doubled-word"]),
        ("limits", "State aircraft may be inspected with the consent of the commander.", ["limit-commander-consent"]),
        ("limits", "Aircraft shall be free from boarding and inspection.", []),
        ("limits", "Overflight charges shall be paid.", ["limit-navigation-fees"]),
        ("limits", "Aircraft shall not be subject to navigation charges.", []),
        ("limits", "Aircraft shall pay reasonable charges for services requested.", []),
        # an abbreviation ends no sentence, and what is denied is not promised
        ("limits", "Aircraft of U.S. forces may be boarded and inspected.", ["limit-inspection"]),
        ("limits", "Aircraft of U.S. forces may not be boarded or inspected.", []),
        ("limits", "Aircraft may be inspected where this does not delay them.", ["limit-inspection"]),
        ("limits", "No vessel of U.S. forces shall be searched.", []),
        ("limits", "Any dispute on the U.S. debt shall be submitted to arbitration.", ["limit-tribunal"]),
        ("limits", "A dispute that is not settled shall, if the U.S. asks, go to arbitration.", ["limit-tribunal"]),
        ("limits", "U.S. aircraft shall pay, at rates of the U.S. tariff, overflight charges.",
         ["limit-navigation-fees", "limit-unfunded"]),
        ("limits", "The U.S. Government shall hold the others harmless.", ["limit-indemnity"]),
        ("limits", "U.S. forces shall pay the cost.", ["limit-unfunded"]),
        ("limits", "U.S. forces shall not pay the cost.", []),
        ("limits", "At the request of Jordan, the Parties shall hold each other harmless.", ["limit-indemnity"]),
        ("limits", "Warships of the United States are open to search.", ["limit-inspection"]),
        ("limits", "The Parties accept the compulsory jurisdiction of an arbitral tribunal.", ["limit-tribunal"]),
        ("limits", "The United States waives its sovereign immunity.", ["limit-immunity-waiver"]),
        ("limits", "The United States submits to the jurisdiction of the courts of Jordan.", ["limit-immunity-waiver"]),
        ("limits", "The United States does not waive its sovereign immunity.", []),
        ("limits", "The United States may waive immunity in a particular case.", []),
        ("limits", "The courts of Jordan shall have exclusive jurisdiction over U.S. personnel.",
         ["limit-host-jurisdiction"]),
        ("limits", "The authorities of the United States have exclusive jurisdiction over U.S. personnel.", []),
        ("figures", "Claims of up to USD 50,000 (fifteen thousand dollars) are paid.", ["number-words"]),
        ("figures", "Claims of up to fifty thousand dollars (U.S.$15,000) are paid.", ["number-words"]),
        ("figures", "Claims of up to USD 50,000 (fifty thousand U.S. dollars) are paid.", []),
        ("figures", "Claims of up to USD 50,000 (payable in two instalments) are paid.", []),
        ("figures", "Claims of up to EUR 45,000 (USD 50,000) are paid.", []),
        ("periods", "This Agreement shall remain in force for twenty (20) years, as the Parties agree.\n"
         "1. In each case this Agreement shall remain in force for three years.", ["periods-differ"]),
        ("periods", "This Agreement shall remain in force for an initial period of ten years.\n"
         "1. This Agreement shall remain in force for three years after renewal.", []),
        ("periods", "This Agreement shall remain in force for an initial period of ten years.\n"
         "1. This Agreement shall remain in force for three years.", ["periods-differ"]),
        ("periods", "A claim shall be presented by Jordan within two years of the event.\n"
         "1. A claim shall be presented within three years of the event.", ["periods-differ"]),
        ("periods", "A claim is settled. It shall be presented within two years of the event.\n"
         "1. A request is filed. It shall be presented within three years of the event.", []),
        ("periods", "Invoices shall be sent and shall be paid within sixty days of receipt.\n"
         "1. An invoice shall be paid within thirty days of its receipt.", ["periods-differ"]),
        ("figures", "They pay twenty-four million five hundred thousand dollars (USD 25,400,000).", ["number-words"]),
        ("entry", "This Agreement enters into force on the date on which both Parties have signed it.\n"
         "1. The Parties inform each other that their procedures are completed.", ["entry-formula"]),
        ("placeholders", "Notice is given within xx days.", ["placeholder"]),
        ("placeholders", "It holds from DATE.", ["placeholder"]),
        ("placeholders", "The rate is USD ...", ["placeholder"]),
        ("placeholders", "THE NAME AND DATE OF THE CONTRACT", []),
        ("selves", "The United States and Jordan (hereinafter “the Parties”) meet. The Contracting Parties pay.",
         ["term-undefined"]),
        ("selves", "The United States and Jordan (hereinafter “the Parties”) meet. The participants pay.", []),
        ("repeated", "x\n1. The Parties shall meet each year at a place on which they agree.\n"
         "2. The Parties shall meet each year at a place on which they agree.", ["repeated-provision"]),
        ("repeated", "x\n1. The Parties shall meet.\n2. The Parties shall meet.", []),
        ("terms-undefined", f"{TERMS} The Range Coordinator of the visiting Side shall stop it.", ["term-undefined"]),
        ("register", "Official documents are not expected to be opened.", ["register-weak"]),
        ("register", "Goods that are intended to be sold are not carried.", []),
        ("leftover-names", "The area shall be returned to Kenya.", ["leftover-name"]),
        ("leftover-names", "Meetings are held in the United States and Denmark.", ["leftover-name"]),
        ("leftover-names", "The Royal Arvenian Forces receive it.", ["leftover-name"]),
        ("limits", "A dispute is open. Either Party may bring it before the Permanent Court of Arbitration.",
         ["limit-tribunal"]),
        ("limits", "It may be submitted to a mediator whose finding binds the Parties.", ["limit-tribunal"]),
        ("limits", "The commander of the aircraft may consent to an inspection.", ["limit-commander-consent"]),
        ("limits", "The United States shall confirm the presence of weapons of a kind.", ["limit-confirm-or-deny"]),
        ("limits", "The United States shall neither confirm nor deny the presence of weapons.", []),
        ("terms-capitals", "“U.S. personnel” means all. U.S. personnel pay. U.S. personnel go.\n"
         "1. The Agreement on the Status of U.S. Personnel applies.", []),
        ("placeholders", "Insert text here.", ["placeholder"]),
        ("placeholders", "They insert the plug.", []),
        ("references", "As in [subparagraph (h) of paragraph 1 of Article II](reference).", ["reference-open"]),
        ("leftover-names", "At the request of U.S. forces the Government of Poland shall pay.", ["leftover-name"]),
        ("leftover-names", "The U.S. forces, in accordance with Art. 3, pay; Poland shall pay.", ["leftover-name"]),
    ],
)  # fmt: skip
def test_what_is_a_fault_and_what_is_none(name: str, body: str, codes: list[str]) -> None:
    assert found(name, body) == codes


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("The Participants shall consult.", "shall"),
        ("The Participants undertake to consult.", "undertake"),
        ("The Parties intend to consult.", "Parties"),
        ("It enters into force today.", "enters into force"),
        ("Done at Amman.", "Done at"),
        ("Both texts are equally authentic, in duplicate.", "in duplicate"),
        ("The Participants agree to consult.", "agree"),
        ("A Participant will consult.", "will"),
        ("The Participants hereby commit themselves to consult.", "hereby commit"),
        ("This text is legally binding.", "binding"),
        ("This text sets out the obligations of the Participants.", "obligations"),
    ],
)
def test_words_of_a_treaty_in_a_memorandum(body: str, told: str) -> None:
    text = f"# T\n1. {body}\n"
    held = Agreement(id="x", form="mou", documents=(parse_document(text),))
    assert any(told in finding.message for finding in check(held, ["register"]))


def test_a_memorandum_in_its_own_language_has_no_findings() -> None:
    text = "# T\n1. The Participants intend to consult. Each should inform the other.\n2. It comes into effect today.\n"
    assert check(Agreement(id="x", form="mou", documents=(parse_document(text),)), ["register"]) == ()


@pytest.mark.parametrize(
    ("name", "body", "codes"),
    [
        ("prices", "U.S. forces shall pay at the rates that apply to U.S. forces.", ["rates-wrong-side"]),
        ("prices", "U.S. forces shall pay at the rates that apply to the armed forces of Jordan.", []),
        ("prices", "Fuel is sold at a price no less favorable than that paid by U.S. forces.", ["rates-wrong-side"]),
        ("prices", "Services that U.S. forces request are paid for at the rates of the airport.", []),
        ("self-acts", "The authorities of Jordan shall notify the authorities of Jordan.", ["act-on-itself"]),
        ("self-acts", "The authorities of Jordan shall notify the authorities of the United States.", []),
        ("self-acts", "Each Party shall notify the other Party.", []),
        ("self-acts", "The authorities of Jordan shall notify their own authorities.", []),
        ("consents", "Jordan may surrender them unless the United States has consented.", ["right-unless-consent"]),
        ("consents", "Jordan shall not surrender them unless the United States has consented.", []),
        ("consents", "Jordan may refuse entry unless the Executive Agents have agreed.", []),
        ("consents", "Flights may be made by day unless otherwise agreed.", []),
        ("burdens", "Property of U.S. forces shall be subject to customs duties.", ["exemption-reversed"]),
        ("burdens", "Property of U.S. forces shall not be subject to customs duties.", []),
        ("burdens", "Property of U.S. forces that is sold to others shall be subject to customs duties.", []),
        ("roles", "Land in agreed areas belongs to the United States.", ["wrong-owner"]),
        ("roles", "Relocatable structures on the land are the property of the United States.", []),
        ("roles", "Land in agreed areas belongs to Jordan.", []),
        ("roles", "Jordan shall control entry to areas for exclusive use by U.S. forces.", ["wrong-grantor"]),
        ("roles", "U.S. forces shall control entry to areas for their exclusive use.", []),
        ("roles", "The sending State shall accept as valid the permits of the force.", ["wrong-grantor"]),
        ("roles", "The receiving State shall accept as valid the permits of the force.", []),
        ("roles", "The receiving State shall ensure that they appear before the authorities of the receiving State.",
         ["wrong-side"]),
        ("roles", "The Jordanian Defense Forces shall control entry to areas for exclusive use.", ["wrong-grantor"]),
        ("duties", "Agreed areas may be made available without rent.", ["duty-optional"]),
        ("duties", "Other areas may be made available without rent.", []),
        ("exceptions", "Jordan shall not surrender them to a third State or court, unless its law forbids it.",
         ["exception-missing"]),
        ("exceptions", "Jordan shall not surrender them to a third State or court, unless Texas has consented.", []),
        ("settlers", "x\n1. The United States shall settle claims.\n2. Jordan shall decide upon it.", ["act-of-two"]),
        ("settlers", "x\n1. Jordan shall settle claims.\n2. Jordan shall decide upon it.", []),
        ("counts", "It applies to four (4) years, 2031 through 2035.", ["count-differs"]),
        ("counts", "It applies to five (5) years, 2031 through 2035.", []),
        ("counts", "It is paid in four (4) parts in March, June, and September.", ["count-differs"]),
        ("counts", "It is paid within two (2) months in March, June, or later.", []),
        ("shares", "x\n1. The shares:\n  (a) labor, 45 percent; and\n  (b) fuel, 60 percent.\n2. y.", ["shares-sum"]),
        ("shares", "x\n1. The shares:\n  (a) labor, 45 percent; and\n  (b) fuel, 55 percent.\n2. y.", []),
        ("bounds", "They answer within ten days, at the latest within thirty days.", ["bounds-differ"]),
        ("bounds", "On notice of at least ninety days and not more than sixty days.", ["bounds-differ"]),
        ("bounds", "On notice of at least thirty days and not more than sixty days.", []),
        ("bounds", "It is sent within ten days of delivery and paid within thirty days of its date.", []),
        ("bounds", "A stay of up to thirty days within any period of six months.", []),
        ("answers", "It is requested at least 72 hours before entry and answered within 96 hours of receipt.",
         ["answer-too-late"]),
        ("answers", "It is requested at least 72 hours before entry and answered within 24 hours of receipt.", []),
        ("and-or", "The forces and/or the personnel may enter.", ["and-or"]),
        ("terms-variants", "“goods in transit” means all. The transit goods pass.", ["term-variant"]),
        ("terms-variants", "“goods in transit” means all. The goods in transit pass.", []),
        ("leftover-strangers", "x\n" + "".join(f"{n}. Jordan shall do it in Jordan.\n" for n in range(1, 6))
         + "6. Zubrowka shall pay.", ["leftover-name"]),
        ("leftover-strangers", "x\n" + "".join(f"{n}. Jordan shall do it in Jordan.\n" for n in range(1, 6))
         + "6. Utilities shall be paid for. Notice shall be given.", []),
    ],
)  # fmt: skip
def test_sides_counts_and_bounds(name: str, body: str, codes: list[str]) -> None:
    assert found(name, body, family="sofa") == codes


def test_a_text_in_both_directions_is_measured_by_the_host() -> None:
    text = "Its rates shall be no higher than those paid by the visiting Party."
    assert found("prices", text, family="state_flights") == ["rates-wrong-side"]
    assert found("prices", text, family="transit", parties=(JORDAN, Party(code="POL", name="Poland"))) == []


def test_a_party_that_is_in_no_list_is_no_stranger() -> None:
    invented = (USA, Party(name="Republic of Valdoria"))
    assert found("leftover-names", "Valdoria shall pay.", parties=invented) == []
    assert found("leftover-names", "Poland shall pay.", parties=invented) == ["leftover-name"]


def test_limits_of_the_united_states_do_not_bind_others() -> None:
    others = (Party(code="POL", name="Republic of Poland"), JORDAN)
    assert found("limits", "Each Party shall hold the other harmless.", parties=others) == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("## Article I\n1. Un.\n2. Deux.\n## Article II\nTrois.\n", ""),
        ("## Article I\n1. Un.\n## Article II\nTrois.\n", "2 and 1 numbered parts"),
        ("## Article I\n1. Un.\n2. Deux.\n", "2 articles"),
    ],
)
def test_texts_of_two_languages_have_the_same_parts(other: str, told: str) -> None:
    english = parse_document("## Article I\n1. One.\n2. Two.\n## Article II\nThree.\n")
    french = parse_document(other).model_copy(update={"language": "fr"})
    held = Agreement(id="x", documents=(english, french, Document(role="annex")))
    messages = [finding.message for finding in check(held, ["languages"])]
    assert len(messages) == bool(told)
    assert all(told in message for message in messages)


def test_each_finding_has_a_place_a_reason_and_a_way_out() -> None:
    text = (
        "# T\n## Article I\nThe Government of Poland shall indemnify. “X y” means z. As in [Article V](reference:V).\n"
    )
    held = Agreement(id="x", form="agreement", parties=(USA, JORDAN), documents=(parse_document(text),))
    findings = [f for f in check(held) if f.severity != "info"]
    assert len(findings) > 2
    assert all(f.code and f.where and f.message.endswith((".", ".)")) for f in findings)
    assert all(f.fix for f in findings if f.code != "no-signatures")
    assert set(CHECKS) >= {"limits", "languages"}
