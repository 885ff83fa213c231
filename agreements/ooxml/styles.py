"""The paragraph styles of our Word files, and what each says about the words that bear it.

The writer uses nothing else, and a reader of our own files can take a style as evidence; files of other hands
have other styles, so nothing may depend on it.
"""

from dataclasses import dataclass
from typing import Literal

Use = Literal["title", "head", "heading", "numbered", "following", "words", "furniture"]

TITLE = "Title"
PREAMBLE = "Preamble"
PREAMBLE_HEADING = "Preamble Heading"
DIVISION = "Part"
DIVISION_HEADING = "Part Heading"
ARTICLE = "Article"
ARTICLE_HEADING = "Article Heading"
ARTICLE_TEXT = "Article Text"
SECTION = "Section"
SECTION_HEADING = "Section Heading"
TESTIMONIUM = "Testimonium"
SIGNATURE = "Signature"
SIGNATURE_LINE = "Signature Line"
ANNEX = "Annex"
ANNEX_TITLE = "Annex Title"
NOTE_TITLE = "Note Title"
NOTE_TEXT = "Note Text"
REPLY_TITLE = "Reply Note Title"
REPLY_TEXT = "Reply Note Text"
BODY_TEXT = "Body Text"
MARKING = "Marking"
DRAFT_LINE = "Draft Line"
PAGE_NUMBER = "Page Number Line"
CONTENTS_HEADING = "TOC Heading"
CONTENTS = ("toc 1", "toc 2")
DRAFTING_NOTE = "Drafting Note"
COLUMN_HEADING = "Column Heading"

LEVELS = (ARTICLE, "Paragraph", "Subparagraph", "Item", "Item 2", "Item 3")
"""The numbered styles, by level: article, paragraph, subparagraph and so on."""

LETTERED = ("", "Lettered Paragraph", "Lettered Subparagraph", "Lettered Item")
"""By level: what stands directly under an article and has letters where paragraphs have figures, and all under it."""

TIED = (*LEVELS, *LETTERED[1:])
"""The numbered styles by level of the one list that is tied to them; each level begins again under any above it."""

TYPED = ("Typed Article", "Typed Paragraph", "Typed Subparagraph", "Typed Item", "Typed Item 2", "Typed Item 3")
"""By level: a provision whose number no list of Word would give (`5 bis`): it is written as words."""

HEADED = ("", "Paragraph Heading", "Subparagraph Heading", "Item Heading", "Item 2 Heading", "Item 3 Heading")
"""By level: a numbered paragraph that holds only its heading; its words follow in the style of `FOLLOWING`."""

FOLLOWING = (ARTICLE_TEXT, "Paragraph Text", "Subparagraph Text", "Item Text", "Item 2 Text", "Item 3 Text")
"""By level: unnumbered words that belong to the provision of that level above them, such as words after a list."""


@dataclass(frozen=True, slots=True)
class StyleMeaning:
    """What a style says: the `use` of the paragraph, and the `kind` (of the model) and list `level` it belongs to.

    `title` is the title of a document, `head` a number line (`Article VII`, with the heading after it on the
    same line or in a paragraph of use `heading`), `numbered` a numbered provision with its words, `following`
    unnumbered words under the last provision of that kind, `words` a provision of its own, or one of the note that
    is its kind, `furniture` no text.
    """

    use: Use
    kind: str
    level: int = -1


_KINDS = ("article", "paragraph", "subparagraph", "item", "item", "item")

MEANINGS: dict[str, StyleMeaning] = {
    TITLE: StyleMeaning("title", "main"),
    PREAMBLE: StyleMeaning("words", "preamble"),
    PREAMBLE_HEADING: StyleMeaning("heading", "preamble"),
    DIVISION: StyleMeaning("head", "part"),
    DIVISION_HEADING: StyleMeaning("heading", "part"),
    ARTICLE: StyleMeaning("head", "article", 0),
    ARTICLE_HEADING: StyleMeaning("heading", "article", 0),
    SECTION: StyleMeaning("head", "section"),
    SECTION_HEADING: StyleMeaning("heading", "section"),
    TESTIMONIUM: StyleMeaning("words", "testimonium"),
    SIGNATURE: StyleMeaning("words", "signature"),
    SIGNATURE_LINE: StyleMeaning("furniture", "signature"),
    ANNEX: StyleMeaning("head", "annex"),
    ANNEX_TITLE: StyleMeaning("title", "annex"),
    NOTE_TITLE: StyleMeaning("title", "offer-note"),
    REPLY_TITLE: StyleMeaning("title", "reply-note"),
    NOTE_TEXT: StyleMeaning("words", "offer-note"),
    REPLY_TEXT: StyleMeaning("words", "reply-note"),
    BODY_TEXT: StyleMeaning("words", "text"),
    MARKING: StyleMeaning("furniture", ""),
    DRAFT_LINE: StyleMeaning("furniture", ""),
    PAGE_NUMBER: StyleMeaning("furniture", ""),
    **{name: StyleMeaning("numbered", _KINDS[level], level) for level, name in enumerate(LEVELS) if level},
    **{name: StyleMeaning("numbered", _KINDS[level], level) for level, name in enumerate(LETTERED) if level},
    TYPED[0]: StyleMeaning("head", "article", 0),
    **{name: StyleMeaning("numbered", _KINDS[level], level) for level, name in enumerate(TYPED) if level},
    **{name: StyleMeaning("heading", _KINDS[level], level) for level, name in enumerate(HEADED) if level},
    **{name: StyleMeaning("following", _KINDS[level], level) for level, name in enumerate(FOLLOWING)},
}


def style_id(name: str) -> str:
    """Return the id under which the style called `name` stands in `styles.xml`."""
    return name.replace(" ", "")
