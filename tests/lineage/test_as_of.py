"""What later instruments did: said with every hit, put into the text as of a day; who belonged when."""

from pathlib import Path

import pytest

from agreements import library
from agreements.errors import NotFoundError, QueryError
from agreements.isodates import earlier
from agreements.lineage.consolidation import stood
from agreements.lineage.ledger import ledger_of, touches
from agreements.model import (
    Agreement,
    Document,
    Effect,
    EntryIntoForce,
    Party,
    Provision,
    Relation,
    Signing,
    Status,
)
from agreements.repository import Repository
from agreements.search import Hit

BASE = "valdoria-tamaris-1970"
PROTOCOL = "valdoria-tamaris-protocol-1990"
_NEW = "The host State keeps custody until the umpire has spoken."


def paragraph(number: str, text: str, *children: Provision) -> Provision:
    return Provision(kind="paragraph", number=number, text=text, children=children)


def article(number: str, heading: str, *children: Provision, text: str = "") -> Provision:
    return Provision(kind="article", number=number, heading=heading, text=text, children=children)


def words(text: str) -> Provision:
    return Provision(kind="text", text=text)


def _base() -> Agreement:
    main = Document(
        title="Agreement on Visiting Forces",
        provisions=(
            article(
                "1",
                "Custody",
                paragraph("1.", "The sending State keeps custody until the umpire has spoken."),
                paragraph("2.", "A lantern hangs at every gate."),
                paragraph("3.", "The umpire is paid by both sides."),
            ),
            article("2", "Recall", text="A waiver is recalled within ninety days by the umpire."),
        ),
    )
    return Agreement(
        id=BASE,
        family="sofa",
        title="Agreement on Visiting Forces",
        parties=(Party(code="VAL", name="Valdoria"), Party(code="TAM", name="Tamaris", since="1980", until="1999")),
        signings=(Signing(date="1970-02-03"),),
        status=Status(value="in-force"),
        documents=(main,),
    )


def _protocol() -> Agreement:
    main = Document(
        title="Protocol of Changes",
        provisions=(
            article("1", "Custody", words(f"“1. {_NEW}”"), text="In place of paragraph 1:"),
            article("2", "Recall", text="Article 2 shall read “A waiver is recalled within twenty days.”"),
            article("3", "Gates", text="Paragraph 2 of Article 1 is struck out."),
            article("4", "Keys", text="After paragraph 3 comes “The keys are held by the Kestrel board.”"),
        ),
    )  # fmt: skip
    effects = (
        Effect(action="replaces", agreement=BASE, path="1.1", since="1990-05-01", by="1"),
        Effect(action="replaces", agreement=BASE, path="2", since="1990-05-01", by="2"),
        Effect(action="deletes", agreement=BASE, path="1.2", since="1991", by="3"),
        Effect(action="adds", agreement=BASE, path="1.3bis", since="1990-05-01", by="4"),
    )
    return Agreement(
        id=PROTOCOL,
        family="sofa",
        form="protocol",
        title="Protocol of Changes",
        parties=(Party(code="VAL"), Party(code="TAM")),
        signings=(Signing(date="1990-01-01"),),
        entry_into_force=EntryIntoForce(date="1990-05-01"),
        relations=(Relation(kind="amends", target=BASE),),
        effects=effects,
        documents=(main,),
    )


def _others() -> list[Agreement]:
    late = Agreement(
        id="valdoria-tamaris-2010",
        family="sofa",
        title="New Agreement",
        signings=(Signing(date="2010-01-01"),),
        relations=(Relation(kind="supersedes", target=BASE),),
        parties=(Party(code="VAL"), Party(code="TAM")),
    )
    draft = Agreement(
        id="draft-protocol",
        title="Draft",
        standing="draft",
        effects=(Effect(action="deletes", agreement=BASE, path="2", since="1975"),),
    )
    return [late, draft]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("asof") / "repository"
    with Repository(made).writing() as writer:
        for agreement in (_base(), _protocol(), *_others()):
            writer.add(agreement)
    return made


