"""The negotiation screens: where it stands, positions, a clause in all texts, joint text, clearance, closing."""

import secrets
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from agreements import library
from agreements.errors import AgreementsError, QueryError, unknown
from agreements.families import FAMILIES
from agreements.marking import NOTICE
from agreements.platform import private_folder
from agreements.web import recording
from agreements.web.drawing import BAR_HEIGHT, word_bars
from agreements.web.layout import as_command
from agreements.web.screen import Answer, FileSent, PageView, Screen, Visit, get, post

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STATUSES = ("open", "reserved", "ad-referendum", "agreed", "dropped")


def _today() -> str:
    return date.today().isoformat()


def _list(visit: Visit) -> PageView:
    talks, damaged = visit.desk.negotiation_list()
    rows = [(held, _next(held)) for held in talks]
    marks = [mark for held in talks for mark in held.markings()]
    families = [(each.id, each.label) for each in FAMILIES.values()]
    values = {"talks": rows, "damaged": damaged, "families": families}
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
        "kept": visit.session.notes.get(f"/n/{negotiation}"),
        "stages": recording.STAGES,
        "authorities": recording.AUTHORITIES,
        "scopes": recording.SCOPES,
        "agreed": recording.AGREED,
    }
    return _page(
        visit, "negotiation.html", "Where it stands", values, [as_command("negotiation", "status", negotiation)]
    )  # fmt: skip


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


def _record(visit: Visit) -> str:
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
    visit.desk.record_position(negotiation, key, facts, expected=visit.text("expected"))
    return recording.position_address(negotiation, key)


# ---------------------------------------------------------------------- a clause, the joint text


def _clause(visit: Visit) -> PageView:
    negotiation, path = visit.path["id"], visit.path["path"]
    found = visit.desk.clause_history(negotiation, path)
    lines = [as_command("negotiation", "history", negotiation, path)]
    bars = word_bars(found.texts)
    values = {"found": found, "bars": bars, "height": bars[-1].top + BAR_HEIGHT}
    return _page(visit, "negotiation_clause.html", f"{path} through all texts", values, lines, marking=found.marking)


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
    values = {
        "offices": visit.desk.office_clearances(negotiation),
        "asked": status.negotiation.clearances[-1].offices if status.negotiation.clearances else (),
        "drafts": drafts,
        "said": recording.SAID,
        **_disposed(visit, drafts),
    }
    lines = [as_command("negotiation", "clear", negotiation)]
    return _page(
        visit, "negotiation_clearance.html", "Clearance", values, lines, marking=drafts.marking if drafts else ""
    )


def _disposed(visit: Visit, drafts: Any) -> dict[str, Any]:
    """Return what is decided on the rows of the matrix so far, and why that cannot be read where it cannot."""
    found: dict[str, Any] = {"disposed": None, "unread": None, "written": ""}
    if drafts:
        negotiation = visit.path["id"]
        found["written"] = visit.desk.dispositions_fingerprint(negotiation)
        if found["written"]:
            try:
                found["disposed"] = library.read_dispositions(drafts, visit.desk.dispositions_file(negotiation))
            except AgreementsError as problem:
                found["unread"] = problem
    return found


def _closing(visit: Visit) -> PageView:
    negotiation = visit.path["id"]
    pages = [visit.desk.signing_sheet(negotiation), visit.desk.closing_page(negotiation)]
    lines = [as_command("negotiation", word, negotiation) for word in ("signing", "closing", "follows")]
    values = {
        "pages": pages,
        "steps": recording.CLOSING,
        "kinds": recording.FOLLOWING,
    }
    return _page(visit, "negotiation_closing.html", "Closing", values, lines, marking=pages[0].marking)


# ---------------------------------------------------------------------- files


def _file(visit: Visit) -> Answer:
    """Return a file made of the record: the brief, the joint text, the matrix of clearance, a page of the closing."""
    negotiation, kind = visit.path["id"], visit.path["file"]
    makers: dict[str, Callable[[Path], Path]] = {
        "brief": lambda file: library.write_brief(visit.desk.make_brief(negotiation, day=_today()), file),
        "joint": lambda file: library.write_joint(_report(visit), file, day=_today()),
        "matrix": lambda file: _matrix(visit, file),
        "merged": lambda file: _merged(visit, file),
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


def _matrix(visit: Visit, file: Path) -> Path:
    drafts = visit.desk.merge_returned(visit.path["id"], ())
    return library.write_matrix(drafts, file, disposed=_disposed(visit, drafts)["disposed"])


def _merged(visit: Visit, file: Path) -> Path:
    """Write the merged text: what was accepted as tracked changes; raises where that is not proven."""
    drafts = visit.desk.merge_returned(visit.path["id"], ())
    library.write_merged(drafts, file, disposed=_disposed(visit, drafts)["disposed"])
    return file


def _report(visit: Visit) -> Any:
    report = visit.desk.standing_joint(visit.path["id"])
    if report is None:
        raise QueryError("There are not yet texts of both sides.", hint="A joint text is made of one of each.")
    return report


_OF_STATUS = {
    "step": recording.add_step,
    "text": recording.keep_text,
    "set": recording.set_facts,
    "round": recording.hold_round,
    "agree": recording.agree,
}
_OF_CLEARANCE = {
    "said": recording.said,
    "ask": recording.ask,
    "returned": recording.returned,
    "dispose": recording.dispose,
}
_OF_CLOSING = {
    "step": recording.closing_step,
    "signing": recording.plan_signing,
    "follow": recording.follow,
    "answer": recording.answer,
}
SCREEN = Screen(
    "negotiation",
    (
        get("/n", _list),
        post("/n", recording.posted(_list, {"begin": recording.begin})),
        get("/n/{id}", _status),
        post("/n/{id}", recording.posted(_status, _OF_STATUS)),
        get("/n/{id}/positions", _positions),
        post("/n/{id}/positions", recording.posted(_positions, {"position": _record})),
        get("/n/{id}/clause/{path}", _clause),
        get("/n/{id}/joint", _joint),
        post("/n/{id}/joint", recording.posted(_joint, {"close": recording.close_places})),
        get("/n/{id}/clearance", _clearance),
        post("/n/{id}/clearance", recording.posted(_clearance, _OF_CLEARANCE)),
        get("/n/{id}/closing", _closing),
        post("/n/{id}/closing", recording.posted(_closing, _OF_CLOSING)),
        get("/n/{id}/files/{file}", _file),
    ),
    rail="Negotiations",
    order=15,
    key="n",
)
