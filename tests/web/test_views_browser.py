"""The screens of tables, drafts and partners in a real browser: nobody is shut out, and all works without scripts."""

import os
from pathlib import Path
from typing import Any

import pytest

from agreements.web import Serving
from tests.web.conftest import LookingOver, looked_over, run_server, violations

A, B = "specimen-sofa-aurelia-sarnovia", "specimen-sofa-halvard-ondara"
PAGES = [
    "/compare",
    f"/compare?a={A}%2315&b={B}%2315",
    "/compare?a=valdoria-tamaris-1999&b=valdoria-tamaris-1999",
    f"/compare?a={A}&b={A}&topic=claims_government&all=1",
    "/matrix",
    "/matrix?family=sofa&specimens=1",
    f"/matrix/{A}/dependents",
    "/similar",
    f"/similar/{A}/15",
    "/variants",
    "/variants/claims?specimens=1",
    "/partners",
    "/partners/AUS",
    "/calendar?family=sofa",
    "/calendar?all=1&party=AUS",
    "/handover",
    "/clauses",
    "/clauses/acsa?clause=disputes",
    "/draft",
    "/binder",
]
# The longest lists have the same rows many times over; axe takes ten times as long for them.
LONG = [f"/compare?a={A}&b={B}", "/matrix?specimens=1", "/calendar", "/clauses/acsa", "/agreements?specimens=1"]
PICTURED = [page for page in PAGES if page not in ("/compare", "/similar", "/variants", "/calendar?all=1&party=AUS")]


@pytest.fixture(scope="module")
def looking(chromium: Any, serving_treaty: Serving) -> LookingOver:
    """The pages, each looked over once."""
    more = LONG if os.environ.get("AGREEMENTS_LOOKS") == "all" else []
    return looked_over(chromium, serving_treaty, [*PAGES, *more], PICTURED)


def test_axe_finds_nothing_and_nothing_is_cut_off(looking: LookingOver) -> None:
    looking.assert_fine()


def test_pictures_are_as_they_were_looked_at(looking: LookingOver) -> None:
    looking.assert_as_seen()


def test_a_comparison_is_asked_for_and_read_without_any_script(chromium: Any, serving_treaty: Serving) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serving_treaty.address("/compare"))
    form = page.locator("form[action='/compare']:not([method])")
    form.locator("[name=a]").fill(f"{A}#15")
    form.locator("[name=b]").fill(f"{B}#15")
    form.locator("button").click()
    page.wait_for_url("**/compare?a=*")
    assert page.locator(".beside ins").count() > 0
    tops = [page.locator(f".beside-row:nth-child(3) > div:nth-child({n})").bounding_box()["y"] for n in (1, 2)]
    assert tops[0] == tops[1]
    context.close()


def test_print_of_a_comparison_has_the_marking_on_each_page_and_both_citations(
    page: Any, serving_treaty: Serving
) -> None:
    import pypdfium2

    page.goto(f"http://127.0.0.1:{serving_treaty.port}/compare?a={A}%2315&b={B}%2315&all=1")
    printed = pypdfium2.PdfDocument(page.pdf(format="Letter"))
    texts = [each.get_textpage().get_text_range() for each in printed]
    assert [text.count("UNCLASSIFIED") for text in texts] == [2] * len(texts)
    last = " ".join(texts[-1].split())
    assert "A: Agreement between the Government of the Commonwealth of Aurelia" in last
    assert "B: Exchange of Notes constituting an Agreement" in last
    printed.close()


def test_a_cell_leads_to_its_clause_and_heads_stay(page: Any, serving_treaty: Serving) -> None:
    page.goto(f"http://127.0.0.1:{serving_treaty.port}/matrix?specimens=1")
    region = page.locator(".scroll")
    region.evaluate("node => { node.scrollTop = 400; node.scrollLeft = 300; }")
    top = region.bounding_box()["y"]
    assert abs(page.locator(".matrix thead th").nth(1).bounding_box()["y"] - top) <= 2
    left = region.bounding_box()["x"]
    assert abs(page.locator(".matrix tbody th").nth(9).bounding_box()["x"] - left) <= 2
    link = page.locator(".matrix td.carried a").first
    assert link.get_attribute("href").startswith("/a/")


def test_a_draft_is_answered_without_any_script(chromium: Any, own_repository: Path) -> None:
    with run_server(own_repository) as serving:
        context = chromium.new_context(java_script_enabled=False, viewport={"width": 768, "height": 900})
        page = context.new_page()
        page.goto(serving.address("/draft"))
        page.fill("[name=name]", "tamaris")
        page.select_option("[name=family]", "sofa")
        page.click("text=Begin >> nth=-1")
        page.wait_for_url("**/draft/tamaris")
        page.check("[name=answer][value=agreement]")
        page.click("text=Keep this answer")
        page.check("[name=answer][value=UNCLASSIFIED]")
        page.click("text=Keep this answer")
        assert page.locator(".reading .line").count() > 40
        context.close()
        context = chromium.new_context(viewport={"width": 1366, "height": 900})
        page = context.new_page()
        page.goto(serving.address("/draft/tamaris"))
        page.goto(f"http://127.0.0.1:{serving.port}/draft/tamaris?at=claims_model")
        page.check("[name=answer][value=C3]")
        page.click("text=Keep this answer")
        assert page.locator("[data-change]").count() > 0
        assert violations(page) == []
        context.close()
