"""A repository as large as is wanted: copies of the agreements that it holds, each with edits of its own.

A copy has its own id and a number in its title, another State in place of the Netherlands in nine of ten (the treaties
of the world collection are those of one State; a department's are spread over all), and two words exchanged in every
fourth provision. Hashes are written anew, so that the copy is as an import would have left it. The same seed makes the
same repository.
"""

import json
import random
import re
import shutil
from itertools import count
from pathlib import Path

from agreements import states
from agreements.repository.record import digest

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_WORDS = re.compile(r"(?<=[a-z,] )[a-z]{4,12}\b")  # not the first of a line, which may be a number of it
_MARKUP = ("#", "{", "[", "](", "<", "|")
_OTHERS = ("CAN", "NOR", "AUS", "JPN", "KOR", "POL", "ITA", "ESP", "PRT", "DNK", "GRC", "TUR", "ROU", "BGR", "HUN")
_EVERY = 4  # provisions of which one is edited
_STAYS = 0.1  # of the copies: those that keep the parties of their original


def make_up(repository: Path, wanted: int, seed: int = 1) -> int:
    """Copy agreements of `repository` until it holds `wanted`; return how many were made. Its index is then stale."""
    folders = sorted(path for path in (repository / "agreements").iterdir() if (path / "agreement.md").is_file())
    made = 0
    for edition in count(1):
        for folder in folders:
            if len(folders) + made >= wanted:
                return made
            target = folder.with_name(f"{folder.name}-{edition}")
            if target.exists():  # it is a repository with copies already
                continue
            _copy(folder, target, edition, random.Random(f"{seed} {folder.name} {edition}"))
            made += 1
    raise AssertionError  # `count` does not end


def _copy(folder: Path, target: Path, edition: int, spread: random.Random) -> None:
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("history"))
    state = "NLD" if spread.random() < _STAYS else spread.choice(_OTHERS)
    written: dict[str, str] = {}
    for file in (target / "agreement.md", *sorted((target / "documents").glob("*.md"))):
        text = _edited(_of_another(file.read_text(encoding="utf-8"), state), spread)
        if file.name == "agreement.md":
            text = text.replace(f"id: {folder.name}\n", f"id: {target.name}\n", 1)
            text = re.sub(r"^(title: [^'\"\n]*)$", rf"\1 ({edition})", text, count=1, flags=re.MULTILINE)
        file.write_text(text, encoding="utf-8")
        written[file.relative_to(target).as_posix()] = digest(text)
    record = json.loads((target / "reading.json").read_bytes())
    record |= {"written": written, "text": digest(json.dumps(written))}
    (target / "reading.json").write_text(json.dumps(record, separators=(",", ":")) + "\n", encoding="utf-8")


def _of_another(text: str, state: str) -> str:
    if state == "NLD":
        return text
    name = states.name_of(state)
    return (
        text.replace("code: NLD", f"code: {state}")
        .replace("Kingdom of the Netherlands", name)
        .replace("Netherlands", name)
    )


def _edited(text: str, spread: random.Random) -> str:
    """Return `text` with two words exchanged in every fourth of its provisions; what marks its structure stays."""
    front = match.end() if (match := _FRONT.match(text)) else 0
    lines = text[front:].split("\n")
    for place, line in enumerate(lines):
        words = [] if any(mark in line for mark in _MARKUP) else [*_WORDS.finditer(line)]
        if len(words) < 3 or spread.randrange(_EVERY):
            continue
        first, second = sorted(spread.sample(words, 2), key=re.Match.start)
        between = line[first.end() : second.start()]
        lines[place] = line[: first.start()] + second[0] + between + first[0] + line[second.end() :]
    return text[:front] + "\n".join(lines)
