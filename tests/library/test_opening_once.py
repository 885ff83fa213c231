"""The verbs over Word files open each file once, and read none a second time for nothing."""

from collections import Counter

import pytest

from agreements import library
from agreements.ooxml.package import Package
from agreements.reading import word as reader
from tests.word import editing

OURS = ("Article 1. Words of the first kind.", "Article 2. Words of a second kind.", "Article 3. Words that follow.")
THEIRS = (OURS[0], "Article 2. An article that they put in.", *OURS[1:])


@pytest.fixture
def files(tmp_path):
    paths = []
    for name, texts in (("ours.docx", OURS), ("theirs.docx", THEIRS)):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(editing.foreign(*texts))
    return paths


@pytest.fixture
def opened(monkeypatch):
    """How often each content was unpacked as a package."""
    counted = Counter()
    real = Package._opened

    def counting(name, content):
        counted[content] += 1
        return real(name, content)

    monkeypatch.setattr(Package, "_opened", counting)
    return counted


@pytest.fixture
def read(monkeypatch):
    """How often each file was turned into blocks."""
    counted = Counter()
    real = reader.read

    def counting(source):
        counted[source.sha256] += 1
        return real(source)

    monkeypatch.setattr(reader, "read", counting)
    return counted


def test_a_comparison_and_its_redline_open_a_file_once_each(files, opened, tmp_path):
    found = library.compare(None, *map(str, files))
    assert set(opened.values()) == {1}
    library.redline(found, tmp_path / "redline.docx", author="Us", date="2026-11-20")
    assert opened.pop(files[0].read_bytes()) == opened.pop(files[1].read_bytes()) == 2  # once for each verb
    assert set(opened.values()) <= {1}


def test_a_review_opens_a_file_once(files, opened):
    assert library.review(*files).untracked
    assert set(opened.values()) == {1}


def test_the_list_of_changes_opens_a_file_once(files, opened):
    library.read_changes(files[0])
    assert set(opened.values()) == {1}


@pytest.mark.parametrize("verb", [lambda a, b: library.compare(None, str(a), str(b)), library.review])
def test_a_file_of_another_hand_is_read_once_though_articles_came_and_went(files, read, verb):
    verb(*files)
    assert set(read.values()) == {1}
