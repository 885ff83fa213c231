"""The register: every row leads to its thing, other packages add theirs, and a broken one is told."""

import ast
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from agreements import registry
from agreements.checks import check
from agreements.errors import NotFoundError, PluginError
from agreements.export import Exporter, export
from agreements.reading import read, source
from agreements.registry import Register, phrase
from tests.word import samples

REGISTERS = [thing for thing in vars(registry).values() if isinstance(thing, Register)]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.noun)
def test_every_row_leads_to_its_thing_and_has_a_label(register):
    for name in register:
        assert register[name] is not None
        assert register.label(name)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.noun)
def test_an_unknown_name_is_refused_with_the_known_ones(register):
    with pytest.raises(NotFoundError) as caught:
        register["nonesuch"]
    assert register.noun in str(caught.value)
    assert all(name in caught.value.hint for name in register)
    assert register.get("nonesuch") is None
    assert "nonesuch" not in register


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Install a package that adds formats by entry points: one that works, one broken, one under a name of ours."""
    info = tmp_path / "annexa-2.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: annexa\nVersion: 2.1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        "[agreements.formats]\nshout = annexa_formats:SHOUT\nlost = annexa_formats:GONE\n"
        "odd = annexa_formats:shout\njson = annexa_formats:SHOUT\n",
        encoding="utf-8",
    )
    (tmp_path / "annexa_formats.py").write_text(
        "from agreements.export import Exporter\n\n"
        "def shout(agreement):\n    return agreement.title.upper()\n\n"
        "SHOUT = Exporter('.loud', text=shout)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    fresh = Register("format", *registry.FORMATS.own.values(), home="agreements.export", group="agreements.formats")
    monkeypatch.setattr("agreements.export.formats.FORMATS", fresh)
    yield fresh
    sys.modules.pop("annexa_formats", None)


def test_a_format_of_another_package_is_found(package):
    agreement = samples.visiting_forces()
    assert "shout" in package
    assert "annexa 2.1" in package.label("shout")
    assert export(agreement, "shout").text == agreement.title.upper()
    assert phrase(package).endswith("pdf, shout, lost or odd")


def test_a_broken_one_is_told_and_takes_nothing_with_it(package):
    agreement = samples.visiting_forces()
    with pytest.raises(PluginError, match=r"'lost' of annexa 2\.1 cannot be loaded: AttributeError"):
        export(agreement, "lost")
    with pytest.raises(PluginError, match=r"'odd' of annexa 2\.1 is no agreements\.export\.Exporter"):
        export(agreement, "odd")
    assert export(agreement, "json").text.startswith("{")  # ours, not theirs
    assert [trouble.partition(" of ")[0] for trouble in package.troubles()] == [
        "The format 'lost'",
        "The format 'json'",
    ]


def test_other_packages_are_looked_up_only_for_a_name_that_is_not_ours(package):
    assert isinstance(package["html"], Exporter)
    assert "html" in package
    assert "others" not in vars(package)
    assert "nonesuch" not in package
    assert "others" in vars(package)


def test_names_make_a_phrase():
    assert phrase(("a", "b", "c"), "b") == "a, b (default) or c"
    assert phrase(("a",)) == "a"


LAZY = ["agreements", *(f"agreements.{room}" for room in ("repository", "drafting", "word", "reading", "classifying"))]


@pytest.mark.parametrize("name", LAZY)
def test_a_lazy_package_gives_every_name_that_it_declares(name):
    package = import_module(name)
    declared = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(Path(package.__file__).read_text(encoding="utf-8")))
        if isinstance(node, ast.If)
        for line in node.body
        for alias in line.names
    }
    assert declared <= set(package.__all__) <= set(dir(package))
    assert all(getattr(package, each) is not None for each in package.__all__)
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = package.nonesuch


def test_a_name_that_is_also_its_modules_is_the_thing():
    script = "from agreements import classifying as c; _ = c.Assigned; print(type(c.classify).__name__)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "function"


def test_the_page_on_formats_lists_those_of_the_register():
    page = (Path(__file__).parents[1] / "docs" / "word.md").read_text(encoding="utf-8")
    listed = page.partition("`agreements export ID --to FORMAT` writes")[2].partition(";")[0]
    assert re.findall(r"`(\w+)`", listed) == list(registry.FORMATS.own)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("search --engine wh", ["whoosh"]),
        ("export x --to mark", ["markdown"]),
        ("list --family so", ["sofa"]),
        ("search --topic claims_g", ["claims_government"]),
        ("neg", ["negotiation"]),
    ],
)
def test_the_shell_completes_names(typed, names):
    words = f"agreements {typed}"
    done = subprocess.run(
        [sys.executable, "-m", "agreements"],
        env={
            **os.environ,
            "_AGREEMENTS_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line.partition(",")[2] for line in done.stdout.splitlines()] == names


def test_a_check_of_another_package_that_fails_is_a_finding(tmp_path, monkeypatch):
    info = tmp_path / "annexb-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: annexb\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        "[agreements.checks]\ngone = annexb_checks:gone\nfails = annexb_checks:fails\nodd = annexb_checks:odd\n",
        encoding="utf-8",
    )
    (tmp_path / "annexb_checks.py").write_text(
        "def fails(agreement):\n    return 1 / 0\n\ndef odd(agreement):\n    return ['words']\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    fresh = Register("check", *registry.CHECKS.own.values(), home="agreements.checks", group="agreements.checks")
    monkeypatch.setattr("agreements.checks.CHECKS", fresh)
    found = [f for f in check(samples.visiting_forces()) if f.code == "check-not-run"]
    assert len(found) == 3
    assert all("annexb 1.0" in f.message and f.severity == "warning" for f in found)
    assert any("ZeroDivisionError" in f.message for f in found)
    sys.modules.pop("annexb_checks", None)


def test_a_reader_of_another_package_reads_its_suffix(tmp_path, monkeypatch):
    info = tmp_path / "annexc-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: annexc\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        "[agreements.readers]\nnotes = annexc_reader\ngone = annexc_gone\n", encoding="utf-8"
    )
    (tmp_path / "annexc_reader.py").write_text(
        "from agreements.reading.text import from_text\n\nSUFFIXES = ('.note',)\n\n"
        "def read(source):\n    return from_text(source.data.decode()[::-1], name=source.name, sha256=source.sha256)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    fresh = Register(
        "format to read", *registry.READERS.own.values(), home="agreements.reading", group="agreements.readers"
    )
    for module in ("readers", "source"):
        monkeypatch.setattr(f"agreements.reading.{module}.READERS", fresh)
    source._added.cache_clear()
    (tmp_path / "a.note").write_text(".eerga seitraP ehT", encoding="utf-8")
    (tmp_path / "a.odd").write_text("The Parties agree.", encoding="utf-8")
    try:
        assert [line.text for line in read(tmp_path / "a.note").lines] == ["The Parties agree."]
        assert source.is_document(tmp_path / "a.note")
        (told,) = read(tmp_path / "a.odd").findings
        assert (told.code, "annexc 1.0" in told.message) == ("reader-not-loaded", True)
    finally:
        source._added.cache_clear()
        sys.modules.pop("annexc_reader", None)
