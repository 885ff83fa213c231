"""Write `agreements/data/state_names.csv`: the names of States and territories in the languages of the world.

usage: python -m pip install babel; python scripts/state_names.py

The names are those of the Unicode Common Locale Data Repository (under `docs/licenses/unicode.txt`), as the package
babel carries them. Left out: English ones, what two States are called, names that are the code.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

from babel import Locale
from babel.core import get_global

sys.path.insert(0, str(Path(__file__).parent.parent))

from agreements.search.analysis import fold
from agreements.states import is_code, is_organisation

OUT = Path(__file__).parent.parent / "agreements" / "data" / "state_names.csv"
LANGUAGES = """
af am ar az be bg bn bs ca cs cy da de el es et eu fa fi fil fr ga gl he hi hr hu hy id is it ja ka kk km ko ky lb lo lt
lv mk mn ms my ne nb nl nn pl ps pt ro ru si sk sl sq sr sr_Latn sv sw ta te tg th tk tr uk ur uz vi zh zh_Hant zu
"""
SHORTEST = 4


def main() -> None:
    """Write the table."""
    codes = {
        two: three for three, (two, *_) in get_global("territory_aliases").items() if len(three) == 3 and is_code(three)
    }
    english = {fold(name) for name in Locale("en").territories.values()}
    names: dict[str, dict[str, str]] = defaultdict(dict)
    of_name: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES.split():
        for two, code in codes.items():
            name = Locale.parse(language).territories.get(two, "")
            folded = fold(name)
            short = len(folded) < SHORTEST and folded.isascii()
            if folded and folded not in english and not short and not is_organisation(code) and "|" not in name:
                names[code].setdefault(folded, name)
                of_name[folded].add(code)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("code", "names"))
        for code in sorted(names):
            rows.writerow(
                (code, "|".join(name for folded, name in sorted(names[code].items()) if len(of_name[folded]) == 1))
            )


if __name__ == "__main__":
    main()
