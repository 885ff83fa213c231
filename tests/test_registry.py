"""The register: every row leads to its thing, other packages add theirs, and a broken one is told."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from agreements import registry
from agreements.errors import NotFoundError, PluginError
from agreements.export import Exporter, export
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
