"""The reader: an agreement in the middle, its contents at one side, what is known of it at the other."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from agreements import library
from agreements.errors import NotFoundError
from agreements.reference import Place, Reference, document_name, places
from agreements.web.layout import as_command
from agreements.web.screen import FileSent, PageView, Screen, Visit, get

TABS = {
    "source": "Source",
    "similar": "Similar",
    "changed": "Changed",
    "topics": "Topics",
    "relations": "Relations",
    "facts": "Facts",
}
FIELDS = {
    "signings": "Signed",
    "entry_into_force": "Entry into force",
    "termination_notice_months": "Notice of termination",
    "term": "Term",
    "renewal": "Renewal",
    "languages": "Languages",
    "provisional_application": "Provisional application",
    "parties": "Parties",
    "title": "Title",
    "prevailing_language": "Prevailing language",
}
FORMS = {
    "docx": ("Word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": ("HTML", ".html", "application/octet-stream"),
    "markdown": ("Markdown", ".md", "text/markdown; charset=utf-8"),
    "json": ("JSON", ".json", "application/json"),
    "akn": ("Akoma Ntoso", ".xml", "application/xml"),
}
_HEADED = ("part", "chapter", "article", "section")
_HEADS = {"part": "Part", "chapter": "Chapter", "article": "Article", "section": "Section"}
_NAMED = {"preamble": "Preamble", "testimonium": "Testimonium", "signature": "Signatures"}
_LIKE = 6  # similar provisions in the pane; the rest on their own screen


def _whole(visit: Visit) -> PageView:
    return _show(visit, "")


def _provision(visit: Visit) -> PageView:
    return _show(visit, visit.path["path"])


def _show(visit: Visit, asked: str) -> PageView:
    agreement_id, as_of = visit.path["id"], visit.text("as_of")
    path, _, language = asked.partition("@")
    reference = str(Reference(agreement_id, path, language))
    tab = visit.choice("tab", ["source", *TABS] if asked else ["facts", *TABS])
    shown = visit.desk.get(reference, as_of=as_of)
    agreement = shown.agreement
    address = "./" if asked else f"{agreement_id}/"  # beside this page: a long text has a thousand numbers
    texts = library.html_texts(agreement, here=shown.place.path if shown.place else "", address=address)
    values: dict[str, Any] = {
        "shown": shown,
        "agreement": agreement,
        "reference": reference,
        "path": asked,
        "words": shown.place.provision.words() if shown.place else "",
        "heading": _called(shown.place) if shown.place else "",
        "as_of": as_of,
        "texts": [(text, Markup(text.html)) for text in texts],  # made by the export room, which escapes every word
        "contents": [(text, list(_contents(agreement, text.name, text.language))) for text in texts],
        "tab": tab,
        "tabs": [(name, label, visit.link(tab=name)) for name, label in TABS.items()],
        "fields": FIELDS,
        "forms": [(form, label) for form, (label, _, _) in FORMS.items()],
        "known_wanted": None if agreement.text_held else _wanted(visit, agreement_id),
        **_TABS[tab](visit, reference, shown),
    }
    return PageView(
        "reader.html",
        (f"{values['heading']} · " if shown.place else "") + (agreement.short_title or agreement.title or agreement_id),
        values,
        command=[as_command("show", reference, *(["--as-of", as_of] if as_of else [])), *_command(tab, reference)],
        markings=[agreement.marking],
        citation=shown.citation,
        wide=True,
    )


def _command(tab: str, reference: str) -> Iterator[str]:
    named = {"similar": "similar", "topics": "classify", "relations": "relations"}
    if tab in named:
        asked = Reference.parse(reference)
        if tab != "similar" or asked.path:
            yield as_command(named[tab], reference if tab == "similar" else asked.agreement)


def _label(place: Place) -> str:
    """Return what a provision is called with its own number and heading: `Article VII: Jurisdiction`."""
    provision = place.provision
    number = provision.labelled(_HEADS.get(provision.kind, ""))
    named = number or _NAMED.get(provision.kind, "") or place.path
    return f"{named}: {provision.heading}" if provision.heading else named


def _called(place: Place) -> str:
    """Return what a provision is called with what it stands in: `Article VII 3. (a)`."""
    numbers = [each.labelled(_HEADS.get(each.kind, "")) or _NAMED.get(each.kind, "") for each in place.chain]
    return " ".join(number for number in numbers if number) or place.path


def _contents(agreement: Any, name: str, language: str) -> Iterator[tuple[str, str, int]]:
    """Yield path, words and depth of what stands in the contents of a document."""
    for place in places(agreement):
        if document_name(place.document) != name or place.document.language != language:
            continue
        provision = place.provision
        if provision.kind in _HEADED or (len(place.chain) == 1 and provision.kind in _NAMED):
            yield place.path, _label(place), sum(each.kind in _HEADED for each in place.chain[:-1])


def _wanted(visit: Visit, agreement_id: str) -> Any:
    return next((row for row in visit.desk.wanted() if row.id == agreement_id), None)


# ---------------------------------------------------------------------- the tabs


def _source(visit: Visit, reference: str, shown: Any) -> dict[str, Any]:
    record = visit.desk.source_record(shown.agreement.id)
    under = shown.place.path if shown.place else ""
    rows = [row for row in record.evidence if not under or row.path == under or row.path.startswith(f"{under}.")]
    return {"record": record, "evidence": rows, "elsewhere": len(record.evidence) - len(rows)}


def _similar(visit: Visit, reference: str, shown: Any) -> dict[str, Any]:
    if shown.place is None or not shown.place.provision.words():
        return {"alike": None}
    found = visit.desk.similar(reference, limit=_LIKE)
    return {"alike": found.alike, "alike_total": found.results.total, "alike_notes": found.results.notes}


def _changed(visit: Visit, reference: str, shown: Any) -> dict[str, Any]:
    return {"changes": [(change, shown.state(change) if shown.as_of else "") for change in shown.changes]}


def _topics(visit: Visit, reference: str, shown: Any) -> dict[str, Any]:
    if not shown.agreement.text_held:
        return {"topic_rows": [], "topics_asked": 0}
    at = shown.place.path if shown.place else ""
    rows = [row for row in library.classify_agreement(shown.agreement) if not at or _meets(row["path"], at)]
    return {"topic_rows": [row for row in rows if row["topics"]], "topics_asked": len(rows)}


def _meets(path: str, at: str) -> bool:
    """Whether one of two provisions is the other or holds it: topics are told of whole clauses."""
    return path == at or path.startswith(f"{at}.") or at.startswith(f"{path}.")


def _relations(visit: Visit, reference: str, shown: Any) -> dict[str, Any]:
    return {"related": visit.desk.relations(shown.agreement.id, as_of=shown.as_of)}


def _facts(visit: Visit, reference: str, shown: Any) -> dict[str, Any]:
    return {}


_TABS = {
    "source": _source,
    "similar": _similar,
    "changed": _changed,
    "topics": _topics,
    "relations": _relations,
    "facts": _facts,
}


# ---------------------------------------------------------------------- the page of the print


def _source_screen(visit: Visit) -> PageView:
    agreement_id = visit.path["id"]
    record = visit.desk.source_record(agreement_id)
    file = record.read
    field, path = visit.text("field"), visit.text("path")
    asked, why = visit.desk.provision_in_source(agreement_id, path) if path else (None, "")
    evidence = [asked] if asked else list(record.evidence)
    first = next((row.page for row in evidence if row.page and (not field or row.field == field)), 1)
    page = visit.number("page", first, least=1, most=100_000)
    drawn = visit.desk.source_page(agreement_id, page) if file and file.is_pdf else None
    here = [row for row in evidence if any(box[0] == page for box in row.boxes)]
    boxes = [(row, [box for box in row.boxes if box[0] == page], field in ("", row.field)) for row in here]
    values = {
        "record": record,
        "agreement": record.agreement,
        "drawn": drawn,
        "page": page,
        "field": field,
        "path": path,
        "asked": asked,
        "why": why,
        "boxes": boxes,
        "without": [row for row in record.evidence if not row.boxes],
        "pages_asked": sorted({box[0] for box in asked.boxes}) if asked else [],
        "fields": FIELDS,
        "picture": f"/a/{quote(agreement_id)}/page/{page}",
    }
    title = f"Source of {record.agreement.short_title or record.agreement.title or agreement_id}"
    return PageView("source.html", title, values, markings=[record.agreement.marking], wide=True)


def _picture(visit: Visit) -> FileSent:
    page = visit.path["page"]
    if not page.isdigit():
        raise NotFoundError(f"There is no page {page}.", hint="Pages are numbered from 1.")
    return FileSent(visit.desk.source_page(visit.path["id"], int(page[:6])).png, "", "image/png")


def _file(visit: Visit) -> FileSent:
    number = visit.path["number"]
    if not number.isdigit():
        raise NotFoundError(f"There is no source file {number}.", hint="Source files are numbered from 1.")
    file = visit.desk.source_file(visit.path["id"], int(number[:6]))
    return FileSent(file.path.read_bytes(), file.name, "application/octet-stream")


def _export(visit: Visit) -> FileSent:
    agreement_id, form = visit.path["id"], visit.path["form"]
    if form not in FORMS:
        raise NotFoundError(f"There is no format {form!r} here.", hint="Known: " + ", ".join(FORMS) + ".")
    _, suffix, media_type = FORMS[form]
    with tempfile.TemporaryDirectory(dir=visit.session.folder) as folder:
        target = Path(folder) / f"{agreement_id}{suffix}"
        visit.desk.export(agreement_id, form, target)
        return FileSent(target.read_bytes(), target.name, media_type)


SCREEN = Screen(
    "reader",
    (
        get("/a/{id}", _whole),
        get("/a/{id}/source", _source_screen),
        get("/a/{id}/page/{page}", _picture),
        get("/a/{id}/file/{number}", _file),
        get("/a/{id}/export/{form}", _export),
        get("/a/{id}/{path}", _provision),
    ),
)
