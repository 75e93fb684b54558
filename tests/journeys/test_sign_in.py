"""Staff sign in: enrolled with an app, by password and code, and with a passkey of the browser."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from typing import Any

import pytest

from tests.journeys.acts import be

pytestmark = pytest.mark.browser

EMAIL = "nele.nordmann@lindenbrueck.example"
PASSWORD = "vier ruhige Enten schwimmen"  # of an invented person


def test_app_and_passkey_open_the_desk(stage: Any, new_page: Any, sound: Any) -> None:
    code = _added(new_page(1280), stage)
    page = new_page(1280)
    _authenticator(page)
    secret = _enrolled(page, stage, code, sound)
    _passkey_added(page, sound)
    _signed_out(page)
    _password(page, stage)
    # The code of the enrolment is spent; the next one is taken a moment early.
    page.get_by_label("Code aus Ihrer App").fill(_code(secret, ahead=1))
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/amt/")
    _signed_out(page)
    _password(page, stage)
    sound(page)
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/amt/")
    assert page.get_by_text("Nele Nordmann").is_visible()


def _added(page: Any, stage: Any) -> str:
    """Let the operator take her in; return the code that is shown once."""
    be(page, stage, "Petra Lorenz")
    page.goto(stage.url("/leitung/personal/neu"))
    page.get_by_label("Vor- und Nachname").fill("Nele Nordmann")
    page.get_by_label("Dienstliche E-Mail-Adresse").fill(EMAIL)
    page.get_by_label("Sachbearbeitung").check()
    page.get_by_label("Ordnungsamt").check()
    page.locator("main form button[type=submit]").last.click()
    return str(page.locator(".gw-reference__value").first.inner_text())


def _authenticator(page: Any) -> None:
    """Give the browser an authenticator that says yes, as a telephone would."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _enrolled(page: Any, stage: Any, code: str, sound: Any) -> str:
    """Set up password and app; return the secret of the app."""
    page.goto(stage.url("/amt/einrichten"))
    page.get_by_label("Dienstliche E-Mail-Adresse").fill(EMAIL)
    page.get_by_label("Einrichtungscode").fill(code)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/einrichten/zugang")
    sound(page)
    secret = str(page.locator("code").first.inner_text()).replace(" ", "")
    page.get_by_label("Neues Passwort", exact=True).fill(PASSWORD)
    page.get_by_label("Neues Passwort wiederholen").fill(PASSWORD)
    page.get_by_label("Code aus der App").fill(_code(secret))
    page.get_by_role("button", name="Zugang einrichten").click()
    page.wait_for_url("**/amt/zugang?neu=1")
    return secret


def _passkey_added(page: Any, sound: Any) -> None:
    sound(page)
    page.get_by_label("Name des Passkeys").fill("Dienstrechner")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    page.wait_for_url("**/amt/zugang?geaendert=passkey")
    assert page.get_by_text("Dienstrechner, hinzugefügt am").is_visible()


def _signed_out(page: Any) -> None:
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/amt/anmelden")


def _password(page: Any, stage: Any) -> None:
    page.goto(stage.url("/amt/anmelden"))
    page.get_by_label("Dienstliche E-Mail-Adresse").fill(EMAIL)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Weiter").click()
    page.wait_for_url("**/bestaetigen")


def _code(secret: str, *, ahead: int = 0) -> str:
    """Reckon the code as an app does (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.digest(key, step, "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
