"""Facts of the database, as the web role sees it: durability, rights, walls, limits, silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.municipalities.walls import WEB, WORKER, Reviewed
from gemeinwerk.apps.notices import law
from gemeinwerk.connectors.key_store import KeyStore, KeyStoreError
from gemeinwerk.project.deployment.facts import Fact, fact
from gemeinwerk.project.launcher import fingerprint

LONGEST_STATEMENT = 5000  # milliseconds
MOST_SKEW = timedelta(seconds=5)
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
_SILENT = {
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_min_error_statement": ("panic", "fatal"),
    "log_parameter_max_length_on_error": ("0",),
    "log_error_verbosity": ("terse",),
    "debug_print_parse": ("off",),
    "debug_print_plan": ("off",),
}


def durability() -> Iterator[Fact]:
    """Nothing that was confirmed may be lost (S60)."""
    known = _settings()
    for name in _DURABLE:
        yield fact(
            f"database.{name}",
            known.get(name, "off") != "off",
            f"PostgreSQL läuft mit {name}=on; sonst gehen bestätigte Anträge verloren.",
            f"PostgreSQL runs with {name}=on; otherwise confirmed applications get lost.",
        )
    yield fact(
        "database.version",
        int(known.get("server_version_num", "0")) >= 150000,
        "PostgreSQL ist 15 oder neuer.",
        "PostgreSQL is 15 or newer.",
    )


def roles() -> Iterator[Fact]:
    """The serving roles own nothing and pass no wall (S02)."""
    owned = "SELECT 1 FROM pg_class c JOIN pg_roles r ON c.relowner = r.oid"
    yield fact(
        "roles.own_nothing",
        not _rows(f"{owned} WHERE r.rolname IN (%s, %s) LIMIT 1", WEB, WORKER),
        "Den Rollen für Web und Arbeiter gehört keine Tabelle.",
        "The roles of web and worker own no table.",
    )
    rights = _rows(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"
        " FROM pg_roles WHERE rolname IN (%s, %s)",
        WEB,
        WORKER,
    )
    yield fact(
        "roles.no_power",
        len(rights) == 2 and not any(row[0] for row in rights),
        "Die Rollen für Web und Arbeiter können Mauern zwischen Orten nicht umgehen.",
        "The roles of web and worker cannot pass the walls between towns.",
    )
    member = "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON m.member = r.oid"
    yield fact(
        "roles.no_membership",
        not _rows(f"{member} WHERE r.rolname IN (%s, %s) LIMIT 1", WEB, WORKER),
        "Die Rollen für Web und Arbeiter sind in keiner anderen Rolle.",
        "The roles of web and worker are members of no other role.",
    )
    yield fact(
        "roles.web_serves",
        _rows("SELECT current_user")[0][0] == WEB,
        f"Der Webserver meldet sich als {WEB} an.",
        f"The web server signs in as {WEB}.",
    )


def walls() -> Iterator[Fact]:
    """Row level security is forced on each table with rows of towns (S01)."""
    tables = _rows(
        "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
        " EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*'"
        "         AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL)"
        " FROM pg_class c WHERE c.relkind IN ('r', 'p')"
        " AND c.relnamespace = 'public'::regnamespace"
    )
    walled = [row for row in tables if row[0] not in Reviewed.TABLES]
    open_ones = sorted(name for name, forced, _ in walled if not forced)
    yield fact(
        "walls.forced",
        bool(walled) and not open_ones,
        f"Die Mauer ist bei jeder Tabelle eines Ortes erzwungen. Offen: {open_ones or 'keine'}.",
        f"The wall is forced on each table of a town. Open: {open_ones or 'none'}.",
    )
    yield fact(
        "walls.complete",
        bool(walled) and all(policy for _, _, policy in walled),
        "Jede Mauer gilt für Lesen und Schreiben.",
        "Each wall holds for reading and writing.",
    )
    yield fact(
        "walls.closed_by_default",
        not _rows("SELECT 1 FROM audit_entry LIMIT 1"),
        "Ohne Ort liefert die Datenbank nichts.",
        "Without a town the database yields nothing.",
    )


def limits() -> Iterator[Fact]:
    """Every statement of the web ends soon (S33)."""
    known = _settings()
    timeout = int(known.get("statement_timeout", "0"))
    yield fact(
        "database.statement_timeout",
        0 < timeout <= LONGEST_STATEMENT,
        f"Abfragen des Webs enden nach höchstens {LONGEST_STATEMENT // 1000} Sekunden.",
        f"Statements of the web end after {LONGEST_STATEMENT // 1000} seconds at most.",
    )
    loud = sorted(
        name for name, allowed in _SILENT.items() if known.get(name, allowed[0]) not in allowed
    )
    yield fact(
        "database.silent_log",
        not loud,
        f"PostgreSQL schreibt keine Werte in sein Protokoll. Zu ändern: {loud or 'nichts'}.",
        f"PostgreSQL writes no values to its log. To change: {loud or 'nothing'}.",
    )
    address = settings.ENVIRONMENT.database
    here = address.host.startswith("/") or address.host in ("localhost", "127.0.0.1", "::1")
    yield fact(
        "database.encrypted",
        here or bool(_rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")[0][0]),
        "Die Verbindung zur Datenbank bleibt auf diesem Rechner oder ist verschlüsselt.",
        "The connection to the database stays on this machine or is encrypted.",
    )


def state() -> Iterator[Fact]:
    """Tables of this release, a clock that agrees, towns that can be answered."""
    mark = _rows("SELECT obj_description(to_regclass('django_migrations'), 'pg_class')")
    yield fact(
        "database.migrated",
        mark[0][0] == fingerprint.migrations(),
        "Die Tabellen sind auf dem Stand dieser Version (gemeinwerk setup).",
        "The tables are those of this release (gemeinwerk setup).",
    )
    skew = abs(datetime.now(UTC) - _rows("SELECT clock_timestamp()")[0][0])
    yield fact(
        "time.agreed",
        skew < MOST_SKEW,
        "Die Uhren von Rechner und Datenbank stimmen überein.",
        "The clocks of machine and database agree.",
    )
    towns = municipalities.all_towns()
    yield fact(
        "keys.of_towns",
        all(_has_key(town.id) for town in towns),
        "Der Schlüssel jedes Ortes ist da und lässt sich lesen.",
        "The key of each town is there and can be read.",
    )
    senders = [str(town.contact.get("email", "")) for town in towns]
    yield fact(
        "mail.sender",
        all("@" in sender and not sender.endswith(".example") for sender in senders),
        "Jeder Ort hat eine echte E-Mail-Adresse als Absender.",
        "Each town has a real e-mail address as sender.",
    )


def _has_key(municipality_id: int) -> bool:
    environment = settings.ENVIRONMENT
    try:
        store = KeyStore(environment.data / "keys", town_keys=environment.town_keys)
        store.town_key(municipality_id)
    except (KeyStoreError, OSError, ValueError):
        return False
    return True


def _settings() -> dict[str, str]:
    return dict(_rows("SELECT name, setting FROM pg_settings"))


def _rows(statement: str, *values: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall())


def law_confirmed() -> Iterator[Fact]:
    """A wrong remedy notice makes the period a year: each town confirms its table (R17)."""
    unsure = []
    for town in municipalities.all_towns():
        with tenancy.town(town.id):
            if not law.law_of(town).on:
                unsure.append(town.slug)
    yield fact(
        "law.confirmed",
        not unsure,
        f"Jeder Ort hat Rechtsbehelf und Fristen bestätigt. Offen: {unsure or 'keiner'}.",
        f"Each town has confirmed remedies and periods. Open: {unsure or 'none'}.",
        grave=False,
    )


LOOKS = (durability, roles, walls, limits, state, law_confirmed)
