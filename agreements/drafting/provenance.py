"""What a draft's provisions are made of, kept in a file of ours: `draft.provenance.json` beside `draft.docx`.

The Word file itself carries hidden marks only (`agreements.bookmarks`). Which clause, variant and values stand
behind a mark is written here, and this file stays in our folder: nothing of it is needed to read or edit the draft.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.bookmarks import draft_tag, provision_marks, tag_of
from agreements.display import shown_short
from agreements.drafting.style import as_told, style_of, told
from agreements.errors import NotFoundError, UnreadableError
from agreements.language import typography
from agreements.language.text_style import TextStyle
from agreements.marking import refuse, values
from agreements.model import Agreement, Provision
from agreements.platform import save
from agreements.reference import places

if TYPE_CHECKING:
    from agreements.drafting import Draft, DraftRequest
    from agreements.drafting.clauses import ClauseStore

SUFFIX = ".provenance.json"
_LISTS = ("precedents", "references")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one provision of a draft comes from.

    `mark` is its hidden bookmark, `id` its id in the draft, `file` the clause file. `parameters` are the values that
    its clause is built on (None: the default), `precedents` references to provisions that read like it. `words` are
    those of the draft, of which the first `heading` characters are the heading (None: not recorded). `references` are
    the places of references in the text after it, each with the path it leads to.
    """

    mark: str
    path: str
    id: str
    clause: str
    variant: str
    code: str
    label: str
    template_version: str
    parameters: Mapping[str, Any]
    precedents: tuple[str, ...]
    file: str
    words: str
    heading: int | None = None
    references: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftProvenance:
    """The origins of all provisions of one draft.

    `tag` is what its marks begin with, `titles` are those of its documents, `style` the style that its file asks for
    (empty: the words are as the templates have them).
    """

    tag: str
    family: str
    form: str
    draft_date: str
    files: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = field(default_factory=tuple)
    style: Mapping[str, Any] = field(default_factory=dict)


def provenance_of(draft: "Draft", files: Sequence[Path] = ()) -> DraftProvenance:
    """Return where every provision of an assembled `draft` comes from; `files` are the Word files made of it.

    Raises `ValueError` for a draft with errors, which has no provisions.
    """
    if draft.agreement is None or draft.request is None:
        raise ValueError("a draft with errors has no provisions")
    from agreements.drafting.loading import family

    request = draft.request
    store = family(request.family).clauses
    marks = (mark for row in provision_marks(draft.agreement, request.key) for mark in row)
    origins = (
        _origin(mark, place.path, place.provision, request, store)
        for mark, place in zip(marks, places(draft.agreement), strict=True)
    )
    kept = tuple(origin for origin in origins if origin.words)
    names = tuple(file.name for file in files)
    head = (draft_tag(request.key), request.family, request.form, request.draft_date)
    titles = tuple(document.title or "" for document in draft.agreement.documents)
    return DraftProvenance(*head, names, titles, kept, as_told(style_of(request.style)))


def _origin(mark: str, path: str, provision: Provision, request: "DraftRequest", store: "ClauseStore") -> Origin:
    made = provision.provenance
    clause, variant = (made.clause, made.variant) if made else ("", "")
    known = variant in store.variants(clause)
    held = store.get(clause, variant) if known else None
    return Origin(
        mark=mark,
        path=path,
        id=provision.id or "",
        clause=clause,
        variant=variant,
        code=held.front.code if held else "",
        label=held.front.label if held else "",
        template_version=made.template_version if made else "",
        parameters={name: request.parameters.get(name) for name in (made.parameters if made else ())},
        precedents=held.front.precedents if held else (),
        file=f"{held.path.parents[2].name}/{clause}/{variant}.md" if held else "",
        words=own_words(provision),
        heading=len(provision.heading or ""),
        references=tuple((m.start, m.end, m.target) for m in provision.marks if m.kind == "reference"),
    )


def own_words(provision: Provision) -> str:
    """Return the heading and words of `provision` without those under it."""
    return " ".join(x for x in (provision.heading, provision.text) if x)


def keep(provenance: DraftProvenance, output: Path) -> Path:
    """Write `provenance` beside the Word file `output` and return where it is; the same bytes for the same draft.

    Raises `AgreementsError` when it cannot be written.
    """
    path = output.with_name(f"{output.stem}{SUFFIX}")
    head = {**_fields(provenance), "origins": []}
    if not head["style"]:
        del head["style"]
    head["origins"] = head.pop("origins")  # the rows follow it
    rows = ",\n".join(_line(_fields(origin)) for origin in provenance.origins)
    save(path, f"{_line(head)[:-2]}\n{rows}\n]}}\n".encode("utf-8", "surrogatepass"))
    return path


