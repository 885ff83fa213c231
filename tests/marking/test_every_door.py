"""Every place where words come in or go out has a gate: a new one without a row of the two tables fails here.

`files_touched.csv` names every function that opens, reads or writes a file, and how it is shut: it asks by itself
(asked), what it handles was asked before it (before) or is read a second time (again), it is made of what was asked
(derived), it holds nothing that a person wrote (no words), or it ships with the package (ours). `typed.csv` names every
parameter of the command line that takes words or names a file: refused, or only asked with, so that nothing is kept.
"""

# ruff: noqa: E501  (tables, one row a line)
import ast
import csv
import json
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import click
import pytest

import agreements
from agreements import library
from agreements.commands import group, main
from tests.marking import doors
from tests.marking.test_doors import CANARY, PLAIN, _left, places

__all__ = ["places"]

PACKAGE = Path(agreements.__file__).parent
HERE = Path(__file__).parent
GATES = ("asked", "before", "again", "derived", "no words", "ours", "below")
CALLS = {
    *("read_text", "read_bytes", "write_text", "write_bytes", "replace_file", "save", "save_checked", "save_rows"),
    *("load_file", "read_record", "PdfDocument", "open"),
}
NOT_FILES = {"save_search", "negotiate.py:read_text"}  # verbs of these names
SPILL = f"(S//NF) The {CANARY} of their minister is small."


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------------- files


def _calls(node: ast.AST, inside: tuple[str, ...]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.ClassDef)
        if isinstance(child, ast.Call):
            of = child.func
            name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
            if name in CALLS:
                yield ".".join(inside)
        yield from _calls(child, (*inside, child.name) if named else inside)


@cache  # 550 modules are read for it
def _touched() -> frozenset[str]:
    """Return every function of the package that opens, reads or writes a file, as `module:function`."""
    found: set[str] = set()
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        found |= {f"{name}:{place}" for place in _calls(ast.parse(file.read_text(encoding="utf-8")), ())}
    return frozenset(found)


NO_FILES = (  # functions that call something else by one of these names
    *("commands/*", "library/*", "negotiation/history.py:*", "negotiation/sides.py:*", "negotiation/status.py:*"),
    *("intake/jobs.py:_read", "parsing/pipeline.py:*", "search/searching.py:*", "search/provisions.py:*"),
    "textform.py:*",
)


def test_every_function_that_touches_a_file_is_named_with_its_gate() -> None:
    rows = _rows("files_touched.csv")
    assert {row["gate"] for row in rows} <= set(GATES)
    known = [row["place"] for row in rows]
    touched = {place for place in _touched() if not any(fnmatch(place, pattern) for pattern in NO_FILES)}
    touched |= {place for place in _touched() if place in known}
    assert not sorted(place for place in touched if not any(fnmatch(place, row) for row in known))
    assert not sorted(row for row in known if not any(fnmatch(place, row) for place in touched))


# ---------------------------------------------------------------------- the command line

