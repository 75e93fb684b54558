"""Pages of the first sign-in: enrolment code, then password and authenticator app."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from gemeinwerk.apps.identity import enrolment, factors, sign_in, totp
from gemeinwerk.apps.identity.errors import (
    EnrolCodeError,
    SignInExpiredError,
    WeakPasswordError,
    WrongFactorError,
)
from gemeinwerk.apps.identity.models import Session
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.web.desk.sign_in.entry import FORM
from gemeinwerk.web.desk.sign_in.forms import again, posted
from gemeinwerk.web.ui.middleware import session as sessions
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now

START = "/amt/einrichten"


class RepeatedDifferentlyError(DomainError):
    """The new password was typed differently the second time."""

    code = "password.differs"


@FORM
def code(request: PageRequest) -> HttpResponse:
    """/amt/einrichten: address and enrolment code."""
    email = posted(request, "email", most=254)
    context = {"email": email, "errors": [], "error_at": {}}
    if request.method != "POST":
        return render(request, "desk/sign_in/code.html", context)
    try:
        session, token = enrolment.begin(
            email=email, code=posted(request, "code", most=60), net=request.net, now=now()
        )
    except EnrolCodeError as wrong:
        return again(request, "desk/sign_in/code.html", context, wrong, "code")
    sessions.sign_in(request, session, token)
    return HttpResponseRedirect(f"{START}/zugang")


@FORM
def access(request: PageRequest) -> HttpResponse:
    """/amt/einrichten/zugang: password and authenticator app; ends signed in."""
    try:
        context = _offer(request)
        if request.method != "POST":
            return render(request, "desk/sign_in/enrol.html", context)
        session, token = _set_up(request, known=bool(context["known"]))
    except SignInExpiredError:
        return HttpResponseRedirect(START)
    except (WeakPasswordError, RepeatedDifferentlyError, EnrolCodeError) as wrong:
        return again(request, "desk/sign_in/enrol.html", context, wrong, "passwort")
    except WrongFactorError as wrong:
        return again(request, "desk/sign_in/enrol.html", context, wrong, "code")
    sessions.sign_in(request, session, token)
    return HttpResponseRedirect("/amt/zugang?neu=1")


def _offer(request: PageRequest) -> dict[str, object]:
    session = request.session_row
    staff_id = sign_in.waiting_staff(session, "enrol", now=now())
    if session is None:
        raise SignInExpiredError
    secret = factors.offered_secret(session, staff_id)
    email = municipalities.staff_email(staff_id)
    return {
        "errors": [],
        "error_at": {},
        "known": enrolment.has_password(staff_id),
        "email": email,
        **app_offer(secret, email, request.here.name),
    }


def app_offer(secret: str, email: str, town: str) -> dict[str, object]:
    """Return QR code and secret in groups of four, as an authenticator app takes them."""
    address = totp.address(secret, email=email, town=town)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"picture": totp.picture(address), "secret": groups}


def _set_up(request: PageRequest, *, known: bool) -> tuple[Session, str]:
    password = posted(request, "passwort")
    if not known and password != posted(request, "wiederholt"):
        raise RepeatedDifferentlyError
    return enrolment.finish(
        request.session_row, password=password, code=posted(request, "code", most=20), now=now()
    )
