"""A draft written out: checked, and as Word files: the clean copy, the one with our notes, that for signature."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from agreements import drafting, word
from agreements.checks import check
from agreements.citation import date_words
from agreements.drafting import Draft, DraftRequest, Original, family
from agreements.drafting.clauses import ClauseText
from agreements.drafting.provenance import keep, provenance_of
from agreements.drafting.style import departures, style_of
from agreements.errors import AgreementsError
from agreements.findings import Finding, error, info, warning
from agreements.language.typesetting import Quotes, typeset, typeset_document
from agreements.libreoffice import converter
from agreements.model import Agreement, Document, Provision
from agreements.reference import places
from agreements.word import Columns, Contents, NotesAs, PageLayout, PaperSize

Read = Callable[[Path], Agreement]
"""From a file to the agreement in it."""

WORKING = "-working"
"""What the name of a working copy has before its suffix."""

BANNER = "WORKING COPY - OUR NOTES - NOT FOR THE OTHER SIDE"
"""What every page of a working copy bears."""


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """Which copies of a draft are written, and how they look.

    `signing` asks for the copy for signature instead of a draft; `working` for a second file beside it, with `notes`
    as Word comments or at the foot of the page. `layout` and `contents` are as in `WordOptions`.
    `bilingual` sets the text in two columns, one for each language of the draft; `partner_text` is a file with the
    text in the other language, without which its column is empty. `quotes` says how quotation marks are set, and
    whether blanks that hold a number to its word break no line (`language.typesetting`). `page_numbers` asks
    LibreOffice for the pages in the table of contents, where it is installed: another layout may have others.
    """

    paper: PaperSize = "letter"
    signing: bool = False
    working: bool = False
    notes: NotesAs = "comments"
    layout: PageLayout = "plain"
    contents: Contents = "auto"
    bilingual: bool = False
    partner_text: Path | None = None
    quotes: Quotes = "curly"
    page_numbers: bool = False


@dataclass(slots=True)
class DraftReport:
    """What assembling gave: the draft, all findings of parameters and checks, the Word files written.

    `provenance` is the file beside them that says what each provision is made of; it stays with us.
    """

    draft: drafting.Draft
    findings: tuple[Finding, ...] = ()
    files: list[Path] = field(default_factory=list)
    provenance: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """Return `{draft, findings, files, provenance}` of the JSON contract."""
        from agreements.export import view

        agreement = self.draft.agreement
        shown = view.shown(agreement) if agreement else None
        if shown:
            shown["clauses"] = [{"id": clause, "variant": variant} for clause, variant in self.draft.clauses]
        return {
            "draft": shown,
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
            "provenance": str(self.provenance) if self.provenance else None,
        }


def assemble_file(
    parameters: Path,
    output: Path | None = None,
    *,
    original: Original | Literal["both"] | None = None,
    copies: CopyOptions | None = None,
    held: Callable[[str], Agreement] | None = None,
    read: Read,
) -> DraftReport:
    """Assemble the parameter file `parameters` and, when there is no error, write the Word file `output`.

    `original` says whose copy it is (the alternat). `both` writes both originals of an instrument that is signed,
    named after `output` (`draft-us.docx`, `draft-partner.docx`); None means both where `output` is a folder, else ours.
    An exchange of notes has no alternat and gives two files: our note, the draft of the reply beside it. `copies` says
    which copies are written; the one for signature is refused, with a finding, while something in the text is open.
    `held` gives the agreement of an id, and is asked only where the draft cites or amends one; `read` parses the file
    of the partner's text.

    Raises `ParameterError` when the file cannot be used at all, `TemplateError` when a template is wrong; all problems
    of the parameters are findings of the report.
    """
    request, copies = drafting.load_parameters(parameters), copies or CopyOptions()
    wanted = targets(request, parameters.stem, output, original)
    drafts = {whose: drafting.assemble(request, original=whose, held=held) for whose in wanted}
    first = next(iter(drafts.values()))
    checked = check(first.agreement) if first.agreement else ()
    if first.agreement and (style := style_of(request.style)):
        checked = (*checked, *departures(first.agreement, style))
    still_open = _still_open(first.agreement) if copies.signing and first.agreement else ()
    report = DraftReport(
        first,
        (
            *first.findings,
            *checked,
            *still_open,
            *_languages(first, copies, read),
            *_reasons(first),
            *_pages_typed(copies),
        ),
    )
    for whose, target in wanted.items():
        if drafts[whose].agreement is not None and not still_open and target is not None:
            files = write_draft(drafts[whose], target, copies, original=whose, read=read)
            kept = keep(provenance_of(drafts[whose], files), target)
            report.files += files
            report.provenance = report.provenance or kept
    return report


def targets(
    request: drafting.DraftRequest, name: str, output: Path | None, original: Original | Literal["both"] | None
) -> dict[Original, Path | None]:
    """Return the Word file of each original that is wanted, ours first."""
    forms = drafting.family(request.family).forms
    signed = request.form in forms and forms[request.form].role == "main"
    if output is not None and (output.is_dir() or not output.suffix):
        output.mkdir(parents=True, exist_ok=True)
        original, output = original or "both", output / f"{name}.docx"
    if original != "both":
        return {original or "us": output}
    if not signed or output is None:
        return {"us": output}
    return {whose: output.with_name(f"{output.stem}-{whose}{output.suffix}") for whose in ("us", "partner")}


def _reasons(draft: drafting.Draft) -> list[Finding]:
    """Return a warning for each reason that is given for a clause which the draft does not have."""
    used = {clause for clause, _ in draft.clauses}
    given = draft.request.rationale if draft.request and draft.agreement else {}
    return [
        warning("rationale-unused", f"rationale.{clause}", "The draft has no such clause.", f"It has {_some(used)}.")
        for clause in given
        if clause not in used
    ]


def _pages_typed(copies: CopyOptions) -> list[Finding]:
    """Return what to look at where a copy for signature has the page numbers of a layout as typed text."""
    if not (copies.signing and copies.page_numbers and copies.contents == "always") or converter() is None:
        return []
    told = "The page numbers of the contents are those of LibreOffice's layout."
    return [info("contents-pages", "contents", told, "Print from LibreOffice, or compare them after printing.")]


def _some(clauses: set[str]) -> str:
    return ", ".join(sorted(clauses))


def _languages(draft: drafting.Draft, copies: CopyOptions, read: Read) -> Sequence[Finding]:
    """Return where the two texts differ in their paragraphs; a copy for signature that lacks the other is said too."""
    agreement = draft.agreement
    if agreement is not None and copies.partner_text:
        both = (*agreement.documents, *_second_texts(draft, copies, read))
        return check(agreement.model_copy(update={"documents": both}), ["languages"])
    if agreement is None or not copies.signing or len(agreement.languages) < 2:
        return []
    told = f"The agreement is done in {len(agreement.languages)} languages; this copy holds the text in one."
    return [warning("signing-language", "languages", told, "Add the other text: --partner-text FILE.")]


def _still_open(agreement: Agreement) -> list[Finding]:
    """Return an error for every place of `agreement` that is not agreed yet."""
    return [
        error("signing-open", place.path, "The words in brackets are not agreed.", "Settle them, then sign.")
        for place in places(agreement)
        if any(mark.kind == "bracket" for mark in place.provision.marks)
    ]


# ---------------------------------------------------------------------- the Word files


def write_draft(
    draft: Draft, output: Path, options: CopyOptions | None = None, *, original: Original = "us", read: Read
) -> list[Path]:
    """Write an assembled `draft` to the Word file `output` (and the reply beside it); returns the files.

    The copy for signature has neither marking nor draft line; its numbers and references are typed text. A working
    copy has a name of its own (`draft-working.docx`). `original` says whose language is on the left where there are two
    columns, `read` parses the file of the partner's text. Raises `ValueError` for a draft with errors,
    `AgreementsError` when a file cannot be written.
    """
    options = options or CopyOptions()
    if draft.agreement is None:
        raise ValueError("a draft with errors has no agreement to write")
    columns = _columns(draft, options, original, read)
    agreement = typeset(draft.agreement, options.quotes)
    if options.signing:
        signing = word.WordOptions(
            marking="",
            paper=options.paper,
            frozen=True,
            contents=options.contents,
            page_numbers=options.page_numbers,
            columns=columns,
        )
        return word.write(_without_references(agreement), output, options=signing)
    files = word.write(agreement, output, options=_word_options(draft, options, columns))
    if options.working:
        beside = output.with_name(f"{output.stem}{WORKING}{output.suffix}")
        files += word.write(agreement, beside, options=_word_options(draft, options, columns, working=True))
    return files


def _word_options(
    draft: Draft, options: CopyOptions, columns: Columns | None, *, working: bool = False
) -> word.WordOptions:
    return word.WordOptions(
        marking=draft.marking,
        draft_line=draft_line(draft),
        date=draft.draft_date.isoformat() if draft.draft_date else "",
        paper=options.paper,
        key=draft.request.key if draft.request else "",
        layout=options.layout,
        contents=options.contents,
        page_numbers=options.page_numbers,
        columns=columns,
        banner=BANNER if working else "",
        remarks=remarks(draft) if working else {},
        remarks_as=options.notes,
    )


def _columns(draft: Draft, options: CopyOptions, original: Original, read: Read) -> Columns | None:
    """Return the second language where the options ask for it; on the partner's original it comes first."""
    if not options.bilingual and options.partner_text is None:
        return None
    texts, named = _second_texts(draft, options, read), _named_languages(draft)
    if len(named) < 2 and not texts:
        raise AgreementsError(
            "The draft has one language, so its other column has none.",
            hint="Name both under languages: in the parameter file, or give the other text with --partner-text.",
        )
    language = named[1][0] if len(named) > 1 else texts[0].language
    names = (named[0][1], named[1][1]) if len(named) > 1 else ("", "")
    texts = tuple(typeset_document(text, options.quotes) for text in texts)
    return Columns(language, texts, names, first=original == "partner")


