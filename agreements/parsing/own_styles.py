"""Files that this library wrote: their paragraph styles say what every paragraph is, so nothing need be guessed.

Only a file whose every paragraph bears one of our styles is read this way; as soon as another hand has added a
paragraph of its own, the words and the layout decide, as in any other file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from agreements.model import Document, ProvisionKind, Role
from agreements.ooxml import styles
from agreements.ooxml.styles import StyleMeaning
from agreements.parsing.formulas import ends_agreed
from agreements.parsing.heads import head_of
from agreements.parsing.markers import number_marker
from agreements.parsing.nodes import ProvisionDraft, text_node
from agreements.parsing.spans import without
from agreements.reading import Block, Reading

_TELLING = frozenset(styles.MEANINGS) - {styles.TITLE, styles.SIGNATURE, styles.BODY_TEXT, "Section", "Part", "Annex"}
_HEAD = re.compile(r"(?P<word>\S+)(?:[ \u00a0](?P<number>.+))?")
_NAMED_NUMBER = re.compile(r"[^\W\d_]{3,}[ \u00a0]")  # `Article VII`
_RANKS = {"part": 0, "chapter": 1, "article": 2, "section": 3}
_ROLES: tuple[tuple[str, Role], ...] = (
    ("agreed minute", "agreed-minutes"),
    ("side letter", "side-letter"),
    ("implementing", "implementing-arrangement"),
    ("protocol", "protocol"),
)


@dataclass(slots=True)
class _Text:
    """One document in the making."""

    role: Role = "main"
    number: str | None = None
    title: str | None = None
    language: str = ""
    nodes: list[ProvisionDraft] = field(default_factory=list)


def documents(blocks: Sequence[Block], reading: Reading) -> tuple[Document, ...]:
    """Return the documents of a file of ours, or nothing when `blocks` are another's."""
    if not any(block.style in _TELLING for block in blocks):
        return ()
    if any(block.style not in styles.MEANINGS or block.kind in ("table", "footnote") for block in blocks):
        return ()
    if any(_is_head_in_disguise(block) for block in blocks):
        return ()
    builder = _Builder(reading.text)
    for block in blocks:
        builder.add(block, styles.MEANINGS[block.style])
    return tuple(
        Document(
            role=text.role,
            language=text.language or "en",
            number=text.number,
            title=text.title,
            provisions=tuple(node.build(reading.name) for node in text.nodes),
        )
        for text in builder.texts
        if text.nodes or text.title
    )


def _is_head_in_disguise(block: Block) -> bool:
    """Whether the number of a paragraph is that of a head: LibreOffice gives it the style of what was deleted above."""
    numbered = styles.MEANINGS[block.style].use == "numbered"
    return numbered and bool(_NAMED_NUMBER.match(block.number or ""))


def _typed_head(block: Block) -> tuple[str, str, str] | None:
    """Return word, number and heading of a head whose number is typed before its heading, where that is told apart.

    Such as `Article 5. Definitions`: a list shows no number there.
    """
    found = head_of(block)
    if found is None or found.alone or found.number is None or found.kind not in _RANKS:
        return None
    return block.text.split(maxsplit=1)[0], found.number, block.text[found.at :]


