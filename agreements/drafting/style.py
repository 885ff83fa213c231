"""The style of a draft (`style:` in its parameter file), applied once, to the assembled text.

`style: us` is that of texts of the Department of State, `style: uk` that of many partners; a mapping says each thing by
itself and takes the rest from `us`. A file without the key keeps the words as its templates have them. What is quoted
of another instrument (words in force, new words of an amendment) keeps its own style.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from agreements.findings import Finding, error, info
from agreements.language.text_style import StyleChange, TextStyle, style_changes
from agreements.model import Agreement, Document, Mark, Provision
from agreements.reference import places

PRESETS: Mapping[str, TextStyle] = {
    "us": TextStyle(),
    "uk": TextStyle(
        serial_comma=False, dates="day-first", spelling="uk", quotes="single", united_states="United States"
    ),
}
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "serial_comma": {"yes": True, "no": False},
    "dates": {"month-first": "month-first", "day-first": "day-first"},
    "spelling": {"us": "us", "uk": "uk"},
    "quotes": {"double": "double", "single": "single"},
    "united_states": {"U.S.": "U.S.", "United States": "United States"},
}
_OF_OTHERS = ("amendments", "current_words")  # clauses that quote another instrument


def style_of(given: Any, findings: list[Finding] | None = None) -> TextStyle | None:
    """Return the style that `style:` asks for; None where it is not given. What is wrong with it goes to `findings`."""
    problems: list[Finding] = []
    made = _style(given, problems)
    if findings is not None:
        findings += problems
    return made


def _style(given: Any, problems: list[Finding]) -> TextStyle | None:
    if not given:
        return None
    if isinstance(given, str):
        if given not in PRESETS:
            problems.append(error("style", "style", f"There is no style {given!r}.", f"Known: {', '.join(PRESETS)}."))
        return PRESETS.get(given)
    if not isinstance(given, Mapping):
        problems.append(error("style", "style", "It is neither the name of a style nor a mapping.", "Write style: us"))
        return None
    made = PRESETS["us"]
    for key, value in given.items():
        choices = CHOICES.get(str(key))
        if choices is None:
            fix = f"Known: {', '.join(CHOICES)}."
            problems.append(error("style", f"style.{key}", f"A style says nothing of {key!r}.", fix))
        elif str(value) not in choices:
            fix = f"One of: {', '.join(choices)}."
            problems.append(error("style", f"style.{key}", f"{value!r} is not a value of {key}.", fix))
        else:
            made = replace(made, **{str(key): choices[str(value)]})
    return made


def as_told(style: TextStyle | None) -> dict[str, Any]:
    """Return the style as the provenance of a draft keeps it; empty for none."""
    return asdict(style) if style else {}


def told(kept: Mapping[str, Any]) -> TextStyle | None:
    """Return the style that the provenance of a draft keeps; None for none."""
    return TextStyle(**kept) if kept else None


def styled(agreement: Agreement, style: TextStyle | None) -> Agreement:
    """Return `agreement` in `style`; its marks stay over their words, and what quotes others stays as it is."""
    if style is None:
        return agreement
    documents = tuple(_styled_document(document, style) for document in agreement.documents)
    return agreement.model_copy(update={"title": _line(agreement.title, style), "documents": documents})


def departures(agreement: Agreement, style: TextStyle) -> Iterator[Finding]:
    """Say where an English text is certainly not written as `style` says."""
    for place in places(agreement):
        if place.document.language not in ("en", "") or _is_of_others(place.provision):
            continue
        for change in style_changes(place.provision.text, style):
            was = place.provision.text[change.start : change.end]
            around = place.provision.text[max(0, change.start - 24) : change.end + 24]
            shown = f"“{was}” is not “{change.words}”" if was and change.words else f"“… {around} …”"
            message = f"The style of the draft is another ({change.about}): {shown}."
            yield info("style-departs", place.path, message, f"The style is: {style.words()}.")


def _is_of_others(provision: Provision) -> bool:
    return provision.provenance is not None and provision.provenance.clause in _OF_OTHERS


def _styled_document(document: Document, style: TextStyle) -> Document:
    title = None if document.title is None else _line(document.title, style)
    provisions = tuple(_styled_provision(provision, style) for provision in document.provisions)
    return document.model_copy(update={"title": title, "provisions": provisions})


def _line(text: str, style: TextStyle) -> str:
    return _changed(text, style_changes(text, style))


def _styled_provision(provision: Provision, style: TextStyle) -> Provision:
    if _is_of_others(provision):
        return provision
    changes = style_changes(provision.text, style)
    update: dict[str, Any] = {"children": tuple(_styled_provision(child, style) for child in provision.children)}
    if provision.heading:
        update["heading"] = _line(provision.heading, style)
    if changes:
        update["text"] = _changed(provision.text, changes)
        update["marks"] = tuple(_moved(mark, changes) for mark in provision.marks)
    return provision.model_copy(update=update)


def _changed(text: str, changes: Sequence[StyleChange]) -> str:
    out, last = "", 0
    for change in changes:
        out, last = f"{out}{text[last : change.start]}{change.words}", change.end
    return out + text[last:]


def _moved(mark: Mark, changes: Sequence[StyleChange]) -> Mark:
    return mark.model_copy(update={"start": _at(mark.start, changes), "end": _at(mark.end, changes, end=True)})


def _at(place: int, changes: Sequence[StyleChange], *, end: bool = False) -> int:
    """Return where `place` stands after `changes`; one inside a change goes to its edge."""
    shift = 0
    for change in changes:
        if change.end <= place and not (change.start == change.end == place and end):
            shift += len(change.words) - (change.end - change.start)
        elif change.start < place:
            return change.start + shift + (len(change.words) if end else 0)
    return place + shift
