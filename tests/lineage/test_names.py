"""An index of names looks at few agreements, and finds what looking at all of them would find."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.lineage import names
from agreements.lineage.names import NameIndex
from agreements.model import Agreement, Party, Signing
from agreements.repository import Facts, Repository

_STATES = {"NOR": "Norway", "CHL": "Chile", "DEU": "Germany", "PRT": "Portugal"}
_KINDS = ("Agreement", "Protocol", "Memorandum of Understanding", "Protocol amending the Agreement")
_MATTERS = ("on Visiting Forces", "on Lanterns", "concerning Harbour Dues and Lanterns", "")
_DAYS = ("1970-05-04", "1970-11-30", "1971", "1990-02-01")
_SHORT = ("", "Lantern Pact", "LDA")

codes = st.lists(st.sampled_from(sorted(_STATES)), max_size=2, unique=True)


@st.composite
def title(draw: st.DrawFn) -> str:
    parties = " and ".join(_STATES[code] for code in draw(codes))
    words = [draw(st.sampled_from(_KINDS)), f"between {parties}" if parties else "", draw(st.sampled_from(_MATTERS))]
    return " ".join(filter(None, words))


@st.composite
def facts(draw: st.DrawFn, number: int) -> Facts:
    return Facts(
        id=f"a-{number}",
        title=draw(st.one_of(title(), st.just(""))),
        short_title=draw(st.sampled_from(_SHORT)),
        parties=tuple(draw(codes)),
        signed=tuple(draw(st.lists(st.sampled_from(_DAYS), max_size=2))),
        in_force=draw(st.sampled_from(("", "1971-01-01"))),
        citations=tuple(draw(st.lists(st.sampled_from(("TIAS 1234", "12 UST 34")), max_size=1))),
    )


@st.composite
def name(draw: st.DrawFn) -> str:
    ends = ("", " of 4 May 1970", " signed on 1 February 1990", " of 1971", ", TIAS 1234")
    return draw(st.one_of(st.sampled_from(_SHORT[1:]), title())) + draw(st.sampled_from(ends))


@settings(max_examples=200, deadline=None)
@given(st.data(), name(), codes)
def test_what_is_not_looked_at_would_not_be_found(data: st.DataObject, said: str, citing: list[str]) -> None:
    every = [data.draw(facts(number)) for number in range(6)]
    who = Facts(id="citing", parties=tuple(citing))
    found = NameIndex({row.id: row for row in every}).find(said, who)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(names._KnownAgreements, "that_may_be", lambda known, *_: iter(known._every))
        assert NameIndex({row.id: row for row in every}).find(said, who) == found


def test_what_titles_say_is_kept_until_a_title_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path)
    parties = (Party(code="NOR", name="Norway"), Party(code="CHL", name="Chile"))
    pact = Agreement(
        id="pact-1970",
        title="Agreement between Norway and Chile on Lanterns",
        parties=parties,
        signings=(Signing(date="1970-05-04"),),
    )
    repository.add(pact)
    asked = "Agreement between Norway and Chile on Lanterns of 4 May 1970"
    citing = Facts(id="citing")
    assert NameIndex.of(Repository(tmp_path)).find(asked, citing)[0] == ("pact-1970",)
    monkeypatch.setattr(names, "_named_row", lambda *_: pytest.fail("worked out again"))
    assert NameIndex.of(Repository(tmp_path)).find(asked, citing)[0] == ("pact-1970",)
    monkeypatch.undo()
    repository.replace(pact.model_copy(update={"title": "Agreement between Norway and Chile on Harbour Dues"}))
    assert NameIndex.of(Repository(tmp_path)).find(asked, citing) == ((), ())


def test_parties_that_the_title_alone_names_count() -> None:
    held = Facts(id="lanterns-1970", title="Agreement between Norway and Chile on Lanterns")
    asked = "Agreement between Norway and Chile on Lanterns"
    assert NameIndex({held.id: held}).find(asked, Facts(id="citing")) == (("lanterns-1970",), ())
