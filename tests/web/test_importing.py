"""What comes in by a page: read with progress, refused with a reason, and nothing left of what was refused."""

import io
import json
import os
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from agreements import library
from agreements.web import forms
from agreements.web.jobs import BackgroundJob
from agreements.web.sessions import PersonSession, Upload, new_folder, running
from tests.web.conftest import TREATY, Asking, OpenWorkbench

PLAIN = TREATY.replace("Valdoria", "Karuzha")


def _ended(client: Asking, address: str) -> str:
    for _ in range(600):  # tenths of a second
        page = client.get(address).text
        if "data-events" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def _left(client: Asking) -> list[Path]:
    return _files(client.workbench.sessions.folder)


def _files(folder: Path) -> list[Path]:
    """The files below `folder`; what is taken away while one looks (`rglob` stumbles over it) is none."""
    return [Path(at, name) for at, _, names in os.walk(folder) for name in names]


def test_files_are_taken_in_and_nothing_is_left_of_the_upload(
    open_workbench: OpenWorkbench, own_repository: Path
) -> None:
    client = open_workbench(own_repository)
    files = [("files", ("karuzha-1999.txt", PLAIN.encode())), ("files", ("empty.pdf", b"%PDF-1.4 nothing"))]
    sent = client.post_form("/import", {"family": "sofa"}, files=files)
    assert sent.status_code == 303
    page = _ended(client, sent.headers["location"])
    assert "karuzha-1999" in page
    assert "empty.pdf" in page
    assert "/karuzha-1999.txt" not in page  # no folder of the upload is shown
    assert "/empty.pdf" not in page
    assert library.get(own_repository, "karuzha-1999#I.1").citation
    assert _left(client) == []
    events = client.get(sent.headers["location"] + "/events").text
    assert "event: done" in events


def test_a_marked_text_is_refused_and_nothing_of_it_is_kept(
    open_workbench: OpenWorkbench, own_repository: Path, tmp_path: Path
) -> None:
    client = open_workbench(own_repository)
    spill = f"SECRET//NOFORN\n\n{PLAIN}\n\nThe canaryword of their minister.\n\nSECRET//NOFORN\n"
    sent = client.post_form("/import", files=[("files", ("talks.txt", spill.encode()))])
    page = _ended(client, sent.headers["location"])
    assert "bears the classification marking" in page
    assert "canaryword" not in page
    assert [f for f in _files(tmp_path) if b"canaryword" in f.read_bytes()] == []


