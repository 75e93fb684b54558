"""Plugs connectors into the ports of the apps (Verdrahtung): one line per partner."""

from __future__ import annotations

from django.conf import settings

from gemeinwerk.apps import ports
from gemeinwerk.connectors import mail_delivery, virus_scan
from gemeinwerk.connectors.audit_heads import HeadFolder
from gemeinwerk.connectors.file_store import FileStore
from gemeinwerk.connectors.key_store import KeyStore
from gemeinwerk.project import content, reactions
from gemeinwerk.project.addresses import TownAddresses
from gemeinwerk.project.demo import register
from gemeinwerk.project.environment import Environment, SettingError
from gemeinwerk.project.press import Press
from gemeinwerk.web.ui import render


def plug() -> None:
    """Plug everything; called once per process after Django has started."""
    environment: Environment = settings.ENVIRONMENT
    _refuse_toys(environment)
    data = environment.data
    ports.reactions.plug(reactions.names_by_event())
    ports.shared_blocks.plug(content.blocks())
    ports.key_store.plug(KeyStore(data / "keys", town_keys=environment.town_keys))
    ports.file_store.plug(FileStore(data / "files"))
    ports.audit_heads.plug(HeadFolder(data / "audit-heads"))
    ports.mail_delivery.plug(mail_delivery.from_address(environment.mail_url, data / "mail"))
    ports.scanner.plug(virus_scan.from_address(environment.scanner_url))
    ports.typesetter.plug(Press())
    ports.addresses.plug(TownAddresses(environment))
    if environment.mode != "production":
        ports.residents_register.plug(register.fictitious())
        render.TEMPLATE_FOLDERS.append(content.DEMO_TEMPLATES)


def _refuse_toys(environment: Environment) -> None:
    """Refuse to run production without real mail and a real scanner (S98)."""
    if environment.mode != "production":
        return
    if not environment.mail_url:
        raise SettingError(
            "GEMEINWERK_MAIL_URL is missing: production sends mails by SMTP, for example "
            "smtps://user:password@mail.example:465"
        )
    if not environment.scanner_url:
        raise SettingError(
            "GEMEINWERK_SCANNER_URL is missing: production needs a virus scanner, for example "
            "clamd:///run/clamav/clamd.ctl"
        )
