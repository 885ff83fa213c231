"""Hypothesis strategies for documents whose words look like the text form's own markers."""

from typing import get_args

from hypothesis import strategies as st
from pydantic import ValidationError

from agreements.model import Document, Mark, MarkKind, Provision, ProvisionKind

_LOOKS_LIKE_MARKUP = [
    *("1. x", "(a)", "## Article I: x", "{text}", "**a** b", "\\", "[x](reference:y)", "# Annex A: b", "Annex A"),
    *("## /", "{=} q", "#.", "i.", "[", "]", "a)", "Article VII:", ": x", "{main}", "{", "I. A", "Annex: ", "Article"),
]


def _is_canonical(text: str) -> bool:
    try:
        Provision(kind="text", text=text)
    except ValidationError:
        return False
    return True


words = (st.sampled_from(_LOOKS_LIKE_MARKUP) | st.text(max_size=12)).filter(_is_canonical)
numbers = (
    st.none() | st.sampled_from(["1.", "(a)", "VII", "#", "#.", "1.2", "§ 4", "VII bis", "x:y"]) | words.filter(bool)
)
_ids = st.none() | st.from_regex(r"[A-Za-z0-9][\w.:-]{0,8}", fullmatch=True)


@st.composite
def _provision(draw: st.DrawFn, children: st.SearchStrategy[list[Provision]]) -> Provision:
    text = draw(words)
    marks: list[Mark] = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        mark = Mark(start=start, end=end, kind=draw(st.sampled_from(get_args(MarkKind))), target=draw(words))
        try:
            Provision(kind="text", text=text, marks=(*marks, mark))
        except ValidationError:  # it would cross another mark
            continue
        marks.append(mark)
    return Provision(
        kind=draw(st.sampled_from(get_args(ProvisionKind))),
        number=draw(numbers),
        heading=draw(st.none() | words),
        text=text,
        marks=tuple(marks),
        id=draw(_ids),
        label=draw(numbers),
        children=tuple(draw(children)),
    )


provisions = st.recursive(_provision(st.just([])), lambda inner: _provision(st.lists(inner, max_size=3)), max_leaves=8)
documents = st.builds(
    Document,
    role=st.sampled_from(["main", "annex", "side-letter"]),
    number=numbers,
    title=st.none() | words,
    provisions=st.lists(provisions, max_size=3).map(tuple),
)
