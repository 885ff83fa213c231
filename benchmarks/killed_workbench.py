"""A workbench that is killed in the middle of an import and of an edit, again and again.

usage: python benchmarks/killed_workbench.py [--kills 50] [--seed S]

Each time `agreements serve` is started, a person comes in by the key and sends files, or an agreement with other words,
and the process is killed (kill -9) at a moment drawn by chance, half of the time as it begins to write. Then: does the
doctor see damage? Is every text there that was there, as it was, and an edited one as before or as sent? Is what was
reported done done? Is the folder of the killed workbench gone after the next start? Prints one line for each fault, and
exits with 1. Linux and macOS.
"""

import argparse
import html
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from agreements import library
from benchmarks.fire import held, write

FILES = 12
_WRITING = 0.3  # seconds from the first file that is written
_DAMAGE = {"damaged", "text-missing", "text-changed", "source-missing", "source-changed", "orphan"}


class Person:
    """A person at a workbench of their own on `folder`, until it is killed."""

    def __init__(self, folder: Path, cache: Path) -> None:
        command = [sys.executable, "-m", "agreements", "--repo", str(folder), "serve", "--no-open"]
        environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
        assert self._process.stdout
        address = self._process.stdout.readline().decode().strip()
        self._plain = address.partition("?")[0]
        self._opener = build_opener(HTTPCookieProcessor())
        self._opener.open(address, timeout=30).read()
        self.done = 0.0
        self.folders = sorted((cache / "agreements" / "workbench").iterdir())

    def _page(self, path: str) -> str:
        return str(self._opener.open(f"{self._plain}{path}", timeout=60).read().decode())

    def _sent(self, path: str, body: bytes, kind: str) -> None:
        headers = {"Content-Type": kind, "Origin": self._plain.rstrip("/")}
        self._opener.open(Request(f"{self._plain}{path}", body, headers), timeout=60).read()

    def imports(self, names: list[str]) -> None:
        """Send so many files to be imported, and wait for their end."""
        began = time.monotonic()
        (token,) = set(re.findall(r'name="token" value="([^"]+)"', self._page("import")))
        parts = [f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n']
        parts += [
            f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}.txt"\r\n\r\n'
            f"ARTICLE I\n\nShips of {name} may moor.\n\nARTICLE II\n\nNo fee of {name} is due.\n\r\n"
            for name in names
        ]
        self._sent("import", "".join([*parts, "--x--\r\n"]).encode(), "multipart/form-data; boundary=x")
        jobs = re.findall(r'href="/jobs/(\d+)"', self._page("import"))
        while "data-events" in self._page(f"jobs/{jobs[0]}"):
            time.sleep(0.02)
        self.done = time.monotonic() - began

    def edits(self, old: str, new: str) -> None:
        """Send the text `visits` with `new` in the place of `old`."""
        began = time.monotonic()
        page = self._page("a/visits/edit")
        found = dict(re.findall(r'name="(token|expected)" value="([^"]+)"', page))
        text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
        assert text
        fields = {**found, "do": "edit", "text": html.unescape(text[1]).replace(old, new)}
        self._sent("a/visits/edit", urlencode(fields).encode(), "application/x-www-form-urlencoded")
        self.done = time.monotonic() - began

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


def campaign(scratch: Path, kills: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Kill a workbench so often; return what was met, and the faults."""
    spread, met, faults = random.Random(seed), Counter[str](), list[str]()
    root, cache = scratch / "repository", scratch / "cache"
    os.environ["XDG_CACHE_HOME"] = str(cache)
    library.import_files(root, [write(scratch, name, f"agree on {name} as of 0") for name in ("claims", "visits")])
    lasts, left = _lasts(root, cache), list[Path]()
    for number in range(kills):
        person = Person(root, cache)
        faults += [f"kill {number}: {folder.name} is there after a start" for folder in left if folder.exists()]
        left, before = person.folders, held(root)
        act = "edit" if number % 2 else "import"
        now = re.search(r"as of (\d+)", before["visits"])
        assert now
        sent = {f"harbour-{number}-{n}" for n in range(FILES)} if act == "import" else {"visits"}
        words = f"as of {number + 1}"

        def doing(
            person: Person = person, act: str = act, sent: set[str] = sent, old: str = now[0], new: str = words
        ) -> None:
            with suppress(URLError, OSError):
                person.imports(sorted(sent)) if act == "import" else person.edits(old, new)

        thread = threading.Thread(target=doing)
        thread.start()
        if number % 4 < 2:
            time.sleep(spread.uniform(0.02, 1.1) * lasts[act])
        else:  # reading takes most of the time: half of the kills come when it begins to write
            _until_written(root, thread)
            time.sleep(spread.uniform(0, _WRITING))
        person.kill()
        thread.join()
        faults += [
            f"kill {number}, {act} (seed {seed}): {words}" for words in _looked_at(root, before, sent, words, person)
        ]
        after = held(root)
        stored = words in after["visits"] if act == "edit" else bool(sent & after.keys())
        met[f"{act}, {'reported' if person.done else 'stored' if stored else 'not stored'}"] += 1
    last = Person(root, cache)
    faults += [f"{folder.name} is there after the last start" for folder in left if folder.exists()]
    last.kill()
    return met, faults


def _until_written(root: Path, thread: threading.Thread) -> None:
    """Wait until something below `root` is another than now, or the act is over."""

    def written() -> set[tuple[str, int]]:
        folders = [root, root / "agreements", root / "agreements" / "visits", root / "journal"]
        return {(entry.path, entry.stat().st_mtime_ns) for folder in folders for entry in os.scandir(folder)}

    with suppress(FileNotFoundError):  # it goes while one looks: it is being written
        before = written()
        while thread.is_alive() and written() == before:
            time.sleep(0.002)


def _lasts(root: Path, cache: Path) -> dict[str, float]:
    """Return how many seconds an import and an edit last where nobody is killed meanwhile."""
    person = Person(root, cache)
    person.imports([f"harbour-{n}" for n in range(FILES)])
    importing = person.done
    person.edits("as of 0", "as of 0, as before")
    person.kill()
    return {"import": importing, "edit": person.done}


def _looked_at(root: Path, before: dict[str, str], sent: set[str], words: str, person: Person) -> list[str]:
    """Return what is wrong after a kill."""
    after, codes = held(root), {concern.finding.code for concern in library.doctor(root).concerns}
    faults = [f"the doctor says {sorted(codes & _DAMAGE)}"] if codes & _DAMAGE else []
    lost = [name for name, text in before.items() if name not in sent and after.get(name) != text]
    faults += [f"{lost} lost or changed"] if lost else []
    for name in sorted(sent):
        if name == "visits":
            whole = after.get(name) in (before[name], re.sub(r"as of \d+", words, before[name]))
            done = words in after.get(name, "")
        else:
            whole = name not in after or f"No fee of {name} is due." in after[name]
            done = name in after
        faults += [] if whole else [f"{name} is neither as before nor as sent"]
        faults += [f"{name} was reported done, and is not"] if person.done and not done else []
    return faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="killed-") as scratch:
        met, faults = campaign(Path(scratch), options.kills, options.seed)
    for what, count in sorted(met.items()):
        print(f"{what:<28}{count:>7}")
    print("\n".join([*faults, f"{len(faults)} faults"]))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
