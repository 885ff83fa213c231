"""A short form of the campaign of `benchmarks/fire.py`: kills, a disk that refuses, files broken by hand."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from benchmarks import fire

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="acts run in forked processes")
def test_nothing_is_lost_and_every_break_is_named() -> None:
    seed = os.environ.get("FIRE_SEED", str(date.today().toordinal()))  # other blows and breaks every day
    blows = ["--kills", "2", "--errors", "1", "--broken", "2", "--seconds", "0", "--seed", seed]
    done = subprocess.run(  # by itself: forks of a process that has started others do not end well
        [sys.executable, "-W", "ignore", str(ROOT / "benchmarks" / "fire.py"), *blows],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"FIRE_SEED={seed} makes it again\n{done.stdout}{done.stderr}"
    assert "0 faults" in done.stdout
    assert "broken states" in done.stdout


def test_there_are_breaks_of_every_kind_and_strides_come_to_all() -> None:
    assert len(fire.BREAKS) >= 30
    assert len(fire.BREAKS) % 7
