"""The pages in a real browser: nobody is shut out, keys work, nothing is asked of anybody else."""

from pathlib import Path
from typing import Any

import pytest

from agreements.web import Serving
from tests.web.conftest import PAGES, LookingOver, looked_over, run_server

PICTURED = [
    "/",
    "/search?q=claims&specimens=1",
    "/help/keys",
    "/nowhere",
    "/desk/health",
    "/a/valdoria-tamaris-1999/I.2?tab=source",
    "/a/nato-sofa-1951",
    "/agreements?specimens=1&family=sofa",
    "/import",
]


@pytest.fixture(scope="module")
def looking(chromium: Any, serving_treaty: Serving) -> LookingOver:
    """The pages, each looked over once."""
    return looked_over(chromium, serving_treaty, PAGES, PICTURED)


def test_axe_finds_nothing_and_nothing_is_cut_off(looking: LookingOver) -> None:
    looking.assert_fine()


def test_pictures_are_as_they_were_looked_at(looking: LookingOver) -> None:
    looking.assert_as_seen()


def test_twelve_keys_lead_from_the_desk_to_the_copied_citation_of_the_third_hit(
    chromium: Any, serving_treaty: Serving
) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 900})
    origin = f"http://127.0.0.1:{serving_treaty.port}"
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
    page = context.new_page()
    page.goto(serving_treaty.address("/"))
    pressed = ["/", *"force", "Enter"]
    for key in pressed:
        page.keyboard.press(key)
    page.wait_for_url("**/search?q=force")
    third = page.locator("[data-ref]").nth(2).get_attribute("data-ref")
    for key in ("j", "j", "j", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(f"**/a/{third.replace('#', '/')}*")
    page.keyboard.press("y")
    page.locator("#said", has_text="Copied").wait_for(state="attached")
    assert len(pressed) + 4 + 1 == 12
    assert "signed at Kestrel City" in page.evaluate("navigator.clipboard.readText()")
    context.close()


def test_no_key_works_in_a_field_or_where_they_are_off(page: Any, serving_treaty: Serving) -> None:
    page.goto(f"http://127.0.0.1:{serving_treaty.port}/help/keys")
    page.locator("#find").click()
    page.keyboard.type("?gd")
    assert page.locator("#find").input_value() == "?gd"
    page.keyboard.press("Escape")
    page.locator("[data-single-keys]").uncheck()
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_timeout(150)
    assert page.url.endswith("/help/keys")
    page.locator("[data-single-keys]").check()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url(f"http://127.0.0.1:{serving_treaty.port}/")


def test_search_works_without_any_script(chromium: Any, serving_treaty: Serving) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serving_treaty.address("/"))
    page.fill("#find", "claims")
    page.press("#find", "Enter")
    page.wait_for_url("**/search?q=claims")
    page.check("text=also specimens")
    page.click("text=Narrow")
    assert page.locator("[data-item]").count() == 20
    context.close()


def test_from_the_desk_to_a_copied_citation_and_back_by_keys_alone(chromium: Any, serving_treaty: Serving) -> None:
    """A few keys beside the words themselves; Back brings back query, filters and the place on the page."""
    origin = f"http://127.0.0.1:{serving_treaty.port}"
    context = chromium.new_context(viewport={"width": 1366, "height": 700})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
    page = context.new_page()
    page.goto(serving_treaty.address("/"))
    page.keyboard.press("/")
    page.keyboard.type("claims")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=claims")
    page.check("text=also specimens")
    page.wait_for_url("**specimens=1**")
    for _ in range(6):
        page.keyboard.press("j")
    page.wait_for_timeout(300)
    scrolled, asked = page.evaluate("scrollY"), page.url
    assert scrolled > 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/a/**")
    page.keyboard.press("y")
    page.locator("#said", has_text="Copied").wait_for(state="attached")
    assert "signed at" in page.evaluate("navigator.clipboard.readText()")
    page.go_back()
    page.wait_for_url(asked)
    page.wait_for_timeout(300)
    assert page.locator("#find").input_value() == "claims"
    assert page.is_checked("text=also specimens")
    assert abs(page.evaluate("scrollY") - scrolled) <= 2
    page.go_back()
    page.go_back()
    page.wait_for_url(f"{origin}/")
    context.close()


def test_the_reader_works_without_any_script(chromium: Any, serving_treaty: Serving) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serving_treaty.address("/a/valdoria-tamaris-1999/I.2"))
    assert page.locator("[data-here]").count() == 1
    page.click(".tabs >> text=Relations")
    page.wait_for_url("**tab=relations**")
    assert page.locator(".tabs a[aria-current]").inner_text() == "Relations"
    page.goto(f"http://127.0.0.1:{serving_treaty.port}/")
    page.click("text=Look over the repository")
    page.wait_for_url("**/desk/health")
    context.close()


