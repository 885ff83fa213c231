"""Word files that nobody here wrote, and changes made in them on purpose, through every command that reads Word files.

usage: python benchmarks/wild.py FOLDER [--mutations 300] [--seed 1] [--commands parse,compare] [--jobs 2] [--keep DIR]
       python benchmarks/wild.py FOLDER --repeat NAME.docx:SEED:NUMBER [--keep DIR]

Each file goes through the commands as it is (compared with itself), and so does each of N copies with one change
(`word_mutations.py`), compared with the file that it was made from. A command runs in a process of its own with at most
10 seconds of processor and 1 GB of address space. It is *right* when it finds the change and nothing else, *refused*
when it says why in a line, *wrong* when it says another thing than is so, and a *fault* when it fails, hangs or says
that the program failed. A redline is judged by pandoc and by a flattener of the raw XML (`word_judges.py`), and by the
proof that the program itself gives. Stopped (Ctrl-C), it says what was found so far. Needs the project and pandoc.
"""

import argparse
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import word_judges
from word_mutations import Mutation, mutate

COMMANDS = ("parse", "changes", "compare", "review", "handover")
_SECONDS, _BYTES = 10, 1 << 30
_AUTHOR = "Wild Test"
_PICTURE = re.compile("▣[0-9a-f]{8}")


@dataclass
class Ran:
    """How a command ended: its exit status (negative: the signal), what it printed, its seconds of processor."""

    code: int
    said: dict[str, Any]
    text: str
    seconds: float
    memory: int

    @property
    def fault(self) -> str:
        """What is wrong with how it ended, empty for nothing."""
        error = self.said.get("error") or {}
        if self.code in (-signal.SIGXCPU, -signal.SIGKILL) or self.seconds > _SECONDS:
            return f"over {_SECONDS} s of processor"
        if self.code < 0 or self.code > 2:
            return f"ended by {signal.Signals(-self.code).name if self.code < 0 else self.code}"
        if "MemoryError" in str(error):
            return "over 1 GB"
        if error.get("code") == "fault" or "Traceback (most recent" in self.text:
            return str(error.get("message") or self.text[-400:])
        return "" if self.said or self.code else f"printed no JSON: {self.text[-200:]}"

    @property
    def refusal(self) -> str:
        """Why it refused, empty where it did not."""
        error = self.said.get("error") or {}
        return str(error.get("message", "")) if self.code else ""


@dataclass
class Outcome:
    """What came of one command on one file."""

    command: str
    name: str
    case: str  # `self`, or the seed and number of the mutation
    verdict: str = "right"
    why: list[str] = field(default_factory=list)
    mutation: Mutation | None = None
    seconds: float = 0.0
    memory: int = 0
    limits: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mutations", type=int, default=300)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--commands", default=",".join(COMMANDS))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--without-files", action="store_true", help="Only the mutations, not the files as they are.")
    parser.add_argument("--repeat", default="", help="Only this case, as it is printed: NAME.docx:SEED:NUMBER.")
    parser.add_argument("--keep", type=Path, help="Keep the files of each case that went wrong in this folder.")
    options = parser.parse_args()
    commands = tuple(each for each in COMMANDS if each in options.commands.split(","))
    files = sorted(options.folder.glob("*.docx"))
    cases = [*([] if options.without_files else [(f, "self") for f in files]), *_chosen(files, options)]
    if options.repeat:
        wanted, _, case = options.repeat.partition(":")
        cases = [(options.folder / wanted, case)]
    began = time.perf_counter()
    found: list[Outcome] = []
    with ProcessPoolExecutor(options.jobs, initializer=_warm, initargs=(str(files[0]),)) as pool:
        work = [pool.submit(tried, str(file), case, commands, options.keep) for file, case in cases]
        try:
            for number, each in enumerate(work, 1):
                outcomes = each.result()
                found += outcomes
                for outcome in outcomes:
                    _tell(outcome)
                if number % 100 == 0:
                    print(
                        f"  {number} of {len(work)}, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True
                    )
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            print(f"stopped; of {len(work)} files and mutations, what follows is of those that were done")
    _summary(found, commands)
    sys.exit(any(outcome.verdict in ("wrong", "fault") for outcome in found))


