"""`agreements open FILE`: the file is looked at where it lies, and goes where the person wants it."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from agreements import library
from agreements.commands import group
from agreements.web.sessions import offer
from tests.web.conftest import Asking, OpenWorkbench, run_server
from tests.web.negotiating import EXAMPLE

ANSWER = EXAMPLE / "answer-1.docx"


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A repository with a negotiation that has no text yet."""
    folder = tmp_path / "repository"
    library.begin_negotiation(folder, "valdoria-visit", {"partner": "Valdoria", "title": "Visits"})
    return folder


def _opened(client: Asking, file: Path) -> str:
    return f"/open/{offer(client.workbench.sessions.folder, file)}"


def test_an_answer_is_kept_and_opens_on_its_review_from_then_on(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    address = _opened(client, ANSWER)
    page = client.get(address).text
    assert "tracked changes by" in page
    assert page.index("Review it as their answer") < page.index("Look at it before") < page.index("Import it")
    kept = client.post_form(
        f"{address}/keep", {"do": "text", "negotiation": "valdoria-visit", "side": "partner", "date": "2027-03-22"}
    )
    assert kept.headers["location"] == "/n/valdoria-visit/review/1"
    assert client.get(address).headers["location"] == "/n/valdoria-visit/review/1"
    assert "It is kept already, to the byte" in client.get(f"{address}?stay=1").text


def test_it_is_reviewed_or_looked_at_without_being_kept(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    address = _opened(client, ANSWER)
    looked = client.post_form(address, {"do": "handover"})
    assert client.get(looked.headers["location"]).status_code == 200
    without = client.post_form(address, {"do": "review"})
    assert without.status_code == 422
    assert "Which text of ours does it answer?" in without.text
    with ANSWER.open("rb") as ours:
        reviewed = client.post_form(address, {"do": "review"}, files={"file": ("ours.docx", ours)})
    assert client.get(reviewed.headers["location"]).status_code == 200
    assert library.negotiation_status(talks, "valdoria-visit").negotiation.texts == ()


def test_a_text_is_imported_from_where_it_lies(open_workbench: OpenWorkbench, talks: Path, tmp_path: Path) -> None:
    file = tmp_path / "harbours.txt"
    file.write_text("ARTICLE I\n\nShips may moor.\n", encoding="utf-8")
    client = open_workbench(talks)
    address = _opened(client, file)
    page = client.get(address).text
    assert "It is no Word file" in page
    assert page.index("Import it") < page.index("Review it as their answer")
    job = client.post_form(f"{address}/keep", {"do": "import"}).headers["location"]
    next(iter(client.workbench.sessions._held.values())).jobs[int(job.rpartition("/")[2])].wait(60)
    assert "harbours" in client.get(job).text
    assert [facts.id for facts in library.listing(talks)] == ["harbours"]
    assert file.exists()


def test_a_classified_file_is_refused_and_not_copied(
    open_workbench: OpenWorkbench, talks: Path, tmp_path: Path
) -> None:
    file = tmp_path / "theirs.txt"
    file.write_text("SECRET\n\nARTICLE I\n\nThe canary-9e is moored.\n\nSECRET\n", encoding="utf-8")
    client = open_workbench(talks)
    address = _opened(client, file)
    refused = client.post_form(f"{address}/keep", {"do": "text", "negotiation": "valdoria-visit", "side": "partner"})
    assert refused.status_code == 422
    places = [*talks.rglob("*"), *client.workbench.sessions.folder.rglob("*")]
    assert not [each for each in places if each.is_file() and b"canary-9e" in each.read_bytes()]


def test_what_was_not_offered_here_is_not_there(open_workbench: OpenWorkbench, talks: Path, tmp_path: Path) -> None:
    client = open_workbench(talks)
    gone = shutil.copy(ANSWER, tmp_path / "gone.docx")
    address = _opened(client, Path(gone))
    Path(gone).unlink()
    for path in (address, "/open/0123abcd", "/open/..%2f..%2fetc%2fpasswd"):
        assert client.get(path).status_code == 404, path
    read_only = open_workbench(talks, read_only=True)
    assert read_only.post_form(f"{_opened(read_only, ANSWER)}/keep", {"do": "import"}).status_code == 403


def test_the_command_hands_the_file_to_the_workbench_that_runs(talks: Path, tmp_path: Path) -> None:
    with run_server(talks) as serving:
        made = CliRunner().invoke(group, ["--repo", str(talks), "open", "--print", str(ANSWER)])
        assert made.exit_code == 0, made.output
        assert made.output.startswith(f"http://127.0.0.1:{serving.port}/open/")
        lost = CliRunner().invoke(group, ["--repo", str(talks), "open", "--print", "no-such.docx"])
        assert lost.exit_code == 1
