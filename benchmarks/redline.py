"""How fast a redline is made, with how much memory and how many words marked, beside python-redlines (docxodus).

usage: python benchmarks/redline.py [--articles 120] [--without-docxodus] [--against COMMIT] [--keep FOLDER]

Both make a redline of the same Word files: an agreement of some 196 pages (120 articles of invented words) against an
edited copy (words, paragraphs, an article put in, one dropped, one moved, a table changed) and against a copy in
which one word was renamed throughout. Each runs in a fresh process; the time is that of the whole process and, for
ours, also of the call alone. What is marked is counted in the file that was made. Ratios count, not seconds.

`--against` has the same redlines made by an earlier commit of this repository too, in a worktree that goes afterwards,
and prints the ratios of processor time and memory to it. It must know this script's `--one` (from `ffa4e74` on).
"""

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from agreements import word
from agreements.model import Agreement, Document, Provision
from agreements.ooxml.schema import name
from agreements.word.revising.settle import accept, reject

_ROOT = Path(__file__).resolve().parents[1]
_STEMS = (
    *("force", "area", "claim", "service", "vessel", "aircraft", "permit", "notice", "request", "measure", "movement"),
    *("property", "material", "contract", "person", "member", "visit", "training", "exercise", "storage", "access"),
    *("cost", "charge", "duty", "tax", "fee", "licence", "inspection", "authority", "territory", "installation"),
    *("facility", "supply", "fuel", "water", "road", "port", "airfield", "signal", "security", "damage", "loss"),
)
_LINKS = ("of", "for", "in", "by", "with", "under", "within", "before", "after", "without", "between", "upon")
_VERBS = ("shall", "may", "should", "grants", "receives", "provides", "allows", "limits", "keeps", "informs", "waives")
_PARTY = "receiving State"
_RENAMED = "host Government"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--without-docxodus", action="store_true")
    parser.add_argument("--against", default="", metavar="COMMIT", help="An earlier commit, such as ffa4e74.")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        _one(*map(Path, options.one))
        return
    with tempfile.TemporaryDirectory() as scratch, _earlier(options.against, Path(scratch)) as earlier:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        first = _agreement(options.articles)
        pairs = {"edited": _edited(first), "renamed": _renamed(first)}
        a = _written(folder / "a.docx", first)
        print(f"{options.articles} articles, {len(first.main.provisions)} provisions at the top, ", end="")
        print(f"{sum(len(p.text.split()) for p in first.main.walk()):,} words")
        for title, other in pairs.items():
            b = _written(folder / f"{title}.docx", other)
            now = _ours(title, a, b, folder)
            if earlier is not None:
                _than(title, options.against, now, _made(earlier, a, b, folder / f"{title}-{options.against}.docx"))
            if not options.without_docxodus:
                _docxodus(title, a, b, folder)


@dataclass(frozen=True)
class _Made:
    """A redline that a process made: seconds of the call and of the process, of processor in the call, memory in MB."""

    call: float
    processor: float
    memory: int
    process: float


def _made(checkout: Path, a: Path, b: Path, target: Path) -> _Made:
    """Have the code in `checkout` make a redline of `a` and `b`, in a process of its own."""
    line = [sys.executable, str(checkout / "benchmarks" / "redline.py"), "--one", *map(str, (a, b, target))]
    began = time.perf_counter()
    done = subprocess.run(
        line, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(checkout)}
    )
    call, processor, memory = done.stdout.split()
    return _Made(float(call), float(processor), int(memory), time.perf_counter() - began)


@contextmanager
def _earlier(commit: str, scratch: Path) -> Iterator[Path | None]:
    """A block with a checkout of `commit`, None for no commit."""
    if not commit:
        yield None
        return
    checkout = scratch / "earlier"
    git = ["git", "-C", str(_ROOT), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(checkout), commit], check=True)
    try:
        yield checkout
    finally:
        subprocess.run([*git, "remove", "--force", str(checkout)], check=True)


def _than(title: str, commit: str, now: _Made, before: _Made) -> None:
    took = f"{before.call:6.2f} s (processor {before.processor:.3f} s) {before.memory:>4} MB"
    ratios = f"ours: processor {now.processor / before.processor:.2f}, memory {now.memory / before.memory:.2f} of it"
    print(f"{title:8} {commit:9} {took}  {ratios}")


def _ours(title: str, a: Path, b: Path, folder: Path) -> _Made:
    target = folder / f"{title}-ours.docx"
    made = _made(_ROOT, a, b, target)
    exact = _texts(reject(target.read_bytes())) == _texts(a.read_bytes())
    exact = exact and _texts(accept(target.read_bytes())) == _texts(b.read_bytes())
    times = f"{made.call:6.2f} s (processor {made.processor:.3f} s, process {made.process:.2f} s)"
    print(f"{title:8} ours      {times} {made.memory:>4} MB  {_marked(target)}  {'exact' if exact else 'NOT EXACT'}")
    return made


