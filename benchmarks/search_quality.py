"""How good search is: nDCG@10 over queries with provisions that a reader graded, with its spread.

usage: python benchmarks/search_quality.py LABELS TEXTS [--repo DIR] [--mode lexical|hybrid] [--by paragraph|article]
       [--queries FILE] [--without-similar] [--show]

LABELS is a folder with `queries.json`, `similar.json`, `units.jsonl` and `meta.json`; TEXTS a folder of agreements.
`--queries` asks those of another file of the same form, such as `data/questions.json` (questions of ours, put down
before anything was measured by them). The agreements are imported once into a temporary repository (or into DIR, which
is then used again as it stands) and asked in this process. Prints nDCG@10 (gain 2^grade - 1), recall@20 and the mean
over all queries with the 5th and 95th percentile of 4,000 bootstrap samples of the queries. A hit stands for the
labelled unit of the same agreement with which it shares the largest part of its four-word runs.
"""

import argparse
import json
import math
import random
import re
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from agreements import library
from agreements.search import Hit

FAMILIES = {"SOFA": "sofa", "SOFA-HQ": "sofa", "FAA": "facilities_access", "ACSA": "acsa"}
"""The families of the labels that are families of ours; every other is `other`."""
DEPTH = 60  # hits asked for, as several of them may lie in one labelled unit
SHARED = 0.3  # of the runs of the shorter text: with less in common a hit is no labelled unit
SAMPLES = 4000
Grades = Mapping[str, int]
Run = tuple[str, ...]


class Score(NamedTuple):
    """How well one query was answered."""

    kind: str
    name: str
    ndcg: float
    recall: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--repo", type=Path, help="a repository to make once and use again")
    parser.add_argument("--mode", default="lexical", choices=["lexical", "hybrid"])
    parser.add_argument("--by", default="paragraph", choices=["paragraph", "article"])
    parser.add_argument("--queries", type=Path, help="default: queries.json of LABELS")
    parser.add_argument("--without-similar", action="store_true")
    parser.add_argument("--show", action="store_true", help="one line for each query")
    options = parser.parse_args()
    with nullcontext(options.repo) if options.repo else tempfile.TemporaryDirectory(prefix="quality-") as folder:
        repository = Path(folder) / "repository"
        if not repository.exists():
            load(repository, options.labels, options.texts)
        units = Units(options.labels / "units.jsonl")
        scores = search_scores(
            repository, options.queries or options.labels / "queries.json", units, mode=options.mode, by=options.by
        )
        if not options.without_similar:
            scores += similar_scores(repository, options.labels, units)
    if options.show:
        for score in scores:
            print(f"{score.ndcg:.2f}  {score.recall:.2f}  {score.kind:9} {score.name}")
    report(scores)


def load(repository: Path, labels: Path, texts: Path) -> None:
    """Import the labelled agreements of `texts`, each under its file's name and with its family."""
    meta = _json(labels / "meta.json")
    for file in sorted(texts.iterdir()):
        if file.stem in meta:
            family = next((FAMILIES[x] for x in meta[file.stem].get("family", []) if x in FAMILIES), "other")
            for failed in library.import_files(repository, [file], agreement_id=file.stem, family=family).failed:
                print(f"not imported: {failed.file}: {failed.error}")


class Units:
    """The labelled units, to which hits are matched by their words."""

    def __init__(self, file: Path) -> None:
        self.texts: dict[str, str] = {}
        self._runs: dict[str, list[tuple[str, frozenset[Run]]]] = defaultdict(list)
        for line in file.read_text(encoding="utf-8").splitlines():
            unit = json.loads(line)
            name = f"{unit['agreement']}#{unit['unit']}"
            self.texts[name] = unit["text"]
            self._runs[unit["agreement"]].append((name, runs(unit["text"])))

    def ranked(self, hits: Iterable[Hit], *, without: str = "") -> list[str]:
        """Return the units for which `hits` stand, each once; hits in the agreement `without` are left out."""
        found = (self._unit(hit.agreement, hit.text) or hit.ref for hit in hits if hit.agreement != without)
        return list(dict.fromkeys(found))

    @cache  # noqa: B019 (one object for the life of the program)
    def _unit(self, agreement: str, text: str) -> str | None:
        own = runs(text)
        shares = ((len(own & its) / min(len(own), len(its)), name) for name, its in self._runs[agreement])
        share, name = max(shares, key=lambda x: x[0], default=(0.0, ""))
        return name if share > SHARED else None


