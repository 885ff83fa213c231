"""The tour walks the whole way and leaves behind what it says."""

import json
import os
from pathlib import Path

import pytest

from agreements import library
from agreements.errors import RepositoryError
from agreements.resources import shipped
from tests.commands.test_commands import run


def test_the_tour_seeds_searches_drafts_and_reads_back(tmp_path: Path) -> None:
    told: list[str] = []
    begun = os.times()
    tour = library.tour(tmp_path / "tour", tell=told.append)
    took = os.times()
    specimens = list((shipped("corpus") / "specimens" / "params").glob("*.yaml"))
    assert tour.agreements == tour.facts_only + len(specimens)
    assert tour.hits
    assert all(hit.standing == "specimen" for hit in tour.hits)
    assert tour.precedent
    assert all(file.stat().st_size > 10_000 for file in tour.originals)
    assert tour.originals[0].read_bytes() != tour.originals[1].read_bytes()
    assert len(told) == 4
    # The promise of the guide, in seconds of processor, which other work on the machine does not stretch.
    assert sum(took[:4]) - sum(begun[:4]) < 20
    # the draft is in the repository and is no precedent
    ours = library.search(tour.repository, "agreed facilities", drafts=True)
    assert tour.read_back in {hit.agreement for hit in ours.hits}
    plain = library.search(tour.repository, "agreed facilities")
    assert tour.read_back not in {hit.agreement for hit in plain.hits}


def test_the_tour_does_not_touch_a_folder_with_other_things(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RepositoryError, match="not empty"):
        library.tour(tmp_path, tell=print)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_the_tour_speaks_json_and_fits_eighty_columns(tmp_path: Path) -> None:
    done = run("--json", "tour", tmp_path / "one")
    assert json.loads(done.stdout)["facts_only"] > 100
    shown = run("tour", tmp_path / "two").stdout
    long = [line for line in shown.splitlines() if len(line) > 80 and str(tmp_path) not in line]
    assert not long
    assert "Now type" in shown
