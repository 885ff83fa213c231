"""A rule is shown with what takes something out of it, in its sentence or in the next ones; and with nothing else."""

# ruff: noqa: E501  (one text and what limits it, one a line)

import pytest

from agreements.language.limited import limits

_RULE = "Vehicles of the force are exempt from all taxes"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"1. {_RULE}.\n2. This exemption does not apply to private vehicles.", ["This exemption does not apply to private vehicles."]),
        (f"{_RULE}. This does not apply to boats.", ["This does not apply to boats."]),
        (f"{_RULE}, except those that are let. The said relief shall not extend to fuel.", ["except those that are let", "The said relief shall not extend to fuel."]),
        (f"Except as provided in paragraph 2, {_RULE}.", ["Except as provided in paragraph 2"]),
        (f"{_RULE}. They are marked. However, carts pay the toll of a road.", ["However, carts pay the toll of a road."]),
        (f"{_RULE}.\n(b) Such exemptions are subject to the approval of the customs.", ["Such exemptions are subject to the approval of the customs."]),
        (f"{_RULE}. Paragraph 1 shall not apply to a sale.", ["Paragraph 1 shall not apply to a sale."]),
        (f"{_RULE}. The provisions of this Article may not be applied to guests.", ["The provisions of this Article may not be applied to guests."]),
        (f"{_RULE}. The Parties shall meet each year. This Agreement does not affect other agreements.", []),
        (f"{_RULE}. Drivers are not subject to tests. Fuel is sold at the price of the day.", []),
        (f"{_RULE}. One is red. Two are blue. Three are green. This exemption does not apply to boats, four sentences on.", []),
        (f"{_RULE}, including but not limited to those of tolls.", []),
        (f"The exemption is old. {_RULE}. It shall apply to boats too.", []),
    ],
)  # fmt: skip
def test_what_limits_a_rule_is_told(text: str, said: list[str]) -> None:
    start = text.index("exempt from all taxes")
    assert list(limits(text, start, start + len("exempt from all taxes"))) == said
