"""Fixtures for all tests."""

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real treaties, fixtures and labels beside the checkout; tests that need it skip without it."""
    if not _SHARED.is_dir():
        pytest.skip("the folder ../shared with real treaties is not here")
    return _SHARED
