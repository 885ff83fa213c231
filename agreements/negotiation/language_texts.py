"""The texts in other languages: sent to be translated, returned, compared, certified to conform, and what voids that.

Two language texts are compared and certified to conform before they are signed, and the record of it is kept with the
file (11 FAM 730). A certificate is of two texts, each by its hash: whatever changes either of them later voids it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from agreements.display import shown_short
from agreements.errors import unknown
from agreements.intake.files import parse_file
from agreements.isodates import today
from agreements.languages import languages
from agreements.languages.names import tongues_in
from agreements.marking import refuse, refuse_entry, values
from agreements.negotiation.file import LanguageState, LanguageStep, NegotiatedText, Negotiation
from agreements.negotiation.records import RecordError, validated
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import read_text
from agreements.platform import printable, safe_name

STATES: tuple[LanguageState, ...] = get_args(LanguageState)


@shown_short
@dataclass(frozen=True, slots=True)
class LanguageStanding:
    """How the text in a language stands: its steps, the certificate given last, and what voids that (sentences).

    `early` are steps with the text of the record that came only after the day on which they are said to have been done.
    """

    language: str
    steps: tuple[LanguageStep, ...]
    certificate: LanguageStep | None = None
    void: tuple[str, ...] = ()
    early: tuple[tuple[LanguageStep, NegotiatedText], ...] = ()

    @property
    def name(self) -> str:
        """The language by its English name."""
        return language_name(self.language)

    @property
    def stands(self) -> bool:
        """Whether there is a certificate and nothing in the record voids it."""
        return self.certificate is not None and not self.void

    @property
    def said(self) -> str:
        """What was done last, or the certificate with what voids it, in words."""
        last = self.steps[-1]
        if self.certificate is None:
            due = f", due back {last.due}" if last.due and last.state == "sent" else ""
            return f"{self.name}: {_words(last)}{due}; not certified{self._order(last)}"
        if not self.void:
            return f"{self.name}: {_words(self.certificate)}{self._order(self.certificate)}"
        given = f"{self.name}: certificate VOID ({_words(self.certificate)}): {'; '.join(self.void)}"
        return given if last is self.certificate else f"{given}; since then {_words(last)}{self._order(last)}"

    def _order(self, step: LanguageStep) -> str:
        """Return in words that a step recorded before `step` is of a later day: one of the two days is wrong."""
        before = self.steps[: self.steps.index(step)]
        late = next((each for each in reversed(before) if each.date[: len(step.date)] > step.date), None)
        found = [f"; that is before the day on which it was {late.state} ({late.date})"] if late else []
        for each, text in self.early:
            which = "that is" if each is step else f"{each.state} {each.date} is"
            found.append(f"; {which} before text {text.number} ({text.how} {text.date})")
        return "".join(found)

    def as_json(self) -> dict[str, Any]:
        """Return the language, its steps, and whether its certificate stands."""
        return {
            "language": self.language,
            "steps": [step.model_dump(mode="json", exclude_defaults=True) for step in self.steps],
            "certified": self.stands,
            "void": list(self.void),
        }


def _words(step: LanguageStep) -> str:
    return f"{step.state} {step.date} by {step.by} on text {step.text}"


def language_name(code: str) -> str:
    """Return the English name of a language by its code (ISO 639-1)."""
    names = languages()["en"].tongues.get(code)
    return names[0].capitalize() if names else code


def own_languages(store: Negotiations, negotiation: str, text: NegotiatedText) -> tuple[str, ...]:
    """Return the English names of the languages that a text of a negotiation is written in; raises as `read_text`."""
    documents = read_text(store, negotiation, text).documents
    return tuple(dict.fromkeys(language_name(document.language) for document in documents if document.language))


def language_code(name: str) -> str:
    """Return the code of a language that is named by its code or in English; raises `NotFoundError`."""
    known = languages()["en"].tongues
    if name.lower() in known:
        return name.lower()
    found = tongues_in(name, "en")
    if len(found) != 1:
        raise unknown("language", name, sorted(ways[0] for ways in known.values()))
    return found[0].code


def keep_language_step(
    store: Negotiations,
    negotiation: str,
    language: str,
    state: str,
    facts: Mapping[str, Any],
    *,
    file: Path | None = None,
    expected: str = "",
) -> LanguageStep:
    """Keep what was done to the text in `language` (a code or an English name): `state` is one of `STATES`.

    `facts` are `by` (who did it), `date` (default: today), `text` (the number of the text that it is a translation of,
    or is held against; default: that of the step before, else the last text), `other` (the number of the text of the
    record that is in the language), `due`, `note` and `marking`. `file` is the text in the language, kept untouched; a
    step that needs one takes the one returned last. Raises `RecordError` for a text that is missing, and as
    `keep_text`.
    """
    code = language_code(language)
    if state not in STATES:
        raise unknown("state", state, STATES)
    refuse_entry("", what="The entry", marking=str(facts.get("marking") or ""))
    refuse(list(values(dict(facts), "")), what="The entry", typed=True)
    parsed = parse_file(file) if file is not None else None
    content = file.read_bytes() if file is not None else b""

    def how(held: Negotiation) -> LanguageStep:
        before = [step for step in held.language_texts if step.language == code]
        of = _original(held, facts.get("text"), before)
        row = {
            "language": code,
            "state": state,
            "date": facts.get("date") or today(),
            "by": facts.get("by") or "",
            "text": of.number,
            "sha256": of.sha256,
            "due": facts.get("due"),
            "note": facts.get("note") or "",
            "marking": facts.get("marking") or (parsed.agreement.marking if parsed else ""),
        }
        if not row["by"]:
            raise RecordError("It is kept who did it.", hint="Name the office or the person with --by.")
        if file is not None:
            sha256 = hashlib.sha256(content).hexdigest()
            row |= {"translation": sha256, "name": printable(file.name), "file": _file_name(held, code, file)}
        elif state != "sent":
            row |= _translation(held, facts.get("other"), before, language_name(code))
        if row.get("translation") == of.sha256:
            raise RecordError(f"That is text {of.number} itself, not a text in {language_name(code)}.")
        return validated(row, LanguageStep, f"the {language_name(code)} text")

    return store.keep_entry(negotiation, "language_texts", how, content, what="language", expected=expected)


def _original(held: Negotiation, wanted: int | None, before: list[LanguageStep]) -> NegotiatedText:
    """Return the text that a step is done on: the one asked for, else that of the step before, else the last one."""
    number = wanted if wanted is not None else before[-1].text if before else None
    found = held.last() if number is None else held.text(number)
    if found is None:
        missing = "no text" if number is None else f"no text {number}"
        raise RecordError(
            f"{held.id} has {missing} that a text in another language could be held against.",
            hint=f"`agreements negotiation table {held.id} FILE` keeps one.",
        )
    return found


def _translation(held: Negotiation, other: int | None, before: list[LanguageStep], name: str) -> dict[str, Any]:
    """Return the fields that name the text in the language: text `other` of the record, else the one returned last."""
    if other is not None:
        text = held.text(other)
        if text is None:
            raise RecordError(f"{held.id} has no text {other}.", hint="`negotiation status` lists them.")
        return {"translation": text.sha256, "name": text.name, "other": other}
    last = next((step for step in reversed(before) if step.translation), None)
    if last is None:
        raise RecordError(
            f"No text in {name} is kept that this could be done to.",
            hint="Name its file, or with --with its number among the texts.",
        )
    return {"translation": last.translation, "file": last.file, "name": last.name, "other": last.other}


def _file_name(held: Negotiation, code: str, file: Path) -> str:
    steps = [*held.language_texts, *(each for each in held.undone if each.what == "language_texts")]
    return safe_name(f"{code}-{len(steps) + 1:02d}-{file.name}")


def language_standings(store: Negotiations, held: Negotiation) -> tuple[LanguageStanding, ...]:
    """Return how the texts of `held` in other languages stand, in the order in which each came up first."""
    found = []
    for language in dict.fromkeys(step.language for step in held.language_texts):
        steps = tuple(step for step in held.language_texts if step.language == language)
        given = next((step for step in reversed(steps) if step.state == "certified"), None)
        void = tuple(_void(store, held, steps, given)) if given else ()
        texts = ((step, held.text(step.text)) for step in steps)
        early = tuple((step, text) for step, text in texts if text and step.date < text.date[: len(step.date)])
        found.append(LanguageStanding(language, steps, given, void, early))
    return tuple(found)


def _void(
    store: Negotiations, held: Negotiation, steps: tuple[LanguageStep, ...], given: LanguageStep
) -> Iterator[str]:
    """Yield what changed either text since the certificate `given`."""
    text = held.text(given.text)
    if text is None or text.sha256 != given.sha256:
        yield f"text {given.text} is no longer in the record as it was"
    elif not store.is_kept(held.id, text.file, text.sha256):
        why = store.why_gone(held.id, text.sha256, "is no longer the one that was certified")
        yield f"the file of text {given.text} {why}"
    other = held.text(given.other) if given.other is not None else None
    file = other.file if other else given.file
    if not file or not store.is_kept(held.id, file, given.translation):
        why = store.why_gone(held.id, given.translation, "is no longer the one that was certified")
        yield f"the file of the {language_name(given.language)} text {why}"
    in_languages = {step.other for step in held.language_texts}
    for later in held.texts:
        if later.number > given.text and later.number not in in_languages and later.sha256 != given.sha256:
            yield f"text {later.number} ({later.how} {later.date}) came after"
    for step in steps[steps.index(given) + 1 :]:
        if step.translation and step.translation != given.translation:
            yield f"another {language_name(step.language)} text was {step.state} {step.date}"
        elif step.sha256 != given.sha256:
            yield f"the {language_name(step.language)} text was {step.state} {step.date} anew, of text {step.text}"
