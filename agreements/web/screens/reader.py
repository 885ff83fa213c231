"""The reader: an agreement in the middle, its contents at one side, what is known of it at the other."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from agreements import library
from agreements.citation import called
from agreements.errors import NotFoundError
from agreements.library import HtmlText, TextPart
from agreements.reference import Place, Reference, document_name, numbered_place, places, resolve
from agreements.web.layout import as_command, in_words
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
    "binding": "Binding",
    "entry_into_force": "Entry into force",
    "termination_notice_months": "Notice of termination",
    "termination_notice_days": "Notice of termination in days",
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
_LONGEST_BESIDE = 20_000  # letters; longer words do not stand beside the text a second time
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
    reading = _Reading.of(visit, agreement, shown.place)
    words = shown.place.provision.words() if shown.place else ""
    values: dict[str, Any] = {
        "shown": shown,
        "agreement": agreement,
        "reference": reference,
        "path": asked,
        "words": words if len(words) <= _LONGEST_BESIDE else "",
        "heading": _called(shown.place) if shown.place else "",
        "as_of": as_of,
        "reading": reading,
        "tab": tab,
        "tabs": [(name, label, visit.link(tab=name)) for name, label in TABS.items()],
        "fields": FIELDS,
        "forms": [(form, label) for form, (label, _, _) in FORMS.items()],
        "known_wanted": None if agreement.text_held else _wanted(visit, agreement_id),
        **_TABS[tab](visit, reference, shown, reading),
    }
    return PageView(
        "reader.html",
        (f"{values['heading']} · " if shown.place else "") + called(agreement),
        values,
        command=[as_command("show", reference, *(["--as-of", as_of] if as_of else [])), *_command(tab, reference)],
        markings=[agreement.marking],
        citation=shown.citation,
        wide=True,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What of an agreement stands on the page: of a long one the part that was asked for, the others as links.

    `texts` are the documents with their HTML. `contents` are groups of lines, each group with the document that it
    begins with, where there are several. `before` and `after` are the parts beside that which is shown, `begins` and
    `ends` what it is called by; of a text that is shown whole, all four are None. `whole` is the address of the whole,
    where a part of it is shown.
    """

    agreement: Any
    part: TextPart
    texts: tuple[tuple[HtmlText, Markup], ...]
    contents: tuple["_Contents", ...]
    called: str = ""
    number: int = 0
    count: int = 1
    before: "_Folded | None" = None
    after: "_Folded | None" = None
    whole: str = ""

    @classmethod
    def of(cls, visit: Visit, agreement: Any, place: Place | None) -> "_Reading":
        """Return what of `agreement` is shown: the part with `place`, else that which the address names, else all."""
        parts, at = library.text_parts(agreement), 0
        first = visit.text("from") or (place.path if place else "")
        if len(parts) > 1 and first:
            resolve(agreement, *_split(first))
            number = numbered_place(agreement, first)
            at = next((i for i, part in enumerate(parts) if number and part.start <= number[0] < part.stop), 0)
        whole = visit.flag("whole")
        query = f"?as_of={quote(visit.text('as_of'))}" if visit.text("as_of") else ""
        made = library.html_texts(
            agreement,
            here=place.path if place else "",
            address="./" if place else f"{agreement.id}/",  # beside this page: a text has hundreds of numbers
            query=query,
            part=None if whole or len(parts) == 1 else parts[at],
        )
        texts = tuple((text, Markup(text.html)) for text in made)  # the export room escapes every word
        folded = [_Folded.of(visit, agreement, part, whole=whole) for part in parts] if len(parts) > 1 else []
        contents = tuple(_contents(agreement, parts, None if whole and len(parts) > 1 else at, folded))
        if not folded or whole:
            return cls(agreement, TextPart(0, parts[-1].stop), texts, contents)
        return cls(
            agreement, parts[at], texts, contents, folded[at].label, at + 1, len(parts),
            folded[at - 1] if at else None,
            folded[at + 1] if at + 1 < len(parts) else None,
            visit.link(whole=1, **{"from": None}),
        )  # fmt: skip

    def places(self) -> Iterator[Place]:
        """Yield the places that are shown."""
        return places(self.agreement, self.part.start, self.part.stop)


