"""Binders: kept in the person's order with notes; Word and Excel are those of the library; nothing is written over."""

from pathlib import Path

import pytest

from agreements import library
from agreements.errors import ChangedMeanwhileError, NotFoundError, QueryError
from tests.web.conftest import Asking, OpenWorkbench
from tests.web.test_tables import words_in

REFS = ["valdoria-tamaris-1999#I.2", "specimen-sofa-aurelia-sarnovia#15", "valdoria-tamaris-1999#I.2.a"]


@pytest.fixture
def client(open_workbench: OpenWorkbench, own_repository: Path) -> Asking:
    """A client at a workbench whose repository the test may write to."""
    return open_workbench(own_repository)


def filled(client: Asking) -> library.NamedBinder:
    """Make a binder of three provisions."""
    assert client.post_form("/binder", {"name": "claims", "title": "For the talks", "add": REFS}).status_code == 303
    return client.workbench.desk.named_binder("claims")


def test_a_binder_is_kept_in_its_order_with_notes(client: Asking) -> None:
    kept = filled(client)
    assert [item.ref for item in kept.items] == REFS
    notes = ["first <b>", "", "third"]
    data = {"state": kept.state, "title": "For the talks", "ref": REFS, "note": notes, "up": "2"}
    assert client.post_form("/binder/claims", data).headers["location"] == "/binder/claims#item-1"
    kept = client.workbench.desk.named_binder("claims")
    assert [(item.ref, item.note) for item in kept.items] == [(REFS[0], "first <b>"), (REFS[2], "third"), (REFS[1], "")]
    page = client.get("/binder/claims").text
    assert "first &lt;b&gt;" in page
    words = words_in(page)
    assert words.index("Claims of third parties") < words.index("where its members alone")
    assert "no precedents: 1 of these" in words
    refs, notes = [REFS[0], REFS[2], REFS[1]], ["first <b>", "third", ""]
    gone = client.post_form("/binder/claims", {"state": kept.state, "ref": refs, "note": notes, "drop": "0"})
    assert gone.status_code == 303
    assert [item.ref for item in client.workbench.desk.named_binder("claims").items] == refs[1:]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_files_of_a_binder_are_those_of_the_library(
    client: Asking, own_repository: Path, tmp_path: Path, kind: str
) -> None:
    kept = filled(client)
    notes = ["our first choice", "", ""]
    client.post_form("/binder/claims", {"state": kept.state, "title": "For the talks", "ref": REFS, "note": notes})
    target = tmp_path / f"claims.{kind}"
    assert library.write_binder(own_repository, "claims", target) == 3
    sent = client.get(f"/binder/claims/{kind}")
    assert sent.content == target.read_bytes()
    read = library.parse_file(target).agreement if kind == "docx" else None
    if read:
        text = " ".join(p.words() for d in read.documents for p in d.walk())
        assert "our first choice" in text
        assert "by half in other cases" in text
    assert client.get("/binder/claims/exe").status_code == 404


def test_nothing_is_written_over_and_nothing_wrong_is_kept(client: Asking, own_repository: Path) -> None:
    kept = filled(client)
    assert client.post_form("/binder/claims/add", {"add": "valdoria-tamaris-1999#II"}).status_code == 303
    stale = {"state": kept.state, "ref": REFS, "note": ["", "", ""]}
    assert client.post_form("/binder/claims", stale).status_code == 409
    assert client.post_form("/binder", {"name": "claims"}).status_code == 409
    assert len(client.workbench.desk.named_binder("claims").items) == 4
    now = client.workbench.desk.named_binder("claims").state
    for wrong, error in (
        ("valdoria-tamaris-1999#IX", NotFoundError),
        ("nothing-1999#I", NotFoundError),
        ("valdoria-tamaris-1999", QueryError),
    ):
        with pytest.raises(error):
            library.keep_binder(own_repository, "claims", [(wrong, "")], state=now)
    with pytest.raises(ChangedMeanwhileError):
        library.keep_binder(own_repository, "claims", [], state="old")
    for name in ("../x", ""):
        assert client.post_form("/binder", {"name": name}).status_code == 400
    marked = client.post_form("/binder", {"name": "other", "title": "TOP SECRET//NOFORN"})
    assert marked.status_code == 422
    assert [file.name for file in (own_repository / "binders").iterdir()] == ["claims.json"]


def test_a_provision_is_put_in_from_elsewhere(client: Asking) -> None:
    filled(client)
    page = client.get("/binder", params={"add": REFS[0]}).text
    assert "Put it in For the talks" in page
    assert "Begin a binder" in page
