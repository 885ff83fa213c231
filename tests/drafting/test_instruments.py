"""A cited agreement as one object: in titles, preambles and lists, in the order of each original."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agreements.drafting import DraftRequest, assemble, load_parameters, parameter_schema
from agreements.drafting.alternat import named
from agreements.drafting.values import CitedInstrument, DraftParty
from agreements.model import Agreement

DRAFTS = Path(__file__).parents[2] / "docs" / "examples" / "drafts"
US = DraftParty(long="United States of America", short="United States", article="the", adjective="U.S.")
NORLANDIA = DraftParty(long="Kingdom of Norlandia", short="Norlandia", adjective="Norlandian")
PARTS = {
    "title": "Agreement on Defense Cooperation",
    "between": "governments",
    "place": "Norhavn",
    "date": "2027-05-05",
}
IN_WORDS = (
    "the Agreement between the Government of the United States of America and the Government of the Kingdom of"
    " Norlandia on Defense Cooperation, signed at Norhavn on 5 May 2027"
)
FOR_PARTNER = (
    "the Agreement between the Government of the Kingdom of Norlandia and the Government of the United States of"
    " America on Defense Cooperation, signed at Norhavn on 5 May 2027"
)


def _of(value: Any) -> CitedInstrument:
    return CitedInstrument.model_validate(value)


@pytest.mark.parametrize("given", [PARTS, IN_WORDS, FOR_PARTNER])
def test_parts_and_words_give_the_order_of_each_original(given: Any) -> None:
    assert named(_of(given), (US, NORLANDIA)) == IN_WORDS
    assert named(_of(given), (NORLANDIA, US)) == FOR_PARTNER


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": "Status Agreement", "effected": "notes", "date": "1999-03-14"},
         "the Status Agreement, effected by the exchange of notes of 14 March 1999"),
        ({"title": "Treaty of Friendship", "between": "states"},
         "the Treaty between the United States of America and the Kingdom of Norlandia of Friendship"),
        ({"title": "Accord", "amended_by": [{"date": "2029-06-03"}, {"date": "2030-07-04"}]},
         "the Accord, as amended on 3 June 2029 and 4 July 2030"),
        ({"title": "Accord", "amended_by": [{"title": "the Protocol", "date": "2029-06-03"}]},
         "the Accord, as amended by the Protocol of 3 June 2029"),
        ("the Pact between Orlenia and Norlandia", "the Pact between Orlenia and Norlandia"),
        ("the line between U.S. and Norlandian forces", "the line between U.S. and Norlandian forces"),
    ],
)  # fmt: skip
def test_how_it_is_cited(given: Any, words: str) -> None:
    assert named(_of(given), (US, NORLANDIA)) == words


@pytest.mark.parametrize(
    "given", [{}, {"words": "the Pact", "place": "Norhavn"}, {"title": "Pact", "words": "the Pact"}]
)
def test_it_is_given_in_one_way(given: Any) -> None:
    with pytest.raises(ValueError, match="words"):
        _of(given)


def _drafted(request: DraftRequest, original: Any = "us") -> Agreement:
    made = assemble(request, original=original)
    assert made.agreement, [f.message for f in made.findings]
    return made.agreement


def test_title_and_preamble_of_an_amendment_cite_it_in_the_order_of_the_copy() -> None:
    request = load_parameters(DRAFTS / "dca-amendment.yaml")
    request = replace(request, parameters={**request.parameters, "amended_title": PARTS}, style="")
    ours, theirs = _drafted(request), _drafted(request, "partner")
    assert IN_WORDS in ours.title
    assert FOR_PARTNER in theirs.title
    assert any(IN_WORDS in p.text for p in ours.documents[0].walk())
    assert not any(IN_WORDS in p.text for d in theirs.documents for p in d.walk())


def test_a_list_of_earlier_instruments_takes_both() -> None:
    request = load_parameters(DRAFTS / "sofa-agreement.yaml")
    earlier = [PARTS, "the Arrangement of 3 May 2001"]
    parameters = {**request.parameters, "supersedes": earlier}
    drafted = _drafted(replace(request, parameters=parameters, style=""))
    text = " ".join(p.text for p in drafted.documents[0].walk())
    assert "on Defense Cooperation, signed at Norhavn on 5 May 2027 and the Arrangement of 3 May 2001" in text


def test_in_force_on_signature_has_the_day_of_signature() -> None:
    request = load_parameters(DRAFTS / "sofa-agreement.yaml")
    given = {**request.parameters, "entry_into_force": "1", "signing_date": "2028-02-03"}
    entry = _drafted(replace(request, parameters=given)).entry_into_force
    assert entry
    assert (entry.date, entry.basis) == ("2028-02-03", "signing date of the draft")
    waiting = _drafted(replace(request, parameters={**given, "entry_into_force": "4"})).entry_into_force
    assert waiting
    assert waiting.date is None


def test_the_schema_takes_words_and_parts() -> None:
    kinds = parameter_schema("dca")["properties"]["parameters"]["properties"]["amended_title"]["anyOf"]
    assert {"type": "string"} in kinds
    assert any("CitedInstrument" in part.get("$ref", "") for part in kinds)
