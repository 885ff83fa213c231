"""A long text in parts: every provision stands in one of them, whole articles together, references lead over."""

import re

import pytest

from agreements.export import html_texts, text_parts
from agreements.model import Agreement, Document, Mark, Provision
from agreements.reference import numbered_place, places

_ANCHOR = re.compile(r'<(?!article)\w+[^>]* id="([^"]+)"')


_WORDS = "The ship is moored at the quay that the Parties name." * 3


def _nested(kinds: tuple[str, ...], count: int) -> tuple[Provision, ...]:
    """Return provisions of the first of `kinds`, each of which holds some of the next."""
    if not kinds:
        return ()
    made = (
        Provision.model_validate({"kind": kinds[0], "number": f"{n}", "text": _WORDS, "children": below})
        for n in range(1, count + 1)
        for below in [_nested(kinds[1:], n % 4 + 1)]
    )
    return tuple(made)


def _made() -> Agreement:
    documents = (
        Document(provisions=_nested(("part", "article", "paragraph", "subparagraph"), 5)),
        Document(role="annex", number="A", title="Berths", provisions=_nested(("article", "paragraph"), 4)),
        Document(role="annex", number="B", provisions=_nested(("paragraph", "subparagraph"), 9)),
    )
    return Agreement(id="x", documents=documents)


@pytest.mark.parametrize("most", [1_500, 6_000, 30_000])
def test_the_parts_together_are_the_text(most: int) -> None:
    agreement = _made()
    whole = "".join(text.html for text in html_texts(agreement, address="./"))
    parts = text_parts(agreement, most)
    shown = ["".join(t.html for t in html_texts(agreement, address="./", part=part)) for part in parts]
    assert len(parts) > 1
    assert [anchor for html in shown for anchor in _ANCHOR.findall(html)] == _ANCHOR.findall(whole)
    assert max(len(html) for html in shown) < 1.5 * most + 1_000


def test_an_article_that_fits_is_not_torn() -> None:
    agreement = _made()
    rows = list(places(agreement))
    starts = [rows[part.start] for part in text_parts(agreement, 6_000)]
    torn = [place.path for place in starts if place.provision.kind not in ("part", "article")]
    assert torn
    assert all(path.startswith("annex-b") for path in torn)  # that annex has no articles


def test_a_short_text_has_one_part() -> None:
    agreement = _made()
    (part,) = text_parts(agreement, 10_000_000)
    assert html_texts(agreement, part=part) == html_texts(agreement)


def test_what_is_parted_keeps_its_indent_and_its_references() -> None:
    paragraphs = [Provision(kind="paragraph", number=f"{n}.", text=_WORDS) for n in range(1, 9)]
    marked = Provision(
        kind="paragraph", number="9.", text="See 1.1.", marks=(Mark(start=4, end=7, kind="reference", target="1.1"),)
    )
    article = Provision(kind="article", number="1", children=(*paragraphs, marked))
    agreement = Agreement(id="x", documents=(Document(provisions=(article,)),))
    parts = text_parts(agreement, 1_000)
    assert len(parts) > 2
    (last,) = html_texts(agreement, address="./", query="?as_of=1990", part=parts[-1])
    assert '<a href="./1.1?as_of=1990#1.1">1.1</a>' in last.html
    assert "<h3" not in last.html


def test_places_can_be_asked_for_by_number() -> None:
    agreement = _made()
    rows = list(places(agreement))
    assert list(places(agreement, 7, 19)) == rows[7:19]
    assert list(places(agreement, len(rows) - 1)) == rows[-1:]
    assert [numbered_place(agreement, row.path) for row in rows] == list(enumerate(rows))
    assert numbered_place(agreement, "no-such") is None
