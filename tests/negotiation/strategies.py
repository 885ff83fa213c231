"""Random small agreements, and edits of them as the other side makes them."""

from hypothesis import strategies as st

from agreements.model import Agreement, Document, Provision

_WORDS = st.sampled_from(
    ["Each Party", "shall", "may", "not", "waive", "claims", "of this Agreement", "within ten days", "and", "the force",
     "[SEAL]", "U.S.\u00a0forces", "“force”", "1.", "Article II"]
)  # fmt: skip
texts = st.lists(_WORDS, min_size=1, max_size=7).map(lambda words: " ".join(words) + ".")
headings = st.none() | st.sampled_from(["Claims", "Entry", "Taxes", "Use of Areas"])


def _numbered(kind, pattern, numbers, below):
    return st.lists(st.tuples(texts, below), max_size=4).map(
        lambda rows: tuple(
            Provision(kind=kind, number=pattern.format(numbers[n]), text=text, children=children)
            for n, (text, children) in enumerate(rows)
        )
    )


_items = _numbered("subparagraph", "({})", "abcdef", st.just(()))
paragraphs = _numbered("paragraph", "{}.", "123456", st.just(()) | _items)


@st.composite
def articles(draw):
    made = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        own = draw(st.just("") | texts)
        below = draw(paragraphs) if not own or draw(st.booleans()) else ()
        own = own or ("" if below else draw(texts))
        closing = tuple(Provision(kind="text", text=t) for t in draw(st.lists(texts, max_size=1)))
        made.append(
            Provision(kind="article", number=str(number), heading=draw(headings), text=own, children=(*below, *closing))
        )
    return tuple(made)


def frame(kind, lines):
    return Provision(kind=kind, children=tuple(Provision(kind="text", text=line) for line in lines))


@st.composite
def agreements(draw):
    preamble = frame("preamble", [*draw(st.lists(texts, min_size=1, max_size=2)), "Have agreed as follows:"])
    closing = frame("testimonium", ["Done at Port Tamar, in duplicate."])
    main = Document(title="Agreement between Valdoria and Tamaris", provisions=(preamble, *draw(articles()), closing))
    annexes = [
        Document(role="annex", number="AB"[n], title=draw(st.sampled_from(["Areas", "Fees"])), provisions=draw(body))
        for n, body in enumerate(draw(st.lists(st.just(paragraphs), max_size=1)))
    ]
    held = tuple(d for d in annexes if d.provisions)
    return Agreement(id="text", documents=(main, *held))


@st.composite
def edited(draw, agreement):
    """The other side's text: words changed, provisions dropped, added, moved; numbered anew or not."""
    documents = []
    for document in agreement.documents:
        provisions = [draw(_edited(p)) for p in document.provisions]
        kept = [p for p in provisions if p is not None]
        title = draw(st.sampled_from([document.title, document.title, f"{document.title} and Others"]))
        documents.append(document.model_copy(update={"title": title, "provisions": tuple(kept)}))
    return agreement.model_copy(update={"documents": tuple(documents)})


@st.composite
def _edited(draw, provision):
    what = draw(st.sampled_from(["same", "same", "same", "words", "drop", "heading", "number", "below"]))
    if what == "drop" and provision.kind not in ("preamble", "testimonium"):
        return None
    changes = {}
    if what == "words" and provision.text:
        words = provision.text.split(" ")
        at = draw(st.integers(0, len(words) - 1))
        words[at : at + draw(st.integers(0, 2))] = draw(st.lists(_WORDS, max_size=2))
        changes["text"] = " ".join(words).strip() or "Nothing."
    if what == "heading" and provision.kind == "article":
        changes["heading"] = draw(headings)
    if what == "number" and provision.kind in ("article", "paragraph"):
        changes["number"] = provision.number.replace("1", "11").replace("2", "12")
    children = [draw(_edited(child)) for child in provision.children]
    if what == "below":
        children = draw(st.permutations(children))
    changes["children"] = tuple(c for c in children if c is not None)
    if provision.kind in ("preamble", "testimonium") and not changes["children"]:
        return None  # no text has a preamble without words
    return provision.model_copy(update=changes)