def test_a_form_of_ours_is_taken_from_a_browser(chromium: Any, own_repository: Path) -> None:
    with run_server(own_repository) as serving:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(serving.address("/import"))
        file = {"name": "karuzha-1999.txt", "mimeType": "text/plain", "buffer": b"ARTICLE I\n\nFuel is supplied.\n"}
        page.set_input_files("#files", [file])
        page.click("button.first")
        page.wait_for_url("**/jobs/*")
        page.wait_for_selector("text=karuzha-1999.txt")
        page.wait_for_selector("table")
        context.close()


def _width(page: Any, selector: str) -> int:
    return round(page.locator(selector).bounding_box()["width"])


def test_panes_are_made_wider_by_pointer_and_keys_and_the_browser_remembers(
    chromium: Any, serving_treaty: Serving
) -> None:
    plain = f"http://127.0.0.1:{serving_treaty.port}"
    context = chromium.new_context(viewport={"width": 1366, "height": 800})
    page = context.new_page()
    page.goto(serving_treaty.address("/a/valdoria-tamaris-1999/I.2"))
    contents, known = _width(page, "#contents"), _width(page, "#pane")
    divider = page.locator("[role=separator][aria-controls=contents]")
    place = divider.bounding_box()
    page.mouse.move(place["x"] + 12, place["y"] + 99)
    page.mouse.down()
    page.mouse.move(place["x"] + 72, place["y"] + 99, steps=3)
    page.mouse.up()
    assert abs(_width(page, "#contents") - contents - 60) <= 2
    assert 20 < int(divider.get_attribute("aria-valuenow")) <= int(divider.get_attribute("aria-valuemax"))
    page.locator("[role=separator][aria-controls=pane]").focus()
    page.keyboard.press("ArrowLeft")
    assert _width(page, "#pane") > known
    page.keyboard.press("End")
    assert _width(page, "#pane") + _width(page, "#contents") < 0.76 * _width(page, ".reader")
    widest = _width(page, "#pane")
    page.click(".tabs >> text=Topics")  # what is known is put in anew
    page.wait_for_url("**tab=topics**")
    page.goto(f"{plain}/a/nato-sofa-1951")  # which has no contents
    assert abs(_width(page, "#pane") - widest) <= 2
    page.goto(f"{plain}/a/valdoria-tamaris-1999")
    assert abs(_width(page, "#contents") - contents - 60) <= 2
    page.evaluate("document.dir = 'rtl'")
    before = _width(page, "#contents")
    divider.press("ArrowRight")
    assert _width(page, "#contents") < before
    page.evaluate("document.dir = 'ltr'")
    divider.dblclick()
    assert _width(page, "#contents") == contents
    page.locator("[role=separator][aria-controls=pane]").press("Enter")
    assert _width(page, "#pane") == known
    divider.click()
    page.set_viewport_size({"width": 683, "height": 400})  # 200 % zoom
    assert not divider.is_visible()
    assert _width(page, "#contents") == _width(page, ".reader")
    page.set_viewport_size({"width": 1366, "height": 800})
    page.goto(f"{plain}/compare?a=valdoria-tamaris-1999%23I&b=valdoria-tamaris-1999%23II")
    half = _width(page, "#side-a")
    page.locator("[role=separator]").press("ArrowRight")
    assert _width(page, "#side-a") == _width(page, ".beside-row >> nth=1 >> [role=cell] >> nth=0") > half
    (kept,) = [each for each in context.cookies() if each["name"] == "agreements-settings"]
    assert "port" not in kept and kept["domain"] == "127.0.0.1"  # so it holds at the port of the next start
    context.close()
