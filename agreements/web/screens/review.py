"""The review screen: what their file changes in ours, clause by clause, each decided by one key, then the reply.

Every decision is saved at once in the file of decisions that `agreements review --apply` reads: in the negotiation, or
for two files that were uploaded in the folder of the session.
"""

import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from agreements import library
from agreements.errors import ChangedMeanwhileError, NotFoundError, QueryError, unknown
from agreements.platform import private_folder
from agreements.web.layout import as_command
from agreements.web.screen import Answer, Elsewhere, FileSent, PageView, Screen, Visit, get, post

if TYPE_CHECKING:
    from agreements.library import Review, ReviewSheet, SheetRow

_KEPT = 4  # reviews of a session that are held open
_LASTS = 300.0  # seconds until one is made again, whatever the files say
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DONE = {"accept": "accepted", "reject": "rejected", "leave": "left", "counter": "countered", "in part": "in part"}
_FILTERS: dict[str, tuple[str, Callable[["SheetRow"], bool]]] = {
    "all": ("All", lambda row: True),
    "open": ("Open", lambda row: row.decision.is_open),
    "untracked": ("Not tracked", lambda row: row.is_untracked),
    "outside": ("Outside positions", lambda row: row.is_outside),
    "comments": ("Comments", lambda row: bool(row.clause.comments)),
    "breaks": ("Breaks references", lambda row: bool(row.clause.breaks)),
}


@dataclass(frozen=True, slots=True)
class ReviewPlace:
    """Where a review is: its `address`, the review, its file of decisions, and the negotiation, where it is of one."""

    address: str
    review: "Review"
    decisions: Path
    command: str
    negotiation: str = ""
    number: int = 0


# ---------------------------------------------------------------------- choosing


def _choose(visit: Visit) -> PageView:
    talks, _ = visit.desk.negotiation_list()
    rows = [
        (held, [text for text in reversed(held.kept_texts) if text.side == "partner"])
        for held in talks
        if held.last("partner") and held.stage != "ended"
    ]
    markings = [mark for held, _ in rows for mark in held.markings()]
    return PageView(
        "review_choose.html", "Review", {"talks": rows}, command=[as_command("review", "OURS", "THEIRS")],
        markings=markings,
    )  # fmt: skip


def _upload(visit: Visit) -> Answer:
    files = {upload.field: upload for upload in visit.uploads}
    if "ours" not in files or "theirs" not in files:
        raise QueryError("Two files are needed: ours as it was sent, and theirs.", hint="Go back and choose both.")
    key = secrets.token_hex(8)
    library.review(files["ours"].path, files["theirs"].path, precedents=False)  # refuses what cannot be held
    folder = private_folder(visit.session.folder / f"review-{key}")
    for side in ("ours", "theirs"):
        own = private_folder(folder / side)
        shutil.move(files[side].path, own / files[side].name)
    return Elsewhere(f"/review/{key}")


# ---------------------------------------------------------------------- where a review is


def _place(visit: Visit) -> ReviewPlace:
    """Return the review that the address names, made once and held while the files stay the same."""
    return _of_negotiation(visit) if "id" in visit.path else _of_uploads(visit)


def _of_negotiation(visit: Visit) -> ReviewPlace:
    negotiation, given = visit.path["id"], visit.path["k"]
    if not (given.isascii() and given.isdigit() and len(given) < 6):
        visit.desk.negotiation_status(negotiation)
        raise unknown("text", given, ["numbers"])
    number = int(given)
    file = visit.desk.decisions_file(negotiation, number)  # refuses who may not see it
    address = f"/n/{negotiation}/review/{number}"
    now = visit.desk.negotiation_fingerprint(negotiation)
    review = _held(visit, address, now, lambda: visit.desk.review_text(negotiation, number))
    theirs = f"repository/negotiations/{negotiation}/texts/THEIRS"
    command = as_command("review", theirs, "--negotiation", negotiation, "--no-precedents")
    return ReviewPlace(address, review, file, command, negotiation, number)