TYPES = (click.types.StringParamType, click.Path)
OUT = {"matrix", "target", "targets", "table", "clean", "empty", "folder", "output"}
GOOD = {
    "parse file": "GOOD", "import files": "GOOD", "edit text": "EDIT", "review ours": "WORD", "review theirs": "WORD",
    "compare a": "WORD", "compare b": "WORD", "conform a": "WORD", "conform b": "WORD", "changes file": "WORD", "handover files": "WORD", "classify target": "WORD",
    "draft update parameters": "YAML", "draft update edited": "WORD", "draft check subject": "WORD", "acsa-review subject": "WORD", "negotiation table file": "WORD",
    "negotiation receive file": "WORD", "draft assemble parameters": "YAML", "draft explain draft": "WORD",
    "paper kind": "cable", "calendar target": "out.ics", "search target": "out.csv", "matrix target": "out.csv",
    "negotiation language tongue": "French", "negotiation language state": "sent", "negotiation language file": "WORD",
    "negotiation language by": "L", "negotiation closing step": "deposited", "negotiation closing file": "GOOD",
    "negotiation follows kind": "minutes", "negotiation follows title": "First meeting", "negotiation follows file": "GOOD",
    "negotiation export target": "out.zip", "paper target": "out.txt", "import table": "out.csv",
    "similar ref": "good#I", "show reference": "good", "cite references": "good", "negotiation joint texts": "WORD",
    "templates from reference": "good#I", "templates from clause": "claims", "templates from variant": "mine",
    "variants topic": "tax_method", "draft new family": "sofa", "draft params family": "sofa",
    "search query": "harbour", "hold agreement": "good", "negotiation position key": "claims_government",
    "similar file": "GOOD", "negotiation step what": "call", "negotiation new negotiation": "fresh", "paper negotiation": "talks", "hold reason": "x", "edit agreement": "good",
    "draft explain source": "", "review filled": "", "negotiation approve office": "L",
    "negotiation clear draft": "WORD", "negotiation agree paths": "I", "negotiation clear matrix": "out.csv", "negotiation clear filled": "",
}  # fmt: skip
VALUES = {
    "negotiation": "talks", "agreement": "good", "family": "sofa", "ids": "good", "query": "harbour", "form": "json",
    "reason": "x", "key": "claims_government", "clause": "claims_government", "what": "call", "named": "EST",
    "partner": "EST", "name": "mine", "target": "out.docx", "folder": "out",
}  # fmt: skip
WITHOUT = {
    "similar file": ("ref",), "negotiation closing target": ("step", "file"), "negotiation closing as_of": ("step", "file"),
    **{f"negotiation follows {name}": ("kind", "title", "file") for name in ("by", "ground")},
}  # fmt: skip  # parameters that exclude each other
OUTPUT, REASON = ["-o", "out.docx"], ["--reason", "x"]
FIRST = {  # options that another one needs
    "search save": ["--note", "mine"], "search note": ["--save", "mine"], "compare author": OUTPUT,
    "compare target": ["--author", "Lorn"], "hold by": REASON, "negotiation hold by": REASON,
    "not-in-text by": ["good", "prepositioning"], "handover authors": OUTPUT, "handover allow": OUTPUT, "handover remove": OUTPUT, "negotiation joint our_label": OUTPUT, "negotiation joint their_label": OUTPUT,
    "negotiation set note": ["--stage", "concept"], "negotiation set date": ["--stage", "concept"],
    "negotiation position key": ["--rationale", "x"],
    **{f"negotiation clear {name}": ["--ask", "L"] for name in ("draft", "due", "note", "date")},
    **{f"negotiation closing {name}": ["--by", "LS"] for name in ("file", "date", "place", "ground", "reference", "marking", "note")},
    "negotiation follows by": ["--of", "1", "--reportable", "yes", "--ground", "x"],
    "negotiation follows ground": ["--of", "1", "--reportable", "yes", "--by", "L"],
    "negotiation clear clean": OUTPUT, "negotiation clear author": OUTPUT,
    **{f"negotiation language {name}": ["--by", "LS"] for name in ("tongue", "file", "date", "due", "marking", "note")}, "paper given": ["-o", "out.txt"],
}  # fmt: skip
PREFIX = {
    "paper given": "tags=",
    "paper comments": "L=",
    "negotiation signing signers": "us=",
    "negotiation signing kept": "us=",
    "negotiation signing powers": "A=",
    "negotiation clear drafts": "L=",
    "handover authors": "Lorn=",
    "calendar events": "delivery=",
}


def _commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _commands(below, (*path, name))
    else:
        yield " ".join(path), command


def _parameters() -> Iterator[tuple[str, click.Command, click.Parameter]]:
    for path, command in _commands(group):
        for parameter in command.params:
            if isinstance(parameter.type, TYPES) and not getattr(parameter, "is_flag", False):
                yield path, command, parameter


