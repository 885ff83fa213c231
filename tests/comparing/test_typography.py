"""Texts that differ in no word: typography, the other original of an agreement, paragraphs split and merged."""

import pytest

from agreements.comparing import align, differences, same_words
from agreements.comparing.kinds import kinds
from agreements.language.party_order import in_other_order, party_names, reordered, signs_of
from agreements.model import Agreement, Party, Provision
from agreements.textform import parse_document

TITLE = "Agreement between the Government of {0} and the Government of {1} on Transit"
TEXT = """
# Agreement on Transit

## Preamble
The Government of {0} and the Government of {1} (hereinafter "the Parties"),
Have agreed as follows:

## Article I: Access
1. The forces of the sending State may use the agreed areas at all times. They shall respect the law.
2. The Ministry of Defense of {0} and the Ministry of Defense of {1} shall meet within thirty days.
"""
NAMES = ("the Republic of Valdoria", "the Kingdom of Tamaris")
PARTIES = tuple(Party(code="", name=name.removeprefix("the ")) for name in NAMES)


def agreement(text=TEXT, names=NAMES):
    said = text.format(*names).strip() + "\n"
    return Agreement(id="transit", title=TITLE.format(*names), parties=PARTIES, documents=(parse_document(said),))


def changed(a, b):
    return {pair.names: pair.change for pair in align(a, b) if pair.change != "same"}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ('"the Parties"', "“the Parties”", "straight and curly quotation marks"),
        ("the Party's law", "the Party’s law", "an apostrophe"),
        ("U.S. forces", "U.S.\u00a0forces", "a blank that keeps a line together"),
        ("1951-1953", "1951–1953", "kinds of dash between figures"),
        ("the areas -- if any", "the areas — if any", "a dash that was typed as two hyphens"),
        ("the o\ufb03ce", "the office", "a ligature"),
        ("and so on ...", "and so on …", "three dots"),
        ("cafe\u0301 areas", "café areas", "an accent that is a sign of its own"),
    ],
)
def test_variants_of_one_mark_are_the_same_words(one, other, why):
    assert same_words(one, other), why
    assert all(piece.kind == "equal" for piece in differences(one, other, by_words=True))
    assert any(piece.kind != "equal" for piece in differences(one, other))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("the forces, if any", "the forces if any", "a comma goes"),
        ("the Parties", '"the Parties"', "quotation marks come"),
        ("co-operation", "cooperation", "a hyphen goes"),
        ("the forces", "the Forces", "a capital in the text"),
        ('"the Parties"', "'the Parties'", "single for double marks"),
        ("thirty days", "thirteen days", "a word"),
    ],
)
def test_another_mark_is_another_text(one, other, why):
    assert not same_words(one, other), why


def test_an_equal_piece_keeps_both_ways_of_writing():
    (said,) = differences('"the Parties"', "“the Parties”", by_words=True)
    assert (said.text, said.in_first) == ("“the Parties”", '"the Parties"')


def test_a_provision_that_differs_in_typography_alone_is_told_as_that():
    curled = agreement(TEXT.replace('"the Parties"', "“the Parties”"))
    assert changed(agreement(), curled) == {("preamble.1", "preamble.1"): "typography"}
    loud = agreement(TEXT.replace("I: Access", "I: ACCESS"))
    assert changed(agreement(), loud) == {("I", "I"): "typography"}


def test_the_other_original_changes_no_word():
    theirs = agreement(names=NAMES[::-1])
    assert set(changed(agreement(), theirs).values()) == {"alternat"}
    assert ("I.2", "I.2") in changed(agreement(), theirs)


def test_a_change_in_the_other_original_is_told_in_our_order():
    theirs = agreement(TEXT.replace("thirty days", "sixty days"), NAMES[::-1])
    (pair,) = [pair for pair in align(agreement(), theirs) if pair.change == "changed"]
    assert [piece.text.strip() for piece in pair.text if piece.kind != "equal"] == ["thirty", "sixty"]


def test_parties_in_another_order_are_a_change_where_the_text_is_the_same_original():
    swapped = TEXT.replace(
        "Ministry of Defense of {0} and the Ministry of Defense of {1}",
        "Ministry of Defense of {1} and the Ministry of Defense of {0}",
    )
    assert changed(agreement(), agreement(swapped)) == {("I.2", "I.2"): "changed"}


def test_an_order_that_bears_a_meaning_is_never_put_otherwise():
    ours = "Valdoria and Tamaris pay 60 and 40 per cent respectively of each cost."
    theirs = "Tamaris and Valdoria pay 60 and 40 per cent respectively of each cost."
    assert reordered(ours, theirs, party_names(PARTIES, "", "")) == ours


@pytest.mark.parametrize(
    "ours",
    [
        "The costs are borne by Valdoria and Tamaris provides the guards.",
        "The costs are borne by Valdoria and Tamaris, which provides the guards.",
        "Areas are let by Valdoria and Tamaris in its own ports.",
    ],
)
def test_parties_to_whom_other_words_belong_are_never_put_otherwise(ours):
    theirs = ours.replace("Valdoria and Tamaris", "Tamaris and Valdoria")
    parties = party_names(PARTIES, "", "")
    assert reordered(ours, theirs, parties) == ours
    assert not in_other_order(signs_of(ours), signs_of(theirs), parties)


def test_a_split_and_a_merger_are_one_change_without_words():
    parted = TEXT.replace(" They shall respect the law.\n2.", "\n2. They shall respect the law.\n3.")
    found = changed(agreement(), agreement(parted))
    assert found[("I.1", "I.1, I.2")] == "split"
    assert "added" not in found.values()
    back = changed(agreement(parted), agreement())
    assert back[("I.1, I.2", "I.1")] == "merged"
    assert "removed" not in back.values()


