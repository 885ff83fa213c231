import json

from agreements.export import view
from agreements.findings import warning
from agreements.model import Agreement, Document, EntryIntoForce, Party, Provision, Signing
from agreements.reference import places, resolve
from tests.word import samples


def paths_of(node):
    yield node["path"]
    for child in node["children"]:
        yield from paths_of(child)


def test_every_provision_has_its_path():
    agreement = samples.visiting_forces()
    shown = view.shown(agreement)
    paths = [p for d in shown["documents"] for provision in d["provisions"] for p in paths_of(provision)]
    assert paths == [place.path for place in places(agreement)]
    assert "II.1.b" in paths
    assert "annex-a.2.1" in paths


def test_the_same_provision_twice_has_two_paths():
    twice = Provision(kind="paragraph", number="1.", text="Words.")
    shown = view.shown(Agreement(id="twice", documents=(Document(provisions=(twice, twice)),)))
    assert [p["path"] for p in shown["documents"][0]["provisions"]] == ["1", "1~2"]


def test_facts_that_were_not_established_are_null_or_empty():
    shown = view.shown(Agreement(id="bare"))
    assert shown["entry_into_force"] is None
    assert shown["termination_notice_months"] is None
    assert shown["parties"] == shown["signings"] == shown["documents"] == []


def test_the_contract_of_parse():
    agreement = Agreement(
        id="x",
        title="Title",
        parties=(Party(code="VAL", name="Republic of Valdoria"),),
        signings=(Signing(date="2026-03-01", place="Port Tamar"),),
        entry_into_force=EntryIntoForce(date="2026-04", formula="1"),
        documents=(Document(provisions=(Provision(kind="text", text="Words."),)),),
    )
    shown = view.parsed(agreement, [warning("odd", "p1", "Something is odd.")])
    assert json.loads(json.dumps(shown)) == shown
    assert shown["parties"][0]["code"] == "VAL"
    assert shown["signings"] == [{"date": "2026-03-01", "place": "Port Tamar"}]
    assert shown["entry_into_force"]["date"] == "2026-04"
    assert shown["findings"] == [{"code": "odd", "severity": "warning", "where": "p1", "message": "Something is odd."}]
    (document,) = shown["documents"]
    assert set(document) == {"role", "language", "number", "title", "provisions"}
    assert document["provisions"] == [
        {"kind": "text", "number": None, "heading": None, "text": "Words.", "path": "p1", "children": []}
    ]


def test_one_place_with_what_identifies_it():
    agreement = samples.visiting_forces()
    shown = view.shown(agreement, resolve(agreement, "II.1"))
    assert shown["ref"] == "val-tam-2026#II.1"
    assert shown["document"]["role"] == "main"
    assert list(paths_of(shown["provision"])) == ["II.1", "II.1.a", "II.1.b", "II.1.p2"]


def test_marks_are_told_where_there_are_any():
    agreement = samples.visiting_forces()
    shown = view.shown(agreement, resolve(agreement, "III"))["provision"]
    assert [m["target"] for m in shown["marks"]] == ["II.2", "IV"]
    assert "marks" not in view.shown(agreement, resolve(agreement, "V"))["provision"]
