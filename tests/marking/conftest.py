"""The makers of small files are those of the readers' tests."""

from tests.reading.conftest import pdf, word

__all__ = ["pdf", "word"]
