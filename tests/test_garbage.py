"""How often garbage is looked for while documents are read."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from agreements.garbage import collecting_rarely

USUAL = (700, 10, 10)


@pytest.fixture(autouse=True)
def _usual_thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


def test_the_callers_process_is_as_it_was_after_an_import() -> None:
    with collecting_rarely():
        assert gc.get_threshold()[0] > USUAL[0]
    assert gc.get_threshold() == USUAL


def test_it_is_also_after_an_error() -> None:
    with pytest.raises(ValueError, match="x"), collecting_rarely():
        raise ValueError("x")
    assert gc.get_threshold() == USUAL


def test_it_is_also_after_blocks_of_two_threads_that_end_in_the_order_in_which_they_began() -> None:
    first, second = ExitStack(), ExitStack()
    first.enter_context(collecting_rarely())
    second.enter_context(collecting_rarely())
    first.close()
    assert gc.get_threshold()[0] > USUAL[0]
    second.close()
    assert gc.get_threshold() == USUAL
