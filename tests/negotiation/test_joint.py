import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements import word
from agreements.model import Agreement, Document, Provision
from agreements.negotiation.brackets import SIDES, Labels
from agreements.negotiation.joint import Closing, agreed_units, close, join, open_places, other_numbers, plain, resolve
from agreements.negotiation.joint_parts import in_our_order
from agreements.negotiation.joint_report import JointReport, SideText, joined
from agreements.textform import parse_document, print_document
from tests.negotiation.conftest import OURS as KEPT_OURS
from tests.negotiation.conftest import agreement
from tests.negotiation.strategies import agreements, edited

L = Labels()


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_resolving_for_a_side_gives_its_text(data: st.DataObject) -> None:
    us = data.draw(agreements())
    partner = data.draw(agreements() | edited(us))
    joint = join(us, partner).agreement
    assert resolve(joint, "us", L).documents == plain(us).documents
    assert resolve(joint, "partner", L).documents == plain(partner).documents


OURS = """\
# Agreement between Valdoria and Tamaris

## Preamble
Valdoria and Tamaris have agreed as follows:
## Article I: Definitions
In this Agreement, "force" means the personnel of Valdoria.
## Article II: Claims
1. Each Party waives claims against the other.
2. Claims shall be settled within ten days.
## Article III: Taxes
The force shall be exempt from taxes.
"""
THEIRS = """\
# Agreement between Valdoria and Tamaris

## Preamble
Valdoria and Tamaris have agreed as follows:
## Article I: Definitions
In this Agreement, "force" means the personnel of Valdoria.
## Article II: Respect for law
The force shall respect the law of Tamaris.
## Article III: Claims
1. Each Party waives claims against the other.
2. Claims shall be settled within sixty days.
## Article IV: Taxes
The force shall be exempt from taxes.
"""


def text(source: str) -> Agreement:
    return Agreement(id="text", documents=(parse_document(source),))


ATTACHED = """\
# Implementing Arrangement

## Preamble
The Departments have arranged as follows:
## Article I: Payments
Payment shall be made within thirty days.
## Testimonium
DONE at Kestrel City on 3 May 2027.
## Signature
FOR THE DEPARTMENT OF DEFENSE:
"""
CLOSED = """\
## Testimonium
DONE at Kestrel City on 4 May 2027.
## Signature
FOR VALDORIA:
"""


def _with_attached(changed: str) -> Agreement:
    attached = parse_document(ATTACHED.replace("thirty", changed))
    attached = attached.model_copy(update={"role": "implementing-arrangement"})
    return Agreement(id="text", documents=(parse_document(OURS + CLOSED), attached))


def test_what_frames_an_attached_instrument_stands_once_where_both_have_it() -> None:
    joint = join(_with_attached("thirty"), _with_attached("sixty"), mark_agreed=False).agreement
    assert [place.path for place in open_places(joint, L)] == ["implementing-arrangement.I"]
    kinds = [[p.kind for p in document.provisions] for document in joint.documents]
    assert all(found.count("testimonium") == found.count("signature") == 1 for found in kinds)


def test_a_closing_that_was_read_into_the_last_article_is_the_same_closing() -> None:
    us, partner = _with_attached("thirty"), _with_attached("thirty")
    documents = []
    for document in partner.documents:
        *before, article, testimonium, signature = document.provisions
        closed = article.model_copy(update={"children": (*article.children, testimonium, signature)})
        documents.append(document.model_copy(update={"provisions": (*before, closed)}))
    partner = partner.model_copy(update={"documents": tuple(documents)})
    joint = join(us, partner, mark_agreed=False).agreement
    assert not list(open_places(joint, L))
    assert plain(partner).documents == plain(us).documents


def test_the_joint_text_reads_as_the_table_writes_it() -> None:
    joint = join(text(OURS), text(THEIRS), mark_agreed=True).agreement
    lines = print_document(plain(joint).documents[0]).replace("\\", "").splitlines()
    assert lines[3:] == [
        "Valdoria and Tamaris have agreed as follows:",
        "",
        "## Article I: Definitions [ad referendum]",
        'In this Agreement, "force" means the personnel of Valdoria.',
        "",
        "## Article II: [PARTNER: Respect for law]",
        "[PARTNER: The force shall respect the law of Tamaris.]",
        "",
        "## Article II: [PARTNER No. III] Claims",
        "1. Each Party waives claims against the other.",
        "2. Claims shall be settled within [US: ten] [PARTNER: sixty] days.",
        "",
        "## Article III: [PARTNER No. IV] Taxes",
        "The force shall be exempt from taxes.",
    ]


def test_open_places_are_counted_and_closed_one_by_one() -> None:
    joint = join(text(OURS), text(THEIRS), mark_agreed=True).agreement
    assert [(o.path, o.number, o.us, o.partner) for o in open_places(joint, L)] == [
        ("II", 1, None, "Respect for law"),
        ("II", 2, None, "The force shall respect the law of Tamaris."),
        ("II~2.2", 1, "ten", "sixty"),
    ]
    joint = close(joint, L, [Closing("II~2.2", "thirty"), Closing("II", "us")])
    assert [o.path for o in open_places(joint, L)] == []
    assert "thirty days" in print_document(joint.documents[0])
    assert "Respect for law" not in print_document(joint.documents[0])
    with pytest.raises(ValueError, match="nothing is open at I; nothing is open at IX:2"):
        close(joint, L, [Closing("I", "us"), Closing("IX", "words", 2)])
    assert agreed_units(joint) == ("I",)


