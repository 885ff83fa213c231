"""The negotiation screens: what is recorded and by the same verbs, closed to whoever it is closed to."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement, document_fromstring

from agreements import library
from agreements.web import Serving
from tests.web.conftest import LookingOver, OpenWorkbench, looked_over, one_day, run_server
from tests.web.negotiating import TALKS, negotiated

BASE = f"/n/{TALKS}"
PAGES = ["/n", BASE, *(f"{BASE}/{name}" for name in ("positions", "joint", "clearance", "closing", "clause/VII.4"))]


@pytest.fixture(scope="module")
def made_talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the talks, with an office that was asked and one that returned a draft."""
    folder = tmp_path_factory.mktemp("talks")
    repository = negotiated(folder)
    library.set_negotiation(
        repository, TALKS, {"authority": {"kind": "action-memorandum", "scope": "negotiate", "approved": "2027-01-15"}}
    )
    library.ask_clearance(repository, TALKS, ["L/T", "OSD"], {"text": 1, "sent": "2027-02-01", "due": "2027-02-08"})
    library.merge_returned(repository, TALKS, [("L/T", folder / "answer-1.docx")], day="2027-02-07")
    library.add_step(repository, TALKS, {"what": "Ask for authority to conclude", "due": "2027-07-15"})
    return repository


@pytest.fixture
def talks(made_talks: Path, tmp_path: Path) -> Path:
    """A repository of the talks that a test may write to."""
    return Path(shutil.copytree(made_talks, tmp_path / "talks"))


