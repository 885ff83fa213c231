"""Provisions that answer each other, whatever was put in, dropped, moved or renumbered between them."""

import time

import pytest

from agreements.comparing import align
from agreements.comparing.matching import MatchItem, match
from agreements.model import Agreement, Document, Provision
from agreements.reference import resolve
from agreements.textform import parse_document

BASE = """
# Agreement on Areas

## Preamble
The Government of Valdoria and the Government of Tamaris,
Have agreed as follows:

## Article I: Access
1. The forces of the sending State may use the agreed areas at all times.
2. The receiving State retains ownership of all land in the agreed areas.

## Article II: Claims
Each Party waives claims against the other for damage to its own property.

## Article III: Taxes
1. No taxes are levied on material that is imported for the use of the forces.
2. Personnel are exempt from taxes on income that the sending State pays to them.

## Testimonium
Done at Port Tamar on 1 March 2026.
"""


def document(source):
    return parse_document(source.strip() + "\n")


def changes(a, b):
    found = align(document(a), document(b))
    return [(p.change, p.a and p.a.path, p.b and p.b.path) for p in found if p.change != "same"]


CLAIMS = "## Article II: Claims\nEach Party waives claims against the other for damage to its own property.\n"
SECOND = "2. The receiving State retains ownership of all land in the agreed areas.\n"
ROWS = [
    (("ownership of", "title to"), [("changed", "I.2", "I.2")], "words of one paragraph"),
    ((": Claims", ": Waiver of Claims"), [("changed", "II", "II")], "a heading"),
    ((CLAIMS, ""), [("removed", "II", None)], "an article is dropped, the next keeps its number"),
    (
        (CLAIMS, CLAIMS + "\n## Article IIbis: Language\nThe working language of the joint committee is English.\n"),
        [("added", None, "IIbis")],
        "an article is put in",
    ),
    (
        (
            CLAIMS.split("\n")[1],
            "1. " + CLAIMS.split("\n")[1] + "\n2. Other claims are settled by the joint committee.",
        ),
        [("renumbered", "II", "II.1"), ("added", None, "II.2")],
        "an article's only paragraph becomes the first of two",
    ),
]


@pytest.mark.parametrize(("edit", "expected", "reason"), ROWS)
def test_one_edit(edit, expected, reason):
    assert changes(BASE, BASE.replace(*edit)) == expected, reason


def test_an_article_that_moved_is_no_deletion_and_those_it_passed_are_only_renumbered():
    moved = BASE.replace(CLAIMS, "").replace("Article III: Taxes", "Article II: Taxes")
    moved = moved.replace("\n## Testimonium", CLAIMS.replace("Article II:", "Article III:") + "\n## Testimonium")
    assert changes(BASE, moved) == [("renumbered", "III", "II"), ("moved", "II", "III")]


def test_a_paragraph_that_moved_to_another_article_and_was_changed_there():
    moved = BASE.replace(SECOND, "")
    moved = moved.replace("\n## Testimonium", "3. " + SECOND[3:].replace("all land", "any land") + "\n## Testimonium")
    assert changes(BASE, moved) == [("moved-changed", "I.2", "III.3")]


def test_drafted_provisions_answer_by_their_id_whatever_their_words():
    def draft(*clauses):
        made = [
            Provision(kind="article", number=str(n), id=name, text=text) for n, (name, text) in enumerate(clauses, 1)
        ]
        return Agreement(id="draft", documents=(Document(provisions=tuple(made)),))

    a = draft(("claims", "Each Party waives all claims."), ("taxes", "No taxes are levied."))
    b = draft(("taxes", "Exemption of all material."), ("claims", "A commission settles what is asked for."))
    assert [(p.a.path, p.b.path, p.moved) for p in align(a, b)] == [("2", "1", True), ("1", "2", False)]


def test_documents_answer_each_other_by_role_and_number():
    main, annex = document(BASE), document("# Annex A: Areas\n\n1. Fort Alder.\n2. Quay Nine.\n")
    a = Agreement(id="a", documents=(main, annex))
    b = Agreement(id="b", documents=(document("# Annex B: Fees\n\n1. No fees.\n"), main))
    rows = [(p.change, p.a and p.a.path, p.b and p.b.path) for p in align(a, b) if p.change != "same"]
    assert ("removed", "annex-a.1", None) in rows
    assert ("added", None, "annex-b.1") in rows
    assert len(rows) == 3


