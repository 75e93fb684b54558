"""The commands of operators: staff, audit, keys; run inside Django, as `run` does after start."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from gemeinwerk.apps import ports, sealing
from gemeinwerk.apps.audit import handlers, heads
from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.identity import sign_in
from gemeinwerk.apps.municipalities import queries, tenancy
from gemeinwerk.connectors.key_store import KeyStore
from gemeinwerk.core.kernel import new_id
from gemeinwerk.project.command_line import build_parser
from gemeinwerk.project.commands import audit, keys, staff
from gemeinwerk.project.environment import SettingError
from tests.offices import NOW, PASSWORD, hire

AsRole = Callable[[], AbstractContextManager[None]]
Say = pytest.CaptureFixture[str]


def parsed(*words: str):  # type: ignore[no-untyped-def]  # argparse.Namespace
    return build_parser(words[0]).parse_args(words)


def call(*words: str) -> int:
    args = parsed(*words)
    if words[0] == "staff":
        return staff.in_town(args)
    if words[0] == "audit":
        return audit.verify(args)
    return keys.rotate(args) if words[1] == "rotate" else keys.show(args)


def test_the_first_operator(towns: tuple[int, int], as_worker: AsRole, capsys: Say) -> None:
    town = ("--municipality", "lindenau")
    with as_worker():
        words = ("staff", "add", *town, "--name", "Otto Berg", "--email", "otto@rathaus.example")
        assert call(*words, "--role", "operator", "--json") == 0
        assert json.loads(capsys.readouterr().out)["code"].count("-") == 3
        assert call("staff", "list", "--municipality", "990000000001", "--json") == 0
        assert json.loads(capsys.readouterr().out)[0]["roles"] == ["operator"]
        assert call("staff", "list", "--municipality", "birkenfurt", "--json") == 0
        assert json.loads(capsys.readouterr().out) == []
        assert call("staff", "leave", *town, "--email", "nobody@x.example", "--yes") == 1
        assert call("staff", "leave", *town, "--email", "OTTO@rathaus.example", "--yes") == 0
    with tenancy.town(towns[0]):
        assert queries.staff_members() == []


def test_an_unknown_town_is_said(towns: tuple[int, int]) -> None:
    with pytest.raises(SettingError, match="Nirgendwo"):
        call("staff", "list", "--municipality", "Nirgendwo")


def test_audit_verify_proves_and_names(
    towns: tuple[int, int], as_worker: AsRole, as_owner: AsRole, capsys: Say
) -> None:
    with tenancy.town(towns[0]):
        hire(towns[0], "Ben Arslan", "caseworker")
        with as_worker():
            handlers.link_all(NOW)
            heads.export(NOW.date())
    with as_worker():
        assert call("audit", "verify", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["sound"] for row in rows] == [True, True]
    with tenancy.town(towns[0]), as_owner():
        Entry.objects.filter(verb="staff.added").update(actor_label="nobody")
    with as_worker():
        assert call("audit", "verify", "--municipality", "lindenau") == 1
        assert "UNTERBROCHEN an Glied 1" in capsys.readouterr().out
        assert call("audit", "verify", "--municipality", "birkenfurt") == 0


def test_rotation_leaves_everything_readable(
    towns: tuple[int, int], as_worker: AsRole, capsys: Say, tmp_path: Path
) -> None:
    dossier = new_id()
    with tenancy.town(towns[0]):
        ben = hire(towns[0], "Ben Arslan", "caseworker")
        sealing.new_dossier_key(dossier)
        kept = sealing.seal(dossier, "test", {"a": 1})
        word = sealing.hash_word("Arslan")
    with as_worker():
        assert call("keys", "rotate", "--municipality", "lindenau", "--json") == 0
        done = json.loads(capsys.readouterr().out)
        assert (done["version"], done["dossiers"], done["columns"]) == (2, 1, 1)
        assert call("keys", "list") == 0
    assert capsys.readouterr().out.splitlines() == ["birkenfurt: Fassung 1", "lindenau: Fassung 2"]
    # Without the first version everything still opens: nothing depends on it any more.
    path = tmp_path / "keys" / "town" / f"{towns[0]}.json"
    content = json.loads(path.read_text())
    content["versions"] = content["versions"][1:]
    path.write_text(json.dumps(content))
    ports.key_store.plug(KeyStore(tmp_path / "keys", life=0))
    with tenancy.town(towns[0]):
        assert sealing.unseal(dossier, "test", kept) == {"a": 1}
        assert sealing.hash_word("Arslan") == word
        half, _ = sign_in.check_password(email=ben.email, password=PASSWORD, net="x", now=NOW)
        assert sign_in.check_totp(half, ben.code(NOW), net="x", now=NOW)
        assert Entry.objects.filter(verb="key.rotated").count() == 1
