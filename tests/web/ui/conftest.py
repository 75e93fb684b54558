"""What tests of the shared parts need: strict texts, and a browser on a running town hall."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings

HERE = "tests.web.ui.town_hall"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: the test's output is its own."""


@pytest.fixture(autouse=True)
def town_hall_settings() -> Iterator[None]:
    with override_settings(
        ROOT_URLCONF=HERE,
        MIDDLEWARE=[f"{HERE}.TownHall"],
        ALLOWED_HOSTS=["*"],
        STRICT_SENTENCES=True,
        CSRF_COOKIE_NAME="csrf",
        CSRF_COOKIE_SECURE=False,
    ):
        yield


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/hund/anmelden")
    request.page = {}
    return request


@pytest.fixture
def address(town_hall_settings: None) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