def _fields(of: Origin | DraftProvenance) -> dict[str, Any]:
    return {own.name: getattr(of, own.name) for own in fields(of)}


def _line(content: dict[str, Any]) -> str:
    """Return `content` on one line: a provision is a line of the file, and unequal lines are easy to find."""
    return json.dumps(content, ensure_ascii=False, default=str)


def read_provenance(path: Path) -> DraftProvenance:
    """Return what a file of provenance says; raises `UnreadableError` when it is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        refuse(list(values(content, "")), what=path.name)
        rows = content.pop("origins")
        origins = tuple(Origin(**row | {name: _fixed(row.get(name, ())) for name in _LISTS}) for row in rows)
        listed = {name: tuple(content.get(name, ())) for name in ("files", "titles")}
        return DraftProvenance(**content | listed, origins=origins)
    except OSError as error:
        raise UnreadableError(f"{path.name} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableError(f"{path.name} is no file of provenance.", hint="It ends in .provenance.json.") from error


def _fixed(row: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(each) if isinstance(each, list) else each for each in row)


def clauses_by_mark(file: Path) -> dict[str, str]:
    """Return the clause by hidden mark from the record beside the Word file `file`; empty where there is no record.

    Raises `UnreadableError` when there is one that cannot be read.
    """
    record = file.with_name(f"{file.stem}{SUFFIX}")
    if not record.is_file():
        return {}
    return {origin.mark: origin.clause for origin in read_provenance(record).origins if origin.clause}


def recorded_style(file: Path) -> TextStyle | None:
    """Return the style of the draft by the record beside the Word file `file`; None where it has none.

    Raises `UnreadableError` when the record cannot be read.
    """
    return told(read_provenance(file.with_name(f"{file.stem}{SUFFIX}")).style)


def has_record(file: Path) -> bool:
    """Whether the record of a draft lies beside the Word file `file`, under its name."""
    return file.with_name(f"{file.stem}{SUFFIX}").is_file()


def find(agreement: Agreement, marks: Mapping[str, str], file: Path) -> DraftProvenance:
    """Return the provenance of the draft that the Word file `file` holds: `agreement`, with its hidden `marks` by path.

    It is looked for beside `file` and in the working folder, by the mark of its draft. Both originals of a draft have
    that mark: the record named as the file wins, then one that names the file, then the one whose words it keeps most.
    Raises `NotFoundError` that says what to do where there is none.
    """
    wanted = {tag_of(mark) for mark in marks.values()}
    found: list[tuple[tuple[bool, bool, float], DraftProvenance]] = []
    for folder in dict.fromkeys((file.resolve().parent, Path.cwd())):
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            try:
                known = read_provenance(path)
            except UnreadableError:
                continue  # another program's file
            if known.tag in wanted:
                kept = [each.same for each in compared(known, agreement, marks)]
                own = path.name == f"{file.stem}{SUFFIX}" and folder == file.resolve().parent
                found.append(((own, file.name in known.files, sum(kept) / max(len(kept), 1)), known))
    if found:
        return max(found, key=lambda each: each[0])[1]
    told = "carries no marks of a draft of ours" if not wanted else "is of a draft whose provenance is not here"
    raise NotFoundError(
        f"{file.name} {told}.",
        hint=f"Name the parameter file (--from PARAMS.yaml), or put the draft's *{SUFFIX} beside it.",
    )


# ---------------------------------------------------------------------- what became of it


@shown_short
@dataclass(frozen=True, slots=True)
class Explained:
    """The `origin` of a provision, and what has become of it.

    `now` is its path in the file that came back: that of the draft where no file was named, empty where the file
    has it no more. `same` is False where its words are others.
    """

    origin: Origin
    now: str
    same: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return the row for JSON, without the words and where what stands in them."""
        row = asdict(self.origin)
        for name in ("words", "heading", "references"):
            row.pop(name)
        return row | {"precedents": [*self.origin.precedents], "now": self.now, "same": self.same}


def compared(known: DraftProvenance, agreement: Agreement, marks: Mapping[str, str]) -> Iterator[Explained]:
    """Yield what has become of each origin in the `agreement` that came back, whose hidden `marks` are by path."""
    own = {path: mark for path, mark in marks.items() if tag_of(mark) == known.tag}
    words = {place.path: own_words(place.provision) for place in places(agreement)}
    by_mark: Mapping[str, str] = {mark: path for path, mark in own.items()}
    written = {origin.mark for origin in known.origins} & by_mark.keys()
    for origin in known.origins:
        by_path = origin.path if origin.path in words else ""
        now = by_mark.get(origin.mark, "") if written else by_path
        yield Explained(origin, now, same=_plain(words.get(now, "")) == _plain(origin.words))


def _plain(words: str) -> str:
    return typography.plain(" ".join(words.split())).casefold()
