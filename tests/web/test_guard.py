"""Who gets in: the right name, a key used once, a page of ours, a token; and what every answer bears."""

import logging
from pathlib import Path

import pytest

from agreements.web import Serving, routes
from agreements.web.guard import HEADERS
from tests.web.conftest import PORT, Asking, OpenWorkbench

ROUTES = list(routes())
OURS = {"Origin": f"http://127.0.0.1:{PORT}"}


def _address(path: str) -> str:
    return path.replace("{id}", "valdoria-tamaris-1999").replace("{path}", "I.1").replace("{", "").replace("}", "")


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nothing_answers_a_stranger(
    method: str, path: str, open_workbench: OpenWorkbench, treaty_repository: Path
) -> None:
    client = open_workbench(treaty_repository, enter=False)
    answers = [
        client.request(method, _address(path)),
        client.request(method, _address(path), headers=OURS),
        client.request(method, _address(path), params={"key": "guessed"}),
        client.request(method, _address(path), headers={"Cookie": f"agreements-{PORT}=guessed"}),
    ]
    assert [answer.status_code for answer in answers] == [401] * 4
    assert all(answer.headers[name] == value for answer in answers for name, value in HEADERS.items())


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1:1", "127.0.0.1", ""])
def test_no_other_name_is_answered(client: Asking, method: str, path: str, host: str) -> None:
    answer = client.request(method, _address(path), headers={"Host": host, **OURS})
    assert answer.status_code == 421
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 303), ("cross-site", 403), ("same-site", 403), ("none", 403), ("", 403)]
)
def test_a_form_without_an_origin_is_asked_for_its_site(
    open_workbench: OpenWorkbench, own_repository: Path, site: str, status: int
) -> None:
    """A browser says `null` in a form of a page without referrer, as ours are, and in a frame that is shut."""
    client = open_workbench(own_repository)
    token = next(iter(client.workbench.sessions._held.values())).token
    headers = {"Origin": "null"} | ({"Sec-Fetch-Site": site} if site else {})
    sent = {"token": token, "what": "Call"}
    assert client.post("/n/tamaris-talks", data=sent, headers=headers).status_code == status


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_the_three_loopback_names_are(client: Asking, host: str) -> None:
    assert client.get("/help/keys", headers={"Host": f"{host}:{PORT}"}).status_code == 200


def test_a_key_opens_once_and_leads_to_the_page_that_was_asked_for(
    open_workbench: OpenWorkbench, treaty_repository: Path
) -> None:
    client = open_workbench(treaty_repository, enter=False)
    key = client.workbench.sessions.new_key()
    assert len(key) >= 43  # 256 bits
    answer = client.get("/search", params={"q": "claims", "key": key})
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=claims")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert key not in cookie
    assert client.get("/search", params={"q": "claims"}).status_code == 200
    client.cookies.clear()
    assert client.get("/search", params={"q": "claims", "key": key}).status_code == 401


def test_a_key_never_leads_elsewhere(open_workbench: OpenWorkbench, treaty_repository: Path) -> None:
    client = open_workbench(treaty_repository, enter=False)
    key = client.workbench.sessions.new_key()
    answer = client.get(f"http://127.0.0.1:{PORT}//evil.example/", params={"key": key})
    assert answer.headers["location"] == "/evil.example/"


def test_keys_are_given_to_the_one_who_can_read_the_start_file(client: Asking) -> None:
    secret = client.workbench.sessions.secret
    assert client.post("/key", headers={"Authorization": "Bearer guessed"}).status_code == 401
    assert client.get("/key", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    from_a_page = {"Authorization": f"Bearer {secret}", "Origin": "http://evil.example"}
    assert client.post("/key", headers=from_a_page).status_code == 401
    given = client.post("/key", headers={"Authorization": f"Bearer {secret}"})
    client.cookies.clear()
    assert client.get("/", params={"key": given.text}).status_code == 303


POSTS = [path for method, path in ROUTES if method == "POST"] or ["/"]
STRANGE = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": f"http://127.0.0.1:{PORT + 1}"},
    {"Origin": f"https://127.0.0.1:{PORT}"},
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {},
]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("headers", STRANGE, ids=str)
def test_no_form_of_another_page_is_taken(client: Asking, path: str, headers: dict[str, str]) -> None:
    token = next(iter(client.workbench.sessions._held.values())).token
    assert client.post(_address(path), data={"token": token}, headers=headers).status_code == 403


@pytest.mark.parametrize("path", [path for method, path in ROUTES if method == "POST"])
@pytest.mark.parametrize("token", [None, "", "guessed"])
def test_no_form_without_its_token_is_taken(client: Asking, path: str, token: str | None) -> None:
    fields = {} if token is None else {"token": token}
    assert client.post(_address(path), data=fields, headers=OURS).status_code == 403
    file = {"file": ("canary.txt", b"canary")}
    assert client.post(_address(path), data=fields, files=file, headers=OURS).status_code == 403
    assert not [x for x in client.workbench.sessions.folder.rglob("*") if x.is_file()]


@pytest.mark.parametrize("path", [path for method, path in ROUTES if method == "GET"])
def test_every_answer_bears_the_headers(client: Asking, path: str) -> None:
    answer = client.get(_address(path))
    assert answer.status_code < 500, answer.text
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert not any(name.startswith("access-control") for name in answer.headers)
    if path.startswith("/n"):
        assert answer.headers["cache-control"] == "no-store"


def test_what_the_browser_has_is_not_sent_again(client: Asking) -> None:
    first = client.get("/search", params={"q": "claims"})
    tag = first.headers["etag"]
    assert client.get("/search", params={"q": "claims"}, headers={"If-None-Match": tag}).status_code in (200, 304)
    keys = client.get("/help/keys")
    again = client.get("/help/keys", headers={"If-None-Match": keys.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_log_has_route_status_and_time_and_no_words(client: Asking, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="agreements.web"):
        client.get("/search", params={"q": "secretword"})
        client.get("/secretplace/secretname")
    said = [record.getMessage() for record in caplog.records]
    assert said[0].startswith("GET /search 200 ")
    assert said[1].startswith("GET - 404 ")
    assert "secret" not in " ".join(said)


def test_a_page_that_is_not_there_says_so(client: Asking) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "Choose a screen" in answer.text


def test_it_listens_on_loopback_alone(own_repository: Path) -> None:
    serving = Serving(own_repository)
    try:
        hosts = {sock.getsockname()[0] for sock in serving.sockets}
        assert hosts <= {"127.0.0.1", "::1"}
        assert len({sock.getsockname()[1] for sock in serving.sockets}) == 1
    finally:
        serving.workbench.close()
        for sock in serving.sockets:
            sock.close()
