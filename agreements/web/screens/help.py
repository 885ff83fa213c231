"""Help: the keys, how a query is written; and whether the workbench answers."""

from agreements.web.layout import as_command
from agreements.web.screen import FileSent, PageView, Screen, Visit, get

KEYS = (
    (("/",), "go to the search box"),
    (("j", "k"), "next, previous in a list"),
    (("Enter",), "open what is chosen"),
    (("o",), "the source page of what is open"),
    (("s",), "similar provisions"),
    (("y",), "copy the quote with its citation"),
    (("[", "]"), "previous, next change"),
    (("a", "r", "x", "l"), "in a review: accept, reject, counter, leave"),
    (("u",), "in a review: take the last decision back"),
    (("?",), "this page"),
)
QUERIES = (
    ("who pays for damage to third parties?", "a question in plain words"),
    ('"official duty"', "these words side by side, in any form"),
    ('"duty certificate"~5', "within five words of each other"),
    ("duty AND arbitrator", "both; OR: either; NOT or -: never"),
    ("(recall OR withdraw) AND waiver", "brackets group"),
    ("tax*", "words that begin so"),
    ("waver~1", "words one letter away"),
    ("host AND arbitrator in:article", "all in one article, not one paragraph"),
    ("heading:customs", "in the heading of the article or paragraph"),
    ("topic:claims_government", "provisions on a topic"),
    ("party:(JOR OR QAT)", "a party by code, name or alias"),
    ("signed:[2000 TO 2010]", "any signature in these years"),
)


def _keys(visit: Visit) -> PageView:
    from agreements.web.screens import screens

    leads = [(("g", each.key), each.rail) for each in screens() if each.key and each.rail]
    return PageView("help_keys.html", "Keys", {"rows": [*KEYS, *leads]})


def _query(visit: Visit) -> PageView:
    command = [as_command("search", "--help-query")]
    return PageView("help_query.html", "How a query is written", {"rows": QUERIES}, command=command)


def _healthz(visit: Visit) -> FileSent:
    return FileSent(b"ok\n", "", "text/plain; charset=utf-8")


SCREEN = Screen(
    "help",
    (get("/help/keys", _keys), get("/help/query", _query), get("/healthz", _healthz)),
    rail="Help",
    order=900,
    key="h",
)
