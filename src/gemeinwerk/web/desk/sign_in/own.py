"""Own access (Mein Zugang): password, authenticator app, passkeys; changes need a fresh sign-in."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from gemeinwerk.apps.identity import factors, passkeys, queries
from gemeinwerk.apps.identity.errors import (
    FreshSignInError,
    PasskeyError,
    SignInExpiredError,
    WeakPasswordError,
    WrongCredentialsError,
    WrongFactorError,
)
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.desk.sign_in.enrol import RepeatedDifferentlyError, app_offer
from gemeinwerk.web.desk.sign_in.forms import again, posted, site
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import SIGN_IN, staff_only

HERE = "/amt/zugang"
TEMPLATE = "desk/sign_in/own.html"


@staff_only
@require_safe
def own(request: PageRequest) -> HttpResponse:
    """/amt/zugang: what this person signs in with; roles of the demo sign in with nothing."""
    try:
        context = _context(request)
    except NotFoundError:
        return render(request, "desk/sign_in/without.html", {"section": "access"})
    return render(request, TEMPLATE, context)


@staff_only
@require_POST
def change_password(request: PageRequest) -> HttpResponse:
    """Set another password."""

    def change() -> None:
        new = posted(request, "neu")
        if new != posted(request, "wiederholt"):
            raise RepeatedDifferentlyError
        factors.change_password(
            request.actor,
            request.session_row,
            present=posted(request, "passwort"),
            new=new,
            now=now(),
        )

    return _changed(request, change, "passwort", "passwort")


@staff_only
@require_POST
def change_totp(request: PageRequest) -> HttpResponse:
    """Take the new authenticator app."""
    code = posted(request, "code", most=20)
    return _changed(
        request,
        lambda: factors.change_totp(request.actor, request.session_row, code=code, now=now()),
        "code",
        "app",
    )


@staff_only
@require_POST
def add_passkey(request: PageRequest) -> HttpResponse:
    """Store the passkey that the browser made."""

    def add() -> None:
        passkeys.add(
            request.actor,
            request.session_row,
            site(request),
            answer=posted(request, "passkey", most=20_000),
            name=posted(request, "name", most=80),
            now=now(),
        )

    return _changed(request, add, "name", "passkey")


@staff_only
@require_POST
def remove_passkey(request: PageRequest, passkey_id: UUID) -> HttpResponse:
    """Remove a passkey."""
    return _changed(
        request,
        lambda: factors.remove_passkey(request.actor, request.session_row, passkey_id, now=now()),
        "name",
        "entfernt",
    )


def _changed(
    request: PageRequest, change: Callable[[], None], field: str, done: str
) -> HttpResponse:
    """Do the change and come back; an old sign-in is renewed first (S25)."""
    try:
        change()
    except FreshSignInError:
        return HttpResponseRedirect(f"{SIGN_IN}?weiter={HERE}")
    except (
        PasskeyError,
        RepeatedDifferentlyError,
        SignInExpiredError,
        WeakPasswordError,
        WrongCredentialsError,
        WrongFactorError,
    ) as wrong:
        return again(request, TEMPLATE, _context(request), wrong, field)
    return HttpResponseRedirect(f"{HERE}?geaendert={done}")


def _context(request: PageRequest) -> dict[str, object]:
    ways = queries.ways_of(request.actor)
    context: dict[str, object] = {
        "section": "access",
        "errors": [],
        "error_at": {},
        "done": request.GET.get("geaendert", ""),
        "new": request.GET.get("neu", "") == "1",
        "ways": ways,
        "fresh": queries.is_fresh(request.session_row, now=now()),
    }
    if context["fresh"] and request.session_row is not None:
        session = request.session_row
        secret = factors.offered_secret(session, ways.staff_id)
        context |= app_offer(secret, ways.email, request.here.name)
        context["options"] = passkeys.offer_new(request.actor, session, site(request), now=now())
    return context
