"""Logins of the demonstration (Zugänge): a real password and a real second factor to try out.

They are drawn anew for each data folder and shown on its demo page and at its start. Outside demo
mode nobody gets one, and production refuses a data folder that has them (S98).
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from gemeinwerk.project.demo.towns import TOWNS
from gemeinwerk.web.ui.roles import ROLE_NAMES

NAME = "demo-logins.secret"
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Logins:
    """What all invented staff of one demo sign in with, beside their addresses."""

    password: str
    totp: str


def of(data: Path) -> Logins | None:
    """Return the logins of a data folder, None when it has none."""
    path = data / "secrets" / NAME
    return Logins(**json.loads(path.read_text())) if path.exists() else None


def make(data: Path) -> Logins:
    """Draw the logins of a data folder, once."""
    from gemeinwerk.apps.identity import totp

    found = of(data)
    if found is not None:
        return found
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
    made = Logins("-".join(groups), totp.new_secret())
    path = data / "secrets" / NAME
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w") as file:
        json.dump(asdict(made), file)
    return made


def give(staff_id: UUID, *, now: datetime) -> None:
    """Let an invented colleague sign in with the logins of this demo; refused elsewhere (S98)."""
    from django.conf import settings

    from gemeinwerk.apps.identity import passwords, totp
    from gemeinwerk.apps.identity.models import Credential

    if settings.ENVIRONMENT.mode != "demo":
        raise RuntimeError("Logins that everybody may read exist in demo mode only.")
    shown = make(settings.ENVIRONMENT.data)
    Credential.objects.create(
        staff_id=staff_id,
        password=passwords.hashed(shown.password),
        sealed_totp=totp.sealed(staff_id, shown.totp),
        changed_at=now,
    )


def address(slug: str, number: int) -> str:
    """Return the e-mail address of the colleague with this number (from 1) in a town."""
    return f"person{number}@{slug}.example"


def lines(data: Path) -> Iterator[str]:
    """Say at the start of a demo whom one can be and how."""
    yield "  Zum Ausprobieren, ohne Passwort: Seite /demo jedes Ortes. Im Rathaus arbeiten dort:"
    for town in TOWNS:
        yield f"  {town.name}"
        for number, person in enumerate(town.staff, start=1):
            roles = ", ".join(ROLE_NAMES[role] for role in person.roles)
            yield f"    {address(town.slug, number):<32} {person.name} ({roles})"
    shown = of(data)
    if shown is not None:
        yield "  Echte Anmeldung unter /amt/ mit der E-Mail-Adresse von oben:"
        yield f"    Passwort {shown.password}   Schlüssel für die Authenticator-App {shown.totp}"
