"""How true the matrix is: precision and recall of topic by agreement, against what readers found.

usage: python benchmarks/matrix.py TEXTS [LABELS] [--show]

TEXTS is a folder of agreements, imported once into a temporary repository. Against `data/topics_gold.csv` (agreement,
core topic, places; eight agreements read by two readers, each before seeing the other's rows or anything measured; they
agreed on 137 of 168 rows, the rest was settled by reading again; a row not `sure` counts neither
for nor against) and, where LABELS has `topics.json` and `topics.csv` is as the package has it, against its fine topics
counted under their core topics. A topic that is carried by way of another instrument alone is left out of both
counts, as are preambles, testimonia, formulas of notes and annexes. One row of the gold names such a topic all the same
(`annexes`, of the exchange of notes of 1954 on stationing): the matrix has no cell for it and never finds it. The row
stays as it was read and counts as not found. Prints precision, recall, and the share of the cells whose place is one
that the readers named.

The figures are of use for what they do not see: whoever mends rules by these rows has seen them, so rules are tried on
other texts too, and twenty of their new cells read.
"""

import argparse
import csv
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from pathlib import Path

from agreements import library
from agreements.survey.coverage import FORMAL, Matrix
from agreements.topics import core_of, topics

UNNUMBERED = re.compile(r"p\d+|preamble")
GOLD = Path(__file__).parent / "data" / "topics_gold.csv"
Carried = Mapping[str, Mapping[str, str]]  # path by core topic by agreement


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("labels", type=Path, nargs="?")
    parser.add_argument("--show", action="store_true", help="every cell that differs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="matrix-") as folder:
        library.import_files(Path(folder) / "repository", [options.texts])
        found = carried(library.matrix(Path(folder) / "repository"))
    sure, unsure, places = gold()
    score("gold", found, sure, unsure, show=options.show)
    right = [cell for a, row in sure.items() for t in row if (cell := found.get(a, {}).get(t))]
    named = [fits(found[a][t], places[a, t]) for a, row in sure.items() for t in row if t in found.get(a, {})]
    print(f"places: {sum(named)} of {len(right)} are where the readers found them")
    if options.show:
        for agreement, row in sure.items():
            for topic in row:
                path = found.get(agreement, {}).get(topic)
                if path is not None and not fits(path, places[agreement, topic]):
                    print(f"  place   {agreement}  {topic}  {path}, not {' '.join(places[agreement, topic])}")
    if options.labels:
        score("labels", found, labelled(options.labels), {}, show=options.show)


def carried(matrix: Matrix) -> Carried:
    """Return the path of each topic that each agreement carries in its own text."""
    return {
        facts.id: {
            topic: cell.path for topic, cell in matrix.cells[facts.id].items() if cell.ref.partition("#")[0] == facts.id
        }
        for facts in matrix.agreements
    }


def gold() -> tuple[dict[str, set[str]], dict[str, set[str]], dict[tuple[str, str], list[str]]]:
    """Return the topics that are sure and those that are not, by agreement, and the places of each."""
    sure: dict[str, set[str]] = defaultdict(set)
    unsure: dict[str, set[str]] = defaultdict(set)
    places: dict[tuple[str, str], list[str]] = {}
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            (sure if row["sure"] == "yes" else unsure)[row["agreement"]].add(row["topic"])
            places[row["agreement"], row["topic"]] = row["places"].split()
    return sure, unsure, places


def labelled(folder: Path) -> dict[str, set[str]]:
    """Return the core topics that the labels give to any unit of each agreement."""
    rows: Mapping[str, Mapping[str, Iterable[str]]] = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
    return {
        agreement: {core_of(t) for fine in units.values() for t in fine if t in topics()} - set(FORMAL)
        for agreement, units in rows.items()
    }


def score(
    name: str, found: Carried, wanted: Mapping[str, Set[str]], unsure: Mapping[str, Set[str]], *, show: bool
) -> None:
    """Print precision and recall of the cells of the agreements that were read."""
    right = wrong = lost = 0
    for agreement, row in sorted(wanted.items()):
        own = set(found.get(agreement, {})) - unsure.get(agreement, set())
        right, wrong, lost = right + len(own & row), wrong + len(own - row), lost + len(row - own)
        if show:
            for topic in sorted(own - row):
                print(f"  too much  {agreement}  {topic}  {found[agreement][topic]}")
            for topic in sorted(row - own):
                print(f"  not found {agreement}  {topic}")
    precision, recall = right / max(right + wrong, 1), right / max(right + lost, 1)
    print(f"{name}: precision {precision:.3f} recall {recall:.3f} ({right} right, {wrong} too much, {lost} not found)")


def fits(path: str, places: Iterable[str]) -> bool:
    """Whether `path` is one of `places`, a part or the whole of it; `note` and `reply` are words without numbers."""
    own = "note" if UNNUMBERED.fullmatch(path) else "reply" if path.startswith("reply-note") else path
    return any(own == p or own.startswith(f"{p}.") or p.startswith(f"{own}.") for p in places)


if __name__ == "__main__":
    main()
