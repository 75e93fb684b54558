"""Facts of the configuration: mode, names, partners, cookies, headers, limits."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.urls import URLPattern, URLResolver, get_resolver

from gemeinwerk.apps.identity import actions, limits
from gemeinwerk.project import content, start_urls
from gemeinwerk.project.deployment.facts import Fact, fact
from gemeinwerk.web.ui import render
from gemeinwerk.web.ui.middleware import headers, session

# What a demo leaves in its data folder: its stamp, its logins (`demo.logins`).
DEMO_FILES = ("demo.seeded", "secrets/demo-logins.secret")
SECRET_LENGTH = 50  # characters
REACHED_WITHIN = 3.0  # seconds
# OWASP and RFC 9106 (second choice) as lower bounds.
ARGON2_MEMORY, ARGON2_TIME = 19 * 1024, 2


def mode() -> Iterator[Fact]:
    """Production, with nothing of the demonstration in it."""
    environment = settings.ENVIRONMENT
    yield fact(
        "mode.production",
        environment.mode == "production",
        "Der Betrieb läuft als GEMEINWERK_MODE=production.",
        "The installation runs as GEMEINWERK_MODE=production.",
    )
    yield fact(
        "mode.no_debug_pages",
        not settings.DEBUG,
        "Fehlerseiten für Entwickler sind ausgeschaltet.",
        "Error pages for developers are off.",
    )
    demo = [route for route in routes() if "gemeinwerk.project.demo" in route]
    yield fact(
        "demo.no_routes",
        not demo,
        "Rollenwahl und Postseite der Vorführung haben keine Adresse.",
        "Role chooser and mail page of the demo have no address.",
    )
    yield fact(
        "demo.no_templates",
        content.DEMO_TEMPLATES not in render.TEMPLATE_FOLDERS,
        "Vorlagen der Vorführung werden nicht geladen.",
        "Templates of the demo are not loaded.",
    )
    yield fact(
        "demo.no_sample_data",
        not any(environment.data.joinpath(name).exists() for name in DEMO_FILES),
        "Der Datenordner wurde nie mit erfundenen Orten gefüllt; nehmen Sie sonst einen neuen.",
        "The data folder was never filled with invented towns; otherwise take a new one.",
    )


def routes() -> Iterator[str]:
    """Yield module and name of every view that an address leads to."""
    yield from _views(get_resolver().url_patterns)
    yield from _views(start_urls.urlpatterns)


def _views(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        else:
            yield f"{pattern.callback.__module__}.{pattern.callback.__name__}"


def names() -> Iterator[Fact]:
    """Secrets and host names."""
    environment = settings.ENVIRONMENT
    yield fact(
        "secret.length",
        len(environment.secret) >= SECRET_LENGTH and len(set(environment.secret)) > 15,
        f"Der Signierschlüssel in secrets/web-key.secret hat {SECRET_LENGTH} zufällige Zeichen.",
        f"The signing key in secrets/web-key.secret has {SECRET_LENGTH} random characters.",
    )
    domain = environment.base_domain
    yield fact(
        "domain.named",
        "." in domain and not domain.endswith("localhost") and not _is_address(domain),
        "GEMEINWERK_DOMAIN nennt die Internetadresse, unter der die Orte zu finden sind.",
        "GEMEINWERK_DOMAIN names the internet domain under which the towns are found.",
    )
    yield fact(
        "hosts.named",
        set(settings.ALLOWED_HOSTS) == {domain, f".{domain}"},
        "Nur die eigenen Namen werden beantwortet.",
        "Only our own host names are answered.",
    )
    yield fact(
        "proxy.named",
        bool(environment.proxy),
        "GEMEINWERK_PROXY nennt die Adresse des Rechners, der die Verschlüsselung (TLS) macht.",
        "GEMEINWERK_PROXY names the address of the machine that speaks TLS.",
    )


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def scanner() -> Iterator[Fact]:
    """The external virus scanner (S41)."""
    url = settings.ENVIRONMENT.scanner_url
    yield fact(
        "scanner.named",
        url.startswith("clamd://"),
        "GEMEINWERK_SCANNER_URL nennt einen Virenscanner, etwa clamd:///run/clamav/clamd.ctl.",
        "GEMEINWERK_SCANNER_URL names a virus scanner, for example clamd:///run/clamav/clamd.ctl.",
    )
    yield fact(
        "scanner.answers",
        _scanner_answers(url),
        "Der Virenscanner antwortet.",
        "The virus scanner answers.",
    )


def _scanner_answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.socket(socket.AF_INET if parts.hostname else socket.AF_UNIX) as peer:
            peer.settimeout(REACHED_WITHIN)
            peer.connect((parts.hostname, parts.port or 3310) if parts.hostname else parts.path)
            peer.sendall(b"zPING\0")
            return peer.recv(16).startswith(b"PONG")
    except OSError:
        return False


def mail() -> Iterator[Fact]:
    """The mail server."""
    parts = urlsplit(settings.ENVIRONMENT.mail_url)
    yield fact(
        "mail.named",
        parts.scheme in ("smtp", "smtps") and bool(parts.hostname),
        "GEMEINWERK_MAIL_URL nennt den Mailserver, etwa smtps://name:kennwort@mail.example:465.",
        "GEMEINWERK_MAIL_URL names the mail server, e.g. smtps://user:password@mail.example:465.",
    )
    security = parse_qs(parts.query).get("security", [""])[0]
    yield fact(
        "mail.encrypted",
        bool(parts.hostname) and (security != "none" or parts.hostname in _HERE),
        "E-Mails gehen verschlüsselt (TLS) zum Mailserver.",
        "Mails go to the mail server over TLS.",
    )
    yield fact(
        "mail.answers",
        _reached(parts.hostname or "", parts.port or (465 if parts.scheme == "smtps" else 587)),
        "Der Mailserver antwortet; bis dahin warten E-Mails.",
        "The mail server answers; until then mails wait.",
        grave=False,
    )


_HERE = ("localhost", "127.0.0.1", "::1")


def _reached(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=REACHED_WITHIN).close()
    except OSError:
        return False
    return bool(host)


def browsers() -> Iterator[Fact]:
    """Cookies and headers (S23, S50, S51)."""
    yield from _cookies()
    yield from _headers()


def _cookies() -> Iterator[Fact]:
    yield fact(
        "cookies.session",
        session.COOKIE.startswith("__Host-"),
        "Der Sitzungs-Cookie gilt nur für einen Ort und nur verschlüsselt (__Host-).",
        "The session cookie holds for one host only and only over TLS (__Host-).",
    )
    yield fact(
        "cookies.forms",
        settings.CSRF_COOKIE_NAME.startswith("__Host-")
        and settings.CSRF_COOKIE_SECURE
        and settings.CSRF_COOKIE_HTTPONLY
        and settings.CSRF_COOKIE_SAMESITE in ("Lax", "Strict"),
        "Der Formular-Cookie ist Secure, HttpOnly und SameSite.",
        "The cookie of forms is Secure, HttpOnly and SameSite.",
    )


def _headers() -> Iterator[Fact]:
    given = headers.HEADERS
    policy = given.get("Content-Security-Policy", "")
    yield fact(
        "headers.content_policy",
        "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy,
        "Seiten laden nur eigene Skripte und Bilder (Content-Security-Policy).",
        "Pages load only our own scripts and pictures (Content-Security-Policy).",
    )
    yield fact(
        "headers.tls_only",
        "max-age=63072000" in given.get("Strict-Transport-Security", ""),
        "Browser kommen zwei Jahre lang nur verschlüsselt wieder (HSTS).",
        "Browsers come back over TLS only for two years (HSTS).",
    )
    yield fact(
        "headers.framing",
        "frame-ancestors 'none'" in policy and given.get("X-Content-Type-Options") == "nosniff",
        "Fremde Seiten können unsere nicht einrahmen, Browser raten keine Dateiarten.",
        "Foreign pages cannot frame ours, browsers do not guess kinds of files.",
    )
    first = [name.rpartition(".")[2] for name in settings.MIDDLEWARE[:3]]
    yield fact(
        "headers.in_order",
        first == ["SecurityHeaders", "ProxyMiddleware", "TownMiddleware"]
        and "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE,
        "Kopfzeilen, Vermittler, Ort und Formularschutz prüfen jede Anfrage.",
        "Headers, proxy, town and form protection see every request.",
    )


def people() -> Iterator[Fact]:
    """Passwords, sessions, tries (S20 to S25)."""
    hasher = Argon2PasswordHasher
    yield fact(
        "passwords.argon2id",
        settings.PASSWORD_HASHERS[:1] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        and hasher.memory_cost >= ARGON2_MEMORY
        and hasher.time_cost >= ARGON2_TIME,
        "Kennwörter werden mit Argon2id und genug Aufwand bewahrt.",
        "Passwords are kept with Argon2id and enough work.",
    )
    half_hour, half_day = timedelta(minutes=30), timedelta(hours=12)
    yield fact(
        "sessions.staff",
        half_hour >= actions.STAFF_IDLE and half_day >= actions.STAFF_TOTAL,
        "Sitzungen der Verwaltung enden nach 30 Minuten Ruhe und nach 12 Stunden.",
        "Sessions of staff end after 30 idle minutes and after 12 hours.",
    )
    yield fact(
        "sessions.citizens",
        half_hour >= actions.CITIZEN_IDLE and half_day >= actions.CITIZEN_TOTAL,
        "Sitzungen der Bürgerinnen und Bürger enden nach 30 Minuten Ruhe und nach 12 Stunden.",
        "Sessions of citizens end after 30 idle minutes and after 12 hours.",
    )
    yield fact(
        "tries.limited",
        limits.PER_ACCOUNT <= 10 and limits.PER_NET <= 60 and limits.PER_CODE <= 5,
        "Falsche Versuche sind begrenzt: 10 je Konto, 60 je Netz, 5 je Code.",
        "Wrong tries are limited: 10 per account, 60 per net, 5 per code.",
    )


def uploads() -> Iterator[Fact]:
    """Limits before work (S33)."""
    yield fact(
        "uploads.size",
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 12 * 1024 * 1024,
        "Eine Anfrage hat höchstens 12 MB.",
        "A request has at most 12 MB.",
    )
    yield fact(
        "uploads.number",
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS <= 1000
        and settings.DATA_UPLOAD_MAX_NUMBER_FILES <= 100,
        "Eine Anfrage hat höchstens 1.000 Felder und 100 Dateien.",
        "A request has at most 1,000 fields and 100 files.",
    )


LOOKS = (mode, names, scanner, mail, browsers, people, uploads)
