"""What a protocol does to the provisions of another agreement, read from its words."""

from collections.abc import Callable

import pytest

from agreements.parsing import Parsed

TITLE = "# Protocol amending the Agreement between Norway and Chile on Visits of Forces"
BASE = "Agreement between Norway and Chile on Visits of Forces, signed at Oslo on 3 May 1960"
PREAMBLE = f"Norway and Chile, wishing to amend the {BASE} (hereinafter “the Agreement”), Have agreed as follows:"


def done(parsed: Callable[..., Parsed], *articles: str, title: str = TITLE, preamble: str = PREAMBLE) -> list[str]:
    """The effects of a protocol with these articles: action, path, what does it, and since when."""
    body = [x for n, text in enumerate(articles, 1) for x in (f"# Article {n}", *text.split("\n"))]
    found = parsed(title, preamble, *body, "DONE at Lorn.").agreement.effects
    assert all(effect.title == BASE for effect in found)
    return [" ".join(x for x in (e.action, e.path, f"by {e.by}", e.since or "") if x) for e in found]


@pytest.mark.parametrize(
    ("words", "effects", "why"),
    [
        ("Article VII of the Agreement shall be replaced by the following: “Guests knock.”",
         ["replaces VII by 1"], "a whole article"),
        ("Paragraph 2 of Article VII of the Agreement is hereby amended to read as follows:\n“2. Guests knock.”",
         ["replaces VII.2 by 1"], "a paragraph, its words in the next line"),
        ("Paragraphs 2 and 3 of Article VII of the Agreement are deleted.",
         ["deletes VII.2 by 1", "deletes VII.3 by 1"], "a list"),
        ("Article VII, paragraph 2(a), of the Agreement shall read: “knock;”", ["replaces VII.2.a by 1"],
         "the article first"),
        ("A new paragraph 4 is added after paragraph 3 of Article VII of the Agreement: “4. Guests wait.”",
         ["adds VII.4 by 1"], "a new paragraph"),
        ("After Article VII of the Agreement, the following new Article VII bis shall be inserted: “Guests wait.”",
         ["adds VII-bis by 1"], "a new article"),
        ("In Article 5 of the Agreement, the following shall be added as paragraph 2 bis: “Guests wait.”",
         ["adds 5.2-bis by 1"], "the number after the verb"),
        ("The following sentence is added to Article 5 of the Agreement: “Guests wait.”", [],
         "what has no number has no place of its own, and a sentence is named before the article"),
        ("In Article 5 of the Agreement, the words “one year” are replaced by “two years”.", ["amends 5 by 1"],
         "words are not the provision"),
        ("Annex B to the Agreement is replaced by the Annex to this Protocol.", ["replaces annex-b by 1"], "an annex"),
        ("Article 5 of the Agreement is amended as follows:\n1. Paragraph 2 is deleted.\n"
         "2. Paragraph 3 shall read: “Guests wait.”",
         ["deletes 5.2 by 1.1", "replaces 5.3 by 1.2"], "the article said above"),
        ("With effect from 1 January 1999, Article 5 of the Agreement is deleted.", ["deletes 5 by 1 1999-01-01"],
         "the date that is said"),
        ("In Article VII of the Agreement, paragraph 2 is replaced by the following: “2. Guests wait.”",
         ["replaces VII.2 by 1"], "the article said first"),
        ("In Article 5 of the Agreement, the fourth line is deleted.", ["amends 5 by 1"], "something in the article"),
        ("The heading of Article 5 of the Agreement is deleted.", ["amends 5 by 1"], "not the whole article"),
        ("The text of Article 5 of the Agreement is deleted.", ["deletes 5 by 1"], "the whole article"),
        ("Article 5 is deleted.", ["deletes 5 by 1"], "the title says which agreement is amended"),
        ("The Parties may amend Article 5 of the Agreement.", [], "a power to amend"),
        ("Article 5 of the Agreement may be amended as follows.", [], "a power to amend"),
        ("If the tax is raised, Article 5 of the Agreement is deleted.", [], "a condition"),
        ("Ships registered under Article 5 of the Agreement remain so even if they are removed.", [],
         "ships are removed and not the article"),
        ("Article 2 of this Protocol shall be replaced by rules that the Parties agree on.", [],
         "the instrument's own article"),
        ("“Article 5 of the Agreement is deleted” is what it says.", [], "quoted words are text"),
    ],
)  # fmt: skip
def test_effects(parsed: Callable[..., Parsed], words: str, effects: list[str], why: str) -> None:
    assert done(parsed, words) == effects, why


