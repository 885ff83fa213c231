"""Topics by words and by place, on clauses of our own words and on labelled treaties."""

import csv
import json
from pathlib import Path

import pytest

from agreements.classifying import classify, classify_agreement, cues, topics_at, topics_by_path
from agreements.classifying.by_reference import applied_elsewhere
from agreements.classifying.cues import every_cue, found_in, words_of
from agreements.classifying.scoring import CueCounts, judge, passages
from agreements.model import Agreement, Document, Provision
from agreements.resources import data
from agreements.topics import topics

CLAUSES = [
    # heading, words, main topic: why
    ("Criminal Jurisdiction", "Courts of Valdoria may try it.", "criminal_jurisdiction"),  # the heading decides
    (
        None,
        "The authorities of Norland have the primary right to exercise jurisdiction over offenses on duty.",
        "criminal_jurisdiction",
    ),
    (
        None,
        "Each Party waives all claims against the other for damage to any property owned by it.",
        "claims_government",
    ),
    (
        None,
        "Disputes about the interpretation of this Agreement are settled by consultation alone.",
        "dispute_settlement",
    ),
    (None, "This Agreement may be terminated by either Party on one year's written notice.", "termination"),
    (None, "This Agreement shall enter into force on the date of the last notification.", "entry_into_force"),
    (None, "Members of the force wear uniforms on duty; off duty they may wear civilian dress.", "uniforms"),
    (None, "A driving licence issued in Norland is accepted without a driving test.", "driving_professional_licenses"),
    (
        None,
        "Invoices are sent monthly; payment in cash or by replacement-in-kind follows the orders.",
        "reimbursement_methods",
    ),
    (
        "Defence Contracts and Procurement",
        "Norland may award contracts for services.",
        "contracting",
    ),  # British spelling
    (None, "The weather in the region is mild and the harvest is good.", None),  # about nothing
    (None, "", None),
]


@pytest.mark.parametrize(("heading", "words", "topic"), CLAUSES)
def test_main_topic(heading: str | None, words: str, topic: str | None) -> None:
    found = classify(Provision(kind="article", number="I", heading=heading, text=words))
    assert (found[0][0] if found else None) == topic


@pytest.mark.parametrize(
    ("text", "topic", "applied"),
    [
        ("Article VIII of the NATO SOFA shall apply.", "claims_government", True),
        ("With regard to claims, Article VIII of the NATO SOFA shall apply.", "claims_government", True),
        ("Article VII of the NATO SOFA shall apply.", "criminal_jurisdiction", True),
        (
            "This Agreement shall enter into force today, and shall apply to all earlier support.",
            "entry_into_force",
            False,
        ),
        ("Article VIII of this Agreement shall apply.", "", False),  # an article of its own says nothing by its number
    ],
)
def test_articles_of_the_nato_sofa_are_known_by_their_numbers(text: str, topic: str, applied: bool) -> None:
    found = classify(Provision(kind="text", text=text))
    assert (found[0][0] if found else "") == topic
    assert bool(applied_elsewhere(text)) == applied


def test_what_stands_under_a_provision_counts_and_confidence_falls() -> None:
    paragraphs = (
        Provision(kind="paragraph", number="1.", text="Weapons may be carried under orders; members may bear arms."),
        Provision(kind="paragraph", number="2.", text="Ammunition is stored under guard."),
    )
    found = classify(Provision(kind="article", number="V", children=paragraphs))
    assert found[0][0] == "weapons_carriage"
    confidences = [c for _, c in found]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < c <= 1 for c in confidences)


def test_a_faint_hint_is_less_sure_than_a_heading() -> None:
    text = "Vehicles carry registration plates and third party liability insurance."
    faint = dict(classify(Provision(kind="article", text=text)))
    named = dict(classify(Provision(kind="article", heading="Registration of Vehicles", text=text)))
    assert 0 < faint["vehicle_registration"] < named["vehicle_registration"]


def article(number: str, heading: str, text: str = "", *children: Provision) -> Provision:
    return Provision(kind="article", number=number, heading=heading, text=text, children=children)


def text(words: str) -> Provision:
    return Provision(kind="text", text=words)


def main_topics(*documents: Document) -> dict[str, list[str]]:
    return {c.path: [t.id for t in c.topics] for c in classify_agreement(Agreement(id="x", documents=documents))}


def test_the_frame_of_an_agreement_is_known_by_its_place() -> None:
    preamble = Provision(kind="preamble", children=(text("Wishing to settle criminal jurisdiction and claims,"),))
    closing = Provision(kind="testimonium", children=(text("Done at Port Aster."),))
    document = Document(provisions=(preamble, article("I", "Claims", "Each Party waives its claims."), closing))
    found = main_topics(
        document, Document(role="annex", number="A", provisions=(text("Camp Aster"), text("Camp Beryl")))
    )
    assert found == {
        "preamble": ["preamble"],
        "I": ["claims_government"],
        "testimonium": ["testimonium"],
        "annex-a.p1": ["annexes"],
    }