def runs(text: str) -> frozenset[Run]:
    """Return the runs of four words in `text`; a shorter text is one run."""
    words = [word.lower() for word in re.findall(r"\w+", text)]
    return frozenset(tuple(words[i : i + 4]) for i in range(len(words) - 3)) or frozenset([tuple(words)])


def search_scores(repository: Path, queries: Path, units: Units, *, mode: str, by: str) -> list[Score]:
    """Return the scores of the queries in the file `queries`."""
    scores = []
    for row in _json(queries):
        wanted = row.get("filters", {})
        query, any_party = row["text"], wanted.get("party_any")
        if any_party:
            query = f"({query}) AND party:({' OR '.join(any_party)})"
        more: dict[str, Any] = {"mode": mode} if mode != "lexical" else {}
        found = library.search(repository, query, limit=DEPTH, by=by, **_filters(wanted), **more)  # type: ignore[arg-type]
        ranked = units.ranked(found.hits)
        scores.append(Score(row["kind"], f"{row['id']} {row['text']}", *measured(row["relevant"], ranked)))
    return scores


def similar_scores(repository: Path, labels: Path, units: Units) -> list[Score]:
    """Return the scores of the provisions whose like is looked for."""
    scores = []
    for row in _json(labels / "similar.json"):
        source = row["source"]
        found = library.similar(repository, text=units.texts[source], limit=DEPTH)
        ranked = units.ranked(found.hits, without=source.partition("#")[0])
        scores.append(Score("similar", source, *measured(row["relevant"], ranked)))
    return scores


def measured(relevant: Grades, ranked: Sequence[str]) -> tuple[float, float]:
    """Return nDCG@10 and recall@20 of the units as `ranked`, of which those in `relevant` have a grade."""
    best = sorted(relevant.values(), reverse=True)
    gain = _gain([relevant.get(unit, 0) for unit in ranked[:10]]) / _gain(best[:10])
    return gain, sum(unit in relevant for unit in ranked[:20]) / min(20, len(relevant))


def report(scores: Sequence[Score]) -> None:
    """Print the scores by kind, and those of all queries together with their spread."""
    kinds = list(dict.fromkeys(score.kind for score in scores))
    for kind in kinds:
        _print(kind, [score for score in scores if score.kind == kind])
    _print("queries", [score for score in scores if score.kind != "similar"])


def _print(name: str, scores: Sequence[Score]) -> None:
    gains = [score.ndcg for score in scores]
    if not gains:
        return
    chance = random.Random(1)
    means = sorted(statistics.fmean(chance.choices(gains, k=len(gains))) for _ in range(SAMPLES))
    low, high = means[SAMPLES // 20], means[-SAMPLES // 20]
    recall = statistics.fmean(score.recall for score in scores)
    mean = statistics.fmean(gains)
    print(f"{name:9} n={len(gains):2}  nDCG@10 {mean:.3f}  [{low:.3f}, {high:.3f}]  recall@20 {recall:.3f}")


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def _filters(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "party": wanted.get("party_all", ()),
        "family": sorted({FAMILIES.get(x, "other") for x in wanted.get("family", ())}),
        "since": wanted.get("signed_from"),
        "until": wanted.get("signed_to"),
        "bilateral": bool(wanted.get("bilateral")),
    }


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
