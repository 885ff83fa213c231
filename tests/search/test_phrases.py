"""What texts say changed words: by rarity, value, denial, topic and partner, with a floor under it all."""

from collections.abc import Iterator

import pytest

from agreements.model import Agreement, Document, Party, Signing
from agreements.search import Filters, Index, Searcher
from agreements.search.phrases import SoughtPhrase, find_phrase
from tests.search.conftest import article, paragraph

TEXTS = {
    # id: (parties, topic of its only article, its paragraphs)
    "arland-careless": (
        ("ARL", "BRD"),
        "claims_government",
        ["Each side gives up its claims for lost property.", "This is not so where loss came from gross carelessness."],
    ),
    "arland-plain": (
        ("ARL", "CAL"),
        "claims_government",
        ["Each side gives up its claims for lost property, the gross and the net of them."],
    ),
    "brod-notice": (("BRD", "CAL"), "termination", ["Either side may end this pact upon ninety (90) days' notice."]),
    "cal-notice": (("CAL", "DOR"), "termination", ["Either side may end this pact by 3 months of notice in writing."]),
    "dor-notice": (("ARL", "DOR"), "termination", ["Either side may end this pact with six months' notice."]),
    "dor-stores": (("DOR", "BRD"), "customs_official", ["Stores of the force are searched at the gate of a port."]),
    "eld-stores": (("ELD", "BRD"), "customs_official", ["Stores of the force are not searched at the gate of a port."]),
    "eld-water": (("ELD", "CAL"), "utilities_communications", ["Water of the camp is given without charge or rent."]),
    "fen-duty": (("FEN", "CAL"), "weapons_carriage", ["Soldiers may bear arms during their official duties."]),
    "abo-seal": (("FEN", "DOR"), "weapons_carriage", ["Soldiers may bear arms under an official seal."]),
    "hal-shares": (
        ("HAL", "CAL"),
        "cost_sharing",
        ["The share rises by no more than six percent in a year."],
    ),
    "gor-draft": (("GOR",), "claims_government", ["Claims from gross carelessness stay."]),
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("phrases")
    with Index(folder, "tantivy").building() as batch:
        for identifier, (parties, topic, words) in TEXTS.items():
            numbered = [paragraph(f"{n}.", said) for n, said in enumerate(words, 1)]
            text = Document(title="Pact", provisions=(article("1", None, "", *numbered),))
            agreement = Agreement(
                id=identifier,
                title="Pact",
                parties=tuple(Party(code=code) for code in parties),
                signings=(Signing(date="2001"),),
                standing="draft" if identifier == "gor-draft" else "agreement",
                documents=(text,),
            )
            batch.put(agreement, {"1": [topic]})
    with Searcher(folder, "tantivy") as searcher:
        yield searcher


def found(searcher: Searcher, clause: str, topic: str, **options: object) -> list[tuple[str, str]]:
    """Return (agreement, other value) of what is found for the words between brackets in `clause`."""
    start, end = clause.index("["), clause.index("]") - 1
    phrase = SoughtPhrase(clause.replace("[", "").replace("]", ""), start, end)
    return [(p.hit.agreement, p.other_value) for p in find_phrase(searcher, phrase, [topic], **options)]  # type: ignore[arg-type]


def test_the_sentence_that_says_it_is_found_and_marked_not_one_that_is_like_the_clause(held: Searcher) -> None:
    clause = "Each side gives up its claims for lost property[, but not from gross carelessness]."
    phrase = SoughtPhrase(clause.replace("[", "").replace("]", ""), clause.index("["), clause.index("]") - 1)
    (only,) = find_phrase(held, phrase, ["claims_government"])
    assert only.hit.ref == "arland-careless#1.2"
    assert only.hit.snippet == "This is not so where loss came from gross carelessness."
    assert [only.hit.snippet[a:b] for a, b in only.hit.highlights] == ["gross", "carelessness"]


def test_drafts_and_what_is_left_out_are_no_precedents(held: Searcher) -> None:
    clause = "Claims are given up[, save from gross carelessness]."
    without = Filters(without=("arland-careless",))
    assert found(held, clause, "claims_government", filters=without) == []


NOTICES = [
    # what they write, what is found first, and what of the others is told
    ("[three (3) months'] notice", "cal-notice", {"90) days": False, "six months": True}),
    ("[90 days] of notice", "brod-notice", {"six months": True}),
    ("[half a year] of notice", "dor-notice", {}),
]


@pytest.mark.parametrize(("words", "first", "others"), NOTICES)
def test_the_same_value_comes_first_however_it_is_written(
    held: Searcher, words: str, first: str, others: dict[str, bool]
) -> None:
    answers = found(held, f"Either side may end this pact upon {words}.", "termination")
    assert answers[0] == (first, "")
    assert all(value for _, value in answers[1:])
    assert len(answers) == 3
    assert all(any(part in value for _, value in answers[1:]) for part, told in others.items() if told)


def test_what_is_denied_is_found_where_it_is_denied(held: Searcher) -> None:
    clause = "Stores of the force [are not searched] at the port."
    assert found(held, clause, "customs_official") == [("eld-stores", "")]


def test_words_that_mean_nothing_alone_are_looked_for_with_those_that_follow(held: Searcher) -> None:
    assert ("fen-duty", "") in found(held, "Soldiers [may] bear arms.", "weapons_carriage")
    assert found(held, "Soldiers [must] bear arms.", "weapons_carriage") == []


def test_a_single_word_is_looked_for_with_the_one_beside_it(held: Searcher) -> None:
    assert found(held, "Soldiers may bear arms on [official] duty.", "weapons_carriage") == [("fen-duty", "")]
    assert found(held, "Soldiers may bear arms with an [official] seal.", "weapons_carriage")[0] == ("abo-seal", "")


def test_the_same_words_on_something_else_are_no_precedent(held: Searcher) -> None:
    water, lawyers = "Water is given [without charge or rent].", "Lawyers are hired [without charge or rent]."
    assert found(held, water, "utilities_communications") == [("eld-water", "")]
    assert found(held, lawyers, "utilities_communications") == [("eld-water", "")]
    assert found(held, water, "criminal_jurisdiction") == [("eld-water", "")]
    assert found(held, lawyers, "criminal_jurisdiction") == []


def test_of_a_provision_on_something_else_more_of_the_words_are_asked(held: Searcher) -> None:
    clause = "Water is given [without charge, rent or seal]."
    assert found(held, clause, "utilities_communications") == [("eld-water", "")]
    assert found(held, clause, "criminal_jurisdiction") == []


NOTHING = [
    "Stores of the force, [flying boats among them], are searched.",
    "Each side gives up its claims [by wire].",
    "Either side may end this pact [through a herald of arms].",
    "The pact holds for [Norlandia] alone.",
]


@pytest.mark.parametrize("clause", NOTHING)
def test_where_no_text_says_it_nothing_is_given(held: Searcher, clause: str) -> None:
    assert found(held, clause, "termination") == []


def test_names_of_states_do_not_decide(held: Searcher) -> None:
    clause = "Each side gives up its claims[, but not those of Norlandia from gross carelessness]."
    assert found(held, clause, "claims_government") == [("arland-careless", "")]


def test_a_text_with_the_same_partner_comes_first_among_those_as_good(held: Searcher) -> None:
    clause = "Either side may end this pact upon [3 months'] notice."
    plain = [agreement for agreement, _ in found(held, clause, "termination")]
    assert plain[0] == "cal-notice"
    assert found(held, clause, "termination", partners=["ARL"])[0] == ("cal-notice", "")  # another value is not as good
    clause = "[Each side gives up its claims for lost property.]"
    assert found(held, clause, "claims_government")[0][0] == "arland-careless"
    assert found(held, clause, "claims_government", partners=["CAL"])[0][0] == "arland-plain"


def lacking(searcher: Searcher, clause: str, topic: str) -> list[tuple[str, str]]:
    start, end = clause.index("["), clause.index("]") - 1
    phrase = SoughtPhrase(clause.replace("[", "").replace("]", ""), start, end)
    return [(p.hit.agreement, p.lacks) for p in find_phrase(searcher, phrase, [topic])]


def test_words_that_a_near_sentence_has_in_no_form_are_named(held: Searcher) -> None:
    whole = "Claims stay open where [loss came from gross carelessness]."
    assert lacking(held, whole, "claims_government")[0] == ("arland-careless", "")
    more = "Claims stay open where [loss came from gross carelessness of a soldier on leave]."
    agreement, lacks = lacking(held, more, "claims_government")[0]
    assert agreement == "arland-careless"
    assert lacks == "without “soldier”, “leave”"


@pytest.mark.parametrize(
    ("said", "other"), [("[6 percent]", ""), ("[six (6) per cent]", ""), ("[4 percent]", "six percent")]
)
def test_a_share_is_looked_for_by_its_value(held: Searcher, said: str, other: str) -> None:
    clause = f"The share rises by no more than {said} in a year."
    assert found(held, clause, "cost_sharing") == [("hal-shares", other)]
