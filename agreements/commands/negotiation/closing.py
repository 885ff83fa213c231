"""`agreements negotiation signing`, `closing`, `follows`: from the signing sheet to what follows from an agreement."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agreements.negotiation.record_pages import RecordPage

_STEPS = (
    "notified-congress", "signed", "deposited", "reported-signed", "in-force", "reported-in-force", "published",
    "not-published", "registered", "not-registered",
)  # fmt: skip
_KINDS = ("implementing-arrangement", "annex-change", "minutes", "order", "exchange-of-notes", "other")
_INDENT = " " * 4


@click.command("signing")
@click.argument("negotiation", metavar="ID")
@click.option("--date", metavar="DATE", help="When it is to be signed.")
@click.option("--place", "places", multiple=True, metavar="TEXT", help="Where; may be repeated.")
@click.option("--text", type=int, metavar="N", help="The text that is signed.")
@click.option("--language", "languages", multiple=True, metavar="NAME", help="A language of it; may be repeated.")
@click.option("--signer", "signers", multiple=True, metavar="SIDE=NAME, CAPACITY", help="Who signs; SIDE: us, partner.")
@click.option("--full-powers", "powers", multiple=True, metavar="NAME=STATE", help="needed, not-needed or produced.")
@click.option("--without", multiple=True, metavar="NAME", help="Take a signer off; may be repeated.")
@click.option("--originals", type=click.IntRange(min=1), metavar="N", help="How many originals are signed.")
@click.option("--keeps", "kept", multiple=True, metavar="SIDE=WHICH", help="Who keeps which original.")
@click.option("--ribbon-copies", type=click.IntRange(min=0), metavar="N", help="How many ribbon copies are made.")
@click.option("--seals", metavar="TEXT", help="Who brings ribbon and seal.")
@click.option("--note", metavar="TEXT")
@click.option("--as-of", default="", metavar="DATE", help="Look from this day instead of today.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The Word file to write.")
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def signing(
    session: output.Session, /, negotiation: str, *, as_of: str, target: Path | None, expected: str, **facts: Any
) -> None:
    """Record what is to be ready for the signature, and show or write the signing sheet, what is open first.

    Nothing is filled in that nobody recorded.
    """
    from agreements import library

    without = facts.pop("without")
    powers = dict(_pairs(facts.pop("powers"), "NAME=STATE"))
    signers = [_signer(side, words) for side, words in _sided(facts.pop("signers"), "SIDE=NAME, CAPACITY")]
    kept = [{"keeper": side, "what": words} for side, words in _sided(facts.pop("kept"), "SIDE=WHICH")]
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()}
    given |= {"full_powers": powers, "signers": signers, "kept": kept}
    if without or any(value not in (None, [], {}) for value in given.values()):
        library.set_signing(session.folder(), negotiation, given, without=without, expected=expected)
    _show(session, library.signing_sheet(session.folder(), negotiation, day=as_of), target)


@click.command("closing")
@click.argument("negotiation", metavar="ID")
@click.argument("step", type=click.Choice(_STEPS), required=False)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--by", metavar="NAME", help="The office or person who did it.")
@click.option("--date", metavar="DATE", help="When it was done (default: today).")
@click.option("--place", metavar="TEXT", help="Where.")
@click.option("--ground", metavar="TEXT", help="With not-published, not-registered: the rule relied on.")
@click.option("--reference", metavar="TEXT", help="A paper that shows it and is kept elsewhere.")
@click.option("--of", type=click.IntRange(min=1), metavar="N", help="The instrument that follows, where it is of that.")
@click.option("--marking", metavar="TEXT", help="The marking of the file.")
@click.option("--note", metavar="TEXT")
@click.option("--as-of", default="", metavar="DATE", help="Look from this day instead of today.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The Word file to write.")
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def closing(
    session: output.Session,
    /,
    negotiation: str,
    step: str | None,
    file: Path | None,
    *,
    as_of: str,
    target: Path | None,
    expected: str,
    **facts: Any,
) -> None:
    """Record that a STEP was done, with the FILE that shows it; without STEP, show what is due and what is recorded.

    What cannot be computed comes first and says why. An acquisition and cross-servicing agreement is reported like any
    other; only its publication is excepted, and a person records that with its ground.
    """
    from agreements import library

    if step is None:
        if given := [name for name, value in facts.items() if value not in (None, "")]:
            raise click.UsageError(f"--{given[0]} belongs to a STEP: {', '.join(_STEPS)}.")
        _show(session, library.closing_page(session.folder(), negotiation, day=as_of), target)
        return
    if target or as_of:
        raise click.UsageError("Record a step, or show and write the page: not both at once.")
    made = library.keep_closing_step(session.folder(), negotiation, step, facts, file=file, expected=expected)
    if session.as_json:
        output.document(made.model_dump(mode="json", exclude_defaults=True))
        return
    of = f" of instrument {made.of}" if made.of else ""
    kept = f"{made.evidence.name}, sha256 {made.evidence.sha256[:12]}" if made.evidence else "no file is kept"
    ground = f"; ground: {made.ground}" if made.ground else ""
    words = f"Step {made.number}, {made.step.replace('-', ' ')}{of} {made.date} by {made.by}{ground}; {kept}."
    output.say(output.wrapped(words))


@click.command("follows")
@click.argument("negotiation", metavar="ID")
@click.argument("kind", type=click.Choice(_KINDS), required=False)
@click.argument("title", required=False)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--date", metavar="DATE", help="The day of the instrument; with --of: of the answer (default: today).")
@click.option("--under", metavar="TEXT", help="The provision that it rests on.")
@click.option("--reference", metavar="TEXT", help="Where its text is kept, or its number.")
@click.option("--marking", metavar="TEXT", help="The marking of the file.")
@click.option("--note", metavar="TEXT")
@click.option("--of", "number", type=click.IntRange(min=1), metavar="N", help="Answer about instrument N.")
@click.option("--reportable", type=click.Choice(["yes", "no"]), help="With --of: is it itself reportable?")
@click.option("--authority", type=click.Choice(["yes", "no"]), help="With --of: does it need authority of its own?")
@click.option("--by", metavar="NAME", help="With --of: who answers.")
@click.option("--ground", metavar="TEXT", help="With --of: why.")
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def follows(session: output.Session, /, negotiation: str, *, expected: str, **options: Any) -> None:
    """Record an instrument that follows from the agreement, answer about one, or list them, those unanswered first.

    Whether it is itself reportable to Congress, and whether it needs an authority of its own, a person answers, with a
    name and a ground; nothing is decided here.
    """
    from agreements import library

    answers = {question: options.pop(question) for question in ("reportable", "authority")}
    kind, title, file, number = (options.pop(name) for name in ("kind", "title", "file", "number"))
    _check_follows(kind, title, number, answers, options)
    facts = {name: value for name, value in options.items() if name not in ("by", "ground")}
    if kind:
        library.keep_following(session.folder(), negotiation, kind, title, facts, file=file, expected=expected)
    for question, answer in answers.items():
        if answer:
            said = {"answer": answer, **{name: options[name] for name in ("by", "ground", "date")}}
            library.answer_following(session.folder(), negotiation, number, question, said, expected=expected)
            expected = ""  # the second answer comes on top of the first
    found = library.followings(session.folder(), negotiation)
    if session.as_json:
        output.document([{"name": line.name, "words": line.words, "missing": line.missing} for line in found])
    for line in () if session.as_json else found:
        output.say(output.wrapped(f"{line.words}.", _INDENT, f"{line.name}: "))


def _check_follows(
    kind: str | None, title: str | None, number: int | None, answers: dict[str, str | None], options: dict[str, Any]
) -> None:
    if (number is None) != (not any(answers.values())):
        raise click.UsageError("An answer takes --of N with --reportable or --authority, yes or no.")
    if number is not None and kind:
        raise click.UsageError("Record an instrument, or answer about one: not both at once.")
    if kind and not title:
        raise click.UsageError("Say what the instrument is called: its TITLE follows its kind.")
    known = ("by", "ground", "date") if number is not None else ("date", "under", "reference", "marking", "note")
    allowed = known if number is not None or kind else ()
    if wrong := next((name for name, value in options.items() if value and name not in allowed), ""):
        raise click.UsageError(
            f"--{wrong} does not belong here: an answer takes --of N, an instrument a kind and title."
        )


def _show(session: output.Session, page: "RecordPage", target: Path | None) -> None:
    from agreements import library

    if target is not None:
        library.write_page(page, target)
    if session.as_json:
        output.document(page.as_json() | ({"files": [str(target)]} if target else {}))
        return
    if target is not None:
        output.say(f"Written: {target} ({page.marking or 'no marking'}).")
        return
    if page.marking:
        output.say(page.marking)
    output.say(output.bold(output.wrapped(page.title)))
    for section in page.sections:
        output.say()
        output.say(output.bold(section.heading))
        for line in section.lines:
            output.say(output.wrapped(line.words, _INDENT, f"  {line.name}: "))


def _pairs(given: "Iterable[str]", form: str) -> "Iterator[tuple[str, str]]":
    for each in given:
        name, sign, words = each.partition("=")
        if not sign or not name.strip() or not words.strip():
            raise click.UsageError(f"{each!r}: write {form}.")
        yield name.strip(), words.strip()


def _sided(given: "Iterable[str]", form: str) -> "Iterator[tuple[str, str]]":
    for side, words in _pairs(given, form):
        if side not in ("us", "partner"):
            raise click.UsageError(f"{side!r} is no side: write us or partner.")
        yield side, words


def _signer(side: str, words: str) -> dict[str, str]:
    name, _, capacity = words.partition(",")
    return {"side": side, "name": name.strip(), "capacity": capacity.strip()}