def test_an_exchange_of_notes_opens_makes_points_and_is_accepted() -> None:
    point = Provision(kind="paragraph", number="1.", text="Arms may be carried by members who bear arms under orders.")
    offer = Document(
        role="offer-note", provisions=(text("Excellency,"), text("I have the honor to refer to talks."), point)
    )
    reply = Document(
        role="reply-note", provisions=(text("Excellency,"), text("I accept what you say on customs duties."))
    )
    found = main_topics(offer, reply)
    assert found["p1"] == ["preamble"]  # the two opening lines are one clause
    assert found["1"][0] == "weapons_carriage"
    assert found["reply-note.p1"] == ["note_offer_acceptance"]
    assert len(found) == 3


def test_sections_are_the_clauses_of_a_compact() -> None:
    section = Provision(kind="section", number="311", text="Aster maintains discipline through its military police.")
    part = Provision(kind="part", number="Three", label="Title", children=(article("II", "Discipline", "", section),))
    (clause,) = classify_agreement(Agreement(id="x", documents=(Document(provisions=(part,)),)))
    assert "311" in clause.path
    assert clause.topics[0].id == "discipline_police"
    assert "military police" in clause.text


def test_no_words_are_left_out_of_the_clauses() -> None:
    children = (Provision(kind="section", number="1", text="first"), text("second"))
    document = Document(provisions=(text("zero"), article("I", "H", "own", *children), text("last")))
    words = " ".join(c.text for c in classify_agreement(Agreement(id="x", documents=(document,)))).split()
    assert {"zero", "own", "first", "second", "last"} <= set(words)


def test_topics_by_path_give_paragraphs_their_own() -> None:
    own = Provision(
        kind="paragraph", number="1.", text="Military post offices may be run; official mail is not opened."
    )
    none = Provision(kind="paragraph", number="2.", text="Details follow later.")
    document = Document(provisions=(article("XI", "Customs Duties", "Import is free of duty.", own, none),))
    found = topics_by_path(Agreement(id="x", documents=(document,)))
    assert found["XI"][0] == "customs_official"
    assert found["XI.1"] == ["postal", "customs_official"]
    assert "XI.2" not in found  # inherits


SENTENCES = {
    "claims_government": "Each Government waives all its claims for damage to any property owned by it.",
    "dispute_settlement": "Any dispute on the interpretation or application of it shall be settled by negotiation.",
    "termination": "Either Government may terminate it by giving three months' written notice of termination.",
    "postal": "Military post offices may be run for the crews, and official mail is not opened.",
    "weapons_carriage": "Crews may possess and carry arms when authorized to do so by their orders.",
}
FILLER = "The mountain villages were glad of every visit that the balloons paid them in that long and windy summer. "


@pytest.mark.parametrize("filler", [0, 10])
@pytest.mark.parametrize("role", ["main", "reply-note"])
def test_unnumbered_words_are_about_what_any_of_their_passages_is_about(role: str, filler: int) -> None:
    note = text("Sir, I have thought of balloons. " + FILLER * filler + " ".join(SENTENCES.values()))
    found = set(topics_by_path(Agreement(id="x", documents=(Document(role=role, provisions=(note,)),)))["p1"])
    if role == "main":
        assert found >= set(SENTENCES)
    else:
        assert not found & set(SENTENCES)  # a reply repeats the note


def test_a_paragraph_is_about_what_its_sub_points_are_about() -> None:
    points = tuple(
        Provision(kind="subparagraph", number=f"({n})", text=words)
        for n, words in zip("abcde", SENTENCES.values(), strict=True)
    )
    paragraph = Provision(kind="paragraph", number="1.", text="Crews shall:", children=points)
    found = topics_by_path(Agreement(id="x", documents=(Document(provisions=(article("I", "", "", paragraph),)),)))
    assert set(found["I.1"]) >= set(SENTENCES)


def test_hints_that_stand_far_apart_say_nothing_of_a_passage() -> None:
    hints = "Lanterns were hung in the canteen. ", "Ropes, sand and all recreation were paid for. "
    together = CueCounts.of("", FILLER * 3 + "".join(hints) + FILLER * 3)
    apart = CueCounts.of("", FILLER + hints[0] + FILLER * 4 + hints[1] + FILLER)
    assert "military_service_activities" in passages(together, ())
    assert "military_service_activities" not in passages(apart, ())
    assert "military_service_activities" not in passages(together, ["military_service_activities"])


def test_one_word_counts_once_in_a_passage_however_many_hints_begin_there() -> None:
    assert not passages(CueCounts.of("", "The arrangements for the balloons are detailed arrangements."), ())


