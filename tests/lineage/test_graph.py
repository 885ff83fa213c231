"""A text that applies another instrument carries its provisions, but for what it excepts; a denial applies nothing."""

from pathlib import Path

import pytest

from agreements import textform
from agreements.lineage.graph import Edge, Incorporation, StandingGraph, standing_graph
from agreements.lineage.incorporation import applied_in, incorporations
from agreements.model import Agreement
from agreements.repository import Repository

VISITS = "Agreement between Norway and Chile on Visits of Forces of 3 May 1960"


@pytest.mark.parametrize(
    ("text", "articles", "excepted", "why"),
    [
        (f"The Parties shall apply the provisions of the {VISITS}.", (), (), "applied as a whole"),
        (f"The {VISITS} applies mutatis mutandis, except Article VIII.", (), ("VIII",), "an exception behind"),
        (
            f"The {VISITS} shall apply, with the exception of Articles IV and V, to the crews.",
            (),
            ("IV", "V"),
            "a list",
        ),
        (f"Where this Arrangement is silent, the {VISITS} shall apply.", (), (), "a condition of its own clause"),
        (f"The status of the crews shall be governed by the {VISITS}.", (), (), "governed by"),
        (f"Claims shall be dealt with in accordance with Article VIII of the {VISITS}.", ("VIII",), (), "in part"),
        (f"The provisions of Articles II and III of the {VISITS} shall govern the visits.", ("II", "III"), (), "parts"),
        (
            f"The terms of the {VISITS}, together with the understandings reached, shall likewise apply.",
            (),
            (),
            "between",
        ),
    ],
)
def test_what_is_applied(text: str, articles: tuple[str, ...], excepted: tuple[str, ...], why: str) -> None:
    (found,) = incorporations("I", text)
    assert (found.instrument, found.articles, found.excepted) == (VISITS, articles, excepted), why


@pytest.mark.parametrize(
    "text",
    [
        f"The {VISITS} shall not apply.",
        f"Nothing in the {VISITS} shall apply to contractors.",
        f"This Agreement supplements the {VISITS}, which remains in force.",
        f"In the event of hostilities to which the {VISITS} applies, this Agreement remains in force.",
        "This Agreement shall apply to the mainland only.",
        f"The Parties may, unless the {VISITS} applies, act alone.",
        f"If the {VISITS} applies between the Parties, this Arrangement is without effect.",
        f"Where the provisions of the {VISITS} apply, no visa is needed.",
        f"The Parties decide in due course whether the provisions of the {VISITS} shall apply.",
        f"As long as the Parties apply the {VISITS}, no visa is needed.",
        f"“Accord” shall be construed to mean the {VISITS} as made applicable through the Lorn Protocol.",
        f"“Visit” has the meaning of the {VISITS} as it applies to Norway.",
        f"The ships shall be marked as the annex to the {VISITS} applicable to tugs has it.",
    ],
)
def test_what_is_not(text: str) -> None:
    assert not list(incorporations("I", text))


TITLE = "Agreement to supplement the Agreement between Norway and Chile on Visits of Forces"


@pytest.mark.parametrize(
    ("title", "words", "applied", "why"),
    [
        (TITLE, "The Supplementary Agreement shall apply to the crews.", "", "as the protocol to it calls it"),
        (TITLE, "The Supplementary Agreement of 1931 shall apply.", "Supplementary Agreement of 1931", "dated"),
        (TITLE, f"The {TITLE} shall apply.", "", "by its title"),
        ("Berthing Agreement between Norway and Chile", "The Berthing Agreement shall apply.", "", "by the head of it"),
        (TITLE, "The Berthing Agreement shall apply to the crews.", "Berthing Agreement", "another"),
        (TITLE, f"The {VISITS} shall apply to the crews.", VISITS, "the one that it supplements"),
    ],
)  # fmt: skip
def test_no_agreement_applies_itself(title: str, words: str, applied: str, why: str) -> None:
    main = textform.parse_document(f"# {title}\n\n## Article I: Crews\n{words}\n")
    called = {"role": "protocol", "title": "Protocol of Signature to the Supplementary Agreement"}
    protocol = textform.parse_document("# Protocol\n\n## Article I\nDone.\n").model_copy(update=called)
    held = Agreement(id="a", title=title, documents=(main, protocol))
    assert "".join(each.instrument for each in applied_in(held)) == applied, why