def test_two_single_provisions_always_answer_each_other():
    agreement = Agreement(id="a", documents=(document(BASE),))
    pairs = align(resolve(agreement, "II"), resolve(agreement, "III"))
    assert (pairs[0].a.path, pairs[0].b.path) == ("II", "III")
    assert [p.b.path for p in pairs if p.b] == ["III", "III.1", "III.2"]


def test_every_provision_with_words_stands_in_one_pair_of_its_side():
    a, b = document(BASE), document(BASE.replace(CLAIMS, "").replace(SECOND, ""))
    pairs = align(a, b)
    for side, of in ((0, a), (1, b)):
        words = sorted(p.text for p in of.walk() if p.text)
        sides = [(p.a, p.b)[side] for p in pairs]
        assert sorted(s.text for s in sides if s and s.text) == words


def test_counts_and_similarity():
    (pair,) = [
        p for p in align(document(BASE), document(BASE.replace("ownership of", "title to"))) if p.change != "same"
    ]
    assert (pair.words_deleted, pair.words_inserted) == (2, 2)
    assert 0.8 < pair.similarity < 1
    gone = next(p for p in align(document(BASE), document(BASE.replace(CLAIMS, ""))) if p.b is None)
    assert (gone.similarity, gone.words_deleted, gone.words_inserted) == (0.0, 14, 0)


def test_a_long_text_with_a_name_changed_throughout_is_aligned_at_once():
    def text(name):
        rows = (
            f"## Article {n}: Subject {n * 7919}\n"
            + "\n".join(
                f"{k}. The forces of {name} in area {n * k} may hold {k} exercises of kind {n + k} a year."
                for k in range(1, 9)
            )
            for n in range(1, 121)
        )
        return document("# Long\n\n" + "\n\n".join(rows))

    a, b = text("Valdoria"), text("Tamaris")
    began = time.process_time()
    pairs = align(a, b)
    assert time.process_time() - began < 3
    assert all(p.a and p.b and p.a.path == p.b.path for p in pairs)
    assert sum(p.words_deleted for p in pairs) == 120 * 8


PEACE = "The Government of Valdoria and the Government of Tamaris wish to keep the peace along their common shore."


@pytest.mark.parametrize(
    ("a", "b", "expected", "why"),
    [
        (
            f"## Preamble\n{PEACE}\n\n## Article I: Access\nShips may enter.",
            f"## Article I: Peace\n{PEACE}\n\n## Article II: Access\nShips may enter.",
            [("added", None, "I"), ("moved", "preamble.1", "I"), ("renumbered", "I", "II")],
            "a preamble is no article, though its words now stand in one",
        ),
        (
            f"## Part I: Claims\n{PEACE}",
            f"## Article I: Claims\n{PEACE}",
            [("added", None, "I"), ("moved", "part-I", "I"), ("removed", "part-I", None)],
            "a part is no article, though number, heading and words are its own",
        ),
        (
            f"## Article I: Access\nShips may enter.\n\n## Signature\n{PEACE}",
            f"## Article I: Access\nShips may enter.\n\n## Testimonium\n{PEACE}",
            [("moved", "signature.1", "testimonium.1")],
            "a testimonium is no signature",
        ),
    ],
)
def test_only_what_is_of_one_sort_answers(a: str, b: str, expected: list[object], why: str) -> None:
    assert changes(f"# Agreement\n\n{a}", f"# Agreement\n\n{b}") == expected, why


def test_a_change_among_hundreds_of_like_lines_is_that_change_alone():
    lines = [MatchItem("Nil.") for _ in range(200)]
    other = [*lines[:90], MatchItem("Two."), *lines[90:]]
    assert match(lines, other).in_order == [(i, i if i < 90 else i + 1) for i in range(200)]
    changed = [*lines[:90], MatchItem("Two."), *lines[91:]]
    found = dict(match(lines, changed).in_order)
    assert [i for i in range(200) if found.get(i) != i] == []
