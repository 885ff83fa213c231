"""Small made-up agreements, of our own words, and an index of them on every engine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agreements.model import Agreement, Document, Party, Provision, Signing, Status
from agreements.search import ENGINES, Index, Searcher


def paragraph(number: str, text: str, *children: Provision) -> Provision:
    return Provision(kind="paragraph", number=number, text=text, children=children)


def subparagraph(number: str, text: str) -> Provision:
    return Provision(kind="subparagraph", number=number, text=text)


def article(number: str, heading: str | None, text: str, *children: Provision) -> Provision:
    return Provision(kind="article", number=number, heading=heading, text=text, children=children)


def text(words: str) -> Provision:
    return Provision(kind="text", text=words)


def _visiting_forces() -> Agreement:
    main = Document(
        title="Agreement between Valdoria and Tamaris on Visiting Forces",
        provisions=(
            Provision(kind="preamble", children=(text("Valdoria and Tamaris,"), text("Have agreed:"))),
            article("I", "Purpose", "This compact covers short visits of the forces of either side."),
            article(
                "VIII",
                "Claims",
                "These rules apply between the Parties.",
                paragraph("1.", "Each Party gives up its claims for loss of equipment used by its forces."),
                paragraph(
                    "2.",
                    "Whether an act was part of an official duty is settled by:",
                    subparagraph("(a)", "an umpire named by both sides; or"),
                    subparagraph("(b)", "the cross-servicing board, which bears 75 per cent of the cost."),
                ),
                text("Nothing here touches contracts."),
            ),
            article("IX", "Licences", "A driving licence of one side is good in the other without a test."),
        ),
    )
    return Agreement(
        id="valdoria-tamaris-1999",
        family="sofa",
        title="Agreement between Valdoria and Tamaris on Visiting Forces",
        parties=(Party(code="VAL", name="Republic of Valdoria"), Party(code="TAM", name="Tamaris")),
        signings=(Signing(date="1999-03-14", place="Kestrel City"),),
        status=Status(value="in-force", as_of="2020"),
        documents=(main,),
    )


def _supply() -> Agreement:
    main = Document(
        title="Supply Agreement",
        provisions=(
            article(
                "1",
                "Reimbursement",
                "",
                paragraph("1.", "Defence stores are paid for in cash or in kind within sixty days."),
                paragraph("2.", "No claims arise from stores that were consumed. Vehicles are free from inspection."),
            ),
            article("2", None, "The Parties authorise crossservicing at every harbour, and labour is hired locally."),
        ),
    )
    annex = Document(
        role="annex",
        number="A",
        title="List of Stores",
        provisions=(paragraph("1.", "Fuel, water and A & T rations."),),
    )
    return Agreement(
        id="norlandia-supply-2011",
        family="acsa",
        title="Supply Agreement among Norlandia, Meridia and Valdoria",
        parties=(Party(code="NOR2"), Party(code="MRD"), Party(code="VAL", name="Republic of Valdoria")),
        signings=(Signing(date="2011"), Signing(date="2012-06")),
        status=Status(value="expired"),
        documents=(main, annex),
    )


def _specimen() -> Agreement:
    main = Document(title="Specimen", provisions=(article("1", "Claims", "A specimen gives up claims too."),))
    return Agreement(id="specimen-sofa", family="sofa", title="Specimen", standing="specimen", documents=(main,))


def _draft() -> Agreement:
    main = Document(title="Draft", provisions=(article("1", "Claims", "A draft may yet keep its claims."),))
    return Agreement(id="draft-sofa", family="sofa", title="Draft", standing="draft", documents=(main,))


TOPICS = {"valdoria-tamaris-1999": {"VIII": ["claims_government"], "VIII.2": ["official_duty"]}}


@pytest.fixture(scope="session")
def collection() -> tuple[Agreement, ...]:
    return (_visiting_forces(), _supply(), _specimen(), _draft())


@pytest.fixture(scope="session")
def opensearch_server() -> Iterator[str]:
    """The address of a server in memory, named in the environment for the engine; skips where it is not installed."""
    server = pytest.importorskip("osmem_server", reason="osmem-server is not installed (pip install -e '.[dev]')")
    pytest.importorskip("opensearchpy", reason="opensearch-py is not installed (pip install -e '.[opensearch]')")
    started = server.OsmemServer.start(japanese=False)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AGREEMENTS_OPENSEARCH_URL", started.url)
        environment.setenv("AGREEMENTS_OPENSEARCH_DRAFTS", "1")
        yield started.url
    started.process.terminate()
    started.process.communicate(timeout=30)


@pytest.fixture(scope="session", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "opensearch":
        request.getfixturevalue("opensearch_server")
    return str(request.param)


@pytest.fixture(scope="session")
def built(collection: tuple[Agreement, ...], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that builds the index of the collection once for an engine and gives its folder."""
    folders: dict[str, Path] = {}

    def build(name: str) -> Path:
        if name not in folders:
            folders[name] = tmp_path_factory.mktemp(name)
            with Index(folders[name], name).building() as batch:
                for agreement in collection:
                    batch.put(agreement, TOPICS.get(agreement.id))
                batch.fingerprint = "as built"
        return folders[name]

    return build


@pytest.fixture
def searcher(engine: str, built: Callable[[str], Path]) -> Iterator[Searcher]:
    with Searcher(built(engine), engine) as opened:
        yield opened
