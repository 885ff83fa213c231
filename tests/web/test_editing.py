"""An agreement edited in the browser: checked, refused without loss, and never over what another window wrote."""

import html
import re
from pathlib import Path

from agreements import library
from tests.web.conftest import Asking, OpenWorkbench

ADDRESS = "/a/valdoria-tamaris-1999/edit"


def _form(client: Asking) -> dict[str, str]:
    page = client.get(ADDRESS).text
    text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    expected = re.search(r'name="expected" value="([^"]+)"', page)
    assert text
    assert expected
    return {"do": "edit", "text": html.unescape(text[1]), "expected": expected[1]}


def test_two_windows_edit_one_agreement_and_nothing_is_lost(
    open_workbench: OpenWorkbench, own_repository: Path
) -> None:
    client = open_workbench(own_repository)
    first, second = _form(client), _form(client)
    first["text"] = first["text"].replace("by half in other cases", "by a third in other cases")
    second["text"] = second["text"].replace("five years", "ten years")
    done = client.post_form(ADDRESS, first)
    assert done.status_code == 303
    assert "Changed; the text before is in its history." in client.get(done.headers["location"]).text
    late = client.post_form(ADDRESS, second)
    assert late.status_code == 409
    assert "ten years" in late.text
    assert "by a third in other cases" in late.text
    held = library.get(own_repository, "valdoria-tamaris-1999").agreement
    words = " ".join(p.text for document in held.documents for p in document.walk())
    assert "by a third in other cases" in words
    assert "five years" in words
    again = _form(client)
    again["text"] = again["text"].replace("five years", "ten years")
    assert client.post_form(ADDRESS, again).status_code == 303


def test_what_cannot_be_read_comes_back_and_can_be_mended(open_workbench: OpenWorkbench, own_repository: Path) -> None:
    client = open_workbench(own_repository)
    form = _form(client)
    broken = {**form, "text": form["text"].replace("family:", "familly:", 1)}
    refused = client.post_form(ADDRESS, broken)
    assert refused.status_code == 422
    assert "familly:" in refused.text
    marked = client.post_form(ADDRESS, {**form, "text": form["text"] + "\n\n(S//NF) The canary-2b is moored.\n"})
    assert marked.status_code == 422
    assert "canary-2b" not in marked.text
    mended = form["text"].replace("five years", "six years")
    assert client.post_form(ADDRESS, {**form, "text": mended}).status_code == 303
    assert not [file for file in own_repository.rglob("*") if file.is_file() and b"canary-2b" in file.read_bytes()]
