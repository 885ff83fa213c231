"""What others did to a Word file, provision by provision, and how it reads either way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements.display import shown_short
from agreements.errors import AgreementsError, UnreadableError
from agreements.intake.files import parse_file
from agreements.model import Agreement
from agreements.ooxml.schema import name
from agreements.reading import source
from agreements.word import KINDS, Comment, RevisionKind, Said, Story, TrackedChange, View, paths_of
from agreements.word import read_changes as read

_HIDDEN: dict[View, tuple[RevisionKind, ...]] = {
    "original": ("inserted", "moved-to"),
    "final": ("deleted", "moved-from"),
    "markup": (),
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changed a stretch of words, how and when."""

    kind: RevisionKind
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a paragraph, and the changes around them, outermost first; none: nobody touched them."""

    text: str
    hands: tuple[Hand, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph of a marked-up file: the path of its provision (empty outside the body), its story, its words."""

    path: str
    story: Story
    stretches: tuple[Stretch, ...]

    def seen(self, view: View) -> tuple[Stretch, ...]:
        """Return the stretches that a reader of `view` sees."""
        hidden = _HIDDEN[view]
        return tuple(s for s in self.stretches if not any(hand.kind in hidden for hand in s.hands))


@shown_short
@dataclass(frozen=True, slots=True)
class ChangeReport:
    """The tracked changes and comments of a Word file, each with the path of the provision it stands in.

    A path is that of the text with all changes accepted; words that were taken out whole stand with what precedes
    them, and `gone` are the numbers of these paragraphs of the body. Changes in headers, footers and notes have no
    path. `paragraphs` are those of the whole file; where authors or a day were asked for, the changes of others are
    read there as accepted. `elsewhere` is how many changes, whoever made them, stand beside the text: in the
    definitions of styles and lists, or in comments.
    """

    agreement: Agreement
    changes: tuple[tuple[str, TrackedChange], ...]
    comments: tuple[tuple[str, Comment], ...]
    paragraphs: tuple[MarkedParagraph, ...] = ()
    gone: frozenset[int] = frozenset()
    elsewhere: int = 0

    def place_of(self, path: str, change: TrackedChange) -> str:
        """Return in words where `change`, whose provision is at `path`, stands: after it where nothing is left."""
        whole = change.story == "body" and change.kind == "deleted" and change.paragraph in self.gone
        return f"after {path}" if path and whole else path or change.story

    def as_json(self, view: View | None = None) -> dict[str, Any]:
        """Return `{changes: [...], comments: [...], elsewhere}`, and the `paragraphs` of a `view` that is asked for."""
        out: dict[str, Any] = {
            "changes": [
                {"path": path, "kind": c.kind, "author": c.author, "date": c.date, "text": c.text}
                | {"in": c.story, "inside": c.inside}
                for path, c in self.changes
            ],
            "comments": [
                {
                    **{"path": path, "id": c.id, "author": c.author, "date": c.date, "text": c.text},
                    **{"about": c.about, "reply_to": c.reply_to, "done": c.done},
                }
                for path, c in self.comments
            ],
            "elsewhere": self.elsewhere,
        }
        if view:
            out |= {"view": view, "paragraphs": [_row(p, view) for p in self.paragraphs if p.seen(view)]}
        return out


def _row(paragraph: MarkedParagraph, view: View) -> dict[str, Any]:
    row: dict[str, Any] = {"path": paragraph.path, "in": paragraph.story}
    row["text"] = "".join(stretch.text for stretch in paragraph.seen(view))
    if view == "markup":
        row["pieces"] = [
            {"text": s.text, "by": [{"kind": h.kind, "author": h.author, "date": h.date} for h in s.hands]}
            for s in paragraph.stretches
        ]
    return row


def read_changes(file: Path, *, author: str = "", since: str = "") -> ChangeReport:
    """Return the tracked changes and comments of the Word file `file` in reading order.

    `author` keeps those of one author, `since` (ISO 8601) those made on that day or later; a change without a date is
    left out then. Raises `UnreadableError` when it is no Word file, `AgreementsError` for an author who changed
    nothing while others did, and as `parse_file`.
    """
    loaded = source.load(file)
    if source.kind_of(loaded) != "word":
        raise UnreadableError(f"{loaded.name} is no Word file.", hint="Only Word files have tracked changes.")
    agreement = parse_file(file).agreement
    marked = read(loaded.data, file_name=loaded.name)
    _check_author(author, {c.author for c in marked.changes} | {c.author for c in marked.comments})
    paths = paths_of(agreement, marked.paragraphs)

    def wanted(by: str, date: str) -> bool:
        return author in ("", by) and (not since or date >= since)

    return ChangeReport(
        agreement,
        tuple((_place(c, paths), c) for c in marked.changes if wanted(c.author, c.date)),
        tuple((paths[c.paragraph] if c.paragraph >= 0 else "", c) for c in marked.comments if wanted(c.author, c.date)),
        tuple(
            MarkedParagraph(paths[index] if story == "body" else "", story, stretches)
            for index, (story, said) in enumerate(marked.said)
            if (stretches := tuple(s for s in (_stretch(each, wanted) for each in said) if s is not None))
        ),
        frozenset(
            number
            for number, (now, before) in enumerate(zip(marked.paragraphs, marked.originals, strict=False))
            if before.strip() and not now.strip()
        ),
        marked.elsewhere,
    )


def _check_author(author: str, known: set[str]) -> None:
    if author and known and author not in known:
        names = ", ".join(sorted(name or "(unnamed)" for name in known))
        raise AgreementsError(f"{author!r} neither changed nor commented on anything.", hint=f"Those who did: {names}.")


def _place(change: TrackedChange, paths: Sequence[str]) -> str:
    return paths[change.paragraph] if change.story == "body" and change.paragraph < len(paths) else ""


def _stretch(said: Said, wanted: Callable[[str, str], bool]) -> Stretch | None:
    """Return a stretch with the changes that are `wanted`; None where the others, accepted, leave nothing of it."""
    hands = []
    for element in said.around:
        hand = Hand(KINDS[element.tag], element.get(name("author"), ""), element.get(name("date"), ""))
        if wanted(hand.author, hand.date):
            hands.append(hand)
        elif hand.kind in _HIDDEN["final"]:
            return None
    return Stretch(said.text, tuple(hands))
