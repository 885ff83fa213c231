"""Run the commands of `commands.txt` in one process and give each answer with what may differ by place or day masked.

Masked: paths of the folder and the checkout, today, hashes, scores and timings, versions of the program, words of
click about wrong usage. A file that a command writes is named with the hash of what stands in it: of a Word or Excel
file the parts that carry words, each as canonical XML, since packing differs from library to library.
"""

import contextlib
import hashlib
import io
import json
import os
import re
import shlex
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from agreements.commands import main

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ANSWERS = HERE / "answers"
INPUTS = (HERE / "texts", ROOT / "docs" / "examples" / "negotiation", ROOT / "docs" / "examples" / "drafts")
MASKED = {"took_ms", "seconds", "sha256", "score", "similarity_score"}
PARTS = re.compile(
    r"word/(document|comments|footnotes|header\d*|footer\d*)\.xml|xl/worksheets/.*\.xml|xl/sharedStrings.xml"
)
TIMING = re.compile(r"\bin \d+ ms\b")
HASH = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{20}-[0-9a-f]{20}\b|\bsha256 [0-9a-f]{12}\b")
MOMENT = re.compile(r"(<today>)[T ]\d\d:?\d\d(:?\d\d(\.\d+)?)?(Z|\+00:00)?")
TEXT = {".md", ".csv", ".html", ".txt", ".ics", ".yaml", ".json"}
LONG = 4000  # characters of a written file that are kept as they are


class Case(NamedTuple):
    """A command: its name, the repository it is given (`""`: none), its arguments, and whether it answers in JSON."""

    name: str
    repository: str
    arguments: tuple[str, ...]
    as_json: bool


def cases() -> list[Case]:
    """Return the commands in the order in which they are run."""
    out: list[Case] = []
    repository = ""
    for line in (HERE / "commands.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            repository = line.strip("[]")
            continue
        name, _, words = line.partition(": ")
        out.append(Case(name, repository, tuple(shlex.split(words.removeprefix("= "))), not words.startswith("= ")))
    assert len({case.name for case in out}) == len(out), "two commands have one name"
    return out


def answers(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, masked answer) of every command, run one after another in `folder`, which is empty."""
    for source in INPUTS:
        for file in sorted(source.iterdir()):
            if file.is_file():
                shutil.copyfile(file, folder / file.name)
    began = _days()
    with _place(folder):
        for case in cases():
            before = _written(folder)
            status, shown = _run(case)
            new = {name: state for name, state in _written(folder).items() if before.get(name) != state}
            mask = _Mask(folder, began | _days())
            yield case.name, _answer(case, status, shown, [folder / name for name in sorted(new)], mask)


@contextlib.contextmanager
def _place(folder: Path) -> Iterator[None]:
    """Stand in `folder`, with an environment that says nothing to the program and a terminal 80 columns wide."""
    here, environment = Path.cwd(), dict(os.environ)
    for name in [name for name in os.environ if name.startswith("AGREEMENTS")]:
        del os.environ[name]
    os.environ |= {"COLUMNS": "80", "LINES": "24", "NO_COLOR": "1"}
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ |= environment


def _run(case: Case) -> tuple[object, str]:
    """Return the exit status and what stood on standard output."""
    words = [*(("--repo", case.repository) if case.repository else ()), *(("--json",) if case.as_json else ())]
    if case.repository:
        Path(case.repository).mkdir(exist_ok=True, parents=True)
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(io.StringIO()):
        try:
            main([*words, *case.arguments])
        except SystemExit as stopped:
            return stopped.code or 0, shown.getvalue()
    raise AssertionError("main does not return")


def _written(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the files that lie in `folder` outside its repositories, with what tells that one was written again."""
    repositories = {case.repository for case in cases()} - {""}
    out = {}
    for file in folder.rglob("*"):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not any(name.startswith(f"{repository}/") for repository in repositories):
            out[name] = (file.stat().st_mtime_ns, file.stat().st_size)
    return out


def _answer(case: Case, status: object, shown: str, files: list[Path], mask: "_Mask") -> str:
    head = f"$ agreements {shlex.join(case.arguments)}\nexit {status}\n"
    if case.as_json:
        told = json.loads(shown)
        assert shown == _json(told), f"{case.name}: the JSON is not printed as ever"
        shown = _json(mask.value(told))
    body = "".join(f"\n--- {file.name}\n{mask.file(file)}" for file in files)
    return head + mask.text(shown) + body


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _days() -> set[date]:
    return {date.today(), datetime.now(UTC).date()}


class _Mask:
    """Takes out of an answer what differs by place, day, machine or version."""

    def __init__(self, folder: Path, days: set[date]) -> None:
        self._words = {str(folder): "<folder>", str(folder.resolve()): "<folder>", str(ROOT): "<checkout>"}
        for day in sorted(days):
            long = (
                f"{day.day} {day:%B %Y}",
                f"{day:%B} {day.day}, {day.year}",
                f"{day:%Y%m%d}",
                f"{day.day} {day:%b %Y}",
            )
            self._words |= dict.fromkeys((day.isoformat(), *long), "<today>")
        with contextlib.suppress(PackageNotFoundError):
            self._words[f"agreements {version('security-agreements')}"] = "agreements <version>"

    def text(self, text: str) -> str:
        for word, mask in self._words.items():
            text = text.replace(word, mask)
        text = TIMING.sub("in <took> ms", text).replace("\r\n", "␍\n")  # seen in a diff, kept by every editor
        return MOMENT.sub(r"\1", HASH.sub("<hash>", text))

    def value(self, value: Any, key: str = "") -> Any:
        """Return a JSON value with what stands under the keys of `MASKED` masked, and click's own words."""
        if isinstance(value, dict):
            out = {name: self.value(inner, name) for name, inner in value.items()}
            if out.get("code") == "usage":
                out["message"] = "<words of click>"
            return out
        if isinstance(value, list):
            return [self.value(inner, key) for inner in value]
        return f"<{key}>" if key in MASKED and value not in (None, "") else value

    def file(self, file: Path) -> str:
        """Return a text file that is short as it is, the hash of a longer one, and those of the parts of a package."""
        if file.suffix in TEXT:
            text = self.text(file.read_text(encoding="utf-8"))
            return text if len(text) < LONG else f"{_hash(text)}\n"
        if not zipfile.is_zipfile(file):
            return "(not looked into)\n"
        with zipfile.ZipFile(file) as package:
            parts = {name: package.read(name) for name in sorted(package.namelist()) if PARTS.fullmatch(name)}
        return "".join(f"{name} {_hash(self.text(_canonical(part)))}\n" for name, part in parts.items())


def _canonical(part: bytes) -> str:
    return ElementTree.canonicalize(part.decode("utf-8").partition("?>")[2] or part.decode("utf-8"))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
