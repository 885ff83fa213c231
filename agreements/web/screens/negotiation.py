"""The negotiation screens: where it stands, positions, a clause in all texts, joint text, clearance, closing."""

import secrets
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from agreements import library
from agreements.errors import ChangedMeanwhileError, QueryError, unknown
from agreements.marking import NOTICE
from agreements.platform import private_folder
from agreements.web.layout import as_command
from agreements.web.screen import Answer, Elsewhere, FileSent, PageView, Screen, Visit, get, post

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STATUSES = ("open", "reserved", "ad-referendum", "agreed", "dropped")


def _today() -> str:
    return date.today().isoformat()


def _list(visit: Visit) -> PageView:
    talks, damaged = visit.desk.negotiation_list()
    rows = [(held, _next(held)) for held in talks]
    marks = [mark for held in talks for mark in held.markings()]
    values = {"talks": rows, "damaged": damaged}
    return PageView(
        "negotiations.html", "Negotiations", values, command=[as_command("negotiation", "list")], markings=marks
    )


def _next(held: Any) -> Any:
    """Return the step of a negotiation that is due first, None where none is open."""
    steps = (step for step in held.steps if not step.done)
    return min(steps, key=lambda step: (step.due is None, step.due or "", step.number), default=None)


def _page(
    visit: Visit,
    template: str,
    name: str,
    values: dict[str, Any],
    command: list[str],
    *,
    marking: str = "",
    status: int = 200,
) -> PageView:
    """Return a page of a negotiation, under its marking, with the tabs that lead to the others."""
    standing = visit.desk.negotiation_status(visit.path["id"])
    held = standing.negotiation
    base = f"/n/{held.id}"
    tabs = [
        ("Where it stands", base),
        ("Positions", f"{base}/positions"),
        ("Joint text", f"{base}/joint"),
        ("Clearance", f"{base}/clearance"),
        ("Closing", f"{base}/closing"),
    ]
    shared = {"held": held, "status": standing, "tabs": tabs, "today": _today(), "base": base}
    title = f"{name}: {held.title or held.id}"
    return PageView(
        template, title, shared | values, command=command, markings=[standing.marking, marking], status=status
    )  # fmt: skip


# ---------------------------------------------------------------------- where it stands


def _status(visit: Visit) -> PageView:
    negotiation = visit.path["id"]
    values = {
        "articles": visit.desk.standing_articles(negotiation),
        "offices": visit.desk.office_clearances(negotiation),
    }
    return _page(
        visit, "negotiation.html", "Where it stands", values, [as_command("negotiation", "status", negotiation)]
    )  # fmt: skip


def _step(visit: Visit) -> Answer:
    negotiation, expected = visit.path["id"], visit.text("expected")
    number = visit.number("finish", 0)

    def keep() -> None:
        if number:
            visit.desk.finish_step(negotiation, number, expected=expected)
        else:
            facts = {name: visit.text(name) for name in ("what", "who", "due")}
            visit.desk.add_step(negotiation, facts, expected=expected)

    if not number and not visit.text("what"):
        raise QueryError("What is to be done next?", hint="Type it in one line.")
    return _kept(visit, keep, f"/n/{negotiation}#steps")


def _kept(visit: Visit, keep: Callable[[], Any], then: str) -> Answer:
    """Do what `keep` does and go on at `then`; where somebody else changed the record meanwhile, show both texts."""
    try:
        keep()
    except ChangedMeanwhileError as changed:
        values = {"changed": changed, "at": "", "again": then}
        return _page(visit, "review_conflict.html", "Changed meanwhile", values, [], status=409)
    return Elsewhere(then)


# ---------------------------------------------------------------------- positions


def _positions(visit: Visit) -> PageView:
    negotiation, on = visit.path["id"], visit.text("on")
    status = visit.desk.negotiation_status(negotiation)
    every = status.positions.positions
    chosen = status.positions.get(on) if on else None
    values = {
        "positions": every,
        "on": on,
        "chosen": chosen,
        "notice": NOTICE,
        "statuses": _STATUSES,
        "typed": library.untyped_position(chosen) if chosen else {},
    }
    lines = [as_command("negotiation", "position", negotiation, on or None)]
    return _page(visit, "negotiation_positions.html", "Positions", values, lines)


def _record(visit: Visit) -> Answer:
    negotiation, key = visit.path["id"], visit.text("on")
    if not key:
        raise QueryError("What is the position on?", hint="A topic, a path such as VII.3, or a clause of our drafts.")
    plain = {name: visit.text(name) for name in ("partner", "rationale", "authority", "held_elsewhere")}
    rungs: dict[str, Any] = {"preferred": visit.text("preferred")}
    for name, field in (("fallback", "fallbacks"), ("beyond", "beyond")):
        typed = visit.text(name).replace("\r\n", "\n")
        rungs[field] = typed.split("\n\n") if typed else []
    facts = library.typed_position({name: value for name, value in rungs.items() if value})
    facts |= {name: value for name, value in plain.items() if value}
    facts |= {"status": visit.choice("status", _STATUSES)}
    if visit.text("of") == key:  # the form was filled from it: what was emptied there goes
        facts = {name: value for name, value in (plain | rungs).items() if not value} | facts
    expected = visit.text("expected")
    return _kept(
        visit,
        lambda: visit.desk.record_position(negotiation, key, facts, expected=expected),
        f"/n/{negotiation}/positions?on={quote(key)}",
    )


