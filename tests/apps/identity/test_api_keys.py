"""API keys of partners: shown once, kept as fingerprint, ended at once; by command, too."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.offices import lindenau, operator, plugged, towns

__all__ = ["lindenau", "plugged", "towns"]

pytestmark = pytest.mark.django_db


def make(town: int, **changed: Any) -> Any:
    from django.utils import timezone

    from gemeinwerk.apps.identity import partners

    now = timezone.now()
    settings = {"name": "Portal", "services": ["*"], "expires_at": now + timedelta(days=9)}
    return partners.add_key(actor=operator(town), now=now, **{**settings, **changed})


def test_only_the_fingerprint_is_kept(lindenau: int) -> None:
    from gemeinwerk.apps.identity.models import ApiKey

    _, text = make(lindenau)
    row = ApiKey.objects.get()
    assert text not in str(row.__dict__)
    assert text.startswith(row.hint) and len(text) > 4 * len(row.hint)


def test_a_key_is_recognised_until_it_ends(lindenau: int) -> None:
    from django.utils import timezone

    from gemeinwerk.apps.identity import partners

    now = timezone.now()
    row, text = make(lindenau, services=["hund"])
    partner = partners.recognise(text, net="n", now=now)
    assert partner.may_send("hund") and not partner.may_send("katze")
    with pytest.raises(partners.KeyRefusedError):
        partners.recognise(text, net="n", now=now + timedelta(days=10))
    partners.revoke_key(actor=operator(lindenau), key_id=row.id, now=now)
    with pytest.raises(partners.KeyRefusedError):
        partners.recognise(text, net="n", now=now)


def test_guessing_is_slowed_down_per_net(lindenau: int) -> None:
    from django.utils import timezone

    from gemeinwerk.apps.identity import limits, partners
    from gemeinwerk.apps.identity.actions import TooManyTriesError

    now = timezone.now()
    for number in range(limits.PER_NET):
        with pytest.raises(partners.KeyRefusedError):
            partners.recognise(f"gwk_{number}", net="n", now=now)
    with pytest.raises(TooManyTriesError):
        partners.recognise("gwk_next", net="n", now=now)


@pytest.mark.parametrize(
    "changed",
    [{"name": " "}, {"services": []}, {"days": 0}, {"days": 9000}],
)
def test_settings_have_to_make_sense(lindenau: int, changed: dict[str, Any]) -> None:
    from django.utils import timezone

    from gemeinwerk.apps.identity import partners

    if "days" in changed:
        changed = {"expires_at": timezone.now() + timedelta(days=changed["days"])}
    with pytest.raises(partners.KeySettingsError):
        make(lindenau, **changed)


def test_nobody_else_makes_keys(lindenau: int) -> None:
    from django.utils import timezone

    from gemeinwerk.apps.identity import partners
    from gemeinwerk.core.access import anonymous
    from gemeinwerk.core.kernel import RefusedError

    now = timezone.now()
    with pytest.raises(RefusedError):
        partners.add_key(
            actor=anonymous(lindenau), name="x", services=["*"], expires_at=now, now=now
        )
    with pytest.raises(RefusedError):
        partners.keys(anonymous(lindenau))


def test_the_command_adds_lists_and_revokes(lindenau: int, capsys: Any) -> None:
    from gemeinwerk.apps.identity import partners
    from gemeinwerk.project.command_line import build_parser
    from gemeinwerk.project.commands import api_key

    def run(*words: str) -> tuple[int, str]:
        args = build_parser("api-key").parse_args(["api-key", *words, "--municipality", "lindenau"])
        code = api_key.in_town(args)
        return code, capsys.readouterr().out

    for days in ("-99999999999", "0", "99999999999"):
        with pytest.raises(partners.KeySettingsError):
            run("add", "--name", "Portal", "--service", "*", "--days", days)
    code, out = run("add", "--name", "Portal", "--service", "*", "--json")
    made = json.loads(out)
    assert code == 0 and made["key"].startswith("gwk_")
    assert made["key"] not in run("list")[1]
    assert run("add", "--name", "Portal", "--service", "nichts")[0] == 2
    assert run("revoke", made["id"])[0] == 0
    assert run("revoke", made["id"])[0] == 1
    assert run("revoke", "x")[0] == 1
    assert json.loads(run("list", "--json")[1])[0]["revoked_at"]
    assert "beendet" in run("list")[1]
