"""`benchmarks/wild.py` on files of our own: it passes what is right, and sees a redline that is not."""

import importlib
from pathlib import Path

import pytest

from agreements import word
from tests.ooxml.building import cell, p, row, sdt, table, word_file

_BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
_OPTIONS = word.RedlineOptions(author="Varnian side", date="2026-11-22")


@pytest.fixture
def wild(monkeypatch):
    monkeypatch.syspath_prepend(str(_BENCHMARKS))
    return {each: importlib.import_module(each) for each in ("word_mutations", "word_judges")}


def file(words="The host provides water."):
    cells = row(cell(p("Annual fee")), cell(sdt(p("forty crowns"))))
    return word_file(f"{p('Purpose')}{p(words)}{p('Each Party bears its costs.')}{table(cells, cells)}")


def judged(wild, monkeypatch, *files):
    """The verdict of the flattener alone: pandoc is not installed everywhere."""
    monkeypatch.setattr(wild["word_judges"], "pandoc", lambda *_: ())
    return wild["word_judges"].judge(*files)


def test_a_right_redline_is_right(wild, monkeypatch):
    a, b = file(), file("The host provides water and power.")
    made = word.redline(a, b, _OPTIONS).content
    assert judged(wild, monkeypatch, a, b, made).wrong == []
    assert wild["word_judges"].marked(made) == ("", " and power")


@pytest.mark.parametrize("side", [0, 1])
def test_a_planted_wrong_redline_is_seen(wild, monkeypatch, side):
    a, b = file(), file("The host provides water and power.")
    wrong = [a, b]
    wrong[side] = file("The host provides water, power and roads.")
    made = word.redline(*wrong, _OPTIONS).content
    (said,) = judged(wild, monkeypatch, a, b, made).wrong
    assert ("rejected" if side == 0 else "accepted") in said


def test_a_change_in_one_cell_that_is_not_tracked_is_seen(wild, monkeypatch):
    a = file()
    b, mutation = next(
        made
        for seed in range(500)
        if (made := wild["word_mutations"].mutate(a, str(seed))) and made[1].kind == "word replaced in control"
    )
    verdict = judged(wild, monkeypatch, a, b, word.redline(a, a, _OPTIONS).content)
    assert mutation.gone in ("forty", "crowns")
    assert len(verdict.wrong) == 1


def test_a_seed_makes_the_same_change_again_and_says_what_it_is(wild):
    mutate = wild["word_mutations"].mutate
    kinds = set()
    for seed in range(60):
        changed, mutation = mutate(file(), str(seed))
        assert (changed, mutation) == mutate(file(), str(seed))
        assert wild["word_judges"].flat(changed, "accept") != wild["word_judges"].flat(file(), "accept") or (
            mutation.kind.startswith(("paragraph", "cells"))
        )
        kinds.add(mutation.kind)
    assert len(kinds) > 8