class _Builder:
    def __init__(self, source: str) -> None:
        self._source = source
        self.texts = [_Text()]
        self._heads: list[ProvisionDraft] = []  # open parts, articles, sections, outermost first
        self._levels: dict[int, ProvisionDraft] = {}  # open provisions by the level of their list
        self._headless: ProvisionDraft | None = None  # a head that waits for its heading
        self._sections_above = False
        self._after_main = False  # whether a document of the first language begins anew, whose role is not known yet

    def add(self, block: Block, meaning: StyleMeaning) -> None:
        """Place one paragraph."""
        waiting, self._headless = self._headless, None
        if block.language != self.texts[-1].language:
            self._speak(block.language)
        if meaning.use == "title":
            self._title(block, meaning)
        elif meaning.use == "head":
            self._head(block, meaning)
        elif meaning.use == "heading" and meaning.level < 1:
            self._heading(block, meaning, waiting)
        elif meaning.use in ("numbered", "heading"):
            self._numbered(block, meaning)
        elif meaning.use == "following":
            self._following(block, meaning)
        elif meaning.use == "words":
            self._words(block, meaning)

    def _speak(self, language: str) -> None:
        """Go on in another language: in the second one with what was just said, in the first with what comes next."""
        last, first = self.texts[-1], self.texts[0]
        if not (last.nodes or last.title):
            last.language = language
            return
        again = language == first.language
        self._open("main" if again else last.role, None if again else last.number)
        self.texts[-1].language = language
        self._after_main = again

    def _open(self, role: Role, number: str | None = None) -> None:
        language = self.texts[-1].language
        if self.texts[-1].nodes or self.texts[-1].title or self.texts[-1].role != "main":
            self.texts.append(_Text())
        self.texts[-1].role, self.texts[-1].number, self.texts[-1].language = role, number, language
        self._heads, self._levels = [], {}
        self._sections_above = self._after_main = False

    def _title(self, block: Block, meaning: StyleMeaning) -> None:
        if meaning.kind in ("offer-note", "reply-note"):
            self._open(cast(Role, meaning.kind))
        elif meaning.kind == "main" and (self.texts[-1].nodes or self._after_main):
            low = block.text.lower()
            self._open(next((role for word, role in _ROLES if word in low), "annex"))
        self.texts[-1].title = block.text

    def _head(self, block: Block, meaning: StyleMeaning) -> None:
        found = _HEAD.fullmatch(block.number or block.text)
        word, number = (found["word"], found["number"]) if found else ("", None)
        if meaning.kind == "annex":
            self._open("appendix" if word.lower() == "appendix" else "annex", number)
            return
        heading = block.text if block.number else ""
        if not block.number and (typed := _typed_head(block)):
            word, number, heading = typed
        kind = cast(ProvisionKind, "chapter" if word.lower() == "chapter" else meaning.kind)
        node = ProvisionDraft(kind, number=number, start=block.start, end=block.end)
        if word.lower() != kind:
            node.label = word
        if heading:
            node.heading = heading
        elif not block.number:
            self._headless = node
        self._place_head(node)

    def _heading(self, block: Block, meaning: StyleMeaning, waiting: ProvisionDraft | None) -> None:
        if meaning.kind == "preamble":
            waiting = self._frame(block, meaning)
        elif waiting is None:
            waiting = ProvisionDraft(cast(ProvisionKind, meaning.kind), start=block.start)
            self._place_head(waiting)
        waiting.heading, waiting.end = block.text, block.end

    def _frame(self, block: Block, meaning: StyleMeaning) -> ProvisionDraft:
        """Return the preamble, testimonium or signatures that `block` belongs to, opened with it where need be."""
        nodes = self.texts[-1].nodes
        if not nodes or nodes[-1].kind != meaning.kind:
            nodes.append(ProvisionDraft(cast(ProvisionKind, meaning.kind), start=block.start, end=block.start))
        self._heads, self._levels = [], {0: nodes[-1]}
        return nodes[-1]

    def _place_head(self, node: ProvisionDraft) -> None:
        if node.kind == "section" and not any(h.kind == "article" for h in self._heads):
            self._sections_above = True

        def rank(kind: str) -> float:
            return 1.5 if kind == "section" and self._sections_above else _RANKS[kind]

        self._heads = [h for h in self._heads if h.kind in _RANKS and rank(h.kind) < rank(node.kind)]
        (self._heads[-1].children if self._heads else self.texts[-1].nodes).append(node)
        self._heads.append(node)
        self._levels = {0: node}

    def _numbered(self, block: Block, meaning: StyleMeaning) -> None:
        if not self._heads and (opening := self._levels.get(0)) and opening.kind == "preamble":
            said = opening.children[-1].text if opening.children else ""
            if ends_agreed(said):  # what follows is agreed, and no part of the preamble
                self._levels = {}
        level = max(meaning.level, block.level) if meaning.level == len(styles.LEVELS) - 1 else meaning.level
        number, words = block.number, without(block, 0, self._source)
        if number is None and (marker := number_marker(block)):
            number, words = marker.printed, without(block, marker.at, self._source)
        node = ProvisionDraft(cast(ProvisionKind, meaning.kind), number=number, start=block.start, end=block.end)
        if meaning.use == "heading":
            node.heading = words.text
        elif words.text:
            node.give(words)
        above = [at for at in self._levels if at < level]
        (self._levels[max(above)].children if above else self._root()).append(node)
        self._levels = {at: held for at, held in self._levels.items() if at < level} | {level: node}

    def _following(self, block: Block, meaning: StyleMeaning) -> None:
        holders = [at for at in self._levels if at <= meaning.level]
        if not holders:
            self._root().append(text_node(block))
            return
        at = max(self._levels) if meaning.level == len(styles.LEVELS) - 1 else max(holders)
        self._levels = {level: node for level, node in self._levels.items() if level <= at}
        holder = self._levels[at]
        if holder.own is None and not holder.children and holder.kind in (meaning.kind, *_RANKS):
            holder.give(block)
        else:
            holder.children.append(text_node(block))

    def _words(self, block: Block, meaning: StyleMeaning) -> None:
        if meaning.kind in ("offer-note", "reply-note") and self.texts[-1].role != meaning.kind:
            self._open(cast(Role, meaning.kind))
        if meaning.kind in ("preamble", "testimonium", "signature"):
            self._frame(block, meaning).children.append(text_node(block))
            return
        self._heads, self._levels = [], {}
        self.texts[-1].nodes.append(text_node(block))

    def _root(self) -> list[ProvisionDraft]:
        return self._heads[-1].children if self._heads else self.texts[-1].nodes
