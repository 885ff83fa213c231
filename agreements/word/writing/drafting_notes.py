"""What a working copy says beside the text: drafting notes as comments or as footnotes, each at its provision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docx.document import Document as WordFile
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from agreements.ooxml import notes, styles
from agreements.word.writing.base import style_element
from agreements.word.writing.options import NotesAs
from agreements.word.writing.styles import NOTE_LOOK

_AUTHOR, _INITIALS = "Drafting notes", "DN"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(slots=True)
class Remarks:
    """The remarks of one file: `words` by the hidden mark of the provision that each is about, its lines in order.

    `date` (ISO 8601) is that of the draft, so that the same draft gives the same bytes.
    """

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shown_as: NotesAs = "comments"
    date: str = ""
    _made: list[etree._Element] = field(default_factory=list)

    def attach(self, mark: str, content: list[etree._Element]) -> list[etree._Element]:
        """Return `content`, the runs of the paragraph at `mark`, with the remark on it where there is one."""
        lines = self.words.get(mark, ())
        if not lines:
            return content
        identifier = len(self._made) + 1
        if self.shown_as == "footnotes":
            self._made.append(notes.footnote(identifier, lines, styles.style_id(styles.DRAFTING_NOTE)))
            return notes.footnoted(identifier, content)
        day = f"{self.date}T00:00:00Z" if self.date else ""
        self._made.append(notes.comment(identifier, lines, author=_AUTHOR, initials=_INITIALS, date=day))
        return notes.commented(identifier, content)

    def write(self, file: WordFile) -> None:
        """Put the part with the remarks into the package of `file`, and the style that footnotes need."""
        if not self._made:
            return
        if self.shown_as == "comments":
            _add(file, "comments", notes.comments_part(self._made))
            return
        _add(file, "footnotes", notes.footnotes_part(self._made))
        file.styles.element.append(style_element(styles.DRAFTING_NOTE, NOTE_LOOK))


def _add(file: WordFile, kind: str, root: etree._Element) -> None:
    etree.cleanup_namespaces(root)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = file.part.package
    part = Part(PackURI(f"/word/{kind}.xml"), f"{notes.WORD_TYPE}.{kind}+xml", content, package)
    file.part.relate_to(part, f"{_RELATION}{kind}")
