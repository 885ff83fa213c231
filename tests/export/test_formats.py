import json
import re

import pytest
from lxml import etree, html

from agreements.errors import AgreementsError, NotFoundError
from agreements.export import export
from agreements.model import Agreement, Document, Mark, Provision
from agreements.parsing import parse
from agreements.reading import read
from agreements.reference import places
from agreements.registry import FORMATS as EXPORTERS
from agreements.repository import fileform
from agreements.textform import parse_document, print_document
from tests.word import samples

AGREEMENTS = [samples.visiting_forces(), samples.exchange(), samples.odd_numbers()]


@pytest.mark.parametrize("form", sorted(EXPORTERS.keys() - {"pdf"}))  # test_pdf.py: it needs LibreOffice
@pytest.mark.parametrize("agreement", AGREEMENTS, ids=lambda a: a.id)
def test_every_format_holds_every_word(form, agreement, tmp_path):
    path = tmp_path / f"out{EXPORTERS[form].suffix}"
    written = export(agreement, form, path)
    assert (written.text, written.files) == (None, (path,))
    if form == "docx":
        got = parse(read(path), id="back").agreement
        held = " ".join(p.words() for d in got.documents for p in d.provisions)
    elif form == "json":
        held = " ".join(_strings(json.loads(path.read_text(encoding="utf-8"))))
    elif form == "akn":
        held = " ".join(etree.fromstring(path.read_bytes()).itertext())
    elif form == "html":
        held = " ".join(html.fromstring(path.read_text(encoding="utf-8")).itertext())
    else:
        held = " ".join(p.words() for d in _markdown_documents(path.read_text(encoding="utf-8")) for p in d.provisions)
    held = "".join(held.split())  # formats part words in their own way: letters count
    for document in agreement.documents:
        for provision in document.walk():
            for words in (provision.number, provision.heading, provision.text):
                assert "".join((words or "").split()) in held


def _strings(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def _markdown_documents(text):
    body = text.split("---\n", 2)[2]
    starts = [i for i, line in enumerate(body.split("\n")) if line.startswith("# ")]
    lines = body.split("\n")
    ends = [*starts[1:], len(lines)]
    return [parse_document("\n".join(lines[a:b])) for a, b in zip(starts, ends, strict=True)]


def test_markdown_is_the_text_form_with_the_facts_above(tmp_path):
    agreement = samples.visiting_forces()
    text = export(agreement, "markdown").text
    for document in agreement.documents:
        assert print_document(document).strip() in text
    (tmp_path / "agreement.md").write_text(text, encoding="utf-8")
    front, _ = fileform.read_front(tmp_path / "agreement.md")
    assert front["id"] == "val-tam-2026"
    assert front["marking"] == "UNCLASSIFIED"


def test_hostile_words_are_no_html_in_markdown_and_are_read_back(tmp_path):
    document = parse_document("# Agreement\n\n## Article 1\n1. If a < b, <script>x</script> and <!-- y --> stay.\n")
    agreement = Agreement(id="hostile", title="Agreement", documents=(document,))
    text = export(agreement, "markdown").text
    assert not re.search(r"(?<!\\)<[a-z/!]", text)
    (again,) = _markdown_documents(text)
    assert again.provisions[0].words() == document.provisions[0].words()


def test_html_has_an_anchor_for_every_path_and_links_that_lead_there():
    agreement = samples.visiting_forces()
    page = html.fromstring(export(agreement, "html").text)
    anchors = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
    assert set(anchors) >= {place.path for place in places(agreement)}
    assert len(anchors) == len(set(anchors))
    targets = [a.get("href") for a in page.iter("a")]
    assert {"#II.1.a", "#annex-a"} <= set(targets)
    assert all(t[1:] in anchors for t in targets)


def test_hostile_words_stay_words_in_html():
    text = '<script>alert("&amp;")</script> & more'
    marks = (Mark(start=0, end=8, kind="emphasis"), Mark(start=0, end=4, kind="reference", target='"><b>'))
    provision = Provision(kind="text", text=text, marks=marks)
    agreement = Agreement(id="x", title="<b>", documents=(Document(title="<i>", provisions=(provision,)),))
    page = html.fromstring(export(agreement, "html").text)
    assert not list(page.iter("script", "b", "i"))
    assert text in page.text_content()
    assert etree.tostring(page)


def test_json_is_one_document_in_utf_8():
    text = export(samples.visiting_forces(), "json").text
    assert json.loads(text)["id"] == "val-tam-2026"
    assert text.endswith("}\n")


def test_unknown_format_lists_the_known():
    with pytest.raises(NotFoundError) as caught:
        export(samples.exchange(), "wpd")
    assert all(form in caught.value.hint for form in EXPORTERS)


def test_word_needs_a_file_name():
    with pytest.raises(AgreementsError, match="docx") as caught:
        export(samples.exchange(), "docx")
    assert "-o val-tam-notes.docx" in caught.value.hint


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(AgreementsError, match="cannot be written"):
        export(samples.exchange(), "html", tmp_path / "missing" / "out.html")
