import pytest

from agreements.errors import ClassifiedError
from agreements.parsing.classified import refuse_classified
from agreements.reading.blocks import Block, Reading

WORDS = "The base at Lorn is small."


def reading(*texts: str, edges: tuple[str, ...] = (), kind: str = "paragraph") -> tuple[Reading, list[Block]]:
    blocks = [Block(text, kind=kind) for text in texts]  # type: ignore[arg-type]
    return Reading("file.txt", "", "\n".join(texts), page_edges=edges), blocks


@pytest.mark.parametrize(
    "banner",
    [
        *("SECRET", "TOP SECRET", "CONFIDENTIAL", "- SECRET -", "S E C R E T", "SECRET 3 OF 12", "SECRET/NOFORN"),
        *("NATO SECRET", "COSMIC TOP SECRET", "NATO CONFIDENTIAL", "NATO RESTRICTED"),
        *("SECRET//NOFORN", "CONFIDENTIAL//REL TO USA, GBR", "TOP SECRET//SI//NOFORN"),
    ],
)
def test_banners_at_page_edges_are_refused(banner: str) -> None:
    with pytest.raises(ClassifiedError) as caught:
        refuse_classified(*reading(WORDS, WORDS, WORDS, edges=(banner,)))
    assert WORDS not in str(caught.value) + caught.value.hint
    assert "security officer" in caught.value.hint
    with pytest.raises(ClassifiedError):
        refuse_classified(*reading(banner, WORDS, WORDS))


@pytest.mark.parametrize(
    "texts",
    [
        ("(S) " + WORDS, "(U) " + WORDS),
        ("1. (C) " + WORDS, "2. (C) " + WORDS),
        ("(S//NF) " + WORDS,),
        ("(TS) " + WORDS,),
        ("4. (C//REL) " + WORDS,),
        ("(S) " + WORDS, "(S) " + WORDS),
    ],
)
def test_portion_marks_in_use_are_refused(texts: tuple[str, ...]) -> None:
    with pytest.raises(ClassifiedError):
        refuse_classified(*reading(*texts))


@pytest.mark.parametrize(
    ("texts", "kind", "edges", "why"),
    [
        (("(A) one", "(B) two", "(C) Three"), "paragraph", (), "letters of a list"),
        ((WORDS, "TOP SECRET | ZEER GEHEIM", "SECRET | GEHEIM", WORDS), "table", (), "an equivalence table"),
        ((WORDS, "Information marked SECRET is kept in a safe.", WORDS), "paragraph", (), "a word in a sentence"),
        (("The term “CONFIDENTIAL” means what it says.", WORDS), "paragraph", (), "a definition"),
        ((WORDS, "Confidential", "Confidential matters stay so.", WORDS), "paragraph", (), "a heading"),
        ((WORDS, WORDS), "paragraph", ("~~SECRET~~",), "a struck banner"),
        ((WORDS, WORDS), "paragraph", ("DECLASSIFIED", "SECRET"), "a declassified text"),
        ((WORDS, WORDS), "paragraph", ("UNCLASSIFIED",), "not classified"),
        ((WORDS, WORDS), "paragraph", ("SENSITIVE BUT UNCLASSIFIED",), "not classified"),
        ((WORDS, WORDS), "paragraph", ("The secret of Lorn",), "a running head"),
        (("(U) " + WORDS, "(U) " + WORDS), "paragraph", (), "unclassified portions"),
        (
            (WORDS, WORDS, "SECRET", "CONFIDENTIAL", WORDS, WORDS),
            "paragraph",
            (),
            "levels listed inside the text",
        ),
    ],
)
def test_other_uses_of_the_words_are_not_refused(
    texts: tuple[str, ...], kind: str, edges: tuple[str, ...], why: str
) -> None:
    refuse_classified(*reading(*texts, edges=edges, kind=kind))
