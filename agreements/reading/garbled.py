"""Text layers that do not say what the page shows, because the file maps its characters wrongly.

Two signs together: hardly any of the small words that every text in the language has, and letters that no language
puts together so. One alone is no proof: a table of names has no small words, an abbreviation no vowels.
"""

import re
import unicodedata
from collections import Counter

_SAMPLE = 2500  # characters that are looked at
_GLANCE = 400  # characters that show most texts to be readable
_LEAST = 200  # characters; less shows nothing
# One line for each group of languages; what they share stands once.
_SMALL = """
the of and to in for by or with this that is on be shall as it are from at which not any
le la les de des du et à un une dans pour par que sur est au aux en ou ne pas avec son ses
el los las del y una por con para se su sus al como no o lo entre sin sobre
os do da dos das e um uma em na nas nos ao com il di che per non della dei delle gli
der die das und den dem von zu mit ist für auf im ein eine nicht sich auch
het van een voor op te zijn met aan dat niet bij door og at som til av af på är och att för
i w z się nie oraz przez dla a v s ve že při za u iz ili što din și cu sau
bir bu ile için olarak ja on ei tai että és az hogy vagy nem ir ar kas uz või
dan yang untuk dengan dari ini atau pada ya wa kwa katika ni
"""
_SMALL_WORDS = frozenset(_SMALL.split())
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("aeiouyáàâäãåæéèêëíìîïóòôöõøúùûüýœ")
_USUAL_VOWELS = (0.3, 0.55)  # share of the letters that are vowels, in languages in Latin letters
_LETTERS = 0.25  # of the characters are Latin letters, where they are to be judged
_FEW = 0.04  # of the words are small words; prose has 0.2 and more
_STRANGE = 0.15  # of the characters are signs that no text has so many of
_NO_WRITING = frozenset(("Co", "Cn", "Cc", "So", "Sk", "Sm", "Sc"))


def is_garbled(text: str) -> bool:
    """Return whether `text` is not readable in any language, though it has characters enough to show it."""
    text = text[:_SAMPLE]
    if _has_small_words(text[:_GLANCE], 2 * _FEW):
        return False
    solid = "".join(text.split())
    if len(solid) < _LEAST or _has_small_words(text, _FEW):
        return False
    kinds = Counter(map(unicodedata.category, solid))
    if sum(kinds[kind] for kind in _NO_WRITING) > _STRANGE * len(solid):
        return True
    latin = [c for c in solid.lower() if c.isalpha() and "LATIN" in unicodedata.name(c, "")]
    if len(latin) * 2 < sum(map(str.isalpha, solid)) or len(latin) < _LETTERS * len(solid):
        return False  # another script, whose words are not known here, or a table of figures
    return not _sounds(solid, latin)


def _has_small_words(text: str, share: float) -> bool:
    words = _WORD.findall(text.lower())
    return sum(map(_SMALL_WORDS.__contains__, words)) > share * len(words)


def _sounds(solid: str, latin: list[str]) -> bool:
    """Return whether consonants and vowels are mixed as languages mix them, and letters outnumber other signs."""
    vowels = sum(c in _VOWELS for c in latin)
    low, high = _USUAL_VOWELS
    inside = sum(c.isdigit() or c.isalpha() for c in solid)
    return bool(latin) and low <= vowels / len(latin) <= high and inside > 0.85 * len(solid)
