"""Each check finds what it is for, and nothing in a sound text."""

from pathlib import Path

import pytest

from agreements.checks import CHECKS, check
from agreements.errors import NotFoundError
from agreements.model import Agreement, Document, EntryIntoForce, Mark, Party, Provision, Signing
from agreements.textform import parse_document

SOUND = """\
# Agreement between Arland and Borduria on Visits
## Preamble
Have agreed as follows:
## Article I: Definitions
In this Agreement:
1. “visit” means a stay of less than one month;
2. The Party that receives a visit shall give help under [Article II](reference:II).
## Article II: Help
Each Party shall help the other during a visit.
## Signature
FOR THE GOVERNMENT OF ARLAND:
FOR THE GOVERNMENT OF BORDURIA:
"""


def agreement(text: str = SOUND, **facts: object) -> Agreement:
    parties = (Party(name="Government of Arland"), Party(name="Government of Borduria"))
    fields = {"id": "x", "form": "agreement", "parties": parties, "standing": "draft", **facts}
    return Agreement(documents=(parse_document(text),), **fields)


def test_a_sound_text_has_no_findings() -> None:
    assert check(agreement()) == ()


@pytest.mark.parametrize(
    ("name", "was", "becomes", "code", "where"),
    [
        ("numbering", "Article II: Help", "Article III: Help", "numbering", "III"),
        ("numbering", "2. The Party", "3. The Party", "numbering", "I"),
        ("numbering", "during a visit.", "during a visit.\n1. It may ask for help.", "lone-number", "II.1"),
        ("bodies", "Each Party shall help the other during a visit.", "", "empty-article", "II"),
        ("lengths", "Each Party shall help the other during a visit.", "Help.", "short", "II"),
        ("references", "reference:II", "reference:IX", "reference-dangling", "I.2"),
        ("references", "reference:II", "reference", "reference-open", "I.2"),
        ("terms", "a visit", "a stay", "term-unused", "I.1"),
        ("terms", "2. The Party", "2. “visit” means a journey. The Party", "term-twice", "I.2"),
        ("placeholders", "other during", "other on ______ during", "placeholder", "II"),
        ("placeholders", "other during", r"other on \[insert date\] during", "placeholder", "II"),
        ("placeholders", "Help\n", "{{ heading }}\n", "placeholder", "II"),
        ("brackets", "during a visit.", r"\[during a visit\].", "open-bracket", "II"),
        ("register", "Each Party shall help", "Each Party intends to help", "register-weak", "II"),
        ("signatures", "FOR THE GOVERNMENT OF BORDURIA:", "", "no-signature", "signature"),
    ],
)
def test_a_check_finds_what_it_is_for(name: str, was: str, becomes: str, code: str, where: str) -> None:
    assert was in SOUND
    found = check(agreement(SOUND.replace(was, becomes)), [name])
    assert [(f.code, f.where) for f in found][:1] == [(code, where)], found


def test_a_memorandum_in_the_language_of_a_treaty() -> None:
    found = check(agreement(form="mou"), ["register"])
    assert {f.code for f in found} == {"register-treaty"}
    assert {"I", "II"} <= {f.where for f in found}  # articles
    assert any("“shall”" in f.message and "intends to" in f.fix for f in found)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Joint Declaration on Cost Sharing", "this joint declaration is not to bind"),
        ("AGREED MINUTES of the Third Meeting", "these agreed minutes are not to bind"),
        ("Letter of Intent on Training", "this letter of intent is not to bind"),
        ("Memorandum of Understanding", "this memorandum is not to bind"),
    ],
)
def test_a_text_that_does_not_bind_is_called_what_it_calls_itself(title: str, named: str) -> None:
    held = agreement(form="mou").model_copy(update={"binding": False, "title": title})
    found = [f for f in check(held, ["register"]) if f.code == "register-treaty" and "“shall”" in f.message]
    assert found
    assert all(named in f.message for f in found)


