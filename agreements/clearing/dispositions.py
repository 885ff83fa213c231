"""What was decided on the rows of a clearance matrix: a file in YAML with a disposition and a reason for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from agreements.clearing.merging import MatrixRow, OfficeDrafts
from agreements.display import shown_short
from agreements.errors import AgreementsError, ChangedMeanwhileError
from agreements.model import Frozen
from agreements.negotiation.records import print_record, read_record, validated
from agreements.platform import make_folder_within, replace_file
from agreements.reading import save_checked

RowDisposition = Literal["", "accept", "reject", "discuss", "noted"]


class DispositionError(AgreementsError):
    """A file of dispositions cannot be carried out; the message names every problem."""

    code = "dispositions"


class RowDecision(Frozen):
    """What becomes of the row with the number `row` (`3`, `c1`, `x1`), and why; `mark` is that of the row then."""

    row: str
    mark: str = ""
    do: RowDisposition = ""
    reason: str = ""


class Dispositions(Frozen):
    """A file of dispositions on the drafts for the text with `sha256`; `default` is for edits that meet no other."""

    base: str = ""
    sha256: str = ""
    default: RowDisposition = ""
    rows: tuple[RowDecision, ...] = ()


@shown_short
@dataclass(frozen=True, slots=True)
class Disposed:
    """What was decided: by the number of the row, and the numbers of the edits that are made in the text."""

    rows: Mapping[str, RowDecision]
    chosen: frozenset[int]

    def waits(self, row: MatrixRow) -> bool:
        """Whether an edit is made in the text that nobody has decided."""
        return row.is_edit and int(row.number) in self.chosen and not self.of(row).do

    def of(self, row: MatrixRow) -> RowDecision:
        """Return the decision on `row`, an empty one where there is none."""
        return self.rows.get(row.number, RowDecision(row=row.number))


def undecided(found: OfficeDrafts) -> Disposed:
    """Return what is made before anybody decides: the edits that meet no other, as changes that can be refused."""
    return Disposed({}, found.combination.undisputed)


def read_dispositions(found: OfficeDrafts, path: Path) -> Disposed:
    """Return what the file at `path` says of the rows of `found`.

    Edits that are accepted are made; those that nobody decides are made where the default is `accept`. Raises
    `RecordError` when the file cannot be read, `DispositionError` naming every row that there is not, that is decided
    twice, or that is accepted beside one that it meets, and `ClassifiedError`.
    """
    return _carried(found, read_record(path, Dispositions), path.name)


def _carried(found: OfficeDrafts, asked: Dispositions, name: str) -> Disposed:
    rows = {row.number: row for row in found.rows}
    problems = list(_problems(found, asked, rows))
    decided: dict[str, RowDecision] = {}
    for each in asked.rows:
        decided[each.row] = each
    for row in found.rows:
        if row.is_edit and not row.meets and asked.default and not decided.get(row.number, RowDecision(row="")).do:
            reason = decided[row.number].reason if row.number in decided else ""
            decided[row.number] = RowDecision(row=row.number, do=asked.default, reason=reason)
    accepted = {number for number, each in decided.items() if each.do == "accept"}
    for number in sorted(accepted & set(rows), key=_order):
        both = {m for m in rows[number].meets if (rows[number].kind, rows[m].kind) != ("added", "added")}
        met = sorted(accepted & both, key=_order)
        if met and _order(met[0]) > _order(number):
            problems.append(f"{number} and {', '.join(met)} meet: accept one of them")
    if problems:
        hint = "No text was written. `--decisions FILE` writes such a file anew under another name."
        raise DispositionError(f"{name}: {'; '.join(problems)}.", hint=hint)
    chosen = {int(number) for number in accepted if number in rows and rows[number].is_edit}
    if not asked.default:
        chosen |= {n for n in found.combination.undisputed if not decided.get(str(n), RowDecision(row="")).do}
    return Disposed(decided, frozenset(chosen))


def _problems(found: OfficeDrafts, asked: Dispositions, rows: Mapping[str, MatrixRow]) -> Iterator[str]:
    if asked.sha256 and asked.sha256 != found.sha256:
        yield f"it was written for drafts of another text than this {found.base}"
    seen: set[str] = set()
    for each in asked.rows:
        if each.row not in rows:
            yield f"there is no row {each.row}"
        elif each.mark and each.mark != rows[each.row].mark:
            yield f"row {each.row} is another now: drafts came or went since the file was written"
        if each.row in seen:
            yield f"row {each.row} is decided twice"
        if each.row in rows and each.do == "noted" and rows[each.row].is_edit:
            yield f"row {each.row} is an edit: accept, reject or discuss it"
        seen.add(each.row)


def dispose(
    found: OfficeDrafts, path: Path, decided: Mapping[str, tuple[str, str]], *, expected: str | None = None
) -> Disposed:
    """Write what becomes of the rows of `found` to `path`, as `read_dispositions` reads it; return what stands then.

    `decided` are disposition and reason by the number of the row; rows that are not named stay as they were decided.
    What stood there before is kept in a folder beside. `expected` is the `fingerprint` that it was made from. Raises as
    `read_dispositions`, and `ChangedMeanwhileError` with both where somebody else wrote meanwhile.
    """
    if expected is not None and expected != fingerprint(path):
        raise ChangedMeanwhileError(
            "Somebody else, or another window, wrote dispositions since this page was made.",
            hint="Nothing was lost: look at both, then record them again.",
            ours="\n".join(f"{row}: {do or 'open'} {reason}" for row, (do, reason) in decided.items()),
            theirs=path.read_text("utf-8", "replace") if path.is_file() else "",
        )
    now = {row.number: row for row in found.rows}
    before = read_record(path, Dispositions) if path.is_file() else Dispositions()
    kept = {each.row: each for each in before.rows if each.row in now and each.mark == now[each.row].mark}
    rows = {number: each.model_dump() for number, each in kept.items()}
    for number, (do, reason) in decided.items():
        mark = now[number].mark if number in now else ""
        rows[number] = {"row": number, "mark": mark, "do": do, "reason": " ".join(reason.split())}
    said = [row for number, row in sorted(rows.items(), key=lambda each: _order(each[0])) if row["do"] or row["reason"]]
    made = validated({"base": found.base, "sha256": found.sha256, "rows": said}, Dispositions, path.name)
    result = _carried(found, made, path.name)
    earlier = path.with_name(f"{path.stem}-earlier")
    make_folder_within(path.parent)
    if path.is_file():
        make_folder_within(earlier)
        replace_file(earlier / f"{len(list(earlier.glob('*.yaml'))) + 1:04d}.yaml", path.read_bytes())
    replace_file(path, f"# What becomes of what offices proposed for {found.base}.\n{print_record(made)}".encode())
    return result


def fingerprint(path: Path) -> str:
    """Return a word for the dispositions in the file at `path` as they stand; empty where there is none."""
    return sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def write_dispositions(found: OfficeDrafts, path: Path) -> Path:
    """Write a file of dispositions to be filled in, with each row in a comment; raises `AgreementsError`."""
    if path.exists():
        raise AgreementsError(f"{path.name} exists already.", hint="Choose another name: decisions are not lost.")
    save_checked(path, "\n".join(_skeleton(found)).encode() + b"\n")
    return path


def _skeleton(found: OfficeDrafts) -> Iterator[str]:
    yield f"# What becomes of the proposals of {', '.join(found.offices)} for {found.base}."
    yield "# Each `do` is accept, reject or discuss (for a comment: noted); `reason` stands in the matrix."
    yield "# An edit that meets no other stays in the text as a tracked change of its office until it is decided."
    yield f"base: {_quoted(found.base)}"
    yield f"sha256: {found.sha256}"
    yield "default:  # accept, reject or discuss: for the edits that meet no other and stand below without a `do`"
    yield "rows:"
    for row in found.rows:
        met = f"; meets {', '.join(row.meets)}" if row.meets else ""
        yield f"  # {', '.join(row.offices)}, {row.place}, {row.kind}{met}: {_short(row)}"
        yield f"  - row: {_quoted(row.number)}"
        yield f"    mark: {row.mark}"
        yield "    do:"
        yield "    reason:"


def _short(row: MatrixRow) -> str:
    said = " -> ".join(" ".join(words.split()) for words in (row.before, row.after) if words.strip())
    return said if len(said) <= 90 else f"{said[:89]}…"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _order(number: str) -> tuple[str, int]:
    return number.rstrip("0123456789"), int(number.lstrip("cx") or 0)