def _of_uploads(visit: Visit) -> ReviewPlace:
    key = visit.path["review"]
    folder = visit.session.folder / f"review-{key}"
    if not (key.isascii() and key.isalnum() and folder.is_dir()):
        raise NotFoundError(
            "These files are no longer here: what is uploaded goes when the workbench ends.",
            hint="Choose both files again. Decisions that you saved as a file go on with the command line.",
        )
    ours, theirs = (next((folder / side).iterdir()) for side in ("ours", "theirs"))
    address = f"/review/{key}"
    review = _held(visit, address, "", lambda: library.review(ours, theirs, precedents=False))
    command = as_command("review", ours.name, theirs.name, "--no-precedents")
    return ReviewPlace(address, review, folder / "decisions.yaml", command)


def _held(visit: Visit, address: str, now: str, make: "Callable[[], Review]") -> "Review":
    """Return the review at `address` as the session holds it, made again when `now`, a fingerprint, is another."""
    held: dict[str, tuple[str, float, Review]] = visit.session.reviews
    known = held.get(address)
    if known is None or known[0] != now or time.monotonic() - known[1] > _LASTS:
        known = (now, time.monotonic(), make())
        for old in list(held)[: max(0, len(held) - _KEPT + 1)]:
            held.pop(old, None)
    held.pop(address, None)
    held[address] = known
    return known[2]


# ---------------------------------------------------------------------- looking


def _show(visit: Visit) -> PageView:
    place = _place(visit)
    return _screen(visit, place, library.review_sheet(place.review, place.decisions))


def _screen(visit: Visit, place: ReviewPlace, sheet: "ReviewSheet") -> PageView:
    show = visit.choice("show", tuple(_FILTERS))
    listed = [row for row in sheet.rows if _FILTERS[show][1](row)]
    row = _chosen(sheet, listed, visit.text("at"))
    near = [each.key for each in listed]
    at = near.index(row.key) if row and row.key in near else -1
    values: dict[str, Any] = {
        "place": place,
        "sheet": sheet,
        "show": show,
        "filters": [(name, label, sum(map(fits, sheet.rows))) for name, (label, fits) in _FILTERS.items()],
        "grounds": [(name, words, [r for r in rows if r in listed]) for name, words, rows in sheet.grounds],
        "row": row,
        "before": near[at - 1] if at > 0 else "",
        "after": near[at + 1] if 0 <= at < len(near) - 1 else "",
        "counter": visit.flag("counter") or (row is not None and row.decision.done == "counter"),
        "redline": library.counter_redline(place.review, row.key, row.decision.text or row.wanted) if row else (),
        "decided": next((each for each in sheet.rows if each.key == visit.text("done")), None),
        "taken": visit.flag("taken"),
        "done_words": _DONE,
        "precedents": _precedents_of(visit, place, row) if visit.flag("precedents") and row else None,
        "author": visit.session.notes.get("author", ""),
        "today": date.today().isoformat(),
    }
    title = f"Review of {place.review.theirs}"
    apply = f"{place.command} --apply {place.decisions.name} -o reply.docx --author NAME"
    return PageView(
        "review.html", title, values, command=[place.command, apply], markings=[place.review.marking], wide=True,
        citation=f"{place.review.theirs} against {place.review.ours}, sha256 {place.review.sha256[:12]}",
    )  # fmt: skip


def _chosen(sheet: "ReviewSheet", listed: "Sequence[SheetRow]", at: str) -> "SheetRow | None":
    """Return the clause asked for, else the first that is open, else the first."""
    if at:
        found = {row.key: row for row in sheet.rows}
        if at not in found:
            raise unknown("clause that they touched", at, found)
        return found[at]
    return next((row for row in listed if row.decision.is_open), listed[0] if listed else None)


def _precedents(visit: Visit) -> PageView:
    """Return the precedents of one clause, as a piece of a page that is asked for when the clause is looked at."""
    place = _place(visit)
    sheet = library.review_sheet(place.review, place.decisions)
    row = _chosen(sheet, sheet.rows, visit.text("at"))
    found = _precedents_of(visit, place, row) if row else ()
    template = "review_precedents_list.html" if visit.flag("piece") else "review_precedents_page.html"
    values = {"precedents": found, "place": place, "row": row}
    return PageView(template, "Precedents", values, markings=[place.review.marking])


