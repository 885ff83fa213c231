"""The hidden marks of a file: unlike each other, alike from round to round, and without a meaning of their own."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.bookmarks import draft_tag, is_mark, provision_marks, tag_of
from agreements.model import Agreement, Document, Provision
from tests.word import samples

IDS = st.one_of(st.none(), st.sampled_from(["claims", "claims.waiver", "entry", "a"]))


def provisions(depth: int = 2) -> st.SearchStrategy[Provision]:
    children = provisions(depth - 1) if depth else st.nothing()
    return st.builds(
        lambda own, below: Provision(kind="text", text="words", id=own, children=tuple(below)),
        IDS,
        st.lists(children, max_size=3) if depth else st.just([]),
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(provisions(), max_size=4), min_size=1, max_size=3), st.text(max_size=8))
def test_every_provision_has_a_mark_of_its_own_whatever_its_id(rows: list[list[Provision]], key: str) -> None:
    agreement = Agreement(id="x", documents=tuple(Document(provisions=tuple(row)) for row in rows))
    marks = [mark for row in provision_marks(agreement, key) for mark in row]
    assert len(marks) == len(set(marks)) == sum(1 for d in agreement.documents for _ in d.walk())
    assert all(is_mark(mark) and tag_of(mark) == draft_tag(key or "x") for mark in marks)


def test_a_key_keeps_the_marks_when_other_clauses_come_and_go() -> None:
    named = [Provision(kind="article", number=str(n), id=name) for n, name in enumerate("abc", 1)]
    whole, less = (Agreement(id="x", documents=(Document(provisions=tuple(p)),)) for p in (named, named[1:]))
    assert provision_marks(whole, "key")[0][1:] == provision_marks(less, "key")[0]
    assert not set(provision_marks(whole, "key")[0]) & set(provision_marks(whole, "other")[0])


def test_a_precedent_has_marks_by_its_id() -> None:
    one = samples.visiting_forces()
    other = one.model_copy(update={"id": "another"})
    assert provision_marks(one, "") == provision_marks(one, "")
    assert provision_marks(one, "") != provision_marks(other, "")


def test_names_that_are_no_marks() -> None:
    for name in ("_Toc123456789", "_Ref100000001", "_GoBack", "_x123", "claims", "_xABCDEFGHIJKLMNO", ""):
        assert not is_mark(name)
