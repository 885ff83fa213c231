"""A workbench over the specimens and a made treaty: asked in the process, or by a browser."""

import base64
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra `web` is not installed")

from starlette.testclient import TestClient

from agreements import library
from agreements.repository.places import seed
from agreements.web import Serving, Workbench, application
from tests.web import pictures

PORT = 8765
CHROMIUM = "/usr/bin/chromium"
PAGES = [
    "/",
    "/search",
    "/search?q=claims&specimens=1",
    "/search?q=zzzz",
    "/help/keys",
    "/help/query",
    "/nowhere",
    "/saved/waivers",
    "/desk/due",
    "/desk/saved",
    "/desk/health",
    "/a/valdoria-tamaris-1999",
    "/a/valdoria-tamaris-1999/I.2?tab=source",
    "/a/nato-sofa-1951",
    "/agreements?specimens=1&family=sofa",
    "/a/valdoria-tamaris-1999/I.2?tab=topics",
    "/a/valdoria-tamaris-1999/source",
    "/import",
    "/jobs/9",
]
TREATY = """Agreement between the Republic of Valdoria and the Kingdom of Tamaris on Visits of Their Forces

The Republic of Valdoria and the Kingdom of Tamaris,

Desiring to order the visits of their forces,

Have agreed as follows:

ARTICLE I
Claims

1. Each Party waives its claims against the other for damage to its property.

2. Claims of third parties that arise from official duty are paid by the visiting Party:

(a) in full, where its members alone caused the damage;

(b) by half in other cases.

3. A dispute about official duty under paragraph 2 is put to an arbitrator.

ARTICLE II
Entry into force

This Agreement enters into force on signature. It remains in force for five years.

Done at Kestrel City on 14 March 1999, in two originals, in the English language.
"""