def _chosen(files: Sequence[Path], options: argparse.Namespace) -> Iterator[tuple[Path, str]]:
    """Yield the files to mutate: all in turn, in an order that the seed gives."""
    order = list(files)
    random.Random(options.seed).shuffle(order)
    for number in range(options.mutations):
        yield order[number % len(order)], f"{options.seed}:{number}"


def _tell(outcome: Outcome) -> None:
    if outcome.verdict in ("wrong", "fault"):
        what = f"{outcome.mutation.kind} ({outcome.mutation.said})" if outcome.mutation else "the file as it is"
        print(f"{outcome.verdict.upper()} {outcome.command} {outcome.name}:{outcome.case}: {what}")
        for line in outcome.why:
            print(f"      {line}")
        sys.stdout.flush()


def _summary(found: Sequence[Outcome], commands: Sequence[str]) -> None:
    print(f"\n{'command':10} {'tried':>6} {'right':>6} {'refused':>8} {'wrong':>6} {'fault':>6}  slowest, most memory")
    for command in commands:
        own = [outcome for outcome in found if outcome.command == command]
        counts = Counter(outcome.verdict for outcome in own)
        slow = max(own, key=lambda o: o.seconds, default=None)
        most = max((o.memory for o in own), default=0)
        said = f"{slow.seconds:.1f} s {slow.name}, {most} MB" if slow else ""
        numbers = f"{len(own):6} {counts['right']:6} {counts['refused']:8} {counts['wrong']:6} {counts['fault']:6}"
        print(f"{command:10} {numbers}  {said}")
    kinds = Counter(o.mutation.kind for o in found if o.command == commands[0] and o.mutation)
    print(
        f"\n{sum(kinds.values())} mutations of {len(kinds)} kinds; {sum(o.case != 'self' for o in found)} runs of them"
    )
    limits = Counter(limit for outcome in found for limit in outcome.limits)
    for limit in word_judges.LIMITS:
        if limits[limit.name]:
            print(f"pandoc: {limit.name}, {limits[limit.name]} times: {limit.reason}")
    unread = Counter(limit for outcome in found for limit in outcome.limits if limit.startswith(("not read", "proof")))
    for said, count in unread.most_common(12):
        print(f"{said}: {count}")
    refused = Counter(
        (o.command, " ".join(o.why).replace(f"b-{o.name}", "FILE").replace(o.name, "FILE")[:110])
        for o in found
        if o.verdict == "refused"
    )
    for (command, why), count in refused.most_common(25):
        print(f"refused {command} {count}: {why}")


# ---------------------------------------------------------------------- running a command


def _warm(file: str) -> None:
    """Load what the commands load, so that each process of theirs begins with it."""
    with tempfile.TemporaryDirectory() as folder:
        for command in COMMANDS:
            _ran(arguments(command, file, file, folder), folder, here=True)


def arguments(command: str, a: str, b: str, folder: str) -> list[str]:
    """Return the command line of `command` for the file `b` that was made from `a`."""
    if command == "compare":
        return ["--json", "compare", a, b, "-o", f"{folder}/redline.docx", "--author", _AUTHOR, "--prior", "final"]
    if command == "review":
        return ["--json", "review", "--no-precedents", a, b]
    if command == "handover":
        return ["--json", "handover", b, "-o", f"{folder}/copy.docx", "--revisions", "accept", *_DECIDED]
    return ["--json", command, b]


_ASKED = (
    "links",
    "alt-text",
    "fields",
    "if-fields",
    "list-entries",
    "pictures",
    "cropped",
    "embedded",
    "title",
    "names",
)
_DECIDED = [word for kind in (*_ASKED, "faint-type", "hidden-rows", "labels") for word in ("--allow", kind)]
"""So that a copy is made of every file, and judged."""


