"""Citations in three styles: all that is established, the order of legal writing, a few words."""

import pytest

from agreements.citation import STYLES, Style, called, cite
from agreements.errors import NotFoundError
from agreements.model import Agreement, Citation, Document, Party, Provision, Signing, Status
from agreements.repository.facts import facts_of

_PARAGRAPH = Provision(
    kind="paragraph",
    number="3.",
    children=(Provision(kind="subparagraph", number="(b)", text="Lanterns."),),
)
_MAIN = Document(provisions=(Provision(kind="article", number="VII", children=(_PARAGRAPH,)),))
_ANNEX = Document(role="annex", number="A", provisions=(Provision(kind="paragraph", number="1.", text="Ports."),))
TWO = Agreement(
    id="us-valdoria-1999",
    title="Agreement on Visiting Forces",
    short_title="Valdoria SOFA",
    parties=(Party(code="USA", name="the United States of America"), Party(code="VAL", name="Valdoria")),
    signings=(Signing(date="1999-09-05", place="Kestrel City"),),
    citations=(Citation(text="50 UST 1792"), Citation(text="TIAS 4711")),
    status=Status(value="in-force", as_of="2020"),
    documents=(_MAIN, _ANNEX),
)
BARE = Agreement(id="notes-1960", form="exchange-of-notes", parties=(Party(code="TAM", name="Tamaris"),))
LETTERS = TWO.model_copy(
    update={"signings": (Signing(date="1999-05"), Signing(date="2000")), "status": Status(value="expired")}
)


@pytest.mark.parametrize(
    ("agreement", "path", "style", "expected"),
    [
        (
            TWO,
            "VII.3.b",
            "bluebook",
            "Agreement on Visiting Forces, U.S.-Valdoria, art. VII, para. 3(b), Sept. 5, 1999, 50 U.S.T. 1792, "
            "T.I.A.S. No. 4711.",
        ),
        (TWO, "VII.3.b", "plain", "Article VII, paragraph 3(b) of Valdoria SOFA (1999)"),
        (TWO, "annex-a.1", "plain", "Annex A, paragraph 1 of Valdoria SOFA (1999)"),
        (TWO, "", "plain", "Valdoria SOFA (1999)"),
        (
            LETTERS,  # dates that stop at the month or the year; ended
            "",
            "bluebook",
            "Agreement on Visiting Forces, U.S.-Valdoria, May 1999 and 2000, 50 U.S.T. 1792, T.I.A.S. No. 4711 "
            "(expired).",
        ),
        (BARE, "", "bluebook", "Exchange of notes (Tamaris)."),  # nothing is made up
        (BARE, "", "plain", "Exchange of notes (Tamaris)"),
    ],
)
def test_styles(agreement: Agreement, path: str, style: Style, expected: str) -> None:
    assert cite(agreement, path, style=style) == expected


def test_the_earlier_signature_stands_first() -> None:
    late_first = (Signing(date="2003-08-24", place="Lorn"), Signing(date="2003-07-25", place="Orl"))
    words = cite(TWO.model_copy(update={"signings": late_first}))
    assert "signed at Orl 25 July 2003 and at Lorn 24 August 2003" in words


def test_formal_is_the_usual_and_says_status_and_authority() -> None:
    assert cite(TWO, "VII.3.b") == cite(TWO, "VII.3.b", style="formal")
    assert "in force (as of 2020)" in cite(TWO) and "authority of the text" in cite(TWO)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_held_as_a_draft_is_cited_as_no_agreement(style: Style) -> None:
    drafted = TWO.model_copy(update={"standing": "draft"})
    assert "held as a draft, no agreement" in cite(drafted, style=style)
    assert not {"signed", "done"} & {*cite(drafted, style=style).replace(",", "").split()}
    assert "no agreement" not in cite(TWO, style=style)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_needs_the_provision(style: Style) -> None:
    with pytest.raises(NotFoundError):
        cite(TWO, "XL", style=style)


@pytest.mark.parametrize(
    ("parties", "cited", "listed"),
    [
        ((("NLD", "KINGDOM OF THE NETHERLANDS"), ("UGA", "Republic of Uganda")),
         "Exchange of notes (Kingdom of the Netherlands - Republic of Uganda)",
         "Exchange of notes (Netherlands - Uganda)"),
        ((("", "PORT AUTHORITY OF KESTREL"), ("USA", "USA")),
         "Exchange of notes (PORT AUTHORITY OF KESTREL - USA)",
         "Exchange of notes (PORT AUTHORITY OF KESTREL - United States)"),
        ((), "Exchange of notes (notes-1960)", "Exchange of notes (notes-1960)"),
    ],
)  # fmt: skip
def test_notes_without_a_title_are_called_by_form_and_parties(
    parties: tuple[tuple[str, str], ...], cited: str, listed: str
) -> None:
    notes = BARE.model_copy(update={"parties": tuple(Party(code=code, name=name) for code, name in parties)})
    assert called(notes) == cited
    assert cite(notes).startswith(f"{cited};")
    assert facts_of(notes).called == listed
    titled = facts_of(notes.model_copy(update={"title": "Notes on Lanterns"}))
    assert titled.called == "Notes on Lanterns"
