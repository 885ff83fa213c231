"""Instruments that amend or extend an agreement: every change at its place, in words that fit there."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agreements.drafting import Draft, DraftRequest, assemble, families, family, load_parameters
from agreements.drafting.amending import amended_term, path_words, with_end
from agreements.drafting.values import CitedInstrument
from agreements.errors import NotFoundError
from agreements.findings import Finding
from agreements.model import Agreement, Signing
from agreements.reference import resolve
from tests.drafting.sound import ROOT, all_words, cached, check_sound

FORMS = ("amendment", "amendment-notes", "extension", "extension-notes")
BASE = cached(ROOT / "docs/examples/drafts/dca-norlandia.yaml").model_copy(
    update={"id": "norlandia", "signings": (Signing(date="2027-05-05", place="Norhavn"),)}
)
NAME = f"the {BASE.title}, signed at Norhavn on 5 May 2027"


def held(identifier: str) -> Agreement:
    if identifier != "norlandia":
        raise NotFoundError(f"There is no agreement {identifier}.")
    return BASE


def made(*changes: dict[str, Any], form: str = "amendment", **given: Any) -> Draft:
    own = load_parameters(ROOT / "docs/examples/drafts/dca-norlandia.yaml").parameters
    parameters = {
        **own,
        "entry_into_force": "",
        "entry_delay": "",
        "amended": "norlandia",
        "changes": list(changes),
        **given,
    }
    return assemble(DraftRequest("dca", form, parameters, "UNCLASSIFIED", "2030-01-01"), held=held)


def lines(draft: Draft, count: int = 1) -> list[str]:
    assert draft.agreement is not None, draft.findings
    check_sound(draft.agreement)
    change = next(p for p in draft.agreement.documents[0].walk() if p.id == f"change.{count}")
    return [change.text, *(child.text for child in change.children)]


@pytest.mark.parametrize(
    ("change", "announced", "first", "last"),
    [
        (
            {"action": "replace", "path": "XXIX.2", "words": "They meet twice a year."},
            "Paragraph 2 of Article XXIX of the Agreement shall be replaced by the following text:",
            '"2. They meet twice a year."',
            '"2. They meet twice a year."',
        ),
        (
            {"action": "replace", "path": "I.3.b", "words": "transit;"},
            "Paragraph 3(b) of Article I of the Agreement shall be replaced by the following text:",
            '"(b) transit;"',
            '"(b) transit;"',
        ),
        (
            {"action": "replace", "path": "XXII", "words": ["One.", "Two."]},
            "Article XXII of the Agreement shall be replaced by the following text:",
            '"Article XXII',
            '"2. Two."',
        ),
        (
            {"action": "add", "path": "XXII.9", "words": "Parcels & {letters}."},
            "The following new paragraph 9 shall be added to Article XXII of the Agreement:",
            '"9. Parcels & {letters}."',
            '"9. Parcels & {letters}."',
        ),
        (
            {"action": "add", "path": "XXXI", "heading": "Space", "words": ["One.", "Two."]},
            "The following new Article XXXI shall be added to the Agreement:",
            '"Article XXXI',
            '"2. Two."',
        ),
        (
            {"action": "add", "path": "annex-a.4", "words": "Maps are public."},
            "The following new paragraph 4 shall be added to Annex A to the Agreement:",
            '"4. Maps are public."',
            '"4. Maps are public."',
        ),
        (
            {"action": "delete", "path": "XXI.2"},
            "Paragraph 2 of Article XXI of the Agreement shall be deleted. The numbers of the other provisions do not "
            "change.",
            "",
            "",
        ),
    ],
    ids=lambda v: f"{v['action']}-{v['path']}" if isinstance(v, dict) else None,
)
def test_a_change_is_announced_and_quoted(change: dict[str, Any], announced: str, first: str, last: str) -> None:
    found = lines(made(change))
    assert found[0] == announced
    assert [*found[1:2], *found[1:][-1:]] == ([first, last] if first else [])


def test_a_clause_gives_the_new_words_with_the_numbers_of_its_new_place() -> None:
    change = {"action": "replace", "path": "XV", "clause": "claims", "variant": "limited_waiver"}
    found = lines(made(change, claims_model="C3"))
    assert found[1:4] == ['"Article XV', '"Claims', found[3]]
    assert found[3].startswith('"1. Each Party waives')
    assert '"5. A claim under paragraph 3 of this Article shall be presented' in found[7]
    assert found[-1].endswith('no judgment by default shall be given."')


def test_a_clause_refers_to_other_provisions_where_they_stand_in_the_agreement() -> None:
    change = {"action": "replace", "path": "III.1", "clause": "access_grant", "variant": "listed"}
    refused = made(change)
    assert [(f.code, f.where) for f in refused.findings] == [("amendment", "parameters.changes.0")]
    assert "places" in refused.findings[0].fix
    places = {"purpose.activities": "I.3", "annex-a": "annex-a"}
    found = lines(made({**change, "places": places}))[1]
    assert "set out in paragraph 3 of Article I. The agreed facilities and areas are those listed in Annex A." in found


def test_the_agreement_is_named_from_the_repository() -> None:
    draft = made({"action": "delete", "path": "XXI.2"}, amended_path="XXX.2")
    assert draft.agreement is not None
    assert draft.agreement.title.endswith(f"Amending {NAME}")
    assert "in accordance with paragraph 2 of Article XXX thereof" in all_words(draft.agreement)
    assert draft.agreement.id == "draft-dca-amendment-norlandia-2030-01-01"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"action": "replace", "path": "XLI", "words": "x"}, "has no provision XLI"),
        ({"action": "delete", "path": "XV.9"}, "has no provision XV.9"),
        ({"action": "add", "path": "XV.1", "words": "x"}, "has a provision XV.1 already"),
        ({"action": "add", "path": "XLI.1", "words": "x"}, "has no provision XLI"),
        ({"action": "replace", "path": "XV", "clause": "clams", "variant": "x"}, "no clause named 'clams'"),
        ({"action": "replace", "path": "XV", "clause": "claims", "variant": "x"}, "named 'x'"),
        ({"action": "replace", "path": "XV.1", "clause": "claims", "variant": "nato"}, "is not one paragraph"),
        ({"action": "replace", "path": "XV", "clause": "survival", "variant": "stationing"}, "is not an article"),
        ({"action": "replace", "path": "XV"}, "give the new words"),
        ({"action": "delete", "path": "XV", "words": "x"}, "what is deleted has no new words"),
        ({"action": "move", "path": "XV"}, "'move'"),
    ],
)
def test_a_change_that_cannot_be_is_a_finding(change: dict[str, Any], reason: str) -> None:
    draft = made(change)
    assert draft.agreement is None
    assert any(reason in f.message and f.where.startswith("parameters.changes.0") for f in draft.findings)


@pytest.mark.parametrize("form", ["amendment", "amendment-notes"])
def test_effects_say_what_is_done_where_and_by_which_provision(form: str) -> None:
    changes = [{"action": "delete", "path": "XXI.2"}, {"action": "add", "path": "XXII.9", "words": "x."}]
    draft = made(*changes, form=form, entry_into_force="6", entry_date="2031-02-03")
    assert draft.agreement is not None
    places = ["I", "II"] if form == "amendment" else ["1", "2"]
    assert [(e.action, e.agreement, e.path, e.since, e.by) for e in draft.agreement.effects] == [
        ("deletes", "norlandia", "XXI.2", "2031-02-03", places[0]),
        ("adds", "norlandia", "XXII.9", "2031-02-03", places[1]),
    ]
    assert [(r.kind, r.target) for r in draft.agreement.relations] == [("amends", "norlandia")]


def test_the_words_in_force_can_be_shown() -> None:
    draft = made({"action": "delete", "path": "XXI.2"}, show_current="yes")
    assert draft.agreement is not None
    annex = draft.agreement.documents[-1]
    current = resolve(BASE, "XXI.2").provision.text
    assert annex.title == "Words in Force"
    assert annex.provisions[1].text == "Paragraph 2 of Article XXI in force:"
    assert current in annex.provisions[1].words()


def test_an_extension_says_until_when_on_which_terms_and_bridges_the_gap() -> None:
    draft = made(form="extension", extension_period={"years": 1}, expires_on="2037-06-30", term_path="XXX.4")
    assert draft.agreement is not None
    check_sound(draft.agreement)
    words = all_words(draft.agreement)
    assert (
        "which would otherwise end on 30 June 2037, shall remain in force for a further period of one (1) year" in words
    )
    assert "shall continue to apply on the same terms" in words
    assert "shall have effect from that date" in words
    assert [(e.action, e.path, e.by) for e in draft.agreement.effects] == [("amends", "XXX.4", "I.1")]


TEN = {"in_force": "2027-07-01", "term": {"years": 10}}


@pytest.mark.parametrize(
    ("cited", "given", "ends", "told"),
    [
        (TEN, {}, "1 July 2037", "computed: 1 July 2037, 10 years from"),
        ({"in_force": "2028-02-29", "term": {"months": 12}}, {}, "28 February 2029", "computed"),
        (
            {"in_force": "2028-02-01", "term": {"weeks": 4}},
            {},
            "29 February 2028",
            "computed: 29 February 2028, 28 days",
        ),
        ({"in_force": "2027-07-01"}, {}, "", "cannot be computed: its term is not given"),
        ({"term": {"years": 10}}, {}, "", "cannot be computed: the day of its entry into force is not given"),
        ({}, {}, "", "cannot be computed: neither"),
        (TEN, {"expires_on": "2037-06-30"}, "30 June 2037", ""),
        (
            {"in_force": "2027-07-01", "term": {"years": 10}},
            {"expires_on": "2037-12-31"},
            "31 December 2037",
            "counted, it",
        ),
    ],
)
@pytest.mark.parametrize("form", ["extension", "extension-notes"])
def test_the_end_of_the_agreement_is_counted_from_the_cited_term(cited, given, ends, told, form) -> None:
    title = {"title": "Agreement on Defense Cooperation", "place": "Norhavn", "date": "2027-05-05", **cited}
    draft = made(form=form, extension_period={"years": 1}, amended="", amended_title=title, **given)
    assert draft.agreement is not None, draft.findings
    words = all_words(draft.agreement)
    assert ("which would otherwise end on" in words) is bool(ends)
    assert f"would otherwise end on {ends}" in words or not ends
    said = [f for f in draft.findings if f.code == "extension-end"]
    assert [told in f.message for f in said] == [True] * bool(told)
    assert all(f.severity == ("warning" if "counted, it" in told else "info") for f in said)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"date": "2027-07-01"}, "renews itself"),
        ({"date": None}, "no day of entry into force is held for norlandia"),
    ],
)
def test_the_end_of_a_held_agreement_is_counted_from_its_facts(facts, told) -> None:
    assert BASE.entry_into_force is not None
    entry = BASE.entry_into_force.model_copy(update={**facts, "condition": ""})
    for renewal in ("successive periods of one year", ""):
        base = BASE.model_copy(update={"entry_into_force": entry, "term": "ten (10) years", "renewal": renewal})
        findings: list[Finding] = []
        cited = CitedInstrument(words="the Agreement of 5 May 2027")
        given = with_end({"amended_title": cited, "extension_period": 1}, base, findings)
        counted = entry.date and not renewal
        assert given.get("expires_on") == (date(2037, 7, 1) if counted else None)
        assert ("was computed" if counted else told) in findings[0].message


def test_without_the_text_the_draft_is_made_and_says_that_it_is_not_checked() -> None:
    request = DraftRequest(
        "dca",
        "amendment",
        {
            "receiving": {"long": "Kingdom of Norlandia", "short": "Norlandia", "adjective": "Norlandian"},
            "amended_title": "the Agreement of 5 May 2027",
            "changes": [{"action": "replace", "path": "XV.2.a", "words": "x;"}],
        },
        "UNCLASSIFIED",
    )
    draft = assemble(request)
    assert [(f.code, f.severity) for f in draft.findings] == [("amendment-unchecked", "info")]
    assert lines(draft)[0].startswith("Paragraph 2(a) of Article XV of the Agreement")
    assert draft.agreement is not None
    assert draft.agreement.effects == ()
    for wrong in ("nowhere", "no id at all!"):
        unknown = assemble(replace(request, parameters={**request.parameters, "amended": wrong}), held=held)
        assert [f.where for f in unknown.findings if f.severity == "error"] == ["parameters.amended"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", families())
def test_every_family_has_the_forms(name: str, form: str) -> None:
    template = family(name)
    given = {
        "receiving": {"long": "Republic of Tarn", "short": "Tarn", "adjective": "Tarnish"},
        "amended_title": "the Agreement of 1 June 2020",
        "extension_period": {"years": "1"},
        "extension_first_year": "2036",
        "changes": [{"action": "delete", "path": "IV"}],
    }
    known = {k: v for k, v in given.items() if k in template.parameters}
    draft = assemble(DraftRequest(name, form, known, "UNCLASSIFIED", "2026-11-22"))
    assert draft.agreement is not None, draft.findings
    check_sound(draft.agreement)
    assert ("Protocol" in draft.agreement.title) == (template.forms[form].role == "main")
    assert [d.role for d in draft.agreement.documents] == (
        ["main"] if template.forms[form].role == "main" else ["offer-note", "reply-note"]
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("XV", "Article XV"),
        ("15.2", "paragraph 2 of Article 15"),
        ("XV.2.a.i", "paragraph 2(a)(i) of Article XV"),
        ("annex-b.3", "paragraph 3 of Annex B"),
        ("annex", "Annex"),
        ("preamble", "the preamble"),
    ],
)
def test_a_path_in_words(path: str, words: str) -> None:
    assert path_words(path) == words


def _of_one_paragraph(**update: Any) -> Agreement:
    """The agreement, its Article IV with one paragraph that has no number, its title in capitals."""
    main = BASE.documents[0]
    articles = tuple(
        p.model_copy(update={"text": "The Parties waive claims.", "children": ()}) if p.number == "IV" else p
        for p in main.provisions
    )
    documents = (main.model_copy(update={"provisions": articles}), *BASE.documents[1:])
    return BASE.model_copy(update={"documents": documents, **update})


def _amended(agreement: Agreement, *changes: dict[str, Any]) -> Draft:
    own = load_parameters(ROOT / "docs/examples/drafts/dca-norlandia.yaml").parameters
    more = {"entry_into_force": "", "entry_delay": "", "amended": "norlandia", "changes": list(changes)}
    return assemble(
        DraftRequest("dca", "amendment", {**own, **more}, "UNCLASSIFIED", "2030-01-01"), held=lambda _: agreement
    )


def test_the_one_unnumbered_paragraph_becomes_paragraph_1_where_a_second_is_added() -> None:
    add = {"action": "add", "path": "IV.2", "words": "They settle claims of others."}
    found = lines(_amended(_of_one_paragraph(), add, {**add, "path": "IV.3"}))
    assert found[0] == (
        "The following new paragraph 2 shall be added to Article IV of the Agreement, the present text of which becomes"
        " paragraph 1:"
    )
    draft = _amended(_of_one_paragraph(), add, {**add, "path": "IV.3"})
    assert "amendment-gap" not in {f.code for f in draft.findings}


@pytest.mark.parametrize("path", ["IV.3", "XXII.99"])
def test_a_paragraph_added_after_one_that_is_not_there_is_a_finding(path: str) -> None:
    draft = _amended(_of_one_paragraph(), {"action": "add", "path": path, "words": "x"})
    found = [f for f in draft.findings if f.code == "amendment-gap"]
    assert [(f.where, f.severity) for f in found] == [("parameters.changes.0", "warning")]
    assert ("its text has no numbers" in found[0].message) == (path == "IV.3")


def test_changes_stand_in_the_order_of_the_articles_and_their_effects_name_them() -> None:
    paths = ["annex-a.4", "XXI.2", "V.1", "I.1", "IV.2"]
    changes = [
        {"action": "add" if path in ("annex-a.4", "IV.2") else "replace", "path": path, "words": f"Of {path}."}
        for path in paths
    ]
    draft = _amended(_of_one_paragraph(), *changes)
    assert draft.agreement is not None, draft.findings
    effects = {effect.by: effect.path for effect in draft.agreement.effects}
    assert [*effects.values()] == ["I.1", "IV.2", "V.1", "XXI.2", "annex-a.4"]
    for count, path in enumerate(effects.values(), 1):
        assert f"Of {path}." in " ".join(lines(draft, count))
    refused = _amended(_of_one_paragraph(), *changes, {"action": "delete", "path": "XLI"})
    assert [f.where for f in refused.findings if f.severity == "error"] == ["parameters.changes.5"]


def test_a_title_in_capitals_stands_in_a_sentence_in_ordinary_letters() -> None:
    shouted = _of_one_paragraph(title=BASE.title.upper())
    draft = _amended(shouted, {"action": "delete", "path": "XXI.2"})
    assert draft.agreement is not None
    assert f"Referring to {NAME}" in all_words(draft.agreement)


@pytest.mark.parametrize(
    ("cited", "signed", "term"),
    [
        ("the Agreement on Visits, signed at Lorn on May 2, 2019", "2019-05-02", "Agreement"),
        ("the Protocol Amending the Agreement on Visits, signed at Lorn on June 3, 2024", "2024-06-03",
         "Protocol of 2024"),
        ("the Additional Protocol to the Agreement on Visits of May 2, 2019", "", "Amended Protocol"),
    ],
)  # fmt: skip
def test_an_amended_protocol_has_a_term_of_its_own(cited: str, signed: str, term: str) -> None:
    held = Agreement(id="x", signings=(Signing(date=signed),) if signed else ())
    assert amended_term(cited, held) == term