@dataclass(frozen=True, slots=True)
class _Folded:
    """A part that is not shown: where it is read, and from what to what it goes."""

    address: str
    label: str

    @classmethod
    def of(cls, visit: Visit, agreement: Any, part: TextPart, *, whole: bool) -> "_Folded":
        """Return a part as a link: within the page, where the whole text is shown."""
        first, last = (next(places(agreement, at, at + 1)) for at in (part.start, part.stop - 1))
        names = [_called_shortly(place, agreement) for place in (first, last)]
        if whole:
            address = f"#{quote(first.path, safe='@~.')}"
        else:
            address = visit.link(f"/a/{agreement.id}", **{"from": first.path, "as_of": visit.text("as_of")})
        kind = names[0].partition(" ")[0] + " "
        if names[1] != names[0]:
            names[1] = names[1].removeprefix(kind)  # Article 4 to 9
        return cls(address, " to ".join(dict.fromkeys(names)))


@dataclass(frozen=True, slots=True)
class _Contents:
    """Lines of the contents: under the name of a document (`head`, its `language`), or a part that is a link."""

    head: str
    language: str
    rows: tuple[tuple[str, str, int], ...]
    folded: _Folded | None = None


def _contents(
    agreement: Any, parts: Sequence[TextPart], at: int | None, folded: Sequence[_Folded]
) -> Iterator[_Contents]:
    """Yield the contents: every line of the part that is shown, the others as links; `at` None folds them all."""
    several = len([document for document in agreement.documents if document.provisions]) > 1
    for number, part in enumerate(parts):
        if folded and number != at:
            yield _Contents("", "", (), folded[number])
            continue
        for document, rows in groupby(places(agreement, part.start, part.stop), lambda place: place.document):
            head = document.title or in_words(document_name(document)) if several else ""
            yield _Contents(head, document.language, tuple(_lines(rows)))


def _lines(rows: Iterable[Place]) -> Iterator[tuple[str, str, int]]:
    """Yield path, words and depth of what stands in the contents of a document."""
    for place in rows:
        provision = place.provision
        if provision.kind in _HEADED or (len(place.chain) == 1 and provision.kind in _NAMED):
            yield place.path, _label(place), sum(each.kind in _HEADED for each in place.chain[:-1])


def _called_shortly(place: Place, agreement: Any) -> str:
    """Return what the article around a provision is called, with its document where that is not the main one."""
    outer = next((i for i, each in enumerate(place.chain) if each.kind in ("article", "section")), 0)
    named = _called(Place(place.path, place.document, place.chain[outer : outer + 1]))
    other = place.document is not agreement.main
    name = in_words(document_name(place.document)).capitalize()
    return f"{name}, {named}" if other else named


def _split(path: str) -> tuple[str, str]:
    own, _, language = path.partition("@")
    return own, language


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


def _wanted(visit: Visit, agreement_id: str) -> Any:
    return next((row for row in visit.desk.wanted() if row.id == agreement_id), None)


# ---------------------------------------------------------------------- the tabs


def _source(visit: Visit, reference: str, shown: Any, reading: _Reading) -> dict[str, Any]:
    record = visit.desk.source_record(shown.agreement.id)
    under = shown.place.path if shown.place else ""
    rows = [row for row in record.evidence if not under or row.path == under or row.path.startswith(f"{under}.")]
    return {"record": record, "evidence": rows, "elsewhere": len(record.evidence) - len(rows)}


def _similar(visit: Visit, reference: str, shown: Any, reading: _Reading) -> dict[str, Any]:
    if shown.place is None or not shown.place.provision.words():
        return {"alike": None}
    if len(shown.place.provision.words()) > _LONGEST_BESIDE:
        return {"alike": None, "alike_elsewhere": visit.link(f"/similar/{shown.agreement.id}/{shown.place.path}")}
    found = visit.desk.similar(reference, limit=_LIKE)
    return {"alike": found.alike, "alike_total": found.results.total, "alike_notes": found.results.notes}


def _changed(visit: Visit, reference: str, shown: Any, reading: _Reading) -> dict[str, Any]:
    return {"changes": [(change, shown.state(change) if shown.as_of else "") for change in shown.changes]}


def _topics(visit: Visit, reference: str, shown: Any, reading: _Reading) -> dict[str, Any]:
    if not shown.agreement.text_held:
        return {"topic_rows": [], "topics_asked": 0}
    at = [shown.place] if shown.place and shown.place.chain else list(reading.places())
    if shown.place and shown.place.chain:
        at += [place for place in reading.places() if shown.place.provision in place.chain]
    rows = library.classify_agreement(shown.agreement, at=at)
    return {"topic_rows": [row for row in rows if row["topics"]], "topics_asked": len(rows)}


def _relations(visit: Visit, reference: str, shown: Any, reading: _Reading) -> dict[str, Any]:
    return {"related": visit.desk.relations(shown.agreement.id, as_of=shown.as_of)}


def _facts(visit: Visit, reference: str, shown: Any, reading: _Reading) -> dict[str, Any]:
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
    title = f"Source of {called(record.agreement)}"
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
