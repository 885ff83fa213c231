"""Fixtures for all tests."""

import gc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is slow at times: what a property says of our code must not hang on the clock.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_finish() -> None:
    """Look for garbage rarely: tests and package live to the end (a fifteenth of the time of two rooms)."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real treaties, fixtures and labels beside the checkout; tests that need it skip without it."""
    if not _SHARED.is_dir():
        pytest.skip("the folder ../shared with real treaties is not here")
    return _SHARED