def _second_texts(draft: Draft, options: CopyOptions, read: Read) -> tuple[Document, ...]:
    """Return the documents of the file that holds the other language's text, none without one; raises as `read`."""
    if options.partner_text is None:
        return ()
    texts, named = read(options.partner_text).documents, _named_languages(draft)
    if len(named) < 2:
        return texts
    return tuple(document.model_copy(update={"language": named[1][0]}) for document in texts)


def _named_languages(draft: Draft) -> list[tuple[str, str]]:
    """Return code and name of each language that the parameters give the draft."""
    given = draft.request.parameters.get("languages") if draft.request else None
    named = [x for x in given if isinstance(x, dict)] if isinstance(given, list) else []
    return [(str(x.get("code", "")), str(x.get("name", ""))) for x in named]


def draft_line(draft: Draft) -> str:
    """Return the line that says what a draft is: `DRAFT 2 - 22 November 2026 - U.S. proposal`."""
    request = draft.request
    number = f" {request.draft_number}" if request and request.draft_number else ""
    day = date_words(draft.draft_date.isoformat()) if draft.draft_date else ""
    return " - ".join(x for x in (f"DRAFT{number}", day, _proposal(request) if request else "") if x)


def _proposal(request: DraftRequest) -> str:
    """Return whose text it is: `U.S. proposal`, `Norlandic proposal`, `joint text`."""
    if request.proposal_of == "joint":
        return "joint text"
    party = request.parameters.get("sending" if request.proposal_of == "us" else "receiving")
    adjective = party.get("adjective", "") if isinstance(party, dict) else ""
    if request.proposal_of == "us" and adjective in ("", "United States", "American"):
        adjective = "U.S."
    return f"{adjective} proposal".strip()


