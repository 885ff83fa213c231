"""The review screen: each clause decided by one key, in the file that the command line reads, and the same reply."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agreements import library
from agreements.commands import main
from agreements.web import Serving
from tests.web.conftest import Asking, LookingOver, OpenWorkbench, one_day, run_server
from tests.web.negotiating import COUNTER, EXAMPLE, TALKS, negotiated

REVIEW = f"/n/{TALKS}/review/2"
CLAUSES = ["XI.3", "VII.4", "VII.3", "XV.1", "XVII.4"]  # not tracked, outside recorded positions, the rest
WHO = {"author": "Arvennan delegation", "date": "2027-04-02"}


@pytest.fixture(scope="session")
def made_talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the files and the repository of the talks; tests that write take a copy."""
    folder = tmp_path_factory.mktemp("talks")
    negotiated(folder)
    return folder


@pytest.fixture
def talks(made_talks: Path, tmp_path: Path) -> Path:
    """A repository of the talks that a test may write to."""
    return Path(shutil.copytree(made_talks / "repository", tmp_path / "talks"))


def decide(client: Asking, at: str, do: str, **more: str) -> Any:
    """Decide on a clause as its page does, with the state that the page shows."""
    html = client.get(REVIEW, params={"at": at}).text
    expected = re.search(r'name="expected" value="([^"]*)"', html)
    assert expected
    return client.post_form(REVIEW, {"at": at, "do": do, "expected": expected[1], **more})


def decide_all(client: Asking) -> None:
    """Decide as the guide does."""
    for at, do, more in (
        ("XI.3", "reject", {}),
        ("VII.4", "counter", {"text": COUNTER}),
        ("VII.3", "accept", {}),
        ("XV.1", "reject", {}),
        ("XVII.4", "accept", {}),
    ):
        assert decide(client, at, do, **more).status_code == 303


def test_seven_tracked_and_one_untracked_are_shown_in_reading_order(open_workbench: OpenWorkbench, talks: Path) -> None:
    html = open_workbench(talks).get(REVIEW).text
    assert "7 tracked changes, 1 not tracked" in html
    assert re.findall(r'<span class="path">([^<]+)</span>', html) == CLAUSES
    assert re.findall(r"<h3>([^<]+) <span class=\"count\">", html) == [
        "Changed without tracking",
        "Outside recorded positions",
        "The rest",
    ]
    paper = html[html.index('id="theirs-head"') :]
    assert len(re.findall(r"<(?:ins|del) class", paper)) == 7
    assert paper.count("inserted by Tessarian delegation, 2027-03-20</span>") == 0  # the words stand in brackets
    assert paper.count("[inserted by Tessarian delegation, 2027-03-20]") == 4
    assert paper.count('<p class="label">Not tracked') == 1
    assert '<span class="number">Article\xa0VII</span>' in paper


def test_the_ladder_names_the_rung_that_their_words_reach(open_workbench: OpenWorkbench, talks: Path) -> None:
    html = open_workbench(talks).get(REVIEW, params={"at": "VII.4"}).text
    rungs = re.findall(r'class="rung ([a-z]+)( reached)?"><span class="rung-name">([^<]+)</span>', html)
    assert rungs == [
        ("preferred", "", "● preferred"),
        ("fallback", "", "◐ fallback 1"),
        ("beyond", " reached", "○ beyond authority: their words are here"),
    ]


def test_the_reply_is_to_the_byte_what_the_command_line_writes(
    open_workbench: OpenWorkbench, talks: Path, tmp_path: Path
) -> None:
    client = open_workbench(talks)
    decide_all(client)
    assert client.post_form(f"{REVIEW}/reply", dict(WHO)).headers["location"] == f"{REVIEW}/reply"
    page = client.get(f"{REVIEW}/reply").text
    assert "Changes accepted: 4 (" in page and "clauses countered: 1 (" in page
    assert "Not examined" in page
    assert "may leave" not in page
    decisions = tmp_path / "kept.yaml"
    decisions.write_bytes(client.get(f"{REVIEW}/files/decisions").content)
    reply, clean = tmp_path / "reply.docx", tmp_path / "clean.docx"
    line = ["--repo", str(talks), "review", "--negotiation", TALKS, "--no-precedents", "--apply", str(decisions)]
    with pytest.raises(SystemExit) as ended:
        main([*line, "-o", str(reply), "--clean", str(clean), "--author", WHO["author"], "--date", WHO["date"]])
    assert ended.value.code in (0, None)
    assert client.get(f"{REVIEW}/files/reply").content == reply.read_bytes()
    assert client.get(f"{REVIEW}/files/clean").content == clean.read_bytes()
    for name in ("memo", "brief"):
        assert client.get(f"{REVIEW}/files/{name}").content[:2] == b"PK"


