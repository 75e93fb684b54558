"""Typed readers of the environment: every outside setting, its meaning and its default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

Mode = Literal["demo", "production", "test"]
Role = Literal["owner", "web", "worker"]

ROLE_NAMES: dict[Role, str] = {
    "owner": "gemeinwerk_owner",
    "web": "gemeinwerk_web",
    "worker": "gemeinwerk_worker",
}


class SettingError(Exception):
    """A setting has a value that cannot be used; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where PostgreSQL answers: `host` may be the folder of a Unix socket."""

    host: str
    port: int
    name: str
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Environment:
    """All outside settings of one process."""

    mode: Mode
    role: Role
    data: Path
    port: int
    base_domain: str
    database: DatabaseAddress
    mail_url: str
    scanner_url: str
    proxy: str
    town_keys: str
    secret: str
    drafts_per_net: int
    fim_portal_url: str = "https://fimportal.de"


def read(source: Mapping[str, str] = os.environ) -> Environment:
    """Read and check the environment; raise `SettingError` with a sentence for the operator."""
    mode = _one_of(source, "GEMEINWERK_MODE", ("demo", "production", "test"), "demo")
    role = _one_of(source, "GEMEINWERK_ROLE", ("owner", "web", "worker"), "web")
    data = Path(source.get("GEMEINWERK_DATA") or "var").resolve()
    return Environment(
        mode=mode,  # type: ignore[arg-type]  # _one_of has checked it
        role=role,  # type: ignore[arg-type]  # _one_of has checked it
        data=data,
        port=_port(source.get("GEMEINWERK_PORT") or "8000"),
        base_domain=source.get("GEMEINWERK_DOMAIN") or "localhost",
        database=_database(source, data, role),
        mail_url=source.get("GEMEINWERK_MAIL_URL") or "",
        scanner_url=source.get("GEMEINWERK_SCANNER_URL") or "",
        proxy=_address(source, "GEMEINWERK_PROXY"),
        town_keys=source.get("GEMEINWERK_TOWN_KEYS") or "",
        secret=_secret(data, mode),
        drafts_per_net=_count(source, "GEMEINWERK_DRAFTS_PER_NET", 300),
        fim_portal_url=source.get("GEMEINWERK_FIM_PORTAL_URL") or "https://fimportal.de",
    )


def role_secret(data: Path, role: str) -> str:
    """Return the database password of the web or worker role; set-up writes it once."""
    path = data / "secrets" / f"{role}.secret"
    return path.read_text().strip() if path.exists() else ""


def _one_of(source: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = source.get(name) or default
    if value not in allowed:
        raise SettingError(f"{name}={value}: allowed are {', '.join(allowed)}.")
    return value


def _address(source: Mapping[str, str], name: str) -> str:
    """Return the address of the one trusted proxy in its usual spelling, "" for none."""
    value = (source.get(name) or "").strip()
    if not value:
        return ""
    try:
        return str(ip_address(value))
    except ValueError:
        raise SettingError(f"{name}={value}: give one IP address, for example 127.0.0.1.") from None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 65536:
        raise SettingError(f"GEMEINWERK_PORT={text}: give a number from 1 to 65535.")
    return int(text)


def _count(source: Mapping[str, str], name: str, default: int) -> int:
    text = source.get(name) or str(default)
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise SettingError(f"{name}={text}: give a whole number from 1.")
    return int(text)


def _secret(data: Path, mode: str) -> str:
    path = data / "secrets" / "web-key.secret"
    if path.exists():
        return path.read_text().strip()
    # Commands that never serve (help, schema check) work before set-up has run.
    return "unused-before-setup" if mode != "production" else ""


def _database(source: Mapping[str, str], data: Path, role: str) -> DatabaseAddress:
    url = source.get("DATABASE_URL")
    if url:
        return for_role(parse_database_url(url), data, role)
    embedded = DatabaseAddress(
        # Resolved: the launcher may keep the socket in a folder with a shorter name.
        host=str((data / "postgres" / "socket").resolve()),
        port=5432,
        name="gemeinwerk",
        user=ROLE_NAMES["owner"],
        password=role_secret(data, "owner"),
    )
    return for_role(embedded, data, role)


def parse_database_url(url: str) -> DatabaseAddress:
    """Parse `postgresql://owner:password@host:port/name`; a socket folder goes in `?host=`."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SettingError(
            "DATABASE_URL must begin with postgresql://, for example "
            "postgresql://owner:password@localhost:5432/gemeinwerk"
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return DatabaseAddress(
        host=unquote(query.get("host", "")) or parts.hostname or "localhost",
        port=parts.port or int(query.get("port", "5432")),
        name=unquote(parts.path.lstrip("/")) or "gemeinwerk",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def for_role(owner: DatabaseAddress, data: Path, role: str) -> DatabaseAddress:
    """Return the address for web or worker beside the owner's."""
    if role == "owner":
        return owner
    return DatabaseAddress(
        host=owner.host,
        port=owner.port,
        name=owner.name,
        user=ROLE_NAMES[role],  # type: ignore[index]  # checked by _one_of
        password=role_secret(data, role),
    )
