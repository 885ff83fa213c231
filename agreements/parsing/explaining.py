"""Heads of a protocol or of minutes that explain an article of another instrument: `Re Article 5`, `Zu Artikel 3`.

What stands below explains that article, and is none itself: `paragraph 2` there is one of the article, or nobody knows.
"""

import re
from functools import cache

from agreements.languages import fold, languages, phrases

_LONGEST = 110  # characters of such a line
_ASIDE = re.compile(r"\([^()]{1,60}\)")
_TOKEN = re.compile(r"[^\s,;]+")
_NUMBER = re.compile(r"(?:\d{1,4}|[ivxlc]{1,8}|[a-z])(?:[.\-/]\w{1,4})*[a-z]{0,2}[.)º°ª]*")
_LATIN = ("re ", "ad ")  # which prints begin with a small letter too
_FEW = frozenset(
    (
        "first",
        "second",
        "third",
        "fourth",
        "last",
        "sentence",
        "indent",
        "sub",
        "premier",
        "first.",
        "satz",
        "nr.",
        "phrase",
    )
)


def explains_article(text: str) -> bool:
    """Return whether a line is a head that explains an article of another instrument, and says nothing more."""
    if len(text) > _LONGEST or text.lstrip("*_ ")[:1].casefold() not in _initials():
        return False
    words = fold(_ASIDE.sub(" ", text).strip(" *_.:–—-"))
    opening = next((each for each in _openings() if words.startswith(each)), None)
    if opening is None or (not text.lstrip("*_ ")[:1].isupper() and opening not in ("re ", "ad ")):
        return False
    first, *rest = _TOKEN.findall(words[len(opening) :].replace("l'", "")) or [""]
    return first in _articles() and bool(rest) and all(_may_stand(each) for each in rest)


def _may_stand(token: str) -> bool:
    return _NUMBER.fullmatch(token.strip("*()[]")) is not None or token.strip("*") in _named()


@cache
def _openings() -> tuple[str, ...]:
    return tuple(f"{each} " for each in sorted(phrases("explains"), key=len, reverse=True))


@cache
def _initials() -> frozenset[str]:
    return frozenset(each[0] for each in _openings())


@cache
def _articles() -> frozenset[str]:
    """Return the words for an article in all languages: `article`, `articles`, `art.`."""
    return frozenset(fold(word) for pack in languages().values() for word in pack.cites.get("article", ()))


@cache
def _named() -> frozenset[str]:
    """Return what may stand in such a head beside numbers: `paragraph`, `and`, `Absatz`."""
    fields = ("article", "part", "annex", "and", "to", "of")
    rows = (word for pack in languages().values() for field in fields for word in pack.cites.get(field, ()))
    return _FEW | {token for word in rows for token in fold(word).split()}
