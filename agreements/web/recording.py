"""What the pages of a negotiation record: each form is one verb, and writes what its command writes.

A form that is refused comes back open, with the reason above what was typed. Words that bear a classification marking
are the exception: they are not sent back.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

from agreements.errors import AgreementsError, ChangedMeanwhileError, ClassifiedError, QueryError
from agreements.platform import private_folder, remove_tree
from agreements.web.screen import Answer, Elsewhere, FileSent, Handler, PageView, Visit

Keep = Callable[[Visit], "Answer | str"]
"""Does what a form asks for; returns the address to go on at, or an answer of its own."""

STAGES = (
    "concept", "cleared-to-negotiate", "text-tabled", "in-negotiation", "ad-referendum", "language-conformity",
    "cleared-to-conclude", "signed", "pending-entry", "in-force", "amended", "notice-given", "ended",
)  # fmt: skip
AUTHORITIES = ("action-memorandum", "blanket", "full-powers", "delegated", "other")
SCOPES = ("negotiate", "conclude", "negotiate-and-conclude", "amend", "extend", "terminate")
AGREED = ("ad-referendum", "agreed", "open", "reopened")
CLOSING = (
    "notified-congress", "signed", "deposited", "reported-signed", "in-force", "reported-in-force", "published",
    "not-published", "registered", "not-registered",
)  # fmt: skip
FOLLOWING = ("implementing-arrangement", "annex-change", "minutes", "order", "exchange-of-notes", "other")
SAID = ("cleared", "cleared-with-condition", "refused")
_SIDES = {"partner": "partner", "us": "us", "joint": "joint", "draft": "draft"}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def posted(view: Callable[[Visit], PageView], forms: Mapping[str, Keep]) -> Handler:
    """Return what answers the forms of the page `view`, by the name that each sends as `do` (default: the first)."""

    def handler(visit: Visit) -> Answer:
        name = visit.choice("do", tuple(forms))
        try:
            answer = forms[name](visit)
        except (ChangedMeanwhileError, ClassifiedError) as problem:
            if isinstance(problem, ClassifiedError):
                raise  # what bears a marking is not sent back
            return conflict(problem, visit.address)
        except AgreementsError as problem:
            page = view(visit)
            told = {"failed": name, "problem": problem, "with_file": bool(visit.uploads)}
            return replace(page, values={**page.values, **told}, status=422)
        return Elsewhere(answer) if isinstance(answer, str) else answer

    return handler


def conflict(changed: ChangedMeanwhileError, then: str) -> PageView:
    """Return the page that shows what was sent beside what somebody else has written meanwhile."""
    values = {"changed": changed, "at": "", "again": then}
    return PageView("review_conflict.html", "Changed meanwhile", values, status=409)


def _facts(visit: Visit, *names: str) -> dict[str, Any]:
    """Return those of the fields that say something: what is empty stays as it is."""
    return {name: value for name in names if (value := visit.text(name))}


def _lines(visit: Visit, name: str) -> list[str]:
    return [line.strip() for line in visit.text(name).splitlines() if line.strip()]


def _number(visit: Visit, name: str) -> int | None:
    return visit.number(name, 0, most=99_999) or None


def _upload(visit: Visit) -> Any:
    return next((upload for upload in visit.uploads if upload.field == "file"), None)


def _known(visit: Visit) -> str:
    return visit.text("expected")


# ---------------------------------------------------------------------- the record


def begin(visit: Visit) -> str:
    """Begin a negotiation, as `negotiation new`."""
    facts = _facts(visit, "partner", "family", "title", "objective", "lead", "marking", "our_label", "their_label")
    if not visit.named("name") or not facts.get("partner"):
        raise QueryError("A negotiation needs a name and a partner.", hint="The name is of small letters and hyphens.")
    return f"/n/{visit.desk.begin_negotiation(visit.named('name'), facts).id}"


def set_facts(visit: Visit) -> str:
    """Record stage, authority and the like, as `negotiation set`."""
    negotiation = visit.path["id"]
    facts = _facts(visit, "stage", "date", "note", "title", "objective", "lead")
    authority = _facts(visit, "scope", "requested", "approved", "expires", "approver", "reference", "held_elsewhere")
    authority |= {"kind": visit.text("authority")} if visit.text("authority") else {}
    authority |= {"limits": limits} if (limits := _lines(visit, "limits")) else {}
    if authority:
        facts["authority"] = authority
    if not facts:
        raise QueryError("Nothing was filled in.", hint="Fill in what is to be recorded; what is empty stays as it is.")
    visit.desk.set_negotiation(negotiation, facts, expected=_known(visit))
    return f"/n/{negotiation}"


def keep_text(visit: Visit) -> str:
    """Keep a text that was received or tabled, as `negotiation receive` and `table`; what was found is told."""
    negotiation, upload = visit.path["id"], _upload(visit)
    if upload is None:
        raise QueryError("No file was chosen.", hint="Choose the file as it was sent or as it came.")
    side = visit.choice("side", tuple(_SIDES))
    facts = _facts(visit, "date", "marking", "note")
    facts |= {name: number for name in ("round", "base") if (number := _number(visit, name))}
    kept = visit.desk.keep_text(negotiation, upload.path, side, facts)  # type: ignore[arg-type]
    visit.session.notes[f"/n/{negotiation}"] = kept
    return f"/n/{negotiation}#texts"


def hold_round(visit: Visit) -> str:
    """Note a round of talks, as `negotiation round`."""
    negotiation = visit.path["id"]
    facts = _facts(visit, "date", "until", "place", "our_head", "their_head", "note")
    facts |= {"ad_referendum": paths} if (paths := visit.text("ad_referendum").replace(",", " ").split()) else {}
    visit.desk.add_round(negotiation, facts, expected=_known(visit))
    return f"/n/{negotiation}#rounds"


def agree(visit: Visit) -> str:
    """Record that provisions are agreed, ad referendum or finally, open or reopened, as `negotiation agree`."""
    negotiation = visit.path["id"]
    paths = visit.text("paths").replace(",", " ").split()
    if not paths:
        raise QueryError("Which articles are agreed?", hint="Write their paths with blanks between: I II VII.3")
    facts = _facts(visit, "by", "date", "note") | {"state": visit.choice("state", AGREED)}
    facts |= {"round": number} if (number := _number(visit, "round")) else {}
    visit.desk.agree_articles(negotiation, paths, facts, expected=_known(visit))
    return f"/n/{negotiation}#articles"


def add_step(visit: Visit) -> str:
    """Note something to do next, or that it is done, as `negotiation step`."""
    negotiation = visit.path["id"]
    if number := visit.number("finish", 0):
        visit.desk.finish_step(negotiation, number, expected=_known(visit))
    elif visit.text("what"):
        visit.desk.add_step(negotiation, _facts(visit, "what", "who", "due"), expected=_known(visit))
    else:
        raise QueryError("What is to be done next?", hint="Type it in one line.")
    return f"/n/{negotiation}#steps"


# ---------------------------------------------------------------------- the joint text


def close_places(visit: Visit) -> Answer | str:
    """Close places of the joint text, as `negotiation joint --close`; the result is sent, or kept as the joint text."""
    negotiation = visit.path["id"]
    closings = list(_closings(visit))
    if not closings:
        raise QueryError("No place was closed.", hint="Choose ours, theirs or other words for at least one.")
    day = visit.text("date") or date.today().isoformat()
    folder = private_folder(visit.session.folder / "joint")
    try:
        file = folder / f"{negotiation}-joint-{day}.docx"
        visit.desk.close_places(negotiation, closings, file, day=day)
        if not visit.flag("keep"):
            return FileSent(file.read_bytes(), file.name, _WORD)
        facts = {"date": day, **_facts(visit, "note")}
        visit.session.notes[f"/n/{negotiation}"] = visit.desk.keep_text(negotiation, file, "joint", facts)
    finally:
        remove_tree(folder)
    return f"/n/{negotiation}/joint"


def _closings(visit: Visit) -> Any:
    """Yield what the form closes: `VII.3:1=us`; words of our own in the place of both stand in a field beside."""
    for name in visit.form:
        kind, _, place = name.partition("-")
        if kind != "close" or not visit.text(name):
            continue
        side = visit.choice(name, ("us", "partner", "words"))
        words = " ".join(visit.text(f"words-{place}").split())
        if side == "words" and not words:
            raise QueryError(f"Which words close {place}?", hint="Type them beside it, or choose a side.")
        yield f"{place}={words if side == 'words' else side}"


# ---------------------------------------------------------------------- clearance


def said(visit: Visit) -> str:
    """Record what an office said, as `negotiation approve`."""
    negotiation = visit.path["id"]
    facts = _facts(visit, "office", "condition", "date") | {"state": visit.choice("state", SAID)}
    if not facts.get("office"):
        raise QueryError("Which office said it?", hint="Name it as it was asked.")
    visit.desk.record_approval(negotiation, facts, expected=_known(visit))
    return f"/n/{negotiation}/clearance"


def ask(visit: Visit) -> str:
    """Note that offices were asked to clear a text, as `negotiation clear --ask`."""
    negotiation = visit.path["id"]
    offices = [name.strip() for name in visit.text("offices").replace("\n", ",").split(",") if name.strip()]
    if not offices:
        raise QueryError("Which offices are asked?", hint="Write them with commas between: L/T, OSD")
    facts = _facts(visit, "sent", "due", "note")
    facts |= {"text": number} if (number := _number(visit, "text")) else {}
    visit.desk.ask_clearance(negotiation, offices, facts, expected=_known(visit))
    return f"/n/{negotiation}/clearance"


def returned(visit: Visit) -> str:
    """Keep what an office returned, as `negotiation clear OFFICE=FILE`."""
    negotiation, upload = visit.path["id"], _upload(visit)
    if upload is None or not visit.text("office"):
        raise QueryError("An office and its file are needed.", hint="A Word file, or the e-mail it came with.")
    visit.desk.merge_returned(negotiation, [(visit.text("office"), upload.path)], day=visit.text("date"))
    return f"/n/{negotiation}/clearance#matrix"


def dispose(visit: Visit) -> str:
    """Record what becomes of the rows of the matrix, in the file that `negotiation clear --apply` reads."""
    negotiation = visit.path["id"]
    rows = [name.removeprefix("do-") for name in visit.form if name.startswith("do-")]
    known = ("", "accept", "reject", "discuss", "noted")
    decided = {row: (visit.choice(f"do-{row}", known), visit.text(f"reason-{row}")) for row in rows}
    found = visit.desk.merge_returned(negotiation, ())
    written = visit.text("expected")  # `none` where the page was made before anybody wrote
    visit.desk.dispose(negotiation, found, decided, expected="" if written == "none" else written)
    return f"/n/{negotiation}/clearance#matrix"


# ---------------------------------------------------------------------- from the signature on


def plan_signing(visit: Visit) -> str:
    """Record what is to be ready for the signature, as `negotiation signing`."""
    negotiation = visit.path["id"]
    facts = _facts(visit, "date", "seals", "note")
    facts |= {name: given for name in ("places", "languages") if (given := _lines(visit, name))}
    facts |= {name: count for name in ("text", "originals", "ribbon_copies") if (count := _number(visit, name))}
    if name := visit.text("signer"):
        side = visit.choice("signer_side", ("us", "partner"))
        facts["signers"] = [{"side": side, "name": name, "capacity": visit.text("capacity")}]
        if powers := visit.text("powers"):
            facts["full_powers"] = {name: powers}
    if what := visit.text("keeps"):
        facts["kept"] = [{"keeper": visit.choice("keeper", ("us", "partner")), "what": what}]
    without = _lines(visit, "without")
    if not facts and not without:
        raise QueryError("Nothing was filled in.", hint="Fill in what is to be recorded; what is empty stays as it is.")
    visit.desk.set_signing(negotiation, facts, without=without, expected=_known(visit))
    return f"/n/{negotiation}/closing"


def closing_step(visit: Visit) -> str:
    """Keep that a step of the closing was done, with what shows it, as `negotiation closing`."""
    negotiation, upload = visit.path["id"], _upload(visit)
    facts = _facts(visit, "by", "date", "place", "ground", "reference", "marking", "note")
    facts |= {"of": number} if (number := _number(visit, "of")) else {}
    file = upload.path if upload else None
    step = visit.choice("step", CLOSING)
    visit.desk.keep_closing_step(negotiation, step, facts, file=file, expected=_known(visit))
    return f"/n/{negotiation}/closing#page-closing"


def follow(visit: Visit) -> str:
    """Keep an instrument that follows from the agreement, as `negotiation follows`."""
    negotiation, upload = visit.path["id"], _upload(visit)
    if not visit.text("title"):
        raise QueryError("What is the instrument called?", hint="Type its title.")
    facts = _facts(visit, "date", "under", "reference", "marking", "note")
    kind, file = visit.choice("kind", FOLLOWING), upload.path if upload else None
    visit.desk.keep_following(negotiation, kind, visit.text("title"), facts, file=file, expected=_known(visit))
    return f"/n/{negotiation}/closing#page-closing"


def answer(visit: Visit) -> str:
    """Keep what a person answered about an instrument that follows, as `negotiation follows --of`."""
    negotiation = visit.path["id"]
    facts = _facts(visit, "by", "ground", "date") | {"answer": visit.choice("answer", ("yes", "no"))}
    question = visit.choice("question", ("reportable", "authority"))
    number = visit.number("of", 0, least=1, most=9_999)
    visit.desk.answer_following(negotiation, number, question, facts, expected=_known(visit))
    return f"/n/{negotiation}/closing#page-closing"


def position_address(negotiation: str, key: str) -> str:
    """Return where the position on `key` is read and changed."""
    return f"/n/{negotiation}/positions?on={quote(key)}"
