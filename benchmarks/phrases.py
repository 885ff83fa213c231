"""How often a precedent of changed words is the right one: among the first three, over changes judged beforehand.

usage: python benchmarks/phrases.py SECURITY WORLD [--repo DIR] [--show]

SECURITY is a folder of agreements, WORLD a file of records (`.jsonl` or `.jsonl.gz`) of which the first 133 are taken:
the texts of `data/phrases.toml`, where for each change the provisions that say it were put down before there was a
ranking. They are imported once into a temporary repository (or into DIR, which is then used again as it stands). A
change counts as right when a sentence of a fitting provision is among the first three, or when nothing fits and
nothing is given. Prints the share, apart for the odd rows, which may be tuned on, and the even ones, which may not.
"""

import argparse
import gzip
import tempfile
import time
import tomllib
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from agreements import library
from agreements.comparing import differences
from agreements.comparing.phrases import phrases_of
from agreements.model import Provision
from agreements.reference import places
from agreements.repository import Repository, open_repository
from agreements.search.phrases import PhrasePrecedent, find_phrase
from agreements.search.searching import searching

GOLD = Path(__file__).parent / "data" / "phrases.toml"
WORLD = 133
SHOWN = 3


class Answer(NamedTuple):
    """What is shown for a change, and which of it was judged to fit."""

    change: dict[str, Any]
    shown: list[PhrasePrecedent]
    fitting: list[bool]

    @property
    def is_right(self) -> bool:
        """Whether one fits, or nothing is shown where nothing does."""
        return any(self.fitting) if self.change["fits"] else not self.shown

    def __str__(self) -> str:
        lines = [f"{'ok' if self.is_right else 'NO'}  {self.change['name']}"]
        for each, ok in zip(self.shown, self.fitting, strict=True):
            said = " ".join(each.hit.snippet.split())[:150]
            value = f"[{each.other_value}] " * bool(each.other_value)
            lines.append(f"      {'+' if ok else '-'} {each.hit.score:.2f} {each.hit.ref} {value}{said}")
        return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("security", type=Path)
    parser.add_argument("world", type=Path)
    parser.add_argument("--repo", type=Path, help="a repository to make once and use again")
    parser.add_argument("--show", action="store_true", help="one line for each change, and what was found instead")
    options = parser.parse_args()
    changes = tomllib.loads(GOLD.read_text(encoding="utf-8"))["change"]
    with nullcontext(options.repo) if options.repo else tempfile.TemporaryDirectory(prefix="phrases-") as folder:
        repository = made(Path(folder), options.security, options.world)
        began = time.process_time()
        found = [ask(repository, change) for change in changes]
        spent = time.process_time() - began
        answers = [
            Answer(change, each, [fits(repository, e, change["fits"]) for e in each])
            for change, each in zip(changes, found, strict=True)
        ]
    for answer in answers if options.show else ():
        print(answer)
    right = [answer.is_right for answer in answers]
    odd, even = right[::2], right[1::2]
    print(f"right among the first three: {sum(right)} of {len(right)}")
    print(f"odd rows (tuned on): {sum(odd)} of {len(odd)}; even rows (only reported): {sum(even)} of {len(even)}")
    nothing = [ok for ok, change in zip(right, changes, strict=True) if not change["fits"]]
    print(f"nothing fits, and none was given: {sum(nothing)} of {len(nothing)}")
    for name, half in (("odd", answers[::2]), ("even", answers[1::2])):
        shown = [ok for answer in half for ok in answer.fitting]
        print(f"of all that is shown in the {name} rows, judged to fit: {sum(shown)} of {len(shown)}")
    print(f"{1000 * spent / len(changes):.0f} ms of CPU a change")


def made(folder: Path, security: Path, world: Path) -> Repository:
    """Return the repository in `folder`, with the texts of both imported if it is new."""
    if not (folder / "repository.json").exists():
        held = gzip.decompress(world.read_bytes()) if world.suffix == ".gz" else world.read_bytes()
        with tempfile.TemporaryDirectory() as scratch:
            first = Path(scratch) / "world.jsonl"
            first.write_bytes(b"\n".join(held.split(b"\n")[:WORLD]) + b"\n")
            library.import_files(folder, [security, first])
    return open_repository(folder)


def ask(repository: Repository, change: dict[str, Any]) -> list[PhrasePrecedent]:
    """Return what is shown for `change`."""
    with searching(repository) as searcher:
        found: list[PhrasePrecedent] = []
        for phrase in phrases_of(differences(change["before"], change["after"], by_words=True)):
            found += find_phrase(searcher, phrase.phrase, [change["topic"]])
    return sorted(found, key=lambda each: -each.hit.score)[:SHOWN]


def fits(repository: Repository, found: PhrasePrecedent, judged: Sequence[str]) -> bool:
    """Return whether the sentence found stands in one of the provisions `judged` to fit."""
    held = {ref.partition("#")[2] for ref in judged if ref.partition("#")[0] == found.hit.agreement}
    if not held:
        return False
    provisions = {p.path: p.provision for p in places(repository.get(found.hit.agreement))}
    said = _plain(found.hit.snippet)
    return any(said in _plain(_words(provisions[path])) for path in held if path in provisions)


def _words(provision: Provision) -> str:
    return provision.words()


def _plain(words: str) -> str:
    return "".join(words.split())


if __name__ == "__main__":
    main()
