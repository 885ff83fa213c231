from pathlib import Path

import pytest

from agreements.errors import ClassifiedError
from agreements.marking import highest
from agreements.model import Provision
from agreements.negotiation.positions import Position, Positions, Wording, normalised, texts_of
from agreements.negotiation.records import RecordError

OURS = "The Republic of Lorn shall waive all claims against the Kingdom of Marn."
LIVEABLE = "Each Party waives claims arising from the performance of official duty."
TOO_FAR = "Each Party shall pay all claims in full and without delay."
CLAIMS = Position(
    topic="claims_government",
    preferred=Wording(words=OURS),
    fallbacks=(Wording(words=LIVEABLE), Wording(phrase="except contractual claims")),
    beyond=(Wording(words=TOO_FAR), Wording(phrase="any court of the host State")),
)


@pytest.mark.parametrize(
    ("text", "said", "by", "why"),
    [
        (OURS, "preferred", "words", "the same words"),
        (OURS.replace(" ", "\u00a0", 1), "preferred", "words", "blanks do not matter"),
        (f"1. {OURS}", "preferred", "words", "a number typed before them does not matter"),
        (LIVEABLE, "fallback 1", "words", "first rung"),
        ("They are waived, except contractual claims.", "fallback 2", "phrase", "a phrase is enough"),
        ("They are waived, except contractual claimsmen.", "not a recorded wording", "", "a phrase ends with a word"),
        (TOO_FAR, "beyond authority", "words", "beyond"),
        (OURS + " But any court of the host State may hear them.", "beyond authority", "phrase", "the worst decides"),
        (OURS.replace("all claims", "most claims"), "not a recorded wording", "", "likeness gives no standing"),
        (OURS.lower(), "not a recorded wording", "", "case counts"),
        ("", "not a recorded wording", "", "no words"),
        (
            f"{OURS} They shall consult.",
            "holds the words of preferred, with others",
            "among",
            "the rest is not recorded",
        ),
        (f"They shall consult. {TOO_FAR}", "beyond authority", "among", "words beyond it are beyond it anywhere"),
    ],
)
def test_a_text_stands_where_its_recorded_words_do(text: str, said: str, by: str, why: str) -> None:
    standing = CLAIMS.assess(text)
    assert (standing.said, standing.by) == (said, by), why


def test_likeness_is_told_as_a_figure_beside_no_standing() -> None:
    standing = CLAIMS.assess(OURS.replace("all claims", "most claims"))
    assert standing.level is None
    assert standing.nearest == "preferred"
    assert standing.likeness is not None
    assert 0.8 < standing.likeness < 1


def test_typographic_quotes_are_no_difference() -> None:
    position = Position(path="I", preferred=Wording(words='The term "force" has its meaning.'))
    assert position.assess("The term “force” has its meaning.").said == "preferred"


def test_a_whole_clause_is_compared_with_all_under_it() -> None:
    clause = Position(path="V", preferred="The Parties shall:\n(a) consult;\n(b) report.")  # type: ignore[arg-type]
    below = tuple(
        Provision(kind="subparagraph", number=f"({n})", text=t) for n, t in (("a", "consult;"), ("b", "report."))
    )
    provision = Provision(kind="article", number="V", text="The Parties shall:", children=below)
    assert clause.assess(*texts_of(provision)).said == "preferred"


def test_the_closest_position_comes_first() -> None:
    by_topic = Position(topic="claims_government", preferred=Wording(words=OURS))
    by_clause = Position(clause="claims", preferred=Wording(words=OURS))
    by_path = Position(path="VII.3", preferred=Wording(words=OURS))
    held = Positions(positions=(by_topic, by_clause, by_path))
    found = held.for_provision(
        path="VII.3.a", clause="claims.waiver", topics=["criminal_jurisdiction", "claims_government"]
    )
    assert [p.key for p in found] == ["VII.3", "claims", "claims_government"]
    assert held.for_provision(path="VII.30", clause="claimsmen") == ()


def test_positions_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    held = Positions(marking="SENSITIVE BUT UNCLASSIFIED", positions=(CLAIMS, Position(path="1.10", status="agreed")))
    (tmp_path / "positions.yaml").write_text(held.print(), encoding="utf-8")
    assert Positions.load(tmp_path) == held
    assert Positions.load(tmp_path / "nowhere") == Positions()