def test_a_split_with_a_changed_word_tells_the_word():
    parted = TEXT.replace(" They shall respect the law.\n2.", "\n2. They may respect the law.\n3.")
    (pair,) = [pair for pair in align(agreement(), agreement(parted)) if pair.change == "split-changed"]
    assert [piece.text.strip() for piece in pair.text if piece.kind != "equal"] == ["shall", "may"]


def test_a_new_paragraph_is_no_part_of_its_neighbour():
    longer = TEXT.replace("respect the law.\n2.", "respect the law.\n2. Vehicles are registered.\n3.")
    assert "added" in changed(agreement(), agreement(longer)).values()


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("It ends twelve (12) months later.", "It ends six (6) months later.", "shorter"),
        ("It ends ten days later.", "It ends twelve days later.", "longer"),
        ("The authorities shall waive it.", "The authorities may waive it.", "a duty becomes a right"),
        ("The authorities shall pay it.", "The authorities shall endeavour to pay it.", "a duty becomes an effort"),
        ("They shall be inspected.", "They shall not be inspected.", "a denial is added"),
        ("They shall not be inspected.", "They shall be inspected.", "a denial is lost"),
        ("All claims are waived.", "All claims, except those from contracts, are waived.", "an exception is added"),
        (
            "It is due under paragraph 1.",
            "It is due under paragraph 2.",
            "reference “paragraph 1” becomes “paragraph 2”",
        ),
        ("It is due under paragraph one.", "It is due under paragraph two.", "“paragraph one” becomes “paragraph two”"),
        ("The Annex shall form part.", "The Annex forms part.", ""),
        ("It follows Articles IV and V.", "It follows Articles IV and VI.", "“Articles V” becomes “Articles VI”"),
        (
            "It lasts until it is ended.",
            "It lasts for five years, or until it is ended.",
            "a period is added: “five years”",
        ),
        ("It is claimed within two (2) years.", "It is claimed within two (2) months.", "“two (2) months”: shorter"),
        ("It is told five (5) days before.", "It is told five (5) working days before.", "other days are counted"),
        (
            "It is told at least five days before.",
            "It is told at most five days before.",
            "was at least and is at most",
        ),
        ("It is told at least five days before.", "It is told five days before.", "and is neither least nor most"),
        ("It answers within ten days.", "It answers at once.", "a period is dropped: “ten days”"),
        ("The United States shall settle claims.", "Ostelia shall settle claims.", "“United States” becomes “Ostelia”"),
        ("The Kingdom of Ostelia waives claims.", "Valdoria waives claims.", "“Kingdom of Ostelia” becomes “Valdoria”"),
        ("The sending State shall pay.", "The receiving State shall pay.", "“sending State” becomes “receiving State”"),
        ("It is settled. It is not tried.", "It is settled.", "a sentence is dropped"),
        (
            "Each Party shall make no claim on the other.",
            "Each Party shall not make any claim on the other.",
            "a denial in other words or elsewhere: “no”, now “shall not”",
        ),
        (
            "Except for leases, the taxes of the host State are waived for all members of the force.",
            "The taxes of the host State are waived for all members of the force, save for leases.",
            "an exception in other words or elsewhere: “Except”, now “save for”",
        ),
        ("Within thirty (20) hours.", "Within thirty (30) hours.", ""),
        ("It is reported within forty-eight (48) hours.", "It is reported within 48 hours.", ""),
        ("It is reported within 48 hours.", "It is reported within forty-eight hours.", ""),
        ("It ends in ten (10) days, or in 20 days.", "It ends in ten (10) days.", "a period is dropped: “20 days”"),
        ("Within thirty (30) hours.", "Within thirty (20) hours.", "printed twice, not alike"),
    ],
)
def test_what_a_change_does_is_said(one, other, said):
    found = "; ".join(kinds(differences(one, other, by_words=True)))
    assert said in found
    assert bool(said) == bool(found)


def test_words_that_do_nothing_known_are_given_no_kind():
    assert kinds(differences("The area is large.", "The area is wide.", by_words=True)) == ()


SIGNERS = [
    (("for {1}:", "Mary Bell", "for {0}:", "John Aldane"), set(), "each with the State signed for"),
    (("for {1}:", "John Aldane", "for {0}:", "Mary Bell"), {"added", "removed"}, "for the other State"),
]


@pytest.mark.parametrize(("theirs", "told", "why"), SIGNERS, ids=[row[-1] for row in SIGNERS])
def test_signers_stand_first_in_their_own_original(theirs, told, why):
    """In files without hidden marks, such as copies for signature: whoever signs moves with the State signed for."""

    def signed(lines, names):
        made = agreement(names=names)
        closing = tuple(Provision(kind="text", text=line.format(*NAMES)) for line in lines)
        document = made.documents[0]
        provisions = (*document.provisions, Provision(kind="signature", children=closing))
        whole = document.model_copy(update={"provisions": provisions})
        return made.model_copy(update={"documents": (whole,)})

    ours = signed(("for {0}:", "John Aldane", "for {1}:", "Mary Bell"), NAMES)
    pairs = align(ours, signed(theirs, NAMES[::-1]))
    assert {pair.change for pair in pairs} - {"same", "alternat", "renumbered"} == told, why


def test_a_denial_lost_in_one_sentence_is_not_made_good_by_one_in_another():
    one = "The authorities shall not enter the area. They shall give notice of each visit."
    other = "The authorities shall enter the area. They shall not give notice of each visit."
    said = kinds(differences(one, other, by_words=True))
    assert {each.split(":")[0] for each in said} == {"a denial is lost", "a denial is added"}
