"""How an agreement is cut into what can be found."""

import re
from collections import Counter
from pathlib import Path

import pytest

from agreements.model import Agreement, Document, Provision
from agreements.parsing import parse
from agreements.reading import read
from agreements.search.fields import surety_key
from agreements.search.units import Unit, units_of

P = Provision


def cut(*provisions: Provision, level: str = "paragraph", document: Document | None = None) -> dict[str, str]:
    whole = Agreement(id="x", documents=(document or Document(provisions=provisions),))
    return {unit.path: unit.text for unit in units_of(whole) if level in unit.levels}


def test_numbered_paragraphs_are_units_with_all_under_them() -> None:
    article = P(kind="article", number="I", heading="Claims", text="Intro.", children=(
        P(kind="paragraph", number="1.", text="One:", children=(P(kind="subparagraph", number="(a)", text="first."),)),
        P(kind="paragraph", number="2.", text="Two."),
        P(kind="text", text="Closing."),
    ))  # fmt: skip
    assert cut(article) == {"I": "Intro.", "I.1": "One:\n(a) first.", "I.2": "Two.", "I.p2": "Closing."}
    assert cut(article, level="article") == {"I": "Intro.\n1. One:\n(a) first.\n2. Two.\nClosing."}


def test_article_without_numbered_paragraphs_is_one_unit() -> None:
    article = P(kind="article", number="1", text="In this text:", children=(
        P(kind="subparagraph", number="(a)", heading="Force", text="means a force;"), P(kind="text", text="as said."),
    ))  # fmt: skip
    assert cut(article) == cut(article, level="article") == {"1": "In this text:\n(a) Force\nmeans a force;\nas said."}


def test_parts_hold_and_sections_are_units() -> None:
    part = P(kind="part", number="Three", label="Title", heading="Security", children=(
        P(kind="article", number="I", children=(P(kind="section", number="311", text="Duty."),)),
    ))  # fmt: skip
    assert cut(part) == cut(part, level="article") == {"I.311": "Duty."}


def test_preamble_testimonium_and_notes() -> None:
    preamble = P(kind="preamble", children=(P(kind="text", text="A and B,"), P(kind="text", text="Agree:")))
    point = P(kind="paragraph", number="1", text="Point.")
    assert cut(preamble, P(kind="text", text="Sir,"), point) == {
        "preamble": "A and B,\nAgree:",
        "p1": "Sir,",
        "1": "Point.",
    }


def test_heading_alone_can_be_found() -> None:
    assert cut(P(kind="article", number="I", heading="Reserved")) == {"I": ""}
    assert cut(P(kind="article", number="I")) == {}


def test_context_of_a_unit() -> None:
    annex = Document(role="annex", number="A", title="Sites", language="fr", provisions=(
        P(kind="part", number="1", heading="North", children=(
            P(kind="article", number="II", heading="Ports", children=(
                P(kind="paragraph", number="1.", text="Kestrel."),
            )),
        )),
    ))  # fmt: skip
    agreement = Agreement(id="x", title="Text", documents=(Document(provisions=()), annex))
    unit = next(u for u in units_of(agreement, {"annex-a.II": ["exclusive_use"]}) if u.path == "annex-a.II.1")
    assert unit.ref == "x#annex-a.II.1" and unit.language == "fr"
    assert (unit.heading, unit.outer, unit.article) == ("Ports", ["North", "Sites"], "Annex A, Part 1, Article II")
    assert (list(unit.topics), unit.cores) == (["exclusive_use"], ["facilities_access"])


def test_what_says_a_topic_itself_is_more_surely_about_it() -> None:
    parts = tuple(P(kind="paragraph", number=f"{n}.", text="Kestrel.") for n in (1, 2))
    text = Agreement(id="x", documents=(Document(provisions=(P(kind="article", number="1", children=parts),)),))
    given = {"1": {"uniforms": 0.9}, "1.2": {"uniforms": 0.9}}
    said = {unit.path: unit.topics["uniforms"] for unit in units_of(text, given) if "paragraph" in unit.levels}
    assert said["1.1"] < said["1.2"] == 0.9
    assert surety_key("uniforms", said["1.1"]) < surety_key("uniforms", said["1.2"])


def test_lines_begin_after_their_numbers() -> None:
    article = P(kind="article", number="1", text="All:", children=(P(kind="subparagraph", number="(a)", text="one;"),))
    (unit,) = units_of(Agreement(id="x", documents=(Document(provisions=(article,)),)))
    assert [unit.text[start:].split("\n")[0] for start in unit.starts] == ["All:", "one;"]


@pytest.mark.parametrize(
    "name", ["nato-sofa-1951.md", "us-compact-fsm-2003-title3-security.txt", "us-netherlands-stationing-forces-1954.md"]
)
def test_no_word_of_a_real_treaty_is_lost_or_doubled(shared: Path, name: str) -> None:
    path = shared / "treaties" / "security" / name
    agreement = parse(read(path), id="x").agreement
    units = list(units_of(agreement))
    held = Counter(w for d in agreement.documents for p in d.walk() for w in re.findall(r"\w+", p.text))
    assert _words(units, "paragraph") == held
    assert _words(units, "article") == held
    assert len({u.ref for u in units if "paragraph" in u.levels}) == sum("paragraph" in u.levels for u in units)


def _words(units: list[Unit], level: str) -> Counter[str]:
    """Count the words of the units of a level, without numbers and without headings inside them."""
    out: Counter[str] = Counter()
    for unit in units:
        if level in unit.levels:
            for start in unit.starts:
                out.update(re.findall(r"\w+", unit.text[start:].split("\n")[0]))
    return out
