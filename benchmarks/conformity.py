"""Differences planted in language texts of one agreement: which of them `agreements conform` tells and what it invents.

    python benchmarks/conformity.py [--seeds 1 2 3] [--pairs 24] [--texts training fuel] [--show]

The texts are our own, of invented States, in `benchmarks/data/conformity`: each agreement in several languages that
state the same. In one of the two a difference is planted: a number, date, sum, percentage, list item, reference,
heading, party, paragraph, two paragraphs merged, the order of articles, a language of the languages clause. A plant is
told where the report names its subject in its article; all else that the report names is invented. The same is asked
of all true pairs.
"""

import argparse
import itertools
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from agreements import library

DATA = Path(__file__).parent / "data" / "conformity"
HEAD = re.compile(r"^(?:Article|Artículo|Artikel|Artykuł|Articolo|Artigo|Статья|المادة)\s+(?P<number>\S+(?: عشرة)?)$")
PARAGRAPH = re.compile(r"^(\d+)\. ")
ITEM = re.compile(r"^\(?([^\W\d]ـ?)\) ")
NOUN = (
    r"(?:[Aa]rticles?|[Pp]aragraphs?|paragraphes?|artículos?|párrafos?|Artikels?|Absatz|artykuł\w*|ustęp|ust\.|articol[oi]|"
    r"paragrafo|paragrafi|الفقرة|المادة)"
)
NUMBERS = (3, 4, 6, 10, 12, 15, 30, 45, 60, 90)
WORDS = {
    "en": "three|four|six|ten|twelve|fifteen|thirty|forty-five|sixty|ninety",
    "fr": "trois|quatre|six|dix|douze|quinze|trente|quarante-cinq|soixante|quatre-vingt-dix",
    "es": "tres|cuatro|seis|diez|doce|quince|treinta|cuarenta y cinco|sesenta|noventa",
    "de": "drei|vier|sechs|zehn|zwölf|fünfzehn|dreißig|fünfundvierzig|sechzig|neunzig",
    "it": "tre|quattro|sei|dieci|dodici|quindici|trenta|quarantacinque|sessanta|novanta",
    "pl": "trzech||sześciu|dziesięciu|dwunastu|piętnastu|trzydziestu||sześćdziesięciu|dziewięćdziesięciu",
    "ar": "ثلاثة||ستة|عشرة|||ثلاثين||ستين|تسعين",
}
TONGUES = ("French, ", "française, ", "francés, ", "französischer, ", "francuskim, ", "والفرنسية", "francese, ")


@dataclass
class Planted:
    """A text with a plant: its lines, the article it stands in (empty: none), the subjects that tell it, what it is."""

    lines: list[str]
    article: str
    subjects: tuple[str, ...]
    what: str


Plant = Callable[[list[str], str, random.Random], Planted | None]


def articles(lines: list[str]) -> list[tuple[str, int, int]]:
    """Return number, first line behind the head and end of each article."""
    heads = [(HEAD.match(line), at) for at, line in enumerate(lines)]
    found = [(match["number"], at) for match, at in heads if match]
    closing = next(at for at in range(found[-1][1], len(lines)) if not lines[at])
    ends = [at for _, at in found[1:]] + [closing]
    return [(number, at + 1, end) for (number, at), end in zip(found, ends, strict=True)]


def _article_of(lines: list[str], at: int) -> str:
    return next((number for number, start, end in articles(lines) if start <= at < end), "")


def _changed(
    lines: list[str],
    rng: random.Random,
    pattern: str,
    new: Callable[[re.Match[str]], str | None],
    subjects: tuple[str, ...],
) -> Planted | None:
    """Change what one match of `pattern` reads, of all in the numbered provisions and the closing."""
    first = articles(lines)[0][1]
    spots = [(at, m) for at, line in enumerate(lines) if at >= first for m in re.finditer(pattern, line)]
    rng.shuffle(spots)
    for at, match in spots:
        words = new(match)
        if words is not None and words != match.group() and not HEAD.match(lines[at]):
            made = [*lines]
            made[at] = lines[at][: match.start()] + words + lines[at][match.end() :]
            return Planted(made, _article_of(lines, at), subjects, f"{match.group()} -> {words}")
    return None


