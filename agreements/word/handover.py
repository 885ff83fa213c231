"""Handing a Word file over: only what is known goes out, what a person must decide is asked, and the copy is proven.

A copy is built anew from the parts, elements and attributes of the allowlist (`agreements.word.allowlist`); all else is
left out and named. Then the finished file is looked through again by code that cleans nothing, and its words and
numbers are held against those of the file. No verdict is given: release is a person's decision.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from agreements import platform
from agreements.display import shown_short
from agreements.errors import AgreementsError, UnreadableError
from agreements.findings import Finding, warning
from agreements.ooxml import revisions as tracked
from agreements.ooxml import walk
from agreements.ooxml.package import Package, Relationship, packed
from agreements.ooxml.schema import name
from agreements.reading import refuse_word_file, save_checked, source
from agreements.word import cleaning
from agreements.word.allowlist import NAMESPACES, PROPERTIES, full, parts, strangers
from agreements.word.decisions import (
    Asking,
    Found,
    HandoverChoice,
    HandoverChoices,
    HandoverItem,
    HandoverKind,
    HandoverLedger,
    O,
    PlacesInPart,
    R,
    drop,
    handover_kinds,
    shortened,
    unseen,
)
from agreements.word.flattened import shown_lines
from agreements.word.pictures import bare, format_of
from agreements.word.revising.comments import read_comments
from agreements.word.revising.proof import all_accepted, all_rejected
from agreements.word.revising.settle import accept, reject

Revisions = Literal["refuse", "accept", "reject", "keep"]

_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_WORKING = re.compile(r"working copy", re.IGNORECASE)
_NOT_EXAMINED = (
    "what the words themselves tell",
    "what pictures and charts show",
    "names of styles and fonts",
    "white or tiny type that comes from a style",
)
_SINGLE = frozenset(  # parts of which a file has one, known to the main part by their kind alone
    ("styles", "settings", "webSettings", "numbering", "fontTable", "theme", "footnotes", "endnotes")
)
_IMPLICIT = _SINGLE | {"themeOverride", "diagramDrawing"}
_RAW = frozenset(("image", "oleObject", "package", "classificationlabels"))
_LABEL = "classificationlabels"
_RELATION_ID = f"{O}relid"
_DRAWING, _FIRST_DRAWING = "diagramDrawing", 9001
_EMBEDDED = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xls": "application/vnd.ms-excel",
}
# Parts that do not go, by the kind of the relationship to them.
_LEFT_PARTS = {
    **dict.fromkeys(("comments", "commentsExtended", "commentsIds", "commentsExtensible", "documenttasks"), "comments"),
    "people": "people",
    **dict.fromkeys(("customXml", "customXmlProps"), "custom-xml"),
    **dict.fromkeys(("core-properties", "extended-properties", "custom-properties", "thumbnail"), "properties"),
    "glossaryDocument": "building-blocks",
    **dict.fromkeys(
        ("printerSettings", "keyMapCustomizations", "attachedToolbars", "ui", "extensibility", "taskpanes"),
        "customisations",
    ),
    **dict.fromkeys(("vbaProject", "wordVbaData", "control", "activeXControlBinary"), "macros"),
    **dict.fromkeys(("origin", "signature"), "signatures"),
    **dict.fromkeys(("stylesWithEffects", "stylesWithtEffects", "chartStyle", "chartColorStyle"), "extensions"),
    "attachedTemplate": "template",
    **dict.fromkeys(("mailMergeSource", "mailMergeHeaderSource", "mailMergeRecipientData"), "variables"),
    **dict.fromkeys(("header", "footer"), "hidden-text"),
    "font": "extensions",
    _LABEL: "labels",
    **dict.fromkeys(("oleObject", "package"), "embedded"),
}
_ABOUT = 30  # characters of the words that a comment is on
_NOBODY = frozenset(
    (
        "author",
        "administrator",
        "user",
        "microsoft office user",
        "unknown",
        "python-docx",
        "microsoft",
        "office",
        "word",
    )
)


# ---------------------------------------------------------------------- what came of it


@shown_short
@dataclass(frozen=True, slots=True)
class Handover:
    """What a Word file tells beside its text, and the copy that was made of it.

    `found`, `not_found` (kinds that were looked for) and `not_examined` are all that is said: whether the file is
    released is a person's decision. `output` is the copy, None where none was asked for or made; `open` is what waits
    for a decision or stops the copy.
    """

    file: Path
    output: Path | None
    found: tuple[Found, ...]
    not_examined: tuple[str, ...]

    @property
    def open(self) -> tuple[Found, ...]:
        """What was found and waits for a decision, or stops a copy."""
        return tuple(each for each in self.found if each.open)

    @property
    def kinds_not_found(self) -> tuple[HandoverKind, ...]:
        """The kinds that were looked for and not found."""
        there = {each.kind.kind for each in self.found}
        return tuple(k for k in handover_kinds().values() if k.short and k.kind not in there)

    @property
    def not_found(self) -> tuple[str, ...]:
        """The short names of what was looked for and not found."""
        return tuple(kind.short for kind in self.kinds_not_found)

    def finding(self) -> Finding | None:
        """Return one finding that names all that was found, None where nothing was."""
        if not self.found:
            return None
        told = ", ".join(f"{each.kind.short or each.kind.what} ({each.count})" for each in self.found)
        fix = f"`agreements handover {self.file.name}` lists it; with `-o COPY` it makes a copy without it."
        return warning("handover", self.file.name, f"Found beside its text: {told}.", fix)

    def as_json(self) -> dict[str, Any]:
        """Return the JSON shape of one file."""
        return {
            "file": str(self.file),
            "output": str(self.output) if self.output else None,
            "found": [each.as_json() for each in self.found],
            "not_found": list(self.not_found),
            "not_examined": list(self.not_examined),
        }


# ---------------------------------------------------------------------- the verbs


def look(file: Path) -> Handover:
    """Return what the Word file `file` tells beside its text, and write nothing.

    Raises `UnreadableError` when `file` is no Word file, `ClassifiedError` when any part of it bears a marking in use.
    """
    return _made(file, None, _Wishes())


def make_handover(
    file: Path,
    output: Path,
    *,
    revisions: Revisions = "refuse",
    authors: Mapping[str, str] | None = None,
    allow: Iterable[str] = (),
    remove: Iterable[str] = (),
    anonymise: bool = False,
) -> Handover:
    """Write to `output` a copy of the Word file `file` with what is known and what was decided, or say what waits.

    `revisions` says what becomes of tracked changes: they wait for a decision, or are accepted, rejected, or kept
    without times. Those that are kept bear the names that `authors` gives for the names in the file (sides, no
    persons); the name `""` gives one for all where there is only one author: changes of two sides never become those of
    one. `allow` and `remove` decide the kinds of `handover_kinds` that ask (`links`), or single things by their numbers
    (`links=1,3`). `anonymise` lets Word drop all names whenever the copy is saved, also those of the other side.

    Nothing is written while anything waits, or when the second reading of the copy differs in a word or number or meets
    something unknown. Raises `UnreadableError` when `file` is no Word file, `AgreementsError` when `output` cannot be
    written or is `file` itself, when an author has no name to bear or a kind is not known, `ClassifiedError` when any
    part of it bears a marking in use.
    """
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    if output.resolve() == file.resolve():
        raise AgreementsError(f"{output.name} would replace the file itself.", hint="Name another file with -o.")
    return _made(file, output, _Wishes(revisions, dict(authors or {}), HandoverChoices.of(allow, remove), anonymise))


@dataclass(slots=True)
class _Wishes:
    revisions: Revisions = "refuse"
    authors: dict[str, str] = field(default_factory=dict)
    choices: HandoverChoices = field(default_factory=HandoverChoices)
    anonymise: bool = False


def _made(file: Path, output: Path | None, wishes: _Wishes) -> Handover:
    if not file.is_file():
        raise UnreadableError(f"{platform.printable(file)}: there is no such file.", hint="Check name and folder.")
    content = source.load(file).data
    refuse_word_file(file.name, content)
    ledger = HandoverLedger(wishes.choices)
    copy, beside = _copy(file.name, content, wishes, ledger)
    result = Handover(file, None, ledger.found(), (*beside, *_NOT_EXAMINED))
    if output is None or result.open:
        return result
    save_checked(output, copy)
    return Handover(file, output, ledger.found(), (*beside, *_NOT_EXAMINED))


def _copy(file_name: str, content: bytes, wishes: _Wishes, ledger: HandoverLedger) -> tuple[bytes, tuple[str, ...]]:
    """Return the copy, and what of this file was not examined; what was found is in the `ledger`."""
    package = Package.of(file_name, content)
    _stop_working_copies(package, ledger)
    _tell_remarks(package, ledger)
    persons = _persons(package)
    sides = _revised(package, wishes, ledger)
    base = content
    if wishes.revisions in ("accept", "reject"):
        accepting = wishes.revisions == "accept"
        base = (accept if accepting else reject)(content, file_name=file_name)
        wanted = shown_lines(content, all_accepted if accepting else all_rejected)
        _prove(wanted, shown_lines(base), ledger, whole=True)
        package = Package.of(file_name, base)
    copying = _Copying(package, wishes, ledger, sides)
    before = copying.without_unseen(base)
    copy = copying.made()
    after = shown_lines(copy)
    if not ledger.items.get("unknown-words"):
        _prove(before, after, ledger)
        for what in strangers(copy, anonymous=wishes.anonymise):
            ledger.stop("unclean", "", what)
    _ask_names(after, persons, ledger)
    _tell_comments(Package.looked_at(file_name, content), ledger)
    return copy, copying.beside


# ---------------------------------------------------------------------- before the copy is made


def _stop_working_copies(package: Package, ledger: HandoverLedger) -> None:
    for path in (*package.related.get("header", ()), *package.related.get("footer", ())):
        root = package.part(path)
        words = "" if root is None else "".join(text.text or "" for text in root.iter(name("t")))
        if _WORKING.search(words):
            ledger.stop("working-copy", "", "every page says so; hand over the clean copy beside it")
            return


_REMARKS = (re.compile(rb"<!--"), re.compile(rb"<\?(?!xml[ \t\r\n])"))


def _tell_remarks(package: Package, ledger: HandoverLedger) -> None:
    """Note what stands beside the elements of the parts and the parts of the package: a copy is built without it."""
    for path in package.paths():
        data = (package.data(path) or b"") if path.endswith((".xml", ".rels")) else b""
        if any(remark.search(data) for remark in _REMARKS):
            ledger.unknown("other-markup", f"remarks among the elements of {path}")
    if package.has_remarks:
        ledger.unknown("other-markup", "a remark in the archive")


def _revised(package: Package, wishes: _Wishes, ledger: HandoverLedger) -> dict[str, str]:
    """Note tracked changes; return the name of a side for each author where changes are kept."""
    found: Counter[str] = Counter()
    roots = [root for path in package.paths() if (root := _word_part(package, path)) is not None]
    for root in roots:
        found.update(e.get(name("author"), "") for e in root.iter(*tracked.CHANGES))
    ranges = [e for root in roots for e in root.iter(*tracked.RANGES)]  # where moves began and ended; a name too
    if not found:
        ledger.counts["people"] += sum(1 for each in ranges if each.get(name("author")))
        for each in ranges:
            drop(each)
        return {}
    ledger.counts["revisions"] = found.total()
    choices: dict[Revisions, HandoverChoice] = {"keep": "allow", "accept": "remove", "reject": "remove"}
    for author, count in found.most_common():
        ledger.stop("revisions", "", f"{count} by {author or 'an unnamed author'}", choices.get(wishes.revisions, ""))
    if wishes.revisions != "keep":
        return {}
    authors = {*found, *(each.get(name("author"), "") for each in ranges if name("author") in each.attrib)}
    one = wishes.authors.get("", "") if len(authors) == 1 else ""
    sides = {author: wishes.authors.get(author, "") or one for author in sorted(authors)}
    if unnamed := [author for author, side in sides.items() if not side]:
        example = " ".join(f"--author '{author}=SIDE'" for author in unnamed)
        who = ", ".join(author or "an unnamed author" for author in unnamed)
        raise AgreementsError(
            f"Changes that are kept need the name of a side; there are changes of {who}.",
            hint=f"Say for each: --revisions keep {example}.",
        )
    return sides


def _tell_comments(package: Package, ledger: HandoverLedger) -> None:
    """Count the comments themselves, not the parts and marks that they are written in, and say what each is.

    Marks without a comment stay counted as they were met.
    """
    found = read_comments(package, list(walk.paragraphs(package.body())))
    if found:
        ledger.counts["comments"] = len(found)
        ledger.items["comments"] = [
            HandoverItem(
                number,
                f"paragraph {each.paragraph + 1}" if each.paragraph >= 0 else "outside the body",
                f"{each.author or 'an unnamed author'}{' replies' if each.reply_to else ''}"
                f"{f' on “{shortened(each.about, _ABOUT)}”' if each.about.strip() else ''}: {shortened(each.text)}",
            )
            for number, each in enumerate(found, 1)
        ]


def _word_part(package: Package, path: str) -> etree._Element | None:
    """Return the root of a part of text, style or list; None for comments and for what is none of Word's."""
    if not path.endswith(".xml") or path.startswith("[") or "/glossary/" in f"/{path}":
        return None
    root = package.part(path)
    known = root is not None and root.tag.startswith(f"{{{NAMESPACES['w']}}}")
    return root if known and root is not None and root.tag != name("comments") else None