def test_it_says_where_the_negotiation_stands(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    assert TALKS in client.get("/n").text
    html = client.get(BASE).text
    for words in ("action memorandum", "15 January 2027", "answer-1.docx", "Review text 2", "Ask for authority"):
        assert words in html
    assert "L/T <span" in html
    assert "not cleared" in html


def test_a_step_is_added_and_done_once(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    seen = library.negotiation_status(talks, TALKS).fingerprint
    assert client.post_form(BASE, {"do": "step", "what": "Call the embassy", "expected": seen}).status_code == 303
    again = client.post_form(BASE, {"do": "step", "finish": "1", "expected": seen})
    assert again.status_code == 409
    assert "Call the embassy" in again.text  # what stands now is shown beside what was sent
    now = library.negotiation_status(talks, TALKS).fingerprint
    assert client.post_form(BASE, {"do": "step", "finish": "1", "expected": now}).status_code == 303
    steps = library.negotiation_status(talks, TALKS).negotiation.steps
    assert [(step.what, bool(step.done)) for step in steps] == [
        ("Ask for authority to conclude", True),
        ("Call the embassy", False),
    ]


def test_a_position_is_recorded_as_the_command_line_reads_it(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    page = client.get(f"{BASE}/positions?on=XV.1").text
    assert "classified" in page  # the notice stands before the form
    typed = {
        "on": "XV.1", "preferred": "phrase: other than claims arising from contracts,",
        "fallback": "phrase: wilful misconduct\n\nphrase: gross negligence", "beyond": "No claim is waived.",
        "status": "reserved", "expected": library.negotiation_status(talks, TALKS).fingerprint,
    }  # fmt: skip
    assert client.post_form(f"{BASE}/positions", typed).status_code == 303
    assert client.post_form(f"{BASE}/positions", typed).status_code == 409
    held = library.negotiation_status(talks, TALKS).positions.get("XV.1")
    assert held is not None
    assert [(level, at, wording.phrase or wording.words) for level, at, wording in held.wordings()] == [
        ("preferred", 0, "other than claims arising from contracts,"),
        ("fallback", 1, "wilful misconduct"),
        ("fallback", 2, "gross negligence"),
        ("beyond", 1, "No claim is waived."),
    ]
    form = client.get(f"{BASE}/positions?on=XV.1").text
    assert "phrase: wilful misconduct\n\nphrase: gross negligence</textarea>" in form
    review = client.get(f"{BASE}/review/2?at=XV.1").text
    assert "◐ fallback 2: their words are here" in review  # the review is made again with the new position


def test_what_is_emptied_in_the_form_goes_and_what_was_never_shown_stays(
    open_workbench: OpenWorkbench, talks: Path
) -> None:
    client = open_workbench(talks)
    blank = {"on": "VII.4", "rationale": "Courts differ.", "status": "open"}
    client.post_form(f"{BASE}/positions", blank)
    held = library.negotiation_status(talks, TALKS).positions.get("VII.4")
    assert held
    assert (held.rationale, len(held.fallbacks), len(held.beyond)) == ("Courts differ.", 1, 1)
    client.post_form(f"{BASE}/positions", {**blank, "of": "VII.4", "fallback": "phrase: a\r\n\r\nphrase: b"})
    held = library.negotiation_status(talks, TALKS).positions.get("VII.4")
    assert held
    assert [wording.phrase for wording in held.fallbacks] == ["a", "b"]
    assert (held.preferred, held.beyond) == (None, ())


def test_a_classified_position_is_refused_and_nothing_is_kept(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    refused = client.post_form(f"{BASE}/positions", {"on": "XV.1", "preferred": "(S//NF) The canary-7f3 is waived."})
    assert refused.status_code == 422
    assert "canary-7f3" not in refused.text
    assert not [file for file in talks.rglob("*") if file.is_file() and b"canary-7f3" in file.read_bytes()]


def test_a_clause_is_shown_through_all_texts(open_workbench: OpenWorkbench, talks: Path) -> None:
    html = open_workbench(talks).get(f"{BASE}/clause/VII.4").text
    assert "<del>conclusive</del>" in html
    assert "<ins>given due weight</ins>" in html
    assert html.index("● preferred") < html.index("○ beyond authority")
    assert open_workbench(talks).get(f"{BASE}/clause/XCIX").status_code == 404


def test_since_when_words_stand_is_drawn_and_stands_in_a_table(open_workbench: OpenWorkbench, talks: Path) -> None:
    page = document_fromstring(open_workbench(talks).get(f"{BASE}/clause/VII.4").text)
    texts = library.clause_history(talks, TALKS, "VII.4").texts
    rows = page.xpath("//*[@id='since-told']//tbody/tr")
    assert [int(row.xpath("td")[0].text) for row in rows] == [each.words for each in texts]
    for row, each in zip(rows, texts, strict=True):
        told = {int(head.text.split()[-1]): int(cell.text) for head, cell in _cells(page, row) if cell.text}
        assert told == dict(each.since)
    drawn = [title.text for title in page.xpath("//*[@class='since']//*[local-name()='title']")]
    assert drawn == [
        f"{count} word{'s' if count > 1 else ''} since text {number}" for each in texts for number, count in each.since
    ]
    pieces = page.xpath("//*[@class='since']//*[@x][@width]")
    assert 980 < max(float(piece.get("x")) + float(piece.get("width")) for piece in pieces) <= 990


def _cells(page: HtmlElement, row: HtmlElement) -> list[tuple[HtmlElement, HtmlElement]]:
    return list(zip(page.xpath("//*[@id='since-told']//thead//th")[2:], row.xpath("td")[1:], strict=True))


def test_the_joint_text_tells_the_sides_apart_by_word_and_bracket(open_workbench: OpenWorkbench, talks: Path) -> None:
    html = open_workbench(talks).get(f"{BASE}/joint").text
    assert '<span class="bracket ours">[<span class="side">ARVENNA:</span> conclusive]</span>' in html
    assert '<span class="bracket theirs">⟦<span class="side">TESSARIA:</span> given due weight⟧</span>' in html
    assert "Marked ad referendum" not in html  # that nothing differs is no agreement


def test_clearance_says_who_is_silent_and_what_was_returned(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    html = client.get(f"{BASE}/clearance").text
    assert "silent has not cleared" in html
    assert "<td>returned</td>" in html
    assert "no answer" in html
    assert "<del>boarding, </del>" in html or "<del>boarding,</del>" in html
    assert "<strong>not tracked</strong>" in html
    now = library.negotiation_status(talks, TALKS).fingerprint
    typed = {"office": "OSD", "state": "cleared", "date": "2027-02-08", "expected": now}
    assert client.post_form(f"{BASE}/clearance", typed).status_code == 303
    states = {each.office: each.state for each in library.office_clearances(talks, TALKS)}
    assert states == {"L/T": "returned", "OSD": "cleared"}


@pytest.mark.parametrize("kind", ["brief", "joint", "matrix", "signing", "closing"])
def test_each_page_is_had_as_a_word_file(open_workbench: OpenWorkbench, talks: Path, kind: str) -> None:
    answer = open_workbench(talks).get(f"{BASE}/files/{kind}")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer.headers["content-disposition"]


def test_nothing_of_a_closed_negotiation_is_told(open_workbench: OpenWorkbench, talks: Path) -> None:
    library.set_access(talks, TALKS, add=["somebody else"])
    own = library.negotiation_access(talks, TALKS).may_see
    library.set_access(talks, TALKS, remove=[name for name in own if name != "somebody else"])
    client = open_workbench(talks)
    for path in [*PAGES[1:], f"{BASE}/files/brief", f"{BASE}/files/nothing"]:
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "Tessaria" not in answer.text.replace(TALKS, "")
    for path in ("", "/positions", "/clearance", "/joint", "/closing"):
        typed = {"what": "x", "on": "VII.4", "preferred": "x", "office": "L/T", "state": "cleared", "by": "x"}
        typed |= {"close-VII.4:1": "us"} if path == "/joint" else {}
        assert client.post_form(f"{BASE}{path}", typed).status_code == 404, path
    assert "with Tessaria" not in client.get("/n").text


@pytest.fixture(scope="module")
def serving(made_talks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server on the talks, which is not written to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with one_day(), run_server(made_talks) as served:
            yield served


@pytest.fixture(scope="module")
def looking(chromium: Any, serving: Serving) -> LookingOver:
    """The pages, each looked over once."""
    return looked_over(chromium, serving, [*PAGES, f"{BASE}/positions?on=VII.4"], PAGES)


def test_axe_finds_nothing_and_nothing_is_cut_off(looking: LookingOver) -> None:
    looking.assert_fine()


def test_pictures_are_as_they_were_looked_at(looking: LookingOver) -> None:
    looking.assert_as_seen()
