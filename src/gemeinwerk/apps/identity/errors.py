"""Why somebody cannot sign in or change a way to sign in."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class WrongCredentialsError(DomainError):
    """Address or password or code is wrong; never says which (S24)."""

    code = "sign_in.wrong"


class WrongFactorError(DomainError):
    """The code of the second factor is wrong, too old or was used before."""

    code = "sign_in.wrong_factor"


class SignInExpiredError(DomainError):
    """The step between password and second factor took too long or was begun elsewhere."""

    code = "sign_in.expired"


class EnrolCodeError(DomainError):
    """The enrolment code is unknown, used or too old."""

    code = "enrol.wrong_code"


class WeakPasswordError(DomainError):
    """The password is too easy to guess; `reason` chooses the sentence."""

    code = "password.weak"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class FreshSignInError(DomainError):
    """Changing a way to sign in needs a sign-in of the last five minutes (S25)."""

    code = "sign_in.not_fresh"


class PasskeyError(DomainError):
    """The browser's passkey answer could not be verified."""

    code = "passkey.refused"


class RecoveryGoneError(DomainError):
    """This recovery was released or used before, or is too old."""

    code = "recovery.gone"
