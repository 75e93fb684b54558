"""Pages of the sign-in: password, second factor, lost factor, sign-out."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from gemeinwerk.apps.identity import passkeys, recovery, sign_in
from gemeinwerk.apps.identity.errors import (
    PasskeyError,
    SignInExpiredError,
    WrongCredentialsError,
    WrongFactorError,
)
from gemeinwerk.apps.identity.models import Session
from gemeinwerk.web.desk.sign_in.forms import again, posted, site
from gemeinwerk.web.ui.middleware import session as sessions
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import SIGN_IN, own_path

HOME = "/amt/"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def password(request: PageRequest) -> HttpResponse:
    """/amt/anmelden: address and password."""
    target = own_path(posted(request, "weiter") or request.GET.get("weiter", ""), HOME)
    email = posted(request, "email", most=254)
    context = {"email": email, "target": target, "errors": [], "error_at": {}}
    if request.method != "POST":
        return render(request, "desk/sign_in/password.html", context)
    try:
        session, token = sign_in.check_password(
            email=email, password=posted(request, "passwort"), net=request.net, now=now()
        )
    except WrongCredentialsError as wrong:
        return again(request, "desk/sign_in/password.html", context, wrong, "email")
    session.data["target"] = target
    session.save(update_fields=["data"])
    sessions.sign_in(request, session, token)
    return HttpResponseRedirect(f"{SIGN_IN}/bestaetigen")


@FORM
def factor(request: PageRequest) -> HttpResponse:
    """/amt/anmelden/bestaetigen: passkey or code of the authenticator app."""
    session = request.session_row
    if session is None or session.half_signed_in is None:
        return HttpResponseRedirect(SIGN_IN)
    target = str(session.data.get("target", HOME))
    try:
        if request.method != "POST":
            return _factor_page(request, {"errors": [], "error_at": {}})
        fresh, token = _checked(request)
    except SignInExpiredError:
        return HttpResponseRedirect(SIGN_IN)
    except (WrongFactorError, PasskeyError) as wrong:
        context = {"options": passkeys.offer_sign_in(session, site(request), now=now())}
        return again(request, "desk/sign_in/factor.html", context, wrong, "code")
    sessions.sign_in(request, fresh, token)
    return HttpResponseRedirect(target)


@FORM
def lost(request: PageRequest) -> HttpResponse:
    """/amt/anmelden/verloren: ask a second person for a new second factor."""
    session = request.session_row
    if request.method != "POST":
        if session is None or session.half_signed_in is None:
            return HttpResponseRedirect(SIGN_IN)
        return render(request, "desk/sign_in/lost.html", {"asked": False})
    if session is None:
        raise SignInExpiredError
    recovery.ask(session, now=now())
    request.session_row = None
    return render(request, "desk/sign_in/lost.html", {"asked": True})


@require_POST
def sign_out(request: PageRequest) -> HttpResponse:
    """/amt/abmelden: the session ends on the server, the browser forgets (S23)."""
    if request.session_row is not None:
        sign_in.sign_out(request.actor, request.session_row, now=now())
        request.session_row = None
    response = HttpResponseRedirect(SIGN_IN)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.delete_cookie(sessions.COOKIE, path="/", samesite="Lax")
    response.cookies[sessions.COOKIE]["secure"] = True
    return response


def _checked(request: PageRequest) -> tuple[Session, str]:
    session = request.session_row
    if session is None:
        raise SignInExpiredError
    answer = posted(request, "passkey", most=20_000)
    if answer:
        return passkeys.check(session, site(request), answer, net=request.net, now=now())
    return sign_in.check_totp(session, posted(request, "code", most=20), net=request.net, now=now())


def _factor_page(request: PageRequest, context: dict[str, object]) -> HttpResponse:
    session = request.session_row
    if session is None:
        raise SignInExpiredError
    options = passkeys.offer_sign_in(session, site(request), now=now())
    return render(request, "desk/sign_in/factor.html", {**context, "options": options})