def _precedents_of(visit: Visit, place: ReviewPlace, row: "SheetRow") -> Sequence[Any]:
    known = row.clause.precedents
    return known if known is not None else library.clause_precedents(place.review, row.clause.path, visit.folder)


def _redline(visit: Visit) -> PageView:
    """Return their words with what a counter would make of them; nothing is kept."""
    place = _place(visit)
    at, text = visit.text("at"), "\n".join(visit.form.get("text", ()))
    pieces = library.counter_redline(place.review, at, text)
    return PageView("review_redline.html", "The redline", {"pieces": pieces})


# ---------------------------------------------------------------------- deciding


def _decide(visit: Visit) -> Answer:
    place = _place(visit)
    at, do = visit.text("at"), visit.choice("do", ("", "accept", "reject", "leave", "counter", "open", "redline"))
    text, reason = "\n".join(visit.form.get("text", ())).replace("\r\n", "\n"), visit.text("reason")
    if do == "redline":
        pieces = library.counter_redline(place.review, at, text)
        values = {"pieces": pieces, "place": place, "at": at, "text": text, "expected": visit.text("expected")}
        return PageView("review_counter.html", f"Counter {at}", values, markings=[place.review.marking])
    if do == "":
        raise QueryError("Nothing was decided.", hint="Go back and choose accept, reject, counter or leave.")
    try:
        _save(visit, place, at, "" if do == "open" else do, text=text, reason=reason)
    except ChangedMeanwhileError as changed:
        return _conflict(visit, place, changed, at)
    show = visit.text("show")
    sheet = library.review_sheet(place.review, place.decisions)
    following = at if do == "open" else _next_open(sheet, show, at)
    return Elsewhere(_link(place, following, show=show, done=at))


def _save(visit: Visit, place: ReviewPlace, at: str, do: Any, *, text: str, reason: str) -> None:
    expected = visit.text("expected") or None
    typed: dict[str, Any] = {"text": text, "reason": reason, "expected": expected}
    if place.negotiation:
        visit.desk.decide_text(place.negotiation, place.review, at, do, number=place.number, **typed)
    else:
        library.decide(place.review, place.decisions, at, do, **typed)


def _next_open(sheet: "ReviewSheet", show: str, at: str) -> str:
    """Return the next clause of the list that is open, from `at` on and round again; `at` where none is."""
    fits = _FILTERS.get(show, _FILTERS["all"])[1]
    keys = [row.key for row in sheet.rows]
    here = keys.index(at) if at in keys else 0
    ahead = [*sheet.rows[here + 1 :], *sheet.rows[:here]]
    waiting = [row.key for row in ahead if row.decision.is_open and (fits(row) or show == "open")]
    return next(iter(waiting or [row.key for row in ahead if row.decision.is_open]), at)


def _take_back(visit: Visit) -> Answer:
    place = _place(visit)
    expected = visit.number("steps", 0)
    try:
        if place.negotiation:
            changed = visit.desk.take_back_text(place.negotiation, place.review, number=place.number, expected=expected)
        else:
            changed = library.take_back(place.review, place.decisions, expected=expected)
    except ChangedMeanwhileError as problem:
        return _conflict(visit, place, problem, visit.text("at"))
    at = changed[0].key if changed else visit.text("at")
    return Elsewhere(_link(place, at, show=visit.text("show"), taken="1"))


def _conflict(visit: Visit, place: ReviewPlace, changed: ChangedMeanwhileError, at: str) -> PageView:
    values = {"changed": changed, "place": place, "at": at, "again": _link(place, at)}
    return PageView(
        "review_conflict.html", "Decided meanwhile", values, markings=[place.review.marking], status=409
    )  # fmt: skip


def _link(place: ReviewPlace, at: str, **query: str) -> str:
    kept = {name: value for name, value in query.items() if value and not (name == "show" and value == "all")}
    return f"{place.address}?{urlencode({'at': at, **kept})}#this-head"