def _persons(package: Package) -> list[str]:
    """Return the names of persons and offices that the file tells beside its text."""
    found: dict[str, None] = {}
    for path in package.paths():
        if not path.endswith((".xml", ".psmdcp")) or path.startswith("["):
            continue
        root = package.part(path)
        for element in () if root is None else root.iter(etree.Element):
            tag = element.tag.rpartition("}")[2]
            if tag in ("creator", "lastModifiedBy", "Manager", "Company"):
                found[(element.text or "").strip()] = None
            elif author := element.get(name("author")) or (element.get(_PERSON) if tag == "person" else ""):
                found[author.strip()] = None
    return [each for each in found if len(each) >= _SHORTEST and each.casefold() not in _NOBODY]


_PERSON = full("w15:author")
_SHORTEST = 5  # letters of a name that is looked for in the text


def _ask_names(lines: list[str], persons: Iterable[str], ledger: HandoverLedger) -> None:
    for person in persons:
        sought = re.compile(rf"(?<!\w){re.escape(person)}(?!\w)", re.IGNORECASE)
        line = next((each for each in lines if sought.search(each)), None)
        if line is not None:
            ledger.ask("names", "", f"{person}, in: {shortened(line)}")


def _prove(before: list[str], after: list[str], ledger: HandoverLedger, *, whole: bool = False) -> None:
    """Note where two readings differ in words or numbers; `whole`: paragraphs may be divided otherwise."""
    if whole:
        before, after = (["".join("".join(lines).split())] for lines in (before, after))
        at = len(posixpath.commonprefix([before[0], after[0]]))
        before, after = ([text[max(at - 20, 0) : at + 20]] if before != after else [] for (text,) in (before, after))
    if before == after:
        return
    pairs = zip([*before, ""], [*after, ""], strict=False)
    one, other = next(((a, b) for a, b in pairs if a != b), ("", ""))
    ledger.stop("unproven", "", f"“{shortened(one)}” in the file, “{shortened(other)}” in the copy")