def _ran(line: Sequence[str], folder: str, *, here: bool = False) -> Ran:
    """Run a command line in a process of its own with limits; `here`: in this one, for what it loads."""
    output = Path(folder) / "output"
    began = time.monotonic()
    child = 0 if here else os.fork()
    if child == 0:
        _run_command(line, output, here=here)
    if here:
        return Ran(0, {}, "", 0.0, 0)
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() - began > 12 * _SECONDS:  # it sleeps, or the machine does
            os.kill(child, signal.SIGKILL)
        time.sleep(0.01)
    text = output.read_text(encoding="utf-8", errors="replace")
    try:
        said = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except ValueError:
        said = {}
    seconds = usage.ru_utime + usage.ru_stime
    return Ran(os.waitstatus_to_exitcode(status), said, text, seconds, usage.ru_maxrss // 1024)


def _run_command(line: Sequence[str], output: Path, *, here: bool) -> None:
    from agreements.commands import main as program

    kept = [os.dup(number) for number in (1, 2)]
    with output.open("wb") as target:
        os.dup2(target.fileno(), 1)
        os.dup2(target.fileno(), 2)
    code = 0
    try:
        if not here:
            resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
            resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
        program(list(line))
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except BaseException as error:
        print(f"Traceback (most recent call last): {error!r}", flush=True)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    if not here:
        os._exit(code)
    for number, before in enumerate(kept, 1):
        os.dup2(before, number)
        os.close(before)


# ---------------------------------------------------------------------- what is right


_BASELINES: dict[tuple[str, str], tuple[set[str], int]] = {}


def tried(file: str, case: str, commands: Sequence[str], keep: Path | None = None) -> list[Outcome]:
    """Return what comes of the `commands` on a file (`self`), or on a copy with the change that `case` names."""
    source = Path(file)
    a = source.read_bytes()
    b, mutation = a, None
    if case != "self":
        made = mutate(a, f"{source.name}:{case}")
        if made is None:
            return []
        b, mutation = made
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / source.name, Path(folder) / f"b-{source.name}"
        one.write_bytes(a)
        other.write_bytes(b)
        found = []
        for command in commands:
            ran = _ran(arguments(command, str(one), str(other), folder), folder)
            outcome = Outcome(command, source.name, case, mutation=mutation, seconds=ran.seconds, memory=ran.memory)
            _judge(outcome, ran, a, b, Path(folder))
            found.append(outcome)
        if keep is not None and any(outcome.verdict in ("wrong", "fault") for outcome in found):
            kept = keep / f"{source.stem}-{case.replace(':', '-')}"
            shutil.copytree(folder, kept, dirs_exist_ok=True)
    return found


def _judge(outcome: Outcome, ran: Ran, a: bytes, b: bytes, folder: Path) -> None:
    """Write into `outcome` what is to be said of a command that `ran` on the files `a` and `b`."""
    if ran.fault:
        outcome.verdict, outcome.why = "fault", [ran.fault]
    elif (ran.said.get("error") or {}).get("code") == "unproven":
        outcome.verdict, outcome.why = "wrong", [f"the program's own proof: {ran.refusal}"]
    elif ran.refusal:
        outcome.verdict, outcome.why = "refused", [ran.refusal]
    else:
        _JUDGES[outcome.command](outcome, ran, a, b, folder)
        if outcome.why and outcome.verdict == "right":
            outcome.verdict = "wrong"


def _parsed(outcome: Outcome, ran: Ran, a: bytes, b: bytes, folder: Path) -> None:
    """A new word of the body is in what was read, or a finding says what was not."""
    mutation = outcome.mutation
    in_body = mutation and mutation.kind.rpartition(" in ")[2] in ("body", "cell", "control", "link", "insertion")
    if mutation and mutation.new and in_body and mutation.new not in ran.text and not ran.said.get("findings"):
        outcome.why.append(f"“{mutation.new}” is not in what was read, and no finding says so")


def _listed(outcome: Outcome, ran: Ran, a: bytes, b: bytes, folder: Path) -> None:
    """A file without tracked changes has none listed."""
    listed = len(ran.said.get("changes", ()))
    if bool(listed) != bool(word_judges.changes_in(b)):
        outcome.why.append(f"{listed} changes are listed; the file holds {word_judges.changes_in(b)}")


def _facts(said: dict[str, Any]) -> Iterator[str]:
    """Yield what a comparison or review says that is no word without a change."""
    for pair in said.get("pairs", ()):
        if pair["change"] != "same" and (pair["change"] != "renumbered" or pair.get("number")):
            yield json.dumps({k: v for k, v in pair.items() if k not in ("similarity",)}, ensure_ascii=False)
    for name in ("elsewhere", "comments", "findings"):
        yield from (json.dumps(each, ensure_ascii=False) for each in said.get(name, ()))
    for clause in said.get("clauses", ()):
        for name in ("tracked", "untracked", "comments"):
            yield from (json.dumps(each, ensure_ascii=False) for each in clause.get(name, ()))


def _told(outcome: Outcome, command: str, ran: Ran, a: bytes) -> list[str]:
    """Return what is said beyond that which the command says of the file and itself."""
    key = command, outcome.name
    if key not in _BASELINES:
        with tempfile.TemporaryDirectory() as folder:
            one = Path(folder) / outcome.name
            other = Path(folder) / f"b-{outcome.name}"
            one.write_bytes(a)
            other.write_bytes(a)
            _BASELINES[key] = set(_facts(_ran(arguments(command, str(one), str(other), folder), folder).said)), 0
    return [fact for fact in _facts(ran.said) if fact not in _BASELINES[key][0]]


def _compared(outcome: Outcome, ran: Ran, a: bytes, b: bytes, folder: Path) -> None:
    """The change is told and marked; the redline resolves to both files."""
    redline = (folder / "redline.docx").read_bytes()
    judged = word_judges.judge(a, b, redline)
    outcome.why += judged.wrong
    outcome.limits += [*judged.limits, *(f"not read by {each.partition(':')[0]}" for each in judged.unread)]
    gone, new = word_judges.marked(redline)
    mutation = outcome.mutation
    if mutation is None:
        if gone.strip() or new.strip():
            outcome.why.append(f"the file and itself: “{gone[:80]}” deleted, “{new[:80]}” inserted")
        if facts := [fact for fact in _facts(ran.said) if '"code"' not in fact]:
            outcome.why.append(f"the file and itself: {facts[0][:300]}")
        return
    told = _told(outcome, "compare", ran, a)
    if not told:
        outcome.why.append("nothing is said of the change")
    said = " ".join(told)
    for word, marked, what in ((mutation.gone, gone, "deleted"), (mutation.new, new, "inserted")):
        if word and word not in marked and word not in said:
            outcome.why.append(f"“{word}” is not marked as {what} and stands in no finding")
    _proven(outcome, ran)


def _proven(outcome: Outcome, ran: Ran) -> None:
    """The program's own proof says the same as the judges: what these find wrong was not proven."""
    proof = ran.said.get("proof") or "none"
    outcome.limits.append(f"proof: {proof}")
    if proof not in ("proven", "named"):
        outcome.why.append(f"the program's own proof: {proof}")


def _reviewed(outcome: Outcome, ran: Ran, a: bytes, b: bytes, folder: Path) -> None:
    """The change is told as untracked."""
    mutation = outcome.mutation
    if mutation is None:
        if ran.said.get("tracked") or ran.said.get("untracked"):
            outcome.why.append(f"the file and itself: {next(_facts(ran.said), '')[:300]}")
        return
    told = _told(outcome, "review", ran, a)
    if not told:
        outcome.why.append("nothing is said of the change")
        return
    said = " ".join(told)
    for word in (mutation.gone, mutation.new):
        if word and word not in said:
            outcome.why.append(f"“{word}” is not told: {said[:200]}")


def _handed(outcome: Outcome, ran: Ran, a: bytes, b: bytes, folder: Path) -> None:
    """The copy says what the file says, or it was refused for what is named."""
    copy = folder / "copy.docx"
    rows = [row for each in ran.said.get("files", ()) for row in each.get("found", ()) if row["fate"] != "goes"]
    waits = [row["kind"] for row in rows if any(not item["choice"] for item in row.get("items", ()))]
    if not copy.is_file():
        outcome.verdict = "refused" if waits else "wrong"
        outcome.why = waits[:1] or ["no copy and no reason"]
        return
    try:
        one, other = word_judges.flat(b, "accept"), word_judges.flat(copy.read_bytes(), "accept")
    except (KeyError, StopIteration, ValueError, word_judges.etree.XMLSyntaxError):
        outcome.limits.append("not read by flat")
        return
    for story in one:
        letters = [_letters(said[story]) for said in (one, other)]
        if letters[0] != letters[1]:
            outcome.why.append(f"the copy's {story} says other words: {word_judges.apart(*letters)}")


def _letters(said: str) -> str:
    """Return the letters and digits of what `flat` says; the copy of a picture may be another without its metadata."""
    return "".join(each for each in _PICTURE.sub("", said) if each.isalnum())


_JUDGES = {"parse": _parsed, "changes": _listed, "compare": _compared, "review": _reviewed, "handover": _handed}


if __name__ == "__main__":
    if shutil.which("pandoc") is None:
        subprocess.run(["pandoc", "--version"], check=False)
        sys.exit("pandoc is not installed: it is one of the judges of a redline")
    main()