def test_a_note_in_the_third_person_needs_no_signature_block_and_a_letter_has_a_line() -> None:
    def note(*lines: str) -> list[str]:
        provisions = tuple(Provision(kind="text", text=words) for words in ("No. 7", *lines))
        held = agreement().model_copy(
            update={"standing": "draft", "documents": (Document(role="reply-note", provisions=provisions),)}
        )
        return [f.code for f in check(held, ["signatures"])]

    assert note("The Ministry of Sylvania presents its compliments to the Embassy.") == []
    assert note("Excellency: I have the honor to confirm the foregoing.") == ["no-signatures"]
    assert note("Excellency: I have the honor to confirm the foregoing.", "_" * 24, "Minister of Foreign Affairs") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "Done at Ruritz, this ____ day of __________, 20__, in duplicate.",
            "3 blanks to be filled in by hand: “this ____ day of __________, 20__”.",
        ),
        ("Reference: No. ________", "1 blank to be filled in by hand: “No. ________”."),
    ],
)
def test_every_blank_is_counted_and_shown(words: str, said: str) -> None:
    document = Document(provisions=(Provision(kind="testimonium", text=words),))
    found = check(agreement().model_copy(update={"documents": (document,)}), ["placeholders"])
    assert [f.message for f in found] == [said]


def test_marked_brackets_are_counted_once() -> None:
    text = "[US: ten] [PARTNER: five] days"
    marks = (
        Mark(start=0, end=9, kind="bracket", target="us"),
        Mark(start=10, end=25, kind="bracket", target="partner"),
    )
    held = agreement().model_copy(
        update={"documents": (Document(provisions=(Provision(kind="text", text=text, marks=marks),)),)}
    )
    assert [f.message for f in check(held, ["brackets"])] == ["2 open brackets."]


@pytest.mark.parametrize(
    ("entry", "signed", "findings"), [("1999-03", "1999-03-14", 0), ("1999-02", "1999-03-14", 1), ("2000", "1999", 0)]
)
def test_dates_in_their_order(entry: str, signed: str, findings: int) -> None:
    held = agreement(signings=(Signing(date=signed),), entry_into_force=EntryIntoForce(date=entry))
    assert len(check(held, ["dates"])) == findings


def test_every_check_says_what_it_looks_for_and_the_docs_list_it() -> None:
    listed = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
    missing = [name for name in CHECKS if f"| `{name}` | {CHECKS.label(name)} |" not in listed]
    assert missing == []


def test_an_unknown_check_lists_the_near_or_all() -> None:
    with pytest.raises(NotFoundError) as near:
        check(agreement(), ["spelling"])
    with pytest.raises(NotFoundError) as caught:
        check(agreement(), ["zzz"])
    assert "spellings" in near.value.hint
    assert all(name in caught.value.hint for name in CHECKS)


@pytest.mark.parametrize(
    ("role", "text", "expected", "why"),
    [
        ("main", "[insert date]", ("placeholder", "error"), "the text itself has to be whole"),
        ("main", "{{ date }}", ("placeholder", "error"), "the mark of a template"),
        ("annex", "[insert date]", ("blank", "info"), "an annex may hold a form"),
        ("appendix", "TBD", ("blank", "info"), "so may an appendix"),
        ("annex", "{{ date }}", ("placeholder", "error"), "no form has marks of a template"),
        ("protocol", "[insert date]", ("placeholder", "error"), "a protocol holds no forms"),
    ],
)
def test_what_is_left_to_fill_in_is_a_form_in_an_annex_alone(
    role: str, text: str, expected: tuple[str, str], why: str
) -> None:
    document = Document(role=role, provisions=(Provision(kind="text", text=f"Done on {text}."),))
    found = check(agreement().model_copy(update={"documents": (document,)}), ["placeholders"])
    assert (found[0].code, found[0].severity) == expected, why
