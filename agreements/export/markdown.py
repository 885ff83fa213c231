"""Markdown: the text form, with the facts at the top, in one file."""

import re

from agreements.export.formats import Exporter
from agreements.model import Agreement
from agreements.repository import fileform
from agreements.repository.layout import MAIN_FILE
from agreements.textform import print_document

_TAG = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])")


def to_markdown(agreement: Agreement) -> str:
    """Return the facts of `agreement` as front matter and each of its documents in the text form.

    What would be HTML to a program that shows Markdown (`<script>` in a text) is written as plain signs.
    """
    without = agreement.model_copy(update={"documents": ()})
    front = fileform.print_agreement(without)[MAIN_FILE]
    texts = [_TAG.sub(r"\\<", print_document(document)) for document in agreement.documents]
    return "\n".join(part.rstrip("\n") + "\n" for part in (front, *texts) if part.strip())


EXPORTER = Exporter(".md", text=to_markdown)