@pytest.mark.parametrize(
    ("title", "words", "count"),
    [
        ("# Agreement on Harbours", "Article 5 is deleted.", 0),
        ("# Agreement on Harbours", "Article 5 of the Agreement is deleted.", 1),
        ("# AGREEMENT AMENDING THE AGREEMENT ON VISITS", "Article 5 is deleted.", 1),
        ("# Agreement on Visits as amended by the Protocol amending the Agreement", "Article 5 is deleted.", 0),
    ],
)
def test_only_an_instrument_that_names_what_it_amends_amends(
    parsed: Callable[..., Parsed], title: str, words: str, count: int
) -> None:
    assert len(done(parsed, words, title=title)) == count


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Agreement to supplement the {}", ("supplements", "", BASE)),
        ("Agreement to supplement the {} with respect to Coast Guard Ships", ("supplements", "", BASE)),
        ("Technical Arrangement pursuant to Article VII of the {}", ("implements", "Article VII", BASE)),
        ("Agreement implementing paragraph 2 of Article VII of the {}",
         ("implements", "paragraph 2 of Article VII", BASE)),
        ("Protocol prolonging the {}", ("extends", "", BASE)),
        ("Agreement between Norway and Chile on the termination of the {}", ("terminates", "", BASE)),
        ("Agreement to implement Article 4 of the Agreement to supplement the Accord on Tugs",
         ("implements", "Article 4", "Agreement to supplement the Accord on Tugs")),
        ("Second Additional Protocol to the Lorn Convention on Tolls", ("supplements", "", "Lorn Convention on Tolls")),
        ("Agreement on Cooperation in Implementing Joint Programmes", None),
        ("Agreement on the Implementation of a Programme of Visits", None),
    ],
)  # fmt: skip
def test_a_title_says_what_an_instrument_is_to_another(
    parsed: Callable[..., Parsed], title: str, said: tuple[str, str, str] | None
) -> None:
    base = "Agreement between Norway and Chile on Visits of Forces"
    found = parsed(f"# {title.format(base)}", PREAMBLE, "# Article 1", "Guests knock.").agreement.relations
    assert [(r.kind, r.note, r.title) for r in found] == ([said] if said else [])


def test_an_amending_instrument_is_related_to_what_it_amends(parsed: Callable[..., Parsed]) -> None:
    agreement = parsed(TITLE, PREAMBLE, "# Article 1", "Guests knock.").agreement
    assert [(r.kind, r.title) for r in agreement.relations] == [("amends", BASE)]


def test_a_name_given_to_an_instrument_that_changes_another_is_not_that_of_the_other(
    parsed: Callable[..., Parsed],
) -> None:
    base = "Agreement between Norway and Chile on Visits of Forces, signed at Oslo on 2 May 2019"
    preamble = f"Referring to the Protocol Amending the {base} (hereinafter “the Protocol of 2019”),"
    found = parsed(
        f"# Protocol between Norway and Chile Amending the Protocol Amending the {base}", preamble,
        "# Article 1", "Article 4 of the Protocol of 2019 shall be replaced by the following text: “Guests wait.”",
    ).agreement  # fmt: skip
    assert [(effect.path, effect.title) for effect in found.effects] == [("4", f"Protocol Amending the {base}")]
    assert {relation.title for relation in found.relations} == {f"Protocol Amending the {base}"}


@pytest.mark.parametrize(
    ("title", "called", "acts", "said"),
    [
        ("Implementing Arrangement on Fuel", "the Agreement", "Acting under paragraph 2 of Article IV thereof",
         "paragraph 2 of Article IV"),
        ("Implementing Arrangement concerning Fuel", "the Base Agreement", "Wishing to settle the details", ""),
        ("Arrangement concerning Fuel", "the Agreement", "Acting under Article IV thereof", None),
        ("Implementing Arrangement concerning Fuel", "the Treaty", "Acting under Article IV thereof", None),
    ],
)  # fmt: skip
def test_an_implementing_arrangement_implements_what_it_calls_the_agreement(
    parsed: Callable[..., Parsed], title: str, called: str, acts: str, said: str | None
) -> None:
    """Its title names no other instrument; the preamble does, and may name two places and days of signature."""
    base = "Agreement between Norway and Chile on Visits, signed at Oslo on 2 May 2019 and at Lima on 5 June 2019"
    preamble = f"Referring to the {base} (hereinafter “{called}”); {acts},"
    found = parsed(f"# {title}", "## Preamble", preamble, "# Article 1", "Guests knock.").agreement.relations
    assert [(r.kind, r.title, r.note) for r in found] == ([] if said is None else [("implements", base, said)])
