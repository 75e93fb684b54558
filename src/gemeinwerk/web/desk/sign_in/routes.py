"""Routes of the sign-in, below "amt/"."""

from django.urls import path

from gemeinwerk.web.desk.sign_in import enrol, entry, own

urlpatterns = [
    path("anmelden", entry.password, name="desk.sign_in"),
    path("anmelden/bestaetigen", entry.factor, name="desk.second_factor"),
    path("anmelden/verloren", entry.lost, name="desk.lost_factor"),
    path("abmelden", entry.sign_out, name="desk.sign_out"),
    path("einrichten", enrol.code, name="desk.enrol"),
    path("einrichten/zugang", enrol.access, name="desk.enrol_access"),
    path("zugang", own.own, name="desk.access"),
    path("zugang/passwort", own.change_password, name="desk.change_password"),
    path("zugang/app", own.change_totp, name="desk.change_totp"),
    path("zugang/passkey", own.add_passkey, name="desk.add_passkey"),
    path(
        "zugang/passkey/<uuid:passkey_id>/entfernen", own.remove_passkey, name="desk.remove_passkey"
    ),
]
