"""The verb `read_changes`: what others did to a Word file, provision by provision."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements.errors import UnreadableError
from agreements.library.placing import paths_of
from agreements.library.reading import parse_file
from agreements.model import Agreement
from agreements.reading import source
from agreements.word.changes import Change
from agreements.word.changes import read_changes as read
from agreements.word.comments import Comment


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """The tracked changes and comments of a Word file, each with the path of the provision it stands in.

    A path is that of the text with all changes accepted; words that were taken out whole stand with what precedes them.
    """

    agreement: Agreement
    changes: tuple[tuple[str, Change], ...]
    comments: tuple[tuple[str, Comment], ...]

    def as_json(self) -> dict[str, Any]:
        """Return `{changes: [...], comments: [...]}`."""
        return {
            "changes": [
                {"path": path, "kind": c.kind, "author": c.author, "date": c.date, "text": c.text}
                for path, c in self.changes
            ],
            "comments": [
                {
                    **{"path": path, "id": c.id, "author": c.author, "date": c.date, "text": c.text},
                    **{"about": c.about, "reply_to": c.reply_to, "done": c.done},
                }
                for path, c in self.comments
            ],
        }


def read_changes(file: Path, *, author: str = "") -> ChangeReport:
    """Return the tracked changes and comments of the Word file `file` in reading order, those of `author` if named.

    Raises `UnreadableError` when it is no Word file, and as `parse_file`.
    """
    loaded = source.load(file)
    if source.kind_of(loaded) != "word":
        raise UnreadableError(f"{loaded.name} is no Word file.", hint="Only Word files have tracked changes.")
    agreement = parse_file(file).agreement
    marked = read(loaded.data, file_name=loaded.name)
    paths = paths_of(agreement, marked.paragraphs)

    def place(paragraph: int) -> str:
        return paths[paragraph] if 0 <= paragraph < len(paths) else ""

    return ChangeReport(
        agreement,
        tuple((place(c.paragraph), c) for c in marked.changes if author in ("", c.author)),
        tuple((place(c.paragraph), c) for c in marked.comments if author in ("", c.author)),
    )
