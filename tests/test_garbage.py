"""How often garbage is looked for while documents are read."""

import gc

import pytest

from agreements.garbage import collecting_rarely


def test_the_callers_process_is_as_it_was_after_an_import() -> None:
    before = gc.get_threshold()
    with collecting_rarely():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before


def test_it_is_also_after_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="x"), collecting_rarely():
        raise ValueError("x")
    assert gc.get_threshold() == before