def test_a_file_that_is_too_large_is_refused_and_not_kept(
    open_workbench: OpenWorkbench, own_repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_workbench(own_repository)
    monkeypatch.setattr(forms, "LARGEST_FILE", 10_000)
    just = client.post_form("/import", files=[("files", ("a.txt", b"x " * 5_000))])
    _ended(client, just.headers["location"])
    sent = client.post_form("/import", files=[("files", ("big.txt", b"x" * 10_001))])
    assert sent.status_code == 413
    assert "larger than" in sent.text
    many = [("files", (f"{n}.txt", b"x")) for n in range(forms.MOST_FILES + 1)]
    assert client.post_form("/import", files=many).status_code == 413
    assert _left(client) == []


def test_a_zip_bomb_is_refused_with_a_message(open_workbench: OpenWorkbench, own_repository: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 60_000_000 + b"</a>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    client = open_workbench(own_repository)
    sent = client.post_form("/import", files=[("files", ("bomb.docx", packed.getvalue()))])
    page = _ended(client, sent.headers["location"])
    assert "Not read" in page, page
    assert "bomb.docx" in page
    assert _left(client) == []


def test_the_limit_is_a_hundred_megabytes() -> None:
    assert forms.LARGEST_FILE == 100_000_000


NAMES = ["../../evil.txt", "..\\..\\evil.txt", "/etc/evil.txt", "C:\\evil.txt", "evil\x00.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_leads_out_of_the_folder(
    open_workbench: OpenWorkbench, own_repository: Path, tmp_path: Path, name: str
) -> None:
    client = open_workbench(own_repository)
    body = (
        '--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n'
        + next(iter(client.workbench.sessions._held.values())).token
        + f'\r\n--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        + "ARTICLE I\n\nFuel.\r\n--b--\r\n"
    )
    headers = {"Origin": "http://127.0.0.1:8765", "Content-Type": "multipart/form-data; boundary=b"}
    sent = client.post("/import", content=body.encode(), headers=headers)
    page = _ended(client, sent.headers["location"])  # before one looks: the import writes and clears folders meanwhile
    assert "evil" in page
    assert [f for f in _files(tmp_path) if "evil" in f.name and "repository" not in f.parts] == []
    assert not Path("/etc/evil.txt").exists()
    assert _left(client) == []


def test_nothing_is_imported_where_the_workbench_is_read_only(
    open_workbench: OpenWorkbench, treaty_repository: Path
) -> None:
    client = open_workbench(treaty_repository, read_only=True)
    sent = client.post_form("/import", files=[("files", ("a.txt", b"ARTICLE I\n\nFuel.\n"))])
    assert sent.status_code == 403
    assert "read-only" in sent.text
    assert "Read-only" in client.get("/").text
    assert _left(client) == []


def test_a_form_without_a_file_says_what_to_do(open_workbench: OpenWorkbench, treaty_repository: Path) -> None:
    sent = open_workbench(treaty_repository).post_form("/import", {})
    assert sent.status_code == 422
    assert "No file was chosen" in sent.text


def test_a_job_that_is_stopped_says_so_and_keeps_what_it_finished(tmp_path: Path) -> None:
    session = PersonSession("t", tmp_path)
    upload = Upload("a.txt", tmp_path / "up" / "a.txt")
    upload.path.parent.mkdir()
    upload.path.write_text("x", encoding="utf-8")
    begun, finished = threading.Event(), []

    def work(job: BackgroundJob) -> Any:
        for n in range(1000):
            finished.append(n)
            begun.set()
            time.sleep(0.01)
            job.progress(n, 1000, f"file {n}")

    job = BackgroundJob(session, "Import", work, [upload])
    assert begun.wait(5)
    job.cancel()
    job.wait(5)
    assert (job.state, 0 < len(finished) < 1000) == ("stopped", True)
    assert not upload.path.exists()
    kinds = [kind for kind, _ in job.events()]
    assert kinds[-1] == "done"
    assert json.loads([text for kind, text in job.events() if kind == "progress"][-1])[1] == 1000


def test_a_job_that_fails_says_why(tmp_path: Path) -> None:
    from agreements.errors import RepositoryError

    def work(job: BackgroundJob) -> Any:
        raise RepositoryError("Another process is writing.", hint="Wait.")

    job = BackgroundJob(PersonSession("t", tmp_path), "Import", work)
    job.wait(5)
    assert (job.state, job.error, job.hint) == ("failed", "Another process is writing.", "Wait.")


def test_what_a_killed_workbench_left_is_gone_at_the_next_start(own_cache: Path) -> None:
    folder = new_folder()
    folder.mkdir(parents=True)
    (folder / "start.json").write_text(
        json.dumps({"port": 1, "process": 2**22 + 1, "repository": "/x", "secret": "s"}), encoding="utf-8"
    )
    (folder / "left.txt").write_text("canary", encoding="utf-8")
    assert list(running()) == []
    assert not folder.exists()


def test_the_folder_of_uploads_is_closed_to_others_and_goes_at_the_end(
    open_workbench: OpenWorkbench, treaty_repository: Path
) -> None:
    client = open_workbench(treaty_repository)
    folder = client.workbench.sessions.folder
    assert folder.stat().st_mode & 0o077 == 0
    assert all(each.stat().st_mode & 0o077 == 0 for each in folder.rglob("*") if each.is_dir())
    client.workbench.close()
    assert not folder.exists()
