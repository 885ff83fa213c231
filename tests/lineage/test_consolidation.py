"""New text that an amending instrument quotes, made a provision again."""

from typing import Any

import pytest

from agreements.lineage.consolidation import is_quotation, restored
from agreements.model import Provision

ARTICLE = Provision(kind="article", number="XV", heading="Claims", text="Old.")
PARAGRAPH = Provision(kind="paragraph", number="2.", text="Old.")


def tree(provision: Provision) -> Any:
    return [provision.number, provision.text, *(tree(child) for child in provision.children)]


@pytest.mark.parametrize(
    ("target", "lines", "heading", "found"),
    [
        (PARAGRAPH, ['"2. New."'], None, ["2.", "New."]),
        (PARAGRAPH, ['"New words alone".'], None, ["2.", "New words alone"]),
        (PARAGRAPH, ['"2. New:', '"(a) one;', '"(b) two."'], None, ["2.", "New:", ["(a)", "one;"], ["(b)", "two."]]),
        (
            ARTICLE,
            ['"Article XV', '"Costs', '"1. One.', '"2. Two."'],
            "Costs",
            ["XV", "", ["1.", "One."], ["2.", "Two."]],
        ),
        (ARTICLE, ['"Article XV', '"One sentence alone."'], "Claims", ["XV", "One sentence alone."]),
        (
            ARTICLE,
            ['"1. 1:', '"(a) a:', '"(i) i;', '"(ii) ii; and', '"(b) b.', '"2. Two."'],
            "Claims",
            ["XV", "", ["1.", "1:", ["(a)", "a:", ["(i)", "i;"], ["(ii)", "ii; and"]], ["(b)", "b."]], ["2.", "Two."]],
        ),
    ],
    ids=["a paragraph", "without its number", "a list", "an article", "an article of one paragraph", "three levels"],
)  # fmt: skip
def test_a_quotation_is_the_provision_it_quotes(
    target: Provision, lines: list[str], heading: str | None, found: Any
) -> None:
    new = restored(lines, target)
    assert (new.kind, new.heading, tree(new)) == (target.kind, heading, found)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (['"a', '"b"'], True),
        (['"a', '"b".'], True),
        (["“a”;"], True),
        (['"a', "b"], False),
        (["a"], False),
        ([], False),
        ([""], False),
    ],
)
def test_a_quotation_opens_every_line_and_closes_the_last(lines: list[str], expected: bool) -> None:
    assert is_quotation(lines) is expected