def test_decisions_of_the_command_line_are_read_on(open_workbench: OpenWorkbench, talks: Path) -> None:
    folder = talks / "negotiations" / TALKS / "decisions"
    folder.mkdir()
    shutil.copy(EXAMPLE / "decisions-1.yaml", folder / "text-02.yaml")
    html = open_workbench(talks).get(REVIEW).text
    assert "5 clauses, 0 open" in html
    assert "Write the reply" in html


def test_no_reply_is_written_while_a_clause_is_open(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    decide(client, "VII.3", "accept")
    answer = client.post_form(f"{REVIEW}/reply", dict(WHO))
    assert answer.status_code == 422
    assert "Nothing is decided on VII.4, XI.3, XV.1, XVII.4." in answer.text
    assert client.get(f"{REVIEW}/files/reply").status_code == 404


@pytest.mark.parametrize(
    ("at", "why"), [("XI.3", "nobody tracked it"), ("VII.4", "it is beyond the recorded authority")]
)
def test_accepting_what_needs_one_asks_for_a_typed_reason(
    open_workbench: OpenWorkbench, talks: Path, at: str, why: str
) -> None:
    client = open_workbench(talks)
    refused = decide(client, at, "accept")
    assert refused.status_code == 422
    assert why in refused.text
    assert "open</span>" in client.get(REVIEW, params={"at": at}).text
    assert decide(client, at, "accept", reason="agreed at the table").status_code == 303
    from agreements.platform import login_name

    assert f"by {login_name()}" in client.get(REVIEW, params={"at": at}).text
    assert "Reason: agreed at the table" in client.get(REVIEW, params={"at": at}).text


def test_two_tabs_the_second_is_told_both_decisions(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    assert client.post_form(REVIEW, {"at": "VII.3", "do": "accept", "expected": "open"}).status_code == 303
    second = client.post_form(REVIEW, {"at": "VII.3", "do": "counter", "text": "Sixty days.", "expected": "open"})
    assert second.status_code == 409
    for words in ("counter\nSixty days.", "accept", "Look again"):
        assert words in second.text
    assert "Now: <strong>accepted</strong>" in client.get(REVIEW, params={"at": "VII.3"}).text
    other = client.post_form(REVIEW, {"at": "XV.1", "do": "reject", "expected": "open"})
    assert other.status_code == 303
    assert client.post_form(f"{REVIEW}/back", {"steps": "1"}).status_code == 409


def test_u_takes_back_step_by_step(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    decide(client, "VII.3", "accept")
    decide(client, "VII.3", "reject")
    back = client.post_form(f"{REVIEW}/back", {"steps": "2"})
    assert "at=VII.3" in back.headers["location"]
    assert "Now: <strong>accepted</strong>" in client.get(REVIEW, params={"at": "VII.3"}).text
    client.post_form(f"{REVIEW}/back", {"steps": "1"})
    assert "5 clauses, 5 open" in client.get(REVIEW).text
    assert client.post_form(f"{REVIEW}/back", {"steps": "0"}).status_code == 422


def test_a_marking_in_our_words_is_refused_and_nothing_is_kept(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    refused = decide(client, "VII.4", "counter", text="(S//NF) A certificate of canary-7f3 is conclusive.")
    assert refused.status_code == 422
    assert "canary-7f3" not in refused.text
    assert not [file for file in talks.rglob("*") if file.is_file() and b"canary-7f3" in file.read_bytes()]


def test_two_files_are_reviewed_and_go_when_the_workbench_ends(
    open_workbench: OpenWorkbench, talks: Path, made_talks: Path, tmp_path: Path
) -> None:
    client = open_workbench(talks)
    sent = {
        side: (file.name, file.read_bytes())
        for side, file in (("ours", made_talks / "draft.docx"), ("theirs", made_talks / "answer-1.docx"))
    }
    address = client.post_form("/review", files=sent).headers["location"]
    html = client.get(address).text
    assert "7 tracked changes, 1 not tracked" in html
    assert "answer-1.docx <span" in html
    for at in CLAUSES:
        client.post_form(address, {"at": at, "do": "reject"})
    assert client.post_form(f"{address}/reply", dict(WHO)).status_code == 303
    assert client.get(f"{address}/files/reply").content[:2] == b"PK"
    assert client.get(f"{address}/files/brief").status_code == 404
    assert client.get("/review/0123456789abcdef").status_code == 404
    assert list(tmp_path.rglob("answer-1.docx"))
    client.workbench.close()
    assert not list((tmp_path / "cache").rglob("answer-1.docx"))


def test_a_classified_file_is_refused_before_anything_is_kept(
    open_workbench: OpenWorkbench, talks: Path, made_talks: Path, tmp_path: Path
) -> None:
    client = open_workbench(talks)
    marked = b"SECRET//NOFORN\n\nARTICLE I\n\nThe canary-7f3 is paid.\n\nSECRET//NOFORN\n"
    sent = {"ours": ("draft.docx", (made_talks / "draft.docx").read_bytes()), "theirs": ("theirs.txt", marked)}
    assert client.post_form("/review", files=sent).status_code == 422
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and b"canary-7f3" in file.read_bytes()]
    assert not list(client.workbench.sessions.folder.rglob("*.docx"))


def test_nothing_of_a_closed_negotiation_is_told(open_workbench: OpenWorkbench, talks: Path) -> None:
    library.set_access(talks, TALKS, add=["somebody else"])
    own = library.negotiation_access(talks, TALKS).may_see
    library.set_access(talks, TALKS, remove=[name for name in own if name != "somebody else"])
    client = open_workbench(talks)
    for path in ("/review", REVIEW, f"{REVIEW}/precedents", f"{REVIEW}/reply", f"{REVIEW}/files/memo"):
        answer = client.get(path)
        assert answer.status_code == (200 if path == "/review" else 404)
        assert "answer-1" not in answer.text
        assert "Status of forces" not in answer.text
    for path in (REVIEW, f"{REVIEW}/back", f"{REVIEW}/reply", f"{REVIEW}/redline"):
        answer = client.post_form(path, {"at": "VII.3", "do": "accept", "text": "x", "steps": "0", **WHO})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "path",
    [f"/n/{TALKS}/review/1", f"/n/{TALKS}/review/9", f"/n/{TALKS}/review/x", f"{REVIEW}?at=LX", f"{REVIEW}?show=best"],
)
def test_what_there_is_not_is_said(open_workbench: OpenWorkbench, talks: Path, path: str) -> None:
    answer = open_workbench(talks).get(path)
    assert answer.status_code in (400, 404, 422)
    assert 'role="alert"' in answer.text


def test_read_only_decides_nothing(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks, read_only=True)
    assert client.post_form(REVIEW, {"at": "VII.3", "do": "accept"}).status_code == 403
    assert not (talks / "negotiations" / TALKS / "decisions").exists()


# ---------------------------------------------------------------------- in a browser


@pytest.fixture
def serving(talks: Path) -> Iterator[Serving]:
    """A server on the talks."""
    with run_server(talks) as served:
        yield served


def test_keys_alone_decide_every_clause(chromium: Any, serving: Serving, talks: Path) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.goto(serving.address(REVIEW))
    page.locator("[role=separator][aria-controls=this]").press("ArrowLeft")  # wider, and no clause is decided by it
    assert page.locator("[role=separator]").count() == 2
    page.keyboard.press("a")  # asks for the reason, and goes there
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("it was read out")
    page.keyboard.press("Enter")
    page.wait_for_url("**at=VII.4*done=XI.3*")
    page.keyboard.press("x")
    page.wait_for_url("**counter=1")
    page.keyboard.press("Control+a")
    page.keyboard.type(COUNTER)
    page.wait_for_selector("#counter-redline ins:has-text('sufficient evidence')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for key, at, done in (("a", "XV.1", "VII.3"), ("r", "XVII.4", "XV.1"), ("l", "XVII.4", "XVII.4")):
        page.wait_for_selector(
            f"a[aria-current=true] .path:text-is('{'VII.3' if key == 'a' else ('XV.1' if key == 'r' else 'XVII.4')}')"
        )
        page.keyboard.press(key)
        page.wait_for_url(f"**at={at}*done={done}*")
    page.keyboard.press("u")
    page.wait_for_url("**taken=1*")
    page.keyboard.press("l")
    page.wait_for_url("**at=XVII.4*done=XVII.4*")
    page.fill("#author", WHO["author"])
    page.fill("#day", WHO["date"])
    page.click("text=Write the reply")
    page.wait_for_url("**/reply")
    with page.expect_download() as download:
        page.click("text=/Download .*reply/")
    kept = talks / "negotiations" / TALKS / "decisions" / "text-02.yaml"
    again = library.review(negotiation=TALKS, repository=talks, precedents=False)
    library.answer(again, kept, talks / "same.docx", **WHO)
    assert Path(download.value.path()).read_bytes() == (talks / "same.docx").read_bytes()
    context.close()


PAGES = [
    "/review",
    REVIEW,
    f"{REVIEW}?at=VII.4&counter=1",
    f"{REVIEW}?show=open&at=VII.3&done=VII.3",
    f"{REVIEW}/precedents?at=VII.4",
]


REPLY = f"{REVIEW}/reply"
PICTURED = ["/review", f"{REVIEW}?at=VII.4&counter=1"]


@pytest.fixture(scope="module")
def looking(chromium: Any, made_talks: Path, tmp_path_factory: pytest.TempPathFactory) -> LookingOver:
    """The pages, each looked over once, and at last the reply to what came."""
    repository = shutil.copytree(made_talks / "repository", tmp_path_factory.mktemp("looking") / "talks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with one_day(), run_server(repository) as serving:
            looking = LookingOver(chromium, serving)
            try:
                for path in PAGES:
                    looking.at(path, pictured=path in PICTURED)
                decided = repository / "negotiations" / TALKS / "decisions"
                decided.mkdir()
                shutil.copy(EXAMPLE / "decisions-1.yaml", decided / "text-02.yaml")
                looking.page.goto(f"{looking.origin}{REVIEW}")
                looking.page.fill("#author", WHO["author"])
                looking.page.click("text=Write the reply")
                looking.page.wait_for_url(f"**{REPLY}")
                looking.over(REPLY, pictured=True)
            finally:
                looking.close()
    return looking


def test_axe_finds_nothing_and_nothing_is_cut_off(looking: LookingOver) -> None:
    looking.assert_fine()


def test_pictures_are_as_they_were_looked_at(looking: LookingOver) -> None:
    looking.assert_as_seen()


def test_it_is_read_and_decided_without_any_script_and_prints_with_its_marking(
    chromium: Any, serving: Serving, tmp_path: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serving.address(REVIEW))
    page.click("text=Reject")
    page.wait_for_url("**done=XI.3*")
    page.click("text=Counter")
    page.fill("#counter-text", COUNTER)
    page.click("text=Show the redline")
    assert "sufficient evidence" in page.locator(".redline ins").all_inner_texts()[0]
    page.click("text=Counter with these words")
    page.wait_for_url("**done=VII.4*")
    page.click("text=Look for precedents")
    assert page.locator("#precedents").count() == 1
    import pypdfium2

    printed = pypdfium2.PdfDocument(page.pdf())
    texts = [sheet.get_textpage().get_text_range() for sheet in printed]
    assert all("UNCLASSIFIED" in text for text in texts)
    theirs = hashlib.sha256((EXAMPLE / "answer-1.docx").read_bytes()).hexdigest()
    assert f"sha256 {theirs[:12]}" in texts[-1]
    context.close()