class Bench:
    """A repository with an agreement and a negotiation, and files that a command line may name."""

    def __init__(self, folder: Path, outside: Path) -> None:
        self.folder, self.repo = folder, folder / "repo"
        shutil.rmtree(self.repo, ignore_errors=True)
        outside.mkdir()
        self.files = {
            "GOOD": outside / "good.txt", "WORD": outside / "good.docx", "YAML": outside / "good.yaml",
            "EDIT": outside / "good.md",
        }  # fmt: skip
        self.files["GOOD"].write_text(PLAIN, encoding="utf-8")
        self.files["WORD"].write_bytes(doors.word_file("", ""))
        self.files["YAML"].write_text("family: sofa\nform: agreement\n", encoding="utf-8")
        library.import_files(self.repo, [self.files["GOOD"]])
        self.files["EDIT"].write_bytes(next(self.repo.rglob("agreement.md")).read_bytes())
        library.begin_negotiation(self.repo, "talks", {"partner": "EST", "family": "sofa"})
        library.keep_text(self.repo, "talks", self.files["WORD"], "draft", {})
        library.ask_clearance(self.repo, "talks", ["L"], {})
        library.merge_returned(self.repo, "talks", [("L", self.files["WORD"])])
        self.marked = {
            ".txt": PLAIN + f"\n\n{SPILL}\n",
            ".docx": doors.word_file("comment", SPILL),
            ".yaml": f"family: sofa  # {SPILL}\nform: agreement\n",
            ".md": self.files["EDIT"].read_text(encoding="utf-8") + f"\n\n{SPILL}\n",
        }
        for suffix, content in self.marked.items():
            path = outside / f"marked{suffix}"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def value(self, path: str, parameter: click.Parameter, *, marked: bool) -> str:
        """Return what is given for a parameter: what is usual, or a spill, or a file that bears one."""
        name = str(parameter.name)
        usual = GOOD.get(f"{path} {name}", VALUES.get(name, ""))
        if usual in self.files:
            own = self.files[usual]
            return str(own.with_name(f"marked{own.suffix}") if marked else own)
        if name in OUT:
            usual = usual or "out.docx"
            named = f"(S) {CANARY}{Path(usual).suffix}" if marked else usual
            return str(self.folder / "tmp" / named)
        if marked and isinstance(parameter.type, click.Path):
            return str(self.files["WORD"].with_name("marked.yaml" if "YAML" not in usual else "marked.docx"))
        return PREFIX.get(f"{path} {name}", "") + SPILL if marked else usual

    def line(self, path: str, command: click.Command, tried: click.Parameter) -> list[str]:
        """Return a command line of `command` that is usual but for the parameter `tried`, which bears a marking."""
        words, last = path.split(), []
        for parameter in command.params:
            marked = parameter is tried
            if parameter.name in WITHOUT.get(f"{path} {tried.name}", ()):
                continue
            value = self.value(path, parameter, marked=marked)
            if isinstance(parameter, click.Argument):
                last += (
                    [value] if value and (parameter.required or marked or f"{path} {parameter.name}" in GOOD) else []
                )
            elif marked or parameter.required:
                pairs = parameter.nargs if parameter.nargs > 1 else 1
                words += [parameter.opts[0], *[value] * pairs]
        needed = FIRST.get(f"{path} {tried.name}", [])
        words += [str(self.folder / "tmp" / word) if word.startswith("out.") else word for word in needed]
        return [*words, *(["--"] if last else []), *last]


@pytest.fixture
def bench(places: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("VISUAL", "true")
    return Bench(places, tmp_path / "outside")


def _run(bench: Bench, words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command line; return the code of its refusal, empty where it did what was asked."""
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["--repo", str(bench.repo), "--json", *words])
    shown = capsys.readouterr()
    if "program itself failed" in shown.out + shown.err:
        return "fault"
    try:
        answer = json.loads(shown.out)
        return str(answer["error"]["code"]) if isinstance(answer, dict) and "error" in answer else ""
    except (ValueError, KeyError, TypeError):
        return "no JSON"


def test_every_parameter_that_takes_words_is_named_with_its_gate(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {(row["command"], row["parameter"]): row["gate"] for row in _rows("typed.csv")}
    tried, wrong = set(), []
    for path, command, parameter in _parameters():
        place = (path, str(parameter.name))
        tried.add(place)
        code = _run(bench, bench.line(path, command, parameter), capsys)
        if left := _left(bench.folder):
            wrong.append((*place, f"left in {left}"))
            for each in left:
                Path(each).unlink()
            bench = Bench(bench.folder, bench.folder.parent / f"again{len(wrong)}")
        if code == "fault" or (code == "classified") != (known.get(place) == "refused"):
            wrong.append((*place, code or "done"))
    assert not wrong, "\n".join(map(str, wrong))
    assert tried == set(known)