@pytest.fixture(scope="session")
def treaty_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what ships and one made treaty, indexed; tests that write take a copy."""
    folder = tmp_path_factory.mktemp("web") / "repository"
    seed(folder)
    file = folder.parent / "valdoria-tamaris-1999.txt"
    file.write_text(TREATY, encoding="utf-8")
    library.import_files(folder, [file])
    library.begin_negotiation(folder, "tamaris-talks", {"partner": "EST", "family": "sofa", "title": "Talks on visits"})
    library.add_step(folder, "tamaris-talks", {"what": "Ask the legal adviser", "who": "L", "due": "2030-02-01"})
    library.save_search(folder, "waivers", "waiver of claims", note="for the talks", specimens=True)
    return folder


@pytest.fixture
def own_repository(treaty_repository: Path, tmp_path: Path) -> Path:
    """A copy of the repository that a test may write to."""
    return Path(shutil.copytree(treaty_repository, tmp_path / "repository"))


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's cache folder lies in the test's own folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Asking(TestClient):
    """A client that came in by a key; `post_form` adds what a page of ours would send along."""

    workbench: Workbench

    def post_form(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        """Send a form as a page of the workbench does."""
        token = next(iter(self.workbench.sessions._held.values())).token
        fields = {"token": token, **(data or {})}
        return self.post(path, data=fields, headers={"Origin": f"http://127.0.0.1:{PORT}"}, **more)


OpenWorkbench = Callable[..., Asking]


def _asking(workbench: Workbench, *, enter: bool = True) -> Asking:
    client = Asking(
        application(workbench), base_url=f"http://127.0.0.1:{PORT}", follow_redirects=False,
        raise_server_exceptions=False,
    )  # fmt: skip
    client.workbench = workbench
    if enter:
        assert client.get("/", params={"key": workbench.sessions.new_key()}).status_code == 303
    return client


@pytest.fixture
def open_workbench(own_cache: Path) -> Iterator[OpenWorkbench]:
    """Return a client at a new workbench on a repository: `open_workbench(folder, read_only=True)`."""
    opened: list[Workbench] = []

    def open_it(folder: Path, *, enter: bool = True, **how: Any) -> Asking:
        opened.append(Workbench(folder, port=PORT, **how))
        return _asking(opened[-1], enter=enter)

    yield open_it
    for workbench in opened:
        workbench.close()


@pytest.fixture(scope="module")
def client(treaty_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """A client at a workbench over the specimens and the treaty; it writes nothing, so one file of tests shares it."""
    workbench = Workbench(treaty_repository, port=PORT, room=tmp_path_factory.mktemp("client") / "room")
    yield _asking(workbench)
    workbench.close()


# ---------------------------------------------------------------------- a browser


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; without either, tests that need it skip.

    It ends with its file: the loop that drives it would stop others that want one, and trees from being parsed.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is not installed (apt-get install chromium)")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    fonts = pictures.environment(tmp_path_factory.mktemp("fonts"))
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if as_root else [], env=fonts
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def serving_treaty(treaty_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that runs, over the repository that is not written to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with one_day(), run_server(treaty_repository) as serving:
            yield serving


@contextmanager
def run_server(folder: Path, **how: Any) -> Iterator[Serving]:
    """Run a server on `folder` in a thread while a test lasts."""
    serving, ready = Serving(folder, **how), threading.Event()
    thread = threading.Thread(target=serving.run, args=(ready.set,))
    thread.start()
    assert ready.wait(20)
    yield serving
    serving.stop()
    thread.join(20)
    assert not thread.is_alive()


@pytest.fixture
def page(chromium: Any, serving_treaty: Serving) -> Iterator[Any]:
    """A page of a browser that came in by a key."""
    context = chromium.new_context(viewport={"width": 1366, "height": 900})
    made = context.new_page()
    made.goto(serving_treaty.address("/"))
    yield made
    context.close()


_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on how a page is looked at; everything else is the same in every window and colour.
_LOOKED_AT = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]


def violations(page: Any, rules: Sequence[str] = ()) -> list[str]:
    """Return what axe finds on `page` by WCAG 2.0 to 2.2, A and AA, and best practices (or `rules`), a line each."""
    from axe_playwright_python.sync_playwright import Axe

    asked = {"type": "rule", "values": [*rules]} if rules else {"type": "tag", "values": _TAGS}
    options = {"runOnly": asked, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{row['id']}: {node['html'][:160]}" for row in found for node in row["nodes"]]


_DARK = {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"}
_WIDE = {"viewport": {"width": 1366, "height": 900}}
_MORE = {
    "narrow": {"viewport": {"width": 320, "height": 700}},
    "dark": {"viewport": {"width": 768, "height": 900}, "color_scheme": "dark"},
    "forced": {"viewport": {"width": 1366, "height": 900}, "forced_colors": "active"},
}
# The two looks that are furthest apart, over all pages; AGREEMENTS_LOOKS=all takes those between them too (minutes).
LOOKS: dict[str, dict[str, Any]] = {
    "wide": _WIDE,
    "narrow and dark": _DARK,
    **(_MORE if os.environ.get("AGREEMENTS_LOOKS") == "all" else {}),
}


class LookingOver:
    """A person's browser at a workbench, in which pages are looked over in every way, and a picture taken of some.

    `found` is what axe finds, what is cut off, what the browser complains of; `asked` the addresses that were asked
    for, `seen` the pages, `taken` the pictures by address. A page is asked for once: the window and its colours change
    around it.
    """

    def __init__(self, chromium: Any, serving: Serving) -> None:
        # no colour is on its way when it is looked at
        self._context = chromium.new_context(viewport=_WIDE["viewport"], reduced_motion="reduce")
        self.page = self._context.new_page()
        self._camera = self._context.new_cdp_session(self.page)
        self.found: list[str] = []
        self.asked: list[str] = []
        self.seen: list[str] = []
        self.taken: dict[str, bytes] = {}
        self.by = pictures.drawn_by(chromium)
        self.origin = f"http://127.0.0.1:{serving.port}"
        self.page.goto(serving.address("/"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", self._said)

    def _said(self, line: Any) -> None:
        if "404" not in line.text:  # a page that is not there is a page too, and the browser says so
            self.found.append(f"{self.page.url} says {line.text}")

    def at(self, path: str, *, pictured: bool = False) -> None:
        """Go to a page and look it over."""
        answer = self.page.goto(f"{self.origin}{path}")
        self.found += [f"{path} answers {answer.status}"] if answer.status not in (200, 404) else []
        self.over(path, pictured=pictured)

    def over(self, path: str, *, pictured: bool = False) -> None:
        """Look over the page as it stands."""
        page = self.page
        self.seen.append(page.url)
        if page.locator("[data-load], [hx-trigger]").count():
            page.wait_for_load_state("networkidle")
        if pictured:
            shot = self._camera.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
            self.taken[path] = base64.b64decode(shot["data"])
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        for number, (look, how) in enumerate(LOOKS.items()):
            page.set_viewport_size(how["viewport"])
            page.emulate_media(
                color_scheme=how.get("color_scheme", "light"), forced_colors=how.get("forced_colors", "none")
            )
            self.found += [f"{path}, {look}: {line}" for line in violations(page, _LOOKED_AT if number else ())]
            if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
                self.found.append(f"{path}, {look}: wider than the window")
        page.set_viewport_size(_WIDE["viewport"])
        page.emulate_media(color_scheme="light", forced_colors="none")

    def close(self) -> None:
        """Close the browser's window."""
        self._context.close()

    def assert_fine(self) -> None:
        """Nothing was found, and nobody else was asked for anything."""
        assert not self.found, "\n".join(self.found)
        assert all(url.startswith(f"{self.origin}/") for url in self.asked)

    def assert_as_seen(self) -> None:
        """The screens look as they did when a person looked at their pictures."""
        pictures.hold(self.taken, self.by)


def looked_over(chromium: Any, serving: Serving, paths: Sequence[str], pictured: Sequence[str]) -> LookingOver:
    """Look over `paths`, and take a picture of those that are `pictured` too."""
    looking = LookingOver(chromium, serving)
    try:
        for path in paths:
            looking.at(path, pictured=path in pictured)
    finally:
        looking.close()
    assert set(looking.taken) == set(pictured)
    return looking


class _Day(date):
    """A day that does not change, so that screens look as they did."""

    @classmethod
    def today(cls) -> "_Day":
        return cls(2026, 11, 30)


@contextmanager
def one_day() -> Iterator[None]:
    """Let the screens that tell days from today on stand on one day."""
    names = ("web.screens.desk", "web.screens.calendar", "web.screens.partners", "web.screens.review")
    with pytest.MonkeyPatch.context() as patch:
        for name in (*names, "web.screens.negotiation", "library.survey", "negotiation.calendar"):
            patch.setattr(f"agreements.{name}.date", _Day)
        yield
