"""Drafts of several hands combined: each proposal once, signed by its hand, and nothing made where two meet."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agreements import word
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.word import HandDraft, combine, read_changes
from tests.ooxml.building import SPACES, p, r, sdt, word_file
from tests.word import editing
from tests.word.test_redline import FILES, QUICK, audited

BASE = editing.foreign(
    "The Parties waive all claims.",
    "Each Party shall consult the other.",
    "The forces may carry arms on duty.",
    "The forces pay no taxes.",
    rows=[("Place", "Use"), ("Fort Alder", "training")],
)
DAY = "2026-03-02"


def hand(of, *pairs, base=BASE):
    """The draft of a hand: the base with words exchanged."""

    def edit(body):
        for text in body.iter(name("t")):
            for old, new in pairs:
                text.text = (text.text or "").replace(old, new)

    return HandDraft(of, editing.changed(base, edit), f"{of}.docx")


def said(file):
    return [" ".join(text.split()) for text in editing.paragraphs(file) if text.strip()]


def by_hand(file):
    return {(change.author, change.kind, change.text.strip()) for change in read_changes(file).changes}


def test_each_hand_signs_its_own_and_what_two_propose_is_one():
    found = combine(BASE, [hand("L", ("consult", "inform"), ("claims", "demands")), hand("OSD", ("consult", "inform"))])
    assert [(p.hands, p.before.strip(), p.after.strip()) for p in found.proposals] == [
        (("L",), "claims", "demands"),
        (("L", "OSD"), "consult", "inform"),
    ]
    made = found.marked_up(found.undisputed, date=DAY, clerk="PM")
    assert {(author, text) for author, _, text in by_hand(made.content)} == {
        ("L", "claims"),
        ("L", "demands"),
        ("L", "consult"),
        ("L", "inform"),
    }
    assert said(word.accept(made.content)) == said(found.text(found.undisputed))
    assert said(word.reject(made.content)) == said(BASE)
    assert "Also OSD" in " ".join(c.text for c in read_changes(made.content).comments)


def test_where_two_meet_neither_is_made_and_both_stand_in_a_comment():
    found = combine(BASE, [hand("L", ("consult", "inform")), hand("OSD", ("consult", "ask"), ("taxes", "dues"))])
    assert {p.after.strip(): len(p.meets) for p in found.proposals} == {"inform": 1, "ask": 1, "dues": 0}
    made = found.marked_up(found.undisputed, date=DAY, clerk="PM")
    text = "\n".join(said(word.accept(made.content)))
    assert "consult the other" in text
    assert "pay no dues" in text
    (comment,) = [c for c in read_changes(made.content).comments if c.author == "PM"]
    assert "inform" in comment.text
    assert "ask" in comment.text
    audited(made.content)


def test_words_in_a_paragraph_that_another_strikes_meet_its_striking():
    def strike(body):
        paragraph = next(p for p in body.iter(name("p")) if "carry arms" in "".join(p.itertext()))
        paragraph.getparent().remove(paragraph)

    found = combine(BASE, [hand("L", ("arms", "side arms")), HandDraft("JS", editing.changed(BASE, strike), "js.docx")])
    assert sorted((p.kind, bool(p.meets)) for p in found.proposals) == [("changed", True), ("removed", True)]
    assert found.undisputed == frozenset()


def test_a_chosen_one_of_two_that_meet_is_made_alone():
    found = combine(BASE, [hand("L", ("consult", "inform")), hand("OSD", ("consult", "ask"))])
    ask = next(p.number for p in found.proposals if p.after.strip() == "ask")
    made = found.marked_up({ask}, date=DAY, clerk="PM")
    assert any("shall ask the other" in text for text in said(word.accept(made.content)))
    assert {author for author, _, _ in by_hand(made.content)} == {"OSD"}
    assert not [c for c in read_changes(made.content).comments if "meet" in c.text]


def test_variants_of_the_same_mark_are_counted_and_not_proposed():
    base = editing.foreign("The Party's forces pay no taxes.")
    found = combine(base, [hand("L", ("Party's", "Party’s"), base=base)])
    assert found.proposals == ()
    assert found.typography == {"L": 1}


def test_a_footnote_that_a_hand_put_in_is_named():
    found = combine(BASE, [HandDraft("L", editing.with_footnotes(BASE, "A note of ours."), "l.docx")])
    assert any("A note of ours." in each.what for each in found.unmerged)


@settings(max_examples=12, deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))
@example(0, [[("drop-row", 312397, 506485, "x"), ("move", 229639, 468189, "y"), ("split", 209756, 58727, "z")]])
@given(st.integers(0, len(FILES) - 1), st.lists(editing.edits().map(lambda made: made[:3]), min_size=1, max_size=3))
def test_whatever_hands_edit_is_made_once_and_can_be_taken_back(index, edits):
    base = word.accept(FILES[index])
    drafts = [HandDraft(f"hand {n}", editing.edited(base, made), f"{n}.docx") for n, made in enumerate(edits)]
    found = combine(base, drafts)
    if len(drafts) == 1:
        assert said(found.text({p.number for p in found.proposals})) == said(drafts[0].content)
    made = found.marked_up(found.undisputed, date=DAY, clerk="PM")
    assert all(proof.outcome != "unexplained" for proof in made.proofs)
    assert said(word.accept(made.content)) == said(found.text(found.undisputed))
    assert said(word.reject(made.content)) == said(base)
    numbers = [p.number for p in found.proposals]
    assert all(p.number in found.proposals[numbers.index(m)].meets for p in found.proposals for m in p.meets)


def test_the_base_is_left_as_it_is():
    before = Package.of("base", BASE).body()
    found = combine(BASE, [hand("L", ("claims", "demands"))])
    found.text(found.undisputed)
    assert said(BASE) == [
        "".join(p.itertext()).strip() for p in before.iter(name("p")) if "".join(p.itertext()).strip()
    ]


@pytest.mark.parametrize("words", ["demands", "rights"])
def test_what_two_put_in_at_one_place_meets_and_both_may_be_chosen(words):
    def put(text):
        def edit(body):
            first = next(body.iter(name("p")))
            made = editing.parse_xml(
                f'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>{text}</w:t></w:r></w:p>'
            )
            first.addprevious(made)

        return editing.changed(BASE, edit)

    one, other = f"The Parties renounce their {words}.", "Ships enter harbors freely at night and by day."
    found = combine(BASE, [HandDraft("L", put(one), "l.docx"), HandDraft("JS", put(other), "j.docx")])
    assert all(p.meets for p in found.proposals)
    assert said(found.text(found.undisputed)) == said(BASE)
    assert said(found.text({p.number for p in found.proposals}))[:2] == [one, other]


def test_two_that_write_a_paragraph_anew_meet_and_it_stands_as_it_was():
    """Neither the two wordings nor the striking of the old one is made; so in a cell of a table."""
    base = editing.foreign("Uniform is worn on duty.", "End.", rows=[("Pier", "12"), ("Quay", "9")])

    def anew(number, words):
        def edit(body):
            for paragraph in body.iter(name("p")):
                texts = list(paragraph.iter(name("t")))
                whole = "".join(t.text for t in texts)
                new = {"Uniform is worn on duty.": words, "12": number}.get(whole)
                if new:
                    for text in texts[1:]:
                        text.text = ""
                    texts[0].text = new

        return editing.changed(base, edit)

    drafts = [
        HandDraft("L", anew("15", "Civilian dress may be chosen by all persons off post."), "l.docx"),
        HandDraft("JS", anew("18", "Members carry side arms whenever orders permit it."), "j.docx"),
    ]
    found = combine(base, drafts)
    assert all(p.meets for p in found.proposals)
    assert said(found.text(found.undisputed)) == said(base)


@pytest.mark.parametrize(("behind", "meets"), [(1, True), (2, False)])
def test_words_put_into_what_another_strikes_meet_it_and_those_behind_it_do_not(behind, meets):
    def strike(body):
        for paragraph in list(body.findall(name("p")))[1:3]:
            body.remove(paragraph)

    def put(body):
        body.findall(name("p"))[behind].addnext(editing.parse_xml(f"<w:p {SPACES}>{r('More.')}</w:p>"))

    drafts = [
        HandDraft("L", editing.changed(BASE, strike), "l.docx"),
        HandDraft("JS", editing.changed(BASE, put), "j.docx"),
    ]
    found = combine(BASE, drafts)
    assert [bool(p.meets) for p in found.proposals] == [meets] * 2
    base = said(BASE)
    assert said(found.text(found.undisputed)) == (base if meets else [base[0], "More.", *base[3:]])


def test_a_formula_whose_letters_alone_are_merged_is_named_and_no_empty_control_is_left():
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    body = p("ARTICLE I") + p("The share is ", inner=formula) + sdt(p("The controlled words.")) + p("Both consult.")
    base = word_file(body)
    draft = word_file(body.replace("a+b", "a-b").replace(sdt(p("The controlled words.")), ""))
    found = combine(base, [HandDraft("L", draft, "l.docx")])
    assert any("formula" in each.what for each in found.unmerged)
    text = Package.of("text", found.text(found.undisputed)).body()
    assert text.find(f".//{name('sdt')}") is None
    assert said(found.text(found.undisputed)) == ["ARTICLE I", "The share is a-b", "Both consult."]