def test_numbers_are_settled_with_a_side() -> None:
    joint = join(text(OURS), text(THEIRS)).agreement
    joint = close(joint, L, [Closing(path, "partner") for path in ("II", "II~2", "III")])
    final = plain(joint).documents[0]
    assert [p.number for p in final.provisions if p.kind == "article"] == ["I", "II", "III", "IV"]
    assert resolve(joint, "us", L).documents == plain(text(THEIRS)).documents


def test_titles_are_open_and_closed_like_other_lines() -> None:
    theirs = THEIRS.replace("# Agreement between Valdoria and Tamaris", "# Arrangement between Valdoria and Tamaris")
    joint = join(text(OURS), text(theirs)).agreement
    assert next(open_places(joint, L)).path == "title"
    closed = close(joint, L, [Closing("title", "partner")])
    assert closed.documents[0].title == "Arrangement between Valdoria and Tamaris"


def test_where_only_the_numbers_differ_is_told() -> None:
    assert other_numbers(join(text(OURS), text(THEIRS)).agreement, L) == {"II~2": "III", "III": "IV"}


@given(st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_closing_all_for_a_side_gives_its_words(data: st.DataObject) -> None:
    us = data.draw(agreements())
    joint = join(us, data.draw(edited(us))).agreement
    for side in SIDES:
        closings = [Closing(path, side) for path in dict.fromkeys(place.path for place in open_places(joint, L))]
        closed = close(joint, L, closings)
        assert [*open_places(closed, L)] == []
        assert _said(resolve(closed, side, L)) == _said(resolve(joint, side, L))


def _said(agreement: Agreement) -> list[tuple[str | None, str]]:
    return [(p.heading, p.text) for document in agreement.documents for p in document.walk()]


def test_words_of_neither_side_close_only_one_place() -> None:
    joint = join(text(OURS), text(THEIRS)).agreement
    with pytest.raises(ValueError, match="II:1, II:2"):
        close(joint, L, [Closing("II", "other words")])
    closed = close(joint, L, [Closing("II", "Obeying the law", 1)])
    assert closed.documents[0].provisions[2].heading == "Obeying the law"
    assert closed.documents[0].provisions[2].text.startswith("[PARTNER:")


def test_brackets_that_a_text_has_are_read_as_its_own_side_wants_them() -> None:
    us = text(OURS.replace("within ten days", r"within \[US: ten\] \[PARTNER: fifty\] days"))
    joint = join(us, text(THEIRS)).agreement
    assert [(o.us, o.partner) for o in open_places(joint, L)][-1] == ("ten", "sixty")


def test_notes_are_not_left_out_in_silence() -> None:
    noted = Provision.model_validate(
        {
            "kind": "article",
            "number": "I",
            "text": "Words.",
            "marks": [{"start": 0, "end": 5, "kind": "note", "target": "A note"}],
        }
    )
    us = Agreement(id="us", documents=(Document(provisions=(noted,)),))
    joint = join(us, us)
    assert [f.code for f in joint.findings] == ["note-left-out", "note-left-out"]


def test_variants_of_the_same_marks_are_no_open_place() -> None:
    ours = text('# A "Text" of Article\u00a0I\n\n## Article I: The "Area"\n\n1. The "area" is in Annex A.\n')
    theirs = text("# A “Text” of Article I\n\n## Article I: The “Area”\n\n1. The “area” lies in Annex\u00a0A.\n")
    joint = join(ours, theirs)
    assert [(o.us, o.partner) for o in open_places(joint.agreement, joint.labels)] == [("is", "lies")]
    wanted = resolve(joint.agreement, "partner", joint.labels)
    assert [p.text for d in wanted.documents for p in d.walk() if p.text] == ['The "area" lies in Annex A.']
    assert len(joint.agreement.documents) == 1


def test_nothing_is_open_where_their_original_names_their_state_first() -> None:
    closing = "## Signature\nFor the Government of Valdoria:\nA. Adler\nFor the Government of Tamaris:\nB. Brandt\n"
    there = "## Signature\nFor the Government of Tamaris:\nB. Brandt\nFor the Government of Valdoria:\nA. Adler\n"
    opening = ("Valdoria and Tamaris", "Tamaris and Valdoria")
    ours = Agreement(
        id="x", title="Agreement between Valdoria and Tamaris", documents=(parse_document(OURS + closing),)
    )
    theirs = Agreement(
        id="x",
        title="Agreement between Tamaris and Valdoria",
        documents=(parse_document(OURS.replace(*opening) + there),),
    )
    found, paths = in_our_order(ours, theirs)
    assert list(open_places(join(ours, found).agreement, L)) == []
    assert paths[:2] == ("title", "preamble.1")
    crossed = parse_document(OURS.replace(*opening) + there.replace("A. Adler", "C.").replace("B. Brandt", "A. Adler"))
    other = in_our_order(ours, theirs.model_copy(update={"documents": (crossed,)}))[0]
    opened = [place.path for place in open_places(join(ours, other).agreement, L)]
    assert any(path.startswith("signature") for path in opened), "who signs for whom is another"


def test_where_something_is_recorded_as_agreed_that_alone_is_marked(run, kept, texts, tmp_path) -> None:
    ours, theirs = texts
    made = run("negotiation", "joint", ours, theirs, "--negotiation", kept, as_json=True)
    assert made["agreed_ad_referendum"] == ["I"], "the round noted I; in IV nothing is open, and nobody agreed to it"
    said = run("negotiation", "joint", ours, theirs, "--negotiation", kept, "-o", tmp_path / "j.docx")[1]
    assert "Nothing open in them, not marked as agreed: IV." in said
    run("negotiation", "agree", kept, "IV", "--date", "2026-04-20")
    made = run("negotiation", "joint", ours, theirs, "--negotiation", kept, as_json=True)
    assert made["agreed_ad_referendum"] == ["I", "IV"]
    assert run("negotiation", "joint", ours, theirs, as_json=True)["agreed_ad_referendum"] == []
    marked = run("negotiation", "joint", ours, theirs, "--mark-agreed", as_json=True)
    assert marked["agreed_ad_referendum"] == ["I", "IV"]


def test_that_nothing_differs_or_is_open_any_more_is_no_agreement() -> None:
    joint = join(text(OURS), text(THEIRS)).agreement
    assert agreed_units(joint) == ()
    closed = close(joint, L, [Closing("II~2.2", "thirty"), Closing("II", "us")])
    assert agreed_units(closed) == ()
    marked = join(text(OURS), text(THEIRS), mark_agreed=True).agreement
    assert agreed_units(close(marked, L, [Closing("II~2", "us")])) == ("I", "II~2")


def test_what_was_agreed_in_other_words_is_not_marked(run, kept, texts, tmp_path) -> None:
    changed = tmp_path / "changed.docx"
    word.write(agreement(KEPT_OURS.replace("armed forces of Valdoria", "forces of Valdoria")), changed)
    made = run("negotiation", "joint", changed, changed, "--negotiation", kept, as_json=True)
    assert made["agreed_ad_referendum"] == []


_PARTS = (
    "Each Party waives all claims against the other Party for damage to its property.",
    "Claims of third parties are settled by the host.",
)
_WHOLE = "# Agreement\n\n## Article I: Claims\n1. {}\n2. A commission reports.\n".format(" ".join(_PARTS))
_SPLIT = "# Agreement\n\n## Article I: Claims\n1. {}\n2. {}\n3. A commission reports.\n".format(*_PARTS)


def _report(ours: str, theirs: str) -> JointReport:
    return joined(*(SideText(Agreement(id="x", documents=(parse_document(t),))) for t in (ours, theirs)), L)


@pytest.mark.parametrize("sides", [(_WHOLE, _SPLIT), (_SPLIT, _WHOLE)], ids=["split", "joined"])
def test_a_paragraph_that_is_split_or_joined_is_told_as_the_same_words(sides: tuple[str, str]) -> None:
    (pair,) = _report(*sides).same_words
    assert len(_report(*sides).open) == 2
    assert {each.us or each.partner for each in pair} <= set(_PARTS)


def test_other_words_in_two_paragraphs_are_not_told_as_the_same() -> None:
    assert _report(_WHOLE, _SPLIT.replace("settled by the host", "paid by the host")).same_words == ()


def test_a_title_in_capitals_and_the_name_over_an_annex_are_nothing_open() -> None:
    """A PDF prints the title in capitals and `Annex A` over the title of the annex; other words are."""
    head = "# Agreement on Fuel\n\n## Article I: Duty of Care\nA commission reports.\n"
    ours = Agreement(id="x", documents=(parse_document(head), parse_document("# List of Places\n\n1. Port Lume.")))
    annex = ours.documents[1].model_copy(update={"role": "annex", "number": "A"})
    ours = ours.model_copy(update={"documents": (ours.documents[0], annex)})

    def opened(title: str, heading: str, of_annex: str) -> list[str]:
        main = parse_document(head.replace("Agreement on Fuel", title).replace("Duty of Care", heading))
        theirs = ours.model_copy(update={"documents": (main, annex.model_copy(update={"title": of_annex}))})
        both = (ours, theirs), (theirs, ours)
        return [place.path for pair in both for place in open_places(join(*pair).agreement, L)]

    assert opened("AGREEMENT ON FUEL", "DUTY OF CARE", "ANNEX A List of Places") == []
    assert opened("AGREEMENT ON FUEL", "DUTY OF CARE", "Annex A\nLIST OF PLACES") == []
    assert opened("Agreement on fuel", "Duty of Care", "List of Places") == ["title", "title"]
    assert opened("Agreement on Fuel", "Duty of Care", "Annex B List of Places") == ["annex-a.title", "annex-a.title"]
