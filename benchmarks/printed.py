"""Our own drafts printed to PDF by LibreOffice and read back: the same tree, and no difference in a review.

    python benchmarks/printed.py [--drawn 0] [--seed 1] [--only NAME] [--keep FOLDER]

Every example draft in both originals, and `--drawn` drafts of families, forms and values taken by chance. All are
printed in one run of LibreOffice. For each file it says how many places the review shows as changed, and how many
lines of the two trees (kind, number, heading, words, depth) differ; the last line is the sum of both, and how many
files were printed.
"""

import argparse
import difflib
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agreements import drafting, library
from agreements.drafting.effects import completed
from agreements.drafting.parameters import form_parameters
from agreements.errors import AgreementsError
from agreements.intake.files import parse_file
from agreements.library import write_draft
from agreements.libreoffice import PATIENCE, converter
from agreements.model import Agreement, Provision
from agreements.platform import run_limited

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples" / "drafts"
_CLOSING, _GREETING = ("testimonium", "signature"), ("text",)
_NOTES = ("offer-note", "reply-note", "side-letter")
_ORIGINALS: tuple[drafting.Original, ...] = ("us", "partner")


@dataclass(frozen=True)
class ReadBack:
    """What became of one printed draft: what the review shows as changed, and the lines in which the trees differ."""

    name: str
    shown: tuple[str, ...]
    apart: tuple[str, ...]


def examples(folder: Path, only: str = "") -> list[Path]:
    """Write every example draft in both originals to `folder`; return the Word files."""
    files: list[Path] = []
    for source in sorted(EXAMPLES.glob(f"{only or '*'}.yaml")):
        request = drafting.load_parameters(source)
        for original in _ORIGINALS:
            draft = drafting.assemble(request, original=original)
            files += write_draft(draft, folder / f"{source.stem}-{original}.docx", original=original)
    return files


def drawn(folder: Path, count: int, seed: str) -> list[Path]:
    """Write `count` drafts of families, forms, values and originals taken by chance; return the Word files."""
    rng = random.Random(seed)
    files: list[Path] = []
    made = 0
    while made < count:
        request = _drawn(rng)
        original = rng.choice(_ORIGINALS)
        try:
            draft = drafting.assemble(completed(request), original=original)
        except AgreementsError:  # two values that cannot stand together
            continue
        if draft.agreement is None:
            continue
        made += 1
        name = f"{seed}-{made}-{request.family}-{request.form}-{original}.docx"
        files += write_draft(draft, folder / name, original=original)
    return files


def _drawn(rng: random.Random) -> drafting.DraftRequest:
    template = drafting.family(rng.choice(drafting.families()))
    form = rng.choice(sorted(template.forms))
    parameters: dict[str, str] = {}
    for name, declared in sorted(form_parameters(template, form).items()):
        values = ("yes", "no") if declared.type == "boolean" else tuple(declared.choices)
        if values and rng.random() < 0.7:
            parameters[name] = rng.choice(values)
    return drafting.DraftRequest(template.id, form, parameters)


def printed(program: str, files: Sequence[Path], folder: Path) -> None:
    """Print all `files` to PDF into `folder`, in one run of LibreOffice."""
    with tempfile.TemporaryDirectory(prefix="office-") as scratch:
        profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
        options = [profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        run_limited([program, *options, *map(str, files)], PATIENCE + 10 * len(files))


def read_back(file: Path, pdf: Path) -> ReadBack:
    """Return what the review of `pdf` against the Word file `file` shows, and where the trees of both differ."""
    trees = (_lines(parse_file(path).agreement) for path in (file, pdf))
    ours, theirs = ([line.replace("\u00a0", " ") for line in lines] for lines in trees)  # a page has one kind of blank
    apart = [line for line in difflib.unified_diff(ours, theirs, lineterm="", n=0) if line[:3] not in ("---", "+++")]
    found = library.review(file, pdf)
    shown = [f"{each.path} {each.change}" for each in found.clauses if not each.is_noise]
    return ReadBack(file.stem, (*shown, *found.second_words), tuple(line for line in apart if line[0] in "+-"))


def _lines(agreement: Agreement) -> Iterator[str]:
    """Yield the tree of an agreement in lines; the case of titles is the printer's."""
    for document in agreement.documents:
        yield f"{document.role} {document.number} {document.own_title.casefold()}"
        yield from _below(_closed(document.provisions, _GREETING if document.role in _NOTES else _CLOSING), 1)


def _closed(provisions: Sequence[Provision], kinds: Sequence[str]) -> Sequence[Provision]:
    """Return `provisions` with what closes the text beside the last article or point, under which it is read."""
    if not provisions or not provisions[-1].children:
        return provisions
    *above, last = provisions
    at = len(last.children)
    while at and last.children[at - 1].kind in kinds:
        at -= 1
    return (*above, last.model_copy(update={"children": last.children[:at]}), *last.children[at:])


def _below(provisions: Iterable[Provision], depth: int) -> Iterator[str]:
    for each in provisions:
        yield f"{'  ' * depth}{each.kind} {each.number} [{each.heading or ''}] {each.text}"
        yield from _below(each.children, depth + 1)


def main() -> None:
    """Print how each draft comes back."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drawn", type=int, default=0, help="So many drafts by chance, beside the examples.")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="", help="One example, by its name.")
    parser.add_argument("--keep", type=Path, help="A folder in which the files stay.")
    options = parser.parse_args()
    program = converter()
    if program is None:
        sys.exit("LibreOffice is not installed.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(exist_ok=True, parents=True)
        files = [*examples(folder, options.only), *drawn(folder, options.drawn, options.seed)]
        printed(program, files, folder)
        results = [_tell(read_back(file, file.with_suffix(".pdf"))) for file in files]
    shown, apart = (sum(counts) for counts in zip(*results, strict=True))
    print(f"shown as changed {shown}, lines of trees apart {apart}, of {len(results)} files")
    sys.exit(1 if shown or apart else 0)


def _tell(found: ReadBack) -> tuple[int, int]:
    print(f"{found.name}: {len(found.shown)} shown, {len(found.apart)} lines apart", flush=True)
    for line in (*found.shown, *found.apart):
        print(f"    {line[:200]}")
    return len(found.shown), len(found.apart)


if __name__ == "__main__":
    main()