@pytest.mark.parametrize(("heading", "ruled_on"), [("Definitions", False), ("Balloons", True)])
def test_what_a_definition_lists_is_not_ruled_on(heading: str, ruled_on: bool) -> None:
    listed = Provision(kind="paragraph", number="a.", text=FILLER * 30 + "There is a canteen; there is recreation.")
    opening = "In this Agreement the term “crew” means the persons aboard:" if heading == "Definitions" else "Crews:"
    document = Document(provisions=(article("I", heading, opening, listed),))
    found = topics_by_path(Agreement(id="x", documents=(document,)))
    assert ("military_service_activities" in found.get("I.a", [])) == ruled_on


def test_the_whole_heading_names_a_topic_however_much_another_is_spoken_of() -> None:
    words = "Orders are placed by the receiving Party. Each order is accepted; orders may be issued on an order form. "
    means = "As used in this Agreement “order” means a request."
    named = [t for t, _ in classify(article("I", "Definitions", words * 3 + means))]
    assert named[0] == "ordering"
    assert "definitions" in named
    assert "definitions" not in [t for t, _ in classify(article("I", "Definitions and orders", words * 3 + means))]


@pytest.mark.parametrize(
    ("phrase", "fits", "fails"),
    [
        ("mail", "Official mail is free.", "Mailing lists"),  # a whole word
        ("customs dut*", "free of customs duties", "customs officers"),  # a stem
        ("exempt* from ... tax*", "exempt from any direct or indirect tax", "from tax exempt"),  # a gap, in order
        ("defense; equipment", "defence equipment", "defects"),  # spelling
        ("driver* license*", "a driver’s licence", "drivers and a licence"),  # a possessive is the word
        ("shall respect", "they will respect it", "the will to respect it"),  # of memoranda
        ("@this @agreement governs", "the present Memorandum governs it", "This table governs it"),  # any instrument
        ("flight plan", "files a flight plan", "a plan of the flight"),  # words next to each other ...
        ("plan of flight*", "plan of flights", "plan of"),  # ... to the last word of the text
    ],
)
def test_how_cues_are_written(phrase: str, fits: str, fails: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table = cues._Table()
    for part in phrase.split(";"):
        table.add("postal", 3.0, part.strip(), heading=False)
    cues._patterns.cache_clear()
    monkeypatch.setattr(cues, "_table", lambda: table)
    try:
        assert found_in(words_of(fits))
        assert not found_in(words_of(fails))
    finally:
        cues._patterns.cache_clear()


def test_every_topic_has_cues_and_every_cue_a_topic() -> None:
    with data("topic_cues.csv").open(encoding="utf-8", newline="") as rows:
        listed = {row["topic"]: row for row in csv.DictReader(rows)}
    assert listed.keys() == topics().keys()
    assert all(row["heading"] and row["strong"] and None not in row.values() for row in listed.values())
    assert not [
        c for row in listed.values() for cell in row.values() for w in cell.split() if "*" in (c := w.rstrip(";"))[:-1]
    ]
    assert every_cue()[0].topic in listed


def test_on_labelled_treaties(shared: Path) -> None:
    """365 units labelled by reading; the trigger phrases of the registry alone reach 0.285."""
    labels = json.loads((shared / "labels" / "topics.json").read_text(encoding="utf-8"))
    lines = (shared / "labels" / "units.jsonl").read_text(encoding="utf-8").splitlines()
    right = wrong = missed = 0
    for unit in map(json.loads, lines):
        wanted = labels.get(unit["agreement"], {}).get(unit["unit"])
        if wanted is None or unit["unit"] == "0":  # openings are known by their place, not their words
            continue
        found = {t for t, _ in judge(CueCounts.of(unit["heading"] or "", unit["text"]))}
        wanted = set(wanted) - {"none"}
        right += len(found & wanted)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    assert 2 * right / (2 * right + wrong + missed) > 0.65


def test_topics_of_some_paths_are_those_of_all_at_these_paths() -> None:
    article = Provision(
        kind="article",
        number="1",
        heading="Claims",
        children=(
            Provision(kind="paragraph", number="1.", text="The Parties waive all claims for damage to property."),
            Provision(kind="paragraph", number="2.", text="Taxes and customs duties are not due."),
        ),
    )
    preamble = Provision(kind="preamble", children=(Provision(kind="text", text="Wishing to settle claims,"),))
    agreement = Agreement(id="a", documents=(Document(provisions=(preamble, article)),))
    everything = topics_by_path(agreement)
    for path in ("1.2", "1.1", "1", "preamble.1"):
        assert topics_at(topics_by_path(agreement, [path]), path) == topics_at(everything, path), path
    assert set(topics_by_path(agreement, ["1.2"])) < set(everything)
