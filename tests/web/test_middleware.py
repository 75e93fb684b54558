"""What every request passes: proxy, size, NUL, wrong host, database that went away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from gemeinwerk.core.kernel import RefusedError
from gemeinwerk.web.ui.middleware.headers import HEADERS
from gemeinwerk.web.ui.middleware.proxy import ProxyMiddleware
from tests.offices import plugged, towns

__all__ = ["plugged", "towns"]

PROXY = "192.0.2.10"


def boom(request: HttpRequest) -> HttpResponse:
    raise ValueError("Zebrafink-Geheimnis")


def refuse(request: HttpRequest) -> HttpResponse:
    raise RefusedError(right="case.read")


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("Zebrafink-Geheimnis")


def echo(request: HttpRequest, word: str = "") -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(request.POST.get("a", "") + word)


urlpatterns = [
    path("boom", boom),
    path("refuse", refuse),
    path("away", away),
    path("echo", echo),
    path("echo/<str:word>", echo),
]
handler400 = "gemeinwerk.web.ui.middleware.errors.handler400"
handler404 = "gemeinwerk.web.ui.middleware.errors.handler404"
handler500 = "gemeinwerk.web.ui.middleware.errors.handler500"


@pytest.fixture
def client(towns: tuple[int, int]) -> Iterator[Client]:
    with override_settings(ROOT_URLCONF="tests.web.test_middleware"):
        yield Client(headers={"host": "lindenau.localhost"}, raise_request_exception=False)


def through(**changes: Any) -> Callable[..., tuple[HttpResponse, HttpRequest]]:
    """Send a request through the proxy middleware alone."""

    def send(method: str = "get", **meta: str) -> tuple[HttpResponse, HttpRequest]:
        seen: list[HttpRequest] = []

        def view(request: HttpRequest) -> HttpResponse:
            seen.append(request)
            return HttpResponse("in")

        request = getattr(RequestFactory(), method)("/amt/?a=1", **meta)
        with override_settings(ENVIRONMENT=replace(settings.ENVIRONMENT, **changes)):
            response = ProxyMiddleware(view)(request)
        return response, seen[0] if seen else request

    return send


FORGED = {
    "HTTP_HOST": "lindenau.localhost",
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "birkenfurt.localhost",
    "HTTP_X_REAL_IP": "203.0.113.9",
    "HTTP_FORWARDED": "for=203.0.113.9;proto=https",
    "HTTP_X_ORIGINAL_URL": "/leitung/",
}


@pytest.mark.parametrize("proxy", ["", PROXY])
@pytest.mark.parametrize("sender", ["198.51.100.7", "192.0.2.11", "", "unix:", "::1"])
def test_forged_headers_of_strangers_count_for_nothing(proxy: str, sender: str) -> None:
    _, request = through(proxy=proxy)(REMOTE_ADDR=sender, **FORGED)
    assert request.META["REMOTE_ADDR"] == sender
    assert request.get_host() == "lindenau.localhost"
    assert not request.is_secure()
    assert not [name for name in request.META if "FORWARDED" in name or "REAL_IP" in name]
    assert "HTTP_X_ORIGINAL_URL" not in request.META


@pytest.mark.parametrize("sender", [PROXY, f"{PROXY}:41022", f"::ffff:{PROXY}"])
def test_the_trusted_proxy_is_believed(sender: str) -> None:
    _, request = through(proxy=PROXY)(REMOTE_ADDR=sender, **FORGED)
    assert request.META["REMOTE_ADDR"] == "203.0.113.9"
    assert request.get_host() == "birkenfurt.localhost"
    assert request.is_secure()


def test_only_the_entry_that_the_proxy_added_names_the_visitor() -> None:
    said = {"HTTP_X_FORWARDED_FOR": "10.0.0.1, 127.0.0.1, 203.0.113.77"}
    _, request = through(proxy=PROXY)(REMOTE_ADDR=PROXY, **said)
    assert request.META["REMOTE_ADDR"] == "203.0.113.77"


@pytest.mark.parametrize("words", ["", "unknown", "203.0.113.9, <script>", "a" * 5000])
def test_nonsense_of_the_proxy_names_nobody(words: str) -> None:
    said = {"HTTP_X_FORWARDED_FOR": words, "HTTP_X_FORWARDED_PROTO": "gopher"}
    _, request = through(proxy=PROXY)(REMOTE_ADDR=PROXY, **said)
    assert request.META["REMOTE_ADDR"] == ""
    assert not request.is_secure()


def test_production_sends_readers_to_tls_and_takes_nothing_in_the_clear() -> None:
    send = through(mode="production", proxy=PROXY)
    response, _ = send(HTTP_HOST="lindenau.localhost", REMOTE_ADDR="198.51.100.7")
    assert response.status_code == 301
    assert response.headers["Location"] == "https://lindenau.localhost/amt/?a=1"
    response, _ = send("post", REMOTE_ADDR="198.51.100.7", **FORGED)
    assert response.status_code == 403
    response, _ = send(REMOTE_ADDR=PROXY, **FORGED)
    assert response.content == b"in"


@pytest.mark.parametrize("visitor", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.9.9.9"])
def test_nobody_comes_from_this_machine_through_the_proxy(visitor: str) -> None:
    said = {"HTTP_X_FORWARDED_FOR": visitor, "HTTP_X_FORWARDED_PROTO": "https"}
    _, request = through(proxy="127.0.0.1")(REMOTE_ADDR="127.0.0.1", **said)
    assert request.META["REMOTE_ADDR"] == ""


def test_only_monitors_of_this_machine_ask_without_tls() -> None:
    def answer(path: str, **meta: str) -> int:
        request = RequestFactory().get(path, HTTP_HOST="localhost", **meta)
        fake = replace(settings.ENVIRONMENT, mode="production", proxy="127.0.0.1")
        with override_settings(ENVIRONMENT=fake):
            return int(ProxyMiddleware(lambda _: HttpResponse())(request).status_code)

    assert answer("/gesundheit", REMOTE_ADDR="127.0.0.1") == 200
    assert answer("/metriken", REMOTE_ADDR="::1") == 200
    assert answer("/metriken", REMOTE_ADDR="198.51.100.7") == 301
    assert answer("/metriken", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4") == 301
    assert answer("/amt/", REMOTE_ADDR="127.0.0.1") == 301


def test_production_does_not_redirect_to_foreign_hosts() -> None:
    response, _ = through(mode="production")(HTTP_HOST="evil.example")
    assert response.status_code == 400
    said = {"HTTP_HOST": "lindenau.localhost", "HTTP_X_FORWARDED_HOST": "evil.example"}
    response, _ = through(mode="production", proxy=PROXY)(REMOTE_ADDR=PROXY, **said)
    assert response.status_code == 400


def test_limits_hold_over_forged_forwarding_headers(client: Client) -> None:
    from gemeinwerk.web.ui.request import PageRequest

    first = client.get("/echo", HTTP_X_FORWARDED_FOR="203.0.113.1").wsgi_request
    second = client.get("/echo", HTTP_X_FORWARDED_FOR="198.51.100.1").wsgi_request
    assert isinstance(first, PageRequest)
    assert isinstance(second, PageRequest)
    assert first.net == second.net == "127.0.0.0/24"


@pytest.mark.parametrize(
    ("url", "status"),
    [("/boom", 500), ("/refuse", 404), ("/none", 404), ("/away", 503), ("/echo", 200)],
)
def test_every_answer_carries_the_headers(client: Client, url: str, status: int) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert b"Zebrafink" not in answer.content
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_an_unknown_host_is_answered_like_an_unknown_page(client: Client) -> None:
    for host in ("evil.example", "a.b.localhost", "nirgendwo.localhost", "lindenau.localhost."):
        answer = client.get("/echo", headers={"host": host})
        assert answer.status_code == (200 if host.startswith("lindenau") else 404)


def test_a_body_beyond_the_limit_is_refused_unread(client: Client) -> None:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    kind = "application/octet-stream"
    assert client.post("/echo", b"x", kind, CONTENT_LENGTH=str(limit)).status_code == 200
    for length in (str(limit + 1), "9" * 40, "-1", "²"):
        assert client.post("/echo", b"x", kind, CONTENT_LENGTH=length).status_code == 413
    said = client.post("/echo", b"x", kind, CONTENT_LENGTH=str(limit + 1)).content.decode()
    assert "12 MB" in said
    assert "PDF, JPG, PNG und HEIC" in said


def test_too_many_fields_are_refused_as_malformed(client: Client) -> None:
    within = {f"f{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)}
    assert client.post("/echo", within).status_code == 200
    assert client.post("/echo", {**within, "one_more": ""}).status_code == 400


@pytest.mark.parametrize(
    ("method", "url", "data"),
    [
        ("post", "/echo", {"a": "x\0y"}),
        ("post", "/echo", {"x\0y": "a"}),
        ("get", "/echo?a=%00", {}),
        ("get", "/echo/x%00y", {}),
    ],
)
def test_nul_is_refused_before_any_view(
    client: Client, method: str, url: str, data: dict[str, str]
) -> None:
    assert getattr(client, method)(url, data).status_code == 400


def test_a_form_from_elsewhere_changes_nothing(towns: tuple[int, int]) -> None:
    with override_settings(ROOT_URLCONF="tests.web.test_middleware"):
        strict = Client(headers={"host": "lindenau.localhost"}, enforce_csrf_checks=True)
        assert strict.post("/echo", {"a": "1"}).status_code == 403
