"""Make `docs/not-verified.md`: every claim about law and practice that rests on no source that was seen.

python scripts/not_verified.py            # print it
python scripts/not_verified.py --write    # write it; a test holds that it is current
"""

import csv
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agreements.checks.facts import cited_facts
from agreements.resources import data

PAGE = Path(__file__).resolve().parents[1] / "docs" / "not-verified.md"

_HEAD = """# What is not verified

Claims about law and practice in the code, the data and these pages come from a public text that was seen, named beside them,
or they stand here. Each is as the makers of this project know it; nobody has compared it with its source. Do not rest an
opinion on one: look it up, and a lawyer's word stands above all of them. Where a check uses one it says *not verified*. This
page is made by `python scripts/not_verified.py --write`: the first tables from the data files, the last from a list in that
script.
"""

# Claims outside of the data files: where they stand, what they say, and what would have to be seen.
_ELSEWHERE = """\
practice.md, Entry into force | The classes of formulas by which agreements enter into force. | a manual of treaty drafting
practice.md, Words that bind; `checks/register.py` | Which words bind and which do not (that intention decides: 22 CFR 181.2). | 11 FAM 720
practice.md, Exchanges of notes | A reply that changes a term is a counter-offer. | a manual of treaty drafting
practice.md, Originals; `drafting/alternat.py` | Where the order of the Parties shows, also of a cited agreement. | 11 FAM 730
practice.md, Word customs; `language/text_style.py` | The style of texts of the Department of State. | its style guide
practice.md, Cited treaties | The Convention on Diplomatic Relations was done at Vienna. | the Convention
practice.md, Cited statutes | What the sections are about, but for those of the table above. | the United States Code
`data/roles.toml`; practice.md, Who does what | Which side grants, certifies, settles, pays and keeps in each family. | more agreements than were read
`data/exceptions.toml` | That a waiver of claims always leaves out claims under contracts. | more agreements than were read
`data/exceptions.toml` | That surrender to a third State or an international court rests on the consent of the sending State. | more agreements than were read
`templates/`, effect of each variant | What is favorable to which side: a judgement on the words, nobody's position. | your own positions
`templates/sofa`, claims | Claims of third parties are settled under the Foreign Claims Act, 10 U.S.C. 2734. | 10 U.S.C. 2734
`templates/common`, funds; paper `c175` | What 31 U.S.C. 1341 forbids, and that a clause on funds answers it. | 31 U.S.C. 1341
papers `c175`, `transmittal` | What the record sent to Congress states beside what they ask for (22 CFR 181.8, seen in part). | 22 CFR 181.8
`templates/state_flights`, conduct | What the Chicago Convention asks of State aircraft. | the Convention
`negotiation/language_texts.py` | How texts in two languages are compared and certified before signature. | 11 FAM 730
`negotiation/days.py` | The federal holidays are those of 5 U.S.C. 6103. | 5 U.S.C. 6103
`repository/tombstones.py` | Federal records are disposed of under 44 U.S.C. 3314 alone. | 44 U.S.C. chapter 33
`marking/refusing.py` | CUI replaces SENSITIVE BUT UNCLASSIFIED and ranks above it. | 32 CFR part 2002
`marking/examining.py` | What frees a declassified print (Executive Order 13526, part 3; 32 CFR 2001.25). | the order and the rule
"""


def page() -> str:
    """Return the whole page."""
    parts = [_HEAD]
    parts += [_table("Standing limits (`limits.toml`)", ("code", "what it says", "citation", "basis"), _limits())]
    parts += [_table("Items of an acquisition and cross-servicing agreement (`acsa_rules.toml`)", _COLUMNS, _acsa())]
    parts += [_table("Deadlines (`deadlines.csv`)", _COLUMNS, _deadlines())]
    parts += [_table("Cited treaties and statutes (`cited_facts.csv`)", ("what", "not verified", "source"), _facts())]
    parts += [_table("Elsewhere", ("where", "what it says", "what to look up"), _elsewhere())]
    return "\n".join(parts)


_COLUMNS = ("item", "what it says", "citation", "basis")


def _table(title: str, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]
    return f"## {title}\n\n" + "\n".join(lines) + "\n"


def _toml(name: str, key: str) -> list[dict[str, Any]]:
    with data(name).open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[key]
    return [row for row in rows if not row["verified"]]


def _limits() -> Iterator[tuple[str, ...]]:
    yield from ((f"`limit-{r['id']}`", r["says"], r["citation"], r["basis"]) for r in _toml("limits.toml", "limit"))


def _acsa() -> Iterator[tuple[str, ...]]:
    yield from ((f"`{r['id']}`", r["item"], r["citation"], r["basis"]) for r in _toml("acsa_rules.toml", "rule"))


def _deadlines() -> Iterator[tuple[str, ...]]:
    with data("deadlines.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["verified"] != "yes"]
    yield from ((f"`{row['id']}`", row["rule"], row["citation"], row["basis"]) for row in rows)


def _elsewhere() -> Iterator[tuple[str, ...]]:
    yield from (tuple(row.split(" | ")) for row in _ELSEWHERE.splitlines())


def _facts() -> Iterator[tuple[str, ...]]:
    for fact in cited_facts():
        if fact.unverified:
            what = f"{fact.title} U.S.C. {'chapter ' if fact.kind == 'chapter' else ''}{fact.number} ({fact.about})"
            yield (what if fact.number else fact.about, ", ".join(fact.unverified), fact.source)


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    else:
        print(page(), end="")
