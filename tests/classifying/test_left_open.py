"""A clause that only says that a matter is talked of, agreed later or not touched carries no rule on it."""

import pytest

from agreements.classifying import matters_left_open


@pytest.mark.parametrize(
    ("text", "core", "how"),
    [
        ("Claims shall be the subject of a separate arrangement.", "claims_third_party", "later"),
        ("The settlement of claims will be regulated in a subsequent protocol.", "claims_third_party", "later"),
        ("The Parties shall consult on taxation.", "official_tax", "later"),
        ("Taxation remains to be negotiated.", "official_tax", "later"),
        ("The competent authorities of the Parties may discuss customs duties.", "customs_official", "later"),
        ("Nothing in this Agreement affects customs duties.", "customs_official", "untouched"),
        ("This Agreement does not deal with the wearing of uniforms.", "weapons_carriage", "untouched"),
        ("Criminal jurisdiction over members of the force shall be agreed later.", "criminal_jurisdiction", "later"),
        ("The Parties intend to negotiate on protection of the environment.", "environment_health_safety", "later"),
        ("A protocol on customs duties shall be concluded in due course.", "customs_official", "later"),
        ("2. The Parties shall endeavour to conclude a special agreement on labor.", "labor", "later"),
    ],
)  # fmt: skip
def test_what_is_left_open(text: str, core: str, how: str) -> None:
    found = matters_left_open(text, [core])
    assert [each.how for each in found.values()] == [how]
    assert found[core].words in text


@pytest.mark.parametrize(
    ("text", "core", "why"),
    [
        ("Claims shall be settled by the receiving State.", "claims_third_party", "a rule"),
        ("Claims are waived. Other claims shall be the subject of another treaty.", "claims_third_party", "both"),
        ("The forces pay no taxes. The Parties shall consult on doubtful taxes.", "official_tax", "a rule before"),
        ("The Parties shall consult on taxes, and until then no tax shall be levied.", "official_tax", "a rule behind"),
        ("Nothing in this Agreement shall be construed to waive immunity from taxes.", "official_tax", "a right kept"),
        ("Disputes shall be settled in consultations.", "dispute_settlement", "talk is the rule"),
        ("Implementing arrangements may be concluded later.", "implementing_arrangements", "the rule itself"),
        ("This Agreement does not affect the tax relief, which shall be granted.", "official_tax", "granted"),
    ],
)  # fmt: skip
def test_what_is_not(text: str, core: str, why: str) -> None:
    assert not matters_left_open(text, [core]), why


def test_of_two_topics_only_the_one_that_is_left_open() -> None:
    text = "The forces shall pay no customs duties. Claims shall be the subject of a separate agreement."
    assert list(matters_left_open(text, ["customs_official", "claims_third_party"])) == ["claims_third_party"]