def remarks(draft: Draft) -> dict[str, tuple[str, ...]]:
    """Return what a working copy says about each clause of `draft`, by the path of the provision where it begins."""
    if draft.agreement is None or draft.request is None:
        return {}
    store = family(draft.request.family).clauses
    found: dict[str, tuple[str, ...]] = {}
    told: set[tuple[str, str]] = set()
    for place in places(draft.agreement):
        made = place.provision.provenance
        if made is None or not made.variant or (made.clause, made.variant) in told:
            continue
        if made.variant in store.variants(made.clause) and _has_words(place.provision):
            told.add((made.clause, made.variant))
            why = draft.request.rationale.get(made.clause, "")
            found[place.path] = tuple(_lines(store.get(made.clause, made.variant), why))
    return found


def _has_words(provision: Provision) -> bool:
    return bool(provision.text or provision.heading or provision.number)


def _lines(clause: ClauseText, why: str) -> Iterator[str]:
    front = clause.front
    code = f" ({front.code})" if front.code else ""
    yield f"{clause.id}, variant {clause.variant}{code}: {front.label}"
    told = (
        ("Effect", front.effect),
        ("When to use", front.use),
        ("Drafting note", front.note),
        ("Differs from other variants", "; ".join(f"{what}: {words}" for what, words in front.differs.items())),
        ("Why in this draft", why),
        ("Precedents", ", ".join(front.precedents)),
    )
    yield from (f"{name}: {words}" for name, words in told if words)


def _without_references(agreement: Agreement) -> Agreement:
    """Return `agreement` with the words of its references as plain words, which no field can change."""
    documents = tuple(
        document.model_copy(update={"provisions": tuple(_plain(p) for p in document.provisions)})
        for document in agreement.documents
    )
    return agreement.model_copy(update={"documents": documents})


def _plain(provision: Provision) -> Provision:
    marks = tuple(mark for mark in provision.marks if mark.kind != "reference")
    children = tuple(_plain(child) for child in provision.children)
    return provision.model_copy(update={"marks": marks, "children": children})