def _one(a: Path, b: Path, target: Path) -> None:
    """Make one redline of ours and print its seconds and the most memory of this process in MB."""
    options = word.RedlineOptions(author="Benchmark", date="2026-11-22")
    first, second = a.read_bytes(), b.read_bytes()
    redline = word.redline  # imported before the clock starts
    began, worked = time.perf_counter(), time.process_time()
    made = redline(first, second, options)
    taken, work = time.perf_counter() - began, time.process_time() - worked
    target.write_bytes(made.content)
    print(f"{taken:.3f} {work:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}")


def _docxodus(title: str, a: Path, b: Path, folder: Path) -> None:
    try:
        from python_redlines.engines import DocxodusEngine
    except ImportError:
        print(f"{title:8} docxodus  not installed: pip install 'python-redlines[docxodus]'")
        return
    target = folder / f"{title}-docxodus.docx"
    binary = DocxodusEngine().extracted_binaries_path
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run([binary, str(a), str(b), str(target), "--author=Benchmark"], check=True, capture_output=True)
    taken = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = max(before.ru_maxrss, after.ru_maxrss) // 1024
    print(f"{title:8} docxodus  {taken:6.2f} s (processor {work:.3f} s) <={memory:>4} MB  {_marked(target)}")


def _marked(file: Path) -> str:
    with zipfile.ZipFile(file) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    counts = []
    for kinds, tag in ((("del", "moveFrom"), "delText"), (("ins", "moveTo"), "t")):
        tags = (name(tag), name("t"))
        text = (t.text or "" for kind in kinds for e in root.iter(name(kind)) for t in e.iter(*tags))
        counts.append(len(re.findall(r"\w+", " ".join(text))))
    return f"{counts[0]:>6} words deleted, {counts[1]:>6} inserted"


def _texts(file: bytes) -> list[str]:
    from agreements.word.revising.changes import read_changes

    return list(read_changes(file).paragraphs)


# ---------------------------------------------------------------------- the agreements


def _agreement(articles: int) -> Agreement:
    rng = random.Random(20261122)
    document = Document(
        title="Agreement on Many Things", provisions=tuple(_article(n, rng) for n in range(1, articles + 1))
    )
    return Agreement(id="benchmark", title=document.title, documents=(document,))


def _article(number: int, rng: random.Random) -> Provision:
    paragraphs = []
    for at in range(1, rng.randint(6, 9)):
        items = tuple(
            Provision(kind="subparagraph", number=f"({'abcde'[i]})", text=_sentence(rng, 30))
            for i in range(rng.choice((0, 0, 3)))
        )
        paragraphs.append(Provision(kind="paragraph", number=f"{at}.", text=_sentence(rng, 75), children=items))
    heading = f"{rng.choice(_STEMS)} and {rng.choice(_STEMS)}".title()
    return Provision(kind="article", number=str(number), heading=heading, children=tuple(paragraphs))


def _sentence(rng: random.Random, length: int) -> str:
    words: list[str] = []
    while len(words) < length:
        words += [rng.choice(_STEMS), rng.choice(_VERBS), rng.choice(_LINKS), "the", rng.choice(_STEMS)]
        words += [rng.choice(_LINKS), rng.choice(_STEMS) + rng.choice(("", "s", ","))]
        words += [*rng.choice(((), ("of", "the", *_PARTY.split())))]
    return f"The {_PARTY} {' '.join(words)}."


def _edited(agreement: Agreement) -> Agreement:
    rng = random.Random(7)
    articles = [_article_edited(article, rng) for article in agreement.documents[0].provisions]
    del articles[len(articles) // 5]
    articles.insert(len(articles) // 3, _article(1, rng))
    articles.append(articles.pop(len(articles) // 2))
    numbered = tuple(a.model_copy(update={"number": str(n)}) for n, a in enumerate(articles, 1))
    return _with(agreement, numbered)


def _article_edited(article: Provision, rng: random.Random) -> Provision:
    children = list(article.children)
    if rng.random() < 0.3:
        at = rng.randrange(len(children))
        words = children[at].text.split()
        for _ in range(3):
            words[rng.randrange(len(words))] = rng.choice(_STEMS)
        children[at] = children[at].model_copy(update={"text": " ".join(words)})
    if rng.random() < 0.1:
        children.pop(rng.randrange(len(children)))
    if rng.random() < 0.1:
        children.insert(1, Provision(kind="paragraph", number="1.", text=_sentence(rng, 60)))
    renumbered = (c.model_copy(update={"number": f"{n}."}) for n, c in enumerate(children, 1))
    return article.model_copy(update={"children": tuple(renumbered)})


def _renamed(agreement: Agreement) -> Agreement:
    def named(provision: Provision) -> Provision:
        text = provision.text.replace(_PARTY, _RENAMED)
        return provision.model_copy(update={"text": text, "children": tuple(named(c) for c in provision.children)})

    return _with(agreement, tuple(named(p) for p in agreement.documents[0].provisions))


def _with(agreement: Agreement, provisions: Sequence[Provision]) -> Agreement:
    document = agreement.documents[0].model_copy(update={"provisions": tuple(provisions)})
    return agreement.model_copy(update={"documents": (document,)})


def _written(path: Path, agreement: Agreement) -> Path:
    path.write_bytes(word.render(agreement))
    return path


if __name__ == "__main__":
    main()