def test_a_name_that_an_agreement_gives_to_another_is_not_its_own() -> None:
    text = (
        "# Supplementary Agreement between Norway and Chile on Ports\n\n## Article I: Crews\n"
        f"The {VISITS} (hereinafter referred to as the “Supplementary Agreement”) shall apply. "
        "The Supplementary Agreement shall apply to the masters.\n"
    )
    held = Agreement(id="a", title="x", documents=(textform.parse_document(text),))
    assert {each.instrument for each in applied_in(held)} == {VISITS}


def test_an_edge_does_not_lead_from_an_agreement_to_itself(tmp_path: Path) -> None:
    """What the words of a text name is looked for among all that are known: its own facts are among these."""
    own = Agreement(id="berths-1960", title="Berthing", short_title="Berths 1960", documents=())
    with Repository(tmp_path / "repo").writing() as writer:
        writer.add(own)
    repository = Repository(tmp_path / "repo")
    applied = [
        ("berths-1960", Incorporation("I", "", "Berths 1960")),
        ("berths-1960", Incorporation("II", "", "Tolls 1950")),
    ]
    graph = standing_graph(repository, ["berths-1960"], lambda asked: applied)
    assert [route[0].name for route in graph.routes("berths-1960")] == ["Tolls 1950"]


def test_a_part_and_an_exception_decide_what_comes() -> None:
    whole = Incorporation("I", "", "", excepted=("VIII",))
    part = Incorporation("I", "", "", articles=("VII.3",))
    assert [whole.reaches(p) for p in ("VII", "VIII", "VIII.1", "VIIIa")] == [True, False, False, True]
    assert [part.reaches(p) for p in ("VII", "VII.3.a", "VII.4", "VIII")] == [True, True, False, False]


def test_routes_are_followed_over_several_agreements_and_meet_none_twice() -> None:
    graph = StandingGraph(
        {"a": [Edge("a", "b", "applies")], "b": [Edge("b", "c", "extends"), Edge("b", "a", "extends")]}
    )
    assert [[e.target for e in route] for route in graph.routes("a")] == [["b"], ["b", "c"]]
    assert graph.neighbours("b") == ("a", "c")


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        (
            f"Members shall be accorded the status of the administrative and technical staff under the {VISITS}.",
            "status of the administrative and technical staff",
        ),
        (f"Questions of procurement are governed by the {VISITS}.", "Questions of procurement"),
        (f"Taxes, customs and claims shall be governed by the {VISITS}.", "Taxes, customs and claims"),
        (f"The provisions of the {VISITS} shall apply to claims arising from drills.", "claims arising from drills"),
        (f"With respect to customs duties, the {VISITS} shall apply.", "customs duties"),
        (f"The Parties shall apply the {VISITS} to the taxation of income.", "the taxation of income"),
        (f"The Parties shall apply the {VISITS} to members of the forces.", ""),
        (f"The status of the crews shall be governed by the {VISITS}.", ""),
        (f"The {VISITS} shall apply to forces present in Norway.", ""),
        (f"In laying and repairing cables, the guest units shall observe the {VISITS}.", "laying and repairing cables"),
        (f"When chartering ships, the Parties shall apply the {VISITS}.", "chartering ships"),
        (f"In implementing this Agreement, the Parties shall apply the {VISITS}.", ""),
        (f"The Parties shall apply terms identical to those set out in the {VISITS}.", ""),
    ],
)
def test_what_an_instrument_is_applied_to(text: str, matter: str) -> None:
    (found,) = incorporations("I", text)
    assert found.matter == matter
    assert found.says() == (f"to “{matter}”" if matter else "as a whole")