# ---------------------------------------------------------------------- the reply


def _write_reply(visit: Visit) -> Answer:
    place = _place(visit)
    author, day = visit.text("author"), visit.text("date", date.today().isoformat())
    if not author:
        raise QueryError("Whose tracked changes is the reply?", hint="Type the name that Word shows: our delegation.")
    library.check_all_decided(place.review, place.decisions)
    visit.session.notes["author"] = author
    folder = private_folder(visit.session.folder / f"reply-{_slug(place)}")
    stem = Path(place.review.theirs).stem
    reply = library.answer(
        place.review, place.decisions, folder / f"{stem}-reply.docx", author=author, date=day,
        clean=folder / f"{stem}-clean.docx",
    )  # fmt: skip
    visit.session.notes[place.address] = (reply, place.decisions.read_bytes(), author, day)
    return Elsewhere(f"{place.address}/reply")


def _reply(visit: Visit) -> PageView:
    place = _place(visit)
    reply, decisions, author, day = _written(visit, place)
    checks = [(file, kind, library.handover(file)) for file, kind in zip(reply.files, ("reply", "clean"), strict=False)]
    values = {
        "place": place,
        "reply": reply,
        "author": author,
        "day": day,
        "checks": checks,
        "is_old": decisions != place.decisions.read_bytes(),
    }
    name = reply.files[0].name
    apply = f"{place.command} --apply {place.decisions.name} -o {name} --clean {reply.files[1].name}"
    lines = [f"{apply} --author '{author}' --date {day}", as_command("handover", name)]
    return PageView("review_reply.html", "The reply", values, command=lines, markings=[place.review.marking])


def _written(visit: Visit, place: ReviewPlace) -> tuple[Any, bytes, str, str]:
    found = visit.session.notes.get(place.address)
    if found is None:
        raise NotFoundError("No reply has been written here yet.", hint="Decide on every clause, then write it.")
    return found  # type: ignore[no-any-return]


def _file(visit: Visit) -> Answer:
    place, kind = _place(visit), visit.path["file"]
    stem = Path(place.review.theirs).stem
    if kind in ("reply", "clean"):
        reply = _written(visit, place)[0]
        file = reply.files[("reply", "clean").index(kind)]
        library.handover(file)  # is asked before a file leaves, and refuses what bears a marking in use
        return FileSent(file.read_bytes(), file.name, _WORD)
    if kind == "decisions":
        if not place.decisions.is_file():
            raise NotFoundError("Nothing is decided yet.", hint="Decide on a clause; each decision is saved at once.")
        return FileSent(place.decisions.read_bytes(), f"{stem}-decisions.yaml", "application/yaml")
    folder = private_folder(visit.session.folder / f"made-{secrets.token_hex(8)}")
    try:
        if kind == "memo":
            made = library.write_memo(place.review, folder / f"{stem}-memo.docx")
        elif kind == "brief" and place.negotiation:
            brief = visit.desk.make_brief(place.negotiation, day=date.today().isoformat())
            made = library.write_brief(brief, folder / f"{place.negotiation}-brief.docx")
        else:
            raise unknown("file of this review", kind, ("reply", "clean", "decisions", "memo", "brief"))
        return FileSent(made.read_bytes(), made.name, _WORD)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _slug(place: ReviewPlace) -> str:
    return place.address.strip("/").replace("/", "-")


def _routes(base: str, *, writes: bool) -> tuple[Any, ...]:
    return (
        get(base, _show),
        post(base, _decide, writes=writes),
        post(f"{base}/back", _take_back, writes=writes),
        get(f"{base}/precedents", _precedents),
        post(f"{base}/redline", _redline, writes=False),
        get(f"{base}/reply", _reply),
        post(f"{base}/reply", _write_reply, writes=False),
        get(base + "/files/{file}", _file),
    )


SCREEN = Screen(
    "review",
    (
        get("/review", _choose),
        post("/review", _upload, writes=False),
        *_routes("/review/{review}", writes=False),
        *_routes("/n/{id}/review/{k}", writes=True),
    ),
    rail="Review",
    order=20,
    key="r",
)
