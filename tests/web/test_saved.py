"""A search is kept from its page, says what is new, and is forgotten; a text is saved in another form."""

import io
import zipfile
from pathlib import Path

import pytest

from agreements import library
from tests.web.conftest import TREATY, Asking, OpenWorkbench


@pytest.fixture
def own(open_workbench: OpenWorkbench, own_repository: Path) -> Asking:
    return open_workbench(own_repository)


def test_a_search_is_kept_with_its_filters_and_says_what_is_new(
    own: Asking, own_repository: Path, tmp_path: Path
) -> None:
    assert "Save this search" in own.get("/search?q=claims&specimens=1").text
    fields = {"name": "My claims", "note": "for Monday", "q": "claims", "specimens": "1", "family": "sofa"}
    kept = own.post_form("/search/save", fields)
    assert kept.headers["location"] == "/saved/my-claims"
    (saved,) = [each for each in library.saved_searches(own_repository) if each.name == "my-claims"]
    assert saved.query == "claims"
    assert saved.options == {"specimens": True, "family": ["sofa"]}
    assert "Nothing is new since last time." in own.get("/saved/my-claims").text
    assert "/saved/my-claims" in own.get("/desk/saved").text
    file = tmp_path / "karuzha-1999.txt"
    file.write_text(TREATY.replace("Valdoria", "Karuzha"), encoding="utf-8")
    library.import_files(own_repository, [file], family="sofa")
    page = own.get("/saved/my-claims").text
    assert "karuzha-1999#I" in page
    assert own.get("/saved/my-claims").text == page  # looking does not make it old
    own.post_form("/saved/my-claims/seen")
    assert "Nothing is new since last time." in own.get("/saved/my-claims").text
    own.post_form("/saved/my-claims/forget")
    assert own.get("/saved/my-claims").status_code == 404


def test_a_name_that_is_none_or_taken_and_a_marked_note_are_refused(own: Asking) -> None:
    assert own.post_form("/search/save", {"q": "claims"}).status_code == 400
    assert own.post_form("/search/save", {"q": "claims", "name": "waivers"}).status_code == 400
    marked = own.post_form("/search/save", {"q": "claims", "name": "spill", "note": "(S//NF) their canaryword"})
    assert marked.status_code == 422
    assert "canaryword" not in marked.text
    assert own.get("/saved/spill").status_code == 404


def test_a_text_is_saved_in_other_forms(client: Asking) -> None:
    word = client.get("/a/valdoria-tamaris-1999/export/docx")
    assert zipfile.is_zipfile(io.BytesIO(word.content))
    assert word.headers["content-disposition"] == 'attachment; filename="valdoria-tamaris-1999.docx"'
    for form in ("html", "markdown", "json", "akn"):
        sent = client.get(f"/a/valdoria-tamaris-1999/export/{form}")
        assert "Each Party waives its claims" in sent.text
        assert sent.headers["content-disposition"].startswith("attachment")
    assert client.get("/a/valdoria-tamaris-1999/export/exe").status_code == 404
    assert not [file for file in client.workbench.sessions.folder.rglob("*") if file.is_file()]