def hits(folder: Path, query: str, **options: object) -> dict[str, Hit]:
    return {hit.ref: hit for hit in library.search(folder, query, **options).hits}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "path", "expected"),
    [
        ("1", "1.1", True),  # what holds it
        ("1.1", "1", True),  # a part of it
        ("1.1", "1.1", True),
        ("", "9", True),  # the whole agreement
        ("1", "11", False),  # another article whose number begins alike
        ("1.2", "1.1", False),
    ],
)
def test_what_a_change_touches(changed: str, path: str, expected: bool) -> None:
    assert touches(changed, path) is expected


def test_hits_say_what_was_done_to_them(folder: Path) -> None:
    found = hits(folder, "umpire", limit=50)
    said = [change.words() for change in found[f"{BASE}#1.1"].changes]
    assert said == [
        f"1.1 replaced by {PROTOCOL}#1 from 1990-05-01",
        "the agreement superseded by valdoria-tamaris-2010 from 2010-01-01",
    ]
    assert [c.action for c in found[f"{BASE}#1.3"].changes] == ["superseded"]
    assert found[f"{PROTOCOL}#1"].changes == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1980", {"1.1": "The sending State keeps", "1.2": "A lantern", "2": "A waiver is recalled within ninety"}),
        ("1990-04-30", {"1.1": "The sending State keeps", "2": "A waiver is recalled within ninety"}),
        ("1990-05-01", {"1.1": "The host State keeps", "1.2": "A lantern", "1.3bis": "The keys are held by"}),
        ("1995", {"1.1": "The host State keeps", "2": "A waiver is recalled within twenty", "1.2": ""}),
    ],
)
def test_text_as_it_stood(folder: Path, day: str, expected: dict[str, str]) -> None:
    for path, begins in expected.items():
        if begins:
            shown = library.get(folder, f"{BASE}#{path}", as_of=day)
            assert shown.place and shown.place.provision.text.startswith(begins)
        else:
            with pytest.raises(NotFoundError, match=f"deleted by {PROTOCOL}#3 from 1991"):
                library.get(folder, f"{BASE}#{path}", as_of=day)


def test_what_was_added_stands_in_its_place_and_says_where_it_is_from(folder: Path) -> None:
    whole = library.get(folder, BASE, as_of="1995").agreement
    first = whole.documents[0].provisions[0]
    assert [p.number for p in first.children] == ["1.", "3.", "3bis"]
    provenance = first.children[2].provenance
    assert provenance and provenance.source == f"{PROTOCOL}#4"


def test_the_whole_shown_is_the_text_as_first_made_unless_asked(folder: Path) -> None:
    assert library.get(folder, BASE).agreement.documents == _base().documents


def test_search_as_of_a_day_looks_at_the_words_of_that_day(folder: Path) -> None:
    before = hits(folder, "recalled", as_of="1985")
    assert before[f"{BASE}#2"].text.startswith("A waiver is recalled within ninety")
    after = hits(folder, "recalled", as_of="1995")
    assert after[f"{BASE}#2"].text == "A waiver is recalled within twenty days."
    assert after[f"{BASE}#2"].snippet[slice(*after[f"{BASE}#2"].highlights[0])] == "recalled"


def test_what_was_deleted_or_no_longer_answers_is_left_out_and_said(folder: Path) -> None:
    results = library.search(folder, "lantern OR ninety", as_of="1995")
    assert [h.ref for h in results.hits] == [] and results.total == 0
    assert results.facets["family"] == {} and results.facets["decade"] == {}
    assert any(f"{BASE}#1.2" in note and f"{BASE}#2" in note for note in results.notes)
    earlier = library.search(folder, "lantern OR ninety", as_of="1985")
    assert earlier.total == 2 and earlier.facets["family"] == {"sofa": 2}


def test_pages_go_on_after_what_was_left_out(folder: Path) -> None:
    whole = library.search(folder, "umpire custody lantern", as_of="1995", limit=50)
    pages = [
        library.search(folder, "umpire custody lantern", as_of="1995", limit=1, offset=at).hits
        for at in range(whole.total)
    ]
    assert [h.ref for page in pages for h in page] == [h.ref for h in whole.hits]