def test_a_pointer_is_a_position_too(tmp_path: Path) -> None:
    pointer = Position(topic="criminal_jurisdiction", held_elsewhere="Registry, file 12, paragraph 3")
    assert pointer.assess("Anything.").said == "held elsewhere"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("positions:\n- preferred: words", "names a topic, a clause or a path"),
        ("positions:\n- topic: nonsense", "no topic 'nonsense'"),
        ("positions:\n- path: I\n  prefered: words", "prefered is not a field"),
        ("positions:\n- path: I\n  preferred: {words: a, phrase: b}", "either words"),
        ("- a list", "name: value"),
        ("positions: [", "line"),
    ],
)
def test_a_wrong_file_is_told_with_file_and_field(tmp_path: Path, source: str, says: str) -> None:
    (tmp_path / "positions.yaml").write_text(source, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        Positions.load(tmp_path)
    assert says in str(caught.value)
    assert "positions.yaml" in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        "marking: SECRET//NOFORN\npositions: []",
        "positions:\n- path: I\n  rationale: (S) Their minister would accept less.",
        'positions:\n- path: I\n  preferred: "SECRET\\n\\nThe words."',
    ],
)
def test_classified_positions_are_refused_and_not_quoted(tmp_path: Path, source: str) -> None:
    (tmp_path / "positions.yaml").write_text(source, encoding="utf-8")
    with pytest.raises(ClassifiedError) as caught:
        Positions.load(tmp_path)
    assert "minister" not in str(caught.value)


@pytest.mark.parametrize(
    ("markings", "top"),
    [
        (["", "UNCLASSIFIED"], "UNCLASSIFIED"),
        (["UNCLASSIFIED", "SENSITIVE BUT UNCLASSIFIED", ""], "SENSITIVE BUT UNCLASSIFIED"),
        (["CUI", "SENSITIVE BUT UNCLASSIFIED"], "CUI"),
        (["UNCLASSIFIED", "Official use"], "Official use"),
        (["CUI//PRIV", "CUI", "CUI"], "CUI//PRIV; CUI"),
        ([], ""),
    ],
)
def test_the_highest_marking_wins(markings: list[str], top: str) -> None:
    assert highest(markings) == top


def test_only_a_number_at_the_start_is_left_out() -> None:
    text = "4. Notice goes through the diplomatic channel. It takes effect in six (6) months."
    assert normalised(text) == text.removeprefix("4. ")


def test_standing_positions_of_the_department_hold_where_none_is_recorded(run, kept, tmp_path, monkeypatch) -> None:
    own = tmp_path / "templates"
    for part, name in (("sofa", "official_tax"), ("common", "claims_government")):
        (own / part).mkdir(parents=True)
        held = Positions(marking="CUI", positions=(Position(topic=name, rationale="Standing."),))
        (own / part / "positions.yaml").write_text(held.print(), encoding="utf-8")
    monkeypatch.setenv("AGREEMENTS_TEMPLATES", str(own))
    found = run("negotiation", "status", kept, as_json=True)
    by_topic = {p.get("topic"): p for p in found["positions"]}
    assert by_topic["official_tax"]["held_elsewhere"] == "Registry, file 12", "what is recorded here goes before"
    assert by_topic["claims_government"]["rationale"] == "Standing."
    assert found["marking"] == "CUI"
    _, out, _ = run("negotiation", "position", kept)
    assert "claims_government  open, a standing position" in out


def test_the_form_that_the_documentation_shows_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "extending.md").read_text(encoding="utf-8")
    blocks = [each.split("```")[0] for each in page.split("```yaml\n")[1:]]
    (shown,) = (block for block in blocks if "\npositions:" in block)
    (tmp_path / "positions.yaml").write_text(shown, encoding="utf-8")
    claims, jurisdiction = Positions.load(tmp_path).positions
    assert claims.assess("Each Party waives all claims.").said == "preferred"
    assert jurisdiction.held_elsewhere


def test_words_that_end_no_provision_are_found_in_one() -> None:
    """Nobody types `phrase:` before `within five days`; that it is said must not be missed, nor called a departure."""
    clause = "An order shall be confirmed within {} days of its receipt."
    position = Position.model_validate(
        {
            "path": "IV.5",
            "preferred": "within five days",
            "fallbacks": ["within ten days"],
            "beyond": ["within thirty days"],
        }
    )
    told = {days: position.assess(clause.format(days)) for days in ("five", "ten", "thirty", "fifty", "fifteen")}
    assert [told[days].level for days in told] == ["preferred", "fallback", "beyond", None, None]
    assert [told[days].is_outside for days in told] == [False, False, True, True, True]
    assert told["ten"].said == "holds the words of fallback 1, with others"


def test_words_within_longer_recorded_words_do_not_decide() -> None:
    """The whole wording is there: that a shorter one is a part of it makes it no fallback."""
    whole = "A Party shall answer within ten days and give its reasons."
    position = Position.model_validate(
        {"path": "I", "preferred": whole, "fallbacks": ["A Party shall answer within ten days"]}
    )
    assert position.assess(whole).said == "preferred"
    more = position.assess(f"{whole} It may ask for time.")
    assert (more.said, more.is_outside) == ("holds the words of preferred, with others", True)
