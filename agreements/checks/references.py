"""Checks of references: each leads to a provision, of the kind that its words name, and none leads in a circle."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from agreements.errors import NotFoundError
from agreements.findings import Finding, error, info, warning
from agreements.model import Agreement, Mark
from agreements.reference import Place, document_name, places, resolve

# Words that name a place in this text by themselves; `(c)` or `that Article` lean on words before them.
_NUMBER = r"(?:[IVXL]+|\d+(?:\.\d+)*|\([a-z0-9]+\)|[A-Z])"
_ALONE = re.compile(
    rf"(?:(?:sub-?)?paragraphs?|Articles?|Sections?|Annex|Appendix) (?>{_NUMBER})(?!\w)[\w\s().,-]*+", re.I
)
_OTHER_TEXT = re.compile(
    r"(?:^|\b)(?:of|to|in|under) (?!this |the present )(?:the |that |its |such )?(?:\w+[ -]){0,3}?"
    r"(?:Agreement|Convention|Charter|Treaty|Statute|Protocol|SOFA|Act|Code|Title|Constitution|Regulations?|Law|Memorandum)\b"
)
_THIS_TEXT = re.compile(
    r"\bthis (?:Agreement|Convention|Treaty|Protocol|Memorandum|Arrangement)|\bthis (?:Article|paragraph)\b", re.I
)
_BACK = re.compile(
    r"\b(?:that|those) (?=(?:[Aa]rticles?|[Ss]ections?|(?:sub)?paragraphs?|[A-Z]\w+)\b)|\b(?:[Ss]aid|the same"
    r"|thereof|above-mentioned|latter)\b"
    r"|\bof (?:that|those)\b"
)
_KINDS = {
    "article": ("article", "section"),
    "section": ("section", "article", "part", "paragraph"),
    "annex": ("part",),
    "appendix": ("part",),
    "paragraph": ("paragraph", "subparagraph", "item", "text"),
    "subparagraph": ("subparagraph", "item", "paragraph", "text"),
}
_SIMPLE = re.compile(rf"(?P<noun>sub-?paragraph|paragraph|article|section|annex|appendix) {_NUMBER}", re.I)
_CONDITION = re.compile(r"\b(?:subject to|except as provided|notwithstanding|without prejudice to|as defined)\b", re.I)
_AMENDING = ("protocol",)
_HEADED = ("section", "article")
_LIST_OF = re.compile(r"(?:Articles|Sections|Annexes|Appendices)\b")
_JOINT = re.compile(r",? (?:and|or|to) |, ")
_BARE = re.compile(_NUMBER)
_OF_A_HEAD = re.compile(rf"\b(?:Article|Section) {_NUMBER}, $")


def unresolved(agreement: Agreement) -> Iterator[Finding]:
    """Say which references of this agreement to itself lead nowhere; those to other agreements are not followed."""
    paths = {place.path for place in places(agreement)}
    documents = {document_name(document) for document in agreement.documents}
    excerpted = _excerpted(agreement)
    for place in places(agreement):
        marks = [mark for mark in place.provision.marks if mark.kind == "reference"]
        for at, mark in enumerate(marks):
            if "#" in mark.target:
                continue
            words = place.provision.text[mark.start : mark.end]
            if not mark.target:
                if _is_of_itself(place, words):
                    continue  # `circles` says so
                is_of_this = _to_this_text(agreement, place, mark, excerpted)
                if _is_held(words, paths):
                    continue  # the whole list leads elsewhere, or its number alone is not the fault
                if is_of_this or (not excerpted and _goes_on(agreement, place, marks[: at + 1], paths)):
                    message = f"“{words}” names no provision of this text."
                    yield warning("reference-open", place.path, message, "Correct the number, or name the other text.")
            elif mark.target not in paths | documents and not _resolves(agreement, mark.target):
                message = f"“{words}” leads to {mark.target}, which this text does not have."
                yield error("reference-dangling", place.path, message, "Correct the number, or restore the provision.")


def levels(agreement: Agreement) -> Iterator[Finding]:
    """Say where the words of a reference name another kind of provision than the one that it leads to."""
    kinds = {place.path: place.provision.kind for place in places(agreement)}
    for place in places(agreement):
        for mark, words in _inside(place):
            named, kind = _SIMPLE.fullmatch(words), kinds.get(mark.target, "") if mark.target else ""
            if named and kind and kind not in _KINDS[named["noun"].lower().replace("-", "")]:
                message = f"“{words}” leads to {mark.target}, which is of another level ({kind})."
                yield warning("reference-level", place.path, message, "Name the provision at its own level.")


def circles(agreement: Agreement) -> Iterator[Finding]:
    """Say where a provision refers to itself by number, and where two provisions each depend on the other."""
    leads: dict[tuple[str, str], str] = {}
    for place in places(agreement):
        for mark, words in _inside(place):
            if (mark.target == place.path and _names_itself(place, words)) or (
                not mark.target and _is_of_itself(place, words)
            ):
                message = f"“{words}” leads back to the provision in which it stands."
                yield info("reference-circular", place.path, message, "Write this paragraph, or name what is meant.")
            elif mark.target and _CONDITION.search(place.provision.text[max(0, mark.start - 30) : mark.start]):
                leads[place.path, mark.target] = words
    for (origin, target), words in leads.items():
        if (target, origin) in leads and origin < target:
            message = f"“{words}”: {origin} depends on {target}, and {target} on {origin}."
            yield warning("reference-circular", origin, message, "Say in one of the two which prevails.")


def _names_itself(place: Place, words: str) -> bool:
    """Whether words name their own provision for certain: by the article, or where no other text is at hand."""
    if words.lower().startswith("this") or place.document.role != "main" or len(place.chain) < 2:
        return False
    return "rticle" in words or "ection" in words or f"of this {place.chain[0].kind}" in words.lower()


_OF_THIS_PARAGRAPH = re.compile(r"subparagraph \(?(?P<number>\w{1,4})\)? of this paragraph", re.IGNORECASE)


def _is_of_itself(place: Place, words: str) -> bool:
    """Whether words name the subparagraph in which they stand: `subparagraph (d) of this paragraph` in (d)."""
    found = _OF_THIS_PARAGRAPH.fullmatch(words)
    own = (place.provision.number or "").strip("().").lower()
    return found is not None and place.provision.kind == "subparagraph" and found["number"].lower() == own


def _inside(place: Place) -> Iterator[tuple[Mark, str]]:
    """Yield the references of a provision to its own text, with their words; some lead to no place of it."""
    for mark in place.provision.marks:
        if mark.kind == "reference" and "#" not in mark.target:
            yield mark, place.provision.text[mark.start : mark.end]


def _to_this_text(agreement: Agreement, place: Place, mark: Mark, excerpted: Collection[str]) -> bool:
    """Whether words that lead nowhere name a place of this text, and not of another one or of what was just said."""
    text = place.provision.text
    words, after = text[mark.start : mark.end], text[mark.end : mark.end + 60]
    kind = next((kind for kind in _HEADED if kind in words.lower()), "")
    if words.lower().startswith("this") or kind in excerpted or _is_quoted(text[: mark.start]):
        return False
    if _THIS_TEXT.search(words):
        return True
    if agreement.form in _AMENDING or not _speaks_of_itself(place, words) or place.chain[0].kind == "preamble":
        return False  # such a text speaks of the one that it amends, or adds to
    around = text[max(0, mark.start - 200) : mark.end + 110]
    if _OF_A_HEAD.search(text[: mark.start]):
        return False  # the paragraph of an article that is named just before, and of that text
    if _OTHER_TEXT.search(words) or _OTHER_TEXT.match(after.lstrip(" ,")) or _BACK.search(words + after[:20]):
        return False
    return _ALONE.fullmatch(words) is not None and not _OTHER_TEXT.search(around)


def _is_held(words: str, paths: Collection[str]) -> bool:
    """Whether `words` begin a list of articles (`Articles VII`) whose first one stands in this text."""
    return _LIST_OF.match(words) is not None and words.rsplit(maxsplit=1)[-1].strip("().,") in paths


def _goes_on(agreement: Agreement, place: Place, marks: Sequence[Mark], paths: Collection[str]) -> bool:
    """Whether the last of `marks` is a bare number that goes on with places of this text: `Articles VII and XII`."""
    text, last = place.provision.text, marks[-1]
    if agreement.form in _AMENDING or _is_quoted(text[: last.start]):
        return False
    if (
        text[last.start : last.end].strip("().,") in paths
        or not _BARE.fullmatch(text, last.start, last.end)
        or _OTHER_TEXT.match(text[last.end :].lstrip(" ,"))
    ):
        return False
    for before, after in pairwise(reversed(marks)):
        if not _JOINT.fullmatch(text, after.end, before.start):
            return False
        if _LIST_OF.match(text, after.start):
            words = text[after.start : after.end]
            return "#" not in after.target and (bool(after.target) or _is_held(words, paths))
    return False


def _is_quoted(before: str) -> bool:
    """Whether quotation marks opened in `before` are not closed there: new words for another text point into that."""
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _speaks_of_itself(place: Place, words: str) -> bool:
    """Whether a bare reference means the text in which it stands: the main text, or the numbered terms of a note."""
    if place.document.role == "main":
        return True
    if place.document.role == "annex" and re.fullmatch(r"Annex [A-Z]", words):
        return re.fullmatch("[A-Z]", place.document.number or "") is not None  # its annexes have letters too
    return place.document.role == "offer-note" and place.chain[0].number is not None and "aragraph" in words


def _excerpted(agreement: Agreement) -> frozenset[str]:
    """Return the kinds of provision whose first number is not 1: the text is a part of a longer one."""
    first: dict[str, str] = {}
    for document in agreement.documents:
        for provision in document.walk():
            first.setdefault(provision.kind, provision.number or "")
    return frozenset(kind for kind in _HEADED if first.get(kind, "1").strip(".()") not in ("1", "I", "A"))


def _resolves(agreement: Agreement, target: str) -> bool:
    try:
        resolve(agreement, target)
    except NotFoundError:
        return False
    return True
