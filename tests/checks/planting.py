"""Mistakes planted into drafts that are right (`plants.toml`), and whether the checks find each where it stands.

python -m tests.checks.planting          how many are found, by kind
python -m tests.checks.planting --missed the ones that are not, with what was found in their place
"""

import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import is_
from pathlib import Path
from typing import Literal

from agreements.checks import CHECKS, check
from agreements.findings import Finding
from agreements.library import assemble_file, parse_file
from agreements.model import Agreement, Provision
from agreements.parsing.held import held
from agreements.parsing.references import with_references
from agreements.reference import places

Order = Literal["us", "partner"]
PLANTS = Path(__file__).with_name("plants.toml")
DRAFTS = Path(__file__).parents[2] / "docs" / "examples" / "drafts"

_NAMES = tuple(name for name in CHECKS if name not in ("missing-topics", "contradictions", "numbering", "lengths"))


@dataclass(frozen=True)
class Plant:
    """A mistake: the words `find` of the text `subject` at the path `at` become `put`; codes and places that count."""

    subject: str
    kind: str
    at: str
    find: str
    put: str
    codes: tuple[str, ...]
    where: tuple[str, ...]

    def is_caught(self, found: Iterable[Finding]) -> bool:
        """Whether one of `found` has one of the codes, at one of the places or under it."""
        return any(self._names(f.code) and self._stands(f.where) for f in found)

    def put_into(self, text: str) -> str:
        """Return `text` with the mistake in it."""
        return " ".join(text.replace(self.find, self.put, 1).split())

    def _names(self, code: str) -> bool:
        return any(code == known or (known.endswith("*") and code.startswith(known[:-1])) for known in self.codes)

    def _stands(self, where: str) -> bool:
        return any(not place or where == place or where.startswith(place + ".") for place in self.where)


@cache
def plants() -> tuple[Plant, ...]:
    """Return the plants of the table."""
    rows = tomllib.loads(PLANTS.read_text(encoding="utf-8"))["plant"]
    return tuple(
        Plant(
            row["in"],
            row["kind"],
            row.get("at", row["where"][0]),
            row["find"],
            row["put"],
            tuple(row["code"].split("|")),
            tuple(row["where"]),
        )
        for row in rows
    )


@cache
def sound(subject: str, order: Order = "us") -> Agreement:
    """Return the text `subject` with nothing planted and without the marks of drafting, as read from a file.

    `order`: whose original it is.
    """
    texts = tomllib.loads(PLANTS.read_text(encoding="utf-8"))["texts"]
    if subject in texts:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{subject}.txt"
            file.write_text(texts[subject]["text"].lstrip(), encoding="utf-8")
            return parse_file(file, family=texts[subject]["family"]).agreement
    made = assemble_file(DRAFTS / f"{subject}.yaml", original=order).draft
    assert made is not None
    return reread(made.agreement)


def planted(plant: Plant) -> Agreement:
    """Return the text with the mistake in it; fails where the words do not stand there."""
    text = bare_text(plant.subject)
    if plant.at == "title":
        main = text.documents[0]
        assert plant.find in (main.title or ""), plant
        retitled = main.model_copy(update={"title": (main.title or "").replace(plant.find, plant.put)})
        return referring(
            text.model_copy(update={"title": retitled.title, "documents": (retitled, *text.documents[1:])})
        )
    at = {p.path: p.provision for p in places(text)}
    below = [p for path, p in at.items() if path == plant.at or path.startswith(plant.at + ".")]
    target = next((p for p in below if plant.find in p.text), None)
    assert target is not None, f"{plant.find!r} does not stand at {plant.at!r} of {plant.subject}"
    return referring(with_words(text, target, plant.put_into(target.text)))


def reread(text: Agreement) -> Agreement:
    """Return `text` without its marks, its references found anew."""
    return referring(bare(text))


def bare(text: Agreement) -> Agreement:
    """Return `text` without its marks."""
    documents = (d.model_copy(update={"provisions": tuple(map(_bare, d.provisions))}) for d in text.documents)
    return text.model_copy(update={"documents": tuple(documents)})


def with_words(text: Agreement, target: Provision, words: str) -> Agreement:
    """Return `text` with other words in the provision `target`, all others being the same objects."""
    documents = (
        d.model_copy(update={"provisions": tuple(_with_words(p, target, words) for p in d.provisions)})
        for d in text.documents
    )
    return text.model_copy(update={"documents": tuple(documents)})


@cache
def bare_text(subject: str, order: Order = "us") -> Agreement:
    """Return `sound`, without marks."""
    return bare(sound(subject, order))


def referring(text: Agreement) -> Agreement:
    """Return `text` with the references in its words."""
    return text.model_copy(update={"documents": with_references(held(text.documents))})


def _bare(provision: Provision) -> Provision:
    children = tuple(map(_bare, provision.children))
    return provision.model_copy(update={"text": " ".join(provision.text.split()), "marks": (), "children": children})


def _with_words(provision: Provision, target: Provision, words: str) -> Provision:
    if provision is target:
        return provision.model_copy(update={"text": words})
    children = tuple(_with_words(child, target, words) for child in provision.children)
    if all(map(is_, children, provision.children)):
        return provision
    return provision.model_copy(update={"children": children})


def new_findings(plant: Plant) -> list[Finding]:
    """Return what the checks of words find in the planted text and not in the sound one."""
    return [found for found in check(planted(plant), _NAMES) if found not in _before(plant.subject)]


@cache
def _before(subject: str) -> frozenset[Finding]:
    return frozenset(check(sound(subject), _NAMES))


def main(arguments: list[str]) -> None:
    """Print how many plants are found."""
    caught: dict[str, list[bool]] = defaultdict(list)
    for plant in plants():
        found = new_findings(plant)
        caught[plant.kind].append(plant.is_caught(found))
        if not caught[plant.kind][-1] and "--missed" in arguments:
            print(f"{plant.subject} {plant.at}: {plant.kind}, {'|'.join(plant.codes)}\n   {plant.put[:100]}")
            for f in found:
                print(f"      {f.code} at {f.where}: {f.message[:110]}")
    for kind, results in sorted(caught.items()):
        print(f"{sum(results):4d} of {len(results):3d}  {kind}")
    every = [result for results in caught.values() for result in results]
    print(f"{sum(every):4d} of {len(every):3d}  ({100 * sum(every) / len(every):.0f} %)")


if __name__ == "__main__":
    main(sys.argv[1:])
