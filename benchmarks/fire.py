"""A repository under fire: processes killed, disks that refuse, readers beside writers, files broken by hand.

usage: python benchmarks/fire.py [--kills N] [--errors N] [--broken N] [--seed S]

After each blow it is asked: is every text that was reported stored there and as it was? Was anything but an error for
people raised? Does `doctor` name the break, and does `doctor --repair` heal what it says? Prints one line for each
fault with the seed and number that make it again, and exits with 1. Acts run in forked processes: Linux and macOS.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from agreements import library, platform
from agreements.errors import AgreementsError
from agreements.repository import Repository

TEXT = "Agreement between Valdoria and Tolland on {name}\n\nArticle I\n\nThe Parties {words}.\n\nArticle II\n\nEnd.\n"
_STRIDE = 7  # through the kinds of breaks: a few blows meet kinds of every sort
FRESH = 25  # blows after which a new copy is taken
LEAVINGS = {"left-over", "purge-unfinished", "marker-missing", "cache-left", "cache-damaged", "index-damaged"}
"""What a kill may leave behind, all of which a repair must take away."""


# ---------------------------------------------------------------------- what is held


def write(folder: Path, name: str, words: str) -> Path:
    file = folder / f"{name}.txt"
    file.write_text(TEXT.format(name=name, words=words), encoding="utf-8")
    return file


def make(folder: Path) -> Path:
    """Make a repository with some of everything in `folder/repository`, and the files that it was made of beside it."""
    root = folder / "repository"
    names = ("claims", "visits", "transit", "supply")
    files = [write(folder, name, f"agree on {name} as they were") for name in names]
    library.import_files(root, files, jobs=1)
    library.import_files(root, [write(folder, "claims", "agree on claims anew")], replace=True, jobs=1)
    _edit(root, folder, "visits", "agree on visits as they were", "agree on visits by hand")
    library.hold(root, "transit", "a case is pending")
    library.save_search(root, "watch", "agree on claims")
    library.begin_negotiation(root, "tolland-2026", {"partner": "Tolland", "title": "Claims"})
    library.add_round(root, "tolland-2026", {"date": "2026-02-03"})
    library.keep_text(root, "tolland-2026", write(folder, "tabled", "table this"), "us", {"date": "2026-02-03"})
    library.record_position(root, "tolland-2026", "claims_government", {"preferred": "Each waives."})
    library.import_files(root, [write(folder, "gone", "agree on what is spilled")], jobs=1)
    library.purge(root, "gone", "a spill", spill="R-1")
    library.matrix(root)
    library.doctor(root)
    return root


def _edit(root: Path, folder: Path, agreement: str, old: str, new: str) -> None:
    text = (root / "agreements" / agreement / "agreement.md").read_text(encoding="utf-8")
    file = folder / f"edit-{agreement}.md"
    file.write_text(re.sub(old, new, text), encoding="utf-8")
    library.edit_from(root, agreement, file)


def held(root: Path) -> dict[str, str]:
    """Return the words of every agreement that can be read, and the hashes of the texts of negotiations."""
    out = {a.id: " ".join(p.text for d in a.documents for p in d.walk()) for a in Repository(root).each()
           if not hasattr(a, "severity")}  # fmt: skip
    for file in sorted((root / "negotiations").glob("*/texts/*")):
        if not file.name.startswith("."):
            out[f"negotiations/{file.name}"] = file.read_bytes().hex()
    return out


# ---------------------------------------------------------------------- in a process of its own


def child(act: Callable[[], Any], *, kill_after: float | None = None) -> dict[str, Any]:
    """Run `act` in a forked process, killed after so many seconds; return `{value, error, fault, killed}`."""
    back, forth = os.pipe()
    process = os.fork()
    if not process:
        os.close(back)
        answer: dict[str, Any] = {}
        try:
            answer["value"] = act()
        except AgreementsError as problem:
            answer["error"] = f"{problem} {problem.hint}"
        except BaseException:
            answer["fault"] = traceback.format_exc()
        with os.fdopen(forth, "w") as out:
            json.dump(answer, out)
        os._exit(0)
    os.close(forth)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(process, signal.SIGKILL)
    with os.fdopen(back) as words:
        said = words.read()
    os.waitpid(process, 0)
    return json.loads(said) if said else {"killed": True}


def examined(root: Path, *, repair: bool = False) -> dict[str, Any]:
    """Return what is held, what the doctor says, and whether a search answers; run by `child`."""
    health = library.doctor(root, repair=repair)
    found = [hit.agreement for hit in library.search(root, "agree").hits]
    return {
        "held": held(root),
        "codes": sorted({c.finding.code for c in health.concerns}),
        "mended": list(health.mended or ()),
        "found": found,
    }


@dataclass
class Campaign:
    """What was done and what went wrong."""

    scratch: Path
    seed: int
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, what: str, number: int, why: str) -> None:
        self.faults.append(f"{what} {number} (seed {self.seed}): {why}")
        print(self.faults[-1], flush=True)

    def fresh(self, name: str = "now") -> Path:
        """Return a new copy of the repository, in the folder `name` in place of the one that is there."""
        shutil.rmtree(self.scratch / name, ignore_errors=True)
        shutil.copytree(self.scratch / "first", self.scratch / name)
        return self.scratch / name / "repository"

    def looked_at(self, what: str, number: int, root: Path, *, repair: bool = False) -> dict[str, Any] | None:
        answer = child(lambda: examined(root, repair=repair))
        if "value" not in answer:
            self.fault(what, number, answer.get("fault") or answer.get("error") or "no answer")
            return None
        return dict(answer["value"])


# ---------------------------------------------------------------------- acts


@dataclass(frozen=True)
class Act:
    """An act to be stopped: what does it, and which texts may be other after it than before (None: gone)."""

    name: str
    do: Callable[[Path, Path, str], Any]
    changes: Callable[[str], set[str]]


def _import(root: Path, folder: Path, word: str) -> None:
    files = [write(folder, f"{word}-{n}", f"agree on {word} {n}") for n in range(3)]
    report = library.import_files(root, files, jobs=1)
    if report.failed:
        raise AgreementsError("not all was stored: " + report.failed[0].error)


def _replace(root: Path, folder: Path, word: str) -> None:
    report = library.import_files(root, [write(folder, "supply", f"agree on supply {word}")], replace=True, jobs=1)
    if report.failed:
        raise AgreementsError("it was not stored: " + report.failed[0].error)


def _rewrite(root: Path, folder: Path, word: str) -> None:
    _edit(root, folder, "visits", r"agree .*?on visits|agree on visits", f"agree {word} on visits")


def _purge(root: Path, folder: Path, word: str) -> None:
    library.purge(root, "claims", f"spill {word}", spill="R-2")


def _receive(root: Path, folder: Path, word: str) -> None:
    file = write(folder, f"received-{word}", f"want {word}")
    library.keep_text(root, "tolland-2026", file, "partner", {"date": "2026-02-04"})


def _rebuild(root: Path, folder: Path, word: str) -> None:
    library.refresh_index(root, rebuild=True)


ACTS = (
    Act("import", _import, lambda word: {f"{word}-{n}" for n in range(3)}),
    Act("replace", _replace, lambda word: {"supply"}),
    Act("edit", _rewrite, lambda word: {"visits"}),
    Act("purge", _purge, lambda word: {"claims"}),
    Act("receive", _receive, lambda word: set()),
    Act("rebuild", _rebuild, lambda word: set()),
)


def stopped(campaign: Campaign, count: int, *, errors: bool) -> None:
    """Stop acts by a kill, or by a disk that refuses from one step on, and look at what is left."""
    what = "error" if errors else "kill"
    spread = random.Random(campaign.seed)
    lasts: dict[str, float] = {}
    root = campaign.fresh()
    before = held(root)
    for number in range(count):
        if number % FRESH == 0 or "claims" not in before:
            root = campaign.fresh()
            before = held(root)
        act, word = spread.choice(ACTS), f"w{number}"
        do = partial(act.do, root, root.parent, word)
        if errors:
            refuse = spread.choice((OSError(28, "No space left on device"), OSError(5, "Input/output error")))
            step = spread.randint(1, 40)
            answer = child(partial(_refused_from, step, refuse, do))
        else:
            if act.name not in lasts:
                lasts[act.name] = _lasts(campaign, act)
            answer = child(do, kill_after=spread.uniform(0, 1.1) * lasts[act.name])
        campaign.counts[f"{what} of {act.name}" + (", in time" if "value" in answer else "")] += 1
        if "fault" in answer:
            campaign.fault(what, number, answer["fault"])
        now = campaign.looked_at(what, number, root, repair=True)
        if now is None:
            root = campaign.fresh()
            before = held(root)
            continue
        _compare(campaign, (what, number), act, word, (before, now | {"done": "value" in answer}))
        before = now["held"]


def _lasts(campaign: Campaign, act: Act) -> float:
    root = campaign.fresh("clock")  # not the one that is being stopped: what was done there is to stay
    began = time.monotonic()
    child(lambda: act.do(root, root.parent, "clock"))
    return time.monotonic() - began


def _compare(
    campaign: Campaign, blow: tuple[str, int], act: Act, word: str, states: tuple[dict[str, str], dict[str, Any]]
) -> None:
    (what, number), (before, now), done = blow, states, states[1]["done"]
    after = now["held"]
    touched = act.changes(word)
    lost = [i for i, words in before.items() if i not in touched and after.get(i) != words]
    if lost:
        campaign.fault(what, number, f"{act.name}: {lost} changed or lost")
    if act.name == "purge":
        if after.get("claims") not in (None, before["claims"]) or (done and "claims" in after):
            campaign.fault(what, number, "the purge is neither done nor undone")
    elif any(i not in after and (done or i in before) for i in touched):
        campaign.fault(what, number, f"{act.name}: {sorted(touched)} lost")
    elif done and act.name in ("replace", "edit") and word not in after[next(iter(touched))]:
        campaign.fault(what, number, f"{act.name}: reported done, and is not")
    left = LEAVINGS & set(now["codes"])
    if left:
        campaign.fault(what, number, f"{act.name}: not healed: {sorted(left)}")
    damaged = {"damaged", "damaged-negotiation", "text-missing", "text-changed", "source-missing"} & set(now["codes"])
    if damaged:
        campaign.fault(what, number, f"{act.name}: {sorted(damaged)}")


def _refused_from(step: int, refuse: OSError, do: Callable[[], Any]) -> Any:
    """Run `do` with a disk that refuses everything from the `step`-th writing on; for a process of its own."""
    count = 0

    def refusing(real: Callable[..., Any]) -> Callable[..., Any]:
        def tried(*args: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count >= step:
                raise refuse
            return real(*args, **options)

        return tried

    for name in ("write_bytes", "move", "sync_folder", "append_bytes"):
        setattr(platform, name, refusing(getattr(platform, name)))
    os.fsync = refusing(os.fsync)
    return do()


# ---------------------------------------------------------------------- broken by hand


Breaker = Callable[[Path, random.Random], Any]
READ = "agreements/supply/agreement.md"


def _write(where: str, content: bytes | str) -> Breaker:
    def act(root: Path, spread: random.Random) -> None:
        path = root / where
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return act


def _delete(where: str) -> Breaker:
    return lambda root, spread: [p.unlink() if p.is_file() else shutil.rmtree(p) for p in sorted(root.glob(where))]


def _cut(where: str) -> Breaker:
    def act(root: Path, spread: random.Random) -> None:
        path = sorted(root.glob(where))[0]
        content = path.read_bytes()
        path.write_bytes(content[: spread.randrange(len(content) // 2)])

    return act


def _flip(where: str) -> Breaker:
    def act(root: Path, spread: random.Random) -> None:
        path = sorted(root.glob(where))[0]
        content = bytearray(path.read_bytes())
        content[spread.randrange(len(content))] ^= 1 << spread.randrange(7)
        path.write_bytes(content)

    return act


def _append(where: str, more: bytes) -> Breaker:
    return lambda root, spread: (root / where).write_bytes((root / where).read_bytes() + more)


def _copy(where: str, to: str) -> Breaker:
    def act(root: Path, spread: random.Random) -> None:
        copy = shutil.copytree if (root / where).is_dir() else shutil.copy
        copy(root / where, root / to)

    return act


NEGOTIATION = "negotiations/tolland-2026"
BREAKS: dict[str, tuple[Breaker, set[str], bool]] = {  # what is done, the codes of which one must be said, healed?
    "text cut": (_cut(READ), {"damaged", "text-changed", "edited"}, False),
    "text bit flipped": (_flip(READ), {"damaged", "text-changed", "edited"}, False),
    "text emptied": (_write(READ, b""), {"damaged"}, False),
    "text not UTF-8": (_write(READ, b"\xff\xfe\x00x"), {"damaged"}, False),
    "text gone": (_delete(READ), {"damaged", "text-missing", "orphan"}, False),
    "text with marks of a merge": (_append(READ, b"\n<<<<<<< ours\na\n>>>>>>> theirs\n"), {"conflict-mark"}, False),
    "folder emptied": (_delete("agreements/supply/*"), {"damaged", "left-over"}, True),
    "source changed": (_flip("agreements/supply/source/*"), {"source-changed"}, False),
    "source gone": (_delete("agreements/supply/source/*"), {"source-missing"}, False),
    "record cut": (_cut("agreements/supply/reading.json"), {"damaged"}, False),
    "earlier text flipped": (_flip("agreements/claims/history/*/agreement.md"), {"text-changed"}, False),
    "earlier record cut": (_cut("agreements/claims/history/*/reading.json"), {"damaged"}, False),
    "stray file in the history": (_write("agreements/claims/history/x.txt", "x"), {"orphan"}, False),
    "stray document": (_write("agreements/supply/documents/annex-z.en.md", "# Annex\n"), {"orphan"}, False),
    "second copy of a text": (_copy(READ, "agreements/supply/agreement (1).md"), {"conflict-copy"}, False),
    "second copy of a folder": (_copy("agreements/supply", "agreements/supply (1)"), {"conflict-copy"}, False),
    "copy of a shared drive": (_copy(READ, "agreements/supply/agreement-conflict-2.md"), {"conflict-copy"}, False),
    "file among agreements": (_write("agreements/note.txt", "x"), {"stranger", "damaged"}, False),
    "half a write": (_write("agreements/.tmp-abc/agreement.md", "x"), {"left-over"}, True),
    "half a file": (_write("saved/.tmp-99999999-watch.json", "{"), {"left-over"}, True),
    "half a replacement": (
        lambda root, spread: (root / "agreements/supply").rename(root / "agreements/.old-supply"), {"left-over"}, True),
    "name that turns": (_write("agreements/supply/source/a\u202etxt.exe", "x"), {"odd-name"}, False),
    "name with nothing to see": (_write("saved/wa\u200btch.txt", "x"), {"odd-name"}, False),
    "marker gone": (_delete("repository.json"), {"marker-missing"}, True),
    "hold cut": (_cut("holds/*.json"), {"damaged"}, False),
    "hold of what is gone": (_delete("agreements/transit"), {"orphan"}, False),
    "saved search cut": (_cut("saved/*.json"), {"damaged"}, False),
    "saved search no mapping": (_write("saved/watch.json", "[]"), {"damaged"}, False),
    "tombstone cut": (_cut("purged/*.json"), {"damaged"}, False),
    "reading of what is not held": (_write("readings/nowhere.json", "[]"), {"orphan"}, False),
    "reading cut": (_write("readings/supply.json", "[{"), {"damaged"}, False),
    "edit of what is not held": (_write("edits/nowhere/agreement.md", "x"), {"orphan"}, False),
    "journal line damaged": (_append("journal/acts.jsonl", b"{]\n"), {"damaged"}, False),
    "journal line torn": (_append("journal/acts.jsonl", b'{"number"'), {"left-over"}, True),
    "journal pending damaged": (_write("journal/acts.pending.json", "{"), {"damaged"}, True),
    "cache cut": (_cut(".cache/derived-texts.json"), {"cache-damaged"}, True),
    "cache of what is not held": (
        _write(".cache/derived-x.json", '{"made by": "", "rows": {"nowhere": 1}}'), {"cache-left"}, True),
    "index cut": (_cut(".cache/index-tantivy/*/*/meta.json"), {"index-damaged", "index-stale"}, True),
    "index segment gone": (_delete(".cache/index-tantivy/*/paragraph/*.store"), {"index-damaged"}, True),
    "index stamp cut": (_cut(".cache/index-tantivy/stamp.json"), {"index-stale"}, True),
    "negotiation cut": (
        _cut(f"{NEGOTIATION}/negotiation.yaml"), {"damaged-negotiation", "stranger", "text-changed"}, False),
    "negotiation without its file": (_delete(f"{NEGOTIATION}/negotiation.yaml"), {"stranger"}, False),
    "positions not YAML": (_write(f"{NEGOTIATION}/positions.yaml", "a: [\n"), {"damaged-negotiation"}, False),
    "text of a negotiation flipped": (_flip(f"{NEGOTIATION}/texts/*"), {"damaged-negotiation"}, False),
    "text of a negotiation gone": (_delete(f"{NEGOTIATION}/texts/*"), {"damaged-negotiation"}, False),
    "stray text of a negotiation": (_write(f"{NEGOTIATION}/texts/zz.docx", "x"), {"orphan"}, False),
    "negotiation begun": (_write("negotiations/.begun-x/negotiation.yaml", "x"), {"left-over"}, True),
    "junk being purged": (_write("negotiations/.purging-x/purge.json", "{"), {"purge-unfinished"}, False),
    "file being purged": (_write("negotiations/.purging-y", "x"), {"purge-unfinished"}, False),
    "purge stopped": (_write("negotiations/.purging-z/texts/1.txt", "x"), {"purge-unfinished"}, True),
}  # fmt: skip


def broken(campaign: Campaign, count: int) -> None:
    """Break a repository by hand, `count` times, and look whether it is named, and healed where it can be."""
    kinds = list(BREAKS)
    for number in range(count):
        name = kinds[(campaign.seed + number * _STRIDE) % len(kinds)]
        act, codes, heals = BREAKS[name]
        root = campaign.fresh()
        before = held(root)
        act(root, random.Random(f"{campaign.seed} {number}"))
        campaign.counts["broken states"] += 1
        first = campaign.looked_at(f"break {name!r}", number, root)
        if first is None:
            continue
        if not codes & set(first["codes"]):
            campaign.fault(f"break {name!r}", number, f"not named: {first['codes']}")
        second = campaign.looked_at(f"repair of {name!r}", number, root, repair=True)
        if second is None:
            continue
        still = codes & set(second["codes"]) & (LEAVINGS | {"index-stale"} | ({"damaged"} if heals else set()))
        if heals and still:
            campaign.fault(f"repair of {name!r}", number, f"not healed: {sorted(still)}: {second['mended']}")
        others = {i: w for i, w in before.items() if i in first["held"] and first["held"][i] == w}
        if lost := [i for i, words in others.items() if second["held"].get(i) != words]:
            campaign.fault(f"repair of {name!r}", number, f"lost by it: {lost}")
        missing = [i for i, words in before.items() if heals and second["held"].get(i) != words]
        if missing and name != "folder emptied":
            campaign.fault(f"repair of {name!r}", number, f"not there again: {missing}")


# ---------------------------------------------------------------------- at once


def at_once(campaign: Campaign, seconds: float) -> None:
    """Let two writers and three readers work on one repository; nobody may see a gap or a fault."""
    root = campaign.fresh()
    until = time.monotonic() + seconds

    def writer(name: str) -> int:
        number = 0
        while time.monotonic() < until:
            number += 1
            library.import_files(root, [write(root.parent, f"{name}-{number}", f"agree on {name}")], jobs=1)
        return number

    def reader() -> int:
        number = 0
        while time.monotonic() < until:
            number += 1
            assert "transit" in [hit.agreement for hit in library.search(root, "agree on transit").hits]
            assert {"claims", "visits"} <= {facts.id for facts in library.listing(root)}
            assert library.get(root, "claims")
        return number

    from concurrent.futures import ThreadPoolExecutor

    acts: list[Callable[[], int]] = [lambda: writer("one"), lambda: writer("two"), reader, reader, reader]
    with ThreadPoolExecutor(len(acts)) as pool:  # each only waits for a process of its own
        answers = list(pool.map(child, acts))
    for number, answer in enumerate(answers):
        if "fault" in answer or "killed" in answer:
            campaign.fault("at once", number, answer.get("fault", "it ended"))
        campaign.counts["reads" if number > 1 else "writes"] += int(answer.get("value", 0))
    now = campaign.looked_at("at once", 0, root)
    written = sum(int(a.get("value", 0)) for a in answers[:2])
    if now and sum(i.startswith(("one-", "two-")) for i in now["held"]) < written:
        campaign.fault("at once", 0, "a text that was stored is not there")


def run(kills: int, errors: int, states: int, seconds: float, seed: int) -> Campaign:
    """Run a campaign in a scratch folder and return what came of it."""
    with tempfile.TemporaryDirectory(prefix="fire-") as scratch:
        campaign = Campaign(Path(scratch), seed)
        (Path(scratch) / "first").mkdir()
        os.environ["XDG_CACHE_HOME"] = str(Path(scratch) / "cache")
        made = child(lambda: str(make(Path(scratch) / "first")))
        if "value" not in made:
            raise SystemExit(made.get("fault") or made.get("error"))
        stopped(campaign, kills, errors=False)
        stopped(campaign, errors, errors=True)
        broken(campaign, states)
        if seconds:
            at_once(campaign, seconds)
    return campaign


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--errors", type=int, default=300)
    parser.add_argument("--broken", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=20.0, help="of writers and readers at once")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    campaign = run(options.kills, options.errors, options.broken, options.seconds, options.seed)
    for what, count in sorted(campaign.counts.items()):
        print(f"{what:<28}{count:>7}")
    print(f"{len(campaign.faults)} faults")
    sys.exit(1 if campaign.faults else 0)


if __name__ == "__main__":
    main()
