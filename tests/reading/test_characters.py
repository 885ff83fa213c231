"""Encodings and the canonical line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.reading.characters import canonical, decode, newlines

TEXT = "Article 1 – “Status” of Forces; café, Türkiye, 日本"
WESTERN = "“Status” – café"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised_with_and_without_byte_order_mark(encoding: str) -> None:
    text = TEXT if encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32") else "The Parties agree on Article 1."
    assert decode(text.encode(encoding)).text == text


def test_windows_text_is_read_and_named() -> None:
    decoded = decode(WESTERN.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (WESTERN, "cp1252")


def test_stray_bytes_in_utf8_are_kept_and_counted() -> None:
    decoded = decode((WESTERN * 3).encode() + b" \x93quoted\x94")
    assert decoded.text == WESTERN * 3 + " “quoted”"
    assert decoded.repaired == 2


@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text.encode("utf-8", "surrogatepass") is not None
    assert not re.search(r"[\udc80-\udcff]", decoded.text)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("  a \n\t b  ", "a b", "breaks and runs of blanks are one blank"),
        ("10\u00a0October", "10\u00a0October", "a fixed blank is a printed character"),
        ("\u00a0a\u00a0", "a", "but not at the edges"),
        ("a\x00b\x07c\ufeff", "abc", "control characters are not words"),
        ("a\u2028b\x85c", "a b c", "every line separator ends a line"),
        ("a \x01 b", "a b", "what a control character held apart is apart once"),
    ],
)
def test_canonical(text: str, expected: str, why: str) -> None:
    assert canonical(text) == expected, why


@given(st.text())
def test_canonical_is_what_the_model_accepts_and_stays(text: str) -> None:
    line = canonical(text)
    assert not re.search(r"^\s|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", line)
    assert canonical(line) == line
    assert "".join(line.split()) == "".join(canonical(c) for c in text if not c.isspace())


def test_form_feeds_stay_where_newlines_are_made_alike() -> None:
    assert newlines("a\r\nb\rc\fd\u2028e") == "a\nb\nc\fd\ne"