def number(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    table = {value: words for value, words in zip(NUMBERS, WORDS[code].split("|"), strict=True) if words}

    def new(match: re.Match[str]) -> str | None:
        value = int(match["figures"])
        if value not in table:
            return None
        other = rng.choice([v for v in table if v != value])
        return f"{table[other]} ({other})"

    words = "|".join(map(re.escape, table.values()))
    return _changed(lines, rng, rf"\b(?:{words}) \((?P<figures>\d+)\)", new, ("periods", "numbers"))


def figure(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    pattern = r"(?<![\d(])(?:1[,. ]?250|40[, ]?000|21|800|1[,. ]?200)(?= |[,.;)]|\))"
    return _changed(
        lines, rng, pattern, lambda m: m.group().replace("1", "3", 1).replace("4", "7"), ("numbers", "periods", "sums")
    )


def date(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    return _changed(
        lines, rng, r"\b(?:19|20)\d\d\b", lambda m: str(int(m.group()) + rng.choice((1, -1, 10))), ("dates",)
    )


def amount(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    pattern = r"(?<=EUR |USD )\d[\d,]+|\d[\d., ]*\d(?= (?:euro|dol|dól|Euro|dollar|دولار|يورو|US))"
    return _changed(lines, rng, pattern, lambda m: str(int(m.group()[0]) % 9 + 1) + m.group()[1:], ("sums", "numbers"))


def percentage(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    pattern = r"\d[\d.,]*(?=\s?(?:%|per cent|pour cent|por ciento|Prozent|per cento|procent|في المئة))"
    return _changed(
        lines, rng, pattern, lambda m: m.group()[:-1] + str((int(m.group()[-1]) + 3) % 10), ("percentages",)
    )


def currency(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    pairs = {
        "EUR": "USD",
        "USD": "EUR",
        "euros": "livres sterling" if code == "fr" else "libras esterlinas",
        "Euro": "Pfund Sterling",
        "dollars des États-Unis": "euros",
        "dolarów amerykańskich": "euro",
        "دولار أمريكي": "يورو",
        "euro": "sterline",
    }
    return _changed(lines, rng, "|".join(pairs), lambda m: pairs.get(m.group()), ("sums",))


def reference(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    def new(match: re.Match[str]) -> str:
        token = match["n"]
        if token.isdigit():
            return match["noun"] + str(int(token) % 9 + 1)
        return match["noun"] + rng.choice([x for x in ("II", "IV", "VII", "VIII") if x != token])

    return _changed(lines, rng, rf"(?P<noun>{NOUN} )(?P<n>\d|[IVX]+)\b(?! \()", new, ("references",))


def item(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    runs = [
        list(g)
        for is_item, g in itertools.groupby(range(len(lines)), lambda at: bool(ITEM.match(lines[at])))
        if is_item
    ]
    run = rng.choice([r for r in runs if len(r) > 2])
    gone = rng.choice(run)
    made = [*lines]
    for at, after in zip(run[run.index(gone) :], run[run.index(gone) + 1 :], strict=False):
        marker = ITEM.match(lines[at])
        made[at] = marker.group() + ITEM.sub("", lines[after], count=1)  # type: ignore[union-attr]
    del made[run[-1]]
    return Planted(
        made, _article_of(lines, gone), ("list items", "paragraphs", "numbering"), f"without {lines[gone][:40]}"
    )


def paragraph(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    spots = [
        at for at, line in enumerate(lines) if PARAGRAPH.match(line) and not line.endswith(":") and _more(lines, at)
    ]
    gone = rng.choice(spots)
    return Planted(
        _renumbered(lines, gone, gone + 1),
        _article_of(lines, gone),
        ("paragraphs", "numbering"),
        f"without {lines[gone][:40]}",
    )


def merged(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    both = [
        at for at in range(len(lines) - 1)
        if PARAGRAPH.match(lines[at]) and PARAGRAPH.match(lines[at + 1])
        and not lines[at].endswith(":") and not lines[at + 1].endswith(":") and _more(lines, at)
    ]  # fmt: skip
    at = rng.choice(both)
    made = _renumbered(lines, at + 1, at + 2)
    made[at] = lines[at] + " " + PARAGRAPH.sub("", lines[at + 1])
    return Planted(made, _article_of(lines, at), ("paragraphs", "numbering"), f"merged {lines[at + 1][:40]}")


def _more(lines: list[str], at: int) -> bool:
    """Whether the article has three paragraphs or more."""
    start, end = next((s, e) for _, s, e in articles(lines) if s <= at < e)
    return sum(bool(PARAGRAPH.match(line)) for line in lines[start:end]) >= 3


def _renumbered(lines: list[str], start: int, end: int) -> list[str]:
    """Return the lines without those from `start` to `end`, the paragraphs behind them numbered anew."""
    made = lines[:start] + lines[end:]
    at = start
    while at < len(made) and made[at] and not HEAD.match(made[at]):
        made[at] = PARAGRAPH.sub(lambda m: f"{int(m.group(1)) - 1}. ", made[at])
        at += 1
    return made


def heading(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    number, start, _ = rng.choice(articles(lines))
    return Planted(lines[:start] + lines[start + 1 :], number, ("headings",), f"no heading {lines[start]}")


def order(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    found = [a for a in articles(lines) if a[2] - a[1] > 2]
    (one, s1, e1), (other, s2, e2) = sorted(rng.sample(found[1:], 2), key=lambda a: a[1])
    made = lines[:s1] + lines[s2:e2] + lines[e1:s2] + lines[s1:e1] + lines[e2:]
    return Planted(made, "", ("order",), f"articles {one} and {other} exchanged")


def party(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    names = r"\b(?:Tessari[ae]|Tamaris|Lornia)\b|تاماريس"
    spots = [(at, m) for at, line in enumerate(lines) for m in re.finditer(names, line) if at > 1]
    at, match = rng.choice(spots)
    made = [*lines]
    made[at] = lines[at][: match.start()] + ("فيرونيا" if code == "ar" else "Verunia") + lines[at][match.end() :]
    return Planted(made, _article_of(lines, at), ("names",), f"{match.group()} -> Verunia in {lines[at][:30]}")


def tongue(lines: list[str], code: str, rng: random.Random) -> Planted | None:
    at = next(at for at, line in enumerate(lines) if any(word in line for word in TONGUES))
    made = [*lines]
    for word in TONGUES:
        made[at] = made[at].replace(word, "")
    return Planted(made, "", ("languages clause",), "without French")


PLANTS: tuple[Plant, ...] = (
    *(number, figure, date, amount, percentage, currency, reference),
    *(item, paragraph, merged, heading, order, party, tongue),
)


def texts(names: list[str]) -> dict[str, dict[str, list[str]]]:
    """Return the lines of each agreement by language."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(DATA.glob("*.txt")):
        name, code, _ = path.name.split(".")
        if name in names:
            found.setdefault(name, {})[code] = path.read_text(encoding="utf-8").split("\n")
    return found


def told(folder: Path, one: list[str], made: Planted) -> tuple[bool, list[str]]:
    """Return whether the plant is told, and the sentences of the report that are about something else."""
    paths = [folder / "a.txt", folder / "b.txt"]
    for path, lines in zip(paths, (one, made.lines), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    found = library.conform(None, str(paths[0]), str(paths[1])).differs
    ours = [
        d for d in found
        if d.subject in made.subjects
        and (not made.article or not d.b_place or d.b_place.split(".")[0].split(",")[0] == made.article)
    ]  # fmt: skip
    beside = [d.said for d in found if d not in ours]
    return bool(ours), beside


def run(seed: int, pairs: int, names: list[str], *, show: bool) -> tuple[int, int, int]:
    """Plant `pairs` differences by `seed`; return how many were planted, told, and how much else was said."""
    rng = random.Random(seed)
    kept = texts(names)
    hits, invented, kinds = 0, 0, Counter[str]()
    plants = [PLANTS[n % len(PLANTS)] for n in range(pairs)]
    with tempfile.TemporaryDirectory() as folder:
        for plant in plants:
            made = None
            while made is None:
                name = rng.choice(sorted(kept))
                a, b = rng.sample(sorted(kept[name]), 2)
                made = plant(kept[name][b], b, rng)
            hit, beside = told(Path(folder), kept[name][a], made)
            hits += hit
            invented += len(beside)
            kinds[plant.__name__] += hit
            if show and (not hit or beside):
                print(f"  {'told  ' if hit else 'MISSED'} {plant.__name__}: {name} {a}/{b} {made.article}: {made.what}")
                for said in beside:
                    print(f"         beside: {said}")
    return pairs, hits, invented


def true_pairs(names: list[str]) -> tuple[int, int]:
    """Return how many true pairs there are, and how many differences were said of them."""
    count = said = 0
    for name, languages in texts(names).items():
        for a, b in itertools.permutations(sorted(languages), 2):
            found = library.conform(None, str(DATA / f"{name}.{a}.txt"), str(DATA / f"{name}.{b}.txt"))
            count, said = count + 1, said + len(found.differs)
    return count, said


def main() -> None:
    """Print what was told and missed for each seed, and what was said of the true pairs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    parser.add_argument("--pairs", type=int, default=28)
    parser.add_argument("--texts", nargs="*", default=sorted({p.name.split(".")[0] for p in DATA.glob("*.txt")}))
    parser.add_argument("--show", action="store_true", help="name what was missed, and what was said beside it")
    asked = parser.parse_args()
    for seed in asked.seeds:
        planted, hits, invented = run(seed, asked.pairs, asked.texts, show=asked.show)
        print(f"seed {seed}: {hits} of {planted} told, {planted - hits} missed, {invented} said beside them")
    count, said = true_pairs(asked.texts)
    print(f"true pairs: {count}, differences invented: {said}")


if __name__ == "__main__":
    main()
