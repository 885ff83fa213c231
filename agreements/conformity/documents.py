"""Which documents of two language texts answer to each other: the two texts of a file or of two, annex by annex."""

from collections.abc import Sequence
from dataclasses import dataclass

from agreements.conformity.aligning import LanguageText, language_text
from agreements.errors import NotFoundError
from agreements.languages import fold, languages, value_of
from agreements.model import Agreement, Document
from agreements.reference import document_name


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two documents that answer each other as texts, and what stands before places in each (`annex-a `)."""

    a: LanguageText
    b: LanguageText
    prefixes: tuple[str, str]


def languages_of(agreement: Agreement) -> dict[str, list[Document]]:
    """Return the documents of `agreement` that have words, by language, in their order."""
    found: dict[str, list[Document]] = {}
    for each in agreement.documents:
        if each.provisions:
            found.setdefault(each.language, []).append(each)
    return found


def two_texts(
    held: Sequence[tuple[str, dict[str, list[Document]]]], wanted: Sequence[str] = ()
) -> tuple[list[Document], list[Document], tuple[str, str]]:
    """Return the documents of the two texts that are compared, and what they are called.

    `held` are one or two files or agreements, each with its documents by language; `wanted` are the languages. Of two,
    the first language of the first is held against another of the second, where it has one. Raises `NotFoundError`
    where a language has no text.
    """
    if len(held) == 1:
        ((name, texts),) = held
        codes = list(wanted) or list(texts)
        missing = next((code for code in codes if code not in texts), None)
        if missing is not None or len(codes) < 2:
            has = ", ".join(map(language_called, texts)) or "no language that could be told"
            raise NotFoundError(
                f"{name} holds no text in {language_called(missing)}."
                if missing
                else f"{name} holds one text alone ({has}).",
                hint="Name the file of the other language too, or the two with --languages.",
            )
        return (
            texts[codes[0]],
            texts[codes[1]],
            (f"{name} ({language_called(codes[0])})", f"{name} ({language_called(codes[1])})"),
        )
    chosen: list[list[Document]] = []
    for place, (name, texts) in enumerate(held[:2]):
        code = wanted[place] if len(wanted) > place else _first(texts, [d[0].language for d in chosen])
        if code not in texts:
            said = f"{name} holds no text in {language_called(code)}." if code else f"{name} holds no text."
            raise NotFoundError(said, hint=f"It holds {', '.join(map(language_called, texts)) or 'none'}.")
        chosen.append(texts[code])
    return chosen[0], chosen[1], (held[0][0], held[1][0])


def _first(texts: dict[str, list[Document]], taken: Sequence[str]) -> str:
    return next((code for code in texts if code not in taken), next(iter(texts), ""))


def text_pairs(a: Sequence[Document], b: Sequence[Document]) -> tuple[list[TextPair], list[tuple[Document, bool]]]:
    """Return the documents that answer each other, by role and number, else in their order; and those that stand alone.

    With the latter it says whether they are of the first text.
    """
    left = list(b)
    alone: list[Document] = []
    pairs: list[tuple[Document, Document]] = []
    for one in a:
        same = [o for o in left if o.role == one.role and _value(o.number) == _value(one.number)]
        if same:
            left.remove(same[0])
            pairs.append((one, same[0]))
        else:
            alone.append(one)
    for one, other in zip(list(alone), list(left), strict=False):  # an offer beside a main text: read otherwise
        alone.remove(one)
        left.remove(other)
        pairs.append((one, other))
    made = [TextPair(language_text(x), language_text(y), (_prefix(x), _prefix(y))) for x, y in pairs]
    return made, [*((d, True) for d in alone), *((d, False) for d in left)]


def _value(number: str | None) -> object:
    return (value_of(number) or fold(number)) if number else None


def _prefix(document: Document) -> str:
    return "" if document.role == "main" else f"{document_name(document)} "


def called(document: Document) -> str:
    """Return what a document is called in a sentence."""
    return _prefix(document).strip() or "the main text"


def language_called(code: str) -> str:
    """Return the English name of a language by its code; one that the program does not know has none."""
    pack = languages().get(code)
    names = languages()["en"].tongues.get(code)
    return pack.name if pack else names[0].capitalize() if names else f"a language of the code “{code}”"
