"""The FIM portal is asked as its OpenAPI says, and its answers are kept for days without it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gemeinwerk.connectors.fim_portal import (
    KINDS,
    Cache,
    Portal,
    PortalAddressError,
    PortalMissingError,
    PortalOfflineError,
    PortalRefusedError,
    Transport,
)
from tests.connectors.fim_peer import OPENAPI, Peer, Reply, portal

XML = b"<schema/>"
DAY = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Stage:
    """One portal, one client, one clock that tests set."""

    def __init__(self, peer: Peer, folder: Path) -> None:
        self.peer, self.folder, self.at = peer, folder, DAY
        self.waited: list[float] = []

    def client(self, *, offline: bool = False, most: int = 100_000) -> Portal:
        way = Transport(self.peer.address, wait=self.waited.append, most=most)
        return Portal(way, Cache(self.folder), lambda: self.at, offline=offline)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with portal() as peer:
        yield Stage(peer, tmp_path)
        assert peer.faults == []  # the OpenAPI allows every request that was made


def row(version: str, number: str = "S99000101", **more: str) -> dict[str, str]:
    return {"fim_id": number, "fim_version": version, "name": "Hund anmelden", **more}


def test_every_path_of_ours_is_in_the_openapi() -> None:
    for kind in KINDS.values():
        for path in filter(None, (kind.search, kind.xml, kind.versions)):
            assert "get" in OPENAPI["paths"][path], path


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.words])
def test_every_kind_is_searched(stage: Stage, kind: object) -> None:
    assert isinstance(kind, type(KINDS["schema"]))
    parts = {part: "leika" if part == "source" else "a" for part in kind.parts}
    stage.peer.items[kind.search] = [parts | {kind.title[0]: "Hund"}]
    found = stage.client().search("hund steuer", kind=kind.name)
    [hit] = found.hits
    assert (hit.kind, hit.name, found.total, found.kept) == (kind.name, "Hund", 1, False)
    stage.peer.files[kind.path(kind.xml, tuple(parts.values()))] = XML
    fetched = stage.client().fetch(hit.key, kind=kind.name, version=hit.version)
    assert fetched.data == XML


def test_code_lists_are_sifted_by_words_and_fetched_from_the_portal_only(stage: Stage) -> None:
    def code_list(number: int, host: str) -> dict[str, object]:
        uri = f"urn:de:muster:liste{number}_1"
        url = f"{host}/api/v0/code-lists/{number}"
        names = {"short_name": f"l{number}", "long_name": f"Hunderassen {number}"}
        return {"genericode_canonical_version_uri": uri, "url": url, **names}

    rows = [code_list(n, stage.peer.address) for n in range(250)]
    rows.append(code_list(999, "https://boese.example"))
    stage.peer.items["/api/v0/code-lists"] = rows
    found = stage.client().search("hunderassen 249", kind="codelist")
    assert [hit.name for hit in found.hits] == ["Hunderassen 249"]
    with pytest.raises(PortalMissingError):
        stage.client().fetch("urn:de:muster:liste999_1", kind="codelist")


def test_versions_are_compared_as_numbers(stage: Stage) -> None:
    stage.peer.items["/api/v1/schemas/S99000101"] = [row("1.9"), row("1.10"), row("1.2")]
    assert [hit.version for hit in stage.client().versions("S99000101")] == ["1.2", "1.9", "1.10"]
    [newest] = stage.client().newest(["S99000101", "S99000999"])
    assert (newest.id, newest.version) == ("S99000101", "1.10")
    stage.peer.files["/api/v1/schemas/S99000101/1.10/xdf"] = XML
    assert stage.client().fetch("S99000101").data == XML


def test_an_answer_is_confirmed_and_kept(stage: Stage) -> None:
    path = "/api/v1/schemas/S99000101/1.0/xdf"
    stage.peer.files[path] = XML
    stage.client().fetch("S99000101", version="1.0")
    stage.at += timedelta(days=1)
    again = stage.client().fetch("S99000101", version="1.0")  # the peer says 304
    assert (again.data, again.fetched_at, again.kept) == (XML, stage.at, False)
    stage.peer.first = [Reply(503)] * 4
    kept = stage.client().fetch("S99000101", version="1.0")
    assert (kept.data, kept.fetched_at, kept.kept) == (XML, stage.at, True)
    objects = [path for path in (stage.folder / "objects").rglob("*") if path.is_file()]
    assert len(objects) == 1


def test_without_a_network_the_folder_answers_and_says_how_old(stage: Stage) -> None:
    stage.peer.items["/api/v1/schemas"] = [row("1.0")]
    stage.client().search("hund")
    asked = len(stage.peer.asked)
    stage.at += timedelta(days=30)
    found = stage.client(offline=True).search("hund")
    assert (found.kept, found.fetched_at) == (True, DAY)
    assert len(stage.peer.asked) == asked
    with pytest.raises(PortalOfflineError):
        stage.client(offline=True).search("katze")


def test_a_damaged_file_is_not_believed(stage: Stage) -> None:
    stage.peer.files["/api/v1/schemas/S99000101/1.0/xdf"] = XML
    stage.client().fetch("S99000101", version="1.0")
    [kept] = [path for path in (stage.folder / "objects").rglob("*") if path.is_file()]
    kept.write_bytes(b"<anders/>")
    with pytest.raises(PortalOfflineError):
        stage.client(offline=True).fetch("S99000101", version="1.0")


def test_the_client_waits_as_it_is_told(stage: Stage) -> None:
    stage.peer.items["/api/v1/schemas"] = [row("1.0")]
    stage.peer.first = [Reply(429, {"Retry-After": "7"}), Reply(503), Reply(500)]
    assert stage.client().search("hund").total == 1
    assert stage.waited == [7.0, 1.0, 2.0]
    stage.peer.first = [Reply(429, {"Retry-After": "99999"})]
    stage.client().search("hund")
    assert stage.waited[-1] == 30.0


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(302, {"Location": "https://boese.example/"}), "redirect"),
        (Reply(200, {"Content-Type": "application/json"}, b"[" * 2000), "JSON"),
        (Reply(200, {"Content-Type": "application/json"}, b'"x"'), "JSON"),
        (Reply(200, {"Content-Type": "text/html"}, b"<html>"), "text/html"),
        (Reply(200, {"Content-Type": "application/json"}, b" " * 200_000), "too large"),
        (
            Reply(
                200,
                {"Content-Type": "application/json", "Content-Encoding": "gzip"},
                gzip.compress(b" " * 5_000_000),
            ),
            "too large",
        ),
    ],
)
def test_odd_answers_are_refused(stage: Stage, reply: Reply, why: str) -> None:
    stage.peer.first = [reply]
    with pytest.raises(PortalRefusedError) as refusal:
        stage.client().search("hund")
    assert refusal.value.params["why"] == why
    assert not (stage.folder / "objects").exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://fimportal.de",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "https://anna:geheim@fimportal.de",
        "https://fimportal.de/pfad",
        "https://",
        "",
    ],
)
def test_addresses_that_are_not_taken(address: str) -> None:
    with pytest.raises(PortalAddressError):
        Transport(address)


@pytest.mark.parametrize("inside", ["10.0.0.1", "169.254.169.254", "127.0.0.1", "::1", "fd00::1"])
def test_a_name_that_leads_inside_is_not_followed(
    inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lookup(*_: object, **__: object) -> list[object]:
        return [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", (inside, 443))]

    monkeypatch.setattr("socket.getaddrinfo", lookup)
    with pytest.raises(PortalAddressError):
        Transport("https://portal.example", wait=lambda _: None).get("/", {})


def test_ids_cannot_leave_their_place_in_the_path(stage: Stage) -> None:
    with pytest.raises(PortalMissingError):
        stage.client().fetch("..%2f..", version="?a=b#c")
    assert stage.peer.asked == ["/api/v1/schemas/..%252f../%3Fa%3Db%23c/xdf"]


def test_a_portal_out_of_reach_is_told(tmp_path: Path) -> None:
    way = Transport("http://127.0.0.1:1", wait=lambda _: None)
    with pytest.raises(PortalOfflineError):
        Portal(way, Cache(tmp_path), lambda: DAY).search("hund")