def test_only_what_was_signed_by_then(folder: Path) -> None:
    assert {ref.partition("#")[0] for ref in hits(folder, "umpire", as_of="1985")} == {BASE}


@pytest.mark.parametrize(("day", "there"), [("1975", False), ("1980", True), ("1999", True), ("2000", False)])
def test_membership_has_dates(folder: Path, day: str, there: bool) -> None:
    found = {ref.partition("#")[0] for ref in hits(folder, "umpire", party=["TAM"], as_of=day)}
    assert (BASE in found) is there
    assert BASE in {ref.partition("#")[0] for ref in hits(folder, "umpire", party=["VAL"], as_of=day)}


def test_words_that_are_not_held_are_not_made_up(tmp_path: Path) -> None:
    protocol = _protocol()
    effects = (
        Effect(action="replaces", agreement=BASE, path="1.1", since="1990"),
        Effect(action="amends", agreement=BASE, path="2", since="1990", by="2"),
        Effect(action="replaces", agreement=BASE, path="9", since="1990", by="2"),
    )
    with Repository(tmp_path / "r").writing() as writer:
        writer.add(_base())
        writer.add(protocol.model_copy(update={"effects": effects}))
    repository = Repository(tmp_path / "r")
    then = stood(repository, ledger_of(repository), BASE, "1995")
    assert then.agreement.documents == _base().documents
    assert len(then.notes) == 3 and then.done == []


def test_a_draft_changes_nothing(folder: Path) -> None:
    repository = Repository(folder)
    assert not any("draft" in c.by for c in ledger_of(repository).of(BASE))


def test_the_ledger_follows_the_files(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    repository.add(_base())
    assert ledger_of(repository).of(BASE) == []
    repository.add(_protocol())
    first = ledger_of(repository)
    assert len(first.of(BASE)) == 4
    again = ledger_of(repository)
    assert again.of(BASE) == first.of(BASE)
    (tmp_path / "r" / ".cache" / "ledger.json").write_text("{", encoding="utf-8")
    assert ledger_of(repository).of(BASE) == first.of(BASE)


def test_citations_of_hits_come_in_the_style_asked_for(folder: Path) -> None:
    plain = hits(folder, "recalled", style="plain")[f"{BASE}#2"].citation
    assert plain == "Article 2 of Agreement on Visiting Forces (1970)"


def test_what_resembles_a_provision_says_what_was_done_to_it(folder: Path) -> None:
    found = {
        hit.ref: hit for hit in library.similar(folder, text=_base().documents[0].provisions[0].children[0].text).hits
    }
    assert [c.action for c in found[f"{BASE}#1.1"].changes] == ["replaced", "superseded"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("1995", "1995-03", "1995-03"), ("", "1995", "1995"), ("1994-12", "1995", "1994-12"), ("", "", "")],
)
def test_the_earlier_of_two_dates(first: str, second: str, expected: str) -> None:
    assert earlier(first, second) == earlier(second, first) == expected


def test_a_day_that_is_none_is_refused(folder: Path) -> None:
    with pytest.raises(QueryError):
        library.search(folder, "umpire", as_of="yesterday")
    with pytest.raises(QueryError):
        library.get(folder, BASE, as_of="1990..1995")


@pytest.mark.parametrize(
    ("query", "options", "expected"),
    [
        ("custody", {"party": ["TAM"]}, ["valdoria-tamaris-2010"]),
        ("custody", {"party": ["TAM"], "until": "2005"}, []),
        ("custody", {"family": ["dca"]}, []),
        ("custody party:VAL", {}, ["valdoria-tamaris-2010"]),
        ("custody NOT family:sofa", {}, []),
        ("title:new custody", {}, ["valdoria-tamaris-2010"]),
        ("signed:[2009 TO 2011]", {}, ["valdoria-tamaris-2010"]),
        ("custody", {}, []),  # nothing said of facts: all would fit
        ("custody in Japan", {}, []),  # a State that is no party
    ],
)
def test_agreements_without_text_are_listed_when_their_facts_fit(
    folder: Path, query: str, options: dict[str, object], expected: list[str]
) -> None:
    results = library.search(folder, query, **options)  # type: ignore[arg-type]
    assert [known.id for known in results.not_held] == expected
