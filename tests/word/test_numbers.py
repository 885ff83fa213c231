from agreements.model import Document, Provision
from agreements.word.writing.numbering import plan


def article(number, *children, **more):
    return Provision(kind="article", number=number, children=children, **more)


def listed(kind, *numbers):
    return [Provision(kind=kind, number=n, text="Words.") for n in numbers]


def slots(*provisions):
    made = plan([Document(provisions=provisions)])
    return [(s.list_id, s.level, s.shown) for s in made.slots[0]]


def test_one_list_numbers_articles_paragraphs_and_subparagraphs():
    first = article("I", *listed("paragraph", "1.", "2."))
    inner = Provision(kind="paragraph", number="1.", children=tuple(listed("subparagraph", "(a)", "(b)")))
    second = article("II", inner, *listed("paragraph", "2."))
    assert slots(first, second) == [
        (1, 0, "Article I"),
        (1, 1, "1."),
        (1, 1, "2."),
        (1, 0, "Article II"),
        (1, 1, "1."),
        (1, 2, "(a)"),
        (1, 2, "(b)"),
        (1, 1, "2."),
    ]


def test_a_list_that_would_go_on_counting_gets_a_list_of_its_own():
    twice = Provision(kind="text", text="First:", children=tuple(listed("subparagraph", "(a)", "(b)")))
    again = Provision(kind="text", text="Then:", children=tuple(listed("subparagraph", "(a)")))
    assert slots(article("I", twice, again))[2:] == [(1, 2, "(a)"), (1, 2, "(b)"), (0, None, ""), (2, 2, "(a)")]


def test_a_gap_in_the_numbers_is_typed_and_what_stands_under_it_is_counted_afresh():
    whole = slots(article("I", *listed("paragraph", "1.")), article("III", *listed("paragraph", "1.")))
    assert whole == [(0, 0, ""), (1, 1, "1."), (0, 0, ""), (2, 1, "1.")]


def test_letters_and_roman_numbers_are_told_apart_by_the_whole_list():
    letters = slots(*listed("subparagraph", *[f"({c})" for c in "abcdefghij"]))
    assert [s[2] for s in letters] == [f"({c})" for c in "abcdefghij"]
    assert {s[0] for s in letters} == {1}
    roman = slots(*listed("item", "(i)", "(ii)"))
    assert [s[2] for s in roman] == ["(i)", "(ii)"]


def test_articles_count_on_through_parts():
    parts = [
        Provision(kind="part", number="One", children=(article("1"), article("2"))),
        Provision(kind="part", number="Two", children=(article("3"),)),
    ]
    assert [s[2] for s in slots(*parts) if s[2]] == ["Article 1", "Article 2", "Article 3"]
    assert {s[0] for s in slots(*parts) if s[2]} == {1}


def test_every_document_begins_a_list():
    made = plan([Document(provisions=(article("I"),)), Document(role="annex", number="A", provisions=(article("1"),))])
    assert [s[0].list_id for s in made.slots] == [1, 2]
    assert made.lists[1].levels()[0].form.numeral == "decimal"


def test_a_list_that_begins_later_starts_there():
    made = plan([Document(provisions=tuple(listed("paragraph", "4.", "5.")))])
    assert made.lists[0].levels()[1].start == 4
    assert [s.shown for s in made.slots[0]] == ["4.", "5."]


def test_a_label_with_a_percent_sign_is_typed():
    assert slots(article("I", label="100%")) == [(0, 0, "")]


def test_lettered_definitions_leave_the_paragraphs_of_all_articles_in_one_list():
    first = article("I", *listed("paragraph", "(a)", "(b)"))
    deeper = Provision(kind="paragraph", number="(c)", children=tuple(listed("subparagraph", "(i)", "(ii)")))
    second, third = article("II", *listed("paragraph", "1.", "2.")), article("III", *listed("paragraph", "1."))
    made = plan(
        [Document(provisions=(first, second, third, article("IV", *listed("paragraph", "(a)", "(b)"), deeper)))]
    )
    assert {slot.list_id for slot in made.slots[0]} == {1}
    assert [slot.at for slot in made.slots[0]] == [0, 6, 6, 0, 1, 1, 0, 1, 0, 6, 6, 6, 7, 7]
    levels = made.lists[0].levels()
    assert (levels[1].form.text(1), levels[6].form.text(1), levels[7].form.text(1)) == ("1.", "(a)", "(i)")


def test_the_list_prints_as_most_articles_do():
    odd, usual = article("I", *listed("paragraph", "(1)")), [*listed("paragraph", "1.", "2.")]
    made = plan([Document(provisions=(odd, article("II", *usual), article("III", *usual)))])
    assert [slot.list_id for slot in made.slots[0]] == [1, 2, 1, 1, 1, 1, 1, 1]
