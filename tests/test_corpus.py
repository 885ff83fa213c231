"""The corpus that ships: facts of real agreements, whole, sober and without a text."""

import csv
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from agreements.families import FAMILIES
from agreements.model import Agreement
from agreements.repository import Repository
from agreements.resources import shipped
from agreements.states import name_of

OFFICIAL = (
    "state.gov", "defense.gov", "loc.gov", "judiciary.gov.ph", "regjeringen.no", "um.fi", "gov.pl", "aph.gov.au",
    "corteconstitucional.gov.co", "mofa.go.jp", "mofa.go.kr",
)  # fmt: skip
_INVERSE = {"amends": "amended-by", "supersedes": "superseded-by", "extends": "extended-by"}


@pytest.fixture(scope="module")
def corpus() -> dict[str, Agreement]:
    repository = Repository(shipped("corpus"))
    agreements = [a for a in repository.each() if isinstance(a, Agreement)]
    assert len(agreements) == len(repository.ids())
    return {a.id: a for a in agreements if a.standing == "agreement"}


def test_all_agreements_of_the_reference_list_are_there(corpus: dict[str, Agreement]) -> None:
    assert len(corpus) == 119
    assert not any(a.text_held for a in corpus.values())


def test_parties_are_codes_and_families_are_known(corpus: dict[str, Agreement]) -> None:
    for agreement in corpus.values():
        assert agreement.family in FAMILIES, agreement.id
        codes = {p.code for p in agreement.parties}
        assert len(codes) >= 2, agreement.id
        assert "USA" in codes, agreement.id
        assert all(name_of(code) == party.name for party in agreement.parties for code in [party.code])


def test_a_status_says_as_of_when_and_by_whom(corpus: dict[str, Agreement]) -> None:
    for agreement in corpus.values():
        assert agreement.status.as_of, agreement.id
        assert agreement.status.basis, agreement.id
        assert agreement.confidence, agreement.id
        assert agreement.status.value != "unknown" or agreement.status.note, agreement.id


def test_sources_are_official_addresses_only(corpus: dict[str, Agreement]) -> None:
    for agreement in corpus.values():
        for source in agreement.sources:
            url = urlsplit(source.address)
            assert url.scheme == "https"
            assert url.hostname
            assert url.hostname.removeprefix("www.").endswith(OFFICIAL), source.address


def test_relations_lead_to_agreements_and_back(corpus: dict[str, Agreement]) -> None:
    for agreement in corpus.values():
        for relation in agreement.relations:
            assert bool(relation.target) != bool(relation.title), agreement.id
            if relation.target:
                there = corpus[relation.target].relations
                back = _INVERSE.get(relation.kind)
                assert back is None or any((r.kind, r.target) == (back, agreement.id) for r in there)


@pytest.mark.parametrize(
    ("agreement_id", "code"),
    [
        ("nato-sofa-1951", "EST"),  # a member that joined later is found by its code
        ("pfp-sofa-1995", "SWE"),
        ("de-supp-1959", "NLD"),  # not bilateral, though its partner is usually called Germany
        ("eu-acsa-2016", "EU"),
        ("kr-sofa-1966", "KOR"),
    ],
)
def test_parties_are_found_by_code(corpus: dict[str, Agreement], agreement_id: str, code: str) -> None:
    assert code in {p.code for p in corpus[agreement_id].parties}


def test_membership_of_the_nato_sofa_is_dated_with_its_basis(corpus: dict[str, Agreement]) -> None:
    sofa = corpus["nato-sofa-1951"]
    assert all(p.since for p in sofa.parties)
    assert any("membership" in note for note in sofa.notes)


def test_wanted_says_what_to_look_for_and_where_officially(corpus: dict[str, Agreement]) -> None:
    wanted = {w.id: w for w in Repository(shipped("corpus")).wanted()}
    assert wanted.keys() >= corpus.keys()
    assert all(w.look_for and w.where for w in wanted.values())
    sofa = wanted["nato-sofa-1951"]
    assert "TIAS 2846" in sofa.look_for
    assert any("treaties.un.org" in place for place in sofa.where)
    assert any("state.gov" in place for place in wanted["ph-edca-am-2016"].where)


def test_facts_are_those_of_the_reference_list(corpus: dict[str, Agreement], shared: Path) -> None:
    path = shared / "domain" / "catalog.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        listed = {row["id"]: row for row in csv.DictReader(rows)}
    assert corpus.keys() == listed.keys()
    for agreement_id, row in listed.items():
        agreement = corpus[agreement_id]
        cited = "; ".join(c.text for c in agreement.citations)
        assert cited == row["citation"]
        assert agreement.confidence is not None
        assert agreement.confidence[0].upper() == row["confidence"]
        assert row["date_signed"] in {s.date or "" for s in agreement.signings} or not row["date_signed"]
        assert (agreement.entry_into_force.date if agreement.entry_into_force else "") == row["entry_into_force"]
        if row["citation_unconfirmed"]:
            assert row["citation_unconfirmed"] not in agreement.model_dump_json()
