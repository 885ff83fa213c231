"""An agreement changed by hand: its file at the left, how it reads at the right; checked before it takes effect."""

import secrets

from agreements.citation import called
from agreements.platform import private_folder, remove_tree, write_bytes
from agreements.web.layout import as_command
from agreements.web.recording import posted
from agreements.web.screen import PageView, Screen, Visit, get, post


def _show(visit: Visit) -> PageView:
    agreement_id, document = visit.path["id"], visit.text("document")
    text, names = visit.desk.text_to_edit(agreement_id, document)
    shown = visit.desk.get(agreement_id)
    values = {
        "agreement": shown.agreement,
        "text": text,
        "names": names,
        "document": document,
        "fingerprint": shown.fingerprint,
        "rows": min(max(text.count("\n") + 2, 12), 40),
    }
    line = as_command("edit", agreement_id, *(["--document", document] if document else []))
    title = f"Edit {called(shown.agreement)}"
    return PageView("edit.html", title, values, command=[line], markings=[shown.agreement.marking], wide=True)


def _take_over(visit: Visit) -> str:
    """Take over what was typed, as `edit --from FILE --expected FINGERPRINT`; the checks' findings are told."""
    agreement_id = visit.path["id"]
    folder = private_folder(visit.session.folder / f"edit-{secrets.token_hex(8)}")
    try:
        file = folder / "agreement.md"
        text = visit.text("text").replace("\r\n", "\n") + "\n"
        write_bytes(file, text.encode(), durable=False)
        expected = visit.text("expected") or "none"
        done = visit.desk.edit_from(agreement_id, file, visit.text("document"), expected=expected)
    finally:
        remove_tree(folder)
    visit.session.notes[f"/a/{agreement_id}"] = done
    return f"/a/{agreement_id}/edited"


def _edited(visit: Visit) -> PageView:
    agreement_id = visit.path["id"]
    shown = visit.desk.get(agreement_id)
    values = {"agreement": shown.agreement, "done": visit.session.notes.get(f"/a/{agreement_id}")}
    return PageView("edited.html", f"Edited: {agreement_id}", values, markings=[shown.agreement.marking])


SCREEN = Screen(
    "edit",
    (
        get("/a/{id}/edit", _show),
        post("/a/{id}/edit", posted(_show, {"edit": _take_over})),
        get("/a/{id}/edited", _edited),
    ),
)
