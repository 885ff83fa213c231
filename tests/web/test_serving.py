"""The command itself, as a person starts it: an address, two loopback sockets, an end that leaves nothing."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

from agreements import library
from agreements.web import Serving, Workbench
from tests.web.conftest import run_server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def _started(folder: Path, cache: Path, *words: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "BROWSER": "true"}
    command = [sys.executable, "-m", "agreements", "--repo", str(folder), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


@pytest.fixture
def served(treaty_repository: Path, own_cache: Path) -> "Iterator[tuple[subprocess.Popen[str], str]]":
    process = _started(treaty_repository, own_cache, "serve", "--no-open")
    assert process.stdout
    yield process, process.stdout.readline().strip()
    if process.poll() is None:
        process.kill()
    process.communicate()


def _status(opener: OpenerDirector, address: str, **headers: str) -> int:
    try:
        return int(opener.open(Request(address, headers=headers), timeout=20).status)
    except HTTPError as error:
        return error.code


def test_one_line_has_the_address_and_it_opens_once(served: "tuple[subprocess.Popen[str], str]") -> None:
    _, address = served
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?key=[\w-]{43}", address)
    plain = address.partition("?")[0]
    stranger, person = build_opener(), build_opener(HTTPCookieProcessor())
    assert _status(stranger, f"{plain}search") == 401
    assert _status(person, address) == 200
    assert _status(person, f"{plain}search?q=claims") == 200
    assert _status(build_opener(HTTPCookieProcessor()), address) == 401
    assert _status(person, f"{plain}search", Host="evil.example") == 421


def test_it_listens_under_the_loopback_addresses_and_no_other(served: "tuple[subprocess.Popen[str], str]") -> None:
    port = int(served[1].split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:  # sends nothing: asks which address is ours
        try:
            probe.connect(("192.0.2.1", 9))
            other = probe.getsockname()[0]
        except OSError:
            other = "127.0.0.2"
    if other.startswith("127."):
        other = "127.0.0.2"
    with pytest.raises(OSError):
        socket.create_connection((other, port), timeout=2).close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_its_end_leaves_nothing(
    served: "tuple[subprocess.Popen[str], str]", own_cache: Path, how: signal.Signals
) -> None:
    process, address = served
    assert _status(build_opener(HTTPCookieProcessor()), address) == 200
    assert list((own_cache / "agreements" / "workbench").iterdir())
    process.send_signal(how)
    assert process.wait(20) in (0, -how)
    assert list((own_cache / "agreements" / "workbench").iterdir()) == []
    assert process.stderr
    assert "Traceback" not in process.stderr.read()


def test_what_a_killed_one_left_goes_at_the_next_start(
    served: "tuple[subprocess.Popen[str], str]", own_cache: Path, treaty_repository: Path
) -> None:
    process, _ = served
    (left,) = (own_cache / "agreements" / "workbench").iterdir()
    process.kill()
    process.wait(20)
    assert left.is_dir()
    with run_server(treaty_repository):
        assert not left.exists()


def _sent(person: OpenerDirector, plain: str, files: int) -> None:
    """Send so many files to be imported, as the page does."""
    page = person.open(f"{plain}import", timeout=20).read().decode()
    (token,) = set(re.findall(r'name="token" value="([^"]+)"', page))
    parts = [f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n']
    parts += [
        f'--x\r\nContent-Disposition: form-data; name="files"; filename="harbour-{n}.txt"\r\n\r\n'
        f"ARTICLE I\n\nShips of port {n} may moor.\n\nARTICLE II\n\nNo fee of berth {n} is due.\n\r\n"
        for n in range(files)
    ]
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Origin": plain.rstrip("/")}
    request = Request(f"{plain}import", "".join([*parts, "--x--\r\n"]).encode(), headers)
    person.open(request, timeout=60).read()


def test_a_kill_in_the_middle_of_an_import_harms_nothing(tmp_path: Path, own_cache: Path) -> None:
    """Of fifty, one: `benchmarks/fire.py` kills at each write; here the workbench is in between, and its folder."""
    folder = tmp_path / "repository"
    library.import_files(folder, [Path(__file__).parents[2] / "README.md"])
    process = _started(folder, own_cache, "serve", "--no-open")
    try:
        assert process.stdout
        address = process.stdout.readline().strip()
        person = build_opener(HTTPCookieProcessor())
        assert _status(person, address) == 200
        _sent(person, address.partition("?")[0], 25)
        deadline = time.monotonic() + 30
        while len(list((folder / "agreements").iterdir())) < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        process.kill()
        process.communicate()
    held = {facts.id for facts in library.listing(folder)}
    assert "readme" in held  # and as many of the others as were finished
    assert library.doctor(folder).is_well
    for name in held:
        assert library.get(folder, name).agreement.text_held
    (left,) = (own_cache / "agreements" / "workbench").iterdir()
    with run_server(folder):
        assert not left.exists()


def test_open_finds_the_one_that_runs(treaty_repository: Path, own_cache: Path) -> None:
    with run_server(treaty_repository) as serving:
        asked = _started(treaty_repository, own_cache, "open", "--print", "valdoria-tamaris-1999#I.2")
        said, _ = asked.communicate(timeout=60)
        assert asked.returncode == 0
        assert said.startswith(f"http://127.0.0.1:{serving.port}/a/valdoria-tamaris-1999/I.2?key=")
        assert said.strip().endswith("#I.2")
        assert _status(build_opener(HTTPCookieProcessor()), said.strip().partition("#")[0]) == 200


def test_open_says_what_is_wrong_with_a_reference(treaty_repository: Path, own_cache: Path) -> None:
    asked = _started(treaty_repository, own_cache, "open", "--print", "valdoria-tamaris-1999#IX")
    _, said = asked.communicate(timeout=60)
    assert asked.returncode == 1
    assert "has no provision IX" in said


def test_a_port_that_is_taken_is_named(treaty_repository: Path, own_cache: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = _started(treaty_repository, own_cache, "serve", "--no-open", "--port", str(port))
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Port {port} is taken" in said


def test_it_ends_by_itself_when_nobody_asks(treaty_repository: Path) -> None:
    serving = Serving(treaty_repository, idle_hours=0.3 / 3600)
    began = time.monotonic()
    serving.run()
    assert time.monotonic() - began < 60
    assert not serving.workbench.sessions.folder.exists()


def test_garbage_is_looked_for_rarely_while_a_workbench_is_open(treaty_repository: Path, tmp_path: Path) -> None:
    import gc

    before = gc.get_threshold()
    workbench = Workbench(treaty_repository, port=1, room=tmp_path / "room")
    assert gc.get_threshold()[0] > max(before[0], 10_000)
    workbench.close()
    assert gc.get_threshold() == before
    workbench.close()
    assert gc.get_threshold() == before
