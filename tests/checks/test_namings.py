"""What a text names in several places is told where it is named otherwise, and only there."""

import pytest

from agreements.checks import check
from agreements.model import Agreement, Document, Provision
from agreements.parsing.held import held
from agreements.parsing.references import with_references
from agreements.textform import parse_document

_US, _HOST = "the Government of the United States of America", "the Government of the Republic of Lorvania"
_TEXT = """# Agreement between {us} and {host} on Transit

## Preamble
The Government of the United States of America and {host} (hereinafter "the Parties"),
Recalling the Agreement on the Status of Visiting Forces in Lorvania, signed at Lorva on 3 May 2019;
Have agreed as follows:

## Article I: Transit
1. {first}
2. The Ministry of Defense of the Republic of Lorvania shall answer at once.
3. The Ministry of Defense of the Republic of Lorvania shall name its officers.
"""


def _text(first: str) -> Agreement:
    document = parse_document(_TEXT.format(first=first, us=_US, host=_HOST))
    return Agreement(id="x", form="agreement", family="transit", documents=(document,), standing="draft")


@pytest.mark.parametrize(
    ("first", "codes"),
    [
        ("Transit passes through Lorvania.", []),
        ("Lorvanian law applies to Lorvanians.", []),
        ("Transit passes through Lorvana.", ["party-misspelt"]),
        ("What is lorvana in small letters is no name, nor is Lorvana.", []),
        ("Latvia and Albania are no neighbors.", []),
        ("The Ministry of Interior of the Republic of Lorvania shall protect it.", []),
        ("The Ministry of National Defense of the Republic of Lorvania shall protect it.", ["body-names"]),
        ("The Ministry of Defence of the Republic of Lorvania shall protect it.", ["body-names"]),
        ("The Agreement on the Status of Visiting Forces in Lorvania, signed at Lorva on 3 May 2019, applies.", []),
        (
            "The Agreement on the Status of Visiting Forces in Lorvania, signed at Lorva on 5 March 2019, applies.",
            ["citation-differs"],
        ),
        (
            "The Protocol that amends the Agreement on the Status of Visiting Forces in Lorvania, signed at Lorva on"
            " 5 March 2021, applies.",
            [],
        ),
        ("The Agreement on the Return of Persons and of Their Goods, signed at Lorva on 5 March 2019, applies.", []),
    ],
)
def test_a_name_that_is_nearly_another_is_told(first: str, codes: list[str]) -> None:
    names = ("states-misspelt", "body-names", "citations")
    assert [finding.code for finding in check(_text(first), names)] == codes


def test_the_host_is_named_as_the_one_that_grants() -> None:
    found = check(_text("The United States shall permit transit aircraft to enter the airspace."), ["roles"])
    assert [(f.code, "Lorvania" in f.message, "America" in f.fix) for f in found] == [("wrong-grantor", True, False)]


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("Articles I and IX", ["IX"]),
        ("Articles I, II and IX", ["IX"]),
        ("Articles IX and I", ["Articles IX"]),
        ("Articles I and II", []),
    ],
)
def test_of_a_list_of_articles_the_number_that_is_not_there_is_told(listed: str, told: list[str]) -> None:
    document = parse_document(f"# T\n## Article I: A\nWords.\n## Article II: B\nThe rights under {listed} end.\n")
    read = with_references(held([document]))
    found = check(Agreement(id="x", form="agreement", documents=read, standing="draft"), ["references"])
    assert [finding.message.split("”")[0].strip("“") for finding in found if finding.code == "reference-open"] == told


def _notes(sent: str, answered: str) -> Agreement:
    offer = Document(role="offer-note", provisions=(Provision(kind="text", text=f"Kestrel City, {sent}"),))
    words = f"The Ministry has the honor to refer to the Embassy’s note No. 7 of {sent}."
    reply = (Provision(kind="text", text=f"Lorva, {answered}"), Provision(kind="text", text=words))
    return Agreement(id="x", documents=(offer, Document(role="reply-note", provisions=reply)), standing="draft")


@pytest.mark.parametrize(
    ("sent", "answered", "codes"),
    [
        ("May 3, 2027", "May 1, 2027", ["reply-before-note"]),
        ("May 3, 2027", "May 3, 2027", []),
        ("3 May 2027", "1 June 2027", []),
    ],
)
def test_a_reply_that_is_dated_before_its_note_is_told(sent: str, answered: str, codes: list[str]) -> None:
    assert [finding.code for finding in check(_notes(sent, answered), ["reply-dates"])] == codes


_CALLING = "2. This Agreement {a}.\n3. This Agreement {b}.\n4. This Agreement {c}.\n"


@pytest.mark.parametrize(
    ("first", "codes"),
    [
        ("The members comply with this Memorandum of Understanding.", ["testimonium-instrument"]),
        ('The words "this Memorandum" are struck.', []),
        ("The members comply with this Agreement and the Memorandum of 3 May 2019.", []),
    ],
)
def test_a_text_that_calls_itself_otherwise_than_its_title_is_told(first: str, codes: list[str]) -> None:
    rest = _CALLING.format(a="lasts for five years", b="may be amended", c="binds both Parties")
    body = _TEXT[: _TEXT.index("2. The Ministry")].format(first=first, us=_US, host=_HOST) + rest
    text = Agreement(id="x", form="agreement", family="transit", documents=(parse_document(body),), standing="draft")
    assert [f.code for f in check(text, ["instrument"])] == codes


@pytest.mark.parametrize(
    ("first", "codes"),
    [
        ("The Government of the North Atlantic Treaty Organization shall permit it.", ["organization-as-state"]),
        ("Nationals of NATO need no visa.", ["organization-as-state"]),
        ("It stays in the territory of the United Nations.", ["organization-as-state"]),
        ("The Government of the European Union shall permit it.", ["organization-as-state"]),
        ("The territory of the European Union and its citizens are as its law says.", []),
        ("The territory of NATO member States is open to it.", []),
        ("The Governments of the Parties to the North Atlantic Treaty are told.", []),
        ("The headquarters of the North Atlantic Treaty Organization is told.", []),
        ("The Government of the Republic of Lorvania tells the United Nations.", []),
    ],
)
def test_what_only_a_state_has_is_told_of_an_organization(first: str, codes: list[str]) -> None:
    assert [finding.code for finding in check(_text(first), ("organizations",))] == codes
