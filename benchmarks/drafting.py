"""How fast a draft is made: a thirty-article defense cooperation agreement, checked, in all its copies.

Assembled, checked, and written to Word as both originals and as a working copy, in one process; printed with the peak
of memory. Beside it, where docxtpl is installed, the time that docxtpl takes to fill a Word template of the same
length: a template without clauses to choose, references to settle or checks to run.

    python benchmarks/drafting.py [--rounds 5]
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from agreements import drafting
from agreements.checks import check
from agreements.export.drafts import CopyOptions
from agreements.library import write_draft
from agreements.model import Agreement

EXAMPLE = Path(__file__).resolve().parents[1] / "docs" / "examples" / "drafts" / "dca-norlandia.yaml"
LIMIT_SECONDS, LIMIT_MEGABYTES = 1.0, 200


def everything(folder: Path) -> None:
    """Assemble and check the example, and write both originals and the working copy."""
    request = drafting.load_parameters(EXAMPLE)
    ours, theirs = (drafting.assemble(request, original=whose) for whose in ("us", "partner"))
    if ours.agreement is None:
        sys.exit(f"{EXAMPLE.name} does not assemble: {ours.findings[0].message}")
    check(ours.agreement)
    write_draft(ours, folder / "us.docx", CopyOptions(working=True))
    write_draft(theirs, folder / "partner.docx")


def bare(folder: Path) -> None:
    """Assemble the example and write one original: what a filled template gives."""
    write_draft(drafting.assemble(drafting.load_parameters(EXAMPLE)), folder / "bare.docx")


def filled(folder: Path) -> Callable[[], None] | None:
    """Return what fills a Word template of the same length with docxtpl; None where that is not installed."""
    try:
        from docx import Document
        from docxtpl import DocxTemplate
    except ImportError:
        return None
    agreement = drafting.assemble(drafting.load_parameters(EXAMPLE)).agreement
    path = folder / "template.docx"
    template = Document()
    for words in _paragraphs(agreement) if agreement else ():
        template.add_paragraph(words.replace("Norlandia", "{{ receiving }}"))
    template.save(str(path))

    def fill() -> None:
        document = DocxTemplate(str(path))
        document.render({"receiving": "Norlandia"})
        document.save(str(folder / "filled.docx"))

    return fill


def _paragraphs(agreement: Agreement) -> list[str]:
    provisions = (p for document in agreement.documents for p in document.walk())
    return [" ".join(x for x in (p.number, p.heading, p.text) if x) for p in provisions]


def _median(run: Callable[[], None], rounds: int) -> float:
    run()  # templates are read and compiled once in a process
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    """Print the figures; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start, worked = time.perf_counter(), time.process_time()
        everything(folder)
        first, worked = time.perf_counter() - start, time.process_time() - worked
        warm = _median(lambda: everything(folder), rounds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
        print(f"everything, first time in the process {first:6.2f} s   ({worked:.2f} s of it at work)")
        print(f"everything, median of {rounds:<2}              {warm:6.2f} s   (limit {LIMIT_SECONDS:.0f} s)")
        print(f"peak of memory                        {peak:6.0f} MB  (limit {LIMIT_MEGABYTES} MB)")
        one = _median(lambda: bare(folder), rounds)
        print(f"one original alone                    {one:6.2f} s")
        if fill := filled(folder):
            peer = _median(fill, rounds)
            print(f"docxtpl, a template as long           {peer:6.2f} s   one original / docxtpl = {one / peer:.2f}")
        else:
            print("docxtpl is not installed; no comparison (pip install docxtpl, for this benchmark only)")
    return 0 if warm <= LIMIT_SECONDS and worked <= LIMIT_SECONDS and peak <= LIMIT_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
