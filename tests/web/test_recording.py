"""Forms of the negotiation pages: each writes what its command writes, and loses nothing that was typed."""

import io
import shutil
from pathlib import Path
from typing import get_args

import pytest
from lxml.html import document_fromstring

from agreements import library
from agreements.negotiation import file as record
from agreements.web import recording
from tests.web.conftest import Asking, OpenWorkbench
from tests.web.negotiating import EXAMPLE, TALKS, negotiated

BASE = f"/n/{TALKS}"


@pytest.fixture(scope="module")
def made_talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the talks, with a clearance that one office answered."""
    folder = tmp_path_factory.mktemp("record")
    repository = negotiated(folder)
    library.ask_clearance(repository, TALKS, ["L/T", "OSD"], {"text": 1, "sent": "2027-02-01"})
    library.merge_returned(repository, TALKS, [("L/T", folder / "answer-1.docx")], day="2027-02-07")
    return repository


@pytest.fixture
def talks(made_talks: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_talks, tmp_path / "talks"))


def _sent(client: Asking, path: str, do: str, file: Path | None = None, **typed: str) -> int:
    """Send a form of the page at `path` as it stands; return the status."""
    form = document_fromstring(client.get(path).text).xpath(f"//form[.//input[@name='do' and @value='{do}']]")[0]
    fields = {name: value for name, value in form.fields.items() if value and name not in ("token", "file")}
    files = {"file": (file.name, io.BytesIO(file.read_bytes()))} if file else None
    return int(client.post_form(form.get("action"), {**fields, "do": do, **typed}, files=files).status_code)


def test_the_words_of_the_forms_are_those_of_the_record() -> None:
    assert get_args(record.Stage) == recording.STAGES
    assert get_args(record.AuthorityKind) == recording.AUTHORITIES
    assert get_args(record.Scope) == recording.SCOPES
    assert recording.CLOSING == record.CLOSING
    assert recording.FOLLOWING == record.FOLLOWING
    assert (*recording.SAID, "requested") == (*get_args(record.Clearance)[1:], "requested")


def test_a_negotiation_is_begun_and_a_text_kept(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    assert _sent(client, "/n", "begin", name="valdoria-visit", partner="Valdoria", title="Visits") == 303
    new = "/n/valdoria-visit"
    assert _sent(client, new, "set", stage="cleared-to-negotiate", authority="blanket", limits="costs\nclaims") == 303
    assert _sent(client, new, "text", EXAMPLE / "answer-1.docx", side="partner", date="2027-03-22", round="") == 303
    held = library.negotiation_status(talks, "valdoria-visit").negotiation
    assert (held.stage, held.authority.kind, held.authority.limits) == (
        "cleared-to-negotiate", "blanket", ("costs", "claims"),
    )  # fmt: skip
    (text,) = held.texts
    assert (text.side, text.name, text.date) == ("partner", "answer-1.docx", "2027-03-22")
    stored = talks / "negotiations" / "valdoria-visit" / "texts" / text.file
    assert stored.read_bytes() == (EXAMPLE / "answer-1.docx").read_bytes()
    assert "Kept: text 1" in client.get(new).text
    assert _sent(client, new, "round", date="2027-04-01", place="Port Elian", ad_referendum="I, II") == 303
    assert _sent(client, new, "agree", paths="I II", state="agreed", by="The head", date="2027-04-02") == 303
    standing = {each.path: each.state for each in library.standing_articles(talks, "valdoria-visit")}
    assert (standing["I"], standing["II"]) == ("agreed", "agreed")


def test_what_is_refused_comes_back_with_what_was_typed(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    for path, do, typed, said in (
        ("/n", "begin", {"name": "No/Good", "partner": "EST", "title": "Kept <title>"}, "Kept &lt;title&gt;"),
        (BASE, "round", {"date": "soon", "place": "Port Elian", "note": "Kept note"}, "Kept note"),
        (BASE, "agree", {"paths": "XCIX", "by": "Kept name"}, "Kept name"),
        (f"{BASE}/positions", "position", {"on": "XV.1", "preferred": "Kept words.", "status": "odd"}, "Kept words."),
        (f"{BASE}/clearance", "ask", {"offices": "L/T", "text": "99", "note": "Kept note"}, "Kept note"),
        (f"{BASE}/closing", "step", {"step": "not-published", "by": "Kept name", "date": "2028-01-01"}, "Kept name"),
    ):
        answer = client.post_form(path, {"do": do, **typed})
        assert answer.status_code == 422, do
        assert 'role="alert"' in answer.text
        assert f">{said}<" in answer.text or f'value="{said}"' in answer.text, do
        assert "Nothing was kept." in answer.text
    assert library.negotiation_status(talks, TALKS).negotiation.rounds[-1].note == ""


def test_a_classified_text_is_refused_and_nothing_is_kept(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    file = talks.parent / "theirs.txt"
    file.write_text("SECRET\n\nARTICLE I\n\nThe canary-4d is moored.\n\nSECRET\n", encoding="utf-8")
    assert _sent(client, BASE, "text", file, side="partner") == 422
    answer = client.post_form(BASE, {"do": "round", "note": "(S//NF) The canary-4d is moored."})
    assert answer.status_code == 422
    assert "canary-4d" not in answer.text
    places = [*talks.rglob("*"), *client.workbench.sessions.folder.rglob("*")]
    assert not [each for each in places if each.is_file() and b"canary-4d" in each.read_bytes()]


def test_places_are_closed_and_the_result_is_kept_as_the_joint_text(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    before = library.standing_joint(talks, TALKS)
    assert before is not None
    first, second = (f"close-{place.path}:{place.number}" for place in before.open[:2])
    words = f"words-{before.open[1].path}:{before.open[1].number}"
    typed = {"do": "close", first: "partner", second: "words", words: "ninety (90)", "date": "2027-05-02"}
    refused = client.post_form(f"{BASE}/joint", {**typed, words: ""})
    assert refused.status_code == 422
    assert "Which words close" in refused.text
    saved = client.post_form(f"{BASE}/joint", typed)
    assert saved.content[:2] == b"PK"
    assert len(library.negotiation_status(talks, TALKS).negotiation.texts) == 2  # a file for Word changes nothing here
    assert client.post_form(f"{BASE}/joint", {**typed, "keep": "1"}).status_code == 303
    after = library.standing_joint(talks, TALKS)
    assert after is not None
    assert len(after.open) == len(before.open) - 2
    held = library.negotiation_status(talks, TALKS).negotiation
    assert (held.texts[-1].side, held.texts[-1].date) == ("joint", "2027-05-02")


def test_dispositions_are_kept_as_the_command_reads_them(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    found = library.merge_returned(talks, TALKS, [])
    edits = [row.number for row in found.rows if row.is_edit]
    typed = {f"do-{edits[0]}": "reject", f"reason-{edits[0]}": "Beyond the instruction.", f"do-{edits[1]}": "accept"}
    assert _sent(client, f"{BASE}/clearance", "dispose", **typed) == 303
    stale = client.post_form(f"{BASE}/clearance", {"do": "dispose", "expected": "none", **typed})
    assert stale.status_code == 409
    file = library.dispositions_file(talks, TALKS)
    read = library.read_dispositions(found, file)
    assert [read.rows[number].do for number in edits[:2]] == ["reject", "accept"]
    assert int(edits[0]) not in read.chosen
    html = client.get(f"{BASE}/clearance").text
    assert 'value="Beyond the instruction."' in html
    assert client.get(f"{BASE}/files/matrix").content[:2] == b"PK"
    assert client.get(f"{BASE}/files/merged").content[:2] == b"PK"
    assert _sent(client, f"{BASE}/clearance", "dispose", **{f"do-{edits[1]}": "discuss"}) == 303
    assert len(list(file.with_name(f"{file.stem}-earlier").iterdir())) == 1
    assert library.read_dispositions(found, file).rows[edits[0]].reason == "Beyond the instruction."


def test_clearance_is_asked_and_returned(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    assert _sent(client, f"{BASE}/clearance", "returned", EXAMPLE / "answer-1.docx", office="OSD") == 303
    assert _sent(client, f"{BASE}/clearance", "ask", offices="JS, EUCOM", due="2027-06-01", text="1") == 303
    states = {each.office: each.state for each in library.office_clearances(talks, TALKS, day="2027-05-01")}
    assert states["OSD"] == "returned"
    assert {"JS", "EUCOM"} <= set(states)


def test_the_closing_is_recorded_with_what_shows_it(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks)
    page = f"{BASE}/closing"
    assert (
        _sent(client, page, "signing", date="2028-05-01", signer="A. Bell", capacity="Ambassador", originals="2") == 303
    )
    evidence = talks.parent / "procès-verbal.txt"
    evidence.write_text("Signed at Port Elian.\n", encoding="utf-8")
    assert _sent(client, page, "step", evidence, step="signed", by="The embassy", date="2028-05-01") == 303
    assert _sent(client, page, "follow", kind="minutes", title="Agreed minutes", date="2028-05-02") == 303
    assert _sent(client, page, "answer", of="1", answer="no", by="L/T", ground="No undertaking in it.") == 303
    held = library.negotiation_status(talks, TALKS).negotiation
    assert held.signing is not None
    assert [signer.name for signer in held.signing.signers] == ["A. Bell"]
    (step,) = held.closing
    assert (step.step, step.by, step.evidence.name if step.evidence else "") == (
        "signed", "The embassy", "procès-verbal.txt",
    )  # fmt: skip
    assert "Agreed minutes" in client.get(page).text
    assert "No undertaking in it." in client.get(page).text


def test_a_read_only_workbench_has_no_form(open_workbench: OpenWorkbench, talks: Path) -> None:
    client = open_workbench(talks, read_only=True)
    for path in ("/n", BASE, f"{BASE}/positions", f"{BASE}/joint", f"{BASE}/clearance", f"{BASE}/closing"):
        assert 'method="post"' not in client.get(path).text, path
        assert client.post_form(path, {"do": ""}).status_code == 403
