"""Make `docs/findings.md` from the register of finding codes.

python scripts/findings.py            # print it
python scripts/findings.py --write    # write it; a test holds that it is current
"""

import sys
from pathlib import Path

from agreements.findings import FindingCode, finding_codes

PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"

_HEAD = """# What each finding means

A finding has a code, a severity, a place, a message and, where one is known, a way out. An **error** says that the
result should not be relied on before it is settled, a **warning** that a person should look; an **info** is only said.
Programs may rely on the codes. A code that ends in `*` stands for one of each rule of a data file. This page is made
by `python scripts/findings.py --write` from `agreements/data/findings.csv`.
"""

_SUBJECTS = {
    "checks.md": "The checks of a text or draft",
    "guide.md": "Reading, keeping and health of a repository",
    "keeping.md": "The files of a repository, and what is broken in them",
    "word.md": "Word files: redlines, reviews",
    "handover.md": "Handing a Word file over",
    "writing-clauses.md": "Parameter files, drafts, clauses and families",
    "negotiation.md": "Negotiations and their papers",
    "clearance.md": "Clearance inside",
    "extending.md": "Data files and packages that add something",
}


def page() -> str:
    """Return the whole page: the codes by subject, each with its severities, its meaning and the way out."""
    parts = [_HEAD]
    for name, subject in _SUBJECTS.items():
        rows = [row for row in finding_codes().values() if row.page == name]
        table = ["| code | severity | what it means | what to do |", "|---|---|---|---|", *map(_row, rows)]
        parts.append(f"## {subject}\n\nMore is in [{name}]({name}).\n\n" + "\n".join(table) + "\n")
    return "\n".join(parts)


def _row(row: FindingCode) -> str:
    return f"| `{row.code}` | {', '.join(row.severities)} | {row.means} | {row.fix} |"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    else:
        print(page(), end="")
