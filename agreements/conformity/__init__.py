"""Whether two language texts of one agreement state the same: aligned by article, compared by what both must state.

Nothing is translated. `conformity` compares, `languages_of` parts a file that holds both texts, `report` writes what
was found.
"""

from agreements.conformity.conformity import conformity as conformity
from agreements.conformity.documents import languages_of as languages_of
from agreements.conformity.documents import two_texts as two_texts
from agreements.conformity.results import Conformity as Conformity
from agreements.conformity.results import LanguageDifference as LanguageDifference

__all__ = ["Conformity", "LanguageDifference", "conformity", "languages_of", "report", "two_texts"]
