"""The texts of a document that holds several languages, each to be parsed by itself."""

from collections.abc import Sequence

from agreements.parsing import multilingual
from agreements.reading import Block


def by_language(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """Return the paragraphs of each language that has a text of its own, by ISO 639-1 code; most have only `en`."""
    return {language: list(own) for language, own in multilingual.texts(blocks)}
