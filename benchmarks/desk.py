"""What each verb costs beside a search: as a fresh process, and at a desk that is held open.

usage: python benchmarks/desk.py DATA [DATA ...] [--times 3] [--agreements N] [--keep FOLDER]

DATA are files or folders to import, or one repository. `--agreements` makes copies with edits until there are so many
(`benchmarks/copies.py`); `--keep` has the repository made in a folder that stays, for the next run. Prints for each
verb the seconds of processor of a fresh process (the least of several), as multiples of those of one search, its
greatest memory (Linux), and the milliseconds of the same verb called again in an open `Desk`. The first call of each is
left out: it works out what is kept until a file changes. Not on Windows, which does not say what a child process took.
"""

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from agreements.library import Desk, import_files, listing, refresh_index
from benchmarks.copies import make_up

Asked = Callable[[Desk, str, str], object]
VERBS: dict[str, tuple[str, Asked]] = {
    "search": ("search waiver of claims", lambda desk, _a, _p: desk.search("waiver of claims")),
    "list": ("list", lambda desk, _a, _p: desk.listing()),
    "show": ("show {agreement}", lambda desk, agreement, _p: desk.get(agreement)),
    "relations": ("relations {agreement}", lambda desk, agreement, _p: desk.relations(agreement)),
    "similar": ("similar {agreement}#{path}", lambda desk, agreement, path: desk.similar(f"{agreement}#{path}")),
    "partner": ("partner NLD", lambda desk, _a, _p: desk.partner("NLD")),
    "calendar": ("calendar", lambda desk, _a, _p: desk.calendar()),
    "matrix": ("matrix", lambda desk, _a, _p: desk.matrix()),
    "doctor": ("doctor", lambda desk, _a, _p: desk.doctor()),
}

_TELLING = """
import atexit, os, sys
status = "/proc/self/status"
atexit.register(lambda: os.path.exists(status) and sys.stderr.write(open(status).read()))
from agreements.commands import main
main()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--agreements", type=int, default=0, metavar="N", help="Make copies until there are so many.")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="Make the repository here, and leave it.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        _measure(_repository(options, Path(scratch)), options.times)


def _repository(options: argparse.Namespace, scratch: Path) -> Path:
    """Return the repository that is asked: that given, where nothing is to be added to it."""
    given: Path = options.data[0]
    is_one = (given / "repository.json").is_file()
    if is_one and not options.agreements:
        return given
    made: Path = options.keep or scratch / "repository"
    if is_one:
        shutil.copytree(given, made)
    else:
        print(import_files(made, options.data).summary().splitlines()[-1])
    if copies := make_up(made, options.agreements):
        print(f"{copies} copies made")
        refresh_index(made)
    return made


def _measure(repository: Path, times: int) -> None:
    held = listing(repository)
    agreement, path = _clause(repository, [facts.id for facts in held if facts.text_held])
    print(f"{len(held)} agreements; asked about {agreement}#{path}")
    print(f"{'verb':<12}{'fresh, s':>10}{'searches':>10}{'memory, MB':>12}{'again at a desk, ms':>22}")
    commands = {
        verb: [word.format(agreement=agreement, path=path) for word in words.split(" ", 1)]
        for verb, (words, _) in VERBS.items()
    }
    # In rounds, so that what else the machine does falls on every verb alike.
    rounds = [{verb: _fresh(repository, command) for verb, command in commands.items()} for _ in range(times + 1)][1:]
    fresh = {verb: min(taken[verb] for taken in rounds) for verb in VERBS}
    with Desk(repository) as desk:
        for verb, (_, ask) in VERBS.items():
            again = min([_took(lambda ask=ask: ask(desk, agreement, path)) for _ in range(times + 1)][1:])  # type: ignore[misc]
            searches = fresh[verb] / fresh["search"]
            memory = _memory(repository, commands[verb])
            print(f"{verb:<12}{fresh[verb]:>10.2f}{searches:>10.1f}{memory:>12}{1000 * again:>22.1f}", flush=True)


def _clause(repository: Path, ids: list[str]) -> tuple[str, str]:
    """Return an agreement whose first article is there to be asked about."""
    with Desk(repository) as desk:
        for agreement in ids:
            for hit in desk.search(f"agreement:{agreement}", by="article", limit=1).hits:
                return agreement, hit.path
    raise SystemExit("No agreement here has articles.")


def _fresh(repository: Path, command: list[str]) -> float:
    before = _of_children()
    subprocess.run(
        [sys.executable, "-m", "agreements", "--repo", str(repository), *command], capture_output=True, check=False
    )
    return _of_children() - before


def _memory(repository: Path, command: list[str]) -> str:
    """Return the greatest memory of a fresh process in MB, as Linux tells a process itself; `-` elsewhere.

    What a parent is told of a child counts the memory of the parent too.
    """
    done = subprocess.run(
        [sys.executable, "-c", _TELLING, "--repo", str(repository), *command],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"VmHWM:\s+(\d+) kB", done.stderr)
    return f"{int(found[1]) / 1024:.0f}" if found else "-"


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _took(ask: Callable[[], object]) -> float:
    began = time.process_time()
    ask()
    return time.process_time() - began


if __name__ == "__main__":
    main()
