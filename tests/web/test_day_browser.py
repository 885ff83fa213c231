"""A working day in a real browser: pages to which only a step leads are looked over too, so that none is left out."""

import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from agreements import library
from agreements.repository.places import seed
from agreements.web import routes
from tests.web import test_browser, test_negotiation, test_review, test_views_browser
from tests.web.conftest import TREATY, LookingOver, one_day, run_server
from tests.web.negotiating import EXAMPLE

FILES = {
    "/static/{name}", "/calendar.ics", "/healthz", "/draft/{name}/parameters", "/draft/{name}/word",
    "/jobs/{number}/events", "/n/{id}/files/{file}", "/review/{review}/files/{file}", "/n/{id}/review/{k}/files/{file}",
    "/a/{id}/page/{page}", "/a/{id}/file/{number}", "/a/{id}/export/{form}", "/binder/{name}/{kind}",
}  # fmt: skip
"""What is no page."""
WALKED = {
    "/draft/{name}", "/binder/{name}", "/handover/{key}", "/open/{key}", "/a/{id}/edit", "/a/{id}/edited",
    "/jobs/{number}",
}  # fmt: skip
"""The pages of the working day."""
SAME = {f"/review/{{review}}{more}": f"/n/{{id}}/review/{{k}}{more}" for more in ("", "/precedents", "/reply")}
"""Two addresses of one page: the review of two files, and that of a text of a negotiation."""


def _matching(address: str) -> set[str]:
    """Return the routes of pages that `address` is of."""
    found = set()
    for method, route in routes():
        pattern = re.sub(r"\\\{(\w+)(:path)?\\\}", lambda named: ".+" if named[2] else "[^/]+", re.escape(route))
        if method == "GET" and re.fullmatch(pattern, urlsplit(address).path):
            found.add(route)
    return found


def test_each_page_is_looked_over_here_or_elsewhere() -> None:
    elsewhere = [
        *test_browser.PAGES,
        *test_views_browser.PAGES,
        *test_negotiation.PAGES,
        *test_review.PAGES,
        test_review.REPLY,
    ]
    looked = WALKED | {route for address in elsewhere for route in _matching(address)}
    looked |= {route for route, other in SAME.items() if other in looked}
    assert {route for method, route in routes() if method == "GET"} - FILES == looked


def _begun(folder: Path) -> Path:
    """A repository with a text, a draft and a binder."""
    repository = folder / "repository"
    seed(repository)
    file = folder / "valdoria-tamaris-1999.txt"
    file.write_text(TREATY, encoding="utf-8")
    library.import_files(repository, [file])
    (repository / "drafts").mkdir()
    shutil.copy(EXAMPLE / "sofa-tessaria.yaml", repository / "drafts" / "tessaria.yaml")
    return repository


def _day(looking: LookingOver, offered: str) -> None:
    """Walk through the day: edit, draft, gather, import, look at a file that came."""
    page = looking.page
    looking.at("/a/valdoria-tamaris-1999/edit", pictured=True)
    page.click("text=Take it over")
    looking.over("/a/valdoria-tamaris-1999/edited")
    looking.at("/draft/tessaria?at=claims_model", pictured=True)
    looking.at("/binder?add=valdoria-tamaris-1999%23I.2")
    page.fill("[name=name]", "claims")
    page.click("text=Begin >> nth=-1")
    looking.over("/binder/claims", pictured=True)
    looking.at("/import")
    file = {
        "name": "karuzha-1999.txt",
        "mimeType": "text/plain",
        "buffer": TREATY.replace("Valdoria", "Karuzha").encode(),
    }
    page.set_input_files("#files", [file])
    page.click("button.first")
    page.wait_for_selector("table")
    looking.over("/jobs/1", pictured=True)
    looking.at("/handover")
    page.set_input_files("[type=file]", [EXAMPLE / "answer-1.docx"])
    page.click("text=Look >> nth=-1")
    page.wait_for_url("**/handover/*")
    looking.over("/handover/answer-1", pictured=True)
    page.goto(offered)
    looking.over("/open/answer-1", pictured=True)


@pytest.fixture(scope="module")
def looking(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> LookingOver:
    """The pages of the day, each looked over once."""
    folder = tmp_path_factory.mktemp("day")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        repository = _begun(folder)
        with one_day(), run_server(repository) as serving:
            looking = LookingOver(chromium, serving)
            try:
                _day(looking, serving.address_of_file(EXAMPLE / "answer-1.docx"))
            finally:
                looking.close()
    return looking


def test_axe_finds_nothing_and_nothing_is_cut_off(looking: LookingOver) -> None:
    looking.assert_fine()
    assert {route for address in looking.seen for route in _matching(address)} >= WALKED


def test_pictures_are_as_they_were_looked_at(looking: LookingOver) -> None:
    looking.assert_as_seen()
