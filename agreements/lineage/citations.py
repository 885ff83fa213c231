"""References to other agreements, led to those that the repository holds. Nothing is guessed.

The parser keeps the words (`Article VII of the NATO Status of Forces Agreement`); what they mean depends on what is
held, so it is worked out when a text is shown, whichever agreement came first. A name leads to an agreement by an
official citation, by its title, or by parties, date and matter together; where two fit, or one only half, it leads
nowhere and the candidates are said.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from agreements.findings import Finding, info
from agreements.language import numbers
from agreements.language.treaties import aliases, named_before
from agreements.lineage.names import NameIndex
from agreements.parsing import Cited, cited
from agreements.reference import component, places

if TYPE_CHECKING:
    from agreements.model import Agreement, Provision
    from agreements.reference import Place
    from agreements.repository import Facts

_NAMED = 4  # candidates that a sentence names
_PLACES = 3  # places that a message names


@dataclass(frozen=True, slots=True)
class Led:
    """A reference to another agreement: the `path` it stands at, its characters there, its `words`.

    `target` (`id#VII.3`) is where it leads, empty where that is not certain: then `candidates` are the agreements
    that it may mean, and `why` says what is missing. `instrument` is the other agreement as the text names it.
    """

    path: str
    start: int
    end: int
    words: str
    instrument: str
    target: str = ""
    candidates: tuple[str, ...] = ()
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return all fields."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Outward:
    """A reference to another agreement as the text has it: where it stands, its words, the instrument it names.

    `instrument` is in the fullest words that the agreement has for it, `short` as the reference has it; `article` and
    `parts` are the place named in it. All of it is in the text alone, whatever else is held.
    """

    path: str
    start: int
    words: str
    instrument: str
    short: str
    article: str
    parts: tuple[str, ...]


def leads(agreement: "Agreement", catalog: NameIndex, *, at: "Place | None" = None) -> tuple[Led, ...]:
    """Return the references of `agreement` (or of what stands `at` a place) to other agreements, in reading order."""
    return tuple(followed(reference, agreement, catalog) for reference in outward(agreement, at=at))


def outward(agreement: "Agreement", *, at: "Place | None" = None) -> tuple[Outward, ...]:
    """Return the references of `agreement` (or of what stands `at` a place) to others, before they are followed."""
    within = {id(provision) for provision in at.provision.walk()} if at else None
    given = aliases(agreement.documents)
    found: list[Outward] = []
    for place in places(agreement):
        if within is not None and id(place.provision) not in within:
            continue
        for reference, words in _outward(place.provision):
            name = _full(reference, place.provision.text, given)
            short = reference.instrument.words if reference.instrument else ""
            found.append(
                Outward(place.path, reference.start, words, name, short, reference.article, tuple(reference.parts))
            )
    return tuple(found)


def with_targets(agreement: "Agreement", found: Iterable[Led]) -> "Agreement":
    """Return `agreement` with the targets of `found` on its reference marks."""
    targets = {(led.path, led.start): led.target for led in found if led.target}
    if not targets:
        return agreement
    at = {id(place.provision): place.path for place in places(agreement)}

    def led_on(provision: "Provision") -> "Provision":
        path = at[id(provision)]
        marks = tuple(
            mark.model_copy(update={"target": targets[path, mark.start]})
            if mark.kind == "reference" and not mark.target and (path, mark.start) in targets
            else mark
            for mark in provision.marks
        )
        children = tuple(led_on(child) for child in provision.children)
        return provision.model_copy(update={"marks": marks, "children": children})

    documents = (
        d.model_copy(update={"provisions": tuple(led_on(p) for p in d.provisions)}) for d in agreement.documents
    )
    return agreement.model_copy(update={"documents": tuple(documents)})


def _outward(provision: "Provision") -> Iterator[tuple[Cited, str]]:
    """Yield the references without target that name another instrument, with their words."""
    marks = {m.start: m.end for m in provision.marks if m.kind == "reference" and not m.target}
    if marks:
        for reference in cited(provision.text):
            if reference.instrument and reference.start in marks:
                yield reference, provision.text[reference.start : marks[reference.start]]


def _full(reference: Cited, text: str, given: Mapping[str, str]) -> str:
    """Return the instrument that a reference names, in the fullest words that the agreement has for it."""
    name = reference.instrument
    if name is None:
        return ""
    if name.words in given:
        return given[name.words]
    return name.words if name.full else named_before(text, name) or name.words


def followed(reference: Outward, citing: "Facts | Agreement", catalog: NameIndex) -> Led:
    """Return where a `reference` of the agreement `citing` leads, or what it may mean and why it leads nowhere."""
    end = reference.start + len(reference.words)
    led = Led(reference.path, reference.start, end, reference.words, reference.instrument)
    certain, possible = catalog.find(reference.instrument, citing)
    if not certain and reference.short:
        certain = catalog.find(reference.short, citing)[0]  # by the short name itself
    if len(certain) == 1:
        if target := _target(certain[0], reference, catalog):
            return replace(led, target=target.removeprefix(f"{citing.id}#"))
        return replace(led, candidates=certain, why=f"{certain[0]} has no such provision.")
    if certain:
        return replace(led, candidates=certain, why=f"It may mean {_listed(certain)}.")
    why = f"It may mean {_listed(possible)}, but the name alone does not say so." if possible else ""
    return replace(led, candidates=possible, why=why or "No agreement held here has this name.")


def _target(agreement_id: str, reference: Outward, catalog: NameIndex) -> str:
    """Return the reference to the place in that agreement, empty where its text is held and has no such place."""
    parts = [component(reference.article)] if reference.article else []
    path = ".".join([*parts, *reference.parts])
    if not catalog.facts[agreement_id].text_held:
        return f"{agreement_id}#{path}"
    paths = catalog.paths_of(agreement_id)
    if path in paths:
        return f"{agreement_id}#{path}"
    value = numbers.number(reference.article) if reference.article else None
    heads = [p for p in paths if "." not in p and value is not None and numbers.number(p) == value]
    other = ".".join([*heads, *reference.parts])  # `Article 7` of a text that prints VII
    return f"{agreement_id}#{other}" if len(heads) == 1 and other in paths else ""


def astray(references: Iterable[Led]) -> Iterator[Finding]:
    """Say how many references to other agreements lead to none that is held, those that may mean several apart."""
    open_ones = [led for led in references if not led.target]
    doubtful = [led for led in open_ones if led.candidates]
    if doubtful:
        first = doubtful[0]
        message = (
            f"{_counted(doubtful)} to an agreement that is not certain: {_places_of(led.path for led in doubtful)}. "
        )
        fix = "Write the target into the text file, as in [words](reference:agreement-id#VII.3)."
        yield info("reference-doubtful", first.path, f"{message}“{first.words}”: {first.why}", fix)
    if missing := [led for led in open_ones if not led.candidates]:
        message = f"{_counted(missing)} to agreements that are not held: {_places_of(led.path for led in missing)}"
        yield info("reference-not-held", missing[0].path, message)


def _counted(references: Sequence[Led]) -> str:
    return f"{len(references)} reference{'s' if len(references) > 1 else ''}"


def _places_of(places: Iterable[str]) -> str:
    every = list(dict.fromkeys(places))
    return ", ".join(every[:_PLACES]) + (" ..." if len(every) > _PLACES else "")


def _listed(ids: Sequence[str]) -> str:
    return " or ".join(ids[:_NAMED]) + (" or others" if len(ids) > _NAMED else "")
