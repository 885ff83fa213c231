"""What is written to Word and read back is the same tree."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements import word
from agreements.model import Agreement, Document, Provision
from agreements.parsing import parse
from agreements.reading import read
from tests.word import samples

_WORDS = (
    *("Each Party", "shall", "may", "waives claims", "of this Agreement", "the receiving State", "a visa"),
    *("& others", "<not markup>", "“quoted”", "العربية", "🕊️", "U.S.\u00a0forces", "1.", "(a)", "Article II"),
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def shape(provision):
    """What has to be the same: kind, number, label, heading, words, and what stands below."""
    own = (provision.kind, provision.number, provision.label, provision.heading, provision.text)
    return (*own, tuple(shape(child) for child in provision.children))


def shapes(agreement):
    return [(d.role, d.number, d.title, tuple(shape(p) for p in d.provisions)) for d in agreement.documents]


def read_back(agreement):
    with TemporaryDirectory() as folder:
        options = word.WordOptions(separate_notes=False, draft_line="DRAFT")
        (path,) = word.write(agreement, Path(folder) / "draft.docx", options=options)
        return parse(read(path), id="read-back").agreement


@pytest.mark.parametrize(
    "agreement",
    [
        *(samples.visiting_forces(), samples.exchange(), samples.odd_numbers(), samples.named_signers()),
        *(samples.titled_notes(), samples.headed_preamble()),
    ],
    ids=lambda agreement: agreement.id,
)
def test_samples(agreement):
    assert shapes(read_back(agreement)) == shapes(agreement)


# ---------------------------------------------------------------------- any draft

_text = st.lists(st.sampled_from(_WORDS), min_size=2, max_size=6).map(lambda w: "The " + " ".join(w) + ".")
_heading = st.none() | st.sampled_from(["Claims", "Entry and Exit", "Use of Areas"])
_levels = (("paragraph", "{}."), ("subparagraph", "({})"), ("item", "({})"), ("item", "({})"))


def _figures(level, count):
    letters = "abcdefghijklmnop"
    by_level = ([str(n) for n in range(1, 17)], letters, [r.lower() for r in _ROMAN], letters.upper())
    return by_level[level][:count]


@st.composite
def _list(draw, level):
    count = draw(st.integers(1, 4 if level else 8))
    kind, pattern = _levels[level]
    items = []
    for figure in _figures(level, count):
        deeper = draw(st.booleans()) if level + 1 < len(_levels) else False
        below = draw(_list(level + 1)) if deeper and draw(st.booleans()) else ()
        closing = (Provision(kind="text", text=draw(_text)),) if below and draw(st.booleans()) else ()
        heading = draw(st.none() | st.just("Point Heading")) if level == 0 else None
        items.append(
            Provision(
                kind=kind,
                number=pattern.format(figure),
                heading=heading,
                text=draw(_text),
                children=(*below, *closing),
            )
        )
    return tuple(items)


@st.composite
def _articles(draw, roman):
    made = []
    for index in range(draw(st.integers(1, 5))):
        own = draw(st.just("") | _text)
        listed = draw(_list(0)) if not own or draw(st.booleans()) else ()
        more = tuple(Provision(kind="text", text=t) for t in draw(st.lists(_text, max_size=2)))
        number = _ROMAN[index] if roman else str(index + 1)
        article = Provision(kind="article", number=number, heading=draw(_heading), text=own, children=(*listed, *more))
        made.append(article)
    return tuple(made)


def _frame(kind, lines):
    return Provision(kind=kind, children=tuple(Provision(kind="text", text=line) for line in lines))


@st.composite
def _agreements(draw):
    roman = draw(st.booleans())
    preamble = _frame("preamble", [*draw(st.lists(_text, min_size=1, max_size=3)), "Have agreed as follows:"])
    closing = _frame("testimonium", ["Done at Port Tamar, in duplicate."])
    signers = _frame("signature", ["For Valdoria:", *draw(st.sampled_from([(), ("Ada Alder",)])), "For Tamaris:"])
    main = Document(
        title="Agreement between Valdoria and Tamaris on Claims",
        provisions=(preamble, *draw(_articles(roman)), closing, signers),
    )
    annexes = [
        Document(role="annex", number="AB"[n], title=draw(st.sampled_from(["Areas", "Fees & Rates"])), provisions=p)
        for n, p in enumerate(draw(st.lists(_articles(not roman) | _list(0), max_size=2)))
    ]
    return Agreement(id="draft", documents=(main, *annexes))


@st.composite
def _notes(draw):
    texts = [Provision(kind="text", text=draw(_text)) for _ in range(3)]
    offer = Document(role="offer-note", provisions=(texts[0], *draw(_list(0)), texts[1]))
    return Agreement(id="notes", documents=(offer, Document(role="reply-note", provisions=(texts[2],))))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_agreements() | _notes())
def test_any_draft_is_the_same_after_word(agreement):
    assert shapes(read_back(agreement)) == shapes(agreement)


def test_a_paragraph_of_another_hand_does_not_hide_the_rest(tmp_path):
    import docx

    (path,) = word.write(samples.visiting_forces(), tmp_path / "draft.docx")
    file = docx.Document(str(path))
    file.paragraphs[-1].insert_paragraph_before("A new paragraph of the other side.", style="Normal")
    file.save(str(path))
    got = parse(read(path), id="back").agreement
    words = " ".join(p.text for d in got.documents for p in d.walk())
    assert "A new paragraph of the other side." in words
    assert [p.number for d in got.documents[:1] for p in d.provisions if p.kind == "article"] == list(_ROMAN[:5])
    assert not re.search(r"_p_\d", words)
