"""A draft: questions on the left, the text that they make on the right; every answer is kept, whatever comes after."""

import secrets
from hashlib import sha256
from pathlib import Path
from typing import Any

from agreements.errors import NotFoundError, QueryError
from agreements.families import FAMILIES
from agreements.library import (
    CopyOptions,
    assemble_file,
    draft_families,
    draft_file,
    draft_files,
    open_interview,
    read_draft,
    save_interview,
)
from agreements.platform import private_folder, remove_tree, write_bytes
from agreements.web.layout import as_command
from agreements.web.screen import Answer, Elsewhere, FileSent, PageView, Screen, Visit, get, post

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ORIGINALS = ("us", "partner")


def _list(visit: Visit) -> PageView:
    kept = [(file.stem, open_interview(file)) for file in draft_files(visit.folder)]
    rows = [(name, interview.answers.request.family, *interview.progress()) for name, interview in kept]
    families = [(name, FAMILIES[name].label if name in FAMILIES else name) for name in draft_families()]
    values = {"rows": rows, "families": families}
    return PageView("drafts.html", "Drafts", values, command=[as_command("draft", "new", "FAMILY", "-o", "NAME.yaml")])


def _begin(visit: Visit) -> Elsewhere:
    name = visit.named("name")
    file = draft_file(visit.folder, name)
    if file.exists():
        raise QueryError(f"There is a draft {name} already.", hint="Open it from the list, or choose another name.")
    save_interview(open_interview(file, family=visit.text("family")), file)
    return Elsewhere(f"/draft/{name}")


def _file(visit: Visit) -> Path:
    name = visit.path["name"]
    file = draft_file(visit.folder, name)
    if not file.exists():
        raise NotFoundError(f"There is no draft {name}.", hint="Begin it from the list of drafts.")
    return file


def _show(visit: Visit) -> PageView:
    return _page(visit, _file(visit))


def _page(visit: Visit, file: Path, reason: str = "") -> PageView:
    interview = open_interview(file)
    request = interview.answers.request
    questions = interview.questions()
    following = interview.question()
    wanted = visit.text("question") or visit.text("at") or (following.name if following else "")
    asked = next((question for question in questions if question.name == wanted), None)
    earlier = _earlier(visit, file)
    reading = read_draft(interview, open_interview(earlier) if earlier else None)
    done, count = interview.progress()
    names = [question.name for question in questions]
    at = names.index(asked.name) if asked else -1
    values: dict[str, Any] = {
        "name": file.stem,
        "family": request.family,
        "questions": [(each, interview.is_answered(each.name), interview.given(each.name)) for each in questions],
        "asked": asked,
        "fields": interview.fields(asked.name) if asked else (),
        "typed": visit.form,
        "reason": reason,
        "is_complete": following is None,
        "previous": names[at - 1] if at > 0 else "",
        "next": names[at + 1] if 0 <= at < len(names) - 1 else "",
        "done": done,
        "count": count,
        "reading": reading,
        "changed": sum(line.is_changed for line in reading.lines),
        "labels": {question.name: question.label for question in questions},
        "originals": _ORIGINALS,
    }
    command = [
        as_command("draft", "new", request.family, "-o", file.name),
        as_command("draft", "assemble", file.name, "-o", f"{file.stem}.docx", "--both"),
    ]
    status = 400 if reason else 200
    return PageView(
        "draft.html", file.stem, values, command=command, markings=[request.marking], wide=True, status=status
    )


def _before(visit: Visit, file: Path) -> Path:
    """Return where the answers are kept as they were before this person's last one."""
    return visit.session.folder / f"draft-{sha256(str(file).encode()).hexdigest()[:16]}.yaml"


def _earlier(visit: Visit, file: Path) -> Path | None:
    before = _before(visit, file)
    return before if before.exists() else None


def _answer(visit: Visit) -> Answer:
    file = _file(visit)
    interview = open_interview(file)
    name = visit.text("question")
    fields = (
        {field.field: visit.text(field.field) for field in interview.fields(name)} if _counts(interview, name) else {}
    )
    before = file.read_bytes()
    words = "" if visit.flag("leave") else "\n".join(visit.form.get("answer", ()))
    question = next((each for each in interview.questions() if each.name == name), None)
    if question and question.required and question.choices and not visit.flag("leave") and not words.strip():
        return _page(visit, file, "Choose one of these.")
    if reason := interview.put(name, {} if visit.flag("leave") else fields or words):
        return _page(visit, file, reason)
    save_interview(interview, file)
    if file.read_bytes() != before:
        write_bytes(_before(visit, file), before, durable=False)
    names = [question.name for question in interview.questions()]
    after = names[names.index(name) + 1 :] if name in names else names
    following = next((each for each in after if not interview.is_answered(each)), "")
    return Elsewhere(visit.link(visit.address, at=following or None))


def _counts(interview: Any, name: str) -> bool:
    return any(question.name == name for question in interview.questions())


def _parameters(visit: Visit) -> FileSent:
    file = _file(visit)
    return FileSent(file.read_bytes(), file.name, "application/yaml; charset=utf-8")


def _word(visit: Visit) -> Answer:
    """Send a Word file of the draft as `draft assemble` writes it; where it cannot be written, say why."""
    file = _file(visit)
    whose = visit.choice("original", _ORIGINALS)
    part = visit.number("part", 1, least=1, most=9)
    folder = private_folder(visit.session.folder / f"word-{secrets.token_hex(8)}")
    try:
        target = folder / f"{file.stem}.docx"
        report = assemble_file(
            file,
            target,
            original=whose,  # type: ignore[arg-type]
            copies=CopyOptions(page_numbers=True),
            repository=lambda: visit.folder,
        )
        if not report.files:
            values = {"name": file.stem, "findings": report.findings}
            return PageView("draft_findings.html", "Not yet to be written", values, status=422)
        written = report.files[min(part, len(report.files)) - 1]
        suffix = f"-{whose}" if whose != "us" else ""
        return FileSent(written.read_bytes(), f"{written.stem}{suffix}.docx", _WORD)
    finally:
        remove_tree(folder)


SCREEN = Screen(
    "draft",
    (
        get("/draft", _list),
        post("/draft", _begin),
        get("/draft/{name}", _show),
        post("/draft/{name}", _answer),
        get("/draft/{name}/parameters", _parameters),
        get("/draft/{name}/word", _word),
    ),
    rail="Draft",
    order=60,
    key="f",
)