# ---------------------------------------------------------------------- a clause, the joint text


def _clause(visit: Visit) -> PageView:
    negotiation, path = visit.path["id"], visit.path["path"]
    found = visit.desk.clause_history(negotiation, path)
    lines = [as_command("negotiation", "history", negotiation, path)]
    return _page(
        visit, "negotiation_clause.html", f"{path} through all texts", {"found": found}, lines, marking=found.marking
    )


def _joint(visit: Visit) -> PageView:
    negotiation = visit.path["id"]
    report = visit.desk.standing_joint(negotiation)
    values = {"report": report, "lines": list(library.joint_lines(report)) if report else []}
    lines = [as_command("negotiation", "joint", "OURS", "THEIRS", "--negotiation", negotiation, "-o", "joint.docx")]
    marking = report.agreement.marking if report else ""
    return _page(visit, "negotiation_joint.html", "Joint text", values, lines, marking=marking)


# ---------------------------------------------------------------------- clearance and closing


def _clearance(visit: Visit) -> PageView:
    negotiation = visit.path["id"]
    status = visit.desk.negotiation_status(negotiation)
    returned = bool(status.negotiation.clearances and status.negotiation.clearances[-1].returned)
    drafts = visit.desk.merge_returned(negotiation, ()) if returned else None
    values = {"offices": visit.desk.office_clearances(negotiation), "drafts": drafts, "conditions": _CONDITIONS}
    lines = [as_command("negotiation", "clear", negotiation)]
    return _page(
        visit, "negotiation_clearance.html", "Clearance", values, lines, marking=drafts.marking if drafts else ""
    )


_CONDITIONS = ("cleared", "cleared-with-condition", "refused")


def _approve(visit: Visit) -> Answer:
    negotiation = visit.path["id"]
    facts = {name: visit.text(name) for name in ("office", "condition", "date")}
    facts |= {"state": visit.choice("state", _CONDITIONS)}
    if not facts["office"]:
        raise QueryError("Which office said it?", hint="Name it as it was asked.")
    expected = visit.text("expected")
    return _kept(
        visit,
        lambda: visit.desk.record_approval(negotiation, facts, expected=expected),
        f"/n/{negotiation}/clearance",
    )


def _closing(visit: Visit) -> PageView:
    negotiation = visit.path["id"]
    pages = [visit.desk.signing_sheet(negotiation), visit.desk.closing_page(negotiation)]
    lines = [as_command("negotiation", word, negotiation) for word in ("sign", "close")]
    return _page(visit, "negotiation_closing.html", "Closing", {"pages": pages}, lines, marking=pages[0].marking)


# ---------------------------------------------------------------------- files


def _file(visit: Visit) -> Answer:
    """Return a file made of the record: the brief, the joint text, the matrix of clearance, a page of the closing."""
    negotiation, kind = visit.path["id"], visit.path["file"]
    makers: dict[str, Callable[[Path], Path]] = {
        "brief": lambda file: library.write_brief(visit.desk.make_brief(negotiation, day=_today()), file),
        "joint": lambda file: library.write_joint(_report(visit), file, day=_today()),
        "matrix": lambda file: library.write_matrix(visit.desk.merge_returned(negotiation, ()), file),
        "signing": lambda file: library.write_page(visit.desk.signing_sheet(negotiation), file),
        "closing": lambda file: library.write_page(visit.desk.closing_page(negotiation), file),
    }
    visit.desk.negotiation_status(negotiation)
    if kind not in makers:
        raise unknown("file of a negotiation", kind, makers)
    folder = private_folder(visit.session.folder / f"made-{secrets.token_hex(8)}")
    try:
        made = makers[kind](folder / f"{negotiation}-{kind}.docx")
        return FileSent(made.read_bytes(), made.name, _WORD)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _report(visit: Visit) -> Any:
    report = visit.desk.standing_joint(visit.path["id"])
    if report is None:
        raise QueryError("There are not yet texts of both sides.", hint="A joint text is made of one of each.")
    return report


SCREEN = Screen(
    "negotiation",
    (
        get("/n", _list),
        get("/n/{id}", _status),
        post("/n/{id}/step", _step),
        get("/n/{id}/positions", _positions),
        post("/n/{id}/positions", _record),
        get("/n/{id}/clause/{path}", _clause),
        get("/n/{id}/joint", _joint),
        get("/n/{id}/clearance", _clearance),
        post("/n/{id}/clearance", _approve),
        get("/n/{id}/closing", _closing),
        get("/n/{id}/files/{file}", _file),
    ),
    rail="Negotiations",
    order=15,
    key="n",
)
