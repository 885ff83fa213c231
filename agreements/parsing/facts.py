"""What the title, the cover and the page edges say: form, citations, marking, authority."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import cast

from agreements.languages import folded, languages
from agreements.model import Authority, Citation, Document, Form
from agreements.parsing.phrases import any_of, words
from agreements.parsing.titles import part_of

_HEAD_LAST = ("ja", "ko")  # the noun of a title stands at its end
_FORMS: tuple[tuple[Form, str], ...] = (
    ("exchange-of-notes", r"exchange of (?:diplomatic )?(?:notes|letters)"),
    ("agreed-minutes", r"agreed minutes?"),
    ("implementing-arrangement", r"implementing (?:arrangement|agreement)"),
    ("mou", r"memorand(?:um|a) of (?:understanding|agreement|intent)"),
    ("protocol", r"protocol"),
    ("treaty", r"treaty"),
    ("agreement", r"agreement|convention|compact|covenant|pact|accord"),
)
_TITLE_FORM = any_of(*(rf"(?P<{form.replace('-', '_')}>\b(?:{noun})\b)" for form, noun in _FORMS))
_SELF: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("mou", words("(?:this|the present) (?:memorandum(?: of understanding)?|mou)")),
    ("protocol", words("(?:this|the present) protocol")),
    ("treaty", words("(?:this|the present) treaty")),
    ("agreement", words("(?:this|the present) (?:agreement|convention|compact)")),
)
_SERIES_NUMBER = r"(?:\d{4,5}|\d{2}-\d{3,4}(?:\.\d)?)"
_TIAS = any_of(
    rf"TREATIES AND OTHER INTERNATIONAL ACTS SERIES\s+(?P<cover>{_SERIES_NUMBER})\b",
    rf"^\W*T\.?I\.?A\.?S\.?\s+(?:No\.\s*)?(?P<edge>{_SERIES_NUMBER})\W*$",
)
_MARKING = re.compile(
    r"\W*(UNCLASSIFIED(?://[A-Z /]+)?|SENSITIVE BUT UNCLASSIFIED|SBU"
    r"|CUI(?://[A-Z/ -]+)?|CONTROLLED UNCLASSIFIED INFORMATION)\W*"
)
_DRAFT = words("DRAFT", "PRE-DECISIONAL", "NON-PAPER", "Draft (?:text|of|as of)", case=True)
_TRANSLATION = any_of(r"\b(?:unofficial|courtesy) translation\b", r"\btranslation\s*[\])]")
_CERTIFIED = words("certified (?:true )?copy")


def form(documents: Sequence[Document], title: str) -> Form | None:
    """Return the form by the title, the notes, or by what the text most often calls itself; else None."""
    if documents and documents[0].role == "offer-note":
        return "exchange-of-notes"
    if part_of(title):
        return None  # the form that it names is that of the agreement it belongs to
    code = documents[0].language if documents else "en"
    if code in languages() and (named := _named_form(title, code)):
        return named
    if (found := _TITLE_FORM.search(title)) and not _names_first(title, found.start()):
        name = str(found.lastgroup).replace("_", "-")
        return next(f for f, _ in _FORMS if f == name)
    counts: Counter[Form] = Counter()
    for document in documents[:1]:
        for provision in document.walk():
            for own, pattern in _SELF:
                counts[own] += len(pattern.findall(provision.text))
    ranked = counts.most_common(2)
    if ranked and ranked[0][1] >= 3 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return ranked[0][0]
    return None


def _names_first(title: str, start: int) -> bool:
    """Whether a title names another instrument before `start`: an understanding on a treaty is no treaty."""
    before = folded(title[:start]).text
    return any(re.search(rf"\b{re.escape(noun)}\b", before) for noun in languages()["en"].instruments)


def _named_form(title: str, code: str) -> Form | None:
    """Return the form whose words (the longest) stand first in a title of the language `code`."""
    words = folded(title).text
    ways = ((folded(way).text, cast("Form", form)) for form, each in languages()[code].forms.items() for way in each)
    found = [(at, -len(way), form) for way, form in ways if (at := words.find(way)) >= 0]
    last = code in _HEAD_LAST and found
    return (max(found, key=lambda f: (f[0], -f[1]))[2] if last else min(found)[2]) if found else None


def citations(edges: Sequence[str]) -> tuple[Citation, ...]:
    """Return the series number that the print bears on its cover or page edges (never one cited in the text)."""
    numbers = (found["cover"] or found["edge"] for edge in edges if (found := _TIAS.search(edge)))
    return tuple(Citation(text=f"TIAS {number}", basis="printed on the document") for number in dict.fromkeys(numbers))


def marking(edges: Sequence[str]) -> str:
    """Return the handling marking that stands alone at a page edge, such as `UNCLASSIFIED`, or nothing."""
    return next((found.group(1) for edge in edges if (found := _MARKING.fullmatch(edge))), "")


def authority(edges: Sequence[str], opening: str) -> Authority:
    """Return what the file shows of its authority: draft marks, translation, official print; else unknown.

    `edges` are the lines at page edges, `opening` the first words of the text.
    """
    top = "\n".join((*edges, opening))
    if any(_DRAFT.search(edge) for edge in edges):
        return "draft-tabled"
    if _TRANSLATION.search(opening):
        return "unofficial-copy"
    if _TIAS.search(top):
        return "official-print"
    return "certified-copy" if any(_CERTIFIED.search(edge) for edge in edges) else "unknown"
