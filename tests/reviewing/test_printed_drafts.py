"""Drafts of ours that LibreOffice printed to PDF are read back to the same tree, and a review of them shows nothing.

`AGREEMENTS_DRAWN` says how many drafts are drawn, `AGREEMENTS_DRAWN_SEED` from which beginning; printing takes seconds,
so that few are drawn as a rule. `benchmarks/printed.py` prints all examples and says what differs in each.
"""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from agreements.libreoffice import converter

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = converter()
DRAWN = int(os.environ.get("AGREEMENTS_DRAWN", "4"))
SEED = os.environ.get("AGREEMENTS_DRAWN_SEED", "1")


@pytest.fixture(scope="module")
def printed():
    """The script that prints drafts and reads them back."""
    spec = importlib.util.spec_from_file_location("printed", ROOT / "benchmarks" / "printed.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["printed"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
def test_drafts_printed_to_pdf_are_read_back_to_the_same_tree(printed, tmp_path):
    files = printed.drawn(tmp_path, DRAWN, SEED)
    examples = ("dca-amendment", "facilities-annex-change", "dca-joint-statement")
    files += [path for name in examples for path in printed.examples(tmp_path, name)]
    printed.printed(PROGRAM, files, tmp_path)
    for file in files:
        found = printed.read_back(file, file.with_suffix(".pdf"))
        assert (found.shown, found.apart) == ((), ()), f"AGREEMENTS_DRAWN_SEED={SEED}: {file.name}"


def test_a_draft_that_reads_otherwise_is_told(printed, tmp_path):
    """What the property rests on: another text beside the Word file is shown and apart."""
    file = printed.examples(tmp_path, "transit-memorandum")[0]
    other = printed.examples(tmp_path, "transit-memorandum")[1]
    found = printed.read_back(file, other)
    assert found.apart