# ---------------------------------------------------------------------- the copy


class _Copying:
    """Builds the copy of a package part by part, from what the main part leads to."""

    def __init__(self, package: Package, wishes: _Wishes, ledger: HandoverLedger, sides: Mapping[str, str]) -> None:
        self._package, self._wishes, self._ledger, self._sides = package, wishes, ledger, sides
        self._paths: dict[str, str] = {}  # in the file, in the copy
        self._parts: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._drawings: dict[str, int] = {}
        self._hidden = cleaning.Hidden(package.first("styles"))
        self._texts = self._read_texts()
        self.beside: tuple[str, ...] = ()

    def _read_texts(self) -> dict[str, etree._Element]:
        """Return the trees that hold words and are shown, by path."""
        package = self._package
        stories = package.stories()
        main = stories.get(package.main)
        shown = (
            set()
            if main is None
            else {
                package.target(e.get(f"{R}id", "")) for e in main.iter(name("headerReference"), name("footerReference"))
            }
        )
        edges = {*package.related.get("header", ()), *package.related.get("footer", ())}
        return {path: root for path, root in stories.items() if path not in edges or path in shown}

    def _places(self, path: str, root: etree._Element) -> PlacesInPart:
        sort = next((kind for kind, paths in self._package.related.items() if path in paths), "")
        label = "" if path == self._package.main or sort.endswith("notes") else (sort or path.rpartition("/")[2])
        return PlacesInPart(label, root)

    def without_unseen(self, base: bytes) -> list[str]:
        """Take out what cannot be seen where a person wants it; return the words and numbers that are to stay."""
        for root in self._texts.values():
            cleaning.choose_forms(root, self._ledger)
        before = shown_lines(base)
        gone = unseen([(r, self._places(p, r)) for p, r in self._texts.items()], self._ledger, self._hidden.run)
        if not gone:
            return before
        left = shown_lines(self._package.content())
        words, stay = (Counter(" ".join(lines).split()) for lines in (before, left))
        if words - gone != stay:
            self._ledger.stop("unproven", "", "more went than the words that cannot be seen")
        return left

    def made(self) -> bytes:
        """Return the copy."""
        ledger, package = self._ledger, self._package
        for root in self._texts.values():
            cleaning.leave_out_hidden(root, self._hidden, ledger)
        notes = [package.first(kind) for kind in ("footnotes", "endnotes")]
        cleaning.leave_out_loose_notes(notes, [r for r in self._texts.values() if r not in notes], ledger)
        for kind in ("styles", "numbering"):
            definitions = package.first(kind)
            if definitions is not None:
                cleaning.show_styles(definitions, ledger)
        lists, styles = package.first("numbering"), package.first("styles")
        if lists is not None:
            users = [*self._texts.values(), *([] if styles is None else [styles])]
            cleaning.leave_out_unused_lists(lists, users, ledger)
        for path, root in self._texts.items():
            Asking(package, ledger).ask(path, root, self._places(path, root))
        needed = cleaning.needed_bookmarks(self._texts.values())
        for root in self._texts.values():
            cleaning.rename_bookmarks(root, needed, ledger)
        beside = self._properties() + self._labels()
        main = self._relation(parts()["officeDocument"].relationship, self._take(package.main, "officeDocument"))
        self._tell_left_parts()
        return self._packed([main, *beside])

    # ------------------------------------------------------------------ parts

    def _take(self, path: str, kind: str) -> str:
        """Bring the part at `path` into the copy; return its path there."""
        if path in self._paths:
            return self._paths[path]
        known = parts()[kind]
        self._counts[kind] += 1
        stem, dot, suffix = known.path.rpartition(".") if "." in known.path else (known.path, "", "")
        number = "" if kind in _SINGLE | {"officeDocument", _LABEL} and kind != "theme" else str(self._counts[kind])
        if kind in _RAW:
            data, suffix, sort = self._raw(path, kind)
            made = f"{stem}{number}.{suffix}"
            self._parts[made], self._types[made] = data, sort
            self._paths[path] = made
            return made
        made = self._paths[path] = f"{stem}{number}{dot}{suffix}"
        self._types[made] = known.type
        self._parts[made] = self._cleaned(path, kind, made)
        return made

    def _raw(self, path: str, kind: str) -> tuple[bytes, str, str]:
        data = self._package.data(path) or b""
        if kind == "image":
            clean = bare(data)
            self._ledger.counts["picture-notes"] += clean != data
            self._ledger.counts["object-names"] += not _PICTURE_NAME.fullmatch(posixpath.basename(path))
            return (clean, *format_of(clean))
        if kind == "package":
            suffix = path.rpartition(".")[2].lower()
            suffix = suffix if suffix in _EMBEDDED else "bin"
            return data, suffix, _EMBEDDED.get(suffix, parts()["oleObject"].type)
        return data, parts()[kind].path.rpartition(".")[2], parts()[kind].type

    def _cleaned(self, path: str, kind: str, made: str) -> bytes:
        """Return the part at `path` cleaned, and bring those that it names."""
        package, ledger = self._package, self._ledger
        root = package.part(path)
        if root is None:
            return b""
        places = self._places(path, root)
        if path not in self._texts and kind not in _SINGLE:  # charts and diagrams
            cleaning.choose_forms(root, ledger)
            Asking(package, ledger).ask(path, root, places)
        if self._sides:
            cleaning.rename_authors(root, self._sides, ledger)
        if kind == "settings":
            waits = self._wishes.revisions == "refuse" and "revisions" in ledger.items
            tracking = self._wishes.revisions == "keep" or waits
            cleaning.leave_tracking(root, ledger, tracking=tracking)
        cleaning.rename_objects(root, ledger)
        cleaning.Sweep(ledger, places).clean(root)
        if kind == "settings" and self._wishes.anonymise:
            cleaning.anonymise(root)
        self._relate(path, root, made)
        return cleaning.serialised(root)

    # ------------------------------------------------------------------ relationships

    def _relate(self, path: str, root: etree._Element, made: str) -> None:
        """Bring the parts that a cleaned tree names, and write the relationships to them."""
        ids: dict[str, str] = {}
        folder, base = posixpath.split(made)
        rows: list[str] = []

        def bring(relation: Relationship) -> str:
            target = relation.target if relation.external else self._take(relation.target, relation.kind)
            number = self._number_of(relation.target) if relation.kind == _DRAWING else len(rows) + 1
            sort = parts()[relation.kind].relationship
            rows.append(self._relation(sort, target, number, folder, external=relation.external))
            return f"rId{number}"

        for element in root.iter(etree.Element):
            for key in element.attrib:
                if key == "relId" and element.tag == full("dsp:dataModelExt"):
                    self._name_drawing(element)
                elif str(key).startswith(R) or key == _RELATION_ID:
                    was = element.get(key, "")
                    relation = self._package.relationship(was, of=path)
                    if was not in ids and relation is not None and self._goes(relation):
                        ids[was] = bring(relation)
                    self._rename(element, str(key), ids)
        for relation in self._package.relationships(path):
            implicit = relation.kind in _IMPLICIT and not relation.external and relation.id not in ids
            if implicit and self._goes(relation) and self._is_first(relation, made):
                bring(relation)
        if rows:
            self._parts[f"{folder}/_rels/{base}.rels"] = _relationships(rows)

    def _goes(self, relation: Relationship) -> bool:
        return relation.kind in parts() and (relation.external or self._package.data(relation.target) is not None)

    def _rename(self, element: etree._Element, key: str, ids: Mapping[str, str]) -> None:
        """Give a relationship that `element` names its number in the copy, or take the attribute away."""
        was = element.get(key, "")
        if was in ids:
            element.set(key, ids[was])
        else:
            del element.attrib[key]
            self._ledger.counts["extensions"] += bool(was)

    def _number_of(self, drawing: str) -> int:
        """Return the number under which the main part knows the drawing of a diagram, which another part names too."""
        return self._drawings.setdefault(drawing, _FIRST_DRAWING + len(self._drawings))

    def _name_drawing(self, element: etree._Element) -> None:
        drawing = self._package.target(element.get("relId", ""))
        if drawing:
            element.set("relId", f"rId{self._number_of(drawing)}")
        else:
            del element.attrib["relId"]

    def _is_first(self, relation: Relationship, made: str) -> bool:
        """Whether a part that is known by its kind alone is the first of its kind."""
        if made != parts()["officeDocument"].path:
            return relation.kind not in _SINGLE
        return self._package.related.get(relation.kind, [relation.target])[0] == relation.target

    def _relation(self, sort: str, target: str, number: int = 0, folder: str = "", *, external: bool = False) -> str:
        row = etree.Element("Relationship", Id=f"rId{number}", Type=sort)
        row.set("Target", target if external else posixpath.relpath(target, folder or "."))
        if external:
            row.set("TargetMode", "External")
        return etree.tostring(row, encoding="unicode")

    # ------------------------------------------------------------------ beside the main part

    def _properties(self) -> list[str]:
        """Bring title and language; ask about a title that the text does not bear."""
        root = self._package.properties()
        made = etree.Element(
            full("cp:coreProperties"), nsmap={k: NAMESPACES[k] for k in ("cp", "dc", "dcterms", "xsi")}
        )
        for element in () if root is None else root:
            value = (element.text or "").strip()
            if value and self._may_stay(element.tag, value):
                kept = etree.SubElement(made, element.tag)
                kept.text = value
                if element.tag in _DAYS:
                    kept.set(full("xsi:type"), "dcterms:W3CDTF")
            elif value and element.tag != full("dc:title"):
                self._ledger.counts["properties"] += 1
        if not len(made):
            return []
        known = parts()["core-properties"]
        self._parts[known.path] = etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._types[known.path] = known.type
        return [self._relation(known.relationship, known.path, 1)]

    def _may_stay(self, tag: str, value: str) -> bool:
        """Whether a property may stay: a language, a day without a time, a title that the text bears or that is let."""
        if tag == full("dc:title"):
            return self._bears(value) or self._ledger.ask("title", "", value) == "allow"
        return tag in PROPERTIES and PROPERTIES[tag].fullmatch(value) is not None

    def _bears(self, title: str) -> bool:
        """Whether the text says the title, however its lines are cut, or at least each of its words."""
        lines = (
            "".join(t.text or "" for t in p.iter(name("t"))) for r in self._texts.values() for p in r.iter(name("p"))
        )
        said = " ".join(lines)
        words = {*re.findall(r"\w+", title.casefold())} - _FORM
        return _letters(title) in _letters(said) or words <= {*re.findall(r"\w+", said.casefold())}

    def _labels(self) -> list[str]:
        rows = [
            self._relation(parts()[_LABEL].relationship, self._take(relation.target, _LABEL), 2)
            for relation in self._package.relationships("")
            if relation.kind == _LABEL
            and self._ledger.ask("labels", relation.target, "a label of the office") == "allow"
        ]
        for path in self._package.paths():
            root = self._package.part(path) if path.endswith("/custom.xml") else None
            labelled = [
                e.get("name", "") for e in (() if root is None else root) if e.get("name", "").startswith("MSIP_")
            ]
            if labelled and self._ledger.ask("labels", path, f"{len(labelled)} properties of a label") == "allow":
                self.beside = ("the properties of the label, which go in no copy",)
        return rows

    def _tell_left_parts(self) -> None:
        """Count the parts that do not go, by what they are."""
        kinds = self._kinds_of_left()
        for path in self._package.paths():
            if path in self._paths or path.endswith((".rels", "/")) or path == "[Content_Types].xml":
                continue
            kind = kinds.get(path, "")
            if kind in ("embedded", "labels"):
                continue  # told one by one
            if kind == "properties":
                self._ledger.counts[kind] += not self._is_core(path)
            elif kind:
                self._ledger.counts[kind] += 1
            else:
                self._ledger.unknown("other-parts", path)

    def _is_core(self, path: str) -> bool:
        if not path.endswith((".xml", ".psmdcp")):
            return False
        root = self._package.properties()
        return root is not None and self._package.part(path) is root

    def _kinds_of_left(self) -> dict[str, str]:
        """Return what the parts are that do not go: by the relationship to them, or to what names them."""
        found: dict[str, str] = {}
        todo = [("", ""), *((path, "") for path in self._paths)]
        while todo:
            path, above = todo.pop()
            for relation in self._package.relationships(path):
                if relation.external or relation.target in found or relation.target in self._paths:
                    continue
                kind = above or _LEFT_PARTS.get(relation.kind, "")
                found[relation.target] = kind
                todo.append((relation.target, kind))
        return found

    def _packed(self, relations: Collection[str]) -> bytes:
        numbered = [re.sub(r'Id="rId\d+"', f'Id="rId{n}"', row) for n, row in enumerate(relations, 1)]
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
        rows = []
        for path, sort in sorted(self._types.items()):
            suffix = path.rpartition(".")[2]
            if defaults.setdefault(suffix, sort) != sort:
                rows.append(f'<Override PartName="/{path}" ContentType="{sort}"/>')
        begins = [f'<Default Extension="{suffix}" ContentType="{sort}"/>' for suffix, sort in sorted(defaults.items())]
        types = f'<Types xmlns="{_TYPES}">{"".join((*begins, *rows))}</Types>'
        return packed(
            {**self._parts, "[Content_Types].xml": (_HEAD + types).encode(), "_rels/.rels": _relationships(numbered)}
        )


_DAYS = (full("dcterms:created"), full("dcterms:modified"))
_FORM = frozenset(("exchange", "of", "notes", "constituting", "an", "agreement"))  # words of our own titles of notes
_PICTURE_NAME = re.compile(r"image\d*\.\w{2,5}")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _relationships(rows: Iterable[str]) -> bytes:
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(rows)}</Relationships>'.encode()


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
