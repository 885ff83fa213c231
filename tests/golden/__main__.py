"""`python -m tests.golden` says which answers differ; with `--write` it takes over what the program answers now.

Writing is for a change of an answer on purpose: read the difference that git shows before you keep it.
"""

import difflib
import sys
import tempfile
from pathlib import Path

from tests.golden.play import ANSWERS, answers


def main() -> int:
    write = "--write" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        now = dict(answers(Path(name).resolve()))
    kept = {file.stem: file.read_text(encoding="utf-8") for file in ANSWERS.glob("*.txt")}
    differing = sorted(name for name in now.keys() | kept.keys() if now.get(name) != kept.get(name))
    for name in differing:
        if write and name in now:
            ANSWERS.mkdir(exist_ok=True)
            (ANSWERS / f"{name}.txt").write_text(now[name], encoding="utf-8", newline="\n")
        elif write:
            (ANSWERS / f"{name}.txt").unlink()
        else:
            both = (kept.get(name, "").splitlines(), now.get(name, "").splitlines())
            print("\n".join(difflib.unified_diff(*both, f"{name} kept", f"{name} now", lineterm="", n=2)))
    print(f"{len(now)} answers, {len(differing)} {'written' if write else 'differ'}.")
    return 0 if write or not differing else 1


if __name__ == "__main__":
    sys.exit(main())
