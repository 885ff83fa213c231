"""How good search is: nDCG@10 over queries with provisions that a reader graded, with its spread.

usage: python benchmarks/search_quality.py LABELS TEXTS [--repo DIR] [--mode lexical|hybrid] [--by paragraph|article]
       [--queries FILE] [--without-similar] [--world FILE [--halves FILE]] [--show]

LABELS is a folder with `queries.json`, `similar.json`, `units.jsonl` and `meta.json`; TEXTS a folder of agreements.
`--queries` asks those of another file of the same form, such as `data/questions.json` (questions of ours, put down
before anything was measured by them). The agreements are imported once into a temporary repository (or into DIR, which
is then used again as it stands) and asked in this process. Prints nDCG@10 (gain 2^grade - 1), recall@20 and the mean
over all queries with the 5th and 95th percentile of 4,000 bootstrap samples of the queries. A hit stands for the
labelled unit of the same agreement with which it shares the largest part of its four-word runs.

With `--world`, a file of records (`.jsonl` or `.jsonl.gz`), the sixty queries of `data/unseen.json` are asked instead,
over TEXTS and the hundred records that it names, and both halves are printed: the tuning half may be looked at
(`--show`) and tuned on; of the reporting half there are only figures. A half has its own queries and its own
agreements; hits in the others are passed over. `--halves` asks those of another file of the same form:
`data/development.json` has eighty-one over a hundred other records, all for development.
"""

import argparse
import gzip
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
from agreements.reference import places
from agreements.repository import open_repository
from agreements.search import Hit

FAMILIES = {"SOFA": "sofa", "SOFA-HQ": "sofa", "FAA": "facilities_access", "ACSA": "acsa"}
"""The families of the labels that are families of ours; every other is `other`."""
UNSEEN = Path(__file__).parent / "data" / "unseen.json"
HALVES = (UNSEEN, UNSEEN.with_name("development.json"))
DEEP = 300  # hits asked for where those in half of the agreements are passed over
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
    parser.add_argument("--world", type=Path, help="records: ask the queries of data/unseen.json, in two halves")
    parser.add_argument("--halves", type=Path, default=UNSEEN, help="with --world: default data/unseen.json")
    parser.add_argument("--show", action="store_true", help="one line for each query (of the tuning half)")
    options = parser.parse_args()
    with nullcontext(options.repo) if options.repo else tempfile.TemporaryDirectory(prefix="quality-") as folder:
        repository = Path(folder) / "repository"
        if not repository.exists():
            load(repository, options.labels, options.texts)
            if options.world:
                load_records(repository, options.world, _json(options.halves))
        if options.world:
            report_halves(repository, _json(options.halves), mode=options.mode, by=options.by, show=options.show)
            return
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


def records_but(world: Path) -> list[bytes]:
    """Return the records of `world`, a line each, that no half of the queries names: nothing is measured by them."""
    named = {each for file in HALVES for half in _json(file)["halves"].values() for each in half}
    return [line for line in _lines(world) if json.loads(line)["id"] not in named]


def _lines(world: Path) -> list[bytes]:
    held = gzip.decompress(world.read_bytes()) if world.suffix == ".gz" else world.read_bytes()
    return [line for line in held.splitlines() if line]


def load_records(repository: Path, world: Path, data: Mapping[str, Any]) -> None:
    """Import the records of `world` that the halves of `data` name."""
    wanted = {agreement for half in data["halves"].values() for agreement in half}
    with tempfile.TemporaryDirectory() as scratch:
        chosen = Path(scratch) / "world.jsonl"
        chosen.write_bytes(b"\n".join(line for line in _lines(world) if json.loads(line)["id"] in wanted))
        library.import_files(repository, [chosen])
    library.refresh_index(repository, rebuild=True)  # what scores alike stands in the order of the index


def report_halves(repository: Path, data: Mapping[str, Any], *, mode: str, by: str, show: bool) -> None:
    """Print the figures of the halves of `data`, and with `show` the queries of all but the reporting half."""
    _tell_what_is_not_held(repository, data)
    for name, agreements in data["halves"].items():
        rows = [row for row in data["queries"] if row["half"] == name]
        answers = [asked(repository, row, frozenset(agreements), mode=mode, by=by) for row in rows]
        if show and name != "reporting":
            for answer in answers:
                print(answer)
        print(f"{name} half")
        report([Score(a.kind, a.name, a.ndcg, a.recall) for a in answers if a.kind != "none"])
        cited = [a.is_first for a in answers if a.kind == "citation"]
        nothing = [a.says_no for a in answers if a.kind == "none"]
        wrongly = [a.says_no for a in answers if a.kind != "none"]
        print(f"citations at rank one {sum(cited)} of {len(cited)}; ", end="")
        print(f"rightly no {sum(nothing)} of {len(nothing)}, wrongly no {sum(wrongly)} of {len(wrongly)}")


class Asked(NamedTuple):
    """How a query of a half was answered."""

    kind: str
    name: str
    ndcg: float
    recall: float
    is_first: bool
    says_no: bool

    def __str__(self) -> str:
        if self.kind == "none":
            return f"{'':10}  {self.kind:10} {self.name}  {'says no' if self.says_no else 'shows hits'}"
        told = "not at rank one" if self.kind == "citation" and not self.is_first else ""
        return f"{self.ndcg:.2f}  {self.recall:.2f}  {self.kind:10} {self.name}  {told}".rstrip()


def asked(repository: Path, row: Mapping[str, Any], half: frozenset[str], *, mode: str, by: str) -> Asked:
    """Return how the query `row` was answered by provisions of the agreements `half`.

    What comes first is taken from all agreements, and an article that holds the provision asked for is not enough.
    """
    relevant = row["relevant"]
    found = library.search(repository, row["text"], limit=DEEP, mode=mode, by=by)  # type: ignore[arg-type]
    ranked = graded([hit.ref for hit in found.hits if hit.agreement in half], relevant)
    ndcg, recall = measured(relevant, ranked) if relevant else (0.0, 0.0)
    first = bool(found.hits) and any(_is_in(found.hits[0].ref, unit) for unit in relevant)
    return Asked(row["kind"], f"{row['id']} {row['text']}", ndcg, recall, first, not found.is_about)


def graded(refs: Iterable[str], relevant: Grades) -> list[str]:
    """Return the graded provisions for which `refs` stand, each once.

    A provision stands for the nearest graded one that it is or lies in; one that holds graded provisions, for the best
    of them that is not yet there; any other for itself.
    """
    ranked: list[str] = []
    for ref in refs:
        around = [unit for unit in relevant if _is_in(ref, unit)]
        beneath = [unit for unit in relevant if _is_in(unit, ref) and unit not in ranked]
        if around:
            ranked.append(max(around, key=len))
        else:
            ranked.append(max(beneath, key=lambda unit: relevant[unit], default=ref))
    return list(dict.fromkeys(ranked))


def _is_in(ref: str, other: str) -> bool:
    return ref == other or ref.startswith(other + ".")


def _tell_what_is_not_held(repository: Path, data: Mapping[str, Any]) -> None:
    """Print what was graded and is not there: a text that was not imported, a provision that is now read otherwise."""
    opened, held = open_repository(repository), set()
    wanted = [agreement for half in data["halves"].values() for agreement in half]
    for agreement in set(wanted) & set(opened.ids()):
        held.add(agreement)
        held.update(f"{agreement}#{place.path}" for place in places(opened.get(agreement)))
    refs = [ref for row in data["queries"] for ref in row["relevant"]]
    for missing in [each for each in wanted + refs if each not in held]:
        print(f"not held: {missing}")


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
